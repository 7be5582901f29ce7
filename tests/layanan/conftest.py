"""What the tests of the service share: a register on either engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.alat.toko import Toko, toko


@pytest.fixture
def register(basis: str) -> Iterator[Toko]:
    """Give an empty register, once for each engine."""
    satu = toko(basis)
    yield satu
    satu.tutup()
