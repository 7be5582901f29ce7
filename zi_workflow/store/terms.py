"""The terms of an event, by which it is found, and questions made of terms.

A term is a text whose first letter says its kind: ``u`` unit, ``o`` actor, ``j`` event name and what it is about, ``l`` move,
``k`` decision, ``c`` account, ``h`` ``b`` ``y`` day, month and year of the effective date, ``p`` place in a legal text, ``d`` number of a
document, ``w`` word. They come from the stored row alone, so that the index (`store.index`) is a function of the log, and what
is sealed for a person (an object with ``$pribadi``) has no term.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias
from unicodedata import normalize

KOLOM: Final = ("nomor", "kode", "jenis", "pokok", "oleh", "pencatat", "tanggal", "dasar", "isi")
"""Columns that the terms come from."""
KATA_MAKS: Final = 2000
"""Words kept of one event, in the order in which they stand."""
PANJANG_MAKS: Final = 60
"""Characters kept of a word or a number."""
UJUNG: Final = "\U0010ffff"
"""Sorts after whatever may follow a prefix."""
DITERIMA, DITOLAK = "diterima", "ditolak"
_PRIBADI: Final = "$pribadi"
_PUTUSAN: Final = {"LangkahDiambil": DITERIMA, "LangkahDibatalkan": DITERIMA, "PerintahDitolak": DITOLAK}
_DOKUMEN: Final = frozenset({"nomor", "nomor_sk", "surat", "sk", "tanda_terima", "laporan"})
"""Fields that hold the number of a document."""
_BUKAN_KATA: Final = frozenset({"syarat", "sidik", "sidik_isi"})
"""Fields that the program made: the checklist of a decision, checksums."""
_KATA: Final = re.compile(r"[^\W_]+")
_TEMPAT: Final = re.compile(r"\b(pasal|lampiran)\b", re.IGNORECASE)
_SINGKAT: Final = re.compile(r"(?:pasal|ps\.?|p)?\s*([0-9]{1,3}[a-z]?)\s*(?:\(([0-9]{1,2}[a-z]?)\))?\s*(?:([a-z])\.?)?", re.IGNORECASE)
_NAMA_UNSUR: Final = frozenset({"pasal", "ayat", "huruf", "angka", "lampiran", "bab", "bagian", "tabel"})


@dataclass(frozen=True, slots=True)
class Kata:
    """Holds where the event has exactly this term."""

    istilah: str


@dataclass(frozen=True, slots=True)
class Rentang:
    """Holds where the event has a term from ``awal`` on and before ``akhir``."""

    awal: str
    akhir: str


@dataclass(frozen=True, slots=True)
class Semua:
    """Holds where every part does; always, where there is none."""

    bagian: tuple[Tanya, ...]


@dataclass(frozen=True, slots=True)
class Salah:
    """Holds where one of the parts does; never, where there is none."""

    bagian: tuple[Tanya, ...]


Tanya: TypeAlias = "Kata | Rentang | Semua | Salah"


def cocok(tanya: Tanya, istilah: Collection[str]) -> bool:
    """Say whether an event with these terms answers the question."""
    match tanya:
        case Kata(satu):
            return satu in istilah
        case Rentang(awal, akhir):
            return any(awal <= satu < akhir for satu in istilah)
        case Semua(bagian):
            return all(cocok(satu, istilah) for satu in bagian)
        case Salah(bagian):
            return any(cocok(satu, istilah) for satu in bagian)


def istilah(baris: Mapping[Any, Any]) -> set[str]:
    """Return the terms of a stored row (`KOLOM`)."""
    nama, tanggal, isi = baris["jenis"].partition("@")[0], baris["tanggal"], json.loads(baris["isi"])
    hasil = {f"u{baris['kode']}", f"o{baris['oleh']}", f"c{baris['pencatat']}", f"j{nama}", f"j{baris['jenis']}"}
    hasil |= {f"h{tanggal}", f"b{tanggal[:7]}", f"y{tanggal[:4]}"}
    if baris["pokok"] is not None:
        hasil.add(f"j{baris['pokok']}")
    if nama in _PUTUSAN:
        hasil.add(f"k{_PUTUSAN[nama]}")
        langkah = (baris["pokok"], isi["isi"].get("perintah") if isinstance(isi.get("isi"), dict) else None)
        hasil |= {f"l{satu}" for satu in langkah if isinstance(satu, str)}
    for satu in json.loads(baris["dasar"]):
        hasil |= _tempat(satu)
    _isi(isi, hasil)
    return hasil


def _isi(isi: Mapping[str, Any], hasil: set[str]) -> None:
    """Add the words of the content and the numbers of documents in it."""
    batas = len(hasil) + KATA_MAKS
    for nama, teks in _teks(isi):
        if nama in _DOKUMEN:
            hasil.add(f"d{_nomor(teks)}")
        hasil |= {f"w{kata}" for kata in kata_dari(teks)}
        if len(hasil) >= batas:
            return


def _teks(nilai: object, nama: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that people wrote, with the name of its field."""
    if isinstance(nilai, str):
        yield nama, nilai
    elif isinstance(nilai, dict):
        if _PRIBADI not in nilai:
            for kunci, satu in nilai.items():
                if kunci not in _BUKAN_KATA:
                    yield from _teks(satu, kunci)
    elif isinstance(nilai, list):
        for satu in nilai:
            yield from _teks(satu, nama)


