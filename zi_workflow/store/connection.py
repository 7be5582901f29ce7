"""The database behind a URL: how it is opened, read in one statement and written in one transaction.

Connections are in the driver's autocommit mode; a transaction is begun and ended by statement, the same way on both
engines. The hot path uses the driver's cursor below SQLAlchemy's pool, with statements that Core compiled once.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar
from urllib.parse import quote, quote_plus

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.store.errors import SIAPKAN, tak_diketahui, terjemah

T = TypeVar("T")

TUNGGU: Final = 10
"""Seconds that a writer waits for its turn (``?timeout=`` in the URL overrides it)."""
_CICIL: Final = 0.25
"""Seconds of each wait inside SQLite; between two of them an interrupt is heard."""
_DETIK: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,3})?")
_PENANDA_TULIS: Final = 4000
"""Pages of the write-ahead log (4 kB each) after which it is folded into the file."""
_INGATAN: Final = 16_384
"""Kibibytes of pages that a connection to SQLite keeps: what a search over a large log reads of its index fits in."""

_POTRET: Final = {
    "sqlite": ("BEGIN",),
    "postgresql": (
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL statement_timeout = 0",
        "SET LOCAL idle_in_transaction_session_timeout = 0",
    ),
}
"""How a picture for long reading begins."""
_BAKU_PG: Final = {"connect_timeout": str(TUNGGU), "application_name": "zi", "client_encoding": "utf8"}


def urai(teks: str) -> URL:
    """Return the parsed URL; raises `MasukanSalah` for one that is not SQLite in a file or PostgreSQL."""
    try:
        url = make_url(teks)
    except ArgumentError:
        raise MasukanSalah("Alamat penyimpanan tidak dapat dibaca.", "Bukan URL SQLAlchemy.", "Contoh: --basis sqlite:///zi.db") from None
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername in {"sqlite", "sqlite+pysqlite"} and url.database not in {None, "", ":memory:"}:
        return url.set(drivername="sqlite", database=str(Path(str(url.database)).absolute()))
    if url.drivername == "postgresql+psycopg":
        return url
    raise MasukanSalah(
        f"Penyimpanan {url.drivername} tidak didukung.",
        "Yang didukung: SQLite dalam berkas, dan PostgreSQL dengan psycopg.",
        "Contoh: --basis sqlite:///zi.db atau postgresql+psycopg://…",
    )


def _tunggu(url: URL) -> float:
    """Return the seconds that a writer waits; raises `MasukanSalah` for what is no such number."""
    teks = str(url.query.get("timeout", TUNGGU))
    if not _DETIK.fullmatch(teks):
        raise MasukanSalah(
            "Lama tunggu penyimpanan tidak dapat dibaca.", "`timeout` pada URL: detik, 0 sampai 9999.", "Contoh: ?timeout=10"
        )
    return float(teks)


class Basis:
    """An open database: one engine, reads and write transactions with every driver error translated."""

    def __init__(self, teks: str) -> None:
        """Parse the URL and build the engine; nothing is opened yet."""
        self.url = urai(teks)
        self.berkas = Path(str(self.url.database)) if self.url.drivername == "sqlite" else None
        self.tunggu = _tunggu(self.url) if self.berkas else TUNGGU
        sandi = self.url.password
        self._rahasia = tuple({str(sandi), quote(str(sandi)), quote_plus(str(sandi))}) if sandi else ()
        self.engine = _sqlite(self.berkas, self.tunggu) if self.berkas else _postgresql(self.url)
        self.dialek = self.engine.dialect.name
        self.galat: tuple[type[Exception], ...] = (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error, UnicodeEncodeError)
        self._antre = Lock()
        self._mulai = "BEGIN IMMEDIATE" if self.berkas else "BEGIN"

    def wajib_ada(self) -> None:
        """Raise `PenyimpananGagal` where the SQLite file does not exist."""
        if self.berkas is not None and not self.berkas.exists():
            raise PenyimpananGagal("Penyimpanan belum ada.", f"Berkas {self.berkas} tidak ditemukan.", SIAPKAN)

    def baca(self, kerja: Callable[[Connection, DBAPICursor], T]) -> T:
        """Run ``kerja`` without a transaction; a connection that died while idle is replaced once."""
        return self._ulangi(lambda: self._sekali(kerja))

    def potret(self, kerja: Callable[[Connection, DBAPICursor], T]) -> T:
        """Run ``kerja`` on one consistent picture of the whole database, however long it takes and whoever writes meanwhile."""

        def dalam(koneksi: Connection, kursor: DBAPICursor) -> T:
            for perintah in _POTRET[self.dialek]:
                kursor.execute(perintah)
            try:
                return kerja(koneksi, kursor)
            finally:
                self._undur(koneksi)

        try:
            return self._sekali(dalam)
        except _Terputus as putus:  # half of the work may be done: not tried again
            raise putus.galat from putus.__cause__

    def tulis(self, kerja: Callable[[Connection, DBAPICursor], T]) -> T:
        """Run ``kerja`` in one transaction and commit it.

        Raises `Konflik`, `PenyimpananGagal`, or `HasilTidakDiketahui` where the connection broke while committing;
        whatever ``kerja`` itself raises passes through, with nothing written.
        """
        if self.berkas is None:
            return self._ulangi(lambda: self._sekali(lambda k, c: self._transaksi(k, c, kerja)))
        if not self._antre.acquire(timeout=self.tunggu):
            raise PenyimpananGagal("Penyimpanan sedang dipakai.", "Antrean menulis tidak kosong dalam batas waktu tunggu.", "Ulangi.")
        try:
            return self._ulangi(lambda: self._sekali(lambda k, c: self._transaksi(k, c, kerja)))
        finally:
            self._antre.release()

    def tutup(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def _ulangi(self, kerja: Callable[[], T]) -> T:
        try:
            return kerja()
        except _Terputus:
            self.engine.dispose()
        try:
            return kerja()
        except _Terputus as putus:
            raise putus.galat from putus.__cause__

    def _sekali(self, kerja: Callable[[Connection, DBAPICursor], T]) -> T:
        try:
            with self.engine.connect() as koneksi:
                try:
                    return kerja(koneksi, koneksi.connection.cursor())
                except self.galat as galat:
                    putus = self._putus(koneksi, galat)
                    koneksi.invalidate()
                    raise self._terjemah(galat, putus=putus) from galat
                except KeyboardInterrupt:  # perhaps in the middle of a statement: the connection could not even roll back
                    koneksi.invalidate()
                    raise
        except self.galat as galat:
            raise self._terjemah(galat, putus=False) from galat

    def _transaksi(self, koneksi: Connection, kursor: DBAPICursor, kerja: Callable[[Connection, DBAPICursor], T]) -> T:
        self._masuk(kursor)
        try:
            hasil = kerja(koneksi, kursor)
        except BaseException:
            self._undur(koneksi)
            raise
        try:
            kursor.execute("COMMIT")
        except self.galat as galat:
            if self._putus(koneksi, galat) or getattr(galat, "sqlite_errorname", "") == "SQLITE_IOERR_FSYNC":
                koneksi.invalidate()
                raise tak_diketahui() from galat
            self._undur(koneksi)
            raise
        return hasil

    def _undur(self, koneksi: Connection) -> None:
        """Roll back; a connection that cannot (lost, or interrupted in a statement) is closed, which does the same."""
        try:
            koneksi.connection.rollback()
        except self.galat:
            koneksi.invalidate()

    def _masuk(self, kursor: DBAPICursor) -> None:
        """Begin; on SQLite wait for the writer's turn in slices, so that an interrupt is heard."""
        sisa = self.tunggu if self.berkas else 0.0
        while True:
            try:
                kursor.execute(self._mulai)
            except sqlite3.OperationalError as galat:
                sisa -= _CICIL
                if sisa <= 0 or not galat.sqlite_errorname.startswith("SQLITE_BUSY"):
                    raise
            else:
                return

    def _putus(self, koneksi: Connection, galat: Exception) -> bool:
        dbapi = self.engine.dialect.loaded_dbapi
        asal = getattr(galat, "orig", None) or galat
        if self.berkas is not None or not isinstance(asal, dbapi.Error):
            return False
        try:
            return bool(self.engine.dialect.is_disconnect(asal, koneksi.connection, None))
        except SQLAlchemyError:  # the pool has already given the connection up
            return True

    def _terjemah(self, galat: Exception, *, putus: bool) -> Exception:
        hasil = terjemah(galat, terputus=putus, rahasia=self._rahasia)
        if hasil is None:
            return galat
        return _Terputus(hasil) if putus else hasil


