"""What the ministry's workbook shows for the answers in it, faults included: the model behind reconciliation.

The workbook averages only what is answered; an indicator without any answer is ``#DIV/0!`` up to the total, an empty survey
index ``#VALUE!``; a row whose scale cell is none of its scales is skipped; LHKPN stands for LHKASN too. Each row of the model
carries its value and the reasons (``Alasan``) for which it may differ from ours. Values are exact; errors travel upwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from zi_workflow.domain.cells import Lembar, Sel
from zi_workflow.domain.formulas import RUMUS
from zi_workflow.domain.instrument import INDEKS, Butir, Indikator, Instrumen, Rumus, Soal
from zi_workflow.domain.layout import BarisRumus, Kelompok, TataLetak
from zi_workflow.domain.recognition import tulisan_sama

NOL_BAGI, BUKAN_ANGKA = "#DIV/0!", "#VALUE!"


@dataclass(frozen=True, slots=True)
class GalatSel:
    """An error that a cell shows."""

    teks: str


Isi: TypeAlias = "Fraction | GalatSel | None"
"""What a cell is worth to the cells above it: a number, an error, or a text that sums and averages pass over."""


@dataclass(frozen=True, slots=True)
class Alasan:
    """Why a row of the workbook differs from ours: ``kode`` from a closed list, the cells concerned, and the sentence."""

    kode: str
    sel: tuple[str, ...]
    kalimat: str


@dataclass(frozen=True, slots=True)
class BarisModel:
    """One row: what the workbook's own formulas give, the reasons found on it, and the rows that it is made of."""

    baris: int
    nilai: Isi
    alasan: tuple[Alasan, ...]
    dari: tuple[int, ...] = ()


@dataclass
class _Hitungan:
    nilai: Isi
    alasan: list[Alasan] = field(default_factory=list)


