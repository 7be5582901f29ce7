"""``zi unit``: register units one by one or from a CSV, list them, look at one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.bacaan import baca, letak, periksa_pilihan, unit_tak_ada, zona
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Kelompok, Konteks, Teks
from zi_workflow.cli.tampilan import Gaya, Kolom, pasangan, tabel, tanggal
from zi_workflow.cli.tinjauan_layar import ditinjau
from zi_workflow.cli.unit_bacaan import daftar_unit, satu_unit, tinjauan
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.answers import ItemGagal
    from zi_workflow.cli.berkas_unit import BarisUnit
    from zi_workflow.domain.commands import DaftarkanUnit
    from zi_workflow.domain.errors import Galat

perintah = Kelompok("unit", "Tambah, impor, daftar, dan lihat unit kerja.", contoh="zi unit daftar --tahap pembangunan")

_RINGKAS = ("kode", "nama", "jenis", "afirmasi", "tahap", "predikat", "sasaran", "sejak", "versi")
_RIWAYAT = ("nomor", "langkah", "dari", "ke", "tanggal", "waktu_catat", "oleh", "dibatalkan", "terlambat")


@perintah.perintah(
    "tambah",
    "Daftarkan satu unit. Unit yang sudah berjalan sebelum register ada dibuka dengan --keadaan-awal.",
    contoh='zi unit tambah DISDUKCAPIL "Dinas Kependudukan dan Pencatatan Sipil" --afirmasi disdukcapil --oleh 198001012005011001',
    menulis=True,
)
@click.argument("kode")
@click.argument("nama", type=Teks())
@click.option("--jenis", metavar="J", help="Jenis perangkat daerah, misalnya dinas.")
@click.option("--afirmasi", metavar="A", help="Jenis afirmasi, misalnya rsud, disdukcapil, ptsp.")
@click.option("--keadaan-awal", "awal", metavar="FILE", help="Keadaan unit dari arsip (YAML atau JSON; '-' masukan baku).")
@click.option("--berkas", multiple=True, metavar="FILE", help="Berkas bukti; boleh diulang.")
def tambah(
    konteks: Konteks, kode: str, nama: str, jenis: str | None, afirmasi: str | None, awal: str | None, berkas: Sequence[str]
) -> None:
    """Register one unit."""
    from zi_workflow.cli.tulis import jalankan, lampirkan
    from zi_workflow.domain.commands import DaftarkanUnit
    from zi_workflow.loader.masukan import baca_isi_berkas

    oleh, hari = konteks.oleh(), _hari_daftar(konteks)
    keadaan = None if awal is None else {k: s.polos() for k, s in baca_isi_berkas(awal).peta().items()}
    lampiran = lampirkan(konteks, berkas)
    bukti = tuple(satu for _, satu in lampiran)
    jalankan(konteks, [DaftarkanUnit(kode, nama, hari, oleh, jenis, afirmasi, keadaan, bukti)], lampiran)


@perintah.perintah(
    "impor",
    "Daftarkan unit dari CSV (kolom kode,nama,jenis,afirmasi), semua atau tidak sama sekali. Yang sudah terdaftar dengan nama yang"
    " sama dilewati.",
    contoh="zi unit impor perangkat-daerah.csv --oleh 198001012005011001",
    menulis=True,
)
@click.argument("csv", metavar="CSV")
def impor(konteks: Konteks, csv: str) -> None:
    """Register the units of a file in one transaction."""
    from zi_workflow.answers import ItemGagal, Jawaban
    from zi_workflow.cli.berkas_unit import baca_unit
    from zi_workflow.cli.dasar import baca_teks
    from zi_workflow.domain.commands import DaftarkanUnit

    oleh, hari, penulisan = konteks.oleh(), _hari_daftar(konteks), konteks.penulisan
    if penulisan.versi is not None:
        raise MasukanSalah("--versi tidak berlaku bagi berkas unit", "Satu berkas menyangkut banyak unit.", "Hapus --versi.")
    nama = "masukan baku" if csv == "-" else csv
    semua = baca_unit(baca_teks(csv), nama)
    baru, lewat = _pilah(konteks, semua, nama)
    tulis = [DaftarkanUnit(b.kode, b.nama, hari, oleh, b.jenis, b.afirmasi) for b in baru]
    jawaban = Jawaban(diterima=True, hasil=(), coba=penulisan.coba)
    if tulis:
        layanan = konteks.aplikasi().layanan
        try:
            jawaban = layanan.jalankan(tulis, coba=penulisan.coba, kunci=penulisan.kunci, berkas_batch=True)
        except ItemGagal as e:
            raise _di_baris(e, baru[e.urutan], nama, coba=penulisan.coba) from None
    data = {**jawaban.polos(), "dilewati": lewat}
    konteks.keluarkan(data, layar=partial(_layar_impor, tulis, lewat, coba=penulisan.coba))


def _hari_daftar(konteks: Konteks) -> date:
    """Return the day of registration; where it is today by default, say what follows from it."""
    hari = konteks.tanggal()
    if konteks.penulisan.tanggal is None:
        konteks.pesan(f"Tanggal pendaftaran: hari ini, {tanggal(hari)}.")
        konteks.pesan("Langkah unit tidak dapat mendahuluinya; pakai --tanggal bila unit sudah berjalan.")
    return hari


def _pilah(konteks: Konteks, semua: Sequence[BarisUnit], berkas: str) -> tuple[list[BarisUnit], list[dict[str, Any]]]:
    """Split rows into those to register and those on file already; raises Konflik for a code that has another name."""
    from projections import papan
    from zi_workflow.domain.errors import Konflik

    ada = {u["kode"]: u for u in baca(konteks, lambda k: papan.daftar(k, *letak(konteks)))}
    baru: list[BarisUnit] = []
    lewat: list[dict[str, Any]] = []
    for satu in semua:
        lama = ada.get(satu.kode)
        if lama is None:
            baru.append(satu)
        elif lama["nama"] != satu.nama:
            raise Konflik(
                f"{berkas} baris {satu.baris}: unit {satu.kode} sudah terdaftar dengan nama lain",
                f"Terdaftar sebagai '{lama['nama']}', di berkas '{satu.nama}'.",
                f"zi unit lihat {satu.kode}",
            )
        else:
            beda = [k for k in ("jenis", "afirmasi") if (lama[k] or None) != getattr(satu, k)]
            lewat.append({"baris": satu.baris, "kode": satu.kode, "nama": satu.nama, "beda": beda})
    return baru, lewat


def _di_baris(e: ItemGagal, satu: BarisUnit, berkas: str, *, coba: bool) -> Galat:
    """Name the line in what it raised, or in why it was refused."""
    from zi_workflow.cli.tulis import ditolak

    tempat = f"{berkas} baris {satu.baris} ({satu.kode[:40]}): "
    if e.daftar is not None:
        return ditolak([e.daftar], coba=coba, awalan=tempat)
    asal = e.asal or e
    asal.pesan = tempat + asal.pesan
    return asal


def _layar_impor(tulis: Sequence[DaftarkanUnit], lewat: Sequence[Mapping[str, Any]], gaya: Gaya, *, coba: bool) -> str:
    apa = "akan didaftarkan (percobaan; tidak ada yang ditulis)" if coba else "didaftarkan"
    teks = lipat(f"{len(tulis)} unit {apa}, {len(lewat)} dilewati karena sudah terdaftar.", gaya)
    if tulis:
        teks += lipat(", ".join(t.kode for t in tulis), gaya, lekuk=2)
    for satu in lewat:
        beda = f"; {' dan '.join(satu['beda'])} berbeda dari yang terdaftar dan tidak diubah" if satu["beda"] else ""
        teks += lipat(f"- baris {satu['baris']}: {satu['kode']} sudah terdaftar{beda}", gaya, lekuk=2, lanjut=4)
    return teks


@perintah.perintah("daftar", "Daftar unit menurut kode.", contoh="zi unit daftar --tahap pembangunan", daftar=True, berwaktu=True)
@click.option("--tahap", metavar="T", help="Hanya unit pada tahap ini.")
@click.option("--predikat", metavar="P", help="Hanya unit yang memegang predikat ini (WBK, WBBM).")
def daftar(konteks: Konteks, tahap: str | None, predikat: str | None) -> None:
    """List the units."""
    semua = daftar_unit(konteks, tahap, predikat)
    if not semua and (tahap or predikat):  # it may be a misspelt name; only then is the definition worth loading
        definisi = konteks.aplikasi().definisi
        periksa_pilihan(tahap, definisi.tahap, "Tahap", "zi unit daftar --tahap")
        periksa_pilihan(predikat, definisi.predikat, "Predikat", "zi unit daftar --predikat")
    baris = [{**{k: satu[k] for k in _RINGKAS}, "tinjauan": json.loads(satu["tinjauan"])} for satu in semua]
    kolom = [Kolom("Kode", tetap=True), "Nama", Kolom("Tahap", tetap=True), Kolom("Predikat", tetap=True)]
    isi = [(b["kode"], f"{b['nama']}{' [putusan ditinjau]' if b['tinjauan'] else ''}", b["tahap"], b["predikat"]) for b in baris]
    layar = partial(tabel, kolom, isi, kosong="Tidak ada unit yang cocok.")
    konteks.keluarkan({"jumlah": len(baris), "unit": baris}, layar=layar, baris=baris)


@perintah.perintah(
    "lihat",
    "Tampilkan satu unit: keadaannya, riwayatnya, dan penolakan terakhir.",
    contoh="zi unit lihat DISDUKCAPIL --per 2026-01-31",
    berwaktu=True,
)
@click.argument("kode")
def lihat(konteks: Konteks, kode: str) -> None:
    """Show one unit."""
    satu, semua = satu_unit(konteks, kode)
    if satu is None:
        raise unit_tak_ada(konteks, kode, "zi unit lihat")
    hari = zona(konteks)
    jejak = [{**{k: b[k] for k in _RIWAYAT}, "selisih_hari": _selisih(b, hari)} for b in semua]
    data = {
        **{k: satu[k] for k in ("kode", "nama", "tahap", "predikat", "sasaran", "sejak", "versi")},
        "riwayat": jejak,
        **{k: satu[k] for k in ("jenis", "afirmasi", "terdaftar", "dari_arsip", "jumlah_bukti")},
        "usulan": None if satu["usulan_tahun"] is None else {k: satu[f"usulan_{k}"] for k in ("tahun", "predikat", "surat")},
        "penolakan_terakhir": _penolakan(konteks, satu),
        "tinjauan": tinjauan(konteks, satu),
    }
    konteks.keluarkan(data, layar=partial(_layar_unit, data))


def _selisih(baris: Mapping[str, Any], zona: str) -> int:
    """Return how many days after it happened a line of the history was recorded."""
    from zi_workflow.clock import hari_di
    from zi_workflow.domain.asof import selisih_hari

    return selisih_hari(date.fromisoformat(baris["tanggal"]), hari_di(zona, datetime.fromisoformat(baris["waktu_catat"])))


def _penolakan(konteks: Konteks, satu: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the last refusal and the requirements that stopped it, None where there was none."""
    nomor = satu["ditolak_nomor"]
    if nomor is None:
        return None
    peristiwa = konteks.aplikasi().store.lihat(nomor)
    syarat = peristiwa.isi["syarat"] if peristiwa is not None else []
    kurang = [s["id"] for s in syarat if s["status"] == "tidak" and s["akibat"] == "menolak"]
    return {"nomor": nomor, "perintah": satu["ditolak_perintah"], "hari": satu["ditolak_hari"], "tidak_terpenuhi": kurang}


