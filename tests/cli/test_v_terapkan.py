"""``zi terapkan``: a file of writes, all of them or none, and nothing of a file that fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, KEPALA, UNIT_UJI, WALI_KOTA
from tests.cli.alat_cli import ZI, jalankan, panggil
from tests.cli.register import (
    berkas_tersimpan,
    galat,
    galat_json,
    jawab,
    muat_sekali,
    periksa_daftar,
    periksa_jawaban,
    potret,
    register,
    tiga_baris,
)

UMUM = {"unit": UNIT_UJI, "tanggal": "2024-03-04", "oleh": ADMIN}
SAKSI = [{"nama": f"Saksi {u}", "unsur": u} for u in ("wali_kota", "inspektorat", "tim_pembangunan_zi", "dunia_usaha")]
BEKAL: list[dict[str, Any]] = [
    {"perintah": "catat", "jenis": jenis, **UMUM, "isi": isi}
    for jenis, isi in (
        ("pakta_integritas", {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": True}),
        ("naskah_deklarasi", {"penandatangan": KEPALA}),
        ("publikasi", {"kanal": "Laman", "alamat": "x.example"}),
        ("piagam", {"penandatangan": KEPALA, "saksi": SAKSI}),
    )
]
MAJU: dict[str, Any] = {"perintah": "maju", "langkah": "canangkan", "unit": UNIT_UJI, "tanggal": "2024-03-11", "oleh": KEPALA, "isi": {}}


@pytest.fixture(autouse=True)
def url(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a register with one unit just registered."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    monkeypatch.setenv("ZI_BERKAS", str(tmp_path / "bukti"))
    return register(basis_sqlite)


def _berkas(nama: str, butir: list[Any]) -> str:
    tempat = Path(nama)
    tempat.parent.mkdir(parents=True, exist_ok=True)
    isi = "".join(json.dumps(b) + "\n" for b in butir) if nama.endswith(".jsonl") else json.dumps(butir, indent=1)
    if nama.endswith(".yaml"):
        isi = "# perintah\n" + "".join(f"- {json.dumps(b)}\n" for b in butir)
    tempat.write_text(isi)
    return nama


@pytest.mark.parametrize("nama", ["b.yaml", "b.json", "b.jsonl", "-"])
def test_setiap_bentuk_berkas(nama: str) -> None:
    """YAML, JSON, JSONL, and JSONL on standard input say the same; later items see what earlier ones did."""
    isi = None
    if nama == "-":
        isi = Path(_berkas("b.jsonl", [*BEKAL, MAJU])).read_text()
    else:
        _berkas(nama, [*BEKAL, MAJU])
    hasil = periksa_jawaban(jawab("terapkan", nama, masukan=isi))
    assert [h["perintah"] for h in hasil] == ["pakta_integritas", "naskah_deklarasi", "publikasi", "piagam", "canangkan"]
    assert [h["versi"] for h in hasil] == [2, 3, 4, 5, 6]
    nomor = [n for h in hasil for n in h["nomor"]]
    assert nomor == list(range(nomor[0], nomor[0] + 5))
    assert jawab("unit", "lihat", UNIT_UJI)["tahap"] == "pencanangan"


def test_jawaban_bagi_orang(url: str) -> None:
    """A line an item and how many there were; nothing on stderr; a dry run says that nothing is written."""
    _berkas("b.yaml", [*BEKAL, MAJU])
    sebelum = potret(url)
    coba = panggil("terapkan", "b.yaml", "--coba")
    assert (coba.exit_code, coba.stderr) == (0, "")
    assert coba.stdout.endswith("5 butir diperiksa; tidak ada yang ditulis.\n")
    assert potret(url) == sebelum
    hasil = panggil("terapkan", "b.yaml")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert hasil.stdout.endswith(" Tahap pencanangan, versi 6.\n5 butir diterapkan.\n")
    assert max(map(len, hasil.stdout.splitlines())) <= 80


@pytest.mark.parametrize("coba", [(), ("--coba",)])
def test_satu_butir_ditolak_tidak_ada_yang_ditulis(url: str, coba: tuple[str, ...]) -> None:
    """A refused item writes nothing at all, its refusal included; its place, its line, its checklist and what to do are said."""
    Path("sk.pdf").write_bytes(b"isi")
    _berkas("b.yaml", [*BEKAL[:2], {**BEKAL[2], "berkas": "sk.pdf"}, MAJU])
    sebelum = potret(url)
    data = galat_json(panggil("terapkan", "b.yaml", *coba, "--json"), 5)
    percobaan = " (percobaan)" if coba else ""
    assert data["galat"]["pesan"].startswith(f"Butir ke-4 (baris 5): canangkan {UNIT_UJI} ditolak{percobaan}: ")
    assert data["galat"]["lanjut"] == "Perbaiki b.yaml, lalu: zi terapkan b.yaml --coba"
    (daftar,) = data["penolakan"]
    assert not periksa_daftar(daftar, perintah="canangkan")["R4.piagam"]["terpenuhi"]
    assert all(n < 1_000_000 for s in daftar["syarat"] for n in s["bukti"])
    assert potret(url) == sebelum
    assert not Path("bukti").exists()


@pytest.mark.parametrize(
    ("butir", "kode", "kata", "lanjut"),
    [
        ({**BEKAL[0], "unit": "DISPOR"}, 3, "Maksud Anda: DISPORA?", "Ubah unit di b.yaml menjadi DISPORA"),
        ({**BEKAL[0], "unit": "ZZZ"}, 3, "'ZZZ' tidak ditemukan", "zi unit daftar"),
        ({**MAJU, "langkah": "tetapkan"}, 11, "tidak tersedia", ""),
        ({**MAJU, "langkah": "canangkn"}, 11, "'canangkn' tidak dikenal", ""),
        ({"perintah": "daftarkan-unit", "unit": UNIT_UJI, "nama": "x", "oleh": ADMIN}, 6, "sudah terdaftar", ""),
        ({**BEKAL[0], "jenis": "pakta"}, 2, "'pakta' tidak dikenal", ""),
        ({**BEKAL[0], "oleh": "X-SIAPA"}, 5, "ditolak", ""),
    ],
)
def test_butir_yang_gagal_menyebut_tempatnya(url: str, butir: dict[str, Any], kode: int, kata: str, lanjut: str) -> None:
    """Every exit code that an item can come to; the item before it is not written."""
    _berkas("b.yaml", [BEKAL[1], butir])
    sebelum = potret(url)
    data = galat_json(panggil("terapkan", "b.yaml", "--json"), kode)["galat"]
    assert data["pesan"].startswith("Butir ke-2 (baris 3): ")
    assert kata in data["pesan"]
    assert data["lanjut"] == lanjut or not lanjut
    assert potret(url) == sebelum


def test_bukti_dicari_dari_folder_berkas(tmp_path: Path) -> None:
    """Evidence is named from the batch's own folder, one file or several; from the working folder on standard input."""
    (tmp_path / "masuk").mkdir()
    (tmp_path / "masuk" / "a.pdf").write_bytes(b"a")
    (tmp_path / "b.pdf").write_bytes(b"b")
    jawab("terapkan", _berkas("masuk/b.json", [{**BEKAL[0], "berkas": "a.pdf"}, {**BEKAL[2], "berkas": ["a.pdf", "../b.pdf"]}]))
    assert sorted(berkas_tersimpan(tmp_path / "bukti").values()) == [b"a", b"b"]
    hari = {**BEKAL[0], "tanggal": "2024-03-05"}
    jawab("terapkan", "-", masukan=json.dumps([{**hari, "berkas": "b.pdf"}]))
    pesan = galat("terapkan", "-", kode=2, masukan=json.dumps([{**hari, "berkas": "a.pdf"}]))[0]
    assert pesan == "Butir ke-1 (baris 1): Berkas a.pdf tidak ditemukan"


