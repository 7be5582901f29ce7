"""Reading complaints: rows with their due dates, one file in full; the reporter is left out of everything but a recorded look."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.alur import Alur
from zi_workflow.cli.unit_bacaan import daftar_unit, tinjauan

if TYPE_CHECKING:
    from datetime import date

    from zi_workflow.cli.konteks import Konteks
    from zi_workflow.domain.definition import Kewajiban
    from zi_workflow.domain.state import Unit

ADUAN = Alur("pengaduan", "P-2026-0001", "Pengaduan", "KODE", "pengaduan terima --unit UNIT --perihal … --saluran … --oleh NIP")
PELAPOR = "pelapor"
"""The kind of record that holds who complained."""


def daftar(konteks: Konteks, unit: str | None, tahap: str | None, *, terbuka: bool) -> list[dict[str, Any]]:
    """Return complaints (about a unit, at a stage, still open) by due date, those that ended last."""
    layanan, hari = konteks.aplikasi().layanan, konteks.sudut.per or konteks.aplikasi().hari_ini()
    tahap_semua, kewajiban = layanan.aturan(ADUAN.id).tahap, _kewajiban(konteks)
    hasil = []
    for satu in daftar_unit(konteks, tahap, milik=ADUAN):
        if unit in (None, satu["induk"]):
            akhir = tahap_semua[satu["tahap"]].akhir
            batas = batas_selesai(kewajiban, satu["terdaftar"])
            baris = {k: satu[k] for k in ("kode", "tahap", "sejak")}
            hasil.append(
                {
                    **baris,
                    "unit": satu["induk"],
                    "perihal": satu["nama"],
                    "diterima": satu["terdaftar"],
                    "selesai": akhir,
                    "jatuh_tempo": batas,
                    "sisa_hari": None if akhir or batas is None else (batas - hari).days,
                    "tinjauan": json.loads(satu["tinjauan"]),
                }
            )
    urut = sorted(hasil, key=lambda b: (b["selesai"], b["jatuh_tempo"] or hari, b["kode"]))
    return [b for b in urut if not (terbuka and b["selesai"])]


def _kewajiban(konteks: Konteks) -> Kewajiban | None:
    """Return the unit's duty that says by when a complaint must end, None where the definition has none."""
    from zi_workflow.domain.duties import Penyelesaian

    semua = konteks.aplikasi().definisi.kewajiban
    return next((k for k in semua if isinstance(k.jenis, Penyelesaian) and k.jenis.alur == ADUAN.id), None)


def batas_selesai(kewajiban: Kewajiban | None, diterima: str) -> date | None:
    """Return by when a complaint received on that day must end."""
    from datetime import date as hari_

    from zi_workflow.domain.duties import batas_penyelesaian

    return None if kewajiban is None else batas_penyelesaian(kewajiban, hari_.fromisoformat(diterima))[1]


def satu(konteks: Konteks, kode: str, baris: Mapping[str, Any], riwayat: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a complaint's file for its screen: where it stands, its due date, its records without the reporter, its history."""
    berkas = konteks.aplikasi().layanan.unit(kode, ADUAN.id)
    selesai = konteks.aplikasi().layanan.aturan(ADUAN.id).tahap[baris["tahap"]].akhir
    return {
        "kode": kode,
        "unit": baris["induk"],
        "perihal": baris["nama"],
        "diterima": baris["terdaftar"],
        **{k: baris[k] for k in ("tahap", "sejak", "versi")},
        "selesai": selesai,
        "jatuh_tempo": batas_selesai(_kewajiban(konteks), baris["terdaftar"]),
        "catatan": [] if berkas is None else _catatan(berkas),
        "pelapor_tercatat": berkas is not None and bool(berkas.bukti.get(PELAPOR)),
        "riwayat": [{k: r[k] for k in ("nomor", "langkah", "dari", "ke", "tanggal", "waktu_catat", "oleh", "dibatalkan")} for r in riwayat],
        "tinjauan": tinjauan(konteks, baris),
    }


def _catatan(berkas: Unit) -> list[dict[str, Any]]:
    """Return the records in order of number; of the one that says who complained only that it is there."""
    semua = sorted((b for jenis in berkas.bukti.values() for b in jenis), key=lambda b: b.nomor)
    return [
        {"nomor": b.nomor, "jenis": b.jenis, "tanggal": b.tanggal, "oleh": b.oleh, "isi": None if b.jenis == PELAPOR else b.isi}
        for b in semua
    ]


def identitas(konteks: Konteks, kode: str) -> list[dict[str, str]]:
    """Return who complained, opened; only for the verb that has recorded the look. What cannot be opened says why instead."""
    berkas = konteks.aplikasi().layanan.unit(kode, ADUAN.id)
    semua = berkas.bukti.get(PELAPOR, ()) if berkas is not None else ()
    return [{nama: _terbuka(konteks, isi) for nama, isi in b.isi.items()} for b in semua]


def _terbuka(konteks: Konteks, isi: object) -> str:
    from zi_workflow.domain.personal import Pribadi

    if isinstance(isi, Pribadi) and isi.sandi is not None:
        return str(konteks.aplikasi().store.brankas.buka(json.loads(isi.sandi), isi.sandi, paksa=True))
    return str(isi)
