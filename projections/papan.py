"""Papan: the board, one row per unit: where it stands now, what it holds, and when it was last refused something."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, Table, Text, select

from zi_workflow.domain.events import (
    BerkasTerkait,
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PeninjauanDiakui,
    PerintahDitolak,
    PetaPolos,
    PutusanDitinjau,
    Tercatat,
    UnitDidaftarkan,
)

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

papan = Table(
    "papan",
    MetaData(),
    Column("instansi", _teks, primary_key=True),
    Column("alur", _teks, primary_key=True),
    Column("kode", _teks, primary_key=True),
    Column("nama", _teks, nullable=False),
    Column("jenis", _teks),
    Column("afirmasi", _teks),
    Column("induk", _teks),
    Column("tahap", _teks, nullable=False),
    Column("sejak", _teks, nullable=False),
    Column("predikat", _teks),
    Column("sasaran", _teks),
    Column("usulan_tahun", Integer),
    Column("usulan_predikat", _teks),
    Column("usulan_surat", _teks),
    Column("langkah_terakhir", _teks),
    Column("tanggal_langkah_terakhir", _teks),
    Column("terdaftar", _teks, nullable=False),
    Column("dari_arsip", Boolean, nullable=False),
    Column("versi", _nomor, nullable=False),
    Column("nomor", _nomor, nullable=False),
    Column("jumlah_bukti", _nomor, nullable=False),
    Column("ditolak_nomor", _nomor),
    Column("ditolak_perintah", _teks),
    Column("ditolak_hari", _teks),
    Column("tinjauan", _teks, nullable=False),
    Column("lalu", _teks, nullable=False),
)
"""Dates are ``YYYY-MM-DD``. ``versi`` and ``nomor`` are those of the unit's own last event (a refusal is not one).

``tinjauan`` is a JSON list of the numbers of the reviews that nobody took note of yet.
``induk`` is the file of another workflow that this one is about.

``langkah_terakhir`` is the last move that stands, NULL where none does. ``lalu`` holds, one line per standing move,
the values of `_KEADAAN` before it: an undo takes the last line back.
"""

_KEADAAN: Final = (
    "tahap", "sejak", "predikat", "sasaran", "usulan_tahun", "usulan_predikat", "usulan_surat",
    "langkah_terakhir", "tanggal_langkah_terakhir",
)  # fmt: skip
_PENOLAKAN: Final = "-penolakan"
_INSTANSI: Final = "instansi"
_BERKAS: Final = (
    UnitDidaftarkan, BuktiDicatat, BuktiDikoreksi, BuktiDitarik, PutusanDitinjau, PeninjauanDiakui, LangkahDiambil, LangkahDibatalkan,
    LaranganDiwariskan, BerkasTerkait, PerintahDitolak,
)  # fmt: skip
_TAMPIL: Final = [k for k in papan.columns if k.key != "lalu"]


class Papan:
    """The fold of the board; it agrees with the fold of the domain, event by event."""

    nama = "papan"
    versi = 2
    tabel = papan

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the unit of the stream, or of the refusal stream beside it; other streams have no row."""
        instansi, alur, kode = tercatat.aliran.split("/", 2)
        if alur == _INSTANSI or not isinstance(tercatat.peristiwa, _BERKAS):
            return ()
        return ((instansi, alur.removesuffix(_PENOLAKAN), kode),)

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the unit's row after the event; nothing before it is registered, whatever was refused."""
        peristiwa = tercatat.peristiwa
        if isinstance(peristiwa, UnitDidaftarkan):
            return _baru(kunci, peristiwa, tercatat)
        if baris is None:
            return None
        if isinstance(peristiwa, PerintahDitolak):
            return {**baris, "ditolak_nomor": tercatat.nomor, "ditolak_perintah": peristiwa.perintah, "ditolak_hari": peristiwa.hari}
        baru = {**baris, "versi": tercatat.versi, "nomor": tercatat.nomor}
        match peristiwa:
            case BuktiDicatat():
                baru["jumlah_bukti"] += 1
            case BuktiDitarik():
                baru["jumlah_bukti"] -= 1
            case PutusanDitinjau():
                baru["tinjauan"] = json.dumps([*json.loads(baris["tinjauan"]), tercatat.nomor])
            case PeninjauanDiakui(tinjauan=satu):
                baru["tinjauan"] = json.dumps([n for n in json.loads(baris["tinjauan"]) if n != satu])
            case LangkahDiambil():
                sebelum = json.dumps([baris[k] for k in _KEADAAN], ensure_ascii=False, separators=(",", ":"))
                baru["lalu"] = f"{baris['lalu']}{sebelum}\n"
                baru |= _keadaan(peristiwa.hasil)
                baru |= {"langkah_terakhir": peristiwa.langkah, "tanggal_langkah_terakhir": tercatat.tanggal.isoformat()}
            case LangkahDibatalkan() if baris["lalu"]:
                sisa, akhir, sebelum = baris["lalu"][:-1].rpartition("\n")
                baru["lalu"] = sisa + akhir
                baru.update(zip(_KEADAAN, json.loads(sebelum), strict=True))
            case _:
                pass
        return baru


