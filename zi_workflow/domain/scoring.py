"""LKE answers to exact scores: Fraction from end to end, nothing rounded before it is compared (tafsir D8 to D11).

Unanswered counts as 0. Beside it stands *sementara*, the average over answered items only, as the ministry's workbook
shows it; an indicator without any answer adds nothing to either. A formula whose denominator is 0 counts as unanswered
until it has a judged value, kept under any one of its soal_ids (D10).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from operator import attrgetter
from typing import TypeAlias

from zi_workflow.domain.answers import periksa_jawaban
from zi_workflow.domain.formulas import Jawaban, hitung, terisi
from zi_workflow.domain.instrument import NOMOR_AREA, Butir, Indikator, Instrumen, Rumus, Soal, baca_desimal, baca_jumlah

__all__ = [
    "KOMPONEN",
    "Angka",
    "NilaiArea",
    "NilaiIndikator",
    "Skor",
    "bulatkan",
    "desimal_tegas",
    "nilai",
    "nilai_butir",
    "periksa_jawaban",
]

NOL = Fraction(0)
_SERATUS = 100
_TEMPAT_MAKS = 30

Dinilai: TypeAlias = Mapping[str, object]
"""Judged values by soal_id: {"nilai": "0.5", "alasan": …}."""


@dataclass(frozen=True, slots=True)
class NilaiArea:
    """One area of change in points, and ``persen`` of its weight, pemenuhan and reform together."""

    pemenuhan: Fraction
    reform: Fraction
    nilai: Fraction
    persen: Fraction


@dataclass(frozen=True, slots=True)
class Angka:
    """The scores in points. ``komponen`` reads one by the name that a requirement uses."""

    area: Mapping[int, NilaiArea]
    pemenuhan: Fraction
    reform: Fraction
    pengungkit: Fraction
    spak: Fraction
    kinerja: Fraction
    bersih: Fraction
    prima: Fraction
    hasil: Fraction
    total: Fraction

    def komponen(self, nama: str) -> Fraction:
        """Return a score by name, ``area_N`` in percent of its weight; raises KeyError for a name not in KOMPONEN."""
        return KOMPONEN[nama](self)


def _persen_area(nomor: int) -> Callable[[Angka], Fraction]:
    return lambda angka: angka.area[nomor].persen


_SEBUTAN = ("pemenuhan", "reform", "pengungkit", "spak", "kinerja", "bersih", "prima", "hasil", "total")
KOMPONEN: Mapping[str, Callable[[Angka], Fraction]] = {
    **{f"area_{n}": _persen_area(n) for n in NOMOR_AREA},
    **{nama: attrgetter(nama) for nama in _SEBUTAN},
}
"""The names that a requirement may use."""


@dataclass(frozen=True, slots=True)
class NilaiIndikator:
    """An indicator in points. ``sementara`` is None where nothing is answered; ``butir`` holds each item's value 0…1 or None."""

    nilai: Fraction
    sementara: Fraction | None
    butir: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Skor(Angka):
    """Official scores; beside them ``sementara``, each indicator by id, and the soal_ids of scored items without a value.

    Of an item without a value, ``belum_dijawab`` names the questions that lack an answer, or all when the denominator is 0.
    """

    sementara: Angka
    indikator: Mapping[str, NilaiIndikator]
    belum_dijawab: tuple[str, ...]


def nilai(instrumen: Instrumen, jawaban: Jawaban, dinilai: Dinilai) -> Skor:
    """Score the answers. Total: unknown soal_ids and unreadable answers or judgements count as not there."""
    per = [_nilai_indikator(i, jawaban, dinilai) for i in instrumen.indikator]
    belum = [s for i, n in zip(instrumen.indikator, per, strict=True) for s in _belum(i, n, jawaban)]
    resmi = _rangkum(instrumen, [n.nilai for n in per])
    sementara = _rangkum(instrumen, [n.sementara or NOL for n in per]) if belum else resmi
    return Skor(
        **{nama: getattr(resmi, nama) for nama in ("area", *_SEBUTAN)},
        sementara=sementara,
        indikator={i.id: n for i, n in zip(instrumen.indikator, per, strict=True)},
        belum_dijawab=tuple(belum),
    )


def nilai_butir(butir: Butir, jawaban: Jawaban, dinilai: Dinilai) -> Fraction | None:
    """Return the value 0…1 of a scored item; None where answers are missing, or the denominator is 0 and nobody judged."""
    if isinstance(butir, Soal):
        return butir.skala.skor(jawaban.get(butir.id))
    if not terisi(butir, jawaban):
        return None
    hasil = hitung(butir, jawaban)
    return _penilaian(butir, dinilai) if hasil is None else hasil


