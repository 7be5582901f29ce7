"""``zi tenggat prakiraan``: a table that fits, the whole way of one unit, data for programs, a picture that no name can break."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from tests.alat.dunia import ADMIN, HARI, UNIT_UJI, arsip
from tests.alat.toko import Toko
from tests.cli.alat_cli import panggil
from tests.cli.register import bangun, galat, jawab, muat_sekali, potret
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.errors import PenyimpananGagal

JAHAT = "<x>&\"' [/merah] \u202ekanan ]]> <script>alert(1)</script>\ufffe"
PERINTAH = ("tenggat", "prakiraan")
PADA = ("--pada", "2025-02-03")
SVG = "{http://www.w3.org/2000/svg}"


def _isi(dunia: Toko) -> None:
    arsip(
        dunia, "BERPREDIKAT", {"tahap": "pemantauan_predikat", "predikat": "WBBM", "sejak": "2023-02-01", "tanggal_predikat": "2023-01-05"}
    )
    arsip(dunia, "WBK-LAMA", {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2023-02-01", "tanggal_predikat": "2023-01-05"})
    dunia.jalankan(DaftarkanUnit("JAHAT", JAHAT, HARI("2025-01-02"), ADMIN))
    dunia.jalankan(DaftarkanUnit("NANTI", "Belum ada waktu itu", HARI("2025-03-01"), ADMIN))


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: a unit that builds, two with a predikat, one just registered with a hostile name, one registered later."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url, "pemantauan")
    try:
        _isi(dunia)
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nobody acts, for nothing is written."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def _satu(*argumen: str) -> dict[str, Any]:
    """Return the only forecast of an answer."""
    (satu,) = jawab(*PERINTAH, *argumen)["prakiraan"]
    hasil: dict[str, Any] = satu
    return hasil


def test_semua_unit_menurut_batasnya(url: str) -> None:
    """Units come in the order of their deadline, then code, those without one last; later registered ones not yet; nothing is written."""
    sebelum = potret(url)
    data = jawab(*PERINTAH, *PADA)
    assert data["pada"] == "2025-02-03"
    assert [(p["unit"], p["predikat"], p["batas"]) for p in data["prakiraan"]] == [
        (UNIT_UJI, "WBK", "2025-05-31"),
        ("JAHAT", "WBK", "2026-05-31"),
        ("WBK-LAMA", "WBBM", "2026-05-31"),
        ("BERPREDIKAT", "WBBM", None),
    ]
    assert potret(url) == sebelum


def test_bentuk_jawaban() -> None:
    """Every date is ISO, every year lost names its requirements with citations, every step its days and what it lacks."""
    data = _satu("--unit", "JAHAT", *PADA)
    assert (data["sisa_hari"], data["tahun"], data["nama"]) == ((HARI("2026-05-31") - HARI("2025-02-03")).days, 2026, JAHAT)
    (lewat,) = data["mustahil"]
    assert (lewat["tahun"], lewat["batas"]) == (2025, "2025-05-31")
    (syarat,) = lewat["syarat"]
    assert (syarat["id"], syarat["paling_cepat"]) == ("R18.setahun", "2026-02-03")
    assert syarat["dasar"]
    assert syarat["tafsir"] == ["D2"]
    for ruas in data["langkah"]:
        assert date.fromisoformat(ruas["paling_awal"]) <= date.fromisoformat(ruas["paling_lambat"])
        assert ruas["dasar"]
        for satu in ruas["kurang"]:
            assert satu["terpenuhi"] is False
            assert satu["lanjut"]
    mulai = next(r for r in data["langkah"] if r["nama"] == "mulai-bangun")
    assert (mulai["oleh"], mulai["paling_lambat"], mulai["menentukan"]) == ("kepala_pd", "2025-05-31", True)
    assert data["terpenuhi"] < data["jumlah_syarat"]


def test_jsonl_satu_unit_per_baris() -> None:
    """As JSONL one forecast a line, each with its schema."""
    hasil = panggil(*PERINTAH, *PADA, "--jsonl")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    baris = [json.loads(b) for b in hasil.stdout.splitlines()]
    assert [b["unit"] for b in baris] == [UNIT_UJI, "JAHAT", "WBK-LAMA", "BERPREDIKAT"]
    assert {b["skema"] for b in baris} == {1}


def test_predikat_lain() -> None:
    """--predikat asks every unit for that predikat; what cannot be asked says why."""
    data = {p["unit"]: p for p in jawab(*PERINTAH, *PADA, "--predikat", "WBK")["prakiraan"]}
    assert data[UNIT_UJI]["batas"] == "2025-05-31"
    assert (data["WBK-LAMA"]["batas"], data["WBK-LAMA"]["alasan"]) == (None, "Sudah memegang WBK.")
    assert _satu("--unit", UNIT_UJI, "--predikat", "WBBM", *PADA)["batas"] == "2026-05-31"


def test_berkas_menurut_harinya() -> None:
    """Asked of an earlier day, the file is as it was then; a unit that is named is shown also before its registration."""
    assert _satu("--unit", UNIT_UJI, "--pada", "2024-03-20")["tahap"] == "pencanangan"
    assert _satu("--unit", "NANTI", *PADA)["batas"] == "2026-05-31"


def test_tanpa_pada_hari_ini() -> None:
    """Without --pada the day is today."""
    data = jawab(*PERINTAH)
    assert data["pada"] >= "2025-11-01"
    assert len(data["prakiraan"]) == 5


def _lebar(teks: str) -> int:
    return max(len(b) for b in teks.splitlines())


def test_layar_semua_unit() -> None:
    """The table fits 80 columns, one row for each unit, then who does not make this year's deadline and why, and where to look."""
    hasil = panggil(*PERINTAH, *PADA)
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert _lebar(hasil.stdout) <= 80
    assert "Prakiraan pada 3 Februari 2025" in hasil.stdout
    assert re.search(rf"{UNIT_UJI} +WBK +31 Mei 2025 +117 hari +R18\.setahun mulai 10", hasil.stdout)
    assert re.search(r"JAHAT +WBK +31 Mei 2026 +482 hari", hasil.stdout)
    assert "mulai-bangun s.d. 31 Mei" in " ".join(hasil.stdout.split())
    assert re.search(r"BERPREDIKAT +WBBM +- +- +Sudah memegang WBBM", hasil.stdout)
    assert "Batas tahun 2025 dapat dicapai 1 dari 4 unit." in hasil.stdout
    assert "R18.setahun: JAHAT" in hasil.stdout
    assert "R19.setahun: WBK-LAMA" in hasil.stdout
    assert hasil.stdout.rstrip().endswith("zi tenggat prakiraan --unit KODE")


