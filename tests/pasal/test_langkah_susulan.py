"""Corners of the register's own moves: when a letter may still be withdrawn, who may succeed, whose role ends, who is named."""

from __future__ import annotations

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    Dunia,
    bekal_predikat,
    diterima,
    ditolak,
    kosong,
    penghalang,
    sampai,
    sampai_wbbm,
)
from zi_workflow.batch import perintah_maju
from zi_workflow.domain.commands import AkhiriPejabat, AngkatPejabat, DaftarkanUnit
from zi_workflow.domain.errors import Konflik, MasukanSalah
from zi_workflow.domain.events import LaranganDiwariskan, PejabatDiakhiri

SURAT = {"alasan": "keliru unit", "nomor": "900/2/2025"}


def test_m16_usulan_tidak_dapat_ditarik_sesudah_tpn_memutuskan() -> None:
    """A letter is withdrawn before TPN decides, not after; TPN's result is named as what stands in the way."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    daftar = ditolak(dunia, "tarik-usulan", "2025-11-11", SURAT)
    assert penghalang(daftar) == {"R35.belum_diputus"}
    (satu,) = daftar.penghalang
    assert [dunia.log[n - 1].peristiwa.jenis for n in satu.bukti] == ["hasil_tpn"]  # type: ignore[union-attr]


def test_m16_usulan_dapat_ditarik_sebelum_tpn_memutuskan() -> None:
    """Without a result the letter may be withdrawn."""
    dunia = sampai("usulan_tpn")
    diterima(dunia.maju("tarik-usulan", "2025-05-22", SURAT))
    assert dunia.tahap() == "evaluasi_tpi"


def test_m6_kembalikan_memerlukan_paling_sedikit_satu_rekomendasi() -> None:
    """A unit goes back with recommendations; an empty list is bad input."""
    dunia = sampai("evaluasi_tpi")
    with pytest.raises(MasukanSalah, match="paling sedikit 1"):
        dunia.maju("kembalikan", "2025-05-02", {"rekomendasi": []})


def test_m14_pengganti_yang_nonaktif_ditolak() -> None:
    """A dissolved unit cannot succeed another."""
    dunia = kosong()
    dunia.jalankan(DaftarkanUnit("LAMA", "Unit Lama", HARI("2024-03-01"), ADMIN))
    diterima(dunia.maju("nonaktifkan", "2024-04-01", SURAT, kode="LAMA"))
    with pytest.raises(MasukanSalah, match="sudah nonaktif"):
        dunia.maju("nonaktifkan", "2024-05-01", {**SURAT, "pengganti": "LAMA"})


def test_m15_pembatalan_tanpa_warisan_tidak_menyentuh_pengganti() -> None:
    """Undoing a dissolution that handed nothing on writes nothing into the successor's file."""
    dunia = kosong()
    dunia.jalankan(DaftarkanUnit("BARU", "Unit Baru", HARI("2024-03-01"), ADMIN))
    diterima(dunia.maju("nonaktifkan", "2024-04-01", {**SURAT, "pengganti": "BARU"}))
    diterima(dunia.maju("batalkan-langkah", "2024-04-02", SURAT))
    assert not [t for t in dunia.log if isinstance(t.peristiwa, LaranganDiwariskan)]
    assert dunia.unit["BARU"].versi == 1


def test_r30_peran_di_beberapa_unit_diakhiri_satu_per_satu() -> None:
    """Where a person heads two units, the unit must be said; where one, it is filled in."""
    dunia = kosong()
    dunia.jalankan(DaftarkanUnit("DISPAR", "Dinas Pariwisata", HARI("2024-03-01"), ADMIN))
    dunia.angkat(KEPALA, "kepala_pd", "DISPAR")
    akhiri = AkhiriPejabat(KEPALA, "kepala_pd", HARI("2024-06-30"), HARI("2024-06-30"), ADMIN)
    with pytest.raises(MasukanSalah, match="beberapa unit"):
        dunia.jalankan(akhiri)
    diterima(dunia.akhiri(KEPALA, "kepala_pd", "2024-06-30", "DISPAR"))
    diterima(dunia.jalankan(akhiri))
    akhir = dunia.log[-1].peristiwa
    assert isinstance(akhir, PejabatDiakhiri)
    assert akhir.unit == UNIT_UJI


