"""Refusals that no text file can show: folders, bytes, JSON, and trees that the store kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.loader.alat import BINJAI
from zi_workflow.loader.definisi import UKURAN_MAKS, muat, muat_tersimpan
from zi_workflow.loader.pohon import BUTIR_MAKS, urai, urai_json


@dataclass(frozen=True)
class Kasus:
    """What to do in an empty folder, and what the refusal must say."""

    lakukan: Callable[[Path], object]
    pesan: str
    sebab: str
    lanjut: str


def salinan(folder: Path) -> Path:
    """Copy the shipped definition into ``folder``."""
    tujuan = folder / "binjai"
    shutil.copytree(BINJAI, tujuan, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return tujuan


def _tanpa(folder: Path) -> object:
    (tujuan := salinan(folder)).joinpath("norma.yaml").unlink()
    return muat(tujuan)


def _bersama(isi: str) -> Callable[[Path], object]:
    """Load the complaints' definition, which shares the texts of another folder, with other words for that folder."""

    def lakukan(folder: Path) -> object:
        tujuan = folder / "pengaduan"
        shutil.copytree(BINJAI.parent / "pengaduan", tujuan)
        kepala = tujuan / "regulasi.yaml"
        kepala.write_text(kepala.read_text(encoding="utf-8").replace("bersama: binjai", isi), encoding="utf-8")
        return muat(tujuan)

    return lakukan


def _folder_sebagai_berkas(folder: Path) -> object:
    (tujuan := salinan(folder)).joinpath("norma.yaml").unlink()
    tujuan.joinpath("norma.yaml").mkdir()
    return muat(tujuan)


def _asing(folder: Path) -> object:
    (tujuan := salinan(folder)).joinpath("Syarat.YML").write_text("a: b", encoding="utf-8")
    return muat(tujuan)


def _bita(isi: bytes) -> Callable[[Path], object]:
    def lakukan(folder: Path) -> object:
        (tujuan := salinan(folder)).joinpath("norma.yaml").write_bytes(isi)
        return muat(tujuan)

    return lakukan


def _pohon(isi: object) -> Callable[[Path], object]:
    return lambda _: muat_tersimpan(json.dumps(isi).encode())


def _json(teks: str) -> Callable[[Path], object]:
    return lambda _: urai_json(teks, "isi.json")


def _butir_sedikit(lakukan: Callable[[], object]) -> Callable[[Path], object]:
    """Lower the limit instead of making a file of megabytes."""

    def dibatasi(_: Path) -> object:
        with patch("zi_workflow.loader.pohon.BUTIR_MAKS", 50):
            return lakukan()

    return dibatasi