@contextmanager
def teks_apa_adanya(koneksi: Connection) -> Iterator[None]:
    """Let SQLite hand over text that is no UTF-8, its bytes kept as lone surrogates, instead of failing on it."""
    dbapi = koneksi.connection.driver_connection
    if not isinstance(dbapi, sqlite3.Connection):
        yield
        return
    lama, dbapi.text_factory = dbapi.text_factory, lambda isi: isi.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        dbapi.text_factory = lama


class _Terputus(Exception):
    """The connection was found dead before anything was committed: worth one more try."""

    def __init__(self, galat: Exception) -> None:
        super().__init__(str(galat))
        self.galat = galat


def _sqlite(berkas: Path, tunggu: float) -> Engine:
    return create_engine(
        URL.create("sqlite", database=str(berkas)),
        creator=lambda: sambung_sqlite(berkas, min(tunggu, _CICIL)),
        poolclass=QueuePool,
        isolation_level="AUTOCOMMIT",
        pool_size=8,
        max_overflow=56,
        pool_timeout=tunggu,
    )


def sambung_sqlite(berkas: Path, tunggu: float, mode: str = "rw") -> sqlite3.Connection:
    """Open an existing file; where its folder cannot be written and nobody writes it, as an unchanging file."""
    alamat = f"file:{quote(str(berkas))}?mode={mode}"
    try:
        return _buka_sqlite(alamat, tunggu)
    except sqlite3.OperationalError as galat:
        sisa = berkas.with_name(berkas.name + "-wal")
        baca_saja = galat.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
        if mode != "rw" or not baca_saja or not berkas.exists() or (sisa.exists() and sisa.stat().st_size):
            raise
        return _buka_sqlite(f"{alamat}&immutable=1", tunggu)


