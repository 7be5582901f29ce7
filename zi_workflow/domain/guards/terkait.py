"""Files of other workflows: the one that a file is about, and those that are about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from zi_workflow.domain.guards.konteks import Frasa, Hasil, Konteks

_SEBUT = 5


@dataclass(frozen=True, slots=True)
class Induk:
    """The file that this one is about held a predikat on the day of the act (P16(2)e)."""

    SIFAT: ClassVar[str] = "dokumen"
    AMBANG: ClassVar[str | None] = None

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Look at that file as it stood on the day; what it held from the archive counts from the predikat's own date."""
        unit = konteks.induk
        butuh: Frasa = ("unit yang memegang predikat pada tanggal itu",)
        if unit is None:
            return Hasil(False, ("unit yang bersangkutan belum disebut",), butuh, ("unit",))
        keadaan = unit.keadaan_pada(konteks.tanggal)
        mulai = keadaan.penanda.get("predikat", date.min)
        if keadaan.predikat is None or mulai > konteks.tanggal:
            return Hasil(False, (f"{unit.kode} tidak memegang predikat pada ", konteks.tanggal), butuh, ("predikat",))
        asal = next((x.nomor for x in reversed(unit.lalu) if x.tanggal <= konteks.tanggal), unit.nomor)
        return Hasil(True, (f"{unit.kode} memegang {keadaan.predikat}",), butuh, None, (asal,))


@dataclass(frozen=True, slots=True)
class Tuntas:
    """No file of the workflow ``alur`` about this one is still open on the day of the act."""

    SIFAT: ClassVar[str] = "dokumen"
    AMBANG: ClassVar[str | None] = None

    alur: str

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Name the open ones, the oldest first."""
        sebutan = konteks.definisi.terkait[self.alur]
        semua = [t for t in (konteks.unit.terkait.values() if konteks.unit else ()) if t.alur == self.alur and t.dibuka <= konteks.tanggal]
        buka = sorted((t for t in semua if t.selesai is None or t.selesai > konteks.tanggal), key=lambda t: (t.dibuka, t.kode))
        butuh: Frasa = (f"tidak ada {sebutan} yang belum selesai",)
        if not buka:
            temu = f"{len(semua)} {sebutan}, semua sudah selesai" if semua else f"tidak ada {sebutan}"
            return Hasil(True, (temu,), butuh, None, tuple(t.nomor[-1] for t in semua))
        lagi = f", dan {len(buka) - _SEBUT} lagi" if len(buka) > _SEBUT else ""
        rinci = ", ".join(f"{t.kode} ({t.tahap})" for t in buka[:_SEBUT])
        nomor = tuple(t.nomor[-1] for t in buka)
        return Hasil(False, (f"{len(buka)} {sebutan} belum selesai: {rinci}{lagi}",), butuh, (f"{len(buka)} {sebutan}",), nomor)
