"""Importing the export of SP4N-LAPOR!: which rows open a complaint, which are named and why; hostile files; reporters kept out of sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tests.alat.brankas import salin_toko
from tests.alat.dunia import PENILAI, UNIT_UJI
from tests.cli.alat_cli import panggil
from tests.cli.conftest import rumah
from tests.cli.register import galat, jawab, muat_sekali, potret
from tests.pengaduan.alat import RAHASIA, TANPA_PREDIKAT, Register, definisi_aduan
from tests.workbook.alat_paket import buku_baik, satu_lembar
from zi_workflow.domain.cells import SEL_KOSONG, Sel
from zi_workflow.domain.definition import Impor
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.reports import Laporan, baca_ekspor, bentuk
from zi_workflow.domain.tables import Baris, Tabel

__all__ = ["rumah"]
JUDUL = "Tracking ID,Tanggal Laporan,Instansi Terlapor,Judul Laporan,Isi Laporan,Status,Nama Pelapor,No HP Pelapor,Kategori"
KONTAK = "0812-3456-7890"
OLEH = ("--oleh", PENILAI)


def _aturan() -> Impor:
    aturan = definisi_aduan().impor
    assert aturan is not None
    return aturan


@pytest.fixture(scope="module")
def asal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a register with a WBK unit, made once."""
    berkas = tmp_path_factory.mktemp("impor") / "zi.db"
    Register(f"sqlite:///{berkas}").tutup()
    return berkas


