"""Searching the log for the audit verbs: filters become a question to the index, numbers become envelopes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, func, select

from zi_workflow.store import lookup, terms
from zi_workflow.store.codec import Kodek
from zi_workflow.store.records import Amplop
from zi_workflow.store.schema import kunci, peristiwa
from zi_workflow.store.statements import instan
from zi_workflow.store.terms import Kata, Salah, Semua, Tanya

_HALAMAN: Final = 200
"""Events read at once."""
SEMUA_PUTUSAN: Final = "semua"
"""Stands for decisions of either kind."""

Masa = tuple[str, date, date | None]
"""A person, and the first and last day of a role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saringan:
    """What to look for: every part that is given must match.

    ``jenis`` is the name of an event or what it is about (record kind, move, role); ``langkah`` a move, taken, undone or refused;
    ``putusan`` terms.DITERIMA, terms.DITOLAK or either (semua); ``masa`` says who acted when (for a role); ``dari`` and ``sampai`` are
    effective dates, ``dicatat_dari`` and ``dicatat_sampai`` instants of recording, all included; ``pasal``, ``dokumen`` and ``teks`` as
    `store.terms` reads them. ``setelah_nomor`` and ``sebelum_nomor`` are cursors, not included.
    """

    unit: str | None = None
    oleh: str | None = None
    masa: Sequence[Masa] | None = None
    jenis: str | None = None
    langkah: str | None = None
    putusan: str | None = None
    pencatat: str | None = None
    kunci: str | None = None
    dari: date | None = None
    sampai: date | None = None
    dicatat_dari: datetime | None = None
    dicatat_sampai: datetime | None = None
    pasal: str | None = None
    dokumen: str | None = None
    teks: str | None = None
    setelah_nomor: int = 0
    sebelum_nomor: int | None = None
    batas: int | None = None
    terbaru: bool = False


def cari(koneksi: Connection, kodek: Kodek, saringan: Saringan) -> list[Amplop]:
    """Return the matching events by number, ascending or (``terbaru``) descending, at most ``batas`` of them."""
    for nilai in astuple(saringan):
        if isinstance(nilai, str):
            nilai.encode()  # half a character is told as it is elsewhere in the store
    bawah, atas = _batas(koneksi, saringan)
    while True:
        try:
            return list(islice(_cari(koneksi, kodek, saringan, bawah, atas), saringan.batas))
        except lookup.RuasBerganti:
            continue


def _cari(koneksi: Connection, kodek: Kodek, s: Saringan, bawah: int, atas: int) -> Iterator[Amplop]:
    tanya = tanyakan(s)
    semua = lookup.cari(koneksi, tanya, bawah, atas, terbaru=s.terbaru) if tanya.bagian else _urut(bawah, atas, s.terbaru)
    halaman = min(_HALAMAN, s.batas or _HALAMAN)
    while nomor := list(islice(semua, halaman)):
        perintah = select(peristiwa).where(peristiwa.c.nomor.in_(nomor))
        baris = {b["nomor"]: b for b in koneksi.execute(perintah).mappings()}
        # an index that was tampered with may hide an event, but never shows one that does not match
        yield from (amplop(kodek, baris[n]) for n in nomor if n in baris and terms.cocok(tanya, terms.istilah(baris[n])))


def _urut(bawah: int, atas: int, terbaru: bool) -> Iterator[int]:  # noqa: FBT001
    return iter(range(atas, bawah - 1, -1) if terbaru else range(bawah, atas + 1))


def _batas(koneksi: Connection, s: Saringan) -> tuple[int, int]:
    """Return the first and last number that can match: cursors, times of recording (they never go back), and the key's own events."""
    p = peristiwa.c
    bawah, atas = s.setelah_nomor + 1, int(koneksi.execute(select(func.max(p.nomor))).scalar() or 0)
    if s.sebelum_nomor is not None:
        atas = min(atas, s.sebelum_nomor - 1)
    if s.dicatat_dari is not None:
        pertama = select(p.nomor).where(p.waktu_catat >= instan(s.dicatat_dari)).order_by(p.waktu_catat, p.nomor).limit(1)
        bawah = max(bawah, koneksi.execute(pertama).scalar() or atas + 1)
    if s.dicatat_sampai is not None:
        akhir = select(p.nomor).where(p.waktu_catat <= instan(s.dicatat_sampai)).order_by(p.waktu_catat.desc(), p.nomor.desc()).limit(1)
        atas = min(atas, koneksi.execute(akhir).scalar() or 0)
    if s.kunci is not None:
        milik = koneksi.execute(select(kunci.c.nomor, kunci.c.jumlah).where(kunci.c.kunci == s.kunci)).first()
        bawah, atas = (1, 0) if milik is None else (max(bawah, milik.nomor - milik.jumlah + 1), min(atas, milik.nomor))
    return bawah, atas


