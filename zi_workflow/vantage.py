"""The two time axes as a store: the same questions, asked of the register as it was on a day, or as it was known at an instant.

A service over this answers as it would have, with the rules of the definition in use; nothing can be written through it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from zi_workflow.domain.asof import dikenal, peristiwa_pada
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Tercatat, UnitDidaftarkan

if TYPE_CHECKING:
    from zi_workflow.session import Brankas, Gudang
    from zi_workflow.store import Amplop, Kunci, Naskah

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sudut:
    """From where the register is looked at: as it was on the day ``per``, as it was known at ``diketahui``; None: as it is."""

    per: date | None = None
    diketahui: datetime | None = None

    @property
    def kini(self) -> bool:
        """Say whether this is the register as it is."""
        return self.per is None and self.diketahui is None

    def saring(self, peristiwa: Sequence[Tercatat]) -> list[Tercatat]:
        """Return the events of a stream that are seen from here; none of a file that was not opened yet."""
        semua = list(peristiwa) if self.diketahui is None else dikenal(peristiwa, self.diketahui)
        if self.per is None:
            return semua
        if semua and isinstance(semua[0].peristiwa, UnitDidaftarkan) and semua[0].tanggal > self.per:
            return []
        return peristiwa_pada(semua, self.per)


KINI = Sudut()
"""The register as it is."""


@dataclass(frozen=True)
class ArsipPada:
    """A store as it is seen from ``sudut``: its streams are filtered, everything else is handed on."""

    asal: Gudang
    sudut: Sudut

    @property
    def brankas(self) -> Brankas:
        """The key store of personal data: what was deleted since is not seen from anywhere."""
        return self.asal.brankas

    def muat(self, aliran: str, setelah: int = 0) -> list[Tercatat]:
        """Return the events of a stream after a version, as far as they are seen from here."""
        return [t for t in self.sudut.saring(self.asal.muat(aliran)) if t.versi > setelah]

    def muat_lengkap(self, aliran: str) -> list[Amplop]:
        """Return the same with whole envelopes."""
        ada = {t.versi for t in self.muat(aliran)}
        return [a for a in self.asal.muat_lengkap(aliran) if a.versi in ada]

    def aliran(self, awalan: str) -> list[str]:
        """Return the names of the streams that begin with ``awalan``, those included of which nothing is seen from here."""
        return self.asal.aliran(awalan)

    def lihat(self, nomor: int) -> Amplop | None:
        """Return the event with this number, None where it is not seen from here."""
        amplop = self.asal.lihat(nomor)
        return amplop if amplop is not None and any(t.nomor == nomor for t in self.muat(amplop.aliran)) else None

    def definisi(self, sidik: str) -> bytes | None:
        """Return the definition kept under a hash."""
        return self.asal.definisi(sidik)

    def baca(self, kerja: Callable[[Any], T]) -> T:
        """Run ``kerja`` on the read models, which are as they are."""
        return self.asal.baca(kerja)

    def jawaban_kunci(self, kunci: Kunci) -> bytes | None:
        """Return the answer kept with a key."""
        return self.asal.jawaban_kunci(kunci)

    def tambah(self, naskah: Sequence[Naskah], **_lain: object) -> NoReturn:
        """Refuse: the past is only looked at."""
        raise MasukanSalah(
            f"Masa lalu hanya dapat dilihat ({len(naskah)} peristiwa)", "--per dan --diketahui milik pertanyaan.", "Ulangi tanpa keduanya."
        )
