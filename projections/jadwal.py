"""Jadwal: per unit, what the sweep must know: when to look next, and what was recorded of which due date.

Every event of a unit's file asks for a look at once (``berikut`` is empty); a sweep says when to look again. A sweep
therefore reads only what changed or is due, however many units there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, Text, func, or_, select, union_all

from zi_workflow.domain.events import (
    BerkasTerkait,
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    JadwalDisapu,
    LangkahDiambil,
    LangkahDibatalkan,
    LangkahTenggat,
    LaranganDiwariskan,
    PengingatDicabut,
    PengingatDipulihkan,
    Tercatat,
    UnitDidaftarkan,
)

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

jadwal = Table(
    "jadwal",
    MetaData(),
    Column("instansi", _teks, primary_key=True),
    Column("alur", _teks, primary_key=True),
    Column("kode", _teks, primary_key=True),
    Column("aturan", _teks, nullable=False),
    Column("berikut", _teks, nullable=False),
    Column("disapu", _teks, nullable=False),
    Column("versi_ingatan", _nomor, nullable=False),
    Column("ingatan", _teks, nullable=False),
)
"""``berikut`` is ``YYYY-MM-DD``, empty for "now"; ``disapu`` the day that was swept when the unit was last looked at (empty: never);
``versi_ingatan`` the version of the unit's reminder stream.

``aturan`` is the hash of what decided the dates beside the file, empty before the first sweep. ``ingatan`` is JSON: a list of
[duty, item, due date, {step: day swept}, occurrence, last day, NIPs told, withdrawn] for every due date that was ever reminded
of: one that was withdrawn may come back, and what was recorded of it is not recorded again.
"""
Index("jadwal_berikut", jadwal.c.instansi, jadwal.c.alur, jadwal.c.aturan, jadwal.c.berikut)

PENGINGAT: Final = "-tenggat"
SAPUAN: Final = "-jadwal"
_INSTANSI: Final = "instansi"
_BERKAS: Final = (
    UnitDidaftarkan, BuktiDicatat, BuktiDikoreksi, BuktiDitarik, LangkahDiambil, LangkahDibatalkan, LaranganDiwariskan, BerkasTerkait,
)  # fmt: skip


class Jadwal:
    """The fold of the schedule."""

    nama = "jadwal"
    versi = 2
    tabel = jadwal

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the unit of the file, or of the reminder stream beside it; every unit that a sweep looked at."""
        instansi, alur, kode = tercatat.aliran.split("/", 2)
        peristiwa = tercatat.peristiwa
        if isinstance(peristiwa, _BERKAS):
            return () if alur == _INSTANSI else ((instansi, alur, kode),)
        if isinstance(peristiwa, LangkahTenggat | PengingatDicabut | PengingatDipulihkan):
            return ((instansi, alur.removesuffix(PENGINGAT), kode),)
        if isinstance(peristiwa, JadwalDisapu):
            return [(instansi, alur.removesuffix(SAPUAN), satu) for satu in peristiwa.unit]
        return ()

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the unit's row after the event."""
        peristiwa = tercatat.peristiwa
        if baris is None:
            if not isinstance(peristiwa, UnitDidaftarkan):
                return None
            awal = {"aturan": "", "disapu": "", "versi_ingatan": 0, "ingatan": "[]"}
            baris = {**dict(zip(("instansi", "alur", "kode"), kunci, strict=True)), **awal}
        match peristiwa:
            case JadwalDisapu():
                berikut = str(peristiwa.unit[kunci[2]])
                return {**baris, "aturan": peristiwa.aturan, "berikut": berikut, "disapu": peristiwa.pada}
            case LangkahTenggat() | PengingatDicabut() | PengingatDipulihkan():
                return {**baris, "versi_ingatan": tercatat.versi, "ingatan": _ingatan(baris["ingatan"], peristiwa, tercatat)}
            case _:
                return {**baris, "berikut": ""}


