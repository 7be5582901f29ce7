"""The statements of the hot path, compiled once per engine, and how rows become events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Dialect, Select, bindparam, case, func, insert, literal_column, or_, select, union_all, update
from sqlalchemy.engine.interfaces import DBAPICursor

from zi_workflow.domain.events import Tercatat
from zi_workflow.readmodel import susun
from zi_workflow.store.codec import Kodek
from zi_workflow.store.schema import definisi, kepala, kunci, meta, peristiwa

KOLOM_TERCATAT: Final = ("jenis", "isi", "nomor", "versi", "tanggal", "oleh", "waktu_catat", "aliran")
"""Columns that a fold needs, in the order in which `ke_tercatat` takes them."""
SEMUA_KOLOM: Final = tuple(k.key for k in peristiwa.columns)
SEKALIGUS: Final = 50
"""Streams asked about in one statement."""
HALAMAN: Final = 5000
"""Events read in one statement when the log is followed."""


def instan(saat: datetime) -> str:
    """Return an instant as it is stored: UTC, microseconds, fixed width. Raises `ValueError` for one without a zone."""
    if saat.tzinfo is None:
        msg = "instant without a time zone"
        raise ValueError(msg)
    return saat.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def ke_tercatat(kodek: Kodek, baris: Sequence[Any]) -> Tercatat:
    """Return the event of a row with the columns of `KOLOM_TERCATAT`."""
    jenis, isi, nomor, versi, tanggal, oleh, waktu, aliran = baris
    return Tercatat(
        kodek.dekode(jenis, isi), nomor, versi, date.fromisoformat(tanggal), oleh, datetime.fromisoformat(waktu), aliran
    )  # fmt: skip


class Pernyataan:
    """SQL text of every statement of the hot path for one engine."""

    def __init__(self, dialek: Dialect) -> None:
        """Compile them; the parameters of each are named beside it, in order."""
        self._dialek = dialek
        self._aliran: dict[int, str] = {}
        self._banyak: dict[int, str] = {}
        skema = select(meta.c.nilai).where(meta.c.nama == literal_column("'skema'")).scalar_subquery()
        jam: BindParameter[str] = bindparam("jam")
        banyak: BindParameter[int] = bindparam("banyak")
        tetap = or_(kepala.c.waktu > jam, banyak == literal_column("0"))
        maju = (
            update(kepala)
            .values(nomor=kepala.c.nomor + banyak, waktu=case((tetap, kepala.c.waktu), else_=jam))
            .where(kepala.c.instansi == bindparam("milik"))
            .returning(kepala.c.nomor, kepala.c.waktu, skema)
        )
        self.maju = susun(maju, dialek, "banyak", "jam", "banyak", "jam", "milik")
        dikunci = select(kepala.c.nomor).where(kepala.c.instansi == bindparam("milik")).with_for_update()
        self.dikunci = susun(dikunci, dialek, "milik")
        self.catat = susun(insert(peristiwa).values({k: bindparam(k) for k in SEMUA_KOLOM}), dialek, *SEMUA_KOLOM)
        kolom = [peristiwa.c[k] for k in KOLOM_TERCATAT]
        milik = select(*kolom).where(peristiwa.c.aliran == bindparam("aliran"), peristiwa.c.versi > bindparam("versi"))
        self.muat = susun(milik.order_by(peristiwa.c.versi), dialek, "aliran", "versi")
        halaman = select(*kolom).where(peristiwa.c.nomor > bindparam("setelah"), peristiwa.c.nomor <= bindparam("sampai"))
        self.halaman = susun(halaman.order_by(peristiwa.c.nomor), dialek, "setelah", "sampai")
        self.kunci = susun(
            select(kunci.c.sidik, kunci.c.jawaban, kunci.c.nomor, kunci.c.jumlah).where(kunci.c.kunci == bindparam("kunci")),
            dialek,
            "kunci",
        )
        self.simpan_kunci = susun(
            insert(kunci).values({k.key: bindparam(k.key) for k in kunci.columns}), dialek, *[k.key for k in kunci.columns]
        )
        self.definisi = susun(select(definisi.c.isi).where(definisi.c.sidik == bindparam("sidik")), dialek, "sidik")
        self.simpan_definisi = susun(insert(definisi).values(sidik=bindparam("sidik"), isi=bindparam("isi")), dialek, "sidik", "isi")
        self.puncak = susun(select(func.max(peristiwa.c.nomor)), dialek)

    def ujung(self, kursor: DBAPICursor, aliran: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Return the last version and chain hash of the streams that exist."""
        hasil: dict[str, tuple[int, str]] = {}
        for awal in range(0, len(aliran), SEKALIGUS):
            bagian = aliran[awal : awal + SEKALIGUS]
            kursor.execute(self._ujung(len(bagian)), tuple([satu for satu in bagian for _ in range(2)]))
            hasil.update({nama: (versi, rantai) for nama, versi, rantai in kursor.fetchall()})
        return hasil

    def muat_banyak(self, kursor: DBAPICursor, kodek: Kodek, aliran: Sequence[str]) -> dict[str, list[Tercatat]]:
        """Return the events of several streams, each in order; a stream that does not exist has none."""
        hasil: dict[str, list[Tercatat]] = {satu: [] for satu in aliran}
        for awal in range(0, len(aliran), SEKALIGUS):
            bagian = aliran[awal : awal + SEKALIGUS]
            kursor.execute(self._muat_banyak(len(bagian)), tuple(bagian))
            for baris in kursor.fetchall():
                hasil[baris[7]].append(ke_tercatat(kodek, baris))
        return hasil

    def baca_log(self, kursor: DBAPICursor, kodek: Kodek, setelah: int) -> Iterator[Tercatat]:
        """Yield the events after a number, in order, page by page."""
        kursor.execute(self.puncak, ())
        akhir = kursor.fetchall()[0][0] or 0
        for awal in range(setelah, akhir, HALAMAN):
            kursor.execute(self.halaman, (awal, min(awal + HALAMAN, akhir)))
            for satu in kursor.fetchall():
                yield ke_tercatat(kodek, satu)

    def _muat_banyak(self, banyak: int) -> str:
        """Return the statement that loads ``banyak`` streams."""
        sql = self._banyak.get(banyak)
        if sql is None:
            nama = [f"aliran_{i}" for i in range(banyak)]
            kolom = [peristiwa.c[k] for k in KOLOM_TERCATAT]
            perintah = (
                select(*kolom).where(peristiwa.c.aliran.in_([bindparam(n) for n in nama])).order_by(peristiwa.c.aliran, peristiwa.c.versi)
            )
            sql = self._banyak[banyak] = susun(perintah, self._dialek, *nama)
        return sql

    def _ujung(self, banyak: int) -> str:
        """Return the statement that asks for the ends of ``banyak`` streams."""
        sql = self._aliran.get(banyak)
        if sql is None:
            nama = [f"aliran_{i}" for i in range(banyak)]
            satu = [_ujung_satu(n) for n in nama]
            sql = self._aliran[banyak] = susun(union_all(*satu), self._dialek, *[n for n in nama for _ in range(2)])
        return sql


def _ujung_satu(nama: str) -> Select[Any]:
    """Return the question for the end of one stream: two look-ups in the index of streams and versions."""
    p, lain = peristiwa.c, peristiwa.alias().c
    terakhir = select(func.max(lain.versi)).where(lain.aliran == bindparam(nama)).scalar_subquery()
    return select(p.aliran, p.versi, p.rantai).where(p.aliran == bindparam(nama), p.versi == terakhir)
