#!/usr/bin/env python3
"""Compares the ministry's own workbook, recalculated by LibreOffice, with our model of it and with our provisional figures.

Random sets of answers, complete and not, with empty indices, denominators of 0, half-filled obligations and sums typed by hand,
are put into the workbook with openpyxl. Every figure that LibreOffice then shows must be what ``sheetmodel`` says it shows, and
every figure that differs from our *sementara* must be named by the reconciliation with one of the workbook's listed faults.
Needs LibreOffice and the ministry's blank workbook; run it whenever scoring or reconciliation changes.
Usage: python scripts/lke_libreoffice.py ../shared/lke/lke-zi-kosong.xlsx [--banyak 240] [--benih 1] [--korpus FILE]
"""

from __future__ import annotations

import argparse
import json
import random  # noqa: TID251 - sets of answers, from a seed that is printed
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

AKAR = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(AKAR))

import openpyxl  # noqa: E402 - after the path, like what follows
from _libreoffice import LibreOfficeGagal, hitung_ulang, versi  # noqa: E402 - beside this file
from lke_templat_libreoffice import jawaban_acak  # noqa: E402 - as above

from zi_workflow.domain.cells import Lembar  # noqa: E402 - the tree itself is measured
from zi_workflow.domain.instrument import INDEKS, Instrumen  # noqa: E402
from zi_workflow.domain.layout import TataLetak  # noqa: E402
from zi_workflow.domain.reconcile import TOLERANSI, Rekonsiliasi, Selisih, cocokkan  # noqa: E402
from zi_workflow.domain.scoring import nilai  # noqa: E402
from zi_workflow.loader.definisi import muat  # noqa: E402
from zi_workflow.workbook.sandbox import Pembaca  # noqa: E402

TERDAFTAR = frozenset(
    {"kosong", "tanpa_jawaban", "indeks_kosong", "pembagi_nol", "sebagian", "skala", "kelompok", "wajib_diketik", "perlu_lebih", "turunan"}
)
"""The faults of the workbook that may explain a difference; what was typed over or never recalculated does not occur here."""


@dataclass(frozen=True)
class Contoh:
    """One set: answers as stored, and what is typed where the workbook leaves the obliged count to the hand."""

    jawaban: Mapping[str, object]
    diketik: int | None


def main() -> int:
    """Compare, print what differs; the exit code says whether anything did."""
    pengurai = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    pengurai.add_argument("buku", type=Path, help="the ministry's blank workbook")
    pengurai.add_argument("--banyak", type=int, default=240, help="sets of answers")
    pengurai.add_argument("--benih", type=int, default=1, help="seed")
    pengurai.add_argument("--korpus", type=Path, help="record answers and figures here, for the ordinary tests")
    pilihan = pengurai.parse_args()
    definisi = muat(AKAR / "workflows" / "binjai")
    if definisi.instrumen is None or definisi.lembaran is None:
        raise SystemExit("definisi tanpa LKE")
    acak = random.Random(pilihan.benih)  # noqa: S311 - samples, not secrets
    semua = {f"{n:04d}": contoh(acak, definisi.instrumen, n) for n in range(pilihan.banyak)}
    tata = definisi.lembaran.kementerian
    try:
        lembar = hitung(pilihan.buku, semua, definisi.instrumen, tata)
    except LibreOfficeGagal as salah:
        print(f"LibreOffice: {salah}", file=sys.stderr)  # noqa: T201 - a script's answer
        return 2
    salah, alasan, angka = bandingkan(semua, lembar, definisi.instrumen, tata)
    print(f"{versi()}: {len(semua)} kumpulan jawaban (benih {pilihan.benih}), {angka} angka, {len(salah)} tidak terjelaskan")  # noqa: T201
    print("sebab: " + ", ".join(f"{k} {n}" for k, n in alasan.most_common()))  # noqa: T201 - as above
    for kalimat in salah[:50]:
        print(kalimat)  # noqa: T201 - as above
    if pilihan.korpus is not None:
        simpan(pilihan.korpus, pilihan.benih, semua, lembar, tata)
    return 1 if salah else 0


