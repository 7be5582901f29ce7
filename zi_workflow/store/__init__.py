"""The store: the append-only log, its read models in the same transaction, and the searches over it.

Opening a store and reading its tables does not load the event library; the first `Store.muat` or `Store.tambah` does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.engine.interfaces import DBAPICursor

from zi_workflow import readmodel
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Tercatat
from zi_workflow.readmodel import Proyeksi, Sumber
from zi_workflow.store import follow, index, lease, schema, search, setup
from zi_workflow.store.cache import Ingatan
from zi_workflow.store.codec import KODEK, Kodek
from zi_workflow.store.connection import Basis, teks_apa_adanya
from zi_workflow.store.follow import Rentang
from zi_workflow.store.lease import Giliran
from zi_workflow.store.records import Amplop, Kunci, Naskah, Potret, Transaksi
from zi_workflow.store.statements import Pernyataan
from zi_workflow.vault import Brankas

if TYPE_CHECKING:
    from zi_workflow.store.application import ZiApplication

T = TypeVar("T")

__all__ = ["Amplop", "Giliran", "Kunci", "Naskah", "Potret", "Rentang", "Store", "buka"]


def buka(  # noqa: PLR0913 - one parameter per thing that a program decides
    url: str,
    *,
    jam: Callable[[], datetime],
    pencatat: str,
    proyeksi: Sequence[Proyeksi],
    instansi: str = "binjai",
    buat: bool = False,
    kodek: Kodek = KODEK,
    ingatan: int = 0,
    kunci_data: Path | None = None,
) -> Store:
    """Open the store at an SQLAlchemy URL; nothing is created before `Store.siapkan`.

    ``jam`` gives the current instant, ``pencatat`` is the authenticated account that writes, ``ingatan`` how many
    events of streams already loaded stay in memory (for programs that make many decisions), ``kunci_data`` the folder of the keys
    of personal data (default: beside the SQLite file; a PostgreSQL store has none unless it is named). Raises `MasukanSalah`
    for a URL that cannot be used, and `PenyimpananGagal` where the SQLite file is missing and ``buat`` is not given.
    """
    basis = Basis(url)
    if not buat:
        basis.wajib_ada()
    brankas = Brankas(kunci_data or di_samping(basis), lambda: basis.baca(lambda koneksi, _: setup.pengenal_brankas(koneksi)))
    return Store(
        basis, jam=jam, pencatat=pencatat, proyeksi=proyeksi, instansi=instansi, kodek=kodek, ingatan=Ingatan(ingatan), brankas=brankas
    )


def di_samping(basis: Basis) -> Path | None:
    """Return the folder of the keys beside a SQLite file; None for a database that has no folder."""
    return None if basis.berkas is None else basis.berkas.with_name(f"{basis.berkas.name}.kunci-data")


class Store:
    """One instansi's log. Methods raise `PenyimpananGagal` where the storage fails; writes also as they say."""

    def __init__(
        self,
        basis: Basis,
        *,
        jam: Callable[[], datetime],
        pencatat: str,
        proyeksi: Sequence[Proyeksi],
        instansi: str,
        kodek: Kodek,
        ingatan: Ingatan,
        brankas: Brankas,
    ) -> None:
        """Use `buka`."""
        self.brankas = brankas
        self._ingatan = ingatan
        self._basis = basis
        self._jam = jam
        self._pencatat = pencatat
        self._proyeksi = tuple(proyeksi)
        self._instansi = instansi
        self._kodek = kodek.dengan(brankas)

    @property
    def engine(self) -> Engine:
        """The engine, for read models (connections are in autocommit mode)."""
        return self._basis.engine

    def baca(self, kerja: Callable[[Connection], T]) -> T:
        """Run ``kerja`` on a connection to the read models; a connection that died while idle is replaced once."""
        return self._basis.baca(lambda koneksi, _: kerja(koneksi))

    def potret(self, kerja: Callable[[Potret], T]) -> T:
        """Run ``kerja`` on one consistent picture of the store, which others may go on writing to; text that is none is still read."""

        def dalam(koneksi: Connection, _: DBAPICursor) -> T:
            with teks_apa_adanya(koneksi):
                return kerja(
                    Potret(
                        koneksi,
                        self._kodek,
                        self._proyeksi,
                        self._instansi,
                        lambda: self._sql.baca_log(koneksi.connection.cursor(), self._kodek, 0),
                    )
                )

        return self._basis.potret(dalam)

    def siapkan(self) -> bool:
        """Create or upgrade tables, triggers and read models; safe to repeat. Return whether anything changed."""
        return setup.siapkan(self._basis, self._proyeksi, self._instansi, self._sumber, self.brankas)

    def muat(self, aliran: str, setelah: int = 0) -> list[Tercatat]:
        """Return the events of a stream after a version, in order; none where it does not exist."""
        return self._ingatan.muat(aliran, setelah, self._aplikasi.muat)

    def muat_banyak(self, aliran: Sequence[str]) -> dict[str, list[Tercatat]]:
        """Return the events of several streams at once, for programs that look at many files; none where a stream does not exist."""
        return self._basis.baca(lambda _, kursor: self._sql.muat_banyak(kursor, self._kodek, list(dict.fromkeys(aliran))))

    def muat_lengkap(self, aliran: str) -> list[Amplop]:
        """Return the events of a stream with their whole envelopes, in order."""
        return self._basis.baca(lambda koneksi, _: search.aliran(koneksi, self._kodek, aliran))

    def aliran(self, awalan: str) -> list[str]:
        """Return the names of the streams that begin with ``awalan``, in order."""
        return self._basis.baca(lambda koneksi, _: search.nama_aliran(koneksi, awalan))

    def versi(self, aliran: Iterable[str]) -> dict[str, int]:
        """Return the version of each stream, 0 where it does not exist."""
        nama = list(dict.fromkeys(aliran))
        ujung = self._basis.baca(lambda _, kursor: self._sql.ujung(kursor, nama))
        return {satu: ujung.get(satu, (0, ""))[0] for satu in nama}

    def tambah(
        self,
        naskah: Sequence[Naskah],
        *,
        dibaca: Mapping[str, int],
        definisi: Mapping[str, bytes],
        kunci: Kunci | None = None,
        jawaban: Callable[[Sequence[Tercatat]], bytes] | None = None,
        pastikan: Sequence[Callable[[Connection], None]] = (),
    ) -> list[Tercatat]:
        """Append events in one transaction with everything that follows from them; all or nothing.

        ``dibaca`` are the streams (and versions) that the decision read, ``definisi`` the bytes of each definition that
        decided by its hash, ``jawaban`` builds the answer that is kept with ``kunci``, ``pastikan`` are further checks of what
        the decision read, made under the lock before anything is written; they raise `Konflik`. Provisional numbers are
        replaced. Where the same key and content were recorded meanwhile, the events of that first time are
        returned and nothing is written. Raises `Konflik` where a stream moved on or the key came with other
        content, `HasilTidakDiketahui` where the connection broke while committing.
        """
        for satu in naskah:
            if not satu.aliran.startswith(f"{self._instansi}/") or satu.aliran.count("/") < 2 or "" in satu.aliran.split("/"):  # noqa: PLR2004
                raise MasukanSalah(f"Aliran {satu.aliran} tidak sah.", f"Bentuknya {self._instansi}/alur/kode.", "Periksa kode unit.")
        if not naskah and kunci is None:
            return []
        return self._aplikasi.tambah(naskah, Transaksi(dibaca, definisi, kunci, jawaban, tuple(pastikan)))

    def jawaban_kunci(self, kunci: Kunci) -> bytes | None:
        """Return the answer kept with a key, None where it is unknown; raises `Konflik` for other content."""
        ada = self._tanya(self._sql.kunci, kunci.teks)
        if ada is None:
            return None
        kunci.cocokkan(str(ada[0]))
        return bytes(ada[1])

    def definisi(self, sidik: str) -> bytes | None:
        """Return the definition kept under a hash, None where it is unknown."""
        ada = self._tanya(self._sql.definisi, sidik)
        return None if ada is None else bytes(ada[0])

    def telusuri(self, **saringan: Any) -> list[Amplop]:  # noqa: ANN401 - the fields of `search.Saringan`
        """Return the events that match every filter given, by number (descending with ``terbaru``); see `search.Saringan`."""
        satu = search.Saringan(**saringan)
        return self._basis.baca(lambda koneksi, _: search.cari(koneksi, self._kodek, satu))

    def lihat(self, nomor: int) -> Amplop | None:
        """Return the event with this global number, None where there is none."""
        return self._basis.baca(lambda koneksi, _: search.satu(koneksi, self._kodek, nomor))

    def alirkan(self, rentang: Rentang | None = None) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of the log (or a part of it) as they are stored, by number, in constant memory; see `follow`."""
        return follow.alirkan(self._basis, rentang or Rentang())

    def ujung(self) -> int:
        """Return the last number of the log, 0 where it is empty."""
        return follow.ujung(self._basis)

    def lihat_banyak(self, nomor: Collection[int]) -> list[Amplop]:
        """Return the events with these global numbers that there are, in order."""
        return self._basis.baca(lambda koneksi, _: search.banyak(koneksi, self._kodek, nomor))

    def teks(self, tersimpan: str) -> str:
        """Return a text as a read model keeps it (``readmodel.simpan_teks``), opened where this machine can."""
        return self._kodek.teks(tersimpan)

    def bangun_ulang(self, nama: Collection[str] | None = None) -> list[str]:
        """Rebuild the projections (all, or those named) from the log under the write lock; return their names."""
        pilih = [p for p in self._proyeksi if nama is None or p.nama in nama]
        self._basis.tulis(lambda koneksi, _: readmodel.bangun_ulang(koneksi, pilih, self._sumber(koneksi)))
        return [p.nama for p in pilih]

    def bangun_ulang_indeks(self) -> None:
        """Empty the index of the search and write it again from the log, under the write lock."""

        def kerja(koneksi: Connection, _: DBAPICursor) -> None:
            self._sumber(koneksi)
            index.bangun_ulang(koneksi)

        self._basis.tulis(kerja)

    def kejar(self) -> list[str]:
        """Bring projections that are behind, or have a new version, up to the head; return the names of those that moved."""
        return self._basis.tulis(lambda koneksi, _: readmodel.kejar(koneksi, self._proyeksi, self._sumber(koneksi)))

    def ambil_giliran(self, nama: str, pemegang: str, lama: timedelta) -> bool:
        """Take or renew the turn to do a recurring work; False while another holds it (see `lease`: it saves work, no more)."""
        return self._basis.tulis(lambda koneksi, _: lease.ambil(koneksi, nama, pemegang, lama, self._jam))

    def lepas_giliran(self, nama: str, pemegang: str, hasil: Mapping[str, Any] | None = None, berikut: datetime | None = None) -> None:
        """Give a turn back, with what the run did and when the next is planned; nothing happens where another has it by now."""
        self._basis.tulis(lambda koneksi, _: lease.lepas(koneksi, nama, pemegang, (hasil, berikut), self._jam))

    def giliran(self) -> list[Giliran]:
        """Return every turn ever taken, by name."""
        return self._basis.baca(lambda koneksi, _: lease.daftar(koneksi))

    def tertinggal(self) -> bool:
        """Say whether a projection is behind the head of the log: a program that does not know it has written."""
        return self._basis.baca(lambda koneksi, _: readmodel.tertinggal(koneksi, self._proyeksi, self._kepala(koneksi)))

    def _kepala(self, koneksi: Connection) -> int:
        kepala = schema.kepala.c
        return int(koneksi.execute(select(kepala.nomor).where(kepala.instansi == self._instansi)).scalar() or 0)

    def tutup(self) -> None:
        """Close every connection; the store may not be used afterwards."""
        self._basis.tutup()

    @cached_property
    def _sql(self) -> Pernyataan:
        return Pernyataan(self._basis.engine.dialect)

    @cached_property
    def _aplikasi(self) -> ZiApplication:
        from zi_workflow.store.application import ZiApplication  # noqa: PLC0415 - loads the event library
        from zi_workflow.store.recorder import CoreRecorder  # noqa: PLC0415

        perekam = CoreRecorder(
            self._basis,
            instansi=self._instansi,
            pencatat=self._pencatat,
            jam=self._jam,
            proyeksi=self._proyeksi,
            kodek=self._kodek,
            sql=self._sql,
        )
        return ZiApplication(perekam, self._kodek)

    def _sumber(self, koneksi: Connection) -> Sumber:
        """Lock the head row, so that appends wait, and return the reader of the log on this connection."""
        kursor = koneksi.connection.cursor()
        kursor.execute(self._sql.dikunci, (self._instansi,))
        kursor.fetchall()
        return lambda setelah: self._sql.baca_log(koneksi.connection.cursor(), self._kodek, setelah)

    def _tanya(self, sql: str, nilai: str) -> Sequence[Any] | None:
        """Return the first row of a statement with one parameter."""

        def kerja(_: Connection, kursor: DBAPICursor) -> Sequence[Any] | None:
            kursor.execute(sql, (nilai,))
            semua = kursor.fetchall()
            return semua[0] if semua else None

        return self._basis.baca(kerja)
