"""The value cells of questions in the ministry's workbook: what each adds to its indicator's average, and why that may differ.

A row is valued by one long formula that all questions share; what its scale cell says decides which answers it knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from zi_workflow.domain.cells import Lembar
from zi_workflow.domain.instrument import INDEKS, PILIHAN, Butir, Instrumen, Rumus, Soal
from zi_workflow.domain.layout import PERSEN, TataLetak
from zi_workflow.domain.sheetcells import (
    Alasan,
    GalatSel,
    Hitungan,
    alasan_timpa,
    angka_sel,
    desimal,
    isi_sel,
    rapikan,
    tampak,
    tanpa_baris,
    timpa,
    tulisan_persis,
)
from zi_workflow.domain.sheetpercent import PersenBuku


class SoalBuku:
    """The questions of one sheet."""

    def __init__(self, lembar: Lembar, tata: TataLetak, instrumen: Instrumen) -> None:
        """Keep the sheet; nothing is calculated yet."""
        self.lembar = lembar
        self.tata = tata
        self.instrumen = instrumen
        self.kolom = tata.kolom
        self.butir: Mapping[int, Butir] = {baris_butir(tata, b): b for b in instrumen.butir.values()}

    def rinci(self, baris: int) -> Hitungan:
        """Return what the value cell of a row below an indicator adds to its average."""
        butir = self.butir.get(baris)
        if butir is None:
            return self._bukan_soal(baris)
        return timpa(self.lembar, self.kolom["nilai"], baris, self.hitung(butir), lambda rumus: self._rumus_soal(baris, rumus))

    def _bukan_soal(self, baris: int) -> Hitungan:
        """Return what a count, a sum or an empty row adds to the average: nothing, unless a number stands in its value cell."""
        sel = self.lembar.ambil(self.kolom["nilai"], baris)
        isi = isi_sel(sel)
        if isi is None:
            return Hitungan(None)
        if sel.rumus is None or not self._rumus_soal(baris, rapikan(sel.rumus)):
            return Hitungan(isi, [alasan_timpa(f"{self.kolom['nilai']}{baris}", sel)])
        skala = f"{self.kolom['skala']}{baris}"
        sebut = tampak(self.lembar.ambil(self.kolom["skala"], baris).nilai)
        kalimat = f"sel skala {skala} berisi '{sebut}', padahal baris itu bukan soal; rumusnya ikut menghitung baris itu"
        return Hitungan(isi, [Alasan("skala", (skala,), kalimat)])

    def hitung(self, butir: Butir) -> Hitungan:
        """Return the value of an item, as its row's formula finds it."""
        baris = baris_butir(self.tata, butir)
        if isinstance(butir, Rumus):
            return self._menurut_skala(baris, PERSEN, "persentase", PersenBuku(self.lembar, self.tata, butir).hitung())
        if butir.skala.jenis == INDEKS:
            return self._indeks(butir, baris)
        return self._menurut_skala(baris, butir.skala.id, f"soal {butir.id}", self._pilihan(butir, baris))

    def _menurut_skala(self, baris: int, skala: str, sebut: str, hitungan: Hitungan) -> Hitungan:
        """Pass over a row that has a value where its scale cell says anything but the scale; under another scale an error stays one."""
        sel = self.lembar.ambil(self.kolom["skala"], baris)
        tulisan = self.tata.tulisan[skala]
        dibaca = self.tata.tulisan.values() if isinstance(hitungan.nilai, GalatSel) else (tulisan,)
        if hitungan.nilai is None or any(tulisan_persis(sel, t) for t in dibaca):
            return hitungan
        tempat = f"{self.kolom['skala']}{baris}"
        isi = "kosong" if sel.nilai is None else f"berisi '{tampak(sel.nilai)}'"
        kalimat = f"sel skala {tempat} {isi}, bukan '{tulisan}'; rumusnya melewati {sebut} ({self.kolom['jawaban']}{baris})"
        return Hitungan(None, [Alasan("skala", (tempat,), kalimat)])

    def _indeks(self, soal: Soal, baris: int) -> Hitungan:
        isi = angka_sel(self.lembar.ambil(self.kolom["jawaban"], baris))
        if isinstance(isi, Fraction):
            return Hitungan(isi / soal.skala.tertinggi)
        if isi is None:
            return self._kosong(soal, baris)
        tempat = f"{self.kolom['jawaban']}{baris}"
        return Hitungan(
            isi, [Alasan("spasi", (tempat,), f"{tempat} berisi spasi atau teks, bukan angka; rumusnya memberi {tampak(isi.teks)}")]
        )

    def _pilihan(self, soal: Soal, baris: int) -> Hitungan:
        isi = self.lembar.ambil(self.kolom["jawaban"], baris).nilai
        pilihan = {p.casefold(): n for p, n in soal.skala.nilai.items()}
        if not isinstance(isi, str) or not isi.strip():
            return self._kosong(soal, baris)
        if isi.casefold() in pilihan:
            return Hitungan(pilihan[isi.casefold()])
        tempat = f"{self.kolom['jawaban']}{baris}"
        kalimat = f"{tempat} berisi '{isi[:20]}', tidak persis salah satu pilihan (periksa spasi); rumus buku kerja melewatinya"
        return Hitungan(None, [Alasan("spasi", (tempat,), kalimat)])

    def _kosong(self, soal: Soal, baris: int) -> Hitungan:
        tempat = f"{self.kolom['jawaban']}{baris}"
        kalimat = f"soal {soal.id} ({tempat}) tidak dijawab; buku kerja mengeluarkannya dari rata-rata"
        return Hitungan(None, [Alasan("kosong", (tempat,), kalimat)])

    @cached_property
    def _baku(self) -> str:
        """The formula that most questions share, row numbers aside: the sheet's own way to value an answer."""
        semua = ((self.lembar.ambil(self.kolom["nilai"], b).rumus, b) for b in self.tata.soal.values())
        hitung = Counter(tanpa_baris(rapikan(r), b) for r, b in semua if r is not None)
        return next((bentuk for bentuk, _ in hitung.most_common() if self._menilai(bentuk)), "")

    def _menilai(self, bentuk: str) -> bool:
        """Say whether a formula values every scale as the instrument does, so that a fault filled down is not taken for the rule."""
        skala, jawaban = self.kolom["skala"], self.kolom["jawaban"]
        bagian = [f'IF({skala}#="{self.tata.tulisan[PERSEN]}",IF({jawaban}#="",']
        for satu in (s for s in self.instrumen.skala.values() if s.jenis == PILIHAN):
            pilihan = "".join(f'IF({jawaban}#="{p}",{desimal(n):f},' for p, n in satu.nilai.items())
            bagian.append(rapikan(f'IF({skala}#="{self.tata.tulisan[satu.id]}",{pilihan}'))
        return bentuk.startswith(f"IF({skala}#=") and bentuk.endswith(")") and all(b in bentuk for b in bagian)

    def _rumus_soal(self, baris: int, rumus: str) -> bool:
        return tanpa_baris(rumus, baris) == self._baku

    def rumus_langsung(self, butir: Butir, baris: int, rumus: str) -> bool:
        """Say whether a question that is its own indicator still has its formula, times the weight."""
        bentuk, jawaban, bobot = tanpa_baris(rumus, baris), self.kolom["jawaban"], self.kolom["bobot"]
        if isinstance(butir, Soal) and butir.skala.jenis == INDEKS:
            pola = rf'IF\({jawaban}#="","[^"]*",{jawaban}#/{butir.skala.tertinggi}\)\*{bobot}#'
            return re.fullmatch(pola, bentuk) is not None
        return bentuk == f"{self._baku}*{bobot}#"


def baris_butir(tata: TataLetak, butir: Butir) -> int:
    """Return the row of a scored item."""
    return tata.rumus[butir.kunci].baris if isinstance(butir, Rumus) else tata.soal[butir.id]
