"""``zi audit cari`` and ``lihat``: every filter, the contract's shape, and everything of one event."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.alat.brankas import kunci_uji
from tests.alat.dunia import ADMIN, KEPALA, PENILAI, definisi
from tests.cli.alat_cli import panggil
from tests.cli.kisah import UNIT, UNIT_JAHAT, tulis

KUNCI = ["nomor", "unit", "versi", "jenis", "tanggal", "waktu_catat", "oleh", "isi", "dasar", "sidik_regulasi", "rantai", "selisih_hari"]


@pytest.fixture(autouse=True)
def kisah(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a store with a story in it; its URL is in ZI_BASIS."""
    tulis(basis_sqlite)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    return basis_sqlite


def _cari(*argumen: str) -> list[dict[str, Any]]:
    hasil = panggil("audit", "cari", *argumen, "--json")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    data = json.loads(hasil.stdout)
    assert (data["skema"], data["jumlah"]) == (1, len(data["peristiwa"]))
    semua: list[dict[str, Any]] = data["peristiwa"]
    return semua


def test_bentuk_dan_urutan() -> None:
    """Each event has the contract's keys; the newest fifty stand, oldest first; a refusal belongs to its unit."""
    semua = _cari()
    assert len(semua) == 50
    nomor = [p["nomor"] for p in semua]
    assert nomor == list(range(nomor[0], nomor[0] + 50))
    assert [list(p) for p in semua] == [KUNCI] * 50
    assert {p["sidik_regulasi"] for p in semua} == {definisi().sidik}
    assert all(re.fullmatch("[0-9a-f]{64}", p["rantai"]) and p["dasar"] for p in semua)
    (tolak,) = [p for p in semua if p["jenis"].startswith("PerintahDitolak")]
    assert (tolak["unit"], tolak["versi"]) == (UNIT, 1)
    assert len(_cari("--batas", "1000")) == nomor[-1]


def test_saringan() -> None:
    """Unit, actor, kind (event, record, move), dates, citation and text each filter, and together narrow."""
    semua = _cari("--batas", "1000")

    def nomor(**sama: object) -> list[int]:
        return [p["nomor"] for p in semua if all(p[k] == v for k, v in sama.items())]

    assert [p["nomor"] for p in _cari("--unit", UNIT)] == nomor(unit=UNIT)
    assert [p["nomor"] for p in _cari("--oleh", KEPALA)] == nomor(oleh=KEPALA)
    assert [p["nomor"] for p in _cari("--jenis", "LangkahDiambil")] == nomor(jenis="LangkahDiambil@1")
    assert {p["isi"]["jenis"] for p in _cari("--jenis", "lhkpn")} == {"lhkpn"}
    assert [p["jenis"] for p in _cari("--jenis", "usulkan")] == ["PerintahDitolak@1", "LangkahDiambil@1"]
    terbatas = _cari("--dari", "2024-03-11", "--sampai", "2024-04-02", "--batas", "1000")
    assert [p["nomor"] for p in terbatas] == [p["nomor"] for p in semua if "2024-03-11" <= p["tanggal"] <= "2024-04-02"]
    assert all(any("Pasal 13 ayat (1)" in d for d in p["dasar"]) for p in _cari("--pasal", "pasal 13 ayat (1)"))
    assert [p["unit"] for p in _cari("--teks", "=1+1 [/X]")] == [UNIT_JAHAT]
    assert [p["isi"]["jenis"] for p in _cari("--unit", UNIT, "--oleh", PENILAI, "--jenis", "lhe")] == ["lhe"]


def test_batas_dan_jsonl() -> None:
    """The limit keeps the newest and says on stderr that there is more; JSONL has one event a line."""
    hasil = panggil("audit", "cari", "--batas", "2")
    assert "ini 2 yang terbaru" in hasil.stderr
    akhir = [p["nomor"] for p in _cari()][-2:]
    assert [json.loads(b)["nomor"] for b in panggil("audit", "cari", "--batas", "2", "--jsonl").stdout.splitlines()] == akhir
    assert panggil("audit", "cari", "--batas", "1000").stderr == ""


@pytest.mark.parametrize(
    ("argumen", "kode", "kata"),
    [
        (["--unit", "DISPRA"], 3, "Maksud Anda: DISPORA?"),
        (["--jenis", "LangkahDiambl"], 3, "Maksud Anda: LangkahDiambil"),
        (["--jenis", "lhkpm"], 3, "Maksud Anda: lhkpn"),
        (["--dari", "2025-01-02", "--sampai", "2025-01-01"], 2, "Tukar kedua tanggal"),
        (["--batas", "0"], 2, "--batas"),
        (["--oleh", "123"], 2, "NIP"),
        (["--dari", "2025-02-30"], 2, "Februari 2025 berakhir"),
    ],
)
def test_saringan_keliru(argumen: list[str], kode: int, kata: str) -> None:
    """A filter that cannot match because it is misspelt is told, in three lines."""
    hasil = panggil("audit", "cari", *argumen)
    assert (hasil.exit_code, hasil.stdout) == (kode, "")
    assert kata in hasil.stderr
    assert [b.split(":")[0] for b in hasil.stderr.splitlines()] == ["Galat", "Sebab", "Lanjut"]


