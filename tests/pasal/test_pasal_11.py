"""Pasal 11: usulan kepada TPN (M7; R16, R17; Pasal 9 ayat (5), Pasal 10 ayat (5) huruf c)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    Dunia,
    bekal_evaluasi,
    bekal_usulan,
    diterima,
    ditolak,
    lupakan,
    penghalang,
    sampai,
    temuan,
)
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah
from zi_workflow.domain.guards.konteks import mesin
from zi_workflow.domain.state import Usulan

PERWALI = "Perwali Binjai 3/2024"
USULAN = {"predikat": "WBK", "surat": "900/1/2025"}
LHE = {"nomor": "700/1", "tahun": 2025, "predikat": "WBK", "simpulan": "memenuhi"}
SAMPAIKAN = {"nomor": "700/2", "tahun": 2025, "predikat": "WBK", "rekomendasi": "layak"}
SPTJM = {"nomor": "005/1", "tahun": 2025, "predikat": "WBK", "penandatangan": KEPALA}


def _siap(*buang: str) -> Dunia:
    """Return a world at evaluasi_tpi, ready to propose on 2025-05-20, without the records of some kinds."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    lupakan(dunia, *buang)
    return dunia


def _catat(dunia: Dunia, jenis: str, tanggal: str, isi: dict[str, Any]) -> int:
    diterima(dunia.catat(jenis, tanggal, isi))
    return dunia.log[-1].nomor


def test_ayat_2_wali_kota_mengusulkan() -> None:
    """With everything on file the Wali Kota proposes; year, predikat and letter are kept."""
    dunia = _siap()
    diterima(dunia.maju("usulkan", "2025-05-20", USULAN))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.usulan, keadaan.penanda["usulan"]) == (
        "usulan_tpn",
        Usulan(2025, "WBK", "900/1/2025"),
        HARI("2025-05-20"),
    )


def test_ayat_2_tanpa_catatan_semua_syarat_disebut() -> None:
    """A proposal with an empty file lists every unmet requirement of Pasal 10–14 at once."""
    daftar = ditolak(sampai("evaluasi_tpi"), "usulkan", "2025-05-20", USULAN)
    awal = {"R15", "R16", "R17", "R18.tlhp", "R18.lhkpn", "R18.lhkasn", "R18.sakip", "R18.layanan_utama", "R18.dampak", "R20.total", "R23"}
    assert awal <= penghalang(daftar)
    assert {t.id for t in daftar.temuan if t.status == "terpenuhi"} >= {"R18.setahun", "R22", "R28", "R29", "R30"}


def test_ayat_2_pelaku_wali_kota() -> None:
    """The head of the unit does not propose himself."""
    assert penghalang(ditolak(_siap(), "usulkan", "2025-05-20", USULAN, oleh=KEPALA)) == {"R30"}


@pytest.mark.parametrize(
    ("buang", "temu"),
    [
        (("lhe",), "lhe belum ada"),
        (("penyampaian_wali_kota",), "penyampaian_wali_kota belum ada"),
        (("lhe", "penyampaian_wali_kota"), "lhe belum ada; penyampaian_wali_kota belum ada"),
    ],
)
def test_ayat_1_lhe_dan_penyampaiannya(buang: tuple[str, ...], temu: str) -> None:
    """Both the report and its delivery to the Wali Kota are required; all that is missing is said."""
    daftar = ditolak(_siap(*buang), "usulkan", "2025-05-20", USULAN)
    satu = temuan(daftar, "R16")
    assert penghalang(daftar) == {"R16"}
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (temu, f"{len(buang)} hal")
    assert mesin(satu.dibutuhkan) == "lhe (simpulan memenuhi), lalu penyampaian_wali_kota (rekomendasi layak)"
    pasal = ("Pasal 9 ayat (5)", "Pasal 10 ayat (5) huruf c", "Pasal 10 ayat (6) huruf b", "Pasal 11 ayat (1)")
    assert (satu.dasar, satu.oleh, satu.sifat) == (tuple(f"{PERWALI} {p}" for p in pasal), "tpi", "dokumen")


