"""The way to a proposal: which main moves remain, and on which days time lets each of them be made.

Moves are tried on a copy of the file, each on the first day on which nothing that only time can cure stops it. The checks
are the enforcer's own, asked of the time-bound requirements alone; stages, moves and thresholds are the definition's.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zi_workflow.domain.checklist import Temuan
from zi_workflow.domain.decide import periksa
from zi_workflow.domain.definition import Definisi, Langkah, Syarat
from zi_workflow.domain.effects import keadaan_baru
from zi_workflow.domain.events import PetaPolos
from zi_workflow.domain.guards.waktu import Batas, Tanggal
from zi_workflow.domain.state import Instansi, Keadaan, LangkahLalu, Unit

WAKTU = "waktu"
_TANPA_NOMOR = 0
"""Number of a move that is only foreseen: no event has it."""


@dataclass(frozen=True, slots=True)
class Halangan:
    """A time-bound requirement that is not met on a day; ``sampai``: the next day on which it may be, None where time cannot help."""

    syarat: Syarat
    temuan: Temuan
    sampai: date | None

    @property
    def batas(self) -> bool:
        """Say whether it is the year's deadline."""
        return isinstance(self.syarat.jenis, Batas)

    @property
    def tentang_tanggal(self) -> bool:
        """Say whether it is about the date of the act itself, such as its order after the move before it."""
        return isinstance(self.syarat.jenis, Tanggal)


@dataclass(frozen=True, slots=True)
class Singgah:
    """One move on the way: the file just before it, the first day on which it can be made, and what it had to wait for."""

    langkah: Langkah
    unit: Unit
    hari: date
    tunggu: tuple[Halangan, ...]


def tujuan(definisi: Definisi, keadaan: Keadaan) -> str:
    """Return the predikat that a unit in this condition would propose: its target, or the next one up."""
    return keadaan.sasaran or definisi.predikat_berikut(keadaan.predikat)


def isi_langkah(definisi: Definisi, unit: Unit, langkah: Langkah) -> PetaPolos:
    """Return the fields with which a move is tried: a proposal names its predikat."""
    return {"predikat": tujuan(definisi, unit.keadaan)} if langkah.efek.usulan == "buat" else {}


def sesudah(definisi: Definisi, unit: Unit, langkah: Langkah, hari: date) -> Unit:
    """Return the file as it would be after the move on that day."""
    keadaan = keadaan_baru(langkah, unit, isi_langkah(definisi, unit, langkah), hari)
    return replace(unit, keadaan=keadaan, lalu=(*unit.lalu, LangkahLalu(_TANPA_NOMOR, langkah.nama, hari, unit.keadaan)))


def rute(definisi: Definisi, unit: Unit, predikat: str, hari: date) -> tuple[Langkah, ...]:
    """Return the fewest main moves that lead to a proposal of ``predikat``, that one included; empty where none do."""
    antre: deque[tuple[Unit, tuple[Langkah, ...]]] = deque([(unit, ())])
    dilihat: set[tuple[str, str | None, str | None]] = set()
    while antre:
        satu, jalan = antre.popleft()
        keadaan = satu.keadaan
        if (kunci := (keadaan.tahap, keadaan.sasaran, keadaan.predikat)) in dilihat:
            continue
        dilihat.add(kunci)
        for langkah in definisi.langkah_dari(keadaan.tahap):
            if langkah.efek.usulan == "buat" and tujuan(definisi, keadaan) == predikat:
                return (*jalan, langkah)
            if langkah.utama:
                antre.append((sesudah(definisi, satu, langkah, hari), (*jalan, langkah)))
    return ()


