"""The sealing key: one line in a file that only its owner can read; it leaves this module as signatures, never as itself."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.files import baca, buat, galat_tulis
from zi_workflow.seal.note import ED25519, CatatanSalah, Pemeriksa, Tanda, dari_base64, nama_sah

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEBUTAN: Final = "Berkas kunci segel"
_AWALAN: Final = "PRIVATE+KEY+"
_MAKS: Final = 4096
_PANJANG: Final = 32


class KunciSegel:
    """A private key with its name; ``pemeriksa`` is what others verify with."""

    def __init__(self, nama: str, rahasia: Ed25519PrivateKey) -> None:
        """Keep the key."""
        self._rahasia = rahasia
        self.pemeriksa = Pemeriksa(nama, rahasia.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        """Show the public half only."""
        return f"KunciSegel({self.pemeriksa.teks})"

    def tandatangani(self, teks: str) -> Tanda:
        """Return the signature over a text."""
        return Tanda(self.pemeriksa.nama, self.pemeriksa.pengenal, self._rahasia.sign(teks.encode()))

    def _baris(self) -> bytes:
        isi = base64.b64encode(ED25519 + self._rahasia.private_bytes_raw()).decode()
        return f"{_AWALAN}{self.pemeriksa.nama}+{self.pemeriksa.pengenal.hex()}+{isi}\n".encode()


def buat_kunci(jalan: Path, nama: str) -> KunciSegel:
    """Make a new key in a new file (0600); raises MasukanSalah where the file exists or the name is not allowed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - loaded to make a key

    if not nama_sah(nama):
        raise MasukanSalah(
            "Nama asal segel tidak sah.", "Nama itu tanpa spasi, tanda tambah, dan huruf kendali.", "Contoh: --asal zi/binjai"
        )
    kunci = KunciSegel(nama, Ed25519PrivateKey.generate())
    try:
        buat(jalan, kunci._baris(), 0o600)  # noqa: SLF001 - its own module
    except FileExistsError:
        raise MasukanSalah(
            f"{SEBUTAN} {jalan} sudah ada.",
            "Kunci yang ada tidak ditimpa: segel yang sudah terbit memerlukannya untuk kelanjutannya.",
            "Pindahkan berkas lama ke tempat aman, atau sebut berkas lain dengan ZI_KUNCI_SEGEL.",
        ) from None
    except (OSError, ValueError) as salah:
        raise galat_tulis(jalan, salah, SEBUTAN) from None
    return kunci


def baca_kunci(jalan: Path) -> KunciSegel:
    """Return the key of a file; raises MasukanSalah where others can read the file or it holds no key."""
    isi = baca(jalan, SEBUTAN, _MAKS, "kunci rahasia penanda tangan")
    try:
        return _urai(isi.decode())
    except ValueError:
        raise MasukanSalah(
            f"{SEBUTAN} {jalan} tidak memuat kunci.",
            "Isinya satu baris PRIVATE+KEY+nama+pengenal+kunci (Ed25519), tanpa perubahan.",
            "Pulihkan berkas itu dari salinan, atau buat kunci baru: zi audit kunci-segel --buat",
        ) from None


def _urai(teks: str) -> KunciSegel:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - loaded to use a key

    nama, _, sisa = teks.removesuffix("\n").removeprefix(_AWALAN).partition("+")
    pengenal, _, isi = sisa.partition("+")
    bita = dari_base64(isi)
    if not teks.startswith(_AWALAN) or not nama_sah(nama) or bita[:1] != ED25519 or len(bita) != 1 + _PANJANG:
        raise CatatanSalah("bukan kunci segel")
    kunci = KunciSegel(nama, Ed25519PrivateKey.from_private_bytes(bita[1:]))
    if kunci.pemeriksa.pengenal.hex() != pengenal:
        raise CatatanSalah("pengenalnya tidak cocok")
    return kunci
