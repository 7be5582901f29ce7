"""Folds: what a unit's file and the instansi's file amount to after their events. Total, and deciding nothing.

``evolve`` has no access to the definition: amending a rule can never change what an old event did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from zi_workflow.domain.events import (
    Berkas,
    BerkasTerkait,
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    DataPribadiDihapus,
    KontakDiatur,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PeninjauanDiakui,
    PerintahDitolak,
    PetaPolos,
    Polos,
    PutusanDitinjau,
    Tercatat,
    UnitDidaftarkan,
)
from zi_workflow.domain.personal import terhapus


@dataclass(frozen=True, slots=True)
class Usulan:
    """A running proposal to TPN."""

    tahun: int
    predikat: str
    surat: str


@dataclass(frozen=True, slots=True)
class Keadaan:
    """Where a unit stands: stage and since when, predikat held, target, dated markers, running proposal."""

    tahap: str
    sejak: date
    predikat: str | None = None
    sasaran: str | None = None
    penanda: Mapping[str, date] = field(default_factory=dict)
    usulan: Usulan | None = None

    def polos(self) -> dict[str, Polos]:
        """Return the condition as plain data, the form in which events carry it."""
        usulan: Polos = None
        if self.usulan is not None:
            usulan = {"tahun": self.usulan.tahun, "predikat": self.usulan.predikat, "surat": self.usulan.surat}
        return {
            "tahap": self.tahap,
            "sejak": self.sejak.isoformat(),
            "predikat": self.predikat,
            "sasaran": self.sasaran,
            "penanda": {k: v.isoformat() for k, v in self.penanda.items()},
            "usulan": usulan,
        }


def keadaan_dari(polos: PetaPolos) -> Keadaan:
    """Read a condition back from plain data."""
    usulan = polos.get("usulan")
    penanda = polos.get("penanda")
    return Keadaan(
        tahap=str(polos["tahap"]),
        sejak=date.fromisoformat(str(polos["sejak"])),
        predikat=_teks(polos.get("predikat")),
        sasaran=_teks(polos.get("sasaran")),
        penanda={k: date.fromisoformat(str(v)) for k, v in penanda.items()} if isinstance(penanda, Mapping) else {},
        usulan=Usulan(int(str(usulan["tahun"])), str(usulan["predikat"]), str(usulan["surat"])) if isinstance(usulan, Mapping) else None,
    )


def _teks(nilai: Polos) -> str | None:
    return nilai if isinstance(nilai, str) else None


@dataclass(frozen=True, slots=True)
class Bukti:
    """One record on file, with the number of the event that says it: its first, or that of its last correction.

    ``asal`` is the number of its first event where it was corrected; among records of a day it keeps that one's place.
    """

    nomor: int
    jenis: str
    tanggal: date
    isi: PetaPolos
    berkas: tuple[Berkas, ...]
    oleh: str
    waktu_catat: datetime
    asal: int | None = None

    @property
    def pertama(self) -> int:
        """The number of the record's first event."""
        return self.nomor if self.asal is None else self.asal

    @property
    def urutan(self) -> tuple[date, int]:
        """By what the newest of several records is found: its day, then its first number."""
        return (self.tanggal, self.pertama)


@dataclass(frozen=True, slots=True)
class LangkahLalu:
    """A move that stands (was not undone), with the condition before it."""

    nomor: int
    langkah: str
    tanggal: date
    sebelum: Keadaan
    pewaris: str | None = None


@dataclass(frozen=True, slots=True)
class Tinjauan:
    """Decisions that relied on a record which was corrected or retracted later (`PutusanDitinjau`); nobody took note yet."""

    nomor: int
    bukti: int
    jenis: str
    tanggal: date
    putusan: tuple[PetaPolos, ...]


