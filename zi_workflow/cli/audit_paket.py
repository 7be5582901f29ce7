"""The bundle of ``zi audit ekspor``: under a new seal, or under one that was issued before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.segel_bacaan import baca_checkpoint, cocokkan, kunci_dikenal, kunci_penanda, lanjutan
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.export.bundle import Paket
    from zi_workflow.seal.keys import KunciSegel
    from zi_workflow.seal.note import Pemeriksa

Saring = Callable[[Iterable[Mapping[str, Any]]], Iterable[Mapping[str, Any]]]
_SARINGAN = ("unit", "dari", "sampai", "sejak_nomor", "sampai_nomor")


def paket(konteks: Konteks, pilihan: Mapping[str, Any], hitung: Saring) -> tuple[Paket, str]:
    """Return the bundle that is asked for and its seal; ``hitung`` sees the rows of its events go by, once."""
    from zi_workflow.export.bundle import Bahan, Paket
    from zi_workflow.seal.mandiri import PROGRAM
    from zi_workflow.store import Rentang

    _periksa(pilihan)
    publik: Sequence[str] = pilihan["kunci_publik"]
    kunci = [] if pilihan["segel"] else kunci_penanda(konteks, pilihan["kunci_segel"])
    catatan, ukuran, penanda = _lama(konteks, pilihan["segel"], publik) if pilihan["segel"] else _baru(konteks, kunci, publik)
    store = konteks.aplikasi().store
    terbaca: list[Saring] = [hitung]

    def baca() -> Iterable[Mapping[str, Any]]:
        baris = store.alirkan(Rentang(sampai_nomor=ukuran))
        return terbaca.pop()(baris) if terbaca else baris

    bahan = Bahan(
        instansi=konteks.aplikasi().instansi,
        ukuran=ukuran,
        catatan=catatan,
        kunci_publik=tuple(satu.teks for satu in penanda),
        program=PROGRAM.read_bytes(),
        baca=baca,
        definisi=store.definisi,
        tandatangani=_penanda(kunci) if kunci else None,
    )
    return Paket(bahan), catatan


def _periksa(pilihan: Mapping[str, Any]) -> None:
    """Refuse a part of the log: only a whole prefix can be checked against a seal. Raises MasukanSalah."""
    for nama in _SARINGAN:
        if pilihan[nama] is not None:
            opsi = f"--{nama.replace('_', '-')}"
            raise MasukanSalah(
                f"{opsi} tidak dapat bersama --format paket",
                "Paket diperiksa terhadap segel, dan segel mencakup semua peristiwa dari nomor 1; sebagian saja tidak dapat dibuktikan.",
                f"Hapus {opsi}; untuk paket sampai segel terdahulu: --segel FILE",
            )
    if pilihan["segel"] and pilihan["kunci_segel"]:
        raise MasukanSalah("--segel tidak dapat bersama --kunci-segel", "Segel itu sudah ditandatangani.", "Sebut salah satu.")


def _lama(konteks: Konteks, nama: str, publik: Sequence[str]) -> tuple[str, int, Sequence[Pemeriksa]]:
    """Return a seal that was issued before, how many events it covers and who signed it; raises as its reader does."""
    hasil = baca_checkpoint(konteks, nama, publik)
    cocokkan(konteks, hasil, nama)
    return hasil.catatan, hasil.checkpoint.ukuran, hasil.penanda


def _baru(konteks: Konteks, kunci: Sequence[KunciSegel], publik: Sequence[str]) -> tuple[str, int, Sequence[Pemeriksa]]:
    """Issue a seal over the log as it is, which must continue what the places of seals hold; raises as `zi audit segel` does."""
    from zi_workflow.seal.checkpoint import Checkpoint, tandatangani
    from zi_workflow.seal.places import lihat

    asal = kunci[0].pemeriksa.nama
    dikenal = [*(satu.pemeriksa for satu in kunci), *kunci_dikenal(konteks, publik)]
    tempat = [lihat(satu, asal, dikenal) for satu in konteks.pengaturan.tempat_segel]
    ukuran, akar = lanjutan(konteks, [(satu.jalan, satu.lama) for satu in tempat if satu.lama is not None])
    return tandatangani(Checkpoint(asal, ukuran, akar), kunci), ukuran, [satu.pemeriksa for satu in kunci]


def _penanda(kunci: Sequence[KunciSegel]) -> Callable[[str], str]:
    """Return what signs the list of contents: its first line makes it no checkpoint of any log."""
    from zi_workflow.seal.note import baris_tanda

    return lambda teks: "".join(baris_tanda(satu.tandatangani(teks)) for satu in kunci)
