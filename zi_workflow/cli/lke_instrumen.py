"""``zi lke instrumen``: editions of the instrument: import the year's official master, list, show and compare them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.dasar import Kelompok, Konteks, Teks, maksud_anda
from zi_workflow.cli.lke_instrumen_layar import data_beda, data_edisi, data_soal, layar_beda, layar_daftar, layar_edisi, layar_soal
from zi_workflow.cli.tulis import ditolak, kirim, lampirkan, layar_jawaban
from zi_workflow.domain.errors import DefinisiSalah, MasukanSalah, TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.answers import Jawaban
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.domain.events import Polos
    from zi_workflow.domain.instrument import Instrumen
    from zi_workflow.domain.revisions import Beda
    from zi_workflow.domain.state import Bukti

_STDIN = "-"

perintah = Kelompok(
    "instrumen",
    "Edisi instrumen LKE: muat master resmi tahun ini, lalu lihat dan bandingkan. LKE tetap memakai edisi ketika dibuat.",
    contoh="zi lke instrumen daftar",
    subcommand_metavar="PERINTAH [ARGUMEN]...",
)


@perintah.perintah(
    "impor",
    "Muat master soal resmi (JSON PortalRB) sebagai edisi baru. Bobot, skala, dan susunan yang tidak cocok ditolak dengan menyebut"
    " semuanya; perbedaan dari edisi yang berlaku ditunjukkan. Lihat dahulu dengan --coba.",
    contoh="zi lke instrumen impor master-2026.json --oleh 198001012005011001 --coba",
    menulis=True,
)
@click.argument("berkas", metavar="BERKAS")
@click.option("--versi-instrumen", type=Teks(), metavar="V", help="Nama edisi; bawaan TAHUN@TANGGAL menurut master.")
@click.option("--judul", type=Teks(), help="Judul edisi; bawaan disusun dari tahun dan tanggal master.")
def impor(konteks: Konteks, berkas: str, versi_instrumen: str | None, judul: str | None) -> None:
    """Record the edition that a master describes."""
    from zi_workflow.domain.commands import Catat
    from zi_workflow.domain.edition_record import instrumen_dari_isi
    from zi_workflow.domain.editions import PERIKSA, cari_edisi
    from zi_workflow.domain.revisions import beda

    if berkas == _STDIN:
        raise MasukanSalah(
            "Master dibaca dari berkas, bukan masukan baku", "Berkasnya disimpan sebagai bukti.", "Sebut nama berkas JSON-nya."
        )
    app, oleh = konteks.aplikasi(), konteks.oleh()
    jenis = next((j.id for j in app.definisi.bukti.values() if j.periksa == PERIKSA), None)
    bawaan = app.definisi.instrumen
    if jenis is None or bawaan is None:
        raise DefinisiSalah(
            "Definisi ini tidak mengenal edisi instrumen",
            "Diperlukan lke.yaml, dan jenis catatan dengan 'periksa: instrumen' di bukti.yaml.",
            "zi regulasi periksa",
        )
    isi, lama = _baca_master(konteks, berkas, bawaan)
    isi |= {k: v for k, v in (("edisi", versi_instrumen), ("judul", judul)) if v is not None}
    perbedaan = beda(lama, instrumen_dari_isi(isi, lama))
    ada = cari_edisi(app.definisi, app.layanan.instansi(), str(isi["edisi"]))
    lampiran = [] if ada is not None and ada.isi == isi else lampirkan(konteks, [berkas])
    jawaban = kirim(konteks, [Catat(jenis, None, isi, konteks.tanggal(), oleh, tuple(b for _, b in lampiran))], lampiran)
    if not jawaban.diterima:
        raise ditolak(jawaban.penolakan, coba=konteks.penulisan.coba, hari_ini=app.hari_ini())
    data = {**jawaban.polos(), "edisi": isi["edisi"], "dibanding": lama.versi, "perbedaan": data_beda(perbedaan)}
    konteks.keluarkan(data, layar=partial(_layar_impor, jawaban, str(isi["edisi"]), lama, perbedaan))


def _baca_master(konteks: Konteks, berkas: str, bawaan: Instrumen) -> tuple[dict[str, Polos], Instrumen]:
    """Return the fields of the edition, and the edition that was in force for its year; raises MasukanSalah for what does not fit.

    The scales are the definition's: an older edition may have others.
    """
    from zi_workflow.domain.editions import instrumen_bagi
    from zi_workflow.domain.master import isi_dari_master
    from zi_workflow.loader.masukan import baca_isi_berkas

    app, tanggal = konteks.aplikasi(), konteks.tanggal()
    master = baca_isi_berkas(berkas).polos()
    tahun = str(master.get("tahun", "")) if isinstance(master, dict) else ""
    angka = int(tahun) if re.fullmatch("[0-9]{4}", tahun) else tanggal.year
    berlaku = instrumen_bagi(app.definisi, app.layanan.instansi(), angka, tanggal) or bawaan
    return isi_dari_master(master, replace(berlaku, skala=bawaan.skala)), berlaku


def _layar_impor(jawaban: Jawaban, edisi: str, lama: Instrumen, perbedaan: tuple[Beda, ...], gaya: Gaya) -> str:
    return layar_beda(lama.versi, edisi, perbedaan, gaya, ringkas=True) + "\n" + layar_jawaban(jawaban, gaya)


@perintah.perintah(
    "daftar", "Daftar edisi instrumen yang dikenal, yang bawaan definisi lebih dahulu.", contoh="zi lke instrumen daftar", daftar=True
)
def daftar(konteks: Konteks) -> None:
    """List the editions."""
    from zi_workflow.domain.editions import cari_edisi, versi_dikenal

    app = konteks.aplikasi()
    instansi = app.layanan.instansi()
    semua = [_ringkas(_ambil(konteks, v), cari_edisi(app.definisi, instansi, v)) for v in versi_dikenal(app.definisi, instansi)]
    konteks.keluarkan({"edisi": semua}, layar=partial(layar_daftar, semua), baris=semua)


def _ringkas(instrumen: Instrumen, bukti: Bukti | None) -> dict[str, Any]:
    return {
        "edisi": instrumen.versi,
        "judul": instrumen.judul,
        "tahun": None if bukti is None else bukti.isi["tahun"],
        "sejak": instrumen.sejak,
        "asal": "definisi" if bukti is None else "master",
        "nomor": None if bukti is None else bukti.nomor,
        "jumlah_soal": len(instrumen.soal),
        "jumlah_dinilai": len(instrumen.butir),
    }


@perintah.perintah(
    "lihat",
    "Tampilkan satu edisi: indikator, bobot, dan soalnya; dengan --soal, kriteria dan pilihan satu soal.",
    contoh="zi lke instrumen lihat 2026",
)
@click.argument("versi")
@click.option("--soal", metavar="ID", help="Hanya soal ini, dengan kriteria dan pilihannya.")
def lihat(konteks: Konteks, versi: str, soal: str | None) -> None:
    """Show one edition, or one of its questions."""
    instrumen = _ambil(konteks, versi)
    if soal is None:
        konteks.keluarkan(data_edisi(instrumen), layar=partial(layar_edisi, instrumen))
        return
    satu = instrumen.soal.get(soal)
    if satu is None:
        raise TidakDitemukan(
            f"Soal '{soal[:20]}' tidak ada di edisi {instrumen.versi}. " + maksud_anda(soal, instrumen.soal),
            f"Edisi itu memuat {len(instrumen.soal)} soal.",
            f"zi lke instrumen lihat {instrumen.versi}",
        )
    konteks.keluarkan(data_soal(instrumen, satu), layar=partial(layar_soal, satu))


@perintah.perintah(
    "banding",
    "Bandingkan dua edisi: soal baru, hilang, dan bernomor lain, skala, bobot, rumus, dan teks yang berubah.",
    contoh="zi lke instrumen banding 2026 2026@2026-06-09",
)
@click.argument("lama", metavar="VERSI_LAMA")
@click.argument("baru", metavar="VERSI_BARU")
def banding(konteks: Konteks, lama: str, baru: str) -> None:
    """Compare two editions."""
    from zi_workflow.domain.revisions import beda

    hasil = beda(_ambil(konteks, lama), _ambil(konteks, baru))
    data = {"lama": lama, "baru": baru, "perbedaan": data_beda(hasil)}
    konteks.keluarkan(data, layar=partial(layar_beda, lama, baru, hasil))


def _ambil(konteks: Konteks, versi: str) -> Instrumen:
    """Return an edition by name; raises TidakDitemukan with what was probably meant."""
    from zi_workflow.domain.editions import instrumen_versi, versi_dikenal

    app = konteks.aplikasi()
    instansi = app.layanan.instansi()
    instrumen = instrumen_versi(app.definisi, instansi, versi)
    if instrumen is None:
        ada = versi_dikenal(app.definisi, instansi)
        raise TidakDitemukan(
            f"Edisi instrumen '{versi[:40]}' tidak dikenal. {maksud_anda(versi, ada)}".strip(),
            f"Yang dikenal: {', '.join(ada) or 'tidak ada'}",
            "zi lke instrumen daftar",
        )
    return instrumen
