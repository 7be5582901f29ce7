"""Sweeps that race in one program or in several, with writers beside them: each entry once, none after its discharge."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from tests.alat.dunia import ADMIN, definisi
from tests.jadwal.alat import HARI_UJI, Jam, Register, StoreSela, entri, entri_hasil, murni, nama, periksa, tambah, terbuka
from tests.layanan.alat import periksa_utuh, serentak
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import Catat
from zi_workflow.domain.errors import Konflik
from zi_workflow.domain.events import JadwalDisapu
from zi_workflow.service import Layanan
from zi_workflow.store import Store
from zi_workflow.sweep import PERCOBAAN, Penyapu


def _sela(register: Register, sekaligus: int, kerja: Callable[[], object], *, sesudah: bool = False) -> Penyapu:
    """Return a sweep in front of whose every append (or behind it, with ``sesudah``) something else happens."""
    return Penyapu(register.layanan, cast("Store", StoreSela(register.store, kerja, sesudah=sesudah)), sekaligus=sekaligus)


def _sekali(kerja: Callable[[], object]) -> Callable[[], object]:
    """Return what does it the first time, and nothing afterwards."""
    sisa = [kerja]
    return lambda: sisa.pop()() if sisa else None


# --- side by side ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sekaligus", [1, 25])
def test_harus_sekali_walau_delapan_berebut(basis: str, register: Register, sekaligus: int) -> None:
    """Eight sweeps in two programs: none fails; what they say together is what is in the log, each entry once, none missing."""
    hasil: list[list[tuple[str, ...]]] = []
    with terbuka(basis, Jam()) as lain:
        para = [satu.penyapu(sekaligus) for satu in (register, lain) * 4]
        serentak(8, lambda ke: hasil.append(list(entri_hasil(para[ke].sapu()))))
    log = periksa(register.store, HARI_UJI)
    kata = Counter(e for satu in hasil for e in satu)
    assert kata == Counter(entri(log)) == murni(register.store, HARI_UJI)
    assert len(kata) >= 200


@pytest.mark.parametrize("sekaligus", [5, 100])
def test_harus_bersih_selagi_bukti_dicatat(basis: str, register: Register, sekaligus: int) -> None:
    """Two people record without a pause while two sweeps run: no sweep fails, nothing is missing, nothing comes after its discharge."""
    mencatat = threading.Semaphore(0)

    def kerja(ke: int) -> None:
        if ke >= 2:
            while not mencatat.acquire(blocking=False):
                register.sapu(sekaligus=sekaligus)
            mencatat.release()
            return
        try:
            with terbuka(basis, Jam()) as saya:
                for kali in range(30):
                    saya.realisasi(nama(30 * ke + kali), f"A{1 + kali % 3}", HARI_UJI)
                    saya.jalankan([Catat("pemantauan", nama(30 * ke), {"hasil": f"kali {kali}"}, HARI_UJI, ADMIN)])
        finally:
            mencatat.release()

    serentak(4, kerja)
    register.sapu()
    log = periksa(register.store, HARI_UJI)
    assert sum(a.pokok == "realisasi" for a in log) == 60


# --- one after the other, in the moment between deciding and writing -------------------------------------------------


def test_harus_kalah_bila_dipenuhi_lebih_dahulu(register: Register) -> None:
    """A duty discharged after the sweep decided and before it wrote is not reminded of; the others of its batch are, in the same sweep."""
    hasil = _sela(register, 100, _sekali(lambda: register.realisasi(nama(7), "A2", HARI_UJI))).sapu()
    assert (nama(7), "T7", "A2", str(HARI_UJI - timedelta(days=40)), "terlambat") not in entri_hasil(hasil)
    assert entri_hasil(hasil) == entri(periksa(register.store, HARI_UJI))
    assert Counter(entri_hasil(hasil)) == murni(register.store, HARI_UJI)


def test_harus_dicabut_bila_dipenuhi_sesudahnya(register: Register) -> None:
    """A duty discharged right after its reminder stays in the log once; the next sweep withdraws it and says by what."""
    register.sapu()
    register.realisasi(nama(7), "A2", HARI_UJI)
    hasil = register.sapu()
    assert entri_hasil(hasil) == []
    ((kode, dicabut),) = hasil.dicabut
    assert (kode, dicabut.tenggat, dicabut.butir, dicabut.sebab) == (nama(7), "T7", "A2", "dipenuhi")
    periksa(register.store, HARI_UJI)


def test_harus_diam_sesudah_dihentikan_melewati_gilirannya(basis: str, register: Register) -> None:
    """A program that stopped between deciding and writing, while another swept everything, writes nothing when it goes on."""
    with terbuka(basis, Jam()) as lain:
        hasil = _sela(register, 10, lain.sapu).sapu()
        assert (hasil.unit, hasil.dicatat) == (0, [])
        assert Counter(entri(periksa(register.store, HARI_UJI))) == murni(register.store, HARI_UJI)
        register.jalankan([Catat("pemantauan", nama(i), {"hasil": "berjalan"}, HARI_UJI, ADMIN) for i in range(10)])
        assert _sela(register, 10, lain.sapu).sapu().unit == 0
    periksa(register.store, HARI_UJI)


def test_harus_menyerah_hanya_bila_selalu_kalah(satu: Register) -> None:
    """Lost again and again to writers a sweep still ends well; only where every attempt is lost does it say so, having written nothing."""
    kali = 0

    def ganggu() -> None:
        nonlocal kali
        kali += 1
        if kali < batas:
            satu.jalankan([Catat("opini_bpk", None, {"tahun": 2000 + kali, "opini": "WTP"}, HARI_UJI, ADMIN)])

    batas = 10 * PERCOBAAN
    with pytest.raises(Konflik):
        _sela(satu, 100, ganggu).sapu()
    assert kali == PERCOBAAN
    assert entri(periksa(satu.store)) == []
    kali, batas = 0, PERCOBAAN
    assert _sela(satu, 100, ganggu).sapu().unit == 60
    periksa(satu.store, HARI_UJI)


def test_harus_kelompok_lain_tidak_ikut_tertahan(satu: Register) -> None:
    """A unit that is written again and again stops nobody else's reminders: the batch around it shrinks until it passes."""
    ke = 0

    def ganggu() -> None:
        nonlocal ke
        ke += 1
        (disapu,) = [n.peristiwa for n in sela.naskah if isinstance(n.peristiwa, JadwalDisapu)]
        if len(disapu.unit) > 8 and nama(30) in disapu.unit:  # what takes so long is overtaken each time
            satu.jalankan([Catat("pemantauan", nama(30), {"hasil": f"kali {ke}"}, HARI_UJI, ADMIN)])

    sela = StoreSela(satu.store, ganggu)
    assert Penyapu(satu.layanan, cast("Store", sela), sekaligus=64).sapu().unit == 60
    assert ke > 8
    periksa(satu.store, HARI_UJI)


