"""Pasal 12: criteria for proposing a unit, WBK in ayat (2) (R18) and WBBM in ayat (3) (R19)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from tests.alat.dunia import (
    PENILAI,
    PENILAI_LAIN,
    UNIT_UJI,
    Dunia,
    arsip,
    bekal_pembangunan,
    bekal_predikat,
    bekal_usulan,
    sampai,
    sampai_wbbm,
    temuan,
)
from tests.domain.tabel_tanggal import cari
from tests.domain.tabel_tanggal import dunia as alam
from zi_workflow.domain.checklist import Temuan
from zi_workflow.domain.guards.konteks import mesin

WBK = {"predikat": "WBK", "surat": "900/1"}
WBBM = {"predikat": "WBBM", "surat": "900/1"}
JALUR = {"WBK": ("R18", 2025, sampai), "WBBM": ("R19", 2027, sampai_wbbm)}
"""Per predikat: the requirement's id, the year of the proposal, how to reach evaluasi_tpi."""

PENDAHULUAN = (
    "layanan_utama",
    "dampak",
    "tlhp",
    "lhkpn",
    "lhkasn",
    "setahun",
    "sakip",
)


def _siap(predikat: str, **bekal: str) -> tuple[Dunia, str, int]:
    """Return a unit ready for its proposal on 20 May, with the id of the requirement and the year."""
    syarat, tahun, jalan = JALUR[predikat]
    dunia = jalan("evaluasi_tpi")
    bekal_usulan(dunia, tahun, predikat, **bekal)
    return dunia, syarat, tahun


def _lihat(dunia: Dunia, syarat: str, predikat: str, pada: str) -> Temuan:
    return temuan(dunia.periksa("usulkan", pada, {"predikat": predikat}), syarat)


# --- ayat (1) ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("predikat", "huruf"), [("WBK", PENDAHULUAN), ("WBBM", ("wbk", *PENDAHULUAN[2:]))])
def test_ayat_1_setiap_kriteria_selalu_diperiksa(predikat: str, huruf: tuple[str, ...]) -> None:
    """A proposal without any of its records names every criterion of its own ayat, and none of the other's."""
    syarat, tahun, jalan = JALUR[predikat]
    dunia = jalan("evaluasi_tpi")
    daftar = dunia.periksa("usulkan", f"{tahun}-05-20", {"predikat": predikat})
    assert [t.id for t in daftar.temuan if t.id.split(".")[0] in ("R18", "R19")] == [f"{syarat}.{h}" for h in huruf]


def test_ayat_1_usulan_yang_kurang_satu_kriteria_ditolak() -> None:
    """The proposal is refused for that one criterion, with its citation, and the unit stays where it is."""
    dunia, _, _ = _siap("WBK")
    dunia.catat("sakip", "2025-05-03", {"tahun": 2024, "peringkat": "CC"}, oleh=PENILAI)
    putusan = dunia.maju("usulkan", "2025-05-20", WBK)
    assert not putusan.diterima
    assert [t.id for t in putusan.daftar.penghalang] == ["R18.sakip"]
    assert putusan.terbitan[0].dasar == (
        "Perwali Binjai 3/2024 Pasal 12 ayat (2) huruf f",
        "PermenPANRB 5/2024 Lampiran II Bab II Tabel 5",
    )
    assert dunia.tahap() == "evaluasi_tpi"


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_ayat_1_usulan_yang_lengkap_diterima(predikat: str) -> None:
    """With every criterion met the proposal goes through, for the year of its date."""
    dunia, _, tahun = _siap(predikat)
    assert dunia.maju("usulkan", f"{tahun}-05-20", {"predikat": predikat, "surat": "900/1"}).diterima
    usulan = dunia.unit[UNIT_UJI].keadaan.usulan
    assert usulan is not None
    assert (dunia.tahap(), usulan.tahun, usulan.predikat, usulan.surat) == ("usulan_tpn", tahun, predikat, "900/1")