def _ingatan(lama: str, peristiwa: LangkahTenggat | PengingatDicabut | PengingatDipulihkan, tercatat: Tercatat) -> str:
    kunci = [peristiwa.tenggat, peristiwa.butir, peristiwa.jatuh_tempo]
    semua = json.loads(lama)
    dulu = next((satu for satu in semua if satu[:3] == kunci), None)
    langkah = dict(dulu[3]) if dulu else {}
    akhir = dulu[5] if dulu else None
    if isinstance(peristiwa, LangkahTenggat):
        langkah.setdefault(peristiwa.langkah, tercatat.tanggal.isoformat())
        akhir = peristiwa.akhir
    dicabut = isinstance(peristiwa, PengingatDicabut)
    penerima = [] if dicabut else list(peristiwa.penerima)
    sisa = [satu for satu in semua if satu is not dulu]
    sisa.append([*kunci, langkah, peristiwa.kejadian, akhir, penerima, dicabut])
    return json.dumps(sisa, ensure_ascii=False, separators=(",", ":"))


def jatuh(koneksi: Connection, instansi: str, alur: str, aturan: str, pada: str, batas: int) -> list[dict[str, Any]]:
    """Return at most ``batas`` units to look at on a day: those due or changed, and those last looked at under other rules."""
    c = jadwal.c
    milik = (c.instansi == instansi, c.alur == alur)
    kolom = [c.kode, c.versi_ingatan, c.ingatan]
    tepat = select(*kolom).where(*milik, c.aturan == aturan, c.berikut <= pada).limit(batas)
    hasil = [dict(b) for b in koneksi.execute(tepat).mappings()]
    for lain in (c.aturan < aturan, c.aturan > aturan):  # two ranges of the index, where <> would read all of it
        if len(hasil) < batas:
            hasil += [dict(b) for b in koneksi.execute(select(*kolom).where(*milik, lain).limit(batas - len(hasil))).mappings()]
    return hasil


def mendahului(koneksi: Connection, instansi: str, alur: str, pada: str, batas: int) -> list[dict[str, Any]]:
    """Return at most ``batas`` units last looked at on a day after ``pada``: the clock was set back, or an earlier day is swept.

    Reads every row: asked only where a later day was swept before.
    """
    c = jadwal.c
    perintah = select(c.kode, c.versi_ingatan, c.ingatan).where(c.instansi == instansi, c.alur == alur, c.disapu > pada).limit(batas)
    return [dict(b) for b in koneksi.execute(perintah).mappings()]


def tunggakan(koneksi: Connection, instansi: str, alur: str, aturan: str, pada: str) -> int:
    """Return how many units a sweep on that day would look at."""
    c = jadwal.c
    milik = (c.instansi == instansi, c.alur == alur)
    bagian = [
        select(func.count().label("banyak")).where(*milik, syarat)
        for syarat in ((c.aturan == aturan) & (c.berikut <= pada), or_(c.aturan < aturan, c.aturan > aturan))
    ]
    return int(koneksi.execute(select(func.sum(union_all(*bagian).subquery().c.banyak))).scalar_one())


def berikut(koneksi: Connection, instansi: str, alur: str, aturan: str) -> str | None:
    """Return the earliest day on which a unit is to be looked at again, None where there is none."""
    c = jadwal.c
    hari = koneksi.execute(select(func.min(c.berikut)).where(c.instansi == instansi, c.alur == alur, c.aturan == aturan)).scalar()
    return None if hari is None else str(hari)


def hidup(koneksi: Connection, instansi: str, alur: str, kode: Iterable[str]) -> dict[str, set[tuple[str, str, str]]]:
    """Return, for each of these units, the due dates (duty, item, date) whose reminders stand."""
    c = jadwal.c
    hasil: dict[str, set[tuple[str, str, str]]] = {}
    for satu in dict.fromkeys(kode):
        teks = koneksi.execute(select(c.ingatan).where(c.instansi == instansi, c.alur == alur, c.kode == satu)).scalar()
        hasil[satu] = {(t, b, j) for t, b, j, *_, dicabut in json.loads(teks or "[]") if not dicabut}
    return hasil
