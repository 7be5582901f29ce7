"""``zi unit``: registering, importing a CSV, listing and looking; every name is data, and a misspelt one is suggested."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.alat.brankas import kunci_uji
from tests.alat.dunia import AKAR, definisi
from tests.cli.alat_cli import NIP, ZI, jalankan, lingkungan, panggil
from tests.cli.kisah import NAMA_JAHAT, UNIT, UNIT_JAHAT, tulis
from zi_workflow.cli.bacaan import ALUR_BAWAAN, ZONA_BAWAAN

KEPALA = ("pejabat", "angkat", NIP, "Admin Uji", "--peran", "admin", "--sk", "800/1/2024", "--sejak", "2024-02-19")
CSV = "kode,nama,jenis,afirmasi\nDISDIK,Dinas Pendidikan,dinas,pendidikan\nDLH,Dinas Lingkungan Hidup,dinas,\n"


@pytest.fixture
def register(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a prepared store with one admin, who acts; its URL is in ZI_BASIS."""
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    assert panggil("siapkan").exit_code == 0
    assert panggil(*KEPALA).exit_code == 0
    monkeypatch.setenv("ZI_PELAKU", NIP)
    return basis_sqlite


@pytest.fixture
def kisah(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a store with a story in it; its URL is in ZI_BASIS."""
    tulis(basis_sqlite)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    return basis_sqlite


def _json(*argumen: str) -> dict[str, Any]:
    hasil = panggil(*argumen, "--json")
    assert hasil.exit_code == 0, hasil.stderr
    assert hasil.stderr == ""
    data: dict[str, Any] = json.loads(hasil.stdout)
    assert data["skema"] == 1
    return data


# ------------------------------------------------------------------------------------------------------------- tambah


@pytest.mark.usefixtures("register")
def test_tambah_dan_lihat() -> None:
    """A unit is registered with its kind, and can be looked at in the contract's shape."""
    ditulis = _json("unit", "tambah", "RSUD", "RSUD Contoh", "--jenis", "rsud", "--afirmasi", "rsud", "--tanggal", "2024-03-01")
    assert ditulis["hasil"][0]["unit"] == "RSUD"
    data = _json("unit", "lihat", "RSUD")
    harap = {"kode": "RSUD", "nama": "RSUD Contoh", "tahap": "terdaftar", "predikat": None, "sasaran": None, "sejak": "2024-03-01"}
    assert {k: data[k] for k in harap} == harap
    assert (data["versi"], data["afirmasi"]) == (1, "rsud")
    (satu,) = data["riwayat"]
    assert (satu["langkah"], satu["dari"], satu["ke"], satu["tanggal"], satu["oleh"]) == (
        "daftarkan-unit",
        None,
        "terdaftar",
        "2024-03-01",
        NIP,
    )


@pytest.mark.usefixtures("register")
def test_tambah_dari_arsip() -> None:
    """A unit that was on its way opens where the file says, with its evidence; a bad entry is named and writes nothing."""
    Path("awal.yaml").write_text("tahap: predikat\npredikat: WBK\nsejak: 2023-12-01\ntanggal_predikat: 2023-12-01\ndasar: SK 1/2023\n")
    Path("sk.pdf").write_bytes(b"isi")
    pilihan = ["--keadaan-awal", "awal.yaml", "--berkas", "sk.pdf", "--tanggal", "2024-03-01"]
    assert panggil("unit", "tambah", "RSUD", "RSUD Contoh", *pilihan).exit_code == 0
    data = _json("unit", "lihat", "RSUD")
    assert (data["tahap"], data["predikat"], data["dari_arsip"]) == ("predikat", "WBK", True)
    Path("awal.yaml").write_text("tahap: predikat\nsejak: 2023-12-01\ndasar: SK\nwarna: biru\n")
    hasil = panggil("unit", "tambah", "DLH", "Dinas", *pilihan)
    assert hasil.exit_code == 2
    assert "warna" in hasil.stderr
    assert panggil("unit", "lihat", "DLH").exit_code == 3


@pytest.mark.usefixtures("register")
def test_tambah_coba_kunci_dan_ganda() -> None:
    """A dry run writes nothing; a key answers twice alike; the same code twice is a conflict."""
    argumen = ["unit", "tambah", "DLH", "Dinas Lingkungan Hidup", "--tanggal", "2024-03-01"]
    assert _json(*argumen, "--coba")["coba"] is True
    assert _json("unit", "daftar")["jumlah"] == 0
    pertama = _json(*argumen, "--kunci", "k1")
    assert _json(*argumen, "--kunci", "k1") == {**pertama, "ulangan": True}
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stdout) == (6, "")


