"""``zi tenggat daftar``: what is open in all units or one, what is overdue first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import TANGGAL, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.tampilan import Kolom, Sel, tabel, tanggal, tanggal_singkat
from zi_workflow.cli.tenggat_bacaan import (
    hari_tanya,
    nama,
    periksa_kewajiban,
    periksa_peran,
    perintah_jelaskan,
    polos,
    tenggat_unit,
    unit_dipilih,
)
from zi_workflow.domain.deadlines import AKAN_DATANG, DIPENUHI, JATUH_TEMPO, TERLAMBAT
from zi_workflow.domain.duties import TIDAK_SEBELUM

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.domain.deadlines import Tenggat

STATUS = (AKAN_DATANG, JATUH_TEMPO, TERLAMBAT, DIPENUHI)
_ADA_YANG_JATUH = 10
_DEKAT = 30


@verba(
    "daftar",
    "Daftar tenggat yang terbuka menurut jatuh temponya, semua unit atau satu. Tenggat yang sudah dipenuhi: --semua.",
    contoh="zi tenggat daftar --sampai 2026-12-31",
    daftar=True,
    berwaktu=True,
)
@click.option("--unit", metavar="KODE", help="Hanya unit ini; bawaan semua unit.")
@click.option("--tenggat", multiple=True, metavar="T", help="Hanya tenggat ini, misalnya T1; boleh diulang.")
@click.option("--peran", metavar="R", help="Hanya yang menjadi urusan peran ini, misalnya tpi.")
@click.option("--status", multiple=True, type=click.Choice(STATUS), help="Hanya yang berstatus ini; boleh diulang.")
@click.option("--pada", type=TANGGAL, help="Hari yang ditanyakan; bawaan --per, atau hari ini (WIB).")
@click.option("--sampai", type=TANGGAL, help="Hanya yang jatuh tempo sampai tanggal ini; yang terlambat termasuk.")
@click.option("--semua", is_flag=True, help="Juga yang sudah dipenuhi.")
@click.option("--kode-keluar", "kode_keluar", is_flag=True, help="Kode keluar 10 bila ada yang jatuh tempo atau terlambat.")
def perintah(
    konteks: Konteks,
    *,
    unit: str | None,
    tenggat: Sequence[str],
    peran: str | None,
    status: Sequence[str],
    pada: date | None,
    sampai: date | None,
    semua: bool,
    kode_keluar: bool,
) -> None:
    """List due dates."""
    periksa_kewajiban(konteks, tenggat)
    periksa_peran(konteks, peran, "zi tenggat daftar --peran")
    hari = hari_tanya(konteks, pada)
    boleh = status or [s for s in STATUS if semua or s != DIPENUHI]
    pilih = [
        satu
        for kode in unit_dipilih(konteks, unit)
        for satu in tenggat_unit(konteks, kode, hari)
        if satu.status in boleh
        and (not tenggat or satu.id in tenggat)
        and (peran is None or peran in satu.kewajiban.kepada)
        and (sampai is None or satu.jatuh_tempo <= sampai)
    ]
    urutan = [k.id for k in konteks.aplikasi().definisi.kewajiban]
    pilih.sort(key=lambda t: (t.jatuh_tempo, t.unit, urutan.index(t.id), t.kejadian.butir))
    baris = [polos(t) for t in pilih]
    jatuh = any(t.terbuka and t.status != AKAN_DATANG for t in pilih)
    data = {"pada": hari, "jumlah": jumlah(pilih), "tenggat": baris}
    layar = partial(_layar, pilih, hari)
    konteks.keluarkan(data, layar=layar, baris=baris, kode=_ADA_YANG_JATUH if kode_keluar and jatuh else 0)


def jumlah(semua: Sequence[Tenggat]) -> dict[str, int]:
    """Return how many due dates there are by status; not-before dates are counted by themselves."""
    batas = [t.status for t in semua if t.sifat != TIDAK_SEBELUM]
    return {s: batas.count(s) for s in STATUS} | {TIDAK_SEBELUM: len(semua) - len(batas)}


_GOLONGAN: Sequence[tuple[str, str, Callable[[Tenggat], bool]]] = (
    ("TERLAMBAT", "Lewat", lambda t: t.status == TERLAMBAT),
    ("JATUH TEMPO HARI INI", "Sisa", lambda t: t.status == JATUH_TEMPO),
    (f"DALAM {_DEKAT} HARI", "Sisa", lambda t: t.status == AKAN_DATANG and t.sisa_hari <= _DEKAT),
    (f"SESUDAH {_DEKAT} HARI", "Sisa", lambda t: t.status == AKAN_DATANG),
    ("SUDAH DIPENUHI", "Dipenuhi", lambda t: t.status == DIPENUHI),
)
"""Heading, heading of the column of days, and what belongs there; the first that fits takes a due date."""


def _layar(semua: Sequence[Tenggat], hari: date, gaya: Gaya) -> str:
    if not semua:
        return f"Tidak ada tenggat yang cocok pada {tanggal(hari)}.\n"
    lebar = [max(len(isi[k]) for isi in map(_sel_awal, semua)) for k in range(3)]
    sisa = [t for t in semua if t.sifat != TIDAK_SEBELUM]
    bagian = [f"Tenggat pada {tanggal(hari)}\n"]
    for judul, kolom, milik in _GOLONGAN:
        golongan = [t for t in sisa if milik(t)]
        sisa = [t for t in sisa if not milik(t)]
        bagian += _golongan(judul, ("Jatuh tempo", kolom), golongan, lebar, gaya)
    paling_cepat = [t for t in semua if t.sifat == TIDAK_SEBELUM]
    bagian += _golongan("PALING CEPAT DIUSULKAN (bukan batas waktu)", ("Tanggal", "Sisa"), paling_cepat, lebar, gaya)
    return "\n".join([*bagian, _penutup(semua, gaya)])


def _golongan(judul: str, kolom: tuple[str, str], semua: Sequence[Tenggat], lebar: Sequence[int], gaya: Gaya) -> list[str]:
    """Return a heading and its table; the columns of all tables stand beneath each other."""
    if not semua:
        return []
    kepala = [*(Kolom(k, tetap=True) for k in (kolom[0], "Unit", "Tenggat")), Kolom(kolom[1], kanan=True, tetap=True), "Uraian"]
    isi = [(*(s.ljust(n) for s, n in zip(_sel_awal(t), lebar, strict=True)), _sisa(t), _uraian(t)) for t in semua]
    return [f"{judul} ({len(semua)})\n{tabel(kepala, isi, gaya)}"]


def _sel_awal(satu: Tenggat) -> tuple[str, str, str]:
    return tanggal_singkat(satu.jatuh_tempo), satu.unit, nama(satu)


def _sisa(satu: Tenggat) -> Sel:
    """Return the days left or past; of what is discharged, the day of it."""
    if satu.kejadian.dipenuhi is not None:
        return Sel("sudah tiba" if satu.sifat == TIDAK_SEBELUM else tanggal_singkat(satu.kejadian.dipenuhi))
    if satu.status == JATUH_TEMPO:
        return Sel("hari ini", "red bold")
    return Sel(f"{abs(satu.sisa_hari)} hari".rjust(9), "red bold" if satu.status == TERLAMBAT else "")


def _uraian(satu: Tenggat) -> str:
    """Return what is to be done (of a plan item: its own words), with the last working day where that is news."""
    uraian = satu.kejadian.uraian or satu.uraian
    if satu.status in (DIPENUHI, TERLAMBAT) or satu.sifat == TIDAK_SEBELUM or not satu.alasan_libur:
        return uraian
    return f"{uraian} ({satu.alasan_libur}; hari kerja terakhir {tanggal_singkat(satu.hari_kerja_terakhir)})"


_SEBUTAN = {
    TERLAMBAT: "terlambat",
    JATUH_TEMPO: "jatuh tempo hari ini",
    AKAN_DATANG: "akan datang",
    DIPENUHI: "sudah dipenuhi",
    TIDAK_SEBELUM: "tanggal paling cepat",
}


def _penutup(semua: Sequence[Tenggat], gaya: Gaya) -> str:
    """Return what plan items are called, the counts, and the next step."""
    butir = {t.id: t.kewajiban.uraian for t in semua if t.kejadian.butir}
    teks = "".join(lipat(f"{id_}: {uraian}.", gaya) for id_, uraian in butir.items())
    n = jumlah(semua)
    kata = ", ".join(f"{n[k]} {s}" for k, s in _SEBUTAN.items() if n[k] or k in (TERLAMBAT, JATUH_TEMPO))
    pertama = next((t for t in semua if t.terbuka), semua[0])
    teks += lipat(f"{kata}; {len({t.unit for t in semua})} unit.", gaya)
    return teks + lipat(f"Penjelasan satu tenggat: {perintah_jelaskan(pertama)}", gaya)
