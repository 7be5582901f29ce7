"""The corpus of broken definitions: each file is a patch of the shipped one, with the rule, the message and the place expected.

A patch names ``berkas``, replaces the first ``cari`` after ``setelah`` by ``ganti`` (``juga``: further replacements,
``hapus``: files left out), and says where the refusal must point: the line of ``di`` (default: where ``ganti`` begins)
and the end of the key path ``kunci`` (``[*]`` is any index).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml

from zi_workflow.domain.errors import DefinisiSalah
from zi_workflow.loader.definisi import BERKAS, susun
from zi_workflow.loader.pohon import Simpul, urai

AKAR = Path(__file__).resolve().parents[2]
RUSAK = AKAR / "tests" / "definisi_rusak"
BINJAI = AKAR / "workflows" / "binjai"
PEMUAT = AKAR / "zi_workflow" / "loader"
NAMA_RUSAK = sorted(f.relative_to(RUSAK).with_suffix("").as_posix() for f in RUSAK.rglob("*.yaml"))


@dataclass(frozen=True)
class Rusak:
    """One broken definition: texts by file name, and what its refusal must say."""

    berkas: dict[str, str]
    nama: str
    baris: int
    kunci: str
    harap: str
    lanjut: str
    kepala: tuple[str, ...]


@cache
def asli(nama: str) -> str:
    """Return the text of a shipped file."""
    return (BINJAI / nama).read_text(encoding="utf-8")


@cache
def _simpul_asli(nama: str) -> Simpul:
    return urai(asli(nama), nama)


def rusak(nama: str) -> Rusak:
    """Read a patch and apply it to the shipped definition."""
    teks = (RUSAK / f"{nama}.yaml").read_text(encoding="utf-8")
    isi: dict[str, Any] = yaml.load(teks, Loader=yaml.BaseLoader)  # noqa: S506 - texts only, builds no objects
    berkas = {n: asli(n) for n in BERKAS if n not in isi.get("hapus", ())}
    for lain in isi.get("juga", ()):
        berkas[lain["berkas"]] = berkas[lain["berkas"]].replace(lain["cari"], lain["ganti"])
    utama = berkas[isi["berkas"]]
    awal = utama.index(isi["setelah"]) + len(isi["setelah"]) if "setelah" in isi else 0
    letak = utama.index(isi["cari"], awal)
    baru = utama[:letak] + isi["ganti"] + utama[letak + len(isi["cari"]) :]
    tunjuk = baru.index(isi["di"], awal) if "di" in isi else letak
    kepala = tuple(b for b in teks.splitlines() if b.startswith("#"))
    return Rusak(
        {**berkas, isi["berkas"]: baru},
        isi["berkas"],
        baru.count("\n", 0, tunjuk) + 1,
        isi.get("kunci", ""),
        isi["harap"],
        isi["lanjut"],
        kepala,
    )


def muat_teks(berkas: dict[str, str]) -> object:
    """Load a definition from texts; files that equal the shipped ones are parsed once."""
    return susun({n: _simpul_asli(n) if t == asli(n) else urai(t, n) for n, t in berkas.items()})


def penolakan(berkas: dict[str, str]) -> DefinisiSalah:
    """Return the refusal of a definition that must be refused."""
    try:
        muat_teks(berkas)
    except DefinisiSalah as e:
        return e
    raise AssertionError("definisi itu tidak ditolak")


@cache
def penolakan_rusak(nama: str) -> DefinisiSalah:
    """Return the refusal of a broken file of the corpus."""
    return penolakan(rusak(nama).berkas)


def kunci_cocok(pola: str, pesan: str) -> bool:
    """Say whether the key path in a message ends with ``pola``."""
    tampak = re.search(r", kunci '(.*?)': ", pesan)
    ekor = re.escape(pola).replace(r"\[\*\]", r"\[\d+\]")
    return tampak is not None and re.search(rf"(^|[.\]]){ekor}$", tampak[1]) is not None


def jejak(galat: BaseException) -> set[tuple[str, int]]:
    """Return the lines of the loader (file name, line) through which a refusal came."""
    hasil: set[tuple[str, int]] = set()
    tb: TracebackType | None = galat.__traceback__
    while tb is not None:
        jalan = Path(tb.tb_frame.f_code.co_filename)
        if jalan.parent == PEMUAT:
            hasil.add((jalan.name, tb.tb_lineno))
        tb = tb.tb_next
    return hasil
