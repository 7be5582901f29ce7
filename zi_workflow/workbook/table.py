"""A table out of a file that somebody hands over: CSV (comma or semicolon) or a workbook; the header row is found by itself.

Strict, because people are counted from it: a row of another width, a hidden row or a merged cell inside the table is
refused by its line, never skipped. Cells stay what they are: a formula typed into CSV is text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from zi_workflow.domain.cells import Buku, Lembar, Sel, huruf_kolom, urai_rujukan
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.tables import BARIS_JUDUL_MAKS, Baris, Bentuk, Tabel, galat_tabel, teks_sel

__all__ = ["baca_tabel", "baris_csv", "dari_buku", "dari_csv"]

UKURAN_CSV = 10_000_000
BARIS_MAKS = 50_000
KOLOM_MAKS = 300
SEL_MAKS = 1_000_000
PEMISAH = (",", ";")
_BUKU = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a workbook begins: a zip file, or the older container (.xls, or a locked .xlsx), which the reader of workbooks explains."""
_AKHIRAN = frozenset({".xlsx", ".xlsm", ".xls"})
_GABUNGAN = re.compile(r"([A-Z]+[0-9]+):([A-Z]+[0-9]+)")

_Kisi: TypeAlias = "dict[int, dict[int, Sel]]"


def baca_tabel(jalan: Path, bentuk: Bentuk) -> Tabel:
    """Read the table of that kind from a file; raises MasukanSalah for what is none, OSError for what cannot be read."""
    with jalan.open("rb") as berkas:
        isi = berkas.read(UKURAN_CSV + 1)
    if isi.startswith(_BUKU) or jalan.suffix.lower() in _AKHIRAN:
        from zi_workflow.workbook.sandbox import baca_buku  # noqa: PLC0415 - CSV needs no reader of workbooks

        return dari_buku(baca_buku(jalan), jalan.name, bentuk)
    if len(isi) > UKURAN_CSV:
        raise galat_tabel(jalan.name, ["terlalu besar"], f"CSV paling besar {UKURAN_CSV // 1_000_000} MB.", "Ambil hanya baris unit itu.")
    return dari_csv(_teks(isi, jalan.name), jalan.name, bentuk)


def _teks(isi: bytes, berkas: str) -> str:
    try:
        return isi.decode("utf-8-sig")
    except UnicodeDecodeError as salah:
        baris = isi.count(b"\n", 0, salah.start) + 1
        sebab = "Daftar dibaca dari CSV (UTF-8) atau buku kerja .xlsx."
        raise galat_tabel(berkas, [f"baris {baris} bukan UTF-8"], sebab, "Simpan ulang sebagai CSV UTF-8 atau .xlsx.") from None


# --- CSV ------------------------------------------------------------------------------------------------------------


