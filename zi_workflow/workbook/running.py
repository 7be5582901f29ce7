"""The running score inside our workbook: formulas that follow our rules (D8 to D10), each with the value that we computed.

Unanswered counts as 0 and stays in the average; percentages are capped; a denominator of 0 is unanswered until TPI has
typed a value with a reason; the formulas read only the sheet's own cells and call only functions that every spreadsheet has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from zi_workflow.domain.instrument import INDEKS, JUMLAH_MAKS, Indikator, Rumus, Soal, baca_jumlah
from zi_workflow.domain.scoring import Skor, bulatkan, nilai_butir
from zi_workflow.workbook.content import IsiLembar
from zi_workflow.workbook.labels import ASPEK, BAGIAN, KOMPONEN, RINGKASAN, susun_baris

BELUM = "-"
"""What a cell shows that has no value yet."""
_BATAS_ARGUMEN = 200
_DESIMAL_MAKS = 13

Tersimpan: TypeAlias = "Fraction | int | str"


@dataclass(frozen=True, slots=True)
class SelRumus:
    """A formula without its ``=``, and its value."""

    rumus: str
    nilai: Tersimpan


class Penghitung:
    """The formulas of one sheet. ``semua`` maps cells such as ``L8`` to formulas; ``skor`` holds the figures that are cached."""

    def __init__(self, isi: IsiLembar) -> None:
        """Score the answers once."""
        self.isi = isi
        self.tata = isi.tata_letak
        self.skor: Skor = isi.skor()
        self.jawaban: Mapping[str, object] = isi.penilaian.jawaban
        self._sel: dict[str, SelRumus] = {}

    def semua(self) -> Mapping[str, SelRumus]:
        """Return every formula of the sheet."""
        for indikator in self.isi.instrumen.indikator:
            self._indikator(indikator)
        for kelompok in self.tata.kelompok:
            self._jumlah(kelompok.baris, [self.tata.indikator[a] for a in kelompok.anggota])
        for bagian, baris in self._bagian():
            self._jumlah(baris, bagian)
        return self._sel

    def nilai_baris(self, baris: int) -> Tersimpan:
        """Return what the score cell of a row shows."""
        return self._sel[self.sel("nilai", baris)].nilai

    def sel(self, peran: str, baris: int) -> str:
        """Return the cell of a row by the role of its column."""
        return f"{self.tata.kolom[peran]}{baris}"

    def jawaban_di(self, soal: Iterable[str]) -> list[str]:
        """Return the answer cells of questions."""
        return [self.sel("jawaban", self.tata.soal[s]) for s in soal]

    def _bagian(self) -> list[tuple[list[int], int]]:
        """Return what each row of the tree adds up, the innermost first; filled from the labels' own tree."""
        urut = (BAGIAN, ASPEK, RINGKASAN, KOMPONEN)
        baris = [b for b in susun_baris(self.isi.instrumen, self.tata) if b.jenis in urut]
        return [(list(b.sumber), b.baris) for b in sorted(baris, key=lambda b: (urut.index(b.jenis), b.baris))]

    def _taruh(self, peran: str, baris: int, rumus: str, nilai: Tersimpan) -> None:
        self._sel[self.sel(peran, baris)] = SelRumus(rumus, nilai)

    def _jumlah(self, baris: int, dari: list[int]) -> None:
        nilai = sum((n for n in (self.nilai_baris(d) for d in dari) if isinstance(n, Fraction)), Fraction())
        self._taruh("nilai", baris, rumus_jumlah(self.sel("nilai", d) for d in dari), nilai)

    def _indikator(self, indikator: Indikator) -> None:
        """Average the items, the missing ones as 0, times the weight; items that have a row of their own are calculated there."""
        baris = self.tata.indikator[indikator.id]
        suku: list[str] = []
        for butir in indikator.butir:
            rumus = self._persen(butir) if isinstance(butir, Rumus) else self._soal(butir)
            letak = self.tata.rumus[butir.kunci].baris if isinstance(butir, Rumus) else self.tata.soal[butir.id]
            if letak == baris:
                suku.append(rumus.replace(f'"{BELUM}"', "0"))
            else:
                nilai = nilai_butir(butir, self.jawaban, self.isi.dinilai)
                self._taruh("nilai", letak, rumus, BELUM if nilai is None else nilai)
                suku.append(self.sel("nilai", letak))
        bobot = self.sel("bobot", baris)
        self._taruh("nilai", baris, f"{rumus_jumlah(suku)}/{len(suku)}*{bobot}", self.skor.indikator[indikator.id].nilai)

    def _soal(self, soal: Soal) -> str:
        sel = self.sel("jawaban", self.tata.soal[soal.id])
        if soal.skala.jenis == INDEKS:
            maks = soal.skala.tertinggi
            return f'IF(ISNUMBER({sel}),IF(AND({sel}>=0,{sel}<={maks}),{sel}/{maks},"{BELUM}"),"{BELUM}")'
        hasil = f'"{BELUM}"'
        for pilihan, nilai in reversed(list(soal.skala.nilai.items())):
            hasil = f'IF({sel}="{pilihan}",{tulis(nilai)},{hasil})'
        return hasil

    def _persen(self, rumus: Rumus) -> str:
        """Put the percentage into the answer cell of its row; return what the score cell makes of it."""
        letak = self.tata.rumus[rumus.kunci]
        if letak.jumlah is not None:
            self._penyebut(rumus, letak.jumlah)
        ada = f"AND({','.join(_bulat(s) for s in self.jawaban_di(rumus.perlu))})"
        nilai = nilai_butir(rumus, self.jawaban, self.isi.dinilai)
        sendiri = self._sendiri(letak.baris)
        persen = _RUMUS[rumus.jenis]({p: rumus_jumlah(self.jawaban_di(ids)) for p, ids in rumus.peran.items()}, sendiri)
        self._taruh("jawaban", letak.baris, f'IF({ada},{persen},"{BELUM}")', BELUM if nilai is None else nilai)
        sel = self.sel("jawaban", letak.baris)
        return f'IF(ISNUMBER({sel}),{sel},"{BELUM}")'

    def _sendiri(self, baris: int) -> str:
        """Return the judged value's formula; a unit's workbook has none."""
        if not self.isi.tpi:
            return f'"{BELUM}"'
        nilai, alasan = self.sel("dinilai", baris), self.sel("alasan", baris)
        sah = f"AND({nilai}>=0,{nilai}<=1,LEN(TRIM({alasan}))>0)"
        return f'IF(ISNUMBER({nilai}),IF({sah},{nilai},"{BELUM}"),"{BELUM}")'

    def _penyebut(self, rumus: Rumus, baris: int) -> None:
        """Show the sum of the denominator's parts."""
        bagian = rumus.peran["penyebut"]
        sel = self.jawaban_di(bagian)
        isi = [baca_jumlah(self.jawaban.get(s)) for s in bagian]
        nilai: Tersimpan = BELUM if None in isi else sum(n or 0 for n in isi)
        self._taruh("jawaban", baris, f'IF(AND({",".join(_bulat(s) for s in sel)}),{rumus_jumlah(sel)},"{BELUM}")', nilai)


