"""What it would take to pass: for every failing score gate the smallest sets of better answers, and one set for all.

Smallest means the fewest items; among those come first the fewest steps, then the least overshoot, then the instrument's
order. The search is exact. Points are whole multiples of one unit (the least common denominator of all gains), so that
sums are sums of integers; ``minimal`` then looks at every combination, merging equal sums and leaving out only what an
admissible bound excludes. Offered sets are therefore proven minimal, and counted, not found by a heuristic.

A formula is searched in quarters (one step each). Once a set is chosen, its counts and percentages are lowered, in the
instrument's order, to the least that still passes with the rest of the set; overshoot is compared before that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor, lcm

from zi_workflow.domain.changes import Perubahan, calon
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.formulas import Jawaban
from zi_workflow.domain.gates import PALING_SEDIKIT, Gerbang, PerluIndeks, gerbang_skor, memuat, perlu_indeks
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.domain.minimal import Simpul, Susunan, Tingkat, semua_terkecil, terkecil
from zi_workflow.domain.scoring import Dinilai, Skor, nilai

BANYAK_BAWAAN = 5
BATAS_HITUNG = 1000
"""How far sets are counted."""

INDEKS, BOBOT, TANDA = "indeks", "bobot", "tanda"
"""Why answers cannot mend a gate: only indices can, nothing can, or its threshold is none that a higher score meets."""

_NOL = Fraction(0)


@dataclass(frozen=True, slots=True)
class Pilihan:
    """One set of better answers and the score that the gate's component then has."""

    perubahan: tuple[Perubahan, ...]
    jenjang: int
    nilai_sesudah: Fraction


@dataclass(frozen=True, slots=True)
class JalanGerbang:
    """A failing gate: the smallest sets that pass it, cheapest first, or why there are none and what the indices owe.

    There are ``banyaknya`` smallest sets, or, where ``lebih``, more than that.
    """

    gerbang: Gerbang
    pilihan: tuple[Pilihan, ...] = ()
    banyaknya: int = 0
    lebih: bool = False
    tidak_bisa: str | None = None
    indeks: PerluIndeks | None = None


@dataclass(frozen=True, slots=True)
class Sekaligus:
    """The smallest set that passes all of ``gerbang`` at once; among the smallest, one that brings the most points.

    ``sesudah``: the score of each of the failing gates with that set; ``sisa``: the gates that it leaves failing.
    """

    gerbang: tuple[str, ...]
    perubahan: tuple[Perubahan, ...]
    jenjang: int
    sesudah: Mapping[str, Fraction]
    sisa: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jalan:
    """The way to a predikat. ``sekaligus`` is None where answers can mend no failing gate."""

    predikat: str
    tanggal: date
    skor: Skor
    lulus: tuple[Gerbang, ...]
    gagal: tuple[JalanGerbang, ...]
    sekaligus: Sekaligus | None


def jalan(
    definisi: Definisi,
    instrumen: Instrumen,
    jawaban: Jawaban,
    dinilai: Dinilai,
    predikat: str,
    tanggal: date,
    banyak: int = BANYAK_BAWAAN,
    survei: Mapping[str, Fraction] | None = None,
) -> Jalan:
    """Find what passes the score gates of ``predikat`` in force on ``tanggal``; up to ``banyak`` sets for each gate.

    ``survei``: scores of internal surveys on file by name, which may stand in for an index (D16).

    Raises:
        MasukanSalah: The definition has no such predikat.
        NilaiTidakBerlaku: A gate has no threshold on that date.
    """
    skor = nilai(instrumen, jawaban, dinilai)
    semua = gerbang_skor(definisi, instrumen, skor, predikat, tanggal, survei or {})
    pencari = _Pencari(instrumen, jawaban, dinilai, semua)
    gagal = tuple(pencari.satu(g, banyak) for g in semua if not g.terpenuhi)
    sekaligus = pencari.sekaligus([j.gerbang for j in gagal if j.tidak_bisa is None])
    return Jalan(predikat, tanggal, skor, tuple(g for g in semua if g.terpenuhi), gagal, sekaligus)


