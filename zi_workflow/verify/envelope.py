"""The rows of the log as the chain's message needs them, the canonical envelope put together by the database itself.

Python's encoder takes longer over an envelope than SHA-256 over the whole message. SQLite's ``json_object`` and PostgreSQL's
``to_json`` escape text exactly as RFC 8785 does. Whatever a database would write differently fails the comparison with the
stored hash and is looked at again by our own encoder, which is also what recorded it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.store.chain import KOLOM
from zi_workflow.store.codec import kanonik

HALAMAN: Final = 256
"""Events read in one statement: few enough to stay near the processor."""
TERENDAH: Final = -(2**63)
"""The lowest number that a row can have: one below 1 is looked at too."""
_BULAT: Final = frozenset({"nomor", "versi"})
_URUT: Final = sorted(KOLOM)

Baris = Sequence[Any]
"""nomor, aliran, versi, waktu_catat, the canonical envelope (None where there is none), isi, rantai; text as bytes."""


def _amplop_sqlite() -> str:
    isi = ", ".join(f"'{k}', {k}" for k in _URUT)
    return f"CAST(json_object({isi}) AS BLOB)"


def _amplop_postgresql() -> str:
    satu = (f"""'"{k}":' || """ + (f"{k}::text" if k in _BULAT else f"coalesce(to_json({k})::text, 'null')") for k in _URUT)
    return "convert_to('{' || " + " || ',' || ".join(satu) + " || '}', 'UTF8')"


_CEPAT: Final = {
    "sqlite": f"SELECT nomor, CAST(aliran AS BLOB), versi, CAST(waktu_catat AS BLOB), {_amplop_sqlite()}, isi, CAST(rantai AS BLOB)"  # noqa: S608 - own column names
    " FROM peristiwa WHERE nomor >= ? ORDER BY nomor LIMIT ?",
    "postgresql": "SELECT nomor, convert_to(aliran, 'UTF8'), versi, convert_to(waktu_catat, 'UTF8'),"  # noqa: S608 - own column names
    f" {_amplop_postgresql()}, isi, convert_to(rantai, 'UTF8') FROM peristiwa WHERE nomor >= %s ORDER BY nomor LIMIT %s",
}
_LAMBAT: Final = f"SELECT {', '.join(KOLOM)}, isi, rantai FROM peristiwa WHERE nomor >= ? ORDER BY nomor LIMIT ?"  # noqa: S608 - own column names


def halaman(koneksi: Connection) -> Iterator[Sequence[Baris]]:
    """Yield the rows of the whole log in order of number, page by page."""
    kursor, sql = koneksi.connection.cursor(), _CEPAT[koneksi.dialect.name]
    awal = TERENDAH
    while baris := _baca(kursor, sql, awal):
        yield baris
        awal = baris[-1][0] + 1


def _baca(kursor: DBAPICursor, sql: str, awal: int) -> Sequence[Baris]:
    try:
        kursor.execute(sql, (awal, HALAMAN))
        return kursor.fetchall()
    except sqlite3.OperationalError as galat:
        if "JSON" not in str(galat):
            raise
    kursor.execute(_LAMBAT, (awal, HALAMAN))  # bytes stand where text belongs: only SQLite can be made to hold that
    return [_sendiri(dict(zip((*KOLOM, "isi", "rantai"), satu, strict=True))) for satu in kursor.fetchall()]


def _sendiri(baris: dict[str, Any]) -> Baris:
    """Return a row whose envelope our own encoder wrote."""
    try:
        amplop = kanonik({k: baris[k] for k in KOLOM})
    except (MasukanSalah, TypeError):
        amplop = None
    teks = (_bita(baris[k]) for k in ("aliran", "waktu_catat", "rantai"))
    aliran, waktu, rantai = teks
    return baris["nomor"], aliran, baris["versi"], waktu, amplop, baris["isi"], rantai


def _bita(nilai: object) -> bytes:
    return nilai if isinstance(nilai, bytes) else str(nilai).encode("utf-8", "surrogateescape")
