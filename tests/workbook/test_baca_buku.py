"""Good workbooks are read as they are: values, formulas, hidden rows, merged cells, whoever wrote them."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.workbook.alat_paket import BUKU, LEMBAR, SML, TEKS, baca, baca_satu, buku_xml, lembar_xml, paket, satu_lembar, teks_bersama
from zi_workflow.domain.cells import Buku, Sel, huruf_kolom
from zi_workflow.workbook.sandbox import Pembaca, baca_buku
from zi_workflow.workbook.sheet import RUMUS_TIDAK_TERSURAT

_HURUF = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")  # what XML cannot carry
_TEKS = st.one_of(
    st.text(_HURUF, min_size=1, max_size=60), st.sampled_from(["=1+1", "=SUM(A1)", "0,5", "50%", "_x000D_", " ", "\r\n", "+1", "@a"])
)
_ANGKA = st.one_of(st.floats(-1e300, 1e300), st.integers(-(10**15), 10**15).map(float), st.sampled_from([0.1, 0.67, 1 / 3]))
_HASIL = st.one_of(_ANGKA, st.booleans(), st.text(st.characters(categories=("L", "N", "Zs")), max_size=20), st.just("#DIV/0!"))
_ISI = st.one_of(
    st.tuples(st.just("teks"), _TEKS),
    st.tuples(st.just("angka"), _ANGKA),
    st.tuples(st.just("benar"), st.booleans()),
    st.tuples(st.just("rumus"), st.tuples(st.sampled_from(["A1*2", 'IF(K8="Ya",1,0)', "AVERAGE(L8:L9)*H7", 'A1&"<&>"']), _HASIL)),
    st.tuples(st.just("warna"), st.none()),
)


def _tertulis(nilai: float) -> Decimal:
    """Return the number that XlsxWriter puts into the file: sixteen digits."""
    return Decimal(repr(float(f"{nilai:.16G}")))


def _sel(jenis: str, isi: object) -> Sel | None:
    """Return the cell that must be read back."""
    match jenis, isi:
        case "teks", str(teks):
            return Sel(teks)
        case "angka", float(nilai):
            return Sel(_tertulis(nilai))
        case "benar", bool(nilai):
            return Sel(nilai)
        case "rumus", (str(rumus), hasil):
            terhitung = Decimal(repr(hasil)) if isinstance(hasil, float) else hasil
            assert isinstance(terhitung, str | Decimal | bool)
            return Sel(None if terhitung == "" else terhitung, rumus, hasil == "#DIV/0!")
        case _:
            return None


@given(
    isi=st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 200)), _ISI, max_size=30),
    tersembunyi=st.frozensets(st.integers(1, 60), max_size=5),
    lurus=st.booleans(),
)
def test_yang_ditulis_terbaca_kembali(isi: dict[tuple[int, int], tuple[str, object]], tersembunyi: frozenset[int], *, lurus: bool) -> None:
    """What XlsxWriter writes is read back the same: text that looks like a formula stays text, a formula has its value."""
    wadah = io.BytesIO()
    with xlsxwriter.Workbook(wadah, {"in_memory": True, "constant_memory": lurus}) as buku:
        lembar = buku.add_worksheet("Uji & coba")
        format_ = buku.add_format({"bg_color": "#FFFF00"})
        for (baris, kolom), (jenis, nilai) in sorted(isi.items()):
            match jenis, nilai:
                case "teks", str(teks):
                    lembar.write_string(baris - 1, kolom - 1, teks)
                case "angka", float(angka):
                    lembar.write_number(baris - 1, kolom - 1, angka)
                case "benar", bool(benar):
                    lembar.write_boolean(baris - 1, kolom - 1, benar)
                case "rumus", (str(rumus), hasil):
                    lembar.write_formula(baris - 1, kolom - 1, f"={rumus}", None, hasil)
                case _:
                    lembar.write_blank(baris - 1, kolom - 1, None, format_)
        if not lurus:
            for baris in tersembunyi:
                lembar.set_row(baris - 1, options={"hidden": True})
            lembar.merge_range("A300:B301", "gabung")
    terbaca = baca(wadah.getvalue()).lembar["Uji & coba"]
    harap = {f"{huruf_kolom(k)}{b}": s for (b, k), (jenis, n) in isi.items() if (s := _sel(jenis, n)) is not None}
    if not lurus:
        harap["A300"] = Sel("gabung")
        assert terbaca.tersembunyi == tersembunyi
        assert terbaca.gabungan == ("A300:B301",)
    assert dict(terbaca.sel) == harap
    assert {k: type(s.nilai) for k, s in terbaca.sel.items()} == {k: type(s.nilai) for k, s in harap.items()}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_angka_adalah_tulisan_terpendeknya(nilai: float) -> None:
    """A number is the exact decimal of the shortest writing of the double, however the file writes it."""
    (sel,) = baca_satu(satu_lembar(f'<row r="1"><c r="A1"><v> {nilai!r} </v></c></row>')).sel.values()
    assert sel == Sel(Decimal(repr(nilai)))
    assert isinstance(sel.nilai, Decimal)


@pytest.mark.parametrize(
    ("tulisan", "tampil"),
    [("2026", "2026"), ("5.0", "5"), ("0.10000000000000001", "0.1"), ("1E2", "100"), ("+.5", "0.5"), ("6.7000000000000004E-1", "0.67")],
)
def test_angka_ditulis_wajar(tulisan: str, tampil: str) -> None:
    """Whole numbers have no decimals, and the machine's rounding does not show."""
    nilai = baca_satu(satu_lembar(f'<row r="1"><c r="A1"><v>{tulisan}</v></c></row>')).ambil("A", 1).nilai
    assert isinstance(nilai, Decimal)
    assert format(nilai, "f") == tampil


