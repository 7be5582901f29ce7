"""What past decisions saw: the files as they were before any event of the log, and every decision decided again on them.

The append rechecks each stream that a decision read under the lock that gives out numbers, so a decision saw exactly the events with
smaller numbers. Its definition is kept in the store under its hash; the day of recording is that of the clock beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from zi_workflow.domain.commands import DaftarkanUnit, nama_perintah
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import DefinisiSalah
from zi_workflow.domain.events import BuktiDikoreksi, BuktiDitarik, Tercatat
from zi_workflow.domain.replay import Saksi, ulang
from zi_workflow.domain.retrace import PUTUSAN, perintah_dari
from zi_workflow.domain.state import Instansi, Unit, evolve_instansi, lipat
from zi_workflow.domain.verdict import FAKTA, INDUK, PEJABAT, PENOLAKAN, UNIT
from zi_workflow.loader.definisi import muat_tersimpan
from zi_workflow.session import Aliran, Gudang, unit_lain

if TYPE_CHECKING:
    from zi_workflow.store import Amplop
SELA = timedelta(minutes=2)
"""How long after midnight an act may have been recorded that was decided before it."""
_CACAT = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What contents that no program wrote may raise, in the event or in the files before it."""


@dataclass(frozen=True, slots=True)
class Ulangan:
    """One decision decided again: ``beda`` says in words how it came out otherwise, nothing where it is the same."""

    amplop: Amplop
    unit: str | None
    perintah: str
    beda: tuple[str, ...]


