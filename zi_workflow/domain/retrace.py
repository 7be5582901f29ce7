"""The command that a recorded event answered, read back from the event: the half of a replay that knows every event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from zi_workflow.domain.commands import (
    AKHIRI,
    AKUI,
    ANGKAT,
    CATAT,
    DAFTARKAN,
    HAPUS_DATA,
    KONTAK,
    KOREKSI,
    TARIK,
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
from zi_workflow.domain.events import (
    Berkas,
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    DataPribadiDihapus,
    KontakDiatur,
    LangkahDiambil,
    LangkahDibatalkan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PeninjauanDiakui,
    PerintahDitolak,
    PetaPolos,
    Tercatat,
    UnitDidaftarkan,
)


def perintah_dari(tercatat: Tercatat, kode: str | None) -> Perintah:
    """Return the command that an event of `PUTUSAN` answered; ``kode``: the unit of its stream, None for one of the instansi.

    Raises KeyError for another event.
    """
    return _PEMBACA[type(tercatat.peristiwa)](tercatat.peristiwa, kode, tercatat.tanggal, tercatat.oleh)


def _didaftarkan(p: UnitDidaftarkan, _kode: str | None, hari: date, oleh: str) -> Perintah:
    return DaftarkanUnit(p.kode, p.nama, hari, oleh, p.jenis, p.afirmasi, p.keadaan_awal, p.berkas, p.induk)


def _dicatat(p: BuktiDicatat, kode: str | None, hari: date, oleh: str) -> Perintah:
    return Catat(p.jenis, kode, p.isi, hari, oleh, p.berkas)


def _dikoreksi(p: BuktiDikoreksi, kode: str | None, _hari: date, oleh: str) -> Perintah:
    return Koreksi(p.menggantikan, p.isi, p.alasan, date.fromisoformat(p.pada), oleh, p.berkas, kode, p.jenis, p.bukti)


def _ditarik(p: BuktiDitarik, kode: str | None, _hari: date, oleh: str) -> Perintah:
    return Tarik(p.menggantikan, p.alasan, date.fromisoformat(p.pada), oleh, kode, p.jenis, p.bukti)


def _diakui(p: PeninjauanDiakui, kode: str | None, hari: date, oleh: str) -> Perintah:
    return Akui(p.tinjauan, p.catatan, hari, oleh, kode)


def _diambil(p: LangkahDiambil, kode: str | None, hari: date, oleh: str) -> Perintah:
    return AmbilLangkah(p.langkah, kode or "", p.isi, hari, oleh)


def _dibatalkan(p: LangkahDibatalkan, kode: str | None, hari: date, oleh: str) -> Perintah:
    isi = {k: v for k, v in p.isi.items() if k != "perintah"}
    return AmbilLangkah(str(p.isi["perintah"]), kode or "", isi, hari, oleh)


def _diangkat(p: PejabatDiangkat, _kode: str | None, hari: date, oleh: str) -> Perintah:
    sampai = date.fromisoformat(p.sampai) if p.sampai else None
    return AngkatPejabat(p.nip, p.nama, p.peran, p.sk, date.fromisoformat(p.sejak), hari, oleh, sampai, p.unit)


def _diakhiri(p: PejabatDiakhiri, _kode: str | None, hari: date, oleh: str) -> Perintah:
    return AkhiriPejabat(p.nip, p.peran, date.fromisoformat(p.sampai), hari, oleh, p.unit, p.alasan)


def _kontak(p: KontakDiatur, _kode: str | None, hari: date, oleh: str) -> Perintah:
    return AturKontak(p.nip, p.kanal, hari, oleh, p.alamat)


def _dihapus(p: DataPribadiDihapus, _kode: str | None, hari: date, oleh: str) -> Perintah:
    return HapusData(p.orang, p.kunci, p.alasan, p.dasar, hari, oleh)


def _ditolak(p: PerintahDitolak, kode: str | None, _hari: date, oleh: str) -> Perintah:
    """Return the command that was refused, from what the refusal keeps of it."""
    hari = date.fromisoformat(p.pada)
    if p.perintah in _KEJADIAN:
        kejadian = _KEJADIAN[p.perintah](**p.isi)
        return _PEMBACA[type(kejadian)](kejadian, kode, hari, oleh)
    if p.perintah in _PENOLAKAN:
        return _PENOLAKAN[p.perintah](p.isi, kode, hari, oleh)
    return AmbilLangkah(p.perintah, kode or "", p.isi, hari, oleh)


def _berkas(isi: PetaPolos) -> tuple[Berkas, ...]:
    """Return the files of a refused command: it keeps their hashes only, and no rule looks at more."""
    sidik = isi.get("berkas")
    return tuple(Berkas(str(s), 0, "") for s in sidik) if isinstance(sidik, list) else ()


def _peta(isi: PetaPolos, nama: str) -> PetaPolos | None:
    nilai = isi.get(nama)
    return nilai if isinstance(nilai, Mapping) else None


def _teks(isi: PetaPolos, nama: str) -> str | None:
    nilai = isi.get(nama)
    return nilai if isinstance(nilai, str) else None


def _baca_daftar(isi: PetaPolos, kode: str | None, hari: date, oleh: str) -> Perintah:
    nama, awal = _teks(isi, "nama") or "", _peta(isi, "keadaan_awal")
    jenis, afirmasi, induk = (_teks(isi, k) for k in ("jenis", "afirmasi", "induk"))
    return DaftarkanUnit(kode or "", nama, hari, oleh, jenis, afirmasi, awal, _berkas(isi), induk)


def _baca_catat(isi: PetaPolos, kode: str | None, hari: date, oleh: str) -> Perintah:
    return Catat(_teks(isi, "jenis") or "", kode, _peta(isi, "isi") or {}, hari, oleh, _berkas(isi))


def _baca_koreksi(isi: PetaPolos, kode: str | None, hari: date, oleh: str) -> Perintah:
    nomor, bukti = int(str(isi["nomor"])), int(str(isi["bukti"]))
    alasan, jenis = _teks(isi, "alasan") or "", _teks(isi, "jenis") or ""
    return Koreksi(nomor, _peta(isi, "isi") or {}, alasan, hari, oleh, _berkas(isi) or None, kode, jenis, bukti)


def _baca_tarik(isi: PetaPolos, kode: str | None, hari: date, oleh: str) -> Perintah:
    nomor, bukti = int(str(isi["nomor"])), int(str(isi["bukti"]))
    return Tarik(nomor, _teks(isi, "alasan") or "", hari, oleh, kode, _teks(isi, "jenis") or "", bukti)


def _baca_akui(isi: PetaPolos, kode: str | None, hari: date, oleh: str) -> Perintah:
    return Akui(int(str(isi["nomor"])), _teks(isi, "catatan") or "", hari, oleh, kode)


_PENOLAKAN: Mapping[str, Callable[[PetaPolos, str | None, date, str], Perintah]] = {
    DAFTARKAN: _baca_daftar,
    CATAT: _baca_catat,
    KOREKSI: _baca_koreksi,
    TARIK: _baca_tarik,
    AKUI: _baca_akui,
}
"""Command -> how it is read from the contents of its refusal."""
_KEJADIAN: Mapping[str, Any] = {ANGKAT: PejabatDiangkat, AKHIRI: PejabatDiakhiri, KONTAK: KontakDiatur, HAPUS_DATA: DataPribadiDihapus}
"""Commands whose refusal keeps the fields of the event that would have been."""
_PEMBACA: Mapping[type, Callable[[Any, str | None, date, str], Perintah]] = {
    UnitDidaftarkan: _didaftarkan,
    BuktiDicatat: _dicatat,
    BuktiDikoreksi: _dikoreksi,
    BuktiDitarik: _ditarik,
    PeninjauanDiakui: _diakui,
    LangkahDiambil: _diambil,
    LangkahDibatalkan: _dibatalkan,
    PejabatDiangkat: _diangkat,
    PejabatDiakhiri: _diakhiri,
    KontakDiatur: _kontak,
    DataPribadiDihapus: _dihapus,
    PerintahDitolak: _ditolak,
}
PUTUSAN = tuple(_PEMBACA)
"""Events that answer a command; the others follow from one, or from the clock."""
