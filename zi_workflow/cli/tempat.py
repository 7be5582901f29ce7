"""Places in a legal text as people write them: ``13(1)a``, ``Pasal 13 ayat (1) huruf a``, ``lampiran ii bab iv``."""

from __future__ import annotations

import re
from collections.abc import Iterator

Tempat = tuple[str, ...]
"""From the widest part to the narrowest: ``("pasal 13", "ayat 1", "huruf a")``."""

_BOLEH = re.compile(r"[A-Za-z0-9 ().,/-]+")
_KATA = re.compile(r"[a-z]+|[0-9]+")
_ROMAWI = re.compile(r"[ivxlc]+")
_PASAL = ("pasal", "ps", "p")
_LAMPIRAN = ("lampiran", "lamp")
_BAGIAN = ("bab", "bagian", "huruf", "angka", "tabel")
_ANGKA_ROMAWI = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def urai(teks: str) -> Tempat | None:
    """Return the place that ``teks`` names, None where it names none."""
    if not _BOLEH.fullmatch(teks):
        return None
    kata = _KATA.findall(teks.lower())
    if not kata:
        return None
    hasil = tuple(_lampiran(kata[1:]) if kata[0] in _LAMPIRAN else _pasal(kata))
    return hasil if "" not in hasil else None


def _pasal(kata: list[str]) -> Iterator[str]:
    """Yield the parts of a pasal in their order, and an empty one where a word fits nowhere."""
    sisa = kata[1:] if kata[0] in _PASAL else kata[:]
    for nama, pola in (("pasal", r"[0-9]{1,3}"), ("ayat", r"[0-9]{1,2}"), ("huruf", r"[a-z]"), ("angka", r"[0-9]{1,2}")):
        if sisa and sisa[0] == nama:
            sisa.pop(0)
        elif nama == "angka":
            break
        if sisa and re.fullmatch(pola, sisa[0]):
            yield f"{nama} {sisa.pop(0)}"
        elif nama == "pasal":
            yield ""
    if sisa:
        yield ""


def _lampiran(kata: list[str]) -> Iterator[str]:
    sisa = kata[:]
    nomor = sisa.pop(0) if sisa and (_ROMAWI.fullmatch(sisa[0]) or sisa[0].isdecimal()) else None
    if nomor is not None and nomor.isdecimal():
        nomor = _ANGKA_ROMAWI[int(nomor)] if 0 < int(nomor) < len(_ANGKA_ROMAWI) else ""
    yield "lampiran" if nomor is None else f"lampiran {nomor}" if nomor else ""
    while sisa:
        nama = sisa.pop(0)
        if nama in _BAGIAN and sisa:
            yield f"{nama} {sisa.pop(0)}"
        else:
            yield f"huruf {nama}" if len(nama) == 1 and not sisa else ""


def di_dalam(sempit: Tempat, lebar: Tempat) -> bool:
    """Say whether ``sempit`` is ``lebar`` or a part of it."""
    return sempit[: len(lebar)] == lebar or (lebar == ("lampiran",) and sempit[0].startswith("lampiran"))
