"""``zi lke templat`` and ``zi lke ekspor``: workbooks and JSON out of the register, which stays as it is."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, definisi, jawaban_semua
from tests.cli.alat_cli import ZI, jalankan, lingkungan, panggil
from tests.cli.register import bangun, galat, jawab, muat_sekali, potret
from zi_workflow.cli.lke_tujuan import simpan_utuh
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.layout import TataLetak

TAHUN = ("--tahun", "2025")
JAHAT = "=1+1 [/x] \u202ekanan"
DINILAI = {"110": {"nilai": "0.5", "alasan": "Tidak ada aduan tahun ini"}}
UNIT = {**jawaban_semua("B", "3.60"), "1": "Tidak"}
TPI = {**jawaban_semua("A"), "110": 0, "111": 0, "112": 0}


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: a unit with both assessments of 2025, and one with a hostile name and none."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url)
    try:
        isi = {"tahun": 2025, "penilai": "unit", "jawaban": UNIT, "catatan": {"3": "=A1+1"}, "bukti_dukung": {"3": "map 3"}}
        dunia.catat("lke", "2025-03-01", isi, oleh=KEPALA)
        isi = {
            "tahun": 2025,
            "penilai": "tpi",
            "jawaban": TPI,
            "catatan": {"4": "-1 temuan"},
            "bukti_dukung": {"4": "map 4"},
            "dinilai": DINILAI,
        }
        dunia.catat("lke", "2025-04-01", isi, oleh=PENILAI)
        dunia.jalankan(DaftarkanUnit("JAHAT", JAHAT, HARI("2025-05-02"), ADMIN))
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nobody acts, for nothing is written to it."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def _tata() -> TataLetak:
    lembaran = definisi().lembaran
    assert lembaran is not None
    return lembaran.kementerian


def _lembar(nama: str | bytes, lembar: str = "LKE ZI") -> Any:  # noqa: ANN401 - a sheet of openpyxl
    return openpyxl.load_workbook(io.BytesIO(nama) if isinstance(nama, bytes) else nama)[lembar]


def _kolom(lembar: Any, kolom: str) -> dict[str, object]:  # noqa: ANN401 - as above
    return {s: lembar[f"{kolom}{b}"].value for s, b in _tata().soal.items() if lembar[f"{kolom}{b}"].value is not None}


def _sama(ada: dict[str, object], harap: dict[str, Any]) -> bool:
    return ada == {s: float(j) if s in {"125", "127"} else j for s, j in harap.items()}


def test_templat_terisi_dari_yang_tercatat(rumah: Path, url: str) -> None:
    """TPI's template holds its answers on file and shows the unit's; the answer describes the very file; the register is untouched."""
    sebelum = potret(url)
    data = jawab("lke", "templat", UNIT_UJI, *TAHUN, "--ke", "t.xlsx")
    isi = (rumah / "t.xlsx").read_bytes()
    assert {k: data[k] for k in ("unit", "tahun", "penilai", "ke", "bentuk")} == {
        "unit": UNIT_UJI,
        "tahun": 2025,
        "penilai": "tpi",
        "ke": "t.xlsx",
        "bentuk": "templat",
    }
    assert (data["soal_terjawab"], data["termuat"], data["peringatan"]) == (127, {"tpi": 127}, [])
    assert (data["ukuran"], data["sha256"]) == (len(isi), hashlib.sha256(isi).hexdigest())
    lembar = _lembar("t.xlsx")
    assert _sama(_kolom(lembar, "K"), TPI)
    assert _sama(_kolom(lembar, "N"), UNIT)
    assert lembar[f"Q{_tata().rumus['110'].baris}"].value == 0.5
    assert potret(url) == sebelum


def test_templat_unit_dan_kosong() -> None:
    """The unit's template holds the unit's answers; with --kosong, or for a year without an assessment, it holds none."""
    panggil("lke", "templat", UNIT_UJI, *TAHUN, "--penilai", "unit", "--ke", "unit.xlsx")
    assert _sama(_kolom(_lembar("unit.xlsx"), "K"), UNIT)
    assert _kolom(_lembar("unit.xlsx"), "O") == {"3": "=A1+1"}
    assert _lembar("unit.xlsx")[f"O{_tata().soal['3']}"].data_type == "s"
    for nama, pilihan in (("kosong.xlsx", [*TAHUN, "--kosong"]), ("2026.xlsx", ["--tahun", "2026"])):
        data = jawab("lke", "templat", UNIT_UJI, *pilihan, "--ke", nama)
        assert data["soal_terjawab"] == 0
        assert _kolom(_lembar(nama), "K") == {}


def test_ekspor_bentuk_kementerian() -> None:
    """The export holds the assessment of TPI, or of the unit when asked, at the ministry's rows."""
    hasil = panggil("lke", "ekspor", UNIT_UJI, *TAHUN, "--ke", "tpi.xlsx")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert hasil.stdout == "Ditulis ke tpi.xlsx: jawaban tpi 127 dari 127 soal.\n"
    assert _sama(_kolom(_lembar("tpi.xlsx"), "K"), TPI)
    data = jawab("lke", "ekspor", UNIT_UJI, *TAHUN, "--penilai", "unit", "--ke", "unit.xlsx")
    assert (data["penilai"], data["bentuk"]) == ("unit", "kementerian")
    assert _sama(_kolom(_lembar("unit.xlsx"), "K"), UNIT)


