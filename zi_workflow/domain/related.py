"""Files of one workflow that are about files of another: what the file they are about is told, and who it is.

The link is data: a definition names its ``induk``, the workflow to whose files its own belong. Every change of such a file is
an event in the stream of the file it is about, appended in the same transaction, so that decisions there see it.
"""

from __future__ import annotations

from datetime import date

from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import BerkasTerkait
from zi_workflow.domain.state import Keadaan, Unit
from zi_workflow.domain.verdict import INDUK, Terbitan, harus_ada


def kabar(
    definisi: Definisi,
    kode: str,
    induk: str | None,
    keadaan: Keadaan,
    dibuka: date,
    dasar: tuple[str, ...],
    *,
    pembatalan: bool = False,
) -> tuple[Terbitan, ...]:
    """Return what the file that ``kode`` is about (``induk``) is told of its condition; nothing where it is about none."""
    if induk is None:
        return ()
    peristiwa = BerkasTerkait(
        alur=definisi.id,
        kode=kode,
        tahap=keadaan.tahap,
        dibuka=dibuka.isoformat(),
        sejak=keadaan.sejak.isoformat(),
        selesai=definisi.tahap[keadaan.tahap].akhir,
        pembatalan=pembatalan,
    )
    return (Terbitan(INDUK, induk, peristiwa, dasar),)


def periksa_induk(definisi: Definisi, kode: str | None, induk: Unit | None) -> None:
    """Refuse a new file without the one that it must be about, or with one where none is asked for.

    Raises MasukanSalah, or UnitTidakDitemukan where that file does not exist.
    """
    if (kode is not None) == (definisi.induk is not None):
        if kode is not None:
            harus_ada(induk, kode)
        return
    if kode is None:
        raise MasukanSalah("Unit yang bersangkutan belum disebut", f"Setiap berkas alur {definisi.id} menyangkut satu unit.", "--unit KODE")
    raise MasukanSalah("Berkas ini tidak menyangkut unit lain", f"Alur {definisi.id} tidak mempunyai induk.", "Hapus 'induk'.")
