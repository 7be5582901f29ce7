"""A sweep that runs out of room, may not write, loses its server or is told to stop: a clear error, and later everything caught up."""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from tests.alat.peladen import peladen_sendiri
from tests.alat.postgres import Peladen
from tests.jadwal.alat import StoreSela, entri, murni, periksa, siapkan, tambah, terbuka
from tests.jadwal.alat_proses import JALAN, kawanan, tunggakan
from tests.kesalahan.alat import selesai, tiga_baris, tunggu_sampai, zi
from zi_workflow.clock import hari_di, sekarang
from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.store import Store
from zi_workflow.sweep import Penyapu

TERBATAS = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, ({ruang}, resource.RLIM_INFINITY))
runpy.run_module("zi_workflow", run_name="__main__")
"""


@pytest.fixture
def hari() -> date:
    """Give today, as the definition's zone has it."""
    return hari_di("Asia/Jakarta", sekarang())


@pytest.fixture(scope="module")
def ruang(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Give the bytes that a file may have in a confined process: half of what a sweep of 400 units wrote in another register.

    How much a batch writes depends on which steps are due on the day of the test, so that no constant would do.
    """
    akar = tmp_path_factory.mktemp("ruang")
    hari = hari_di("Asia/Jakarta", sekarang())
    siapkan(f"sqlite:///{akar}/zi.db", 400, hari, (40,))
    with terbuka(f"sqlite:///{akar}/zi.db") as register:
        register.sapu()
        return (akar / "zi.db-wal").stat().st_size // 2


def _lengkap(basis: str, hari: date) -> None:
    """See that everything is there once, and nothing else."""
    with terbuka(basis) as register:
        tercatat = Counter(entri(periksa(register.store, hari)))
        assert {e: n for e, n in tercatat.items() if e[1] != "T1"} == {e: n for e, n in murni(register.store, hari).items() if e[1] != "T1"}


# --- no room ---------------------------------------------------------------------------------------------------------


def test_harus_menyebut_ruang_penuh(basis_sqlite: str, tmp_path: Path, hari: date, ruang: int) -> None:
    """No room in mid-sweep: exit 8 in three lines, each batch wholly there or not at all; with room the next sweep does the rest."""
    siapkan(basis_sqlite, 400, hari, (40,))
    terbatas = [sys.executable, "-c", TERBATAS.format(ruang=ruang)]
    kode, keluar, galat = selesai(zi(tmp_path, "jadwal", "sapu", basis=basis_sqlite, program=terbatas))
    assert (kode, keluar) == (8, "")
    tiga_baris(galat)
    with terbuka(basis_sqlite) as register:
        periksa(register.store)
        assert 0 < tunggakan(register) < 400
        register.sapu()
    _lengkap(basis_sqlite, hari)


def test_harus_penjadwal_bertahan_sampai_ada_ruang(basis_sqlite: str, tmp_path: Path, hari: date, ruang: int) -> None:
    """The scheduler says in one line that there is no room, keeps running, and catches up by itself once there is."""
    siapkan(basis_sqlite, 400, hari, (40,))
    with kawanan(basis_sqlite, tmp_path, detik=0.2) as para:
        resource.prlimit(para.proses.pid, resource.RLIMIT_FSIZE, (ruang, resource.RLIM_INFINITY))
        pid = para.mulai()
        assert tunggu_sampai(lambda: "Pekerjaan sapu gagal" in para.kata(pid)), para.kata(pid)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        with terbuka(basis_sqlite) as register:
            assert tunggu_sampai(lambda: tunggakan(register) == 0), para.kata(pid)
        assert para.akhiri(pid) == 0
        galat = [b for b in para.kata(pid).splitlines() if "gagal" in b]
    assert all("Traceback" not in b and "kesalahan program" not in b for b in galat)
    assert all("Dicoba lagi pada giliran berikutnya." in b for b in galat), galat
    _lengkap(basis_sqlite, hari)


# --- no right to write -----------------------------------------------------------------------------------------------


def test_harus_menyebut_hanya_baca(mesin_hanya_baca: str, tmp_path: Path) -> None:
    """Where nothing may be written: exit 8 in three lines with something due, 0 with --coba; the scheduler says so and runs on."""
    kode, keluar, galat = selesai(zi(tmp_path, "jadwal", "sapu", basis=mesin_hanya_baca))
    assert (kode, keluar) == (8, "")
    assert "hanya dapat dibaca" in tiga_baris(galat)[0]
    kode, keluar, galat = selesai(zi(tmp_path, "jadwal", "sapu", "--coba", "--json", basis=mesin_hanya_baca))
    assert (kode, galat, len(json.loads(keluar)["dicatat"]) > 0) == (0, "", True)
    with kawanan(mesin_hanya_baca, tmp_path, detik=0.2) as para:
        pid = para.mulai()
        assert tunggu_sampai(lambda: para.kata(pid).count("Pekerjaan sapu gagal: Penyimpanan hanya dapat dibaca.") >= 2), para.kata(pid)
        assert para.akhiri(pid) == 0
        assert "kesalahan program" not in para.kata(pid)


@pytest.fixture
def mesin_hanya_baca(basis_postgres: str, hari: date) -> str:
    """Give a register on PostgreSQL where every transaction may only read."""
    siapkan(basis_postgres, 5, hari)
    return basis_postgres.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")


# --- no server -------------------------------------------------------------------------------------------------------


@pytest.fixture
def peladen() -> Iterator[Peladen]:
    """Give a server of its own with full durability, running."""
    with peladen_sendiri() as satu:
        yield satu


def test_harus_mengejar_sesudah_peladen_mati(peladen: Peladen, tmp_path: Path, hari: date) -> None:
    """PostgreSQL stopped at once in mid-sweep, twice: two schedulers keep running and say so; back again, they catch up by themselves."""
    siapkan(peladen.url, 60, hari)
    with kawanan(peladen.url, tmp_path, sekaligus=2, detik=0.2) as para:
        jalan = [para.mulai() for _ in range(2)]
        assert tunggu_sampai(lambda: all("berjalan" in para.kata(pid) for pid in jalan)), para.semua_kata()
        for ke in range(2):
            with terbuka(peladen.url) as register:
                tambah(register, (f"P{ke}U{i:02}" for i in range(60)), hari)
                awal = tunggakan(register)
                assert tunggu_sampai(lambda register=register, awal=awal: tunggakan(register) < awal - 4)  # type: ignore[misc]
            peladen.hentikan(signal.SIGQUIT)
            kata = [len(para.kata(pid)) for pid in jalan]
            assert tunggu_sampai(lambda kata=kata: any("gagal" in para.kata(p)[n:] for p, n in zip(jalan, kata, strict=True)))  # type: ignore[misc]
            if ke == 0:
                kode, keluar, galat = selesai(zi(tmp_path, "jadwal", "sapu", basis=peladen.url))
                assert (kode, keluar) == (8, "")
                tiga_baris(galat)
            peladen.mulai()
            with terbuka(peladen.url) as register:
                assert tunggu_sampai(lambda register=register: tunggakan(register) == 0), para.semua_kata()  # type: ignore[misc]
        assert [para.akhiri(pid) for pid in jalan] == [0, 0]
        assert "kesalahan program" not in para.semua_kata()
    _lengkap(peladen.url, hari)


def test_harus_sapuan_lama_bertahan_melewati_peladen_baru(peladen: Peladen, hari: date) -> None:
    """A program that loses the server before, behind and between its batches hears so clearly each time, and goes on with the new one."""
    siapkan(peladen.url, 5, hari)
    with terbuka(peladen.url) as register:
        register.sapu()
        for sesudah in (False, True, None):
            tambah(register, [f"U{sesudah}{i}".upper() for i in range(3)], hari)
            sela = StoreSela(register.store, lambda: peladen.hentikan(signal.SIGQUIT), sesudah=bool(sesudah))
            if sesudah is None:
                peladen.hentikan(signal.SIGQUIT)
            with pytest.raises(PenyimpananGagal):
                Penyapu(register.layanan, cast("Store", sela), sekaligus=1).sapu()
            peladen.mulai()
            assert register.sapu().unit == (2 if sesudah else 3)
        periksa(register.store, hari)


# --- told to stop ----------------------------------------------------------------------------------------------------


def test_harus_berhenti_di_tengah_sapuan(basis: str, tmp_path: Path, hari: date) -> None:
    """Told to stop in a long sweep: it ends soon (0, 130 for Ctrl-C) and gives its turn back; the next start does the rest."""
    siapkan(basis, 300, hari, (40,))
    sisa, sebelum = 300, 0
    with terbuka(basis) as register, kawanan(basis, tmp_path, sekaligus=1) as para:
        for sinyal, kode in ((signal.SIGTERM, 0), (signal.SIGINT, 130)):
            pid = para.mulai(*JALAN, "--json")
            assert tunggu_sampai(lambda sisa=sisa: tunggakan(register) < sisa)  # type: ignore[misc]
            mulai = time.monotonic()
            assert para.akhiri(pid, sinyal) == kode
            assert time.monotonic() - mulai < 15
            dahulu, sisa = sisa, tunggakan(register)
            assert 0 < sisa < dahulu
            (giliran,) = register.store.giliran()
            assert giliran.pemegang is None
            assert giliran.hasil is not None
            assert giliran.hasil["unit"] == dahulu - sisa
            jawaban = json.loads(para.kata(pid).splitlines()[-1])
            assert (jawaban["sapuan"], jawaban["berhenti"]) == (1, sinyal.name)
            semua = len(entri(register.store.telusuri()))
            assert jawaban["dicatat"] == semua - sebelum
            sebelum = semua
        lagi = para.mulai()
        assert tunggu_sampai(lambda: tunggakan(register) == 0)
        assert para.akhiri(lagi) == 0
    _lengkap(basis, hari)