@dataclass(frozen=True, slots=True)
class Penjajak:
    """Tries moves against the time-bound part of a definition and the facts of the instansi."""

    aturan: Definisi
    instansi: Instansi

    def _periksa(self, unit: Unit, langkah: Langkah, hari: date) -> list[tuple[Syarat, Temuan]]:
        daftar = periksa(self.aturan, unit, self.instansi, langkah.nama, isi_langkah(self.aturan, unit, langkah), hari, hari)
        return list(zip(self.aturan.syarat_untuk(langkah.nama, daftar.predikat), daftar.temuan, strict=True))

    def halangan(self, unit: Unit, langkah: Langkah, hari: date) -> tuple[Halangan, ...]:
        """Return what stops the move on that day and cannot be mended by it."""
        return tuple(Halangan(s, t, _sampai(s, t, hari)) for s, t in self._periksa(unit, langkah, hari) if t.menghalangi)

    def batas(self, unit: Unit, langkah: Langkah, tahun: int) -> date | None:
        """Return the deadline of a year for the move, by the value in force on that very day; None where the definition has none."""
        akhir = self._batas(unit, langkah, date(tahun, 12, 31))
        return akhir and self._batas(unit, langkah, akhir)

    def _batas(self, unit: Unit, langkah: Langkah, hari: date) -> date | None:
        butuh = (t.dibutuhkan for s, t in self._periksa(unit, langkah, hari) if isinstance(s.jenis, Batas))
        return next((bagian for frasa in butuh for bagian in frasa if isinstance(bagian, date)), None)

    def jalani(self, unit: Unit, semua: tuple[Langkah, ...], mulai: date, akhir: date) -> tuple[Singgah, ...]:
        """Make the moves one after another, each as early as time lets it be, from ``mulai`` on.

        The way ends before the first move that cannot be made until ``akhir``.
        """
        hasil: list[Singgah] = []
        for langkah in semua:
            satu = self._singgah(unit, langkah, mulai, akhir)
            if satu is None:
                break
            hasil.append(satu)
            unit, mulai = sesudah(self.aturan, unit, langkah, satu.hari), satu.hari
        return tuple(hasil)

    def _singgah(self, unit: Unit, langkah: Langkah, hari: date, akhir: date) -> Singgah | None:
        tunggu: list[Halangan] = []
        while hari <= akhir:
            halangan = self.halangan(unit, langkah, hari)
            if not halangan:
                return Singgah(langkah, unit, hari, tuple(tunggu))
            berikut = [h.sampai for h in halangan if h.sampai is not None]
            if len(berikut) < len(halangan):
                return None
            tunggu += halangan
            hari = max(berikut)
        return None

    def paling_lambat(self, jalan: tuple[Singgah, ...], ke: int, batas: date) -> date:
        """Return the last day for the move number ``ke`` of a way that still reaches ``batas``, all later ones following at once."""
        semua = tuple(s.langkah for s in jalan[ke:])

        def cukup(hari: date) -> bool:
            return len(self.jalani(jalan[ke].unit, semua, hari, batas)) == len(semua)

        if cukup(batas):
            return batas
        dapat, tidak = jalan[ke].hari, batas
        while (jarak := (tidak - dapat).days) > 1:
            tengah = dapat + timedelta(days=jarak // 2)
            dapat, tidak = (tengah, tidak) if cukup(tengah) else (dapat, tengah)
        return dapat


def penjajak(definisi: Definisi, instansi: Instansi, pada: date) -> Penjajak:
    """Return what tries moves with the time-bound requirements only, and with what the instansi knew on the day of asking."""
    aturan = replace(definisi, syarat=tuple(s for s in definisi.syarat if s.jenis.SIFAT == WAKTU))
    return Penjajak(aturan, diketahui(instansi, pada))


def diketahui(instansi: Instansi, pada: date) -> Instansi:
    """Return the instansi without the facts that are dated after the day."""
    return replace(instansi, fakta={jenis: tuple(b for b in semua if b.tanggal <= pada) for jenis, semua in instansi.fakta.items()})


def _sampai(syarat: Syarat, temuan: Temuan, hari: date) -> date | None:
    """Return the next day on which the requirement may be met: its value is in force, its years are over, the next window opens."""
    awal = min(m.sejak for m in syarat.berlaku)
    if hari < awal:
        return awal
    if isinstance(syarat.jenis, Batas):
        return date(hari.year + 1, 1, 1)
    lama = temuan.kurang[0] if temuan.kurang else None
    return hari + timedelta(days=lama) if isinstance(lama, int) else None
