"""One attempt at a request: the files it needs, folded, each command seeing what the earlier ones did, and the drafts to append."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from zi_workflow.domain.commands import AmbilLangkah, AngkatPejabat, Koreksi, Perintah, Tarik
from zi_workflow.domain.corrections import Peninjauan
from zi_workflow.domain.decide import FAKTA, PEJABAT, PENOLAKAN, UNIT, Putusan, Terbitan, putuskan
from zi_workflow.domain.definition import Definisi
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


class Gudang(Protocol):
    """What the service needs of a store."""

    def muat(self, aliran: str, setelah: int = 0) -> list[Tercatat]:
        """Return the events of a stream after a version."""
        ...

    def tambah(
        self,
        naskah: Sequence[Naskah],
        *,
        dibaca: Mapping[str, int],
        definisi: tuple[str, bytes] | None,
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
    """How streams are named: ``instansi/alur/kode``."""

    instansi: str
    alur: str

    def untuk(self, golongan: str, kode: str) -> str:
        """Return the stream of a unit, its refusals or reminders, of the sweeps, a person's letters, the facts or the officials."""
        if golongan == UNIT:
            return f"{self.instansi}/{self.alur}/{kode}"
        if golongan in (PENOLAKAN, TENGGAT, JADWAL):
            return f"{self.instansi}/{self.alur}-{golongan}/{kode}"
        if golongan == SURAT:
            return f"{self.instansi}/surat/{kode}"
        return f"{self.instansi}/instansi/{golongan}"


@dataclass
class Sesi:
    """One attempt: the files as loaded and as changed by what was decided so far, and the drafts to append."""

    definisi: Definisi
    gudang: Gudang
    aliran: Aliran
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

    def muat(self, kode: str) -> Unit | None:
        """Return a unit's file as it is within this attempt; None where there is none. What is read is rechecked on appending."""
        if kode not in self.unit:
            aliran = self.aliran.untuk(UNIT, kode)
            unit = lipat(self.gudang.muat(aliran))
            self.unit[kode] = unit
            self.dibaca[aliran] = unit.versi if unit else 0
        return self.unit[kode]

    def muat_semua(self, perintah: Sequence[Perintah]) -> None:
        """Load every file that the commands name."""
        for satu in perintah:
            kode = kode_unit(satu)
            unit = self.muat(kode) if kode is not None else None
            for lain in unit_lain(self.definisi, satu, unit):
                self.muat(lain)

    def putuskan(self, perintah: Perintah) -> Putusan:
        """Decide a command against the files as they are within this attempt; raises as the domain does."""
        kode = kode_unit(perintah)
        unit = self.muat(kode) if kode is not None else None
        for lain in unit_lain(self.definisi, perintah, unit):
            harus_ada(self.muat(lain), lain)
        semua = {k: u for k, u in self.unit.items() if u is not None}
        putusan = putuskan(self.definisi, unit, self.instansi, perintah, self.hari_ini, semua)
        if not isinstance(perintah, Koreksi | Tarik) or not putusan.diterima or not putusan.terbitan:
            return putusan
        self.koreksi.append(self._tercatat(perintah, putusan.terbitan[0], NOMOR_SEMENTARA + len(self.naskah)))
        tinjauan = self.peninjau(perintah, self.koreksi)
        self.pastikan.append(tinjauan.pastikan)
        for satu in tinjauan.per_unit:
            self.muat(satu.kode)
        return putuskan(self.definisi, unit, self.instansi, perintah, self.hari_ini, semua, tinjauan.per_unit)

    def terapkan(self, perintah: Perintah, terbitan: Sequence[Terbitan]) -> tuple[int, ...]:
        """Draft the events and fold them, so that the next command sees them; return their (provisional) numbers."""
        return tuple(n for t in terbitan if (n := self._satu(perintah, t)) is not None)

    def _satu(self, perintah: Perintah, terbitan: Terbitan) -> int | None:
        from zi_workflow.store import Naskah  # noqa: PLC0415 - the store is loaded when something is written

        nomor = NOMOR_SEMENTARA + len(self.naskah)
        tercatat = self._tercatat(perintah, terbitan, nomor)
        if isinstance(terbitan.peristiwa, PerintahDitolak) and not self._penolakan_baru(terbitan.kode, terbitan.peristiwa):
            return None
        if terbitan.golongan == UNIT:
            self.unit[terbitan.kode] = evolve(self.unit.get(terbitan.kode), tercatat)
        elif terbitan.golongan in (FAKTA, PEJABAT):
            self.instansi = evolve_instansi(self.instansi, tercatat)
        aliran, versi, hari = tercatat.aliran, tercatat.versi, tercatat.tanggal
        self.naskah.append(Naskah(aliran, versi, terbitan.peristiwa, hari, perintah.oleh, terbitan.dasar, self.definisi.sidik))
        return nomor

    def _tercatat(self, perintah: Perintah, terbitan: Terbitan, nomor: int) -> Tercatat:
        """Return the event as a fold of this attempt sees it."""
        aliran = self.aliran.untuk(terbitan.golongan, terbitan.kode)
        versi = self._versi(terbitan, aliran) + 1
        return Tercatat(terbitan.peristiwa, nomor, versi, terbitan.tanggal or perintah.tanggal, perintah.oleh, self.instan, aliran)

    def _versi(self, terbitan: Terbitan, aliran: str) -> int:
        if terbitan.golongan == UNIT:
            unit = self.muat(terbitan.kode)
            return unit.versi if unit else 0
        if terbitan.golongan == PENOLAKAN:
            return self._riwayat_penolakan(terbitan.kode)[0]
        return self.instansi.versi.get(aliran, 0)

    def _riwayat_penolakan(self, kode: str) -> tuple[int, set[tuple[str, str]]]:
        if kode not in self.penolakan:
            semua = self.gudang.muat(self.aliran.untuk(PENOLAKAN, kode))
            self.penolakan[kode] = (semua[-1].versi if semua else 0, set(sidik_penolakan(semua)))
        return self.penolakan[kode]

    def _penolakan_baru(self, kode: str, peristiwa: PerintahDitolak) -> bool:
        versi, ada = self._riwayat_penolakan(kode)
        if (peristiwa.hari, peristiwa.sidik) in ada:
            return False
        self.penolakan[kode] = (versi + 1, {*ada, (peristiwa.hari, peristiwa.sidik)})
        return True


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
