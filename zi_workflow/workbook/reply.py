"""The child's answer, which may be anything: read in bounded pieces, and refused unless it is just what a reader would say.

The form is told in ``child``.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from zi_workflow.domain.cells import Buku, Lembar, NilaiSel, Sel
from zi_workflow.domain.errors import MasukanSalah

_BARIS_MAKS = 2 * 1024 * 1024
_JUMLAH_BARIS_MAKS = 4000
_RUJUKAN = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_PESAN_MAKS = 400
_ANGKA_MAKS = 40
_PANGKAT_MAKS = 400


class JawabanSalah(Exception):
    """The child answers what it would never answer."""


def urai_jawaban(jawaban: bytes) -> Buku:
    """Build the workbook from the child's lines. Raises MasukanSalah (the child refuses), MemoryError, JawabanSalah."""
    if jawaban.count(b"\n") > _JUMLAH_BARIS_MAKS:
        raise JawabanSalah
    lembar: dict[str, Lembar] = {}
    sel: dict[str, Sel] = {}
    *baris, akhir = [_urai(b) for b in jawaban.removesuffix(b"\n").split(b"\n")]
    for satu in baris:
        match satu:
            case ["lembar", str(nama), list(tersembunyi), list(gabungan)] if nama not in lembar:
                sel = {}
                lembar[nama] = Lembar(nama, sel, frozenset(_bulat(b) for b in tersembunyi), tuple(_rentang(g) for g in gabungan))
            case ["sel", dict(isi)] if lembar:
                for rujukan, mentah in isi.items():
                    sel[_rujukan(rujukan)] = _sel(mentah)
            case _:
                raise JawabanSalah
    _akhiri(akhir)
    return Buku(lembar)


def _akhiri(akhir: object) -> None:
    """Read the last line."""
    match akhir:
        case ["selesai"]:
            return
        case ["tolak", *kalimat] if len(kalimat) == 3:  # noqa: PLR2004 - what happened, why, what next
            raise MasukanSalah(*(_kalimat(k) for k in kalimat))
        case ["memori"]:
            raise MemoryError
        case _:
            raise JawabanSalah


def _urai(baris: bytes) -> object:
    if len(baris) > _BARIS_MAKS:
        raise JawabanSalah
    try:
        return json.loads(baris, parse_float=_desimal, parse_int=_desimal, parse_constant=_bukan)
    except (ValueError, RecursionError):
        raise JawabanSalah from None


def _desimal(teks: str) -> Decimal:
    if len(teks) > _ANGKA_MAKS:
        raise JawabanSalah
    try:
        nilai = Decimal(teks)
    except InvalidOperation:
        raise JawabanSalah from None
    if abs(nilai.adjusted()) > _PANGKAT_MAKS:
        raise JawabanSalah
    return nilai


def _bukan(_teks: str) -> NoReturn:
    raise JawabanSalah


def _sel(mentah: object) -> Sel:
    match mentah:
        case [nilai, (str() | None) as rumus, bool(galat)]:
            return Sel(_nilai(nilai), rumus, galat)
        case _:
            return Sel(_nilai(mentah))


def _nilai(nilai: object) -> NilaiSel:
    if nilai is None or isinstance(nilai, str | Decimal | bool):
        return nilai
    raise JawabanSalah


def _rujukan(teks: str) -> str:
    if _RUJUKAN.fullmatch(teks) is None:
        raise JawabanSalah
    return teks


def _rentang(nilai: object) -> str:
    """Read a merged range: one reference, or two with a colon."""
    for satu in _teks(nilai).split(":", 1):
        _rujukan(satu)
    return _teks(nilai)


def _bulat(nilai: object) -> int:
    if isinstance(nilai, Decimal) and nilai == nilai.to_integral_value():
        return int(nilai)
    raise JawabanSalah


def _teks(nilai: object) -> str:
    if isinstance(nilai, str):
        return nilai
    raise JawabanSalah


def _kalimat(nilai: object) -> str:
    teks = _teks(nilai)
    if not teks.strip() or len(teks) > _PESAN_MAKS or not teks.isprintable():
        raise JawabanSalah
    return teks
