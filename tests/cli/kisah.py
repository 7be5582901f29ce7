"""A small register to ask questions about: one unit proposed (late, after a refusal), and one with a hostile name.

The story's figures of the instansi are recorded on 2 March 2026, so what follows them is recorded on that day too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, make_url

from tests.alat.brankas import salin_toko
from tests.alat.dunia import ADMIN, HARI, bekal_usulan, sampai
from tests.alat.toko import toko
from zi_workflow.domain.commands import DaftarkanUnit

NAMA_JAHAT = "=1+1 [/x] \u202ekanan"
UNIT, UNIT_JAHAT = "DISPORA", "JAHAT"


def tulis(url: str) -> None:
    """Write the story into the empty store at ``url`` (on SQLite: a copy of one that was written once)."""
    tujuan = make_url(url)
    if tujuan.drivername == "sqlite":
        salin_toko(Path(_folder().name) / "zi.db", Path(str(tujuan.database)))
    else:
        _mainkan(url)


@cache
def _folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory()
    _mainkan(f"sqlite:///{folder.name}/zi.db")
    return folder


def _mainkan(url: str) -> None:
    dunia = toko(url)
    try:
        sampai("evaluasi_tpi", dunia=dunia)
        dunia.jalankan(DaftarkanUnit(UNIT_JAHAT, NAMA_JAHAT, HARI("2024-03-01"), ADMIN))
        dunia.maju("usulkan", "2025-05-19", {"predikat": "WBK", "surat": "900/1/2025"})
        bekal_usulan(dunia, 2025, "WBK", tanggal="2025-05-20")
        dunia.maju("usulkan", "2025-05-20", {"predikat": "WBK", "surat": "900/1/2025"})
    finally:
        dunia.tutup()


def mesin(berkas: Path) -> Engine:
    """Return a way past the program into its SQLite file, for tests that tamper with it."""
    return create_engine(f"sqlite:///{berkas}", isolation_level="AUTOCOMMIT")
