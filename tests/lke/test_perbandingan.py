"""Two assessments side by side: gaps in points, the largest first, and the answers behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings

from tests.lke.buku import instrumen, jawaban_apa_saja, penuh
from zi_workflow.domain.comparison import Celah, Perbandingan, Sisi, bandingkan
from zi_workflow.domain.instrument import Indikator, Instrumen, Soal
from zi_workflow.domain.scoring import nilai


def _sisi(jawaban: Mapping[str, object], edisi: Instrumen | None = None) -> Sisi:
    dipakai = edisi or instrumen()
    return Sisi(dipakai, jawaban, nilai(dipakai, jawaban, {}))


def _banding(kiri: Mapping[str, object], kanan: Mapping[str, object]) -> Perbandingan:
    return bandingkan(_sisi(kiri), _sisi(kanan))


def _edisi(**indikator: Indikator | None) -> Instrumen:
    """Return the instrument with one indicator changed, or None for left out."""
    komponen = []
    for k in instrumen().komponen:
        aspek = []
        for a in k.aspek:
            bagian = [replace(b, indikator=tuple(i for i in (indikator.get(x.nama, x) for x in b.indikator) if i)) for b in a.bagian]
            aspek.append(replace(a, bagian=tuple(bagian)))
        komponen.append(replace(k, aspek=tuple(aspek)))
    return replace(instrumen(), versi="lain", komponen=tuple(komponen))


def _indikator(id_: str) -> Indikator:
    return next(i for i in instrumen().indikator if i.id == id_)


def test_dua_sisi_yang_sama() -> None:
    """The same assessment twice has no gap and no differing answer, and every figure on both sides."""
    hasil = _banding(penuh(), penuh())
    assert all(c.selisih == 0 for c in (*hasil.jumlah, *hasil.area, *hasil.indikator))
    assert hasil.soal == ()
    assert [(c.id, c.kiri) for c in hasil.jumlah] == [
        ("pengungkit", 60),
        ("bersih", Fraction("22.5")),
        ("prima", Fraction("17.5")),
        ("total", 100),
    ]
    assert [(c.id, c.nama) for c in hasil.area] == [(f"area_{n}", nama) for n, nama in instrumen().area.items()]
    assert [c.kanan for c in hasil.area] == [8, 7, 10, 10, 15, 10]
    assert [c.id for c in hasil.indikator] == [i.id for i in instrumen().indikator]


def test_celah_terbesar_lebih_dahulu() -> None:
    """Indicators come by the size of their gap, up or down; equal gaps stay in the instrument's order; questions follow them."""
    kiri = {**penuh(), "38": "D", "39": "C", "22": "Tidak"}
    kanan = {**penuh(), "109": "E", "40": "B", "51": "B"}
    hasil = _banding(kiri, kanan)
    assert [(c.id, c.selisih) for c in hasil.indikator[:6]] == [
        ("reform.5.i", Fraction("-2.5")),
        ("pemenuhan.3.v", Fraction("0.75")),
        ("pemenuhan.4.i", Fraction("-2.5") / 6),
        ("pemenuhan.5.i", Fraction("-1.5") / 4),
        ("pemenuhan.3.vi", Fraction("0.25")),
        ("pemenuhan.3.i", Fraction(1, 12)),
    ]
    assert [(s.soal, s.indikator, s.kiri, s.kanan) for s in hasil.soal] == [
        ("109", "reform.5.i", "A", "E"),
        ("38", "pemenuhan.3.v", "D", "A"),
        ("40", "pemenuhan.4.i", "A", "B"),
        ("51", "pemenuhan.5.i", "A", "B"),
        ("39", "pemenuhan.3.vi", "C", "A"),
        ("22", "pemenuhan.3.i", "Tidak", "Ya"),
    ]
    assert hasil.soal[0].uraian == instrumen().soal["109"].uraian
    total = hasil.jumlah[-1]
    assert total.selisih == sum((c.selisih for c in hasil.indikator), Fraction())


def test_tidak_dijawab_di_satu_sisi() -> None:
    """An answer on one side only is a difference, None where there is none."""
    hasil = _banding({s: n for s, n in penuh().items() if s != "2"}, penuh())
    assert [(s.soal, s.kiri, s.kanan) for s in hasil.soal] == [("2", None, "A")]
    assert hasil.indikator[0] == Celah("pemenuhan.1.i", _indikator("pemenuhan.1.i").nama, Fraction("0.25"), Fraction("0.5"))


def test_indeks_yang_sama_dengan_digit_lain() -> None:
    """3.6 and 3.60 are the same answer; another index, or none, is not."""
    assert _banding({"125": "3.6"}, {"125": "3.60"}).soal == ()
    assert [s.soal for s in _banding({"125": "3.6"}, {"125": "3.61"}).soal] == ["125"]
    assert [s.soal for s in _banding({"125": "3.6"}, {}).soal] == ["125"]


def test_indikator_yang_hanya_ada_di_satu_edisi() -> None:
    """Two editions are compared as far as they agree: what a side lacks is None and counts as 0; names are the right side's."""
    lama = _indikator("pemenuhan.3.v")
    soal = Soal("900", lama.soal[0].skala, "Soal baru")
    baru = replace(lama, id="pemenuhan.3.x", nama="Indikator baru", soal=(soal,), butir=(soal,))
    kanan = _edisi(**{lama.nama: baru})
    hasil = bandingkan(_sisi(penuh()), _sisi({**penuh(), "900": "B"}, kanan))
    per = {c.id: c for c in hasil.indikator}
    assert (per["pemenuhan.3.v"].kiri, per["pemenuhan.3.v"].kanan, per["pemenuhan.3.v"].selisih) == (
        Fraction("0.75"),
        None,
        Fraction("-0.75"),
    )
    assert (per["pemenuhan.3.x"].kiri, per["pemenuhan.3.x"].kanan) == (None, Fraction("0.5025"))
    assert [(s.soal, s.uraian, s.kiri, s.kanan) for s in hasil.soal] == [("900", "Soal baru", None, "B")]
    ganti = replace(lama, nama="Nama yang baru")
    assert {c.id: c.nama for c in bandingkan(_sisi({}), _sisi({}, _edisi(**{lama.nama: ganti}))).indikator}[lama.id] == "Nama yang baru"


@given(jawaban_apa_saja(), jawaban_apa_saja())
@settings(max_examples=40)
def test_dibalik_tandanya_berbalik(kiri: dict[str, Any], kanan: dict[str, Any]) -> None:
    """Swapping the sides turns every gap round, and the totals are the sums of the gaps."""
    maju, mundur = _banding(kiri, kanan), _banding(kanan, kiri)
    assert [c.selisih for c in maju.jumlah] == [-c.selisih for c in mundur.jumlah]
    assert {c.id: c.selisih for c in maju.indikator} == {c.id: -c.selisih for c in mundur.indikator}
    assert maju.jumlah[-1].selisih == sum((c.selisih for c in maju.indikator), Fraction())
    besar = [abs(c.selisih) for c in maju.indikator]
    assert besar == sorted(besar, reverse=True)
    assert {s.soal for s in maju.soal} == {s.soal for s in mundur.soal}