def test_r7_penilai_disebut_dengan_perannya_pada_hari_menilai() -> None:
    """A judge whose term has ended since is still shown with the role in which the judgement was made."""
    dunia = sampai("pencanangan")
    for kriteria in ("layanan_utama", "risiko_tinggi", "dampak_luas"):
        dunia.catat("penilaian_kriteria", "2024-03-20", {"kriteria": kriteria, "terpenuhi": "ya", "alasan": "uji"}, oleh=PENILAI)
    dunia.akhiri(PENILAI, "tpi", "2024-03-25")
    daftar = dunia.periksa("tetapkan", "2024-04-01")
    satu = next(t for t in daftar.temuan if t.id == "R7.layanan_utama")
    assert f"{PENILAI} (tpi)" in str(satu.polos()["ditemukan"])


def test_p11_predikat_bagi_unit_di_luar_surat_ditolak() -> None:
    """A code in the map of predikat that is not in the letter is a mistake, not ignored."""
    with pytest.raises(MasukanSalah, match="RSUDD"):
        perintah_maju("usulkan", ["RSUD"], {"predikat": {"RSUD": "WBK", "RSUDD": "WBK"}}, HARI("2025-05-20"), ADMIN)


def test_p15_ayat_4_kejadian_baru_sebelum_keputusan_tidak_membatalkan_rangkaian() -> None:
    """An event, the recommendation, another event, the decree: the first three in order are enough."""
    dunia = sampai("pemantauan_predikat")
    dunia.catat("kejadian", "2026-02-01", {"uraian": "pertama", "indikator": "SPAK"})
    dunia.catat("rekomendasi_pencabutan", "2026-02-05", {"nomor": "700/9", "alasan": "uji"}, oleh=PENILAI)
    dunia.catat("kejadian", "2026-02-06", {"uraian": "kedua", "indikator": "SPAK"})
    dunia.catat("keputusan_pencabutan", "2026-02-10", {"nomor": "188/99"})
    diterima(dunia.maju("cabut", "2026-02-11"))
    assert dunia.tahap() == "dicabut"


def test_p15_ayat_1_salinan_hasil_yang_datang_kemudian_tidak_mengganggu() -> None:
    """A later copy of the same result leaves the order of the first; a later contrary result does not."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    isi = {"tahun": 2025, "predikat": "WBK", "nomor": "B/1/TPN-salinan"}
    dunia.catat("hasil_tpn", "2025-11-20", {**isi, "hasil": "memenuhi"})
    assert dunia.periksa("tetapkan-predikat", "2025-12-01", {"predikat": "WBK"}).terpenuhi
    dunia.catat("hasil_tpn", "2025-11-21", {**isi, "hasil": "digugurkan"})
    daftar = ditolak(dunia, "tetapkan-predikat", "2025-12-01", {"predikat": "WBK"})
    assert penghalang(daftar) == {"R26"}


def test_r33_tanpa_hasil_ditolak_bila_hasil_sudah_ada() -> None:
    """The year did not end without a result where one is on file."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    daftar = ditolak(dunia, "tidak-lulus", "2026-01-02", {"sebab": "tanpa_hasil"})
    assert penghalang(daftar) == {"R33"}
    assert daftar.penghalang[0].bukti


