"""The event library on our recorder: its own interfaces work, its environment and its push do not."""

from __future__ import annotations

import pytest
from eventsourcing.application import Application

from tests.store.bahan import CONTOH, UNIT, naskah, tambah
from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.store import Store
from zi_workflow.store.application import Fact, ZiApplication
from zi_workflow.store.errors import terjemah


def _aplikasi(store: Store) -> ZiApplication:
    aplikasi: ZiApplication = store._aplikasi  # noqa: SLF001 - the seam under test
    assert isinstance(aplikasi, Application)
    return aplikasi


def test_log_pustaka_membaca_semua_berurutan(store: Store) -> None:
    """The library's notification log and recorder give the whole log, filtered and bounded as asked."""
    tambah(store, *[naskah(i, p) for i, p in enumerate(CONTOH, start=1)])
    perekam = _aplikasi(store).recorder
    assert perekam.max_notification_id() == len(CONTOH)
    assert [n.id for n in _aplikasi(store).notification_log.select(start=1, limit=10)] == list(range(1, 11))
    assert [n.id for n in perekam.select_notifications(3, 2)] == [3, 4]
    assert [n.id for n in perekam.select_notifications(3, 2, inclusive_of_start=False)] == [4, 5]
    assert [n.id for n in perekam.select_notifications(None, 9, stop=2)] == [1, 2]
    assert [n.id for n in perekam.select_notifications(1, 9, topics=["BuktiDicatat@1"])] == [3, 4]
    assert [s.originator_version for s in perekam.select_events(UNIT, gt=2, lte=5, desc=True, limit=2)] == [5, 4]


def test_log_kosong(store: Store) -> None:
    """An empty log has no last number and no events."""
    assert _aplikasi(store).recorder.max_notification_id() is None
    assert _aplikasi(store).recorder.select_notifications(None, 5) == []


def test_lingkungan_proses_tidak_berpengaruh(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the process reaches the library's settings."""
    monkeypatch.setenv("PERSISTENCE_MODULE", "tidak.ada")
    monkeypatch.setenv("IS_SNAPSHOTTING_ENABLED", "y")
    assert dict(_aplikasi(store).env) == {}
    assert _aplikasi(store).snapshots is None


def test_yang_tidak_didukung_menolak(store: Store) -> None:
    """What we do not offer raises instead of half working."""
    aplikasi = _aplikasi(store)
    with pytest.raises(NotImplementedError, match="subscribe"):
        aplikasi.recorder.subscribe()
    for kerja in (aplikasi.factory.aggregate_recorder, aplikasi.factory.tracking_recorder, aplikasi.factory.process_recorder):
        with pytest.raises(NotImplementedError):
            kerja()
    with pytest.raises(TypeError):
        aplikasi.mapper.to_stored_event(Fact(UNIT, 1))


def test_setelan_ketahanan(store: Store) -> None:
    """Every connection waits for the disk at commit, and for a lock only so long."""
    harap: dict[str, dict[str, object]] = {
        "sqlite": {"PRAGMA synchronous": 2, "PRAGMA journal_mode": "wal"},
        "postgresql": {"SHOW synchronous_commit": "on", "SHOW lock_timeout": "10s"},
    }
    with store.engine.connect() as koneksi:
        for perintah, nilai in harap[store.engine.dialect.name].items():
            assert koneksi.exec_driver_sql(perintah).scalar() == nilai


def test_sandi_tidak_pernah_di_pesan() -> None:
    """A driver that repeats the password is not repeated."""
    galat = terjemah(ConnectionError("koneksi ke zi:rahasia@h gagal"), terputus=True, rahasia=("rahasia",))
    assert isinstance(galat, PenyimpananGagal)
    assert "rahasia" not in galat.sebab
    assert "***" in galat.sebab


def test_galat_yang_tidak_dikenal_dibiarkan() -> None:
    """An error that is nobody's is a bug and stays itself."""
    assert terjemah(RuntimeError("lain")) is None