def test_ekspor_portalrb() -> None:
    """PortalRB's sheet holds both assessments, or one; what it has no cell for is said."""
    data = jawab("lke", "ekspor", UNIT_UJI, *TAHUN, "--bentuk", "portalrb", "--ke", "p.xlsx")
    assert (data["penilai"], data["termuat"], data["soal_terjawab"]) == (None, {"unit": 127, "tpi": 127}, 127)
    assert len(data["peringatan"]) == 2
    assert "110" in data["peringatan"][0]
    lembaran = definisi().lembaran
    assert lembaran is not None
    assert lembaran.portal is not None
    baris = lembaran.portal.soal
    lembar = _lembar("p.xlsx", "Jawaban")
    assert [lembar[f"{k}{baris['3']}"].value for k in "KLMN"] == ["Ya", "=A1+1", "map 3", "Ya"]
    assert lembar[f"Q{baris['4']}"].value == "-1 temuan"
    data = jawab("lke", "ekspor", UNIT_UJI, *TAHUN, "--bentuk", "portalrb", "--penilai", "unit", "--ke", "u.xlsx")
    assert (data["penilai"], data["termuat"]) == ("unit", {"unit": 127})
    assert _lembar("u.xlsx", "Jawaban")[f"N{baris['3']}"].value is None


def test_ekspor_json() -> None:
    """The JSON of the API guide goes to a file or to standard output, the same bytes."""
    data = jawab("lke", "ekspor", UNIT_UJI, *TAHUN, "--bentuk", "json", "--ke", "j.json")
    dokumen = json.loads(Path("j.json").read_bytes())
    assert (dokumen["unit_id"], dokumen["tahun"], len(dokumen["answers"])) == (UNIT_UJI, 2025, 127)
    assert dokumen["answers"][0]["jawaban_unit"] == "Tidak"
    assert data["bentuk"] == "json"
    hasil = panggil("lke", "ekspor", UNIT_UJI, *TAHUN, "--bentuk", "json", "--ke", "-")
    assert hasil.stdout_bytes == Path("j.json").read_bytes()
    assert "Peringatan: Nilai TPI" in hasil.stderr


def test_keluaran_baku_adalah_dokumennya(rumah: Path, url: str) -> None:
    """With --ke - stdout carries the workbook, byte for byte what a file would hold; together with --json it is refused."""
    hasil = jalankan(rumah, "lke", "templat", UNIT_UJI, *TAHUN, "--ke", "-", program=ZI, env={"ZI_BASIS": url})
    assert (hasil.returncode, hasil.stderr) == (0, b"")
    jawab("lke", "templat", UNIT_UJI, *TAHUN, "--ke", "sama.xlsx")
    assert hasil.stdout == (rumah / "sama.xlsx").read_bytes()
    hasil_json = panggil("lke", "templat", UNIT_UJI, *TAHUN, "--ke", "-", "--json")
    assert (hasil_json.exit_code, hasil_json.stdout) == (2, "")


@pytest.mark.parametrize("verba", ["templat", "ekspor"])
def test_berkas_lama_tidak_ditimpa(rumah: Path, verba: str) -> None:
    """An existing file, or a link that leads nowhere, stays as it is and is exit 2; --timpa replaces the file and keeps its permissions."""
    lama = rumah / "lama.xlsx"
    lama.write_bytes(b"milik orang")
    lama.chmod(0o640)
    (rumah / "tautan.xlsx").symlink_to("tidak-ada")
    for nama in ("lama.xlsx", "tautan.xlsx"):
        pesan, _, lanjut = galat("lke", verba, UNIT_UJI, *TAHUN, "--ke", nama, kode=2)
        assert nama in pesan
        assert "--timpa" in lanjut
    assert lama.read_bytes() == b"milik orang"
    assert panggil("lke", verba, UNIT_UJI, *TAHUN, "--ke", "lama.xlsx", "--timpa").exit_code == 0
    assert lama.read_bytes().startswith(b"PK")
    assert lama.stat().st_mode & 0o777 == 0o640
    assert sorted(f.name for f in rumah.iterdir() if f.name.startswith(".zi-")) == []


def test_timpa_ke_yang_baru_dan_yang_bukan_berkas(rumah: Path) -> None:
    """--timpa makes a new file, too; a pipe is written to, not replaced."""
    assert panggil("lke", "templat", UNIT_UJI, *TAHUN, "--ke", "baru.xlsx", "--timpa").exit_code == 0
    pipa = rumah / "pipa"
    os.mkfifo(pipa)
    with subprocess.Popen(["cat", str(pipa)], stdout=subprocess.PIPE, env=lingkungan(rumah)) as pembaca:  # noqa: S607 - any cat
        assert panggil("lke", "templat", UNIT_UJI, *TAHUN, "--ke", "pipa", "--timpa").exit_code == 0
        assert pembaca.stdout is not None
        assert pembaca.stdout.read() == (rumah / "baru.xlsx").read_bytes()
    assert pipa.is_fifo()


