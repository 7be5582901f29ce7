"""Single flipped bits of the SQLite file, anywhere in it: each is found, or has left rows, indexes and schema as they were."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from projections import SEMUA
from tests.verifikasi.alat import Jam, berkas_sqlite
from zi_workflow.store import Store, buka
from zi_workflow.store.evidence import GudangBerkas
from zi_workflow.verify import BAGIAN, Hasil, verifikasi

BANYAK = 1000
BENIH = 2026
_INDEKS = "SELECT m.tbl_name, m.name, group_concat(i.name) FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.type = 'index'"


def isi(berkas: Path) -> list[Any]:
    """Return everything that a database holds, by SQLite alone: schema, every row with its types, every index in its own order."""
    with closing(sqlite3.connect(berkas)) as koneksi:
        koneksi.text_factory = bytes
        hasil: list[Any] = [koneksi.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()]
        for nama in [b[0].decode() for b in koneksi.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]:
            kolom = [b[1].decode() for b in koneksi.execute(f"PRAGMA table_info({nama})")]
            semua = ", ".join(f"{k}, typeof({k})" for k in kolom)
            hasil.append(koneksi.execute(f"SELECT {semua} FROM {nama} NOT INDEXED ORDER BY {', '.join(kolom)}").fetchall())  # noqa: S608 - own names
        for tabel, nama, kolom in koneksi.execute(f"{_INDEKS} GROUP BY m.name ORDER BY m.name").fetchall():
            apa = kolom.decode()
            hasil.append(koneksi.execute(f"SELECT {apa} FROM {tabel.decode()} INDEXED BY '{nama.decode()}' ORDER BY {apa}").fetchall())  # noqa: S608 - own names
        return hasil


def _sama(berkas: Path, asli: list[Any]) -> bool:
    try:
        return isi(berkas) == asli
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _terbalik(asli: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield copies with one bit the other way: half of them anywhere, half where the file says something about itself."""
    acak = random.Random(BENIH)  # noqa: S311 - a seeded choice
    for ke in range(BANYAK):
        letak = acak.randrange(len(asli) * 8) if ke % 10 else acak.randrange(4096 * 8)
        salinan = bytearray(asli)
        salinan[letak // 8] ^= 1 << letak % 8
        yield letak, bytes(salinan)


def _periksa(store: Store, folder: Path) -> Hasil:
    """Verify part by part, the quick ones first, until something is found."""
    for bagian in BAGIAN:
        hasil = verifikasi(store, GudangBerkas(folder), folder, hanya=[bagian])
        if not hasil.utuh:
            break
    store.tutup()
    return hasil


def test_harus_setiap_bit_yang_terbalik_ditemukan_atau_tidak_berarti(tmp_path: Path) -> None:
    """1,000 flips: none that changed anything passes, and none ends in anything but an answer.

    Of those that changed nothing, for which both answers are right, only some are verified.
    """
    berkas = tmp_path / "zi.db"
    berkas.write_bytes(berkas_sqlite(70))
    asli = berkas.read_bytes()
    semula = isi(berkas)
    store = buka(f"sqlite:///{berkas}", jam=Jam(), pencatat="pemeriksa", proyeksi=SEMUA)
    assert _periksa(store, tmp_path / "bukti").utuh
    ditemukan, lolos = 0, []
    for ke, (letak, salinan) in enumerate(_terbalik(asli)):
        for sisa in tmp_path.glob("zi.db-*"):
            sisa.unlink()
        berkas.write_bytes(salinan)
        sama = _sama(berkas, semula)
        if sama and ke % 20:
            continue
        berkas.write_bytes(salinan)
        if not _periksa(store, tmp_path / "bukti").utuh:
            ditemukan += 1
        elif not sama:
            lolos.append(letak)
    assert lolos == []
    assert ditemukan > BANYAK // 10
