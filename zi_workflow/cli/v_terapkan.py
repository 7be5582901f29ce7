"""``zi terapkan``: a batch of writes from one file, all or nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.bacaan import unit_tak_ada
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.tulis import ditolak, layar_jawaban
from zi_workflow.domain.errors import Galat, MasukanSalah, UnitTidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.batch import Butir
    from zi_workflow.domain.events import Berkas
    from zi_workflow.service import ItemGagal


@verba(
    "terapkan",
    "Terapkan banyak perintah dari satu berkas (YAML, JSON, atau JSONL), semua atau tidak sama sekali."
    " Berkas bukti dicari dari folder berkas itu.",
    contoh="zi terapkan perintah.yaml --oleh 198001012005011001",
    menulis=True,
)
@click.argument("berkas", metavar="FILE")
def perintah(konteks: Konteks, berkas: str) -> None:
    """Read the file into commands and run them in one transaction."""
    from zi_workflow.batch import Bawaan, baca_batch
    from zi_workflow.loader.masukan import STDIN, baca_daftar_berkas
    from zi_workflow.service import ItemGagal

    penulisan = konteks.penulisan
    if penulisan.versi is not None:
        raise MasukanSalah("--versi tidak berlaku bagi berkas perintah", "Satu berkas dapat menyangkut banyak unit.", "Hapus --versi.")
    simpul = baca_daftar_berkas(berkas)
    app = konteks.aplikasi()
    folder = Path.cwd() if berkas == STDIN else Path(berkas).parent
    bawaan = Bawaan(konteks.tanggal(), konteks.pengaturan.pelaku, partial(_simpan, konteks, folder))
    butir = baca_batch(simpul, bawaan)
    if not butir:
        raise MasukanSalah(f"{berkas} tidak berisi perintah", "Berkas itu daftar perintah, paling sedikit satu.", "Lihat: zi help terapkan")
    konteks.pesan(f"{len(simpul)} butir dibaca dari {berkas}.")
    try:
        jawaban = app.layanan.jalankan([b.perintah for b in butir], coba=penulisan.coba, kunci=penulisan.kunci, berkas_batch=True)
    except ItemGagal as e:
        raise _gagal(konteks, e, butir[e.urutan]) from None
    konteks.keluarkan(jawaban.polos(), layar=partial(layar_jawaban, jawaban))


def _simpan(konteks: Konteks, folder: Path, nama: str) -> Berkas:
    gudang = konteks.aplikasi().berkas
    return (gudang.hitung if konteks.penulisan.coba else gudang.simpan)(folder / nama)


def _gagal(konteks: Konteks, e: ItemGagal, butir: Butir) -> Galat:
    """Name the item and its line in what it raised or why it was refused."""
    tempat = f"Butir ke-{butir.urutan} (baris {butir.baris}): "
    if e.daftar is not None:
        return ditolak([e.daftar], coba=konteks.penulisan.coba, awalan=tempat)
    asal = e.asal or Galat(e.pesan)
    if isinstance(asal, UnitTidakDitemukan):
        asal = unit_tak_ada(konteks, asal.unit, "Pakai")
    asal.pesan = tempat + asal.pesan
    return asal
