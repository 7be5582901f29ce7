"""A second fold of the log, written for the tests alone: know everything up to an instant, then cut what is known at a day.

The program filters events and folds what is left. Here the whole known log is kept as tables (moves that stand, records with their
contents, bars, reviews, terms of officials), and a day is cut out of the tables. Both must say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from zi_workflow.domain.events import (
    BerkasTerkait,
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    KontakDiatur,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PeninjauanDiakui,
    PerintahDitolak,
    PutusanDitinjau,
    UnitDidaftarkan,
)
from zi_workflow.domain.state import Bukti, Instansi, Jabatan, LangkahLalu, Terkait, Tinjauan, Unit, Usang, keadaan_dari
from zi_workflow.store import Amplop

WIB = ZoneInfo("Asia/Jakarta")
SELAMANYA = date.max
HARI = date.fromisoformat


def hari_wib(instan: datetime) -> date:
    """Return the day in Binjai."""
    return instan.astimezone(WIB).date()


@dataclass
class Catatan:
    """One record: its first event, what it says now, and every event that is about it."""

    asal: Amplop
    isi: Amplop | None
    semua: list[Amplop]


@dataclass
class Berkas:
    """What is known of one unit."""

    daftar: Amplop
    langkah: list[Amplop] = field(default_factory=list)
    catatan: list[Catatan] = field(default_factory=list)
    larangan: dict[str, Amplop] = field(default_factory=dict)
    terkait: list[tuple[Amplop, BerkasTerkait]] = field(default_factory=list)
    terkait_batal: set[int] = field(default_factory=set)
    tinjauan: list[Amplop] = field(default_factory=list)
    akuan: list[Amplop] = field(default_factory=list)
    penolakan: list[Amplop] = field(default_factory=list)
    riwayat: list[tuple[Amplop, int | None]] = field(default_factory=list)
    terakhir: int = 0


class Pengetahuan:
    """What the register knew at an instant (None: now)."""

    def __init__(self, log: Iterable[Amplop], diketahui: datetime | None) -> None:
        """Learn every event in order of number."""
        self.unit: dict[str, Berkas] = {}
        self.fakta: list[Catatan] = []
        self.jabatan: list[Amplop] = []
        self.kontak: list[Amplop] = []
        for a in sorted(log, key=lambda a: a.nomor):
            if diketahui is not None and a.waktu_catat > diketahui:
                break
            self._pelajari(a)

    def _pelajari(self, a: Amplop) -> None:
        if a.alur == "instansi":
            self._instansi(a)
        elif a.alur == "zi":
            if isinstance(a.peristiwa, UnitDidaftarkan):
                self.unit[a.kode] = Berkas(a)
            self._berkas(self.unit[a.kode], a)
        elif isinstance(a.peristiwa, PerintahDitolak) and a.kode in self.unit:
            self.unit[a.kode].penolakan.append(a)

    def _instansi(self, a: Amplop) -> None:
        match a.peristiwa:
            case PejabatDiangkat() | PejabatDiakhiri():
                self.jabatan.append(a)
            case KontakDiatur():
                self.kontak.append(a)
            case _:
                _catat(self.fakta, a)

    def _berkas(self, b: Berkas, a: Amplop) -> None:
        b.terakhir = a.versi
        match a.peristiwa:
            case UnitDidaftarkan():
                b.riwayat.append((a, None))
            case LangkahDiambil():
                b.langkah.append(a)
                b.riwayat.append((a, None))
            case LangkahDibatalkan(nomor_langkah=nomor):
                assert b.langkah.pop().nomor == nomor
                b.riwayat = [(x, a.nomor if x.nomor == nomor else oleh) for x, oleh in b.riwayat] + [(a, None)]
            case LaranganDiwariskan(dari_unit=dari, pencabutan=None):
                del b.larangan[dari]
            case LaranganDiwariskan(dari_unit=dari):
                b.larangan[dari] = a
            case BerkasTerkait() as p:
                if p.pembatalan:
                    sama = [x for x, q in b.terkait if (q.alur, q.kode) == (p.alur, p.kode) and x.nomor not in b.terkait_batal]
                    b.terkait_batal |= {sama[-1].nomor, a.nomor}
                b.terkait.append((a, p))
            case PutusanDitinjau():
                b.tinjauan.append(a)
            case PeninjauanDiakui():
                b.akuan.append(a)
            case _:
                _catat(b.catatan, a)


def _catat(semua: list[Catatan], a: Amplop) -> None:
    match a.peristiwa:
        case BuktiDicatat():
            semua.append(Catatan(a, a, [a]))
        case BuktiDikoreksi(bukti=nomor) | BuktiDitarik(bukti=nomor):
            (satu,) = [c for c in semua if c.asal.nomor == nomor]
            satu.isi = a if isinstance(a.peristiwa, BuktiDikoreksi) else None
            satu.semua.append(a)


# --- a day cut out of what is known ----------------------------------------------------------------------------------


def unit(tahu: Pengetahuan, kode: str, per: date | None) -> Unit | None:
    """Return the unit's file; None where it is not registered by then."""
    b, batas = tahu.unit.get(kode), per or SELAMANYA
    if b is None or b.daftar.tanggal > batas:
        return None
    daftar = b.daftar.peristiwa
    assert isinstance(daftar, UnitDidaftarkan)
    lalu, keadaan = [], keadaan_dari(daftar.keadaan)
    for a in b.langkah:
        p = a.peristiwa
        if a.tanggal <= batas and isinstance(p, LangkahDiambil):
            lalu.append(LangkahLalu(a.nomor, p.langkah, a.tanggal, keadaan, p.pewaris))
            keadaan = keadaan_dari(p.hasil)
    warisan = {dari: HARI(str(a.peristiwa.pencabutan)) for dari, a in b.larangan.items() if a.tanggal <= batas}  # type: ignore[union-attr]
    versi = b.terakhir if per is None else max(_versi_per(b, per))
    return Unit(
        kode, daftar.nama, daftar.jenis, daftar.afirmasi, b.daftar.tanggal, keadaan, versi, b.daftar.nomor,
        tuple(lalu), bukti(b.catatan, batas), warisan, tuple(_tinjauan(b, batas)), terkait=_terkait(b, per),
    )  # fmt: skip


