"""The instrument's tree as rows of a sheet: what stands in which row, with its number, its text and its weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import takewhile

from zi_workflow.domain.instrument import INDEKS, JUMLAH, PILIHAN, Aspek, Bagian, Butir, Indikator, Instrumen, Rumus, Soal
from zi_workflow.domain.layout import PERSEN, TataLetak
from zi_workflow.domain.scoring import bulatkan

KOMPONEN, ASPEK, BAGIAN, KELOMPOK, INDIKATOR, SOAL, RUMUS, PENYEBUT, RINGKASAN = (
    "komponen",
    "aspek",
    "bagian",
    "kelompok",
    "indikator",
    "soal",
    "persen",
    "penyebut",
    "ringkasan",
)
_ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Baris:
    """One row. ``kolom``: the column of its number, the text is in the next one; ``anggota``: what it belongs to or adds up."""

    baris: int
    jenis: str
    kolom: str
    nomor: str
    teks: str
    bobot: Fraction | None = None
    skala: str = ""
    penjelasan: str = ""
    soal: Soal | None = None
    rumus: Rumus | None = None
    sumber: tuple[int, ...] = field(default=())


def susun_baris(instrumen: Instrumen, tata: TataLetak) -> list[Baris]:
    """Return all rows of the sheet from top to bottom; a question that is its indicator's only row stands there once, with the weight."""
    return sorted(_Pohon(instrumen, tata).semua(), key=lambda b: b.baris)


class _Pohon:
    """Walks the tree and gives each row its text."""

    def __init__(self, instrumen: Instrumen, tata: TataLetak) -> None:
        self.instrumen = instrumen
        self.tata = tata

    def semua(self) -> Iterator[Baris]:
        tata = self.tata
        for n, komponen in enumerate(self.instrumen.komponen):
            ringkas = tata.ringkasan[komponen.id]
            yield Baris(
                tata.komponen[komponen.id], KOMPONEN, "B", f"{_huruf(n).upper()}.", komponen.nama, komponen.bobot, sumber=(ringkas,)
            )
            for m, aspek in enumerate(komponen.aspek):
                yield from self._aspek(m, aspek)
            sumber = tuple(tata.aspek[a.id] for a in komponen.aspek)
            yield Baris(ringkas, RINGKASAN, "B", "", f"Jumlah {komponen.nama.lower()}", komponen.bobot, sumber=sumber)
        bobot = sum((k.bobot for k in self.instrumen.komponen), Fraction())
        sumber = tuple(tata.ringkasan[k.id] for k in self.instrumen.komponen)
        yield Baris(tata.ringkasan["total"], RINGKASAN, "B", "", "Nilai LKE", bobot, sumber=sumber)

    def _aspek(self, nomor: int, aspek: Aspek) -> Iterator[Baris]:
        sumber = [b for bagian in aspek.bagian for b in self._sumber(aspek, bagian)]
        yield Baris(self.tata.aspek[aspek.id], ASPEK, "C", f"{_ROMAWI[nomor]}.", aspek.nama, aspek.bobot, sumber=tuple(sumber))
        for bagian in aspek.bagian:
            if bagian.nomor is not None:
                nama = self.instrumen.area[bagian.nomor]
                baris = self.tata.bagian[f"{aspek.id}.{bagian.nomor}"]
                yield Baris(baris, BAGIAN, "D", f"{bagian.nomor}.", nama, bagian.bobot, sumber=self._atas(bagian))
            yield from self._kelompok(bagian)
            for n, indikator in enumerate(bagian.indikator):
                yield from self._indikator(n, indikator)

    def _sumber(self, aspek: Aspek, bagian: Bagian) -> tuple[int, ...]:
        """Return the rows that an aspect adds up for one of its parts."""
        return self._atas(bagian) if bagian.nomor is None else (self.tata.bagian[f"{aspek.id}.{bagian.nomor}"],)

    def _atas(self, bagian: Bagian) -> tuple[int, ...]:
        """Return the rows right below a part: its indicators, or the group that stands over several of them."""
        kelompok = {anggota: k.baris for k in self.tata.kelompok for anggota in k.anggota}
        return tuple(dict.fromkeys(kelompok.get(i.id, self.tata.indikator[i.id]) for i in bagian.indikator))

    def _kelompok(self, bagian: Bagian) -> Iterator[Baris]:
        for kelompok in self.tata.kelompok:
            anggota = [i for i in bagian.indikator if i.id in kelompok.anggota]
            if anggota:
                nama = _awalan_sama([i.nama for i in anggota])
                bobot = sum((i.bobot for i in anggota), Fraction())
                sumber = tuple(self.tata.indikator[i.id] for i in anggota)
                yield Baris(kelompok.baris, KELOMPOK, "E", f"{_akhir(kelompok.id, 2)}.", nama, bobot, sumber=sumber)

    def _indikator(self, nomor: int, indikator: Indikator) -> Iterator[Baris]:
        baris = self.tata.indikator[indikator.id]
        kolom, sebut = ("D", _huruf(nomor)) if indikator.area is None else ("E", _akhir(indikator.id, 2))
        satu = [s for s in indikator.soal if self.tata.soal[s.id] == baris]
        if satu:
            yield self._soal(satu[0], kolom, f"{sebut}.", indikator.bobot)
            return
        yield Baris(baris, INDIKATOR, kolom, f"{sebut}.", indikator.nama, indikator.bobot, sumber=self._butir(indikator))
        for n, butir in enumerate(indikator.butir):
            sebut = f"{_huruf(n)}." if len(indikator.butir) > 1 else "-"
            yield from self._satu_butir(butir, sebut)

    def _butir(self, indikator: Indikator) -> tuple[int, ...]:
        """Return the rows whose values an indicator averages."""
        return tuple(self.tata.rumus[b.kunci].baris if isinstance(b, Rumus) else self.tata.soal[b.id] for b in indikator.butir)

    def _satu_butir(self, butir: Butir, sebut: str) -> Iterator[Baris]:
        if isinstance(butir, Soal):
            yield self._soal(butir, "F", sebut)
            return
        letak = self.tata.rumus[butir.kunci]
        tulisan = self.tata.tulisan[PERSEN]
        yield Baris(letak.baris, RUMUS, "F", sebut, butir.uraian, skala=tulisan, penjelasan=self._cara(butir), rumus=butir)
        if letak.jumlah is not None:
            jumlah = self.tata.tulisan[self.instrumen.soal[butir.kunci].skala.id]
            teks = "Jumlah seluruhnya, dihitung dari rinciannya"
            yield Baris(letak.jumlah, PENYEBUT, "F", "", teks, skala=jumlah, rumus=butir)
        for id_ in butir.ids:
            yield self._soal(self.instrumen.soal[id_], "F", "")

    def _soal(self, soal: Soal, kolom: str, sebut: str, bobot: Fraction | None = None) -> Baris:
        teks = f"– {soal.uraian}" if soal.skala.jenis == JUMLAH else soal.uraian
        tulisan = self.tata.tulisan[soal.skala.id]
        return Baris(self.tata.soal[soal.id], SOAL, kolom, sebut, teks, bobot, tulisan, cara_menjawab(soal), soal)

    def _cara(self, rumus: Rumus) -> str:
        """Say how a percentage comes about."""
        sebut = {peran: _tambah([self.instrumen.soal[s].uraian for s in ids]) for peran, ids in rumus.peran.items()}
        if rumus.jenis == "rasio":
            hitung = f"Dihitung sendiri: {sebut['pembilang']} ÷ {sebut['penyebut']}, paling banyak 100%."
        else:
            hitung = f"Dihitung sendiri: ({sebut['lalu']} − {sebut['kini']}) ÷ {sebut['lalu']}, paling sedikit 0%; 100% bila keduanya 0."
        return f"{hitung} Bila pembaginya 0, TPI menilai sendiri."


