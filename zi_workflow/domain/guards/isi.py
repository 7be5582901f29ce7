"""Contents: who witnessed, what was judged, what is covered, and whether every item of a plan is complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from zi_workflow.domain.events import Polos
from zi_workflow.domain.guards.konteks import Frasa, Hasil, Konteks, isian, nama_orang
from zi_workflow.domain.state import Bukti

_ALASAN_MAKS = 120


def _butir(bukti: Bukti, daftar: str) -> list[Mapping[str, Polos]]:
    isi = bukti.isi.get(daftar)
    return [b for b in isi if isinstance(b, dict)] if isinstance(isi, list) else []


@dataclass(frozen=True, slots=True)
class Unsur:
    """At least one item of a record's list belongs to one of the named elements."""

    SIFAT: ClassVar[str] = "dokumen"
    AMBANG: ClassVar[str | None] = None

    bukti: str
    jendela: str
    daftar: str
    kolom: str
    boleh: tuple[str, ...]

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Look through the newest record."""
        butuh: Frasa = ("salah satu dari: " + ", ".join(self.boleh),) if len(self.boleh) > 1 else (self.boleh[0],)
        bukti = konteks.terbaru(self.bukti, self.jendela)
        if bukti is None:
            return Hasil(False, konteks.tidak_ada(self.bukti, self.jendela), butuh, (f"catatan {self.bukti}",))
        ada = [str(b.get(self.kolom)) for b in _butir(bukti, self.daftar)]
        cocok = sorted({a for a in ada if a in self.boleh})
        temu = ", ".join(cocok) if cocok else ("hanya " + ", ".join(sorted(set(ada))) if ada else "tidak ada")
        return Hasil(bool(cocok), (temu,), butuh, None if cocok else ("satu unsur",), (bukti.nomor,))


@dataclass(frozen=True, slots=True)
class Penilaian:
    """A subjective norm, judged by a named official with a reason; the newest judgement per criterion counts."""

    SIFAT: ClassVar[str] = "dinilai"
    AMBANG: ClassVar[str | None] = None

    kriteria: str
    jendela: str
    bukti: str = "penilaian_kriteria"

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Show who judged what, and why."""
        semua = konteks.catatan(self.bukti, self.jendela)
        bukti = next((b for b in semua if isian(b, "kriteria") == self.kriteria), None)
        butuh: Frasa = (f"penilaian kriteria {self.kriteria}: terpenuhi",)
        if bukti is None:
            return Hasil(False, ("belum dinilai",), butuh, ("satu penilaian",))
        ya = bukti.isi.get("terpenuhi") is True
        alasan = isian(bukti, "alasan")
        singkat = alasan if len(alasan) <= _ALASAN_MAKS else alasan[: _ALASAN_MAKS - 1] + "…"
        penilai = nama_orang(konteks, bukti.oleh, bukti.tanggal)
        temu: Frasa = ("terpenuhi" if ya else "tidak terpenuhi", f", dinilai {penilai} ", bukti.tanggal, f": {singkat}")
        return Hasil(ya, temu, butuh, None if ya else ("penilaian yang terpenuhi",), (bukti.nomor,))


@dataclass(frozen=True, slots=True)
class Cakupan:
    """Every named value occurs: over the newest record per key, or over the items of the newest record's list."""

    SIFAT: ClassVar[str] = "dihitung"
    AMBANG: ClassVar[str | None] = None

    bukti: str
    jendela: str
    kolom: str
    semua: tuple[str, ...]
    daftar: str | None = None

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Count what is covered and name what is missing."""
        catatan = konteks.catatan(self.bukti, self.jendela)
        if self.daftar is not None:
            catatan = catatan[:1]
            ada = {str(b.get(self.kolom)): c.nomor for c in catatan for b in _butir(c, self.daftar)}
        else:
            ada = {isian(c, self.kolom): c.nomor for c in reversed(catatan)}
        kurang = [v for v in self.semua if v not in ada]
        butuh: Frasa = (f"{self.kolom} " + ", ".join(self.semua),)
        temu: Frasa = (f"{len(self.semua) - len(kurang)} dari {len(self.semua)}",)
        if kurang:
            temu = (*temu, f"; belum ada {self.kolom} " + ", ".join(kurang))
        nomor = tuple(c.nomor for c in catatan) if self.daftar else tuple(sorted({n for v, n in ada.items() if v in self.semua}))
        return Hasil(not kurang, temu, butuh, (f"{self.kolom} " + ", ".join(kurang),) if kurang else None, nomor)


@dataclass(frozen=True, slots=True)
class Butir:
    """The newest record's list has at least one item, and every item has all of the named fields."""

    SIFAT: ClassVar[str] = "dihitung"
    AMBANG: ClassVar[str | None] = None

    bukti: str
    jendela: str
    daftar: str
    isian: tuple[str, ...]

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Go through the items and name the incomplete ones."""
        butuh: Frasa = ("setiap butir berisi " + ", ".join(self.isian),)
        bukti = konteks.terbaru(self.bukti, self.jendela)
        if bukti is None:
            return Hasil(False, konteks.tidak_ada(self.bukti, self.jendela), butuh, (f"catatan {self.bukti}",))
        butir = _butir(bukti, self.daftar)
        kosong = ((b.get("kode", i), [n for n in self.isian if b.get(n) in (None, "")]) for i, b in enumerate(butir, 1))
        cela = [f"butir {kode}: {', '.join(nama)}" for kode, nama in kosong if nama]
        if cela or not butir:
            temu = "; ".join(cela) if cela else "tidak ada butir"
            return Hasil(False, (temu,), butuh, (f"{len(cela) or 1} butir",), (bukti.nomor,))
        return Hasil(True, (f"{len(butir)} butir lengkap",), butuh, None, (bukti.nomor,))
