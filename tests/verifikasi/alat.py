"""What the tests of the verification share: a store to tamper with, its owner's way past the program, and the check itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Table, create_engine, make_url

from projections import SEMUA
from zi_workflow.domain import merkle
from zi_workflow.domain.events import Berkas, BuktiDicatat, Peristiwa, UnitDidaftarkan
from zi_workflow.readmodel import metadata
from zi_workflow.store import Kunci, Naskah, Store, buka, schema
from zi_workflow.store.chain import KOLOM, pangkal, rantai
from zi_workflow.store.evidence import GudangBerkas
from zi_workflow.verify import BAGIAN, Hasil, Pembanding, verifikasi
from zi_workflow.verify.outside import Titik

OLEH = "198001012005011001"
DEFINISI = b'{"uji":1}'
SIDIK = "sha256:" + sha256(DEFINISI).hexdigest()
UNIT = ("DINAS-A", "DINAS-B", "DINAS-C")
AWAL = datetime(2026, 3, 1, 2, tzinfo=UTC)


class Jam:
    """A clock that moves a second at each look."""

    def __init__(self) -> None:
        """Start."""
        self.kini = AWAL

    def __call__(self) -> datetime:
        """Return the instant."""
        self.kini += timedelta(seconds=1)
        return self.kini


def buka_store(url: str) -> Store:
    """Open (and prepare) a store at ``url``."""
    store = buka(url, jam=Jam(), pencatat="akun-uji", proyeksi=SEMUA, buat=True)
    store.siapkan()
    return store


def peristiwa(ke: int, berkas: Sequence[Berkas] = ()) -> Peristiwa:
    """Return the ke-th record of a unit."""
    return BuktiDicatat("pemantauan", {"hasil": f'pengamatan "{ke}" \\ é {chr(1 + ke % 31)}'}, tuple(berkas))


def tambah(store: Store, banyak: int, berkas: Sequence[Berkas] = (), kunci: str | None = None) -> None:
    """Append ``banyak`` records to the units in turn, in one transaction."""
    aliran = [f"binjai/zi/{u}" for u in UNIT]
    versi = store.versi(aliran)
    naskah = []
    for ke in range(banyak):
        nama = aliran[ke % len(aliran)]
        versi[nama] += 1
        apa = (
            peristiwa(ke, berkas)
            if versi[nama] > 1
            else UnitDidaftarkan(nama.rsplit("/", 1)[1], "Dinas", None, None, {"tahap": "terdaftar", "sejak": "2026-03-01"})
        )
        naskah.append(Naskah(nama, versi[nama], apa, date(2026, 3, 1), OLEH, ('Pasal 6 "a"',), SIDIK))
    pakai = None if kunci is None else Kunci(kunci, "s" * 64)
    store.tambah(naskah, dibaca={}, definisi={SIDIK: DEFINISI}, kunci=pakai, jawaban=lambda _: b'{"ya":1}')


def isi(store: Store, banyak: int) -> None:
    """Write ``banyak`` events into an empty store: with a key, a turn that was taken, and one more key without events."""
    tambah(store, 6)
    tambah(store, 4, kunci="k-1")
    if banyak > 10:
        tambah(store, banyak - 10)
    store.tambah([], dibaca={}, definisi={SIDIK: DEFINISI}, kunci=Kunci("k-2", "t" * 64))
    store.ambil_giliran("sapuan", "mesin-a", timedelta(minutes=1))
    store.lepas_giliran("sapuan", "mesin-a", {"dicatat": 1})


@cache
def berkas_sqlite(banyak: int) -> bytes:
    """Return the file of a store with ``banyak`` events, written once."""
    with TemporaryDirectory() as folder:
        store = buka_store(f"sqlite:///{folder}/zi.db")
        isi(store, banyak)
        store.tutup()
        return (Path(folder) / "zi.db").read_bytes()


def buat(url: str, banyak: int = 60) -> None:
    """Put a store with ``banyak`` events at ``url``."""
    tujuan = make_url(url)
    if tujuan.drivername == "sqlite":
        Path(str(tujuan.database)).write_bytes(berkas_sqlite(banyak))
        return
    store = buka_store(url)
    isi(store, banyak)
    store.tutup()


def periksa(url: str, folder: Path = Path("/tidak-ada"), hanya: Sequence[str] = BAGIAN, luar: Pembanding | None = None) -> Hasil:
    """Verify the store at ``url``."""
    store = buka(url, jam=Jam(), pencatat="pemeriksa", proyeksi=SEMUA)
    try:
        return verifikasi(store, GudangBerkas(folder), folder, hanya=hanya, luar=luar)
    finally:
        store.tutup()


def nyatakan(hasil: Hasil) -> list[tuple[int | None, str]]:
    """Return what was found, in words that a failing test shows."""
    return [(t.nomor, t.apa) for t in hasil.masalah]


@contextmanager
def pemilik(url: str) -> Iterator[Connection]:
    """Give the owner's connection: the triggers are away meanwhile and stand again afterwards, as if nothing had been."""
    mesin = create_engine(url, isolation_level="AUTOCOMMIT")
    dialek = mesin.dialect.name
    with mesin.connect() as koneksi:
        for nama in schema.pemicu(dialek):
            milik = "" if dialek == "sqlite" else f" ON {next(t for t in schema.ABADI if nama.startswith(f'{t}_'))}"
            koneksi.exec_driver_sql(f"DROP TRIGGER {nama}{milik}")
        yield koneksi
        kursor = koneksi.connection.cursor()
        for perintah in (satu for semua in schema.pemicu(dialek).values() for satu in semua):
            kursor.execute(perintah)
    mesin.dispose()