def contoh(acak: random.Random, instrumen: Instrumen, nomor: int) -> Contoh:
    """Make one set: the first is empty, the second complete, the others have each question answered with some chance."""
    peluang = {0: 0.0, 1: 1.0}.get(nomor, acak.choice((0.3, 0.7, 0.9, 0.98, 1.0, 1.0)))
    jawaban = {s.id: jawaban_acak(acak, s) for s in instrumen.soal.values() if acak.random() < peluang}
    return Contoh(jawaban, acak.choice((None, 0, 13, acak.randrange(200))))


def hitung(buku: Path, semua: Mapping[str, Contoh], instrumen: Instrumen, tata: TataLetak) -> dict[str, Lembar]:
    """Fill the workbook with each set, let LibreOffice recalculate, and read what it shows with our own reader."""
    kolom = tata.kolom["jawaban"]
    diketik = [r.jumlah for r in tata.rumus.values() if r.diketik]
    hasil: dict[str, Lembar] = {}
    with tempfile.TemporaryDirectory(prefix="zi-lke-") as folder, Pembaca() as pembaca:
        asal, tujuan = Path(folder) / "asal", Path(folder) / "hasil"
        asal.mkdir()
        for nama, satu in semua.items():
            kerja = openpyxl.load_workbook(buku)
            lembar = kerja[tata.lembar]
            for soal, isi in satu.jawaban.items():
                lembar[f"{kolom}{tata.soal[soal]}"] = float(str(isi)) if instrumen.soal[soal].skala.jenis == INDEKS else isi
            for baris in diketik:
                lembar[f"{kolom}{baris}"] = satu.diketik
            kerja.save(asal / f"{nama}.xlsx")
        for jalan in hitung_ulang(sorted(asal.iterdir()), tujuan):
            hasil[jalan.stem] = pembaca.baca(jalan).lembar[tata.lembar]
    return hasil


def bandingkan(
    semua: Mapping[str, Contoh], lembar: Mapping[str, Lembar], instrumen: Instrumen, tata: TataLetak
) -> tuple[list[str], Counter[str], int]:
    """Return what no listed fault explains, how often each reason was given, and how many figures were compared."""
    salah: list[str] = []
    alasan: Counter[str] = Counter()
    angka = 0
    for nama, satu in semua.items():
        hasil: Rekonsiliasi = cocokkan(lembar[nama], tata, instrumen, nilai(instrumen, satu.jawaban, {}), {})
        angka += hasil.sama + len(hasil.selisih)
        for selisih in hasil.selisih:
            kode = {a.kode for a in selisih.alasan}
            alasan.update(kode)
            if kode - TERDAFTAR or (_beda_sementara(selisih) and kode <= {"kosong"}):
                salah.append(
                    f"{nama} {selisih.sel}: {selisih.buku}, {float(selisih.resmi)}: {'; '.join(a.kalimat for a in selisih.alasan)}"
                )
    return salah, alasan, angka


def _beda_sementara(satu: Selisih) -> bool:
    """Say whether the workbook's figure differs from our provisional one too, which leaving out unanswered cells does not explain."""
    return satu.sementara is None or isinstance(satu.buku, str) or satu.buku is None or abs(satu.buku - satu.sementara) > TOLERANSI


def simpan(jalan: Path, benih: int, semua: Mapping[str, Contoh], lembar: Mapping[str, Lembar], tata: TataLetak) -> None:
    """Record answers and figures, no texts: the order of the questions is that of the layout."""
    kolom = tata.kolom["nilai"]
    baris = sorted({*tata.indikator.values(), *(k.baris for k in tata.kelompok), *tata.bagian.values(), *tata.aspek.values()})
    baris += sorted(tata.ringkasan.values())
    with jalan.open("w", encoding="utf-8") as berkas:
        kepala = {"asal": versi(), "benih": benih, "soal": list(tata.soal), "baris": baris}
        berkas.write(json.dumps(kepala, separators=(",", ":")) + "\n")
        for nama, satu in semua.items():
            angka = [_tulis(lembar[nama].ambil(kolom, b).nilai) for b in baris]
            isi = {"jawaban": "|".join(str(satu.jawaban.get(s, "")) for s in tata.soal), "diketik": satu.diketik, "nilai": "|".join(angka)}
            berkas.write(json.dumps(isi, separators=(",", ":")) + "\n")


def _tulis(nilai_: object) -> str:
    return format(nilai_.normalize(), "f") if isinstance(nilai_, Decimal) else str(nilai_ or "")


if __name__ == "__main__":
    sys.exit(main())
