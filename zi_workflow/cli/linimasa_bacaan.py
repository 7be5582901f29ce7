"""What a unit's timeline is made of: every event about the unit on both axes, when it happened and when it was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from zi_workflow.cli.audit_bacaan import terlambat, zona
from zi_workflow.cli.bacaan import letak
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.lembar_peristiwa import sebutan

if TYPE_CHECKING:
    from zi_workflow.store import Amplop

PENDAFTARAN, LANGKAH, PEMBATALAN, CATATAN = "pendaftaran", "langkah", "pembatalan", "catatan"
PENOLAKAN, KOREKSI, TENGGAT, LAIN = "penolakan", "koreksi", "tenggat", "lainnya"
_GOLONGAN: Final = {
    "UnitDidaftarkan": PENDAFTARAN,
    "LangkahDiambil": LANGKAH,
    "LangkahDibatalkan": PEMBATALAN,
    "BuktiDicatat": CATATAN,
    "PerintahDitolak": PENOLAKAN,
    "BuktiDikoreksi": KOREKSI,
    "BuktiDitarik": KOREKSI,
    "PutusanDitinjau": KOREKSI,
    "PeninjauanDiakui": KOREKSI,
    "TenggatDiingatkan": TENGGAT,
    "TenggatTerlewat": TENGGAT,
    "PengingatDicabut": TENGGAT,
    "PengingatDipulihkan": TENGGAT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Titik:
    """One event on the timeline; ``dicatat`` is the day of recording in the definition's zone."""

    nomor: int
    golongan: str
    jenis: str
    sebutan: str
    tanggal: date
    dicatat: date
    waktu_catat: datetime
    selisih_hari: int
    oleh: str
    dari: str | None
    ke: str | None
    dibatalkan_oleh: int | None
    diganti_oleh: int | None

    def polos(self) -> dict[str, Any]:
        """Return it in the contract's shape."""
        return asdict(self)


def titik_unit(konteks: Konteks, kode: str, dari: date | None, sampai: date | None) -> list[Titik]:
    """Return the events about a unit in a period, in the order in which they happened."""
    _, alur = letak(konteks)
    semua = [a for a in konteks.aplikasi().store.telusuri(unit=kode) if a.alur == alur or a.alur.startswith(f"{alur}-")]
    tempat = zona(konteks)
    hasil = [
        satu for satu in _titik(semua, tempat) if (dari is None or dari <= satu.tanggal) and (sampai is None or satu.tanggal <= sampai)
    ]
    return sorted(hasil, key=lambda t: (t.tanggal, t.nomor))


def _titik(semua: Sequence[Amplop], tempat: str) -> Iterable[Titik]:
    from zi_workflow.clock import hari_di
    from zi_workflow.domain.events import BuktiDikoreksi, BuktiDitarik, LangkahDibatalkan

    batal = {a.peristiwa.nomor_langkah: a.nomor for a in semua if isinstance(a.peristiwa, LangkahDibatalkan)}
    ganti = {a.peristiwa.menggantikan: a.nomor for a in semua if isinstance(a.peristiwa, BuktiDikoreksi | BuktiDitarik)}
    for a in semua:
        yield Titik(
            nomor=a.nomor,
            golongan=_GOLONGAN.get(a.jenis.partition("@")[0], LAIN),
            jenis=a.jenis,
            sebutan=sebutan(a),
            tanggal=a.tanggal,
            dicatat=hari_di(tempat, a.waktu_catat),
            waktu_catat=a.waktu_catat,
            selisih_hari=terlambat(a, tempat),
            oleh=a.oleh,
            dari=getattr(a.peristiwa, "dari", None),
            ke=getattr(a.peristiwa, "ke", None),
            dibatalkan_oleh=batal.get(a.nomor),
            diganti_oleh=ganti.get(a.nomor),
        )
