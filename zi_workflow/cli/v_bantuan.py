"""``zi bantuan`` (``zi help``): the help of a verb, or one of the topics."""

from __future__ import annotations

import click

from zi_workflow.cli.bantuan import TOPIK
from zi_workflow.cli.kerangka import Perintah, kirim
from zi_workflow.cli.saran import saran


def _bantuan(ctx: click.Context, nama: tuple[str, ...], sebagai_json: bool) -> None:
    """Show the root's help, a topic, or the help of the verb that ``nama`` leads to. Raises MasukanSalah."""
    teks = TOPIK[nama[0]] if len(nama) == 1 and nama[0] in TOPIK else _bantuan_perintah(ctx, nama)
    if sebagai_json:
        import sys

        from zi_workflow.cli.keluaran import pengodean
        from zi_workflow.cli.tampilan import json_teks

        teks = json_teks({"nama": " ".join(nama), "teks": teks}, pengodean(sys.stdout))
    kirim(ctx, teks)


def _bantuan_perintah(ctx: click.Context, nama: tuple[str, ...]) -> str:
    jalan = ctx.find_root()
    for kata in nama:
        kelompok = jalan.command
        tujuan = kelompok.get_command(jalan, kata) if isinstance(kelompok, click.Group) else None
        if tujuan is None:
            pilihan = [] if not isinstance(kelompok, click.Group) else kelompok.list_commands(jalan)
            raise _tidak_ada(ctx, nama, kata, [*pilihan, *(TOPIK if jalan.parent is None else ())])
        jalan = click.Context(tujuan, info_name=kata, parent=jalan)
    return jalan.get_help()


def _tidak_ada(ctx: click.Context, nama: tuple[str, ...], kata: str, pilihan: list[str]) -> Exception:
    from zi_workflow.domain.errors import MasukanSalah

    dugaan = saran(kata, pilihan)
    maksud = f" Maksud Anda: {', '.join(dugaan)}?" if dugaan else ""
    lanjut = " ".join([ctx.command_path, *(dugaan[0] if satu == kata else satu for satu in nama)]) if dugaan else "zi help"
    return MasukanSalah(f"Tidak ada bantuan untuk {kata!r}.{maksud}", f"Topik: {', '.join(TOPIK)}; perintah: lihat zi help.", lanjut)


perintah = Perintah(
    "bantuan",
    callback=click.pass_context(_bantuan),
    help="Tampilkan bantuan suatu perintah, atau satu topik: kode-keluar, lingkungan, format, pelengkapan.",
    params=[
        click.Argument(["nama"], nargs=-1, metavar="[PERINTAH|TOPIK]..."),
        click.Option(["--json", "sebagai_json"], is_flag=True, help="Jawaban sebagai satu nilai JSON."),
        click.Option(["--debug"], is_flag=True, expose_value=False, help="Tampilkan jejak galat."),
    ],
)
perintah.contoh = "zi help kode-keluar"
