"""The two time axes: a stream as it was on a day (by what happened until then), and as it was known at an instant.

What was known is a prefix of the log. What had happened follows the events' own dates: a correction carries the date of the
record that it corrects, a move that was undone at any time never happened, and neither did its undoing. Some events say their own day
otherwise than by the date of their command: an appointment happens on the first day in the role, an end on the last one, a
refusal on the day on which it was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from zi_workflow.domain.events import (
    BerkasTerkait,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PerintahDitolak,
    Tercatat,
    UnitDidaftarkan,
)


def dikenal(peristiwa: Iterable[Tercatat], instan: datetime) -> list[Tercatat]:
    """Return the events that had been recorded at the instant, that instant included."""
    return [t for t in peristiwa if t.waktu_catat <= instan]


def peristiwa_pada(peristiwa: Iterable[Tercatat], pada: date) -> list[Tercatat]:
    """Return the events of a stream that had happened on the day ``pada``, in order.

    A registration stays, so that a unit's file can be read on days before it.
    """
    semua = list(peristiwa)
    batal = _batal(semua)
    return [t for t in semua if isinstance(t.peristiwa, UnitDidaftarkan) or (_hari(t) <= pada and t.nomor not in batal)]


def selisih_hari(tanggal: date, dicatat: date) -> int:
    """Return how many days after the act it was recorded, 0 where it was not late; ``dicatat`` is that day in the definition's zone."""
    return max(0, (dicatat - tanggal).days)


def _batal(semua: Iterable[Tercatat]) -> set[int]:
    """Return the numbers of events that never happened: undone moves (of files about this one too), bars taken back, what undid them."""
    hasil: set[int] = set()
    warisan: dict[str, int] = {}
    terkait: dict[tuple[str, str], list[int]] = {}
    for t in semua:
        match t.peristiwa:
            case LangkahDibatalkan(nomor_langkah=asal):
                hasil |= {asal, t.nomor}
            case LaranganDiwariskan(dari_unit=dari, pencabutan=None):
                hasil |= {warisan.pop(dari, t.nomor), t.nomor}
            case LaranganDiwariskan(dari_unit=dari):
                warisan[dari] = t.nomor
            case BerkasTerkait(alur=alur, kode=kode, pembatalan=True):
                hasil |= {terkait[alur, kode].pop(), t.nomor}
            case BerkasTerkait(alur=alur, kode=kode):
                terkait.setdefault((alur, kode), []).append(t.nomor)
    return hasil


def _hari(tercatat: Tercatat) -> date:
    match tercatat.peristiwa:
        case PejabatDiangkat(sejak=hari) | PejabatDiakhiri(sampai=hari) | PerintahDitolak(hari=hari):
            return date.fromisoformat(hari)
        case _:
            return tercatat.tanggal
