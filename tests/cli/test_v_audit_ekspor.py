"""``zi audit ekspor``: formats, filters, whole files or none, streams that end early, nothing that runs in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, UNIT_UJI
from tests.cli.alat_cli import ZI, jalankan, lingkungan, panggil
from tests.cli.register import galat, muat_sekali
from tests.ekspor.alat import NAMA_JAHAT, tulis
from tests.pengaduan.alat import RAHASIA, Register
from zi_workflow.domain.commands import AngkatPejabat
from zi_workflow.export import tabular
from zi_workflow.export.tabular import KOLOM
from zi_workflow.workbook.csvfile import BOM

LAIN = "199002022015022002"
EKSPOR = ("audit", "ekspor", "--format")


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the URL of a register with a whole life in it."""
    berkas = tmp_path_factory.mktemp("register") / "zi.db"
    tulis(berkas)
    return f"sqlite:///{berkas}"


@pytest.fixture(autouse=True)
def url(basis: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nothing is written to it."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", basis)
    return basis


def _cari() -> list[dict[str, Any]]:
    semua: list[dict[str, Any]] = json.loads(panggil("audit", "cari", "--batas", "100000", "--json").stdout)["peristiwa"]
    return semua


def _csv(*argumen: str, pemisah: str = ",") -> list[dict[str, str]]:
    hasil = panggil(*EKSPOR, "csv", *argumen)
    assert hasil.exit_code == 0, hasil.stderr
    return list(csv.DictReader(io.StringIO(hasil.stdout_bytes.decode("utf-8-sig"), newline=""), delimiter=pemisah, strict=True))


def test_csv_memuat_semua() -> None:
    """One row per event with everything of it; the content reads back as JSON."""
    semua, asal = _csv(), _cari()
    assert [tuple(satu) for satu in semua] == [KOLOM] * len(asal)
    for satu, harap in zip(semua, asal, strict=True):
        polos = {k: satu[k] for k in ("nomor", "versi", "jenis", "tanggal", "oleh", "sidik_regulasi", "rantai")}
        assert polos == {k: str(harap[k]) for k in polos}
        assert satu["berkas"] == (harap["unit"] or "")
        assert json.loads(satu["isi"]) == json.loads(json.dumps(harap["isi"]).replace('"terkunci"', '"disegel"'))
        assert json.loads(satu["dasar"]) == harap["dasar"]


