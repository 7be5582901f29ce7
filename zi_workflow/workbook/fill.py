"""The program of the child process that fills a workbook which somebody hands in: openpyxl works here, inside limits.

The request on stdin is a line of JSON, ``{"lembar": name, "sel": {reference: value}}``, then the workbook; a value is a text,
null, or ``{"angka": decimal}``. The answer on stdout is a line of JSON, ``{"hilang": [what openpyxl cannot keep]}`` and the
workbook, or ``{"tolak": [pesan, sebab, lanjut]}``. The same request gives the same bytes.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.package import Paket, rusak, sebut
from zi_workflow.workbook.text import untuk_openpyxl

_INTI = "docProps/core.xml"
_WAKTU = (1980, 1, 1, 0, 0, 0)
_AWAL_RUMUS = ("=", "+", "-", "@", "\t")
_TERBAWA = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/ctrlprops/", "xl/activex/", "xl/pivottables/")
_BERKAS, _UKURAN = 64, 256 * 1024 * 1024


def utama() -> None:
    """Answer one request. Arguments: bytes of memory, seconds of processor."""
    _batasi(int(sys.argv[1]), int(sys.argv[2]))
    permintaan = sys.stdin.buffer.read()
    try:
        kepala, isi = jawab(permintaan)
    except MasukanSalah as e:
        kepala, isi = {"tolak": [e.pesan, e.sebab, e.lanjut]}, b""
    sys.stdout.buffer.write(json.dumps(kepala).encode() + b"\n" + isi)
    sys.stdout.buffer.flush()


def jawab(permintaan: bytes) -> tuple[dict[str, list[str]], bytes]:
    """Return the head of the answer and the filled workbook. Raises MasukanSalah."""
    tugas, _, wadah = permintaan.partition(b"\n")
    isi = json.loads(tugas)
    paket = Paket(wadah)
    try:
        with warnings.catch_warnings(record=True) as peringatan:
            warnings.simplefilter("always")
            hasil = _isi(wadah, isi["lembar"], isi["sel"])
    except MasukanSalah:
        raise
    except MemoryError:
        raise rusak("Isinya terlalu besar untuk dibuka.") from None
    except Exception as e:  # noqa: BLE001 - whatever a hostile workbook provokes is an answer, too
        raise rusak(f"Susunan di dalamnya tidak terbaca ({type(e).__name__}).") from None
    hasil, nama = _rapikan(hasil, paket)
    hilang = [n for n in paket.nama if n.startswith(_TERBAWA) and n not in nama]
    return {"hilang": sorted({*hilang, *(str(p.message) for p in peringatan)})}, hasil


def _isi(wadah: bytes, nama: str, sel: Mapping[str, object]) -> bytes:
    """Set the cells; everything else stays as openpyxl read it, and every program calculates anew on opening."""
    buku = load_workbook(io.BytesIO(wadah), rich_text=True)
    lembar = buku[nama]
    for rujukan, nilai in sel.items():
        satu = lembar[rujukan]
        if not isinstance(satu, Cell):
            raise MasukanSalah(
                f"Sel {rujukan} pada lembar {sebut(nama)} digabung dengan sel lain",
                "Setiap jawaban ditulis ke selnya sendiri.",
                "Pakai buku kerja resmi yang utuh.",
            )
        _taruh(satu, nilai)
    buku.calculation.fullCalcOnLoad = True
    keluar = io.BytesIO()
    buku.save(keluar)
    return keluar.getvalue()


def _taruh(sel: Cell, nilai: object) -> None:
    """Set one cell: a text is a text, however it begins."""
    if not isinstance(nilai, str):
        sel.value = Decimal(nilai["angka"]) if isinstance(nilai, dict) else None
        return
    sel.value = untuk_openpyxl(nilai)
    sel.data_type = "s"
    if nilai.startswith(_AWAL_RUMUS):
        sel.quotePrefix = True


def _rapikan(isi: bytes, asal: Paket) -> tuple[bytes, set[str]]:
    """Return the package without the hour at which it was made, its properties as they were; and the names of its parts."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as lama, zipfile.ZipFile(keluar, "w") as baru:
        daftar = lama.namelist()
        for nama in daftar:
            info = zipfile.ZipInfo(nama, _WAKTU)
            info.compress_type = zipfile.ZIP_DEFLATED
            baru.writestr(info, _bagian(asal, nama) if nama == _INTI else lama.read(nama))
    return keluar.getvalue(), {nama.lower() for nama in daftar}


def _bagian(asal: Paket, nama: str) -> bytes:
    """Return a part of the workbook that was handed in."""
    potong: Iterable[bytes] = asal.alirkan(nama) if nama in asal else (_INTI_KOSONG,)
    return b"".join(potong)


_INTI_KOSONG = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def _batasi(memori: int, detik: int) -> None:
    """Bound memory, processor, open files and the size of files, as far as the system lets us."""
    batas = ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memori), (resource.RLIMIT_CPU, detik))
    for apa, terbesar in (*batas, (resource.RLIMIT_NOFILE, _BERKAS), (resource.RLIMIT_FSIZE, _UKURAN)):
        tertinggi = resource.getrlimit(apa)[1]
        baru = terbesar if tertinggi == resource.RLIM_INFINITY else min(terbesar, tertinggi)
        resource.setrlimit(apa, (baru, baru))
