"""Registers for the tests of the writing verbs, what is in them, and the shapes of the answers (interface.md §4)."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.alat.dunia import kosong, sampai
from tests.alat.toko import Toko, toko
from tests.cli.alat_cli import panggil
from zi_workflow.loader import definisi as loader

KODE = ["Galat", "Sebab", "Lanjut"]
_termuat = cache(loader.muat)
_DESIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SYARAT = {
    "id": str,
    "uraian": str,
    "dasar": list,
    "lapisan": str,
    "terpenuhi": bool,
    "status": str,
    "sifat": str,
    "akibat": str,
    "ditemukan": str,
    "dibutuhkan": str,
    "kurang": str | None,
    "satuan": str | None,
    "bukti": list,
    "tafsir": list,
    "oleh": str,
    "lanjut": str,
}


def muat_sekali(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs in this process share one load of each definition: the file is the same, and loading is most of a run's time."""
    monkeypatch.setattr(loader, "muat", _termuat)


def register(url: str, tahap: str = "terdaftar") -> str:
    """Make a register whose unit lawfully reached ``tahap``, with a second unit that was just registered; return its URL."""
    dunia = toko(url)
    try:
        if tahap == "terdaftar":
            kosong(dunia=dunia)
        else:
            sampai(tahap, dunia=dunia)
    finally:
        dunia.tutup()
    return url


def bangun(url: str, *tahap: str) -> Toko:
    """Make a register and leave it open for the test to write into; the caller closes it."""
    dunia = toko(url)
    (sampai(tahap[0], dunia=dunia) if tahap else kosong(dunia=dunia))
    return dunia


