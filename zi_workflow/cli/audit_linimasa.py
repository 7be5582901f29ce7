"""``zi audit linimasa``: everything about one unit in the order in which it happened, on the screen and as a picture."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from zi_workflow.cli.bacaan import baca, letak, unit_tak_ada
from zi_workflow.cli.dasar import TANGGAL, Konteks, tulis_berkas
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.domain.errors import MasukanSalah

_GAMBAR = b"<svg "


@verba(
    "linimasa",
    "Tampilkan perjalanan satu unit menurut waktu kejadiannya, dan kapan dicatatnya: langkah, catatan, penolakan, koreksi, tenggat.",
    contoh="zi audit linimasa DISDUKCAPIL",
    daftar=True,
)
@click.argument("unit", metavar="UNIT")
@click.option("--dari", type=TANGGAL, help="Tanggal peristiwa paling awal.")
@click.option("--sampai", type=TANGGAL, help="Tanggal peristiwa paling akhir.")
@click.option("--svg", metavar="FILE", help="Tulis sebagai gambar SVG; - untuk keluaran baku.")
def perintah(konteks: Konteks, unit: str, dari: date | None, sampai: date | None, svg: str | None) -> None:
    """Show a unit's timeline."""
    from projections import papan
    from zi_workflow.cli.linimasa_bacaan import titik_unit
    from zi_workflow.cli.linimasa_layar import layar

    if dari is not None and sampai is not None and dari > sampai:
        raise MasukanSalah(
            f"--dari {dari} sesudah --sampai {sampai}", "Rentang tanggal dibaca dari awal ke akhir.", "Tukar kedua tanggal itu."
        )
    if svg == "-" and konteks.mode != "layar":
        raise MasukanSalah(
            "--svg - tidak dapat bersama --json",
            "Keluaran baku hanya memuat satu: gambarnya, atau jawaban JSON.",
            "Sebut berkas tujuan: --svg FILE, atau hapus --json.",
        )
    baris = baca(konteks, lambda k: papan.satu(k, *letak(konteks), unit))
    if baris is None:
        raise unit_tak_ada(konteks, unit, "zi audit linimasa")
    semua = titik_unit(konteks, unit, dari, sampai)
    if svg is not None:
        from zi_workflow.cli.linimasa_svg import gambar

        _simpan(svg, gambar(unit, baris["nama"], semua))
        if svg == "-":
            return
        konteks.pesan(f"Gambar ditulis: {svg}")
    polos = [t.polos() for t in semua]
    data = {"unit": unit, "nama": baris["nama"], "jumlah": len(polos), "linimasa": polos}
    konteks.keluarkan(data, layar=partial(layar, unit, baris["nama"], semua), baris=polos)


def _simpan(svg: str, isi: bytes) -> None:
    """Write the picture; a file that is there is replaced only where it is a picture too."""
    if svg == "-":
        tulis_berkas(svg, isi)
        return
    from zi_workflow import files
    from zi_workflow.cli.tenggat_bacaan import periksa_tujuan

    periksa_tujuan(svg, _GAMBAR, "gambar SVG")
    files.tulis(Path(svg), isi, "Gambar")