def _terkait(b: Berkas, per: date | None) -> dict[tuple[str, str], Terkait]:
    """Return the complaints about the unit as they stand; of a day, by the moves that were never undone."""
    hasil: dict[tuple[str, str], Terkait] = {}
    for a, p in b.terkait:
        if per is None or (a.tanggal <= per and a.nomor not in b.terkait_batal):
            lama = hasil.get((p.alur, p.kode))
            nomor = (a.nomor,) if lama is None else (lama.nomor[0], a.nomor)
            selesai = HARI(p.sejak) if p.selesai else None
            hasil[p.alur, p.kode] = Terkait(p.alur, p.kode, p.tahap, HARI(p.dibuka), selesai, nomor)
    return hasil


def _versi_per(b: Berkas, per: date) -> list[int]:
    catatan = [a for c in b.catatan for a in c.semua]
    terkait = [a for a, _ in b.terkait if a.nomor not in b.terkait_batal]
    semua = [*b.langkah, *b.larangan.values(), *terkait, *b.tinjauan, *b.akuan, *catatan]
    return [b.daftar.versi, *(a.versi for a in semua if a.tanggal <= per)]


def _tinjauan(b: Berkas, batas: date) -> list[Tinjauan]:
    diakui = {getattr(a.peristiwa, "tinjauan", 0) for a in b.akuan if a.tanggal <= batas}
    tampak = [(a, a.peristiwa) for a in b.tinjauan if a.tanggal <= batas and a.nomor not in diakui]
    return [Tinjauan(a.nomor, p.bukti, p.jenis, a.tanggal, p.putusan) for a, p in tampak if isinstance(p, PutusanDitinjau)]


def bukti(semua: Iterable[Catatan], batas: date) -> dict[str, tuple[Bukti, ...]]:
    """Return the records by kind, in order of their first numbers; kinds without any are left out."""
    hasil: dict[str, list[Bukti]] = {}
    for c in semua:
        if c.isi is not None and c.asal.tanggal <= batas:
            satu = _bukti(c, c.isi)
            hasil.setdefault(satu.jenis, []).append(satu)
    return {k: tuple(v) for k, v in hasil.items()}


def _bukti(c: Catatan, a: Amplop) -> Bukti:
    """Return a record as one of its events says it, on the day of its first."""
    p, asal = a.peristiwa, None if a is c.asal else c.asal.nomor
    assert isinstance(p, BuktiDicatat | BuktiDikoreksi)
    return Bukti(a.nomor, p.jenis, c.asal.tanggal, p.isi, p.berkas, a.oleh, a.waktu_catat, asal)


def _usang(semua: Iterable[Catatan], batas: date) -> list[Usang]:
    """Return what records said before each of their corrections, in the order of the corrections."""
    dulu = [(c, lama, baru) for c in semua if c.asal.tanggal <= batas for lama, baru in pairwise(c.semua)]
    return sorted((Usang(_bukti(c, lama), baru.nomor, baru.waktu_catat) for c, lama, baru in dulu), key=lambda u: u.sampai)


def instansi(tahu: Pengetahuan, per: date | None) -> Instansi:
    """Return the facts, the terms of the officials and their contacts; not which versions were read."""
    batas = per or SELAMANYA
    kontak: dict[str, dict[str, str]] = {}
    for a in tahu.kontak:
        if a.tanggal <= batas and isinstance(a.peristiwa, KontakDiatur):
            milik = kontak.setdefault(a.peristiwa.nip, {})
            milik.pop(a.peristiwa.kanal, None)
            if a.peristiwa.alamat:
                milik[a.peristiwa.kanal] = a.peristiwa.alamat
    return Instansi(bukti(tahu.fakta, batas), tuple(_jabatan(tahu.jabatan, batas)), kontak, usang=tuple(_usang(tahu.fakta, batas)))


