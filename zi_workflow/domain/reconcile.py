"""Reconciliation: each figure that a workbook shows against ours, and the reason where they differ.

What the workbook shows is its cached value; what it should show for its answers is ``sheetmodel``. A difference whose
reasons do not lead from one to the other is said to be unexplained, never explained away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zi_workflow.domain.cells import Lembar, Sel
from zi_workflow.domain.instrument import Instrumen, Rumus
from zi_workflow.domain.layout import TataLetak
from zi_workflow.domain.scoring import Angka, Dinilai, NilaiIndikator, Skor
from zi_workflow.domain.sheetcells import TOLERANSI, Alasan, Isi, alasan_bobot, alasan_timpa, isi_sel, sama_isi, tampak
from zi_workflow.domain.sheetitems import baris_butir
from zi_workflow.domain.sheetmodel import BarisModel, ModelBuku, susunan

__all__ = ["TOLERANSI", "Rekonsiliasi", "Selisih", "cocokkan", "ringkas_alasan"]

_ANGKA_MAKS = 10**9
_TEKS_MAKS = 40


@dataclass(frozen=True, slots=True)
class Selisih:
    """One figure of the workbook that differs from ours.

    ``buku``: the number, or the text that stands there (an error), cut short, or None. ``resmi`` counts unanswered as 0, ``sementara``
    leaves it out (D10); an indicator without any answer has no ``sementara``.
    """

    id: str
    nama: str
    sel: str
    buku: Fraction | str | None
    resmi: Fraction
    sementara: Fraction | None
    alasan: tuple[Alasan, ...]


@dataclass(frozen=True, slots=True)
class Rekonsiliasi:
    """The comparison. ``dihitung`` is False where the workbook carries no totals at all: it was never recalculated."""

    dihitung: bool
    sama: int
    selisih: tuple[Selisih, ...]


def cocokkan(lembar: Lembar, tata: TataLetak, instrumen: Instrumen, skor: Skor, dinilai: Dinilai, *, templat: bool = False) -> Rekonsiliasi:
    """Compare every indicator, area, aspect and total of the ministry's sheet with ours; ``templat``: our own formulas are in it."""
    kolom = tata.kolom["nilai"]
    angka = _angka_kami(lembar, tata, instrumen, skor)
    if all(lembar.ambil(kolom, b).nilai is None for b in angka):
        return Rekonsiliasi(dihitung=False, sama=0, selisih=())
    model = _model_templat(lembar, tata, instrumen, skor) if templat else ModelBuku(lembar, tata, instrumen).baris
    judul = _nama(tata, instrumen)
    sendiri = {} if templat else _baris_dinilai(tata, instrumen, dinilai)
    beda: dict[int, Selisih] = {}
    for baris, (resmi, sementara) in angka.items():
        sel = lembar.ambil(kolom, baris)
        if not sama_isi(isi_sel(sel), resmi):
            alasan = _alasan(model[baris], sel, kolom, beda, sendiri, templat=templat)
            beda[baris] = Selisih(*judul[baris], f"{kolom}{baris}", _buku(sel), resmi, sementara, alasan)
    return Rekonsiliasi(dihitung=True, sama=len(angka) - len(beda), selisih=tuple(beda[b] for b in sorted(beda)))


def _buku(sel: Sel) -> Fraction | str | None:
    """Return what a cell shows; nothing that would fill a screen."""
    if isinstance(sel.nilai, Decimal) and abs(sel.nilai) <= _ANGKA_MAKS:
        return Fraction(sel.nilai)
    return None if sel.nilai is None else tampak(sel.nilai, _TEKS_MAKS)


def _alasan(
    model: BarisModel, sel: Sel, kolom: str, beda: Mapping[int, Selisih], sendiri: Mapping[int, Alasan], *, templat: bool
) -> tuple[Alasan, ...]:
    """Return why a row differs: its own reasons, a stale value, then the rows that it takes its difference from."""
    tempat = f"{kolom}{model.baris}"
    alasan = list(model.alasan)
    if model.baris in sendiri:
        alasan.append(sendiri[model.baris])
    if not sama_isi(isi_sel(sel), model.nilai):
        sebut = "tidak ada" if sel.nilai is None else "lama"
        atau = ", atau rumusnya diubah" if templat else ""
        alasan.append(Alasan("belum_dihitung", (tempat,), f"nilai tersimpan {tempat} {sebut}; buku kerja belum dihitung ulang{atau}"))
    asal = tuple(f"{kolom}{b}" for b in model.dari if b in beda)
    if asal:
        alasan.append(Alasan("turunan", asal, f"selisih dari {', '.join(asal)}"))
    if not alasan:
        alasan.append(Alasan("tak_terjelaskan", (tempat,), "selisih ini belum dapat dijelaskan; periksa rumusnya"))
    return tuple(dict.fromkeys(alasan))


