"""A unit's agenda as a calendar, taken in again and again while the register changes: one entry for each due date, the newest one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, arsip, bekal_usulan, sampai
from tests.alat.toko import Toko, toko
from tests.feed.alat_kalender import Klien, urai, vobjek
from zi_workflow.cli.tenggat_ics import acara
from zi_workflow.clock import hari_di
from zi_workflow.domain.agenda import agenda
from zi_workflow.domain.decide import UNIT
from zi_workflow.feed import susun

ZONA = "Asia/Jakarta"
LAMA = "KELURAHAN-A"


@pytest.fixture
def dunia(tmp_path: Path) -> Iterator[Toko]:
    """Give a register on disk, recorded up to 2 March 2026: a unit that is monitored, and one that holds an old WBK."""
    satu = toko(f"sqlite:///{tmp_path / 'zi.db'}")
    sampai("pemantauan", dunia=satu)
    keadaan = {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2023-12-01", "tanggal_predikat": "2023-12-01"}
    assert arsip(satu, LAMA, keadaan, "2024-06-12").diterima
    yield satu
    satu.tutup()


def _ekspor(dunia: Toko, pada: str) -> bytes:
    """Return the calendar of both units as exported on a day."""
    semua = [
        acara(e)
        for kode in (UNIT_UJI, LAMA)
        for e in agenda(
            dunia.aturan,
            dunia.layanan.instansi(),
            dunia.store.muat(dunia.layanan.aliran.untuk(UNIT, kode)),
            HARI(pada),
            partial(hari_di, ZONA),
        )
    ]
    return susun("Tenggat ZI binjai", ZONA, semua)


def _lapor(dunia: Toko) -> None:
    assert dunia.catat("laporan_berkala", "2026-03-10", {"nomor": "700/9", "simpulan": "masih_memenuhi"}, LAMA).diterima


def _umumkan(dunia: Toko) -> None:
    assert dunia.catat("pengumuman_tpn", "2026-03-12", {"tahun": 2026, "batas": "2026-06-12", "nomor": "B/7/TPN"}, None).diterima


def _mundur(dunia: Toko) -> None:
    isi = {"alasan": "salah tanggal", "nomor": "BA/1"}
    for langkah in range(2):
        assert dunia.maju("batalkan-langkah", "2026-04-07", isi | {"nomor": f"BA/{langkah}"}, oleh=ADMIN).diterima
    assert dunia.tahap() == "penetapan"


def _bangun_lagi(dunia: Toko) -> None:
    assert dunia.maju("mulai-bangun", "2026-04-09").diterima


def test_harus_ics_diterima_pengurai_lain_dan_impor_ulang_tanpa_ganda(dunia: Toko) -> None:
    """Real changes of the register (discharge, moved announcement, undone moves, moves made again), each export taken in twice.

    An independent parser accepts every file; the client has one entry for each UID, shows exactly what is open, and an old
    file that is taken in again changes nothing.
    """
    kisah: list[tuple[str, Callable[[Toko], None] | None]] = [
        ("2026-03-03", None),
        ("2026-03-10", _lapor),
        ("2026-03-11", None),
        ("2026-03-12", _umumkan),
        ("2026-04-07", _mundur),
        ("2026-04-09", _bangun_lagi),
        ("2026-12-31", None),
        ("2027-06-13", None),
        ("2028-01-01", None),
    ]
    klien, berkas = Klien(), list[bytes]()
    for hari, kejadian in kisah:
        dunia.jam.pada(HARI(hari))
        if kejadian is not None:
            kejadian(dunia)
        berkas.append(_ekspor(dunia, hari))
        vobjek(berkas[-1])
        klien.impor(berkas[-1])
        diganti = klien.diganti
        klien.impor(berkas[-1])
        assert klien.diganti == diganti, "the same file again changes nothing"
        assert klien.tampak == _terbuka(dunia, hari)
    tampak, diganti = klien.tampak, klien.diganti
    for lama in berkas:
        klien.impor(lama)
    assert (klien.tampak, klien.diganti) == (tampak, diganti)


def _terbuka(dunia: Toko, pada: str) -> dict[str, object]:
    """Return what is open on a day, by the UID that it must have."""
    hasil: dict[str, object] = {}
    for kode in (UNIT_UJI, LAMA):
        for t in dunia.layanan.tenggat(kode, HARI(pada)):
            if t.terbuka or t.sifat == "tidak_sebelum":
                hasil[f"{kode}.{t.id}.{t.kejadian.kunci}@zi.binjai"] = t.jatuh_tempo
    return hasil


def test_harus_pengumuman_memindahkan_entri_bukan_menambah(dunia: Toko) -> None:
    """A date announced later is the same entry on another day, with a higher SEQUENCE; taken back by a newer announcement too."""
    klien = Klien()
    klien.impor(_ekspor(dunia, "2026-03-03"))
    uid = f"{UNIT_UJI}.T1.2026@zi.binjai"
    assert klien.tampak[uid] == HARI("2026-05-31")
    _umumkan(dunia)
    klien.impor(_ekspor(dunia, "2026-03-12"))
    assert klien.tampak[uid] == HARI("2026-06-12")
    assert dunia.catat("pengumuman_tpn", "2026-03-20", {"tahun": 2026, "batas": "2026-05-31", "nomor": "B/8/TPN"}, None).diterima
    klien.impor(_ekspor(dunia, "2026-03-20"))
    assert klien.tampak[uid] == HARI("2026-05-31")


def test_harus_usulan_memenuhi_dan_penarikannya_membuka_kembali(dunia: Toko) -> None:
    """A proposal cancels the year's entry; undone, the very same entry is open again under a higher SEQUENCE."""
    uid = f"{UNIT_UJI}.T1.2026@zi.binjai"
    klien = Klien()
    dunia.catat("pemantauan", "2026-03-02", {"hasil": "berjalan"})
    dunia.catat("pendampingan", "2026-03-02", {"bentuk": "asistensi", "hasil": "dipahami"})
    assert dunia.maju("mulai-evaluasi", "2026-03-20", {"evaluator": PENILAI}).diterima
    bekal_usulan(dunia, 2026, "WBK")
    klien.impor(_ekspor(dunia, "2026-05-02"))
    assert uid in klien.tampak
    assert dunia.maju("usulkan", "2026-05-20", {"predikat": "WBK", "surat": "900/1/2026"}).diterima
    klien.impor(_ekspor(dunia, "2026-05-20"))
    assert uid not in klien.tampak
    assert dunia.maju("batalkan-langkah", "2026-05-21", {"alasan": "salah surat", "nomor": "BA/9"}, oleh=ADMIN).diterima
    klien.impor(_ekspor(dunia, "2026-05-21"))
    assert klien.tampak[uid] == HARI("2026-05-31")


