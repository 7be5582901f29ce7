"""The score gates of a proposal: which items each rests on, what it lacks in points, and what the survey indices owe it.

A gate compares one component. Everything is compared in points of the component, area gates too, although they are
written in percent of the area's weight: both are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zi_workflow.domain.definition import Definisi, Syarat
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.formulas import Jawaban
from zi_workflow.domain.guards.ambang import Banding
from zi_workflow.domain.guards.angka import Nilai, NilaiAtauSurvei
from zi_workflow.domain.guards.konteks import Konteks, isian, pecahan
from zi_workflow.domain.instrument import INDEKS, INDIKATOR_BERNAMA, SUSUNAN, Indikator, Instrumen, Soal
from zi_workflow.domain.scoring import Angka, nilai_butir

USULKAN = "usulkan"
JENDELA_SURVEI = "tahun usulan"
LEBIH_DARI = ">"
PALING_SEDIKIT = (">=", LEBIH_DARI)
"""The comparisons that a higher score can come to meet."""

_NOL, _SERATUS = Fraction(0), Fraction(100)


@dataclass(frozen=True, slots=True)
class Survei:
    """The survey that may stand in for a score: its name, its threshold, and the score on file (D16)."""

    nama: str
    ambang: Banding
    skor: Fraction | None


@dataclass(frozen=True, slots=True)
class Gerbang:
    """One score gate, and where the component stands. ``satuan``: persen or None; ``per_poin``: that unit in one point."""

    id: str
    uraian: str
    komponen: str
    ambang: Banding
    dasar: tuple[str, ...]
    tafsir: tuple[str, ...]
    per_poin: Fraction
    ditemukan: Fraction
    survei: Survei | None = None

    @property
    def satuan(self) -> str | None:
        """Return the unit in which the component is written."""
        return "persen" if self.komponen.startswith("area_") else None

    @property
    def terpenuhi(self) -> bool:
        """Say whether the score, or the survey that may stand in for it, is enough."""
        return self.dipenuhi(self.ditemukan)

    def dipenuhi(self, nilai: Fraction) -> bool:
        """Say whether the gate is passed with that score."""
        survei = self.survei
        return self.ambang.dipenuhi(nilai) or (survei is not None and survei.skor is not None and survei.ambang.dipenuhi(survei.skor))

    @property
    def kurang(self) -> Fraction:
        """Return the distance to the threshold."""
        return self.ambang.kurang(self.ditemukan)

    @property
    def poin_kurang(self) -> Fraction:
        """Return the distance in points."""
        return self.kurang / self.per_poin

    @property
    def ketat(self) -> bool:
        """Say whether reaching the threshold is not yet enough."""
        return self.ambang.tanda == LEBIH_DARI

    def sesudah(self, poin: Fraction) -> Fraction:
        """Return the score with so many points more."""
        return self.ditemukan + poin * self.per_poin


def gerbang_skor(
    definisi: Definisi, instrumen: Instrumen, angka: Angka, predikat: str, tanggal: date, survei: Mapping[str, Fraction]
) -> tuple[Gerbang, ...]:
    """Return the score gates of a predikat in force on a date, in the definition's order.

    Raises:
        MasukanSalah: The definition has no such predikat.
        NilaiTidakBerlaku: A gate has no threshold on that date.
    """
    if predikat not in definisi.predikat:
        raise MasukanSalah(
            f"Predikat '{predikat[:40]}' tidak dikenal",
            f"Definisi {definisi.id} mengenal {', '.join(definisi.predikat)}.",
            f"Pakai --predikat {definisi.predikat[0]}",
        )
    return tuple(_gerbang(s, jenis, instrumen, angka, tanggal, survei) for s, jenis in _syarat(definisi, predikat))


def survei_tercatat(konteks: Konteks) -> dict[str, Fraction]:
    """Return the scores of the surveys on file that the gates of ``konteks.predikat`` would read, by name."""
    hasil: dict[str, Fraction] = {}
    for _, jenis in _syarat(konteks.definisi, konteks.predikat):
        if isinstance(jenis, NilaiAtauSurvei):
            cocok = (b for b in konteks.catatan(jenis.bukti, JENDELA_SURVEI) if isian(b, "survei") == jenis.survei)
            if (terbaru := next(cocok, None)) is not None:
                hasil[jenis.survei] = pecahan(isian(terbaru, "skor"))
    return hasil


def _syarat(definisi: Definisi, predikat: str | None) -> list[tuple[Syarat, Nilai | NilaiAtauSurvei]]:
    return [(s, s.jenis) for s in definisi.syarat_untuk(USULKAN, predikat) if isinstance(s.jenis, Nilai | NilaiAtauSurvei)]


def _gerbang(
    syarat: Syarat, jenis: Nilai | NilaiAtauSurvei, instrumen: Instrumen, angka: Angka, tanggal: date, survei: Mapping[str, Fraction]
) -> Gerbang:
    masa = syarat.pada(tanggal)
    ganda = Survei(jenis.survei, masa.ambang.survei, survei.get(jenis.survei)) if isinstance(jenis, NilaiAtauSurvei) else None
    return Gerbang(
        id=syarat.id,
        uraian=syarat.uraian,
        komponen=jenis.komponen,
        ambang=masa.ambang.nilai if ganda else masa.ambang,
        dasar=masa.dasar,
        tafsir=masa.tafsir,
        per_poin=_per_poin(instrumen, jenis.komponen),
        ditemukan=angka.komponen(jenis.komponen),
        survei=ganda,
    )


def _per_poin(instrumen: Instrumen, komponen: str) -> Fraction:
    bobot = {f"area_{n}": b for n, b in instrumen.bobot_area.items()}
    return _SERATUS / bobot[komponen] if komponen in bobot else Fraction(1)


def memuat(komponen: str, indikator: Indikator) -> bool:
    """Say whether an indicator counts in a component."""
    nama = {"total", f"area_{indikator.area}", indikator.aspek, *(k for k, aspek in SUSUNAN.items() if indikator.aspek in aspek)}
    if indikator.id in INDIKATOR_BERNAMA:
        nama.add(indikator.id.rpartition(".")[2])
    return komponen in nama


# ---------------------------------------------------------------------------------------------------------------- indices


@dataclass(frozen=True, slots=True)
class Indeks:
    """A question answered by a survey's index. ``perlu``: the index that would do alone; None: even the highest would not."""

    soal: str
    uraian: str
    sekarang: Fraction | None
    tertinggi: int
    perlu: Fraction | None


