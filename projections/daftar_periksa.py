"""Daftar periksa: the latest checklist of each command for each unit, whether the command was accepted or refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, RowMapping, Table, Text, select

from zi_workflow.domain.events import LangkahDiambil, LangkahDibatalkan, PerintahDitolak, PetaPolos, Tercatat

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

daftar_periksa = Table(
    "daftar_periksa",
    MetaData(),
    Column("instansi", _teks, primary_key=True),
    Column("alur", _teks, primary_key=True),
    Column("kode", _teks, primary_key=True),
    Column("perintah", _teks, primary_key=True),
    Column("nomor", _nomor, nullable=False),
    Column("pada", _teks, nullable=False),
    Column("terpenuhi", Boolean, nullable=False),
    Column("ringkas", Boolean, nullable=False),
    Column("jumlah_tidak", Integer, nullable=False),
    Column("syarat", _teks, nullable=False),
)
"""``nomor`` is the event that brought the checklist, ``pada`` the effective date that was asked for.

``syarat`` is JSON; of an accepted command (``ringkas``) it has the short form. ``jumlah_tidak`` counts the lines that
were not met, warnings included. ``kode`` is ``fakta`` or ``pejabat`` for commands on the instansi's own streams.
"""

_PENOLAKAN: Final = "-penolakan"


class DaftarPeriksa:
    """The fold of the checklists: the newest one takes the place of the one before."""

    nama = "daftar_periksa"
    versi = 1
    tabel = daftar_periksa

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the unit and the command that was checked."""
        periksa = _periksa(tercatat)
        if periksa is None:
            return ()
        instansi, alur, kode = tercatat.aliran.split("/", 2)
        return ((instansi, alur.removesuffix(_PENOLAKAN), kode, periksa[0]),)

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the checklist of this event."""
        periksa = _periksa(tercatat)
        if periksa is None:
            return baris
        perintah, pada, syarat = periksa
        ditolak = isinstance(tercatat.peristiwa, PerintahDitolak)
        return {
            **dict(zip(("instansi", "alur", "kode"), kunci, strict=False)),
            "perintah": perintah,
            "nomor": tercatat.nomor,
            "pada": pada,
            "terpenuhi": not ditolak,
            "ringkas": not ditolak,
            "jumlah_tidak": sum(satu.get("status") == "tidak" for satu in syarat),
            "syarat": json.dumps(syarat, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        }


def _periksa(tercatat: Tercatat) -> tuple[str, str, Sequence[PetaPolos]] | None:
    """Return command, date and lines of the checklist that an event carries, None where it carries none."""
    match tercatat.peristiwa:
        case LangkahDiambil() as p:
            return p.langkah, tercatat.tanggal.isoformat(), p.syarat
        case LangkahDibatalkan() as p:
            perintah = p.isi.get("perintah")
            return (perintah, tercatat.tanggal.isoformat(), p.syarat) if isinstance(perintah, str) else None
        case PerintahDitolak() as p:
            return p.perintah, p.pada, p.syarat
        case _:
            return None


def terakhir(koneksi: Connection, instansi: str, alur: str, kode: str, perintah: str) -> dict[str, Any] | None:
    """Return the latest checklist of a command for a unit (``syarat`` as a list), None where it was never decided."""
    c = daftar_periksa.c
    cari = select(daftar_periksa).where(c.instansi == instansi, c.alur == alur, c.kode == kode, c.perintah == perintah)
    baris = koneksi.execute(cari).mappings().first()
    return None if baris is None else _terbaca(baris)


def unit(koneksi: Connection, instansi: str, alur: str, kode: str) -> list[dict[str, Any]]:
    """Return the latest checklist of every command that was decided for a unit, newest first."""
    c = daftar_periksa.c
    cari = select(daftar_periksa).where(c.instansi == instansi, c.alur == alur, c.kode == kode).order_by(c.nomor.desc())
    return [_terbaca(baris) for baris in koneksi.execute(cari).mappings()]


def _terbaca(baris: RowMapping) -> dict[str, Any]:
    return {**baris, "syarat": json.loads(baris["syarat"])}
