"""``zi catat`` from lists: figures computed and told, the file kept as evidence, no person in the register or in any message."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.alat.aturan import ubahan
from tests.alat.dunia import ADMIN, AKAR, UNIT_UJI, definisi
from tests.cli.alat_cli import panggil
from tests.cli.register import berkas_tersimpan, galat, jawab, muat_sekali, periksa_jawaban, potret, register
from zi_workflow.domain.rosters import STATUS

NAMA, NIP = "Melati Contoh", "197002022000022"
LHKPN = ("catat", "lhkpn", UNIT_UJI, "--tahun", "2025", "--tanggal", "2024-04-03")
SURVEI = ("catat", "survei_internal", UNIT_UJI, "--tahun", "2025", "--tanggal", "2024-04-03", "--survei")


@pytest.fixture(autouse=True)
def url(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a register with one unit just registered; the admin acts."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    monkeypatch.setenv("ZI_BERKAS", str(tmp_path / "bukti"))
    monkeypatch.setenv("ZI_PELAKU", ADMIN)
    return register(basis_sqlite)


def _daftar(*status: str, nama: str = "daftar.csv", unit: str | None = None) -> str:
    """Write a compliance list: one person a row."""
    kolom = ["No", "Nama", "NIP", *(["Unit Kerja"] if unit else []), "Status Lapor"]
    baris = [[str(n), f"{NAMA} {n}", f"{NIP}{n:03d}", *([unit] if unit else []), s] for n, s in enumerate(status, 1)]
    Path(nama).write_text("\n".join(";".join(b) for b in [kolom, *baris]) + "\n", encoding="utf-8")
    return nama


def _respons(*jawaban: str, nama: str = "respons.csv", kolom: str = "U1,U2") -> str:
    """Write survey responses: one respondent a row."""
    Path(nama).write_text(f"Nama,{kolom}\n" + "".join(f"{NAMA},{j}\n" for j in jawaban), encoding="utf-8")
    return nama


def _isi(hasil: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the event holds
    return jawab("audit", "lihat", str(hasil["hasil"][0]["nomor"][0]))["isi"]


def _tanpa_orang(*teks: object) -> None:
    assert [t for t in teks if NAMA in str(t) or NIP in str(t)] == []


# --- compliance lists -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jenis", ["lhkpn", "lhkasn"])
def test_kepatuhan_dihitung_dari_daftar(url: str, tmp_path: Path, jenis: str) -> None:
    """The record holds the two counts, the list is its evidence byte for byte, and nobody in it stands in the register."""
    berkas = _daftar("Sudah", "Belum", "Terlambat")
    data = jawab("catat", jenis, *LHKPN[2:], "--daftar", berkas)
    periksa_jawaban(data)
    assert data["sumber"] == {
        "jenis": "daftar_kepatuhan",
        "berkas": "daftar.csv",
        "lembar": None,
        "baris_judul": 1,
        "kolom": {"status": "Status Lapor", "unit": None, "pengenal": ["NIP", "Nama"]},
        "kolom_diabaikan": ["No"],
        "baris": 3,
        "tafsir": ["D23"],
        "unit_lain": 0,
        "tanpa_pengenal": 0,
        "wajib": 3,
        "lapor": 2,
        "persen": "66.67",
        "status": {"sudah": 1, "belum": 1, "terlambat": 1},
    }
    isi = _isi(data)
    assert isi["isi"] == {"tahun": 2025, "wajib": 3, "lapor": 2}
    assert [b["nama"] for b in isi["berkas"]] == ["daftar.csv"]
    assert list(berkas_tersimpan(tmp_path / "bukti").values()) == [Path(berkas).read_bytes()]
    _tanpa_orang(data, potret(url))
    basis = Path(url.removeprefix("sqlite:///"))
    assert not any(NAMA.encode() in f.read_bytes() for f in basis.parent.glob(f"{basis.name}*") if f.is_file())


def test_layar_menerangkan_yang_dihitung() -> None:
    """People read what was counted, within 80 columns, also in a dry run that writes nothing."""
    argumen = (*LHKPN, "--daftar", _daftar(*["Sudah"] * 1999, "Draft", unit=UNIT_UJI))
    for coba in ((), ("--coba",)):
        teks = panggil(*argumen, *coba).stdout
        assert max(map(len, teks.splitlines())) <= 80
        _tanpa_orang(teks)
        for kata in ("Dihitung dari daftar.csv, 2000 baris", "Wajib lapor   2000 baris", "1999 (99,95 persen)", "sudah 1999; draft 1"):
            assert kata in teks
        assert "kolom 'Unit Kerja'; 0 baris unit lain" in teks
        assert "diperiksa menurut NIP, Nama" in teks
        assert "kolom No" in teks
        assert "tafsir D23" in teks


def test_persentase_tampak_tidak_menyentuh_seratus() -> None:
    """One who is missing among very many still shows: 100 is shown only where it is 100."""
    assert jawab(*LHKPN, "--daftar", _daftar(*["Sudah"] * 29999, "Belum"), "--coba")["sumber"]["persen"] == "99.997"
    assert jawab(*LHKPN, "--daftar", _daftar("Sudah"), "--coba")["sumber"]["persen"] == "100.00"


def test_percobaan_tidak_menulis(url: str, tmp_path: Path) -> None:
    """A dry run computes and writes nothing; the same list again is on file already."""
    argumen = (*LHKPN, "--daftar", _daftar("Sudah", "Belum"))
    sebelum = potret(url)
    data = jawab(*argumen, "--coba")
    periksa_jawaban(data, coba=True)
    assert (data["sumber"]["wajib"], potret(url), (tmp_path / "bukti").exists()) == (2, sebelum, False)
    pertama = jawab(*argumen, "--kunci", "k1")
    sesudah = potret(url)
    assert jawab(*argumen)["hasil"][0]["sudah_tercatat"] is True
    ulang = jawab(*argumen, "--kunci", "k1")
    assert (ulang["ulangan"], ulang["sumber"]) == (True, pertama["sumber"])
    assert potret(url) == sesudah


def test_berkas_bukti_lain_ikut_tersimpan() -> None:
    """Further evidence stands beside the list, and the list itself only once."""
    Path("surat.pdf").write_bytes(b"surat")
    daftar = _daftar("Sudah")
    data = jawab(*LHKPN, "--daftar", daftar, "--berkas", "surat.pdf", "--berkas", daftar)
    assert [b["nama"] for b in _isi(data)["berkas"]] == ["surat.pdf", "daftar.csv"]


def test_hanya_baris_unit_itu_dari_daftar() -> None:
    """A list of the whole city counts for this unit only, known by its registered name or as the list spells it."""
    nama = jawab("unit", "lihat", UNIT_UJI)["nama"]
    satu = Path(_daftar("Sudah", "Belum", unit=nama.upper())).read_text()
    Path("daftar.csv").write_text(satu + f"3;{NAMA} 1;{NIP}001;Dinas Lain Sekali;apa\n", encoding="utf-8")
    sumber = jawab(*LHKPN, "--daftar", "daftar.csv", "--coba")["sumber"]
    assert (sumber["wajib"], sumber["lapor"], sumber["unit_lain"], sumber["kolom"]["unit"]) == (2, 1, 1, "Unit Kerja")
    lain = galat(*LHKPN, "--daftar", _daftar("Sudah", unit="Dinas Lain Sekali"), kode=2)
    assert "tidak ada baris bagi" in lain[0]
    assert "--nama-unit" in lain[2]
    assert jawab(*LHKPN, "--daftar", "daftar.csv", "--nama-unit", "dinas lain sekali", "--coba")["sumber"]["wajib"] == 1


def test_sel_salah_disebut_sekaligus_dan_tidak_menulis(url: str, tmp_path: Path) -> None:
    """Every bad cell by its place in one error, nothing written, no name and no NIP in it."""
    sebelum = potret(url)
    pesan, sebab, lanjut = galat(*LHKPN, "--daftar", _daftar("Sudah", "=1+1", NAMA, "blm lapor"), kode=2)
    assert [f"baris {n} kolom 'Status Lapor'" in pesan for n in (2, 3, 4, 5)] == [False, True, True, True]
    assert "maksud Anda 'belum lapor'?" in pesan
    _tanpa_orang(pesan, sebab, lanjut)
    Path("ganda.csv").write_text(f"NIP,Status\n{NIP}001,Sudah\n{NIP}002,Sudah\n{NIP}001,Sudah\n")
    teks = galat(*LHKPN, "--daftar", "ganda.csv", kode=2)
    assert teks[0] == "ganda.csv: baris 2 dan baris 4 sama pada kolom 'NIP'"
    _tanpa_orang(*teks)
    Path("tanpa.csv").write_text(f"{NAMA},{NIP}001,Sudah\n")
    _tanpa_orang(*galat(*LHKPN, "--daftar", "tanpa.csv", kode=2))
    assert (potret(url), (tmp_path / "bukti").exists()) == (sebelum, False)


def test_tanpa_pengenal_dikatakan() -> None:
    """A list without a column by which to tell persons apart is counted, and that doubles could not be found is said."""
    Path("d.csv").write_text("Status\nSudah\nSudah\n")
    assert "tidak dapat diperiksa" in panggil(*LHKPN, "--daftar", "d.csv", "--coba").stdout
    Path("d.csv").write_text("NIP,Status\n1.98E+17,Sudah\n1.98E+17,Sudah\n")
    assert "kecuali 2 baris yang pengenalnya kosong atau tidak utuh" in " ".join(
        panggil(*LHKPN, "--daftar", "d.csv", "--coba").stdout.split()
    )


# --- surveys --------------------------------------------------------------------------------------------------------


def test_indeks_dihitung_dari_respons(url: str) -> None:
    """Index and number of respondents come from the rows; incomplete rows and other columns are told, nobody is named."""
    data = jawab(*SURVEI, "SKM", "--respons", _respons(*["4,3"] * 20, *["3,3"] * 10, "4,", ","))
    periksa_jawaban(data)
    sumber = data["sumber"]
    assert (sumber["skor"], sumber["responden"], sumber["tidak_lengkap"], sumber["baris"]) == ("3.333333333333", 30, 2, 32)
    assert (sumber["rata"], sumber["skala"], sumber["kolom_diabaikan"]) == ({"U1": "3.67", "U2": "3.00"}, 4, ["Nama"])
    assert (sumber["jenis"], sumber["tafsir"], sumber["kolom"]) == ("respons_survei", ["D22"], {"soal": ["U1", "U2"]})
    assert _isi(data)["isi"] == {"tahun": 2025, "survei": "SKM", "skor": "3.333333333333", "responden": 30}
    _tanpa_orang(data, potret(url))
    teks = panggil(*SURVEI, "SKM", "--respons", "respons.csv", "--coba").stdout
    assert max(map(len, teks.splitlines())) <= 80
    assert "3,33 (tercatat 3,333333333333)" in teks
    assert "30 lengkap; 2 tidak lengkap" in teks


def test_skala_menurut_survei() -> None:
    """SKM is 1–4; SPAK and SPKP may be 1–6, brought to 0–4 (D22); an exact index is shown once."""
    berkas = _respons(*["6,3"] * 30)
    assert "bukan 1 sampai 4" in galat(*SURVEI, "SPAK", "--respons", berkas, kode=2)[0]
    sumber = jawab(*SURVEI, "SPKP", "--respons", berkas, "--skala", "6", "--coba")["sumber"]
    assert (sumber["skor"], sumber["skala"], sumber["rata"]) == ("3.00", 6, {"U1": "4.00", "U2": "2.00"})
    assert "Indeks        3,00\n" in panggil(*SURVEI, "SPKP", "--respons", berkas, "--skala", "6", "--coba").stdout
    assert galat(*SURVEI, "SKM", "--respons", berkas, "--skala", "6", kode=2)[0] == "--skala 6 bukan skala SKM"
    assert "'IKM' bukan salah satu dari" in galat(*SURVEI, "IKM", "--respons", _respons(*["4,4"] * 30), kode=2)[0]


def test_kurang_dari_tiga_puluh_responden_ditolak(url: str) -> None:
    """29 complete respondents are no survey result, from a list or typed; the minimum is the definition's."""
    sebelum = potret(url)
    pesan, sebab, _ = galat(*SURVEI, "SKM", "--respons", _respons(*["4,4"] * 29, "4,"), kode=2)
    assert pesan == "respons.csv: hanya 29 responden lengkap (1 tidak lengkap dilewati)"
    assert "paling sedikit 30" in sebab
    assert "29 kurang dari 30" in galat(*SURVEI, "SKM", "--skor", "4", "--responden", "29", kode=2)[0]
    assert potret(url) == sebelum


