"""Errors of the engines, translated once: what a person reads never holds a driver's trace or a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from zi_workflow.domain.errors import Galat, HasilTidakDiketahui, IntegritasRusak, Konflik, MasukanSalah, PenyimpananGagal

SIAPKAN: Final = "Jalankan `zi siapkan`, lalu ulangi."
_ULANG: Final = "Ulangi perintah yang sama sebentar lagi."

_SIBUK = ("Penyimpanan sedang dipakai program lain.", "Antrean menulis tidak kosong dalam batas waktu tunggu.", _ULANG)
_PENUH = ("Ruang penyimpanan penuh.", "Tidak ada yang ditulis.", "Kosongkan ruang pada diska, lalu ulangi.")
_BACA_SAJA = (
    "Penyimpanan hanya dapat dibaca.",
    "Berkas, folder, atau basis datanya tidak dapat ditulis.",
    "Periksa hak tulis, lalu ulangi.",
)
_TAK_TERBUKA = ("Penyimpanan tidak dapat dibuka.", "Berkasnya tidak ada atau tidak boleh dibuka.", "Periksa `--basis`; " + SIAPKAN)
_DISKA = ("Diska gagal dibaca atau ditulis.", "Sistem operasi melaporkan galat masukan/keluaran.", "Periksa diska, lalu `zi doktor`.")
_BUKAN_BASIS = ("Berkas itu bukan penyimpanan zi.", "Isinya bukan basis data SQLite.", "Periksa `--basis`.")
_RUSAK = ("Berkas penyimpanan rusak.", "Isinya tidak lagi berbentuk basis data yang utuh.", "Pulihkan cadangan dengan `zi pulihkan`.")
_BELUM_SIAP = ("Penyimpanan belum disiapkan.", "Tabelnya tidak ada atau masih berbentuk lama.", SIAPKAN)
_TERPUTUS = (
    "Basis data tidak dapat dihubungi.",
    "Sambungan gagal atau terputus.",
    "Periksa peladen basis data dan `--basis`, lalu ulangi.",
)
_HAK = ("Basis data menolak akses.", "Akun atau haknya tidak cukup.", "Periksa akun pada `--basis`, lalu ulangi.")
_BERUBAH = ("Data sudah diubah pihak lain.", "Peristiwa dengan urutan yang sama sudah tercatat.", "Lihat keadaan terakhir, lalu ulangi.")
_ABADI = ("Perubahan ditolak basis data.", "Peristiwa hanya boleh ditambah.", "Catat koreksi sebagai peristiwa baru.")
_TEKS = ("Teks tidak dapat disimpan.", "Basis data menolak karakter di dalamnya.", "Perbaiki teks itu, lalu ulangi.")

_CUKUP: Final = frozenset({_SIBUK[0], _PENUH[0], _BERUBAH[0], _ABADI[0], _BELUM_SIAP[0]})
"""Messages to which the engine's own words add nothing."""

Buat = Callable[[str, str, str], Galat]

