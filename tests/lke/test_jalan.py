"""What it would take to pass: proven smallest against a search that tries everything, and true when carried out and scored again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from operator import add
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alat.dunia import definisi
from tests.lke.alat import instrumen, semua
from tests.lke.alat_jalan import HARI, LENGKAP, aturan, isi_pohon, lolos, rakit, semua_susunan, terapkan
from zi_workflow.domain.answers import periksa_jawaban
from zi_workflow.domain.changes import Perubahan, calon
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import MasukanSalah, NilaiTidakBerlaku
from zi_workflow.domain.gates import Gerbang, memuat
from zi_workflow.domain.instrument import INDEKS, PILIHAN, Instrumen
from zi_workflow.domain.minimal import Cacah, Pilih, Simpul, semua_terkecil, terkecil
from zi_workflow.domain.pathway import Jalan, JalanGerbang, jalan
from zi_workflow.domain.scoring import nilai

BANYAK = 10_000

# ------------------------------------------------------------------------------------------------------- the search, in integers

_tingkat = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 6)), min_size=1, max_size=3).map(
    lambda naik: [(sum(s for s, _ in naik[: i + 1]), sum(g for _, g in naik[: i + 1])) for i in range(len(naik))]
)


@st.composite
def _soal(draw: st.DrawFn) -> tuple[list[Any], Simpul]:
    """Draw items and a tree over them."""
    tingkat = draw(st.lists(_tingkat, min_size=1, max_size=6))

    def simpul(isi: list[int], dalam: int) -> Simpul:
        potong = draw(st.integers(1, len(isi)))
        bagian = [b for b in (isi[:potong], isi[potong:]) if dalam and b and draw(st.booleans())]
        anak = [simpul(b, dalam - 1) for b in bagian]
        sisa = [b for b in isi if all(b not in isi_pohon(a) for a in anak)]
        return Simpul(draw(st.integers(0, 4 * len(isi) + 2)), tuple(sisa), tuple(anak))

    return tingkat, simpul(list(range(len(tingkat))), 2)


@given(_soal())
@settings(max_examples=200, deadline=None)
def test_terkecil_sama_dengan_mencoba_semua(soal: tuple[list[Any], Simpul]) -> None:
    """Fewest items, then fewest steps, then most gain, under nested targets; None exactly where nothing reaches them."""
    tingkat, pohon = soal
    semua_lolos = [(len(s), j, -g) for s, j, g in semua_susunan(tingkat) if lolos(pohon, tingkat, s)]
    hasil = terkecil(pohon, tingkat)
    if not semua_lolos:
        assert hasil is None
        return
    assert hasil is not None
    assert lolos(pohon, tingkat, hasil)
    ukuran = (len(hasil), sum(tingkat[b][t][0] for b, t in hasil), -sum(tingkat[b][t][1] for b, t in hasil))
    assert ukuran == min(semua_lolos)


@given(st.lists(_tingkat, max_size=6), st.integers(1, 40), st.integers(1, 12), st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_semua_terkecil_sama_dengan_mencoba_semua(tingkat: list[Any], perlu: int, banyak: int, batas: int) -> None:
    """All smallest sets without a needless step, by steps, overshoot and order; counted exactly up to the limit."""
    cukup = [(s, j, g) for s, j, g in semua_susunan(tingkat) if g >= perlu]
    k = min((len(s) for s, _, _ in cukup), default=0)
    hemat = [
        (j, g, [(b, t) for b, t in s], s)
        for s, j, g in cukup
        if len(s) == k and all(g - (tingkat[b][t][1] - (tingkat[b][t - 1][1] if t else 0)) < perlu for b, t in s)
    ]
    harap = [s for *_, s in sorted(hemat, key=lambda h: (h[0], h[1], [(b, t) for b, t in h[2]]))]
    hasil = semua_terkecil(tingkat, perlu, banyak, batas)
    assert list(hasil.pilihan) == harap[:banyak]
    assert (hasil.banyaknya, hasil.lebih) == (min(len(harap), batas), len(harap) > batas)


def test_tanpa_butir() -> None:
    """Nothing to raise reaches nothing, and needs nothing to reach nothing."""
    assert semua_terkecil([], 1, 5, 5) == Cacah((), 0, lebih=False)
    assert terkecil(Simpul(0, ()), []) == ()
    assert terkecil(Simpul(1, ()), []) is None


def test_jenjang_yang_tidak_perlu_tidak_ditawarkan() -> None:
    """Of two answers that overshoot alike, only the one that could not stay lower is offered."""
    hasil = semua_terkecil([[(1, 1), (2, 3)], [(1, 2), (2, 3)]], 2, 10, 10)
    assert hasil == Cacah(((Pilih(1, 0),), (Pilih(0, 1),)), 2, lebih=False)


def test_urutan_butir_menentukan_di_antara_yang_setara() -> None:
    """Four alike of which two are needed: six sets, the earliest items first."""
    hasil = semua_terkecil([[(1, 3)]] * 4, 6, 3, 1000)
    assert hasil.pilihan == tuple((Pilih(a, 0), Pilih(b, 0)) for a, b in ((0, 1), (0, 2), (0, 3)))
    assert (hasil.banyaknya, hasil.lebih) == (6, False)


# ---------------------------------------------------------------------------------------------------- on small instruments


_BUTIR = st.sampled_from(("y", "c", "d", "/", "+", ">"))


@st.composite
def _lembar(draw: st.DrawFn) -> tuple[Instrumen, dict[str, Any], dict[str, Any]]:
    """Draw an instrument of two areas and seven items, with answers, some of them missing, and judged values."""
    nomor, baris = 0, []
    dua = draw(st.sampled_from(LENGKAP))
    for tempat in LENGKAP:
        jenis = ["#"] if tempat in ("bersih spak", "prima prima") else draw(st.lists(_BUTIR, min_size=1, max_size=1 + (tempat == dua)))
        butir = []
        for j in jenis:
            n = nomor + 1
            teks = {"/": f"{n}/{n + 1}", "+": f"{n}+{n + 1}/{n + 2}+{n + 3}", ">": f"{n}>{n + 1}!{n + 2}"}.get(j, f"{n}{j}")
            nomor += {"/": 2, "+": 4, ">": 3}.get(j, 1)
            butir.append(teks)
        baris.append(f"{tempat} {draw(st.sampled_from(('1', '2.5', '4', '0.75')))} {' '.join(butir)}")
    lembar = rakit("\n".join(baris))
    jawaban: dict[str, Any] = {}
    for s in lembar.soal.values():
        isi = {PILIHAN: st.sampled_from(sorted(s.skala.nilai) or [""]), INDEKS: st.sampled_from(("0", "2.5", "3.999", "4"))}
        satu = draw(st.none() | isi.get(s.skala.jenis, st.sampled_from((0, 1, 3, 7))))
        if satu is not None:
            jawaban[s.id] = satu
    dinilai = {k: {"nilai": "0.3", "alasan": "a"} for k in lembar.rumus if draw(st.integers(0, 9)) == 0}
    return lembar, jawaban, dinilai


_ambang = st.tuples(
    st.sampled_from(("area_1", "area_2", "pengungkit", "kinerja", "spak", "bersih", "prima", "hasil", "total", "pemenuhan", "reform")),
    st.sampled_from((">=", ">=", ">")),
    st.sampled_from((10, 25, 40, 60, 75, 90, 100)),
)


def _penuh(lembar: Instrumen, komponen: str) -> Fraction:
    if komponen.startswith("area_"):
        return Fraction(100)
    return sum((i.bobot for i in lembar.indikator if memuat(komponen, i)), Fraction())


def _aturan(lembar: Instrumen, gerbang: list[tuple[str, str, int]]) -> Definisi:
    return aturan(*((k, f"{tanda} {float(_penuh(lembar, k) * persen / 100):.4f}") for k, tanda, persen in gerbang))


def _ulang(lembar: Instrumen, jawaban: Mapping[str, Any], dinilai: Mapping[str, Any], perubahan: tuple[Perubahan, ...]) -> Any:  # noqa: ANN401 - a Skor
    """Carry changes out, see that the record would be accepted, and score again."""
    baru, nilai_baru = terapkan(lembar, jawaban, dinilai, perubahan)
    masih = {k: v for k, v in nilai_baru.items() if k in {u.butir for u in perubahan if u.cara == "dinilai"}}
    periksa_jawaban(lembar, {"jawaban": baru, "dinilai": masih, "penilai": "tpi"})
    return nilai(lembar, baru, nilai_baru)


@given(_lembar(), st.lists(_ambang, min_size=1, max_size=4, unique_by=lambda a: a[0]))
@settings(max_examples=60, deadline=None)
def test_setiap_pilihan_terkecil_dan_lulus(lembar: tuple[Instrumen, dict[str, Any], dict[str, Any]], gerbang: list[Any]) -> None:
    """Gate by gate against all combinations of better answers; then the set for all gates at once, in the same way."""
    satu, jawaban, dinilai = lembar
    hasil = jalan(_aturan(satu, gerbang), satu, jawaban, dinilai, "WBK", HARI, BANYAK)
    assert {g.id for g in hasil.lulus} | {j.gerbang.id for j in hasil.gagal} == {f"G{n}.{g[0]}" for n, g in enumerate(gerbang)}
    naif = _Naif(satu, jawaban, dinilai, [j.gerbang for j in hasil.gagal])
    for j in hasil.gagal:
        _periksa_gerbang(satu, jawaban, dinilai, j, naif)
    _periksa_sekaligus(satu, jawaban, dinilai, hasil, naif)


class _Naif:
    """Every combination of better answers: how many, in how many steps, and which gates it passes."""

    def __init__(self, lembar: Instrumen, jawaban: Mapping[str, Any], dinilai: Mapping[str, Any], gerbang: list[Gerbang]) -> None:
        """Try them all."""
        nol = (0, 0, *(Fraction() for _ in gerbang))
        jumlah: list[tuple[Any, ...]] = [nol]
        for c in calon(lembar, jawaban, dinilai):
            dalam = [memuat(g.komponen, c.indikator) for g in gerbang]
            naik = [(1, s, *(c.tambahan(v) * d for d in dalam)) for s, v in c.tingkat]
            jumlah = [tuple(map(add, a, b)) for a in jumlah for b in (nol, *naik)]
        perlu = {g.id: g for g in gerbang}
        self.lulus = [
            (n, s, {i for (i, g), poin in zip(perlu.items(), naik, strict=True) if g.dipenuhi(g.sesudah(poin))}) for n, s, *naik in jumlah
        ]

    def terkecil(self, *gerbang: str) -> tuple[int, int] | None:
        """Return the fewest items and the fewest steps that pass these gates, None where nothing does."""
        return min(((n, s) for n, s, lulus in self.lulus if lulus.issuperset(gerbang)), default=None)


def _periksa_gerbang(lembar: Instrumen, jawaban: Mapping[str, Any], dinilai: Mapping[str, Any], j: JalanGerbang, naif: _Naif) -> None:
    """Every set passes when carried out, and none could be smaller."""
    g, terkecil_naif = j.gerbang, naif.terkecil(j.gerbang.id)
    assert (j.tidak_bisa is None) is (terkecil_naif is not None)
    assert (len(j.pilihan), j.lebih) == (j.banyaknya, False)
    for p in j.pilihan:
        skor = _ulang(lembar, jawaban, dinilai, p.perubahan)
        assert g.dipenuhi(skor.komponen(g.komponen))
        assert g.dipenuhi(p.nilai_sesudah)
        assert skor.komponen(g.komponen) == p.nilai_sesudah or any(u.kosong for u in p.perubahan)
        assert p.jenjang == sum(u.jenjang for u in p.perubahan)
        assert terkecil_naif is not None
        assert len(p.perubahan) == terkecil_naif[0]
    assert [p.jenjang for p in j.pilihan] == sorted(p.jenjang for p in j.pilihan)
    assert terkecil_naif is None or j.pilihan[0].jenjang == terkecil_naif[1]


def _periksa_sekaligus(lembar: Instrumen, jawaban: Mapping[str, Any], dinilai: Mapping[str, Any], hasil: Jalan, naif: _Naif) -> None:
    dapat = [j.gerbang for j in hasil.gagal if j.tidak_bisa is None]
    bersama = hasil.sekaligus
    assert (bersama is None) is (not dapat)
    if bersama is None:
        return
    dipakai = [g for g in dapat if g.id in bersama.gerbang]
    assert dipakai == dapat or {g.komponen for g in dapat} & {"pemenuhan", "reform"}
    skor = _ulang(lembar, jawaban, dinilai, bersama.perubahan)
    assert all(g.dipenuhi(skor.komponen(g.komponen)) for g in dipakai)
    assert set(bersama.sisa).isdisjoint(bersama.gerbang)
    assert set(bersama.sisa) >= {j.gerbang.id for j in hasil.gagal if j.tidak_bisa}
    assert (len(bersama.perubahan), bersama.jenjang) == naif.terkecil(*bersama.gerbang)


# ------------------------------------------------------------------------------------------------------- each kind of change

DUA = """
pemenuhan 1 2  1y
reform 1 2     2d
pemenuhan 2 2  {a}
reform 2 2     3c
bersih spak 4  4#
bersih kinerja 2  5c
prima prima 4  6#
"""
BAIK = {"1": "Ya", "2": "A", "3": "A", "4": "4", "5": "A", "6": "4"}


def _satu_jalan(butir: str, jawaban: Mapping[str, Any], ambang: str = ">= 80", dinilai: Mapping[str, Any] | None = None) -> Perubahan:
    """Return the only change of the only set for area 2, of which the item is one half and the other half is full."""
    lembar = rakit(DUA.format(a=butir))
    isi = {**BAIK, **jawaban}
    (j,) = jalan(aturan(("area_2", ambang)), lembar, isi, dinilai or {}, "WBK", HARI).gagal
    ((u,),) = (p.perubahan for p in j.pilihan)
    skor = _ulang(lembar, isi, dinilai or {}, (u,))
    assert j.gerbang.dipenuhi(skor.area[2].persen)
    return u


@pytest.mark.parametrize(
    ("butir", "jawaban", "ambang", "harap"),
    [
        ("10d", {"10": "D"}, ">= 80", ("jawaban", "D", "B", 2)),
        ("10d", {}, ">= 80", ("jawaban", None, "B", 2)),
        ("10d", {"10": "ngawur"}, ">= 80", ("jawaban", None, "B", 2)),
        ("10c", {"10": "C"}, ">= 75", ("jawaban", "C", "B", 1)),
        ("10c", {"10": "C"}, "> 75", ("jawaban", "C", "A", 2)),
        ("10y", {"10": "Tidak"}, ">= 50.0001", ("jawaban", "Tidak", "Ya", 1)),
        ("10/11", {"10": 3, "11": 12}, ">= 80", ("jumlah", 3, 8, 2)),
        ("10/11", {"10": 3, "11": 12}, ">= 75", ("jumlah", 3, 6, 1)),
        ("10/11", {"10": 3, "11": 12}, "> 75", ("jumlah", 3, 7, 2)),
        ("10/11", {"10": 0, "11": 1}, ">= 51", ("jumlah", 0, 1, 1)),
        ("10/11", {"10": 0, "11": 2}, ">= 75", ("jumlah", 0, 1, 1)),
        ("10/11", {"10": 0, "11": 2}, ">= 80", ("jumlah", 0, 2, 3)),
        ("10+11/12+13", {"10": 1, "11": 2, "12": 6, "13": 6}, ">= 80", ("jumlah", 3, 8, 2)),
        ("10>11!12", {"10": 10, "11": 14, "12": 0}, ">= 80", ("jumlah", 14, 4, 3)),
        ("10>11!12", {"10": 10, "11": 9, "12": 0}, ">= 80", ("jumlah", 9, 4, 2)),
        ("10>11!12", {"10": 10, "11": 9}, ">= 80", ("isi", None, Fraction("0.60"), 3)),
        ("10/11", {}, ">= 80", ("isi", None, Fraction("0.60"), 3)),
        ("10/11", {}, ">= 80.005", ("isi", None, Fraction("0.61"), 3)),
        ("10/11", {"11": 4}, ">= 80", ("isi", None, Fraction("0.60"), 3)),
        ("10/11", {"10": 2, "11": 0}, ">= 80", ("dinilai", None, Fraction("0.60"), 3)),
        ("10/11", {"11": 0}, ">= 80", ("dinilai", None, Fraction("0.60"), 3)),
        ("10>11!12", {"10": 0, "11": 2, "12": 0}, ">= 80", ("dinilai", None, Fraction("0.60"), 3)),
        ("10>11!12", {"10": 0, "11": 2}, ">= 80", ("dinilai", None, Fraction("0.60"), 3)),
        ("10>11!12", {"10": 0, "11": 0}, ">= 80", ("isi", None, Fraction("0.60"), 3)),
        ("10>11!12", {"10": 0}, ">= 80", ("isi", None, Fraction("0.60"), 3)),
    ],
)
def test_setiap_cara(butir: str, jawaban: Mapping[str, Any], ambang: str, harap: tuple[Any, ...]) -> None:
    """Grades, counts up, counts down, counts to fill in as a percentage, and judged values: the least that passes, in its steps."""
    u = _satu_jalan(butir, jawaban, ambang)
    assert (u.cara, u.dari, u.ke, u.jenjang) == harap


def test_nilai_tpi_yang_ada_dinaikkan() -> None:
    """A judged value that is too low is raised; the counts stay."""
    u = _satu_jalan("10/11", {"10": 0, "11": 0}, ">= 80", {"11": {"nilai": "0.333", "alasan": "a"}})
    assert (u.cara, u.dari, u.ke, u.jenjang) == ("dinilai", Fraction("0.333"), Fraction("0.60"), 2)
    assert (u.soal, u.kosong) == (("10", "11"), ())


def test_yang_harus_diisi_disebut() -> None:
    """Only the counts that are missing are to be filled in; a count is raised where it is written."""
    assert _satu_jalan("10>11!12", {"10": 10}).kosong == ("11", "12")
    assert _satu_jalan("10/11", {"11": 0}).kosong == ("10",)
    assert _satu_jalan("10+11/12+13", {"10": 1, "11": 2, "12": 6, "13": 6}).soal == ("10", "11")
    assert _satu_jalan("10>11!12", {"10": 10, "11": 9, "12": 0}).soal == ("11",)


def test_jumlah_disusutkan_satu_demi_satu() -> None:
    """Two counts in one set: the first is lowered as far as it goes, the second by what is then left over."""
    lembar = rakit(DUA.format(a="10/11 12/13"))
    isi = {**BAIK, "10": 0, "11": 20, "12": 0, "13": 20}
    (j,) = jalan(aturan(("area_2", ">= 86")), lembar, isi, {}, "WBK", HARI).gagal
    assert [[(u.butir, u.ke, u.jenjang) for u in p.perubahan] for p in j.pilihan] == [
        [("10", 9, 2), ("12", 20, 4)],
        [("10", 14, 3), ("12", 15, 3)],
        [("10", 19, 4), ("12", 10, 2)],
    ]
    assert [j.gerbang.dipenuhi(p.nilai_sesudah) for p in j.pilihan] == [True] * 3


# -------------------------------------------------------------------------------------------------------- the shipped gates


def _kirim(jawaban: Mapping[str, Any], predikat: str, banyak: int = 5, survei: Mapping[str, Fraction] | None = None) -> Jalan:
    return jalan(definisi(), instrumen(), jawaban, {}, predikat, HARI, banyak, survei)


def test_d11_semua_b_menuju_wbbm() -> None:
    """D11: all B passes WBK; for WBBM four areas, pengungkit and the total fail, and all can be mended by nine answers."""
    assert _kirim(semua("B"), "WBK").gagal == ()
    hasil = _kirim(semua("B"), "WBBM")
    assert [j.gerbang.komponen for j in hasil.gagal] == ["total", "pengungkit", "area_2", "area_3", "area_4", "area_6"]
    per = {j.gerbang.komponen: j for j in hasil.gagal}
    ukuran = {k: (len(j.pilihan[0].perubahan), j.pilihan[0].jenjang, j.banyaknya, j.lebih) for k, j in per.items()}
    assert ukuran == {
        "total": (3, 3, 4, False),
        "pengungkit": (8, 8, 1000, True),
        "area_2": (4, 4, 15, False),
        "area_3": (1, 1, 2, False),
        "area_4": (1, 1, 8, False),
        "area_6": (1, 1, 2, False),
    }
    assert [p.perubahan[0].butir for p in per["area_4"].pilihan] == ["46", "48", "50", "42", "40"]
    assert hasil.sekaligus is not None
    assert (len(hasil.sekaligus.perubahan), hasil.sekaligus.jenjang, hasil.sekaligus.sisa) == (9, 9, ())


def test_d11_akuntabilitas_kurang_sehelai() -> None:
    """The all-B sheet misses area 4 by a repeating decimal, which is kept as it is."""
    per = {j.gerbang.komponen: j for j in _kirim(semua("B"), "WBBM").gagal}
    area = nilai(instrumen(), semua("B"), {}).area[4]
    assert per["area_4"].gerbang.kurang == 75 - area.persen
    assert per["area_4"].gerbang.poin_kurang == Fraction("7.5") - area.nilai


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize("jawaban", [{}, {"125": "4", "127": "4"}, {k: v for k, v in semua("C").items() if k not in {"88", "106", "110"}}])
def test_lembar_127_soal(predikat: str, jawaban: Mapping[str, Any]) -> None:
    """Sheets that are empty or poor: every set offered, single or for all, passes when carried out and scored again."""
    hasil = _kirim(jawaban, predikat)
    for j in hasil.gagal:
        for p in j.pilihan:
            assert j.gerbang.dipenuhi(_ulang(instrumen(), jawaban, {}, p.perubahan).komponen(j.gerbang.komponen))
    assert hasil.sekaligus is not None
    skor = _ulang(instrumen(), jawaban, {}, hasil.sekaligus.perubahan)
    gagal = tuple(j.gerbang.id for j in hasil.gagal if not j.gerbang.dipenuhi(skor.komponen(j.gerbang.komponen)))
    assert gagal == hasil.sekaligus.sisa
    assert set(hasil.sekaligus.sesudah) == {j.gerbang.id for j in hasil.gagal}


def test_lembar_penuh_lulus() -> None:
    """Nothing to do."""
    hasil = _kirim(semua(), "WBBM")
    assert (hasil.gagal, hasil.sekaligus, len(hasil.lulus)) == ((), None, 12)


def test_predikat_dan_tanggal_yang_tidak_ada() -> None:
    """An unknown predikat, or a date without thresholds, is a mistake of the caller."""
    with pytest.raises(MasukanSalah, match="'WXY' tidak dikenal"):
        _kirim({}, "WXY")
    with pytest.raises(NilaiTidakBerlaku):
        jalan(definisi(), instrumen(), {}, {}, "WBK", date(2024, 2, 18))


def test_banyak_membatasi_pilihan_saja() -> None:
    """Fewer sets are listed, as many are counted, and the set for all stays."""
    satu, lima = _kirim(semua("B"), "WBBM", 1), _kirim(semua("B"), "WBBM")
    assert [len(j.pilihan) for j in satu.gagal] == [1] * 6
    assert [(j.banyaknya, j.pilihan[:1]) for j in satu.gagal] == [(j.banyaknya, j.pilihan[:1]) for j in lima.gagal]
    assert satu.sekaligus == lima.sekaligus
