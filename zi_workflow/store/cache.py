"""Streams that a long-running program has already loaded, kept in memory and carried on from their last event.

The log is append-only, so what was loaded stays true; the last event kept is read again each time and compared, so
that a store that was restored from a backup meanwhile is noticed. Whoever loads must not change what an event holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from zi_workflow.domain.events import Tercatat

Ambil = Callable[[str, int], list[Tercatat]]


class Ingatan:
    """At most ``batas`` events, of the streams that were asked for last; 0 keeps nothing."""

    def __init__(self, batas: int) -> None:
        """Start empty."""
        self._batas = batas
        self._aliran: OrderedDict[str, list[Tercatat]] = OrderedDict()
        self._banyak = 0
        self._kunci = Lock()

    def muat(self, aliran: str, setelah: int, ambil: Ambil) -> list[Tercatat]:
        """Return the events of a stream after a version; ``ambil`` reads them from the log."""
        if self._batas == 0:
            return ambil(aliran, setelah)
        lama = self._aliran.get(aliran, [])
        baru = ambil(aliran, max(len(lama) - 1, 0))
        if lama and (not baru or baru[0] != lama[-1]):
            lama, baru = [], ambil(aliran, 0)
        semua = lama + baru[1:] if lama else baru
        if semua and semua[-1].versi == len(semua):
            self._simpan(aliran, semua)
        return [satu for satu in semua if satu.versi > setelah] if setelah else list(semua)

    def _simpan(self, aliran: str, semua: list[Tercatat]) -> None:
        with self._kunci:
            self._banyak += len(semua) - len(self._aliran.pop(aliran, ()))
            self._aliran[aliran] = semua
            while self._banyak > self._batas:
                self._banyak -= len(self._aliran.popitem(last=False)[1])
