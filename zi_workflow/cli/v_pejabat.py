"""``zi pejabat``: appoint officials, end their roles, say how to reach them, list them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.bacaan import baca, kode_unit, periksa_pilihan, unit_tak_ada
from zi_workflow.cli.dasar import NIP, TANGGAL, Kelompok, Konteks, Teks, opsi_konfirmasi
from zi_workflow.cli.tampilan import Kolom, tabel, tanggal_singkat
from zi_workflow.cli.tulis import jalankan
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya

perintah = Kelompok("pejabat", "Angkat, akhiri, dan daftar pejabat beserta perannya.", contoh="zi pejabat daftar --peran tpi")


@perintah.perintah(
    "angkat",
    "Angkat seorang pejabat ke suatu peran. Pada register yang masih kosong, admin pertama diangkat oleh siapa pun.",
    contoh='zi pejabat angkat 198001012005011001 "Nama Admin" --peran admin --sk 800/1/2024 --sejak 2024-02-19',
    menulis=True,
)
@click.argument("nip", type=NIP)
@click.argument("nama", type=Teks())
@click.option("--peran", required=True, metavar="PERAN", help="wali_kota, sekda, kepala_pd, tpi, admin, auditor, unit_kerja.")
@click.option("--sk", required=True, type=Teks(), metavar="NOMOR", help="Nomor keputusan pengangkatan.")
@click.option("--sejak", required=True, type=TANGGAL, help="Hari pertama dalam peran itu.")
@click.option("--sampai", type=TANGGAL, help="Hari terakhir; tanpa ini berjalan terus.")
@click.option("--unit", metavar="KODE", help="Unit bagi kepala_pd dan unit_kerja.")
def angkat(konteks: Konteks, nip: str, nama: str, **opsi: Any) -> None:  # noqa: ANN401 - the options by name
    """Appoint; the first official of an empty register may act for himself."""
    from zi_workflow.domain.commands import AngkatPejabat

    oleh = _pelaku(konteks, nip)
    _periksa_unit(konteks, opsi["unit"])
    jalankan(konteks, [AngkatPejabat(nip=nip, nama=nama, tanggal=konteks.tanggal(), oleh=oleh, **opsi)])


@perintah.perintah(
    "akhiri",
    "Akhiri peran seorang pejabat pada hari terakhirnya. Tanpa --unit: peran itu di semua unit.",
    contoh="zi pejabat akhiri 198203032006042003 --peran tpi --sampai 2026-12-31 --oleh 198001012005011001",
    menulis=True,
)
@click.argument("nip", type=NIP)
@click.option("--peran", required=True, metavar="PERAN", help="Peran yang berakhir.")
@click.option("--sampai", required=True, type=TANGGAL, help="Hari terakhir dalam peran itu.")
@click.option("--unit", metavar="KODE", help="Hanya di unit ini.")
@click.option("--alasan", type=Teks(4000), help="Alasan berakhirnya.")
def akhiri(konteks: Konteks, nip: str, **opsi: Any) -> None:  # noqa: ANN401 - the options by name
    """End a role."""
    from zi_workflow.domain.commands import AkhiriPejabat

    oleh = konteks.oleh()
    periksa_pilihan(opsi["peran"], konteks.aplikasi().definisi.peran, "Peran", "Ulangi dengan --peran")
    _periksa_unit(konteks, opsi["unit"])
    jalankan(konteks, [AkhiriPejabat(nip=nip, tanggal=konteks.tanggal(), oleh=oleh, **opsi)])


@perintah.perintah(
    "kontak",
    "Atur alamat seorang pejabat pada satu kanal, atau tampilkan kontaknya. Admin bagi siapa pun, pejabat bagi dirinya sendiri. "
    "Tanpa kontak, suratnya masuk ke berkas surat.",
    contoh="zi pejabat kontak 198203032006042003 --kanal surel --alamat tpi@contoh.invalid --oleh 198001012005011001",
    menulis=True,
)
@click.argument("nip", type=NIP)
@click.option("--kanal", metavar="NAMA", help="Kanal dalam kanal.toml, misalnya surel; berkas selalu ada.")
@click.option("--alamat", type=Teks(), metavar="ALAMAT", help="Alamat orang itu pada kanal tersebut; bukan URL, tanpa kata sandi.")
@click.option("--hapus", is_flag=True, help="Hapus kontak pada kanal itu.")
def kontak(konteks: Konteks, nip: str, kanal: str | None, alamat: str | None, hapus: bool) -> None:
    """Set, take away or show contacts."""
    from zi_workflow.domain.commands import AturKontak

    if kanal is None and alamat is None and not hapus:
        _lihat_kontak(konteks, nip)
        return
    if kanal is None or (alamat is None) != hapus:
        raise MasukanSalah(
            "Kontak belum lengkap.",
            "Kontak memerlukan --kanal, dan --alamat atau --hapus.",
            "zi pejabat kontak NIP --kanal surel --alamat …",
        )
    oleh = konteks.oleh()
    if alamat is not None:
        konteks.aplikasi().kanal.periksa(kanal, alamat)
    jalankan(konteks, [AturKontak(nip=nip, kanal=kanal, tanggal=konteks.tanggal(), oleh=oleh, alamat=alamat)])


def _lihat_kontak(konteks: Konteks, nip: str) -> None:
    instansi = konteks.aplikasi().layanan.instansi()
    if not any(j.nip == nip for j in instansi.jabatan):
        raise TidakDitemukan(f"{nip} bukan pejabat dalam register", "Kontak hanya bagi pejabat yang diangkat.", "zi pejabat daftar")
    baris = [{"kanal": kanal, "alamat": alamat} for kanal, alamat in sorted(instansi.kontak.get(nip, {}).items())]
    kosong = "Belum ada kontak; suratnya masuk ke berkas surat."
    layar = partial(tabel, [Kolom("Kanal", tetap=True), "Alamat"], [(b["kanal"], b["alamat"]) for b in baris], kosong=kosong)
    konteks.keluarkan({"skema": 1, "nip": nip, "kontak": baris}, layar=layar)


@perintah.perintah(
    "hapus-data",
    "Hapus data pribadi seseorang: kuncinya dimusnahkan, sehingga nama dan kontaknya tidak terbaca lagi di mana pun; peristiwa dan"
    " buktinya tetap sah. Tidak dapat dibatalkan; mengulang menyelesaikan yang terputus.",
    contoh='zi pejabat hapus-data 198203032006042003 --alasan "permintaan yang bersangkutan" --dasar "surat 12/2026"'
    " --konfirmasi 198203032006042003 --oleh 198001012005011001",
    menulis=True,
)
@click.argument("nip", type=NIP, required=False)
@click.option("--orang", metavar="ID", help="Orang tanpa NIP, menurut ID pada peristiwanya (O-…).")
@click.option("--alasan", required=True, type=Teks(4000), help="Alasan penghapusan; jangan tulis namanya.")
@click.option("--dasar", required=True, type=Teks(500), help="Dasarnya, misalnya nomor surat permintaan.")
@opsi_konfirmasi
def hapus_data(konteks: Konteks, nip: str | None, orang: str | None, konfirmasi: str | None, alasan: str, dasar: str) -> None:
    """Delete a person's data."""
    from zi_workflow.cli.pejabat_hapus import hapus

    hapus(konteks, nip, orang, konfirmasi, alasan=alasan, dasar=dasar)


