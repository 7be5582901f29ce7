"""The policy on personal data: dated, cited, and in order."""

from __future__ import annotations

from zi_workflow.domain.definition import DISEGEL, KAPAN_SAJA, SESUDAH_MENJABAT, TERBUKA, KebijakanPribadi
from zi_workflow.loader.bagian import Rujukan, dasar
from zi_workflow.loader.simpul import Simpul

KUNCI = "data_pribadi"


def baca_kebijakan(simpul: Simpul, rujukan: Rujukan) -> tuple[KebijakanPribadi, ...]:
    """Read the policies, oldest first; at least one, each newer than the one before."""
    hasil: list[KebijakanPribadi] = []
    for satu in simpul.daftar():
        peta = satu.peta(["sejak", "nama_pejabat", "hapus", "dasar"], ["tafsir"])
        sejak = peta["sejak"].tanggal()
        if hasil and sejak <= hasil[-1].sejak:
            peta["sejak"].gagal(f"tanggal sesudah {hasil[-1].sejak.isoformat()}", "Urutkan dari yang terlama.")
        tafsir = peta["tafsir"].nama_daftar(rujukan.tafsir, "tafsir yang ada") if "tafsir" in peta else ()
        hasil.append(
            KebijakanPribadi(
                sejak,
                peta["nama_pejabat"].pilihan((DISEGEL, TERBUKA), "nama pejabat pada keputusan"),
                peta["hapus"].pilihan((SESUDAH_MENJABAT, KAPAN_SAJA), "kapan data dihapus"),
                dasar(peta["dasar"], rujukan, sejak),
                tafsir,
            )
        )
    if not hasil:
        simpul.gagal("paling sedikit satu kebijakan", "Tambahkan {sejak: …, nama_pejabat: disegel, hapus: sesudah_menjabat, dasar: […]}.")
    return tuple(hasil)
