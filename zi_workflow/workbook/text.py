"""Texts of users on their way into a cell: always text, never a formula, a link or markup; what cannot be shown is spelled out."""

from __future__ import annotations

import json
import re
import unicodedata
from html import escape

PANJANG_MAKS = 32_767
"""The most that a cell holds, in UTF-16 units."""
_SULIT_MAKS = 5_000
_TAK_TAMPAK = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_LOLOSAN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_BMP = 0xFFFF


def tampak(teks: object) -> str:
    """Return a name or title as `jelas` does, short enough for a cell."""
    return potong(jelas(teks))


def jelas(teks: object) -> str:
    r"""Return text with every character that is invisible or turns the text around spelled out (``\u202e``)."""
    asal = str(teks)
    return asal if asal.isprintable() else "".join(_lolos(h) if unicodedata.category(h) in _TAK_TAMPAK else h for h in asal)


def json_terang(nilai: object) -> str:
    """Return plain data as JSON on one line; what is invisible in its texts is escaped the way JSON does, so that it reads back."""
    teks = json.dumps(nilai, ensure_ascii=False, separators=(",", ":"))
    return teks if teks.isprintable() else "".join(json.dumps(h)[1:-1] if unicodedata.category(h) in _TAK_TAMPAK else h for h in teks)


def utuh(teks: object) -> str:
    """Return text that is to come back unchanged; only what no XML can carry (a lone surrogate) is spelled out."""
    return potong("".join(_lolos(h) if unicodedata.category(h) == "Cs" else h for h in str(teks)))


def potong(teks: str, maks: int = PANJANG_MAKS) -> str:
    """Return text that fits a cell, ending in … where it had to be cut."""
    if _panjang(teks) <= maks:
        return teks
    akhir = len(teks)
    while _panjang(teks[:akhir]) >= maks:
        akhir -= max(1, (_panjang(teks[:akhir]) - maks) // 2)
    return teks[:akhir] + "…"


def untuk_xlsxwriter(teks: str) -> str:
    """Return what XlsxWriter must be given so that the cell reads exactly ``teks``.

    It passes a string that looks like ``<r>…</r>`` into the file as markup, and its escapes of ``_x0041_`` miss two that
    share an underscore. Such a text is handed over as markup that we wrote: one run, everything escaped.
    """
    if not (teks.startswith("<r>") and teks.endswith("</r>")) and not _LOLOSAN.search(teks):
        return teks
    isi = escape(_LOLOSAN.sub("_x005F_", potong(teks, _SULIT_MAKS)), quote=False).replace("_", "&#95;")
    return f'<r><t xml:space="preserve">{isi}</t></r>'


def untuk_openpyxl(teks: str) -> str:
    """Return what openpyxl must be given, which writes control characters as they are and no escape at all."""
    bersih = "".join(_lolos(h) if unicodedata.category(h) == "Cc" and h not in "\n\t" else h for h in teks)
    return _LOLOSAN.sub("_x005F_", bersih.replace("\ufffe", _lolos("\ufffe")).replace("\uffff", _lolos("\uffff")))


def _panjang(teks: str) -> int:
    return len(teks) + sum(1 for h in teks if ord(h) > _BMP)


def _lolos(huruf: str) -> str:
    kode = ord(huruf)
    return f"\\u{kode:04x}" if kode <= _BMP else f"\\U{kode:08x}"
