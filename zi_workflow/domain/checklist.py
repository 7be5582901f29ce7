"""The checklist: every requirement of a command, always all of them, each with citation, found, needed and gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zi_workflow.domain.definition import MENOLAK, Masa, Syarat
from zi_workflow.domain.errors import NilaiTidakBerlaku
from zi_workflow.domain.events import Polos
from zi_workflow.domain.guards.konteks import Frasa, Hasil, Konteks, mesin


@dataclass(frozen=True, slots=True)
class Temuan:
    """One line of a checklist. ``status``: terpenuhi, tidak, or dibebaskan (with the waiver's citations)."""

    id: str
    uraian: str
    dasar: tuple[str, ...]
    lapisan: str
    status: str
    sifat: str
    akibat: str
    ditemukan: Frasa
    dibutuhkan: Frasa
    kurang: Frasa | None
    bukti: tuple[int, ...]
    tafsir: tuple[str, ...]
    oleh: str
    lanjut: str
    peringatan: tuple[Frasa, ...] = ()
    satuan: str | None = None
    pembebasan: tuple[str, ...] = ()
    terlambat: bool = False

    @property
    def menghalangi(self) -> bool:
        """Say whether this line alone stops the move."""
        return self.status == "tidak" and self.akibat == MENOLAK

    def polos(self) -> dict[str, Polos]:
        """Return the line in the contract's shape (interface.md §4)."""
        hasil: dict[str, Polos] = {
            "id": self.id,
            "uraian": self.uraian,
            "dasar": list(self.dasar),
            "lapisan": self.lapisan,
            "terpenuhi": self.status != "tidak",
            "status": self.status,
            "sifat": self.sifat,
            "akibat": self.akibat,
            "ditemukan": mesin(self.ditemukan),
            "dibutuhkan": mesin(self.dibutuhkan),
            "kurang": mesin(self.kurang),
            "satuan": self.satuan,
            "bukti": list(self.bukti),
            "tafsir": list(self.tafsir),
            "oleh": self.oleh,
            "lanjut": self.lanjut,
        }
        if self.peringatan:
            hasil["peringatan"] = [mesin(p) for p in self.peringatan]
        if self.pembebasan:
            hasil["pembebasan"] = {"dasar": list(self.pembebasan)}
        return hasil

    def ringkas(self) -> dict[str, Polos]:
        """Return what an accepted move keeps of the line: what was found against what was needed, and by which records."""
        hasil: dict[str, Polos] = {
            "id": self.id,
            "status": self.status,
            "ditemukan": mesin(self.ditemukan),
            "dibutuhkan": mesin(self.dibutuhkan),
        }
        if self.bukti:
            hasil["bukti"] = list(self.bukti)
        if self.tafsir:
            hasil["tafsir"] = list(self.tafsir)
        if self.pembebasan:
            hasil["pembebasan"] = {"dasar": list(self.pembebasan)}
        return hasil


@dataclass(frozen=True, slots=True)
class DaftarPeriksa:
    """All requirements of one command for one unit on one day."""

    unit: str | None
    perintah: str
    pada: date
    temuan: tuple[Temuan, ...]
    predikat: str | None = None
    tersedia: bool = True
    tahap: str | None = None

    @property
    def terpenuhi(self) -> bool:
        """Say whether nothing stops the command."""
        return not any(t.menghalangi for t in self.temuan)

    @property
    def penghalang(self) -> tuple[Temuan, ...]:
        """Return the lines that stop the command."""
        return tuple(t for t in self.temuan if t.menghalangi)

    def polos(self) -> dict[str, Polos]:
        """Return the checklist in the contract's shape (interface.md §4)."""
        return {
            "skema": 1,
            "unit": self.unit,
            "perintah": self.perintah,
            "pada": self.pada.isoformat(),
            "predikat": self.predikat,
            "tahap": self.tahap,
            "tersedia": self.tersedia,
            "terpenuhi": self.terpenuhi,
            "syarat": [t.polos() for t in self.temuan],
        }


def susun(konteks: Konteks) -> tuple[Temuan, ...]:
    """Check every requirement of the command and say what was found; nothing is short-circuited."""
    return tuple(_temuan(konteks, s) for s in konteks.definisi.syarat_untuk(konteks.perintah, konteks.predikat))


def _temuan(konteks: Konteks, syarat: Syarat) -> Temuan:
    try:
        masa = syarat.pada(konteks.tanggal)
    except NilaiTidakBerlaku as e:
        awal = min(syarat.berlaku, key=lambda m: m.sejak)
        hasil = Hasil(False, (f"tidak ada nilai yang berlaku pada {konteks.tanggal.isoformat()}",), (e.sebab,))
        return _susun_satu(konteks, syarat, awal, hasil, None)
    hasil = syarat.jenis.periksa(konteks, masa.ambang)
    return _susun_satu(konteks, syarat, masa, hasil, None if hasil.terpenuhi else _pembebasan(konteks, syarat))


def _susun_satu(konteks: Konteks, syarat: Syarat, masa: Masa, hasil: Hasil, bebas: Masa | None) -> Temuan:
    tafsir = dict.fromkeys((*masa.tafsir, *hasil.tafsir, *(bebas.tafsir if bebas else ())))
    return Temuan(
        id=syarat.id,
        uraian=syarat.uraian,
        dasar=tuple(dict.fromkeys((*masa.dasar, *hasil.dasar))),
        lapisan=syarat.lapisan,
        status="terpenuhi" if hasil.terpenuhi else "dibebaskan" if bebas else "tidak",
        sifat=syarat.jenis.SIFAT,
        akibat=syarat.akibat,
        ditemukan=hasil.ditemukan,
        dibutuhkan=hasil.dibutuhkan,
        kurang=hasil.kurang,
        bukti=hasil.bukti,
        tafsir=tuple(tafsir),
        oleh=syarat.oleh if syarat.oleh != "pelaku" else " atau ".join(konteks.pelaku),
        lanjut="" if hasil.terpenuhi else hasil.lanjut or isi_templat(syarat.lanjut, konteks),
        peringatan=hasil.peringatan,
        satuan=hasil.satuan,
        pembebasan=bebas.dasar if bebas else (),
        terlambat=hasil.terlambat,
    )


def _pembebasan(konteks: Konteks, syarat: Syarat) -> Masa | None:
    afirmasi = konteks.unit.afirmasi if konteks.unit else None
    semua = (p.membebaskan(syarat.id, afirmasi, konteks.tanggal) for p in konteks.definisi.pembebasan)
    return next((m for m in semua if m is not None), None)


def isi_templat(templat: str, konteks: Konteks) -> str:
    """Fill the closed placeholders of a next-step text: {unit}, {tahun}, {predikat}, {tanggal}."""
    nilai: Mapping[str, object] = {
        "{unit}": konteks.kode or "UNIT",
        "{tahun}": konteks.tahun,
        "{predikat}": konteks.predikat or "WBK",
        "{tanggal}": konteks.tanggal.isoformat(),
    }
    for tanda, isi in nilai.items():
        templat = templat.replace(tanda, str(isi))
    return templat


PLACEHOLDER = frozenset({"unit", "tahun", "predikat", "tanggal"})
