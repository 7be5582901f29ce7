"""Pasal 6: pencanangan (M1; R1–R5, D1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    UNIT_UJI,
    WALI_KOTA,
    Dunia,
    bekal_pencanangan,
    diterima,
    ditolak,
    kosong,
    lupakan,
    penghalang,
    sampai,
    temuan,
)
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah
from zi_workflow.domain.guards.konteks import mesin

AYAT = "Perwali Binjai 3/2024 Pasal 6 ayat"
MASYARAKAT = ("perguruan_tinggi", "tokoh_masyarakat", "lembaga_swadaya_masyarakat", "dunia_usaha")
ISI: dict[str, dict[str, Any]] = {
    "pakta_integritas": {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": "ya"},
    "naskah_deklarasi": {"penandatangan": KEPALA},
    "publikasi": {"kanal": "Laman", "alamat": "dispora.example"},
    "piagam": {"penandatangan": KEPALA, "saksi": [{"nama": "Saksi", "unsur": u} for u in ("wali_kota", "dunia_usaha")]},
}
PIAGAM = {"R4.piagam", "R4.wali_kota", "R4.masyarakat", "R5"}
CATATAN = {"pakta_integritas": {"R1", "R2"}, "naskah_deklarasi": {"R4.deklarasi"}, "publikasi": {"R3"}, "piagam": PIAGAM}


def _siap() -> Dunia:
    dunia = kosong()
    bekal_pencanangan(dunia)
    return dunia


def _dengan(jenis: str, isi: Mapping[str, Any], tanggal: str = "2024-03-05") -> Dunia:
    """Return a ready world in which a newer record of one kind has these contents."""
    dunia = _siap()
    diterima(dunia.catat(jenis, tanggal, {**ISI[jenis], **isi}))
    return dunia


def _saksi(*unsur: str) -> dict[str, Any]:
    return {"saksi": [{"nama": f"Saksi {u}", "unsur": u} for u in unsur]}


def test_pencanangan_lengkap() -> None:
    """With everything on file the head declares; the unit stands at pencanangan since that day."""
    dunia = _siap()
    daftar = diterima(dunia.maju("canangkan", "2024-03-11"))
    assert all(t.status == "terpenuhi" for t in daftar.temuan)
    assert (dunia.tahap(), dunia.unit[UNIT_UJI].keadaan.sejak) == ("pencanangan", HARI("2024-03-11"))


def test_tanpa_catatan_semua_syarat_disebut() -> None:
    """An empty file is refused with every unmet requirement at once, warnings shown beside them."""
    daftar = ditolak(kosong(), "canangkan", "2024-03-11")
    assert penghalang(daftar) == {"R1", "R2", "R3", "R4.deklarasi", *PIAGAM}
    assert {t.id for t in daftar.temuan if t.akibat == "memperingatkan"} == {"R4.inspektorat", "R4.tim_zi"}
    assert all(mesin(t.ditemukan) == "belum ada" and t.bukti == () and t.lanjut for t in daftar.temuan if t.status == "tidak")


@pytest.mark.parametrize("jenis", CATATAN)
def test_satu_catatan_tidak_ada(jenis: str) -> None:
    """Each missing record leaves exactly its own requirements unmet."""
    dunia = _siap()
    lupakan(dunia, jenis)
    daftar = ditolak(dunia, "canangkan", "2024-03-11")
    assert penghalang(daftar) == CATATAN[jenis]
    assert all(t.oleh == "kepala_pd" and mesin(t.kurang) == f"catatan {jenis}" for t in daftar.penghalang)


@pytest.mark.parametrize("jenis", CATATAN)
@pytest.mark.parametrize(("tanggal", "berlaku"), [("2024-02-29", False), ("2024-03-01", True), ("2024-03-11", True), ("2024-03-12", False)])
def test_jendela_sejak_pendaftaran_sampai_hari_pencanangan(jenis: str, tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """Records count from the day of registration (2024-03-01) to the day of the act, both included."""
    dunia = _siap()
    lupakan(dunia, jenis)
    diterima(dunia.catat(jenis, tanggal, ISI[jenis]))
    nomor = dunia.log[-1].nomor
    daftar = dunia.periksa("canangkan", "2024-03-11")
    assert (penghalang(daftar) == set()) is berlaku
    letak = "bertanggal sesudahnya" if tanggal > "2024-03-11" else "di luar jendela 'sejak pendaftaran'"
    for satu in (temuan(daftar, i) for i in CATATAN[jenis]):
        assert satu.bukti == ((nomor,) if berlaku else ())
        assert berlaku or f"1 catatan {letak}, terakhir {tanggal}" in str(mesin(satu.ditemukan))


def test_ayat_1_pimpinan_menandatangani() -> None:
    """The head's own signature is required (R1), however many staff signed."""
    dunia = _dengan("pakta_integritas", {"pimpinan": "tidak", "penandatangan": 60})
    nomor = dunia.log[-1].nomor
    daftar = ditolak(dunia, "canangkan", "2024-03-11")
    satu = temuan(daftar, "R1")
    assert penghalang(daftar) == {"R1"}
    assert (mesin(satu.ditemukan), mesin(satu.dibutuhkan)) == ("pimpinan: tidak", "catatan pakta_integritas dengan pimpinan ya")
    assert (satu.dasar, satu.sifat, satu.bukti) == ((f"{AYAT} (1)",), "dokumen", (nomor,))


