"""``kanal.toml``: the channels of one machine, with their secrets. No message shows more of a template than its scheme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.suggest import mirip
from zi_workflow.files import baca
from zi_workflow.notify.letters import KANAL_BERKAS
from zi_workflow.notify.redact import ISIAN

UKURAN_MAKS: Final = 64 * 1024
_BAGIAN: Final = "kanal"
_NAMA: Final = re.compile(r"[a-z][a-z0-9_]{0,19}")
_LAYAK_SEBUT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ -]{0,19}")
_SKEMA: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30})://(.+)", re.DOTALL)
_CONTOH: Final = 'surel = "mailtos://pengguna:sandi@surel.contoh.go.id?to={alamat}"'


def skema(templat: str) -> str:
    """Return the scheme of a template in lower case, the only part of it that may be shown; empty where it has none."""
    cocok = _SKEMA.fullmatch(templat)
    return cocok[1].lower() if cocok else ""


def baca_templat(jalan: Path) -> dict[str, str]:
    """Return the templates of the channels by name. Raises MasukanSalah."""
    isi = _urai(jalan, _baca(jalan))
    for ke, kunci in enumerate(isi, 1):
        if kunci != _BAGIAN:
            raise MasukanSalah(
                f"{jalan}: {_sebut('bagian', kunci, ke)} tidak dikenal. {mirip(kunci, [_BAGIAN])}".rstrip(),
                f"Semua kanal ditulis di bawah satu bagian [{_BAGIAN}].",
                f"Tulis [{_BAGIAN}], lalu di bawahnya misalnya {_CONTOH}",
            )
    kanal = isi.get(_BAGIAN, {})
    if not isinstance(kanal, dict):
        raise MasukanSalah(f"{jalan}: '{_BAGIAN}' bukan bagian", f"Bagian dimulai dengan [{_BAGIAN}].", f"Tulis [{_BAGIAN}] {_CONTOH}")
    for ke, (nama, templat) in enumerate(kanal.items(), 1):
        _periksa(jalan, _sebut("kanal", nama, ke), nama, templat)
    return kanal


def _baca(jalan: Path) -> str:
    """Read a regular file that nobody but its owner can read."""
    bita = baca(jalan, "Berkas kanal", UKURAN_MAKS, "kata sandi dan token")
    try:
        return bita.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        baris = bita.count(b"\n", 0, e.start) + 1
    raise MasukanSalah(f"{jalan} baris {baris}: bukan teks UTF-8", "Berkas kanal ditulis dengan UTF-8.", "Simpan ulang sebagai UTF-8.")


def _urai(jalan: Path, teks: str) -> dict[str, Any]:
    try:
        return tomllib.loads(teks)
    except (tomllib.TOMLDecodeError, RecursionError) as e:
        cocok = re.search(r"\(at line ([0-9]+)", str(e))  # the rest of the parser's words may quote the file
    tempat = f"{jalan} baris {cocok[1]}" if cocok else f"{jalan}"
    raise MasukanSalah(f"{tempat}: bukan TOML yang benar", 'Setiap kanal satu baris: nama = "templat".', f"Misalnya [{_BAGIAN}] {_CONTOH}")


def _sebut(apa: str, nama: str, ke: int) -> str:
    """Return a name as a message says it; what may be a secret in the wrong place is counted, not quoted."""
    return f"{apa} '{nama}'" if _LAYAK_SEBUT.fullmatch(nama) else f"{apa} ke-{ke}"


def _periksa(jalan: Path, sebut: str, nama: str, templat: object) -> None:
    if nama == KANAL_BERKAS:
        raise MasukanSalah(f"{jalan}: kanal '{nama}' sudah ada", f"Nama {nama} milik kanal yang menulis ke berkas.", "Pakai nama lain.")
    if not _NAMA.fullmatch(nama):
        raise MasukanSalah(
            f"{jalan}: nama {sebut} tidak sah",
            "Nama kanal: 1–20 huruf kecil, angka, dan garis bawah, diawali huruf.",
            "Misalnya surel atau telegram.",
        )
    if not isinstance(templat, str) or not skema(templat):
        raise MasukanSalah(f"{jalan}: isi {sebut} bukan URL", "Templat kanal berupa URL dalam tanda kutip.", f"Misalnya {_CONTOH}")
    if ISIAN not in templat:
        raise MasukanSalah(
            f"{jalan}: templat {sebut} ({skema(templat)}://…) tidak memuat {ISIAN}",
            f"Di tempat {ISIAN} ditulis alamat orang yang dikirimi.",
            f"Misalnya {_CONTOH}",
        )


def daftar_nama(templat: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of all channels, the dry one first."""
    return (KANAL_BERKAS, *sorted(templat))
