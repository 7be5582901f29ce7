"""``zi lke impor-folder``: every workbook of a folder, each its own record; run again, it goes on where it stopped."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from zi_workflow.cli.bacaan import kode_unit
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Bilangan, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.galat import Ditolak
from zi_workflow.cli.kemajuan import kemajuan
from zi_workflow.cli.lke_impor import baca_impor, catat_impor
from zi_workflow.cli.lke_opsi import PENILAI
from zi_workflow.cli.tampilan import Gaya, Kolom, tabel
from zi_workflow.cli.tulis import lampirkan
from zi_workflow.domain.errors import Galat, Konflik, MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.cli.tulis import Lampiran
    from zi_workflow.domain.cells import Buku

_AKHIRAN = (".xlsx", ".json")
_TAHUN = re.compile(r"20[0-9]{2}|2100")
_ADA_GAGAL = 2
_PROSES_MAKS = 16
TERCATAT, SUDAH, DIUJI, GAGAL = "tercatat", "sudah", "akan dicatat", "gagal"


class Sebutan(NamedTuple):
    """What a file's name and folder say of it; None where they say nothing."""

    kode: str | None
    tahun: int | None
    penilai: str | None


@dataclass(frozen=True, slots=True)
class HasilBerkas:
    """What became of one file. ``nomor``: its record; ``sebab``: why it failed, in three parts."""

    berkas: str
    status: str
    unit: str | None = None
    tahun: int | None = None
    penilai: str | None = None
    nomor: int | None = None
    sebab: tuple[str, str, str] | None = None

    def polos(self) -> dict[str, Any]:
        """Return the result as plain data."""
        galat = None if self.sebab is None else dict(zip(("pesan", "sebab", "lanjut"), self.sebab, strict=True))
        isi = {n: getattr(self, n) for n in ("berkas", "status", "unit", "tahun", "penilai", "nomor")}
        return {**isi, "galat": galat}


@verba(
    "impor-folder",
    "Catat semua buku kerja (.xlsx) dan JSON dalam satu folder, masing-masing satu catatan. Unit, tahun, dan penilai dibaca dari"
    " berkasnya (templat zi), dari namanya (KODE_2026_tpi.xlsx), dari foldernya (2026/KODE.xlsx), atau dari opsi."
    " Bila terputus, ulangi: yang sudah tercatat dilewati.",
    contoh="zi lke impor-folder lke-2026 --penilai tpi --oleh 198203032006042003",
    menulis=True,
)
@click.argument("folder", metavar="DIR")
@click.option("--tahun", type=Bilangan(2000, 2100), metavar="Y", help="Tahun bagi berkas yang tidak menyebutnya.")
@click.option("--penilai", type=click.Choice(PENILAI), help="Penilai bagi berkas yang tidak menyebutnya.")
@click.option("--proses", type=Bilangan(1, _PROSES_MAKS), metavar="N", help="Banyaknya pembaca berjalan bersama; bawaan jumlah inti.")
def impor_folder(konteks: Konteks, folder: str, tahun: int | None, penilai: str | None, proses: int | None) -> None:
    """File every workbook of a folder."""
    konteks.oleh()
    if konteks.penulisan.kunci is not None or konteks.penulisan.versi is not None:
        raise MasukanSalah(
            "--kunci dan --versi tidak berlaku bagi satu folder",
            "Setiap berkas menjadi catatannya sendiri.",
            "Hapus opsi itu; berkas yang sudah tercatat memang dilewati.",
        )
    semua = _berkas(Path(folder))
    pekerja = _Pekerja(konteks, Path(folder), tahun, penilai)
    banyak = proses or min(os.cpu_count() or 1, _PROSES_MAKS)
    with _pembaca(banyak) as baca:
        hasil = [
            pekerja.catat(jalan, janji) for jalan, janji in kemajuan(konteks, _antre(semua, pekerja, baca, banyak), len(semua), folder)
        ]
    gagal = any(h.status == GAGAL for h in hasil)
    konteks.keluarkan(_data(folder, hasil), layar=partial(_layar, folder, hasil), kode=_ADA_GAGAL if gagal else 0)


