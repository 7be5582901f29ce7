"""``zi audit cari``: search the events by any mix of filters, page by page, on the screen or into a table for a spreadsheet."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.audit_bacaan import harus_dikenal, kutipan, masa_peran, polos, terlambat, zona
from zi_workflow.cli.bacaan import alur_tercatat, terdaftar, unit_tak_ada
from zi_workflow.cli.dasar import INSTAN, NIP, TANGGAL, Bilangan, Konteks, Teks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lembar_peristiwa import sebutan, unit_dari
from zi_workflow.cli.tampilan import Gaya, Kolom, tabel, tanggal_singkat
from zi_workflow.cli.tipe import Instan
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.store import Amplop

BATAS = 50
_TERBANYAK = 100_000
_CONTOH = 'zi audit cari --unit DISDUKCAPIL --jenis PerintahDitolak --pasal "Pasal 13"'


@verba(
    "cari",
    "Cari peristiwa: semua saringan harus cocok; ditampilkan yang terbaru, terlama di atas. Halaman lain: --sebelum, --setelah.",
    contoh=_CONTOH,
    daftar=True,
)
@click.option("--unit", metavar="KODE", help="Hanya berkas unit ini, penolakan dan pengingatnya termasuk.")
@click.option("--oleh", type=NIP, help="Hanya yang diperbuat orang ini.")
@click.option("--peran", metavar="PERAN", help="Hanya yang diperbuat orang yang memegang peran ini pada tanggal peristiwanya.")
@click.option("--jenis", metavar="NAMA", help="Nama peristiwa, jenis catatan, langkah, atau peran.")
@click.option("--langkah", metavar="NAMA", help="Langkah ini: yang diambil, yang dibatalkan, dan yang ditolak.")
@click.option("--putusan", type=click.Choice(["diterima", "ditolak", "semua"]), help="Hanya putusan: langkah yang diterima atau ditolak.")
@click.option("--dari", type=TANGGAL, help="Tanggal peristiwa paling awal.")
@click.option("--sampai", type=TANGGAL, help="Tanggal peristiwa paling akhir.")
@click.option("--dicatat-dari", type=INSTAN, help="Dicatat paling awal pada hari atau saat itu.")
@click.option("--dicatat-sampai", type=INSTAN, help="Dicatat paling akhir pada hari atau saat itu.")
@click.option("--pasal", type=Teks(), help="Dasar hukumnya: 'Pasal 13', 'Pasal 13 ayat (1)', 'P13(1)a', 'Lampiran II'; bagiannya termasuk.")
@click.option("--dokumen", type=Teks(), help="Nomor dokumen (surat, keputusan, LHE); * di akhir berarti apa pun lanjutannya.")
@click.option("--teks", type=Teks(), help="Semua kata ini ada di isinya; * di akhir kata: apa pun lanjutannya. Nama orang tidak dicari.")
@click.option("--pencatat", type=Teks(), help="Akun yang mengetikkannya, misalnya sistem:budi.")
@click.option("--kunci", type=Teks(), help="Hanya yang ditulis permintaan dengan kunci ini.")
@click.option("--setelah", type=Bilangan(0), metavar="NOMOR", help="Halaman sesudah peristiwa bernomor ini.")
@click.option("--sebelum", type=Bilangan(1), metavar="NOMOR", help="Halaman sebelum peristiwa bernomor ini.")
@click.option("--batas", type=Bilangan(1, _TERBANYAK), default=BATAS, metavar="N", show_default=True, help="Paling banyak sekian.")
@click.option("--format", "bentuk", type=click.Choice(["csv", "xlsx"]), help="Tulis sebagai tabel CSV atau XLSX ke --ke.")
@click.option("--ke", metavar="FILE", help="Tujuan --format; - untuk keluaran baku.")
@click.option("--timpa", is_flag=True, help="Ganti berkas tujuan yang sudah ada.")
def perintah(konteks: Konteks, bentuk: str | None, ke: str | None, timpa: bool, **saringan: Any) -> None:  # noqa: ANN401
    """Search."""
    _periksa(konteks, saringan, bentuk, ke, timpa=timpa)
    maju = saringan["setelah"] is not None and saringan["sebelum"] is None
    semua, lebih = _halaman(konteks, saringan, maju=maju)
    if not semua:
        _periksa_nama(konteks, saringan)
    lanjut = {
        "sebelum": semua[0].nomor if semua and (lebih or maju) else None,
        "setelah": semua[-1].nomor if semua and (lebih or not maju) else None,
    }
    if lebih:
        _sebut_lanjut(konteks, saringan, lanjut, len(semua), maju=maju)
    if bentuk is not None and ke is not None:
        _tulis(konteks, bentuk, ke, semua, lanjut, timpa=timpa)
        return
    tempat = zona(konteks)
    baris = [polos(a, tempat) for a in semua]
    layar = partial(_tabel, semua, tempat)
    konteks.keluarkan({"jumlah": len(baris), "peristiwa": baris, "lanjut": lanjut}, layar=layar, baris=baris)


def _halaman(konteks: Konteks, saringan: Mapping[str, Any], *, maju: bool) -> tuple[list[Amplop], bool]:
    """Return the page, oldest first, and whether there is more in its direction."""
    nama = ("unit", "oleh", "jenis", "langkah", "putusan", "dari", "sampai", "dokumen", "teks", "pencatat", "kunci")
    isi = {k: saringan[k] for k in nama}
    if saringan["pasal"] is not None:
        isi["pasal"] = kutipan(konteks, saringan["pasal"])
    if saringan["peran"] is not None:
        isi["masa"] = masa_peran(konteks, saringan["peran"])
    dari, sampai = saringan["dicatat_dari"], saringan["dicatat_sampai"]
    if dari is not None:
        isi["dicatat_dari"] = dari.mulai(zona(konteks))
    if sampai is not None:
        isi["dicatat_sampai"] = sampai.di(zona(konteks))
    hasil = konteks.aplikasi().store.telusuri(
        **isi,
        setelah_nomor=saringan["setelah"] or 0,
        sebelum_nomor=saringan["sebelum"],
        batas=saringan["batas"] + 1,
        terbaru=not maju,
    )
    semua = hasil[: saringan["batas"]]
    return semua if maju else semua[::-1], len(hasil) > len(semua)


def _periksa(konteks: Konteks, saringan: Mapping[str, Any], bentuk: str | None, ke: str | None, *, timpa: bool) -> None:
    """Refuse, before anything is read, filters and destinations that cannot be meant."""
    dari, sampai = saringan["dari"], saringan["sampai"]
    if dari is not None and sampai is not None and dari > sampai:
        raise MasukanSalah(
            f"--dari {dari} sesudah --sampai {sampai}", "Rentang tanggal dibaca dari awal ke akhir.", "Tukar kedua tanggal itu."
        )
    from zi_workflow.store.terms import kata_dari

    if saringan["teks"] is not None and not kata_dari(saringan["teks"]):
        raise MasukanSalah(
            "--teks tidak memuat kata", "Yang dicari ialah kata: huruf dan angka.", "Tulis sedikitnya satu kata, misalnya --teks rapat"
        )
    if (bentuk is None) != (ke is None):
        raise MasukanSalah(
            "--format dan --ke harus bersama", "Tabel ditulis ke sebuah berkas, atau ke keluaran baku (-).", "Tambahkan --format csv --ke -"
        )
    if ke is not None:
        from zi_workflow.cli.lke_tujuan import periksa_tujuan

        periksa_tujuan(konteks, ke, timpa=timpa)


def _sebut_lanjut(konteks: Konteks, saringan: Mapping[str, Any], lanjut: Mapping[str, int | None], banyak: int, *, maju: bool) -> None:
    """Say on stderr that there is more, with the command that shows it."""
    arah = "setelah" if maju else "sebelum"
    opsi = [(k, v) for k, v in saringan.items() if v is not None and k not in {"setelah", "sebelum"} and (k, v) != ("batas", BATAS)]
    kata = [f"--{k.replace('_', '-')} {shlex.quote(_ketikan(v))}" for k, v in [*opsi, (arah, lanjut[arah])]]
    apa = "lebih baru; ini" if maju else "lebih lama; ini"
    konteks.pesan(f"Ada peristiwa yang {apa} {banyak} yang {'terlama' if maju else 'terbaru'}. Lanjut: zi audit cari {' '.join(kata)}")


def _ketikan(nilai: object) -> str:
    """Return the value of an option as it can be typed again."""
    return nilai.saat.isoformat() if isinstance(nilai, Instan) else str(nilai)


def _tulis(konteks: Konteks, bentuk: str, ke: str, semua: Sequence[Amplop], lanjut: Mapping[str, Any], *, timpa: bool) -> None:
    """Write the page as a table."""
    from zi_workflow.cli.audit_tabel import csv, xlsx
    from zi_workflow.cli.dasar import tulis_berkas
    from zi_workflow.cli.lke_tujuan import simpan_utuh

    isi = (csv if bentuk == "csv" else xlsx)(semua, zona(konteks))
    if ke == "-":
        tulis_berkas(ke, isi)
        return
    simpan_utuh(ke, isi, timpa=timpa)
    konteks.keluarkan(
        {"jumlah": len(semua), "berkas": ke, "lanjut": dict(lanjut)}, layar=f"{len(semua)} peristiwa ditulis: {konteks.gaya.teks(ke)}"
    )


def _tabel(semua: Sequence[Amplop], tempat: str, gaya: Gaya) -> str:
    nama = ("Nomor", "Tanggal", "Unit", "Peristiwa", "Oleh")
    kolom = [Kolom(judul, kanan=judul == "Nomor", tetap=judul != "Peristiwa") for judul in nama]
    isi = [(a.nomor, tanggal_singkat(a.tanggal), unit_dari(a), _apa(a, tempat), a.oleh) for a in semua]
    return tabel(kolom, isi, gaya, kosong="Tidak ada peristiwa yang cocok.")


def _apa(a: Amplop, tempat: str) -> str:
    lambat = terlambat(a, tempat)
    return f"{sebutan(a)}, dicatat {lambat} hari sesudahnya" if lambat else sebutan(a)


def _periksa_nama(konteks: Konteks, saringan: Mapping[str, Any]) -> None:
    """Tell a misspelt name from an empty answer; the definition is loaded only here."""
    unit, jenis, langkah, peran = (saringan[k] for k in ("unit", "jenis", "langkah", "peran"))
    if unit is not None and not terdaftar(konteks, unit):
        raise unit_tak_ada(konteks, unit, "zi audit cari --unit")
    if jenis is None and langkah is None and peran is None:
        return
    from zi_workflow.domain.commands import PERINTAH_TETAP
    from zi_workflow.store.codec import DAFTAR

    definisi = konteks.aplikasi().definisi
    aturan = [definisi, *(konteks.aplikasi().definisi_alur(a) for a in alur_tercatat(konteks))]
    gerak = [nama for satu in aturan for nama in satu.langkah]
    nama = [*DAFTAR, *(b for satu in aturan for b in satu.bukti), *gerak, *definisi.peran, *PERINTAH_TETAP]
    if jenis is not None and jenis.partition("@")[0] not in nama:
        yang_ada = f"Nama peristiwa ({', '.join(DAFTAR)}), jenis catatan, langkah, atau peran."
        harus_dikenal("Jenis", jenis, nama, "--jenis", yang_ada)
    if langkah is not None:
        semua = [*dict.fromkeys(gerak), *PERINTAH_TETAP]
        harus_dikenal("Langkah", langkah, semua, "--langkah", f"Yang ada: {', '.join(semua)}.")
    if peran is not None:
        harus_dikenal("Peran", peran, definisi.peran, "--peran", f"Yang ada: {', '.join(definisi.peran)}.")
