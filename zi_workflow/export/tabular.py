"""The log as CSV: one row per event, the envelope in columns, the content as JSON text in the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from zi_workflow.export.content import Baris, Pembuka, berkas, isi
from zi_workflow.workbook.csvfile import BOM, baris
from zi_workflow.workbook.text import json_terang

KOLOM: Final = (
    "nomor", "tanggal", "waktu_catat", "aliran", "versi", "berkas", "jenis", "pokok", "oleh", "pencatat", "dasar", "kunci", "jam", "dibaca",
    "sidik_regulasi", "rantai", "isi",
)  # fmt: skip


def csv(semua: Iterable[Baris], pembuka: Pembuka | None = None, *, pemisah: str = ",", bom: bool = False) -> Iterator[bytes]:
    """Yield the file in pieces: the header, then a line per event."""
    yield (BOM if bom else b"") + baris(KOLOM, pemisah)
    for satu in semua:
        milik = berkas(satu)
        khusus = {"berkas": milik[1] if milik else None, "isi": json_terang(isi(satu, pembuka))}
        yield baris((khusus[k] if k in khusus else satu[k] for k in KOLOM), pemisah)
