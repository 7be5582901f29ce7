"""The Merkle tree against its definition in RFC 6962 §2.1, written down naively; proofs that hold, and none that should not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.domain import merkle
from zi_workflow.domain.merkle import BuktiSalah

KECIL = range(71)
BESAR = (255, 256, 257, 511, 513, 1000, 65535, 65536, 65537, 70001)


@cache
def _isi(banyak: int) -> tuple[bytes, ...]:
    return tuple(sha256(b"isi %d" % i).digest() for i in range(banyak))


def _belah(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


@cache
def _akar(awal: int, akhir: int) -> bytes:
    """MTH of RFC 6962 over the leaves from ``awal`` to before ``akhir``."""
    if akhir == awal:
        return sha256(b"").digest()
    if akhir - awal == 1:
        return sha256(b"\0" + _isi(akhir)[awal]).digest()
    tengah = awal + _belah(akhir - awal)
    return sha256(b"\1" + _akar(awal, tengah) + _akar(tengah, akhir)).digest()


def _path(m: int, awal: int, akhir: int) -> list[bytes]:
    if akhir - awal == 1:
        return []
    k = _belah(akhir - awal)
    if m < k:
        return [*_path(m, awal, awal + k), _akar(awal + k, akhir)]
    return [*_path(m - k, awal + k, akhir), _akar(awal, awal + k)]


def _subproof(m: int, awal: int, akhir: int, *, utuh: bool) -> list[bytes]:
    if m == akhir - awal:
        return [] if utuh else [_akar(awal, akhir)]
    k = _belah(akhir - awal)
    if m <= k:
        return [*_subproof(m, awal, awal + k, utuh=utuh), _akar(awal + k, akhir)]
    return [*_subproof(m - k, awal + k, akhir, utuh=False), _akar(awal, awal + k)]


def _baca(tingkat: int, letak: int) -> bytes:
    return _akar(letak << tingkat, (letak + 1) << tingkat)


def _penuh(banyak: int) -> Callable[[int, int], bytes]:
    """Return a reader over all complete subtrees, made level by level."""
    tingkat = [[merkle.daun(isi) for isi in _isi(banyak)]]
    while len(tingkat[-1]) > 1:
        atas = tingkat[-1]
        tingkat.append(merkle.naik(atas[: len(atas) // 2 * 2]))
    return lambda t, letak: tingkat[t][letak]


def test_akar_menurut_rfc() -> None:
    """Roots of every small tree are those of the definition; the empty tree's is the hash of nothing."""
    assert merkle.akar(0, _baca).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [merkle.akar(n, _baca) for n in KECIL] == [_akar(0, n) for n in KECIL]


def test_bukti_cakupan_menurut_rfc() -> None:
    """Every leaf of every small tree has the path of the definition, and the path holds."""
    for ukuran in KECIL:
        for indeks in range(ukuran):
            jalur = merkle.cakupan(indeks, ukuran, _baca)
            assert jalur == _path(indeks, 0, ukuran)
            merkle.periksa_cakupan(merkle.daun(_isi(70)[indeks]), indeks, ukuran, jalur, _akar(0, ukuran))


def test_bukti_konsistensi_menurut_rfc() -> None:
    """Every small tree is proved to be the beginning of every larger one by the path of the definition."""
    for ke in KECIL:
        for dari in range(ke + 1):
            jalur = merkle.konsistensi(dari, ke, _baca)
            assert jalur == (_subproof(dari, 0, ke, utuh=True) if dari else [])
            merkle.periksa_konsistensi(dari, _akar(0, dari), ke, _akar(0, ke), jalur)


