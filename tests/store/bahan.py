"""What the tests of the store share: a clock that obeys, one example of each event, a short way to a `Naskah`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Integer, MetaData, Table, Text, select

from tests.alat.brankas import kunci_uji
from zi_workflow.domain.events import (
    Berkas,
    BerkasTerkait,
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    DataPribadiDihapus,
    JadwalDisapu,
    KontakDiatur,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PemberitahuanDicoba,
    PemberitahuanDisusun,
    PengingatDicabut,
    PengingatDipulihkan,
    PeninjauanDiakui,
    PerintahDitolak,
    Peristiwa,
    PutusanDitinjau,
    TenggatDiingatkan,
    TenggatTerlewat,
    Tercatat,
    UnitDidaftarkan,
)
from zi_workflow.readmodel import Baris, Proyeksi
from zi_workflow.store import Naskah, Store, buka

OLEH = "198001012005011001"
UNIT = "binjai/zi/DINAS-CONTOH"
FAKTA = "binjai/instansi/fakta"
SYARAT: Mapping[str, Any] = {"id": "R1.pimpinan", "terpenuhi": True, "bukti": [1, 2], "dasar": ["Pasal 6 ayat (1)"], "kurang": None}

CONTOH: tuple[Peristiwa, ...] = (
    UnitDidaftarkan("DINAS-CONTOH", "Dinas Contoh", None, "rsud", {"tahap": "terdaftar", "sejak": "2024-03-01"}),
    UnitDidaftarkan("X", "Y", "dinas", None, {}, {"tahap": "predikat", "dasar": "SK 1"}, (Berkas("a" * 64, 12, "arsip lama.pdf"),)),
    BuktiDicatat("lhe", {"nomor": "1/LHE/2024", "rekomendasi": ["satu", "dua"], "tahun": 2024, "sah": True, "catatan": None}),
    BuktiDicatat("piagam", {"saksi": [{"nama": 'Budi "Contoh" é\n', "unsur": "wali_kota"}]}, (Berkas("b" * 64, 0, "piagam.pdf"),)),
    LangkahDiambil("canangkan", "terdaftar", "pencanangan", {}, {"tahap": "pencanangan"}, (SYARAT,), {"batas": "2024-05-31"}),
    LangkahDibatalkan("canangkan", 5, "pencanangan", "terdaftar", {"alasan": "salah unit", "nomor": "2/2024"}, (SYARAT,)),
    LaranganDiwariskan("LAMA", "12/2023"),
    BerkasTerkait("pengaduan", "P-2026-0001", "selesai", "2026-01-05", "2026-02-02", selesai=True, pembatalan=True),
    PerintahDitolak("usulkan", {"tahun": 2024}, "2024-05-20", "2024-05-20", (SYARAT, {"id": "R2"}), "c" * 64),
    PejabatDiangkat(OLEH, "Siti Contoh", "tpi", "800/1/2024", "2024-01-01", unit="X"),
    PejabatDiakhiri(OLEH, "tpi", "2024-12-31", alasan="pensiun"),
)
CONTOH_KOREKSI: tuple[Peristiwa, ...] = (
    BuktiDikoreksi("lhe", 4, 5, {"nomor": "2/LHE/2024", "tahun": 2024}, "salah nomor", "2024-04-01", (Berkas("c" * 64, 1, "lhe.pdf"),)),
    BuktiDitarik("piagam", 5, 5, "salah unit", "2024-04-02"),
    PutusanDitinjau("lhe", 4, 5, ({"nomor": 6, "perintah": "usulkan", "kini": None, "sama": False, "beda": [{"id": "R16"}]},)),
    PeninjauanDiakui(9, "dibahas"),
)
CONTOH_TENGGAT: tuple[Peristiwa, ...] = (
    KontakDiatur(OLEH, "surel", "siti@contoh.invalid"),
    DataPribadiDihapus("O-0123456789ABCDEF0123", "0123456789abcdef", "permintaan orangnya", "surat 1/2026"),
    TenggatDiingatkan(
        "T1",
        "",
        "2026",
        "2026-05-31",
        "H-30",
        30,
        "2026-05-29",
        "Mengusulkan",
        "31 Mei 2026",
        "zi maju",
        (7,),
        ("D14",),
        (OLEH,),
        {OLEH: "tpi"},
        "2026-12-31",
    ),
    TenggatTerlewat("T7", "A1", "A1", "2026-05-30", "terlambat", -3, "2026-05-29", "Butir", "a", "b", seharusnya="2026-05-31"),
    PengingatDicabut("T1", "", "2026-05-31", "2026", "dipindah", "Pengumuman", (OLEH,), (9,), "2026-06-30"),
    PengingatDipulihkan("T1", "", "2026-05-31", "2026", "berlaku lagi", (OLEH,), (9,)),
    JadwalDisapu("2026-05-01", "0123456789abcdef", {"DINAS-CONTOH": "2026-05-17", "X": "9999-12-31"}),
    PemberitahuanDisusun("binjai-20260501-abc-1", OLEH, "2026-05-01", {"surel": "siti@contoh.invalid"}, (11, 12), (10,)),
    PemberitahuanDicoba("binjai-20260501-abc-1", OLEH, "surel", 1, "gagal", "d" * 64, "tidak menjawab", "2026-05-01T00:05:00.000000Z"),
)


@dataclass
class Jam:
    """A clock that a test sets; each look at it moves it on by a second."""

    kini: datetime = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the instant and move on."""
        self.kini += timedelta(seconds=1)
        return self.kini