@pytest.mark.usefixtures("register")
def test_tambah_tanpa_wewenang() -> None:
    """Somebody without the role is refused with the checklist: exit 5."""
    hasil = panggil("unit", "tambah", "DLH", "Dinas", "--oleh", "X-SIAPA", "--json")
    assert (hasil.exit_code, hasil.stdout) == (5, "")
    galat = json.loads(hasil.stderr)
    assert galat["galat"]["kode"] == 5
    assert "R30" in {s["id"] for s in galat["penolakan"][0]["syarat"] if not s["terpenuhi"]}


def test_tambah_tanpa_pelaku(basis_sqlite: str) -> None:
    """Who acts must be said."""
    hasil = panggil("unit", "tambah", "DLH", "Dinas", "--basis", basis_sqlite)
    assert hasil.exit_code == 2
    assert "--oleh" in hasil.stderr


# -------------------------------------------------------------------------------------------------------------- impor


@pytest.mark.usefixtures("register")
def test_impor_daftar_perangkat_daerah(bersama: Path) -> None:
    """The city's own list goes in whole, and a second time everything is passed over."""
    berkas = str(bersama / "data" / "perangkat-daerah-binjai.csv")
    data = _json("unit", "impor", berkas, "--tanggal", "2024-03-01")
    assert (len(data["hasil"]), data["dilewati"]) == (30, [])
    lagi = _json("unit", "impor", berkas, "--tanggal", "2024-03-01")
    assert (lagi["hasil"], len(lagi["dilewati"])) == ([], 30)
    assert _json("audit", "cari", "--jenis", "UnitDidaftarkan")["jumlah"] == 30
    satu = _json("unit", "lihat", "DISKOPPERINDAG")
    assert satu["nama"] == "Dinas Koperasi, UKM, Perindustrian dan Perdagangan"


@pytest.mark.usefixtures("register")
def test_impor_hanya_yang_baru() -> None:
    """What is on file is passed over and said, also where a detail differs; the rest is registered in one go."""
    panggil("unit", "tambah", "DISDIK", "Dinas Pendidikan", "--jenis", "dinas", "--tanggal", "2024-03-01")
    hasil = panggil("unit", "impor", "-", "--tanggal", "2024-03-01", masukan=CSV)
    assert hasil.exit_code == 0
    assert "1 unit didaftarkan, 1 dilewati" in hasil.stdout
    assert "baris 2: DISDIK sudah terdaftar; afirmasi berbeda" in hasil.stdout
    assert [u["kode"] for u in _json("unit", "daftar")["unit"]] == ["DISDIK", "DLH"]


@pytest.mark.usefixtures("register")
def test_impor_coba() -> None:
    """A dry run says what would be registered and writes nothing."""
    Path("u.csv").write_text(CSV)
    hasil = panggil("unit", "impor", "u.csv", "--coba")
    assert "2 unit akan didaftarkan" in hasil.stdout
    assert _json("unit", "daftar")["jumlah"] == 0


