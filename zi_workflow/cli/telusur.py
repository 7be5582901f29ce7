"""What a pasal brings: the rules, moves, kinds of record, duties, readings and lines of coverage that a place or an id leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zi_workflow.cli.saran import saran
from zi_workflow.cli.tempat import Tempat, di_dalam, urai

if TYPE_CHECKING:
    from zi_workflow.domain.definition import (
        Cakupan,
        Definisi,
        JenisBukti,
        Kewajiban,
        Langkah,
        Masa,
        Norma,
        Pembebasan,
        Syarat,
        Tafsir,
        Tahap,
    )


@dataclass(frozen=True, slots=True)
class Bawaan:
    """What was found, each in the order of the definition. ``sebutan`` is what was looked for, written out."""

    sebutan: str
    cakupan: tuple[Cakupan, ...] = ()
    syarat: tuple[Syarat, ...] = ()
    pembebasan: tuple[Pembebasan, ...] = ()
    tahap: tuple[Tahap, ...] = ()
    langkah: tuple[Langkah, ...] = ()
    bukti: tuple[JenisBukti, ...] = ()
    kewajiban: tuple[Kewajiban, ...] = ()
    tafsir: tuple[Tafsir, ...] = ()


def cari(definisi: Definisi, teks: str) -> Bawaan | None:
    """Return what an id (R20, D2, M7, T3, a kind, a stage, a move) or a place brings, None where there is no such thing."""
    bersih = " ".join(teks.split())
    return _menurut_id(definisi, bersih) or _menurut_tempat(definisi, bersih)


def usul(definisi: Definisi, teks: str) -> list[str]:
    """Return ids and places that ``teks`` may have meant, the nearest first."""
    nama = [*_semua_id(definisi), *(c.pasal for c in definisi.cakupan)]
    tempat = urai(teks)
    induk = [c.pasal for c in definisi.cakupan if tempat and (urai(c.pasal) or ("",))[0] == tempat[0]]
    return (induk or saran(teks, nama))[:3]


def _semua_id(definisi: Definisi) -> list[str]:
    syarat = [s.id for s in definisi.syarat]
    induk = [s.split(".")[0] for s in syarat]
    langkah = [nama for x in definisi.langkah.values() for nama in (x.id, x.nama)]
    lain = [*(p.id for p in definisi.pembebasan), *(k.id for k in definisi.kewajiban), *definisi.tafsir, *definisi.bukti, *definisi.tahap]
    return list(dict.fromkeys([*induk, *syarat, *langkah, *lain]))


# ------------------------------------------------------------------------------------------------------------------ id


def _menurut_id(definisi: Definisi, teks: str) -> Bawaan | None:
    rata = {satu.casefold(): satu for satu in _semua_id(definisi)}
    nama = rata.get(teks.casefold()) or rata.get(teks.casefold().replace("-", "_")) or rata.get(teks.casefold().replace(" ", "."))
    if nama is None:
        return None
    langkah = [x for x in definisi.langkah.values() if nama in (x.id, x.nama)]
    sendiri = [s for s in definisi.syarat if s.id == nama or s.id.startswith(nama + ".")]
    syarat = sendiri or [s for s in definisi.syarat if _memakai(s, nama, [x.nama for x in langkah])]
    kewajiban = [k for k in definisi.kewajiban if k.id == nama or _bersandar(k, nama, [x.nama for x in langkah])]
    berlaku = [m for s in sendiri for m in s.berlaku] + [m for k in kewajiban if k.id == nama for m in k.berlaku]
    tafsir = [nama] if nama in definisi.tafsir else [t for m in berlaku for t in m.tafsir]
    disebut = {nama, *(s.id for s in sendiri), *(x.id for x in langkah)}
    return Bawaan(
        sebutan=nama,
        cakupan=tuple(c for c in definisi.cakupan if disebut & set(c.oleh)),
        syarat=tuple(syarat),
        pembebasan=tuple(p for p in definisi.pembebasan if p.id == nama or _dibebaskan(p, sendiri)),
        tahap=tuple(t for t in definisi.tahap.values() if t.id == nama),
        langkah=tuple(langkah or (x for x in definisi.langkah.values() if nama in x.dari or nama == x.ke)),
        bukti=tuple(b for b in definisi.bukti.values() if b.id == nama),
        kewajiban=tuple(kewajiban),
        tafsir=tuple(t for t in definisi.tafsir.values() if t.id in tafsir),
    )


def _memakai(syarat: Syarat, nama: str, langkah: Sequence[str]) -> bool:
    """Say whether a requirement guards one of the moves, reads the kind, or rests on the reading of that name."""
    bukti = [getattr(syarat.jenis, k, None) for k in ("bukti", "tim", "pengumuman", "tanda_terima")]
    bukti += [getattr(m, "bukti", None) for m in getattr(syarat.jenis, "urutan", ())]
    return nama in bukti or any(nama in m.tafsir for m in syarat.berlaku) or bool(set(langkah) & set(syarat.langkah))


def _bersandar(kewajiban: Kewajiban, nama: str, langkah: Sequence[str]) -> bool:
    """Say whether a duty runs at the stage, is discharged or moved by the move or the kind, or rests on the reading of that name."""
    catatan = [getattr(kewajiban.jenis, k, None) for k in ("bukti", "surat", "pengumuman", "rencana", "realisasi")]
    milik = nama in catatan or nama in kewajiban.tahap or getattr(kewajiban.jenis, "langkah", None) in langkah
    return milik or any(nama in m.tafsir for m in kewajiban.berlaku)


def _dibebaskan(pembebasan: Pembebasan, syarat: Iterable[Syarat]) -> bool:
    return any(s.id == satu or s.id.startswith(satu + ".") for s in syarat for satu in pembebasan.syarat)


# -------------------------------------------------------------------------------------------------------------- tempat


def _menurut_tempat(definisi: Definisi, teks: str) -> Bawaan | None:
    norma, sisa = _norma(definisi, teks)
    tempat = urai(sisa)
    if tempat is None:
        return None
    cocok, tepat = _pencocok(definisi, norma, tempat)
    kota = norma is None or norma.lapisan == "kota"
    cakupan = tuple(c for c in definisi.cakupan if kota and di_dalam(urai(c.pasal) or ("",), tempat))
    semua = [d for s in definisi.syarat for d in _dasar(s.berlaku)]
    semua += [d for x in definisi.langkah.values() for d in x.dasar] + [d for b in definisi.bukti.values() for d in b.dasar]
    semua += [d for t in definisi.tafsir.values() for d in t.dasar] + [d for p in definisi.pembebasan for d in _dasar(p.berlaku)]
    semua += [d for k in definisi.kewajiban for d in _dasar_kewajiban(k)]
    if not cakupan and not tepat(semua):
        return None
    disebut = {nama for c in cakupan for nama in c.oleh}
    syarat = tuple(s for s in definisi.syarat if cocok(_dasar(s.berlaku)) or {s.id, s.id.split(".")[0]} & disebut)
    kewajiban = tuple(k for k in definisi.kewajiban if cocok(_dasar_kewajiban(k)) or k.id in disebut)
    berlaku = [m for s in syarat for m in s.berlaku] + [m for k in kewajiban for m in k.berlaku]
    tafsir = disebut | {t for m in berlaku for t in m.tafsir}
    return Bawaan(
        sebutan=_sebutan(norma, tempat),
        cakupan=cakupan,
        syarat=syarat,
        pembebasan=tuple(p for p in definisi.pembebasan if cocok(_dasar(p.berlaku)) or p.id in disebut),
        tahap=tuple(t for t in definisi.tahap.values() if t.id in disebut),
        langkah=tuple(x for x in definisi.langkah.values() if cocok(x.dasar) or x.id in disebut),
        bukti=tuple(b for b in definisi.bukti.values() if cocok(b.dasar) or b.id in disebut),
        kewajiban=kewajiban,
        tafsir=tuple(t for t in definisi.tafsir.values() if cocok(t.dasar) or t.id in tafsir),
    )


def _dasar(berlaku: Iterable[Masa]) -> list[str]:
    return [d for m in berlaku for d in m.dasar]


def _dasar_kewajiban(kewajiban: Kewajiban) -> list[str]:
    """Return what a duty cites, with the basis of the announcement that may move it."""
    return [*_dasar(kewajiban.berlaku), *getattr(kewajiban.jenis, "dasar_pengumuman", ())]


def _norma(definisi: Definisi, teks: str) -> tuple[Norma | None, str]:
    """Split a leading norm (its id or its abbreviation) from the place in it."""
    for satu in definisi.norma.values():
        for nama in (satu.id, satu.singkatan):
            if teks.casefold().startswith(nama.casefold() + " "):
                return satu, teks[len(nama) + 1 :]
    return None, teks


Pencocok = Callable[[Iterable[str]], bool]


def _pencocok(definisi: Definisi, norma: Norma | None, tempat: Tempat) -> tuple[Pencocok, Pencocok]:
    """Return two tests of citations: one names the place, a part of it or (for a pasal) the whole it belongs to; one not the whole."""

    def tepat(dasar: Iterable[str]) -> bool:
        return any(di_dalam(t, tempat) for t in _tempat(definisi, norma, dasar))

    def cocok(dasar: Iterable[str]) -> bool:
        semua = list(_tempat(definisi, norma, dasar))
        lebar = tempat[0].startswith("pasal") and any(di_dalam(tempat, t) for t in semua)
        return lebar or any(di_dalam(t, tempat) for t in semua)

    return cocok, tepat


def _tempat(definisi: Definisi, norma: Norma | None, dasar: Iterable[str]) -> Iterable[Tempat]:
    for satu in dasar:
        milik, sisa = _norma(definisi, satu)
        if milik is not None and norma in (None, milik) and (tempat := urai(sisa)):
            yield tempat


def _sebutan(norma: Norma | None, tempat: Tempat) -> str:
    """Write a place out: ``Pasal 13 ayat (1) huruf a``."""
    kata: list[str] = []
    for satu in tempat:
        nama, _, nomor = satu.partition(" ")
        if nama in ("pasal", "lampiran", "bab", "bagian", "tabel"):
            nomor = nomor.upper()
            nama = nama.capitalize()
        elif tempat[0].startswith("lampiran"):
            nomor = nomor.upper()
        kata.append(f"{nama} ({nomor})" if nama == "ayat" else f"{nama} {nomor}".strip())
    return " ".join(kata if norma is None else [norma.singkatan, *kata])
