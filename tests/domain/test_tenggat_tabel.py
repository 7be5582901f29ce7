"""Due dates from a table of cases, the same whatever time zone the process runs in, and days at their very edges."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.alat.dunia import ADMIN, HARI, UNIT_UJI, Dunia, arsip, definisi
from tests.alat.toko import Toko, toko
from tests.domain.tabel_tanggal import MULAI, TABEL, ZONA, Kasus, cari
from zi_workflow.clock import hari_di
from zi_workflow.domain.calendar import Kalender
from zi_workflow.domain.commands import AngkatPejabat
from zi_workflow.domain.deadlines import AKAN_DATANG, DIPENUHI, JATUH_TEMPO, TERLAMBAT
from zi_workflow.service import Layanan

WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture(params=ZONA)
def zona(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let the process run in a time zone, and put its own back afterwards."""
    nama: str = request.param
    with monkeypatch.context() as tempel:
        tempel.setenv("TZ", nama)
        time.tzset()
        yield nama
    time.tzset()


def test_zona_uji_sungguh_berlaku(zona: str) -> None:
    """The fixture does what it says: the process reads an instant in that zone."""
    instan = datetime(2025, 5, 31, 17, tzinfo=UTC)
    assert instan.astimezone().utcoffset() == instan.astimezone(ZoneInfo(zona)).utcoffset()


# --- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kasus", [pytest.param(k, id=k.apa) for k in TABEL])
def test_harus_tabel_tanggal_sama_di_semua_zona(zona: str, kasus: Kasus) -> None:
    """Due date, status, days left and last working day are those of the table, in each time zone of the process."""
    satu = cari(kasus.berkas, kasus.tenggat, kasus.pada, zona)
    if not kasus.jatuh_tempo:
        assert satu is None
        return
    assert satu is not None
    hasil = satu.jatuh_tempo.isoformat(), satu.status, satu.sisa_hari, satu.hari_kerja_terakhir.isoformat()
    assert hasil == (kasus.jatuh_tempo, kasus.status, kasus.sisa, kasus.kerja)


def test_harus_tabel_tanggal_cukup_dan_tanpa_ganda() -> None:
    """The table has at least eighty different cases, of every duty of the definition and every status."""
    assert len({k[1:4] for k in TABEL}) == len(TABEL) >= 80
    assert len({k.apa for k in TABEL}) == len(TABEL)
    assert {k.tenggat.partition("/")[0] for k in TABEL} == {k.id for k in definisi().kewajiban}
    assert {k.status for k in TABEL} == {AKAN_DATANG, JATUH_TEMPO, TERLAMBAT, DIPENUHI, ""}


@pytest.mark.parametrize("kasus", [pytest.param(k, id=k.apa) for k in TABEL if k.jatuh_tempo])
def test_harus_tabel_tanggal_benar_menurut_kalender(kasus: Kasus) -> None:
    """The table contradicts itself nowhere: days left are counted, the last working day is the nearest one, a status fits its days."""
    batas, pada, kerja = HARI(kasus.jatuh_tempo), HARI(kasus.pada), HARI(kasus.kerja)
    assert (batas - pada).days == kasus.sisa
    kalender = definisi().kalender if definisi().kalender.mencakup(batas) else Kalender()
    assert kerja <= batas
    assert kalender.hari_kerja(kerja)
    assert not any(kalender.hari_kerja(HARI(h)) for h in _antara(kasus.kerja, kasus.jatuh_tempo))
    if kasus.status != DIPENUHI:
        assert kasus.status == (AKAN_DATANG if kasus.sisa > 0 else TERLAMBAT if kasus.sisa < 0 else JATUH_TEMPO)


def _antara(awal: str, akhir: str) -> list[str]:
    """Return the days after ``awal`` up to ``akhir``."""
    a, b = HARI(awal).toordinal(), HARI(akhir).toordinal()
    return [HARI(awal).fromordinal(n).isoformat() for n in range(a + 1, b + 1)]


# --- the edges of a day -----------------------------------------------------------------------------------------------

TEPI = [
    ("2025-05-31", "2025-06-01"),
    ("2026-05-31", "2026-06-01"),
    ("2031-05-31", "2031-06-01"),
    ("2024-02-29", "2024-03-01"),
    ("2028-02-29", "2028-03-01"),
    ("2025-12-31", "2026-01-01"),
]


