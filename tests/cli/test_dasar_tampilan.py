"""Text, tables and JSON as functions: nothing invisible, nothing rounded, nothing cut off."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zi_workflow.cli.saran import saran
from zi_workflow.cli.tampilan import Gaya, Kolom, Sel, bungkus, gaya_untuk, json_baris, json_teks, pasangan, tabel, tanda
from zi_workflow.cli.teks import aman, desimal, lokal, tanggal, waktu

POLOS = Gaya()
ASCII = Gaya(pengodean="ascii")


def test_aman_mengenal_semua_huruf_tak_tampak() -> None:
    """Every control, format, separator and surrogate code point of this Python's Unicode is escaped; letters and space are not."""
    for kode in range(sys.maxunicode + 1):
        huruf = chr(kode)
        if unicodedata.category(huruf) in {"Cc", "Cf", "Zl", "Zp", "Cs"}:
            assert aman(huruf).startswith("\\"), hex(kode)
    for huruf in "\u034f\u115f\u1160\u17b4\u180b\u3164\ufe0f\uffa0\U000e0100":  # letters and marks that draw nothing
        assert aman(huruf).startswith("\\"), ascii(huruf)
    assert aman("Kota Binjai – ’Zona’ é 中 🙂 [/x] \\") == "Kota Binjai – ’Zona’ é 中 🙂 [/x] \\"


@pytest.mark.parametrize(
    ("teks", "harapan"),
    [
        ("\x1b[0m", r"\x1b[0m"),
        ("\u202e", r"\u202e"),
        ("\U000e0041", r"\U000e0041"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x7f\x9b", r"\x7f\x9b"),
        ("\u3164", r"\u3164"),
        ("\ud800", r"\ud800"),
    ],
)
def test_aman_menulis_lolosan(teks: str, harapan: str) -> None:
    """Escapes are the ones a programmer would write."""
    assert aman(teks) == harapan


def test_aman_dapat_mempertahankan_baris() -> None:
    """Line feeds may stay where lines are meant; a carriage return never does."""
    assert aman("a\r\nb", baris_baru=True) == "a\\r\nb"


def test_tanggal_dan_waktu() -> None:
    """Indonesian months; instants in the zone's own time."""
    assert tanggal("2026-05-31") == tanggal(date(2026, 5, 31)) == "31 Mei 2026"
    assert [tanggal(date(2026, bulan, 1)).split()[1] for bulan in (1, 8, 12)] == ["Januari", "Agustus", "Desember"]
    assert waktu(datetime(2026, 5, 31, 17, 5, tzinfo=UTC)) == "1 Juni 2026 00.05 WIB"
    assert waktu("2026-05-31T14:05:00+07:00", "Asia/Jayapura") == "31 Mei 2026 16.05 WIT"
    with pytest.raises(ValueError, match="zona"):
        waktu("2026-05-31T14:05:00")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000, places=6))
def test_desimal_tidak_membulatkan(nilai: Decimal) -> None:
    """The digits are the value's own."""
    assert Decimal(desimal(nilai).replace(",", ".")) == nilai
    assert "." not in desimal(nilai)


@pytest.mark.parametrize(
    ("nilai", "harapan"),
    [
        ("18.25", "18,25"),
        (Decimal("74.860"), "74,860"),
        (Decimal("1E+2"), "100"),
        (Decimal("1E-8"), "0,00000001"),
        (7, "7"),
        ("-0.5", "-0,5"),
    ],
)
def test_desimal(nilai: Decimal | int | str, harapan: str) -> None:
    """A comma, no exponent, trailing zeros kept."""
    assert desimal(nilai) == harapan


@pytest.mark.parametrize("nilai", ["1e3", "1,5", "", "nan", "1.", ".5", "\uff11", True])
def test_desimal_menolak_yang_bukan_desimal(nilai: str) -> None:
    """What is no decimal is refused, not shown."""
    with pytest.raises(ValueError, match="desimal"):
        desimal(nilai)


