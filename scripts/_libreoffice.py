"""Recalculation by LibreOffice, for the scripts that compare it with our own figures: a folder of workbooks in, their values out."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import openpyxl

SEKALI = 40
"""Workbooks in one call."""
_MULAI_DETIK, _BERKAS_DETIK = 60, 10
_TERSIMPAN = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


class LibreOfficeGagal(Exception):
    """LibreOffice is missing, took too long, or gave back fewer workbooks than it got."""


def tanpa_nilai_tersimpan(isi: bytes) -> bytes:
    """Return a workbook of ours without the values of its formulas, so that whoever opens it must calculate them."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(isi)) as lama, zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as baru:
        for nama in lama.namelist():
            bagian = lama.read(nama)
            baru.writestr(nama, _TERSIMPAN.sub(rb"\1", bagian) if nama.startswith("xl/worksheets/") else bagian)
    return keluar.getvalue()


def hitung_ulang(berkas: Sequence[Path], tujuan: Path) -> Iterator[Path]:
    """Yield each workbook as LibreOffice saved it (same name, in ``tujuan``). Raises LibreOfficeGagal."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        raise LibreOfficeGagal("soffice tidak ada di mesin ini (Debian: apt-get install libreoffice-calc)")
    tujuan.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="zi-libreoffice-") as profil:
        for awal in range(0, len(berkas), SEKALI):
            bagian = berkas[awal : awal + SEKALI]
            _jalankan(soffice, Path(profil), bagian, tujuan)
            for satu in bagian:
                hasil = tujuan / f"{satu.stem}.xlsx"
                if not hasil.is_file():
                    raise LibreOfficeGagal(f"{satu.name} tidak diubah")
                yield hasil


def _jalankan(soffice: str, profil: Path, berkas: Sequence[Path], tujuan: Path) -> None:
    """Run one call in a session of its own, so that all of it ends when its time is over."""
    perintah = [soffice, f"-env:UserInstallation={profil.resolve().as_uri()}", "--headless", "--norestore"]
    perintah += ["--convert-to", "xlsx", "--outdir", str(tujuan), *map(str, berkas)]
    batas = _MULAI_DETIK + _BERKAS_DETIK * len(berkas)
    with subprocess.Popen(perintah, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as proses:  # noqa: S603 - a fixed list
        try:
            _, galat = proses.communicate(timeout=batas)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(proses.pid, signal.SIGKILL)
            raise LibreOfficeGagal(f"belum selesai setelah {batas} detik") from None
    if proses.returncode:
        raise LibreOfficeGagal(f"berhenti dengan kode {proses.returncode}: {galat.decode(errors='replace')[-400:]}")


def nilai_sel(berkas: Path, lembar: str, sel: Iterable[str]) -> dict[str, object]:
    """Return the values that a workbook holds in some cells: numbers, texts (errors such as ``#DIV/0!`` too), None."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep does not matter to who only reads values
        buku = openpyxl.load_workbook(berkas, data_only=True)
    try:
        return {satu: buku[lembar][satu].value for satu in sel}
    finally:
        buku.close()


def versi() -> str:
    """Return what LibreOffice calls itself."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice") or ""
    hasil = subprocess.run([soffice, "--version"], capture_output=True, text=True, check=False) if soffice else None  # noqa: S603 - fixed
    return hasil.stdout.strip() if hasil else "tidak ada"
