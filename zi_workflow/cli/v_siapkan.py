"""``zi siapkan``: create or upgrade the store."""

from __future__ import annotations

from zi_workflow.cli.bacaan import baca
from zi_workflow.cli.blok import butir, lipat
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.tampilan import Gaya

_PERTAMA = "zi pejabat angkat NIP NAMA --peran admin --sk NOMOR --sejak YYYY-MM-DD"


@verba("siapkan", "Buat atau mutakhirkan penyimpanan dan tabel bacanya; aman diulang.", contoh="zi siapkan")
def perintah(konteks: Konteks) -> None:
    """Prepare the store and say where it is."""
    from projections import pejabat

    app = konteks.aplikasi(buat=True)
    berubah = app.store.siapkan()  # projections that are behind are caught up too
    setelan = konteks.pengaturan
    kosong = not baca(konteks, lambda koneksi: pejabat.daftar(koneksi, app.instansi))

    def layar(gaya: Gaya) -> str:
        teks = lipat("Penyimpanan siap." if berubah else "Penyimpanan sudah mutakhir; tidak ada yang diubah.", gaya)
        teks += butir([("Basis", setelan.basis_samar), ("Berkas", setelan.berkas), ("Instansi", app.instansi)], gaya)
        return teks + (lipat(f"Lanjut: {_PERTAMA}", gaya, lanjut=8) if kosong else "")

    data = {"basis": setelan.basis_samar, "berkas": setelan.berkas, "instansi": app.instansi, "berubah": berubah}
    konteks.keluarkan(data, layar=layar)
