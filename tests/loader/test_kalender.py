"""The shipped calendar (kalender.yaml) against the ``holidays`` package and the decrees; its refusals, each by its broken file."""

from __future__ import annotations

from collections import Counter
from functools import cache

import holidays
import pytest
from holidays.constants import GOVERNMENT, PUBLIC

from tests.alat.dunia import HARI
from tests.loader.alat import NAMA_RUSAK, asli, kunci_cocok, rusak
from zi_workflow.domain.calendar import CUTI_BERSAMA, LIBUR, Kalender
from zi_workflow.domain.errors import DefinisiSalah
from zi_workflow.loader.kalender import baca_kalender
from zi_workflow.loader.pohon import urai

TAHUN = (2024, 2025, 2026, 2027)
PERKIRAAN = " (perkiraan)"


@cache
def _kalender() -> Kalender:
    return baca_kalender(urai(asli("kalender.yaml"), "kalender.yaml"))


def _baca(teks: str) -> Kalender:
    return baca_kalender(urai(teks, "kalender.yaml"))


def _paket(tahun: int) -> set[tuple[str, str, str, bool]]:
    """Return what the package says of a year: day, name, kind, estimated."""
    hasil: set[tuple[str, str, str, bool]] = set()
    for kategori, jenis in ((PUBLIC, LIBUR), (GOVERNMENT, CUTI_BERSAMA)):
        for hari, nama_nama in holidays.country_holidays("ID", years=tahun, language="id", categories=(kategori,)).items():
            for nama in nama_nama.split("; "):
                hasil.add((hari.isoformat(), nama.removesuffix(PERKIRAAN), jenis, nama.endswith(PERKIRAAN)))
    return hasil


@pytest.mark.parametrize("tahun", TAHUN)
def test_sama_dengan_paket_holidays(tahun: int) -> None:
    """Every holiday of the package is in the table, and every one of the table in the package: day, name, kind, estimate."""
    tabel = {(x.tanggal.isoformat(), x.nama, x.jenis, x.perkiraan) for h, isi in _kalender().libur.items() if h.year == tahun for x in isi}
    paket = _paket(tahun)
    assert len(paket) > 20
    assert (paket - tabel, tabel - paket) == (set(), set())


def test_tahun_tabel() -> None:
    """The table reaches 2024 to 2027, cites a decree for each, and knows nothing beyond."""
    assert tuple(_kalender().tahun) == TAHUN
    assert all(satu.tahun == tahun and satu.dasar.startswith("SKB 3 Menteri ") for tahun, satu in _kalender().tahun.items())
    assert {h.year for h in _kalender().libur} == set(TAHUN)
    assert [_kalender().mencakup(HARI(h)) for h in ("2023-12-31", "2024-01-01", "2027-12-31", "2028-01-01")] == [False, True, True, False]


@pytest.mark.parametrize(("tahun", "libur", "cuti"), [(2024, 17 + 2, 10), (2025, 17, 10 + 1), (2026, 17, 8)])
def test_banyaknya_menurut_skb(tahun: int, libur: int, cuti: int) -> None:
    """As many days as the decrees announce: 17 each year, two polling days in 2024, one cuti bersama added in 2025."""
    jenis = Counter(x.jenis for h, isi in _kalender().libur.items() if h.year == tahun for x in isi)
    assert jenis == {LIBUR: libur, CUTI_BERSAMA: cuti}


def test_yang_diperkirakan() -> None:
    """Only days that still wait for the minister's decision are estimates, and say so in words."""
    kira = sorted(x.tanggal.isoformat() for isi in _kalender().libur.values() for x in isi if x.perkiraan)
    assert kira == ["2027-03-10", "2027-03-11", "2027-05-17"]
    assert _kalender().alasan(HARI("2027-03-10")) == "Hari Raya Idul Fitri (perkiraan)"
    assert _kalender().alasan(HARI("2027-12-25")) == "Sabtu, Hari Raya Natal"


@pytest.mark.parametrize(
    ("batas", "kerja", "alasan", "mencakup"),
    [
        ("2024-05-31", "2024-05-31", "", True),
        ("2025-05-31", "2025-05-28", "Sabtu", True),
        ("2025-05-30", "2025-05-28", "Cuti Bersama Kenaikan Yesus Kristus", True),
        ("2026-05-31", "2026-05-29", "Minggu, Hari Raya Waisak", True),
        ("2027-05-31", "2027-05-31", "", True),
        ("2031-05-31", "2031-05-30", "Sabtu", False),
        ("2026-12-31", "2026-12-31", "", True),
        ("2025-04-07", "2025-03-27", "Cuti Bersama Hari Raya Idul Fitri", True),
        ("2024-06-01", "2024-05-31", "Sabtu, Hari Lahir Pancasila", True),
    ],
)
def test_hari_kerja_terakhir(batas: str, kerja: str, alasan: str, *, mencakup: bool) -> None:
    """The last working day before a deadline: 31 May 2025 follows Ascension Day and its cuti bersama, 31 May 2026 is Waisak."""
    kalender, hari = _kalender(), HARI(batas)
    assert (kalender.hari_kerja_terakhir(hari), kalender.alasan(hari), kalender.mencakup(hari)) == (HARI(kerja), alasan, mencakup)


def test_dua_nama_pada_satu_hari() -> None:
    """Two holidays may fall on one day; the order of the file is kept, and 'perkiraan: tidak' is the same as silence."""
    kalender = _baca(
        "tahun: [{tahun: 2030, dasar: belum ada SKB}]\n"
        "libur: [{tanggal: 2030-01-02, nama: B, jenis: libur, perkiraan: tidak}, {tanggal: 2030-01-02, nama: A, jenis: cuti_bersama}]\n"
    )
    assert kalender.alasan(HARI("2030-01-02")) == "B, A"


def test_tahun_tanpa_libur() -> None:
    """A year may stand before its holidays are known: then only weekends are, and the year says why."""
    kalender = _baca("tahun: [{tahun: 2030, dasar: belum ada SKB}]\nlibur: []\n")
    assert (kalender.libur, kalender.mencakup(HARI("2030-01-01")), kalender.tahun[2030].dasar) == ({}, True, "belum ada SKB")


@pytest.mark.parametrize("nama", [n for n in NAMA_RUSAK if n.startswith("kalender/")])
def test_penolakan_menunjuk_tempatnya(nama: str) -> None:
    """Read by itself, a broken calendar is refused as its file announces: key, expected, next step."""
    kasus = rusak(nama)
    with pytest.raises(DefinisiSalah) as tangkap:
        _baca(kasus.berkas["kalender.yaml"])
    assert kunci_cocok(kasus.kunci, tangkap.value.pesan)
    assert kasus.harap in tangkap.value.sebab
    assert tangkap.value.lanjut.startswith(kasus.lanjut)
