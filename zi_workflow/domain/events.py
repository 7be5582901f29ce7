"""Facts in the past tense: the small closed set of events, and the envelope that rules may see.

Events hold plain data only (text, whole numbers, yes/no, lists, maps; dates as ``YYYY-MM-DD``, decimals as text),
so that what is stored is what was decided, and nothing has to be guessed when it is read again years later.
Names and fields are a storage format: the store writes ``Nama@versi`` and upgrades old versions on reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeAlias

Polos: TypeAlias = "str | int | bool | list[Polos] | dict[str, Polos] | None"
"""Plain data, as JSON has it, without fractions: decimals travel as text."""

PetaPolos: TypeAlias = Mapping[str, Polos]

NOMOR_SEMENTARA = 2**52
"""Numbers from here on are provisional: an event of the same batch that has no global number yet."""


@dataclass(frozen=True, slots=True)
class Berkas:
    """An evidence file as the log knows it: its content hash, its size in bytes and the name it came with."""

    sha256: str
    ukuran: int
    nama: str


@dataclass(frozen=True, slots=True)
class UnitDidaftarkan:
    """A file was opened (M0). ``keadaan_awal`` is present only for a unit that was already on its way (*dari arsip*).

    ``induk``: the file of another workflow that this one is about, where its definition says that there is one.
    """

    kode: str
    nama: str
    jenis: str | None
    afirmasi: str | None
    keadaan: PetaPolos
    keadaan_awal: PetaPolos | None = None
    berkas: tuple[Berkas, ...] = ()
    induk: str | None = None


@dataclass(frozen=True, slots=True)
class BuktiDicatat:
    """A record of one kind entered a unit's file or the instansi's file."""

    jenis: str
    isi: PetaPolos
    berkas: tuple[Berkas, ...] = ()


@dataclass(frozen=True, slots=True)
class BuktiDikoreksi:
    """A record says ``isi`` from here on; the envelope's ``tanggal`` is the record's own, so that it is read back to its day.

    ``bukti`` is the number of the record's first event, ``menggantikan`` of the one whose contents this replaces,
    ``pada`` the day of the correction itself.
    """

    jenis: str
    bukti: int
    menggantikan: int
    isi: PetaPolos
    alasan: str
    pada: str
    berkas: tuple[Berkas, ...] = ()


@dataclass(frozen=True, slots=True)
class BuktiDitarik:
    """A record was retracted: it counts no more, on no day; fields and ``tanggal`` as in `BuktiDikoreksi`."""

    jenis: str
    bukti: int
    menggantikan: int
    alasan: str
    pada: str


@dataclass(frozen=True, slots=True)
class PutusanDitinjau:
    """Decisions of this unit that relied on a record were decided again after it was corrected or retracted; nothing was moved.

    ``bukti`` and ``menggantikan`` are those of the correction. ``putusan``: for each decision its nomor, perintah, tanggal, whether
    it was accepted (``diterima``), whether it would be now (``kini``), whether all is the same (``sama``), and which requirements differ
    (``beda``: id, dulu, kini). ``dibatalkan``: the number of the event that undid the move, where one did.
    """

    jenis: str
    bukti: int
    menggantikan: int
    putusan: tuple[PetaPolos, ...]


@dataclass(frozen=True, slots=True)
class PeninjauanDiakui:
    """Somebody took note of a review (``tinjauan``: the number of its event): its mark is taken off the unit."""

    tinjauan: int
    catatan: str


@dataclass(frozen=True, slots=True)
class LangkahDiambil:
    """A move was made. ``hasil`` is the whole resulting condition, so that replay never consults a rule.

    ``pewaris``: the unit to which a bar on re-proposal was handed with this move.
    """

    langkah: str
    dari: str
    ke: str
    isi: PetaPolos
    hasil: PetaPolos
    syarat: tuple[PetaPolos, ...] = ()
    terlambat: PetaPolos | None = None
    pewaris: str | None = None


@dataclass(frozen=True, slots=True)
class LangkahDibatalkan:
    """The last move was undone by a compensating event (M15); ``nomor_langkah`` is the number of the undone event."""

    langkah: str
    nomor_langkah: int
    dari: str
    ke: str
    isi: PetaPolos
    syarat: tuple[PetaPolos, ...] = ()


@dataclass(frozen=True, slots=True)
class LaranganDiwariskan:
    """A dissolved unit handed its bar on re-proposal (R28) to its successor (M14); None takes it back (M15)."""

    dari_unit: str
    pencabutan: str | None


@dataclass(frozen=True, slots=True)
class BerkasTerkait:
    """A file of another workflow (``alur``) that is about this one was opened, moved, or had a move undone.

    It stands in the stream of the file that it is about, so that decisions on that file know of it. ``dibuka``: the day the
    other file was opened; ``sejak``: since when it is at ``tahap``; ``selesai``: that stage is an end. ``pembatalan``: its last
    move was undone, and this is where it stands again.
    """

    alur: str
    kode: str
    tahap: str
    dibuka: str
    sejak: str
    selesai: bool
    pembatalan: bool = False


@dataclass(frozen=True, slots=True)
class PerintahDitolak:
    """A command was refused: ``syarat`` is the full checklist, ``sidik`` identifies the same refusal of the same day."""

    perintah: str
    isi: PetaPolos
    pada: str
    hari: str
    syarat: tuple[PetaPolos, ...]
    sidik: str


@dataclass(frozen=True, slots=True)
class PejabatDiangkat:
    """An official was appointed to a role by a numbered decree."""

    nip: str
    nama: str
    peran: str
    sk: str
    sejak: str
    sampai: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PejabatDiakhiri:
    """An official's role ended: ``sampai`` is the last day in the role."""

    nip: str
    peran: str
    sampai: str
    unit: str | None = None
    alasan: str | None = None


