"""The cast: Binjai's organisations as they are named, and people who are all invented (every NIP is of 1 January 19xx)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import workflows

DAFTAR = Path(str(workflows.__file__)).parent / "binjai" / "perangkat-daerah.csv"

ADMIN = "198001012005011001"
WALI_KOTA = "X-WALIKOTA"
SEKDA = "196901011994031001"
PENILAI = ("197501012002012901", "197501012002011902", "197501012002012903")
MULAI = date(2024, 2, 19)
"""The regulation's first day, from which every official of the story serves."""

GANTI_KEPALA = "DISDUKCAPIL"
"""The unit whose head changes: the first one serves until ``KEPALA_LAMA_SAMPAI``, the next from ``KEPALA_BARU_SEJAK``."""
KEPALA_LAMA_SAMPAI = date(2025, 8, 29)
KEPALA_BARU_SEJAK = date(2025, 9, 1)
_NOMOR_KEPALA_BARU = 31


@dataclass(frozen=True, slots=True)
class PerangkatDaerah:
    """One organisation; ``nomor`` is its place in the list (from 1), ``jenis`` and ``afirmasi`` as the register takes them."""

    nomor: int
    kode: str
    nama: str
    jenis: str
    afirmasi: str | None


@cache
def perangkat_daerah() -> dict[str, PerangkatDaerah]:
    """Return the organisations of the list that ships, by code."""
    with DAFTAR.open(encoding="utf-8", newline="") as berkas:
        semua = [
            PerangkatDaerah(i, b["kode"], b["nama"], b["jenis"], b["afirmasi"] or None) for i, b in enumerate(csv.DictReader(berkas), 1)
        ]
    return {p.kode: p for p in semua}


def nama_kepala(nomor: int) -> str:
    """Return the name of the head with that number."""
    return f"Pejabat Contoh {nomor:02}"


def nip_kepala(nomor: int) -> str:
    """Return the NIP of the head with that number."""
    return f"197001012000011{900 + nomor}"


def nomor_kepala(kode: str, hari: date) -> int:
    """Return the number of the head who serves in a unit on that day."""
    if kode == GANTI_KEPALA and hari >= KEPALA_BARU_SEJAK:
        return _NOMOR_KEPALA_BARU
    return perangkat_daerah()[kode].nomor


def kepala(kode: str, hari: date) -> str:
    """Return the NIP of the head who serves in a unit on that day."""
    return nip_kepala(nomor_kepala(kode, hari))


def penilai(kode: str) -> str:
    """Return the NIP of the TPI member who follows a unit."""
    return PENILAI[perangkat_daerah()[kode].nomor % len(PENILAI)]


def pegawai(kode: str, area: int) -> tuple[str, str]:
    """Return NIP and name of the employee who works on an area of change (1–6) in a unit."""
    nomor = perangkat_daerah()[kode].nomor
    return f"1985010{area}2010011{900 + nomor}", f"Pegawai Contoh {nomor:02}-{area}"