# --- ayat (2) huruf a dan b: dinilai ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("huruf", "kriteria", "id_syarat"), [("a", "layanan_utama", "R18.layanan_utama"), ("b", "dampak_signifikan", "R18.dampak")]
)
def test_ayat_2_huruf_a_b_dinilai_dengan_nama_dan_alasan(huruf: str, kriteria: str, id_syarat: str) -> None:
    """A subjective norm is a judgement: shown as dinilai, with who judged and why; the newest one counts."""
    dunia, _, _ = _siap("WBK")
    satu = _lihat(dunia, id_syarat, "WBK", "2025-05-20")
    assert (satu.status, satu.sifat) == ("terpenuhi", "dinilai")
    assert satu.dasar[0] == f"Perwali Binjai 3/2024 Pasal 12 ayat (2) huruf {huruf}"
    assert PENILAI in (mesin(satu.ditemukan) or "")
    tidak = {"kriteria": kriteria, "terpenuhi": "tidak", "alasan": "layanan dipindahkan"}
    dunia.catat("penilaian_kriteria", "2025-05-03", tidak, oleh=PENILAI_LAIN)
    satu = _lihat(dunia, id_syarat, "WBK", "2025-05-20")
    assert satu.status == "tidak"
    assert f"tidak terpenuhi, dinilai {PENILAI_LAIN} (tpi) 2025-05-03: layanan dipindahkan" == mesin(satu.ditemukan)


@pytest.mark.parametrize("id_syarat", ["R18.layanan_utama", "R18.dampak"])
def test_ayat_2_huruf_a_b_penilaian_tahun_lalu_tidak_berlaku(id_syarat: str) -> None:
    """A judgement counts for proposals of its own year only: that of 1 April 2024 (Pasal 7) does not carry 2025."""
    dunia, kriteria = sampai("evaluasi_tpi"), {"R18.layanan_utama": "layanan_utama", "R18.dampak": "dampak_signifikan"}[id_syarat]
    isi = {"kriteria": kriteria, "terpenuhi": "ya", "alasan": "tetap"}
    dunia.catat("penilaian_kriteria", "2024-12-31", isi, oleh=PENILAI)
    assert _lihat(dunia, id_syarat, "WBK", "2025-05-20").status == "tidak"
    dunia.catat("penilaian_kriteria", "2025-01-01", isi, oleh=PENILAI)
    assert _lihat(dunia, id_syarat, "WBK", "2025-05-20").status == "terpenuhi"


def test_ayat_2_huruf_a_b_alasan_panjang_dipendekkan() -> None:
    """A reason of any length is on file; the answer shows its beginning."""
    dunia, _, _ = _siap("WBK")
    isi = {"kriteria": "layanan_utama", "terpenuhi": "ya", "alasan": "x" * 500}
    dunia.catat("penilaian_kriteria", "2025-05-03", isi, oleh=PENILAI)
    temu = mesin(_lihat(dunia, "R18.layanan_utama", "WBK", "2025-05-20").ditemukan) or ""
    assert temu.endswith("x" * 119 + "…")


# --- ayat (2) huruf c, d dan ayat (3) huruf b, c: 100 % ---------------------------------------------------------------

RASIO = {
    "tlhp": ("tindak_lanjut_pengawasan", "temuan", "selesai"),
    "lhkpn": ("lhkpn", "wajib", "lapor"),
    "lhkasn": ("lhkasn", "wajib", "lapor"),
}


