"""The calendar (domain/calendar.py): working days, months added to a day, and days in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import HARI
from zi_workflow.domain.calendar import CUTI_BERSAMA, LIBUR, NAMA_HARI, Kalender, Libur, TahunLibur, tambah_bulan, tanggal_kata

HARI_APA_SAJA = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def _kalender(*libur: Libur) -> Kalender:
    hari: dict[date, tuple[Libur, ...]] = {}
    for satu in libur:
        hari[satu.tanggal] = (*hari.get(satu.tanggal, ()), satu)
    return Kalender(hari, {t: TahunLibur(t, "uji") for t in sorted({h.year for h in hari})})


PEKAN = _kalender(
    Libur(HARI("2025-05-29"), "Hari Uji", LIBUR),
    Libur(HARI("2025-05-30"), "Cuti Bersama Hari Uji", CUTI_BERSAMA),
    Libur(HARI("2025-06-01"), "Hari Satu", LIBUR),
    Libur(HARI("2025-06-01"), "Hari Dua", LIBUR, perkiraan=True),
)
"""Thursday and Friday free, then a weekend whose Sunday is two holidays at once."""

# --- working days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hari", "kerja", "alasan"),
    [
        ("2025-05-28", True, ""),
        ("2025-05-29", False, "Hari Uji"),
        ("2025-05-30", False, "Cuti Bersama Hari Uji"),
        ("2025-05-31", False, "Sabtu"),
        ("2025-06-01", False, "Minggu, Hari Satu, Hari Dua (perkiraan)"),
        ("2025-06-02", True, ""),
    ],
)
def test_hari_kerja_dan_alasannya(hari: str, *, kerja: bool, alasan: str) -> None:
    """Weekends, holidays and cuti bersama are no working days, and each says why in words."""
    assert (PEKAN.hari_kerja(HARI(hari)), PEKAN.alasan(HARI(hari))) == (kerja, alasan)


@pytest.mark.parametrize("hari", ["2025-05-28", "2025-05-29", "2025-05-30", "2025-05-31", "2025-06-01"])
def test_hari_kerja_terakhir_melompati_semuanya(hari: str) -> None:
    """Cuti bersama, holiday and weekend in a row are all passed; a working day is its own last one."""
    assert PEKAN.hari_kerja_terakhir(HARI(hari)) == HARI("2025-05-28")


def test_tanpa_tabel_hanya_akhir_pekan() -> None:
    """Where the table does not reach, weekends are known and nothing else, and the calendar says that it does not reach."""
    batas = HARI("2031-05-31")
    for kalender in (Kalender(), PEKAN):
        assert not kalender.mencakup(batas)
        assert kalender.alasan(batas) == "Sabtu"
        assert kalender.hari_kerja_terakhir(batas) == HARI("2031-05-30")
        assert kalender.hari_kerja(HARI("2031-12-25"))
    assert PEKAN.mencakup(HARI("2025-12-31"))


@given(HARI_APA_SAJA)
def test_hari_kerja_terdekat(hari: date) -> None:
    """Between a day and the working day found for it, no day is one; the found one always is."""
    sebelum = PEKAN.hari_kerja_terakhir(hari)
    assert sebelum <= hari
    assert PEKAN.hari_kerja(sebelum)
    antara = [sebelum + timedelta(days=n) for n in range(1, (hari - sebelum).days + 1)]
    assert not any(PEKAN.hari_kerja(h) for h in antara)
    assert all(PEKAN.alasan(h) for h in antara)


# --- months -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hari", "bulan", "hasil"),
    [
        ("2025-01-31", 0, "2025-01-31"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-01-30", 1, "2024-02-29"),
        ("2024-01-29", 1, "2024-02-29"),
        ("2025-01-28", 1, "2025-02-28"),
        ("2025-01-31", 2, "2025-03-31"),
        ("2025-01-31", 3, "2025-04-30"),
        ("2025-03-31", 6, "2025-09-30"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2025-02-28", 1, "2025-03-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2096-02-29", 48, "2100-02-28"),
        ("1996-02-29", 48, "2000-02-29"),
        ("2025-02-28", 36, "2028-02-28"),
        ("2024-09-03", 24, "2026-09-03"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2025-12-31", 1, "2026-01-31"),
        ("2025-12-31", 12, "2026-12-31"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2026-01-31", -1, "2025-12-31"),
        ("2024-02-29", -12, "2023-02-28"),
        ("9998-12-31", 12, "9999-12-31"),
    ],
)
def test_tambah_bulan(hari: str, bulan: int, hasil: str) -> None:
    """Month ends and leap days become the last day of a shorter month; year ends are crossed."""
    assert tambah_bulan(HARI(hari), bulan) == HARI(hasil)


@given(HARI_APA_SAJA, st.integers(-240, 240))
def test_tambah_bulan_seperti_di_kalender(hari: date, bulan: int) -> None:
    """Exactly so many months on; the same day of the month, or the last one where there is no such day."""
    hasil = tambah_bulan(hari, bulan)
    assert (hasil.year - hari.year) * 12 + hasil.month - hari.month == bulan
    assert hasil.day == min(hari.day, monthrange(hasil.year, hasil.month)[1])


# --- words ------------------------------------------------------------------------------------------------------------


def test_tanggal_dengan_kata() -> None:
    """The day without a leading zero, the month in three Indonesian letters, the year."""
    bulan = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
    assert [tanggal_kata(date(2024, m, 3)) for m in range(1, 13)] == [f"3 {b} 2024" for b in bulan]
    assert tanggal_kata(HARI("2031-05-31")) == "31 Mei 2031"


def test_nama_hari_dimulai_senin() -> None:
    """Names are in the order of ``date.weekday``."""
    assert [NAMA_HARI[HARI(h).weekday()] for h in ("2026-05-25", "2026-05-31")] == ["Senin", "Minggu"]
    assert len(set(NAMA_HARI)) == 7
