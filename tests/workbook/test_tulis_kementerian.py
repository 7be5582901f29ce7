"""Our workbook in the ministry's arrangement: what is in it, what is locked, and that its figures are ours."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from tests.lke.alat import semua
from tests.workbook.alat_tulis import JAHAT, NOL_AGEN, Kalkulator, buka, campuran, isi, lke, mentah
from zi_workflow.domain.cells import urai_rujukan
from zi_workflow.domain.instrument import INDEKS, JUMLAH, PILIHAN, Rumus, Soal
from zi_workflow.domain.layout import susun
from zi_workflow.domain.recognition import TANDA
from zi_workflow.domain.scoring import nilai_butir
from zi_workflow.workbook.content import EKSPOR, IsiLembar, Penilaian, sidik
from zi_workflow.workbook.ministry import tulis_kementerian
from zi_workflow.workbook.notes import PETUNJUK, RINGKASAN

DINILAI = {"112": {"nilai": "0.25", "alasan": "Tidak ada aduan"}}
LEMBAR = "LKE ZI"


def _kolom(peran: str) -> str:
    return lke()[1].kementerian.kolom[peran]


def _baris(soal: str) -> int:
    return lke()[1].kementerian.soal[soal]


def test_setiap_jenis_jawaban_kembali() -> None:
    """Openpyxl finds each answer in its row as it was given: choices as text, counts and indices as numbers; the rest is empty."""
    jawaban = campuran()
    lembar = buka(tulis_kementerian(isi()))[LEMBAR]
    for soal in lke()[0].soal.values():
        sel = lembar[f"{_kolom('jawaban')}{_baris(soal.id)}"]
        harap = jawaban.get(soal.id)
        assert sel.value == (float(str(harap)) if soal.skala.jenis == INDEKS and harap is not None else harap), soal.id
        assert sel.data_type == ("s" if isinstance(sel.value, str) else "n")


def test_desimal_indeks_ditulis_tepat() -> None:
    """An index with twelve decimals stands in the file digit by digit."""
    berkas = tulis_kementerian(isi(penilaian=Penilaian({"125": "3.141592653589"})))
    assert Decimal(str(mentah(berkas, LEMBAR)[f"K{_baris('125')}"])) == Decimal("3.141592653589")


def test_catatan_bukti_penilaian_dan_jawaban_unit() -> None:
    """Notes, references, the judged value with its reason (whichever soal_id it is kept under) and the unit's answers have their cells."""
    penilaian = Penilaian({**campuran()}, {"3": "Catatan tiga"}, {"3": "https://contoh.test/3"}, DINILAI)
    lembar = buka(tulis_kementerian(isi(penilaian=penilaian, jawaban_unit=semua("A"))))[LEMBAR]
    tata = lke()[1].kementerian
    assert lembar[f"{_kolom('catatan')}{_baris('3')}"].value == "Catatan tiga"
    assert lembar[f"{_kolom('bukti_dukung')}{_baris('3')}"].value == "https://contoh.test/3"
    assert lembar[f"{_kolom('dinilai')}{tata.rumus['110'].baris}"].value == 0.25
    assert lembar[f"{_kolom('alasan')}{tata.rumus['110'].baris}"].value == "Tidak ada aduan"
    unit = {s: lembar[f"{_kolom('unit')}{b}"].value for s, b in tata.soal.items()}
    assert {s: str(n) for s, n in unit.items()} == {s: str(n) for s, n in semua("A").items()}


def test_buku_unit_tanpa_kolom_tpi() -> None:
    """A unit's workbook neither shows the columns of TPI nor takes a judged value from anywhere."""
    buku = buka(tulis_kementerian(isi("unit", Penilaian({**semua("A"), **NOL_AGEN}, dinilai=DINILAI), jawaban_unit=semua("B"))))
    lembar = buku[LEMBAR]
    tata = lke()[1].kementerian
    for peran in ("unit", "dinilai", "alasan"):
        assert lembar.column_dimensions[_kolom(peran)].hidden
        assert all(lembar[f"{_kolom(peran)}{b}"].value is None for b in [*tata.soal.values(), tata.rumus["110"].baris])
    assert Kalkulator(buku).sel(LEMBAR, f"L{tata.rumus['110'].baris}") == "-"


