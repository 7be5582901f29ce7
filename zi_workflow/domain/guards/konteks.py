"""What a check may look at, and the shape of what it answers.

Every check answers with a ``Hasil``: met or not, what was found, what is needed, the gap, and the numbers of the
records it relied on. Phrases keep numbers and dates as values, so that JSON and Indonesian text can each write them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from zi_workflow.domain.calendar import tambah_bulan
from zi_workflow.domain.definition import Definisi, Langkah
from zi_workflow.domain.editions import instrumen_catatan, padanan_indeks
from zi_workflow.domain.events import PetaPolos
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.domain.scoring import Skor, nilai
from zi_workflow.domain.state import Bukti, Instansi, Unit

Bagian: TypeAlias = "str | int | Decimal | date"
Frasa: TypeAlias = tuple[Bagian, ...]


def mesin(frasa: Frasa | None) -> str | None:
    """Write a phrase for programs: decimal points, ISO dates."""
    if frasa is None:
        return None
    return "".join(b.isoformat() if isinstance(b, date) else format(b, "f") if isinstance(b, Decimal) else str(b) for b in frasa)


@dataclass(frozen=True, slots=True)
class Hasil:
    """The answer of one check.

    ``bukti``: numbers of the events relied on. ``tafsir``/``dasar``: beyond those of the period. ``terlambat``: the act
    was in time and is recorded after its deadline (D12).
    """

    terpenuhi: bool
    ditemukan: Frasa
    dibutuhkan: Frasa
    kurang: Frasa | None = None
    bukti: tuple[int, ...] = ()
    peringatan: tuple[Frasa, ...] = ()
    tafsir: tuple[str, ...] = ()
    dasar: tuple[str, ...] = ()
    satuan: str | None = None
    lanjut: str | None = None
    terlambat: bool = False


@dataclass(frozen=True)
class Konteks:
    """Everything a check may read. ``tanggal`` is the act's date, ``hari_ini`` the day it is recorded (definition's zone)."""

    definisi: Definisi
    instansi: Instansi
    perintah: str
    tanggal: date
    hari_ini: date
    oleh: str | None
    unit: Unit | None = None
    langkah: Langkah | None = None
    isi: PetaPolos | None = None
    predikat: str | None = None
    tahun: int = 0
    pelaku: tuple[str, ...] = ()
    kode: str | None = None
    induk: Unit | None = None
    milik: str | None = None

    @property
    def unit_jabatan(self) -> str | None:
        """Return the unit whose officials act on this file: the one that it is about (``milik``), or else its own."""
        return self.milik or self.kode

    def catatan(self, jenis: str, jendela: str) -> tuple[Bukti, ...]:
        """Return the valid records of a kind inside the window, newest first (by tanggal, then by number).

        Valid: dated not after the act. Windows: ``selalu``, ``sejak <penanda>``, ``tahun usulan`` (of the proposal's
        year and predikat), ``tahun laporan`` (figures of that year or the year before, the later year first).
        """
        dalam = _JENDELA[jendela](self) if jendela in _JENDELA else self._sejak(jendela.removeprefix("sejak "))
        if self.definisi.bukti[jenis].lingkup == "instansi":
            semua = self.instansi.fakta.get(jenis, ())
        else:
            semua = self.unit.bukti.get(jenis, ()) if self.unit else ()
        cocok = [b for b in semua if b.tanggal <= self.tanggal and dalam(b)]
        if jendela == "tahun laporan":
            return tuple(sorted(cocok, key=lambda b: (tahun_isi(b), *b.urutan), reverse=True))
        return tuple(sorted(cocok, key=lambda b: b.urutan, reverse=True))

    def terbaru(self, jenis: str, jendela: str) -> Bukti | None:
        """Return the newest valid record of a kind inside the window, or None."""
        return next(iter(self.catatan(jenis, jendela)), None)

    def tidak_ada(self, jenis: str, jendela: str) -> Frasa:
        """Say that the window holds no valid record of a kind, and what there is outside it."""
        if self.definisi.bukti[jenis].lingkup == "instansi":
            semua = self.instansi.fakta.get(jenis, ())
        else:
            semua = self.unit.bukti.get(jenis, ()) if self.unit else ()
        if not semua:
            return ("belum ada",)
        akhir = max(semua, key=lambda b: b.urutan)
        rinci = f" (tahun {tahun_isi(akhir)})" if tahun_isi(akhir) else ""
        if all(b.tanggal > self.tanggal for b in semua):
            return (f"belum ada pada tanggal itu; {len(semua)} catatan bertanggal sesudahnya, terakhir ", akhir.tanggal, rinci)
        return (f"belum ada yang berlaku; {len(semua)} catatan di luar jendela '{jendela}', terakhir ", akhir.tanggal, rinci)

    def _sejak(self, penanda: str) -> Callable[[Bukti], bool]:
        awal = self.unit.penanda(penanda) if self.unit else None
        return lambda b: awal is not None and b.tanggal >= awal

    def _tahun_usulan(self, bukti: Bukti) -> bool:
        tahun = tahun_isi(bukti) or bukti.tanggal.year
        return tahun == self.tahun and bukti.isi.get("predikat", self.predikat) == self.predikat

    def lke(self, penilai: str) -> Bukti | None:
        """Return the newest LKE of the proposal's year by that assessor, or None."""
        return next((b for b in self.catatan("lke", "tahun usulan") if b.isi.get("penilai") == penilai), None)

    @cached_property
    def instrumen(self) -> Instrumen | None:
        """Return the edition of the instrument with which the TPI's LKE was made; None where there is none, or it is not known."""
        bukti = self.lke("tpi")
        return None if bukti is None else instrumen_catatan(self.definisi, self.instansi, bukti)

    @cached_property
    def skor(self) -> tuple[Bukti, Skor] | None:
        """Return the TPI's LKE of the proposal's year with its exact scores by its own edition, or None."""
        bukti = self.lke("tpi")
        if bukti is None or self.instrumen is None:
            return None
        jawaban, dinilai = bukti.isi.get("jawaban"), bukti.isi.get("dinilai")
        return bukti, nilai(self.instrumen, _peta(jawaban), _peta(dinilai))

    @property
    def lke_tak_ternilai(self) -> Bukti | None:
        """Return the TPI's LKE that cannot be scored, because the edition that it names is not known any more; or None."""
        return self.lke("tpi") if self.skor is None else None

    def indeks_lke(self, soal: str) -> str | None:
        """Return the TPI's answer to the index question that its edition has where the definition has ``soal``, or None."""
        if self.skor is None or self.instrumen is None:
            return None
        mentah = _peta(self.skor[0].isi.get("jawaban")).get(padanan_indeks(self.definisi, self.instrumen, soal) or "")
        return mentah if isinstance(mentah, str) else None

    def nilai_isi(self, nama: str) -> object:
        """Return a field of the command, or None."""
        return (self.isi or {}).get(nama)