def _baru(kunci: tuple[Any, ...], peristiwa: UnitDidaftarkan, tercatat: Tercatat) -> dict[str, Any]:
    return {
        **dict(zip(("instansi", "alur", "kode"), kunci, strict=True)),
        "nama": peristiwa.nama,
        "jenis": peristiwa.jenis,
        "afirmasi": peristiwa.afirmasi,
        "induk": peristiwa.induk,
        **_keadaan(peristiwa.keadaan),
        "terdaftar": tercatat.tanggal.isoformat(),
        "dari_arsip": peristiwa.keadaan_awal is not None,
        "versi": tercatat.versi,
        "nomor": tercatat.nomor,
        "jumlah_bukti": 0,
        "tinjauan": "[]",
        "lalu": "",
    }


def _keadaan(polos: PetaPolos) -> dict[str, Any]:
    """Return the columns of a condition, from its plain data as events carry it."""
    usulan = polos.get("usulan")
    usulan = usulan if isinstance(usulan, Mapping) else {}
    return {
        **{k: polos.get(k) for k in ("tahap", "sejak", "predikat", "sasaran")},
        **{f"usulan_{k}": usulan.get(k) for k in ("tahun", "predikat", "surat")},
    }


def daftar(
    koneksi: Connection, instansi: str, alur: str, tahap: str | None = None, predikat: str | None = None, induk: str | None = None
) -> list[dict[str, Any]]:
    """Return the units (at a stage, holding a predikat, about a file of another workflow) by code."""
    c = papan.c
    perintah = select(*_TAMPIL).where(c.instansi == instansi, c.alur == alur).order_by(c.kode)
    if tahap is not None:
        perintah = perintah.where(c.tahap == tahap)
    if predikat is not None:
        perintah = perintah.where(c.predikat == predikat)
    if induk is not None:
        perintah = perintah.where(c.induk == induk)
    return [dict(baris) for baris in koneksi.execute(perintah).mappings()]


def satu(koneksi: Connection, instansi: str, alur: str, kode: str) -> dict[str, Any] | None:
    """Return one unit, None where there is none."""
    c = papan.c
    baris = koneksi.execute(select(*_TAMPIL).where(c.instansi == instansi, c.alur == alur, c.kode == kode)).mappings().first()
    return None if baris is None else dict(baris)


def kode_semua(koneksi: Connection, instansi: str, alur: str) -> list[str]:
    """Return every unit's code, in order."""
    c = papan.c
    return list(koneksi.execute(select(c.kode).where(c.instansi == instansi, c.alur == alur).order_by(c.kode)).scalars())


def kode_register(koneksi: Connection, instansi: str) -> set[str]:
    """Return the code of every file of every workflow."""
    return set(koneksi.execute(select(papan.c.kode).where(papan.c.instansi == instansi)).scalars())
