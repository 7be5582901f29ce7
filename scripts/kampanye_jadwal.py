#!/usr/bin/env python3
"""The long campaign of the sweep: what tests/jadwal does for seconds, for minutes, with a table at the end."""

from __future__ import annotations

import random  # noqa: TID251 - moments and choices, from a seed that is printed
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from _panggung import AngkaBagian, Panggung, jalankan

from tests.alat.dunia import ADMIN
from tests.jadwal.alat import Jam, Register, entri, nama, periksa, siapkan, tambah, terbuka
from tests.jadwal.alat_proses import Kawanan, kawanan, tunggakan
from tests.kesalahan.alat import tunggu_sampai
from zi_workflow.clock import hari_di, sekarang
from zi_workflow.domain.commands import Catat

GELOMBANG = 25
"""Waves of work on one register before it is checked in full."""
SABAR = 60.0
"""Seconds within which schedulers must have caught up."""
JAM_LOMPAT = (timedelta(hours=1.5), timedelta(hours=-5), timedelta(days=30), timedelta(days=-30), timedelta(days=1), timedelta(days=7))


@dataclass
class Angka(AngkaBagian):
    """With the schedulers that were stopped for a while, and the reminders that were written."""

    KOLOM: ClassVar = {"dihentikan (SIGSTOP)": "dihentikan", "entri": "entri"}
    dihentikan: int = 0
    entri: int = 0


Bagian = Callable[[Panggung, Angka, float, random.Random], None]


def _hari() -> date:
    return hari_di("Asia/Jakarta", sekarang())


def _pastikan(benar: object, pesan: str) -> None:
    if not benar:
        raise AssertionError(pesan[-600:])


def _hitung(angka: Angka, register: Register, pada: date | None) -> None:
    """Check a register in full and add up what it holds."""
    log = periksa(register.store, pada)
    angka.entri += len(entri(log))
    angka.peristiwa += len(log)


def _tulis(register: Register, acak: random.Random, ke: int, hari: date) -> None:
    """Write what makes something due, or no longer due."""
    kode = [nama(acak.randrange(40)) for _ in range(acak.randrange(1, 6))]
    match acak.randrange(4):
        case 0:
            for satu in kode:
                register.realisasi(satu, f"A{acak.randrange(1, 4)}", hari)
        case 1:
            register.jalankan([Catat("pemantauan", k, {"hasil": f"kali {ke} {i}"}, hari, ADMIN) for i, k in enumerate(kode)])
        case 2:
            batas = date(hari.year, 5, 31) + timedelta(days=acak.randrange(-10, 10))
            register.jalankan([Catat("pengumuman_tpn", None, {"tahun": hari.year, "batas": str(batas), "nomor": f"B/{ke}"}, hari, ADMIN)])
        case _:
            tambah(register, (f"G{ke}U{i}" for i in range(acak.randrange(5, 30))), hari)


def _ganggu(para: Kawanan, jalan: list[int], acak: random.Random, angka: Angka) -> None:
    """Kill one, stop one for a while (shorter or longer than its turn), end one in order, or leave all alone."""
    pilih = acak.randrange(len(jalan))
    cara = acak.choice(("bunuh", "bunuh", "henti", "akhir", "biar"))
    if cara == "henti":
        para.isyarat(jalan[pilih], signal.SIGSTOP)
        time.sleep(acak.choice((0.05, 0.3, 1.5)))
        para.isyarat(jalan[pilih], signal.SIGCONT)
        angka.dihentikan += 1
    elif cara != "biar":
        akhir = para.akhiri(jalan[pilih], signal.SIGKILL if cara == "bunuh" else signal.SIGTERM)
        _pastikan(akhir in {-signal.SIGKILL, 0, -signal.SIGTERM}, f"penjadwal berakhir dengan {akhir}: {para.kata(jalan[pilih])}")
        angka.dibunuh += cara == "bunuh"
        jalan[pilih] = para.mulai()