def _peta(nilai: object) -> Mapping[str, object]:
    return nilai if isinstance(nilai, Mapping) else {}


_JENDELA: Mapping[str, Callable[[Konteks], Callable[[Bukti], bool]]] = {
    "selalu": lambda _k: lambda _b: True,
    "tahun usulan": lambda k: k._tahun_usulan,  # noqa: SLF001 - the table is part of the class
    "tahun laporan": lambda k: lambda b: tahun_isi(b) in (k.tahun, k.tahun - 1),
}
PENANDA = frozenset({"pendaftaran", "tahap", "bangun", "usulan", "predikat", "pencabutan"})
JENDELA = frozenset({*_JENDELA, *(f"sejak {p}" for p in PENANDA)})


def tahun_isi(bukti: Bukti) -> int:
    """Return the year that a record reports on, 0 where it has none."""
    tahun = bukti.isi.get("tahun")
    return tahun if isinstance(tahun, int) else 0


def angka(bukti: Bukti, nama: str) -> int:
    """Return a whole-number field of a record."""
    nilai = bukti.isi.get(nama)
    return nilai if isinstance(nilai, int) and not isinstance(nilai, bool) else 0


def isian(bukti: Bukti, nama: str) -> str:
    """Return a text field of a record, empty where it is missing."""
    nilai = bukti.isi.get(nama)
    return "" if nilai is None else str(nilai)


def tambah_tahun(hari: date, tahun: int) -> date:
    """Add whole years; 29 February of a leap year becomes 28 February (D2)."""
    return tambah_bulan(hari, 12 * tahun)


def pecahan(teks: str) -> Fraction:
    """Read an exact number from plain data."""
    return Fraction(teks)


def nama_orang(konteks: Konteks, nip: str, pada: date) -> str:
    """Return how a person is shown in an answer: by NIP, with the role held on the day of the record."""
    jabatan = konteks.instansi.peran(nip, pada)
    return f"{nip} ({jabatan[0].peran})" if jabatan else nip
