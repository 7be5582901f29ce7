"""Fixtures of the store's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.store.bahan import terbuka
from zi_workflow.store import Store


@pytest.fixture
def store(basis: str) -> Iterator[Store]:
    """Give a prepared store without projections, on each engine."""
    with terbuka(basis) as satu:
        yield satu
