"""``zi jadwal sapu`` and ``zi jadwal kirim``: one sweep, one round of delivery; for cron, and for people who want to see it now."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.dasar import TANGGAL, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.tampilan import Kolom, tabel, tanggal, tanggal_singkat
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.sweep import HasilSapuan


TERJAUH = 366
"""Days ahead that may be swept for good."""
GILIRAN = 120
"""Seconds for which one delivery by hand holds the turn."""


@verba(
    "sapu",
    "Catat pengingat dan tenggat terlewat yang jatuh pada suatu hari. Setiap langkah dicatat sekali; mengulang tidak menulis apa pun.",
    contoh="zi jadwal sapu --pada 2026-05-01",
)
@click.option("--pada", type=TANGGAL, help="Hari yang disapu; bawaan hari ini menurut zona definisi.")
@click.option("--coba", is_flag=True, help="Hitung dan tampilkan saja; tidak ada yang ditulis.")
def sapu(konteks: Konteks, pada: date | None, coba: bool) -> None:
    """Sweep once."""
    hari_ini = konteks.aplikasi().hari_ini()
    if pada is not None and (pada - hari_ini).days > TERJAUH and not coba:
        raise MasukanSalah(
            f"{tanggal(pada)} terlalu jauh di depan untuk disapu.",
            f"Yang dicatat tidak dapat dihapus; paling jauh {TERJAUH} hari sesudah hari ini.",
            f"Lihat saja: zi jadwal sapu --pada {pada} --coba",
        )
    if pada is not None and pada > hari_ini and not coba:
        konteks.pesan(f"Perhatian: {tanggal(pada)} belum tiba; yang dicatat sekarang tidak dicatat lagi pada harinya.")
    hasil = konteks.aplikasi().penyapu.sapu(pada, coba=coba)
    konteks.keluarkan(polos_sapuan(hasil, coba=coba), layar=partial(_layar_sapu, hasil, coba=coba))


def polos_sapuan(hasil: HasilSapuan, *, coba: bool = False) -> dict[str, Any]:
    """Return what a sweep wrote in the contract's shape (interface.md §4)."""
    return {
        "skema": 1,
        "pada": hasil.pada,
        "dicatat": [
            {
                "unit": unit,
                "tenggat": p.tenggat,
                "butir": p.butir or None,
                "jatuh_tempo": p.jatuh_tempo,
                "langkah": p.langkah,
                "seharusnya": p.seharusnya,
                "penerima": list(p.penerima),
            }
            for unit, p in hasil.dicatat
        ],
        "dicabut": [
            {
                "unit": unit,
                "tenggat": p.tenggat,
                "butir": p.butir or None,
                "jatuh_tempo": p.jatuh_tempo,
                "sebab": p.sebab,
                "keterangan": p.keterangan,
                "pengganti": p.pengganti,
            }
            for unit, p in hasil.dicabut
        ],
        "dipulihkan": [
            {"unit": unit, "tenggat": p.tenggat, "butir": p.butir or None, "jatuh_tempo": p.jatuh_tempo, "keterangan": p.keterangan}
            for unit, p in hasil.dipulihkan
        ],
        "unit_dilihat": hasil.unit,
        "coba": coba,
    }


def _layar_sapu(hasil: HasilSapuan, gaya: Gaya, *, coba: bool) -> str:
    kata = "Percobaan sapuan" if coba else "Sapuan"
    if not hasil.dicatat and not hasil.dicabut and not hasil.dipulihkan:
        return f"{kata} {tanggal(hasil.pada)}: tidak ada yang perlu dicatat.\n"
    teks = f"{kata} {tanggal(hasil.pada)}: {len(hasil.dicatat)} dicatat, {len(hasil.dicabut)} pengingat dicabut.\n"
    if hasil.dicatat:
        kolom = [Kolom(k, tetap=True) for k in ("Unit", "Tenggat", "Jatuh tempo", "Langkah", "Seharusnya")]
        isi = [
            (u, _nama(p.tenggat, p.butir), tanggal_singkat(p.jatuh_tempo), p.langkah, tanggal_singkat(p.seharusnya) if p.seharusnya else "")
            for u, p in hasil.dicatat
        ]
        teks += "\n" + tabel(kolom, isi, gaya)
    if hasil.dicabut:
        kolom_cabut = [*(Kolom(k, tetap=True) for k in ("Unit", "Tenggat", "Semula")), "Sebab dicabut"]
        isi_cabut = [(u, _nama(p.tenggat, p.butir), tanggal_singkat(p.jatuh_tempo), p.keterangan) for u, p in hasil.dicabut]
        teks += "\n" + tabel(kolom_cabut, isi_cabut, gaya)
    if hasil.dipulihkan:
        teks += "\nBerlaku lagi: " + ", ".join(f"{u} {_nama(p.tenggat, p.butir)}" for u, p in hasil.dipulihkan) + "\n"
    return teks + "\nRincian satu tenggat: zi tenggat jelaskan UNIT TENGGAT\n"


def _nama(tenggat: str, butir: str) -> str:
    return f"{tenggat} {butir}" if butir else tenggat


@verba(
    "kirim",
    "Susun surat dari pengingat yang menunggu dan kirim semua yang tiba waktunya. Di luar jam dan hari kerja surat ditahan.",
    contoh="zi jadwal kirim",
)
@click.option("--segera", is_flag=True, help="Kirim sekarang juga, di luar jam dan hari kerja sekalipun.")
def kirim(konteks: Konteks, segera: bool) -> None:
    """Deliver once."""
    from datetime import timedelta

    from zi_workflow.cli.jadwal_jalan import Pelaksana
    from zi_workflow.clock import pengenal_pelaksana

    pelaksana = Pelaksana(konteks.aplikasi(), pengenal_pelaksana(), timedelta(seconds=GILIRAN))
    hasil = pelaksana.kirim_sekali(segera=segera)
    kosong = {"disusun": 0, "terkirim": 0, "gagal": 0, "menyerah": 0, "tertahan": False}
    konteks.keluarkan({"skema": 1, **(hasil or kosong), "giliran": hasil is not None}, layar=_layar_kirim(hasil))


def _layar_kirim(hasil: dict[str, Any] | None) -> str:
    if hasil is None:
        return "Penjadwal lain sedang mengantar surat; lihat: zi jadwal status\n"
    if hasil["tertahan"]:
        return "Surat ditahan: di luar jam atau hari kerja. Kirim juga: zi jadwal kirim --segera\n"
    teks = f"{hasil['disusun']} surat disusun, {hasil['terkirim']} terkirim, {hasil['gagal']} gagal dan akan dicoba lagi"
    return f"{teks}, {hasil['menyerah']} tidak dicoba lagi.\n" if hasil["menyerah"] else f"{teks}.\n"
