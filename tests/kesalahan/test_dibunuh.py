"""kill -9 and Ctrl-C at any moment: nothing acknowledged is lost, nothing is half written, the store opens as ever."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.alat.dunia import ADMIN, KEPALA, PENILAI, UNIT_UJI
from tests.kesalahan.alat import (
    Penulis,
    banyak_menunggu,
    giliran_dipegang,
    periksa_penuh,
    periksa_ringan,
    sedetik,
    selesai,
    terbuka,
    tunggu_sampai,
    zi,
)
from tests.kesalahan.penulis import PASANGAN

PUTARAN = 13
"""Kills on each engine; hundreds are the business of scripts/kampanye."""

BANYAK = 1500
"""Items of the long batch."""


def test_dibunuh_kapan_saja(penulis: Penulis) -> None:
    """Killed again and again at random moments, single records, batches and paired moves alike; now and then beside another writer."""
    acak = random.Random(20240219)  # noqa: S311 - moments, not secrets
    for ke in range(PUTARAN):
        cara = ("batch", "langkah", "satu")[ke % 3]
        pid = [penulis.mulai(cara), *([penulis.mulai("batch")] if ke % 4 == 3 else [])]
        if ke % 2:  # in full swing; else perhaps before it has opened the store
            awal = len(penulis.diakui())
            assert tunggu_sampai(lambda awal=awal: len(penulis.diakui()) > awal)  # type: ignore[misc]
        time.sleep(acak.uniform(0.01, 0.2))
        assert [penulis.bunuh(p) for p in pid] == [-signal.SIGKILL] * len(pid)
        with terbuka(penulis.url) as store:
            periksa_ringan(store, penulis.diakui())
            assert len({_tahap(penulis.url, u) for u in (UNIT_UJI, PASANGAN)}) == 1
    assert penulis.galat() == []
    diakui = penulis.diakui()
    assert len(diakui) > PUTARAN
    with terbuka(penulis.url) as store:
        periksa_penuh(store, diakui)


def test_kunci_yang_tak_terjawab_diulang(penulis: Penulis) -> None:
    """Whoever was killed before he heard the answer repeats under the same key: it is written once, whether or not it had been."""
    pid = penulis.mulai("satu")
    assert tunggu_sampai(lambda: len(penulis.diakui()) > 3)
    penulis.bunuh(pid)
    akhir = len(penulis.diakui())
    with terbuka(penulis.url) as store:
        awal = len(store.telusuri())
        sudah = [a for a in store.telusuri() if a.kunci == f"satu-{pid}-{akhir}"]
    rumah = penulis.folder
    isi = ("catat", "pemantauan", UNIT_UJI, "--hasil", f"{pid} {akhir} 0", "--tanggal", "2024-03-05", "--oleh", PENILAI)
    kunci = ("--kunci", f"satu-{pid}-{akhir}")
    kode = [selesai(zi(rumah, *isi, *kunci, basis=penulis.url))[0] for _ in range(2)]
    assert kode == [0, 0]
    with terbuka(penulis.url) as store:
        assert periksa_penuh(store, penulis.diakui()) == awal + (0 if sudah else 1)


def _tahap(url: str, kode: str) -> str:
    with terbuka(url) as store, store.engine.connect() as koneksi:
        return str(koneksi.exec_driver_sql(f"SELECT tahap FROM papan WHERE kode = '{kode}'").scalar_one())  # noqa: S608 - constants


# --- Ctrl-C ----------------------------------------------------------------------------------------------------------


def test_ctrl_c_selagi_menunggu_giliran(register: str, tmp_path: Path) -> None:
    """Interrupted while it waits for another writer: 130 within a second, in silence, nothing written."""
    with terbuka(register) as store:
        awal = len(store.telusuri())
        with giliran_dipegang(store):
            proses = zi(tmp_path, "maju", "canangkan", UNIT_UJI, "--tanggal", "2024-03-11", "--oleh", KEPALA, basis=register)
            assert tunggu_sampai(lambda: banyak_menunggu(store, [proses]) == 1)
            mulai = time.monotonic()
            proses.send_signal(signal.SIGINT)
            kode, keluar, galat = selesai(proses)
            lama = time.monotonic() - mulai
        assert (kode, keluar, galat) == (130, "", "")
        assert lama < sedetik()
        assert periksa_penuh(store, {}) == awal


@pytest.mark.parametrize("tunda", [0.0, 0.1, 0.3])
def test_ctrl_c_selagi_menerapkan_berkas(register: str, tmp_path: Path, tunda: float) -> None:
    """Interrupted in the middle of a long batch: 130 within a second, and all of its events or none."""
    butir = [
        {"perintah": "catat", "jenis": "pemantauan", "unit": UNIT_UJI, "tanggal": "2024-03-05", "oleh": ADMIN, "isi": {"hasil": f"b{i}"}}
        for i in range(BANYAK)
    ]
    berkas = tmp_path / "batch.json"
    berkas.write_text(json.dumps(butir), encoding="utf-8")
    with terbuka(register) as store:
        awal = len(store.telusuri())
        with giliran_dipegang(store):
            proses = zi(tmp_path, "terapkan", str(berkas), "--json", basis=register, keluar=subprocess.DEVNULL)
            assert tunggu_sampai(lambda: banyak_menunggu(store, [proses]) == 1)
        time.sleep(tunda)  # it has its turn now, and writes
        mulai = time.monotonic()
        proses.send_signal(signal.SIGINT)
        kode, _, galat = selesai(proses)
        assert time.monotonic() - mulai < sedetik()
        assert kode in {0, 130, -signal.SIGINT}, galat  # the last: after the answer, while the interpreter ends; a shell says 130
        assert galat == "" or json.loads(galat)["galat"]["kode"] == 130
        banyak = periksa_penuh(store, {}) - awal
        assert banyak in ({BANYAK} if kode == 0 else {0, BANYAK})
