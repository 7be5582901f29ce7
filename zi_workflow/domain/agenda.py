"""The agenda: every due date that a calendar may ever have shown of a unit, and what became of each.

The file is folded again event by event, and looked at on every day on which an export may have shown something else. An
entry keeps its UID for ever; its SEQUENCE grows with every change of what it says, so that a calendar that took in an
older file takes the newer entry in the place of the older. No clock: the same log gives the same agenda.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeAlias

from zi_workflow.domain.calendar import NAMA_HARI, tanggal_kata
from zi_workflow.domain.deadlines import DIPENUHI, Tenggat, perubahan_berikut, tenggat
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.duties import BATAS, BatasTahunan
from zi_workflow.domain.events import NOMOR_SEMENTARA, LangkahDibatalkan, Tercatat, UnitDidaftarkan
from zi_workflow.domain.state import Bukti, Instansi, Unit, evolve

TERBUKA = "terbuka"
GUGUR = "gugur"
BERAKHIR = "berakhir"
ALARM = (30, 7, 1, 0)
"""Days before an open due date on which a calendar rings; the last working day is added where the date itself is none."""

_AMAN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")
_Kunci: TypeAlias = tuple[str, str, str, int]
"""Duty, occurrence, plan item, and which of those that share all three."""


@dataclass(frozen=True, slots=True)
class Entri:
    """One occurrence of a duty in a calendar: ``tenggat`` as it was last seen, ``keadaan`` what has become of it.

    ``urutan`` is twice the number of the newest event when it last changed, and more where it changed again before the next
    event because a year ended; ``diubah`` is when that event was recorded.
    """

    uid: str
    urutan: int
    diubah: datetime
    tenggat: Tenggat
    keadaan: str

    @property
    def tanggal(self) -> date:
        """Return the day on which it stands."""
        return self.tenggat.jatuh_tempo

    @property
    def terbuka(self) -> bool:
        """Say whether it still holds: not discharged, not fallen away."""
        return self.keadaan == TERBUKA

    @property
    def alarm(self) -> tuple[int, ...]:
        """Return on how many days before it a calendar rings: none for what is not due, or no longer."""
        if not self.terbuka or self.tenggat.sifat != BATAS:
            return ()
        return tuple(sorted({*ALARM, (self.tanggal - self.tenggat.hari_kerja_terakhir).days}, reverse=True))

    @property
    def ringkas(self) -> str:
        """Return the entry's one line: unit, duty, what is to be done, and what has become of it."""
        satu = self.tenggat
        nama = " ".join(x for x in (satu.unit, satu.id, satu.kejadian.butir) if x)
        akhir = {
            TERBUKA: "",
            DIPENUHI: f" (dipenuhi {tanggal_kata(satu.kejadian.dipenuhi or self.tanggal)})",
            BERAKHIR: " (berakhir tanpa dipenuhi)",
            GUGUR: " (gugur)",
        }
        return f"{nama}: {satu.uraian}{akhir[self.keadaan]}"

    @property
    def uraian(self) -> str:
        """Return the text beneath it: the day, the arithmetic, the citations, and what to do or what has become of it."""
        satu = self.tenggat
        hari = f"{NAMA_HARI[self.tanggal.weekday()]}, {tanggal_kata(self.tanggal)}"
        kata = f"Paling lambat {hari}." if satu.sifat == BATAS else f"Paling cepat {hari}; ini bukan batas waktu."
        return "\n".join([kata, f"Perhitungan: {satu.perhitungan}.", f"Dasar: {'; '.join(satu.dasar)}.", self._akhir()])

    def _akhir(self) -> str:
        satu = self.tenggat
        if self.keadaan == DIPENUHI:
            hari = satu.kejadian.dipenuhi or self.tanggal
            lambat = (hari - self.tanggal).days
            return f"Dipenuhi {tanggal_kata(hari)} ({satu.kejadian.oleh})" + (f", {lambat} hari terlambat." if lambat > 0 else ".")
        if self.keadaan == BERAKHIR:
            return f"Tahun {satu.kejadian.kunci} berakhir tanpa dipenuhi."
        if self.keadaan == GUGUR:
            return f"Tidak lagi berlaku bagi {satu.unit}."
        return f"Lanjut: {satu.lanjut}\nRincian: zi tenggat jelaskan {satu.unit} {satu.id}"

    @property
    def isi(self) -> tuple[object, ...]:
        """Return all that a calendar shows of it."""
        return self.tanggal, self.keadaan, self.alarm, self.ringkas, self.uraian


def agenda(
    definisi: Definisi, instansi: Instansi, peristiwa: Sequence[Tercatat], pada: date, hari: Callable[[datetime], date]
) -> list[Entri]:
    """Return every occurrence that a calendar exported up to the day ``pada`` may have shown, by UID.

    ``peristiwa`` is one unit's whole stream; what happened after ``pada`` does not count. ``hari`` gives the calendar day
    of an instant in the definition's zone. Never raises; nothing for an empty stream.
    """
    buku = _Buku(definisi.instansi)
    pengumuman = {k.jenis.pengumuman for k in definisi.kewajiban if isinstance(k.jenis, BatasTahunan)}
    umum = [_Berlaku(b) for jenis in pengumuman for b in instansi.fakta.get(jenis, ())]
    umum += [_Berlaku(u.bukti, u.sampai, u.waktu) for u in instansi.usang if u.bukti.jenis in pengumuman]
    semua = list(_titik(list(_terjadi(peristiwa, pada)), sorted(dict(saat for b in umum for saat in b.saat).items())))
    mulai = [min(hari(titik.waktu), pada) for titik in semua]
    for titik, awal, akhir in zip(semua, mulai, [*mulai[1:], pada], strict=False):
        ada = [b.bukti for b in umum if b.bukti.nomor <= titik.nomor < b.sampai]
        dulu = {jenis: tuple(b for b in ada if b.jenis == jenis) for jenis in pengumuman}
        usang = tuple(u for u in instansi.usang if u.sampai <= titik.nomor)
        buku.lihat(definisi, titik, replace(instansi, fakta={**instansi.fakta, **dulu}, usang=usang), awal, akhir)
    return sorted(buku.entri.values(), key=lambda e: e.uid)


