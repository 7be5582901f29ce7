"""The shape of the database: tables, columns, indexes and triggers as a freshly made store has them, and the engine's own check."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Index, MetaData, Table, UniqueConstraint, create_engine, inspect
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.schema import Column

from zi_workflow import readmodel
from zi_workflow.readmodel import Proyeksi
from zi_workflow.store import schema
from zi_workflow.verify.findings import BENTUK, Kumpulan

_DAFTAR = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite^_stat%' ESCAPE '^'"
_JENIS = {"table": "tabel", "index": "indeks", "trigger": "pemicu", "view": "pandangan"}
_SETELAN = ("encoding", "user_version", "application_id", "auto_vacuum")


def tabel_semua(proyeksi: Sequence[Proyeksi]) -> list[Table]:
    """Return every table of a store."""
    milik: Sequence[MetaData] = (schema.metadata, readmodel.metadata)
    return [t for m in milik for t in m.sorted_tables] + [p.tabel for p in proyeksi]


@contextmanager
def kosong(proyeksi: Sequence[Proyeksi]) -> Iterator[Connection]:
    """Give a freshly made, empty store on SQLite in a temporary file of its own (in memory as long as it is small)."""
    with _mesin().connect() as koneksi:
        koneksi.exec_driver_sql("PRAGMA synchronous=OFF")
        koneksi.exec_driver_sql("BEGIN")
        for perintah in _ddl(tuple(tabel_semua(proyeksi))):
            koneksi.exec_driver_sql(perintah)
        yield koneksi


@cache
def _mesin() -> Engine:
    """Return the engine whose every connection is a temporary store of its own, gone when it is closed."""
    return create_engine("sqlite://", creator=lambda: sqlite3.connect("", isolation_level=None), poolclass=NullPool)


@lru_cache(maxsize=8)
def _ddl(tabel: tuple[Table, ...]) -> tuple[str, ...]:
    """Return the statements that make a store on SQLite, exactly as preparing one makes them."""
    dialek = _mesin().dialect
    buat = [str(CreateTable(t).compile(dialect=dialek)) for t in tabel]
    buat += [str(CreateIndex(i).compile(dialect=dialek)) for t in tabel for i in sorted(t.indexes, key=_nama)]
    return (*buat, *[satu for semua in schema.pemicu("sqlite").values() for satu in semua])


def _nama(indeks: Index) -> str:
    return str(indeks.name)


def periksa_bentuk(koneksi: Connection, proyeksi: Sequence[Proyeksi], kumpulan: Kumpulan) -> None:
    """Compare the shape; on SQLite also let the engine check its file, indexes against rows included."""
    if koneksi.dialect.name == "sqlite":
        _sqlite(koneksi, proyeksi, kumpulan)
    else:
        _postgresql(koneksi, proyeksi, kumpulan)


def _sqlite(koneksi: Connection, proyeksi: Sequence[Proyeksi], kumpulan: Kumpulan) -> None:
    with kosong(proyeksi) as baru:
        harap, setelan = _isi_master(baru), _setelan(baru)
    ada = _isi_master(koneksi)
    for jenis, nama in sorted({*harap, *ada}):
        sebut = f"{_JENIS.get(jenis, jenis)} {nama}"
        if (jenis, nama) not in ada:
            kumpulan.temukan(BENTUK, f"{sebut} tidak ada")
        elif (jenis, nama) not in harap:
            kumpulan.temukan(BENTUK, f"{sebut} bukan bagian penyimpanan")
        elif harap[jenis, nama] != ada[jenis, nama]:
            kumpulan.temukan(BENTUK, f"{sebut} berbeda dari bentuk aslinya")
    for nama, nilai in _setelan(koneksi).items():
        if nilai != setelan[nama]:
            kumpulan.temukan(BENTUK, f"kepala berkas: {nama} {nilai}, seharusnya {setelan[nama]}")
    for (kata,) in koneksi.exec_driver_sql("PRAGMA integrity_check"):
        if kata != "ok":
            kumpulan.temukan(BENTUK, f"pemeriksaan SQLite: {kata}")


def _isi_master(koneksi: Connection) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {(jenis, nama): (tabel, sql) for jenis, nama, tabel, sql in koneksi.exec_driver_sql(_DAFTAR)}


def _setelan(koneksi: Connection) -> dict[str, Any]:
    return {nama: koneksi.exec_driver_sql(f"PRAGMA {nama}").scalar() for nama in _SETELAN}


def _postgresql(koneksi: Connection, proyeksi: Sequence[Proyeksi], kumpulan: Kumpulan) -> None:
    lihat = inspect(koneksi)
    ada = set(lihat.get_table_names())
    for tabel in tabel_semua(proyeksi):
        if tabel.name not in ada:
            kumpulan.temukan(BENTUK, f"tabel {tabel.name} tidak ada")
            continue
        kolom = {k["name"]: (str(k["type"].compile(koneksi.dialect)), not k["nullable"]) for k in lihat.get_columns(tabel.name)}
        if kolom != {k.name: (str(k.type.compile(koneksi.dialect)), not _boleh_kosong(k)) for k in tabel.columns}:
            kumpulan.temukan(BENTUK, f"kolom tabel {tabel.name} berbeda dari bentuk aslinya")
        if lihat.get_pk_constraint(tabel.name)["constrained_columns"] != [k.name for k in tabel.primary_key.columns]:
            kumpulan.temukan(BENTUK, f"kunci utama tabel {tabel.name} berbeda dari bentuk aslinya")
        harap = {str(c.name): [k.name for k in c.columns] for c in tabel.constraints if isinstance(c, UniqueConstraint)}
        if {str(u["name"]): u["column_names"] for u in lihat.get_unique_constraints(tabel.name)} != harap:
            kumpulan.temukan(BENTUK, f"batasan unik tabel {tabel.name} berbeda dari bentuk aslinya")
        indeks = {str(i["name"]): i["column_names"] for i in lihat.get_indexes(tabel.name) if "duplicates_constraint" not in i}
        if indeks != {str(i.name): [k.name for k in i.columns] for i in tabel.indexes}:
            kumpulan.temukan(BENTUK, f"indeks tabel {tabel.name} berbeda dari bentuk aslinya")
    _penjaga_postgresql(koneksi, tabel_semua(proyeksi), kumpulan)


def _boleh_kosong(kolom: Column[Any]) -> bool:
    return bool(kolom.nullable)


_PEMICU_PG = """
SELECT c.relname, t.tgname, t.tgenabled, p.proname, p.prosrc, pg_get_triggerdef(t.oid), t.tgqual IS NULL
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
_LAIN_PG = """
SELECT c.relname, 'aturan (RULE)' FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
UNION ALL SELECT relname, 'keamanan baris' FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace
UNION ALL SELECT c.relname, 'indeks yang tidak sah' FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE NOT (i.indisvalid AND i.indisready AND i.indislive) AND c.relnamespace = current_schema()::regnamespace
"""


