"""Pasal 9: pemantauan pembangunan (M4; R12, R13). Ayat (5) is delivered by R16, see Pasal 11."""

from __future__ import annotations

import pytest

from tests.alat.dunia import (
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    Dunia,
    bekal_evaluasi,
    diterima,
    ditolak,
    kosong,
    lupakan,
    penghalang,
    sampai,
    temuan,
)
from tests.domain.tabel_tanggal import cari
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.guards.konteks import mesin

PERWALI = "Perwali Binjai 3/2024"
ISI = {"pemantauan": {"hasil": "berjalan"}, "pendampingan": {"bentuk": "asistensi", "hasil": "dipahami"}}
ID = {"pemantauan": "R13.pemantauan", "pendampingan": "R13.pendampingan"}
EVALUASI = {"evaluator": PENILAI}


def _siap() -> Dunia:
    """Return a world at pemantauan (building since 2024-04-10), ready for the evaluation."""
    dunia = sampai("pemantauan")
    bekal_evaluasi(dunia, "2024-07-10")
    return dunia


def test_ayat_1_pemantauan_dimulai() -> None:
    """With a TPI and a schedule monitoring begins; target and start of building stay."""
    dunia = sampai("pembangunan")
    daftar = diterima(dunia.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": "3"}))
    assert mesin(temuan(daftar, "R12.jadwal").ditemukan) == "jadwal_bulan 3"
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.sasaran, keadaan.penanda["bangun"]) == ("pemantauan", "WBK", HARI("2024-04-10"))


def test_ayat_1_tanpa_tpi_dan_jadwal_keduanya_disebut() -> None:
    """Neither of the two unmet requirements hides the other."""
    dunia = sampai("pembangunan")
    lupakan(dunia, "keputusan_tpi")
    daftar = ditolak(dunia, "mulai-pantau", "2024-06-10")
    assert {t.id: (t.oleh, mesin(t.kurang)) for t in daftar.penghalang} == {
        "R12.tpi": ("admin", "catatan keputusan_tpi"),
        "R12.jadwal": ("tpi", "1 isian"),
    }
    assert temuan(daftar, "R12.tpi").dasar == (
        f"{PERWALI} Pasal 9 ayat (1)",
        f"{PERWALI} Pasal 10 ayat (2)",
        f"{PERWALI} Pasal 10 ayat (4)",
    )
    assert mesin(temuan(daftar, "R12.jadwal").ditemukan) == "tidak diisi: jadwal_bulan"


