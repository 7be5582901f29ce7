"""``zi terapkan``: a batch of writes from one file, all or nothing."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.bacaan import unit_tak_ada
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.isian import beri_baris
from zi_workflow.cli.tulis import ditolak, kirim, lampirkan, layar_jawaban
from zi_workflow.domain.errors import Galat, MasukanSalah, UnitTidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.answers import ItemGagal, Jawaban
    from zi_workflow.batch import Butir
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.domain.events import Berkas


@verba(
    "terapkan",
    "Terapkan banyak perintah dari satu berkas (YAML, JSON, atau JSONL), semua atau tidak sama sekali."
    " Berkas bukti dicari dari folder berkas itu. Perintah dalam butir: daftarkan-unit, angkat-pejabat, akhiri-pejabat,"
    " catat, maju; satu butir misalnya - {perintah: catat, jenis: program, unit: DISDUKCAPIL, isi: {area: 1, nama: Program satu}}",
    contoh="zi terapkan perintah.yaml --oleh 198001012005011001",
    menulis=True,
)
@click.argument("berkas", metavar="FILE")
def perintah(konteks: Konteks, berkas: str) -> None:
    """Read the file into commands and run them in one transaction."""
    from zi_workflow.answers import ItemGagal
    from zi_workflow.batch import Bawaan, baca_batch
    from zi_workflow.loader.masukan import STDIN, baca_daftar_berkas, sebut_berkas

    penulisan = konteks.penulisan
    if penulisan.versi is not None:
        raise MasukanSalah("--versi tidak berlaku bagi berkas perintah", "Satu berkas dapat menyangkut banyak unit.", "Hapus --versi.")
    simpul = baca_daftar_berkas(berkas)
    if not simpul:
        raise MasukanSalah(
            f"{sebut_berkas(berkas)} tidak berisi perintah",
            "Berkas itu daftar perintah, paling sedikit satu, misalnya: - {perintah: catat, jenis: …, unit: …, isi: {…}}",
            "zi help terapkan",
        )
    folder = Path() if berkas == STDIN else Path(berkas).parent
    lampiran: list[tuple[Path, Berkas]] = []
    simpan = partial(_lampirkan, konteks, folder, lampiran)
    butir = baca_batch(simpul, Bawaan(konteks.tanggal(), konteks.pengaturan.pelaku, simpan, konteks.aplikasi().layanan.aturan))
    try:
        jawaban = kirim(konteks, [b.perintah for b in butir], lampiran, berkas_batch=True)
    except ItemGagal as e:
        raise _gagal(konteks, e, butir[e.urutan], berkas) from None
    konteks.keluarkan(jawaban.polos(), layar=partial(_layar, jawaban, len(simpul)))


def _lampirkan(konteks: Konteks, folder: Path, lampiran: list[tuple[Path, Berkas]], nama: str) -> Berkas:
    """Hash an evidence file that an item names, and remember it until the whole batch can be written."""
    ((jalan, isi),) = lampirkan(konteks, [folder / nama])
    lampiran.append((jalan, isi))
    return isi


def _layar(jawaban: Jawaban, butir: int, gaya: Gaya) -> str:
    akhir = "diperiksa; tidak ada yang ditulis" if jawaban.coba else "diterapkan"
    return layar_jawaban(jawaban, gaya) + ("" if jawaban.ulangan else f"{butir} butir {akhir}.\n")


def _gagal(konteks: Konteks, e: ItemGagal, butir: Butir, berkas: str) -> Galat:
    """Name the item and its line in what it raised or why it was refused."""
    from zi_workflow.loader.masukan import sebut_berkas

    tempat = f"{butir.tempat}: "
    if e.daftar is not None:
        lanjut = f"Perbaiki {sebut_berkas(berkas)}, lalu: zi terapkan {shlex.quote(berkas)} --coba"
        return ditolak([e.daftar], coba=konteks.penulisan.coba, awalan=tempat, lanjut=lanjut)
    asal = e.asal or Galat(e.pesan)
    if isinstance(asal, UnitTidakDitemukan):
        asal = unit_tak_ada(konteks, asal.unit, f"Ubah unit di {sebut_berkas(berkas)} menjadi")
    isi = butir.simpul.peta().get("isi")
    asal.pesan = tempat + (beri_baris(asal.pesan, isi) if isi is not None and isinstance(asal, MasukanSalah) else asal.pesan)
    return asal
