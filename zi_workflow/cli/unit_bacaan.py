"""A unit's row on the board and its history: as they are, from the read models; of the past, by folding what is seen from there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.alur import UTAMA, Alur
from zi_workflow.cli.bacaan import baca, kode_unit, letak

if TYPE_CHECKING:
    from zi_workflow.cli.konteks import Konteks
    from zi_workflow.domain.events import Tercatat

Baris = Mapping[str, Any]

SEKALIGUS = 200
"""Files whose events are in memory at once when the list of all is folded anew."""


def satu_unit(konteks: Konteks, kode: str, milik: Alur = UTAMA) -> tuple[Baris | None, Sequence[Baris]]:
    """Return a file's row on the board (None where it is not registered) and its history, oldest first."""
    from projections import papan, riwayat

    instansi, alur = letak(konteks, milik)
    if konteks.sudut.kini:
        return baca(konteks, lambda k: (papan.satu(k, instansi, alur, kode), riwayat.unit(k, instansi, alur, kode)))
    semua = _peristiwa(konteks, [kode], milik)[kode]
    return _papan(semua, (instansi, alur, kode)), riwayat.terlipat(semua)


def daftar_unit(konteks: Konteks, tahap: str | None = None, predikat: str | None = None, milik: Alur = UTAMA) -> list[Baris]:
    """Return the units, or the files of another workflow (at a stage, holding a predikat), by code."""
    from projections import papan

    instansi, alur = letak(konteks, milik)
    if konteks.sudut.kini:
        return [*baca(konteks, lambda k: papan.daftar(k, instansi, alur, tahap, predikat))]
    semua = kode_unit(konteks, milik)
    bagian = (semua[awal : awal + SEKALIGUS] for awal in range(0, len(semua), SEKALIGUS))
    baris = (_papan(satu, (instansi, alur, kode)) for kode_ in bagian for kode, satu in _peristiwa(konteks, kode_, milik).items())
    return [b for b in baris if b is not None and tahap in (None, b["tahap"]) and predikat in (None, b["predikat"])]


def tinjauan(konteks: Konteks, baris: Baris) -> list[dict[str, Any]]:
    """Return the reviews of a file's decisions that nobody took note of yet; ``baris`` is its row on the board."""
    semua = ((nomor, konteks.aplikasi().store.lihat(nomor)) for nomor in json.loads(baris["tinjauan"]))
    return [{"nomor": n, **{k: a.isi.get(k) for k in ("jenis", "bukti", "putusan")}} for n, a in semua if a is not None]


def _papan(semua: Iterable[Tercatat], kunci: tuple[str, str, str]) -> Baris | None:
    from projections.papan import Papan
    from zi_workflow.readmodel import terlipat

    return terlipat(Papan(), semua).get(kunci)


def _peristiwa(konteks: Konteks, kode: Sequence[str], alur: Alur) -> dict[str, list[Tercatat]]:
    """Return what is seen of each file's stream and of its refusals, in order of number."""
    from zi_workflow.domain.verdict import PENOLAKAN, UNIT

    app = konteks.aplikasi()
    aliran = app.layanan.aliran_alur(alur.id)
    milik = {satu: [aliran.untuk(g, satu) for g in (UNIT, PENOLAKAN)] for satu in kode}
    semua = app.store.muat_banyak([a for dua in milik.values() for a in dua])
    lihat = {a: konteks.sudut.saring(t) for a, t in semua.items()}
    return {satu: sorted((t for a in dua for t in lihat[a]), key=lambda t: t.nomor) for satu, dua in milik.items()}
