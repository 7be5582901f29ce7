"""CSV that is opened in a spreadsheet: every cell quoted, none of them a formula, nothing invisible in any.

A text that a spreadsheet might take for a formula gets an apostrophe in front; a text that begins with an apostrophe gets
one more, so that what stood there can be read back (`asal`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from zi_workflow.workbook.text import jelas

BOM: Final = b"\xef\xbb\xbf"
"""In front of the file: Excel then reads it as UTF-8."""
_RUMUS: Final = ("=", "+", "-", "@", "\t", "\r", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula begins (in full width too), and the apostrophe itself."""


def sel(nilai: object) -> str:
    """Return a value as a cell's text; None is an empty cell, a number stays a number."""
    if nilai is None:
        return ""
    if isinstance(nilai, int):
        return str(nilai)
    teks = str(nilai)
    return f"'{jelas(teks)}" if teks.lstrip().startswith(_RUMUS) else jelas(teks)


def asal(teks: str) -> str:
    """Return what a cell's text stood for, but for what was spelled out."""
    return teks.removeprefix("'")


def baris(nilai: Iterable[object], pemisah: str = ",") -> bytes:
    """Return one line of the file: cells in quotes, so that no separator of another country splits them."""
    isi = pemisah.join('"' + sel(satu).replace('"', '""') + '"' for satu in nilai)
    return f"{isi}\r\n".encode(errors="backslashreplace")
