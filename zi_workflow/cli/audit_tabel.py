"""Events as a table for a spreadsheet, CSV or XLSX: every text stays text, and what is invisible is spelled out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from zi_workflow.cli.audit_bacaan import terlambat
from zi_workflow.cli.lembar_peristiwa import sebutan, unit_dari

if TYPE_CHECKING:
    from zi_workflow.store import Amplop

KOLOM: Final = (
    ("nomor", 9), ("unit", 18), ("peristiwa", 34), ("jenis", 22), ("pokok", 20), ("tanggal", 12), ("waktu_catat", 28),
    ("selisih_hari", 9), ("oleh", 21), ("pencatat", 18), ("dasar", 46), ("isi", 70), ("aliran", 30), ("versi", 8),
    ("sidik_regulasi", 30), ("rantai", 30),
)  # fmt: skip
"""Headings, and how wide their columns are in a workbook."""


def csv(semua: Iterable[Amplop], zona: str) -> bytes:
    """Return the events as CSV, cells in quotes and none of them a formula."""
    from zi_workflow.workbook.csvfile import baris

    judul = [nama for nama, _ in KOLOM]
    return b"".join(baris(satu) for satu in (judul, *_baris(semua, zona)))


def xlsx(semua: Iterable[Amplop], zona: str) -> bytes:
    """Return the events as a workbook of one sheet; a cell holds at most 32,767 characters, what is longer is cut."""
    from zi_workflow.domain.cells import huruf_kolom
    from zi_workflow.workbook.styles import Buku, cetak, taruh
    from zi_workflow.workbook.text import jelas

    buku = Buku("Jejak peristiwa")
    lembar = buku.lembar("Jejak")
    judul, biasa = buku.bentuk.baris("ringkasan"), buku.bentuk.baris("soal", text_wrap=False)
    for i, (nama, lebar) in enumerate(KOLOM, start=1):
        lembar.set_column(f"{huruf_kolom(i)}:{huruf_kolom(i)}", lebar)
        taruh(lembar, f"{huruf_kolom(i)}1", nama, judul)
    for ke, satu in enumerate(_baris(semua, zona), start=2):
        for i, nilai in enumerate(satu, start=1):
            taruh(lembar, f"{huruf_kolom(i)}{ke}", jelas(nilai) if isinstance(nilai, str) else nilai, biasa)
    lembar.freeze_panes(1, 1)
    cetak(lembar, "Jejak peristiwa", 1)
    return buku.selesai()


def _baris(semua: Iterable[Amplop], zona: str) -> Iterator[Sequence[str | int | None]]:
    for a in semua:
        isi = json.dumps(a.isi, ensure_ascii=False, sort_keys=True, default=str)
        yield (
            a.nomor, unit_dari(a), sebutan(a), a.jenis, a.pokok, a.tanggal.isoformat(), a.waktu_catat.isoformat(), terlambat(a, zona),
            a.oleh, a.pencatat, "; ".join(a.dasar), isi, a.aliran, a.versi, a.sidik_regulasi, a.rantai,
        )  # fmt: skip
