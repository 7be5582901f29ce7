"""Calendar files: what stands in them, for every reader and on every machine alike."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.alat.penjaga import AKAR
from tests.feed.alat_kalender import Klien, acara, buka, urai, vobjek
from zi_workflow.feed import Acara, susun

ZONA = "Asia/Jakarta"
PROGRAM = """
import sys
from datetime import date, datetime, timedelta, timezone
from zi_workflow.feed import Acara, susun
wib = timezone(timedelta(hours=7))
isi = [Acara(f"U{n}.T{n % 11}.2026@zi.binjai", n, date(2026, 3, 8) + timedelta(n), f"Tugas {n}", "a\\nb",
             datetime(2026, 3, 8, 23, 59, 59, n, tzinfo=wib), alarm=(30, 1, 7), kategori=("T1", "WBK")) for n in range(40)]
sys.stdout.buffer.write(susun("Tenggat", "Asia/Jakarta", isi))
"""


def _jalankan(program: str, **lingkungan: str) -> bytes:
    hasil = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=AKAR, env=os.environ | lingkungan, check=True, capture_output=True
    )
    return hasil.stdout


def test_kepala_kalender() -> None:
    """The calendar says what it is, its name in the old way and the new, its zone, and when to look again."""
    kalender = urai(susun("Tenggat ZI; Binjai", ZONA, [acara()]))
    assert {nama: kalender.sifat[nama] for nama in ("VERSION", "CALSCALE", "METHOD")} == {
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
    }
    assert kalender.sifat["PRODID"].startswith("-//zi-workflow//")
    assert [kalender.teks(nama) for nama in ("NAME", "X-WR-CALNAME", "X-WR-TIMEZONE")] == ["Tenggat ZI; Binjai"] * 2 + [ZONA]
    assert (kalender.parameter["REFRESH-INTERVAL"], kalender.sifat["REFRESH-INTERVAL"]) == ("VALUE=DURATION", "P1D")


def test_acara_sehari_penuh() -> None:
    """An entry takes its day and no time of anybody, and carries the log's instant in UTC."""
    wib = timezone(timedelta(hours=7))
    (satu,) = urai(susun("T", ZONA, [acara(urutan=7, diubah=datetime(2026, 1, 1, 0, 0, 0, 999_999, tzinfo=wib))])).anak
    assert (satu.parameter["DTSTART"], satu.sifat["DTSTART"]) == ("VALUE=DATE", "20260531")
    assert (satu.parameter["DTEND"], satu.sifat["DTEND"]) == ("VALUE=DATE", "20260601")
    assert satu.sifat["DTSTAMP"] == satu.sifat["LAST-MODIFIED"] == "20251231T170000Z"
    assert {nama: satu.sifat[nama] for nama in ("SEQUENCE", "STATUS", "TRANSP")} == {
        "SEQUENCE": "7",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }
    assert "CATEGORIES" not in satu.sifat


@pytest.mark.parametrize("hari", [date(2024, 2, 29), date(2024, 12, 31), date(2025, 5, 31), date(2026, 5, 31), date(2031, 5, 31)])
def test_hari_ujung(hari: date) -> None:
    """Leap days, ends of months and of years: the same day comes back, and the next ends it."""
    satu = vobjek(susun("T", ZONA, [acara(tanggal=hari)])).vevent
    assert (satu.dtstart.value, satu.dtend.value) == (hari, hari + timedelta(days=1))


def test_pengurai_lain_membaca_hal_yang_sama() -> None:
    """An independent parser finds every field, several lines and several categories included."""
    asal = acara(ringkas="Usulan WBK, Dinas; A\\N", uraian="Satu\nDua, tiga; empat\n", kategori=("T1", "WBK, lanjutan"), alarm=(7,))
    kalender = vobjek(susun("Tenggat, ZI", ZONA, [asal]))
    satu = kalender.vevent
    assert [kalender.contents[nama][0].value for nama in ("name", "x-wr-calname", "x-wr-timezone")] == ["Tenggat, ZI"] * 2 + [ZONA]
    assert (satu.uid.value, satu.summary.value, satu.description.value) == (asal.uid, asal.ringkas, asal.uraian)
    assert satu.categories.value == ["T1", "WBK, lanjutan"]
    assert satu.last_modified.value == satu.dtstamp.value == asal.diubah
    assert (satu.valarm.action.value, satu.valarm.description.value) == ("DISPLAY", asal.ringkas)


