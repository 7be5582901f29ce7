"""``zi audit ulang``: every past decision decided again, from its own evidence, date and definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.bacaan import alur_tercatat, kode_unit, unit_tak_ada
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.kemajuan import kemajuan
from zi_workflow.cli.tampilan import Gaya, tanggal

if TYPE_CHECKING:
    from zi_workflow.retrospect import Ulangan

_BEDA = 7


@verba(
    "ulang",
    "Putuskan ulang setiap putusan dari bukti, tanggal, dan definisinya sendiri; hasilnya harus sama. Tanpa UNIT: seluruh register."
    " Kode keluar 7 bila ada yang berbeda.",
    contoh="zi audit ulang DISDUKCAPIL",
)
@click.argument("unit", required=False)
def perintah(konteks: Konteks, unit: str | None) -> None:
    """Decide again."""
    kode = _satu(konteks, unit) if unit is not None else _semua(konteks)
    banyak, aturan, beda = 0, set(), []
    for bagian in kemajuan(konteks, _per_berkas(konteks, kode), len(kode), "Diputus ulang"):
        for u in bagian:  # only what differs is kept: a register may have a million decisions
            banyak += 1
            aturan.add(u.amplop.sidik_regulasi)
            beda += [u] if u.beda else []
    data = {"unit": unit, "putusan": banyak, "sama": banyak - len(beda), "beda": [_polos(u) for u in beda]}
    konteks.keluarkan(data, layar=partial(_layar, banyak, len(aturan), beda), kode=_BEDA if beda else 0)


def _satu(konteks: Konteks, kode: str) -> list[tuple[str | None, str | None]]:
    """Return the file of that code, whichever workflow it is of; raises TidakDitemukan."""
    if kode in kode_unit(konteks):
        return [(None, kode)]
    ada: list[tuple[str | None, str | None]] = [(a, kode) for a in alur_tercatat(konteks) if kode in konteks.aplikasi().layanan.berkas(a)]
    if not ada:
        raise unit_tak_ada(konteks, kode, "zi audit ulang")
    return ada


def _semua(konteks: Konteks) -> list[tuple[str | None, str | None]]:
    """Return the instansi's own files (no code), then every file of every workflow."""
    layanan = konteks.aplikasi().layanan
    return [(None, None), *((a, kode) for a in (None, *alur_tercatat(konteks)) for kode in layanan.berkas(a))]


def _per_berkas(konteks: Konteks, kode: Sequence[tuple[str | None, str | None]]) -> Iterator[list[Ulangan]]:
    from zi_workflow.retrospect import ulangi

    layanan = konteks.aplikasi().layanan
    lampau = {alur: layanan.lampau(alur) for alur in dict.fromkeys(a for a, _ in kode)}
    for alur, satu in kode:
        yield list(ulangi(lampau[alur], satu))
        lampau[alur].lupakan()


def _polos(u: Ulangan) -> dict[str, Any]:
    return {
        "nomor": u.amplop.nomor,
        "unit": u.unit,
        "perintah": u.perintah,
        "tanggal": u.amplop.tanggal,
        "sidik_regulasi": u.amplop.sidik_regulasi,
        "apa": u.beda,
    }


def _layar(banyak: int, aturan: int, beda: Sequence[Ulangan], gaya: Gaya) -> str:
    teks = lipat(f"{banyak} putusan diulang dengan {aturan} definisi: {banyak - len(beda)} sama, {len(beda)} berbeda.", gaya)
    for u in beda:
        unit = f" {u.unit}" if u.unit else ""
        teks += lipat(f"nomor {u.amplop.nomor}, {u.perintah}{unit}, {tanggal(u.amplop.tanggal)}:", gaya)
        teks += "".join(lipat(f"- {satu}", gaya, lekuk=2, lanjut=4) for satu in u.beda)
    if beda:
        teks += lipat(f"Lihat satu putusan: zi audit lihat {beda[0].amplop.nomor}", gaya)
    return teks
