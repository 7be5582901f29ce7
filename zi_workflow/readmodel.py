"""Read models: how a projection is described, applied with the event it comes from, caught up and rebuilt.

A projection is a pure fold per row: ``kunci`` names the row that an event touches, ``lipat`` gives the row's new
content. The same two functions serve the incremental path (one row read and written in the event's own
transaction) and the rebuild (all rows folded in memory, written in bulk), so both must agree row by row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Dialect,
    Executable,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)  # fmt: skip
from sqlalchemy.engine.interfaces import DBAPICursor

from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.domain.events import Tercatat
from zi_workflow.domain.personal import TANDA, Pribadi, sandi_wajib

Baris = Mapping[str, Any]
Nilai = tuple[Any, ...]
Sumber = Callable[[int], Iterable[Tercatat]]
"""Reads the log in order of number, after the number given, up to its head."""

BATAS_INGATAN: Final = 100_000
"""Rows of one projection that a rebuild keeps in memory before it writes them out."""


class Proyeksi(Protocol):
    """One read model: a table and a fold."""

    nama: str
    versi: int
    tabel: Table

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the primary keys of the rows that the event touches, in the order of the table's key columns."""
        ...

    def lipat(self, kunci: tuple[Any, ...], baris: Baris | None, tercatat: Tercatat) -> Baris | None:
        """Return the row's new content, or None where the event leaves no row."""
        ...


def simpan_teks(nilai: str) -> str:
    """Return a text as a row keeps it: JSON, a personal one as its token, so that no read model holds what a key was to take away.

    Whoever shows it hands it to `Store.teks`.
    """
    if isinstance(nilai, Pribadi):
        return f'{{"{TANDA}":{sandi_wajib(nilai)}}}'
    return json.dumps(nilai, ensure_ascii=False)


metadata = MetaData()
posisi = Table(
    "posisi",
    metadata,
    Column("nama", Text, primary_key=True),
    Column("versi", Integer, nullable=False),
    Column("nomor", BigInteger, nullable=False),
    Column("ikatan", Text, nullable=False),
)
"""How far each projection has folded the log (``nomor``), and by which version of its fold (``ikatan`` binds name and version)."""


def ikatan(*nilai: str | int | bytes | None) -> str:
    """Return the checksum of a row's values. It finds accidents in rows that no chain covers; who can write can also compute it."""
    hasil = sha256()
    for satu in nilai:
        isi = satu if isinstance(satu, bytes) else b"" if satu is None else str(satu).encode("utf-8", "surrogatepass")
        hasil.update(b"%b%d\n%b" % (type(satu).__name__.encode(), len(isi), isi))
    return hasil.hexdigest()


def susun(perintah: Executable, dialek: Dialect, *urutan: str) -> str:
    """Compile a statement once, for the driver's cursor with a plain sequence of parameters in the order given."""
    posisional = dialek if dialek.positional else _posisional(type(dialek))  # type: ignore[arg-type]
    hasil = perintah.compile(dialect=posisional)  # type: ignore[attr-defined]
    if tuple(hasil.positiontup or ()) != urutan:
        msg = f"parameters are {hasil.positiontup}, not {urutan}"
        raise ValueError(msg)
    return str(hasil)


@lru_cache(maxsize=4)
def _posisional(kelas: type[Any]) -> Dialect:
    return kelas(paramstyle="format")  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Rencana:
    """The statements of one table, compiled for one engine, and the conversions of its columns."""

    kolom: tuple[str, ...]
    kunci: tuple[int, ...]
    ambil: str
    taruh: str
    hapus: str
    masuk: tuple[Callable[[Any], Any] | None, ...]
    keluar: tuple[Callable[[Any], Any] | None, ...]

    def ke_baris(self, nilai: Sequence[Any]) -> dict[str, Any]:
        """Return a row as the fold sees it, from the driver's values."""
        return {k: f(v) if f is not None else v for k, f, v in zip(self.kolom, self.keluar, nilai, strict=True)}

    def ke_basis(self, nilai: Sequence[Any], kolom: Sequence[int]) -> Nilai:
        """Return values of the columns given as the driver takes them."""
        masuk = self.masuk
        return tuple([f(v) if (f := masuk[i]) is not None else v for i, v in zip(kolom, nilai, strict=True)])


