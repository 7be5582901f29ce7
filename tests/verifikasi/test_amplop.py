"""The canonical envelope that the database puts together is, byte for byte, the one that our encoder writes (RFC 8785)."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from tests.verifikasi.alat import berkas_sqlite, buat, jalankan, nyatakan, pemilik, periksa
from zi_workflow.store.chain import KOLOM
from zi_workflow.store.codec import kanonik
from zi_workflow.store.schema import metadata, peristiwa
from zi_workflow.verify.envelope import halaman

SEMUA = "".join(chr(k) for k in (*range(0x300), 0x2028, 0x2029, 0xFEFF, 0xFFFD, 0xFFFF, 0x1F600, 0x10FFFF))
TEKS = [k for k in KOLOM if k not in {"nomor", "versi"}]


def _baris(nomor: int, teks: str) -> dict[str, object]:
    return {**dict.fromkeys(TEKS, teks), "pokok": None, "nomor": nomor, "versi": nomor, "isi": b"{}", "rantai": "r"}


def test_harus_amplop_basis_data_sama(basis: str) -> None:
    """Every control character, quotes, backslashes, signs that break lines, beyond the basic plane; no value at all."""
    teks = SEMUA if basis.startswith("sqlite") else SEMUA.replace("\0", "")
    mesin = create_engine(basis, isolation_level="AUTOCOMMIT")
    with mesin.connect() as koneksi:
        metadata.create_all(koneksi)
        koneksi.execute(peristiwa.insert(), [_baris(1, teks), _baris(2, ""), _baris(2**53 - 1, 'a"b\\c')])
        ada = [satu for semua in halaman(koneksi) for satu in semua]
    mesin.dispose()
    assert [satu[0] for satu in ada] == [1, 2, 2**53 - 1]
    for satu, isi in zip(ada, (teks, "", 'a"b\\c'), strict=True):
        harap = {k: v for k, v in _baris(satu[0], isi).items() if k in KOLOM}
        assert bytes(satu[4]) == kanonik(harap) == rfc8785.dumps(harap)  # type: ignore[arg-type]  # plain data


@given(st.lists(st.text(max_size=20), min_size=1, max_size=20))
def test_amplop_sqlite_sama_bagi_teks_apa_pun(semua: list[str]) -> None:
    """Any text that can be stored gives the same bytes."""
    mesin = create_engine("sqlite://")
    with mesin.connect() as koneksi:
        peristiwa.create(koneksi)
        koneksi.execute(peristiwa.insert(), [{**_baris(n, t), "aliran": f"{n}"} for n, t in enumerate(semua, start=1)])
        for satu in [baris for halaman_ini in halaman(koneksi) for baris in halaman_ini]:
            harap = {**_baris(satu[0], semua[satu[0] - 1]), "aliran": str(satu[0])}
            assert satu[4] == kanonik({k: harap[k] for k in KOLOM})
    mesin.dispose()


@pytest.mark.parametrize("sisip", ["x'00'", "x'ff'", "x'c080'", "x'eda080'"])
def test_harus_bita_yang_bukan_teks_ditemukan(basis_sqlite: str, sisip: str) -> None:
    """NUL, lone surrogates and broken UTF-8 put into a text column from below are found, not stumbled over."""
    buat(basis_sqlite)
    jalankan(basis_sqlite, f"UPDATE peristiwa SET oleh = CAST(oleh || {sisip} AS TEXT), kunci = CAST({sisip} AS TEXT) WHERE nomor = 20")  # noqa: S608 - own bytes
    hasil = periksa(basis_sqlite)
    assert hasil.masalah[0].nomor == 20, nyatakan(hasil)


def test_halaman_melewati_batasnya(basis_sqlite: str) -> None:
    """A change on the second page of the log is named as exactly as on the first, and the pages around it stay whole."""
    assert len(berkas_sqlite(700)) > 0
    buat(basis_sqlite, 700)
    with pemilik(basis_sqlite) as koneksi:
        koneksi.exec_driver_sql("UPDATE peristiwa SET tanggal = '2020-01-01' WHERE nomor IN (257, 600)")
    hasil = periksa(basis_sqlite, hanya=["log"])
    assert [t.nomor for t in hasil.masalah] == [257, 600], nyatakan(hasil)
    assert hasil.log.jumlah == 700