def test_layar_tahun_tanpa_yang_gagal() -> None:
    """Where everyone makes the deadline nobody is listed as failing."""
    hasil = panggil(*PERINTAH, *PADA, "--unit", UNIT_UJI, "--unit", "BERPREDIKAT")
    assert "Tidak dapat lagi" not in hasil.stdout
    assert "dapat dicapai 1 dari 2 unit" in hasil.stdout


def test_layar_satu_unit_selengkapnya() -> None:
    """One unit: deadline with its weekday and last working day, lost years, and each step with days, actor, gaps and citations."""
    hasil = panggil(*PERINTAH, *PADA, "--unit", "JAHAT")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert _lebar(hasil.stdout) <= 80
    teks = " ".join(hasil.stdout.split())
    for kata in (
        "Minggu 31 Mei 2026, 482 hari lagi",
        "terakhir Jumat 29 Mei 2026",
        "pembangunan dimulai 3 Feb 2025 + 1 tahun (tafsir D2) = 3 Feb 2026 (perkiraan)",
        "2025, batas 31 Mei 2025",
        "Baru dapat 3 Februari 2026",
        "3. mulai-bangun (M3): Memulai pembangunan menuju WBK [menentukan]",
        "31 Mei 2025 (hari kerja terakhir 28 Mei 2025), kelonggaran 117 hari",
        "R18.setahun menunggu waktu",
        "sejak 3 Februari 2025, genap 1 tahun pada 3 Februari 2026",
        "Perwali Binjai 3/2024 Pasal 12 ayat (2) huruf e",
        "R13.pemantauan Pemantauan berkala sejak pembangunan dimulai",
        "Oleh tpi, paling lambat 29 Mei 2026",
        "Lanjut zi maju usulkan JAHAT",
        "(lapisan nasional)",
    ):
        assert kata in teks, kata
    assert "\u202e" not in hasil.stdout
    assert "\\u202e" in hasil.stdout


