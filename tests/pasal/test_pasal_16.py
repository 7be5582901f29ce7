"""Pasal 16: keeping a predikat, and the way on to WBBM (M10, M11, M17, R34); the periodic duties are deadlines of their own."""

from __future__ import annotations

import pytest

from tests.alat.dunia import KEPALA, PENILAI, UNIT_UJI, WALI_KOTA, arsip, diterima, ditolak, penghalang, sampai, sampai_wbbm, temuan
from tests.domain.tabel_tanggal import cari, dunia
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah
from zi_workflow.domain.guards.konteks import mesin


def test_ayat_1_tpi_menjaga_unit_berpredikat() -> None:
    """From predikat to its monitoring: TPI's own move; the predikat and its date stay."""
    dunia = sampai("predikat")
    sebelum = dunia.unit[UNIT_UJI].keadaan
    assert penghalang(ditolak(dunia, "pantau-predikat", "2026-01-05", oleh=WALI_KOTA)) == {"R30"}
    daftar = diterima(dunia.maju("pantau-predikat", "2026-01-05"))
    assert [t.id for t in daftar.temuan] == ["R36", "R29", "R30"]
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.penanda) == ("pemantauan_predikat", "WBK", sebelum.penanda)


def test_ayat_2_huruf_a_unit_wbk_membangun_menuju_wbbm() -> None:
    """A WBK unit builds on towards WBBM, holding WBK; the year of building starts anew."""
    dunia = sampai("pemantauan_predikat")
    diterima(dunia.maju("bangun-wbbm", "2026-01-10"))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran) == ("pembangunan", "WBK", "WBBM")
    assert keadaan.penanda["bangun"].isoformat() == "2026-01-10"
    assert keadaan.penanda["predikat"].isoformat() == "2025-11-10"


def test_ayat_2_huruf_a_unit_wbbm_tidak_membangun_lagi() -> None:
    """There is nothing beyond WBBM: R34 wants a unit that holds WBK."""
    dunia = sampai_wbbm("pemantauan_predikat")
    daftar = ditolak(dunia, "bangun-wbbm", "2028-02-01")
    assert penghalang(daftar) == {"R34"}
    satu = temuan(daftar, "R34")
    assert (mesin(satu.ditemukan), mesin(satu.dibutuhkan)) == ("memegang WBBM", "memegang WBK")
    assert satu.dasar == ("Perwali Binjai 3/2024 Pasal 12 ayat (3) huruf a",)


@pytest.mark.parametrize("tahap", ["terdaftar", "penetapan", "pembangunan", "predikat"])
def test_ayat_2_huruf_a_hanya_dari_pemantauan_predikat(tahap: str) -> None:
    """The move exists only where a predikat is being kept."""
    with pytest.raises(LangkahTidakTersedia, match="bangun-wbbm tidak tersedia"):
        sampai(tahap).maju("bangun-wbbm", "2026-02-01")


@pytest.mark.parametrize("tahap", ["pembangunan", "pemantauan", "evaluasi_tpi"])
def test_ayat_2_huruf_a_berhenti_menuju_wbbm_tetap_wbk(tahap: str) -> None:
    """Stopping leads back to keeping WBK; the head says why."""
    dunia = sampai_wbbm(tahap)
    with pytest.raises(MasukanSalah, match="'alasan'"):
        dunia.maju("hentikan-wbbm", "2027-03-01")
    diterima(dunia.maju("hentikan-wbbm", "2027-03-01", {"alasan": "gedung dipugar"}))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran) == ("pemantauan_predikat", "WBK", None)


@pytest.mark.parametrize("tahap", ["pembangunan", "pemantauan", "evaluasi_tpi"])
def test_ayat_2_huruf_a_unit_tanpa_predikat_tidak_dapat_berhenti_menuju_wbbm(tahap: str) -> None:
    """A unit on its way to WBK cannot slip into the monitoring of a predikat that it never had (R34)."""
    daftar = ditolak(sampai(tahap), "hentikan-wbbm", "2025-05-01", {"alasan": "a"})
    assert penghalang(daftar) == {"R34"}
    assert mesin(temuan(daftar, "R34").ditemukan) == "tidak memegang predikat"


