"""Pasal 7: penetapan unit kerja (M2; R6, R7). M13 takes the same requirements from dicabut."""

from __future__ import annotations

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    Dunia,
    bekal_penetapan,
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

AYAT = "Perwali Binjai 3/2024 Pasal 7 ayat"
KRITERIA = {"layanan_utama": "a", "risiko_tinggi": "b", "dampak_luas": "c"}
R7 = {f"R7.{k}" for k in KRITERIA}


def _siap() -> Dunia:
    """Return a world at pencanangan since 2024-03-11, ready to be designated on 2024-04-02."""
    dunia = sampai("pencanangan")
    bekal_penetapan(dunia)
    return dunia


def _nilai(dunia: Dunia, kriteria: str, tanggal: str, terpenuhi: str = "ya", alasan: str = "alasan uji") -> int:
    """Record one judgement and return its number."""
    isi = {"kriteria": kriteria, "terpenuhi": terpenuhi, "alasan": alasan}
    diterima(dunia.catat("penilaian_kriteria", tanggal, isi, oleh=PENILAI))
    return dunia.log[-1].nomor


def test_penetapan_lengkap() -> None:
    """With the decree and three judgements the Wali Kota designates the unit."""
    dunia = _siap()
    daftar = diterima(dunia.maju("tetapkan", "2024-04-02"))
    assert all(t.status == "terpenuhi" for t in daftar.temuan)
    assert dunia.tahap() == "penetapan"


def test_tanpa_catatan_semua_syarat_disebut() -> None:
    """Decree and the three criteria are all named at once."""
    daftar = ditolak(sampai("pencanangan"), "tetapkan", "2024-04-02")
    assert penghalang(daftar) == {"R6", *R7}
    assert {mesin(t.ditemukan) for t in daftar.penghalang} == {"belum ada", "belum dinilai"}


def test_ayat_1_keputusan_wali_kota() -> None:
    """Without the decree the move is refused, mended by the registrar; with it the answer shows number and date."""
    dunia = _siap()
    satu = temuan(dunia.periksa("tetapkan", "2024-04-02"), "R6")
    assert (mesin(satu.ditemukan), satu.dasar) == ("nomor 188/20/2024, tanggal 2024-04-01", (f"{AYAT} (1)",))
    lupakan(dunia, "keputusan_penetapan")
    daftar = ditolak(dunia, "tetapkan", "2024-04-02")
    assert penghalang(daftar) == {"R6"}
    assert temuan(daftar, "R6").oleh == "admin"


def test_ayat_1_keputusan_bernomor() -> None:
    """A decree without a number is not recorded."""
    with pytest.raises(MasukanSalah, match="'nomor' wajib diisi"):
        kosong().catat("keputusan_penetapan", "2024-04-01", {"rencana": "Rencana"})


def test_ayat_1_perencanaan_wali_kota_memperingatkan() -> None:
    """A decree that names no plan is shown as a warning and does not stop the move."""
    dunia = _siap()
    diterima(dunia.catat("keputusan_penetapan", "2024-04-02", {"nomor": "188/21/2024"}))
    nomor = dunia.log[-1].nomor
    satu = temuan(diterima(dunia.maju("tetapkan", "2024-04-02")), "R6.rencana")
    assert (satu.status, satu.akibat, mesin(satu.ditemukan), satu.bukti) == ("tidak", "memperingatkan", "kosong: rencana", (nomor,))