@dataclass(frozen=True, slots=True)
class KontakDiatur:
    """An official can be reached through a channel at an address; None takes the contact away. Never a secret."""

    nip: str
    kanal: str
    alamat: str | None = None


@dataclass(frozen=True, slots=True)
class DataPribadiDihapus:
    """A person's data were deleted: what ``kunci`` sealed of ``orang`` (a NIP, or the store's id of somebody without one) is gone.

    The key is destroyed after this is recorded, so that a destruction without a record cannot be.
    """

    orang: str
    kunci: str
    alasan: str
    dasar: str


@dataclass(frozen=True, slots=True)
class LangkahTenggat:
    """What both events of a due date carry: which step was reached, with what arithmetic, and who is told (``penerima``: NIPs).

    ``sebagai`` says in which role (NIP -> role). ``kejadian`` names the occurrence also when its date moves, ``seharusnya`` is
    the step's own day where it is recorded late, ``akhir`` the last day on which the duty can still be discharged where it ends by itself.
    """

    tenggat: str
    butir: str
    kejadian: str
    jatuh_tempo: str
    langkah: str
    sisa_hari: int
    hari_kerja_terakhir: str
    uraian: str
    perhitungan: str
    lanjut: str
    bukti: tuple[int, ...] = ()
    tafsir: tuple[str, ...] = ()
    penerima: tuple[str, ...] = ()
    sebagai: PetaPolos = field(default_factory=dict)
    akhir: str | None = None
    seharusnya: str | None = None


@dataclass(frozen=True, slots=True)
class TenggatDiingatkan(LangkahTenggat):
    """A step before a due date, or the day itself, was reached (``H-30`` … ``H-0``)."""


@dataclass(frozen=True, slots=True)
class TenggatTerlewat(LangkahTenggat):
    """A due date passed undischarged (``terlambat``), or has been overdue for so many days (``terlambat+30`` …)."""


@dataclass(frozen=True, slots=True)
class PengingatDicabut:
    """Reminders of a due date no longer hold: it was discharged (dipenuhi), moved (dipindah), ended (berakhir), fell away (gugur)."""

    tenggat: str
    butir: str
    jatuh_tempo: str
    kejadian: str
    sebab: str
    keterangan: str
    penerima: tuple[str, ...] = ()
    bukti: tuple[int, ...] = ()
    pengganti: str | None = None


