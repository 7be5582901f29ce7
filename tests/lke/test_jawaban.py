"""Reading an LKE record: what is taken, what is refused, and how it is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lke.alat import instrumen, semua
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.scoring import nilai, periksa_jawaban

NOL = {"122": 0, "123": 0}
ALASAN = "Belum ada layanan yang tercatat tahun ini"


def _tolak(isi: dict[str, object]) -> str:
    with pytest.raises(MasukanSalah) as salah:
        periksa_jawaban(instrumen(), isi)
    return salah.value.pesan


def test_jawaban_dibakukan() -> None:
    """Counts become int, whole indices text; the rest stays as it was written; empty entries are left out."""
    isi = {"jawaban": {"1": "Ya", "2": "A", "88": "12", "89": 3, "125": 4, "127": "3.60", "6": None}, "tahun": 2026, "penilai": "unit"}
    hasil: Any = periksa_jawaban(instrumen(), isi)
    assert hasil == {"jawaban": {"1": "Ya", "2": "A", "88": 12, "89": 3, "125": "4", "127": "3.60"}}
    assert periksa_jawaban(instrumen(), hasil) == hasil


def test_lembar_penuh_diterima_dan_nilainya_sama() -> None:
    """Counts typed as text score the same after reading."""
    teks = {k: str(v) for k, v in semua("B").items()}
    hasil: Any = periksa_jawaban(instrumen(), {"jawaban": teks, "penilai": "tpi"})
    assert hasil["jawaban"] == semua("B")


def test_lebih_dari_utuh_diterima() -> None:
    """More reached than there were targets is stored as reported; the score is capped."""
    hasil: Any = periksa_jawaban(instrumen(), {"jawaban": {"105": 2, "106": 5}})
    assert nilai(instrumen(), hasil["jawaban"], {}).indikator["reform.4.i"].nilai == 2


@pytest.mark.parametrize(
    ("soal", "jawaban", "kata"),
    [
        ("128", "A", "soal '128': tidak ada di LKE 2026"),
        ("01", "Ya", "soal '01': tidak ada"),
        ("2", "F", "'F' bukan salah satu dari A, B, C"),
        ("2", "D", "'D' bukan salah satu dari A, B, C"),
        ("2", "a", "maksud Anda 'A'?"),
        ("1", "ya", "maksud Anda 'Ya'?"),
        ("1", True, "True bukan salah satu dari Ya, Tidak"),
        ("1", "Ya" * 5000, "YaYa…' bukan salah satu"),
        ("125", "4.01", "'4.01' bukan indeks 0 sampai 4"),
        ("125", "3,60", "ditulis dengan titik, misalnya 3.60"),
        ("125", "-0.1", "bukan indeks"),
        ("125", "NaN", "'NaN' bukan indeks"),
        ("125", 3.6, "isi yang bukan teks atau bilangan bulat bukan indeks"),
        ("125", 5, "5 bukan indeks"),
        ("125", "3.1234567890123", "bukan indeks"),
        ("88", -1, "-1 bukan bilangan bulat 0 sampai 1000000000"),
        ("88", "1.5", "'1.5' bukan bilangan bulat"),
        ("88", "010", "'010' bukan bilangan bulat"),
        ("88", 10**400, "bilangan yang terlalu besar bukan bilangan bulat"),
        ("88", -(10**400), "bilangan yang terlalu kecil bukan bilangan bulat"),
        ("88", "9" * 5000, "…' bukan bilangan bulat"),
        ("88", "1000000001", "bukan bilangan bulat"),
        ("88", ["1"], "isi yang bukan teks atau bilangan bulat"),
    ],
)
def test_jawaban_ditolak(soal: str, jawaban: object, kata: str) -> None:
    """Each bad answer is named with what was expected; the message stays short."""
    pesan = _tolak({"jawaban": {soal: jawaban}})
    assert kata in pesan
    assert len(pesan) < 300


def test_semua_yang_salah_disebut_sampai_delapan() -> None:
    """One refusal for the whole sheet, not one after the other."""
    pesan = _tolak({"jawaban": {str(n): "Z" for n in range(1, 12)}})
    assert all(f"soal '{n}':" in pesan for n in range(1, 9))
    assert "(dan 3 lagi)" in pesan


@pytest.mark.parametrize("jawaban", [None, "A", ["A"]])
def test_jawaban_bukan_peta(jawaban: object) -> None:
    """Answers come as a map by soal_id."""
    assert "jawaban: harus berupa peta soal_id" in _tolak({"jawaban": jawaban})


def test_catatan_dan_bukti_dukung() -> None:
    """Notes and links are text on questions that exist."""
    isi = {"jawaban": {}, "catatan": {"1": " Lihat SK tim "}, "bukti_dukung": {"88": "https://contoh.example/bukti"}}
    assert periksa_jawaban(instrumen(), isi) == {
        "jawaban": {},
        "catatan": {"1": "Lihat SK tim"},
        "bukti_dukung": {"88": "https://contoh.example/bukti"},
    }
    assert "catatan soal '200': tidak ada" in _tolak({"jawaban": {}, "catatan": {"200": "x"}})
    assert "bukti_dukung soal '1': memuat karakter kendali" in _tolak({"jawaban": {}, "bukti_dukung": {"1": "a\x1b[2J"}})


def test_dinilai_diterima() -> None:
    """TPI judges a percentage whose denominator is 0, with a reason."""
    isi = {"jawaban": NOL, "penilai": "tpi", "dinilai": {"123": {"nilai": "0.5", "alasan": ALASAN}}}
    assert periksa_jawaban(instrumen(), isi) == {"jawaban": NOL, "dinilai": {"123": {"nilai": "0.5", "alasan": ALASAN}}}


@pytest.mark.parametrize(
    ("jawaban", "dinilai", "kata"),
    [
        (NOL, "0.5", "dinilai: harus berupa peta"),
        (NOL, {"999": {"nilai": "0.5", "alasan": "x"}}, "dinilai soal '999': tidak ada"),
        (NOL, {"1": {"nilai": "0.5", "alasan": "x"}}, "dinilai soal '1': bukan persentase"),
        (NOL, {"122": "0.5"}, "peta dengan kunci nilai dan alasan saja"),
        (NOL, {"122": {"nilai": "0.5"}}, "peta dengan kunci nilai dan alasan saja"),
        (NOL, {"122": {"nilai": "0.5", "alasan": "x", "nama": "y"}}, "peta dengan kunci nilai dan alasan saja"),
        (NOL, {"122": {"nilai": "1.1", "alasan": "x"}}, "nilai '1.1' bukan desimal 0 sampai 1"),
        (NOL, {"122": {"nilai": "0.5", "alasan": "  "}}, "dinilai soal '122': tidak boleh kosong"),
        (NOL, {"122": {"nilai": "0.5", "alasan": "x"}, "123": {"nilai": "1", "alasan": "y"}}, "soal 122, 123: dinilai lebih dari sekali"),
        ({"122": 0}, {"122": {"nilai": "0.5", "alasan": "x"}}, "isi dahulu jumlah soal 122, 123"),
        ({"122": 4, "123": 1}, {"122": {"nilai": "0.5", "alasan": "x"}}, "persentasenya dapat dihitung"),
        ({"102": 0, "103": 0, "104": 0}, {"102": {"nilai": "0.5", "alasan": "x"}}, "persentasenya dapat dihitung"),
    ],
)
def test_dinilai_ditolak(jawaban: object, dinilai: object, kata: str) -> None:
    """A judgement stands only where there is nothing to compute."""
    assert kata in _tolak({"jawaban": jawaban, "penilai": "tpi", "dinilai": dinilai})


def test_dinilai_oleh_unit_ditolak() -> None:
    """The unit does not judge itself."""
    assert "hanya TPI" in _tolak({"jawaban": NOL, "penilai": "unit", "dinilai": {"122": {"nilai": "1", "alasan": ALASAN}}})
    assert periksa_jawaban(instrumen(), {"jawaban": NOL, "penilai": "unit", "dinilai": {}}) == {"jawaban": NOL, "dinilai": {}}
