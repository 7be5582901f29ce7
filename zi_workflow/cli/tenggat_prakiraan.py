"""``zi tenggat prakiraan``: who makes which deadline, what stands in the way, and the way there; on the screen and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, date
from functools import partial
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.bacaan import periksa_pilihan
from zi_workflow.cli.dasar import TANGGAL, Konteks, tulis_berkas
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.kemajuan import kemajuan
from zi_workflow.cli.lke_tujuan import simpan_utuh
from zi_workflow.cli.tenggat_bacaan import periksa_tujuan, unit_dipilih
from zi_workflow.cli.tenggat_prakiraan_layar import layar
from zi_workflow.cli.tulis import saran_unit
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal

if TYPE_CHECKING:
    from zi_workflow.domain.outlook import Prakiraan

_BANYAK = 20
"""For more units than these progress is shown."""
_TAHUN = 20
"""How far a forecast may have to count, at most."""


@verba(
    "prakiraan",
    "Ramalkan batas pengusulan paling awal yang dapat dicapai setiap unit, dan jalan ke sana. Dengan satu --unit: jalan itu selengkapnya.",
    contoh="zi tenggat prakiraan --unit DISDUKCAPIL",
    daftar=True,
    berwaktu=True,
)
@click.option("--predikat", metavar="P", help="Predikat yang dituju (WBK atau WBBM); bawaan sasaran unit.")
@click.option("--unit", multiple=True, metavar="KODE", help="Hanya unit ini; boleh diulang.")
@click.option("--pada", type=TANGGAL, help="Hari peramalannya; bawaan --per, atau hari ini (WIB).")
@click.option("--svg", metavar="FILE", help="Tulis juga garis waktu semua unit sebagai gambar SVG; - untuk keluaran baku.")
def perintah(konteks: Konteks, predikat: str | None, unit: tuple[str, ...], pada: date | None, svg: str | None) -> None:
    """Forecast units."""
    if svg == "-" and konteks.mode != "layar":
        raise MasukanSalah(
            "--svg - tidak dapat bersama --json",
            "Keluaran baku hanya memuat satu: gambarnya, atau jawaban JSON.",
            "Sebut berkas tujuan: --svg FILE, atau hapus --json.",
        )
    periksa_pilihan(predikat, konteks.aplikasi().definisi.predikat, "Predikat", "zi tenggat prakiraan --predikat")
    hari = _hari(konteks, pada)
    semua = _ramal(konteks, list(dict.fromkeys(unit)), hari, predikat)
    if svg is not None:
        _gambar(svg, semua, hari)
    if svg == "-":
        return
    if svg is not None:
        konteks.pesan(f"Gambar ditulis: {svg}")
    polos = [satu.polos() for satu in semua]
    konteks.keluarkan({"pada": hari, "prakiraan": polos}, layar=partial(layar, semua, hari, rinci=len(unit) == 1), baris=polos)


def _hari(konteks: Konteks, pada: date | None) -> date:
    """Return the day of asking, by default today; raises MasukanSalah where the years after it cannot be counted."""
    hari = pada or konteks.aplikasi().hari_ini()
    if hari.year > MAXYEAR - _TAHUN:
        raise MasukanSalah(f"--pada {hari} terlalu jauh", "Prakiraan melihat beberapa tahun ke depan.", "Pakai tahun yang lebih awal.")
    return hari


def _ramal(konteks: Konteks, disebut: Sequence[str], hari: date, predikat: str | None) -> list[Prakiraan]:
    """Return the forecasts of the units named, or of all that were registered by that day; the earliest deadline first."""
    from zi_workflow.domain.forecast import prakiraan

    app = konteks.aplikasi()
    instansi = app.layanan.instansi()
    kode = disebut or unit_dipilih(konteks, None)
    isi = kemajuan(konteks, kode, len(kode), "Menghitung prakiraan") if len(kode) > _BANYAK else kode
    with saran_unit(konteks):
        berkas = (app.layanan.unit_pada(satu, hari) for satu in isi)
        hasil = [prakiraan(app.definisi, satu, instansi, hari, predikat) for satu in berkas if disebut or satu.terdaftar <= hari]
    return sorted(hasil, key=lambda p: (p.batas is None, p.batas or hari, p.unit))


def _gambar(tujuan: str, semua: Sequence[Prakiraan], hari: date) -> None:
    """Write the picture, whole or not at all."""
    from zi_workflow.cli.tenggat_svg import gambar

    isi = gambar(semua, hari)
    if tujuan == "-":
        tulis_berkas(tujuan, isi)
        return
    periksa_tujuan(tujuan, isi[:5], "gambar SVG")
    try:
        simpan_utuh(tujuan, isi, timpa=True)
    except PenyimpananGagal as e:
        raise PenyimpananGagal(e.pesan, e.sebab, "Pilih tempat lain: --svg FILE") from None
