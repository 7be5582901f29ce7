"""Pasal 10: evaluasi oleh TPI (M5, M6; R14, R15, R31)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.alat.dunia import (
    KEPALA,
    PENILAI,
    PENILAI_LAIN,
    UNIT_UJI,
    Dunia,
    bekal_evaluasi,
    bekal_usulan,
    diterima,
    ditolak,
    jawaban_semua,
    lupakan,
    penghalang,
    sampai,
    temuan,
)
from tests.domain.tabel_tanggal import cari
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.guards.konteks import mesin

PERWALI = "Perwali Binjai 3/2024"
R14 = {"R14.anggota", "R14.bukan_pegawai"}
APIP = "198905052012011008"
REKOMENDASI = {"rekomendasi": ["Perbaiki area 4"]}
USULAN = {"predikat": "WBK", "surat": "900/1/2025"}


def _siap() -> Dunia:
    """Return a world at pemantauan, ready for the evaluation of 2025-04-20."""
    dunia = sampai("pemantauan")
    bekal_evaluasi(dunia, "2024-07-10")
    return dunia


def _sk(dunia: Dunia, *nip: str, tanggal: str = "2024-06-20") -> int:
    """Record a decree on the TPI with these members and return its number."""
    diterima(dunia.catat("keputusan_tpi", tanggal, {"nomor": "188/13/2024", "anggota": [{"nip": n, "apip": "ya"} for n in nip]}, None))
    return dunia.log[-1].nomor


def _lhe(dunia: Dunia, tanggal: str, simpulan: str = "belum_memenuhi", tahun: int = 2025) -> int:
    isi = {"nomor": "700/5", "tahun": tahun, "predikat": "WBK", "simpulan": simpulan}
    diterima(dunia.catat("lhe", tanggal, isi, oleh=PENILAI))
    return dunia.log[-1].nomor


# --- ayat (1)–(4): who evaluates -------------------------------------------------------------------------------------


def test_ayat_3_evaluator_anggota_tpi() -> None:
    """A serving member of the TPI evaluates; the answer names the appointment."""
    dunia = _siap()
    daftar = diterima(dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI}))
    satu = temuan(daftar, "R14.anggota")
    assert (mesin(satu.ditemukan), satu.dasar) == (f"{PENILAI}: tpi, SK 800/2/2024", (f"{PERWALI} Pasal 10 ayat (3)",))
    assert [j.nip for j in dunia.instansi.jabatan if (j.nomor,) == satu.bukti] == [PENILAI]
    assert dunia.tahap() == "evaluasi_tpi"


def test_ayat_3_evaluator_belum_disebut() -> None:
    """Without an evaluator both parts say which field is missing."""
    daftar = ditolak(_siap(), "mulai-evaluasi", "2025-04-20")
    assert penghalang(daftar) == R14
    assert {mesin(temuan(daftar, i).ditemukan) for i in R14} == {"evaluator belum disebut"}


def test_ayat_3_anggota_menurut_keputusan() -> None:
    """Somebody without an appointment of his own, but in the newest decree, serves (APIP); the decree is the evidence."""
    dunia = _siap()
    assert penghalang(ditolak(dunia, "mulai-evaluasi", "2025-04-20", {"evaluator": APIP})) == {"R14.anggota"}
    nomor = _sk(dunia, PENILAI, APIP)
    satu = temuan(diterima(dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": APIP})), "R14.anggota")
    assert (mesin(satu.ditemukan), satu.bukti) == (f"{APIP}: anggota dalam keputusan 188/13/2024", (nomor,))


def test_ayat_3_keputusan_terbaru_yang_menentukan() -> None:
    """Who stood in an older decree only is no member any more; a decree after the act does not help."""
    dunia = _siap()
    _sk(dunia, APIP)
    nomor = _sk(dunia, PENILAI, tanggal="2024-06-21")
    _sk(dunia, APIP, tanggal="2025-04-21")
    daftar = ditolak(dunia, "mulai-evaluasi", "2025-04-20", {"evaluator": APIP})
    satu = temuan(daftar, "R14.anggota")
    assert penghalang(daftar) == {"R14.anggota"}
    assert (mesin(satu.ditemukan), satu.bukti) == (f"{APIP}: bukan anggota", (nomor,))


def test_ayat_3_tanpa_keputusan_sama_sekali() -> None:
    """Nobody appointed and no decree: refused without evidence."""
    dunia = _siap()
    lupakan(dunia, "keputusan_tpi")
    satu = temuan(ditolak(dunia, "mulai-evaluasi", "2025-04-20", {"evaluator": APIP}), "R14.anggota")
    assert (mesin(satu.ditemukan), satu.bukti, mesin(satu.kurang)) == (f"{APIP}: bukan anggota", (), "penilai yang sah")


@pytest.mark.parametrize(("sampai_hari", "sah"), [("2025-04-20", True), ("2025-04-19", False)])
def test_ayat_3_masa_tugas_berakhir(sampai_hari: str, sah: bool) -> None:  # noqa: FBT001
    """The last day of the term still counts; the day after does not, although an older decree still lists the name."""
    dunia = _siap()
    diterima(dunia.akhiri(PENILAI, "tpi", sampai_hari))
    putusan = dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI}, oleh=PENILAI_LAIN)
    assert putusan.diterima is sah
    if not sah:
        assert mesin(temuan(putusan.daftar, "R14.anggota").ditemukan) == f"{PENILAI}: masa tugasnya tidak berlaku pada tanggal itu"


def test_ayat_3_keputusan_baru_sesudah_masa_tugas_berakhir() -> None:
    """A decree made after the old term ended makes its members serve again; one of the term's last day does not."""
    dunia = _siap()
    diterima(dunia.akhiri(PENILAI, "tpi", "2024-12-31"))
    _sk(dunia, PENILAI, tanggal="2024-12-31")
    ditolak(dunia, "mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI}, oleh=PENILAI_LAIN)
    nomor = _sk(dunia, PENILAI, tanggal="2025-01-01")
    daftar = diterima(dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI}, oleh=PENILAI_LAIN))
    assert temuan(daftar, "R14.anggota").bukti == (nomor,)