def test_folder_yang_tidak_ada(rumah: Path) -> None:
    """A target in a folder that does not exist is exit 2, with and without --timpa."""
    for pilihan in ([], ["--timpa"]):
        pesan, _, _ = galat("lke", "templat", UNIT_UJI, *TAHUN, "--ke", "tidak-ada/t.xlsx", *pilihan, kode=2)
        assert "tidak-ada/t.xlsx" in pesan
    assert list(rumah.iterdir()) == []


def test_penilaian_dan_unit_yang_tidak_ada() -> None:
    """A missing assessment is exit 3 with the import as next command; so is a unit that nobody knows, with what was meant."""
    for bentuk in ("kementerian", "portalrb", "json"):
        pesan, sebab, lanjut = galat("lke", "ekspor", UNIT_UJI, "--tahun", "2024", "--bentuk", bentuk, "--ke", "x", kode=3)
        assert "2024" in pesan
        assert "2025 oleh tpi" in sebab
        assert lanjut.startswith(f"zi lke impor {UNIT_UJI}")
    pesan, _, _ = galat("lke", "templat", UNIT_UJI[:-1], *TAHUN, "--ke", "x", kode=3)
    assert UNIT_UJI in pesan
    assert not Path("x").exists()


def test_nama_unit_yang_jahat() -> None:
    """A unit's name with a formula, markup and a character that turns the line around is harmless text in its template."""
    panggil("lke", "templat", "JAHAT", *TAHUN, "--ke", "j.xlsx")
    sel = _lembar("j.xlsx")["A1"]
    assert sel.data_type == "s"
    assert sel.value.endswith("=1+1 [/x] \\u202ekanan")


def _wadah(nama: str, judul: str = "LKE ZI") -> None:
    buku = Workbook()
    lembar = buku.active
    assert lembar is not None
    lembar.title = judul
    instrumen = definisi().instrumen
    assert instrumen is not None
    for soal in instrumen.soal.values():
        lembar.cell(_tata().soal[soal.id], 10, _tata().tulisan[soal.skala.id])
        lembar.cell(_tata().soal[soal.id], 12, "=1+1")
    buku.save(nama)


def test_wadah_resmi() -> None:
    """--wadah fills a copy of the official workbook: its own cells stay, and what has no place in it is said; the original is untouched."""
    _wadah("kosong.xlsx")
    asal = Path("kosong.xlsx").read_bytes()
    data = jawab("lke", "ekspor", UNIT_UJI, *TAHUN, "--wadah", "kosong.xlsx", "--ke", "resmi.xlsx")
    assert Path("kosong.xlsx").read_bytes() == asal
    lembar = _lembar("resmi.xlsx")
    assert _sama(_kolom(lembar, "K"), TPI)
    assert set(_kolom(lembar, "L").values()) == {"=1+1"}
    assert lembar[f"O{_tata().soal['4']}"].data_type == "s"
    assert any("soal 110" in p for p in data["peringatan"])
    assert any("Bukti dukung" in p for p in data["peringatan"])


def test_wadah_yang_salah() -> None:
    """--wadah is for the ministry's layout only, and must be its workbook."""
    _wadah("lain.xlsx", "Lembar1")
    for pilihan in (["--wadah", "lain.xlsx"], ["--wadah", "hilang.xlsx"], ["--wadah", "lain.xlsx", "--bentuk", "json"]):
        galat("lke", "ekspor", UNIT_UJI, *TAHUN, *pilihan, "--ke", "x.xlsx", kode=2)
    assert not Path("x.xlsx").exists()


@pytest.mark.parametrize("timpa", [False, True])
def test_tulisan_yang_gagal_tidak_meninggalkan_apa_apa(rumah: Path, timpa: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    """A write that fails half-way leaves no new file, and an old one as it was."""
    lama = rumah / "lama.xlsx"
    if timpa:
        lama.write_bytes(b"lama")
    with pytest.raises(TypeError):
        simpan_utuh("lama.xlsx", cast("bytes", "bukan bita"), timpa=timpa)
    assert [f.read_bytes() for f in rumah.iterdir()] == ([b"lama"] if timpa else [])


def test_cakram_penuh(rumah: Path) -> None:
    """A device that takes nothing more is told as full storage, not as success."""
    hasil = panggil("lke", "templat", UNIT_UJI, *TAHUN, "--ke", "/dev/full", "--timpa")
    assert (hasil.exit_code, hasil.stdout) == (8, "")
    pesan, sebab, lanjut = hasil.stderr.splitlines()
    assert "'/dev/full' tidak dapat ditulis" in pesan
    assert (sebab, "--ke" in lanjut) == ("Sebab: Ruang disk habis.", True)
    assert list(rumah.iterdir()) == []
