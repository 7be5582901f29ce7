"""Time: how long, by when, and on which dates an act may stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from zi_workflow.domain.calendar import BULAN
from zi_workflow.domain.definition import Definisi, Langkah
from zi_workflow.domain.guards.ambang import HariBulan, LamaTahun
from zi_workflow.domain.guards.konteks import Frasa, Hasil, Konteks, tambah_tahun
from zi_workflow.domain.state import Bukti, Unit


@dataclass(frozen=True, slots=True)
class Lama:
    """Whole years have passed since a marker or a move.

    ``sejak``: a marker (``bangun``, ``pencabutan``) or ``langkah <nama>``; ``tanpa``: what it means that there is no
    such day (``terpenuhi`` or ``tidak``); ``sasaran``: the unit must be building towards the proposed predikat.
    """

    SIFAT: ClassVar[str] = "waktu"
    AMBANG: ClassVar[str | None] = "lama"

    sejak: str
    tanpa: str = "tidak"
    sasaran: bool = False

    def periksa(self, konteks: Konteks, ambang: LamaTahun) -> Hasil:
        """Add the years to the day and compare with the act's date."""
        butuh: Frasa = (f">= {ambang.tahun} tahun",)
        unit = konteks.unit
        if unit is not None and self.sasaran and unit.keadaan.sasaran != konteks.predikat:
            temu = f"sedang menuju {unit.keadaan.sasaran}, bukan {konteks.predikat}" if unit.keadaan.sasaran else "tidak sedang membangun"
            return Hasil(False, (temu,), butuh, (f"{ambang.tahun} tahun",))
        awal, nomor = self._awal(konteks, unit) if unit is not None else (None, ())
        if awal is None:
            if self.tanpa == "terpenuhi":
                return Hasil(True, ("tidak ada",), butuh)
            return Hasil(False, ("belum dimulai",), butuh, (f"{ambang.tahun} tahun",))
        genap = tambah_tahun(awal, ambang.tahun)
        terpenuhi = genap <= konteks.tanggal
        temu_lama: Frasa = ("sejak ", awal, f", genap {ambang.tahun} tahun pada ", genap)
        kurang: Frasa | None = None if terpenuhi else ((genap - konteks.tanggal).days, " hari")
        return Hasil(terpenuhi, temu_lama, butuh, kurang, nomor)

    def _awal(self, konteks: Konteks, unit: Unit) -> tuple[date | None, tuple[int, ...]]:
        """Return the day that is counted from, and the number of the move that set it, where one did."""
        if self.sejak.startswith("langkah "):
            nama = self.sejak.removeprefix("langkah ")
            lalu = next((x for x in reversed(unit.lalu) if x.langkah == nama), None)
            return (lalu.tanggal, (lalu.nomor,)) if lalu else (None, ())
        awal = unit.penanda(self.sejak)
        if awal is None or awal != unit.keadaan.penanda.get(self.sejak):
            return awal, ()  # none, or inherited from a dissolved unit
        penanda = {nama for nama, langkah in konteks.definisi.langkah.items() if self.sejak in langkah.efek.menandai}
        return awal, (next((x.nomor for x in reversed(unit.lalu) if x.langkah in penanda), unit.nomor),)


