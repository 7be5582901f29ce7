"""The table of dates: one row per case, and the few words in which a row tells a unit's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    WALI_KOTA,
    Dunia,
    arsip,
    bekal_pembangunan,
    bekal_penetapan,
    sampai,
    sampai_wbbm,
)
from zi_workflow.domain.commands import AngkatPejabat
from zi_workflow.domain.deadlines import Tenggat, tenggat
from zi_workflow.domain.events import BerkasTerkait, Tercatat
from zi_workflow.domain.state import evolve

ZONA = ("UTC", "Asia/Jakarta", "America/New_York")
MULAI = "2024-02-19"


class Kasus(NamedTuple):
    """What is shown; the file; the duty (``T7/A1``: its item); the day of asking; what must come out ('' where nothing runs).

    ``sisa``: days left; ``kerja``: the last working day on or before the due date.
    """

    apa: str
    berkas: str
    tenggat: str
    pada: str
    jatuh_tempo: str = ""
    status: str = ""
    sisa: int = 0
    kerja: str = ""


# --- files in words ---------------------------------------------------------------------------------------------------
# The first word opens the file from the archive: bangun, wbk, wbbm, dicabut (each since its date), usul (proposed on the
# second date, building since the first), usul-wbbm (WBK since the first), lapor-arsip (WBK, last report), jalan (a whole
# lawful life up to a stage). The words after a comma happen to it, each on its date. A word in capitals stands for several.


@cache
def dunia(berkas: str, _zona: str = "") -> Dunia:
    """Return the world in which the words of ``berkas`` happened to UNIT_UJI; every word must be accepted.

    One is made for each time zone of the process that it is asked for.
    """
    kata_kata = (kata for bagian in berkas.split(", ") for kata in NAMA.get(bagian, bagian).split(", "))
    awal, *lanjut = (kata.split() for kata in kata_kata)
    hasil = _MULAI[awal[0]](*awal[1:])
    for kata, *isi in lanjut:
        putusan = _LALU[kata](hasil, *isi)
        assert putusan.diterima, (kata, isi, putusan.daftar.penghalang)
    return hasil


def cari(berkas: str, nama: str, pada: str, zona: str = "") -> Tenggat | None:
    """Return the first open occurrence of a duty (or its item) on a day, else the last, None where there is none."""
    id_tenggat, _, butir = nama.partition("/")
    satu = dunia(berkas, zona)
    semua = [
        t for t in tenggat(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, HARI(pada)) if (t.id, t.kejadian.butir) == (id_tenggat, butir)
    ]
    return next((t for t in semua if t.kejadian.dipenuhi is None), semua[-1] if semua else None)


def _arsip(daftar: str, **keadaan: str) -> Dunia:
    hasil = Dunia()
    hasil.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1/2024", HARI(MULAI), HARI(MULAI), ADMIN))
    hasil.angkat(WALI_KOTA, "wali_kota")
    hasil.angkat(PENILAI, "tpi")
    arsip(hasil, UNIT_UJI, keadaan, max(daftar, MULAI))
    return hasil


def _usul(predikat: str, dulu: str, hari: str) -> Dunia:
    milik = {"mulai_bangun": dulu} if predikat == "WBK" else {"predikat": "WBK", "tanggal_predikat": dulu, "mulai_bangun": dulu}
    return _arsip(hari, tahap="usulan_tpn", sejak=hari, sasaran=predikat, **milik)


def _predikat(predikat: str, hari: str, **lain: str) -> Dunia:
    return _arsip(
        max(hari, *lain.values(), hari), tahap="pemantauan_predikat", sejak=hari, predikat=predikat, tanggal_predikat=hari, **lain
    )


_MULAI: Mapping[str, Callable[..., Dunia]] = {
    "bangun": lambda hari: _arsip(hari, tahap="pembangunan", sejak=hari, mulai_bangun=hari),
    "wbk": lambda hari: _predikat("WBK", hari),
    "wbbm": lambda hari: _predikat("WBBM", hari),
    "lapor-arsip": lambda hari, lapor: _predikat("WBK", hari, laporan_terakhir=lapor),
    "usul": lambda dulu, hari: _usul("WBK", dulu, hari),
    "usul-wbbm": lambda dulu, hari: _usul("WBBM", dulu, hari),
    "dicabut": lambda hari: _arsip(hari, tahap="dicabut", sejak=hari),
    "jalan": sampai,
    "jalan-wbbm": sampai_wbbm,
}


def _rencana(satu: Dunia, hari: str, *butir: str) -> Any:  # noqa: ANN401 - a Putusan
    """Plan items, each ``kode:tenggat:target``."""
    isi = [dict(zip(("kode", "tenggat", "target"), b.split(":"), strict=True)) for b in butir]
    lain = {"area": 1, "kegiatan": "Kegiatan", "indikator": "i", "satuan": "persen", "penanggung_jawab": KEPALA}
    return satu.catat("rencana_aksi", hari, {"butir": [{**lain, **b} for b in isi]})


def _gagal(satu: Dunia, hari: str) -> Any:  # noqa: ANN401 - a Putusan
    usulan = satu.unit[UNIT_UJI].keadaan.usulan
    assert usulan is not None
    hasil = {"nomor": "B/1/TPN", "tahun": usulan.tahun, "predikat": usulan.predikat, "hasil": "tidak_memenuhi"}
    satu.catat("hasil_tpn", hari, hasil)
    return satu.maju("tidak-lulus", hari, {"sebab": "tidak_memenuhi"})


def _ulang(satu: Dunia, hari: str) -> Any:  # noqa: ANN401 - a Putusan
    """Appointed anew after a revocation, and building again from the same day on."""
    bekal_penetapan(satu, hari)
    assert satu.maju("tetapkan-ulang", hari).diterima
    bekal_pembangunan(satu, hari)
    return satu.maju("mulai-bangun", hari)


class _Diterima(NamedTuple):
    """What another file told is no decision about this one: it is always taken."""

    diterima: bool = True


def _aduan(satu: Dunia, hari: str, kode: str, tahap: str = "diterima", dibuka: str = "") -> _Diterima:
    """Tell of a complaint about the unit that was opened, or moved (``batal``: back to being clarified)."""
    akhir, batal = tahap in ("selesai", "tidak_terbukti"), tahap == "batal"
    peristiwa = BerkasTerkait("pengaduan", kode, "diklarifikasi" if batal else tahap, dibuka or hari, hari, akhir, batal)
    unit = satu.unit[UNIT_UJI]
    tercatat = Tercatat(peristiwa, len(satu.log) + 1, unit.versi + 1, HARI(hari), PENILAI, datetime(2026, 1, 1, tzinfo=UTC))
    satu.log.append(tercatat)
    satu.unit[UNIT_UJI] = evolve(unit, tercatat)
    return _Diterima()


_SURAT = {"alasan": "keliru", "nomor": "900/9"}
_LALU: Mapping[str, Callable[..., Any]] = {
    "aduan": _aduan,
    "lapor": lambda d, h: d.catat("laporan_berkala", h, {"nomor": "700/55", "simpulan": "masih_memenuhi"}),
    "pantau": lambda d, h: d.catat("pemantauan", h, {"hasil": "berjalan"}),
    "pantau-lapor": lambda d, h: d.catat("pemantauan", h, {"hasil": "berjalan", "laporan": "700/60"}),
    "damping": lambda d, h: d.catat("pendampingan", h, {"bentuk": "pendampingan", "hasil": "dipahami"}),
    "survei": lambda d, h: d.catat("survei_internal", h, {"tahun": int(h[:4]), "survei": "SKM", "skor": "3.5", "responden": 40}),
    "rencana": _rencana,
    "capai": lambda d, h, kode, capaian: d.catat("realisasi", h, {"kode": kode, "capaian": capaian}),
    "umum": lambda d, h, tahun, batas: d.catat("pengumuman_tpn", h, {"tahun": int(tahun), "batas": batas, "nomor": "B/7"}, None),
    "bangun-wbbm": lambda d, h: d.maju("bangun-wbbm", h),
    "berhenti": lambda d, h: d.maju("hentikan-wbbm", h, {"alasan": "gedung dipugar"}),
    "tarik": lambda d, h: d.maju("tarik-usulan", h, _SURAT),
    "batal": lambda d, h: d.maju("batalkan-langkah", h, _SURAT),
    "gagal": _gagal,
    "ulang": _ulang,
    "sekda": lambda d, h: d.angkat("X-SEKDA", "sekda", None, h),
    "nonaktif": lambda d, h: d.maju("nonaktifkan", h, _SURAT),
}


NAMA = {
    "BANGUN": "bangun 2024-01-10",
    "WBK": "wbk 2024-09-03",
    "WBBM": "wbbm 2024-09-03",
    "MENUJU": "wbk 2024-09-03, bangun-wbbm 2025-01-10",
    "USUL": "usul 2024-03-01 2025-05-20",
    "USUL-WBBM": "usul-wbbm 2024-09-03 2026-05-20",
    "ADUAN": "aduan 2025-01-06 P1",
    "LANJUT": "aduan 2025-02-03 P1 ditindaklanjuti 2025-01-06",
    "TUNTAS": "aduan 2025-02-03 P1 selesai 2025-01-06",
    "BATAL": "aduan 2025-02-02 P1 batal 2025-01-06",
    "NIHIL": "aduan 2025-02-03 P1 tidak_terbukti 2025-01-06",
    "LAIN": "aduan 2025-01-07 P2, aduan 2025-02-03 P2 selesai 2025-01-07",
    "RENCANA": "bangun 2025-01-10, rencana 2025-01-10 A1:2025-06-30:100 A2:2025-09-30:50",
    "DUA-UMUM": "umum 2025-02-01 2025 2025-05-15, umum 2025-03-03 2025 2025-06-16",
    "LAMA-BELAKANGAN": "umum 2025-03-03 2025 2025-06-16, umum 2025-02-01 2025 2025-05-15",
    "UMUM-SEHARI": "umum 2025-02-03 2025 2025-05-15, umum 2025-02-03 2025 2025-05-16",
    "AWAL": "umum 2025-01-15 2025 2025-05-15",
    "LAMBAT": "umum 2025-01-15 2025 2025-06-30",
    "MENDAHULUI": "usul-wbbm 2024-09-03 2026-03-02, gagal 2026-04-01, lapor 2026-05-04",
    "TARIK-BATAL": "tarik 2026-06-02, batal 2026-06-03",
    "DAMPING-DULU": "damping 2025-01-06, bangun-wbbm 2025-01-10",
    "TURUN": "capai 2025-05-05 A1 100, capai 2025-06-02 A1 90",
    "UBAH": "capai 2025-02-03 A1 100, rencana 2025-03-03 A1:2025-12-31:100",
    "NAIK": "capai 2025-02-03 A1 100, rencana 2025-03-03 A1:2025-12-31:150",
    "HAPUS": "rencana 2025-03-03 A2:2025-09-30:50",
    "KABISAT": "bangun 2027-01-11, rencana 2027-01-11 A1:2028-02-29:1",
    "CAPAI-DULU": "capai 2025-01-15 A1 100, rencana 2025-02-03 A1:2025-12-31:100, bangun-wbbm 2025-02-05",
}


# --- the table --------------------------------------------------------------------------------------------------------

_BARIS = """
# leap days and month ends
29 Feb + 1 tahun | bangun 2024-02-29 | T2 | 2024-06-01 | 2025-02-28 | akan_datang | 272 | 2025-02-28
28 Feb + 1 tahun, tahun kabisat | bangun 2027-02-28 | T2 | 2028-02-01 | 2028-02-28 | akan_datang | 27 | 2028-02-28
1 Mar + 1 tahun | bangun 2024-03-01 | T2 | 2024-03-01 | 2025-03-01 | akan_datang | 365 | 2025-02-28
31 Des + 1 tahun | bangun 2024-12-31 | T2 | 2025-12-30 | 2025-12-31 | akan_datang | 1 | 2025-12-31
T2 sehari sebelum genap | bangun 2024-02-29 | T2 | 2025-02-27 | 2025-02-28 | akan_datang | 1 | 2025-02-28
T2 pada hari genap | bangun 2024-02-29 | T2 | 2025-02-28 | 2025-02-28 | dipenuhi | 0 | 2025-02-28
T9: 29 Feb + 2 tahun | dicabut 2024-02-29 | T9 | 2024-03-01 | 2026-02-28 | akan_datang | 729 | 2026-02-27
T9: 29 Feb 2028 + 2 tahun | dicabut 2028-02-29 | T9 | 2030-02-27 | 2030-02-28 | akan_datang | 1 | 2030-02-28
T9 sampai ke tahun kabisat | dicabut 2026-02-28 | T9 | 2028-02-28 | 2028-02-28 | dipenuhi | 0 | 2028-02-28
29 Feb + 3 bulan | bangun 2024-02-29 | T5 | 2024-05-28 | 2024-05-29 | akan_datang | 1 | 2024-05-29
30 Nov + 3 bulan | bangun 2024-11-30 | T5 | 2025-02-28 | 2025-02-28 | jatuh_tempo | 0 | 2025-02-28
29 Nov + 3 bulan | bangun 2024-11-29 | T5 | 2025-03-01 | 2025-02-28 | terlambat | -1 | 2025-02-28
28 Nov + 3 bulan | bangun 2024-11-28 | T5 | 2025-02-27 | 2025-02-28 | akan_datang | 1 | 2025-02-28
30 Nov 2023 + 3 bulan, kabisat | bangun 2023-11-30 | T5 | 2024-02-28 | 2024-02-29 | akan_datang | 1 | 2024-02-29
30 Nov 2027 + 3 bulan, kabisat | bangun 2027-11-30 | T5 | 2028-02-29 | 2028-02-29 | jatuh_tempo | 0 | 2028-02-29
31 Agu + 3 bulan, Sabtu | bangun 2024-08-31 | T5 | 2024-11-30 | 2024-11-30 | jatuh_tempo | 0 | 2024-11-29
31 Jan + 3 bulan | bangun 2025-01-31 | T5 | 2025-04-01 | 2025-04-30 | akan_datang | 29 | 2025-04-30
31 Des + 3 bulan | bangun 2025-12-31 | T5 | 2026-01-01 | 2026-03-31 | akan_datang | 89 | 2026-03-31
29 Feb + 6 bulan | wbk 2024-02-20, bangun-wbbm 2024-02-29 | T11 | 2024-08-29 | 2024-08-29 | jatuh_tempo | 0 | 2024-08-29
31 Agu + 6 bulan, Sabtu | WBK, bangun-wbbm 2025-08-31 | T11 | 2026-02-27 | 2026-02-28 | akan_datang | 1 | 2026-02-27
31 Agu 2027 + 6 bulan, kabisat | WBK, bangun-wbbm 2027-08-31 | T11 | 2028-02-29 | 2028-02-29 | jatuh_tempo | 0 | 2028-02-29
29 Feb + 12 bulan | wbk 2024-02-29 | T6 | 2025-02-28 | 2025-02-28 | jatuh_tempo | 0 | 2025-02-28
29 Feb + 12 bulan, laporan Menteri | wbk 2024-02-29 | T10 | 2025-03-01 | 2025-02-28 | terlambat | -1 | 2025-02-28
28 Feb + 12 bulan, kabisat | wbk 2027-02-28 | T6 | 2028-02-01 | 2028-02-28 | akan_datang | 27 | 2028-02-28
29 Feb + 2 tahun | wbk 2024-02-29 | T3 | 2026-02-27 | 2026-02-28 | akan_datang | 1 | 2026-02-27
29 Feb + 2 tahun, WBBM | wbbm 2028-02-29 | T4 | 2030-03-01 | 2030-02-28 | terlambat | -1 | 2030-02-28
28 Feb + 2 tahun, kabisat | wbk 2026-02-28 | T3 | 2028-02-28 | 2028-02-28 | jatuh_tempo | 0 | 2028-02-28
# 31 May
31 Mei 2024, Jumat | bangun 2023-05-31 | T1 | 2024-05-31 | 2024-05-31 | jatuh_tempo | 0 | 2024-05-31
31 Mei 2025, Sabtu: sehari sebelumnya | BANGUN | T1 | 2025-05-30 | 2025-05-31 | akan_datang | 1 | 2025-05-28
31 Mei 2025, Sabtu: harinya | BANGUN | T1 | 2025-05-31 | 2025-05-31 | jatuh_tempo | 0 | 2025-05-28
31 Mei 2025, Sabtu: sehari sesudahnya | BANGUN | T1 | 2025-06-01 | 2025-05-31 | terlambat | -1 | 2025-05-28
31 Mei lewat, masih tahunnya | BANGUN | T1 | 2025-12-31 | 2025-05-31 | terlambat | -214 | 2025-05-28
tahun baru, tenggat baru | BANGUN | T1 | 2026-01-01 | 2026-05-31 | akan_datang | 150 | 2026-05-29
31 Mei 2026, Minggu dan Waisak | BANGUN | T1 | 2026-05-31 | 2026-05-31 | jatuh_tempo | 0 | 2026-05-29
31 Mei 2026: sehari sesudahnya | BANGUN | T1 | 2026-06-01 | 2026-05-31 | terlambat | -1 | 2026-05-29
31 Mei 2027, Senin | BANGUN | T1 | 2027-05-30 | 2027-05-31 | akan_datang | 1 | 2027-05-31
31 Mei 2028, Rabu, kabisat | BANGUN | T1 | 2028-02-29 | 2028-05-31 | akan_datang | 92 | 2028-05-31
31 Mei 2031, Sabtu | BANGUN | T1 | 2031-05-31 | 2031-05-31 | jatuh_tempo | 0 | 2031-05-30
31 Mei 2031: sehari sesudahnya | BANGUN | T1 | 2031-06-01 | 2031-05-31 | terlambat | -1 | 2031-05-30
# what T2 and T9 leave of a year
genap tepat 31 Mei | bangun 2024-05-31 | T1 | 2025-01-02 | 2025-05-31 | akan_datang | 149 | 2025-05-28
genap sehari terlambat | bangun 2024-06-01 | T1 | 2025-01-02 | 2026-05-31 | akan_datang | 514 | 2026-05-29
genap sehari terlambat, sesudah 31 Mei | bangun 2024-06-01 | T1 | 2025-06-01 | 2026-05-31 | akan_datang | 364 | 2026-05-29
genap terlambat bagi dua tahun | bangun 2025-06-02 | T1 | 2025-07-01 | -
dua tahun itu lewat satu | bangun 2025-06-02 | T1 | 2026-01-01 | 2027-05-31 | akan_datang | 515 | 2027-05-31
pencabutan genap tepat 31 Mei | dicabut 2024-05-31, ulang 2024-07-01 | T1 | 2025-08-01 | 2026-05-31 | akan_datang | 303 | 2026-05-29
pencabutan genap sehari terlambat | dicabut 2024-06-01, ulang 2024-07-01 | T1 | 2025-08-01 | -
sesudahnya | dicabut 2024-06-01, ulang 2024-07-01 | T1 | 2026-01-02 | 2027-05-31 | akan_datang | 514 | 2027-05-31
T9 tetap tampak sewaktu membangun | dicabut 2024-06-01, ulang 2024-07-01 | T9 | 2026-05-31 | 2026-06-01 | akan_datang | 1 | 2026-05-29
# announced dates
diumumkan lebih awal | BANGUN, umum 2025-01-15 2025 2025-04-30 | T1 | 2025-03-01 | 2025-04-30 | akan_datang | 60 | 2025-04-30
sebelum diumumkan | BANGUN, umum 2025-01-15 2025 2025-04-30 | T1 | 2025-01-14 | 2025-05-31 | akan_datang | 137 | 2025-05-28
pada hari diumumkan | BANGUN, umum 2025-01-15 2025 2025-04-30 | T1 | 2025-01-15 | 2025-04-30 | akan_datang | 105 | 2025-04-30
diumumkan lebih awal, lewat | BANGUN, umum 2025-01-15 2025 2025-04-30 | T1 | 2025-05-01 | 2025-04-30 | terlambat | -1 | 2025-04-30
diumumkan lebih lambat | BANGUN, umum 2025-05-02 2025 2025-06-30 | T1 | 2025-06-15 | 2025-06-30 | akan_datang | 15 | 2025-06-30
diumumkan ke bulan Januari, Sabtu | BANGUN, umum 2025-12-20 2026 2026-01-31 | T1 | 2026-01-02 | 2026-01-31 | akan_datang | 29 | 2026-01-30
bulan Januari itu lewat | BANGUN, umum 2025-12-20 2026 2026-01-31 | T1 | 2026-02-01 | 2026-01-31 | terlambat | -1 | 2026-01-30
diumumkan ke 29 Feb | BANGUN, umum 2028-01-05 2028 2028-02-29 | T1 | 2028-02-28 | 2028-02-29 | akan_datang | 1 | 2028-02-29
lewat, belum diumumkan lain | BANGUN, umum 2025-06-02 2025 2025-06-20 | T1 | 2025-06-01 | 2025-05-31 | terlambat | -1 | 2025-05-28
diumumkan sesudah lewat | BANGUN, umum 2025-06-02 2025 2025-06-20 | T1 | 2025-06-02 | 2025-06-20 | akan_datang | 18 | 2025-06-20
dua pengumuman, baru yang pertama | BANGUN, DUA-UMUM | T1 | 2025-03-02 | 2025-05-15 | akan_datang | 74 | 2025-05-15
dua pengumuman, yang terbaru | BANGUN, DUA-UMUM | T1 | 2025-03-03 | 2025-06-16 | akan_datang | 105 | 2025-06-16
yang lebih lama dicatat belakangan | BANGUN, LAMA-BELAKANGAN | T1 | 2025-04-01 | 2025-06-16 | akan_datang | 76 | 2025-06-16
dua pengumuman sehari, yang terakhir dicatat | BANGUN, UMUM-SEHARI | T1 | 2025-05-16 | 2025-05-16 | jatuh_tempo | 0 | 2025-05-16
diumumkan bagi tahun lain | BANGUN, umum 2025-02-03 2026 2026-04-30 | T1 | 2025-05-01 | 2025-05-31 | akan_datang | 30 | 2025-05-28
diumumkan lebih awal menutup tahun itu | bangun 2024-05-20, AWAL | T1 | 2025-02-03 | 2026-05-31 | akan_datang | 482 | 2026-05-29
diumumkan lebih lambat membuka tahun itu | bangun 2024-06-15, LAMBAT | T1 | 2025-02-03 | 2025-06-30 | akan_datang | 147 | 2025-06-30
# proposals
diusulkan | USUL | T1 | 2025-05-20 | 2025-05-31 | dipenuhi | 11 | 2025-05-28
diusulkan, tahun sesudahnya | USUL | T1 | 2026-02-02 | 2025-05-31 | dipenuhi | -247 | 2025-05-28
usulan ditarik | USUL, tarik 2025-05-25 | T1 | 2025-05-26 | 2025-05-31 | akan_datang | 5 | 2025-05-28
usulan ditarik sesudah lewat | USUL, tarik 2025-06-02 | T1 | 2025-06-02 | 2025-05-31 | terlambat | -2 | 2025-05-28
penarikan dibatalkan | USUL, tarik 2025-05-25, batal 2025-05-26 | T1 | 2025-05-27 | 2025-05-31 | dipenuhi | 4 | 2025-05-28
usulan dibatalkan | jalan usulan_tpn, batal 2025-05-22 | T1 | 2025-05-23 | 2025-05-31 | akan_datang | 8 | 2025-05-28
tidak lulus: tahun berikutnya | USUL, gagal 2025-11-10 | T1 | 2025-11-10 | 2026-05-31 | akan_datang | 202 | 2026-05-29
diusulkan dalam perjalanan | jalan predikat | T1 | 2025-12-02 | 2025-05-31 | dipenuhi | -185 | 2025-05-28
belum membangun | jalan penetapan | T1 | 2024-04-05 | -
WBK yang tidak membangun | WBK | T1 | 2026-01-05 | -
WBK yang membangun | MENUJU | T1 | 2025-02-03 | 2026-05-31 | akan_datang | 482 | 2026-05-29
# the two-yearly reports
laporan WBK, sehari sebelumnya | WBK | T3 | 2026-09-02 | 2026-09-03 | akan_datang | 1 | 2026-09-03
laporan WBK, harinya | WBK | T3 | 2026-09-03 | 2026-09-03 | jatuh_tempo | 0 | 2026-09-03
laporan WBK, sehari sesudahnya | WBK | T3 | 2026-09-04 | 2026-09-03 | terlambat | -1 | 2026-09-03
dilaporkan sebelum jatuh tempo | WBK, lapor 2026-08-03 | T3 | 2026-08-03 | 2028-08-03 | akan_datang | 731 | 2028-08-03
dilaporkan pada hari jatuh tempo | WBK, lapor 2026-09-03 | T3 | 2026-09-04 | 2028-09-03 | akan_datang | 730 | 2028-09-01
dilaporkan terlambat | WBK, lapor 2026-10-05 | T3 | 2026-10-06 | 2028-10-05 | akan_datang | 730 | 2028-10-05
dilaporkan kemudian, belum dihitung | WBK, lapor 2026-10-05 | T3 | 2026-09-30 | 2026-09-03 | terlambat | -27 | 2026-09-03
dilaporkan pada hari penetapan | WBK, lapor 2024-09-03 | T3 | 2026-09-01 | 2026-09-03 | akan_datang | 2 | 2026-09-03
dilaporkan dua kali | WBK, lapor 2026-08-03, lapor 2028-07-03 | T3 | 2028-07-04 | 2030-07-03 | akan_datang | 729 | 2030-07-03
laporan terakhir dari arsip | lapor-arsip 2020-01-10 2023-06-30 | T3 | 2025-06-29 | 2025-06-30 | akan_datang | 1 | 2025-06-30
usulan WBBM di jendela | USUL-WBBM | T3 | 2026-09-04 | 2028-09-03 | akan_datang | 730 | 2028-09-01
usulan WBBM pada hari jatuh tempo | usul-wbbm 2024-09-03 2026-09-03 | T3 | 2026-09-04 | 2028-09-03 | akan_datang | 730 | 2028-09-01
usulan WBBM sehari sesudahnya | usul-wbbm 2024-09-03 2026-09-04 | T3 | 2026-09-05 | 2026-09-03 | terlambat | -2 | 2026-09-03
usulan WBBM sebelum pangkal jendela | MENDAHULUI | T3 | 2028-05-05 | 2028-05-04 | terlambat | -1 | 2028-05-04
usulan WBBM ditarik | USUL-WBBM, tarik 2026-06-02 | T3 | 2026-09-04 | 2026-09-03 | terlambat | -1 | 2026-09-03
penarikan usulan WBBM dibatalkan | USUL-WBBM, TARIK-BATAL | T3 | 2026-09-04 | 2028-09-03 | akan_datang | 730 | 2028-09-01
usulan WBBM tidak lulus tetap memenuhi | USUL-WBBM, gagal 2026-08-03 | T3 | 2026-09-04 | 2028-09-03 | akan_datang | 730 | 2028-09-01
usulan lalu laporan di satu jendela | USUL-WBBM, lapor 2026-06-02 | T3 | 2026-09-04 | 2028-06-02 | akan_datang | 637 | 2028-06-02
laporan lalu usulan | USUL-WBBM, lapor 2026-03-02 | T3 | 2026-09-04 | 2030-03-02 | akan_datang | 1275 | 2030-03-01
laporan sesudah jendela yang diisi usulan | USUL-WBBM, lapor 2026-10-05 | T3 | 2026-10-06 | 2028-10-05 | akan_datang | 730 | 2028-10-05
laporan WBBM | WBBM | T4 | 2026-09-04 | 2026-09-03 | terlambat | -1 | 2026-09-03
laporan WBBM, dilaporkan | WBBM, lapor 2026-09-03 | T4 | 2026-09-03 | 2028-09-03 | akan_datang | 731 | 2028-09-01
WBBM: pangkalnya keputusan WBBM | jalan-wbbm predikat | T4 | 2027-12-02 | 2029-11-10 | akan_datang | 709 | 2029-11-09
WBBM tidak lagi berlaporan WBK | jalan-wbbm predikat | T3 | 2027-12-02 | -
# monitoring, surveys, mentoring
dipantau tiga bulan lagi | bangun 2025-01-10, pantau 2025-03-10 | T5 | 2025-03-10 | 2025-06-10 | akan_datang | 92 | 2025-06-10
dipantau terlambat | bangun 2025-01-10, pantau 2025-05-05 | T5 | 2025-05-06 | 2025-08-05 | akan_datang | 91 | 2025-08-05
tidak dipantau sewaktu diusulkan | USUL | T5 | 2025-06-02 | -
survei setahun lagi | WBK, survei 2025-08-04 | T6 | 2025-08-05 | 2026-08-04 | akan_datang | 364 | 2026-08-04
survei WBBM | WBBM | T6 | 2025-09-03 | 2025-09-03 | jatuh_tempo | 0 | 2025-09-03
survei sewaktu membangun WBBM | MENUJU | T6 | 2025-09-04 | 2025-09-03 | terlambat | -1 | 2025-09-03
pemantauan tanpa laporan | WBK, pantau 2025-03-03 | T10 | 2025-09-02 | 2025-09-03 | akan_datang | 1 | 2025-09-03
pemantauan dengan laporan | WBK, pantau-lapor 2025-03-03 | T10 | 2025-09-02 | 2026-03-03 | akan_datang | 182 | 2026-03-03
pendampingan enam bulan lagi | MENUJU, damping 2025-03-31 | T11 | 2025-04-01 | 2025-09-30 | akan_datang | 182 | 2025-09-30
pendampingan sebelum membangun | WBK, DAMPING-DULU | T11 | 2025-07-10 | 2025-07-10 | jatuh_tempo | 0 | 2025-07-10
berhenti menuju WBBM | MENUJU, berhenti 2025-02-03 | T11 | 2025-07-11 | -
menuju WBK tanpa T11 | BANGUN | T11 | 2025-07-11 | -
# the plan
butir, sehari sebelumnya | RENCANA | T7/A1 | 2025-06-29 | 2025-06-30 | akan_datang | 1 | 2025-06-30
butir, sehari sesudahnya | RENCANA | T7/A1 | 2025-07-01 | 2025-06-30 | terlambat | -1 | 2025-06-30
butir, target tepat tercapai | RENCANA, capai 2025-06-30 A1 100 | T7/A1 | 2025-07-01 | 2025-06-30 | dipenuhi | -1 | 2025-06-30
butir, tercapai pada hari rencana | RENCANA, capai 2025-01-10 A1 100 | T7/A1 | 2025-01-10 | 2025-06-30 | dipenuhi | 171 | 2025-06-30
butir, target terlampaui | RENCANA, capai 2025-06-02 A1 100.01 | T7/A1 | 2025-06-02 | 2025-06-30 | dipenuhi | 28 | 2025-06-30
butir, hampir tercapai | RENCANA, capai 2025-06-02 A1 99.999 | T7/A1 | 2025-06-30 | 2025-06-30 | jatuh_tempo | 0 | 2025-06-30
butir, capaian dikoreksi turun | RENCANA, TURUN | T7/A1 | 2025-06-03 | 2025-06-30 | akan_datang | 27 | 2025-06-30
butir lain tidak memenuhi | RENCANA, capai 2025-06-02 A2 50 | T7/A1 | 2025-06-03 | 2025-06-30 | akan_datang | 27 | 2025-06-30
rencana diubah: tenggat baru, capaian tetap | RENCANA, UBAH | T7/A1 | 2025-03-03 | 2025-12-31 | dipenuhi | 303 | 2025-12-31
rencana diubah: target naik | RENCANA, NAIK | T7/A1 | 2025-03-03 | 2025-12-31 | akan_datang | 303 | 2025-12-31
rencana diubah: butir dihapus | RENCANA, HAPUS | T7/A1 | 2025-07-01 | -
rencana belum diubah pada hari itu | RENCANA, HAPUS | T7/A1 | 2025-03-02 | 2025-06-30 | akan_datang | 120 | 2025-06-30
butir bertenggat 29 Feb | KABISAT | T7/A1 | 2028-03-01 | 2028-02-29 | terlambat | -1 | 2028-02-29
butir sewaktu diusulkan | USUL, rencana 2025-05-20 A1:2025-12-31:100 | T7/A1 | 2025-12-31 | 2025-12-31 | jatuh_tempo | 0 | 2025-12-31
capaian masa sebelum membangun WBBM | WBK, CAPAI-DULU | T7/A1 | 2025-02-05 | 2025-12-31 | akan_datang | 329 | 2025-12-31
# complaints
pengaduan, hari diterima | WBK, aduan 2025-01-06 P1 | T8/P1 | 2025-01-06 | 2025-03-07 | akan_datang | 60 | 2025-03-07
pengaduan, sehari sebelum diterima | WBK, aduan 2025-01-06 P1 | T8/P1 | 2025-01-05 | -
pengaduan, hari ke-60 | WBK, aduan 2025-01-06 P1 | T8/P1 | 2025-03-07 | 2025-03-07 | jatuh_tempo | 0 | 2025-03-07
pengaduan, hari ke-61 | WBK, aduan 2025-01-06 P1 | T8/P1 | 2025-03-08 | 2025-03-07 | terlambat | -1 | 2025-03-07
pengaduan lewat 29 Feb | WBK, aduan 2028-01-02 P1 | T8/P1 | 2028-03-02 | 2028-03-02 | jatuh_tempo | 0 | 2028-03-02
pengaduan yang bergerak tetap berjalan | WBK, ADUAN, LANJUT | T8/P1 | 2025-03-08 | 2025-03-07 | terlambat | -1 | 2025-03-07
pengaduan selesai | WBK, ADUAN, TUNTAS | T8/P1 | 2025-02-03 | 2025-03-07 | dipenuhi | 32 | 2025-03-07
pengaduan selesai, sehari sebelumnya | WBK, ADUAN, TUNTAS | T8/P1 | 2025-02-02 | 2025-03-07 | akan_datang | 33 | 2025-03-07
pengaduan tidak terbukti | WBK, ADUAN, NIHIL | T8/P1 | 2025-02-03 | 2025-03-07 | dipenuhi | 32 | 2025-03-07
pengaduan selesai, lalu dibatalkan | WBK, ADUAN, TUNTAS, BATAL | T8/P1 | 2025-02-03 | 2025-03-07 | akan_datang | 32 | 2025-03-07
pengaduan lain tidak memenuhi | WBK, ADUAN, LAIN | T8/P1 | 2025-02-03 | 2025-03-07 | akan_datang | 32 | 2025-03-07
pengaduan sewaktu membangun WBBM | MENUJU, aduan 2025-02-03 P1 | T8/P1 | 2025-02-04 | 2025-04-04 | akan_datang | 59 | 2025-03-27
# the end
nonaktif: tanpa tenggat pengaduan | WBK, ADUAN, nonaktif 2025-02-03 | T8/P1 | 2025-02-03 | -
nonaktif: tanpa batas tahunan | BANGUN, nonaktif 2025-02-03 | T1 | 2025-02-03 | -
nonaktif: tanpa laporan | WBK, nonaktif 2025-02-03 | T3 | 2026-09-04 | -
nonaktif: tanpa larangan | dicabut 2024-06-03, nonaktif 2025-02-03 | T9 | 2025-02-03 | -
"""


def _kasus(baris: str) -> Kasus:
    apa, berkas, nama, pada, *hasil = baris.split(" | ")
    if hasil == ["-"]:
        return Kasus(apa, berkas, nama, pada)
    batas, status, sisa, kerja = hasil
    return Kasus(apa, berkas, nama, pada, batas, status, int(sisa), kerja)


TABEL = tuple(_kasus(baris) for baris in _BARIS.splitlines() if baris and not baris.startswith("#"))
