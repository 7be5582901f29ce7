"""Recognising a workbook: which layout it is, what its cells answer, and every cell that is no answer, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from tests.lke.buku import ganti, instrumen, jawaban_apa_saja, kementerian, lembar, lke, penuh, sel_jawaban, tata
from zi_workflow.domain.cells import Buku, Lembar, Sel
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.layout import LembarPortal
from zi_workflow.domain.recognition import FORMAT, KEMENTERIAN, PORTALRB, TANDA, TEMPLAT, Terbaca, kenali, tanda_buku

PANJANG = "x" * 32_000


def _portal() -> LembarPortal:
    portal = lke()[1].portal
    assert portal is not None
    return portal


def _buku(*lembar_: Lembar) -> Buku:
    return Buku({satu.nama: satu for satu in lembar_})


def _templat(jawaban: Mapping[str, object], ubah: Mapping[str, object] | None = None) -> Buku:
    """Our workbook, as far as recognition looks at it: the ministry's arrangement and the mark."""
    tanda = {"A1": "format", "B1": FORMAT, "A2": "unit", "B2": "DISPORA", "A3": "tahun", "B3": Decimal(2026)}
    return _buku(kementerian(jawaban, ubah, skala_8="Ya/Tidak"), lembar(tanda, nama=TANDA))


def _sheet_portal(jawaban: Mapping[str, object], penilai: str, **sel: object) -> Buku:
    kolom = _portal().kolom[penilai]["jawaban"]
    isi = {f"{kolom}{_portal().soal[s]}": sel_jawaban(instrumen().soal[s], n) for s, n in jawaban.items()}
    return _buku(lembar({**isi, **sel}, nama="Jawaban"))


def _baca(buku: Buku, penilai: str = "unit") -> Terbaca:
    return kenali(buku, instrumen(), lke()[1], penilai)


def _satu(rujukan: str, sel: Sel) -> Terbaca:
    return _baca(_buku(ganti(kementerian({}), **{rujukan: sel})))


def _salah(buku: Buku) -> MasukanSalah:
    with pytest.raises(MasukanSalah) as salah:
        _baca(buku)
    return salah.value


def _pesan(**sel: Sel) -> str:
    """Return what is said of one sheet's bad cells."""
    return _salah(_buku(ganti(kementerian({}), **sel))).pesan


# ------------------------------------------------------------------------------------------------------ what comes back


@given(jawaban_apa_saja())
@settings(max_examples=40)
def test_jawaban_sah_kembali_dari_ketiga_tata_letak(jawaban: dict[str, Any]) -> None:
    """Whatever is answered, each layout gives just those answers back, for both assessors of PortalRB."""
    semua = {
        KEMENTERIAN: _baca(_buku(kementerian(jawaban))),
        TEMPLAT: _baca(_templat(jawaban)),
        "unit": _baca(_sheet_portal(jawaban, "unit"), "unit"),
        "tpi": _baca(_sheet_portal(jawaban, "tpi"), "tpi"),
    }
    for nama, terbaca in semua.items():
        assert terbaca.peta["jawaban"] == jawaban, nama
        assert terbaca.bentuk == (nama if nama in {KEMENTERIAN, TEMPLAT} else PORTALRB)


def test_tiap_tata_letak_membawa_petanya_sendiri() -> None:
    """A map that a layout has no columns for is not there, which is not the same as empty."""
    assert set(_baca(_buku(kementerian({}))).peta) == {"jawaban", "catatan"}
    assert set(_baca(_templat({})).peta) == {"jawaban", "catatan", "bukti_dukung", "dinilai"}
    assert set(_baca(_sheet_portal({}, "unit"), "unit").peta) == {"jawaban", "catatan", "bukti_dukung"}
    assert set(_baca(_sheet_portal({}, "tpi"), "tpi").peta) == {"jawaban", "catatan"}


