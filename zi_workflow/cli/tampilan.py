"""The screen: tables and blocks that fit, colours and marks the terminal can show; and JSON for programs.

Everything here returns text. Cells are made safe (``teks.aman``) and reach rich as plain text, never as markup.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TextIO, TypeAlias

from zi_workflow.cli.keluaran import pengodean
from zi_workflow.cli.teks import BERBAHAYA, aman, desimal, lokal, tanggal, tanggal_singkat, waktu

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = ["Gaya", "Kolom", "Sel", "aman", "bungkus", "desimal", "gaya_untuk", "json_baris", "json_teks", "lokal", "pasangan"]
__all__ += ["tabel", "tanda", "tanggal", "tanggal_singkat", "waktu"]

SKEMA = 1
LEBAR_BAWAAN = 80
_LEBAR_TERKECIL = 20
_TETAP_TERLEBAR = 30


@dataclass(frozen=True, slots=True)
class Gaya:
    """How one stream can be written to: ``lebar`` in cells, ``warna`` whether colours are wanted, ``pengodean`` its encoding."""

    lebar: int = LEBAR_BAWAAN
    warna: bool = False
    pengodean: str = "utf-8"

    @property
    def unicode(self) -> bool:
        """Say whether the encoding has the marks and lines that are drawn."""
        return _dapat("✓✗○─", self.pengodean)

    def teks(self, nilai: object, *, baris_baru: bool = False) -> str:
        """Return ``nilai`` safe and spelled with what the encoding has (so that columns still line up)."""
        return aman(nilai, baris_baru=baris_baru).encode(self.pengodean, "backslashreplace").decode(self.pengodean)


def gaya_untuk(aliran: TextIO | None, warna: str = "auto", lingkungan: Mapping[str, str] | None = None) -> Gaya:
    """Return the style of ``aliran``: its terminal's width, or 80 elsewhere; ``warna`` is auto, ya or tidak."""
    env = os.environ if lingkungan is None else lingkungan
    terminal = aliran is not None and aliran.isatty()
    berwarna = warna == "ya" or (warna == "auto" and terminal and not env.get("NO_COLOR") and env.get("TERM") != "dumb")
    return Gaya(lebar=_lebar(aliran, env) if terminal and aliran else LEBAR_BAWAAN, warna=berwarna, pengodean=pengodean(aliran))


def _lebar(aliran: TextIO, env: Mapping[str, str]) -> int:
    kolom = env.get("COLUMNS", "")
    try:
        lebar = int(kolom) if kolom.isdecimal() else os.get_terminal_size(aliran.fileno()).columns
    except (OSError, ValueError):
        lebar = 0
    return max(lebar or LEBAR_BAWAAN, _LEBAR_TERKECIL)


def _dapat(contoh: str, kode: str) -> bool:
    try:
        contoh.encode(kode)
    except UnicodeEncodeError:
        return False
    return True


class Sel(NamedTuple):
    """A cell with a colour of rich (``green``, ``red bold``)."""

    isi: str
    corak: str = ""


class Kolom(NamedTuple):
    """A column: its heading; ``kanan`` aligns right (numbers); ``tetap`` is not broken while there is room (codes, dates)."""

    judul: str
    kanan: bool = False
    tetap: bool = False


Judul: TypeAlias = Kolom | str | Sequence[str | bool]
"""A heading: a Kolom or its text (what the type checker makes of a list that mixes both)."""

_TANDA = {
    "terpenuhi": ("✓", "[v]", "green"),
    "tidak": ("✗", "[x]", "red bold"),
    "dibebaskan": ("○", "[o]", "cyan"),
    "memperingatkan": ("!", "[!]", "yellow"),
}


def tanda(status: str, gaya: Gaya) -> Sel:
    """Return the mark of a status: terpenuhi, tidak, dibebaskan, memperingatkan."""
    lambang, ascii_, corak = _TANDA[status]
    return Sel(lambang if gaya.unicode else ascii_, corak)


def _sel(nilai: object) -> Sel:
    """Return a value as a cell: dates, decimals and yes/no the Indonesian way, text as it is."""
    match nilai:
        case Sel():
            return nilai
        case None | "":
            teks = "-"
        case bool():
            teks = "ya" if nilai else "tidak"
        case datetime():
            teks = waktu(nilai)
        case date():
            teks = tanggal(nilai)
        case Decimal():
            teks = desimal(nilai)
        case _:
            teks = str(nilai)
    return Sel(teks)


