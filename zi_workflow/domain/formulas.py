"""Percentages from counts: the closed kinds of formula (tafsir D9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from zi_workflow.domain.instrument import Rumus, baca_jumlah

_NOL, _SATU = Fraction(0), Fraction(1)

Jawaban: TypeAlias = Mapping[str, object]
"""Answers by soal_id, as stored: "A"…"E", "Ya", "Tidak", index text such as "3.60", counts as int. Anything else is no answer."""


def _rasio(jumlah: Mapping[str, int]) -> Fraction | None:
    """Return min(1, pembilang / penyebut); none over 0."""
    return min(_SATU, Fraction(jumlah["pembilang"], jumlah["penyebut"])) if jumlah["penyebut"] else None


def _penurunan(jumlah: Mapping[str, int]) -> Fraction | None:
    """Return max(0, (lalu - kini) / lalu), 1 for 0 and 0; none for a rise from 0."""
    lalu, kini = jumlah["lalu"], jumlah["kini"]
    if lalu == 0:
        return _SATU if kini == 0 else None
    return max(_NOL, Fraction(lalu - kini, lalu))


@dataclass(frozen=True, slots=True)
class JenisRumus:
    """A kind of formula: the roles that it adds counts up for, and its value, None where the denominator is 0."""

    peran: tuple[str, ...]
    hitung: Callable[[Mapping[str, int]], Fraction | None]


RUMUS: Mapping[str, JenisRumus] = {
    "rasio": JenisRumus(("pembilang", "penyebut"), _rasio),
    "penurunan": JenisRumus(("lalu", "kini"), _penurunan),
}
"""The closed set of formulas (D9)."""


def terisi(rumus: Rumus, jawaban: Jawaban) -> bool:
    """Say whether every count that the formula needs is there."""
    return all(baca_jumlah(jawaban.get(s)) is not None for s in rumus.perlu)


def hitung(rumus: Rumus, jawaban: Jawaban) -> Fraction | None:
    """Return the value of a formula whose counts are there; None where its denominator is 0."""
    jumlah = {peran: sum(baca_jumlah(jawaban.get(s)) or 0 for s in ids) for peran, ids in rumus.peran.items()}
    return RUMUS[rumus.jenis].hitung(jumlah)
