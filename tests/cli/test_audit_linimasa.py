"""``zi audit linimasa``: a unit's life on the screen, as JSON and as a picture, with both axes of time."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.alat.dunia import ADMIN, HARI
from tests.alat.toko import toko
from tests.cli.alat_cli import panggil
from tests.cli.kisah import UNIT, UNIT_JAHAT, tulis
from zi_workflow.cli.linimasa_bacaan import CATATAN, LANGKAH, PENOLAKAN, Titik
from zi_workflow.cli.linimasa_layar import TANDA
from zi_workflow.cli.linimasa_svg import gambar
from zi_workflow.domain.commands import Catat, Koreksi

_RUANG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def berkas_kisah(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the URL of a store with the story in it, a record that was corrected later, and a move that was undone."""
    url = f"sqlite:///{tmp_path_factory.mktemp('linimasa')}/zi.db"
    tulis(url)
    dunia = toko(url)
    try:
        isi = {"hasil": "Rapat <b> ]]> & \u202e", "rekomendasi": []}
        dunia.jalankan(Catat("pemantauan", UNIT, isi, HARI("2025-05-21"), ADMIN))
        nomor = dunia.store.telusuri(batas=1, terbaru=True)[0].nomor
        dunia.jalankan(Koreksi(nomor, {**isi, "hasil": "Rapat"}, "salah tulis", HARI("2026-03-02"), ADMIN))
        dunia.maju("batalkan-langkah", "2026-03-02", {"alasan": "salah catat", "nomor": "9/2026"})
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def kisah(berkas_kisah: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put its URL in ZI_BASIS."""
    monkeypatch.setenv("ZI_BASIS", berkas_kisah)


def _json(*argumen: str) -> dict[str, Any]:
    hasil = panggil("audit", "linimasa", *argumen, "--json")
    assert (hasil.exit_code, hasil.stderr) == (0, ""), hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stdout)
    return data


def test_semua_peristiwa_unit_menurut_kejadiannya() -> None:
    """Every event about the unit is there once, in the order in which it happened, with both axes and what became of it."""
    data = _json(UNIT)
    titik = data["linimasa"]
    cari = json.loads(panggil("audit", "cari", "--unit", UNIT, "--batas", "1000", "--json").stdout)["peristiwa"]
    assert sorted(t["nomor"] for t in titik) == [p["nomor"] for p in cari]
    assert [(t["tanggal"], t["nomor"]) for t in titik] == sorted((t["tanggal"], t["nomor"]) for t in titik)
    per_nomor = {t["nomor"]: t for t in titik}
    assert {t["selisih_hari"] for t in titik} == {p["selisih_hari"] for p in cari}
    (batal,) = [t for t in titik if t["golongan"] == "pembatalan"]
    assert [t["golongan"] for t in titik if t["dibatalkan_oleh"] == batal["nomor"]] == ["langkah"]
    (koreksi,) = [t for t in titik if t["jenis"].startswith("BuktiDikoreksi")]
    (lama,) = [t for t in titik if t["diganti_oleh"] == koreksi["nomor"]]
    assert (lama["golongan"], koreksi["golongan"], lama["tanggal"]) == ("catatan", "koreksi", koreksi["tanggal"])
    assert {t["golongan"] for t in titik} >= {"pendaftaran", "langkah", "pembatalan", "catatan", "penolakan", "koreksi"}
    assert len(per_nomor) == data["jumlah"]


def test_layar_terbaca_tanpa_warna() -> None:
    """Years and months head the lines; each kind has a word and a sign of its own; the day of recording is told where it differs."""
    layar = panggil("audit", "linimasa", UNIT).stdout
    baris = layar.splitlines()
    assert max(len(b) for b in baris) <= 80
    assert [b for b in baris if b.isdecimal()] == sorted({b for b in baris if b.isdecimal()})
    assert "  Mei" in baris
    rapat = " ".join(layar.split())
    for golongan in ("pendaftaran", "langkah", "pembatalan", "catatan", "penolakan", "koreksi"):
        assert f" {TANDA[golongan]} {golongan} " in layar
    assert "hari sesudahnya" in rapat
    assert "dibatalkan oleh nomor" in rapat
    assert "diganti oleh nomor" in rapat
    assert len(set(TANDA.values())) == len(TANDA)


def test_rentang_dan_jsonl() -> None:
    """A period narrows by the day on which things happened; JSONL has one event a line; marks look beyond the period."""
    semua = _json(UNIT)["linimasa"]
    hasil = panggil("audit", "linimasa", UNIT, "--dari", "2025-05-19", "--sampai", "2025-05-20", "--jsonl").stdout
    baris = [json.loads(b) for b in hasil.splitlines()]
    assert [b["nomor"] for b in baris] == [t["nomor"] for t in semua if "2025-05-19" <= t["tanggal"] <= "2025-05-20"]
    assert [b for b in baris if b["dibatalkan_oleh"]]
    assert "Tidak ada peristiwa pada rentang itu." in panggil("audit", "linimasa", UNIT, "--sampai", "2001-01-01").stdout


def test_gambar(tmp_path: Path) -> None:
    """The picture is the same each time, holds no script, and shows hostile names as text; only a picture is replaced."""
    tujuan = tmp_path / "a.svg"
    for unit in (UNIT, UNIT_JAHAT):
        assert panggil("audit", "linimasa", unit, "--svg", str(tujuan)).exit_code == 0
        isi = tujuan.read_bytes()
        assert panggil("audit", "linimasa", unit, "--svg", "-").stdout_bytes == isi
        akar = ET.fromstring(isi)  # noqa: S314 - made here
        assert {e.tag.removeprefix(_RUANG) for e in akar.iter()} <= {"svg", "title", "style", "rect", "text", "line", "path", "circle", "g"}
        assert "\u202e" not in isi.decode()
    assert "=1+1 [/x] \\u202ekanan" in (akar.find(f"{_RUANG}title").text or "")  # type: ignore[union-attr]
    bukan = tmp_path / "penting.txt"
    bukan.write_text("penting")
    assert panggil("audit", "linimasa", UNIT, "--svg", str(bukan)).exit_code == 2
    assert bukan.read_text() == "penting"


def _titik(nomor: int, hari: str, golongan: str = CATATAN, dicatat: str | None = None, **lain: Any) -> Titik:  # noqa: ANN401 - fields
    tanggal, catat = date.fromisoformat(hari), date.fromisoformat(dicatat or hari)
    saat = datetime.fromisoformat(f"{catat}T00:00:00+00:00")
    isi = {"dari": None, "ke": None, "dibatalkan_oleh": None, "diganti_oleh": None, "sebutan": "<script>&", **lain}
    selisih = max(0, (catat - tanggal).days)
    return Titik(
        nomor=nomor, golongan=golongan, jenis="X@1", tanggal=tanggal, dicatat=catat, waktu_catat=saat,
        selisih_hari=selisih, oleh="X-A", **isi,
    )  # fmt: skip


def test_gambar_dua_sumbu() -> None:
    """A late record has a hollow mark on its day of recording; marks in one place are one with their number; undone ones are pale."""
    semua = [
        _titik(1, "2024-01-05", dicatat="2024-03-05"),
        _titik(2, "2024-02-01"),
        _titik(3, "2024-02-01"),
        _titik(4, "2024-02-01", LANGKAH, dibatalkan_oleh=9),
        _titik(5, "2024-06-01", PENOLAKAN),
    ]
    akar = ET.fromstring(gambar("X", "Unit", semua))  # noqa: S314 - made here
    teks = [e.text for e in akar.iter(f"{_RUANG}text")]
    assert len(list(akar.iter(f"{_RUANG}circle"))) == 2
    assert "2" in teks
    assert "Langkah" in teks
    assert "Tenggat" not in teks
    assert "Feb 2024" in teks
    assert [e for e in akar.iter(f"{_RUANG}path") if e.get("fill-opacity")]
    judul = [e.text or "" for e in akar.iter(f"{_RUANG}title")]
    assert any("dicatat 5 Mar 2024, 60 hari sesudahnya" in j and "<script>&" in j for j in judul)


def test_gambar_kosong_dan_padat() -> None:
    """No events and very many both make a picture of bounded size."""
    assert b"Tidak ada peristiwa" in gambar("X", "Unit", [])
    padat = gambar("X", "U" * 500, [_titik(i, f"20{20 + i % 6}-01-0{1 + i % 9}", LANGKAH) for i in range(2000)])
    assert len(padat) < 200_000


@pytest.mark.parametrize(
    ("argumen", "kode", "kata"),
    [
        (["DISPRA"], 3, "Maksud Anda: DISPORA?"),
        ([UNIT, "--dari", "2025-01-02", "--sampai", "2025-01-01"], 2, "Tukar kedua tanggal"),
        ([UNIT, "--svg", "-", "--json"], 2, "--svg FILE"),
    ],
)
def test_keliru(argumen: list[str], kode: int, kata: str) -> None:
    """Mistakes are told in three lines, on stderr, and nothing is on stdout."""
    hasil = panggil("audit", "linimasa", *argumen)
    assert (hasil.exit_code, hasil.stdout) == (kode, "")
    assert kata in hasil.stderr