def test_ayat_1_simpulan_dan_rekomendasi() -> None:
    """A report that concludes belum_memenuhi, delivered as belum_layak, fails on both counts, with both records named."""
    dunia = _siap("lhe", "penyampaian_wali_kota")
    lhe = _catat(dunia, "lhe", "2025-05-02", {**LHE, "simpulan": "belum_memenuhi"})
    kirim = _catat(dunia, "penyampaian_wali_kota", "2025-05-02", {**SAMPAIKAN, "rekomendasi": "belum_layak"})
    satu = temuan(ditolak(dunia, "usulkan", "2025-05-20", USULAN), "R16")
    assert (
        mesin(satu.ditemukan) == "lhe: simpulan belum_memenuhi, bukan memenuhi; penyampaian_wali_kota: rekomendasi belum_layak, bukan layak"
    )
    assert satu.bukti == (lhe, kirim)


@pytest.mark.parametrize(("hari_kirim", "sah"), [("2025-05-09", False), ("2025-05-10", True), ("2025-05-20", True)])
def test_ayat_1_penyampaian_tidak_mendahului_lhe(hari_kirim: str, sah: bool) -> None:  # noqa: FBT001
    """What is delivered is the report: the delivery is not dated before it."""
    dunia = _siap("lhe", "penyampaian_wali_kota")
    _catat(dunia, "lhe", "2025-05-10", LHE)
    _catat(dunia, "penyampaian_wali_kota", hari_kirim, SAMPAIKAN)
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", USULAN), "R16")
    assert (satu.status == "terpenuhi") is sah
    assert sah or mesin(satu.ditemukan) == "penyampaian_wali_kota mendahului lhe"


def test_ayat_1_lhe_baru_harus_disampaikan_lagi() -> None:
    """A newer report of that year and predikat replaces the older one and needs its own delivery."""
    dunia = _siap()
    nomor = _catat(dunia, "lhe", "2025-05-10", {**LHE, "nomor": "700/1/REV"})
    satu = temuan(ditolak(dunia, "usulkan", "2025-05-20", USULAN), "R16")
    assert mesin(satu.ditemukan) == "penyampaian_wali_kota mendahului lhe"
    assert nomor in satu.bukti
    _catat(dunia, "penyampaian_wali_kota", "2025-05-10", SAMPAIKAN)
    satu = temuan(diterima(dunia.maju("usulkan", "2025-05-20", USULAN)), "R16")
    assert mesin(satu.ditemukan) == "lhe 700/1/REV tanggal 2025-05-10, penyampaian_wali_kota 700/2 tanggal 2025-05-10"


@pytest.mark.parametrize(
    ("jenis", "isi", "syarat"), [("lhe", LHE, "R16"), ("penyampaian_wali_kota", SAMPAIKAN, "R16"), ("sptjm", SPTJM, "R17")]
)
@pytest.mark.parametrize(
    ("ubah", "tanggal", "berlaku"),
    [
        ({}, "2025-05-20", True),
        ({}, "2024-12-31", True),
        ({}, "2025-05-21", False),
        ({"tahun": 2024}, "2025-05-02", False),
        ({"tahun": 2026}, "2025-05-02", False),
        ({"predikat": "WBBM"}, "2025-05-02", False),
    ],
)
def test_ayat_1_dan_3_tahun_dan_predikat_usulan(
    jenis: str,
    isi: dict[str, Any],
    syarat: str,
    ubah: dict[str, Any],
    tanggal: str,
    berlaku: bool,  # noqa: FBT001
) -> None:
    """Only records that bear the year and predikat of the proposal count, dated not after the act."""
    dunia = _siap(jenis)
    if jenis == "penyampaian_wali_kota":
        lupakan(dunia, "lhe")
        _catat(dunia, "lhe", "2024-12-31", LHE)
    elif jenis == "lhe":
        lupakan(dunia, "penyampaian_wali_kota")
        _catat(dunia, "penyampaian_wali_kota", "2025-05-20", SAMPAIKAN)
    _catat(dunia, jenis, tanggal, {**isi, **ubah})
    assert penghalang(dunia.periksa("usulkan", "2025-05-20", USULAN)) == (set() if berlaku else {syarat})


