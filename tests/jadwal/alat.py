"""What the tests of the sweep share: a register full of due duties, a clock to set, and the log of the sweeps decided again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from projections import SEMUA
from projections.jadwal import Jadwal
from tests.alat.brankas import kunci_uji
from tests.alat.dunia import ADMIN, HARI, KEPALA, definisi
from tests.alat.toko import WIB
from tests.layanan.alat import periksa_utuh
from zi_workflow.clock import hari_di, sekarang
from zi_workflow.domain.commands import AngkatPejabat, Catat, DaftarkanUnit, Perintah
from zi_workflow.domain.deadlines import sidik_aturan
from zi_workflow.domain.events import BuktiDicatat, JadwalDisapu, LangkahTenggat
from zi_workflow.domain.reminders import HasilSapu, sapu
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi
from zi_workflow.service import Layanan
from zi_workflow.store import Amplop, Naskah, Store, buka
from zi_workflow.sweep import HasilSapuan, Penyapu, baca_ingatan

HARI_UJI = date(2026, 5, 1)
"""The day of tests whose clock is set: T1 is due in 30 days."""
MULAI = date(2025, 1, 2)
"""Since when the units build; the plan is of the day after."""
LEWAT = (100, 40, 3)
"""Days by which the items of a plan are overdue, where nothing else is said."""
Entri = tuple[str, str, str, str, str]
"""Unit, duty, item, due date, step: what exists once."""


class Jam:
    """A clock that a test sets, forward and back; it moves a millisecond at each look."""

    def __init__(self, hari: date = HARI_UJI, pukul: time = time(12)) -> None:
        """Start at that time WIB."""
        self.kini = datetime.combine(hari, pukul, WIB)

    def pada(self, hari: date, pukul: time = time(12)) -> None:
        """Set it."""
        self.kini = datetime.combine(hari, pukul, WIB)

    def __call__(self) -> datetime:
        """Return the instant in UTC."""
        self.kini += timedelta(milliseconds=1)
        return self.kini.astimezone(UTC)


@dataclass
class Register:
    """A store, its service and its sweep, as one program has them."""

    store: Store
    layanan: Layanan

    def penyapu(self, sekaligus: int = 100) -> Penyapu:
        """Return a sweep of this program, with that many units in one transaction."""
        return Penyapu(self.layanan, self.store, sekaligus=sekaligus)

    def sapu(self, pada: date | None = None, sekaligus: int = 100) -> HasilSapuan:
        """Sweep once."""
        return self.penyapu(sekaligus).sapu(pada)

    def jalankan(self, perintah: Sequence[Perintah]) -> None:
        """Run commands that must be accepted, in one request."""
        jawaban = self.layanan.jalankan(perintah)
        assert jawaban.diterima, jawaban.penolakan

    def realisasi(self, kode: str, butir: str, tanggal: date) -> None:
        """Record that an item of the plan was done."""
        self.jalankan([Catat("realisasi", kode, {"kode": butir, "capaian": "100"}, tanggal, ADMIN)])


@contextmanager
def terbuka(url: str, jam: Jam | None = None, *, buat: bool = False) -> Iterator[Register]:
    """Open the register as one more program does; without ``jam`` by the real clock."""
    waktu = jam or sekarang
    store = buka(url, jam=waktu, pencatat="sistem:uji", proyeksi=SEMUA, buat=buat, kunci_data=kunci_uji(url))
    try:
        yield Register(store, Layanan(definisi(), store, waktu, lambda i: hari_di("Asia/Jakarta", i)))
    finally:
        store.tutup()


def siapkan(url: str, banyak: int, hari: date = HARI_UJI, lewat: Iterable[int] = LEWAT) -> None:
    """Make a register with so many units that build, each with a plan whose items are overdue by ``lewat`` days on ``hari``."""
    jam = Jam(HARI("2024-02-19"))
    with terbuka(url, jam, buat=True) as register:
        register.store.siapkan()
        register.jalankan([AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1/2024", jam.kini.date(), jam.kini.date(), ADMIN)])
        jam.pada(hari)
        tambah(register, (nama(i) for i in range(banyak)), hari, lewat)


def nama(ke: int) -> str:
    """Return the code of a unit."""
    return f"UNIT{ke:04}"


def tambah(register: Register, kode: Iterable[str], hari: date, lewat: Iterable[int] = LEWAT) -> None:
    """Register units that build, with a plan, all in one request."""
    awal = {"tahap": "pembangunan", "sasaran": "WBK", "sejak": str(MULAI), "mulai_bangun": str(MULAI), "dasar": "SK lama"}
    dasar = {"area": 1, "kegiatan": "k", "indikator": "i", "target": "100", "satuan": "persen", "penanggung_jawab": KEPALA}
    butir = [{**dasar, "kode": f"A{i}", "tenggat": str(hari - timedelta(days=n))} for i, n in enumerate(lewat, 1)]
    semua: list[Perintah] = []
    for satu in kode:
        semua.append(DaftarkanUnit(satu, f"Unit {satu}", MULAI, ADMIN, "dinas", None, awal))
        semua.append(Catat("rencana_aksi", satu, {"butir": butir}, MULAI + timedelta(days=1), ADMIN))
    register.jalankan(semua)


class StoreSela:
    """A store before (or with ``sesudah``, behind) whose every append something else happens."""

    def __init__(self, asal: Store, kerja: Callable[[], object], *, sesudah: bool = False) -> None:
        """Stand before ``asal``."""
        self._asal = asal
        self._kerja = kerja
        self._sesudah = sesudah
        self.naskah: Sequence[Naskah] = ()

    def tambah(self, naskah: Sequence[Naskah], **lain: Any) -> Any:  # noqa: ANN401 - handed on
        """Append, before or after what steps in, which may look at what is appended."""
        self.naskah = naskah
        if not self._sesudah:
            self._kerja()
        hasil = self._asal.tambah(naskah, **lain)
        if self._sesudah:
            self._kerja()
        return hasil

    def __getattr__(self, nama: str) -> Any:  # noqa: ANN401 - everything else is the store's
        """Return the store's own."""
        return getattr(self._asal, nama)