def test_ayat_2_huruf_a_unit_wbk_dari_arsip() -> None:
    """A unit whose WBK is older than the register goes on to WBBM like any other."""
    dunia = sampai("terdaftar")
    arsip(dunia, "LAMA", {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2023-01-05", "tanggal_predikat": "2022-12-01"})
    diterima(dunia.maju("bangun-wbbm", "2024-03-10", {}, "LAMA"))
    assert dunia.unit["LAMA"].keadaan.sasaran == "WBBM"


@pytest.mark.parametrize("survei", ["SKM", "SPAK", "SPKP"])
def test_ayat_2_huruf_b_survei_internal_atau_skm(survei: str) -> None:
    """TPI records a survey of its own, or the SKM; an index beyond 0–4 and fewer than 30 respondents are bad input."""
    dunia = sampai("pemantauan_predikat")
    isi = {"tahun": 2026, "survei": survei, "skor": "3.75", "responden": 30}
    assert dunia.catat("survei_internal", "2026-03-01", isi, oleh=PENILAI).diterima
    assert not dunia.catat("survei_internal", "2026-03-01", isi, oleh=KEPALA).diterima
    for buruk in ({"skor": "4.01"}, {"skor": "-0.01"}, {"responden": 29}, {"survei": "IKM"}):
        with pytest.raises(MasukanSalah):
            dunia.catat("survei_internal", "2026-03-02", {**isi, **buruk}, oleh=PENILAI)


@pytest.mark.parametrize("huruf", ["c", "d"])
def test_ayat_2_huruf_c_dan_d_laporan_berkala(huruf: str) -> None:
    """The two-yearly report is TPI's record, for a WBK unit (huruf c) and a WBBM unit (huruf d) alike."""
    dunia = {"c": sampai, "d": sampai_wbbm}[huruf]("pemantauan_predikat")
    isi = {"nomor": "700/55", "simpulan": "masih_memenuhi", "tanda_terima": "PRB-1"}
    putusan = dunia.catat("laporan_berkala", "2028-03-01", isi, oleh=PENILAI)
    assert putusan.diterima
    assert f"Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf {huruf}" in putusan.terbitan[0].dasar
    assert dunia.tahap() == "pemantauan_predikat"


def test_ayat_2_huruf_c_laporan_tidak_memenuhi_tidak_mencabut() -> None:
    """A report that says tidak_memenuhi moves nothing: revoking stays a decision of its own."""
    dunia = sampai("pemantauan_predikat")
    assert dunia.catat("laporan_berkala", "2026-03-01", {"nomor": "700/55", "simpulan": "tidak_memenuhi"}, oleh=PENILAI).diterima
    assert dunia.unit[UNIT_UJI].keadaan.predikat == "WBK"


@pytest.mark.parametrize(
    ("huruf", "tenggat", "berkas", "batas", "tafsir"),
    [
        ("a", "T11", "jalan-wbbm pembangunan", "2026-07-10", "D4b"),
        ("b", "T6", "jalan pemantauan_predikat", "2026-11-10", "D5"),
        ("b", "T6", "jalan-wbbm pembangunan", "2026-11-10", "D5"),
        ("c", "T3", "jalan pemantauan_predikat", "2027-11-10", "D17"),
        ("c", "T3", "jalan-wbbm usulan_tpn", "2029-11-10", "D17"),
        ("d", "T4", "jalan-wbbm pemantauan_predikat", "2029-11-10", "D17"),
    ],
)
def test_ayat_2_kewajiban_berkala(huruf: str, tenggat: str, berkas: str, batas: str, tafsir: str) -> None:
    """Mentoring, surveys and two-yearly reports are due at their intervals, counted from the decree or the start of building."""
    satu = cari(berkas, tenggat, "2028-06-01" if "2029" in batas else "2026-02-02")
    assert satu is not None
    assert (satu.jatuh_tempo.isoformat(), satu.tafsir) == (batas, (tafsir,))
    assert satu.dasar == (f"Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf {huruf}",)


@pytest.mark.parametrize("tenggat", ["T3", "T4", "T6", "T10", "T11"])
def test_ayat_2_pencabutan_mengakhiri_kewajiban_berkala(tenggat: str) -> None:
    """A unit whose predikat was revoked owes none of them; it waits two years (T9)."""
    assert cari("dicabut 2026-03-02", tenggat, "2026-03-03") is None
    larangan = cari("dicabut 2026-03-02", "T9", "2026-03-03")
    assert larangan is not None
    assert larangan.jatuh_tempo.isoformat() == "2028-03-02"


def test_ayat_2_huruf_e_pengaduan_diselesaikan_dalam_enam_puluh_hari() -> None:
    """An open complaint is due sixty days after its receipt and shows in the checklist of the unit's next move, stopping nothing."""
    satu = cari("jalan pemantauan_predikat, aduan 2026-02-02 P-1", "T8/P-1", "2026-02-03")
    assert satu is not None
    assert (satu.jatuh_tempo.isoformat(), satu.tafsir) == ("2026-04-03", ("D7",))
    assert satu.dasar == ("Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf e",)
    berkas = dunia("jalan pemantauan_predikat, aduan 2026-02-02 P-1")
    (baris,) = [t for t in berkas.periksa("bangun-wbbm", "2026-02-03").temuan if t.id == "R36"]
    assert (baris.status, baris.akibat, baris.dasar) == ("tidak", "memperingatkan", satu.dasar)
    (tuntas,) = [t for t in berkas.periksa("bangun-wbbm", "2026-02-01").temuan if t.id == "R36"]
    assert tuntas.status == "terpenuhi"
