"""Turns: one holder at a time as long as clocks and programs behave, nobody locked out when they do not."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.store.bahan import naskah, tambah, terbuka
from zi_workflow.clock import pengenal_pelaksana
from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.store import Giliran, Store

LAMA = timedelta(minutes=5)
AWAL = datetime(2026, 5, 31, 0, 0, tzinfo=UTC)


class JamDiam:
    """A clock that stands until a test sets it."""

    def __init__(self) -> None:
        """Start at `AWAL`."""
        self.kini = AWAL

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.kini


def _satu(store: Store) -> Giliran:
    (giliran,) = store.giliran()
    return giliran


def test_hanya_satu_pemegang(basis: str) -> None:
    """While one holds a turn another is refused; a turn of another name is free."""
    with terbuka(basis, jam=JamDiam()) as store:
        assert store.giliran() == []
        assert store.ambil_giliran("sapu", "a:1", LAMA)
        assert not store.ambil_giliran("sapu", "b:2", LAMA)
        assert store.ambil_giliran("kirim", "b:2", LAMA)
        assert store.giliran() == [
            Giliran("kirim", "b:2", AWAL + LAMA, AWAL, None, None, None),
            Giliran("sapu", "a:1", AWAL + LAMA, AWAL, None, None, None),
        ]


def test_diperpanjang_pemegangnya(basis: str) -> None:
    """Its holder renews a turn from now on, even one that ran out while nobody took it; the run's beginning stays."""
    jam = JamDiam()
    with terbuka(basis, jam=jam) as store:
        store.ambil_giliran("sapu", "a:1", LAMA)
        for lewat in (LAMA / 2, LAMA * 3):
            jam.kini = AWAL + lewat
            assert store.ambil_giliran("sapu", "a:1", LAMA)
            assert _satu(store) == Giliran("sapu", "a:1", jam.kini + LAMA, AWAL, None, None, None)


def test_habis_lalu_diambil_yang_lain(basis: str) -> None:
    """A turn is free at the very end of its time, not before; who held it notices when renewing, and cannot release it."""
    jam = JamDiam()
    with terbuka(basis, jam=jam) as store:
        store.ambil_giliran("sapu", "a:1", LAMA)
        jam.kini = AWAL + LAMA - timedelta(microseconds=1)
        assert not store.ambil_giliran("sapu", "b:2", LAMA)
        jam.kini = AWAL + LAMA
        assert store.ambil_giliran("sapu", "b:2", LAMA)
        assert not store.ambil_giliran("sapu", "a:1", LAMA)
        store.lepas_giliran("sapu", "a:1", {"baru": 9})
        assert _satu(store) == Giliran("sapu", "b:2", jam.kini + LAMA, jam.kini, None, None, None)


def test_dilepas_dengan_hasil(basis: str) -> None:
    """Releasing keeps what the run did and when the next is planned, and frees the turn; the next run replaces that at its end."""
    jam = JamDiam()
    hasil = {"diingatkan": 3, "catatan": 'é "dua" \x00', "rinci": ["a", {"b": None}]}
    berikut = AWAL + timedelta(hours=1)
    with terbuka(basis, jam=jam) as store:
        store.ambil_giliran("sapu", "a:1", LAMA)
        jam.kini = AWAL + timedelta(seconds=7)
        store.lepas_giliran("sapu", "a:1", hasil, berikut)
        assert _satu(store) == Giliran("sapu", None, None, AWAL, jam.kini, hasil, berikut)
        store.lepas_giliran("sapu", "a:1", {"lagi": 1})
        assert _satu(store).hasil == hasil
        selesai, jam.kini = jam.kini, berikut
        assert store.ambil_giliran("sapu", "b:2", LAMA)
        assert _satu(store) == Giliran("sapu", "b:2", berikut + LAMA, berikut, selesai, hasil, berikut)
        store.lepas_giliran("sapu", "b:2")
        assert _satu(store) == Giliran("sapu", None, None, berikut, berikut, None, None)


def test_melepas_yang_tidak_ada(store: Store) -> None:
    """Releasing a turn that nobody ever took leaves nothing."""
    store.lepas_giliran("sapu", "a:1", {"baru": 1})
    assert store.giliran() == []


def test_jam_mundur_tidak_mengunci(basis: str) -> None:
    """A turn that a clock set back leaves far in the future is free; one a little ahead, by another machine's clock, is held."""
    jam = JamDiam()
    with terbuka(basis, jam=jam) as store:
        store.ambil_giliran("sapu", "a:1", LAMA)
        jam.kini = AWAL - timedelta(seconds=20)
        assert not store.ambil_giliran("sapu", "b:2", LAMA)
        jam.kini = AWAL - timedelta(hours=5)
        assert store.ambil_giliran("sapu", "b:2", LAMA)
        assert not store.ambil_giliran("sapu", "a:1", LAMA)


