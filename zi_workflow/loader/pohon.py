"""Strict parsing: text scalars only, no duplicate keys, no aliases, no tags; every node knows its file, line and key path.

The YAML family's surprises (``no`` read as false, ``010`` as 8, the last of two equal keys winning, aliases that
grow without bound) are all refused here, once, for the definition and for every file that a user hands in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from zi_workflow.domain.errors import DefinisiSalah, Galat
from zi_workflow.loader.simpul import PohonPolos, Simpul, aman, dari_polos, kumpulkan, sambung

__all__ = ["BUTIR_MAKS", "DALAM_MAKS", "JALUR_MAKS", "PohonPolos", "Simpul", "dari_polos", "kumpulkan", "urai", "urai_json"]

_PEMUAT = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_KOSONG = frozenset({"", "~", "null", "Null", "NULL"})
DALAM_MAKS = 24
BUTIR_MAKS = 400_000
JALUR_MAKS = 500
_BATAS = f"paling dalam {DALAM_MAKS} tingkat, paling banyak {BUTIR_MAKS} butir, jalur kunci paling panjang {JALUR_MAKS} huruf"
_SEBAB_YAML = {
    "found character that cannot start any token": "tab atau tanda yang tidak boleh mengawali nilai",
    "mapping values are not allowed in this context": "titik dua di tempat yang salah, atau lekuk yang tidak rata",
    "did not find expected key": "lekuk yang tidak rata, atau tanda yang tidak berpasangan",
    "could not find expected ':'": "kunci tanpa titik dua",
    "did not find expected ',' or ']'": "kurung siku yang tidak ditutup",
    "did not find expected ',' or '}'": "kurung kurawal yang tidak ditutup",
    "did not find expected '-' indicator": "butir daftar yang tidak diawali '-'",
    "found unexpected end of stream": "tanda kutip yang tidak ditutup",
    "found unknown escape character": "garis miring terbalik yang tidak dikenal",
    "found undefined tag handle": "tag yang tidak dikenal",
}


def urai(teks: str, berkas: str, galat: type[Galat] = DefinisiSalah) -> Simpul:
    """Parse one YAML document (JSON is read too) into nodes.

    Raises ``galat`` for broken syntax, several documents, duplicate keys, aliases, anchors, tags, excessive depth or size.
    """
    return _Pengurai(teks, berkas, galat).dokumen()


def urai_json(teks: str, berkas: str, galat: type[Galat] = DefinisiSalah, baris: int = 1) -> Simpul:
    """Parse one JSON value into nodes; numbers stay text, duplicate keys and NaN are refused.

    ``baris`` is the line of a one-line text in its file; the nodes of a longer text carry no line.
    """
    return _PenguraiJson(berkas, galat, baris).dokumen(teks)


class _PenguraiJson:
    """Builds nodes from JSON, refusing what the format allows and a legal text does not."""

    def __init__(self, berkas: str, galat: type[Galat], baris: int) -> None:
        self.berkas = berkas
        self.galat = galat
        self.baris = baris
        self.jumlah = 0

    def dokumen(self, teks: str) -> Simpul:
        awal, self.baris = self.baris, 0 if "\n" in teks.strip() else self.baris
        try:
            isi = json.loads(teks, object_pairs_hook=self.pasangan, parse_constant=self.tetapan, parse_int=str, parse_float=str)
        except json.JSONDecodeError as e:
            self.tolak(awal + e.lineno - 1, f"bukan JSON yang sah (kolom {e.colno})", "JSON yang sah")
        except RecursionError:
            self.tolak(self.baris, "terlalu besar atau terlalu bertingkat", _BATAS)
        return self.simpul(isi, "", 0)

    def tolak(self, baris: int, apa: str, harap: str) -> NoReturn:
        tempat = f"{self.berkas} baris {baris}" if baris else self.berkas
        raise self.galat(f"{tempat}: {apa}", f"Yang diharapkan: {harap}", f"Perbaiki {tempat}, lalu ulangi.")

    def pasangan(self, butir: list[tuple[str, object]]) -> dict[str, object]:
        hasil: dict[str, object] = {}
        for kunci, nilai in butir:
            if kunci in hasil:
                self.tolak(self.baris, f"kunci '{aman(kunci)}' ditulis dua kali", "setiap kunci sekali saja")
            hasil[kunci] = nilai
        return hasil

    def tetapan(self, nama: str) -> NoReturn:
        self.tolak(self.baris, f"{nama} bukan bilangan", "bilangan biasa, atau teks dalam tanda kutip")

    def simpul(self, isi: object, jalur: str, dalam: int) -> Simpul:
        self.jumlah += 1
        if dalam > DALAM_MAKS or self.jumlah > BUTIR_MAKS or len(jalur) > JALUR_MAKS:
            self.tolak(self.baris, "terlalu besar atau terlalu bertingkat", _BATAS)
        anak: str | tuple[Simpul, ...] | dict[str, Simpul] | None
        if isinstance(isi, list):
            anak = tuple(self.simpul(p, f"{jalur}[{i}]", dalam + 1) for i, p in enumerate(isi))
        elif isinstance(isi, dict):
            anak = {self.teks(k): self.simpul(p, sambung(jalur, k), dalam + 1) for k, p in isi.items()}
        elif isinstance(isi, bool):
            anak = "ya" if isi else "tidak"
        else:
            anak = None if isi is None else self.teks(str(isi))
        return Simpul(self.berkas, self.baris, jalur, anak, self.galat)

    def teks(self, isi: str) -> str:
        if any("\ud800" <= h <= "\udfff" for h in isi):
            self.tolak(self.baris, "memuat setengah karakter (\\ud800–\\udfff)", "teks UTF-8 yang utuh")
        return isi


class _Pengurai:
    """Builds nodes from libyaml's event stream, refusing what has no place in a legal text."""

    def __init__(self, teks: str, berkas: str, galat: type[Galat]) -> None:
        self.berkas = berkas
        self.galat = galat
        self.jumlah = 0
        self.kejadian: Iterator[Any] = iter(yaml.parse(teks, Loader=_PEMUAT))

    def dokumen(self) -> Simpul:
        try:
            return self.satu_dokumen()
        except yaml.MarkedYAMLError as e:
            baris = e.problem_mark.line + 1 if e.problem_mark else 1
            self.tolak(baris, f"bukan YAML yang sah ({_SEBAB_YAML.get(str(e.problem), e.problem)})", "YAML yang sah")
        except (yaml.YAMLError, UnicodeEncodeError):
            self.tolak(1, "bukan YAML yang sah (ada karakter kendali atau setengah karakter)", "teks UTF-8 tanpa karakter kendali")

    def satu_dokumen(self) -> Simpul:
        next(self.kejadian)
        awal = next(self.kejadian)
        if isinstance(awal, yaml.StreamEndEvent):
            return Simpul(self.berkas, 1, "", None, self.galat)
        simpul = self.simpul(next(self.kejadian), "", 0)
        next(self.kejadian)
        lagi = next(self.kejadian)
        if not isinstance(lagi, yaml.StreamEndEvent):
            self.tolak(lagi.start_mark.line + 1, "ada lebih dari satu dokumen", "satu dokumen YAML saja, tanpa '---' kedua")
        return simpul

    def tolak(self, baris: int, apa: str, harap: str) -> NoReturn:
        tempat = f"{self.berkas} baris {baris}"
        raise self.galat(f"{tempat}: {apa}", f"Yang diharapkan: {harap}", f"Perbaiki {tempat}, lalu ulangi.")

    def simpul(self, kejadian: Any, jalur: str, dalam: int, baris: int = 0) -> Simpul:  # noqa: ANN401 - PyYAML's events carry no types
        baris = baris or kejadian.start_mark.line + 1
        self.jumlah += 1
        if dalam > DALAM_MAKS or self.jumlah > BUTIR_MAKS or len(jalur) > JALUR_MAKS:
            self.tolak(baris, "terlalu besar atau terlalu bertingkat", _BATAS)
        if isinstance(kejadian, yaml.AliasEvent) or kejadian.anchor is not None:
            self.tolak(baris, "memakai jangkar atau alias (& atau *)", "nilai yang ditulis lengkap di tempatnya")
        if kejadian.tag is not None:
            self.tolak(baris, f"memakai tag {aman(kejadian.tag, 40)}", "nilai tanpa tag (!…)")
        isi: str | tuple[Simpul, ...] | dict[str, Simpul] | None
        if isinstance(kejadian, yaml.SequenceStartEvent):
            isi = self.daftar(jalur, dalam)
        elif isinstance(kejadian, yaml.MappingStartEvent):
            isi = self.peta(jalur, dalam)
        else:
            isi = None if not kejadian.style and kejadian.value in _KOSONG else kejadian.value
        return Simpul(self.berkas, baris, jalur, isi, self.galat)

    def daftar(self, jalur: str, dalam: int) -> tuple[Simpul, ...]:
        anak: list[Simpul] = []
        while not isinstance(kejadian := next(self.kejadian), yaml.SequenceEndEvent):
            anak.append(self.simpul(kejadian, f"{jalur}[{len(anak)}]", dalam + 1))
        return tuple(anak)

    def peta(self, jalur: str, dalam: int) -> dict[str, Simpul]:
        """Read a map; an entry carries the line of its key."""
        hasil: dict[str, Simpul] = {}
        while not isinstance(kejadian := next(self.kejadian), yaml.MappingEndEvent):
            baris = kejadian.start_mark.line + 1
            if isinstance(kejadian, yaml.CollectionStartEvent):
                self.tolak(baris, "kunci peta bukan teks", "kunci berupa satu kata")
            kunci = self.simpul(kejadian, jalur, dalam).isi
            if not isinstance(kunci, str):
                self.tolak(baris, "kunci peta kosong", "kunci berupa satu kata")
            if kunci in hasil:
                self.tolak(baris, f"kunci '{aman(sambung(jalur, kunci), 120)}' ditulis dua kali", "setiap kunci sekali saja")
            hasil[kunci] = self.simpul(next(self.kejadian), sambung(jalur, kunci), dalam + 1, baris)
        return hasil
