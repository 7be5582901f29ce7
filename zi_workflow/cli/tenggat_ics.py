"""``zi tenggat ics``: due dates as a calendar file (RFC 5545) that may be taken in again and again."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import TANGGAL, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.teks import aman, tanggal
from zi_workflow.cli.tenggat_bacaan import hari_tanya, periksa_peran, periksa_tujuan, unit_dipilih
from zi_workflow.cli.tulis import saran_unit
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.domain.agenda import Entri
    from zi_workflow.feed import Acara


@verba(
    "ics",
    "Tulis tenggat sebagai kalender (.ics). Berkas yang sama boleh diimpor berulang: entri lama diganti, yang sudah dipenuhi"
    " dibatalkan. Berkas yang ada ditimpa; tanpa FILE, ke keluaran baku.",
    contoh="zi tenggat ics tenggat.ics --unit DISDUKCAPIL",
)
@click.argument("berkas", metavar="[FILE|-]", default="-")
@click.option("--unit", metavar="KODE", help="Hanya unit ini; bawaan semua unit.")
@click.option("--peran", metavar="R", help="Hanya yang menjadi urusan peran ini, misalnya tpi.")
@click.option("--pada", type=TANGGAL, help="Hari yang ditanyakan; bawaan hari ini (WIB).")
def perintah(konteks: Konteks, berkas: str, unit: str | None, peran: str | None, pada: date | None) -> None:
    """Write the calendar."""
    from zi_workflow.feed import susun
    from zi_workflow.files import tulis

    if berkas == "-" and konteks.mode != "layar":
        raise MasukanSalah(
            "Kalender ke keluaran baku tidak dapat bersama --json",
            "Keluaran baku hanya memuat satu: kalendernya, atau jawaban JSON tentangnya.",
            "Sebut berkas tujuan: zi tenggat ics FILE --json, atau hapus --json.",
        )
    periksa_peran(konteks, peran, "zi tenggat ics --peran")
    hari = hari_tanya(konteks, pada)
    semua = [e for kode in unit_dipilih(konteks, unit) for e in _agenda(konteks, kode, hari)]
    milik = [e for e in semua if peran is None or peran in e.tenggat.kewajiban.kepada]
    pilih, luar = [e for e in milik if e.tanggal < date.max], [e for e in milik if e.tanggal == date.max]
    for e in luar:
        konteks.pesan(f"Peringatan: {aman(e.ringkas)}: {tanggal(e.tanggal)} tidak mempunyai hari sesudahnya, maka tidak dimuat.")
    judul = nama_kalender(konteks, unit, peran)
    isi = susun(judul, konteks.aplikasi().definisi.zona, [acara(e) for e in pilih])
    if berkas == "-":
        konteks.pesan(_hitung(pilih))
        konteks.keluarkan_mentah(isi)
        return
    periksa_tujuan(berkas, b"BEGIN:VCALENDAR", "berkas kalender")
    tulis(Path(berkas), isi, "Berkas kalender")
    data = {
        "berkas": berkas,
        "kalender": judul,
        "pada": hari,
        "jumlah": len(pilih),
        "berlaku": sum(e.terbuka for e in pilih),
        "batal": sum(not e.terbuka for e in pilih),
        "tidak_dimuat": [e.uid for e in luar],
        "ukuran": len(isi),
        "sha256": hashlib.sha256(isi).hexdigest(),
    }
    konteks.pesan(_hitung(pilih))
    konteks.keluarkan(data, layar=lambda gaya: _layar(berkas, judul, hari, gaya))


def _agenda(konteks: Konteks, kode: str, hari: date) -> list[Entri]:
    """Return the entries of a unit; raises UnitTidakDitemukan, with what may have been meant."""
    from zi_workflow.clock import hari_di
    from zi_workflow.domain.agenda import agenda
    from zi_workflow.domain.decide import UNIT
    from zi_workflow.domain.errors import UnitTidakDitemukan

    layanan = konteks.aplikasi().layanan
    definisi = layanan.definisi
    peristiwa = layanan.gudang.muat(layanan.aliran.untuk(UNIT, kode))
    if not peristiwa:
        with saran_unit(konteks):
            raise UnitTidakDitemukan(kode)
    return agenda(definisi, layanan.instansi(), peristiwa, hari, lambda instan: hari_di(definisi.zona, instan))


def acara(entri: Entri) -> Acara:
    """Return an entry as the calendar file holds it."""
    from zi_workflow.domain.deadlines import DIPENUHI
    from zi_workflow.feed import Acara

    return Acara(
        uid=entri.uid,
        urutan=entri.urutan,
        tanggal=entri.tanggal,
        ringkas=entri.ringkas,
        uraian=entri.uraian,
        diubah=entri.diubah,
        batal=not entri.terbuka and entri.keadaan != DIPENUHI,
        selesai=entri.keadaan == DIPENUHI,
        alarm=entri.alarm,
        kategori=(entri.tenggat.id, entri.tenggat.unit),
    )


def nama_kalender(konteks: Konteks, unit: str | None, peran: str | None) -> str:
    """Return the calendar's name: the instansi, and the unit or role that it is limited to."""
    bagian = [konteks.aplikasi().definisi.instansi, *(x for x in (unit, peran) if x)]
    return f"Tenggat ZI {' · '.join(bagian)}"


def _hitung(semua: Sequence[Entri]) -> str:
    """Return how many entries there are, and of which kind."""
    berlaku = sum(e.terbuka for e in semua)
    if not semua:
        return "0 entri: belum ada tenggat yang pernah tercatat bagi pilihan ini."
    return f"{len(semua)} entri: {berlaku} berlaku, {len(semua) - berlaku} dibatalkan (sudah dipenuhi, berakhir, atau gugur)."


def _layar(berkas: str, judul: str, hari: date, gaya: Gaya) -> str:
    teks = lipat(f"Kalender '{judul}' pada {tanggal(hari)} ditulis ke {berkas}.", gaya)
    return teks + lipat("Impor berkas itu ke Outlook, Google Kalender, atau telepon; sesudah ada perubahan, tulis dan impor lagi.", gaya)
