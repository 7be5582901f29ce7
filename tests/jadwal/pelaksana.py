"""Schedulers to be raced, stopped and killed: a small server that forks them, so that forty cost seconds and not minutes.

Started as ``python -m tests.jadwal.pelaksana``; it reads one order (JSON) a line from stdin and answers each with one line:

- ``["mulai", URL, LAYAR, SETELAN, [ARGUMEN, …]]``: fork a ``zi`` with these arguments, what it says going to the file LAYAR;
  the answer is its pid. SETELAN: ``sekaligus``, units in one transaction; ``detik``, how long a second of turns and a
  minute of intervals take; ``jam``, a file that holds by how many seconds the process's clock is off (looked at each time).
- ``["isyarat", PID, NAMA]``: send that child of its own a signal.
- ``["tunggu", PID]``: wait for it; the answer is how it ended.

Everything else is the program as it ships.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

import apscheduler.schedulers.base
import psycopg

from tests.alat.dunia import AKAR
from zi_workflow import clock
from zi_workflow.cli import akar, jadwal_jalan, jadwal_sapu, utama
from zi_workflow.loader import definisi as loader
from zi_workflow.scheduler import runner
from zi_workflow.store import application, recorder
from zi_workflow.sweep import Penyapu

DIMUAT = (akar, application, jadwal_sapu, recorder, psycopg)
"""Loaded before the first fork, so that a scheduler starts at once."""


def _jalankan(url: str, layar: str, setelan: dict[str, Any], argumen: Sequence[str]) -> int:
    fd = os.open(layar, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for ke, dari in ((0, os.open(os.devnull, os.O_RDONLY)), (1, fd), (2, fd)):
        os.dup2(dari, ke)
    for nama in [n for n in os.environ if n.startswith(("ZI_", "XDG_"))]:
        del os.environ[nama]
    os.environ |= {"ZI_BASIS": url, "HOME": str(Path(layar).parent)}
    _atur(**setelan)
    return utama.jalankan(list(argumen))


def _atur(sekaligus: int = 100, detik: float = 1.0, jam: str | None = None) -> None:
    bawaan = Penyapu.__init__.__kwdefaults__
    if bawaan is None or "sekaligus" not in bawaan:
        raise AssertionError(bawaan)
    bawaan["sekaligus"] = sekaligus
    if detik != 1.0:
        jadwal_jalan.timedelta = lambda *, minutes=0, seconds=0: timedelta(seconds=(minutes + seconds) * detik)  # type: ignore[attr-defined,assignment,misc]
    if jam is not None:
        _ganti_jam(Path(jam))
    runner.DETAK = 0.05  # type: ignore[misc]


def _ganti_jam(berkas: Path) -> None:
    class Palsu(datetime):
        """A ``datetime`` whose now is off."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one, as the real class gives
            return datetime.now(tz) + timedelta(seconds=float(berkas.read_text()))

    clock.datetime = Palsu  # type: ignore[attr-defined]
    apscheduler.schedulers.base.datetime = Palsu


def _mulai(url: str, layar: str, setelan: dict[str, Any], argumen: Sequence[str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    kode = 1
    try:
        kode = _jalankan(url, layar, setelan, argumen)
    except BaseException:  # noqa: BLE001 - a forked child ends here, whatever it was
        traceback.print_exc()
    finally:
        os._exit(kode)


def layani() -> None:
    """Take orders until stdin ends, then kill the children that are left."""
    loader.muat = cache(loader.muat)
    loader.muat(AKAR / "workflows" / "binjai")
    anak: set[int] = set()
    for baris in sys.stdin:
        perintah, *argumen = json.loads(baris)
        if perintah == "mulai":
            jawaban = _mulai(*argumen)
            anak.add(jawaban)
        elif argumen[0] not in anak:
            raise ValueError(argumen)
        elif perintah == "isyarat":
            os.kill(argumen[0], signal.Signals[argumen[1]])
            jawaban = 0
        else:
            anak.discard(argumen[0])
            jawaban = os.waitstatus_to_exitcode(os.waitpid(argumen[0], 0)[1])
        sys.stdout.write(f"{jawaban}\n")
        sys.stdout.flush()
    for pid in anak:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    layani()
