"""The closed kinds of duty (*tenggat*): how a due date follows from a file, and what discharges it.

Each kind turns a unit's file into `Kejadian`: the occurrences of the duty, oldest first, each with its due date, its
arithmetic in words and what discharged it. Records dated after the day of asking are never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from decimal import Decimal
from typing import ClassVar, Protocol

from zi_workflow.domain.calendar import tambah_bulan, tanggal_kata
from zi_workflow.domain.definition import Definisi, Kewajiban, Masa
from zi_workflow.domain.events import Polos
from zi_workflow.domain.guards.ambang import HariBulan, Jarak, LamaTahun
from zi_workflow.domain.guards.konteks import isian, tahun_isi
from zi_workflow.domain.guards.waktu import sudah_berlaku
from zi_workflow.domain.state import Bukti, Instansi, Keadaan, Unit

BATAS = "batas"
TIDAK_SEBELUM = "tidak_sebelum"


@dataclass(frozen=True, slots=True)
class Kejadian:
    """One occurrence of a duty.

    ``kunci`` names it for ever, also when its date moves (the year, the anchor's date, the plan item); ``butir`` is the plan item, empty
    elsewhere. ``dipenuhi`` is the day on which it was discharged, ``oleh`` by what, ``bukti`` the numbers of the events relied on.
    ``akhir``: the last day on which it can still be discharged, where it ends by itself.
    """

    kunci: str
    jatuh_tempo: date
    perhitungan: str
    masa: Masa
    butir: str = ""
    uraian: str = ""
    dipenuhi: date | None = None
    oleh: str = ""
    bukti: tuple[int, ...] = ()
    akhir: date | None = None
    dasar: tuple[str, ...] = ()
    tafsir: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Berkas:
    """What a kind looks at: the duty, the unit's file, the instansi's facts and the day; ``lain``: not-before dates by duty."""

    definisi: Definisi
    kewajiban: Kewajiban
    unit: Unit
    instansi: Instansi
    pada: date
    lain: Mapping[str, date] = field(default_factory=dict)

    def catatan(self, jenis: str) -> list[Bukti]:
        """Return the unit's records of a kind up to the day, oldest first."""
        return _urut(self.unit.bukti.get(jenis, ()), self.pada)

    def fakta(self, jenis: str) -> list[Bukti]:
        """Return the instansi's records of a kind up to the day, oldest first."""
        return _urut(self.instansi.fakta.get(jenis, ()), self.pada)

    @property
    def berjalan(self) -> bool:
        """Say whether the duty runs for the unit as it stands; one that builds towards nothing yet has the next predikat ahead."""
        k, kewajiban = self.unit.keadaan, self.kewajiban
        return (
            (not kewajiban.tahap or k.tahap in kewajiban.tahap)
            and (not kewajiban.predikat or k.predikat in kewajiban.predikat)
            and (not kewajiban.sasaran or (k.sasaran or self.definisi.predikat_berikut(k.predikat)) in kewajiban.sasaran)
        )


def _urut(semua: Sequence[Bukti], pada: date) -> list[Bukti]:
    return sorted([b for b in semua if b.tanggal <= pada], key=lambda b: b.urutan) if semua else []


class JenisTenggat(Protocol):
    """A kind of duty: its parameters, and how occurrences follow from a file."""

    SIFAT: ClassVar[str]
    AMBANG: ClassVar[str | None]

    def kejadian(self, berkas: Berkas) -> Iterable[Kejadian]:
        """Yield the occurrences, oldest first; never raise."""
        ...


def masa_pada(kewajiban: Kewajiban, hari: date) -> Masa:
    """Return the period of the duty's value in force on ``hari``; before all of them, the first (older acts run on)."""
    return next((m for m in reversed(kewajiban.berlaku) if m.sejak <= hari), kewajiban.berlaku[0])


@dataclass(frozen=True, slots=True)
class BatasTahunan:
    """The same day every year, or the date announced for that year; discharged by a move of that year (T1).

    ``langkah`` is that move; ``pengumuman`` the instansi's record that replaces the date (D21); ``menunggu`` names the
    not-before duties that must allow the act by that year's date. After it, the year can only be missed.
    """

    SIFAT: ClassVar[str] = BATAS
    AMBANG: ClassVar[str | None] = "hari bulan"

    langkah: str
    pengumuman: str
    menunggu: tuple[str, ...] = ()
    dasar_pengumuman: tuple[str, ...] = ()

    def kejadian(self, berkas: Berkas) -> Iterable[Kejadian]:
        """Yield each year proposed, then the year that runs and, where that one is past or closed to the unit, the next."""
        usulan = {u.tahun: u for u in pengajuan(berkas.definisi, berkas.unit, self.langkah, berkas.pada)}
        for tahun in sorted(usulan):
            yield self._tahun(berkas, tahun, usulan[tahun])
        if not berkas.berjalan:
            return
        for tahun in range(berkas.pada.year, min(berkas.pada.year + 1, MAXYEAR) + 1):
            satu = self._tahun(berkas, tahun, None)
            if tahun in usulan or any(tunggu > satu.jatuh_tempo for tunggu in self._tunggu(berkas)):
                continue
            yield satu
            if satu.jatuh_tempo >= berkas.pada:
                return

    def _tunggu(self, berkas: Berkas) -> list[date]:
        return [berkas.lain[nama] for nama in self.menunggu if nama in berkas.lain]

    def _tahun(self, berkas: Berkas, tahun: int, usulan: Pengajuan | None) -> Kejadian:
        masa, tetap = self.batas_tetap(berkas.kewajiban, tahun)
        umum = next((b for b in reversed(berkas.fakta(self.pengumuman)) if tahun_isi(b) == tahun), None)
        batas = date.fromisoformat(isian(umum, "batas")) if umum else tetap
        tarik = next((b for b in reversed(_urut(berkas.instansi.ditarik(self.pengumuman), berkas.pada)) if tahun_isi(b) == tahun), None)
        hitung = f"{tanggal_kata(tetap)}, batas tetap setiap tahun{f' ({_sebut(tarik)}, ditarik)' if tarik else ''}"
        if umum is not None:
            hitung = f"{_sebut(umum)}: {tanggal_kata(batas)} (batas tetap {tanggal_kata(tetap)}; tafsir D21)"
        return Kejadian(
            kunci=str(tahun),
            jatuh_tempo=batas,
            perhitungan=hitung,
            masa=masa,
            dipenuhi=usulan.tanggal if usulan else None,
            oleh=f"{self.langkah} tahun {tahun}" if usulan else "",
            bukti=tuple(n for n in (umum.nomor if umum else 0, usulan.nomor if usulan else 0) if n),
            akhir=date(tahun, 12, 31),
            dasar=sudah_berlaku(berkas.definisi, umum.tanggal, self.dasar_pengumuman) if umum else (),
            tafsir=("D21",) if umum else (),
        )

    @staticmethod
    def batas_tetap(kewajiban: Kewajiban, tahun: int) -> tuple[Masa, date]:
        """Return the period whose own date of that year it covers, and that date."""
        for masa in reversed(kewajiban.berlaku):
            ambang: HariBulan = masa.ambang
            if masa.sejak <= ambang.pada(tahun):
                return masa, ambang.pada(tahun)
        masa = kewajiban.berlaku[0]
        return masa, masa.ambang.pada(tahun)


def _sebut(b: Bukti) -> str:
    return f"Pengumuman TPN {isian(b, 'nomor')} tanggal {tanggal_kata(b.tanggal)}{', sebagaimana dikoreksi' if b.asal is not None else ''}"


@dataclass(frozen=True, slots=True)
class TidakSebelum:
    """A day before which an act is not lawful: whole years after a marker (T2, T9). Nothing is due, nobody is reminded."""

    SIFAT: ClassVar[str] = TIDAK_SEBELUM
    AMBANG: ClassVar[str | None] = "lama"

    sejak: str
    sebutan: str

    def kejadian(self, berkas: Berkas) -> Iterable[Kejadian]:
        """Yield the one day, where the marker is set."""
        awal = berkas.unit.penanda(self.sejak)
        if awal is None or not berkas.berjalan:
            return
        masa = masa_pada(berkas.kewajiban, awal)
        ambang: LamaTahun = masa.ambang
        genap = tambah_bulan(awal, 12 * ambang.tahun)
        hitung = f"{self.sebutan} {tanggal_kata(awal)} + {ambang.tahun} tahun{_tafsir(masa)} = {tanggal_kata(genap)}"
        yield Kejadian(awal.isoformat(), genap, hitung, masa, dipenuhi=genap if genap <= berkas.pada else None, oleh="waktu")


@dataclass(frozen=True, slots=True)
class Berkala:
    """Again and again: a span after a marker, then after each record of ``bukti`` (T3–T6, T10, T11).

    ``isian``: a field without which a record does not count. ``surat``: the record that names the marker's decree.
    ``lanjutan``: another marker that counts as a record (a report from the archive). ``usulan``: a proposal of that
    predikat inside a window discharges it too; that window ends on its due date and the next starts there (D17).
    """

    SIFAT: ClassVar[str] = BATAS
    AMBANG: ClassVar[str | None] = "jarak"

    sejak: str
    sebutan: str
    bukti: str
    isian: str | None = None
    surat: str | None = None
    lanjutan: str | None = None
    usulan: str | None = None
    langkah: str | None = None

    def kejadian(self, berkas: Berkas) -> Iterable[Kejadian]:
        """Yield every window from the marker on; only the last one may be open."""
        awal = berkas.unit.penanda(self.sejak)
        if awal is None or not berkas.berjalan:
            return
        catatan = self._catatan(berkas, awal)
        semua = pengajuan(berkas.definisi, berkas.unit, self.langkah, berkas.pada) if self.langkah else ()
        usulan = [u for u in semua if u.predikat == self.usulan]
        sebab = self._pangkal(berkas, awal)
        while True:
            masa = masa_pada(berkas.kewajiban, awal)
            jarak: Jarak = masa.ambang
            batas = jarak.sesudah(awal)
            hitung = f"{sebab} + {jarak}{_tafsir(masa)} = {tanggal_kata(batas)}"
            berikut = next((c for c in catatan if c.tanggal > awal), None)
            ajuan = next((u for u in usulan if awal < u.tanggal <= batas), None)
            lapor = berikut if berikut is not None and (berikut.tanggal <= batas or ajuan is None) else None
            pemenuh = min((x for x in (lapor, ajuan) if x is not None), key=lambda x: x.tanggal, default=None)
            yield Kejadian(
                awal.isoformat(),
                batas,
                hitung,
                masa,
                dipenuhi=pemenuh.tanggal if pemenuh else None,
                oleh=pemenuh.sebutan if pemenuh else "",
                bukti=(pemenuh.nomor,) if pemenuh else (),
            )
            if pemenuh is None:
                return
            if lapor is not None:
                awal, sebab = lapor.tanggal, f"{lapor.sebutan} tanggal {tanggal_kata(lapor.tanggal)}"
            else:
                awal, sebab = batas, f"jendela yang berakhir {tanggal_kata(batas)} ({pemenuh.sebutan} {tanggal_kata(pemenuh.tanggal)})"

    def _catatan(self, berkas: Berkas, awal: date) -> list[Pengajuan]:
        hasil = [
            Pengajuan(b.tanggal, b.nomor, 0, "", f"{b.jenis} {isian(b, 'nomor')}".strip())
            for b in berkas.catatan(self.bukti)
            if b.tanggal > awal and (self.isian is None or isian(b, self.isian))
        ]
        arsip = berkas.unit.keadaan.penanda.get(self.lanjutan or "")
        if arsip is not None and awal < arsip <= berkas.pada:
            hasil.append(Pengajuan(arsip, berkas.unit.nomor, 0, "", f"{self.bukti} dari arsip"))
        return sorted(hasil, key=lambda p: (p.tanggal, p.nomor))

    def _pangkal(self, berkas: Berkas, awal: date) -> str:
        surat = next((b for b in reversed(berkas.catatan(self.surat or "")) if b.tanggal == awal), None)
        return f"Keputusan {isian(surat, 'nomor')} tanggal {tanggal_kata(awal)}" if surat else f"{self.sebutan} {tanggal_kata(awal)}"


@dataclass(frozen=True, slots=True)
class ButirRencana:
    """Each item of the newest plan, due on its own date; discharged when its realisation reaches the target (T7).

    A realisation counts since the first plan that had the item: the same code, with the same activity or the same date.
    What was reached under an older plan does not discharge another item that took its code.
    """

    SIFAT: ClassVar[str] = BATAS
    AMBANG: ClassVar[str | None] = None

    rencana: str
    realisasi: str

    def kejadian(self, berkas: Berkas) -> Iterable[Kejadian]:
        """Yield the items in the order of the plan."""
        semua = berkas.catatan(self.rencana)
        if not berkas.berjalan or not semua:
            return
        masa = masa_pada(berkas.kewajiban, semua[-1].tanggal)
        for satu in _butir_rencana(semua[-1]):
            mulai = min(r.tanggal for r in semua if any(_butir_sama(satu, lama) for lama in _butir_rencana(r)))
            yield self._butir(berkas, semua[-1], satu, mulai, masa)

    def _butir(self, berkas: Berkas, rencana: Bukti, butir: Mapping[str, Polos], mulai: date, masa: Masa) -> Kejadian:
        kode, batas = str(butir["kode"]), date.fromisoformat(str(butir["tenggat"]))
        target = Decimal(str(butir["target"]))
        capai = [b for b in berkas.catatan(self.realisasi) if b.isi.get("kode") == kode and b.tanggal >= mulai]
        penuh = capai[-1] if capai and Decimal(isian(capai[-1], "capaian")) >= target else None
        persen = f"{capai[-1].isi['capaian']} dari {target} {butir.get('satuan', '')}".strip() if capai else "belum ada realisasi"
        return Kejadian(
            kode,
            batas,
            f"butir {kode} rencana aksi tanggal {tanggal_kata(rencana.tanggal)}: tenggat {tanggal_kata(batas)} ({persen})",
            masa,
            butir=kode,
            uraian=str(butir.get("kegiatan", "")),
            dipenuhi=penuh.tanggal if penuh else None,
            oleh=f"{self.realisasi} {kode}" if penuh else "",
            bukti=(rencana.nomor, penuh.nomor) if penuh else (rencana.nomor,),
        )


_BUTIR = frozenset({"kode", "tenggat", "target"})


def _butir_rencana(rencana: Bukti) -> list[Mapping[str, Polos]]:
    """Return the items of a plan that name code, date and target."""
    butir = rencana.isi.get("butir")
    return [b for b in butir if isinstance(b, Mapping) and b.keys() >= _BUTIR] if isinstance(butir, list) else []


def _butir_sama(satu: Mapping[str, Polos], lain: Mapping[str, Polos]) -> bool:
    return satu["kode"] == lain["kode"] and (satu["tenggat"] == lain["tenggat"] or satu.get("kegiatan") == lain.get("kegiatan"))


@dataclass(frozen=True, slots=True)
class Penyelesaian:
    """Each file of the workflow ``alur`` about the unit must come to its end within a span from the day it was opened (T8)."""

    SIFAT: ClassVar[str] = BATAS
    AMBANG: ClassVar[str | None] = "jarak"

    alur: str
    sebutan: str

    def kejadian(self, berkas: Berkas) -> Iterable[Kejadian]:
        """Yield the files that were open by the day, the oldest first."""
        semua = [t for t in berkas.unit.terkait.values() if t.alur == self.alur and t.dibuka <= berkas.pada]
        for satu in sorted(semua, key=lambda t: (t.dibuka, t.kode)) if berkas.berjalan else ():
            masa, batas = batas_penyelesaian(berkas.kewajiban, satu.dibuka)
            hitung = f"{self.sebutan} {tanggal_kata(satu.dibuka)} + {masa.ambang}{_tafsir(masa)} = {tanggal_kata(batas)}"
            dipenuhi = satu.selesai if satu.selesai is not None and satu.selesai <= berkas.pada else None
            yield Kejadian(
                satu.kode,
                batas,
                hitung,
                masa,
                butir=satu.kode,
                uraian=f"tahap {satu.tahap}",
                dipenuhi=dipenuhi,
                oleh=f"tahap {satu.tahap}" if dipenuhi else "",
                bukti=satu.nomor if dipenuhi else satu.nomor[:1],
            )


def batas_penyelesaian(kewajiban: Kewajiban, dibuka: date) -> tuple[Masa, date]:
    """Return by when a file opened on that day must come to its end, and the period of the duty's value that says so."""
    masa = masa_pada(kewajiban, dibuka)
    jarak: Jarak = masa.ambang
    return masa, jarak.sesudah(dibuka)


JENIS_TENGGAT: Mapping[str, type] = {
    "batas_tahunan": BatasTahunan,
    "tidak_sebelum": TidakSebelum,
    "berkala": Berkala,
    "butir": ButirRencana,
    "penyelesaian": Penyelesaian,
}


@dataclass(frozen=True, slots=True)
class Pengajuan:
    """A dated act: a standing proposal (with year and predikat), or a record that discharges; ``sebutan`` names it."""

    tanggal: date
    nomor: int
    tahun: int
    predikat: str
    sebutan: str


def pengajuan(definisi: Definisi, unit: Unit, langkah: str, pada: date) -> tuple[Pengajuan, ...]:
    """Return the proposals made by ``langkah`` up to a day that still stand (neither undone nor withdrawn), oldest first.

    One was withdrawn where the next move leads back to a stage that ``langkah`` starts from. A proposal that was already
    running when the file was opened counts from its own date.
    """
    asal = definisi.langkah[langkah].dari
    rantai = [(unit.nomor, "", _awal(unit).sejak, _awal(unit))]
    for i, lalu in enumerate(unit.lalu):
        rantai.append((lalu.nomor, lalu.langkah, lalu.tanggal, unit.lalu[i + 1].sebelum if i + 1 < len(unit.lalu) else unit.keadaan))
    hasil: list[Pengajuan] = []
    for i, (nomor, nama, tanggal, keadaan) in enumerate(rantai):
        usulan = keadaan.usulan
        ditarik = i + 1 < len(rantai) and rantai[i + 1][3].tahap in asal
        if usulan is not None and nama in ("", langkah) and tanggal <= pada and not ditarik:
            hasil.append(Pengajuan(tanggal, nomor, usulan.tahun, usulan.predikat, f"{usulan.predikat} diusulkan"))
    return tuple(hasil)


def _awal(unit: Unit) -> Keadaan:
    return unit.lalu[0].sebelum if unit.lalu else unit.keadaan


def _tafsir(masa: Masa) -> str:
    return f" (tafsir {', '.join(masa.tafsir)})" if masa.tafsir else ""
