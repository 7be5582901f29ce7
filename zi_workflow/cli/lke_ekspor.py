"""``zi lke templat`` and ``zi lke ekspor``: workbooks (and JSON) out; nothing in the register changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Konteks, tulis_berkas
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lke_bacaan import ambil_lke, ambil_unit, harus_lke, instrumen_untuk
from zi_workflow.cli.lke_opsi import PENILAI, opsi_penilai, opsi_tahun
from zi_workflow.cli.lke_tujuan import periksa_tujuan, simpan_utuh
from zi_workflow.cli.teks import aman
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.cli.lke_bacaan import LkeTersimpan
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.workbook.content import IsiLembar, Penilaian

KEMENTERIAN, PORTALRB, JSON = "kementerian", "portalrb", "json"
BENTUK = (KEMENTERIAN, PORTALRB, JSON)
_TPI, _UNIT = "tpi", "unit"


@dataclass(frozen=True)
class Dokumen:
    """A document that is to be written, and what the answer says of it. ``termuat``: answers in it by assessor."""

    unit: str
    tahun: int
    penilai: str | None
    bentuk: str
    isi: bytes
    soal: int
    termuat: Mapping[str, int]
    terjawab: int
    peringatan: tuple[str, ...] = ()


_ke = click.option("--ke", required=True, metavar="FILE", help="Berkas tujuan; '-' untuk keluaran baku.")
_timpa = click.option("--timpa", is_flag=True, help="Ganti berkas tujuan bila sudah ada.")


@verba(
    "templat",
    "Buat buku kerja LKE untuk diisi di luar jaringan. Jawaban yang sudah tercatat ikut diisikan.",
    contoh="zi lke templat DISDUKCAPIL --tahun 2026 --penilai unit --ke lke-disdukcapil.xlsx",
)
@click.argument("unit")
@opsi_tahun
@opsi_penilai
@_ke
@click.option("--kosong", is_flag=True, help="Jangan isikan jawaban yang sudah tercatat.")
@_timpa
def templat(konteks: Konteks, unit: str, tahun: int, penilai: str, ke: str, kosong: bool, timpa: bool) -> None:
    """Write a workbook to be filled in."""
    periksa_tujuan(konteks, ke, timpa=timpa)
    _tulis(konteks, _templat(konteks, unit, tahun, penilai, kosong=kosong), ke, timpa=timpa)


@verba(
    "ekspor",
    "Tulis jawaban LKE ke tata letak kementerian, lembar PortalRB, atau JSON.",
    contoh="zi lke ekspor DISDUKCAPIL --tahun 2026 --bentuk portalrb --ke portalrb.xlsx",
)
@click.argument("unit")
@opsi_tahun
@_ke
@click.option("--bentuk", type=click.Choice(BENTUK), default=KEMENTERIAN, help="Tata letak; bawaan kementerian.")
@click.option("--penilai", type=click.Choice(PENILAI), help="Penilaian siapa; bawaan tpi, di portalrb dan json keduanya.")
@click.option("--wadah", metavar="FILE", help="Buku kerja resmi yang kosong; jawaban diisikan ke salinannya.")
@_timpa
def ekspor(konteks: Konteks, unit: str, tahun: int, ke: str, bentuk: str, penilai: str | None, wadah: str | None, timpa: bool) -> None:
    """Write an assessment on file."""
    periksa_tujuan(konteks, ke, timpa=timpa)
    if wadah is not None and bentuk != KEMENTERIAN:
        raise MasukanSalah(f"Bentuk {bentuk} tidak memakai --wadah", "Buku kerja resmi hanya untuk bentuk kementerian.", "Hapus --wadah.")
    if bentuk == KEMENTERIAN:
        dokumen = _kementerian(konteks, harus_lke(konteks, unit, tahun, penilai or _TPI), tahun, penilai or _TPI, wadah)
    else:
        dokumen = _keduanya(konteks, unit, tahun, penilai, bentuk)
    _tulis(konteks, dokumen, ke, timpa=timpa)


# ----------------------------------------------------------------------------------------------------------- documents


def _templat(konteks: Konteks, kode: str, tahun: int, penilai: str, *, kosong: bool) -> Dokumen:
    from zi_workflow.workbook.content import IsiLembar, Penilaian, terjawab
    from zi_workflow.workbook.ministry import tulis_kementerian

    unit = ambil_unit(konteks, kode)
    lke = None if kosong else ambil_lke(konteks, kode, tahun, penilai)
    dari_unit = ambil_lke(konteks, kode, tahun, _UNIT) if penilai == _TPI else None
    instrumen, lembaran = (lke.instrumen, lke.lembaran) if lke else instrumen_untuk(konteks, tahun)
    isi = IsiLembar(
        kode=unit.kode,
        nama=unit.nama,
        tahun=tahun,
        penilai=penilai,
        instrumen=instrumen,
        tata_letak=lembaran.kementerian,
        penilaian=_penilaian(lke) if lke else Penilaian(),
        jawaban_unit=dari_unit.jawaban if dari_unit else {},
    )
    ada = terjawab(instrumen, isi.penilaian.jawaban)
    return Dokumen(unit.kode, tahun, penilai, "templat", tulis_kementerian(isi), len(instrumen.soal), {penilai: ada}, ada)


def _kementerian(konteks: Konteks, lke: LkeTersimpan, tahun: int, penilai: str, wadah: str | None) -> Dokumen:
    from zi_workflow.workbook.content import EKSPOR, IsiLembar, terjawab
    from zi_workflow.workbook.ministry import tulis_kementerian

    dari_unit = ambil_lke(konteks, lke.unit.kode, tahun, _UNIT) if penilai == _TPI else None
    isi = IsiLembar(
        kode=lke.unit.kode,
        nama=lke.unit.nama,
        tahun=tahun,
        penilai=penilai,
        instrumen=lke.instrumen,
        tata_letak=lke.lembaran.kementerian,
        penilaian=_penilaian(lke),
        jawaban_unit=dari_unit.jawaban if dari_unit else {},
        tujuan=EKSPOR,
    )
    ada = terjawab(lke.instrumen, lke.jawaban)
    hasil, peringatan = (tulis_kementerian(isi), ()) if wadah is None else _resmi(isi, wadah)
    return Dokumen(lke.unit.kode, tahun, penilai, KEMENTERIAN, hasil, len(lke.instrumen.soal), {penilai: ada}, ada, peringatan)


def _resmi(isi: IsiLembar, wadah: str) -> tuple[bytes, tuple[str, ...]]:
    """Fill the official workbook; say what has no place in it."""
    from zi_workflow.workbook.official import tulis_resmi

    hasil, hilang = tulis_resmi(isi, Path(wadah))
    peringatan = [f"Bagian '{h}' di buku kerja resmi tidak ikut tersalin." for h in hilang]
    return hasil, (*peringatan, *_tanpa_tempat({isi.penilai: isi.penilaian}, bukti=True))


def _keduanya(konteks: Konteks, kode: str, tahun: int, penilai: str | None, bentuk: str) -> Dokumen:
    """Write what PortalRB takes: both assessments, as far as they are on file, or the one that was asked for."""
    from zi_workflow.workbook.content import terjawab

    dicari = PENILAI if penilai is None else (penilai,)
    ada = {p: lke for p in dicari if (lke := ambil_lke(konteks, kode, tahun, p)) is not None}
    lke = ada.get(_TPI) or ada.get(_UNIT) or harus_lke(konteks, kode, tahun, dicari[0])
    instrumen = lke.instrumen
    beda = {a.instrumen.versi for a in ada.values()} - {instrumen.versi}
    peringatan = [f"LKE unit memakai instrumen {aman(v)}, TPI {aman(instrumen.versi)}; soal yang sama saja yang ditulis." for v in beda]
    penilaian = {p: _penilaian(a) for p, a in ada.items()}
    if bentuk == JSON:
        from zi_workflow.workbook.api_json import tulis_json

        isi = tulis_json(lke.unit.kode, lke.unit.nama, tahun, instrumen, penilaian)
    else:
        isi = _portal(lke, tahun, penilaian)
    peringatan += _tanpa_tempat(penilaian, bukti=False)
    termuat = {p: terjawab(instrumen, a.jawaban) for p, a in penilaian.items()}
    terisi = terjawab(instrumen, *(a.jawaban for a in penilaian.values()))
    return Dokumen(lke.unit.kode, tahun, penilai, bentuk, isi, len(instrumen.soal), termuat, terisi, tuple(peringatan))


def _portal(lke: LkeTersimpan, tahun: int, penilaian: Mapping[str, Penilaian]) -> bytes:
    from zi_workflow.workbook.portal import tulis_portal

    if lke.lembaran.portal is None:
        raise MasukanSalah(
            f"Letak soal di lembar PortalRB tidak dikenal untuk instrumen {lke.instrumen.versi}",
            "Letak itu datang bersama master soal resmi.",
            "zi lke instrumen impor MASTER.json, atau pakai --bentuk json",
        )
    return tulis_portal(lke.unit.kode, lke.unit.nama, tahun, lke.instrumen, lke.lembaran.portal, penilaian)


def _penilaian(lke: LkeTersimpan) -> Penilaian:
    from zi_workflow.workbook.content import Penilaian

    return Penilaian(lke.jawaban, lke.catatan, lke.bukti_dukung, lke.dinilai)


def _tanpa_tempat(penilaian: Mapping[str, Penilaian], *, bukti: bool) -> Iterable[str]:
    """Say what a foreign layout has no cell for. ``bukti``: it has none for anybody's evidence, else only none for TPI's."""
    dinilai = sorted((s for a in penilaian.values() for s in a.dinilai), key=_urut)
    if dinilai:
        yield f"Nilai TPI untuk pembagi 0 tidak punya tempat di bentuk ini (soal {', '.join(dinilai)}); catatlah tersendiri."
    if any(a.bukti_dukung for p, a in penilaian.items() if bukti or p == _TPI):
        yield "Bukti dukung tidak punya tempat di bentuk ini." if bukti else "Bukti dukung TPI tidak punya tempat di bentuk ini."


def _urut(soal: str) -> tuple[int, str]:
    return (int(soal) if soal.isdecimal() else 0, soal)


def _tulis(konteks: Konteks, dokumen: Dokumen, ke: str, *, timpa: bool) -> None:
    """Write the document and answer what it is."""
    for kalimat in dokumen.peringatan:
        konteks.pesan(f"Peringatan: {kalimat}")
    if ke == "-":
        tulis_berkas(ke, dokumen.isi)
        return
    simpan_utuh(ke, dokumen.isi, timpa=timpa)
    data: dict[str, object] = {
        "unit": dokumen.unit,
        "tahun": dokumen.tahun,
        "penilai": dokumen.penilai,
        "ke": ke,
        "bentuk": dokumen.bentuk,
        "soal_terjawab": dokumen.terjawab,
        "termuat": dict(dokumen.termuat),
        "ukuran": len(dokumen.isi),
        "sha256": hashlib.sha256(dokumen.isi).hexdigest(),
        "peringatan": list(dokumen.peringatan),
    }
    konteks.keluarkan(data, layar=partial(_layar, dokumen, ke))


def _layar(dokumen: Dokumen, ke: str, gaya: Gaya) -> str:
    isi = ", ".join(f"{p} {n}" for p, n in dokumen.termuat.items())
    return lipat(f"Ditulis ke {ke}: jawaban {isi} dari {dokumen.soal} soal.", gaya)
