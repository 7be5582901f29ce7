"""Sets of places as whole numbers (place ``n`` is bit ``n``), and how they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final


def kodekan(bit: int, ukuran: int) -> bytes:
    """Return places as two bytes each where they are very few, as a bitmap (which alone has its length) otherwise."""
    if bit.bit_count() > ukuran // 256:
        return bit.to_bytes(ukuran // 8, "little")
    return b"".join([letak.to_bytes(2, "little") for letak in urut(bit)])


def dekode(isi: bytes, ukuran: int) -> int:
    """Return the places that were stored so; what no segment of that size has, as in a row that was damaged, is left out."""
    if len(isi) == ukuran // 8:
        return int.from_bytes(isi, "little")
    hasil = bytearray(ukuran // 8)
    for i in range(0, len(isi), 2):
        ke, sisa = divmod(int.from_bytes(isi[i : i + 2], "little"), 8)
        if ke < len(hasil):
            hasil[ke] |= 1 << sisa
    return int.from_bytes(hasil, "little")


def gabung(semua: Iterable[int]) -> int:
    """Return the places that are in any of the sets."""
    hasil = 0
    for satu in semua:
        hasil |= satu
    return hasil


_SEDIKIT: Final = 64
"""So few places are sooner found one by one than by looking through all bytes."""
_BIT: Final = [[i for i in range(8) if bita >> i & 1] for bita in range(256)]


def urut(bit: int, *, terbalik: bool = False) -> Iterator[int]:
    """Yield the places in a number, the last first where it is asked for."""
    if bit.bit_count() <= _SEDIKIT:
        sedikit = list(_satu_per_satu(bit))
        yield from reversed(sedikit) if terbalik else sedikit
        return
    isi = bit.to_bytes((bit.bit_length() + 7) // 8, "little")
    for ke in range(len(isi) - 1, -1, -1) if terbalik else range(len(isi)):
        if isi[ke]:
            for satu in reversed(_BIT[isi[ke]]) if terbalik else _BIT[isi[ke]]:
                yield ke * 8 + satu


def _satu_per_satu(bit: int) -> Iterator[int]:
    while bit:
        rendah = bit & -bit
        yield rendah.bit_length() - 1
        bit ^= rendah
