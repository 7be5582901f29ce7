"""People and standing: who may act, who may evaluate, and what the unit holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from zi_workflow.domain.guards.konteks import Frasa, Hasil, Konteks
from zi_workflow.domain.state import Bukti, Jabatan


@dataclass(frozen=True, slots=True)
class Peran:
    """The actor holds one of the command's roles on the act's date, in this unit where the role is a unit's (R30)."""

    SIFAT: ClassVar[str] = "wewenang"
    AMBANG: ClassVar[str | None] = None
    DI_LUAR_MASA: ClassVar[bool] = True

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Look the actor up; without an actor, show who could act."""
        butuh: Frasa = (" atau ".join(konteks.pelaku),)
        if konteks.oleh is None:
            bisa = [j for p in konteks.pelaku for j in konteks.instansi.pemegang(p, konteks.tanggal, self._unit(konteks, p))]
            if not bisa:
                return Hasil(False, ("tidak ada pemegang peran itu",), butuh, ("satu pejabat",))
            return Hasil(True, ("dapat diambil oleh " + ", ".join(j.nip for j in bisa[:3]),), butuh, None, tuple(j.nomor for j in bisa[:3]))
        jabatan = konteks.instansi.peran(konteks.oleh, konteks.tanggal)
        sah = [j for j in jabatan if j.peran in konteks.pelaku and self._unit(konteks, j.peran) in (None, j.unit)]
        if sah:
            return Hasil(True, (f"{konteks.oleh}: {_sebut(sah[0])}",), butuh, None, (sah[0].nomor,))
        punya = ", ".join(_sebut(j) for j in jabatan) if jabatan else self._dulu(konteks)
        return Hasil(False, (f"{konteks.oleh}: {punya}",), butuh, ("wewenang",), tuple(j.nomor for j in jabatan))

    def _unit(self, konteks: Konteks, peran: str) -> str | None:
        return konteks.unit_jabatan if peran in konteks.definisi.peran_unit else None

    def _dulu(self, konteks: Konteks) -> str:
        lain = [j for j in konteks.instansi.jabatan if j.nip == konteks.oleh]
        if not lain:
            return "tidak terdaftar sebagai pejabat"
        j = lain[-1]
        if j.sejak > konteks.tanggal:
            return f"{j.peran} baru sejak {j.sejak.isoformat()}"
        return f"{j.peran} sudah berakhir {j.sampai.isoformat()}" if j.sampai else j.peran


def _sebut(jabatan: Jabatan) -> str:
    return f"{jabatan.peran} {jabatan.unit}" if jabatan.unit else jabatan.peran


@dataclass(frozen=True, slots=True)
class Anggota:
    """The person named in the command serves in the TPI, and is not of the unit that is evaluated (R14).

    ``cara``: ``anggota`` (an appointment in ``peran`` that runs, or a member of the newest decree ``bukti`` whose earlier
    appointments ended before it) or ``bukan_pegawai`` (no appointment in the unit, no place in its tim kerja).
    """

    SIFAT: ClassVar[str] = "wewenang"
    AMBANG: ClassVar[str | None] = None

    orang: str
    peran: str
    bukti: str
    tim: str
    cara: str

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Look the person up in appointments, the decree and the unit's team."""
        nip = konteks.nilai_isi(self.orang)
        anggota = self.cara == "anggota"
        butuh: Frasa = (f"anggota {self.peran.upper()} yang masih bertugas",) if anggota else (f"bukan pegawai {konteks.kode}",)
        if not isinstance(nip, str):
            return Hasil(False, (f"{self.orang} belum disebut",), butuh, (f"isian {self.orang}",))
        return self._anggota(konteks, nip, butuh) if anggota else self._bukan_pegawai(konteks, nip, butuh)

    def _anggota(self, konteks: Konteks, nip: str, butuh: Frasa) -> Hasil:
        aktif = [j for j in konteks.instansi.peran(nip, konteks.tanggal) if j.peran == self.peran]
        if aktif:
            return Hasil(True, (f"{nip}: {self.peran}, SK {aktif[0].sk}",), butuh, None, (aktif[0].nomor,))
        sk = konteks.terbaru(self.bukti, "selalu")
        pernah = [j for j in konteks.instansi.jabatan if j.nip == nip and j.peran == self.peran]
        if sk is not None and nip in _nip_anggota(sk) and all(j.sampai is not None and j.sampai < sk.tanggal for j in pernah):
            return Hasil(True, (f"{nip}: anggota dalam keputusan {sk.isi.get('nomor')}",), butuh, None, (sk.nomor,))
        temu = "masa tugasnya tidak berlaku pada tanggal itu" if pernah else "bukan anggota"
        return Hasil(False, (f"{nip}: {temu}",), butuh, ("penilai yang sah",), (sk.nomor,) if sk else ())

    def _bukan_pegawai(self, konteks: Konteks, nip: str, butuh: Frasa) -> Hasil:
        jabatan = [j for j in konteks.instansi.peran(nip, konteks.tanggal) if j.unit == konteks.kode]
        if jabatan:
            return Hasil(False, (f"{nip}: {_sebut(jabatan[0])}",), butuh, ("penilai dari luar unit",), (jabatan[0].nomor,))
        tim = konteks.terbaru(self.tim, "sejak pendaftaran")
        if tim is not None and nip in _nip_anggota(tim):
            return Hasil(False, (f"{nip}: anggota {self.tim} unit ini",), butuh, ("penilai dari luar unit",), (tim.nomor,))
        return Hasil(True, (nip,), butuh)


def _nip_anggota(bukti: Bukti) -> set[object]:
    anggota = bukti.isi.get("anggota")
    return {a.get("nip") for a in anggota if isinstance(a, Mapping)} if isinstance(anggota, list) else set()


@dataclass(frozen=True, slots=True)
class Memegang:
    """The unit holds one of the named predikat."""

    SIFAT: ClassVar[str] = "dokumen"
    AMBANG: ClassVar[str | None] = None

    memegang: tuple[str, ...]

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Look at the unit's standing."""
        ada = konteks.unit.keadaan.predikat if konteks.unit else None
        terpenuhi = ada in self.memegang
        lalu = konteks.unit.lalu if konteks.unit else ()
        asal = (konteks.unit.nomor,) if konteks.unit else ()  # held since the registration (dari arsip)
        nomor = tuple(x.nomor for x in lalu if x.sebelum.predikat != ada)[-1:] or asal
        temu = f"memegang {ada}" if ada else "tidak memegang predikat"
        butuh: Frasa = ("memegang " + " atau ".join(self.memegang),)
        return Hasil(terpenuhi, (temu,), butuh, None if terpenuhi else ("predikat",), nomor if ada else ())
