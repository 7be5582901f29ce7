"""XML of a stranger, read as a stream by expat; a DOCTYPE is refused, and with it every entity."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NoReturn, TypeVar
from xml.parsers import expat

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.package import Paket, rusak, sebut

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

BENAR = ("1", "true", "on")
Atribut = Mapping[str, str]
Penangan = Callable[[Atribut], None]
T = TypeVar("T")

_LEMBAR_KERJA = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main ", "http://purl.oclc.org/ooxml/spreadsheetml/main ")
_LOLOS = re.compile(r"_x([0-9A-Fa-f]{4})_")


def pengurai() -> XMLParserType:
    """Make a parser that names elements as ``namespace name`` and refuses a DOCTYPE."""
    p = expat.ParserCreate(namespace_separator=" ")
    p.buffer_text = True
    p.StartDoctypeDeclHandler = _doctype
    return p


def _doctype(*_apa: object) -> NoReturn:
    raise MasukanSalah(
        "Buku kerja ini memuat DOCTYPE",
        "Program lembar kerja tidak pernah menulisnya; dengan itu isi dapat digandakan tanpa batas.",
        "Buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu ulangi.",
    )


def jalankan(p: XMLParserType, paket: Paket, nama: str) -> None:
    """Feed a part to a parser; raises MasukanSalah where it is no XML."""
    try:
        for potong in paket.alirkan(nama):
            p.Parse(potong, False)  # noqa: FBT003 - expat takes it by position
        p.Parse(b"", True)  # noqa: FBT003 - as above
    except expat.ExpatError as e:
        if e.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]:
            raise MemoryError from None
        raise rusak(f"Bagian {sebut(nama)} bukan XML yang utuh (baris {e.lineno}).") from None
    except LookupError:
        raise rusak(f"Bagian {sebut(nama)} memakai pengodean huruf yang tidak dikenal.") from None
    finally:
        p.StartElementHandler = p.EndElementHandler = p.CharacterDataHandler = None  # no circle that only the collector could free


def bernama(penangan: Mapping[str, T]) -> dict[str, T]:
    """Return handlers by full name, for both editions of the format."""
    return {ruang + nama: apa for ruang in _LEMBAR_KERJA for nama, apa in penangan.items()}


def pasang(p: XMLParserType, buka: Mapping[str, Penangan], tutup: Mapping[str, Callable[[], None]]) -> None:
    """Let the parser call a handler at the start and at the end of each element that has one, by full name."""

    def mulai(unsur: str, atribut: Atribut) -> None:
        satu = buka.get(unsur)
        if satu is not None:
            satu(atribut)

    def akhir(unsur: str) -> None:
        satu = tutup.get(unsur)
        if satu is not None:
            satu()

    p.StartElementHandler = mulai
    if tutup:
        p.EndElementHandler = akhir


def urai(paket: Paket, nama: str, buka: Mapping[str, Penangan]) -> None:
    """Read a part, calling the handler of each element that has one with its attributes."""
    p = pengurai()
    pasang(p, buka, {})
    jalankan(p, paket, nama)


class Perekam:
    """Collects the text inside an element."""

    def __init__(self, p: XMLParserType) -> None:
        """Listen to ``p``, when told to."""
        self._p = p
        self._potong: list[str] = []

    def mulai(self) -> None:
        """Begin an element's text."""
        self._potong = []
        self._p.CharacterDataHandler = self._potong.append

    def ambil(self) -> str:
        """End it, and return it."""
        self._p.CharacterDataHandler = None
        return "".join(self._potong)


def lepas_lolos(teks: str) -> str:
    """Decode ``_x000D_``, the way in which the format writes what XML cannot; halves of a pair stay as they are written."""
    return _LOLOS.sub(_huruf, teks) if "_x" in teks else teks


def _huruf(cocok: re.Match[str]) -> str:
    kode = int(cocok[1], 16)
    return cocok[0] if 0xD800 <= kode <= 0xDFFF else chr(kode)  # noqa: PLR2004 - the range of surrogates
