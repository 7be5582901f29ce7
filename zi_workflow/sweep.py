"""The sweep: what is due is recorded, exactly once, however many sweep at once and however long nobody did.

A batch of units is one transaction: their reminders, and one event in the common stream of sweeps. Whoever else swept
meanwhile has moved that stream on, and the batch is decided again from what the other wrote; no lock or lease is trusted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from projections import jadwal, sapuan
from zi_workflow.domain.deadlines import sidik_aturan
from zi_workflow.domain.decide import FAKTA, PEJABAT, UNIT
from zi_workflow.domain.errors import Konflik
from zi_workflow.domain.events import JadwalDisapu, LangkahTenggat, PengingatDicabut, PengingatDipulihkan, Tercatat
from zi_workflow.domain.reminders import Ingatan, KunciIngatan, Terbitan, sapu
from zi_workflow.domain.state import Instansi, lipat
from zi_workflow.domain.verdict import harus_ada
from zi_workflow.session import JADWAL, PELAKU_JADWAL, SAPUAN, TENGGAT
from zi_workflow.store import Naskah

if TYPE_CHECKING:
    from zi_workflow.service import Layanan
    from zi_workflow.store import Store

UNIT_SEKALIGUS = 100
PERCOBAAN = 25


@dataclass
class HasilSapuan:
    """What a sweep wrote: reminders and missed deadlines, withdrawals, restorations, and how many units it looked at.

    The lists stay empty where only numbers were asked for.
    """

    pada: date
    dicatat: list[tuple[str, LangkahTenggat]] = field(default_factory=list)
    dicabut: list[tuple[str, PengingatDicabut]] = field(default_factory=list)
    dipulihkan: list[tuple[str, PengingatDipulihkan]] = field(default_factory=list)
    banyak_dicatat: int = 0
    banyak_dicabut: int = 0
    banyak_dipulihkan: int = 0
    unit: int = 0


@dataclass(frozen=True, slots=True)
class _Titik:
    """From where a batch is decided: the shared facts, the rules' hash, the version and latest day of the sweeps before."""

    instansi: Instansi
    aturan: str
    versi: int
    terakhir: date | None


