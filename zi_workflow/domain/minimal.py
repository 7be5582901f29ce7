"""The smallest choices that reach their targets, in whole numbers: first the fewest items, then the fewest steps.

An item may stay as it is or be raised to one of its levels ``(steps, gain)``. Targets are nested (a tree: the items under
a node must gain at least what it needs). The method is dynamic programming over the tree, and a proof rather than a
heuristic: every choice of levels is looked at, merged with those of the same (items, steps, gain), and left out only
where a bound shows that it cannot win. Two bounds are used, both admissible, that is, never below what is possible.
One is the most that the remaining items can gain with the items that are left (steps ignored); it is exact and one-
dimensional, so it is made first and gives the fewest items. The other is the most that they can gain with the items and
the steps that are left. Of two partial choices with as many items, the one with more steps and no more gain is dropped:
whatever completes it completes the other one, more cheaply.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from operator import itemgetter
from typing import NamedTuple, TypeAlias

MUSTAHIL = -1
"""The gain of what cannot be done."""

Tingkat: TypeAlias = Sequence[tuple[int, int]]
"""The levels of an item, both steps and gain rising."""


class Pilih(NamedTuple):
    """One item raised to one of its levels."""

    butir: int
    tingkat: int


Susunan: TypeAlias = tuple[Pilih, ...]
"""A choice, in the order of the items."""

Jejak: TypeAlias = "Pilih | tuple[Jejak, Jejak] | None"
Baris: TypeAlias = list[tuple[int, int, Jejak]]
Tabel: TypeAlias = dict[int, Baris]
"""By the number of items: (steps, most gain, how), both rising."""

KOSONG: Baris = [(0, 0, None)]


@dataclass(frozen=True, slots=True)
class Simpul:
    """A target: ``butir`` are the items that stand in none of ``anak``."""

    perlu: int
    butir: tuple[int, ...]
    anak: tuple[Simpul, ...] = ()


@dataclass(frozen=True, slots=True)
class Cacah:
    """The choices with the fewest items, cheapest first; ``lebih`` says that there are more than ``banyaknya``."""

    pilihan: tuple[Susunan, ...]
    banyaknya: int
    lebih: bool


def terkecil(pohon: Simpul, tingkat: Sequence[Tingkat]) -> Susunan | None:
    """Return a choice with the fewest items and, among those, the fewest steps; among those one with the most gain. None: there is none."""
    lapis = _lapis_akar(pohon, tingkat)
    if lapis is None:
        return None
    ((_, baris),) = lapis[-1].items()
    return _urai(baris[0][2])


def semua_terkecil(tingkat: Sequence[Tingkat], perlu: int, banyak: int, batas: int) -> Cacah:
    """Return up to ``banyak`` choices that gain ``perlu`` with the fewest items, and count them up to ``batas``.

    Only choices in which no item could stay at a lower level are counted. They come by steps, then by gain, then by the
    items' order. Nothing is found where ``perlu`` is out of reach.
    """
    lapis = _lapis_akar(Simpul(perlu, tuple(range(len(tingkat)))), tingkat)
    if lapis is None:
        return Cacah((), 0, lebih=False)
    ((k, baris),) = lapis[-1].items()
    terbanyak = sum(sorted((t[-1][0] for t in tingkat), reverse=True)[:k])
    cukup = max(banyak, batas + 1)
    jenjang, naik = baris[0][0], 1
    pencacah = _Pencacah(tingkat, lapis, k, jenjang, perlu)
    while pencacah.banyaknya < cukup and jenjang < terbanyak:
        jenjang, naik = min(jenjang + naik, terbanyak), naik * 2
        pencacah = _Pencacah(tingkat, lapis, k, jenjang, perlu)
    return Cacah(tuple(islice(pencacah.urut(), banyak)), min(pencacah.banyaknya, batas), pencacah.banyaknya > batas)


# -------------------------------------------------------------------------------------------------------- the fewest items


def _padu(a: Sequence[int], b: Sequence[int]) -> list[int]:
    """Return the most gain by the number of items of two disjoint groups together."""
    hasil = [MUSTAHIL] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if MUSTAHIL not in (x, y):
                hasil[i + j] = max(hasil[i + j], x + y)
    return hasil


def _puncak(simpul: Simpul, tingkat: Sequence[Tingkat]) -> list[int]:
    """Return the most gain by the number of items, steps ignored; MUSTAHIL where a target inside is missed."""
    penuh = sorted((tingkat[b][-1][1] for b in simpul.butir), reverse=True)
    hasil = list(accumulate(penuh, initial=0))
    for anak in simpul.anak:
        hasil = _padu(hasil, _puncak(anak, tingkat))
    return [g if g >= simpul.perlu else MUSTAHIL for g in hasil]


# -------------------------------------------------------------------------------------------------------- the fewest steps


def _lapis_akar(pohon: Simpul, tingkat: Sequence[Tingkat]) -> list[Tabel] | None:
    """Return the tables after each part of the root, for the fewest items that reach every target; None: out of reach."""
    k = next((k for k, g in enumerate(_puncak(pohon, tingkat)) if g != MUSTAHIL), None)
    return None if k is None else _lapis(pohon, tingkat, {k: pohon.perlu})


def _lapis(simpul: Simpul, tingkat: Sequence[Tingkat], batas: Mapping[int, int]) -> list[Tabel]:
    """Return the tables after each part (children, then items). ``batas``: by the number of items, the gain that is of use."""
    puncak = [_puncak(a, tingkat) for a in simpul.anak] + [[0, tingkat[b][-1][1]] for b in simpul.butir]
    sisa = [[0]]
    for satu in reversed(puncak):
        sisa.append(_padu(satu, sisa[-1]))
    sisa.reverse()
    lapis: list[Tabel] = [{0: KOSONG}]
    awal = [0]
    for t, anak in enumerate(simpul.anak):
        berguna = _berguna(batas, _padu(awal, sisa[t + 1]))
        dapat = {k: max(g, anak.perlu) for k, g in berguna.items() if k < len(puncak[t]) and puncak[t][k] >= max(g, anak.perlu)}
        lapis.append(_gabung(lapis[-1], _lapis(anak, tingkat, dapat)[-1], _berguna(batas, sisa[t + 1])))
        awal = _padu(awal, puncak[t])
    for t, butir in enumerate(simpul.butir, len(simpul.anak)):
        naik: Baris = [(s, g, Pilih(butir, i)) for i, (s, g) in enumerate(tingkat[butir])]
        lapis.append(_gabung(lapis[-1], {0: KOSONG, 1: naik}, _berguna(batas, sisa[t + 1])))
    return lapis


def _berguna(batas: Mapping[int, int], lain: Sequence[int]) -> dict[int, int]:
    """Return, by the number of items, the least gain with which the most of ``lain`` still reaches ``batas``."""
    hasil: dict[int, int] = {}
    for total, perlu in batas.items():
        for k in range(max(0, total - len(lain) + 1), total + 1):
            if lain[total - k] != MUSTAHIL:
                hasil[k] = min(hasil.get(k, perlu), perlu - lain[total - k])
    return hasil


def _gabung(a: Tabel, b: Tabel, berguna: Mapping[int, int]) -> Tabel:
    """Combine two disjoint groups; what can no longer reach the target is left out."""
    baru: Tabel = {}
    for ka, baris_a in a.items():
        for kb, baris_b in b.items():
            if (perlu := berguna.get(ka + kb)) is not None:
                jumlah = [(s1 + s2, g1 + g2, (j1, j2)) for s1, g1, j1 in baris_a for s2, g2, j2 in baris_b if g1 + g2 >= perlu]
                baru.setdefault(ka + kb, []).extend(jumlah)
    return {k: _terbaik(baris) for k, baris in baru.items() if baris}


def _terbaik(baris: Baris) -> Baris:
    """Keep what gains more than everything with as many or fewer steps."""
    hasil: Baris = []
    for satu in sorted(baris, key=lambda b: (b[0], -b[1])):
        if not hasil or satu[1] > hasil[-1][1]:
            hasil.append(satu)
    return hasil


def _urai(jejak: Jejak) -> Susunan:
    hasil: list[Pilih] = []
    antre = [jejak]
    while antre:
        satu = antre.pop()
        if isinstance(satu, Pilih):
            hasil.append(satu)
        elif satu is not None:
            antre.extend(satu)
    return tuple(sorted(hasil))


# ----------------------------------------------------------------------------------------------------- all of the smallest

_Keadaan: TypeAlias = tuple[int, int, int]
"""Items, steps and gain of a choice among the last items."""


class _Pencacah:
    """All choices with ``k`` items and at most ``jenjang`` steps, counted from the last item to the first.

    Choices of the same (items, steps, gain) are one state; in it they are counted by their smallest last rise: the rise
    of the last level of an item. A choice has no needless step exactly when each last rise is more than it overshoots.
    """

    def __init__(self, tingkat: Sequence[Tingkat], lapis: Sequence[Tabel], k: int, jenjang: int, perlu: int) -> None:
        self.naik: list[list[tuple[int, int, int]]] = [
            [(s, g, g - (t[i - 1][1] if i else 0)) for i, (s, g) in enumerate(t)] for t in tingkat
        ]
        self.lapis, self.k, self.jenjang, self.perlu = lapis, k, jenjang, perlu
        terbesar = 1 + sum(t[-1][1] for t in tingkat)
        self.sesudah: list[dict[_Keadaan, dict[int, int]]] = [{(0, 0, 0): {terbesar: 1}}]
        for t in reversed(range(len(tingkat))):
            self.sesudah.append(self._mundur(t, self.sesudah[-1], terbesar))
        self.sesudah.reverse()

    @property
    def banyaknya(self) -> int:
        return sum(c for cacah in self.sesudah[0].values() for c in cacah.values())

    def _mundur(self, t: int, keadaan: Mapping[_Keadaan, Mapping[int, int]], terbesar: int) -> dict[_Keadaan, dict[int, int]]:
        """Add item ``t``."""
        baru: dict[_Keadaan, dict[int, int]] = {}
        cukup = self._cukup(self.lapis[t])
        tambah = [(0, 0, 0, terbesar), *((1, *satu) for satu in self.naik[t])]
        for (k, s, g), cacah in keadaan.items():
            for dk, ds, dg, naik in tambah:
                sini = (k + dk, s + ds, g + dg)
                if not cukup(*sini):
                    continue
                for terkecil_dulu, banyak in cacah.items():
                    paling = min(terkecil_dulu, naik)
                    if g + dg - self.perlu < paling:
                        isi = baru.setdefault(sini, {})
                        isi[paling] = isi.get(paling, 0) + banyak
        return baru

    def _cukup(self, awal: Tabel) -> Callable[[int, int, int], bool]:
        """Return whether the items before can still make up what a state lacks, with the items and steps that are left."""

        def jawab(k: int, s: int, g: int) -> bool:
            baris = awal.get(self.k - k, ())
            letak = bisect_right(baris, self.jenjang - s, key=itemgetter(0))
            return letak > 0 and baris[letak - 1][1] + g >= self.perlu

        return jawab

    def urut(self) -> Iterator[Susunan]:
        """Yield them by steps, then by gain, then in the items' order."""
        for akhir in sorted(self.sesudah[0], key=lambda keadaan: keadaan[1:]):
            yield from self._susur(0, akhir, akhir[2] - self.perlu)

    def _susur(self, t: int, keadaan: _Keadaan, lebih: int) -> Iterator[Susunan]:
        """Yield the choices of a state, an earlier item first, a lower level first; none of their last rises is needless."""
        if t == len(self.naik):
            yield ()
            return
        k, s, g = keadaan
        for i, (ds, dg, naik) in enumerate(self.naik[t]):
            lanjut = (k - 1, s - ds, g - dg)
            if naik > lebih and max(self.sesudah[t + 1].get(lanjut, ()), default=MUSTAHIL) > lebih:
                yield from ((Pilih(t, i), *sisa) for sisa in self._susur(t + 1, lanjut, lebih))
        if max(self.sesudah[t + 1].get(keadaan, ()), default=MUSTAHIL) > lebih:
            yield from self._susur(t + 1, keadaan, lebih)
