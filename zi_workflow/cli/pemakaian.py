"""Wrong usage in three lines: what is wrong (and what was meant), how the command is written, what to type next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

import click
from click.exceptions import NoArgsIsHelpError

from zi_workflow.cli.saran import saran
from zi_workflow.cli.sesi import Sesi

UMUM = ("--json", "--jsonl", "--debug", "--warna", "--basis", "--regulasi", "--tanggal", "--oleh", "--coba", "--kunci", "--versi")
_TANPA_NILAI = ("--json", "--jsonl", "--debug", "--coba")


def uraikan_pemakaian(salah: click.UsageError, sesi: Sesi) -> tuple[str, str, str]:
    """Return pesan, sebab and lanjut for an error of click."""
    ctx = salah.ctx
    if ctx is None:
        return _rata(salah.format_message()), "Pemakaian: zi PERINTAH [ARGUMEN]...", "zi help"
    sebab, lanjut = _rata(ctx.get_usage()), f"{ctx.command_path} --help"
    if isinstance(salah, NoArgsIsHelpError) and isinstance(ctx.command, click.Group):
        return f"{ctx.command_path}: anak perintah belum disebut.", f"Pilihan: {', '.join(ctx.command.list_commands(ctx))}.", lanjut
    if isinstance(salah, click.NoSuchOption):
        return _opsi(salah, ctx, sesi.argumen, (sebab, lanjut))
    pesan, ditulis, pilihan = _rata(salah.format_message()), "", list[str]()
    if isinstance(salah, click.NoSuchCommand) and isinstance(ctx.command, click.Group):
        pesan, ditulis = _rata(salah.message), salah.command_name
        pilihan = saran(ditulis, ctx.command.list_commands(ctx))
    elif isinstance(salah, click.BadParameter) and salah.param and isinstance(salah.param.type, click.Choice):
        ditulis, pilihan = _pilihan(salah.message, [str(satu) for satu in salah.param.type.choices], sesi.argumen)
    if pilihan:
        return f"{pesan} Maksud Anda: {', '.join(pilihan)}?", sebab, ganti(sesi.argumen, ditulis, pilihan[0]) or lanjut
    return pesan, sebab, lanjut


def _opsi(salah: click.NoSuchOption, ctx: click.Context, argumen: Sequence[str], bawaan: tuple[str, str]) -> tuple[str, str, str]:
    """Explain an unknown option: misspelt, or written before the verb that has it."""
    ditulis = next((a for a in argumen if a.startswith(salah.option_name)), salah.option_name).split("=")[0]
    pesan = f"Tidak ada opsi {ditulis!r}."
    lengkap = ditulis if ditulis.startswith("--") else f"-{ditulis}"
    opsi = [nama for satu in ctx.command.get_params(ctx) for nama in (*satu.opts, *satu.secondary_opts) if nama.startswith("--")]
    kelompok = isinstance(ctx.command, click.Group)
    pilihan = saran(lengkap, [*opsi, *(UMUM if kelompok else ())])
    if pilihan and pilihan[0] != ditulis:
        pesan += f" Maksud Anda: {', '.join(pilihan)}?"
    if kelompok and pilihan and pilihan[0] in UMUM:
        return pesan, f"Opsi {pilihan[0]} ditulis sesudah perintah.", _pindahkan(argumen, ditulis, pilihan[0])
    return pesan, bawaan[0], (ganti(argumen, ditulis, pilihan[0]) if pilihan else "") or bawaan[1]


def _pilihan(pesan: str, boleh: list[str], argumen: Sequence[str]) -> tuple[str, list[str]]:
    """Return the word of the command line that is no choice, and what it may have meant."""
    for satu in argumen:
        nilai = satu.split("=", 1)[1] if satu.startswith("--") and "=" in satu else satu
        if pesan.startswith(repr(nilai)) and nilai not in boleh:
            return nilai, saran(nilai, boleh)
    return "", []


def _rata(teks: str) -> str:
    return " ".join(teks.split())


def ganti(argumen: Sequence[str], salah: str, benar: str) -> str:
    """Return the command line with the one wrong word replaced, or nothing where that is not certain."""
    hasil = [benar if a == salah else benar + a[len(salah) :] if a.startswith(f"{salah}=") else a for a in argumen]
    if sum(a != b for a, b in zip(argumen, hasil, strict=True)) != 1:
        hasil = [f"{a.split('=', 1)[0]}={benar}" if a.startswith("--") and a.endswith(f"={salah}") else a for a in argumen]
    return shlex.join(["zi", *hasil]) if sum(a != b for a, b in zip(argumen, hasil, strict=True)) == 1 else ""


def _pindahkan(argumen: Sequence[str], ditulis: str, opsi: str) -> str:
    if opsi in _TANPA_NILAI and ditulis in argumen:
        return shlex.join(["zi", *(a for a in argumen if a != ditulis), opsi])
    return f"zi PERINTAH ... {opsi} NILAI"
