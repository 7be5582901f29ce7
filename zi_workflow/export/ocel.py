"""The log as OCEL 2.0 JSON: events first, as they go by; then the objects, whose changes waited on disk; then the types.

Every value is written as text under its declared type, as the published schema of the format asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat
from typing import Any, Final
from zoneinfo import ZoneInfo

from zi_workflow.export.content import Baris, Pembuka, isi, nama, saat
from zi_workflow.export.objects import ORANG, PENGADUAN, SIFAT, UNIT, Kaitan, Objek, Pemeta
from zi_workflow.export.spool import Laci
from zi_workflow.workbook.text import json_terang

SIFAT_PERISTIWA: Final[Mapping[str, str]] = {
    "nomor": "integer", "aliran": "string", "versi": "integer", "jenis": "string", "pokok": "string", "waktu_catat": "time",
    "oleh": "string", "pencatat": "string",
}  # fmt: skip
_SEBUTAN: Final = {"BuktiDicatat": "catat", "LangkahDiambil": "langkah", "LangkahDibatalkan": "batal", "PerintahDitolak": "tolak"}
"""Events that are activities of their own for each thing that they are about."""

_BERULANG: Final = frozenset({UNIT, ORANG, PENGADUAN})
"""Kinds of objects that are few beside their events."""


def ocel(semua: Iterable[Baris], zona: ZoneInfo, pembuka: Pembuka | None = None) -> Iterator[bytes]:
    """Yield the file in pieces."""
    pemeta, kegiatan = Pemeta(), dict[str, None]()
    with Laci() as laci:
        simpanan = _Simpanan(laci)
        yield b'{"events":['
        for sambung, baris in zip(_sambung(), semua, strict=False):
            kaitan = pemeta.petakan(baris, isi(baris, pembuka))
            waktu = saat(baris["tanggal"], zona)
            kegiatan.setdefault(_kegiatan(baris))
            yield sambung + json_terang(_peristiwa(baris, kaitan, waktu)).encode()
            simpanan.simpan(kaitan, waktu)
        yield b'\n],"objects":['
        for sambung, (kunci, rekaman) in zip(_sambung(), laci.semua(), strict=False):
            yield sambung + json_terang(_objek(kunci, rekaman)).encode()
    jenis = [{"name": k, "attributes": _tipe(v)} for k, v in SIFAT.items()]
    yield f'\n],"objectTypes":{json_terang(jenis)},'.encode()
    yield f'"eventTypes":{json_terang([{"name": k, "attributes": _tipe(SIFAT_PERISTIWA)} for k in sorted(kegiatan)])}}}\n'.encode()


def _sambung() -> Iterator[bytes]:
    """Yield what goes in front of each element of a list, without end."""
    return chain((b"\n",), repeat(b",\n"))


def _tipe(sifat: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": k, "type": v} for k, v in sifat.items()]


def _kegiatan(baris: Baris) -> str:
    """Return the activity: what was done, in the words of the definition."""
    jenis = nama(baris)[0]
    return f"{_SEBUTAN[jenis]} {baris['pokok']}" if jenis in _SEBUTAN else jenis


def _peristiwa(baris: Baris, kaitan: Kaitan, waktu: str) -> dict[str, Any]:
    return {
        "id": f"peristiwa:{baris['nomor']}",
        "type": _kegiatan(baris),
        "time": waktu,
        "attributes": [{"name": k, "value": str(baris[k])} for k in SIFAT_PERISTIWA if baris[k] is not None],
        "relationships": [{"objectId": o.id, "qualifier": ", ".join(peran)} for o, peran in kaitan.objek.items()],
    }


class _Simpanan:
    """Puts away what becomes known about each object, on disk.

    Of the kinds that many events touch the newest values stay in memory, so that what repeats is not put away again; of
    documents, which are as many as the log is long, only the id.
    """

    def __init__(self, laci: Laci) -> None:
        self._laci = laci
        self._nilai: dict[Objek, dict[str, tuple[str, str]]] = {}
        self._hubungan: dict[Objek, set[tuple[str, str]]] = {}

    def simpan(self, kaitan: Kaitan, waktu: str) -> None:
        """Put away what an event says that was not known, or not from so early on."""
        for objek in kaitan.objek:
            sifat = {kunci: nilai for satu, kunci, nilai in kaitan.sifat if satu == objek}
            milik = {(ke.id, sebagai) for dari, ke, sebagai in kaitan.hubungan if dari == objek}
            if objek.jenis in _BERULANG:
                lama, terkait = self._nilai.setdefault(objek, {}), self._hubungan.setdefault(objek, set())
                sifat = {k: v for k, v in sifat.items() if k not in lama or lama[k][1] != v or waktu < lama[k][0]}
                milik -= terkait
                lama.update({k: (waktu, v) for k, v in sifat.items()})
                terkait |= milik
            if sifat or milik:
                self._laci.tambah(objek.id, waktu, sifat, sorted(milik))


def _objek(kunci: str, rekaman: list[list[Any]]) -> dict[str, Any]:
    """Return an object: each attribute whenever its value changed, in order of time, and what it belongs to, once."""
    nilai: dict[str, str] = {}
    sifat: list[dict[str, str]] = []
    hubungan: dict[tuple[str, str], None] = {}
    for waktu, baru, milik in sorted(rekaman, key=lambda satu: satu[0]):
        sifat += [{"name": k, "time": waktu, "value": v} for k, v in baru.items() if nilai.get(k) != v]
        nilai.update(baru)
        hubungan.update({(satu[0], satu[1]): None for satu in milik})
    return {
        "id": kunci,
        "type": kunci.partition(":")[0],
        "attributes": sifat,
        "relationships": [{"objectId": ke, "qualifier": sebagai} for ke, sebagai in hubungan],
    }
