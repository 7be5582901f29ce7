"""SIGTERM and SIGINT as a request to stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from zi_workflow.scheduler.runner import Penjadwal


@dataclass(slots=True)
class Sinyal:
    """What came while the handlers stood."""

    pertama: signal.Signals | None = None


@contextmanager
def pasang_sinyal(penjadwal: Penjadwal) -> Iterator[Sinyal]:
    """Let both signals stop the scheduler, and put the handlers before them back afterwards; for the main thread only."""
    datang = Sinyal()

    def terima(nomor: int, _: FrameType | None) -> None:
        datang.pertama = datang.pertama or signal.Signals(nomor)
        penjadwal.berhenti()

    lama = {satu: signal.signal(satu, terima) for satu in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield datang
    finally:
        for satu, cara in lama.items():
            signal.signal(satu, cara or signal.SIG_DFL)  # None: one that was not installed from Python