def test_penilai_portal_tidak_tercampur() -> None:
    """Each assessor's columns of PortalRB's sheet are read for that assessor alone."""
    buku = _sheet_portal({"1": "Ya"}, "unit", N6="Tidak", L6="Catatan unit", M6="Bukti unit", Q6="Catatan TPI")
    assert _baca(buku, "unit").peta == {"jawaban": {"1": "Ya"}, "catatan": {"1": "Catatan unit"}, "bukti_dukung": {"1": "Bukti unit"}}
    assert _baca(buku, "tpi").peta == {"jawaban": {"1": "Tidak"}, "catatan": {"1": "Catatan TPI"}}


def test_teks_dan_nilai_tpi_templat() -> None:
    """Our template brings notes (numbers and truth values as text, line ends unified), evidence and judged values with their reasons."""
    ubah = {
        "O8": "satu\r\ndua\rtiga",
        "O9": Decimal("12.50"),
        "O11": True,
        "P8": "https://contoh.test",
        "Q128": Decimal("0.5"),
        "R128": "Alasan",
    }
    peta = _baca(_templat({}, ubah)).peta
    assert peta["catatan"] == {"1": "satu\ndua\ntiga", "2": "12.5", "3": "TRUE"}
    assert peta["bukti_dukung"] == {"1": "https://contoh.test"}
    assert peta["dinilai"] == {"88": {"nilai": "0.5", "alasan": "Alasan"}}


@pytest.mark.parametrize(
    ("rujukan", "sel", "harap"),
    [
        ("K8", Sel(" ya "), {"1": "Ya"}),
        ("K9", Sel("a"), {"2": "A"}),
        ("K202", Sel(Decimal("3.5999999999999996")), {"125": "3.6"}),
        ("K202", Sel(Decimal("4.0")), {"125": "4"}),
        ("K202", Sel(Decimal("-0")), {"125": "0"}),
        ("K202", Sel("3"), {"125": "3"}),
        ("K129", Sel(Decimal("2.9999999999999996")), {"88": 3}),
        ("K129", Sel(Decimal("1E+2")), {"88": 100}),
        ("K129", Sel(" 12 "), {"88": 12}),
        ("K8", Sel("Ya", "IF(A1,A2,A3)"), {"1": "Ya"}),
        ("K129", Sel(Decimal(4), "2+2"), {"88": 4}),
        ("K8", Sel("", 'IF(A1="","",A1)'), {}),
        ("K8", Sel("  "), {}),
        ("K129", Sel("\t"), {}),
        ("K202", Sel(""), {}),
    ],
)
def test_cara_mengetik_yang_diterima(rujukan: str, sel: Sel, harap: dict[str, object]) -> None:
    """Case and blanks do not matter, numbers are what the workbook shows, a formula counts by its value, blanks are no answer."""
    assert _satu(rujukan, sel).peta["jawaban"] == harap