@dataclass(frozen=True, slots=True)
class Terkait:
    """A file of another workflow about this one, as it stands: opened and (``selesai``) ended on which days.

    ``nomor``: the event by which it was opened, and the last one.
    """

    alur: str
    kode: str
    tahap: str
    dibuka: date
    selesai: date | None
    nomor: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's file. ``versi`` counts the events of its stream; ``lalu`` are the standing moves, oldest first.

    ``tinjauan`` are the reviews of its decisions that wait for somebody to take note. ``induk``: the file of another workflow
    that this one is about; ``terkait``: the files that are about this one, by workflow and code.
    """

    kode: str
    nama: str
    jenis: str | None
    afirmasi: str | None
    terdaftar: date
    keadaan: Keadaan
    versi: int
    nomor: int
    lalu: tuple[LangkahLalu, ...] = ()
    bukti: Mapping[str, tuple[Bukti, ...]] = field(default_factory=dict)
    warisan: Mapping[str, date] = field(default_factory=dict)
    tinjauan: tuple[Tinjauan, ...] = ()
    induk: str | None = None
    terkait: Mapping[tuple[str, str], Terkait] = field(default_factory=dict)

    def penanda(self, nama: str) -> date | None:
        """Return the dated marker ``nama``: of the stage, of the registration, set by a move, or inherited from a dissolved unit."""
        if nama == "tahap":
            return self.keadaan.sejak
        if nama == "pendaftaran":
            return self.terdaftar
        sendiri = self.keadaan.penanda.get(nama)
        warisan = tuple(self.warisan.values()) if nama == "pencabutan" else ()
        return max((d for d in (sendiri, *warisan) if d is not None), default=None)

    @property
    def tanggal_terakhir(self) -> date:
        """Return the effective date of the last standing move, or of the registration."""
        return self.lalu[-1].tanggal if self.lalu else self.terdaftar

    def keadaan_pada(self, hari: date) -> Keadaan:
        """Return the condition on a day by the standing moves; before all of them, the one in which the file opened."""
        return next((x.sebelum for x in self.lalu if x.tanggal > hari), self.keadaan)


def evolve(unit: Unit | None, tercatat: Tercatat) -> Unit:
    """Fold one event of a unit's stream into its file."""
    return _Lipatan(unit, tercatat).tambah(tercatat).selesai()


def lipat(peristiwa: Iterable[Tercatat], unit: Unit | None = None) -> Unit | None:
    """Fold the events of a unit's stream, oldest first; None where there are none."""
    lipatan: _Lipatan | None = None
    for tercatat in peristiwa:
        lipatan = lipatan or _Lipatan(unit, tercatat)
        lipatan.tambah(tercatat)
    return lipatan.selesai() if lipatan else unit


class _Lipatan:
    """A file while it is being folded: mutable inside, so that a long stream costs one pass; ``selesai`` freezes it."""

    def __init__(self, unit: Unit | None, pertama: Tercatat) -> None:
        if unit is None:
            unit = _terdaftar(pertama)
        self.dasar = unit
        self.keadaan = unit.keadaan
        self.versi = unit.versi
        self.lalu = list(unit.lalu)
        self.warisan = dict(unit.warisan)
        self.terkait = dict(unit.terkait)
        self.bukti = dict(unit.bukti)
        self.baru: dict[str, list[Bukti]] = {}
        self.tinjauan = list(unit.tinjauan)

    def tambah(self, tercatat: Tercatat) -> _Lipatan:
        peristiwa = tercatat.peristiwa
        self.versi = tercatat.versi
        if isinstance(peristiwa, BuktiDicatat):
            self.baru.setdefault(peristiwa.jenis, []).append(_bukti(tercatat, peristiwa))
        elif isinstance(peristiwa, BuktiDikoreksi | BuktiDitarik):
            jenis = peristiwa.jenis
            self.baru[jenis] = _ganti([*self.bukti.pop(jenis, ()), *self.baru.get(jenis, ())], tercatat, peristiwa)
        elif isinstance(peristiwa, LangkahDiambil):
            self.lalu.append(LangkahLalu(tercatat.nomor, peristiwa.langkah, tercatat.tanggal, self.keadaan, peristiwa.pewaris))
            self.keadaan = keadaan_dari(peristiwa.hasil)
        elif isinstance(peristiwa, LangkahDibatalkan):
            self.keadaan = self.lalu.pop().sebelum
        elif isinstance(peristiwa, LaranganDiwariskan):
            self.warisan.pop(peristiwa.dari_unit, None)
            if peristiwa.pencabutan:
                self.warisan[peristiwa.dari_unit] = date.fromisoformat(peristiwa.pencabutan)
        elif isinstance(peristiwa, PutusanDitinjau):
            self.tinjauan.append(Tinjauan(tercatat.nomor, peristiwa.bukti, peristiwa.jenis, tercatat.tanggal, peristiwa.putusan))
        elif isinstance(peristiwa, PeninjauanDiakui):
            self.tinjauan = [t for t in self.tinjauan if t.nomor != peristiwa.tinjauan]
        elif isinstance(peristiwa, BerkasTerkait):
            kunci = (peristiwa.alur, peristiwa.kode)
            self.terkait[kunci] = _terkait(self.terkait.get(kunci), peristiwa, tercatat.nomor)
        return self

    def selesai(self) -> Unit:
        bukti = self.bukti | {jenis: (*self.bukti.get(jenis, ()), *semua) for jenis, semua in self.baru.items()}
        u = self.dasar
        lalu = tuple(self.lalu)
        return Unit(
            u.kode, u.nama, u.jenis, u.afirmasi, u.terdaftar, self.keadaan, self.versi, u.nomor, lalu, bukti, self.warisan,
            tuple(self.tinjauan), u.induk, self.terkait,
        )  # fmt: skip


