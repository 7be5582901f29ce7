"""``zi doktor``: what it names, what it finds wrong, and that it changes nothing."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text

from projections import SEMUA
from tests.alat.brankas import kunci_uji
from tests.alat.dunia import AKAR, definisi
from tests.cli.alat_cli import NIP, panggil
from tests.cli.kisah import mesin, tulis
from zi_workflow import __version__
from zi_workflow.bootstrap import Aplikasi
from zi_workflow.cli import pemeriksaan, v_audit, v_doktor, v_pejabat, v_proyeksi, v_regulasi, v_siapkan, v_unit
from zi_workflow.cli.kerangka import Kelompok, Perintah


class Ruang(NamedTuple):
    """Free bytes of a disk, as the doctor asks for them."""

    free: int


HARI = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _hari_tetap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask on a day on which the table of holidays that ships reaches far enough."""
    monkeypatch.setattr(Aplikasi, "hari_ini", lambda _app: HARI)


def _doktor(basis: str, kode: int = 0) -> dict[str, Any]:
    hasil = panggil("doktor", "--basis", basis, "--json")
    assert (hasil.exit_code, hasil.stderr) == (kode, "")
    data: dict[str, Any] = json.loads(hasil.stdout)
    assert data["skema"] == 1
    assert data["sehat"] is (kode == 0)
    return data


