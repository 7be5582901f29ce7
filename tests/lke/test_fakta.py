"""D8 and D11: weights, and the figures that hold whoever computes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.lke.alat import instrumen, semua
from zi_workflow.domain.scoring import KOMPONEN, bulatkan, desimal_tegas, nilai

D8 = {1: ("4", "4", "8"), 2: ("3.5", "3.5", "7"), 3: ("5", "5", "10"), 4: ("5", "5", "10"), 5: ("7.5", "7.5", "15"), 6: ("5", "5", "10")}
MINIMAL = {1: ("4.80", "6.00"), 2: ("4.20", "5.25"), 3: ("6.00", "7.50"), 4: ("6.00", "7.50"), 5: ("9.00", "11.25"), 6: ("6.00", "7.50")}


def test_127_soal_113_dinilai() -> None:
    """The sheet has 127 questions, of which 22 are counts; 8 formulas make 113 scored items of the rest."""
    assert list(instrumen().soal) == [str(n) for n in range(1, 128)]
    assert len(instrumen().butir) == 113
    assert len(instrumen().rumus) == 22
    assert len({r.kunci for r in instrumen().rumus.values()}) == 8


@pytest.mark.parametrize("nomor", D8)
def test_d8_bobot_area(nomor: int) -> None:
    """A full sheet shows each area's weights; the minimum is read on both aspects together."""
    area = nilai(instrumen(), semua(), {}).area[nomor]
    assert (area.pemenuhan, area.reform, area.nilai) == tuple(Fraction(b) for b in D8[nomor])
    wbk, wbbm = (Fraction(m) for m in MINIMAL[nomor])
    assert (wbk * 100 / instrumen().bobot_area[nomor], wbbm * 100 / instrumen().bobot_area[nomor]) == (Fraction(60), Fraction(75))


def test_d11_semua_a_bernilai_100() -> None:
    """All A, counts at 100 %, indices 4."""
    skor = nilai(instrumen(), semua(), {})
    penuh = {
        "pemenuhan": "30",
        "reform": "30",
        "pengungkit": "60",
        "spak": "17.5",
        "kinerja": "5",
        "bersih": "22.5",
        "prima": "17.5",
        "hasil": "40",
        "total": "100",
    }
    assert {n: skor.komponen(n) for n in KOMPONEN} == {n: Fraction(penuh.get(n, "100")) for n in KOMPONEN}
    assert skor.belum_dijawab == ()
    assert skor.sementara.total == 100


def test_d11_semua_b() -> None:
    """All B with Ya and 100 %: pengungkit 43.61; WBK passes on pengungkit and every area, WBBM fails in four areas."""
    skor = nilai(instrumen(), semua("B"), {})
    assert bulatkan(skor.pengungkit) == "43.61"
    persen = [skor.komponen(f"area_{n}") for n in range(1, 7)]
    assert [bulatkan(p) for p in persen] == ["76.66", "61.55", "72.24", "74.86", "75.20", "71.78"]
    assert skor.pengungkit >= 40
    assert all(p >= 60 for p in persen)
    assert skor.pengungkit < 48
    assert [n for n, p in enumerate(persen, 1) if p < 75] == [2, 3, 4, 6]


def test_d11_akuntabilitas_hanya_lulus_bila_dibulatkan() -> None:
    """Area 4 of an all-B sheet is a repeating decimal just below 75; only whole numbers would make it 75."""
    area = nilai(instrumen(), semua("B"), {}).area[4]
    assert area.pemenuhan == Fraction("1.67") / 3 * Fraction("2.5") + Fraction("6.67") / 8 * Fraction("2.5")
    assert area.reform == 2 + Fraction("0.67") * 3
    assert area.persen < 75
    assert bulatkan(area.persen, 0) == "75"


def test_d11_memenuhi_semua_minimum_belum_cukup() -> None:
    """40 + 18.25 + 14 < 75 and 48 + 19.5 + 15.75 < 85: the total is a gate of its own."""
    jawaban = {**semua(), "125": "3.60", "126": "C", "127": "3.20"}
    skor = nilai(instrumen(), jawaban, {})
    assert (skor.bersih, skor.prima) == (Fraction("18.25"), Fraction(14))
    assert 40 + skor.bersih + skor.prima == Fraction("72.25")
    skor = nilai(instrumen(), {**jawaban, "126": "B", "127": "3.60"}, {})
    assert (skor.bersih, skor.prima) == (Fraction("19.5"), Fraction("15.75"))
    assert 48 + skor.bersih + skor.prima == Fraction("83.25")


def test_d11_indeks_3_60_tepat_15_75() -> None:
    """3.60 / 4 × 17.5 = 15.75 and 3.20 / 4 × 17.5 = 14.00, exactly; a hair below is below."""
    skor = nilai(instrumen(), {"125": "3.60", "127": "3.20"}, {})
    assert (skor.spak, skor.prima) == (Fraction("15.75"), Fraction(14))
    assert nilai(instrumen(), {"125": "3.599999999999"}, {}).spak < Fraction("15.75")


@pytest.mark.parametrize(
    ("angka", "tempat", "tampak"),
    [
        ("0", 2, "0.00"),
        ("74.995", 2, "75.00"),
        ("74.994999", 2, "74.99"),
        ("2/3", 2, "0.67"),
        ("-0.005", 2, "-0.01"),
        ("-0.004", 2, "0.00"),
        ("-1.5", 0, "-2"),
        ("2.5", 0, "3"),
        ("0.05", 1, "0.1"),
    ],
)
def test_bulatkan(angka: str, tempat: int, tampak: str) -> None:
    """Halves go up, away from 0; nothing shows as minus 0."""
    assert bulatkan(Fraction(angka), tempat) == tampak


@pytest.mark.parametrize(
    ("angka", "ambang", "tampak"),
    [
        ("74.996", "75", "74.996"),
        ("74.9999999", "75", "74.9999999"),
        ("75", "75", "75.00"),
        ("75.0004", "75", "75.0004"),
        ("74.86041", "75", "74.86"),
        ("18.255", "18.255", "18.255"),
        ("1/3", "1/3", "0.33"),
        ("0.0001", "0", "0.0001"),
        ("1/3", "0.33", "0.333"),
    ],
)
def test_desimal_tegas(angka: str, ambang: str, tampak: str) -> None:
    """A number just below its threshold is never shown as having reached it."""
    assert desimal_tegas(Fraction(angka), Fraction(ambang)) == tampak


def test_desimal_tegas_menerima_desimal() -> None:
    """Thresholds come as Decimal from a definition."""
    assert desimal_tegas(Fraction("74.996"), Decimal(75)) == "74.996"


def test_nama_komponen_lain_ditolak() -> None:
    """A gate can only name what a score has."""
    assert len(KOMPONEN) == 15
    with pytest.raises(KeyError):
        nilai(instrumen(), {}, {}).komponen("area_7")
