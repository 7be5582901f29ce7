"""The Merkle tree over the log (RFC 6962, RFC 9162 §2.1): roots, proofs that an event is in it, proofs that it only grew.

A tree is asked for by ``baca(tingkat, letak)``: the hash of the complete subtree of 2**tingkat leaves that is the
letak-th of its size from the left (tingkat 0: a leaf's hash). No function here asks for more of them than the height of
the tree squared, whatever the number of leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

Pembaca: TypeAlias = Callable[[int, int], bytes]

KOSONG: Final = sha256(b"").digest()
"""The root of a tree without leaves."""
PANJANG: Final = 32
TINGGI: Final = 8
"""Levels between two that are kept: a complete subtree of 2**8, 2**16, … leaves has its hash stored."""
KIPAS: Final = 1 << TINGGI

Simpul: TypeAlias = tuple[int, int, bytes]
"""A kept node: tingkat (8, 16, …), letak, hash."""


class BuktiSalah(ValueError):
    """A proof does not lead to the root that it was shown with."""


def daun(isi: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\0" + isi).digest()


def simpul(kiri: bytes, kanan: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\1" + kiri + kanan).digest()


def naik(sidik: Sequence[bytes]) -> list[bytes]:
    """Return the parents of an even number of neighbours that begin at an even place."""
    pasang = iter(sidik)
    return [sha256(b"\1" + kiri + kanan).digest() for kiri, kanan in zip(pasang, pasang, strict=True)]


def puncak(sidik: Sequence[bytes]) -> list[bytes]:
    """Return the roots of the largest complete subtrees over neighbours of one size, left to right."""
    hasil: list[bytes] = []
    baris = list(sidik)
    while baris:
        if len(baris) % 2:
            hasil.append(baris.pop())
        baris = naik(baris)
    return hasil[::-1]


def gabung(semua: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees that shrink from left to right (at least one)."""
    hasil = semua[-1]
    for kiri in semua[-2::-1]:
        hasil = simpul(kiri, hasil)
    return hasil


def bagian(awal: int, akhir: int) -> Iterator[tuple[int, int]]:
    """Yield (tingkat, letak) of the complete subtrees that cover the leaves from ``awal`` to before ``akhir``, left to right.

    ``awal`` is a multiple of the largest power of two that fits in between.
    """
    while awal < akhir:
        tingkat = (akhir - awal).bit_length() - 1
        yield tingkat, awal >> tingkat
        awal += 1 << tingkat


def akar(ukuran: int, baca: Pembaca) -> bytes:
    """Return the root of the tree of the first ``ukuran`` leaves."""
    return _akar(0, ukuran, baca) if ukuran else KOSONG


def _akar(awal: int, akhir: int, baca: Pembaca) -> bytes:
    return gabung([baca(tingkat, letak) for tingkat, letak in bagian(awal, akhir)])


def cakupan(indeks: int, ukuran: int, baca: Pembaca) -> list[bytes]:
    """Return the path that proves leaf ``indeks`` (from 0) in the tree of ``ukuran`` leaves, from the leaf upwards.

    Raises ValueError for a leaf that is not in it.
    """
    if not 0 <= indeks < ukuran:
        msg = f"leaf {indeks} is not in a tree of {ukuran}"
        raise ValueError(msg)
    jalur: list[bytes] = []
    awal, akhir = 0, ukuran
    while akhir - awal > 1:
        tengah = awal + _belah(akhir - awal)
        if indeks < tengah:
            jalur.append(_akar(tengah, akhir, baca))
            akhir = tengah
        else:
            jalur.append(_akar(awal, tengah, baca))
            awal = tengah
    return jalur[::-1]


def konsistensi(dari: int, ke: int, baca: Pembaca) -> list[bytes]:
    """Return the path that proves the tree of ``dari`` leaves to be the beginning of the tree of ``ke`` leaves.

    Nothing is needed for an empty or an equal tree. Raises ValueError where ``dari`` is the larger.
    """
    if not 0 <= dari <= ke:
        msg = f"a tree of {dari} is no beginning of a tree of {ke}"
        raise ValueError(msg)
    jalur: list[bytes] = []
    awal, akhir = 0, ke
    while dari not in (0, akhir):
        tengah = awal + _belah(akhir - awal)
        if dari <= tengah:
            jalur.append(_akar(tengah, akhir, baca))
            akhir = tengah
        else:
            jalur.append(_akar(awal, tengah, baca))
            awal = tengah
    if awal:
        jalur.append(_akar(awal, akhir, baca))
    return jalur[::-1]


def _belah(banyak: int) -> int:
    """Return how many of these leaves (at least two) stand on the left: the largest power of two that is less."""
    return 1 << ((banyak - 1).bit_length() - 1)