def test_ayat_3_sptjm_wajib() -> None:
    """Without the statement of the head the proposal is refused."""
    daftar = ditolak(_siap("sptjm"), "usulkan", "2025-05-20", USULAN)
    satu = temuan(daftar, "R17")
    assert penghalang(daftar) == {"R17"}
    assert (satu.dasar, satu.oleh) == ((f"{PERWALI} Pasal 11 ayat (3)", f"{PERWALI} Lampiran III huruf B"), "kepala_pd")
    assert "--tahun 2025 --predikat WBK" in satu.lanjut


def test_ayat_3_sptjm_dari_pimpinan_unit() -> None:
    """A statement signed by somebody else is refused; the head's own, newer one is accepted."""
    dunia = _siap()
    nomor = _catat(dunia, "sptjm", "2025-05-03", {**SPTJM, "penandatangan": PENILAI})
    satu = temuan(ditolak(dunia, "usulkan", "2025-05-20", USULAN), "R17")
    assert (mesin(satu.ditemukan), satu.bukti) == (
        f"ditandatangani {PENILAI}, yang bukan kepala_pd {UNIT_UJI} pada 2025-05-03",
        (nomor,),
    )
    _catat(dunia, "sptjm", "2025-05-03", SPTJM)
    diterima(dunia.maju("usulkan", "2025-05-20", USULAN))


def test_ayat_3_sptjm_pimpinan_pada_tanggalnya() -> None:
    """A statement stays valid when its signatory leaves later, and a successor cannot sign for the time before."""
    pengganti = "197001011995031007"
    dunia = _siap()
    diterima(dunia.akhiri(KEPALA, "kepala_pd", "2025-05-05"))
    diterima(dunia.angkat(pengganti, "kepala_pd", UNIT_UJI, sejak="2025-05-06"))
    assert temuan(dunia.periksa("usulkan", "2025-05-20", USULAN), "R17").status == "terpenuhi"
    for tanggal, status in (("2025-05-05", "tidak"), ("2025-05-06", "terpenuhi")):
        _catat(dunia, "sptjm", tanggal, {**SPTJM, "penandatangan": pengganti})
        assert temuan(dunia.periksa("usulkan", "2025-05-20", USULAN), "R17").status == status


def test_ayat_3_sptjm_hanya_dicatat_kepala_atau_admin() -> None:
    """The statement is not the TPI's to record."""
    assert penghalang(_siap().catat("sptjm", "2025-05-03", SPTJM, oleh=PENILAI).daftar) == {"R30"}


# --- one letter, several units ---------------------------------------------------------------------------------------


def _dua_unit() -> Dunia:
    """Return a world with two units at evaluasi_tpi: DISPORA towards WBK, DINSOS (WBK from the archive) towards WBBM."""
    dunia = _siap()
    awal = {
        "tahap": "pemantauan",
        "predikat": "WBK",
        "sejak": "2024-02-01",
        "mulai_bangun": "2024-01-10",
        "tanggal_predikat": "2022-12-01",
        "dasar": "arsip",
    }
    diterima(dunia.jalankan(DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), ADMIN, keadaan_awal=awal)))
    diterima(dunia.angkat(KEPALA, "kepala_pd", "DINSOS"))
    for jenis in ("pemantauan", "pendampingan"):
        isi = {"hasil": "x"} if jenis == "pemantauan" else {"bentuk": "asistensi", "hasil": "x"}
        diterima(dunia.catat(jenis, "2024-07-10", isi, "DINSOS"))
    diterima(dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI}, "DINSOS"))
    return dunia


