#!/usr/bin/env python3
"""Benchmarks of the sweep: with nothing due, and with a thousand due, among very many units with six open duties each.

The baseline of a thousand due is the same appends by themselves: the very drafts, in the same transactions, into a copy of
the same store. Usage: python scripts/bench_tenggat.py [--unit 1000 10000 100000]. Writes only in a temporary folder.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))
sys.path.insert(0, str(AKAR / "scripts"))

from bench import ADMIN, HARI, PENILAI, mesin  # noqa: E402 - after the path, like what follows

from projections import SEMUA  # noqa: E402 - the tree itself is measured, installed or not
from zi_workflow.clock import hari_di, sekarang  # noqa: E402
from zi_workflow.domain.commands import AngkatPejabat, DaftarkanUnit, Perintah  # noqa: E402
from zi_workflow.domain.events import Tercatat  # noqa: E402
from zi_workflow.loader.definisi import muat  # noqa: E402
from zi_workflow.service import Layanan  # noqa: E402
from zi_workflow.store import Naskah, Store, buka  # noqa: E402
from zi_workflow.sweep import Penyapu  # noqa: E402

JATUH = 1000
SEKALIGUS = 1000
DAFTAR = date(2026, 5, 1)
"""The day of registration and of the first sweep; a day later exactly `JATUH` units have a step."""
PREDIKAT = date(2026, 1, 15)
AWAL_LAIN = date(2026, 3, 1)
"""Building began so that H-30 of the first monitoring falls on the day after `DAFTAR`."""


def main() -> None:
    """Print each figure with its baseline."""
    pengurai = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    pengurai.add_argument("--unit", type=int, nargs="*", default=[1000, 10_000, 100_000], help="how many units, one run each")
    pengurai.add_argument("--ulang", type=int, default=5, help="copies on which a thousand due are timed")
    pilihan = pengurai.parse_args()
    tulis(mesin())
    sepi: dict[int, float] = {}
    for banyak in pilihan.unit:
        with tempfile.TemporaryDirectory(prefix="zi-bench-") as folder:
            sepi[banyak] = ukur_satu(Path(folder), banyak, pilihan.ulang)
    dasar = sepi[pilihan.unit[0]]
    for banyak, lama in sepi.items():
        tulis(f"sapuan tanpa yang jatuh, {banyak} unit: {lama * 1e3:.2f} ms, {lama / dasar:.2f} x yang di {pilihan.unit[0]} unit (<= 1,5)")


def ukur_satu(folder: Path, banyak: int, ulang: int) -> float:
    """Build a store, time it with nothing due and with a thousand due; return the seconds of a sweep with nothing due."""
    asal = folder / "asal.db"
    awal = time.perf_counter()
    with Dunia(asal, buat=True) as dunia:
        dunia.isi(banyak)
        isi = time.perf_counter()
        hasil = dunia.penyapu.sapu(DAFTAR)
        tulis(
            f"{banyak} unit, {6 * banyak} tenggat terbuka: dibuat {isi - awal:.0f} detik, sapuan pertama "
            f"{time.perf_counter() - isi:.0f} detik ({hasil.unit} unit dilihat, {len(hasil.dicatat)} dicatat)"
        )
        lama = [waktu(lambda: dunia.penyapu.sapu(DAFTAR)) for _ in range(101)]
    sapuan, tambahan = [], []
    for n in range(ulang):
        salin(asal, folder / f"rekam{n}.db")
        with Dunia(folder / f"rekam{n}.db") as dunia:
            rekaman = Rekaman(dunia.store)
            penyapu = Penyapu(dunia.layanan, rekaman)  # type: ignore[arg-type] - stands in for the store
            dunia.hangat()
            sapuan.append(waktu(lambda p=penyapu: p.sapu(DAFTAR + timedelta(days=1))))  # type: ignore[misc]
            catatan = rekaman.tambahan
        salin(asal, folder / "ulang.db")
        with Dunia(folder / "ulang.db") as dunia:
            dunia.hangat()
            tambahan.append(waktu(lambda d=dunia, c=catatan: [d.store.tambah(n, **k) for n, k in c]))  # type: ignore[misc]
    tercatat = sum(len(n) - 1 for n, _ in catatan)
    a, b = statistics.median(sapuan), statistics.median(tambahan)
    tulis(
        f"sapuan dengan {tercatat} yang jatuh, {banyak} unit: {a * 1e3:.0f} ms, "
        f"{a / b:.2f} x penambahan yang sama saja ({b * 1e3:.0f} ms) (<= 3)"
    )
    return statistics.median(lama)


class Dunia:
    """A store with its service and sweep, closed at the end."""

    def __init__(self, jalan: Path, *, buat: bool = False) -> None:
        """Open, and make where asked."""
        self.store = buka(f"sqlite:///{jalan}", jam=sekarang, pencatat="sistem:bench", proyeksi=SEMUA, buat=buat)
        if buat:
            self.store.siapkan()
        self.layanan = Layanan(muat(AKAR / "workflows" / "binjai"), self.store, sekarang, lambda i: hari_di("Asia/Jakarta", i))
        self.penyapu = Penyapu(self.layanan, self.store)

    def __enter__(self) -> Self:
        """Return the world itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.store.tutup()

    def hangat(self) -> None:
        """Load the libraries and open the connections, which a scheduler does once."""
        self.penyapu.sapu(DAFTAR)
        self.store.muat("binjai/zi/UNIT-000000")

    def isi(self, banyak: int) -> None:
        """Register units that hold WBK and build towards WBBM: six open duties each."""
        self.layanan.jalankan([AngkatPejabat(ADMIN, "Admin Contoh", "admin", "800/1", HARI, HARI, ADMIN)])
        self.layanan.jalankan([AngkatPejabat(PENILAI, "Penilai Contoh", "tpi", "800/2", HARI, HARI, ADMIN)])
        for awal in range(0, banyak, SEKALIGUS):
            perintah: list[Perintah] = [unit(n) for n in range(awal, min(awal + SEKALIGUS, banyak))]
            self.layanan.jalankan(perintah)


