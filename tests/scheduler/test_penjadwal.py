"""The scheduler wakes at the start, at intervals and daily, whatever the clock does and whatever the works do."""

from __future__ import annotations

import logging
import threading
import time as waktu
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.scheduler.alat import LAMA, ZONA, Jam, Kerja, berjalan, diam, pekerjaan, tunggu
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.scheduler import Pekerjaan, Penjadwal
from zi_workflow.scheduler.adapter import Jadwal

SINGKAT = timedelta(milliseconds=20)
WIB = ZoneInfo(ZONA)


@pytest.fixture(params=["UTC", "Asia/Jakarta", "America/New_York"])
def zona_proses(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the process a time zone of its own."""
    with pytest.MonkeyPatch.context() as tempel:
        tempel.setenv("TZ", request.param)
        waktu.tzset()
        yield request.param
    waktu.tzset()


def test_jalan_saat_mulai_dan_tidak() -> None:
    """A work runs at the start only where that is wished; the other is planned one interval ahead."""
    awal, nanti = Kerja(), Kerja()
    sebelum = datetime.now(WIB)
    penjadwal = Penjadwal(ZONA, [pekerjaan(awal), pekerjaan(nanti, "kirim", saat_mulai=False)], catat=print)
    assert penjadwal.berikut("sapu") is None
    with berjalan(penjadwal):
        tunggu(lambda: awal.kali == 1 and penjadwal.berikut("kirim"))
        rencana = [penjadwal.berikut(nama) for nama in ("sapu", "kirim")]
        assert all(satu is not None and sebelum + LAMA <= satu <= datetime.now(WIB) + LAMA for satu in rencana)
        assert penjadwal.berikut("lain") is None
        assert not penjadwal.diminta_berhenti()
    assert (awal.kali, nanti.kali) == (1, 0)
    assert penjadwal.berikut("kirim") is None
    assert penjadwal.diminta_berhenti()


def test_jalan_menurut_selang() -> None:
    """A work runs again and again at its interval."""
    kerja = Kerja()
    with berjalan(Penjadwal(ZONA, [pekerjaan(kerja, selang=SINGKAT, saat_mulai=False)], catat=print)):
        tunggu(lambda: kerja.kali >= 4)


@pytest.mark.usefixtures("zona_proses")
@pytest.mark.parametrize(
    ("kini", "berikut"),
    [
        ("2026-05-31T00:00:00", "2026-05-31T07:00:00"),
        ("2026-05-31T06:50:00", "2026-05-31T07:00:00"),
        ("2026-05-31T07:00:01", "2026-06-01T07:00:00"),
        ("2026-12-31T23:59:59", "2027-01-01T07:00:00"),
        ("2028-02-28T12:00:00", "2028-02-29T07:00:00"),
    ],
)
def test_jam_tujuh_di_zona_definisi(jam: Jam, kini: str, berikut: str) -> None:
    """Seven o'clock is that of the definition's zone, whatever zone the process has."""
    jam.pada(datetime.fromisoformat(kini).replace(tzinfo=WIB))
    penjadwal = Penjadwal(ZONA, [Pekerjaan("sapu", Kerja(), time(7), LAMA, saat_mulai=False)], catat=print)
    with berjalan(penjadwal):
        tunggu(lambda: penjadwal.berikut("sapu"))
        saat = penjadwal.berikut("sapu")
        assert saat == datetime.fromisoformat(berikut).replace(tzinfo=WIB)
        assert str(saat) == f"{berikut.replace('T', ' ')}+07:00"


def test_yang_lebih_dahulu_menang(jam: Jam) -> None:
    """With both a time of day and an interval the earlier one wakes, and after a run both are planned anew."""
    jam.pada(datetime(2026, 5, 31, 5, 30, tzinfo=WIB))
    kerja = Kerja()
    penjadwal = Penjadwal(ZONA, [Pekerjaan("sapu", kerja, time(7, 5, 30), timedelta(hours=1), saat_mulai=False)], catat=print)
    with berjalan(penjadwal):
        tunggu(lambda: penjadwal.berikut("sapu"))
        pertama = penjadwal.berikut("sapu")
        assert pertama is not None
        assert datetime(2026, 5, 31, 6, 30, tzinfo=WIB) <= pertama < datetime(2026, 5, 31, 6, 31, tzinfo=WIB)
        jam.pada(pertama)
        tunggu(lambda: kerja.kali >= 1)
        tunggu(lambda: penjadwal.berikut("sapu") == datetime(2026, 5, 31, 7, 5, 30, tzinfo=WIB))


@pytest.mark.parametrize("lompat", [timedelta(hours=1.5), timedelta(hours=-5), timedelta(days=30)])
def test_jam_melompat(jam: Jam, lompat: timedelta) -> None:
    """A clock set forward or back wakes every work at once, says so, and the next wake is at most one interval away."""
    sapu, kirim, kata = Kerja(), Kerja(), list[str]()
    selang = timedelta(hours=1)
    kerja = [pekerjaan(sapu, selang=selang), Pekerjaan("kirim", kirim, time(7), selang, saat_mulai=True)]
    penjadwal = Penjadwal(ZONA, kerja, catat=kata.append)
    with berjalan(penjadwal):
        tunggu(lambda: sapu.kali == kirim.kali == 1 and diam())
        jam.geser = lompat
        tunggu(lambda: sapu.kali == kirim.kali == 2)
        for nama in ("sapu", "kirim"):
            saat = penjadwal.berikut(nama)
            assert saat is not None
            assert jam.kini() < saat <= jam.kini() + selang
    assert (sapu.kali, kirim.kali) == (2, 2)
    assert kata == [f"Jam mesin bergeser {lompat.total_seconds():+.0f} detik; semua pekerjaan dibangunkan sekarang."]


def test_bangun_terlambat_tetap_jalan_sekali(jam: Jam, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a long standstill, over many intervals, a work runs late and once."""
    monkeypatch.setattr("zi_workflow.scheduler.runner.LOMPATAN", timedelta(days=99).total_seconds())
    kerja = Kerja()
    penjadwal = Penjadwal(ZONA, [pekerjaan(kerja, selang=timedelta(hours=1))], catat=print)
    with berjalan(penjadwal):
        tunggu(lambda: kerja.kali == 1 and diam())
        jam.geser = timedelta(days=7)
        tunggu(lambda: kerja.kali == 2 and (penjadwal.berikut("sapu") or jam.kini()) > jam.kini())
    assert kerja.kali == 2


@pytest.mark.parametrize(
    ("galat", "kata"),
    [
        (PenyimpananGagal("Ruang penuh.", "Tidak ada\nyang ditulis.", "Kosongkan."), "Ruang penuh. Tidak ada yang ditulis. Kosongkan."),
        (MasukanSalah("Alamat salah."), "Alamat salah."),
        (RuntimeError("smtp://akun:rahasia@peladen"), "kesalahan program (RuntimeError di tests.scheduler.test_penjadwal baris "),
        (SystemExit(3), "kesalahan program (SystemExit di tests.scheduler.test_penjadwal baris "),
    ],
)
def test_galat_dilaporkan_dan_diulang(galat: BaseException, kata: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A work that raises is reported in one line without trace or secret, runs again, and stops no other."""

    def salah() -> None:
        raise galat

    lapor: list[str] = []
    rusak, sehat = Kerja(salah), Kerja()
    with berjalan(Penjadwal(ZONA, [pekerjaan(rusak, selang=SINGKAT), pekerjaan(sehat, "kirim", selang=SINGKAT)], catat=lapor.append)):
        tunggu(lambda: rusak.kali >= 3 and sehat.kali >= 3 and len(lapor) >= 3)
    assert lapor[0].startswith(f"Pekerjaan sapu gagal: {kata}")
    assert lapor[0].endswith(" Dicoba lagi pada giliran berikutnya.")
    assert not any("rahasia" in satu or "\n" in satu or "Traceback" in satu for satu in lapor)
    assert capfd.readouterr() == ("", "")


def test_tidak_pernah_dua_kali_sekaligus() -> None:
    """A work that outlasts its interval is not started beside itself; the wakes that it misses are told."""
    buka, serempak, terbanyak, kata = threading.Event(), list[int](), list[int](), list[str]()

    def lama() -> None:
        serempak.append(1)
        terbanyak.append(len(serempak))
        buka.wait(30)
        serempak.pop()

    kerja = Kerja(lama)
    with berjalan(Penjadwal(ZONA, [pekerjaan(kerja, selang=SINGKAT)], catat=kata.append)):
        tunggu(lambda: len(kata) >= 3)
        assert kerja.kali == 1
        buka.set()
        tunggu(lambda: kerja.kali >= 3)
    assert set(terbanyak) == {1}
    assert set(kata) == {"Pekerjaan sapu masih berjalan; satu giliran dilewati."}


def test_yang_berjalan_ditunggu_saat_berhenti() -> None:
    """A work that looks whether the end was asked for can finish what it is at."""
    kata: list[str] = []
    mulai, selesai = threading.Event(), threading.Event()

    def taat() -> None:
        mulai.set()
        tunggu(penjadwal.diminta_berhenti)
        selesai.set()

    penjadwal = Penjadwal(ZONA, [pekerjaan(taat)], catat=kata.append)
    with berjalan(penjadwal):
        assert mulai.wait(30)
    assert selesai.is_set()
    assert kata == []


def test_yang_tidak_mau_selesai_ditinggalkan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A work that goes on regardless is named and left behind, and says nothing any more."""
    monkeypatch.setattr("zi_workflow.scheduler.runner.SABAR", 0.05)
    kata: list[str] = []
    mulai, buka, usai = threading.Event(), threading.Event(), threading.Event()

    def keras() -> None:
        mulai.set()
        buka.wait(30)
        usai.set()
        raise MasukanSalah("terlambat")

    with berjalan(Penjadwal(ZONA, [pekerjaan(keras), pekerjaan(Kerja(), "kirim")], catat=kata.append)):
        assert mulai.wait(30)
    baris = ["Pekerjaan sapu belum selesai dan ditinggalkan; yang belum tercatat diulang pada giliran berikutnya."]
    assert kata == baris
    buka.set()
    assert usai.wait(30)
    tunggu(diam)
    assert kata == baris


def test_berhenti_sebelum_jalan() -> None:
    """Asked to stop before it began, the scheduler begins nothing; asking twice is asking once."""
    kerja = Kerja()
    penjadwal = Penjadwal(ZONA, [pekerjaan(kerja)], catat=print)
    penjadwal.berhenti()
    penjadwal.berhenti()
    penjadwal.jalan()
    assert kerja.kali == 0


def test_pendengar_yang_hilang_tidak_menghentikan() -> None:
    """Where nobody can be told any more (a broken pipe) the works go on."""

    def putus(_: str) -> None:
        raise BrokenPipeError

    def salah() -> None:
        raise MasukanSalah("salah")

    kerja = Kerja(salah)
    with berjalan(Penjadwal(ZONA, [pekerjaan(kerja, selang=SINGKAT)], catat=putus)):
        tunggu(lambda: kerja.kali >= 3)


def test_lingkar_bertahan_dari_kesalahan(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error inside the waking itself is told and survived."""
    asli, kata = Jadwal.mulai_yang_tiba, list[str]()

    def sekali_salah(jadwal: Jadwal) -> float | None:
        if not kata:
            raise OverflowError("date value out of range")
        return asli(jadwal)

    monkeypatch.setattr("zi_workflow.scheduler.runner.DETAK", 0.01)
    monkeypatch.setattr(Jadwal, "mulai_yang_tiba", sekali_salah)
    kerja = Kerja()
    with berjalan(Penjadwal(ZONA, [pekerjaan(kerja)], catat=kata.append)):
        tunggu(lambda: kerja.kali == 1)
    assert [satu.split(" di ")[0] for satu in kata] == ["Penjadwal tersendat: kesalahan program (OverflowError"]


def test_kehabisan_utas_diulang(monkeypatch: pytest.MonkeyPatch) -> None:
    """A work for which the system has no thread is told, and started at the next wake."""
    kata: list[str] = []

    class Benang(threading.Thread):
        """A thread that cannot be started the first time."""

        def start(self) -> None:
            if not kata:
                raise RuntimeError("can't start new thread")
            super().start()

    monkeypatch.setattr("zi_workflow.scheduler.adapter.Thread", Benang)
    kerja = Kerja()
    with berjalan(Penjadwal(ZONA, [pekerjaan(kerja, selang=SINGKAT)], catat=kata.append)):
        tunggu(lambda: kerja.kali >= 2)
    assert kata == ["Pekerjaan sapu tidak dapat dimulai: sistem kehabisan utas."]


@pytest.mark.parametrize("zona", ["Asia/Binjai", "", "../etc/passwd", "x" * 300, "Asia"])
def test_zona_tidak_dikenal(zona: str) -> None:
    """A zone that nobody knows is the caller's mistake, in three lines."""
    with pytest.raises(MasukanSalah, match="tidak dikenal") as galat:
        Penjadwal(zona, [], catat=print)
    assert galat.value.sebab
    assert galat.value.lanjut


@pytest.mark.parametrize("selang", [timedelta(0), timedelta(seconds=-1), timedelta(days=367), timedelta.max])
def test_selang_yang_tidak_dapat_dipakai(selang: timedelta) -> None:
    """An interval of nothing, or of more than a year, is refused with the work's name."""
    with pytest.raises(MasukanSalah, match="Selang pekerjaan kirim"):
        Penjadwal(ZONA, [pekerjaan(Kerja(), "kirim", selang=selang)], catat=print)


def test_catatan_pustaka_bungkam() -> None:
    """The library's own log reaches no handler but one that drops it, however often schedulers are made."""
    for _ in range(2):
        Penjadwal(ZONA, [], catat=print)
    catatan = logging.getLogger("apscheduler")
    assert [type(satu) for satu in catatan.handlers].count(logging.NullHandler) == 1
    assert not catatan.propagate
