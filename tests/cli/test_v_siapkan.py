"""``zi siapkan`` and ``zi proyeksi``: a store is made once, caught up when behind, and read models come back the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cli.alat_cli import panggil
from tests.cli.kisah import UNIT, mesin, tulis
from zi_workflow.store import index


def test_membuat_lalu_tidak_mengubah_lagi(basis: str) -> None:
    """The first run makes the store, the second says that nothing changed, on either engine."""
    pertama = panggil("siapkan", "--basis", basis, "--json")
    kedua = panggil("siapkan", "--basis", basis, "--json")
    assert (pertama.exit_code, kedua.exit_code) == (0, 0), pertama.stderr + kedua.stderr
    satu, dua = json.loads(pertama.stdout), json.loads(kedua.stdout)
    assert (satu["skema"], satu["berubah"], dua["berubah"]) == (1, True, False)
    assert satu["instansi"] == "binjai"


def test_menyebut_letak_dan_langkah_berikut(rumah: Path) -> None:
    """People read where the store is, and what to do first in an empty register."""
    hasil = panggil("siapkan")
    assert str(rumah / ".local" / "share" / "zi" / "zi.db") in hasil.stdout.replace("\n", "").replace(" ", "")
    assert "zi pejabat angkat NIP NAMA --peran admin" in hasil.stdout
    assert (rumah / ".local" / "share" / "zi" / "zi.db").exists()


def test_mengejar_proyeksi(basis_sqlite: str, tmp_path: Path) -> None:
    """A projection that lost its rows and its place is folded again."""
    tulis(basis_sqlite)
    with mesin(tmp_path / "zi.db").connect() as koneksi:
        koneksi.execute(text("DELETE FROM papan"))
        koneksi.execute(text("DELETE FROM posisi WHERE nama = 'papan'"))
    assert panggil("unit", "lihat", UNIT, "--basis", basis_sqlite).exit_code == 3
    hasil = panggil("siapkan", "--basis", basis_sqlite, "--json")
    assert json.loads(hasil.stdout)["berubah"] is True
    assert panggil("unit", "lihat", UNIT, "--basis", basis_sqlite).exit_code == 0


def test_penyimpanan_lebih_baru(basis_sqlite: str, tmp_path: Path) -> None:
    """A store of a newer program is left alone: exit 8, three lines."""
    panggil("siapkan", "--basis", basis_sqlite)
    with mesin(tmp_path / "zi.db").connect() as koneksi:
        koneksi.execute(text("UPDATE meta SET nilai = '99' WHERE nama = 'skema'"))
    hasil = panggil("siapkan", "--basis", basis_sqlite)
    assert hasil.exit_code == 8
    assert [baris.split(":")[0] for baris in hasil.stderr.splitlines()] == ["Galat", "Sebab", "Lanjut"]
    assert hasil.stdout == ""


def test_tempat_yang_tidak_dapat_ditulis(tmp_path: Path) -> None:
    """A folder that is a file cannot hold a store."""
    (tmp_path / "berkas").write_text("x")
    hasil = panggil("siapkan", "--basis", f"sqlite:///{tmp_path}/berkas/zi.db")
    assert hasil.exit_code == 8
    assert hasil.stderr.startswith("Galat: ")


@pytest.mark.parametrize("nama", [(), ("papan", "riwayat")])
def test_bangun_ulang_sama_dengan_sebelumnya(basis: str, nama: tuple[str, ...]) -> None:
    """What is rebuilt answers as before; progress is on stderr, the answer alone on stdout."""
    tulis(basis)
    sebelum = panggil("unit", "lihat", UNIT, "--basis", basis, "--json").stdout
    hasil = panggil("proyeksi", "bangun-ulang", *nama, "--basis", basis)
    assert hasil.exit_code == 0, hasil.stderr
    assert "Membangun ulang: 100 %" in hasil.stderr
    assert hasil.stdout.startswith("Dibangun ulang: papan, riwayat")
    assert panggil("unit", "lihat", UNIT, "--basis", basis, "--json").stdout == sebelum


def test_bangun_ulang_memperbaiki(basis_sqlite: str, tmp_path: Path) -> None:
    """A row that somebody changed is right again, and only the projection that was named was touched."""
    tulis(basis_sqlite)
    with mesin(tmp_path / "zi.db").connect() as koneksi:
        koneksi.execute(text("UPDATE papan SET tahap = 'ngawur'"))
        koneksi.execute(text("UPDATE riwayat SET oleh = 'ngawur'"))
    hasil = panggil("proyeksi", "bangun-ulang", "papan", "--basis", basis_sqlite, "--json")
    assert json.loads(hasil.stdout) == {"skema": 1, "dibangun_ulang": ["papan"]}
    assert hasil.stderr == ""
    data = json.loads(panggil("unit", "lihat", UNIT, "--basis", basis_sqlite, "--json").stdout)
    assert data["tahap"] == "usulan_tpn"
    assert {baris["oleh"] for baris in data["riwayat"]} == {"ngawur"}


def test_bangun_ulang_indeks(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search from which somebody took an event away finds it again after its index is rebuilt, alone or with everything."""
    monkeypatch.setattr(index, "TINGKAT", (8, 32))
    tulis(basis_sqlite)
    assert panggil("siapkan", "--basis", basis_sqlite).exit_code == 0
    cari = ("audit", "cari", "--unit", UNIT, "--batas", "1000", "--json", "--basis", basis_sqlite)
    semula = panggil(*cari).stdout
    for nama in (("indeks",), ()):
        with mesin(tmp_path / "zi.db").connect() as koneksi:
            koneksi.execute(text("DELETE FROM indeks WHERE istilah = :istilah"), {"istilah": f"u{UNIT}"})
        assert json.loads(panggil(*cari).stdout)["jumlah"] < json.loads(semula)["jumlah"]
        hasil = panggil("proyeksi", "bangun-ulang", *nama, "--basis", basis_sqlite, "--json")
        assert json.loads(hasil.stdout)["dibangun_ulang"][-1] == "indeks"
        assert panggil(*cari).stdout == semula


def test_nama_proyeksi_keliru(basis_sqlite: str) -> None:
    """A misspelt projection is named before anything is rebuilt, or even opened."""
    hasil = panggil("proyeksi", "bangun-ulang", "papn", "--basis", basis_sqlite)
    assert hasil.exit_code == 2
    assert "Maksud Anda: papan" in hasil.stderr
    assert hasil.stderr.splitlines()[2] == "Lanjut: zi proyeksi bangun-ulang papan"
