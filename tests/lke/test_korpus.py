"""What LibreOffice made of the ministry's workbook, recorded by scripts/lke_libreoffice.py: the model and the scores still agree.

The corpus holds answers and figures only. The sheet around them is put together from the layout.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import definisi
from zi_workflow.domain.cells import Lembar, Sel
from zi_workflow.domain.instrument import JUMLAH, Instrumen, Rumus
from zi_workflow.domain.layout import PERSEN, TataLetak
from zi_workflow.domain.reconcile import TOLERANSI, Rekonsiliasi, cocokkan
from zi_workflow.domain.scoring import Skor, nilai

BERKAS = Path(__file__).parent / "korpus_libreoffice.jsonl"
TERDAFTAR = frozenset(
    {"kosong", "tanpa_jawaban", "indeks_kosong", "pembagi_nol", "sebagian", "skala", "kelompok", "wajib_diketik", "perlu_lebih", "turunan"}
)


def _baris() -> list[str]:
    return BERKAS.read_text(encoding="utf-8").splitlines()


@cache
def _alat() -> tuple[Instrumen, TataLetak]:
    aturan = definisi()
    assert aturan.instrumen is not None
    assert aturan.lembaran is not None
    return aturan.instrumen, aturan.lembaran.kementerian


def _jawaban(kepala: dict[str, Any], isi: dict[str, Any]) -> dict[str, str | int]:
    instrumen, _ = _alat()
    pasang = zip(kepala["soal"], isi["jawaban"].split("|"), strict=True)
    return {s: int(j) if instrumen.soal[s].skala.jenis == JUMLAH else j for s, j in pasang if j}


def _rumus(instrumen: Instrumen, tata: TataLetak) -> Iterator[tuple[int, str]]:
    """Yield the formulas of the value column, as the ministry's sheet has them."""
    for soal, baris in tata.soal.items():
        bobot = f"*H{baris}" if baris in tata.indikator.values() else ""
        indeks = instrumen.soal[soal].skala.tertinggi
        yield baris, f'IF(K{baris}="","Blm Diisi",K{baris}/4)*H{baris}' if indeks else f"IF(J{baris},K{baris}){bobot}"
    for letak in tata.rumus.values():
        yield letak.baris, f"IF(J{letak.baris},K{letak.baris})"
    for indikator in instrumen.indikator:
        baris = tata.indikator[indikator.id]
        isi = [tata.soal[s.id] for s in indikator.soal]
        isi += [tata.rumus[b.kunci].baris for b in indikator.butir if isinstance(b, Rumus)]
        if baris not in isi:
            yield baris, f"AVERAGE(L{baris + 1}:L{max(isi)})*H{baris}"
    kelompok = {a: k.baris for k in tata.kelompok for a in k.anggota}
    for satu in tata.kelompok:
        yield satu.baris, satu.rumus
    for komponen in instrumen.komponen:
        for aspek in komponen.aspek:
            anak: list[int] = []
            for bagian in aspek.bagian:
                letak_indikator = list(dict.fromkeys(kelompok.get(i.id, tata.indikator[i.id]) for i in bagian.indikator))
                if bagian.nomor is None:
                    anak += letak_indikator
                    continue
                anak.append(tata.bagian[f"{aspek.id}.{bagian.nomor}"])
                yield anak[-1], f"SUM({','.join(f'L{b}' for b in letak_indikator)})"
            yield tata.aspek[aspek.id], f"SUM({','.join(f'L{b}' for b in anak)})"
        yield tata.ringkasan[komponen.id], f"SUM({','.join(f'L{tata.aspek[a.id]}' for a in komponen.aspek)})"
    yield tata.ringkasan["total"], f"SUM({','.join(f'L{tata.ringkasan[k.id]}' for k in instrumen.komponen)})"


