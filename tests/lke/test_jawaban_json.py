"""Answers as JSON in the form that PortalRB pulls: read for one assessor, every bad entry named, the same file the same answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.lke.buku import instrumen, jawaban_apa_saja
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.recognition import JSON, Terbaca
from zi_workflow.loader.jawaban import baca_jawaban_json


def _isi(*answers: object, **lain: object) -> str:
    return json.dumps({"unit_id": "DISPORA", "nama_unit": "Dinas Pemuda", "tahun": 2026, "answers": list(answers), **lain})


def _satu(soal: object, jawaban: object, **lain: object) -> dict[str, object]:
    return {"soal_id": soal, "jawaban_unit": jawaban, **lain}


def _baca(teks: str, penilai: str = "unit") -> tuple[Terbaca, dict[str, str]]:
    return baca_jawaban_json(teks, "jawaban.json", instrumen(), penilai)


def _salah(teks: str, penilai: str = "unit") -> MasukanSalah:
    with pytest.raises(MasukanSalah) as salah:
        _baca(teks, penilai)
    return salah.value


def test_dua_penilai_dalam_satu_berkas() -> None:
    """The file holds both assessors; each gets the own answers and notes, null and blank being unanswered."""
    teks = _isi(
        _satu(1, "Ya", jawaban_tpi="Tidak", catatan_unit=" Sudah ", catatan_tpi="Belum", bukti_dukung_unit="https://contoh.test/1"),
        _satu(2, "b", jawaban_tpi=None, catatan_unit=None, bukti_dukung_unit="  "),
        _satu(88, 12),
        _satu("125", 3.60, jawaban_tpi="3.6"),
        _satu(9, None),
        _satu(10, "  "),
    )
    terbaca, tanda = _baca(teks)
    assert tanda == {"unit": "DISPORA", "tahun": "2026"}
    assert (terbaca.bentuk, terbaca.lembar) == (JSON, None)
    assert terbaca.peta == {
        "jawaban": {"1": "Ya", "2": "B", "88": 12, "125": "3.6"},
        "catatan": {"1": "Sudah"},
        "bukti_dukung": {"1": "https://contoh.test/1"},
    }
    assert _baca(teks, "tpi")[0].peta == {"jawaban": {"1": "Tidak", "125": "3.6"}, "catatan": {"1": "Belum"}}


@given(jawaban_apa_saja())
@settings(max_examples=30)
def test_jawaban_sah_kembali(jawaban: dict[str, Any]) -> None:
    """Whatever is answered, as text or as numbers, comes back as a record keeps it."""
    assert _baca(_isi(*(_satu(int(s), n) for s, n in jawaban.items())))[0].peta["jawaban"] == jawaban
    assert _baca(_isi(*(_satu(s, str(n)) for s, n in jawaban.items())))[0].peta["jawaban"] == jawaban


@pytest.mark.parametrize(
    ("butir", "kata"),
    [
        ([_satu(38, "F")], "soal 38: 'F' bukan A/B/C/D"),
        ([_satu(1, "A")], "soal 1: 'A' bukan Ya/Tidak"),
        ([_satu(125, "4.01")], "soal 125: '4.01' bukan indeks 0 sampai 4"),
        ([_satu(125, "3,60")], "soal 125: '3,60' bukan indeks 0 sampai 4"),
        ([_satu(88, "0,5")], "soal 88: '0,5' bukan bilangan bulat 0 sampai 1000000000"),
        ([_satu(88, 1.5)], "soal 88: '1.5' bukan bilangan bulat"),
        ([_satu(88, -1)], "soal 88: '-1' bukan bilangan bulat"),
        ([_satu(88, jawaban=True)], "soal 88: 'ya' bukan bilangan bulat"),
        ([_satu(999, "A")], "soal 999 tidak ada di LKE 2026"),
        ([_satu(999, None)], "soal 999 tidak ada di LKE 2026"),
        ([_satu("01", "Ya")], "soal 01 tidak ada di LKE 2026"),
        ([_satu(1, "Ya"), _satu(1, "Ya")], "soal 1 dua kali"),
        ([_satu(1, "Ya", catatan_unit="…")], "soal 1: belum diisi"),
    ],
)
def test_jawaban_salah_disebut(butir: list[object], kata: str) -> None:
    """Each bad entry is named by its soal_id, with what belongs there."""
    salah = _salah(_isi(*butir))
    assert salah.pesan.startswith("jawaban.json: ")
    assert kata in salah.pesan
    assert "Tidak ada yang ditulis" in salah.lanjut


def test_semua_yang_salah_sekali_jalan() -> None:
    """One refusal names all of them, in the order of the file; what the other assessor says is not looked at."""
    teks = _isi(_satu(38, "F"), _satu(999, "A"), _satu(1, "Ya"), _satu(1, "Mungkin"), _satu(2, "A", jawaban_tpi="salah"))
    assert _salah(teks).pesan == (
        "jawaban.json: soal 38: 'F' bukan A/B/C/D; soal 999 tidak ada di LKE 2026; soal 1 dua kali; soal 1: 'Mungkin' bukan Ya/Tidak"
    )
    assert _salah(_isi(*(_satu(n, "?") for n in range(1, 128)))).pesan.count("soal ") == 127


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        ("{", "bukan JSON yang sah"),
        ("[]", "peta"),
        ('{"unit_id": "A", "tahun": 2026}', "answers"),
        (_isi(lain=1), "lain"),
        (_isi("x"), "answers[0]"),
        (_isi({"soal_id": 1}), "answers[0]"),
        (_isi({**_satu(1, "Ya"), "nilai": 1}), "nilai"),
        (_isi(_satu(1, ["Ya"])), "jawaban_unit"),
        (_isi(_satu(None, "Ya")), "soal_id"),
        (_isi(_satu(1, "Ya", catatan_unit="a\x07")), "karakter kendali"),
        (_isi(_satu(1, "Ya", catatan_unit="x" * 4001)), "catatan_unit"),
        (_isi(tahun=None), "tahun"),
        ('{"unit_id": "A", "tahun": 2026, "answers": [{"soal_id": 1, "jawaban_unit": NaN}]}', "NaN"),
        ('{"unit_id": "A", "unit_id": "B", "tahun": 2026, "answers": []}', "dua kali"),
    ],
)
def test_bentuk_yang_lain_ditolak(teks: str, kata: str) -> None:
    """A file of another form is refused at the place where it differs."""
    salah = _salah(teks)
    assert kata in f"{salah.pesan} {salah.sebab} {salah.lanjut}"


def test_berkas_buatan_tidak_memenuhi_layar() -> None:
    """A crafted file with many thousands of bad entries, long ones and hidden characters, is told in bounded words."""
    pesan = _salah(_isi(*(_satu(n, "x") for n in range(1000, 9000)))).pesan
    assert "(dan 7600 lagi)" in pesan
    assert len(pesan) < 20_000
    panjang = _salah(_isi(_satu(1, "\u202e" + "Y" * 3000), _satu("\u202e9", "A"))).pesan
    assert "\u202e" not in panjang
    assert len(panjang) < 200
