"""Answers to requests: what became of each command, the answer as a whole, and the item of a batch that failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.commands import KOREKSI, TARIK
from zi_workflow.domain.corrections import Peninjauan
from zi_workflow.domain.errors import Galat
from zi_workflow.domain.events import NOMOR_SEMENTARA, Polos, Tercatat


@dataclass(frozen=True, slots=True)
class Hasil:
    """What became of one command: its checklist, and the unit's condition after it. ``sudah``: it was on file already.

    ``tinjauan``: the decisions that relied on a record that was corrected or retracted, decided again.
    """

    perintah: str
    unit: str | None
    diterima: bool
    daftar: DaftarPeriksa
    nomor: tuple[int, ...] = ()
    sudah: bool = False
    versi: int | None = None
    tahap: str | None = None
    predikat: str | None = None
    tinjauan: tuple[Peninjauan, ...] = ()

    def polos(self) -> dict[str, Polos]:
        """Return the result as plain data (docs/kontrak-json.md)."""
        peringatan: list[Polos] = [t.polos() for t in self.daftar.temuan if t.status == "tidak" or t.peringatan]
        nomor = dict(enumerate(self.nomor[1:]))  # the correction itself, then the review of each unit
        tinjauan: list[Polos] = [
            {"unit": t.kode, "nomor": nomor.get(i), "putusan": [dict(p) for p in t.putusan]} for i, t in enumerate(self.tinjauan)
        ]
        return {
            "perintah": self.perintah,
            "unit": self.unit,
            "nomor": list(self.nomor),
            "sudah_tercatat": self.sudah,
            "versi": self.versi,
            "tahap": self.tahap,
            "predikat": self.predikat,
            "peringatan": peringatan,
            **({"tinjauan": tinjauan} if self.perintah in (KOREKSI, TARIK) else {}),
        }


@dataclass(frozen=True, slots=True)
class Jawaban:
    """The answer to a request. ``ulangan``: the key was known, ``polos`` is the first answer and nothing was written."""

    diterima: bool
    hasil: tuple[Hasil, ...]
    coba: bool = False
    ulangan: bool = False
    tersimpan: Mapping[str, Any] | None = None

    @property
    def penolakan(self) -> tuple[DaftarPeriksa, ...]:
        """Return the checklists of the refused commands."""
        return tuple(h.daftar for h in self.hasil if not h.diterima)

    def polos(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        if self.tersimpan is not None:
            return {**self.tersimpan, "ulangan": True}
        return {"skema": 1, "coba": self.coba, "ulangan": False, "hasil": [h.polos() for h in self.hasil]}


class ItemGagal(Galat):
    """One item of a batch failed: which one, and what it raised or why it was refused."""

    def __init__(self, urutan: int, sebab: Galat | None, daftar: DaftarPeriksa | None = None) -> None:
        """Keep the item's place (from 0) and its error or checklist."""
        super().__init__(sebab.pesan if sebab else "perintah ditolak", sebab.sebab if sebab else "", sebab.lanjut if sebab else "")
        self.urutan = urutan
        self.asal = sebab
        self.daftar = daftar
        self.kode = sebab.kode if sebab else 5


def bernomor(hasil: Sequence[Hasil], tercatat: Sequence[Tercatat]) -> tuple[Hasil, ...]:
    """Replace provisional numbers by those of the recorded events, in results and in the checklists they show."""
    peta = {NOMOR_SEMENTARA + i: t.nomor for i, t in enumerate(tercatat)}
    return tuple(_ganti_nomor(h, peta) for h in hasil)


def _ganti_nomor(hasil: Hasil, peta: Mapping[int, int]) -> Hasil:
    temuan = tuple(replace(t, bukti=tuple(peta.get(n, n) for n in t.bukti)) for t in hasil.daftar.temuan)
    return replace(hasil, nomor=tuple(peta.get(n, n) for n in hasil.nomor), daftar=replace(hasil.daftar, temuan=temuan))


def tanpa_sementara(hasil: Hasil) -> Hasil:
    """Leave out the numbers of events that were decided but are not written (a dry run, a refused request)."""
    return replace(hasil, nomor=_tercatat(hasil.nomor), daftar=daftar_tercatat(hasil.daftar))


def daftar_tercatat(daftar: DaftarPeriksa) -> DaftarPeriksa:
    """Leave out of a checklist the numbers of events that are not written."""
    return replace(daftar, temuan=tuple(replace(t, bukti=_tercatat(t.bukti)) for t in daftar.temuan))


def _tercatat(nomor: Sequence[int]) -> tuple[int, ...]:
    return tuple(n for n in nomor if n < NOMOR_SEMENTARA)
