"""Delivery: from the outbox to people. Digests are composed, then sent; what is composed and every attempt is an event.

A letter is fixed before it leaves (its id, its reminders, its channels), so that a program that dies between sending and
recording sends the same letter again under the same id: at least once, and recognisable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from projections import jadwal, kotak_keluar, surat
from zi_workflow.domain.errors import Konflik
from zi_workflow.domain.events import LangkahTenggat, PemberitahuanDicoba, PemberitahuanDisusun, PengingatDicabut, PengingatDipulihkan
from zi_workflow.domain.notices import (
    GAGAL,
    MENYERAH,
    TERKIRIM,
    Kabar,
    boleh_berangkat,
    hasil_percobaan,
    mendesak,
    nomor_surat,
    susun_surat,
)
from zi_workflow.domain.personal import DIHAPUS, Pribadi, tanpa_pribadi, terbaca
from zi_workflow.notify import KANAL_BERKAS, HasilKirim, Kiriman, Surat
from zi_workflow.session import PELAKU_JADWAL, SURAT
from zi_workflow.store import Naskah
from zi_workflow.store.statements import instan

if TYPE_CHECKING:
    from zi_workflow.domain.state import Instansi
    from zi_workflow.notify import Kanal
    from zi_workflow.service import Layanan
    from zi_workflow.store import Store


@dataclass
class Hantaran:
    """What one round of delivery did: letters composed, delivered, to be tried again, given up; ``tertahan``: not the hour."""

    disusun: int = 0
    terkirim: int = 0
    gagal: int = 0
    menyerah: int = 0
    tertahan: bool = False


class Pengantar:
    """Composes and sends the letters of one register."""

    def __init__(self, layanan: Layanan, store: Store, kanal: Kanal, jam: Callable[[], datetime]) -> None:
        """Wire to the service, its store, the channels of this machine and the clock."""
        self._layanan = layanan
        self._store = store
        self._kanal = kanal
        self._jam = jam

    def antar(self, *, segera: bool = False, berhenti: Callable[[], bool] = lambda: False) -> Hantaran:
        """Compose what waits and send what is due; outside the hours nothing happens unless ``segera``.

        ``berhenti`` is asked between letters. Raises as the store does; a channel that fails raises nothing.
        """
        definisi, hasil = self._layanan.definisi, Hantaran()
        lokal = self._jam().astimezone(ZoneInfo(definisi.zona))
        if not segera and not boleh_berangkat(definisi.pengingat, definisi.kalender, lokal):
            hasil.tertahan = True
            return hasil
        hasil.disusun = self._susun(lokal.date(), berhenti)
        self._kirim(hasil, berhenti)
        return hasil

    def _susun(self, hari: date, berhenti: Callable[[], bool]) -> int:
        """Compose a digest for everybody for whom something waits; return how many."""
        aliran, instansi = self._layanan.aliran, self._layanan.instansi()
        banyak = 0
        for nip in self._store.baca(lambda k: kotak_keluar.orang_menunggu(k, aliran.instansi)):
            if berhenti():
                break
            banyak += self._susun_satu(instansi, nip, hari)
        return banyak

    def _susun_satu(self, instansi: Instansi, nip: str, hari: date) -> int:
        """Compose one person's digest: the version of his letters is read before what waits for him, so that nothing goes twice."""
        aliran = self._layanan.aliran
        tujuan = aliran.untuk(SURAT, nip)
        versi = self._store.versi([tujuan])[tujuan]
        baris = self._store.baca(lambda k: kotak_keluar.menunggu(k, aliran.instansi, nip))
        berlaku = self._pilih(nip, baris)
        hari_itu = self._store.baca(lambda k: surat.milik(k, aliran.instansi, nip, hari.isoformat()))
        if not baris or (hari_itu and berlaku and not any(mendesak(b["langkah"]) for b in berlaku)):
            return 0  # today's digest has left; tomorrow's takes these along
        kontak = instansi.kontak.get(nip) or {KANAL_BERKAS: nip}
        if berlaku and not any(terbaca(alamat) for alamat in kontak.values()):
            return 0  # another machine, which has the keys of the addresses, composes it
        kanal = dict(kontak) if berlaku else {}
        nomor = nomor_surat(aliran.instansi, nip, hari, len(hari_itu) + 1) if berlaku else ""
        pengingat = tuple(b["nomor"] for b in berlaku)
        gugur = tuple(b["nomor"] for b in baris if b["nomor"] not in set(pengingat))
        try:
            self._tambah(tujuan, versi + 1, PemberitahuanDisusun(nomor, nip, hari.isoformat(), kanal, pengingat, gugur))
        except Konflik:
            return 0  # somebody else composed it meanwhile
        return 1 if berlaku else 0

    def _pilih(self, nip: str, baris: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return what of all that waits is still worth a word: of each due date the newest that is true.

        A withdrawal is told to those who were told of the due date, and its end to those who were told of the withdrawal.
        """
        instansi = self._layanan.aliran.instansi
        hasil: list[Mapping[str, Any]] = []
        for (alur, unit), milik in _per_unit(baris).items():
            hidup = self._store.baca(lambda k, a=alur, u=unit: jadwal.hidup(k, instansi, a, [u]))[unit]  # type: ignore[misc]
            tahu = self._store.baca(lambda k, a=alur, u=unit: kotak_keluar.disurati(k, instansi, nip, a, u))  # type: ignore[misc]
            terbaru: dict[tuple[str, str, str], Mapping[str, Any]] = {}
            for b in milik:
                kunci, kabar = _kunci(b), b["langkah"] in (kotak_keluar.DICABUT, kotak_keluar.DIPULIHKAN)
                benar = (b["langkah"] != kotak_keluar.DICABUT) == (kunci in hidup)
                if not benar:
                    continue
                if not kabar or (kunci in tahu and kunci not in terbaru):
                    terbaru[kunci] = b
            hasil += terbaru.values()
        return sorted(hasil, key=lambda b: b["nomor"])

    def _kirim(self, hasil: Hantaran, berhenti: Callable[[], bool]) -> None:
        semua = self._store.baca(lambda k: surat.harus_dikirim(k, self._layanan.aliran.instansi, instan(self._jam())))
        baris = {(str(b["surat"]), str(b["kanal"])): b for b in semua}
        isi: dict[str, tuple[Surat, str]] = {}
        kiriman, gagal = [], []
        for b in semua:
            isi[b["surat"]] = isi.get(b["surat"]) or self._isi(b)
            alamat = self._store.teks(str(b["alamat"]))
            satu = Kiriman(isi[b["surat"]][0], str(b["kanal"]), alamat)
            if terbaca(alamat):
                kiriman.append(satu)
            elif isinstance(alamat, Pribadi) and alamat.keadaan == DIHAPUS:
                gagal.append(HasilKirim(satu, terkirim=False, sebab="alamatnya sudah dihapus"))
        for hantar in chain(gagal, self._kanal.kirim_semua(kiriman, berhenti=berhenti)):
            keadaan = self._catat(hantar, baris[hantar.kiriman.surat.id, hantar.kiriman.kanal], isi[hantar.kiriman.surat.id][1])
            hasil.terkirim += keadaan == TERKIRIM
            hasil.gagal += keadaan == GAGAL
            hasil.menyerah += keadaan == MENYERAH

    def _isi(self, baris: Mapping[str, Any]) -> tuple[Surat, str]:
        """Write a letter from the events that it was composed of; return it and the hash that an attempt keeps of it.

        In what is hashed a sealed name reads ``disegel``: all else of a letter is in the log, so the name could be guessed by it.
        """
        disusun = self._store.lihat(int(baris["nomor"]))
        peristiwa = disusun.peristiwa if disusun else None
        kabar = []
        for nomor in peristiwa.pengingat if isinstance(peristiwa, PemberitahuanDisusun) else ():
            amplop = self._store.lihat(nomor)
            if amplop is not None and isinstance(amplop.peristiwa, LangkahTenggat | PengingatDicabut | PengingatDipulihkan):
                kabar.append(Kabar(amplop.kode, amplop.peristiwa, amplop.dasar))
        nip, hari = str(baris["nip"]), date.fromisoformat(baris["hari"])
        nama = next((j.nama for j in reversed(self._layanan.instansi().jabatan) if j.nip == nip), nip)
        register = self._layanan.definisi.judul
        judul, teks = susun_surat(register, nama, nip, hari, kabar)
        tersimpan = susun_surat(register, tanpa_pribadi(nama), nip, hari, kabar)
        return Surat(id=str(baris["surat"]), nip=nip, judul=judul, isi=teks), hashlib.sha256("\n".join(tersimpan).encode()).hexdigest()

    def _catat(self, satu: HasilKirim, baris: Mapping[str, Any], sidik: str) -> str | None:
        """Record an attempt; None where another program has recorded one for the same letter meanwhile."""
        percobaan = int(baris["percobaan"]) + 1
        keadaan, lagi = hasil_percobaan(satu.terkirim, percobaan, self._jam())
        dicoba = PemberitahuanDicoba(
            surat=satu.kiriman.surat.id,
            nip=satu.kiriman.surat.nip,
            kanal=satu.kiriman.kanal,
            percobaan=percobaan,
            hasil=keadaan,
            sidik_isi=sidik,
            sebab=satu.sebab,
            lagi=instan(lagi) if lagi else None,
        )
        tujuan = self._layanan.aliran.untuk(SURAT, satu.kiriman.surat.nip)
        while True:
            versi = self._store.versi([tujuan])[tujuan]
            kini = self._store.baca(lambda k: surat.satu(k, satu.kiriman.surat.id, satu.kiriman.kanal))
            if kini is None or kini["percobaan"] != baris["percobaan"]:
                return None
            try:
                self._tambah(tujuan, versi + 1, dicoba)
            except Konflik:
                continue  # another letter of the same person moved the stream on
            return keadaan

    def _tambah(self, aliran: str, versi: int, peristiwa: PemberitahuanDisusun | PemberitahuanDicoba) -> None:
        definisi = self._layanan.definisi
        naskah = Naskah(aliran, versi, peristiwa, self._layanan.hari_ini(), PELAKU_JADWAL, (), definisi.sidik)
        self._store.tambah([naskah], dibaca={}, definisi={definisi.sidik: definisi.pohon})


def _per_unit(baris: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
    hasil: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for b in baris:
        hasil.setdefault((b["alur"], b["unit"]), []).append(b)
    return hasil


def _kunci(baris: Mapping[str, Any]) -> tuple[str, str, str]:
    return baris["tenggat"], baris["butir"], baris["jatuh_tempo"]
