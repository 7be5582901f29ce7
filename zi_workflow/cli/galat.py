"""The one place where an exception becomes output on stderr and an exit code (the table: ``zi help kode-keluar``).

Interrupted by Ctrl-C: 130, in silence. A prompt answered with no, or left with Ctrl-D, is an interruption too: 130, one
sentence, nothing done. A reader that goes away (``| head -1``): silence, and the code of the answer itself.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import click

from zi_workflow.cli.keluaran import KeluaranGagal, pengodean, tulis_galat
from zi_workflow.cli.sesi import Sesi
from zi_workflow.domain.errors import Galat

TERPUTUS = 130
PASANG_PSYCOPG = "pip install 'psycopg[binary]>=3.2,<4'"
_LANJUT = "zi help kode-keluar"
_ULANG = "Ulangi perintah yang sama bila masih diperlukan."
_SEBAB = {
    2: "Perintah atau masukannya tidak sah.",
    3: "Yang disebut itu tidak tercatat.",
    5: "Syarat tidak terpenuhi.",
    6: "Ada tulisan lain yang lebih dahulu.",
    7: "Isi penyimpanan berbeda dari yang dicatat.",
    8: "Penyimpanan tidak dapat dipakai.",
    9: "Sambungan putus saat menyimpan.",
    11: "Langkah itu tidak ada pada tahap ini.",
    12: "Definisi aturan tidak sah.",
}
_ERRNO = {
    errno.ENOSPC: "ruang disk habis",
    errno.EDQUOT: "kuota disk habis",
    errno.EROFS: "sistem berkas hanya dapat dibaca",
    errno.EIO: "kesalahan perangkat penyimpanan",
    errno.EFBIG: "berkas terlalu besar",
    errno.EBADF: "aliran keluaran tertutup",
    errno.ENOENT: "berkas atau folder tidak ada",
    errno.EACCES: "tidak ada hak akses",
    errno.EPERM: "tidak ada hak akses",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.ENOTDIR: "itu bukan folder",
    errno.ENAMETOOLONG: "nama terlalu panjang",
    errno.ELOOP: "tautan berputar",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENFILE: "terlalu banyak berkas terbuka",
    errno.EINVAL: "nama atau isinya tidak sah",
}
_MASUKAN = {
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.ENAMETOOLONG,
    errno.ELOOP,
    errno.EEXIST,
    errno.EINVAL,
}


class Ditolak(Galat):
    """A refusal by the rules, to be shown: ``penolakan`` holds one checklist per refused unit (interface §4).

    ``layar`` renders them for people (it is given the ``Gaya`` of stderr); the three lines follow below.
    """

    kode = 5

    def __init__(
        self,
        pesan: str,
        sebab: str = "",
        lanjut: str = "",
        *,
        penolakan: Sequence[Mapping[str, object]],
        layar: Callable[..., str] | None = None,
    ) -> None:
        """Keep the checklists beside the three lines."""
        super().__init__(pesan, sebab, lanjut)
        self.penolakan = list(penolakan)
        self.layar = layar


class Uraian(NamedTuple):
    """What is said about an exception. ``baris``: 3 lines, 1 (only ``pesan``), or 0 (nothing at all on a screen)."""

    kode: int
    pesan: str
    sebab: str = ""
    lanjut: str = ""
    baris: int = 3


def laporkan(asal: BaseException, sesi: Sesi) -> int:
    """Say on stderr what happened; return the exit code."""
    if isinstance(asal, click.exceptions.Exit | SystemExit):
        return _berhenti(asal, sesi)
    if isinstance(asal, KeluaranGagal) and asal.asal.errno == errno.EPIPE:
        return sesi.kode
    from zi_workflow.cli.laporan import rahasia_baris

    rahasia = sesi.rahasia | rahasia_baris(sesi.argumen)
    uraian = _uraikan(asal, sesi, rahasia)
    (_sebagai_json if sesi.json else _sebagai_layar)(asal, uraian, sesi, rahasia)
    return uraian.kode


def _berhenti(asal: click.exceptions.Exit | SystemExit, sesi: Sesi) -> int:
    """Finish a run that ended itself (help was shown, ``ctx.exit``)."""
    kode = asal.exit_code if isinstance(asal, click.exceptions.Exit) else asal.code
    sesi.kode = kode if isinstance(kode, int) else 0 if kode is None else 1
    try:
        sesi.kirim()
    except KeluaranGagal as gagal:
        return laporkan(gagal, sesi)
    return sesi.kode


def _uraikan(asal: BaseException, sesi: Sesi, rahasia: set[str]) -> Uraian:
    from zi_workflow.cli.rahasia import samarkan

    match asal:
        case Galat() if asal.kode != 1:
            hasil = Uraian(asal.kode, asal.pesan, asal.sebab or _SEBAB.get(asal.kode, "-"), asal.lanjut or _LANJUT)
        case click.UsageError():
            from zi_workflow.cli.pemakaian import uraikan_pemakaian

            hasil = Uraian(2, *uraikan_pemakaian(asal, sesi))
        case click.ClickException():
            hasil = Uraian(2, asal.format_message(), _SEBAB[2], "zi help")
        case KeyboardInterrupt():
            hasil = Uraian(TERPUTUS, "Dihentikan.", "Ctrl-C ditekan.", _ULANG, baris=0)
        case click.Abort():
            diam = isinstance(asal.__context__, KeyboardInterrupt)
            hasil = Uraian(
                TERPUTUS, "Dibatalkan; tidak ada yang dikerjakan.", "Pertanyaan tidak dijawab ya.", _ULANG, baris=0 if diam else 1
            )
        case KeluaranGagal():
            hasil = _keluaran_gagal(asal.asal, sesi)
        case OSError() if asal.errno in _ERRNO or isinstance(asal, ConnectionError):
            hasil = _sistem(asal)
        case ModuleNotFoundError(name="psycopg"):
            hasil = Uraian(8, "Pustaka psycopg belum terpasang, padahal basisnya PostgreSQL.", _SEBAB[8], PASANG_PSYCOPG)
        case _:
            hasil = _kutu(asal, sesi, rahasia)
    pesan, sebab, lanjut = (samarkan(teks, rahasia) for teks in (hasil.pesan, hasil.sebab, hasil.lanjut))
    return hasil._replace(pesan=pesan, sebab=sebab, lanjut=lanjut)


def _keluaran_gagal(asal: OSError, sesi: Sesi) -> Uraian:
    sebab = _arti(asal)
    tambahan = "; perintahnya sendiri sudah tersimpan" if sesi.menulis else ""
    return Uraian(8, f"Keluaran tidak dapat ditulis: {sebab}{tambahan}.", sebab, "Arahkan keluaran ke tempat lain.", baris=1)


def _sistem(asal: OSError) -> Uraian:
    """Describe an error of the operating system: a file the caller named is input (2), anything else is storage (8)."""
    tempat = f" {asal.filename!s}" if asal.filename is not None else ""
    if asal.filename is not None and asal.errno in _MASUKAN:
        return Uraian(2, f"Berkas{tempat} tidak dapat dibuka.", f"Sistem: {_arti(asal)}.", "Periksa nama dan hak akses berkas itu.")
    return Uraian(8, f"Penyimpanan{tempat} tidak dapat dipakai.", f"Sistem: {_arti(asal)}.", "zi doktor")


def _arti(asal: OSError) -> str:
    return _ERRNO.get(asal.errno or 0) or asal.strerror or type(asal).__name__


def _kutu(asal: BaseException, sesi: Sesi, rahasia: set[str]) -> Uraian:
    from zi_workflow.cli.laporan import tulis_laporan

    tempat = tulis_laporan(asal, sesi.argumen, rahasia)
    pesan = f"Kesalahan di dalam program ({type(asal).__name__})"
    if tempat:
        return Uraian(1, f"{pesan}; laporan: {tempat}", type(asal).__name__, f"Kirim {tempat} kepada pengelola program.", baris=1)
    return Uraian(
        1, f"{pesan}; laporan tidak dapat ditulis, ulangi dengan --debug.", type(asal).__name__, "Ulangi dengan --debug.", baris=1
    )


def _sebagai_json(asal: BaseException, uraian: Uraian, sesi: Sesi, rahasia: set[str]) -> None:
    from zi_workflow.cli.laporan import jejak
    from zi_workflow.cli.tampilan import json_teks

    galat: dict[str, object] = {"kode": uraian.kode, "pesan": uraian.pesan, "sebab": uraian.sebab, "lanjut": uraian.lanjut}
    if sesi.debug:
        galat["jejak"] = jejak(asal, rahasia)
    penolakan = {"penolakan": asal.penolakan} if isinstance(asal, Ditolak) else {}
    tulis_galat(json_teks({"galat": galat, **penolakan}, pengodean(sys.stderr)))


def _sebagai_layar(asal: BaseException, uraian: Uraian, sesi: Sesi, rahasia: set[str]) -> None:
    from zi_workflow.cli.laporan import jejak
    from zi_workflow.cli.teks import aman

    if isinstance(asal, Ditolak) and asal.layar is not None:
        from zi_workflow.cli.tampilan import gaya_untuk

        tulis_galat(asal.layar(gaya_untuk(sys.stderr, sesi.warna)))
    if sesi.debug:
        tulis_galat(aman(jejak(asal, rahasia), baris_baru=True))
    label = zip(("Galat", "Sebab", "Lanjut"), (uraian.pesan, uraian.sebab, uraian.lanjut), strict=True)
    for nama, teks in list(label)[: uraian.baris]:
        tulis_galat(f"{nama}: " + aman(teks, baris_baru=True).replace("\n", "\n        ") + "\n")