def _catat_rasio(dunia: Dunia, bagian: str, tanggal: str, tahun: int, bawah: int, atas: int) -> None:
    jenis, penyebut, pembilang = RASIO[bagian]
    dunia.catat(jenis, tanggal, {"tahun": tahun, penyebut: bawah, pembilang: atas}, oleh=PENILAI)


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize("bagian", RASIO)
@pytest.mark.parametrize(
    ("bawah", "atas", "status", "ditemukan", "kurang"),
    [
        (12, 12, "terpenuhi", "100.00", None),
        (12, 11, "tidak", "91.67", "8.33"),
        (1_000_000, 999_999, "tidak", "99.9999", "0.0001"),
        (12, 0, "tidak", "0.00", "100.00"),
    ],
)
def test_ayat_2_huruf_c_d_dan_ayat_3_huruf_b_c_seratus_persen(
    predikat: str, bagian: str, bawah: int, atas: int, status: str, ditemukan: str, kurang: str | None
) -> None:
    """100 % means all of them: one of a million missing does not pass, and is not shown as 100."""
    dunia, syarat, tahun = _siap(predikat)
    _catat_rasio(dunia, bagian, f"{tahun}-05-03", tahun - 1, bawah, atas)
    satu = _lihat(dunia, f"{syarat}.{bagian}", predikat, f"{tahun}-05-20")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.dibutuhkan), mesin(satu.kurang)) == (status, ditemukan, ">= 100", kurang)
    assert (satu.sifat, satu.satuan) == ("dihitung", "persen")


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize("bagian", RASIO)
def test_ayat_2_huruf_c_d_tahun_y_atau_y_1_yang_terbaru(predikat: str, bagian: str) -> None:
    """Figures of the proposal's year or the year before count, the later year first whatever was recorded last; Y - 2 never."""
    syarat, tahun, jalan = JALUR[predikat]
    dunia, pada = jalan("evaluasi_tpi"), f"{tahun}-05-20"
    id_syarat = f"{syarat}.{bagian}"
    _catat_rasio(dunia, bagian, f"{tahun}-05-05", tahun - 2, 10, 10)
    jauh = _lihat(dunia, id_syarat, predikat, pada)
    assert jauh.status == "tidak"
    assert f"(tahun {tahun - 2})" in (mesin(jauh.ditemukan) or "")
    _catat_rasio(dunia, bagian, f"{tahun}-05-03", tahun - 1, 10, 9)
    assert _lihat(dunia, id_syarat, predikat, pada).status == "tidak"
    _catat_rasio(dunia, bagian, f"{tahun}-05-02", tahun, 10, 10)
    tahun_ini = _lihat(dunia, id_syarat, predikat, pada)
    assert tahun_ini.status == "terpenuhi"
    _catat_rasio(dunia, bagian, f"{tahun}-05-10", tahun - 1, 10, 8)
    assert _lihat(dunia, id_syarat, predikat, pada) == tahun_ini
    _catat_rasio(dunia, bagian, f"{tahun}-05-11", tahun + 1, 10, 0)
    assert _lihat(dunia, id_syarat, predikat, pada) == tahun_ini


@pytest.mark.parametrize("bagian", RASIO)
def test_ayat_2_huruf_c_d_catatan_terbaru_menurut_tanggal(bagian: str) -> None:
    """Of two records of one year the later date counts, then the later number; one dated after the act does not."""
    dunia, syarat, _ = _siap("WBK")
    _catat_rasio(dunia, bagian, "2025-05-04", 2024, 10, 9)
    _catat_rasio(dunia, bagian, "2025-05-03", 2024, 10, 10)
    assert _lihat(dunia, f"{syarat}.{bagian}", "WBK", "2025-05-20").status == "tidak"
    _catat_rasio(dunia, bagian, "2025-05-04", 2024, 20, 20)
    assert _lihat(dunia, f"{syarat}.{bagian}", "WBK", "2025-05-20").status == "terpenuhi"
    _catat_rasio(dunia, bagian, "2025-05-21", 2024, 10, 0)
    assert _lihat(dunia, f"{syarat}.{bagian}", "WBK", "2025-05-20").status == "terpenuhi"
    assert _lihat(dunia, f"{syarat}.{bagian}", "WBK", "2025-05-21").status == "tidak"


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize("bagian", RASIO)
def test_ayat_2_huruf_c_d_nihil_bila_tidak_ada_yang_wajib(predikat: str, bagian: str) -> None:
    """0 of 0 is met and says so, as a reading (D19); no record at all is not."""
    dunia, syarat, tahun = _siap(predikat)
    _catat_rasio(dunia, bagian, f"{tahun}-05-03", tahun - 1, 0, 0)
    satu = _lihat(dunia, f"{syarat}.{bagian}", predikat, f"{tahun}-05-20")
    assert (satu.status, mesin(satu.ditemukan), satu.tafsir) == ("terpenuhi", "nihil", ("D19",))
    kosong = _lihat(JALUR[predikat][2]("evaluasi_tpi"), f"{syarat}.{bagian}", predikat, f"{tahun}-05-20")
    assert (kosong.status, kosong.tafsir) == ("tidak", ())
    assert mesin(kosong.kurang) == f"catatan {RASIO[bagian][0]}"