def _isi(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_sehat(basis: str) -> None:
    """A store in use: versions, mode, head, projections, the definition and that it decided here."""
    tulis(basis)
    kunci = kunci_uji(basis)
    data = json.loads(panggil("doktor", "--basis", basis, "--json", env={"ZI_KUNCI_DATA": str(kunci) if kunci else None}).stdout)
    simpan = data["penyimpanan"]
    assert data["versi"]["program"] == __version__
    assert data["versi"]["pustaka"]["sqlalchemy"]
    assert data["versi"]["pustaka"]["icalendar"]
    assert data["versi"]["tambahan"]["psycopg"]["versi"]
    assert "surel" in data["versi"]["tambahan"]["apprise"]["guna"]
    assert data["kanal"] == {"berkas": None, "ada": False}
    assert (simpan["ada"], simpan["skema"], simpan["kepala"]) == (True, "1", simpan["peristiwa"])
    assert simpan["peristiwa"] > 50
    assert all(p["mutakhir"] for p in simpan["proyeksi"].values())
    assert set(simpan["proyeksi"]) == {p.nama for p in SEMUA}
    libur = {"sejak": 2024, "sampai": 2027}
    umum = {"id": "zi", "sidik": definisi().sidik, "zona": "Asia/Jakarta"}
    assert data["definisi"] == {**umum, "hari_libur": libur, "pernah_memutuskan": True}
    if simpan["mesin"] == "sqlite":
        assert (data["sehat"], data["masalah"]) == (True, [])
        assert simpan["mode"] == {"journal_mode": "wal", "synchronous": "full"}
    else:  # a server for tests may run without fsync, and that is just what must be told
        assert simpan["mode"]["synchronous_commit"] == "on"
        assert data["sehat"] is (simpan["mode"]["fsync"] == "on")
        assert len(data["masalah"]) == (simpan["mode"]["fsync"] != "on")


def test_layar(basis_sqlite: str) -> None:
    """People read the same within 80 columns, and that nothing is wrong."""
    tulis(basis_sqlite)
    layar = panggil("doktor", "--basis", basis_sqlite).stdout
    assert max(len(b) for b in layar.splitlines()) <= 80
    assert definisi().sidik in layar
    assert "journal_mode=wal, synchronous=full" in layar
    assert layar.endswith("Tidak ada masalah.\n")


def test_tidak_mengubah_apa_pun(basis_sqlite: str, tmp_path: Path) -> None:
    """Neither a store in use, nor a missing one, nor its folder is touched."""
    _doktor(basis_sqlite, 8)
    assert _isi(tmp_path) == {}
    tulis(basis_sqlite)
    sebelum = _isi(tmp_path)
    _doktor(basis_sqlite)
    assert _isi(tmp_path) == sebelum


def test_belum_ada(basis_sqlite: str) -> None:
    """A missing store is a problem with its next step; the rest is reported all the same."""
    data = _doktor(basis_sqlite, 8)
    assert data["penyimpanan"]["ada"] is False
    assert [(m["tingkat"], m["lanjut"]) for m in data["masalah"]] == [("masalah", "zi siapkan")]
    assert data["definisi"]["sidik"] == definisi().sidik
    assert "Lanjut: zi siapkan" in panggil("doktor", "--basis", basis_sqlite).stdout


@pytest.mark.parametrize(
    ("rusak", "kata", "kode"),
    [
        (["DROP TRIGGER peristiwa_tak_dihapus"], "Pemicu penjaga tidak ada: peristiwa_tak_dihapus", 8),
        (["UPDATE kepala SET nomor = nomor + 1"], "Kepala", 8),
        (["UPDATE meta SET nilai = '99' WHERE nama = 'skema'"], "Bentuk penyimpanan 99", 8),
        (["UPDATE posisi SET nomor = 1 WHERE nama = 'papan'"], "Proyeksi tertinggal: papan", 0),
        (["DROP TABLE meta"], "belum disiapkan", 8),
    ],
)
def test_yang_rusak_disebut(basis_sqlite: str, tmp_path: Path, rusak: list[str], kata: str, kode: int) -> None:
    """What somebody changed behind the program's back is named with a next step."""
    tulis(basis_sqlite)
    with mesin(tmp_path / "zi.db").connect() as koneksi:
        for perintah in rusak:
            koneksi.execute(text(perintah))
    data = _doktor(basis_sqlite, kode)
    assert any(kata in m["apa"] and m["lanjut"] for m in data["masalah"]), data["masalah"]


def test_bukan_penyimpanan(tmp_path: Path) -> None:
    """A file of another kind, and an address nobody answers at, are problems and not crashes; no password is shown."""
    (tmp_path / "lain.db").write_text("bukan basis data" * 100)
    data = _doktor(f"sqlite:///{tmp_path / 'lain.db'}", 8)
    assert any("bukan penyimpanan zi" in m["apa"] for m in data["masalah"])
    hasil = panggil("doktor", "--basis", "postgresql+psycopg://zi:rahasia-sekali@127.0.0.1:1/zi", "--json")
    assert hasil.exit_code == 8
    assert "rahasia-sekali" not in hasil.stdout + hasil.stderr
    assert json.loads(hasil.stdout)["penyimpanan"]["ada"] is False


def test_definisi_buruk(basis_sqlite: str) -> None:
    """A broken definition alone is exit 12; the store is still looked at."""
    tulis(basis_sqlite)
    shutil.copytree(AKAR / "workflows" / "binjai", "salinan")
    (Path("salinan") / "norma.yaml").write_text("norma: [\n")
    hasil = panggil("doktor", "--basis", basis_sqlite, "--regulasi", "salinan", "--json")
    assert hasil.exit_code == 12
    data = json.loads(hasil.stdout)
    assert "norma.yaml" in data["masalah"][0]["apa"]
    assert data["penyimpanan"]["kepala"] > 50
    assert panggil("doktor", "--basis", basis_sqlite, "--regulasi", "salinan").exit_code == 12


def test_ruang_dan_hak(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is nearly full and a folder without rights are named."""
    tulis(basis_sqlite)
    monkeypatch.setattr(pemeriksaan, "disk_usage", lambda _folder: Ruang(10**6))
    assert {m["tingkat"] for m in _doktor(basis_sqlite, 8)["masalah"]} == {"masalah"}
    monkeypatch.setattr(pemeriksaan, "disk_usage", lambda _folder: Ruang(10**8))
    assert {m["tingkat"] for m in _doktor(basis_sqlite)["masalah"]} == {"perhatian"}
    monkeypatch.undo()
    monkeypatch.setattr("os.access", lambda _jalan, hak: hak == os.R_OK)
    assert any("Tidak ada hak tulis" in m["apa"] for m in _doktor(basis_sqlite, 8)["masalah"])


# ------------------------------------------------------------------------------------------------------ kalender, kanal


@pytest.mark.parametrize(
    ("hari", "kurang"),
    [(date(2026, 12, 31), None), (date(2027, 1, 1), "2028"), (date(2028, 1, 1), "2028 dan 2029"), (date(2023, 6, 1), "2023")],
)
def test_jangkauan_hari_libur(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch, hari: date, kurang: str | None) -> None:
    """A table that does not reach this year, or 31 May of the next, is a point of attention with its next step; the store stays healthy."""
    tulis(basis_sqlite)
    monkeypatch.setattr(Aplikasi, "hari_ini", lambda _app: hari)
    perhatian = [m for m in _doktor(basis_sqlite)["masalah"] if "hari libur" in m["apa"]]
    assert [m["tingkat"] for m in perhatian] == ([] if kurang is None else ["perhatian"])
    assert kurang is None or f"belum memuat {kurang};" in perhatian[0]["apa"]
    assert kurang is None or "kalender.yaml" in perhatian[0]["lanjut"]
    assert "tahun 2024 sampai 2027" in panggil("doktor", "--basis", basis_sqlite).stdout


def test_tanpa_tabel_hari_libur(basis_sqlite: str) -> None:
    """A definition without a table is named as one that knows weekends alone."""
    tulis(basis_sqlite)
    shutil.copytree(AKAR / "workflows" / "binjai", "salinan")
    (Path("salinan") / "kalender.yaml").unlink()
    hasil = panggil("doktor", "--basis", basis_sqlite, "--regulasi", "salinan")
    assert hasil.exit_code == 0
    assert "belum ada tabelnya" in hasil.stdout
    assert "belum memuat 2026 dan 2027" in " ".join(hasil.stdout.split())


def test_berkas_kanal_disebut_tanpa_isinya(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of channels is named with where it came from, and nothing that it holds is shown; it is not changed."""
    tulis(basis_sqlite)
    kanal = tmp_path / "kanal.toml"
    kanal.write_text('[kanal]\nlayanan = "jsons://pengguna:rahasia-sekali@contoh.invalid/{alamat}"\n')
    kanal.chmod(0o600)
    monkeypatch.setenv("ZI_KANAL", str(kanal))
    sebelum = _isi(tmp_path)
    data = _doktor(basis_sqlite)
    assert data["kanal"] == {"berkas": str(kanal), "ada": True}
    assert (data["pengaturan"]["kanal"], data["pengaturan"]["sumber"]["kanal"]) == (str(kanal), "ZI_KANAL")
    layar = panggil("doktor", "--basis", basis_sqlite).stdout
    assert "isinya tidak ditampilkan" in " ".join(layar.split())
    for kata in ("rahasia-sekali", "pengguna", "layanan", "contoh.invalid"):
        assert kata not in layar + json.dumps(data), kata
    assert _isi(tmp_path) == sebelum


@pytest.mark.parametrize(
    ("isi", "hak", "kata"),
    [("[kanal]\n", 0o644, "dapat dibaca orang lain"), ("rahasia-sekali = [", 0o600, "bukan TOML"), (None, 0, "tidak dapat dibaca")],
)
def test_berkas_kanal_yang_tak_terpakai(
    basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isi: str | None, hak: int, kata: str
) -> None:
    """A file of channels that others can read, that is no TOML, or that is not there is a problem: exit code 2, and no content shown."""
    tulis(basis_sqlite)
    kanal = tmp_path / "kanal.toml"
    if isi is not None:
        kanal.write_text(isi)
        kanal.chmod(hak)
    monkeypatch.setenv("ZI_KANAL", str(kanal))
    data = _doktor(basis_sqlite, 2)
    assert data["kanal"]["ada"] is (isi is not None)
    assert [m["tingkat"] for m in data["masalah"] if kata in m["apa"]] == ["masalah"]
    assert "rahasia-sekali" not in json.dumps(data)


def test_kode_keluar_menyebut_yang_terberat(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is missing outweighs a definition that is broken, and both a file of channels that cannot be used."""
    monkeypatch.setenv("ZI_KANAL", str(tmp_path / "kanal.toml"))
    shutil.copytree(AKAR / "workflows" / "binjai", "salinan")
    (Path("salinan") / "norma.yaml").write_text("norma: [\n")
    assert panggil("doktor", "--basis", basis_sqlite, "--regulasi", "salinan").exit_code == 8
    tulis(basis_sqlite)
    assert panggil("doktor", "--basis", basis_sqlite, "--regulasi", "salinan").exit_code == 12


def test_kanal_tanpa_apprise(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of channels without the library that serves them is a point of attention with how to get it."""
    tulis(basis_sqlite)
    kanal = tmp_path / "kanal.toml"
    kanal.write_text("[kanal]\n")
    kanal.chmod(0o600)
    monkeypatch.setenv("ZI_KANAL", str(kanal))
    monkeypatch.setattr(pemeriksaan, "_terpasang", lambda nama: None if nama == "apprise" else "1")
    (satu,) = [m for m in _doktor(basis_sqlite)["masalah"] if "apprise" in m["apa"]]
    assert (satu["tingkat"], satu["lanjut"]) == ("perhatian", "pip install 'zi-workflow[kanal]'")


def test_tanpa_psycopg(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extra that a PostgreSQL store needs and that is missing is named with how to get it."""
    monkeypatch.setattr(pemeriksaan, "find_spec", lambda _nama: None)
    data = _doktor("postgresql+psycopg://contoh/zi", 8)
    assert any("psycopg" in m["apa"] and m["lanjut"].startswith("pip install") for m in data["masalah"])


# --------------------------------------------------------------------------------------------------------------- contoh

VERBA = (v_siapkan, v_unit, v_pejabat, v_regulasi, v_audit, v_proyeksi, v_doktor)
CONTOH = [
    contoh
    for modul in VERBA
    for utama in (modul.perintah,)
    for satu in (utama, *(utama.commands.values() if isinstance(utama, Kelompok) else ()))
    if isinstance(satu, Kelompok | Perintah)
    for contoh in satu.contoh.strip().splitlines()
]


@pytest.mark.parametrize("contoh", CONTOH)
def test_setiap_contoh_berjalan(contoh: str, basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example that a help page shows runs as it stands, in a register that has what it names."""
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    panggil("siapkan")
    if "pejabat angkat" not in contoh:
        panggil("pejabat", "angkat", NIP, "Admin Uji", "--peran", "admin", "--sk", "1", "--sejak", "2024-02-19")
        panggil("pejabat", "angkat", "198203032006042003", "Orang", "--peran", "tpi", "--sk", "2", "--sejak", "2024-02-19", "--oleh", NIP)
    if "hapus-data" in contoh:
        panggil("pejabat", "akhiri", "198203032006042003", "--peran", "tpi", "--sampai", "2024-12-31", "--oleh", NIP)
    if "unit tambah" not in contoh and "unit impor" not in contoh:
        panggil("unit", "tambah", "DISDUKCAPIL", "Dinas", "--tanggal", "2024-03-01", "--oleh", NIP)
    Path("perangkat-daerah.csv").write_text("kode,nama\nDLH,Dinas Lingkungan Hidup\n")
    kanal = Path("kanal.toml").absolute()
    kanal.write_text('[kanal]\nsurel = "mailtos://zi:sandi@surel.contoh.invalid?to={alamat}"\n')
    kanal.chmod(0o600)
    monkeypatch.setenv("ZI_KANAL", str(kanal))
    if "--buat" not in contoh:
        panggil("audit", "kunci-segel", "--buat")
        panggil("audit", "segel", "--ke", "segel-lama.txt")
    program, *argumen = shlex.split(contoh)
    assert program == "zi"
    hasil = panggil(*argumen)
    assert hasil.exit_code == 0, hasil.stderr
    assert hasil.stdout
