"""Reasons: what a service said about a failure, told in plain Indonesian and without a secret."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from typing import Final

Catatan = tuple[int, str]
"""One line of the library's log: its level and its text."""

TERPANJANG: Final = 160
_STATUS: Final = re.compile(r"error=([1-5][0-9]{2})\b")
_SMTP: Final = re.compile(r"(?:Exception: (?:\{'[^']*': )?\(|refused: )([45][0-9]{2})\b")
_TANDA: Final[Sequence[tuple[re.Pattern[str], str]]] = (
    (re.compile(r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|SSLError|SSLCert", re.IGNORECASE), "sambungan aman ke server gagal"),
    (re.compile(r"Connection refused", re.IGNORECASE), "sambungan ditolak server"),
    (
        re.compile(r"NameResolution|Failed to resolve|Name or service not known|nodename nor servname|name resolution", re.IGNORECASE),
        "nama server tidak ditemukan",
    ),
    (re.compile(r"unreachable|No route to host", re.IGNORECASE), "jaringan ke server tidak terjangkau"),
    (re.compile(r"timed? ?out", re.IGNORECASE), "server tidak menjawab pada waktunya"),
    (
        re.compile(r"Connection reset|Connection aborted|RemoteDisconnected|unexpectedly closed|Broken pipe", re.IGNORECASE),
        "sambungan diputus server",
    ),
    (re.compile(r"AUTH extension not supported|No suitable authentication method", re.IGNORECASE), "server tidak menerima cara masuk"),
    (re.compile(r"STARTTLS extension not supported", re.IGNORECASE), "server tidak menyediakan sambungan aman"),
)
_ARTI_STATUS: Final = {
    401: "server tidak menerima token atau sandi",
    403: "server tidak menerima token atau sandi",
    404: "alamat layanan tidak ditemukan di server",
    429: "server meminta pengiriman diperlambat",
}
_ARTI_SMTP: Final = {
    421: "server surel sedang tidak melayani",
    450: "kotak surel sedang tidak dapat menerima",
    451: "server surel sedang bermasalah",
    452: "ruang di server surel habis",
    530: "server surel meminta masuk lebih dahulu",
    534: "server surel tidak menerima cara masuk",
    535: "server surel tidak menerima pengguna atau sandi",
    550: "alamat surel ditolak server",
    551: "alamat surel ditolak server",
    552: "kotak surel penuh",
    553: "alamat surel ditolak server",
}


def sebab_gagal(catatan: Sequence[Catatan], sensor: Callable[[str], str]) -> str:
    """Return why a sending failed; what the service said itself is quoted only where its code does not say enough."""
    semua = "\n".join(teks for _, teks in catatan)
    if cocok := _STATUS.search(semua):
        return _dari_status(int(cocok[1]), _petikan(catatan, sensor))
    if cocok := _SMTP.search(semua):
        kode = int(cocok[1])
        return f"{_ARTI_SMTP.get(kode, 'server surel menolak')} ({kode})"
    for pola, arti in _TANDA:
        if pola.search(semua):
            return arti
    return _dengan("kanal tidak menerima surat", _petikan(catatan, sensor))


def _dari_status(status: int, petikan: str) -> str:
    if status >= 500:  # noqa: PLR2004 - from here on HTTP says that the server failed
        return f"server sedang bermasalah ({status})"
    if status < 400:  # noqa: PLR2004 - below this HTTP sends elsewhere, and a letter that is sent on arrives empty
        return f"server mengalihkan ke tempat lain; perbaiki URL kanal itu ({status})"
    arti = _ARTI_STATUS.get(status)
    return f"{arti} ({status})" if arti else _dengan(f"server menolak ({status})", petikan)


def _dengan(arti: str, petikan: str) -> str:
    return f"{arti}: {petikan}" if petikan else arti


def _petikan(catatan: Sequence[Catatan], sensor: Callable[[str], str]) -> str:
    """Return the last warning of the library: redacted first, then on one line, then cut."""
    teks = next((t for tingkat, t in reversed(catatan) if tingkat >= logging.WARNING), "")
    bersih = " ".join("".join(c if c.isprintable() else " " for c in sensor(teks)).split())
    return bersih if len(bersih) <= TERPANJANG else bersih[: TERPANJANG - 1] + "…"
