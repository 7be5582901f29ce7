"""Read models: what is kept up event by event is, row by row, what a rebuild from the log gives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from tests.store.bahan import CONTOH, UNIT, HitungHari, RingkasUnit, naskah, tabel, tambah, terbuka
from zi_workflow.domain.errors import Konflik, PenyimpananGagal
from zi_workflow.readmodel import BATAS_INGATAN, Baris, Proyeksi
from zi_workflow.store import Store

_UNIT = [f"binjai/zi/U{i}" for i in range(4)]
_langkah = st.tuples(st.sampled_from(_UNIT), st.sampled_from(CONTOH), st.integers(0, 5))
_riwayat = st.lists(st.lists(_langkah, min_size=1, max_size=6), min_size=1, max_size=8)


@pytest.fixture
def proyeksi() -> list[Proyeksi]:
    """Give two projections."""
    return [RingkasUnit(), HitungHari()]


@pytest.fixture
def store(basis: str, proyeksi: list[Proyeksi]) -> Iterator[Store]:
    """Give a prepared store with both projections."""
    with terbuka(basis, proyeksi=proyeksi) as satu:
        yield satu


def _tulis(store: Store, riwayat: list[list[tuple[str, object, int]]]) -> None:
    for kelompok in riwayat:
        versi = store.versi(_UNIT)
        semua = []
        for aliran, peristiwa, hari in kelompok:
            versi[aliran] += 1
            semua.append(naskah(versi[aliran], peristiwa, aliran, tanggal=date(2024, 3, 1) + timedelta(days=hari)))  # type: ignore[arg-type]
        tambah(store, *semua)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(riwayat=_riwayat, batas=st.sampled_from([1, 2, BATAS_INGATAN]))
def test_bangun_ulang_sama_dengan_bertahap(
    store: Store, proyeksi: list[Proyeksi], riwayat: list[list[tuple[str, object, int]]], batas: int
) -> None:
    """Rebuilt equals incremental after any history, however little fits in memory."""
    _tulis(store, riwayat)
    bertahap = [tabel(store, p) for p in proyeksi]
    with pytest.MonkeyPatch.context() as ganti:
        ganti.setattr("zi_workflow.readmodel.BATAS_INGATAN", batas)
        assert store.bangun_ulang() == [p.nama for p in proyeksi]
    assert [tabel(store, p) for p in proyeksi] == bertahap
    assert store.kejar() == []


def test_tabel_yang_dijatuhkan_dibangun_lagi(store: Store, proyeksi: list[Proyeksi]) -> None:
    """A read model whose table somebody dropped is missed by `siapkan` and folded again from the first event; the other stays."""
    _tulis(store, [[(_UNIT[0], satu, ke)] for ke, satu in enumerate(CONTOH)])
    bertahap = [tabel(store, p) for p in proyeksi]
    assert all(bertahap)
    with store.engine.connect() as koneksi:
        koneksi.execute(text(f"DROP TABLE {proyeksi[0].tabel.name}"))
        koneksi.commit()
    assert store.siapkan() is True
    assert [tabel(store, p) for p in proyeksi] == bertahap
    assert store.siapkan() is False


def test_lipatan_yang_dikenal(store: Store, proyeksi: list[Proyeksi]) -> None:
    """The rows are those of the fold, with the types of their columns, and a row may go away and come back."""
    tambah(store, naskah(1), naskah(2, CONTOH[4], tanggal=date(2024, 3, 5)))
    assert tabel(store, proyeksi[0]) == [(UNIT, 2, date(2024, 3, 5), True, {"oleh": "198001012005011001", "sebelum": "198001012005011001"})]
    assert tabel(store, proyeksi[1]) == [(date(2024, 3, 1), "lhe", 1), (date(2024, 3, 5), "canangkan", 2), (date(2024, 3, 5), "langkah", 2)]
    tambah(store, naskah(3, CONTOH[6]))
    assert tabel(store, proyeksi[0]) == []
    tambah(store, naskah(4))
    assert [baris[1] for baris in tabel(store, proyeksi[0])] == [1]


def test_bangun_ulang_memperbaiki_yang_diubah_orang(store: Store, proyeksi: list[Proyeksi]) -> None:
    """Rows that were changed or lost by hand come back; the projection that was not named is left alone."""
    tambah(store, naskah(1), naskah(1, aliran=_UNIT[0]))
    benar = [tabel(store, p) for p in proyeksi]
    with store.engine.connect() as koneksi:
        koneksi.execute(text("UPDATE ringkas_unit SET banyak = 77"))
        koneksi.execute(text("DELETE FROM hitung_hari"))
        koneksi.commit()
    assert store.bangun_ulang(["ringkas_unit"]) == ["ringkas_unit"]
    assert (tabel(store, proyeksi[0]), tabel(store, proyeksi[1])) == (benar[0], [])
    store.bangun_ulang()
    assert [tabel(store, p) for p in proyeksi] == benar


def test_versi_lipatan_baru_dibangun_dari_awal(basis: str, proyeksi: list[Proyeksi]) -> None:
    """A new version of a fold gets a new table from the whole log, by `siapkan` or with the first append."""
    with terbuka(basis, proyeksi=proyeksi) as lama:
        tambah(lama, naskah(1), naskah(2))
    dua, tiga = RingkasUnit(2), RingkasUnit(3)
    with terbuka(basis, proyeksi=[dua, proyeksi[1]]) as baru:
        assert [b[:2] for b in tabel(baru, dua)] == [(UNIT, 2)]
        assert "tambahan_1" in {k["name"] for k in inspect(baru.engine).get_columns("ringkas_unit")}
    with terbuka(basis, proyeksi=[proyeksi[1], tiga], siapkan=False) as terbaru:
        tambah(terbaru, naskah(3))
        assert [b[:2] for b in tabel(terbaru, tiga)] == [(UNIT, 3)]
        assert terbaru.kejar() == []


def test_program_lama_tidak_menulis_tampilan_yang_lebih_baru(basis: str) -> None:
    """A program whose fold is older than the table's is refused, and nothing of its write stays."""
    with terbuka(basis, proyeksi=[RingkasUnit(2)]):
        pass
    with terbuka(basis, proyeksi=[RingkasUnit(1)], siapkan=False) as lama:
        with pytest.raises(PenyimpananGagal, match="lebih baru"):
            tambah(lama, naskah(1))
        assert lama.versi([UNIT]) == {UNIT: 0}


