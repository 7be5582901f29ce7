"""What the tests of the command line share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def rumah(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty home and working folder, and no settings of this machine's user."""
    for nama in list(os.environ):
        if nama.startswith(("ZI_", "XDG_")) or nama in {"NO_COLOR", "COLUMNS", "_ZI_COMPLETE"}:
            monkeypatch.delenv(nama)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path
