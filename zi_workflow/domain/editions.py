"""Which edition of the instrument is meant: the definition's own, or one recorded from an official master.

An edition is a record of the instansi and never changes: an assessment names the edition that it was made with, and is
read and scored with that one for ever.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.edition_record import instrumen_dari_isi, periksa_isi, portal_dari_isi
from zi_workflow.domain.errors import DefinisiSalah, MasukanSalah
from zi_workflow.domain.events import PetaPolos
from zi_workflow.domain.fields import teks_isi
from zi_workflow.domain.instrument import INDEKS, Instrumen
from zi_workflow.domain.layout import Lembaran, LembarPortal, cocok, susun
from zi_workflow.domain.state import Bukti, Instansi

PERIKSA = "instrumen"
"""The check by which a definition marks the kind of record that holds editions."""
ISIAN = "instrumen"
"""The field of an assessment that names its edition."""


def daftar_edisi(definisi: Definisi, instansi: Instansi) -> tuple[Bukti, ...]:
    """Return the recorded editions, oldest first."""
    jenis = [j.id for j in definisi.bukti.values() if j.periksa == PERIKSA]
    return tuple(b for j in jenis for b in instansi.fakta.get(j, ()))


def cari_edisi(definisi: Definisi, instansi: Instansi, versi: str) -> Bukti | None:
    """Return the record of an edition, None where there is none."""
    return next((b for b in daftar_edisi(definisi, instansi) if b.isi.get("edisi") == versi), None)


def instrumen_bagi(definisi: Definisi, instansi: Instansi, tahun: int, tanggal: date) -> Instrumen | None:
    """Return the edition for an assessment of that year made on that day: the newest recorded one, else the definition's own.

    None where the definition has no instrument.
    """
    boleh = [b for b in daftar_edisi(definisi, instansi) if tahun_edisi(b) <= tahun and b.tanggal <= tanggal]
    akhir = max(boleh, key=lambda b: (tahun_edisi(b), *b.urutan), default=None)
    return _buka(definisi, akhir) if akhir is not None else definisi.instrumen


def instrumen_versi(definisi: Definisi, instansi: Instansi, versi: str) -> Instrumen | None:
    """Return an edition by name, None where it is not known; a record keeps its name even where the definition takes it later."""
    bukti = cari_edisi(definisi, instansi, versi)
    if bukti is not None:
        return _buka(definisi, bukti)
    bawaan = definisi.instrumen
    return bawaan if bawaan is not None and bawaan.versi == versi else None


def instrumen_catatan(definisi: Definisi, instansi: Instansi, bukti: Bukti) -> Instrumen | None:
    """Return the edition with which an assessment was made, None where it is not known any more.

    A record that names none is from before there were editions, when there was only the definition's own.
    """
    versi = teks_isi(bukti.isi, ISIAN)
    return instrumen_versi(definisi, instansi, versi) if versi else definisi.instrumen


def pilih_instrumen(definisi: Definisi, instansi: Instansi, isi: PetaPolos, tanggal: date) -> Instrumen | None:
    """Return the edition of an assessment that is being recorded: the one that it names, else the one in force.

    None where the definition has no instrument. Raises MasukanSalah for an edition that is not known.
    """
    versi, tahun = teks_isi(isi, ISIAN), isi.get("tahun")
    if not versi:
        return instrumen_bagi(definisi, instansi, tahun if isinstance(tahun, int) else tanggal.year, tanggal)
    instrumen = instrumen_versi(definisi, instansi, versi)
    if instrumen is None:
        ada = versi_dikenal(definisi, instansi)
        mirip = get_close_matches(versi, ada, 1)
        raise MasukanSalah(
            f"Edisi instrumen '{versi[:40]}' tidak dikenal",
            f"Yang dikenal: {', '.join(ada)}",
            f"Maksud Anda: {mirip[0]}?" if mirip else "Kosongkan isian 'instrumen' agar memakai edisi yang berlaku.",
        )
    return instrumen


def versi_dikenal(definisi: Definisi, instansi: Instansi) -> list[str]:
    """Return the names of all editions, the definition's own first."""
    bawaan = [] if definisi.instrumen is None else [definisi.instrumen.versi]
    return [*bawaan, *(teks_isi(b.isi, "edisi") for b in daftar_edisi(definisi, instansi))]


def periksa_baru(definisi: Definisi, instansi: Instansi, isi: PetaPolos) -> None:
    """Refuse an edition that is not sound, or whose name already means something else; the same again is no mistake.

    Raises MasukanSalah.
    """
    dasar = definisi.instrumen
    if dasar is None:
        raise DefinisiSalah(
            "Definisi ini tidak memuat LKE", "Edisi instrumen memerlukan lke.yaml di folder definisi.", "zi regulasi periksa"
        )
    versi = periksa_isi(isi, dasar).versi
    lama = cari_edisi(definisi, instansi, versi)
    if lama is not None and lama.isi == isi:
        return
    if lama is not None or versi == dasar.versi:
        milik = "edisi bawaan definisi" if lama is None else f"catatan nomor {lama.nomor}, dengan isi lain"
        raise MasukanSalah(
            f"Edisi instrumen '{versi}' sudah ada: {milik}",
            "Satu nama edisi selamanya berarti satu isi, sebab LKE menyebut edisi yang dipakainya.",
            "Beri nama lain: --versi-instrumen, atau isian 'edisi'.",
        )


def lembaran_bagi(definisi: Definisi, instrumen: Instrumen, instansi: Instansi) -> Lembaran:
    """Return the layouts for an edition: the known workbook where it has exactly its rows, else one made for it.

    PortalRB's rows are those that came with the edition, else the definition's where they are for the same questions.
    Raises DefinisiSalah where the definition knows no layout.
    """
    dikenal = definisi.lembaran
    if dikenal is None:
        raise DefinisiSalah(
            "Definisi ini tidak memuat tata letak buku kerja LKE",
            "Letak soal di buku kerja tertulis di lembar.yaml.",
            "Tambahkan lembar.yaml di folder definisi.",
        )
    kementerian = dikenal.kementerian
    tata = kementerian if cocok(kementerian, instrumen) else susun(instrumen, kementerian)
    return Lembaran(tata, _portal(definisi, dikenal.portal, instrumen, instansi))


def _portal(definisi: Definisi, dikenal: LembarPortal | None, instrumen: Instrumen, instansi: Instansi) -> LembarPortal | None:
    bukti = cari_edisi(definisi, instansi, instrumen.versi)
    sendiri = None if bukti is None else portal_dari_isi(bukti.isi)
    if sendiri is not None:
        return sendiri
    return dikenal if dikenal is not None and set(dikenal.soal) == set(instrumen.soal) else None


def padanan_indeks(definisi: Definisi, instrumen: Instrumen, soal: str) -> str | None:
    """Return the index question of an edition that stands where ``soal`` stands in the definition's own instrument, or None."""
    asal = () if definisi.instrumen is None else definisi.instrumen.indikator
    tempat = next((i.id for i in asal if any(s.id == soal for s in i.soal)), None)
    sama = [s.id for i in instrumen.indikator if i.id == tempat for s in i.soal if s.skala.jenis == INDEKS]
    return soal if soal in sama else next(iter(sama), None)


def tahun_edisi(bukti: Bukti) -> int:
    """Return the year that an edition is for."""
    return int(str(bukti.isi["tahun"]))


def _buka(definisi: Definisi, bukti: Bukti) -> Instrumen | None:
    dasar = definisi.instrumen
    return None if dasar is None else replace(instrumen_dari_isi(bukti.isi, dasar), sejak=bukti.tanggal)
