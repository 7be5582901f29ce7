"""Typed reading of what people type (domain/fields.py): good values become plain data, every bad field is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.domain.definition import Isian
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.fields import BULAT_MAKS, DAFTAR_MAKS, TEKS_MAKS, TIPE, baca_isi, baca_nip, baca_tanggal, baca_teks, teks_isi

NIP = "198001012005011001"
RAKSASA = 10**5000
BUTIR = Isian(
    "",
    "objek",
    isian=(Isian("nama", "teks", maksimal=Decimal(10)), Isian("area", "bulat", minimal=Decimal(1), maksimal=Decimal(6))),
)
CONTOH: dict[str, Isian] = {
    "teks": Isian("x", "teks"),
    "bulat": Isian("x", "bulat", minimal=Decimal(0), maksimal=Decimal(6)),
    "bebas": Isian("x", "bulat"),
    "desimal": Isian("x", "desimal", minimal=Decimal(0), maksimal=Decimal(4)),
    "ya_tidak": Isian("x", "ya_tidak"),
    "tanggal": Isian("x", "tanggal"),
    "nip": Isian("x", "nip"),
    "pilihan": Isian("x", "pilihan", pilihan=("WTP", "WDP", "1")),
    "daftar": Isian("x", "daftar", butir=Isian("", "teks", maksimal=Decimal(5))),
    "daftar_objek": Isian("x", "daftar", butir=BUTIR),
    "daftar_dua": Isian("x", "daftar", minimal=Decimal(2), butir=Isian("", "bulat")),
    "objek": Isian("x", "objek", isian=BUTIR.isian),
    "peta_soal": Isian("x", "peta_soal"),
    "predikat_usulan": Isian("x", "predikat_usulan", pilihan=("WBK", "WBBM")),
}


def _sebut(nilai: object) -> str:
    """Name a parameter briefly: some have thousands of digits, which cannot be written out."""
    return ascii(nilai[:20]) if isinstance(nilai, str) else type(nilai).__name__


def _baca(contoh: str, nilai: object) -> object:
    return baca_isi([CONTOH[contoh]], {"x": nilai}, "uji")["x"]


def _masalah(contoh: str, nilai: object) -> str:
    with pytest.raises(MasukanSalah) as e:
        _baca(contoh, nilai)
    assert e.value.kode == 2
    assert e.value.pesan.startswith("Isian uji tidak sah: ")
    assert len(e.value.pesan) < 1000
    return e.value.pesan.removeprefix("Isian uji tidak sah: ")


@pytest.mark.parametrize(
    ("contoh", "nilai", "hasil"),
    [
        ("teks", "  dua kata \n", "dua kata"),
        ("teks", "baris\n\tkedua", "baris\n\tkedua"),
        ("teks", "ä–é 日本", "ä–é 日本"),
        ("teks", 2024, "2024"),
        ("teks", "x" * TEKS_MAKS, "x" * TEKS_MAKS),
        ("bulat", "6", 6),
        ("bulat", 0, 0),
        ("bulat", " +3 ", 3),
        ("bulat", Decimal(3), 3),
        ("bebas", -BULAT_MAKS, -BULAT_MAKS),
        ("bebas", str(BULAT_MAKS), BULAT_MAKS),
        ("desimal", "3.60", "3.60"),
        ("desimal", 4, "4"),
        ("desimal", Decimal("0.000000000001"), "0.000000000001"),
        ("desimal", "0", "0"),
        ("ya_tidak", "ya", True),
        ("ya_tidak", "false", False),
        ("ya_tidak", True, True),
        ("tanggal", "2024-02-29", "2024-02-29"),
        ("tanggal", date(2024, 2, 29), "2024-02-29"),
        ("tanggal", datetime(2024, 2, 29, 23, tzinfo=UTC), "2024-02-29"),
        ("nip", NIP, NIP),
        ("nip", int(NIP), NIP),
        ("nip", "X-WALIKOTA", "X-WALIKOTA"),
        ("nip", "X-ABC", "X-ABC"),
        ("nip", "X-" + "A" * 20, "X-" + "A" * 20),
        ("pilihan", "WTP", "WTP"),
        ("pilihan", 1, "1"),
        ("daftar", ["a", "b"], ["a", "b"]),
        ("daftar", ("a",), ["a"]),
        ("daftar", [], []),
        ("daftar", ["a"] * DAFTAR_MAKS, ["a"] * DAFTAR_MAKS),
        ("daftar_dua", [1, "2"], [1, 2]),
        ("daftar_objek", [{"nama": "A", "area": "6"}], [{"nama": "A", "area": 6}]),
        ("objek", {"nama": "A", "area": 1}, {"nama": "A", "area": 1}),
        ("peta_soal", {1: "A", "2": None, "3": "x"}, {"1": "A", "3": "x"}),
        ("peta_soal", {str(n): 1 for n in range(DAFTAR_MAKS)}, {str(n): 1 for n in range(DAFTAR_MAKS)}),
        ("predikat_usulan", "WBK", "WBK"),
        ("predikat_usulan", {"DINSOS": "WBK", "RSUD": "WBBM"}, {"DINSOS": "WBK", "RSUD": "WBBM"}),
    ],
    ids=_sebut,
)
def test_nilai_sah(contoh: str, nilai: object, hasil: object) -> None:
    """Each type reads its values into plain data."""
    baca = _baca(contoh, nilai)
    assert baca == hasil
    assert type(baca) is type(hasil)


@pytest.mark.parametrize(
    ("contoh", "nilai", "pesan"),
    [
        ("teks", True, "'x': harus berupa teks"),
        ("teks", 1.5, "'x': harus berupa teks"),
        ("teks", ["a"], "'x': harus berupa teks"),
        ("teks", "x" * (TEKS_MAKS + 1), f"'x': panjangnya {TEKS_MAKS + 1} huruf, paling banyak {TEKS_MAKS}"),
        ("teks", "x" * 100_000, f"'x': panjangnya 100000 huruf, paling banyak {TEKS_MAKS}"),
        ("teks", "a\x00b", "'x': memuat karakter kendali U+0000"),
        ("teks", "a\x1b[31mb", "'x': memuat karakter kendali U+001B"),
        ("teks", "a\x7fb", "'x': memuat karakter kendali U+007F"),
        ("teks", "a\rb", "'x': memuat karakter kendali U+000D"),
        ("teks", "a\ud800b", "'x': memuat karakter kendali U+D800"),
        ("teks", 10**400, "'x': bilangan yang terlalu panjang, tulis sebagai teks"),
        ("teks", RAKSASA, "'x': bilangan yang terlalu panjang, tulis sebagai teks"),
        ("bulat", "7", "'x': 7 lebih dari 6"),
        ("bulat", -1, "'x': -1 kurang dari 0"),
        ("bulat", True, "'x': harus bilangan bulat"),
        ("bulat", 1.0, "'x': harus bilangan bulat"),
        ("bulat", float("nan"), "'x': harus bilangan bulat"),
        ("bulat", [1], "'x': harus bilangan bulat"),
        ("bulat", "1.0", "'x': '1.0' bukan bilangan bulat"),
        ("bulat", "٣", "'x': '٣' bukan bilangan bulat"),
        ("bulat", "1_000", "'x': '1_000' bukan bilangan bulat"),
        ("bulat", "1e400", "'x': '1e400' bukan bilangan bulat"),
        ("bulat", "9" * 5000, f"'x': '{'9' * 40}…' bukan bilangan bulat"),
        ("bulat", 10**400, "'x': 'terlalu besar' bukan bilangan bulat"),
        ("bulat", -RAKSASA, "'x': 'terlalu besar' bukan bilangan bulat"),
        ("pilihan", BULAT_MAKS + 1, f"'x': '{BULAT_MAKS + 1}' bukan salah satu dari"),
        ("bebas", BULAT_MAKS + 1, f"'x': besarnya {BULAT_MAKS + 1} lebih dari {BULAT_MAKS}"),
        ("bebas", -BULAT_MAKS - 1, f"'x': besarnya {-BULAT_MAKS - 1} lebih dari {BULAT_MAKS}"),
        ("desimal", "4.000000000001", "'x': 4.000000000001 lebih dari 4"),
        ("desimal", "-0.01", "'x': -0.01 kurang dari 0"),
        ("desimal", "3,60", "'x': '3,60' bukan bilangan desimal dengan titik"),
        ("desimal", "NaN", "'x': 'NaN' bukan bilangan desimal dengan titik"),
        ("desimal", "Infinity", "'x': 'Infinity' bukan bilangan desimal dengan titik"),
        ("desimal", Decimal("NaN"), "'x': 'NaN' bukan bilangan desimal dengan titik"),
        ("desimal", Decimal("1E+400"), "'x': '1E+400' bukan bilangan desimal dengan titik"),
        ("desimal", "1e400", "'x': '1e400' bukan bilangan desimal dengan titik"),
        ("desimal", "0.0000000000001", "'x': '0.0000000000001' bukan bilangan desimal dengan titik"),
        ("desimal", 3.6, "'x': harus bilangan desimal dengan titik"),
        ("desimal", True, "'x': harus bilangan desimal dengan titik"),
        ("ya_tidak", 1, "'x': '1' bukan ya atau tidak"),
        ("ya_tidak", "Ya", "'x': 'Ya' bukan ya atau tidak"),
        ("ya_tidak", 0.5, "'x': '0.5' bukan ya atau tidak"),
        ("ya_tidak", ["ya"], "'x': isi yang bukan teks atau bilangan bukan ya atau tidak"),
        ("ya_tidak", RAKSASA, "'x': bilangan yang terlalu panjang bukan ya atau tidak"),
        ("tanggal", "2025-02-29", "'x': 2025-02-29 tidak ada di kalender"),
        ("tanggal", "2024-13-01", "'x': 2024-13-01 tidak ada di kalender"),
        ("tanggal", "0000-01-01", "'x': 0000-01-01 tidak ada di kalender"),
        ("tanggal", "1-2-2024", "'x': '1-2-2024' bukan tanggal YYYY-MM-DD"),
        ("tanggal", "2024-02-29\n", "'x': '2024-02-29\n' bukan tanggal YYYY-MM-DD"),
        ("tanggal", 20240229, "'x': '20240229' bukan tanggal YYYY-MM-DD"),
        ("tanggal", RAKSASA, "'x': bilangan yang terlalu panjang bukan tanggal YYYY-MM-DD"),
        ("nip", NIP[:-1], "(terbaca 17 karakter)"),
        ("nip", NIP + "1", "(terbaca 19 karakter)"),
        ("nip", " " + NIP, "(terbaca 19 karakter)"),
        ("nip", "X-AB", "(terbaca 4 karakter)"),
        ("nip", "X-" + "A" * 21, "(terbaca 23 karakter)"),
        ("nip", "X-wali", "(terbaca 6 karakter)"),
        ("nip", RAKSASA, "bagi yang tidak ber-NIP"),
        ("nip", True, "bagi yang tidak ber-NIP"),
        ("pilihan", "wtp", "'x': 'wtp' bukan salah satu dari WTP, WDP, 1"),
        ("pilihan", "WTPP", "maksud Anda 'WTP'?"),
        ("pilihan", True, "'x': 'True' bukan salah satu dari"),
        ("pilihan", RAKSASA, "'x': bilangan yang terlalu panjang bukan salah satu dari"),
        ("pilihan", {"a": 1}, "'x': isi yang bukan teks atau bilangan bukan salah satu dari"),
        ("pilihan", "W" * 100_000, f"'x': '{'W' * 40}…' bukan salah satu dari"),
        ("daftar", "teks", "'x': harus berupa daftar"),
        ("daftar", b"ab", "'x': harus berupa daftar"),
        ("daftar", {"a": 1}, "'x': harus berupa daftar"),
        ("daftar", {"a", "b"}, "'x': harus berupa daftar"),
        ("daftar", ["a"] * (DAFTAR_MAKS + 1), f"'x': paling banyak {DAFTAR_MAKS} butir"),
        ("daftar", ["a", None], "'x[2]' kosong"),
        ("daftar", ["a", " "], "'x[2]': tidak boleh kosong"),
        ("daftar", ["a", "panjang"], "'x[2]': panjangnya 7 huruf, paling banyak 5"),
        ("daftar", ["a", ["b"]], "'x[2]': harus berupa teks"),
        ("daftar_dua", [1], "'x': berisi 1 butir, paling sedikit 2"),
        ("daftar_objek", [{"nama": "A", "area": 1}, "B"], "'x[2]' harus berupa peta isian"),
        ("daftar_objek", [{"nama": "A", "area": 7}], "'x[1].area': 7 lebih dari 6"),
        ("daftar_objek", [{"area": 1}], "'x[1].nama' wajib diisi (teks)"),
        ("objek", ["a"], "'x' harus berupa peta isian"),
        ("objek", {"nama": "A", "area": 1, "arae": 2}, "'x.arae' tidak dikenal; maksud Anda 'area'?"),
        ("peta_soal", ["A"], "'x': harus berupa peta soal_id: nilai"),
        ("peta_soal", dict.fromkeys(range(DAFTAR_MAKS + 1), 1), f"'x': paling banyak {DAFTAR_MAKS} soal"),
        ("peta_soal", {True: 1}, "'x': kunci 'True' bukan teks"),
        ("peta_soal", {RAKSASA: 1}, "'x': kunci bilangan yang terlalu panjang bukan teks"),
        ("peta_soal", {(1, 2): 1}, "'x': kunci isi yang bukan teks atau bilangan bukan teks"),
        ("predikat_usulan", "WB", "'x': 'WB' bukan salah satu dari WBK, WBBM"),
        ("predikat_usulan", {"DINSOS": "WBK", "RSUD": "WBB"}, "'x': RSUD: 'WBB' bukan salah satu dari WBK, WBBM"),
        ("predikat_usulan", {"DINSOS": ["WBK"]}, "'x': DINSOS: isi yang bukan teks atau bilangan bukan salah satu dari"),
    ],
    ids=_sebut,
)
def test_nilai_salah(contoh: str, nilai: object, pesan: str) -> None:
    """Each bad value is named by its path, with what was expected, however large or strange it is."""
    assert pesan in _masalah(contoh, nilai)


def test_isian_bersarang_sangat_dalam() -> None:
    """A list nested thousands of times is bad input, not a crash."""
    dalam: list[Any] = []
    for _ in range(100_000):
        dalam = [dalam]
    for contoh in ("ya_tidak", "teks", "bulat", "tanggal", "pilihan", "nip", "daftar", "predikat_usulan"):
        assert "'x" in _masalah(contoh, dalam)


def test_isian_tidak_dikenal_dan_wajib() -> None:
    """An unknown field gets a suggestion, a missing one says what it takes; None and blank text are missing."""
    isian = [Isian("jumlah_pegawai", "bulat"), CONTOH["pilihan"], Isian("catatan", "teks", wajib=False)]
    aneh: Any = {"jumlah_pegwai": 60, "x": " ", "catatan": "", "zzz": 1, RAKSASA: 1, "\ud800": 1}
    with pytest.raises(MasukanSalah) as e:
        baca_isi(isian, aneh, "catatan uji")
    assert "'jumlah_pegwai' tidak dikenal; maksud Anda 'jumlah_pegawai'?" in e.value.pesan
    assert "'zzz' tidak dikenal;" in e.value.pesan
    assert "'jumlah_pegawai' wajib diisi (bulat)" in e.value.pesan
    assert "'x' wajib diisi (salah satu dari WTP, WDP, 1)" in e.value.pesan
    assert baca_isi(isian, {"jumlah_pegawai": 1, "x": "1", "catatan": " "}, "uji") == {"jumlah_pegawai": 1, "x": "1"}


@pytest.mark.parametrize("mentah", [None, [], "teks", 1])
def test_isi_bukan_peta(mentah: Any) -> None:  # noqa: ANN401 - what a caller may hand over against the signature
    """Contents that are no map at all are bad input."""
    with pytest.raises(MasukanSalah, match="'isi' harus berupa peta isian"):
        baca_isi([CONTOH["teks"]], mentah, "uji")


def test_semua_masalah_disebut_sekaligus() -> None:
    """All bad fields are named together, the first eight in words and the rest by count."""
    isian = [Isian(f"isian{n:02}", "bulat") for n in range(10)]
    mentah: Mapping[str, object] = {f"isian{n:02}": "x" for n in range(10)}
    with pytest.raises(MasukanSalah) as e:
        baca_isi(isian, mentah, "uji")
    assert all(f"'isian{n:02}'" in e.value.pesan for n in range(8))
    assert "'isian08'" not in e.value.pesan
    assert e.value.pesan.endswith("(dan 2 lagi)")
    with pytest.raises(MasukanSalah) as e:
        baca_isi(isian[:8], {f"isian{n:02}": "x" for n in range(8)}, "uji")
    assert "lagi)" not in e.value.pesan


@pytest.mark.parametrize(("lapor", "sah"), [(5, True), (6, False)])
def test_paling_banyak_isian_lain(lapor: int, sah: bool) -> None:  # noqa: FBT001
    """A count may be bounded by another field of the same record."""
    isian = [Isian("lapor", "bulat", paling_banyak="wajib"), Isian("wajib", "bulat")]
    if sah:
        assert baca_isi(isian, {"lapor": lapor, "wajib": 5}, "uji") == {"lapor": 5, "wajib": 5}
    else:
        with pytest.raises(MasukanSalah, match="'lapor' 6 melebihi 'wajib' 5"):
            baca_isi(isian, {"lapor": lapor, "wajib": 5}, "uji")


def test_tipe_tertutup() -> None:
    """Every type that a definition may name is read here by an example."""
    assert {i.tipe for i in CONTOH.values()} == TIPE


@pytest.mark.parametrize("salah", ["2025-02-29", "kemarin", "x" * 100_000, 5, None, RAKSASA, ["2024-01-01"]], ids=_sebut)
def test_baca_tanggal_salah(salah: object) -> None:
    """A bad date names what was typed, briefly, and shows the form."""
    with pytest.raises(MasukanSalah, match=r"^Tanggal .* tidak sah$") as e:
        baca_tanggal(salah)
    assert len(e.value.pesan) < 80
    assert "2026-05-31" in e.value.lanjut


@pytest.mark.parametrize("salah", [NIP[:-1], "", None, 5, RAKSASA, "X-1"], ids=_sebut)
def test_baca_nip_salah(salah: object) -> None:
    """A bad NIP names what was typed and what is expected."""
    with pytest.raises(MasukanSalah, match=r"^NIP .* tidak sah$") as e:
        baca_nip(salah)
    assert "18 angka" in e.value.sebab


def test_baca_satuan() -> None:
    """Single values are read as the fields are."""
    assert baca_tanggal("2024-02-29") == date(2024, 2, 29)
    assert baca_nip(NIP) == NIP
    assert baca_teks(" nama ", "nama") == "nama"
    assert baca_teks("x" * 5, "nama", 5) == "xxxxx"
    with pytest.raises(MasukanSalah, match="Isian 'nama' tidak sah") as e:
        baca_teks("x" * 6, "nama", 5)
    assert e.value.sebab == "panjangnya 6 huruf, paling banyak 5"
    with pytest.raises(MasukanSalah):
        baca_teks("  ", "nama")


def test_teks_isi() -> None:
    """A text field of plain data, or nothing."""
    assert [teks_isi({"a": "x", "b": 1, "c": None}, n) for n in "abcd"] == ["x", "", "", ""]


SAMPAH = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(st.characters(codec=None), max_size=30)
    | st.binary(max_size=5)
    | st.dates(),
    lambda isi: st.lists(isi, max_size=4) | st.dictionaries(st.text(max_size=4) | st.integers(), isi, max_size=4),
    max_leaves=12,
)


def _polos(nilai: object) -> bool:
    if isinstance(nilai, list):
        return all(_polos(n) for n in nilai)
    if isinstance(nilai, dict):
        return all(isinstance(k, str) and _polos(v) for k, v in nilai.items())
    return nilai is None or type(nilai) in (str, int, bool)


@given(contoh=st.sampled_from([c for c in CONTOH if c != "peta_soal"]), nilai=SAMPAH)
def test_sifat_apa_pun_menjadi_data_polos_atau_masukan_salah(contoh: str, nilai: object) -> None:
    """Whatever is handed over comes back as plain data or as bad input of a bounded length, never as another error."""
    pesan, hasil = "", {}
    try:
        hasil = baca_isi([CONTOH[contoh]], {"x": nilai}, "uji")
    except MasukanSalah as e:
        pesan = e.pesan
    assert len(pesan) < 2000
    assert _polos(hasil)
    assert bool(pesan) is not bool(hasil)


@given(nilai=st.decimals(min_value=0, max_value=4, places=6))
def test_sifat_desimal_tidak_dibulatkan(nilai: Decimal) -> None:
    """What is stored of a decimal is the number that was typed, exactly, and reads back the same."""
    hasil = _baca("desimal", format(nilai, "f"))
    assert isinstance(hasil, str)
    assert Decimal(hasil) == nilai
    assert _baca("desimal", hasil) == hasil


@pytest.mark.parametrize("teks", ["…", "...", " … ", "....…"])
def test_titik_titik_bukan_isian(teks: str) -> None:
    """What stands for something yet to be filled in, copied from an example, is not recorded as a fact."""
    with pytest.raises(MasukanSalah) as salah:
        baca_teks(teks, "nomor")
    assert "titik-titik" in salah.value.sebab