class _Pencari:
    """The candidates of one assessment, with their gains as whole numbers of ``1 / satuan`` points."""

    def __init__(self, instrumen: Instrumen, jawaban: Jawaban, dinilai: Dinilai, gerbang: Sequence[Gerbang]) -> None:
        self.instrumen, self.jawaban, self.gerbang = instrumen, jawaban, gerbang
        self.calon = calon(instrumen, jawaban, dinilai)
        naik = [[(s, c.tambahan(v)) for s, v in c.tingkat] for c in self.calon]
        self.satuan = lcm(*(g.denominator for satu in naik for _, g in satu))
        self.tingkat: list[Tingkat] = [[(s, int(g * self.satuan)) for s, g in satu] for satu in naik]
        self._anggota = {k: frozenset(i for i, c in enumerate(self.calon) if memuat(k, c.indikator)) for k in {g.komponen for g in gerbang}}

    def anggota(self, gerbang: Gerbang) -> frozenset[int]:
        """Return the candidates that count in the gate's component."""
        return self._anggota[gerbang.komponen]

    def perlu(self, gerbang: Gerbang) -> int:
        """Return the least whole gain that passes the gate."""
        kurang = gerbang.poin_kurang * self.satuan
        return floor(kurang) + 1 if gerbang.ketat else ceil(kurang)

    def satu(self, gerbang: Gerbang, banyak: int) -> JalanGerbang:
        """Find the smallest sets for one failing gate."""
        if gerbang.ambang.tanda not in PALING_SEDIKIT:
            return JalanGerbang(gerbang, tidak_bisa=TANDA)
        isi = sorted(self.anggota(gerbang))
        cacah = semua_terkecil([self.tingkat[i] for i in isi], self.perlu(gerbang), banyak, BATAS_HITUNG)
        if not cacah.banyaknya:
            kurang = gerbang.poin_kurang - sum((self.calon[i].tambahan(self.calon[i].tingkat[-1][1]) for i in isi), _NOL)
            indeks = perlu_indeks(self.instrumen, self.jawaban, gerbang.komponen, kurang, ketat=gerbang.ketat)
            return JalanGerbang(gerbang, tidak_bisa=INDEKS if indeks else BOBOT, indeks=indeks)
        pilihan = tuple(self._pilihan(gerbang, [(isi[b], t) for b, t in susunan]) for susunan in cacah.pilihan)
        return JalanGerbang(gerbang, pilihan, cacah.banyaknya, cacah.lebih)

    def _pilihan(self, gerbang: Gerbang, susunan: Sequence[tuple[int, int]]) -> Pilihan:
        ubah = self._ubah(susunan, [gerbang])
        jenjang = sum(p.jenjang for p in ubah.values())
        return Pilihan(tuple(ubah.values()), jenjang, gerbang.sesudah(self._tambahan(gerbang, ubah)))

    def sekaligus(self, gerbang: Sequence[Gerbang]) -> Sekaligus | None:
        """Find the smallest set for several gates; of gates that cross others, the ones with fewer candidates are left out."""
        if not gerbang:
            return None
        dipakai: list[Gerbang] = []
        for satu in sorted(gerbang, key=lambda g: -len(self.anggota(g))):
            if all(_bersarang(self.anggota(satu), self.anggota(lain)) for lain in dipakai):
                dipakai.append(satu)
        susunan = [p for pohon in self._hutan(dipakai) for p in self._terkecil(pohon)]
        ubah = self._ubah(sorted(susunan), dipakai)
        sesudah = {g.id: g.sesudah(self._tambahan(g, ubah)) for g in self.gerbang}
        return Sekaligus(
            gerbang=tuple(g.id for g in gerbang if g in dipakai),
            perubahan=tuple(ubah.values()),
            jenjang=sum(p.jenjang for p in ubah.values()),
            sesudah={g.id: sesudah[g.id] for g in self.gerbang if not g.terpenuhi},
            sisa=tuple(g.id for g in self.gerbang if not g.dipenuhi(sesudah[g.id])),
        )

    def _terkecil(self, pohon: Simpul) -> Susunan:
        """Return the smallest set of a tree, which there is: raising everything passes each of its gates."""
        return terkecil(pohon, self.tingkat) or ()

    def _hutan(self, gerbang: Sequence[Gerbang]) -> tuple[Simpul, ...]:
        """Nest the gates, given largest first. Trees share no candidate, so each has its own smallest set."""
        if not gerbang:
            return ()
        luar, *lain = gerbang
        isi = self.anggota(luar)
        dalam = [g for g in lain if self.anggota(g) <= isi]
        sendiri = isi.difference(*(self.anggota(g) for g in dalam))
        pohon = Simpul(self.perlu(luar), tuple(sorted(sendiri)), self._hutan(dalam))
        return (pohon, *self._hutan([g for g in lain if g not in dalam]))

    def _ubah(self, susunan: Sequence[tuple[int, int]], gerbang: Sequence[Gerbang]) -> dict[int, Perubahan]:
        """Write the choice down as changes, each count and percentage as low as the gates allow, one after the other."""
        hasil = {i: self.calon[i].ubah(*self.calon[i].tingkat[t]) for i, t in susunan}
        for i, t in susunan:
            satu = self.calon[i]
            if satu.penyebut:
                jenjang, dulu = satu.tingkat[t]
                terkait = [g for g in gerbang if i in self.anggota(g)]
                cukup = [satu.paling_kecil(dulu, self._tambahan(g, hasil) - g.poin_kurang, ketat=g.ketat) for g in terkait]
                hasil[i] = satu.ubah(jenjang, max(cukup))
        return hasil

    def _tambahan(self, gerbang: Gerbang, ubah: Mapping[int, Perubahan]) -> Fraction:
        isi = self.anggota(gerbang)
        return sum((p.tambahan for i, p in ubah.items() if i in isi), _NOL)


def _bersarang(a: frozenset[int], b: frozenset[int]) -> bool:
    """Say whether two sets are apart or one holds the other."""
    return a.isdisjoint(b) or a <= b or a >= b
