"""The loop that wakes each work daily, at intervals and at the start, until it is told to stop."""

from __future__ import annotations

import time as waktu
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobSubmissionEvent
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from zi_workflow.clock import sekarang
from zi_workflow.domain.errors import Galat, MasukanSalah
from zi_workflow.scheduler.adapter import BenangLepas, Jadwal, bungkam

DETAK: Final = 1.0
"""Seconds, at most, between two looks at the clock."""
LOMPATAN: Final = 2.0
"""Seconds by which the wall clock may run apart from the steady one before it counts as set anew."""
SABAR: Final = 3.0
"""Seconds that jobs which still run are given once the end was asked for."""
SELANG_TERPANJANG: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Pekerjaan:
    """A work to wake: every ``selang``, daily at ``jam`` in the scheduler's zone where given, and at the start where wished."""

    nama: str
    kerja: Callable[[], None]
    jam: time | None
    selang: timedelta
    saat_mulai: bool


class Penjadwal:
    """Wakes works, each in a thread of its own and never twice at once; one use, from `jalan` to `berhenti`."""

    def __init__(self, zona: str, pekerjaan: Sequence[Pekerjaan], *, catat: Callable[[str], None]) -> None:
        """Take the definition's time zone, the works, and who is told one line at a time (from any thread).

        Raises `MasukanSalah` for a zone or an interval that cannot be used.
        """
        bungkam()
        self._zona = _zona(zona)
        for satu in pekerjaan:
            _periksa_selang(satu)
        self._pekerjaan = tuple(pekerjaan)
        self._catat = catat
        self._diminta = False
        self._bel: SimpleQueue[None] = SimpleQueue()  # the only way to wake a thread that a signal handler may use
        self._benang = BenangLepas(lambda nama: self._lapor(f"Pekerjaan {nama} tidak dapat dimulai: sistem kehabisan utas."))
        self._jadwal = Jadwal(timezone=self._zona, executors={"default": self._benang})
        self._jadwal.add_listener(self._masih_jalan, EVENT_JOB_MAX_INSTANCES)
        self._geser = _geser()

    def jalan(self) -> None:
        """Wake the works until `berhenti`, then wait a little for those that run; those that will not end are left behind."""
        self._geser = _geser()
        self._jadwal.start()
        try:
            for satu in self._pekerjaan:
                self._rencanakan(satu)
            while not self._diminta:
                with suppress(Empty):
                    self._bel.get(timeout=self._bangunkan())
        finally:
            self._diminta = True
            self._jadwal.shutdown(wait=False)
            for nama in self._benang.tunggu(SABAR):
                self._lapor(f"Pekerjaan {nama} belum selesai dan ditinggalkan; yang belum tercatat diulang pada giliran berikutnya.")
            self._catat = _diam

    def berhenti(self) -> None:
        """Ask for the end; from any thread or a signal handler, before `jalan` too, and as often as one likes."""
        self._diminta = True
        self._bel.put(None)

    def diminta_berhenti(self) -> bool:
        """Return whether the end was asked for; a work that takes long looks between two steps."""
        return self._diminta

    def berikut(self, nama: str) -> datetime | None:
        """Return when a work is planned next, None while nothing runs or for an unknown name."""
        job = self._jadwal.get_job(nama)
        if job is None:
            return None
        saat: datetime = job.next_run_time
        return saat

    def _rencanakan(self, satu: Pekerjaan) -> None:
        """Plan a work by one trigger for all its times, so that two of them can never run it twice at once."""
        kini = sekarang().astimezone(self._zona)
        pemicu: list[BaseTrigger] = [
            IntervalTrigger(seconds=satu.selang.total_seconds(), start_date=kini + satu.selang, timezone=self._zona)
        ]
        if satu.jam is not None:
            jam, menit, detik = satu.jam.hour, satu.jam.minute, satu.jam.second
            pemicu.append(CronTrigger(hour=jam, minute=menit, second=detik, timezone=self._zona))
        kapan = OrTrigger(pemicu)
        self._jadwal.add_job(
            partial(self._kerjakan, satu),
            kapan,
            id=satu.nama,
            name=satu.nama,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=kini if satu.saat_mulai else kapan.get_next_fire_time(None, kini),
        )

    def _bangunkan(self) -> float:
        """Start what is due; return how long to wait, never longer than `DETAK`."""
        try:
            self._ikuti_jam()
            sisa = self._jadwal.mulai_yang_tiba()
        except Exception as salah:  # noqa: BLE001 - whatever it is, the waking goes on
            self._lapor(f"Penjadwal tersendat: {_sebut(salah)}")
            return DETAK
        return DETAK if sisa is None else min(sisa, DETAK)

    def _ikuti_jam(self) -> None:
        """Plan everything for now where the wall clock was set anew, forward or back, or the machine slept.

        Set back, every plan would be as much too late; set forward, days may have passed: to look costs little.
        """
        geser = _geser()
        if abs(geser - self._geser) <= LOMPATAN:
            return
        self._lapor(f"Jam mesin bergeser {geser - self._geser:+.0f} detik; semua pekerjaan dibangunkan sekarang.")
        self._geser = geser
        kini = sekarang().astimezone(self._zona)
        for satu in self._pekerjaan:
            self._jadwal.modify_job(satu.nama, next_run_time=kini)

    def _kerjakan(self, satu: Pekerjaan) -> None:
        try:
            satu.kerja()
        except BaseException as salah:  # noqa: BLE001 - the top of a thread: reported, and tried again at the next wake
            self._lapor(f"Pekerjaan {satu.nama} gagal: {_sebut(salah)} Dicoba lagi pada giliran berikutnya.")

    def _masih_jalan(self, kejadian: JobSubmissionEvent) -> None:
        self._lapor(f"Pekerjaan {kejadian.job_id} masih berjalan; satu giliran dilewati.")

    def _lapor(self, teks: str) -> None:
        """Tell one line; where nobody can hear it (a closed or full stderr) the waking goes on."""
        with suppress(OSError, ValueError):
            self._catat(" ".join(teks.split()))


