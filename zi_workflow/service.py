"""Load, decide, append: the one path on which every command travels, whoever sent it.

All commands of a request are decided against the files as they are, later ones seeing what earlier ones did, and are
appended in one transaction or not at all. A lost race is retried once from the start (reload, decide again).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.commands import AmbilLangkah, AngkatPejabat, Catat, Perintah
from zi_workflow.domain.decide import FAKTA, PEJABAT, PENOLAKAN, UNIT, Putusan, Terbitan, periksa, putuskan
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import Galat, Konflik, MasukanSalah
from zi_workflow.domain.events import NOMOR_SEMENTARA, PerintahDitolak, Polos, Tercatat
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi, lipat, sidik_penolakan
from zi_workflow.domain.verdict import harus_ada

if TYPE_CHECKING:
    from zi_workflow.store import Kunci, Naskah

PERCOBAAN = 2


class Gudang(Protocol):
    """What the service needs of a store."""

    def muat(self, aliran: str, setelah: int = 0) -> list[Tercatat]:
        """Return the events of a stream after a version."""
        ...

    def tambah(
        self,
        naskah: Sequence[Naskah],
        *,
        dibaca: Mapping[str, int],
        definisi: tuple[str, bytes] | None,
        kunci: Kunci | None = None,
        jawaban: Callable[[Sequence[Tercatat]], bytes] | None = None,
    ) -> list[Tercatat]:
        """Append events in one transaction; raises Konflik where a stream moved on."""
        ...

    def jawaban_kunci(self, kunci: Kunci) -> bytes | None:
        """Return the answer kept with a key."""
        ...


@dataclass(frozen=True, slots=True)
class Hasil:
    """What became of one command: its checklist, and the unit's condition after it. ``sudah``: it was on file already."""

    perintah: str
    unit: str | None
    diterima: bool
    daftar: DaftarPeriksa
    nomor: tuple[int, ...] = ()
    sudah: bool = False
    versi: int | None = None
    tahap: str | None = None
    predikat: str | None = None

    def polos(self) -> dict[str, Polos]:
        """Return the result as plain data (docs/kontrak-json.md)."""
        peringatan: list[Polos] = [t.polos() for t in self.daftar.temuan if t.status == "tidak" or t.peringatan]
        return {
            "perintah": self.perintah,
            "unit": self.unit,
            "nomor": list(self.nomor),
            "sudah_tercatat": self.sudah,
            "versi": self.versi,
            "tahap": self.tahap,
            "predikat": self.predikat,
            "peringatan": peringatan,
        }


