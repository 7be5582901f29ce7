"""One attempt at a request: the files it needs, folded, each command seeing what the earlier ones did, and the drafts to append."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from zi_workflow.domain.commands import AmbilLangkah, AngkatPejabat, DaftarkanUnit, Koreksi, Perintah, Tarik
from zi_workflow.domain.corrections import Peninjauan
from zi_workflow.domain.decide import FAKTA, INDUK, PEJABAT, PENOLAKAN, UNIT, Putusan, Terbitan, putuskan
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import NOMOR_SEMENTARA, PerintahDitolak, Tercatat
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi, lipat, sidik_penolakan
from zi_workflow.domain.verdict import harus_ada

if TYPE_CHECKING:
    from zi_workflow.store import Amplop, Kunci, Naskah

T = TypeVar("T")


class Ditinjau(Protocol):
    """What a correction touches, and how to make sure, under the lock of the append, that nothing was missed."""

    @property
    def per_unit(self) -> tuple[Peninjauan, ...]:
        """Return the decisions by unit, decided again."""
        ...

    def pastikan(self, koneksi: Any) -> None:  # noqa: ANN401 - SQLAlchemy's connection, which is not for this room to know
        """Raise Konflik where something else relies on the record by now."""
        ...


Peninjau = Callable[[Koreksi | Tarik, Sequence[Tercatat]], Ditinjau]
"""Decides again, with corrections that are not recorded yet (the last one is the command's), what relied on the record."""


class Brankas(Protocol):
    """What the service needs of the key store of personal data."""

    def sidik(self, bahan: bytes) -> str:
        """Return a fingerprint that only holders of the key store can make; raises PenyimpananGagal where there is none."""
        ...

    def musnahkan(self, orang: str, kunci_id: str) -> bool:
        """Destroy a key of a person, once; raises PenyimpananGagal."""
        ...


class Gudang(Protocol):
    """What the service needs of a store."""

    @property
    def brankas(self) -> Brankas:
        """The key store of personal data."""
        ...

    def muat(self, aliran: str, setelah: int = 0) -> list[Tercatat]:
        """Return the events of a stream after a version."""
        ...

    def tambah(
        self,
        naskah: Sequence[Naskah],
        *,
        dibaca: Mapping[str, int],
        definisi: Mapping[str, bytes],
        kunci: Kunci | None = None,
        jawaban: Callable[[Sequence[Tercatat]], bytes] | None = None,
        pastikan: Sequence[Callable[[Any], None]] = (),
    ) -> list[Tercatat]:
        """Append events in one transaction; raises Konflik where a stream moved on, or as ``pastikan`` do under its lock."""
        ...

    def jawaban_kunci(self, kunci: Kunci) -> bytes | None:
        """Return the answer kept with a key."""
        ...

    def lihat(self, nomor: int) -> Amplop | None:
        """Return the event with this number."""
        ...

    def muat_lengkap(self, aliran: str) -> list[Amplop]:
        """Return the events of a stream with their whole envelopes."""
        ...

    def aliran(self, awalan: str) -> list[str]:
        """Return the names of the streams that begin with ``awalan``."""
        ...

    def definisi(self, sidik: str) -> bytes | None:
        """Return the definition kept under a hash."""
        ...

    def baca(self, kerja: Callable[[Any], T]) -> T:
        """Run ``kerja`` on a connection to the read models."""
        ...


TENGGAT = "tenggat"
JADWAL = "jadwal"
SAPUAN = "sapuan"
SURAT = "surat"
PELAKU_JADWAL = "X-JADWAL"
"""Who acts in what the scheduler writes; the account that it runs under is kept beside it, as always."""


@dataclass(frozen=True, slots=True)
class Aliran:
    """How streams are named: ``instansi/alur/kode``; ``induk`` is the workflow whose files those of ``alur`` are about."""

    instansi: str
    alur: str
    induk: str | None = None

    def untuk(self, golongan: str, kode: str) -> str:
        """Return the stream of a unit, its refusals or reminders, of the sweeps, a person's letters, the facts or the officials."""
        if golongan == UNIT:
            return f"{self.instansi}/{self.alur}/{kode}"
        if golongan == INDUK:
            return f"{self.instansi}/{self.induk}/{kode}"
        if golongan in (PENOLAKAN, TENGGAT, JADWAL):
            return f"{self.instansi}/{self.alur}-{golongan}/{kode}"
        if golongan == SURAT:
            return f"{self.instansi}/surat/{kode}"
        return f"{self.instansi}/instansi/{golongan}"


@dataclass
class Sesi:
    """One attempt: the files as loaded and as changed by what was decided so far, and the drafts to append.

    ``aturan`` gives the definition of a workflow (None: the main one); ``unit`` holds files by their streams, of all workflows.
    """

    aturan: Callable[[str | None], Definisi]
    gudang: Gudang
    hari_ini: date
    instan: datetime
    instansi: Instansi
    peninjau: Peninjau
    unit: dict[str, Unit | None] = field(default_factory=dict)
    koreksi: list[Tercatat] = field(default_factory=list)
    pastikan: list[Callable[[Any], None]] = field(default_factory=list)
    penolakan: dict[str, tuple[int, set[tuple[str, str]]]] = field(default_factory=dict)
    naskah: list[Naskah] = field(default_factory=list)
    dibaca: dict[str, int] = field(default_factory=dict)
    definisi: dict[str, bytes] = field(default_factory=dict)

    def muat(self, aliran: str) -> Unit | None:
        """Return the file of a stream as it is within this attempt; None where there is none. What is read is rechecked on appending."""
        if aliran not in self.unit:
            unit = lipat(self.gudang.muat(aliran))
            self.unit[aliran] = unit
            self.dibaca[aliran] = unit.versi if unit else 0
        return self.unit[aliran]

    def berkas(self, perintah: Perintah) -> Unit | None:
        """Return the file that a command concerns, None where there is none (yet)."""
        kode = kode_unit(perintah)
        return self.muat(self._aliran(perintah).untuk(UNIT, kode)) if kode is not None else None

    def induk(self, perintah: Perintah) -> Unit | None:
        """Return the file that the command's file is about, None where it is about none."""
        unit = self.berkas(perintah)
        kode = unit.induk if unit is not None else perintah.induk if isinstance(perintah, DaftarkanUnit) else None
        aliran = self._aliran(perintah)
        return self.muat(aliran.untuk(INDUK, kode)) if kode is not None and aliran.induk is not None else None

    def beri_kode(self, perintah: Sequence[Perintah]) -> list[Perintah]:
        """Give the files that are to be opened without a code the next free one of their pattern, in all commands that mean them."""
        kode: dict[str | None, str] = {}
        hasil: list[Perintah] = []
        for satu in perintah:
            if kode_unit(satu) != "":
                hasil.append(satu)
                continue
            alur = alur_perintah(satu)
            if isinstance(satu, DaftarkanUnit):
                kode[alur] = self._kode_berikut(satu, set(kode.values()))
            if alur not in kode:
                raise MasukanSalah("Kode belum disebut", "Hanya berkas yang baru dibuka yang diberi kode sendiri.", "Sebut kodenya.")
            hasil.append(replace(satu, kode=kode[alur]))  # type: ignore[arg-type]  # it has a code, which is empty
        return hasil

    def _kode_berikut(self, perintah: DaftarkanUnit, terpakai: set[str]) -> str:
        """Return the first free code after all that were given in the year of the act."""
        aturan = self.aturan(perintah.alur)
        if not aturan.kode:
            raise MasukanSalah("Kode belum disebut", f"Alur {aturan.id} tidak memberi kode sendiri.", "Sebut kodenya.")
        awal, akhir = aturan.kode.replace("{tahun}", str(perintah.tanggal.year)).split("{nomor}")
        aliran = self._aliran(perintah)
        nama = [a.rpartition("/")[2] for a in self.gudang.aliran(aliran.untuk(UNIT, ""))]
        ada = [k.removeprefix(awal).removesuffix(akhir) for k in nama if k.startswith(awal) and k.endswith(akhir)]
        nomor = max((int(n) for n in ada if n.isdecimal()), default=0) + 1
        while (kode := f"{awal}{nomor:04d}{akhir}") in terpakai or self.muat(aliran.untuk(UNIT, kode)) is not None:
            nomor += 1
        return kode

    def muat_semua(self, perintah: Sequence[Perintah]) -> None:
        """Load every file that the commands name."""
        for satu in perintah:
            unit = self.berkas(satu)
            self.induk(satu)
            for lain in self._lain(satu, unit):
                self.muat(lain)

    def putuskan(self, perintah: Perintah) -> Putusan:
        """Decide a command against the files as they are within this attempt; raises as the domain does."""
        unit = self.berkas(perintah)
        for lain in self._lain(perintah, unit):
            harus_ada(self.muat(lain), lain.split("/", 2)[2])
        aliran, aturan, induk = self._aliran(perintah), self.aturan(alur_perintah(perintah)), self.induk(perintah)
        awalan = aliran.untuk(UNIT, "")
        semua = {a.removeprefix(awalan): u for a, u in self.unit.items() if u is not None and a.startswith(awalan)}
        putusan = putuskan(aturan, unit, self.instansi, perintah, self.hari_ini, semua, induk=induk)
        if not isinstance(perintah, Koreksi | Tarik) or not putusan.diterima or not putusan.terbitan:
            return putusan
        self.koreksi.append(self._tercatat(perintah, putusan.terbitan[0], NOMOR_SEMENTARA + len(self.naskah)))
        tinjauan = self.peninjau(perintah, self.koreksi)
        self.pastikan.append(tinjauan.pastikan)
        for satu in tinjauan.per_unit:
            self.muat(aliran.untuk(UNIT, satu.kode))
        return putuskan(aturan, unit, self.instansi, perintah, self.hari_ini, semua, tinjauan.per_unit, induk)

    def terapkan(self, perintah: Perintah, terbitan: Sequence[Terbitan]) -> tuple[int, ...]:
        """Draft the events and fold them, so that the next command sees them; return their (provisional) numbers."""
        return tuple(n for t in terbitan if (n := self._satu(perintah, t)) is not None)

    def _aliran(self, perintah: Perintah) -> Aliran:
        aturan = self.aturan(alur_perintah(perintah))
        return Aliran(aturan.instansi, aturan.id, aturan.induk)

    def _lain(self, perintah: Perintah, unit: Unit | None) -> tuple[str, ...]:
        aliran = self._aliran(perintah)
        return tuple(aliran.untuk(UNIT, kode) for kode in unit_lain(self.aturan(alur_perintah(perintah)), perintah, unit))

    def _satu(self, perintah: Perintah, terbitan: Terbitan) -> int | None:
        from zi_workflow.store import Naskah  # noqa: PLC0415 - the store is loaded when something is written

        nomor = NOMOR_SEMENTARA + len(self.naskah)
        tercatat = self._tercatat(perintah, terbitan, nomor)
        aliran, versi, hari = tercatat.aliran, tercatat.versi, tercatat.tanggal
        if isinstance(terbitan.peristiwa, PerintahDitolak) and not self._penolakan_baru(aliran, terbitan.peristiwa):
            return None
        if terbitan.golongan in (UNIT, INDUK):
            self.unit[aliran] = evolve(self.unit.get(aliran), tercatat)
        elif terbitan.golongan in (FAKTA, PEJABAT):
            self.instansi = evolve_instansi(self.instansi, tercatat)
        aturan = self.aturan(alur_perintah(perintah))
        self.definisi[aturan.sidik] = aturan.pohon
        self.naskah.append(Naskah(aliran, versi, terbitan.peristiwa, hari, perintah.oleh, terbitan.dasar, aturan.sidik))
        return nomor

    def _tercatat(self, perintah: Perintah, terbitan: Terbitan, nomor: int) -> Tercatat:
        """Return the event as a fold of this attempt sees it."""
        aliran = self._aliran(perintah).untuk(terbitan.golongan, terbitan.kode)
        versi = self._versi(terbitan, aliran) + 1
        return Tercatat(terbitan.peristiwa, nomor, versi, terbitan.tanggal or perintah.tanggal, perintah.oleh, self.instan, aliran)

    def _versi(self, terbitan: Terbitan, aliran: str) -> int:
        if terbitan.golongan in (UNIT, INDUK):
            unit = self.muat(aliran)
            return unit.versi if unit else 0
        if terbitan.golongan == PENOLAKAN:
            return self._riwayat_penolakan(aliran)[0]
        return self.instansi.versi.get(aliran, 0)

    def _riwayat_penolakan(self, aliran: str) -> tuple[int, set[tuple[str, str]]]:
        if aliran not in self.penolakan:
            semua = self.gudang.muat(aliran)
            self.penolakan[aliran] = (semua[-1].versi if semua else 0, set(sidik_penolakan(semua)))
        return self.penolakan[aliran]

    def _penolakan_baru(self, aliran: str, peristiwa: PerintahDitolak) -> bool:
        versi, ada = self._riwayat_penolakan(aliran)
        if (peristiwa.hari, peristiwa.sidik) in ada:
            return False
        self.penolakan[aliran] = (versi + 1, {*ada, (peristiwa.hari, peristiwa.sidik)})
        return True


def alur_perintah(perintah: Perintah) -> str | None:
    """Return the workflow that a command names, None for the main one."""
    return getattr(perintah, "alur", None)


def kode_unit(perintah: Perintah) -> str | None:
    """Return the code of the unit whose file a command concerns, None where it concerns the instansi's."""
    kode = getattr(perintah, "kode", None)
    return kode if isinstance(kode, str) else None


def unit_lain(definisi: Definisi, perintah: Perintah, unit: Unit | None) -> tuple[str, ...]:
    """Return the codes of other units that a command names, or that undoing its last move concerns."""
    if isinstance(perintah, AngkatPejabat):
        return (perintah.unit,) if perintah.unit else ()
    if not isinstance(perintah, AmbilLangkah):
        return ()
    langkah = definisi.langkah.get(perintah.langkah)
    pengganti = perintah.isi.get(langkah.efek.mewariskan or "") if langkah else None
    pewaris = unit.lalu[-1].pewaris if unit and unit.lalu else None
    return tuple(dict.fromkeys(k for k in (pengganti, pewaris) if isinstance(k, str) and k and k != perintah.kode))
