"""How far each unit goes on the road that all share, and when: one row per unit that has left ``terdaftar``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Jalur:
    """The days of a unit's moves from declaration to evaluation; what is None has not happened. ``layanan``: its main service.

    ``dipantau_sampai``: from that day on the TPI no longer monitors it every three months (None: to the end of the story).
    ``capaian``: by area, what the unit reports of that item of its plan, if not simply that it is reached (``adegan.realisasi``).
    """

    kode: str
    canang: date
    tetap: date | None = None
    bangun: date | None = None
    pantau: date | None = None
    evaluasi: date | None = None
    layanan: str = ""
    dipantau_sampai: date | None = None
    capaian: Mapping[int, str] = field(default_factory=dict)


_BELUM: tuple[date | None, ...] = (None,) * 4


def _j(kode: str, hari: str, layanan: str = "", sampai: str | None = None, capaian: Mapping[int, str] | None = None) -> Jalur:
    """Return a row from its days, in the order of the moves and separated by blanks."""
    canang, *lain = map(date.fromisoformat, hari.split())
    tetap, bangun, pantau, evaluasi = [*lain, *_BELUM][:4]
    batas = date.fromisoformat(sampai) if sampai else None
    return Jalur(kode, canang, tetap, bangun, pantau, evaluasi, layanan, batas, capaian or {})


_BPKAD: Mapping[int, str] = {2: "80", 3: "60", 4: "", 5: "", 6: ""}

JALUR = (
    # canangkan, tetapkan, mulai-bangun, mulai-pantau, mulai-evaluasi
    _j("DISDUKCAPIL", "2024-03-18 2024-04-03 2024-04-22 2024-06-10 2025-02-24", "Penerbitan dokumen kependudukan", "2025-05-20"),
    _j("DISKOPPERINDAG", "2024-03-20 2024-04-03 2024-04-23 2024-06-11 2025-02-25", "Pembinaan usaha mikro dan tera ulang", "2025-05-20"),
    _j("DINKES", "2024-03-21 2024-04-03 2024-04-24 2024-06-12 2025-02-26", "Pelayanan kesehatan puskesmas"),
    _j("DLH", "2024-04-29 2024-05-27 2024-07-01 2024-10-01", "Pengelolaan sampah"),
    _j("PUTR", "2024-05-06 2024-06-05 2024-07-08 2024-09-02 2026-02-09", "Pemeliharaan jalan dan drainase"),
    _j("RSUD", "2024-07-22 2024-08-14 2024-09-09 2024-11-04 2026-02-10", "Pelayanan rawat jalan dan rawat inap", "2026-05-20"),
    _j("DISDIK", "2024-08-05 2024-09-02 2024-09-23 2024-11-11 2026-02-11", "Pendidikan dasar dan penerimaan murid baru", "2026-05-26"),
    _j("DINSOS", "2024-09-17 2024-10-07 2024-11-04 2025-01-13 2026-03-02", "Rehabilitasi dan bantuan sosial"),
    _j("BAPPEDA", "2024-10-14 2024-11-18 2025-01-20 2025-03-17", "Perencanaan pembangunan daerah", None, {3: "80 100"}),
    _j("BPKAD", "2024-10-15 2024-11-18 2025-02-03 2025-04-14", "Pencairan dana dan penatausahaan aset", "2025-02-03", _BPKAD),
    _j("DISKOMINFO", "2024-11-25 2025-01-08 2025-02-10 2025-04-21 2026-09-14", "Layanan informasi publik"),
    _j("BKPSDM", "2025-01-20 2025-02-24 2025-04-28 2025-07-14", "Layanan kepegawaian", None, {4: "75 100"}),
    _j("BINJAI-KOTA", "2025-02-17 2025-03-24 2025-05-26 2025-08-11", "Pelayanan administrasi terpadu kecamatan"),
    _j("BAPENDA", "2025-03-10 2025-04-21 2025-06-02", "Pelayanan pajak daerah"),
    _j("DISPUSIP", "2025-05-05 2025-06-16 2025-08-04", "Layanan perpustakaan dan arsip", None, {6: "80"}),
    _j("PERKIM", "2025-07-07 2025-08-20 2025-10-06", "Penanganan rumah tidak layak huni", "2026-04-30", {3: "60 70", 6: ""}),
    _j("DISPAR", "2025-09-08 2025-10-13 2026-01-19", "Pendaftaran usaha pariwisata", None, {3: "65"}),
    _j("DISBUD", "2025-09-09"),
    _j("SATPOLPP", "2025-10-20"),
    _j("DPPPA", "2025-11-03 2026-01-12"),
    _j("DKPP", "2026-01-26 2026-03-09"),
    _j("DISPORA", "2026-02-23"),
    _j("BINJAI-UTARA", "2026-04-13"),
    _j("BINJAI-SELATAN", "2026-05-04 2026-06-15"),
)
