"""The program of the child process: reads workbooks from stdin, one after the other, and answers on stdout.

A request is a length (8 bytes, big-endian) and the bytes of a workbook. An answer is a length and lines of JSON, each a list:
``["lembar", name, hidden rows, merged ranges]`` begins a sheet, ``["sel", {reference: cell}]`` adds cells to it (``sheet`` says
what a cell is), and the last line is ``["selesai"]``, or ``["tolak", pesan, sebab, lanjut]``, or ``["memori"]``, after which the
child ends. Nothing is written to disk and nothing is asked of the network; what the child may use is bounded before it reads a byte.
"""

from __future__ import annotations

import gc
import json
import math
import resource
import sys
from collections.abc import Iterator

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.package import rusak
from zi_workflow.workbook.sheet import LembarPolos, SelPolos, baca_lembar

PANJANG = 8
LEMBAR, SEL, SELESAI, TOLAK, MEMORI = "lembar", "sel", "selesai", "tolak", "memori"
_SEL_SEBARIS = 500
_HURUF_SEBARIS = 100_000
_BERKAS = 16


def utama() -> None:
    """Serve until stdin ends. Arguments after the first: bytes of memory, seconds of processor per workbook."""
    memori, detik = int(sys.argv[2]), int(sys.argv[3])
    _batasi(memori)
    gc.freeze()
    masuk, keluar = sys.stdin.buffer, sys.stdout.buffer
    while len(kepala := masuk.read(PANJANG)) == PANJANG:
        _beri_waktu(detik)
        habis = False
        try:
            jawaban = jawab(masuk.read(int.from_bytes(kepala, "big")))
        except MemoryError:
            jawaban, habis = _baris([MEMORI]), True
        keluar.write(len(jawaban).to_bytes(PANJANG, "big"))
        keluar.write(jawaban)
        keluar.flush()
        if habis:
            return


def jawab(isi: bytes) -> bytes:
    """Return the answer to one workbook; raises MemoryError only."""
    try:
        return b"".join(baris for lembar in baca_lembar(isi) for baris in _baris_lembar(lembar)) + _baris([SELESAI])
    except MasukanSalah as e:
        return _baris([TOLAK, e.pesan, e.sebab, e.lanjut])
    except MemoryError:
        raise
    except Exception as e:  # noqa: BLE001 - whatever a hostile workbook provokes is an answer, too
        salah = rusak(f"Susunan di dalamnya tidak terbaca ({type(e).__name__}).")
        return _baris([TOLAK, salah.pesan, salah.sebab, salah.lanjut])


def _baris_lembar(lembar: LembarPolos) -> Iterator[bytes]:
    """Yield a sheet in lines of bounded length, so that the parent never takes in much at once."""
    yield _baris([LEMBAR, lembar.nama, sorted(lembar.tersembunyi), lembar.gabungan])
    kumpulan: dict[str, SelPolos] = {}
    huruf = 0
    for rujukan, sel in lembar.sel.items():
        kumpulan[rujukan] = sel
        huruf += sum(len(x) for x in (sel if isinstance(sel, list) else [sel]) if isinstance(x, str))
        if len(kumpulan) == _SEL_SEBARIS or huruf > _HURUF_SEBARIS:
            yield _baris([SEL, kumpulan])
            kumpulan, huruf = {}, 0
    if kumpulan:
        yield _baris([SEL, kumpulan])


def _baris(isi: list[object]) -> bytes:
    return json.dumps(isi, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _batasi(memori: int) -> None:
    """Bound memory and open files, and forbid writing files and dumping core, as far as the system lets us."""
    semua = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, _BERKAS)]
    if sys.platform == "linux":  # elsewhere the system refuses a bound on the address space
        semua.append((resource.RLIMIT_AS, memori))
    for apa, batas in semua:
        tertinggi = resource.getrlimit(apa)[1]
        batas_baru = batas if tertinggi == resource.RLIM_INFINITY else min(batas, tertinggi)
        resource.setrlimit(apa, (batas_baru, batas_baru))


def _beri_waktu(detik: int) -> None:
    """Let the processor be used for so many seconds from now; then the system ends the process."""
    pakai = resource.getrusage(resource.RUSAGE_SELF)
    tertinggi = resource.getrlimit(resource.RLIMIT_CPU)[1]
    batas = math.ceil(pakai.ru_utime + pakai.ru_stime) + detik
    resource.setrlimit(resource.RLIMIT_CPU, (batas if tertinggi == resource.RLIM_INFINITY else min(batas, tertinggi), tertinggi))