def test_openpyxl_dan_beberapa_lembar(tmp_path: Path) -> None:
    """Workbooks of openpyxl (inline and shared texts, hidden sheet, formula never calculated) are read through the child."""
    buku = openpyxl.Workbook()
    satu = buku.active
    assert satu is not None
    satu.title = "LKE"
    satu["A1"], satu["B1"], satu["C1"] = "teks", 0.5, "=A1&B1"
    satu.row_dimensions[4].hidden = True
    satu.merge_cells("K8:K9")
    dua = buku.create_sheet("Tersembunyi")
    dua.sheet_state = "hidden"
    dua["A1"] = True
    buku.save(tmp_path / "op.xlsx")
    hasil = baca_buku(tmp_path / "op.xlsx")
    assert list(hasil.lembar) == ["LKE", "Tersembunyi"]
    lembar = hasil.lembar["LKE"]
    assert dict(lembar.sel) == {"A1": Sel("teks"), "B1": Sel(Decimal("0.5")), "C1": Sel(None, "A1&B1")}
    assert lembar.tersembunyi == {4}
    assert lembar.gabungan == ("K8:K9",)
    assert dict(hasil.lembar["Tersembunyi"].sel) == {"A1": Sel(nilai=True)}


def test_setiap_jenis_sel() -> None:
    """Text in every form that the format knows, errors, truth values, dates as they are written."""
    sel = (
        '<c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>ka</t></r><r><t>ya</t></r><rPh><t>x</t></rPh></is></c>'
        '<c r="C1" t="str"><f>A1</f><v>h_x000D_asil</v></c><c r="D1" t="e"><v>#N/A</v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="F1" t="b"><v>true</v></c><c r="G1" t="d"><v>2026-05-31</v></c><c r="H1" t="str"><f>""</f><v></v></c>'
        '<c r="I1"><f>1+1</f></c><c r="J1"><f>=2</f><v></v></c><c r="K1" t="s"><v>2</v></c><c r="L1" t="inlineStr"><is><t/></is></c>'
        '<c r="M1" t="str"><f>1</f><is><t>sisip</t></is></c><c r="N1" t="s"><v>3</v></c>'
    )
    teks = "<si><t>tidak</t></si><si><r><rPr/><t>dua </t></r><r><t>ruas</t></r><rPh sb='0' eb='1'><t>bunyi</t></rPh></si><si/>"
    teks += "<si><t>_x005F_x000D_ _xD800_ _x0041_</t></si>"
    assert dict(baca_satu(paket({LEMBAR: lembar_xml(f"<row>{sel}</row>"), TEKS: teks_bersama(teks)})).sel) == {
        "A1": Sel("dua ruas"),
        "B1": Sel("kaya"),
        "C1": Sel("h\rasil", "A1"),
        "D1": Sel("#N/A", galat=True),
        "E1": Sel("#DIV/0!", "1/0", galat=True),
        "F1": Sel(nilai=True),
        "G1": Sel("2026-05-31"),
        "H1": Sel("", '""'),
        "I1": Sel(None, "1+1"),
        "J1": Sel(None, "2"),
        "M1": Sel("sisip", "1"),
        "N1": Sel("_x000D_ _xD800_ A"),
    }


def test_rumus_bersama() -> None:
    """Cells that share a formula all have it; one whose formula stands nowhere still counts as a formula."""
    sel = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"></f></c><c r="B3"><f t="shared" si="7"/><v>1</v></c></row>'
        '<row r="4"><c r="A4"><f t="array" ref="A4">SUM(B1:B3)</f><v>6</v></c></row>'
    )
    assert dict(baca_satu(satu_lembar(sel)).sel) == {
        "A1": Sel(Decimal(2), "B1*2"),
        "A2": Sel(Decimal(4), "B1*2"),
        "A3": Sel(None, "B1*2"),
        "B3": Sel(Decimal(1), RUMUS_TIDAK_TERSURAT),
        "A4": Sel(Decimal(6), "SUM(B1:B3)"),
    }