def test_batas_responden_adalah_data(tmp_path: Path) -> None:
    """Another minimum, or none, is another line of the definition."""
    (lain := tmp_path / "lain").mkdir()
    ubahan(lain, "bukti.yaml", ("responden: {tipe: bulat, minimal: 30,", "responden: {tipe: bulat,"))
    argumen = (*SURVEI, "SKM", "--respons", _respons("4,4"), "--coba", "--regulasi", str(lain / "binjai"))
    assert jawab(*argumen)["sumber"]["responden"] == 1


def test_respons_dari_buku_kerja() -> None:
    """A workbook is read through the reader with limits: bad cells by their letters, hidden rows refused."""

    def tulis(nilai: int, sembunyi: int | None = None) -> str:
        with xlsxwriter.Workbook("respons.xlsx") as buku:
            lembar = buku.add_worksheet("Respons")
            lembar.write_row(1, 0, ["Nama", "P1", "P2"])
            for n in range(30):
                lembar.write_row(n + 2, 0, [NAMA, 4, nilai if n == 7 else 3])
            if sembunyi is not None:
                lembar.set_row(sembunyi - 1, None, None, {"hidden": True})
        return "respons.xlsx"

    sumber = jawab(*SURVEI, "SPAK", "--respons", tulis(3))["sumber"]
    assert (sumber["skor"], sumber["lembar"], sumber["baris_judul"]) == ("3.50", "Respons", 2)
    assert "lembar 'Respons'" in panggil(*SURVEI, "SPAK", "--respons", "respons.xlsx").stdout
    assert galat(*SURVEI, "SPAK", "--respons", tulis(5), kode=2)[0] == "respons.xlsx: sel C10: '5' bukan 1 sampai 4"
    assert "baris 9 tersembunyi" in galat(*SURVEI, "SPAK", "--respons", tulis(3, sembunyi=9), kode=2)[0]


