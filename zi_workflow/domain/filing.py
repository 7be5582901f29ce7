"""What filing an assessment would change: the answers of a file beside those on record, and the record that would result.

A file says everything about what its layout carries: an answer that it leaves blank is unanswered. What its layout has no
place for (evidence in the ministry's sheet, judged values everywhere but in our template) stays as it is on record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zi_workflow.domain.events import PetaPolos, Polos
from zi_workflow.domain.formulas import hitung, terisi
from zi_workflow.domain.instrument import Instrumen

PETA = ("jawaban", "dinilai", "catatan", "bukti_dukung")
_BERANGKA = ("jawaban", "dinilai")
_DESIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One entry that changes: ``lama`` is None where there was none, ``baru`` where it goes."""

    bidang: str
    soal: str
    lama: Polos
    baru: Polos


@dataclass(frozen=True, slots=True)
class Rencana:
    """The record to write, what it changes, and the maps kept from the record on file because the file cannot carry them."""

    isi: Mapping[str, Polos]
    perubahan: tuple[Perubahan, ...]
    dipertahankan: tuple[str, ...] = ()
    gugur: tuple[str, ...] = ()


def rencanakan(instrumen: Instrumen, peta: Mapping[str, Mapping[str, Polos]], lama: PetaPolos | None, tahun: int, penilai: str) -> Rencana:
    """Put a file's maps beside the record on file (``lama``, None where there is none).

    ``gugur``: soal_ids whose judged value on file no longer stands, because their percentage can now be calculated or a
    count is missing (D10).
    """
    isi: dict[str, Polos] = {"tahun": tahun, "penilai": penilai, "instrumen": instrumen.versi}
    ada: dict[str, Mapping[str, Polos]] = {n: _peta(lama, n) for n in PETA}
    ada["dinilai"] = {instrumen.rumus[s].kunci if s in instrumen.rumus else s: n for s, n in ada["dinilai"].items()}
    baru: dict[str, dict[str, Polos]] = {n: _dari_berkas(n, peta[n], ada[n]) if n in peta else _dikenal(instrumen, ada[n]) for n in PETA}
    gugur: tuple[str, ...] = ()
    if "dinilai" not in peta:
        gugur = tuple(s for s in baru["dinilai"] if not _masih_dinilai(instrumen, baru["jawaban"], s))
        baru["dinilai"] = {s: n for s, n in baru["dinilai"].items() if s not in gugur}
    dipertahankan = tuple(n for n in PETA if n not in peta and baru[n])
    isi |= {n: b for n, b in baru.items() if b or n == "jawaban"}
    perubahan = tuple(p for n in baru for p in _beda(n, ada[n], baru[n], list(instrumen.soal)))
    return Rencana(isi, perubahan, dipertahankan, gugur)


def _dari_berkas(bidang: str, baru: Mapping[str, Polos], lama: Mapping[str, Polos]) -> dict[str, Polos]:
    """Keep the entry on record where the file says the same number in other digits (3.6 for 3.60); a text is kept to the letter."""
    return {s: lama[s] if bidang in _BERANGKA and s in lama and _sama(lama[s], n) else n for s, n in baru.items()}


def _sama(satu: Polos, dua: Polos) -> bool:
    """Say whether two entries are the same, decimals by their value; of a judged value the reason is kept to the letter."""
    if isinstance(satu, dict) and isinstance(dua, dict):
        return satu.get("alasan") == dua.get("alasan") and _sama(satu.get("nilai"), dua.get("nilai"))
    angka = [_DESIMAL.fullmatch(n) is not None for n in (satu, dua) if isinstance(n, str)]
    return Fraction(str(satu)) == Fraction(str(dua)) if angka == [True, True] else satu == dua


def _dikenal(instrumen: Instrumen, peta: Mapping[str, Polos]) -> dict[str, Polos]:
    """Leave out questions that the edition in force does not have."""
    return {s: n for s, n in peta.items() if s in instrumen.soal}


def _masih_dinilai(instrumen: Instrumen, jawaban: Mapping[str, Polos], soal: str) -> bool:
    """Say whether a percentage still needs a judged value: all its counts are there, and its denominator is 0."""
    rumus = instrumen.rumus.get(soal)
    return rumus is not None and terisi(rumus, jawaban) and hitung(rumus, jawaban) is None


def _beda(bidang: str, lama: Mapping[str, Polos], baru: Mapping[str, Polos], urutan: list[str]) -> list[Perubahan]:
    soal = [*urutan, *(s for s in lama if s not in urutan)]
    return [Perubahan(bidang, s, lama.get(s), baru.get(s)) for s in soal if lama.get(s) != baru.get(s)]


def _peta(isi: PetaPolos | None, nama: str) -> Mapping[str, Polos]:
    peta = (isi or {}).get(nama)
    return peta if isinstance(peta, Mapping) else {}
