"""``zi lke banding``: the unit's assessment beside TPI's, or one year beside another, largest gaps first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Bilangan, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lke_bacaan import harus_lke
from zi_workflow.cli.lke_opsi import PENILAI, opsi_tahun
from zi_workflow.cli.tampilan import Gaya, Kolom, desimal, tabel
from zi_workflow.cli.teks import lokal
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.scoring import bulatkan

if TYPE_CHECKING:
    from zi_workflow.cli.lke_bacaan import LkeTersimpan
    from zi_workflow.domain.comparison import Celah, Perbandingan

_INDIKATOR = 15
_SOAL = 25


@verba(
    "banding",
    "Bandingkan penilaian mandiri unit dengan penilaian TPI pada tahun yang sama; dengan --dengan, tahun itu dengan tahun lain."
    " Celah terbesar lebih dahulu.",
    contoh="zi lke banding DISDUKCAPIL --tahun 2026",
    berwaktu=True,
)
@click.argument("unit")
@opsi_tahun
@click.option("--dengan", type=Bilangan(2000, 2100), metavar="Y", help="Tahun pembanding; tanpa ini unit dibandingkan dengan TPI.")
@click.option("--penilai", type=click.Choice(PENILAI), help="Penilaian siapa yang dibandingkan antartahun; bawaan tpi.")
@click.option("--semua", is_flag=True, help="Tampilkan semua indikator dan soal yang berbeda.")
def banding(konteks: Konteks, unit: str, tahun: int, dengan: int | None, penilai: str | None, semua: bool) -> None:
    """Compare two assessments."""
    from zi_workflow.domain.comparison import Sisi, bandingkan

    kunci_kiri, kunci_kanan = _sisi(tahun, dengan, penilai)
    kiri, kanan = harus_lke(konteks, unit, *kunci_kiri), harus_lke(konteks, unit, *kunci_kanan)
    hasil = bandingkan(*(Sisi(satu.instrumen, satu.jawaban, satu.skor) for satu in (kiri, kanan)))
    konteks.keluarkan(_data(kiri, kanan, hasil), layar=partial(_layar, kiri, kanan, hasil, semua))


def _sisi(tahun: int, dengan: int | None, penilai: str | None) -> tuple[tuple[int, str], tuple[int, str]]:
    if dengan is None:
        if penilai is not None:
            raise MasukanSalah(
                "--penilai hanya dipakai bersama --dengan",
                "Tanpa --dengan, penilaian unit dibandingkan dengan penilaian TPI.",
                "Hapus --penilai, atau tambahkan --dengan TAHUN.",
            )
        return (tahun, "unit"), (tahun, "tpi")
    if dengan == tahun:
        raise MasukanSalah("Kedua tahun itu sama", f"Keduanya {tahun}.", "Sebut tahun lain pada --dengan, atau hapus --dengan.")
    awal, akhir = sorted((tahun, dengan))
    return (awal, penilai or "tpi"), (akhir, penilai or "tpi")


def _sebut(lke: LkeTersimpan) -> str:
    return f"{lke.bukti.isi['penilai']} {lke.bukti.isi['tahun']}"


def _data(kiri: LkeTersimpan, kanan: LkeTersimpan, hasil: Perbandingan) -> dict[str, Any]:
    sisi = {
        nama: {"tahun": s.bukti.isi["tahun"], "penilai": s.bukti.isi["penilai"], "nomor": s.bukti.nomor, "instrumen": s.instrumen.versi}
        for nama, s in (("kiri", kiri), ("kanan", kanan))
    }
    soal = [{"soal": s.soal, "uraian": s.uraian, "indikator": s.indikator, "kiri": s.kiri, "kanan": s.kanan} for s in hasil.soal]
    bagian = {nama: [_celah(c) for c in getattr(hasil, nama)] for nama in ("jumlah", "area", "indikator")}
    return {"unit": kiri.unit.kode, **sisi, **bagian, "soal": soal}


def _celah(satu: Celah) -> dict[str, Any]:
    angka = {n: None if (v := getattr(satu, n)) is None else bulatkan(v) for n in ("kiri", "kanan")}
    return {"id": satu.id, "nama": satu.nama, **angka, "selisih": bulatkan(satu.selisih)}


def _layar(kiri: LkeTersimpan, kanan: LkeTersimpan, hasil: Perbandingan, semua: bool, gaya: Gaya) -> str:
    judul = lipat(f"{kiri.unit.kode} ({kiri.unit.nama}): {_sebut(kiri)} dibandingkan {_sebut(kanan)}", gaya)
    berbeda = [c for c in hasil.indikator if c.selisih]
    tampak = berbeda if semua else berbeda[:_INDIKATOR]
    bagian = [
        judul,
        _tabel("Jumlah", hasil.jumlah, kiri, kanan, gaya),
        _tabel("Area perubahan", hasil.area, kiri, kanan, gaya),
        _tabel("Indikator, celah terbesar dahulu", tampak, kiri, kanan, gaya, lebih=len(berbeda) - len(tampak)),
        _soal(kiri, kanan, hasil, semua, gaya),
    ]
    return "\n".join(b for b in bagian if b)


def _tabel(judul: str, celah: Sequence[Celah], kiri: LkeTersimpan, kanan: LkeTersimpan, gaya: Gaya, lebih: int = 0) -> str:
    kolom = [judul, *(Kolom(_sebut(s), kanan=True, tetap=True) for s in (kiri, kanan)), Kolom("Celah", kanan=True, tetap=True)]
    baris = [(c.nama, _angka(c.kiri), _angka(c.kanan), _bertanda(c.selisih)) for c in celah]
    sisa = lipat(f"dan {lebih} indikator lain dengan celah lebih kecil (--semua).", gaya) if lebih else ""
    return tabel(kolom, baris, gaya, kosong=f"{judul}: tidak ada yang berbeda.") + sisa


def _soal(kiri: LkeTersimpan, kanan: LkeTersimpan, hasil: Perbandingan, semua: bool, gaya: Gaya) -> str:
    tampak = hasil.soal if semua else hasil.soal[:_SOAL]
    kolom = [Kolom("Soal", kanan=True), "Uraian", *(Kolom(_sebut(s), tetap=True) for s in (kiri, kanan))]
    baris = [(s.soal, s.uraian, _isi(s.kiri), _isi(s.kanan)) for s in tampak]
    lebih = len(hasil.soal) - len(tampak)
    sisa = lipat(f"dan {lebih} soal lain yang jawabannya berbeda (--semua).", gaya) if lebih else ""
    return tabel(kolom, baris, gaya, kosong="Semua soal dijawab sama.") + sisa


def _isi(jawaban: object) -> str:
    return "(kosong)" if jawaban is None else lokal(str(jawaban))


def _angka(nilai: Fraction | None) -> str:
    return "-" if nilai is None else desimal(bulatkan(nilai))


def _bertanda(nilai: Fraction) -> str:
    return ("+" if nilai > 0 else "") + desimal(bulatkan(nilai))
