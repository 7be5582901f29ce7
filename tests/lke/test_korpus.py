"""What LibreOffice made of the ministry's workbook, recorded by scripts/lke_libreoffice.py: the model and the scores still agree.

The corpus holds answers and figures only. The sheet around them is put together from the layout.
"""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.lke.buku import ganti, instrumen, lembar, mentah, tata
from zi_workflow.domain.cells import Lembar, Sel
from zi_workflow.domain.instrument import JUMLAH
from zi_workflow.domain.reconcile import TOLERANSI, Rekonsiliasi, cocokkan
from zi_workflow.domain.scoring import Skor, nilai

BERKAS = Path(__file__).parent / "korpus_libreoffice.jsonl"
TERDAFTAR = frozenset(
    {"kosong", "tanpa_jawaban", "indeks_kosong", "pembagi_nol", "sebagian", "skala", "kelompok", "wajib_diketik", "perlu_lebih", "turunan"}
)


def _baris() -> list[str]:
    return BERKAS.read_text(encoding="utf-8").splitlines()


def _jawaban(kepala: dict[str, Any], isi: dict[str, Any]) -> dict[str, str | int]:
    pasang = zip(kepala["soal"], isi["jawaban"].split("|"), strict=True)
    return {s: int(j) if instrumen().soal[s].skala.jenis == JUMLAH else j for s, j in pasang if j}


def _lembar(kepala: dict[str, Any], isi: dict[str, Any]) -> Lembar:
    """Put the sheet together as it ships, with the figures that were recorded; what repeats a component on top was not."""
    diketik = None if isi["diketik"] is None else Decimal(isi["diketik"])
    ketik = mentah(_jawaban(kepala, isi), diketik=diketik) | {"L4": None, "L200": None}
    pasang = zip(kepala["baris"], isi["nilai"].split("|"), strict=True)
    return ganti(lembar(ketik, hitung=False), **{f"L{b}": _sel(nilai_, str(ketik[f"L{b}"])[1:]) for b, nilai_ in pasang})


def _sel(teks: str, rumus: str) -> Sel:
    galat = teks.startswith("#")
    return Sel(teks if galat else Decimal(teks) if teks else None, rumus, galat)


def test_korpus_memuat_paling_sedikit_200_kumpulan() -> None:
    """At least 200 sets, complete and incomplete ones among them."""
    kepala, *semua = (json.loads(b) for b in _baris())
    assert len(semua) >= 200
    terisi = [len(_jawaban(kepala, isi)) for isi in semua]
    assert min(terisi) == 0
    assert max(terisi) == len(kepala["soal"]) == 127


@pytest.mark.parametrize("bagian", range(8))
def test_angka_libreoffice_sama_dengan_model_dan_selisihnya_bernama(bagian: int) -> None:
    """Each recorded figure is what the model gives; where it is not our provisional one, a listed fault of the workbook is named."""
    kepala, *semua = (json.loads(b) for b in _baris())
    for isi in semua[bagian::8]:
        skor = nilai(instrumen(), _jawaban(kepala, isi), {})
        hasil = cocokkan(_lembar(kepala, isi), tata(), instrumen(), skor, {})
        assert hasil.dihitung
        assert hasil.sama + len(hasil.selisih) == len(kepala["baris"])
        for satu in hasil.selisih:
            kode = {a.kode for a in satu.alasan}
            assert kode <= TERDAFTAR, (satu.sel, satu.alasan)
            assert kode - {"kosong"} or (isinstance(satu.buku, Fraction) and _dekat(satu.buku, satu.sementara)), satu


def test_tanpa_cacat_lain_angkanya_sementara() -> None:
    """Where nothing but unanswered cells stands in the way, the workbook's areas and totals are our provisional figures."""
    kepala, *semua = (json.loads(b) for b in _baris())
    bandingan = 0
    for isi in semua:
        skor: Skor = nilai(instrumen(), _jawaban(kepala, isi), {})
        hasil: Rekonsiliasi = cocokkan(_lembar(kepala, isi), tata(), instrumen(), skor, {})
        cacat = {s.sel for s in hasil.selisih if {a.kode for a in s.alasan} - {"kosong"}}
        tersimpan = dict(zip(kepala["baris"], isi["nilai"].split("|"), strict=True))
        for nama, baris in tata().indikator.items():
            sementara = skor.indikator[nama].sementara
            if f"L{baris}" not in cacat and sementara is not None:
                assert _dekat(Fraction(tersimpan[baris]), sementara), (nama, tersimpan[baris])
                bandingan += 1
    assert bandingan > 5000


def _dekat(satu: Fraction, dua: Fraction | None) -> bool:
    return dua is not None and abs(satu - dua) <= TOLERANSI
