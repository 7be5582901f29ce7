"""The tables of the log and the triggers that make it append-only, for SQLite and PostgreSQL alike.

Times are text of fixed width (``2026-05-20T03:04:05.123456Z``), so that both engines keep them exactly and sort them
alike; text sorts by code point on both (collation C).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

SKEMA: Final = 1
"""Version of the stored format; a store with a higher one is read but not written."""

metadata = MetaData()

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

peristiwa = Table(
    "peristiwa",
    metadata,
    Column("nomor", _nomor, primary_key=True, autoincrement=False),
    Column("instansi", _teks, nullable=False),
    Column("alur", _teks, nullable=False),
    Column("kode", _teks, nullable=False),
    Column("aliran", _teks, nullable=False),
    Column("versi", _nomor, nullable=False),
    Column("jenis", _teks, nullable=False),
    Column("pokok", _teks),
    Column("tanggal", _teks, nullable=False),
    Column("waktu_catat", _teks, nullable=False),
    Column("jam", _teks, nullable=False),
    Column("oleh", _teks, nullable=False),
    Column("pencatat", _teks, nullable=False),
    Column("kunci", _teks),
    Column("dibaca", _teks, nullable=False),
    Column("dasar", _teks, nullable=False),
    Column("sidik_regulasi", _teks, nullable=False),
    Column("isi", LargeBinary, nullable=False),
    Column("rantai", _teks, nullable=False),
    UniqueConstraint("aliran", "versi", name="peristiwa_aliran_versi"),
    sqlite_strict=True,
)
for _kolom in ("kode", "waktu_catat"):
    Index(f"peristiwa_{_kolom}", peristiwa.c[_kolom])

kepala = Table(
    "kepala",
    metadata,
    Column("instansi", _teks, primary_key=True),
    Column("nomor", _nomor, nullable=False),
    Column("waktu", _teks, nullable=False),
    sqlite_strict=True,
)
"""One row per instansi: the last number and the last recorded time; the lock under which everything is appended."""

kunci = Table(
    "kunci",
    metadata,
    Column("kunci", _teks, primary_key=True),
    Column("sidik", _teks, nullable=False),
    Column("jawaban", LargeBinary, nullable=False),
    Column("nomor", _nomor, nullable=False),
    Column("jumlah", _nomor, nullable=False),
    Column("ikatan", _teks, nullable=False),
    sqlite_strict=True,
)
"""Idempotency keys: the request's hash, the answer, and the events (``jumlah`` of them, the last being ``nomor``).

``ikatan``, here and below, is the checksum of the row's other columns in their order (`readmodel.ikatan`)."""

definisi = Table(
    "definisi",
    metadata,
    Column("sidik", _teks, primary_key=True),
    Column("isi", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""Every definition that has decided something, under its hash."""

simpul = Table(
    "simpul",
    metadata,
    Column("tingkat", Integer, primary_key=True, autoincrement=False),
    Column("letak", _nomor, primary_key=True, autoincrement=False),
    Column("sidik", _teks, nullable=False),
    sqlite_strict=True,
)
"""Nodes of the Merkle tree: the hash (hex) of every complete subtree of 2**8, 2**16, … leaves, numbered from the left."""

ruas = Table(
    "ruas",
    metadata,
    Column("ukuran", Integer, primary_key=True, autoincrement=False),
    Column("ruas", _nomor, primary_key=True, autoincrement=False),
    Column("sidik", _teks, nullable=False),
    sqlite_strict=True,
)
"""Segments of the index: how many events each has, its place among those of that size (from 0), the checksum of its rows."""

indeks = Table(
    "indeks",
    metadata,
    Column("ukuran", Integer, primary_key=True, autoincrement=False),
    Column("ruas", _nomor, primary_key=True, autoincrement=False),
    Column("istilah", _teks, primary_key=True),
    Column("letak", LargeBinary, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which events of a segment have a term (`store.index`): derived from the log, may be dropped and is made again."""

meta = Table(
    "meta",
    metadata,
    Column("nama", _teks, primary_key=True),
    Column("nilai", _teks, nullable=False),
    Column("ikatan", _teks, nullable=False),
    sqlite_strict=True,
)

giliran = Table(
    "giliran",
    metadata,
    Column("nama", _teks, primary_key=True),
    Column("pemegang", _teks),
    Column("sampai", _teks),
    Column("mulai", _teks),
    Column("selesai", _teks),
    Column("hasil", _teks),
    Column("berikut", _teks),
    Column("ikatan", _teks, nullable=False),
    sqlite_strict=True,
)
"""Who does which recurring work, and how its last run went: operational, no part of the log, may be dropped at any time."""

ABADI: Final = {
    "peristiwa": "NEW.nomor = nomor OR (NEW.aliran = aliran AND NEW.versi = versi)",
    "definisi": "NEW.sidik = sidik",
    "kunci": "NEW.kunci = kunci",
    "simpul": "NEW.tingkat = tingkat AND NEW.letak = letak",
}
"""Append-only tables, and when a row to insert would take the place of another."""

_TOLAK_PG: Final = """
CREATE OR REPLACE FUNCTION zi_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS
$zi$ BEGIN RAISE EXCEPTION 'zi: % hanya boleh ditambah', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $zi$
"""


def _sqlite(tabel: str, sama: str) -> dict[str, list[str]]:
    tolak = f"BEGIN SELECT RAISE(ABORT, 'zi: {tabel} hanya boleh ditambah'); END"
    return {
        f"{tabel}_tak_diubah": [f"CREATE TRIGGER {tabel}_tak_diubah BEFORE UPDATE ON {tabel} {tolak}"],
        f"{tabel}_tak_dihapus": [f"CREATE TRIGGER {tabel}_tak_dihapus BEFORE DELETE ON {tabel} {tolak}"],
        f"{tabel}_tak_ditimpa": [
            f"CREATE TRIGGER {tabel}_tak_ditimpa BEFORE INSERT ON {tabel} WHEN EXISTS (SELECT 1 FROM {tabel} WHERE {sama}) {tolak}"  # noqa: S608
        ],
    }


def _postgresql(tabel: str) -> dict[str, list[str]]:
    kejadian = {
        f"{tabel}_tak_diubah": "UPDATE OR DELETE ON {} FOR EACH ROW",
        f"{tabel}_tak_dikosongkan": "TRUNCATE ON {} FOR EACH STATEMENT",
    }
    return {
        nama: [
            _TOLAK_PG,
            f"CREATE OR REPLACE TRIGGER {nama} BEFORE {pada.format(tabel)} EXECUTE FUNCTION zi_tolak_ubah()",
            f"ALTER TABLE {tabel} ENABLE ALWAYS TRIGGER {nama}",
        ]
        for nama, pada in kejadian.items()
    }


def pemicu(dialek: str) -> dict[str, list[str]]:
    """Return the triggers of an engine: name -> the statements that make it.

    On SQLite ``INSERT OR REPLACE`` does not fire delete triggers, hence the third one; on PostgreSQL the triggers also
    fire in a session that replays a replica's log.
    """
    hasil: dict[str, list[str]] = {}
    for tabel, sama in ABADI.items():
        hasil |= _sqlite(tabel, sama) if dialek == "sqlite" else _postgresql(tabel)
    return hasil


DAFTAR_PEMICU: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT t.tgname FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgenabled = 'A'"
    " AND t.tgrelid IN (to_regclass('peristiwa'), to_regclass('definisi'), to_regclass('kunci'), to_regclass('simpul'))",
}
"""How to list the triggers that stand."""
