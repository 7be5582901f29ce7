"""The model of the ministry's workbook: what its formulas show for any answers, and which cell is to blame for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lke.buku import (
    DIJUMLAHKAN,
    ganti,
    instrumen,
    jawaban_apa_saja,
    kementerian,
    lembar,
    mentah,
    penuh,
    rumus_soal,
    satu_jawaban,
    tata,
)
from tests.lke.hitung_buku import GalatRumus, Kalkulator
from zi_workflow.domain.cells import Sel
from zi_workflow.domain.instrument import JUMLAH
from zi_workflow.domain.layout import TataLetak
from zi_workflow.domain.scoring import nilai
from zi_workflow.domain.sheetcells import BUKAN_ANGKA, NOL_BAGI, GalatSel, Isi, galat_dari, sama_isi, tampak
from zi_workflow.domain.sheetmodel import BarisModel, ModelBuku

BAGI, NILAI = GalatSel(NOL_BAGI), GalatSel(BUKAN_ANGKA)


def _model(
    jawaban: Mapping[str, object], ubah: Mapping[str, object] | None = None, letak: TataLetak | None = None
) -> Mapping[int, BarisModel]:
    """Model a sheet whose scale cell J8 is mended."""
    return ModelBuku(kementerian(jawaban, ubah, skala_8="Ya/Tidak"), letak or tata(), instrumen()).baris


def _tanpa(*soal: str) -> dict[str, Any]:
    return {s: n for s, n in penuh().items() if s not in soal}


def _alasan(baris: BarisModel) -> list[tuple[str, tuple[str, ...]]]:
    return [(a.kode, a.sel) for a in baris.alasan]


# ------------------------------------------------------------------------------------------------------ against a spreadsheet


def _tampil(isi: Mapping[str, object], baris: int) -> Isi:
    hasil = Kalkulator(isi).tampil(f"L{baris}")
    if isinstance(hasil, GalatRumus):
        return GalatSel(str(hasil))
    return hasil if isinstance(hasil, Fraction) else None


@given(jawaban_apa_saja(), st.sampled_from(["Ya", "Ya/Tidak"]), st.one_of(st.none(), st.just(DIJUMLAHKAN), st.integers(0, 90).map(Decimal)))
@settings(max_examples=60)
def test_model_sama_dengan_lembar_kerja(jawaban: dict[str, Any], skala_8: str, diketik: object) -> None:
    """For any answers each row is what a spreadsheet that knows nothing of the LKE calculates from the formulas."""
    isi = mentah(jawaban, skala_8=skala_8, diketik=diketik)
    for baris, model in ModelBuku(lembar(isi), tata(), instrumen()).baris.items():
        assert sama_isi(model.nilai, _tampil(isi, baris)), (baris, model)


_ANGKA = st.sampled_from(["0", "1", "0.5", "7.5", "-3", "1E+308", "1E-308"]).map(Decimal)
_BARIS_SOAL = st.sampled_from(sorted(tata().soal.values()))
_BARIS_JUMLAH = st.sampled_from([tata().soal[s.id] for s in instrumen().soal.values() if s.skala.jenis == JUMLAH])
_BARIS_NILAI = st.sampled_from(
    sorted({*tata().indikator.values(), *tata().bagian.values(), *tata().aspek.values(), *tata().ringkasan.values(), 4, 175, 200})
)
_GANGGUAN = st.one_of(
    st.tuples(_BARIS_SOAL.map("L{}".format), st.one_of(_ANGKA, st.sampled_from([None, "x", "=1", "=1/0", rumus_soal(8)]))),
    st.tuples(_BARIS_SOAL.map("J{}".format), st.sampled_from(["x", "Ya / Tidak", "-"])),
    st.tuples(_BARIS_JUMLAH.map("K{}".format), st.one_of(_ANGKA, st.sampled_from([None, " ", "12"]))),
    st.tuples(_BARIS_NILAI.map("L{}".format), st.one_of(_ANGKA, st.sampled_from([None, "x", "=1", "=1/0", "=SUM(L8,L9,L9)"]))),
    st.tuples(_BARIS_NILAI.map("H{}".format), st.one_of(_ANGKA, st.sampled_from([None, "satu", "2"]))),
    st.tuples(st.sampled_from(["J128", "J154", "J177", "J184"]), st.sampled_from([None, "Jumlah", "A/B/C", "x"])),
    st.tuples(st.sampled_from(["L90", "L129", "L177", "L178", "L179", "L185"]), st.one_of(_ANGKA, st.just("x"))),
    st.tuples(st.sampled_from(["K128", "K154", "K171", "K184"]), st.one_of(_ANGKA, st.sampled_from([None, "50%", "=1", "=K129/K130"]))),
    st.tuples(st.just("K178"), st.one_of(_ANGKA, st.sampled_from([None, "x", "=K179+K180", "=K179/0"]))),
    st.tuples(st.just("K185"), st.one_of(_ANGKA, st.sampled_from([None, "x", "=K186+K187+K188", "=1/0"]))),
    st.tuples(st.sampled_from(["K202", "K205"]), st.sampled_from([None, " ", "3", "x"])),
    st.tuples(st.sampled_from(["K203", "K9"]), st.sampled_from([None, "A ", "b", "Z"])),
    st.tuples(st.just("L175"), st.sampled_from(["=AVERAGE(L176,L183)*H175", "=SUM(L176,L183)"])),
    st.tuples(st.just("J90"), st.sampled_from(["A/B/C", "%"])),
    st.tuples(st.just("K90"), st.sampled_from(["A", Decimal(3)])),
)


@given(jawaban_apa_saja(), st.lists(_GANGGUAN, max_size=6))
@settings(max_examples=120)
def test_model_sama_dengan_lembar_kerja_yang_dirusak(jawaban: dict[str, Any], gangguan: list[tuple[str, object]]) -> None:
    """Typed over, emptied, reweighted, with other formulas: a sheet that is calculated is never said to be stale."""
    isi = {**mentah(jawaban), **dict(gangguan)}
    for baris, model in ModelBuku(lembar(isi), tata(), instrumen()).baris.items():
        assert sama_isi(model.nilai, _tampil(isi, baris)), (baris, model, isi.get(f"L{baris}"))


@st.composite
def _utuh(draw: st.DrawFn) -> dict[str, Any]:
    """Answers in which no fault of the workbook shows: counts and indices there, LHKASN like LHKPN, something in every indicator."""
    jawaban = {s.id: draw(satu_jawaban(s)) for s in instrumen().soal.values()}
    for soal in instrumen().soal.values():
        if soal.skala.jenis == JUMLAH:
            jawaban[soal.id] = draw(st.integers(1, 40))
    kali = draw(st.integers(1, 3))
    jawaban |= {str(117 + n): int(jawaban[str(113 + n)]) * kali for n in range(4)}
    for indikator in instrumen().indikator:
        pilihan = [s.id for s in indikator.soal if s.skala.dinilai]
        for soal_id in draw(st.sets(st.sampled_from(pilihan), max_size=len(pilihan) - 1)) if len(pilihan) > 1 else ():
            del jawaban[soal_id]
    return jawaban


@given(_utuh())
@settings(max_examples=60)
def test_tanpa_cacat_totalnya_sementara(jawaban: dict[str, Any]) -> None:
    """Where none of the workbook's faults shows, its total is our provisional one, exactly."""
    hasil = _model(jawaban)
    skor = nilai(instrumen(), jawaban, {})
    assert hasil[tata().ringkasan["total"]].nilai == skor.sementara.total
    for indikator in instrumen().indikator:
        assert hasil[tata().indikator[indikator.id]].nilai == skor.indikator[indikator.id].sementara


