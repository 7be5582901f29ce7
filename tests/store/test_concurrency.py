"""Many writers, and writers that die: numbers without gaps, no lost update, nothing acknowledged is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.bahan import FAKTA, UNIT, RingkasUnit, jam_dinding, naskah, tabel, tambah, terbuka
from zi_workflow.domain.errors import Konflik
from zi_workflow.store import Kunci, Store
from zi_workflow.store.chain import periksa_aliran
from zi_workflow.store.schema import peristiwa

_AKAR = Path(__file__).resolve().parents[2]


def _serentak(banyak: int, kerja: Callable[[int], None]) -> None:
    """Run the work in threads that start together; the first error is the test's."""
    pintu = threading.Barrier(banyak)
    galat: list[BaseException] = []

    def satu(ke: int) -> None:
        try:
            pintu.wait()
            kerja(ke)
        except BaseException as salah:  # noqa: BLE001 - raised below
            galat.append(salah)

    utas = [threading.Thread(target=satu, args=(ke,)) for ke in range(banyak)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    if galat:
        raise galat[0]


def _utuh(store: Store, aliran: list[str]) -> int:
    """Check numbers, versions and chains of the whole log; return how many events there are."""
    amplop = store.telusuri()
    assert [a.nomor for a in amplop] == list(range(1, len(amplop) + 1))
    assert [a.waktu_catat for a in amplop] == sorted(a.waktu_catat for a in amplop)
    with store.engine.connect() as koneksi:
        for satu in aliran:
            baris = koneksi.execute(peristiwa.select().where(peristiwa.c.aliran == satu).order_by(peristiwa.c.versi)).mappings()
            assert periksa_aliran(satu, [dict(b) for b in baris])[1] == []
    return len(amplop)


def test_delapan_penulis_bernomor_tanpa_celah(basis: str) -> None:
    """Eight writers on streams of their own, and the fold beside them: no gaps, nothing lost."""
    ringkas = RingkasUnit()
    aliran = [f"binjai/zi/U{i}" for i in range(8)]
    with terbuka(basis, jam=jam_dinding, proyeksi=[ringkas]) as store:

        def kerja(ke: int) -> None:
            for versi in range(1, 16):
                tambah(store, naskah(2 * versi - 1, aliran=aliran[ke]), naskah(2 * versi, aliran=aliran[ke]))

        _serentak(8, kerja)
        assert _utuh(store, aliran) == 240
        assert [baris[1] for baris in tabel(store, ringkas)] == [30] * 8


def test_delapan_penulis_pada_satu_unit(basis: str) -> None:
    """Eight writers on one stream: each version is won once, the losers hear of a conflict and try again."""
    with terbuka(basis, jam=jam_dinding) as store:
        kalah = []

        def kerja(_: int) -> None:
            sisa = 5
            while sisa:
                try:
                    tambah(store, naskah(store.versi([UNIT])[UNIT] + 1))
                    sisa -= 1
                except Konflik:
                    kalah.append(1)

        _serentak(8, kerja)
        assert _utuh(store, [UNIT]) == 40
        assert store.versi([UNIT]) == {UNIT: 40}


def test_fakta_berubah_selagi_diputuskan(basis: str) -> None:
    """One changes the facts, one decides on them: what is recorded never read a version that was already old."""
    with terbuka(basis, jam=jam_dinding) as satu, terbuka(basis, jam=jam_dinding) as dua:

        def ubah() -> None:
            for _ in range(25):
                tambah(satu, naskah(satu.versi([FAKTA])[FAKTA] + 1, aliran=FAKTA))

        def putuskan() -> None:
            for _ in range(25):
                kini = dua.versi([FAKTA, UNIT])
                try:
                    tambah(dua, naskah(kini[UNIT] + 1), dibaca=kini)
                except Konflik:
                    continue

        _serentak(2, lambda ke: (ubah, putuskan)[ke]())
        _utuh(satu, [UNIT, FAKTA])
        fakta = 0
        for amplop in satu.telusuri():
            if amplop.aliran == FAKTA:
                fakta = amplop.versi
            else:
                assert amplop.dibaca[FAKTA] == fakta


def test_dua_penulis_hanya_satu_yang_menang(basis: str) -> None:
    """Both have read the facts; one changes them, so the other never commits, whoever comes first."""
    with terbuka(basis, jam=jam_dinding) as satu, terbuka(basis, jam=jam_dinding) as dua:
        for putaran in range(10):
            fakta, unit = f"binjai/instansi/f{putaran}", f"binjai/zi/u{putaran}"
            menang: list[str] = []

            def kerja(ke: int, fakta: str = fakta, unit: str = unit, menang: list[str] = menang) -> None:
                aliran, lain, store = (fakta, unit, satu) if ke else (unit, fakta, dua)
                try:
                    tambah(store, naskah(1, aliran=aliran), dibaca={lain: 0, aliran: 0})
                    menang.append(aliran)
                except Konflik:
                    pass

            _serentak(2, kerja)
            versi = satu.versi([fakta, unit])
            assert len(menang) == 1
            assert versi == {fakta: int(menang == [fakta]), unit: int(menang == [unit])}


def test_kunci_yang_sama_dari_delapan_penulis(basis: str) -> None:
    """Eight at once with one key: written once, and all of them get the same events."""
    with terbuka(basis, jam=jam_dinding) as store:
        hasil: list[int] = []
        _serentak(8, lambda _: hasil.append(tambah(store, naskah(1), kunci=Kunci("k", "s"), jawaban=lambda t: b"%d" % t[0].nomor)[0].nomor))
        assert hasil == [1] * 8
        assert store.jawaban_kunci(Kunci("k", "s")) == b"1"


_PENULIS = """
import sys
sys.path.insert(0, {akar!r})
from tests.store.bahan import RingkasUnit, jam_dinding, naskah, tambah, terbuka
from zi_workflow.store import Kunci
with terbuka({url!r}, jam=jam_dinding, proyeksi=[RingkasUnit()], siapkan=False) as store:
    aliran = "binjai/zi/" + sys.argv[1]
    versi = store.versi([aliran])[aliran]
    while versi < int(sys.argv[2]):
        versi += 1
        kunci = Kunci(f"{{aliran}}-{{versi}}", "s")
        nomor = tambah(store, naskah(versi, aliran=aliran), kunci=kunci, jawaban=lambda t: b"ya")[0].nomor
        sys.stdout.write(f"{{versi}} {{nomor}}\\n")
        sys.stdout.flush()
"""


def _penulis(url: str, kode: str, sampai: int) -> subprocess.Popen[str]:
    program = _PENULIS.format(akar=str(_AKAR), url=url)
    return subprocess.Popen([sys.executable, "-c", program, kode, str(sampai)], stdout=subprocess.PIPE, text=True, cwd=_AKAR)


def test_empat_proses_menulis(basis: str) -> None:
    """Processes share the store as threads do."""
    ringkas = RingkasUnit()
    with terbuka(basis, jam=jam_dinding, proyeksi=[ringkas]) as store:
        proses = [_penulis(basis, f"P{i}", 25) for i in range(4)]
        nomor = [int(baris.split()[1]) for p in proses for baris in p.communicate(timeout=60)[0].splitlines()]
        assert [p.returncode for p in proses] == [0] * 4
        assert sorted(nomor) == list(range(1, 101))
        assert _utuh(store, [f"binjai/zi/P{i}" for i in range(4)]) == 100
        assert [baris[1] for baris in tabel(store, ringkas)] == [25] * 4


@pytest.mark.parametrize("putaran", [6])
def test_penulis_dibunuh_tidak_menghilangkan_apa_pun(basis: str, putaran: int) -> None:
    """A writer killed at any moment: all that it reported is there, whole, its keys answer, the fold agrees."""
    ringkas = RingkasUnit()
    with terbuka(basis, jam=jam_dinding, proyeksi=[ringkas]) as store:
        aliran, terlapor = "binjai/zi/K", 0
        for ke in range(putaran):
            proses = _penulis(basis, "K", 10_000)
            keluar = proses.stdout
            assert keluar is not None
            terlapor = int(keluar.readline().split()[0])
            time.sleep(0.01 + 0.013 * ke)
            os.kill(proses.pid, signal.SIGKILL)
            terlapor = max([terlapor, *[int(b.split()[0]) for b in keluar.read().splitlines() if len(b.split()) == 2 and b[-1].isdigit()]])
            proses.wait()
            keluar.close()
            versi = store.versi([aliran])[aliran]
            assert versi in {terlapor, terlapor + 1}
            assert _utuh(store, [aliran]) == versi
            assert tabel(store, ringkas)[0][1] == versi
            assert store.jawaban_kunci(Kunci(f"{aliran}-{terlapor}", "s")) == b"ya"
        bertahap = tabel(store, ringkas)
        store.bangun_ulang()
        assert tabel(store, ringkas) == bertahap
