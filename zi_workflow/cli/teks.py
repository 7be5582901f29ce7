"""Text for people: safe to print, dates and numbers the Indonesian way."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from zi_workflow.domain import calendar as kalender

BULAN = kalender.BULAN

# Controls, formats (bidi, zero width, tags), separators, surrogates, and characters that draw nothing.
BERBAHAYA = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BARIS = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DESIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DI_DALAM = re.compile(r"(?<![\w.,:/-])(-?[0-9]+)\.([0-9]+)(?![\w/:-]|[.,][0-9])")
_TANGGAL_DI_DALAM = re.compile(r"(?<![\w.,:/-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w/:-])")


def aman(teks: object, *, baris_baru: bool = False) -> str:
    r"""Return ``teks`` with every invisible, controlling or direction-changing character shown as an escape (``\u202e``).

    Line feeds are escaped too, unless ``baris_baru`` keeps them.
    """
    return BERBAHAYA.sub(lambda cocok: "\n" if baris_baru and cocok[0] == "\n" else _lolos(cocok[0]), str(teks))


def _lolos(huruf: str) -> str:
    kode = ord(huruf)
    return _BARIS.get(huruf) or (f"\\x{kode:02x}" if kode < 0x100 else f"\\u{kode:04x}" if kode < 0x10000 else f"\\U{kode:08x}")  # noqa: PLR2004


def tanggal(nilai: date | str) -> str:
    """Return a date as ``31 Mei 2026``; text must be YYYY-MM-DD (ValueError otherwise)."""
    hari = date.fromisoformat(nilai) if isinstance(nilai, str) else nilai
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def tanggal_singkat(nilai: date | str) -> str:
    """Return a date as ``4 Agu 2026``, for tables: the month in three letters, so that names have room."""
    return kalender.tanggal_kata(date.fromisoformat(nilai) if isinstance(nilai, str) else nilai)


def waktu(nilai: datetime | str, zona: str = "Asia/Jakarta") -> str:
    """Return an instant as ``31 Mei 2026 14.05 WIB`` in ``zona``. Raises ValueError for one without an offset."""
    instan = datetime.fromisoformat(nilai) if isinstance(nilai, str) else nilai
    if instan.tzinfo is None:
        raise ValueError("instan tanpa zona waktu")
    lokal = instan.astimezone(ZoneInfo(zona))
    return f"{tanggal(lokal.date())} {lokal:%H.%M} {lokal.tzname()}"


def desimal(nilai: Decimal | int | str) -> str:
    """Return a number with a decimal comma and exactly its digits. Raises ValueError for text that is not a decimal."""
    teks = format(nilai, "f") if isinstance(nilai, Decimal) else str(nilai)
    if isinstance(nilai, bool) or not _DESIMAL.fullmatch(teks):
        raise ValueError(f"bukan bilangan desimal: {teks}")
    return teks.replace(".", ",")


def lokal(teks: str) -> str:
    """Return computed text (``>= 40.5``, ``2026-05-31``) with its decimals and dates written the Indonesian way."""
    return _TANGGAL_DI_DALAM.sub(_tanggal_atau_tetap, _DI_DALAM.sub(r"\1,\2", teks))


def _tanggal_atau_tetap(cocok: re.Match[str]) -> str:
    try:
        return tanggal(cocok[1])
    except ValueError:
        return cocok[1]
