"""A register of reminders without a store: sweeps of one unit, folded as the schedule folds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from tests.alat.dunia import HARI, UNIT_UJI
from tests.domain.tabel_tanggal import dunia
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import LangkahTenggat, PengingatDicabut, PengingatDipulihkan, PeristiwaTenggat
from zi_workflow.domain.reminders import TAK_ADA, HasilSapu, Ingatan, KunciIngatan, sapu

SEHARI = timedelta(days=1)
Entri: TypeAlias = tuple[str, str, str, str]
"""Duty, item, due date, step."""


class Sapuan:
    """One unit, swept on one day after another; ``lupa``: a memory that forgets what was withdrawn."""

    def __init__(self, berkas: str, aturan: Definisi | None = None, *, lupa: bool = False) -> None:
        """Start with a file, and no sweep yet."""
        self.berkas = berkas
        self.aturan = aturan or dunia(berkas).aturan
        self.lupa = lupa
        self.ingatan: dict[KunciIngatan, Ingatan] = {}
        self.terakhir: date | None = None
        self.berikut = date.min
        self.catatan: list[tuple[date, LangkahTenggat]] = []
        self.cabutan: list[tuple[date, PengingatDicabut]] = []

    def coba(self, pada: date | str) -> HasilSapu:
        """Return what a sweep on that day would come to."""
        satu = dunia(self.berkas)
        hari = HARI(pada) if isinstance(pada, str) else pada
        return sapu(self.aturan, satu.unit[UNIT_UJI], satu.instansi, self.ingatan, hari, self.terakhir)

    def sapu(self, pada: date | str, berkas: str | None = None) -> list[PeristiwaTenggat]:
        """Sweep on a day (``berkas``: the file that it is by now), take in what comes, and return it."""
        self.berkas = berkas or self.berkas
        hari, hasil = HARI(pada) if isinstance(pada, str) else pada, self.coba(pada)
        for peristiwa, _ in hasil.peristiwa:
            self._ingat(hari, peristiwa)
        self.terakhir, self.berikut = max(hari, self.terakhir or hari), hasil.berikut
        return [p for p, _ in hasil.peristiwa]

    def harian(self, awal: str, akhir: str) -> None:
        """Sweep on every day from ``awal`` to ``akhir``, both included."""
        for hari in rentang(awal, akhir):
            self.sapu(hari)

    def _ingat(self, hari: date, p: PeristiwaTenggat) -> None:
        kunci = (p.tenggat, p.butir, p.jatuh_tempo)
        if isinstance(p, LangkahTenggat):
            self.catatan.append((hari, p))
            lama = self.ingatan.get(kunci)
            langkah = {p.langkah: hari, **(lama.langkah if lama else {})}
            self.ingatan[kunci] = Ingatan(langkah, p.kejadian, HARI(p.akhir) if p.akhir else None, p.penerima)
            return
        if isinstance(p, PengingatDipulihkan):
            assert self.ingatan[kunci].dicabut, "restored without having been withdrawn"
            self.ingatan[kunci] = replace(self.ingatan[kunci], dicabut=False, penerima=p.penerima)
            return
        assert not self.ingatan[kunci].dicabut, "withdrawn twice"
        self.cabutan.append((hari, p))
        self.ingatan[kunci] = replace(self.ingatan[kunci], dicabut=True)
        if self.lupa:
            del self.ingatan[kunci]

    @property
    def entri(self) -> Counter[Entri]:
        """Count every entry that was recorded."""
        return Counter((p.tenggat, p.butir, p.jatuh_tempo, p.langkah) for _, p in self.catatan)

    def milik(self, nama: str) -> list[str]:
        """Return the entries of a duty in words: ``day: due date step[ (its own day)]``."""
        return [kata(hari, p) for hari, p in self.catatan if p.tenggat == nama]


def kata(hari: date, p: LangkahTenggat) -> str:
    """Return an entry in words."""
    return f"{hari}: {p.jatuh_tempo} {p.langkah}" + (f" ({p.seharusnya})" if p.seharusnya else "")


def rentang(awal: str, akhir: str) -> Iterator[date]:
    """Yield the days from ``awal`` to ``akhir``, both included."""
    hari = HARI(awal)
    while hari <= HARI(akhir):
        yield hari
        hari += SEHARI


def langkah_harapan(batas: str, kerja: str, awal: str, akhir: str) -> dict[str, date]:
    """Return the steps of a due date between two days, written out: name and day."""
    hari = {f"H-{n}": HARI(batas) - n * SEHARI for n in {90, 60, 30, 14, 7, 1, 0, (HARI(batas) - HARI(kerja)).days}}
    hari["terlambat"] = HARI(batas) + SEHARI
    hari |= {f"terlambat+{n}": HARI(batas) + n * SEHARI for n in range(30, 1000, 30)}
    return {nama: h for nama, h in hari.items() if HARI(awal) <= h <= HARI(akhir)}


__all__ = ["SEHARI", "TAK_ADA", "Entri", "Sapuan", "kata", "langkah_harapan", "rentang"]