@pytest.mark.parametrize(("hari", "esok"), TEPI)
def test_harus_tabel_tanggal_tepi_hari_menurut_wib(zona: str, hari: str, esok: str) -> None:
    """23:59:59 WIB is still that day and 00:00:00 WIB the next, written in whatever zone an instant comes."""
    for baca in (UTC, WIB, ZoneInfo(zona)):
        akhir = datetime.fromisoformat(f"{hari}T23:59:59.999999+07:00").astimezone(baca)
        awal = datetime.fromisoformat(f"{esok}T00:00:00+07:00").astimezone(baca)
        assert (hari_di("Asia/Jakarta", akhir), hari_di("Asia/Jakarta", awal)) == (HARI(hari), HARI(esok))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Toko]:
    """Give a store in which one unit has been building since long ago."""
    satu = toko(f"sqlite:///{tmp_path / 'zi.db'}")
    _isi(satu)
    yield satu
    satu.tutup()


def _isi(dunia: Dunia) -> None:
    dunia.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1/2024", HARI(MULAI), HARI(MULAI), ADMIN))
    arsip(dunia, UNIT_UJI, {"tahap": "pembangunan", "sejak": "2023-01-10", "mulai_bangun": "2023-01-10"}, MULAI)


def _pada(register: Toko, instan: str, nama: str) -> list[tuple[str, str, int]]:
    """Ask the service, whose clock stands at an instant, about a duty: due date, status, days left of what is open."""
    jam = datetime.fromisoformat(instan).astimezone(UTC)
    layanan = Layanan(register.aturan, register.store, lambda: jam, lambda i: hari_di(register.aturan.zona, i))
    return [(t.jatuh_tempo.isoformat(), t.status, t.sisa_hari) for t in layanan.tenggat(UNIT_UJI) if t.id == nama and t.terbuka]


@pytest.mark.parametrize("tahun", [2025, 2026, 2031])
@pytest.mark.usefixtures("zona")
def test_harus_tabel_tanggal_tiga_puluh_satu_mei_sampai_detik_terakhir(register: Toko, tahun: int) -> None:
    """On 31 May at 23:59:59 WIB a proposal is due and not late; a second later it is late, and the next year's is ahead."""
    batas, depan = f"{tahun}-05-31", f"{tahun + 1}-05-31"
    sisa = (HARI(depan) - HARI(f"{tahun}-06-01")).days
    for instan in (f"{batas}T23:59:59+07:00", f"{batas}T16:59:59+00:00", f"{batas}T12:59:59-04:00", f"{batas}T00:00:00+07:00"):
        assert _pada(register, instan, "T1") == [(batas, JATUH_TEMPO, 0)]
    for instan in (f"{tahun}-06-01T00:00:00+07:00", f"{batas}T17:00:00+00:00", f"{batas}T13:00:00-04:00"):
        assert _pada(register, instan, "T1") == [(batas, TERLAMBAT, -1), (depan, AKAN_DATANG, sisa)]
    assert _pada(register, f"{tahun}-05-30T23:59:59+07:00", "T1") == [(batas, AKAN_DATANG, 1)]


@pytest.mark.parametrize("tahun", [2024, 2028])
@pytest.mark.usefixtures("zona")
def test_harus_tabel_tanggal_dua_puluh_sembilan_februari_sampai_detik_terakhir(register: Toko, tahun: int) -> None:
    """A date on 29 February is due until 23:59:59 WIB of that day, and late at 00:00:00 WIB of 1 March."""
    butir = {"kode": "A1", "area": 1, "kegiatan": "k", "indikator": "i", "target": "1", "satuan": "kali", "tenggat": f"{tahun}-02-29"}
    putusan = register.catat("rencana_aksi", "2024-02-20", {"butir": [{**butir, "penanggung_jawab": ADMIN}]})
    assert putusan.diterima
    assert _pada(register, f"{tahun}-02-29T23:59:59+07:00", "T7") == [(f"{tahun}-02-29", JATUH_TEMPO, 0)]
    assert _pada(register, f"{tahun}-03-01T00:00:00+07:00", "T7") == [(f"{tahun}-02-29", TERLAMBAT, -1)]
    assert _pada(register, f"{tahun}-02-29T17:00:00+00:00", "T7") == [(f"{tahun}-02-29", TERLAMBAT, -1)]
