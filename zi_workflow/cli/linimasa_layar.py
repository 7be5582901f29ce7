"""A unit's timeline on the screen: by year and month, every kind with a sign and a word of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.linimasa_bacaan import CATATAN, KOREKSI, LAIN, LANGKAH, PEMBATALAN, PENDAFTARAN, PENOLAKAN, TENGGAT, Titik
from zi_workflow.cli.teks import BULAN, tanggal_singkat

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya

TANDA: Final = {
    PENDAFTARAN: "+", LANGKAH: ">", PEMBATALAN: "<", CATATAN: ".", PENOLAKAN: "x", KOREKSI: "~", TENGGAT: "!", LAIN: "-",
}  # fmt: skip
_LEBAR_GOLONGAN: Final = max(map(len, TANDA))
_LEKUK, _LANJUT = 4, 11 + _LEBAR_GOLONGAN


def layar(kode: str, nama: str, semua: Sequence[Titik], gaya: Gaya) -> str:
    """Return the timeline."""
    kepala = lipat(f"Linimasa {kode}, {nama}: {len(semua)} peristiwa", gaya)
    if not semua:
        return kepala + "Tidak ada peristiwa pada rentang itu.\n"
    kepala += lipat("Tanggalnya tanggal kejadian; hari pencatatan disebut bila berbeda.", gaya)
    return kepala + "".join(_tahun(semua, gaya))


def _tahun(semua: Sequence[Titik], gaya: Gaya) -> Iterator[str]:
    for tahun, setahun in groupby(semua, key=lambda t: t.tanggal.year):
        yield f"\n{tahun}\n"
        for bulan, sebulan in groupby(setahun, key=lambda t: t.tanggal.month):
            yield f"  {BULAN[bulan - 1]}\n"
            yield from (_baris(t, gaya) for t in sebulan)


def _baris(t: Titik, gaya: Gaya) -> str:
    awal = f"{t.tanggal.day:>2} {TANDA[t.golongan]} {t.golongan:<{_LEBAR_GOLONGAN}}  "
    return lipat(f"{awal}{isi(t)} (nomor {t.nomor})", gaya, lekuk=_LEKUK, lanjut=_LANJUT)


def isi(t: Titik) -> str:
    """Return what happened in words, with the other axis and what became of it."""
    kata = [t.sebutan.removeprefix(f"{LANGKAH} ")]
    if t.dari is not None and t.ke is not None:
        kata.append(f"{t.dari} ke {t.ke}")
    if t.dicatat != t.tanggal:
        jarak = f", {t.selisih_hari} hari sesudahnya" if t.selisih_hari else ""
        kata.append(f"dicatat {tanggal_singkat(t.dicatat)}{jarak}")
    kata += [f"{apa} nomor {n}" for apa, n in (("dibatalkan oleh", t.dibatalkan_oleh), ("diganti oleh", t.diganti_oleh)) if n is not None]
    return "; ".join(kata)
