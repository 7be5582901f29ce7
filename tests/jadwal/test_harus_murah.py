"""A sweep costs what is due and not what exists: counted in files read and in statements, never in seconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event

from tests.alat.dunia import ADMIN
from tests.jadwal.alat import HARI_UJI, Jam, Register, nama, siapkan, terbuka
from zi_workflow.domain.commands import Catat
from zi_workflow.store import Store
from zi_workflow.sweep import HasilSapuan

FAKTA = ["binjai/instansi/fakta", "binjai/instansi/pejabat"]

_INDEKS = re.compile(r"\b(indeks|ruas)\b|^SELECT peristiwa\.nomor, peristiwa\.kode,")


@dataclass
class Hitung:
    """What was asked of a store: streams loaded, statements through SQLAlchemy, and rows that they returned."""

    aliran: list[str] = field(default_factory=list)
    sql: list[str] = field(default_factory=list)


def _terhitung(register: Register, monkeypatch: pytest.MonkeyPatch) -> Hitung:
    hitung, satu, banyak = Hitung(), Store.muat, Store.muat_banyak

    def muat(ini: Store, aliran: str, setelah: int = 0) -> Any:  # noqa: ANN401 - handed on
        hitung.aliran.append(aliran)
        return satu(ini, aliran, setelah)

    def muat_banyak(ini: Store, aliran: Sequence[str]) -> Any:  # noqa: ANN401 - handed on
        hitung.aliran += aliran
        return banyak(ini, aliran)

    monkeypatch.setattr(Store, "muat", muat)
    monkeypatch.setattr(Store, "muat_banyak", muat_banyak)
    event.listen(register.store.engine, "before_cursor_execute", lambda *a: hitung.sql.append(a[2]))
    return hitung


def _sapu(register: Register, hitung: Hitung) -> tuple[HasilSapuan, list[str], int]:
    """Sweep; return what came of it, the streams read and how many statements were sent.

    What every 64th append does for the index of the search is not the sweep's, and falls where it falls.
    """
    hitung.aliran.clear()
    hitung.sql.clear()
    hasil = register.sapu()
    return hasil, list(hitung.aliran), sum(not _INDEKS.search(satu) for satu in hitung.sql)


@pytest.mark.parametrize("jatuh", [0, 1, 30])
def test_harus_membaca_hanya_yang_jatuh(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, jatuh: int) -> None:
    """With so many units due a sweep loads exactly their files and the shared facts; its statements are as many of 40 as of 400."""
    ongkos = []
    for banyak in (40, 400):
        url = f"sqlite:///{tmp_path_factory.mktemp('murah') / 'zi.db'}"
        siapkan(url, banyak)
        with terbuka(url, Jam()) as register:
            register.sapu()
            kode = [nama(banyak - 1 - i) for i in range(jatuh)]
            register.jalankan([Catat("pemantauan", k, {"hasil": "berjalan"}, HARI_UJI, ADMIN) for k in kode])
            with monkeypatch.context() as tambalan:
                hasil, aliran, pernyataan = _sapu(register, _terhitung(register, tambalan))
        assert hasil.unit == jatuh
        assert sorted(a for a in aliran if a not in FAKTA) == sorted(f"binjai/zi/{k}" for k in kode)
        assert aliran.count(FAKTA[0]) == aliran.count(FAKTA[1]) == (2 if jatuh else 1)
        ongkos.append(pernyataan)
    assert ongkos[0] == ongkos[1]


def test_harus_memakai_indeks(basis: str, jam: Jam, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is found by the index of the schedule on either engine, never by reading all of it."""
    siapkan(basis, 300)
    with terbuka(basis, jam) as register:
        register.sapu()
        hitung = _terhitung(register, monkeypatch)
        perintah: list[tuple[str, Any]] = []
        event.listen(register.store.engine, "before_cursor_execute", lambda *a: perintah.append((a[2], a[3])))
        assert register.sapu().unit == 0
        cari = [(sql, nilai) for sql, nilai in perintah if "FROM jadwal" in sql]
        assert len(cari) == 3
        with register.store.engine.connect() as koneksi:
            pg = register.store.engine.dialect.name == "postgresql"
            if pg:
                koneksi.exec_driver_sql("ANALYZE jadwal")
            for sql, nilai in cari:
                rencana = [str(b) for b in koneksi.exec_driver_sql(("EXPLAIN " if pg else "EXPLAIN QUERY PLAN ") + sql, nilai)]
                assert any("jadwal_berikut" in b for b in rencana), rencana
                assert not any("Seq Scan" in b or b.startswith("SCAN") for b in rencana), rencana
        assert hitung.aliran == FAKTA
