"""What the tests of the writers share: assessments to write, an independent reader, and a small calculator for our formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import openpyxl
from openpyxl.workbook import Workbook

from tests.alat.dunia import definisi
from tests.lke.alat import semua
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.domain.layout import Lembaran
from zi_workflow.workbook.content import IsiLembar, Penilaian
from zi_workflow.workbook.sheet import baca_lembar

NOL_AGEN = {"110": 0, "111": 0, "112": 0}
"""Counts whose denominator is 0."""

JAHAT = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://contoh.test","klik")',
    "https://contoh.test/a?b=1&c=2",
    "internal:Sheet1!A1",
    "mailto:a@contoh.test",
    "{=1+1}",
    "#DIV/0!",
    "123",
    "1e5",
    "TRUE",
    "<r>x</r>",
    "<r><t>1</t></r></si></sst><f>1</f><r></r>",
    "a_x0041_b",
    "_x0041_x0042_",
    "[/x] [bold]",
    "kanan \u202ekiri",
    "baris satu\nbaris dua\tkolom",
    "&amp; < > \" '",
    "\ufeff\u200b",
    "\U0001f600 é ü",
    "\ufffe",
    "%s {0} \\",
)
"""Texts that a careless writer turns into something else."""


def lke() -> tuple[Instrumen, Lembaran]:
    """Return the instrument that ships and its layouts."""
    aturan = definisi()
    assert aturan.instrumen is not None
    assert aturan.lembaran is not None
    return aturan.instrumen, aturan.lembaran


def isi(penilai: str = "tpi", penilaian: Penilaian | None = None, **lain: Any) -> IsiLembar:  # noqa: ANN401 - fields of IsiLembar
    """Return an assessment of a unit, complete where nothing else is said."""
    instrumen, lembaran = lke()
    bawaan: dict[str, Any] = {"kode": "DISPORA", "nama": "Dinas Pemuda dan Olahraga", "tahun": 2026}
    return IsiLembar(
        **{**bawaan, **lain},
        penilai=penilai,
        instrumen=instrumen,
        tata_letak=lembaran.kementerian,
        penilaian=penilaian or Penilaian(campuran()),
    )


def campuran() -> dict[str, object]:
    """Return answers of every kind: letters, Ya, counts, a denominator of 0, an index with decimals, and some missing."""
    hasil: dict[str, object] = {**semua("B"), **NOL_AGEN, "125": "3.60", "1": "Tidak", "14": "E"}
    return {s: j for s, j in hasil.items() if s not in {"7", "103", "122"}}


def buka(berkas: bytes, *, nilai: bool = False) -> Workbook:
    """Open a workbook with openpyxl: its formulas, or (``nilai``) the values that were stored for them."""
    return openpyxl.load_workbook(io.BytesIO(berkas), data_only=nilai)


def mentah(berkas: bytes, lembar: str) -> Mapping[str, object]:
    """Return a sheet's cells as our own reader of untrusted workbooks sees them: a text, a number, or a list with a formula."""
    return next(satu.sel for satu in baca_lembar(berkas) if satu.nama == lembar)


# ---------------------------------------------------------------------------------------------------------- calculator

Nilai: TypeAlias = "Fraction | str | bool | None"
_TANDA = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|\"([^\"]*)\"|('[^']+'!)?([A-Z]{1,3}\d+)\b|([A-Z]+)|(<=|>=|<>|[-+*/(),=<>]))")


@dataclass(frozen=True)
class _Rujukan:
    """The value of a cell, as an argument: sums pass over a text that comes from a cell."""

    nilai: Nilai


class Kalkulator:
    """Calculates the formulas of a workbook exactly; ``sel`` reads a cell by sheet and reference."""

    def __init__(self, buku: Workbook) -> None:
        """Keep the workbook; cells are calculated when asked for, once."""
        self.buku = buku
        self._ada: dict[tuple[str, str], Nilai] = {}

    def sel(self, lembar: str, rujukan: str) -> Nilai:
        """Return the value of a cell."""
        kunci = (lembar, rujukan)
        if kunci not in self._ada:
            isi = self.buku[lembar][rujukan].value
            if isinstance(isi, str) and isi.startswith("=") and self.buku[lembar][rujukan].data_type == "f":
                hasil = _Pengurai(self, lembar, isi[1:]).semua()
                self._ada[kunci] = hasil.nilai if isinstance(hasil, _Rujukan) else hasil
            else:
                self._ada[kunci] = Fraction(str(isi)) if isinstance(isi, int | float | Decimal) and not isinstance(isi, bool) else isi
        return self._ada[kunci]


