"""Following the log: its rows as stored, each once and in order, from one moment, in constant memory."""

from __future__ import annotations

import tracemalloc
from datetime import date
from typing import Any

import pytest

from tests.store.bahan import CONTOH, naskah, tambah, terbuka
from zi_workflow.domain.events import BuktiDicatat
from zi_workflow.store import Rentang, Store, follow
from zi_workflow.store.statements import SEMUA_KOLOM


def _isi(store: Store, banyak: int, kode: str = "CONTOH", awal: int = 0) -> None:
    peristiwa = BuktiDicatat("kejadian", {"uraian": "u" * 500})
    semua = [
        naskah(awal + i, peristiwa, f"binjai/zi/{kode}", tanggal=date.fromordinal(date(2024, 1, 1).toordinal() + i % 300))
        for i in range(1, banyak + 1)
    ]
    for dari in range(0, banyak, 1000):
        tambah(store, *semua[dari : dari + 1000])


@pytest.fixture(autouse=True)
def halaman_kecil(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn many pages with few rows."""
    monkeypatch.setattr(follow, "HALAMAN", 7)


def test_baris_seperti_tersimpan(store: Store) -> None:
    """Every column comes as it is stored; the content in bytes, the time as text."""
    tambah(store, *[naskah(i, p) for i, p in enumerate(CONTOH, start=1)])
    semua = list(store.alirkan())
    assert [b["nomor"] for b in semua] == list(range(1, len(CONTOH) + 1)) == list(range(1, store.ujung() + 1))
    assert all(tuple(b) == SEMUA_KOLOM for b in semua)
    assert {type(b["isi"]) for b in semua} == {bytes}
    assert all(b["waktu_catat"].endswith("Z") and isinstance(b["dibaca"], str) for b in semua)


@pytest.mark.parametrize(
    ("rentang", "cocok"),
    [
        (Rentang(), lambda _: True),
        (Rentang(unit="LAIN"), lambda b: b["kode"] == "LAIN"),
        (Rentang(unit="tidak ada"), lambda _: False),
        (Rentang(sejak_nomor=20), lambda b: b["nomor"] >= 20),
        (Rentang(sampai_nomor=20), lambda b: b["nomor"] <= 20),
        (Rentang(sampai_nomor=0), lambda _: False),
        (Rentang(sampai_nomor=10**9), lambda _: True),
        (Rentang(dari=date(2024, 1, 9), sampai=date(2024, 1, 20)), lambda b: "2024-01-09" <= b["tanggal"] <= "2024-01-20"),
        (
            Rentang(unit="LAIN", dari=date(2024, 1, 4), sejak_nomor=38, sampai_nomor=50),
            lambda b: b["kode"] == "LAIN" and b["tanggal"] >= "2024-01-04" and 38 <= b["nomor"] <= 50,
        ),
    ],
)
def test_rentang(store: Store, rentang: Rentang, cocok: Any) -> None:  # noqa: ANN401 - a predicate over rows
    """Each limit, and all together, leave exactly what a filter over the whole log leaves."""
    _isi(store, 30)
    _isi(store, 25, "LAIN")
    harap = [b["nomor"] for b in store.alirkan() if cocok(b)]
    assert [b["nomor"] for b in store.alirkan(rentang)] == harap
    assert rentang.awalan is (rentang in {Rentang(), Rentang(sampai_nomor=20), Rentang(sampai_nomor=0), Rentang(sampai_nomor=10**9)})


def test_satu_saat(store: Store) -> None:
    """What is appended while somebody reads does not appear; a new reading sees it."""
    _isi(store, 20)
    aliran = store.alirkan()
    awal = [next(aliran)["nomor"] for _ in range(3)]
    _isi(store, 20, awal=20)
    assert awal + [b["nomor"] for b in aliran] == list(range(1, 21))
    assert len(list(store.alirkan())) == 40


def test_kosong(store: Store) -> None:
    """An empty log gives nothing."""
    assert list(store.alirkan()) == []
    assert store.ujung() == 0


def _puncak(store: Store, sampai: int) -> int:
    """Return the most memory that is held while so many rows go by."""
    tracemalloc.start()
    try:
        assert sum(1 for _ in store.alirkan(Rentang(sampai_nomor=sampai))) == sampai
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_harus_ingatan_tetap(basis_sqlite: str) -> None:
    """Ten times as many events need no more memory: the difference is far below what a tenth of them weighs."""
    with terbuka(basis_sqlite) as store:
        _isi(store, 3000)
        _puncak(store, 300)
        sedikit, banyak = _puncak(store, 300), _puncak(store, 3000)
    assert banyak - sedikit < 100_000 < 270 * 500