@contextmanager
def dikembalikan(url: str) -> Iterator[None]:
    """Give the store on PostgreSQL to tamper with, and put every row back afterwards: quicker than a new one for each case."""
    mesin = create_engine(url, isolation_level="AUTOCOMMIT")
    with mesin.connect() as koneksi:
        semula = {t: koneksi.execute(t.select()).mappings().all() for t in _tabel()}
    yield
    with pemilik(url) as koneksi:
        for tabel, baris in semula.items():
            koneksi.execute(tabel.delete())
            if baris:
                koneksi.execute(tabel.insert(), [dict(b) for b in baris])
    mesin.dispose()


def _tabel() -> list[Table]:
    return [*schema.metadata.sorted_tables, *metadata.sorted_tables, *[p.tabel for p in SEMUA]]


def jalankan(url: str, *perintah: str) -> None:
    """Run statements as the owner."""
    with pemilik(url) as koneksi:
        for satu in perintah:
            koneksi.exec_driver_sql(satu)


def hitung_ulang(url: str, mulai: int, ubah: Mapping[str, Any], *, pohon: bool = True) -> None:
    """Change an event and rehash its whole stream after it (and the tree), as an owner would who covers up."""
    with pemilik(url) as koneksi:
        semua = [dict(b) for b in koneksi.exec_driver_sql("SELECT * FROM peristiwa ORDER BY nomor").mappings()]
        ujung: dict[str, str] = {}
        for baris in semua:
            if baris["nomor"] == mulai:
                baris.update(ubah)
            baris["isi"] = bytes(baris["isi"])
            sebelum = ujung.get(baris["aliran"]) or pangkal(baris["aliran"])
            baris["rantai"] = ujung[baris["aliran"]] = rantai(sebelum, {k: baris[k] for k in KOLOM}, baris["isi"])
            koneksi.execute(schema.peristiwa.update().where(schema.peristiwa.c.nomor == baris["nomor"]).values(**baris))
        if pohon:
            koneksi.execute(schema.simpul.delete())
            for tingkat, letak, sidik in merkle.Pembangun().tambah([merkle.daun(bytes.fromhex(b["rantai"])) for b in semua]):
                koneksi.execute(schema.simpul.insert().values(tingkat=tingkat, letak=letak, sidik=sidik.hex()))


def titik(url: str) -> Titik:
    """Return a checkpoint of the store as it is now."""
    log = periksa(url, hanya=["log"]).log
    return Titik("segel uji", log.jumlah, log.akar)