class ModelBuku:
    """The ministry's sheet, recalculated exactly. ``baris`` maps row numbers to their model, details before totals."""

    def __init__(self, lembar: Lembar, tata: TataLetak, instrumen: Instrumen) -> None:
        """Keep the sheet; nothing is calculated before ``baris`` is asked for."""
        self.lembar = lembar
        self.tata = tata
        self.instrumen = instrumen

    @cached_property
    def baris(self) -> Mapping[int, BarisModel]:
        """All rows that the workbook totals: indicators, groups, areas, aspects, totals."""
        hasil: dict[int, BarisModel] = {}
        for indikator in self.instrumen.indikator:
            satu = self._indikator(indikator)
            hasil[satu.baris] = satu
        for kelompok in self.tata.kelompok:
            hasil[kelompok.baris] = self._kelompok(kelompok, hasil)
        for baris, anak in self._susunan():
            hasil[baris] = self._jumlah(baris, anak, hasil)
        return hasil

    def _susunan(self) -> Iterable[tuple[int, tuple[int, ...]]]:
        """Yield each sum with the rows that it adds: areas, aspects, components, the total."""
        tata = self.tata
        ringkasan: list[int] = []
        for komponen in self.instrumen.komponen:
            aspek_baris: list[int] = []
            for aspek in komponen.aspek:
                anak: list[int] = []
                for bagian in aspek.bagian:
                    isi = self._anggota([i.id for i in bagian.indikator])
                    if bagian.nomor is None:
                        anak += isi
                    else:
                        anak.append(tata.bagian[f"{aspek.id}.{bagian.nomor}"])
                        yield anak[-1], isi
                aspek_baris.append(tata.aspek[aspek.id])
                yield aspek_baris[-1], tuple(anak)
            ringkasan.append(tata.ringkasan[komponen.id])
            yield ringkasan[-1], tuple(aspek_baris)
        yield tata.ringkasan["total"], tuple(ringkasan)

    def _anggota(self, indikator: Sequence[str]) -> tuple[int, ...]:
        """Return the rows that an area adds: a group's own row stands for its members."""
        kelompok = {a: k.baris for k in self.tata.kelompok for a in k.anggota}
        return tuple(dict.fromkeys(kelompok.get(i, self.tata.indikator[i]) for i in indikator))

    # ------------------------------------------------------------------------------------------------- single rows

    def _indikator(self, indikator: Indikator) -> BarisModel:
        baris = self.tata.indikator[indikator.id]
        if any(self.tata.soal.get(b.kunci) == baris for b in indikator.butir):
            isi = self._langsung(indikator, baris)
        else:
            isi = self._rata(indikator, baris)
        return self._tertulis(baris, isi, self._rumus_indikator(indikator, baris))

    def _langsung(self, indikator: Indikator, baris: int) -> _Hitungan:
        """Return an indicator whose one question stands on its own row: the value times the weight, an error when empty."""
        (butir,) = indikator.butir
        satu = self._butir(butir)
        bobot, alasan = self._bobot(indikator.bobot, baris)
        if isinstance(satu.nilai, Fraction):
            return _Hitungan(satu.nilai * bobot, [*satu.alasan, *alasan])
        sel = f"{self.tata.kolom['jawaban']}{baris}"
        kosong = Alasan("indeks_kosong", (sel,), f"{sel} kosong; rumus buku kerja mengalikannya dan memberi {BUKAN_ANGKA}")
        return _Hitungan(GalatSel(BUKAN_ANGKA), [kosong, *alasan])

    def _rata(self, indikator: Indikator, baris: int) -> _Hitungan:
        """Return AVERAGE over the items that have a number, times the weight."""
        semua = [self._butir(b) for b in indikator.butir]
        alasan = [a for h in semua for a in h.alasan]
        galat = next((h.nilai for h in semua if isinstance(h.nilai, GalatSel)), None)
        ada = [h.nilai for h in semua if isinstance(h.nilai, Fraction)]
        bobot, alasan_bobot = self._bobot(indikator.bobot, baris)
        if galat is not None:
            return _Hitungan(galat, [*alasan, *alasan_bobot])
        if not ada:
            tempat = f"{self.tata.kolom['nilai']}{baris}"
            tanpa = Alasan("tanpa_jawaban", (tempat,), f"tidak ada jawaban yang terhitung di indikator {tempat}; rata-ratanya {NOL_BAGI}")
            return _Hitungan(GalatSel(NOL_BAGI), [tanpa, *alasan_bobot])
        return _Hitungan(sum(ada, Fraction()) / len(ada) * bobot, [*alasan, *alasan_bobot])

    def _butir(self, butir: Butir) -> _Hitungan:
        if isinstance(butir, Rumus):
            letak = self.tata.rumus[butir.kunci]
            hitungan = self._persen(butir, letak)
            return self._sel_nilai(letak.baris, self._timpa(self.tata.kolom["jawaban"], letak.baris, hitungan))
        return self._sel_nilai(self.tata.soal[butir.id], self._soal(butir))

    def _soal(self, soal: Soal) -> _Hitungan:
        baris = self.tata.soal[soal.id]
        tempat = f"{self.tata.kolom['jawaban']}{baris}"
        sel = self.lembar.ambil(self.tata.kolom["jawaban"], baris)
        skala = self.lembar.ambil(self.tata.kolom["skala"], baris).nilai
        tulisan = self.tata.tulisan[soal.skala.id]
        if soal.skala.jenis == INDEKS:
            return _Hitungan(Fraction(sel.nilai) / soal.skala.tertinggi) if isinstance(sel.nilai, Decimal) else self._kosong(soal, tempat)
        if not tulisan_sama(skala, tulisan):
            skala_sel = f"{self.tata.kolom['skala']}{baris}"
            kalimat = f"sel skala {skala_sel} berisi '{str(skala)[:40]}', bukan '{tulisan}'; rumusnya melewati soal {soal.id} ({tempat})"
            return _Hitungan(None, [Alasan("skala", (skala_sel,), kalimat)])
        pilihan = {p.casefold(): n for p, n in soal.skala.nilai.items()}
        if isinstance(sel.nilai, str) and sel.nilai.casefold() in pilihan:
            return _Hitungan(pilihan[sel.nilai.casefold()])
        if isinstance(sel.nilai, str) and sel.nilai.strip():
            kalimat = f"{tempat} berisi '{sel.nilai[:20]}' dengan spasi; rumus buku kerja tidak mengenalinya"
            return _Hitungan(None, [Alasan("spasi", (tempat,), kalimat)])
        return self._kosong(soal, tempat)

    def _kosong(self, soal: Soal, tempat: str) -> _Hitungan:
        return _Hitungan(
            None, [Alasan("kosong", (tempat,), f"soal {soal.id} ({tempat}) tidak dijawab; buku kerja mengeluarkannya dari rata-rata")]
        )

    def _persen(self, rumus: Rumus, letak: BarisRumus) -> _Hitungan:
        """Return what the workbook's percentage cell gives from the counts."""
        jumlah = {s: self._jumlah_sel(s) for s in rumus.ids}
        tempat = f"{self.tata.kolom['jawaban']}{letak.baris}"
        kolom = self.tata.kolom["jawaban"]
        alasan: list[Alasan] = []
        diketik: Fraction | None = None
        if letak.jumlah is not None and letak.diketik:
            diketik, alasan = self._wajib_diketik(rumus, letak.jumlah, jumlah)
            perlu = [s for s in letak.perlu if s not in rumus.peran["penyebut"]]
            siap = diketik is not None and all(jumlah[s] is not None for s in perlu)
        else:
            siap = all(jumlah[s] is not None for s in letak.perlu)
            if letak.jumlah is not None and not siap and all(jumlah[s] is not None for s in rumus.peran["pembilang"]):
                kurang = tuple(f"{kolom}{self.tata.soal[s]}" for s in rumus.peran["penyebut"] if jumlah[s] is None)
                kalimat = f"{', '.join(kurang)} kosong, maka {kolom}{letak.jumlah} bukan angka dan {tempat} memberi {BUKAN_ANGKA}"
                return _Hitungan(GalatSel(BUKAN_ANGKA), [Alasan("sebagian", kurang, kalimat)])
        if not siap:
            kurang = tuple(f"{kolom}{self.tata.soal[s]}" for s in letak.perlu if jumlah[s] is None)
            lebih = tuple(s for s in letak.perlu if jumlah[s] is None and s not in rumus.perlu)
            if lebih and all(jumlah[s] is not None for s in rumus.perlu):
                kalimat = f"{', '.join(kurang)} kosong; buku kerja memerlukannya, aturan D9 tidak"
                return _Hitungan(None, [*alasan, Alasan("perlu_lebih", kurang, kalimat)])
            if not kurang:
                return _Hitungan(None, alasan)
            return _Hitungan(None, [*alasan, Alasan("kosong", kurang, f"{', '.join(kurang)} kosong; {tempat} dikeluarkan dari rata-rata")])
        return _Hitungan(*self._hitung(rumus, jumlah, diketik, tempat, alasan))

    def _hitung(
        self, rumus: Rumus, jumlah: Mapping[str, Fraction | None], diketik: Fraction | None, tempat: str, alasan: list[Alasan]
    ) -> tuple[Isi, list[Alasan]]:
        peran = {p: sum((jumlah[s] or Fraction() for s in ids), Fraction()) for p, ids in rumus.peran.items()}
        if diketik is not None:
            peran["penyebut"] = diketik
        utuh = {p: int(n) for p, n in peran.items()}
        nilai = RUMUS[rumus.jenis].hitung(utuh)
        if nilai is None:
            return GalatSel(NOL_BAGI), [*alasan, Alasan("pembagi_nol", (tempat,), f"{tempat} membagi dengan nol dan memberi {NOL_BAGI}")]
        return nilai, alasan

    def _wajib_diketik(self, rumus: Rumus, baris: int, jumlah: Mapping[str, Fraction | None]) -> tuple[Fraction | None, list[Alasan]]:
        """Return the obliged count that the workbook leaves to the hand, with the reason where it is not the sum of its parts."""
        tempat = f"{self.tata.kolom['jawaban']}{baris}"
        isi = self.lembar.ambil(self.tata.kolom["jawaban"], baris).nilai
        diketik = Fraction(isi) if isinstance(isi, Decimal) else None
        bagian = [jumlah[s] for s in rumus.peran["penyebut"]]
        tahu = [b for b in bagian if b is not None]
        if len(tahu) < len(bagian) and diketik is None:
            return None, []
        if diketik == sum(tahu, Fraction()) and len(tahu) == len(bagian):
            return diketik, []
        sebut = "kosong" if diketik is None else f"diketik {diketik}"
        kalimat = f"jumlah wajib lapor {tempat} {sebut}, bukan dijumlahkan dari bagiannya ({sum(tahu, Fraction())})"
        return diketik, [Alasan("wajib_diketik", (tempat,), kalimat)]

    def _jumlah_sel(self, soal: str) -> Fraction | None:
        isi = self.lembar.ambil(self.tata.kolom["jawaban"], self.tata.soal[soal]).nilai
        return Fraction(isi) if isinstance(isi, Decimal) else None

    def _bobot(self, bobot: Fraction, baris: int) -> tuple[Fraction, list[Alasan]]:
        tempat = f"{self.tata.kolom['bobot']}{baris}"
        isi = self.lembar.ambil(self.tata.kolom["bobot"], baris).nilai
        tertulis = Fraction(isi) if isinstance(isi, Decimal) else Fraction()
        if tertulis == bobot:
            return bobot, []
        sebut = str(isi)[:40] if isi is not None else "kosong"
        return tertulis, [Alasan("bobot", (tempat,), f"bobot {tempat} berisi {sebut}, di instrumen {_angka(bobot)}")]

    # ------------------------------------------------------------------------------------------------- sums

    def _kelompok(self, kelompok: Kelompok, hasil: Mapping[int, BarisModel]) -> BarisModel:
        """Return a row over several indicators, as the workbook averages it."""
        bobot_asli = {i.id: i.bobot for i in self.instrumen.indikator}
        dihitung = [hasil[self.tata.indikator[i]].nilai for i in kelompok.dihitung]
        galat = next((n for n in dihitung if isinstance(n, GalatSel)), None)
        total = sum((bobot_asli[i] for i in kelompok.anggota), Fraction())
        bobot, alasan = self._bobot(total, kelompok.baris)
        bagian = [n / bobot_asli[i] for i, n in zip(kelompok.dihitung, dihitung, strict=True) if isinstance(n, Fraction)]
        luput = [i for i in kelompok.anggota if i not in kelompok.dihitung]
        if luput:
            nama = {i.id: i.nama for i in self.instrumen.indikator}
            sel = f"{self.tata.kolom['nilai']}{kelompok.baris}"
            kalimat = (
                f"{sel} menghitung {nama[kelompok.dihitung[0]]} {len(kelompok.dihitung)} kali"
                f" dan tidak menghitung {', '.join(nama[i] for i in luput)}"
            )
            alasan = [Alasan("kelompok", (sel,), kalimat), *alasan]
        nilai: Isi = galat or (sum(bagian, Fraction()) / len(bagian) * bobot)
        dari = tuple(dict.fromkeys(self.tata.indikator[i] for i in (*kelompok.dihitung, *kelompok.anggota)))
        return self._tertulis(kelompok.baris, _Hitungan(nilai, alasan), lambda rumus: rumus == kelompok.rumus, dari)

    def _jumlah(self, baris: int, anak: tuple[int, ...], hasil: Mapping[int, BarisModel]) -> BarisModel:
        nilai = [hasil[b].nilai for b in anak]
        galat = next((n for n in nilai if isinstance(n, GalatSel)), None)
        jumlah: Isi = galat or sum((n for n in nilai if isinstance(n, Fraction)), Fraction())
        harap = {f"{self.tata.kolom['nilai']}{b}" for b in anak}
        return self._tertulis(baris, _Hitungan(jumlah), lambda rumus: _isi_sum(rumus) == harap, anak)

    # ------------------------------------------------------------------------------------------------- what was typed over

    def _sel_nilai(self, baris: int, hitungan: _Hitungan) -> _Hitungan:
        """Return the value cell of a question: its formula's, or what was typed over it."""
        return self._timpa(self.tata.kolom["nilai"], baris, hitungan, self._rumus_soal)

    def _tertulis(self, baris: int, hitungan: _Hitungan, utuh: Callable[[str], bool], dari: tuple[int, ...] = ()) -> BarisModel:
        akhir = self._timpa(self.tata.kolom["nilai"], baris, hitungan, utuh)
        return BarisModel(baris, akhir.nilai, tuple(akhir.alasan), dari)

    def _timpa(self, kolom: str, baris: int, hitungan: _Hitungan, utuh: Callable[[str], bool] | None = None) -> _Hitungan:
        """Let what stands in the cell win over its formula: a typed value, or what another formula gave."""
        sel = self.lembar.ambil(kolom, baris)
        tempat = f"{kolom}{baris}"
        if sel.rumus is None:
            sebut = "kosong" if sel.kosong else f"diketik {str(sel.nilai)[:20]}"
            alasan = Alasan("diketik", (tempat,), f"{tempat} seharusnya rumus, isinya {sebut}")
            return _Hitungan(_isi(sel), [alasan])
        if utuh is not None and not utuh(_rapikan(sel.rumus)):
            alasan = Alasan("rumus", (tempat,), f"rumus {tempat} diubah: {sel.rumus[:60]}")
            return _Hitungan(_isi(sel), [alasan])
        return hitungan

    @cached_property
    def _baku(self) -> str:
        """The formula that most questions share, row numbers aside: the sheet's own way to value an answer."""
        kolom = self.tata.kolom["nilai"]
        semua = [(self.lembar.ambil(kolom, b).rumus, b) for b in self.tata.soal.values()]
        hitung = Counter(_tanpa_baris(_rapikan(r), b) for r, b in semua if r is not None)
        return hitung.most_common(1)[0][0] if hitung else ""

    def _rumus_soal(self, rumus: str) -> bool:
        baris = re.search(r"[A-Z]([0-9]+)", rumus)
        return baris is not None and _tanpa_baris(rumus, int(baris[1])) in self._bentuk_soal

    @cached_property
    def _bentuk_soal(self) -> frozenset[str]:
        k = self.tata.kolom
        indeks = {f'IF({k["jawaban"]}#="","BlmDiisi",{k["jawaban"]}#/{s.tertinggi})*{k["bobot"]}#' for s in self.instrumen.skala.values()}
        return frozenset({self._baku, f"{self._baku}*{k['bobot']}#", *indeks})

    def _rumus_indikator(self, indikator: Indikator, baris: int) -> Callable[[str], bool]:
        """Return the check of an indicator's formula: the average over the rows below it, times its weight."""
        letak = [self.tata.soal[s.id] for s in indikator.soal]
        letak += [self.tata.rumus[b.kunci].baris for b in indikator.butir if isinstance(b, Rumus)]
        if baris in letak:
            return self._rumus_soal
        nilai, bobot = self.tata.kolom["nilai"], self.tata.kolom["bobot"]
        pola = re.compile(rf"AVERAGE\({nilai}{baris + 1}(:{nilai}{max(letak)})?\)\*{bobot}{baris}")
        return lambda rumus: pola.fullmatch(rumus) is not None


def _isi(sel: Sel) -> Isi:
    if sel.galat:
        return GalatSel(str(sel.nilai))
    return Fraction(sel.nilai) if isinstance(sel.nilai, Decimal) else None


def _rapikan(rumus: str) -> str:
    return rumus.replace("$", "").replace(" ", "").replace("\n", "")


def _tanpa_baris(rumus: str, baris: int) -> str:
    return re.sub(rf"(?<![A-Z0-9])([A-Z]{{1,2}}){baris}(?![0-9])", r"\1#", rumus)


def _isi_sum(rumus: str) -> set[str]:
    cocok = re.fullmatch(r"SUM\(([A-Z0-9,;]+)\)", rumus)
    return set(re.split("[,;]", cocok[1])) if cocok else set()


def _angka(nilai: Fraction) -> str:
    return format(Decimal(nilai.numerator) / Decimal(nilai.denominator), "f")