def _berkas(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise MasukanSalah(f"{folder} bukan folder", "Yang diimpor adalah satu folder berisi buku kerja.", "Periksa namanya.")
    semua = [f for f in sorted(folder.rglob("*")) if f.suffix.lower() in _AKHIRAN and not f.name.startswith((".", "~$"))]
    if not semua:
        raise MasukanSalah(f"{folder} tidak memuat buku kerja", f"Yang dicari: berkas {' atau '.join(_AKHIRAN)}.", "Periksa foldernya.")
    return semua


@contextmanager
def _pembaca(banyak: int) -> Iterator[tuple[ThreadPoolExecutor, threading.local]]:
    """Give threads that each own one reading child; all of them end here."""
    from zi_workflow.workbook.sandbox import Pembaca

    milik, semua = threading.local(), list[Pembaca]()

    def mulai() -> None:
        milik.pembaca = Pembaca()
        semua.append(milik.pembaca)

    kolam = ThreadPoolExecutor(banyak, initializer=mulai)
    try:
        yield kolam, milik
    finally:
        kolam.shutdown(wait=False, cancel_futures=True)
        for satu in semua:
            satu.tutup()
        kolam.shutdown(wait=True)


def _antre(
    semua: Sequence[Path], pekerja: _Pekerja, baca: tuple[ThreadPoolExecutor, threading.local], banyak: int
) -> Iterator[tuple[Path, Future[Buku] | None]]:
    """Yield each file with its reading under way, a few ahead of the one that is filed; None where nothing need be read."""
    kolam, milik = baca
    antrean: list[tuple[Path, Future[Buku] | None]] = []
    for jalan in semua:
        perlu = jalan.suffix.lower() == _AKHIRAN[0] and pekerja.tercatat(jalan, pekerja.sebutan(jalan)) is None
        antrean.append((jalan, kolam.submit(_baca, milik, jalan) if perlu else None))
        if len(antrean) > banyak * 2:
            yield antrean.pop(0)
    yield from antrean


def _baca(milik: threading.local, jalan: Path) -> Buku:
    """Read a workbook with the child of this thread."""
    buku: Buku = milik.pembaca.baca(jalan)
    return buku


class _Pekerja:
    """Files one workbook after the other; knows which contents are on record already."""

    def __init__(self, konteks: Konteks, folder: Path, tahun: int | None, penilai: str | None) -> None:
        self.konteks = konteks
        self.folder = folder
        self.bawaan = Sebutan(None, tahun, penilai)
        self.kode = {k.casefold(): k for k in kode_unit(konteks)}
        self._sidik: dict[str, dict[tuple[str, Any, Any], int]] = {}
        self._lampiran: dict[Path, Lampiran] = {}

    def sebutan(self, jalan: Path) -> Sebutan:
        """Return what name and folder say, then what the options say."""
        dari_nama = baca_nama(jalan.relative_to(self.folder), self.kode)
        return Sebutan(dari_nama.kode, dari_nama.tahun or self.bawaan.tahun, dari_nama.penilai or self.bawaan.penilai)

    def tercatat(self, jalan: Path, sebutan: Sebutan) -> int | None:
        """Return the record of that unit, year and assessor that holds this very content; None where there is none, or one is unknown."""
        kode, lampiran = sebutan.kode, self.lampiran(jalan)
        if kode is None or not lampiran:
            return None
        if kode not in self._sidik:
            unit = self.konteks.aplikasi().layanan.unit(kode)
            semua = unit.bukti.get("lke", ()) if unit else ()
            self._sidik[kode] = {(b.sha256, c.isi.get("tahun"), c.isi.get("penilai")): c.nomor for c in semua for b in c.berkas}
        return self._sidik[kode].get((lampiran[0][1].sha256, sebutan.tahun, sebutan.penilai))

    def lampiran(self, jalan: Path) -> Lampiran:
        """Return the file hashed, before it is read for the first time; empty where it cannot be read (its reader says why)."""
        if jalan not in self._lampiran:
            try:
                self._lampiran[jalan] = lampirkan(self.konteks, [jalan])
            except MasukanSalah:
                self._lampiran[jalan] = ()
        return self._lampiran[jalan]

    def catat(self, jalan: Path, janji: Future[Buku] | None) -> HasilBerkas:
        """File one workbook; a refusal ends the run (it would meet every file), any other mistake is this file's alone."""
        nama = str(jalan.relative_to(self.folder))
        sebutan = self.sebutan(jalan)
        sudah = self.tercatat(jalan, sebutan)
        if sudah is not None:
            return HasilBerkas(nama, SUDAH, *sebutan, nomor=sudah)
        try:
            hasil = baca_impor(self.konteks, _Terbaca(janji), sebutan.kode, jalan, sebutan.tahun, sebutan.penilai)
            kini = Sebutan(hasil.unit.kode, hasil.tahun, hasil.penilai)
            lama = hasil.lama.nomor if hasil.sama and hasil.lama else self.tercatat(jalan, kini)
            if lama is not None:
                return HasilBerkas(nama, SUDAH, *kini, nomor=lama)
            jawaban = catat_impor(self.konteks, hasil, self.lampiran(jalan))
        except Ditolak:
            raise
        except (MasukanSalah, Konflik) as e:
            return self._gagal(nama, sebutan, e)
        except Galat as e:
            if e.kode != 3:  # noqa: PLR2004 - a unit that is not registered is this file's mistake, anything else ends the run
                raise
            return self._gagal(nama, sebutan, e)
        nomor = [n for h in jawaban.hasil for n in h.nomor]
        return HasilBerkas(nama, DIUJI if jawaban.coba else TERCATAT, *kini, nomor=nomor[0] if nomor else None)

    def _gagal(self, nama: str, sebutan: Sebutan, e: Galat) -> HasilBerkas:
        return HasilBerkas(nama, GAGAL, *sebutan, sebab=(e.pesan, e.sebab, e.lanjut))


class _Terbaca:
    """Stands where a reader stands, for a workbook that another thread is reading."""

    def __init__(self, janji: Future[Buku] | None) -> None:
        self.janji = janji

    def baca(self, jalan: Path) -> Buku:
        """Return the workbook; raises as the reading did."""
        if self.janji is None:
            raise MasukanSalah(f"{jalan.name} bukan JSON", "Isinya tidak diawali tanda kurung kurawal.", "Simpan ulang berkas itu.")
        return self.janji.result()


def baca_nama(jalan: Path, kode: dict[str, str]) -> Sebutan:
    """Return unit, year and assessor from a name such as ``DISDUKCAPIL_2026_tpi.xlsx`` or ``2026/DISDUKCAPIL.xlsx``.

    ``kode``: the registered codes by their folded form.
    """
    sisa: list[str] = []
    tahun = penilai = None
    for kata in jalan.stem.split("_"):
        if _TAHUN.fullmatch(kata) and tahun is None:
            tahun = int(kata)
        elif kata.casefold() in PENILAI and penilai is None:
            penilai = kata.casefold()
        else:
            sisa.append(kata)
    for induk in reversed(jalan.parts[:-1]):
        if tahun is None and _TAHUN.fullmatch(induk):
            tahun = int(induk)
        elif penilai is None and induk.casefold() in PENILAI:
            penilai = induk.casefold()
    return Sebutan(kode.get("_".join(sisa).casefold()), tahun, penilai)


def _data(folder: str, hasil: Sequence[HasilBerkas]) -> dict[str, Any]:
    hitung = {s: sum(h.status == s for h in hasil) for s in (TERCATAT, SUDAH, DIUJI, GAGAL)}
    return {"folder": folder, "jumlah": {k.replace(" ", "_"): n for k, n in hitung.items()}, "berkas": [h.polos() for h in hasil]}


def _layar(folder: str, hasil: Sequence[HasilBerkas], gaya: Gaya) -> str:
    hitung = [(s, sum(h.status == s for h in hasil)) for s in (TERCATAT, DIUJI, SUDAH, GAGAL)]
    sebut = ", ".join(f"{n} {s}" for s, n in hitung if n)
    teks = lipat(f"{folder}: {len(hasil)} berkas, {sebut}.", gaya)
    gagal = [h for h in hasil if h.sebab is not None]
    if gagal:
        teks += "\n" + tabel(
            [Kolom("Berkas"), "Yang gagal", "Lanjut"], [(h.berkas, h.sebab[0], h.sebab[2]) for h in gagal if h.sebab], gaya
        )
        teks += lipat("Perbaiki berkas yang disebut, lalu ulangi perintah yang sama; yang sudah tercatat dilewati.", gaya)
    return teks
