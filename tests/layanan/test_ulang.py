"""Replay of a whole register: every decision of every kind the same, and what was tampered with by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import KEPALA, UNIT_UJI, bekal_pencanangan, definisi, kosong
from tests.alat.hidup import BARU, PENERUS, buang_definisi, ganti_definisi, rusak, salin
from tests.alat.toko import Toko, toko
from tests.layanan.alat import canangkan, catat
from zi_workflow.domain.events import (
    BuktiDicatat,
    BuktiDikoreksi,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiangkat,
    PerintahDitolak,
    PutusanDitinjau,
)
from zi_workflow.domain.replay import ulang
from zi_workflow.domain.retrace import PUTUSAN
from zi_workflow.retrospect import Ulangan, ulangi
from zi_workflow.store import Amplop


@contextmanager
def _buka(berkas: Path) -> Iterator[Toko]:
    dunia = toko(f"sqlite:///{berkas}")
    try:
        yield dunia
    finally:
        dunia.tutup()


def _semua(dunia: Toko) -> list[Ulangan]:
    lampau = dunia.layanan.lampau()
    return [u for kode in (None, *dunia.layanan.berkas()) for u in ulangi(lampau, kode)]


def _beda(berkas: Path) -> dict[int, tuple[str, ...]]:
    with _buka(berkas) as dunia:
        return {u.amplop.nomor: u.beda for u in _semua(dunia) if u.beda}


def _cari(berkas: Path, cocok: Callable[[Amplop], bool]) -> int:
    with _buka(berkas) as dunia:
        return next(a.nomor for a in dunia.store.telusuri() if cocok(a))


@pytest.fixture
def berkas(tmp_path: Path) -> Path:
    """Give a copy of the register."""
    salin(tmp_path / "zi.db")
    return tmp_path / "zi.db"


def test_harus_seluruh_register_diputus_ulang_sama(berkas: Path) -> None:
    """Each decision exactly once, whatever it answered, under two definitions, about units alive, dissolved and archived: all the same."""
    with _buka(berkas) as dunia:
        semua, log = _semua(dunia), dunia.store.telusuri()
    assert [(u.amplop.nomor, u.beda) for u in semua if u.beda] == []
    putusan = [a for a in log if isinstance(a.peristiwa, PUTUSAN)]
    assert sorted(u.amplop.nomor for u in semua) == [a.nomor for a in putusan]
    assert {type(a.peristiwa) for a in log} - set(PUTUSAN) == {LaranganDiwariskan, PutusanDitinjau}
    assert {type(a.peristiwa) for a in log} >= set(PUTUSAN)
    assert len({a.sidik_regulasi for a in putusan}) == 2
    ditolak = Counter(a.peristiwa.perintah for a in log if isinstance(a.peristiwa, PerintahDitolak))
    assert set(ditolak) == {
        "daftarkan-unit", "catat", "angkat-pejabat", "akhiri-pejabat", "atur-kontak", "mulai-bangun", "batalkan-langkah", "canangkan",
        "koreksi", "tarik", "akui", "hapus-data-pribadi",
    }  # fmt: skip
    assert {u.unit for u in semua} == {None, UNIT_UJI, PENERUS, BARU, "DISDIK"}


def test_putusan_lama_diulang_dengan_aturannya_sendiri(berkas: Path) -> None:
    """What the older definition accepted (58 of 60), the amended one refuses: each is decided again by its own."""
    with _buka(berkas) as dunia:
        lama = next(a for a in dunia.store.telusuri(unit=UNIT_UJI, jenis="canangkan"))
        baru = next(a for a in dunia.store.telusuri(unit=BARU, jenis="canangkan"))
        lampau = dunia.layanan.lampau()
        ketat = lampau.aturan(baru.sidik_regulasi)
        assert isinstance(baru.peristiwa, PerintahDitolak)
        assert lampau.aturan(lama.sidik_regulasi).sidik == definisi().sidik != ketat.sidik
        saksi = next(lampau.saksi(lama, UNIT_UJI))
        assert ulang(saksi, lama, lama.dasar, UNIT_UJI) == ()
        assert ulang(replace(saksi, definisi=ketat), lama, lama.dasar, UNIT_UJI)[0] == "dahulu diterima (LangkahDiambil), kini ditolak"


def _isi(**baru: Any) -> Callable[[dict[str, Any]], None]:  # noqa: ANN401 - plain data
    return lambda isi: isi["isi"].update(baru)


def _jenis(kelas: type, pokok: str | None = None) -> Callable[[Amplop], bool]:
    return lambda a: isinstance(a.peristiwa, kelas) and pokok in (None, a.pokok)


def _ganti(**baru: object) -> Callable[[dict[str, Any]], None]:
    return lambda isi: isi.update(baru)


@pytest.mark.parametrize(
    ("cocok", "ubah", "kata"),
    [
        (_jenis(BuktiDicatat, "pakta_integritas"), _isi(penandatangan=20), "canangkan"),
        (lambda a: a.pokok == "spip" and a.isi["isi"]["tahun"] == 2024, _isi(level=1), "usulkan"),
        (_jenis(PejabatDiangkat, "wali_kota"), _ganti(sampai="2024-03-31"), "tetapkan"),
        (_jenis(LangkahDiambil, "usulkan"), lambda isi: isi["hasil"].update(predikat="WBK"), "usulkan"),
        (_jenis(PerintahDitolak, "mulai-bangun"), lambda isi: isi["syarat"][0].update(status="x"), "mulai-bangun"),
        (_jenis(BuktiDikoreksi), _ganti(menggantikan=1), "koreksi"),
        (_jenis(LangkahDibatalkan), _ganti(nomor_langkah=1), "batalkan-langkah"),
    ],
    ids=["bukti", "fakta", "pejabat", "hasil", "penolakan", "koreksi", "pembatalan"],
)
def test_harus_isi_yang_diubah_menyebut_putusannya(
    berkas: Path, cocok: Callable[[Amplop], bool], ubah: Callable[[dict[str, Any]], object], kata: str
) -> None:
    """One event's content changed in the database: the decisions that come out otherwise are named, the others are the same."""
    nomor = _cari(berkas, cocok)
    rusak(berkas, nomor, ubah)
    beda = _beda(berkas)
    assert beda
    with _buka(berkas) as dunia:
        semua = {u.amplop.nomor: u.perintah for u in _semua(dunia)}
    assert kata in {semua[n] for n in beda}
    assert len(beda) < len(semua)


