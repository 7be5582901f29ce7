"""What the tests of channels share: the services on the loopback, letters, and a look at everything that was said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from tests.notify import alat_server
from zi_workflow.notify import Kiriman, Surat


@pytest.fixture(autouse=True)
def _tanpa_perantara(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no proxy of the machine come between a test and the loopback."""
    for nama in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(nama, raising=False)
        monkeypatch.delenv(nama.upper(), raising=False)


@pytest.fixture
def web() -> Iterator[alat_server.Web]:
    """Give an HTTP service."""
    with alat_server.web() as keadaan:
        yield keadaan


@pytest.fixture
def pos() -> Iterator[alat_server.Pos]:
    """Give a mail service."""
    with alat_server.pos() as keadaan:
        yield keadaan


@pytest.fixture
def kiriman() -> Callable[..., Kiriman]:
    """Give a maker of letters."""

    def buat(kanal: str, alamat: str, nomor: str = "binjai-20250531-abc-1", judul: str = "Tenggat: 1 terlambat") -> Kiriman:
        surat = Surat(nomor, "X-UJI", judul, "Yth. Sari\n\n*Dinas* <b>Contoh</b> & :smile: \\n_akhir_\n")
        return Kiriman(surat, kanal, alamat)

    return buat


@pytest.fixture
def tersiar(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Give a look at all that any log or stream has shown so far, at the chattiest level."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text + "".join(capfd.readouterr())
