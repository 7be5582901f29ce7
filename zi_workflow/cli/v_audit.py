"""``zi audit``: search the events, look at one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.audit_bukti import perintah as bukti
from zi_workflow.cli.audit_ekspor import perintah as ekspor
from zi_workflow.cli.audit_kunci import perintah as kunci_segel
from zi_workflow.cli.audit_segel import perintah as segel
from zi_workflow.cli.audit_ulang import perintah as ulang
from zi_workflow.cli.audit_verifikasi import perintah as verifikasi
from zi_workflow.cli.bacaan import kode_unit, unit_tak_ada
from zi_workflow.cli.dasar import NIP, TANGGAL, Bilangan, Kelompok, Konteks, Teks, maksud_anda, saran
from zi_workflow.cli.lembar_peristiwa import lembar_peristiwa, sebutan, unit_dari
from zi_workflow.cli.tampilan import Gaya, Kolom, tabel, tanggal_singkat
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.store import Amplop, Store

perintah = Kelompok("audit", "Cari dan lihat jejak peristiwa.", contoh="zi audit cari --unit DISDUKCAPIL")

for _anak in (verifikasi, ulang, segel, bukti, kunci_segel, ekspor):
    perintah.add_command(_anak)

BATAS = 50
_TERBANYAK = 100_000


@perintah.perintah(
    "cari",
    "Cari peristiwa: semua saringan harus cocok; ditampilkan yang terbaru, terlama di atas.",
    contoh='zi audit cari --unit DISDUKCAPIL --jenis PerintahDitolak --pasal "Pasal 13"',
    daftar=True,
)
@click.option("--unit", metavar="KODE", help="Hanya berkas unit ini, penolakannya termasuk.")
@click.option("--oleh", type=NIP, help="Hanya yang diperbuat orang ini.")
@click.option("--jenis", metavar="NAMA", help="Nama peristiwa, jenis catatan, langkah, atau peran.")
@click.option("--dari", type=TANGGAL, help="Tanggal peristiwa paling awal.")
@click.option("--sampai", type=TANGGAL, help="Tanggal peristiwa paling akhir.")
@click.option("--pasal", type=Teks(), help="Potongan dasar hukumnya, misalnya 'Pasal 13 ayat (1)'.")
@click.option("--teks", type=Teks(), help="Potongan isinya, huruf besar atau kecil sama saja.")
@click.option("--batas", type=Bilangan(1, _TERBANYAK), default=BATAS, metavar="N", show_default=True, help="Paling banyak sekian.")
def cari(konteks: Konteks, **saringan: Any) -> None:  # noqa: ANN401 - the filters by name
    """Search."""
    dari, sampai, batas = saringan["dari"], saringan["sampai"], saringan["batas"]
    if isinstance(dari, date) and isinstance(sampai, date) and dari > sampai:
        raise MasukanSalah(
            f"--dari {dari} sesudah --sampai {sampai}", "Rentang tanggal dibaca dari awal ke akhir.", "Tukar kedua tanggal itu."
        )
    store = konteks.aplikasi().store
    hasil = store.telusuri(**{**saringan, "batas": batas + 1}, terbaru=True)
    if not hasil:
        _periksa_nama(konteks, saringan["unit"], saringan["jenis"])
    lebih = len(hasil) > batas
    semua = hasil[:batas][::-1]
    baris = [polos(a) for a in semua]
    if lebih:
        konteks.pesan(f"Ada peristiwa yang lebih lama; ini {batas} yang terbaru. Lebih banyak: --batas N.")
    konteks.keluarkan({"jumlah": len(baris), "peristiwa": baris}, layar=partial(_tabel, semua), baris=baris)


def polos(a: Amplop) -> dict[str, Any]:
    """Return an event in the contract's shape."""
    return {
        "nomor": a.nomor,
        "unit": unit_dari(a),
        "versi": a.versi,
        "jenis": a.jenis,
        "tanggal": a.tanggal,
        "waktu_catat": a.waktu_catat,
        "oleh": a.oleh,
        "isi": a.isi,
        "dasar": a.dasar,
        "sidik_regulasi": a.sidik_regulasi,
        "rantai": a.rantai,
    }


def _tabel(semua: Sequence[Amplop], gaya: Gaya) -> str:
    kolom = [
        Kolom(judul, kanan=judul == "Nomor", tetap=judul != "Peristiwa") for judul in ("Nomor", "Tanggal", "Unit", "Peristiwa", "Oleh")
    ]
    isi = [(a.nomor, tanggal_singkat(a.tanggal), unit_dari(a), sebutan(a), a.oleh) for a in semua]
    return tabel(kolom, isi, gaya, kosong="Tidak ada peristiwa yang cocok.")


def _periksa_nama(konteks: Konteks, unit: str | None, jenis: str | None) -> None:
    """Tell a misspelt name from an empty answer; the definition is loaded only here."""
    if unit is not None and unit not in kode_unit(konteks):
        raise unit_tak_ada(konteks, unit, "zi audit cari --unit")
    if jenis is None:
        return
    from zi_workflow.domain.commands import PERINTAH_TETAP
    from zi_workflow.store.codec import DAFTAR

    definisi = konteks.aplikasi().definisi
    nama = [*DAFTAR, *definisi.bukti, *definisi.langkah, *definisi.peran, *PERINTAH_TETAP]
    if jenis.partition("@")[0] in nama:
        return
    mirip = saran(jenis, nama)
    raise TidakDitemukan(
        f"Jenis '{jenis[:60]}' tidak dikenal. {maksud_anda(jenis, nama)}".strip(),
        f"Nama peristiwa ({', '.join(DAFTAR)}), jenis catatan, langkah, atau peran.",
        f"zi audit cari --jenis {mirip[0]}" if mirip else "zi audit cari",
    )


@perintah.perintah("lihat", "Tampilkan satu peristiwa seluruhnya; sebuah penolakan dengan daftar periksanya.", contoh="zi audit lihat 1")
@click.argument("nomor", type=Bilangan(1))
def lihat(konteks: Konteks, nomor: int) -> None:
    """Show one event."""
    store = konteks.aplikasi().store
    a = store.lihat(nomor)
    if a is None:
        raise _tak_ada(store, nomor)
    amplop = {k: getattr(a, k) for k in ("instansi", "alur", "aliran", "pokok", "pencatat", "jam", "kunci", "dibaca")}
    konteks.keluarkan({**polos(a), **amplop}, layar=partial(lembar_peristiwa, a))


def _tak_ada(store: Store, nomor: int) -> TidakDitemukan:
    akhir = store.telusuri(batas=1, terbaru=True)
    sebab = f"Nomor terakhir {akhir[0].nomor}." if akhir else "Belum ada peristiwa."
    return TidakDitemukan(f"Peristiwa nomor {nomor} tidak ada", sebab, f"zi audit lihat {akhir[0].nomor}" if akhir else "zi audit cari")
