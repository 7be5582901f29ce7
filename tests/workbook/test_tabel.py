"""Tables out of files (workbook/table.py): the header found by itself, every row kept or named, hostile files refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.domain.cells import Buku, Lembar, Sel
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.rosters import BENTUK, KEPATUHAN, RESPONS
from zi_workflow.domain.tables import Tabel
from zi_workflow.workbook.table import BARIS_MAKS, KOLOM_MAKS, SEL_MAKS, UKURAN_CSV, baca_tabel, baris_csv, dari_buku, dari_csv

ORANG = "Melati Contoh"
DAFTAR = BENTUK[KEPATUHAN]


def _isi(tabel: Tabel) -> list[tuple[int, list[object]]]:
    return [(b.nomor, [s.nilai for s in b.sel]) for b in tabel.baris]


def _galat_csv(teks: str) -> MasukanSalah:
    with pytest.raises(MasukanSalah) as e:
        dari_csv(teks, "d.csv", DAFTAR)
    return _aman(e.value)


def _galat_buku(*lembar: Lembar) -> MasukanSalah:
    with pytest.raises(MasukanSalah) as e:
        dari_buku(Buku({x.nama: x for x in lembar}), "d.xlsx", DAFTAR)
    return _aman(e.value)


def _galat_berkas(jalan: Path) -> MasukanSalah:
    with pytest.raises(MasukanSalah) as e:
        baca_tabel(jalan, DAFTAR)
    return _aman(e.value)


def _aman(galat: MasukanSalah) -> MasukanSalah:
    assert galat.kode == 2
    assert all((galat.pesan.startswith("d."), galat.sebab, galat.lanjut))
    assert ORANG not in f"{galat.pesan} {galat.sebab} {galat.lanjut}"
    return galat


def _lembar(sel: Mapping[str, object], nama: str = "Data", sembunyi: Sequence[int] = (), gabungan: Sequence[str] = ()) -> Lembar:
    isi = {k: v if isinstance(v, Sel) else Sel(v) for k, v in sel.items()}  # type: ignore[arg-type]
    return Lembar(nama, isi, frozenset(sembunyi), tuple(gabungan))


# --- CSV ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pemisah", [",", ";"])
@pytest.mark.parametrize("akhir", ["\n", "\r\n"])
def test_csv_dengan_judul_di_tengah(pemisah: str, akhir: str) -> None:
    """Title rows stand above the header, blank rows anywhere, quoted cells run over lines: rows keep the line they begin on."""
    baris = ["STATUS LAPOR", "", "No;Nama;Status Lapor", '1;"Melati; ""M"" ', 'Contoh"; Sudah ', ";;", "2;=1+1;"]
    tabel = dari_csv(akhir.join(baris).replace(";", pemisah), "d.csv", DAFTAR)
    assert (tabel.judul, tabel.baris_judul, tabel.huruf, tabel.lembar) == (("No", "Nama", "Status Lapor"), 3, (), None)
    assert _isi(tabel) == [(4, ["1", f'Melati{pemisah} "M" {akhir}Contoh', "Sudah"]), (7, ["2", "=1+1", None])]
    assert tabel.tempat(tabel.baris[1], 2) == "baris 7 kolom 'Status Lapor'"


def test_csv_satu_kolom_dan_tanpa_baris() -> None:
    """One column is a table; a header without rows is one too, and what it is worth is for its rules to say."""
    assert _isi(dari_csv("Status\nSudah\n", "d.csv", DAFTAR)) == [(2, ["Sudah"])]
    assert _isi(dari_csv("Nama,Status\n", "d.csv", DAFTAR)) == []


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6), min_size=2, max_size=2), max_size=8
    )
)
def test_csv_tidak_kehilangan_baris(isi: list[list[str]]) -> None:
    """Whatever stands in quoted cells, every row that is not blank comes back, in its order."""
    kutip = [",".join(f'"{s.replace(chr(34), chr(34) * 2)}"' for s in baris) for baris in [["Nama", "Status"], *isi]]
    tabel = dari_csv("\n".join(kutip), "d.csv", DAFTAR)
    harap = [[s.strip() or None for s in baris] for baris in isi if any(s.strip() for s in baris)]
    assert [sel for _, sel in _isi(tabel)] == harap


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("", "tidak ada kolom status"),
        ("\n\n", "tidak ada kolom status"),
        (f"{ORANG};Sudah\n", "tidak ada kolom status"),
        ("\n".join(["x"] * 20 + ["Status", "Sudah"]), "tidak ada kolom status di 20 baris pertama"),
        (f"Nama,Status\n{ORANG}\n{ORANG},Sudah,lagi\n{ORANG},Sudah,\n", "baris 2 berisi 1 sel, judulnya 2; baris 3 berisi 3 sel"),
        (f'Nama,Status\n{ORANG},Sudah\n"{ORANG}"x,Sudah\n', "baris 3: bukan CSV yang sah"),
        (f'Nama;Status\n"{ORANG};Sudah\n', "baris 2: bukan CSV yang sah"),
        (f"Nama,Status\n{ORANG},Su\0dah\n", "baris 2: bukan CSV yang sah (memuat bita nol)"),
        (f"Nama,Status\n{'x' * 200_000},Sudah\n", "baris 2: bukan CSV yang sah"),
        ("Status" + "," * 10**6 + "x\n", "1000001 kolom"),
        ("x," * 10**6 + "\n", "tidak ada kolom status"),
        ("Status\n" + "Sudah\n" * (BARIS_MAKS + 1), f"1 kolom, {BARIS_MAKS + 1} baris atau lebih"),
        ("Status,x" + ",y" * 98 + "\n" + ("Sudah," + "," * 98 + "\n") * (SEL_MAKS // 100 + 1), f"100 kolom, {SEL_MAKS // 100 + 1} baris"),
    ],
)
def test_csv_yang_salah(teks: str, pesan: str) -> None:
    """Rows of another width, open quotes, NUL, huge cells, a million columns, no header: one error that names the line."""
    assert pesan in _galat_csv(teks).pesan


def test_baris_kosong_tidak_menyembunyikan_sisanya() -> None:
    """Blank rows do not use up the limit: what stands below very many of them is still read."""
    teks = "Nama,Status\n" + ",\n" * (BARIS_MAKS + 50) + f"{ORANG},Sudah\n"
    assert _isi(dari_csv(teks, "d.csv", DAFTAR)) == [(BARIS_MAKS + 52, [ORANG, "Sudah"])]


def test_baris_csv() -> None:
    """Rows are given one by one with their line; empty lines are not rows."""
    assert list(baris_csv('a,b\n\n"x\ny", z \n , \n', "d.csv")) == [(1, ["a", "b"]), (3, ["x\ny", "z"]), (5, ["", ""])]


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (f"Nama,Status\n{ORANG} \xe9,Sudah\n".encode("latin-1"), "baris 2 bukan UTF-8"),
        ("Nama,Status\nx,Sudah\n".encode("utf-16"), "baris 1 bukan UTF-8"),
        (b"%PDF-1.7\n\xff\xfe", "bukan UTF-8"),
        (b"Status\n" + b"x" * UKURAN_CSV, "terlalu besar"),
    ],
    ids=["latin-1", "utf-16", "pdf", "besar"],
)
def test_berkas_yang_bukan_csv(tmp_path: Path, isi: bytes, pesan: str) -> None:
    """Another encoding and a file that is too large are said as such."""
    jalan = tmp_path / "d.csv"
    jalan.write_bytes(isi)
    assert pesan in _galat_berkas(jalan).pesan


def test_csv_berkas_dengan_bom(tmp_path: Path) -> None:
    """A byte order mark, as spreadsheets write it, is no part of the first header."""
    jalan = tmp_path / "d.csv"
    jalan.write_bytes("\ufeffStatus;Nama\nSudah;x\n".encode())
    assert baca_tabel(jalan, DAFTAR).judul == ("Status", "Nama")
    with pytest.raises(FileNotFoundError):
        baca_tabel(tmp_path / "tiada.csv", DAFTAR)


# --- workbooks as plain data ----------------------------------------------------------------------------------------


def test_buku_dengan_judul_di_tengah() -> None:
    """Titles, merged or hidden, may stand above; columns without header and blank rows are left out; cells keep their letters."""
    sel: dict[str, object] = {
        "A1": "STATUS LAPOR",
        "B3": "Nama",
        "D3": "Status Lapor",
        "B5": ORANG,
        "D5": "Sudah",
        "E5": "di luar",
        "E6": "x",
        "C7": "y",
    }
    sel |= {"B9": Decimal(2), "D9": Sel("Belum", "A1"), "D10": " "}
    tabel = dari_buku(Buku({"Data": _lembar(sel, sembunyi=[1, 2, 6, 20], gabungan=["A1:D2", "F5:G9", "aneh"])}), "d.xlsx", DAFTAR)
    assert (tabel.judul, tabel.baris_judul, tabel.lembar) == (("", "Nama", "", "Status Lapor"), 3, "Data")
    assert _isi(tabel) == [(5, [None, ORANG, None, "Sudah"]), (9, [None, Decimal(2), None, "Belum"])]
    assert tabel.tempat(tabel.baris[1], 3) == "sel D9"


def test_baris_tersembunyi_dan_sel_gabungan() -> None:
    """People who are not seen are not counted in silence, nor is a cell that stands for several rows."""
    sel = {"A1": "Nama", "B1": "Status", **{f"A{n}": ORANG for n in (2, 3, 4)}, **{f"B{n}": "Sudah" for n in (2, 3, 4)}}
    galat = _galat_buku(_lembar(sel, sembunyi=[3, 4, 9], gabungan=["B2:B3", "A4:C4", "A5:B6"]))
    assert galat.pesan == "d.xlsx: baris 3 tersembunyi; baris 4 tersembunyi; sel B2:B3 digabung; sel A4:C4 digabung"
    assert _galat_buku(_lembar(sel, sembunyi=[1])).pesan == "d.xlsx: baris 1 tersembunyi"
    assert "A1:B1" in _galat_buku(_lembar({"A1": "Status"}, gabungan=["A1:B1"])).pesan


def test_lembar_dipilih_dari_judulnya() -> None:
    """The sheet is the one with a header; none, or two, is refused."""
    data, lain = _lembar({"A1": "Status", "A2": "Sudah"}), _lembar({"A1": ORANG, "A2": True}, "Catatan")
    assert dari_buku(Buku({"Catatan": lain, "Data": data}), "d.xlsx", DAFTAR).lembar == "Data"
    assert "tidak ada kolom status" in _galat_buku(lain).pesan
    assert "tidak ada kolom status" in _galat_buku().pesan
    assert "lembar 'Data', 'Data 2' sama-sama" in _galat_buku(data, _lembar({"A1": "Status"}, "Data 2")).pesan


def test_buku_yang_terlalu_besar() -> None:
    """Too many columns or rows to be a list are refused, a lonely cell at the far end of the sheet is not."""
    assert "16384 kolom" in _galat_buku(_lembar({"A1": "Status", "XFD1": "x"})).pesan
    assert f"{KOLOM_MAKS} kolom" in _galat_buku(_lembar({"A1": "Status", "XFD1": "x"})).sebab
    banyak = {"A1": "Status", **{f"A{n}": "Sudah" for n in range(2, BARIS_MAKS + 3)}}
    assert f"1 kolom, {BARIS_MAKS + 1} baris" in _galat_buku(_lembar(banyak)).pesan
    jauh = dari_buku(Buku({"Data": _lembar({"A1": "Status", "A2": "Sudah", "XFD1048576": "x"})}), "d.xlsx", DAFTAR)
    assert _isi(jauh) == [(2, ["Sudah"])]


# --- workbooks as files ---------------------------------------------------------------------------------------------


def _tulis(jalan: Path, sembunyi: int | None = None) -> Path:
    buku = xlsxwriter.Workbook(jalan)
    lembar = buku.add_worksheet("Respons")
    lembar.merge_range("A1:C1", "SURVEI")
    lembar.write_row("A3", ["Nama", "U1", "U2"])
    lembar.write_row("A4", [ORANG, 4, "3"])
    lembar.write_formula("B5", "=1+1", None, 2)
    if sembunyi is not None:
        lembar.set_row(sembunyi - 1, None, None, {"hidden": True})
    buku.close()
    return jalan


def test_berkas_xlsx(tmp_path: Path) -> None:
    """A real workbook goes through the reader with limits, whatever its name ends in; numbers are exact, formulas kept by value."""
    for nama in ("d.xlsx", "d.unduhan"):
        tabel = baca_tabel(_tulis(tmp_path / nama), BENTUK[RESPONS])
        assert (tabel.judul, tabel.baris_judul, tabel.lembar, tabel.berkas) == (("Nama", "U1", "U2"), 3, "Respons", nama)
        assert _isi(tabel) == [(4, [ORANG, Decimal(4), "3"]), (5, [None, Decimal(2), None])]
    with pytest.raises(MasukanSalah) as e:
        baca_tabel(_tulis(tmp_path / "d.xlsx", sembunyi=4), BENTUK[RESPONS])
    assert "baris 4 tersembunyi" in _aman(e.value).pesan


@pytest.mark.parametrize(
    ("nama", "isi"), [("d.xlsx", b"Status\nSudah\n"), ("d.csv", b"PK\x03\x04rusak"), ("d.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]
)
def test_berkas_yang_bukan_buku(tmp_path: Path, nama: str, isi: bytes) -> None:
    """What only looks like a workbook is told as one that cannot be read."""
    jalan = tmp_path / nama
    jalan.write_bytes(isi)
    with pytest.raises(MasukanSalah) as e:
        baca_tabel(jalan, DAFTAR)
    assert nama in e.value.pesan