# ------------------------------------------------------------------------------------------------------ single reasons


def test_lembar_penuh_tanpa_alasan() -> None:
    """A complete, untouched sheet has nothing to explain, and both components on top repeat their sums."""
    hasil = _model(penuh())
    assert {b: m.nilai for b, m in hasil.items() if b in {4, 5, 125, 198, 200, 206, 208}} == {
        4: 60, 5: 30, 125: 30, 198: 60, 200: 40, 206: 40, 208: 100,
    }  # fmt: skip
    assert all(m.alasan == () for m in hasil.values())
    assert hasil[208].dari == (198, 206)
    assert hasil[4].dari == (198,)
    assert set(hasil) - set(_model(penuh(), {"L4": None, "L200": " "})) == {4, 200}


@pytest.mark.parametrize(
    ("ubah", "baris", "harap", "alasan"),
    [
        ({"K9": None}, 7, Fraction("0.5"), [("kosong", ("K9",))]),
        ({"K58": None}, 57, BAGI, [("tanpa_jawaban", ("L57",))]),
        ({"K202": None}, 202, NILAI, [("indeks_kosong", ("K202",))]),
        ({"K203": None}, 203, NILAI, [("indeks_kosong", ("K203",))]),
        ({"K202": " "}, 202, NILAI, [("spasi", ("K202",))]),
        ({"K203": "A "}, 203, NILAI, [("spasi", ("K203",))]),
        ({"J203": "x"}, 203, NILAI, [("skala", ("J203",))]),
        ({"K9": "A "}, 7, Fraction("0.5"), [("spasi", ("K9",))]),
        ({"J8": "Ya"}, 7, Fraction("0.5"), [("skala", ("J8",))]),
        ({"J8": "Ya / Tidak"}, 7, Fraction("0.5"), [("skala", ("J8",))]),
        ({"J8": "Ya", "K9": None}, 7, BAGI, [("tanpa_jawaban", ("L7",)), ("skala", ("J8",))]),
        ({"J58": "x", "K58": None}, 57, BAGI, [("tanpa_jawaban", ("L57",))]),
        ({"K130": None}, 127, Fraction(2), [("kosong", ("K130",))]),
        ({"K129": Decimal(0)}, 127, BAGI, [("pembagi_nol", ("K128",))]),
        ({"K129": " "}, 127, NILAI, [("spasi", ("K129",))]),
        ({"J128": None}, 127, Fraction(2), [("skala", ("J128",))]),
        ({"J128": "Jumlah", "K129": Decimal(0)}, 127, BAGI, [("pembagi_nol", ("K128",))]),
        ({"J128": "x", "K129": Decimal(0)}, 127, Fraction(2), [("skala", ("J128",))]),
        ({"K155": Decimal(0), "K156": Decimal(3)}, 153, BAGI, [("pembagi_nol", ("K154",))]),
        ({"K157": None}, 153, BAGI, [("tanpa_jawaban", ("L153",))]),
        ({"K173": None}, 170, BAGI, [("tanpa_jawaban", ("L170",)), ("perlu_lebih", ("K173",))]),
        ({"K180": None}, 176, NILAI, [("sebagian", ("K180",))]),
        ({"K180": None, "K181": None}, 176, NILAI, [("sebagian", ("K180", "K181"))]),
        ({"K180": None, "K182": None}, 176, BAGI, [("tanpa_jawaban", ("L176",))]),
        ({"K178": Decimal(36)}, 176, Fraction("0.5"), [("diketik", ("K178",))]),
        ({"K178": None}, 176, BAGI, [("tanpa_jawaban", ("L176",)), ("diketik", ("K178",))]),
        ({"K178": "=K179+K180"}, 176, Fraction(1), [("rumus", ("K178",))]),
        ({"K185": Decimal(36)}, 183, Fraction("0.5"), [("wajib_diketik", ("K185",))]),
        ({"K185": Decimal("22.5")}, 183, Fraction(4, 5), [("wajib_diketik", ("K185",))]),
        ({"K185": None}, 183, BAGI, [("tanpa_jawaban", ("L183",)), ("wajib_diketik", ("K185",))]),
        ({"K185": Decimal(0)}, 183, BAGI, [("wajib_diketik", ("K185",)), ("pembagi_nol", ("K184",))]),
        ({"K185": "delapan belas"}, 183, NILAI, [("wajib_diketik", ("K185",))]),
        ({"K185": Decimal(36), "K187": None}, 183, Fraction("0.5"), [("wajib_diketik", ("K185", "K187"))]),
        ({"K185": None, "K187": None}, 183, BAGI, [("tanpa_jawaban", ("L183",))]),
        ({"K185": Decimal(36), "K189": None}, 183, BAGI, [("tanpa_jawaban", ("L183",))]),
        ({"K186": " "}, 183, Fraction(1), [("wajib_diketik", ("K185",)), ("spasi", ("K186",))]),
        ({"L8": Decimal("0.5")}, 7, Fraction("0.375"), [("diketik", ("L8",))]),
        ({"L8": None}, 7, Fraction("0.5"), [("diketik", ("L8",))]),
        ({"L8": "=0.5"}, 7, Fraction("0.375"), [("rumus", ("L8",))]),
        ({"L8": rumus_soal(90)}, 7, Fraction("0.5"), [("rumus", ("L8",))]),
        ({"K128": Decimal("0.5")}, 127, Fraction("1.5"), [("diketik", ("K128",))]),
        ({"K128": "=K130/K129/2"}, 127, Fraction("1.5"), [("rumus", ("K128",))]),
        ({"L7": Decimal(2)}, 7, Fraction(2), [("diketik", ("L7",))]),
        ({"L7": None}, 7, None, [("diketik", ("L7",))]),
        ({"L7": "=AVERAGE(L9)*H6"}, 7, Fraction(4), [("rumus", ("L7",))]),
        ({"L6": "=SUM(L7,L7,L10,L14,L18)"}, 6, Fraction("4.5"), [("rumus", ("L6",))]),
        ({"L6": "=SUM(L7:L22)"}, 6, Fraction(16), [("rumus", ("L6",))]),
        ({"L4": Decimal(59)}, 4, Fraction(59), [("diketik", ("L4",))]),
        ({"L198": None}, 198, None, [("diketik", ("L198",))]),
        ({"L198": "enam puluh"}, 198, None, [("diketik", ("L198",))]),
        ({"L4": "=L208"}, 4, Fraction(100), [("rumus", ("L4",))]),
        ({"L202": "=K202*H202"}, 202, Fraction(70), [("rumus", ("L202",))]),
        ({"L203": "=2"}, 203, Fraction(2), [("rumus", ("L203",))]),
        ({"L175": "=L176"}, 175, Fraction(1), [("rumus", ("L175",))]),
        ({"H7": Decimal(1)}, 7, Fraction(1), [("bobot", ("H7",))]),
        ({"H7": None}, 7, Fraction(0), [("bobot", ("H7",))]),
        ({"H7": "setengah"}, 7, NILAI, [("bobot", ("H7",))]),
        ({"H202": Decimal(18)}, 202, Fraction(18), [("bobot", ("H202",))]),
        ({"H175": Decimal(3)}, 175, Fraction(3), [("bobot", ("H175",))]),
        ({"L90": Decimal(0)}, 89, Fraction("1.125"), [("diketik", ("L90",))]),
        ({"L129": Decimal(0)}, 127, Fraction(4, 3), [("diketik", ("L129",))]),
        ({"L129": "=0"}, 127, Fraction(4, 3), [("rumus", ("L129",))]),
        ({"J90": "A/B/C", "K90": "C"}, 89, Fraction("1.125"), [("skala", ("J90",))]),
    ],
)  # fmt: skip
def test_satu_gangguan_satu_alasan(ubah: dict[str, object], baris: int, harap: Isi, alasan: list[tuple[str, tuple[str, ...]]]) -> None:
    """Each single fault gives what a spreadsheet gives, and names its own cells and no others; every other row stays without a fault."""
    hasil = _model(penuh(), ubah)
    assert sama_isi(hasil[baris].nilai, harap), hasil[baris]
    assert _alasan(hasil[baris]) == alasan
    assert all(a.kalimat.count(s) for a in hasil[baris].alasan for s in a.sel)
    lain = {b for b, m in hasil.items() if m.alasan} - {baris}
    assert lain <= ({175} if baris in {176, 183} else set())