def test_m9_penanda_predikat_dari_keputusan_atas_usulan_ini() -> None:
    """A decree of another year and predikat does not date this one."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    dunia.catat("keputusan_predikat", "2025-11-25", {"tahun": 2024, "predikat": "WBBM", "nomor": "188/1"})
    diterima(dunia.maju("tetapkan-predikat", "2025-12-01", {"predikat": "WBK"}))
    assert dunia.unit[UNIT_UJI].keadaan.penanda["predikat"] == HARI("2025-11-10")


def test_periksa_usulkan_tanpa_sasaran_memakai_predikat_berikutnya() -> None:
    """A unit without a target is checked for the next predikat up; an unknown predikat is refused, a map is read for this unit."""
    dunia = kosong()
    awal = dunia.periksa("usulkan", "2025-05-20")
    assert awal.predikat == "WBK"
    assert any(t.id == "R20.total" for t in awal.temuan)
    assert dunia.periksa("usulkan", "2025-05-20", {"predikat": {UNIT_UJI: "WBBM"}}).predikat == "WBBM"
    with pytest.raises(MasukanSalah, match="'wbk' tidak dikenal"):
        dunia.periksa("usulkan", "2025-05-20", {"predikat": "wbk"})
    assert sampai("pemantauan_predikat").periksa("usulkan", "2026-05-20").predikat == "WBBM"


def test_r30_admin_pertama_dan_terakhir() -> None:
    """The first admin already serves, without an end; the last one is not ended."""
    dunia = Dunia()
    for sejak, sampai_hari in (("2099-01-01", None), ("2024-02-19", "2024-12-31")):
        akhir = HARI(sampai_hari) if sampai_hari else None
        with pytest.raises(MasukanSalah, match="Admin pertama"):
            dunia.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1", HARI(sejak), HARI("2024-02-20"), ADMIN, akhir))
    diterima(dunia.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1", HARI("2024-02-19"), HARI("2024-02-20"), ADMIN)))
    with pytest.raises(MasukanSalah, match="admin terakhir"):
        dunia.akhiri(ADMIN, "admin", "2024-06-30")
    dunia.angkat("198909092010011009", "admin")
    diterima(dunia.akhiri(ADMIN, "admin", "2024-06-30"))


def test_r30_masa_tugas_yang_bertumpuk_ditolak() -> None:
    """A term that begins earlier and runs into one on file is the same role twice; one that ends before it is not."""
    dunia = kosong()
    dunia.angkat("198909092010011009", "tpi", sejak="2024-06-01")
    with pytest.raises(Konflik, match="sudah tpi sejak 2024-06-01"):
        dunia.angkat("198909092010011009", "tpi", sejak="2024-03-01")
    diterima(dunia.angkat("198909092010011009", "tpi", sejak="2024-03-01", sampai="2024-05-31"))


def test_n5_evaluasi_mandiri_hanya_bagi_wbk() -> None:
    """A self-evaluation makes a WBK unit (N5 Bab II B), never a WBBM unit; TPN's own result does."""
    wbk = sampai("usulan_tpn")
    bekal_predikat(wbk, 2025, "WBK", "2025-11-10")
    wbk.catat(
        "hasil_tpn", "2025-11-10", {"tahun": 2025, "predikat": "WBK", "nomor": "M/1", "hasil": "memenuhi", "penyelenggara": "mandiri"}
    )
    assert wbk.periksa("tetapkan-predikat", "2025-12-01", {"predikat": "WBK"}).terpenuhi
    wbbm = sampai_wbbm("usulan_tpn")
    tahun = wbbm.unit[UNIT_UJI].keadaan.usulan
    assert tahun is not None
    hari = f"{tahun.tahun}-11-10"
    bekal_predikat(wbbm, tahun.tahun, "WBBM", hari)
    assert wbbm.periksa("tetapkan-predikat", f"{tahun.tahun}-12-01", {"predikat": "WBBM"}).terpenuhi
    wbbm.catat(
        "hasil_tpn", hari, {"tahun": tahun.tahun, "predikat": "WBBM", "nomor": "M/2", "hasil": "memenuhi", "penyelenggara": "mandiri"}
    )
    daftar = ditolak(wbbm, "tetapkan-predikat", f"{tahun.tahun}-12-01", {"predikat": "WBBM"})
    assert penghalang(daftar) == {"R26.penyelenggara"}
