"""Deleting a person's data: first the record of it, then the key; whatever is cut short is finished by the next run."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zi_workflow.domain.commands import HapusData
from zi_workflow.domain.errors import TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.domain.state import Instansi
    from zi_workflow.vault import Brankas


def perintah_hapus(instansi: Instansi, brankas: Brankas, orang: str, *, alasan: str, dasar: str, tanggal: date, oleh: str) -> HapusData:
    """Return the command that deletes somebody's data, or, where that was decided before, repeats it.

    Raises TidakDitemukan for somebody of whom nothing is sealed, PenyimpananGagal where this machine has no keys.
    """
    kunci = brankas.kunci_kini(orang) or next(reversed(list(instansi.dihapus.get(orang, ()))), None)
    if kunci is None:
        raise TidakDitemukan(
            f"Tidak ada data pribadi {orang[:40]} yang disegel",
            "Yang dapat dihapus adalah orang yang namanya atau kontaknya pernah dicatat.",
            "zi pejabat daftar; atau lihat orangnya pada peristiwanya: zi audit lihat NOMOR --json",
        )
    return HapusData(orang, kunci, alasan, dasar, tanggal, oleh)


def tertunda(instansi: Instansi, brankas: Brankas) -> list[tuple[str, str, int]]:
    """Return the deletions that are recorded and not done: person, key, number of the event. Raises PenyimpananGagal."""
    semua = [(orang, kunci, nomor) for orang, milik in instansi.dihapus.items() for kunci, nomor in milik.items()]
    return [satu for satu in semua if brankas.tersisa(satu[0], satu[1])]