# --- options --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("argumen", "pesan", "lanjut"),
    [
        ((*LHKPN, "--daftar", "d.csv", "--wajib", "3"), "--wajib diketik", "Hapus --wajib (atau isiannya di --isi), atau hapus --daftar."),
        ((*LHKPN, "--daftar", "d.csv", "--isi", "isi.yaml"), "--lapor diketik", "Hapus --lapor"),
        ((*SURVEI, "SKM", "--respons", "d.csv", "--skor", "3", "--responden", "30"), "--skor dan --responden diketik", "Hapus --skor dan"),
        ((*LHKPN, "--daftar", "d.csv", "--daftar", "d.csv"), "--daftar disebut 2 kali", "Sebut --daftar sekali saja."),
        ((*LHKPN, "--daftar", "-"), "dari masukan baku", "Tulis --daftar FILE."),
        ((*LHKPN, "--nama-unit", "x", "--wajib", "1", "--lapor", "1"), "--nama-unit tanpa --daftar", "Tambahkan --daftar FILE"),
        ((*SURVEI, "SKM", "--skala", "4"), "--skala tanpa --respons", "Tambahkan --respons FILE"),
        ((*SURVEI, "SKM", "--respons", "d.csv", "--skala", "enam"), "bukan bilangan bulat", ""),
        ((*LHKPN, "--daftar", "tiada.csv"), "tiada.csv", ""),
        ((*LHKPN, "--daftar", "."), "", ""),
        (("catat", "opini_bpk", "--tahun", "2025", "--opini", "WTP", "--daftar", "d.csv"), "--daftar", ""),
    ],
)
def test_opsi_yang_tidak_cocok(url: str, argumen: tuple[str, ...], pesan: str, lanjut: str) -> None:
    """Figures have one source: what was typed besides a list, twice, or without it is refused, and what to drop is said."""
    Path("d.csv").write_text("Status,U1\nSudah,4\n")
    Path("isi.yaml").write_text("lapor: 1\n")
    sebelum = potret(url)
    apa, _, berikut = galat(*argumen, kode=2)
    assert pesan in apa
    assert berikut.startswith(lanjut)
    assert potret(url) == sebelum


