"""Reports that come as a table out of another system: each row read into what opens a file, or named with what is wrong.

Which columns mean what is data (`definition.Impor`). Tables hold persons: what leaves here of a row that is wrong is its number
and the names of columns, never what stands in a cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from zi_workflow.domain.calendar import BULAN
from zi_workflow.domain.cells import Sel
from zi_workflow.domain.definition import Impor
from zi_workflow.domain.tables import Baris, Bentuk, Tabel, cacat_sel, kutip_judul, rata, tanpa_judul, teks_sel

WAJIB = ("nomor", "tanggal", "unit", "perihal")
"""What every report must say; a table without these columns is no export of reports."""
BOLEH = ("uraian", "status", "pelapor_nama", "pelapor_kontak")
PERIHAL_MAKS, URAIAN_MAKS, ORANG_MAKS, STATUS_MAKS = 200, 4000, 200, 60
_NOMOR = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ t].*)?")
_LOKAL = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})(?:[ ,].*)?")
_KATA = re.compile(r"([0-9]{1,2}) ([a-z]{3,9})\.? ([0-9]{4})(?:[ ,].*)?")
_BULAN = {nama.casefold(): i for i, panjang in enumerate(BULAN, 1) for nama in (panjang, panjang[:3])}
_AWAL_SERI, _AKHIR_SERI = date(1899, 12, 30), 100_000


@dataclass(frozen=True, slots=True)
class Laporan:
    """One report: its row, the code of the file that it opens, and what the file begins with; blank where the row says nothing."""

    baris: int
    kode: str
    nomor: str
    tanggal: date
    unit: str
    perihal: str
    uraian: str = ""
    status: str = ""
    pelapor_nama: str = ""
    pelapor_kontak: str = ""


@dataclass(frozen=True, slots=True)
class BarisSalah:
    """A row that is no report, and why."""

    baris: int
    apa: str


@dataclass(frozen=True, slots=True)
class Ekspor:
    """What a table of reports holds: the reports, the rows that are wrong, which column was read as what, and those not read."""

    laporan: tuple[Laporan, ...]
    salah: tuple[BarisSalah, ...]
    kolom: Mapping[str, str]
    diabaikan: tuple[str, ...]


def bentuk(impor: Impor) -> Bentuk:
    """Return how the header row of such a table is known."""
    dicari = [nama for wajib in WAJIB for nama in impor.kolom[wajib]]
    kenal = [nama for semua in impor.kolom.values() for nama in semua]

    def nilai(judul: Sequence[str]) -> int:
        """Count the columns that are known, where the report's number is among them."""
        ada = {rata(s) for s in judul}
        return sum(rata(n) in ada for n in kenal) if ada & {rata(n) for n in impor.kolom["nomor"]} else 0

    return Bentuk(nilai, tanpa_judul([rata(n) for n in dicari], [rata(n) for n in kenal], "nomor laporan"))


def baca_ekspor(tabel: Tabel, impor: Impor) -> Ekspor:
    """Read every row; raises MasukanSalah for a table without a column that each report needs, or with two of one meaning."""
    letak = _letak(tabel, impor)
    laporan: dict[str, Laporan] = {}
    salah: list[BarisSalah] = []
    for baris in tabel.baris:
        if all(baris.sel[i].kosong for i in letak.values()):
            continue
        masalah: list[str] = []
        satu = _baris(baris, tabel, letak, impor.awalan, masalah)
        if satu is not None and satu.kode in laporan:
            masalah.append(f"nomor laporannya sama dengan baris {laporan[satu.kode].baris}")
        if masalah or satu is None:
            salah.append(BarisSalah(baris.nomor, "; ".join(masalah)))
        else:
            laporan[satu.kode] = satu
    kolom = {nama: tabel.judul[i] for nama, i in letak.items()}
    return Ekspor(tuple(laporan.values()), tuple(salah), kolom, tabel.diabaikan(letak.values()))