def _lembar(kepala: dict[str, Any], isi: dict[str, Any]) -> Lembar:
    instrumen, tata = _alat()
    tersimpan = dict(zip(kepala["baris"], isi["nilai"].split("|"), strict=True))
    sel = {f"L{b}": _sel(tersimpan.get(b, ""), rumus) for b, rumus in _rumus(instrumen, tata)}
    sel |= {f"H{tata.indikator[i.id]}": Sel(_desimal(i.bobot)) for i in instrumen.indikator}
    for kelompok in tata.kelompok:
        bobot = sum((i.bobot for i in instrumen.indikator if i.id in kelompok.anggota), Fraction())
        sel[f"H{kelompok.baris}"] = Sel(_desimal(bobot))
    sel |= {f"J{b}": Sel(tata.tulisan[instrumen.soal[s].skala.id]) for s, b in tata.soal.items()}
    sel["J8"] = Sel("Ya")
    for soal, jawaban in _jawaban(kepala, isi).items():
        huruf = instrumen.soal[soal].skala.nilai
        sel[f"K{tata.soal[soal]}"] = Sel(str(jawaban) if huruf else Decimal(str(jawaban)))
    for letak in tata.rumus.values():
        sel |= {f"K{letak.baris}": Sel(rumus="IF"), f"J{letak.baris}": Sel(tata.tulisan[PERSEN])}
        if letak.jumlah is not None:
            sel[f"K{letak.jumlah}"] = Sel(rumus="IF")
        if letak.diketik and isi["diketik"] is not None:
            sel[f"K{letak.jumlah}"] = Sel(Decimal(isi["diketik"]))
        elif letak.diketik:
            sel.pop(f"K{letak.jumlah}")
    return Lembar(tata.lembar, sel)


def _sel(teks: str, rumus: str) -> Sel:
    galat = teks.startswith("#")
    return Sel(teks if galat else Decimal(teks) if teks else None, rumus, galat)


def _desimal(bobot: Fraction) -> Decimal:
    return Decimal(bobot.numerator) / Decimal(bobot.denominator)


def test_korpus_memuat_paling_sedikit_200_kumpulan() -> None:
    """At least 200 sets, complete and incomplete ones among them."""
    kepala, *semua = (json.loads(b) for b in _baris())
    assert len(semua) >= 200
    terisi = [len(_jawaban(kepala, isi)) for isi in semua]
    assert min(terisi) == 0
    assert max(terisi) == len(kepala["soal"]) == 127


@pytest.mark.parametrize("bagian", range(8))
def test_angka_libreoffice_sama_dengan_model_dan_selisihnya_bernama(bagian: int) -> None:
    """Each recorded figure is what the model gives; where it is not our provisional one, a listed fault of the workbook is named."""
    kepala, *semua = (json.loads(b) for b in _baris())
    instrumen, tata = _alat()
    for isi in semua[bagian::8]:
        skor = nilai(instrumen, _jawaban(kepala, isi), {})
        hasil = cocokkan(_lembar(kepala, isi), tata, instrumen, skor, {})
        assert hasil.dihitung
        assert hasil.sama + len(hasil.selisih) == len(kepala["baris"])
        for satu in hasil.selisih:
            kode = {a.kode for a in satu.alasan}
            assert kode <= TERDAFTAR, (satu.sel, satu.alasan)
            assert kode - {"kosong"} or (isinstance(satu.buku, Fraction) and _dekat(satu.buku, satu.sementara)), satu


def test_tanpa_cacat_lain_angkanya_sementara() -> None:
    """Where nothing but unanswered cells stands in the way, the workbook's areas and totals are our provisional figures."""
    kepala, *semua = (json.loads(b) for b in _baris())
    instrumen, tata = _alat()
    bandingan = 0
    for isi in semua:
        skor: Skor = nilai(instrumen, _jawaban(kepala, isi), {})
        hasil: Rekonsiliasi = cocokkan(_lembar(kepala, isi), tata, instrumen, skor, {})
        cacat = {s.sel for s in hasil.selisih if {a.kode for a in s.alasan} - {"kosong"}}
        tersimpan = dict(zip(kepala["baris"], isi["nilai"].split("|"), strict=True))
        for nama, baris in tata.indikator.items():
            sementara = skor.indikator[nama].sementara
            if f"L{baris}" not in cacat and sementara is not None:
                assert _dekat(Fraction(tersimpan[baris]), sementara), (nama, tersimpan[baris])
                bandingan += 1
    assert bandingan > 5000


def _dekat(satu: Fraction, dua: Fraction | None) -> bool:
    return dua is not None and abs(satu - dua) <= TOLERANSI
