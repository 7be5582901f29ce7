"""An edition of the instrument as a record of the instansi: plain fields in, a checked ``Instrumen`` out.

A record carries all that scoring reads, scales and formulas included, so that an assessment keeps the edition with which
it was made whatever the definition says later. Weights above the indicators are not kept: they are sums.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from zi_workflow.domain.cells import BARIS_MAKS
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import PetaPolos, Polos
from zi_workflow.domain.fields import teks_isi
from zi_workflow.domain.formulas import RUMUS
from zi_workflow.domain.instrument import (
    INDEKS,
    NOMOR_AREA,
    PILIHAN,
    SUSUNAN,
    Aspek,
    Bagian,
    Butir,
    Indikator,
    Instrumen,
    Komponen,
    Rumus,
    Skala,
    Soal,
)
from zi_workflow.domain.layout import LembarPortal

BERAREA = SUSUNAN["pengungkit"]
SERATUS = Fraction(100)
PORTAL: Mapping[str, tuple[str, ...]] = {"unit": ("jawaban", "catatan", "bukti_dukung"), "tpi": ("jawaban", "catatan", "bukti_dukung")}
"""What PortalRB's sheet may have a column for, by assessor."""

_HASIL = {("bersih.kinerja", (PILIHAN,)), ("bersih.spak", (INDEKS,))}
_VERSI = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._:+-]{0,39}")
_SOAL_ID = re.compile(r"[1-9][0-9]{0,5}")
_KOLOM = re.compile(r"[A-Z]{1,2}")
_SEBUT_MAKS = 8
_HURUF_MAKS = 40


def gagal(apa: str, masalah: Sequence[str], lanjut: str) -> MasukanSalah:
    """Return the error that names the problems, the first eight in full."""
    sisa = f" (dan {len(masalah) - _SEBUT_MAKS} lagi)" if len(masalah) > _SEBUT_MAKS else ""
    sebab = "Bobot, skala, soal_id, dan susunan suatu edisi instrumen harus cocok seluruhnya."
    return MasukanSalah(f"{apa}: {'; '.join(masalah[:_SEBUT_MAKS])}{sisa}", sebab, lanjut)


def kutip(teks: str) -> str:
    """Show a text briefly, on one line."""
    rapi = " ".join(teks.split())
    return f"'{rapi[:_HURUF_MAKS]}{'…' if len(rapi) > _HURUF_MAKS else ''}'"


def instrumen_dari_isi(isi: PetaPolos, dasar: Instrumen) -> Instrumen:
    """Build the instrument that a record holds; citations and readings are those of ``dasar``.

    Total for what ``periksa_isi`` let in. Raises MasukanSalah naming what does not add up.
    """
    baca = _Pembaca(isi)
    indikator = baca.semua()
    if baca.masalah:
        raise gagal("Edisi instrumen tidak sah", baca.masalah, "Perbaiki yang disebut, lalu ulangi. Tidak ada yang ditulis.")
    sebutan = _peta(isi, "sebutan")
    return Instrumen(
        versi=teks_isi(isi, "edisi"),
        judul=teks_isi(isi, "judul"),
        sejak=dasar.sejak,
        dasar=dasar.dasar,
        tafsir=dasar.tafsir,
        skala=baca.skala,
        area=dict(zip(NOMOR_AREA, _teks_daftar(isi, "area"), strict=True)),
        komponen=tuple(_komponen(k, sebutan, indikator) for k in SUSUNAN),
    )


def periksa_isi(isi: PetaPolos, dasar: Instrumen) -> Instrumen:
    """Check a record before it is kept: all that ``instrumen_dari_isi`` asks, the scales of ``dasar`` and no others, a sound portal.

    Raises MasukanSalah.
    """
    instrumen = instrumen_dari_isi(isi, dasar)
    masalah = [f"skala {s.id} berbeda dari skala yang dikenal" for s in instrumen.skala.values() if dasar.skala.get(s.id) != s]
    if not _VERSI.fullmatch(instrumen.versi):
        masalah.append(f"versi {kutip(instrumen.versi)} harus huruf, angka, dan @._:+- tanpa spasi, paling panjang 40")
    masalah += _masalah_portal(isi)
    if masalah:
        raise gagal("Edisi instrumen tidak sah", masalah, "Perbaiki yang disebut, lalu ulangi. Tidak ada yang ditulis.")
    return instrumen


def portal_dari_isi(isi: PetaPolos) -> LembarPortal | None:
    """Return where PortalRB's sheet has the questions of an edition, None where the record does not say."""
    portal = _peta(isi, "portal")
    if not portal:
        return None
    kolom = {p: {k: teks_isi(_peta(portal, p), k) for k in isinya if k in _peta(portal, p)} for p, isinya in PORTAL.items()}
    return LembarPortal(teks_isi(portal, "lembar"), kolom, _baris(isi))


