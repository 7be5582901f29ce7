"""The recorder behind the eventsourcing application: everything of a command in one transaction, on SQLAlchemy Core.

In order: the head row is moved on (which is the lock), the idempotency key is looked up, the expected versions and
the versions that the decision read are compared, numbers and chain are given out, definition and events are
inserted, the nodes of the tree and the segments of the index that they complete too, the projections folded, the key kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NoReturn
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent
from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

from zi_workflow.domain.errors import Konflik, PenyimpananGagal
from zi_workflow.domain.events import NOMOR_SEMENTARA, Tercatat, nomori_ulang
from zi_workflow.readmodel import Proyeksi, ikatan, terapkan
from zi_workflow.store import index, tree
from zi_workflow.store.chain import KOLOM, pangkal, rantai
from zi_workflow.store.codec import BATAS_BULAT, Kodek, kanonik
from zi_workflow.store.connection import Basis
from zi_workflow.store.records import Kunci, Naskah, Transaksi
from zi_workflow.store.setup import periksa_skema
from zi_workflow.store.statements import Pernyataan, instan, ke_tercatat

_HALAMAN_LOG: Final = 100
"""Events that the library's notification log reads at least at once."""
_TANDA_SEMENTARA: Final = str(NOMOR_SEMENTARA)[:10].encode()
"""Leading digits of every provisional number: content without them needs no renumbering."""


@dataclass(frozen=True, init=False)
class StoredFact(StoredEvent):
    """A stored event with our envelope: ``naskah`` on its way in, ``baris`` (columns as read) on its way out."""

    naskah: Naskah | None
    baris: Sequence[Any]

    def __init__(
        self,
        originator_id: UUID | str,
        originator_version: int,
        topic: str,
        state: bytes,
        naskah: Naskah | None = None,
        baris: Sequence[Any] = (),
    ) -> None:
        """Set all at once: one of these is made for every event that is loaded."""
        self.__dict__.update(
            originator_id=originator_id, originator_version=originator_version, topic=topic, state=state, naskah=naskah, baris=baris
        )


