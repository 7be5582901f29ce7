"""What a move does: the condition after it, undoing, and what a dissolved unit hands on. The one place of effects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zi_workflow.domain.definition import Definisi, Langkah
from zi_workflow.domain.errors import MasukanSalah
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
    """Return the act's date, or that of the newest record of the named kind, dated not after the act.

    A record that names a year and a predikat must be of the running proposal.
    """
    usulan = unit.keadaan.usulan
    catatan = [b for b in unit.bukti.get(sumber, ()) if b.tanggal <= tanggal]
    if usulan is not None:
        catatan = [
            b
            for b in catatan
            if (b.isi.get("tahun", usulan.tahun), b.isi.get("predikat", usulan.predikat)) == (usulan.tahun, usulan.predikat)
        ]
    return max((b.tanggal for b in catatan), default=tanggal)


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


def pewaris(definisi: Definisi, langkah: Langkah, unit: Unit, isi: PetaPolos, lain: Mapping[str, Unit]) -> str | None:
    """Return the successor to which the move hands the unit's bar on re-proposal (M14, R28), None where there is no bar.

    Raises UnitTidakDitemukan or MasukanSalah for a successor that cannot be one.
    """
    pengganti = isi.get(langkah.efek.mewariskan or "")
    if not isinstance(pengganti, str):
        return None
    if pengganti == unit.kode:
        raise MasukanSalah(
            f"Pengganti {unit.kode} adalah unit itu sendiri", "Pengganti harus unit lain.", "Sebut unit penerus, atau kosongkan."
        )
    penerus = harus_ada(lain.get(pengganti), pengganti)
    if definisi.tahap[penerus.keadaan.tahap].akhir:
        raise MasukanSalah(
            f"Pengganti {pengganti} sudah {penerus.keadaan.tahap}", "Pengganti harus unit yang masih ada.", "Sebut unit penerus yang lain."
        )
    return pengganti if unit.penanda("pencabutan") else None


def warisan(unit: Unit, penerus: str | None, dasar: tuple[str, ...]) -> tuple[Terbitan, ...]:
    """Return the event that hands the unit's bar to its successor."""
    larangan = unit.penanda("pencabutan")
    if penerus is None or larangan is None:
        return ()
    return (Terbitan(UNIT, penerus, LaranganDiwariskan(unit.kode, larangan.isoformat()), dasar),)