def _buka_sqlite(alamat: str, tunggu: float) -> sqlite3.Connection:
    koneksi = sqlite3.connect(alamat, uri=True, timeout=tunggu, isolation_level=None, check_same_thread=False)
    try:
        koneksi.execute("PRAGMA synchronous=FULL")
        koneksi.execute(f"PRAGMA wal_autocheckpoint={_PENANDA_TULIS}")
        koneksi.execute(f"PRAGMA cache_size=-{_INGATAN}")
        koneksi.execute("PRAGMA trusted_schema=OFF")
        koneksi.execute("PRAGMA schema_version").fetchone()
    except BaseException:
        koneksi.close()
        raise
    return koneksi


def _postgresql(url: URL) -> Engine:
    logging.getLogger("psycopg").addHandler(logging.NullHandler())  # what it says on closing is not for the user's screen
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=8,
        max_overflow=56,
        pool_timeout=TUNGGU,
        connect_args={k: v for k, v in _BAKU_PG.items() if k not in url.query},
    )

    @event.listens_for(engine, "connect")
    def _atur(koneksi: Any, _catatan: object) -> None:  # noqa: ANN401 - the driver's connection
        koneksi.execute(
            f"SET lock_timeout = '{TUNGGU}s'; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s';"
            " SET default_transaction_isolation = 'read committed'; SET synchronous_commit = 'on'; SET timezone = 'UTC'"
        )

    return engine
