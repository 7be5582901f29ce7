"""``zi proyeksi``: upkeep of the read models."""

from __future__ import annotations

from collections.abc import Sequence

import click

from zi_workflow.cli.dasar import Kelompok, Konteks, maksud_anda, saran
from zi_workflow.cli.kemajuan import kemajuan
from zi_workflow.domain.errors import MasukanSalah

INDEKS = "indeks"
"""Name of the index of the search, which is rebuilt beside the read models."""

perintah = Kelompok("proyeksi", "Bangun ulang tabel baca dari peristiwa.", contoh="zi proyeksi bangun-ulang")


@perintah.perintah(
    "bangun-ulang",
    "Kosongkan lalu bangun kembali tabel baca dan indeks pencarian (semua, atau yang disebut) dari peristiwa. Peristiwa tidak disentuh.",
    contoh="zi proyeksi bangun-ulang papan riwayat",
)
@click.argument("nama", nargs=-1, metavar="[NAMA]...")
def bangun_ulang(konteks: Konteks, nama: Sequence[str]) -> None:
    """Rebuild read models one after the other, each in its own transaction."""
    from projections import SEMUA

    ada = [*(satu.nama for satu in SEMUA), INDEKS]
    for satu in nama:
        if satu not in ada:
            mirip = saran(satu, ada)
            raise MasukanSalah(
                f"Proyeksi '{satu[:60]}' tidak dikenal. {maksud_anda(satu, ada)}".strip(),
                f"Yang ada: {', '.join(ada)}.",
                f"zi proyeksi bangun-ulang {mirip[0] if mirip else ''}".strip(),
            )
    store = konteks.aplikasi().store
    dipilih = [satu for satu in ada if not nama or satu in nama]
    selesai: list[str] = []
    for satu in kemajuan(konteks, dipilih, len(dipilih), "Membangun ulang"):
        if satu == INDEKS:
            store.bangun_ulang_indeks()
            selesai.append(satu)
        else:
            selesai += store.bangun_ulang([satu])
    konteks.keluarkan({"dibangun_ulang": selesai}, layar=f"Dibangun ulang: {', '.join(selesai)}.")
