"""Surat: the digests on their way, one row per letter and channel, with how delivery stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, Text, func, select

from zi_workflow.domain.events import PemberitahuanDicoba, PemberitahuanDisusun, Tercatat
from zi_workflow.domain.fields import teks_isi
from zi_workflow.readmodel import simpan_teks

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

surat = Table(
    "surat",
    MetaData(),
    Column("surat", _teks, primary_key=True),
    Column("kanal", _teks, primary_key=True),
    Column("instansi", _teks, nullable=False),
    Column("nip", _teks, nullable=False),
    Column("alamat", _teks, nullable=False),
    Column("hari", _teks, nullable=False),
    Column("nomor", _nomor, nullable=False),
    Column("keadaan", _teks, nullable=False),
    Column("percobaan", _nomor, nullable=False),
    Column("lagi", _teks, nullable=False),
    Column("sebab", _teks, nullable=False),
)
"""``nomor`` is the event that composed the letter, ``alamat`` as `simpan_teks` keeps it: sealed where it is personal.
``keadaan``: menunggu, gagal (again from ``lagi``, an instant), terkirim, menyerah."""
Index("surat_keadaan", surat.c.instansi, surat.c.keadaan, surat.c.lagi)
Index("surat_nip", surat.c.instansi, surat.c.nip, surat.c.hari)

BERJALAN = ("menunggu", "gagal")


class Surat:
    """The fold of the letters."""

    nama = "surat"
    versi = 2
    tabel = surat

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the letter through each of its channels, or through the one that was tried."""
        match tercatat.peristiwa:
            case PemberitahuanDisusun() as p:
                return [(p.surat, kanal) for kanal in p.kanal]
            case PemberitahuanDicoba() as p:
                return ((p.surat, p.kanal),)
            case _:
                return ()

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the row after the event."""
        match tercatat.peristiwa:
            case PemberitahuanDisusun() as p:
                return {
                    "surat": kunci[0],
                    "kanal": kunci[1],
                    "instansi": tercatat.aliran.split("/", 1)[0],
                    "nip": p.nip,
                    "alamat": simpan_teks(teks_isi(p.kanal, kunci[1])),
                    "hari": p.hari,
                    "nomor": tercatat.nomor,
                    "keadaan": "menunggu",
                    "percobaan": 0,
                    "lagi": "",
                    "sebab": "",
                }
            case PemberitahuanDicoba() as p if baris is not None:
                return {**baris, "keadaan": p.hasil, "percobaan": p.percobaan, "lagi": p.lagi or "", "sebab": p.sebab}
            case _:
                return baris


def harus_dikirim(koneksi: Connection, instansi: str, pada: str, batas: int = 200) -> list[dict[str, Any]]:
    """Return the letters to try at an instant (fixed-width UTC text): at most ``batas`` for each channel, least tried and oldest first.

    By channel, so that what a dead one has piled up keeps no other waiting.
    """
    c = surat.c
    milik = (c.instansi == instansi, c.keadaan.in_(BERJALAN), c.lagi <= pada)
    kanal = list(koneksi.execute(select(c.kanal).where(*milik).distinct().order_by(c.kanal)).scalars())
    hasil: list[dict[str, Any]] = []
    for satu_kanal in kanal:
        perintah = select(surat).where(*milik, c.kanal == satu_kanal).order_by(c.percobaan, c.nomor).limit(batas)
        hasil += [dict(b) for b in koneksi.execute(perintah).mappings()]
    return hasil


def satu(koneksi: Connection, nomor: str, kanal: str) -> dict[str, Any] | None:
    """Return how a letter stands with one channel, None where there is no such letter."""
    baris = koneksi.execute(select(surat).where(surat.c.surat == nomor, surat.c.kanal == kanal)).mappings().first()
    return None if baris is None else dict(baris)


def milik(koneksi: Connection, instansi: str, nip: str, hari: str) -> list[str]:
    """Return the ids of a person's letters of a day, in order."""
    c = surat.c
    perintah = select(c.surat).where(c.instansi == instansi, c.nip == nip, c.hari == hari).group_by(c.surat).order_by(func.min(c.nomor))
    return list(koneksi.execute(perintah).scalars())


def ringkas(koneksi: Connection, instansi: str) -> dict[str, int]:
    """Return how many letters stand how."""
    c = surat.c
    return {k: int(n) for k, n in koneksi.execute(select(c.keadaan, func.count()).where(c.instansi == instansi).group_by(c.keadaan)).all()}