@pytest.mark.parametrize(
    "ubah",
    [
        {"L8": Decimal(1)},
        {"K128": Decimal(1)},
        {"L7": Decimal("0.500000000000001")},
        {"L208": Decimal(100)},
        {"L168": "=AVERAGE(L169:L169)*H168"},
        {"L7": "=AVERAGE( $L$8:$L$9 )*$H$7"},
        {"L198": "=SUM(L5,L125)"},
        {"L4": "=SUM(L198)"},
        {"K171": '=IF(OR(K172="",K174="",K173=""),"-",IF(K174/K172>1,1,K174/K172))'},
        {"K185": "=K186+K187+K188"},
        {"K179": "6"},
        {"K202": "4"},
        {"K9": "a"},
        {"L90": "catatan"},
        {"L90": None},
        {"K178": Decimal(18)},
        {"H7": "0.5", "L7": Decimal("0.5")},
        {"L176": Decimal(1)},
        {"K8": None, "L8": None, "K9": "A"},
    ],
)
def test_yang_tidak_mengubah_angka_tidak_disalahkan(ubah: dict[str, object]) -> None:
    """What comes to the same is no cause: a value typed as the formula gives it, the same formula written otherwise, digits as text."""
    alasan = {a.kode for m in _model(penuh(), ubah).values() for a in m.alasan}
    assert alasan <= {"kosong", "bobot"}


