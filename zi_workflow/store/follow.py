"""Following the log for exports: rows as they are stored, page by page, up to the number at which the log stood.

The log only grows and its numbers have no gaps, so everything up to that number is one snapshot for ever: no transaction
is held open while somebody reads slowly, and no more than one page is in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, select

from zi_workflow.store.connection import Basis
from zi_workflow.store.schema import peristiwa

HALAMAN: Final = 200
"""Rows read in one statement: a few megabytes even where each holds a whole LKE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rentang:
    """Which part of the log: numbers and effective dates, all included, and the code of a unit (with everything beside its file)."""

    unit: str | None = None
    dari: date | None = None
    sampai: date | None = None
    sejak_nomor: int = 1
    sampai_nomor: int | None = None

    @property
    def awalan(self) -> bool:
        """Say whether it is a prefix of the log, the only part that a checkpoint speaks for."""
        return self.unit is None and self.dari is None and self.sampai is None and self.sejak_nomor <= 1


def ujung(basis: Basis) -> int:
    """Return the last number of the log, 0 where it is empty."""
    return basis.baca(lambda koneksi, _: int(koneksi.execute(select(func.max(peristiwa.c.nomor))).scalar() or 0))


def alirkan(basis: Basis, rentang: Rentang) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of that part of the log in order of number; where it ends is settled when the first is asked for."""
    akhir = ujung(basis)
    if rentang.sampai_nomor is not None:
        akhir = min(akhir, rentang.sampai_nomor)
    awal, akhir_tanggal = (d.isoformat() if d is not None else None for d in (rentang.dari, rentang.sampai))
    setelah = rentang.sejak_nomor - 1
    while halaman := _halaman(basis, rentang.unit, setelah, akhir):
        for baris in halaman:
            if (awal is None or awal <= baris["tanggal"]) and (akhir_tanggal is None or baris["tanggal"] <= akhir_tanggal):
                yield baris
        setelah = halaman[-1]["nomor"]


def _halaman(basis: Basis, unit: str | None, setelah: int, akhir: int) -> list[Mapping[str, Any]]:
    """Return the next rows; dates are compared by the caller, so that no index but the one of numbers can be preferred."""
    p = peristiwa.c
    perintah = select(peristiwa).where(p.nomor > setelah, p.nomor <= akhir).order_by(p.nomor).limit(HALAMAN)
    if unit is not None:
        perintah = perintah.where(p.kode == unit)

    def kerja(koneksi: Connection, _: object) -> list[Mapping[str, Any]]:
        return [*koneksi.execute(perintah).mappings()]

    return basis.baca(kerja)
