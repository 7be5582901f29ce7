"""PostgreSQL stopped hard under its writers: they hear exit 8 or 9, and after the restart nothing acknowledged is missing."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alat.dunia import KEPALA, UNIT_UJI
from tests.alat.peladen import peladen_sendiri
from tests.alat.postgres import Peladen
from tests.kesalahan.alat import (
    Penulis,
    banyak_menunggu,
    giliran_dipegang,
    periksa_penuh,
    selesai,
    siapkan,
    terbuka,
    tiga_baris,
    tunggu_sampai,
    zi,
)


@pytest.fixture
def peladen() -> Iterator[Peladen]:
    """Give a server of its own with full durability, running."""
    with peladen_sendiri() as satu:
        yield satu


def test_peladen_dihentikan_paksa(peladen: Peladen, tmp_path: Path) -> None:
    """Stopped at once under eight writers, twice; each ends with 8 or 9, all that was acknowledged is there, and writing goes on."""
    siapkan(peladen.url)
    penulis = Penulis(peladen.url, tmp_path)
    try:
        for _ in range(2):
            sebelum = len(penulis.diakui())
            pid = [penulis.mulai(c) for c in ("satu", "batch") * 4]
            assert tunggu_sampai(lambda sebelum=sebelum: len(penulis.diakui()) >= sebelum + 20)  # type: ignore[misc]
            peladen.hentikan(signal.SIGQUIT)
            assert [penulis.tunggu(p) for p in pid] == [0] * 8
            peladen.mulai()
            with terbuka(peladen.url) as store:
                periksa_penuh(store, penulis.diakui())
        kode = [k for k, _ in penulis.galat()]
        assert len(kode) == 16
        assert set(kode) <= {8, 9}
    finally:
        penulis.tutup()


def test_zi_selagi_peladen_mati(peladen: Peladen, tmp_path: Path) -> None:
    """``zi`` waiting for its turn when the server dies, and ``zi`` without a server: 8 or 9 in three lines, soon; later it goes on."""
    siapkan(peladen.url)
    maju = ("maju", "canangkan", UNIT_UJI, "--tanggal", "2024-03-11", "--oleh", KEPALA, "--kunci", "k-1")
    with terbuka(peladen.url) as store:
        with giliran_dipegang(store):
            proses = zi(tmp_path, *maju, basis=peladen.url)
            assert tunggu_sampai(lambda: banyak_menunggu(store, [proses]) == 1)
            peladen.hentikan(signal.SIGQUIT)
        kode, keluar, galat = selesai(proses)
    assert (kode in {8, 9}, keluar) == (True, "")
    tiga_baris(galat)
    mulai = time.monotonic()
    kode, keluar, galat = selesai(zi(tmp_path, *maju, basis=peladen.url))
    assert (kode, keluar) == (8, "")
    tiga_baris(galat)
    assert time.monotonic() - mulai < 15
    peladen.mulai()
    assert [selesai(zi(tmp_path, *maju, basis=peladen.url))[0] for _ in range(2)] == [0, 0]
    with terbuka(peladen.url) as store:
        periksa_penuh(store, {})