def test_kelompok_dua_kali_lhkpn() -> None:
    """The workbook's row over LHKPN and LHKASN counts LHKPN twice; said only where the two differ."""
    hasil = _model({**penuh(), "120": 9})
    assert hasil[183].nilai == Fraction("0.5")
    assert hasil[175].nilai == 2
    assert hasil[175].dari == (176, 183)
    assert [(a.kode, a.sel) for a in hasil[175].alasan] == [("kelompok", ("L175",))]
    nama = {i.id: i.nama for i in instrumen().indikator}
    kalimat = hasil[175].alasan[0].kalimat
    assert kalimat == f"L175 menghitung {nama['reform.5.iii.a']} 2 kali dan tidak menghitung {nama['reform.5.iii.b']}"
    assert _model({**penuh(), "116": 9, "120": 9})[175].alasan == ()


def test_kelompok_membaca_sel_yang_disebut_rumusnya() -> None:
    """The group's average is over the very cells: with another weight of LHKPN its two values are no longer the same."""
    hasil = _model(penuh(), {"H176": Decimal(2)})
    assert hasil[176].nilai == 2
    assert hasil[175].nilai == 3
    assert hasil[167].nilai == Fraction("8.5")


def test_kelompok_menurut_namanya() -> None:
    """An edition whose workbook averages its members by name, without a range, leaves out nobody."""
    (kelompok,) = tata().kelompok
    rumus = "AVERAGE(L176,L183)*H175"
    letak = replace(tata(), kelompok=(replace(kelompok, dihitung=kelompok.anggota, rumus=rumus),))
    hasil = _model({**penuh(), "120": 9}, {"L175": f"={rumus}"}, letak)
    assert (hasil[175].nilai, hasil[175].alasan) == (Fraction("1.5"), ())
    berbobot = _model({**penuh(), "120": 9}, {"L175": f"={rumus}", "H175": Decimal(3)}, letak)
    assert _alasan(berbobot[175]) == [("bobot", ("H175",))]
    tanpa = _model(penuh(), {"L175": f"={rumus}", "L183": None}, letak)
    assert (tanpa[175].nilai, _alasan(tanpa[175])) == (Fraction(2), [])
    assert _alasan(tanpa[183]) == [("diketik", ("L183",))]