class Penyapu:
    """Sweeps the units of one workflow."""

    def __init__(self, layanan: Layanan, store: Store, *, sekaligus: int = UNIT_SEKALIGUS) -> None:
        """Wire to a service and its store; ``sekaligus`` is how many units one transaction holds at most."""
        self._layanan = layanan
        self._store = store
        self._sekaligus = sekaligus
        self._aliran = layanan.aliran.untuk(JADWAL, SAPUAN)

    def sapu(
        self, pada: date | None = None, *, coba: bool = False, rinci: bool = True, berhenti: Callable[[], bool] = lambda: False
    ) -> HasilSapuan:
        """Record everything that is due on the day ``pada`` (default: today in the definition's zone) and return it.

        ``coba`` decides everything and writes nothing; without ``rinci`` only numbers are returned; ``berhenti`` is asked
        between batches. Raises Konflik where writers of the files were faster very many times in a row, even on a single unit,
        and as the store does.
        """
        hasil = HasilSapuan(pada or self._layanan.hari_ini())
        if not coba and self._store.tertinggal():  # a program that does not know the schedule has written
            self._store.kejar()
        if coba:
            titik = self._titik()
            self._gabung(hasil, self._putuskan(titik, hasil.pada, self._jatuh(titik, hasil.pada, 10**9)), rinci=rinci)
            return hasil
        antrean, lebar, gagal = _Antrean(), self._sekaligus, 0
        while not berhenti():
            titik = self._titik()
            baris = antrean.ambil(titik.aturan, lebar, partial(self._jatuh, titik, hasil.pada))
            if not baris:
                break
            putusan = self._putuskan(titik, hasil.pada, baris)
            try:
                self._catat(titik, hasil.pada, putusan)
            except Konflik:
                if self._versi() != titik.versi:  # another sweep was faster, so less is left
                    continue
                gagal += 1
                if gagal >= PERCOBAAN:
                    raise
                lebar = max(1, lebar // 2)  # fewer files are moved on by others in less time
            else:
                antrean.selesai(titik.aturan, putusan)
                lebar, gagal = min(2 * lebar, self._sekaligus), 0
                self._gabung(hasil, putusan, rinci=rinci)
        return hasil

    def aturan(self) -> str:
        """Return the hash of what beside the files decides due dates, as it is now."""
        return sidik_aturan(self._layanan.definisi, self._layanan.instansi())

    def _titik(self) -> _Titik:
        """Read the version of the sweeps first: whatever is read afterwards is at least as new."""
        aliran = self._layanan.aliran
        baris = self._store.baca(lambda koneksi: sapuan.satu(koneksi, aliran.instansi, aliran.alur))
        instansi = self._layanan.instansi()
        terakhir = date.fromisoformat(baris["pada"]) if baris else None
        return _Titik(instansi, sidik_aturan(self._layanan.definisi, instansi), baris["versi"] if baris else 0, terakhir)

    def _versi(self) -> int:
        return self._store.versi([self._aliran])[self._aliran]

    def _jatuh(self, titik: _Titik, pada: date, batas: int) -> list[dict[str, Any]]:
        """Return units to look at; where a later day was swept before, also those that were looked at then."""
        milik = self._layanan.aliran.instansi, self._layanan.aliran.alur
        hari = pada.isoformat()
        hasil = self._store.baca(lambda k: jadwal.jatuh(k, *milik, titik.aturan, hari, batas))
        if len(hasil) < batas and titik.terakhir is not None and titik.terakhir > pada:
            ada = {b["kode"] for b in hasil}
            lain = self._store.baca(lambda k: jadwal.mendahului(k, *milik, hari, batas))
            hasil += [b for b in lain if b["kode"] not in ada][: batas - len(hasil)]
        return hasil

    def _putuskan(self, titik: _Titik, pada: date, baris: Sequence[Mapping[str, Any]]) -> list[_Putusan]:
        hasil = []
        fakta = [b.tanggal for semua in titik.instansi.fakta.values() for b in semua]
        aliran = {str(satu["kode"]): self._layanan.aliran.untuk(UNIT, str(satu["kode"])) for satu in baris}
        berkas = self._store.muat_banyak(list(aliran.values()))
        for satu in baris:
            kode = str(satu["kode"])
            peristiwa = berkas[aliran[kode]]
            unit = harus_ada(lipat(peristiwa), kode)
            putusan = sapu(self._layanan.definisi, unit, titik.instansi, baca_ingatan(str(satu["ingatan"])), pada, titik.terakhir)
            # What is dated later (the clock was set back, or an earlier day is swept) counts from its day on.
            nanti = (hari for hari in (*fakta, *(t.tanggal for t in peristiwa)) if hari > pada)
            berikut = min(nanti, default=putusan.berikut)
            hasil.append(_Putusan(kode, unit.versi, int(satu["versi_ingatan"]), putusan.peristiwa, min(berikut, putusan.berikut)))
        return hasil

    def _catat(self, titik: _Titik, pada: date, putusan: Sequence[_Putusan]) -> list[Tercatat]:
        """Append a batch; raises Konflik where a file, the facts or the sweeps moved on."""
        aliran, sidik = self._layanan.aliran, self._layanan.definisi.sidik
        bersama = {a: titik.instansi.versi.get(a, 0) for a in (aliran.untuk(g, g) for g in (FAKTA, PEJABAT))}
        naskah: list[Naskah] = []
        for satu in putusan:
            sumber = aliran.untuk(UNIT, satu.kode)
            tujuan = aliran.untuk(TENGGAT, satu.kode)
            naskah += [
                Naskah(tujuan, satu.versi_ingatan + i, peristiwa, pada, PELAKU_JADWAL, dasar, sidik, (sumber, *bersama))
                for i, (peristiwa, dasar) in enumerate(satu.peristiwa, 1)
            ]
        disapu = JadwalDisapu(pada.isoformat(), titik.aturan, {p.kode: p.berikut.isoformat() for p in putusan})
        naskah.append(Naskah(self._aliran, titik.versi + 1, disapu, pada, PELAKU_JADWAL, (), sidik))
        dibaca = bersama | {aliran.untuk(UNIT, p.kode): p.versi for p in putusan}
        return self._store.tambah(naskah, dibaca=dibaca, definisi={sidik: self._layanan.definisi.pohon})

    @staticmethod
    def _gabung(hasil: HasilSapuan, putusan: Sequence[_Putusan], *, rinci: bool) -> None:
        hasil.unit += len(putusan)
        for satu in putusan:
            for peristiwa, _ in satu.peristiwa:
                if isinstance(peristiwa, PengingatDicabut):
                    hasil.banyak_dicabut += 1
                    hasil.dicabut += [(satu.kode, peristiwa)] if rinci else []
                elif isinstance(peristiwa, PengingatDipulihkan):
                    hasil.banyak_dipulihkan += 1
                    hasil.dipulihkan += [(satu.kode, peristiwa)] if rinci else []
                else:
                    hasil.banyak_dicatat += 1
                    hasil.dicatat += [(satu.kode, peristiwa)] if rinci else []


@dataclass(frozen=True, slots=True)
class _Putusan:
    """What was decided of one unit, from which versions."""

    kode: str
    versi: int
    versi_ingatan: int
    peristiwa: tuple[Terbitan, ...]
    berikut: date


class _Antrean:
    """The units still to be looked at in one sweep: each once under the same rules.

    A sweep ends therefore, however much is written meanwhile, and also where a program with another definition sweeps the
    same units; what changed after it was looked at is left to the next sweep, and stands in nobody's way.
    """

    def __init__(self) -> None:
        self._dilihat: set[tuple[str, str]] = set()
        self._kembali: set[str] = set()

    def ambil(self, aturan: str, batas: int, jatuh: Callable[[int], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """Return at most ``batas`` of the units due that were not looked at; ``jatuh`` returns as many units due as it is told."""
        while True:
            banyak = batas + len(self._kembali)
            semua = jatuh(banyak)
            baru = [b for b in semua if (aturan, b["kode"]) not in self._dilihat]
            if baru or len(semua) < banyak:
                return baru[:batas]
            self._kembali |= {b["kode"] for b in semua}

    def selesai(self, aturan: str, putusan: Iterable[_Putusan]) -> None:
        """Keep which units were looked at."""
        self._dilihat |= {(aturan, p.kode) for p in putusan}


def baca_ingatan(teks: str) -> dict[KunciIngatan, Ingatan]:
    """Read the memory of a unit's reminders, as the schedule keeps it."""
    hasil: dict[KunciIngatan, Ingatan] = {}
    for tenggat, butir, jatuh_tempo, langkah, kejadian, akhir, penerima, dicabut in json.loads(teks):
        hari = {nama: date.fromisoformat(disapu) for nama, disapu in langkah.items()}
        sampai = date.fromisoformat(akhir) if akhir else None
        hasil[tenggat, butir, jatuh_tempo] = Ingatan(hari, kejadian, sampai, tuple(penerima), dicabut)
    return hasil