class _Pengurai:
    """A parser that calculates while it reads; both branches of IF are calculated, errors are values that nobody may look at."""

    def __init__(self, kalkulator: Kalkulator, lembar: str, teks: str) -> None:
        self.k = kalkulator
        self.lembar = lembar
        self.tanda = list(self._pecah(teks))
        self.i = 0

    @staticmethod
    def _pecah(teks: str) -> Iterator[re.Match[str]]:
        tempat = 0
        while tempat < len(teks):
            cocok = _TANDA.match(teks, tempat)
            assert cocok, teks[tempat:]
            yield cocok
            tempat = cocok.end()

    def semua(self) -> Nilai | _Rujukan:
        hasil = self.banding()
        assert self.i == len(self.tanda)
        return hasil

    def lihat(self) -> str:
        return (self.tanda[self.i][6] or "") if self.i < len(self.tanda) else ""

    def ambil(self, *operator: str) -> str:
        satu = self.lihat()
        if satu in operator:
            self.i += 1
            return satu
        return ""

    def banding(self) -> Nilai | _Rujukan:
        kiri = self.tambah()
        operator = self.ambil("=", "<=", ">=", "<>", "<", ">")
        if not operator:
            return kiri
        return _banding(_isi(kiri), operator, _isi(self.tambah()))

    def tambah(self) -> Nilai | _Rujukan:
        hasil = self.kali()
        while operator := self.ambil("+", "-"):
            hasil = _hitung(_isi(hasil), operator, _isi(self.kali()))
        return hasil

    def kali(self) -> Nilai | _Rujukan:
        hasil = self.satu()
        while operator := self.ambil("*", "/"):
            hasil = _hitung(_isi(hasil), operator, _isi(self.satu()))
        return hasil

    def satu(self) -> Nilai | _Rujukan:
        cocok = self.tanda[self.i]
        self.i += 1
        angka, teks, lembar, rujukan, nama, operator = cocok.groups()
        if angka is not None:
            return Fraction(angka)
        if teks is not None:
            return teks
        if rujukan is not None:
            return _Rujukan(self.k.sel(lembar[1:-2] if lembar else self.lembar, rujukan))
        if nama in {"TRUE", "FALSE"}:
            return nama == "TRUE"
        if nama is not None:
            return _FUNGSI[nama](self.argumen())
        assert operator == "("
        hasil = self.banding()
        assert self.ambil(")")
        return hasil

    def argumen(self) -> list[Nilai | _Rujukan]:
        assert self.ambil("(")
        hasil = [self.banding()]
        while self.ambil(","):
            hasil.append(self.banding())
        assert self.ambil(")")
        return hasil


_SALAH = "#VALUE!"


def _isi(nilai: Nilai | _Rujukan) -> Nilai:
    return nilai.nilai if isinstance(nilai, _Rujukan) else nilai


def _hitung(kiri: Nilai, operator: str, kanan: Nilai) -> Nilai:
    a, b = (Fraction() if n is None else n for n in (kiri, kanan))
    if not isinstance(a, Fraction) or not isinstance(b, Fraction) or (operator == "/" and b == 0):
        return _SALAH
    return {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else Fraction()}[operator]


def _banding(kiri: Nilai, operator: str, kanan: Nilai) -> Nilai:
    if operator == "=" and (isinstance(kiri, str) or isinstance(kanan, str)):
        return str(kiri or "").casefold() == str(kanan or "").casefold()
    if not isinstance(kiri, Fraction) or not isinstance(kanan, Fraction):
        return _SALAH
    return {"=": kiri == kanan, "<=": kiri <= kanan, ">=": kiri >= kanan, "<": kiri < kanan, ">": kiri > kanan}[operator]


def _jumlah(argumen: list[Nilai | _Rujukan]) -> Nilai:
    for satu in argumen:
        if not isinstance(satu, _Rujukan) and not isinstance(satu, Fraction):
            return _SALAH
        if isinstance(satu, _Rujukan) and satu.nilai == _SALAH:
            return _SALAH
    return sum((n for n in map(_isi, argumen) if isinstance(n, Fraction)), Fraction())


def _dan(argumen: list[Nilai | _Rujukan]) -> Nilai:
    isi = [_isi(a) for a in argumen]
    return _SALAH if _SALAH in isi else all(isi)


def _ujung(pilih: Callable[..., Fraction]) -> Callable[[list[Nilai | _Rujukan]], Nilai]:
    def hitung(argumen: list[Nilai | _Rujukan]) -> Nilai:
        isi = [_isi(a) for a in argumen]
        return pilih(*isi) if all(isinstance(n, Fraction) for n in isi) else _SALAH

    return hitung


def _bulat(argumen: list[Nilai | _Rujukan]) -> Nilai:
    (satu,) = map(_isi, argumen)
    return Fraction(satu.numerator // satu.denominator) if isinstance(satu, Fraction) else _SALAH


_FUNGSI: Mapping[str, Callable[[list[Nilai | _Rujukan]], Nilai]] = {
    "IF": lambda a: _SALAH if _isi(a[0]) == _SALAH else _isi(a[1] if _isi(a[0]) else a[2]),
    "AND": _dan,
    "SUM": _jumlah,
    "MIN": _ujung(min),
    "MAX": _ujung(max),
    "INT": _bulat,
    "ISNUMBER": lambda a: isinstance(_isi(a[0]), Fraction),
    "LEN": lambda a: Fraction(len(str(_isi(a[0]) or ""))),
    "TRIM": lambda a: str(_isi(a[0]) or "").strip(),
    "COUNTA": lambda a: Fraction(sum(1 for n in a if _isi(n) is not None)),
}