def test_kelompok_tanpa_jawaban() -> None:
    """Without LHKPN and LHKASN the group is an error, too."""
    hasil = _model(_tanpa("113", "114", "115", "116", "117", "118", "119", "120"))
    assert (hasil[176].nilai, hasil[183].nilai, hasil[175].nilai) == (BAGI, BAGI, BAGI)
    semua = dict.fromkeys(("L176", "L177", "L178", "L179"))
    assert _model(penuh(), semua)[175].nilai == BAGI


def test_galat_naik_sampai_total() -> None:
    """An error passes through area, aspect and total; of two errors either may show, since programs differ in which they pass on."""
    hasil = _model(_tanpa("38", "125"))
    assert [hasil[b].nilai for b in (57, 36, 5, 198, 4)] == [BAGI] * 5
    assert [hasil[b].nilai for b in (202, 201, 206)] == [NILAI] * 3
    total = hasil[208].nilai
    assert total == GalatSel(NOL_BAGI, (BUKAN_ANGKA,))
    assert sama_isi(total, NILAI)
    assert sama_isi(total, BAGI)
    assert not sama_isi(total, GalatSel("#REF!"))
    assert galat_dari([total, NILAI, BAGI, Fraction(1), None]) == total


def test_rumus_yang_salah_di_semua_baris_bukan_kaidah() -> None:
    """A formula that values answers otherwise is a fault even where it was filled down the whole sheet."""
    salah = {
        f"L{b}": rumus_soal(b).replace('="B",0.5', '="B",0.9') for b in (*tata().soal.values(), *(r.baris for r in tata().rumus.values()))
    }
    hasil = _model({**penuh(), "2": "B"}, {b: r for b, r in salah.items() if b not in {"L202", "L203", "L205"}})
    assert hasil[7].nilai == Fraction("0.475")
    assert _alasan(hasil[7]) == [("rumus", ("L9",))]


def test_lembar_tanpa_rumus_sama_sekali() -> None:
    """A sheet pasted as values says so in each cell that differs from its formula, and what is typed counts."""
    nilai_saja = {r: Sel(Decimal(1)) for r in kementerian(penuh()).sel if r.startswith("L")}
    hasil = ModelBuku(ganti(kementerian(penuh()), **nilai_saja), tata(), instrumen()).baris
    assert hasil[208].nilai == 1
    assert _alasan(hasil[208]) == [("diketik", ("L208",))]


