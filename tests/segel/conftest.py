"""Fixtures of the tests of seals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.alat_cli import panggil
from tests.segel.alat import Go, kisah


@pytest.fixture(autouse=True)
def rumah(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty home and working folder, and no settings of this machine's user."""
    for nama in list(os.environ):
        if nama.startswith(("ZI_", "XDG_")):
            monkeypatch.delenv(nama)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def register(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a store of 30 events and a sealing key; its URL is in ZI_BASIS."""
    kisah(basis_sqlite)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    assert panggil("audit", "kunci-segel", "--buat").exit_code == 0
    return basis_sqlite


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Go:
    """Give Go's reader, built once."""
    return Go(tmp_path_factory.mktemp("go"))
