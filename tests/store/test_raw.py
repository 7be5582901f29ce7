"""Events as they are stored, for those who check the chain from outside."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from tests.store.bahan import CONTOH, FAKTA, UNIT, naskah, tambah, terbuka
from zi_workflow.domain.errors import IntegritasRusak
from zi_workflow.store import Kunci, Store, raw, schema
from zi_workflow.store.chain import KOLOM, pangkal


@pytest.fixture
def terisi(store: Store) -> Store:
    """Give a store with events of two streams, one of them with a key."""
    tambah(store, naskah(1, aliran=FAKTA))
    tambah(store, *[naskah(i, p) for i, p in enumerate(CONTOH, 1)], dibaca={FAKTA: 1}, kunci=Kunci("kunci-1", "s"))
    return store


def test_baris_mentah(terisi: Store) -> None:
    """Each line is one event in order of number, its columns exactly as they are stored, on either engine."""
    semua = [json.loads(b) for b in terisi.baca(lambda k: list(raw.baris_mentah(k, 9)))]
    assert [b["nomor"] for b in semua] == list(range(1, 10))
    assert all(list(b) == [*KOLOM, "isi", "rantai"] for b in semua)
    assert (semua[0]["kunci"], semua[1]["kunci"], semua[1]["dibaca"]) == (None, "kunci-1", f'{{"{FAKTA}":1}}')
    for satu in semua:
        amplop = terisi.lihat(satu["nomor"])
        assert amplop is not None
        assert (json.loads(satu["isi"]), satu["rantai"], satu["aliran"]) == (amplop.isi, amplop.rantai, amplop.aliran)


def test_bahan_rantai(terisi: Store) -> None:
    """What a hash is made from begins with the hash before it, or with the stream's own."""
    bahan = [terisi.baca(lambda k, n=n: raw.bahan_peristiwa(k, n)) for n in range(1, len(CONTOH) + 2)]  # type: ignore[misc]
    assert bahan[-1] is not None
    rantai = [a.rantai for a in terisi.telusuri()]
    assert [sha256(b or b"").hexdigest() for b in bahan] == rantai
    sebelum = [(b or b"").split(b"\n")[1].decode() for b in bahan]
    assert sebelum == [pangkal(FAKTA), pangkal(UNIT), *rantai[1:-1]]
    assert terisi.baca(lambda k: raw.bahan_peristiwa(k, len(CONTOH) + 2)) is None


@pytest.mark.parametrize("perintah", ["UPDATE peristiwa SET isi = X'ff' WHERE nomor = 3", "UPDATE peristiwa SET oleh = '' WHERE nomor = 3"])
def test_yang_berbeda_tidak_diberikan(basis_sqlite: str, perintah: str) -> None:
    """Content that is no text, or not what its hash says, is told with its number."""
    with terbuka(basis_sqlite) as store:
        tambah(store, *[naskah(i) for i in (1, 2, 3)])
        with store.engine.connect() as koneksi:
            for nama in schema.pemicu("sqlite"):
                koneksi.exec_driver_sql(f"DROP TRIGGER {nama}")
            koneksi.exec_driver_sql(perintah)
        with pytest.raises(IntegritasRusak, match="nomor 3"):
            store.baca(lambda k: raw.bahan_peristiwa(k, 3))
        if "isi" in perintah:
            with pytest.raises(IntegritasRusak, match="nomor 3"):
                store.baca(lambda k: list(raw.baris_mentah(k, 3)))