# --- the end ---------------------------------------------------------------------------------------------------------


def test_harus_berakhir_walau_terus_ditulis(satu: Register) -> None:
    """Where what was swept changes at once again, a sweep looks at every unit once and leaves the rest to the next one."""
    ditulis = 0

    def ganggu() -> None:
        nonlocal ditulis
        ditulis += 1
        assert ditulis < 100, "sapuan tidak berakhir"
        satu.jalankan([Catat("pemantauan", nama(i), {"hasil": f"kali {ditulis}"}, HARI_UJI, ADMIN) for i in range(60)])

    hasil = _sela(satu, 7, ganggu, sesudah=True).sapu()
    assert hasil.unit == 60
    assert ditulis == 9
    assert satu.sapu().unit == 60
    periksa(satu.store, HARI_UJI)


def test_harus_unit_baru_selagi_menyapu_ikut(satu: Register) -> None:
    """Units registered while a sweep runs are looked at too, though those it has looked at before stand in front of them again."""
    ke = 0

    def ganggu() -> None:
        nonlocal ke
        ke += 1
        satu.jalankan([Catat("pemantauan", nama(i), {"hasil": f"kali {ke}"}, HARI_UJI, ADMIN) for i in range(60)])
        if ke == 3:
            tambah(satu, (f"BARU{i}" for i in range(20)), HARI_UJI)

    assert _sela(satu, 10, ganggu, sesudah=True).sapu().unit == 80
    satu.sapu()
    periksa(satu.store, HARI_UJI)


def test_harus_berakhir_walau_dua_definisi(basis_sqlite: str, satu: Register) -> None:
    """Two programs with different rules on one store both come to an end, and still no entry exists twice."""
    with terbuka(basis_sqlite, Jam()) as lain:
        baru = replace(definisi(), sidik="sha256:" + "0" * 64)
        lain.layanan = Layanan(baru, lain.store, Jam(), lambda i: hari_di("Asia/Jakarta", i))
        kali = 0

        def ganggu() -> None:
            nonlocal kali
            kali += 1
            assert kali < 100, "sapuan tidak berakhir"
            lain.sapu(sekaligus=7)

        assert _sela(satu, 7, ganggu, sesudah=True).sapu().unit == 60
    semua = entri(periksa_utuh(satu.store))
    assert len(set(semua)) == len(semua)
    assert Counter(semua) == murni(satu.store, HARI_UJI)


def test_harus_ikut_pengumuman_selagi_menyapu(satu: Register) -> None:
    """A date announced in the middle of a sweep: those swept before are looked at again in it, and the old date is withdrawn."""
    isi = {"tahun": 2026, "batas": "2026-06-10", "nomor": "B/1"}
    umum = _sekali(lambda: satu.jalankan([Catat("pengumuman_tpn", None, isi, HARI_UJI, ADMIN)]))
    hasil = _sela(satu, 40, umum, sesudah=True).sapu()
    assert hasil.unit == 100
    lama = [e for e in entri_hasil(hasil) if e[1:4] == ("T1", "", "2026-05-31")]
    assert len(lama) == 40
    assert sorted(k for k, p in hasil.dicabut if (p.sebab, p.pengganti) == ("dipindah", "2026-06-10")) == sorted(e[0] for e in lama)
    log = periksa(satu.store, HARI_UJI)
    assert sum(isinstance(a.peristiwa, JadwalDisapu) for a in log) == 3
