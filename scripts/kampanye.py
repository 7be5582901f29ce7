#!/usr/bin/env python3
"""The long fault campaign: what tests/kesalahan and tests/layanan do for seconds, for minutes, with a table at the end.

Each part has a share of the time. A part makes registers of its own in temporary folders, and ends only processes that it
started, by their pid. A broken promise ends the campaign with exit 1 and leaves the register where it was found.
"""

from __future__ import annotations

import argparse
import os
import platform
import random  # noqa: TID251 - moments at which writers die, from a seed that is printed
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.alat.biner import PostgresTidakAda, cari_biner
from tests.alat.dunia import UNIT_UJI
from tests.alat.postgres import Peladen, folder_sementara
from tests.alat.toko import toko
from tests.kesalahan.alat import Penulis, periksa_penuh, periksa_ringan, siapkan, terbuka, tunggu_sampai
from tests.kesalahan.penulis import PASANGAN
from tests.layanan import test_berebut

BUNUH_PER_REGISTER = 60
PENULIS = 16
CARA = ("batch", "langkah", "satu")


@dataclass
class Angka:
    """What a part has done; every line of the table is one of these."""

    nama: str
    putaran: int = 0
    dibunuh: int = 0
    diakui: int = 0
    peristiwa: int = 0
    detik: float = 0.0
    catatan: dict[str, int] = field(default_factory=dict)


class Panggung:
    """Folders and servers of the campaign, all of them gone afterwards unless something broke."""

    def __init__(self, folder: Path) -> None:
        """Work below ``folder``."""
        self.folder = folder
        self.peladen: Peladen | None = None
        self._ke = 0

    def baru(self, mesin: str) -> tuple[str, Path]:
        """Return the URL of an empty store on that engine, and a folder of its own."""
        self._ke += 1
        folder = self.folder / f"{mesin}-{self._ke}"
        folder.mkdir()
        if mesin == "sqlite":
            return f"sqlite:///{folder / 'zi.db'}", folder
        return self._skema(f"kampanye_{self._ke}"), folder

    def mulai_peladen(self) -> Peladen:
        """Return the campaign's PostgreSQL with full durability, started when first asked for."""
        if self.peladen is None:
            folder = folder_sementara("zi-kampanye-")
            self.peladen = Peladen(cari_biner(folder / "roda"), folder, setelan=())
            self.peladen.mulai()
        return self.peladen

    def tutup(self) -> None:
        """Stop the server."""
        if self.peladen is not None:
            self.peladen.hentikan()
            shutil.rmtree(self.peladen.folder, ignore_errors=True)

    def _skema(self, nama: str) -> str:
        from sqlalchemy import create_engine  # noqa: PLC0415 - only with PostgreSQL
        from sqlalchemy.schema import CreateSchema  # noqa: PLC0415

        url = self.mulai_peladen().url
        mesin = create_engine(url, isolation_level="AUTOCOMMIT")
        with mesin.connect() as koneksi:
            koneksi.execute(CreateSchema(nama))
        mesin.dispose()
        return f"{url}&options=-csearch_path%3D{nama}"


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


def tabel(semua: list[Angka]) -> str:
    """Return the figures as a Markdown table."""
    baris = ["| bagian | putaran | dibunuh (kill -9) | permintaan diakui | peristiwa | detik | catatan |", "|---|---|---|---|---|---|---|"]
    for a in semua:
        catatan = ", ".join(f"{k}: {v}" for k, v in a.catatan.items()) or "-"
        baris.append(f"| {a.nama} | {a.putaran} | {a.dibunuh} | {a.diakui} | {a.peristiwa} | {a.detik:.0f} | {catatan} |")
    return "\n".join(baris)


def main() -> int:
    """Run the parts; return 0 when every promise was kept."""
    pilihan = argparse.ArgumentParser(description=__doc__)
    pilihan.add_argument("--detik", type=float, default=300, help="seconds for the whole campaign")
    pilihan.add_argument("--benih", type=int, default=None, help="seed of the random moments")
    pilihan.add_argument("--hanya", default=",".join(BAGIAN), help="parts, by name")
    args = pilihan.parse_args()
    benih = args.benih if args.benih is not None else os.getpid() * 1000 + int(time.monotonic()) % 1000
    nama = args.hanya.split(",")
    bobot = sum(BAGIAN[n][0] for n in nama)
    folder = Path(tempfile.mkdtemp(prefix="zi-kampanye-"))
    panggung, semua = Panggung(folder), []
    sys.stderr.write(f"benih {benih}, {args.detik:.0f} detik, {os.cpu_count()} prosesor, Python {platform.python_version()}, {folder}\n")
    with ExitStack() as tumpukan:
        tumpukan.callback(panggung.tutup)
        for satu in nama:
            angka = Angka(satu)
            semua.append(angka)
            mulai = time.monotonic()
            try:
                BAGIAN[satu][1](panggung, angka, mulai + args.detik * BAGIAN[satu][0] / bobot, random.Random(f"{benih}-{satu}"))  # noqa: S311
            except PostgresTidakAda as e:
                angka.catatan["dilewati"] = 1
                sys.stderr.write(f"{satu} dilewati: {e}\n")
            except AssertionError as e:
                sys.stderr.write(f"JANJI DILANGGAR di {satu}, putaran {angka.putaran}: {e!r}\nRegister: {folder}\n{tabel(semua)}\n")
                return 1
            angka.detik = time.monotonic() - mulai
            sys.stderr.write(f"{satu} selesai\n")
    sys.stdout.write(tabel(semua) + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
