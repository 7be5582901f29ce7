"""What the verbs of due dates share: the day that is asked about, names that are not there, and a due date as programs see it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.bacaan import kode_unit, periksa_pilihan
from zi_workflow.cli.pemakaian import ganti
from zi_workflow.cli.saran import saran
from zi_workflow.cli.sudut import TAHUN_TERAKHIR
from zi_workflow.cli.tulis import saran_unit
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.cli.konteks import Konteks
    from zi_workflow.domain.deadlines import Tenggat


def hari_tanya(konteks: Konteks, pada: date | None) -> date:
    """Return the day that is asked about, by default today in the definition's zone; raises MasukanSalah for one that is too far."""
    if pada is not None and pada.year > TAHUN_TERAKHIR:
        raise MasukanSalah(
            f"--pada {pada} terlalu jauh", f"Tenggat dihitung sampai tahun {TAHUN_TERAKHIR}.", "Pakai tahun yang lebih awal."
        )
    return pada or konteks.aplikasi().hari_ini()


def unit_dipilih(konteks: Konteks, unit: str | None) -> list[str]:
    """Return the codes to look at: the one that was named, else all that are on file as seen from where the question is asked."""
    if unit is not None:
        return [unit]
    semua, layanan = kode_unit(konteks), konteks.aplikasi().layanan
    return semua if konteks.sudut.kini else [kode for kode in semua if layanan.unit(kode) is not None]


def tenggat_unit(konteks: Konteks, kode: str, pada: date) -> tuple[Tenggat, ...]:
    """Return a unit's due dates of a day; where there is no such unit, the error says which may have been meant."""
    with saran_unit(konteks):
        return konteks.aplikasi().layanan.tenggat(kode, pada)


def periksa_kewajiban(konteks: Konteks, nama: Iterable[str]) -> None:
    """Raise TidakDitemukan for a duty that the definition does not have, with what was probably meant."""
    ada = [k.id for k in konteks.aplikasi().definisi.kewajiban]
    for satu in nama:
        if satu not in ada:
            raise tidak_ada(konteks, f"Tenggat '{satu[:60]}'", satu, ada)


def tidak_ada(konteks: Konteks, apa: str, ditulis: str, ada: list[str], tanpa_saran: str = "zi tenggat daftar") -> TidakDitemukan:
    """Return the error for a name that is none of those there are; ``tanpa_saran``: what to type where none is near."""
    mirip = saran(ditulis, ada)
    maksud = f" Maksud Anda: {', '.join(mirip)}?" if mirip else ""
    lanjut = ganti(konteks.sesi.argumen, ditulis, mirip[0]) if mirip else ""
    sebab = f"Yang ada: {', '.join(ada)}." if ada else "Tidak ada satu pun."
    return TidakDitemukan(f"{apa} tidak dikenal.{maksud}", sebab, lanjut or tanpa_saran)


def periksa_peran(konteks: Konteks, peran: str | None, perintah: str) -> None:
    """Raise MasukanSalah for a role that the definition does not have; ``perintah`` is what to type before the right one."""
    periksa_pilihan(peran, konteks.aplikasi().definisi.peran, "Peran", perintah)


def polos(satu: Tenggat) -> dict[str, Any]:
    """Return a due date in the contract's shape (interface.md §4)."""
    return {
        "id": satu.id,
        "unit": satu.unit,
        "butir": satu.kejadian.butir or None,
        "uraian": satu.uraian,
        "sifat": satu.sifat,
        "jatuh_tempo": satu.jatuh_tempo,
        "status": satu.status,
        "sisa_hari": satu.sisa_hari,
        "hari_kerja_terakhir": satu.hari_kerja_terakhir,
        "alasan_libur": satu.alasan_libur or None,
        "dasar": satu.dasar,
        "tafsir": satu.tafsir,
        "perhitungan": satu.perhitungan,
        "dipenuhi": satu.kejadian.dipenuhi,
        "oleh": satu.kejadian.oleh or None,
        "bukti": satu.kejadian.bukti,
        "lanjut": satu.lanjut,
    }


def nama(satu: Tenggat) -> str:
    """Return the duty's id, with the plan item where it is one."""
    return f"{satu.id} {satu.kejadian.butir}" if satu.kejadian.butir else satu.id


def perintah_jelaskan(satu: Tenggat) -> str:
    """Return the command line that explains a due date."""
    butir = ["--butir", satu.kejadian.butir] if satu.kejadian.butir else []
    return shlex.join(["zi", "tenggat", "jelaskan", satu.unit, satu.id, *butir])


def periksa_tujuan(nama: str, awalan: bytes, sebutan: str) -> None:
    """Refuse to replace a file that is not of the kind that is written (``awalan``: how one begins). Raises MasukanSalah.

    An empty file may be filled; what cannot be read is left to the writing, which says why.
    """
    try:
        jalan = Path(nama)
        if not jalan.is_file():
            return
        with jalan.open("rb") as berkas:
            kepala = berkas.read(len(awalan))
    except (OSError, ValueError):
        return
    if kepala and kepala != awalan:
        raise MasukanSalah(
            f"Berkas '{nama}' sudah ada dan bukan {sebutan}.",
            f"Hanya {sebutan} yang ditimpa, agar berkas lain, misalnya penyimpanan, tidak hilang.",
            "Pilih nama lain.",
        )
