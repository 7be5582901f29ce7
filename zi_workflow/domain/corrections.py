"""Corrections without erasing: a record is corrected or retracted by a new event, and what relied on it is shown, never moved.

Both the record as it was and what replaced it stay in the log. A correction carries the record's own date, so that a question about
any day since then sees it, while a question about what was known earlier does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zi_workflow.domain.checklist import DaftarPeriksa, susun
from zi_workflow.domain.commands import AKUI, KOREKSI, TARIK, Akui, Koreksi, Tarik
from zi_workflow.domain.definition import Definisi, JenisBukti
from zi_workflow.domain.editions import ISIAN, PERIKSA
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import BuktiDikoreksi, BuktiDitarik, PeninjauanDiakui, PetaPolos, PutusanDitinjau
from zi_workflow.domain.fields import baca_teks
from zi_workflow.domain.intake import ADMIN, cari_jenis, isi_catatan, isi_ditolak, konteks_umum, pencatat
from zi_workflow.domain.state import Bukti, Instansi, Unit
from zi_workflow.domain.verdict import FAKTA, UNIT, Putusan, Terbitan, gabung_dasar, harus_ada, tolak


@dataclass(frozen=True, slots=True)
class Peninjauan:
    """The decisions of one unit that relied on a record, decided again with it as it is now (shape: `PutusanDitinjau.putusan`)."""

    kode: str
    putusan: tuple[PetaPolos, ...]


def perbaiki(
    definisi: Definisi,
    unit: Unit | None,
    instansi: Instansi,
    perintah: Koreksi | Tarik | Akui,
    hari_ini: date,
    tinjauan: Sequence[Peninjauan],
) -> Putusan:
    """Decide a correction, a retraction, or that a review was taken note of."""
    match perintah:
        case Koreksi():
            return koreksi(definisi, unit, instansi, perintah, hari_ini, tinjauan)
        case Tarik():
            return tarik(definisi, unit, instansi, perintah, hari_ini, tinjauan)
    return akui(definisi, harus_ada(unit, perintah.kode or ""), instansi, perintah, hari_ini)


def koreksi(
    definisi: Definisi, unit: Unit | None, instansi: Instansi, perintah: Koreksi, hari_ini: date, tinjauan: Sequence[Peninjauan]
) -> Putusan:
    """Correct a record; saying again what it says already writes nothing.

    Raises TidakDitemukan for a record that was retracted, MasukanSalah for contents that are none or a record that is never corrected.
    """
    jenis, bukti = _catatan(definisi, unit, instansi, perintah)
    isi = isi_catatan(definisi, jenis, _edisi_tetap(jenis, bukti, perintah.isi), instansi, bukti.tanggal)
    berkas = bukti.berkas if perintah.berkas is None else perintah.berkas
    alasan = baca_teks(perintah.alasan, "alasan")
    boleh = pencatat(jenis, isi)  # of what it says now, and of what it says then: nobody turns another's record into one of his own
    peran = tuple(dict.fromkeys((*(p for p in pencatat(jenis, bukti.isi) if p in boleh), ADMIN)))
    daftar = _periksa(definisi, unit, instansi, KOREKSI, perintah, hari_ini, peran)
    if not daftar.terpenuhi:
        ditolak = isi_ditolak(perintah.berkas or (), nomor=perintah.nomor, bukti=bukti.pertama, jenis=jenis.id, isi=isi, alasan=alasan)
        return tolak(daftar, perintah.kode or FAKTA, ditolak, perintah.oleh, hari_ini)
    if (isi, berkas) == (bukti.isi, bukti.berkas):
        return Putusan(True, (), daftar, bukti.nomor)
    peristiwa = BuktiDikoreksi(jenis.id, bukti.pertama, bukti.nomor, isi, alasan, perintah.tanggal.isoformat(), berkas)
    return Putusan(True, _terbitan(perintah, jenis, bukti, peristiwa, daftar, tinjauan), daftar)


def tarik(
    definisi: Definisi, unit: Unit | None, instansi: Instansi, perintah: Tarik, hari_ini: date, tinjauan: Sequence[Peninjauan]
) -> Putusan:
    """Retract a record; raises as `koreksi` does."""
    jenis, bukti = _catatan(definisi, unit, instansi, perintah)
    alasan = baca_teks(perintah.alasan, "alasan")
    daftar = _periksa(definisi, unit, instansi, TARIK, perintah, hari_ini, tuple(dict.fromkeys((*pencatat(jenis, bukti.isi), ADMIN))))
    if not daftar.terpenuhi:
        ditolak = isi_ditolak((), nomor=perintah.nomor, bukti=bukti.pertama, jenis=jenis.id, alasan=alasan)
        return tolak(daftar, perintah.kode or FAKTA, ditolak, perintah.oleh, hari_ini)
    peristiwa = BuktiDitarik(jenis.id, bukti.pertama, bukti.nomor, alasan, perintah.tanggal.isoformat())
    return Putusan(True, _terbitan(perintah, jenis, bukti, peristiwa, daftar, tinjauan), daftar)


def akui(definisi: Definisi, unit: Unit, instansi: Instansi, perintah: Akui, hari_ini: date) -> Putusan:
    """Take note of a review: its mark is taken off the unit. Raises TidakDitemukan where none of that number waits."""
    tinjauan = next((t for t in unit.tinjauan if t.nomor == perintah.nomor), None)
    if tinjauan is None:
        ada = ", ".join(str(t.nomor) for t in unit.tinjauan)
        sebab = f"Yang menunggu: nomor {ada}." if ada else "Tidak ada peninjauan yang menunggu pengakuan, atau sudah diakui."
        raise TidakDitemukan(
            f"{unit.kode} tidak mempunyai peninjauan nomor {perintah.nomor}", sebab, f"{definisi.perintah('lihat')} {unit.kode}"
        )
    _tidak_mendahului(perintah.tanggal, tinjauan.tanggal, "Pengakuan", "peninjauannya")
    catatan = baca_teks(perintah.catatan, "catatan")
    daftar = _periksa(definisi, unit, instansi, AKUI, perintah, hari_ini, definisi.peninjau)
    if not daftar.terpenuhi:
        return tolak(daftar, unit.kode, {"nomor": perintah.nomor, "catatan": catatan}, perintah.oleh, hari_ini)
    terbitan = Terbitan(UNIT, unit.kode, PeninjauanDiakui(perintah.nomor, catatan), gabung_dasar((), daftar))
    return Putusan(True, (terbitan,), daftar)


def _catatan(definisi: Definisi, unit: Unit | None, instansi: Instansi, perintah: Koreksi | Tarik) -> tuple[JenisBukti, Bukti]:
    """Return the record as it is now, and its kind."""
    jenis = cari_jenis(definisi, perintah.jenis)
    if jenis.periksa == PERIKSA:
        raise MasukanSalah(
            "Edisi instrumen LKE tidak dikoreksi dan tidak ditarik",
            "Penilaian menyebut edisinya dan dinilai dengan edisi itu selamanya.",
            "Catat edisi yang baru: zi lke instrumen --help",
        )
    semua = (unit.bukti if unit is not None else instansi.fakta).get(jenis.id, ())
    bukti = next((b for b in semua if b.pertama == perintah.bukti), None)
    if bukti is None:
        raise TidakDitemukan(
            f"Catatan nomor {perintah.nomor} sudah ditarik",
            "Catatan yang ditarik tidak dikoreksi atau ditarik lagi.",
            f"Lihat: zi audit lihat {perintah.nomor}; catatan yang benar: zi catat {jenis.id}",
        )
    _tidak_mendahului(perintah.tanggal, bukti.tanggal, "Koreksi" if isinstance(perintah, Koreksi) else "Penarikan", "catatannya")
    return jenis, bukti


def _tidak_mendahului(hari: date, awal: date, apa: str, milik: str) -> None:
    if hari < awal:
        raise MasukanSalah(
            f"{apa} tanggal {hari.isoformat()} mendahului {milik}",
            f"Tanggal {milik} {awal.isoformat()}; --tanggal ialah hari {apa.lower()} itu sendiri.",
            "Hapus --tanggal agar memakai hari ini, atau pakai hari itu atau sesudahnya.",
        )


def _edisi_tetap(jenis: JenisBukti, bukti: Bukti, isi: Mapping[str, object]) -> Mapping[str, object]:
    """Return the contents with the edition of the LKE that the record was made with, where they name none."""
    edisi = bukti.isi.get(ISIAN) if jenis.periksa == "lke" else None
    return isi if edisi is None or isi.get(ISIAN) else {**isi, ISIAN: edisi}


def _periksa(
    definisi: Definisi,
    unit: Unit | None,
    instansi: Instansi,
    nama: str,
    perintah: Koreksi | Tarik | Akui,
    hari_ini: date,
    pelaku: tuple[str, ...],
) -> DaftarPeriksa:
    konteks = konteks_umum(definisi, instansi, nama, perintah, hari_ini, perintah.kode, pelaku)
    konteks = replace(konteks, milik=unit.induk if unit is not None else None)
    return DaftarPeriksa(perintah.kode, nama, perintah.tanggal, susun(konteks))


def _terbitan(
    perintah: Koreksi | Tarik,
    jenis: JenisBukti,
    bukti: Bukti,
    peristiwa: BuktiDikoreksi | BuktiDitarik,
    daftar: DaftarPeriksa,
    tinjauan: Sequence[Peninjauan],
) -> tuple[Terbitan, ...]:
    """Return the correction, dated as its record, and for each unit concerned the review of its decisions, dated today."""
    golongan, kode = (UNIT, perintah.kode) if perintah.kode is not None else (FAKTA, FAKTA)
    dasar = gabung_dasar(jenis.dasar, daftar)
    akibat = (
        Terbitan(UNIT, t.kode, PutusanDitinjau(jenis.id, bukti.pertama, bukti.nomor, t.putusan), dasar) for t in tinjauan if t.putusan
    )
    return (Terbitan(golongan, kode, peristiwa, dasar, bukti.tanggal), *akibat)
