"""Mistakes of the caller, as exceptions; a refusal by law is not one of them (it is an event).

Each error says three things, in Indonesian because people read them: what happened (``pesan``), the rule or
value behind it (``sebab``), and the next step (``lanjut``). ``kode`` is the exit code of ``interface.md`` §1.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping

ARTI_BUKA: Mapping[int, str] = {
    errno.ENOENT: "Tidak ada berkas dengan nama itu.",
    errno.ENOTDIR: "Tidak ada berkas dengan nama itu.",
    errno.EISDIR: "Itu folder, bukan berkas.",
    errno.EACCES: "Tidak ada hak baca.",
    errno.ENAMETOOLONG: "Namanya terlalu panjang.",
    errno.ELOOP: "Tautannya berputar.",
    errno.ENXIO: "Itu bukan berkas biasa.",
}
"""Why a file that a user named cannot be opened, by the system's error number."""


class Galat(Exception):
    """Base of everything that a caller can do wrong or that can go wrong around the core."""

    kode = 1

    def __init__(self, pesan: str, sebab: str = "", lanjut: str = "") -> None:
        """Keep the three lines that a person will read."""
        super().__init__(pesan)
        self.pesan = pesan
        self.sebab = sebab
        self.lanjut = lanjut


class MasukanSalah(Galat):
    """Wrong usage, or an input that is unreadable or out of range (the field, cell or line is named)."""

    kode = 2


class TidakDitemukan(Galat):
    """A unit, record, official or document that does not exist."""

    kode = 3


class UnitTidakDitemukan(TidakDitemukan):
    """No unit has that code; ``unit`` is what was asked for, so that the edge can suggest a near one."""

    def __init__(self, unit: str) -> None:
        """Say what is missing and where the list is."""
        super().__init__(f"Unit '{unit[:60]}' tidak ditemukan", "Setiap unit didaftarkan lebih dahulu.", "zi unit daftar")
        self.unit = unit


class Konflik(Galat):
    """Someone else wrote first, or an idempotency key was used with other content."""

    kode = 6


class IntegritasRusak(Galat):
    """Chain, checkpoint or file differs from what was recorded."""

    kode = 7


class PenyimpananGagal(Galat):
    """Storage is unavailable, full, read-only, or newer than this program."""

    kode = 8


class HasilTidakDiketahui(Galat):
    """The connection was lost while committing: the write may or may not have happened."""

    kode = 9


class LangkahTidakTersedia(Galat):
    """The move is unknown, or the stage does not have it."""

    kode = 11


class DefinisiSalah(Galat):
    """The definition breaks a rule of the loader (file, key, expected, next step)."""

    kode = 12


class NilaiTidakBerlaku(Galat):
    """No dated value covers the date that was asked for; the gap is named."""

    kode = 12
