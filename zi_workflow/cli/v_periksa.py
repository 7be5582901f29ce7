"""``zi periksa``: the checklist of a move, at any time, writing nothing."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.dasar import NIP, TANGGAL, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lembar import lembar
from zi_workflow.cli.tulis import saran_unit

if TYPE_CHECKING:
    from zi_workflow.domain.events import Polos
    from zi_workflow.service import Layanan

_TIDAK_TERPENUHI = 5


@verba(
    "periksa",
    "Tampilkan daftar periksa suatu langkah, tanpa menulis. Tanpa LANGKAH: langkah utama dari tahap unit.",
    contoh="zi periksa DISDUKCAPIL",
)
@click.argument("unit")
@click.argument("langkah", required=False)
@click.option("--predikat", type=click.Choice(["WBK", "WBBM"]), help="Predikat yang akan diusulkan atau ditetapkan.")
@click.option("--pada", type=TANGGAL, help="Tanggal langkah itu; bawaan hari ini (WIB).")
@click.option("--oleh", type=NIP, help="Pejabat yang akan bertindak; tanpa ini ditunjukkan siapa yang dapat.")
@click.option("--isi", "isi_berkas", metavar="FILE", help="Isian langkah dari berkas YAML atau JSON.")
@click.option("--kode-keluar", "kode_keluar", is_flag=True, help="Kode keluar 5 bila belum terpenuhi.")
def perintah(
    konteks: Konteks,
    unit: str,
    langkah: str | None,
    predikat: str | None,
    pada: date | None,
    oleh: str | None,
    isi_berkas: str | None,
    kode_keluar: bool,
) -> None:
    """Ask for a checklist."""
    with saran_unit(konteks):
        berkas, nama, isi = _siapkan(konteks, unit, langkah, isi_berkas)
        if nama is None:
            _tanpa_langkah(konteks, berkas, pada)
            return
        if predikat is not None:
            if "predikat" in isi:
                raise MasukanSalah("Predikat disebut dua kali", "Sekali sebagai opsi, sekali di dalam --isi.", "Hapus --predikat.")
            isi["predikat"] = predikat
        daftar = konteks.aplikasi().layanan.periksa(unit, nama, isi, pada, oleh)
    assert daftar is not None
    kode = _TIDAK_TERPENUHI if kode_keluar and not daftar.terpenuhi else 0
    konteks.keluarkan(daftar.polos(), layar=partial(lembar, daftar, nama=berkas.nama), kode=kode)
