"""What the ministry's workbook shows for the answers in it, faults included: the model behind reconciliation.

The workbook averages only what is answered; an indicator without any answer is ``#DIV/0!`` up to the total, an empty survey
index ``#VALUE!``; a row whose scale cell is none of its scales is skipped; LHKPN stands for LHKASN too. Each row of the model
carries its value and the reasons (``Alasan``) for which it may differ from ours. Values are exact; errors travel upwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from zi_workflow.domain.cells import Lembar
from zi_workflow.domain.instrument import Butir, Indikator, Instrumen
from zi_workflow.domain.layout import Kelompok, TataLetak
from zi_workflow.domain.sheetcells import (
    BUKAN_ANGKA,
    NOL_BAGI,
    Alasan,
    GalatSel,
    Hitungan,
    Isi,
    alasan_bobot,
    angka_sel,
    galat_dari,
    isi_sel,
    sama_isi,
    timpa,
)
from zi_workflow.domain.sheetitems import SoalBuku, baris_butir

_RENTANG = re.compile(r"[A-Z]+([1-9][0-9]{0,4}):[A-Z]+([1-9][0-9]{0,4})")
_JUMLAH = re.compile(r"SUM\(([A-Z0-9,]+)\)|([A-Z]+[0-9]+)")


@dataclass(frozen=True, slots=True)
class BarisModel:
    """One row: what the workbook's own formulas give, the reasons found on it, and the rows that it is made of."""

    baris: int
    nilai: Isi
    alasan: tuple[Alasan, ...]
    dari: tuple[int, ...] = ()


class ModelBuku:
    """The ministry's sheet, recalculated exactly. ``baris`` maps row numbers to their model, details before totals."""

    def __init__(self, lembar: Lembar, tata: TataLetak, instrumen: Instrumen) -> None:
        """Keep the sheet; nothing is calculated before ``baris`` is asked for."""
        self.lembar = lembar
        self.tata = tata
        self.instrumen = instrumen
        self.kolom = tata.kolom
        self.soal = SoalBuku(lembar, tata, instrumen)

    @cached_property
    def baris(self) -> Mapping[int, BarisModel]:
        """All rows that the workbook totals: indicators, groups, areas, aspects, totals."""
        hasil: dict[int, BarisModel] = {}
        for indikator in self.instrumen.indikator:
            satu = self._indikator(indikator)
            hasil[satu.baris] = satu
        for kelompok in self.tata.kelompok:
            hasil[kelompok.baris] = self._kelompok(kelompok, hasil)
        for baris, anak in susunan(self.lembar, self.tata, self.instrumen):
            hasil[baris] = self._jumlah(baris, anak, hasil)
        return hasil

    # ------------------------------------------------------------------------------------------------- indicators

    def _indikator(self, indikator: Indikator) -> BarisModel:
        baris = self.tata.indikator[indikator.id]
        langsung = self.soal.butir.get(baris)
        if langsung is not None:
            return self._tertulis(
                baris, self._langsung(indikator, langsung, baris), lambda rumus: self.soal.rumus_langsung(langsung, baris, rumus)
            )
        akhir = max(*(baris_butir(self.tata, b) for b in indikator.butir), *(self.tata.soal[s.id] for s in indikator.soal))
        nilai = self.kolom["nilai"]
        awal = f"{nilai}{baris + 1}"
        rentang = {f"{awal}:{nilai}{akhir}"} | ({awal} if akhir == baris + 1 else set())
        utuh = {f"AVERAGE({r})*{self.kolom['bobot']}{baris}" for r in rentang}
        return self._tertulis(baris, self._rata(indikator, baris, akhir), lambda rumus: rumus in utuh)

    def _langsung(self, indikator: Indikator, butir: Butir, baris: int) -> Hitungan:
        """Return an indicator whose one question stands on its own row: the value times the weight, an error when there is none."""
        satu = self.soal.hitung(butir)
        if satu.nilai is not None:
            return self._dikali(baris, satu, indikator.bobot)
        sel = f"{self.kolom['jawaban']}{baris}"
        kosong = Alasan("indeks_kosong", (sel,), f"{sel} kosong; rumus buku kerja mengalikannya dan memberi {BUKAN_ANGKA}")
        alasan = [kosong if a.kode == "kosong" else a for a in satu.alasan]
        return self._dikali(baris, Hitungan(GalatSel(BUKAN_ANGKA), alasan), indikator.bobot)

    def _rata(self, indikator: Indikator, baris: int, akhir: int) -> Hitungan:
        """Return AVERAGE over the rows below that have a number, times the weight."""
        semua = [self.soal.rinci(b) for b in range(baris + 1, akhir + 1)]
        alasan = [a for h in semua for a in h.alasan]
        rata = _rata_rata(h.nilai for h in semua)
        if rata is None:
            tempat = f"{self.kolom['nilai']}{baris}"
            tanpa = Alasan("tanpa_jawaban", (tempat,), f"tidak ada jawaban yang terhitung di indikator {tempat}; rata-ratanya {NOL_BAGI}")
            rata, alasan = GalatSel(NOL_BAGI), [tanpa, *(a for a in alasan if a.kode != "kosong")]
        return self._dikali(baris, Hitungan(rata, alasan), indikator.bobot)

    def _dikali(self, baris: int, hitungan: Hitungan, bobot: Fraction) -> Hitungan:
        """Multiply by the weight cell. What a text is worth there depends on the program's language: its figure stands."""
        alasan = [*hitungan.alasan, *alasan_bobot(self.lembar, self.kolom["bobot"], baris, bobot)]
        tertulis = angka_sel(self.lembar.ambil(self.kolom["bobot"], baris)) or Fraction()
        if not isinstance(hitungan.nilai, Fraction):
            return Hitungan(hitungan.nilai, alasan)
        if isinstance(tertulis, GalatSel):
            return Hitungan(isi_sel(self.lembar.ambil(self.kolom["nilai"], baris)), alasan)
        return Hitungan(hitungan.nilai * tertulis, alasan)

    # ------------------------------------------------------------------------------------------------- sums

    def _kelompok(self, kelompok: Kelompok, hasil: Mapping[int, BarisModel]) -> BarisModel:
        """Return a row over several indicators, as the workbook averages the cells that its formula names."""
        cocok = _RENTANG.search(kelompok.rumus)
        anggota = [self.tata.indikator[i] for i in kelompok.anggota]
        baris = range(int(cocok[1]), int(cocok[2]) + 1) if cocok else [self.tata.indikator[i] for i in kelompok.dihitung]
        rata = _rata_rata(hasil[b].nilai if b in hasil else self.soal.rinci(b).nilai for b in baris)
        total = sum((i.bobot for i in self.instrumen.indikator if i.id in kelompok.anggota), Fraction())
        hitungan = Hitungan(GalatSel(NOL_BAGI) if rata is None else rata)
        semua = _tambah(hasil[b].nilai for b in anggota)
        if not sama_isi(hitungan.nilai, semua / total if isinstance(semua, Fraction) else semua):
            hitungan.alasan = self._luput(kelompok)
        hitungan = self._dikali(kelompok.baris, hitungan, total)
        return self._tertulis(kelompok.baris, hitungan, lambda rumus: rumus == kelompok.rumus, tuple(anggota))

    def _luput(self, kelompok: Kelompok) -> list[Alasan]:
        """Say which members the workbook's formula leaves out."""
        nama = {i.id: i.nama for i in self.instrumen.indikator}
        luput = [nama[i] for i in kelompok.anggota if i not in kelompok.dihitung]
        if not luput:
            return []
        sel = f"{self.kolom['nilai']}{kelompok.baris}"
        dihitung = f"{nama[kelompok.dihitung[0]]} {len(kelompok.dihitung)} kali"
        return [Alasan("kelompok", (sel,), f"{sel} menghitung {dihitung} dan tidak menghitung {', '.join(luput)}")]

    def _jumlah(self, baris: int, anak: tuple[int, ...], hasil: Mapping[int, BarisModel]) -> BarisModel:
        harap = sorted(f"{self.kolom['nilai']}{b}" for b in anak)
        jumlah = Hitungan(_tambah(hasil[b].nilai for b in anak))
        if baris in self.tata.komponen.values() and hasil[anak[0]].nilai is None:  # a text is repeated as it is, an empty cell as 0
            jumlah = Hitungan(isi_sel(self.lembar.ambil(self.kolom["nilai"], baris)))
        return self._tertulis(baris, jumlah, lambda rumus: sorted(_dijumlahkan(rumus)) == harap, anak)

    def _tertulis(self, baris: int, hitungan: Hitungan, utuh: Callable[[str], bool], dari: tuple[int, ...] = ()) -> BarisModel:
        akhir = timpa(self.lembar, self.kolom["nilai"], baris, hitungan, utuh)
        return BarisModel(baris, akhir.nilai, tuple(akhir.alasan), dari)