# --- ayat (2) huruf e dan ayat (3) huruf d: satu tahun ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("pada", "status", "kurang"), [("2025-04-09", "tidak", "1 hari"), ("2025-04-10", "terpenuhi", None), ("2025-04-11", "terpenuhi", None)]
)
def test_ayat_2_huruf_e_satu_tahun_sejak_mulai_bangun(pada: str, status: str, kurang: str | None) -> None:
    """Building began on 10 April 2024: the year is full on 10 April 2025, that day included (D2)."""
    satu = _lihat(sampai("evaluasi_tpi"), "R18.setahun", "WBK", pada)
    assert (satu.status, mesin(satu.kurang), satu.sifat, satu.tafsir) == (status, kurang, "waktu", ("D2",))
    assert mesin(satu.ditemukan) == "sejak 2024-04-10, genap 1 tahun pada 2025-04-10"


def test_ayat_2_huruf_e_menyebut_peristiwa_mulai_bangun() -> None:
    """The answer names the event that it counted from: the move itself, or the registration from the archive."""
    dunia = sampai("evaluasi_tpi")
    (nomor,) = _lihat(dunia, "R18.setahun", "WBK", "2025-04-10").bukti
    assert getattr(dunia.log[nomor - 1].peristiwa, "langkah", None) == "mulai-bangun"
    arsip(dunia, "LAMA", {"tahap": "evaluasi_tpi", "sejak": "2024-01-10", "mulai_bangun": "2023-01-10"})
    (nomor,) = temuan(dunia.periksa("usulkan", "2025-04-10", kode="LAMA"), "R18.setahun").bukti
    assert getattr(dunia.log[nomor - 1].peristiwa, "kode", None) == "LAMA"


def test_ayat_2_huruf_e_mulai_29_februari_genap_28_februari() -> None:
    """29 February 2024 + 1 year = 28 February 2025 (D2): 27 February is a day short."""
    dunia = sampai("terdaftar")
    arsip(dunia, "KABISAT", {"tahap": "evaluasi_tpi", "sejak": "2024-03-01", "mulai_bangun": "2024-02-29"})
    for pada, status in (("2025-02-27", "tidak"), ("2025-02-28", "terpenuhi")):
        satu = temuan(dunia.periksa("usulkan", pada, {"predikat": "WBK"}, "KABISAT"), "R18.setahun")
        assert (satu.status, mesin(satu.ditemukan)) == (status, "sejak 2024-02-29, genap 1 tahun pada 2025-02-28")


def test_ayat_2_huruf_e_kembalikan_tidak_mengulang_hitungan() -> None:
    """A unit that TPI sent back keeps the day on which it began to build (D2)."""
    dunia = sampai("evaluasi_tpi")
    isi = {"nomor": "700/9", "tahun": 2025, "predikat": "WBK", "simpulan": "belum_memenuhi"}
    dunia.catat("lhe", "2025-04-25", isi, oleh=PENILAI)
    assert dunia.maju("kembalikan", "2025-04-26", {"rekomendasi": ["perbaiki SOP"]}).diterima
    assert dunia.tahap() == "pembangunan"
    assert "2024-04-10" in (mesin(_lihat(dunia, "R18.setahun", "WBK", "2025-05-20").ditemukan) or "")


