"""APScheduler with two of its parts replaced: the loop, which is ours, and the threads, which hold up no exit.

Its own loop waits as long as the wall clock said when it began to wait, and so sleeps too long when that clock is set
back meanwhile; its own pool is waited for by the interpreter at exit, however long a job takes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Thread
from typing import Final

from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.schedulers.base import BaseScheduler

_CATATAN: Final = logging.getLogger("apscheduler")


class Jadwal(BaseScheduler):  # type: ignore[misc]  # the library carries no types
    """The plan of what runs when; `mulai_yang_tiba` has to be called at least as often as its answer says."""

    def mulai_yang_tiba(self) -> float | None:
        """Start every job whose time has come; return the seconds until the next one, None where there is none."""
        tunggu: float | None = self._process_jobs()
        return tunggu

    def wakeup(self) -> None:
        """Do nothing: the loop looks by itself."""

    def shutdown(self, wait: bool = True) -> None:  # noqa: FBT001, FBT002 - as the library declares it
        """Forget the plan; jobs that run go on."""
        super().shutdown(wait)


class BenangLepas(BaseExecutor):  # type: ignore[misc]  # the library carries no types
    """Each job in a daemon thread of its own; ``gagal`` is told the name of one that could not be started."""

    def __init__(self, gagal: Callable[[str], None]) -> None:
        """Start with no thread."""
        super().__init__()
        self._gagal = gagal
        self._benang: dict[str, Thread] = {}

    def tunggu(self, detik: float) -> list[str]:
        """Wait for the jobs that run, together no longer than ``detik``; return the names of those that still do."""
        batas = time.monotonic() + detik
        for benang in self._benang.values():
            benang.join(max(0.0, batas - time.monotonic()))
        return [nama for nama, benang in self._benang.items() if benang.is_alive()]

    def _do_submit_job(self, job: Job, run_times: Sequence[datetime]) -> None:  # noqa: ARG002 - as the library declares it
        benang = Thread(target=self._jalankan, args=(job,), name=f"zi-{job.id}", daemon=True)
        try:
            benang.start()
        except RuntimeError:  # the system has no thread left; the next wake tries again
            self._gagal(job.id)
            raise
        self._benang[job.id] = benang

    def _jalankan(self, job: Job) -> None:
        try:
            job.func()
        finally:
            self._run_job_success(job.id, [])


def bungkam() -> None:
    """Keep the library's own log, with its tracebacks, off the user's screen."""
    if not any(isinstance(satu, logging.NullHandler) for satu in _CATATAN.handlers):
        _CATATAN.addHandler(logging.NullHandler())
    _CATATAN.propagate = False
