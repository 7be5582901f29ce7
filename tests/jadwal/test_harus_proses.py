"""Schedulers as processes on one store, stopped past their turn and killed with -9: every entry exactly once, none missing."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.jadwal.alat import entri, murni, periksa, siapkan, tambah, terbuka
from tests.jadwal.alat_proses import hentikan, kawanan, penjadwal, tunggakan
from tests.kesalahan.alat import tunggu_sampai
from zi_workflow.clock import hari_di, sekarang

GELOMBANG = 5
"""Kills of each run; hundreds are the business of scripts/kampanye_jadwal."""


@pytest.mark.parametrize("banyak", [2, 4])
def test_harus_tepat_sekali_walau_dibunuh(basis: str, tmp_path: Path, banyak: int) -> None:
    """Schedulers that run at once, one stopped past its turn and continued, others killed at random and started again."""
    acak = random.Random(f"jadwal-{banyak}")  # noqa: S311 - moments, not secrets
    hari = hari_di("Asia/Jakarta", sekarang())
    siapkan(basis, 40, hari)
    with terbuka(basis) as register, kawanan(basis, tmp_path, sekaligus=3, detik=0.2) as para:
        jalan = [para.mulai() for _ in range(banyak)]
        for ke in range(GELOMBANG):
            tambah(register, (f"G{ke}U{i:02}" for i in range(12)), hari)
            time.sleep(acak.uniform(0.0, 0.3))
            pilih = acak.randrange(banyak)
            if ke == GELOMBANG // 2:
                para.isyarat(jalan[pilih], signal.SIGSTOP)
                time.sleep(1.5)
                para.isyarat(jalan[pilih], signal.SIGCONT)
            else:
                assert para.akhiri(jalan[pilih], signal.SIGKILL) == -signal.SIGKILL
                jalan[pilih] = para.mulai()
        assert tunggu_sampai(lambda: tunggakan(register) == 0, 30), para.semua_kata()
        assert tunggu_sampai(lambda: all("berjalan" in para.kata(pid) for pid in jalan)), para.semua_kata()
        assert [para.akhiri(pid) for pid in jalan] == [0] * banyak
        log = periksa(register.store, hari)
        tercatat, seharusnya = Counter(entri(log)), murni(register.store, hari)
    assert "kesalahan program" not in para.semua_kata()
    assert {k: n for k, n in tercatat.items() if k[1] != "T1"} == {k: n for k, n in seharusnya.items() if k[1] != "T1"}
    assert len(tercatat) >= 400


def test_harus_tepat_sekali_walau_terhenti_melewati_giliran(basis: str, tmp_path: Path) -> None:
    """The program as it ships, stopped in mid-sweep past its turn: another does the rest, and the first, continued, nothing twice."""
    hari = hari_di("Asia/Jakarta", sekarang())
    siapkan(basis, 400, hari, (40,))
    layar = [tmp_path / "pertama", tmp_path / "kedua"]
    with terbuka(basis) as register:
        proses = [penjadwal(basis, tmp_path, layar[0])]
        try:
            assert tunggu_sampai(lambda: tunggakan(register) < 400)
            hentikan(proses[0].pid, register)
            sisa = tunggakan(register)
            (giliran,) = register.store.giliran()
            assert giliran.pemegang is not None
            assert giliran.sampai is not None
            time.sleep(max(0.0, (giliran.sampai - sekarang()) / timedelta(seconds=1)))
            proses.append(penjadwal(basis, tmp_path, layar[1]))
            assert tunggu_sampai(lambda: tunggakan(register) == 0 and "Sapuan" in layar[1].read_text())
            assert "Sapuan" not in layar[0].read_text()
            proses[0].send_signal(signal.SIGCONT)
            assert tunggu_sampai(lambda: "Sapuan" in layar[0].read_text())
            for satu in proses:
                satu.send_signal(signal.SIGTERM)
            assert [satu.wait(30) for satu in proses] == [0, 0]
        finally:
            for satu in proses:
                satu.kill()
                satu.wait(30)
        assert sisa > 0, "dihentikan sesudah semuanya tercatat"
        log = periksa(register.store, hari)
        tercatat, seharusnya = Counter(entri(log)), murni(register.store, hari)
    assert {k: n for k, n in tercatat.items() if k[1] != "T1"} == {k: n for k, n in seharusnya.items() if k[1] != "T1"}
    assert len(tercatat) >= 800