def tanyakan(s: Saringan) -> Semua:
    """Return the question that the filters are, without those that are limits of numbers."""
    sama = (("u", s.unit), ("o", s.oleh), ("j", s.jenis), ("l", s.langkah), ("c", s.pencatat))
    bagian: list[Tanya] = [Kata(f"{huruf}{nilai}") for huruf, nilai in sama if nilai is not None]
    if s.putusan is not None:
        pilihan = (terms.DITERIMA, terms.DITOLAK) if s.putusan == SEMUA_PUTUSAN else (s.putusan,)
        bagian.append(Salah(tuple(Kata(f"k{satu}") for satu in pilihan)))
    if s.masa is not None:
        bagian.append(Salah(tuple(Semua((Kata(f"o{nip}"), terms.tanya_tanggal(sejak, sampai))) for nip, sejak, sampai in s.masa)))
    if s.dari is not None or s.sampai is not None:
        bagian.append(terms.tanya_tanggal(s.dari, s.sampai))
    for nilai, susun in ((s.pasal, terms.tanya_pasal), (s.dokumen, terms.tanya_dokumen), (s.teks, terms.tanya_teks)):
        if nilai is not None:
            bagian.append(susun(nilai))
    return Semua(tuple(bagian))


def satu(koneksi: Connection, kodek: Kodek, nomor: int) -> Amplop | None:
    """Return the event with this number, None where there is none."""
    baris = koneksi.execute(select(peristiwa).where(peristiwa.c.nomor == nomor)).mappings().first()
    return None if baris is None else amplop(kodek, baris)


def banyak(koneksi: Connection, kodek: Kodek, nomor: Collection[int]) -> list[Amplop]:
    """Return the events with these numbers that there are, in order."""
    semua, hasil = sorted(nomor), list[Amplop]()
    for awal in range(0, len(semua), _HALAMAN):
        perintah = select(peristiwa).where(peristiwa.c.nomor.in_(semua[awal : awal + _HALAMAN])).order_by(peristiwa.c.nomor)
        hasil += [amplop(kodek, baris) for baris in koneksi.execute(perintah).mappings()]
    return hasil


def aliran(koneksi: Connection, kodek: Kodek, nama: str) -> list[Amplop]:
    """Return the events of a stream, in order."""
    perintah = select(peristiwa).where(peristiwa.c.aliran == nama).order_by(peristiwa.c.versi)
    return [amplop(kodek, baris) for baris in koneksi.execute(perintah).mappings()]


def nama_aliran(koneksi: Connection, awalan: str) -> list[str]:
    """Return the names of the streams that begin with ``awalan`` (which ends in a slash), in order."""
    p = peristiwa.c
    perintah = select(p.aliran).where(p.aliran >= awalan, p.aliran < f"{awalan[:-1]}0", p.versi == 1).order_by(p.aliran)
    return list(koneksi.execute(perintah).scalars())


def amplop(kodek: Kodek, baris: Mapping[Any, Any]) -> Amplop:
    """Return the envelope of a row with all columns; raises `PenyimpananGagal` for an event that is not known."""
    return Amplop(
        peristiwa=kodek.dekode(baris["jenis"], baris["isi"]),
        nomor=baris["nomor"],
        versi=baris["versi"],
        tanggal=date.fromisoformat(baris["tanggal"]),
        oleh=baris["oleh"],
        waktu_catat=datetime.fromisoformat(baris["waktu_catat"]),
        aliran=baris["aliran"],
        instansi=baris["instansi"],
        alur=baris["alur"],
        kode=baris["kode"],
        jenis=baris["jenis"],
        pokok=baris["pokok"],
        pencatat=baris["pencatat"],
        jam=datetime.fromisoformat(baris["jam"]),
        kunci=baris["kunci"],
        dibaca=json.loads(baris["dibaca"]),
        dasar=tuple(json.loads(baris["dasar"])),
        sidik_regulasi=baris["sidik_regulasi"],
        rantai=baris["rantai"],
        isi=kodek.isi(baris["isi"]),
    )
