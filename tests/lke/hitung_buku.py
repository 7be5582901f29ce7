"""A small spreadsheet: calculates the formulas of the ministry's sheet exactly, knowing nothing of the LKE.

Second opinion on the model of the workbook: IF, OR, AND, SUM, AVERAGE, comparisons and arithmetic as spreadsheets do them, errors
included. Cells are given raw: what was typed, or a text that begins with ``=``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import TypeAlias

from zi_workflow.domain.cells import huruf_kolom, urai_rujukan

_TANDA = re.compile(r'\s*(?:([0-9]+(?:\.[0-9]+)?)|"([^"]*)"|([A-Z]{1,2}[0-9]+)(?::([A-Z]{1,2}[0-9]+))?|([A-Z]+)(?=\()|([-+*/=<>(),]))')

Nilai: TypeAlias = "Fraction | str | bool | None"
Simpul: TypeAlias = "Callable[[Kalkulator], Nilai]"


class GalatRumus(Exception):
    """What a cell shows instead of a value."""


class Kalkulator:
    """One sheet; every cell is calculated once, when it is asked for."""

    def __init__(self, mentah: Mapping[str, object]) -> None:
        """Keep the raw cells."""
        self.mentah = mentah
        self._ada: dict[str, Nilai | GalatRumus] = {}

    def tampil(self, rujukan: str) -> Nilai | GalatRumus:
        """Return what a cell shows, an error not raised."""
        if rujukan not in self._ada:
            self._ada[rujukan] = self._hitung(self.mentah.get(rujukan))
        return self._ada[rujukan]

    def _hitung(self, isi: object) -> Nilai | GalatRumus:
        if isinstance(isi, str) and isi.startswith("="):
            try:
                hasil = _urai(isi[1:])(self)
            except GalatRumus as e:
                return e
            return Fraction() if hasil is None else hasil
        assert isi is None or isinstance(isi, str | bool | Decimal)
        return Fraction(isi) if isinstance(isi, Decimal) else isi

    def nilai(self, rujukan: str) -> Nilai:
        """Return a cell's value; raises GalatRumus where it shows an error."""
        hasil = self.tampil(rujukan)
        if isinstance(hasil, GalatRumus):
            raise hasil
        return hasil


@dataclass(frozen=True)
class _Rujuk:
    """One cell, or a range of them."""

    sel: tuple[str, ...]

    def __call__(self, k: Kalkulator) -> Nilai:
        return k.nilai(self.sel[0])


def _fungsi(nama: str, isi: list[Simpul], k: Kalkulator) -> Nilai:
    if nama == "IF":
        return isi[1](k) if isi[0](k) else isi[2](k)
    if nama in {"OR", "AND"}:
        return (any if nama == "OR" else all)([bool(s(k)) for s in isi])
    angka = list(_semua_angka(isi, k))
    if nama == "SUM":
        return sum(angka, Fraction())
    assert nama == "AVERAGE"
    return _operasi("/", sum(angka, Fraction()), Fraction(len(angka)))


def _semua_angka(isi: list[Simpul], k: Kalkulator) -> Iterator[Fraction]:
    for satu in isi:
        assert isinstance(satu, _Rujuk)
        yield from (n for n in map(k.nilai, satu.sel) if isinstance(n, Fraction))


def _operasi(tanda: str, kiri: Nilai, kanan: Nilai) -> Nilai:
    if tanda == "=" and (isinstance(kiri, str) or isinstance(kanan, str)):
        a, b = ("" if n is None else n for n in (kiri, kanan))
        return isinstance(a, str) and isinstance(b, str) and a.casefold() == b.casefold()
    if tanda == "=":
        return (kiri or 0) == (kanan or 0)
    x, y = _angka(kiri), _angka(kanan)
    if tanda == "/" and y == 0:
        raise GalatRumus("#DIV/0!")
    hasil: dict[str, Nilai] = {"<": x < y, ">": x > y, "+": x + y, "-": x - y, "*": x * y, "/": x / (y or Fraction(1))}
    return hasil[tanda]


def _angka(nilai: Nilai) -> Fraction:
    if isinstance(nilai, str):
        if not nilai.strip().isdecimal():
            raise GalatRumus("#VALUE!")
        return Fraction(nilai.strip())
    return Fraction(nilai or 0)


def _terapkan(tanda: str, kiri: Simpul, kanan: Simpul, k: Kalkulator) -> Nilai:
    return _operasi(tanda, kiri(k), kanan(k))


class _Pengurai:
    """Reads a formula into something that can be calculated, so that the branch of IF that is not taken is not."""

    def __init__(self, teks: str) -> None:
        self.tanda: list[re.Match[str]] = []
        tempat, teks = 0, teks.replace("$", "")
        while tempat < len(teks):
            cocok = _TANDA.match(teks, tempat)
            assert cocok, teks[tempat:]
            self.tanda.append(cocok)
            tempat = cocok.end()

    def semua(self) -> Simpul:
        hasil = self.banding()
        assert not self.tanda
        return hasil

    def ambil(self, *tanda: str) -> str:
        """Take one of these signs if it comes next."""
        return str(self.tanda.pop(0)[6]) if self.tanda and self.tanda[0][6] in tanda else ""

    def banding(self) -> Simpul:
        kiri = self.tambah()
        tanda = self.ambil("=", "<", ">")
        return partial(_terapkan, tanda, kiri, self.tambah()) if tanda else kiri

    def tambah(self) -> Simpul:
        hasil = self.kali()
        while tanda := self.ambil("+", "-"):
            hasil = partial(_terapkan, tanda, hasil, self.kali())
        return hasil

    def kali(self) -> Simpul:
        hasil = self.satu()
        while tanda := self.ambil("*", "/"):
            hasil = partial(_terapkan, tanda, hasil, self.satu())
        return hasil

    def satu(self) -> Simpul:
        angka, teks, awal, akhir, nama, tanda = self.tanda.pop(0).groups()
        if angka is not None:
            return lambda _: Fraction(angka)
        if teks is not None:
            return lambda _: str(teks)
        if awal is not None:
            return _Rujuk(_rentang(awal, akhir or awal))
        if nama is not None:
            return partial(_fungsi, nama, self.argumen())
        assert tanda == "("
        hasil = self.banding()
        assert self.ambil(")")
        return hasil

    def argumen(self) -> list[Simpul]:
        assert self.ambil("(")
        hasil = [self.banding()]
        while self.ambil(","):
            hasil.append(self.banding())
        assert self.ambil(")")
        return hasil


@cache
def _urai(rumus: str) -> Simpul:
    return _Pengurai(rumus).semua()


def _rentang(awal: str, akhir: str) -> tuple[str, ...]:
    (b1, k1), (b2, k2) = urai_rujukan(awal), urai_rujukan(akhir)
    return tuple(f"{huruf_kolom(k)}{b}" for k in range(k1, k2 + 1) for b in range(b1, b2 + 1))