def test_harus_pelaku_dan_tanggal_yang_diubah_disebut(berkas: Path) -> None:
    """Columns of the envelope that a decision hangs on: another actor, another day, another citation."""
    nomor = _cari(berkas, lambda a: isinstance(a.peristiwa, LangkahDiambil) and a.pokok == "canangkan")
    koreksi = _cari(berkas, lambda a: isinstance(a.peristiwa, BuktiDikoreksi))
    rusak(berkas, nomor, lambda _: None, oleh="X-BUKAN")
    rusak(berkas, koreksi, lambda _: None, tanggal="2024-03-20")
    rusak(berkas, koreksi + 1, lambda _: None, dasar="[]")
    beda = _beda(berkas)
    assert any(b.startswith("dahulu diterima") for b in beda[nomor])
    assert beda[koreksi] == ("tanggal: 2024-03-20 menjadi 2024-03-04",)


def test_harus_definisi_yang_hilang_disebut(berkas: Path) -> None:
    """A definition that is not in the store any more: each of its decisions is named with its hash, the other definition's are the same."""
    nomor = _cari(berkas, lambda a: a.kode == BARU)
    with _buka(berkas) as dunia:
        satu = dunia.store.lihat(nomor)
    assert satu is not None
    buang_definisi(berkas, satu.sidik_regulasi)
    with _buka(berkas) as dunia:
        semua = _semua(dunia)
    hilang = {u.amplop.nomor: u.beda for u in semua if u.beda}
    assert set(hilang) == {u.amplop.nomor for u in semua if u.amplop.sidik_regulasi == satu.sidik_regulasi}
    assert set(hilang.values()) == {(f"Definisi {satu.sidik_regulasi} tidak tersimpan",)}


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (lambda _: b"{}", "tidak terbaca program ini (definisi tersimpan"),
        (lambda b: b.replace(b"Kota Binjai", b"Kota Lain"), "tersimpan dengan isi lain"),
    ],
    ids=["rusak", "ditukar"],
)
def test_harus_definisi_yang_diganti_disebut(berkas: Path, isi: Callable[[bytes], bytes], kata: str) -> None:
    """A definition that cannot be read any more, or is not what its hash says: its decisions say so, each in one sentence."""
    nomor = _cari(berkas, lambda a: a.kode == BARU)
    with _buka(berkas) as dunia:
        satu = dunia.store.lihat(nomor)
    assert satu is not None
    ganti_definisi(berkas, satu.sidik_regulasi, isi)
    beda = set(_beda(berkas).values())
    assert [len(b) for b in beda] == [1]
    assert all(b[0].startswith(f"Definisi {satu.sidik_regulasi} {kata}") for b in beda)