@pytest.mark.usefixtures("register")
def test_impor_nama_lain() -> None:
    """A code that is on file under another name stops the whole file, with its line and both names."""
    panggil("unit", "tambah", "DLH", "Dinas Lain", "--tanggal", "2024-03-01")
    Path("u.csv").write_text(CSV)
    hasil = panggil("unit", "impor", "u.csv", "--tanggal", "2024-03-01")
    assert hasil.exit_code == 6
    assert "u.csv baris 3" in hasil.stderr
    assert "'Dinas Lain'" in hasil.stderr
    assert "'Dinas Lingkungan Hidup'" in hasil.stderr
    assert _json("unit", "daftar")["jumlah"] == 1


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ("", "kosong"),
        ("kode,nama\n", "tidak berisi unit"),
        ("kode;nama;jenis\nA;B;c\n", "titik koma"),
        ("kode,nama,afrmasi\nA,B,c\n", "baris 1: kolom 'afrmasi' tidak dikenal. Maksud Anda: afirmasi?"),
        ("kode,jenis\nA,dinas\n", "kolom 'nama' tidak ada"),
        ("kode,nama,kode\nA,B,A\n", "kolom 'kode' ditulis dua kali"),
        ("kode,nama\nA,Satu\nB,Dua,lebih\n", "baris 3: 3 sel, seharusnya 2"),
        ("kode,nama\nA,Satu\n\n ,Dua\n", "baris 4: kode kosong"),
        ("kode,nama\nA,Satu\nB,Dua\nA,Tiga\n", "baris 4: kode A sudah ada di baris 2"),
        ("kode,nama\nA,Satu\nb kecil,Dua\n", "baris 3 (b kecil): Kode unit"),
        ('kode,nama\nA,"Satu\n', "bukan CSV yang sah"),
        ("kode,nama,afirmasi\nA,Satu,rsdu\n", "Maksud Anda: rsud?"),
    ],
)
def test_impor_berkas_buruk(isi: str, kata: str) -> None:
    """Whatever is wrong is named with its line, and nothing at all is written."""
    Path("u.csv").write_text(isi)
    hasil = panggil("unit", "impor", "u.csv", "--tanggal", "2024-03-01")
    assert hasil.exit_code == 2, hasil.stderr
    assert kata in hasil.stderr
    assert hasil.stdout == ""
    assert _json("unit", "daftar")["jumlah"] == 0


@pytest.mark.usefixtures("register")
def test_impor_tanpa_versi() -> None:
    """A file has no one version to expect."""
    Path("u.csv").write_text(CSV)
    hasil = panggil("unit", "impor", "u.csv", "--versi", "0")
    assert hasil.exit_code == 2
    assert "--versi" in hasil.stderr


@pytest.mark.usefixtures("register")
def test_impor_bukan_utf8() -> None:
    """Bytes that are no text are named by their line."""
    Path("u.csv").write_bytes(b"kode,nama\nA,Satu\nB,Ru\xe9\n")
    hasil = panggil("unit", "impor", "u.csv")
    assert hasil.exit_code == 2
    assert "baris 3" in hasil.stderr


@pytest.mark.usefixtures("register")
def test_impor_rumus_adalah_teks() -> None:
    """A cell that looks like a formula, markup or a control of direction is a name like any other."""
    Path("u.csv").write_text("kode,nama\nA,=1+1\nB,[/x]\nC,kiri\u202ekanan\n", encoding="utf-8-sig")
    assert panggil("unit", "impor", "u.csv", "--tanggal", "2024-03-01").exit_code == 0
    layar = panggil("unit", "daftar").stdout
    assert "=1+1" in layar
    assert "[/x]" in layar
    assert "kiri\\u202ekanan" in layar
    assert [u["nama"] for u in _json("unit", "daftar")["unit"]] == ["=1+1", "[/x]", "kiri\u202ekanan"]


@pytest.mark.usefixtures("register")
def test_impor_ditolak_tanpa_jejak() -> None:
    """A file that is refused writes nothing, the refusal included."""
    Path("u.csv").write_text(CSV)
    sebelum = _json("audit", "cari")["jumlah"]
    hasil = panggil("unit", "impor", "u.csv", "--oleh", "X-SIAPA", "--tanggal", "2024-03-01", "--json")
    assert hasil.exit_code == 5
    assert "baris 2 (DISDIK)" in json.loads(hasil.stderr)["galat"]["pesan"]
    assert _json("audit", "cari")["jumlah"] == sebelum


# ------------------------------------------------------------------------------------------------------ daftar, lihat


@pytest.mark.usefixtures("kisah")
def test_daftar_dan_saringan() -> None:
    """Units stand by code; stage and predikat filter; JSONL has one unit a line."""
    data = _json("unit", "daftar")
    assert [(u["kode"], u["tahap"]) for u in data["unit"]] == [(UNIT, "usulan_tpn"), (UNIT_JAHAT, "terdaftar")]
    assert [u["kode"] for u in _json("unit", "daftar", "--tahap", "usulan_tpn")["unit"]] == [UNIT]
    assert _json("unit", "daftar", "--tahap", "dicabut") == {"skema": 1, "jumlah": 0, "unit": []}
    assert _json("unit", "daftar", "--predikat", "WBK")["jumlah"] == 0
    baris = [json.loads(b) for b in panggil("unit", "daftar", "--jsonl").stdout.splitlines()]
    assert [(b["skema"], b["kode"]) for b in baris] == [(1, UNIT), (1, UNIT_JAHAT)]
    assert panggil("unit", "daftar", "--tahap", "dicabut").stdout == "Tidak ada unit yang cocok.\n"