def test_ayat_3_belum_mulai_bertugas() -> None:
    """An appointment from the next day on does not count yet."""
    dunia = _siap()
    diterima(dunia.angkat(APIP, "tpi", sejak="2025-04-21"))
    _sk(dunia, APIP)
    assert penghalang(ditolak(dunia, "mulai-evaluasi", "2025-04-20", {"evaluator": APIP})) == {"R14.anggota"}
    diterima(dunia.maju("mulai-evaluasi", "2025-04-21", {"evaluator": APIP}))


def test_ayat_3_catatan_keputusan_tanpa_daftar_anggota() -> None:
    """A decree whose members are not a list (an older form) has no members, and does not break the check."""
    dunia = _siap()
    (sk,) = dunia.instansi.fakta["keputusan_tpi"]
    semua: tuple[Polos, ...] = (None, "tidak ada", ["bukan peta"])
    for anggota in semua:
        dunia.instansi = replace(dunia.instansi, fakta={"keputusan_tpi": (replace(sk, isi={"nomor": "1", "anggota": anggota}),)})
        assert penghalang(dunia.periksa("mulai-evaluasi", "2025-04-20", {"evaluator": APIP})) == {"R14.anggota"}


@pytest.mark.parametrize("peran", ["kepala_pd", "unit_kerja"])
def test_ayat_3_bukan_pegawai_unit_menurut_jabatan(peran: str) -> None:
    """A member of the TPI who is also an official of the unit may not evaluate it; of another unit he may."""
    dunia = _siap()
    diterima(dunia.angkat(PENILAI_LAIN, peran, UNIT_UJI, sejak="2025-01-01", sampai="2025-04-20"))
    nomor = dunia.log[-1].nomor
    daftar = ditolak(dunia, "mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI_LAIN})
    satu = temuan(daftar, "R14.bukan_pegawai")
    assert penghalang(daftar) == {"R14.bukan_pegawai"}
    assert (mesin(satu.ditemukan), satu.bukti) == (f"{PENILAI_LAIN}: {peran} {UNIT_UJI}", (nomor,))
    diterima(dunia.angkat(PENILAI, peran, "DINSOS"))
    assert penghalang(dunia.periksa("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI})) == set()
    diterima(dunia.maju("mulai-evaluasi", "2025-04-21", {"evaluator": PENILAI_LAIN}))


def test_ayat_3_bukan_anggota_tim_kerja_unit() -> None:
    """A member of the TPI who sits in the unit's own team may not evaluate it; the newest team decides."""
    dunia = _siap()
    anggota = [{"nip": PENILAI, "nama": "Orang", "area": a, "unsur": "pegawai"} for a in range(1, 7)]
    diterima(dunia.catat("tim_kerja", "2024-06-11", {"nomor_sk": "800/32/2024", "anggota": anggota}))
    nomor = dunia.log[-1].nomor
    daftar = ditolak(dunia, "mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI})
    satu = temuan(daftar, "R14.bukan_pegawai")
    assert penghalang(daftar) == {"R14.bukan_pegawai"}
    assert (mesin(satu.ditemukan), satu.bukti, satu.sifat) == (f"{PENILAI}: anggota tim_kerja unit ini", (nomor,), "wewenang")
    diterima(dunia.catat("tim_kerja", "2024-06-12", {"nomor_sk": "800/33/2024", "anggota": [{**anggota[0], "nip": KEPALA}]}))
    diterima(dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI}))


def test_ayat_3_kepala_unit_gagal_pada_kedua_bagian() -> None:
    """The unit's own head is neither a member nor from outside; both are said."""
    daftar = ditolak(_siap(), "mulai-evaluasi", "2025-04-20", {"evaluator": KEPALA})
    assert penghalang(daftar) == R14


def test_ayat_3_tanpa_tim_kerja() -> None:
    """Where no team is on file, only appointments make somebody staff."""
    dunia = _siap()
    lupakan(dunia, "tim_kerja")
    diterima(dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI}))