def test_kunci_bagi_seluruh_berkas(url: str) -> None:
    """A key stands for the whole file: again, the first answer; with one item more, a conflict; with evidence too."""
    Path("sk.pdf").write_bytes(b"isi")
    semua = [*BEKAL, {**BEKAL[0], "tanggal": "2024-03-05", "berkas": "sk.pdf"}, MAJU]
    _berkas("b.json", semua)
    pertama = jawab("terapkan", "b.json", "--kunci", "surat")
    sebelum = potret(url)
    assert jawab("terapkan", "b.json", "--kunci", "surat") == {**pertama, "ulangan": True}
    assert panggil("terapkan", "b.json", "--kunci", "surat").stdout.startswith("Sudah pernah diterima dengan kunci ini")
    _berkas("b.json", semua[:-1])
    galat("terapkan", "b.json", "--kunci", "surat", kode=6)
    assert potret(url) == sebelum


def test_pelaku_dan_tanggal_bawaan(monkeypatch: pytest.MonkeyPatch) -> None:
    """An item that says neither takes --oleh and --tanggal; without any oleh it is refused, item and line named."""
    butir = {k: v for k, v in BEKAL[0].items() if k not in {"oleh", "tanggal"}}
    _berkas("b.yaml", [BEKAL[1], butir])
    pesan, _, lanjut = galat("terapkan", "b.yaml", kode=2)
    assert pesan == "Butir ke-2 (baris 3): pelaku belum disebut"
    assert "--oleh NIP" in lanjut
    hasil = periksa_jawaban(jawab("terapkan", "b.yaml", "--oleh", ADMIN, "--tanggal", "2024-03-07"))
    peristiwa = [jawab("audit", "lihat", str(h["nomor"][0])) for h in hasil]
    assert [p["tanggal"] for p in peristiwa] == ["2024-03-04", "2024-03-07"]
    monkeypatch.setenv("ZI_PELAKU", ADMIN)
    jawab("terapkan", _berkas("c.yaml", [{**butir, "tanggal": "2024-03-08"}]))


