"""The dry channel: one JSON object per line, at the end of a file that only its owner reads."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final

from zi_workflow.notify.letters import Kiriman

_BUKA: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
_ARTI: Final[Mapping[int, str]] = {
    errno.ENOENT: "foldernya tidak ada",
    errno.ENOTDIR: "sebagian jalannya bukan folder",
    errno.EISDIR: "itu folder, bukan berkas",
    errno.EACCES: "tidak ada hak tulis",
    errno.EPERM: "tidak ada hak tulis",
    errno.ELOOP: "itu tautan, dan surat tidak ditulis melalui tautan",
    errno.ENXIO: "itu bukan berkas biasa",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ENOSPC: "ruang disk habis",
    errno.EDQUOT: "kuota disk habis",
    errno.EFBIG: "berkas terlalu besar",
    errno.EROFS: "sistem berkas hanya dapat dibaca",
    errno.EIO: "kesalahan perangkat penyimpanan",
}


class KotakBerkas:
    """A file that letters are appended to; several programs may write to it at once."""

    def __init__(self, jalan: Path) -> None:
        """Name the file; it is made when the first letter comes."""
        self._jalan = jalan

    def tambah(self, kiriman: Kiriman) -> str:
        """Append a letter and return nothing once it is on the disk, else why it is not (and nothing of it is in the file)."""
        isi = {**asdict(kiriman.surat), "alamat": kiriman.alamat}
        baris = json.dumps(isi, ensure_ascii=False, sort_keys=True) + "\n"
        try:
            penanda = os.open(self._jalan, _BUKA, 0o600)
            try:
                return self._tulis(penanda, baris.encode("utf-8", "replace"))
            finally:
                os.close(penanda)
        except OSError as e:
            return self._gagal(_ARTI.get(e.errno or 0) or e.strerror or type(e).__name__)
        except ValueError:  # a NUL in the name
            return self._gagal("namanya tidak sah")

    def _gagal(self, arti: str) -> str:
        return f"berkas surat {self._jalan} tidak dapat ditulis: {arti}"

    def _tulis(self, penanda: int, bita: bytes) -> str:
        if not stat.S_ISREG(os.fstat(penanda).st_mode):
            return self._gagal(_ARTI[errno.ENXIO])
        fcntl.flock(penanda, fcntl.LOCK_EX)  # released by closing
        semula = os.fstat(penanda).st_size
        if semula and os.pread(penanda, 1, semula - 1) != b"\n":
            bita = b"\n" + bita  # a machine died here in the middle of a line; ours stands on its own
        try:
            sisa = memoryview(bita)
            while sisa:
                sisa = sisa[os.write(penanda, sisa) :]
            os.fsync(penanda)
        except OSError:
            with suppress(OSError):
                os.ftruncate(penanda, semula)
            raise
        if not semula:
            _simpan_folder(self._jalan.parent)
        return ""


def _simpan_folder(folder: Path) -> None:
    """Make the new name as lasting as the content."""
    with suppress(OSError):  # not every file system knows this
        penanda = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(penanda)
        finally:
            os.close(penanda)
