"""The only enforcer: a command, the files it concerns and the day it is recorded, in; events, out.

Pure: no clock, no store, no rule outside the definition. A refusal is an answer (``Putusan.diterima`` is false and
its event carries the whole checklist); a mistake of the caller is an exception.

Reading order: ``putuskan`` sends each command to its function; ``_langkah`` is the heart (available? well-formed?
lawful? then the resulting condition); ``periksa`` asks the same question without deciding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from zi_workflow.domain.checklist import DaftarPeriksa, susun
from zi_workflow.domain.commands import (
    AkhiriPejabat,
    Akui,
    AmbilLangkah,
    AngkatPejabat,
    AturKontak,
    Catat,
    DaftarkanUnit,
    HapusData,
    Koreksi,
    Perintah,
    Tarik,
)
from zi_workflow.domain.contacts import kontak
from zi_workflow.domain.corrections import Peninjauan, perbaiki
from zi_workflow.domain.definition import Definisi, Langkah
from zi_workflow.domain.effects import keadaan_baru, pembatalan, pewaris, warisan
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah
from zi_workflow.domain.events import LangkahDiambil, PetaPolos, Polos
from zi_workflow.domain.fields import baca_isi
from zi_workflow.domain.guards.konteks import Konteks
from zi_workflow.domain.intake import akhiri, angkat, catat, daftarkan
from zi_workflow.domain.privacy import hapus
from zi_workflow.domain.related import kabar
from zi_workflow.domain.state import Instansi, Unit
from zi_workflow.domain.verdict import FAKTA, INDUK, PEJABAT, PENOLAKAN, UNIT, Putusan, Terbitan, gabung_dasar, harus_ada, tolak

__all__ = ["FAKTA", "INDUK", "PEJABAT", "PENOLAKAN", "UNIT", "Putusan", "Terbitan", "cari_langkah", "periksa", "putuskan", "tersedia"]


def putuskan(
    definisi: Definisi,
    unit: Unit | None,
    instansi: Instansi,
    perintah: Perintah,
    hari_ini: date,
    lain: Mapping[str, Unit] | None = None,
    tinjauan: Sequence[Peninjauan] = (),
    induk: Unit | None = None,
) -> Putusan:
    """Decide one command.

    ``unit`` is the file concerned (None where there is none yet), ``lain`` other units that the command names,
    ``hari_ini`` the day of recording in the definition's time zone, ``tinjauan`` the decisions that a correction touches, decided again,
    ``induk`` the file that this one is about.
    Raises MasukanSalah, TidakDitemukan, Konflik, LangkahTidakTersedia for mistakes of the caller.
    """
    match perintah:
        case DaftarkanUnit():
            return daftarkan(definisi, unit, instansi, perintah, hari_ini, induk)
        case Catat():
            return catat(definisi, unit, instansi, perintah, hari_ini, induk)
        case Koreksi() | Tarik() | Akui():
            return perbaiki(definisi, unit, instansi, perintah, hari_ini, tinjauan)
        case AmbilLangkah():
            return _langkah(definisi, unit, instansi, perintah, hari_ini, lain or {}, induk)
    return _pejabat(definisi, instansi, perintah, hari_ini)


def _pejabat(
    definisi: Definisi, instansi: Instansi, perintah: AngkatPejabat | AkhiriPejabat | AturKontak | HapusData, hari_ini: date
) -> Putusan:
    match perintah:
        case AngkatPejabat():
            return angkat(definisi, instansi, perintah, hari_ini)
        case AkhiriPejabat():
            return akhiri(definisi, instansi, perintah, hari_ini)
        case HapusData():
            return hapus(definisi, instansi, perintah, hari_ini)
    return kontak(definisi, instansi, perintah, hari_ini)


def periksa(  # noqa: PLR0913, PLR0917 - what a checklist depends on, each a thing of its own
    definisi: Definisi,
    unit: Unit,
    instansi: Instansi,
    langkah: str,
    isi: PetaPolos,
    pada: date,
    hari_ini: date,
    oleh: str | None = None,
    induk: Unit | None = None,
) -> DaftarPeriksa:
    """Return the checklist of a move, at whatever stage the unit stands, deciding nothing.

    Fields of the move may be missing: the requirements that need them say so. Raises LangkahTidakTersedia for an unknown move.
    """
    aturan = cari_langkah(definisi, unit, langkah)
    return _susun_langkah(aturan, unit, isi, Konteks(definisi, instansi, aturan.nama, pada, hari_ini, oleh, induk=induk))


def cari_langkah(definisi: Definisi, unit: Unit, nama: str) -> Langkah:
    """Return the move of that name; raises LangkahTidakTersedia (with a suggestion and what the stage has)."""
    langkah = definisi.langkah.get(nama)
    if langkah is None:
        mirip = get_close_matches(nama, definisi.langkah, 1)
        saran = f"Maksud Anda: {mirip[0]}? " if mirip else ""
        raise LangkahTidakTersedia(
            f"Langkah '{nama[:60]}' tidak dikenal", "Langkah yang ada tertulis di tahap.yaml.", saran + _sebut_tersedia(definisi, unit)
        )
    return langkah


def _sebut_tersedia(definisi: Definisi, unit: Unit) -> str:
    ada = [x.nama for x in definisi.langkah_dari(unit.keadaan.tahap)]
    return f"Langkah dari tahap {unit.keadaan.tahap}: {', '.join(ada) or 'tidak ada'}."


def _langkah(
    definisi: Definisi,
    unit: Unit | None,
    instansi: Instansi,
    perintah: AmbilLangkah,
    hari_ini: date,
    lain: Mapping[str, Unit],
    induk: Unit | None,
) -> Putusan:
    unit = harus_ada(unit, perintah.kode)
    langkah = cari_langkah(definisi, unit, perintah.langkah)
    tersedia(definisi, langkah, unit)
    isi = _isi_langkah(definisi, langkah, unit, perintah)
    awal = Konteks(definisi, instansi, langkah.nama, perintah.tanggal, hari_ini, perintah.oleh, induk=induk)
    daftar = _susun_langkah(langkah, unit, isi, awal)
    if not daftar.terpenuhi:
        return tolak(daftar, perintah.kode, isi, perintah.oleh, hari_ini)
    dasar = gabung_dasar(langkah.dasar, daftar)
    ringkas = tuple(t.ringkas() for t in daftar.temuan)
    if langkah.efek.membatalkan:
        kembali = kabar(definisi, unit.kode, unit.induk, unit.lalu[-1].sebelum, unit.terdaftar, dasar, pembatalan=True)
        return Putusan(True, (*pembatalan(unit, langkah, isi, ringkas, dasar), *kembali), daftar)
    hasil = keadaan_baru(langkah, unit, isi, perintah.tanggal)
    telat = any(t.terlambat for t in daftar.temuan)
    terlambat: PetaPolos | None = {"tanggal": perintah.tanggal.isoformat(), "dicatat": hari_ini.isoformat()} if telat else None
    penerus = pewaris(definisi, langkah, unit, isi, lain)
    peristiwa = LangkahDiambil(langkah.nama, unit.keadaan.tahap, hasil.tahap, isi, hasil.polos(), ringkas, terlambat, penerus)
    terbitan = (
        Terbitan(UNIT, unit.kode, peristiwa, dasar),
        *warisan(unit, penerus, dasar),
        *kabar(definisi, unit.kode, unit.induk, hasil, unit.terdaftar, dasar),
    )
    return Putusan(True, terbitan, daftar)


def tersedia(definisi: Definisi, langkah: Langkah, unit: Unit) -> None:
    """Raise LangkahTidakTersedia where the unit's stage does not have the move."""
    if unit.keadaan.tahap not in langkah.dari:
        raise LangkahTidakTersedia(
            f"Langkah {langkah.nama} tidak tersedia: {unit.kode} berada pada tahap {unit.keadaan.tahap}",
            f"{langkah.nama} hanya dari tahap: {', '.join(langkah.dari)} ({'; '.join(langkah.dasar)})",
            _sebut_tersedia(definisi, unit),
        )
    if langkah.efek.membatalkan and not unit.lalu:
        raise LangkahTidakTersedia(
            f"Tidak ada langkah {unit.kode} yang dapat dibatalkan",
            "Pembatalan mengembalikan langkah terakhir unit.",
            _sebut_tersedia(definisi, unit),
        )


