"""Processes that want the same: one wins, the others hear so in three lines; nobody ever sees a raw lock."""

from __future__ import annotations

from pathlib import Path

from tests.alat.dunia import KEPALA, UNIT_UJI
from tests.kesalahan.alat import (
    Penulis,
    banyak_menunggu,
    giliran_dipegang,
    periksa_penuh,
    selesai,
    siapkan,
    terbuka,
    tiga_baris,
    tunggu_sampai,
    zi,
)
from tests.kesalahan.penulis import PASANGAN
from zi_workflow.domain.events import LangkahDiambil, PerintahDitolak

MAJU = ("--tanggal", "2024-03-11", "--oleh", KEPALA)


def test_delapan_proses_satu_berhasil(register: str, tmp_path: Path) -> None:
    """Eight processes make the same move at the same moment: exactly one exit 0, the others 5, 6 or 11."""
    with terbuka(register) as store:
        awal = len(store.telusuri())
        with giliran_dipegang(store):
            proses = [zi(tmp_path, "maju", "canangkan", UNIT_UJI, *MAJU, basis=register) for _ in range(8)]
            tunggu_sampai(lambda: banyak_menunggu(store, proses) == 8, 5)  # on a slow machine the rest come when it is over
        hasil = [selesai(p) for p in proses]
        kode = sorted(h[0] for h in hasil)
        assert kode[0] == 0, hasil
        assert set(kode[1:]) <= {5, 6, 11}, hasil
        for satu, keluar, galat in hasil:
            if satu:
                assert keluar == ""
                tiga_baris(galat)
        periksa_penuh(store, {})
        baru = store.telusuri(setelah_nomor=awal)
        assert [a.kode for a in baru if isinstance(a.peristiwa, LangkahDiambil)] == [UNIT_UJI]
        assert all(isinstance(a.peristiwa, LangkahDiambil | PerintahDitolak) for a in baru)


def test_penulis_yang_menunggu_terlalu_lama_menyebutnya(basis_sqlite: str, tmp_path: Path) -> None:
    """A turn that does not come within the time-out is exit 8 in three lines, with nothing written."""
    awal = siapkan(basis_sqlite)
    with terbuka(basis_sqlite) as store:
        with giliran_dipegang(store):
            kode, keluar, galat = selesai(zi(tmp_path, "maju", "canangkan", UNIT_UJI, *MAJU, basis=f"{basis_sqlite}?timeout=1"))
        assert (kode, keluar) == (8, "")
        assert "sedang dipakai" in tiga_baris(galat)[0]
        assert periksa_penuh(store, {}) == awal


def test_enam_belas_penulis_pada_satu_unit(penulis: Penulis) -> None:
    """Sixteen processes record evidence on one unit: all that was acknowledged is there, versions without gaps, the chain whole."""
    pid = [penulis.mulai("batch" if i % 4 == 0 else "satu", banyak=5) for i in range(16)]
    assert [penulis.tunggu(p) for p in pid] == [0] * 16
    diakui = penulis.diakui()
    assert penulis.galat() == []
    assert len(diakui) == 16 * 5
    with terbuka(penulis.url) as store:
        awal = len(store.telusuri()) - sum(len(n) for n in diakui.values())
        assert periksa_penuh(store, diakui) == awal + 4 * 5 * 5 + 12 * 5


def test_pembaca_selagi_ditulis(penulis: Penulis, tmp_path: Path) -> None:
    """Readers while others write: no error, never fewer events than before, read models never behind the log."""
    pid = [penulis.mulai(c) for c in ("satu", "batch", "langkah")]
    terlihat = [0]
    with terbuka(penulis.url) as store:
        sql = "SELECT (SELECT max(nomor) FROM peristiwa), (SELECT min(nomor) FROM posisi), (SELECT max(nomor) FROM posisi)"
        tahap = f"SELECT count(DISTINCT tahap) FROM papan WHERE kode IN ('{UNIT_UJI}', '{PASANGAN}')"  # noqa: S608 - constants
        proses = [
            zi(tmp_path, "unit", "lihat", UNIT_UJI, "--json", basis=penulis.url),
            zi(tmp_path, "periksa", UNIT_UJI, basis=penulis.url),
        ]
        while any(p.poll() is None for p in proses) or len(terlihat) < 60:
            with store.engine.connect() as koneksi:
                puncak, terendah, tertinggi = koneksi.exec_driver_sql(sql).one()
                beda = koneksi.exec_driver_sql(tahap).scalar_one()
            assert puncak == terendah == tertinggi
            assert puncak >= terlihat[-1]
            assert beda == 1
            terlihat.append(puncak)
        assert [selesai(p)[0] for p in proses] == [0, 0]
        assert terlihat[-1] > terlihat[1]
        for p in pid:
            penulis.bunuh(p)
        assert penulis.galat() == []
        periksa_penuh(store, penulis.diakui())
