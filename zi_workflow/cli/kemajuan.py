"""Progress of long work, on stderr: one line that moves on a terminal, one line per ten percent elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from zi_workflow.cli.keluaran import tulis_galat
from zi_workflow.cli.konteks import Konteks
from zi_workflow.cli.teks import aman

T = TypeVar("T")


def kemajuan(konteks: Konteks, isi: Iterable[T], jumlah: int, judul: str) -> Iterator[T]:
    """Yield from ``isi`` (``jumlah`` things) and show how far it is; silent for programs."""
    terminal = sys.stderr is not None and sys.stderr.isatty()
    langkah, lalu = (1 if terminal else 10), 0
    for ke, satu in enumerate(isi, start=1):
        yield satu
        persen = ke * 100 // jumlah if jumlah else 100
        if persen // langkah > lalu // langkah and konteks.mode == "layar":
            lalu = persen
            tulis_galat(f"\r{aman(judul)}: {persen} %" + ("\n" if persen >= 100 else "") if terminal else f"{aman(judul)}: {persen} %\n")  # noqa: PLR2004
