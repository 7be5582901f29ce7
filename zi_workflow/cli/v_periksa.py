"""``zi periksa``: the checklist of a move, at any time, writing nothing."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.alur import UTAMA, Alur
from zi_workflow.cli.dasar import NIP, TANGGAL, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.isian import sebut_baris
from zi_workflow.cli.lembar import lembar
from zi_workflow.cli.tulis import langkah_tak_dikenal, saran_unit
from zi_workflow.domain.errors import MasukanSalah, UnitTidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.domain.definition import Langkah
    from zi_workflow.domain.events import Polos
    from zi_workflow.domain.state import Unit

_TIDAK_TERPENUHI = 5
_PREDIKAT = "predikat"


@verba(
    "periksa",
    "Tampilkan daftar periksa suatu langkah, tanpa menulis. Tanpa LANGKAH: langkah utama dari tahap unit.",
    contoh="zi periksa DISDUKCAPIL",
    berwaktu=True,
)
@click.argument("unit")
@click.argument("langkah", required=False)
@click.option("--predikat", type=click.Choice(["WBK", "WBBM"]), help="Predikat yang akan diusulkan atau ditetapkan.")
@click.option("--pada", type=TANGGAL, help="Tanggal langkah itu; bawaan --per, atau hari ini (WIB).")
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
    periksa(konteks, unit, langkah, (pada, oleh, isi_berkas, predikat), kode_keluar=kode_keluar)


def periksa(
    konteks: Konteks,
    kode: str,
    langkah: str | None,
    soal: tuple[date | None, str | None, str | None, str | None],
    *,
    kode_keluar: bool,
    alur: Alur = UTAMA,
) -> None:
    """Answer with a checklist for a file of a workflow; ``soal``: the day, who acts, the file of fields, the predikat."""
    pada, oleh, isi_berkas, predikat = soal
    layanan = konteks.aplikasi().layanan
    with saran_unit(konteks, alur, (kode,)):
        berkas = layanan.unit(kode, alur.id)
        if berkas is None:
            raise UnitTidakDitemukan(kode)
        aturan = _langkah(konteks, berkas, langkah, alur)
        if aturan is None:
            _tanpa_langkah(konteks, berkas, pada, alur)
            return
        isi = _isi(aturan, kode, isi_berkas, predikat)
        daftar = layanan.periksa(kode, aturan.nama, isi, pada, oleh, alur=alur.id)
    if daftar is not None:
        keluar = _TIDAK_TERPENUHI if kode_keluar and not daftar.terpenuhi else 0
        konteks.keluarkan(daftar.polos(), layar=partial(lembar, daftar, nama=berkas.nama), kode=keluar)


def _langkah(konteks: Konteks, berkas: Unit, nama: str | None, alur: Alur) -> Langkah | None:
    """Return the move of that name, or the main one from the unit's stage; raises LangkahTidakTersedia where it is unknown."""
    definisi = konteks.aplikasi().layanan.aturan(alur.id)
    if nama is None:
        return next((x for x in definisi.langkah_dari(berkas.keadaan.tahap) if x.utama), None)
    if nama not in definisi.langkah:
        raise langkah_tak_dikenal(konteks, nama, berkas.kode, alur)
    return definisi.langkah[nama]


def _tanpa_langkah(konteks: Konteks, berkas: Unit, pada: date | None, alur: Alur) -> None:
    """Answer that the stage has no main move."""
    tahap = berkas.keadaan.tahap
    ada = ", ".join(x.nama for x in konteks.aplikasi().layanan.aturan(alur.id).langkah_dari(tahap)) or "tidak ada"
    hari = pada or konteks.aplikasi().hari_ini()
    kosong: dict[str, object] = {"unit": berkas.kode, "perintah": None, "pada": hari, "tahap": tahap, "terpenuhi": False, "syarat": []}
    konteks.keluarkan(kosong, layar=f"Tidak ada langkah utama dari tahap {tahap}. Langkah lain: {ada}.\n")


def _isi(aturan: Langkah, unit: str, nama: str | None, predikat: str | None) -> dict[str, Polos]:
    """Read the fields that are given; those that are missing are what the checklist may name."""
    if predikat is not None and all(i.nama != _PREDIKAT for i in aturan.isian):
        raise MasukanSalah(f"Langkah {aturan.nama} tidak memakai predikat", "Hanya usulan dan penetapan predikat.", "Hapus --predikat.")
    isi = {} if nama is None else _isi_berkas(aturan, nama)
    if predikat is not None and _PREDIKAT in isi:
        raise MasukanSalah("Predikat disebut dua kali", "Sekali sebagai opsi, sekali di dalam --isi.", "Hapus --predikat.")
    dari_berkas = isi.pop(_PREDIKAT, None)
    pilihan = predikat or (dari_berkas.get(unit) if isinstance(dari_berkas, dict) else dari_berkas)
    return isi if pilihan is None else {**isi, _PREDIKAT: pilihan}


def _isi_berkas(aturan: Langkah, nama: str) -> dict[str, Polos]:
    from zi_workflow.domain.fields import baca_isi
    from zi_workflow.loader.masukan import baca_isi_berkas

    simpul = baca_isi_berkas(nama)
    mentah = {k: s.polos() for k, s in simpul.peta().items()}
    dipakai = [i for i in aturan.isian if i.nama in mentah or not i.wajib]
    with sebut_baris(simpul):
        return baca_isi(dipakai, mentah, f"langkah {aturan.nama}")
