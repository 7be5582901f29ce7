"""The index of the log: which events have which term, in segments of a fixed number of events each.

A segment is written once, when its last event is appended, in that transaction: 64 events first, and 4,096 when that many
are full (the small ones within go away). A row is a term of a segment with the places of its events, as a list where they
are few and as a bitmap where they are many. So an append costs nothing but every 64th, and a question costs a few rows for each 4,096
events, also where one term is everywhere and another nowhere: places are compared as whole numbers. Events that no segment
covers yet are read themselves; an index that is missing makes a search slow, never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from zi_workflow.store.schema import indeks, peristiwa, ruas
from zi_workflow.store.terms import KOLOM, Kata, Rentang, Salah, Semua, Tanya, cocok, istilah

KECIL: Final = 64
BESAR: Final = 4096
_SEKALIGUS: Final = 64
"""Segments asked about in one statement."""
_MULAI: Final = 4
"""Segments asked about in the first statement: most pages are full with them."""
_HALAMAN: Final = 512
"""Events read at once where no segment covers them."""

Letak = tuple[int, int]
"""A segment: how many events it has, and its place among those of that size, from 0."""


class RuasBerganti(Exception):
    """The segments that a search was reading were merged meanwhile; it begins again."""


def awal_akhir(letak: Letak) -> tuple[int, int]:
    """Return the first and the last number of a segment."""
    ukuran, ke = letak
    return ke * ukuran + 1, (ke + 1) * ukuran


def sepatutnya(banyak: int) -> list[Letak]:
    """Return the segments of a log of so many events, oldest first."""
    besar = banyak // BESAR
    kecil = range(besar * (BESAR // KECIL), banyak // KECIL)
    return [(BESAR, ke) for ke in range(besar)] + [(KECIL, ke) for ke in kecil]


# --------------------------------------------------------------------------------------------------------------- writing


def catat(koneksi: Connection, dari: int, sampai: int) -> None:
    """Write the segments that growing from ``dari`` to ``sampai`` events completes, within the append's transaction."""
    if dari // KECIL == sampai // KECIL:
        return
    for ke in range(dari // BESAR, sampai // BESAR):
        _hapus(koneksi, KECIL, ke * (BESAR // KECIL), (ke + 1) * (BESAR // KECIL))
        _tulis(koneksi, (BESAR, ke))
    awal = max(dari, sampai // BESAR * BESAR) // KECIL
    for ke in range(awal, sampai // KECIL):
        _tulis(koneksi, (KECIL, ke))


def lengkap(koneksi: Connection) -> bool:
    """Say whether exactly the segments are there that the log should have."""
    return [letak for letak, _ in _ada(koneksi)] == sorted(sepatutnya(_banyak(koneksi)))


def lengkapi(koneksi: Connection) -> int:
    """Write the segments that are missing and take away those that should not be there; return how many that were."""
    ada, harap = {letak for letak, _ in _ada(koneksi)}, set(sepatutnya(_banyak(koneksi)))
    for ukuran, ke in ada ^ harap:
        _hapus(koneksi, ukuran, ke, ke + 1)
    for letak in sorted(harap - ada):
        _tulis(koneksi, letak)
    return len(ada ^ harap)


def bangun_ulang(koneksi: Connection) -> None:
    """Empty the index and write it again from the log, in the caller's transaction."""
    koneksi.execute(delete(indeks))
    koneksi.execute(delete(ruas))
    lengkapi(koneksi)


def periksa(koneksi: Connection) -> list[tuple[Letak, str]]:
    """Return the segments that are missing, too many, or whose rows differ from their checksum."""
    ada, harap = dict(_ada(koneksi)), set(sepatutnya(_banyak(koneksi)))
    masalah = [(letak, "ruas indeks tidak ada") for letak in sorted(harap - ada.keys())]
    masalah += [(letak, "ruas indeks tidak semestinya ada") for letak in sorted(ada.keys() - harap)]
    masalah += [(letak, "isi ruas indeks berubah") for letak, sidik in ada.items() if _sidik(_baris(koneksi, letak)) != sidik]
    i = indeks.c
    asing = [tuple(b) for b in koneksi.execute(select(i.ukuran, i.ruas).distinct())]
    masalah += [((u, k), "baris indeks tanpa ruas") for u, k in asing if (u, k) not in ada]
    return masalah


def _tulis(koneksi: Connection, letak: Letak) -> None:
    """Write one segment; one whose events are not all there is left out."""
    baris = list(susun(koneksi, letak))
    if baris:
        koneksi.execute(insert(indeks), baris)
        koneksi.execute(insert(ruas).values(ukuran=letak[0], ruas=letak[1], sidik=_sidik((b["istilah"], b["letak"]) for b in baris)))


def susun(koneksi: Connection, letak: Letak) -> Iterator[dict[str, Any]]:
    """Yield the rows that a segment should have, by term, from the events themselves; none where one is missing."""
    awal, akhir = awal_akhir(letak)
    p, bit = peristiwa.c, dict[str, int]()
    banyak = 0
    for baris in koneksi.execute(select(*[p[k] for k in KOLOM]).where(p.nomor >= awal, p.nomor <= akhir)).mappings():
        satu = 1 << (baris["nomor"] - awal)
        banyak += 1
        for kata in istilah(baris):
            bit[kata] = bit.get(kata, 0) | satu
    if banyak == letak[0]:
        for kata in sorted(bit):
            yield {"ukuran": letak[0], "ruas": letak[1], "istilah": kata, "letak": _kodekan(bit[kata], letak[0])}


def _hapus(koneksi: Connection, ukuran: int, dari: int, sampai: int) -> None:
    for tabel in (indeks, ruas):
        koneksi.execute(delete(tabel).where(tabel.c.ukuran == ukuran, tabel.c.ruas >= dari, tabel.c.ruas < sampai))


def _kodekan(bit: int, ukuran: int) -> bytes:
    """Return places as two bytes each, or as a bitmap where that is not longer (it alone has its length)."""
    if bit.bit_count() * 2 >= ukuran // 8:
        return bit.to_bytes(ukuran // 8, "little")
    hasil = bytearray()
    while bit:
        rendah = bit & -bit
        hasil += (rendah.bit_length() - 1).to_bytes(2, "little")
        bit ^= rendah
    return bytes(hasil)


def _dekode(isi: bytes, ukuran: int) -> int:
    if len(isi) == ukuran // 8:
        return int.from_bytes(isi, "little")
    hasil = 0
    for i in range(0, len(isi), 2):
        hasil |= 1 << int.from_bytes(isi[i : i + 2], "little")
    return hasil


def _sidik(baris: Iterable[Sequence[Any]]) -> str:
    hasil = sha256()
    for kata, letak in baris:
        hasil.update(b"%d %d " % (len(kata.encode()), len(letak)) + kata.encode() + bytes(letak))
    return hasil.hexdigest()


def _baris(koneksi: Connection, letak: Letak) -> Iterable[Sequence[Any]]:
    i = indeks.c
    return koneksi.execute(select(i.istilah, i.letak).where(i.ukuran == letak[0], i.ruas == letak[1]).order_by(i.istilah))


def _banyak(koneksi: Connection) -> int:
    return int(koneksi.execute(select(func.max(peristiwa.c.nomor))).scalar() or 0)


def _ada(koneksi: Connection) -> list[tuple[Letak, str]]:
    return sorted(((b.ukuran, b.ruas), b.sidik) for b in koneksi.execute(select(ruas)))


# --------------------------------------------------------------------------------------------------------------- asking


def cari(koneksi: Connection, tanya: Tanya, bawah: int, atas: int, *, terbaru: bool) -> Iterator[int]:
    """Yield the numbers from ``bawah`` to ``atas`` (both included) that answer the question, in order of number.

    Raises RuasBerganti where segments were merged while they were read.
    """
    ada = [letak for letak, _ in _ada(koneksi)]
    wilayah = _wilayah(ada, bawah, atas)
    banyak = _MULAI
    i, urut = 0, wilayah[::-1] if terbaru else wilayah
    while i < len(urut):
        letak = urut[i][0]
        if letak is None:
            yield from _pindai(koneksi, tanya, urut[i][1], urut[i][2], terbaru=terbaru)
            i += 1
            continue
        kumpulan = [w for w in urut[i : i + banyak] if w[0] is not None and w[0][0] == letak[0]]
        i, banyak = i + len(kumpulan), _SEKALIGUS
        bit = _tanyakan(koneksi, tanya, letak[0], [w[0][1] for w in kumpulan if w[0] is not None])
        _pastikan(koneksi, [w[0] for w in kumpulan if w[0] is not None])
        for (_, awal, akhir), satu in zip(kumpulan, bit, strict=True):
            nomor = list(_nomor(satu, (awal - 1) // letak[0] * letak[0] + 1))
            yield from (n for n in (reversed(nomor) if terbaru else nomor) if awal <= n <= akhir)


def _wilayah(ada: Iterable[Letak], bawah: int, atas: int) -> list[tuple[Letak | None, int, int]]:
    """Return what the numbers asked for lie in, oldest first: segments (cut to the numbers asked for) and the gaps between."""
    hasil: list[tuple[Letak | None, int, int]] = []
    berikut = bawah
    for letak in sorted(ada, key=lambda x: (awal_akhir(x)[0], -x[0])):
        awal, akhir = awal_akhir(letak)
        if akhir < berikut or awal > atas:
            continue
        if awal > berikut:
            hasil.append((None, berikut, awal - 1))
        hasil.append((letak, max(awal, berikut), min(akhir, atas)))
        berikut = akhir + 1
    return [*hasil, (None, berikut, atas)] if berikut <= atas else hasil


def _pastikan(koneksi: Connection, semua: Sequence[Letak]) -> None:
    """Raise RuasBerganti unless the segments are still there after they were read: a merge takes rows and segment away together."""
    kecil = [ke for ukuran, ke in semua if ukuran == KECIL]
    if kecil:
        r = ruas.c
        masih = koneksi.execute(select(func.count()).where(r.ukuran == KECIL, r.ruas.in_(kecil))).scalar_one()
        if masih != len(kecil):
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


def _tanyakan(koneksi: Connection, tanya: Tanya, ukuran: int, semua: Sequence[int]) -> list[int]:
    """Return for each segment the places that answer; terms by range are read only where the others leave something."""
    kata, rentang = _daun(tanya)
    penuh = (1 << ukuran) - 1
    isi: dict[int, dict[str, int]] = {ke: {} for ke in semua}
    _ambil(koneksi, ukuran, isi, [indeks.c.istilah.in_(sorted(kata))] if kata else [])
    sisa = {ke: milik for ke, milik in isi.items() if _nilai(tanya, milik, penuh, rentang=penuh)} if rentang else {}
    _ambil(
        koneksi, ukuran, sisa, [(indeks.c.istilah >= r.awal) & (indeks.c.istilah < r.akhir) for r in sorted(rentang, key=lambda r: r.awal)]
    )
    return [_nilai(tanya, isi[ke], penuh) if ke in sisa or not rentang else 0 for ke in semua]


def _ambil(koneksi: Connection, ukuran: int, isi: Mapping[int, dict[str, int]], syarat: Sequence[ColumnElement[bool]]) -> None:
    """Read the rows of the terms asked for into ``isi`` (segment -> term -> places)."""
    i = indeks.c
    for satu in syarat if isi else ():
        perintah = select(i.ruas, i.istilah, i.letak).where(i.ukuran == ukuran, i.ruas.in_(sorted(isi)), satu)
        for ke, kata, letak in koneksi.execute(perintah):
            isi[ke][kata] = _dekode(letak, ukuran)


def _daun(tanya: Tanya) -> tuple[set[str], set[Rentang]]:
    match tanya:
        case Kata(satu):
            return {satu}, set()
        case Rentang():
            return set(), {tanya}
        case Semua(bagian) | Salah(bagian):
            semua = [_daun(satu) for satu in bagian]
            return set().union(*[k for k, _ in semua]), set().union(*[r for _, r in semua])


def _nilai(tanya: Tanya, milik: Mapping[str, int], penuh: int, *, rentang: int | None = None) -> int:
    """Return the places that answer in one segment; ``rentang`` stands for every range, where they are not read yet."""
    match tanya:
        case Kata(satu):
            return milik.get(satu, 0)
        case Rentang(awal, akhir):
            return _gabung(bit for kata, bit in milik.items() if awal <= kata < akhir) if rentang is None else rentang
        case Semua(bagian):
            hasil = penuh
            for bagian_ini in bagian:
                hasil &= _nilai(bagian_ini, milik, penuh, rentang=rentang)
            return hasil
        case Salah(bagian):
            return _gabung(_nilai(satu, milik, penuh, rentang=rentang) for satu in bagian)


def _gabung(semua: Iterable[int]) -> int:
    hasil = 0
    for satu in semua:
        hasil |= satu
    return hasil


def _nomor(bit: int, awal: int) -> Iterator[int]:
    while bit:
        rendah = bit & -bit
        yield awal + rendah.bit_length() - 1
        bit ^= rendah
