"""Numbers: ratios, exact LKE scores, and scores that a survey may stand in for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from zi_workflow.domain.guards.ambang import Banding, BandingGanda
from zi_workflow.domain.guards.konteks import Frasa, Hasil, Konteks, angka, isian, pecahan
from zi_workflow.domain.scoring import desimal_tegas

_SEBUT_MAKS = 8
"""How many unanswered questions are named."""
_LANJUT_EDISI = "zi lke instrumen daftar"


def _tampak(nilai: Fraction, ambang: Banding) -> Decimal:
    return Decimal(desimal_tegas(nilai, Fraction(ambang.angka)))


def _banding(nilai: Fraction, ambang: Banding, bukti: tuple[int, ...], satuan: str | None = None) -> Hasil:
    terpenuhi = ambang.dipenuhi(nilai)
    kurang: Frasa | None = None if terpenuhi else (Decimal(desimal_tegas(ambang.kurang(nilai), Fraction(0))),)
    return Hasil(terpenuhi, (_tampak(nilai, ambang),), (f"{ambang.tanda} ", ambang.angka), kurang, bukti, satuan=satuan)


def _tanpa_skor(konteks: Konteks) -> tuple[Frasa, tuple[int, ...], str | None]:
    """Say why an LKE that is on file has no score, its number, and what to do; nothing where that is not so."""
    bukti = konteks.lke_tak_ternilai
    if bukti is None:
        return (), (), None
    edisi = isian(bukti, "instrumen") or "bawaan"
    return (f"LKE nomor {bukti.nomor} dibuat dengan edisi instrumen {edisi}, yang tidak dikenal lagi",), (bukti.nomor,), _LANJUT_EDISI


@dataclass(frozen=True, slots=True)
class Rasio:
    """A percentage computed from two counts of a record. ``nihil``: nothing due counts as met (D19)."""

    SIFAT: ClassVar[str] = "dihitung"
    AMBANG: ClassVar[str | None] = "banding"

    bukti: str
    jendela: str
    pembilang: str
    penyebut: str
    nihil: bool = False

    def periksa(self, konteks: Konteks, ambang: Banding) -> Hasil:
        """Compute from the newest record in the window."""
        bukti = konteks.terbaru(self.bukti, self.jendela)
        if bukti is None:
            temu = konteks.tidak_ada(self.bukti, self.jendela)
            return Hasil(False, temu, (f"{ambang.tanda} ", ambang.angka), (f"catatan {self.bukti}",), satuan="persen")
        atas, bawah = angka(bukti, self.pembilang), angka(bukti, self.penyebut)
        if bawah == 0:
            butuh: Frasa = (f"{ambang.tanda} ", ambang.angka)
            if self.nihil:
                return Hasil(True, ("nihil",), butuh, None, (bukti.nomor,), tafsir=("D19",), satuan="persen")
            return Hasil(False, ("nihil",), butuh, (f"{self.penyebut} lebih dari 0",), (bukti.nomor,), satuan="persen")
        return _banding(Fraction(atas * 100, bawah), ambang, (bukti.nomor,), "persen")


@dataclass(frozen=True, slots=True)
class Lengkap:
    """The LKE of the proposal's year is there and every scored question has an answer (D10)."""

    SIFAT: ClassVar[str] = "dihitung"
    AMBANG: ClassVar[str | None] = None

    penilai: str

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Count what is not answered."""
        butuh: Frasa = (f"LKE tahun {konteks.tahun} dinilai {self.penilai}, semua soal terjawab",)
        ada = konteks.skor
        if ada is None:
            temu, nomor, lanjut = _tanpa_skor(konteks)
            return Hasil(False, temu or ("belum ada",), butuh, (f"LKE tahun {konteks.tahun}",), nomor, lanjut=lanjut)
        bukti, skor = ada
        sisa = skor.belum_dijawab
        if sisa:
            contoh = ", ".join(str(s) for s in sisa[:_SEBUT_MAKS]) + (" …" if len(sisa) > _SEBUT_MAKS else "")
            return Hasil(False, (f"{len(sisa)} soal belum terjawab: {contoh}",), butuh, (len(sisa), " soal"), (bukti.nomor,))
        return Hasil(True, ("lengkap, tanggal ", bukti.tanggal), butuh, None, (bukti.nomor,))


@dataclass(frozen=True, slots=True)
class Nilai:
    """A component of the TPI's LKE reaches its threshold (``area_N`` in percent of its weight)."""

    SIFAT: ClassVar[str] = "dihitung"
    AMBANG: ClassVar[str | None] = "banding"

    komponen: str

    def periksa(self, konteks: Konteks, ambang: Banding) -> Hasil:
        """Compare the exact score."""
        satuan = "persen" if self.komponen.startswith("area_") else None
        ada = konteks.skor
        if ada is None:
            butuh: Frasa = (f"{ambang.tanda} ", ambang.angka)
            temu, nomor, lanjut = _tanpa_skor(konteks)
            belum = temu or (f"belum ada LKE tpi tahun {konteks.tahun}",)
            return Hasil(False, belum, butuh, (ambang.angka,), nomor, satuan=satuan, lanjut=lanjut)
        bukti, skor = ada
        return _banding(skor.komponen(self.komponen), ambang, (bukti.nomor,), satuan)


