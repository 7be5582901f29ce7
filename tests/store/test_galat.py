"""When the storage fails: one clear Indonesian message, the right exit code, nothing half written."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.engine import Engine

from tests.store.bahan import UNIT, Jam, naskah, tambah, terbuka
from zi_workflow.domain.errors import Galat, HasilTidakDiketahui, IntegritasRusak, MasukanSalah, PenyimpananGagal
from zi_workflow.store import Kunci, Store, buka


def _berkas(url: str) -> Path:
    return Path(str(make_url(url).database))


def _galat(kerja: Callable[[], object]) -> Galat:
    with pytest.raises(Galat) as galat:
        kerja()
    teks = f"{galat.value.pesan}\n{galat.value.sebab}\n{galat.value.lanjut}"
    assert galat.value.pesan
    assert galat.value.sebab
    assert galat.value.lanjut
    assert "database is locked" not in teks
    assert "Traceback" not in teks
    return galat.value


def test_berkas_tidak_ada(basis_sqlite: str) -> None:
    """A missing file is not made by opening it; the message tells `zi siapkan`."""
    galat = _galat(lambda: buka(basis_sqlite, jam=Jam(), pencatat="x", proyeksi=()))
    assert (galat.kode, "zi siapkan" in galat.lanjut, _berkas(basis_sqlite).exists()) == (8, True, False)


def test_berkas_hilang_setelah_dibuka(basis_sqlite: str) -> None:
    """A file that goes away between opening and reading is not made anew."""
    with terbuka(basis_sqlite):
        pass
    store = buka(basis_sqlite, jam=Jam(), pencatat="x", proyeksi=())
    _berkas(basis_sqlite).unlink()
    assert _galat(lambda: store.muat(UNIT)).kode == 8
    assert not _berkas(basis_sqlite).exists()
    store.tutup()


@pytest.mark.parametrize(
    "url", ["", "bukan url", "mysql://u:rahasia@h/d", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg2://u:rahasia@h/d"]
)
def test_alamat_yang_tidak_didukung(url: str) -> None:
    """A URL that cannot be used is wrong usage, and its password is not repeated."""
    galat = _galat(lambda: buka(url, jam=Jam(), pencatat="x", proyeksi=()))
    assert isinstance(galat, MasukanSalah)
    assert "rahasia" not in f"{galat} {galat.sebab} {galat.lanjut}"


@pytest.mark.parametrize("tunggu", ["abc", "nan", "-1", "1e9", "1&timeout=2"])
def test_lama_tunggu_tidak_terbaca(basis_sqlite: str, tunggu: str) -> None:
    """A waiting time that is no number of seconds is wrong usage."""
    galat = _galat(lambda: buka(f"{basis_sqlite}?timeout={tunggu}", jam=Jam(), pencatat="x", proyeksi=(), buat=True))
    assert (galat.kode, "tunggu" in galat.pesan) == (2, True)


def test_teks_yang_bukan_unicode(basis_sqlite: str) -> None:
    """A half character reaches no database: wrong usage, not a fault of the program; the store goes on."""
    with terbuka(basis_sqlite) as store:
        assert _galat(lambda: store.muat("binjai/zi/A\udcff")).kode == 2
        assert _galat(lambda: store.telusuri(oleh="\ud800")).kode == 2
        assert _galat(lambda: store.jawaban_kunci(Kunci("\udcff", "0" * 64))).kode == 2
        assert tambah(store, naskah(1))[0].nomor == 1


def test_nul_di_postgresql(basis_postgres: str) -> None:
    """NUL, which PostgreSQL cannot hold, is wrong usage too."""
    with terbuka(basis_postgres) as store:
        assert _galat(lambda: store.muat("binjai/zi/A\x00")).kode == 2
        assert tambah(store, naskah(1))[0].nomor == 1


def test_membaca_tidak_meninggalkan_apa_pun(basis_sqlite: str) -> None:
    """Reading leaves the folder and the file's bytes as they were."""
    with terbuka(basis_sqlite) as store:
        tambah(store, naskah(1))
    berkas = _berkas(basis_sqlite)
    sebelum = (sorted(berkas.parent.iterdir()), berkas.read_bytes(), berkas.stat().st_mtime_ns)
    with terbuka(basis_sqlite, siapkan=False) as store:
        assert store.muat(UNIT)
        assert store.telusuri()
        assert store.versi([UNIT]) == {UNIT: 1}
    assert (sorted(berkas.parent.iterdir()), berkas.read_bytes(), berkas.stat().st_mtime_ns) == sebelum


