"""What a person can ask for. Raw contents stay raw here; ``decide`` reads them by the definition's typed fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from zi_workflow.domain.events import Berkas

DAFTARKAN = "daftarkan-unit"
CATAT = "catat"
ANGKAT = "angkat-pejabat"
AKHIRI = "akhiri-pejabat"
KONTAK = "atur-kontak"
HAPUS_DATA = "hapus-data-pribadi"
KOREKSI = "koreksi"
TARIK = "tarik"
AKUI = "akui"
PERINTAH_TETAP = (DAFTARKAN, CATAT, ANGKAT, AKHIRI, KONTAK, HAPUS_DATA, KOREKSI, TARIK, AKUI)


@dataclass(frozen=True, slots=True)
class DaftarkanUnit:
    """Open a unit's file (M0), with ``keadaan_awal`` for one that was already on its way.

    ``alur``: another workflow than the main one (so too in the commands below); ``induk``: the unit that the file is about, where
    the workflow asks for one. An empty ``kode`` is the next free one by the definition's pattern.
    """

    kode: str
    nama: str
    tanggal: date
    oleh: str
    jenis: str | None = None
    afirmasi: str | None = None
    keadaan_awal: Mapping[str, Any] | None = None
    berkas: tuple[Berkas, ...] = ()
    induk: str | None = None
    alur: str | None = None


@dataclass(frozen=True, slots=True)
class Catat:
    """Record evidence of one kind in a unit's file, or in the instansi's where ``kode`` is None."""

    jenis: str
    kode: str | None
    isi: Mapping[str, Any]
    tanggal: date
    oleh: str
    berkas: tuple[Berkas, ...] = ()
    alur: str | None = None


@dataclass(frozen=True, slots=True)
class Koreksi:
    """Replace what a record says; ``nomor`` is that of any of its events, ``berkas`` None keeps its files.

    ``tanggal`` is the day of the correction; the record keeps its own. ``kode``, ``alur``, ``jenis`` and ``bukti`` (the record's first
    event) are filled in from the log before it is decided; ``kode`` stays None for a record of the instansi.
    """

    nomor: int
    isi: Mapping[str, Any]
    alasan: str
    tanggal: date
    oleh: str
    berkas: tuple[Berkas, ...] | None = None
    kode: str | None = None
    jenis: str = ""
    bukti: int = 0
    alur: str | None = None


@dataclass(frozen=True, slots=True)
class Tarik:
    """Retract a record; fields as in `Koreksi`."""

    nomor: int
    alasan: str
    tanggal: date
    oleh: str
    kode: str | None = None
    jenis: str = ""
    bukti: int = 0
    alur: str | None = None


@dataclass(frozen=True, slots=True)
class Akui:
    """Take note of a review of decisions (``nomor``: its event); ``kode`` and ``alur`` are filled in from the log."""

    nomor: int
    catatan: str
    tanggal: date
    oleh: str
    kode: str | None = None
    alur: str | None = None


@dataclass(frozen=True, slots=True)
class AmbilLangkah:
    """Make a move for one unit."""

    langkah: str
    kode: str
    isi: Mapping[str, Any]
    tanggal: date
    oleh: str
    alur: str | None = None


@dataclass(frozen=True, slots=True)
class AngkatPejabat:
    """Appoint an official to a role by a numbered decree."""

    nip: str
    nama: str
    peran: str
    sk: str
    sejak: date
    tanggal: date
    oleh: str
    sampai: date | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class AkhiriPejabat:
    """End an official's role; ``sampai`` is the last day in it."""

    nip: str
    peran: str
    sampai: date
    tanggal: date
    oleh: str
    unit: str | None = None
    alasan: str | None = None


@dataclass(frozen=True, slots=True)
class AturKontak:
    """Say where an official can be reached through a channel; ``alamat`` None takes the contact away."""

    nip: str
    kanal: str
    tanggal: date
    oleh: str
    alamat: str | None = None


@dataclass(frozen=True, slots=True)
class HapusData:
    """Delete a person's data by destroying his key: ``kunci`` is the id of the one he has now."""

    orang: str
    kunci: str
    alasan: str
    dasar: str
    tanggal: date
    oleh: str


Perintah: TypeAlias = DaftarkanUnit | Catat | Koreksi | Tarik | Akui | AmbilLangkah | AngkatPejabat | AkhiriPejabat | AturKontak | HapusData


_NAMA: Mapping[type, str] = {
    DaftarkanUnit: DAFTARKAN,
    Catat: CATAT,
    Koreksi: KOREKSI,
    Tarik: TARIK,
    Akui: AKUI,
    AngkatPejabat: ANGKAT,
    AkhiriPejabat: AKHIRI,
    AturKontak: KONTAK,
    HapusData: HAPUS_DATA,
}


def nama_perintah(perintah: Perintah) -> str:
    """Return the name of a command: that of its move, or its own."""
    return perintah.langkah if isinstance(perintah, AmbilLangkah) else _NAMA[type(perintah)]