def test_ayat_2_huruf_e_tidak_lulus_tidak_mengulang_hitungan() -> None:
    """Nor does failing at TPN: the unit can be proposed again the next year."""
    dunia = sampai("usulan_tpn")
    dunia.catat("hasil_tpn", "2025-10-01", {"nomor": "B/9", "tahun": 2025, "predikat": "WBK", "hasil": "tidak_memenuhi"})
    assert dunia.maju("tidak-lulus", "2025-10-02", {"sebab": "tidak_memenuhi"}).diterima
    dunia.maju("mulai-pantau", "2025-11-01", {"jadwal_bulan": 3})
    assert dunia.maju("mulai-evaluasi", "2026-02-01", {"evaluator": PENILAI}).diterima
    bekal_usulan(dunia, 2026, "WBK")
    putusan = dunia.maju("usulkan", "2026-05-20", WBK)
    assert putusan.diterima
    assert "2024-04-10" in (mesin(temuan(putusan.daftar, "R18.setahun").ditemukan) or "")


def test_ayat_2_huruf_e_membangun_kembali_sesudah_pencabutan_mengulang_hitungan() -> None:
    """The *latest* mulai-bangun counts (D2): after a revocation the unit builds for a year again."""
    dunia = sampai("pemantauan_predikat")
    dunia.catat("kejadian", "2026-02-01", {"uraian": "pungutan", "indikator": "bebas dari korupsi"})
    dunia.catat("rekomendasi_pencabutan", "2026-02-02", {"nomor": "700/90", "alasan": "a"})
    dunia.catat("keputusan_pencabutan", "2026-02-03", {"nomor": "188/99"})
    dunia.maju("cabut", "2026-02-03")
    dunia.catat("keputusan_penetapan", "2027-05-01", {"nomor": "188/21", "rencana": "r"})
    assert dunia.maju("tetapkan-ulang", "2027-05-02").diterima
    bekal_pembangunan(dunia, "2027-05-03")
    assert dunia.maju("mulai-bangun", "2027-06-01").diterima
    satu = _lihat(dunia, "R18.setahun", "WBK", "2028-05-31")
    assert (satu.status, mesin(satu.kurang)) == ("tidak", "1 hari")
    assert _lihat(dunia, "R18.setahun", "WBK", "2028-06-01").status == "terpenuhi"


@pytest.mark.parametrize(("pada", "status"), [("2027-01-09", "tidak"), ("2027-01-10", "terpenuhi")])
def test_ayat_3_huruf_d_satu_tahun_sejak_bangun_wbbm(pada: str, status: str) -> None:
    """For WBBM the year runs from bangun-wbbm (10 January 2026); the years of building towards WBK do not count."""
    satu = _lihat(sampai_wbbm("pemantauan"), "R19.setahun", "WBBM", pada)
    assert (satu.status, mesin(satu.ditemukan)) == (status, "sejak 2026-01-10, genap 1 tahun pada 2027-01-10")


def test_ayat_2_huruf_e_membangun_wbbm_bukan_membangun_wbk() -> None:
    """A unit that builds towards WBBM cannot be proposed for WBK with those years, nor the other way round."""
    satu = _lihat(sampai_wbbm("evaluasi_tpi"), "R18.setahun", "WBK", "2027-05-20")
    assert (satu.status, mesin(satu.ditemukan)) == ("tidak", "sedang menuju WBBM, bukan WBK")
    satu = _lihat(sampai("evaluasi_tpi"), "R19.setahun", "WBBM", "2025-05-20")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.kurang)) == ("tidak", "sedang menuju WBK, bukan WBBM", "1 tahun")


@pytest.mark.parametrize("tahap", ["terdaftar", "penetapan", "pemantauan_predikat"])
def test_ayat_2_huruf_e_belum_membangun(tahap: str) -> None:
    """A unit that does not build (yet, or any more) has no year to show."""
    satu = _lihat(sampai(tahap), "R18.setahun", "WBK", "2026-05-20")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.kurang)) == ("tidak", "tidak sedang membangun", "1 tahun")