def test_jam_maju_membebaskan(basis: str) -> None:
    """A clock set forward ends a turn early, and its holder notices."""
    jam = JamDiam()
    with terbuka(basis, jam=jam) as store:
        store.ambil_giliran("sapu", "a:1", LAMA)
        jam.kini = AWAL + timedelta(days=30)
        assert store.ambil_giliran("sapu", "b:2", LAMA)
        assert not store.ambil_giliran("sapu", "a:1", LAMA)


def test_delapan_berebut_satu_menang(basis: str) -> None:
    """Of eight programs that ask at the same moment exactly one gets the turn, the first time and after a release."""
    with terbuka(basis, jam=JamDiam()) as store:
        for _ in range(5):
            pintu, dapat = threading.Barrier(8), list[str]()

            def rebut(siapa: str, pintu: threading.Barrier = pintu, dapat: list[str] = dapat) -> None:
                pintu.wait()
                if store.ambil_giliran("sapu", siapa, LAMA):
                    dapat.append(siapa)

            benang = [threading.Thread(target=rebut, args=(f"x:{i}",)) for i in range(8)]
            for satu in benang:
                satu.start()
            for satu in benang:
                satu.join()
            assert len(dapat) == 1
            assert _satu(store).pemegang == dapat[0]
            store.lepas_giliran("sapu", dapat[0])


def test_jam_dibaca_setelah_mendapat_kunci(basis_postgres: str) -> None:
    """Who waited for the row judges by the time after the wait: a turn taken meanwhile is held, not left far in the future."""
    jam = JamDiam()
    with terbuka(basis_postgres, jam=jam) as store:
        store.ambil_giliran("sapu", "a:1", LAMA)
        store.lepas_giliran("sapu", "a:1")
        hasil: list[bool] = []
        with store.engine.connect() as lain:
            lain.execute(text("BEGIN"))
            lain.execute(text("SELECT 1 FROM giliran FOR UPDATE"))
            benang = threading.Thread(target=lambda: hasil.append(store.ambil_giliran("sapu", "b:2", LAMA)))
            benang.start()
            tunggu = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%giliran%'")
            with store.engine.connect() as pengamat:
                while not pengamat.execute(tunggu).scalar():
                    benang.join(0.01)
                    assert benang.is_alive()
            jam.kini = AWAL + 3 * LAMA
            sampai = "2026-05-31T00:20:00.000000Z"
            lain.execute(text("UPDATE giliran SET pemegang = 'a:1', sampai = :sampai"), {"sampai": sampai})
            lain.execute(text("COMMIT"))
            benang.join(30)
        assert hasil == [False]
        assert _satu(store).pemegang == "a:1"


def test_bukan_bagian_log(store: Store) -> None:
    """Turns move no number and may be dropped and prepared again; the log stays what it was."""
    tambah(store, naskah(1))
    store.ambil_giliran("sapu", "a:1", LAMA)
    store.lepas_giliran("sapu", "a:1", {"baru": 1})
    log = store.telusuri()
    with store.engine.connect() as koneksi:
        koneksi.execute(text("DELETE FROM giliran"))
        koneksi.execute(text("DROP TABLE giliran"))
    assert store.siapkan()
    assert not store.siapkan()
    assert store.giliran() == []
    assert store.telusuri() == log
    assert [t.nomor for t in tambah(store, naskah(2))] == [2]


def test_penyimpanan_lama_minta_disiapkan(store: Store) -> None:
    """A store made before there were turns says that it is not prepared, until it is."""
    with store.engine.connect() as koneksi:
        koneksi.execute(text("DROP TABLE giliran"))
    for kerja in (
        lambda: store.ambil_giliran("sapu", "a:1", LAMA),
        lambda: store.lepas_giliran("sapu", "a:1"),
        store.giliran,
    ):
        with pytest.raises(PenyimpananGagal, match="belum disiapkan") as galat:
            kerja()
        assert "zi siapkan" in galat.value.lanjut
    assert store.siapkan()
    assert store.ambil_giliran("sapu", "a:1", LAMA)


def test_pengenal_pelaksana_berbeda() -> None:
    """No two programs have the same name, not even one that got the process number of another."""
    satu, dua = pengenal_pelaksana(), pengenal_pelaksana()
    assert satu != dua
    assert satu.rsplit(":", 1)[0] == dua.rsplit(":", 1)[0]
    assert satu.count(":") >= 2
