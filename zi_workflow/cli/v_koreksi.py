"""``zi koreksi``, ``zi tarik``, ``zi akui``: correct or retract a record by a new event; take note of what that touched."""

from __future__ import annotations

from collections.abc import Sequence

import click

from zi_workflow.cli.dasar import Bilangan, Konteks, Teks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.isian import sebut_baris
from zi_workflow.cli.tulis import jalankan, lampirkan
from zi_workflow.domain.errors import MasukanSalah

_ALASAN_MAKS = 4000


@verba(
    "koreksi",
    "Koreksi catatan bukti dengan peristiwa baru; keduanya tetap terlihat. Putusan yang bersandar padanya diperiksa ulang dan"
    " ditunjukkan, tidak ada yang dipindahkan. NOMOR: peristiwa catatan itu; tanggal catatan tetap.",
    contoh='zi koreksi 12 --isi isi.yaml --alasan "salah ketik jumlah pegawai" --oleh 198001012005011001',
    menulis=True,
)
@click.argument("nomor", type=Bilangan(1))
@click.option("--isi", "isi_berkas", required=True, metavar="FILE", help="Isi catatan seutuhnya, YAML atau JSON ('-' masukan baku).")
@click.option("--alasan", required=True, type=Teks(_ALASAN_MAKS), help="Mengapa catatan itu dikoreksi.")
@click.option("--berkas", multiple=True, metavar="FILE", help="Berkas bukti pengganti; boleh diulang. Tanpa ini berkas lama tetap.")
@click.option("--tanpa-berkas", "tanpa_berkas", is_flag=True, help="Lepaskan semua berkas bukti dari catatan itu.")
def koreksi(konteks: Konteks, nomor: int, isi_berkas: str, alasan: str, berkas: Sequence[str], tanpa_berkas: bool) -> None:
    """Correct a record."""
    from zi_workflow.domain.commands import Koreksi
    from zi_workflow.loader.masukan import baca_isi_berkas

    if berkas and tanpa_berkas:
        raise MasukanSalah("--berkas dan --tanpa-berkas bertentangan", "Berkas diganti, atau dilepaskan semua.", "Pilih salah satunya.")
    simpul = baca_isi_berkas(isi_berkas)
    isi = {k: s.polos() for k, s in simpul.peta().items()}
    oleh, hari = konteks.oleh(), konteks.tanggal()
    lampiran = lampirkan(konteks, berkas)
    bukti = tuple(b for _, b in lampiran) if berkas or tanpa_berkas else None
    with sebut_baris(simpul):
        jalankan(konteks, [Koreksi(nomor, isi, alasan, hari, oleh, bukti)], lampiran)


@verba(
    "tarik",
    "Tarik catatan bukti: sejak tanggalnya ia tidak berlaku lagi, tetapi tetap terlihat di jejak. Putusan yang bersandar padanya"
    " diperiksa ulang dan ditunjukkan, tidak ada yang dipindahkan.",
    contoh='zi tarik 12 --alasan "tercatat pada unit yang salah" --oleh 198001012005011001',
    menulis=True,
)
@click.argument("nomor", type=Bilangan(1))
@click.option("--alasan", required=True, type=Teks(_ALASAN_MAKS), help="Mengapa catatan itu ditarik.")
def tarik(konteks: Konteks, nomor: int, alasan: str) -> None:
    """Retract a record."""
    from zi_workflow.domain.commands import Tarik

    jalankan(konteks, [Tarik(nomor, alasan, konteks.tanggal(), konteks.oleh())])


@verba(
    "akui",
    "Akui peninjauan putusan yang timbul dari koreksi atau penarikan bukti; tandanya hilang dari unit. NOMOR: peristiwa PutusanDitinjau.",
    contoh='zi akui 46 --catatan "dibahas dalam rapat TPI; putusan tetap" --oleh 198203032006042003',
    menulis=True,
)
@click.argument("nomor", type=Bilangan(1))
@click.option("--catatan", required=True, type=Teks(_ALASAN_MAKS), help="Apa yang disimpulkan atau akan dilakukan.")
def akui(konteks: Konteks, nomor: int, catatan: str) -> None:
    """Take note of a review."""
    from zi_workflow.domain.commands import Akui

    jalankan(konteks, [Akui(nomor, catatan, konteks.tanggal(), konteks.oleh())])