def _diam(_: str) -> None:
    """Say nothing: what is left behind may not speak while the interpreter goes (a lock held on stderr would abort it)."""


def _zona(nama: str) -> ZoneInfo:
    try:
        return ZoneInfo(nama)
    except (KeyError, ValueError, OSError):
        raise MasukanSalah(
            f"Zona waktu '{nama[:60]}' tidak dikenal.", "Zona berasal dari definisi (`zona`).", "Contoh: Asia/Jakarta"
        ) from None


def _periksa_selang(satu: Pekerjaan) -> None:
    if not timedelta(0) < satu.selang <= SELANG_TERPANJANG:
        raise MasukanSalah(
            f"Selang pekerjaan {satu.nama} tidak dapat dipakai.",
            f"Lebih dari nol, paling lama {SELANG_TERPANJANG.days} hari.",
            "Contoh: 15 menit.",
        )


def _geser() -> float:
    """Return how far the wall clock is ahead of the steady one; it stays the same unless somebody sets the former."""
    return sekarang().timestamp() - waktu.monotonic()


def _sebut(salah: BaseException) -> str:
    """Return what went wrong without a traceback.

    The house's own errors are written for people. The text of any other may hold a password or an address, so only
    its class is told, and where it came from.
    """
    if isinstance(salah, Galat):
        return " ".join(bagian for bagian in (salah.pesan, salah.sebab, salah.lanjut) if bagian)
    jejak = salah.__traceback__
    while jejak is not None and jejak.tb_next is not None:
        jejak = jejak.tb_next
    letak = "" if jejak is None else f" di {jejak.tb_frame.f_globals.get('__name__')} baris {jejak.tb_lineno}"
    return f"kesalahan program ({type(salah).__name__}{letak})."
