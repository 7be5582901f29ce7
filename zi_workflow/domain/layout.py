"""Where each question lies in a workbook: rows and columns as data, for the ministry's sheet and for PortalRB's.

Columns by role: ``bobot``, ``penjelasan``, ``skala``, ``jawaban``, ``nilai``, ``persen``, ``unit``, ``catatan``, ``bukti_dukung``,
``dinilai``, ``alasan``. Rows are 1-based. No rule stands here: what a cell is worth is ``scoring`` and ``reconcile``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zi_workflow.domain.instrument import INDEKS, JUMLAH, Instrumen, Rumus

PERSEN = "PERSEN"
"""The name under which a layout says how a percentage row calls its scale."""

KOLOM = ("bobot", "penjelasan", "skala", "jawaban", "nilai", "persen", "unit", "catatan", "bukti_dukung", "dinilai", "alasan")
RINGKASAN = ("pengungkit", "hasil", "total")
AWAL = 4


@dataclass(frozen=True, slots=True)
class BarisRumus:
    """A percentage row: ``perlu`` are the counts without which the workbook shows no percentage.

    ``jumlah`` is the row that adds up (or, ``diketik``, should add up and is typed by hand) the denominator's parts.
    """

    baris: int
    perlu: tuple[str, ...]
    jumlah: int | None = None
    diketik: bool = False


@dataclass(frozen=True, slots=True)
class Kelompok:
    """A row over several indicators. ``dihitung``: the indicators that the workbook itself averages there, by ``rumus``."""

    id: str
    baris: int
    anggota: tuple[str, ...]
    dihitung: tuple[str, ...]
    rumus: str


@dataclass(frozen=True, slots=True)
class TataLetak:
    """The ministry's sheet. ``tulisan``: how a scale is written in the scale column, by scale id; ``bagian``: rows by ``aspek.area``."""

    lembar: str
    kolom: Mapping[str, str]
    tulisan: Mapping[str, str]
    soal: Mapping[str, int]
    rumus: Mapping[str, BarisRumus]
    indikator: Mapping[str, int]
    kelompok: tuple[Kelompok, ...]
    bagian: Mapping[str, int]
    aspek: Mapping[str, int]
    komponen: Mapping[str, int]
    ringkasan: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LembarPortal:
    """PortalRB's sheet of answers: the columns of each assessor by what they hold (jawaban, catatan, bukti_dukung), and the rows."""

    lembar: str
    kolom: Mapping[str, Mapping[str, str]]
    soal: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lembaran:
    """The layouts that a definition knows."""

    kementerian: TataLetak
    portal: LembarPortal | None = field(default=None)


def cocok(tata_letak: TataLetak, instrumen: Instrumen) -> bool:
    """Say whether the layout has a row for exactly the questions, formulas and indicators of the instrument."""
    rumus = {k for k, b in instrumen.butir.items() if isinstance(b, Rumus)}
    return (
        set(tata_letak.soal) == set(instrumen.soal)
        and set(tata_letak.rumus) == rumus
        and set(tata_letak.indikator) == {i.id for i in instrumen.indikator}
    )


def susun(instrumen: Instrumen, asal: TataLetak) -> TataLetak:
    """Lay out an instrument that no workbook of the ministry is known for: the same columns, one row after the other."""
    return _Penata(instrumen, asal).hasil()


class _Penata:
    """Walks the tree and hands out rows."""

    def __init__(self, instrumen: Instrumen, asal: TataLetak) -> None:
        self.instrumen = instrumen
        self.asal = asal
        self.baris = AWAL - 1
        self.letak: dict[str, dict[str, int]] = {n: {} for n in ("soal", "indikator", "bagian", "aspek", "komponen", "ringkasan")}
        self.rumus: dict[str, BarisRumus] = {}

    def berikut(self) -> int:
        self.baris += 1
        return self.baris

    def hasil(self) -> TataLetak:
        for komponen in self.instrumen.komponen:
            self.letak["komponen"][komponen.id] = self.berikut()
            for aspek in komponen.aspek:
                self.letak["aspek"][aspek.id] = self.berikut()
                for bagian in aspek.bagian:
                    if bagian.nomor is not None:
                        self.letak["bagian"][f"{aspek.id}.{bagian.nomor}"] = self.berikut()
                    for indikator in bagian.indikator:
                        self._indikator(indikator.id)
            self.letak["ringkasan"][komponen.id] = self.berikut()
            self.berikut()
        self.letak["ringkasan"]["total"] = self.berikut()
        return TataLetak(
            lembar=self.asal.lembar, kolom=self.asal.kolom, tulisan=self._tulisan(), kelompok=(), rumus=self.rumus, **self.letak
        )

    def _indikator(self, id_: str) -> None:
        indikator = next(i for i in self.instrumen.indikator if i.id == id_)
        self.letak["indikator"][id_] = self.berikut()
        for butir in indikator.butir:
            if isinstance(butir, Rumus):
                self.rumus[butir.kunci] = BarisRumus(self.berikut(), butir.perlu)
            for soal in butir.ids:
                self.letak["soal"][soal] = self.berikut()

    def _tulisan(self) -> dict[str, str]:
        """Return how each scale is written: as the known workbook writes it, else its choices."""
        umum = {INDEKS: "Nilai", JUMLAH: "Jumlah"}
        tulisan = {s.id: umum.get(s.jenis) or "/".join(s.nilai) for s in self.instrumen.skala.values()}
        return {**tulisan, **self.asal.tulisan}
