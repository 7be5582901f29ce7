"""Searching the log: each filter alone, together, stable by number, the same on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.store.bahan import CONTOH, OLEH, naskah, tambah, terbuka
from zi_workflow.domain.events import BerkasTerkait, BuktiDicatat, Peristiwa
from zi_workflow.store import Kunci, Naskah, Store

_LAIN = "199002022015022002"


@pytest.fixture
def terisi(basis: str) -> Iterator[Store]:
    """Give a store with one event of each example, then a few records of their own."""
    with terbuka(basis) as store:
        contoh = [p for p in CONTOH if not isinstance(p, BerkasTerkait)]
        tambah(store, *[naskah(i, p) for i, p in enumerate(contoh[:10], start=1)])
        lain: list[Peristiwa] = [
            BuktiDicatat("kejadian", {"uraian": "Potongan 100% dari_biaya \\ É"}),
            BuktiDicatat("kejadian", {"uraian": "potongan 1000 dari biaya"}),
        ]
        semua = [naskah(i, p, "binjai/zi/LAIN", tanggal=date(2024, 3, 1 + i), oleh=_LAIN) for i, p in enumerate(lain, start=1)]
        tambah(
            store,
            *semua,
            Naskah("binjai/penolakan/LAIN", 1, contoh[7], date(2025, 1, 1), _LAIN, ("PermenPANRB 5/2024 Lampiran II Bab IV",), "x"),
        )
        yield store


KASUS: list[tuple[dict[str, Any], list[int]]] = [
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
    ({"langkah": "canangkan"}, [5, 6]),
    ({"langkah": "usulkan"}, [8, 13]),
    ({"putusan": "diterima"}, [5, 6]),
    ({"putusan": "ditolak"}, [8, 13]),
    ({"putusan": "semua", "unit": "DINAS-CONTOH"}, [5, 6, 8]),
    ({"pencatat": "akun-uji", "batas": 1}, [1]),
    ({"pencatat": "akun"}, []),
    ({"masa": []}, []),
    ({"masa": [(_LAIN, date(2024, 3, 3), None), (OLEH, date(2023, 1, 1), date(2024, 2, 29))]}, [12, 13]),
    ({"dokumen": "1/lhe/2024"}, [3]),
    ({"dokumen": "1/LHE*"}, [3]),
    ({"dokumen": "1/LHE"}, []),
    ({"dokumen": "2/2024"}, [6]),
    ({"dokumen": "800/1/2024"}, [9]),
    ({"pasal": "PASAL 6 ayat"}, list(range(1, 13))),
    ({"pasal": "p6(1)"}, list(range(1, 13))),
    ({"pasal": "6"}, list(range(1, 13))),
    ({"pasal": "Perwali Contoh Pasal 6"}, list(range(1, 13))),
    ({"pasal": "perwali"}, list(range(1, 13))),
    ({"pasal": "Perwali Lain Pasal 6"}, []),
    ({"pasal": "Pasal 60"}, []),
    ({"pasal": "Pasal 6 ayat (1) huruf a"}, []),
    ({"pasal": "permenpanrb 5/2024"}, [13]),
    ({"pasal": "Lampiran"}, [13]),
    ({"pasal": "Lampiran II bab iv"}, [13]),
    ({"pasal": "Pasal_6"}, []),
    ({"teks": "POTONGAN"}, [11, 12]),
    ({"teks": "100%"}, [11]),
    ({"teks": "dari_biaya"}, [11, 12]),
    ({"teks": "bia"}, []),
    ({"teks": "bia*"}, [11, 12]),
    ({"teks": "biaya \\"}, [11, 12]),
    ({"teks": "E\u0301"}, [4, 11]),
    ({"teks": "é"}, [4, 11]),
    ({"teks": 'Budi "contoh" É'}, [4]),
    ({"kunci": "tak-ada"}, []),
    ({"teks": "é", "batas": 1, "terbaru": True}, [11]),
    ({"batas": 2}, [1, 2]),
    ({"batas": 2, "terbaru": True}, [13, 12]),
    ({"batas": 2, "setelah_nomor": 7}, [8, 9]),
    ({"setelah_nomor": 13}, []),
    ({"sebelum_nomor": 4, "batas": 2, "terbaru": True}, [3, 2]),
    ({"setelah_nomor": 3, "sebelum_nomor": 6}, [4, 5]),
    ({"sebelum_nomor": 1}, []),
    ({"unit": "LAIN", "jenis": "kejadian", "teks": "1000", "oleh": _LAIN, "dari": date(2024, 3, 1)}, [12]),
]
"""Filters, and the numbers of the events that they find."""


def test_saringan(terisi: Store) -> None:
    """Every filter finds exactly what it says; wildcards of the database are ordinary characters. No segment is complete yet."""
    for saringan, nomor in KASUS:
        assert [a.nomor for a in terisi.telusuri(**saringan)] == nomor, saringan


def test_kunci_dan_waktu_catat(basis: str) -> None:
    """A key finds the events of its own request; times of recording are instants, both included."""
    with terbuka(basis) as store:
        tambah(store, naskah(1))
        dua = tambah(store, naskah(2), naskah(3), kunci=Kunci("k-1", "s"))
        tambah(store, naskah(4))
        assert [a.nomor for a in store.telusuri(kunci="k-1")] == [2, 3]
        assert [a.nomor for a in store.telusuri(kunci="k-1", terbaru=True, batas=1)] == [3]
        saat = dua[0].waktu_catat
        assert [a.nomor for a in store.telusuri(dicatat_dari=saat)] == [2, 3, 4]
        assert [a.nomor for a in store.telusuri(dicatat_sampai=saat)] == [1, 2, 3]
        assert [a.nomor for a in store.telusuri(dicatat_dari=saat, dicatat_sampai=saat, oleh=OLEH)] == [2, 3]
        assert store.telusuri(dicatat_dari=saat + timedelta(days=1)) == []
        assert store.telusuri(dicatat_sampai=saat - timedelta(days=1)) == []
