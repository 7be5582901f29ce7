"""Reading ``kalender.yaml``: national holidays and cuti bersama, year by year, each year with the decree that it rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from zi_workflow.domain.calendar import JENIS_LIBUR, Kalender, Libur, TahunLibur
from zi_workflow.loader.simpul import Simpul, aman

_TAHUN = re.compile(r"20[0-9]{2}")


def baca_kalender(simpul: Simpul) -> Kalender:
    """Read the table: years without a gap, and no holiday outside them or written twice. Raises DefinisiSalah."""
    peta = simpul.peta(("tahun", "libur"))
    tahun = _semua_tahun(peta["tahun"])
    hari: dict[date, tuple[Libur, ...]] = {}
    for s in peta["libur"].daftar():
        satu = _libur(s, tahun)
        lain = hari.get(satu.tanggal, ())
        if any(x.nama == satu.nama for x in lain):
            s.gagal(f"libur yang belum ditulis; '{aman(satu.nama)}' pada {satu.tanggal.isoformat()} sudah", "Hapus yang ganda.")
        hari[satu.tanggal] = (*lain, satu)
    return Kalender(hari, tahun)


def _semua_tahun(simpul: Simpul) -> dict[int, TahunLibur]:
    """Read the years in order; a gap would make a year without holidays look like one that is known."""
    butir = simpul.daftar()
    if not butir:
        simpul.gagal("paling sedikit satu tahun", "Tambahkan tahun pertama, atau hapus kalender.yaml.")
    hasil: dict[int, TahunLibur] = {}
    for s in butir:
        satu = _tahun(s)
        harap = max(hasil, default=satu.tahun - 1) + 1
        if satu.tahun != harap:
            s.peta()["tahun"].gagal(f"tahun {harap}: tahun-tahun ditulis berurutan, tanpa celah, masing-masing sekali")
        hasil[satu.tahun] = satu
    return hasil


def _tahun(simpul: Simpul) -> TahunLibur:
    peta = simpul.peta(("tahun", "dasar"))
    return TahunLibur(int(peta["tahun"].nama(_TAHUN, "tahun empat angka, misalnya 2027")), peta["dasar"].teks(500))


def _libur(simpul: Simpul, tahun: Mapping[int, TahunLibur]) -> Libur:
    peta = simpul.peta(("tanggal", "nama", "jenis"), ("perkiraan",))
    tanggal = peta["tanggal"].tanggal()
    if tanggal.year not in tahun:
        peta["tanggal"].gagal(
            f"tanggal dalam tahun yang ada di 'tahun': {min(tahun)} sampai {max(tahun)}",
            f"Tambahkan tahun {tanggal.year} beserta dasarnya di 'tahun', atau perbaiki tanggalnya.",
        )
    return Libur(
        tanggal,
        peta["nama"].teks(100),
        peta["jenis"].pilihan(JENIS_LIBUR, "jenis libur"),
        peta["perkiraan"].ya_tidak() if "perkiraan" in peta else False,
    )
