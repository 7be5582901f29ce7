"""Entry point: runs one command line and turns whatever happens into output and an exit code."""

from __future__ import annotations

import os
import sys

from zi_workflow.cli.sesi import Sesi


def main() -> int:
    """Run ``zi`` with the arguments of this process; return the exit code."""
    try:
        return jalankan(sys.argv[1:])
    except KeyboardInterrupt:  # even while the libraries load or the error is being written
        return 130


def jalankan(argumen: list[str]) -> int:
    """Run one command line: stdout gets the whole answer or nothing, stderr messages and errors; return the exit code."""
    sesi = Sesi(argumen)
    try:
        _panggil(sesi)
        sesi.kirim()
    except BaseException as asal:  # noqa: BLE001 - the one place where every exception ends
        from zi_workflow.cli.galat import laporkan

        return laporkan(asal, sesi)
    return sesi.kode


def _panggil(sesi: Sesi) -> None:
    from zi_workflow.cli import katalog

    katalog.pasang()
    from zi_workflow.cli.akar import akar

    if "_ZI_COMPLETE" in os.environ:
        akar.lengkapi()
    with akar.make_context("zi", list(sesi.argumen), obj=sesi) as ctx:
        akar.invoke(ctx)
