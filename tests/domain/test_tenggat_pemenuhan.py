"""What discharges a duty and what does not: the two-yearly reports above all, window by window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import HARI, UNIT_UJI, definisi, sampai
from tests.domain.tabel_tanggal import dunia
from zi_workflow.domain.calendar import tambah_bulan
from zi_workflow.domain.deadlines import Tenggat, tenggat
from zi_workflow.domain.state import Bukti, Unit

PANGKAL, BATAS = "2024-09-03", "2026-09-03"
WBK, WBBM, USUL_WBBM = f"wbk {PANGKAL}", f"wbbm {PANGKAL}", f"usul-wbbm {PANGKAL} 2026-05-20"


def _semua(berkas: str, nama: str, pada: str) -> list[Tenggat]:
    satu = dunia(berkas)
    return [t for t in tenggat(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, HARI(pada)) if t.id == nama]


def _jendela(berkas: str, nama: str, pada: str = "2029-01-02") -> list[str]:
    """Return every window as ``due date: discharged on, by`` (or ``terbuka``), oldest first."""
    hasil = []
    for t in _semua(berkas, nama, pada):
        k = t.kejadian
        hasil.append(f"{t.jatuh_tempo}: {f'{k.dipenuhi} {k.oleh}' if k.dipenuhi else 'terbuka'}")
    return hasil


LAPORAN = "laporan_berkala 700/55"
USULAN = "WBBM diusulkan"


@pytest.mark.parametrize(
    ("berkas", "jendela"),
    [
        (WBK, ["2026-09-03: terbuka"]),
        (f"{WBK}, lapor 2026-09-02", [f"2026-09-03: 2026-09-02 {LAPORAN}", "2028-09-02: terbuka"]),
        (f"{WBK}, lapor 2026-09-03", [f"2026-09-03: 2026-09-03 {LAPORAN}", "2028-09-03: terbuka"]),
        (f"{WBK}, lapor 2026-09-04", [f"2026-09-03: 2026-09-04 {LAPORAN}", "2028-09-04: terbuka"]),
        (USUL_WBBM, [f"2026-09-03: 2026-05-20 {USULAN}", "2028-09-03: terbuka"]),
        (f"usul-wbbm {PANGKAL} 2024-09-04", [f"2026-09-03: 2024-09-04 {USULAN}", "2028-09-03: terbuka"]),
        (f"usul-wbbm {PANGKAL} {BATAS}", [f"2026-09-03: 2026-09-03 {USULAN}", "2028-09-03: terbuka"]),
        (f"usul-wbbm {PANGKAL} 2026-09-04", ["2026-09-03: terbuka"]),
        (f"usul-wbbm {PANGKAL} 2026-09-04, lapor 2026-10-05", [f"2026-09-03: 2026-10-05 {LAPORAN}", "2028-10-05: terbuka"]),
        (f"usul-wbbm {PANGKAL} {PANGKAL}", ["2026-09-03: terbuka"]),
        (f"{USUL_WBBM}, tarik 2026-06-02", ["2026-09-03: terbuka"]),
        (f"{USUL_WBBM}, tarik 2026-06-02, batal 2026-06-03", [f"2026-09-03: 2026-05-20 {USULAN}", "2028-09-03: terbuka"]),
        (f"{USUL_WBBM}, tarik 2026-06-02, lapor 2026-06-03", [f"2026-09-03: 2026-06-03 {LAPORAN}", "2028-06-03: terbuka"]),
        (f"{USUL_WBBM}, gagal 2026-08-03", [f"2026-09-03: 2026-05-20 {USULAN}", "2028-09-03: terbuka"]),
        (f"{USUL_WBBM}, lapor 2026-06-02", [f"2026-09-03: 2026-05-20 {USULAN}", "2028-06-02: terbuka"]),
        (f"{USUL_WBBM}, lapor 2026-05-20", [f"2026-09-03: 2026-05-20 {LAPORAN}", "2028-05-20: terbuka"]),
        (
            f"{USUL_WBBM}, lapor 2026-03-02",
            [f"2026-09-03: 2026-03-02 {LAPORAN}", f"2028-03-02: 2026-05-20 {USULAN}", "2030-03-02: terbuka"],
        ),
        (
            f"{USUL_WBBM}, lapor 2026-10-05",
            [f"2026-09-03: 2026-05-20 {USULAN}", f"2028-09-03: 2026-10-05 {LAPORAN}", "2028-10-05: terbuka"],
        ),
        (
            f"{USUL_WBBM}, lapor 2028-09-04",
            [f"2026-09-03: 2026-05-20 {USULAN}", f"2028-09-03: 2028-09-04 {LAPORAN}", "2030-09-04: terbuka"],
        ),
        ("lapor-arsip 2020-01-10 2023-06-30", ["2022-01-10: 2023-06-30 laporan_berkala dari arsip", "2025-06-30: terbuka"]),
        ("lapor-arsip 2023-01-10 2023-01-10", ["2025-01-10: terbuka"]),
    ],
)
def test_harus_laporan_wbk_dipenuhi_laporan_atau_usulan_wbbm_di_jendelanya(berkas: str, jendela: list[str]) -> None:
    """A report discharges the window that runs, also late; a standing WBBM proposal only the window in which it was made.

    After a report the next window starts on its day, after a proposal on the due date of its window.
    """
    assert _jendela(berkas, "T3") == jendela


@given(st.integers(-400, 2000), st.one_of(st.none(), st.integers(1, 2000)))
def test_harus_laporan_wbk_dipenuhi_laporan_atau_usulan_wbbm_di_jendelanya_pada_hari_mana_pun(usul: int, lapor: int | None) -> None:
    """Whatever the days of one proposal and one report: the first window is open exactly where neither falls as it must."""
    pangkal, batas = HARI(PANGKAL), HARI(BATAS)
    hari_usul, hari_lapor = pangkal + timedelta(days=usul), pangkal + timedelta(days=lapor) if lapor else None
    unit = _usul_lapor(dunia(USUL_WBBM).unit[UNIT_UJI], hari_usul, hari_lapor)
    satu = next(t for t in tenggat(definisi(), unit, dunia(USUL_WBBM).instansi, HARI("2033-01-03")) if t.id == "T3")
    calon = [hari_usul] if pangkal < hari_usul <= batas else []
    if hari_lapor is not None and (hari_lapor <= batas or not calon):
        calon.append(hari_lapor)
    assert (satu.jatuh_tempo, satu.kejadian.dipenuhi) == (batas, min(calon, default=None))


def _usul_lapor(unit: Unit, usul: date, lapor: date | None) -> Unit:
    """Return the file with its proposal on another day, and a report."""
    catatan = () if lapor is None else (_laporan(unit, lapor),)
    return replace(unit, keadaan=replace(unit.keadaan, sejak=usul), bukti={"laporan_berkala": catatan})


def _laporan(unit: Unit, hari: date) -> Bukti:
    contoh = dunia(f"{WBK}, lapor 2026-09-02").unit[UNIT_UJI].bukti["laporan_berkala"][0]
    return replace(contoh, tanggal=hari, nomor=unit.nomor + 1)


@pytest.mark.parametrize(
    ("berkas", "jendela"),
    [
        (WBBM, ["2026-09-03: terbuka"]),
        (f"{WBBM}, lapor 2026-08-03", [f"2026-09-03: 2026-08-03 {LAPORAN}", "2028-08-03: terbuka"]),
        (f"{WBBM}, lapor 2026-09-04", [f"2026-09-03: 2026-09-04 {LAPORAN}", "2028-09-04: terbuka"]),
        (f"{WBBM}, pantau-lapor 2026-08-03, survei 2026-08-03", ["2026-09-03: terbuka"]),
        ("jalan-wbbm pemantauan_predikat", ["2029-11-10: terbuka"]),
    ],
)
def test_harus_laporan_wbbm_hanya_oleh_laporan(berkas: str, jendela: list[str]) -> None:
    """A WBBM unit's two years end with a report and with nothing else."""
    assert _jendela(berkas, "T4") == jendela
    assert _semua(berkas, "T3", "2029-01-02") == []