def _jabatan(semua: Sequence[Amplop], batas: date) -> list[Jabatan]:
    hasil = []
    for i, a in enumerate(semua):
        p = a.peristiwa
        if not isinstance(p, PejabatDiangkat) or HARI(p.sejak) > batas:
            continue
        sampai = HARI(p.sampai) if p.sampai else None
        for lain in semua[i + 1 :]:
            q = lain.peristiwa
            if isinstance(q, PejabatDiakhiri) and (q.nip, q.peran) == (p.nip, p.peran) and q.unit in (None, p.unit):
                akhir = HARI(q.sampai)
                if akhir <= batas and HARI(p.sejak) <= akhir and (sampai is None or akhir < sampai):
                    sampai = akhir
        hasil.append(Jabatan(p.nip, p.nama, p.peran, p.sk, HARI(p.sejak), sampai, p.unit, a.nomor))
    return hasil


def tanpa_versi(satu: Instansi) -> Instansi:
    """Leave out what a fold keeps for itself: versions, and kinds of which no record is left."""
    fakta = {k: v for k, v in satu.fakta.items() if v}
    return replace(satu, versi={}, fakta=fakta)


# --- the answers, in the contract's shapes ---------------------------------------------------------------------------


def _waktu(instan: datetime) -> str:
    return instan.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def lihat(tahu: Pengetahuan, kode: str, per: date | None) -> dict[str, Any] | None:
    """Return what ``zi unit lihat --json`` answers, None where the unit is not registered by then."""
    satu = unit(tahu, kode, per)
    if satu is None:
        return None
    b, k, usulan = tahu.unit[kode], satu.keadaan, satu.keadaan.usulan
    tolak = [(a, a.peristiwa) for a in b.penolakan if isinstance(a.peristiwa, PerintahDitolak)]
    tolak = [(a, p) for a, p in tolak if HARI(p.hari) <= (per or SELAMANYA)]
    daftar = b.daftar.peristiwa
    return {
        "kode": kode,
        "nama": satu.nama,
        "tahap": k.tahap,
        "predikat": k.predikat,
        "sasaran": k.sasaran,
        "sejak": k.sejak.isoformat(),
        "versi": satu.versi,
        "riwayat": [_riwayat(a, batal) for a, batal in _jejak(b, per)],
        "jenis": satu.jenis,
        "afirmasi": satu.afirmasi,
        "terdaftar": satu.terdaftar.isoformat(),
        "dari_arsip": isinstance(daftar, UnitDidaftarkan) and daftar.keadaan_awal is not None,
        "jumlah_bukti": sum(len(semua) for semua in satu.bukti.values()),
        "usulan": usulan and {"tahun": usulan.tahun, "predikat": usulan.predikat, "surat": usulan.surat},
        "penolakan_terakhir": _tolak(*tolak[-1]) if tolak else None,
        "tinjauan": [{"nomor": t.nomor, "jenis": t.jenis, "bukti": t.bukti, "putusan": list(t.putusan)} for t in satu.tinjauan],
    }


def _jejak(b: Berkas, per: date | None) -> list[tuple[Amplop, int | None]]:
    if per is None:
        return b.riwayat
    berdiri = {a.nomor for a in (b.daftar, *b.langkah)}
    return [(a, None) for a, _ in b.riwayat if a.nomor in berdiri and a.tanggal <= per]


def _riwayat(a: Amplop, batal: int | None) -> dict[str, Any]:
    p = a.peristiwa
    match p:
        case UnitDidaftarkan():
            isi: Mapping[str, Any] = {"langkah": "daftarkan-unit", "dari": None, "ke": p.keadaan["tahap"]}
        case LangkahDibatalkan():
            isi = {"langkah": "batalkan-langkah", "dari": p.dari, "ke": p.ke}
        case LangkahDiambil():
            isi = {"langkah": p.langkah, "dari": p.dari, "ke": p.ke, "terlambat": p.terlambat}
    lambat = (hari_wib(a.waktu_catat) - a.tanggal).days
    amplop = {"nomor": a.nomor, "tanggal": a.tanggal.isoformat(), "waktu_catat": _waktu(a.waktu_catat), "oleh": a.oleh}
    return {"terlambat": None, **amplop, **isi, "dibatalkan": batal is not None, "selisih_hari": max(lambat, 0)}


def _tolak(a: Amplop, p: PerintahDitolak) -> dict[str, Any]:
    kurang = [s["id"] for s in p.syarat if s["status"] == "tidak" and s["akibat"] == "menolak"]
    return {"nomor": a.nomor, "perintah": p.perintah, "hari": p.hari, "tidak_terpenuhi": kurang}


def daftar(tahu: Pengetahuan, per: date | None) -> dict[str, Any]:
    """Return what ``zi unit daftar --json`` answers."""
    semua = [s for kode in sorted(tahu.unit) if (s := lihat(tahu, kode, per)) is not None]
    kolom = ("kode", "nama", "jenis", "afirmasi", "tahap", "predikat", "sasaran", "sejak", "versi")
    baris = [{**{k: s[k] for k in kolom}, "tinjauan": [t["nomor"] for t in s["tinjauan"]]} for s in semua]
    return {"jumlah": len(baris), "unit": baris}