@dataclass(frozen=True, slots=True)
class Batas:
    """The act and its receipt are dated not later than the year's deadline, or the date that TPN announced (D14, D21).

    ``pengumuman``: the instansi's record that replaces the date; ``tanda_terima``: the receipt, which must also be
    attached as a file where the act is recorded after the deadline (D12). That day itself is in time.
    """

    SIFAT: ClassVar[str] = "waktu"
    AMBANG: ClassVar[str | None] = "hari bulan"

    pengumuman: str
    tanda_terima: str
    dasar_pengumuman: tuple[str, ...] = ()

    def periksa(self, konteks: Konteks, ambang: HariBulan) -> Hasil:
        """Compare both dates with the deadline in force for the proposal's year."""
        umum = next((b for b in konteks.catatan(self.pengumuman, "selalu") if b.isi.get("tahun") == konteks.tahun), None)
        batas = date.fromisoformat(str(umum.isi["batas"])) if umum else ambang.pada(konteks.tahun)
        terima = self._tanda_terima(konteks)
        nomor = tuple(b.nomor for b in (umum, terima) if b is not None)
        tafsir = ("D21",) if umum else ()
        butuh: Frasa = ("<= ", batas)
        if umum is not None:
            butuh = (*butuh, f" (pengumuman TPN {umum.isi.get('nomor')}; batas tetap ", ambang.pada(konteks.tahun), ")")
        dasar = sudah_berlaku(konteks.definisi, konteks.tanggal, self.dasar_pengumuman) if umum else ()
        temu, lewat = self._temuan(konteks, terima, batas)
        if lewat > 0:
            return Hasil(False, temu, butuh, (lewat, " hari"), nomor, (), tafsir, dasar, lanjut=_jendela_berikut(konteks, ambang))
        if konteks.hari_ini > batas:
            return self._terlambat_dicatat(konteks, terima, Hasil(True, temu, butuh, None, nomor, (), (*tafsir, "D12"), dasar))
        return Hasil(True, temu, butuh, None, nomor, (), tafsir, dasar)

    def _tanda_terima(self, konteks: Konteks) -> Bukti | None:
        """Return the receipt that counts; where none does yet, one dated after the act, because its date breaks the deadline too."""
        sah = konteks.terbaru(self.tanda_terima, "tahun usulan")
        return sah or replace(konteks, tanggal=max(konteks.tanggal, konteks.hari_ini)).terbaru(self.tanda_terima, "tahun usulan")

    def _temuan(self, konteks: Konteks, terima: Bukti | None, batas: date) -> tuple[Frasa, int]:
        temu: Frasa = ("diajukan ", konteks.tanggal)
        terakhir = konteks.tanggal
        if terima is not None:
            temu = (*temu, ", tanda terima ", terima.tanggal)
            terakhir = max(terakhir, terima.tanggal)
        return temu, (terakhir - batas).days

    def _terlambat_dicatat(self, konteks: Konteks, terima: Bukti | None, hasil: Hasil) -> Hasil:
        temu: Frasa = (*hasil.ditemukan, ", dicatat terlambat ", konteks.hari_ini)
        if terima is not None and terima.berkas:
            return replace(hasil, ditemukan=temu, terlambat=True)
        butuh: Frasa = (*hasil.dibutuhkan, f", dengan berkas {self.tanda_terima} karena dicatat sesudah batas")
        return Hasil(
            False,
            (*temu, f", tanpa berkas {self.tanda_terima}"),
            butuh,
            (f"berkas {self.tanda_terima}",),
            hasil.bukti,
            (),
            hasil.tafsir,
            hasil.dasar,
            lanjut=f"Lampirkan berkasnya: zi catat {self.tanda_terima} {konteks.kode} … --berkas FILE",
        )


def sudah_berlaku(definisi: Definisi, tanggal: date, kutipan: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out citations of norms that are younger than the act."""
    muda = tuple(n.singkatan + " " for n in definisi.norma.values() if n.sejak > tanggal)
    return tuple(k for k in kutipan if not k.startswith(muda))


def _jendela_berikut(konteks: Konteks, ambang: HariBulan) -> str:
    tahun = konteks.tahun + 1
    hari = f"{ambang.hari} {BULAN[ambang.bulan - 1]} {tahun}"
    return f"Jendela berikutnya: 1 Januari {tahun} sampai {hari}, atau batas yang diumumkan TPN untuk tahun {tahun}."


@dataclass(frozen=True, slots=True)
class Tanggal:
    """The act's date is not in the future, not before the regulation, not before the unit's previous move (R29)."""

    SIFAT: ClassVar[str] = "waktu"
    AMBANG: ClassVar[str | None] = "tanggal"
    DI_LUAR_MASA: ClassVar[bool] = True

    hanya_masa_depan: bool = False

    def periksa(self, konteks: Konteks, ambang: date | None) -> Hasil:
        """Name every bound that the date breaks."""
        cela: list[str | date] = []
        butuh: list[str | date] = ["tidak sesudah ", konteks.hari_ini]
        kurang = max((konteks.tanggal - konteks.hari_ini).days, 0)
        if kurang:
            cela += ["di masa depan"]
        bawah = [(ambang, "berlakunya peraturan")] if ambang and not self.hanya_masa_depan else []
        if konteks.unit is not None and isinstance(konteks.langkah, Langkah):
            bawah.append((konteks.unit.tanggal_terakhir, "langkah sebelumnya"))
        for batas, sebutan in bawah:
            butuh += [f", tidak sebelum {sebutan} ", batas]
            if konteks.tanggal < batas:
                cela += ["; " if cela else "", f"mendahului {sebutan} ", batas]
                kurang = max(kurang, (batas - konteks.tanggal).days)
        temu: Frasa = (konteks.tanggal, " ", *cela) if cela else (konteks.tanggal,)
        return Hasil(not cela, temu, tuple(butuh), (kurang, " hari") if cela else None)
