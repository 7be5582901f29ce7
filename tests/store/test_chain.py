"""The chain: recomputed from the rows, it finds any change."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.store.bahan import CONTOH, UNIT, naskah, tambah
from zi_workflow.store import Kunci, Store
from zi_workflow.store.chain import KOLOM, pangkal, periksa_aliran, rantai
from zi_workflow.store.schema import peristiwa

AMPLOP: dict[str, Any] = dict.fromkeys(KOLOM, "x") | {"nomor": 1, "versi": 1, "pokok": None}


def _baris(store: Store, aliran: str = UNIT) -> list[dict[str, Any]]:
    with store.engine.connect() as koneksi:
        perintah = select(peristiwa).where(peristiwa.c.aliran == aliran).order_by(peristiwa.c.versi)
        return [dict(b) for b in koneksi.execute(perintah).mappings()]


def test_templat_rantai_tetap() -> None:
    """The template is a storage format: this value may never change."""
    assert pangkal("binjai/zi/A") == sha256(b"zi/rantai/1\npangkal\nbinjai/zi/A").hexdigest()
    isi = b'{"a":1}'
    teks = ",".join(f'"{k}":"x"' if isinstance(AMPLOP[k], str) else f'"{k}":{"null" if AMPLOP[k] is None else 1}' for k in sorted(KOLOM))
    assert rantai("0" * 64, AMPLOP, isi) == sha256(b"zi/rantai/1\n" + b"0" * 64 + b"\n{" + teks.encode() + b"}\n" + isi).hexdigest()


def test_amplop_kurang_atau_lebih_ditolak() -> None:
    """The envelope has exactly the columns of the template."""
    with pytest.raises(ValueError, match="kunci"):
        rantai("0" * 64, {k: v for k, v in AMPLOP.items() if k != "kunci"}, b"")
    with pytest.raises(ValueError, match="lain"):
        rantai("0" * 64, {**AMPLOP, "lain": 1}, b"")


@given(st.sampled_from(KOLOM), st.text(st.characters(codec="utf-8")), st.binary(max_size=20))
def test_setiap_bagian_mengubah_rantai(kolom: str, nilai: str, isi: bytes) -> None:
    """Another value in any column, or other bytes, give another hash."""
    asal = rantai("0" * 64, AMPLOP, b"{}")
    assert (rantai("0" * 64, {**AMPLOP, kolom: nilai}, b"{}") == asal) == (nilai == AMPLOP[kolom])
    assert (rantai("0" * 64, AMPLOP, isi) == asal) == (isi == b"{}")


def test_rantai_terhitung_ulang_dari_baris(store: Store) -> None:
    """Every stream verifies from its rows, and its head is the last hash."""
    tambah(store, *[naskah(i, p) for i, p in enumerate(CONTOH, start=1)], kunci=Kunci("k", "s"), dibaca={UNIT: 0})
    tambah(store, naskah(1, aliran="binjai/zi/LAIN"), naskah(len(CONTOH) + 1))
    baris = _baris(store)
    assert len(baris) == len(CONTOH) + 1
    assert periksa_aliran(UNIT, baris) == (baris[-1]["rantai"], [])
    assert periksa_aliran("binjai/zi/LAIN", _baris(store, "binjai/zi/LAIN"))[1] == []


def test_satu_bait_yang_berubah_ditemukan(store: Store) -> None:
    """A changed byte, a changed column, a missing and a swapped event are each reported at their place."""
    tambah(store, *[naskah(i, p) for i, p in enumerate(CONTOH, start=1)])
    baris = _baris(store)
    for ke, satu in enumerate(baris):
        isi = bytearray(satu["isi"])
        isi[len(isi) // 2] ^= 1
        rusak = [*baris[:ke], {**satu, "isi": bytes(isi)}, *baris[ke + 1 :]]
        assert [m.nomor for m in periksa_aliran(UNIT, rusak)[1]] == [satu["nomor"]]
    tanggal = [*baris[:3], {**baris[3], "tanggal": "2024-03-02"}, *baris[4:]]
    assert [m.nomor for m in periksa_aliran(UNIT, tanggal)[1]] == [baris[3]["nomor"]]
    assert periksa_aliran(UNIT, baris[1:])[1]
    assert periksa_aliran(UNIT, [*baris[:2], baris[3], baris[2], *baris[4:]])[1]
    assert periksa_aliran("binjai/zi/LAIN", baris)[1]


@pytest.mark.parametrize("ganti", [{"nomor": 2**60}, {"oleh": "\udcff"}, {"tanggal": b"2024-03-01"}, {"isi": None}])
def test_baris_yang_tak_mungkin_ditulis_dilaporkan(store: Store, ganti: dict[str, Any]) -> None:
    """A row with a value that the template cannot hold is reported like any other change; the check goes on."""
    tambah(store, naskah(1), naskah(2))
    satu, dua = _baris(store)
    kepala, masalah = periksa_aliran(UNIT, [{**satu, **ganti}, dua])
    assert [m.apa for m in masalah] == ["rantai tidak cocok dengan isinya"]
    assert kepala == dua["rantai"]