@pytest.mark.parametrize(
    ("pegawai", "tanda", "ditemukan", "kurang"),
    [
        (60, 31, "51.67", None),
        (60, 30, "50.00", "0.00"),
        (60, 29, "48.33", "1.67"),
        (61, 31, "50.82", None),
        (61, 30, "49.18", "0.82"),
        (1, 1, "100.00", None),
        (1, 0, "0.00", "50.00"),
        (1_000_000_000, 500_000_001, "50.0000001", None),
        (1_000_000_000, 499_999_999, "49.9999999", "0.0000001"),
    ],
)
def test_ayat_1_lebih_dari_separuh_pegawai(pegawai: int, tanda: int, ditemukan: str, kurang: str | None) -> None:
    """More than 50 % of the staff signed (D1): exactly half is not enough, one more is."""
    satu = temuan(_dengan("pakta_integritas", {"jumlah_pegawai": pegawai, "penandatangan": tanda}).periksa("canangkan", "2024-03-11"), "R2")
    assert (satu.status == "terpenuhi") is (kurang is None)
    assert (mesin(satu.ditemukan), mesin(satu.dibutuhkan), mesin(satu.kurang)) == (ditemukan, "> 50", kurang)
    assert (satu.satuan, satu.tafsir, satu.dasar, satu.sifat) == ("persen", ("D1",), (f"{AYAT} (1)",), "dihitung")
    assert bool(satu.lanjut) is (kurang is not None)


@pytest.mark.parametrize(("pegawai", "tanda"), [(0, 0), (60, 61), (60, -1), (-1, 0)])
def test_ayat_1_jumlah_yang_mustahil_adalah_masukan_salah(pegawai: int, tanda: int) -> None:
    """No staff, more signatures than staff, and negative counts are bad input and leave nothing."""
    dunia = kosong()
    panjang = len(dunia.log)
    with pytest.raises(MasukanSalah):
        dunia.catat("pakta_integritas", "2024-03-04", {"jumlah_pegawai": pegawai, "penandatangan": tanda, "pimpinan": "ya"})
    assert len(dunia.log) == panjang


def test_ayat_2_naskah_deklarasi_ditandatangani_kepala() -> None:
    """The declaration must be signed by the head of this unit (R4.deklarasi)."""
    dunia = _dengan("naskah_deklarasi", {"penandatangan": WALI_KOTA})
    daftar = ditolak(dunia, "canangkan", "2024-03-11")
    satu = temuan(daftar, "R4.deklarasi")
    assert penghalang(daftar) == {"R4.deklarasi"}
    assert mesin(satu.ditemukan) == f"ditandatangani {WALI_KOTA}, yang bukan kepala_pd {UNIT_UJI} pada 2024-03-05"
    assert satu.dasar == (f"{AYAT} (2)", "Perwali Binjai 3/2024 Lampiran I huruf A")


