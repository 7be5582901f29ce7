#!/usr/bin/env python3
"""Benchmark of the audit trail over logs of 10,000, 100,000 and 1,000,000 events, each figure a ratio to a baseline of the same run.

The events are inserted as rows, with the chain and the tree that the append would have written; they are as long as those of the
demo on average. Only what is measured is there: no read models, no index (search and exports have benchmarks of their own:
bench_cari.py, bench_ekspor.py).
Times are the processor's, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))

from zi_workflow.clock import hari_di, sekarang  # noqa: E402 - the tree itself is measured, installed or not
from zi_workflow.store import Store, buka, tree  # noqa: E402
from zi_workflow.store.chain import TEMPLAT, pangkal, rantai  # noqa: E402
from zi_workflow.store.schema import kepala, peristiwa  # noqa: E402
from zi_workflow.store.statements import instan  # noqa: E402
from zi_workflow.verify.envelope import halaman  # noqa: E402
from zi_workflow.verify.findings import Kumpulan, diam  # noqa: E402
from zi_workflow.verify.log import periksa_log  # noqa: E402

SATUAN = 10_000
SAAT = datetime(2024, 3, 1, tzinfo=UTC)
PANJANG = 360
"""Bytes of content that an event is filled up to, so that messages are as long as the demo's (1,100 bytes)."""


def isi_store(jalan: Path, banyak: int) -> Store:
    """Make a store of so many events with a correct chain, tree and index."""
    store = buka(f"sqlite:///{jalan}", jam=sekarang, pencatat="sistem:bench", proyeksi=(), buat=True)
    store.siapkan()
    ujung: dict[str, tuple[int, str]] = {}
    with store.engine.connect() as koneksi:
        koneksi.exec_driver_sql("PRAGMA synchronous=OFF")
        for awal in range(0, banyak, SATUAN):
            koneksi.exec_driver_sql("BEGIN")
            akhir = min(awal + SATUAN, banyak)
            baris = [_terikat(n, ujung) for n in range(awal + 1, akhir + 1)]
            koneksi.execute(insert(peristiwa), baris)
            tree.catat(koneksi, awal, akhir)
            koneksi.execute(kepala.update().values(nomor=akhir, waktu=baris[-1]["waktu_catat"]))
            koneksi.exec_driver_sql("COMMIT")
        koneksi.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return store


def _terikat(nomor: int, ujung: dict[str, tuple[int, str]]) -> dict[str, Any]:
    """Return the row of an event of one of two hundred units, in its place in its stream and bound to the one before."""
    kode = f"UNIT-{nomor * 7919 % 200:03d}"
    aliran = f"binjai/zi/{kode}"
    versi, sebelum = ujung.get(aliran) or (0, pangkal(aliran))
    waktu = instan(SAAT + timedelta(minutes=nomor))
    baris: dict[str, Any] = {
        "nomor": nomor, "instansi": "binjai", "alur": "zi", "kode": kode, "aliran": aliran, "versi": versi + 1, "jenis": "BuktiDicatat@1",
        "pokok": "pemantauan", "tanggal": waktu[:10], "waktu_catat": waktu, "jam": waktu, "oleh": "198001012005011001",
        "pencatat": "sistem:bench", "kunci": None, "sidik_regulasi": "sha256:" + "0" * 64,
        "dibaca": f'{{"{aliran}":{versi},"binjai/instansi/fakta":3,"binjai/instansi/pejabat":7}}',
        "dasar": '["Perwali Contoh Pasal 13 ayat (1) huruf a"]',
    }  # fmt: skip
    isi = b'{"berkas":[],"isi":{"hasil":"pengamatan %d %b"},"jenis":"pemantauan"}' % (nomor, b"x" * PANJANG)
    ikat = rantai(sebelum, baris, isi)
    ujung[aliran] = (versi + 1, ikat)
    return {**baris, "isi": isi, "rantai": ikat}


# --- verification ----------------------------------------------------------------------------------------------------


def pesan(store: Store) -> Iterator[list[bytes]]:
    """Yield the very messages under the chain, a page at a time."""
    ujung: dict[bytes, bytes] = {}
    with store.engine.connect() as koneksi:
        for satu in halaman(koneksi):
            semua = []
            for _, aliran, _, _, amplop, isi, ikat in satu:
                sebelum = ujung.get(aliran) or pangkal(aliran.decode()).encode()
                semua.append(b"%b%b\n%b\n%b" % (TEMPLAT, sebelum, amplop, isi))
                ujung[aliran] = ikat
            yield semua


def telanjang(store: Store) -> tuple[float, float, int]:
    """Return the seconds of bare SHA-256 over the messages: one object for all, one for each; and their bytes."""
    satu, masing, bita = 0.0, 0.0, 0
    hasil = sha256()
    for semua in pesan(store):
        awal = time.process_time()
        for isi in semua:
            hasil.update(isi)
        tengah = time.process_time()
        for isi in semua:
            sha256(isi).digest()
        satu += tengah - awal
        masing += time.process_time() - tengah
        bita += sum(map(len, semua))
    return satu, masing, bita