def test_beberapa_unit_dalam_satu_butir(url: str) -> None:
    """A move of several units is one item; where one of them is refused, the item is, and its unit is named."""
    baru = {"perintah": "daftarkan-unit", "unit": "DINSOS", "nama": "[/x] =1+1", "tanggal": "2024-03-01", "oleh": ADMIN}
    angkat = {"perintah": "angkat-pejabat", "nip": KEPALA, "nama": "Kepala", "peran": "kepala_pd", "unit": "DINSOS"}
    angkat |= {"sk": "800/3", "sejak": "2024-03-01", "tanggal": "2024-03-01", "oleh": ADMIN}
    sebelum = potret(url)
    _berkas("b.json", [*BEKAL, baru, angkat, {**MAJU, "unit": [UNIT_UJI, "DINSOS"]}])
    data = galat_json(panggil("terapkan", "b.json", "--json"), 5)
    assert data["galat"]["pesan"].startswith("Butir ke-7: canangkan DINSOS ditolak")
    assert [d["unit"] for d in data["penolakan"]] == ["DINSOS"]
    assert potret(url) == sebelum
    bekal = [{**b, "unit": "DINSOS"} for b in BEKAL]
    _berkas("b.json", [*BEKAL, baru, angkat, *bekal, {**MAJU, "unit": [UNIT_UJI, "DINSOS"]}])
    hasil = periksa_jawaban(jawab("terapkan", "b.json"))
    assert [(h["unit"], h["tahap"]) for h in hasil[-2:]] == [(UNIT_UJI, "pencanangan"), ("DINSOS", "pencanangan")]
    assert "[/x] =1+1" in panggil("unit", "daftar").stdout


@pytest.mark.parametrize(
    ("argumen", "kata"),
    [
        ((), "'FILE'"),
        (("a.json", "b.json"), "Argumen berlebih"),
        (("a.json", "--versi", "1"), "--versi tidak berlaku"),
        (("a.json", "--isi", "x"), "'--isi'"),
        (("a.json", "--tanggal", "2025-02-29"), "2025-02-29"),
        (("nihil.json",), "nihil.json"),
    ],
)
def test_salah_pakai(argumen: tuple[str, ...], kata: str) -> None:
    """Wrong usage is told in three lines."""
    _berkas("a.json", [BEKAL[0]])
    assert kata in galat("terapkan", *argumen, kode=2)[0]


def test_bantuan_menyebut_bentuk_butir() -> None:
    """The help names the commands of an item and shows one."""
    teks = " ".join(panggil("terapkan", "--help").stdout.split())
    assert "daftarkan-unit, angkat-pejabat, akhiri-pejabat, catat, maju" in teks.replace("- ", "-")
    assert "{perintah: catat" in teks


def test_proses_yang_ditolak_dan_diterima(url: str, tmp_path: Path) -> None:
    """As a process, with its own home: three lines after the checklist, exit 5; then 0 and one JSON value."""
    env = {"ZI_BASIS": url, "ZI_BERKAS": str(tmp_path / "bukti")}
    _berkas("b.yaml", [MAJU])
    hasil = jalankan(tmp_path, "terapkan", "b.yaml", program=ZI, env=env)
    assert (hasil.returncode, hasil.stdout) == (5, b"")
    assert hasil.stderr.decode().splitlines()[-3].startswith("Galat: Butir ke-1 (baris 2): ")
    _berkas("b.yaml", [*BEKAL, MAJU])
    hasil = jalankan(tmp_path, "terapkan", "b.yaml", "--json", program=ZI, env=env)
    assert (hasil.returncode, hasil.stderr) == (0, b"")
    assert len(periksa_jawaban(json.loads(hasil.stdout))) == 5


def test_wali_kota_tanpa_wewenang_pada_tanggal_itu() -> None:
    """Who acts is judged on the item's own date: a mistake in it is a refusal that names the item."""
    _berkas("b.yaml", [*BEKAL, {**MAJU, "oleh": WALI_KOTA}])
    pesan = panggil("terapkan", "b.yaml").stderr.splitlines()[-3]
    assert pesan == f"Galat: Butir ke-5 (baris 6): canangkan {UNIT_UJI} ditolak: 1 syarat belum terpenuhi"
    tiga_baris(panggil("terapkan", _berkas("c.yaml", [{**MAJU, "tanggal": "2024-03-32"}])), 2)
