"""The percentages of the ministry's workbook: what its own formulas make of the counts, and why that may differ from ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from zi_workflow.domain.cells import Lembar
from zi_workflow.domain.formulas import RUMUS
from zi_workflow.domain.instrument import Rumus
from zi_workflow.domain.layout import TataLetak
from zi_workflow.domain.sheetcells import (
    BUKAN_ANGKA,
    NOL_BAGI,
    Alasan,
    GalatSel,
    Hitungan,
    Isi,
    angka_sel,
    galat_dari,
    sama_isi,
    tampak,
    timpa,
)

_BILA_KOSONG = re.compile(r'IF\(OR\(([^()]*)\),"[^"]*",(.*)\)')
_BENTUK: Mapping[str, str] = {
    "rasio": "IF({pembilang}/{penyebut}>1,1,{pembilang}/{penyebut})",
    "penurunan": "IF(AND({lalu}=0,{kini}=0),1,IF(({lalu}-{kini})/{lalu}<0,0,({lalu}-{kini})/{lalu}))",
}
"""How the workbook writes each kind of formula, by the cells of its roles."""


class PersenBuku:
    """One percentage of one sheet."""

    def __init__(self, lembar: Lembar, tata: TataLetak, rumus: Rumus) -> None:
        """Read the counts; nothing is calculated yet."""
        self.lembar = lembar
        self.rumus = rumus
        self.letak = tata.rumus[rumus.kunci]
        self.kolom = tata.kolom["jawaban"]
        self.tempat = f"{self.kolom}{self.letak.baris}"
        self.sel: Mapping[str, str] = {s: f"{self.kolom}{tata.soal[s]}" for s in rumus.ids}
        self.cacah: Mapping[str, Isi] = {s: angka_sel(lembar.ambil(self.kolom, tata.soal[s])) for s in rumus.ids}
        self.bagian = () if self.letak.jumlah is None else rumus.peran["penyebut"]
        self.perlu = tuple(s for s in self.letak.perlu if s not in self.bagian)

    def hitung(self) -> Hitungan:
        """Return what the percentage cell is worth: a number, an error, or None for the text that it shows while a count is empty."""
        return timpa(self.lembar, self.kolom, self.letak.baris, self._persen(), self._utuh)

    def _persen(self) -> Hitungan:
        if self._kosong(self.perlu):
            return Hitungan(None, [self._kurang()])
        peran = {p: _tambah(self.cacah[s] for s in ids) for p, ids in self.rumus.peran.items()}
        alasan: list[Alasan] = []
        if self.letak.jumlah is not None:
            penyebut = self._diketik(self.letak.jumlah) if self.letak.diketik else self._dijumlahkan(self.letak.jumlah)
            if penyebut.nilai is None:
                return penyebut
            peran["penyebut"] = penyebut.nilai
            alasan = penyebut.alasan
        teks = tuple(t for s, t in self.sel.items() if isinstance(self.cacah[s], GalatSel))
        if teks:
            kalimat = f"{', '.join(teks)} berisi spasi atau teks, bukan angka; bagi rumus buku kerja sel itu tidak kosong"
            alasan = [*alasan, Alasan("spasi", teks, kalimat)]
        return self._bagi(peran, alasan)

    def _bagi(self, peran: Mapping[str, Isi], alasan: list[Alasan]) -> Hitungan:
        """Divide. What is typed by hand may be a fraction: over a common denominator the percentage stays the same."""
        galat = galat_dari(peran.values())
        if galat is not None:
            return Hitungan(galat, alasan)
        angka = {p: n for p, n in peran.items() if isinstance(n, Fraction)}
        kpk = lcm(*(n.denominator for n in angka.values()))
        nilai = RUMUS[self.rumus.jenis].hitung({p: int(n * kpk) for p, n in angka.items()})
        if nilai is None:
            nol = Alasan("pembagi_nol", (self.tempat,), f"{self.tempat} membagi dengan nol dan memberi {NOL_BAGI}")
            return Hitungan(GalatSel(NOL_BAGI), [*alasan, nol])
        return Hitungan(nilai, alasan)

    def _kurang(self) -> Alasan:
        """Say which cells are empty, and whether our rules need them at all."""
        kosong = self._kosong(self.letak.perlu)
        if self._kosong(self.rumus.perlu):
            return Alasan("kosong", kosong, f"{', '.join(kosong)} kosong; {self.tempat} dikeluarkan dari rata-rata")
        return Alasan("perlu_lebih", kosong, f"{', '.join(kosong)} kosong; buku kerja memerlukannya, aturan D9 tidak")

    def _dijumlahkan(self, baris: int) -> Hitungan:
        """Return the denominator that the workbook adds up itself: while a part is empty, a text by which nothing can be divided."""
        kosong = self._kosong(self.bagian)
        tempat = f"{self.kolom}{baris}"
        hitungan = Hitungan(_tambah(self.cacah[s] for s in self.bagian))
        if kosong:
            kalimat = f"{', '.join(kosong)} kosong, maka {tempat} bukan angka dan {self.tempat} memberi {BUKAN_ANGKA}"
            hitungan = Hitungan(GalatSel(BUKAN_ANGKA), [Alasan("sebagian", kosong, kalimat)])
        return timpa(self.lembar, self.kolom, baris, hitungan, self._utuh_jumlah, angka_sel)

    def _diketik(self, baris: int) -> Hitungan:
        """Return the denominator that the workbook leaves to the hand, with the reason where it is not the sum of its parts."""
        tempat = f"{self.kolom}{baris}"
        sel = self.lembar.ambil(self.kolom, baris)
        nilai, jumlah = angka_sel(sel), _tambah(self.cacah[s] for s in self.bagian)
        kosong = self._kosong(self.bagian)
        if nilai is None and kosong:
            return Hitungan(None, [self._kurang()])
        if not kosong and sama_isi(nilai, jumlah):
            return Hitungan(nilai)
        sebut = "kosong" if nilai is None else f"diketik {tampak(sel.nilai)}"
        seharusnya = tampak(jumlah.teks) if isinstance(jumlah, GalatSel) else tampak(jumlah)
        kalimat = f"jumlah wajib lapor {tempat} {sebut}, bukan dijumlahkan dari bagiannya ({seharusnya})"
        if kosong:
            kalimat = f"jumlah wajib lapor {tempat} {sebut}, padahal {', '.join(kosong)} kosong; tanpa itu di sini dihitung 0 (tafsir D10)"
        return Hitungan(nilai, [Alasan("wajib_diketik", (tempat, *kosong), kalimat)])

    def _kosong(self, soal: Iterable[str]) -> tuple[str, ...]:
        """Return the cells of those counts that are empty."""
        return tuple(self.sel[s] for s in soal if self.cacah[s] is None)

    def _utuh(self, rumus: str) -> bool:
        """Say whether the percentage cell still has the formula of its kind."""
        peran = {p: "+".join(self.sel[s] for s in ids) for p, ids in self.rumus.peran.items()}
        dilihat = {self.sel[s] for s in self.perlu}
        if self.letak.jumlah is not None:
            peran["penyebut"] = f"{self.kolom}{self.letak.jumlah}"
            dilihat.add(peran["penyebut"])
        return _bila_terisi(rumus, dilihat, _BENTUK[self.rumus.jenis].format(**peran))

    def _utuh_jumlah(self, rumus: str) -> bool:
        sel = [self.sel[s] for s in self.bagian]
        return _bila_terisi(rumus, set(sel), "+".join(sel))


def _bila_terisi(rumus: str, sel: set[str], hasil: str) -> bool:
    """Say whether a formula gives ``hasil`` where none of the cells is empty, else a text."""
    cocok = _BILA_KOSONG.fullmatch(rumus)
    return cocok is not None and set(cocok[1].split(",")) == {f'{s}=""' for s in sel} and cocok[2] == hasil


def _tambah(bagian: Iterable[Isi]) -> Fraction | GalatSel:
    """Add up as ``+`` does: nothing counts as 0, an error stays one."""
    semua = list(bagian)
    return galat_dari(semua) or sum((n for n in semua if isinstance(n, Fraction)), Fraction())
