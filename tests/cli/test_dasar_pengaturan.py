"""Settings: where each value comes from, what is refused, what is never shown (interface §1, quality point 9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.alat_cli import NIP, panggil
from zi_workflow.cli.pengaturan import (
    BAWAAN,
    KUNCI,
    baca_pengaturan,
    folder_data,
    folder_keadaan,
    folder_konfigurasi,
    peringatan_lingkungan,
)
from zi_workflow.domain.errors import MasukanSalah

TIDAK_ADA: dict[str, str | None] = {}


def _toml(folder: Path, isi: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    tempat = folder / "zi.toml"
    tempat.write_text(isi, encoding="utf-8")
    return tempat


def test_bawaan(tmp_path: Path) -> None:
    """Without anything: SQLite in the user's data folder, its evidence beside it, the shipped definition."""
    hasil = baca_pengaturan(TIDAK_ADA, {"HOME": str(tmp_path)}, tmp_path)
    assert hasil.basis == f"sqlite:///{tmp_path}/.local/share/zi/zi.db"
    assert hasil.berkas == f"{tmp_path}/.local/share/zi/zi.db.berkas"
    assert (hasil.regulasi, hasil.pelaku, hasil.instansi, hasil.warna) == (None, None, None, "auto")
    assert set(hasil.sumber) == set(KUNCI)
    assert set(hasil.sumber.values()) == {BAWAAN}


def test_urutan_sumber(tmp_path: Path) -> None:
    """Option before variable before the working folder before the user's folder."""
    env = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "k")}
    pengguna = _toml(tmp_path / "k" / "zi", 'instansi = "dari-pengguna"\nwarna = "ya"\n')
    assert (hasil := baca_pengaturan(TIDAK_ADA, env, tmp_path)).instansi == "dari-pengguna"
    assert hasil.sumber["instansi"] == str(pengguna)
    kerja = _toml(tmp_path / "kerja", 'instansi = "dari-kerja"\n')
    hasil = baca_pengaturan(TIDAK_ADA, env, kerja.parent)
    assert (hasil.instansi, hasil.warna, hasil.sumber["instansi"]) == ("dari-kerja", "ya", str(kerja))
    hasil = baca_pengaturan(TIDAK_ADA, {**env, "ZI_INSTANSI": "dari-variabel"}, kerja.parent)
    assert (hasil.instansi, hasil.sumber["instansi"]) == ("dari-variabel", "ZI_INSTANSI")
    hasil = baca_pengaturan({"instansi": "dari-opsi"}, {**env, "ZI_INSTANSI": "dari-variabel"}, kerja.parent)
    assert (hasil.instansi, hasil.sumber["instansi"]) == ("dari-opsi", "--instansi")
    assert baca_pengaturan({"pelaku": NIP}, env, tmp_path).sumber["pelaku"] == "--oleh"


def test_variabel_kosong_berarti_tidak_diatur(tmp_path: Path) -> None:
    """An empty variable is as good as none."""
    assert baca_pengaturan(TIDAK_ADA, {"HOME": str(tmp_path), "ZI_PELAKU": "", "ZI_BASIS": ""}, tmp_path).pelaku is None


@pytest.mark.parametrize(
    ("basis", "berkas"),
    [
        ("sqlite:////data/a.db", "/data/a.db.berkas"),
        ("sqlite:////data/a%20b.db", "/data/a%20b.db.berkas"),
        ("sqlite+pysqlite:////data/a.db?timeout=5", "/data/a.db.berkas"),
        ("sqlite:///file:/data/a%20b.db?uri=true", "/data/a b.db.berkas"),
        ("sqlite:///a.db", "{kerja}/a.db.berkas"),
        ("sqlite://", "{data}/berkas"),
        ("sqlite:///:memory:", "{data}/berkas"),
        ("postgresql+psycopg://zi@localhost/zi", "{data}/berkas"),
    ],
)
def test_letak_berkas_bukti(basis: str, berkas: str, rumah: Path) -> None:
    """Evidence lies beside the SQLite file, else in the user's data folder."""
    env = {"HOME": str(rumah), "XDG_DATA_HOME": str(rumah / "d")}
    hasil = baca_pengaturan({"basis": basis}, env, rumah)
    assert hasil.berkas == berkas.format(kerja=rumah, data=rumah / "d" / "zi")