def _model_templat(lembar: Lembar, tata: TataLetak, instrumen: Instrumen, skor: Skor) -> dict[int, BarisModel]:
    """Return what our own workbook shows: our figures, unless one of its locked cells was typed over; sums follow what stands below."""
    kolom = tata.kolom
    hasil: dict[int, BarisModel] = {}
    for indikator in instrumen.indikator:
        baris = tata.indikator[indikator.id]
        rumus = [(kolom["nilai"], b) for b in dict.fromkeys((baris, *(baris_butir(tata, x) for x in indikator.butir)))]
        rumus += [(kolom["jawaban"], tata.rumus[b.kunci].baris) for b in indikator.butir if isinstance(b, Rumus)]
        alasan = [alasan_timpa(f"{k}{b}", sel) for k, b in rumus if (sel := lembar.ambil(k, b)).rumus is None]
        alasan += alasan_bobot(lembar, kolom["bobot"], baris, indikator.bobot)
        nilai: Isi = isi_sel(lembar.ambil(kolom["nilai"], baris)) if alasan else skor.indikator[indikator.id].nilai
        hasil[baris] = BarisModel(baris, nilai, tuple(alasan))
    kelompok = ((k.baris, tuple(tata.indikator[i] for i in k.anggota)) for k in tata.kelompok)
    for baris, anak in (*kelompok, *susunan(lembar, tata, instrumen)):
        sel = lembar.ambil(kolom["nilai"], baris)
        isi = [isi_sel(lembar.ambil(kolom["nilai"], b)) for b in anak]
        nilai = sum((n for n in isi if isinstance(n, Fraction)), Fraction()) if sel.rumus is not None else isi_sel(sel)
        hasil[baris] = BarisModel(baris, nilai, () if sel.rumus is not None else (alasan_timpa(f"{kolom['nilai']}{baris}", sel),), anak)
    return hasil


def _baris_dinilai(tata: TataLetak, instrumen: Instrumen, dinilai: Dinilai) -> dict[int, Alasan]:
    """Return the indicator rows whose official value rests on a judgement that the workbook has no place for."""
    hasil: dict[int, Alasan] = {}
    for indikator in instrumen.indikator:
        soal = [s.id for s in indikator.soal if s.id in dinilai]
        if soal:
            kalimat = f"soal {', '.join(soal)} dinilai TPI (tafsir D10); buku kerja tidak mempunyai tempatnya"
            baris = tata.indikator[indikator.id]
            hasil[baris] = Alasan("dinilai", (f"{tata.kolom['jawaban']}{tata.soal[soal[0]]}",), kalimat)
    return hasil


def _angka_kami(lembar: Lembar, tata: TataLetak, instrumen: Instrumen, skor: Skor) -> dict[int, tuple[Fraction, Fraction | None]]:
    """Return our official and provisional figure of each row, details before totals; what repeats a component where it is filled in."""
    per: Mapping[str, NilaiIndikator] = skor.indikator
    hasil: dict[int, tuple[Fraction, Fraction | None]] = {
        tata.indikator[i.id]: (per[i.id].nilai, per[i.id].sementara) for i in instrumen.indikator
    }
    for kelompok in tata.kelompok:
        semua = [per[i] for i in kelompok.anggota]
        hasil[kelompok.baris] = (sum((n.nilai for n in semua), Fraction()), sum((n.sementara or Fraction() for n in semua), Fraction()))
    for nama, baris in tata.bagian.items():
        aspek, nomor = nama.split(".")
        hasil[baris] = (getattr(skor.area[int(nomor)], aspek), getattr(skor.sementara.area[int(nomor)], aspek))
    ulangan = [(n, b) for n, b in tata.komponen.items() if not lembar.ambil(tata.kolom["nilai"], b).kosong]
    for nama, baris in (*tata.aspek.items(), *tata.ringkasan.items(), *ulangan):
        hasil[baris] = (_komponen(skor, nama), _komponen(skor.sementara, nama))
    return hasil


def _komponen(angka: Angka, nama: str) -> Fraction:
    nilai: Fraction = getattr(angka, nama)
    return nilai


def _nama(tata: TataLetak, instrumen: Instrumen) -> dict[int, tuple[str, str]]:
    """Return the id and the name of each row."""
    hasil = {tata.indikator[i.id]: (i.id, i.nama) for i in instrumen.indikator}
    hasil |= {k.baris: (k.id, " dan ".join(i.nama for i in instrumen.indikator if i.id in k.anggota)) for k in tata.kelompok}
    for komponen in instrumen.komponen:
        hasil[tata.ringkasan[komponen.id]] = (komponen.id, komponen.nama)
        hasil[tata.komponen[komponen.id]] = (komponen.id, f"{komponen.nama} (baris judul)")
        for aspek in komponen.aspek:
            hasil[tata.aspek[aspek.id]] = (aspek.id, aspek.nama)
    for nama, baris in tata.bagian.items():
        hasil[baris] = (nama, instrumen.area[int(nama.split(".")[1])])
    hasil[tata.ringkasan["total"]] = ("total", "Total")
    return hasil


def ringkas_alasan(selisih: Sequence[Selisih]) -> dict[str, int]:
    """Return how often each reason occurs, derived rows aside, most frequent first."""
    hitung: dict[str, int] = {}
    for satu in selisih:
        for alasan in satu.alasan:
            if alasan.kode != "turunan":
                hitung[alasan.kode] = hitung.get(alasan.kode, 0) + 1
    return dict(sorted(hitung.items(), key=lambda p: (-p[1], p[0])))
