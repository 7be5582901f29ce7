"""A workbook as plain data: what a reader hands over, and what recognition and reconciliation look at.

Cells are named as people name them (``K57``). Numbers are exact decimals of what the cell shows when written out
shortest, so that no float enters the rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

NilaiSel: TypeAlias = "str | Decimal | bool | None"

_RUJUKAN = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
BARIS_MAKS = 1_048_576
KOLOM_MAKS = 16_384


@dataclass(frozen=True, slots=True)
class Sel:
    """One cell. ``nilai``: its (cached) value, None where there is none; ``rumus``: its formula without ``=``, None for a typed value.

    ``galat``: the value is an error such as ``#DIV/0!``, kept as text.
    """

    nilai: NilaiSel = None
    rumus: str | None = None
    galat: bool = False

    @property
    def kosong(self) -> bool:
        """Say whether nothing was typed: no formula, and no value but blanks."""
        return self.rumus is None and (self.nilai is None or (isinstance(self.nilai, str) and not self.nilai.strip()))


SEL_KOSONG = Sel()


@dataclass(frozen=True, slots=True)
class Lembar:
    """One sheet. ``sel`` by reference; ``tersembunyi`` hidden rows; ``gabungan`` merged ranges such as ``K8:K9``."""

    nama: str
    sel: Mapping[str, Sel]
    tersembunyi: frozenset[int] = frozenset()
    gabungan: tuple[str, ...] = ()

    def ambil(self, kolom: str, baris: int) -> Sel:
        """Return a cell, an empty one where there is none."""
        return self.sel.get(f"{kolom}{baris}", SEL_KOSONG)


@dataclass(frozen=True, slots=True)
class Buku:
    """A workbook: its sheets by name, in their order."""

    lembar: Mapping[str, Lembar] = field(default_factory=dict)


def urai_rujukan(rujukan: str) -> tuple[int, int]:
    """Return (row, column), both from 1, of a reference such as ``K57``; raises ValueError for what is none."""
    cocok = _RUJUKAN.fullmatch(rujukan)
    if cocok is None:
        raise ValueError(rujukan)
    kolom = nomor_kolom(cocok[1])
    baris = int(cocok[2])
    if baris > BARIS_MAKS or kolom > KOLOM_MAKS:
        raise ValueError(rujukan)
    return baris, kolom


def nomor_kolom(huruf: str) -> int:
    """Return the number, from 1, of a column named by letters."""
    nomor = 0
    for satu in huruf:
        nomor = nomor * 26 + ord(satu) - 64
    return nomor


def huruf_kolom(nomor: int) -> str:
    """Return the letters of a column numbered from 1."""
    huruf = ""
    while nomor:
        nomor, sisa = divmod(nomor - 1, 26)
        huruf = chr(65 + sisa) + huruf
    return huruf