def susunan(lembar: Lembar, tata: TataLetak, instrumen: Instrumen) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each sum with the rows that it adds: areas, aspects, components, the total; last what repeats a component on top."""
    ringkasan: list[int] = []
    for komponen in instrumen.komponen:
        aspek_baris: list[int] = []
        for aspek in komponen.aspek:
            anak: list[int] = []
            for bagian in aspek.bagian:
                isi = _anggota(tata, [i.id for i in bagian.indikator])
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
    for nama, baris in tata.komponen.items():
        if not lembar.ambil(tata.kolom["nilai"], baris).kosong:
            yield baris, (tata.ringkasan[nama],)


def _anggota(tata: TataLetak, indikator: Sequence[str]) -> tuple[int, ...]:
    """Return the rows that an area adds: a group's own row stands for its members."""
    kelompok = {a: k.baris for k in tata.kelompok for a in k.anggota}
    return tuple(dict.fromkeys(kelompok.get(i, tata.indikator[i]) for i in indikator))


def _rata_rata(nilai: Iterable[Isi]) -> Isi:
    """Return AVERAGE: the numbers only, an error stays one; None where there is no number."""
    semua = list(nilai)
    ada = [n for n in semua if isinstance(n, Fraction)]
    return galat_dari(semua) or (sum(ada, Fraction()) / len(ada) if ada else None)


def _tambah(nilai: Iterable[Isi]) -> Isi:
    """Return SUM: the numbers only, an error stays one."""
    semua = list(nilai)
    return galat_dari(semua) or sum((n for n in semua if isinstance(n, Fraction)), Fraction())


def _dijumlahkan(rumus: str) -> list[str]:
    """Return the cells that a sum adds up, or the one cell that a formula repeats; empty for any other formula."""
    cocok = _JUMLAH.fullmatch(rumus)
    return (cocok[1] or cocok[2]).split(",") if cocok else []
