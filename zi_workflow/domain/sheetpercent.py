"""The percentages of the ministry's workbook: what its own formulas make of the counts, and why that may differ from ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from zi_workflow.domain.cells import Lembar
from zi_workflow.domain.formulas import RUMUS
from zi_workflow.domain.instrument import Rumus
from zi_workflow.domain.layout import BarisRumus, TataLetak
from zi_workflow.domain.sheetcells import BUKAN_ANGKA, NOL_BAGI, Alasan, GalatSel, Hitungan, Isi, angka_sel, galat_dari, tampak, timpa

_BILA_KOSONG = re.compile(r'IF\(OR\(([^()]*)\),"[^"]*",(.*)\)')


class PersenBuku:
    """One percentage of one sheet."""

    def __init__(self, lembar: Lembar, tata: TataLetak, rumus: Rumus) -> None:
        """Read the counts; nothing is calculated yet."""
        self.lembar = lembar
        self.rumus = rumus
        self.letak: BarisRumus = tata.rumus[rumus.kunci]
        self.kolom = tata.kolom["jawaban"]
        self.tempat = f"{self.kolom}{self.letak.baris}"
        self.sel: Mapping[str, str] = {s: f"{self.kolom}{tata.soal[s]}" for s in rumus.ids}
        self.jumlah: Mapping[str, Isi] = {s: angka_sel(lembar.ambil(self.kolom, tata.soal[s])) for s in rumus.ids}

    def hitung(self) -> Hitungan:
        """Return what the percentage cell is worth: a number, an error, or the text that it shows while a count is empty."""
        return timpa(self.lembar, self.kolom, self.letak.baris, self._rumus(), self._utuh)

    def _rumus(self) -> Hitungan:
        penyebut = self._penyebut()
        alasan = penyebut.alasan
        if any(self.jumlah[s] is None for s in self._perlu) or penyebut.nilai is None:
            return Hitungan(None, [*(a for a in alasan if a.kode != "sebagian"), *self._kosong(penyebut)])
        peran = {p: _tambah(self.jumlah[s] for s in ids) for p, ids in self.rumus.peran.items()}
        if self.letak.jumlah is not None:
            peran["penyebut"] = penyebut.nilai
        teks = tuple(t for s, t in self.sel.items() if isinstance(self.jumlah[s], GalatSel))
        if teks:
            kalimat = f"{', '.join(teks)} berisi spasi atau teks, bukan angka; bagi rumus buku kerja sel itu tidak kosong"
            alasan = [*alasan, Alasan("spasi", teks, kalimat)]
        return self._bagi(peran, alasan)

    def _bagi(self, peran: Mapping[str, Isi], alasan: list[Alasan]) -> Hitungan:
        """Divide. A count typed by hand may be a fraction; a percentage stays the same over a common denominator."""
        galat = galat_dari(peran.values())
        if galat is not None:
            return Hitungan(galat, alasan)
        angka = {p: n for p, n in peran.items() if isinstance(n, Fraction)}
        kpk = lcm(*(n.denominator for n in angka.values()))
        nilai = RUMUS[self.rumus.jenis].hitung({p: int(n * kpk) for p, n in angka.items()})
        if nilai is None:
            bagi = Alasan("pembagi_nol", (self.tempat,), f"{self.tempat} membagi dengan nol dan memberi {NOL_BAGI}")
            return Hitungan(GalatSel(NOL_BAGI), [*alasan, bagi])
        return Hitungan(nilai, alasan)

    @property
    def _perlu(self) -> list[str]:
        """Return the counts that the percentage cell itself looks at: not the parts of a denominator that has a cell of its own."""
        bagian = () if self.letak.jumlah is None else self.rumus.peran["penyebut"]
        return [s for s in self.letak.perlu if s not in bagian]

    def _kosong(self, penyebut: Hitungan) -> list[Alasan]:
        """Say which cells are empty, and whether our rules need them at all."""
        kurang = self._tanpa_isi(self.letak.perlu)
        if not self._tanpa_isi(self.rumus.perlu):
            if not kurang:
                return []
            return [Alasan("perlu_lebih", kurang, f"{', '.join(kurang)} kosong; buku kerja memerlukannya, aturan D9 tidak")]
        if not kurang or penyebut.alasan and not self._tanpa_isi(self._perlu):
            return []
        return [Alasan("kosong", kurang, f"{', '.join(kurang)} kosong; {self.tempat} dikeluarkan dari rata-rata")]
