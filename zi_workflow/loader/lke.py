"""The LKE instrument from YAML: strict, with weights that add up and formulas that name their own indicator's counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Protocol, TypeVar

from zi_workflow.domain.formulas import RUMUS
from zi_workflow.domain.instrument import (
    INDEKS,
    INDIKATOR_BERNAMA,
    JENIS_SKALA,
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
from zi_workflow.loader.pohon import Simpul, kumpulkan

_TEKS_MAKS = 200
_ID_MAKS = 20
_SOAL_MAKS = 9999
_INDEKS_MAKS = 10
_SERATUS = Fraction(100)


class _Berbobot(Protocol):
    @property
    def bobot(self) -> Fraction: ...


class _Bernama(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Bernama)


def baca_instrumen(simpul: Simpul) -> Instrumen:
    """Read an instrument. Raises DefinisiSalah (file, line, key, what was expected, next step)."""
    wajib = ("versi", "judul", "sejak", "dasar", "tafsir", "jumlah_soal", "jumlah_dinilai", "skala", "area", "komponen")
    peta = simpul.peta(wajib)
    skala = {nama: _skala(nama, s) for nama, s in peta["skala"].peta().items()}
    baca = _Pembaca(skala)
    area = _area(peta["area"])
    komponen = _bernama(peta["komponen"], SUSUNAN, baca.komponen)
    _cocok(peta["komponen"], _SERATUS, komponen)
    instrumen = Instrumen(
        versi=peta["versi"].teks(_ID_MAKS),
        judul=peta["judul"].teks(_TEKS_MAKS),
        sejak=peta["sejak"].tanggal(),
        dasar=_tidak_kosong(peta["dasar"]),
        tafsir=_tidak_kosong(peta["tafsir"]),
        skala=skala,
        area=area,
        komponen=komponen,
    )
    _banyaknya(peta["jumlah_soal"], len(instrumen.soal), "soal")
    _banyaknya(peta["jumlah_dinilai"], len(instrumen.butir), "butir yang dinilai")
    for id_ in INDIKATOR_BERNAMA:
        if id_ not in {i.id for i in instrumen.indikator}:
            peta["komponen"].gagal(f"indikator '{id_}'", "Tambahkan indikator itu; syarat nilai memakainya.")
    return instrumen


@dataclass
class _Pembaca:
    """Reads the tree; remembers the questions already seen, so that one soal_id stands once in the whole file."""

    skala: dict[str, Skala]
    terpakai: set[str] = field(default_factory=set)

    def komponen(self, simpul: Simpul) -> Komponen:
        peta = simpul.peta(("id", "nama", "bobot", "aspek"))
        id_ = peta["id"].pilihan(SUSUNAN)
        aspek = _bernama(peta["aspek"], SUSUNAN[id_], lambda s: self.aspek(s, SUSUNAN[id_]))
        return Komponen(id_, _nama(peta["nama"]), _cocok(peta["bobot"], _bobot(peta["bobot"]), aspek), aspek)

    def aspek(self, simpul: Simpul, boleh: Sequence[str]) -> Aspek:
        """Pemenuhan and reform are made of areas; the aspects of hasil hold indicators directly."""
        id_ = _ambil(simpul, "id").pilihan(boleh)
        berarea = id_ in SUSUNAN["pengungkit"]
        peta = simpul.peta(("id", "nama", "bobot", "area" if berarea else "indikator"))
        bagian = self.area(peta["area"], id_) if berarea else self.tanpa_area(peta["indikator"], id_)
        return Aspek(id_, _nama(peta["nama"]), _cocok(peta["bobot"], _bobot(peta["bobot"]), bagian), bagian)

    def area(self, simpul: Simpul, aspek: str) -> tuple[Bagian, ...]:
        per_nomor = kumpulkan(simpul.daftar(), lambda s: self.bagian(s, aspek), lambda b: str(b.nomor))
        for nomor in NOMOR_AREA:
            if str(nomor) not in per_nomor:
                simpul.gagal(f"area {nomor} dalam aspek '{aspek}'", f"Tambahkan area {nomor}.")
        return tuple(per_nomor.values())

    def tanpa_area(self, simpul: Simpul, aspek: str) -> tuple[Bagian, ...]:
        indikator = self.daftar_indikator(simpul, aspek, None)
        return (Bagian(None, sum((i.bobot for i in indikator), Fraction()), indikator),)

    def bagian(self, simpul: Simpul, aspek: str) -> Bagian:
        peta = simpul.peta(("nomor", "bobot", "indikator"))
        nomor = int(peta["nomor"].pilihan([str(n) for n in NOMOR_AREA], "nomor area"))
        indikator = self.daftar_indikator(peta["indikator"], aspek, nomor)
        return Bagian(nomor, _cocok(peta["bobot"], _bobot(peta["bobot"]), indikator), indikator)

    def daftar_indikator(self, simpul: Simpul, aspek: str, area: int | None) -> tuple[Indikator, ...]:
        hasil = kumpulkan(simpul.daftar(), lambda s: self.indikator(s, aspek, area), lambda i: i.id)
        return tuple(hasil.values())

    def indikator(self, simpul: Simpul, aspek: str, area: int | None) -> Indikator:
        peta = simpul.peta(("id", "nama", "bobot", "soal"), ("rumus",))
        awalan = aspek if area is None else f"{aspek}.{area}"
        soal = {s.id: s for s in (self.soal(s) for s in peta["soal"].daftar())}
        rumus = _daftar_rumus(peta["rumus"], soal) if "rumus" in peta else ()
        for id_, satu in soal.items():
            if not satu.skala.dinilai and not any(id_ in r.ids for r in rumus):
                peta["soal"].gagal(f"rumus yang memakai soal {id_}", f"Sebut soal {id_} di 'rumus' indikator ini.")
        butir: tuple[Butir, ...] = (*(s for s in soal.values() if s.skala.dinilai), *rumus)
        if not butir:
            peta["soal"].gagal("sedikitnya satu soal", "Tambahkan soal, atau hapus indikatornya.")
        id_indikator = f"{awalan}.{peta['id'].teks(_ID_MAKS)}"
        return Indikator(id_indikator, _nama(peta["nama"]), _bobot(peta["bobot"]), aspek, area, tuple(soal.values()), butir)

    def soal(self, simpul: Simpul) -> Soal:
        peta = simpul.peta(("id", "skala", "uraian"))
        id_ = _soal_id(peta["id"])
        if id_ in self.terpakai:
            peta["id"].gagal(f"soal_id yang belum dipakai; {id_} sudah ada", "Beri nomor lain atau hapus yang ganda.")
        self.terpakai.add(id_)
        return Soal(id_, self.skala[peta["skala"].pilihan(self.skala, "skala yang ada")], _nama(peta["uraian"]))


def _skala(nama: str, simpul: Simpul) -> Skala:
    jenis = _ambil(simpul, "jenis").pilihan(JENIS_SKALA, "jenis skala")
    peta = simpul.peta(("jenis", *{PILIHAN: ("nilai",), INDEKS: ("tertinggi",)}.get(jenis, ())))
    if jenis == PILIHAN:
        return Skala(nama, jenis, _pengali(peta["nilai"]))
    if jenis == INDEKS:
        tertinggi = peta["tertinggi"].bulat()
        if not 0 < tertinggi < _INDEKS_MAKS:
            peta["tertinggi"].gagal("bilangan bulat 1 sampai 9")
        return Skala(nama, jenis, tertinggi=tertinggi)
    return Skala(nama, jenis)


def _pengali(simpul: Simpul) -> dict[str, Fraction]:
    """Read the multipliers of a choice: from 1 down to 0, each lower than the one before."""
    hasil = {huruf: Fraction(s.desimal()) for huruf, s in simpul.peta().items()}
    urut = list(hasil.values())
    if urut[:1] != [1] or urut[-1:] != [0] or any(a <= b for a, b in pairwise(urut)):
        simpul.gagal("pengali dari 1 turun sampai 0, masing-masing lebih kecil daripada yang sebelumnya")
    return hasil


def _daftar_rumus(simpul: Simpul, soal: dict[str, Soal]) -> tuple[Rumus, ...]:
    """Read an indicator's formulas; each names only its indicator's counts, and each count stands in one formula."""
    hasil: list[Rumus] = []
    for satu in simpul.daftar():
        rumus = _rumus(satu, soal)
        for lain in hasil:
            for id_ in rumus.ids:
                if id_ in lain.ids:
                    satu.gagal(f"soal yang belum dipakai rumus lain; {id_} sudah", "Setiap jumlah masuk satu rumus saja.")
        hasil.append(rumus)
    return tuple(hasil)


def _rumus(simpul: Simpul, soal: dict[str, Soal]) -> Rumus:
    jenis = _ambil(simpul, "jenis").pilihan(RUMUS, "jenis rumus")
    peran = RUMUS[jenis].peran
    peta = simpul.peta(("jenis", "uraian", *peran), ("harus_terisi", "tidak_dihitung"))
    ids: list[str] = []
    bagian: dict[str, tuple[str, ...]] = {}
    for nama in (n for n in peta if n not in ("jenis", "uraian")):
        bagian[nama] = tuple(_jumlah(s, soal, ids) for s in peta[nama].daftar())
        if not bagian[nama]:
            peta[nama].gagal("sedikitnya satu soal_id")
    perlu = tuple(s for s in soal if s in ids and s not in bagian.get("tidak_dihitung", ()))
    urut = tuple(s for s in soal if s in ids)
    return Rumus(jenis, {p: bagian[p] for p in peran}, perlu, urut, _nama(peta["uraian"]))


def _jumlah(simpul: Simpul, soal: dict[str, Soal], ids: list[str]) -> str:
    id_ = _soal_id(simpul)
    if id_ not in soal or soal[id_].skala.dinilai:
        jumlah = [s.id for s in soal.values() if not s.skala.dinilai]
        simpul.gagal(f"soal berskala jumlah di indikator yang sama: {', '.join(jumlah) or 'tidak ada'}", "Perbaiki soal_id itu.")
    if id_ in ids:
        simpul.gagal(f"soal yang belum disebut di rumus ini; {id_} sudah", "Hapus salah satunya.")
    ids.append(id_)
    return id_


def _area(simpul: Simpul) -> dict[int, str]:
    peta = simpul.peta([str(n) for n in NOMOR_AREA])
    return {n: _nama(peta[str(n)]) for n in NOMOR_AREA}


def _ambil(simpul: Simpul, kunci: str) -> Simpul:
    peta = simpul.peta()
    if kunci not in peta:
        simpul.gagal(f"kunci '{kunci}'", f"Tambahkan '{kunci}' di sini.")
    return peta[kunci]


def _bernama(simpul: Simpul, wajib: Collection[str], baca: Callable[[Simpul], _N]) -> tuple[_N, ...]:
    """Read a list whose ids are exactly ``wajib``."""
    ada = kumpulkan(simpul.daftar(), baca, lambda n: str(n.id))
    for id_ in wajib:
        if id_ not in ada:
            simpul.gagal(f"'{id_}' di daftar ini", f"Tambahkan '{id_}'.")
    return tuple(ada.values())


def _cocok(simpul: Simpul, bobot: Fraction, anak: Sequence[_Berbobot]) -> Fraction:
    """Refuse a weight that is not the sum of the weights below it."""
    jumlah = sum((a.bobot for a in anak), Fraction())
    if jumlah != bobot:
        simpul.gagal(
            f"bobot {_desimal(bobot)}; jumlah bobot di bawahnya {_desimal(jumlah)}", "Samakan bobot itu dengan jumlah di bawahnya."
        )
    return bobot


def _desimal(bobot: Fraction) -> str:
    return f"{Decimal(bobot.numerator) / Decimal(bobot.denominator):f}"


def _bobot(simpul: Simpul) -> Fraction:
    bobot = Fraction(simpul.desimal())
    if bobot <= 0:
        simpul.gagal("bobot lebih dari 0, misalnya 0.5")
    return bobot


def _nama(simpul: Simpul) -> str:
    return simpul.teks(_TEKS_MAKS)


def _soal_id(simpul: Simpul) -> str:
    nomor = simpul.bulat()
    if not 0 < nomor <= _SOAL_MAKS:
        simpul.gagal(f"soal_id 1 sampai {_SOAL_MAKS}")
    return str(nomor)


def _tidak_kosong(simpul: Simpul) -> tuple[str, ...]:
    return simpul.teks_daftar() or simpul.gagal("sedikitnya satu butir")


def _banyaknya(simpul: Simpul, ada: int, apa: str) -> None:
    if simpul.bulat() != ada:
        simpul.gagal(f"{ada}, sebab sebanyak itulah {apa} di berkas ini", "Periksa apakah ada yang hilang atau kelebihan.")