@pytest.fixture
def basis(asal: Path, rumah: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of it, which the verbs use."""
    muat_sekali(monkeypatch)
    salin_toko(asal, rumah / "zi.db")
    monkeypatch.setenv("ZI_BASIS", f"sqlite:///{rumah / 'zi.db'}")
    monkeypatch.setenv("ZI_BERKAS", str(rumah / "berkas"))
    return rumah


def _csv(folder: Path, *baris: str, judul: str = JUDUL) -> str:
    berkas = folder / "laporan.csv"
    berkas.write_text("\n".join((judul, *baris)) + "\n", encoding="utf-8")
    return str(berkas)


def _baris(nomor: str = "#1234567", **lain: str) -> str:
    isi = {"tanggal": "2025-01-06", "unit": UNIT_UJI, "judul": "Antrean dilewati", "isi": "Petugas melewati antrean", "status": "Diproses"}
    isi |= {"nama": RAHASIA, "hp": KONTAK, **lain}
    return ",".join((nomor, *(isi[k] for k in ("tanggal", "unit", "judul", "isi", "status", "nama", "hp")), "Pelayanan"))


# --- the verb --------------------------------------------------------------------------------------------------------


def test_baris_menjadi_pengaduan(basis: Path) -> None:
    """A row opens a file by its report's number, dated as received there, about the unit by code or by its whole name."""
    nama = jawab("unit", "lihat", UNIT_UJI)["nama"].upper()
    data = jawab("pengaduan", "impor", _csv(basis, _baris(), _baris("998-A", unit=nama, tanggal="7/1/2025")), *OLEH)
    assert [(d["baris"], d["kode"], d["unit"]) for d in data["diterima"]] == [
        (2, "LAPOR-1234567", UNIT_UJI),
        (3, "LAPOR-998-A", UNIT_UJI),
    ]
    assert (data["baris"], data["kolom_diabaikan"], data["kolom"]["unit"]) == (2, ["Kategori"], "Instansi Terlapor")
    berkas = jawab("pengaduan", "lihat", "LAPOR-1234567")
    assert (berkas["perihal"], berkas["diterima"], berkas["jatuh_tempo"]) == ("Antrean dilewati", "2025-01-06", "2025-03-07")
    assert berkas["catatan"][0]["isi"] == {
        "saluran": "sp4n_lapor", "uraian": "Petugas melewati antrean", "nomor_laporan": "1234567", "status_asal": "Diproses",
    }  # fmt: skip
    assert berkas["pelapor_tercatat"] is True


def test_harus_berkas_yang_sama_tidak_menulis_lagi(basis: Path) -> None:
    """The same file again writes nothing; a status that moved on there is shown, and moves nothing here."""
    berkas = _csv(basis, _baris())
    jawab("pengaduan", "impor", berkas, *OLEH)
    sebelum = potret(f"sqlite:///{basis / 'zi.db'}")
    lagi = jawab("pengaduan", "impor", berkas, *OLEH)
    assert (lagi["diterima"], lagi["berubah"], [d["kode"] for d in lagi["dilewati"]]) == ([], [], ["LAPOR-1234567"])
    selesai = jawab("pengaduan", "impor", _csv(basis, _baris(status="Selesai")), *OLEH)
    assert selesai["berubah"] == [
        {"baris": 2, "kode": "LAPOR-1234567", "tahap": "diterima", "status_dulu": "Diproses", "status_kini": "Selesai"}
    ]
    layar = panggil("pengaduan", "impor", _csv(basis, _baris(status="Selesai")), *OLEH).stdout
    assert "kini 'Selesai' di LAPOR, dahulu 'Diproses'; di sini tetap diterima" in " ".join(layar.split())
    assert potret(f"sqlite:///{basis / 'zi.db'}") == sebelum


def test_percobaan_tidak_menulis(basis: Path) -> None:
    """A dry run says what would become of every row, and writes nothing."""
    sebelum = potret(f"sqlite:///{basis / 'zi.db'}")
    data = jawab("pengaduan", "impor", _csv(basis, _baris(), _baris("2", unit=TANPA_PREDIKAT)), "--coba", *OLEH)
    assert ([d["kode"] for d in data["diterima"]], [d["kode"] for d in data["ditolak"]]) == (["LAPOR-1234567"], ["LAPOR-2"])
    assert potret(f"sqlite:///{basis / 'zi.db'}") == sebelum


def test_harus_baris_yang_ditolak_disebut(basis: Path) -> None:
    """Rows about units without predikat are refused one by one with the ayat; wrong rows are named; the others are imported."""
    berkas = _csv(
        basis,
        _baris("1", unit=TANPA_PREDIKAT),
        _baris("2", unit="Dinas Entah"),
        _baris("3", tanggal="kemarin"),
        _baris("4", judul=""),
        _baris("5"),
        _baris("#5"),
        _baris("6/7"),
        ",,,,,,,,",
    )
    data = jawab("pengaduan", "impor", berkas, *OLEH)
    assert [d["kode"] for d in data["diterima"]] == ["LAPOR-5"]
    (ditolak,) = data["ditolak"]
    assert (ditolak["baris"], ditolak["unit"], ditolak["syarat"]) == (2, TANPA_PREDIKAT, ["P1"])
    assert ditolak["dasar"] == ["Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf e"]
    assert [(s["baris"], s["apa"]) for s in data["salah"]] == [
        (3, "unit 'Dinas Entah' tidak terdaftar di register ini"),
        (4, "kolom 'Tanggal Laporan' bukan tanggal"),
        (5, "kolom 'Judul Laporan' kosong"),
        (7, "nomor laporannya sama dengan baris 6"),
        (8, "kolom 'Tracking ID' bukan nomor laporan (huruf, angka, tanda hubung)"),
    ]
    hasil = panggil("pengaduan", "impor", berkas, "--kode-keluar", *OLEH)
    assert (hasil.exit_code, "ditolak, P1" in hasil.stdout) == (5, True)
    assert jawab("audit", "cari", "--jenis", "PerintahDitolak")["jumlah"] == 1


def test_harus_pelapor_tidak_bocor_dari_impor(basis: Path) -> None:
    """Whatever becomes of a row, nothing that is printed holds a reporter's name or number."""
    buruk = _baris("8", nama="\u202e" + RAHASIA + "x" * 300, hp=KONTAK * 30)
    berkas = _csv(basis, _baris("1"), _baris("2", unit=TANPA_PREDIKAT), _baris("3", tanggal="x"), _baris("4/5"), buruk)
    for bentuk_ in ((), ("--json",), ("--coba",), ("--coba", "--json")):
        hasil = panggil("pengaduan", "impor", berkas, *OLEH, *bentuk_)
        assert hasil.exit_code == 0
        for kata in (RAHASIA, KONTAK):
            assert kata not in hasil.stdout + hasil.stderr
    assert jawab("pengaduan", "lihat", "LAPOR-8")["pelapor_tercatat"] is True


def test_buku_kerja_dibaca_seperti_csv(basis: Path) -> None:
    """A workbook with a title above its header, numbers as numbers and dates as dates opens the same complaints."""
    berkas = basis / "laporan.xlsx"
    with xlsxwriter.Workbook(str(berkas)) as buku:
        lembar = buku.add_worksheet("Laporan")
        lembar.write_row(0, 0, ["Daftar laporan SP4N-LAPOR! tahun 2025"])
        lembar.write_row(2, 0, JUDUL.split(","))
        lembar.write_row(3, 0, [1234567, "", UNIT_UJI, "Antrean dilewati", "isi", "Diproses", RAHASIA, 81234567890, "x"])
        lembar.write_number(3, 1, 45663.57, buku.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    hasil = panggil("pengaduan", "impor", str(berkas), *OLEH, "--json")
    assert hasil.exit_code == 0, hasil.stderr
    assert RAHASIA not in hasil.stdout
    assert jawab("pengaduan", "lihat", "LAPOR-1234567")["diterima"] == "2025-01-06"


def test_buku_kerja_jahat_ditolak(basis: Path) -> None:
    """A workbook that is a bomb, or none, is refused by the reader's limits, in three lines; nothing is written."""
    sebelum = potret(f"sqlite:///{basis / 'zi.db'}")
    for isi in (buku_baik()[:200], satu_lembar('<row r="1"><c r="A1" t="inlineStr"><is><t>' + "a" * 40_000 + "</t></is></c></row>")):
        (basis / "laporan.xlsx").write_bytes(isi)
        galat("pengaduan", "impor", str(basis / "laporan.xlsx"), *OLEH, kode=2)
    assert potret(f"sqlite:///{basis / 'zi.db'}") == sebelum


def test_kunci_tiap_baris(basis: Path) -> None:
    """A key holds for each row of its own."""
    berkas = _csv(basis, _baris("1"), _baris("2"))
    assert len(jawab("pengaduan", "impor", berkas, "--kunci", "k", *OLEH)["diterima"]) == 2
    assert len(jawab("pengaduan", "impor", berkas, "--kunci", "k", *OLEH)["dilewati"]) == 2
    assert galat("pengaduan", "impor", berkas, "--versi", "1", *OLEH, kode=2)[2] == "Hapus --versi."
    assert galat("pengaduan", "impor", "-", *OLEH, kode=2)[0] == "Impor dari masukan baku"


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (b"", "tidak ada kolom nomor laporan"),
        (f"{RAHASIA},{KONTAK}\n".encode(), "tidak ada kolom nomor laporan"),
        (b"Tracking ID,Judul\n1,x\n", "tidak ada kolom tanggal"),
        (b"Tracking ID,Tanggal,Unit,Judul,Judul\n1,2025-01-06,X,a,b\n", "kolom 'Judul' ada dua kali"),
        ("Tracking ID,Tanggal,Unit,Judul\n1,2025-01-06,é,a\n".encode("latin-1"), "baris 2 bukan UTF-8"),
        (b"PK\x03\x04rusak", "laporan"),
    ],
)
def test_berkas_jahat_ditolak(basis: Path, isi: bytes, pesan: str) -> None:
    """A file that is no export is refused whole, in three lines, showing nothing of its cells."""
    berkas = basis / "laporan.csv"
    berkas.write_bytes(isi)
    hasil = panggil("pengaduan", "impor", str(berkas), *OLEH)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert pesan in hasil.stderr
    assert RAHASIA not in hasil.stderr
    assert galat("pengaduan", "impor", str(basis / "tiada.csv"), *OLEH, kode=2)