def test_tidak_ada_yang_cocok() -> None:
    """Known names without a match are an empty answer."""
    assert _cari("--jenis", "piagam", "--unit", UNIT_JAHAT) == []
    assert panggil("audit", "cari", "--jenis", "cabut").stdout == "Tidak ada peristiwa yang cocok.\n"


def test_tabel() -> None:
    """People read number, date, unit, what happened and who, within 80 columns, newest last."""
    layar = panggil("audit", "cari", "--unit", UNIT).stdout
    assert max(len(b) for b in layar.splitlines()) <= 80
    assert layar.index("unit didaftarkan") < layar.index("ditolak: usulkan") < layar.index("langkah usulkan")
    assert "20 Mei 2025" in layar


def test_lihat_langkah() -> None:
    """A move shows its content, its citations and what it kept of the checklist; JSON has the whole envelope."""
    nomor = str(_cari("--jenis", "LangkahDiambil")[-1]["nomor"])
    layar = panggil("audit", "lihat", nomor).stdout
    assert f"Peristiwa nomor {nomor}: langkah usulkan" in layar
    assert re.search(r"R20\.bersih +\d+,\d+ +>= 18,25", layar)
    assert "Daftar periksa (" in layar
    assert max(len(b) for b in layar.splitlines()) <= 80
    data = json.loads(panggil("audit", "lihat", nomor, "--json").stdout)
    assert data["skema"] == 1
    assert {*KUNCI, "pencatat", "jam", "kunci", "dibaca", "aliran", "pokok"} <= set(data)
    assert (data["pokok"], data["pencatat"], data["aliran"]) == ("usulkan", "sistem:uji", f"binjai/zi/{UNIT}")
    assert data["dibaca"]["binjai/instansi/pejabat"] == 5


def test_lihat_penolakan() -> None:
    """A refusal shows the whole checklist, as it was shown when it was refused."""
    (tolak,) = _cari("--jenis", "PerintahDitolak")
    layar = panggil("audit", "lihat", str(tolak["nomor"])).stdout
    kurang = [s["id"] for s in tolak["isi"]["syarat"] if not s["terpenuhi"]]
    assert f"{len(kurang)} dari {len(tolak['isi']['syarat'])} syarat belum terpenuhi." in layar
    assert all(satu in layar for satu in kurang)
    assert "Daftar periksa: usulkan DISPORA, pada 19 Mei 2025, predikat WBK" in layar
    assert ">= 18,25" in layar
    assert max(len(b) for b in layar.splitlines()) <= 80


def test_lihat_semua_peristiwa() -> None:
    """Every event of the story can be shown, for people and for programs."""
    for satu in _cari("--batas", "1000"):
        layar = panggil("audit", "lihat", str(satu["nomor"]))
        assert layar.exit_code == 0, layar.stderr
        assert max(len(b) for b in layar.stdout.splitlines()) <= 80
        assert "\u202e" not in layar.stdout
    assert ADMIN in layar.stdout or PENILAI in layar.stdout or "X-WALIKOTA" in layar.stdout


def test_lihat_tak_ada() -> None:
    """A number beyond the last is exit 3, with the last one."""
    hasil = panggil("audit", "lihat", "9999")
    assert (hasil.exit_code, hasil.stdout) == (3, "")
    akhir = _cari()[-1]["nomor"]
    assert hasil.stderr.splitlines()[1:] == [f"Sebab: Nomor terakhir {akhir}.", f"Lanjut: zi audit lihat {akhir}"]
    assert panggil("audit", "lihat", "0").exit_code == 2


def test_sama_di_postgres(basis_postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both engines answer the same events (sealed names make their hashes differ), the engines' own search of text included."""
    tulis(basis_postgres)
    for argumen in (["--batas", "1000"], ["--teks", "=1+1 [/X]"], ["--pasal", "pasal 13"], ["--unit", UNIT, "--jenis", "usulkan"]):
        with monkeypatch.context() as sementara:
            sementara.setenv("ZI_KUNCI_DATA", str(kunci_uji(basis_postgres)))
            satu = panggil("audit", "cari", *argumen, "--json", "--basis", basis_postgres)
        assert satu.exit_code == 0, satu.stderr
        sini, sana = ([{**b, "rantai": ""} for b in semua] for semua in (json.loads(satu.stdout)["peristiwa"], _cari(*argumen)))
        beda = [(a, b) for a, b in zip(sini, sana, strict=True) if a != b]
        assert [(a["nomor"], k, a[k], b[k]) for a, b in beda for k in a if a[k] != b[k]] == []