def _layar_unit(data: Mapping[str, Any], gaya: Gaya) -> str:
    usulan = data["usulan"]
    arsip = " (dari arsip)" if data["dari_arsip"] else ""
    isi: list[tuple[str, object]] = [
        ("Kode", data["kode"]),
        ("Nama", data["nama"]),
        ("Jenis", data["jenis"]),
        ("Afirmasi", data["afirmasi"]),
        ("Tahap", f"{data['tahap']}, sejak {tanggal(data['sejak'])}"),
        ("Predikat", data["predikat"]),
        ("Sasaran", data["sasaran"]),
        ("Usulan", usulan and f"{usulan['predikat']} tahun {usulan['tahun']}, surat {usulan['surat'] or '-'}"),
        ("Terdaftar", tanggal(data["terdaftar"]) + arsip),
        ("Catatan bukti", data["jumlah_bukti"]),
        ("Versi", data["versi"]),
    ]
    kolom = [Kolom("Nomor", kanan=True, tetap=True), Kolom("Tanggal", tetap=True), "Langkah", Kolom("Oleh", tetap=True)]
    baris = [(r["nomor"], tanggal(r["tanggal"]), _langkah(r), r["oleh"]) for r in data["riwayat"]]
    return (
        pasangan([(label, nilai) for label, nilai in isi if nilai not in (None, "")], gaya)
        + "\n"
        + tabel(kolom, baris, gaya)
        + _ditolak(data, gaya)
        + ditinjau(data["tinjauan"], gaya)
    )


def _langkah(baris: Mapping[str, Any]) -> str:
    tanda = ["dibatalkan"] if baris["dibatalkan"] else []
    if baris["selisih_hari"]:
        tanda.append(f"dicatat{' terlambat,' if baris['terlambat'] else ''} {baris['selisih_hari']} hari sesudahnya")
    return f"{baris['langkah']}, ke {baris['ke']}" + (f" ({'; '.join(tanda)})" if tanda else "")


def _ditolak(data: Mapping[str, Any], gaya: Gaya) -> str:
    akhir = data["penolakan_terakhir"]
    if akhir is None:
        return ""
    kurang = f": {', '.join(akhir['tidak_terpenuhi'])}" if akhir["tidak_terpenuhi"] else ""
    teks = f"Penolakan terakhir: {akhir['perintah']}, {tanggal(akhir['hari'])}{kurang}. Selengkapnya: zi audit lihat {akhir['nomor']}"
    return "\n" + lipat(teks, gaya)