_SQLITE: Final[tuple[tuple[str, Buat, tuple[str, str, str]], ...]] = (
    ("SQLITE_BUSY", PenyimpananGagal, _SIBUK),
    ("SQLITE_LOCKED", PenyimpananGagal, _SIBUK),
    ("SQLITE_FULL", PenyimpananGagal, _PENUH),
    ("SQLITE_READONLY", PenyimpananGagal, _BACA_SAJA),
    ("SQLITE_CANTOPEN", PenyimpananGagal, _TAK_TERBUKA),
    ("SQLITE_PERM", PenyimpananGagal, _HAK),
    ("SQLITE_AUTH", PenyimpananGagal, _HAK),
    ("SQLITE_IOERR", PenyimpananGagal, _DISKA),
    ("SQLITE_PROTOCOL", PenyimpananGagal, _SIBUK),
    ("SQLITE_NOTADB", PenyimpananGagal, _BUKAN_BASIS),
    ("SQLITE_CORRUPT", IntegritasRusak, _RUSAK),
    ("SQLITE_CONSTRAINT_TRIGGER", PenyimpananGagal, _ABADI),
    ("SQLITE_CONSTRAINT_UNIQUE", Konflik, _BERUBAH),
    ("SQLITE_CONSTRAINT_PRIMARYKEY", Konflik, _BERUBAH),
)
_PG: Final[tuple[tuple[str, Buat, tuple[str, str, str]], ...]] = (
    ("55P03", PenyimpananGagal, _SIBUK),
    ("57014", PenyimpananGagal, _SIBUK),
    ("40", Konflik, _BERUBAH),
    ("23505", Konflik, _BERUBAH),
    ("23001", PenyimpananGagal, _ABADI),
    ("53100", PenyimpananGagal, _PENUH),
    ("53", PenyimpananGagal, _SIBUK),
    ("25006", PenyimpananGagal, _BACA_SAJA),
    ("25P03", PenyimpananGagal, _TERPUTUS),
    ("42501", PenyimpananGagal, _HAK),
    ("28", PenyimpananGagal, _HAK),
    ("42P01", PenyimpananGagal, _BELUM_SIAP),
    ("42703", PenyimpananGagal, _BELUM_SIAP),
    ("3D000", PenyimpananGagal, _TAK_TERBUKA),
    ("58030", PenyimpananGagal, _DISKA),
    ("XX001", IntegritasRusak, _RUSAK),
    ("XX002", IntegritasRusak, _RUSAK),
    ("08", PenyimpananGagal, _TERPUTUS),
    ("57P", PenyimpananGagal, _TERPUTUS),
    ("22", MasukanSalah, _TEKS),
)


def terjemah(galat: Exception, *, terputus: bool = False, rahasia: tuple[str, ...] = ()) -> Galat | None:
    """Return the error to raise for a driver's error, or None where it is nobody's but a bug.

    ``terputus`` says that the connection is gone; ``rahasia`` are the texts that no message may repeat.
    """
    asal = getattr(galat, "orig", None) or galat
    nama = getattr(asal, "sqlite_errorname", None)
    keadaan = getattr(asal, "sqlstate", None)
    if isinstance(asal, UnicodeEncodeError) or (type(asal).__name__ == "DataError" and keadaan is None):
        return MasukanSalah(*_TEKS)  # refused by the driver itself: half a character, or NUL on PostgreSQL
    if nama == "SQLITE_ERROR" and str(asal).startswith(("no such table", "no such column")):
        return PenyimpananGagal(*_BELUM_SIAP)
    for awal, buat, teks in _SQLITE if nama else _PG:
        if (nama or keadaan or "").startswith(awal):
            return buat(teks[0], teks[1] if teks[0] in _CUKUP else _sebab(teks[1], asal, rahasia), teks[2])
    if terputus or (nama is None and type(asal).__name__ in {"OperationalError", "ConnectionTimeout", "TimeoutError"}):
        return PenyimpananGagal(_TERPUTUS[0], _sebab(_TERPUTUS[1], asal, rahasia), _TERPUTUS[2])
    return None


def tak_diketahui() -> HasilTidakDiketahui:
    """Return the error for a commit whose outcome nobody knows."""
    return HasilTidakDiketahui(
        "Tidak diketahui apakah perintah sudah tersimpan.",
        "Sambungan ke penyimpanan terputus pada saat menyimpan.",
        "Ulangi perintah yang sama dengan `--kunci` yang sama; ia tidak akan tertulis dua kali.",
    )


def _sebab(sebab: str, asal: BaseException, rahasia: tuple[str, ...]) -> str:
    """Return the reason with the engine's own words, on one line and without secrets."""
    kata = " ".join(str(asal).split())
    for satu in rahasia:
        kata = kata.replace(satu, "***")
    return f"{sebab} ({kata[:200]})" if kata else sebab