def test_harus_aman_rumus_dan_huruf() -> None:
    """No cell begins like a formula, nothing invisible is in the file, and the hostile name is still told whole."""
    hasil = panggil(*EKSPOR, "csv")
    sel = [s for baris in csv.reader(io.StringIO(hasil.stdout_bytes.decode(), newline="")) for s in baris]
    assert not [s for s in sel if s.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "\u202e" not in hasil.stdout
    assert NAMA_JAHAT in {json.loads(s)["nama"] for s in sel if s.startswith("{") and '"keadaan"' in s}


def test_bom_dan_pemisah() -> None:
    """Excel's way of knowing UTF-8 and the separator of its Indonesian version are there when asked for."""
    hasil = panggil(*EKSPOR, "csv", "--bom", "--pemisah", "titik-koma")
    assert hasil.stdout_bytes.startswith(BOM + b'"nomor";"tanggal"')
    assert _csv("--bom", "--pemisah", "titik-koma", pemisah=";") == _csv()
    assert not panggil(*EKSPOR, "csv").stdout_bytes.startswith(BOM)


@pytest.mark.parametrize(
    ("argumen", "cocok"),
    [
        (("--unit", UNIT_UJI), lambda p: p["unit"] == UNIT_UJI),
        (("--dari", "2025-05-02", "--sampai", "2025-05-20"), lambda p: "2025-05-02" <= p["tanggal"] <= "2025-05-20"),
        (("--sejak-nomor", "20"), lambda p: p["nomor"] >= 20),
        (("--sampai-nomor", "20"), lambda p: p["nomor"] <= 20),
        (
            ("--unit", UNIT_UJI, "--sejak-nomor", "10", "--dari", "2024-04-01"),
            lambda p: p["unit"] == UNIT_UJI and p["tanggal"] >= "2024-04-01",
        ),
        (("--dari", "2050-01-01"), lambda _: False),
    ],
)
def test_saringan(argumen: tuple[str, ...], cocok: Any) -> None:  # noqa: ANN401 - a predicate
    """Each filter leaves what it says, in every format."""
    harap = [p["nomor"] for p in _cari() if cocok(p)]
    assert [int(satu["nomor"]) for satu in _csv(*argumen)] == harap
    acara = panggil(*EKSPOR, "cloudevents", *argumen).stdout.splitlines()
    assert [json.loads(satu)["data"]["nomor"] for satu in acara] == harap
    ocel = json.loads(panggil(*EKSPOR, "ocel", *argumen).stdout)
    assert [satu["id"] for satu in ocel["events"]] == [f"peristiwa:{n}" for n in harap]


def test_berkas_dan_jawaban(rumah: Path) -> None:
    """The file holds what standard output would; the answer says how much it is, and its hash; only its owner can read it."""
    for bentuk in ("csv", "cloudevents", "ocel"):
        hasil = panggil(*EKSPOR, bentuk, "--ke", f"x.{bentuk}", "--json")
        assert (hasil.exit_code, hasil.stderr) == (0, "")
        isi = (rumah / f"x.{bentuk}").read_bytes()
        data = json.loads(hasil.stdout)
        assert isi == panggil(*EKSPOR, bentuk).stdout_bytes
        assert data["sha256"] == hashlib.sha256(isi).hexdigest()
        assert (data["skema"], data["format"], data["ke"], data["ukuran"]) == (1, bentuk, f"x.{bentuk}", len(isi))
        assert (data["peristiwa"], data["nomor_awal"], data["nomor_akhir"]) == (len(_cari()), 1, len(_cari()))
        assert data["saringan"] == dict.fromkeys(("unit", "dari", "sampai", "sejak_nomor", "sampai_nomor"))
        assert (rumah / f"x.{bentuk}").stat().st_mode & 0o777 == 0o600
    assert sorted(f.name for f in rumah.iterdir()) == ["x.cloudevents", "x.csv", "x.ocel"]


def test_sumber() -> None:
    """The register may be named by a URI of one's own."""
    satu = panggil(*EKSPOR, "cloudevents", "--sumber", "https://contoh.invalid/zi", "--sampai-nomor", "1")
    assert json.loads(satu.stdout)["source"] == "https://contoh.invalid/zi"


def test_layar() -> None:
    """A person is told how many events there are, where they went, and how to go on from there."""
    hasil = panggil(*EKSPOR, "csv", "--unit", UNIT_UJI, "--ke", "x.csv")
    assert "Ditulis ke x.csv" in " ".join(hasil.stdout.split())
    assert "--sejak-nomor" in hasil.stdout
    hasil = panggil(*EKSPOR, "ocel", "--dari", "2050-01-01", "--ke", "x.json")
    assert hasil.stdout.startswith("Tidak ada peristiwa yang cocok")
    assert " peristiwa (nomor 1 sampai " in panggil(*EKSPOR, "csv").stderr


def test_berkas_yang_ada(rumah: Path) -> None:
    """A file is not replaced unless asked; then in one step, and it keeps its permissions."""
    berkas = rumah / "x.csv"
    berkas.write_text("lama", encoding="utf-8")
    berkas.chmod(0o640)
    galat(*EKSPOR, "csv", "--ke", "x.csv", kode=2)
    assert berkas.read_text(encoding="utf-8") == "lama"
    assert panggil(*EKSPOR, "csv", "--ke", "x.csv", "--timpa").exit_code == 0
    assert berkas.read_bytes().startswith(b'"nomor"')
    assert berkas.stat().st_mode & 0o777 == 0o640
    assert [f.name for f in rumah.iterdir()] == ["x.csv"]


@pytest.mark.parametrize("timpa", [(), ("--timpa",)])
def test_gagal_di_tengah(rumah: Path, monkeypatch: pytest.MonkeyPatch, timpa: tuple[str, ...]) -> None:
    """Where the export breaks off, no file and no part of one is left; what was there before still is."""

    def putus(*_: object, **__: object) -> Iterator[bytes]:
        yield b"x" * 200_000
        raise OSError(28, "penuh")

    monkeypatch.setattr(tabular, "csv", putus)
    if timpa:
        (rumah / "x.csv").write_text("lama", encoding="utf-8")
    galat(*EKSPOR, "csv", "--ke", "x.csv", *timpa, kode=8)
    assert {f.name: f.read_text(encoding="utf-8") for f in rumah.iterdir()} == ({"x.csv": "lama"} if timpa else {})


@pytest.mark.parametrize(
    ("argumen", "kode"),
    [
        (("ocel", "--bom"), 2),
        (("csv", "--sumber", "/x"), 2),
        (("cloudevents", "--pemisah", "koma"), 2),
        (("cloudevents", "--sumber", "bukan uri"), 2),
        (("cloudevents", "--sumber", "http://é"), 2),
        (("csv", "--ke", "tidak/ada.csv"), 2),
        (("csv", "--ke", "."), 2),
        (("csv", "--unit", "TIDAK-ADA"), 3),
        (("csv", "--dari", "2025-01-02", "--sampai", "2025-01-01"), 2),
        (("csv", "--sejak-nomor", "3", "--sampai-nomor", "2"), 2),
        (("csv", "--sejak-nomor", "0"), 2),
        (("xml",), 2),
        (("paket", "--buka-pribadi"), 2),
    ],
)
def test_salah_pakai(rumah: Path, argumen: tuple[str, ...], kode: int) -> None:
    """What cannot be done is said in three lines before anything is written."""
    ke = () if "--ke" in argumen else ("--ke", "x")
    galat(*EKSPOR, *argumen, *ke, kode=kode)
    assert list(rumah.iterdir()) == []


def test_json_atau_dokumen() -> None:
    """Standard output holds the document or the answer about it, not both."""
    hasil = panggil(*EKSPOR, "csv", "--json")
    assert (hasil.exit_code, hasil.stdout) == (2, "")


def test_keluaran_ditutup_dan_penuh(rumah: Path, basis: str) -> None:
    """A reader that leaves early ends it quietly; a full device is one line and exit 8, as a stream and as a file."""
    env = lingkungan(rumah, ZI_BASIS=basis)
    with subprocess.Popen([*ZI, *EKSPOR, "cloudevents"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=rumah) as proses:
        assert proses.stdout is not None
        assert proses.stderr is not None
        assert json.loads(proses.stdout.readline())["id"] == "1"
        proses.stdout.close()
        assert (proses.wait(60), proses.stderr.read()) == (0, b"")
    with open("/dev/full", "wb") as penuh:  # noqa: PTH123 - a device
        hasil = jalankan(rumah, *EKSPOR, "csv", program=ZI, env={"ZI_BASIS": basis}, stdout=penuh)
    assert (hasil.returncode, hasil.stderr.count(b"\n")) == (8, 1)
    galat(*EKSPOR, "csv", "--ke", "/dev/full", "--timpa", kode=8)


def test_kontak_tidak_bocor_lewat_ocel() -> None:
    """An address is no object and no attribute of the OCEL export."""
    assert "contoh.invalid" not in panggil(*EKSPOR, "ocel").stdout
    assert ADMIN in panggil(*EKSPOR, "ocel").stdout


def test_harus_data_pribadi_tertutup(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are in no export unless asked for, never in a bundle; once the key is destroyed nowhere, and that is said."""
    dunia = Register(basis_sqlite)
    dunia.jalankan(AngkatPejabat(LAIN, "Siti Contoh", "tpi", "800/9", HARI("2025-01-09"), HARI("2025-01-09"), ADMIN))
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    tertutup = {bentuk: panggil(*EKSPOR, bentuk).stdout for bentuk in ("csv", "cloudevents", "ocel")}
    terbuka = {bentuk: panggil(*EKSPOR, bentuk, "--buka-pribadi").stdout for bentuk in tertutup}
    assert panggil("audit", "kunci-segel", "--buat").exit_code == 0
    assert panggil(*EKSPOR, "paket", "--ke", "x.zip").exit_code == 0
    with zipfile.ZipFile("x.zip") as arsip:
        paket = b"".join(arsip.read(nama) for nama in arsip.namelist()).decode()
    assert not [isi for isi in (*tertutup.values(), paket) if "Siti Contoh" in isi]
    assert all("Siti Contoh" in isi for isi in terbuka.values())
    assert all("disegel" in tertutup[bentuk] for bentuk in ("csv", "cloudevents"))
    assert json.loads(panggil(*EKSPOR, "csv", "--ke", "x.csv", "--buka-pribadi", "--json").stdout)["pribadi"] == "dibuka"
    assert "UU 27/2022" in panggil(*EKSPOR, "csv", "--buka-pribadi").stderr
    kunci = dunia.store.brankas.kunci_kini(LAIN)
    assert kunci is not None
    dunia.store.brankas.musnahkan(LAIN, kunci)
    dunia.tutup()
    for opsi in ((), ("--buka-pribadi",)):
        isi = panggil(*EKSPOR, "cloudevents", *opsi).stdout
        assert '"nama":"dihapus"' in isi
        assert "Siti Contoh" not in isi


def test_harus_pelapor_tidak_pernah_terbuka(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who complained, and how to reach him, is in no export of any kind, whatever is asked for."""
    dunia = Register(basis_sqlite)
    try:
        dunia.sampai("diidentifikasi", "P-1")
        assert dunia.isi("P-1", "pelapor", nama=RAHASIA, kontak="0812-rahasia").diterima
    finally:
        dunia.tutup()
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    assert panggil("audit", "kunci-segel", "--buat").exit_code == 0
    assert panggil(*EKSPOR, "paket", "--ke", "x.zip").exit_code == 0
    with zipfile.ZipFile("x.zip") as arsip:
        semua = {"paket": b"".join(arsip.read(nama) for nama in arsip.namelist()).decode()}
    for bentuk in ("csv", "cloudevents", "ocel"):
        semua[bentuk] = panggil(*EKSPOR, bentuk).stdout
        semua[f"{bentuk} dibuka"] = panggil(*EKSPOR, bentuk, "--buka-pribadi").stdout
    assert all("P-1" in isi for isi in semua.values())
    assert not [(bentuk, kata) for bentuk, isi in semua.items() for kata in (RAHASIA, "0812-rahasia") if kata in isi]
    pelapor = [json.loads(satu)["data"]["isi"]["isi"] for satu in semua["cloudevents dibuka"].splitlines() if '"pokok":"pelapor"' in satu]
    assert pelapor == [{"nama": "disegel", "kontak": "disegel"}]
