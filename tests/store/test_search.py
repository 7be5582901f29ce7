"""Searching the log: each filter alone, together, stable by number, the same on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.store.bahan import CONTOH, naskah, tambah, terbuka
from zi_workflow.domain.events import BuktiDicatat, Peristiwa
from zi_workflow.store import Naskah, Store

_LAIN = "199002022015022002"


@pytest.fixture
def terisi(basis: str) -> Iterator[Store]:
    """Give a store with one event of each example, then a few records of their own."""
    with terbuka(basis) as store:
        tambah(store, *[naskah(i, p) for i, p in enumerate(CONTOH, start=1)])
        lain: list[Peristiwa] = [
            BuktiDicatat("kejadian", {"uraian": "Potongan 100% dari_biaya \\ É"}),
            BuktiDicatat("kejadian", {"uraian": "potongan 1000 dari biaya"}),
        ]
        semua = [naskah(i, p, "binjai/zi/LAIN", tanggal=date(2024, 3, 1 + i), oleh=_LAIN) for i, p in enumerate(lain, start=1)]
        tambah(store, *semua, Naskah("binjai/penolakan/LAIN", 1, CONTOH[7], date(2025, 1, 1), _LAIN, ("PermenPANRB 5/2024 100%",), "x"))
        yield store


@pytest.mark.parametrize(
    ("saringan", "nomor"),
    [
        ({}, list(range(1, 14))),
        ({"unit": "LAIN"}, [11, 12, 13]),
        ({"unit": "lain"}, []),
        ({"oleh": _LAIN}, [11, 12, 13]),
        ({"jenis": "BuktiDicatat"}, [3, 4, 11, 12]),
        ({"jenis": "BuktiDicatat@1"}, [3, 4, 11, 12]),
        ({"jenis": "Bukti%"}, []),
        ({"jenis": "kejadian"}, [11, 12]),
        ({"jenis": "canangkan"}, [5, 6]),
        ({"jenis": "usulkan"}, [8, 13]),
        ({"jenis": "tpi"}, [9, 10]),
        ({"dari": date(2024, 3, 2)}, [11, 12, 13]),
        ({"dari": date(2024, 3, 2), "sampai": date(2024, 3, 2)}, [11]),
        ({"sampai": date(2024, 2, 29)}, []),
        ({"pasal": "PASAL 6 ayat"}, list(range(1, 13))),
        ({"pasal": "permenpanrb 5/2024"}, [13]),
        ({"pasal": "100%"}, [13]),
        ({"pasal": "Pasal_6"}, []),
        ({"teks": "POTONGAN"}, [11, 12]),
        ({"teks": "100%"}, [11]),
        ({"teks": "dari_biaya"}, [11]),
        ({"teks": "biaya \\"}, [11]),
        ({"teks": "é"}, [4, 11]),
        ({"teks": 'Budi "contoh" É'}, [4]),
        ({"teks": "é", "batas": 1, "terbaru": True}, [11]),
        ({"batas": 2}, [1, 2]),
        ({"batas": 2, "terbaru": True}, [13, 12]),
        ({"batas": 2, "setelah_nomor": 7}, [8, 9]),
        ({"setelah_nomor": 13}, []),
        ({"unit": "LAIN", "jenis": "kejadian", "teks": "1000", "oleh": _LAIN, "dari": date(2024, 3, 1)}, [12]),
    ],
)
def test_saringan(terisi: Store, saringan: dict[str, Any], nomor: list[int]) -> None:
    """Every filter finds exactly what it says; wildcards of the database are ordinary characters."""
    assert [a.nomor for a in terisi.telusuri(**saringan)] == nomor


def test_huruf_di_luar_ascii_melewati_banyak_halaman(basis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that is compared outside the database reads on page by page, in both directions."""
    monkeypatch.setattr("zi_workflow.store.search._HALAMAN", 3)
    with terbuka(basis) as store:
        tambah(store, *[naskah(i, BuktiDicatat("kejadian", {"uraian": "É" if i % 4 == 0 else "e"})) for i in range(1, 21)])
        assert [a.nomor for a in store.telusuri(teks="é")] == [4, 8, 12, 16, 20]
        assert [a.nomor for a in store.telusuri(teks="é", terbaru=True, batas=2)] == [20, 16]