@perintah.perintah(
    "daftar",
    "Daftar pengangkatan menurut peran, unit, dan waktu; yang sudah berakhir ikut, kecuali dengan --pada.",
    contoh="zi pejabat daftar --peran tpi --pada 2026-05-31",
    daftar=True,
)
@click.option("--peran", metavar="PERAN", help="Hanya peran ini.")
@click.option("--unit", metavar="KODE", help="Hanya di unit ini.")
@click.option("--nip", type=NIP, help="Hanya orang ini.")
@click.option("--pada", type=TANGGAL, help="Hanya yang menjabat pada hari ini.")
def daftar(konteks: Konteks, peran: str | None, unit: str | None, nip: str | None, pada: date | None) -> None:
    """List appointments."""
    from projections import pejabat

    instansi = konteks.aplikasi().instansi
    store = konteks.aplikasi().store
    semua = baca(konteks, lambda k: pejabat.daftar(k, instansi, buka=store.teks, nip=nip, peran=peran, unit=unit, pada=pada))
    if not semua:  # an empty answer may be a misspelt name; only then is the definition worth loading
        if peran is not None:
            periksa_pilihan(peran, konteks.aplikasi().definisi.peran, "Peran", "zi pejabat daftar --peran")
        _periksa_unit(konteks, unit, "zi pejabat daftar --unit")
    baris = [{k: satu[k] for k in ("nip", "nama", "peran", "unit", "sk", "sejak", "sampai", "nomor")} for satu in semua]
    konteks.keluarkan({"jumlah": len(baris), "pejabat": baris}, layar=partial(_tabel, baris), baris=baris)


def _tabel(baris: list[dict[str, Any]], gaya: Gaya) -> str:
    kolom = [Kolom("NIP", tetap=True), "Nama", Kolom("Peran", tetap=True), Kolom("Unit", tetap=True), "Masa", "SK"]
    isi = [(b["nip"], b["nama"], b["peran"], b["unit"], _masa(b), b["sk"]) for b in baris]
    return tabel(kolom, isi, gaya, kosong="Tidak ada pejabat yang cocok.")


def _masa(baris: dict[str, Any]) -> str:
    sejak = tanggal_singkat(baris["sejak"])
    return f"{sejak} s.d. {tanggal_singkat(baris['sampai'])}" if baris["sampai"] else f"sejak {sejak}"


def _pelaku(konteks: Konteks, nip: str) -> str:
    """Return who acts: as said, or in an empty register the person appointed. Raises MasukanSalah where nobody is named."""
    from projections import pejabat

    instansi = konteks.aplikasi().instansi
    if konteks.pengaturan.pelaku is None and not baca(konteks, lambda k: pejabat.daftar(k, instansi)):
        return nip
    return konteks.oleh()


def _periksa_unit(konteks: Konteks, unit: str | None, perintah: str = "Ulangi dengan --unit") -> None:
    if unit is not None and unit not in kode_unit(konteks):
        raise unit_tak_ada(konteks, unit, perintah)