def _isi_langkah(definisi: Definisi, langkah: Langkah, unit: Unit, perintah: AmbilLangkah) -> dict[str, Polos]:
    """Read the move's fields; a proposal's predikat is resolved for this unit, its year is the act's (D15)."""
    isi = baca_isi(langkah.isian, perintah.isi, f"langkah {langkah.nama}")
    if langkah.efek.usulan == "buat":
        isi["predikat"] = _predikat_usulan(definisi, unit, isi.get("predikat"))
        tahun = isi.setdefault("tahun", perintah.tanggal.year)
        if tahun != perintah.tanggal.year:
            raise MasukanSalah(
                f"Tahun usulan {tahun} tidak sama dengan tahun tanggal pengajuannya, {perintah.tanggal.year}",
                "Tahun usulan adalah tahun dari tanggal efektifnya (tafsir D15).",
                f"Pakai --tahun {perintah.tanggal.year}, atau tanggal di tahun {tahun}.",
            )
    return isi


def _predikat_usulan(definisi: Definisi, unit: Unit, pilihan: Polos) -> str:
    if isinstance(pilihan, dict):
        if unit.kode not in pilihan:
            raise MasukanSalah(
                f"Predikat untuk {unit.kode} tidak disebut",
                "Setiap unit dalam surat memerlukan predikatnya.",
                f"Tambahkan {unit.kode}: WBK atau WBBM.",
            )
        pilihan = pilihan[unit.kode]
    predikat = pilihan or unit.keadaan.sasaran
    if not isinstance(predikat, str):
        raise MasukanSalah(
            f"Predikat usulan {unit.kode} belum disebut",
            "Unit itu tidak mempunyai sasaran.",
            f"Isi predikat: {' atau '.join(definisi.predikat)}.",
        )
    return predikat


