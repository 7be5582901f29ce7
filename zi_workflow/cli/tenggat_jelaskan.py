"""``zi tenggat jelaskan``: the due dates of one unit in full, as a good lawyer's letter would put them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.dasar import TANGGAL, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.tenggat_bacaan import hari_tanya, periksa_kewajiban, polos, tidak_ada
from zi_workflow.cli.tenggat_jelaskan_layar import layar
from zi_workflow.cli.tulis import saran_unit

if TYPE_CHECKING:
    from zi_workflow.domain.deadlines import Tenggat
    from zi_workflow.domain.definition import Definisi, Kewajiban
    from zi_workflow.domain.events import Tercatat
    from zi_workflow.domain.state import Instansi, Unit


@dataclass(frozen=True, slots=True)
class Perkara:
    """What is asked about: the unit's file as it was on the day, the shared facts, and what was recorded of its reminders."""

    definisi: Definisi
    unit: Unit
    instansi: Instansi
    pengingat: Sequence[Tercatat]
    pada: date


@verba(
    "jelaskan",
    "Terangkan tenggat satu unit selengkapnya: tanggal, hitungan, dasar, tafsir, riwayat, siapa yang diingatkan, apa yang dilakukan.",
    contoh="zi tenggat jelaskan DISDUKCAPIL T3",
    berwaktu=True,
)
@click.argument("unit")
@click.argument("tenggat", required=False)
@click.option("--butir", metavar="KODE", help="Hanya butir rencana aksi ini.")
@click.option("--pada", type=TANGGAL, help="Hari yang ditanyakan; bawaan --per, atau hari ini (WIB).")
def perintah(konteks: Konteks, unit: str, tenggat: str | None, butir: str | None, pada: date | None) -> None:
    """Explain."""
    hari = hari_tanya(konteks, pada)
    with saran_unit(konteks):
        perkara, semua = _muat(konteks, unit, hari)
    periksa_kewajiban(konteks, [tenggat] if tenggat else [])
    if butir is not None:
        semua = _satu_butir(konteks, unit, semua, tenggat, butir)
    kewajiban = [
        _kewajiban(perkara, k, [t for t in semua if t.id == k.id])
        for k in perkara.definisi.kewajiban
        if tenggat in (None, k.id) and (butir is None or any(t.id == k.id for t in semua))
    ]
    berkas = perkara.unit
    data = {
        "unit": berkas.kode,
        "nama": berkas.nama,
        "tahap": berkas.keadaan.tahap,
        "predikat": berkas.keadaan.predikat,
        "sasaran": berkas.keadaan.sasaran,
        "pada": hari,
        "kewajiban": kewajiban,
    }
    konteks.keluarkan(data, layar=partial(layar, data, perkara.definisi.kalender))


def _muat(konteks: Konteks, kode: str, hari: date) -> tuple[Perkara, tuple[Tenggat, ...]]:
    """Read a unit's file as it was on a day, and its reminders; raises UnitTidakDitemukan."""
    from zi_workflow.domain.deadlines import tenggat
    from zi_workflow.session import TENGGAT

    layanan = konteks.aplikasi().layanan
    unit = layanan.unit_pada(kode, hari)
    instansi = layanan.instansi()
    pengingat = [t for t in layanan.gudang.muat(layanan.aliran.untuk(TENGGAT, kode)) if t.tanggal <= hari]
    perkara = Perkara(layanan.definisi, unit, instansi, pengingat, hari)
    return perkara, tenggat(layanan.definisi, unit, instansi, hari)


def _satu_butir(konteks: Konteks, unit: str, semua: Iterable[Tenggat], tenggat: str | None, butir: str) -> tuple[Tenggat, ...]:
    """Return the due dates of one plan item; raises TidakDitemukan where there is no such item."""
    butir_semua = [t for t in semua if t.kejadian.butir and tenggat in (None, t.id)]
    pilih = tuple(t for t in butir_semua if t.kejadian.butir == butir)
    if not pilih:
        ada = [t.kejadian.butir for t in butir_semua]
        raise tidak_ada(konteks, f"Butir rencana '{butir[:60]}'", butir, ada, f"zi tenggat jelaskan {unit}")
    return pilih


