#!/usr/bin/env python3
"""Compile messages.po into messages.mo with the standard library only; the same .po gives the same bytes."""

from __future__ import annotations

import ast
import struct
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "zi_workflow" / "locale" / "id" / "LC_MESSAGES"
AJAIB = 0x950412DE


def baca_po(teks: str) -> dict[str, str]:
    """Return key -> text as a .mo holds them: singular and plural id joined by NUL, plural texts too. Raises ValueError."""
    hasil: dict[str, str] = {}
    bagian: dict[str, str] = {}
    kunci = ""

    def simpan() -> None:
        if not bagian:
            return
        pengenal = "\0".join(bagian[satu] for satu in ("msgid", "msgid_plural") if satu in bagian)
        if pengenal in hasil:
            raise ValueError(f"dua kali: {pengenal!r}")
        bentuk = [bagian[satu] for satu in sorted(bagian) if satu.startswith("msgstr")]
        hasil[pengenal] = "\0".join(bentuk)
        bagian.clear()

    for nomor, mentah in enumerate(teks.splitlines(), start=1):
        baris = mentah.strip()
        if not baris or baris.startswith("#"):
            continue
        nama, jarak, sisa = baris.partition(" ")
        if baris.startswith('"'):
            bagian[kunci] += ast.literal_eval(baris)
        elif jarak and nama.split("[")[0] in {"msgid", "msgid_plural", "msgstr"}:
            if nama == "msgid":
                simpan()
            kunci = nama
            bagian[kunci] = ast.literal_eval(sisa)
        else:
            raise ValueError(f"baris {nomor} tidak dikenal: {baris}")
    simpan()
    return hasil


def ke_mo(pesan: dict[str, str]) -> bytes:
    """Return the bytes of a .mo file (little-endian, sorted, without a hash table)."""
    pasangan = sorted((kunci.encode(), isi.encode()) for kunci, isi in pesan.items())
    banyak = len(pasangan)
    awal_kunci, awal_isi = 28, 28 + 8 * banyak
    letak = 28 + 16 * banyak
    daftar: list[list[int]] = [[], []]
    badan = b""
    for sisi in (0, 1):
        for satu in pasangan:
            daftar[sisi] += [len(satu[sisi]), letak + len(badan)]
            badan += satu[sisi] + b"\0"
    kepala = struct.pack("<7I", AJAIB, 0, banyak, awal_kunci, awal_isi, 0, awal_isi + 8 * banyak)
    return kepala + struct.pack(f"<{4 * banyak}I", *daftar[0], *daftar[1]) + badan


def main() -> int:
    """Write messages.mo beside messages.po."""
    isi = ke_mo(baca_po((FOLDER / "messages.po").read_text(encoding="utf-8")))
    (FOLDER / "messages.mo").write_bytes(isi)
    sys.stdout.write(f"messages.mo: {len(isi)} bita\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