class CoreRecorder(ApplicationRecorder):
    """Writes and reads stored events; one instance per store, safe for threads."""

    def __init__(
        self,
        basis: Basis,
        *,
        instansi: str,
        pencatat: str,
        jam: Callable[[], datetime],
        proyeksi: Sequence[Proyeksi],
        kodek: Kodek,
        sql: Pernyataan,
    ) -> None:
        """Keep what the envelope needs; nothing is read yet."""
        self._basis = basis
        self._instansi = instansi
        self._pencatat = pencatat
        self._jam = jam
        self._proyeksi = tuple(proyeksi)
        self._kodek = kodek
        self._sql = sql
        self._definisi: set[str] = set()

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:  # noqa: ANN401 - the library hands them on
        """Append in one transaction (``transaksi`` says with what); return the numbers, none where the key was known.

        Raises `Konflik`, `PenyimpananGagal` or `HasilTidakDiketahui`.
        """
        transaksi: Transaksi = kwargs["transaksi"]
        try:
            transaksi.tercatat = self._basis.tulis(lambda koneksi, kursor: self._tulis(koneksi, kursor, stored_events, transaksi))
        except _KunciTerjawab as ada:
            transaksi.tercatat = ada.tercatat
            return ()
        if transaksi.tercatat:
            self._definisi.update(transaksi.definisi)
        return [satu.nomor for satu in transaksi.tercatat]

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None, desc: bool = False, limit: int | None = None
    ) -> Sequence[StoredEvent]:
        """Return the stored events of a stream after version ``gt``."""

        def kerja(_: Connection, kursor: DBAPICursor) -> Sequence[Any]:
            kursor.execute(self._sql.muat, (originator_id, gt or 0))
            return kursor.fetchall()

        semua = [StoredFact(originator_id, b[3], b[0], b[1], None, b) for b in self._basis.baca(kerja) if lte is None or b[3] <= lte]
        if desc:
            semua.reverse()
        return semua if limit is None else semua[:limit]

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (), *, inclusive_of_start: bool = True
    ) -> Sequence[Notification]:
        """Return at most ``limit`` events of the log from number ``start`` on, as the library's notifications."""
        awal = max((start or 0) - (1 if inclusive_of_start else 0), 0)
        akhir = min(self.max_notification_id() or 0, stop or BATAS_BULAT)
        hasil: list[Notification] = []

        def kerja(_: Connection, kursor: DBAPICursor) -> Sequence[Any]:
            kursor.execute(self._sql.halaman, (awal, min(awal + max(limit, _HALAMAN_LOG), akhir)))
            return kursor.fetchall()

        while len(hasil) < limit and awal < akhir:
            baris = self._basis.baca(kerja)
            hasil += [Notification(b[7], b[3], b[0], b[1], b[2]) for b in baris if not topics or b[0] in topics]
            awal += max(limit, _HALAMAN_LOG)
        return hasil[:limit]

    def max_notification_id(self) -> int | None:
        """Return the last number of the log, None where it is empty."""

        def kerja(_: Connection, kursor: DBAPICursor) -> int | None:
            kursor.execute(self._sql.puncak, ())
            return kursor.fetchall()[0][0]  # type: ignore[no-any-return]

        return self._basis.baca(kerja)

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Refuse: readers follow the log by number, nothing is pushed."""
        msg = f"subscribe({gt}, {topics}) is not supported; read on from a number instead"
        raise NotImplementedError(msg)

    def _tulis(self, koneksi: Connection, kursor: DBAPICursor, masuk: Sequence[StoredEvent], transaksi: Transaksi) -> list[Tercatat]:
        fakta = [(satu, satu.naskah) for satu in masuk if isinstance(satu, StoredFact) and satu.naskah is not None]
        jam = instan(self._jam())
        akhir, waktu = self._ambil_nomor(kursor, len(fakta), jam)
        if transaksi.kunci is not None:
            self._periksa_kunci(kursor, transaksi.kunci)
        ujung = self._periksa_versi(kursor, [n for _, n in fakta], transaksi.dibaca)
        for satu in transaksi.pastikan:
            satu(koneksi)
        for sidik, pohon in transaksi.definisi.items():
            if fakta and sidik not in self._definisi:
                self._simpan_definisi(kursor, sidik, pohon)
        awal = akhir - len(fakta) + 1
        baris, tercatat = self._susun(fakta, transaksi, ujung, awal=awal, waktu=waktu, jam=jam)
        if len(baris) == 1:
            kursor.execute(self._sql.catat, baris[0])
        elif baris:
            kursor.executemany(self._sql.catat, baris)
        tree.catat(koneksi, awal - 1, akhir)
        index.catat(koneksi, awal - 1, akhir)
        terapkan(koneksi, self._proyeksi, tercatat, lambda setelah: self._sql.baca_log(koneksi.connection.cursor(), self._kodek, setelah))
        if transaksi.kunci is not None:
            jawaban = b"" if transaksi.jawaban is None else transaksi.jawaban(tercatat)
            isi = (transaksi.kunci.teks, transaksi.kunci.sidik, jawaban, akhir, len(fakta))
            kursor.execute(self._sql.simpan_kunci, (*isi, ikatan(*isi)))
        return tercatat

    def _ambil_nomor(self, kursor: DBAPICursor, banyak: int, jam: str) -> tuple[int, str]:
        """Move the head row on (and hold it); return the last number of this append and its recorded time."""
        kursor.execute(self._sql.maju, (banyak, jam, banyak, jam, self._instansi))
        kepala = kursor.fetchall()
        if not kepala:
            raise PenyimpananGagal(
                "Penyimpanan belum disiapkan.", f"Instansi {self._instansi} belum ada.", "Jalankan `zi siapkan`, lalu ulangi."
            )
        akhir, waktu, skema = kepala[0]
        periksa_skema(skema)
        return akhir, waktu

    def _periksa_kunci(self, kursor: DBAPICursor, kunci: Kunci) -> None:
        kursor.execute(self._sql.kunci, (kunci.teks,))
        ada = kursor.fetchall()
        if not ada:
            return
        kunci.cocokkan(ada[0][0])
        _, _, nomor, jumlah = ada[0]
        log = self._sql.baca_log(kursor, self._kodek, nomor - jumlah)
        raise _KunciTerjawab([next(log) for _ in range(jumlah)])

    def _periksa_versi(self, kursor: DBAPICursor, naskah: Sequence[Naskah], dibaca: Mapping[str, int]) -> dict[str, tuple[int, str]]:
        """Return the ends of the streams; raise `Konflik` where one is not where the decision saw it."""
        harap = dict(dibaca)
        for satu in naskah:
            harap.setdefault(satu.aliran, satu.versi - 1)
        ujung = self._sql.ujung(kursor, list(harap))
        for aliran, versi in harap.items():
            kini = ujung.get(aliran, (0, ""))[0]
            if kini != versi:
                raise _konflik(aliran, kini, versi)
        return ujung

    def _simpan_definisi(self, kursor: DBAPICursor, sidik: str, isi: bytes) -> None:
        kursor.execute(self._sql.definisi, (sidik,))
        if not kursor.fetchall():
            kursor.execute(self._sql.simpan_definisi, (sidik, isi))

    def _susun(
        self,
        fakta: Sequence[tuple[StoredFact, Naskah]],
        transaksi: Transaksi,
        ujung: dict[str, tuple[int, str]],
        *,
        awal: int,
        waktu: str,
        jam: str,
    ) -> tuple[list[tuple[Any, ...]], list[Tercatat]]:
        """Return the rows to insert and the events as they will be read back."""
        nomor = {NOMOR_SEMENTARA + i: awal + i for i in range(len(fakta))}
        kunci = None if transaksi.kunci is None else transaksi.kunci.teks
        semua_dibaca = kanonik(transaksi.dibaca, "dibaca").decode()
        baris: list[tuple[Any, ...]] = []
        tercatat: list[Tercatat] = []
        for i, (satu, naskah) in enumerate(fakta):
            versi, sebelum = ujung.get(naskah.aliran) or (0, pangkal(naskah.aliran))
            if naskah.versi != versi + 1:
                raise _konflik(naskah.aliran, versi, naskah.versi - 1)
            isi = satu.state
            if _TANDA_SEMENTARA in isi:
                isi = self._kodek.kodekan(nomori_ulang(naskah.peristiwa, nomor))[1]
            instansi, alur, kode = naskah.aliran.split("/", 2)
            dibaca = semua_dibaca if naskah.dibaca is None else kanonik({a: transaksi.dibaca[a] for a in naskah.dibaca}, "dibaca").decode()
            amplop = (
                awal + i, instansi, alur, kode, naskah.aliran, naskah.versi, satu.topic, self._kodek.pokok(naskah.peristiwa),
                naskah.tanggal.isoformat(), waktu, jam, naskah.oleh, self._pencatat, kunci, dibaca, kanonik(naskah.dasar, "dasar").decode(),
                naskah.sidik_regulasi,
            )  # fmt: skip
            ikat = rantai(sebelum, dict(zip(KOLOM, amplop, strict=True)), isi)
            ujung[naskah.aliran] = (naskah.versi, ikat)
            baris.append((*amplop, isi, ikat))
            tercatat.append(
                ke_tercatat(self._kodek, (satu.topic, isi, awal + i, naskah.versi, amplop[8], naskah.oleh, waktu, naskah.aliran))
            )
        return baris, tercatat


class _KunciTerjawab(Exception):
    """The key was answered while this append waited; nothing of it is written."""

    def __init__(self, tercatat: list[Tercatat]) -> None:
        super().__init__()
        self.tercatat = tercatat


def _konflik(aliran: str, kini: int, harap: int) -> Konflik:
    return Konflik(
        f"Data {aliran.rsplit('/', 1)[-1]} sudah diubah pihak lain.",
        f"{aliran} kini versi {kini}; perintah ini dihitung dari versi {harap}.",
        "Lihat keadaan terakhir, lalu ulangi perintah.",
    )
