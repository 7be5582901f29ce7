"""A scene: commands that are sent together on one day, and what must become of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zi_workflow.demo.bekal import Bekal, maju
from zi_workflow.demo.pemeran import penilai
from zi_workflow.domain.commands import Perintah

AKHIR = date(2026, 11, 20)
"""The day after which nothing happens any more."""


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


def mulai_pantau(kode: str, hari: date) -> Perintah:
    """Return the move that begins monitoring."""
    return maju("mulai-pantau", kode, hari, penilai(kode), jadwal_bulan=3)


def mulai_evaluasi(kode: str, hari: date) -> Perintah:
    """Return the move that begins the evaluation."""
    return maju("mulai-evaluasi", kode, hari, penilai(kode), evaluator=penilai(kode))
