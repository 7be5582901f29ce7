"""Riwayat: a unit's life, one row per registration, move and undo; an undone move stays, marked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, MetaData, Table, Text, select

from zi_workflow import readmodel
from zi_workflow.domain.events import LangkahDiambil, LangkahDibatalkan, Tercatat, UnitDidaftarkan

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

riwayat = Table(
    "riwayat",
    MetaData(),
    Column("nomor", _nomor, primary_key=True, autoincrement=False),
    Column("instansi", _teks, nullable=False),
    Column("alur", _teks, nullable=False),
    Column("kode", _teks, nullable=False),
    Column("versi", _nomor, nullable=False),
    Column("langkah", _teks, nullable=False),
    Column("dari", _teks),
    Column("ke", _teks, nullable=False),
    Column("tanggal", _teks, nullable=False),
    Column("waktu_catat", _teks, nullable=False),
    Column("oleh", _teks, nullable=False),
    Column("dibatalkan", Boolean, nullable=False),
    Column("nomor_pembatalan", _nomor),
    Column("nomor_langkah", _nomor),
    Column("terlambat", _teks),
)
"""Dates are ``YYYY-MM-DD``, ``waktu_catat`` RFC 3339 in UTC; ``dari`` is NULL for a registration.

``nomor_pembatalan`` is the undo that took this move back, ``nomor_langkah`` the move that this undo took back.
``terlambat`` is JSON, NULL for a move that was not recorded late.
"""
Index("riwayat_unit", riwayat.c.instansi, riwayat.c.alur, riwayat.c.kode, riwayat.c.nomor)

_PENDAFTARAN: Final = "daftarkan-unit"
_PEMBATALAN: Final = "pembatalan"


class Riwayat:
    """The fold of the history; an undo touches its own row and the one of the move that it takes back."""

    nama = "riwayat"
    versi = 1
    tabel = riwayat

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the event's own number, and that of the move that an undo takes back."""
        match tercatat.peristiwa:
            case UnitDidaftarkan() | LangkahDiambil():
                return ((tercatat.nomor,),)
            case LangkahDibatalkan() as p:
                return ((p.nomor_langkah,), (tercatat.nomor,))
            case _:
                return ()

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the new row of the event, or the row of the undone move with its mark."""
        if kunci != (tercatat.nomor,):
            return None if baris is None else {**baris, "dibatalkan": True, "nomor_pembatalan": tercatat.nomor}
        instansi, alur, kode = tercatat.aliran.split("/", 2)
        return {
            "nomor": tercatat.nomor,
            "instansi": instansi,
            "alur": alur,
            "kode": kode,
            "versi": tercatat.versi,
            "tanggal": tercatat.tanggal.isoformat(),
            "waktu_catat": tercatat.waktu_catat.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z",
            "oleh": tercatat.oleh,
            "dibatalkan": False,
            **_isi(tercatat),
        }


def _isi(tercatat: Tercatat) -> dict[str, Any]:
    match tercatat.peristiwa:
        case UnitDidaftarkan() as p:
            return {"langkah": _PENDAFTARAN, "dari": None, "ke": p.keadaan["tahap"]}
        case LangkahDibatalkan() as p:
            return {"langkah": p.isi.get("perintah") or _PEMBATALAN, "dari": p.dari, "ke": p.ke, "nomor_langkah": p.nomor_langkah}
        case LangkahDiambil() as p:
            terlambat = None if p.terlambat is None else json.dumps(p.terlambat, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            return {"langkah": p.langkah, "dari": p.dari, "ke": p.ke, "terlambat": terlambat}
        case _:
            return {}


def unit(koneksi: Connection, instansi: str, alur: str, kode: str) -> list[dict[str, Any]]:
    """Return a unit's history, oldest first; ``terlambat`` is the lateness as a mapping, or None."""
    c = riwayat.c
    perintah = select(riwayat).where(c.instansi == instansi, c.alur == alur, c.kode == kode).order_by(c.nomor)
    return [_terbaca(baris) for baris in koneksi.execute(perintah).mappings()]


def terlipat(peristiwa: Iterable[Tercatat]) -> list[dict[str, Any]]:
    """Return the history that these events alone of one unit make, in the same shape."""
    return [_terbaca(baris) for baris in readmodel.terlipat(Riwayat(), peristiwa).values()]


def _terbaca(baris: Mapping[Any, Any]) -> dict[str, Any]:
    return {**baris, "terlambat": None if baris["terlambat"] is None else json.loads(baris["terlambat"])}