@pytest.mark.parametrize(
    ("kode", "keadaan", "predikat"),
    [
        ("LAMA-WBK", {"tahap": "evaluasi_tpi", "sejak": "2024-01-15", "mulai_bangun": "2023-06-01"}, "WBK"),
        (
            "LAMA-WBBM",
            {
                "tahap": "evaluasi_tpi",
                "predikat": "WBK",
                "sejak": "2024-01-15",
                "mulai_bangun": "2023-06-01",
                "tanggal_predikat": "2022-12-01",
            },
            "WBBM",
        ),
    ],
)
def test_ayat_2_huruf_e_mulai_bangun_dari_arsip(kode: str, keadaan: Mapping[str, str], predikat: str) -> None:
    """A unit from the archive counts from keadaan_awal.mulai_bangun, towards the predikat next to the one it holds."""
    dunia = sampai("terdaftar")
    assert arsip(dunia, kode, keadaan).diterima
    id_syarat = f"{JALUR[predikat][0]}.setahun"
    for pada, status in (("2024-05-31", "tidak"), ("2024-06-01", "terpenuhi")):
        assert temuan(dunia.periksa("usulkan", pada, {}, kode), id_syarat).status == status


# --- ayat (2) huruf f dan ayat (3) huruf e: SAKIP ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("predikat", "lulus", "gagal", "ambang"),
    [("WBK", ("AA", "A", "BB", "B"), ("CC", "C", "D"), "B"), ("WBBM", ("AA", "A", "BB"), ("B", "CC", "C", "D"), "BB")],
)
def test_ayat_2_huruf_f_dan_ayat_3_huruf_e_sakip(predikat: str, lulus: tuple[str, ...], gagal: tuple[str, ...], ambang: str) -> None:
    """WBK needs B, WBBM BB, on the scale AA, A, BB, B, CC, C, D: grades are places on it, not letters in order."""
    dunia, syarat, tahun = _siap(predikat)
    for hari, peringkat in enumerate((*lulus, *gagal), 3):
        dunia.catat("sakip", f"{tahun}-05-{hari:02}", {"tahun": tahun - 1, "peringkat": peringkat}, oleh=PENILAI)
        satu = _lihat(dunia, f"{syarat}.sakip", predikat, f"{tahun}-05-20")
        assert satu.status == ("terpenuhi" if peringkat in lulus else "tidak"), peringkat
        assert mesin(satu.ditemukan) == f"{peringkat} (tahun {tahun - 1})"
        assert mesin(satu.dibutuhkan) == f">= {ambang}"


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_ayat_2_huruf_f_sakip_tahun_y_atau_y_1(predikat: str) -> None:
    """An internal SAKIP grade of Y or Y - 1 counts, the later year first; Y - 2 does not."""
    syarat, tahun, jalan = JALUR[predikat]
    dunia, pada = jalan("evaluasi_tpi"), f"{tahun}-05-20"
    for tahun_laporan, peringkat, status in ((tahun - 2, "AA", "tidak"), (tahun - 1, "A", "terpenuhi"), (tahun, "C", "tidak")):
        dunia.catat("sakip", f"{tahun}-05-03", {"tahun": tahun_laporan, "peringkat": peringkat}, oleh=PENILAI)
        assert _lihat(dunia, f"{syarat}.sakip", predikat, pada).status == status


def test_ayat_2_huruf_f_sakip_instansi_bukan_sakip_unit() -> None:
    """The instansi's own grade stands on another layer and does not stand in for the unit's."""
    dunia = sampai("evaluasi_tpi")
    satu = _lihat(dunia, "R18.sakip", "WBK", "2025-05-20")
    assert (satu.status, mesin(satu.ditemukan)) == ("tidak", "belum ada")
    assert _lihat(dunia, "R24.sakip", "WBK", "2025-05-20").status == "terpenuhi"


# --- ayat (3) huruf a: telah WBK --------------------------------------------------------------------------------------


def test_ayat_3_huruf_a_hanya_unit_wbk() -> None:
    """A unit that holds nothing cannot be proposed for WBBM; one that holds WBK meets it, by the move that gave it."""
    satu = _lihat(sampai("evaluasi_tpi"), "R19.wbk", "WBBM", "2025-05-20")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.kurang)) == ("tidak", "tidak memegang predikat", "predikat")
    dunia = sampai_wbbm("evaluasi_tpi")
    satu = _lihat(dunia, "R19.wbk", "WBBM", "2027-05-20")
    assert (satu.status, mesin(satu.ditemukan)) == ("terpenuhi", "memegang WBK")
    assert getattr(dunia.log[satu.bukti[0] - 1].peristiwa, "langkah", None) == "tetapkan-predikat"


