"""Deadlines: what every duty of the definition means for one unit on one day, with arithmetic and citations.

``tenggat`` is the whole of it. Nothing is stored: due dates follow from the file each time, so that a correction or an
announcement moves them by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date
from shlex import quote

from zi_workflow.domain.calendar import NAMA_HARI, Kalender, tanggal_kata
from zi_workflow.domain.definition import Definisi, Kewajiban
from zi_workflow.domain.duties import BATAS, TIDAK_SEBELUM, BatasTahunan, Berkas, Kejadian
from zi_workflow.domain.state import Instansi, Unit

AKAN_DATANG = "akan_datang"
JATUH_TEMPO = "jatuh_tempo"
TERLAMBAT = "terlambat"
DIPENUHI = "dipenuhi"


@dataclass(frozen=True, slots=True)
class Tenggat:
    """One occurrence of a duty of one unit, as it stands on the day ``pada``."""

    unit: str
    kewajiban: Kewajiban
    kejadian: Kejadian
    pada: date
    hari_kerja_terakhir: date
    alasan_libur: str

    @property
    def id(self) -> str:
        """Return the duty's id (T1 …)."""
        return self.kewajiban.id

    @property
    def jatuh_tempo(self) -> date:
        """Return the due date (of a not-before duty: the first lawful day). It is never shifted (D14)."""
        return self.kejadian.jatuh_tempo

    @property
    def sisa_hari(self) -> int:
        """Return the days left; negative where overdue."""
        return (self.jatuh_tempo - self.pada).days

    @property
    def status(self) -> str:
        """Return akan_datang, jatuh_tempo, terlambat or dipenuhi."""
        if self.kejadian.dipenuhi is not None:
            return DIPENUHI
        sisa = self.sisa_hari
        return AKAN_DATANG if sisa > 0 else TERLAMBAT if sisa < 0 else JATUH_TEMPO

    @property
    def sifat(self) -> str:
        """Return ``batas`` (something is due) or ``tidak_sebelum``."""
        return self.kewajiban.jenis.SIFAT

    @property
    def terbuka(self) -> bool:
        """Say whether something is still to be done by the date."""
        return self.sifat == BATAS and self.kejadian.dipenuhi is None

    @property
    def kunci(self) -> tuple[str, str, str]:
        """Return what makes a reminder of this due date one of a kind within its unit: duty, item, date."""
        return self.id, self.kejadian.butir, self.jatuh_tempo.isoformat()

    @property
    def uraian(self) -> str:
        """Return what is to be done."""
        return f"{self.kewajiban.uraian}: {self.kejadian.uraian}" if self.kejadian.uraian else self.kewajiban.uraian

    @property
    def perhitungan(self) -> str:
        """Return the arithmetic in words, with the last working day where the date itself is none."""
        if not self.alasan_libur or self.sifat == TIDAK_SEBELUM:
            return self.kejadian.perhitungan
        kerja = self.hari_kerja_terakhir
        hari = f"{NAMA_HARI[kerja.weekday()]} {tanggal_kata(kerja)}"
        return f"{self.kejadian.perhitungan}; hari itu {self.alasan_libur} dan tidak digeser, hari kerja terakhir {hari}"

    @property
    def dasar(self) -> tuple[str, ...]:
        """Return the citations."""
        return tuple(dict.fromkeys((*self.kejadian.masa.dasar, *self.kejadian.dasar)))

    @property
    def tafsir(self) -> tuple[str, ...]:
        """Return the readings that decide the date."""
        return tuple(dict.fromkeys((*self.kejadian.masa.tafsir, *self.kejadian.tafsir)))

    @property
    def lanjut(self) -> str:
        """Return what to do, for this unit; what people typed is quoted, so that it can be pasted into a shell."""
        isi = {
            "{unit}": quote(self.unit),
            "{tahun}": str(self.jatuh_tempo.year),
            "{butir}": quote(self.kejadian.butir) if self.kejadian.butir else "",
        }
        teks = self.kewajiban.lanjut
        for tanda, nilai in isi.items():
            teks = teks.replace(tanda, nilai)
        return teks


def tenggat(definisi: Definisi, unit: Unit, instansi: Instansi, pada: date) -> tuple[Tenggat, ...]:
    """Return every occurrence of every duty of a unit as known on the day ``pada``, in the order of the definition.

    Discharged ones are among them; a duty that does not run for the unit has none, and neither has a file that came to its
    end. Records dated after ``pada`` do not count. Never raises.
    """
    milik = () if definisi.tahap[unit.keadaan.tahap].akhir else definisi.kewajiban
    lain: dict[str, date] = {}
    hasil: dict[str, list[Tenggat]] = {k.id: [] for k in milik}
    for sifat in (TIDAK_SEBELUM, BATAS):  # what is not lawful before a day decides what is due
        for kewajiban in milik:
            if sifat != kewajiban.jenis.SIFAT:
                continue
            for kejadian in kewajiban.jenis.kejadian(Berkas(definisi, kewajiban, unit, instansi, pada, lain)):
                hasil[kewajiban.id].append(_satu(definisi.kalender, unit, kewajiban, kejadian, pada))
                if sifat == TIDAK_SEBELUM:
                    lain[kewajiban.id] = kejadian.jatuh_tempo
    return tuple([t for semua in hasil.values() for t in semua])


def _satu(kalender: Kalender, unit: Unit, kewajiban: Kewajiban, kejadian: Kejadian, pada: date) -> Tenggat:
    batas = kejadian.jatuh_tempo
    return Tenggat(unit.kode, kewajiban, kejadian, pada, kalender.hari_kerja_terakhir(batas), kalender.alasan(batas))


def sidik_aturan(definisi: Definisi, instansi: Instansi) -> str:
    """Return what, beside the unit's own file, decides its due dates: the definition and the dates announced, as a short hash.

    Where it differs from the one that a unit was last looked at with, the unit has to be looked at again.
    """
    jenis = sorted({k.jenis.pengumuman for k in definisi.kewajiban if isinstance(k.jenis, BatasTahunan)})
    nomor = [b.nomor for j in jenis for b in instansi.fakta.get(j, ())]
    return hashlib.sha256(f"{definisi.sidik} {nomor}".encode()).hexdigest()[:16]


def perubahan_berikut(definisi: Definisi, unit: Unit, pada: date) -> date | None:
    """Return the next day on which the duties of an untouched file change by time alone: a new year, where one is counted."""
    tahunan: Iterable[Kewajiban] = (k for k in definisi.kewajiban if isinstance(k.jenis, BatasTahunan))
    berganti = pada.year < MAXYEAR and any(unit.keadaan.tahap in k.tahap or not k.tahap for k in tahunan)
    return date(pada.year + 1, 1, 1) if berganti else None
