"""Bad sheets in good containers: cells out of reach, too much of anything, XML that is broken or dangerous."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.alat_paket import BUKU, LEMBAR, TEKS, baca_satu, ditolak, lembar_xml, paket, satu_lembar, teks_bersama
from zi_workflow.workbook.sandbox import Pembaca

_TAWA = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOM_TAWA = f'<!DOCTYPE worksheet [<!ENTITY a0 "ha">{_TAWA}]>'
KUADRAT = f'<!DOCTYPE worksheet [<!ENTITY a "{"a" * 50_000}">]>'


def _baris(isi: str, atribut: str = 'r="1"') -> bytes:
    return satu_lembar(f"<row {atribut}>{isi}</row>")


def _sejuta_sel() -> bytes:
    baris = "".join(f"<row>{''.join(f'<c><v>{n * k}</v></c>' for k in range(3, 103))}</row>" for n in range(10_000))
    return paket({LEMBAR: lembar_xml(baris)})


def _teks_berulang() -> bytes:
    sel = ("<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>") * 10
    return paket({LEMBAR: lembar_xml(sel), TEKS: teks_bersama(f"<si><t>{'x' * 32_000}</t></si>")})


def _rumus_berulang() -> bytes:
    anak = '<c><f t="shared" si="0"/></c>' * 100
    return satu_lembar(f'<row><c><f t="shared" si="0">{"A" * 32_000}</f></c></row><row>{anak}</row><row>{anak}</row>')


KASUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "xfd": (lambda: _baris('<c r="XFD1048576"><v>1</v></c>', 'r="1048576"'), "Sel XFD1048576 terisi"),
    "kolom_jauh": (lambda: _baris('<c r="GS1"><v>1</v></c>'), "Sel GS1 terisi"),
    "baris_jauh": (lambda: _baris('<c r="A20001"><f>1</f></c>', 'r="20001"'), "Sel A20001 terisi"),
    "kolom_jauh_tersirat": (lambda: _baris('<c r="GR1"/><c><v>1</v></c>'), "Sel GS1 terisi"),
    "kolom_melewati_akhir": (lambda: _baris('<c r="XFD1"/><c><v>1</v></c>'), "bukan rujukan"),
    "rujukan_asing": (lambda: _baris('<c r="a1"><v>1</v></c>'), "bukan rujukan"),
    "rujukan_asing_di_muka": (lambda: _baris('<c r="@1"/><c><v>1</v></c>'), "bukan rujukan"),
    "rujukan_panjang_di_muka": (lambda: _baris(f'<c r="{"A" * 100_000}1"/><c><v>1</v></c>'), "bukan rujukan"),
    "rujukan_dolar": (lambda: _baris('<c r="$A$1"><v>1</v></c>'), "bukan rujukan"),
    "rujukan_tanpa_huruf": (lambda: _baris('<c r="1"><v>1</v></c>'), "bukan rujukan"),
    "rujukan_kendali": (lambda: _baris('<c r="&#9;&#x202e;A1x"><v>1</v></c>'), "bukan rujukan"),
    "rujukan_baris_lain": (lambda: _baris('<c r="A2"><v>1</v></c>'), "tertulis di baris 1"),
    "rujukan_baris_berakhiran_sama": (lambda: _baris('<c r="A11"><v>1</v></c>'), "tertulis di baris 1"),
    "sel_dua_kali": (lambda: _baris('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'), "ditulis dua kali"),
    "sel_dua_kali_di_baris_ganda": (lambda: satu_lembar('<row r="1"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'), "dua kali"),
    "nilai_dua_kali": (lambda: _baris('<c r="A1"><v>1</v><v>2</v></c>'), "dua kali"),
    "baris_nol": (lambda: _baris("<c/>", 'r="0"'), "baris '0'"),
    "baris_asing": (lambda: _baris("<c/>", 'r="satu"'), "baris 'satu'"),
    "baris_terlalu_jauh": (lambda: _baris("<c/>", 'r="1048577"'), "baris '1048577'"),
    "baris_panjang": (lambda: _baris("<c/>", f'r="{"9" * 5000}"'), "baris '999"),
    "jenis_asing": (lambda: _baris('<c r="A1" t="q"><v>1</v></c>'), "jenis 'q'"),
    "nan": (lambda: _baris('<c r="A1"><v>NaN</v></c>'), "'NaN' tidak terbaca"),
    "inf": (lambda: _baris('<c r="A1"><v>-INF</v></c>'), "'-INF' tidak terbaca"),
    "tak_hingga": (lambda: _baris('<c r="A1"><v>1e999</v></c>'), "tidak terbaca"),
    "garis_bawah": (lambda: _baris('<c r="A1"><v>1_000</v></c>'), "tidak terbaca"),
    "koma": (lambda: _baris('<c r="A1"><v>0,5</v></c>'), "'0,5' tidak terbaca"),
    "angka_arab": (lambda: _baris('<c r="A1"><v>\u0661</v></c>'), "tidak terbaca"),
    "angka_panjang": (lambda: _baris(f'<c r="A1"><v>{"1" * 100_000}</v></c>'), "tidak terbaca"),
    "teks_bersama_tiada": (lambda: _baris('<c r="A1" t="s"><v>0</v></c>'), "tidak terbaca"),
    "teks_bersama_negatif": (lambda: _baris('<c r="A1" t="s"><v>-1</v></c>'), "tidak terbaca"),
    "teks_bersama_raksasa": (lambda: _baris(f'<c r="A1" t="s"><v>{"9" * 5000}</v></c>'), "tidak terbaca"),
    "benar_asing": (lambda: _baris('<c r="A1" t="b"><v>2</v></c>'), "tidak terbaca"),
    "teks_panjang": (lambda: _baris(f'<c r="A1" t="str"><v>{"x" * 32_768}</v></c>'), "Sel A1"),
    "gabungan_asing": (lambda: satu_lembar("", '<mergeCell ref="A1"/>'), "'A1'"),
    "gabungan_terlalu_jauh": (lambda: satu_lembar("", '<mergeCell ref="A1:XFE1"/>'), "'A1:XFE1'"),
    "gabungan_banyak": (lambda: satu_lembar("", '<mergeCell ref="A1:B2"/>' * 20_001), "terlalu banyak"),
    "sejuta_sel": (_sejuta_sel, "200000 sel"),
    "teks_berulang": (_teks_berulang, "huruf"),
    "rumus_berulang": (_rumus_berulang, "huruf"),
    "banyak_teks_bersama": (lambda: paket({TEKS: teks_bersama("<si/>" * 200_001)}), "200000 teks"),
    "teks_bersama_rusak": (lambda: paket({TEKS: "<sst>"}), "bukan XML"),
    "bom_tawa": (lambda: satu_lembar("<row><c t='str'><v>&a9;</v></c></row>", awal=BOM_TAWA), "DOCTYPE"),
    "bom_kuadrat": (lambda: satu_lembar(f"<row><c t='str'><v>{'&a;' * 5000}</v></c></row>", awal=KUADRAT), "DOCTYPE"),
    "doctype_teks": (lambda: paket({TEKS: "<!DOCTYPE sst><sst/>"}), "DOCTYPE"),
    "doctype_buku": (lambda: paket({BUKU: '<!DOCTYPE a SYSTEM "http://contoh.example/a.dtd"><a/>'}), "DOCTYPE"),
    "doctype_berkas": (lambda: paket({BUKU: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), "DOCTYPE"),
    "doctype_tipe": (lambda: paket({"[Content_Types].xml": "<!DOCTYPE a><a/>"}), "DOCTYPE"),
    "entitas_asing": (lambda: _baris("<c t='str'><v>&a;</v></c>"), "bukan XML"),
    "xml_terpotong": (lambda: paket({LEMBAR: lembar_xml("<row>")[:-30]}), "bukan XML"),
    "bukan_xml": (lambda: paket({LEMBAR: "halo"}), "bukan XML"),
    "huruf_terlarang": (lambda: _baris("<c t='str'><v>\x01</v></c>"), "bukan XML"),
    "lembar_kosong_bita": (lambda: paket({LEMBAR: b""}), "bukan XML"),
}


@pytest.mark.parametrize("nama", KASUS)
def test_lembar_yang_tidak_dapat_dibaca(nama: str, pembaca: Pembaca, tmp_path: Path) -> None:
    """Each bad sheet is refused with what was found, and the reader goes on."""
    buat, kata = KASUS[nama]
    berkas = tmp_path / "kiriman.xlsx"
    berkas.write_bytes(buat())
    salah = ditolak(pembaca, berkas)
    assert kata in f"{salah.pesan} {salah.sebab}"


def test_sel_jauh_yang_hanya_berwarna_diabaikan() -> None:
    """Styled cells without content are no content, however far away; nor are rows that are only hidden there."""
    baris = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row><row r="1048576" hidden="1"><c r="A1048576" s="3"><v></v></c></row>'
    lembar = baca_satu(satu_lembar(baris))
    assert (list(lembar.sel), lembar.tersembunyi) == (["A1"], frozenset())


def test_sampai_di_batas_masih_dibaca() -> None:
    """The last row and column within reach, and the longest text, are read."""
    baris = f'<row r="20000" hidden="1"><c r="GR20000" t="str"><v>{"x" * 32_767}</v></c></row>'
    lembar = baca_satu(satu_lembar(baris))
    assert lembar.ambil("GR", 20_000).nilai == "x" * 32_767
    assert lembar.tersembunyi == {20_000}


def test_xml_sangat_dalam_tidak_menumpuk() -> None:
    """Elements nested a hundred thousand deep are as harmless as they are meaningless."""
    dalam = "<a>" * 100_000 + "</a>" * 100_000
    assert list(baca_satu(satu_lembar(f'<row r="1"><c r="A1"><v>1</v></c>{dalam}</row>')).sel) == ["A1"]
