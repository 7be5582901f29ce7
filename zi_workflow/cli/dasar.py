'''How to write a verb.

A verb ``nama`` lives in ``cli/v_nama.py`` under the name ``perintah`` and stands in ``akar.TABEL``. Import only click and
``zi_workflow.cli`` at the top; libraries and the application come inside the function. Help is Indonesian and given as an
argument (the docstring stays English); ``contoh`` is one line that runs. The function gets a ``Konteks`` and its own
parameters; --json, --debug, --warna, --basis, --regulasi are there by themselves, ``daftar=True`` adds --jsonl,
``menulis=True`` adds --tanggal --oleh --coba --kunci --versi (``konteks.tanggal()``, ``konteks.oleh()``,
``konteks.penulisan``). Never print: answer once, at the end, with ``konteks.keluarkan(data, layar=..., baris=...)``; say
what happens meanwhile with ``konteks.pesan``. Raise errors of ``domain.errors``; for a refusal raise ``galat.Ditolak``.
Names that may be misspelt: ``MasukanSalah("... " + maksud_anda(kode, semua))``. A question: ``tanya_ya`` below.

    from zi_workflow.cli.dasar import NIP, Konteks
    from zi_workflow.cli.dasar import perintah as verba

    @verba("pangkat", "Tampilkan pangkat pejabat.", contoh="zi pangkat 198001012005011001", daftar=True)
    @click.argument("nip", type=NIP)
    def perintah(konteks: Konteks, nip: str) -> None:
        """Show the ranks of one official."""
        baris = konteks.aplikasi().pangkat(nip)
        layar = partial(tabel, ["Pangkat", Kolom("Sejak", tetap=True)], [(b["nama"], b["sejak"]) for b in baris])
        konteks.keluarkan({"nip": nip, "pangkat": baris}, layar=layar, baris=baris)

A verb with sub-verbs: ``perintah = Kelompok("unit", "...")`` and ``@perintah.perintah("daftar", "...", contoh=...)``.
'''

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from zi_workflow.cli.galat import Ditolak
from zi_workflow.cli.keluaran import tulis_galat
from zi_workflow.cli.kerangka import Kelompok, Perintah
from zi_workflow.cli.konteks import Konteks, Penulisan
from zi_workflow.cli.pengaturan import WARNA
from zi_workflow.cli.saran import maksud_anda, saran
from zi_workflow.cli.sesi import Sesi
from zi_workflow.cli.teks import aman
from zi_workflow.cli.tipe import DESIMAL, INSTAN, NIP, TANGGAL, YA_TIDAK, Bilangan, Teks
from zi_workflow.domain.errors import MasukanSalah

__all__ = ["DESIMAL", "INSTAN", "NIP", "TANGGAL", "YA_TIDAK", "Bilangan", "Ditolak", "Kelompok", "Konteks", "Penulisan", "Perintah", "Teks"]
__all__ += [
    "baca_masukan",
    "baca_teks",
    "maksud_anda",
    "opsi_konfirmasi",
    "opsi_ya",
    "periksa_konfirmasi",
    "perintah",
    "saran",
    "tanya_ya",
    "tulis_berkas",
]

Fungsi = Callable[..., None]


def perintah(
    nama: str,
    bantuan: str,
    *,
    contoh: str,
    daftar: bool = False,
    menulis: bool = False,
    berwaktu: bool = False,
    **lain: Any,  # noqa: ANN401 - click's own arguments
) -> Callable[[Fungsi], Perintah]:
    """Make a verb from a function ``(konteks, **own parameters) -> None``; ``lain`` goes to click.Command.

    ``daftar``: it answers a list (--jsonl). ``menulis``: it changes the store. ``berwaktu``: it may be asked of the past
    (--per, --diketahui): the application's service then answers from there, and ``konteks.sudut`` says from where.
    """

    def hias(fungsi: Fungsi) -> Perintah:
        def jalankan(**nilai: Any) -> None:  # noqa: ANN401 - whatever the options hold
            _jalankan(fungsi, menulis, nilai)

        satu = Perintah(
            nama, callback=jalankan, help=bantuan, params=_params(fungsi, daftar=daftar, menulis=menulis, berwaktu=berwaktu), **lain
        )
        satu.contoh, satu.menulis = contoh, menulis
        return satu

    return hias


def _jalankan(fungsi: Fungsi, menulis: bool, nilai: dict[str, Any]) -> None:
    sesi: Sesi = click.get_current_context().find_root().obj
    mode = "jsonl" if nilai.pop("_jsonl", False) else "json" if nilai["_json"] else "layar"
    opsi = {kunci: nilai.pop(f"_{kunci}", None) for kunci in ("basis", "regulasi", "warna", "pelaku")}
    penulisan = Penulisan(*(nilai.pop(f"_{kunci}", None) for kunci in ("tanggal", "coba", "kunci", "versi")))
    for umum in ("_json", "_debug"):
        nilai.pop(umum)
    konteks = Konteks(sesi, opsi, mode, penulisan, (nilai.pop("_per", None), nilai.pop("_diketahui", None)))
    try:
        _ = konteks.pengaturan  # a mistake in the settings is told before anything is done
        fungsi(konteks, **nilai)
    finally:
        konteks.tutup()
    sesi.menulis = menulis and not penulisan.coba


