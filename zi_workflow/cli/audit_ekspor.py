"""``zi audit ekspor``: the log for others, streamed: CSV, CloudEvents, OCEL 2.0, or a bundle that anybody can verify."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from zi_workflow.cli.audit_paket import paket
from zi_workflow.cli.bacaan import terdaftar, unit_tak_ada
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import TANGGAL, Bilangan, Konteks, Teks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.ekspor_hitung import Hitung
from zi_workflow.cli.keluaran import tulis
from zi_workflow.cli.kemajuan import kemajuan
from zi_workflow.cli.lke_tujuan import periksa_tujuan, sudah_ada
from zi_workflow.cli.segel_bacaan import opsi_kunci_publik
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.store import Rentang

FORMAT: Final = ("csv", "cloudevents", "ocel", "paket")
PEMISAH: Final = {"koma": ",", "titik-koma": ";"}
_URI: Final = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_BANYAK: Final = 5000
"""Events from which on progress is worth telling."""
_KHUSUS: Final = {
    "pemisah": "csv",
    "bom": "csv",
    "sumber": "cloudevents",
    "segel": "paket",
    "kunci_segel": "paket",
    "kunci_publik": "paket",
}
"""Options of one format only."""


@verba(
    "ekspor",
    "Ekspor peristiwa untuk pihak lain: CSV, CloudEvents 1.0 (JSONL), OCEL 2.0 (JSON), atau paket bersegel (ZIP) yang dapat"
    " diperiksa siapa pun tanpa program ini."
    " Isi ditulis sambil dibaca, berapa pun banyaknya; berkas baru tampak sesudah lengkap. Data pribadi tetap tersegel.",
    contoh="zi audit ekspor --format csv --ke peristiwa.csv",
)
@click.option("--format", "bentuk", type=click.Choice(FORMAT), required=True, help="Bentuk ekspor.")
@click.option("--ke", metavar="FILE|-", default="-", show_default=True, help="Berkas tujuan; - ke keluaran baku.")
@click.option("--timpa", is_flag=True, help="Ganti berkas yang sudah ada.")
@click.option("--unit", metavar="KODE", help="Hanya berkas unit ini, penolakan dan tenggatnya termasuk.")
@click.option("--dari", type=TANGGAL, help="Tanggal peristiwa paling awal.")
@click.option("--sampai", type=TANGGAL, help="Tanggal peristiwa paling akhir.")
@click.option("--sejak-nomor", type=Bilangan(1), metavar="N", help="Mulai dari peristiwa nomor ini, misalnya sambungan ekspor lalu.")
@click.option("--sampai-nomor", type=Bilangan(1), metavar="N", help="Sampai peristiwa nomor ini.")
@click.option("--buka-pribadi", is_flag=True, help="Buka data pribadi yang kuncinya ada di mesin ini; identitas pelapor tetap tertutup.")
@click.option("--pemisah", type=click.Choice(tuple(PEMISAH)), help="CSV: pemisah sel; titik-koma untuk Excel berbahasa Indonesia.")
@click.option("--bom", is_flag=True, help="CSV: awali dengan BOM, agar Excel membacanya sebagai UTF-8.")
@click.option("--sumber", type=Teks(), metavar="URI", help="CloudEvents: nama register ini (source); bawaan /zi/INSTANSI.")
@click.option("--segel", metavar="FILE|-", help="Paket: sampai segel terdahulu ini; bawaan segel baru atas seluruh log.")
@click.option("--kunci-segel", metavar="FILE", multiple=True, help="Paket: kunci penanda tangan segel baru.")
@opsi_kunci_publik
def perintah(konteks: Konteks, bentuk: str, ke: str, timpa: bool, **pilihan: Any) -> None:  # noqa: ANN401 - the options by name
    """Export."""
    periksa_tujuan(konteks, ke, timpa=timpa)
    _periksa_pilihan(bentuk, ke, pilihan)
    if pilihan["buka_pribadi"]:
        konteks.pesan("Data pribadi dibuka dalam ekspor ini; jagalah berkasnya sebagaimana registernya (UU 27/2022).")
    hitung, isi_paket = Hitung(), None
    if bentuk == "paket":
        isi_paket, segel = paket(konteks, pilihan, hitung.baris)
        mentah: Iterable[bytes] = isi_paket.potongan()
    else:
        mentah = _potongan(konteks, bentuk, hitung, ke, pilihan)
    potongan = hitung.bita(mentah)
    if ke == "-":
        for porsi in potongan:
            tulis(porsi)
        konteks.pesan(_ringkas(hitung, bentuk))
        return
    _ke_berkas(ke, potongan, timpa=timpa)
    data = {
        "format": bentuk,
        "ke": ke,
        "peristiwa": hitung.peristiwa,
        "nomor_awal": hitung.awal,
        "nomor_akhir": hitung.akhir,
        "saringan": {k: pilihan[k] for k in ("unit", "dari", "sampai", "sejak_nomor", "sampai_nomor")},
        "pribadi": "dibuka" if pilihan["buka_pribadi"] else "disegel",
        "ukuran": hitung.ukuran,
        "sha256": hitung.sidik.hexdigest(),
    }
    if isi_paket is not None:
        data |= {"segel": segel, "berkas_bukti": isi_paket.berkas}
        data |= {"definisi": isi_paket.definisi, "tanpa_definisi": isi_paket.tanpa_definisi}
    konteks.keluarkan(data, layar=lambda gaya: _layar(hitung, bentuk, ke, gaya))


def _periksa_pilihan(bentuk: str, ke: str, pilihan: Mapping[str, Any]) -> None:
    """Refuse what the format has no use for, and a period that ends before it begins. Raises MasukanSalah."""
    if bentuk == "paket" and pilihan["buka_pribadi"]:
        raise MasukanSalah(
            "--buka-pribadi tidak dapat bersama --format paket", "Paket memuat peristiwa persis seperti tersimpan.", "Hapus --buka-pribadi"
        )
    if bentuk == "paket" and ke == "-" and sys.stdout.isatty():
        raise MasukanSalah("Paket tidak ditulis ke terminal", "Isinya ZIP, bukan teks.", "Sebut berkas tujuan: --ke paket.zip")
    for nama, milik in _KHUSUS.items():
        if pilihan.get(nama) and bentuk != milik:
            opsi = f"--{nama.replace('_', '-')}"
            raise MasukanSalah(f"{opsi} hanya untuk --format {milik}", f"Yang diminta --format {bentuk}.", f"Hapus {opsi}")
    if pilihan["sumber"] and not _URI.fullmatch(pilihan["sumber"]):
        raise MasukanSalah(
            "--sumber bukan URI", "Hanya huruf, angka, dan tanda baca URI, tanpa spasi.", "Contoh: --sumber https://contoh.go.id/zi"
        )
    for awal, akhir in (("dari", "sampai"), ("sejak_nomor", "sampai_nomor")):
        a, b = pilihan[awal], pilihan[akhir]
        if a is not None and b is not None and a > b:
            nama_awal, nama_akhir = (f"--{satu.replace('_', '-')}" for satu in (awal, akhir))
            raise MasukanSalah(
                f"{nama_awal} {a} sesudah {nama_akhir} {b}", "Rentang dibaca dari awal ke akhir.", f"Tukar {nama_awal} dan {nama_akhir}."
            )


def _rentang(konteks: Konteks, pilihan: Mapping[str, Any]) -> Rentang:
    """Return which part of the log is asked for; raises UnitTidakDitemukan."""
    from zi_workflow.store import Rentang

    unit: str | None = pilihan["unit"]
    if unit is not None and not terdaftar(konteks, unit):
        raise unit_tak_ada(konteks, unit, "zi audit ekspor --format csv --unit")
    dari: date | None = pilihan["dari"]
    sampai: date | None = pilihan["sampai"]
    return Rentang(
        unit=unit, dari=dari, sampai=sampai, sejak_nomor=pilihan["sejak_nomor"] or 1, sampai_nomor=pilihan["sampai_nomor"]
    )  # fmt: skip


def _potongan(
    konteks: Konteks, bentuk: str, hitung: Hitung, ke: str, pilihan: Mapping[str, Any]
) -> Iterable[bytes]:  # fmt: skip
    """Return the document in pieces; nothing is read before the first is asked for."""
    from zoneinfo import ZoneInfo

    from zi_workflow.export.content import Pembuka

    rentang, store = _rentang(konteks, pilihan), konteks.aplikasi().store
    semua: Iterable[Mapping[str, Any]] = hitung.baris(store.alirkan(rentang))
    banyak = min(store.ujung(), rentang.sampai_nomor or sys.maxsize)
    if rentang.awalan and ke != "-" and banyak >= _BANYAK:
        semua = kemajuan(konteks, semua, banyak, "Mengekspor")
    pembuka = Pembuka(store.brankas, terbuka=pilihan["buka_pribadi"])
    if bentuk == "csv":
        from zi_workflow.export.tabular import csv

        return csv(semua, pembuka, pemisah=PEMISAH[pilihan["pemisah"] or "koma"], bom=pilihan["bom"])
    zona = ZoneInfo(konteks.aplikasi().definisi.zona)
    if bentuk == "cloudevents":
        from zi_workflow.export.cloudevents import cloudevents

        return cloudevents(semua, zona, pembuka, sumber=pilihan["sumber"])
    from zi_workflow.export.ocel import ocel

    return ocel(semua, zona, pembuka)


def _ke_berkas(ke: str, potongan: Iterable[bytes], *, timpa: bool) -> None:
    """Write the file; raises as `files.alirkan`, and MasukanSalah where it exists."""
    from zi_workflow.files import alirkan

    try:
        alirkan(Path(ke), potongan, "Ekspor", timpa=timpa)
    except FileExistsError:
        raise sudah_ada(ke) from None


def _ringkas(hitung: Hitung, bentuk: str) -> str:
    if not hitung.peristiwa:
        return f"Tidak ada peristiwa yang cocok; {bentuk} tanpa peristiwa."
    return f"{hitung.peristiwa} peristiwa (nomor {hitung.awal} sampai {hitung.akhir}) sebagai {bentuk}."


def _layar(hitung: Hitung, bentuk: str, ke: str, gaya: Gaya) -> str:
    teks = lipat(f"{_ringkas(hitung, bentuk)} Ditulis ke {ke} ({hitung.ukuran} bita).", gaya)
    if bentuk == "paket":
        teks += lipat("Cara memeriksanya tertulis dalam BACA.txt di paket itu. Serahkan kunci publiknya lewat jalan lain.", gaya)
    elif hitung.akhir is not None and bentuk != "ocel":
        teks += lipat(f"Sambungannya kelak: zi audit ekspor --format {bentuk} --sejak-nomor {hitung.akhir + 1}", gaya)
    return teks
