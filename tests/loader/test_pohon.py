"""The parser takes what a person wrote as text and guesses nothing; what YAML would surprise with is refused."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.domain.errors import DefinisiSalah, MasukanSalah
from zi_workflow.domain.suggest import mirip
from zi_workflow.loader.pohon import JALUR_MAKS, PohonPolos, Simpul, dari_polos, urai, urai_json
from zi_workflow.loader.simpul import aman, sebut


def _pesan(baca: Callable[[], Simpul]) -> str:
    """Return the message of a refusal, or "diterima"."""
    try:
        baca().polos()
    except DefinisiSalah as e:
        return e.pesan
    return "diterima"


def _isi(teks: str) -> PohonPolos:
    return urai(f"x: {teks}", "a.yaml").peta()["x"].polos()


@pytest.mark.parametrize(
    "teks", ["no", "yes", "on", "NO", "010", "0x1F", "1_000", "1e3", ".5", "12:30:45", "2024-02-19", "=", "<<", "+1", ".nan"]
)
def test_nilai_polos_tetap_teks(teks: str) -> None:
    """What other readers turn into booleans, octals, floats, dates or sexagesimals stays as written."""
    assert _isi(teks) == teks


@pytest.mark.parametrize("teks", ["", "~", "null", "Null", "NULL", "# catatan"])
def test_nilai_kosong(teks: str) -> None:
    """An empty value is nothing, not text."""
    assert _isi(teks) is None


@pytest.mark.parametrize("teks", ["'~'", '"null"', "''"])
def test_nilai_dalam_kutip_adalah_teks(teks: str) -> None:
    """Within quotes everything is text."""
    assert _isi(teks) == teks.strip("'\"")


def test_nilai_berbaris() -> None:
    """Folded and literal texts are read as YAML defines them."""
    assert _isi(">-\n  satu\n  dua\n") == "satu dua"
    assert _isi("|-\n  satu\n  dua\n") == "satu\ndua"


@pytest.mark.parametrize("akhir", ["\n", "\r\n", "\r"])
def test_akhir_baris_apa_pun(akhir: str) -> None:
    """Files from any system read alike, and lines are counted alike."""
    simpul = urai(akhir.join(["a: 1", "b:", "  - x", "  - y", ""]), "a.yaml")
    assert simpul.polos() == {"a": "1", "b": ["x", "y"]}
    assert [s.baris for s in simpul.peta()["b"].daftar()] == [3, 4]


def test_tanda_urutan_bita_dilewati() -> None:
    """A byte order mark at the start is no part of the first key."""
    assert urai("\ufeffa: b", "a.yaml").polos() == {"a": "b"}


def test_jalur_dan_baris() -> None:
    """A node knows its key path, and the line on which its key stands."""
    simpul = urai("satu:\n  - dua:\n      tiga: 4\n", "a.yaml")
    tiga = simpul.peta()["satu"].daftar()[0].peta()["dua"].peta()["tiga"]
    assert (tiga.berkas, tiga.baris, tiga.jalur) == ("a.yaml", 3, "satu[0].dua.tiga")
    assert simpul.peta()["satu"].baris == 1


def test_json_adalah_yaml() -> None:
    """JSON parses as YAML too, except that its constants are words like any other."""
    assert urai('{"a": [1, "dua", true]}', "a.json").polos() == {"a": ["1", "dua", "true"]}


def test_tertawa_sejuta_kali() -> None:
    """Aliases that would grow to 10^9 items are refused at the first anchor."""
    lapis = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lapis += [f"{k}: &{k} [{', '.join([f'*{lalu}'] * 10)}]" for lalu, k in zip("abcdefgh", "bcdefghi", strict=True)]
    with pytest.raises(DefinisiSalah, match=r"a\.yaml baris 1: memakai jangkar"):
        urai("\n".join(lapis), "a.yaml")


def _perluas_kunci() -> str:
    return "? " + "a" * (JALUR_MAKS - 20) + "\n: [" + "a," * 20_000 + "]"


@pytest.mark.parametrize(
    "buat",
    [
        pytest.param(lambda: "[" * 500_000, id="kurung siku"),
        pytest.param(lambda: "{a: " * 500_000, id="kurung kurawal"),
        pytest.param(lambda: "- " * 500_000, id="daftar"),
        pytest.param(lambda: "a: [" + "&" * 500_000, id="jangkar"),
        pytest.param(lambda: "a: '" + "x" * 1_900_000 + "'", id="nilai raksasa"),
        pytest.param(lambda: "a" * 1_900_000 + ": b", id="kunci raksasa"),
        pytest.param(_perluas_kunci, id="kunci panjang berkali-kali"),
        pytest.param(lambda: "\n".join(f"k{i}: {i}" for i in range(50_000)), id="kunci banyak"),
        pytest.param(lambda: "!" * 500_000, id="tag"),
        pytest.param(lambda: "? " * 200_000, id="tanda tanya"),
    ],
)
def test_masukan_jahat_tidak_menghabiskan_apa_pun(buat: Callable[[], str]) -> None:
    """Hostile files end in seconds and in little memory: as nodes, or as a refusal."""
    sebelum = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mulai = time.process_time()
    pesan = _pesan(lambda: urai(buat(), "a.yaml"))
    assert len(pesan) < 300
    assert time.process_time() - mulai < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - sebelum < 400_000


def test_nilai_raksasa_bukan_teks_yang_sah() -> None:
    """A scalar of megabytes parses, and is refused where it is read; the message shows only its beginning."""
    with pytest.raises(DefinisiSalah) as tangkap:
        urai("a: " + "x" * 1_000_000, "a.yaml").peta()["a"].teks()
    assert len(tangkap.value.pesan) < 150
    assert tangkap.value.sebab == "Yang diharapkan: teks 1 sampai 4000 huruf"


@pytest.mark.parametrize("teks", ["\uff11\uff12", "٣", "1٣", "+1", "1.0", "01", " 1", "1 ", "1_0", "9" * 19])
def test_bukan_bilangan_bulat(teks: str) -> None:
    """Whole numbers are plain ASCII digits without signs of other scripts, leading zeros or separators."""
    simpul = Simpul("a.yaml", 1, "x", teks)
    with pytest.raises(DefinisiSalah, match="kunci 'x'"):
        simpul.bulat()


@pytest.mark.parametrize("teks", ["18,25", ".5", "1.", "1e3", "NaN", "Infinity", "1٣", "1 000", "0x1"])
def test_bukan_desimal(teks: str) -> None:
    """Decimals have digits on both sides of a point, and no other form."""
    with pytest.raises(DefinisiSalah, match="kunci 'x'"):
        Simpul("a.yaml", 1, "x", teks).desimal()


def test_bilangan_dan_tanggal() -> None:
    """Proper values are read exactly."""
    assert Simpul("a", 1, "x", "-12").bulat() == -12
    assert str(Simpul("a", 1, "x", "18.250").desimal()) == "18.250"
    assert Simpul("a", 1, "x", "2024-02-29").tanggal() == date(2024, 2, 29)
    assert [Simpul("a", 1, "x", t).ya_tidak() for t in ("ya", "true", "tidak", "false")] == [True, True, False, False]


@pytest.mark.parametrize("teks", ["2023-02-29", "2024-2-19", "20240219", "2024-02-19T00:00:00", "٢٠٢٤-02-19", "0000-01-01", "10000-01-01"])
def test_bukan_tanggal(teks: str) -> None:
    """Dates are YYYY-MM-DD and exist."""
    with pytest.raises(DefinisiSalah, match="kunci 'x'"):
        Simpul("a.yaml", 1, "x", teks).tanggal()


def test_json_bilangan_tetap_teks() -> None:
    """JSON numbers keep their digits; what does not fit is refused where it is read, never rounded."""
    simpul = urai_json(
        '{"a": 3.600000000000000000000001, "b": 1e400, "c": true, "d": null, "e": 007.0e0}'.replace("007.0e0", "7"), "a.json"
    )
    assert simpul.polos() == {"a": "3.600000000000000000000001", "b": "1e400", "c": "ya", "d": None, "e": "7"}
    with pytest.raises(DefinisiSalah):
        simpul.peta()["b"].desimal()
    angka = "9" * 5000
    with pytest.raises(DefinisiSalah):
        urai_json(f"[{angka}]", "a.json").daftar()[0].bulat()


def test_json_baris() -> None:
    """A line of a JSONL file is named in the message; of a longer text only the key is known."""
    with pytest.raises(MasukanSalah, match=r"a\.jsonl baris 7, kunci 'x'"):
        urai_json('{"x": "b"}', "a.jsonl", MasukanSalah, 7).peta()["x"].bulat()
    with pytest.raises(MasukanSalah, match=r"a\.json, kunci 'x'"):
        urai_json('{\n"x": "b"}', "a.json", MasukanSalah).peta()["x"].bulat()


def test_galat_pemanggil() -> None:
    """A file that a user hands in is refused as bad input, not as a bad definition."""
    for teks in ("a: [", "a: *b", "a: 1\na: 2"):
        with pytest.raises(MasukanSalah):
            urai(teks, "isi.yaml", MasukanSalah)
    with pytest.raises(MasukanSalah):
        urai("a: b", "isi.yaml", MasukanSalah).peta(["c"])


def test_pesan_tanpa_karakter_kendali() -> None:
    """What a message quotes from a file cannot steer a terminal or turn its direction."""
    with pytest.raises(DefinisiSalah) as tangkap:
        urai('"\\e[31mku\\u202Enci": "\\e]0;x\\a"', "a.yaml").peta(["a"])
    pesan = f"{tangkap.value.pesan}{tangkap.value.sebab}{tangkap.value.lanjut}"
    assert pesan.isprintable()
    assert "\\u001b[31mku\\u202enci" in pesan


def test_saran() -> None:
    """A near name is suggested, upper and lower case aside; a far one is not."""
    assert mirip("wbk", ["WBK", "WBBM"]) == "Maksud Anda: WBK?"
    assert mirip("xyz", ["WBK", "WBBM"]) == ""
    assert sebut([f"n{i:03}" for i in range(500)]).endswith("n029, … (500 seluruhnya)")
    assert sebut([]) == "(belum ada)"
    assert aman("x" * 100) == "x" * 60 + "…"


_POLOS = st.recursive(
    st.none() | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
    lambda anak: st.lists(anak, max_size=3) | st.dictionaries(st.text("abcxyz_", min_size=1, max_size=5), anak, max_size=3),
    max_leaves=12,
)


@given(_POLOS)
def test_polos_pulang_pergi(polos: PohonPolos) -> None:
    """Nodes made from plain data give the same plain data back."""
    assert dari_polos("a.yaml", polos).polos() == polos


@given(st.text(max_size=60))
def test_teks_apa_pun(teks: str) -> None:
    """Any text is nodes or a refusal, as YAML and as JSON."""
    for baca in (urai, urai_json):
        assert _pesan(partial(baca, teks, "a.yaml")).startswith(("a.yaml", "diterima"))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_desimal_tepat(nilai: Decimal) -> None:
    """A decimal is read exactly as written."""
    assert Simpul("a", 1, "x", f"{nilai:f}").desimal() == nilai
