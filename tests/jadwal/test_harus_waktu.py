"""Outages, clocks that jump and dates that move: caught up in the first sweep, nothing lost, nothing doubled, the log in order."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA
from tests.jadwal.alat import HARI_UJI, Entri, Jam, Register, entri, entri_hasil, nama, periksa, siapkan, terbuka, ulang
from tests.jadwal.alat_proses import kawanan, tunggakan
from tests.kesalahan.alat import tunggu_sampai
from zi_workflow.clock import hari_di, sekarang
from zi_workflow.domain.commands import Catat
from zi_workflow.domain.events import LangkahTenggat
from zi_workflow.store import Amplop

SATU = timedelta(days=1)
TUJUH = time(7)


@pytest.fixture
def kecil(basis_sqlite: str, jam: Jam) -> Iterator[Register]:
    """Give a register of six units on SQLite, for what takes many days."""
    siapkan(basis_sqlite, 6)
    with terbuka(basis_sqlite, jam) as register:
        yield register


def _kepala(register: Register) -> int:
    return len(register.store.telusuri())


def _harian(register: Register, jam: Jam, dari: date, banyak: int) -> None:
    """Sweep at 07.00 on so many days, each time with nothing left undone."""
    for ke in range(banyak):
        jam.pada(dari + ke * SATU, TUJUH)
        register.sapu()
        assert ulang(register.store).sisa(dari + ke * SATU) == []
    periksa(register.store)


def _pertama(log: Sequence[Amplop]) -> dict[Entri, date]:
    """Return every entry and the day on which it was recorded."""
    return {(a.kode, p.tenggat, p.butir, p.jatuh_tempo, p.langkah): a.tanggal for a in log if isinstance(p := a.peristiwa, LangkahTenggat)}


# --- an outage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pernah", [True, False])
def test_harus_mengejar_tujuh_hari_mati(basis: str, jam: Jam, *, pernah: bool) -> None:
    """Seven days of outage over three deadlines: the first sweep records each once, with the day it should have been, the second nothing.

    Also where the outage began before the first sweep ever.
    """
    siapkan(basis, 30, HARI_UJI, (-2, -4, -5))
    with terbuka(basis, jam) as register:
        if pernah:
            register.sapu()
        kini = HARI_UJI + 7 * SATU
        jam.pada(kini, TUJUH)
        hasil = register.sapu()
        lewat = [(kode, p.butir, p.langkah, p.seharusnya) for kode, p in hasil.dicatat if p.tenggat == "T7"]
        harap = [(nama(i), f"A{b}", "terlambat", str(HARI_UJI + n * SATU)) for i in range(30) for b, n in ((1, 3), (2, 5), (3, 6))]
        assert sorted(lewat) == harap
        assert {p.tenggat for _, p in hasil.dicatat} == ({"T7"} if pernah else {"T1", "T5", "T7"})
        assert all(p.seharusnya for _, p in hasil.dicatat)
        kepala = _kepala(register)
        ulang = register.sapu()
        assert (ulang.dicatat, ulang.dicabut, ulang.unit) == ([], [], 0)
        assert _kepala(register) == kepala
        periksa(register.store, kini)


# --- clocks that jump ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pukul", [time(0, 30), time(12), time(23, 0)])
@pytest.mark.parametrize("lompat", [timedelta(hours=1.5), timedelta(hours=-5)])
def test_harus_tetap_bila_jam_bergeser_berjam_jam(tmp_path: Path, pukul: time, lompat: timedelta) -> None:
    """A clock that jumps by hours and comes back, around midnight too: over a month the same entries as without the jump."""
    isi: list[set[Entri]] = []
    for jalan in (False, True):
        url, jam = f"sqlite:///{tmp_path / str(jalan)}.db", Jam()
        siapkan(url, 3, HARI_UJI, (-1, -8, 2))
        with terbuka(url, jam) as register:
            _harian(register, jam, HARI_UJI - 3 * SATU, 3)
            jam.pada(HARI_UJI, pukul)
            benar = jam.kini
            for geser in (timedelta(0), lompat, timedelta(minutes=1)) if jalan else (timedelta(0),):
                jam.kini = benar + geser
                register.sapu()
                periksa(register.store, hari_di("Asia/Jakarta", jam()))
            _harian(register, jam, HARI_UJI + SATU, 31)
            isi.append(set(entri(register.store.telusuri())))
    assert isi[0] == isi[1]


@pytest.mark.parametrize("awal", ["2026-05-01", "2026-12-20"])
def test_harus_utuh_bila_jam_maju_tiga_puluh_hari(tmp_path: Path, awal: str) -> None:
    """A clock thirty days ahead, and back: over two months the same entries as without the jump, after those days also on the same days.

    Also over the end of a year, where a year's deadline ends and the next one's begins.
    """
    catatan: list[dict[Entri, date]] = []
    hari = HARI(awal)
    for jalan in (False, True):
        url, jam = f"sqlite:///{tmp_path / str(jalan)}.db", Jam(hari)
        siapkan(url, 3, hari, (-2, -20, -35, 2))
        with terbuka(url, jam) as register:
            register.sapu()
            if jalan:
                jam.pada(hari + 30 * SATU)
                assert register.sapu().dicatat != []
                periksa(register.store, hari + 30 * SATU)
                jam.pada(hari)
                assert register.sapu().dicatat == []
            _harian(register, jam, hari + SATU, 65)
            catatan.append(_pertama(periksa(register.store)))
    tanpa, dengan = catatan
    tua = {e for e, kapan in tanpa.items() if kapan > hari + 30 * SATU}
    assert set(dengan) == set(tanpa)
    assert {e: kapan for e, kapan in dengan.items() if e in tua} == {e: tanpa[e] for e in tua}


def test_harus_urut_walau_jam_mundur(register: Register, jam: Jam) -> None:
    """With the clock set back in the middle, numbers go on and the recorded time never goes back; the raw clock is kept beside it."""
    saat = [jam.kini, jam.kini + 30 * SATU, jam.kini - timedelta(hours=5), jam.kini + timedelta(hours=1.5)]
    for ke, satu in enumerate(saat):
        jam.kini = satu
        register.jalankan([Catat("pemantauan", nama(ke), {"hasil": f"kali {ke}"}, HARI_UJI - SATU, ADMIN)])
        register.sapu(sekaligus=20)
    log = periksa(register.store, HARI_UJI)
    assert [a.waktu_catat for a in log] == sorted(a.waktu_catat for a in log)
    assert [a.jam for a in log] != sorted(a.jam for a in log)


@pytest.mark.parametrize("jenis", ["pemantauan", "pengumuman_tpn"])
def test_harus_tidak_lupa_yang_dicatat_sebelum_jam_mundur(kecil: Register, jam: Jam, jenis: str) -> None:
    """What was recorded just after midnight and swept again before it, by a clock set back, still brings its reminders on their days."""
    hari = HARI("2026-05-03")
    jam.pada(hari, time(2))
    kecil.sapu()
    if jenis == "pemantauan":
        kecil.jalankan([Catat(jenis, nama(i), {"hasil": "berjalan"}, hari, ADMIN) for i in range(3)])
    else:
        kecil.jalankan([Catat(jenis, None, {"tahun": 2026, "batas": "2026-05-18", "nomor": "B/1"}, hari, ADMIN)])
    jam.pada(hari - SATU, time(21))
    kecil.sapu()
    _harian(kecil, jam, hari, 20)


def test_harus_dicabut_sekali_walau_jam_kembali(kecil: Register, jam: Jam) -> None:
    """Discharged while the clock ran thirty days ahead: once it is back, nothing of it is recorded a second time."""
    kecil.sapu()
    nanti = HARI_UJI + 30 * SATU
    jam.pada(nanti)
    kecil.realisasi(nama(0), "A1", nanti)
    kecil.sapu()
    _harian(kecil, jam, HARI_UJI, 3)
    _harian(kecil, jam, nanti, 3)


# --- what comes back -------------------------------------------------------------------------------------------------


def test_harus_sekali_walau_tanggal_kembali(kecil: Register, jam: Jam) -> None:
    """A plan item's date that is moved and moved back: its steps exist once, and the ones to come are recorded."""
    kecil.sapu()
    hari = HARI_UJI
    for tenggat in (HARI_UJI + 20 * SATU, HARI_UJI - 3 * SATU, HARI_UJI + 20 * SATU, HARI_UJI - 3 * SATU):
        hari += SATU
        jam.pada(hari)
        butir = {
            "kode": "A3",
            "area": 1,
            "kegiatan": "k",
            "indikator": "i",
            "target": "100",
            "satuan": "persen",
            "penanggung_jawab": KEPALA,
        }
        kecil.jalankan([Catat("rencana_aksi", nama(0), {"butir": [{**butir, "tenggat": str(tenggat)}]}, hari, ADMIN)])
        kecil.sapu()
        periksa(kecil.store, hari)
    _harian(kecil, jam, HARI_UJI + 26 * SATU, 3)
    assert (nama(0), "T7", "A3", str(HARI_UJI - 3 * SATU), "terlambat+30") in entri(kecil.store.telusuri())


