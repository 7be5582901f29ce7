#!/usr/bin/env python3
"""Write the pages that are made from the code: docs/perintah.md (every verb) and docs/katalog-peristiwa.md (every event)."""

from __future__ import annotations

import dataclasses
import inspect
import sys
import types
import typing
from pathlib import Path

import click

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))

from zi_workflow.cli.akar import akar  # noqa: E402 - the tree itself is described, installed or not
from zi_workflow.cli.sesi import Sesi  # noqa: E402
from zi_workflow.domain import events  # noqa: E402
from zi_workflow.store.codec import DAFTAR  # noqa: E402

KEPALA_PERINTAH = """# Semua perintah

Halaman ini dibuat dari program (`python scripts/dokumen.py`); jangan disunting. Opsi umum setiap perintah: `--json`, `--basis`,
`--regulasi`, `--warna`, `--debug`. Opsi umum yang menulis: `--tanggal`, `--oleh`, `--coba`, `--kunci`, `--versi`.
"""
UMUM = frozenset(
    ("--json", "--jsonl", "--basis", "--regulasi", "--warna", "--debug", "--tanggal", "--oleh", "--coba", "--kunci", "--versi"),
)
SEBUTAN = {"str": "teks", "int": "bilangan bulat", "bool": "ya/tidak", "Berkas": "berkas (sha256, ukuran, nama)"}
KEPALA_PERISTIWA = """# Katalog peristiwa

Halaman ini dibuat dari program (`python scripts/dokumen.py`); jangan disunting. Nama dan versi di sini adalah format simpan:
peristiwa lama dibaca melalui penaik versi, dan peristiwa yang lebih baru daripada program ditolak (kode keluar 8).

Setiap peristiwa membawa amplop: `nomor` (urut tanpa celah dalam register), `aliran` (`instansi/alur/kode`) dan `versi` di dalamnya,
`tanggal` (kapan terjadi), `waktu_catat` (kapan dicatat, UTC, tidak pernah mundur) dan `jam` (jam mentahnya), `oleh` (siapa yang bertindak),
`pencatat` (akun yang mengetik), `kunci` (kunci pengulangan), `dibaca` (versi aliran lain yang dibaca putusannya), `dasar` (kutipan),
`sidik_regulasi` (sidik definisi yang memutuskan), dan `rantai` (sidik berantai dalam alirannya).

Aliran: `binjai/zi/KODE` (berkas unit), `binjai/zi-penolakan/KODE` (penolakan), `binjai/instansi/fakta`, `binjai/instansi/pejabat`.
"""


def main() -> int:
    """Write both pages; with --periksa write nothing, name the pages that are out of date and return 1 where there are any."""
    halaman = {AKAR / "docs" / "perintah.md": perintah(), AKAR / "docs" / "katalog-peristiwa.md": peristiwa()}
    lama = [jalan for jalan, isi in halaman.items() if not jalan.exists() or jalan.read_text(encoding="utf-8") != isi]
    if "--periksa" in sys.argv[1:]:
        sys.stderr.writelines(f"{jalan.name} tidak sesuai dengan program: python scripts/dokumen.py\n" for jalan in lama)
        return 1 if lama else 0
    for jalan in lama:
        jalan.write_text(halaman[jalan], encoding="utf-8")
    return 0


def perintah() -> str:
    """Return the page of all verbs: usage, words, own options, one example each."""
    bagian = [KEPALA_PERINTAH]
    ctx = click.Context(akar, info_name="zi", obj=Sesi([]))
    for nama in akar.list_commands(ctx):
        satu = akar.get_command(ctx, nama)
        if satu is not None and not satu.hidden:
            bagian += _uraian(satu, click.Context(satu, parent=ctx, info_name=nama), 2)
    return "\n".join(bagian).rstrip() + "\n"


def _uraian(satu: click.Command, ctx: click.Context, tingkat: int) -> list[str]:
    hasil = [f"{'#' * tingkat} `{ctx.command_path}`", "", (satu.help or "").replace("\n\n", "\n").strip(), ""]
    hasil += [f"    {b}" for b in [" ".join([ctx.command_path, *satu.collect_usage_pieces(ctx)])]]
    hasil.append("")
    opsi = [p for p in satu.get_params(ctx) if isinstance(p, click.Option) and not UMUM & set(p.opts) and "--help" not in p.opts]
    hasil += [f"- `{', '.join(p.opts)}` {p.help or ''}".rstrip() for p in opsi]
    hasil += [""] if opsi else []
    contoh = getattr(satu, "contoh", "").strip()
    hasil += ["Contoh:", "", *[f"    {b.strip()}" for b in contoh.splitlines()], ""] if contoh else []
    if isinstance(satu, click.Group):
        for nama in satu.list_commands(ctx):
            anak = satu.get_command(ctx, nama)
            if anak is not None and not anak.hidden:
                hasil += _uraian(anak, click.Context(anak, parent=ctx, info_name=nama), tingkat + 1)
    return hasil


def peristiwa() -> str:
    """Return the page of all events: stored name, meaning, fields."""
    bagian = [KEPALA_PERISTIWA]
    for nama, (kelas, versi, _) in DAFTAR.items():
        bagian += [f"## `{nama}@{versi}`", "", inspect.getdoc(kelas) or "", ""]
        tipe = typing.get_type_hints(kelas, vars(events))
        for bidang in dataclasses.fields(kelas):
            bagian.append(f"- `{bidang.name}`: {_tipe(tipe[bidang.name])}")
        bagian.append("")
    return "\n".join(bagian).rstrip() + "\n"


def _tipe(tipe: object) -> str:
    asal = typing.get_origin(tipe)
    if asal is tuple:
        return f"daftar {_tipe(typing.get_args(tipe)[0])}"
    if asal in (typing.Union, types.UnionType):
        bagian = [_tipe(t) for t in typing.get_args(tipe) if t is not type(None)]
        return " atau ".join(bagian) + (", atau kosong" if type(None) in typing.get_args(tipe) else "")
    if asal is not None:
        return "peta"
    return SEBUTAN.get(getattr(tipe, "__name__", ""), "peta")


if __name__ == "__main__":
    sys.exit(main())
