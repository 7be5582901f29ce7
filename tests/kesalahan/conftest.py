"""What the fault tests share: a register on either engine, and writers on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kesalahan.alat import Penulis, siapkan


@pytest.fixture
def register(basis: str) -> str:
    """Give the URL of a register whose units may be declared, once for each engine."""
    siapkan(basis)
    return basis


@pytest.fixture
def penulis(register: str, tmp_path: Path) -> Iterator[Penulis]:
    """Give the writers' server on the register."""
    satu = Penulis(register, tmp_path)
    yield satu
    satu.tutup()