@pytest.mark.parametrize("usul", [PANGKAL, "2026-05-20", BATAS, "2026-09-04"])
def test_harus_laporan_wbbm_hanya_oleh_laporan_walau_ada_usulan(usul: str) -> None:
    """Even where a file shows a standing WBBM proposal in the window of a unit that holds WBBM, it discharges nothing."""
    satu = dunia(f"usul-wbbm {PANGKAL} {usul}")
    unit = satu.unit[UNIT_UJI]
    unit = replace(unit, keadaan=replace(unit.keadaan, predikat="WBBM"))
    semua = [t for t in tenggat(satu.aturan, unit, satu.instansi, HARI("2029-01-02")) if t.id in ("T3", "T4")]
    assert [(t.id, t.jatuh_tempo.isoformat(), t.status) for t in semua] == [("T4", BATAS, "terlambat")]
    unit = replace(unit, bukti={"laporan_berkala": (_laporan(unit, HARI("2028-12-04")),)})
    semua = [t for t in tenggat(satu.aturan, unit, satu.instansi, HARI("2029-01-02")) if t.id == "T4"]
    assert [t.status for t in semua] == ["dipenuhi", "akan_datang"]


# --- the other duties -------------------------------------------------------------------------------------------------


def test_usulan_tiap_tahun_tercatat_sendiri() -> None:
    """A year proposed stays discharged, a year not proposed is open until it ends, and the next one follows."""
    gagal = "usul 2024-03-01 2025-05-20, gagal 2025-11-10"
    assert _jendela(gagal, "T1", "2025-12-31") == ["2025-05-31: 2025-05-20 usulkan tahun 2025", "2026-05-31: terbuka"]
    assert _jendela(gagal, "T1", "2026-06-01") == [
        "2025-05-31: 2025-05-20 usulkan tahun 2025",
        "2026-05-31: terbuka",
        "2027-05-31: terbuka",
    ]
    assert _jendela(gagal, "T1", "2027-01-01") == ["2025-05-31: 2025-05-20 usulkan tahun 2025", "2027-05-31: terbuka"]