def baris_csv(teks: str, berkas: str, pemisah: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV text that are not blank, cells stripped, each with the line on which it begins.

    Raises MasukanSalah naming the line, where quotes do not fit or a NUL stands.
    """
    if "\0" in teks:
        baris = teks.count("\n", 0, teks.index("\0")) + 1
        raise _bukan_csv(berkas, baris, "memuat bita nol")
    pembaca = csv.reader(StringIO(teks, newline=""), strict=True, delimiter=pemisah)
    mulai = 1
    try:
        for sel in pembaca:
            if sel:
                yield mulai, [satu.strip() for satu in sel]
            mulai = pembaca.line_num + 1
    except csv.Error as salah:
        raise _bukan_csv(berkas, mulai, str(salah)) from None


def _bukan_csv(berkas: str, baris: int, apa: str) -> MasukanSalah:
    return MasukanSalah(
        f"{berkas} baris {baris}: bukan CSV yang sah ({apa})",
        "Sel yang memuat koma atau tanda petik ditulis di antara tanda petik.",
        "Perbaiki berkas itu, lalu ulangi. Tidak ada yang ditulis.",
    )


def dari_csv(teks: str, berkas: str, bentuk: Bentuk) -> Tabel:
    """Return the table of a CSV text; the separator is the one with which a header row is found."""
    pemisah = _pemisah(teks, berkas, bentuk)
    baris = list(islice(_berisi(teks, berkas, pemisah), BARIS_MAKS + BARIS_JUDUL_MAKS + 1))
    awal = [sel[: KOLOM_MAKS + 1] for _, sel in baris[:BARIS_JUDUL_MAKS]]
    judul = _letak_judul(awal, bentuk)
    if judul is None:
        raise bentuk.tanpa_judul(berkas, awal)
    nama = _pangkas(baris[judul][1])
    isi = baris[judul + 1 :]
    lebar = [f"baris {n} berisi {len(sel)} sel, judulnya {len(nama)}" for n, sel in isi if len(sel) < len(nama) or any(sel[len(nama) :])]
    _periksa_ukuran(berkas, nama, len(isi))
    if lebar:
        raise galat_tabel(berkas, lebar, f"Setiap baris bersel sama banyak dengan judulnya, dipisah '{pemisah}'.")
    hasil = tuple(Baris(n, tuple(Sel(satu or None) for satu in sel[: len(nama)])) for n, sel in isi)
    return Tabel(berkas, tuple(nama), hasil, baris[judul][0])


def _berisi(teks: str, berkas: str, pemisah: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows in which anything is written."""
    return (baris for baris in baris_csv(teks, berkas, pemisah) if any(baris[1]))


def _pemisah(teks: str, berkas: str, bentuk: Bentuk) -> str:
    """Return the separator with which the first rows name most columns; where none does, the one that the file has more of."""

    def mutu(pemisah: str) -> tuple[int, int]:
        return max(map(bentuk.nilai, _awal_csv(teks, berkas, pemisah)), default=0), teks.count(pemisah)

    return max(PEMISAH, key=mutu)


def _awal_csv(teks: str, berkas: str, pemisah: str) -> list[list[str]]:
    """Return the first rows as far as they can be read with that separator; what is wrong is said when it is chosen."""
    hasil: list[list[str]] = []
    try:
        hasil.extend(sel[: KOLOM_MAKS + 1] for _, sel in islice(_berisi(teks, berkas, pemisah), BARIS_JUDUL_MAKS))
    except MasukanSalah:
        return hasil
    return hasil


# --- workbooks ------------------------------------------------------------------------------------------------------


def dari_buku(buku: Buku, berkas: str, bentuk: Bentuk) -> Tabel:
    """Return the table of a workbook: the one sheet that has a header row; raises MasukanSalah where none or several have."""
    kisi = {nama: _kisi(lembar) for nama, lembar in buku.lembar.items()}
    awal = {nama: _awal_kisi(k) for nama, k in kisi.items()}
    cocok = {nama: judul for nama, baris in awal.items() if (judul := _letak_judul([teks for _, teks in baris], bentuk)) is not None}
    if not cocok:
        raise bentuk.tanpa_judul(berkas, [teks for baris in awal.values() for _, teks in baris])
    if len(cocok) > 1:
        sebut = ", ".join(f"'{nama}'" for nama in cocok)
        raise galat_tabel(
            berkas, [f"lembar {sebut} sama-sama memuat daftar"], "Satu berkas satu daftar.", "Sisakan satu lembar, lalu ulangi."
        )
    ((nama, judul),) = cocok.items()
    return _tabel(buku.lembar[nama], kisi[nama], berkas, *awal[nama][judul])


def _kisi(lembar: Lembar) -> _Kisi:
    """Return the cells that are not blank by row and column."""
    hasil: _Kisi = {}
    for rujukan, sel in lembar.sel.items():
        if not sel.kosong:
            baris, kolom = urai_rujukan(rujukan)
            hasil.setdefault(baris, {})[kolom] = sel
    return hasil


def _awal_kisi(kisi: _Kisi) -> list[tuple[int, list[str]]]:
    """Return the first rows that hold something, as texts from column A on."""
    awal = sorted(kisi)[:BARIS_JUDUL_MAKS]
    return [(n, [teks_sel(kisi[n].get(i, Sel())) for i in range(1, max(kisi[n]) + 1)]) for n in awal]


def _tabel(lembar: Lembar, kisi: Mapping[int, Mapping[int, Sel]], berkas: str, judul: int, teks: list[str]) -> Tabel:
    nama = _pangkas(teks)
    nomor = [n for n in sorted(kisi) if n > judul and any(i <= len(nama) and teks[i - 1] for i in kisi[n])]
    _periksa_ukuran(berkas, nama, len(nomor))
    masalah = [f"baris {n} tersembunyi" for n in (judul, *nomor) if n in lembar.tersembunyi]
    masalah += [f"sel {g} digabung" for g in lembar.gabungan if _menyentuh(g, judul, max(nomor, default=judul), len(nama))]
    if masalah:
        sebab = f"Lembar '{lembar.nama}': setiap baris daftar tampak dan tidak digabung, agar yang dihitung sama dengan yang terlihat."
        raise galat_tabel(berkas, masalah, sebab, "Tampilkan atau hapus barisnya, pisahkan selnya, simpan, lalu ulangi.")
    hasil = tuple(Baris(n, tuple(kisi[n].get(i, Sel()) for i in range(1, len(nama) + 1))) for n in nomor)
    return Tabel(berkas, tuple(nama), hasil, judul, tuple(huruf_kolom(i) for i in range(1, len(nama) + 1)), lembar.nama)


def _menyentuh(gabungan: str, awal: int, akhir: int, lebar: int) -> bool:
    """Say whether a merged range touches the table."""
    cocok = _GABUNGAN.fullmatch(gabungan)
    if cocok is None:
        return False
    (b1, k1), (b2, _) = urai_rujukan(cocok[1]), urai_rujukan(cocok[2])
    return b1 <= akhir and b2 >= awal and k1 <= lebar


# --- both -----------------------------------------------------------------------------------------------------------


def _letak_judul(awal: Sequence[Sequence[str]], bentuk: Bentuk) -> int | None:
    """Return which of the first rows names most columns, the first of them; None where none names any."""
    nilai = [bentuk.nilai(sel) for sel in awal]
    return nilai.index(max(nilai)) if any(nilai) else None


def _pangkas(judul: Sequence[str]) -> list[str]:
    """Return headers without the blank ones at the end."""
    return list(judul[: max(i for i, j in enumerate(judul, 1) if j)])


def _periksa_ukuran(berkas: str, judul: Sequence[str], baris: int) -> None:
    if len(judul) > KOLOM_MAKS or baris > BARIS_MAKS or len(judul) * baris > SEL_MAKS:
        masalah = f"{len(judul)} kolom" if len(judul) > KOLOM_MAKS else f"{len(judul)} kolom, {baris} baris atau lebih"
        sebab = f"Paling banyak {KOLOM_MAKS} kolom, {BARIS_MAKS} baris, dan {SEL_MAKS} sel."
        raise galat_tabel(berkas, [masalah], sebab, "Ambil hanya kolom dan baris yang diperlukan, lalu ulangi.")