def test_tidak_ada_jawaban_yang_bukan_jawaban() -> None:
    """What is no answer of its scale, or belongs to no question, is not written."""
    lembar = buka(tulis_kementerian(isi(penilaian=Penilaian({"1": "F", "88": -1, "125": "4.1", "999": "A", "2": "A"}))))[LEMBAR]
    ada = {s for s in lke()[0].soal if lembar[f"K{_baris(s)}"].value is not None}
    assert ada == {"2"}


def test_sama_persis_setiap_kali() -> None:
    """The same content gives the same bytes; another answer gives others."""
    assert tulis_kementerian(isi()) == tulis_kementerian(isi())
    assert tulis_kementerian(isi()) != tulis_kementerian(isi(penilaian=Penilaian(semua("A"))))
    with zipfile.ZipFile(io.BytesIO(tulis_kementerian(isi()))) as paket:
        assert {i.date_time for i in paket.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-01-01T00:00:00Z" in paket.read("docProps/core.xml")


def test_hanya_isian_yang_terbuka() -> None:
    """All sheets are protected without a password; unlocked are the cells to fill in, those of TPI only in TPI's workbook."""
    tata = lke()[1].kementerian
    isian = {f"{_kolom(p)}{b}" for p in ("jawaban", "catatan", "bukti_dukung") for b in tata.soal.values()}
    khusus = {f"{_kolom(p)}{r.baris}" for p in ("dinilai", "alasan") for r in tata.rumus.values()}
    for penilai, terbuka in (("unit", isian), ("tpi", isian | khusus)):
        buku = buka(tulis_kementerian(isi(penilai)))
        assert [n for n in buku.sheetnames if not buku[n].protection.sheet or buku[n].protection.password] == []
        assert {s.coordinate for baris in buku[LEMBAR].iter_rows() for s in baris if not s.protection.locked} == terbuka
        lain = [s for n in buku.sheetnames if n != LEMBAR for baris in buku[n].iter_rows() for s in baris]
        assert all(s.protection.locked for s in lain)


def test_setiap_soal_punya_aturan_isian() -> None:
    """Each answer cell says what may be typed: the scale's letters, a whole number, an index; each with words in Indonesian."""
    lembar = buka(tulis_kementerian(isi()))[LEMBAR]
    aturan = {str(r): d for d in lembar.data_validations.dataValidation for r in d.sqref.ranges}
    for soal in lke()[0].soal.values():
        satu: Any = aturan[f"K{_baris(soal.id)}"]
        harap = {
            PILIHAN: ("list", f'"{",".join(soal.skala.nilai)}"', None),
            INDEKS: ("decimal", "0", "4"),
            JUMLAH: ("whole", "0", "1000000000"),
        }[soal.skala.jenis]
        assert (satu.type, satu.formula1, satu.formula2) == harap
        assert satu.showErrorMessage
        assert satu.errorStyle in (None, "stop")
        assert satu.prompt
        assert satu.error
    for rumus in lke()[1].kementerian.rumus.values():
        assert (aturan[f"Q{rumus.baris}"].type, aturan[f"Q{rumus.baris}"].formula2) == ("decimal", "1")


def test_persentase_dan_jumlah_adalah_rumus() -> None:
    """Answer cells of percentages and of the sums over their parts are formulas, not typed numbers."""
    lembar = buka(tulis_kementerian(isi()))[LEMBAR]
    for rumus in lke()[1].kementerian.rumus.values():
        for baris in filter(None, (rumus.baris, rumus.jumlah)):
            assert lembar[f"K{baris}"].data_type == "f"


def test_cara_menghitung_dengan_kurung() -> None:
    """A sum below the line stands in brackets, so that the sentence says what is really divided; a single figure has none."""
    lembar = buka(tulis_kementerian(isi()))[LEMBAR]
    cara = {k: lembar[f"I{r.baris}"].value for k, r in lke()[1].kementerian.rumus.items()}
    jumlah = [k for k, r in lke()[1].kementerian.rumus.items() if r.jumlah is not None]
    assert jumlah
    assert all(" ÷ (" in cara[k] and " + " in cara[k] for k in jumlah)
    assert all(" ÷ (" not in c for k, c in cara.items() if k not in jumlah)


# ------------------------------------------------------------------------------------------------------------- figures


def _harap(satu: IsiLembar) -> dict[str, Fraction | str]:
    """Return our figures for the score cells of the main sheet and the areas of the other, straight from the scoring."""
    tata, skor = satu.tata_letak, satu.skor()
    hasil: dict[str, Fraction | str] = {f"L{b}": skor.indikator[i].nilai for i, b in tata.indikator.items()}
    for k in tata.kelompok:
        hasil[f"L{k.baris}"] = sum((skor.indikator[i].nilai for i in k.anggota), Fraction())
    for nama, baris in tata.bagian.items():
        aspek, nomor = nama.split(".")
        hasil[f"L{baris}"] = getattr(skor.area[int(nomor)], aspek)
    for peta in (tata.aspek, tata.komponen, tata.ringkasan):
        hasil |= {f"L{b}": getattr(skor, n) for n, b in peta.items()}
    for butir in satu.instrumen.butir.values():
        nilai = nilai_butir(butir, satu.penilaian.jawaban, satu.dinilai)
        baris = tata.rumus[butir.kunci].baris if isinstance(butir, Rumus) else tata.soal[butir.kunci]
        hasil.setdefault(f"L{baris}", "-" if nilai is None else nilai)
    return hasil


def _area(satu: IsiLembar) -> dict[str, Fraction]:
    return {f"F{n}": a.persen / 100 for n, a in enumerate(satu.skor().area.values(), 5)}


def _jawaban() -> st.SearchStrategy[dict[str, Any]]:
    def satu(soal: Soal) -> st.SearchStrategy[str | int]:
        if soal.skala.jenis == PILIHAN:
            return st.sampled_from(sorted(soal.skala.nilai))
        return st.decimals(0, 4, places=2).map(str) if soal.skala.jenis == INDEKS else st.integers(0, 4)

    semua_soal = lke()[0].soal
    penuh = st.fixed_dictionaries({s.id: satu(s) for s in semua_soal.values()})
    buang = st.sets(st.sampled_from(list(semua_soal)), max_size=60)
    return st.builds(lambda ada, tanpa: {k: v for k, v in ada.items() if k not in tanpa}, penuh, buang)


@settings(max_examples=15, phases=[Phase.generate])  # each example is a whole workbook: shrinking would take minutes
@given(jawaban=_jawaban(), dinilai=st.sampled_from(["0", "0.5", "1"]), penilai=st.sampled_from(["unit", "tpi"]))
def test_rumus_menghitung_nilai_kita(jawaban: dict[str, Any], dinilai: str, penilai: str) -> None:
    """Calculated exactly, the formulas give our figures for every item, indicator, area, aspect and total; so do the stored values."""
    rumus = [b for b in lke()[0].butir.values() if isinstance(b, Rumus)]
    satu = isi(penilai, Penilaian(jawaban, dinilai={b.ids[-1]: {"nilai": dinilai, "alasan": "x"} for b in rumus}))
    berkas = tulis_kementerian(satu)
    hitung = Kalkulator(buka(berkas))
    for lembar, harap in ((LEMBAR, _harap(satu)), (RINGKASAN, _area(satu))):
        assert {s: hitung.sel(lembar, s) for s in harap} == harap
        simpan: Any = mentah(berkas, lembar)
        for sel, nilai in harap.items():
            tersimpan = simpan[sel]
            assert tersimpan[0] == nilai if isinstance(nilai, str) else abs(Fraction(tersimpan[0]) - nilai) < 1e-9, sel


def test_buku_kosong_bernilai_nol() -> None:
    """An empty workbook shows 0 everywhere and no answered question, and a dash for each item."""
    satu = isi(penilaian=Penilaian())
    buku = buka(tulis_kementerian(satu))
    hitung = Kalkulator(buku)
    assert hitung.sel(LEMBAR, f"L{satu.tata_letak.ringkasan['total']}") == 0
    assert {n for s, n in _harap(satu).items() if s not in {f"L{b}" for b in satu.tata_letak.indikator.values()}} == {Fraction(0), "-"}
    assert [s.value for baris in buku[RINGKASAN].iter_rows() for s in baris if str(s.value).startswith("Soal terjawab")]


@pytest.mark.parametrize(
    ("nilai", "alasan", "hasil"), [("0.25", "ada", Fraction(1, 4)), ("0.25", "", "-"), (None, "ada", "-"), ("2", "ada", "-")]
)
def test_penilaian_sendiri_perlu_nilai_dan_alasan(nilai: str | None, alasan: str, hasil: object) -> None:
    """What TPI types into the workbook counts only as a number 0 to 1 with a reason, and only where the denominator is 0."""
    buku = buka(tulis_kementerian(isi(penilaian=Penilaian({**semua("A"), **NOL_AGEN}))))
    for kunci in ("110", "105"):
        baris = lke()[1].kementerian.rumus[kunci].baris
        buku[LEMBAR][f"Q{baris}"] = None if nilai is None else float(nilai)
        buku[LEMBAR][f"R{baris}"] = alasan or None
    hitung = Kalkulator(buku)
    assert hitung.sel(LEMBAR, f"L{lke()[1].kementerian.rumus['110'].baris}") == hasil
    assert hitung.sel(LEMBAR, f"L{lke()[1].kementerian.rumus['105'].baris}") == 1


@pytest.mark.parametrize("ketikan", ["6", -1, 2.5, 1_000_000_001, None, True])
def test_jumlah_yang_tidak_sah_dianggap_belum(ketikan: Any) -> None:  # noqa: ANN401 - whatever may be typed
    """A count that is no whole number within its range leaves the percentage unanswered, as our scoring does."""
    buku = buka(tulis_kementerian(isi(penilaian=Penilaian(semua("A")))))
    buku[LEMBAR][f"K{_baris('105')}"] = ketikan
    assert Kalkulator(buku).sel(LEMBAR, f"L{lke()[1].kementerian.rumus['105'].baris}") == "-"


# --------------------------------------------------------------------------------------------------------------- texts


def _teks() -> st.SearchStrategy[str]:
    bebas = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    return st.sampled_from(JAHAT) | bebas | st.builds("".join, st.lists(st.sampled_from(JAHAT), min_size=1, max_size=3))


@settings(max_examples=15, phases=[Phase.generate])  # each example is a whole workbook: shrinking would take minutes
@given(teks=st.lists(_teks(), min_size=1, max_size=60), nama=_teks())
def test_teks_orang_tetap_teks(teks: list[str], nama: str) -> None:
    """No text of a user becomes a formula, a link, a number or markup: each comes back as text, letter by letter."""
    catatan = dict(zip(lke()[0].soal, teks, strict=False))
    dinilai = {"110": {"nilai": "1", "alasan": teks[0]}}
    penilaian = Penilaian({**semua("A"), **NOL_AGEN}, catatan, dict(reversed(catatan.items())), dinilai)
    berkas = tulis_kementerian(isi(penilaian=penilaian, nama=nama))
    sel = mentah(berkas, LEMBAR)
    for peran, peta in (("catatan", penilaian.catatan), ("bukti_dukung", penilaian.bukti_dukung)):
        assert {s: sel.get(f"{_kolom(peran)}{_baris(s)}") for s in peta} == peta
    assert sel[f"R{lke()[1].kementerian.rumus['110'].baris}"] == teks[0]
    _periksa_xml(berkas)


def _periksa_xml(berkas: bytes) -> None:
    """Check that formulas stand only where we calculate, that texts are shared strings, and that nothing links anywhere."""
    with zipfile.ZipFile(io.BytesIO(berkas)) as paket:
        nama = paket.namelist()
        lembar = {n: paket.read(n).decode() for n in nama if n.startswith("xl/worksheets/sheet")}
    assert not [n for n in nama if "externalLink" in n or n.startswith("xl/worksheets/_rels")]
    utama = lembar["xl/worksheets/sheet2.xml"]
    assert "<hyperlink" not in "".join(lembar.values())
    dihitung = {urai_rujukan(r)[1] for r in re.findall(r'<c r="([A-Z]+[0-9]+)"[^>]*><f>', utama)}
    assert dihitung == {urai_rujukan(f"{k}1")[1] for k in "KLM"}
    for kolom in "BCDEFGIOPR":
        jenis = re.findall(rf'<c r="{kolom}[0-9]+"[^/>]*t="([a-zA-Z]+)"[^/>]*><', utama)
        assert set(jenis) <= {"s"}


@pytest.mark.parametrize("nama", ["=1+1", "[/x]", "kanan \u202ekiri", "a\u200bb\x00c"])
def test_nama_unit_tampak_dan_tidak_berbahaya(nama: str) -> None:
    """A unit's name is shown as text on every sheet, with what is invisible or turns the line around spelled out."""
    buku = buka(tulis_kementerian(isi(nama=nama, kode="KODE")))
    for lembar, sel in ((LEMBAR, "A1"), (PETUNJUK, "A2"), (RINGKASAN, "A2")):
        teks = buku[lembar][sel]
        assert teks.data_type == "s"
        assert all(h.isprintable() or h == "\n" for h in teks.value)
        assert nama.split(maxsplit=1)[0].split("\u200b", maxsplit=1)[0] in teks.value
    assert "\\u202e" in buku[LEMBAR]["A1"].value or "\u202e" not in nama


def test_teks_yang_terlalu_panjang_dipotong() -> None:
    """A text longer than a cell may hold ends in an ellipsis, counted as Excel counts; nothing is lost silently."""
    berkas = tulis_kementerian(
        isi(penilaian=Penilaian(catatan={"1": "x" * 40_000, "2": "\U0001f600" * 20_000, "3": "<r>" + "&" * 9000 + "</r>"}))
    )
    sel = {s: str(mentah(berkas, LEMBAR)[f"O{_baris(s)}"]) for s in "123"}
    assert sel["1"] == "x" * 32_766 + "…"
    assert len(sel["2"].encode("utf-16-le")) // 2 <= 32_767
    assert all(t.endswith("…") for t in sel.values())


# --------------------------------------------------------------------------------------------------- marks and layout


def test_tanda_di_lembar_tersembunyi() -> None:
    """A sheet that nobody sees says what the workbook is and for whom it was made."""
    satu = isi("unit", kode="DISPORA", tujuan=EKSPOR)
    buku = buka(tulis_kementerian(satu))
    assert buku[TANDA].sheet_state == "veryHidden"
    ada = {a.value: b.value for a, b in buku[TANDA].iter_rows()}
    assert ada == {
        "format": "zi-lke",
        "versi": "1",
        "unit": "DISPORA",
        "nama": satu.nama,
        "tahun": "2026",
        "penilai": "unit",
        "instrumen": satu.instrumen.versi,
        "dibuat_untuk": "ekspor",
        "sidik": sidik(satu.instrumen, satu.tata_letak),
    }


def test_sidik_berubah_bila_susunan_berubah() -> None:
    """The digest depends on the rows and on the scales of the questions."""
    instrumen, lembaran = lke()
    tata = lembaran.kementerian
    tukar = replace(tata, soal={**tata.soal, "1": tata.soal["2"], "2": tata.soal["1"]})
    assert len({sidik(instrumen, tata), sidik(instrumen, tukar), sidik(instrumen, susun(instrumen, tata))}) == 3


def test_petunjuk_hanya_di_templat() -> None:
    """A template opens on the guide, which names the import; an export has none and opens on the answers."""
    templat, ekspor = buka(tulis_kementerian(isi())), buka(tulis_kementerian(isi(tujuan=EKSPOR)))
    assert _terbuka(templat) == PETUNJUK
    assert any("zi lke impor DISPORA" in str(s.value) for baris in templat[PETUNJUK].iter_rows() for s in baris)
    assert PETUNJUK not in ekspor.sheetnames
    assert _terbuka(ekspor) == LEMBAR


def _terbuka(buku: Workbook) -> str:
    """Return the sheet on which a workbook opens."""
    assert buku.active is not None
    return buku.active.title


def test_dapat_dibaca_dan_dicetak() -> None:
    """The header stays in sight and on every page, which is one page wide across; every scale is written as the layout says."""
    satu = isi()
    lembar = buka(tulis_kementerian(satu))[LEMBAR]
    assert lembar.freeze_panes == "H3"
    assert lembar.print_title_rows == "$1:$2"
    assert (lembar.page_setup.orientation, lembar.page_setup.fitToWidth, lembar.page_setup.fitToHeight) == ("landscape", None, 0)
    halaman = lembar.sheet_properties.pageSetUpPr
    assert halaman is not None
    assert halaman.fitToPage  # one page wide, which is what a workbook says by saying nothing
    assert {s: lembar[f"J{_baris(s)}"].value for s in satu.instrumen.soal} == {
        s.id: satu.tata_letak.tulisan[s.skala.id] for s in satu.instrumen.soal.values()
    }
    bobot = {i.id: lembar[f"H{satu.tata_letak.indikator[i.id]}"].value for i in satu.instrumen.indikator}
    assert bobot == {i.id: float(i.bobot) for i in satu.instrumen.indikator}


def test_teks_resmi_dipakai_bila_ada() -> None:
    """An edition with official texts shows its criteria, or the label of each answer; ours says what an answer is worth."""
    instrumen, lembaran = lke()
    resmi = {
        "2": replace(instrumen.soal["2"], kriteria="a. Bila semua\nb. Bila sebagian"),
        "4": replace(instrumen.soal["4"], pilihan={"A": "Semua", "B": "Sebagian"}),
    }
    komponen = tuple(
        replace(
            k,
            aspek=tuple(
                replace(a, bagian=tuple(replace(b, indikator=tuple(_ganti(i, resmi) for i in b.indikator)) for b in a.bagian))
                for a in k.aspek
            ),
        )
        for k in instrumen.komponen
    )
    berkas = tulis_kementerian(replace(isi(), instrumen=replace(instrumen, komponen=komponen), tata_letak=lembaran.kementerian))
    lembar = buka(berkas)[LEMBAR]
    assert lembar[f"I{_baris('2')}"].value == "a. Bila semua\nb. Bila sebagian"
    assert lembar[f"I{_baris('4')}"].value == "A: Semua\nB: Sebagian"
    assert lembar[f"I{_baris('5')}"].value == "A = 1; B = 0,5; C = 0"
    assert lembar.row_dimensions[_baris("4")].height > 20


def _ganti(indikator: Any, resmi: dict[str, Soal]) -> Any:  # noqa: ANN401 - an Indikator with other questions
    soal = tuple(resmi.get(s.id, s) for s in indikator.soal)
    return replace(indikator, soal=soal, butir=tuple(resmi.get(b.kunci, b) if isinstance(b, Soal) else b for b in indikator.butir))


def test_susunan_lain_untuk_edisi_lain() -> None:
    """An edition that no workbook of the ministry is known for gets its rows one after the other, with the same figures."""
    instrumen, lembaran = lke()
    satu = replace(isi(), tata_letak=susun(instrumen, lembaran.kementerian))
    hitung = Kalkulator(buka(tulis_kementerian(satu)))
    harap = _harap(satu)
    assert {s: hitung.sel(LEMBAR, s) for s in harap} == harap
