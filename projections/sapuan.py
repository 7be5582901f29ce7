"""Sapuan: how far the sweeps have come, one row per workflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, select

from zi_workflow.domain.events import JadwalDisapu, Tercatat

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

sapuan = Table(
    "sapuan",
    MetaData(),
    Column("instansi", _teks, primary_key=True),
    Column("alur", _teks, primary_key=True),
    Column("versi", _nomor, nullable=False),
    Column("pada", _teks, nullable=False),
    Column("waktu_catat", _teks, nullable=False),
)
"""``versi`` is that of the stream of sweeps, ``pada`` the latest day that any of them swept."""

_SAPUAN: Final = "-jadwal"


class Sapuan:
    """The fold of the sweeps."""

    nama = "sapuan"
    versi = 1
    tabel = sapuan

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the workflow that was swept."""
        if not isinstance(tercatat.peristiwa, JadwalDisapu):
            return ()
        instansi, alur, _ = tercatat.aliran.split("/", 2)
        return ((instansi, alur.removesuffix(_SAPUAN)),)

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the row after one more sweep."""
        peristiwa = tercatat.peristiwa
        if not isinstance(peristiwa, JadwalDisapu):
            return baris
        return {
            "instansi": kunci[0],
            "alur": kunci[1],
            "versi": tercatat.versi,
            "pada": max(peristiwa.pada, baris["pada"] if baris else ""),
            "waktu_catat": tercatat.waktu_catat.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z",
        }


def satu(koneksi: Connection, instansi: str, alur: str) -> dict[str, Any] | None:
    """Return how far the sweeps of a workflow have come, None before the first."""
    c = sapuan.c
    baris = koneksi.execute(select(sapuan).where(c.instansi == instansi, c.alur == alur)).mappings().first()
    return None if baris is None else dict(baris)
