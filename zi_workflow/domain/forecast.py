"""The forecast: the earliest deadline at which a unit can lawfully be proposed, what makes earlier ones impossible, and the way there.

What only time can cure (years of building, years since a revocation, the deadline itself) decides the year; everything else
(documents, ratios, scores, judgements, people) can be mended until then and is listed as missing. Every verdict is the
enforcer's own, asked of the file as it would be on the way (``itinerary``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.deadlines import tenggat
from zi_workflow.domain.decide import periksa
from zi_workflow.domain.definition import Definisi, Langkah
from zi_workflow.domain.duties import TIDAK_SEBELUM
from zi_workflow.domain.guards.konteks import mesin
from zi_workflow.domain.itinerary import Halangan, Penjajak, Singgah, isi_langkah, penjajak, rute, sesudah, tujuan
from zi_workflow.domain.outlook import LANGKAH, WAKTU, Masa, Mustahil, Penyebab, Prakiraan, Ruas
from zi_workflow.domain.state import Instansi, Unit

__all__ = ["LANGKAH", "TAHUN_KE_DEPAN", "WAKTU", "Masa", "Mustahil", "Penyebab", "Prakiraan", "Ruas", "prakiraan"]

TAHUN_KE_DEPAN = 6
_KABISAT = 1
"""Two steps that bind alike may differ by the one leap day between them."""


def prakiraan(definisi: Definisi, unit: Unit, instansi: Instansi, pada: date, predikat: str | None = None) -> Prakiraan:
    """Forecast one unit: the earliest deadline, from the year of ``pada`` on, at which it can lawfully be proposed.

    ``unit`` is the file as it was on ``pada``; facts of the instansi dated later are left out. ``predikat`` is one of the
    definition's; default: the unit's target, else the next one up. Moves that remain begin on ``pada`` at the earliest.
    """
    menuju = predikat or tujuan(definisi, unit.keadaan)
    kepala = Prakiraan(unit.kode, unit.nama, unit.keadaan.tahap, menuju, pada)
    if alasan := _tidak_perlu(definisi, unit, menuju):
        return replace(kepala, alasan=alasan)
    semua = rute(definisi, unit, menuju, pada)
    if not semua:
        return replace(kepala, alasan=f"Dari tahap {unit.keadaan.tahap} tidak ada jalan ke usulan {menuju}.")
    return _Pencari(definisi, unit, penjajak(definisi, instansi, pada), kepala, semua).cari()


def _tidak_perlu(definisi: Definisi, unit: Unit, menuju: str) -> str:
    """Return why nothing is to be forecast; empty where something is."""
    keadaan, urutan = unit.keadaan, definisi.predikat
    if definisi.tahap[keadaan.tahap].akhir:
        return f"Unit {keadaan.tahap}: tidak dapat diusulkan lagi."
    if keadaan.predikat is not None and urutan.index(keadaan.predikat) >= urutan.index(menuju):
        tertinggi = ", predikat tertinggi" if keadaan.predikat == urutan[-1] else ""
        return f"Sudah memegang {keadaan.predikat}{tertinggi}."
    if keadaan.usulan is not None and keadaan.usulan.predikat == menuju:
        return f"{menuju} sudah diusulkan untuk tahun {keadaan.usulan.tahun}; hasilnya belum dicatat."
    return ""


class _Pencari:
    """One search: the file, the moves that remain, what they are tried against, and the heading of the answer."""

    def __init__(self, definisi: Definisi, unit: Unit, jajak: Penjajak, kepala: Prakiraan, semua: tuple[Langkah, ...]) -> None:
        self.definisi, self.unit, self.jajak, self.kepala, self.semua = definisi, unit, jajak, kepala, semua
        self.pada = kepala.pada

    def cari(self) -> Prakiraan:
        """Return the forecast."""
        if (telat := self._terlambat()) is not None:
            return telat
        akhir = date(self.pada.year + TAHUN_KE_DEPAN, 12, 31)
        jalan = self.jajak.jalani(self.unit, self.semua, self.pada, akhir)
        unit = self.unit if not jalan else sesudah(self.definisi, jalan[-1].unit, jalan[-1].langkah, jalan[-1].hari)
        if len(jalan) < len(self.semua):
            return self._tanpa_batas(akhir.year, self._mustahil(unit, self.semua[len(jalan)], akhir.year + 1))
        ujung = jalan[-1]
        batas = self.jajak.batas(ujung.unit, ujung.langkah, ujung.hari.year)
        if batas is None:
            return self._tanpa_batas(akhir.year, ())
        daftar = self._daftar(ujung, batas, batas)
        return replace(
            self._berbatas(batas, ujung.hari, daftar),
            mustahil=self._mustahil(ujung.unit, ujung.langkah, ujung.hari.year),
            langkah=self._ruas(jalan, batas, daftar),
            masa=self._masa(ujung.unit),
            alasan=self._didahului(jalan),
        )

    def _tanpa_batas(self, tahun: int, mustahil: tuple[Mustahil, ...]) -> Prakiraan:
        return replace(self.kepala, alasan=f"Tidak ada batas sampai tahun {tahun} yang dapat dicapai.", mustahil=mustahil)

    def _berbatas(self, batas: date, awal: date, daftar: DaftarPeriksa) -> Prakiraan:
        kerja = self.definisi.kalender.hari_kerja_terakhir(batas)
        terpenuhi = sum(t.status != "tidak" for t in daftar.temuan)
        return replace(
            self.kepala, batas=batas, hari_kerja_terakhir=kerja, paling_awal=awal, terpenuhi=terpenuhi, jumlah=len(daftar.temuan)
        )

    def _didahului(self, jalan: tuple[Singgah, ...]) -> str:
        """Return what is to be said where another proposal must succeed first; empty where none must."""
        usulan = self.unit.keadaan.usulan
        dahulu = [tujuan(self.definisi, s.unit.keadaan) for s in jalan[:-1] if s.langkah.efek.usulan == "buat"]
        dahulu = [usulan.predikat, *dahulu] if usulan is not None else dahulu
        sebut = ", lalu ".join(dahulu)
        return f"Didahului usulan {sebut}; lamanya penilaian atas usulan itu tidak diatur, di sini dihitung nol hari." if sebut else ""

    def _terlambat(self) -> Prakiraan | None:
        """Return the forecast of a proposal that was in time and can still be recorded after the deadline; None where there is none."""
        langkah = self.semua[0]
        batas = self.jajak.batas(self.unit, langkah, self.pada.year) if len(self.semua) == 1 else None
        if batas is None or batas >= self.pada:
            return None
        daftar = self._daftar(Singgah(langkah, self.unit, batas, ()), batas, self.pada)
        if not daftar.terpenuhi:
            return None
        ruas = self._langkah(Singgah(langkah, self.unit, batas, ()), batas, daftar)
        alasan = "Batas sudah lewat, tetapi usulan yang tepat waktu dapat dicatat terlambat: tanda terimanya terlampir (tafsir D12)."
        jawaban = replace(self._berbatas(batas, batas, daftar), alasan=alasan)
        return replace(jawaban, langkah=(replace(ruas, menentukan=True),), masa=self._masa(self.unit))

    def _daftar(self, singgah: Singgah, hari: date, dicatat: date) -> DaftarPeriksa:
        """Return the whole checklist of a move on the way, made on one day and recorded on another."""
        isi = isi_langkah(self.definisi, singgah.unit, singgah.langkah)
        return periksa(self.definisi, singgah.unit, self.jajak.instansi, singgah.langkah.nama, isi, hari, dicatat)

    def _mustahil(self, unit: Unit, langkah: Langkah, sampai: int) -> tuple[Mustahil, ...]:
        """Return the years before ``sampai`` with what stops ``langkah`` on their deadline, asked of the file as far as it can come."""
        hasil: list[Mustahil] = []
        for tahun in range(self.pada.year, sampai):
            batas = self.jajak.batas(unit, self.semua[-1], tahun)
            if batas is not None:
                syarat = tuple(Penyebab(h.temuan, h.sampai) for h in self._sebab(unit, langkah, batas))
                hasil.append(Mustahil(tahun, batas, syarat))
        return tuple(hasil)

    def _sebab(self, unit: Unit, langkah: Langkah, batas: date) -> tuple[Halangan, ...]:
        """Return what only time could have cured by the deadline: first that it is over, where it is, then the other requirements.

        That the act would come before the moves that lead to it is said only where nothing else is.
        """
        di_batas = self.jajak.halangan(unit, langkah, batas)
        lewat = [h for h in self.jajak.halangan(unit, langkah, max(batas, self.pada)) if h.batas]
        return (*lewat, *(h for h in di_batas if not h.batas and not h.tentang_tanggal)) or di_batas

    def _ruas(self, jalan: tuple[Singgah, ...], batas: date, usulan: DaftarPeriksa) -> tuple[Ruas, ...]:
        """Return the steps: before each move the waits that it takes, each with its days, and which of them bind."""
        kerja = self.definisi.kalender.hari_kerja_terakhir(batas)
        hasil: list[tuple[int, Ruas]] = []
        for ke, satu in enumerate(jalan):
            akhir = self.jajak.paling_lambat(jalan, ke, batas)
            lambat = kerja if akhir == batas and kerja >= satu.hari else akhir
            daftar = usulan if ke == len(jalan) - 1 else self._daftar(satu, lambat, lambat)
            hasil += [((akhir - sampai).days, self._waktu(h, sampai, lambat)) for h, sampai in _tunggu(satu)]
            hasil.append(((akhir - satu.hari).days, self._langkah(satu, lambat, daftar)))
        paling_ketat = min(longgar for longgar, _ in hasil)
        return tuple(replace(r, menentukan=longgar - paling_ketat <= _KABISAT) for longgar, r in hasil)

    def _waktu(self, halangan: Halangan, sampai: date, lambat: date) -> Ruas:
        t, kerja = halangan.temuan, self.definisi.kalender.hari_kerja_terakhir(lambat)
        return Ruas(
            jenis=WAKTU,
            id=t.id,
            nama="menunggu",
            uraian=t.uraian,
            oleh="",
            dasar=t.dasar,
            paling_awal=sampai,
            paling_lambat=lambat,
            hari_kerja_terakhir=kerja,
            tafsir=t.tafsir,
            lanjut=t.lanjut,
            keterangan=mesin(t.ditemukan) or "",
        )

    def _langkah(self, satu: Singgah, lambat: date, daftar: DaftarPeriksa) -> Ruas:
        return Ruas(
            jenis=LANGKAH,
            id=satu.langkah.id,
            nama=satu.langkah.nama,
            uraian=satu.langkah.uraian,
            oleh=satu.langkah.pelaku,
            dasar=satu.langkah.dasar,
            paling_awal=satu.hari,
            paling_lambat=lambat,
            hari_kerja_terakhir=self.definisi.kalender.hari_kerja_terakhir(lambat),
            kurang=daftar.penghalang,
            lanjut=f"zi maju {satu.langkah.nama} {satu.unit.kode}",
        )

    def _masa(self, unit: Unit) -> tuple[Masa, ...]:
        """Return the times that must pass before the proposal; those that the file itself does not have yet are foreseen."""
        aturan = replace(self.definisi, kewajiban=tuple(k for k in self.definisi.kewajiban if k.jenis.SIFAT == TIDAK_SEBELUM))
        nyata = {(t.id, t.kejadian.kunci) for t in tenggat(aturan, self.unit, self.jajak.instansi, self.pada)}
        return tuple(
            Masa(
                id=t.id,
                uraian=t.uraian,
                mulai=date.fromisoformat(t.kejadian.kunci),
                sampai=t.jatuh_tempo,
                perhitungan=t.perhitungan,
                dasar=t.dasar,
                perkiraan=(t.id, t.kejadian.kunci) not in nyata,
            )
            for t in tenggat(aturan, unit, self.jajak.instansi, self.pada)
        )


def _tunggu(satu: Singgah) -> list[tuple[Halangan, date]]:
    """Return what a move waits for and until when; the deadline and the order of moves only where they have the last word."""
    akhir = {h.temuan.id: (h, h.sampai) for h in satu.tunggu if h.sampai is not None}
    return [(h, sampai) for h, sampai in akhir.values() if sampai == satu.hari or not (h.batas or h.tentang_tanggal)]
