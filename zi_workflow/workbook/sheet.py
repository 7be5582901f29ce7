"""One sheet of an untrusted workbook, values and formulas in one pass, as plain data for the answer of ``child``.

A cell is its value (text, number, true or false) where it was typed, else ``[value, formula, is it an error]``; a number is an
int or the float that the file means. Cells that are styled but empty are left out. Cells beyond what can be read are refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from zi_workflow.domain.cells import BARIS_MAKS, huruf_kolom, urai_rujukan
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.markup import BENAR, Atribut, Penangan, Perekam, bernama, jalankan, lepas_lolos, pasang, pengurai
from zi_workflow.workbook.package import Paket, rusak, sebut
from zi_workflow.workbook.parts import daftar_lembar, teks_bersama

BARIS_TERBACA = 20_000
KOLOM_TERBACA = 200
SEL_MAKS = 200_000
TEKS_MAKS = 32_767
HURUF_MAKS = 4 * 1024 * 1024
GABUNGAN_MAKS = 20_000
RUMUS_TIDAK_TERSURAT = "?"
"""The formula of a cell that shares one which stands nowhere."""

Skalar: TypeAlias = "str | int | float | bool | None"
SelPolos: TypeAlias = "Skalar | list[Skalar]"

_KOLOM = {huruf_kolom(n): n for n in range(1, KOLOM_TERBACA + 1)}
_ANGKA = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ANGKA_MAKS = 400
_BULAT_MAKS = 1e15
_GABUNGAN = re.compile(r"([A-Z]{1,3}[0-9]+):([A-Z]{1,3}[0-9]+)")


@dataclass
class Hitungan:
    """What the sheets of one workbook add up to."""

    sel: int = 0
    huruf: int = 0

    def tambah(self, huruf: int) -> None:
        """Count one cell; raises MasukanSalah beyond what a workbook may hold."""
        self.sel += 1
        self.huruf += huruf
        if self.sel > SEL_MAKS:
            raise _penuh(f"Lebih dari {SEL_MAKS} sel terisi.")
        if self.huruf > HURUF_MAKS:
            raise _penuh(f"Teksnya lebih dari {HURUF_MAKS} huruf.")


def _penuh(sebab: str) -> MasukanSalah:
    return MasukanSalah("Buku kerja ini terlalu banyak isinya", sebab, "Hapus lembar atau baris yang tidak perlu, simpan, lalu ulangi.")


@dataclass
class LembarPolos:
    """A sheet as it will be sent."""

    nama: str
    sel: dict[str, SelPolos] = field(default_factory=dict)
    tersembunyi: set[int] = field(default_factory=set)
    gabungan: list[str] = field(default_factory=list)


def baca_lembar(isi: bytes) -> Iterator[LembarPolos]:
    """Yield the sheets of a workbook. Raises MasukanSalah."""
    paket = Paket(isi)
    daftar = daftar_lembar(paket)
    teks = [] if daftar.teks is None else teks_bersama(paket, daftar.teks)
    hitungan = Hitungan()
    for nama, bagian in daftar.lembar:
        yield _Pembaca(nama, teks, hitungan).baca(paket, bagian)


def angka(teks: str) -> int | float:
    """Read a number as the double that the file means, an int where it is whole; raises ValueError."""
    if len(teks) > _ANGKA_MAKS or _ANGKA.fullmatch(teks) is None:
        raise ValueError(teks[:_ANGKA_MAKS])
    nilai = float(teks)
    if not math.isfinite(nilai):
        raise ValueError(teks)
    return int(nilai) if nilai.is_integer() and abs(nilai) < _BULAT_MAKS else nilai


class _Pembaca:
    """Follows the parser through one sheet."""

    def __init__(self, nama: str, teks: list[str], hitungan: Hitungan) -> None:
        self.hasil = LembarPolos(nama)
        self.teks = teks
        self.hitungan = hitungan
        self.p = pengurai()
        self.rekam = Perekam(self.p)
        self.bersama: dict[str, str] = {}
        self.baris = 0
        self.akhiran = "0"
        self.rujukan = ""
        self.lompat = 0
        self.atribut: Atribut | None = None
        self.tanda: Atribut = {}
        self.nilai: str | None = None
        self.rumus: str | None = None
        self.bacaan = False
        self.tersembunyi = False

    def baca(self, paket: Paket, bagian: str) -> LembarPolos:
        buka: dict[str, Penangan] = {
            "row": self.baris_buka,
            "c": self.sel_buka,
            "v": self.rekam_buka,
            "f": self.rumus_buka,
            "t": self.rekam_buka,
            "rPh": self.bacaan_buka,
            "mergeCell": self.gabung,
        }
        tutup = {"c": self.sel_tutup, "v": self.nilai_tutup, "f": self.rumus_tutup, "t": self.teks_tutup, "rPh": self.bacaan_tutup}
        pasang(self.p, bernama(buka), bernama(tutup))
        jalankan(self.p, paket, bagian)
        return self.hasil

    def salah(self, rujukan: str, apa: str) -> MasukanSalah:
        return rusak(f"Sel {sebut(rujukan)} pada lembar {sebut(self.hasil.nama)}: {apa}.")

    def baris_buka(self, a: Atribut) -> None:
        tulisan = a.get("r")
        if tulisan is None:
            self.baris += 1
        elif tulisan.isascii() and tulisan.isdecimal() and len(tulisan) <= 7:  # noqa: PLR2004 - the last row has seven digits
            self.baris = int(tulisan)
        else:
            self.baris = 0
        if not 0 < self.baris <= BARIS_MAKS:
            raise rusak(f"Nomor baris {sebut(tulisan or '')} pada lembar {sebut(self.hasil.nama)} tidak sah.")
        self.akhiran = str(self.baris)
        self.rujukan, self.lompat = "", 0
        if self.baris <= BARIS_TERBACA and (a.get("hidden") in BENAR or _nol(a.get("ht"))):
            self.hasil.tersembunyi.add(self.baris)

    def sel_buka(self, a: Atribut) -> None:
        rujukan = a.get("r")
        if rujukan is None:
            self.lompat += 1
        else:
            self.rujukan, self.lompat = rujukan, 0
        self.atribut = a
        self.nilai = self.rumus = None

    def letak(self) -> str:
        """Return the cell's name: its own, or one so many columns after the last that had one."""
        if not self.lompat:
            return self.rujukan
        try:
            kolom = urai_rujukan(self.rujukan)[1] if self.rujukan else 0
        except ValueError:
            raise self.salah(self.rujukan, "bukan rujukan sel") from None
        return f"{huruf_kolom(kolom + self.lompat)}{self.akhiran}"

    def rekam_buka(self, _a: Atribut) -> None:
        if self.atribut is not None:
            self.rekam.mulai()

    def nilai_tutup(self) -> None:
        if self.atribut is not None:
            if self.nilai is not None:
                raise self.salah(self.letak(), "nilainya ditulis dua kali")
            self.nilai = self.rekam.ambil()

    def bacaan_buka(self, _a: Atribut) -> None:
        self.bacaan = True

    def bacaan_tutup(self) -> None:
        self.bacaan = False

    def teks_tutup(self) -> None:
        if self.atribut is not None:
            teks = self.rekam.ambil()
            if not self.bacaan:
                self.nilai = (self.nilai or "") + teks

    def rumus_buka(self, a: Atribut) -> None:
        if self.atribut is not None:
            self.tanda = a
            self.rekam.mulai()

    def rumus_tutup(self) -> None:
        if self.atribut is None:
            return
        rumus = lepas_lolos(self.rekam.ambil()).removeprefix("=")
        if self.tanda.get("t") == "shared":
            nomor = self.tanda.get("si", "")
            rumus = self.bersama.setdefault(nomor, rumus) if rumus else self.bersama.get(nomor, "")
        self.rumus = rumus or RUMUS_TIDAK_TERSURAT

    def sel_tutup(self) -> None:
        a, self.atribut = self.atribut, None
        if a is None or (self.nilai is None and self.rumus is None):
            return
        tipe = a.get("t", "n")
        nilai = self.tafsir(tipe, self.nilai)
        if self.rumus is None and (nilai is None or nilai == ""):
            return
        rujukan = self.letak()
        if not rujukan.endswith(self.akhiran) or rujukan[: -len(self.akhiran)] not in _KOLOM or self.baris > BARIS_TERBACA:
            self.periksa_rujukan(rujukan)
        if rujukan in self.hasil.sel:
            raise self.salah(rujukan, "ditulis dua kali")
        self.hitung(rujukan, nilai)
        galat = tipe == "e" and nilai is not None
        self.hasil.sel[rujukan] = nilai if self.rumus is None and not galat else [nilai, self.rumus, galat]

    def hitung(self, rujukan: str, nilai: Skalar) -> None:
        huruf = len(nilai) if isinstance(nilai, str) else 0
        rumus = len(self.rumus or "")
        if max(huruf, rumus) > TEKS_MAKS:
            raise MasukanSalah(
                f"Sel {rujukan} pada lembar {sebut(self.hasil.nama)} terlalu panjang",
                f"Paling panjang {TEKS_MAKS} huruf.",
                "Pendekkan isinya, simpan, lalu ulangi.",
            )
        self.hitungan.tambah(huruf + rumus)

    def periksa_rujukan(self, rujukan: str) -> None:
        """Refuse a used cell that is none, that lies in another row than it says, or too far away to be read."""
        try:
            baris, kolom = urai_rujukan(rujukan)
        except ValueError:
            raise self.salah(rujukan, "bukan rujukan sel") from None
        if baris != self.baris:
            raise self.salah(rujukan, f"tertulis di baris {self.baris}")
        if baris > BARIS_TERBACA or kolom > KOLOM_TERBACA:
            raise MasukanSalah(
                f"Sel {rujukan} terisi pada lembar {sebut(self.hasil.nama)}, di luar yang dibaca",
                f"Yang dibaca baris 1 sampai {BARIS_TERBACA} dan kolom A sampai {huruf_kolom(KOLOM_TERBACA)}.",
                "Kosongkan sel itu (Ctrl+End menuju sel terakhir), simpan, lalu ulangi.",
            )

    def tafsir(self, tipe: str, mentah: str | None) -> Skalar:
        """Return the value that the cell means."""
        if mentah is None:
            return None
        baca = _TIPE.get(tipe)
        if baca is None:
            raise self.salah(self.letak(), f"jenis {sebut(tipe)} tidak dikenal")
        try:
            return baca(self, mentah)
        except (ValueError, LookupError):
            raise self.salah(self.letak(), f"isinya {sebut(mentah)} tidak terbaca") from None

    def gabung(self, a: Atribut) -> None:
        rentang = a.get("ref", "")
        cocok = _GABUNGAN.fullmatch(rentang)
        try:
            if cocok is None or len(self.hasil.gabungan) == GABUNGAN_MAKS:
                raise ValueError(rentang)  # noqa: TRY301 - one sentence for all of them
            urai_rujukan(cocok[1])
            urai_rujukan(cocok[2])
        except ValueError:
            apa = f"Sel gabungan {sebut(rentang)} pada lembar {sebut(self.hasil.nama)} tidak sah, atau terlalu banyak."
            raise rusak(apa) from None
        self.hasil.gabungan.append(rentang)


def _nol(tinggi: str | None) -> bool:
    """Say whether a row's height hides it."""
    return tinggi is not None and _ANGKA.fullmatch(tinggi) is not None and float(tinggi) == 0


def _bilangan(_p: _Pembaca, mentah: str) -> Skalar:
    teks = mentah.strip()
    return angka(teks) if teks else None


def _teks_bersama(p: _Pembaca, mentah: str) -> Skalar:
    nomor = mentah.strip()
    if not (nomor.isascii() and nomor.isdecimal()):
        raise ValueError(mentah)
    return p.teks[int(nomor)]


def _teks(_p: _Pembaca, mentah: str) -> Skalar:
    return lepas_lolos(mentah)


def _benar(_p: _Pembaca, mentah: str) -> Skalar:
    return {"1": True, "0": False, "true": True, "false": False}[mentah.strip()]


_TIPE: dict[str, Callable[[_Pembaca, str], Skalar]] = {
    "n": _bilangan,
    "s": _teks_bersama,
    "str": _teks,
    "inlineStr": _teks,
    "d": _teks,
    "e": _teks,
    "b": _benar,
}
