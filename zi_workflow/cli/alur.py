"""Which workflow a verb is about: its name in commands and messages, so that verbs serve every workflow alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alur:
    """A workflow as the command line speaks of it; ``id`` None is the main one, of units.

    ``contoh``: a code for examples; ``sebutan``: what one of its files is called; ``buka``: the sub-verb that opens one.
    """

    id: str | None = None
    contoh: str = "DISDUKCAPIL"
    sebutan: str = "Unit"
    metavar: str = "UNIT"
    buka: str = "unit tambah KODE NAMA --oleh NIP"

    def perintah(self, verba: str) -> str:
        """Return how a verb is typed: ``zi catat``, or ``zi pengaduan catat``."""
        return f"zi {self.id} {verba}" if self.id else f"zi {verba}"

    @property
    def daftar(self) -> str:
        """Return how the list of its files is typed."""
        return self.perintah("daftar" if self.id else "unit daftar")

    @property
    def lihat(self) -> str:
        """Return how one of its files is looked at."""
        return self.perintah("lihat" if self.id else "unit lihat")


UTAMA = Alur()
