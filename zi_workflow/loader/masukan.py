"""Files that a user hands in: contents of records and moves (``--isi``), and batches (``zi terapkan``): YAML, JSON, JSONL."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from zi_workflow.domain.errors import ARTI_BUKA, MasukanSalah
from zi_workflow.loader.pohon import Simpul, urai, urai_json

UKURAN_MAKS = 16 * 1024 * 1024
STDIN = "-"


def sebut_berkas(nama: str) -> str:
    """Return a file's name as messages say it."""
    return "masukan baku" if nama == STDIN else nama


def baca_teks_masukan(nama: str) -> str:
    """Return the text of a file (``-`` is standard input); raises MasukanSalah, naming the file, for what cannot be read."""
    sebut = sebut_berkas(nama)
    try:
        isi = _baca_stdin() if nama == STDIN else _baca(Path(nama))
    except OSError as e:
        arti = ARTI_BUKA.get(e.errno or 0) or e.strerror or type(e).__name__
        raise MasukanSalah(f"Berkas {sebut} tidak dapat dibaca", arti, "Periksa letak, nama, dan hak baca berkas itu.") from None
    if len(isi) > UKURAN_MAKS:
        raise MasukanSalah(f"Berkas {sebut} terlalu besar", f"Paling besar {UKURAN_MAKS // 1024 // 1024} MiB.", "Pecah berkas itu.")
    try:
        return isi.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        baris = isi.count(b"\n", 0, e.start) + 1
        raise MasukanSalah(
            f"{sebut} baris {baris}: bukan teks UTF-8",
            f"Bita ke-{e.start + 1} tidak terbaca.",
            "Simpan ulang sebagai UTF-8, lalu ulangi.",
        ) from None


def _baca_stdin() -> bytes:
    if sys.stdin is None:
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    return sys.stdin.buffer.read(UKURAN_MAKS + 1)


def _baca(jalan: Path) -> bytes:
    """Read a regular file; a pipe or device that a name leads to is not opened for waiting."""
    penanda = os.open(jalan, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with os.fdopen(penanda, "rb") as berkas:
        if not stat.S_ISREG(os.fstat(penanda).st_mode):
            raise MasukanSalah(f"{jalan} bukan berkas biasa", "Hanya berkas biasa, atau '-' bagi masukan baku.", "Sebut berkas lain.")
        return berkas.read(UKURAN_MAKS + 1)


def baca_isi_berkas(nama: str) -> Simpul:
    """Read the map in a YAML or JSON file; raises MasukanSalah, also for anything but a map."""
    simpul = _urai(nama, baca_teks_masukan(nama))
    if not isinstance(simpul.isi, dict):
        apa = "kosong" if simpul.isi is None else "bukan pasangan isian dan nilai"
        raise MasukanSalah(
            f"{sebut_berkas(nama)} baris {simpul.baris or 1}: {apa}",
            "Setiap baris berkas isian berbentuk 'isian: nilai', misalnya 'area: 1'.",
            "Perbaiki berkas itu, lalu ulangi.",
        )
    return simpul


def baca_daftar_berkas(nama: str) -> tuple[Simpul, ...]:
    """Read a list of items from a YAML or JSON list, or from JSONL, one item a line; nothing at all is an empty list."""
    teks = baca_teks_masukan(nama)
    if nama.endswith(".jsonl") or (not nama.endswith((".yaml", ".yml", ".json")) and _jsonl(teks)):
        # Only a line feed ends a line: JSON texts may hold the other characters at which str.splitlines breaks.
        baris = [(i, b) for i, b in enumerate(teks.split("\n"), 1) if b.strip()]
        return tuple(urai_json(b, sebut_berkas(nama), MasukanSalah, i) for i, b in baris)
    simpul = _urai(nama, teks)
    return () if simpul.isi is None else simpul.daftar()


def _urai(nama: str, teks: str) -> Simpul:
    """Parse one value: as JSON where the name or the first character says so, else as YAML."""
    json = nama.endswith(".json") or (not nama.endswith((".yaml", ".yml")) and teks.lstrip()[:1] in ("{", "["))
    return (urai_json if json else urai)(teks, sebut_berkas(nama), MasukanSalah)


def _jsonl(teks: str) -> bool:
    """Say whether the text is JSONL: its first line opens an object and does not just open it (a batch is no single object)."""
    awal = teks.lstrip().split("\n", 1)[0].strip()
    return awal.startswith("{") and awal != "{"
