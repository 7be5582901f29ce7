"""What the tests of the sweep share: registers on either engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jadwal.alat import Jam, Register, siapkan, terbuka


@pytest.fixture
def jam() -> Jam:
    """Give a clock to set."""
    return Jam()


@pytest.fixture
def register(basis: str, jam: Jam) -> Iterator[Register]:
    """Give a register with sixty units and 180 overdue items of their plans, once for each engine, by the clock ``jam``."""
    siapkan(basis, 60)
    with terbuka(basis, jam) as satu:
        yield satu


@pytest.fixture
def satu(basis_sqlite: str, jam: Jam) -> Iterator[Register]:
    """Give the same register on SQLite only, where the engine makes no difference."""
    siapkan(basis_sqlite, 60)
    with terbuka(basis_sqlite, jam) as register:
        yield register