def test_penyimpanan_sedang_dipakai(basis_sqlite: str) -> None:
    """Another program that holds the write lock: wait, then one message; reading goes on; afterwards all is well."""
    with terbuka(f"{basis_sqlite}?timeout=0.6") as store:
        tambah(store, naskah(1))
        lain = sqlite3.connect(_berkas(basis_sqlite), isolation_level=None)
        lain.execute("BEGIN IMMEDIATE")
        mulai = time.monotonic()
        galat = _galat(lambda: tambah(store, naskah(2)))
        assert 0.4 < time.monotonic() - mulai < 5
        assert (galat.kode, "dipakai" in galat.pesan) == (8, True)
        assert len(store.muat(UNIT)) == 1
        lain.execute("ROLLBACK")
        lain.close()
        assert tambah(store, naskah(2))[0].nomor == 2


def test_baris_kepala_sedang_dipakai(basis_postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL the wait for the head row ends too."""
    monkeypatch.setattr("zi_workflow.store.connection.TUNGGU", 1)
    with terbuka(basis_postgres) as store, store.engine.connect() as lain:
        lain.exec_driver_sql("BEGIN")
        lain.exec_driver_sql("UPDATE kepala SET nomor = nomor")
        assert _galat(lambda: tambah(store, naskah(1))).kode == 8
        lain.exec_driver_sql("ROLLBACK")
        assert tambah(store, naskah(1))[0].nomor == 1


def _setiap_pakai(engine: Engine, perintah: str) -> Callable[[], None]:
    """Run a pragma on every connection that is taken from the pool, until the returned function is called."""

    def pasang(koneksi: sqlite3.Connection, *_: object) -> None:
        koneksi.execute(perintah)

    event.listen(engine, "checkout", pasang)
    return lambda: event.remove(engine, "checkout", pasang)


def test_ruang_penuh(basis_sqlite: str) -> None:
    """A full disk: nothing of the batch is kept, and it goes on when there is room again."""
    with terbuka(basis_sqlite) as store:
        tambah(store, naskah(1))
        lepas = _setiap_pakai(store.engine, "PRAGMA max_page_count = 1")
        galat = _galat(lambda: tambah(store, *[naskah(v) for v in range(2, 400)], kunci=Kunci("k", "s")))
        assert (galat.kode, "penuh" in galat.pesan) == (8, True)
        lepas()
        store.engine.dispose()
        assert store.versi([UNIT]) == {UNIT: 1}
        assert store.jawaban_kunci(Kunci("k", "s")) is None
        assert tambah(store, naskah(2))[0].nomor == 2


def test_hanya_baca(basis_sqlite: str) -> None:
    """A connection that may not write says so."""
    with terbuka(basis_sqlite) as store:
        _setiap_pakai(store.engine, "PRAGMA query_only = ON")
        galat = _galat(lambda: tambah(store, naskah(1)))
        assert (galat.kode, "hanya dapat dibaca" in galat.pesan) == (8, True)


def _sebagai_orang_lain(url: str, pipa: multiprocessing.connection.Connection) -> None:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    with terbuka(url, siapkan=False) as store:
        hasil: list[object] = [len(store.muat(UNIT))]
        try:
            tambah(store, naskah(2))
        except PenyimpananGagal as galat:
            hasil.append(galat.pesan)
    pipa.send(hasil)


def test_folder_yang_tidak_dapat_ditulis_masih_terbaca(tmp_path: Path) -> None:
    """A store in a folder without write permission is read, not written, and nothing appears beside it."""
    folder = tmp_path / "arsip"
    folder.mkdir()
    url = f"sqlite:///{folder / 'zi.db'}"
    with terbuka(url) as store:
        tambah(store, naskah(1))
    (folder / "zi.db").chmod(0o444)
    folder.chmod(0o555)
    for induk in (tmp_path, *tmp_path.parents):
        if induk.owner() == folder.owner() and str(induk) not in {"/", "/tmp"}:  # noqa: S108
            induk.chmod(induk.stat().st_mode | 0o055)
    sini, sana = multiprocessing.Pipe()
    anak = multiprocessing.get_context("fork").Process(target=_sebagai_orang_lain, args=(url, sana))
    anak.start()
    assert sini.poll(20)
    assert sini.recv() == [1, "Penyimpanan hanya dapat dibaca."]
    anak.join()
    folder.chmod(0o755)
    assert sorted(folder.iterdir()) == [folder / "zi.db", folder / "zi.db.kunci-data"]


def test_bukan_basis_data(basis_sqlite: str) -> None:
    """A file that is something else is refused as such, and kept."""
    _berkas(basis_sqlite).write_bytes(b"surat biasa, bukan basis data" * 100)
    with terbuka(basis_sqlite, siapkan=False) as store:
        assert _galat(lambda: store.muat(UNIT)).kode == 8
        assert _galat(store.siapkan).kode == 8
    assert _berkas(basis_sqlite).read_bytes().startswith(b"surat biasa")


def test_berkas_rusak(basis_sqlite: str) -> None:
    """A file whose pages are overwritten is damage (exit 7), not a crash."""
    with terbuka(basis_sqlite) as store:
        tambah(store, *[naskah(v) for v in range(1, 200)])
    berkas = _berkas(basis_sqlite)
    isi = berkas.read_bytes()
    berkas.write_bytes(isi[:4096] + b"\xff" * (len(isi) - 4096))
    with terbuka(basis_sqlite, siapkan=False) as store:
        assert isinstance(_galat(lambda: store.muat(UNIT)), IntegritasRusak)


def test_penyimpanan_lebih_baru_terbaca_tetapi_tidak_ditulis(store: Store) -> None:
    """A store that a newer program wrote is read, not written, not prepared (exit 8)."""
    tambah(store, naskah(1))
    with store.engine.connect() as koneksi:
        koneksi.exec_driver_sql("UPDATE meta SET nilai = '2' WHERE nama = 'skema'")
        koneksi.commit()
    for kerja in (lambda: tambah(store, naskah(2)), store.siapkan):
        galat = _galat(kerja)
        assert (galat.kode, "lebih baru" in galat.pesan) == (8, True)
    assert len(store.muat(UNIT)) == len(store.telusuri()) == 1


@pytest.mark.parametrize("sandi", ["rahasia", "r@h/a:s i%a"])
def test_peladen_tidak_terjangkau(sandi: str) -> None:
    """A server that does not answer is storage that fails; the password stays out of every message."""
    url = make_url("postgresql://zi@127.0.0.1:1/zi").set(password=sandi).render_as_string(hide_password=False)
    with terbuka(url, siapkan=False) as store:
        galat = _galat(lambda: store.muat(UNIT))
    assert galat.kode == 8
    assert sandi not in f"{galat.pesan} {galat.sebab} {galat.lanjut}"


def _putuskan(store: Store, url: str) -> None:
    """Cut every idle connection of the store, as a restart of the server would."""
    with terbuka(url, siapkan=False) as lain, lain.engine.connect() as koneksi, store.engine.connect() as milik:
        pid = milik.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        koneksi.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def test_sambungan_mati_disambung_lagi(basis_postgres: str) -> None:
    """A connection that died while idle costs nothing: reading and writing go on."""
    with terbuka(basis_postgres) as store:
        _putuskan(store, basis_postgres)
        assert tambah(store, naskah(1))[0].nomor == 1
        _putuskan(store, basis_postgres)
        assert len(store.muat(UNIT)) == 1
        _putuskan(store, basis_postgres)
        assert len(store.telusuri()) == 1


def test_sambungan_putus_saat_menyimpan(basis_postgres: str) -> None:
    """A connection lost while committing is an unknown outcome (exit 9); the same key then writes exactly once."""
    with terbuka(basis_postgres) as store, terbuka(basis_postgres, siapkan=False) as lain, lain.engine.connect() as koneksi:
        koneksi.exec_driver_sql(
            "CREATE FUNCTION lambat() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NULL; END $$;"
            "CREATE CONSTRAINT TRIGGER lambat AFTER INSERT ON peristiwa DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION lambat()"
        )
        koneksi.commit()
        galat: list[Exception] = []

        def tulis() -> None:
            try:
                tambah(store, naskah(1), kunci=Kunci("k", "s"))
            except Galat as satu:
                galat.append(satu)

        utas = threading.Thread(target=tulis)
        utas.start()
        cari = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query = 'COMMIT'"
        while (pid := koneksi.exec_driver_sql(cari).scalar()) is None:
            time.sleep(0.02)
        koneksi.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        utas.join(20)
        assert [type(g) for g in galat] == [HasilTidakDiketahui]
        koneksi.exec_driver_sql("DROP TRIGGER lambat ON peristiwa")
        for _ in range(2):
            assert [t.nomor for t in tambah(store, naskah(1), kunci=Kunci("k", "s"))] == [1]
        assert store.versi([UNIT]) == {UNIT: 1}
