"""Progress of long work, on stderr: one bar that grows on a terminal, one line per ten percent elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from zi_workflow.cli.keluaran import tulis_galat
from zi_workflow.cli.konteks import Konteks
from zi_workflow.cli.tampilan import Gaya, gaya_untuk

T = TypeVar("T")

_BATANG = 30
_SERATUS = 100


def kemajuan(konteks: Konteks, isi: Iterable[T], jumlah: int, judul: str) -> Iterator[T]:
    """Yield from ``isi`` (``jumlah`` things) and show how far it is; silent for programs."""
    gaya = gaya_untuk(sys.stderr, konteks.sesi.warna)
    terminal = sys.stderr is not None and sys.stderr.isatty()
    langkah, lalu = (1 if terminal else 10), 0
    for ke, satu in enumerate(isi, start=1):
        yield satu
        persen = ke * _SERATUS // jumlah if jumlah else _SERATUS
        if persen // langkah > lalu // langkah and konteks.mode == "layar":
            lalu = persen
            tulis_galat(_bilah(judul, persen, ke, jumlah, gaya) if terminal else f"{gaya.teks(judul)}: {persen} %\n")


def _bilah(judul: str, persen: int, ke: int, jumlah: int, gaya: Gaya) -> str:
    """Return the line over the last one: title, bar, percent, how many of how many."""
    isi = persen * _BATANG // _SERATUS
    penuh, kosong = ("█", "░") if gaya.unicode else ("#", ".")
    ekor = f" {penuh * isi}{kosong * (_BATANG - isi)} {persen} % ({ke}/{jumlah})"
    nama = gaya.teks(judul)[: max(gaya.lebar - len(ekor) - 1, 0)]
    return f"\r{nama}{ekor}" + ("\n" if persen >= _SERATUS else "")