def _masalah_portal(isi: PetaPolos) -> list[str]:
    """Say what is wrong with PortalRB's rows and columns: every question has its own row, every column its own letters."""
    portal, baris = portal_dari_isi(isi), _baris(isi)
    if portal is None:
        return ["ada soal dengan 'baris', tetapi tidak ada 'portal'"] if baris else []
    masalah: list[str] = []
    tanpa = [teks_isi(s, "id") for i in _butir(isi, "indikator") for s in _butir(i, "soal") if teks_isi(s, "id") not in baris]
    if tanpa:
        masalah.append(f"soal tanpa 'baris' di lembar PortalRB: {', '.join(tanpa[:_SEBUT_MAKS])}")
    if len(set(baris.values())) < len(baris) or any(not 0 < b <= BARIS_MAKS for b in baris.values()):
        masalah.append("'baris' di lembar PortalRB harus berbeda untuk setiap soal dan lebih dari 0")
    huruf = [h for kolom in portal.kolom.values() for h in kolom.values()]
    if len(set(huruf)) < len(huruf) or not all(_KOLOM.fullmatch(h) for h in huruf):
        masalah.append("kolom lembar PortalRB harus huruf A sampai ZZ yang berbeda-beda")
    return masalah


def _baris(isi: PetaPolos) -> dict[str, int]:
    semua = ((teks_isi(s, "id"), s.get("baris")) for i in _butir(isi, "indikator") for s in _butir(i, "soal"))
    return {id_: baris for id_, baris in semua if isinstance(baris, int)}


class _Pembaca:
    """Reads indicators, questions and formulas, and keeps a list of what is wrong."""

    def __init__(self, isi: PetaPolos) -> None:
        self.isi = isi
        self.masalah: list[str] = []
        self.skala = {s.id: s for s in (_skala(b) for b in _butir(isi, "skala"))}
        self.terpakai: set[str] = set()

    def semua(self) -> tuple[Indikator, ...]:
        hasil = tuple(self.indikator(b) for b in _butir(self.isi, "indikator"))
        ids = [i.id for i in hasil]
        self.masalah += [f"indikator {kutip(i)} lebih dari sekali" for i in dict.fromkeys(ids) if ids.count(i) > 1]
        ada = {(i.aspek, i.area) for i in hasil}
        self.masalah += [f"aspek {a} tanpa area {n}" for a in BERAREA for n in NOMOR_AREA if (a, n) not in ada]
        if {_bentuk(i) for i in hasil if i.aspek == "bersih"} != _HASIL:
            self.masalah.append("aspek bersih harus berisi bersih.spak (satu indeks) dan bersih.kinerja (satu pilihan)")
        if [_bentuk(i)[1] for i in hasil if i.aspek == "prima"] != [(INDEKS,)]:
            self.masalah.append("aspek prima harus berisi satu indikator dengan satu indeks")
        if sum((i.bobot for i in hasil), Fraction()) != SERATUS:
            self.masalah.append(f"bobot semua indikator {desimal(sum((i.bobot for i in hasil), Fraction()))}, seharusnya 100")
        if len(_teks_daftar(self.isi, "area")) != len(NOMOR_AREA):
            self.masalah.append(f"'area' harus berisi {len(NOMOR_AREA)} nama area")
        return hasil

    def indikator(self, isi: PetaPolos) -> Indikator:
        id_, aspek, area = teks_isi(isi, "id"), teks_isi(isi, "aspek"), isi.get("area")
        nomor = area if isinstance(area, int) else None
        awalan = f"{aspek}." if nomor is None else f"{aspek}.{nomor}."
        dikenal = nomor in NOMOR_AREA if aspek in BERAREA else aspek in SUSUNAN["hasil"] and nomor is None
        if not dikenal or not id_.startswith(awalan) or id_ == awalan:
            self.masalah.append(f"indikator {kutip(id_)}: id, aspek, dan area tidak sesuai")
        bobot = Fraction(teks_isi(isi, "bobot"))
        if bobot <= 0:
            self.masalah.append(f"indikator {kutip(id_)}: bobot harus lebih dari 0")
        soal = tuple(s for s in (self.soal(b) for b in _butir(isi, "soal")) if s is not None)
        rumus = tuple(r for r in (self.rumus(b, soal, id_) for b in _butir(isi, "rumus")) if r is not None)
        if sorted(s for r in rumus for s in r.ids) != sorted(s.id for s in soal if not s.skala.dinilai):
            self.masalah.append(f"indikator {kutip(id_)}: setiap soal berskala jumlah harus masuk tepat satu rumus")
        butir: tuple[Butir, ...] = (*(s for s in soal if s.skala.dinilai), *rumus)
        if not butir:
            self.masalah.append(f"indikator {kutip(id_)}: tidak ada soal yang dinilai")
        return Indikator(id_, teks_isi(isi, "nama"), bobot, aspek, nomor, soal, butir)

    def soal(self, isi: PetaPolos) -> Soal | None:
        id_, skala = teks_isi(isi, "id"), self.skala.get(teks_isi(isi, "skala"))
        if not _SOAL_ID.fullmatch(id_):
            self.masalah.append(f"soal_id {kutip(id_)} bukan bilangan 1 sampai 999999")
        if id_ in self.terpakai:
            self.masalah.append(f"soal_id {id_} lebih dari sekali")
        self.terpakai.add(id_)
        if skala is None:
            self.masalah.append(f"soal {id_}: skala {kutip(teks_isi(isi, 'skala'))} tidak dikenal")
            return None
        pilihan = {teks_isi(p, "huruf"): teks_isi(p, "uraian") for p in _butir(isi, "pilihan")}
        if not set(pilihan) <= set(skala.nilai):
            self.masalah.append(f"soal {id_}: pilihannya bukan {', '.join(skala.nilai) or 'milik skala itu'}")
        return Soal(id_, skala, teks_isi(isi, "uraian"), teks_isi(isi, "kriteria"), pilihan)

    def rumus(self, isi: PetaPolos, soal: Sequence[Soal], indikator: str) -> Rumus | None:
        jenis, perlu, ids = teks_isi(isi, "jenis"), _teks_daftar(isi, "perlu"), _teks_daftar(isi, "soal")
        peran = {teks_isi(p, "nama"): _teks_daftar(p, "soal") for p in _butir(isi, "peran")}
        if jenis not in RUMUS or set(peran) != set(RUMUS[jenis].peran):
            self.masalah.append(f"indikator {kutip(indikator)}: jenis rumus {kutip(jenis)} atau perannya tidak dikenal")
            return None
        terhitung = [s for bagian in peran.values() for s in bagian]
        if not all(peran.values()) or len(terhitung) != len(set(terhitung)) or not set(terhitung) <= set(perlu) <= set(ids):
            self.masalah.append(f"indikator {kutip(indikator)}: soal rumus {kutip(teks_isi(isi, 'uraian'))} tidak sesuai perannya")
        urut = [s.id for s in soal]
        sesuai = sorted(ids, key=lambda s: urut.index(s) if s in urut else len(urut))
        return Rumus(
            jenis,
            {p: peran[p] for p in RUMUS[jenis].peran},
            tuple(s for s in sesuai if s in perlu),
            tuple(sesuai),
            teks_isi(isi, "uraian"),
        )


