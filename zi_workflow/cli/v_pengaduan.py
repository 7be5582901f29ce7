"""``zi pengaduan``: complaints of maladministration about units that hold a predikat; the same verbs, on the second workflow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.bacaan import periksa_pilihan, unit_tak_ada
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import NIP, TANGGAL, Kelompok, Konteks, Teks
from zi_workflow.cli.pengaduan_bacaan import ADUAN, PELAPOR, identitas
from zi_workflow.cli.pengaduan_bacaan import daftar as baris_daftar
from zi_workflow.cli.pengaduan_bacaan import satu as satu_pengaduan
from zi_workflow.cli.tampilan import Gaya, Kolom, pasangan, tabel, tanggal
from zi_workflow.cli.tinjauan_layar import ditinjau
from zi_workflow.cli.unit_bacaan import satu_unit
from zi_workflow.cli.v_catat import KelompokCatat
from zi_workflow.cli.v_maju import KelompokMaju
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.domain.commands import Perintah

_SALURAN_MAKS = 60


class _Catat(KelompokCatat):
    alur = ADUAN


class _Maju(KelompokMaju):
    alur = ADUAN


perintah = Kelompok(
    "pengaduan",
    "Terima, tangani, dan pantau pengaduan maladministrasi atas unit berpredikat (Pasal 16 ayat (2) huruf e).",
    contoh="zi pengaduan daftar --terbuka",
)


@perintah.perintah(
    "terima",
    "Buka berkas pengaduan. Tanpa KODE diberi nomor berikutnya tahun itu. Unitnya harus memegang predikat pada tanggal itu.",
    contoh='zi pengaduan terima --unit DISDUKCAPIL --perihal "Antrean dilewati" --saluran surat --oleh 198203032006042003',
    menulis=True,
)
@click.argument("kode", required=False)
@click.option("--unit", required=True, metavar="UNIT", help="Kode unit yang diadukan.")
@click.option("--perihal", required=True, type=Teks(), help="Pokok pengaduan dalam satu kalimat, tanpa nama pelapor.")
@click.option("--saluran", required=True, type=Teks(_SALURAN_MAKS), metavar="S", help="Saluran masuknya, misalnya surat, sp4n_lapor.")
@click.option("--uraian", type=Teks(4000), help="Isi pengaduan, tanpa identitas pelapor.")
@click.option("--nomor-laporan", "nomor_laporan", type=Teks(_SALURAN_MAKS), help="Nomor di sistem asalnya.")
@click.option("--pelapor-nama", "pelapor_nama", type=Teks(), help="Nama pelapor; disimpan terlindung.")
@click.option("--pelapor-kontak", "pelapor_kontak", type=Teks(), help="Telepon, surel, atau alamat pelapor; disimpan terlindung.")
def terima(konteks: Konteks, kode: str | None, unit: str, perihal: str, **isi: str | None) -> None:
    """Open a complaint's file."""
    from zi_workflow.cli.tulis import jalankan

    if isi["pelapor_kontak"] and not isi["pelapor_nama"]:
        raise MasukanSalah("--pelapor-kontak tanpa --pelapor-nama", "Kontak adalah kontak seseorang.", "Tambahkan --pelapor-nama.")
    jalankan(konteks, perintah_terima(kode or "", unit, perihal, isi, konteks.tanggal(), konteks.oleh()), alur=ADUAN)


def perintah_terima(kode: str, unit: str, perihal: str, isi: Mapping[str, str | None], hari: date, oleh: str) -> list[Perintah]:
    """Return the commands that open a complaint, record how it came and, where it is said, who complained."""
    from zi_workflow.domain.commands import Catat, DaftarkanUnit

    masuk = {k: v for k in ("saluran", "uraian", "nomor_laporan", "status_asal") if (v := isi.get(k))}
    hasil: list[Perintah] = [
        DaftarkanUnit(kode, perihal, hari, oleh, induk=unit, alur=ADUAN.id),
        Catat("penerimaan", kode, masuk, hari, oleh, alur=ADUAN.id),
    ]
    orang = {k: v for k in ("nama", "kontak") if (v := isi.get(f"pelapor_{k}"))}
    if orang:
        hasil.append(Catat(PELAPOR, kode, orang, hari, oleh, alur=ADUAN.id))
    return hasil