def _terdaftar(tercatat: Tercatat) -> Unit:
    """Return the file as it opens; raises ValueError where a stream does not begin with a registration."""
    peristiwa = tercatat.peristiwa
    if not isinstance(peristiwa, UnitDidaftarkan):
        pesan = f"aliran {tercatat.aliran} tidak diawali UnitDidaftarkan"
        raise ValueError(pesan)  # noqa: TRY004 - the stream is wrong, not a type
    return Unit(
        kode=peristiwa.kode,
        nama=peristiwa.nama,
        jenis=peristiwa.jenis,
        afirmasi=peristiwa.afirmasi,
        terdaftar=tercatat.tanggal,
        keadaan=keadaan_dari(peristiwa.keadaan),
        versi=tercatat.versi,
        nomor=tercatat.nomor,
        induk=peristiwa.induk,
    )


def _terkait(lama: Terkait | None, peristiwa: BerkasTerkait, nomor: int) -> Terkait:
    selesai = date.fromisoformat(peristiwa.sejak) if peristiwa.selesai else None
    nomor_semua = (lama.nomor[0], nomor) if lama is not None else (nomor,)
    return Terkait(peristiwa.alur, peristiwa.kode, peristiwa.tahap, date.fromisoformat(peristiwa.dibuka), selesai, nomor_semua)


def _bukti(tercatat: Tercatat, peristiwa: BuktiDicatat | BuktiDikoreksi) -> Bukti:
    asal = peristiwa.bukti if isinstance(peristiwa, BuktiDikoreksi) else None
    return Bukti(
        tercatat.nomor, peristiwa.jenis, tercatat.tanggal, peristiwa.isi, peristiwa.berkas, tercatat.oleh, tercatat.waktu_catat, asal
    )


def _ganti(semua: Iterable[Bukti], tercatat: Tercatat, peristiwa: BuktiDikoreksi | BuktiDitarik) -> list[Bukti]:
    """Return the records with one of them corrected in its place, or without the one that was retracted."""
    baru = [_bukti(tercatat, peristiwa)] if isinstance(peristiwa, BuktiDikoreksi) else []
    return [satu for b in semua for satu in ([b] if b.pertama != peristiwa.bukti else baru)]


@dataclass(frozen=True, slots=True)
class Jabatan:
    """A role that a person holds by a numbered decree; ``sampai`` is the last day, None while it runs."""

    nip: str
    nama: str
    peran: str
    sk: str
    sejak: date
    sampai: date | None
    unit: str | None
    nomor: int

    def pada(self, hari: date) -> bool:
        """Say whether the role is held on that day."""
        return self.sejak <= hari and (self.sampai is None or hari <= self.sampai)


@dataclass(frozen=True, slots=True)
class Usang:
    """A record of the instansi as it was until the event ``sampai`` (recorded at ``waktu``) corrected or retracted it."""

    bukti: Bukti
    sampai: int
    waktu: datetime


