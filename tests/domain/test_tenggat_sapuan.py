"""Any sequence of sweeps, whatever the clock did: nothing twice, nothing missed is forgotten, and no look is needed in between."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.alat.dunia import HARI, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA
from tests.domain.alat_pengingat import SEHARI, TAK_ADA, Sapuan, kata, rentang
from tests.domain.tabel_tanggal import dunia
from zi_workflow.domain.deadlines import Tenggat, tenggat
from zi_workflow.domain.events import PengingatDipulihkan

AWAL = HARI("2025-01-06")
DUA_TAHUN = 730
MUNDUR_MAKS = 100
MENUJU = "wbk 2024-09-03, bangun-wbbm 2025-01-10, rencana 2025-01-10 A1:2025-06-29:1 A2:2026-02-28:1 A1:2025-06-29:2"
BERKAS = (
    "bangun 2024-01-10",
    "bangun 2024-06-01, umum 2025-12-20 2026 2026-01-31",
    "usul 2024-03-01 2025-05-20, gagal 2025-11-10",
    "usul-wbbm 2024-09-03 2026-05-20, tarik 2026-06-02",
    "wbbm 2024-09-03, lapor 2026-09-03, survei 2025-08-04, pantau-lapor 2026-03-03",
    MENUJU,
)
"""Files as they are when all has been recorded: a sweep on an earlier day sees what was dated by then."""

hari_apa_saja = st.lists(st.integers(0, DUA_TAHUN), min_size=1, max_size=25)


@st.composite
def jam_kacau(draw: st.DrawFn) -> list[int]:
    """Draw days that mostly go on, sometimes stand still, and sometimes go back, never more than so far behind the latest."""
    hari = [draw(st.integers(0, 200))]
    for _ in range(draw(st.integers(1, 25))):
        lompat = draw(st.integers(0, 3) | st.integers(0, 400) | st.integers(-40, 0))
        hari.append(min(max(hari[-1] + lompat, max(hari) - MUNDUR_MAKS, 0), 2 * DUA_TAHUN))
    return hari


def _sapu(satu: Sapuan, hari: Iterable[int]) -> None:
    for n in hari:
        satu.sapu(AWAL + timedelta(days=n))


@cache
def _ada_pada(berkas: str, hari: date) -> list[Tenggat]:
    """Return what is open on a day; the same days come again in many examples."""
    satu = dunia(berkas)
    return [t for t in tenggat(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, hari) if t.terbuka]


@given(st.sampled_from(BERKAS), hari_apa_saja)
@example("bangun 2024-01-10", [120, 400, 120, 145, 146, 148, 400, 150, 401])
@example("wbbm 2024-09-03, lapor 2026-09-03, survei 2025-08-04, pantau-lapor 2026-03-03", [200, 215, 200, 208, 210, 211])
def test_tidak_pernah_dua_kali(berkas: str, hari: list[int]) -> None:
    """Repeated, skipped, in any order: no step of a due date is ever recorded twice."""
    satu = Sapuan(berkas)
    _sapu(satu, hari)
    assert [e for e, n in satu.entri.items() if n > 1] == []


@given(st.sampled_from(BERKAS), jam_kacau())
def test_yang_lewat_selalu_tercatat(berkas: str, hari: list[int]) -> None:
    """Whatever became overdue between two sweeps is recorded as missed, also where its year ended meanwhile."""
    satu = Sapuan(berkas)
    _sapu(satu, hari)
    tercatat = {e[:3] for e in satu.entri if e[3] == "terlambat"}
    for dulu, kini in pairwise(hari):
        for lewat in {
            t.kunci for n in range(dulu, kini + 1) for t in _terlewat(berkas, AWAL + timedelta(days=n), AWAL + timedelta(days=dulu))
        }:
            if _masih(berkas, lewat, AWAL + timedelta(days=kini)):
                assert lewat in tercatat, (lewat, dulu, kini)


def _terlewat(berkas: str, hari: date, sejak: date) -> list[Tenggat]:
    """Return what is open on a day and became overdue on it, not before ``sejak``."""
    return [t for t in _ada_pada(berkas, hari) if t.jatuh_tempo + SEHARI == hari > sejak]


def _masih(berkas: str, kunci: tuple[str, str, str], hari: date) -> bool:
    """Say whether a due date is still open on a later day, or ended with its year and not otherwise."""
    tahun = min(hari, date(int(kunci[2][:4]), 12, 31)) if kunci[0] == "T1" else hari
    return kunci in {t.kunci for t in _ada_pada(berkas, tahun)}


@given(st.sampled_from(BERKAS), jam_kacau())
def test_ulangan_tidak_menghasilkan_apa_pun(berkas: str, hari: list[int]) -> None:
    """Right after a sweep, another on the same day has nothing to do, and would look again on the same day."""
    satu = Sapuan(berkas)
    _sapu(satu, hari)
    ulang = satu.coba(AWAL + timedelta(days=hari[-1]))
    assert ulang.peristiwa == ()
    assert ulang.berikut <= satu.berikut


# --- the day to look again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lupa", [False, True])
@pytest.mark.parametrize("berkas", BERKAS)
def test_berikut_tepat(berkas: str, *, lupa: bool) -> None:
    """Sweeping only on the days named gives what sweeping daily gives, on the same days; and on each such day there is something.

    (A new year is always a look: years are counted by it.) A record dated later than the day of a sweep would be news on its
    own day, so each file is looked at from the day on which it was last changed.
    """
    awal, akhir = HARI("2026-09-04"), HARI("2029-03-01")
    harian, hemat = Sapuan(berkas, lupa=lupa), Sapuan(berkas, lupa=lupa)
    for hari in rentang(awal.isoformat(), akhir.isoformat()):
        harian.sapu(hari)
    hari, lihat = awal, 0
    while hari <= akhir:
        isi = hemat.sapu(hari)
        lihat += 1
        assert isi or hari == awal or (hari.month, hari.day) == (1, 1), hari
        assert hemat.berikut > hari
        hari = hemat.berikut
    assert (hemat.catatan, hemat.cabutan) == (harian.catatan, harian.cabutan)
    assert len(harian.catatan) > 15
    assert lihat < 200


@given(st.sampled_from(BERKAS[:1] + BERKAS[-1:]), st.integers(0, 2 * DUA_TAHUN), st.integers(0, 120))
def test_berikut_hari_pertama_yang_menghasilkan(berkas: str, mulai: int, lama: int) -> None:
    """Between a sweep and the day that it names nothing would come; on that day something does, but for a new year."""
    satu = Sapuan(berkas)
    pada = max(AWAL, HARI("2025-12-22")) + timedelta(days=mulai)
    satu.sapu(pada)
    for n in range(1, min(lama, (satu.berikut - pada).days - 1) + 1):
        assert satu.coba(pada + timedelta(days=n)).peristiwa == ()
    assert satu.berikut != TAK_ADA
    assert satu.coba(satu.berikut).peristiwa or (satu.berikut.month, satu.berikut.day) == (1, 1)


# --- clocks that jump -------------------------------------------------------------------------------------------------


@cache
def _lurus(berkas: str) -> Sapuan:
    satu = Sapuan(berkas)
    satu.harian("2025-03-01", "2026-08-31")
    return satu


@pytest.mark.parametrize("berkas", [BERKAS[0], MENUJU])
@pytest.mark.parametrize("lompat", [1, -1, 30, -30, 90])
@pytest.mark.parametrize("saat", ["2025-05-31", "2025-12-20", "2026-05-30"])
def test_jam_melompat_dan_kembali(berkas: str, lompat: int, saat: str) -> None:
    """A clock that jumps for one sweep and comes back: the same due dates are recorded, each step at most once, none that is not due.

    After the days that were lived in advance all goes on as without the jump.
    """
    lurus, lompatan = _lurus(berkas), Sapuan(berkas)
    lompatan.harian("2025-03-01", saat)
    lompatan.sapu(HARI(saat) + timedelta(days=lompat))
    lompatan.harian(saat, "2026-08-31")
    assert max(lompatan.entri.values()) == 1
    assert set(lompatan.entri) <= set(lurus.entri)
    tujuan = HARI(saat) + timedelta(days=lompat)
    hilang = set(lurus.entri) - set(lompatan.entri)  # only what the first word of a missed deadline stood for on that very day
    assert hilang <= {(p.tenggat, p.butir, p.jatuh_tempo, p.langkah) for h, p in lurus.catatan if h == tujuan and "+" in p.langkah}
    batas = max(tujuan, HARI(saat))
    harap = {kata(h, p) for h, p in lurus.catatan if h > batas or h <= HARI(saat)}
    assert harap <= {kata(h, p) for h, p in lompatan.catatan}


def test_jam_mundur_tidak_mencabut_yang_benar_kemudian() -> None:
    """The next year's deadline is seen once this year's is past; a clock set back does not withdraw what was said of it."""
    satu = Sapuan("bangun 2024-01-10, umum 2025-06-02 2026 2025-07-15")
    satu.sapu("2025-06-02")
    assert {p.jatuh_tempo for _, p in satu.catatan if p.tenggat == "T1"} == {"2025-05-31", "2025-07-15"}
    for hari in ("2025-05-20", "2025-05-31", "2025-06-03"):
        satu.sapu(hari)
    assert satu.cabutan == []


def test_jam_mundur_melewati_tahun_baru() -> None:
    """A year that ended by a clock too fast is back when the clock is: its steps go on, and it ends once more, in its time."""
    satu = Sapuan("bangun 2024-01-10")
    satu.harian("2025-12-01", "2025-12-15")
    satu.sapu("2026-01-14")
    satu.harian("2025-12-15", "2026-01-20")
    assert [(h.isoformat(), p.sebab) for h, p in satu.cabutan if p.tenggat == "T1"] == [
        ("2026-01-14", "berakhir"),
        ("2026-01-01", "berakhir"),
    ]
    assert [e for e in satu.milik("T1") if "2025-05-31" in e] == [
        "2025-12-01: 2025-05-31 terlambat (2025-06-01)",
        "2025-12-27: 2025-05-31 terlambat+210",
    ]


def test_catatan_bertanggal_kemudian_oleh_jam_yang_salah() -> None:
    """A record dated by a clock too fast discharges on its day; with the clock set right, nothing is recorded twice until then."""
    satu = Sapuan("bangun 2025-01-10")
    satu.harian("2025-03-27", "2025-04-01")
    satu.sapu("2025-05-01", "bangun 2025-01-10, pantau 2025-05-01")
    satu.harian("2025-04-02", "2025-05-02")
    assert max(satu.entri.values()) == 1
    milik = [p.langkah for _, p in satu.catatan if (p.tenggat, p.jatuh_tempo) == ("T5", "2025-04-10")]
    assert milik == ["H-14", "H-7", "H-1", "H-0", "terlambat"]
    assert [(h.isoformat(), p.sebab) for h, p in satu.cabutan if p.tenggat == "T5"] == [
        ("2025-05-01", "dipenuhi"),
        ("2025-05-01", "dipenuhi"),
    ]


# --- what comes back, and what is too long ago -----------------------------------------------------------------------


def test_yang_dicabut_lalu_berlaku_lagi_dikatakan() -> None:
    """Between two steps a proposal is withdrawn: no step is repeated, but whoever is concerned hears that the reminders hold again."""
    satu = Sapuan("jalan evaluasi_tpi")
    satu.harian("2025-05-17", "2025-05-19")
    usul = "usul 2024-03-01 2025-05-20"
    satu.sapu("2025-05-20", usul)
    (pulih,) = [p for p in satu.sapu("2025-05-21", f"{usul}, tarik 2025-05-21") if p.tenggat == "T1"]
    assert isinstance(pulih, PengingatDipulihkan)
    assert pulih.keterangan.startswith("berlaku lagi: 31 Mei 2025, batas tetap setiap tahun")
    assert (pulih.jatuh_tempo, pulih.kejadian, pulih.penerima) == ("2025-05-31", "2025", (WALI_KOTA, KEPALA, PENILAI))
    assert [p for p in satu.sapu("2025-05-21") if p.tenggat == "T1"] == []
    assert max(satu.entri.values()) == 1


def test_yang_luput_dikejar_sepuluh_tahun() -> None:
    """After an outage of decades the missed years of the last ten are recorded, and what is still open; a sweep stays finite."""
    satu = Sapuan("bangun 2024-01-10")
    satu.sapu("2025-01-06")
    satu.catatan.clear()
    satu.sapu("2055-02-01")
    assert [p.jatuh_tempo for _, p in satu.catatan if p.tenggat == "T1"] == [f"{tahun}-05-31" for tahun in range(2045, 2055)]
