"""The stage: plays the story through the service, each scene on its own day by a clock that follows the script.

At first somebody sweeps by hand every Monday; then the scheduler is switched on and sweeps every morning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from zi_workflow.answers import Jawaban
from zi_workflow.delivery import Pengantar
from zi_workflow.demo.adegan import AKHIR, Adegan
from zi_workflow.demo.bekal import Bekal
from zi_workflow.demo.cerita import cerita
from zi_workflow.demo.pemeran import MULAI
from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.commands import Koreksi, Perintah
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import Berkas, LangkahTenggat, PengingatDicabut
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.service import Layanan
from zi_workflow.store.evidence import GudangBerkas
from zi_workflow.sweep import Penyapu

ZONA = ZoneInfo("Asia/Jakarta")
"""Where the story happens."""
SUBUH, PAGI = time(7), time(8)
"""When the scheduler wakes, and when people begin to work."""
JEDA = timedelta(minutes=3)
SEHARI, SEMINGGU = timedelta(days=1), timedelta(weeks=1)
DISAPU_SEJAK, PENJADWAL_SEJAK = date(2025, 1, 6), date(2026, 6, 29)
"""The first sweep by hand, and the scheduler's first."""
HARI_SURAT = (date(2025, 3, 10), date(2026, 1, 5), AKHIR)
"""Days on which letters leave; every day would take long, and tell no more."""


class CeritaMelenceng(RuntimeError):
    """A scene did not end as the story says: the engine and the story no longer agree."""


class Jam:
    """A clock that stands still until the script moves it on; it never goes back."""

    def __init__(self) -> None:
        """Begin on the story's first day."""
        self._kini = self._saat(MULAI, PAGI)

    def __call__(self) -> datetime:
        """Return the current instant in UTC."""
        return self._kini

    def maju(self, hari: date, pukul: time = PAGI) -> None:
        """Go on to that time, or some minutes further on the same day; raises CeritaMelenceng for a day that is over."""
        self._kini = max(self._saat(hari, pukul), self._kini + JEDA)
        if self._kini.astimezone(ZONA).date() != hari:
            raise CeritaMelenceng(f"jam sudah melewati {hari.isoformat()}")

    @staticmethod
    def _saat(hari: date, pukul: time) -> datetime:
        return datetime.combine(hari, pukul, ZONA).astimezone(UTC)


@dataclass
class Panggung:
    """Plays the scenes.

    ``penolakan`` holds the checklist of every refusal so far, ``pengingat`` what every sweep wrote (its day, the unit, the
    event), both in order; ``surat`` is how many letters were delivered, ``disapu`` the last day of a sweep.
    """

    layanan: Layanan
    berkas: GudangBerkas
    penyapu: Penyapu
    pengantar: Pengantar
    jam: Jam
    penolakan: list[DaftarPeriksa] = field(default_factory=list)
    pengingat: list[tuple[date, str, LangkahTenggat | PengingatDicabut]] = field(default_factory=list)
    surat: int = 0
    disapu: date = DISAPU_SEJAK - SEMINGGU

    def naskah(self) -> tuple[Adegan, ...]:
        """Return the scenes; their evidence files are kept by now."""
        with TemporaryDirectory() as folder:
            definisi = self.layanan.definisi
            return cerita(Bekal(_instrumen(definisi), definisi.kalender, _penyimpan(self.berkas, Path(folder))))

    def mainkan(self, naskah: Sequence[Adegan]) -> Iterator[Adegan]:
        """Play scene by scene, yielding each when it is done; raises CeritaMelenceng where one ends otherwise than told."""
        for adegan in naskah:
            self._sapu_sampai(adegan.dicatat)
            self.jam.maju(adegan.dicatat)
            jawaban = self.layanan.jalankan([self._bernomor(p) for p in adegan.perintah])
            _cocokkan(adegan, jawaban)
            self.penolakan.extend(jawaban.penolakan)
            yield adegan
        self._sapu_sampai(AKHIR)

    def _bernomor(self, perintah: Perintah) -> Perintah:
        """Return a correction with the number of the newest record of its kind, which no script can know; others as they are."""
        if not isinstance(perintah, Koreksi):
            return perintah
        unit = self.layanan.unit(str(perintah.kode))
        return replace(perintah, nomor=unit.bukti[perintah.jenis][-1].nomor) if unit else perintah

    def _sapu_sampai(self, hari: date) -> None:
        """Sweep on every morning up to that day on which it is done; one with nothing to record leaves no trace."""
        while (berikut := self.disapu + (SEMINGGU if self.disapu < PENJADWAL_SEJAK else SEHARI)) <= hari:
            self.disapu = berikut
            self.jam.maju(self.disapu, SUBUH)
            hasil = self.penyapu.sapu(self.disapu)
            self.pengingat.extend((self.disapu, kode, p) for kode, p in hasil.dicatat)
            self.pengingat.extend((self.disapu, kode, p) for kode, p in hasil.dicabut)
            if self.disapu in HARI_SURAT:
                self.jam.maju(self.disapu, SUBUH)
                self.surat += self.pengantar.antar().terkirim


def _cocokkan(adegan: Adegan, jawaban: Jawaban) -> None:
    """Raise CeritaMelenceng unless exactly the units that should be are refused, for that, and everything else was news."""
    ditolak = {str(d.unit): frozenset(t.id for t in d.penghalang) for d in jawaban.penolakan}
    if ditolak != dict(adegan.ditolak):
        raise CeritaMelenceng(f"{_sebut(adegan)}: ditolak {_rinci(ditolak)}, seharusnya {_rinci(adegan.ditolak)}.")
    if any(h.sudah for h in jawaban.hasil):
        raise CeritaMelenceng(f"{_sebut(adegan)}: sudah tercatat sebelumnya.")


def _sebut(adegan: Adegan) -> str:
    satu = adegan.perintah[0]
    nama = getattr(satu, "langkah", None) or getattr(satu, "jenis", None) or type(satu).__name__
    return f"{adegan.dicatat.isoformat()}, {nama} {getattr(satu, 'kode', None) or 'instansi'}"


def _rinci(ditolak: Mapping[str, frozenset[str]]) -> str:
    return "; ".join(f"{kode} ({', '.join(sorted(syarat))})" for kode, syarat in ditolak.items()) or "tidak ada"


def _instrumen(definisi: Definisi) -> Instrumen:
    if definisi.instrumen is None:
        raise CeritaMelenceng("definisi ini tidak mempunyai LKE")
    return definisi.instrumen


def _penyimpan(gudang: GudangBerkas, folder: Path) -> Callable[[str, str], Berkas]:
    """Return a function that keeps a text under a name in the evidence folder."""

    def simpan(nama: str, isi: str) -> Berkas:
        jalan = folder / nama
        jalan.write_text(isi, encoding="utf-8")
        return gudang.simpan(jalan)

    return simpan
