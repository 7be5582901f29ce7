"""A connection with empty read models, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from projections import SEMUA
from zi_workflow import readmodel


@pytest.fixture(params=["sqlite", "postgresql"])
def koneksi(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """Give a connection in autocommit mode whose projections stand at the beginning of an empty log."""
    url = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("basis_postgres")
    mesin = create_engine(url, isolation_level="AUTOCOMMIT")
    with mesin.connect() as sambungan:
        readmodel.posisi.create(sambungan)
        readmodel.kejar(sambungan, SEMUA, lambda _: ())
        yield sambungan
    mesin.dispose()
