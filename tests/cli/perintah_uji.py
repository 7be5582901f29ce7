"""``zi`` with a few throw-away verbs that show what the base does; also a program: ``python -m tests.cli.perintah_uji uji-daftar``."""

from __future__ import annotations

import sys
import time
from datetime import date
from decimal import Decimal
from functools import partial

import click

from zi_workflow.cli import dasar, utama
from zi_workflow.cli.akar import akar as akar  # noqa: PLC0414 - handed on to the tests
from zi_workflow.cli.dasar import Kelompok, Konteks
from zi_workflow.cli.kemajuan import kemajuan
from zi_workflow.cli.tampilan import Gaya, Kolom, pasangan, tabel, tanda
from zi_workflow.domain.errors import Galat, Konflik, MasukanSalah

NAMA = (
    "[/x] [bold]tebal[/bold]",
    ":smile:",
    "=1+1",
    "\x1b[31mmerah\x1b[0m",
    "kiri\u202ekanan",
    "Dinas Kependudukan dan Pencatatan Sipil Kota Contoh " * 3,
)
SANDI = "rahasia-sekali"


@dasar.perintah("uji-daftar", "Daftar uji.", contoh="zi uji-daftar", daftar=True)
@click.option("--banyak", type=dasar.Bilangan(0), default=len(NAMA))
@click.option("--jenis", type=click.Choice(["layanan", "laporan"]))
def uji_daftar(konteks: Konteks, banyak: int, jenis: str | None) -> None:
    """Answer a list of hostile names."""
    baris = [
        {"kode": f"U{i}", "nama": NAMA[i % len(NAMA)], "nilai": Decimal("74.860"), "tanggal": date(2026, 5, 31)} for i in range(banyak)
    ]
    kolom: list[Kolom | str] = [Kolom("Kode", tetap=True), "Nama", Kolom("Nilai", kanan=True), Kolom("Tanggal", tetap=True), ""]

    def layar(gaya: Gaya) -> str:
        return tabel(kolom, [(*satu.values(), tanda("terpenuhi", gaya)) for satu in baris], gaya)

    konteks.keluarkan({"jenis": jenis, "unit": baris}, layar=layar, baris=baris)


@dasar.perintah("uji-tulis", "Tulisan uji.", contoh="zi uji-tulis --oleh 198001012005011001", menulis=True)
def uji_tulis(konteks: Konteks) -> None:
    """Answer the options of a writing verb."""
    isi = {**konteks.penulisan._asdict(), "oleh": konteks.oleh()}
    konteks.pesan("sedang menulis")
    konteks.keluarkan(isi, layar=partial(pasangan, list(isi.items())))


@dasar.perintah("uji-galat", "Galat uji.", contoh="zi uji-galat konflik")
@click.argument("jenis")
def uji_galat(konteks: Konteks, jenis: str) -> None:
    """Answer, and then fail in one of several ways."""
    konteks.keluarkan({"ada": True}, layar="jawaban yang tidak boleh tampak")
    match jenis:
        case "konflik":
            raise Konflik("Bentrok \u202e.", "Versi 3, bukan 2.\nLanjut: tipuan", "zi uji-galat lain")
        case "kosong":
            raise MasukanSalah("Salah.")
        case "ditolak":
            penolakan = [{"unit": "U1", "terpenuhi": False, "syarat": []}]
            raise dasar.Ditolak("Ditolak.", "Pasal 1", "zi periksa U1", penolakan=penolakan, layar=lambda gaya: f"lembar {gaya.lebar}\n")
        case "kutu":
            raise ValueError(f"gagal pada postgresql+psycopg://zi:{SANDI}@contoh/zi dan sandi {SANDI}")
        case "dasar":
            raise Galat("dasar")
        case "berkas":
            dasar.baca_masukan("/tidak/ada")
        case "penuh":
            raise OSError(28, "No space left on device")
        case "berhenti":
            raise KeyboardInterrupt
        case "lambat":
            sys.stderr.write("mulai\n")
            sys.stderr.flush()
            time.sleep(30)


@dasar.perintah("uji-kode", "Jawaban dengan kode.", contoh="zi uji-kode")
def uji_kode(konteks: Konteks) -> None:
    """Answer with the exit code of a check that found something."""
    konteks.keluarkan({"utuh": False}, layar="tidak utuh", kode=7)


@dasar.perintah("uji-tanya", "Pertanyaan uji.", contoh="zi uji-tanya --ya")
@dasar.opsi_ya
@dasar.opsi_konfirmasi
def uji_tanya(konteks: Konteks, *, ya: bool, konfirmasi: str | None) -> None:
    """Ask, and want a code repeated."""
    dasar.tanya_ya("Lanjutkan?", ya=ya)
    dasar.periksa_konfirmasi(konfirmasi, "U1")
    konteks.keluarkan({"jadi": True}, layar="jadi")


@dasar.perintah("uji-maju", "Kemajuan uji.", contoh="zi uji-maju")
def uji_maju(konteks: Konteks) -> None:
    """Show progress over two hundred things."""
    jumlah = sum(kemajuan(konteks, range(200), 200, "Memuat"))
    konteks.keluarkan({"jumlah": jumlah}, layar=str(jumlah))


kelompok = Kelompok("uji-kelompok", "Kelompok uji.")


@kelompok.perintah("tambah", "Tambah uji.", contoh="zi uji-kelompok tambah U1", menulis=True)
@click.argument("kode")
def tambah(konteks: Konteks, kode: str) -> None:
    """Answer the code."""
    konteks.keluarkan({"kode": kode}, layar=kode)


for satu in (uji_daftar, uji_tulis, uji_galat, uji_kode, uji_tanya, uji_maju, kelompok):
    akar.add_command(satu)

if __name__ == "__main__":
    sys.exit(utama.main())