# ------------------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("rujukan", "sel", "kata"),
    [
        ("K58", Sel("F"), "Sel K58: 'F' bukan A/B/C/D"),
        ("K57", Sel("F"), "Sel K57: 'F' di baris judul, bukan baris soal"),
        ("K175", Sel(Decimal(3)), "Sel K175: '3' di baris judul"),
        ("K126", Sel(None, "A1"), "Sel K126: kosong di baris judul"),
        ("K8", Sel("A"), "Sel K8: 'A' bukan Ya/Tidak"),
        ("K58", Sel(Decimal(1)), "Sel K58: '1' bukan A/B/C/D"),
        ("K8", Sel(nilai=True), "Sel K8: 'TRUE' bukan Ya/Tidak"),
        ("K202", Sel("0,5"), "Sel K202: '0,5' adalah teks, bukan angka; ketik sebagai angka"),
        ("K129", Sel("50%"), "Sel K129: '50%' adalah teks, bukan angka"),
        ("K129", Sel("²"), "Sel K129: '²' adalah teks"),
        ("K129", Sel(nilai=False), "Sel K129: 'FALSE' bukan angka"),
        ("K129", Sel(Decimal(-1)), "Sel K129: -1 bukan bilangan bulat 0 sampai 1.000.000.000"),
        ("K129", Sel(Decimal("1.5")), "Sel K129: 1,5 bukan bilangan bulat"),
        ("K129", Sel(Decimal(1_000_000_001)), "Sel K129: 1000000001 bukan bilangan bulat"),
        ("K202", Sel(Decimal("4.01")), "Sel K202: 4,01 bukan indeks 0 sampai 4"),
        ("K202", Sel(Decimal("-0.1")), "Sel K202: -0,1 bukan indeks"),
        ("K202", Sel(Decimal("3.1234567890123")), "Sel K202: 3,1234567890123 lebih dari 12 desimal; bulatkan dahulu"),
        ("K202", Sel("5"), "Sel K202: 5 bukan indeks"),
        ("K8", Sel("#REF!", galat=True), "Sel K8: berisi galat '#REF!'"),
        ("K129", Sel("#N/A", "VLOOKUP(1,A1,1)", galat=True), "Sel K129: berisi galat '#N/A'"),
        ("K8", Sel(None, "IF(A1,1,2)"), "Sel K8: berisi rumus yang belum dihitung"),
        ("O8", Sel("x" * 4001), "Sel O8: panjangnya 4001 huruf, paling banyak 4000"),
        ("O8", Sel("a\x1b[2J"), "Sel O8: memuat karakter kendali U+001B"),
        ("O8", Sel("…"), "Sel O8: belum diisi"),
        ("O8", Sel(None, "A1"), "Sel O8: berisi rumus yang belum dihitung"),
    ],
)
def test_sel_yang_bukan_jawaban_disebut(rujukan: str, sel: Sel, kata: str) -> None:
    """Each cell that is no answer is named with what it holds and what belongs there; nothing is guessed."""
    pesan = _pesan(**{rujukan: sel})
    assert pesan.startswith("1 sel tidak dapat dibaca. Sel ")
    assert kata in pesan


@pytest.mark.parametrize(
    ("rujukan", "nilai"),
    [
        ("K129", Decimal("1E+308")),
        ("K129", Decimal("-1E+400")),
        ("K129", Decimal("1E-308")),
        ("K202", Decimal("1E+308")),
        ("K202", Decimal("1E-308")),
        ("K129", "9" * 32_000),
        ("K8", "9" * 32_000),
        ("K202", PANJANG),
        ("O8", PANJANG),
        ("Q128", Decimal("1E+308")),
    ],
)
def test_isi_raksasa_ditolak_singkat(rujukan: str, nilai: str | Decimal) -> None:
    """However much a crafted cell holds, the message names it and stays short."""
    buku = _templat({})
    utama = ganti(buku.lembar["LKE ZI"], **{rujukan: Sel(nilai), "R128": Sel("Alasan" if rujukan == "Q128" else None)})
    pesan = _salah(Buku({**buku.lembar, "LKE ZI": utama})).pesan
    assert f"Sel {rujukan}: " in pesan
    assert len(pesan) < 200


def test_semua_sel_salah_sekali_jalan_menurut_baris() -> None:
    """One refusal names every bad cell, answers and notes together, from the top of the sheet to its end."""
    pesan = _pesan(
        K205=Sel("tinggi"),
        K58=Sel("F"),
        O58=Sel("y" * 5000),
        O8=Sel("\x00"),
        K9=Sel("D"),
        K129=Sel("0,5"),
        O205=Sel("#REF!", galat=True),
    )
    assert pesan.startswith("7 sel tidak dapat dibaca. ")
    tempat = [pesan.index(f"Sel {r}:") for r in ("O8", "K9", "K58", "O58", "K129", "K205", "O205")]
    assert tempat == sorted(tempat)


def test_seluruh_lembar_salah_disebut_seluruhnya() -> None:
    """Not one of 127 wrong cells is left out."""
    sel = {f"K{b}": Sel("?") for b in tata().soal.values()}
    pesan = _pesan(**sel)
    assert pesan.startswith("127 sel tidak dapat dibaca.")
    assert all(f"Sel {r}:" in pesan for r in sel)


