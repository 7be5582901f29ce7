"""Letters: what is sent, through which channel, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KANAL_BERKAS: Final = "berkas"
"""The dry channel: it always exists, needs nothing, and writes to a file."""
BATAS_DETIK: Final = 20
"""Seconds after which a channel that has not answered counts as failed."""


@dataclass(frozen=True, slots=True)
class Surat:
    """One message to one person. ``id`` is the same at every attempt; ``isi`` is plain text of several lines."""

    id: str
    nip: str
    judul: str
    isi: str


@dataclass(frozen=True, slots=True)
class Kiriman:
    """One message through one channel; ``alamat`` is the person's address there and no secret."""

    surat: Surat
    kanal: str
    alamat: str


@dataclass(frozen=True, slots=True)
class HasilKirim:
    """How a sending went; ``sebab`` says why it failed, for people and without a secret, and is empty where it did not."""

    kiriman: Kiriman
    terkirim: bool
    sebab: str
