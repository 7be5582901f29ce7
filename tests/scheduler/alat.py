"""What the tests of the scheduler share: a clock that can be set, a scheduler in a thread, waiting with an end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

import pytest

from zi_workflow.scheduler import Pekerjaan, Penjadwal

ZONA = "Asia/Jakarta"
LAMA = timedelta(days=2)
"""An interval that never comes while a test runs."""
SABAR_UJI = 30.0
"""Seconds after which what is waited for counts as never coming."""


class Jam:
    """The wall clock, ``geser`` away from the real one, for the scheduler and for its library."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of the real one."""
        self.geser = timedelta(0)
        jam = self

        class Palsu(datetime):
            """A ``datetime`` whose now is this clock's."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one, as the real class gives
                return datetime.now(tz) + jam.geser

        monkeypatch.setattr("zi_workflow.clock.datetime", Palsu)
        monkeypatch.setattr("apscheduler.schedulers.base.datetime", Palsu)

    def kini(self) -> datetime:
        """Return the instant that this clock shows."""
        return datetime.now().astimezone() + self.geser

    def pada(self, saat: datetime) -> None:
        """Set the clock."""
        self.geser = saat - datetime.now().astimezone()


class Kerja:
    """A work that counts its runs and does what the test says."""

    def __init__(self, isi: Callable[[], None] = lambda: None) -> None:
        """Start at none."""
        self.kali = 0
        self._isi = isi

    def __call__(self) -> None:
        """Count, then do it."""
        self.kali += 1
        self._isi()


def pekerjaan(kerja: Callable[[], None], nama: str = "sapu", *, selang: timedelta = LAMA, saat_mulai: bool = True) -> Pekerjaan:
    """Return a work without a time of day."""
    return Pekerjaan(nama, kerja, None, selang, saat_mulai)


def tunggu(syarat: Callable[[], object]) -> None:
    """Wait until it holds; fail where it never does."""
    batas = time.monotonic() + SABAR_UJI
    while not syarat():
        assert time.monotonic() < batas, "yang ditunggu tidak datang"
        time.sleep(0.005)


def diam() -> bool:
    """Return whether no work runs: one that has counted its run may still hold its place for a moment."""
    return not any(benang.name.startswith("zi-") for benang in threading.enumerate())


@contextmanager
def berjalan(penjadwal: Penjadwal) -> Iterator[None]:
    """Run the scheduler in a thread; stop it at the end and see that it did stop."""
    benang = threading.Thread(target=penjadwal.jalan, daemon=True)
    benang.start()
    try:
        yield
    finally:
        penjadwal.berhenti()
        benang.join(SABAR_UJI)
    assert not benang.is_alive()
