"""Composition root: the only place that wires definition, store, read models, evidence folder and clock together."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from zi_workflow.clock import akhir_hari, hari_di, sekarang
from zi_workflow.domain.errors import DefinisiSalah, MasukanSalah
from zi_workflow.vantage import KINI, ArsipPada

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from zi_workflow.delivery import Pengantar
    from zi_workflow.domain.definition import Definisi
    from zi_workflow.notify import Kanal
    from zi_workflow.service import Layanan
    from zi_workflow.store import Store
    from zi_workflow.store.evidence import GudangBerkas
    from zi_workflow.sweep import Penyapu
    from zi_workflow.topology import Topologi

INSTANSI_BAWAAN = "binjai"
_KODE_INSTANSI = re.compile(r"[a-z][a-z0-9-]{0,39}")


class Setelan(Protocol):
    """The settings that wiring needs: store URL, evidence folder, definition folder, instansi, channels, letters, keys."""

    @property
    def basis(self) -> str:
        """SQLAlchemy URL of the store."""
        ...

    @property
    def berkas(self) -> str:
        """Folder of the evidence files."""
        ...

    @property
    def regulasi(self) -> str | None:
        """Folder of the definition; None for the one that ships."""
        ...

    @property
    def instansi(self) -> str | None:
        """Code of the instansi; None for the definition's own."""
        ...

    @property
    def kanal(self) -> str | None:
        """File of the channels and their secrets; None for none."""
        ...

    @property
    def surat(self) -> str:
        """File that letters without a channel are appended to."""
        ...

    @property
    def kunci_data(self) -> str | None:
        """Folder of the keys of personal data; None for the one beside a SQLite file."""
        ...


class Aplikasi:
    """The wired program. Every part is built when it is first used, so that a question loads only what it needs."""

    def __init__(self, setelan: Setelan, *, buat: bool = False, jam: Callable[[], datetime] = sekarang) -> None:
        """Keep the settings; ``buat`` allows a missing SQLite file, ``jam`` is the clock.

        ``sudut`` says from where the service looks at the register; it is set before the service is first used.
        """
        self.setelan = setelan
        self.sudut = KINI
        self._buat = buat
        self._jam = jam
        self._terkait: dict[str, Definisi] = {}

    @cached_property
    def definisi(self) -> Definisi:
        """The definition in force, for the instansi of the settings; raises DefinisiSalah."""
        from zi_workflow.loader.definisi import muat

        definisi = muat(folder_regulasi(self.setelan))
        return definisi if self.setelan.instansi is None else replace(definisi, instansi=self.instansi)

    def definisi_alur(self, alur: str) -> Definisi:
        """Return the definition of a workflow whose files are about units; raises MasukanSalah for one that is not, DefinisiSalah."""
        if alur not in self._terkait:
            self._terkait[alur] = replace(muat_terkait(self.definisi, folder_regulasi(self.setelan), alur), instansi=self.definisi.instansi)
        return self._terkait[alur]

    @cached_property
    def topologi(self) -> Topologi:
        """The graph of stages and moves."""
        from zi_workflow.topology import Topologi

        return Topologi(self.definisi.tahap, self.definisi.langkah)

    @cached_property
    def store(self) -> Store:
        """The event store; raises PenyimpananGagal where it cannot be opened."""
        from projections import SEMUA
        from zi_workflow.store import buka

        return buka(
            self.setelan.basis,
            jam=self._jam,
            pencatat=pencatat(),
            proyeksi=SEMUA,
            instansi=self.instansi,
            buat=self._buat,
            kunci_data=Path(self.setelan.kunci_data) if self.setelan.kunci_data else None,
        )

    @cached_property
    def layanan(self) -> Layanan:
        """Commands and questions."""
        from zi_workflow.service import Layanan

        if self.definisi.induk is not None:
            raise MasukanSalah(
                f"Definisi {self.definisi.id} tidak berdiri sendiri",
                f"Berkasnya menyangkut berkas alur {self.definisi.induk}, dan dipakai lewat definisi alur itu.",
                f"Pakai --regulasi dengan folder alur {self.definisi.induk} di sampingnya.",
            )
        zona = self.definisi.zona
        arsip = self.store if self.sudut.kini else ArsipPada(self.store, self.sudut)
        return Layanan(self.definisi, arsip, self._kini, lambda instan: hari_di(zona, instan), self.definisi_alur)

    @cached_property
    def penyapu(self) -> Penyapu:
        """The sweep of deadlines."""
        from zi_workflow.sweep import Penyapu

        return Penyapu(self.layanan, self.store)

    @cached_property
    def kanal(self) -> Kanal:
        """The channels of this machine; raises MasukanSalah for a file of channels that cannot be used."""
        from zi_workflow.notify import Kanal

        return Kanal.baca(Path(self.setelan.kanal) if self.setelan.kanal else None, Path(self.setelan.surat))

    @cached_property
    def pengantar(self) -> Pengantar:
        """The delivery of letters."""
        from zi_workflow.delivery import Pengantar

        return Pengantar(self.layanan, self.store, self.kanal, self._jam)

    @cached_property
    def berkas(self) -> GudangBerkas:
        """The evidence folder."""
        from zi_workflow.store.evidence import GudangBerkas

        return GudangBerkas(Path(self.setelan.berkas))

    @property
    def instansi(self) -> str:
        """Code of the instansi whose register this is; raises MasukanSalah for a code that no stream can bear.

        Only a definition of one's own is loaded for it.
        """
        disebut = self.setelan.instansi
        if disebut is None:
            return INSTANSI_BAWAAN if self.setelan.regulasi is None else self._instansi_definisi()
        if not _KODE_INSTANSI.fullmatch(disebut):
            raise MasukanSalah(
                f"Kode instansi '{disebut[:40]}' tidak sah",
                "Kode terdiri atas 1–40 huruf kecil, angka, dan tanda hubung, diawali huruf.",
                "Perbaiki instansi pada setelan, misalnya binjai.",
            )
        return disebut

    def _instansi_definisi(self) -> str:
        """Return the definition's instansi; a broken definition is told where rules are needed, and the store may still be looked at."""
        try:
            return self.definisi.instansi
        except DefinisiSalah:
            return INSTANSI_BAWAAN

    @contextmanager
    def baca(self) -> Iterator[Connection]:
        """Open a connection for reading the read models."""
        with self.store.engine.connect() as koneksi:
            yield koneksi

    def hari_ini(self) -> date:
        """Return the current day in the definition's time zone; where the past is asked about, its day."""
        return hari_di(self.definisi.zona, self._kini())

    def _kini(self) -> datetime:
        """Return the instant as which a question takes the present: it is asked as if on that day, or at that instant."""
        if self.sudut.per is not None:
            return akhir_hari(self.definisi.zona, self.sudut.per)
        return self.sudut.diketahui or self._jam()

    def tutup(self) -> None:
        """Close the store, where it was opened."""
        if "store" in self.__dict__:
            self.store.tutup()