@pytest.mark.parametrize("nip", ["19800101200501100", "1980010120050110011", "X-AB", "x-tpi", 1.5, True, ["198001012005011001"]])
def test_ayat_3_evaluator_bernip(nip: object) -> None:
    """A NIP has 18 digits."""
    with pytest.raises(MasukanSalah, match="'evaluator'"):
        _siap().maju("mulai-evaluasi", "2025-04-20", {"evaluator": nip})


# --- ayat (5) b, (6) b: returned, with recommendations (M6, R31) -----------------------------------------------------


def test_ayat_6_b_dikembalikan_dengan_lhe_belum_memenuhi() -> None:
    """A report with the conclusion belum_memenuhi returns the unit; target and start of building stay (D2)."""
    dunia = sampai("evaluasi_tpi")
    nomor = _lhe(dunia, "2025-05-01")
    satu = temuan(diterima(dunia.maju("kembalikan", "2025-05-02", REKOMENDASI)), "R31")
    assert (mesin(satu.ditemukan), satu.bukti) == ("lhe 700/5 tanggal 2025-05-01", (nomor,))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.sasaran, keadaan.penanda["bangun"].isoformat()) == ("pembangunan", "WBK", "2024-04-10")


def test_ayat_6_b_tanpa_lhe() -> None:
    """Without a report the unit is not returned."""
    daftar = ditolak(sampai("evaluasi_tpi"), "kembalikan", "2025-05-02", REKOMENDASI)
    satu = temuan(daftar, "R31")
    assert penghalang(daftar) == {"R31"}
    assert (mesin(satu.ditemukan), mesin(satu.dibutuhkan)) == ("lhe belum ada", "lhe (simpulan belum_memenuhi)")
    assert (satu.dasar, satu.oleh) == ((f"{PERWALI} Pasal 10 ayat (6) huruf b",), "tpi")


def test_ayat_6_b_simpulan_terbaru_yang_berlaku() -> None:
    """A newer report with the conclusion memenuhi stands against the return; the newest again decides."""
    dunia = sampai("evaluasi_tpi")
    _lhe(dunia, "2025-05-01")
    nomor = _lhe(dunia, "2025-05-01", "memenuhi")
    satu = temuan(ditolak(dunia, "kembalikan", "2025-05-02", REKOMENDASI), "R31")
    assert (mesin(satu.ditemukan), satu.bukti) == ("lhe: simpulan memenuhi, bukan belum_memenuhi", (nomor,))
    _lhe(dunia, "2025-05-02")
    diterima(dunia.maju("kembalikan", "2025-05-02", REKOMENDASI))


