"""``zi audit verifikasi``: its answer is on stdout whatever it finds, exit 0 or 7, and it says what it did not check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from tests.cli.alat_cli import panggil
from tests.verifikasi.alat import buat, hitung_ulang, jalankan


@pytest.fixture
def basis(rumah: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a store with sixty events, which the settings name."""
    url = f"sqlite:///{rumah / 'zi.db'}"
    buat(url)
    monkeypatch.setenv("ZI_BASIS", url)
    return url


def _json(*argumen: str, kode: int) -> dict[str, Any]:
    hasil = panggil("audit", "verifikasi", *argumen, "--json")
    assert hasil.exit_code == kode, hasil.output
    assert hasil.stderr == ""
    data: dict[str, Any] = json.loads(hasil.stdout)
    assert data["skema"] == 1
    return data


def test_utuh(basis: str) -> None:
    """An untouched store: exit 0, all parts checked, the number of events and the head named."""
    data = _json(kode=0)
    assert (data["utuh"], data["peristiwa"], data["masalah"], data["tidak_diperiksa"]) == (True, 60, [], [])
    assert len(data["kepala"]) == 64
    layar = panggil("audit", "verifikasi")
    assert layar.exit_code == 0
    assert "Utuh: 60 peristiwa" in layar.stdout
    assert "--terhadap" in layar.stdout
    assert basis


def test_tidak_utuh_menyebut_nomor_dan_unit(basis: str) -> None:
    """A changed event: exit 7 with the answer on stdout, the number and the unit named."""
    jalankan(basis, "UPDATE peristiwa SET oleh = '[red]X' WHERE nomor = 20")
    data = _json("--hanya", "log", kode=7)
    assert data["utuh"] is False
    assert [(m["nomor"], m["unit"], m["bagian"]) for m in data["masalah"]] == [(20, "DINAS-A", "log")]
    assert data["tidak_diperiksa"] == ["bentuk", "tabel", "tampilan", "berkas"]
    layar = panggil("audit", "verifikasi")
    assert layar.exit_code == 7
    assert "TIDAK UTUH" in layar.stdout
    assert "nomor 20 DINAS-A" in layar.stdout


def test_bukan_basis_data_adalah_temuan(basis: str, rumah: Path) -> None:
    """A file that is no database, or a malformed one, is exit 7; one that is missing or was never prepared stays 8."""
    berkas = rumah / "zi.db"
    asli = berkas.read_bytes()
    berkas.write_bytes(b"bukan basis data " * 1000)
    assert _json(kode=7)["masalah"]
    berkas.write_bytes(asli[: len(asli) // 2])
    assert _json(kode=7)["masalah"]
    berkas.write_bytes(b"")
    assert panggil("audit", "verifikasi").exit_code == 8
    berkas.unlink()
    assert panggil("audit", "verifikasi").exit_code == 8
    assert basis


def test_program_lebih_baru_bukan_kerusakan(basis: str) -> None:
    """A store of a newer format is exit 8; the same number without its checksum is a change."""
    from zi_workflow.readmodel import ikatan  # noqa: PLC0415 - this one checksum

    mesin = create_engine(basis, isolation_level="AUTOCOMMIT")
    with mesin.connect() as koneksi:
        koneksi.exec_driver_sql("UPDATE meta SET nilai = '9'")
        assert "tabel meta" in _json(kode=7)["masalah"][-1]["apa"]
        koneksi.exec_driver_sql("UPDATE meta SET ikatan = ?", (ikatan("skema", "9"),))
    mesin.dispose()
    hasil = panggil("audit", "verifikasi")
    assert (hasil.exit_code, hasil.stdout) == (8, "")


def test_terkunci_bukan_kerusakan(basis: str, rumah: Path) -> None:
    """A store that another program holds locked is exit 8."""
    import sqlite3  # noqa: PLC0415 - the other program

    lain = sqlite3.connect(rumah / "zi.db", isolation_level=None)
    lain.execute("PRAGMA locking_mode=EXCLUSIVE")
    lain.execute("BEGIN EXCLUSIVE")
    try:
        assert panggil("audit", "verifikasi", "--basis", f"{basis}?timeout=0").exit_code == 8
    finally:
        lain.close()


def test_salinan_dan_hanya(basis: str, rumah: Path) -> None:
    """A copy of the chain is read as JSONL; what is no event is bad input, and without the log it cannot be compared."""
    semua = panggil("audit", "cari", "--batas", "1000", "--jsonl").stdout
    salinan = rumah / "peristiwa.jsonl"
    salinan.write_text(semua, encoding="utf-8")
    assert _json("--salinan", str(salinan), kode=0)["utuh"]
    jalankan(basis, "DELETE FROM peristiwa WHERE nomor > 50", "UPDATE kepala SET nomor = 50")
    assert [m["nomor"] for m in _json("--salinan", str(salinan), "--hanya", "log", kode=7)["masalah"]] == [51]
    salinan.write_text("{}\n", encoding="utf-8")
    assert panggil("audit", "verifikasi", "--salinan", str(salinan)).exit_code == 2
    assert panggil("audit", "verifikasi", "--hanya", "berkas", "--salinan", str(salinan)).exit_code == 2


def test_harus_terhadap_segel_dari_luar(basis: str, rumah: Path) -> None:
    """A sealed log agrees; rewritten as a whole, or cut, it does not; a forged seal is a finding of its own."""
    assert panggil("audit", "kunci-segel", "--buat").exit_code == 0
    segel = rumah / "segel.txt"
    assert panggil("audit", "segel", "--ke", str(segel)).exit_code == 0
    data = _json("--terhadap", str(segel), kode=0)
    assert [(t["ukuran"], t["sesuai"]) for t in data["terhadap"]] == [(60, True)]
    assert "Terhadap segel" in panggil("audit", "verifikasi", "--terhadap", str(segel)).stdout
    hitung_ulang(basis, 20, {"oleh": "199901012020011001"})
    data = _json("--hanya", "log", "--terhadap", str(segel), kode=7)
    assert [t["sesuai"] for t in data["terhadap"]] == [False]
    assert "ditulis ulang" in data["masalah"][0]["apa"]
    jalankan(basis, "DELETE FROM peristiwa WHERE nomor > 50")
    data = _json("--hanya", "log", "--terhadap", str(segel), kode=7)
    assert (data["masalah"][0]["nomor"], "51 sampai 60" in data["masalah"][0]["apa"]) == (51, True)
    segel.write_text(segel.read_text().replace("\n60\n", "\n50\n"))
    data = _json("--hanya", "log", "--terhadap", str(segel), kode=7)
    assert "Tanda tangan" in data["masalah"][0]["apa"]
    segel.write_text("bukan segel")
    assert panggil("audit", "verifikasi", "--terhadap", str(segel)).exit_code == 2