def rakit(setelan: Setelan, *, buat: bool = False, jam: Callable[[], datetime] = sekarang) -> Aplikasi:
    """Wire the program for these settings."""
    return Aplikasi(setelan, buat=buat, jam=jam)


def folder_regulasi(setelan: Setelan) -> Path:
    """Return the folder of the definition: the one asked for, or the one that ships."""
    if setelan.regulasi:
        return Path(setelan.regulasi)
    import workflows

    return Path(str(workflows.__file__)).parent / INSTANSI_BAWAAN


def muat_terkait(definisi: Definisi, folder: Path, alur: str) -> Definisi:
    """Load a workflow whose files are about those of ``definisi``, from the folder of its name beside ``folder``.

    Raises MasukanSalah where ``definisi`` knows no such workflow, DefinisiSalah where it is not there or is another one.
    """
    from zi_workflow.loader.definisi import muat

    if alur not in definisi.terkait:
        semua = ", ".join([definisi.id, *definisi.terkait])
        raise MasukanSalah(f"Alur '{alur[:40]}' tidak dikenal", f"Yang dikenal: {semua}.", "Perbaiki nama alurnya.")
    tempat = folder.resolve().parent / alur
    hasil = muat(tempat)
    if (hasil.id, hasil.induk) != (alur, definisi.id):
        raise DefinisiSalah(
            f"Definisi di {tempat} bukan alur {alur} dari {definisi.id}",
            f"Isinya alur {hasil.id}, induk {hasil.induk or 'tidak ada'}.",
            f"Perbaiki 'id' dan 'induk' di {tempat / 'regulasi.yaml'}.",
        )
    return hasil


def pencatat() -> str:
    """Return the authenticated account of the operating system, which no variable can change."""
    import pwd

    nomor = os.getuid()
    try:
        return f"sistem:{pwd.getpwuid(nomor).pw_name}"
    except KeyError:
        return f"sistem:{nomor}"