def test_layar_satu_unit_tanpa_jawaban() -> None:
    """One unit without a deadline: the reason, and no empty headings."""
    hasil = panggil(*PERINTAH, *PADA, "--unit", "BERPREDIKAT")
    assert "Sudah memegang WBBM, predikat tertinggi." in hasil.stdout
    assert "Jalan ke batas" not in hasil.stdout


def test_galat_yang_menolong() -> None:
    """Wrong names and days are told with what was probably meant."""
    pesan, _, lanjut = galat(*PERINTAH, "--unit", "DISPOR", kode=3)
    assert "DISPOR" in pesan
    assert UNIT_UJI in lanjut
    pesan, sebab, lanjut = galat(*PERINTAH, "--predikat", "WBKK", kode=2)
    assert "WBKK" in pesan
    assert "WBK, WBBM" in sebab
    assert lanjut == "zi tenggat prakiraan --predikat WBK"
    pesan, _, _ = galat(*PERINTAH, "--pada", "9990-01-01", kode=2)
    assert "9990" in pesan
    assert panggil(*PERINTAH, "--pada", "1900-01-01", "--unit", UNIT_UJI).exit_code == 0


def _gambar(isi: str | bytes) -> Element:
    akar: Element = fromstring(isi, forbid_dtd=True)
    assert akar.tag == f"{SVG}svg"
    return akar


def _teks(akar: Element) -> list[str]:
    return ["".join(t.itertext()) for t in akar.iter(f"{SVG}text")]


def test_gambar_ke_berkas(tmp_path: Path) -> None:
    """--svg writes a picture that names each unit, its deadline and the day, the same bytes each time; an old one is replaced."""
    berkas = tmp_path / "gambar.svg"
    berkas.write_text("<svg lama")
    hasil = panggil(*PERINTAH, *PADA, "--svg", str(berkas))
    assert (hasil.exit_code, hasil.stderr) == (0, f"Gambar ditulis: {berkas}\n")
    assert "Prakiraan pada 3 Februari 2025" in hasil.stdout
    isi = berkas.read_bytes()
    akar = _gambar(isi)
    teks = _teks(akar)
    assert {UNIT_UJI, "JAHAT", "BERPREDIKAT", "WBK-LAMA"} <= set(teks)
    assert {"31 Mei 2025", "31 Mei 2026", "pada 3 Feb 2025", "WBK 31 Mei 2025", "WBBM 31 Mei 2026"} <= set(teks)
    assert "Sudah memegang WBBM, predikat tertinggi." in teks
    assert akar.get("viewBox") == f"0 0 {akar.get('width')} {akar.get('height')}"
    panggil(*PERINTAH, *PADA, "--svg", str(berkas), "--json")
    assert berkas.read_bytes() == isi
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".zi-")] == []


def test_gambar_ke_keluaran_baku() -> None:
    """--svg - is the picture and nothing else; together with --json it is refused before anything is computed."""
    hasil = panggil(*PERINTAH, *PADA, "--svg", "-")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert len(_teks(_gambar(hasil.stdout))) > 10
    gagal = panggil(*PERINTAH, "--svg", "-", "--json")
    assert (gagal.exit_code, gagal.stdout) == (2, "")
    assert "--svg -" in json.loads(gagal.stderr)["galat"]["pesan"]


