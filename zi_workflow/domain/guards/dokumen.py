"""Documents: one that must be on file, and several that must follow one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from zi_workflow.domain.definition import Isian
from zi_workflow.domain.fields import teks_isi
from zi_workflow.domain.guards.ambang import Mutu
from zi_workflow.domain.guards.konteks import Frasa, Hasil, Konteks, isian
from zi_workflow.domain.state import Bukti


@dataclass(frozen=True, slots=True)
class Dokumen:
    """A record is on file (or a field of the command is filled), good enough for what is asked of it.

    ``isian``: fields that must not be empty; ``benar``: a yes/no field that must be yes; ``mutu``: a field whose grade
    or level must reach the dated threshold; ``penandatangan``: the role that the signatory must hold in this unit on
    the record's date; ``bukan``: fields that must not have the given value; ``tiada``: there must be no such record;
    ``sumber``: ``bukti`` (default) or ``isi`` (the command's own fields).
    """

    SIFAT: ClassVar[str] = "dokumen"
    AMBANG: ClassVar[str | None] = "mutu"

    bukti: str | None = None
    jendela: str = "selalu"
    sumber: str = "bukti"
    tiada: bool = False
    isian: tuple[str, ...] = ()
    benar: str | None = None
    mutu: str | None = None
    penandatangan: str | None = None
    bukan: Mapping[str, str] = field(default_factory=dict)

    def periksa(self, konteks: Konteks, ambang: Mutu | None) -> Hasil:
        """Find the newest record in the window and weigh it."""
        if self.sumber == "isi" or self.bukti is None:
            return self._isi(konteks)
        bukti = konteks.terbaru(self.bukti, self.jendela)
        if self.tiada:
            return self._tiada(bukti)
        butuh = self._butuh(ambang)
        if bukti is None:
            return Hasil(False, konteks.tidak_ada(self.bukti, self.jendela), butuh, (f"catatan {self.bukti}",))
        cela = self._cela(konteks, bukti, ambang)
        ditemukan = self._ditemukan(bukti) if cela is None else cela
        return Hasil(cela is None, ditemukan, butuh, cela and ("catatan yang memenuhi",), (bukti.nomor,))

    def _tiada(self, bukti: Bukti | None) -> Hasil:
        butuh: Frasa = (f"belum ada {self.bukti}",)
        if bukti is None:
            return Hasil(True, ("belum ada",), butuh)
        return Hasil(False, self._ditemukan(bukti), butuh, (f"sudah ada {self.bukti}",), (bukti.nomor,))

    def _isi(self, konteks: Konteks) -> Hasil:
        kosong = [n for n in self.isian if konteks.nilai_isi(n) in (None, "", [], 0)]
        butuh: Frasa = ("isian " + ", ".join(self.isian),)
        if kosong:
            return Hasil(False, ("tidak diisi: " + ", ".join(kosong),), butuh, (f"{len(kosong)} isian",))
        return Hasil(True, ("; ".join(f"{n} {konteks.nilai_isi(n)}" for n in self.isian),), butuh)

    def _butuh(self, ambang: Mutu | None) -> Frasa:
        if ambang is not None:
            return (f"{ambang.tanda} {ambang.mutu}",)
        nama = f"catatan {self.bukti}"
        if self.isian:
            nama += " berisi " + ", ".join(self.isian)
        if self.benar:
            nama += f" dengan {self.benar} ya"
        if self.bukan:
            nama += " dengan " + ", ".join(f"{n} bukan {v}" for n, v in self.bukan.items())
        if self.penandatangan:
            nama += f" ditandatangani {self.penandatangan}"
        return (nama,)

    def _ditemukan(self, bukti: Bukti) -> Frasa:
        if self.mutu:
            tahun = isian(bukti, "tahun")
            return (f"{isian(bukti, self.mutu)}{f' (tahun {tahun})' if tahun else ''}",)
        nomor = isian(bukti, "nomor")
        return (f"nomor {nomor}, " if nomor else "", "tanggal ", bukti.tanggal)

    def _cela(self, konteks: Konteks, bukti: Bukti, ambang: Mutu | None) -> Frasa | None:
        kosong = [n for n in self.isian if not bukti.isi.get(n)]
        if kosong:
            return ("kosong: " + ", ".join(kosong),)
        salah = next((n for n, v in self.bukan.items() if isian(bukti, n) == v), None)
        if salah is not None:
            return (f"{salah}: {self.bukan[salah]}",)
        if self.benar and bukti.isi.get(self.benar) is not True:
            return (f"{self.benar}: tidak",)
        if self.mutu and ambang and not _cukup(konteks, self.bukti or "", self.mutu, isian(bukti, self.mutu), ambang):
            return self._ditemukan(bukti)
        if self.penandatangan:
            nip = isian(bukti, "penandatangan")
            pemegang = konteks.instansi.peran(nip, bukti.tanggal)
            if not any(j.peran == self.penandatangan and j.unit == konteks.unit_jabatan for j in pemegang):
                return (f"ditandatangani {nip}, yang bukan {self.penandatangan} {konteks.unit_jabatan} pada ", bukti.tanggal)
        return None


def _cukup(konteks: Konteks, jenis: str, nama: str, nilai: str, ambang: Mutu) -> bool:
    """Compare on the field's own scale: its choices stand in order, best first; a number is a level."""
    bidang: Isian | None = next((i for i in konteks.definisi.bukti[jenis].isian if i.nama == nama), None)
    if ambang.tanda == "=":
        return nilai == ambang.mutu
    if bidang is not None and bidang.pilihan:
        return nilai in bidang.pilihan and bidang.pilihan.index(nilai) <= bidang.pilihan.index(ambang.mutu)
    return nilai.isdecimal() and int(nilai) >= int(ambang.mutu)


@dataclass(frozen=True, slots=True)
class Mata:
    """One link of a chain: a kind of record whose fields have the given values."""

    bukti: str
    sama: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rangkaian:
    """Records that must exist and follow one another in date.

    ``usulan``: records must bear the year and predikat of the running proposal.
    ``menurut_isi``: a field of the last link must equal the named field of the command; ``tanpa``: the value of that
    field which needs no record, but the proposal's year to be over.
    """

    SIFAT: ClassVar[str] = "dokumen"
    AMBANG: ClassVar[str | None] = None

    urutan: tuple[Mata, ...]
    jendela: str
    usulan: bool = False
    cari_urut: bool = False
    menurut_isi: Mapping[str, str] = field(default_factory=dict)
    tanpa: str | None = None

    def periksa(self, konteks: Konteks, ambang: None) -> Hasil:  # noqa: ARG002 - one signature for all kinds
        """Walk the chain; every missing, wrong or misplaced link is named."""
        if self.tanpa is not None and self.tanpa in [konteks.nilai_isi(n) for n in self.menurut_isi.values()]:
            return self._tahun_berakhir(konteks)
        cela, pilihan = self._rantai(konteks)
        cela = [*cela, *self._salah_usulan(konteks)]
        temu: list[str | date] = []
        for jenis, bukti in pilihan:
            nomor = isian(bukti, "nomor")
            temu += [", " if temu else "", f"{jenis} {nomor} tanggal " if nomor else f"{jenis} tanggal ", bukti.tanggal]
        ditemukan: Frasa = ("; ".join(cela),) if cela else tuple(temu)
        kurang: Frasa | None = (f"{len(cela)} hal",) if cela else None
        return Hasil(not cela, ditemukan, (self._butuh(konteks),), kurang, tuple(b.nomor for _, b in pilihan))

    def _rantai(self, konteks: Konteks) -> tuple[list[str], list[tuple[str, Bukti]]]:
        """Choose the records from the last link back: the newest of each kind, or (``cari_urut``) the newest not after the next.

        The newest of all must say what the link asks, so that a later contrary record is never passed over.
        """
        cela: list[tuple[int, str]] = []
        pilihan: list[tuple[str, Bukti]] = []
        sesudah: tuple[int, str, date] | None = None
        for i, mata in reversed(list(enumerate(self.urutan))):
            semua = self._cari(konteks, mata)
            if not semua:
                cela.append((i, f"{mata.bukti} belum ada"))
                continue
            beda = self._beda(konteks, mata, semua[0])
            cela += [(i, b) for b in beda]
            calon = semua if self.cari_urut and not beda else semua[:1]
            tepat = [b for b in calon if sesudah is None or b.tanggal <= sesudah[2]]
            tepat = [b for b in tepat if beda or not self._beda(konteks, mata, b)]
            if sesudah is not None and not tepat:
                cela.append((sesudah[0], f"{sesudah[1]} mendahului {mata.bukti}"))
            satu = (tepat or semua)[0]
            pilihan.append((mata.bukti, satu))
            sesudah = (i, mata.bukti, satu.tanggal)
        cela.sort(key=lambda c: c[0])
        return [teks for _, teks in cela], pilihan[::-1]

    def _cari(self, konteks: Konteks, mata: Mata) -> tuple[Bukti, ...]:
        semua = konteks.catatan(mata.bukti, self.jendela)
        if self.usulan and konteks.unit and (u := konteks.unit.keadaan.usulan):
            semua = tuple(b for b in semua if b.isi.get("tahun") == u.tahun and b.isi.get("predikat") == u.predikat)
        return semua

    def _beda(self, konteks: Konteks, mata: Mata, bukti: Bukti) -> list[str]:
        beda = [f"{mata.bukti}: {n} {isian(bukti, n)}, bukan {v}" for n, v in mata.sama.items() if isian(bukti, n) != v]
        if mata is self.urutan[-1]:
            for nama, dari in self.menurut_isi.items():
                harap = teks_isi(konteks.isi or {}, dari)
                if isian(bukti, nama) != harap:
                    beda.append(f"{mata.bukti}: {nama} {isian(bukti, nama)}, bukan {harap}")
        return beda

    def _salah_usulan(self, konteks: Konteks) -> list[str]:
        usulan = konteks.unit.keadaan.usulan if konteks.unit and self.usulan else None
        if usulan is None or konteks.predikat in (None, usulan.predikat):
            return []
        return [f"predikat {konteks.predikat}, sedangkan yang diusulkan {usulan.predikat}"]

    def _tahun_berakhir(self, konteks: Konteks) -> Hasil:
        usulan = konteks.unit.keadaan.usulan if konteks.unit else None
        tahun = usulan.tahun if usulan else konteks.tahun
        ada = self._cari(konteks, self.urutan[-1])
        if ada:
            hasil = f"{ada[0].jenis} {isian(ada[0], 'nomor')} sudah ada, tanggal "
            return Hasil(
                False,
                (hasil, ada[0].tanggal),
                (f"tidak ada {ada[0].jenis} atas usulan ini",),
                ("sebab menurut hasil itu",),
                (ada[0].nomor,),
            )
        terpenuhi = konteks.tanggal.year > tahun
        butuh: Frasa = (f"tanggal tidak sebelum 1 Januari {tahun + 1} (usulan tahun {tahun})",)
        kurang: Frasa | None = None if terpenuhi else (f"{(date(tahun + 1, 1, 1) - konteks.tanggal).days} hari",)
        return Hasil(terpenuhi, ("tanggal ", konteks.tanggal), butuh, kurang)

    def _butuh(self, konteks: Konteks) -> str:
        bagian = []
        for mata in self.urutan:
            sama = dict(mata.sama)
            if mata is self.urutan[-1]:
                sama |= {n: teks_isi(konteks.isi or {}, d) for n, d in self.menurut_isi.items()}
            rinci = ", ".join(f"{n} {v}" for n, v in sama.items())
            bagian.append(f"{mata.bukti} ({rinci})" if rinci else mata.bukti)
        return ", lalu ".join(bagian)