@lru_cache(maxsize=256)
def _rencana(tabel: Table, dialek: Dialect) -> _Rencana:
    kolom: list[Column[Any]] = list(tabel.columns)
    kunci: list[Column[Any]] = list(tabel.primary_key.columns)
    di_mana = [k == bindparam(k.key) for k in kunci]
    nama, nama_kunci = [k.key for k in kolom], [k.key for k in kunci]
    tipe = [k.type.dialect_impl(dialek) for k in kolom]
    return _Rencana(
        kolom=tuple(nama),
        kunci=tuple(nama.index(k) for k in nama_kunci),
        ambil=susun(select(tabel).where(*di_mana), dialek, *nama_kunci),
        taruh=_taruh(tabel, dialek, nama, nama_kunci),
        hapus=susun(delete(tabel).where(*di_mana), dialek, *nama_kunci),
        masuk=tuple(t.bind_processor(dialek) for t in tipe),
        keluar=tuple(t.result_processor(dialek, None) for t in tipe),
    )


def _taruh(tabel: Table, dialek: Dialect, nama: list[str], kunci: list[str]) -> str:
    """Return the statement that writes a row whether or not it is there."""
    if dialek.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sisip  # noqa: PLC0415 - only the engine in use is loaded
    else:
        from sqlalchemy.dialects.postgresql import insert as sisip  # type: ignore[assignment]  # noqa: PLC0415
    isi = sisip(tabel).values({n: bindparam(n) for n in nama})
    lain = {n: isi.excluded[n] for n in nama if n not in kunci}
    isi = isi.on_conflict_do_update(index_elements=kunci, set_=lain) if lain else isi.on_conflict_do_nothing()
    return susun(isi, dialek, *nama)


class _Lipatan:
    """The rows of one projection that are being folded: read when first touched, written at the end."""

    def __init__(self, proyeksi: Proyeksi, koneksi: Connection, kursor: DBAPICursor, *, kosong: bool = False) -> None:
        """Start on what the table holds, or on nothing where it is known to be empty (``kosong``)."""
        self.proyeksi = proyeksi
        self.rencana = _rencana(proyeksi.tabel, koneksi.dialect)
        self._kursor = kursor
        self._kosong = kosong
        self._nama = set(self.rencana.kolom)
        self._nama_kunci = [self.rencana.kolom[i] for i in self.rencana.kunci]
        self._baris: dict[Nilai, Baris | None] = {}
        self._berubah: dict[Nilai, None] = {}

    def lipat(self, tercatat: Tercatat) -> None:
        """Fold one event into the rows that it touches."""
        for kunci in self.proyeksi.kunci(tercatat):
            if kunci not in self._baris:
                self._baris[kunci] = self._ambil(kunci)
            lama = self._baris[kunci]
            baru = self.proyeksi.lipat(kunci, lama, tercatat)
            baru = None if baru is None else self._lengkap(kunci, baru)
            if baru != lama:
                self._baris[kunci] = baru
                self._berubah[kunci] = None
        if len(self._baris) > BATAS_INGATAN:
            self.tulis()

    def tulis(self) -> None:
        """Write every changed row and forget all of them."""
        rencana, semua = self.rencana, range(len(self.rencana.kolom))
        taruh, hapus = [], []
        for kunci in self._berubah:
            baris = self._baris[kunci]
            if baris is None:
                hapus.append(rencana.ke_basis(kunci, rencana.kunci))
            else:
                taruh.append(rencana.ke_basis([baris[k] for k in rencana.kolom], semua))
        if hapus and not self._kosong:
            _jalankan(self._kursor, rencana.hapus, hapus)
        if taruh:
            _jalankan(self._kursor, rencana.taruh, taruh)
        self._kosong = False
        self._baris.clear()
        self._berubah.clear()

    def _ambil(self, kunci: Nilai) -> Baris | None:
        if self._kosong:
            return None
        self._kursor.execute(self.rencana.ambil, self.rencana.ke_basis(kunci, self.rencana.kunci))
        nilai = self._kursor.fetchone()
        return None if nilai is None else self.rencana.ke_baris(nilai)

    def _lengkap(self, kunci: Nilai, baru: Baris) -> Baris:
        """Return the row with every column of the table: the key's from the key, others that were left out as None."""
        nama = self._nama
        if baru.keys() != nama:
            if not baru.keys() <= nama:
                msg = f"{self.proyeksi.nama}: columns {sorted(baru.keys() - nama)} are not in the table"
                raise ValueError(msg)
            baru = dict.fromkeys(nama) | dict(zip(self._nama_kunci, kunci, strict=True)) | dict(baru)
        if tuple([baru[k] for k in self._nama_kunci]) != kunci:
            msg = f"{self.proyeksi.nama}: the row of {kunci} carries another key"
            raise ValueError(msg)
        return baru


