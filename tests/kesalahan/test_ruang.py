"""Storage that is full or may not be written: exit 8 in three lines, the store consistent, and usable again once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.alat.dunia import PENILAI, UNIT_UJI
from tests.kesalahan.alat import ZI, periksa_penuh, selesai, siapkan, terbuka, tiga_baris, zi

# Room for the index of SQLite's log (32 KiB), none for a record of 3,000 letters in the log itself.
TERBATAS = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
runpy.run_module("zi_workflow", run_name="__main__")
"""
CATAT = ("catat", "pemantauan", UNIT_UJI, "--tanggal", "2024-03-05", "--oleh", PENILAI, "--hasil")


def test_berkas_tidak_boleh_tumbuh(tmp_path: Path) -> None:
    """The file may not grow any further: exit 8 in three lines, nothing written; without the limit all goes on."""
    url = f"sqlite:///{tmp_path / 'zi.db'}"
    awal = siapkan(url)
    program = [sys.executable, "-c", TERBATAS]
    for _ in range(2):
        kode, keluar, galat = selesai(zi(tmp_path, *CATAT, "x" * 3000, basis=url, program=program))
        assert (kode, keluar) == (8, "")
        tiga_baris(galat)
    with terbuka(url) as store:
        assert periksa_penuh(store, {}) == awal
    assert selesai(zi(tmp_path, *CATAT, "sesudahnya", basis=url))[0] == 0
    with terbuka(url) as store:
        assert periksa_penuh(store, {}) == awal + 1


@pytest.fixture
def diska(tmp_path: Path) -> Iterator[Path]:
    """Give a file system of its own of 3 MB, which may be grown and made read-only; skip where none may be mounted."""
    folder = tmp_path / "diska"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None or _mount(mount, "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)):
        pytest.skip("sistem berkas kecil tidak dapat dipasang di sini (perlu root); batas ukuran berkas diuji di atas")
    try:
        yield folder
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(folder)], check=True)


def _mount(*perintah: str) -> int:
    return subprocess.run(perintah, check=False, capture_output=True).returncode


def _ubah(folder: Path, pilihan: str) -> None:
    assert _mount(shutil.which("mount") or "mount", "-o", f"remount,{pilihan}", str(folder)) == 0


def test_diska_penuh_lalu_diperbesar(diska: Path, tmp_path: Path) -> None:
    """The disk fills up while records come in: each is there or was answered with exit 8; grown, the store goes on."""
    url = f"sqlite:///{diska / 'zi.db'}"
    awal = siapkan(url)
    pengisi = diska / "pengisi"
    bebas = shutil.disk_usage(diska).free
    pengisi.write_bytes(b"\0" * (bebas - 40_000))
    kode = []
    for ke in range(12):
        satu, keluar, galat = selesai(zi(tmp_path, *CATAT, f"{ke} " + "x" * 3900, basis=url))
        kode.append(satu)
        if satu:
            assert (satu, keluar) == (8, "")
            tiga_baris(galat)
            break
    assert kode[-1] == 8, "disk never filled up"
    _ubah(diska, "size=6m")
    with terbuka(url) as store:
        assert periksa_penuh(store, {}) == awal + kode.count(0)
    assert selesai(zi(tmp_path, *CATAT, "sesudahnya", basis=url))[0] == 0


def test_diska_hanya_baca(diska: Path, tmp_path: Path) -> None:
    """On a read-only file system writing is exit 8 in three lines and reading works; writable again, the store goes on."""
    url = f"sqlite:///{diska / 'zi.db'}"
    awal = siapkan(url)
    _ubah(diska, "ro")
    kode, keluar, galat = selesai(zi(tmp_path, *CATAT, "ditolak", basis=url))
    assert (kode, keluar) == (8, "")
    tiga_baris(galat)
    kode, keluar, _ = selesai(zi(tmp_path, "unit", "lihat", UNIT_UJI, "--json", basis=url))
    assert (kode, UNIT_UJI in keluar) == (0, True)
    _ubah(diska, "rw")
    assert selesai(zi(tmp_path, *CATAT, "sesudahnya", basis=url))[0] == 0
    with terbuka(url) as store:
        assert periksa_penuh(store, {}) == awal + 1


def test_folder_tidak_boleh_ditulis(tmp_path: Path) -> None:
    """A folder and file without the right to write are exit 8 in three lines; reading works."""
    if os.geteuid() == 0:
        pytest.skip("root boleh menulis di mana saja; sistem berkas hanya-baca diuji di atas")
    url = f"sqlite:///{tmp_path / 'data' / 'zi.db'}"
    (tmp_path / "data").mkdir()
    awal = siapkan(url)
    for f in (*(tmp_path / "data").iterdir(), tmp_path / "data"):
        f.chmod(f.stat().st_mode & ~0o222)
    kode, keluar, galat = selesai(zi(tmp_path, *CATAT, "ditolak", basis=url, program=ZI))
    assert (kode, keluar) == (8, "")
    tiga_baris(galat)
    (tmp_path / "data").chmod(0o755)
    with terbuka(url) as store:
        assert len(store.telusuri()) == awal
