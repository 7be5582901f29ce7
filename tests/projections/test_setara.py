"""For any lawful history: folded as it grows, rebuilt at the end, and folded by the domain, the read models say the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection, select

from projections import SEMUA, bukti, daftar_periksa, papan, pejabat, riwayat
from tests.alat.brankas import KODEK_UJI
from tests.projections.rangkai import Riwayat, terbagi
from zi_workflow import readmodel
from zi_workflow.domain.events import LangkahDiambil, LangkahDibatalkan, PerintahDitolak, Tercatat, UnitDidaftarkan
from zi_workflow.domain.state import Unit

_bersama = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def _sumber(log: list[Tercatat]) -> Callable[[int], Iterable[Tercatat]]:
    return lambda setelah: [t for t in log if t.nomor > setelah]


def _isi(koneksi: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every read model, in order of key."""
    return {p.nama: [dict(b) for b in koneksi.execute(select(p.tabel).order_by(*p.tabel.primary_key.columns)).mappings()] for p in SEMUA}


def _lipat(koneksi: Connection, bagian: list[list[Tercatat]]) -> None:
    """Start over and fold a history transaction by transaction."""
    readmodel.bangun_ulang(koneksi, SEMUA, lambda _: ())
    sudah: list[Tercatat] = []
    for satu in bagian:
        sudah += satu
        readmodel.terapkan(koneksi, SEMUA, satu, _sumber(sudah))


@_bersama
@given(terbagi())
def test_bangun_ulang_sama_dengan_bertahap(koneksi: Connection, contoh: tuple[Riwayat, list[list[Tercatat]]]) -> None:
    """Rebuilt equals incremental, row by row, also where every event was read back from its stored bytes."""
    r, bagian = contoh
    _lipat(koneksi, bagian)
    bertahap = _isi(koneksi)
    readmodel.bangun_ulang(koneksi, SEMUA, _sumber(r.log))
    assert _isi(koneksi) == bertahap
    tersimpan = [replace(t, peristiwa=KODEK_UJI.dekode(*KODEK_UJI.kodekan(KODEK_UJI.segel(t.peristiwa)))) for t in r.log]
    readmodel.bangun_ulang(koneksi, SEMUA, _sumber(tersimpan))
    assert _isi(koneksi) == bertahap


@_bersama
@given(terbagi())
def test_sama_dengan_lipatan_domain(koneksi: Connection, contoh: tuple[Riwayat, list[list[Tercatat]]]) -> None:
    """Every read model says what the domain's fold, or a plain look at the log, says."""
    r, bagian = contoh
    _lipat(koneksi, bagian)
    assert papan.kode_semua(koneksi, "binjai", "zi") == sorted(r.unit)
    for kode, unit in r.unit.items():
        baris = papan.satu(koneksi, "binjai", "zi", kode)
        assert baris is not None
        assert {k: baris[k] for k in _papan_harap(r, unit)} == _papan_harap(r, unit)
        assert [(b["nomor"], b["dibatalkan"]) for b in riwayat.unit(koneksi, "binjai", "zi", kode)] == _riwayat_harap(r, unit)
        tercatat = sorted((b.nomor, b.jenis, len(b.berkas)) for semua in unit.bukti.values() for b in semua)
        assert [(b["nomor"], b["jenis"], b["jumlah_berkas"]) for b in bukti.unit(koneksi, "binjai", "zi", kode)] == tercatat
    assert [b["nomor"] for b in bukti.fakta(koneksi, "binjai")] == [b.nomor for b in r.instansi.fakta.get("opini_bpk", ())]
    ada = {(m["nomor"], m["nip"], m["peran"], m["unit"], m["sejak"], m["sampai"]) for m in pejabat.daftar(koneksi, "binjai")}
    harap = {(j.nomor, j.nip, j.peran, j.unit, j.sejak.isoformat(), j.sampai.isoformat() if j.sampai else None) for j in r.instansi.jabatan}
    assert ada == harap
    assert _periksa_ada(koneksi) == _periksa_harap(r)


def _papan_harap(r: Riwayat, unit: Unit) -> dict[str, Any]:
    keadaan, usulan, tolak = unit.keadaan, unit.keadaan.usulan, [t for t in r.log if t.aliran == f"binjai/zi-penolakan/{unit.kode}"]
    daftar = next(t for t in r.log if t.aliran == f"binjai/zi/{unit.kode}")
    tolak = [t for t in tolak if t.nomor > daftar.nomor]
    akhir, didaftar = tolak[-1] if tolak else None, daftar.peristiwa
    return {
        "kode": unit.kode,
        "nama": unit.nama,
        "afirmasi": unit.afirmasi,
        "tahap": keadaan.tahap,
        "sejak": keadaan.sejak.isoformat(),
        "predikat": keadaan.predikat,
        "sasaran": keadaan.sasaran,
        "usulan_tahun": usulan.tahun if usulan else None,
        "usulan_surat": usulan.surat if usulan else None,
        "terdaftar": unit.terdaftar.isoformat(),
        "dari_arsip": isinstance(didaftar, UnitDidaftarkan) and didaftar.keadaan_awal is not None,
        "versi": unit.versi,
        "langkah_terakhir": unit.lalu[-1].langkah if unit.lalu else None,
        "tanggal_langkah_terakhir": unit.lalu[-1].tanggal.isoformat() if unit.lalu else None,
        "jumlah_bukti": sum(len(semua) for semua in unit.bukti.values()),
        "ditolak_nomor": akhir.nomor if akhir else None,
        "ditolak_hari": akhir.tanggal.isoformat() if akhir else None,
    }


def _riwayat_harap(r: Riwayat, unit: Unit) -> list[tuple[int, bool]]:
    """Return the numbers of registration, moves and undos; a move that the domain no longer holds is an undone one."""
    berdiri = {x.nomor for x in unit.lalu}
    milik = [t for t in r.log if t.aliran == f"binjai/zi/{unit.kode}"]
    return [
        (t.nomor, isinstance(t.peristiwa, LangkahDiambil) and t.nomor not in berdiri)
        for t in milik
        if isinstance(t.peristiwa, UnitDidaftarkan | LangkahDiambil | LangkahDibatalkan)
    ]


def _periksa_ada(koneksi: Connection) -> dict[tuple[str, str], tuple[int, bool, int]]:
    semua = koneksi.execute(select(daftar_periksa.daftar_periksa)).mappings()
    return {(b["kode"], b["perintah"]): (b["nomor"], b["terpenuhi"], len(json.loads(b["syarat"]))) for b in semua}


def _periksa_harap(r: Riwayat) -> dict[tuple[str, str], tuple[int, bool, int]]:
    hasil = {}
    for t in r.log:
        kode, p = t.aliran.split("/")[2], t.peristiwa
        if isinstance(p, LangkahDiambil):
            hasil[kode, p.langkah] = (t.nomor, True, len(p.syarat))
        elif isinstance(p, LangkahDibatalkan):
            hasil[kode, "batalkan-langkah"] = (t.nomor, True, len(p.syarat))
        elif isinstance(p, PerintahDitolak):
            hasil[kode, p.perintah] = (t.nomor, False, len(p.syarat))
    return hasil
