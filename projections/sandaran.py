"""Sandaran: which event relied on which, one row per pair; the question of an auditor, and of a correction: what did this decide?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, select

from zi_workflow.domain.events import (
    BuktiDikoreksi,
    BuktiDitarik,
    LangkahDiambil,
    LangkahDibatalkan,
    LangkahTenggat,
    PengingatDicabut,
    PengingatDipulihkan,
    PerintahDitolak,
    PetaPolos,
    Tercatat,
)

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

sandaran = Table(
    "sandaran",
    MetaData(),
    Column("bukti", _nomor, primary_key=True, autoincrement=False),
    Column("putusan", _nomor, primary_key=True, autoincrement=False),
    Column("instansi", _teks, nullable=False),
    Column("alur", _teks, nullable=False),
    Column("kode", _teks, nullable=False),
    Column("jenis", _teks, nullable=False),
    Column("syarat", _teks, nullable=False),
)
"""``putusan`` relied on ``bukti`` (numbers of events); the stream and the name are those of ``putusan``.

``syarat`` lists the requirements for which it did, with commas; empty for a reminder, a correction, or the undoing of a move.
"""
_SEKALIGUS: Final = 500


class Sandaran:
    """The fold: every event that names numbers of others leaves a row for each."""

    nama = "sandaran"
    versi = 1
    tabel = sandaran

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return a row for each event that this one relied on."""
        return [(nomor, tercatat.nomor) for nomor in sorted(disandari(tercatat))]

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:  # noqa: ARG002 - a row is written once
        """Return the row."""
        instansi, alur, kode = tercatat.aliran.split("/", 2)
        return {
            "bukti": kunci[0],
            "putusan": kunci[1],
            "instansi": instansi,
            "alur": alur,
            "kode": kode,
            "jenis": type(tercatat.peristiwa).__name__,
            "syarat": ",".join(disandari(tercatat)[kunci[0]]),
        }


def disandari(tercatat: Tercatat) -> dict[int, list[str]]:
    """Return the numbers of the events that this one relied on, each with the requirements for which it did."""
    hasil: dict[int, list[str]] = {}
    match tercatat.peristiwa:
        case LangkahDiambil(syarat=syarat) | LangkahDibatalkan(syarat=syarat) | PerintahDitolak(syarat=syarat):
            _syarat(syarat, hasil)
        case LangkahTenggat(bukti=bukti) | PengingatDicabut(bukti=bukti) | PengingatDipulihkan(bukti=bukti):
            hasil |= {n: [] for n in bukti}
        case BuktiDikoreksi(bukti=asal, menggantikan=lama) | BuktiDitarik(bukti=asal, menggantikan=lama):
            hasil |= {asal: [], lama: []}
        case _:
            pass
    if isinstance(tercatat.peristiwa, LangkahDibatalkan):
        hasil.setdefault(tercatat.peristiwa.nomor_langkah, [])
    return hasil


def _syarat(syarat: Iterable[PetaPolos], hasil: dict[int, list[str]]) -> None:
    for satu in syarat:
        bukti = satu.get("bukti")
        for nomor in bukti if isinstance(bukti, list) else ():
            if isinstance(nomor, int):
                hasil.setdefault(nomor, []).append(str(satu["id"]))


def putusan_yang_bersandar(koneksi: Connection, nomor: Collection[int]) -> list[dict[str, Any]]:
    """Return what relied on any of these events, by its number."""
    c = sandaran.c
    hasil: list[dict[str, Any]] = []
    semua = sorted(nomor)
    for awal in range(0, len(semua), _SEKALIGUS):
        bagian = semua[awal : awal + _SEKALIGUS]
        hasil += [dict(b) for b in koneksi.execute(select(sandaran).where(c.bukti.in_(bagian))).mappings()]
    return sorted(hasil, key=lambda b: (b["putusan"], b["bukti"]))