class Rekaman:
    """A store that keeps what was appended, to be appended again."""

    def __init__(self, store: Store) -> None:
        """Stand before a store."""
        self._store = store
        self.tambahan: list[tuple[list[Naskah], dict[str, Any]]] = []

    def __getattr__(self, nama: str) -> Any:  # noqa: ANN401 - whatever the store has
        """Hand on everything else."""
        return getattr(self._store, nama)

    def tambah(self, naskah: Sequence[Naskah], **lain: Any) -> list[Tercatat]:  # noqa: ANN401 - handed on
        """Keep and append."""
        self.tambahan.append((list(naskah), lain))
        return self._store.tambah(naskah, **lain)


def unit(n: int) -> DaftarkanUnit:
    """Return a registration from the archive; the first `JATUH` units have a step on the day after `DAFTAR`."""
    mulai = AWAL_LAIN if n < JATUH else DAFTAR
    awal: Mapping[str, Any] = {
        "tahap": "pembangunan", "predikat": "WBK", "sasaran": "WBBM", "sejak": mulai.isoformat(), "mulai_bangun": mulai.isoformat(),
        "tanggal_predikat": PREDIKAT.isoformat(), "dasar": "SK 800/1/2026",
    }  # fmt: skip
    return DaftarkanUnit(f"UNIT-{n:06d}", f"Unit {n}", DAFTAR, ADMIN, keadaan_awal=awal)


def salin(asal: Path, tujuan: Path) -> None:
    """Copy a closed store."""
    for akhiran in ("", "-wal", "-shm"):
        sumber = asal.with_name(asal.name + akhiran)
        sasaran = tujuan.with_name(tujuan.name + akhiran)
        sasaran.unlink(missing_ok=True)
        if sumber.exists():
            shutil.copyfile(sumber, sasaran)


def waktu(kerja: Callable[[], object]) -> float:
    """Return the seconds that a work takes."""
    awal = time.perf_counter()
    kerja()
    return time.perf_counter() - awal


def tulis(teks: str) -> None:
    """Print a line of the answer at once."""
    print(teks, flush=True)  # noqa: T201 - a script's answer


if __name__ == "__main__":
    main()
