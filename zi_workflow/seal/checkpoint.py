"""Checkpoints (C2SP tlog-checkpoint): the size and root of the tree at one moment, as a signed note."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from zi_workflow.domain.errors import IntegritasRusak
from zi_workflow.domain.merkle import PANJANG
from zi_workflow.seal import note
from zi_workflow.seal.note import CatatanSalah, Pemeriksa, TandaSalah

if TYPE_CHECKING:
    from zi_workflow.seal.keys import KunciSegel

_UKURAN: Final = re.compile("0|[1-9][0-9]{0,18}")
_UKURAN_MAKS: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says: ``asal`` names the log, ``ukuran`` is how many events it had, ``akar`` the root of their tree.

    ``tambahan``: extension lines of somebody else's checkpoint; ours have none, for nobody could audit what they say.
    """

    asal: str
    ukuran: int
    akar: bytes
    tambahan: tuple[str, ...] = ()

    @property
    def teks(self) -> str:
        """Return the text that is signed."""
        return "".join(f"{b}\n" for b in (self.asal, self.ukuran, base64.b64encode(self.akar).decode(), *self.tambahan))


@dataclass(frozen=True, slots=True)
class Bersegel:
    """A checkpoint as it came: ``catatan`` is its whole text, ``penanda`` the known keys that signed it (perhaps none)."""

    checkpoint: Checkpoint
    catatan: str
    penanda: tuple[Pemeriksa, ...]


def urai_teks(teks: str) -> Checkpoint:
    """Return the checkpoint of a note's text; raises CatatanSalah."""
    asal, *sisa = teks.removesuffix("\n").split("\n")
    if len(sisa) < 2 or not asal or "" in sisa:  # noqa: PLR2004 - size and root
        raise CatatanSalah("teksnya bukan tiga baris: asal, ukuran, akar")
    ukuran, akar, *tambahan = sisa
    if not _UKURAN.fullmatch(ukuran) or int(ukuran) > _UKURAN_MAKS:
        raise CatatanSalah("baris kedua bukan banyaknya peristiwa")
    bita = note.dari_base64(akar)
    if len(bita) != PANJANG:
        raise CatatanSalah("baris ketiga bukan akar sepanjang 32 bita")
    return Checkpoint(asal, int(ukuran), bita, tuple(tambahan))


def tandatangani(checkpoint: Checkpoint, kunci: Sequence[KunciSegel]) -> str:
    """Return the checkpoint as a note with a signature of each key, in order."""
    return f"{checkpoint.teks}\n{''.join(note.baris_tanda(satu.tandatangani(checkpoint.teks)) for satu in kunci)}"


def buka(isi: bytes, dikenal: Sequence[Pemeriksa] = (), *, wajib: bool = False) -> Bersegel:
    """Return a checkpoint that was read from anywhere.

    Raises CatatanSalah for what is none; TandaSalah where a known key's signature is wrong, or (``wajib``) no known key has
    signed.
    """
    catatan = note.urai(isi)
    checkpoint = urai_teks(catatan.teks)
    penanda = note.periksa(catatan, dikenal)
    if wajib and not penanda:
        raise TandaSalah("tidak ada tanda tangan dari kunci yang dikenal")
    return Bersegel(checkpoint, isi.decode(), penanda)


def periksa_lanjutan(lama: Checkpoint, sebutan: str, ukuran: int, akar_pada: Callable[[int], bytes]) -> None:
    """Raise IntegritasRusak unless a log of ``ukuran`` events begins with what ``lama`` sealed.

    ``sebutan`` is where the checkpoint was, ``akar_pada`` gives the log's root over its first so many events.
    """
    if lama.ukuran > ukuran:
        raise IntegritasRusak(
            f"Log lebih pendek daripada yang sudah disegel dalam {sebutan}.",
            f"Yang disegel {lama.ukuran} peristiwa, kini {ukuran}: yang terakhir dihapus, atau salinan lama dipulihkan.",
            "Bandingkan dengan cadangan terbaru; jangan menerbitkan segel baru sebelum sebabnya jelas.",
        )
    if akar_pada(lama.ukuran) != lama.akar:
        raise IntegritasRusak(
            f"Isi log berbeda dari yang sudah disegel dalam {sebutan}.",
            f"Akar {lama.ukuran} peristiwa pertama tidak sama: sedikitnya satu di antaranya diubah sesudah disegel.",
            "zi audit verifikasi",
        )