def _kewajiban(perkara: Perkara, kewajiban: Kewajiban, semua: Sequence[Tenggat]) -> dict[str, Any]:
    """Return a duty with its due dates; those discharged are its history."""
    from zi_workflow.cli.tenggat_kata import alasan_tidak_berlaku, pemenuhan
    from zi_workflow.domain.duties import TIDAK_SEBELUM, BatasTahunan, Berkas

    d, sifat = perkara.definisi, kewajiban.jenis.SIFAT
    kini = [t for t in semua if sifat == TIDAK_SEBELUM or t.kejadian.dipenuhi is None]
    # Of a yearly duty that runs, all discharged means that the years to come are still closed to the unit.
    tuntas = bool(semua) and not isinstance(kewajiban.jenis, BatasTahunan)
    berlaku = bool(kini) or (tuntas and Berkas(d, kewajiban, perkara.unit, perkara.instansi, perkara.pada).berjalan)
    peran = kewajiban.kepada if sifat != TIDAK_SEBELUM else ()
    pemegang = _pemegang(perkara, peran)
    tanpa = bool(peran) and not any(p["nip"] for p in pemegang)
    return {
        "id": kewajiban.id,
        "uraian": kewajiban.uraian,
        "sifat": sifat,
        "berlaku": berlaku,
        "alasan_tidak_berlaku": None if berlaku else alasan_tidak_berlaku(d, kewajiban, perkara.unit),
        "pemenuhan": pemenuhan(kewajiban),
        "diingatkan": pemegang,
        "cadangan": _pemegang(perkara, d.pengingat.cadangan) if tanpa else [],
        "bila_terlambat": _pemegang(perkara, d.pengingat.eskalasi if peran else ()),
        "bacaan": [{"id": i, "bacaan": d.tafsir[i].bacaan} for i in dict.fromkeys(i for t in semua for i in t.tafsir) if i in d.tafsir],
        "tenggat": [_satu(perkara, t) for t in kini],
        "riwayat": [_satu(perkara, t) for t in semua if t not in kini],
    }


def _pemegang(perkara: Perkara, peran: Iterable[str]) -> list[dict[str, Any]]:
    """Return who holds each role on the day (of the unit, where the role belongs to one)."""
    d, unit = perkara.definisi, perkara.unit.kode
    return [
        {"peran": nama, "nip": [j.nip for j in perkara.instansi.pemegang(nama, perkara.pada, unit if nama in d.peran_unit else None)]}
        for nama in peran
    ]


def _satu(perkara: Perkara, satu: Tenggat) -> dict[str, Any]:
    """Return a due date with what was recorded of it and which steps come next."""
    jejak = _jejak(perkara, satu)
    sudah = {j["langkah"] for j in jejak if j["jatuh_tempo"] == satu.jatuh_tempo.isoformat()}
    return polos(satu) | {"pengingat": jejak, "berikutnya": _berikutnya(perkara, satu, sudah) if satu.terbuka else []}


def _jejak(perkara: Perkara, satu: Tenggat) -> list[dict[str, Any]]:
    """Return the reminders recorded of an occurrence, whatever its date was then, and what was withdrawn of them."""
    from zi_workflow.domain.events import LangkahTenggat, PengingatDicabut

    hasil: list[dict[str, Any]] = []
    for t in perkara.pengingat:
        match t.peristiwa:
            case LangkahTenggat() as p if (p.tenggat, p.butir, p.kejadian) == (satu.id, satu.kejadian.butir, satu.kejadian.kunci):
                isi = {"langkah": p.langkah, "jatuh_tempo": p.jatuh_tempo, "seharusnya": p.seharusnya, "penerima": p.penerima}
                hasil.append({"nomor": t.nomor, "tanggal": t.tanggal, **isi, "keterangan": None})
            case PengingatDicabut() as p if any(
                (p.tenggat, p.butir, p.jatuh_tempo) == (satu.id, satu.kejadian.butir, j["jatuh_tempo"]) for j in hasil
            ):
                isi = {"langkah": "dicabut", "jatuh_tempo": p.jatuh_tempo, "seharusnya": None, "penerima": p.penerima}
                hasil.append({"nomor": t.nomor, "tanggal": t.tanggal, **isi, "keterangan": p.keterangan})
    return hasil


def _berikutnya(perkara: Perkara, satu: Tenggat, sudah: set[str]) -> list[dict[str, Any]]:
    """Return the steps from the day on that are not recorded yet; of an overdue duty the next two."""
    from zi_workflow.domain.reminders import LANGKAH_TERLAMBAT, langkah

    nanti = [(hari, nama) for hari, nama in langkah(perkara.definisi, satu) if hari >= perkara.pada]
    if not nanti:
        setiap = perkara.definisi.pengingat.terlambat_setiap
        kali = -(-(perkara.pada - satu.jatuh_tempo).days // setiap)
        nanti = [(satu.jatuh_tempo + timedelta(days=n * setiap), f"{LANGKAH_TERLAMBAT}+{n * setiap}") for n in (kali, kali + 1)]
    return [{"langkah": nama, "tanggal": hari} for hari, nama in nanti if nama not in sudah]
