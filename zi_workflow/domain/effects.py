"""What a move does: the condition after it, undoing, and what a dissolved unit hands on. The one place of effects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zi_workflow.domain.definition import Langkah
from zi_workflow.domain.events import LangkahDibatalkan, LaranganDiwariskan, PetaPolos
from zi_workflow.domain.state import Keadaan, LangkahLalu, Unit, Usulan
from zi_workflow.domain.verdict import UNIT, Terbitan, harus_ada


def keadaan_baru(langkah: Langkah, unit: Unit, isi: PetaPolos, tanggal: date) -> Keadaan:
    """Return the unit's condition after the move."""
    lama, efek = unit.keadaan, langkah.efek
    diusulkan = lama.usulan.predikat if lama.usulan else None
    penanda = {**lama.penanda, **{nama: _tanggal_penanda(unit, sumber, tanggal) for nama, sumber in efek.menandai.items()}}
    usulan = lama.usulan
    if efek.usulan == "buat":
        usulan = Usulan(tanggal.year, str(isi["predikat"]), str(isi.get("surat") or ""))
    elif efek.usulan == "hapus":
        usulan = None
    return Keadaan(
        tahap=langkah.ke or lama.tahap,
        sejak=tanggal,
        predikat=_pilih(efek.predikat, lama.predikat, diusulkan),
        sasaran=_pilih(efek.sasaran, lama.sasaran, diusulkan),
        penanda=penanda,
        usulan=usulan,
    )


def _pilih(efek: str, lama: str | None, diusulkan: str | None) -> str | None:
    return {"tetap": lama, "hapus": None, "usulan": diusulkan}.get(efek, efek)


def _tanggal_penanda(unit: Unit, sumber: str, tanggal: date) -> date:
    """Return the act's date, or that of the newest record of the named kind (dated not after the act)."""
    catatan = [b.tanggal for b in unit.bukti.get(sumber, ()) if b.tanggal <= tanggal]
    return max(catatan, default=tanggal)


def pembatalan(
    unit: Unit, langkah: Langkah, isi: PetaPolos, ringkas: tuple[PetaPolos, ...], dasar: tuple[str, ...]
) -> tuple[Terbitan, ...]:
    """Return the events that undo the unit's last standing move (M15)."""
    akhir: LangkahLalu = unit.lalu[-1]
    peristiwa = LangkahDibatalkan(
        akhir.langkah, akhir.nomor, unit.keadaan.tahap, akhir.sebelum.tahap, {**isi, "perintah": langkah.nama}, ringkas
    )
    terbitan = [Terbitan(UNIT, unit.kode, peristiwa, dasar)]
    if akhir.pewaris is not None:
        terbitan.append(Terbitan(UNIT, akhir.pewaris, LaranganDiwariskan(unit.kode, None), dasar))
    return tuple(terbitan)


def warisan(langkah: Langkah, unit: Unit, isi: PetaPolos, lain: Mapping[str, Unit], dasar: tuple[str, ...]) -> tuple[Terbitan, ...]:
    """Hand a bar on re-proposal to the successor that the move names (M14, R28)."""
    pengganti = isi.get(langkah.efek.mewariskan or "")
    if not isinstance(pengganti, str):
        return ()
    harus_ada(lain.get(pengganti), pengganti)
    larangan = unit.penanda("pencabutan")
    if larangan is None:
        return ()
    return (Terbitan(UNIT, pengganti, LaranganDiwariskan(unit.kode, larangan.isoformat()), dasar),)
