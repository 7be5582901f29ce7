#!/usr/bin/env python3
"""Benchmark of the search: the first page of every kind of filter over 10,000 and over 1,000,000 events, worst cases included.

The events are inserted as rows (the search reads neither chain nor read models), the index is written by the store's own code.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import insert

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))

from zi_workflow.clock import sekarang  # noqa: E402 - the tree itself is measured, installed or not
from zi_workflow.store import Store, buka, index  # noqa: E402
from zi_workflow.store.schema import peristiwa  # noqa: E402
from zi_workflow.store.statements import instan  # noqa: E402

AWAL = date(2024, 3, 1)
SAAT = datetime(2024, 3, 1, tzinfo=UTC)
JENIS = ("lhe", "pemantauan", "realisasi", "lhkpn", "program")
KATA = [f"kata{i}" for i in range(3000)]
SATUAN = 20_000


def nip(unit: int, ke: int) -> str:
    """Return an official of a unit; each acts for that unit alone, so that other units never meet him."""
    return f"19{unit:04d}{ke:02d}0000000000"


def undian(nomor: int, *batas: int) -> list[int]:
    """Return numbers below the limits that look drawn by lot, the same each time."""
    isi = blake2b(str(nomor).encode(), digest_size=4 * len(batas)).digest()
    return [int.from_bytes(isi[4 * i : 4 * i + 4]) % satu for i, satu in enumerate(batas)]


def peristiwa_ke(nomor: int) -> dict[str, Any]:
    """Return the row of an event: of one of forty units, by one of its three officials, on a day of five years."""
    unit, orang, hari_ke, jenis_ke, pasal, ayat, *kata = undian(nomor, 40, 3, 1800, len(JENIS), 18, 4, *[len(KATA)] * 8)
    hari = AWAL + timedelta(days=hari_ke)
    waktu = instan(SAAT + timedelta(minutes=nomor))
    jenis = JENIS[jenis_ke]
    isi = {"jenis": jenis, "berkas": [], "isi": {"nomor": f"{nomor}/BIN", "hasil": " ".join(KATA[k] for k in kata)}}
    nama, pokok = "BuktiDicatat@1", jenis
    if nomor % 50 == 0:
        nama, pokok = "PerintahDitolak@1", "usulkan"
        isi = {"perintah": "usulkan", "isi": {}, "pada": str(hari), "hari": str(hari), "sidik": "s", "syarat": []}
    kode = f"UNIT-{unit:02d}"
    return {
        "nomor": nomor, "instansi": "binjai", "alur": "zi", "kode": kode, "aliran": f"binjai/zi/{kode}", "versi": nomor, "jenis": nama,
        "pokok": pokok, "tanggal": str(hari), "waktu_catat": waktu, "jam": waktu, "oleh": nip(unit, orang),
        "pencatat": "sistem:bench", "kunci": None, "dibaca": "{}", "sidik_regulasi": "sha256:0", "rantai": "0" * 64,
        "dasar": json.dumps([f"Perwali Contoh Pasal {pasal + 1} ayat ({ayat + 1})"]),
        "isi": json.dumps(isi, sort_keys=True).encode(),
    }  # fmt: skip


def isi_store(jalan: Path, banyak: int) -> Store:
    """Make a store of so many events, with its index."""
    store = buka(f"sqlite:///{jalan}", jam=sekarang, pencatat="sistem:bench", proyeksi=(), buat=True)
    store.siapkan()
    with store.engine.connect() as koneksi:
        koneksi.exec_driver_sql("PRAGMA synchronous=OFF")
        for awal in range(1, banyak + 1, SATUAN):
            koneksi.exec_driver_sql("BEGIN")
            koneksi.execute(insert(peristiwa), [peristiwa_ke(n) for n in range(awal, min(awal + SATUAN, banyak + 1))])
            index.catat(koneksi, awal - 1, min(awal + SATUAN - 1, banyak))
            koneksi.exec_driver_sql("COMMIT")
        koneksi.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return store


def pertanyaan(banyak: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every kind of filter: alone, together, and those that find little or nothing where each part is everywhere."""
    lama = date(2024, 6, 17), date(2027, 2, 3)
    yield "tanpa saringan", {}
    yield "unit", {"unit": "UNIT-07"}
    yield "orang", {"oleh": nip(7, 1)}
    yield "jenis catatan", {"jenis": "lhe"}
    yield "penolakan", {"putusan": "ditolak"}
    yield "langkah", {"langkah": "usulkan"}
    yield "pasal", {"pasal": "Pasal 13"}
    yield "kata", {"teks": "kata17"}
    yield "awalan kata", {"teks": "kata17*"}
    yield "nomor dokumen, satu yang cocok", {"dokumen": f"{banyak // 2 + 1}/bin"}
    yield "rentang tanggal", {"dari": lama[0], "sampai": lama[1]}
    yield "peran (orang pada masanya)", {"masa": [(nip(u, 0), lama[0], lama[1]) for u in range(12)]}
    yield "waktu catat", {"dicatat_sampai": SAAT + timedelta(minutes=banyak // 2)}
    yield "unit dan jenis", {"unit": "UNIT-07", "jenis": "lhe"}
    yield "unit, jenis, dan pasal", {"unit": "UNIT-07", "jenis": "lhe", "pasal": "Pasal 13"}
    yield "unit dan kata, rentang tanggal", {"unit": "UNIT-07", "teks": "kata17", "dari": lama[0], "sampai": lama[1]}
    yield "tak ada: unit dan orang unit lain", {"unit": "UNIT-07", "oleh": nip(8, 1)}
    yield "tak ada: jenis dan langkah", {"jenis": "lhe", "langkah": "usulkan"}
    yield "tak ada: unit dan tanggal di luar", {"unit": "UNIT-07", "dari": date(2035, 1, 1)}
    yield "tak ada: peran yang berakhir, jenis lain", {"masa": [(nip(7, 0), *lama)], "jenis": "lhe", "unit": "UNIT-08"}
    yield "tak ada: pasal dan kata", {"pasal": "Pasal 99", "teks": "kata1"}
    yield "tak ada: kata yang tidak pernah ditulis", {"teks": "xyz"}


def waktu(store: Store, saringan: Mapping[str, Any], ulang: int) -> tuple[float, int]:
    """Return the median processor time of the first page of fifty (others may keep the machine busy), and how many events are on it."""
    semua, banyak = [], 0
    for _ in range(ulang):
        awal = time.process_time()
        banyak = len(store.telusuri(**saringan, batas=50, terbaru=True))
        semua.append(time.process_time() - awal)
    return statistics.median(semua), banyak


def main() -> None:
    """Run and print a table."""
    pengurai = argparse.ArgumentParser(description=__doc__)
    pengurai.add_argument("--kecil", type=int, default=10_000)
    pengurai.add_argument("--besar", type=int, default=1_000_000)
    pengurai.add_argument("--ulang", type=int, default=15)
    pilihan = pengurai.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        toko = {n: isi_store(Path(folder) / f"{n}.db", n) for n in (pilihan.kecil, pilihan.besar)}
        for (nama, kecil), (_, besar) in zip(*[pertanyaan(n) for n in toko], strict=True):
            (a, ada), (b, ada_b) = (waktu(toko[n], s, pilihan.ulang) for n, s in zip(toko, (kecil, besar), strict=True))
            print(f"| {nama} | {a * 1e3:.1f} ms ({ada}) | {b * 1e3:.1f} ms ({ada_b}) | {b / a:.2f} |")  # noqa: T201 - a script's answer
        for satu in toko.values():
            satu.tutup()


if __name__ == "__main__":
    main()