def test_byte_sama_dari_register_yang_sama(dunia: Toko) -> None:
    """Exported again from the same register for the same day: the same bytes; DTSTAMP is the log's, before any day of export."""
    _lapor(dunia)
    satu = _ekspor(dunia, "2026-04-02")
    assert satu == _ekspor(dunia, "2026-04-02")
    akhir = max(t.waktu_catat for kode in (UNIT_UJI, LAMA) for t in dunia.store.muat(dunia.layanan.aliran.untuk(UNIT, kode)))
    assert max(a.sifat["DTSTAMP"] for a in urai(satu).anak) == f"{akhir:%Y%m%dT%H%M%SZ}"


def test_butir_berkode_sama_dan_berkode_aneh(dunia: Toko) -> None:
    """A plan with two items of one code, and codes with every kind of character, is a calendar that is accepted, none of them lost."""
    umum = {"area": 1, "kegiatan": "k; l, m\\N", "indikator": "i", "target": "100", "satuan": "persen", "tenggat": "2026-06-30"}
    kode = ["A1", "A1", "a;b,c", "A\nB", "BEGIN:VEVENT", "é/日"]
    isi = {"butir": [{**umum, "kode": k, "penanggung_jawab": KEPALA} for k in kode]}
    assert dunia.catat("rencana_aksi", "2026-03-03", isi).diterima
    berkas = _ekspor(dunia, "2026-03-04")
    vobjek(berkas)
    semua = [a for a in urai(berkas).anak if a.teks("UID").startswith(f"{UNIT_UJI}.T7.")]
    assert len(semua) == len(kode)
    assert any("k; l, m\\N" in a.teks("SUMMARY") for a in semua)