@pytest.mark.parametrize("ukuran", BESAR)
def test_pohon_besar(ukuran: int) -> None:
    """Large trees too, with paths no longer than the tree is high."""
    baca = _penuh(ukuran)
    akar = merkle.akar(ukuran, baca)
    for indeks in {0, 1, ukuran // 3, ukuran // 2, ukuran - 2, ukuran - 1}:
        jalur = merkle.cakupan(indeks, ukuran, baca)
        assert len(jalur) <= (ukuran - 1).bit_length()
        merkle.periksa_cakupan(baca(0, indeks), indeks, ukuran, jalur, akar)
    for dari in {1, 2, ukuran // 3, ukuran // 2, ukuran - 1, ukuran}:
        jalur = merkle.konsistensi(dari, ukuran, baca)
        assert len(jalur) <= ukuran.bit_length() + 1
        merkle.periksa_konsistensi(dari, merkle.akar(dari, baca), ukuran, akar, jalur)


def _ubahan(jalur: Sequence[bytes]) -> list[list[bytes]]:
    """Return paths that differ: one hash changed, one gone, one more, two exchanged."""
    lain = bytes(32)
    hasil = [[*jalur[:i], lain, *jalur[i + 1 :]] for i in range(len(jalur))]
    hasil += [[*jalur[:i], *jalur[i + 1 :]] for i in range(len(jalur))]
    hasil += [[*jalur, lain], [lain, *jalur], [*jalur, *jalur, lain]]
    return hasil + [[*jalur[:i], jalur[i + 1], jalur[i], *jalur[i + 2 :]] for i in range(len(jalur) - 1)]


def test_bukti_cakupan_palsu_ditolak() -> None:
    """No other path, place, size, leaf or root passes."""
    for ukuran in (1, 2, 3, 7, 8, 13, 33):
        akar = _akar(0, ukuran)
        for indeks in range(ukuran):
            sidik, jalur = merkle.daun(_isi(70)[indeks]), merkle.cakupan(indeks, ukuran, _baca)
            for palsu in _ubahan(jalur):
                with pytest.raises(BuktiSalah):
                    merkle.periksa_cakupan(sidik, indeks, ukuran, palsu, akar)
            for lain in [*range(-1, indeks), *range(indeks + 1, ukuran + 2)]:
                with pytest.raises(BuktiSalah):
                    merkle.periksa_cakupan(sidik, lain, ukuran, jalur, akar)
            for sidik_lain, akar_lain in ((bytes(32), akar), (sidik, bytes(32))):
                with pytest.raises(BuktiSalah):
                    merkle.periksa_cakupan(sidik_lain, indeks, ukuran, jalur, akar_lain)


def test_bukti_konsistensi_palsu_ditolak() -> None:
    """No other path, size or root passes."""
    for ke in (1, 2, 3, 7, 8, 13, 33):
        for dari in range(ke + 1):
            lama, baru, jalur = _akar(0, dari), _akar(0, ke), merkle.konsistensi(dari, ke, _baca)
            for palsu in _ubahan(jalur):
                with pytest.raises(BuktiSalah):
                    merkle.periksa_konsistensi(dari, lama, ke, baru, palsu)
            for lama_lain, baru_lain in [(bytes(32), baru), *([(lama, bytes(32))] if dari else [])]:
                with pytest.raises(BuktiSalah):
                    merkle.periksa_konsistensi(dari, lama_lain, ke, baru_lain, jalur)


@pytest.mark.parametrize(("dari", "ke"), [(2, 1), (-1, 1), (1, 0)])
def test_pohon_tidak_menyusut(dari: int, ke: int) -> None:
    """A smaller tree cannot follow a larger one: no proof is made, none is accepted."""
    with pytest.raises(ValueError, match="beginning"):
        merkle.konsistensi(dari, ke, _baca)
    with pytest.raises(BuktiSalah, match="bukan awal"):
        merkle.periksa_konsistensi(dari, merkle.KOSONG, ke, merkle.KOSONG, [])


def test_bukti_konsistensi_kosong_ditolak() -> None:
    """A proof without a hash proves nothing between two trees that differ."""
    with pytest.raises(BuktiSalah, match="terlalu pendek"):
        merkle.periksa_konsistensi(3, _akar(0, 3), 5, _akar(0, 5), [])


@pytest.mark.parametrize(("indeks", "ukuran"), [(0, 0), (1, 1), (-1, 5), (5, 5)])
def test_daun_di_luar_pohon(indeks: int, ukuran: int) -> None:
    """A leaf outside the tree has no proof."""
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.cakupan(indeks, ukuran, _baca)


@given(st.lists(st.integers(1, 700), max_size=8))
def test_pembangun_sama_dengan_rfc(potongan: list[int]) -> None:
    """Leaves that come in pieces of any size give the same root, and each kept node once, in order."""
    pohon, jadi = merkle.Pembangun(), []
    baca = _penuh(sum(potongan))
    semua = [merkle.daun(isi) for isi in _isi(sum(potongan))]
    for banyak in potongan:
        jadi += pohon.tambah(semua[pohon.ukuran : pohon.ukuran + banyak])
        assert pohon.akar() == merkle.akar(pohon.ukuran, baca)
    assert jadi == [(8, i, baca(8, i)) for i in range(sum(potongan) >> 8)]


def test_pembangun_naik_dua_tingkat() -> None:
    """The kept node of 65,536 leaves comes right after the last one under it."""
    pohon, baca = merkle.Pembangun(), _penuh(65537)
    assert pohon.akar() == merkle.KOSONG
    jadi = pohon.tambah([merkle.daun(isi) for isi in _isi(65537)])
    assert jadi == [*[(8, i, baca(8, i)) for i in range(256)], (16, 0, baca(16, 0))]
    assert pohon.akar() == merkle.akar(65537, baca)
