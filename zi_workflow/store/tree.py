"""The Merkle tree of a store: its nodes kept beside the log, roots and proofs read from them.

The leaf of event number n is the 32 bytes of its chain hash, at index n - 1. Kept are the complete subtrees of 256 leaves,
of 65,536, …; whatever lies between is computed from one block of at most 256 hashes, so that a root or a proof reads a few
blocks per kept level and never the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from sqlalchemy import Connection, Row, func, insert, select

from zi_workflow.domain import merkle
from zi_workflow.domain.errors import IntegritasRusak
from zi_workflow.domain.merkle import KIPAS, TINGGI
from zi_workflow.store.schema import kepala as schema_kepala
from zi_workflow.store.schema import peristiwa, simpul


def ukuran(koneksi: Connection) -> int:
    """Return how many leaves the tree has now: the last number of the log."""
    return int(koneksi.execute(select(func.max(peristiwa.c.nomor))).scalar() or 0)


def ukuran_utuh(koneksi: Connection) -> int:
    """Return how many events are to be sealed; raises IntegritasRusak where the log's head speaks of later ones."""
    kepala = int(koneksi.execute(select(func.max(schema_kepala.c.nomor))).scalar() or 0)
    akhir = ukuran(koneksi)
    if akhir < kepala:  # the head, read first, is moved on in the transaction of the events
        raise IntegritasRusak(
            f"Peristiwa terakhir bernomor {akhir}, padahal kepala log menyebut {kepala}.",
            "Kepala dan peristiwanya selalu ditulis bersama: yang terakhir dihapus.",
            "zi audit verifikasi",
        )
    return akhir


def daun(rantai: str) -> bytes:
    """Return the leaf's hash of an event from its chain hash (hex); raises ValueError for what is no hex."""
    return merkle.daun(bytes.fromhex(rantai))


def akar(koneksi: Connection, ukuran: int) -> bytes:
    """Return the root of the first ``ukuran`` events; raises IntegritasRusak where one of them or a node is missing."""
    return merkle.akar(ukuran, PembacaSimpul(koneksi))


def bukti_cakupan(koneksi: Connection, nomor: int, ukuran: int) -> list[bytes]:
    """Return the path that proves event ``nomor`` in the tree of the first ``ukuran`` events; raises as `akar`, and ValueError."""
    return merkle.cakupan(nomor - 1, ukuran, PembacaSimpul(koneksi))


def bukti_konsistensi(koneksi: Connection, dari: int, ke: int) -> list[bytes]:
    """Return the path that proves the first ``dari`` events to be the beginning of the first ``ke``; raises as `akar`, and ValueError."""
    return merkle.konsistensi(dari, ke, PembacaSimpul(koneksi))