@pytest.mark.parametrize(("jenis", "syarat"), [("naskah_deklarasi", "R4.deklarasi"), ("piagam", "R4.piagam")])
def test_ayat_2_dan_4_penandatangan_kepala_unit_ini_pada_hari_itu(jenis: str, syarat: str) -> None:
    """The head of another unit does not sign for this one; a head whose term ended signs up to his last day only."""
    lain = "196501011990031009"
    dunia = _siap()
    dunia.jalankan(DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), ADMIN))
    diterima(dunia.angkat(lain, "kepala_pd", "DINSOS"))
    diterima(dunia.catat(jenis, "2024-03-06", {**ISI[jenis], "penandatangan": lain}))
    assert temuan(dunia.periksa("canangkan", "2024-03-11"), syarat).status == "tidak"
    diterima(dunia.akhiri(KEPALA, "kepala_pd", "2024-03-07"))
    for tanggal, status in (("2024-03-07", "terpenuhi"), ("2024-03-08", "tidak")):
        diterima(dunia.catat(jenis, tanggal, ISI[jenis]))
        assert temuan(dunia.periksa("canangkan", "2024-03-11"), syarat).status == status


@pytest.mark.parametrize("isian", ["kanal", "alamat"])
def test_ayat_3_publikasi_menyebut_kanal_dan_alamat(isian: str) -> None:
    """A publication names its channel and its place; without one it is not a record at all."""
    with pytest.raises(MasukanSalah, match=f"'{isian}' wajib diisi"):
        kosong().catat("publikasi", "2024-03-04", {**ISI["publikasi"], isian: " "})


def test_ayat_3_publikasi_dikutip() -> None:
    """R3 cites ayat (3) and shows the record's date."""
    satu = temuan(_siap().periksa("canangkan", "2024-03-11"), "R3")
    assert (satu.dasar, mesin(satu.ditemukan)) == ((f"{AYAT} (3)",), "tanggal 2024-03-04")


def test_ayat_4_piagam_ditandatangani_kepala() -> None:
    """The charter signed by somebody else than the head is refused with ayat (4), (5) and Lampiran I B."""
    satu = temuan(ditolak(_dengan("piagam", {"penandatangan": ADMIN}), "canangkan", "2024-03-11"), "R4.piagam")
    assert satu.dasar == (f"{AYAT} (4)", f"{AYAT} (5)", "Perwali Binjai 3/2024 Lampiran I huruf B")
    assert f"ditandatangani {ADMIN}, yang bukan kepala_pd" in str(mesin(satu.ditemukan))


@pytest.mark.parametrize(
    ("saksi", "kurang"),
    [
        (("dunia_usaha",), {"R4.wali_kota"}),
        (("wali_kota",), {"R4.masyarakat", "R5"}),
        (("inspektorat", "tim_pembangunan_zi"), {"R4.wali_kota", "R4.masyarakat", "R5"}),
        ((), {"R4.wali_kota", "R4.masyarakat", "R5"}),
    ],
)
def test_ayat_4_saksi_wali_kota_dan_unsur_masyarakat(saksi: tuple[str, ...], kurang: set[str]) -> None:
    """Both witnesses are required; neither stands in for the other."""
    dunia = _dengan("piagam", _saksi(*saksi))
    nomor = dunia.log[-1].nomor
    daftar = ditolak(dunia, "canangkan", "2024-03-11")
    assert penghalang(daftar) == kurang
    for satu in daftar.penghalang:
        ada = f"hanya {', '.join(sorted(saksi))}" if saksi else "tidak ada"
        assert (mesin(satu.ditemukan), mesin(satu.kurang), satu.bukti) == (ada, "satu unsur", (nomor,))
        assert satu.dasar == (f"{AYAT} (6)" if satu.id == "R5" else f"{AYAT} (4)",)
        butuh = "wali_kota" if satu.id == "R4.wali_kota" else f"salah satu dari: {', '.join(MASYARAKAT)}"
        assert mesin(satu.dibutuhkan) == butuh


