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
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.domain.layout import TataLetak
from zi_workflow.domain.scoring import Angka, Dinilai, NilaiIndikator, Skor
from zi_workflow.domain.sheetmodel import Alasan, BarisModel, GalatSel, Isi, ModelBuku

TOLERANSI = Fraction(1, 10**9)
"""A workbook calculates in binary floating point: what differs by less is the same figure."""


@dataclass(frozen=True, slots=True)
class Selisih:
    """One figure of the workbook that differs from ours.

    ``buku``: the number, or the error's text, or None where there is none. ``resmi`` counts unanswered as 0, ``sementara``
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
    angka = _angka_kami(tata, instrumen, skor)
    if templat:
        model: Mapping[int, BarisModel] = {b: BarisModel(b, resmi, ()) for b, (resmi, _) in angka.items()}
        dinilai = {}
    else:
        model = ModelBuku(lembar, tata, instrumen).baris
    if all(lembar.ambil(kolom, b).nilai is None for b in angka):
        return Rekonsiliasi(dihitung=False, sama=0, selisih=())
    judul = _nama(tata, instrumen)
    dinilai_baris = _baris_dinilai(tata, instrumen, dinilai)
    beda: dict[int, Selisih] = {}
    for baris, (resmi, sementara) in angka.items():
        sel = lembar.ambil(kolom, baris)
        if _sama(sel, resmi):
            continue
        alasan = _alasan(model[baris], sel, kolom, beda, dinilai_baris)
        id_, nama = judul[baris]
        buku = Fraction(sel.nilai) if isinstance(sel.nilai, Decimal) else None if sel.nilai is None else str(sel.nilai)
        beda[baris] = Selisih(id_, nama, f"{kolom}{baris}", buku, resmi, sementara, alasan)
    return Rekonsiliasi(dihitung=True, sama=len(angka) - len(beda), selisih=tuple(beda[b] for b in sorted(beda)))


def _alasan(model: BarisModel, sel: Sel, kolom: str, beda: Mapping[int, Selisih], dinilai: Mapping[int, Alasan]) -> tuple[Alasan, ...]:
    """Return why a row differs: its own reasons, a stale value, then the rows that it takes its difference from."""
    alasan = list(model.alasan)
    if model.baris in dinilai:
        alasan.append(dinilai[model.baris])
    if not _sama_isi(sel, model.nilai):
        tempat = f"{kolom}{model.baris}"
        sebut = "tidak ada" if sel.nilai is None else "lama"
        alasan.append(Alasan("belum_dihitung", (tempat,), f"nilai tersimpan {tempat} {sebut}; buku kerja belum dihitung ulang"))
    asal = tuple(f"{kolom}{b}" for b in model.dari if b in beda)
    if asal:
        alasan.append(Alasan("turunan", asal, f"selisih dari {', '.join(asal)}"))
    if not alasan:
        alasan.append(Alasan("tak_terjelaskan", (f"{kolom}{model.baris}",), "selisih ini belum dapat dijelaskan; periksa rumusnya"))
    return tuple(dict.fromkeys(alasan))


def _sama(sel: Sel, nilai: Fraction) -> bool:
    return isinstance(sel.nilai, Decimal) and not sel.galat and abs(Fraction(sel.nilai) - nilai) <= TOLERANSI


def _sama_isi(sel: Sel, nilai: Isi) -> bool:
    """Say whether a cached value is what the model gives."""
    if isinstance(nilai, GalatSel):
        return sel.galat and sel.nilai == nilai.teks
    return nilai is None or _sama(sel, nilai)


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


def _angka_kami(tata: TataLetak, instrumen: Instrumen, skor: Skor) -> dict[int, tuple[Fraction, Fraction | None]]:
    """Return our official and provisional figure of each row, details before totals."""
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
    for nama, baris in (*tata.aspek.items(), *tata.ringkasan.items()):
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
