"""The log is append-only: the database itself refuses to change, delete, replace or empty it."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from tests.store.bahan import UNIT, naskah, tambah, terbuka
from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.store import Kunci, Store

_TABEL = ("peristiwa", "definisi", "kunci")
_UBAH = ("UPDATE peristiwa SET oleh = 'lain'", "UPDATE definisi SET isi = isi", "UPDATE kunci SET sidik = 'lain'")
_KOLOM = {"peristiwa": "nomor", "definisi": "sidik", "kunci": "kunci"}


def _isi(store: Store) -> list[list[tuple[object, ...]]]:
    with store.engine.connect() as koneksi:
        return [[tuple(b) for b in koneksi.exec_driver_sql(f"SELECT * FROM {t} ORDER BY 1")] for t in _TABEL]  # noqa: S608


@pytest.fixture
def terisi(store: Store) -> Store:
    """Give a store with a row in each table of the log."""
    tambah(store, naskah(1), naskah(2), kunci=Kunci("k", "s"), definisi={"sha256:a": b"x"})
    return store


def _ditolak(store: Store, perintah: str) -> None:
    sebelum = _isi(store)
    with pytest.raises(DBAPIError, match="hanya boleh ditambah"), store.engine.connect() as koneksi:
        koneksi.exec_driver_sql(perintah)
    assert _isi(store) == sebelum
    assert all(sebelum)


@pytest.mark.parametrize("perintah", [*_UBAH, *[f"DELETE FROM {t}" for t in _TABEL]])  # noqa: S608
def test_ubah_dan_hapus_ditolak(terisi: Store, perintah: str) -> None:
    """Updates and deletes are refused on both engines."""
    _ditolak(terisi, perintah)


@pytest.mark.parametrize("tabel", _TABEL)
@pytest.mark.parametrize("kata", ["INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT OR IGNORE INTO", "INSERT INTO"])
def test_timpa_ditolak_sqlite(basis_sqlite: str, tabel: str, kata: str) -> None:
    """On SQLite a row cannot be written over by any form of insert."""
    with terbuka(basis_sqlite) as store:
        tambah(store, naskah(1), kunci=Kunci("k", "s"), definisi={"sha256:a": b"x"})
        _ditolak(store, f"{kata} {tabel} SELECT * FROM {tabel}")  # noqa: S608


def test_timpa_versi_ditolak_sqlite(basis_sqlite: str) -> None:
    """A new number does not let another event take the place of a version."""
    with terbuka(basis_sqlite) as store:
        tambah(store, naskah(1), kunci=Kunci("k", "s"), definisi={"sha256:a": b"x"})
        with store.engine.connect() as koneksi:
            kolom = [b[1] for b in koneksi.exec_driver_sql("PRAGMA table_info(peristiwa)")]
        pilih = ", ".join("99" if k == "nomor" else k for k in kolom)
        _ditolak(store, f"INSERT OR REPLACE INTO peristiwa SELECT {pilih} FROM peristiwa")  # noqa: S608


@pytest.mark.parametrize("tabel", _TABEL)
def test_kosongkan_dan_timpa_ditolak_postgresql(basis_postgres: str, tabel: str) -> None:
    """On PostgreSQL a table cannot be truncated, nor a row replaced by an upsert, even as a replica."""
    with terbuka(basis_postgres) as store:
        tambah(store, naskah(1), kunci=Kunci("k", "s"), definisi={"sha256:a": b"x"})
        _ditolak(store, f"TRUNCATE {tabel}")
        kolom = _KOLOM[tabel]
        _ditolak(store, f"INSERT INTO {tabel} SELECT * FROM {tabel} ON CONFLICT ({kolom}) DO UPDATE SET {kolom} = EXCLUDED.{kolom}")  # noqa: S608
        _ditolak(store, f"SET session_replication_role = replica; DELETE FROM {tabel}")  # noqa: S608


def test_pemicu_yang_hilang_dipasang_lagi(terisi: Store) -> None:
    """A trigger that somebody dropped is missed and put back by `siapkan`."""
    di = "" if terisi.engine.dialect.name == "sqlite" else " ON peristiwa"
    with terisi.engine.connect() as koneksi:
        koneksi.exec_driver_sql(f"DROP TRIGGER peristiwa_tak_diubah{di}")
    assert terisi.siapkan() is True
    assert terisi.siapkan() is False
    _ditolak(terisi, "UPDATE peristiwa SET oleh = 'lain'")


def test_peristiwa_versi_baru_menolak_dibaca(terisi: Store) -> None:
    """An event of a version that this program does not know stops the reader of its stream (exit 8)."""
    with terisi.engine.connect() as koneksi:
        kolom = [k["name"] for k in _kolom(terisi)]
        ganti = {"nomor": "3", "versi": "3", "jenis": "'BuktiDicatat@2'"}
        pilih = ", ".join(ganti.get(k, k) for k in kolom)
        koneksi.exec_driver_sql(f"INSERT INTO peristiwa SELECT {pilih} FROM peristiwa WHERE nomor = 2")  # noqa: S608
    for kerja in (lambda: terisi.muat(UNIT), lambda: terisi.lihat(3), lambda: terisi.telusuri(unit="DINAS-CONTOH")):
        with pytest.raises(PenyimpananGagal, match="tidak dikenal"):
            kerja()
    assert terisi.lihat(2) is not None


def _kolom(store: Store) -> list[dict[str, str]]:
    from sqlalchemy import inspect  # noqa: PLC0415

    return inspect(store.engine).get_columns("peristiwa")  # type: ignore[return-value]
