"""A PostgreSQL server of one test alone, for tests that stop it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests.alat.biner import PostgresTidakAda, cari_biner
from tests.alat.postgres import Peladen, folder_sementara, tanpa_postgres


@contextmanager
def peladen_sendiri() -> Iterator[Peladen]:
    """Give a running server with full durability, gone afterwards; without PostgreSQL the test ends as `tanpa_postgres` says."""
    folder = folder_sementara()
    try:
        satu = Peladen(cari_biner(folder / "roda"), folder, setelan=())
        satu.mulai()
    except PostgresTidakAda as salah:
        shutil.rmtree(folder, ignore_errors=True)
        tanpa_postgres(str(salah))
    try:
        yield satu
    finally:
        satu.hentikan()
        shutil.rmtree(folder, ignore_errors=True)