@dataclass(frozen=True, slots=True)
class PengingatDipulihkan:
    """Reminders that had been withdrawn hold again: what had discharged, moved or ended the due date was itself undone."""

    tenggat: str
    butir: str
    jatuh_tempo: str
    kejadian: str
    keterangan: str
    penerima: tuple[str, ...] = ()
    bukti: tuple[int, ...] = ()


PeristiwaTenggat: TypeAlias = TenggatDiingatkan | TenggatTerlewat | PengingatDicabut | PengingatDipulihkan


@dataclass(frozen=True, slots=True)
class JadwalDisapu:
    """A sweep looked at these units on the day ``pada``: ``unit`` says for each the day to look again (code -> date).

    ``aturan`` is the short hash of what beside their files decided their due dates.
    """

    pada: str
    aturan: str
    unit: PetaPolos


@dataclass(frozen=True, slots=True)
class PemberitahuanDisusun:
    """A person's digest was composed from reminders (``pengingat``: their numbers), to leave through ``kanal`` (name -> address).

    ``surat`` is its stable id; ``gugur`` are reminders that are not in it: withdrawn before it was composed, or overtaken by a
    newer one of the same due date.
    """

    surat: str
    nip: str
    hari: str
    kanal: PetaPolos
    pengingat: tuple[int, ...]
    gugur: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PemberitahuanDicoba:
    """One attempt to deliver a digest through a channel: ``hasil`` terkirim, gagal (again from ``lagi`` on) or menyerah.

    ``sidik_isi`` is the sha256 of subject, line end and text as they were sent, with ``disegel`` in the place of a sealed name.
    """

    surat: str
    nip: str
    kanal: str
    percobaan: int
    hasil: str
    sidik_isi: str
    sebab: str = ""
    lagi: str | None = None


Peristiwa: TypeAlias = (
    UnitDidaftarkan
    | BuktiDicatat
    | BuktiDikoreksi
    | BuktiDitarik
    | PutusanDitinjau
    | PeninjauanDiakui
    | LangkahDiambil
    | LangkahDibatalkan
    | LaranganDiwariskan
    | BerkasTerkait
    | PerintahDitolak
    | PejabatDiangkat
    | PejabatDiakhiri
    | KontakDiatur
    | DataPribadiDihapus
    | TenggatDiingatkan
    | TenggatTerlewat
    | PengingatDicabut
    | PengingatDipulihkan
    | JadwalDisapu
    | PemberitahuanDisusun
    | PemberitahuanDicoba
)


@dataclass(frozen=True, slots=True)
class Tercatat:
    """An event with the facts of its envelope that a fold may use.

    ``nomor`` is the global number in the instansi's log (provisional within a batch), ``versi`` its place in its
    stream (from 1), ``tanggal`` when it happened, ``waktu_catat`` when it was recorded (UTC).
    """

    peristiwa: Peristiwa
    nomor: int
    versi: int
    tanggal: date
    oleh: str
    waktu_catat: datetime
    aliran: str = field(default="")


def nomori_ulang(peristiwa: Peristiwa, nomor: Mapping[int, int]) -> Peristiwa:
    """Replace provisional numbers in ``peristiwa`` by the final ones (``nomor``: provisional -> final)."""
    match peristiwa:
        case BuktiDikoreksi(menggantikan=lama) | BuktiDitarik(menggantikan=lama) | PutusanDitinjau(menggantikan=lama):
            return replace(peristiwa, menggantikan=nomor.get(lama, lama))
        case LangkahDibatalkan(nomor_langkah=langkah):
            peristiwa = replace(peristiwa, nomor_langkah=nomor.get(langkah, langkah))
    if isinstance(peristiwa, LangkahDiambil | LangkahDibatalkan | PerintahDitolak):
        return replace(peristiwa, syarat=tuple(_nomori_syarat(s, nomor) for s in peristiwa.syarat))
    return peristiwa


def _nomori_syarat(syarat: PetaPolos, nomor: Mapping[int, int]) -> PetaPolos:
    bukti = syarat.get("bukti")
    if not isinstance(bukti, list):
        return syarat
    return {**syarat, "bukti": [nomor.get(n, n) if isinstance(n, int) else n for n in bukti]}
