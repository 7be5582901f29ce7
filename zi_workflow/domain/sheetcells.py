"""What a single cell of the ministry's workbook is worth, and whether a formula still stands where it stood.

Shared by the model of the sheet (``sheetmodel``), its percentages (``sheetpercent``) and reconciliation. Nothing is
written out at length: a crafted cell may hold 32,000 letters or 1E+308, a sentence shows its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from zi_workflow.domain.cells import Lembar, Sel

NOL_BAGI, BUKAN_ANGKA = "#DIV/0!", "#VALUE!"
TOLERANSI = Fraction(1, 10**9)
"""A workbook calculates in binary floating point: what differs by less is the same figure."""
_NISBI = Fraction(1, 10**12)
_TAMPAK = 20
_RUMUS_TAMPAK = 60


@dataclass(frozen=True, slots=True)
class GalatSel:
    """An error that a cell shows; ``lain``: others that it may show instead, since programs differ in which one they pass on."""

    teks: str
    lain: tuple[str, ...] = ()


Isi: TypeAlias = "Fraction | GalatSel | None"
"""What a cell is worth to the cells above it: a number, an error, or a text that sums and averages pass over."""


@dataclass(frozen=True, slots=True)
class Alasan:
    """Why a row of the workbook differs from ours: ``kode`` from a closed list, the cells concerned, and the sentence."""

    kode: str
    sel: tuple[str, ...]
    kalimat: str


@dataclass
class Hitungan:
    """The worth of a cell, and what was found on the way to it."""

    nilai: Isi
    alasan: list[Alasan] = field(default_factory=list)


def isi_sel(sel: Sel) -> Isi:
    """Return what a cell that stands for itself is worth to an average."""
    if sel.galat:
        return GalatSel(str(sel.nilai))
    return Fraction(sel.nilai) if isinstance(sel.nilai, Decimal) else None


def angka_sel(sel: Sel) -> Isi:
    """Return what a cell is worth to arithmetic: None where it is empty; digits typed as text count, another text is an error."""
    if sel.galat or isinstance(sel.nilai, Decimal):
        return isi_sel(sel)
    if isinstance(sel.nilai, bool):
        return Fraction(sel.nilai)
    if not sel.nilai:
        return None
    teks = sel.nilai.strip()
    return Fraction(Decimal(teks)) if teks.isascii() and teks.isdecimal() else GalatSel(BUKAN_ANGKA)


def galat_dari(nilai: Iterable[Isi]) -> GalatSel | None:
    """Return the error that passes upwards, None where there is none."""
    semua = dict.fromkeys(t for n in nilai if isinstance(n, GalatSel) for t in (n.teks, *n.lain))
    if not semua:
        return None
    pertama, *lain = semua
    return GalatSel(pertama, tuple(lain))


def sama_isi(satu: Isi, dua: Isi) -> bool:
    """Say whether two cells are worth the same, binary rounding aside."""
    if isinstance(satu, Fraction) and isinstance(dua, Fraction):
        return abs(satu - dua) <= max(TOLERANSI, abs(satu) * _NISBI)
    if isinstance(satu, GalatSel) and isinstance(dua, GalatSel):
        return not {satu.teks, *satu.lain}.isdisjoint({dua.teks, *dua.lain})
    return satu is None and dua is None


def tulisan_persis(sel: Sel, tulisan: str) -> bool:
    """Say whether a formula that compares the cell with ``tulisan`` finds them equal: upper and lower case alike, blanks not."""
    return isinstance(sel.nilai, str) and sel.nilai.casefold() == tulisan.casefold()


def desimal(nilai: Fraction) -> Decimal:
    """Return a number as a formula writes it."""
    return Decimal(nilai.numerator) / Decimal(nilai.denominator)


def tampak(nilai: object, maks: int = _TAMPAK) -> str:
    """Return the beginning of what a cell holds, on one line, numbers as a workbook in Indonesian shows them."""
    if isinstance(nilai, bool):
        return "TRUE" if nilai else "FALSE"
    if isinstance(nilai, Fraction):
        nilai = desimal(nilai)
    teks = str(nilai)
    if isinstance(nilai, Decimal) and abs(nilai.adjusted()) < maks:
        teks = format(nilai, "f").replace(".", ",")
    teks = " ".join(teks[: 2 * maks].split())
    return teks if len(teks) <= maks else f"{teks[:maks]}…"


def timpa(
    lembar: Lembar, kolom: str, baris: int, hitungan: Hitungan, utuh: Callable[[str], bool], baca: Callable[[Sel], Isi] = isi_sel
) -> Hitungan:
    """Let what stands in the cell win over its formula: a typed value, or what another formula gave.

    What comes to the same as the formula is no cause of anything. ``baca``: how the cells above read this one.
    """
    sel = lembar.ambil(kolom, baris)
    if sel.rumus is not None and utuh(rapikan(sel.rumus)):
        return hitungan
    isi = baca(sel)
    if sama_isi(isi, hitungan.nilai):
        return hitungan
    return Hitungan(isi, [alasan_timpa(f"{kolom}{baris}", sel)])


def alasan_timpa(tempat: str, sel: Sel) -> Alasan:
    """Say that a formula's cell was typed over, or that its formula was changed."""
    if sel.rumus is None:
        sebut = "kosong" if sel.kosong else f"diketik {tampak(sel.nilai)}"
        return Alasan("diketik", (tempat,), f"{tempat} seharusnya rumus, isinya {sebut}")
    return Alasan("rumus", (tempat,), f"rumus {tempat} diubah: {tampak(sel.rumus, _RUMUS_TAMPAK)}")


def rapikan(rumus: str) -> str:
    """Return a formula without what does not change it."""
    return re.sub(r"[$\s]", "", rumus)


def tanpa_baris(rumus: str, baris: int) -> str:
    """Return a formula with ``#`` for its own row, so that the same formula of two rows is the same text."""
    return re.sub(rf"(?<![A-Z0-9])([A-Z]{{1,2}}){baris}(?![0-9])", r"\1#", rumus)


def alasan_bobot(lembar: Lembar, kolom: str, baris: int, bobot: Fraction) -> list[Alasan]:
    """Say that the weight cell of a row does not hold the instrument's weight; nothing where it does."""
    sel = lembar.ambil(kolom, baris)
    if sama_isi(angka_sel(sel) or Fraction(), bobot):
        return []
    sebut = "kosong" if sel.nilai is None else f"berisi {tampak(sel.nilai)}"
    return [Alasan("bobot", (f"{kolom}{baris}",), f"bobot {kolom}{baris} {sebut}, di instrumen {tampak(bobot)}")]
