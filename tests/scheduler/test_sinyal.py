"""SIGTERM and SIGINT end the scheduler in time, whatever its works are doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scheduler.alat import ZONA, pekerjaan
from zi_workflow.scheduler import Penjadwal, pasang_sinyal

_AKAR = Path(__file__).resolve().parents[2]
_ANAK = """
import sys, time
from datetime import timedelta
from zi_workflow.scheduler import Pekerjaan, Penjadwal, pasang_sinyal

def keras():
    print("siap", flush=True)
    while True:
        try:
            time.sleep(0.01)
        except BaseException:
            pass

def sibuk():
    while True:
        pass

def catat(teks):
    print(teks, file=sys.stderr, flush=True)

hari = timedelta(days=1)
kerja = [Pekerjaan("sapu", keras, None, hari, True), Pekerjaan("kirim", sibuk, None, hari, True)]
penjadwal = Penjadwal("Asia/Jakarta", kerja, catat=catat)
with pasang_sinyal(penjadwal) as sinyal:
    penjadwal.jalan()
print(sinyal.pertama.name, flush=True)
"""
JANJI = 5.0
"""Seconds that the end may take; the test allows twice as many, for the machine may be busy."""


@pytest.mark.parametrize("sinyal", [signal.SIGTERM, signal.SIGINT])
def test_proses_berakhir_walau_pekerjaan_keras_kepala(sinyal: signal.Signals) -> None:
    """A process whose works ignore everything ends in time with exit 0, names the signal and what it left behind."""
    with subprocess.Popen([sys.executable, "-c", _ANAK], cwd=_AKAR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as anak:
        assert anak.stdout is not None
        try:
            assert anak.stdout.readline() == "siap\n"
            anak.send_signal(sinyal)
            awal = time.monotonic()
            keluar, galat = anak.communicate(timeout=6 * JANJI)
        finally:
            anak.kill()
    assert time.monotonic() - awal < 2 * JANJI
    assert (anak.returncode, keluar) == (0, f"{sinyal.name}\n")
    assert [baris.split(";")[0] for baris in galat.splitlines()] == [
        "Pekerjaan sapu belum selesai dan ditinggalkan",
        "Pekerjaan kirim belum selesai dan ditinggalkan",
    ]


@pytest.mark.parametrize("sinyal", [signal.SIGTERM, signal.SIGINT])
def test_pengurus_sinyal_dipulihkan(sinyal: signal.Signals) -> None:
    """The first signal is the one that is told, and afterwards the handlers are those from before."""
    dulu = [signal.getsignal(satu) for satu in (signal.SIGTERM, signal.SIGINT)]
    penjadwal = Penjadwal(ZONA, [pekerjaan(lambda: os.kill(os.getpid(), sinyal))], catat=print)
    with pasang_sinyal(penjadwal) as datang:
        penjadwal.jalan()
        signal.raise_signal(signal.SIGTERM)
    assert datang.pertama is sinyal
    assert [signal.getsignal(satu) for satu in (signal.SIGTERM, signal.SIGINT)] == dulu


def test_pengurus_dipulihkan_walau_gagal() -> None:
    """An error inside leaves no handler behind."""
    dulu = signal.getsignal(signal.SIGTERM)
    selama = dulu

    def gagal() -> None:
        nonlocal selama
        with pasang_sinyal(Penjadwal(ZONA, [], catat=print)):
            selama = signal.getsignal(signal.SIGTERM)
            raise LookupError

    with pytest.raises(LookupError):
        gagal()
    assert selama is not dulu
    assert signal.getsignal(signal.SIGTERM) is dulu
