#!/usr/bin/env python3
"""Benchmarks of the engine and the command line, each as a ratio to a baseline measured in the same run, interleaved."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))

from projections import SEMUA  # noqa: E402 - the tree itself is measured, installed or not
from zi_workflow.clock import hari_di, sekarang  # noqa: E402
from zi_workflow.domain.commands import AngkatPejabat, Catat, DaftarkanUnit, Perintah  # noqa: E402
from zi_workflow.domain.scoring import nilai  # noqa: E402
from zi_workflow.loader.definisi import muat  # noqa: E402
from zi_workflow.service import Layanan  # noqa: E402
from zi_workflow.store import buka  # noqa: E402

ADMIN = "198001012005011001"
PENILAI = "198203032006042003"
HARI = date(2024, 3, 1)
PERISTIWA = 40


def main() -> None:
    """Run what is asked for and print a table, or JSON with --json."""
    pengurai = argparse.ArgumentParser(description=__doc__)
    pengurai.add_argument("--ulang", type=int, default=15, help="runs of each command line")
    pengurai.add_argument("--unit", type=int, default=120, help="units in the store of the command benchmark")
    pengurai.add_argument("--json", action="store_true")
    pilihan = pengurai.parse_args()
    hasil = [*mulai(pilihan.ulang), *perintah(pilihan.unit), *andil(pilihan.unit), *skor(), *definisi()]
    if pilihan.json:
        print(json.dumps({"mesin": mesin(), "hasil": hasil}, indent=1))  # noqa: T201 - a script's answer
        return
    print(mesin())  # noqa: T201
    for h in hasil:
        batas = f" (target {h['target']})" if h["target"] else ""
        print(f"{h['nama']:<58} {h['rasio']:>6.2f}{batas}\n    {h['rinci']}")  # noqa: T201


def mesin() -> str:
    """Return what was measured on."""
    hari = hari_di("Asia/Jakarta", sekarang()).isoformat()
    return f"{hari}, {os.cpu_count()} core, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def selang(ulang: int, *kerja: Callable[[], float]) -> list[float]:
    """Run the jobs in turn, ``ulang`` times, and return the median of each."""
    semua: list[list[float]] = [[] for _ in kerja]
    for _ in range(ulang):
        for daftar, satu in zip(semua, kerja, strict=True):
            daftar.append(satu())
    return [statistics.median(d) for d in semua]


def mulai(ulang: int) -> list[dict[str, Any]]:
    """Time the start of the command line against the bare imports that it cannot avoid."""
    with tempfile.TemporaryDirectory() as folder:
        layanan = siapkan(Path(folder) / "zi.db", 30)
        del layanan
        env = {**os.environ, "ZI_BASIS": f"sqlite:///{folder}/zi.db", "PYTHONPATH": str(AKAR)}

        def jalan(*argumen: str) -> Callable[[], float]:
            def satu() -> float:
                awal = time.perf_counter()
                subprocess.run([sys.executable, *argumen], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
                return time.perf_counter() - awal

            return satu

        bantu, klik = selang(ulang, jalan("-m", "zi_workflow", "--help"), jalan("-c", "import click"))
        impor = "import click, sqlalchemy, eventsourcing.application"
        lihat, dasar = selang(ulang, jalan("-m", "zi_workflow", "unit", "lihat", "UNIT-001"), jalan("-c", impor))
    return [
        {
            "nama": "zi --help / import click",
            "rasio": bantu / klik,
            "target": "<= 1.7",
            "rinci": f"{bantu * 1e3:.0f} ms / {klik * 1e3:.0f} ms",
        },
        {
            "nama": "zi unit lihat / import click, sqlalchemy, eventsourcing",
            "rasio": lihat / dasar,
            "target": "<= 1.5",
            "rinci": f"{lihat * 1e3:.0f} ms / {dasar * 1e3:.0f} ms",
        },
    ]


def siapkan(jalan: Path, unit: int) -> Layanan:
    """Make a store with ``unit`` files of PERISTIWA events each."""
    store = buka(f"sqlite:///{jalan}", jam=sekarang, pencatat="sistem:bench", proyeksi=SEMUA, buat=True)
    store.siapkan()
    layanan = Layanan(muat(AKAR / "workflows" / "binjai"), store, sekarang, lambda i: hari_di("Asia/Jakarta", i))
    layanan.jalankan([AngkatPejabat(ADMIN, "Admin Contoh", "admin", "800/1", HARI, HARI, ADMIN)])
    layanan.jalankan([AngkatPejabat(PENILAI, "Penilai Contoh", "tpi", "800/2", HARI, HARI, ADMIN)])
    for i in range(unit):
        kode = f"UNIT-{i:03d}"
        isi: list[Perintah] = [DaftarkanUnit(kode, f"Unit {i}", HARI, ADMIN)]
        isi += [catat(kode, f"awal {n}") for n in range(PERISTIWA - 1)]
        layanan.jalankan(isi)
    return layanan


def catat(kode: str, hasil: str) -> Catat:
    """Return the command that is measured: evidence recorded by TPI."""
    return Catat("pemantauan", kode, {"hasil": hasil}, HARI, PENILAI)


def perintah(unit: int) -> list[dict[str, Any]]:
    """Time durable commands through decide, append and read models against hand-written sqlite3, interleaved per unit."""
    with tempfile.TemporaryDirectory(dir=AKAR if os.environ.get("ZI_BENCH_DI_SINI") else None) as folder:
        kita, tangan = Path(folder) / "zi.db", Path(folder) / "tangan.db"
        layanan = siapkan(kita, unit)
        layanan.jalankan([catat("UNIT-000", "pemanasan")])
        with sqlite3.connect(kita) as sumber, sqlite3.connect(tangan) as salinan:
            sumber.backup(salinan)
        raw = Tangan(tangan)
        raw.catat("UNIT-000", "pemanasan")
        waktu: list[list[float]] = [[], []]
        for i in range(1, unit):
            kode = f"UNIT-{i:03d}"
            for daftar, kerja in zip(
                waktu, (lambda k=kode: layanan.jalankan([catat(k, "ukur")]), lambda k=kode: raw.catat(k, "ukur")), strict=True
            ):
                awal = time.perf_counter()
                kerja()
                daftar.append(time.perf_counter() - awal)
        fsync = ukur_fsync(Path(folder))
    a, b = (statistics.median(w) for w in waktu)
    return [
        {
            "nama": "durable commands/s, ours / hand-written sqlite3 FULL",
            "rasio": b / a,
            "target": ">= 0.35",
            "rinci": f"{1 / a:.0f}/s against {1 / b:.0f}/s; {a * 1e3:.2f} ms against {b * 1e3:.2f} ms, one fsync {fsync * 1e3:.2f} ms",
        }
    ]


class Terukur:
    """A store that keeps the time spent in it; whatever is not measured passes through."""

    def __init__(self, gudang: Any) -> None:  # noqa: ANN401 - any store
        """Start at nothing."""
        self.gudang = gudang
        self.waktu = {"muat": 0.0, "tambah": 0.0}

    def __getattr__(self, nama: str) -> Any:  # noqa: ANN401 - whatever the store has
        """Return the store's own, timed where it loads or appends."""
        asli = getattr(self.gudang, nama)
        if nama not in self.waktu:
            return asli

        def terukur(*isi: Any, **lain: Any) -> Any:  # noqa: ANN401 - the store's own arguments
            awal = time.perf_counter()
            try:
                return asli(*isi, **lain)
            finally:
                self.waktu[nama] += time.perf_counter() - awal

        return terukur


