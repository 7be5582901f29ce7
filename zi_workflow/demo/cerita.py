"""The story: what happens to each of the thirty organisations from February 2024 to November 2026. All of it is invented.

Each unit's part is told on its own; `cerita` puts the scenes in the order in which they are recorded. A scene says
what must become of it: accepted, or refused for exactly these requirements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from zi_workflow.demo.adegan import AKHIR, Adegan, adegan, berkala, mulai_evaluasi, mulai_pantau, realisasi
from zi_workflow.demo.babak import babak
from zi_workflow.demo.bekal import PERAGAAN, Bekal, maju, mundur, nomor_surat
from zi_workflow.demo.jalur import JALUR, Jalur
from zi_workflow.demo.pemeran import (
    ADMIN,
    GANTI_KEPALA,
    KEPALA_BARU_SEJAK,
    KEPALA_LAMA_SAMPAI,
    MULAI,
    PENILAI,
    SEKDA,
    WALI_KOTA,
    kepala,
    nama_kepala,
    nomor_kepala,
    perangkat_daerah,
)
from zi_workflow.domain.commands import AkhiriPejabat, AngkatPejabat, AturKontak, Catat, DaftarkanUnit

PENDAFTARAN = date(2024, 3, 1)


def cerita(bekal: Bekal) -> tuple[Adegan, ...]:
    """Return every scene, by the day of recording."""
    bagian: Iterable[Iterable[Adegan]] = (
        _pejabat(),
        _pendaftaran(bekal),
        _instansi(),
        *(_jalur(bekal, j) for j in JALUR),
        _ganti_kepala(),
        *babak(bekal),
    )
    return tuple(sorted(chain.from_iterable(bagian), key=lambda a: a.dicatat))


# --- the instansi ----------------------------------------------------------------------------------------------------


def _pejabat() -> Iterator[Adegan]:
    yield adegan([AngkatPejabat(ADMIN, "Admin Contoh", "admin", nomor_surat("SETDA", MULAI, "SK"), MULAI, MULAI, ADMIN)])
    sk = nomor_surat("KOTA", MULAI, "SK")
    lain = [(WALI_KOTA, "Wali Kota Contoh", "wali_kota"), (SEKDA, "Sekda Contoh", "sekda")]
    lain += [(nip, f"Penilai Contoh {i}", "tpi") for i, nip in enumerate(PENILAI, 1)]
    yield adegan([AngkatPejabat(nip, nama, peran, sk, MULAI, MULAI, ADMIN) for nip, nama, peran in lain])
    kontak = ((ADMIN, "meja-admin"), (PENILAI[0], "meja-penilai-1"))
    yield adegan([AturKontak(nip, "berkas", MULAI, ADMIN, alamat) for nip, alamat in kontak])


def _pendaftaran(bekal: Bekal) -> Iterator[Adegan]:
    for unit in perangkat_daerah().values():
        awal = _ARSIP.get(unit.kode)
        berkas = bekal.berkas(f"arsip-{unit.kode.lower()}.txt", str(awal["dasar"])) if awal else ()
        nip, nama = kepala(unit.kode, PENDAFTARAN), nama_kepala(unit.nomor)
        yield adegan(
            [
                DaftarkanUnit(unit.kode, unit.nama, PENDAFTARAN, ADMIN, unit.jenis, unit.afirmasi, awal, berkas),
                AngkatPejabat(nip, nama, "kepala_pd", nomor_surat(unit.kode, MULAI, "SK"), MULAI, PENDAFTARAN, ADMIN, None, unit.kode),
            ]
        )


_ARSIP: Mapping[str, Mapping[str, Any]] = {
    "DPMPTSP": {
        "tahap": "pemantauan_predikat",
        "predikat": "WBK",
        "sejak": "2023-01-09",
        "tanggal_predikat": "2022-12-06",
        "dasar": f"{PERAGAAN}: keputusan predikat WBK tahun 2022",
    },
    "BINJAI-TIMUR": {
        "tahap": "pemantauan_predikat",
        "predikat": "WBK",
        "sejak": "2023-01-16",
        "tanggal_predikat": "2022-12-05",
        "dasar": f"{PERAGAAN}: keputusan predikat WBK tahun 2022",
    },
    "DISHUB": {
        "tahap": "pemantauan_predikat",
        "predikat": "WBK",
        "sejak": "2022-01-10",
        "tanggal_predikat": "2021-12-13",
        "laporan_terakhir": "2023-12-11",
        "dasar": f"{PERAGAAN}: keputusan predikat WBK tahun 2021",
    },
}


def _instansi() -> Iterator[Adegan]:
    """Facts of the instansi: the TPI, the declaration, each year's figures, TPN's earlier deadline of 2025."""
    tpi = {"nomor": nomor_surat("TPI", date(2024, 3, 4), "SK"), "anggota": [{"nip": n, "apip": "ya"} for n in PENILAI]}
    alamat = {"kanal": "Upacara", "alamat": "Balai Kota (rekaan)"}
    yield adegan([_fakta("keputusan_tpi", date(2024, 3, 4), tpi), _fakta("deklarasi_pemda", date(2024, 3, 4), alamat)])
    for tahun in (2023, 2024, 2025):
        t = tahun + 1
        yield adegan([_fakta("sakip_instansi", date(t, 3, 6), {"tahun": tahun, "peringkat": "BB"})])
        yield adegan([_fakta("indeks_rb", date(t, 3, 25), {"tahun": tahun, "peringkat": "B"})])
        yield adegan([_fakta("spip", date(t, 4, 16), {"tahun": tahun, "level": 2 if tahun == 2025 else 3})])  # noqa: PLR2004 - the story
        yield adegan([_fakta("opini_bpk", date(t, 5, 7), {"tahun": tahun, "opini": "WTP"})])
    umum = date(2025, 3, 5)
    isi = {"tahun": 2025, "batas": "2025-05-23", "nomor": nomor_surat("TPN", umum, "UMUM")}
    yield adegan([_fakta("pengumuman_tpn", umum, isi)])
    yield adegan([_fakta("spip", date(2026, 5, 29), {"tahun": 2025, "level": 3})])


def _fakta(jenis: str, hari: date, isi: Mapping[str, Any]) -> Catat:
    return Catat(jenis, None, isi, hari, ADMIN)


def _ganti_kepala() -> Iterator[Adegan]:
    """Let the head of one unit retire and appoint another."""
    kode, lama, baru = GANTI_KEPALA, KEPALA_LAMA_SAMPAI, KEPALA_BARU_SEJAK
    yield adegan([AkhiriPejabat(kepala(kode, lama), "kepala_pd", lama, lama, ADMIN, kode, "Purnatugas (rekaan)")])
    nip, nama = kepala(kode, baru), nama_kepala(nomor_kepala(kode, baru))
    yield adegan([AngkatPejabat(nip, nama, "kepala_pd", nomor_surat(kode, baru, "SK"), baru, baru, ADMIN, None, kode)])


# --- the road that all units share -----------------------------------------------------------------------------------


def _jalur(bekal: Bekal, j: Jalur) -> Iterator[Adegan]:
    """One unit from declaration to evaluation, as far as its row goes; what each move needs is recorded some days before."""
    yield adegan(bekal.pencanangan(j.kode, mundur(j.canang, 4)))
    yield adegan([maju("canangkan", j.kode, j.canang, kepala(j.kode, j.canang))])
    if j.tetap:
        yield adegan(bekal.penetapan(j.kode, mundur(j.tetap, 2)))
        yield adegan([maju("tetapkan", j.kode, j.tetap, WALI_KOTA)])
    if j.bangun:
        yield adegan(bekal.pembangunan(j.kode, mundur(j.bangun, 5), j.layanan))
        yield adegan([maju("mulai-bangun", j.kode, j.bangun, kepala(j.kode, j.bangun))])
        yield from berkala(bekal, j.kode, j.bangun, j.dipantau_sampai or AKHIR)
        yield from realisasi(bekal, j.kode, mundur(j.bangun, 5), j.evaluasi, j.capaian)
    if j.pantau:
        yield adegan([mulai_pantau(j.kode, j.pantau)])
    if j.evaluasi:
        yield adegan([mulai_evaluasi(j.kode, j.evaluasi)])
