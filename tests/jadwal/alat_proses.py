"""The test's side of the schedulers' server, and what is looked up in a store from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from projections import jadwal
from tests.alat.dunia import AKAR
from tests.jadwal.alat import Register
from tests.kesalahan.alat import ZI, lingkungan

JALAN = ("jadwal", "jalan", "--tanpa-surat", "--giliran", "5", "--selang", "1")


class Kawanan:
    """Schedulers on one store, each a process of its own; all of them end with this."""

    def __init__(self, url: str, folder: Path, **setelan: Any) -> None:  # noqa: ANN401 - the server's settings, see there
        """Start the server; no scheduler runs yet."""
        self.url = url
        self.folder = folder
        self.setelan = setelan
        self.layar: dict[int, Path] = {}
        self.proses = subprocess.Popen(
            [sys.executable, "-m", "tests.jadwal.pelaksana"], cwd=AKAR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def mulai(self, *argumen: str) -> int:
        """Start one (default: a scheduler); return its pid."""
        layar = self.folder / f"layar-{len(self.layar)}"
        layar.touch()
        pid = self._perintah("mulai", self.url, str(layar), self.setelan, argumen or JALAN)
        self.layar[pid] = layar
        return pid

    def isyarat(self, pid: int, nama: signal.Signals) -> None:
        """Send one a signal."""
        self._perintah("isyarat", pid, nama.name)

    def tunggu(self, pid: int) -> int:
        """Wait for one to end; return how."""
        return self._perintah("tunggu", pid)

    def akhiri(self, pid: int, nama: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait; return how it ended."""
        self.isyarat(pid, nama)
        return self.tunggu(pid)

    def kata(self, pid: int) -> str:
        """Return what one has said so far."""
        return self.layar[pid].read_text(encoding="utf-8")

    def semua_kata(self) -> str:
        """Return what all have said."""
        return "".join(f.read_text(encoding="utf-8") for f in self.layar.values())

    def tutup(self) -> None:
        """End the server and its children."""
        if self.proses.stdin is not None and self.proses.stdout is not None:
            self.proses.stdin.close()
            self.proses.wait(30)
            self.proses.stdout.close()

    def _perintah(self, *kata: object) -> int:
        if self.proses.stdin is None or self.proses.stdout is None:
            raise BrokenPipeError
        self.proses.stdin.write(json.dumps(kata) + "\n")
        self.proses.stdin.flush()
        return int(self.proses.stdout.readline())


@contextmanager
def kawanan(url: str, folder: Path, **setelan: Any) -> Iterator[Kawanan]:  # noqa: ANN401 - as above
    """Give schedulers on a store."""
    satu = Kawanan(url, folder, **setelan)
    try:
        yield satu
    finally:
        satu.tutup()


def penjadwal(basis: str, folder: Path, layar: Path) -> subprocess.Popen[bytes]:
    """Start a scheduler as it ships, what it says going to ``layar``."""
    with layar.open("wb") as keluar:
        return subprocess.Popen(
            [*ZI, *JALAN], cwd=folder, env=lingkungan(folder, ZI_BASIS=basis), stdin=subprocess.DEVNULL, stdout=keluar, stderr=keluar
        )


def tunggakan(register: Register) -> int:
    """Return how many units a sweep today would look at."""
    layanan = register.layanan
    hari, aturan = layanan.hari_ini().isoformat(), register.penyapu().aturan()
    return register.store.baca(lambda k: jadwal.tunggakan(k, layanan.aliran.instansi, layanan.aliran.alur, aturan, hari))


def hentikan(pid: int, register: Register) -> None:
    """Stop a child of this process by SIGSTOP, outside of any transaction: in the middle of one it would hold up everybody."""
    while True:
        os.kill(pid, signal.SIGSTOP)
        os.waitid(os.P_PID, pid, os.WSTOPPED)
        time.sleep(0.1)  # the server may still be about what was sent to it
        if _bebas(register):
            return
        os.kill(pid, signal.SIGCONT)
        time.sleep(0.005)


def _bebas(register: Register) -> bool:
    """Say whether nobody is in the middle of a transaction that writes, or that takes a turn."""
    engine = register.store.engine
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as koneksi:
        kursor = koneksi.connection.cursor()
        try:
            for sql in ("BEGIN IMMEDIATE",) if sqlite else ("BEGIN", "SELECT 1 FROM kepala, giliran FOR UPDATE NOWAIT"):
                kursor.execute(sql)
        except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error):
            return False
        finally:
            koneksi.connection.rollback()
    return True
