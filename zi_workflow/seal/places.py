"""Places that hold the last checkpoint: files that are read before they are replaced, and never replaced by what contradicts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from zi_workflow.domain.errors import Galat, MasukanSalah
from zi_workflow.files import baca, tulis
from zi_workflow.seal.checkpoint import Bersegel, Checkpoint, buka
from zi_workflow.seal.note import UKURAN_MAKS, CatatanSalah, Pemeriksa, TandaSalah

SEBUTAN: Final = "Berkas segel"


@dataclass(frozen=True, slots=True)
class Tempat:
    """A file for the last checkpoint: ``lama`` is what it holds, ``galat`` why it cannot be used."""

    jalan: str
    lama: Bersegel | None = None
    galat: Galat | None = None


def lihat(jalan: str, asal: str, dikenal: Sequence[Pemeriksa]) -> Tempat:
    """Look at what a place holds; whatever is there and is no genuine checkpoint of this log is left alone, and said."""
    try:
        if not Path(jalan).exists():
            return Tempat(jalan)
        lama = buka(baca(Path(jalan), SEBUTAN, UKURAN_MAKS), dikenal)
    except Galat as galat:
        return Tempat(jalan, galat=galat)
    except (CatatanSalah, TandaSalah, OSError, ValueError) as salah:
        return Tempat(jalan, galat=_asing(jalan, str(salah)))
    return Tempat(jalan, lama) if lama.checkpoint.asal == asal else Tempat(jalan, galat=_asing(jalan, "asalnya log lain"))


def _asing(jalan: str, sebab: str) -> MasukanSalah:
    return MasukanSalah(
        f"{SEBUTAN} '{jalan}' tidak ditimpa",
        f"Yang ada di sana bukan segel log ini: {sebab}.",
        "Pindahkan berkas itu, atau sebut berkas lain.",
    )


def simpan(tempat: Tempat, checkpoint: Checkpoint, catatan: str) -> Galat | None:
    """Put a checkpoint in its place, whole; return what went wrong, None where nothing did.

    A place that holds one over more events by now (somebody sealed meanwhile) is left as it is.
    """
    if tempat.galat is not None:
        return tempat.galat
    kini = lihat(tempat.jalan, checkpoint.asal, ()).lama
    if kini is not None and kini.checkpoint.ukuran > checkpoint.ukuran:
        return None
    try:
        tulis(Path(tempat.jalan), catatan.encode(), SEBUTAN)
    except Galat as galat:
        return galat
    return None
