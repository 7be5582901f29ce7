"""Fixtures of the complaints' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pengaduan.alat import Register, register


@pytest.fixture
def reg(tmp_path: Path) -> Iterator[Register]:
    """Give a fresh register with a WBK unit."""
    with register(tmp_path) as satu:
        yield satu