@pytest.mark.parametrize(("tanggal", "berlaku"), [("2024-02-29", False), ("2024-03-01", True), ("2025-05-02", True), ("2025-05-03", False)])
def test_ayat_6_b_jendela_sejak_pendaftaran(tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """The report counts from the registration to the day of the act."""
    dunia = sampai("evaluasi_tpi")
    _lhe(dunia, tanggal, tahun=2024)
    assert penghalang(dunia.periksa("kembalikan", "2025-05-02", REKOMENDASI)) == (set() if berlaku else {"R31"})


@pytest.mark.parametrize(
    "isi", [{}, {"rekomendasi": None}, {"rekomendasi": "satu teks"}, {"rekomendasi": ["a", ""]}, {"rekomendasi": ["a", 1.5]}]
)
def test_ayat_5_b_rekomendasi_disebut(isi: dict[str, Any]) -> None:
    """A return without well-formed recommendations is bad input."""
    dunia = sampai("evaluasi_tpi")
    _lhe(dunia, "2025-05-01")
    with pytest.raises(MasukanSalah, match="'rekomendasi"):
        dunia.maju("kembalikan", "2025-05-02", isi)


def test_ayat_5_b_pelaku_tpi_dan_hanya_dari_evaluasi() -> None:
    """Only the TPI returns, and only from its evaluation."""
    dunia = sampai("evaluasi_tpi")
    _lhe(dunia, "2025-05-01")
    assert penghalang(ditolak(dunia, "kembalikan", "2025-05-02", REKOMENDASI, oleh=KEPALA)) == {"R30"}
    with pytest.raises(LangkahTidakTersedia, match="kembalikan tidak tersedia"):
        sampai("pemantauan").maju("kembalikan", "2025-05-02", REKOMENDASI)


# --- ayat (6) b: the LKE (R15) ---------------------------------------------------------------------------------------


def _tanpa_lke() -> Dunia:
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    lupakan(dunia, "lke")
    return dunia


def _lke(dunia: Dunia, tanggal: str = "2025-05-02", *, tahun: int = 2025, penilai: str = "tpi", buang: tuple[str, ...] = ()) -> int:
    jawaban = {k: v for k, v in jawaban_semua().items() if k not in buang}
    diterima(dunia.catat("lke", tanggal, {"tahun": tahun, "penilai": penilai, "jawaban": jawaban}))
    return dunia.log[-1].nomor


def test_ayat_6_b_lke_lengkap() -> None:
    """A complete LKE by TPI for the proposal's year meets R15."""
    dunia = _tanpa_lke()
    nomor = _lke(dunia)
    satu = temuan(diterima(dunia.maju("usulkan", "2025-05-20", USULAN)), "R15")
    assert (mesin(satu.ditemukan), satu.bukti, satu.tafsir) == ("lengkap, tanggal 2025-05-02", (nomor,), ("D10",))
    assert satu.dasar == (f"{PERWALI} Pasal 10 ayat (6) huruf b",)


@pytest.mark.parametrize(
    ("tahun", "penilai", "tanggal"), [(2024, "tpi", "2025-05-02"), (2025, "unit", "2025-05-02"), (2025, "tpi", "2025-05-21")]
)
def test_ayat_6_b_lke_tahun_lain_unit_atau_sesudahnya(tahun: int, penilai: str, tanggal: str) -> None:
    """Last year's LKE, the unit's own, and one dated after the act do not count."""
    dunia = _tanpa_lke()
    _lke(dunia, tanggal, tahun=tahun, penilai=penilai)
    daftar = ditolak(dunia, "usulkan", "2025-05-20", USULAN)
    satu = temuan(daftar, "R15")
    assert (mesin(satu.ditemukan), mesin(satu.kurang), satu.bukti) == ("belum ada", "LKE tahun 2025", ())
    assert {t for t in penghalang(daftar) if not t.startswith("R20")} == {"R15"}


def test_ayat_6_b_lke_satu_soal_belum_dijawab() -> None:
    """One unanswered question is enough to be incomplete; the questions are named."""
    dunia = _tanpa_lke()
    nomor = _lke(dunia, buang=("1",))
    satu = temuan(ditolak(dunia, "usulkan", "2025-05-20", USULAN), "R15")
    assert (mesin(satu.ditemukan), mesin(satu.kurang), satu.bukti) == ("1 soal belum terjawab: 1", "1 soal", (nomor,))


def test_ayat_6_b_lke_banyak_soal_belum_dijawab() -> None:
    """Of many unanswered questions the first eight are named and all are counted."""
    dunia = _tanpa_lke()
    _lke(dunia, buang=tuple(str(n) for n in range(1, 10)))
    satu = temuan(ditolak(dunia, "usulkan", "2025-05-20", USULAN), "R15")
    assert str(mesin(satu.ditemukan)).startswith("9 soal belum terjawab: ")
    assert str(mesin(satu.ditemukan)).endswith(" …")


def test_ayat_6_b_lke_terbaru_yang_dihitung() -> None:
    """The newest TPI LKE of the year replaces the older one, also where it is worse."""
    dunia = _tanpa_lke()
    _lke(dunia, "2025-05-02")
    nomor = _lke(dunia, "2025-05-03", buang=("1",))
    assert temuan(ditolak(dunia, "usulkan", "2025-05-20", USULAN), "R15").bukti == (nomor,)


@pytest.mark.parametrize(
    ("lanjut", "batas"), [("", "2026-11-10"), (", pantau 2026-03-02", "2026-11-10"), (", pantau-lapor 2026-03-02", "2027-03-02")]
)
def test_ayat_5_huruf_d_pemantauan_unit_berpredikat_dilaporkan(lanjut: str, batas: str) -> None:
    """A unit that holds a predikat is monitored every twelve months (T10, D5); only a monitoring that was reported counts."""
    satu = cari(f"jalan predikat{lanjut}", "T10", "2026-11-10")
    assert satu is not None
    assert (satu.jatuh_tempo.isoformat(), satu.tafsir, satu.kewajiban.kepada) == (batas, ("D5",), ("tpi",))
    assert satu.dasar == ("Perwali Binjai 3/2024 Pasal 10 ayat (5) huruf d",)
