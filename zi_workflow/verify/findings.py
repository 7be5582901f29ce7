"""What a verification finds: problems (the store is not as it was written), and remarks (worth knowing, no damage)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

BENTUK: Final = "bentuk"
LOG: Final = "log"
TABEL: Final = "tabel"
TAMPILAN: Final = "tampilan"
BERKAS: Final = "berkas"
BAGIAN: Final = (BENTUK, LOG, TABEL, TAMPILAN, BERKAS)
"""Parts of a verification, in the order in which they run."""

BATAS: Final = 100
"""Problems of one part that are named; further ones are counted."""

Pantau: TypeAlias = Callable[[str, Iterable[Any], int], Iterable[Any]]
"""Hands through what it is given (name of the work, the things, how many), and may show how far it is."""


def diam(_judul: str, isi: Iterable[Any], _jumlah: int) -> Iterable[Any]:
    """Hand through and show nothing."""
    return isi


@dataclass(frozen=True, slots=True)
class Temuan:
    """A problem: the part that found it, in words, and the event and stream where they are known."""

    bagian: str
    apa: str
    nomor: int | None = None
    aliran: str | None = None


@dataclass(slots=True)
class Kumpulan:
    """The problems and remarks so far. ``banyak``: how many problems each part has, named or not."""

    masalah: list[Temuan] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)
    banyak: dict[str, int] = field(default_factory=dict)

    def temukan(self, bagian: str, apa: str, nomor: int | None = None, aliran: str | None = None) -> None:
        """Note a problem."""
        ke = self.banyak[bagian] = self.banyak.get(bagian, 0) + 1
        if ke <= BATAS:
            self.masalah.append(Temuan(bagian, apa, nomor, aliran))

    def lebih(self) -> int:
        """Return how many problems were counted and not named."""
        return sum(self.banyak.values()) - len(self.masalah)

    def berurut(self) -> list[Temuan]:
        """Return the problems, those of the log's entries first and by number, so that the first one is the first bad entry."""
        return sorted(self.masalah, key=lambda t: (t.nomor is None, t.nomor or 0, BAGIAN.index(t.bagian)))