def _params(fungsi: Fungsi, *, daftar: bool, menulis: bool, berwaktu: bool) -> list[click.Parameter]:
    """Return the verb's own parameters, then the common ones."""
    hasil: list[click.Parameter] = list(reversed(getattr(fungsi, "__click_params__", ())))
    if menulis:
        hasil += [
            click.Option(["--tanggal", "_tanggal"], type=TANGGAL, help="Tanggal berlaku; bawaan hari ini (WIB)."),
            click.Option(["--oleh", "_pelaku"], type=NIP, help="Pejabat yang bertindak; bawaan ZI_PELAKU."),
            click.Option(["--coba", "_coba"], is_flag=True, help="Periksa dan tampilkan saja; tidak ada yang ditulis."),
            click.Option(["--kunci", "_kunci"], type=Teks(), help="Kunci agar pengulangan tidak menulis dua kali."),
            click.Option(["--versi", "_versi"], type=Bilangan(0), metavar="N", help="Versi unit yang diharapkan."),
        ]
    if berwaktu:
        hasil += [
            click.Option(["--per", "_per"], type=TANGGAL, help="Seperti keadaannya pada tanggal itu."),
            click.Option(
                ["--diketahui", "_diketahui"],
                type=INSTAN,
                help="Seperti yang diketahui register saat itu (WIB); hari: sampai akhirnya.",
            ),
        ]
    hasil.append(click.Option(["--json", "_json"], is_flag=True, help="Jawaban sebagai satu nilai JSON."))
    if daftar:
        hasil.append(click.Option(["--jsonl", "_jsonl"], is_flag=True, help="Jawaban sebagai JSON, satu nilai per baris."))
    return [
        *hasil,
        click.Option(["--basis", "_basis"], metavar="URL", help="Penyimpanan; bawaan ZI_BASIS."),
        click.Option(["--regulasi", "_regulasi"], metavar="DIR", help="Definisi aturan; bawaan ZI_REGULASI."),
        click.Option(["--warna", "_warna"], type=click.Choice(WARNA), help="Warna pada terminal."),
        click.Option(["--debug", "_debug"], is_flag=True, help="Tampilkan jejak galat."),
    ]


def baca_masukan(nama: str) -> bytes:
    """Return the content of a file, or of stdin for ``-``. Raises OSError (told as exit 2, with the name)."""
    if nama == "-":
        return sys.stdin.buffer.read()
    with open(nama, "rb") as berkas:  # noqa: PTH123 - the name as typed, for the message
        return berkas.read()


def baca_teks(nama: str) -> str:
    """Return the text of a file, or of stdin for ``-``; a BOM is dropped. Raises MasukanSalah (naming the line) where it is not UTF-8."""
    isi = baca_masukan(nama)
    try:
        return isi.decode("utf-8-sig")
    except UnicodeDecodeError as salah:
        baris = isi.count(b"\n", 0, salah.start) + 1
        tempat = "masukan baku" if nama == "-" else nama
        raise MasukanSalah(
            f"{tempat} baris {baris}: bukan UTF-8.", "Berkas teks ditulis dengan UTF-8.", "Simpan ulang berkas itu sebagai UTF-8."
        ) from None


def opsi_konfirmasi(fungsi: Fungsi) -> Fungsi:
    """Add ``--konfirmasi KODE``, for an act that cannot be undone (parameter ``konfirmasi``)."""
    return click.option("--konfirmasi", metavar="KODE", help="Ulangi kode yang disebut; wajib, karena tidak dapat dibatalkan.")(fungsi)


def periksa_konfirmasi(konfirmasi: str | None, kode: str) -> None:
    """Refuse unless ``--konfirmasi`` repeats ``kode``. Raises MasukanSalah."""
    if konfirmasi != kode:
        pesan = (
            "Perintah ini tidak dapat dibatalkan dan belum dikonfirmasi."
            if konfirmasi is None
            else f"Konfirmasi {konfirmasi!r} bukan {kode!r}."
        )
        raise MasukanSalah(pesan, f"Kode yang harus diulang: {kode}.", f"Tambahkan --konfirmasi {kode}")


def opsi_ya(fungsi: Fungsi) -> Fungsi:
    """Add ``--ya``, which answers a y/t question (parameter ``ya``)."""
    return click.option("--ya", is_flag=True, help="Jawab ya tanpa bertanya.")(fungsi)


def tanya_ya(pertanyaan: str, *, ya: bool) -> None:
    """Ask a y/t question on the terminal; ``ya`` answers it. Raises click.Abort for no, MasukanSalah where nobody can answer."""
    if ya:
        return
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        raise MasukanSalah("Pertanyaan ini perlu jawaban: " + pertanyaan, "Masukan atau layar bukan terminal.", "Tambahkan --ya")
    while True:
        tulis_galat(f"{aman(pertanyaan)} [y/t]: ")
        jawaban = sys.stdin.readline()
        if jawaban.strip().lower() in {"y", "ya"}:
            return
        if not jawaban or jawaban.strip().lower() in {"t", "tidak", ""}:
            raise click.Abort


def tulis_berkas(nama: str, isi: bytes) -> None:
    """Write a document to a new or existing file; for ``-`` it is the answer (stdout, when the verb is done). Raises OSError."""
    if nama == "-":
        click.get_current_context().find_root().obj.simpan(isi)
        return
    with open(nama, "wb") as berkas:  # noqa: PTH123 - the name as typed, for the message
        berkas.write(isi)