def test_nama_jahat_tetap_teks(tmp_path: Path) -> None:
    """A hostile name reaches the picture as visible text: no element, no attribute, no entity, no invisible character comes of it."""
    berkas = tmp_path / "gambar.svg"
    panggil(*PERINTAH, *PADA, "--svg", str(berkas))
    isi = berkas.read_text(encoding="utf-8")
    akar = _gambar(isi)
    boleh = {"svg", "title", "style", "defs", "pattern", "clipPath", "rect", "line", "text", "g", "circle", "path"}
    assert {str(e.tag).removeprefix(SVG) for e in akar.iter()} <= boleh
    assert not any(nama.startswith("on") or "href" in nama for e in akar.iter() for nama in e.attrib)
    semua = ["".join(t.itertext()) for t in akar.iter(f"{SVG}title")]
    tampak = JAHAT.replace("\u202e", "\\u202e").replace("\ufffe", "\ufffd")
    assert f"JAHAT: {tampak}" in semua
    assert any(t.startswith("<x>&\"' [/merah]") for t in _teks(akar))
    assert "<script" not in isi
    assert "\u202e" not in isi


def test_gambar_tanpa_unit(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty register has an empty table and a picture all the same."""
    bangun(basis_sqlite).tutup()
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    awal = ("--pada", "2024-02-20")
    assert jawab(*PERINTAH, *awal)["prakiraan"] == []
    hasil = panggil(*PERINTAH, *awal)
    assert "Belum ada unit." in hasil.stdout
    assert "0 unit" in " ".join(_teks(_gambar(panggil(*PERINTAH, *awal, "--svg", "-").stdout)))


def test_gambar_yang_tidak_dapat_ditulis(tmp_path: Path) -> None:
    """A place that cannot be written to is told by name; the answer is not given half."""
    pesan, _, _ = galat(*PERINTAH, *PADA, "--svg", str(tmp_path / "tidak-ada" / "g.svg"), kode=2)
    assert "tidak-ada" in pesan
    assert galat(*PERINTAH, *PADA, "--svg", str(tmp_path), kode=2)


def test_gambar_ke_tempat_yang_penuh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where there is no room, the way out names the option of this verb."""

    def penuh(ke: str, isi: bytes, *, timpa: bool) -> None:
        assert isi
        assert timpa
        raise PenyimpananGagal(f"Berkas '{ke}' tidak dapat ditulis", "Ruang disk habis.", "Pilih tempat lain: --ke BERKAS")

    monkeypatch.setattr("zi_workflow.cli.tenggat_prakiraan.simpan_utuh", penuh)
    pesan, sebab, lanjut = galat(*PERINTAH, *PADA, "--svg", str(tmp_path / "g.svg"), kode=8)
    assert "g.svg" in pesan
    assert (sebab, lanjut) == ("Ruang disk habis.", "Pilih tempat lain: --svg FILE")


def test_kemajuan_bagi_banyak_unit(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For many units the work shows how far it is, on stderr and for people only; each has its row in the table and in the picture."""
    dunia = bangun(basis_sqlite)
    try:
        for ke in range(24):
            dunia.jalankan(DaftarkanUnit(f"U{ke:02}", f"Unit {ke}", HARI("2024-03-05"), ADMIN))
    finally:
        dunia.tutup()
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    hasil = panggil(*PERINTAH, *PADA)
    assert "Menghitung prakiraan: 100 %" in hasil.stderr
    assert sum(b.startswith("U") and "31 Mei 2026" in b for b in hasil.stdout.splitlines()) == 24
    assert panggil(*PERINTAH, *PADA, "--json").stderr == ""
    akar = _gambar(panggil(*PERINTAH, *PADA, "--svg", "-").stdout)
    assert {f"U{ke:02}" for ke in range(24)} <= set(_teks(akar))
