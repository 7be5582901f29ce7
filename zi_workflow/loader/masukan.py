"""Files that a user hands in: contents of records and moves (``--isi``), and batches (``zi terapkan``): YAML, JSON, JSONL."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.loader.pohon import Simpul, urai, urai_json

UKURAN_MAKS = 16 * 1024 * 1024
STDIN = "-"


def baca_teks_masukan(nama: str) -> str:
    """Return the text of a file (``-`` is standard input); raises MasukanSalah, naming the file, for what cannot be read."""
    try:
        isi = sys.stdin.buffer.read(UKURAN_MAKS + 1) if nama == STDIN else _baca(Path(nama))
    except OSError as e:
        raise MasukanSalah(
            f"Berkas {nama} tidak dapat dibaca", e.strerror or type(e).__name__, "Periksa nama dan izin berkas itu."
        ) from None
    if len(isi) > UKURAN_MAKS:
        raise MasukanSalah(f"Berkas {nama} terlalu besar", f"Paling besar {UKURAN_MAKS // 1024 // 1024} MiB.", "Pecah berkas itu.")
    try:
        return isi.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise MasukanSalah(
            f"Berkas {nama} bukan teks UTF-8", f"Bita ke-{e.start + 1} tidak terbaca.", "Simpan ulang sebagai UTF-8."
        ) from None


def _baca(jalan: Path) -> bytes:
    """Read a regular file; a pipe or device that a name leads to is not opened for waiting."""
    penanda = os.open(jalan, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(penanda, "rb") as berkas:
        if not stat.S_ISREG(os.fstat(penanda).st_mode):
            raise MasukanSalah(f"{jalan} bukan berkas biasa", "Hanya berkas biasa, atau '-' bagi masukan baku.", "Sebut berkas lain.")
        return berkas.read(UKURAN_MAKS + 1)


def baca_isi_berkas(nama: str) -> Simpul:
    """Read one value (usually a map) from a YAML or JSON file."""
    teks = baca_teks_masukan(nama)
    if _json(nama, teks):
        return urai_json(teks, nama, MasukanSalah)
    return urai(teks, nama, MasukanSalah)


def baca_daftar_berkas(nama: str) -> tuple[Simpul, ...]:
    """Read a list of items from a YAML or JSON list, or from JSONL, one item a line."""
    teks = baca_teks_masukan(nama)
    if nama.endswith(".jsonl") or (nama == STDIN and _jsonl(teks)):
        baris = [(i, b) for i, b in enumerate(teks.splitlines(), 1) if b.strip()]
        return tuple(urai_json(b, nama, MasukanSalah, i) for i, b in baris)
    simpul = urai_json(teks, nama, MasukanSalah) if _json(nama, teks) else urai(teks, nama, MasukanSalah)
    return simpul.daftar()


def _json(nama: str, teks: str) -> bool:
    if nama.endswith((".yaml", ".yml")):
        return False
    return nama.endswith(".json") or teks.lstrip()[:1] in ("{", "[")


def _jsonl(teks: str) -> bool:
    baris = [b for b in teks.splitlines() if b.strip()]
    return len(baris) > 1 and all(b.lstrip().startswith("{") and b.rstrip().endswith("}") for b in baris)
