"""The index of the log: which events have which term, in segments of a fixed number of events each.

A segment is written in the transaction that appends its last event: one of 64 events, and every 16 of a size are merged into
one of the next (1,024 and 16,384). A row is a term of a segment with the places of its events, as a list where they are few and as a
bitmap where they are many. So an append costs nothing but every 64th, and a question costs a few rows for each segment, also where
one term is everywhere and another nowhere: places are compared as whole numbers. Events that no segment covers yet are
read themselves; an index that is missing makes a search slow, never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from zi_workflow.store.places import dekode, kodekan
from zi_workflow.store.schema import indeks, peristiwa, ruas
from zi_workflow.store.terms import KOLOM, istilah

TINGKAT = (64, 1024, 16384)
"""Sizes of segments; each is a multiple of the one before."""
Letak = tuple[int, int]
"""A segment: how many events it has, and its place among those of that size, from 0."""


def awal_akhir(letak: Letak) -> tuple[int, int]:
    """Return the first and the last number of a segment."""
    ukuran, ke = letak
    return ke * ukuran + 1, (ke + 1) * ukuran


def sepatutnya(banyak: int) -> set[Letak]:
    """Return the segments of a log of so many events: as few as possible."""
    hasil: set[Letak] = set()
    awal = 0
    for ukuran in reversed(TINGKAT):
        hasil |= {(ukuran, ke) for ke in range(awal // ukuran, banyak // ukuran)}
        awal = banyak // ukuran * ukuran
    return hasil


# --------------------------------------------------------------------------------------------------------------- writing


def catat(koneksi: Connection, dari: int, sampai: int) -> None:
    """Write the segments that growing from ``dari`` to ``sampai`` events completes, within the append's transaction."""
    if dari // TINGKAT[0] != sampai // TINGKAT[0]:
        _ganti(koneksi, sepatutnya(dari), sepatutnya(sampai))


def _ganti(koneksi: Connection, lama: set[Letak], baru: set[Letak]) -> None:
    """Write the segments that are new, from those that they take the place of, and take these away."""
    for letak in sorted(baru - lama):
        _tulis(koneksi, letak)
    for ukuran, ke in sorted(lama - baru):
        for tabel in (indeks, ruas):
            koneksi.execute(delete(tabel).where(tabel.c.ukuran == ukuran, tabel.c.ruas == ke))


def lengkap(koneksi: Connection) -> bool:
    """Say whether exactly the segments are there that the log should have."""
    return ada(koneksi).keys() == sepatutnya(_banyak(koneksi))


def lengkapi(koneksi: Connection) -> int:
    """Write the segments that are missing and take away those that should not be there; return how many that were."""
    kini, harap = set(ada(koneksi)), sepatutnya(_banyak(koneksi))
    for ukuran, ke in harap - kini:  # rows without their segment
        koneksi.execute(delete(indeks).where(indeks.c.ukuran == ukuran, indeks.c.ruas == ke))
    _ganti(koneksi, kini, harap)
    return len(kini ^ harap)


def bangun_ulang(koneksi: Connection) -> None:
    """Empty the index and write it again from the log, in the caller's transaction."""
    koneksi.execute(delete(indeks))
    koneksi.execute(delete(ruas))
    lengkapi(koneksi)


def periksa(koneksi: Connection, *, tuntas: bool = False) -> list[tuple[Letak, str]]:
    """Return the segments that are missing, too many, or whose rows differ from their checksum.

    ``tuntas``: also those whose rows differ from what the events say (which reads the whole log).
    """
    kini, harap = ada(koneksi), sepatutnya(_banyak(koneksi))
    masalah = [(letak, "ruas indeks tidak ada") for letak in sorted(harap - kini.keys())]
    masalah += [(letak, "ruas indeks tidak semestinya ada") for letak in sorted(kini.keys() - harap)]
    rusak = [letak for letak, sidik in sorted(kini.items()) if _sidik(_baris(koneksi, letak)) != sidik]
    masalah += [(letak, "isi ruas indeks berubah") for letak in rusak]
    for letak in sorted(kini.keys() - set(rusak)) if tuntas else ():
        if {kata: bytes(isi) for kata, isi in _baris(koneksi, letak)} != _tersandi(dari_log(koneksi, letak) or {}, letak[0]):
            masalah.append((letak, "isi ruas indeks tidak sesuai peristiwanya"))
    asing = {(b.ukuran, b.ruas) for b in koneksi.execute(select(indeks.c.ukuran, indeks.c.ruas).distinct())}
    return masalah + [(letak, "baris indeks tanpa ruas") for letak in sorted(asing - kini.keys())]


def _tulis(koneksi: Connection, letak: Letak) -> None:
    """Write one segment; one whose events are not all there is left out."""
    isi = _isi(koneksi, letak, ada(koneksi))
    if isi is not None:
        ukuran, ke = letak
        baris = _tersandi(isi, ukuran)
        koneksi.execute(insert(indeks), [{"ukuran": ukuran, "ruas": ke, "istilah": k, "letak": v} for k, v in baris.items()])
        koneksi.execute(insert(ruas).values(ukuran=ukuran, ruas=ke, sidik=_sidik(baris.items())))


def _isi(koneksi: Connection, letak: Letak, kini: Mapping[Letak, str]) -> dict[str, int] | None:
    """Return the places of every term: from the segments within, from the events where one is not there or not whole."""
    ukuran, ke = letak
    if letak in kini:
        baris = [(kata, bytes(isi)) for kata, isi in _baris(koneksi, letak)]
        if _sidik(baris) == kini[letak]:
            return {kata: dekode(isi, ukuran) for kata, isi in baris}
    if ukuran == TINGKAT[0]:
        return dari_log(koneksi, letak)
    bawah = TINGKAT[TINGKAT.index(ukuran) - 1]
    hasil: dict[str, int] = {}
    for i in range(ukuran // bawah):
        bagian = _isi(koneksi, (bawah, ke * (ukuran // bawah) + i), kini)
        if bagian is None:
            return None
        for kata, bit in bagian.items():
            hasil[kata] = hasil.get(kata, 0) | bit << i * bawah
    return hasil


def dari_log(koneksi: Connection, letak: Letak) -> dict[str, int] | None:
    """Return the places of every term of a segment as the events say; None where one of them is missing."""
    awal, akhir = awal_akhir(letak)
    p, hasil, banyak = peristiwa.c, dict[str, int](), 0
    for baris in koneksi.execute(select(*[p[k] for k in KOLOM]).where(p.nomor >= awal, p.nomor <= akhir)).mappings():
        satu = 1 << (baris["nomor"] - awal)
        banyak += 1
        for kata in istilah(baris):
            hasil[kata] = hasil.get(kata, 0) | satu
    return hasil if banyak == letak[0] else None


def _tersandi(isi: Mapping[str, int], ukuran: int) -> dict[str, bytes]:
    """Return the rows of a segment, by term."""
    return {kata: kodekan(isi[kata], ukuran) for kata in sorted(isi)}


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


def ada(koneksi: Connection) -> dict[Letak, str]:
    """Return the segments that are there, each with the checksum of its rows."""
    return {(b.ukuran, b.ruas): b.sidik for b in koneksi.execute(select(ruas))}
