#!/usr/bin/env python3
"""Benchmark of the exports: seconds, bytes and peak memory of each format over logs of several lengths, each in a process of its own.

The events are those of the search's benchmark, inserted as rows; a fifth of them are documents that OCEL makes objects of.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert

AKAR = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(AKAR), str(AKAR / "scripts")]

from bench_cari import SATUAN, peristiwa_ke  # noqa: E402 - beside this program

from zi_workflow.clock import sekarang  # noqa: E402 - the tree itself is measured, installed or not
from zi_workflow.export.bundle import Bahan, Paket  # noqa: E402
from zi_workflow.export.cloudevents import cloudevents  # noqa: E402
from zi_workflow.export.ocel import ocel  # noqa: E402
from zi_workflow.export.tabular import csv  # noqa: E402
from zi_workflow.store import Store, buka  # noqa: E402
from zi_workflow.store.schema import peristiwa  # noqa: E402

ZONA = ZoneInfo("Asia/Jakarta")
BENTUK: dict[str, Callable[[Store], Iterator[bytes]]] = {
    "baca": lambda store: (b"" for _ in store.alirkan()),
    "csv": lambda store: csv(store.alirkan()),
    "cloudevents": lambda store: cloudevents(store.alirkan(), ZONA),
    "ocel": lambda store: ocel(store.alirkan(), ZONA),
    "paket": lambda store: Paket(Bahan("binjai", store.ujung(), "segel\n", (), b"", store.alirkan, lambda _: None)).potongan(),
}


def _buka(jalan: Path, *, buat: bool = False) -> Store:
    return buka(f"sqlite:///{jalan}", jam=sekarang, pencatat="sistem:bench", proyeksi=(), buat=buat)


def isi(jalan: Path, banyak: int) -> None:
    """Make a store of so many events."""
    store = _buka(jalan, buat=True)
    store.siapkan()
    with store.engine.connect() as koneksi:
        koneksi.exec_driver_sql("PRAGMA synchronous=OFF")
        for awal in range(1, banyak + 1, SATUAN):
            koneksi.exec_driver_sql("BEGIN")
            koneksi.execute(insert(peristiwa), [peristiwa_ke(n) for n in range(awal, min(awal + SATUAN, banyak + 1))])
            koneksi.exec_driver_sql("COMMIT")
    store.tutup()


def ukur(jalan: Path, bentuk: str) -> dict[str, object]:
    """Export once in this process; return what it took."""
    store = _buka(jalan)
    mulai = time.perf_counter()
    bita = sum(len(potong) for potong in BENTUK[bentuk](store))
    lama = time.perf_counter() - mulai
    puncak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"bentuk": bentuk, "peristiwa": store.ujung(), "detik": round(lama, 1), "mb": bita // 1_000_000, "puncak_mb": puncak}


def main() -> int:
    """Run the benchmark, or (with --satu) one measurement of it."""
    opsi = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    opsi.add_argument("--peristiwa", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    opsi.add_argument("--bentuk", nargs="+", choices=BENTUK, default=list(BENTUK))
    opsi.add_argument("--satu", nargs=2, metavar=("STORE", "BENTUK"), help=argparse.SUPPRESS)
    pilihan = opsi.parse_args()
    if pilihan.satu:
        sys.stdout.write(json.dumps(ukur(Path(pilihan.satu[0]), pilihan.satu[1])) + "\n")
        return 0
    for banyak in pilihan.peristiwa:
        with tempfile.TemporaryDirectory() as folder:
            jalan = Path(folder) / "zi.db"
            isi(jalan, banyak)
            for bentuk in pilihan.bentuk:
                subprocess.run([sys.executable, __file__, "--satu", str(jalan), bentuk], check=True)  # noqa: S603 - this very program
    return 0


if __name__ == "__main__":
    sys.exit(main())
