"""The two streams: whole answers to stdout, messages to stderr; no encoding and no closed pipe makes either crash."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO


class KeluaranGagal(Exception):
    """Writing to stdout failed; ``asal`` is the error of the operating system."""

    def __init__(self, asal: OSError) -> None:
        """Keep the cause."""
        super().__init__(str(asal))
        self.asal = asal


def pengodean(aliran: TextIO | None) -> str:
    """Return the name of the stream's encoding (``utf-8`` where it has none)."""
    return getattr(aliran, "encoding", None) or "utf-8"


def tulis(data: str | bytes) -> None:
    """Write all of ``data`` to stdout; what the encoding lacks becomes an escape. Raises KeluaranGagal."""
    try:
        _kirim(sys.stdout, data)
    except OSError as asal:
        _bungkam(sys.stdout, 1)
        raise KeluaranGagal(asal) from asal
    except (ValueError, AttributeError) as asal:  # a stream that was closed, or never there
        raise KeluaranGagal(OSError(errno.EBADF, str(asal))) from asal


def tulis_galat(teks: str) -> None:
    """Write ``teks`` to stderr as far as that is possible; there is nobody left to tell when it is not."""
    if sys.stderr is None:
        return
    try:
        _kirim(sys.stderr, teks)
    except (OSError, ValueError):
        _bungkam(sys.stderr, 2)


def _kirim(aliran: TextIO, data: str | bytes) -> None:
    if isinstance(data, str):
        data = data.encode(pengodean(aliran), "backslashreplace")
    aliran.flush()
    biner = getattr(aliran, "buffer", None)
    if biner is None:  # a stand-in for a stream, as tests have it
        aliran.write(data.decode(pengodean(aliran), "backslashreplace"))
    else:
        biner.write(data)
        biner.flush()
    aliran.flush()


def _bungkam(aliran: TextIO | None, nomor: int) -> None:
    """Send what is still buffered to nowhere, so that the interpreter's own flush at exit has nothing to complain about."""
    try:
        if aliran is None or aliran.fileno() != nomor:
            return
        tujuan = os.open(os.devnull, os.O_WRONLY)
        os.dup2(tujuan, nomor)
        os.close(tujuan)
    except (OSError, ValueError):
        return