def test_galat_yang_diketik() -> None:
    """An error that somebody typed, or that another formula gives, passes upwards as it is."""
    hasil = _model(penuh(), {"L9": "=1/0"})
    assert (hasil[7].nilai, _alasan(hasil[7])) == (BAGI, [("rumus", ("L9",))])
    galat = ganti(
        kementerian(penuh()),
        L9=Sel("#REF!", galat=True),
        H10=Sel("#NAME?", galat=True),
        L10=Sel("#NAME?", "AVERAGE(L11:L13)*H10", galat=True),
    )
    rusak = ModelBuku(galat, tata(), instrumen()).baris
    assert (rusak[7].nilai, rusak[10].nilai) == (GalatSel("#REF!"), GalatSel("#NAME?"))
    assert rusak[6].nilai == GalatSel("#REF!", ("#NAME?",))


def test_nilai_benar_salah_di_sel_hitungan() -> None:
    """A truth value is 1 or 0 to arithmetic and nothing to an average."""
    hasil = _model(penuh(), {"K185": True, "L9": True, "L10": False})
    assert hasil[183].nilai == 1
    assert _alasan(hasil[183]) == [("wajib_diketik", ("K185",))]
    assert hasil[183].alasan[0].kalimat == "jumlah wajib lapor K185 diketik TRUE, bukan dijumlahkan dari bagiannya (18)"
    assert hasil[7].nilai == Fraction("0.5")
    assert hasil[10].nilai is None


# ------------------------------------------------------------------------------------------------------ crafted sheets


@pytest.mark.parametrize("nilai_sel", [Decimal("1E+308"), Decimal("-1E+400"), Decimal("1E-400"), "9" * 4000, "x" * 32_000])
@pytest.mark.parametrize("rujukan", ["K129", "K186", "K185", "K178", "K128", "H7", "L8", "L7", "L208", "J8", "L90", "K202", "L175", "H175"])
def test_isi_raksasa_tidak_menjatuhkan_dan_disebut_singkat(rujukan: str, nilai_sel: str | Decimal) -> None:
    """Whatever a crafted cell holds, the model answers and its sentences stay short."""
    asal = kementerian(penuh(), {rujukan: None})
    hasil = ModelBuku(ganti(asal, **{rujukan: Sel(nilai_sel)}), tata(), instrumen()).baris
    semua = [a.kalimat for m in hasil.values() for a in m.alasan]
    assert len(hasil) == 68
    assert max(map(len, semua), default=0) < 220


@pytest.mark.parametrize("rumus", ["A" + "1" * 30_000, "SUM(" + "L7," * 9000 + "L8)", "IF(" * 10_000, '"' * 32_000, "?", "SUM()"])
def test_rumus_raksasa_tidak_menjatuhkan(rumus: str) -> None:
    """A formula of any length and shape is another formula, shown by its beginning."""
    asal = kementerian(penuh())
    for rujukan in ("L8", "L7", "L6", "K128", "K178", "L202", "L175", "L4"):
        hasil = ModelBuku(ganti(asal, **{rujukan: Sel(Decimal(9), rumus)}), tata(), instrumen()).baris
        (alasan,) = {a for m in hasil.values() for a in m.alasan if a.sel == (rujukan,)}
        assert alasan.kode == "rumus"
        assert alasan.kalimat.startswith(f"rumus {rujukan} diubah: ")
        assert len(alasan.kalimat) < 100


def test_sama_isi_menurut_besarnya() -> None:
    """Binary rounding grows with the number; a figure of the LKE is told apart to nine decimals."""
    assert sama_isi(Fraction(10**20), Fraction(10**20 + 1))
    assert sama_isi(Fraction(100), Fraction(100) + Fraction(1, 10**9))
    assert not sama_isi(Fraction(100), Fraction(100) + Fraction(1, 10**8))
    assert not sama_isi(Fraction(0), None)
    assert not sama_isi(Fraction(0), BAGI)


@pytest.mark.parametrize(
    ("isi", "teks"),
    [
        (Decimal("0.50"), "0,50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E+308"), "1E+308"),
        (Fraction(67, 100), "0,67"),
        (Fraction(1, 3), "0,33333333333333333333…"[:21] + "…"),
        ("satu\n dua", "satu dua"),
        ("x" * 30, "x" * 20 + "…"),
        (False, "FALSE"),
    ],
)
def test_tampak(isi: object, teks: str) -> None:
    """Cells are quoted on one line, by their beginning, numbers without an exponent where that is short."""
    assert tampak(isi).removesuffix("…") == teks.removesuffix("…")[:20]
    assert len(tampak(isi)) <= 21
