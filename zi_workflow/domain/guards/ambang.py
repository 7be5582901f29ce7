"""Thresholds: how the definition writes them and how they compare, exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zi_workflow.domain.calendar import BULAN, tambah_bulan

_BANDING = re.compile(r"(>=|>|=|<=|<) ([0-9]{1,9}(?:\.[0-9]{1,9})?)")
_GANDA = re.compile(r"(>= [0-9]{1,9}(?:\.[0-9]{1,9})?) atau survei (>= [0-9](?:\.[0-9]{1,4})?)")
_MUTU = re.compile(r"(>=|=) ([A-Z0-9]{1,4})")
_LAMA = re.compile(r">= ([0-9]{1,2}) tahun")
_BATAS = re.compile(r"<= ([0-9]{1,2}) ([A-Z][a-z]+)")
_JARAK = re.compile(r"(setiap|dalam) ([1-9][0-9]{0,2}) (tahun|bulan|hari)")
_TANGGAL = re.compile(r">= ([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Banding:
    """A comparison with a number."""

    tanda: str
    angka: Decimal

    def dipenuhi(self, nilai: Fraction) -> bool:
        """Compare exactly; nothing is rounded."""
        batas = Fraction(self.angka)
        return {">=": nilai >= batas, ">": nilai > batas, "=": nilai == batas, "<=": nilai <= batas, "<": nilai < batas}[self.tanda]

    def kurang(self, nilai: Fraction) -> Fraction:
        """Return the distance to the threshold (0 where equal counts as short, as with ``>``)."""
        return abs(Fraction(self.angka) - nilai)


@dataclass(frozen=True, slots=True)
class BandingGanda:
    """Either the component's value or the survey's score reaches its threshold (D16)."""

    nilai: Banding
    survei: Banding


@dataclass(frozen=True, slots=True)
class Mutu:
    """A grade or a level, as a place on the scale of the record's field."""

    tanda: str
    mutu: str


@dataclass(frozen=True, slots=True)
class LamaTahun:
    """A duration in whole years."""

    tahun: int


@dataclass(frozen=True, slots=True)
class HariBulan:
    """The last day of each year on which an act is in time."""

    hari: int
    bulan: int

    def pada(self, tahun: int) -> date:
        """Return that day in the given year."""
        return date(tahun, self.bulan, self.hari)


@dataclass(frozen=True, slots=True)
class Jarak:
    """A span on the calendar: whole years or months (month ends clamp), or days."""

    banyak: int
    satuan: str

    def sesudah(self, hari: date) -> date:
        """Return the day that lies the span after ``hari``."""
        if self.satuan == "hari":
            return hari + timedelta(days=self.banyak)
        return tambah_bulan(hari, self.banyak * (12 if self.satuan == "tahun" else 1))

    def __str__(self) -> str:
        """Return the span in words, such as ``2 tahun``."""
        return f"{self.banyak} {self.satuan}"


def _banding(teks: str) -> Banding:
    cocok = _BANDING.fullmatch(teks)
    if cocok is None:
        raise ValueError("tanda dan angka, misalnya '>= 40' atau '> 50'")
    return Banding(cocok[1], Decimal(cocok[2]))


def _ganda(teks: str) -> BandingGanda:
    cocok = _GANDA.fullmatch(teks)
    if cocok is None:
        raise ValueError("dua ambang, misalnya '>= 15.75 atau survei >= 3.60'")
    return BandingGanda(_banding(cocok[1]), _banding(cocok[2]))


def _mutu(teks: str) -> Mutu:
    cocok = _MUTU.fullmatch(teks)
    if cocok is None:
        raise ValueError("tanda dan peringkat atau level, misalnya '>= B' atau '= WTP'")
    return Mutu(cocok[1], cocok[2])


def _lama(teks: str) -> LamaTahun:
    cocok = _LAMA.fullmatch(teks)
    if cocok is None:
        raise ValueError("lamanya dalam tahun, misalnya '>= 1 tahun'")
    return LamaTahun(int(cocok[1]))


def _batas(teks: str) -> HariBulan:
    cocok = _BATAS.fullmatch(teks)
    harap = "tanggal dan bulan, misalnya '<= 31 Mei'"
    if cocok is None or cocok[2] not in BULAN:
        raise ValueError(harap)
    hari, bulan = int(cocok[1]), BULAN.index(cocok[2]) + 1
    try:
        date(2023, bulan, hari)
    except ValueError:
        raise ValueError(harap + ", hari yang ada di setiap tahun") from None
    return HariBulan(hari, bulan)


def _tanggal(teks: str) -> date:
    cocok = _TANGGAL.fullmatch(teks)
    harap = "tanggal yang ada di kalender, misalnya '>= 2024-02-19'"
    if cocok is None:
        raise ValueError(harap)
    try:
        return date.fromisoformat(cocok[1])
    except ValueError:
        raise ValueError(harap) from None


def _jarak(teks: str) -> Jarak:
    cocok = _JARAK.fullmatch(teks)
    if cocok is None:
        raise ValueError("jarak waktu, misalnya 'setiap 3 bulan' atau 'dalam 60 hari'")
    return Jarak(int(cocok[2]), cocok[3])


PEMBACA: Mapping[str, Callable[[str], Any]] = {
    "banding": _banding,
    "banding ganda": _ganda,
    "mutu": _mutu,
    "lama": _lama,
    "hari bulan": _batas,
    "tanggal": _tanggal,
    "jarak": _jarak,
}