def test_baris_tersembunyi_dan_sel_gabungan_terisi() -> None:
    """What nobody sees is not taken for an answer: a hidden row, a merged cell, wherever in the range it lies; empty ones do no harm."""
    asal = ganti(kementerian({}), K8=Sel("Ya"), K9=Sel("A"), K11=Sel("Ya"), K12=Sel("B"), O13=Sel("x"))
    satu = replace(asal, tersembunyi=frozenset({9, 15}), gabungan=("J11:K12", "O13", "K16:K17"))
    pesan = _salah(_buku(satu)).pesan
    assert pesan.startswith("4 sel ")
    assert "Sel K9: terisi, padahal barisnya tersembunyi" in pesan
    assert all(f"Sel {r}: terisi, padahal digabung dengan sel lain" in pesan for r in ("K11", "K12", "O13"))
    assert "K8" not in pesan


@pytest.mark.parametrize(
    ("sel", "kata"),
    [
        ({"Q128": Decimal("0.5")}, "Sel R128: kosong; nilai TPI dan alasannya diisi bersama"),
        ({"R128": "Alasan"}, "Sel Q128: kosong; nilai TPI dan alasannya diisi bersama"),
        ({"Q128": Decimal("1.5"), "R128": "Alasan"}, "Sel Q128: '1,5' bukan angka 0 sampai 1"),
        (
            {"Q128": Decimal("0.1234567890123"), "R128": "Alasan"},
            "Sel Q128: '0,1234567890123' bukan angka 0 sampai 1, paling banyak 12 desimal",
        ),
        ({"Q128": "0,5", "R128": "Alasan"}, "Sel Q128: '0,5' bukan angka 0 sampai 1"),
        ({"Q128": True, "R128": "Alasan"}, "Sel Q128: 'TRUE' bukan angka"),
        ({"Q128": "0,5"}, "Sel Q128: '0,5' bukan angka 0 sampai 1"),
        ({"Q128": Decimal("0.5"), "R128": "a\x07"}, "Sel R128: memuat karakter kendali U+0007"),
        ({"Q128": "=1/0", "R128": "Alasan"}, "Sel Q128: berisi galat '#DIV/0!'"),
        ({"P8": "a\x07"}, "Sel P8: memuat karakter kendali U+0007"),
    ],
)
def test_nilai_tpi_disebut_sekali(sel: dict[str, object], kata: str) -> None:
    """A judged value is a number 0 to 1 with its reason; whatever is wrong is said once, of the cell where it is wrong."""
    pesan = _salah(_templat({}, sel)).pesan
    assert kata in pesan
    assert pesan.startswith("1 sel ")


# ------------------------------------------------------------------------------------------------------ which layout


@pytest.mark.parametrize("nama", ["LKE ZI", "lke zi", " Lke Zi "])
def test_nama_lembar_tanpa_memandang_huruf_dan_spasi_tepi(nama: str) -> None:
    """A sheet renamed in case or by blanks around it is still found."""
    satu = replace(kementerian({"1": "Ya"}), nama=nama)
    assert _baca(_buku(lembar({}, nama="Utama"), satu)).peta["jawaban"] == {"1": "Ya"}


def test_nama_yang_persis_menang() -> None:
    """Of two sheets whose names look alike the one with the very name is read, else the first."""
    persis, mirip = kementerian({"1": "Ya"}), replace(kementerian({"1": "Tidak"}), nama="LKE ZI ")
    assert _baca(_buku(mirip, persis)).peta["jawaban"] == {"1": "Ya"}
    assert _baca(_buku(mirip, replace(persis, nama="lke zi"))).peta["jawaban"] == {"1": "Tidak"}


def test_lembar_lain_tidak_dikenali() -> None:
    """The error says which sheets were looked for and which are there, long names and many sheets cut short."""
    salah = _salah(_buku(*(lembar({}, nama=f"Lembar {n}") for n in range(1, 12)), lembar({}, nama="Y" * 500)))
    assert salah.pesan == "Tata letak buku kerja ini tidak dikenali"
    assert "lembar 'LKE ZI' (buku kerja kementerian atau templat zi) atau lembar 'Jawaban' (PortalRB)" in salah.sebab
    assert "yang ada: 'Lembar 1', " in salah.sebab
    assert "zi lke templat" in salah.lanjut
    assert len(salah.sebab) < 400


