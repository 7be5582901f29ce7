"""``zi audit cari`` and ``lihat``: the filters of the trail, its pages, its tables, and what relied on what."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.alat.dunia import ADMIN, KEPALA, PENILAI
from tests.cli.alat_cli import panggil
from tests.cli.kisah import UNIT, UNIT_JAHAT, tulis


@pytest.fixture(scope="module")
def berkas_kisah(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the URL of a store with the story in it, which nobody here writes to."""
    url = f"sqlite:///{tmp_path_factory.mktemp('kisah')}/zi.db"
    tulis(url)
    return url


@pytest.fixture(autouse=True)
def kisah(berkas_kisah: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put its URL in ZI_BASIS."""
    monkeypatch.setenv("ZI_BASIS", berkas_kisah)


def _cari(*argumen: str) -> dict[str, Any]:
    hasil = panggil("audit", "cari", *argumen, "--json")
    assert (hasil.exit_code, hasil.stderr) == (0, ""), hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stdout)
    return data


def _semua() -> list[dict[str, Any]]:
    semua: list[dict[str, Any]] = _cari("--batas", "1000")["peristiwa"]
    return semua


def _nomor(*argumen: str) -> list[int]:
    return [p["nomor"] for p in _cari(*argumen, "--batas", "1000")["peristiwa"]]


def test_langkah_dan_putusan() -> None:
    """A move is found where it was made and where it was refused; decisions are told apart."""
    semua = _semua()
    usul = [p["nomor"] for p in semua if p["isi"].get("langkah") == "usulkan" or p["isi"].get("perintah") == "usulkan"]
    assert len(usul) == 2
    assert _nomor("--langkah", "usulkan") == usul
    assert _nomor("--langkah", "usulkan", "--putusan", "ditolak") == usul[:1]
    assert _nomor("--langkah", "usulkan", "--putusan", "diterima") == usul[1:]
    assert _nomor("--putusan", "semua") == [p["nomor"] for p in semua if p["jenis"].startswith(("LangkahDi", "PerintahDitolak"))]


def test_peran_pada_tanggalnya() -> None:
    """A role finds what was done by whoever held it on the day of the event, and nobody else's."""
    semua = _semua()
    assert _nomor("--peran", "kepala_pd") == [p["nomor"] for p in semua if p["oleh"] == KEPALA]
    admin = _nomor("--peran", "admin")
    assert set(admin) <= {p["nomor"] for p in semua if p["oleh"] == ADMIN}
    assert admin
    assert _nomor("--peran", "auditor") == []


def test_pasal_tidak_menyerempet() -> None:
    """A citation finds its own place and the parts of it, in full, in short, and with the legal text's id or name."""
    dikutip = {p["nomor"]: p["dasar"] for p in _semua()}
    satu = [n for n, d in dikutip.items() if any("Pasal 1 " in f"{x} " for x in d)]
    assert _nomor("--pasal", "Pasal 1") == satu
    tiga_belas = [n for n, d in dikutip.items() if any("Pasal 13" in x for x in d)]
    assert tiga_belas
    assert _nomor("--pasal", "pasal 13") == _nomor("--pasal", "P13") == _nomor("--pasal", "PERWALI3 Pasal 13") == tiga_belas
    huruf = [n for n, d in dikutip.items() if any("Pasal 13 ayat (1) huruf a" in x for x in d)]
    assert huruf
    assert _nomor("--pasal", "Pasal 13 ayat (1) huruf a") == _nomor("--pasal", "P13(1)a") == huruf
    assert _nomor("--pasal", "N90 Pasal 13") == []


def test_dokumen_dan_pencatat() -> None:
    """The number of a letter finds every event that names it; the account and the key are compared as they are."""
    surat = [p["nomor"] for p in _semua() if "900/1/2025" in json.dumps(p["isi"])]
    assert surat
    assert _nomor("--dokumen", "900/1/2025") == surat
    assert set(surat) <= set(_nomor("--dokumen", "900/*"))
    assert _nomor("--dokumen", "900/1") == []
    assert _nomor("--pencatat", "sistem:uji") == [p["nomor"] for p in _semua()]
    assert _nomor("--kunci", "tidak-ada") == []


def test_waktu_catat() -> None:
    """Recording is filtered by days and by instants, of which the zone is the definition's."""
    semua = _semua()
    tengah = semua[len(semua) // 2]["waktu_catat"]
    assert _nomor("--dicatat-dari", tengah) == [p["nomor"] for p in semua if p["waktu_catat"] >= tengah]
    assert _nomor("--dicatat-sampai", tengah) == [p["nomor"] for p in semua if p["waktu_catat"] <= tengah]
    assert _nomor("--dicatat-dari", "2000-01-01", "--dicatat-sampai", "2100-01-01") == [p["nomor"] for p in semua]
    assert _nomor("--dicatat-dari", "2100-01-01") == []


def test_halaman_ke_dua_arah() -> None:
    """Cursors in the answer lead through all pages, back from the newest and forward from the oldest, each event once."""
    nomor = [p["nomor"] for p in _semua()]
    mundur: list[int] = []
    argumen: list[str] = []
    while True:
        data = _cari("--batas", "17", *argumen)
        mundur = [p["nomor"] for p in data["peristiwa"]] + mundur
        if data["lanjut"]["sebelum"] is None:
            break
        argumen = ["--sebelum", str(data["lanjut"]["sebelum"])]
    assert mundur == nomor
    maju: list[int] = []
    setelah: int | None = 0
    while setelah is not None:
        data = _cari("--batas", "17", "--setelah", str(setelah))
        maju += [p["nomor"] for p in data["peristiwa"]]
        setelah = data["lanjut"]["setelah"]
    assert maju == nomor
    assert _cari("--setelah", str(nomor[-1]))["lanjut"] == {"sebelum": None, "setelah": None}


@pytest.mark.parametrize("arah", [[], ["--setelah", "3"]])
def test_perintah_lanjut_dapat_dijalankan(arah: list[str]) -> None:
    """What is said about more is a command that shows the next page with the same filters."""
    hasil = panggil(
        "audit", "cari", "--unit", UNIT, "--dicatat-dari", "2020-01-01", "--pasal", "Perwali Binjai 3/2024", "--batas", "2", *arah
    )
    perintah = shlex.split(hasil.stderr.split("Lanjut: ")[1])
    assert perintah[:3] == ["zi", "audit", "cari"]
    kedua = panggil(*perintah[1:])
    assert kedua.exit_code == 0
    satu, dua = (
        {int(b.split()[0]) for b in h.stdout.splitlines()[2:] if " ".join(b.split()[:2]).replace(" ", "").isdecimal()}
        for h in (hasil, kedua)
    )
    assert len(satu) == len(dua) == 2
    assert (max(dua) < min(satu)) if not arah else (min(dua) > max(satu))


def test_selisih_hari() -> None:
    """Events say how many days after the act they were recorded; people read it in words."""
    semua = _cari("--unit", UNIT)["peristiwa"]
    assert {p["selisih_hari"] for p in semua} != {0}
    terlambat = next(p for p in semua if p["selisih_hari"])
    layar = panggil("audit", "lihat", str(terlambat["nomor"])).stdout
    assert f"Dicatat {terlambat['selisih_hari']} hari sesudah kejadiannya." in layar
    assert "hari sesudahnya" in " ".join(panggil("audit", "cari", "--unit", UNIT).stdout.split())


def test_csv_tanpa_rumus() -> None:
    """CSV has a row an event, every cell quoted, none a formula, and hostile characters spelled out."""
    hasil = panggil("audit", "cari", "--unit", UNIT_JAHAT, "--format", "csv", "--ke", "-")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    baris = list(csv.reader(io.StringIO(hasil.stdout)))
    assert baris[0][:3] == ["nomor", "unit", "peristiwa"]
    assert [b[1] for b in baris[1:]] == [UNIT_JAHAT]
    assert "\\u202e" in hasil.stdout
    assert "\u202e" not in hasil.stdout
    assert not [sel for b in baris for sel in b if sel.lstrip().startswith(("=", "+", "-", "@"))]


def test_xlsx_teks_tetap_teks(tmp_path: Path) -> None:
    """The workbook has the same rows as text cells; a file is not replaced unless asked."""
    tujuan = str(tmp_path / "jejak.xlsx")
    data = json.loads(panggil("audit", "cari", "--batas", "1000", "--format", "xlsx", "--ke", tujuan, "--json").stdout)
    assert (data["berkas"], data["jumlah"]) == (tujuan, len(_semua()))
    lembar = load_workbook(tujuan).worksheets[0]
    assert lembar.max_row == data["jumlah"] + 1
    assert {sel.data_type for satu in lembar.iter_rows(min_row=2) for sel in satu} <= {"s", "n"}
    assert [sel.value for sel in lembar["A"]][1:] == [p["nomor"] for p in _semua()]
    assert panggil("audit", "cari", "--format", "xlsx", "--ke", tujuan).exit_code == 2
    assert panggil("audit", "cari", "--format", "xlsx", "--ke", tujuan, "--timpa").exit_code == 0


@pytest.mark.parametrize(
    ("argumen", "kode", "kata"),
    [
        (["--langkah", "usulkn"], 3, "Maksud Anda: usulkan"),
        (["--peran", "kepla_pd"], 3, "Maksud Anda: kepala_pd"),
        (["--teks", "%%%"], 2, "tidak memuat kata"),
        (["--putusan", "ya"], 2, "--putusan"),
        (["--format", "csv"], 2, "--format dan --ke harus bersama"),
        (["--ke", "x.csv"], 2, "--format dan --ke harus bersama"),
        (["--dicatat-dari", "kemarin"], 2, "--dicatat-dari"),
        (["--sebelum", "0"], 2, "--sebelum"),
    ],
)
def test_saringan_keliru(argumen: list[str], kode: int, kata: str) -> None:
    """A filter that cannot be meant is told in three lines, with what was probably meant."""
    hasil = panggil("audit", "cari", *argumen)
    assert (hasil.exit_code, hasil.stdout) == (kode, "")
    assert kata in hasil.stderr
    assert [b.split(":")[0] for b in hasil.stderr.splitlines()] == ["Galat", "Sebab", "Lanjut"]


def test_json_dan_keluaran_baku_tidak_bercampur() -> None:
    """Standard output holds one thing: the table, or the JSON about it."""
    hasil = panggil("audit", "cari", "--format", "csv", "--ke", "-", "--json")
    assert (hasil.exit_code, hasil.stdout) == (2, "")


def test_lihat_sandaran_dua_arah() -> None:
    """A move names the records behind its checklist, each record the decisions that relied on it, refusals included."""
    usul = _nomor("--langkah", "usulkan", "--putusan", "diterima")[0]
    data = json.loads(panggil("audit", "lihat", str(usul), "--json").stdout)
    assert data["definisi_tersimpan"] is True
    disebut = {n for s in data["isi"]["syarat"] for n in s.get("bukti", ())}
    assert {s["nomor"] for s in data["bersandar_pada"]} == disebut
    satu = data["bersandar_pada"][0]
    assert satu["syarat"]
    balik = json.loads(panggil("audit", "lihat", str(satu["nomor"]), "--json").stdout)
    assert usul in [s["nomor"] for s in balik["disandari"]]
    assert satu["syarat"] == next(s["syarat"] for s in balik["disandari"] if s["nomor"] == usul)
    layar = panggil("audit", "lihat", str(satu["nomor"])).stdout
    assert "Yang bersandar padanya (" in layar
    assert "langkah usulkan" in layar
    assert "Bersandar pada (" in panggil("audit", "lihat", str(usul)).stdout
    assert max(len(b) for b in layar.splitlines()) <= 80


def test_lhe_oleh_penilai() -> None:
    """Filters narrow one another down to a single event."""
    (satu,) = _cari("--unit", UNIT, "--oleh", PENILAI, "--jenis", "lhe", "--peran", "tpi")["peristiwa"]
    assert satu["isi"]["jenis"] == "lhe"


def test_nama_orang_tidak_dicari() -> None:
    """A name that is sealed for its person is shown to whoever may read it, and found by no free text."""
    angkat = _cari("--jenis", "PejabatDiangkat")["peristiwa"][0]
    assert "Admin Uji" in json.dumps(angkat["isi"])
    assert angkat["nomor"] not in _nomor("--teks", "Uji")
    assert angkat["nomor"] not in _nomor("--teks", "uj*")
    assert angkat["nomor"] in _nomor("--jenis", "admin", "--oleh", angkat["oleh"])
