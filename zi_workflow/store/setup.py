"""Creating and upgrading a store; safe to repeat, and silent where nothing has to change."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.engine.interfaces import DBAPICursor

from zi_workflow import readmodel
from zi_workflow.clock import acak
from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.readmodel import Proyeksi, Sumber
from zi_workflow.store import index, schema, tree
from zi_workflow.store.connection import Basis
from zi_workflow.store.errors import terjemah
from zi_workflow.vault import Brankas

_KUNCI_PG = 0x7A69  # advisory lock: two programs that prepare the same database take turns


def buat_berkas(berkas: Path) -> bool:
    """Make the SQLite file in write-ahead mode where it does not exist; return whether it was made."""
    baru = not berkas.exists()
    try:
        berkas.parent.mkdir(parents=True, exist_ok=True)
        if baru:  # it will hold names and NIPs: for its owner alone, as the files that SQLite makes beside it then are
            os.close(os.open(berkas, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        with closing(sqlite3.connect(berkas, timeout=10, isolation_level=None)) as koneksi:
            koneksi.execute("PRAGMA journal_mode=WAL")
    except (OSError, sqlite3.Error) as galat:
        hasil = terjemah(galat) or PenyimpananGagal("Penyimpanan tidak dapat dibuat.", str(galat), f"Periksa folder {berkas.parent}.")
        raise hasil from galat
    return baru


def siapkan(basis: Basis, proyeksi: Sequence[Proyeksi], instansi: str, sumber: Callable[[Connection], Sumber], brankas: Brankas) -> bool:
    """Bring tables, triggers, head row, key store and projections up to this program; return whether anything changed.

    ``sumber`` locks the head row of a connection and gives the reader of its log.
    Raises `PenyimpananGagal` for a store that a newer program has written.
    """
    baru = basis.berkas is not None and buat_berkas(basis.berkas)
    if not baru and basis.baca(lambda koneksi, kursor: _lengkap(koneksi, kursor, proyeksi, instansi, brankas)):
        return False

    def kerja(koneksi: Connection, kursor: DBAPICursor) -> bool:
        if koneksi.dialect.name == "postgresql":
            koneksi.execute(text("SELECT pg_advisory_xact_lock(:kunci)"), {"kunci": _KUNCI_PG})
        ada = set(inspect(koneksi).get_table_names())
        hilang = {p.nama for p in proyeksi if p.tabel.name not in ada}  # its place in the log may still be noted
        ubah = _ubah(koneksi, kursor, instansi) + _beri_brankas(koneksi, brankas)
        log = sumber(koneksi)
        return ubah + tree.lengkapi(koneksi) + index.lengkapi(koneksi) + len(readmodel.kejar(koneksi, proyeksi, log, ulang=hilang)) > 0

    return basis.tulis(kerja) or baru


def periksa_skema(nilai: str | None) -> None:
    """Raise `PenyimpananGagal` unless the stored format is the one that this program writes."""
    if nilai == str(schema.SKEMA):
        return
    if nilai is not None and nilai.isdecimal() and int(nilai) > schema.SKEMA:
        raise PenyimpananGagal(
            "Penyimpanan lebih baru daripada program ini, jadi hanya dapat dibaca.",
            f"Bentuk penyimpanan {nilai}; program ini menulis bentuk {schema.SKEMA}.",
            "Pasang zi terbaru, lalu ulangi.",
        )
    raise PenyimpananGagal(
        "Penyimpanan belum disiapkan.", f"Bentuk penyimpanan: {nilai or 'tidak ada'}.", "Jalankan `zi siapkan`, lalu ulangi."
    )


def pengenal_brankas(koneksi: Connection) -> str | None:
    """Return the id of this register's key store, None where it has none yet."""
    return koneksi.execute(select(schema.meta.c.nilai).where(schema.meta.c.nama == "brankas")).scalar()


def _beri_brankas(koneksi: Connection, brankas: Brankas) -> int:
    """Give a register its key store, once: the folder first, for one without a register harms nobody; return how many were made.

    A register that has one is never given another: its people's data would be split between two.
    """
    if brankas.akar is None or pengenal_brankas(koneksi) is not None:
        return 0
    pengenal = acak(16).hex()
    brankas.siapkan(pengenal)
    koneksi.execute(insert(schema.meta).values(nama="brankas", nilai=pengenal, ikatan=readmodel.ikatan("brankas", pengenal)))
    return 1


def _lengkap(koneksi: Connection, kursor: DBAPICursor, proyeksi: Sequence[Proyeksi], instansi: str, brankas: Brankas) -> bool:
    ada = set(inspect(koneksi).get_table_names())
    if not {*schema.metadata.tables, *readmodel.metadata.tables, *(p.tabel.name for p in proyeksi)} <= ada:
        return False
    periksa_skema(_skema(koneksi) or str(schema.SKEMA))
    if brankas.akar is not None and pengenal_brankas(koneksi) is None:
        return False
    kepala = koneksi.execute(select(schema.kepala.c.nomor).where(schema.kepala.c.instansi == instansi)).scalar()
    letak = {(n, v): nomor for n, v, nomor, _ in koneksi.execute(select(readmodel.posisi))}
    terkejar = all(letak.get((p.nama, p.versi)) == kepala for p in proyeksi)
    return (
        _skema(koneksi) is not None
        and kepala is not None
        and terkejar
        and tree.lengkap(koneksi)
        and index.lengkap(koneksi)
        and not _kurang(koneksi, kursor)
    )


def _skema(koneksi: Connection) -> str | None:
    return koneksi.execute(select(schema.meta.c.nilai).where(schema.meta.c.nama == "skema")).scalar()


def _kurang(koneksi: Connection, kursor: DBAPICursor) -> list[str]:
    """Return the statements of the triggers that are missing."""
    dialek = koneksi.dialect.name
    kursor.execute(schema.DAFTAR_PEMICU[dialek])
    ada = {baris[0] for baris in kursor.fetchall()}
    return [perintah for nama, semua in schema.pemicu(dialek).items() if nama not in ada for perintah in semua]


def _ubah(koneksi: Connection, kursor: DBAPICursor, instansi: str) -> int:
    """Make whatever is missing; return how many things were."""
    ada = set(inspect(koneksi).get_table_names())
    tabel = [t for m in (schema.metadata, readmodel.metadata) for t in m.sorted_tables if t.name not in ada]
    for satu in tabel:
        satu.create(koneksi)
    ubah = len(tabel)
    nilai = _skema(koneksi)
    if nilai is None:
        skema = str(schema.SKEMA)
        koneksi.execute(insert(schema.meta).values(nama="skema", nilai=skema, ikatan=readmodel.ikatan("skema", skema)))
        ubah += 1
    else:
        periksa_skema(nilai)
    pemicu = _kurang(koneksi, kursor)
    for perintah in pemicu:
        kursor.execute(perintah)
    lain = list(koneksi.execute(select(schema.kepala.c.instansi)).scalars())
    if lain and instansi not in lain:
        raise PenyimpananGagal(f"Penyimpanan ini milik instansi {lain[0]}.", f"Yang diminta: {instansi}.", "Periksa `--basis`.")
    if not lain:
        koneksi.execute(insert(schema.kepala).values(instansi=instansi, nomor=0, waktu=""))
        ubah += 1
    return ubah + len(pemicu)