def _penilaian(rumus: Rumus, dinilai: Dinilai) -> Fraction | None:
    for satu in (dinilai.get(s) for s in rumus.ids):
        teks = baca_desimal(satu.get("nilai"), 1) if isinstance(satu, Mapping) else None
        if teks is not None:
            return Fraction(teks)
    return None


def _nilai_indikator(indikator: Indikator, jawaban: Jawaban, dinilai: Dinilai) -> NilaiIndikator:
    butir = tuple(nilai_butir(b, jawaban, dinilai) for b in indikator.butir)
    ada = [n for n in butir if n is not None]
    if not ada:
        return NilaiIndikator(NOL, None, butir)
    jumlah = _jumlah(ada) * indikator.bobot
    resmi = jumlah / len(butir)
    return NilaiIndikator(resmi, resmi if len(ada) == len(butir) else jumlah / len(ada), butir)


def _belum(indikator: Indikator, nilai: NilaiIndikator, jawaban: Jawaban) -> list[str]:
    hasil: list[str] = []
    for butir, satu in zip(indikator.butir, nilai.butir, strict=True):
        if satu is None and isinstance(butir, Rumus) and not terisi(butir, jawaban):
            hasil.extend(s for s in butir.ids if baca_jumlah(jawaban.get(s)) is None)
        elif satu is None:
            hasil.extend(butir.ids)
    return hasil


def _rangkum(instrumen: Instrumen, nilai: Sequence[Fraction]) -> Angka:
    """Add the indicators up, given in the instrument's order."""
    isi: dict[tuple[str, int | None], list[Fraction]] = {}
    bernama: dict[str, Fraction] = {}
    for indikator, satu in zip(instrumen.indikator, nilai, strict=True):
        isi.setdefault((indikator.aspek, indikator.area), []).append(satu)
        bernama[indikator.id] = satu
    petak = {tempat: _jumlah(daftar) for tempat, daftar in isi.items()}
    area = {n: _nilai_area(petak["pemenuhan", n], petak["reform", n], bobot) for n, bobot in instrumen.bobot_area.items()}
    pemenuhan = _jumlah([a.pemenuhan for a in area.values()])
    reform = _jumlah([a.reform for a in area.values()])
    bersih, prima = petak["bersih", None], petak["prima", None]
    return Angka(
        area=area,
        pemenuhan=pemenuhan,
        reform=reform,
        pengungkit=pemenuhan + reform,
        spak=bernama["bersih.spak"],
        kinerja=bernama["bersih.kinerja"],
        bersih=bersih,
        prima=prima,
        hasil=bersih + prima,
        total=pemenuhan + reform + bersih + prima,
    )


def _nilai_area(pemenuhan: Fraction, reform: Fraction, bobot: Fraction) -> NilaiArea:
    jumlah = pemenuhan + reform
    return NilaiArea(pemenuhan, reform, jumlah, jumlah * _SERATUS / bobot)


def _jumlah(bagian: Sequence[Fraction]) -> Fraction:
    """Add up over one common denominator: exact, and one reduction instead of one for each part."""
    kpk = lcm(*(b.denominator for b in bagian))
    return Fraction(sum(b.numerator * (kpk // b.denominator) for b in bagian), kpk)


def bulatkan(nilai: Fraction, tempat: int = 2) -> str:
    """Return a decimal string with ``tempat`` decimals, halves rounded away from 0: for display only."""
    skala = 10**tempat
    satuan = (abs(nilai.numerator) * skala * 2 + nilai.denominator) // (2 * nilai.denominator)
    utuh, sisa = divmod(satuan, skala)
    tanda = "-" if nilai < 0 and satuan else ""
    return f"{tanda}{utuh}.{sisa:0{tempat}d}" if tempat else f"{tanda}{utuh}"


def desimal_tegas(nilai: Fraction, ambang: Fraction | Decimal | int) -> str:
    """Return ``nilai`` to 2 decimals, or as many more as needed to stand on the same side of ``ambang`` as the exact number.

    Equal stays equal wherever the number can be written out; one that cannot (1/3) is shown to 2 decimals.
    """
    batas = Fraction(ambang)
    if nilai == batas and (10**_TEMPAT_MAKS) % nilai.denominator:
        return bulatkan(nilai)
    tempat = 2
    while True:
        teks = bulatkan(nilai, tempat)
        tampak = Fraction(teks)
        if (tampak > batas) == (nilai > batas) and (tampak < batas) == (nilai < batas):
            return teks
        tempat += 1
