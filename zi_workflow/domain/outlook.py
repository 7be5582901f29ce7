"""What a forecast says: the deadline, the years that are lost, and the steps with their days. Plain data, no rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zi_workflow.domain.checklist import Temuan
from zi_workflow.domain.events import Polos

LANGKAH = "langkah"
WAKTU = "waktu"
"""Kinds of step: a move, or a wait that only time ends."""


@dataclass(frozen=True, slots=True)
class Penyebab:
    """A requirement that makes a year impossible, and the first day on which time would have cured it (None: never)."""

    temuan: Temuan
    paling_cepat: date | None


@dataclass(frozen=True, slots=True)
class Mustahil:
    """A year whose deadline cannot be made."""

    tahun: int
    batas: date
    syarat: tuple[Penyebab, ...]


@dataclass(frozen=True, slots=True)
class Ruas:
    """One step to the deadline: a move (``jenis`` langkah) or a wait that only time ends (waktu).

    ``paling_awal`` to ``paling_lambat``: the days on which it may happen and the deadline still be made;
    ``hari_kerja_terakhir``: the last working day not after them. ``kurang``: what its checklist still lacks, to be mended by
    then. ``menentukan``: no other step has less slack. ``keterangan``: of a wait, what the enforcer found.
    """

    jenis: str
    id: str
    nama: str
    uraian: str
    oleh: str
    dasar: tuple[str, ...]
    paling_awal: date
    paling_lambat: date
    hari_kerja_terakhir: date
    menentukan: bool = False
    kurang: tuple[Temuan, ...] = ()
    tafsir: tuple[str, ...] = ()
    lanjut: str = ""
    keterangan: str = ""

    @property
    def kelonggaran(self) -> int:
        """Return the days that the step may slip."""
        return (self.paling_lambat - self.paling_awal).days

    def polos(self) -> dict[str, Polos]:
        """Return the step as plain data."""
        lambat = self.paling_lambat.isoformat()
        return {
            "jenis": self.jenis,
            "id": self.id,
            "nama": self.nama,
            "uraian": self.uraian,
            "oleh": self.oleh,
            "dasar": list(self.dasar),
            "tafsir": list(self.tafsir),
            "paling_awal": self.paling_awal.isoformat(),
            "paling_lambat": lambat,
            "hari_kerja_terakhir": self.hari_kerja_terakhir.isoformat(),
            "kelonggaran_hari": self.kelonggaran,
            "menentukan": self.menentukan,
            "kurang": [{**t.polos(), "bukti": [n for n in t.bukti if n], "paling_lambat": lambat} for t in self.kurang],
            "lanjut": self.lanjut,
            "keterangan": self.keterangan,
        }


@dataclass(frozen=True, slots=True)
class Masa:
    """A time that must pass (a year of building, two years since a revocation); ``perkiraan``: it has not begun yet."""

    id: str
    uraian: str
    mulai: date
    sampai: date
    perhitungan: str
    dasar: tuple[str, ...]
    perkiraan: bool


@dataclass(frozen=True, slots=True)
class Prakiraan:
    """The forecast of one unit on the day ``pada``; ``batas`` is None where there is no answer, and ``alasan`` says why.

    ``paling_awal``: the first day on which time allows the proposal. ``terpenuhi`` of ``jumlah`` requirements of the
    proposal are met on the deadline by what is on file. ``alasan`` beside a deadline: what is particular about it.
    """

    unit: str
    nama: str
    tahap: str
    predikat: str
    pada: date
    batas: date | None = None
    hari_kerja_terakhir: date | None = None
    paling_awal: date | None = None
    terpenuhi: int = 0
    jumlah: int = 0
    mustahil: tuple[Mustahil, ...] = ()
    langkah: tuple[Ruas, ...] = ()
    masa: tuple[Masa, ...] = ()
    alasan: str = ""

    @property
    def tahun(self) -> int | None:
        """Return the year of the deadline."""
        return self.batas.year if self.batas else None

    @property
    def sisa_hari(self) -> int | None:
        """Return the days left until the deadline."""
        return (self.batas - self.pada).days if self.batas else None

    @property
    def kelonggaran(self) -> int | None:
        """Return the days between the first lawful day and the deadline."""
        return (self.batas - self.paling_awal).days if self.batas and self.paling_awal else None

    @property
    def sisa_langkah(self) -> int:
        """Return how many moves remain, the proposal included."""
        return sum(r.jenis == LANGKAH for r in self.langkah)

    @property
    def kurang(self) -> int:
        """Return how many requirements are still to be mended, of all remaining moves."""
        return sum(len(r.kurang) for r in self.langkah)

    def polos(self) -> dict[str, Polos]:
        """Return the forecast as plain data."""
        return {
            "unit": self.unit,
            "nama": self.nama,
            "tahap": self.tahap,
            "predikat": self.predikat,
            "pada": self.pada.isoformat(),
            "batas": _iso(self.batas),
            "tahun": self.tahun,
            "sisa_hari": self.sisa_hari,
            "hari_kerja_terakhir": _iso(self.hari_kerja_terakhir),
            "paling_awal": _iso(self.paling_awal),
            "kelonggaran_hari": self.kelonggaran,
            "terpenuhi": self.terpenuhi,
            "jumlah_syarat": self.jumlah,
            "mustahil": [{"tahun": m.tahun, "batas": _iso(m.batas), "syarat": [_penyebab(s) for s in m.syarat]} for m in self.mustahil],
            "langkah": [r.polos() for r in self.langkah],
            "masa": [
                {
                    "id": m.id,
                    "uraian": m.uraian,
                    "mulai": _iso(m.mulai),
                    "sampai": _iso(m.sampai),
                    "perhitungan": m.perhitungan,
                    "dasar": list(m.dasar),
                    "perkiraan": m.perkiraan,
                }
                for m in self.masa
            ],
            "alasan": self.alasan,
        }


def _iso(hari: date | None) -> str | None:
    return hari.isoformat() if hari else None


def _penyebab(satu: Penyebab) -> Polos:
    polos = satu.temuan.polos()
    ambil = ("id", "uraian", "dasar", "tafsir", "ditemukan", "dibutuhkan")
    return {**{nama: polos[nama] for nama in ambil}, "paling_cepat": _iso(satu.paling_cepat)}
