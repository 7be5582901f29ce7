"""A store that nobody touched never alarms: while others write, after a kill, rebuilt, copied, on both engines."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from projections import SEMUA
from tests.cli.alat_cli import AKAR, lingkungan
from tests.cli.kisah import tulis
from tests.verifikasi.alat import buat, buka_store, nyatakan, periksa, tambah
from zi_workflow.store import buka
from zi_workflow.store.evidence import GudangBerkas
from zi_workflow.verify import verifikasi

_PENULIS = """
import sys
from datetime import UTC, datetime
from tests.verifikasi.alat import buka_store, tambah
store = buka_store(sys.argv[1])
sys.stdout.write("siap")
sys.stdout.flush()
while True:
    tambah(store, 7, kunci=datetime.now(UTC).isoformat())
"""


def test_harus_tidak_pernah_alarm_selagi_ditulis(basis: str, tmp_path: Path) -> None:
    """Verifications beside a writer find nothing, and each sees the log as it stood at one moment."""
    buat(basis)
    berhenti = threading.Event()
    salah: list[BaseException] = []

    def menulis() -> None:
        store = buka_store(basis)
        try:
            ke = 0
            while not berhenti.is_set():
                tambah(store, 5, kunci=f"tulis-{ke}")
                ke += 1
        except BaseException as galat:  # noqa: BLE001 - told by the test
            salah.append(galat)
        finally:
            store.tutup()

    penulis = threading.Thread(target=menulis)
    penulis.start()
    jumlah = []
    store = buka(basis, jam=lambda: None, pencatat="pemeriksa", proyeksi=SEMUA)  # type: ignore[arg-type, return-value]  # it reads no clock
    try:
        for _ in range(4):
            hasil = verifikasi(store, GudangBerkas(tmp_path), tmp_path)
            assert hasil.utuh, nyatakan(hasil)
            jumlah.append(hasil.log.jumlah)
            time.sleep(0.05)
    finally:
        berhenti.set()
        penulis.join()
        store.tutup()
    assert salah == []
    assert jumlah == sorted(jumlah)
    assert jumlah[-1] > 60
    assert (jumlah[-1] - 60) % 5 == 0


def test_harus_tidak_alarm_sesudah_dibunuh(basis: str, tmp_path: Path) -> None:
    """A writer killed in the middle of its work leaves nothing that alarms."""
    for _ in range(2):
        proses = subprocess.Popen(
            [sys.executable, "-c", _PENULIS, basis], stdout=subprocess.PIPE, env=lingkungan(tmp_path), cwd=AKAR, start_new_session=True
        )
        try:
            assert proses.stdout is not None
            assert proses.stdout.read(4) == b"siap"
            time.sleep(0.2)
        finally:
            os.kill(proses.pid, signal.SIGKILL)
            proses.communicate()
        hasil = periksa(basis)
        assert hasil.utuh, nyatakan(hasil)
        assert hasil.log.jumlah % 7 == 0


def test_harus_tidak_alarm_pada_register_yang_dipakai(basis: str, tmp_path: Path) -> None:
    """A register with moves, refusals and officials: whole as written, rebuilt, caught up, prepared again."""
    tulis(basis)
    store = buka_store(basis)
    try:
        for kerja in (lambda: None, store.bangun_ulang, store.bangun_ulang_indeks, store.siapkan):
            kerja()
            hasil = verifikasi(store, GudangBerkas(tmp_path), tmp_path, hanya=["bentuk", "log", "tabel", "tampilan"])
            assert hasil.utuh, nyatakan(hasil)
    finally:
        store.tutup()


def test_harus_tidak_alarm_pada_penyimpanan_kosong(basis: str) -> None:
    """A store that was just prepared holds nothing and is whole."""
    buka_store(basis).tutup()
    hasil = periksa(basis)
    assert hasil.utuh, nyatakan(hasil)
    assert (hasil.log.jumlah, hasil.log.kepala) == (0, None)


def test_harus_tidak_alarm_sesudah_dipulihkan_dengan_menyalin(tmp_path: Path) -> None:
    """A copy of the files, evidence included, made without their rights, is whole; loose rights are a remark."""
    asal, salinan = tmp_path / "asal", tmp_path / "salinan"
    asal.mkdir()
    gudang = GudangBerkas(asal / "bukti")
    (tmp_path / "a.txt").write_text("bukti")
    store = buka_store(f"sqlite:///{asal / 'zi.db'}")
    tambah(store, 6, [gudang.simpan(tmp_path / "a.txt")])
    store.tutup()
    shutil.copytree(asal, salinan, copy_function=shutil.copyfile)
    for satu in (salinan / "bukti").rglob("*"):
        satu.chmod(0o777)
    hasil = periksa(f"sqlite:///{salinan / 'zi.db'}", salinan / "bukti")
    assert hasil.utuh, nyatakan(hasil)
    assert any("dapat ditulis akun lain" in satu for satu in hasil.catatan)


def test_verifikasi_tidak_menulis(basis_sqlite: str) -> None:
    """The file is the same, byte for byte, after a verification; nothing is left beside it."""
    buat(basis_sqlite)
    berkas = Path(basis_sqlite.removeprefix("sqlite:///"))
    sebelum = berkas.read_bytes()
    assert periksa(basis_sqlite).utuh
    assert berkas.read_bytes() == sebelum
