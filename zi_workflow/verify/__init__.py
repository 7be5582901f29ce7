"""Is the store what was written? Everything that can be checked, in one consistent picture, writing nothing.

What the database alone can show: edits, deletions, insertions, swaps and renumbering of the log, of its small tables and of
its read models, a changed shape, changed evidence. Whoever owns the database can still rewrite a whole chain with its tree,
cut the newest events off together with the head, or restore an old copy: that shows only against what was kept elsewhere
(`Pembanding`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import SQLAlchemyError

from zi_workflow.domain.errors import Galat
from zi_workflow.store import Potret, Store
from zi_workflow.store.evidence import GudangBerkas
from zi_workflow.verify.damage import kata_rusak
from zi_workflow.verify.files import periksa_berkas
from zi_workflow.verify.findings import BAGIAN, BENTUK, BERKAS, LOG, TABEL, TAMPILAN, Kumpulan, Pantau, Temuan, diam
from zi_workflow.verify.log import RingkasanLog, periksa_log
from zi_workflow.verify.models import periksa_tampilan
from zi_workflow.verify.outside import Pembanding, bandingkan
from zi_workflow.verify.shape import periksa_bentuk
from zi_workflow.verify.tables import periksa_tabel, wajib_siap

__all__ = ["BAGIAN", "Hasil", "Pembanding", "Temuan", "verifikasi"]


@dataclass(frozen=True, slots=True)
class Hasil:
    """What was checked and found. ``lebih``: problems that were only counted; ``log``: what the log is, where it was read."""

    masalah: tuple[Temuan, ...]
    lebih: int
    catatan: tuple[str, ...]
    diperiksa: tuple[str, ...]
    log: RingkasanLog = field(default_factory=RingkasanLog)

    @property
    def utuh(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.masalah

    @property
    def tidak_diperiksa(self) -> tuple[str, ...]:
        """Return the parts that were left out."""
        return tuple(b for b in BAGIAN if b not in self.diperiksa)


def verifikasi(
    store: Store,
    gudang: GudangBerkas,
    folder: Path,
    *,
    hanya: Collection[str] = BAGIAN,
    luar: Pembanding | None = None,
    pantau: Pantau = diam,
) -> Hasil:
    """Check the parts asked for, and the log against what was kept elsewhere.

    Raises `PenyimpananGagal` for a store that is not there, is locked, was never prepared, or was written by a newer program.
    """
    kumpulan = Kumpulan()
    pemeriksa = _Pemeriksa(gudang, folder, [b for b in BAGIAN if b in hanya], luar or Pembanding(), pantau, kumpulan)
    try:
        store.potret(pemeriksa.semua)
    except _RUSAK as galat:
        kata = kata_rusak(galat)
        if kata is None:
            raise
        kumpulan.temukan(BENTUK, kata)
    return Hasil(tuple(kumpulan.berurut()), kumpulan.lebih(), tuple(kumpulan.catatan), tuple(pemeriksa.bagian), pemeriksa.log)


_KEPALA: Final = "SELECT rantai FROM peristiwa ORDER BY nomor DESC LIMIT 1"
_RUSAK: Final = (Galat, SQLAlchemyError, sqlite3.Error, UnicodeError)


@dataclass
class _Pemeriksa:
    """One verification: each part on its own, so that damage in one does not hide the others."""

    gudang: GudangBerkas
    folder: Path
    bagian: Sequence[str]
    luar: Pembanding
    pantau: Pantau
    kumpulan: Kumpulan
    log: RingkasanLog = field(default_factory=RingkasanLog)

    def semua(self, potret: Potret) -> None:
        """Run every part."""
        kursor = potret.koneksi.connection.cursor()
        self._jaga(kursor, BENTUK, lambda: wajib_siap(potret.koneksi))
        kerja: dict[str, Callable[[Potret], None]] = {
            BENTUK: self._bentuk, LOG: self._log, TABEL: self._tabel, TAMPILAN: self._tampilan, BERKAS: self._berkas,
        }  # fmt: skip
        if LOG not in self.bagian:
            self._jaga(kursor, LOG, lambda: self._ringkas(potret))
        for nama in self.bagian:
            self._jaga(kursor, nama, lambda kerja=kerja[nama]: kerja(potret))  # type: ignore[misc]

    def _jaga(self, kursor: DBAPICursor, nama: str, kerja: Callable[[], None]) -> None:
        """Run a part; what the engine cannot read of it is a problem of that part."""
        kursor.execute("SAVEPOINT bagian")
        try:
            kerja()
        except (*_RUSAK, TypeError, ValueError) as galat:
            kata = kata_rusak(galat, curiga=bool(self.kumpulan.masalah))
            if kata is None:
                raise
            self.kumpulan.temukan(nama, kata)
            kursor.execute("ROLLBACK TO SAVEPOINT bagian")

    def _ringkas(self, potret: Potret) -> None:
        """Say how long the log is where it is not checked."""
        jumlah = potret.koneksi.exec_driver_sql("SELECT count(*) FROM peristiwa").scalar() or 0
        self.log = RingkasanLog(jumlah, kepala=potret.koneksi.exec_driver_sql(_KEPALA).scalar())

    def _bentuk(self, potret: Potret) -> None:
        periksa_bentuk(potret.koneksi, potret.proyeksi, self.kumpulan)

    def _log(self, potret: Potret) -> None:
        self.log = periksa_log(potret.koneksi, self.kumpulan, self.pantau, self.luar.ukuran(), self.luar.salinan)
        bandingkan(self.log, self.luar, self.kumpulan)

    def _tabel(self, potret: Potret) -> None:
        periksa_tabel(potret.koneksi, potret.proyeksi, potret.instansi, self.kumpulan)

    def _tampilan(self, potret: Potret) -> None:
        periksa_tampilan(potret.koneksi, potret.proyeksi, potret.baca_log, self.kumpulan, self.pantau)

    def _berkas(self, potret: Potret) -> None:
        periksa_berkas(potret.koneksi, potret.kodek, self.gudang, self.folder, self.kumpulan, self.pantau)
