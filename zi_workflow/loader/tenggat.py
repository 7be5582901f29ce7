"""Reading ``tenggat.yaml``: duties of the closed kinds, and how they are reminded of; every name in them must exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from functools import partial
from typing import Any

from zi_workflow.domain.definition import AturanPengingat, Isian, Kewajiban
from zi_workflow.domain.duties import JENIS_TENGGAT, BatasTahunan, Berkala, ButirRencana, Penyelesaian, TidakSebelum
from zi_workflow.loader.bagian import Rujukan, bangun, berlaku, kunci_jenis
from zi_workflow.loader.periksa import isian, salah_satu
from zi_workflow.loader.simpul import Simpul, kumpulkan
from zi_workflow.loader.tahap import penanda_terpakai

_WAJIB = ("id", "uraian", "jenis", "kepada", "lanjut", "berlaku")
_BOLEH = ("tahap", "predikat", "sasaran")
_ID = re.compile(r"T[1-9][0-9]{0,2}")
_JAM = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_TANDA = re.compile(r"\{([^{}]*)\}")
PENGGANTI = ("unit", "tahun", "butir")
_LANJUTAN = ("laporan",)
"""Markers that only a registration from the archive sets."""


def baca_tenggat(simpul: Simpul, rujukan: Rujukan) -> tuple[tuple[Kewajiban, ...], AturanPengingat]:
    """Read duties and reminder rules; raises DefinisiSalah."""
    peta = simpul.peta(["pengingat", "tenggat"])
    hasil: dict[str, Kewajiban] = kumpulkan(peta["tenggat"].daftar(), partial(_kewajiban, rujukan=rujukan), lambda k: k.id)
    for s, satu in zip(peta["tenggat"].daftar(), hasil.values(), strict=True):
        if isinstance(satu.jenis, BatasTahunan) and satu.jenis.menunggu:
            boleh = [k.id for k in hasil.values() if isinstance(k.jenis, TidakSebelum)]
            s.peta()["menunggu"].nama_daftar(boleh, "tenggat berjenis tidak_sebelum")
    return tuple(hasil.values()), _pengingat(peta["pengingat"], rujukan)


def _kewajiban(simpul: Simpul, rujukan: Rujukan) -> Kewajiban:
    mentah = simpul.peta()
    if "jenis" not in mentah:
        simpul.gagal("kunci 'jenis'", f"Tambahkan 'jenis': {', '.join(JENIS_TENGGAT)}.")
    nama = mentah["jenis"].pilihan(JENIS_TENGGAT, "jenis tenggat")
    kelas = JENIS_TENGGAT[nama]
    peta = simpul.peta(_WAJIB, (*_BOLEH, *kunci_jenis(kelas)))
    jenis = bangun(kelas, peta, simpul, rujukan)
    _PEMERIKSA[nama](simpul, peta, jenis, rujukan)
    ambang = jenis.AMBANG
    predikat = rujukan.pilihan["predikat"]
    return Kewajiban(
        id=peta["id"].nama(_ID, "id seperti T1"),
        uraian=peta["uraian"].teks(200),
        jenis=jenis,
        kepada=peta["kepada"].nama_daftar(rujukan.peran, "peran", wajib=True),
        lanjut=_lanjut(peta["lanjut"]),
        berlaku=berlaku(peta["berlaku"], rujukan, ambang, wajib_ambang=ambang is not None),
        tahap=peta["tahap"].nama_daftar(rujukan.pilihan["tahap"], "tahap", wajib=True) if "tahap" in peta else (),
        predikat=peta["predikat"].nama_daftar(predikat, "predikat", wajib=True) if "predikat" in peta else (),
        sasaran=peta["sasaran"].nama_daftar(predikat, "predikat", wajib=True) if "sasaran" in peta else (),
    )


def _lanjut(simpul: Simpul) -> str:
    teks = simpul.teks(300)
    for tanda in _TANDA.findall(teks):
        if tanda not in PENGGANTI:
            simpul.gagal(f"tanda pengganti: {', '.join('{' + p + '}' for p in PENGGANTI)}", f"Ganti '{{{tanda}}}'.")
    return teks


def _langkah_usulan(peta: Mapping[str, Simpul], nama: str, rujukan: Rujukan) -> None:
    """Refuse a move that makes no proposal."""
    pengusul = [n for n, x in rujukan.langkah.items() if x.efek.usulan == "buat"]
    salah_satu(peta["langkah"], nama, pengusul, "langkah yang membuat usulan")


def _penanda(peta: Mapping[str, Simpul], nama: str, rujukan: Rujukan) -> None:
    salah_satu(peta["sejak"], nama, penanda_terpakai(rujukan), "penanda yang dipasang langkah (atau register)")


def _bukti_unit(simpul: Simpul, nama: str, rujukan: Rujukan, *, lingkup: str = "unit") -> None:
    ada = [b.id for b in rujukan.bukti.values() if b.lingkup == lingkup]
    salah_satu(simpul, nama, ada, f"jenis bukti berlingkup {lingkup}")


def _isian_wajib(simpul: Simpul, nama: str, bidang: Sequence[Isian], milik: str, tipe: str) -> None:
    """Refuse a field that a due date is reckoned from, where a record may leave it out."""
    if not isian(simpul, nama, bidang, milik, tipe).wajib:
        simpul.gagal(f"isian '{nama}' yang wajib pada {milik}", "Hapus 'wajib: tidak' pada isian itu di bukti.yaml.")


def _batas_tahunan(_simpul: Simpul, peta: Mapping[str, Simpul], jenis: BatasTahunan, rujukan: Rujukan) -> None:
    _langkah_usulan(peta, jenis.langkah, rujukan)
    _bukti_unit(peta["pengumuman"], jenis.pengumuman, rujukan, lingkup="instansi")
    bidang = rujukan.bukti[jenis.pengumuman].isian
    for nama, tipe in (("tahun", "bulat"), ("batas", "tanggal")):
        _isian_wajib(peta["pengumuman"], nama, bidang, jenis.pengumuman, tipe)


def _tidak_sebelum(_simpul: Simpul, peta: Mapping[str, Simpul], jenis: TidakSebelum, rujukan: Rujukan) -> None:
    _penanda(peta, jenis.sejak, rujukan)


def _berkala(simpul: Simpul, peta: Mapping[str, Simpul], jenis: Berkala, rujukan: Rujukan) -> None:
    _penanda(peta, jenis.sejak, rujukan)
    _bukti_unit(peta["bukti"], jenis.bukti, rujukan)
    if jenis.isian is not None:
        isian(peta["isian"], jenis.isian, rujukan.bukti[jenis.bukti].isian, jenis.bukti)
    if jenis.surat is not None:
        _bukti_unit(peta["surat"], jenis.surat, rujukan)
        isian(peta["surat"], "nomor", rujukan.bukti[jenis.surat].isian, jenis.surat)
    if jenis.lanjutan is not None:
        salah_satu(peta["lanjutan"], jenis.lanjutan, _LANJUTAN, "penanda dari arsip")
    if (jenis.usulan is None) != (jenis.langkah is None):
        simpul.gagal("'usulan' dan 'langkah' bersama-sama", "Sebut predikat yang diusulkan dan langkah pengusulannya.")
    if jenis.langkah is not None:
        peta["usulan"].pilihan(rujukan.pilihan["predikat"], "predikat")
        _langkah_usulan(peta, jenis.langkah, rujukan)


def _butir(_simpul: Simpul, peta: Mapping[str, Simpul], jenis: ButirRencana, rujukan: Rujukan) -> None:
    _bukti_unit(peta["rencana"], jenis.rencana, rujukan)
    _bukti_unit(peta["realisasi"], jenis.realisasi, rujukan)
    daftar = isian(peta["rencana"], "butir", rujukan.bukti[jenis.rencana].isian, jenis.rencana, "daftar")
    for nama, tipe in (("kode", "teks"), ("tenggat", "tanggal"), ("target", "desimal")):
        _isian_wajib(peta["rencana"], nama, daftar.butir.isian if daftar.butir else (), f"butir {jenis.rencana}", tipe)
    for nama, tipe in (("kode", "teks"), ("capaian", "desimal")):
        _isian_wajib(peta["realisasi"], nama, rujukan.bukti[jenis.realisasi].isian, jenis.realisasi, tipe)


def _penyelesaian(_simpul: Simpul, peta: Mapping[str, Simpul], jenis: Penyelesaian, rujukan: Rujukan) -> None:
    salah_satu(peta["alur"], jenis.alur, rujukan.terkait, "alur di 'terkait' regulasi.yaml")


_PEMERIKSA: Mapping[str, Callable[[Simpul, Mapping[str, Simpul], Any, Rujukan], None]] = {
    "batas_tahunan": _batas_tahunan,
    "tidak_sebelum": _tidak_sebelum,
    "berkala": _berkala,
    "butir": _butir,
    "penyelesaian": _penyelesaian,
}


def _pengingat(simpul: Simpul, rujukan: Rujukan) -> AturanPengingat:
    peta = simpul.peta(["sebelum", "terlambat_setiap", "sapu", "surat_mulai", "surat_sampai", "hari_kerja"], ["eskalasi", "cadangan"])
    mulai, sampai = _jam(peta["surat_mulai"]), _jam(peta["surat_sampai"])
    if mulai >= sampai:
        peta["surat_sampai"].gagal(f"jam sesudah {mulai:%H:%M}", "Surat berangkat di antara kedua jam itu pada hari yang sama.")
    return AturanPengingat(
        sebelum=_sebelum(peta["sebelum"]),
        terlambat_setiap=_hari(peta["terlambat_setiap"], 1),
        eskalasi=peta["eskalasi"].nama_daftar(rujukan.peran, "peran") if "eskalasi" in peta else (),
        cadangan=peta["cadangan"].nama_daftar(rujukan.peran, "peran") if "cadangan" in peta else (),
        sapu=_jam(peta["sapu"]),
        surat_mulai=mulai,
        surat_sampai=sampai,
        hari_kerja=peta["hari_kerja"].ya_tidak(),
    )


def _sebelum(simpul: Simpul) -> tuple[int, ...]:
    """Read the days before; they fall, and the day itself is among them, so that no due date passes unannounced."""
    hasil = [_hari(s, 0) for s in simpul.daftar()]
    if not hasil or hasil != sorted(set(hasil), reverse=True) or hasil[-1] != 0:
        simpul.gagal("hari yang makin kecil sampai 0, misalnya [30, 7, 1, 0]", "Urutkan, dan akhiri dengan 0, hari jatuh tempo.")
    return tuple(hasil)


def _hari(simpul: Simpul, minimal: int) -> int:
    nilai = simpul.bulat()
    if not minimal <= nilai <= 366:  # noqa: PLR2004 - a year
        simpul.gagal(f"hari antara {minimal} dan 366")
    return nilai


def _jam(simpul: Simpul) -> time:
    return time.fromisoformat(simpul.nama(_JAM, 'jam seperti "07:00"'))
