"""Records kept on disk under many keys while a stream goes by: only each key and one number per key stay in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from tempfile import TemporaryFile
from typing import Any


class Laci(AbstractContextManager["Laci"]):
    """Drawers of plain data. Each record on disk names the one before it under its key; closing removes everything."""

    def __init__(self) -> None:
        """Make the file, which has no name."""
        self._berkas = TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._akhir: dict[str, int] = {}
        self._panjang = 0

    def __exit__(self, *_: object) -> None:
        """Close and remove."""
        self._berkas.close()

    def tambah(self, kunci: str, *rekaman: Any) -> None:  # noqa: ANN401 - plain data
        """Put a record under a key."""
        baris = json.dumps([self._akhir.get(kunci, -1), rekaman]).encode() + b"\n"
        self._akhir[kunci] = self._panjang
        self._berkas.write(baris)
        self._panjang += len(baris)

    def semua(self) -> Iterator[tuple[str, list[list[Any]]]]:
        """Yield each key, in the order of its first record, with its records in their order; nothing may be added any more."""
        for kunci, letak in self._akhir.items():
            rekaman: list[list[Any]] = []
            while letak >= 0:
                self._berkas.seek(letak)
                letak, satu = json.loads(self._berkas.readline())  # noqa: PLW2901 - the chain is walked backwards
                rekaman.append(satu)
            yield kunci, rekaman[::-1]
