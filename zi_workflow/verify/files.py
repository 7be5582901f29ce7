"""The evidence folder against the log: every file that an event names must stand there, whole and under its own hash."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from zi_workflow.domain.errors import Galat
from zi_workflow.domain.events import Berkas, Peristiwa
from zi_workflow.store.codec import Kodek
from zi_workflow.store.evidence import GudangBerkas
from zi_workflow.verify.findings import BERKAS, Kumpulan, Pantau

_LACI: Final = re.compile(r"[0-9a-f]{2}")
_SISA: Final = re.compile(r"[0-9a-f]{62}")
_AWALAN: Final = ".sementara-"
_TULIS_LAIN: Final = stat.S_IWGRP | stat.S_IWOTH
_BERBERKAS: Final = {
    "sqlite": "SELECT nomor, aliran, jenis, isi FROM peristiwa WHERE instr(isi, CAST('\"sha256\":' AS BLOB)) > 0 ORDER BY nomor",
    "postgresql": "SELECT nomor, aliran, jenis, isi FROM peristiwa WHERE position('\"sha256\":'::bytea in isi) > 0 ORDER BY nomor",
}
Rujukan = dict[tuple[str, int], tuple[int, str, str]]
"""(hash, size) -> number and stream of the first event that names the file, and the name it came with."""


def berkas_dari(peristiwa: Peristiwa) -> Iterator[Berkas]:
    """Yield the files that an event names."""
    for satu in fields(peristiwa):
        nilai = getattr(peristiwa, satu.name)
        if isinstance(nilai, tuple):
            yield from (b for b in nilai if isinstance(b, Berkas))


def periksa_berkas(koneksi: Connection, kodek: Kodek, gudang: GudangBerkas, folder: Path, kumpulan: Kumpulan, pantau: Pantau) -> None:
    """Check every file that the log names, then what else stands in the folder."""
    rujukan = _rujukan(koneksi, kodek, kumpulan)
    for (sidik, ukuran), (nomor, aliran, nama) in pantau("Memeriksa berkas bukti", rujukan.items(), len(rujukan)):
        kata = gudang.periksa(Berkas(sidik, ukuran, nama))
        if kata is not None:
            kumpulan.temukan(BERKAS, f"berkas {nama} ({sidik[:12]}…): {kata}", nomor, aliran)
    _folder(folder, {sidik: satu for (sidik, _), satu in rujukan.items()}, kumpulan)


def _rujukan(koneksi: Connection, kodek: Kodek, kumpulan: Kumpulan) -> Rujukan:
    hasil: Rujukan = {}
    for nomor, aliran, jenis, isi in koneksi.exec_driver_sql(_BERBERKAS[koneksi.dialect.name]):
        try:
            semua = list(berkas_dari(kodek.dekode(jenis, isi)))
        except (Galat, TypeError, AttributeError):
            kumpulan.temukan(BERKAS, "isinya tidak dapat dibaca, jadi berkas buktinya tidak diketahui", nomor, aliran)
            continue
        for b in semua:
            hasil.setdefault((b.sha256, b.ukuran), (nomor, aliran, b.nama))
    return hasil


def _folder(folder: Path, rujukan: Mapping[str, tuple[int, str, str]], kumpulan: Kumpulan) -> None:
    """Look at everything that stands in the folder, by its own kind: links are never followed."""
    sementara: set[tuple[int, int]] = set()
    lain = yatim = longgar = 0
    for jalan, entri in _isi_folder(folder):
        keadaan = entri.stat(follow_symlinks=False)
        if entri.name.startswith(_AWALAN):
            sementara.add((keadaan.st_dev, keadaan.st_ino))
            continue
        sidik = jalan + entri.name
        if entri.is_dir(follow_symlinks=False) and _LACI.fullmatch(sidik):
            longgar += bool(keadaan.st_mode & _TULIS_LAIN)
        elif sidik not in rujukan:
            yatim += bool(jalan and _SISA.fullmatch(entri.name) and stat.S_ISREG(keadaan.st_mode))
            lain += not (jalan and _SISA.fullmatch(entri.name) and stat.S_ISREG(keadaan.st_mode))
        elif stat.S_ISREG(keadaan.st_mode):
            longgar += bool(keadaan.st_mode & _TULIS_LAIN)
            if keadaan.st_nlink > 1 and (keadaan.st_dev, keadaan.st_ino) not in sementara:
                nomor, aliran, nama = rujukan[sidik]
                apa = f"berkas {nama} ({sidik[:12]}…): mempunyai nama lain pada disk (tautan keras), jadi dapat diubah lewat nama itu"
                kumpulan.temukan(BERKAS, apa, nomor, aliran)
    for banyak, apa in (
        (yatim, "berkas bukti yang tidak dirujuk peristiwa mana pun (misalnya dari perintah yang ditolak)"),
        (lain, "benda lain dalam folder bukti yang bukan berkas bukti"),
        (longgar, "berkas atau laci bukti yang dapat ditulis akun lain; perbaiki haknya"),
    ):
        if banyak:
            kumpulan.catatan.append(f"{banyak} {apa}")


def _isi_folder(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what stands in the folder and in its drawers, temporaries first: (name of the drawer or nothing, entry)."""
    try:
        with os.scandir(folder) as isi:
            atas = sorted(isi, key=lambda e: (not e.name.startswith(_AWALAN), e.name))
    except OSError:  # missing or unreadable: told for each file that should stand in it
        return
    for entri in atas:
        yield "", entri
        if _LACI.fullmatch(entri.name) and entri.is_dir(follow_symlinks=False):
            try:
                with os.scandir(entri.path) as dalam:
                    semua = sorted(dalam, key=lambda e: e.name)
            except OSError:
                continue
            for satu in semua:
                yield entri.name, satu