def _bentuk(indikator: Indikator) -> tuple[str, tuple[str, ...]]:
    return indikator.id, tuple(s.skala.jenis for s in indikator.soal)


def _skala(isi: PetaPolos) -> Skala:
    tertinggi = isi.get("tertinggi")
    nilai = {teks_isi(p, "huruf"): Fraction(teks_isi(p, "pengali")) for p in _butir(isi, "pilihan")}
    return Skala(teks_isi(isi, "id"), teks_isi(isi, "jenis"), nilai, tertinggi if isinstance(tertinggi, int) else 0)


def _komponen(id_: str, sebutan: PetaPolos, indikator: Sequence[Indikator]) -> Komponen:
    aspek = tuple(_aspek(a, sebutan, [i for i in indikator if i.aspek == a]) for a in SUSUNAN[id_])
    return Komponen(id_, teks_isi(sebutan, id_), sum((a.bobot for a in aspek), Fraction()), aspek)


def _aspek(id_: str, sebutan: PetaPolos, indikator: Sequence[Indikator]) -> Aspek:
    nomor: Sequence[int | None] = NOMOR_AREA if id_ in BERAREA else (None,)
    bagian = tuple(_bagian(n, tuple(i for i in indikator if i.area == n)) for n in nomor)
    return Aspek(id_, teks_isi(sebutan, id_), sum((b.bobot for b in bagian), Fraction()), bagian)


def _bagian(nomor: int | None, indikator: tuple[Indikator, ...]) -> Bagian:
    return Bagian(nomor, sum((i.bobot for i in indikator), Fraction()), indikator)


def desimal(bobot: Fraction) -> str:
    """Write a number that came as a decimal, or a sum of such."""
    return f"{Decimal(bobot.numerator) / Decimal(bobot.denominator):f}"


def _butir(isi: PetaPolos, nama: str) -> list[dict[str, Polos]]:
    daftar = isi.get(nama)
    return [b for b in daftar if isinstance(b, dict)] if isinstance(daftar, list) else []


def _teks_daftar(isi: PetaPolos, nama: str) -> tuple[str, ...]:
    daftar = isi.get(nama)
    return tuple(b for b in daftar if isinstance(b, str)) if isinstance(daftar, list) else ()


def _peta(isi: PetaPolos, nama: str) -> PetaPolos:
    peta = isi.get(nama)
    return peta if isinstance(peta, Mapping) else {}
