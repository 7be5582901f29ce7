"""Small instruments and gates for the search, changes carried out as a person would, and a search that tries everything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil

from tests.alat.dunia import definisi
from zi_workflow.domain.changes import Perubahan
from zi_workflow.domain.definition import Definisi, Masa, Syarat
from zi_workflow.domain.guards.ambang import Banding, BandingGanda
from zi_workflow.domain.guards.angka import Nilai, NilaiAtauSurvei
from zi_workflow.domain.instrument import SUSUNAN, Aspek, Bagian, Butir, Indikator, Instrumen, Komponen, Rumus, Skala, Soal
from zi_workflow.domain.minimal import Pilih, Simpul, Susunan, Tingkat

HARI = date(2026, 5, 20)
SKALA = {
    "y": Skala("YA_TIDAK", "pilihan", {"Ya": Fraction(1), "Tidak": Fraction(0)}),
    "c": Skala("ABC", "pilihan", {"A": Fraction(1), "B": Fraction(1, 2), "C": Fraction(0)}),
    "d": Skala("ABCD", "pilihan", {"A": Fraction(1), "B": Fraction("0.67"), "C": Fraction("0.33"), "D": Fraction(0)}),
    "#": Skala("INDEKS", "indeks", tertinggi=4),
    "n": Skala("JUMLAH", "jumlah"),
}
NAMA = {"spak": "bersih.spak", "kinerja": "bersih.kinerja", "prima": "prima.spkp"}
LENGKAP = ("pemenuhan 1", "reform 1", "pemenuhan 2", "reform 2", "bersih spak", "bersih kinerja", "prima prima")


def rakit(tabel: str) -> Instrumen:
    """Build an instrument from lines such as ``reform 1 2.5  7d 8/9 10>11!12``: aspect, area (or name), weight, scored items.

    ``7d`` is a question on a scale of SKALA; ``8/9+10`` a ratio of counts, ``10>11!12`` a fall that needs 12 too.
    """
    indikator = [_indikator(nomor, *baris.split()) for nomor, baris in enumerate(tabel.strip().splitlines())]
    komponen = []
    for id_, aspek in SUSUNAN.items():
        isi = tuple(_aspek(a, [i for i in indikator if i.aspek == a]) for a in aspek)
        komponen.append(Komponen(id_, id_, sum((a.bobot for a in isi), Fraction()), isi))
    area = {i.area: f"Area {i.area}" for i in indikator if i.area is not None}
    return Instrumen("uji", "Instrumen uji", HARI, ("Dasar",), (), SKALA, area, tuple(komponen))


def _aspek(id_: str, indikator: Sequence[Indikator]) -> Aspek:
    nomor = sorted({i.area or 0 for i in indikator})
    bagian = []
    for n in nomor:
        isi = tuple(i for i in indikator if (i.area or 0) == n)
        bagian.append(Bagian(n or None, sum((i.bobot for i in isi), Fraction()), isi))
    return Aspek(id_, id_, sum((b.bobot for b in bagian), Fraction()), tuple(bagian))


def _indikator(nomor: int, aspek: str, tempat: str, bobot: str, *butir: str) -> Indikator:
    berarea = tempat.isdecimal()
    semua = [_butir(b) for b in butir]
    soal = [s for b in semua for s in ([b] if isinstance(b, Soal) else [Soal(i, SKALA["n"], f"Jumlah {i}") for i in b.ids])]
    id_ = f"{aspek}.{tempat}.{nomor}" if berarea else NAMA[tempat]
    return Indikator(id_, f"Indikator {nomor}", Fraction(bobot), aspek, int(tempat) if berarea else None, tuple(soal), tuple(semua))


def _butir(teks: str) -> Butir:
    ids = tuple(re.findall(r"\d+", teks))
    if ">" in teks:
        return Rumus("penurunan", {"lalu": ids[:1], "kini": ids[1:2]}, ids, ids, f"Penurunan {teks}")
    if "/" in teks:
        atas, bawah = (tuple(bagian.split("+")) for bagian in teks.split("/"))
        return Rumus("rasio", {"pembilang": atas, "penyebut": bawah}, ids, ids, f"Rasio {teks}")
    return Soal(ids[0], SKALA[teks[-1]], f"Soal {teks}")


def aturan(*gerbang: tuple[str, str]) -> Definisi:
    """Return the shipped definition with only these score gates: (component, threshold); ``>= 3 atau survei >= 3.6`` names a survey."""
    return replace(definisi(), syarat=tuple(_syarat(nomor, *satu) for nomor, satu in enumerate(gerbang)))


def _syarat(nomor: int, komponen: str, ambang: str) -> Syarat:
    nilai, _, survei = ambang.partition(" atau survei ")
    jenis = NilaiAtauSurvei(komponen, komponen.upper(), "0") if survei else Nilai(komponen)
    batas = BandingGanda(_banding(nilai), _banding(survei)) if survei else _banding(nilai)
    masa = Masa(date(2024, 1, 1), None, ("Dasar uji",), ("D8",), batas, ambang)
    return Syarat(f"G{nomor}.{komponen}", ("usulkan",), f"Gerbang {komponen}", jenis, "kota", "tpi", "", (masa,))


def _banding(teks: str) -> Banding:
    tanda, angka = teks.split()
    return Banding(tanda, Decimal(angka))


# ------------------------------------------------------------------------------------------------------ carrying changes out


def terapkan(
    instrumen: Instrumen, jawaban: Mapping[str, object], dinilai: Mapping[str, object], perubahan: Iterable[Perubahan]
) -> tuple[dict[str, object], dict[str, object]]:
    """Return answers and judged values after the changes, counts that were missing filled in so that they just do what was asked."""
    isi, nilai = dict(jawaban), dict(dinilai)
    for u in perubahan:
        butir = instrumen.butir[u.butir]
        if u.cara == "jawaban":
            isi[u.butir] = u.ke
        elif isinstance(butir, Rumus) and u.cara == "jumlah":
            _jumlah(butir, isi, u)
        elif isinstance(butir, Rumus):
            assert isinstance(u.ke, Fraction)
            _isi(butir, isi, u.ke if u.cara == "isi" else None)
            if u.cara == "dinilai":
                nilai = {k: v for k, v in nilai.items() if k not in butir.ids}
                nilai[u.butir] = {"nilai": f"{float(u.ke):.2f}", "alasan": "alasan uji"}
    return isi, nilai


def _jumlah(rumus: Rumus, isi: dict[str, object], u: Perubahan) -> None:
    assert isinstance(u.dari, int)
    assert isinstance(u.ke, int)
    assert u.soal == rumus.peran["kini" if rumus.jenis == "penurunan" else "pembilang"]
    assert u.dari == sum(int(str(isi[s])) for s in u.soal)
    selisih = u.ke - u.dari
    for s in u.soal:
        lama = int(str(isi[s]))
        isi[s] = max(0, lama + selisih)
        selisih -= int(str(isi[s])) - lama


def _isi(rumus: Rumus, isi: dict[str, object], persen: Fraction | None) -> None:
    """Fill the missing counts in, 1 or 100 of what is divided by; with a percentage, the moving count is set to reach it."""
    gerak, penyebut = ("kini", "lalu") if rumus.jenis == "penurunan" else ("pembilang", "penyebut")
    for s in rumus.perlu:
        if s not in isi:
            isi[s] = 1 if persen is None else 100 if s in rumus.peran[penyebut] else 0
    if persen is not None:
        bawah = sum(int(str(isi[s])) for s in rumus.peran[penyebut])
        capai = ceil(persen * bawah)
        for s in rumus.peran[gerak]:
            isi[s] = 0
        isi[rumus.peran[gerak][0]] = bawah - capai if rumus.jenis == "penurunan" else capai


# ------------------------------------------------------------------------------------------------------- trying everything


def semua_susunan(tingkat: Sequence[Tingkat]) -> Iterator[tuple[Susunan, int, int]]:
    """Yield every choice of levels with its steps and gain."""
    for pilih in product(*(range(-1, len(t)) for t in tingkat)):
        susunan = tuple(Pilih(b, t) for b, t in enumerate(pilih) if t >= 0)
        yield susunan, sum(tingkat[b][t][0] for b, t in susunan), sum(tingkat[b][t][1] for b, t in susunan)


def lolos(pohon: Simpul, tingkat: Sequence[Tingkat], susunan: Susunan) -> bool:
    """Say whether a choice reaches every target of a tree."""
    isi = isi_pohon(pohon)
    naik = sum(tingkat[b][t][1] for b, t in susunan if b in isi)
    return naik >= pohon.perlu and all(lolos(a, tingkat, susunan) for a in pohon.anak)


def isi_pohon(pohon: Simpul) -> set[int]:
    """Return the items under a node."""
    return set(pohon.butir).union(*(isi_pohon(a) for a in pohon.anak))