def test_yang_tertinggal_dikejar(basis: str, proyeksi: list[Proyeksi]) -> None:
    """A projection that another program did not know is caught up by `kejar`, or with the next append."""
    ringkas, hitung = proyeksi
    with terbuka(basis, proyeksi=proyeksi) as penuh:
        tambah(penuh, naskah(1))
        with terbuka(basis, proyeksi=[ringkas], siapkan=False) as sebagian:
            tambah(sebagian, naskah(2), naskah(3))
        assert penuh.kejar() == ["hitung_hari"]
        with terbuka(basis, proyeksi=[hitung], siapkan=False) as sebagian:
            tambah(sebagian, naskah(4))
        tambah(penuh, naskah(5))
        bertahap = [tabel(penuh, p) for p in proyeksi]
        assert bertahap[0][0][1] == 5
        penuh.bangun_ulang()
        assert [tabel(penuh, p) for p in proyeksi] == bertahap


def test_tampilan_ikut_batal(store: Store, proyeksi: list[Proyeksi]) -> None:
    """What is refused leaves no trace in the read models."""
    tambah(store, naskah(1))
    sebelum = [tabel(store, p) for p in proyeksi]
    with pytest.raises(Konflik):
        tambah(store, naskah(2), naskah(4))
    with pytest.raises(ZeroDivisionError):
        tambah(store, naskah(2), kunci=_kunci(), jawaban=lambda _: b"%d" % (1 // 0))
    assert [tabel(store, p) for p in proyeksi] == sebelum
    assert store.versi([UNIT]) == {UNIT: 1}


def _kunci() -> object:
    from zi_workflow.store import Kunci  # noqa: PLC0415

    return Kunci("k", "s")


class _SalahKolom(RingkasUnit):
    """A fold that names a column which the table does not have."""

    nama = "salah_kolom"

    def lipat(self, kunci: tuple[object, ...], baris: Baris | None, tercatat: object) -> Baris | None:
        """Return a row with a column too many."""
        return {"tak_ada": (kunci, baris, tercatat)}


def test_kolom_yang_tidak_ada_adalah_kesalahan_program(basis_sqlite: str) -> None:
    """A fold that writes beside its table is a bug, not silence."""
    with terbuka(basis_sqlite, proyeksi=[_SalahKolom()]) as store:
        with pytest.raises(ValueError, match="tak_ada"):
            tambah(store, naskah(1))
        assert store.versi([UNIT]) == {UNIT: 0}


def test_bangun_ulang_selagi_yang_lain_menulis(store: Store, proyeksi: list[Proyeksi]) -> None:
    """Rebuilding while others append loses nothing and counts nothing twice."""
    galat: list[BaseException] = []

    def tulis() -> None:
        try:
            for versi in range(1, 61):
                tambah(store, naskah(versi))
        except BaseException as satu:  # noqa: BLE001 - shown by the test
            galat.append(satu)

    utas = threading.Thread(target=tulis)
    utas.start()
    while utas.is_alive():
        store.bangun_ulang()
    utas.join()
    assert galat == []
    bertahap = [tabel(store, p) for p in proyeksi]
    assert bertahap[0][0][1] == 60
    store.bangun_ulang()
    assert [tabel(store, p) for p in proyeksi] == bertahap
