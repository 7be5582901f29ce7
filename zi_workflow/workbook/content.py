"""What a workbook is written from: one assessment, its edition and its layout; and the mark by which our workbooks are known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from zi_workflow.domain.instrument import INDEKS, Instrumen, Rumus, baca_desimal
from zi_workflow.domain.layout import TataLetak
from zi_workflow.domain.recognition import FORMAT
from zi_workflow.domain.scoring import Skor, nilai

TPI, UNIT = "tpi", "unit"
VERSI = "1"
TEMPLAT, EKSPOR = "templat", "ekspor"


Isi: TypeAlias = "str | int | Decimal | Fraction | None"
"""What a cell holds: a text, a number, or nothing."""


@dataclass(frozen=True)
class Penilaian:
    """The maps by soal_id of one assessor, as stored. What is no answer of its question's scale counts as not there."""

    jawaban: Mapping[str, object] = field(default_factory=dict)
    catatan: Mapping[str, object] = field(default_factory=dict)
    bukti_dukung: Mapping[str, object] = field(default_factory=dict)
    dinilai: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class IsiLembar:
    """One assessment to be written. ``jawaban_unit``: what TPI's workbook shows beside; ``tujuan``: templat or ekspor."""

    kode: str
    nama: str
    tahun: int
    penilai: str
    instrumen: Instrumen
    tata_letak: TataLetak
    penilaian: Penilaian = field(default_factory=Penilaian)
    jawaban_unit: Mapping[str, object] = field(default_factory=dict)
    tujuan: str = TEMPLAT

    @property
    def tpi(self) -> bool:
        """Say whether it is TPI's, who may judge a percentage and sees the unit's answers."""
        return self.penilai == TPI

    @property
    def dinilai(self) -> Mapping[str, object]:
        """The judged values: none in a unit's workbook, which has no place for them (D10)."""
        return self.penilaian.dinilai if self.tpi else {}

    def skor(self) -> Skor:
        """Score it by our rules."""
        return nilai(self.instrumen, self.penilaian.jawaban, self.dinilai)


def isi_jawaban(instrumen: Instrumen, soal_id: str, jawaban: Mapping[str, object]) -> str | int | Decimal | None:
    """Return an answer as a cell holds it (a choice, a count, an index as an exact decimal), None where there is none."""
    soal = instrumen.soal[soal_id]
    terbaca = soal.skala.baca(jawaban.get(soal_id))
    return Decimal(terbaca) if soal.skala.jenis == INDEKS and terbaca is not None else terbaca


def terjawab(instrumen: Instrumen, *jawaban: Mapping[str, object]) -> int:
    """Count the questions that any of these maps answers."""
    return sum(1 for s in instrumen.soal if any(isi_jawaban(instrumen, s, j) is not None for j in jawaban))


def penilaian_sendiri(rumus: Rumus, dinilai: Mapping[str, object]) -> tuple[Fraction, str] | None:
    """Return the judged value of a formula and its reason, under whichever of its soal_ids it is kept."""
    for satu in (dinilai.get(s) for s in rumus.ids):
        teks = baca_desimal(satu.get("nilai"), 1) if isinstance(satu, Mapping) else None
        if isinstance(satu, Mapping) and teks is not None:
            return Fraction(teks), str(satu.get("alasan") or "")
    return None


def teks_dari(peta: Mapping[str, object], soal_id: str) -> str | None:
    """Return a note or a reference, None where there is none."""
    ada = peta.get(soal_id)
    return ada if isinstance(ada, str) and ada else None


def sidik(instrumen: Instrumen, tata_letak: TataLetak) -> str:
    """Return the digest of which question of which scale lies in which row, so that another arrangement is noticed."""
    letak = sorted((tata_letak.soal[s.id], s.id, s.skala.id) for s in instrumen.soal.values())
    return hashlib.sha256(json.dumps(letak, separators=(",", ":")).encode()).hexdigest()


def tanda(isi: IsiLembar) -> dict[str, str]:
    """Return what our workbook says of itself on its hidden sheet, in the order of the rows."""
    return {
        "format": FORMAT,
        "versi": VERSI,
        "unit": isi.kode,
        "nama": isi.nama,
        "tahun": str(isi.tahun),
        "penilai": isi.penilai,
        "instrumen": isi.instrumen.versi,
        "dibuat_untuk": isi.tujuan,
        "sidik": sidik(isi.instrumen, isi.tata_letak),
    }