def andil(unit: int) -> list[dict[str, Any]]:
    """Split the time of the same commands into loading, appending and the rest (folding, deciding, answering)."""
    with tempfile.TemporaryDirectory() as folder:
        layanan = siapkan(Path(folder) / "zi.db", unit)
        layanan.jalankan([catat("UNIT-000", "pemanasan")])
        layanan.gudang = terukur = Terukur(layanan.gudang)
        awal = time.perf_counter()
        for i in range(1, unit):
            layanan.jalankan([catat(f"UNIT-{i:03d}", "ukur")])
        semua = time.perf_counter() - awal
    bagian = {**terukur.waktu, "sisa": semua - sum(terukur.waktu.values())}
    return [
        {"nama": f"share of a command: {n}", "rasio": w / semua, "target": "", "rinci": f"{w / (unit - 1) * 1e3:.2f} ms"}
        for n, w in bagian.items()
    ]


def ukur(kerja: Callable[[], object]) -> Callable[[], float]:
    """Return a job that runs ``kerja`` once and answers with its time in seconds."""

    def satu() -> float:
        awal = time.perf_counter()
        kerja()
        return time.perf_counter() - awal

    return satu


def definisi() -> list[dict[str, Any]]:
    """Time loading and checking the definition against reading its files, interleaved."""
    folder = AKAR / "workflows" / "binjai"

    a, b = selang(15, ukur(lambda: muat(folder)), ukur(lambda: [f.read_text(encoding="utf-8") for f in folder.glob("*.yaml")]))
    return [
        {
            "nama": "loading the definition / reading its files",
            "rasio": a / b,
            "target": "",
            "rinci": f"{a * 1e3:.1f} ms / {b * 1e3:.2f} ms",
        }
    ]


def skor() -> list[dict[str, Any]]:
    """Time a full exact LKE score against reading the same answers from JSON, interleaved."""
    instrumen = muat(AKAR / "workflows" / "binjai").instrumen
    if instrumen is None:
        return []
    jawaban = {
        s.id: "3.5" if s.skala.jenis == "indeks" else 3 if s.skala.jenis == "jumlah" else next(iter(s.skala.nilai))
        for s in instrumen.soal.values()
    }
    teks = json.dumps(jawaban)

    a, b = selang(200, ukur(lambda: nilai(instrumen, jawaban, {})), ukur(lambda: json.loads(teks)))
    return [
        {
            "nama": "full LKE score / reading its answers from JSON",
            "rasio": a / b,
            "target": "",
            "rinci": f"{a * 1e3:.2f} ms / {b * 1e3:.3f} ms",
        }
    ]