def test_letak_yang_tersirat() -> None:
    """Rows and cells that do not say where they are follow the ones before them."""
    sel = '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r="5"><c r="Z5"/><c><v>27</v></c></row><row><c><v>6</v></c></row>'
    assert {k: s.nilai for k, s in baca_satu(satu_lembar(sel)).sel.items()} == {"A1": 1, "C1": 3, "AA5": 27, "A6": 6}


def test_baris_tersembunyi_dengan_segala_cara() -> None:
    """A row is hidden by its mark or by having no height; a height of its own does not hide it."""
    atribut = ['hidden="1"', 'hidden="true"', 'hidden="0"', 'ht="0" customHeight="1"', 'ht="0.0"', 'ht="15"', 'ht="x"', ""]
    lembar = baca_satu(satu_lembar("".join(f"<row {a}/>" for a in atribut)))
    assert lembar.tersembunyi == {1, 2, 4, 5}


def test_awalan_ruang_nama_dan_edisi_ketat() -> None:
    """Elements count by their namespace, under any prefix and in the strict edition too; strangers' elements do not."""
    sel = "<x:row><x:c><x:v>1</x:v><y:v>2</y:v></x:c></x:row>"
    awalan = f'<x:worksheet xmlns:x="{SML}" xmlns:y="urn:lain"><x:sheetData>{sel}</x:sheetData></x:worksheet>'
    ketat = lembar_xml("<row><c><v>1</v></c></row>").replace(SML, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    for isi in (awalan, ketat):
        assert dict(baca_satu(paket({LEMBAR: isi})).sel) == {"A1": Sel(Decimal(1))}


def test_teks_di_luar_sel_bukan_isi() -> None:
    """Values outside a cell are nobody's; comments and CDATA inside one do not break it."""
    isi = "<v>9</v><f>9</f><is><t>9</t></is><row><v>9</v><c t='str'><v>a<!-- b --><![CDATA[<c>]]></v></c></row>"
    assert dict(baca_satu(satu_lembar(isi)).sel) == {"A1": Sel("a<c>")}


def test_utf16() -> None:
    """A part in UTF-16, as the format allows, is read."""
    isi = lembar_xml("<row><c t='str'><v>é</v></c></row>").replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    assert dict(baca_satu(paket({LEMBAR: isi.encode("utf-16")})).sel) == {"A1": Sel("é")}


def test_buku_tanpa_lembar() -> None:
    """A workbook without sheets is an empty one: what is missing is said by who looks for it."""
    assert baca(paket({BUKU: buku_xml("")})) == Buku()


def test_buku_kerja_kementerian(bersama: Path, pembaca: Pembaca) -> None:
    """The ministry's workbook: its three sheets, hidden ones too, formulas without values, weights as numbers."""
    buku = pembaca.baca(bersama / "lke" / "lke-zi-kosong.xlsx")
    assert list(buku.lembar) == ["Utama", "Ctt Eval", "LKE ZI"]
    lembar = buku.lembar["LKE ZI"]
    assert lembar.ambil("L", 7) == Sel(None, "AVERAGE(L8:L9)*H7")
    assert lembar.ambil("K", 8).kosong
    assert lembar.ambil("H", 7) == Sel(Decimal("0.5"))
    assert lembar.tersembunyi == frozenset()
    assert len(lembar.gabungan) == 72


def test_buku_kerja_kementerian_sama_dengan_openpyxl(bersama: Path, pembaca: Pembaca) -> None:
    """Cell by cell, the ministry's workbook is what openpyxl, the slow way, finds in it."""
    jalan = bersama / "lke" / "lke-zi-kosong.xlsx"
    terbaca = pembaca.baca(jalan)
    for lembar in openpyxl.load_workbook(jalan).worksheets:
        lain = {s.coordinate: s.value for baris in lembar.iter_rows() for s in baris if s.value is not None and s.value != ""}
        kita = {k: f"={s.rumus}" if s.rumus is not None else s.nilai for k, s in terbaca.lembar[lembar.title].sel.items()}
        assert kita.keys() == lain.keys()
        assert [k for k, v in lain.items() if (Decimal(repr(v)) if isinstance(v, float) else v) != kita[k]] == []
        assert set(terbaca.lembar[lembar.title].gabungan) == {str(r) for r in lembar.merged_cells.ranges}