class PembacaSimpul:
    """Reads nodes a block at a time; ``dibaca`` is how many rows that took."""

    def __init__(self, koneksi: Connection) -> None:
        """Read through ``koneksi``; nothing is read yet."""
        self._koneksi = koneksi
        self._blok: dict[tuple[int, int], list[list[bytes]]] = {}
        self.dibaca = 0

    def __call__(self, tingkat: int, letak: int) -> bytes:
        """Return the hash of a complete subtree; raises IntegritasRusak where what it is made of is not there."""
        atas = tingkat % TINGGI
        dasar = tingkat - atas
        ke, awal = divmod(letak << atas, KIPAS)
        blok = self._blok.get((dasar, ke))
        if blok is None:
            blok = self._blok[dasar, ke] = self._baca(dasar, ke)
        if awal + (1 << atas) > len(blok[0]):
            raise _kurang(dasar, ke * KIPAS + len(blok[0]))
        while len(blok) <= atas:
            blok.append(merkle.naik(blok[-1][: len(blok[-1]) // 2 * 2]))
        return blok[atas][awal >> atas]

    def _baca(self, dasar: int, ke: int) -> list[list[bytes]]:
        """Return the hashes of one block: as many as follow one another without a gap."""
        baris = _daun(self._koneksi, ke * KIPAS, KIPAS) if dasar == 0 else _simpul(self._koneksi, dasar, ke * KIPAS)
        self.dibaca += len(baris)
        return [baris]


def _daun(koneksi: Connection, awal: int, banyak: int) -> list[bytes]:
    """Return the hashes of the leaves from index ``awal`` on, up to the first that is missing or has no chain hash."""
    p = peristiwa.c
    perintah = select(p.nomor, p.rantai).where(p.nomor > awal, p.nomor <= awal + banyak).order_by(p.nomor)
    return [merkle.daun(isi) for isi in _berurut(koneksi.execute(perintah), awal + 1)]


def _simpul(koneksi: Connection, tingkat: int, awal: int) -> list[bytes]:
    """Return the hashes of one block of kept nodes, up to the first that is missing or is no hash."""
    s = simpul.c
    perintah = select(s.letak, s.sidik).where(s.tingkat == tingkat, s.letak >= awal, s.letak < awal + KIPAS).order_by(s.letak)
    return list(_berurut(koneksi.execute(perintah), awal))


def _berurut(baris: Iterable[Row[int, str]], awal: int) -> Iterator[bytes]:
    """Yield the bytes of hex hashes as long as their places follow one another."""
    for harap, (letak, teks) in zip(count(awal), baris, strict=False):
        try:
            sidik = bytes.fromhex(teks)
        except (TypeError, ValueError):
            return
        if letak != harap or len(sidik) != merkle.PANJANG:
            return
        yield sidik


def _kurang(tingkat: int, letak: int) -> IntegritasRusak:
    if tingkat == 0:
        return IntegritasRusak(
            f"Peristiwa nomor {letak + 1} tidak ada atau sidiknya rusak.",
            "Nomor peristiwa berurutan tanpa celah, dan pohon segel dihitung dari sidik rantai setiap peristiwa.",
            "zi audit verifikasi",
        )
    return IntegritasRusak(
        f"Simpul pohon segel tingkat {tingkat} letak {letak} tidak ada atau rusak.",
        f"Simpul itu mewakili peristiwa nomor {(letak << tingkat) + 1} sampai {(letak + 1) << tingkat}.",
        "Jalankan `zi siapkan` untuk melengkapinya, lalu `zi audit verifikasi`.",
    )


def catat(koneksi: Connection, dari: int, sampai: int) -> None:
    """Keep the nodes that growing from ``dari`` to ``sampai`` events completes, within the append's transaction.

    A node whose leaves are not all there is left out: recording goes on, `akar` and the verification say what is missing.
    """
    tingkat = TINGGI
    while dari >> tingkat != sampai >> tingkat:
        for letak in range(dari >> tingkat, sampai >> tingkat):
            _simpan(koneksi, tingkat, letak)
        tingkat += TINGGI


def _simpan(koneksi: Connection, tingkat: int, letak: int) -> int:
    """Compute one kept node from the block under it and keep it; return how many were kept (0 where the block has a gap)."""
    bawah = tingkat - TINGGI
    blok = _daun(koneksi, letak * KIPAS, KIPAS) if bawah == 0 else _simpul(koneksi, bawah, letak * KIPAS)
    if len(blok) < KIPAS:
        return 0
    koneksi.execute(insert(simpul).values(tingkat=tingkat, letak=letak, sidik=merkle.gabung(merkle.puncak(blok)).hex()))
    return 1


def _tingkat(banyak: int) -> Iterator[int]:
    """Yield the kept levels of a tree with so many leaves."""
    return iter(range(TINGGI, banyak.bit_length(), TINGGI))


def lengkap(koneksi: Connection) -> bool:
    """Say whether as many nodes are kept as the log has complete blocks."""
    banyak = ukuran(koneksi)
    ada: Sequence[tuple[int, int]] = [tuple(b) for b in koneksi.execute(select(simpul.c.tingkat, func.count()).group_by(simpul.c.tingkat))]
    return dict(ada) == {tingkat: banyak >> tingkat for tingkat in _tingkat(banyak)}


def lengkapi(koneksi: Connection) -> int:
    """Keep every node that is missing (the log must be locked against appends); return how many were kept."""
    if lengkap(koneksi):
        return 0
    banyak, ubah = ukuran(koneksi), 0
    for tingkat in _tingkat(banyak):
        ada = set(koneksi.execute(select(simpul.c.letak).where(simpul.c.tingkat == tingkat)).scalars())
        ubah += sum(_simpan(koneksi, tingkat, letak) for letak in range(banyak >> tingkat) if letak not in ada)
    return ubah