@pytest.mark.usefixtures("kisah")
@pytest.mark.parametrize(
    ("argumen", "kode", "kata", "lanjut"),
    [
        (["unit", "daftar", "--tahap", "penbangunan"], 2, "Maksud Anda: pembangunan", "zi unit daftar --tahap pembangunan"),
        (["unit", "daftar", "--predikat", "wbk"], 2, "Maksud Anda: WBK?", "zi unit daftar --predikat WBK"),
        (["unit", "lihat", "DISPRA"], 3, "Maksud Anda: DISPORA?", "zi unit lihat DISPORA"),
        (["unit", "lihat", "[/x]\x1b[31m"], 3, "[/x]\\x1b[31m", "zi unit daftar"),
    ],
)
def test_nama_keliru(argumen: list[str], kode: int, kata: str, lanjut: str) -> None:
    """A misspelt stage, predikat or unit is told in three lines, with what was meant and the exact next command."""
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stdout) == (kode, "")
    galat, _sebab, lanjutan = hasil.stderr.splitlines()
    assert kata in galat
    assert lanjutan == f"Lanjut: {lanjut}"
    dari_json = json.loads(panggil(*argumen, "--json").stderr)
    assert dari_json["galat"]["kode"] == kode


@pytest.mark.usefixtures("kisah")
def test_lihat_riwayat_dan_penolakan() -> None:
    """The whole history stands in order, with the proposal's letter and the last refusal's reasons."""
    data = _json("unit", "lihat", UNIT)
    urutan = ["daftarkan-unit", "canangkan", "tetapkan", "mulai-bangun", "mulai-pantau", "mulai-evaluasi", "usulkan"]
    assert [r["langkah"] for r in data["riwayat"]] == urutan
    assert all(a["ke"] == b["dari"] for a, b in zip(data["riwayat"], data["riwayat"][1:], strict=False))
    assert (data["tahap"], data["sasaran"], data["sejak"]) == ("usulan_tpn", "WBK", "2025-05-20")
    assert data["usulan"] == {"tahun": 2025, "predikat": "WBK", "surat": "900/1/2025"}
    tolak = data["penolakan_terakhir"]
    assert (tolak["perintah"], tolak["hari"]) == ("usulkan", "2026-03-02")
    assert {"R15", "R16", "R17", "R20.total"} <= set(tolak["tidak_terpenuhi"])
    assert data["riwayat"][-1]["terlambat"] == {"tanggal": "2025-05-20", "dicatat": "2026-03-02"}
    layar = panggil("unit", "lihat", UNIT).stdout
    assert "mulai-bangun, ke pembangunan" in layar
    assert "usulkan, ke usulan_tpn (dicatat" in layar  # the rest of the mark is on the next line
    assert f"Selengkapnya: zi audit lihat {tolak['nomor']}" in " ".join(layar.split())


@pytest.mark.usefixtures("kisah")
def test_delapan_puluh_kolom_dan_nama_jahat() -> None:
    """Nothing is wider than 80 columns, nothing hostile reaches the screen, and the same question prints the same bytes."""
    for argumen in (["unit", "daftar"], ["unit", "lihat", UNIT], ["unit", "lihat", UNIT_JAHAT]):
        layar = panggil(*argumen).stdout
        assert max(len(baris) for baris in layar.splitlines()) <= 80
        assert "\u202e" not in layar
        assert panggil(*argumen).stdout == layar
    assert "=1+1 [/x] \\u202ekanan" in panggil("unit", "lihat", UNIT_JAHAT).stdout
    assert _json("unit", "lihat", UNIT_JAHAT)["nama"] == NAMA_JAHAT


def test_penyimpanan_belum_ada_atau_belum_disiapkan(basis_sqlite: str, tmp_path: Path) -> None:
    """A missing store and an empty file are one clear message each, exit 8; asking makes no file."""
    for argumen in (["unit", "daftar"], ["unit", "lihat", "A"], ["audit", "cari"], ["pejabat", "daftar"]):
        hasil = panggil(*argumen, "--basis", basis_sqlite)
        assert hasil.exit_code == 8, argumen
        assert "zi siapkan" in hasil.stderr
    assert not (tmp_path / "zi.db").exists()
    (tmp_path / "zi.db").touch()
    hasil = panggil("unit", "daftar", "--basis", basis_sqlite)
    assert hasil.exit_code == 8
    assert "zi siapkan" in hasil.stderr