def sekali(mesin: str) -> Bagian:
    """Return the part that disturbs two to four schedulers on one engine while records come in."""

    def bagian(panggung: Panggung, angka: Angka, batas: float, acak: random.Random) -> None:
        while time.monotonic() < batas:
            url, folder = panggung.baru(mesin)
            siapkan(url, 40, _hari())
            with terbuka(url) as register, kawanan(url, folder, sekaligus=acak.choice((1, 3, 10)), detik=0.2) as para:
                jalan = [para.mulai() for _ in range(acak.choice((2, 3, 4)))]
                for ke in range(GELOMBANG):
                    _tulis(register, acak, ke, _hari())
                    time.sleep(acak.uniform(0.0, 0.3))
                    _ganggu(para, jalan, acak, angka)
                    if time.monotonic() > batas:
                        break
                _pastikan(tunggu_sampai(lambda r=register: tunggakan(r) == 0, SABAR), para.semua_kata())  # type: ignore[misc]
                for pid in jalan:
                    para.akhiri(pid)
                _pastikan("kesalahan program" not in para.semua_kata(), para.semua_kata())
                _hitung(angka, register, _hari())
            angka.putaran += 1

    return bagian


def jam(panggung: Panggung, angka: Angka, batas: float, acak: random.Random) -> None:
    """Let a clock jump again and again, with records and sweeps in between; at last the days go by as they should."""
    while time.monotonic() < batas:
        url, _ = panggung.baru("sqlite")
        hari = date(2026, acak.randrange(3, 13), acak.randrange(1, 28))
        siapkan(url, 40, hari)
        saat = Jam(hari)
        with terbuka(url, saat) as register:
            for ke in range(GELOMBANG):
                saat.kini = max(saat.kini + acak.choice(JAM_LOMPAT), Jam(hari).kini - timedelta(days=60))
                if acak.choice((True, False)):
                    _tulis(register, acak, ke, saat.kini.date())
                register.sapu(sekaligus=acak.choice((5, 100)))
            periksa(register.store)
            akhir = max(a.tanggal for a in register.store.telusuri()) + timedelta(days=1)
            for ke in range(40):
                saat.pada(akhir + timedelta(days=ke))
                register.sapu()
            _hitung(angka, register, akhir + timedelta(days=39))
        angka.putaran += 1


def peladen_mati(panggung: Panggung, angka: Angka, batas: float, acak: random.Random) -> None:
    """Stop PostgreSQL at once under three schedulers, again and again."""
    peladen = panggung.mulai_peladen()
    url, folder = panggung.baru("postgresql")
    siapkan(url, 40, _hari())
    with kawanan(url, folder, sekaligus=2, detik=0.2) as para:
        jalan = [para.mulai() for _ in range(3)]
        _pastikan(tunggu_sampai(lambda: all("berjalan" in para.kata(pid) for pid in jalan)), para.semua_kata())
        while time.monotonic() < batas:
            with terbuka(url) as register:
                tambah(register, (f"G{angka.putaran}U{i}" for i in range(40)), _hari())
            time.sleep(acak.uniform(0.0, 0.5))
            peladen.hentikan(signal.SIGQUIT)
            time.sleep(acak.uniform(0.0, 1.0))
            peladen.mulai()
            with terbuka(url) as register:
                _pastikan(tunggu_sampai(lambda r=register: tunggakan(r) == 0, SABAR), para.semua_kata())  # type: ignore[misc]
            angka.putaran += 1
        _pastikan([para.akhiri(pid) for pid in jalan] == [0, 0, 0], para.semua_kata())
        _pastikan("kesalahan program" not in para.semua_kata(), para.semua_kata())
    with terbuka(url) as register:
        _hitung(angka, register, _hari())


BAGIAN: dict[str, tuple[float, Bagian]] = {
    "sekali-sqlite": (0.3, sekali("sqlite")),
    "sekali-postgresql": (0.3, sekali("postgresql")),
    "jam": (0.2, jam),
    "peladen-mati": (0.2, peladen_mati),
}
"""Name of a part -> its share of the time, and what it does."""


if __name__ == "__main__":
    sys.exit(jalankan(__doc__, Angka, BAGIAN))
