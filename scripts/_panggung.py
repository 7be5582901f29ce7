"""What the long campaigns share: folders and servers, the figures of a part, and the run of all parts within a time.

Each part has a share of the time. A part makes registers of its own in temporary folders, and ends only processes that it
started, by their pid. A broken promise ends the campaign with exit 1 and leaves the register where it was found.
"""

from __future__ import annotations

import argparse
import os
import platform
import random  # noqa: TID251 - moments and choices, from a seed that is printed
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

from tests.alat.biner import PostgresTidakAda, cari_biner
from tests.alat.postgres import Peladen, folder_sementara


@dataclass
class AngkaBagian:
    """What a part has done; every line of the table is one of these. ``KOLOM``: further columns, heading -> field."""

    KOLOM: ClassVar[Mapping[str, str]] = {}
    nama: str
    putaran: int = 0
    dibunuh: int = 0
    peristiwa: int = 0
    detik: float = 0.0
    catatan: dict[str, int] = field(default_factory=dict)


A = TypeVar("A", bound=AngkaBagian)


class Panggung:
    """Folders and servers of the campaign, all of them gone afterwards unless something broke."""

    def __init__(self, folder: Path) -> None:
        """Work below ``folder``."""
        self.folder = folder
        self.peladen: Peladen | None = None
        self._ke = 0

    def baru(self, mesin: str) -> tuple[str, Path]:
        """Return the URL of an empty store on that engine, and a folder of its own."""
        self._ke += 1
        folder = self.folder / f"{mesin}-{self._ke}"
        folder.mkdir()
        if mesin == "sqlite":
            return f"sqlite:///{folder / 'zi.db'}", folder
        return self._skema(f"kampanye_{self._ke}"), folder

    def mulai_peladen(self) -> Peladen:
        """Return the campaign's PostgreSQL with full durability, started when first asked for."""
        if self.peladen is None:
            folder = folder_sementara("zi-kampanye-")
            self.peladen = Peladen(cari_biner(folder / "roda"), folder, setelan=())
            self.peladen.mulai()
        return self.peladen

    def tutup(self) -> None:
        """Stop the server."""
        if self.peladen is not None:
            self.peladen.hentikan()
            shutil.rmtree(self.peladen.folder, ignore_errors=True)

    def _skema(self, nama: str) -> str:
        from sqlalchemy import create_engine  # noqa: PLC0415 - only with PostgreSQL
        from sqlalchemy.schema import CreateSchema  # noqa: PLC0415

        url = self.mulai_peladen().url
        mesin = create_engine(url, isolation_level="AUTOCOMMIT")
        with mesin.connect() as koneksi:
            koneksi.execute(CreateSchema(nama))
        mesin.dispose()
        return f"{url}&options=-csearch_path%3D{nama}"


def tabel(semua: Sequence[AngkaBagian], jenis: type[AngkaBagian]) -> str:
    """Return the figures as a Markdown table."""
    judul = ["bagian", "putaran", "dibunuh (kill -9)", *jenis.KOLOM, "peristiwa", "detik", "catatan"]
    isi = [judul, ["---"] * len(judul)]
    for a in semua:
        lain = [getattr(a, k) for k in jenis.KOLOM.values()]
        catatan = ", ".join(f"{k}: {v}" for k, v in a.catatan.items()) or "-"
        isi.append([a.nama, a.putaran, a.dibunuh, *lain, a.peristiwa, f"{a.detik:.0f}", catatan])
    return "\n".join(f"| {' | '.join(str(x) for x in baris)} |" for baris in isi)


def jalankan(
    uraian: str | None, jenis: type[A], bagian: Mapping[str, tuple[float, Callable[[Panggung, A, float, random.Random], None]]]
) -> int:
    """Run the parts (name -> share of the time, and what it does) that the command line asks for; 0 when every promise was kept."""
    pilihan = argparse.ArgumentParser(description=uraian)
    pilihan.add_argument("--detik", type=float, default=300, help="seconds for the whole campaign")
    pilihan.add_argument("--benih", type=int, default=None, help="seed of the random moments")
    pilihan.add_argument("--hanya", default=",".join(bagian), help="parts, by name")
    args = pilihan.parse_args()
    benih = args.benih if args.benih is not None else os.getpid() * 1000 + int(time.monotonic()) % 1000
    nama = args.hanya.split(",")
    bobot = sum(bagian[n][0] for n in nama)
    folder = Path(tempfile.mkdtemp(prefix="zi-kampanye-"))
    panggung, semua = Panggung(folder), []
    sys.stderr.write(f"benih {benih}, {args.detik:.0f} detik, {os.cpu_count()} prosesor, Python {platform.python_version()}, {folder}\n")
    with ExitStack() as tumpukan:
        tumpukan.callback(panggung.tutup)
        for satu in nama:
            angka = jenis(satu)
            semua.append(angka)
            mulai = time.monotonic()
            try:
                bagian[satu][1](panggung, angka, mulai + args.detik * bagian[satu][0] / bobot, random.Random(f"{benih}-{satu}"))  # noqa: S311
            except PostgresTidakAda as e:
                angka.catatan["dilewati"] = 1
                sys.stderr.write(f"{satu} dilewati: {e}\n")
            except AssertionError as e:
                kabar = f"JANJI DILANGGAR di {satu}, putaran {angka.putaran}: {e!r}\nRegister: {folder}\n{tabel(semua, jenis)}\n"
                sys.stderr.write(kabar)
                return 1
            angka.detik = time.monotonic() - mulai
            sys.stderr.write(f"{satu} selesai\n")
    sys.stdout.write(tabel(semua, jenis) + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    return 0
