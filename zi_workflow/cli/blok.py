"""Plain blocks of text for people: wrapped lines, labels with values beneath a heading, and nested content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya

_LEKUK = 4
_LABEL = 14
_DALAM = 8


def lipat(teks: str, gaya: Gaya, *, lekuk: int = 0, lanjut: int | None = None) -> str:
    """Return safe ``teks`` wrapped to the width: ``lekuk`` indents the first line, ``lanjut`` the others (default: the same)."""
    awal, sisa = " " * lekuk, " " * (lekuk if lanjut is None else lanjut)
    baris = wrap(gaya.teks(teks), gaya.lebar, initial_indent=awal, subsequent_indent=sisa, break_on_hyphens=False)
    return "\n".join(baris or [""]) + "\n"


def butir(isi: Iterable[tuple[str, str]], gaya: Gaya) -> str:
    """Return labels and values, indented under a heading; empty values are left out."""
    return "".join(lipat(f"{label:<{_LABEL}}{nilai}", gaya, lekuk=_LEKUK, lanjut=_LEKUK + _LABEL) for label, nilai in isi if nilai)


def bagian(judul: str, isi: Iterable[str]) -> str:
    """Return a heading and the blocks under it, nothing where there are none."""
    semua = list(isi)
    return f"{judul}\n{''.join(semua)}\n" if semua else ""


def bersarang(isi: object, gaya: Gaya, lekuk: int = 0) -> str:
    """Return plain data (maps, lists, text) as indented lines."""
    if isinstance(isi, Mapping):
        return "".join(_satu(f"{kunci}:", nilai, gaya, lekuk) for kunci, nilai in isi.items()) or lipat("(kosong)", gaya, lekuk=lekuk)
    if isinstance(isi, list | tuple):
        return "".join(_satu("-", nilai, gaya, lekuk) for nilai in isi) or lipat("(kosong)", gaya, lekuk=lekuk)
    return lipat(_polos(isi), gaya, lekuk=lekuk)


def _satu(awalan: str, nilai: object, gaya: Gaya, lekuk: int) -> str:
    if isinstance(nilai, Mapping | list | tuple) and nilai:
        return lipat(awalan, gaya, lekuk=lekuk) + bersarang(nilai, gaya, min(lekuk + 2, _DALAM * 2))
    return lipat(f"{awalan} {_polos(nilai)}", gaya, lekuk=lekuk, lanjut=lekuk + 2)


def _polos(nilai: object) -> str:
    if nilai is None or (isinstance(nilai, Mapping | list | tuple) and not nilai):
        return "-"
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    return str(nilai)
