"""The LKE instrument as data: components, aspects, areas, indicators, questions, scales and formulas.

Weights are points, out of 100 in all. A scored item (*butir*) is a question with a pilihan or indeks scale, or a rumus
over counts; counts alone are not scored. An indicator is the average of its items times its weight (tafsir D8, D9).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

PILIHAN, INDEKS, JUMLAH = "pilihan", "indeks", "jumlah"
JENIS_SKALA = (PILIHAN, INDEKS, JUMLAH)

SUSUNAN: Mapping[str, tuple[str, ...]] = {"pengungkit": ("pemenuhan", "reform"), "hasil": ("bersih", "prima")}
"""The components that a score names, and the aspects of each."""

NOMOR_AREA = (1, 2, 3, 4, 5, 6)
INDIKATOR_BERNAMA = ("bersih.spak", "bersih.kinerja")
"""Indicators that a score names."""

JUMLAH_MAKS = 1_000_000_000
_JUMLAH = re.compile(r"0|[1-9][0-9]{0,9}")
_DESIMAL = re.compile(r"[0-9](\.[0-9]{1,12})?")


def baca_desimal(mentah: object, tertinggi: int) -> str | None:
    """Return a decimal in 0…``tertinggi`` (below 10) as it is stored, or None; a fraction travels as text, never as a float."""
    if isinstance(mentah, int) and not isinstance(mentah, bool):
        return str(mentah) if 0 <= mentah <= tertinggi else None
    if not isinstance(mentah, str) or not _DESIMAL.fullmatch(mentah) or Fraction(mentah) > tertinggi:
        return None
    return mentah


def baca_jumlah(mentah: object) -> int | None:
    """Return a count 0…JUMLAH_MAKS, or None; text is read in plain digits without leading zeros."""
    jumlah = int(mentah) if isinstance(mentah, str) and _JUMLAH.fullmatch(mentah) else mentah
    return jumlah if isinstance(jumlah, int) and not isinstance(jumlah, bool) and 0 <= jumlah <= JUMLAH_MAKS else None


@dataclass(frozen=True, slots=True)
class Skala:
    """How a question is answered: a choice with multipliers, an index 0…``tertinggi``, or a count."""

    id: str
    jenis: str
    nilai: Mapping[str, Fraction] = field(default_factory=dict)
    tertinggi: int = 0

    @property
    def dinilai(self) -> bool:
        """Say whether a question of this scale is scored by itself."""
        return self.jenis != JUMLAH

    def baca(self, mentah: object) -> str | int | None:
        """Return an answer as it is stored (choices exactly as written, indices as text, counts as int), or None."""
        if self.jenis == PILIHAN:
            return mentah if isinstance(mentah, str) and mentah in self.nilai else None
        if self.jenis == INDEKS:
            return baca_desimal(mentah, self.tertinggi)
        return baca_jumlah(mentah)

    def skor(self, mentah: object) -> Fraction | None:
        """Return the value 0…1 of an answer, or None where it is no answer of this scale. Not for counts."""
        if self.jenis == PILIHAN:
            return self.nilai.get(mentah) if isinstance(mentah, str) else None
        indeks = baca_desimal(mentah, self.tertinggi)
        return None if indeks is None else Fraction(indeks) / self.tertinggi


@dataclass(frozen=True, slots=True)
class Soal:
    """One question; ``id`` is PortalRB's soal_id as text.

    ``kriteria`` (what earns which answer) and ``pilihan`` (a label for each answer) come with an official master only.
    """

    id: str
    skala: Skala
    uraian: str
    kriteria: str = ""
    pilihan: Mapping[str, str] = field(default_factory=dict)

    @property
    def kunci(self) -> str:
        """Return the soal_id that names this item."""
        return self.id

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the questions that this item reads."""
        return (self.id,)


@dataclass(frozen=True, slots=True)
class Rumus:
    """A scored item over counts. ``peran`` maps the roles of the kind to soal_ids whose counts are added up.

    ``perlu``: what must be answered, which may be more than the roles name. ``ids``: every question that belongs to it.
    """

    jenis: str
    peran: Mapping[str, tuple[str, ...]]
    perlu: tuple[str, ...]
    ids: tuple[str, ...]
    uraian: str

    @property
    def kunci(self) -> str:
        """Return the first soal_id of the formula, which names it."""
        return self.ids[0]


Butir: TypeAlias = Soal | Rumus


@dataclass(frozen=True, slots=True)
class Indikator:
    """An indicator: ``id`` is aspek.area.number (``reform.5.iii.a``), or aspek.name without an area (``bersih.spak``)."""

    id: str
    nama: str
    bobot: Fraction
    aspek: str
    area: int | None
    soal: tuple[Soal, ...]
    butir: tuple[Butir, ...]


@dataclass(frozen=True, slots=True)
class Bagian:
    """The share of one area of change in an aspect; ``nomor`` is None in an aspect without areas."""

    nomor: int | None
    bobot: Fraction
    indikator: tuple[Indikator, ...]


@dataclass(frozen=True, slots=True)
class Aspek:
    """An aspect of a component: pemenuhan, reform, bersih, prima."""

    id: str
    nama: str
    bobot: Fraction
    bagian: tuple[Bagian, ...]


@dataclass(frozen=True, slots=True)
class Komponen:
    """A component: pengungkit, hasil."""

    id: str
    nama: str
    bobot: Fraction
    aspek: tuple[Aspek, ...]


@dataclass(frozen=True)
class Instrumen:
    """One dated version of the LKE, loaded and checked; ``area`` maps the numbers 1–6 to names."""

    versi: str
    judul: str
    sejak: date
    dasar: tuple[str, ...]
    tafsir: tuple[str, ...]
    skala: Mapping[str, Skala]
    area: Mapping[int, str]
    komponen: tuple[Komponen, ...]

    @cached_property
    def indikator(self) -> tuple[Indikator, ...]:
        """All indicators, in the order of the file."""
        return tuple(i for k in self.komponen for a in k.aspek for b in a.bagian for i in b.indikator)

    @cached_property
    def soal(self) -> Mapping[str, Soal]:
        """All questions by soal_id, in the order of the file."""
        return {s.id: s for i in self.indikator for s in i.soal}

    @cached_property
    def butir(self) -> Mapping[str, Butir]:
        """All scored items by their key, in the order of the file."""
        return {b.kunci: b for i in self.indikator for b in i.butir}

    @cached_property
    def rumus(self) -> Mapping[str, Rumus]:
        """The formula that reads a count, by soal_id."""
        return {soal: b for b in self.butir.values() if isinstance(b, Rumus) for soal in b.ids}

    @cached_property
    def bobot_area(self) -> Mapping[int, Fraction]:
        """The weight of each area of change, pemenuhan and reform together (D8)."""
        bagian = [b for k in self.komponen for a in k.aspek for b in a.bagian]
        return {n: sum((b.bobot for b in bagian if b.nomor == n), Fraction()) for n in self.area}