def _tambah(uraian: Sequence[str]) -> str:
    """Return the sum of several figures in words, in brackets where it is one."""
    return f"({' + '.join(uraian)})" if len(uraian) > 1 else "".join(uraian)


def nomor_soal(soal: Soal | None) -> int | str | None:
    """Return the soal_id, as a number where it is one."""
    return None if soal is None else int(soal.id) if soal.id.isdecimal() else soal.id


def cara_menjawab(soal: Soal) -> str:
    """Say what earns which answer: the official criteria where the edition has them, else the scale."""
    if soal.kriteria:
        return soal.kriteria
    skala = soal.skala
    if skala.jenis == PILIHAN and soal.pilihan:
        return "\n".join(f"{p}: {soal.pilihan[p]}" for p in skala.nilai if p in soal.pilihan)
    if skala.jenis == PILIHAN:
        return "; ".join(f"{p} = {_desimal(n)}" for p, n in skala.nilai.items())
    if skala.jenis == INDEKS:
        return f"Indeks survei 0 sampai {skala.tertinggi}; nilainya indeks ÷ {skala.tertinggi}."
    return "Bilangan bulat; tulis 0 bila tidak ada."


def _desimal(nilai: Fraction) -> str:
    teks = bulatkan(nilai)
    return teks.rstrip("0").rstrip(".").replace(".", ",")


def _awalan_sama(nama: Sequence[str]) -> str:
    """Return the words with which all names begin, as a name for all of them."""
    sama = takewhile(lambda huruf: len(set(huruf)) == 1, zip(*nama, strict=False))
    return "".join(h[0] for h in sama).rpartition(" ")[0].rstrip(" ,:;-(/") or "Gabungan"


def _huruf(nomor: int) -> str:
    """Return a, b, … z, aa, ab and so on."""
    return (_huruf(nomor // 26 - 1) if nomor >= 26 else "") + chr(97 + nomor % 26)  # noqa: PLR2004 - letters of the alphabet


def _akhir(id_: str, mulai: int) -> str:
    """Return what names an indicator inside its area: iii.a of reform.5.iii.a."""
    return ".".join(id_.split(".")[mulai:])
