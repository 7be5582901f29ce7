"""``zi pejabat kontak`` and ``zi jadwal kirim``: contacts, channels of this machine, letters; no secret ever shows."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, sampai
from tests.alat.toko import toko
from tests.cli.alat_cli import panggil
from tests.jadwal.alat import terbuka
from zi_workflow.cli.jadwal_sapu import GILIRAN
from zi_workflow.sweep import Penyapu

SANDI = "S4ndiRahasia"


@pytest.fixture
def kantor(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a register with a unit that builds and reminders that wait, and a folder for what the machine keeps."""
    dunia = toko(basis_sqlite)
    sampai("pembangunan", dunia=dunia)
    Penyapu(dunia.layanan, dunia.store).sapu(HARI("2024-06-10"))
    dunia.tutup()
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    monkeypatch.setenv("ZI_PELAKU", ADMIN)
    monkeypatch.setenv("ZI_SURAT", str(tmp_path / "surat.jsonl"))
    return tmp_path


def _kanal(folder: Path, isi: str, monkeypatch: pytest.MonkeyPatch, mode: int = 0o600) -> Path:
    jalan = folder / "kanal.toml"
    jalan.write_text(isi, encoding="utf-8")
    jalan.chmod(mode)
    monkeypatch.setenv("ZI_KANAL", str(jalan))
    return jalan


def _surel(port: int = 1) -> str:
    return f'[kanal]\nsurel = "mailto://zi:{SANDI}@127.0.0.1:{port}?smtp=127.0.0.1&from=zi@contoh.invalid&mode=insecure&to={{alamat}}"\n'


def _json(*argumen: str) -> dict[str, Any]:
    hasil = panggil(*argumen, "--json")
    assert hasil.exit_code == 0, hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stdout)
    return data


