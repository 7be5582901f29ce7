"""What the verbs of the audit trail share: an event in the contract's shape, days between act and record, names to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.bacaan import baca
from zi_workflow.cli.dasar import Konteks, maksud_anda, saran
from zi_workflow.cli.lembar_peristiwa import unit_dari
from zi_workflow.domain.errors import DefinisiSalah, TidakDitemukan

if TYPE_CHECKING:
    from datetime import date

    from zi_workflow.store import Amplop

ZONA_BAWAAN = "Asia/Jakarta"


def zona(konteks: Konteks) -> str:
    """Return the definition's time zone; a broken definition does not keep anybody from looking at what was recorded."""
    try:
        return konteks.aplikasi().definisi.zona
    except DefinisiSalah:
        return ZONA_BAWAAN


def terlambat(a: Amplop, zona: str) -> int:
    """Return how many days after the act an event was recorded; a correction's act is the day of the correction."""
    from datetime import date

    from zi_workflow.clock import hari_di
    from zi_workflow.domain.asof import selisih_hari
    from zi_workflow.domain.events import BuktiDikoreksi, BuktiDitarik

    koreksi = isinstance(a.peristiwa, BuktiDikoreksi | BuktiDitarik)
    terjadi = date.fromisoformat(a.peristiwa.pada) if koreksi else a.tanggal  # type: ignore[union-attr]
    return selisih_hari(terjadi, hari_di(zona, a.waktu_catat))


def polos(a: Amplop, zona: str) -> dict[str, Any]:
    """Return an event in the contract's shape."""
    return {
        "nomor": a.nomor,
        "unit": unit_dari(a),
        "versi": a.versi,
        "jenis": a.jenis,
        "tanggal": a.tanggal,
        "waktu_catat": a.waktu_catat,
        "oleh": a.oleh,
        "isi": a.isi,
        "dasar": a.dasar,
        "sidik_regulasi": a.sidik_regulasi,
        "rantai": a.rantai,
        "selisih_hari": terlambat(a, zona),
    }


def masa_peran(konteks: Konteks, peran: str) -> list[tuple[str, date, date | None]]:
    """Return who held a role from when to when, as the register of officials has it now."""
    from datetime import date

    from projections import pejabat

    semua = baca(konteks, lambda k: pejabat.daftar(k, konteks.aplikasi().instansi, peran=peran))
    hari = date.fromisoformat
    return [(m["nip"], hari(m["sejak"]), hari(m["sampai"]) if m["sampai"] else None) for m in semua]


def kutipan(konteks: Konteks, teks: str) -> str:
    """Return a citation with the id of a legal text (``PERWALI3``) spelled as the log has it."""
    depan, _, sisa = teks.strip().partition(" ")
    try:
        semua = konteks.aplikasi().definisi.norma.values()
    except DefinisiSalah:
        return teks
    singkatan = {n.id.casefold(): n.singkatan for n in semua}.get(depan.casefold())
    return teks if singkatan is None else f"{singkatan} {sisa}".strip()


def harus_dikenal(sebutan: str, nilai: str, semua: Iterable[str], opsi: str, yang_ada: str) -> None:
    """Raise TidakDitemukan, with what was probably meant, for a name that is none of ``semua``."""
    nama = list(semua)
    if nilai in nama:
        return
    mirip = saran(nilai, nama)
    pesan = f"{sebutan} '{nilai[:60]}' tidak dikenal. {maksud_anda(nilai, nama)}".strip()
    raise TidakDitemukan(pesan, yang_ada, f"zi audit cari {opsi} {mirip[0]}" if mirip else "zi audit cari")
