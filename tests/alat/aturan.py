"""Amended definitions: a copy of the one that ships, with some of its words replaced, loaded like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.alat.dunia import AKAR
from zi_workflow.domain.definition import Definisi
from zi_workflow.loader.definisi import muat


def ubahan(folder: Path, berkas: str, *ganti: tuple[str, str]) -> Definisi:
    """Copy the definition into ``folder`` (once), replace each text at its first place in ``berkas``, and load the copy."""
    tujuan = folder / "binjai"
    if not tujuan.exists():
        shutil.copytree(AKAR / "workflows" / "binjai", tujuan)
    jalan = tujuan / berkas
    teks = jalan.read_text(encoding="utf-8")
    for lama, baru in ganti:
        assert lama in teks, lama
        teks = teks.replace(lama, baru, 1)
    jalan.write_text(teks, encoding="utf-8")
    return muat(tujuan)
