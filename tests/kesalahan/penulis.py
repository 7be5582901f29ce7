"""Writers to be raced and killed: a small server that forks them, so that a hundred cost seconds and not minutes.

Started as ``python -m tests.kesalahan.penulis``; it reads one order a line from stdin and answers each with one line:

- ``mulai URL UNIT BANYAK CARA BERKAS``: fork a writer; the answer is its pid. It writes BANYAK requests (0: for ever).
- ``bunuh PID``: kill -9 that child of its own and wait for it; the answer is how it ended.
- ``tunggu PID``: wait for it; the answer is how it ended.

A writer appends to BERKAS, before it sends the next request, one line per acknowledged request: its key and the numbers
of its events; or ``galat KODE KUNCI`` for an error that ends it. CARA: ``satu`` (a record), ``batch`` (five records at
once), ``langkah`` (one move of two units at once, then both undone at once).
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from datetime import date

import psycopg

from projections import SEMUA
from tests.alat.brankas import kunci_uji
from tests.alat.dunia import ADMIN, KEPALA, PENILAI, definisi
from zi_workflow.clock import hari_di, sekarang
from zi_workflow.domain.commands import AmbilLangkah, Catat, Perintah
from zi_workflow.domain.errors import Galat, Konflik
from zi_workflow.service import Layanan
from zi_workflow.store import application, buka, recorder

DIMUAT = (application, recorder, psycopg)
"""Loaded before the first fork, so that a writer writes at once."""
BATCH = 5
HARI_CATAT = date(2024, 3, 5)
HARI_MAJU = date(2024, 3, 11)
PASANGAN = "DINSOS"
"""The unit that moves together with the first one."""


def permintaan(unit: str, cara: str, awalan: str) -> Iterator[Sequence[Perintah]]:
    """Yield the requests of a writer, for ever; every record differs from every other."""
    ke = 0
    while True:
        if cara == "langkah":
            yield [AmbilLangkah("canangkan", u, {}, HARI_MAJU, KEPALA) for u in (unit, PASANGAN)]
            batal = {"alasan": f"uji {awalan} {ke}", "nomor": "800/9"}
            yield [AmbilLangkah("batalkan-langkah", u, batal, HARI_MAJU, ADMIN) for u in (unit, PASANGAN)]
        else:
            banyak = BATCH if cara == "batch" else 1
            yield [Catat("pemantauan", unit, {"hasil": f"{awalan} {ke} {i}"}, HARI_CATAT, PENILAI) for i in range(banyak)]
        ke += 1


def menulis(url: str, unit: str, banyak: int, cara: str, berkas: str) -> None:
    """Write until done, or until the first error that is not a conflict."""
    fd = os.open(berkas, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    store = buka(url, jam=sekarang, pencatat="sistem:uji", proyeksi=SEMUA, kunci_data=kunci_uji(url))
    layanan = Layanan(definisi(), store, sekarang, lambda i: hari_di("Asia/Jakarta", i))
    awalan = f"{os.getpid()}"
    semua = permintaan(unit, cara, awalan)
    if cara == "langkah" and (kini := layanan.unit(unit)) is not None and kini.keadaan.tahap != "terdaftar":
        next(semua)  # the writer before was killed between the move and its undoing
    for ke, perintah in enumerate(semua):
        if banyak and ke == banyak:
            break
        kunci = f"{cara}-{awalan}-{ke}"
        try:
            nomor = _kirim(layanan, perintah, kunci)
        except Galat as e:
            os.write(fd, f"galat {e.kode} {kunci}\n".encode())
            break
        os.write(fd, f"{kunci} {','.join(map(str, nomor))}\n".encode())
    store.tutup()


def _kirim(layanan: Layanan, perintah: Sequence[Perintah], kunci: str) -> list[int]:
    """Send a request, again under the same key as long as it is in conflict; return the numbers of its events."""
    while True:
        try:
            jawaban = layanan.jalankan(perintah, kunci=kunci)
        except Konflik:
            continue
        if not jawaban.diterima:
            raise Galat(f"ditolak: {[t.id for d in jawaban.penolakan for t in d.penghalang]}")
        return [n for h in jawaban.polos()["hasil"] for n in h["nomor"]]


def _mulai(url: str, unit: str, banyak: str, cara: str, berkas: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    kode = 1
    try:
        menulis(url, unit, int(banyak), cara, berkas)
        kode = 0
    except BaseException:  # noqa: BLE001 - a forked child ends here, whatever it was
        traceback.print_exc()
    finally:
        os._exit(kode)


def _tunggu(anak: set[int], pid: int) -> int:
    anak.discard(pid)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def layani() -> None:
    """Take orders until stdin ends, then kill the children that are left."""
    definisi()
    anak: set[int] = set()
    for baris in sys.stdin:
        perintah, *argumen = baris.split()
        if perintah == "mulai":
            jawaban = _mulai(*argumen)
            anak.add(jawaban)
        else:
            pid = int(argumen[0])
            if pid not in anak:
                raise ValueError(pid)
            if perintah == "bunuh":
                os.kill(pid, signal.SIGKILL)
            jawaban = _tunggu(anak, pid)
        sys.stdout.write(f"{jawaban}\n")
        sys.stdout.flush()
    for pid in list(anak):
        os.kill(pid, signal.SIGKILL)
        _tunggu(anak, pid)


if __name__ == "__main__":
    layani()