def _letak(tabel: Tabel, impor: Impor) -> dict[str, int]:
    """Return the column of each meaning: the first of its names, in the order of the definition, that is a header."""
    judul = [rata(j) for j in tabel.judul]
    hasil: dict[str, int] = {}
    masalah: list[str] = []
    for nama, kata in impor.kolom.items():
        ada = next((k for k in map(rata, kata) if k in judul), None)
        if ada is not None:
            hasil[nama] = judul.index(ada)
            masalah += [f"kolom {kutip_judul(tabel.judul[hasil[nama]])} ada dua kali"] if judul.count(ada) > 1 else []
        elif nama in WAJIB:
            masalah.append(f"tidak ada kolom {nama} ({', '.join(kata)})")
    if masalah:
        raise tabel.salah(masalah, "Setiap kolom yang dibaca ada tepat sekali; namanya tertulis di regulasi.yaml alur ini.")
    return hasil


def _baris(baris: Baris, tabel: Tabel, letak: Mapping[str, int], awalan: str, masalah: list[str]) -> Laporan | None:
    isi = {nama: _isi(baris.sel[i], kutip_judul(tabel.judul[i]), masalah) for nama, i in letak.items()}
    masalah += [f"kolom {kutip_judul(tabel.judul[letak[nama]])} kosong" for nama in WAJIB if baris.sel[letak[nama]].kosong]
    if masalah:
        return None
    nomor, tanggal = isi["nomor"].lstrip("#").strip().upper(), _tanggal(baris.sel[letak["tanggal"]])
    if not _NOMOR.fullmatch(nomor):
        masalah.append(f"kolom {kutip_judul(tabel.judul[letak['nomor']])} bukan nomor laporan (huruf, angka, tanda hubung)")
    if tanggal is None:
        masalah.append(f"kolom {kutip_judul(tabel.judul[letak['tanggal']])} bukan tanggal")
    if masalah or tanggal is None:
        return None
    return Laporan(
        baris=baris.nomor,
        kode=f"{awalan}{nomor}",
        nomor=nomor,
        tanggal=tanggal,
        unit=isi["unit"],
        perihal=_pendek(isi["perihal"], PERIHAL_MAKS),
        uraian=_pendek(isi.get("uraian", ""), URAIAN_MAKS),
        status=_pendek(isi.get("status", ""), STATUS_MAKS),
        pelapor_nama=_pendek(isi.get("pelapor_nama", ""), ORANG_MAKS),
        pelapor_kontak=_pendek(isi.get("pelapor_kontak", ""), ORANG_MAKS),
    )


def _isi(sel: Sel, judul: str, masalah: list[str]) -> str:
    """Return a cell's text on one line, without characters that are not seen; numbers as they are written."""
    if (cacat := cacat_sel(sel)) is not None:
        masalah.append(f"kolom {judul} {cacat}")
        return ""
    angka = sel.nilai
    teks = format(angka, "f") if isinstance(angka, Decimal) else teks_sel(sel)
    return " ".join("".join(h if h.isprintable() else " " for h in teks).split())


def _pendek(teks: str, maks: int) -> str:
    return teks if len(teks) <= maks else teks[: maks - 1] + "…"


def _tanggal(sel: Sel) -> date | None:
    """Return the day that a cell says: a date of a sheet, year first, day first, or with the month in words; None for anything else."""
    if isinstance(sel.nilai, Decimal):
        return _AWAL_SERI + timedelta(days=int(sel.nilai)) if 1 <= sel.nilai < _AKHIR_SERI else None
    teks = " ".join(teks_sel(sel).casefold().split())
    if cocok := _ISO.fullmatch(teks):
        tahun, bulan, hari = (int(n) for n in cocok.groups())
    elif cocok := _LOKAL.fullmatch(teks):
        hari, bulan, tahun = (int(n) for n in cocok.groups())
    elif cocok := _KATA.fullmatch(teks):
        hari, bulan, tahun = int(cocok[1]), _BULAN.get(cocok[2], 0), int(cocok[3])
    else:
        return None
    try:
        return date(tahun, bulan, hari)
    except ValueError:
        return None