def test_ayat_4_inspektorat_dan_tim_zi_hanya_memperingatkan() -> None:
    """Missing Inspektorat and ZI team are shown as warnings and do not stop the move."""
    dunia = _dengan("piagam", _saksi("wali_kota", "tokoh_masyarakat"))
    daftar = diterima(dunia.maju("canangkan", "2024-03-11"))
    for id_syarat in ("R4.inspektorat", "R4.tim_zi"):
        satu = temuan(daftar, id_syarat)
        assert (satu.status, satu.akibat, satu.menghalangi) == ("tidak", "memperingatkan", False)
        assert satu.dasar == ("Perwali Binjai 3/2024 Lampiran I huruf B",)
    assert dunia.tahap() == "pencanangan"


@pytest.mark.parametrize("unsur", MASYARAKAT)
def test_ayat_6_setiap_unsur_masyarakat_cukup(unsur: str) -> None:
    """Each of the four elements alone is enough (R5)."""
    daftar = diterima(_dengan("piagam", _saksi("wali_kota", unsur)).maju("canangkan", "2024-03-11"))
    assert mesin(temuan(daftar, "R5").ditemukan) == unsur
    assert temuan(daftar, "R5").dasar == (f"{AYAT} (6)",)


def test_ayat_6_unsur_lain_adalah_masukan_salah() -> None:
    """An element outside the enumeration is bad input; the item is named."""
    with pytest.raises(MasukanSalah, match=r"'saksi\[2\]\.unsur': 'partai' bukan salah satu dari"):
        kosong().catat("piagam", "2024-03-04", {**ISI["piagam"], **_saksi("wali_kota", "partai")})


def test_catatan_terbaru_yang_dipakai() -> None:
    """The newest record by date wins, then the one with the higher number; the answer names it."""
    dunia = _siap()
    diterima(dunia.catat("pakta_integritas", "2024-03-03", {**ISI["pakta_integritas"], "pimpinan": "tidak"}))
    assert temuan(dunia.periksa("canangkan", "2024-03-11"), "R1").status == "terpenuhi"
    diterima(dunia.catat("pakta_integritas", "2024-03-04", {**ISI["pakta_integritas"], "pimpinan": "tidak"}))
    satu = temuan(dunia.periksa("canangkan", "2024-03-11"), "R1")
    assert (satu.status, satu.bukti) == ("tidak", (dunia.log[-1].nomor,))


def test_catatan_sesudah_perbuatan_tidak_dihitung() -> None:
    """A worse record dated after the act does not undo a lawful act that is typed in later."""
    dunia = _dengan("pakta_integritas", {"pimpinan": "tidak"}, "2024-03-12")
    diterima(dunia.maju("canangkan", "2024-03-11", dicatat=HARI("2024-03-12")))


@pytest.mark.parametrize("oleh", [ADMIN, WALI_KOTA])
def test_pelaku_kepala_pd(oleh: str) -> None:
    """Nobody but the head declares; the refusal shows the roles that the person does hold."""
    daftar = ditolak(_siap(), "canangkan", "2024-03-11", oleh=oleh)
    assert penghalang(daftar) == {"R30"}
    assert mesin(temuan(daftar, "R30").dibutuhkan) == "kepala_pd"


def test_tahap_lain_tidak_mempunyai_langkah_ini() -> None:
    """From pencanangan the move is not available, and nothing is written."""
    dunia = sampai("pencanangan")
    panjang = len(dunia.log)
    with pytest.raises(LangkahTidakTersedia) as e:
        dunia.maju("canangkan", "2024-03-12")
    assert e.value.kode == 11
    assert "tetapkan" in e.value.lanjut
    assert len(dunia.log) == panjang
