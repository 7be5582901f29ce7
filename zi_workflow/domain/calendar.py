"""The calendar: working days of the definition's table, months added to a day, and days in words.

A due date is never shifted (D14). The table only says which day before it is the last on which an office is open.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

BULAN = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
NAMA_HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
LIBUR = "libur"
CUTI_BERSAMA = "cuti_bersama"
JENIS_LIBUR = (LIBUR, CUTI_BERSAMA)

_SABTU = NAMA_HARI.index("Sabtu")
_SEHARI = timedelta(days=1)
_SETAHUN = 12


@dataclass(frozen=True, slots=True)
class Libur:
    """One holiday or cuti bersama; ``perkiraan``: the day itself is still to be confirmed."""

    tanggal: date
    nama: str
    jenis: str
    perkiraan: bool = False


@dataclass(frozen=True, slots=True)
class TahunLibur:
    """One year of the table, and the joint decree that it rests on (or why there is none yet)."""

    tahun: int
    dasar: str


@dataclass(frozen=True, slots=True)
class Kalender:
    """Holidays by day, and the years that the table reaches. Beyond them only weekends are known."""

    libur: Mapping[date, tuple[Libur, ...]] = field(default_factory=dict)
    tahun: Mapping[int, TahunLibur] = field(default_factory=dict)

    def mencakup(self, hari: date) -> bool:
        """Say whether the table reaches the year of that day."""
        return hari.year in self.tahun

    def hari_kerja(self, hari: date) -> bool:
        """Say whether offices are open: Monday to Friday, neither holiday nor cuti bersama."""
        return hari.weekday() < _SABTU and hari not in self.libur

    def hari_kerja_terakhir(self, batas: date) -> date:
        """Return the last working day on or before ``batas``."""
        hari = batas
        while not self.hari_kerja(hari):
            hari -= _SEHARI
        return hari

    def alasan(self, hari: date) -> str:
        """Return why a day is no working day (``Minggu, Hari Raya Waisak``), empty for one that is."""
        akhir_pekan = [NAMA_HARI[hari.weekday()]] if hari.weekday() >= _SABTU else []
        return ", ".join([*akhir_pekan, *(f"{x.nama} (perkiraan)" if x.perkiraan else x.nama for x in self.libur.get(hari, ()))])


def tambah_bulan(hari: date, bulan: int) -> date:
    """Add whole months (or take them off); a day that the month does not have becomes its last one."""
    tambah, nol = divmod(hari.month - 1 + bulan, _SETAHUN)
    tahun = hari.year + tambah
    return date(tahun, nol + 1, min(hari.day, monthrange(tahun, nol + 1)[1]))


def tanggal_kata(hari: date) -> str:
    """Return a day as ``3 Sep 2024``: the month in three letters."""
    return f"{hari.day} {BULAN[hari.month - 1][:3]} {hari.year}"
