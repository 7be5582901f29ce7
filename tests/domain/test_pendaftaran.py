"""Registration (domain/registration.py): unit codes, and the opening condition from the archive (M0)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, definisi
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.registration import keadaan_awal, periksa_kode
from zi_workflow.domain.state import Keadaan, Usulan

BANGUN = {"sejak": "2023-06-01", "mulai_bangun": "2023-01-10", "dasar": "arsip"}
WBK = {"predikat": "WBK", "tanggal_predikat": "2022-12-01"}
PREDIKAT = {"sejak": "2023-01-05", "dasar": "arsip"}


def _awal(**isi: Any) -> tuple[Keadaan, Any]:  # noqa: ANN401 - raw fields of the command
    perintah = DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), ADMIN, keadaan_awal=isi)
    return keadaan_awal(definisi(), perintah)


def _masalah(**isi: Any) -> list[str]:  # noqa: ANN401 - as above
    with pytest.raises(MasukanSalah, match=r"^keadaan_awal tidak sah: ") as e:
        _awal(**isi)
    return e.value.pesan.removeprefix("keadaan_awal tidak sah: ").split("; ")


@pytest.mark.parametrize("kode", ["A", "7", "DISDUKCAPIL", "BINJAI-KOTA", "RSUD-2", "A--B", "A" * 30, "A" + "-" * 28 + "B"])
def test_kode_sah(kode: str) -> None:
    """One to thirty of A–Z, 0–9, and hyphens inside."""
    assert periksa_kode(kode) == kode


@pytest.mark.parametrize("kode", ["", "-", "-A", "A-", "a", "DINAS SOSIAL", "A_B", "A" * 31, "A\n", "Ä", "٣", "../A", "A/B", "A" * 100_000])
def test_kode_salah(kode: str) -> None:
    """Anything else is bad input; a very long code is not repeated."""
    with pytest.raises(MasukanSalah, match="Kode unit") as e:
        periksa_kode(kode)
    assert len(e.value.pesan) < 80


def test_unit_baru() -> None:
    """Without an archive entry the file opens at the first stage, on the day of registration."""
    perintah = DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), ADMIN)
    assert keadaan_awal(definisi(), perintah) == (Keadaan("terdaftar", HARI("2024-03-01")), None)


@pytest.mark.parametrize("tahap", ["terdaftar", "pencanangan", "penetapan"])
def test_tahap_awal_tanpa_tambahan(tahap: str) -> None:
    """The stages before building have nothing but their day."""
    keadaan, isi = _awal(tahap=tahap, sejak="2023-06-01", dasar="arsip")
    assert keadaan == Keadaan(tahap, HARI("2023-06-01"))
    assert isi == {"tahap": tahap, "sejak": "2023-06-01", "dasar": "arsip", "predikat": None}


@pytest.mark.parametrize("tahap", ["pembangunan", "pemantauan", "evaluasi_tpi"])
@pytest.mark.parametrize(("predikat", "sasaran"), [({}, "WBK"), (WBK, "WBBM")])
@pytest.mark.parametrize("disebut", [True, False])
def test_membangun(tahap: str, predikat: dict[str, str], sasaran: str, disebut: bool) -> None:  # noqa: FBT001
    """A building unit heads for the next predikat up, named or not."""
    keadaan, _ = _awal(tahap=tahap, **BANGUN, **predikat, **({"sasaran": sasaran} if disebut else {}))
    assert (keadaan.tahap, keadaan.sasaran, keadaan.predikat) == (tahap, sasaran, predikat.get("predikat"))
    assert keadaan.penanda["bangun"] == HARI("2023-01-10")
    assert keadaan.penanda.get("predikat") == (HARI("2022-12-01") if predikat else None)


def test_usulan_berjalan() -> None:
    """A running proposal bears the year of its day, the target and the archive's words as its letter."""
    keadaan, _ = _awal(tahap="usulan_tpn", **BANGUN)
    assert keadaan.usulan == Usulan(2023, "WBK", "arsip")
    assert keadaan.penanda["usulan"] == HARI("2023-06-01")


@pytest.mark.parametrize("tahap", ["predikat", "pemantauan_predikat"])
@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_berpredikat(tahap: str, predikat: str) -> None:
    """A unit with a predikat carries the days of its decree and of its last report."""
    keadaan, _ = _awal(tahap=tahap, **PREDIKAT, predikat=predikat, tanggal_predikat="2022-12-01", laporan_terakhir="2023-11-01")
    assert (keadaan.predikat, keadaan.sasaran, keadaan.usulan) == (predikat, None, None)
    assert keadaan.penanda == {"predikat": HARI("2022-12-01"), "laporan": HARI("2023-11-01")}


def test_dicabut() -> None:
    """A revoked unit carries the day of its revocation; what it once held may be told by dates."""
    keadaan, _ = _awal(tahap="dicabut", sejak="2023-06-01", dasar="arsip", tanggal_predikat="2021-12-01")
    assert (keadaan.predikat, keadaan.penanda["pencabutan"]) == (None, HARI("2023-06-01"))