def akar_dari_cakupan(sidik: bytes, indeks: int, ukuran: int, jalur: Sequence[bytes]) -> bytes:
    """Return the root to which a leaf's hash and its path lead; raises BuktiSalah where the path has another length."""
    if not 0 <= indeks < ukuran:
        raise BuktiSalah(f"daun ke-{indeks} tidak ada dalam pohon {ukuran} daun")
    letak, akhir, hasil = indeks, ukuran - 1, sidik
    for lain in jalur:
        if akhir == 0:
            raise BuktiSalah("jalurnya terlalu panjang")
        if letak & 1 or letak == akhir:
            hasil = simpul(lain, hasil)
            letak, akhir = _ke_kanan(letak, akhir)
        else:
            hasil = simpul(hasil, lain)
        letak, akhir = letak >> 1, akhir >> 1
    if akhir:
        raise BuktiSalah("jalurnya terlalu pendek")
    return hasil


def periksa_cakupan(sidik: bytes, indeks: int, ukuran: int, jalur: Sequence[bytes], akar_pohon: bytes) -> None:
    """Raise BuktiSalah unless the path proves the leaf's hash at this place of the tree with this root."""
    if akar_dari_cakupan(sidik, indeks, ukuran, jalur) != akar_pohon:
        raise BuktiSalah("jalurnya menuju akar yang lain")


def periksa_konsistensi(dari: int, akar_dari: bytes, ke: int, akar_ke: bytes, jalur: Sequence[bytes]) -> None:
    """Raise BuktiSalah unless the path proves the first tree to be the beginning of the second."""
    if not 0 <= dari <= ke:
        raise BuktiSalah(f"pohon {dari} daun bukan awal pohon {ke} daun")
    if dari in (0, ke):
        if jalur:
            raise BuktiSalah("jalurnya terlalu panjang")
        if akar_dari != (akar_ke if dari else KOSONG):
            raise BuktiSalah("akarnya berbeda bagi ukuran yang sama")
        return
    lama, baru = _akar_dari_konsistensi(dari, ke, jalur if dari & (dari - 1) else [akar_dari, *jalur])
    if lama != akar_dari:
        raise BuktiSalah("jalurnya menuju akar lama yang lain")
    if baru != akar_ke:
        raise BuktiSalah("jalurnya menuju akar baru yang lain")


def _akar_dari_konsistensi(dari: int, ke: int, jalur: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the roots of the smaller and the larger tree to which a path leads (its first hash is in both)."""
    letak, akhir = dari - 1, ke - 1
    while letak & 1:
        letak, akhir = letak >> 1, akhir >> 1
    if not jalur:
        raise BuktiSalah("jalurnya terlalu pendek")
    lama = baru = jalur[0]
    for lain in jalur[1:]:
        if akhir == 0:
            raise BuktiSalah("jalurnya terlalu panjang")
        if letak & 1 or letak == akhir:
            lama, baru = simpul(lain, lama), simpul(lain, baru)
            letak, akhir = _ke_kanan(letak, akhir)
        else:
            baru = simpul(baru, lain)
        letak, akhir = letak >> 1, akhir >> 1
    if akhir:
        raise BuktiSalah("jalurnya terlalu pendek")
    return lama, baru


def _ke_kanan(letak: int, akhir: int) -> tuple[int, int]:
    """Skip the levels at which the last node has no neighbour: it rises there unchanged."""
    while letak and not letak & 1:
        letak, akhir = letak >> 1, akhir >> 1
    return letak, akhir


class Pembangun:
    """The tree of leaves that come one after another, in the memory of one block per kept level.

    ``ukuran`` is how many leaves came.
    """

    def __init__(self) -> None:
        """Begin with no leaf."""
        self.ukuran = 0
        self._tunggu: list[list[bytes]] = [[]]

    def tambah(self, daun: Sequence[bytes]) -> list[Simpul]:
        """Take the hashes of the next leaves; return the kept nodes that they complete."""
        jadi: list[Simpul] = []
        awal = 0
        while awal < len(daun):
            muat = daun[awal : awal + KIPAS - len(self._tunggu[0])]
            self._tunggu[0] += muat
            awal += len(muat)
            self.ukuran += len(muat)
            jadi += self._penuhi()
        return jadi

    def _penuhi(self) -> Iterator[Simpul]:
        """Fold every block that is full into one hash of the kept level above."""
        ke = 0
        while len(self._tunggu[ke]) == KIPAS:
            sidik = gabung(puncak(self._tunggu[ke]))
            self._tunggu[ke].clear()
            ke += 1
            if ke == len(self._tunggu):
                self._tunggu.append([])
            self._tunggu[ke].append(sidik)
            yield TINGGI * ke, (self.ukuran >> TINGGI * ke) - 1, sidik

    def akar(self) -> bytes:
        """Return the root of the leaves so far."""
        semua = [satu for blok in reversed(self._tunggu) for satu in puncak(blok)]
        return gabung(semua) if semua else KOSONG
