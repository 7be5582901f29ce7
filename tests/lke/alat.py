"""The shipped instrument, whole sets of answers, and a second scorer written from the weights alone.

``TABEL`` says the same as ``lke.yaml`` in another shape: aspect, area, weight, then the scored items. ``7d`` is question 7
on the scale A to D (y Ya/Tidak, c A–C, d A–D, e A–E, # index); ``116/113+114+115`` a ratio; ``102>103!104`` a fall that
needs 104 too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

from zi_workflow.domain.instrument import INDEKS, PILIHAN, Instrumen
from zi_workflow.loader.lke import baca_instrumen
from zi_workflow.loader.pohon import urai

BERKAS = Path(__file__).resolve().parents[2] / "workflows" / "binjai" / "lke.yaml"

TABEL = """
pemenuhan 1 0.5  1y 2c
pemenuhan 1 1    3y 4c 5c
pemenuhan 1 1    6d 7d 8d
pemenuhan 1 1.5  9y 10c 11c 12d
pemenuhan 2 1    13d 14e 15e
pemenuhan 2 2    16c 17c 18c 19c
pemenuhan 2 0.5  20c 21c
pemenuhan 3 0.25 22y 23d 24y
pemenuhan 3 0.5  25y 26e 27y
pemenuhan 3 1.25 28y 29d 30d 31d 32d 33c
pemenuhan 3 2    34d 35d 36e 37y
pemenuhan 3 0.75 38d
pemenuhan 3 0.25 39c
pemenuhan 4 2.5  40c 41c 42d
pemenuhan 4 2.5  43y 44y 45y 46d 47y 48c 49y 50c
pemenuhan 5 1.5  51c 52d
pemenuhan 5 1.5  53e 54e 55c 56c
pemenuhan 5 1.5  57c 58y 59c 60c
pemenuhan 5 1.5  61c 62c 63c
pemenuhan 5 1.5  64d 65d 66d 67c 68c
pemenuhan 6 1    69e 70d 71d 72y
pemenuhan 6 1    73e 74d 75d 76d 77d 78e
pemenuhan 6 1    79e 80c 81c
pemenuhan 6 1    82e 83c 84d
pemenuhan 6 1    85d 86y 87c
reform 1 2       89/88 91/90
reform 1 1       92e
reform 1 1       93d
reform 2 0.5     94d
reform 2 1       95c 96c
reform 2 2       97e 98e 99e
reform 3 1.5     100c
reform 3 1.5     101c
reform 3 2       102>103!104
reform 4 2       106/105
reform 4 1.5     107d
reform 4 1.5     108d
reform 5 2.5     109e
reform 5 3       112/110
reform 5 1       116/113+114+115
reform 5 1       120/117+118+119
reform 6 2.5     121d 123/122
reform 6 2.5     124d
spak 0 17.5      125#
kinerja 0 5      126e
prima 0 17.5     127#
"""

HURUF = {"y": ("Ya", "Tidak"), "c": ("A", "B", "C"), "d": ("A", "B", "C", "D"), "e": ("A", "B", "C", "D", "E")}
PERSEN = {"y": (100, 0), "c": (100, 50, 0), "d": (100, 67, 33, 0), "e": (100, 75, 50, 25, 0)}


@cache
def instrumen() -> Instrumen:
    """Load the instrument that ships."""
    return baca_instrumen(urai(BERKAS.read_text(encoding="utf-8"), BERKAS.name))


def semua(huruf: str = "A") -> dict[str, str | int]:
    """Answer everything: this letter wherever there are letters, Ya, index 4, and counts that make every percentage 100."""
    hasil: dict[str, str | int] = {}
    for soal in instrumen().soal.values():
        if soal.skala.jenis == PILIHAN:
            hasil[soal.id] = huruf if huruf in soal.skala.nilai else "Ya"
        else:
            hasil[soal.id] = "4" if soal.skala.jenis == INDEKS else 6
    return {**hasil, "103": 0, "116": 18, "120": 18}


def baris_tabel() -> list[tuple[str, int, Fraction, list[str]]]:
    """Read the table: aspect (or component of hasil), area, weight, items."""
    pecah = [b.split() for b in TABEL.strip().splitlines()]
    return [(aspek, int(area), Fraction(bobot), butir) for aspek, area, bobot, *butir in pecah]


def nilai_naif(jawaban: Mapping[str, object]) -> dict[str, Fraction]:
    """Score without the instrument: every item brings its own share of the weight into every sum that it belongs to."""
    hasil: dict[str, Fraction] = {}
    for aspek, area, bobot, butir in baris_tabel():
        for satu in butir:
            angka = _persen(satu, jawaban) * bobot / (100 * len(butir))
            for nama in _jumlah_yang_memuat(aspek, area):
                hasil[nama] = hasil.get(nama, Fraction()) + angka
    bobot_area = {1: 8, 2: 7, 3: 10, 4: 10, 5: 15, 6: 10}
    return {**hasil, **{f"area_{n}": hasil[f"area_{n}"] / bobot * 100 for n, bobot in bobot_area.items()}}


def _jumlah_yang_memuat(aspek: str, area: int) -> list[str]:
    if area:
        return [f"area_{area}", aspek, "pengungkit", "total"]
    return {
        "spak": ["spak", "bersih", "hasil", "total"],
        "kinerja": ["kinerja", "bersih", "hasil", "total"],
        "prima": ["prima", "hasil", "total"],
    }[aspek]


def _persen(butir: str, jawaban: Mapping[str, object]) -> Fraction:
    """Return an item's value in percent; 0 where something is missing or the denominator is 0."""
    soal = re.findall(r"\d+", butir)
    isi = [jawaban.get(s) for s in soal]
    if None in isi:
        return Fraction()
    if butir[-1] in HURUF:
        return Fraction(PERSEN[butir[-1]][HURUF[butir[-1]].index(str(isi[0]))])
    angka = [Fraction(str(i)) for i in isi]
    if ">" in butir:
        return _turun(angka[0], angka[1])
    bawah = Fraction(4) if butir[-1] == "#" else sum(angka[1:], Fraction())
    return min(Fraction(100), angka[0] / bawah * 100) if bawah else Fraction()


def _turun(lalu: Fraction, kini: Fraction) -> Fraction:
    if kini >= lalu:
        return Fraction(0 if kini else 100)
    return 100 - kini / lalu * 100