@dataclass(frozen=True, slots=True)
class PerluIndeks:
    """What only the indices can bring: ``poin`` of the score, which is at least ``jumlah`` index points in all.

    ``ketat``: a little more than that.
    """

    poin: Fraction
    jumlah: Fraction
    ketat: bool
    soal: tuple[Indeks, ...]


def perlu_indeks(instrumen: Instrumen, jawaban: Jawaban, komponen: str, poin: Fraction, *, ketat: bool) -> PerluIndeks | None:
    """Return how far the indices of a component would have to rise to bring ``poin``; None where even the highest do not."""
    ruang = [
        (b, i.bobot / len(i.butir), nilai_butir(b, jawaban, {}) or _NOL)
        for i in instrumen.indikator
        for b in i.butir
        if memuat(komponen, i) and isinstance(b, Soal) and b.skala.jenis == INDEKS
    ]
    sisa = sum((bobot * (1 - kini) for _, bobot, kini in ruang), _NOL) - poin
    if sisa < 0 or (ketat and sisa == 0):
        return None
    soal = tuple(_satu_indeks(butir, bobot, kini, poin, jawaban, ketat=ketat) for butir, bobot, kini in ruang)
    return PerluIndeks(poin, _jumlah(ruang, poin), ketat, soal)


def _satu_indeks(butir: Soal, bobot: Fraction, kini: Fraction, poin: Fraction, jawaban: Jawaban, *, ketat: bool) -> Indeks:
    tertinggi = butir.skala.tertinggi
    perlu = (kini + poin / bobot) * tertinggi
    mustahil = perlu > tertinggi or (ketat and perlu == tertinggi)
    ada = butir.skala.skor(jawaban.get(butir.id)) is not None
    return Indeks(butir.id, butir.uraian, kini * tertinggi if ada else None, tertinggi, None if mustahil else perlu)


def _jumlah(ruang: list[tuple[Soal, Fraction, Fraction]], poin: Fraction) -> Fraction:
    """Return the least index points in all: first where an index point brings the most."""
    hasil = _NOL
    for butir, bobot, kini in sorted(ruang, key=lambda r: r[1] / r[0].skala.tertinggi, reverse=True):
        ambil = min(poin, bobot * (1 - kini))
        hasil += ambil / bobot * butir.skala.tertinggi
        poin -= ambil
    return hasil
