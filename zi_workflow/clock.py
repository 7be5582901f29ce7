"""The only reader of the wall clock, and the only maker of random ids and keys; everything else takes them as arguments."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def sekarang() -> datetime:
    """Return the current instant in UTC."""
    return datetime.now(UTC)


def hari_di(zona: str, instan: datetime) -> date:
    """Return the calendar day of ``instan`` in the time zone ``zona`` (the definition's, not the machine's)."""
    return instan.astimezone(ZoneInfo(zona)).date()


def akhir_hari(zona: str, hari: date) -> datetime:
    """Return the last microsecond of a day in the time zone ``zona``."""
    return datetime.combine(hari, time.max, ZoneInfo(zona))


def pengenal_pelaksana() -> str:
    """Return a new name for this running program: host, process and a random part, for hosts and process numbers come again."""
    import socket  # noqa: PLC0415 - not needed by the many who only ask for the time

    return f"{socket.gethostname()}:{os.getpid()}:{os.urandom(6).hex()}"


def acak(banyak: int) -> bytes:
    """Return so many random bytes, fit for keys."""
    return os.urandom(banyak)