@dataclass(frozen=True, slots=True)
class NilaiAtauSurvei:
    """A component reaches its threshold, or the survey of that year reaches its own (D16).

    ``indeks``: the soal_id whose answer is the index; a survey on file that disagrees with it is shown as a warning.
    """

    SIFAT: ClassVar[str] = "dihitung"
    AMBANG: ClassVar[str | None] = "banding ganda"

    komponen: str
    survei: str
    indeks: str
    bukti: str = "survei_internal"

    def periksa(self, konteks: Konteks, ambang: BandingGanda) -> Hasil:
        """Compare both scales; either is enough."""
        butuh: Frasa = (f"{ambang.nilai.tanda} ", ambang.nilai.angka, f" atau survei {ambang.survei.tanda} ", ambang.survei.angka)
        temu: list[str | Decimal] = []
        nomor: list[int] = []
        lulus: list[bool] = []
        kurang: Frasa = (ambang.nilai.angka,)
        mentah = konteks.indeks_lke(self.indeks)
        lke_indeks = pecahan(mentah) if mentah is not None else None
        if (ada := konteks.skor) is not None:
            bukti, skor = ada
            nilai = skor.komponen(self.komponen)
            temu.append(_tampak(nilai, ambang.nilai))
            nomor.append(bukti.nomor)
            lulus.append(ambang.nilai.dipenuhi(nilai))
            kurang = (Decimal(desimal_tegas(ambang.nilai.kurang(nilai), Fraction(0))),)
        peringatan: tuple[Frasa, ...] = ()
        survei = next((b for b in konteks.catatan(self.bukti, "tahun usulan") if isian(b, "survei") == self.survei), None)
        if survei is not None:
            indeks = pecahan(isian(survei, "skor"))
            temu += [" dan " if temu else "", "survei ", _tampak(indeks, ambang.survei)]
            nomor.append(survei.nomor)
            lulus.append(ambang.survei.dipenuhi(indeks))
            if lke_indeks is not None and indeks != lke_indeks:
                peringatan = (self._selisih(lke_indeks, indeks),)
        hilang, nomor_hilang, lanjut = _tanpa_skor(konteks)
        if temu and hilang:
            peringatan = (hilang,)
        tampak = tuple(temu) or hilang or (f"belum ada LKE tpi maupun survei {self.survei} tahun {konteks.tahun}",)
        terpenuhi = any(lulus)
        return Hasil(terpenuhi, tampak, butuh, None if terpenuhi else kurang, (*nomor, *nomor_hilang), peringatan, lanjut=lanjut)

    def _selisih(self, lke: Fraction, survei: Fraction) -> Frasa:
        dua = [Decimal(desimal_tegas(x, y)) for x, y in ((lke, survei), (survei, lke))]
        return (f"indeks {self.survei} di LKE ", dua[0], " berbeda dengan catatan survei ", dua[1])
