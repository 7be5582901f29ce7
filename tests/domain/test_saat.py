"""The two time axes of single streams: what belongs to a day, what was known at an instant, and how late an entry is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from zi_workflow.domain.asof import dikenal, peristiwa_pada, selisih_hari
from zi_workflow.domain.events import (
    BuktiDicatat,
    BuktiDikoreksi,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PerintahDitolak,
    Peristiwa,
    Tercatat,
    UnitDidaftarkan,
)

MULAI = datetime(2025, 1, 1, tzinfo=UTC)
DAFTAR = UnitDidaftarkan("DINSOS", "Dinas Sosial", None, None, {})
BUKTI = BuktiDicatat("pemantauan", {})
LANGKAH = LangkahDiambil("canangkan", "terdaftar", "pencanangan", {}, {})
ANGKAT = PejabatDiangkat("198001012005011001", "Contoh", "tpi", "800/1", "2025-03-01")
AKHIRI = PejabatDiakhiri("198001012005011001", "tpi", "2025-04-30")


def _batal(nomor: int) -> LangkahDibatalkan:
    return LangkahDibatalkan("canangkan", nomor, "pencanangan", "terdaftar", {})


def _aliran(*isi: tuple[str, Peristiwa]) -> list[Tercatat]:
    """Return a stream of events with these dates, recorded an hour apart."""
    return [
        Tercatat(p, n, n, date.fromisoformat(hari), "X-UJI", MULAI + timedelta(hours=n), "binjai/zi/DINSOS")
        for n, (hari, p) in enumerate(isi, 1)
    ]


def _nomor(semua: Sequence[Tercatat], pada: str) -> list[int]:
    return [t.nomor for t in peristiwa_pada(semua, date.fromisoformat(pada))]


def test_dikenal_adalah_awalan_log_sampai_saat_itu() -> None:
    """What was recorded at the instant itself is known, a microsecond before it is not; the offset of the instant does not matter."""
    semua = _aliran(("2025-01-01", DAFTAR), ("2024-06-01", BUKTI), ("2025-01-01", BUKTI))
    saat = semua[1].waktu_catat
    assert [t.nomor for t in dikenal(semua, saat)] == [1, 2]
    assert [t.nomor for t in dikenal(semua, saat - timedelta(microseconds=1))] == [1]
    assert [t.nomor for t in dikenal(semua, datetime.fromisoformat("2025-01-01T09:00:00+07:00"))] == [1, 2]
    assert dikenal(semua, datetime(2024, 12, 31, tzinfo=UTC)) == []


def test_hari_itu_termasuk_dan_catatan_lambat_masuk_pada_harinya() -> None:
    """The day itself counts, by the date of what happened and not by when it was recorded; the registration always stays."""
    semua = _aliran(("2025-02-01", DAFTAR), ("2025-03-01", BUKTI), ("2025-02-10", BUKTI))
    assert _nomor(semua, "2025-01-01") == [1]
    assert _nomor(semua, "2025-02-10") == [1, 3]
    assert _nomor(semua, "2025-02-28") == [1, 3]
    assert _nomor(semua, "2025-03-01") == [1, 2, 3]


def test_koreksi_terlihat_sejak_hari_catatannya() -> None:
    """A correction carries its record's date, so that no day shows the record as it was before."""
    koreksi = BuktiDikoreksi("pemantauan", 2, 2, {"hasil": "baru"}, "salah ketik", "2025-09-01")
    semua = _aliran(("2025-02-01", DAFTAR), ("2025-03-01", BUKTI), ("2025-03-01", koreksi))
    assert _nomor(semua, "2025-02-28") == [1]
    assert _nomor(semua, "2025-03-01") == [1, 2, 3]


def test_langkah_yang_dibatalkan_hilang_sejak_harinya_sendiri() -> None:
    """A move that was undone at any time never happened, and neither did its undoing; the same move made again did."""
    semua = _aliran(("2025-02-01", DAFTAR), ("2025-03-01", LANGKAH), ("2025-05-01", _batal(2)), ("2025-06-01", LANGKAH))
    assert _nomor(semua, "2025-04-01") == [1]
    assert _nomor(semua, "2025-05-31") == [1]
    assert _nomor(semua, "2025-06-01") == [1, 4]


def test_larangan_yang_ditarik_kembali_tidak_pernah_ada() -> None:
    """A bar that was taken back goes with what took it back; one from another unit, and one handed on again, stay."""
    semua = _aliran(
        ("2025-02-01", DAFTAR),
        ("2025-03-01", LaranganDiwariskan("A", "2024-07-01")),
        ("2025-03-02", LaranganDiwariskan("B", "2024-08-01")),
        ("2025-04-01", LaranganDiwariskan("A", None)),
        ("2025-05-01", LaranganDiwariskan("A", "2024-07-01")),
    )
    assert _nomor(semua, "2025-03-15") == [1, 3]
    assert _nomor(semua, "2025-12-31") == [1, 3, 5]


def test_penarikan_larangan_yang_tidak_ada_tidak_menyembunyikan_yang_lain() -> None:
    """What takes back a bar that is not there hides itself alone."""
    semua = _aliran(("2025-02-01", DAFTAR), ("2025-03-01", LaranganDiwariskan("A", None)), ("2025-03-01", BUKTI))
    assert _nomor(semua, "2025-12-31") == [1, 3]


@pytest.mark.parametrize(
    ("pada", "harap"),
    [("2025-02-28", []), ("2025-03-01", [1]), ("2025-04-29", [1]), ("2025-04-30", [1, 2])],
)
def test_jabatan_terjadi_pada_hari_pertama_dan_terakhirnya(pada: str, harap: list[int]) -> None:
    """An appointment counts from its first day and an end from its last, whenever the decree was recorded."""
    assert _nomor(_aliran(("2025-06-01", ANGKAT), ("2025-01-15", AKHIRI)), pada) == harap


def test_penolakan_terjadi_pada_hari_ia_diberikan() -> None:
    """A refusal happens on the day on which it was given, not on the earlier day for which the act was asked."""
    ditolak = PerintahDitolak("usulkan", {}, "2025-05-20", "2025-06-10", (), "sidik")
    semua = _aliran(("2025-05-20", ditolak))
    assert _nomor(semua, "2025-06-09") == []
    assert _nomor(semua, "2025-06-10") == [1]


@pytest.mark.parametrize(
    ("tanggal", "dicatat", "hari"),
    [("2025-05-20", "2025-06-01", 12), ("2025-05-20", "2025-05-20", 0), ("2025-05-21", "2025-05-20", 0), ("2024-02-28", "2024-03-01", 2)],
)
def test_selisih_hari_antara_kejadian_dan_pencatatan(tanggal: str, dicatat: str, hari: int) -> None:
    """Days between act and record are counted by the calendar; what was recorded on its day, or before it, is not late."""
    assert selisih_hari(date.fromisoformat(tanggal), date.fromisoformat(dicatat)) == hari
