"""What the verbs about seals read: verifier keys, a checkpoint that was kept elsewhere, the tree as the store has it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.teks import aman
from zi_workflow.domain.errors import IntegritasRusak, MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.seal.checkpoint import Bersegel
    from zi_workflow.seal.keys import KunciSegel
    from zi_workflow.seal.note import Pemeriksa

UMUM: Final = ".pub"
"""Beside the sealing key: the verifier keys that may be handed out, the present one first, then those before it."""
_VKEY: Final = re.compile(r"[^+\s]+\+[0-9a-f]{8}\+\S+")
_MAKS: Final = 64 * 1024


def opsi_kunci_publik(fungsi: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--kunci-publik KUNCI|FILE`` (parameter ``kunci_publik``, a tuple)."""
    bantuan = "Kunci publik (nama+pengenal+kunci), atau berkas yang memuatnya; bawaan .pub di samping kunci segel."
    return click.option("--kunci-publik", "kunci_publik", metavar="KUNCI|FILE", multiple=True, help=bantuan)(fungsi)


def kunci_dikenal(konteks: Konteks, kunci_publik: Sequence[str]) -> list[Pemeriksa]:
    """Return the verifier keys that were given, else those beside the sealing key (perhaps none). Raises MasukanSalah."""
    if not kunci_publik:
        umum = Path(konteks.pengaturan.kunci_segel + UMUM)
        return _dari_berkas(umum) if umum.exists() else []
    semua = (_urai(satu, "--kunci-publik") if _VKEY.fullmatch(satu) else _dari_berkas(Path(satu)) for satu in kunci_publik)
    return [kunci for satu in semua for kunci in (satu if isinstance(satu, list) else [satu])]


def _dari_berkas(jalan: Path) -> list[Pemeriksa]:
    from zi_workflow.files import baca

    baris = baca(jalan, "Berkas kunci publik", _MAKS).decode("utf-8-sig", "replace").splitlines()
    kunci = [_urai(isi.strip(), f"{jalan} baris {ke}") for ke, isi in enumerate(baris, 1) if isi.strip()]
    if not kunci:
        raise MasukanSalah(f"{jalan} tidak memuat kunci publik.", "Berkasnya kosong.", "Tampilkan kuncinya dengan zi audit kunci-segel")
    return kunci


def _urai(teks: str, tempat: str) -> Pemeriksa:
    from zi_workflow.seal.note import CatatanSalah, urai_pemeriksa

    try:
        return urai_pemeriksa(teks)
    except CatatanSalah as salah:
        raise MasukanSalah(
            f"{aman(tempat)}: bukan kunci publik.",
            f"{salah.args[0].capitalize()}. Bentuknya satu baris nama+pengenal+kunci.",
            "Tampilkan kunci yang benar dengan zi audit kunci-segel",
        ) from None


def baca_checkpoint(konteks: Konteks, nama: str, kunci_publik: Sequence[str]) -> Bersegel:
    """Return the checkpoint in a file (``-``: stdin), its signature verified as far as a key is known.

    Raises MasukanSalah where it is none, IntegritasRusak where a known key did not sign what it says, or none of the keys
    that were given did. Where no key is known at all, this is said on stderr.
    """
    from zi_workflow.files import baca
    from zi_workflow.seal.checkpoint import buka
    from zi_workflow.seal.note import UKURAN_MAKS, CatatanSalah, TandaSalah

    isi = sys.stdin.buffer.read(UKURAN_MAKS + 1) if nama == "-" else baca(Path(nama), "Berkas segel", UKURAN_MAKS)
    dikenal = kunci_dikenal(konteks, kunci_publik)
    try:
        hasil = buka(isi, dikenal, wajib=bool(dikenal))
    except CatatanSalah as salah:
        raise MasukanSalah(
            f"{aman(nama)} bukan segel.",
            f"{salah.args[0][:1].upper()}{salah.args[0][1:]}.",
            "Sebut berkas yang ditulis zi audit segel, tanpa perubahan.",
        ) from None
    except TandaSalah as salah:
        raise IntegritasRusak(
            f"Tanda tangan segel {aman(nama)} tidak sah.",
            f"{aman(str(salah)).capitalize()}.",
            "Minta segel itu lagi dari penyimpannya, atau sebut kunci yang dulu berlaku dengan --kunci-publik",
        ) from None
    if not dikenal:
        konteks.pesan(f"Tanda tangan segel {aman(nama)} tidak diperiksa: kunci publiknya belum disebut (--kunci-publik).")
    return hasil


def pohon(konteks: Konteks) -> tuple[int, Callable[[int], bytes]]:
    """Return how many events the log has, and the function that gives its root over its first so many; raises IntegritasRusak."""
    from zi_workflow.store import tree

    store = konteks.aplikasi().store
    return store.baca(tree.ukuran_utuh), lambda ukuran: store.baca(lambda koneksi: tree.akar(koneksi, ukuran))


def cocokkan(konteks: Konteks, lama: Bersegel, sebutan: str) -> None:
    """Raise IntegritasRusak unless the log begins with what the checkpoint sealed."""
    from zi_workflow.seal.checkpoint import periksa_lanjutan

    ukuran, akar_pada = pohon(konteks)
    periksa_lanjutan(lama.checkpoint, aman(sebutan), ukuran, akar_pada)


def kunci_penanda(konteks: Konteks, disebut: Sequence[str]) -> list[KunciSegel]:
    """Return the keys that sign, all of one name. Raises MasukanSalah."""
    from zi_workflow.seal.keys import baca_kunci

    jalan = disebut or [konteks.pengaturan.kunci_segel]
    if not disebut and not Path(jalan[0]).exists():
        raise MasukanSalah("Kunci segel belum ada.", f"Kuncinya dicari di {aman(jalan[0])}.", "zi audit kunci-segel --buat")
    kunci = [baca_kunci(Path(satu)) for satu in jalan]
    if len({satu.pemeriksa.nama for satu in kunci}) > 1:
        raise MasukanSalah("Nama kunci-kunci segel itu berbeda.", "Nama kunci ialah nama log.", "Sebut kunci log ini saja.")
    return kunci


def lanjutan(konteks: Konteks, lama: Sequence[tuple[str, Bersegel]]) -> tuple[int, bytes]:
    """Return size and root of the log; raises IntegritasRusak where it does not continue what was sealed."""
    from zi_workflow.seal.checkpoint import periksa_lanjutan

    ukuran, akar_pada = pohon(konteks)
    for jalan, satu in lama:
        periksa_lanjutan(satu.checkpoint, aman(jalan), ukuran, akar_pada)
    return ukuran, akar_pada(ukuran)
