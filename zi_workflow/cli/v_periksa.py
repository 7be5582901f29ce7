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
    layanan = konteks.aplikasi().layanan
    isi = _isi(layanan, langkah, isi_berkas)
    if predikat is not None:
        isi["predikat"] = predikat
    with saran_unit(konteks):
        daftar = layanan.periksa(unit, langkah, isi, pada, oleh)
    berkas = layanan.unit(unit)
    if daftar is None or berkas is None:
        tahap = berkas.keadaan.tahap if berkas else ""
        kosong: dict[str, object] = {"unit": unit, "perintah": None, "tahap": tahap, "terpenuhi": False, "syarat": []}
        konteks.keluarkan(kosong, layar=f"Tidak ada langkah utama dari tahap {tahap}.\n")
        return
    kode = _TIDAK_TERPENUHI if kode_keluar and not daftar.terpenuhi else 0
    konteks.keluarkan(daftar.polos(), layar=partial(lembar, daftar, nama=berkas.nama), kode=kode)


def _isi(layanan: Layanan, langkah: str | None, nama: str | None) -> dict[str, Polos]:
    """Read the fields that are given; those that are missing are what the checklist may name."""
    if nama is None:
        return {}
    from zi_workflow.domain.fields import baca_isi
    from zi_workflow.loader.masukan import baca_isi_berkas

    mentah = {k: s.polos() for k, s in baca_isi_berkas(nama).peta().items()}
    aturan = layanan.definisi.langkah.get(langkah or "")
    if aturan is None:
        return {}
    ada = [i for i in aturan.isian if i.nama in mentah]
    return baca_isi([*ada, *(i for i in aturan.isian if not i.wajib and i not in ada)], mentah, f"langkah {aturan.nama}")
