"""Calendar files (RFC 5545): the one home of ``icalendar``.

The bytes depend on the entries alone: no clock, no random identifier, no zone of the process. The same register gives the
same file, and a client that keeps entries by UID and takes the higher SEQUENCE never shows one twice. The text is escaped
here: the library's own TEXT turns a backslash before a capital N, as in a Windows path, into a line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from icalendar import Component

PRODID: Final = "-//zi-workflow//zi tenggat//ID"
SEGARKAN: Final = timedelta(days=1)
"""How often a client that subscribes should look again: as often as the sweep runs."""
JAM_ALARM: Final = timedelta(hours=7)
"""A reminder rings at 07.00; an all-day entry starts at 00.00 of the reader's own clock."""

# What some parser takes for the end of a line is written as RFC 5545 writes one, so that no name can open an entry of its own.
_GANTI_BARIS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")
# TEXT has no place for control characters (but HTAB), UTF-8 none for half a surrogate pair.
_TANPA_TEMPAT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# In front of a text it is what a file left behind, and the library drops it there: dropped here, no two UIDs become one unseen.
_BOM: Final = "\ufeff"
_LOLOS: Final = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


@dataclass(frozen=True, slots=True)
class Acara:
    """One all-day entry of a calendar.

    ``uid`` is stable for ever; ``urutan`` grows whenever the entry changed, and ``diubah`` (aware) is taken from the log.
    ``batal``: no longer true; ``selesai``: discharged; both are CANCELLED and ring no alarm. ``alarm``: days before.
    """

    uid: str
    urutan: int
    tanggal: date
    ringkas: str
    uraian: str
    diubah: datetime
    batal: bool = False
    selesai: bool = False
    alarm: tuple[int, ...] = ()
    kategori: tuple[str, ...] = ()


def susun(nama: str, zona: str, acara: Iterable[Acara]) -> bytes:
    """Return a calendar named ``nama`` with the entries in the order of their UIDs.

    Raises ValueError for two entries with one UID, and for a ``diubah`` without a zone.
    """
    urut = sorted(acara, key=lambda satu: _bersih(satu.uid))
    for satu, berikut in pairwise(urut):
        if _bersih(satu.uid) == _bersih(berikut.uid):
            raise ValueError(f"dua acara dengan satu UID: {satu.uid!r}")
    judul = _teks(nama)
    kepala = {"VERSION": "2.0", "PRODID": PRODID, "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH", "NAME": judul, "X-WR-CALNAME": judul}
    kalender = _komponen("VCALENDAR", kepala | {"X-WR-TIMEZONE": _teks(zona)}, {})
    kalender.add("REFRESH-INTERVAL", SEGARKAN, {"VALUE": "DURATION"})
    for satu in urut:
        kalender.add_component(_acara(satu))
    return bytes(kalender.to_ical())


def _acara(satu: Acara) -> Component:
    if satu.diubah.utcoffset() is None:
        raise ValueError(f"waktu perubahan tanpa zona: {satu.uid!r}")
    berlaku = not (satu.batal or satu.selesai)
    teks = {
        "UID": _teks(satu.uid),
        "SUMMARY": _teks(satu.ringkas),
        "DESCRIPTION": _teks(satu.uraian),
        "STATUS": "CONFIRMED" if berlaku else "CANCELLED",
        "TRANSP": "TRANSPARENT",
    }
    if satu.kategori:
        teks["CATEGORIES"] = ",".join(map(_teks, satu.kategori))
    nilai: dict[str, date | int] = {
        "DTSTAMP": satu.diubah,
        "LAST-MODIFIED": satu.diubah,
        "SEQUENCE": satu.urutan,
        "DTSTART": satu.tanggal,
        "DTEND": satu.tanggal + timedelta(days=1),
    }
    hasil = _komponen("VEVENT", teks, nilai)
    for hari in sorted(set(satu.alarm), reverse=True) if berlaku else ():
        bunyi = {"ACTION": "DISPLAY", "DESCRIPTION": teks["SUMMARY"]}
        hasil.add_component(_komponen("VALARM", bunyi, {"TRIGGER": JAM_ALARM - timedelta(days=hari)}))
    return hasil


def _komponen(jenis: str, teks: Mapping[str, str], nilai: Mapping[str, date | timedelta | int]) -> Component:
    """Make a component of texts that are ready to be written and of values that the library writes."""
    from icalendar import Component  # noqa: PLC0415 - takes its time, and only a calendar needs it
    from icalendar.prop import vInline  # noqa: PLC0415 - as above

    hasil = Component.get_component_class(jenis)()
    for kunci, isi in teks.items():
        hasil.add(kunci, vInline(isi))
    for kunci, satu in nilai.items():
        hasil.add(kunci, satu)
    return hasil


def _bersih(teks: str) -> str:
    """Return what a reader gets back: line breaks of every kind as one kind, without what a calendar has no place for."""
    return _TANPA_TEMPAT.sub("", _GANTI_BARIS.sub("\n", teks)).lstrip(_BOM)


def _teks(teks: str) -> str:
    """Return a string as RFC 5545 writes TEXT."""
    return _bersih(teks).translate(_LOLOS)
