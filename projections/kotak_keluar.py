"""Kotak keluar: the outbox, one row per reminder and person; it appears in the reminder's own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, Text, func, select

from zi_workflow.domain.events import LangkahTenggat, PemberitahuanDisusun, PengingatDicabut, PengingatDipulihkan, Tercatat

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

kotak_keluar = Table(
    "kotak_keluar",
    MetaData(),
    Column("nomor", _nomor, primary_key=True, autoincrement=False),
    Column("nip", _teks, primary_key=True),
    Column("instansi", _teks, nullable=False),
    Column("alur", _teks, nullable=False),
    Column("unit", _teks, nullable=False),
    Column("tenggat", _teks, nullable=False),
    Column("butir", _teks, nullable=False),
    Column("jatuh_tempo", _teks, nullable=False),
    Column("langkah", _teks, nullable=False),
    Column("keadaan", _teks, nullable=False),
    Column("surat", _teks),
)
"""``nomor`` is the reminder's event; ``langkah`` its step (``dicabut`` for a withdrawal, ``dipulihkan`` for its end).
``keadaan``: menunggu, disusun, gugur."""
Index("kotak_keluar_menunggu", kotak_keluar.c.instansi, kotak_keluar.c.keadaan, kotak_keluar.c.nip, kotak_keluar.c.nomor)

DICABUT: Final = "dicabut"
DIPULIHKAN: Final = "dipulihkan"
_KABAR: Final = {PengingatDicabut: DICABUT, PengingatDipulihkan: DIPULIHKAN}
_PENGINGAT: Final = "-tenggat"


class KotakKeluar:
    """The fold of the outbox."""

    nama = "kotak_keluar"
    versi = 1
    tabel = kotak_keluar

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return a reminder's people, or the reminders that went into a person's digest."""
        match tercatat.peristiwa:
            case LangkahTenggat() | PengingatDicabut() | PengingatDipulihkan() as p:
                return [(tercatat.nomor, nip) for nip in p.penerima]
            case PemberitahuanDisusun() as p:
                return [(nomor, p.nip) for nomor in (*p.pengingat, *p.gugur)]
            case _:
                return ()

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the row after the event."""
        peristiwa = tercatat.peristiwa
        if isinstance(peristiwa, PemberitahuanDisusun):
            keadaan = "gugur" if kunci[0] in peristiwa.gugur else "disusun"
            return None if baris is None else {**baris, "keadaan": keadaan, "surat": peristiwa.surat}
        if not isinstance(peristiwa, LangkahTenggat | PengingatDicabut | PengingatDipulihkan):
            return baris
        instansi, alur, kode = tercatat.aliran.split("/", 2)
        return {
            "nomor": kunci[0],
            "nip": kunci[1],
            "instansi": instansi,
            "alur": alur.removesuffix(_PENGINGAT),
            "unit": kode,
            "tenggat": peristiwa.tenggat,
            "butir": peristiwa.butir,
            "jatuh_tempo": peristiwa.jatuh_tempo,
            "langkah": peristiwa.langkah if isinstance(peristiwa, LangkahTenggat) else _KABAR[type(peristiwa)],
            "keadaan": "menunggu",
        }


def orang_menunggu(koneksi: Connection, instansi: str) -> list[str]:
    """Return the people for whom something waits to go into a digest."""
    c = kotak_keluar.c
    perintah = select(c.nip).where(c.instansi == instansi, c.keadaan == "menunggu").distinct().order_by(c.nip)
    return list(koneksi.execute(perintah).scalars())


def menunggu(koneksi: Connection, instansi: str, nip: str) -> list[dict[str, Any]]:
    """Return what waits to go into a person's digest, by number."""
    c = kotak_keluar.c
    perintah = select(kotak_keluar).where(c.instansi == instansi, c.keadaan == "menunggu", c.nip == nip).order_by(c.nomor)
    return [dict(b) for b in koneksi.execute(perintah).mappings()]


def disurati(koneksi: Connection, instansi: str, nip: str, alur: str, unit: str) -> set[tuple[str, str, str]]:
    """Return the due dates of a unit (duty, item, date) of which a person was told in a letter."""
    c = kotak_keluar.c
    milik = (c.instansi == instansi, c.keadaan == "disusun", c.nip == nip, c.alur == alur, c.unit == unit)
    return {(t, b, j) for t, b, j in koneksi.execute(select(c.tenggat, c.butir, c.jatuh_tempo).where(*milik).distinct()).all()}


def banyak_menunggu(koneksi: Connection, instansi: str) -> int:
    """Return how many reminders wait to go into a digest."""
    c = kotak_keluar.c
    return int(koneksi.execute(select(func.count()).where(c.instansi == instansi, c.keadaan == "menunggu")).scalar_one())
