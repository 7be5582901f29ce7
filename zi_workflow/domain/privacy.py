"""Personal data among the rules: which commands carry any, and whose may be deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from zi_workflow.domain.checklist import Temuan
from zi_workflow.domain.commands import (
    HAPUS_DATA,
    AmbilLangkah,
    AngkatPejabat,
    AturKontak,
    Catat,
    DaftarkanUnit,
    HapusData,
    Koreksi,
    Perintah,
)
from zi_workflow.domain.definition import MENOLAK, SESUDAH_MENJABAT, Definisi, Isian
from zi_workflow.domain.events import DataPribadiDihapus
from zi_workflow.domain.fields import baca_teks
from zi_workflow.domain.intake import ADMIN, periksa_umum
from zi_workflow.domain.state import Instansi
from zi_workflow.domain.verdict import PEJABAT, Putusan, Terbitan, gabung_dasar, tolak


def memuat_pribadi(definisi: Definisi, perintah: Perintah) -> bool:
    """Say whether a command may carry personal text, by the fields of its kind, filled in or not."""
    match perintah:
        case AngkatPejabat() | AturKontak() | Koreksi():
            return True
        case Catat() if (jenis := definisi.bukti.get(perintah.jenis)) is not None:
            return _ada(jenis.isian)
        case AmbilLangkah() if (langkah := definisi.langkah.get(perintah.langkah)) is not None:
            return _ada(langkah.isian)
        case DaftarkanUnit():
            return _ada(definisi.keadaan_awal)
    return False


def _ada(isian: Sequence[Isian]) -> bool:
    return any(i.pribadi or _ada(i.isian) or (i.butir is not None and _ada((i.butir,))) for i in isian)


def hapus(definisi: Definisi, instansi: Instansi, perintah: HapusData, hari_ini: date) -> Putusan:
    """Delete a person's data; an admin may, once the person holds no role any more where the policy says so.

    Deleting what was deleted is no new act: the answer is the number of the first. Raises MasukanSalah.
    """
    alasan, dasar = baca_teks(perintah.alasan, "alasan"), baca_teks(perintah.dasar, "dasar", 500)
    daftar = periksa_umum(definisi, instansi, HAPUS_DATA, perintah, hari_ini, (ADMIN,))
    daftar = replace(daftar, temuan=(*daftar.temuan, *_menjabat(definisi, instansi, perintah)))
    peristiwa = DataPribadiDihapus(perintah.orang, perintah.kunci, alasan, dasar)
    if not daftar.terpenuhi:
        return tolak(daftar, PEJABAT, asdict(peristiwa), perintah.oleh, hari_ini)
    sudah = instansi.dihapus.get(perintah.orang, {}).get(perintah.kunci)
    if sudah is not None:
        return Putusan(True, (), daftar, sudah)
    return Putusan(True, (Terbitan(PEJABAT, PEJABAT, peristiwa, gabung_dasar((), daftar)),), daftar)


def _menjabat(definisi: Definisi, instansi: Instansi, perintah: HapusData) -> tuple[Temuan, ...]:
    """Return the finding on the roles of the person, none where the policy does not ask."""
    kebijakan = definisi.kebijakan_pribadi(perintah.tanggal)
    if kebijakan.hapus != SESUDAH_MENJABAT:
        return ()
    masih = [j for j in instansi.jabatan if j.nip == perintah.orang and (j.sampai is None or j.sampai >= perintah.tanggal)]
    peran = ", ".join(dict.fromkeys(j.peran for j in masih))
    temuan = Temuan(
        id="data_pribadi.menjabat",
        uraian="Data pribadi dihapus sesudah orangnya tidak memegang peran lagi",
        dasar=kebijakan.dasar,
        lapisan="kota",
        status="tidak" if masih else "terpenuhi",
        sifat="wewenang",
        akibat=MENOLAK,
        ditemukan=(f"masih memegang peran {peran}" if masih else "tidak memegang peran",),
        dibutuhkan=("tidak memegang peran",),
        kurang=(f"peran {peran} belum berakhir",) if masih else None,
        bukti=tuple(j.nomor for j in masih),
        tafsir=kebijakan.tafsir,
        oleh=ADMIN,
        lanjut=f"zi pejabat akhiri {perintah.orang} --peran {masih[0].peran} --sampai TANGGAL" if masih else "",
    )
    return (temuan,)