def test_ayat_2_satu_surat_beberapa_unit_predikat_masing_masing() -> None:
    """In one letter each unit is checked for its own predikat: WBK for one, WBBM for the other."""
    dunia = _dua_unit()
    peta = {UNIT_UJI: "WBK", "DINSOS": "WBBM"}
    diterima(dunia.maju("usulkan", "2025-05-20", {"predikat": peta, "surat": "900/1/2025"}))
    assert dunia.unit[UNIT_UJI].keadaan.usulan == Usulan(2025, "WBK", "900/1/2025")
    daftar = ditolak(dunia, "usulkan", "2025-05-20", {"predikat": peta, "surat": "900/1/2025"}, kode="DINSOS")
    assert daftar.predikat == "WBBM"
    assert {"R19.tlhp", "R21.total", "R32.dampak"} <= penghalang(daftar)
    assert not any(t.id.startswith(("R18", "R20", "R28")) for t in daftar.temuan)
    assert temuan(daftar, "R19.wbk").bukti == (dunia.unit["DINSOS"].nomor,)


def test_ayat_2_unit_tidak_disebut_dalam_peta() -> None:
    """A letter that names predikat per unit must name this one."""
    with pytest.raises(MasukanSalah, match=f"Predikat untuk {UNIT_UJI} tidak disebut"):
        _siap().maju("usulkan", "2025-05-20", {"predikat": {"DINSOS": "WBK"}})


@pytest.mark.parametrize(
    ("predikat", "pesan"),
    [
        ({UNIT_UJI: "WBX"}, f"{UNIT_UJI}: 'WBX' bukan salah satu dari WBK, WBBM"),
        ({UNIT_UJI: None}, f"{UNIT_UJI}: "),
        ("wbk", "'wbk' bukan salah satu dari WBK, WBBM"),
        (["WBK"], "bukan salah satu dari WBK, WBBM"),
        (True, "'True' bukan salah satu dari WBK, WBBM"),
    ],
)
def test_ayat_2_predikat_lain_adalah_masukan_salah(predikat: object, pesan: str) -> None:
    """There is no third predikat; in a map the unit is named."""
    with pytest.raises(MasukanSalah, match=pesan):
        _siap().maju("usulkan", "2025-05-20", {"predikat": predikat})


def test_ayat_2_tanpa_predikat_memakai_sasaran() -> None:
    """Without a predikat the unit's own target is proposed."""
    dunia = _siap()
    diterima(dunia.maju("usulkan", "2025-05-20", {"surat": "900/1/2025"}))
    assert dunia.unit[UNIT_UJI].keadaan.usulan == Usulan(2025, "WBK", "900/1/2025")


def test_ayat_2_wbbm_bukan_sasaran_unit_ini() -> None:
    """A unit without WBK that is proposed for WBBM fails on standing and on its year of building."""
    daftar = ditolak(_siap(), "usulkan", "2025-05-20", {"predikat": "WBBM"})
    assert {"R19.wbk", "R19.setahun"} <= penghalang(daftar)


def test_ayat_2_tahun_lain_dari_tanggalnya_adalah_masukan_salah() -> None:
    """The proposal's year is that of its date (D15)."""
    with pytest.raises(MasukanSalah, match="Tahun usulan 2026 tidak sama"):
        _siap().maju("usulkan", "2025-05-20", {**USULAN, "tahun": 2026})


def test_ayat_2_hanya_dari_evaluasi_tpi() -> None:
    """A unit that is still monitored cannot be proposed, whatever is on file."""
    dunia = sampai("pemantauan")
    bekal_evaluasi(dunia, "2024-07-10")
    with pytest.raises(LangkahTidakTersedia, match="berada pada tahap pemantauan"):
        dunia.maju("usulkan", "2025-05-20", USULAN)
