"""The keeper of the test run's one PostgreSQL: a process of its own, so that the server outlives no run.

The run's first process holds a lock on ``hidup`` as long as it lives. The keeper starts the server, writes its URL, and
waits for that lock: when the run ends, in whatever way, the kernel frees it and the keeper stops its own child.

Usage: ``python -m tests.alat.penjaga FOLDER``
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from tests.alat.biner import TUNGGU, PostgresTidakAda, cari_biner
from tests.alat.postgres import Peladen, folder_sementara

AKAR = Path(__file__).resolve().parents[2]
_PENJAGA: list[subprocess.Popen[bytes]] = []


class Giliran:
    """The run's side: the folder that its processes share, and the lock that says it is alive."""

    def __init__(self) -> None:
        """Make the folder and hold the lock."""
        self.folder = folder_sementara()
        self._hidup = kunci_berkas(self.folder / "hidup")

    def selesai(self) -> None:
        """Let go, and wait until the keeper has stopped the server and gone."""
        self._hidup.close()
        if self.folder.exists():
            try:
                kunci_berkas(self.folder / "jalan").close()
            except FileNotFoundError:
                return
        shutil.rmtree(self.folder, ignore_errors=True)


def kunci_berkas(jalur: Path) -> IO[bytes]:
    """Open ``jalur`` and wait for its lock; closing the file, or the end of the process, frees it."""
    berkas = jalur.open("ab")
    fcntl.flock(berkas, fcntl.LOCK_EX)
    return berkas


def url_postgres(folder: Path) -> str:
    """Return the URL of the server named by ZI_UJI_PG, or else of the run's own (see url_bersama)."""
    return os.environ.get("ZI_UJI_PG") or url_bersama(folder)


def url_bersama(folder: Path) -> str:
    """Return the URL of the run's server, starting it on the first call of the first process that asks.

    Raises:
        PostgresTidakAda: There is none and there can be none.
    """
    url, galat = folder / "url", folder / "galat"
    with kunci_berkas(folder / "mulai"):
        if not url.exists() and not galat.exists():
            _mulai(folder)
        if galat.exists():
            raise PostgresTidakAda(galat.read_text())
        return url.read_text()


def _mulai(folder: Path) -> None:
    with (folder / "penjaga.log").open("ab") as log:
        penjaga = subprocess.Popen(
            [sys.executable, "-m", "tests.alat.penjaga", str(folder)],
            cwd=AKAR,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _PENJAGA.append(penjaga)
    batas = time.monotonic() + 2 * TUNGGU
    while not (folder / "url").exists() and not (folder / "galat").exists():
        if penjaga.poll() is not None or time.monotonic() > batas:
            _tulis(folder / "galat", f"penjaga PostgreSQL berhenti: {(folder / 'penjaga.log').read_text()[-600:]}")
        time.sleep(0.02)


def _tulis(jalur: Path, isi: str) -> None:
    """Write a small file so that no reader sees half of it."""
    baru = jalur.with_name(f"{jalur.name}.baru")
    baru.write_text(isi)
    baru.rename(jalur)


def jaga(folder: Path) -> None:
    """Start the server, wait until the run has ended, stop the server, remove the folder."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    jalan = kunci_berkas(folder / "jalan")
    try:
        peladen = Peladen(cari_biner(folder / "roda"), folder)
        _layani(peladen)
    except PostgresTidakAda as salah:
        _tulis(folder / "galat", str(salah))
    else:
        shutil.rmtree(folder, ignore_errors=True)
    jalan.close()


def _layani(peladen: Peladen) -> None:
    try:
        _tulis(peladen.folder / "url", peladen.mulai())
        kunci_berkas(peladen.folder / "hidup").close()
    finally:
        peladen.hentikan()


if __name__ == "__main__":
    jaga(Path(sys.argv[1]))