@pytest.mark.parametrize(
    ("teks", "harapan"),
    [
        (">= 40.5", ">= 40,5"),
        ("39.99 dari 60.00 (kurang 0.01)", "39,99 dari 60,00 (kurang 0,01)"),
        ("paling lambat 2026-05-31.", "paling lambat 31 Mei 2026."),
        ("R20.pengungkit", "R20.pengungkit"),
        ("nomor 800.1/12.3/2024", "nomor 800.1/12.3/2024"),
        ("1.2.3", "1.2.3"),
        ("2026-02-30", "2026-02-30"),
        ("2026-05-31T10:00", "2026-05-31T10:00"),
    ],
)
def test_lokal_hanya_mengubah_bilangan_dan_tanggal(teks: str, harapan: str) -> None:
    """Numbers and dates within computed text change; identifiers and letter numbers do not."""
    assert lokal(teks) == harapan


KATA = st.text(st.characters(codec="utf-8"), max_size=60)


@given(
    st.lists(st.tuples(KATA, KATA, st.integers()), min_size=1, max_size=5),
    st.sampled_from([40, 80, 120]),
    st.sampled_from(["utf-8", "ascii", "latin-1"]),
)
def test_tabel_muat_dan_tidak_memotong(baris: list[tuple[str, str, int]], lebar: int, kode: str) -> None:
    """Any text fits the width and comes out whole: no cell is cut off, no character acts on the terminal."""
    gaya = Gaya(lebar=lebar, pengodean=kode)
    teks = tabel(["Nama", Kolom("Lain"), Kolom("Angka", kanan=True)], baris, gaya)
    teks.encode(kode)
    assert all(cell_len(satu) <= lebar for satu in teks.splitlines())
    assert aman(teks, baris_baru=True) == teks
    tampak = sum(not huruf.isspace() for huruf in "".join(teks.split("\n")[2:]))
    masuk = sum(sum(not huruf.isspace() for huruf in (gaya.teks(sel) if sel != "" else "-")) for satu in baris for sel in satu)
    assert tampak == masuk


@pytest.mark.parametrize("lebar", [40, 60, 80])
def test_kolom_tetap_tidak_pernah_terpotong(lebar: int) -> None:
    """Columns that are not broken while there is room give way where there is none: the last one keeps its last digit."""
    nip = "198001012005011001"
    kolom = [Kolom(judul, tetap=judul != "Apa") for judul in ("Nomor", "Tanggal", "Unit", "Apa", "Oleh")]
    baris = [("1234", "24 November 2026", "DISKOPPERINDAG", "pejabat diangkat: kepala_pd", nip)]
    teks = tabel(kolom, baris, Gaya(lebar=lebar, pengodean="ascii"))
    assert all(cell_len(satu) <= lebar for satu in teks.splitlines())
    assert sorted(filter(str.isdigit, teks)) == sorted(filter(str.isdigit, "".join(baris[0])))
    assert (nip in teks) is (lebar == 80)


def test_tabel_memakai_bentuk_indonesia_dan_tanda() -> None:
    """Values are written by their type; marks fall back to ASCII; the first column lines up."""
    baris: Sequence[Sequence[object]] = [
        ("A", Decimal("1.50"), date(2026, 5, 31), True, None),
        ("BB", Decimal(10), date(2026, 1, 1), False, ""),
    ]
    teks = tabel(["K", Kolom("N", kanan=True), "T", "Y", "X"], baris, ASCII)
    assert teks.splitlines()[2:] == ["A    1,50   31 Mei 2026      ya      -", "BB     10   1 Januari 2026   tidak   -"]
    assert tanda("tidak", ASCII).isi == "[x]"
    assert tanda("tidak", POLOS).isi == "✗"


def test_tabel_kosong() -> None:
    """No rows: a sentence."""
    assert tabel(["A"], [], POLOS) == "Tidak ada data.\n"
    assert tabel(["A"], [], POLOS, kosong="Belum ada unit.") == "Belum ada unit.\n"


def test_kolom_tetap_tidak_dipatahkan() -> None:
    """A code stays on one line while the text beside it folds."""
    teks = tabel([Kolom("Kode", tetap=True), "Nama"], [("DISDUKCAPIL-KOTA-1", "kata " * 60)], Gaya(lebar=60))
    assert teks.splitlines()[2].startswith("DISDUKCAPIL-KOTA-1 ")


def test_markup_rich_tidak_dibaca() -> None:
    """Text that rich would read as markup, emoji or links is shown as it is, also in blocks and paragraphs."""
    kata = "[/x] [red]a[/red] :smile: [link=http://x]y[/link]"
    warna = Gaya(warna=True)
    for gambar in (tabel(["N"], [(kata,)], warna), pasangan([("N", kata)], warna), bungkus(kata, warna)):
        assert kata in gambar