# --- the pure part ---------------------------------------------------------------------------------------------------


def _tabel(judul: Sequence[str], *baris: Sequence[object]) -> Tabel:
    isi = (Baris(i, tuple(s if isinstance(s, Sel) else Sel(s) for s in b)) for i, b in enumerate(baris, 2))  # type: ignore[arg-type]
    return Tabel("uji.xlsx", tuple(judul), tuple(isi), huruf=tuple("ABCDEFGH"[: len(judul)]), lembar="Laporan")


WAJIB = ("Tracking ID", "Tanggal", "Unit", "Judul")


def _satu(*sel: object) -> Laporan | str:
    ekspor = baca_ekspor(_tabel(WAJIB, sel), _aturan())
    return ekspor.laporan[0] if ekspor.laporan else ekspor.salah[0].apa


@pytest.mark.parametrize(
    ("sel", "hari"),
    [
        ("2025-01-06", "2025-01-06"),
        ("2025-01-06 13:45:00", "2025-01-06"),
        ("2025-01-06T13:45", "2025-01-06"),
        ("6/1/2025", "2025-01-06"),
        ("06-01-2025 13:45", "2025-01-06"),
        ("6 Januari 2025", "2025-01-06"),
        ("6 Jan 2025, 13.45", "2025-01-06"),
        (Decimal("45663.57"), "2025-01-06"),
        ("2025-02-30", None),
        ("31/4/2025", None),
        ("6 Janu 2025", None),
        ("2025", None),
        (Decimal(0), None),
        (Decimal(2_000_000), None),
        (True, None),
    ],
)
def test_tanggal_terbaca(sel: object, hari: str | None) -> None:
    """Days are read as sheets and people write them; what is no day of the calendar is never guessed."""
    satu = _satu("1", sel, "X", "y")
    harap = "kolom 'Tanggal' bukan tanggal"
    assert (satu.tanggal if isinstance(satu, Laporan) else satu) == (date.fromisoformat(hari) if hari else harap)