def test_tanpa_lembar_dan_tanpa_portal() -> None:
    """A workbook without sheets, and a definition that knows the ministry's layout only, are told as they are."""
    with pytest.raises(MasukanSalah) as salah:
        kenali(Buku(), instrumen(), replace(lke()[1], portal=None), "unit")
    assert salah.value.sebab == "Yang dicari: lembar 'LKE ZI' (buku kerja kementerian atau templat zi); yang ada: tidak ada lembar."
    with pytest.raises(MasukanSalah):
        kenali(_sheet_portal({}, "unit"), instrumen(), replace(lke()[1], portal=None), "unit")


def test_baris_bergeser_ditolak() -> None:
    """A sheet whose scale column runs differently is refused with the first cells: answers would be read of the wrong question."""
    asal = kementerian(penuh())
    geser = {f"{k}{b + 1}": s for k in "JK" for b in range(57, 198) if (s := asal.sel.get(f"{k}{b}"))}
    pesan = _salah(_buku(ganti(asal, **geser))).pesan
    assert pesan.startswith("Susunan lembar 'LKE ZI' berbeda dari instrumen 2026: J65 berisi 'A/B/C', seharusnya 'A/B/C/D' (soal 42); J70 ")
    assert "sel lain" in pesan
    assert len(pesan) < 1000


@pytest.mark.parametrize(("isi", "tampak"), [(None, "kosong"), ("A/B/C", "'A/B/C'"), ("%", "'%'"), (" a / b/\nc ", "'")])
def test_satu_sel_skala_soal_lain_ditolak(isi: str | None, tampak: str) -> None:
    """One scale cell that says another scale, or nothing, is enough."""
    pesan = _salah(_buku(ganti(kementerian({}), J58=Sel(isi)))).pesan
    assert f"J58 berisi {tampak}" in pesan
    assert "seharusnya 'A/B/C/D' (soal 38)" in pesan
    assert "sel lain" not in pesan


@pytest.mark.parametrize("isi", ["Ya", "a/b/c/d", " A/B/\nC/D ", "tidak jelas", Decimal(4)])
def test_sel_skala_yang_bukan_skala_mana_pun_diterima(isi: str | Decimal) -> None:
    """A scale cell that is none of the scales is a fault for reconciliation; case and blanks are none at all."""
    assert _baca(_buku(ganti(kementerian({"38": "C"}), J58=Sel(isi)))).peta["jawaban"] == {"38": "C"}


def test_tanda_buku_kerja_kami() -> None:
    """Our workbooks say what they are on a sheet of their own; a sheet of that name with anything else is none of ours."""
    assert tanda_buku(_templat({})) == {"format": "zi-lke", "unit": "DISPORA", "tahun": "2026"}
    assert tanda_buku(_buku(kementerian({}))) == {}
    assert tanda_buku(_buku(lembar({"A1": "format", "B1": "lain"}, nama=TANDA))) == {}
    assert _baca(_buku(kementerian({}), lembar({"A1": "x", "B1": "y"}, nama=TANDA))).bentuk == KEMENTERIAN


def test_tanda_raksasa_dipotong() -> None:
    """A crafted mark is cut short: no year of 32,000 digits reaches whoever turns it into a number."""
    tanda = {
        "A1": "format",
        "B1": FORMAT,
        "A2": "tahun",
        "B2": "9" * 32_000,
        "A3": "unit",
        "B3": Decimal("1E+308"),
        "A4": Decimal(1),
        "B4": "x",
    }
    isi = tanda_buku(_buku(lembar(tanda, nama=TANDA)))
    assert set(isi) == {"format", "tahun", "unit"}
    assert max(map(len, isi.values())) <= 200


def test_ribuan_sel_gabungan() -> None:
    """Twenty thousand merged ranges elsewhere change nothing."""
    satu = replace(kementerian({"1": "Ya"}), gabungan=tuple(f"A{b}:G{b}" for b in range(1, 20_001)))
    assert _baca(_buku(satu)).peta["jawaban"] == {"1": "Ya"}
