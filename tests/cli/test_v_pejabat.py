"""``zi pejabat``: the first admin of an empty register, later appointments by an admin, ends, and lists."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.alat_cli import NIP, panggil

TPI = "198203032006042003"
MASA = ("--sk", "800/1/2024", "--sejak", "2024-02-19")


def _json(*argumen: str) -> dict[str, Any]:
    hasil = panggil(*argumen, "--json")
    assert hasil.exit_code == 0, hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stdout)
    return data


@pytest.fixture
def kosong(basis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a prepared store without officials, on either engine."""
    monkeypatch.setenv("ZI_BASIS", basis)
    assert panggil("siapkan").exit_code == 0


@pytest.fixture
def register(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a store with one admin (who acts), one unit and its head."""
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    panggil("siapkan")
    panggil("pejabat", "angkat", NIP, "Admin Uji", "--peran", "admin", *MASA)
    monkeypatch.setenv("ZI_PELAKU", NIP)
    panggil("unit", "tambah", "DLH", "Dinas Lingkungan Hidup", "--tanggal", "2024-03-01")
    assert panggil("pejabat", "angkat", TPI, "[/x] Kepala", "--peran", "kepala_pd", "--unit", "DLH", *MASA).exit_code == 0


@pytest.mark.usefixtures("kosong")
def test_admin_pertama_lalu_hanya_admin() -> None:
    """In an empty register the person appointed acts; from then on --oleh is wanted, and only an admin's counts."""
    bukan_admin = panggil("pejabat", "angkat", TPI, "Orang", "--peran", "tpi", *MASA)
    assert bukan_admin.exit_code == 5
    pertama = _json("pejabat", "angkat", NIP, "Admin Uji", "--peran", "admin", *MASA)
    assert pertama["hasil"][0]["nomor"] == [2]
    assert panggil("pejabat", "angkat", TPI, "Orang", "--peran", "admin", *MASA).exit_code == 2
    assert panggil("pejabat", "angkat", TPI, "Orang", "--peran", "tpi", *MASA, "--oleh", TPI).exit_code == 5
    assert panggil("pejabat", "angkat", TPI, "Orang", "--peran", "tpi", *MASA, "--oleh", NIP).exit_code == 0
    (satu,) = _json("audit", "cari", "--jenis", "tpi", "--batas", "1")["peristiwa"]
    assert (satu["oleh"], satu["unit"], satu["isi"]["nip"]) == (NIP, None, TPI)


@pytest.mark.usefixtures("register")
def test_angkat_keliru() -> None:
    """Unknown roles and units are suggested; a role of a unit needs one; nothing is written."""
    dasar = ("pejabat", "angkat", "X-WALIKOTA", "Orang", *MASA)
    keliru = panggil(*dasar, "--peran", "walikota")
    assert keliru.exit_code == 2
    assert "wali_kota" in keliru.stderr
    assert panggil(*dasar, "--peran", "unit_kerja").exit_code == 2
    tanpa = panggil(*dasar, "--peran", "unit_kerja", "--unit", "DHL")
    assert tanpa.exit_code == 3
    assert "Maksud Anda: DLH?" in tanpa.stderr
    assert tanpa.stderr.splitlines()[2] == "Lanjut: Ulangi dengan --unit DLH"
    assert _json("pejabat", "daftar")["jumlah"] == 2


@pytest.mark.usefixtures("register")
def test_akhiri() -> None:
    """A role ends on its last day; one that does not run cannot; a misspelt role is suggested."""
    argumen = ("pejabat", "akhiri", TPI, "--peran", "kepala_pd", "--sampai", "2024-12-31", "--alasan", "mutasi")
    assert _json(*argumen, "--coba")["coba"] is True
    assert _json("pejabat", "daftar", "--nip", TPI)["pejabat"][0]["sampai"] is None
    assert panggil(*argumen).exit_code == 0
    assert _json("pejabat", "daftar", "--nip", TPI)["pejabat"][0]["sampai"] == "2024-12-31"
    assert panggil(*argumen).exit_code == 3
    keliru = panggil("pejabat", "akhiri", TPI, "--peran", "kepala", "--sampai", "2024-12-31")
    assert keliru.exit_code == 2
    assert "Maksud Anda: kepala_pd?" in keliru.stderr


@pytest.mark.usefixtures("register")
def test_daftar_dan_saringan() -> None:
    """Filters by role, unit, person and day; ended terms stay in the list except with --pada."""
    panggil("pejabat", "akhiri", TPI, "--peran", "kepala_pd", "--sampai", "2024-12-31")
    assert [p["nip"] for p in _json("pejabat", "daftar")["pejabat"]] == [NIP, TPI]
    assert [p["nip"] for p in _json("pejabat", "daftar", "--unit", "DLH")["pejabat"]] == [TPI]
    assert [p["nip"] for p in _json("pejabat", "daftar", "--pada", "2024-12-31")["pejabat"]] == [NIP, TPI]
    assert [p["nip"] for p in _json("pejabat", "daftar", "--pada", "2025-01-01")["pejabat"]] == [NIP]
    assert _json("pejabat", "daftar", "--peran", "sekda") == {"skema": 1, "jumlah": 0, "pejabat": []}
    baris = panggil("pejabat", "daftar", "--jsonl").stdout.splitlines()
    assert [json.loads(b)["peran"] for b in baris] == ["admin", "kepala_pd"]
    layar = panggil("pejabat", "daftar").stdout
    assert "[/x]" in layar
    assert max(len(b) for b in layar.splitlines()) <= 80


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(("opsi", "kode", "maksud"), [("--peran=tip", 2, "tpi"), ("--unit=DHL", 3, "DLH")])
def test_daftar_nama_keliru(opsi: str, kode: int, maksud: str) -> None:
    """An empty answer because of a misspelt name is told."""
    hasil = panggil("pejabat", "daftar", opsi)
    assert (hasil.exit_code, hasil.stdout) == (kode, "")
    assert f"Maksud Anda: {maksud}" in hasil.stderr
    assert hasil.stderr.splitlines()[2].startswith("Lanjut: zi pejabat daftar --")