@dataclass(frozen=True, slots=True)
class Instansi:
    """Facts that all units share: the instansi's own records, who held which role when, and their addresses by channel.

    ``usang`` are its records as they were before each correction or retraction. ``dihapus``: whose data were deleted, key -> event.
    """

    fakta: Mapping[str, tuple[Bukti, ...]] = field(default_factory=dict)
    jabatan: tuple[Jabatan, ...] = ()
    kontak: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    versi: Mapping[str, int] = field(default_factory=dict)
    usang: tuple[Usang, ...] = ()
    dihapus: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def ditarik(self, jenis: str) -> list[Bukti]:
        """Return what records of a kind said that were retracted, oldest first."""
        ada = {b.pertama for b in self.fakta.get(jenis, ())}
        return [u.bukti for u in self.usang if u.bukti.jenis == jenis and u.bukti.pertama not in ada]

    def peran(self, nip: str, hari: date) -> tuple[Jabatan, ...]:
        """Return the roles that a person holds on that day."""
        return tuple(j for j in self.jabatan if j.nip == nip and j.pada(hari))

    def pemegang(self, peran: str, hari: date, unit: str | None = None) -> tuple[Jabatan, ...]:
        """Return who holds a role on that day (of that unit, where one is given)."""
        return tuple(j for j in self.jabatan if j.peran == peran and j.pada(hari) and unit in (None, j.unit))


def evolve_instansi(instansi: Instansi, tercatat: Tercatat) -> Instansi:
    """Fold one event of the instansi's streams (facts, officials)."""
    instansi = replace(instansi, versi={**instansi.versi, tercatat.aliran: tercatat.versi})
    match tercatat.peristiwa:
        case BuktiDicatat() as p:
            return replace(instansi, fakta={**instansi.fakta, p.jenis: (*instansi.fakta.get(p.jenis, ()), _bukti(tercatat, p))})
        case BuktiDikoreksi() | BuktiDitarik() as p:
            semua = instansi.fakta.get(p.jenis, ())
            lama = tuple(Usang(b, tercatat.nomor, tercatat.waktu_catat) for b in semua if b.pertama == p.bukti)
            fakta = {**instansi.fakta, p.jenis: tuple(_ganti(semua, tercatat, p))}
            return replace(instansi, fakta=fakta, usang=(*instansi.usang, *lama))
        case PejabatDiangkat() | PejabatDiakhiri() | KontakDiatur() | DataPribadiDihapus() as p:
            return replace(instansi, **_pejabat(instansi, p, tercatat.nomor))
        case _:
            return instansi


def _pejabat(i: Instansi, p: PejabatDiangkat | PejabatDiakhiri | KontakDiatur | DataPribadiDihapus, nomor: int) -> dict[str, Any]:
    """Return what an event of the officials changes; of one whose data are deleted nothing is left, destroyed key or not yet."""
    match p:
        case PejabatDiangkat():
            sejak, sampai = date.fromisoformat(p.sejak), date.fromisoformat(p.sampai) if p.sampai else None
            return {"jabatan": (*i.jabatan, Jabatan(p.nip, p.nama, p.peran, p.sk, sejak, sampai, p.unit, nomor))}
        case PejabatDiakhiri():
            hari = date.fromisoformat(p.sampai)
            return {"jabatan": tuple([replace(j, sampai=hari) if j.nip == p.nip and _diakhiri(j, p, hari) else j for j in i.jabatan])}
        case KontakDiatur():
            milik = {k: v for k, v in i.kontak.get(p.nip, {}).items() if k != p.kanal}
            return {"kontak": {**i.kontak, p.nip: milik | ({p.kanal: p.alamat} if p.alamat else {})}}
    return {
        "dihapus": {**i.dihapus, p.orang: {**i.dihapus.get(p.orang, {}), p.kunci: nomor}},
        "jabatan": tuple([replace(j, nama=terhapus(j.nama)) if j.nip == p.orang else j for j in i.jabatan]),
        "kontak": {nip: milik for nip, milik in i.kontak.items() if nip != p.orang},
    }


def _diakhiri(jabatan: Jabatan, peristiwa: PejabatDiakhiri, hari: date) -> bool:
    """Say whether the event ends this term of its person: it had begun by ``hari`` and would have run longer."""
    sama = jabatan.peran == peristiwa.peran and peristiwa.unit in (None, jabatan.unit)
    return sama and jabatan.sejak <= hari and (jabatan.sampai is None or jabatan.sampai > hari)


def sidik_penolakan(peristiwa: Iterable[Tercatat]) -> frozenset[tuple[str, str]]:
    """Return (hari, sidik) of the refusals in a refusal stream, to write the same one only once a day."""
    return frozenset((t.peristiwa.hari, t.peristiwa.sidik) for t in peristiwa if isinstance(t.peristiwa, PerintahDitolak))
