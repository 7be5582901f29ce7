"""How our workbooks look, and the one way in which a cell of ours is written."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from fractions import Fraction
from math import ceil

# XlsxWriter brings no types of its own; what leaves this module is typed here.
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zi_workflow.workbook.content import Isi
from zi_workflow.workbook.text import untuk_xlsxwriter, utuh

__all__ = ["Bentuk", "Buku", "Format", "Worksheet"]

HURUF = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
_KISI = {"border": 1, "border_color": "#BFBFBF"}
_WARNA = {"komponen": ("#1F3864", "#FFFFFF"), "aspek": ("#2F5597", "#FFFFFF"), "bagian": ("#D6E0F0", "#000000")}
_WARNA |= {"kelompok": ("#EEF2F8", "#000000"), "indikator": ("#EEF2F8", "#000000"), "ringkasan": ("#1F3864", "#FFFFFF")}
_POLOS = ("#FFFFFF", "#000000")
_ISIAN, _TERKUNCI = "#FFF8DC", "#F2F2F2"
_OPSI = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_KUNCI_LEMBAR = {"format_rows": True, "format_columns": True}
_TINGGI_BARIS, _TINGGI_MAKS = 12.5, 400.0
_HURUF_PER_LEBAR = 1.35
_DIBUAT = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class Bentuk:
    """The formats of one workbook, each made once."""

    def __init__(self, buku: Workbook) -> None:
        """Start with none."""
        self._buku = buku
        self._ada: dict[tuple[tuple[str, object], ...], Format] = {}

    def buat(self, **sifat: object) -> Format:
        """Return a format with these properties over the common ones."""
        kunci = tuple(sorted(sifat.items()))
        if kunci not in self._ada:
            self._ada[kunci] = self._buku.add_format({**HURUF, **sifat})
        return self._ada[kunci]

    def baris(self, jenis: str, **sifat: object) -> Format:
        """Return the format of a cell in a row of this kind of the tree."""
        latar, huruf = _WARNA.get(jenis, _POLOS)
        return self.buat(**{**_KISI, "bg_color": latar, "font_color": huruf, "bold": jenis in _WARNA, **sifat})

    def isian(self, **sifat: object) -> Format:
        """Return the format of a cell that is to be filled in."""
        return self.buat(**{**_KISI, "bg_color": _ISIAN, "locked": False, **sifat})

    def terkunci(self, **sifat: object) -> Format:
        """Return the format of a cell that is calculated where others are filled in."""
        return self.buat(**{**_KISI, "bg_color": _TERKUNCI, "italic": True, **sifat})


class Buku:
    """A workbook in the making: the same content gives the same bytes, whatever the day and the machine."""

    def __init__(self, judul: str) -> None:
        """Start an empty one."""
        self._isi = io.BytesIO()
        self._buku = Workbook(self._isi, dict(_OPSI))
        self._buku.set_properties({"title": judul, "author": "zi", "created": _DIBUAT})
        self._buku.set_calc_mode("auto")
        self.bentuk = Bentuk(self._buku)

    def lembar(self, nama: str) -> Worksheet:
        """Add a sheet that is protected (without a password) from slips of the hand; rows and columns may be resized."""
        lembar = self._buku.add_worksheet(nama)
        lembar.protect("", _KUNCI_LEMBAR)
        lembar.hide_gridlines(2)
        return lembar

    def selesai(self) -> bytes:
        """Return the file."""
        self._buku.close()
        return self._isi.getvalue()


def taruh(lembar: Worksheet, sel: str, isi: Isi, bentuk: Format | None = None) -> None:
    """Write a constant: text is text whatever it looks like, a number a number, nothing a formatted blank."""
    if isi is None or isi == "":
        lembar.write_blank(sel, None, bentuk)
    elif isinstance(isi, str):
        lembar.write_string(sel, untuk_xlsxwriter(utuh(isi)), bentuk)
    else:
        lembar.write_number(sel, float(isi) if isinstance(isi, Fraction) else isi, bentuk)


def taruh_rumus(lembar: Worksheet, sel: str, rumus: str, nilai: Fraction | int | str, bentuk: Format) -> None:
    """Write a formula of ours with the value that it has."""
    lembar.write_formula(sel, f"={rumus}", bentuk, float(nilai) if isinstance(nilai, Fraction) else nilai)


def tinggi_baris(teks: Iterable[tuple[str | None, float]]) -> float:
    """Return the height of a row for texts of the small size in columns of these widths, estimated a little generously.

    Not every program makes a row high enough by itself.
    """
    banyak = (sum(max(1, ceil(len(alinea) / (lebar * _HURUF_PER_LEBAR))) for alinea in (isi or "").split("\n")) for isi, lebar in teks)
    return min(max(banyak, default=1) * _TINGGI_BARIS + 2, _TINGGI_MAKS)


def cetak(lembar: Worksheet, kaki: str, baris_judul: int) -> None:
    """Set up printing: A4 across, one page wide, the header on every page."""
    lembar.set_landscape()
    lembar.set_paper(9)
    lembar.fit_to_pages(1, 0)
    lembar.set_margins(0.4, 0.4, 0.5, 0.6)
    lembar.repeat_rows(0, baris_judul - 1)
    lembar.set_footer(f"&L&8{kaki}&R&8Halaman &P dari &N")