@pytest.mark.parametrize(
    ("bulan", "sah"), [("0", False), ("1", True), ("12", True), ("13", False), ("-3", False), ("3.5", False), (True, False)]
)
def test_ayat_1_jadwal_1_sampai_12_bulan(bulan: object, sah: bool) -> None:  # noqa: FBT001
    """A schedule is a whole number of months within a year."""
    dunia = sampai("pembangunan")
    if sah:
        diterima(dunia.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": bulan}))
    else:
        with pytest.raises(MasukanSalah, match="jadwal_bulan"):
            dunia.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": bulan})


@pytest.mark.parametrize(("tanggal", "berlaku"), [("2024-02-19", True), ("2024-06-10", True), ("2024-06-11", False)])
def test_ayat_1_tpi_dibentuk_sebelum_unit_terdaftar_pun_berlaku(tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """The TPI is the city's: its decree counts whenever it was made, but not after the act."""
    dunia = sampai("pembangunan")
    lupakan(dunia, "keputusan_tpi")
    diterima(dunia.catat("keputusan_tpi", tanggal, {"nomor": "188/11/2024", "anggota": [{"nip": PENILAI, "apip": "ya"}]}, None))
    daftar = dunia.periksa("mulai-pantau", "2024-06-10", {"jadwal_bulan": 3})
    assert penghalang(daftar) == (set() if berlaku else {"R12.tpi"})


def test_ayat_1_keputusan_tpi_tanpa_anggota() -> None:
    """The newest decree counts, and one without members is not a TPI."""
    dunia = sampai("pembangunan")
    diterima(dunia.catat("keputusan_tpi", "2024-06-01", {"nomor": "188/12/2024", "anggota": []}, None))
    satu = temuan(ditolak(dunia, "mulai-pantau", "2024-06-10", {"jadwal_bulan": 3}), "R12.tpi")
    assert (mesin(satu.ditemukan), satu.bukti) == ("kosong: anggota", (dunia.log[-2].nomor,))


def test_ayat_1_pelaku_tpi() -> None:
    """Monitoring is begun by the TPI, not by the unit that is monitored."""
    assert penghalang(ditolak(sampai("pembangunan"), "mulai-pantau", "2024-06-10", {"jadwal_bulan": 3}, oleh=KEPALA)) == {"R30"}


@pytest.mark.parametrize("jenis", ID)
def test_ayat_1_pendampingan_dan_pemantauan_keduanya(jenis: str) -> None:
    """One monitoring and one mentoring are needed before the evaluation; neither replaces the other."""
    dunia = _siap()
    diterima(dunia.maju("mulai-evaluasi", "2025-04-20", EVALUASI))
    dunia = _siap()
    lupakan(dunia, jenis)
    daftar = ditolak(dunia, "mulai-evaluasi", "2025-04-20", EVALUASI)
    assert penghalang(daftar) == {ID[jenis]}
    satu = temuan(daftar, ID[jenis])
    assert (mesin(satu.kurang), satu.oleh) == (f"catatan {jenis}", "tpi")
    assert satu.dasar == tuple(f"{PERWALI} Pasal 9 ayat ({n})" for n in ((1, 2, 4) if jenis == "pemantauan" else (1, 3)))


@pytest.mark.parametrize("jenis", ID)
@pytest.mark.parametrize(("tanggal", "berlaku"), [("2024-04-09", False), ("2024-04-10", True), ("2025-04-20", True), ("2025-04-21", False)])
def test_ayat_1_selama_membangun(jenis: str, tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """Records count from the day building began (2024-04-10) to the day of the act."""
    dunia = _siap()
    lupakan(dunia, jenis)
    diterima(dunia.catat(jenis, tanggal, ISI[jenis], oleh=PENILAI))
    nomor = dunia.log[-1].nomor
    satu = temuan(dunia.periksa("mulai-evaluasi", "2025-04-20", EVALUASI), ID[jenis])
    assert (satu.status == "terpenuhi") is berlaku
    assert satu.bukti == ((nomor,) if berlaku else ())
    letak = "bertanggal sesudahnya" if tanggal > "2025-04-20" else "di luar jendela 'sejak bangun'"
    assert berlaku or letak in str(mesin(satu.ditemukan))


def test_ayat_1_pembangunan_wbbm_memerlukan_catatan_baru() -> None:
    """A WBK unit that builds towards WBBM starts its count of monitoring and mentoring anew."""
    dunia = sampai("pemantauan_predikat")
    diterima(dunia.maju("bangun-wbbm", "2026-02-01"))
    diterima(dunia.maju("mulai-pantau", "2026-02-02", {"jadwal_bulan": 3}))
    assert penghalang(ditolak(dunia, "mulai-evaluasi", "2026-06-01", EVALUASI)) == set(ID.values())
    bekal_evaluasi(dunia, "2026-05-01")
    diterima(dunia.maju("mulai-evaluasi", "2026-06-01", EVALUASI))


@pytest.mark.parametrize("bentuk", ["konsultasi", "asistensi", "pendampingan"])
def test_ayat_3_bentuk_pendampingan(bentuk: str) -> None:
    """Consultation and assistance are forms of mentoring as well."""
    dunia = _siap()
    lupakan(dunia, "pendampingan")
    diterima(dunia.catat("pendampingan", "2024-08-01", {"bentuk": bentuk, "hasil": "x"}, oleh=PENILAI))
    diterima(dunia.maju("mulai-evaluasi", "2025-04-20", EVALUASI))


def test_ayat_3_bentuk_lain_adalah_masukan_salah() -> None:
    """A form that the regulation does not know is bad input, with a suggestion."""
    with pytest.raises(MasukanSalah, match=r"maksud Anda 'konsultasi'\?"):
        kosong().catat("pendampingan", "2024-03-04", {"bentuk": "konsultan", "hasil": "x"})


@pytest.mark.parametrize("jenis", ID)
def test_ayat_4_hanya_tpi_yang_mencatat(jenis: str) -> None:
    """The unit does not record its own monitoring."""
    dunia = sampai("pembangunan")
    putusan = dunia.catat(jenis, "2024-06-01", ISI[jenis], oleh=KEPALA)
    assert penghalang(putusan.daftar) == {"R30"}
    assert dunia.unit[UNIT_UJI].bukti.get(jenis) is None


def test_mencatat_tidak_memindahkan_tahap() -> None:
    """Recording all that a move asks does not make the move: the engine never moves a unit by itself."""
    dunia = _siap()
    assert penghalang(dunia.periksa("mulai-evaluasi", "2025-04-20", EVALUASI)) == set()
    assert dunia.tahap() == "pemantauan"


@pytest.mark.parametrize(
    ("berkas", "batas"),
    [("jalan pembangunan", "2024-07-10"), ("jalan pembangunan, pantau 2024-06-28", "2024-09-28"), ("jalan evaluasi_tpi", "2024-10-10")],
)
def test_ayat_4_pemantauan_setiap_tiga_bulan(berkas: str, batas: str) -> None:
    """While building, TPI's next monitoring is due three months after the start, then after each one (T5, D4)."""
    satu = cari(berkas, "T5", "2025-05-02")
    assert satu is not None
    assert (satu.jatuh_tempo.isoformat(), satu.tafsir, satu.kewajiban.kepada) == (batas, ("D4",), ("tpi",))
    assert satu.dasar == (f"{PERWALI} Pasal 9 ayat (4)",)
