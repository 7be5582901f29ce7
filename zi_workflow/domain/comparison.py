"""Two assessments side by side: the unit's and TPI's, or two years; the largest gaps first.

Indicators are matched by id, questions by soal_id, so that two editions of the instrument can be compared as far as they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from zi_workflow.domain.formulas import Jawaban
from zi_workflow.domain.instrument import INDEKS, Instrumen, Soal
from zi_workflow.domain.scoring import Angka, Skor


@dataclass(frozen=True, slots=True)
class Sisi:
    """One side of a comparison."""

    instrumen: Instrumen
    jawaban: Jawaban
    skor: Skor


@dataclass(frozen=True, slots=True)
class Celah:
    """A figure on both sides, in points; ``selisih`` is right minus left. None where a side does not have it."""

    id: str
    nama: str
    kiri: Fraction | None
    kanan: Fraction | None

    @property
    def selisih(self) -> Fraction:
        """Return right minus left, a missing side counting as 0."""
        return (self.kanan or Fraction()) - (self.kiri or Fraction())


@dataclass(frozen=True, slots=True)
class CelahSoal:
    """A question that the two sides answer differently; answers as stored, None for unanswered."""

    soal: str
    uraian: str
    indikator: str
    kiri: object
    kanan: object


@dataclass(frozen=True, slots=True)
class Perbandingan:
    """The comparison: sums, areas and indicators with their gaps, and the differing answers of each indicator."""

    jumlah: tuple[Celah, ...]
    area: tuple[Celah, ...]
    indikator: tuple[Celah, ...]
    soal: tuple[CelahSoal, ...]


_JUMLAH = (
    ("pengungkit", "Pengungkit"),
    ("bersih", "Birokrasi yang bersih dan akuntabel"),
    ("prima", "Pelayanan publik yang prima"),
    ("total", "Total"),
)


def bandingkan(kiri: Sisi, kanan: Sisi) -> Perbandingan:
    """Compare two sides; indicators by the size of their gap, then in the instrument's order, questions in the order of those."""
    indikator = sorted(_indikator(kiri, kanan), key=lambda c: -abs(c.selisih))
    urut = {c.id: i for i, c in enumerate(indikator)}
    soal = sorted(_soal(kiri, kanan), key=lambda s: urut[s.indikator])
    return Perbandingan(
        jumlah=tuple(Celah(n, nama, _nilai(kiri.skor, n), _nilai(kanan.skor, n)) for n, nama in _JUMLAH),
        area=tuple(_area(kiri, kanan)),
        indikator=tuple(indikator),
        soal=tuple(soal),
    )


def _nilai(angka: Angka, nama: str) -> Fraction:
    nilai: Fraction = getattr(angka, nama)
    return nilai


def _area(kiri: Sisi, kanan: Sisi) -> Iterator[Celah]:
    for nomor, nama in kanan.instrumen.area.items():
        yield Celah(f"area_{nomor}", nama, kiri.skor.area[nomor].nilai, kanan.skor.area[nomor].nilai)


def _indikator(kiri: Sisi, kanan: Sisi) -> Iterator[Celah]:
    nama: Mapping[str, str] = {i.id: i.nama for sisi in (kiri, kanan) for i in sisi.instrumen.indikator}
    for id_, sebut in nama.items():
        ada = [sisi.skor.indikator.get(id_) for sisi in (kiri, kanan)]
        yield Celah(id_, sebut, *(None if n is None else n.nilai for n in ada))


def _soal(kiri: Sisi, kanan: Sisi) -> Iterator[CelahSoal]:
    tempat = {s.id: (s, i.id) for sisi in (kiri, kanan) for i in sisi.instrumen.indikator for s in i.soal}
    for id_, (soal, indikator) in tempat.items():
        satu, dua = kiri.jawaban.get(id_), kanan.jawaban.get(id_)
        if satu != dua and not _sama_indeks(soal, satu, dua):
            yield CelahSoal(id_, soal.uraian, indikator, satu, dua)


def _sama_indeks(soal: Soal, satu: object, dua: object) -> bool:
    """Say whether two indices are the same number in other digits (3.6 and 3.60)."""
    return soal.skala.jenis == INDEKS and soal.skala.skor(satu) == soal.skala.skor(dua)