def potret(url: str, folder: Path | None = None) -> dict[str, Any]:
    """Return every row of every table of a store on SQLite, and every file of the evidence folder."""
    with closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)) as basis:
        tabel = [nama for (nama,) in basis.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        hasil: dict[str, Any] = {nama: sorted(basis.execute(f'SELECT * FROM "{nama}"'), key=repr) for nama in tabel}  # noqa: S608
    assert hasil["peristiwa"]
    hasil["berkas"] = berkas_tersimpan(folder) if folder is not None else {}
    return hasil


def berkas_tersimpan(folder: Path) -> dict[str, bytes]:
    """Return the files in an evidence folder by their name in it."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def tiga_baris(hasil: Result, kode: int) -> tuple[str, str, str]:
    """Return the texts of an error told to people: three lines on stderr, nothing on stdout."""
    assert (hasil.exit_code, hasil.stdout) == (kode, ""), hasil.stderr
    baris = hasil.stderr.splitlines()
    assert [b.split(":", 1)[0] for b in baris] == KODE, hasil.stderr
    pesan, sebab, lanjut = (b.split(": ", 1)[1] for b in baris)
    assert all(t.isprintable() and t.strip() for t in (pesan, sebab, lanjut))
    return pesan, sebab, lanjut


def galat_json(hasil: Result, kode: int) -> dict[str, Any]:
    """Return the whole error told to programs: one JSON value on stderr, nothing on stdout."""
    assert (hasil.exit_code, hasil.stdout) == (kode, ""), hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stderr)
    assert data["skema"] == 1
    assert set(data["galat"]) == {"kode", "pesan", "sebab", "lanjut"}
    assert data["galat"]["kode"] == kode
    assert all(isinstance(data["galat"][k], str) and data["galat"][k] for k in ("pesan", "sebab", "lanjut"))
    if kode == 5:
        assert data["penolakan"]
        for daftar in data["penolakan"]:
            assert daftar["terpenuhi"] is False
            periksa_daftar(daftar)
    else:
        assert "penolakan" not in data
    return data


def jawab(*argumen: str, kode: int = 0, masukan: str | None = None) -> dict[str, Any]:
    """Run in this process with --json; return the answer, nothing else being said anywhere."""
    hasil = panggil(*argumen, "--json", masukan=masukan)
    assert (hasil.exit_code, hasil.stderr) == (kode, ""), hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stdout)
    assert data["skema"] == 1
    return data


def galat(*argumen: str, kode: int, masukan: str | None = None) -> tuple[str, str, str]:
    """Run in this process, told to people and to programs; both say the same three things, which are returned."""
    bagi_orang = tiga_baris(panggil(*argumen, masukan=masukan), kode)
    tempat = argumen.index("--") if "--" in argumen else len(argumen)
    data = galat_json(panggil(*argumen[:tempat], "--json", *argumen[tempat:], masukan=masukan), kode)["galat"]
    polos = (data["pesan"], data["sebab"], data["lanjut"].removesuffix(" --json"))
    assert polos == bagi_orang or not all(t.isprintable() for t in polos)
    return bagi_orang


def periksa_daftar(daftar: Mapping[str, Any], *, perintah: str | None = None) -> dict[str, dict[str, Any]]:
    """Check a checklist field by field; return its lines by id."""
    assert daftar["skema"] == 1
    assert isinstance(daftar["unit"], str)
    assert daftar["perintah"] == (perintah or daftar["perintah"])
    assert date.fromisoformat(daftar["pada"]).isoformat() == daftar["pada"]
    assert daftar["syarat"]
    menghalangi = [s for s in daftar["syarat"] if periksa_syarat(s) and not s["terpenuhi"] and s["akibat"] == "menolak"]
    assert daftar["terpenuhi"] is (not menghalangi)
    hasil = {s["id"]: s for s in daftar["syarat"]}
    assert len(hasil) == len(daftar["syarat"])
    return hasil


def periksa_syarat(syarat: Mapping[str, Any]) -> bool:
    """Check one line of a checklist; True, so that it can stand in a condition."""
    for nama, tipe in SYARAT.items():
        assert isinstance(syarat[nama], tipe), (syarat["id"], nama)
    assert set(syarat) - set(SYARAT) <= {"peringatan", "pembebasan"}
    assert re.fullmatch(r"[RP][0-9]+(\.[a-z0-9_]+)?", syarat["id"])
    assert syarat["dasar"]
    assert all(isinstance(d, str) and d for d in syarat["dasar"])
    assert syarat["lapisan"] in {"kota", "nasional"}
    assert syarat["sifat"] in {"dihitung", "dinilai", "dokumen", "waktu", "wewenang"}
    assert syarat["akibat"] in {"menolak", "memperingatkan"}
    assert syarat["status"] in {"terpenuhi", "tidak", "dibebaskan"}
    assert syarat["terpenuhi"] is (syarat["status"] != "tidak")
    assert ("pembebasan" in syarat) is (syarat["status"] == "dibebaskan")
    assert all(type(n) is int and n > 0 for n in syarat["bukti"])
    if syarat["status"] == "tidak":
        assert syarat["oleh"]
        assert syarat["lanjut"]
    return True


def periksa_jawaban(data: Mapping[str, Any], *, coba: bool = False) -> list[dict[str, Any]]:
    """Check the answer to accepted commands; return its results."""
    assert data["skema"] == 1
    assert data["coba"] is coba
    assert data["ulangan"] is False
    for hasil in data["hasil"]:
        assert set(hasil) == {"perintah", "unit", "nomor", "sudah_tercatat", "versi", "tahap", "predikat", "peringatan"}
        assert all(type(n) is int and n > 0 for n in hasil["nomor"])
        assert bool(hasil["nomor"]) is not coba
        for syarat in hasil["peringatan"]:
            periksa_syarat(syarat)
    hasil_semua: list[dict[str, Any]] = data["hasil"]
    return hasil_semua


def periksa_unit(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Check what is shown of a unit; return its history."""
    assert {"kode", "nama", "tahap", "predikat", "sasaran", "sejak", "versi", "riwayat"} <= set(data)
    assert data["predikat"] in {None, "WBK", "WBBM"}
    assert data["sasaran"] in {None, "WBK", "WBBM"}
    assert date.fromisoformat(data["sejak"]).isoformat() == data["sejak"]
    assert type(data["versi"]) is int
    for baris in data["riwayat"]:
        assert {"nomor", "langkah", "dari", "ke", "tanggal", "waktu_catat", "oleh"} <= set(baris)
        assert date.fromisoformat(baris["tanggal"]).isoformat() == baris["tanggal"]
        assert datetime.fromisoformat(baris["waktu_catat"]).tzinfo is not None
    riwayat: list[dict[str, Any]] = data["riwayat"]
    return riwayat


def desimal(teks: str) -> bool:
    """Say whether the text is a decimal as programs are given it."""
    return _DESIMAL.fullmatch(teks) is not None
