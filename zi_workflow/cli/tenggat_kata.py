"""Duties in words: what discharges one, and why it does not run for a unit."""

from __future__ import annotations

from collections.abc import Iterable

from zi_workflow.domain.definition import Definisi, Kewajiban
from zi_workflow.domain.duties import BatasTahunan, Berkala, ButirRencana, Penyelesaian, TidakSebelum
from zi_workflow.domain.state import Unit


def pemenuhan(kewajiban: Kewajiban) -> str:
    """Return what discharges a duty."""
    match kewajiban.jenis:
        case BatasTahunan(langkah=langkah):
            return f"langkah {langkah} untuk tahun itu, paling lambat pada hari itu"
        case Berkala(bukti=bukti, isian=isian, usulan=usulan):
            teks = f"catatan {bukti}" + (f" yang berisi {isian}" if isian else "") + ", bertanggal sesudah awal jendela"
            return teks + (f"; atau usulan {usulan} di dalam jendela itu" if usulan else "")
        case ButirRencana(realisasi=realisasi):
            return f"catatan {realisasi} butir itu yang mencapai targetnya"
        case Penyelesaian(alur=alur):
            return f"berkas alur {alur} itu sampai pada tahap akhirnya"
    return "tidak ada yang harus dipenuhi: sejak hari itu pengusulan diperbolehkan, sebelumnya belum"


def alasan_tidak_berlaku(definisi: Definisi, kewajiban: Kewajiban, unit: Unit) -> str:
    """Return why a duty has no due date for a unit: what it asks for, against what the unit has."""
    kini = unit.keadaan
    if definisi.tahap[kini.tahap].akhir:
        return f"unit pada tahap akhir {kini.tahap}, yang tidak mempunyai kewajiban lagi"
    kurang = []
    if kewajiban.tahap and kini.tahap not in kewajiban.tahap:
        kurang.append(f"berlaku pada tahap {_atau(kewajiban.tahap)}; unit pada tahap {kini.tahap}")
    if kewajiban.predikat and kini.predikat not in kewajiban.predikat:
        punya = f"unit memegang {kini.predikat}" if kini.predikat else "unit tidak memegang predikat"
        kurang.append(f"berlaku bagi pemegang predikat {_atau(kewajiban.predikat)}; {punya}")
    tuju = kini.sasaran or definisi.predikat_berikut(kini.predikat)
    if kewajiban.sasaran and tuju not in kewajiban.sasaran:
        kurang.append(f"berlaku bagi unit yang menuju {_atau(kewajiban.sasaran)}; unit menuju {tuju}")
    return ". Juga ".join(kurang) or _belum_mulai(kewajiban)


def _belum_mulai(kewajiban: Kewajiban) -> str:
    match kewajiban.jenis:
        case BatasTahunan(menunggu=menunggu):
            return f"batas tahun ini dan tahun depan masih mendahului tanggal paling cepat ({_atau(menunggu)})"
        case ButirRencana(rencana=rencana):
            return f"berkas unit belum memuat {rencana}"
        case Berkala(sebutan=sebutan) | TidakSebelum(sebutan=sebutan):
            return f"belum ada tanggal awalnya ({sebutan})"
    return "tidak ada berkas alur itu yang menyangkut unit ini"


def _atau(semua: Iterable[str]) -> str:
    *awal, akhir = semua
    return f"{', '.join(awal)} atau {akhir}" if awal else akhir