def test_unit_yang_tidak_ada_dan_pelaku_tanpa_wewenang() -> None:
    """An unknown unit is told with the near one; who may not record is refused as always."""
    daftar = _daftar("Sudah")
    pesan, _, lanjut = galat("catat", "lhkpn", f"{UNIT_UJI}X", *LHKPN[3:], "--daftar", daftar, kode=3)
    assert UNIT_UJI in pesan
    assert lanjut.startswith(f"zi catat lhkpn {UNIT_UJI} --tahun 2025")
    assert "R30" in panggil(*LHKPN, "--daftar", daftar, "--oleh", "X-SIAPA").stderr
    assert panggil(*LHKPN, "--daftar", daftar, "--oleh", "X-SIAPA", "--json").exit_code == 5


def test_hanya_jenis_yang_bersumber() -> None:
    """The options are there for the kinds whose definition names a list, and typed figures stay possible."""
    for jenis in definisi().bukti.values():
        bantuan = panggil("catat", jenis.id, "--help").stdout
        assert ("--daftar" in bantuan) is (jenis.id in {"lhkpn", "lhkasn"})
        assert ("--respons " in bantuan) is (jenis.id == "survei_internal")
    periksa_jawaban(jawab(*LHKPN, "--wajib", "3", "--lapor", "2"))
    assert "sumber" not in jawab(*SURVEI, "SKM", "--skor", "3.6", "--responden", "30")


def test_panduan_menyebut_setiap_status() -> None:
    """The guide lists every word that a status may be, each under what it means."""
    panduan = (AKAR / "docs" / "panduan.md").read_text(encoding="utf-8")
    for judul, arti in (("Terhitung melapor", True), ("Belum melapor", False)):
        butir = re.search(rf"- {judul}: (.*?)\.\n", panduan, re.DOTALL)
        assert butir is not None
        assert re.findall("`([^`]+)`", butir[1]) == [k for k in STATUS if STATUS[k] is arti]
