"""Starting is quick: help imports nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.alat_cli import lingkungan

BERAT = {"sqlalchemy", "eventsourcing", "yaml", "rich", "transitions", "apscheduler", "psycopg", "sqlite3", "cryptography"}
BERAT |= {"importlib.metadata", "dataclasses", "logging", "json", "decimal", "pathlib", "tomllib", "difflib", "zoneinfo", "asyncio"}
BERAT |= {"zi_workflow.bootstrap", "zi_workflow.store", "zi_workflow.cli.pengaturan", "zi_workflow.cli.tampilan", "zi_workflow.cli.dasar"}
KODE = """
import sys
from zi_workflow.cli.utama import jalankan
kode = jalankan(sys.argv[1:])
sys.stderr.write("\\n".join(sorted(sys.modules)))
sys.exit(kode)
"""


@pytest.mark.parametrize("argumen", [(), ("--help",), ("--version",), ("help", "kode-keluar"), ("bantuan", "bantuan")])
def test_bantuan_tidak_memuat_pustaka_berat(argumen: tuple[str, ...], rumah: Path) -> None:
    """Neither the database nor the screen library is imported to show help."""
    hasil = subprocess.run(
        [sys.executable, "-c", KODE, *argumen], env=lingkungan(rumah), cwd=rumah, capture_output=True, text=True, timeout=60, check=False
    )
    assert (hasil.returncode, bool(hasil.stdout)) == (0, True)
    dimuat = set(hasil.stderr.splitlines())
    assert "click" in dimuat
    assert dimuat & BERAT == set()


def test_kesalahan_tulis_tidak_memuat_basis_data(rumah: Path) -> None:
    """Wrong usage is answered before any library of the store is loaded."""
    hasil = subprocess.run(
        [sys.executable, "-c", KODE, "untt"], env=lingkungan(rumah), cwd=rumah, capture_output=True, text=True, timeout=60, check=False
    )
    assert hasil.returncode == 2
    assert not {"sqlalchemy", "eventsourcing", "rich", "yaml"} & set(hasil.stderr.splitlines())
