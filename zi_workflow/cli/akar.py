"""The root ``zi``: a static table of verbs, so that help and completion import none of them."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

from zi_workflow import __version__
from zi_workflow.cli.kerangka import KelompokMalas, kirim

_V = "zi_workflow.cli.v_"
TABEL = (
    ("demo", _V + "demo", "perintah", "Coba zi dengan penyimpanan contoh yang dapat dibuang."),
    ("siapkan", _V + "siapkan", "perintah", "Buat atau mutakhirkan penyimpanan; aman diulang."),
    ("unit", _V + "unit", "perintah", "Tambah, impor, daftar, dan lihat unit kerja."),
    ("pejabat", _V + "pejabat", "perintah", "Angkat, akhiri, dan daftar pejabat beserta perannya."),
    ("catat", _V + "catat", "perintah", "Catat bukti, satu anak perintah untuk tiap jenis."),
    ("lke", _V + "lke", "perintah", "Lembar Kerja Evaluasi: buku kerja, nilai, perbandingan, jalan lulus."),
    ("maju", _V + "maju", "perintah", "Ambil satu langkah untuk satu atau beberapa unit."),
    ("periksa", _V + "periksa", "perintah", "Tampilkan daftar syarat suatu langkah, tanpa menulis."),
    ("koreksi", _V + "koreksi", "koreksi", "Koreksi catatan bukti; tunjukkan putusan yang bersandar padanya."),
    ("tarik", _V + "koreksi", "tarik", "Tarik catatan bukti; tunjukkan putusan yang bersandar padanya."),
    ("akui", _V + "koreksi", "akui", "Akui peninjauan putusan sesudah koreksi atau penarikan."),
    ("pengaduan", _V + "pengaduan", "perintah", "Terima, tangani, dan pantau pengaduan atas unit berpredikat."),
    ("terapkan", _V + "terapkan", "perintah", "Tulis banyak catatan dari satu berkas, semua atau tidak sama sekali."),
    ("tenggat", _V + "tenggat", "perintah", "Daftar, penjelasan, kalender, dan prakiraan tenggat setiap unit."),
    ("jadwal", _V + "jadwal", "perintah", "Sapu tenggat, jalankan penjadwal, antar surat."),
    ("regulasi", _V + "regulasi", "perintah", "Periksa dan tampilkan definisi aturan, pasal demi pasal."),
    ("audit", _V + "audit", "perintah", "Jejak audit: cari, lihat, verifikasi, segel, ekspor, putuskan ulang."),
    ("proyeksi", _V + "proyeksi", "perintah", "Bangun ulang tabel baca dari peristiwa."),
    ("doktor", _V + "doktor", "perintah", "Periksa pemasangan dan penyimpanan; tidak mengubah apa pun."),
    ("bantuan", _V + "bantuan", "perintah", "Bantuan suatu perintah atau topik (juga: zi help)."),
)
_BANTUAN = """Mesin alur kerja Zona Integritas: pencanangan, pembangunan, penilaian,
penetapan, dan pemantauan unit kerja menuju WBK dan WBBM.

Opsi ditulis sesudah perintah. Nama perintah dan opsi ditulis utuh, tidak disingkat."""
_PENUTUP = "Topik: zi help kode-keluar | lingkungan | format | pelengkapan. Bantuan satu perintah: zi help PERINTAH."


class Akar(KelompokMalas):
    """The root group; started as a program it answers through ``utama.jalankan``."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the verb; ``help`` is ``bantuan`` by its English name."""
        return super().get_command(ctx, "bantuan" if cmd_name == "help" else cmd_name)

    def main(self, args: Any = None, *_lain: Any, **_opsi: Any) -> NoReturn:  # noqa: ANN401 - click's signature
        """Run like the program (click's runner for tests calls this)."""
        from zi_workflow.cli.utama import jalankan

        sys.exit(jalankan(list(sys.argv[1:] if args is None else args)))

    def lengkapi(self) -> NoReturn:
        """Answer the shell's question for completions (``_ZI_COMPLETE`` is set)."""
        sys.exit(super().main(prog_name="zi", complete_var="_ZI_COMPLETE"))


def _versi(ctx: click.Context, _opsi: click.Parameter, nilai: bool) -> None:
    if nilai and not ctx.resilient_parsing:
        kirim(ctx, f"zi {__version__}")
        ctx.exit()


def _mulai(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        kirim(ctx, ctx.get_help())


akar = Akar(
    "zi",
    _BANTUAN,
    tabel=TABEL,
    contoh="zi demo",
    epilog=_PENUTUP,
    callback=click.pass_context(_mulai),
    invoke_without_command=True,
    subcommand_metavar="PERINTAH [ARGUMEN]...",
    params=[
        click.Option(
            ["--versi-program", "--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_versi,
            help="Tampilkan versi program ini.",
        )
    ],
)