def _penjaga_postgresql(koneksi: Connection, tabel: Sequence[Table], kumpulan: Kumpulan) -> None:
    """See that the triggers stand, are enabled always and do what ours do, and that nothing else acts on the tables."""
    ada: dict[str, Sequence[Any]] = {baris[1]: baris for baris in koneksi.exec_driver_sql(_PEMICU_PG)}
    harap = schema.pemicu("postgresql")
    for nama in sorted({*harap, *ada}):
        if nama not in ada:
            kumpulan.temukan(BENTUK, f"pemicu {nama} tidak ada")
        elif nama not in harap:
            if ada[nama][0] in {t.name for t in tabel}:
                kumpulan.temukan(BENTUK, f"pemicu {nama} bukan bagian penyimpanan")
        elif ada[nama][2] != "A":
            kumpulan.temukan(BENTUK, f"pemicu {nama} dimatikan")
        elif not _asli(ada[nama], harap[nama]):
            kumpulan.temukan(BENTUK, f"pemicu {nama} berbeda dari bentuk aslinya")
    nama_tabel = {t.name for t in tabel}
    for nama, apa in koneksi.exec_driver_sql(_LAIN_PG):
        if nama in nama_tabel:
            kumpulan.temukan(BENTUK, f"{apa} pada tabel {nama} bukan bagian penyimpanan")


def _asli(baris: Sequence[Any], perintah: Sequence[str]) -> bool:
    """Say whether a trigger and its function are those that these statements make."""
    fungsi, pemicu = perintah[0], perintah[1]
    tanpa_skema = re.sub(r" ON \S*?([^.\s]+) FOR ", r" ON \1 FOR ", str(baris[5]))
    return bool(baris[6]) and str(baris[4]) == fungsi.split("$zi$")[1] and _kata(tanpa_skema) == _kata(pemicu)


def _kata(pemicu: str) -> list[str]:
    """Return what a trigger acts on, whatever the order in which its occasions are named."""
    return sorted(pemicu.split(" BEFORE ", 1)[-1].split())