def test_kalender_kosong() -> None:
    """Nothing due is a calendar without entries, not an error: a client that subscribed then shows nothing."""
    assert urai(susun("T", ZONA, [])).anak == []


def test_urut_menurut_uid() -> None:
    """Entries stand in the order of their UIDs, however they were handed in."""
    semua = [acara(f"{kode}@zi.binjai") for kode in ("B.T1", "A.T10", "a.T1", "A.T2")]
    isi = susun("T", ZONA, semua)
    assert [satu.sifat["UID"] for satu in urai(isi).anak] == sorted(satu.uid for satu in semua)
    assert susun("T", ZONA, reversed(semua)) == isi


@pytest.mark.parametrize("kembar", ["A.T1@zi.binjai", "A.T1\x00@zi.binjai", "\ufeffA.T1@zi.binjai"], ids=["sama", "kendali", "bom"])
def test_uid_kembar_ditolak(kembar: str) -> None:
    """Two entries that a reader could not tell apart are a mistake of the program."""
    with pytest.raises(ValueError, match="dua acara dengan satu UID"):
        susun("T", ZONA, [acara("A.T1@zi.binjai"), acara("B.T1@zi.binjai"), acara(kembar, urutan=2)])


def test_waktu_tanpa_zona_ditolak() -> None:
    """An instant without a zone would mean another one on another machine."""
    with pytest.raises(ValueError, match="tanpa zona"):
        susun("T", ZONA, [acara(diubah=datetime(2026, 1, 1))])  # noqa: DTZ001 - the mistake that is meant


@pytest.mark.parametrize("hari", [0, 1, 2, 7, 30, 90, 365])
def test_alarm_pukul_tujuh(hari: int) -> None:
    """A reminder ``n`` days before rings at 07.00 of that day, by the clock of the place."""
    satu = vobjek(susun("T", ZONA, [acara(alarm=(hari,))])).vevent
    mulai = datetime.combine(satu.dtstart.value, time(), ZoneInfo(ZONA))
    assert mulai + satu.valarm.trigger.value == datetime.combine(date(2026, 5, 31) - timedelta(days=hari), time(7), ZoneInfo(ZONA))


def test_alarm_tertulis_relatif_dan_tidak_berulang() -> None:
    """Alarms stand from the earliest to the last, once each, as durations before (or on the day: after) the start."""
    (satu,) = urai(susun("T", ZONA, [acara(alarm=(0, 30, 1, 30))])).anak
    assert [(a.jenis, a.sifat["TRIGGER"], a.parameter["TRIGGER"]) for a in satu.anak] == [
        ("VALARM", "-P29DT17H", ""),
        ("VALARM", "-PT17H", ""),
        ("VALARM", "PT7H", ""),
    ]


@pytest.mark.parametrize(("batal", "selesai"), [(True, False), (False, True), (True, True)])
def test_batal_dan_selesai(batal: bool, selesai: bool) -> None:  # noqa: FBT001 - pytest passes by name
    """What is cancelled or discharged is CANCELLED, keeps its words, and rings no alarm."""
    (satu,) = urai(susun("T", ZONA, [acara(ringkas="Selesai: laporan 12/2026", alarm=(30, 7), batal=batal, selesai=selesai)])).anak
    assert (satu.sifat["STATUS"], satu.teks("SUMMARY"), satu.sifat["TRANSP"]) == ("CANCELLED", "Selesai: laporan 12/2026", "TRANSPARENT")
    assert satu.anak == []