def test_ayat_3_huruf_a_langsung_wbbm_ditolak() -> None:
    """Excellent scores do not replace the predikat WBK."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBBM")
    putusan = dunia.maju("usulkan", "2025-05-20", WBBM)
    assert not putusan.diterima
    assert {t.id for t in putusan.daftar.penghalang} == {"R19.wbk", "R19.setahun"}


def test_ayat_3_huruf_a_wbk_mandiri_setara() -> None:
    """WBK from the instansi's own evaluation (N5 Bab II B) counts the same: its result enters as hasil_tpn, mandiri."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    isi = {"nomor": "B/3", "tahun": 2025, "predikat": "WBK", "hasil": "memenuhi", "penyelenggara": "mandiri"}
    dunia.catat("hasil_tpn", "2025-11-10", isi)
    assert dunia.maju("tetapkan-predikat", "2025-12-01", {"predikat": "WBK"}).diterima
    assert _lihat(dunia, "R19.wbk", "WBBM", "2027-05-20").status == "terpenuhi"


def test_ayat_3_jalan_menuju_wbbm_utuh() -> None:
    """From registration to WBBM: every move lawful, WBK held all along, nothing refused."""
    dunia = sampai_wbbm("pemantauan_predikat")
    assert dunia.penolakan == []
    assert dunia.unit[UNIT_UJI].keadaan.predikat == "WBBM"
    langkah = [x.langkah for x in dunia.unit[UNIT_UJI].lalu]
    assert langkah[:9] == [
        "canangkan",
        "tetapkan",
        "mulai-bangun",
        "mulai-pantau",
        "mulai-evaluasi",
        "usulkan",
        "tetapkan-predikat",
        "pantau-predikat",
        "bangun-wbbm",
    ]
    assert langkah[9:] == ["mulai-pantau", "mulai-evaluasi", "usulkan", "tetapkan-predikat", "pantau-predikat"]
    dipegang = [x.sebelum.predikat for x in dunia.unit[UNIT_UJI].lalu]
    assert dipegang == [None] * 7 + ["WBK"] * 6 + ["WBBM"]


@pytest.mark.parametrize("tahap", ["pembangunan", "pemantauan", "evaluasi_tpi", "usulan_tpn"])
def test_ayat_3_wbk_tetap_dipegang_selama_menuju_wbbm(tahap: str) -> None:
    """WBK is held at every stage on the way to WBBM."""
    keadaan = sampai_wbbm(tahap).unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran) == (tahap, "WBK", "WBBM")


def test_ayat_3_wbk_tetap_dipegang_sesudah_tidak_lulus() -> None:
    """A WBK unit that fails WBBM keeps WBK and may try again without a new year of building."""
    dunia = sampai_wbbm("usulan_tpn")
    dunia.catat("hasil_tpn", "2027-10-01", {"nomor": "B/9", "tahun": 2027, "predikat": "WBBM", "hasil": "tidak_memenuhi"})
    assert dunia.maju("tidak-lulus", "2027-10-02", {"sebab": "tidak_memenuhi"}).diterima
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran, keadaan.usulan) == ("pembangunan", "WBK", "WBBM", None)
    assert _lihat(dunia, "R19.setahun", "WBBM", "2028-05-20").status == "terpenuhi"


def test_ayat_3_hentikan_wbbm_lalu_bangun_lagi_mengulang_hitungan() -> None:
    """A unit that stops and starts again towards WBBM counts from the new start (the latest bangun-wbbm, D2)."""
    dunia = sampai_wbbm("evaluasi_tpi")
    assert dunia.maju("hentikan-wbbm", "2027-03-01", {"alasan": "gedung dipugar"}).diterima
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran) == ("pemantauan_predikat", "WBK", None)
    assert dunia.maju("bangun-wbbm", "2027-04-01").diterima
    satu = _lihat(dunia, "R19.setahun", "WBBM", "2027-05-20")
    assert (satu.status, mesin(satu.ditemukan)) == ("tidak", "sejak 2027-04-01, genap 1 tahun pada 2028-04-01")


