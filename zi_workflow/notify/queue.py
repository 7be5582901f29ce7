"""The queue: letters leave in threads, so that a channel that does not answer keeps nothing else waiting.

The threads are daemons: a program that is told to end does not wait for somebody else's server.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from queue import Empty, SimpleQueue
from typing import Final

from zi_workflow.notify.letters import KANAL_BERKAS, HasilKirim, Kiriman

SEKALIGUS: Final = 8
"""Letters under way at once, over all channels."""
PER_KANAL: Final = 2
"""Letters under way at once in one channel; in the file there is one, so that they stand in order."""
SABAR: Final = 6
"""Time limits that a channel may spend on failures alone; what waits in it after that is left for the next round."""
DENYUT: Final = 0.1
"""Seconds, at most, between two looks at whether to stop."""


class Antrean:
    """One round of letters; one use."""

    def __init__(
        self, kiriman: Sequence[Kiriman], antar: Callable[[Kiriman], str], *, batas_detik: float, berhenti: Callable[[], bool]
    ) -> None:
        """Take the letters, what sends one (it answers why it failed, or nothing), the limit of each, and when to stop."""
        self._menunggu: dict[str, deque[Kiriman]] = {}
        for satu in kiriman:
            self._menunggu.setdefault(satu.kanal, deque()).append(satu)
        self._antar = antar
        self._batas = batas_detik
        self._berhenti = berhenti
        self._nomor = count()
        self._berjalan: dict[int, tuple[Kiriman, float]] = {}  # what is under way, and when its time is over
        self._sibuk: Counter[str] = Counter()
        self._rugi: Counter[str] = Counter()  # milliseconds that a channel cost since it last took a letter
        self._kabar: SimpleQueue[tuple[int, str, float]] = SimpleQueue()

    def jalan(self) -> Iterator[HasilKirim]:
        """Yield what became of each letter, as it becomes known."""
        while not self._berhenti():
            self._isi()
            if not self._berjalan:
                return
            yield from [*self._terima(self._tunggu()), *self._lewat_waktu()]
        yield from [*self._terima(0)]  # what has left is told, or it would leave again

    def _isi(self) -> None:
        """Start letters, from the least busy channel first, as long as there is room."""
        while len(self._berjalan) < SEKALIGUS:
            siap = [k for k, baris in self._menunggu.items() if baris and self._sibuk[k] < (1 if k == KANAL_BERKAS else PER_KANAL)]
            if not siap:
                return
            kanal = min(siap, key=self._sibuk.__getitem__)
            self._mulai(self._menunggu[kanal].popleft())

    def _mulai(self, kiriman: Kiriman) -> None:
        nomor = next(self._nomor)
        self._berjalan[nomor] = kiriman, time.monotonic() + self._batas
        self._sibuk[kiriman.kanal] += 1
        benang = threading.Thread(target=self._kerja, args=(nomor, kiriman), name=f"surat-{kiriman.kanal}", daemon=True)
        try:
            benang.start()
        except RuntimeError:
            self._kabar.put((nomor, "sistem kehabisan utas", 0.0))

    def _kerja(self, nomor: int, kiriman: Kiriman) -> None:
        mulai = time.monotonic()
        try:
            sebab = self._antar(kiriman)
        except Exception as e:  # noqa: BLE001 - a thread has nobody to raise to, and a traceback on stderr could hold a secret
            sebab = f"kesalahan yang tidak terduga ({type(e).__name__})"
        self._kabar.put((nomor, sebab, time.monotonic() - mulai))

    def _tunggu(self) -> float:
        terdekat = min(akhir for _, akhir in self._berjalan.values())
        return max(0.0, min(DENYUT, terdekat - time.monotonic()))

    def _terima(self, detik: float) -> Iterator[HasilKirim]:
        """Yield what has come in, waiting at most ``detik`` for the first."""
        try:
            nomor, sebab, lama = self._kabar.get(timeout=detik) if detik else self._kabar.get_nowait()
            while True:
                if nomor in self._berjalan:  # else its time was over before, and that is what was told
                    yield self._selesai(nomor, sebab, lama)
                nomor, sebab, lama = self._kabar.get_nowait()
        except Empty:
            return

    def _lewat_waktu(self) -> Iterator[HasilKirim]:
        kini = time.monotonic()
        for nomor in [n for n, (_, akhir) in self._berjalan.items() if akhir <= kini]:
            yield self._selesai(nomor, f"tidak menjawab dalam {self._batas:g} detik", self._batas)

    def _selesai(self, nomor: int, sebab: str, lama: float) -> HasilKirim:
        kiriman, _ = self._berjalan.pop(nomor)
        self._sibuk[kiriman.kanal] -= 1
        self._rugi[kiriman.kanal] = self._rugi[kiriman.kanal] + round(lama * 1000) if sebab else 0
        if self._rugi[kiriman.kanal] >= SABAR * round(self._batas * 1000):
            self._menunggu[kiriman.kanal].clear()
        return HasilKirim(kiriman, not sebab, sebab)
