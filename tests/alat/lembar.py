"""LKE sheets made to measure: each area of change in exact points, so that a threshold can be met or missed by a hair.

An area is lowered by answering whole indicators at their worst, and the rest by a judged value (D10) of one percentage
whose denominator is 0, which may have twelve decimals. Area 2 has no percentage: it is full, or one of ``AREA_2``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.lke.alat import instrumen, semua
from zi_workflow.domain.instrument import PILIHAN, Indikator, Skala

Isi = dict[str, Any]

PENUH: Mapping[int, str] = {1: "8", 2: "7", 3: "10", 4: "10", 5: "15", 6: "10"}
"""Each area's full points (D8)."""

KENOP: Mapping[int, tuple[dict[str, int], str, Fraction]] = {
    1: ({"88": 0, "89": 0}, "88", Fraction(1)),
    3: ({"102": 0, "103": 1, "104": 0}, "102", Fraction(2)),
    4: ({"105": 0, "106": 0}, "105", Fraction(2)),
    5: ({"110": 0, "111": 0, "112": 0}, "110", Fraction(3)),
    6: ({"122": 0, "123": 0}, "122", Fraction("1.25")),
}
"""Per area: counts with a denominator of 0, the question that is judged, and the points it is worth."""

AREA_2: Mapping[str, Mapping[str, str]] = {
    "4.195": {"13": "C", "94": "B", "95": "B", "96": "C", "97": "C", "98": "E", "99": "E"},
    "631/150": {"21": "B", "94": "C", "96": "C", "97": "D", "98": "E", "99": "E"},
    "3149/600": {"94": "C", "96": "B", "98": "D", "99": "E"},
    "5.25": {"96": "B", "97": "B", "98": "E", "99": "E"},
}
"""Area 2 around 60 % (4.20, which no set of answers reaches exactly) and 75 % (5.25): the nearest on either side."""


def lembar(area: Mapping[int, str] | None = None, spak: str = "4", kinerja: str = "A", prima: str = "4") -> Isi:
    """Return jawaban and dinilai of a complete sheet: areas in points (full where not named), both indices, the kinerja answer."""
    jawaban: Isi = {**semua(), "125": spak, "126": kinerja, "127": prima}
    dinilai: Isi = {}
    for nomor, poin in (area or {}).items():
        if nomor == 2:
            jawaban.update(AREA_2[poin])
        else:
            _turunkan(nomor, Fraction(PENUH[nomor]) - Fraction(poin), jawaban, dinilai)
    return {"jawaban": jawaban, "dinilai": dinilai}


def _turunkan(nomor: int, turun: Fraction, jawaban: Isi, dinilai: Isi) -> None:
    hitungan, soal, bobot = KENOP[nomor]
    for indikator in (i for i in instrumen().indikator if i.area == nomor):
        terpakai = any(s.id in hitungan for s in indikator.soal)
        if turun > bobot * Fraction(9, 10) and indikator.bobot <= turun and not terpakai and _hanya_pilihan(indikator):
            jawaban.update({s.id: _terburuk(s.skala) for s in indikator.soal})
            turun -= indikator.bobot
    nilai = 1 - turun / bobot
    utuh, sisa = divmod(int(nilai * 10**12), 10**12)
    desimal = f"{utuh}.{sisa:012d}"
    assert Fraction(desimal) == nilai, f"area {nomor}: {nilai} tidak dapat ditulis"
    assert 0 <= nilai <= 1
    jawaban.update(hitungan)
    dinilai[soal] = {"nilai": desimal, "alasan": "tidak ada yang terhitung pada tahun itu"}


def _terburuk(skala: Skala) -> str:
    return min(skala.nilai, key=lambda huruf: skala.nilai[huruf])


def _hanya_pilihan(indikator: Indikator) -> bool:
    return all(s.skala.jenis == PILIHAN for s in indikator.soal)
