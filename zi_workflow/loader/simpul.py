"""Nodes of a parsed file: each knows its file, line and key path, reads itself as one type, and refuses in three lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias

from zi_workflow.domain.errors import DefinisiSalah, Galat
from zi_workflow.domain.suggest import mirip

PohonPolos: TypeAlias = "str | list[PohonPolos] | dict[str, PohonPolos] | None"

_YA = frozenset({"ya", "true"})
_TIDAK = frozenset({"tidak", "false"})
_TANGGAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BULAT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DESIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_KENDALI = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TAMPAK = 60
_DISEBUT = 30


def aman(teks: str, maks: int = _TAMPAK) -> str:
    """Return ``teks`` as a message may show it: shortened, control and direction characters written out."""
    tampak = "".join(h if h.isprintable() else f"\\u{ord(h):04x}" for h in teks[:maks])
    return tampak + ("…" if len(teks) > maks else "")


def sebut(boleh: Collection[str]) -> str:
    """Return names in order, cut short where there are very many."""
    urut = sorted(boleh)
    lebih = f", … ({len(urut)} seluruhnya)" if len(urut) > _DISEBUT else ""
    return ", ".join(urut[:_DISEBUT]) + lebih or "(belum ada)"


@dataclass(frozen=True, slots=True)
class Simpul:
    """One node. ``isi`` is text, None, a tuple of nodes, or a map of nodes; ``baris`` is 0 where no line is known."""

    berkas: str
    baris: int
    jalur: str
    isi: str | tuple[Simpul, ...] | dict[str, Simpul] | None
    galat: type[Galat] = field(default=DefinisiSalah, repr=False)

    def gagal(self, harap: str, lanjut: str = "") -> NoReturn:
        """Refuse this node: file, line and key, what was expected, and the next step."""
        tempat = f"{self.berkas} baris {self.baris}" if self.baris else self.berkas
        kunci = f", kunci '{aman(self.jalur, 120)}'" if self.jalur else ""
        raise self.galat(f"{tempat}{kunci}: {self._singkat()}", f"Yang diharapkan: {harap}", lanjut or f"Perbaiki {tempat}, lalu ulangi.")

    def _singkat(self) -> str:
        if isinstance(self.isi, str):
            return f"isinya '{aman(self.isi)}'"
        return "kosong" if self.isi is None else "isinya daftar" if isinstance(self.isi, tuple) else "isinya peta"

    def teks(self, maks: int = 4000) -> str:
        """Return non-blank text of at most ``maks`` characters, without control characters but line ends and tabs."""
        if not isinstance(self.isi, str) or not self.isi.strip() or len(self.isi) > maks:
            self.gagal(f"teks 1 sampai {maks} huruf")
        if _KENDALI.search(self.isi):
            self.gagal("teks tanpa karakter kendali", "Hapus karakter yang tidak tampak itu.")
        return self.isi

    def nama(self, pola: re.Pattern[str], harap: str) -> str:
        """Return text that fits ``pola`` altogether."""
        teks = self.teks()
        if not pola.fullmatch(teks):
            self.gagal(harap)
        return teks

    def bulat(self) -> int:
        """Return a whole number written in plain digits."""
        return int(self.nama(_BULAT, "bilangan bulat, misalnya 12"))

    def desimal(self) -> Decimal:
        """Return an exact decimal written with a point."""
        return Decimal(self.nama(_DESIMAL, "bilangan desimal dengan titik, misalnya 18.25"))

    def tanggal(self) -> date:
        """Return a calendar date written YYYY-MM-DD."""
        teks = self.nama(_TANGGAL, "tanggal YYYY-MM-DD")
        try:
            return date.fromisoformat(teks)
        except ValueError:
            self.gagal("tanggal yang ada di kalender, YYYY-MM-DD")

    def ya_tidak(self) -> bool:
        """Return yes or no, written ya/tidak or true/false."""
        teks = self.teks()
        if teks not in _YA and teks not in _TIDAK:
            self.gagal("ya atau tidak")
        return teks in _YA

    def pilihan(self, boleh: Collection[str], sebutan: str = "salah satu") -> str:
        """Return text that is one of ``boleh``."""
        teks = self.teks()
        if teks not in boleh:
            self.gagal(f"{sebutan}: {sebut(boleh)}", mirip(teks, boleh))
        return teks

    def daftar(self) -> tuple[Simpul, ...]:
        """Return the items of a list (possibly empty)."""
        if not isinstance(self.isi, tuple):
            self.gagal("daftar (baris-baris yang diawali '-', atau [a, b])")
        return self.isi

    def teks_daftar(self) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(s.teks() for s in self.daftar())

    def nama_daftar(self, boleh: Collection[str] | None = None, sebutan: str = "butir", *, wajib: bool = False) -> tuple[str, ...]:
        """Return a list of names without repetition: of ``boleh`` where given, at least one where ``wajib``."""
        butir = self.daftar()
        if wajib and not butir:
            self.gagal(f"paling sedikit satu {sebutan}")
        hasil: list[str] = []
        for s in butir:
            nama = s.teks() if boleh is None else s.pilihan(boleh, sebutan)
            if nama in hasil:
                s.gagal(f"{sebutan} yang belum disebut; '{aman(nama)}' sudah", "Hapus yang ganda.")
            hasil.append(nama)
        return tuple(hasil)

    def peta(self, wajib: Collection[str] | None = None, boleh: Collection[str] = ()) -> dict[str, Simpul]:
        """Return the entries of a map; with ``wajib`` given, refuse missing keys and keys not in ``wajib`` or ``boleh``."""
        if not isinstance(self.isi, dict):
            self.gagal("peta (kunci: nilai)")
        if wajib is None:
            return self.isi
        semua = [*wajib, *boleh]
        for kunci, simpul in self.isi.items():
            if kunci not in semua:
                simpul.gagal(f"kunci yang dikenal: {', '.join(sorted(semua))}", mirip(kunci, semua) or f"Hapus kunci '{aman(kunci)}'.")
        for kunci in wajib:
            if kunci not in self.isi:
                self.gagal(f"kunci '{kunci}'", f"Tambahkan '{kunci}' di sini.")
        return self.isi

    def peta_nama(self, pola: re.Pattern[str], harap: str) -> dict[str, Simpul]:
        """Return the entries of a map whose keys are names that fit ``pola``."""
        peta = self.peta()
        for kunci, simpul in peta.items():
            if not pola.fullmatch(kunci):
                simpul.gagal(harap, f"Ganti nama '{aman(kunci)}'.")
        return peta

    def polos(self) -> PohonPolos:
        """Return the node as plain data: text, None, lists and maps."""
        if isinstance(self.isi, tuple):
            return [s.polos() for s in self.isi]
        if isinstance(self.isi, dict):
            return {k: s.polos() for k, s in self.isi.items()}
        return self.isi


def sambung(jalur: str, kunci: str) -> str:
    """Return the path of ``kunci`` under ``jalur``."""
    return f"{jalur}.{kunci}" if jalur else kunci


def dari_polos(berkas: str, polos: PohonPolos, jalur: str = "") -> Simpul:
    """Build nodes from plain data, as a stored definition is kept."""
    if isinstance(polos, list):
        return Simpul(berkas, 0, jalur, tuple(dari_polos(berkas, p, f"{jalur}[{i}]") for i, p in enumerate(polos)))
    if isinstance(polos, dict):
        return Simpul(berkas, 0, jalur, {k: dari_polos(berkas, p, sambung(jalur, k)) for k, p in polos.items()})
    return Simpul(berkas, 0, jalur, polos)


def kumpulkan(simpul: Sequence[Simpul], baca: Callable[[Simpul], Any], kunci: Callable[[Any], str]) -> dict[str, Any]:
    """Read every node with ``baca`` into a map by ``kunci``; the same key twice is refused at the second node."""
    hasil: dict[str, Any] = {}
    for s in simpul:
        nilai = baca(s)
        if kunci(nilai) in hasil:
            s.gagal(f"id yang belum dipakai; '{aman(kunci(nilai))}' sudah ada", "Beri id lain atau hapus yang ganda.")
        hasil[kunci(nilai)] = nilai
    return hasil