def ukur_fsync(folder: Path) -> float:
    """Return the median time of one small durable write in the folder."""
    nama = folder / "fsync"
    hasil = []
    with nama.open("wb", buffering=0) as berkas:
        for _ in range(50):
            berkas.write(b"x" * 4096)
            awal = time.perf_counter()
            os.fsync(berkas.fileno())
            hasil.append(time.perf_counter() - awal)
    return statistics.median(hasil)


class Tangan:
    """The same statements and decoding as one recorded evidence, written by hand on sqlite3, with synchronous=FULL."""

    KOLOM = "jenis, isi, nomor, versi, tanggal, oleh, waktu_catat, aliran"

    def __init__(self, jalan: Path) -> None:
        """Open the copy of the store as the store opens its own."""
        self.db = sqlite3.connect(jalan, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=FULL")
        self.papan = self._kolom("papan")
        self.bukti = self._kolom("bukti")
        self.fakta = (self._versi("binjai/instansi/fakta"), self._versi("binjai/instansi/pejabat"))

    def _kolom(self, tabel: str) -> list[str]:
        return [b[1] for b in self.db.execute(f"PRAGMA table_info({tabel})")]

    def _versi(self, aliran: str) -> int:
        return self.db.execute("SELECT coalesce(max(versi), 0) FROM peristiwa WHERE aliran = ?", (aliran,)).fetchone()[0]

    def _muat(self, aliran: str, setelah: int) -> Sequence[tuple[Any, ...]]:
        sql = f"SELECT {self.KOLOM} FROM peristiwa WHERE aliran = ? AND versi > ? ORDER BY versi"  # noqa: S608 - fixed column names
        return [(b[0], json.loads(b[1]), *b[2:]) for b in self.db.execute(sql, (aliran, setelah))]

    def catat(self, kode: str, hasil: str) -> None:
        """Load what a decision reads, append one event, keep the read models: one transaction."""
        x = self.db.execute
        self._muat("binjai/instansi/fakta", self.fakta[0])
        self._muat("binjai/instansi/pejabat", self.fakta[1])
        aliran = f"binjai/zi/{kode}"
        versi = self._muat(aliran, 0)[-1][3] + 1
        isi = json.dumps({"jenis": "pemantauan", "isi": {"hasil": hasil}, "berkas": []}, sort_keys=True, separators=(",", ":")).encode()
        x("BEGIN IMMEDIATE")
        jam = sekarang().isoformat(timespec="microseconds")
        (nomor,) = x(
            "UPDATE kepala SET nomor = nomor + 1, waktu = max(waktu, ?) WHERE instansi = 'binjai' RETURNING nomor", (jam,)
        ).fetchone()
        x("SELECT nilai FROM meta WHERE nama = 'skema'").fetchone()
        for satu in (aliran, "binjai/instansi/fakta", "binjai/instansi/pejabat"):
            x("SELECT versi, rantai FROM peristiwa WHERE aliran = ? ORDER BY versi DESC LIMIT 1", (satu,)).fetchone()
        rantai = hashlib.sha256(b"awal" + isi).hexdigest()
        tanda = ",".join("?" * 19)
        baris = (
            nomor,
            "binjai",
            "zi",
            kode,
            aliran,
            versi,
            "BuktiDicatat@1",
            "pemantauan",
            "2024-03-01",
            jam,
            jam,
            PENILAI,
            "sistem:bench",
            None,
        )
        x(f"INSERT INTO peristiwa VALUES ({tanda})", (*baris, "{}", "[]", "sha256:0", isi, rantai))  # noqa: S608 - question marks
        x("UPDATE posisi SET nomor = ?", (nomor,))
        ada = x("SELECT * FROM papan WHERE instansi = 'binjai' AND alur = 'zi' AND kode = ?", (kode,)).fetchone()
        self._taruh("papan", self.papan, ada)
        x("SELECT * FROM bukti WHERE nomor = ?", (nomor,)).fetchone()
        self._taruh("bukti", self.bukti, (nomor, "binjai", "zi", kode, "pemantauan", "2024-03-01", jam, PENILAI, 0, None, None))
        x("COMMIT")

    def _taruh(self, tabel: str, kolom: Sequence[str], nilai: Sequence[Any]) -> None:
        tanda = ",".join("?" * len(kolom))
        self.db.execute(f"INSERT OR REPLACE INTO {tabel} ({','.join(kolom)}) VALUES ({tanda})", nilai)  # noqa: S608 - own names


if __name__ == "__main__":
    if shutil.which("sync"):
        subprocess.run(["sync"], check=False)  # noqa: S607 - leave earlier writes behind before measuring
    main()
