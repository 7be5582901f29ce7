"""What ``zi doktor`` says of personal data: the keys of this machine, and deletions that are recorded and not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zi_workflow.cli.konteks import Konteks
    from zi_workflow.cli.pemeriksaan import Laporan


def data_pribadi(konteks: Konteks, laporan: Laporan) -> None:
    """Look at the key store; without a store there is nothing to look at."""
    if "skema" not in laporan.bagian["penyimpanan"] or "definisi" not in laporan.bagian:
        return
    from zi_workflow.erasure import tertunda

    app = konteks.aplikasi(buat=True)
    brankas = app.store.brankas
    hasil = laporan.bagian["data_pribadi"] = {"folder": str(brankas.akar), "siap": False}
    sebab = laporan.coba(lambda: brankas.tak_siap() or "")
    if sebab is None:
        return
    if sebab:
        laporan.catat("perhatian", f"Nama dan kontak terkunci di mesin ini: {sebab}.", "Tunjuk folder kuncinya dengan ZI_KUNCI_DATA.")
        return
    hasil["siap"] = True
    for salah in brankas.periksa():
        laporan.catat("masalah", f"Berkas kunci data pribadi {salah}.", f"Pulihkan berkas itu dari cadangan folder {brankas.akar}.")
    for orang, _, nomor in laporan.coba(lambda: tertunda(app.layanan.instansi(), brankas)) or ():
        laporan.catat(
            "masalah",
            f"Data pribadi {orang} diputuskan dihapus (peristiwa {nomor}), tetapi kuncinya masih ada.",
            f"Ulangi: zi pejabat hapus-data {'--orang ' if orang.startswith('O-') else ''}{orang} … --konfirmasi {orang}",
        )
