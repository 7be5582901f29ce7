"""The tools with which a kind's parameters are checked: the requirement being read, and look-ups that refuse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zi_workflow.domain.definition import Isian, JenisBukti
from zi_workflow.domain.guards.konteks import JENDELA
from zi_workflow.domain.suggest import mirip
from zi_workflow.loader.bagian import Rujukan
from zi_workflow.loader.bukti import LKE
from zi_workflow.loader.simpul import Simpul, sebut
from zi_workflow.loader.tahap import penanda_terpakai

_SEJAK = "sejak "


@dataclass(frozen=True)
class Periksa:
    """One requirement being read: its node and keys, its kind as built, the commands that it guards."""

    simpul: Simpul
    peta: Mapping[str, Simpul]
    jenis: Any
    rujukan: Rujukan
    perintah: tuple[str, ...]

    def di(self, kunci: str) -> Simpul:
        """Return the node of a key, or of the whole requirement where the key was left out."""
        return self.peta.get(kunci, self.simpul)

    def bukti(self, kunci: str = "bukti") -> JenisBukti:
        """Return the record kind that a key names (or its default)."""
        nama = getattr(self.jenis, kunci)
        salah_satu(self.di(kunci), nama, self.rujukan.bukti, "jenis bukti")
        return self.rujukan.bukti[nama]

    def isian_bukti(self, kunci: str, bukti: JenisBukti, *tipe: str) -> Isian:
        """Return the field of a record that a key names."""
        return isian(self.di(kunci), getattr(self.jenis, kunci), bukti.isian, bukti.id, *tipe)

    def isian_langkah(self, simpul: Simpul, nama: str, *tipe: str) -> tuple[Isian, ...]:
        """Return the field of that name of every command that the requirement guards."""
        langkah = self.rujukan.langkah
        semua = {p: langkah[p].isian if p in langkah else () for p in self.perintah}
        return tuple(isian(simpul, nama, bidang, f"langkah {p}", *tipe) for p, bidang in semua.items())

    def butir(self, bukti: JenisBukti) -> Sequence[Isian]:
        """Return the fields of the items of the list that ``daftar`` names (of the record itself where it names none)."""
        if self.jenis.daftar is None:
            return bukti.isian
        daftar = self.isian_bukti("daftar", bukti, "daftar")
        if daftar.butir is None or not daftar.butir.isian:
            self.di("daftar").gagal(f"daftar yang butirnya objek; butir '{daftar.nama}' bukan", "Sebut daftar lain.")
        return daftar.butir.isian

    def jendela(self) -> None:
        """Refuse a window that does not exist, whose marker no move sets, or that needs a year which the record lacks."""
        simpul, jendela = self.di("jendela"), self.jenis.jendela
        salah_satu(simpul, jendela, JENDELA, "jendela")
        if jendela.startswith(_SEJAK):
            self.penanda(simpul, jendela.removeprefix(_SEJAK))
        if jendela == "tahun laporan":
            jenis = self.bukti()
            if not any(i.nama == "tahun" and i.tipe == "bulat" for i in jenis.isian):
                simpul.gagal(
                    f"jendela lain; {jenis.id} tidak mempunyai isian 'tahun' bertipe bulat", "Ganti jendelanya, atau tambahkan 'tahun'."
                )

    def penanda(self, simpul: Simpul, nama: str) -> None:
        """Refuse a marker that no move ever sets."""
        ada = penanda_terpakai(self.rujukan)
        if nama not in ada:
            harap = f"penanda yang dipasang langkah (atau register): {sebut(ada)}"
            simpul.gagal(harap, mirip(nama, ada) or f"Pasang '{nama}' dengan efek 'menandai', atau ganti.")

    def lke(self) -> None:
        """Refuse a requirement on scores where there is no instrument, or no record of its answers."""
        if self.rujukan.instrumen is None:
            self.simpul.gagal("berkas lke.yaml, sebab syarat ini memakai nilai LKE", "Tambahkan lke.yaml, atau hapus syarat ini.")
        if LKE not in self.rujukan.bukti or self.rujukan.bukti[LKE].periksa != LKE:
            self.simpul.gagal(f"jenis bukti '{LKE}' dengan 'periksa: {LKE}'", "Tambahkan jenis itu di bukti.yaml.")


def salah_satu(simpul: Simpul, nama: str, boleh: Collection[str], sebutan: str) -> None:
    """Refuse a name that is not one of ``boleh``; ``simpul`` may be a whole requirement whose default is meant."""
    if nama not in boleh:
        harap = sebutan if simpul.isi == nama else f"{sebutan} '{nama}', yang dipakai syarat ini"
        simpul.gagal(f"{harap}: {sebut(boleh)}", mirip(nama, boleh))


def isian(simpul: Simpul, nama: str, bidang: Sequence[Isian], milik: str, *tipe: str) -> Isian:
    """Return the field of that name and (where given) of one of the types."""
    cocok = {i.nama: i for i in bidang if not tipe or i.tipe in tipe}
    salah_satu(simpul, nama, cocok, f"isian {milik}{' bertipe ' + ' atau '.join(tipe) if tipe else ''}")
    return cocok[nama]


def nilai(simpul: Simpul, bidang: Isian) -> None:
    """Refuse a value that the field can never have."""
    if bidang.pilihan:
        simpul.pilihan(bidang.pilihan, f"pilihan {bidang.nama}")
    elif bidang.tipe == "bulat":
        angka, bawah, atas = simpul.bulat(), bidang.minimal, bidang.maksimal
        if (bawah is not None and angka < bawah) or (atas is not None and angka > atas):
            simpul.gagal(f"{bidang.nama} antara {bawah if bawah is not None else '…'} dan {atas if atas is not None else '…'}")
