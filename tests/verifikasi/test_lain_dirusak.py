"""Tampering beside the log: small tables, read models, shape of the database. Everything is found, also where no row was touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url

from tests.cli.kisah import tulis
from tests.verifikasi.alat import buat, dikembalikan, jalankan, nyatakan, periksa
from zi_workflow.store import schema


@pytest.fixture
def url(basis: str) -> str:
    """Give a store with sixty events on each engine."""
    buat(basis)
    return basis


TABEL = {
    "kepala mundur": ("UPDATE kepala SET nomor = 50", "tabel"),
    "kepala maju": ("UPDATE kepala SET nomor = 61", "tabel"),
    "waktu kepala": ("UPDATE kepala SET waktu = '2026-03-01T02:00:00.000000Z'", "tabel"),
    "kepala hilang": ("DELETE FROM kepala", "tabel"),
    "kepala lain": ("INSERT INTO kepala SELECT 'medan', nomor, waktu FROM kepala", "tabel"),
    "instansi": ("UPDATE kepala SET instansi = 'binjaj'", "tabel"),
    "jawaban kunci": ("UPDATE kunci SET jawaban = sidik_isi WHERE kunci = 'k-2'", "tabel"),
    "nomor kunci": ("UPDATE kunci SET nomor = 9 WHERE kunci = 'k-1'", "tabel"),
    "kunci dihapus": ("DELETE FROM kunci WHERE kunci = 'k-1'", "tabel"),
    "kunci ditambah": ("INSERT INTO kunci SELECT 'k-3', sidik, jawaban, 60, 1, ikatan FROM kunci WHERE kunci = 'k-1'", "tabel"),
    "definisi diubah": ("UPDATE definisi SET isi = sidik_isi", "tabel"),
    "definisi dihapus": ("DELETE FROM definisi", "tabel"),
    "definisi ditambah": ("INSERT INTO definisi SELECT 'sha256:a', isi FROM definisi", "tabel"),
    "skema": ("UPDATE meta SET nilai = '3'", "tabel"),
    "skema dihapus": ("DELETE FROM meta", "tabel"),
    "setelan ditambah": ("INSERT INTO meta SELECT 'lain', nilai, ikatan FROM meta WHERE nama = 'skema'", "tabel"),
    "giliran": ("UPDATE giliran SET hasil = '{}'", "tabel"),
    "posisi mundur": ("UPDATE posisi SET nomor = 59 WHERE nama = 'papan'", "tabel"),
    "versi posisi": ("UPDATE posisi SET versi = versi + 2 WHERE nama = 'papan'", "tabel"),
    "posisi dihapus": ("DELETE FROM posisi WHERE nama = 'papan'", "tabel"),
    "tampilan diubah": ("UPDATE papan SET nama = 'Dinas Lain' WHERE kode = 'DINAS-A'", "tampilan"),
    "tampilan dihapus": ("DELETE FROM bukti WHERE nomor = 20", "tampilan"),
    "tampilan ditambah": ("UPDATE bukti SET nomor = 99 WHERE nomor = 20", "tampilan"),
}


@pytest.mark.parametrize("nama", TABEL)
def test_harus_tabel_dan_tampilan_dirusak(basis_sqlite: str, nama: str) -> None:
    """Whatever is changed in a table beside the log is found by the part that keeps it."""
    buat(basis_sqlite)
    _rusakkan(basis_sqlite, nama)


def test_harus_tabel_dan_tampilan_dirusak_postgresql(basis_postgres: str) -> None:
    """The same on PostgreSQL, each in its turn; put back, the store is whole again."""
    buat(basis_postgres)
    for nama in TABEL:
        with dikembalikan(basis_postgres):
            _rusakkan(basis_postgres, nama)
    assert periksa(basis_postgres).utuh


def _rusakkan(url: str, nama: str) -> None:
    perintah, bagian = TABEL[nama]
    isi = "CAST('lain' AS BLOB)" if url.startswith("sqlite") else "'lain'::bytea"
    jalankan(url, perintah.replace("sidik_isi", isi))
    hasil = periksa(url, hanya=[bagian])
    assert [t.bagian for t in hasil.masalah][:1] == [bagian], (nama, nyatakan(hasil))
    assert len(hasil.masalah) <= 4, (nama, nyatakan(hasil))


def _sendiri(url: str, perintah: str) -> None:
    """Run a statement as the owner and leave everything else as it is."""
    mesin = create_engine(url, isolation_level="AUTOCOMMIT")
    with mesin.connect() as koneksi:
        koneksi.exec_driver_sql(perintah)
    mesin.dispose()


def _semua_pemicu(koneksi: Connection) -> None:
    for nama in schema.pemicu(koneksi.dialect.name):
        tabel = next(t for t in schema.ABADI if nama.startswith(f"{t}_"))
        koneksi.exec_driver_sql(f"DROP TRIGGER {nama}" + ("" if koneksi.dialect.name == "sqlite" else f" ON {tabel}"))


def test_harus_pemicu_dibuang(url: str) -> None:
    """Dropped triggers are found though no row was touched, each by name."""
    mesin = create_engine(url, isolation_level="AUTOCOMMIT")
    with mesin.connect() as koneksi:
        _semua_pemicu(koneksi)
        semua = schema.pemicu(koneksi.dialect.name)
    mesin.dispose()
    hasil = periksa(url)
    assert {t.apa for t in hasil.masalah} == {f"pemicu {nama} tidak ada" for nama in semua}


BENTUK_SQLITE = [
    "CREATE TRIGGER tambahan AFTER INSERT ON peristiwa BEGIN SELECT 1; END",
    "CREATE VIEW tambahan AS SELECT * FROM peristiwa",
    "CREATE TABLE tambahan (a)",
    "CREATE INDEX tambahan ON peristiwa (oleh)",
    "DROP INDEX peristiwa_kode",
    "DROP TABLE bukti",
    "ALTER TABLE bukti ADD COLUMN lain TEXT",
    "ALTER TABLE bukti RENAME COLUMN oleh TO olehnya",
    "PRAGMA user_version = 7",
]
BENTUK_PG = [
    "ALTER TABLE peristiwa DISABLE TRIGGER peristiwa_tak_diubah",
    "ALTER TABLE definisi ENABLE TRIGGER definisi_tak_diubah",
    "CREATE OR REPLACE TRIGGER kunci_tak_diubah BEFORE DELETE ON kunci FOR EACH ROW EXECUTE FUNCTION zi_tolak_ubah()",
    "CREATE OR REPLACE FUNCTION zi_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TRIGGER tambahan BEFORE INSERT ON peristiwa FOR EACH ROW EXECUTE FUNCTION zi_tolak_ubah()",
    "CREATE RULE tambahan AS ON UPDATE TO peristiwa DO ALSO NOTHING",
    "ALTER TABLE peristiwa ENABLE ROW LEVEL SECURITY",
    "DROP INDEX peristiwa_kode",
    "ALTER TABLE peristiwa DROP CONSTRAINT peristiwa_aliran_versi",
    "ALTER TABLE peristiwa ALTER COLUMN oleh DROP NOT NULL",
    "ALTER TABLE bukti ADD COLUMN lain TEXT",
    "ALTER TABLE posisi DROP CONSTRAINT posisi_pkey",
    "DROP TABLE bukti",
]


@pytest.mark.parametrize("perintah", BENTUK_SQLITE)
def test_harus_bentuk_diubah_sqlite(basis_sqlite: str, perintah: str) -> None:
    """Anything added to, taken from or changed in the schema of the file is found."""
    buat(basis_sqlite)
    _sendiri(basis_sqlite, perintah)
    assert {t.bagian for t in periksa(basis_sqlite, hanya=["bentuk"]).masalah} == {"bentuk"}


def test_harus_bentuk_diubah_postgresql(basis_postgres: str) -> None:
    """Triggers that are off, weakened or added, rules, row security, missing keys and indexes are found, each for itself."""
    buat(basis_postgres, 10)
    sudah: set[str] = set()
    for perintah in BENTUK_PG:
        _sendiri(basis_postgres, perintah)
        apa = {t.apa for t in periksa(basis_postgres, hanya=["bentuk"]).masalah}
        assert apa != sudah, perintah
        sudah = apa


def test_harus_teks_diganti_bita(basis_sqlite: str) -> None:
    """The same bytes under another type are found: a table without its strictness lets text become a blob."""
    buat(basis_sqlite)
    mesin = create_engine(basis_sqlite, isolation_level="AUTOCOMMIT")
    with mesin.connect() as koneksi:
        _semua_pemicu(koneksi)
        koneksi.exec_driver_sql("PRAGMA writable_schema = ON")
        koneksi.exec_driver_sql("UPDATE sqlite_master SET sql = replace(sql, ' STRICT', '') WHERE name = 'peristiwa'")
        koneksi.exec_driver_sql("PRAGMA writable_schema = RESET")
        koneksi.exec_driver_sql("UPDATE peristiwa SET oleh = CAST(oleh AS BLOB), dasar = CAST(dasar AS BLOB) WHERE nomor = 20")
        koneksi.exec_driver_sql("UPDATE peristiwa SET isi = CAST(isi AS TEXT) WHERE nomor = 21")
        koneksi.exec_driver_sql("UPDATE peristiwa SET waktu_catat = CAST(x'ff' || waktu_catat AS TEXT) WHERE nomor = 30")
    mesin.dispose()
    hasil = periksa(basis_sqlite, hanya=["log"])
    assert [t.nomor for t in hasil.masalah][:2] == [20, 21], nyatakan(hasil)
    assert not periksa(basis_sqlite).utuh


def test_harus_tabel_log_dibuang(basis_sqlite: str) -> None:
    """A log that was dropped altogether is found, and does not pass for a store that was never prepared."""
    buat(basis_sqlite)
    _sendiri(basis_sqlite, "DROP TABLE peristiwa")
    assert {t.bagian for t in periksa(basis_sqlite).masalah} >= {"bentuk", "log"}
    assert Path(str(make_url(basis_sqlite).database)).exists()


def test_harus_brankas_yang_dilupakan(basis: str) -> None:
    """Who takes away the id of the key store, while events hold sealed names, is found."""
    tulis(basis)
    bagian = ["tabel"]
    assert periksa(basis, hanya=bagian).utuh
    jalankan(basis, "DELETE FROM meta WHERE nama = 'brankas'")
    masalah = periksa(basis, hanya=bagian).masalah
    assert [("brankas" in t.apa, t.nomor) for t in masalah] == [(True, 1)], masalah