def menunggu_nilai(hitung: Penghitung, rumus: Rumus) -> str:
    """Return a condition that holds while a percentage waits for TPI's own value: all counts there, the denominator 0."""
    letak = hitung.tata.rumus[rumus.kunci]
    ada = ",".join(_bulat(s) for s in hitung.jawaban_di(rumus.perlu))
    return f'=AND({ada},{hitung.sel("jawaban", letak.baris)}="{BELUM}")'


def rumus_jumlah(sel: Iterable[str], fungsi: str = "SUM") -> str:
    """Return a sum over cells, in portions that every spreadsheet accepts; texts count as 0."""
    semua = list(sel)
    bagian = [semua[i : i + _BATAS_ARGUMEN] for i in range(0, len(semua), _BATAS_ARGUMEN)]
    teks = "+".join(f"{fungsi}({','.join(b)})" for b in bagian)
    return f"({teks})" if len(bagian) > 1 else teks


def tulis(nilai: Fraction) -> str:
    """Return an exact number as a formula says it: a decimal where it is one, else a quotient."""
    tempat = next((t for t in range(_DESIMAL_MAKS) if (10**t) % nilai.denominator == 0), None)
    return f"{nilai.numerator}/{nilai.denominator}" if tempat is None else bulatkan(nilai, tempat)


def _bulat(sel: str) -> str:
    """Return a condition that holds for a count: a whole number within its range."""
    return f"IF(ISNUMBER({sel}),AND({sel}>=0,{sel}<={JUMLAH_MAKS},{sel}=INT({sel})),FALSE)"


def _rasio(jumlah: Mapping[str, str], sendiri: str) -> str:
    return f"IF({jumlah['penyebut']}=0,{sendiri},MIN(1,{jumlah['pembilang']}/{jumlah['penyebut']}))"


def _penurunan(jumlah: Mapping[str, str], sendiri: str) -> str:
    lalu, kini = jumlah["lalu"], jumlah["kini"]
    return f"IF({lalu}=0,IF({kini}=0,1,{sendiri}),MAX(0,({lalu}-{kini})/{lalu}))"


_RUMUS = {"rasio": _rasio, "penurunan": _penurunan}
