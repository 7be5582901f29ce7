"""Events as they are stored, uninterpreted: for those outside who check the chain themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, select

from zi_workflow.domain.errors import IntegritasRusak
from zi_workflow.store.chain import KOLOM, bahan, pangkal
from zi_workflow.store.schema import peristiwa

_HALAMAN: Final = 500


def baris_mentah(koneksi: Connection, sampai: int) -> Iterator[bytes]:
    """Yield every event up to number ``sampai``, in order, as a line of JSON: the columns of `KOLOM`, ``isi``, ``rantai``.

    All as stored: what is JSON in the store (``dibaca``, ``dasar``, ``isi``) stays text, for its very bytes are under the chain.
    Raises IntegritasRusak for content that is no text.
    """
    for awal in range(0, sampai, _HALAMAN):
        dari, ke = peristiwa.c.nomor > awal, peristiwa.c.nomor <= min(awal + _HALAMAN, sampai)
        for satu in koneksi.execute(select(peristiwa).where(dari, ke).order_by(peristiwa.c.nomor)).mappings():
            yield mentah(satu)


def mentah(baris: Mapping[Any, Any]) -> bytes:
    """Return one event as `baris_mentah` writes it."""
    isi = {**{k: baris[k] for k in KOLOM}, "isi": teks_isi(baris), "rantai": baris["rantai"]}
    return json.dumps(isi, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def teks_isi(baris: Mapping[Any, Any]) -> str:
    """Return the content of an event as text; raises IntegritasRusak."""
    try:
        return bytes(baris["isi"]).decode()
    except UnicodeDecodeError:
        raise _berbeda(baris["nomor"], "Isinya bukan teks UTF-8.") from None


def sidik(isi: bytes) -> bytes:
    """Return the chain hash of what an event's hash is made from: the tree's leaf."""
    return sha256(isi).digest()


def bahan_peristiwa(koneksi: Connection, nomor: int) -> bytes | None:
    """Return what the hash of event ``nomor`` is made from, None where there is no such event.

    Raises IntegritasRusak where the stored hash is not the hash of it.
    """
    p = peristiwa.c
    baris = koneksi.execute(select(peristiwa).where(p.nomor == nomor)).mappings().first()
    if baris is None:
        return None
    sebelum = koneksi.execute(select(p.rantai).where(p.aliran == baris["aliran"], p.versi == baris["versi"] - 1)).scalar()
    if sebelum is None:
        sebelum = pangkal(baris["aliran"])
    hasil = bahan(sebelum, {k: baris[k] for k in KOLOM}, bytes(baris["isi"]))
    if sidik(hasil).hex() != baris["rantai"]:
        raise _berbeda(nomor, "Rantainya tidak cocok dengan isinya.")
    return hasil


def _berbeda(nomor: int, sebab: str) -> IntegritasRusak:
    return IntegritasRusak(f"Peristiwa nomor {nomor} berbeda dari yang dicatat.", sebab, "zi audit verifikasi")