perintah.add_command(
    _Catat(
        "catat",
        "Catat hasil identifikasi, klarifikasi, tindak lanjut, atau hasil penanganan dalam berkas pengaduan.",
        contoh='zi pengaduan catat identifikasi P-2026-0001 --pokok "antrean" --bentuk penyimpangan_prosedur --oleh 198203032006042003',
        subcommand_metavar="JENIS KODE [ISIAN]...",
    )
)
perintah.add_command(
    _Maju(
        "maju",
        "Ambil satu langkah penanganan. Langkah yang belum memenuhi syarat ditolak dengan daftar periksa lengkap.",
        contoh="zi pengaduan maju identifikasi P-2026-0001 --oleh 198203032006042003",
        subcommand_metavar="LANGKAH KODE...",
    )
)


@perintah.perintah(
    "periksa",
    "Tampilkan daftar periksa suatu langkah, tanpa menulis. Tanpa LANGKAH: langkah utama dari tahapnya.",
    contoh="zi pengaduan periksa P-2026-0001",
    berwaktu=True,
)
@click.argument("kode")
@click.argument("langkah", required=False)
@click.option("--pada", type=TANGGAL, help="Tanggal langkah itu; bawaan --per, atau hari ini (WIB).")
@click.option("--oleh", type=NIP, help="Pejabat yang akan bertindak; tanpa ini ditunjukkan siapa yang dapat.")
@click.option("--isi", "isi_berkas", metavar="FILE", help="Isian langkah dari berkas YAML atau JSON.")
@click.option("--kode-keluar", "kode_keluar", is_flag=True, help="Kode keluar 5 bila belum terpenuhi.")
def periksa(
    konteks: Konteks, kode: str, langkah: str | None, pada: date | None, oleh: str | None, isi_berkas: str | None, kode_keluar: bool
) -> None:
    """Ask for a checklist."""
    from zi_workflow.cli.v_periksa import periksa as tanya

    tanya(konteks, kode, langkah, (pada, oleh, isi_berkas, None), kode_keluar=kode_keluar, alur=ADUAN)


@perintah.perintah(
    "daftar",
    "Daftar pengaduan menurut jatuh temponya; identitas pelapor tidak pernah ditampilkan.",
    contoh="zi pengaduan daftar --unit DISDUKCAPIL --terbuka",
    daftar=True,
    berwaktu=True,
)
@click.option("--unit", metavar="UNIT", help="Hanya pengaduan atas unit ini.")
@click.option("--tahap", metavar="T", help="Hanya pengaduan pada tahap ini.")
@click.option("--terbuka", is_flag=True, help="Hanya yang belum selesai.")
def daftar(konteks: Konteks, unit: str | None, tahap: str | None, terbuka: bool) -> None:
    """List the complaints."""
    from zi_workflow.cli.bacaan import kode_unit

    if unit is not None and unit not in kode_unit(konteks):
        raise unit_tak_ada(konteks, unit, "zi pengaduan daftar --unit")
    periksa_pilihan(tahap, konteks.aplikasi().layanan.aturan(ADUAN.id).tahap, "Tahap", "zi pengaduan daftar --tahap")
    baris = baris_daftar(konteks, unit, tahap, terbuka=terbuka)
    kolom = [Kolom("Kode", tetap=True), Kolom("Unit", tetap=True), "Perihal", Kolom("Tahap", tetap=True), Kolom("Jatuh tempo", tetap=True)]
    isi = [(b["kode"], b["unit"], b["perihal"] + (" [putusan ditinjau]" if b["tinjauan"] else ""), b["tahap"], _tempo(b)) for b in baris]
    layar = partial(tabel, kolom, isi, kosong="Tidak ada pengaduan yang cocok.")
    konteks.keluarkan({"jumlah": len(baris), "pengaduan": baris}, layar=layar, baris=baris)


def _tempo(baris: Mapping[str, Any]) -> str:
    sisa = baris["sisa_hari"]
    if baris["jatuh_tempo"] is None:
        return "-"
    if sisa is None:
        return "selesai"
    kata = f"{sisa} hari lagi" if sisa > 0 else "hari ini" if sisa == 0 else f"lewat {-sisa} hari"
    return f"{tanggal(baris['jatuh_tempo'])} ({kata})"


@perintah.perintah(
    "lihat",
    "Tampilkan satu pengaduan: keadaannya, catatannya tanpa identitas pelapor, dan riwayatnya.",
    contoh="zi pengaduan lihat P-2026-0001",
    berwaktu=True,
)
@click.argument("kode")
def lihat(konteks: Konteks, kode: str) -> None:
    """Show one complaint."""
    baris, riwayat = satu_unit(konteks, kode, ADUAN)
    if baris is None:
        raise unit_tak_ada(konteks, kode, "zi pengaduan lihat", ADUAN)
    data = satu_pengaduan(konteks, kode, baris, riwayat)
    konteks.keluarkan(data, layar=partial(_layar, data))


