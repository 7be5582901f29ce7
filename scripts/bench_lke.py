#!/usr/bin/env python3
"""Benchmarks of the LKE's workbooks: a folder of a thousand filed by ``zi lke impor-folder``, and reading against openpyxl.

Usage: python scripts/bench_lke.py [--banyak 1000] [--unit 30] [--proses N ...]. Writes only in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random  # noqa: TID251 - sets of answers, from a fixed seed
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))
sys.path.insert(0, str(AKAR / "scripts"))

import openpyxl  # noqa: E402 - after the path, like what follows
from bench import ADMIN, HARI, PENILAI, mesin, selang, ukur  # noqa: E402 - beside this file
from lke_templat_libreoffice import jawaban_acak  # noqa: E402 - as above

from projections import SEMUA  # noqa: E402 - the tree itself is measured, installed or not
from zi_workflow.clock import hari_di, sekarang  # noqa: E402
from zi_workflow.domain.commands import AngkatPejabat, DaftarkanUnit, Perintah  # noqa: E402
from zi_workflow.domain.definition import Definisi  # noqa: E402
from zi_workflow.loader.definisi import muat  # noqa: E402
from zi_workflow.service import Layanan  # noqa: E402
from zi_workflow.store import buka  # noqa: E402
from zi_workflow.workbook.content import EKSPOR, IsiLembar, Penilaian  # noqa: E402
from zi_workflow.workbook.ministry import tulis_kementerian  # noqa: E402
from zi_workflow.workbook.sandbox import Pembaca  # noqa: E402

TAHUN_AWAL = 2000


def main() -> None:
    """Print each figure with its baseline."""
    pengurai = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    pengurai.add_argument("--banyak", type=int, default=1000, help="workbooks")
    pengurai.add_argument("--unit", type=int, default=30, help="units; the years follow")
    pengurai.add_argument("--proses", type=int, nargs="*", default=[1, 2], help="readers side by side, one run each")
    pilihan = pengurai.parse_args()
    print(mesin())  # noqa: T201 - a script's answer
    with tempfile.TemporaryDirectory(prefix="zi-bench-") as folder:
        buku = Path(folder) / "buku"
        buku.mkdir()
        definisi = muat(AKAR / "workflows" / "binjai")
        awal = time.perf_counter()
        buat(buku, definisi, pilihan.banyak, pilihan.unit)
        print(f"{pilihan.banyak} buku kerja dibuat: {pilihan.banyak / (time.perf_counter() - awal):.1f} per detik")  # noqa: T201 - as above
        baca(buku)
        for proses in pilihan.proses:
            impor(Path(folder), buku, pilihan.unit, proses)


def buat(folder: Path, definisi: Definisi, banyak: int, unit: int) -> None:
    """Write workbooks with random answers, named by unit, year and assessor."""
    if definisi.instrumen is None or definisi.lembaran is None:
        raise SystemExit("definisi tanpa LKE")
    acak = random.Random(1)  # noqa: S311 - samples, not secrets
    for n in range(banyak):
        kode, tahun = f"UNIT-{n % unit:03d}", TAHUN_AWAL + n // unit
        jawaban = {s.id: jawaban_acak(acak, s) for s in definisi.instrumen.soal.values()}
        isi = IsiLembar(
            kode, "Unit", tahun, "tpi", definisi.instrumen, definisi.lembaran.kementerian, Penilaian(jawaban, {}, {}, {}), {}, EKSPOR
        )
        (folder / f"{kode}_{tahun}_tpi.xlsx").write_bytes(tulis_kementerian(isi))


def baca(folder: Path) -> None:
    """Time one reading in the child against openpyxl's two quick passes (values, then formulas) in this process, interleaved."""
    semua = sorted(folder.iterdir())[:20]
    with Pembaca() as pembaca:
        pembaca.baca(semua[0])

        def kita() -> None:
            for satu in semua:
                pembaca.baca(satu)

        def pustaka() -> None:
            for satu in semua:
                for nilai in (True, False):
                    kerja = openpyxl.load_workbook(satu, read_only=True, data_only=nilai)
                    for lembar in kerja:
                        for _ in lembar.iter_rows(values_only=True):
                            pass

        a, b = selang(3, ukur(kita), ukur(pustaka))
    print(f"membaca di proses anak / openpyxl dua kali baca: {a / b:.2f} ({a / len(semua) * 1e3:.0f} ms / {b / len(semua) * 1e3:.0f} ms)")  # noqa: T201 - as above


def impor(folder: Path, buku: Path, unit: int, proses: int) -> None:
    """Time the whole command on a new store, then again where everything is on record."""
    basis = folder / f"zi-{proses}.db"
    siapkan(basis, unit)
    banyak = len(list(buku.iterdir()))
    perintah = [sys.executable, "-m", "zi_workflow", "lke", "impor-folder", str(buku), "--proses", str(proses), "--json"]
    perintah += ["--oleh", PENILAI, "--basis", f"sqlite:///{basis}"]
    for sebut in ("pertama", "ulangan"):
        awal = time.perf_counter()
        jalan = subprocess.run(perintah, env={**os.environ, "PYTHONPATH": str(AKAR)}, capture_output=True, check=False)  # noqa: S603 - a fixed list
        lama = time.perf_counter() - awal
        hasil: dict[str, Any] = json.loads(jalan.stdout or b"{}").get("jumlah", {})
        if jalan.returncode:
            raise SystemExit(jalan.stderr.decode(errors="replace")[-2000:] or str(hasil))
        print(f"impor-folder, {proses} pembaca, {sebut}: {banyak / lama:.1f} berkas per detik ({lama:.1f} detik; {hasil})")  # noqa: T201 - as above


def siapkan(basis: Path, unit: int) -> None:
    """Make a store with registered units and an assessor."""
    store = buka(f"sqlite:///{basis}", jam=sekarang, pencatat="sistem:bench", proyeksi=SEMUA, buat=True)
    store.siapkan()
    layanan = Layanan(muat(AKAR / "workflows" / "binjai"), store, sekarang, lambda i: hari_di("Asia/Jakarta", i))
    layanan.jalankan([AngkatPejabat(ADMIN, "Admin Contoh", "admin", "800/1", HARI, HARI, ADMIN)])
    isi: list[Perintah] = [AngkatPejabat(PENILAI, "Penilai Contoh", "tpi", "800/2", HARI, HARI, ADMIN)]
    isi += [DaftarkanUnit(f"UNIT-{n:03d}", f"Unit {n}", HARI, ADMIN) for n in range(unit)]
    layanan.jalankan(isi)
    store.tutup()


if __name__ == "__main__":
    main()
