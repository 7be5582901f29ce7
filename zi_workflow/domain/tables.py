"""Tables as people hand them over: a header row found among the first, rows with their line, cells that can be named.

What such a table counts for is said elsewhere (``rosters``); how it is read from a file as well (``workbook.table``).
Tables may hold persons: messages name places and headers, never what stands in a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice

from zi_workflow.domain.cells import Sel
from zi_workflow.domain.errors import MasukanSalah

BARIS_JUDUL_MAKS = 20
"""Rows among which the header is looked for."""
SEBUT_MAKS = 40
"""Cells that one message names; the others are counted."""
_JUDUL_MAKS, _HURUF_MAKS, _BANDING_MAKS = 12, 40, 500
_LANJUT = "Perbaiki berkas itu, lalu ulangi. Tidak ada yang ditulis."


@dataclass(frozen=True, slots=True)
class Baris:
    """One row: its number in the file, and a cell a column."""

    nomor: int
    sel: tuple[Sel, ...]


@dataclass(frozen=True, slots=True)
class Tabel:
    """A table of a file. ``huruf``: letters of the columns of a sheet, empty for CSV, whose cells are named by line and header."""

    berkas: str
    judul: tuple[str, ...]
    baris: tuple[Baris, ...]
    baris_judul: int = 1
    huruf: tuple[str, ...] = ()
    lembar: str | None = None

    def tempat(self, baris: Baris, kolom: int) -> str:
        """Name a cell as people find it."""
        return f"sel {self.huruf[kolom]}{baris.nomor}" if self.huruf else f"baris {baris.nomor} kolom {kutip_judul(self.judul[kolom])}"

    def diabaikan(self, dipakai: Iterable[int]) -> tuple[str, ...]:
        """Return the headers of the columns that were not used."""
        pakai = set(dipakai)
        return tuple(j[:_HURUF_MAKS] for i, j in enumerate(self.judul) if j and i not in pakai)

    def salah(self, masalah: Sequence[str], sebab: str, lanjut: str = _LANJUT) -> MasukanSalah:
        """Return the error that names everything that is wrong with this table."""
        return galat_tabel(self.berkas, masalah, sebab, lanjut)


@dataclass(frozen=True, slots=True)
class Bentuk:
    """A kind of table. ``nilai``: how many known columns a row names as headers (0: it is no header row).

    ``tanpa_judul``: the error for a file (its name, its first rows) without any.
    """

    nilai: Callable[[Sequence[str]], int]
    tanpa_judul: Callable[[str, Sequence[Sequence[str]]], MasukanSalah]


def galat_tabel(berkas: str, masalah: Sequence[str], sebab: str, lanjut: str = _LANJUT) -> MasukanSalah:
    """Return the error that names everything that is wrong with a table."""
    lagi = f"; dan {len(masalah) - SEBUT_MAKS} lagi" if len(masalah) > SEBUT_MAKS else ""
    return MasukanSalah(f"{berkas}: {'; '.join(masalah[:SEBUT_MAKS])}{lagi}", sebab, lanjut)


def rata(teks: str) -> str:
    """Return words as they are compared: case, spaces, hyphens, underscores and slashes aside."""
    return " ".join(re.sub(r"[-_/]", " ", teks.casefold()).split()).strip(" .:*")


def kutip_judul(teks: str) -> str:
    """Return a header in quotes, shortened."""
    return f"'{teks[:_HURUF_MAKS]}{'…' if len(teks) > _HURUF_MAKS else ''}'"


def terdekat(teks: str, pilihan: Iterable[str], mirip: float = 0.6) -> str | None:
    """Return the nearest of some names, None where none is near; what is too long to be a name, or too much, is not compared."""
    dekat = get_close_matches(teks, islice(pilihan, _BANDING_MAKS), 1, mirip) if len(teks) <= _HURUF_MAKS * 2 else []
    return dekat[0] if dekat else None


def teks_sel(sel: Sel) -> str:
    """Return the text of a cell; logical values have none."""
    return str(sel.nilai).strip() if isinstance(sel.nilai, str | Decimal) else ""


def cacat_sel(sel: Sel) -> str | None:
    """Say why a cell has no value to count, None where it has (or is blank)."""
    if sel.galat:
        return "berisi galat rumus"
    if sel.rumus is not None and sel.nilai in (None, ""):
        return "berisi rumus tanpa hasil tersimpan; buka dan simpan ulang di aplikasi lembar kerja"
    return None


def tanpa_judul(dicari: Sequence[str], kenal: Iterable[str], sebutan: str) -> Callable[[str, Sequence[Sequence[str]]], MasukanSalah]:
    """Return the error of a kind of table whose header was not found; ``kenal``: headers by which a header row is known as one."""
    pasti = {*dicari, *kenal}

    def galat(berkas: str, awal: Sequence[Sequence[str]]) -> MasukanSalah:
        """Say what was looked for; headers are listed only of a row that surely is one, since any other may be a person."""
        judul = next((b for b in awal if any(rata(s) in pasti for s in b)), ())
        ada = [kutip_judul(s) for s in judul if s]
        sebut = f" Judul yang ada: {', '.join(ada[:_JUDUL_MAKS])}{', …' if len(ada) > _JUDUL_MAKS else ''}." if ada else ""
        mirip = next((m for s in judul if (m := terdekat(rata(s), dicari, 0.7))), None)
        maksud = f" Maksud Anda: {mirip}?" if mirip else ""
        masalah = f"tidak ada kolom {sebutan} di {BARIS_JUDUL_MAKS} baris pertama.{maksud}"
        return galat_tabel(berkas, [masalah], f"Judul yang dicari: {', '.join(dicari)}.{sebut}")

    return galat
