"""The report of a bug: a file in the user's state folder, readable by its owner only, without secrets."""

from __future__ import annotations

import os
import platform
import shlex
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from zi_workflow import __version__, clock
from zi_workflow.cli.pengaturan import folder_keadaan
from zi_workflow.cli.rahasia import samarkan, sandi_url


def jejak(asal: BaseException, rahasia: Iterable[str] = ()) -> str:
    """Return the traceback of ``asal`` without secrets."""
    return samarkan("".join(traceback.format_exception(asal)), rahasia)


def rahasia_baris(argumen: Sequence[str]) -> set[str]:
    """Return the passwords in the arguments and in ``ZI_BASIS``."""
    hasil = set(sandi_url(os.environ.get("ZI_BASIS", "")))
    for satu in argumen:
        hasil |= sandi_url(satu)
    return hasil


def tulis_laporan(asal: BaseException, argumen: Sequence[str], rahasia: Iterable[str]) -> str:
    """Write the report and return its path; an empty text where no file could be made."""
    instan = clock.sekarang()
    folder = folder_keadaan(os.environ)
    isi = (
        f"zi {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}\n"
        f"waktu: {instan.isoformat(timespec='seconds')}\n"
        f"perintah: {samarkan(shlex.join(['zi', *argumen]), rahasia)}\n"
        f"pengodean: {sys.getfilesystemencoding()}\n\n{jejak(asal, rahasia)}"
    )
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for ke in range(100):
            tempat = folder / f"galat-{instan:%Y%m%dT%H%M%SZ}-{os.getpid()}-{ke}.txt"
            if _tulis_baru(tempat, isi):
                return str(tempat)
    except OSError:
        return ""
    return ""


def _tulis_baru(tempat: Path, isi: str) -> bool:
    try:
        nomor = os.open(tempat, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(nomor, "wb") as berkas:
        berkas.write(isi.encode("utf-8", "backslashreplace"))
    return True
