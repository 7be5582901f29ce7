"""What goes by while an export is written: how many events, how many bytes, their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_SEKALI: Final = 1 << 16


@dataclass
class Hitung:
    """What went by: events with their first and last number, bytes with their hash."""

    peristiwa: int = 0
    awal: int | None = None
    akhir: int | None = None
    ukuran: int = 0
    sidik: Any = field(default_factory=hashlib.sha256)

    def baris(self, semua: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Hand rows on, counted."""
        for satu in semua:
            self.peristiwa += 1
            self.akhir = satu["nomor"]
            self.awal = self.awal or self.akhir
            yield satu

    def bita(self, potongan: Iterable[bytes]) -> Iterator[bytes]:
        """Hand pieces on in portions worth a system call, counted and hashed."""
        wadah = bytearray()
        for satu in potongan:
            wadah += satu
            if len(wadah) >= _SEKALI:
                yield self._porsi(wadah)
                wadah.clear()
        if wadah:
            yield self._porsi(wadah)

    def _porsi(self, wadah: bytearray) -> bytes:
        porsi = bytes(wadah)
        self.ukuran += len(porsi)
        self.sidik.update(porsi)
        return porsi
