"""Where a document goes: a new file, one that may be replaced, or standard output; whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from zi_workflow.cli.dasar import Konteks, tulis_berkas
from zi_workflow.cli.teks import aman
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.files import buat, ganti


def periksa_tujuan(konteks: Konteks, ke: str, *, timpa: bool) -> None:
    """Refuse before anything is read what cannot be written."""
    if ke == "-":
        if konteks.mode != "layar":
            raise MasukanSalah(
                "--ke - tidak dapat bersama --json",
                "Keluaran baku hanya memuat satu: dokumennya, atau jawaban JSON tentangnya.",
                "Sebut berkas tujuan: --ke BERKAS, atau hapus --json.",
            )
    elif not timpa and os.path.lexists(ke):
        raise sudah_ada(ke)


def sudah_ada(ke: str) -> MasukanSalah:
    """Return the refusal to replace a file."""
    return MasukanSalah(
        f"Berkas '{aman(ke)}' sudah ada", "Berkas yang ada tidak ditimpa diam-diam.", "Sebut nama lain, atau tambahkan --timpa"
    )


def simpan_utuh(ke: str, isi: bytes, *, timpa: bool) -> None:
    """Write a file whole or not at all.

    Raises MasukanSalah where it exists and may not be replaced, PenyimpananGagal where there is no room, OSError else.
    """
    try:
        if timpa and os.path.lexists(ke):
            _ganti(ke, isi)
            return
        buat(Path(ke), isi, 0o666)
    except FileExistsError:
        raise sudah_ada(ke) from None
    except OSError as e:
        if e.filename is not None:  # its name and the reason are told as they are
            raise
        sebab = {errno.ENOSPC: "Ruang disk habis.", errno.EDQUOT: "Kuota disk habis."}.get(e.errno or 0, e.strerror or type(e).__name__)
        raise PenyimpananGagal(f"Berkas '{aman(ke)}' tidak dapat ditulis", sebab, "Pilih tempat lain: --ke BERKAS") from None


def _ganti(ke: str, isi: bytes) -> None:
    """Replace a file in one step, its permissions kept; what is no file (a device, a pipe) is written to."""
    tujuan = Path(os.path.realpath(ke))
    if tujuan.is_file():
        ganti(tujuan, isi, stat.S_IMODE(tujuan.stat().st_mode))
    else:
        tulis_berkas(ke, isi)