_BACAAN = (["unit", "daftar"], ["unit", "lihat", UNIT], ["pejabat", "daftar"])


def test_di_postgres(basis_postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same story reads the same on PostgreSQL, names included where the keys are at hand."""
    tulis(basis_postgres)
    monkeypatch.setenv("ZI_KUNCI_DATA", str(kunci_uji(basis_postgres)))
    di_postgres = [panggil(*argumen, "--basis", basis_postgres, "--json") for argumen in _BACAAN]
    monkeypatch.delenv("ZI_KUNCI_DATA")
    di_sqlite = f"sqlite:///{tmp_path / 'banding.db'}"
    tulis(di_sqlite)
    for argumen, satu in zip(_BACAAN, di_postgres, strict=True):
        assert satu.exit_code == 0, satu.stderr
        assert satu.stdout == panggil(*argumen, "--basis", di_sqlite, "--json").stdout


def test_gagal_di_tengah_menjadi_satu_kalimat(basis_sqlite: str, tmp_path: Path) -> None:
    """An error of the engine while reading is translated: a table of another shape is not a bug of ours."""
    tulis(basis_sqlite)
    mesin = create_engine(f"sqlite:///{tmp_path / 'zi.db'}", isolation_level="AUTOCOMMIT")
    with mesin.connect() as koneksi:
        koneksi.execute(text("ALTER TABLE papan DROP COLUMN sasaran"))
    mesin.dispose()
    hasil = panggil("unit", "lihat", UNIT, "--basis", basis_sqlite)
    assert hasil.exit_code == 8
    assert "zi siapkan" in hasil.stderr


# -------------------------------------------------------------------------------------------------- sebagai program


def test_alur_bawaan_sama_dengan_definisi() -> None:
    """Id and time zone that questions use without loading the definition are the definition's own."""
    assert (definisi().id, definisi().zona) == (ALUR_BAWAAN, ZONA_BAWAAN)


@pytest.mark.usefixtures("kisah")
@pytest.mark.parametrize("argumen", [["lihat", UNIT], ["lihat", UNIT, "--json"], ["daftar", "--tahap", "usulan_tpn"]])
def test_pertanyaan_tidak_memuat_yang_berat(kisah: str, argumen: list[str], rumah: Path) -> None:
    """Looking needs neither the event library nor the definition's YAML nor its loader."""
    berat = (
        "[m for m in ('eventsourcing', 'yaml', 'transitions', 'zi_workflow.loader.definisi', 'zi_workflow.service') if m in sys.modules]"
    )
    skrip = f"import sys; from zi_workflow.cli.utama import jalankan; k = jalankan(sys.argv[1:]); sys.exit(str((k, {berat})))"
    hasil = subprocess.run(
        [sys.executable, "-c", skrip, "unit", *argumen],
        env=lingkungan(rumah, ZI_BASIS=kisah, PYTHONPATH=str(AKAR)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert hasil.stderr.strip() == "(0, [])"
    assert UNIT in hasil.stdout


def test_pipa_penuh_dan_ascii(kisah: str, rumah: Path) -> None:
    """A reader that goes away is silent, a full disk is one line and not zero, ASCII never crashes."""
    env = lingkungan(rumah, ZI_BASIS=kisah)
    zi = f"{sys.executable} -m zi_workflow"
    pipa = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{zi} unit lihat {UNIT} | head -1"],  # noqa: S607
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (pipa.returncode, pipa.stderr) == (0, "")
    assert pipa.stdout.count("\n") == 1
    with Path("/dev/full").open("wb") as penuh:
        hasil = subprocess.run([*ZI, "unit", "daftar"], env=env, stdout=penuh, stderr=subprocess.PIPE, timeout=60, check=False)
    assert hasil.returncode == 8
    assert hasil.stderr.count(b"\n") == 1
    ascii_ = jalankan(
        rumah,
        "unit",
        "daftar",
        program=ZI,
        env={"ZI_BASIS": kisah, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert ascii_.returncode == 0, ascii_.stderr
    assert b"[/x] \\u202ekanan" in ascii_.stdout
    assert ascii_.stdout.isascii()
