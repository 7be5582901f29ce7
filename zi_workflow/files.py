"""Files, whole or not at all: written durably, replaced in one step; secrets read only where nobody else can."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from zi_workflow.domain.errors import ARTI_BUKA, Galat, MasukanSalah, PenyimpananGagal

_SALAH_JALAN: Final[Mapping[int, str]] = {
    **ARTI_BUKA,
    errno.ENOENT: "Foldernya tidak ada.",
    errno.ENOTDIR: "Sebagian jalannya bukan folder.",
    errno.EACCES: "Tidak ada hak tulis di folder itu.",
    errno.EPERM: "Tidak ada hak tulis di folder itu.",
    errno.EINVAL: "Namanya tidak sah.",
}
"""What the user can mend by another path, by the system's error number; every other failure is the storage's."""
_SALAH_TEMPAT: Final[Mapping[int, str]] = {
    errno.ENOSPC: "Ruang disk habis.",
    errno.EDQUOT: "Kuota disk habis.",
    errno.EFBIG: "Berkas terlalu besar untuk tempat itu.",
    errno.EROFS: "Sistem berkas hanya dapat dibaca.",
    errno.EIO: "Kesalahan perangkat penyimpanan.",
}


def tulis(jalan: Path, isi: bytes, sebutan: str) -> None:
    """Put a file that everybody may read in place, whole or not at all; a link keeps leading to it.

    ``sebutan`` is what messages call it. Raises MasukanSalah for what another path would mend, PenyimpananGagal where the
    disk is full or fails.
    """
    try:
        tujuan = Path(os.path.realpath(jalan))
        _periksa_tujuan(tujuan)
        ganti(tujuan, isi, 0o644)
    except (OSError, ValueError) as salah:
        raise galat_tulis(jalan, salah, sebutan) from None


def _periksa_tujuan(tujuan: Path) -> None:
    """Refuse to put a file in the place of a folder, a device or a pipe. Raises OSError."""
    try:
        mode = tujuan.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        nomor = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
        raise OSError(nomor, os.strerror(nomor))


def ganti(tujuan: Path, isi: bytes, mode: int) -> None:
    """Write beside the file, then take its place, durably. Raises OSError."""
    with _di_samping(tujuan, (isi,), mode) as nama:
        nama.replace(tujuan)


def alirkan(jalan: Path, potongan: Iterable[bytes], sebutan: str, *, timpa: bool) -> None:
    """Put what comes in pieces in place, for its owner alone, whole or not at all: nobody sees the file before its last byte.

    With ``timpa`` a file that is there is replaced and its permissions kept; what is no file (a device, a pipe) is written to.
    Raises FileExistsError where it is there and may not be replaced, else as `tulis` and as whoever gives the pieces.
    """
    try:
        tujuan = Path(os.path.realpath(jalan))
        if tujuan.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not timpa:
            with _di_samping(tujuan, potongan, 0o600) as nama:
                _tempatkan(nama, jalan)
        elif tujuan.exists() and not tujuan.is_file():
            with tujuan.open("wb", buffering=0) as perangkat:
                for satu in potongan:
                    perangkat.write(satu)
        else:
            mode = stat.S_IMODE(tujuan.stat().st_mode) if tujuan.exists() else 0o600
            with _di_samping(tujuan, potongan, mode) as nama:
                nama.replace(tujuan)
    except FileExistsError:
        raise
    except (OSError, ValueError) as salah:
        raise galat_tulis(jalan, salah, sebutan) from None


def _tempatkan(nama: Path, jalan: Path) -> None:
    """Give a whole file its name, which nobody may have yet; a file system without links (a stick) is asked first. Raises OSError."""
    try:
        os.link(nama, jalan)
    except PermissionError:
        if os.path.lexists(jalan):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(jalan)) from None
        nama.replace(jalan)
    else:
        nama.unlink()


@contextmanager
def _di_samping(tujuan: Path, potongan: Iterable[bytes], mode: int) -> Iterator[Path]:
    """Write a durable file beside another and yield its name, to be moved into place; it is gone where that did not happen."""
    with _folder(tujuan.parent) as folder:
        penanda, teks = tempfile.mkstemp(prefix=".zi-", dir=tujuan.parent)
        nama = Path(teks)
        try:
            with os.fdopen(penanda, "wb") as berkas:
                for satu in potongan:
                    berkas.write(satu)
                berkas.flush()
                os.fchmod(penanda, mode)
                os.fsync(penanda)
            yield nama
        except BaseException:
            nama.unlink(missing_ok=True)
            raise
        os.fsync(folder)


def buat(tujuan: Path, isi: bytes, mode: int) -> None:
    """Write a file that is not there yet, durably; where that fails, leave none. Raises FileExistsError, OSError else."""
    penanda = os.open(tujuan, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(penanda, "wb") as berkas:
            berkas.write(isi)
            berkas.flush()
            os.fsync(penanda)
    except BaseException:
        tujuan.unlink(missing_ok=True)
        raise
    with _folder(tujuan.parent) as folder:
        os.fsync(folder)


@contextmanager
def _folder(jalan: Path) -> Iterator[int]:
    """Open a folder before anything is written in it: once the file is in place, nothing is left that may be refused."""
    penanda = os.open(jalan, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield penanda
    finally:
        os.close(penanda)


def galat_tulis(jalan: Path, salah: OSError | ValueError, sebutan: str) -> Galat:
    """Return what went wrong while writing a file as an error to tell."""
    nomor = salah.errno or 0 if isinstance(salah, OSError) else errno.EINVAL
    pesan = f"{sebutan} '{jalan}' tidak dapat ditulis"
    if nomor in _SALAH_JALAN:
        return MasukanSalah(pesan, _SALAH_JALAN[nomor], "Sebut berkas lain, di folder yang ada dan dapat Anda tulisi.")
    sebab = _SALAH_TEMPAT.get(nomor) or os.strerror(nomor)
    return PenyimpananGagal(pesan, sebab, "Lapangkan tempat itu atau sebut berkas di tempat lain, lalu ulangi.")


def baca(jalan: Path, sebutan: str, maks: int, rahasia: str | None = None) -> bytes:
    """Return the content of a regular file of at most ``maks`` bytes; raises MasukanSalah.

    With ``rahasia`` (what secret it holds, for the message) the file is refused where others can read it.
    """
    try:
        penanda = os.open(jalan, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            _periksa_mode(jalan, os.fstat(penanda).st_mode, sebutan, rahasia)
            with os.fdopen(penanda, "rb", closefd=False) as berkas:
                bita = berkas.read(maks + 1)
        finally:
            os.close(penanda)
    except (OSError, ValueError) as e:
        arti = ARTI_BUKA.get(getattr(e, "errno", None) or 0, "Berkas itu tidak dapat dibuka.")
        raise MasukanSalah(f"{sebutan} {jalan} tidak dapat dibaca", arti, "Periksa letak, nama, dan hak baca berkas itu.") from None
    if len(bita) > maks:
        raise MasukanSalah(f"{sebutan} {jalan} terlalu besar", f"Paling besar {maks // 1024} KiB.", f"Sebut {sebutan.lower()} yang benar.")
    return bita


def _periksa_mode(jalan: Path, mode: int, sebutan: str, rahasia: str | None) -> None:
    if not stat.S_ISREG(mode):
        raise MasukanSalah(f"{jalan} bukan berkas biasa", ARTI_BUKA[errno.ENXIO], f"Sebut {sebutan.lower()} yang lain.")
    if rahasia is not None and (hak := stat.S_IMODE(mode)) & 0o077:
        raise MasukanSalah(
            f"{sebutan} {jalan} dapat dibaca orang lain (hak {hak:04o})",
            f"Berkas itu memuat {rahasia}, jadi hanya pemiliknya yang boleh membacanya.",
            f"chmod 600 {jalan}",
        )
