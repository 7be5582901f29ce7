"""The stage: plays the story through the service, each scene on its own day by a clock that follows the script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from zi_workflow.answers import Jawaban
from zi_workflow.demo.adegan import Adegan
from zi_workflow.demo.bekal import Bekal
from zi_workflow.demo.cerita import cerita
from zi_workflow.demo.pemeran import MULAI
from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import Berkas
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.service import Layanan
from zi_workflow.store.evidence import GudangBerkas

ZONA = ZoneInfo("Asia/Jakarta")
"""Where the story happens."""
PAGI = time(8)
JEDA = timedelta(minutes=3)


class CeritaMelenceng(RuntimeError):
    """A scene did not end as the story says: the engine and the story no longer agree."""


class Jam:
    """A clock that stands still until the script moves it on; it never goes back."""

    def __init__(self) -> None:
        """Begin on the story's first day."""
        self._kini = self._pagi(MULAI)

    def __call__(self) -> datetime:
        """Return the current instant in UTC."""
        return self._kini

    def maju(self, hari: date) -> None:
        """Go on to that day's morning, or some minutes further on the same day; raises CeritaMelenceng for a day that is over."""
        self._kini = max(self._pagi(hari), self._kini + JEDA)
        if self._kini.astimezone(ZONA).date() != hari:
            raise CeritaMelenceng(f"jam sudah melewati {hari.isoformat()}")

    @staticmethod
    def _pagi(hari: date) -> datetime:
        return datetime.combine(hari, PAGI, ZONA).astimezone(UTC)


@dataclass
class Panggung:
    """Plays the scenes; ``penolakan`` holds the checklist of every refusal so far, in order."""

    layanan: Layanan
    berkas: GudangBerkas
    jam: Jam
    penolakan: list[DaftarPeriksa] = field(default_factory=list)

    def naskah(self) -> tuple[Adegan, ...]:
        """Return the scenes; their evidence files are kept by now."""
        with TemporaryDirectory() as folder:
            return cerita(Bekal(_instrumen(self.layanan.definisi), _penyimpan(self.berkas, Path(folder))))

    def mainkan(self, naskah: Sequence[Adegan]) -> Iterator[Adegan]:
        """Play scene by scene, yielding each when it is done; raises CeritaMelenceng where one ends otherwise than told."""
        for adegan in naskah:
            self.jam.maju(adegan.dicatat)
            jawaban = self.layanan.jalankan(adegan.perintah)
            _cocokkan(adegan, jawaban)
            self.penolakan.extend(jawaban.penolakan)
            yield adegan


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
