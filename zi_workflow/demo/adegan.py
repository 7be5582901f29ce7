"""A scene: commands that are sent together on one day, and what must become of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from zi_workflow.demo.bekal import AREA, Bekal, maju, mundur, tenggat_butir
from zi_workflow.demo.pemeran import penilai
from zi_workflow.domain.commands import Perintah

AKHIR = date(2026, 11, 20)
"""The last day: nothing happens after it, and the deadlines are shown as they stand then."""
_SELANG = timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class Adegan:
    """Commands that are sent together on the day ``dicatat``. ``ditolak``: units refused, with the ids that must stop each."""

    dicatat: date
    perintah: tuple[Perintah, ...]
    ditolak: Mapping[str, frozenset[str]] = field(default_factory=dict)


def adegan(perintah: Sequence[Perintah], dicatat: date | None = None) -> Adegan:
    """Return a scene that is accepted, recorded on the day of its first command unless ``dicatat`` says later."""
    return Adegan(dicatat or perintah[0].tanggal, tuple(perintah))


def berkala(bekal: Bekal, kode: str, dari: date, sampai: date) -> Iterator[Adegan]:
    """Return the periodic monitoring of a unit between two days."""
    return map(adegan, bekal.berkala(kode, dari, sampai))


def realisasi(bekal: Bekal, kode: str, rencana: date, evaluasi: date | None, capaian: Mapping[int, str]) -> Iterator[Adegan]:
    """Return the reports on the items of the plan of the day ``rencana``, all before the evaluation where there is one.

    Each item is reached shortly before its date unless ``capaian`` has other values for its area: the first then, the others
    three weeks later each; none, where nothing is reported.
    """
    for area in AREA:
        hari = bekal.menjelang(kode, tenggat_butir(rencana, area), area)
        for nilai in capaian.get(area, "100").split():
            hari = min(hari, mundur(evaluasi, 7)) if evaluasi else hari
            if hari < AKHIR:
                yield adegan(bekal.realisasi(kode, area, hari, nilai))
            hari = bekal.hari_kerja(hari + _SELANG)


def mulai_pantau(kode: str, hari: date) -> Perintah:
    """Return the move that begins monitoring."""
    return maju("mulai-pantau", kode, hari, penilai(kode), jadwal_bulan=3)


def mulai_evaluasi(kode: str, hari: date) -> Perintah:
    """Return the move that begins the evaluation."""
    return maju("mulai-evaluasi", kode, hari, penilai(kode), evaluator=penilai(kode))
