"""The tree of a store: nodes kept with the append, roots and proofs from few rows, gaps that are named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from tests.store.bahan import UNIT, naskah, tambah, terbuka
from zi_workflow.domain import merkle
from zi_workflow.domain.errors import IntegritasRusak
from zi_workflow.store import Store, schema, tree


def isi(store: Store, banyak: int, sekali: int = 100) -> None:
    """Append ``banyak`` events, ``sekali`` in one transaction."""
    versi = store.versi([UNIT])[UNIT]
    for awal in range(versi, versi + banyak, sekali):
        tambah(store, *[naskah(v + 1) for v in range(awal, min(awal + sekali, versi + banyak))])


def daun(store: Store) -> list[bytes]:
    """Return the hashes of all leaves, from the log."""
    with store.engine.connect() as koneksi:
        return [tree.daun(r) for r in koneksi.execute(select(schema.peristiwa.c.rantai).order_by(schema.peristiwa.c.nomor)).scalars()]


def simpul(store: Store) -> list[merkle.Simpul]:
    """Return the kept nodes."""
    s = schema.simpul.c
    with store.engine.connect() as koneksi:
        return [(t, n, bytes.fromhex(h)) for t, n, h in koneksi.execute(select(schema.simpul).order_by(s.tingkat, s.letak))]


def dibangun(semua: Sequence[bytes]) -> tuple[bytes, list[merkle.Simpul]]:
    """Return root and kept nodes of these leaves."""
    pohon = merkle.Pembangun()
    jadi = pohon.tambah(semua)
    return pohon.akar(), sorted(jadi)


@pytest.mark.parametrize("sekali", [1, 100, 700])
def test_simpul_disimpan_bersama_peristiwa(basis: str, sekali: int) -> None:
    """Whatever the size of the batches, every complete block of 256 has its node, and the root is that of the leaves."""
    with terbuka(basis) as store:
        isi(store, 250, 250)
        isi(store, 20 if sekali == 1 else 700, sekali)
        semua = daun(store)
        assert simpul(store) == dibangun(semua)[1]
        assert len(simpul(store)) == len(semua) // 256
        assert store.baca(lambda k: tree.akar(k, len(semua))) == dibangun(semua)[0]
        assert store.baca(lambda k: tree.akar(k, 255)) == dibangun(semua[:255])[0]
        assert store.baca(tree.ukuran) == len(semua)


def test_bukti_dari_penyimpanan(basis: str) -> None:
    """Proofs that are read from a store hold against roots that are built from its leaves."""
    with terbuka(basis) as store:
        isi(store, 600, 300)
        semua = daun(store)
        for nomor, ukuran in ((1, 1), (1, 600), (256, 600), (257, 511), (599, 600), (600, 600)):
            jalur = store.baca(lambda k, n=nomor, u=ukuran: tree.bukti_cakupan(k, n, u))  # type: ignore[misc]
            merkle.periksa_cakupan(semua[nomor - 1], nomor - 1, ukuran, jalur, dibangun(semua[:ukuran])[0])
        for dari, ke in ((0, 600), (1, 2), (255, 600), (256, 512), (599, 600)):
            jalur = store.baca(lambda k, d=dari, t=ke: tree.bukti_konsistensi(k, d, t))  # type: ignore[misc]
            merkle.periksa_konsistensi(dari, dibangun(semua[:dari])[0], ke, dibangun(semua[:ke])[0], jalur)


def test_penyimpanan_kosong(store: Store) -> None:
    """A log without events has the empty tree."""
    assert store.baca(tree.ukuran) == 0
    assert store.baca(lambda k: tree.akar(k, 0)) == merkle.KOSONG


def test_simpul_yang_hilang_dilengkapi(basis: str) -> None:
    """A store without (all) nodes gets them from `siapkan`, the upper levels too; a second run changes nothing."""
    with terbuka(basis) as store:
        isi(store, 800, 800)
        harap = simpul(store)
        with store.engine.connect() as koneksi:
            koneksi.exec_driver_sql("DROP TABLE simpul")
        assert store.siapkan() is True
        assert simpul(store) == harap
        assert store.siapkan() is False


def _sidik_palsu(store: Store, banyak: int) -> list[bytes]:
    """Fill the log with rows that have nothing but a number, a version and a chain hash; return the leaves."""
    teks = {k.key: "" for k in schema.peristiwa.columns if k.key not in ("pokok", "kunci")}
    baris = [{**teks, "nomor": i, "versi": i, "isi": b"", "rantai": f"{i:064x}"} for i in range(1, banyak + 1)]
    with store.engine.connect() as koneksi:
        koneksi.exec_driver_sql("BEGIN")
        for awal in range(0, banyak, 10_000):
            koneksi.execute(insert(schema.peristiwa), baris[awal : awal + 10_000])
        koneksi.exec_driver_sql("COMMIT")
    return [tree.daun(f"{i:064x}") for i in range(1, banyak + 1)]


def test_harus_bukti_cakupan_sebanding_dengan_logaritma(basis_sqlite: str) -> None:
    """An inclusion proof reads at most two blocks of 256 rows per kept level, however long the log: 70,000 events are three levels."""
    banyak = 70_000
    with terbuka(basis_sqlite) as store:
        semua = _sidik_palsu(store, banyak)
        akar, jadi = dibangun(semua)
        assert store.baca(tree.lengkapi) == len(jadi)
        assert simpul(store) == jadi
        assert [t for t, _, _ in jadi].count(16) == 1
        for ukuran in (300, banyak):
            tingkat = 1 + (ukuran - 1).bit_length() // 8
            for nomor in (1, 256, ukuran // 2, ukuran - 1, ukuran):
                with store.engine.connect() as koneksi:
                    pembaca = tree.PembacaSimpul(koneksi)
                    jalur = merkle.cakupan(nomor - 1, ukuran, pembaca)
                assert pembaca.dibaca <= 2 * 256 * tingkat
                assert len(jalur) <= (ukuran - 1).bit_length()
                if ukuran == banyak:
                    merkle.periksa_cakupan(semua[nomor - 1], nomor - 1, ukuran, jalur, akar)


def _lepas_pemicu(store: Store, tabel: str) -> None:
    with store.engine.connect() as koneksi:
        for nama in schema.pemicu(store.engine.dialect.name):
            if nama.startswith(tabel):
                koneksi.exec_driver_sql(f"DROP TRIGGER {nama}")


@pytest.mark.parametrize(
    ("perintah", "ukuran", "sebut"),
    [
        ("DELETE FROM peristiwa WHERE nomor = 300", 400, "nomor 300"),
        ("UPDATE peristiwa SET rantai = 'zz' WHERE nomor = 300", 400, "nomor 300"),
        ("UPDATE peristiwa SET rantai = 'abcd' WHERE nomor = 300", 400, "nomor 300"),
        ("DELETE FROM simpul WHERE letak = 0", 400, "tingkat 8 letak 0"),
        ("UPDATE simpul SET sidik = 'zz' WHERE letak = 0", 400, "tingkat 8 letak 0"),
        ("DELETE FROM peristiwa WHERE nomor > 390", 400, "nomor 391"),
    ],
)
def test_yang_hilang_disebut(basis_sqlite: str, perintah: str, ukuran: int, sebut: str) -> None:
    """A missing or damaged row is named (exit 7) rather than passed over."""
    with terbuka(basis_sqlite) as store:
        isi(store, 400, 400)
        _lepas_pemicu(store, "simpul")
        _lepas_pemicu(store, "peristiwa")
        with store.engine.connect() as koneksi:
            koneksi.exec_driver_sql(perintah)
        with pytest.raises(IntegritasRusak, match=sebut) as galat:
            store.baca(lambda k: tree.akar(k, ukuran))
        assert galat.value.kode == 7


def test_mencatat_tetap_dapat_walau_ada_yang_hilang(basis_sqlite: str) -> None:
    """A hole in the block does not stop recording; its node stays missing, and `siapkan` says nothing that is not so."""
    with terbuka(basis_sqlite) as store:
        isi(store, 200, 200)
        _lepas_pemicu(store, "peristiwa")
        with store.engine.connect() as koneksi:
            koneksi.exec_driver_sql("DELETE FROM peristiwa WHERE nomor = 100")
        isi(store, 100, 100)
        assert simpul(store) == []
        assert store.siapkan() is True  # the triggers
        assert store.siapkan() is False
        with pytest.raises(IntegritasRusak, match="letak 0") as galat:
            store.baca(lambda k: tree.akar(k, 300))
        assert "nomor 1 sampai 256" in galat.value.sebab


def test_kepala_yang_mendahului_peristiwa(basis_sqlite: str) -> None:
    """A log that ends before its own head is not sealed: what is missing was there."""
    with terbuka(basis_sqlite) as store:
        isi(store, 20, 20)
        assert store.baca(tree.ukuran_utuh) == 20
        _lepas_pemicu(store, "peristiwa")
        with store.engine.connect() as koneksi:
            koneksi.exec_driver_sql("DELETE FROM peristiwa WHERE nomor > 18")
        with pytest.raises(IntegritasRusak, match="bernomor 18, padahal kepala log menyebut 20"):
            store.baca(tree.ukuran_utuh)


def test_simpul_tidak_dapat_diubah(basis: str) -> None:
    """The kept nodes are append-only like the log."""
    with terbuka(basis) as store:
        isi(store, 256, 256)
        timpa = {"sqlite": "INSERT OR REPLACE INTO simpul SELECT * FROM simpul", "postgresql": "TRUNCATE simpul"}
        for perintah in ("UPDATE simpul SET sidik = ''", "DELETE FROM simpul", timpa[store.engine.dialect.name]):
            with pytest.raises(DBAPIError, match="hanya boleh ditambah"), store.engine.connect() as koneksi:
                koneksi.exec_driver_sql(perintah)
        assert len(simpul(store)) == 1