_TERLALU = "terlalu besar atau terlalu bertingkat"
KASUS: dict[str, Kasus] = {
    "folder tidak ada": Kasus(lambda f: muat(f / "tiada"), "tiada tidak ada", "folder berisi berkas YAML", "Periksa --regulasi"),
    "folder ternyata berkas": Kasus(lambda _: muat(BINJAI / "norma.yaml"), "norma.yaml tidak ada", "folder berisi", "Periksa --regulasi"),
    "berkas wajib tidak ada": Kasus(_tanpa, "norma.yaml: berkas tidak ada", "regulasi.yaml, norma.yaml", "Buat norma.yaml."),
    "folder di tempat berkas": Kasus(_folder_sebagai_berkas, "norma.yaml: berkas tidak ada", "Yang diharapkan", "Buat norma.yaml."),
    "berkas asing": Kasus(_asing, "Syarat.YML: berkas tidak dikenal", "regulasi.yaml, norma.yaml", "Maksud Anda: syarat.yaml?"),
    "bersama bukan nama folder": Kasus(_bersama("bersama: ../binjai"), "kunci 'bersama'", "nama folder di samping", "Perbaiki"),
    "bersama tidak ada": Kasus(_bersama("bersama: binjai"), "regulasi.yaml: berkas tidak ada", "Yang diharapkan", "Buat regulasi.yaml."),
    "terlalu besar": Kasus(_bita(b"#" * (UKURAN_MAKS + 1)), "norma.yaml: terlalu besar", "paling besar 2000000 bita", "Ringkas"),
    "bukan UTF-8": Kasus(_bita("# catatan\nnorma: é".encode("latin-1")), "norma.yaml baris 2: bukan teks UTF-8", "UTF-8", "Simpan ulang"),
    "UTF-16": Kasus(_bita("norma: []".encode("utf-16")), "norma.yaml baris 1: bukan teks UTF-8", "UTF-8", "Simpan ulang"),
    "kosong": Kasus(_bita(b""), "norma.yaml baris 1: kosong", "peta (kunci: nilai)", "Perbaiki norma.yaml baris 1"),
    "hanya catatan": Kasus(_bita(b"# kosong\n"), "norma.yaml baris 1: kosong", "peta (kunci: nilai)", "Perbaiki norma.yaml baris 1"),
    "null": Kasus(_bita(b"~\n"), "norma.yaml baris 1: kosong", "peta (kunci: nilai)", "Perbaiki norma.yaml baris 1"),
    "bita nol": Kasus(_bita(b"norma: \0"), "norma.yaml baris 1: bukan YAML", "tanpa karakter kendali", "Perbaiki norma.yaml baris 1"),
    "kutip terbuka": Kasus(_bita(b"norma:\n- 'a\n"), "tanda kutip yang tidak ditutup", "YAML yang sah", "Perbaiki norma.yaml baris 3"),
    "sebuah nilai saja": Kasus(_bita(b"norma"), "norma.yaml baris 1: isinya 'norma'", "peta (kunci: nilai)", "Perbaiki norma.yaml baris 1"),
    "setengah karakter": Kasus(lambda _: urai("a: \ud800", "a.yaml"), "a.yaml baris 1: bukan YAML", "UTF-8", "Perbaiki a.yaml"),
    "terlalu banyak butir": Kasus(
        _butir_sedikit(lambda: urai("[" + "a," * 99 + "]", "a.yaml")), _TERLALU, f"paling banyak {BUTIR_MAKS}", "Perbaiki"
    ),
    "tersimpan bukan UTF-8": Kasus(lambda _: muat_tersimpan(b"\xff"), "definisi tersimpan: bukan UTF-8", "rusak", "zi doktor"),
    "tersimpan bukan JSON": Kasus(lambda _: muat_tersimpan(b"{"), "definisi tersimpan baris 1: bukan JSON", "JSON yang sah", "Perbaiki"),
    "tersimpan bukan peta": Kasus(_pohon([]), "definisi tersimpan baris 1: isinya daftar", "peta (kunci: nilai)", "Perbaiki"),
    "tersimpan kurang berkas": Kasus(_pohon({}), "definisi tersimpan baris 1: isinya peta", "kunci 'regulasi.yaml'", "Tambahkan"),
    "tersimpan berkas asing": Kasus(_pohon({"123": {}}), "kunci '123'", "kunci yang dikenal: bukti.yaml", "Hapus kunci '123'."),
    "JSON rusak": Kasus(
        _json('{"a": 1,\n}'), "isi.json baris 2: bukan JSON yang sah (kolom 1)", "JSON yang sah", "Perbaiki isi.json baris 2"
    ),
    "JSON kosong": Kasus(_json(""), "isi.json baris 1: bukan JSON yang sah", "JSON yang sah", "Perbaiki isi.json"),
    "JSON dua nilai": Kasus(_json("{} {}"), "bukan JSON yang sah (kolom 4)", "JSON yang sah", "Perbaiki isi.json"),
    "JSON NaN": Kasus(_json('{"skor": NaN}'), "isi.json baris 1: NaN bukan bilangan", "bilangan biasa", "Perbaiki isi.json baris 1"),
    "JSON Infinity": Kasus(_json("[\n-Infinity]"), "isi.json: -Infinity bukan bilangan", "bilangan biasa", "Perbaiki isi.json, lalu"),
    "JSON kunci ganda": Kasus(
        _json('{"a": 1, "a": 2}'), "kunci 'a' ditulis dua kali", "setiap kunci sekali saja", "Perbaiki isi.json baris 1"
    ),
    "JSON setengah karakter": Kasus(_json('{"a": "\\ud800"}'), "setengah karakter", "teks UTF-8 yang utuh", "Perbaiki isi.json"),
    "JSON setengah karakter pada kunci": Kasus(_json('{"\\ud800": 1}'), "setengah karakter", "teks UTF-8 yang utuh", "Perbaiki"),
    "JSON bertingkat": Kasus(_json("[" * 30 + "]" * 30), _TERLALU, "paling dalam 24 tingkat", "Perbaiki isi.json"),
    "JSON amat bertingkat": Kasus(_json("[" * 100_000), _TERLALU, "paling dalam 24 tingkat", "Perbaiki isi.json"),
    "JSON kunci raksasa": Kasus(_json(f'{{"{"a" * 600}": 1}}'), _TERLALU, "jalur kunci paling panjang 500", "Perbaiki isi.json"),
    "JSON terlalu banyak butir": Kasus(
        _butir_sedikit(lambda: urai_json("[" + "1," * 99 + "1]", "a.json")), _TERLALU, f"paling banyak {BUTIR_MAKS}", "Perbaiki"
    ),
}


def _ditolak_sistem(cara: str) -> Callable[[Path], object]:
    def lakukan(folder: Path) -> object:
        tujuan = salinan(folder)
        with patch.object(Path, cara, side_effect=PermissionError(13, "Permission denied")):
            return muat(tujuan)

    return lakukan


TAK_TERBACA = (
    Kasus(_ditolak_sistem("iterdir"), "binjai tidak dapat dibaca", "Permission denied", "Periksa izin folder itu."),
    Kasus(_ditolak_sistem("read_bytes"), "regulasi.yaml: tidak dapat dibaca", "Permission denied", "Periksa izin berkas itu."),
)
"""Refusals of the system itself, played, since tests may run as an owner to whom nothing is refused."""
