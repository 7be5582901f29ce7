"""``zi audit segel``: a signed checkpoint of the log, to the screen, to files, to the places that hold the last one."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.segel_bacaan import baca_checkpoint, kunci_dikenal, kunci_penanda, lanjutan, opsi_kunci_publik
from zi_workflow.cli.teks import aman
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal

if TYPE_CHECKING:
    from zi_workflow.seal.checkpoint import Bersegel
    from zi_workflow.seal.note import Pemeriksa
    from zi_workflow.seal.places import Tempat


@verba(
    "segel",
    "Terbitkan segel: banyaknya peristiwa dan akar pohonnya, ditandatangani. Peristiwa yang diubah ketahuan dari rantainya;"
    " rantai yang dihitung ulang, peristiwa terakhir yang dihapus, dan salinan lama yang dipulihkan hanya ketahuan"
    " terhadap segel yang disimpan di tempat lain.",
    contoh="zi audit segel --ke segel.txt",
)
@click.option("--ke", "ke", metavar="FILE", multiple=True, help="Tulis juga ke berkas ini (boleh berulang); segel lama di sana diganti.")
@click.option("--terhadap", metavar="FILE|-", help="Segel terdahulu; yang baru harus kelanjutannya.")
@click.option("--kunci-segel", metavar="FILE", multiple=True, help="Kunci penanda tangan; berulang agar kunci lama ikut menandatangani.")
@opsi_kunci_publik
def perintah(konteks: Konteks, ke: Sequence[str], terhadap: str | None, kunci_segel: Sequence[str], kunci_publik: Sequence[str]) -> None:
    """Seal the log."""
    from zi_workflow.seal.checkpoint import Checkpoint, tandatangani
    from zi_workflow.seal.places import simpan

    kunci = kunci_penanda(konteks, kunci_segel)
    asal = kunci[0].pemeriksa.nama
    tempat = _tempat(konteks, asal, ke, [*(satu.pemeriksa for satu in kunci), *kunci_dikenal(konteks, kunci_publik)])
    lama = [(satu.jalan, satu.lama) for satu in tempat if satu.lama is not None]
    if terhadap is not None:
        lama.append((terhadap, _terhadap(konteks, terhadap, kunci_publik, asal)))
    ukuran, akar = lanjutan(konteks, lama)
    checkpoint = Checkpoint(asal, ukuran, akar)
    catatan = tandatangani(checkpoint, kunci)
    gagal = [(satu.jalan, galat) for satu in tempat if (galat := simpan(satu, checkpoint, catatan)) is not None]
    for jalan, galat in gagal:
        konteks.pesan(f"Segel tidak tersimpan di {aman(jalan)}: {galat.pesan}. {galat.sebab} {galat.lanjut}")
    konteks.pesan(f"Segel atas {ukuran} peristiwa; tersimpan di {len(tempat) - len(gagal)} dari {len(tempat)} tempat.")
    sebab = {jalan: f"{galat.pesan}. {galat.sebab}" for jalan, galat in gagal}
    data = {
        "asal": asal,
        "ukuran": ukuran,
        "akar": base64.b64encode(akar).decode(),
        "segel": catatan,
        "kunci_publik": [satu.pemeriksa.teks for satu in kunci],
        "tempat": [{"berkas": s.jalan, "tersimpan": s.jalan not in sebab, "sebab": sebab.get(s.jalan)} for s in tempat],
    }
    konteks.keluarkan(data, layar=catatan, kode=PenyimpananGagal.kode if gagal else 0)


def _tempat(konteks: Konteks, asal: str, ke: Sequence[str], dikenal: Sequence[Pemeriksa]) -> list[Tempat]:
    """Look at every place once; a file that was typed and cannot be used is the caller's mistake at once. Raises Galat."""
    from zi_workflow.seal.places import lihat

    diketik = [lihat(satu, asal, dikenal) for satu in dict.fromkeys(ke) if satu != "-"]
    for satu in diketik:
        if satu.galat is not None:
            raise satu.galat
    return diketik + [lihat(satu, asal, dikenal) for satu in dict.fromkeys(konteks.pengaturan.tempat_segel) if satu not in ke]


def _terhadap(konteks: Konteks, nama: str, kunci_publik: Sequence[str], asal: str) -> Bersegel:
    hasil = baca_checkpoint(konteks, nama, kunci_publik)
    if hasil.checkpoint.asal != asal:
        raise MasukanSalah(
            f"Segel {aman(nama)} milik log lain.", f"Asalnya {aman(hasil.checkpoint.asal)}, bukan {aman(asal)}.", "Sebut segel log ini."
        )
    return hasil
