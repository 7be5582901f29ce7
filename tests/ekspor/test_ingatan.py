"""Exports of any length pass through the same memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from zoneinfo import ZoneInfo

import pytest

from tests.ekspor.alat import baris
from zi_workflow.export.cloudevents import cloudevents
from zi_workflow.export.content import Baris
from zi_workflow.export.ocel import ocel
from zi_workflow.export.tabular import csv

WIB = ZoneInfo("Asia/Jakarta")
Bentuk = Callable[[Iterable[Baris]], Iterator[bytes]]
BENTUK: dict[str, Bentuk] = {"csv": csv, "cloudevents": lambda b: cloudevents(b, WIB), "ocel": lambda b: ocel(b, WIB)}


def _log(banyak: int) -> Iterator[Baris]:
    """Yield moves of ten units, two kilobytes each."""
    for i in range(1, banyak + 1):
        hasil = {"tahap": f"tahap {i % 5}", "sejak": "2026-05-20"}
        isi: dict[str, object] = {"langkah": "x", "dari": "a", "ke": "b", "hasil": hasil, "isi": {"catatan": "c" * 2000}}
        yield baris(i, "LangkahDiambil", isi, kode=f"U{i % 10}", pokok="x")


def _puncak(bentuk: Bentuk, banyak: int) -> int:
    tracemalloc.start()
    try:
        ukuran = sum(len(potong) for potong in bentuk(_log(banyak)))
        puncak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert ukuran > banyak * 500
    return puncak


@pytest.mark.parametrize("nama", BENTUK)
def test_harus_ingatan_tetap(nama: str) -> None:
    """Ten times as many events need a few hundred bytes more for each (what a move is undone to), far less than they weigh."""
    bentuk = BENTUK[nama]
    _puncak(bentuk, 10)
    tambahan = _puncak(bentuk, 2000) - _puncak(bentuk, 200)
    assert tambahan < 1800 * 500 < 1800 * len(json.dumps({"catatan": "c" * 2000})) // 4