@pytest.mark.parametrize(
    ("sel", "kode"),
    [("#12", "LAPOR-12"), ("ab-9", "LAPOR-AB-9"), (Decimal("1E+6"), "LAPOR-1000000"), ("1 2", None), ("-1", None), ("1" * 21, None)],
)
def test_nomor_menjadi_kode(sel: object, kode: str | None) -> None:
    """A report's number becomes the file's code, whatever way it is written; others are named."""
    satu = _satu(sel, "2025-01-06", "X", "y")
    assert (satu.kode if isinstance(satu, Laporan) else None) == kode


def test_sel_cacat_dan_panjang() -> None:
    """Cells with errors are named by their header; long texts are cut visibly; line ends and unseen characters become blanks."""
    assert _satu("1", "2025-01-06", "X", Sel("#REF!", galat=True)) == "kolom 'Judul' berisi galat rumus"
    panjang = _satu("1", "2025-01-06", "X", "a\nb\u202e" + "c" * 300)
    assert isinstance(panjang, Laporan)
    assert (len(panjang.perihal), panjang.perihal[:5], panjang.perihal[-1]) == (200, "a b c", "…")


def test_kolom_menurut_urutan_definisi() -> None:
    """Of several columns that could mean the same, the first by the definition counts; blank rows are no rows."""
    judul = ("Disposisi", *WAJIB, "Instansi Terlapor")
    ekspor = baca_ekspor(_tabel(judul, ("a", "1", "2025-01-06", "b", "y", "c"), (SEL_KOSONG,) * 6), _aturan())
    assert ([x.unit for x in ekspor.laporan], ekspor.salah) == (["c"], ())
    assert ekspor.diabaikan == ("Disposisi", "Unit")


@pytest.mark.parametrize(
    ("judul", "pesan"), [(WAJIB[:3], r"tidak ada kolom perihal \(Judul Laporan, Judul"), ((*WAJIB, "Judul"), "kolom 'Judul' ada dua kali")]
)
def test_kolom_kurang_atau_ganda(judul: Sequence[str], pesan: str) -> None:
    """A table without a column that every report needs, or with one twice, is refused whole."""
    with pytest.raises(MasukanSalah, match=pesan):
        baca_ekspor(_tabel(judul), _aturan())


def test_baris_judul_dikenali() -> None:
    """A header row is one that names the report's number; how many more columns it names decides between rows."""
    nilai: Callable[[Sequence[str]], int] = bentuk(_aturan()).nilai
    assert nilai(("Laporan Tahun 2025", "")) == 0
    assert nilai(("tracking_id", "TANGGAL LAPORAN", "judul")) == 3
