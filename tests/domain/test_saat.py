"""The two time axes of single streams: what belongs to a day, what was known at an instant, and how late an entry is."""

from __future__ import annotations

from datetime import date

import pytest

from zi_workflow.domain.asof import selisih_hari


@pytest.mark.parametrize(
    ("tanggal", "dicatat", "hari"),
    [("2025-05-20", "2025-06-01", 12), ("2025-05-20", "2025-05-20", 0), ("2025-05-21", "2025-05-20", 0), ("2024-02-28", "2024-03-01", 2)],
)
def test_selisih_hari_antara_kejadian_dan_pencatatan(tanggal: str, dicatat: str, hari: int) -> None:
    """Days between act and record are counted by the calendar; what was recorded on its day, or before it, is not late."""
    assert selisih_hari(date.fromisoformat(tanggal), date.fromisoformat(dicatat)) == hari
