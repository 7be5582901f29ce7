"""The chain: every event of a stream carries a hash over the one before it, its envelope and its stored bytes.

The template is fixed and versioned (``zi/rantai/1``). It covers the columns as they are stored, before any upcasting,
so an event that is read in a newer shape still verifies; the bytes may be ciphertext. The envelope is canonical JSON
without line breaks, so the line breaks between the parts make the whole unambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.store.codec import kanonik

TEMPLAT: Final = b"zi/rantai/1\n"
KOLOM: Final = (
    "nomor", "instansi", "alur", "kode", "aliran", "versi", "jenis", "pokok", "tanggal", "waktu_catat", "jam", "oleh", "pencatat",
    "kunci", "dibaca", "dasar", "sidik_regulasi",
)  # fmt: skip
"""Envelope columns under the chain, as stored."""


@dataclass(frozen=True, slots=True)
class Masalah:
    """A place where a stream differs from what its chain says."""

    nomor: int
    aliran: str
    apa: str


def pangkal(aliran: str) -> str:
    """Return the hash that the first event of a stream builds on: it comes from the stream's name."""
    return sha256(TEMPLAT + b"pangkal\n" + aliran.encode()).hexdigest()


def bahan(sebelum: str, amplop: Mapping[str, Any], isi: bytes) -> bytes:
    """Return what an event's hash is made from: the previous hash, the envelope (exactly `KOLOM`) and the stored bytes."""
    if amplop.keys() != _KOLOM:
        msg = f"envelope has other columns: {sorted(amplop.keys() ^ _KOLOM)}"
        raise ValueError(msg)
    return b"%b%b\n%b\n%b" % (TEMPLAT, sebelum.encode(), kanonik(amplop), isi)


def rantai(sebelum: str, amplop: Mapping[str, Any], isi: bytes) -> str:
    """Return the hash of an event, in hex, from what `bahan` puts together."""
    return sha256(bahan(sebelum, amplop, isi)).hexdigest()


_KOLOM: Final = frozenset(KOLOM)


def _terikat(sebelum: str, baris: Mapping[str, Any]) -> bool:
    """Say whether a row carries its hash; a row that could not have been written (a number too large) does not."""
    try:
        return bool(rantai(sebelum, {k: baris[k] for k in KOLOM}, baris["isi"]) == baris["rantai"])
    except (MasukanSalah, TypeError):
        return False


def periksa_aliran(aliran: str, baris: Iterable[Mapping[str, Any]]) -> tuple[str, list[Masalah]]:
    """Recompute a stream from its rows in order of version; return its head and whatever differs.

    Rows are mappings of the columns of the event table. After a broken link the check goes on from the stored hash,
    so that one change is reported once.
    """
    kepala, masalah = pangkal(aliran), []
    for ke, satu in enumerate(baris, start=1):
        if satu["versi"] != ke:
            masalah.append(Masalah(satu["nomor"], aliran, f"versi {satu['versi']} di urutan ke-{ke}"))
        if satu["aliran"] != aliran or satu["aliran"] != f"{satu['instansi']}/{satu['alur']}/{satu['kode']}":
            masalah.append(Masalah(satu["nomor"], aliran, "nama aliran tidak cocok"))
        if not _terikat(kepala, satu):
            masalah.append(Masalah(satu["nomor"], aliran, "rantai tidak cocok dengan isinya"))
        kepala = satu["rantai"]
    return kepala, masalah
