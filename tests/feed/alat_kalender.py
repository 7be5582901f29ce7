"""Readers of calendar files for these tests: a strict one of our own, the independent ``vobject``, and a client that keeps entries."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import vobject

from zi_workflow.feed import Acara

SEKALI = {
    "VCALENDAR": ["VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL"],
    "VEVENT": ["UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP"],
    "VALARM": ["ACTION", "TRIGGER", "DESCRIPTION"],
}
"""What every component has exactly once."""
BOLEH_TIDAK_ADA = {"VCALENDAR": set(), "VEVENT": {"CATEGORIES"}, "VALARM": set()}
_BARIS = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[A-Z-]+)*):(.*)", re.DOTALL)
_TEKS = re.compile(r"((?:[^\\;,]|\\[\\;,n])*)")


@dataclass
class Bagian:
    """A component as it stands in the file: ``sifat`` holds the value as written, ``parameter`` what stands before the colon."""

    jenis: str
    sifat: dict[str, str] = field(default_factory=dict)
    parameter: dict[str, str] = field(default_factory=dict)
    anak: list[Bagian] = field(default_factory=list)

    def teks(self, nama: str) -> str:
        """Return a property's TEXT; a character that had to be escaped and was not fails."""
        return buka(self.sifat[nama])


def acara(uid: str = "DISDUKCAPIL.T1.2026@zi.binjai", **lain: Any) -> Acara:  # noqa: ANN401 - any field of an entry
    """Make an entry of which a test names only what matters to it."""
    bawaan: dict[str, Any] = {
        "urutan": 1,
        "tanggal": date(2026, 5, 31),
        "ringkas": "Usulan WBK DISDUKCAPIL",
        "uraian": "Paling lambat 31 Mei 2026.",
        "diubah": datetime(2026, 1, 15, 3, 4, 5, tzinfo=UTC),
    }
    return Acara(uid, **(bawaan | lain))


def buka(tertulis: str) -> str:
    """Undo the escapes of TEXT; anything that RFC 5545 does not allow there fails."""
    assert _TEKS.fullmatch(tertulis), tertulis
    return re.sub(r"\\(.)", lambda cocok: "\n" if cocok[1] == "n" else cocok[1], tertulis)


def urai(isi: bytes) -> Bagian:
    """Read a calendar by the letter of RFC 5545; whatever is not exactly as it should be fails."""
    assert isi.endswith(b"\r\n")
    assert isi.count(b"\r") == isi.count(b"\n") == isi.count(b"\r\n")
    fisik = isi[:-2].split(b"\r\n")
    assert [baris for baris in fisik if not 0 < len(baris) <= 75] == []
    teks = "\r\n".join(baris.decode("utf-8") for baris in fisik)  # fails where a fold cuts a character
    assert [huruf for huruf in teks if unicodedata.category(huruf) == "Cc" and huruf not in "\r\n\t"] == []
    terbuka = [Bagian("")]
    for baris in teks.replace("\r\n ", "").split("\r\n"):
        cocok = _BARIS.fullmatch(baris)
        assert cocok, baris
        nama, parameter, nilai = cocok.groups()
        if nama == "BEGIN":
            terbuka.append(Bagian(nilai))
        elif nama == "END":
            selesai = terbuka.pop()
            assert nilai == selesai.jenis
            _periksa_lengkap(selesai)
            terbuka[-1].anak.append(selesai)
        else:
            assert nama not in terbuka[-1].sifat, f"{nama} berulang"
            terbuka[-1].sifat[nama], terbuka[-1].parameter[nama] = nilai, parameter[1:]
    (akar,) = terbuka
    (kalender,) = akar.anak
    assert (akar.sifat, kalender.jenis, {satu.jenis for satu in kalender.anak} - {"VEVENT"}) == ({}, "VCALENDAR", set())
    return kalender


def _periksa_lengkap(bagian: Bagian) -> None:
    assert bagian.sifat.keys() - BOLEH_TIDAK_ADA[bagian.jenis] == set(SEKALI[bagian.jenis])


def vobjek(isi: bytes) -> Any:  # noqa: ANN401 - a library without types
    """Read a calendar with the independent parser, which also judges it."""
    kalender = vobject.readOne(isi.decode("utf-8"))
    assert kalender.validate(raiseException=True)
    return kalender


class Klien:
    """A calendar program of a user: one entry for each UID, the one with the highest SEQUENCE; cancelled ones are not shown."""

    def __init__(self) -> None:
        """Begin with an empty calendar."""
        self._isi: dict[str, Any] = {}
        self.diganti = 0

    def impor(self, isi: bytes) -> None:
        """Take in a file, as often as one likes."""
        for satu in vobjek(isi).contents.get("vevent", []):
            lama = self._isi.get(satu.uid.value)
            if lama is None or int(satu.sequence.value) > int(lama.sequence.value):
                self._isi[satu.uid.value] = satu
                self.diganti += lama is not None

    @property
    def tampak(self) -> dict[str, date]:
        """Return what is shown, and on which day."""
        return {uid: satu.dtstart.value for uid, satu in self._isi.items() if satu.status.value != "CANCELLED"}