def test_kontak_dicatat_ditampilkan_dihapus(kantor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contact is set, shown and taken away; the trail names who did it."""
    _kanal(kantor, _surel(), monkeypatch)
    assert _json("pejabat", "kontak", PENILAI)["kontak"] == []
    diatur = panggil("pejabat", "kontak", PENILAI, "--kanal", "surel", "--alamat", "penilai@contoh.invalid")
    assert diatur.exit_code == 0, diatur.stderr
    assert _json("pejabat", "kontak", PENILAI)["kontak"] == [{"kanal": "surel", "alamat": "penilai@contoh.invalid"}]
    assert panggil("pejabat", "kontak", PENILAI, "--kanal", "surel", "--hapus").exit_code == 0
    assert _json("pejabat", "kontak", PENILAI)["kontak"] == []
    (satu,) = _json("audit", "cari", "--jenis", "KontakDiatur", "--batas", "1")["peristiwa"]
    assert (satu["oleh"], satu["isi"]) == (ADMIN, {"nip": PENILAI, "kanal": "surel", "alamat": None})


@pytest.mark.parametrize(
    ("argumen", "kode", "kata"),
    [
        (("--kanal", "surel"), 2, "Kontak belum lengkap"),
        (("--alamat", "a@contoh.invalid"), 2, "Kontak belum lengkap"),
        (("--kanal", "surel", "--alamat", "a@contoh.invalid", "--hapus"), 2, "Kontak belum lengkap"),
        (("--kanal", "surell", "--alamat", "a@contoh.invalid"), 2, "surel"),
        (("--kanal", "surel", "--alamat", "bukan alamat"), 2, "Alamat"),
        (("--kanal", "surel", "--alamat", "tanpa-at"), 2, "lamat"),
        (("--kanal", "telegram", "--hapus"), 3, "tidak mempunyai kontak telegram"),
    ],
)
def test_harus_kontak_rusak_adalah_galat_yang_jelas(
    kantor: Path, monkeypatch: pytest.MonkeyPatch, argumen: tuple[str, ...], kode: int, kata: str
) -> None:
    """A broken contact is refused in three lines, and nothing is written."""
    _kanal(kantor, _surel(), monkeypatch)
    hasil = panggil("pejabat", "kontak", PENILAI, *argumen)
    assert (hasil.exit_code, hasil.stdout) == (kode, "")
    assert kata in hasil.stderr
    assert [b.split(":")[0] for b in hasil.stderr.splitlines() if b[:1].isalpha()][:1] == ["Galat"]
    assert SANDI not in hasil.stderr
    assert _json("audit", "cari", "--jenis", "KontakDiatur")["jumlah"] == 0


def test_harus_url_berahasia_ditolak_dan_tidak_diulang(kantor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An apprise URL given as an address is refused; its secret is neither shown, nor logged, nor recorded."""
    _kanal(kantor, _surel(), monkeypatch)
    hasil = panggil("pejabat", "kontak", PENILAI, "--kanal", "surel", "--alamat", f"tgram://{SANDI}/123", "--json")
    assert hasil.exit_code == 2
    assert SANDI not in hasil.stdout + hasil.stderr
    assert "kanal.toml" in hasil.stderr


def test_orang_lain_tidak_boleh_mengatur(kantor: Path) -> None:
    """A head of a unit may set his own contact, not the TPI's."""
    assert panggil("pejabat", "kontak", PENILAI, "--kanal", "berkas", "--alamat", "x", "--oleh", KEPALA).exit_code == 5
    assert panggil("pejabat", "kontak", KEPALA, "--kanal", "berkas", "--alamat", "x", "--oleh", KEPALA).exit_code == 0
    assert panggil("pejabat", "kontak", "199001012020011001").exit_code == 3
    assert (kantor / "surat.jsonl").exists() is False


def test_kanal_kering_bawaan_menulis_berkas(kantor: Path) -> None:
    """Without channels the letters are lines of a file, one for each person, once."""
    data = _json("jadwal", "kirim", "--segera")
    assert (data["disusun"], data["terkirim"], data["gagal"]) == (2, 2, 0)
    semua = [json.loads(b) for b in (kantor / "surat.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(semua) == 2
    assert all("T5 Pemantauan berkala" in satu["isi"] for satu in semua)
    assert _json("jadwal", "kirim", "--segera")["terkirim"] == 0


def test_giliran_orang_lain_disebut_dan_tidak_disangka_tertahan(kantor: Path) -> None:
    """While another scheduler delivers, nothing is done and that is the reason told, not the hour."""
    with terbuka(os.environ["ZI_BASIS"]) as register:
        assert register.store.ambil_giliran("kirim", "mesin-lain", timedelta(seconds=GILIRAN))
    data = _json("jadwal", "kirim", "--segera")
    assert (data["giliran"], data["tertahan"], data["disusun"], data["terkirim"]) == (False, False, 0, 0)
    assert "Penjadwal lain sedang mengantar surat" in panggil("jadwal", "kirim", "--segera").stdout
    assert not (kantor / "surat.jsonl").exists()


def test_harus_rahasia_tidak_pernah_tampak_ketika_kanal_gagal(kantor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that cannot be reached: the letter is to be tried again, others leave, and the password shows nowhere."""
    _kanal(kantor, _surel(), monkeypatch)
    assert panggil("pejabat", "kontak", PENILAI, "--kanal", "surel", "--alamat", "penilai@contoh.invalid").exit_code == 0
    hasil = panggil("jadwal", "kirim", "--segera", "--json")
    data = json.loads(hasil.stdout)
    assert (data["terkirim"], data["gagal"]) == (1, 1)
    keluaran = hasil.stdout + hasil.stderr + panggil("audit", "cari", "--batas", "1000", "--json").stdout + panggil("doktor").stdout
    assert SANDI not in keluaran
    (dicoba,) = [p for p in _json("audit", "cari", "--jenis", "gagal")["peristiwa"] if p["jenis"] == "PemberitahuanDicoba@1"]
    assert dicoba["isi"]["sebab"]
    with open(os.environ["ZI_BASIS"].removeprefix("sqlite:///"), "rb") as berkas:  # noqa: PTH123 - the store itself, byte by byte
        assert SANDI.encode() not in berkas.read()


@pytest.mark.parametrize(
    ("isi", "mode", "kata"),
    [
        (_surel(), 0o644, "chmod"),
        ("bukan toml [", 0o600, "TOML"),
        ('[kanal]\nsurel = "mailto://zi:S4ndiRahasia@x"\n', 0o600, "alamat"),
        ('[kanal]\nsurel = "taksemua://S4ndiRahasia/{alamat}"\n', 0o600, "surel"),
        ("[kanall]\n", 0o600, "kanal"),
    ],
)
def test_harus_berkas_kanal_rusak_adalah_galat_yang_jelas(
    kantor: Path, monkeypatch: pytest.MonkeyPatch, isi: str, mode: int, kata: str
) -> None:
    """A file of channels that is open to others, not TOML, or cannot be used is told before anything is sent, without its content."""
    _kanal(kantor, isi, monkeypatch, mode)
    for perintah in (("jadwal", "kirim", "--segera"), ("jadwal", "jalan")):
        hasil = panggil(*perintah)
        assert (hasil.exit_code, hasil.stdout) == (2, ""), hasil.stderr
        assert kata in hasil.stderr
        assert SANDI not in hasil.stderr
    assert not (kantor / "surat.jsonl").exists()


def test_berkas_kanal_yang_disebut_tetapi_tidak_ada(kantor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the settings name must be there; the sweep does not need it."""
    monkeypatch.setenv("ZI_KANAL", str(kantor / "tidak-ada.toml"))
    assert panggil("jadwal", "kirim", "--segera").exit_code == 2
    assert panggil("jadwal", "sapu", "--pada", "2024-06-10").exit_code == 0


def test_hari_yang_sangat_jauh_tidak_disapu(kantor: Path) -> None:
    """What a sweep writes cannot be taken back: a mistyped year is refused, and can be looked at with --coba, quickly."""
    hasil = panggil("jadwal", "sapu", "--pada", "9999-12-31")
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert "--coba" in hasil.stderr
    assert _json("jadwal", "sapu", "--pada", "9999-12-31", "--coba")["coba"] is True
    assert _json("jadwal", "status")["sapuan_terakhir"]["pada"] == "2024-06-10"
    assert not (kantor / "surat.jsonl").exists()


@pytest.mark.parametrize("perintah", [("tenggat", "ics"), ("tenggat", "prakiraan", "--svg")])
def test_berkas_lain_tidak_ditimpa(kantor: Path, perintah: tuple[str, ...]) -> None:
    """A calendar or a picture takes the place of its own kind only: the store named by mistake stays as it is."""
    basis = os.environ["ZI_BASIS"].removeprefix("sqlite:///")
    hasil = panggil(*perintah, basis)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert "sudah ada dan bukan" in hasil.stderr
    assert _json("jadwal", "status")["sapuan_terakhir"] is not None
    baru = str(kantor / "baru")
    assert [panggil(*perintah, baru).exit_code for _ in range(2)] == [0, 0]