def jam_dinding() -> datetime:
    """Return the real instant, for tests that write from several processes."""
    return datetime.now(UTC)


def naskah(
    versi: int, peristiwa: Peristiwa = CONTOH[2], aliran: str = UNIT, *, tanggal: date = date(2024, 3, 1), oleh: str = OLEH
) -> Naskah:
    """Return an event to append, cited and under a made-up definition."""
    return Naskah(aliran, versi, peristiwa, tanggal, oleh, ("Perwali Contoh Pasal 6 ayat (1)",), "sha256:" + "0" * 64)


def tambah(store: Store, *semua: Naskah, **lain: Any) -> list[Tercatat]:  # noqa: ANN401 - handed on
    """Append with nothing read and no definition unless said otherwise."""
    return store.tambah(semua, **{"dibaca": {}, "definisi": {}, **lain})


@contextmanager
def terbuka(
    url: str,
    *,
    jam: Callable[[], datetime] | None = None,
    proyeksi: Sequence[Proyeksi] = (),
    siapkan: bool = True,
    instansi: str = "binjai",
) -> Iterator[Store]:
    """Open a store that is prepared, and close it at the end."""
    store = buka(url, jam=jam or Jam(), pencatat="akun-uji", proyeksi=proyeksi, buat=siapkan, instansi=instansi, kunci_data=kunci_uji(url))
    try:
        if siapkan:
            store.siapkan()
        yield store
    finally:
        store.tutup()


def tabel(store: Store, proyeksi: Proyeksi) -> list[tuple[Any, ...]]:
    """Return a projection's rows in order of key."""
    with store.engine.connect() as koneksi:
        perintah = select(proyeksi.tabel).order_by(*proyeksi.tabel.primary_key.columns)
        return [tuple(baris) for baris in koneksi.execute(perintah)]


class RingkasUnit:
    """A row per stream: how many events, the last one, its date; a dissolved stream leaves no row."""

    nama = "ringkas_unit"

    def __init__(self, versi: int = 1) -> None:
        """Make the table of this version of the fold."""
        self.versi = versi
        self.tabel = Table(
            self.nama,
            MetaData(),
            Column("aliran", Text, primary_key=True),
            Column("banyak", Integer, nullable=False),
            Column("terakhir", Date, nullable=False),
            Column("langkah", Boolean),
            Column("isi", JSON),
            *[Column(f"tambahan_{i}", Integer) for i in range(1, versi)],
        )

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Name the stream's row."""
        return [(tercatat.aliran,)]

    def lipat(self, kunci: tuple[Any, ...], baris: Baris | None, tercatat: Tercatat) -> Baris | None:
        """Count; `LaranganDiwariskan` stands for the end of a stream."""
        if isinstance(tercatat.peristiwa, LaranganDiwariskan):
            return None
        return {
            "aliran": kunci[0],
            "banyak": (baris["banyak"] if baris else 0) + 1,
            "terakhir": max(tercatat.tanggal, baris["terakhir"]) if baris else tercatat.tanggal,
            "langkah": isinstance(tercatat.peristiwa, LangkahDiambil),
            "isi": {"oleh": tercatat.oleh, "sebelum": baris["isi"]["oleh"] if baris else None},
        }


class HitungHari:
    """A row per day and stream, two for moves: only `BuktiDicatat` and moves touch it."""

    nama = "hitung_hari"
    versi = 1

    def __init__(self) -> None:
        """Make the table."""
        self.tabel = Table(
            self.nama,
            MetaData(),
            Column("hari", Date, primary_key=True),
            Column("apa", Text, primary_key=True),
            Column("banyak", Integer, nullable=False),
        )

    def kunci(self, tercatat: Tercatat) -> Sequence[tuple[Any, ...]]:
        """Name the rows by day and by what happened."""
        if isinstance(tercatat.peristiwa, BuktiDicatat):
            return [(tercatat.tanggal, tercatat.peristiwa.jenis)]
        if isinstance(tercatat.peristiwa, LangkahDiambil):
            return [(tercatat.tanggal, "langkah"), (tercatat.tanggal, tercatat.peristiwa.langkah)]
        return []

    def lipat(self, kunci: tuple[Any, ...], baris: Baris | None, tercatat: Tercatat) -> Baris | None:
        """Count up to the number of the event, so that the order matters too."""
        lama = baris["banyak"] if baris else 0
        return {"hari": kunci[0], "apa": kunci[1], "banyak": (lama * 3 + tercatat.nomor) % 1009}