def test_impor_ulang_tanpa_ganda() -> None:
    """Taken in again nothing changes; a moved day moves its entry, a cancelled one goes, and an old file brings nothing back."""
    tetap, pindah, gugur = (acara(f"{kode}@zi.binjai") for kode in ("A.T1", "B.T1", "C.T1"))
    pertama = susun("T", ZONA, [tetap, pindah, gugur])
    klien = Klien()
    klien.impor(pertama)
    klien.impor(pertama)
    assert (klien.diganti, klien.tampak) == (0, dict.fromkeys((tetap.uid, pindah.uid, gugur.uid), date(2026, 5, 31)))
    kelak = datetime(2026, 2, 1, tzinfo=UTC)
    pindah = replace(pindah, tanggal=date(2026, 6, 15), urutan=2, diubah=kelak)
    kedua = susun("T", ZONA, [tetap, pindah, replace(gugur, batal=True, urutan=2, diubah=kelak)])
    for isi in (kedua, kedua, pertama):
        klien.impor(isi)
        assert klien.tampak == {tetap.uid: date(2026, 5, 31), pindah.uid: date(2026, 6, 15)}
    assert klien.diganti == 2


def test_perubahan_hanya_mengubah_acaranya() -> None:
    """Where one entry changes, the others stay byte for byte: a feed can be compared line by line."""
    lama = susun("T", ZONA, [acara("A@zi"), acara("B@zi")])
    baru = susun("T", ZONA, [acara("A@zi"), acara("B@zi", urutan=2)])
    assert baru == lama.replace(b"SEQUENCE:1\r\n", b"SEQUENCE:2\r\n").replace(b"SEQUENCE:2\r\n", b"SEQUENCE:1\r\n", 1)


def test_bita_sama_di_setiap_zona() -> None:
    """The zone and the hash seed of a process leave no trace: the same register gives the same bytes."""
    zona = ("UTC", "America/New_York", "Asia/Jakarta")
    hasil = {_jalankan(PROGRAM, TZ=satu, PYTHONHASHSEED=str(ke)) for ke, satu in enumerate(zona)}
    (isi,) = hasil
    assert len(urai(isi).anak) == 40
    assert b"DTSTAMP:20260308T165959Z" in isi


def test_pustaka_dimuat_saat_dipakai() -> None:
    """Importing the module leaves the calendar library where it is; help stays quick."""
    program = "import sys, zi_workflow.feed as f; print('icalendar' in sys.modules); f.susun('', '', []); print('icalendar' in sys.modules)"
    assert _jalankan(program).split() == [b"False", b"True"]


def test_acara_tidak_berubah() -> None:
    """An entry is a value: it cannot be changed and equal ones are one."""
    assert len({acara(), acara(), acara(urutan=2)}) == 2
    assert Acara.__slots__
    with pytest.raises(AttributeError):
        acara().urutan = 9  # type: ignore[misc]


def test_pemeriksa_menolak_yang_rusak() -> None:
    """The strict reader of these tests is no rubber stamp: each fault that it is there for fails."""
    baik = susun("T", ZONA, [acara()])
    urai(baik)
    rusak = [
        baik.replace(b"\r\n", b"\n"),
        baik[:-2],
        baik.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
        baik.replace(b"SUMMARY:Usulan", b"SUMMARY:\xf0\x9f\r\n \x98\x80Usulan"),
        baik.replace(b"SUMMARY:", b"SUMMARY:\x07"),
        baik.replace(b"TRANSP:", b"STATUS:"),
        baik.replace(b"TRANSP:TRANSPARENT\r\n", b""),
        baik.replace(b"END:VEVENT\r\n", b""),
    ]
    for satu in rusak:
        with pytest.raises((AssertionError, UnicodeDecodeError, ValueError)):
            urai(satu)
    for tertulis in ("a,b", "a;b", "a\\", "a\\x"):
        with pytest.raises(AssertionError):
            buka(tertulis)
