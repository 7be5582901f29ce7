"""The preview of ``zi lke impor``: what would be lost or read differently is said in words, once, in Indonesian figures."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.alat.dunia import ADMIN, UNIT_UJI
from tests.cli.alat_cli import ZI, lingkungan, panggil
from tests.cli.register import galat, jawab, muat_sekali, potret, register
from tests.cli.test_v_lke_impor import IMPOR, JAWABAN, TPI, isian, templat
from tests.lke.alat import instrumen
from tests.lke.alat_master import penuh

EDISI = "2025@2025-03-04"


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a register with one unit and its officials, and name it in the environment."""
    muat_sekali(monkeypatch)
    alamat = register(f"sqlite:///{tmp_path / 'zi.db'}")
    monkeypatch.setenv("ZI_BASIS", alamat)
    return alamat


def layar(nama: str, *opsi: str) -> str:
    """Import a file; return what people see, its line breaks taken out."""
    hasil = panggil(*IMPOR, nama, *TPI, *opsi)
    assert hasil.exit_code == 0, hasil.stderr
    assert all(len(b) <= 80 for b in hasil.stdout.splitlines())
    return " ".join(hasil.stdout.split())


def test_jawaban_yang_akan_hilang_disebut() -> None:
    """A workbook that empties answers on file says how many; one that empties none says nothing of it."""
    jawab(*IMPOR, templat(), *TPI)
    hampir = templat("hampir.xlsx", {"1": "Ya"})
    assert f"Perhatian: {len(JAWABAN) - 1} jawaban yang tercatat menjadi kosong." in layar(hampir, "--coba")
    assert "menjadi kosong" not in layar(templat("baru.xlsx", {**JAWABAN, "6": "D"}), "--coba")


def test_soal_tanpa_nilai_disebut_nomornya() -> None:
    """The questions without a value are named; of many, the first twenty and how many more."""
    teks = layar(templat(jawaban={s: j for s, j in JAWABAN.items() if s not in {"9", "125"}}), "--coba")
    assert "2 soal belum mempunyai nilai: 9, 125." in teks
    assert ", 21, dan 106 lain." in layar(templat("hampir.xlsx", {"1": "Ya"}), "--coba")


@pytest.mark.parametrize("tercatat", [False, True])
def test_lembar_tanpa_satu_jawaban_pun_ditolak(url: str, *, tercatat: bool) -> None:
    """A blank workbook is refused, with or without answers on file: it would say nothing, or erase everything."""
    if tercatat:
        jawab(*IMPOR, templat(), *TPI)
    sebelum = potret(url)
    assert "tidak memuat satu jawaban pun" in galat(*IMPOR, templat("kosong.xlsx", {}), *TPI, kode=2)[0]
    assert potret(url) == sebelum


def test_indeks_berkoma_di_layar() -> None:
    """An index that changes is shown with a decimal comma, as typed in a workbook here; JSON keeps the point."""
    jawab(*IMPOR, templat(), *TPI)
    nama = templat("baru.xlsx", {**JAWABAN, "125": "3.75"})
    assert "125 jawaban 3,6 3,75" in layar(nama, "--coba")
    (butir,) = jawab(*IMPOR, nama, *TPI, "--coba")["perubahan"]["butir"]
    assert (butir["lama"], butir["baru"]) == ("3.6", "3.75")


def test_edisi_tetap_bila_berkas_tidak_menyebutnya(url: str) -> None:
    """A file without marks continues the assessment on record with its edition; one marked with another edition says so and is filed."""
    jawab(*IMPOR, templat(), *TPI)
    master: dict[str, Any] = {**penuh(instrumen()), "tahun": 2025, "generated_at": "2025-03-04"}
    Path("master.json").write_text(json.dumps(master, default=float), encoding="utf-8")
    jawab("lke", "instrumen", "impor", "master.json", "--oleh", ADMIN, "--tanggal", "2025-03-05")
    for nama, jawaban in (("sama.json", JAWABAN), ("lain.json", {**JAWABAN, "6": "D"})):
        butir = [{"soal_id": int(s), "jawaban_unit": None, "jawaban_tpi": str(j)} for s, j in jawaban.items()]
        Path(nama).write_text(json.dumps({"unit_id": UNIT_UJI, "tahun": 2025, "answers": butir}), encoding="utf-8")
    sebelum = potret(url)
    assert "Edisi instrumen:" not in layar("sama.json") + layar("lke.xlsx")
    assert potret(url) == sebelum
    assert jawab(*IMPOR, "lain.json", *TPI, "--coba")["instrumen"] == "2026"
    jawab("lke", "templat", UNIT_UJI, "--tahun", "2025", "--penilai", "tpi", "--ke", "baru.xlsx", "--kosong")
    buku = openpyxl.load_workbook("baru.xlsx")
    for soal, baris in isian().tata_letak.soal.items():
        buku["LKE ZI"][f"K{baris}"] = float(JAWABAN[soal]) if soal in {"125", "127"} else JAWABAN[soal]
    buku.save("baru.xlsx")
    assert f"Edisi instrumen: {EDISI}, bukan 2026 seperti yang tercatat." in layar("baru.xlsx", "--coba")
    assert jawab(*IMPOR, "baru.xlsx", *TPI)["hasil"][0]["nomor"]


@pytest.mark.skipif(sys.platform == "win32", reason="terminal semu hanya ada di POSIX")
def test_di_terminal_pratinjau_tampil_sekali(tmp_path: Path, url: str) -> None:
    """Where question and answer share a terminal, the preview that was just agreed to is not shown again."""
    utama, anak = pty.openpty()
    env = lingkungan(tmp_path, ZI_BASIS=url)
    proses = subprocess.Popen([*ZI, *IMPOR, templat(), *TPI], stdin=anak, stdout=anak, stderr=anak, env=env, cwd=tmp_path)
    os.close(anak)
    os.write(utama, b"y\n")
    tampak = b""
    try:
        while bagian := os.read(utama, 65536):
            tampak += bagian
    except OSError:
        pass
    os.close(utama)
    assert proses.wait(timeout=60) == 0
    assert (tampak.count(b"Yang berubah"), b"tercatat, nomor" in tampak) == (1, True)
