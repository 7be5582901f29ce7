"""What the fault tests share: the writers' server, ``zi`` as a process, a register to write to, and the checks afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from projections import SEMUA
from tests.alat.brankas import kunci_uji
from tests.alat.dunia import AKAR, KEPALA, UNIT_UJI, bekal_pencanangan, kosong
from tests.alat.toko import toko
from tests.kesalahan.penulis import BATCH, PASANGAN
from tests.layanan.alat import pasang_unit, periksa_utuh
from zi_workflow.clock import sekarang
from zi_workflow.readmodel import posisi
from zi_workflow.store import Store, buka
from zi_workflow.store.schema import peristiwa

ZI = [sys.executable, "-m", "zi_workflow"]
UKURAN = {"satu": 1, "batch": BATCH, "langkah": 2}
"""Events of one request, by the way of writing."""


def siapkan(url: str) -> int:
    """Make a register with two units that may be declared; return how many events it has."""
    satu = toko(url)
    try:
        kosong(dunia=satu)
        bekal_pencanangan(satu)
        pasang_unit(satu, PASANGAN)
        return len(satu.store.telusuri())
    finally:
        satu.tutup()


@contextmanager
def terbuka(url: str) -> Iterator[Store]:
    """Open the register as one more program does."""
    store = buka(url, jam=sekarang, pencatat="sistem:uji", proyeksi=SEMUA, kunci_data=kunci_uji(url))
    try:
        yield store
    finally:
        store.tutup()


class Penulis:
    """The writers' server and what its writers were told; every child ends with it."""

    def __init__(self, url: str, folder: Path) -> None:
        """Start the server; nothing is written yet."""
        self.url = url
        self.folder = folder
        self._ke = 0
        self.berkas: dict[int, Path] = {}
        self.proses = subprocess.Popen(
            [sys.executable, "-m", "tests.kesalahan.penulis"], cwd=AKAR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def mulai(self, cara: str, *, banyak: int = 0, unit: str = UNIT_UJI) -> int:
        """Fork a writer; return its pid."""
        self._ke += 1
        berkas = self.folder / f"ack-{self._ke}"
        berkas.touch()
        pid = self._perintah("mulai", self.url, unit, str(banyak), cara, str(berkas))
        self.berkas[pid] = berkas
        return pid

    def bunuh(self, pid: int) -> int:
        """Kill a writer with -9; return how it ended."""
        return self._perintah("bunuh", str(pid))

    def tunggu(self, pid: int) -> int:
        """Wait for a writer to end by itself; return how it ended."""
        return self._perintah("tunggu", str(pid))

    def diakui(self) -> dict[str, list[int]]:
        """Return every acknowledged request of all writers: key -> numbers of its events."""
        baris = [b.split(" ") for b in self._baris() if not b.startswith("galat ")]
        return {kunci: [int(n) for n in nomor.split(",")] for kunci, nomor in baris}

    def galat(self) -> list[tuple[int, str]]:
        """Return the errors that ended writers: (code, key of the request)."""
        return [(int(b.split(" ")[1]), b.split(" ")[2]) for b in self._baris() if b.startswith("galat ")]

    def tutup(self) -> None:
        """End the server and its children."""
        if self.proses.stdin is not None and self.proses.stdout is not None:
            self.proses.stdin.close()
            self.proses.wait(30)
            self.proses.stdout.close()

    def _baris(self) -> list[str]:
        """Return the complete lines of all acknowledgements (a line cut by a kill is none)."""
        return [b for f in self.folder.glob("ack-*") for b in f.read_text().split("\n")[:-1]]

    def _perintah(self, *kata: str) -> int:
        if self.proses.stdin is None or self.proses.stdout is None:
            raise BrokenPipeError
        self.proses.stdin.write(" ".join(kata) + "\n")
        self.proses.stdin.flush()
        return int(self.proses.stdout.readline())


def lingkungan(rumah: Path, **lain: str) -> dict[str, str]:
    """Return an environment with an empty home and no settings of this machine's user."""
    bersih = {k: v for k, v in os.environ.items() if not k.startswith(("ZI_", "XDG_", "LC_", "LANG", "PYTHON"))}
    return {**bersih, "HOME": str(rumah), "LANG": "C.UTF-8", "PYTHONPATH": str(AKAR), **lain}


def zi(rumah: Path, *argumen: str, basis: str, program: Sequence[str] = ZI, keluar: int = subprocess.PIPE) -> subprocess.Popen[str]:
    """Start ``zi`` as a process of its own; ``keluar`` is where its stdout goes."""
    return subprocess.Popen(
        [*program, *argumen],
        cwd=rumah,
        env=lingkungan(rumah, ZI_BASIS=basis, ZI_BERKAS=str(rumah / "berkas"), ZI_PELAKU=KEPALA),
        stdin=subprocess.DEVNULL,
        stdout=keluar,
        stderr=subprocess.PIPE,
        text=True,
    )


def selesai(proses: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for a process; return its code, stdout and stderr."""
    keluar, galat = proses.communicate(timeout=90)
    return proses.returncode, keluar or "", galat


def tiga_baris(galat: str) -> list[str]:
    """Return the three lines of an error, after checking that they are its end and that nothing raw is in it."""
    assert "Traceback" not in galat
    assert "database is locked" not in galat
    assert "sqlalche.me" not in galat
    akhir = [b for b in galat.splitlines() if b and not b.startswith(" ")][-3:]
    assert [b.split(":")[0] for b in akhir] == ["Galat", "Sebab", "Lanjut"], galat
    return akhir


def tunggu_sampai(benar: Callable[[], bool], detik: float = 20) -> bool:
    """Wait until something holds; return whether it came to hold."""
    batas = time.monotonic() + detik
    while not benar():
        if time.monotonic() > batas:
            return False
        time.sleep(0.01)
    return True


def sedetik() -> float:
    """Return what a second is on this machine now: longer where more programs want to run than there are processors."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@contextmanager
def giliran_dipegang(store: Store) -> Iterator[None]:
    """Hold the turn of writing, as another program in the middle of its transaction does."""
    with store.engine.connect() as koneksi:
        kursor = koneksi.connection.cursor()
        kursor.execute("BEGIN IMMEDIATE" if store.engine.dialect.name == "sqlite" else "BEGIN")
        kursor.execute("UPDATE kepala SET nomor = nomor")
        try:
            yield
        finally:
            koneksi.invalidate()  # closes it, which gives the turn back; also where the server is gone


def banyak_menunggu(store: Store, proses: Sequence[subprocess.Popen[Any]]) -> int:
    """Return how many of the processes have come to wait for their turn (on SQLite: have the store open)."""
    if store.engine.dialect.name == "sqlite":
        return sum(_membuka(p.pid, "-wal") for p in proses if p.poll() is None)
    with store.engine.connect() as koneksi:
        sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND starts_with(query, 'UPDATE kepala')"
        return int(koneksi.exec_driver_sql(sql).scalar_one())


def _membuka(pid: int, akhiran: str) -> bool:
    try:
        return any(str(f.readlink()).endswith(akhiran) for f in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return False


# --- afterwards ------------------------------------------------------------------------------------------------------


def periksa_ringan(store: Store, diakui: Mapping[str, Sequence[int]]) -> int:
    """Check what every fault must leave true, without rebuilding; return the number of events.

    Numbers without gaps; every acknowledged request there, with its numbers; no request half written; the read models
    as far as the log.
    """
    with store.engine.connect() as koneksi:
        baris = koneksi.execute(select(peristiwa.c.nomor, peristiwa.c.kunci).order_by(peristiwa.c.nomor)).all()
        maju = set(koneksi.execute(select(posisi.c.nomor)).scalars())
    assert [b.nomor for b in baris] == list(range(1, len(baris) + 1))
    assert maju == {len(baris)}
    tercatat: dict[str, list[int]] = {}
    for nomor, kunci in baris:
        if kunci is not None:
            tercatat.setdefault(kunci, []).append(nomor)
    for kunci, nomor in diakui.items():
        assert tercatat.get(kunci) == list(nomor), kunci
    cara = {k: k.split("-")[0] for k in tercatat}
    setengah = {k: len(n) for k, n in tercatat.items() if cara[k] in UKURAN and len(n) != UKURAN[cara[k]]}
    assert setengah == {}
    return len(baris)


def periksa_penuh(store: Store, diakui: Mapping[str, Sequence[int]]) -> int:
    """Check as ``periksa_ringan``, and versions, chains, keys, and read models against their rebuild."""
    banyak = periksa_ringan(store, diakui)
    log = periksa_utuh(store)
    assert len(log) == banyak
    hasil = Counter(a.peristiwa.isi.get("hasil") for a in log if getattr(a.peristiwa, "jenis", "") == "pemantauan")  # type: ignore[union-attr]
    assert max(hasil.values(), default=1) == 1
    for kunci in diakui:
        assert _jawaban_ada(store, kunci)
    return banyak


def _jawaban_ada(store: Store, kunci: str) -> bool:
    from zi_workflow.store.schema import kunci as tabel  # noqa: PLC0415 - the name would hide the parameter

    with store.engine.connect() as koneksi:
        return koneksi.execute(select(func.count()).select_from(tabel).where(tabel.c.kunci == kunci)).scalar_one() == 1
