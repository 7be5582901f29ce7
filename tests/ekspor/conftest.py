"""Fixtures of the tests of exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from projections import SEMUA
from tests.ekspor.alat import tulis
from zi_workflow.clock import sekarang
from zi_workflow.store import Store, buka


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a register to read; nobody writes to it."""
    berkas = tmp_path_factory.mktemp("ekspor") / "zi.db"
    tulis(Path(berkas))
    store = buka(f"sqlite:///{berkas}", jam=sekarang, pencatat="sistem:uji", proyeksi=SEMUA)
    yield store
    store.tutup()
