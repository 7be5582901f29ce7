"""Contacts: where an official can be reached. An address is no secret: what opens a channel is kept on the machine that sends."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date

from zi_workflow.domain.commands import KONTAK, AturKontak
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import KontakDiatur
from zi_workflow.domain.fields import baca_nip
from zi_workflow.domain.intake import periksa_umum
from zi_workflow.domain.personal import milik
from zi_workflow.domain.state import Instansi
from zi_workflow.domain.verdict import PEJABAT, Putusan, Terbitan, gabung_dasar, tolak

ADMIN = "admin"
_KANAL = re.compile(r"[a-z][a-z0-9_]{0,19}")
_ALAMAT = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")


def kontak(definisi: Definisi, instansi: Instansi, perintah: AturKontak, hari_ini: date) -> Putusan:
    """Set or take away a contact; an admin may for everybody, an official for himself.

    Raises TidakDitemukan for somebody who never held a role, or a contact to take away that is not there, and MasukanSalah for
    a channel or an address that cannot be one: above all one that would carry a secret.
    """
    nip = baca_nip(perintah.nip)
    if not any(j.nip == nip for j in instansi.jabatan):
        raise TidakDitemukan(f"{nip} bukan pejabat dalam register", "Kontak hanya bagi pejabat yang diangkat.", "Lihat: zi pejabat daftar")
    _periksa(instansi, nip, perintah)
    peran = tuple(j.peran for j in instansi.peran(nip, perintah.tanggal)) if perintah.oleh == nip else ()
    daftar = periksa_umum(definisi, instansi, KONTAK, perintah, hari_ini, tuple(dict.fromkeys((ADMIN, *peran))))
    alamat = None if perintah.alamat is None else milik(perintah.alamat, nip)
    peristiwa = KontakDiatur(nip, perintah.kanal, alamat)
    if not daftar.terpenuhi:
        return tolak(daftar, PEJABAT, {k: v for k, v in asdict(peristiwa).items() if v is not None}, perintah.oleh, hari_ini)
    return Putusan(True, (Terbitan(PEJABAT, PEJABAT, peristiwa, gabung_dasar((), daftar)),), daftar)


def _periksa(instansi: Instansi, nip: str, perintah: AturKontak) -> None:
    if not _KANAL.fullmatch(perintah.kanal):
        raise MasukanSalah(
            f"Nama kanal '{perintah.kanal[:40]}' tidak sah",
            "Nama kanal: 1–20 huruf kecil, angka, dan garis bawah, diawali huruf.",
            "Misalnya surel, telegram, atau berkas.",
        )
    if perintah.alamat is None:
        if perintah.kanal not in instansi.kontak.get(nip, {}):
            raise TidakDitemukan(f"{nip} tidak mempunyai kontak {perintah.kanal}", "Tidak ada yang dihapus.", f"zi pejabat kontak {nip}")
        return
    if "://" in perintah.alamat:
        raise MasukanSalah(
            "Alamat kontak berupa URL, yang dapat memuat kata sandi atau token",
            "Alamat dicatat dalam peristiwa dan tidak boleh memuat rahasia; rahasia kanal tinggal di kanal.toml pada mesin pengirim.",
            "Tulis hanya alamat orangnya, misalnya alamat surel atau nomor.",
        )
    if not _ALAMAT.fullmatch(perintah.alamat):
        raise MasukanSalah(
            f"Alamat kontak {perintah.kanal} tidak sah",
            "Alamat: 1–200 huruf tanpa spasi dan karakter kendali.",
            "Perbaiki alamatnya.",
        )
