"""What every test may ask for: stores on both engines, the regulation's texts, profiles of hypothesis."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from hypothesis import settings
from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.schema import CreateSchema, DropSchema

from tests.alat.biner import PostgresTidakAda
from tests.alat.brankas import kunci_uji
from tests.alat.penjaga import AKAR, Giliran, url_postgres
from tests.alat.postgres import tanpa_postgres

_GILIRAN = pytest.StashKey[Giliran]()
_FOLDER = "zi_uji_folder"

settings.register_profile("ci", derandomize=True, database=None, deadline=None, max_examples=100, print_blob=True)
settings.register_profile("meja", deadline=None, max_examples=100, print_blob=True)
settings.register_profile("luas", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("ZI_UJI_HYPOTHESIS", "ci" if os.environ.get("CI") else "meja"))


class _Simpul(Protocol):
    """A worker of xdist, as much of it as is used here."""

    workerinput: dict[str, Any]


def pytest_configure(config: pytest.Config) -> None:
    """Let the run's first process make the folder that all of its processes share."""
    if not hasattr(config, "workerinput"):
        config.stash[_GILIRAN] = Giliran()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: _Simpul) -> None:
    """Tell each worker where that folder is."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    node.workerinput[_FOLDER] = str(config.stash[_GILIRAN].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started."""
    giliran = config.stash.get(_GILIRAN, None)
    if giliran is not None:
        giliran.selesai()


@pytest.fixture(scope="session")
def mesin_postgres(pytestconfig: pytest.Config) -> Iterator[Engine]:
    """Connect to PostgreSQL (ZI_UJI_PG, or the run's own server) as its owner, each statement committed at once."""
    giliran = pytestconfig.stash.get(_GILIRAN, None)
    folder = giliran.folder if giliran else Path(pytestconfig.workerinput[_FOLDER])  # type: ignore[attr-defined]
    try:
        url = url_postgres(folder)
    except PostgresTidakAda as salah:
        tanpa_postgres(str(salah))
    mesin = create_engine(url, isolation_level="AUTOCOMMIT", connect_args={"options": "-c lock_timeout=10s"})
    yield mesin
    mesin.dispose()


@pytest.fixture
def basis_sqlite(tmp_path: Path) -> str:
    """Give the URL of an empty store on SQLite; the file does not exist yet."""
    return f"sqlite:///{tmp_path / 'zi.db'}"


@pytest.fixture
def basis_postgres(mesin_postgres: Engine) -> Iterator[str]:
    """Give the URL of an empty store on PostgreSQL: a schema of its own, dropped afterwards.

    A connection that a test leaves inside a transaction makes the drop fail after ten seconds: close what you open.
    """
    skema = f"uji_{uuid.uuid4().hex[:16]}"
    with mesin_postgres.connect() as sambungan:
        sambungan.execute(CreateSchema(skema))
    url = _di_skema(mesin_postgres.url, skema).render_as_string(hide_password=False)
    yield url
    shutil.rmtree(kunci_uji(url) or "", ignore_errors=True)
    with mesin_postgres.connect() as sambungan:
        sambungan.execute(DropSchema(skema, cascade=True))


@pytest.fixture(params=["sqlite", "postgresql"])
def basis(request: pytest.FixtureRequest) -> str:
    """Give the URL of an empty store, once for each engine."""
    nama = {"sqlite": "basis_sqlite", "postgresql": "basis_postgres"}[request.param]
    url: str = request.getfixturevalue(nama)
    return url


@pytest.fixture(scope="session")
def bersama() -> Path:
    """Give the folder ``shared`` beside the repository: the regulation's texts and reference data, which tests only read."""
    folder = AKAR.parent / "shared"
    if not folder.is_dir():
        pytest.skip("folder ../shared tidak ada di samping repositori")
    return folder


def _di_skema(url: URL | str, skema: str) -> URL:
    """Return ``url`` with ``skema`` as the only schema on the search path, other options kept."""
    url = make_url(url)
    lama = url.query.get("options", ())
    pilihan = [lama] if isinstance(lama, str) else list(lama)
    return url.update_query_dict({"options": " ".join([*pilihan, f"-csearch_path={skema}"])})