def _jalankan(kursor: DBAPICursor, sql: str, isi: list[Nilai]) -> None:
    if len(isi) == 1:
        kursor.execute(sql, isi[0])
    else:
        kursor.executemany(sql, isi)


@lru_cache(maxsize=16)
def _maju(banyak: int, dialek: Dialect) -> str:
    """Return the statement that moves the positions of ``banyak`` projections on, and says whose it moved."""
    nama = [(f"nama_{i}", f"versi_{i}") for i in range(banyak)]
    cocok = or_(*[and_(posisi.c.nama == bindparam(n), posisi.c.versi == bindparam(v)) for n, v in nama])
    perintah = update(posisi).values(nomor=bindparam("baru")).where(posisi.c.nomor == bindparam("lama"), cocok).returning(posisi.c.nama)
    return susun(perintah, dialek, "baru", "lama", *[satu for dua in nama for satu in dua])


def terapkan(koneksi: Connection, proyeksi: Sequence[Proyeksi], tercatat: Sequence[Tercatat], sumber: Sumber) -> None:
    """Fold events that this transaction has just appended, in order of number.

    A projection that did not stand right before them (it is new, or another program left it behind) is caught up
    from ``sumber``, which must already show the new events. Raises as `kejar` does.
    """
    if not proyeksi or not tercatat:
        return
    kursor = koneksi.connection.cursor()
    versi = [satu for p in proyeksi for satu in (p.nama, p.versi)]
    kursor.execute(_maju(len(proyeksi), koneksi.dialect), (tercatat[-1].nomor, tercatat[0].nomor - 1, *versi))
    siap = {baris[0] for baris in kursor.fetchall()}
    for satu in proyeksi:
        if satu.nama in siap:
            lipatan = _Lipatan(satu, koneksi, kursor)
            for peristiwa in tercatat:
                lipatan.lipat(peristiwa)
            lipatan.tulis()
    if len(siap) < len(proyeksi):
        kejar(koneksi, [p for p in proyeksi if p.nama not in siap], sumber)