@dataclass(frozen=True, slots=True)
class Jawaban:
    """The answer to a request. ``ulangan``: the key was known, ``polos`` is the first answer and nothing was written."""

    diterima: bool
    hasil: tuple[Hasil, ...]
    coba: bool = False
    ulangan: bool = False
    tersimpan: Mapping[str, Any] | None = None

    @property
    def penolakan(self) -> tuple[DaftarPeriksa, ...]:
        """Return the checklists of the refused commands."""
        return tuple(h.daftar for h in self.hasil if not h.diterima)

    def polos(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        if self.tersimpan is not None:
            return {**self.tersimpan, "ulangan": True}
        return {"skema": 1, "coba": self.coba, "ulangan": False, "hasil": [h.polos() for h in self.hasil]}


class ItemGagal(Galat):
    """One item of a batch failed: which one, and what it raised or why it was refused."""

    def __init__(self, urutan: int, sebab: Galat | None, daftar: DaftarPeriksa | None = None) -> None:
        """Keep the item's place (from 0) and its error or checklist."""
        super().__init__(sebab.pesan if sebab else "perintah ditolak", sebab.sebab if sebab else "", sebab.lanjut if sebab else "")
        self.urutan = urutan
        self.asal = sebab
        self.daftar = daftar
        self.kode = sebab.kode if sebab else 5


@dataclass(frozen=True, slots=True)
class Aliran:
    """How streams are named: ``instansi/alur/kode``."""

    instansi: str
    alur: str

    def untuk(self, golongan: str, kode: str) -> str:
        """Return the stream of a unit, of its refusals, of the facts or of the officials."""
        if golongan == UNIT:
            return f"{self.instansi}/{self.alur}/{kode}"
        if golongan == PENOLAKAN:
            return f"{self.instansi}/{self.alur}-penolakan/{kode}"
        return f"{self.instansi}/instansi/{golongan}"


@dataclass
class _Sesi:
    """One attempt: the files as loaded and as changed by what was decided so far, and the drafts to append."""

    layanan: Layanan
    hari_ini: date
    instan: datetime
    instansi: Instansi
    unit: dict[str, Unit | None] = field(default_factory=dict)
    penolakan: dict[str, tuple[int, set[tuple[str, str]]]] = field(default_factory=dict)
    naskah: list[Naskah] = field(default_factory=list)
    dibaca: dict[str, int] = field(default_factory=dict)

    def muat(self, kode: str) -> Unit | None:
        if kode not in self.unit:
            aliran = self.layanan.aliran.untuk(UNIT, kode)
            unit = lipat(self.layanan.gudang.muat(aliran))
            self.unit[kode] = unit
            self.dibaca[aliran] = unit.versi if unit else 0
        return self.unit[kode]

    def muat_semua(self, perintah: Sequence[Perintah]) -> None:
        """Load every file that the commands name."""
        for satu in perintah:
            kode = _kode(satu)
            unit = self.muat(kode) if kode is not None else None
            for lain in _unit_lain(satu, unit):
                self.muat(lain)

    def putuskan(self, perintah: Perintah) -> Putusan:
        kode = _kode(perintah)
        unit = self.muat(kode) if kode is not None else None
        for lain in _unit_lain(perintah, unit):
            harus_ada(self.muat(lain), lain)
        semua = {k: u for k, u in self.unit.items() if u is not None}
        return putuskan(self.layanan.definisi, unit, self.instansi, perintah, self.hari_ini, semua)

    def terapkan(self, perintah: Perintah, terbitan: Sequence[Terbitan]) -> tuple[int, ...]:
        """Draft the events and fold them, so that the next command sees them; return their (provisional) numbers."""
        return tuple(n for t in terbitan if (n := self._satu(perintah, t)) is not None)

    def _satu(self, perintah: Perintah, terbitan: Terbitan) -> int | None:
        from zi_workflow.store import Naskah  # noqa: PLC0415 - the store is loaded when something is written

        aliran = self.layanan.aliran.untuk(terbitan.golongan, terbitan.kode)
        versi = self._versi(terbitan, aliran) + 1
        if isinstance(terbitan.peristiwa, PerintahDitolak) and not self._penolakan_baru(terbitan.kode, terbitan.peristiwa):
            return None
        nomor = NOMOR_SEMENTARA + len(self.naskah)
        tercatat = Tercatat(terbitan.peristiwa, nomor, versi, perintah.tanggal, perintah.oleh, self.instan, aliran)
        if terbitan.golongan == UNIT:
            self.unit[terbitan.kode] = evolve(self.unit.get(terbitan.kode), tercatat)
        elif terbitan.golongan in (FAKTA, PEJABAT):
            self.instansi = evolve_instansi(self.instansi, tercatat)
        self.naskah.append(
            Naskah(aliran, versi, terbitan.peristiwa, perintah.tanggal, perintah.oleh, terbitan.dasar, self.layanan.definisi.sidik)
        )
        return nomor

    def _versi(self, terbitan: Terbitan, aliran: str) -> int:
        if terbitan.golongan == UNIT:
            unit = self.muat(terbitan.kode)
            return unit.versi if unit else 0
        if terbitan.golongan == PENOLAKAN:
            return self._riwayat_penolakan(terbitan.kode)[0]
        return self.instansi.versi.get(aliran, 0)

    def _riwayat_penolakan(self, kode: str) -> tuple[int, set[tuple[str, str]]]:
        if kode not in self.penolakan:
            semua = self.layanan.gudang.muat(self.layanan.aliran.untuk(PENOLAKAN, kode))
            self.penolakan[kode] = (semua[-1].versi if semua else 0, set(sidik_penolakan(semua)))
        return self.penolakan[kode]

    def _penolakan_baru(self, kode: str, peristiwa: PerintahDitolak) -> bool:
        versi, ada = self._riwayat_penolakan(kode)
        if (peristiwa.hari, peristiwa.sidik) in ada:
            return False
        self.penolakan[kode] = (versi + 1, {*ada, (peristiwa.hari, peristiwa.sidik)})
        return True


def _kode(perintah: Perintah) -> str | None:
    """Return the code of the unit whose file a command concerns, None where it concerns the instansi's."""
    kode = getattr(perintah, "kode", None)
    return kode if isinstance(kode, str) else None


def _unit_lain(perintah: Perintah, unit: Unit | None) -> tuple[str, ...]:
    """Return the codes of other units that a command names, or that undoing its last move concerns."""
    if isinstance(perintah, AngkatPejabat):
        return (perintah.unit,) if perintah.unit else ()
    if not isinstance(perintah, AmbilLangkah):
        return ()
    pengganti = perintah.isi.get("pengganti")
    pewaris = unit.lalu[-1].pewaris if unit and unit.lalu else None
    return tuple(dict.fromkeys(k for k in (pengganti, pewaris) if isinstance(k, str) and k and k != perintah.kode))


class Layanan:
    """Commands and questions over one instansi's register."""

    def __init__(self, definisi: Definisi, gudang: Gudang, jam: Callable[[], datetime], hari: Callable[[datetime], date]) -> None:
        """Wire the parts; ``hari`` gives the calendar day of an instant in the definition's time zone."""
        self.definisi = definisi
        self.gudang = gudang
        self.aliran = Aliran(definisi.instansi, definisi.id)
        self._jam = jam
        self._hari = hari
        self._instansi = Instansi()

    def jalankan(
        self,
        perintah: Sequence[Perintah],
        *,
        coba: bool = False,
        kunci: str | None = None,
        versi: int | None = None,
        berkas_batch: bool = False,
    ) -> Jawaban:
        """Decide and append commands, all or none.

        ``berkas_batch``: stop at the first item that fails, raising ItemGagal, and write nothing at all; otherwise every
        command is decided, and a request that is refused writes its refusals. ``versi``: the version that the one unit
        concerned must have. Raises Konflik where the race was lost twice, MasukanSalah for ``versi`` with several units.
        """
        if versi is not None and len({_kode(p) for p in perintah} - {None}) != 1:
            raise MasukanSalah("--versi berlaku bagi satu unit", "Setiap unit mempunyai versinya sendiri.", "Hapus --versi.")
        pengenal = self._pengenal(perintah, kunci)
        for sisa in reversed(range(PERCOBAAN)):
            try:
                return self._sekali(perintah, coba=coba, kunci=pengenal, versi=versi, berkas_batch=berkas_batch)
            except _Kalah as e:
                if sisa == 0:
                    raise e.asal from None
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def periksa(
        self, kode: str, langkah: str | None, isi: Mapping[str, Polos], pada: date | None, oleh: str | None
    ) -> DaftarPeriksa | None:
        """Return the checklist of a move (default: the main one from the unit's stage; None where there is none), writing nothing."""
        sesi = self._sesi()
        unit = harus_ada(sesi.muat(kode), kode)
        if langkah is None:
            utama = [x.nama for x in self.definisi.langkah_dari(unit.keadaan.tahap) if x.utama]
            if not utama:
                return None
            langkah = utama[0]
        return periksa(self.definisi, unit, sesi.instansi, langkah, isi, pada or sesi.hari_ini, sesi.hari_ini, oleh)

    def unit(self, kode: str) -> Unit | None:
        """Return a unit's file, or None."""
        return lipat(self.gudang.muat(self.aliran.untuk(UNIT, kode)))

    def hari_ini(self) -> date:
        """Return the current day in the definition's time zone."""
        return self._hari(self._jam())

    def _sesi(self) -> _Sesi:
        instan = self._jam().astimezone(UTC)
        instansi = self._muat_instansi()
        dibaca = {a: instansi.versi.get(a, 0) for a in (self.aliran.untuk(g, g) for g in (FAKTA, PEJABAT))}
        return _Sesi(self, self._hari(instan), instan, instansi, dibaca=dibaca)

    def _muat_instansi(self) -> Instansi:
        """Return the shared facts; only what came since the last look is read (threads may read the same news, each for itself)."""
        instansi = self._instansi
        for golongan in (FAKTA, PEJABAT):
            aliran = self.aliran.untuk(golongan, golongan)
            for tercatat in self.gudang.muat(aliran, instansi.versi.get(aliran, 0)):
                instansi = evolve_instansi(instansi, tercatat)
        self._instansi = instansi
        return instansi

    def _sekali(self, perintah: Sequence[Perintah], *, coba: bool, kunci: Kunci | None, versi: int | None, berkas_batch: bool) -> Jawaban:
        sesi = self._sesi()
        sesi.muat_semua(perintah)
        # Asked after loading: where the key is still unknown, nothing of the request that it may come to stand for was loaded.
        if kunci is not None and (lama := self._terjawab(kunci)) is not None:
            return lama
        self._cocokkan_versi(sesi, perintah, versi)
        putusan: list[tuple[Perintah, Putusan]] = []
        hasil: list[Hasil] = []
        for i, satu in enumerate(perintah):
            keputusan = self._putuskan(sesi, i, satu, berkas_batch=berkas_batch)
            putusan.append((satu, keputusan))
            nomor = sesi.terapkan(satu, keputusan.terbitan) if keputusan.diterima else ()
            nomor = nomor if keputusan.sudah is None else (keputusan.sudah,)
            hasil.append(self._hasil(sesi, satu, keputusan, nomor))
        diterima = all(p.diterima for _, p in putusan)
        if diterima and not coba:
            return self._catat(sesi, kunci, hasil)
        if not diterima and not coba:
            self._catat_penolakan(sesi, putusan)
        return Jawaban(diterima, tuple(_tanpa_sementara(h) for h in hasil), coba=coba)

    def _putuskan(self, sesi: _Sesi, i: int, perintah: Perintah, *, berkas_batch: bool) -> Putusan:
        try:
            putusan = sesi.putuskan(perintah)
        except Galat as e:
            if berkas_batch:
                raise ItemGagal(i, e) from e
            raise
        if berkas_batch and not putusan.diterima:
            raise ItemGagal(i, None, _daftar_tercatat(putusan.daftar))
        return putusan

    def _cocokkan_versi(self, sesi: _Sesi, perintah: Sequence[Perintah], versi: int | None) -> None:
        kode = next((k for p in perintah if (k := _kode(p)) is not None), None)
        if versi is None or kode is None:
            return
        unit = sesi.muat(kode)
        ada = unit.versi if unit else 0
        if ada != versi:
            raise Konflik(
                f"Unit {kode} sekarang pada versi {ada}, bukan {versi}",
                "Orang lain sudah menulis lebih dahulu.",
                f"Lihat keadaannya: zi unit lihat {kode}",
            )

    def _terjawab(self, kunci: Kunci) -> Jawaban | None:
        """Return the first answer that was given under the key; raises Konflik where it came with other content."""
        lama = self.gudang.jawaban_kunci(kunci)
        return None if lama is None else Jawaban(diterima=True, hasil=(), ulangan=True, tersimpan=json.loads(lama))

    def _catat(self, sesi: _Sesi, kunci: Kunci | None, hasil: Sequence[Hasil]) -> Jawaban:
        """Append what was decided; where the same request was recorded meanwhile, return its answer."""
        baru: list[Jawaban] = []

        def jawaban(tercatat: Sequence[Tercatat]) -> bytes:
            baru.append(Jawaban(diterima=True, hasil=_bernomor(hasil, tercatat)))
            return json.dumps(baru[-1].polos(), ensure_ascii=False, separators=(",", ":")).encode()

        tercatat = self._tambah(sesi, kunci, jawaban if kunci else None)
        lama = self._terjawab(kunci) if kunci is not None and not baru else None
        return lama or Jawaban(diterima=True, hasil=_bernomor(hasil, tercatat))

    def _catat_penolakan(self, sesi: _Sesi, putusan: Sequence[tuple[Perintah, Putusan]]) -> None:
        """Append the refusals of a request and nothing else of it."""
        sesi.naskah.clear()
        for perintah, satu in putusan:
            if not satu.diterima:
                syarat = tuple(t.polos() for t in _daftar_tercatat(satu.daftar).temuan)
                sesi.terapkan(perintah, [_bersyarat(t, syarat) for t in satu.terbitan])
        self._tambah(sesi, None, None)

    def _tambah(self, sesi: _Sesi, kunci: Kunci | None, jawaban: Callable[[Sequence[Tercatat]], bytes] | None) -> list[Tercatat]:
        # The drafts' own versions guard the streams that are written; the others were only read.
        ditulis = {n.aliran for n in sesi.naskah}
        lain = {a: v for a, v in sesi.dibaca.items() if a not in ditulis}
        definisi = (self.definisi.sidik, self.definisi.pohon)
        try:
            return self.gudang.tambah(sesi.naskah, dibaca=lain, definisi=definisi, kunci=kunci, jawaban=jawaban)
        except Konflik as e:
            raise _Kalah(e) from e

    def _hasil(self, sesi: _Sesi, perintah: Perintah, putusan: Putusan, nomor: tuple[int, ...]) -> Hasil:
        kode = _kode(perintah)
        unit = sesi.unit.get(kode) if kode is not None else None
        nama = perintah.jenis if isinstance(perintah, Catat) else putusan.daftar.perintah
        return Hasil(
            perintah=nama,
            unit=kode,
            diterima=putusan.diterima,
            daftar=putusan.daftar,
            nomor=nomor,
            sudah=putusan.sudah is not None,
            versi=unit.versi if unit else None,
            tahap=unit.keadaan.tahap if unit else None,
            predikat=unit.keadaan.predikat if unit else None,
        )

    def _pengenal(self, perintah: Sequence[Perintah], kunci: str | None) -> Kunci | None:
        if kunci is None:
            return None
        from zi_workflow.store import Kunci  # noqa: PLC0415 - the store is loaded when something is written

        bahan = [[type(p).__name__, asdict(p)] for p in perintah]
        teks = json.dumps(bahan, sort_keys=True, ensure_ascii=True, default=str)
        return Kunci(kunci, hashlib.sha256(teks.encode()).hexdigest())


class _Kalah(Exception):
    """A race was lost; ``asal`` is what the store said."""

    def __init__(self, asal: Konflik) -> None:
        super().__init__(asal.pesan)
        self.asal = asal


def _bernomor(hasil: Sequence[Hasil], tercatat: Sequence[Tercatat]) -> tuple[Hasil, ...]:
    """Replace provisional numbers by those of the recorded events, in results and in the checklists they show."""
    peta = {NOMOR_SEMENTARA + i: t.nomor for i, t in enumerate(tercatat)}
    return tuple(_ganti_nomor(h, peta) for h in hasil)


def _ganti_nomor(hasil: Hasil, peta: Mapping[int, int]) -> Hasil:
    temuan = tuple(replace(t, bukti=tuple(peta.get(n, n) for n in t.bukti)) for t in hasil.daftar.temuan)
    return replace(hasil, nomor=tuple(peta.get(n, n) for n in hasil.nomor), daftar=replace(hasil.daftar, temuan=temuan))


def _tanpa_sementara(hasil: Hasil) -> Hasil:
    """Leave out the numbers of events that were decided but are not written (a dry run, a refused request)."""
    return replace(hasil, nomor=_tercatat(hasil.nomor), daftar=_daftar_tercatat(hasil.daftar))


def _daftar_tercatat(daftar: DaftarPeriksa) -> DaftarPeriksa:
    return replace(daftar, temuan=tuple(replace(t, bukti=_tercatat(t.bukti)) for t in daftar.temuan))


def _tercatat(nomor: Sequence[int]) -> tuple[int, ...]:
    return tuple(n for n in nomor if n < NOMOR_SEMENTARA)


def _bersyarat(terbitan: Terbitan, syarat: tuple[dict[str, Polos], ...]) -> Terbitan:
    """Give a refusal this checklist."""
    ditolak = terbitan.peristiwa
    return replace(terbitan, peristiwa=replace(ditolak, syarat=syarat)) if isinstance(ditolak, PerintahDitolak) else terbitan
