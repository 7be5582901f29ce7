"""Pejabat: the register of officials, one row per person and role with all terms in it.

An end names the person and the role (and perhaps a unit), not the day on which the term began, and may end several
terms; so these two are the key, and the terms stand in the row as JSON. `daftar` gives one entry per appointment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, select

from zi_workflow.domain.events import PejabatDiakhiri, PejabatDiangkat, Tercatat
from zi_workflow.domain.personal import DISEGEL
from zi_workflow.readmodel import simpan_teks

_teks = Text().with_variant(Text(collation="C"), "postgresql")
_nomor = BigInteger().with_variant(Integer(), "sqlite")

pejabat = Table(
    "pejabat",
    MetaData(),
    Column("instansi", _teks, primary_key=True),
    Column("nip", _teks, primary_key=True),
    Column("peran", _teks, primary_key=True),
    Column("unit", _teks),
    Column("sk", _teks, nullable=False),
    Column("sejak", _teks, nullable=False),
    Column("sampai", _teks),
    Column("nomor", _nomor, nullable=False),
    Column("masa", _teks, nullable=False),
)
"""``masa`` is the JSON list of all terms in order of appointment; the columns before it are those of the last one. Names are
in it as `simpan_teks` keeps them: sealed where they are personal."""

_MASA = ("nama", "unit", "sk", "sejak", "sampai", "nomor")


class Pejabat:
    """The fold of the register; terms end as in the domain's own fold."""

    nama = "pejabat"
    versi = 2
    tabel = pejabat

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Return the person and the role that the event speaks of."""
        match tercatat.peristiwa:
            case PejabatDiangkat() | PejabatDiakhiri() as p:
                return ((tercatat.aliran.split("/", 1)[0], p.nip, p.peran),)
            case _:
                return ()

    def lipat(self, kunci: tuple[Any, ...], baris: Mapping[str, Any] | None, tercatat: Tercatat) -> Mapping[str, Any] | None:
        """Return the row with the new term, or with the terms that the event ends."""
        masa: list[dict[str, Any]] = [] if baris is None else json.loads(baris["masa"])
        match tercatat.peristiwa:
            case PejabatDiangkat() as p:
                masa.append(dict(zip(_MASA, (simpan_teks(p.nama), p.unit, p.sk, p.sejak, p.sampai or None, tercatat.nomor), strict=True)))
            case PejabatDiakhiri() as p:
                masa = [{**m, "sampai": p.sampai} if _berakhir(m, p) else m for m in masa]
            case _:
                return baris
        if not masa:
            return None
        return {
            **dict(zip(("instansi", "nip", "peran"), kunci, strict=True)),
            **{k: masa[-1][k] for k in _MASA if k != "nama"},
            "masa": json.dumps(masa, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        }


def _berakhir(masa: Mapping[str, Any], peristiwa: PejabatDiakhiri) -> bool:
    """Say whether the event ends a term: it had begun and would have run longer, in that unit (or whichever)."""
    berjalan = masa["sampai"] is None or masa["sampai"] > peristiwa.sampai
    return peristiwa.unit in (None, masa["unit"]) and berjalan and masa["sejak"] <= peristiwa.sampai


def daftar(
    koneksi: Connection,
    instansi: str,
    *,
    buka: Callable[[str], str] = lambda _: DISEGEL,
    nip: str | None = None,
    peran: str | None = None,
    unit: str | None = None,
    pada: date | None = None,
) -> list[dict[str, Any]]:
    """Return the appointments (of a person, to a role, in a unit, running on a day) by role, unit, begin and number.

    ``buka`` reads a name as it is kept (`Store.teks`); without it every name reads ``disegel``.
    """
    c = pejabat.c
    perintah = select(c.nip, c.peran, c.masa).where(c.instansi == instansi)
    if nip is not None:
        perintah = perintah.where(c.nip == nip)
    if peran is not None:
        perintah = perintah.where(c.peran == peran)
    hasil: list[dict[str, Any]] = []
    for baris in koneksi.execute(perintah).mappings():
        semua = ({"nip": baris["nip"], "peran": baris["peran"], **m} for m in json.loads(baris["masa"]))
        hasil += [m for m in semua if unit in (None, m["unit"]) and (pada is None or _pada(m, pada.isoformat()))]
    for satu in hasil:
        satu["nama"] = buka(satu["nama"])
    return sorted(hasil, key=lambda m: (m["peran"], m["unit"] or "", m["sejak"], m["nomor"]))


def _pada(masa: Mapping[str, Any], hari: str) -> bool:
    return bool(masa["sejak"] <= hari and (masa["sampai"] is None or hari <= masa["sampai"]))
