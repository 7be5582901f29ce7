"""Pieces of SVG: text that reaches the file escaped, whatever it holds."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from zi_workflow.cli.teks import aman

_BUKAN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def judul(isi: str) -> str:
    """Return the text that a reader sees on pointing at a thing."""
    return f"<title>{xml(isi)}</title>" if isi else ""


def teks(x: float, y: float, isi: str, kelas: str = "", jangkar: str = "") -> str:
    """Return a line of text that begins at a point (or is anchored there otherwise)."""
    sifat = (f' class="{kelas}"' if kelas else "") + (f' text-anchor="{jangkar}"' if jangkar else "")
    return f'<text x="{round(x, 1)}" y="{y}"{sifat}>{xml(isi)}</text>'


def potong(isi: str, banyak: int) -> str:
    """Return text of at most so many characters, ending in … where it was cut."""
    return isi if len(isi) <= banyak else isi[: banyak - 1].rstrip() + "…"


def xml(isi: str) -> str:
    """Return stored text as the content of an element: controls as escapes, what XML has no place for replaced, markup as text."""
    return escape(_BUKAN_XML.sub("\ufffd", aman(isi)))
