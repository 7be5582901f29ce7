"""The CSV of ``zi unit impor``: strict columns, every bad row named by its line, cells as plain text."""

from __future__ import annotations

from typing import NamedTuple

from zi_workflow.cli.saran import maksud_anda
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.table import baris_csv

WAJIB = ("kode", "nama")
KOLOM = (*WAJIB, "jenis", "afirmasi")
_DISEBUT = 8


class BarisUnit(NamedTuple):
    """One unit of the file; ``baris`` is the line on which its row begins."""

    baris: int
    kode: str
    nama: str
    jenis: str | None
    afirmasi: str | None


def baca_unit(teks: str, berkas: str) -> list[BarisUnit]:
    """Return the units of a CSV text; raises MasukanSalah naming the lines that are wrong."""
    baris = list(baris_csv(teks, berkas))
    if not baris:
        raise _salah(f"{berkas} kosong", f"Baris pertama adalah nama kolom: {','.join(KOLOM)}.")
    kolom = _kolom(baris[0][1], f"{berkas} baris {baris[0][0]}")
    masalah: list[str] = []
    lihat: dict[str, int] = {}
    hasil = [satu for nomor, sel in baris[1:] if (satu := _unit(nomor, sel, kolom, lihat, masalah)) is not None]
    if masalah:
        lagi = f"; dan {len(masalah) - _DISEBUT} lagi" if len(masalah) > _DISEBUT else ""
        raise _salah(f"{berkas}: {'; '.join(masalah[:_DISEBUT])}{lagi}", "Setiap baris satu unit, kode dan nama wajib, tiap kode sekali.")
    if not hasil:
        raise _salah(f"{berkas} tidak berisi unit", "Sesudah baris nama kolom, setiap baris satu unit.")
    return hasil


def _kolom(judul: list[str], tempat: str) -> list[str]:
    if len(judul) == 1 and ";" in judul[0]:
        raise _salah(f"{tempat}: kolom dipisah titik koma", "Kolom CSV dipisah koma.", "Simpan ulang sebagai CSV dengan pemisah koma.")
    for satu in judul:
        if satu not in KOLOM:
            maksud = maksud_anda(satu, KOLOM)
            raise _salah(f"{tempat}: kolom '{satu[:40]}' tidak dikenal. {maksud}".strip(), f"Kolom yang dikenal: {', '.join(KOLOM)}.")
    ganda = [satu for satu in judul if judul.count(satu) > 1]
    kurang = [satu for satu in WAJIB if satu not in judul]
    if ganda or kurang:
        apa = f"kolom '{ganda[0]}' ditulis dua kali" if ganda else f"kolom '{kurang[0]}' tidak ada"
        raise _salah(f"{tempat}: {apa}", f"Kolom wajib: {', '.join(WAJIB)}; boleh: {', '.join(KOLOM[2:])}.")
    return judul


def _unit(nomor: int, sel: list[str], kolom: list[str], lihat: dict[str, int], masalah: list[str]) -> BarisUnit | None:
    if len(sel) != len(kolom):
        masalah.append(f"baris {nomor}: {len(sel)} sel, seharusnya {len(kolom)}")
        return None
    isi = dict(zip(kolom, sel, strict=True))
    kosong = [satu for satu in WAJIB if not isi[satu]]
    if kosong:
        masalah.append(f"baris {nomor}: {kosong[0]} kosong")
        return None
    if isi["kode"] in lihat:
        masalah.append(f"baris {nomor}: kode {isi['kode'][:40]} sudah ada di baris {lihat[isi['kode']]}")
        return None
    lihat[isi["kode"]] = nomor
    return BarisUnit(nomor, isi["kode"], isi["nama"], isi.get("jenis") or None, isi.get("afirmasi") or None)


def _salah(pesan: str, sebab: str, lanjut: str = "Perbaiki berkas itu, lalu ulangi. Tidak ada yang ditulis.") -> MasukanSalah:
    return MasukanSalah(pesan, sebab, lanjut)
