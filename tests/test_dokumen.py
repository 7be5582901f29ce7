"""The documents: those made from the code are up to date, links lead somewhere, and every example is one that parses."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from zi_workflow.cli.akar import akar
from zi_workflow.cli.sesi import Sesi

AKAR = Path(__file__).resolve().parents[1]
HALAMAN = sorted([AKAR / "README.md", *(AKAR / "docs").glob("*.md")])
TAUTAN = re.compile(r"\]\(([^)#]+)")


def test_halaman_buatan_sesuai_dengan_program() -> None:
    """The pages made from the code equal what the code makes now: `python scripts/dokumen.py`."""
    hasil = subprocess.run([sys.executable, "scripts/dokumen.py", "--periksa"], cwd=AKAR, check=False, capture_output=True, text=True)
    assert (hasil.returncode, hasil.stderr) == (0, "")


@pytest.mark.parametrize("halaman", HALAMAN, ids=lambda p: p.name)
def test_tautan_menuju_berkas_yang_ada(halaman: Path) -> None:
    """Every relative link of a page leads to a file of the project."""
    for tautan in TAUTAN.findall(halaman.read_text(encoding="utf-8")):
        if "://" not in tautan:
            assert (halaman.parent / tautan).exists(), f"{halaman.name}: {tautan}"


def _contoh(satu: click.Command, ctx: click.Context) -> Iterator[str]:
    contoh = getattr(satu, "contoh", "").strip()
    assert contoh, f"{ctx.command_path} tanpa contoh"
    yield from contoh.splitlines()
    if isinstance(satu, click.Group):
        for nama in (n for n in satu.list_commands(ctx) if not n.startswith("uji-")):  # verbs that other tests add
            anak = satu.get_command(ctx, nama)
            assert anak is not None
            yield from _contoh(anak, click.Context(anak, parent=ctx, info_name=nama))


def test_setiap_perintah_mempunyai_contoh_yang_terbaca() -> None:
    """Every verb and sub-verb has an example, and its words parse without a mistake of usage."""
    ctx = click.Context(akar, info_name="zi", obj=Sesi([]))
    semua = list(_contoh(akar, ctx))
    assert len(semua) > len(akar.tabel)
    for contoh in semua:
        _urai(contoh)


def _urai(contoh: str) -> None:
    kata = shlex.split(contoh)
    assert kata.pop(0) == "zi"
    perintah: click.Command = akar
    ctx = click.Context(akar, info_name="zi", obj=Sesi([]))
    while isinstance(perintah, click.Group) and kata and not kata[0].startswith("-"):
        nama = kata.pop(0)
        anak = perintah.get_command(ctx, nama)
        assert anak is not None, contoh
        perintah, ctx = anak, click.Context(anak, parent=ctx, info_name=nama)
    if kata and "--help" not in kata:
        perintah.make_context(ctx.info_name, kata, parent=ctx.parent)


def test_perintah_di_dokumen_dikenal() -> None:
    """Every `zi …` line of a code block names verbs that exist."""
    ctx = click.Context(akar, info_name="zi", obj=Sesi([]))
    for halaman in HALAMAN:
        for baris in re.findall(r"^zi (\S+)(?: (\S+))?", halaman.read_text(encoding="utf-8"), re.MULTILINE):
            perintah = akar.get_command(ctx, baris[0])
            assert perintah is not None, baris
            if isinstance(perintah, click.Group):
                assert perintah.get_command(click.Context(perintah, parent=ctx), baris[1]) is not None, baris


def test_setiap_janji_menunjuk_pengujian_yang_ada() -> None:
    """Every test, folder or script that docs/jaminan.md names is there, and the page says something of each promise."""
    halaman = (AKAR / "docs" / "jaminan.md").read_text(encoding="utf-8")
    janji = [b for b in halaman.splitlines() if b.startswith("| ") and not b.startswith("| janji")]
    assert janji
    assert [b for b in janji if "`tests/" not in b and "`scripts/" not in b] == []
    rujukan = re.findall(r"`((?:tests|scripts)/[^`]+)`", "\n".join(janji))
    for satu in rujukan:
        berkas, _, nama = satu.partition("::")
        assert (AKAR / berkas).exists(), satu
        if nama:
            assert f"def {nama}(" in (AKAR / berkas).read_text(encoding="utf-8"), satu