# --- what is in the log ----------------------------------------------------------------------------------------------


def entri(log: Iterable[Amplop]) -> list[Entri]:
    """Return every reminder and missed deadline of a log, in order."""
    return [(a.kode, p.tenggat, p.butir, p.jatuh_tempo, p.langkah) for a in log if isinstance(p := a.peristiwa, LangkahTenggat)]


def entri_hasil(hasil: HasilSapuan) -> list[Entri]:
    """Return what a sweep says that it wrote."""
    return [(kode, p.tenggat, p.butir, p.jatuh_tempo, p.langkah) for kode, p in hasil.dicatat]


@dataclass
class Sapuan:
    """The log folded event by event; every sweep in it is decided again by the pure core on exactly the events before it."""

    unit: dict[str, Unit] = field(default_factory=dict)
    instansi: Instansi = field(default_factory=Instansi)
    terakhir: date | None = None
    _baris: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)
    _baru: list[Amplop] = field(default_factory=list)
    _tanggal: dict[str, list[date]] = field(default_factory=dict)
    _fakta: list[date] = field(default_factory=list)

    def lipat(self, amplop: Amplop) -> None:
        """Take one event in."""
        if amplop.alur == f"{definisi().id}-tenggat":
            self._baru.append(amplop)
        elif isinstance(amplop.peristiwa, JadwalDisapu):
            self._periksa(amplop.peristiwa, amplop.nomor)
            for satu in (*self._baru, amplop):
                self._jadwalkan(satu)
            self._baru = []
            self.terakhir = max(self.terakhir or date.min, amplop.tanggal)
        elif amplop.alur == "instansi":
            self.instansi = evolve_instansi(self.instansi, amplop)
            self._fakta += [amplop.tanggal] if isinstance(amplop.peristiwa, BuktiDicatat) else []
        elif amplop.alur == definisi().id:
            self.unit[amplop.kode] = evolve(self.unit.get(amplop.kode), amplop)
            self._tanggal.setdefault(amplop.kode, []).append(amplop.tanggal)
            self._jadwalkan(amplop)

    def sisa(self, pada: date) -> list[Entri]:
        """Return what a sweep on that day would still record, of all units."""
        semua = [(kode, p) for kode in self.unit for p, _ in self._putuskan(kode, pada).peristiwa]
        return [(kode, p.tenggat, p.butir, p.jatuh_tempo, getattr(p, "langkah", type(p).__name__)) for kode, p in semua]

    def _putuskan(self, kode: str, pada: date) -> HasilSapu:
        baris = self._baris.get(kode)
        ingatan = baca_ingatan(str(baris["ingatan"])) if baris else {}
        return sapu(definisi(), self.unit[kode], self.instansi, ingatan, pada, self.terakhir)

    def _periksa(self, p: JadwalDisapu, nomor: int) -> None:
        pada = date.fromisoformat(p.pada)
        assert p.aturan == sidik_aturan(definisi(), self.instansi), nomor
        assert {a.kode for a in self._baru} <= set(p.unit), nomor
        for kode, berikut in p.unit.items():
            putusan = self._putuskan(kode, pada)
            tertulis = [(a.peristiwa, a.dasar) for a in self._baru if a.kode == kode]
            assert sorted(putusan.peristiwa, key=repr) == sorted(tertulis, key=repr), (nomor, kode)
            nanti = [hari for hari in (*self._tanggal[kode], *self._fakta) if hari > pada]
            assert min([*nanti, putusan.berikut]).isoformat() == berikut, (nomor, kode)

    def _jadwalkan(self, amplop: Amplop) -> None:
        for kunci in Jadwal().kunci(amplop):
            self._baris[kunci[2]] = Jadwal().lipat(kunci, self._baris.get(kunci[2]), amplop)


def periksa(store: Store, pada: date | None = None) -> list[Amplop]:
    """Check the whole store; return the log.

    Numbers, versions, time, chains, read models against their rebuild; each sweep decided again; every entry once; with
    ``pada``, nothing missing on that day.
    """
    log = periksa_utuh(store)
    semua = ulang(store)
    ganda = {k: n for k, n in Counter(entri(log)).items() if n > 1}
    assert ganda == {}
    if pada is not None:
        assert semua.sisa(pada) == []
    return log


def ulang(store: Store) -> Sapuan:
    """Decide every sweep of the log again; return how all stands at its end."""
    hasil = Sapuan()
    for a in store.telusuri():
        hasil.lipat(a)
    return hasil


def murni(store: Store, pada: date) -> Counter[Entri]:
    """Return what the pure core says of the files as they are, had nothing ever been recorded."""
    hasil = Sapuan()
    for a in store.telusuri():
        if not a.alur.endswith(("-tenggat", "-jadwal")):
            hasil.lipat(a)
    return Counter(hasil.sisa(pada))
