"""Searching the log for the audit verbs: filters to one statement, rows to envelopes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, Text, cast, func, or_, select
from sqlalchemy.sql import ColumnElement

from zi_workflow.store.codec import Kodek
from zi_workflow.store.records import Amplop
from zi_workflow.store.schema import peristiwa

_HALAMAN: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Saringan:
    """What to look for: every part that is given must match.

    ``jenis`` is the name of an event, a record kind, or a move; ``dari`` and ``sampai`` are effective dates, both
    included; ``pasal`` is a piece of a citation; ``teks`` a piece of the content, in either case.
    """

    unit: str | None = None
    oleh: str | None = None
    jenis: str | None = None
    dari: date | None = None
    sampai: date | None = None
    pasal: str | None = None
    teks: str | None = None
    setelah_nomor: int = 0
    batas: int | None = None
    terbaru: bool = False


def cari(koneksi: Connection, kodek: Kodek, saringan: Saringan) -> list[Amplop]:
    """Return the matching events by number, ascending or (``terbaru``) descending, at most ``batas`` of them."""
    perintah = _perintah(saringan, koneksi.dialect.name)
    teks, batas = saringan.teks, saringan.batas
    if teks is None or teks.isascii():
        return [amplop(kodek, baris) for baris in koneksi.execute(perintah.limit(batas)).mappings()]
    bagian = _json(teks).casefold()
    semua = (baris for baris in _berhalaman(koneksi, perintah, saringan.terbaru) if bagian in baris["isi"].decode().casefold())
    return [amplop(kodek, baris) for baris in islice(semua, batas)]


def _berhalaman(koneksi: Connection, perintah: Select[Any], terbaru: bool) -> Iterator[RowMapping]:  # noqa: FBT001
    """Yield the rows of a search page by page (case beyond ASCII is compared here: the engines differ in it)."""
    nomor, lanjut = peristiwa.c.nomor, perintah
    while baris := koneksi.execute(lanjut.limit(_HALAMAN)).mappings().all():
        yield from baris
        akhir = baris[-1]["nomor"]
        lanjut = perintah.where(nomor < akhir if terbaru else nomor > akhir)


def satu(koneksi: Connection, kodek: Kodek, nomor: int) -> Amplop | None:
    """Return the event with this number, None where there is none."""
    baris = koneksi.execute(select(peristiwa).where(peristiwa.c.nomor == nomor)).mappings().first()
    return None if baris is None else amplop(kodek, baris)


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
        isi=json.loads(baris["isi"]),
    )


def _perintah(s: Saringan, dialek: str) -> Select[Any]:
    p = peristiwa.c
    syarat: list[ColumnElement[bool]] = [p.nomor > s.setelah_nomor]
    syarat += [kolom == nilai for kolom, nilai in ((p.kode, s.unit), (p.oleh, s.oleh)) if nilai is not None]
    if s.jenis is not None:
        syarat.append(or_(p.pokok == s.jenis, p.jenis == s.jenis, p.jenis.startswith(f"{s.jenis}@", autoescape=True)))
    if s.dari is not None:
        syarat.append(p.tanggal >= s.dari.isoformat())
    if s.sampai is not None:
        syarat.append(p.tanggal <= s.sampai.isoformat())
    if s.pasal is not None:
        syarat.append(func.lower(p.dasar).contains(_json(s.pasal).lower(), autoescape=True))
    if s.teks is not None and s.teks.isascii():
        syarat.append(func.lower(_sebagai_teks(p.isi, dialek)).contains(_json(s.teks).lower(), autoescape=True))
    return select(peristiwa).where(*syarat).order_by(p.nomor.desc() if s.terbaru else p.nomor)


def _sebagai_teks(isi: ColumnElement[bytes], dialek: str) -> ColumnElement[str]:
    if dialek == "postgresql":
        return func.convert_from(isi, "UTF8", type_=Text).collate("C")
    return cast(isi, Text)


def _json(teks: str) -> str:
    """Return the text as it stands inside stored JSON."""
    return json.dumps(teks, ensure_ascii=False)[1:-1]
