"""Asking the index: which numbers may answer a question, in order of number, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, func, select

from zi_workflow.store.index import Letak, ada, awal_akhir
from zi_workflow.store.places import dekode, gabung, urut
from zi_workflow.store.schema import indeks, peristiwa, ruas
from zi_workflow.store.terms import KOLOM, Kata, Rentang, Salah, Semua, Tanya, cocok, istilah

_MULAI: Final = 1024
"""Events whose segments are asked about in the first statement, or one segment: most pages are full with them."""
_TUMBUH: Final = 8
"""Each further statement asks about so many times as many segments."""
_SEKALIGUS: Final = 64
"""Segments asked about in one statement at most."""
_SEDIKIT: Final = 2
"""Places of one segment that are not worth reading ranges of terms for."""
_HALAMAN: Final = 512
"""Events read at once where no segment covers them."""


class RuasBerganti(Exception):
    """The segments that a search was reading were merged meanwhile; it begins again."""


def cari(koneksi: Connection, tanya: Tanya, bawah: int, atas: int, *, terbaru: bool) -> Iterator[int]:
    """Yield the numbers from ``bawah`` to ``atas`` (both included) that may answer the question, in order of number.

    Every number that answers is among them; the caller looks at the events themselves (`terms.cocok`).

    Raises RuasBerganti where segments were merged while they were read.
    """
    semua = _wilayah(ada(koneksi), bawah, atas)
    for ukuran, kelompok in groupby(semua[::-1] if terbaru else semua, key=lambda w: w[0]):
        if ukuran == 0:
            for _, awal, akhir in kelompok:
                yield from _pindai(koneksi, tanya, awal, akhir, terbaru=terbaru)
            continue
        banyak = max(1, _MULAI // ukuran)
        while kumpulan := list(islice(kelompok, banyak)):
            banyak = min(_TUMBUH * banyak, _SEKALIGUS)
            ke = [(awal - 1) // ukuran for _, awal, _ in kumpulan]
            bit = _tanyakan(koneksi, tanya, ukuran, ke)
            _pastikan(koneksi, ukuran, ke)
            for (_, awal, akhir), satu, letak in zip(kumpulan, bit, ke, strict=True):
                nomor = (letak * ukuran + 1 + n for n in urut(satu, terbalik=terbaru))
                yield from (n for n in nomor if awal <= n <= akhir)


def _wilayah(ada: Iterable[Letak], bawah: int, atas: int) -> list[tuple[int, int, int]]:
    """Return what the numbers asked for lie in, oldest first: the size of a segment (0 where there is none), first and last number."""
    hasil: list[tuple[int, int, int]] = []
    berikut = bawah
    for letak in sorted(ada, key=lambda x: (awal_akhir(x)[0], -x[0])):
        awal, akhir = awal_akhir(letak)
        if akhir < berikut or awal > atas:
            continue
        if awal > berikut:
            hasil.append((0, berikut, awal - 1))
        hasil.append((letak[0], max(awal, berikut), min(akhir, atas)))
        berikut = akhir + 1
    return [*hasil, (0, berikut, atas)] if berikut <= atas else hasil


def _pastikan(koneksi: Connection, ukuran: int, ke: Sequence[int]) -> None:
    """Raise RuasBerganti unless the segments are still there after they were read: a merge takes rows and segment away together."""
    r = ruas.c
    if koneksi.execute(select(func.count()).where(r.ukuran == ukuran, r.ruas.in_(ke))).scalar_one() != len(ke):
        raise RuasBerganti


def _pindai(koneksi: Connection, tanya: Tanya, bawah: int, atas: int, *, terbaru: bool) -> Iterator[int]:
    """Yield the numbers that answer, from events that no segment covers."""
    p = peristiwa.c
    kolom = [p[k] for k in KOLOM]
    while bawah <= atas:
        awal, akhir = (max(bawah, atas - _HALAMAN + 1), atas) if terbaru else (bawah, min(atas, bawah + _HALAMAN - 1))
        perintah = select(*kolom).where(p.nomor >= awal, p.nomor <= akhir).order_by(p.nomor.desc() if terbaru else p.nomor)
        yield from [b["nomor"] for b in koneksi.execute(perintah).mappings() if cocok(tanya, istilah(b))]
        bawah, atas = (bawah, awal - 1) if terbaru else (akhir + 1, atas)


Milik: TypeAlias = "dict[str | Rentang, int]"
"""What was read of one segment: places by term, and by range of terms."""


def _tanyakan(koneksi: Connection, tanya: Tanya, ukuran: int, semua: Sequence[int]) -> list[int]:
    """Return for each segment the places that may answer.

    Ranges are read only where the other terms leave more than a few places: a few are sooner looked at themselves.
    """
    kata, rentang = _daun(tanya)
    penuh = (1 << ukuran) - 1
    isi: dict[int, Milik] = {ke: {} for ke in semua}
    if kata:
        for ke, satu, letak in koneksi.execute(_baris(ukuran, semua, indeks.c.istilah.in_(sorted(kata)))):
            isi[ke][satu] = dekode(letak, ukuran)
    mungkin = {ke: _nilai(tanya, milik, penuh, tak_dibaca=penuh) for ke, milik in isi.items()}
    sisa = [ke for ke, bit in mungkin.items() if bit.bit_count() > _SEDIKIT] if rentang else []
    for r in sorted(rentang, key=lambda r: r.awal) if sisa else ():
        for ke in sisa:
            isi[ke][r] = 0
        for ke, _, letak in koneksi.execute(_baris(ukuran, sisa, (indeks.c.istilah >= r.awal) & (indeks.c.istilah < r.akhir))):
            isi[ke][r] |= dekode(letak, ukuran)
    return [_nilai(tanya, isi[ke], penuh) if ke in sisa else mungkin[ke] for ke in semua]


def _baris(ukuran: int, semua: Sequence[int], syarat: ColumnElement[bool]) -> Select[Any]:
    i = indeks.c
    return select(i.ruas, i.istilah, i.letak).where(i.ukuran == ukuran, i.ruas.in_(semua), syarat)


def _daun(tanya: Tanya) -> tuple[set[str], set[Rentang]]:
    match tanya:
        case Kata(satu):
            return {satu}, set()
        case Rentang():
            return set(), {tanya}
        case Semua(bagian) | Salah(bagian):
            semua = [_daun(satu) for satu in bagian]
            return set().union(*[k for k, _ in semua]), set().union(*[r for _, r in semua])


def _nilai(tanya: Tanya, milik: Milik, penuh: int, *, tak_dibaca: int = 0) -> int:
    """Return the places that answer in one segment; ``tak_dibaca`` stands for a range that was not read."""
    match tanya:
        case Kata(satu):
            return milik.get(satu, 0)
        case Rentang():
            return milik.get(tanya, tak_dibaca)
        case Semua(bagian):
            hasil = penuh
            for bagian_ini in bagian:
                hasil = hasil and hasil & _nilai(bagian_ini, milik, penuh, tak_dibaca=tak_dibaca)
            return hasil
        case Salah(bagian):
            return gabung(_nilai(satu, milik, penuh, tak_dibaca=tak_dibaca) for satu in bagian)