# --- beberapa unit dalam satu surat -----------------------------------------------------------------------------------


def _dua_unit(ubah: Callable[[Dunia], object] | None = None) -> Dunia:
    dunia = sampai_wbbm("evaluasi_tpi")
    bekal_usulan(dunia, 2027, "WBBM")
    arsip(dunia, "PUSTAKA", {"tahap": "evaluasi_tpi", "sejak": "2024-02-25", "mulai_bangun": "2023-02-25"})
    _bekal_lain(dunia)
    if ubah is not None:
        ubah(dunia)
    return dunia


def _bekal_lain(dunia: Dunia) -> None:
    """Copy the records of the first unit's proposal to the second, as a WBK proposal."""
    for jenis in (
        "lke",
        "lhe",
        "penyampaian_wali_kota",
        "sptjm",
        "penilaian_kriteria",
        "tindak_lanjut_pengawasan",
        "lhkpn",
        "lhkasn",
        "sakip",
        "tanda_terima",
    ):
        for bukti in dunia.unit[UNIT_UJI].bukti[jenis]:
            if bukti.tanggal.year == 2027:
                isi = {**bukti.isi, **({"predikat": "WBK"} if "predikat" in bukti.isi else {})}
                dunia.catat(jenis, bukti.tanggal.isoformat(), isi, "PUSTAKA", berkas=bukti.berkas)


def test_ayat_1_beberapa_unit_dengan_predikat_masing_masing() -> None:
    """One letter proposes one unit for WBBM and another for WBK: each is measured by its own ayat."""
    dunia = _dua_unit()
    isi = {"predikat": {UNIT_UJI: "WBBM", "PUSTAKA": "WBK"}, "tahun": 2027, "surat": "900/7/2027"}
    for kode, predikat, milik in ((UNIT_UJI, "WBBM", "R19"), ("PUSTAKA", "WBK", "R18")):
        putusan = dunia.maju("usulkan", "2027-05-20", isi, kode)
        assert putusan.diterima, putusan.daftar.penghalang
        assert {t.id.split(".")[0] for t in putusan.daftar.temuan} & {"R18", "R19"} == {milik}
        usulan = dunia.unit[kode].keadaan.usulan
        assert usulan is not None
        assert (usulan.predikat, usulan.surat) == (predikat, "900/7/2027")


def test_ayat_1_satu_unit_dalam_surat_tidak_memenuhi() -> None:
    """What one unit lacks stands in its own checklist and says nothing about the other."""
    dunia = _dua_unit(lambda d: d.catat("sakip", "2027-05-03", {"tahun": 2026, "peringkat": "D"}, "PUSTAKA", PENILAI))
    isi = {"predikat": {UNIT_UJI: "WBBM", "PUSTAKA": "WBK"}, "surat": "900/7/2027"}
    putusan = dunia.maju("usulkan", "2027-05-20", isi, "PUSTAKA")
    assert [t.id for t in putusan.daftar.penghalang] == ["R18.sakip"]
    assert (dunia.tahap("PUSTAKA"), dunia.tahap()) == ("evaluasi_tpi", "evaluasi_tpi")


@pytest.mark.parametrize("bangun", ["2024-03-10", "2024-02-29", "2024-06-01"])
def test_ayat_2_huruf_e_paling_cepat_sama_dengan_syaratnya(bangun: str) -> None:
    """The first lawful day that is shown (T2) is the first on which the requirement is met, and the day before it is not."""
    satu = cari(f"bangun {bangun}", "T2", bangun)
    assert satu is not None
    dunia = alam(f"bangun {bangun}")
    for hari, status in ((satu.jatuh_tempo - timedelta(days=1), "tidak"), (satu.jatuh_tempo, "terpenuhi")):
        daftar = dunia.periksa("usulkan", hari.isoformat(), WBK)
        assert temuan(daftar, "R18.setahun").status == status
