"""Signed notes (C2SP signed-note): a text, a blank line, one line per signature; read strictly, for they come from anywhere."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

UKURAN_MAKS: Final = 1 << 20
TANDA_MAKS: Final = 100
ED25519: Final = b"\1"
_AWALAN: Final = "\u2014 "
_KENDALI: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_PANJANG_KUNCI: Final = 32
_PANJANG_PENGENAL: Final = 4


class CatatanSalah(ValueError):
    """What was read is no note, checkpoint or key of this form; the text says why, in Indonesian, without quoting it."""


class TandaSalah(Exception):
    """A known key's signature does not belong to this text, or no known key has signed it."""


@dataclass(frozen=True, slots=True)
class Tanda:
    """One signature: the key's name and id (four bytes) as the line says, and the signature's bytes."""

    nama: str
    pengenal: bytes
    isi: bytes


@dataclass(frozen=True, slots=True)
class Catatan:
    """A note as read: nothing is verified yet. ``teks`` ends with a line feed; that is what was signed."""

    teks: str
    tanda: tuple[Tanda, ...]


@dataclass(frozen=True, slots=True)
class Pemeriksa:
    """A verifier key: the name and the public key (Ed25519, 32 bytes)."""

    nama: str
    kunci: bytes

    @property
    def pengenal(self) -> bytes:
        """Return the four bytes by which a signature names this key."""
        return sha256(self.nama.encode() + b"\n" + ED25519 + self.kunci).digest()[:_PANJANG_PENGENAL]

    @property
    def teks(self) -> str:
        """Return the key as one writes it: ``name+id+base64``."""
        return f"{self.nama}+{self.pengenal.hex()}+{base64.b64encode(ED25519 + self.kunci).decode()}"

    def cocok(self, teks: str, tanda: Tanda) -> bool:
        """Say whether the signature is this key's over the text."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - loaded where something is verified
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        try:
            Ed25519PublicKey.from_public_bytes(self.kunci).verify(tanda.isi, teks.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def nama_sah(nama: str) -> bool:
    """Say whether this may be the name of a key: not empty, without spaces, plus signs and control characters."""
    return bool(nama) and "+" not in nama and not any(h.isspace() for h in nama) and not _KENDALI.search(nama)


def dari_base64(teks: str) -> bytes:
    """Return the bytes of canonical base64; raises CatatanSalah."""
    try:
        isi = base64.b64decode(teks, validate=True)
    except (binascii.Error, ValueError):
        raise CatatanSalah("base64-nya salah") from None
    if base64.b64encode(isi).decode() != teks:
        raise CatatanSalah("base64-nya tidak baku")
    return isi


def urai_pemeriksa(teks: str) -> Pemeriksa:
    """Return the verifier key of its text; raises CatatanSalah."""
    nama, _, sisa = teks.partition("+")
    pengenal, _, kunci = sisa.partition("+")
    isi = dari_base64(kunci)
    if not nama_sah(nama) or isi[:1] != ED25519 or len(isi) != 1 + _PANJANG_KUNCI:
        raise CatatanSalah("bentuknya bukan nama+pengenal+kunci Ed25519")
    hasil = Pemeriksa(nama, isi[1:])
    if hasil.pengenal.hex() != pengenal:
        raise CatatanSalah("pengenalnya tidak cocok dengan nama dan kuncinya")
    return hasil


def urai(isi: bytes) -> Catatan:
    """Return a note as read; raises CatatanSalah for whatever the format does not allow."""
    if len(isi) > UKURAN_MAKS:
        raise CatatanSalah(f"lebih dari {UKURAN_MAKS} bita")
    try:
        semua = isi.decode()
    except UnicodeDecodeError:
        raise CatatanSalah("bukan UTF-8") from None
    if _KENDALI.search(semua):
        raise CatatanSalah("ada huruf kendali di dalamnya")
    teks, pisah, tanda = semua.rpartition("\n\n")
    if not pisah or not tanda.endswith("\n"):
        raise CatatanSalah("tidak ada tanda tangan sesudah baris kosong")
    baris = tanda[:-1].split("\n")
    if len(baris) > TANDA_MAKS:
        raise CatatanSalah(f"lebih dari {TANDA_MAKS} tanda tangan")
    return Catatan(teks + "\n", tuple(_tanda(satu) for satu in baris))


def _tanda(baris: str) -> Tanda:
    nama, _, isi = baris.removeprefix(_AWALAN).partition(" ")
    bita = dari_base64(isi)
    if not baris.startswith(_AWALAN) or not nama_sah(nama) or len(bita) <= _PANJANG_PENGENAL:
        raise CatatanSalah("baris tanda tangannya salah bentuk")
    return Tanda(nama, bita[:_PANJANG_PENGENAL], bita[_PANJANG_PENGENAL:])


def baris_tanda(tanda: Tanda) -> str:
    """Return a signature's line."""
    return f"{_AWALAN}{tanda.nama} {base64.b64encode(tanda.pengenal + tanda.isi).decode()}\n"


def periksa(catatan: Catatan, dikenal: Sequence[Pemeriksa]) -> tuple[Pemeriksa, ...]:
    """Return the known keys that signed, none where none did; raises TandaSalah where a known key's signature is wrong.

    Signatures of unknown keys are passed over, as the format asks.
    """
    hasil: dict[Pemeriksa, None] = {}
    for tanda in catatan.tanda:
        for kunci in dikenal:
            if (kunci.nama, kunci.pengenal) == (tanda.nama, tanda.pengenal):
                if not kunci.cocok(catatan.teks, tanda):
                    raise TandaSalah(f"tanda tangan kunci {kunci.nama}+{kunci.pengenal.hex()} bukan atas isi ini")
                hasil[kunci] = None
    return tuple(hasil)