def test_usulan_ulang_di_tahun_yang_sama() -> None:
    """Withdrawn and proposed again within one year: the later proposal counts, by its own event."""
    satu = sampai("usulan_tpn")
    assert satu.maju("tarik-usulan", "2025-05-22", {"alasan": "keliru", "nomor": "900/9"}).diterima
    assert satu.maju("usulkan", "2025-05-26", {"predikat": "WBK", "surat": "900/2/2025"}).diterima
    unit = satu.unit[UNIT_UJI]
    (t1,) = [t for t in tenggat(satu.aturan, unit, satu.instansi, HARI("2025-05-27")) if t.id == "T1"]
    assert (t1.kejadian.dipenuhi, t1.kejadian.bukti) == (HARI("2025-05-26"), (unit.lalu[-1].nomor,))


@pytest.mark.parametrize(
    ("nama", "berkas", "catatan", "bulan"),
    [
        ("T5", "bangun 2025-01-10", "pantau", 3),
        ("T6", WBK, "survei", 12),
        ("T6", WBBM, "survei", 12),
        ("T10", WBK, "pantau-lapor", 12),
        ("T10", WBBM, "pantau-lapor", 12),
        ("T11", f"{WBK}, bangun-wbbm 2025-01-10", "damping", 6),
    ],
)
def test_berkala_berantai_dari_catatan_ke_catatan(nama: str, berkas: str, catatan: str, bulan: int) -> None:
    """Each record closes the window that runs, late or not, and opens the next on its own day."""
    hari = [HARI(h) for h in ("2025-02-03", "2025-02-04", "2026-11-02")]
    isi = f"{berkas}, " + ", ".join(f"{catatan} {h}" for h in hari)
    semua = _semua(isi, nama, "2026-11-03")
    assert [t.kejadian.dipenuhi for t in semua] == [*hari, None]
    assert [t.jatuh_tempo for t in semua][1:] == [tambah_bulan(h, bulan) for h in hari]
    assert [len(t.kejadian.bukti) for t in semua] == [1, 1, 1, 0]


def test_butir_rencana_masing_masing() -> None:
    """Each item of the newest plan is a duty of its own, with its activity and how far it has come."""
    rencana = "bangun 2025-01-10, rencana 2025-01-10 A1:2025-06-30:100 A2:2025-09-30:50, capai 2025-06-02 A1 100, capai 2025-06-02 A2 20.5"
    satu, dua = _semua(rencana, "T7", "2025-07-01")
    assert (satu.kejadian.butir, satu.status, satu.uraian) == ("A1", "dipenuhi", "Butir rencana aksi: Kegiatan")
    assert (dua.kejadian.butir, dua.status, dua.terbuka) == ("A2", "akan_datang", True)
    assert dua.perhitungan == "butir A2 rencana aksi tanggal 10 Jan 2025: tenggat 30 Sep 2025 (20.5 dari 50 persen)"
    assert dua.lanjut == f"zi catat realisasi {UNIT_UJI} --kode A2 --capaian N"
    (awal, _) = _semua(rencana, "T7", "2025-06-01")
    assert awal.perhitungan == "butir A1 rencana aksi tanggal 10 Jan 2025: tenggat 30 Jun 2025 (belum ada realisasi)"


@pytest.mark.parametrize("butir", [None, "A1", [], ["A1", None]])
def test_rencana_tanpa_butir_tidak_mengganggu(butir: object) -> None:
    """A stored plan without readable items makes no duties, and no error."""
    satu = dunia("bangun 2025-01-10, rencana 2025-01-10 A1:2025-06-30:100")
    unit = satu.unit[UNIT_UJI]
    (catatan,) = unit.bukti["rencana_aksi"]
    isi: dict[str, object] = {**catatan.isi, "butir": butir}
    unit = replace(unit, bukti={"rencana_aksi": (replace(catatan, isi=isi),)})  # type: ignore[arg-type]  # that it is odd is the point
    semua = tenggat(satu.aturan, unit, satu.instansi, HARI("2025-02-03"))
    assert [t for t in semua if t.id == "T7"] == []
    assert {t.id for t in semua} == {"T1", "T2", "T5"}


def test_nonaktif_tanpa_kewajiban() -> None:
    """A dissolved unit owes nothing and waits for nothing."""
    for awal in ("bangun 2024-03-01", WBK, WBBM, "dicabut 2024-06-03"):
        for nama in definisi().kewajiban:
            assert _semua(f"{awal}, nonaktif 2025-02-03", nama.id, "2027-01-04") == []