@pytest.mark.parametrize(
    ("cocok", "ubah"),
    [
        (_jenis(LangkahDibatalkan), _ganti(isi={})),
        (lambda a: a.jenis == "UnitDidaftarkan@1" and a.kode == UNIT_UJI, lambda isi: isi["keadaan"].pop("tahap")),
        (_jenis(BuktiDikoreksi), _ganti(pada="kemarin")),
        (_jenis(PejabatDiangkat), _ganti(sejak="2024-13-01")),
        (_jenis(PerintahDitolak, "tarik"), lambda isi: isi["isi"].update(nomor="x")),
    ],
)
def test_isi_yang_tidak_masuk_akal_disebut_bukan_kesalahan_program(
    berkas: Path, cocok: Callable[[Amplop], bool], ubah: Callable[[dict[str, Any]], object]
) -> None:
    """Content that no program wrote, and whatever is decided on it, is a difference that says so."""
    nomor = _cari(berkas, cocok)
    rusak(berkas, nomor, ubah)
    beda = _beda(berkas)
    assert any("tidak masuk akal" in b for satu in beda.values() for b in satu)


def test_harus_penolakan_tidak_bersandar_pada_yang_tidak_tertulis(basis_sqlite: str) -> None:
    """A request is refused for its last command: that refusal is judged without the records of the request, which are not written.

    One that is refused only because of what the request itself would have written leaves nothing at all.
    """
    dunia = toko(basis_sqlite)
    try:
        kosong(dunia=dunia)
        publikasi = catat("publikasi", {"kanal": "L", "alamat": "a"})
        jawaban = dunia.layanan.jalankan([publikasi, canangkan()])
        kurang = {t.id for d in jawaban.penolakan for t in d.penghalang}
        assert "R1" in kurang
        assert "R3" not in kurang
        (satu,) = dunia.store.telusuri(jenis="PerintahDitolak")
        assert isinstance(satu.peristiwa, PerintahDitolak)
        assert [s["status"] for s in satu.peristiwa.syarat if s["id"] == "R3"] == ["tidak"]
        bekal_pencanangan(dunia)
        pakta = catat("pakta_integritas", {"jumlah_pegawai": 60, "penandatangan": 2, "pimpinan": "ya"})
        assert not dunia.layanan.jalankan([pakta, canangkan()]).diterima
        assert len(dunia.store.telusuri(jenis="PerintahDitolak")) == 1
        assert [u.beda for u in _semua(dunia) if u.beda] == []
    finally:
        dunia.tutup()


def test_penerus_dan_arsip(berkas: Path) -> None:
    """The dissolved unit handed its bar on, and the archived one opened as it stood: both are decided again as they were."""
    with _buka(berkas) as dunia:
        unit = dunia.layanan.unit(PENERUS)
        assert unit is not None
        assert dict(unit.warisan)
        lampau = dunia.layanan.lampau()
        perintah = [u.perintah for u in ulangi(lampau, PENERUS)]
        assert perintah[0] == "daftarkan-unit"
        assert [u.beda for u in ulangi(lampau, UNIT_UJI) if u.perintah == "nonaktifkan"] == [()]
        assert KEPALA in {u.amplop.oleh for u in ulangi(lampau, None)}