@pytest.mark.parametrize(
    ("isi", "masalah"),
    [
        ({"tahap": "nonaktif", **PREDIKAT}, ["tahap nonaktif tidak dapat menjadi keadaan awal"]),
        ({"tahap": "predikat", **PREDIKAT}, ["predikat wajib pada tahap itu"]),
        ({"tahap": "terdaftar", **PREDIKAT, **WBK}, ["unit pada tahap terdaftar tidak memegang predikat"]),
        ({"tahap": "penetapan", **PREDIKAT, **WBK}, ["unit pada tahap penetapan tidak memegang predikat"]),
        ({"tahap": "dicabut", **PREDIKAT, **WBK}, ["unit pada tahap dicabut tidak memegang predikat"]),
        ({"tahap": "predikat", **PREDIKAT, "predikat": "WBK"}, ["tanggal_predikat wajib bila predikat dipegang"]),
        ({"tahap": "pembangunan", **PREDIKAT}, ["mulai_bangun wajib pada tahap itu"]),
        ({"tahap": "pembangunan", **BANGUN, "tanggal_predikat": "2022-12-01"}, ["tanggal_predikat diisi tanpa predikat"]),
        ({"tahap": "terdaftar", **PREDIKAT, "laporan_terakhir": "2022-12-01"}, ["laporan_terakhir diisi tanpa predikat"]),
        (
            {"tahap": "penetapan", **PREDIKAT, "sasaran": "WBBM"},
            ["tahap penetapan tidak mempunyai sasaran", "sasaran WBBM tidak sesuai dengan predikat yang belum ada"],
        ),
        ({"tahap": "pembangunan", **BANGUN, "sasaran": "WBBM"}, ["sasaran WBBM tidak sesuai dengan predikat yang belum ada"]),
        ({"tahap": "pembangunan", **BANGUN, **WBK, "sasaran": "WBK"}, ["sasaran WBK tidak sesuai dengan predikat WBK"]),
        (
            {"tahap": "pembangunan", **BANGUN, "predikat": "WBBM", "tanggal_predikat": "2022-12-01"},
            ["unit WBBM tidak membangun lagi"],
        ),
    ],
)
def test_keadaan_yang_bertentangan(isi: dict[str, str], masalah: list[str]) -> None:
    """An entry that contradicts its stage is bad input; every contradiction is named."""
    assert _masalah(**isi) == masalah


@pytest.mark.parametrize("isian", ["sejak", "mulai_bangun", "tanggal_predikat", "laporan_terakhir"])
def test_tanggal_tidak_sesudah_pendaftaran(isian: str) -> None:
    """Nothing in the archive lies after the registration (2024-03-01); that day itself may."""
    isi = {"tahap": "pemantauan", **BANGUN, **WBK, "laporan_terakhir": "2022-12-15", "sejak": "2024-03-01"}
    if isian == "tanggal_predikat":
        isi |= {"mulai_bangun": "2024-03-01", "laporan_terakhir": "2024-03-01"}
    assert _awal(**{**isi, isian: "2024-03-01"})[0].tahap == "pemantauan"
    assert f"{isian} 2024-03-02 sesudah tanggal pendaftaran" in _masalah(**{**isi, isian: "2024-03-02"})


@pytest.mark.parametrize(
    ("ubah", "masalah"),
    [
        ({"mulai_bangun": "2023-06-01"}, []),
        ({"mulai_bangun": "2023-06-02"}, ["mulai_bangun sesudah sejak"]),
        ({"tanggal_predikat": "2023-01-10"}, []),
        ({"tanggal_predikat": "2023-01-11"}, ["tanggal_predikat sesudah mulai_bangun"]),
        ({"tanggal_predikat": "2023-06-02"}, ["tanggal_predikat sesudah sejak", "tanggal_predikat sesudah mulai_bangun"]),
        ({"laporan_terakhir": "2022-12-01"}, []),
        ({"laporan_terakhir": "2022-11-30"}, ["tanggal_predikat sesudah laporan_terakhir"]),
    ],
)
def test_urutan_tanggal(ubah: dict[str, str], masalah: list[str]) -> None:
    """WBK before the building towards WBBM, building before the stage, reports after the predikat; the same day is fine."""
    isi = {"tahap": "pemantauan", **BANGUN, **WBK, **ubah}
    if masalah:
        assert _masalah(**isi) == masalah
    else:
        assert _awal(**isi)[0].sasaran == "WBBM"


def test_predikat_sesudah_membangun_wbk() -> None:
    """For a unit that holds its predikat the building before it came first."""
    keadaan, _ = _awal(tahap="predikat", **PREDIKAT, **WBK, mulai_bangun="2021-01-10")
    assert keadaan.penanda == {"bangun": HARI("2021-01-10"), "predikat": HARI("2022-12-01")}
    assert _masalah(tahap="predikat", **WBK, sejak="2022-11-30", dasar="a") == ["tanggal_predikat sesudah sejak"]


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({"tahap": "pembangunn", **BANGUN}, "maksud Anda 'pembangunan'"),
        ({"tahap": "pembangunan", **BANGUN, "mulai": "2023-01-01"}, "'mulai' tidak dikenal"),
        ({"tahap": "terdaftar", "sejak": "2023-02-29", "dasar": "a"}, "2023-02-29 tidak ada di kalender"),
        ({"tahap": "terdaftar", "sejak": "2023-01-01"}, "'dasar' wajib diisi"),
        ({"tahap": "terdaftar", "sejak": "2023-01-01", "dasar": "x" * 501}, "paling banyak 500"),
    ],
)
def test_isian_yang_salah(isi: dict[str, str], pesan: str) -> None:
    """The entry's fields are read like any others."""
    with pytest.raises(MasukanSalah, match=pesan):
        _awal(**isi)


def test_keadaan_awal_bukan_peta() -> None:
    """An entry that is no map is bad input."""
    perintah = DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), ADMIN, keadaan_awal=["pembangunan"])  # type: ignore[arg-type]
    with pytest.raises(MasukanSalah, match="'isi' harus berupa peta isian"):
        keadaan_awal(definisi(), perintah)