@dataclass
class Lampau:
    """The register as it was before any event. ``tambahan`` are corrections that are decided but not recorded yet."""

    arsip: Gudang
    aliran: Aliran
    hari: Callable[[datetime], date]
    tambahan: Sequence[Tercatat] = ()
    _unit: dict[str, list[Tercatat]] = field(default_factory=dict)
    _aturan: dict[str, Definisi | str] = field(default_factory=dict)
    _kini: tuple[int, Instansi] = (0, Instansi())

    def saksi(self, amplop: Amplop, kode: str | None, *, terkoreksi: bool = False) -> Iterator[Saksi]:
        """Yield what a decision saw; where it was recorded right after midnight, also as on the day before.

        ``terkoreksi``: with its records as they were corrected or retracted since. Raises DefinisiSalah where the definition that
        decided is not kept, or cannot be read.
        """
        aturan = self.aturan(amplop.sidik_regulasi)
        unit = None if kode is None else self.unit(kode, amplop.nomor, terkoreksi=terkoreksi)
        lain = {k: u for k in unit_lain(aturan, perintah_dari(amplop, kode), unit) if (u := self.unit(k, amplop.nomor)) is not None}
        if kode is not None and unit is not None:
            lain[kode] = unit
        instansi = self.instansi(amplop.nomor, terkoreksi=terkoreksi)
        for hari in dict.fromkeys((self.hari(amplop.jam), self.hari(amplop.jam - SELA))):
            yield Saksi(aturan, unit, instansi, lain, hari, self.induk(amplop, unit))

    def aturan(self, sidik: str) -> Definisi:
        """Return the definition of that hash; raises DefinisiSalah where it is not kept, not what its hash says, or cannot be read."""
        if sidik not in self._aturan:
            self._aturan[sidik] = self._muat(sidik)
        aturan = self._aturan[sidik]
        if isinstance(aturan, str):
            raise DefinisiSalah(f"Definisi {sidik} {aturan}", "Putusan itu tidak dapat diulang tanpa aturannya.", "zi audit verifikasi")
        return aturan

    def _muat(self, sidik: str) -> Definisi | str:
        """Return the definition, or why there is none."""
        pohon = self.arsip.definisi(sidik)
        if pohon is None:
            return "tidak tersimpan"
        try:
            aturan = muat_tersimpan(pohon)
        except DefinisiSalah as e:
            return f"tidak terbaca program ini ({e.pesan})"
        return aturan if aturan.sidik == sidik else "tersimpan dengan isi lain"

    def unit(self, kode: str, nomor: int, *, terkoreksi: bool = False) -> Unit | None:
        """Return a unit's file as it was before the event ``nomor``; None where it was not opened yet."""
        if kode not in self._unit:
            self._unit[kode] = self.arsip.muat(self.aliran.untuk(UNIT, kode))
        return lipat(self._sebelum(self._unit[kode], nomor, self.aliran.untuk(UNIT, kode), terkoreksi=terkoreksi))

    def induk(self, amplop: Amplop, unit: Unit | None) -> Unit | None:
        """Return the file that the decision's file is about, as it was before; None where it is about none."""
        perintah = perintah_dari(amplop, amplop.kode)
        kode = unit.induk if unit is not None else perintah.induk if isinstance(perintah, DaftarkanUnit) else None
        if kode is None:
            return None
        return lipat(t for t in self.arsip.muat(self.aliran.untuk(INDUK, kode)) if t.nomor < amplop.nomor)

    def instansi(self, nomor: int, *, terkoreksi: bool = False) -> Instansi:
        """Return the facts and officials as they were before the event ``nomor``; asked in rising order it folds each event once."""
        sampai, instansi = self._kini if self._kini[0] <= nomor else (0, Instansi())
        for satu in self._bersama:
            if sampai <= satu.nomor < nomor:
                instansi = evolve_instansi(instansi, satu)
        self._kini = (nomor, instansi)
        if terkoreksi:
            for satu in self._koreksi(self._bersama, nomor, self.aliran.untuk(FAKTA, FAKTA)):
                instansi = evolve_instansi(instansi, satu)
        return instansi

    def lupakan(self) -> None:
        """Forget the units' streams, so that a walk over the whole register holds one file at a time."""
        self._unit.clear()

    @cached_property
    def _bersama(self) -> list[Tercatat]:
        semua = [t for g in (FAKTA, PEJABAT) for t in self.arsip.muat(self.aliran.untuk(g, g))]
        return sorted(semua, key=lambda t: t.nomor)

    def _sebelum(self, semua: Iterable[Tercatat], nomor: int, aliran: str, *, terkoreksi: bool) -> list[Tercatat]:
        semua = list(semua)
        return [*(t for t in semua if t.nomor < nomor), *(self._koreksi(semua, nomor, aliran) if terkoreksi else ())]

    def _koreksi(self, semua: Iterable[Tercatat], nomor: int, aliran: str) -> list[Tercatat]:
        """Return the later corrections of records that were on file before the event ``nomor``, in order."""
        baru = [t for t in (*semua, *self.tambahan) if t.nomor > nomor and t.aliran == aliran]
        return [t for t in baru if isinstance(t.peristiwa, BuktiDikoreksi | BuktiDitarik) and t.peristiwa.bukti < nomor]


def ulangi(lampau: Lampau, kode: str | None) -> Iterator[Ulangan]:
    """Decide every decision about a unit again (None: about the instansi's facts and officials), in order of number.

    A definition that is not kept, or cannot be read, is a difference like any other.
    """
    golongan = [(UNIT, kode), (PENOLAKAN, kode)] if kode is not None else [(g, k) for k in (FAKTA, PEJABAT) for g in (k, PENOLAKAN)]
    semua = [a for g, k in golongan for a in lampau.arsip.muat_lengkap(lampau.aliran.untuk(g, k or ""))]
    for amplop in sorted(semua, key=lambda a: a.nomor):
        if isinstance(amplop.peristiwa, PUTUSAN):
            yield _ulang(lampau, amplop, kode)


def _ulang(lampau: Lampau, amplop: Amplop, kode: str | None) -> Ulangan:
    beda: tuple[str, ...] = ()
    nama = amplop.pokok or amplop.jenis
    try:
        nama = nama_perintah(perintah_dari(amplop, kode))
        for saksi in lampau.saksi(amplop, kode):
            beda = ulang(saksi, amplop, amplop.dasar, kode)
            if not beda:
                break
    except DefinisiSalah as e:
        beda = (e.pesan,)
    except _CACAT as e:
        beda = (f"tidak dapat diputus ulang: isinya, atau isi berkasnya, tidak masuk akal ({type(e).__name__})",)
    return Ulangan(amplop, kode, nama, beda)
