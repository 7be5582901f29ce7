"""The sweep: what is due is recorded, exactly once, however many sweep at once and however long nobody did.

A batch of units is one transaction: their reminders, and one event in the common stream of sweeps. Whoever else swept
meanwhile has moved that stream on, and the batch is decided again from what the other wrote; no lock or lease is trusted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from projections import jadwal, sapuan
from zi_workflow.domain.deadlines import sidik_aturan
from zi_workflow.domain.decide import FAKTA, PEJABAT, UNIT
from zi_workflow.domain.errors import Konflik
from zi_workflow.domain.events import JadwalDisapu, LangkahTenggat, PengingatDicabut, PeristiwaTenggat, Tercatat
from zi_workflow.domain.reminders import Ingatan, KunciIngatan, sapu
from zi_workflow.domain.state import Instansi, lipat
from zi_workflow.session import JADWAL, PELAKU_JADWAL, SAPUAN, TENGGAT
from zi_workflow.store import Naskah

if TYPE_CHECKING:
    from zi_workflow.service import Layanan
    from zi_workflow.store import Store

UNIT_SEKALIGUS = 100
PERCOBAAN = 25


@dataclass
class HasilSapuan:
    """What a sweep wrote: reminders and missed deadlines, withdrawals, and how many units it looked at."""

    pada: date
    dicatat: list[tuple[str, LangkahTenggat]] = field(default_factory=list)
    dicabut: list[tuple[str, PengingatDicabut]] = field(default_factory=list)
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

    def sapu(self, pada: date | None = None, *, coba: bool = False, berhenti: Callable[[], bool] = lambda: False) -> HasilSapuan:
        """Record everything that is due on the day ``pada`` (default: today in the definition's zone) and return it.

        ``coba`` decides everything and writes nothing; ``berhenti`` is asked between batches. Raises Konflik where other
        writers were faster very many times in a row, and as the store does.
        """
        hasil = HasilSapuan(pada or self._layanan.hari_ini())
        gagal = 0
        while not berhenti():
            titik = self._titik()
            if coba:
                self._gabung(hasil, self._putuskan(titik, hasil.pada, self._jatuh(titik, hasil.pada, 10**9)))
                break
            baris = self._jatuh(titik, hasil.pada, self._sekaligus)
            if not baris:
                break
            putusan = self._putuskan(titik, hasil.pada, baris)
            try:
                self._catat(titik, hasil.pada, putusan)
            except Konflik:
                gagal += 1
                if gagal >= PERCOBAAN:
                    raise
                continue
            self._gabung(hasil, putusan)
        return hasil

    def aturan(self) -> str:
        """Return the hash of what beside the files decides due dates, as it is now."""
        return sidik_aturan(self._layanan.definisi, self._layanan.instansi())

    def _titik(self) -> _Titik:
        """Read the version of the sweeps first: whatever is read afterwards is at least as new."""
        aliran = self._layanan.aliran
        with self._store.engine.connect() as koneksi:
            baris = sapuan.satu(koneksi, aliran.instansi, aliran.alur)
        instansi = self._layanan.instansi()
        terakhir = date.fromisoformat(baris["pada"]) if baris else None
        return _Titik(instansi, sidik_aturan(self._layanan.definisi, instansi), baris["versi"] if baris else 0, terakhir)

    def _jatuh(self, titik: _Titik, pada: date, batas: int) -> list[dict[str, Any]]:
        aliran = self._layanan.aliran
        with self._store.engine.connect() as koneksi:
            return jadwal.jatuh(koneksi, aliran.instansi, aliran.alur, titik.aturan, pada.isoformat(), batas)

    def _putuskan(self, titik: _Titik, pada: date, baris: Sequence[Mapping[str, Any]]) -> list[_Putusan]:
        hasil = []
        for satu in baris:
            kode = str(satu["kode"])
            unit = lipat(self._store.muat(self._layanan.aliran.untuk(UNIT, kode)))
            if unit is not None:
                ingatan = baca_ingatan(str(satu["ingatan"]))
                putusan = sapu(self._layanan.definisi, unit, titik.instansi, ingatan, pada, titik.terakhir)
                hasil.append(_Putusan(kode, unit.versi, int(satu["versi_ingatan"]), putusan.peristiwa, putusan.berikut))
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
        naskah.append(Naskah(self._aliran, titik.versi + 1, disapu, pada, PELAKU_JADWAL, (), sidik, tuple(bersama)))
        dibaca = bersama | {aliran.untuk(UNIT, p.kode): p.versi for p in putusan}
        return self._store.tambah(naskah, dibaca=dibaca, definisi=(sidik, self._layanan.definisi.pohon))

    @staticmethod
    def _gabung(hasil: HasilSapuan, putusan: Sequence[_Putusan]) -> None:
        hasil.unit += len(putusan)
        for satu in putusan:
            for peristiwa, _ in satu.peristiwa:
                if isinstance(peristiwa, PengingatDicabut):
                    hasil.dicabut.append((satu.kode, peristiwa))
                else:
                    hasil.dicatat.append((satu.kode, peristiwa))


@dataclass(frozen=True, slots=True)
class _Putusan:
    """What was decided of one unit, from which versions."""

    kode: str
    versi: int
    versi_ingatan: int
    peristiwa: tuple[tuple[PeristiwaTenggat, tuple[str, ...]], ...]
    berikut: date


def baca_ingatan(teks: str) -> dict[KunciIngatan, Ingatan]:
    """Read the memory of a unit's reminders, as the schedule keeps it."""
    hasil: dict[KunciIngatan, Ingatan] = {}
    for tenggat, butir, jatuh_tempo, tercakup, kejadian, akhir, penerima in json.loads(teks):
        hari = date.fromisoformat(akhir) if akhir else None
        hasil[tenggat, butir, jatuh_tempo] = Ingatan(date.fromisoformat(tercakup), kejadian, hari, tuple(penerima))
    return hasil
