"""The read models against the log: everything is folded again into a temporary store, and compared row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, Table, and_, bindparam, func, literal_column, select

from zi_workflow import readmodel
from zi_workflow.domain.errors import Galat
from zi_workflow.domain.events import Tercatat
from zi_workflow.readmodel import Proyeksi
from zi_workflow.store import index
from zi_workflow.store.codec import DAFTAR
from zi_workflow.store.statements import HALAMAN
from zi_workflow.verify.findings import TAMPILAN, Kumpulan, Pantau
from zi_workflow.verify.shape import kosong

_SEKALIGUS: Final = 1000
Log = Callable[[], Iterator[Tercatat]]


class TakTerbaca(Exception):
    """The event after this number cannot be read."""

    def __init__(self, nomor: int, asal: Exception) -> None:
        """Keep both."""
        super().__init__(nomor)
        self.nomor = nomor
        self.asal = asal


def periksa_tampilan(koneksi: Connection, proyeksi: Sequence[Proyeksi], log: Log, kumpulan: Kumpulan, pantau: Pantau) -> None:
    """Compare every read model; raises `Galat` for an event that only a newer program can read."""
    jumlah = koneksi.exec_driver_sql("SELECT count(*) FROM peristiwa").scalar() or 0
    with kosong(proyeksi) as baru:
        try:
            readmodel.bangun_ulang(baru, proyeksi, lambda _: _terpantau(log, pantau, jumlah))
        except TakTerbaca as galat:
            _tak_terbaca(koneksi, galat, kumpulan)
            return
        for satu in pantau("Membandingkan tampilan", proyeksi, len(proyeksi)):
            _bandingkan(koneksi, baru, satu, kumpulan)
    for (ukuran, ke), apa in index.periksa(koneksi, tuntas=True):
        kumpulan.temukan(TAMPILAN, f"{apa} (nomor {ke * ukuran + 1} sampai {(ke + 1) * ukuran}; `zi proyeksi bangun-ulang`)")


def _terpantau(log: Log, pantau: Pantau, jumlah: int) -> Iterator[Tercatat]:
    """Yield the log, and show how far it is once a page."""
    for halaman in pantau("Melipat ulang log", _berhalaman(log), -(-jumlah // HALAMAN)):
        yield from halaman


def _berhalaman(log: Log) -> Iterator[list[Tercatat]]:
    halaman: list[Tercatat] = []
    for satu in _terjaga(log()):
        halaman.append(satu)
        if len(halaman) == HALAMAN:
            yield halaman
            halaman = []
    yield halaman


def _terjaga(log: Iterable[Tercatat]) -> Iterator[Tercatat]:
    """Yield the log; raises `TakTerbaca` where an event is not readable."""
    nomor = 0
    try:
        for satu in log:
            nomor = satu.nomor
            yield satu
    except (Galat, ValueError, TypeError, KeyError, AttributeError) as galat:
        raise TakTerbaca(nomor, galat) from galat


def _tak_terbaca(koneksi: Connection, galat: TakTerbaca, kumpulan: Kumpulan) -> None:
    baris = koneksi.exec_driver_sql(
        f"SELECT nomor, aliran, jenis FROM peristiwa WHERE nomor > {galat.nomor} ORDER BY nomor LIMIT 1"  # noqa: S608 - a number
    ).first()
    nomor, aliran, jenis = baris if baris is not None else (None, None, "")
    if isinstance(galat.asal, Galat) and not _dikenal(str(jenis)) and not kumpulan.masalah:
        raise galat.asal
    kumpulan.temukan(TAMPILAN, "isinya tidak dapat dibaca, jadi tampilan tidak dapat dibandingkan", nomor, aliran)


def _dikenal(jenis: str) -> bool:
    nama, _, versi = jenis.rpartition("@")
    return nama in DAFTAR and versi.isdecimal() and 1 <= int(versi) <= DAFTAR[nama][1]


def _bandingkan(lama: Connection, baru: Connection, proyeksi: Proyeksi, kumpulan: Kumpulan) -> None:
    """Compare one table: every row that stands with the one that should, then those that should and do not stand."""
    tabel = proyeksi.tabel
    kunci = [k.key for k in tabel.primary_key.columns]
    semua = _pilih(tabel, mentah=lama.dialect.name == "sqlite")
    harap = semua.where(and_(*[k == bindparam(f"k_{k.key}") for k in tabel.primary_key.columns]))
    cocok = 0
    for baris in _isi(lama, semua):
        seharusnya = baru.execute(harap, {f"k_{k}": baris[k] for k in kunci}).mappings().first()
        if seharusnya is None:
            _temukan(kumpulan, proyeksi.nama, baris, kunci, "tidak berasal dari log")
            continue
        cocok += 1
        beda = [k for k in seharusnya if type(baris[k]) is not type(seharusnya[k]) or baris[k] != seharusnya[k]]
        if beda:
            _temukan(kumpulan, proyeksi.nama, seharusnya, kunci, f"berbeda pada {', '.join(beda)}")
    if cocok != baru.execute(select(func.count()).select_from(tabel)).scalar():
        for baris in _isi(baru, semua):
            if lama.execute(harap, {f"k_{k}": baris[k] for k in kunci}).first() is None:
                _temukan(kumpulan, proyeksi.nama, baris, kunci, "tidak ada")


def _pilih(tabel: Table, *, mentah: bool) -> Select[*tuple[Any, ...]]:
    """Return the question for a table's rows; ``mentah``: as they are stored, before any type makes them look alike."""
    if not mentah:
        return select(tabel)
    return select(*[literal_column(k.key) for k in tabel.columns]).select_from(tabel)


def _isi(koneksi: Connection, semua: Select[*tuple[Any, ...]]) -> Iterator[RowMapping]:
    """Yield the rows without holding them all."""
    return iter(koneksi.execute(semua.execution_options(yield_per=_SEKALIGUS)).mappings())


def _temukan(kumpulan: Kumpulan, nama: str, baris: RowMapping, kunci: Sequence[str], apa: str) -> None:
    sebut = ", ".join(str(baris[k]) for k in kunci)
    kumpulan.temukan(TAMPILAN, f"tampilan {nama}: baris ({sebut}) {apa}")