def test_pasangan_dan_bungkus() -> None:
    """Values line up and fold under themselves; paragraphs keep their line feeds and indentation."""
    assert pasangan([("Kode", "A"), ("Nama panjang", "b " * 50)], Gaya(lebar=40)).splitlines()[:3] == [
        "Kode          A",
        "Nama panjang  b b b b b b b b b b b b b",
        "              b b b b b b b b b b b b b",
    ]
    assert bungkus("satu\ndua\x1b", POLOS, indentasi=2) == "  satu\n  dua\\x1b\n"


def test_warna_sel() -> None:
    """A coloured cell is coloured only where colours are wanted."""
    assert "\x1b[31mx" in tabel(["A"], [(Sel("x", "red"),)], Gaya(warna=True))
    assert "\x1b" not in tabel(["A"], [(Sel("x", "red"),)], POLOS)


class _Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("warna", "env", "harapan"),
    [
        ("auto", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"TERM": "dumb"}, False),
        ("tidak", {}, False),
        ("ya", {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_aturan_warna(warna: str, env: dict[str, str], *, harapan: bool) -> None:
    """NO_COLOR counts when it is not empty; --warna decides over all."""
    assert gaya_untuk(_Terminal(), warna, env).warna is harapan


def test_lebar() -> None:
    """80 away from a terminal, whatever COLUMNS says; the terminal's own width on one; never absurdly small."""
    assert gaya_untuk(io.StringIO(), "auto", {"COLUMNS": "200"}).lebar == 80
    assert gaya_untuk(_Terminal(), "auto", {"COLUMNS": "132"}).lebar == 132
    assert gaya_untuk(_Terminal(), "auto", {"COLUMNS": "1"}).lebar == 20
    assert gaya_untuk(_Terminal(), "auto", {"COLUMNS": "x"}).lebar == 80
    assert gaya_untuk(None).lebar == 80


def test_json_bentuk() -> None:
    """The scheme leads, decimals are text, dates and instants in their forms, one line."""
    isi = {
        "n": Decimal("74.860"),
        "t": date(2026, 5, 31),
        "w": datetime(2026, 5, 31, tzinfo=UTC),
        "l": (1, None, True),
        "m": {"x": Decimal("1E+2")},
    }
    assert (
        json_teks(isi)
        == '{"skema": 1, "n": "74.860", "t": "2026-05-31", "w": "2026-05-31T00:00:00+00:00", "l": [1, null, true], "m": {"x": "100"}}\n'
    )
    assert json_teks([1]) == "[1]\n"
    assert json_baris([{"a": 1}, {"a": 2}]) == '{"skema": 1, "a": 1}\n{"skema": 1, "a": 2}\n'


@pytest.mark.parametrize("nilai", [0.5, {"a": [1.0]}, Decimal("NaN"), Decimal("Infinity"), datetime(2026, 5, 31), object(), {1, 2}, b"x"])  # noqa: DTZ001 - that is what is refused
def test_json_menolak_yang_tidak_pasti(nilai: object) -> None:
    """Floats, instants without an offset and strangers never become JSON."""
    with pytest.raises(TypeError, match="JSON"):
        json_teks(nilai)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters()),
        lambda isi: st.lists(isi, max_size=3) | st.dictionaries(st.text(max_size=5), isi, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["utf-8", "ascii"]),
)
def test_json_pulang_utuh(nilai: object, kode: str) -> None:
    """What is written is read back equal, in any encoding, without a character that acts on a terminal."""
    teks = json_teks({"isi": nilai}, kode)
    assert json.loads(teks.encode(kode, "backslashreplace"))["isi"] == nilai
    assert aman(teks[:-1]) == teks[:-1]


def test_saran() -> None:
    """Case and underscores do not matter; beginnings count; the best comes first; strangers get nothing."""
    pilihan = ["DISDUKCAPIL", "DINKES", "pakta_integritas", "piagam"]
    assert saran("disdukcapil", pilihan) == ["DISDUKCAPIL"]
    assert saran("DISDUKCAPL", pilihan)[0] == "DISDUKCAPIL"
    assert saran("pakta-integritas", pilihan) == ["pakta_integritas"]
    assert saran("pakta", pilihan) == ["pakta_integritas"]
    assert saran("zzz", pilihan) == []
    assert saran("", pilihan) == []
