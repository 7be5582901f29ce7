"""What a definition loads into: frozen dataclasses, so that a test may also write one in Python.

Everything that the law can amend is here as dated, cited data. The machine reads it and knows no pasal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from zi_workflow.domain.calendar import Kalender
from zi_workflow.domain.errors import NilaiTidakBerlaku

if TYPE_CHECKING:
    from zi_workflow.domain.duties import JenisTenggat
    from zi_workflow.domain.guards.konteks import Hasil, Konteks
    from zi_workflow.domain.instrument import Instrumen
    from zi_workflow.domain.layout import Lembaran

MENOLAK = "menolak"
MEMPERINGATKAN = "memperingatkan"


@dataclass(frozen=True, slots=True)
class Norma:
    """A legal text: ``peringkat`` 1 is the highest rank, ``sidik_teks`` the sha256 of the text that was read."""

    id: str
    judul: str
    singkatan: str
    peringkat: int
    lapisan: str
    sejak: date
    sidik_teks: str
    mengubah: str | None = None


@dataclass(frozen=True, slots=True)
class Tafsir:
    """A reading of an open point: the law does not say it, the instansi chose it, and it is shown where it decides."""

    id: str
    soal: str
    bacaan: str
    sejak: date
    dasar: tuple[str, ...]
    pilihan_lain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Isian:
    """A typed field of a record or a move. ``tipe`` is one of the closed types of ``fields.py``.

    ``pribadi`` says how personal a text is (``personal.TINGKAT``, empty where it is not); it is of the person whose NIP stands in
    the field ``orang`` of the same object, or, with the other personal texts of the object, of somebody without one.
    """

    nama: str
    tipe: str
    wajib: bool = True
    pilihan: tuple[str, ...] = ()
    minimal: Decimal | None = None
    maksimal: Decimal | None = None
    paling_banyak: str | None = None
    butir: Isian | None = None
    isian: tuple[Isian, ...] = ()
    uraian: str = ""
    pribadi: str = ""
    orang: str | None = None


@dataclass(frozen=True, slots=True)
class Sumber:
    """A list from which a record's figures may be computed: its kind (``rosters.ISIAN_SUMBER``) and the readings by which.

    ``skala``: by survey, the highest answers that its scale may have, the usual one first.
    """

    jenis: str
    tafsir: tuple[str, ...]
    skala: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JenisBukti:
    """A kind of record. ``kunci`` names the fields whose newest record counts; ``lingkup`` is unit or instansi."""

    id: str
    uraian: str
    lingkup: str
    isian: tuple[Isian, ...]
    pencatat: tuple[str, ...]
    dasar: tuple[str, ...]
    kunci: tuple[str, ...] = ()
    periksa: str | None = None
    sumber: Sumber | None = None


@dataclass(frozen=True, slots=True)
class Tahap:
    """A stage. ``punya`` lists what a unit at this stage has: sasaran, bangun, predikat, usulan, pencabutan."""

    id: str
    nama: str
    uraian: str
    punya: tuple[str, ...] = ()
    awal: bool = False
    akhir: bool = False


@dataclass(frozen=True, slots=True)
class Efek:
    """What a move does besides changing the stage, in a closed vocabulary.

    ``predikat`` and ``sasaran``: tetap, hapus, usulan (the proposed one), or a name. ``usulan``: tetap, buat, hapus.
    ``menandai``: dated markers set to the act's date, or to the date of the newest record of the named kind.
    """

    predikat: str = "tetap"
    sasaran: str = "tetap"
    usulan: str = "tetap"
    menandai: Mapping[str, str] = field(default_factory=dict)
    membatalkan: bool = False
    mewariskan: str | None = None


@dataclass(frozen=True, slots=True)
class Langkah:
    """A move: from which stages, to which, by whom, with which fields, on what legal basis."""

    id: str
    nama: str
    uraian: str
    dari: tuple[str, ...]
    ke: str | None
    pelaku: str
    dasar: tuple[str, ...]
    isian: tuple[Isian, ...] = ()
    efek: Efek = field(default_factory=Efek)
    banyak: bool = False
    utama: bool = False
    konfirmasi: bool = False


@dataclass(frozen=True, slots=True)
class Masa:
    """One period of a dated value: from ``sejak`` to ``sampai`` (both included), with its citations and readings."""

    sejak: date
    sampai: date | None
    dasar: tuple[str, ...]
    tafsir: tuple[str, ...] = ()
    ambang: Any = None
    teks: str = ""

    def mencakup(self, pada: date) -> bool:
        """Say whether the period covers the day."""
        return self.sejak <= pada and (self.sampai is None or pada <= self.sampai)


class Jenis(Protocol):
    """A kind of requirement: its parameters, and how it is checked (one class each in ``guards/``)."""

    SIFAT: ClassVar[str]
    AMBANG: ClassVar[str | None]

    def periksa(self, konteks: Konteks, ambang: Any) -> Hasil:  # noqa: ANN401 - each kind has its own threshold type
        """Check and say what was found; never raise, never stop early."""
        ...


@dataclass(frozen=True, slots=True)
class Syarat:
    """One part of a requirement on one or more moves. ``predikat`` limits it to proposals of that predikat."""

    id: str
    langkah: tuple[str, ...]
    uraian: str
    jenis: Jenis
    lapisan: str
    oleh: str
    lanjut: str
    berlaku: tuple[Masa, ...]
    predikat: str | None = None
    akibat: str = MENOLAK

    def pada(self, hari: date) -> Masa:
        """Return the period in force on ``hari``; raises NilaiTidakBerlaku, naming the gap.

        Rules about the act itself (its date, its actor) also judge acts that lie before every period.
        """
        for masa in self.berlaku:
            if masa.mencakup(hari):
                return masa
        awal = min(m.sejak for m in self.berlaku)
        if hari < awal and getattr(self.jenis, "DI_LUAR_MASA", False):
            return next(m for m in self.berlaku if m.sejak == awal)
        raise NilaiTidakBerlaku(
            f"Syarat {self.id} tidak mempunyai nilai yang berlaku pada {hari.isoformat()}",
            f"Nilai pertama berlaku sejak {awal.isoformat()}",
            "Pilih tanggal di dalam masa berlaku, atau tambahkan nilai untuk tanggal itu di definisi.",
        )


@dataclass(frozen=True, slots=True)
class Pembebasan:
    """A waiver: units of the named afirmasi kinds may still be in the process of meeting ``syarat`` (ids or id prefixes)."""

    id: str
    uraian: str
    afirmasi: tuple[str, ...]
    syarat: tuple[str, ...]
    berlaku: tuple[Masa, ...]

    def membebaskan(self, id_syarat: str, afirmasi: str | None, hari: date) -> Masa | None:
        """Return the period that waives the requirement for that kind of unit on that day, or None."""
        if afirmasi not in self.afirmasi or not any(id_syarat == s or id_syarat.startswith(s + ".") for s in self.syarat):
            return None
        return next((m for m in self.berlaku if m.mencakup(hari)), None)


@dataclass(frozen=True, slots=True)
class Kewajiban:
    """A duty with a deadline (T1–T11): when it runs, how its date follows, whom it concerns.

    ``tahap``, ``predikat``, ``sasaran``: it runs for units at these stages, holding one of these, building towards one of
    these (empty: any). ``kepada``: the roles that are reminded; ``lanjut``: what to do then.
    """

    id: str
    uraian: str
    jenis: JenisTenggat
    kepada: tuple[str, ...]
    lanjut: str
    berlaku: tuple[Masa, ...]
    tahap: tuple[str, ...] = ()
    predikat: tuple[str, ...] = ()
    sasaran: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AturanPengingat:
    """How duties are reminded of: days before, every how many days when overdue, and to whom.

    ``eskalasi``: roles that are told beside the others of what is overdue; ``cadangan``: roles told where nobody else is.
    ``sapu``: when the daily sweep wakes; letters leave from ``surat_mulai`` until ``surat_sampai``, on working days only
    where ``hari_kerja``; times are those of the definition's zone.
    """

    sebelum: tuple[int, ...] = (90, 60, 30, 14, 7, 1, 0)
    terlambat_setiap: int = 30
    eskalasi: tuple[str, ...] = ()
    cadangan: tuple[str, ...] = ()
    sapu: time = time(7, 0)
    surat_mulai: time = time(7, 0)
    surat_sampai: time = time(18, 0)
    hari_kerja: bool = True


@dataclass(frozen=True, slots=True)
class Cakupan:
    """One ayat (or lampiran) of the regulation and what carries it, or the words why it needs nothing."""

    pasal: str
    isi: str
    oleh: tuple[str, ...]
    keterangan: str = ""


@dataclass(frozen=True, slots=True)
class Impor:
    """How an export of another system is read: names of columns by what they mean (`reports.WAJIB`, ``BOLEH``).

    ``awalan``: what stands before the report's number in the code of the file that it opens.
    """

    awalan: str
    kolom: Mapping[str, tuple[str, ...]]


_VERBA_UNIT = frozenset({"lihat", "daftar", "tambah"})


DISEGEL, TERBUKA = "disegel", "terbuka"
SESUDAH_MENJABAT, KAPAN_SAJA = "sesudah_menjabat", "kapan_saja"


@dataclass(frozen=True, slots=True)
class KebijakanPribadi:
    """From when on officials' names on decrees are sealed or open, and when a person's data may be deleted."""

    sejak: date = date.min
    nama_pejabat: str = DISEGEL
    hapus: str = SESUDAH_MENJABAT
    dasar: tuple[str, ...] = ()
    tafsir: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definisi:
    """One folder of rules, loaded and checked. ``sidik`` is the sha256 over its canonical content.

    ``peninjau``: the roles that may take note of decisions reviewed after a correction. ``sebutan``: what one of its files is
    called; ``induk``: the workflow that each of its files must be about a file of; ``terkait``: workflows whose files are about
    files of this one, and what they are called; ``kode``: the pattern of codes that are given by the register; ``pendaftar``:
    who may open a file; ``impor``: how files are opened from an export of another system.
    """

    id: str
    instansi: str
    judul: str
    zona: str
    sejak: date
    norma: Mapping[str, Norma]
    tafsir: Mapping[str, Tafsir]
    peran: Mapping[str, str]
    peran_unit: tuple[str, ...]
    afirmasi: Mapping[str, str]
    predikat: tuple[str, ...]
    tahap: Mapping[str, Tahap]
    langkah: Mapping[str, Langkah]
    bukti: Mapping[str, JenisBukti]
    syarat: tuple[Syarat, ...]
    pembebasan: tuple[Pembebasan, ...]
    cakupan: tuple[Cakupan, ...]
    instrumen: Instrumen | None
    keadaan_awal: tuple[Isian, ...] = ()
    lembaran: Lembaran | None = None
    kewajiban: tuple[Kewajiban, ...] = ()
    pengingat: AturanPengingat = field(default_factory=AturanPengingat)
    kalender: Kalender = field(default_factory=Kalender)
    peninjau: tuple[str, ...] = ("admin",)
    data_pribadi: tuple[KebijakanPribadi, ...] = (KebijakanPribadi(),)
    sebutan: str = "Unit"
    induk: str | None = None
    terkait: Mapping[str, str] = field(default_factory=dict)
    kode: str = ""
    pendaftar: tuple[str, ...] = ("admin",)
    impor: Impor | None = None
    sidik: str = ""
    pohon: bytes = b""

    def kebijakan_pribadi(self, pada: date) -> KebijakanPribadi:
        """Return the policy on personal data of a day; before the first one, that one."""
        return next((k for k in reversed(self.data_pribadi) if k.sejak <= pada), self.data_pribadi[0])

    def perintah(self, verba: str) -> str:
        """Return how a verb of the command line is typed for files of this workflow (``lihat``, ``catat``, ``maju`` …)."""
        if self.induk is not None:
            return f"zi {self.id} {verba}"
        return f"zi unit {verba}" if verba in _VERBA_UNIT else f"zi {verba}"

    def predikat_berikut(self, dipegang: str | None) -> str:
        """Return the predikat that a unit holding ``dipegang`` builds towards: the next one up."""
        if dipegang is None:
            return self.predikat[0]
        return self.predikat[min(self.predikat.index(dipegang) + 1, len(self.predikat) - 1)]

    def langkah_dari(self, tahap: str) -> tuple[Langkah, ...]:
        """Return the moves that leave ``tahap``, in the order of the definition."""
        return tuple(langkah for langkah in self.langkah.values() if tahap in langkah.dari)

    def syarat_untuk(self, perintah: str, predikat: str | None) -> tuple[Syarat, ...]:
        """Return the requirements of a command, in the order of the definition."""
        return tuple(s for s in self.syarat if perintah in s.langkah and s.predikat in (None, predikat))