def verifikasi(store: Store) -> float:
    """Return the seconds of a verification of chain and tree."""
    kumpulan = Kumpulan()
    gc.collect()
    awal = time.process_time()
    store.potret(lambda potret: periksa_log(potret.koneksi, kumpulan, diam))
    lama = time.process_time() - awal
    if kumpulan.masalah:
        raise SystemExit(f"the store of the benchmark is not whole: {kumpulan.masalah[:3]}")
    return lama


def ukur_verifikasi(toko: Mapping[int, Store], ulang: int) -> list[str]:
    """Return the lines of the verification: its ratio to bare SHA-256, and its time for each event."""
    hasil = []
    for banyak, store in toko.items():
        jalan = [(telanjang(store), verifikasi(store)) for _ in range(ulang)]
        satu, masing = (statistics.median(t[i] for t, _ in jalan) for i in (0, 1))
        lama, bita = statistics.median(v for _, v in jalan), jalan[0][0][2]
        hasil.append(
            f"| verifikasi rantai dan pohon, {banyak:,} peristiwa | {lama:.2f} detik; {lama / banyak * 1e6:.2f} µs per peristiwa"
            f" ({bita / banyak:.0f} byte) | {satu / lama:.3f} SHA-256 telanjang sekali jalan ({satu:.2f} detik);"
            f" {masing / lama:.3f} satu per satu ({masing:.2f} detik) |"
        )
    return hasil


# --- proofs, memory --------------------------------------------------------------------------------------------------


def ukur_bukti(toko: Mapping[int, Store], ulang: int) -> list[str]:
    """Return the lines of inclusion proofs: time and rows read."""
    hasil = []
    for banyak, store in toko.items():
        lama, dibaca = [], 0
        for ke in range(ulang * 5):
            nomor = (ke * 7919) % banyak + 1
            awal = time.process_time()
            jalur = store.baca(lambda koneksi, nomor=nomor, banyak=banyak: tree.bukti_cakupan(koneksi, nomor, banyak))
            lama.append(time.process_time() - awal)
        dibaca = store.baca(lambda koneksi, banyak=banyak: _baris_dibaca(koneksi, banyak))
        hasil.append(
            f"| bukti cakupan, {banyak:,} peristiwa | {statistics.median(lama) * 1e3:.1f} ms | {len(jalur)} sidik; {dibaca} baris |"
        )
    return hasil


def _baris_dibaca(koneksi: Any, banyak: int) -> int:  # noqa: ANN401 - a connection
    from zi_workflow.domain import merkle  # noqa: PLC0415 - for this one count

    baca = tree.PembacaSimpul(koneksi)
    merkle.cakupan(banyak // 3, banyak, baca)
    return baca.dibaca


_PUNCAK = """
import sys
from zi_workflow.clock import sekarang
from zi_workflow.store import buka
from zi_workflow.verify.findings import Kumpulan, diam
from zi_workflow.verify.log import periksa_log
store = buka(sys.argv[1], jam=sekarang, pencatat="x", proyeksi=())
store.potret(lambda potret: periksa_log(potret.koneksi, Kumpulan(), diam))
puncak = next(b for b in open("/proc/self/status") if b.startswith("VmHWM"))
sys.stdout.write(puncak.split()[1])
"""


def ukur_memori(toko: Mapping[int, Store]) -> list[str]:
    """Return the line of the peak memory of a verification, each measured in a process of its own."""
    puncak = []
    for store in toko.values():
        argumen = [sys.executable, "-c", _PUNCAK, f"sqlite:///{store.engine.url.database}"]
        jalan = subprocess.run(argumen, env={**os.environ, "PYTHONPATH": str(AKAR)}, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
        puncak.append(int(jalan.stdout) // 1024)
    return [f"| puncak memori verifikasi | {', '.join(f'{n:,}: {p} MiB' for n, p in zip(toko, puncak, strict=True))} | |"]


def main() -> None:
    """Run what is asked for and print lines of Markdown."""
    pengurai = argparse.ArgumentParser(description=__doc__)
    pengurai.add_argument("--ukuran", default="10000,100000,1000000", help="sizes of the logs")
    pengurai.add_argument("--ulang", type=int, default=3)
    pengurai.add_argument("--hanya", default="verifikasi,bukti,memori")
    pilihan = pengurai.parse_args()
    bagian: dict[str, Callable[[Mapping[int, Store]], Sequence[str]]] = {
        "verifikasi": lambda toko: ukur_verifikasi(toko, pilihan.ulang),
        "bukti": lambda toko: ukur_bukti(toko, pilihan.ulang),
        "memori": ukur_memori,
    }
    hari = hari_di("Asia/Jakarta", sekarang()).isoformat()
    _tulis(f"{hari}, {os.cpu_count()} core, {platform.system()} {platform.machine()}, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        toko = {}
        for banyak in map(int, pilihan.ukuran.split(",")):
            awal = time.process_time()
            toko[banyak] = isi_store(Path(folder) / f"{banyak}.db", banyak)
            besar = (Path(folder) / f"{banyak}.db").stat().st_size
            _tulis(f"{banyak:,} peristiwa dibuat dalam {time.process_time() - awal:.0f} detik, {besar / 2**20:.0f} MiB")
        for nama in pilihan.hanya.split(","):
            for baris in bagian[nama](toko):
                _tulis(baris)
        for store in toko.values():
            store.tutup()


def _tulis(baris: str) -> None:
    sys.stdout.write(baris + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
