"""The only reader of the wall clock; everything else takes time as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def sekarang() -> datetime:
    """Return the current instant in UTC."""
    return datetime.now(UTC)


def hari_di(zona: str, instan: datetime) -> date:
    """Return the calendar day of ``instan`` in the time zone ``zona`` (the definition's, not the machine's)."""
    return instan.astimezone(ZoneInfo(zona)).date()