def tabel(kolom: Sequence[Judul], baris: Iterable[Sequence[object]], gaya: Gaya, *, kosong: str = "Tidak ada data.") -> str:
    """Return a table that fits ``gaya.lebar``: long cells fold over lines, nothing is cut off. ``kosong``: said when there are no rows."""
    semua = [[_sel(nilai) for nilai in satu] for satu in baris]
    if not semua:
        return kosong + "\n"
    from rich.box import Box
    from rich.table import Table

    garis = "─" if gaya.unicode else "-"
    hasil = Table(
        box=Box(f"    \n    \n {garis}{garis} \n    \n    \n    \n    \n    \n", ascii=not gaya.unicode),
        show_edge=False,
        pad_edge=False,
        header_style="bold" if gaya.warna else "",
    )
    for i, satu in enumerate(k if isinstance(k, Kolom) else Kolom(str(k)) for k in kolom):
        lebar = max(len(satu.judul), *(len(gaya.teks(b[i].isi)) for b in semua))
        hasil.add_column(
            _teks(Sel(satu.judul), gaya),
            justify="right" if satu.kanan else "left",
            overflow="fold",
            width=lebar if satu.tetap and lebar <= min(_TETAP_TERLEBAR, gaya.lebar // 3) else None,  # a min_width would run past the edge
        )
    return _gambar(_isi(hasil, semua, gaya), gaya)


def pasangan(butir: Iterable[tuple[str, object]], gaya: Gaya) -> str:
    """Return a block of labels and values, the values aligned and folded."""
    from rich.table import Table

    hasil = Table.grid(padding=(0, 2), pad_edge=False)
    hasil.add_column(overflow="fold", max_width=gaya.lebar // 3)
    hasil.add_column(overflow="fold")
    return _gambar(_isi(hasil, [[Sel(label, "bold"), _sel(nilai)] for label, nilai in butir], gaya), gaya)


def bungkus(teks: str, gaya: Gaya, *, indentasi: int = 0) -> str:
    """Return safe ``teks`` (its line feeds kept) wrapped to the width, each line indented."""
    from rich.padding import Padding

    return _gambar(Padding(_teks(Sel(teks), gaya, baris_baru=True), (0, 0, 0, indentasi)), gaya)


def _isi(hasil: Table, semua: Iterable[Sequence[Sel]], gaya: Gaya) -> Table:
    for satu in semua:
        hasil.add_row(*(_teks(sel, gaya) for sel in satu))
    return hasil


def _teks(sel: Sel, gaya: Gaya, *, baris_baru: bool = False) -> Text:
    from rich.text import Text

    return Text(gaya.teks(sel.isi, baris_baru=baris_baru), style=sel.corak if gaya.warna else "", overflow="fold")


def _gambar(apa: RenderableType, gaya: Gaya) -> str:
    from io import StringIO

    from rich.console import Console

    kertas = StringIO()
    Console(
        file=kertas,
        width=gaya.lebar,
        force_terminal=gaya.warna,
        color_system="standard" if gaya.warna else None,
        no_color=not gaya.warna,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    ).print(apa)
    return "".join(re.sub(r" +(\x1b\[0m)?$", r"\1", baris) + "\n" for baris in kertas.getvalue().split("\n")[:-1])


# ------------------------------------------------------------------------------------------------------------------ JSON


def json_teks(nilai: object, kode: str = "utf-8") -> str:
    """Return exactly one JSON value and a line feed; an object starts with ``"skema": 1``. Raises TypeError for a float."""
    polos = _polos(nilai)
    if isinstance(polos, dict):
        polos = {"skema": SKEMA, **polos}
    teks = json.dumps(polos, ensure_ascii=kode.lower().replace("_", "-") not in {"utf-8", "utf8"}, allow_nan=False)
    return BERBAHAYA.sub(_lolos_json, teks) + "\n"


def _lolos_json(cocok: re.Match[str]) -> str:
    """Return the same character as JSON can also spell it, so that a terminal that shows JSON is not led astray."""
    return "\\u007f" if cocok[0] == "\x7f" else json.dumps(cocok[0])[1:-1]


def json_baris(baris: Iterable[object], kode: str = "utf-8") -> str:
    """Return JSONL: one value a line."""
    return "".join(json_teks(satu, kode) for satu in baris)


def _polos(nilai: object) -> object:
    match nilai:
        case None | bool() | int() | str():
            return nilai
        case Decimal() if nilai.is_finite():
            return format(nilai, "f")
        case datetime() if nilai.tzinfo is not None:
            return nilai.isoformat()
        case datetime():
            raise TypeError("instan tanpa zona waktu tidak masuk JSON")
        case date():
            return nilai.isoformat()
        case Mapping():
            return {str(kunci): _polos(isi) for kunci, isi in nilai.items()}
        case list() | tuple():
            return [_polos(satu) for satu in nilai]
    raise TypeError(f"{type(nilai).__name__} tidak masuk JSON")