def kata_dari(teks: str) -> list[str]:
    """Return the words of a text: letters and digits, in small letters."""
    return [kata[:PANJANG_MAKS] for kata in _KATA.findall(normalize("NFC", teks).casefold())]


def _nomor(teks: str) -> str:
    return " ".join(normalize("NFC", teks).casefold().replace("\0", " ").split())[:PANJANG_MAKS]


# ------------------------------------------------------------------------------------------------------------- citations


def urai_kutipan(teks: str) -> tuple[str, tuple[str, ...]]:
    """Split a citation into the legal text and the place in it, widest part first: ``("n90", ("lampiran ii", "bab ii"))``.

    ``P13(1)a`` and ``13 (1) a`` are short for a place; text that names no place is the name of a legal text.
    """
    teks = normalize("NFC", teks).strip()
    pendek = _SINGKAT.fullmatch(teks)
    if pendek:
        bagian = zip(("pasal", "ayat", "huruf"), pendek.groups(), strict=True)
        return "", tuple(f"{nama} {nilai.casefold()}" for nama, nilai in bagian if nilai)
    letak = _TEMPAT.search(teks)
    if letak is None:
        return teks.casefold(), ()
    return teks[: letak.start()].strip().casefold(), tuple(_unsur(teks[letak.start() :].casefold()))


def _unsur(teks: str) -> Iterator[str]:
    """Yield the parts of a place: a name with its number, or what stands without a name; a name without a number only in front."""
    nama, pertama = "", True
    for kata in [*_KATA.findall(teks), ""]:
        if kata in _NAMA_UNSUR or not kata:
            if nama and pertama and not kata:
                yield nama
            nama = kata
        else:
            yield f"{nama} {kata}".strip()
            nama, pertama = "", False


def _tempat(kutipan: str) -> set[str]:
    """Return the terms of a citation: its legal text, and the place with everything that it is a part of."""
    norma, tempat = urai_kutipan(kutipan)
    jalan = ["/".join(tempat[:banyak]) for banyak in range(len(tempat) + 1)]
    jalan += [satu.split()[0] for satu in tempat[:1]]
    return {f"p{satu}|{norma}" for satu in jalan}


# ------------------------------------------------------------------------------------------------------------- questions


def awalan(huruf: str, teks: str) -> Rentang:
    """Return the question for a term of a kind that begins with ``teks``."""
    return Rentang(f"{huruf}{teks}", f"{huruf}{teks}{UJUNG}")


def tanya_pasal(teks: str) -> Tanya:
    """Return the question for events that cite a place (or a part of it), in the legal text whose name begins so."""
    norma, tempat = urai_kutipan(teks)
    return awalan("p", f"{'/'.join(tempat)}|{norma}")


def tanya_dokumen(teks: str) -> Tanya:
    """Return the question for the number of a document; ``*`` at its end stands for whatever follows."""
    return awalan("d", _nomor(teks[:-1])) if teks.endswith("*") else Kata(f"d{_nomor(teks)}")


def tanya_teks(teks: str) -> Tanya:
    """Return the question for all words of ``teks``; ``*`` at the end of a word stands for whatever follows."""
    bagian: list[Tanya] = []
    for satu in teks.split():
        *depan, akhir = kata_dari(satu) or [""]
        bagian += [Kata(f"w{kata}") for kata in depan]
        if akhir:
            bagian.append(awalan("w", akhir) if satu.endswith("*") else Kata(f"w{akhir}"))
    return Semua(tuple(bagian))


def tanya_tanggal(dari: date | None, sampai: date | None) -> Tanya:
    """Return the question for effective dates in a period, both days included: by days, months and years, few terms each."""
    if dari is None:
        return Semua(()) if sampai is None else _hingga(sampai)
    if sampai is None:
        return _sejak(dari)
    if dari > sampai:
        return Salah(())
    if (dari.year, dari.month) == (sampai.year, sampai.month):
        return Rentang(f"h{dari}", f"h{sampai}{UJUNG}")
    if dari.year == sampai.year:
        bulan = (_sisa_bulan(dari), Rentang(f"b{dari:%Y-%m}{UJUNG}", f"b{sampai:%Y-%m}"), _awal_bulan(sampai))
        return Salah(bulan)
    tahun = Rentang(f"y{dari:%Y}{UJUNG}", f"y{sampai:%Y}")
    return Salah((_sisa_bulan(dari), _sisa_tahun(dari), tahun, _awal_tahun(sampai), _awal_bulan(sampai)))


def _sejak(dari: date) -> Tanya:
    return Salah((_sisa_bulan(dari), _sisa_tahun(dari), Rentang(f"y{dari:%Y}{UJUNG}", f"y{UJUNG}")))


def _hingga(sampai: date) -> Tanya:
    return Salah((Rentang("y", f"y{sampai:%Y}"), _awal_tahun(sampai), _awal_bulan(sampai)))


def _sisa_bulan(hari: date) -> Rentang:
    return Rentang(f"h{hari}", f"h{hari:%Y-%m}{UJUNG}")


def _sisa_tahun(hari: date) -> Rentang:
    return Rentang(f"b{hari:%Y-%m}{UJUNG}", f"b{hari:%Y}{UJUNG}")


def _awal_tahun(hari: date) -> Rentang:
    return Rentang(f"b{hari:%Y}", f"b{hari:%Y-%m}")


def _awal_bulan(hari: date) -> Rentang:
    return Rentang(f"h{hari:%Y-%m}", f"h{hari}{UJUNG}")
