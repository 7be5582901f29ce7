"""Key files on disk: made once and whole, read only where nobody else may, destroyed by overwriting.

A key that is half written would lose somebody's name for ever, and one that two writers made differently half of it; so a file
is written aside, forced to disk and then given its name, which succeeds for one of them only.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from zi_workflow.clock import acak
from zi_workflow.domain.errors import PenyimpananGagal

T = TypeVar("T")

_TERBESAR: Final = 64 * 1024
"""Bytes of the largest file read here; no key comes near."""
_HAK: Final = 0o077
"""Rights that only the owner may have."""


class Cacat(Exception):
    """A key file that cannot be used; ``sebab`` says why, in Indonesian, ``bekas`` that it is the remains of one destroyed."""

    def __init__(self, sebab: str, *, bekas: bool = False) -> None:
        """Keep the reason."""
        super().__init__(sebab)
        self.sebab = sebab
        self.bekas = bekas


def gagal(folder: Path, galat: OSError) -> PenyimpananGagal:
    """Return the error for a key store that cannot be written."""
    return PenyimpananGagal(
        "Tempat kunci data pribadi tidak dapat dipakai; tidak ada yang ditulis.",
        f"{folder}: {galat.strerror or type(galat).__name__}.",
        f"Periksa folder itu (hak 0700, ruang disk), atau tunjuk yang benar dengan ZI_KUNCI_DATA. Folder: {folder}",
    )


def dijaga(folder: Path, kerja: Callable[[], T]) -> T:
    """Run ``kerja``; an error of the system becomes `PenyimpananGagal`."""
    try:
        return kerja()
    except OSError as galat:
        raise gagal(folder, galat) from galat


def baca(jalan: str) -> bytes | None:
    """Return what a key file holds, None where there is none; raises `Cacat` for one that is not its owner's alone."""
    try:
        fd = os.open(jalan, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as galat:
        sebab = "berupa tautan" if galat.errno == errno.ELOOP else galat.strerror or type(galat).__name__
        raise Cacat(f"tidak dapat dibuka: {sebab}") from galat
    try:
        keadaan = os.fstat(fd)
        if not stat.S_ISREG(keadaan.st_mode):
            raise Cacat("bukan berkas biasa")
        if keadaan.st_mode & _HAK:
            raise Cacat(f"haknya {stat.S_IMODE(keadaan.st_mode):04o}, terbuka bagi orang lain; seharusnya 0600")
        if keadaan.st_size > _TERBESAR:
            raise Cacat("terlalu besar")
        return os.read(fd, _TERBESAR)
    except OSError as galat:
        raise Cacat(f"tidak dapat dibaca: {galat.strerror}") from galat
    finally:
        os.close(fd)


def taruh(jalan: Path, isi: bytes, *, timpa: bool = False) -> bool:
    """Write a file whole and to disk; False where it was there before (unless ``timpa``). Raises OSError."""
    sementara = jalan.with_name(f".{acak(8).hex()}.tmp")
    fd = os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(fd, "wb") as berkas:
            berkas.write(isi)
            berkas.flush()
            os.fsync(berkas.fileno())
        if timpa:
            sementara.replace(jalan)
        else:
            jalan.hardlink_to(sementara)
    except FileExistsError:
        return False
    finally:
        sementara.unlink(missing_ok=True)
    sinkron(jalan.parent)
    return True


def musnahkan(jalan: Path) -> None:
    """Overwrite a file with zeros, to disk, and remove it; nothing happens where there is none. Raises OSError."""
    try:
        fd = os.open(jalan, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    with os.fdopen(fd, "wb") as berkas:
        berkas.write(bytes(os.fstat(fd).st_size))
        berkas.flush()
        os.fsync(berkas.fileno())
    jalan.unlink(missing_ok=True)
    sinkron(jalan.parent)


@contextmanager
def bergiliran(folder: Path) -> Iterator[None]:
    """Let one program at a time make or destroy keys in a folder. Raises OSError."""
    fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def sinkron(folder: Path) -> None:
    """Force the names in a folder to disk."""
    fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
