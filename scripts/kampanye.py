#!/usr/bin/env python3
"""The long fault campaign: what tests/kesalahan and tests/layanan do for seconds, for minutes, with a table at the end."""

from __future__ import annotations

import random  # noqa: TID251 - moments at which writers die, from a seed that is printed
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from _panggung import AngkaBagian, Panggung, jalankan

from tests.alat.dunia import UNIT_UJI
from tests.alat.toko import toko
from tests.kesalahan.alat import Penulis, periksa_penuh, periksa_ringan, siapkan, terbuka, tunggu_sampai
from tests.kesalahan.penulis import PASANGAN
from tests.layanan import test_berebut

BUNUH_PER_REGISTER = 60
PENULIS = 16
CARA = ("batch", "langkah", "satu")


@dataclass
class Angka(AngkaBagian):
    """With the requests that were acknowledged."""

    KOLOM: ClassVar = {"permintaan diakui": "diakui"}
    diakui: int = 0


@contextmanager
def penulis(url: str, folder: Path) -> Iterator[Penulis]:
    """Give the writers' server on a register that is made first."""
    siapkan(url)
    satu = Penulis(url, folder)
    try:
        yield satu
    finally:
        satu.tutup()


def _satu_tahap(url: str) -> None:
    """Two units that only ever move together are at the same stage."""
    with terbuka(url) as store, store.engine.connect() as koneksi:
        sql = f"SELECT count(DISTINCT tahap) FROM papan WHERE kode IN ('{UNIT_UJI}', '{PASANGAN}')"  # noqa: S608 - constants
        tahap = koneksi.exec_driver_sql(sql).scalar_one()
    if tahap != 1:
        raise AssertionError(f"setengah langkah: {tahap} tahap")


def bunuh(mesin: str) -> Callable[[Panggung, Angka, float, random.Random], None]:
    """Return the part that kills writers with -9 at random moments on one engine."""

    def bagian(panggung: Panggung, angka: Angka, batas: float, acak: random.Random) -> None:
        while time.monotonic() < batas:
            url, folder = panggung.baru(mesin)
            with penulis(url, folder) as para:
                for ke in range(BUNUH_PER_REGISTER):
                    pid = [para.mulai(CARA[ke % 3]), *(para.mulai("batch") for _ in range(acak.randrange(3)))]
                    time.sleep(acak.uniform(0.0, 0.25))
                    angka.dibunuh += len([para.bunuh(p) for p in pid])
                    with terbuka(url) as store:
                        periksa_ringan(store, para.diakui())
                    _satu_tahap(url)
                    angka.putaran += 1
                    if time.monotonic() > batas:
                        break
                _hitung(angka, url, para)

    return bagian


def berebut_unit(panggung: Panggung, angka: Angka, batas: float, acak: random.Random) -> None:
    """Sixteen processes record on one unit, on either engine in turn."""
    while time.monotonic() < batas:
        url, folder = panggung.baru(("sqlite", "postgresql")[angka.putaran % 2])
        with penulis(url, folder) as para:
            pid = [para.mulai(acak.choice(("satu", "batch")), banyak=8) for _ in range(PENULIS)]
            if any(para.tunggu(p) for p in pid) or para.galat():
                raise AssertionError(f"penulis gagal: {para.galat()}")
            if len(para.diakui()) != 8 * PENULIS:
                raise AssertionError(f"hanya {len(para.diakui())} permintaan diakui")
            _hitung(angka, url, para)
        angka.putaran += 1


def berebut_fakta(panggung: Panggung, angka: Angka, batas: float, _: random.Random) -> None:
    """Officials, TPN's date and BPK's opinion change under decisions; the whole log is decided again on its prefixes."""
    kasus: list[Callable[[Any], None]] = [
        test_berebut.test_pejabat_berganti_selagi_ia_bertindak,
        lambda t: test_berebut.test_fakta_berganti_selagi_diusulkan(
            t, "pengumuman_tpn", [{"batas": "2025-05-10"}, {"batas": "2025-06-10"}], "R22"
        ),
        lambda t: test_berebut.test_fakta_berganti_selagi_diusulkan(t, "opini_bpk", [{"opini": "WDP"}, {"opini": "WTP"}], "R24.opini"),
    ]
    while time.monotonic() < batas:
        url, _folder = panggung.baru(("sqlite", "postgresql")[angka.putaran // len(kasus) % 2])
        satu = toko(url)
        try:
            kasus[angka.putaran % len(kasus)](satu)
            angka.peristiwa += len(satu.store.telusuri())
        finally:
            satu.tutup()
        angka.putaran += 1


def peladen_mati(panggung: Panggung, angka: Angka, batas: float, acak: random.Random) -> None:
    """PostgreSQL is stopped at once under eight writers, again and again."""
    peladen = panggung.mulai_peladen()
    url, folder = panggung.baru("postgresql")
    with penulis(url, folder) as para:
        while time.monotonic() < batas:
            awal = len(para.diakui())
            pid = [para.mulai(c) for c in ("satu", "batch") * 4]
            tunggu_sampai(lambda awal=awal: len(para.diakui()) > awal)  # type: ignore[misc]
            time.sleep(acak.uniform(0.0, 0.4))
            peladen.hentikan(signal.SIGQUIT)
            akhir = [para.tunggu(p) for p in pid]
            if any(akhir):
                raise AssertionError(f"penulis berakhir dengan {akhir}")
            peladen.mulai()
            with terbuka(url) as store:
                periksa_ringan(store, para.diakui())
            angka.putaran += 1
        kode = [k for k, _ in para.galat()]
        if not set(kode) <= {8, 9}:
            raise AssertionError(f"kode galat {sorted(set(kode))}")
        angka.catatan |= {f"kode {k}": kode.count(k) for k in sorted(set(kode))}
        _hitung(angka, url, para)


def _hitung(angka: Angka, url: str, para: Penulis) -> None:
    """Check a register in full, read models against their rebuild included, and add up what it holds."""
    diakui = para.diakui()
    with terbuka(url) as store:
        angka.peristiwa += periksa_penuh(store, diakui)
    angka.diakui += len(diakui)


BAGIAN: dict[str, tuple[float, Callable[[Panggung, Angka, float, random.Random], None]]] = {
    "bunuh-sqlite": (0.3, bunuh("sqlite")),
    "bunuh-postgresql": (0.3, bunuh("postgresql")),
    "berebut-unit": (0.1, berebut_unit),
    "berebut-fakta": (0.15, berebut_fakta),
    "peladen-mati": (0.15, peladen_mati),
}
"""Name of a part -> its share of the time, and what it does."""


if __name__ == "__main__":
    sys.exit(jalankan(__doc__, Angka, BAGIAN))
