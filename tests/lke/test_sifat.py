"""Properties: the second scorer agrees, better answers never lower a score, scores stay inside their weights."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.lke.alat import instrumen, nilai_naif, semua
from zi_workflow.domain.instrument import INDEKS, PILIHAN, Rumus, Soal
from zi_workflow.domain.scoring import KOMPONEN, desimal_tegas, nilai

PENUH: dict[str, int | Fraction] = {
    "pemenuhan": 30,
    "reform": 30,
    "pengungkit": 60,
    "spak": Fraction("17.5"),
    "kinerja": 5,
    "bersih": Fraction("22.5"),
    "prima": Fraction("17.5"),
    "hasil": 40,
}


def _satu(soal: Soal) -> st.SearchStrategy[str | int]:
    if soal.skala.jenis == PILIHAN:
        return st.sampled_from(sorted(soal.skala.nilai))
    if soal.skala.jenis == INDEKS:
        return st.decimals(0, 4, places=2).map(str)
    return st.integers(0, 6)


def _jawaban() -> st.SearchStrategy[dict[str, Any]]:
    """Sheets with any questions left out; hypothesis shrinks towards the empty one."""
    penuh = st.fixed_dictionaries({s.id: _satu(s) for s in instrumen().soal.values()})
    buang = st.sets(st.sampled_from(list(instrumen().soal)), max_size=40)
    return st.builds(lambda isi, tanpa: {k: v for k, v in isi.items() if k not in tanpa}, penuh, buang)


@given(_jawaban())
def test_penghitung_kedua_setuju(jawaban: dict[str, Any]) -> None:
    """Item by item with the table's weights gives the same exact number for every component."""
    skor = nilai(instrumen(), jawaban, {})
    assert {n: skor.komponen(n) for n in KOMPONEN} == nilai_naif(jawaban)


@given(_jawaban())
def test_di_dalam_batas(jawaban: dict[str, Any]) -> None:
    """0 ≤ official ≤ provisional ≤ the weight; sums are sums; complete means that both agree."""
    skor = nilai(instrumen(), jawaban, {})
    for nama in KOMPONEN:
        assert 0 <= skor.komponen(nama) <= skor.sementara.komponen(nama) <= PENUH.get(nama, 100)
    assert skor.total == skor.pengungkit + skor.hasil == sum((a.nilai for a in skor.area.values()), skor.hasil)
    assert set(skor.belum_dijawab) <= set(instrumen().soal)
    if not skor.belum_dijawab:
        assert skor.sementara.total == skor.total


def _lebih_baik(butir: Soal | Rumus, jawaban: dict[str, Any]) -> dict[str, Any]:
    """Return the sheet with one item improved by one step, or answered at its worst where it was not."""
    if isinstance(butir, Soal):
        if butir.skala.jenis == INDEKS:
            return {**jawaban, butir.id: str(min(Decimal(4), Decimal(jawaban.get(butir.id, "-1")) + 1))}
        urut = list(butir.skala.nilai)[::-1]
        lama = urut.index(jawaban[butir.id]) if butir.id in jawaban else -1
        return {**jawaban, butir.id: urut[min(lama + 1, len(urut) - 1)]}
    isi = {**dict.fromkeys(butir.perlu, 1), **jawaban}
    if butir.jenis == "penurunan":
        kini = butir.peran["kini"][0]
        return {**isi, kini: max(0, isi[kini] - 1)}
    atas = butir.peran["pembilang"][0]
    return {**isi, atas: isi[atas] + 1}


@given(_jawaban(), st.sampled_from(list(instrumen().butir)))
def test_jawaban_lebih_baik_tidak_pernah_menurunkan(jawaban: dict[str, Any], kunci: str) -> None:
    """Improving one item lowers no official score anywhere."""
    sebelum = nilai(instrumen(), jawaban, {})
    sesudah = nilai(instrumen(), _lebih_baik(instrumen().butir[kunci], jawaban), {})
    assert all(sesudah.komponen(n) >= sebelum.komponen(n) for n in KOMPONEN)


@given(st.sampled_from(list(instrumen().soal)))
def test_satu_soal_hilang_menurunkan_dan_disebut(soal: str) -> None:
    """Leaving one question of a full sheet out costs its item's share, no more, and the question is named."""
    jawaban = {k: v for k, v in semua().items() if k != soal}
    skor = nilai(instrumen(), jawaban, {})
    if soal == "111":
        assert skor.total == 100
    else:
        indikator = next(i for i in instrumen().indikator if any(soal in b.ids for b in i.butir))
        assert skor.total == 100 - indikator.bobot / len(indikator.butir)
        assert skor.belum_dijawab == (soal,)


@given(st.fractions(0, 100), st.fractions(-1, 1, max_denominator=10**8), st.sampled_from([0, 40, 75, 85]))
def test_tampilan_di_sisi_yang_sama(jauh: Fraction, dekat: Fraction, ambang: int) -> None:
    """However close, the number shown stands on the side of the exact one."""
    for angka in (jauh, ambang + dekat / 1000):
        tampak = Fraction(desimal_tegas(angka, ambang))
        assert (tampak < ambang, tampak > ambang) == (angka < ambang, angka > ambang)
        assert abs(tampak - angka) <= Fraction(1, 200)
