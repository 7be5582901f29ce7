"""What could be answered better: for each scored item the grades or percentages above its present value, and their steps.

A step (*jenjang*) is one grade up on a choice scale (unanswered stands on the lowest grade), and up to 25 points of
percentage on a formula. A formula's target is written as people can reach it: a count where the counts are there, a
percentage where they are not, and a judged value of TPI where the denominator is 0 (tafsir D10). Indices come from
surveys; no answer raises them, so they are no candidates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

from zi_workflow.domain.formulas import Jawaban, hitung, terisi
from zi_workflow.domain.instrument import PILIHAN, Indikator, Instrumen, Rumus, Soal, baca_jumlah
from zi_workflow.domain.scoring import Dinilai, nilai_butir

JAWABAN, JUMLAH, ISI, DINILAI = "jawaban", "jumlah", "isi", "dinilai"
"""How a value is raised: another grade, another count, counts that are missing, a judged value."""

PENENTU: Mapping[str, tuple[str, str]] = {"rasio": ("pembilang", "penyebut"), "penurunan": ("kini", "lalu")}
"""By kind of formula: the role whose count moves the value, and the denominator."""

_PERSEN = 100
_SEPEREMPAT = Fraction(1, 4)
_NOL, _SATU = Fraction(0), Fraction(1)

Isi: TypeAlias = "str | int | Fraction | None"
"""What stands or should stand there: a grade, a count, a percentage or judged value (0…1), or nothing."""


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One better answer. ``soal``: where it is written; ``kosong``: counts to fill in for it; ``tambahan``: points gained.

    ``ke`` is the least that is enough, except a count of this year under penurunan, which is the most.
    """

    butir: str
    soal: tuple[str, ...]
    kosong: tuple[str, ...]
    uraian: str
    cara: str
    dari: Isi
    ke: Isi
    jenjang: int
    tambahan: Fraction


@dataclass(frozen=True, slots=True)
class Calon:
    """A scored item that could be better. ``bobot``: points of the value 1; ``nilai``: now; ``tingkat``: (steps, value), rising.

    ``penyebut``: the values that can be written are multiples of 1 / penyebut (0: only those of ``tingkat``).
    """

    butir: Soal | Rumus
    indikator: Indikator
    bobot: Fraction
    nilai: Fraction
    cara: str
    soal: tuple[str, ...]
    dari: Isi
    tingkat: tuple[tuple[int, Fraction], ...]
    kosong: tuple[str, ...] = ()
    penyebut: int = 0

    def tambahan(self, nilai: Fraction) -> Fraction:
        """Return the points gained with that value."""
        return (nilai - self.nilai) * self.bobot

    def paling_kecil(self, nilai: Fraction, lebih: Fraction, *, ketat: bool) -> Fraction:
        """Return the least value that can be written when ``nilai`` brings ``lebih`` points too many (``ketat``: some must be left)."""
        batas = (nilai - lebih / self.bobot) * self.penyebut
        return Fraction(floor(batas) + 1 if ketat else ceil(batas), self.penyebut)

    def ubah(self, jenjang: int, nilai: Fraction) -> Perubahan:
        """Return the change to that value."""
        return Perubahan(
            butir=self.butir.kunci,
            soal=self.soal,
            kosong=self.kosong,
            uraian=self.butir.uraian,
            cara=self.cara,
            dari=self.dari,
            ke=self._tulis(nilai),
            jenjang=jenjang,
            tambahan=self.tambahan(nilai),
        )

    def _tulis(self, nilai: Fraction) -> Isi:
        """Return how that value is answered."""
        if isinstance(self.butir, Soal):
            return next(huruf for huruf, satu in self.butir.skala.nilai.items() if satu == nilai)
        if self.cara != JUMLAH:
            return nilai
        jumlah = int(nilai * self.penyebut)
        return self.penyebut - jumlah if self.butir.jenis == "penurunan" else jumlah


def calon(instrumen: Instrumen, jawaban: Jawaban, dinilai: Dinilai) -> tuple[Calon, ...]:
    """Return every scored item that better answers could raise, in the instrument's order."""
    dijawab = ((i, b) for i in instrumen.indikator for b in i.butir if isinstance(b, Rumus) or b.skala.jenis == PILIHAN)
    return tuple(c for c in (_calon(i, b, jawaban, dinilai) for i, b in dijawab) if c.tingkat)


def _calon(indikator: Indikator, butir: Soal | Rumus, jawaban: Jawaban, dinilai: Dinilai) -> Calon:
    bobot = indikator.bobot / len(indikator.butir)
    nilai = nilai_butir(butir, jawaban, dinilai)
    if isinstance(butir, Soal):
        return _pilihan(butir, indikator, bobot, nilai, jawaban)
    return _rumus(butir, indikator, bobot, nilai, jawaban)


def _pilihan(soal: Soal, indikator: Indikator, bobot: Fraction, nilai: Fraction | None, jawaban: Jawaban) -> Calon:
    kini = nilai or _NOL
    naik = tuple(enumerate(sorted(v for v in soal.skala.nilai.values() if v > kini), 1))
    dari = None if nilai is None else str(jawaban[soal.id])
    return Calon(soal, indikator, bobot, kini, JAWABAN, (soal.id,), dari, naik)


def _rumus(rumus: Rumus, indikator: Indikator, bobot: Fraction, nilai: Fraction | None, jawaban: Jawaban) -> Calon:
    gerak, penyebut = PENENTU[rumus.jenis]
    hasil = hitung(rumus, jawaban)  # counts that are missing taken as 0
    bawah = [baca_jumlah(jawaban.get(s)) for s in rumus.peran[penyebut]]
    kosong = tuple(s for s in rumus.perlu if baca_jumlah(jawaban.get(s)) is None)
    kini = nilai or _NOL
    if hasil is not None and terisi(rumus, jawaban):
        jumlah = sum(baca_jumlah(jawaban[s]) or 0 for s in rumus.peran[gerak])
        per = sum(b or 0 for b in bawah)
        return Calon(rumus, indikator, bobot, kini, JUMLAH, rumus.peran[gerak], jumlah, _seperempat(kini, per), penyebut=per)
    cara = DINILAI if hasil is None and all(b == 0 for b in bawah) else ISI
    return Calon(rumus, indikator, bobot, kini, cara, rumus.ids, nilai, _seperempat(kini, _PERSEN), kosong, _PERSEN)


def _seperempat(kini: Fraction, penyebut: int) -> tuple[tuple[int, Fraction], ...]:
    """Return (steps, value) a quarter apart, rounded up to what can be written; a quarter that adds nothing is left out."""
    hasil: list[tuple[int, Fraction]] = []
    tercapai, langkah = kini, 0
    while tercapai < _SATU:
        langkah += 1
        nilai = Fraction(ceil(min(_SATU, kini + langkah * _SEPEREMPAT) * penyebut), penyebut)
        if nilai > tercapai:
            hasil.append((langkah, nilai))
            tercapai = nilai
    return tuple(hasil)
