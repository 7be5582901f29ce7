"""Bukti: the register of evidence, one row per record of a unit's file or of the instansi's, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, Text, select

from zi_workflow.domain.events import BuktiDicatat, BuktiDikoreksi, BuktiDitarik, Tercatat

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

bukti = Table(
    "bukti",
    MetaData(),
    Column("nomor", _nomor, primary_key=True, autoincrement=False),
    Column("instansi", _teks, nullable=False),
    Column("alur", _teks, nullable=False),
    Column("unit", _teks, nullable=False),
    Column("jenis", _teks, nullable=False),
    Column("tanggal", _teks, nullable=False),
    Column("waktu_catat", _teks, nullable=False),
    Column("oleh", _teks, nullable=False),
    Column("jumlah_berkas", Integer, nullable=False),
    Column("dikoreksi", _nomor),
    Column("ditarik", _nomor),
)
"""``unit`` is empty for a record of the instansi; ``tanggal`` is ``YYYY-MM-DD``, ``waktu_catat`` RFC 3339 in UTC.

``dikoreksi`` is the number of its last correction, ``ditarik`` of its retraction, each NULL where there was none.
"""
Index("bukti_unit", bukti.c.instansi, bukti.c.alur, bukti.c.unit, bukti.c.jenis, bukti.c.nomor)

_INSTANSI: Final = "instansi"


class Bukti:
    """The fold of the register: a record is a row and stays, marked where it was corrected or retracted."""

    nama = "bukti"
    versi = 2
    tabel = bukti

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the number of a record's first event."""
        match tercatat.peristiwa:
            case BuktiDicatat():
                return ((tercatat.nomor,),)
            case BuktiDikoreksi(bukti=asal) | BuktiDitarik(bukti=asal):
                return ((asal,),)
            case _:
                return ()

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the record's row."""
        peristiwa = tercatat.peristiwa
        if baris is not None and isinstance(peristiwa, BuktiDikoreksi):
            return {**baris, "dikoreksi": tercatat.nomor, "jumlah_berkas": len(peristiwa.berkas)}
        if baris is not None and isinstance(peristiwa, BuktiDitarik):
            return {**baris, "ditarik": tercatat.nomor}
        if not isinstance(peristiwa, BuktiDicatat):
            return baris
        instansi, alur, kode = tercatat.aliran.split("/", 2)
        return {
            "nomor": kunci[0],
            "instansi": instansi,
            "alur": alur,
            "unit": "" if alur == _INSTANSI else kode,
            "jenis": peristiwa.jenis,
            "tanggal": tercatat.tanggal.isoformat(),
            "waktu_catat": tercatat.waktu_catat.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z",
            "oleh": tercatat.oleh,
            "jumlah_berkas": len(peristiwa.berkas),
        }


def unit(koneksi: Connection, instansi: str, alur: str, kode: str, jenis: str | None = None) -> list[dict[str, Any]]:
    """Return a unit's records (of one kind), oldest first."""
    return _daftar(koneksi, instansi, alur, kode, jenis)


def fakta(koneksi: Connection, instansi: str, jenis: str | None = None) -> list[dict[str, Any]]:
    """Return the instansi's own records (of one kind), oldest first."""
    return _daftar(koneksi, instansi, _INSTANSI, "", jenis)


def _daftar(koneksi: Connection, instansi: str, alur: str, kode: str, jenis: str | None) -> list[dict[str, Any]]:
    c = bukti.c
    perintah = select(bukti).where(c.instansi == instansi, c.alur == alur, c.unit == kode).order_by(c.nomor)
    if jenis is not None:
        perintah = perintah.where(c.jenis == jenis)
    return [dict(baris) for baris in koneksi.execute(perintah).mappings()]
