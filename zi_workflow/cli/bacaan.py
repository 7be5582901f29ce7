"""Reading the read models for the verbs: whose register it is, errors of the engines translated, names that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from zi_workflow.cli.alur import UTAMA, Alur
from zi_workflow.cli.saran import maksud_anda, saran
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.cli.konteks import Konteks

T = TypeVar("T")

ALUR_BAWAAN, ZONA_BAWAAN = "zi", "Asia/Jakarta"
"""Id and time zone of the definition that ships, so that a question about units need not load it."""


def letak(konteks: Konteks, alur: Alur = UTAMA) -> tuple[str, str]:
    """Return instansi and alur, with which every file's stream begins; only a definition of one's own is loaded for it."""
    app = konteks.aplikasi()
    if konteks.pengaturan.regulasi is None:
        return app.instansi, alur.id or ALUR_BAWAAN
    return app.definisi.instansi, alur.id or app.definisi.id


def zona(konteks: Konteks) -> str:
    """Return the definition's time zone; only a definition of one's own is loaded for it."""
    return ZONA_BAWAAN if konteks.pengaturan.regulasi is None else konteks.aplikasi().definisi.zona


def baca(konteks: Konteks, kerja: Callable[[Any], T]) -> T:
    """Run ``kerja`` on a connection to the read models; raises PenyimpananGagal and the like for errors of the engine."""
    from zi_workflow.store.errors import terjemah

    try:
        with konteks.aplikasi().baca() as koneksi:
            return kerja(koneksi)
    except Exception as galat:
        hasil = terjemah(galat)
        if hasil is None:
            raise
        raise hasil from galat


def kode_unit(konteks: Konteks, alur: Alur = UTAMA) -> list[str]:
    """Return the codes of all units, or of all files of another workflow."""
    from projections import papan

    return baca(konteks, lambda koneksi: papan.kode_semua(koneksi, *letak(konteks, alur)))


def alur_tercatat(konteks: Konteks) -> list[str]:
    """Return the other workflows of which something is in the log; only their definitions need to be there."""
    from zi_workflow.domain.verdict import PENOLAKAN

    app = konteks.aplikasi()
    return [a for a in app.definisi.terkait if any(app.store.aliran(f"{app.instansi}/{a}{g}/") for g in ("", f"-{PENOLAKAN}"))]


def terdaftar(konteks: Konteks, kode: str) -> bool:
    """Say whether a file of any workflow has this code."""
    from projections import papan

    return kode in baca(konteks, lambda koneksi: papan.kode_register(koneksi, letak(konteks)[0]))


def unit_tak_ada(konteks: Konteks, kode: str, perintah: str, alur: Alur = UTAMA) -> TidakDitemukan:
    """Return the error for a file that is not there, with what was probably meant; ``perintah`` is what to type before it."""
    semua = kode_unit(konteks, alur)
    if kode in semua:
        from zi_workflow.cli.sudut import sebut_sudut

        saat = sebut_sudut(konteks.sudut, zona(konteks))
        return TidakDitemukan(f"{alur.sebutan} {kode} belum terdaftar pada saat itu.", f"{saat}: tidak ada.", f"{alur.lihat} {kode}")
    mirip = saran(kode, semua)
    maksud = f" Maksud Anda: {', '.join(mirip)}?" if mirip else ""
    lanjut = f"{perintah} {mirip[0]}" if mirip else alur.daftar if semua else f"zi {alur.buka}"
    pesan = f"{alur.sebutan} '{kode[:60]}' tidak ditemukan.{maksud}"
    return TidakDitemukan(pesan, f"{len(semua)} {alur.sebutan.lower()} terdaftar.", lanjut)


def periksa_pilihan(nilai: str | None, semua: Iterable[str], sebutan: str, perintah: str) -> None:
    """Refuse a value that is none of ``semua`` (None passes); raises MasukanSalah with what was probably meant.

    ``perintah`` is what to type before the right value.
    """
    pilihan = tuple(semua)
    if nilai is None or nilai in pilihan:
        return
    mirip = saran(nilai, pilihan)
    pesan = f"{sebutan} '{nilai[:60]}' tidak dikenal. {maksud_anda(nilai, pilihan)}".strip()
    raise MasukanSalah(pesan, f"Yang ada: {', '.join(pilihan)}.", f"{perintah} {(mirip or pilihan)[0]}")
