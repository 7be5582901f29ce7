"""Notices: one digest per person and day, when it may leave, and when a failed delivery is tried again. Words only, no channel."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zi_workflow.domain.calendar import NAMA_HARI, Kalender, tanggal_kata
from zi_workflow.domain.definition import AturanPengingat
from zi_workflow.domain.events import LangkahTenggat, PengingatDicabut, PengingatDipulihkan, PeristiwaTenggat, TenggatTerlewat

ULANG = (1, 5, 15, 60, 180, 360, 720, *(1440 for _ in range(7)))
"""Minutes to wait after each failed attempt; after the last one the letter is given up."""
MENDESAK = ("H-0", "H-1", "terlambat")
TERKIRIM = "terkirim"
GAGAL = "gagal"
MENYERAH = "menyerah"


@dataclass(frozen=True, slots=True)
class Kabar:
    """One reminder as a letter tells it: the unit, the event, its citations."""

    unit: str
    peristiwa: PeristiwaTenggat
    dasar: tuple[str, ...]


def boleh_berangkat(aturan: AturanPengingat, kalender: Kalender, lokal: datetime) -> bool:
    """Say whether letters leave at this local time: within the hours, and on working days where that is asked."""
    return aturan.surat_mulai <= lokal.time() < aturan.surat_sampai and (not aturan.hari_kerja or kalender.hari_kerja(lokal.date()))


def mendesak(langkah: str) -> bool:
    """Say whether a step is worth a second letter on the same day."""
    return langkah in MENDESAK


def nomor_surat(instansi: str, nip: str, hari: date, urutan: int) -> str:
    """Return the stable id of a person's letter of a day (``urutan`` from 1); it does not show whose it is."""
    orang = hashlib.sha256(f"{instansi}/{nip}".encode()).hexdigest()[:12]
    return f"{instansi}-{hari:%Y%m%d}-{orang}-{urutan}"


def hasil_percobaan(terkirim: bool, percobaan: int, saat: datetime) -> tuple[str, datetime | None]:  # noqa: FBT001 - the outcome itself
    """Return how a letter stands after attempt number ``percobaan`` (from 1), and when it is tried again."""
    if terkirim:
        return TERKIRIM, None
    if percobaan > len(ULANG):
        return MENYERAH, None
    return GAGAL, saat + timedelta(minutes=ULANG[percobaan - 1])


def susun_surat(judul_register: str, nama: str, nip: str, hari: date, kabar: Sequence[Kabar]) -> tuple[str, str]:
    """Return the subject and the text of a person's digest of a day: overdue first, then by due date, then what was withdrawn."""
    golongan: dict[str, list[Kabar]] = {"terlambat": [], "akan jatuh tempo": [], "berlaku lagi": [], "tidak berlaku lagi": []}
    for satu in sorted(kabar, key=lambda k: (k.peristiwa.jatuh_tempo, k.unit, k.peristiwa.tenggat, k.peristiwa.butir)):
        golongan[_golongan(satu.peristiwa)].append(satu)
    baris = [satu_baris(f"Yth. {nama} ({nip})"), "", f"Tenggat Zona Integritas per {NAMA_HARI[hari.weekday()]}, {tanggal_kata(hari)}.", ""]
    for tajuk, isi in golongan.items():
        if isi:
            baris += [tajuk.upper(), ""]
            for satu in isi:
                baris += [*map(_rapi, _baris(satu, hari)), ""]
    baris.append(satu_baris(judul_register))
    bilang = ", ".join(f"{len(isi)} {tajuk}" for tajuk, isi in golongan.items() if isi)
    return f"Tenggat Zona Integritas: {bilang}", "\n".join(baris)


def satu_baris(teks: str) -> str:
    """Return stored text on one line, with characters that cannot be seen (controls, directions) written out.

    A letter is made of lines: what somebody typed into a plan must not become one.
    """
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in " ".join(teks.split()))


def _rapi(baris: str) -> str:
    lekuk = len(baris) - len(baris.lstrip(" "))
    return " " * lekuk + satu_baris(baris)


def _golongan(peristiwa: PeristiwaTenggat) -> str:
    match peristiwa:
        case TenggatTerlewat():
            return "terlambat"
        case PengingatDicabut():
            return "tidak berlaku lagi"
        case PengingatDipulihkan():
            return "berlaku lagi"
        case _:
            return "akan jatuh tempo"


def _baris(kabar: Kabar, hari: date) -> list[str]:
    p = kabar.peristiwa
    batas = date.fromisoformat(p.jatuh_tempo)
    if not isinstance(p, LangkahTenggat):
        butir = f" butir {p.butir}" if p.butir else ""
        return [f"- {kabar.unit}, {p.tenggat}{butir}: batas {tanggal_kata(batas)}", f"  Sebab: {p.keterangan}"]
    kerja = date.fromisoformat(p.hari_kerja_terakhir)
    sisa = (batas - hari).days
    kapan = f"{sisa} hari lagi" if sisa > 0 else "HARI INI" if sisa == 0 else f"lewat {-sisa} hari"
    baris = [f"- {kabar.unit}, {p.tenggat} {p.uraian}", f"  Jatuh tempo {NAMA_HARI[batas.weekday()]}, {tanggal_kata(batas)} ({kapan})"]
    if kerja != batas and sisa >= 0:
        baris.append(f"  Hari kerja terakhir sebelumnya: {NAMA_HARI[kerja.weekday()]}, {tanggal_kata(kerja)}")
    baris += [f"  Perhitungan: {p.perhitungan}", f"  Dasar: {'; '.join(kabar.dasar)}", f"  Lanjut: {p.lanjut}"]
    if p.seharusnya is not None:
        baris.append(f"  Pengingat ini terlambat; seharusnya {tanggal_kata(date.fromisoformat(p.seharusnya))}.")
    return baris
