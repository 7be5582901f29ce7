"""A file as it was on a day: the events that had happened by then, whenever they were recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zi_workflow.domain.events import LangkahDibatalkan, Tercatat, UnitDidaftarkan


def peristiwa_pada(peristiwa: Iterable[Tercatat], pada: date) -> list[Tercatat]:
    """Return the events of a unit's stream that had happened on the day ``pada``, in order.

    A move that was undone at any time never happened, and neither did its undoing. The registration stays, so that the
    file can be read on days before it.
    """
    semua = list(peristiwa)
    batal = {t.peristiwa.nomor_langkah for t in semua if isinstance(t.peristiwa, LangkahDibatalkan)}
    return [
        t
        for t in semua
        if isinstance(t.peristiwa, UnitDidaftarkan)
        or (t.tanggal <= pada and t.nomor not in batal and not isinstance(t.peristiwa, LangkahDibatalkan))
    ]