def test_harus_sekali_walau_realisasi_turun_kembali(kecil: Register, jam: Jam) -> None:
    """An item that reached its target and fell below it again: what was recorded before is not recorded again, the next step is."""
    kecil.sapu()
    kecil.realisasi(nama(0), "A3", HARI_UJI)
    assert len(kecil.sapu().dicabut) == 1
    jam.pada(HARI_UJI + SATU)
    kecil.jalankan([Catat("realisasi", nama(0), {"kode": "A3", "capaian": "10"}, HARI_UJI + SATU, ADMIN)])
    hasil = kecil.sapu()
    assert (entri_hasil(hasil), len(hasil.dipulihkan)) == ([], 1)
    _harian(kecil, jam, HARI_UJI + 26 * SATU, 3)
    assert (nama(0), "T7", "A3", str(HARI_UJI - 3 * SATU), "terlambat+30") in entri(kecil.store.telusuri())


# --- the scheduler itself --------------------------------------------------------------------------------------------


def test_harus_penjadwal_mengikuti_jam(basis_sqlite: str, tmp_path: Path) -> None:
    """A scheduler whose clock jumps +1.5 h, −5 h, +30 days and back sweeps at once each time; nothing is doubled or out of order."""
    hari = hari_di("Asia/Jakarta", sekarang())
    siapkan(basis_sqlite, 20, hari, (40, -10, -20))
    geser = tmp_path / "geser"
    geser.write_text("0")
    with terbuka(basis_sqlite) as register, kawanan(basis_sqlite, tmp_path, sekaligus=7, jam=str(geser)) as para:
        pid = para.mulai("jadwal", "jalan", "--tanpa-surat", "--selang", "1440")
        assert tunggu_sampai(lambda: tunggakan(register) == 0 and _usai(register, None)), para.kata(pid)
        for detik in (5400, 5400 - 18000, 30 * 86400, 0):
            dulu = register.store.giliran()[0].selesai
            sementara = tmp_path / "sementara"
            sementara.write_text(str(detik))
            sementara.replace(geser)
            assert tunggu_sampai(lambda dulu=dulu: _usai(register, dulu)), para.kata(pid)  # type: ignore[misc]
        kata = para.kata(pid)
        assert para.akhiri(pid, signal.SIGTERM) == 0
        log = periksa(register.store, hari)
    assert kata.count("bergeser") == 4
    langkah = Counter((e[2], e[4]) for e in entri(log) if e[1] == "T7")
    assert {k: n for k, n in langkah.items() if k[1] == "terlambat"} == {
        ("A1", "terlambat"): 20,
        ("A2", "terlambat"): 20,
        ("A3", "terlambat"): 20,
    }
    assert langkah["A1", "terlambat+60"] == 20


def _usai(register: Register, dulu: datetime | None) -> bool:
    """Say whether a sweep has ended since the one that ended ``dulu``."""
    semua = register.store.giliran()
    return bool(semua) and semua[0].pemegang is None and semua[0].selesai != dulu