def kejar(koneksi: Connection, proyeksi: Sequence[Proyeksi], sumber: Sumber, *, ulang: Collection[str] = ()) -> list[str]:
    """Bring projections up to the head of the log, in the caller's transaction; return the names of those that moved.

    One whose fold has a new version, or that is named in ``ulang``, is emptied and folded from the first event.
    Raises `PenyimpananGagal` for one that a newer program has written.
    """
    baca = select(posisi.c.nama, posisi.c.versi, posisi.c.nomor)
    kini: dict[str, tuple[int, int]] = {nama: (versi, nomor) for nama, versi, nomor in koneksi.execute(baca)}
    kursor = koneksi.connection.cursor()
    kerja: list[tuple[_Lipatan, int]] = []
    for satu in proyeksi:
        versi, nomor = kini.get(satu.nama, (0, 0))
        if versi > satu.versi:
            raise PenyimpananGagal(f"Tampilan {satu.nama} ditulis program yang lebih baru.", f"Versinya {versi}.", "Pasang zi terbaru.")
        kosong = versi < satu.versi or satu.nama in ulang
        if kosong:
            _kosongkan(koneksi, satu.tabel, bentuk_baru=versi < satu.versi)
        kerja.append((_Lipatan(satu, koneksi, kursor, kosong=kosong), 0 if kosong else nomor))
    akhir = _lipat_semua(kerja, sumber)
    pindah = [
        lipatan.proyeksi for lipatan, mulai in kerja if kini.get(lipatan.proyeksi.nama) != (lipatan.proyeksi.versi, max(akhir, mulai))
    ]
    for satu in pindah:
        koneksi.execute(delete(posisi).where(posisi.c.nama == satu.nama))
        koneksi.execute(insert(posisi).values(nama=satu.nama, versi=satu.versi, nomor=akhir, ikatan=ikatan(satu.nama, satu.versi)))
    return [satu.nama for satu in proyeksi if satu in pindah or satu.nama in ulang]


def terlipat(proyeksi: Proyeksi, peristiwa: Iterable[Tercatat]) -> dict[tuple[Any, ...], Baris]:
    """Return the rows, by key, that these events alone would leave, with every column; nothing is read or written."""
    hasil: dict[tuple[Any, ...], Baris | None] = {}
    kosong = dict.fromkeys(k.key for k in proyeksi.tabel.columns)
    for tercatat in peristiwa:
        for kunci in proyeksi.kunci(tercatat):
            baris = proyeksi.lipat(kunci, hasil.get(kunci), tercatat)
            hasil[kunci] = None if baris is None else {**kosong, **baris}
    return {kunci: baris for kunci, baris in hasil.items() if baris is not None}


def tertinggal(koneksi: Connection, proyeksi: Sequence[Proyeksi], kepala: int) -> bool:
    """Say whether a projection has folded less than the log up to ``kepala``, or by an older fold."""
    kini = {(nama, versi): nomor for nama, versi, nomor in koneksi.execute(select(posisi.c.nama, posisi.c.versi, posisi.c.nomor))}
    return any(kini.get((p.nama, p.versi), -1) < kepala for p in proyeksi)


def bangun_ulang(koneksi: Connection, proyeksi: Sequence[Proyeksi], sumber: Sumber) -> None:
    """Empty the projections and fold the whole log into them, in the caller's transaction (under the write lock)."""
    kejar(koneksi, proyeksi, sumber, ulang={p.nama for p in proyeksi})


def _lipat_semua(kerja: Sequence[tuple[_Lipatan, int]], sumber: Sumber) -> int:
    """Fold the log once into all of them, each from its own place; return the last number seen."""
    akhir = min((mulai for _, mulai in kerja), default=0)
    for tercatat in sumber(akhir):
        akhir = tercatat.nomor
        for lipatan, mulai in kerja:
            if akhir > mulai:
                lipatan.lipat(tercatat)
    for lipatan, _ in kerja:
        lipatan.tulis()
    return akhir


def _kosongkan(koneksi: Connection, tabel: Table, *, bentuk_baru: bool) -> None:
    """Leave an empty table; one that had another shape is dropped, otherwise readers keep seeing the old rows meanwhile."""
    if bentuk_baru:
        tabel.drop(koneksi, checkfirst=True)
    tabel.create(koneksi, checkfirst=True)
    if not bentuk_baru:
        koneksi.execute(delete(tabel))