@dataclass(frozen=True, slots=True)
class _Berlaku:
    """An announcement as it was told from its event on, until the event ``sampai`` (recorded at ``waktu``) changed or retracted it."""

    bukti: Bukti
    sampai: int = NOMOR_SEMENTARA
    waktu: datetime | None = None

    @property
    def saat(self) -> list[tuple[int, datetime]]:
        """Return the events at which it may have moved what is shown, and when they were recorded."""
        awal = (self.bukti.nomor, self.bukti.waktu_catat)
        return [awal] if self.waktu is None else [awal, (self.sampai, self.waktu)]


@dataclass(frozen=True, slots=True)
class _Titik:
    """A moment of the log that the unit's due dates may hang on, and the unit's file from then on."""

    nomor: int
    waktu: datetime
    unit: Unit


def _terjadi(peristiwa: Iterable[Tercatat], pada: date) -> Iterator[Tercatat]:
    """Yield what had happened by the day: an undoing wherever its move is among it, so that what the move showed is cancelled."""
    ada: set[int] = set()
    for t in peristiwa:
        batal = isinstance(t.peristiwa, LangkahDibatalkan) and t.peristiwa.nomor_langkah in ada
        biasa = not isinstance(t.peristiwa, LangkahDibatalkan) and t.tanggal <= pada
        if batal or biasa or isinstance(t.peristiwa, UnitDidaftarkan):
            ada.add(t.nomor)
            yield t


def _titik(peristiwa: Sequence[Tercatat], pengumuman: Sequence[tuple[int, datetime]]) -> Iterator[_Titik]:
    """Yield the unit's events and the announcements since its registration, in the order of the log."""
    unit: Unit | None = None
    for t, berikut in zip(peristiwa, [*(t.nomor for t in peristiwa[1:]), NOMOR_SEMENTARA], strict=False):
        unit = evolve(unit, t)
        yield _Titik(t.nomor, t.waktu_catat, unit)
        yield from (_Titik(nomor, waktu, unit) for nomor, waktu in pengumuman if t.nomor < nomor < berikut)


@dataclass
class _Buku:
    """The entries while the log is gone through."""

    instansi: str
    entri: dict[_Kunci, Entri] = field(default_factory=dict)

    def lihat(self, definisi: Definisi, titik: _Titik, instansi: Instansi, awal: date, akhir: date) -> None:
        """Look at a file from its day until the next event: at once, when its duties change by time alone, and on the last day."""
        hari = awal
        self._catat(tenggat(definisi, titik.unit, instansi, hari), hari, titik)
        while hari < akhir:
            hari = min(perubahan_berikut(definisi, titik.unit, hari) or akhir, akhir)
            self._catat(tenggat(definisi, titik.unit, instansi, hari), hari, titik)

    def _catat(self, semua: Iterable[Tenggat], hari: date, titik: _Titik) -> None:
        """Take in what a file says on a day, and close what it no longer says."""
        ada: set[_Kunci] = set()
        for satu in semua:
            ke = 1
            while (kunci := (satu.id, satu.kejadian.kunci, satu.kejadian.butir, ke)) in ada:  # an item code used twice in one plan
                ke += 1
            ada.add(kunci)
            dipenuhi = satu.sifat == BATAS and satu.kejadian.dipenuhi is not None
            self._tulis(kunci, satu, DIPENUHI if dipenuhi else TERBUKA, titik)
        for kunci, lama in list(self.entri.items()):
            if kunci not in ada and lama.terbuka:
                batas = lama.tenggat.kejadian.akhir
                self._tulis(kunci, lama.tenggat, BERAKHIR if batas is not None and hari > batas else GUGUR, titik)

    def _tulis(self, kunci: _Kunci, satu: Tenggat, keadaan: str, titik: _Titik) -> None:
        lama = self.entri.get(kunci)
        urutan = max(2 * titik.nomor, lama.urutan + 1 if lama else 0)
        baru = Entri(uid(satu, self.instansi, kunci[-1]), urutan, titik.waktu, satu, keadaan)
        if lama is None or lama.isi != baru.isi:
            self.entri[kunci] = baru


def uid(satu: Tenggat, instansi: str, ke: int = 1) -> str:
    """Return the name that an occurrence keeps for ever (``DISPORA.T3.2024-09-03@zi.binjai``), of safe characters only."""
    kejadian = satu.kejadian
    bagian = [satu.unit, satu.id, kejadian.kunci, *([] if kejadian.butir in ("", kejadian.kunci) else [kejadian.butir])]
    return ".".join(map(_aman, bagian)) + ("" if ke == 1 else f"~{ke}") + f"@zi.{_aman(instansi)}"


def _aman(teks: str) -> str:
    """Spell every other character by its bytes, so that no two texts become one."""
    return "".join(h if h in _AMAN else "".join(f"_{b:02x}" for b in h.encode("utf-8", "surrogatepass")) for h in teks)
