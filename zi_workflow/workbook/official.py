"""Fills the official workbook that a user hands in: only the answers and notes of the layout are set, everything else stays.

What is handed in is looked at by the reader of untrusted workbooks first; openpyxl opens it in a child process (``fill``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from zi_workflow.domain.cells import Buku
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.instrument import Rumus, baca_jumlah
from zi_workflow.domain.layout import Lembaran
from zi_workflow.domain.recognition import KEMENTERIAN, kenali
from zi_workflow.workbook.content import IsiLembar, isi_jawaban, teks_dari
from zi_workflow.workbook.sandbox import baca_buku

MEMORI = 1024 * 1024 * 1024
DETIK = 60
_AKAR = Path(__file__).resolve().parents[2]
_PROGRAM = "import sys; sys.path += sys.argv[3:]; from zi_workflow.workbook.fill import utama; utama()"
_LINGKUNGAN = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_UTUH = "Pakai buku kerja resmi yang kosong, atau ekspor tanpa --wadah."


def tulis_resmi(isi: IsiLembar, wadah: Path) -> tuple[bytes, list[str]]:
    """Return the official workbook ``wadah`` with the assessment in it, and the names of what could not be kept.

    Raises MasukanSalah where it is not the official arrangement, or cannot be opened.
    """
    nama = _periksa(isi, baca_buku(wadah))
    tugas = json.dumps({"lembar": nama, "sel": {rujukan: _kirim(nilai) for rujukan, nilai in sel_resmi(isi).items()}})
    kepala, hasil = _jalankan(tugas.encode() + b"\n" + wadah.read_bytes())
    if "tolak" in kepala:
        raise MasukanSalah(*kepala["tolak"])
    return hasil, list(kepala["hilang"])


def sel_resmi(isi: IsiLembar) -> dict[str, str | int | Decimal | None]:
    """Return what each cell is to hold: every answer and note, nothing where there is none, and sums that are typed by hand."""
    tata, peta = isi.tata_letak, isi.penilaian
    jawaban, catatan = tata.kolom["jawaban"], tata.kolom["catatan"]
    hasil: dict[str, str | int | Decimal | None] = {}
    for soal, baris in tata.soal.items():
        hasil[f"{jawaban}{baris}"] = isi_jawaban(isi.instrumen, soal, peta.jawaban)
        hasil[f"{catatan}{baris}"] = teks_dari(peta.catatan, soal)
    for kunci, letak in tata.rumus.items():
        rumus = isi.instrumen.butir[kunci]
        if letak.diketik and letak.jumlah is not None and isinstance(rumus, Rumus):
            hasil[f"{jawaban}{letak.jumlah}"] = _jumlah(rumus, peta.jawaban)
    return hasil


def _jumlah(rumus: Rumus, jawaban: Mapping[str, object]) -> int | None:
    """Return the sum of a denominator's parts, None while one is missing."""
    bagian = [baca_jumlah(jawaban.get(s)) for s in rumus.peran["penyebut"]]
    return None if None in bagian else sum(n or 0 for n in bagian)


def _kirim(nilai: str | int | Decimal | None) -> object:
    return nilai if nilai is None or isinstance(nilai, str) else {"angka": str(nilai)}


def _periksa(isi: IsiLembar, buku: Buku) -> str:
    """Return the name of the sheet. Raises MasukanSalah where the workbook is not the ministry's, or lies otherwise."""
    dicari = isi.tata_letak.lembar.casefold()
    if kenali(buku, isi.instrumen, Lembaran(isi.tata_letak), isi.penilai).bentuk != KEMENTERIAN:
        raise MasukanSalah(
            "Wadah itu buku kerja zi, bukan buku kerja resmi", f"Wadah memuat lembar resmi '{isi.tata_letak.lembar}'.", _UTUH
        )
    return next(n for n in buku.lembar if n.strip().casefold() == dicari)


def _jalankan(permintaan: bytes) -> tuple[dict[str, list[str]], bytes]:
    """Let the child answer; its temporary files go with it."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            proses = subprocess.run(  # noqa: S603 - this very program, with a fixed list of arguments
                [sys.executable, "-I", "-S", "-c", _PROGRAM, str(MEMORI), str(DETIK), *_jalur()],
                input=permintaan,
                capture_output=True,
                check=False,
                timeout=2 * DETIK,
                env={**{n: os.environ[n] for n in _LINGKUNGAN if n in os.environ}, "TMPDIR": folder},
            )
        except subprocess.TimeoutExpired:
            raise _gagal("tidak selesai pada waktunya") from None
    kepala, _, isi = proses.stdout.partition(b"\n")
    if proses.returncode or not kepala:
        raise _gagal(f"proses pengisi berhenti dengan kode {proses.returncode}")
    hasil: dict[str, list[str]] = json.loads(kepala)
    return hasil, isi


def _jalur() -> list[str]:
    """Return where the child finds this very program and openpyxl, and nothing else beside the standard library."""
    letak = find_spec("openpyxl")
    folder = (letak.submodule_search_locations if letak else None) or []
    return [str(_AKAR), *(str(Path(f).parent) for f in folder)]


def _gagal(sebab: str) -> MasukanSalah:
    return MasukanSalah("Buku kerja resmi itu tidak dapat diisi", f"Berkasnya terlalu besar atau tidak lazim: {sebab}.", _UTUH)
