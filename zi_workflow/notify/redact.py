"""Redaction: whatever a library says about a channel passes here before anybody reads it.

Every part of the channel's URL counts as a secret (user, password, host, path, values), for services put their tokens in any
of them. A part is found as written, decoded, encoded, escaped as in a log, and in base64 as servers echo a login.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote, quote_plus, unquote

ISIAN: Final = "{alamat}"
"""Where the template of a channel takes the address; the address is no secret."""
TANDA: Final = "…"
TERPENDEK: Final = 3
"""Parts shorter than this are left: they would blot out ordinary words and tell nobody anything."""
_URL: Final = re.compile(rf"[A-Za-z0-9+.{TANDA}-]*://\S*")
_PEMISAH: Final = re.compile(r"[/?&;@:=,\\\s#]+")


class Sensor:
    """Blots out the secrets of one template."""

    def __init__(self, templat: str) -> None:
        """Take the template apart."""
        rahasia = sorted(bentuk_rahasia(templat), key=lambda r: (-len(r), r))
        # A lookahead finds overlapping parts too; the longest that starts somewhere covers the shorter ones that start there.
        self._pola = re.compile(f"(?=({'|'.join(map(re.escape, rahasia))}))", re.IGNORECASE) if rahasia else None

    def __call__(self, teks: str) -> str:
        """Return ``teks`` without any secret and without any URL; a mark stands where something was."""
        while (baru := _URL.sub(TANDA, self._tutup(teks))) != teks:
            teks = baru  # what was taken away may have brought together what looks like a part again
        return teks

    def _tutup(self, teks: str) -> str:
        if self._pola is None:
            return teks
        hasil, sampai = [], 0
        for mulai, akhir in self._rentang(teks):
            hasil += [teks[sampai:mulai], TANDA]
            sampai = akhir
        return "".join([*hasil, teks[sampai:]])

    def _rentang(self, teks: str) -> Iterator[tuple[int, int]]:
        """Yield the stretches of ``teks`` that parts cover, joined where they overlap."""
        mulai = akhir = -1
        for cocok in self._pola.finditer(teks) if self._pola else ():
            if cocok.start() > akhir:
                if akhir >= 0:
                    yield mulai, akhir
                mulai = cocok.start()
            akhir = max(akhir, cocok.end(1))
        if akhir >= 0:
            yield mulai, akhir


def bentuk_rahasia(templat: str) -> frozenset[str]:
    """Return every form in which a secret of ``templat`` may turn up."""
    hasil: set[str] = set()
    for bagian in _bagian(templat):
        for sepotong in bagian.split(ISIAN):
            polos = {sepotong, unquote(sepotong), unquote(unquote(sepotong))}
            polos |= {s for p in polos for s in _PEMISAH.split(p)}
            for satu in polos:
                hasil |= _bentuk(satu)
    return frozenset(b for b in hasil if len(b) >= TERPENDEK)


def _bagian(templat: str) -> Iterator[str]:
    """Yield the parts of a template that stay together: the whole, login, user, password, host, pieces of the path, values."""
    sisa = templat.partition("://")[2] or templat
    yield sisa
    tempat, _, isian = sisa.partition("?")
    kepala, _, jalan = tempat.partition("/")
    masuk, _, tuan = kepala.rpartition("@")
    pengguna, _, sandi = masuk.partition(":")
    yield from (masuk, pengguna, sandi, tuan, f"\0{pengguna}\0{sandi}", jalan, isian)
    yield from tempat.split("/")
    for pasangan in re.split("[&;]", isian):
        yield pasangan.partition("=")[2]


def _bentuk(satu: str) -> set[str]:
    """Return the forms of one part; none for what is too short to be told from ordinary text."""
    if len(satu) < TERPENDEK:
        return set()
    bita = satu.encode("utf-8", "surrogatepass")
    bentuk = {satu, quote(bita, safe=""), quote(bita), quote_plus(bita)}
    bentuk |= {repr(satu)[1:-1], ascii(satu)[1:-1], repr(bita)[2:-1], json.dumps(satu)[1:-1]}
    return bentuk | {b64encode(bita).decode("ascii").rstrip("=")}