@pytest.mark.parametrize(("tanggal", "berlaku"), [("2024-03-10", False), ("2024-03-11", True), ("2024-04-02", True), ("2024-04-03", False)])
def test_ayat_1_jendela_sejak_tahap(tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """The decree counts from the day the unit entered pencanangan (2024-03-11) to the day of the act."""
    dunia = _siap()
    lupakan(dunia, "keputusan_penetapan")
    diterima(dunia.catat("keputusan_penetapan", tanggal, {"nomor": "188/22/2024", "rencana": "Rencana"}))
    satu = temuan(dunia.periksa("tetapkan", "2024-04-02"), "R6")
    assert (satu.status == "terpenuhi") is berlaku
    letak = "bertanggal sesudahnya" if tanggal > "2024-04-02" else "di luar jendela 'sejak tahap'"
    assert berlaku or letak in str(mesin(satu.ditemukan))


@pytest.mark.parametrize("kriteria", KRITERIA)
def test_ayat_2_setiap_kriteria_dinilai(kriteria: str) -> None:
    """A criterion judged unmet stops the move alone, as dinilai, with the judge and the reason."""
    dunia = _siap()
    nomor = _nilai(dunia, kriteria, "2024-04-02", "tidak", "belum cukup")
    daftar = ditolak(dunia, "tetapkan", "2024-04-02")
    satu = temuan(daftar, f"R7.{kriteria}")
    assert penghalang(daftar) == {satu.id}
    assert (satu.sifat, satu.dasar, satu.bukti, satu.oleh) == ("dinilai", (f"{AYAT} (2) huruf {KRITERIA[kriteria]}",), (nomor,), "tpi")
    assert mesin(satu.ditemukan) == f"tidak terpenuhi, dinilai {PENILAI} (tpi) 2024-04-02: belum cukup"
    assert (mesin(satu.dibutuhkan), mesin(satu.kurang)) == (f"penilaian kriteria {kriteria}: terpenuhi", "penilaian yang terpenuhi")


def test_ayat_2_penilaian_terbaru_per_kriteria() -> None:
    """The newest judgement of each criterion counts, by date and then by number; others are untouched."""
    dunia = _siap()
    _nilai(dunia, "risiko_tinggi", "2024-03-20", "tidak")
    assert penghalang(dunia.periksa("tetapkan", "2024-04-02")) == set()
    _nilai(dunia, "risiko_tinggi", "2024-04-01", "tidak")
    assert penghalang(dunia.periksa("tetapkan", "2024-04-02")) == {"R7.risiko_tinggi"}
    nomor = _nilai(dunia, "risiko_tinggi", "2024-04-01", "ya")
    assert temuan(diterima(dunia.maju("tetapkan", "2024-04-02")), "R7.risiko_tinggi").bukti == (nomor,)


@pytest.mark.parametrize(("tanggal", "berlaku"), [("2024-02-29", False), ("2024-03-01", True), ("2024-04-02", True), ("2024-04-03", False)])
def test_ayat_2_jendela_sejak_pendaftaran(tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """Judgements count from the registration (2024-03-01) to the day of the act."""
    dunia = _siap()
    lupakan(dunia, "penilaian_kriteria")
    for kriteria in KRITERIA:
        _nilai(dunia, kriteria, tanggal)
    assert penghalang(dunia.periksa("tetapkan", "2024-04-02")) == (set() if berlaku else R7)


def test_ayat_2_penilaian_beralasan_dan_oleh_yang_berwenang() -> None:
    """A judgement without a reason is bad input; one by the head of the unit itself is refused."""
    dunia = kosong()
    isi = {"kriteria": "layanan_utama", "terpenuhi": "ya", "alasan": "alasan"}
    with pytest.raises(MasukanSalah, match="'alasan' wajib diisi"):
        dunia.catat("penilaian_kriteria", "2024-03-04", {**isi, "alasan": ""})
    putusan = dunia.catat("penilaian_kriteria", "2024-03-04", isi, oleh=KEPALA)
    assert penghalang(putusan.daftar) == {"R30"}
    assert mesin(temuan(putusan.daftar, "R30").dibutuhkan) == "tpi atau admin"


def test_ayat_2_alasan_panjang_disingkat() -> None:
    """A reason of 120 characters is shown whole, a longer one is cut with an ellipsis; the record keeps it all."""
    dunia = _siap()
    for panjang, tampil in ((120, "x" * 120), (121, "x" * 119 + "…")):
        _nilai(dunia, "dampak_luas", "2024-04-02", alasan="x" * panjang)
        assert str(mesin(temuan(dunia.periksa("tetapkan", "2024-04-02"), "R7.dampak_luas").ditemukan)).endswith(f": {tampil}")
        assert dunia.unit[UNIT_UJI].bukti["penilaian_kriteria"][-1].isi["alasan"] == "x" * panjang


@pytest.mark.parametrize("oleh", [KEPALA, ADMIN, PENILAI])
def test_pelaku_wali_kota(oleh: str) -> None:
    """Nobody but the Wali Kota designates."""
    assert penghalang(ditolak(_siap(), "tetapkan", "2024-04-02", oleh=oleh)) == {"R30"}


def test_dicabut_ditetapkan_ulang_dengan_keputusan_baru() -> None:
    """A revoked unit is designated again (M13) on a decree since its revocation; the old judgements still stand."""
    dunia = sampai("pemantauan_predikat")
    diterima(dunia.catat("kejadian", "2026-02-01", {"uraian": "uji", "indikator": "uji"}))
    diterima(dunia.catat("rekomendasi_pencabutan", "2026-02-02", {"nomor": "700/9", "alasan": "uji"}, oleh=PENILAI))
    diterima(dunia.catat("keputusan_pencabutan", "2026-02-03", {"nomor": "188/91/2026"}))
    diterima(dunia.maju("cabut", "2026-02-04"))
    with pytest.raises(LangkahTidakTersedia):
        dunia.maju("tetapkan", "2026-03-01")
    assert penghalang(ditolak(dunia, "tetapkan-ulang", "2026-03-01")) == {"R6"}
    diterima(dunia.catat("keputusan_penetapan", "2026-03-01", {"nomor": "188/92/2026", "rencana": "Rencana 2026"}))
    diterima(dunia.maju("tetapkan-ulang", "2026-03-01"))
    assert (dunia.tahap(), dunia.unit[UNIT_UJI].keadaan.predikat) == ("penetapan", None)


def test_unit_baru_belum_dapat_ditetapkan() -> None:
    """A unit that has not declared cannot be designated: the move is not there, the answer lists what is."""
    dunia = kosong()
    dunia.jalankan(DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), ADMIN))
    with pytest.raises(LangkahTidakTersedia, match="DINSOS berada pada tahap terdaftar") as e:
        dunia.maju("tetapkan", "2024-04-02", kode="DINSOS")
    assert e.value.lanjut == "Langkah dari tahap terdaftar: canangkan, nonaktifkan."
