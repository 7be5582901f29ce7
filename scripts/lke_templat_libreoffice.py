#!/usr/bin/env python3
"""Compares the running score of our workbook, recalculated by LibreOffice, with our own exact figures.

Random sets of answers, complete and not, with denominators of 0, judged values and missing counts, are written by
``zi lke templat``'s writer with the formulas' values taken out. Every figure must agree within 1e-9. Needs LibreOffice;
run it whenever scoring or the workbook changes. Usage: python scripts/lke_templat_libreoffice.py [--banyak 200] [--benih 1]
"""

from __future__ import annotations

import argparse
import random  # noqa: TID251 - sets of answers, from a seed that is printed
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))

from _libreoffice import LibreOfficeGagal, hitung_ulang, nilai_sel, tanpa_nilai_tersimpan, versi  # noqa: E402 - beside this file

from zi_workflow.domain.instrument import INDEKS, PILIHAN, Instrumen, Rumus, Soal  # noqa: E402 - the tree itself is measured
from zi_workflow.domain.layout import TataLetak  # noqa: E402
from zi_workflow.domain.scoring import nilai_butir  # noqa: E402
from zi_workflow.loader.definisi import muat  # noqa: E402
from zi_workflow.workbook.ministry import IsiLembar, Penilaian, tulis_kementerian  # noqa: E402
from zi_workflow.workbook.notes import RINGKASAN  # noqa: E402

SELISIH = 1e-9
AREA_AWAL = 5
"""The row of the first area on the sheet of totals."""


def main() -> int:
    """Compare, print what differs; the exit code says whether anything did."""
    pengurai = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    pengurai.add_argument("--banyak", type=int, default=200, help="sets of answers")
    pengurai.add_argument("--benih", type=int, default=1, help="seed")
    pilihan = pengurai.parse_args()
    definisi = muat(AKAR / "workflows" / "binjai")
    if definisi.instrumen is None or definisi.lembaran is None:
        raise SystemExit("definisi tanpa LKE")
    acak = random.Random(pilihan.benih)  # noqa: S311 - samples, not secrets
    semua = {f"{n:04d}": contoh(acak, definisi.instrumen, definisi.lembaran.kementerian, n) for n in range(pilihan.banyak)}
    try:
        beda, sel = bandingkan(semua)
    except LibreOfficeGagal as salah:
        print(f"LibreOffice: {salah}", file=sys.stderr)  # noqa: T201 - a script's answer
        return 2
    print(f"{versi()}: {len(semua)} kumpulan jawaban (benih {pilihan.benih}), {sel} angka, {len(beda)} berbeda")  # noqa: T201 - as above
    for kalimat in beda[:50]:
        print(kalimat)  # noqa: T201 - as above
    return 1 if beda else 0


def contoh(acak: random.Random, instrumen: Instrumen, tata: TataLetak, nomor: int) -> IsiLembar:
    """Make one assessment: the first is empty, the second complete, the others have each question answered with some chance."""
    peluang = {0: 0.0, 1: 1.0}.get(nomor, acak.choice((0.3, 0.7, 0.95, 1.0)))
    jawaban = {s.id: jawaban_acak(acak, s) for s in instrumen.soal.values() if acak.random() < peluang}
    rumus = [b for b in instrumen.butir.values() if isinstance(b, Rumus)]
    dinilai = {acak.choice(b.ids): {"nilai": acak.choice(("0", "0.5", "1", "0.123456789")), "alasan": "=tidak ada"} for b in rumus}
    dinilai = {k: v for k, v in dinilai.items() if acak.random() < 0.5}  # noqa: PLR2004 - every second one
    penilaian = Penilaian(jawaban, {"1": "=1+1"}, {}, dinilai)
    return IsiLembar("UJI", "Unit Uji", 2026, acak.choice(("unit", "tpi")), instrumen, tata, penilaian)


def jawaban_acak(acak: random.Random, soal: Soal) -> object:
    """Return one answer of the question's scale, as it is stored."""
    if soal.skala.jenis == PILIHAN:
        return acak.choice(list(soal.skala.nilai))
    if soal.skala.jenis == INDEKS:
        return acak.choice(("0", "4", "3.6", "3.20", f"{acak.randrange(4000) / 1000:.3f}"))
    return acak.choice((0, 0, 1, 2, 3, 7, 60, acak.randrange(1000)))


def bandingkan(semua: dict[str, IsiLembar]) -> tuple[list[str], int]:
    """Return what differs, and how many figures were compared."""
    beda: list[str] = []
    jumlah = 0
    with tempfile.TemporaryDirectory(prefix="zi-templat-") as folder:
        asal, tujuan = Path(folder) / "asal", Path(folder) / "hasil"
        asal.mkdir()
        for nama, isi in semua.items():
            (asal / f"{nama}.xlsx").write_bytes(tanpa_nilai_tersimpan(tulis_kementerian(isi)))
        for hasil in hitung_ulang(sorted(asal.iterdir()), tujuan):
            isi = semua[hasil.stem]
            for lembar, harap in ((isi.tata_letak.lembar, dict(angka(isi))), (RINGKASAN, dict(angka_ringkasan(isi)))):
                ada = nilai_sel(hasil, lembar, harap)
                jumlah += len(harap)
                beda += [f"{hasil.stem} {lembar}!{s}: {ada[s]!r}, seharusnya {h}" for s, h in harap.items() if not sama(ada[s], h)]
    return beda, jumlah


def sama(ada: object, harap: Fraction | None) -> bool:
    """Say whether a cell shows a figure; where there is none, it shows a dash."""
    if harap is None:
        return ada == "-"
    return isinstance(ada, int | float) and not isinstance(ada, bool) and abs(Fraction(ada) - harap) <= SELISIH


def angka(isi: IsiLembar) -> Iterator[tuple[str, Fraction | None]]:
    """Yield the cells of the main sheet and our figures for them, straight from the scoring."""
    tata, skor, instrumen = isi.tata_letak, isi.skor(), isi.instrumen
    nilai, jawaban = tata.kolom["nilai"], tata.kolom["jawaban"]
    for id_, baris in tata.indikator.items():
        yield f"{nilai}{baris}", skor.indikator[id_].nilai
    for kelompok in tata.kelompok:
        yield f"{nilai}{kelompok.baris}", sum((skor.indikator[i].nilai for i in kelompok.anggota), Fraction())
    for nama, baris in tata.bagian.items():
        aspek, nomor = nama.split(".")
        yield f"{nilai}{baris}", getattr(skor.area[int(nomor)], aspek)
    for nama, baris in [*tata.aspek.items(), *tata.komponen.items(), *tata.ringkasan.items()]:
        yield f"{nilai}{baris}", getattr(skor, nama)
    for butir in instrumen.butir.values():
        satu = nilai_butir(butir, isi.penilaian.jawaban, isi.dinilai)
        baris = tata.rumus[butir.kunci].baris if isinstance(butir, Rumus) else tata.soal[butir.kunci]
        if baris not in tata.indikator.values():
            yield f"{nilai}{baris}", satu
        if isinstance(butir, Rumus):
            yield f"{jawaban}{baris}", satu


def angka_ringkasan(isi: IsiLembar) -> Iterator[tuple[str, Fraction | None]]:
    """Yield the cells of the areas on the sheet of totals."""
    for baris, area in enumerate(isi.skor().area.values(), AREA_AWAL):
        yield from ((f"B{baris}", area.pemenuhan), (f"C{baris}", area.reform), (f"D{baris}", area.nilai), (f"F{baris}", area.persen / 100))


if __name__ == "__main__":
    sys.exit(main())