def test_jalur_nisbi_dalam_toml_berakar_di_foldernya(tmp_path: Path) -> None:
    """A path in a settings file is seen from that file's folder; elsewhere from the working folder."""
    _toml(tmp_path / "k", 'basis = "sqlite:///data/zi.db?x=1"\nregulasi = "aturan"\nberkas = "/mutlak"\n')
    hasil = baca_pengaturan(TIDAK_ADA, {"HOME": str(tmp_path)}, tmp_path / "k")
    assert hasil.basis == f"sqlite:///{tmp_path}/k/data/zi.db?x=1"
    assert hasil.regulasi == f"{tmp_path}/k/aturan"
    assert hasil.berkas == "/mutlak"
    assert baca_pengaturan({"regulasi": "aturan"}, {"HOME": str(tmp_path)}, tmp_path).regulasi == "aturan"
    for tetap in ("sqlite://", "sqlite:///:memory:", "sqlite:///file:x.db?uri=true", "postgresql+psycopg://zi@localhost/zi"):
        _toml(tmp_path / "k", f'basis = "{tetap}"\n')
        assert baca_pengaturan(TIDAK_ADA, {"HOME": str(tmp_path)}, tmp_path / "k").basis == tetap


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ('bassis = "x"', "Maksud Anda: basis?"),
        ('Basis = "sqlite://"', "Maksud Anda: basis?"),
        ("[basis]\nurl = 1", "bukan teks"),
        ("warna = true", "bukan teks"),
        ('pelaku = ""', "bukan teks"),
        ("pelaku = 198001012005011001", "bukan teks"),
        ('warna = "yaa"', "Maksud Anda: ya?"),
        ('pelaku = "123"', "NIP"),
        ('basis = "zi.db"', "bukan URL"),
        ("basis = ", "bukan TOML"),
        ('basis = "a"\nbasis = "b"', "bukan TOML"),
        ('qqqq = "x"', "Kunci yang dikenal: basis, regulasi"),
    ],
)
def test_toml_salah_ditolak_dengan_saran(isi: str, kata: str, rumah: Path) -> None:
    """An unknown key or a wrong value is an error that names the file, before anything is done."""
    _toml(rumah, isi + "\n")
    hasil = panggil("uji-daftar")
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert kata in hasil.stderr
    assert "zi.toml" in hasil.stderr
    assert panggil("--help").exit_code == 0


@pytest.mark.parametrize("isi", [b"\xff\xfe", None])
def test_toml_tak_terbaca(isi: bytes | None, rumah: Path) -> None:
    """A settings file that cannot be read is an error, not as if it were absent."""
    tempat = rumah / "zi.toml"
    if isi is None:
        tempat.mkdir()
    else:
        tempat.write_bytes(isi)
    assert "tidak dapat dibaca" in panggil("uji-daftar").stderr


def test_toml_dengan_bom(rumah: Path) -> None:
    """Editors that write a BOM do no harm."""
    (rumah / "zi.toml").write_bytes(b'\xef\xbb\xbfinstansi = "x"\n')
    assert baca_pengaturan(TIDAK_ADA, {"HOME": str(rumah)}, rumah).instansi == "x"


@pytest.mark.parametrize(
    ("opsi", "kata"), [(("--basis", ""), "bukan URL"), (("--basis", "zi.db"), "sqlite:///zi.db"), (("--regulasi", ""), "kosong")]
)
def test_opsi_salah(opsi: tuple[str, str], kata: str) -> None:
    """A setting on the command line is checked as well."""
    hasil = panggil("uji-daftar", *opsi)
    assert hasil.exit_code == 2
    assert kata in hasil.stderr


def test_sandi_dalam_basis_disamarkan(rumah: Path) -> None:
    """The URL as it may be shown has no password."""
    hasil = baca_pengaturan({"basis": "postgresql+psycopg://zi:rahasia@h/zi"}, {"HOME": str(rumah)}, rumah)
    assert hasil.basis_samar == "postgresql+psycopg://zi:***@h/zi"


def test_variabel_salah_tulis_diperingatkan() -> None:
    """A ZI_ variable that looks like a setting is named on stderr; strangers are left alone; programs hear nothing."""
    assert peringatan_lingkungan({"ZI_BASSIS": "x", "ZI_BASIS": "y", "ZI_QQQQ": "z", "ZZZ": "w"}) == [
        "Variabel ZI_BASSIS tidak dikenal dan diabaikan. Maksud Anda: basis?"
    ]
    hasil = panggil("uji-daftar", "--banyak", "0", env={"ZI_BASSIS": "sqlite:///x"})
    assert (hasil.exit_code, hasil.stderr.split(".")[0]) == (0, "Peringatan: Variabel ZI_BASSIS tidak dikenal dan diabaikan")
    assert panggil("uji-daftar", "--json", env={"ZI_BASSIS": "sqlite:///x"}).stderr == ""


def test_folder_xdg(tmp_path: Path) -> None:
    """Absolute XDG folders are used, relative ones ignored, as the standard says."""
    env = {"HOME": str(tmp_path), "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "nisbi", "XDG_STATE_HOME": ""}
    assert folder_data(env) == Path("/d/zi")
    assert folder_konfigurasi(env) == tmp_path / ".config" / "zi"
    assert folder_keadaan(env) == tmp_path / ".local" / "state" / "zi"


def test_galat_menyebut_sumbernya(tmp_path: Path) -> None:
    """A bad value is traced to where it was written."""
    with pytest.raises(MasukanSalah, match="ZI_PELAKU"):
        baca_pengaturan(TIDAK_ADA, {"HOME": str(tmp_path), "ZI_PELAKU": "1"}, tmp_path)
