"""The store's own shapes: what is handed in (`Naskah`, `Kunci`) and what the audit verbs get back (`Amplop`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from zi_workflow.domain.errors import Konflik
from zi_workflow.domain.events import Peristiwa, Tercatat
from zi_workflow.readmodel import Proyeksi
from zi_workflow.store.codec import Kodek


@dataclass(frozen=True, slots=True)
class Naskah:
    """An event to append, in order.

    ``aliran`` is the stream (``instansi/alur/kode``), ``versi`` the version that the event must get in it (previous
    plus one), ``oleh`` who acts, ``dasar`` the citations, ``sidik_regulasi`` the hash of the definition that decided,
    ``dibaca`` which of the streams read in the transaction this event relied on (None: all of them).
    """

    aliran: str
    versi: int
    peristiwa: Peristiwa
    tanggal: date
    oleh: str
    dasar: tuple[str, ...]
    sidik_regulasi: str
    dibaca: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Kunci:
    """An idempotency key and the hash of the request that it came with (keyed, where the request carries personal data)."""

    teks: str
    sidik: str

    def cocokkan(self, sidik: str) -> None:
        """Raise `Konflik` where the key was used before with other content (``sidik`` is what was stored then)."""
        if sidik != self.sidik:
            raise Konflik(
                f"Kunci {self.teks} sudah dipakai untuk perintah lain.",
                "Kunci yang sama harus membawa isi yang sama.",
                "Pakai `--kunci` yang baru, atau ulangi perintah pertama tanpa diubah.",
            )


@dataclass(slots=True)
class Transaksi:
    """What one append brings beside its events, and (``tercatat``) what came of it."""

    dibaca: Mapping[str, int]
    definisi: Mapping[str, bytes]
    kunci: Kunci | None
    jawaban: Callable[[Sequence[Tercatat]], bytes] | None
    pastikan: tuple[Callable[[Connection], None], ...] = ()
    tercatat: list[Tercatat] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amplop(Tercatat):
    """A fully recorded event: what a fold sees, and the rest of the envelope as it is stored.

    ``jenis`` is the stored name and version (``LangkahDiambil@1``), ``isi`` the stored content before any upcasting, its personal
    texts opened where this machine can (``domain.personal``), ``pokok`` what the event is about (record kind, move, role),
    ``jam`` the raw clock beside ``waktu_catat``.
    """

    instansi: str
    alur: str
    kode: str
    jenis: str
    pokok: str | None
    pencatat: str
    jam: datetime
    kunci: str | None
    dibaca: Mapping[str, int]
    dasar: tuple[str, ...]
    sidik_regulasi: str
    rantai: str
    isi: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Potret:
    """One consistent picture of a store for long reading: the connection that sees it, and what is needed to understand it."""

    koneksi: Connection
    kodek: Kodek
    proyeksi: Sequence[Proyeksi]
    instansi: str
    baca_log: Callable[[], Iterator[Tercatat]]