@perintah.perintah(
    "buka-pelapor",
    "Tampilkan identitas pelapor kepada yang berwenang. Pembukaannya dicatat dengan alasan lebih dahulu, dan terlihat di jejak.",
    contoh='zi pengaduan buka-pelapor P-2026-0001 --alasan "klarifikasi lanjutan" --oleh 198203032006042003',
    menulis=True,
)
@click.argument("kode")
@click.option("--alasan", required=True, type=Teks(500), help="Mengapa identitas pelapor perlu diketahui.")
def buka_pelapor(konteks: Konteks, kode: str, alasan: str) -> None:
    """Record the look, then show who complained; nothing is shown to who may not, and nothing in a dry run."""
    from zi_workflow.cli.tulis import ditolak, kirim, saran_unit
    from zi_workflow.domain.commands import Catat

    app, coba = konteks.aplikasi(), konteks.penulisan.coba
    catat = Catat("pembukaan_identitas", kode, {"alasan": alasan}, konteks.tanggal(), konteks.oleh(), alur=ADUAN.id)
    with saran_unit(konteks, ADUAN, (kode,)):
        jawaban = kirim(konteks, [catat], ())
    if not jawaban.diterima:
        raise ditolak(jawaban.penolakan, coba=coba, hari_ini=app.hari_ini(), alur=ADUAN)
    orang = [] if coba else identitas(konteks, kode)
    konteks.keluarkan({**jawaban.polos(), "pelapor": orang}, layar=partial(_layar_pelapor, orang, coba=coba))


@perintah.perintah(
    "impor",
    "Buka pengaduan dari ekspor SP4N-LAPOR! (CSV atau XLSX), satu baris satu laporan. Yang sudah ada dilewati; baris yang ditolak atau"
    " salah disebut satu per satu dan tidak menghalangi yang lain. Nama kolomnya tertulis di regulasi.yaml alur ini.",
    contoh="zi pengaduan impor laporan.xlsx --coba --oleh 198203032006042003",
    menulis=True,
)
@click.argument("berkas", metavar="FILE")
@click.option("--kode-keluar", "kode_keluar", is_flag=True, help="Kode keluar 5 bila ada baris yang ditolak atau salah.")
def impor(konteks: Konteks, berkas: str, kode_keluar: bool) -> None:
    """Import."""
    from zi_workflow.cli.pengaduan_impor import impor as jalankan

    jalankan(konteks, berkas, kode_keluar=kode_keluar)


def _layar_pelapor(orang: list[dict[str, str]], gaya: Gaya, *, coba: bool) -> str:
    if coba:
        return lipat("Percobaan: pembukaan akan diterima; identitas tidak ditampilkan, tidak ada yang ditulis.", gaya)
    if not orang:
        return lipat("Pembukaan dicatat. Berkas ini tidak memuat identitas pelapor.", gaya)
    satu = orang[-1]
    return pasangan([("Pelapor", satu.get("nama")), ("Kontak", satu.get("kontak") or "-")], gaya)


def _layar(data: Mapping[str, Any], gaya: Gaya) -> str:
    isi: list[tuple[str, object]] = [
        ("Kode", data["kode"]),
        ("Unit", data["unit"]),
        ("Perihal", data["perihal"]),
        ("Diterima", tanggal(data["diterima"])),
        ("Tahap", f"{data['tahap']}, sejak {tanggal(data['sejak'])}"),
        ("Jatuh tempo", "" if data["selesai"] or data["jatuh_tempo"] is None else tanggal(data["jatuh_tempo"])),
        ("Pelapor", "tercatat, dilindungi" if data["pelapor_tercatat"] else "tidak tercatat"),
        ("Versi", data["versi"]),
    ]
    catatan = [(c["nomor"], tanggal(c["tanggal"]), c["jenis"], c["oleh"]) for c in data["catatan"]]
    jejak = [(r["nomor"], tanggal(r["tanggal"]), _langkah(r), r["oleh"]) for r in data["riwayat"]]
    kolom = [Kolom("Nomor", kanan=True, tetap=True), Kolom("Tanggal", tetap=True)]
    return (
        pasangan([(label, nilai) for label, nilai in isi if nilai not in (None, "")], gaya)
        + "\n"
        + tabel([*kolom, "Catatan", Kolom("Oleh", tetap=True)], catatan, gaya, kosong="Belum ada catatan.")
        + "\n"
        + tabel([*kolom, "Langkah", Kolom("Oleh", tetap=True)], jejak, gaya)
        + ditinjau(data["tinjauan"], gaya)
    )


def _langkah(baris: Mapping[str, Any]) -> str:
    return f"{baris['langkah']}, ke {baris['ke']}" + (" (dibatalkan)" if baris["dibatalkan"] else "")