def _predikat_diperiksa(definisi: Definisi, langkah: Langkah, unit: Unit, pilihan: Polos) -> str | None:
    """Return the predikat that a checklist is about: the one named (for this unit), its target, or the next one up.

    Raises MasukanSalah for a name that is no predikat: its requirements would silently be left out.
    """
    if isinstance(pilihan, dict):
        pilihan = pilihan.get(unit.kode)
    if pilihan is None:
        return (unit.keadaan.sasaran or definisi.predikat_berikut(unit.keadaan.predikat)) if langkah.efek.usulan == "buat" else None
    if pilihan not in definisi.predikat:
        raise MasukanSalah(
            f"Predikat '{str(pilihan)[:40]}' tidak dikenal", f"Yang dikenal: {', '.join(definisi.predikat)}.", "Perbaiki predikatnya."
        )
    return str(pilihan)


def _susun_langkah(langkah: Langkah, unit: Unit, isi: PetaPolos, awal: Konteks) -> DaftarPeriksa:
    """Check every requirement of a move, with what ``awal`` may look at."""
    predikat = _predikat_diperiksa(awal.definisi, langkah, unit, isi.get("predikat"))
    usulan = unit.keadaan.usulan
    konteks = replace(
        awal,
        unit=unit,
        langkah=langkah,
        isi=isi,
        predikat=predikat,
        tahun=awal.tanggal.year if langkah.efek.usulan == "buat" or usulan is None else usulan.tahun,
        pelaku=(langkah.pelaku,),
        kode=unit.kode,
        milik=unit.induk,
    )
    ada = unit.keadaan.tahap in langkah.dari and not (langkah.efek.membatalkan and not unit.lalu)
    return DaftarPeriksa(unit.kode, langkah.nama, awal.tanggal, susun(konteks), predikat, ada, unit.keadaan.tahap)
