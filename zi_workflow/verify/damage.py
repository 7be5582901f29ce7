"""Telling a damaged database from one that cannot be used now."""

from __future__ import annotations

from typing import Final

_SEMENTARA: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_INTERRUPT", "SQLITE_NOMEM", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_PERM")
"""Errors of SQLite that say nothing of what is stored."""
_RUSAK: Final = {
    "SQLITE_NOTADB": "berkas penyimpanan bukan basis data SQLite lagi",
    "SQLITE_CORRUPT": "berkas penyimpanan rusak",
}
_RUSAK_PG: Final = ("XX", "42P01", "42703", "42883", "42804")
"""States of PostgreSQL: data corrupted, or a table, column or type that is not there."""


def kata_rusak(galat: BaseException, *, curiga: bool = False) -> str | None:
    """Return in words the damage behind an error, None where it is none.

    ``curiga``: problems were found before, so that values of the wrong type are no bug of ours.
    """
    asal = _asal(galat)
    nama, keadaan = getattr(asal, "sqlite_errorname", None), getattr(asal, "sqlstate", None)
    kata = " ".join(str(asal).split())[:200]
    if nama is not None:
        if nama.startswith((*_SEMENTARA, "SQLITE_READONLY")) or (nama.startswith("SQLITE_IOERR") and nama != "SQLITE_IOERR_SHORT_READ"):
            return None
        return f"{next((v for k, v in _RUSAK.items() if nama.startswith(k)), 'isi penyimpanan tidak terbaca')} ({kata})"
    if keadaan is not None:
        return f"isi penyimpanan tidak terbaca ({kata})" if str(keadaan).startswith(_RUSAK_PG) else None
    if isinstance(galat, UnicodeError):  # a name in SQLite's own message, or text in a row
        return "berkas penyimpanan rusak (teks di dalamnya bukan UTF-8)"
    if curiga and isinstance(galat, TypeError | ValueError):
        return "nilainya bukan jenis yang seharusnya, jadi tidak dapat diperiksa"
    return None


def _asal(galat: BaseException) -> BaseException:
    """Return the driver's error at the bottom."""
    kini: BaseException | None = galat
    while kini is not None:
        asal = getattr(kini, "orig", None) or kini
        if getattr(asal, "sqlite_errorname", None) is not None or getattr(asal, "sqlstate", None) is not None:
            return asal
        kini = kini.__cause__
    return galat
