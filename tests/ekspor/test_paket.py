"""The bundle: checked by the verifier that knows nothing of this package, the same bytes every time, only whole prefixes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN
from tests.cli.alat_cli import panggil
from tests.cli.register import galat, muat_sekali
from tests.ekspor.alat import TOKEN, baris, tulis
from zi_workflow.domain.errors import IntegritasRusak
from zi_workflow.export.bundle import Bahan, Paket
from zi_workflow.seal import note
from zi_workflow.seal.mandiri import verifikasi_mandiri

EKSPOR = ("audit", "ekspor", "--format", "paket")
TETAP = [
    "BACA.txt",
    "titik-periksa.txt",
    "kunci-publik.txt",
    "verifikasi_mandiri.py",
    "peristiwa.jsonl",
    "berkas.jsonl",
    "definisi",
    "daftar-isi.txt",
]


@pytest.fixture(scope="module")
def bekal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a register, a key, and a seal over all but the last ten events of it."""
    folder = tmp_path_factory.mktemp("paket")
    tulis(folder / "zi.db")
    with pytest.MonkeyPatch.context() as mp:
        _setel(mp, folder)
        assert panggil("audit", "kunci-segel", "--buat").exit_code == 0
    return folder


def _setel(mp: pytest.MonkeyPatch, folder: Path) -> None:
    for nama in list(os.environ):
        if nama.startswith(("ZI_", "XDG_")):
            mp.delenv(nama)
    mp.setenv("HOME", str(folder))
    mp.setenv("ZI_BASIS", f"sqlite:///{folder / 'zi.db'}")
    mp.setenv("ZI_KUNCI_SEGEL", str(folder / "kunci"))
    mp.chdir(folder)
    muat_sekali(mp)


@pytest.fixture(autouse=True)
def folder(bekal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a copy of it."""
    shutil.copytree(bekal, tmp_path, dirs_exist_ok=True)
    _setel(monkeypatch, tmp_path)
    return tmp_path


def _paket(*argumen: str, ke: str = "paket.zip") -> dict[str, Any]:
    hasil = panggil(*EKSPOR, "--ke", ke, *argumen, "--json")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    data: dict[str, Any] = json.loads(hasil.stdout)
    return data


def _periksa(*argumen: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run the verifier on the bundle; the key comes from elsewhere."""
    with pytest.MonkeyPatch.context() as mp:
        mp.setattr(sys, "argv", ["verifikasi_mandiri.py", "paket.zip", "--kunci-publik", "kunci.pub", *argumen])
        kode = verifikasi_mandiri.main()
    hasil = capsys.readouterr()
    return kode, hasil.out + hasil.err


def _rusak(perintah: str, *nilai: object) -> None:
    """Change the store as its owner can: the triggers go first."""
    with closing(sqlite3.connect("zi.db")) as basis, basis:
        for (nama,) in basis.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            basis.execute(f'DROP TRIGGER "{nama}"')
        basis.execute(perintah, nilai)


def test_harus_dapat_diperiksa_orang_lain(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The verifier in the bundle, alone, finds the bundle whole, and says which event is not where one was changed on the way."""
    data = _paket()
    kode, kata = _periksa(capsys=capsys)
    assert kode == 0, kata
    assert f"{data['peristiwa']} peristiwa" in kata
    with zipfile.ZipFile("paket.zip") as arsip:
        semua = {nama: arsip.read(nama) for nama in arsip.namelist()}
    with zipfile.ZipFile("paket.zip", "w") as arsip:
        for nama, isi in semua.items():
            arsip.writestr(nama, isi.replace(b"JAHAT", b"JUHAT", 1) if nama == "peristiwa.jsonl" else isi)
    kode, kata = _periksa(capsys=capsys)
    assert (kode, "peristiwa nomor" in kata) == (7, True)
    assert semua["verifikasi_mandiri.py"] == Path(verifikasi_mandiri.__file__).read_bytes()
    assert (folder / "kunci.pub").read_bytes() == semua["kunci-publik.txt"]


def test_isi(folder: Path) -> None:
    """Names are flat and harmless, the list of contents is right and signed, files and definitions are those of the events."""
    data = _paket()
    with zipfile.ZipFile(folder / "paket.zip") as arsip:
        assert arsip.testzip() is None
        isi = {satu.filename: arsip.read(satu) for satu in arsip.infolist()}
        assert {satu.date_time for satu in arsip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(satu.is_dir() for satu in arsip.infolist())
    assert list(dict.fromkeys(nama.partition("/")[0] for nama in isi)) == TETAP
    assert not [nama for nama in isi if nama.startswith(("/", ".")) or ".." in nama or "\\" in nama]
    catatan = note.urai(isi["daftar-isi.txt"])
    kunci = note.urai_pemeriksa((folder / "kunci.pub").read_text().strip())
    assert note.periksa(catatan, [kunci]) == (kunci,)
    kepala, *daftar = catatan.teks.splitlines()
    assert kepala == f"zi/paket/1 binjai {data['peristiwa']}"
    assert daftar == [f"{hashlib.sha256(b).hexdigest()}  {n}" for n, b in isi.items() if n != "daftar-isi.txt"]
    peristiwa = [json.loads(b) for b in isi["peristiwa.jsonl"].splitlines()]
    assert [p["nomor"] for p in peristiwa] == list(range(1, data["peristiwa"] + 1))
    definisi = {f"definisi/{sidik}.json" for sidik in {p["sidik_regulasi"].removeprefix("sha256:") for p in peristiwa}}
    assert {n for n in isi if n.startswith("definisi/")} == definisi
    assert all(hashlib.sha256(isi[n]).hexdigest() in n for n in definisi)
    assert (data["definisi"], data["tanpa_definisi"]) == (len(definisi), [])
    harap = [{"nomor": p["nomor"], "aliran": p["aliran"], **b} for p in peristiwa for b in json.loads(p["isi"]).get("berkas", [])]
    assert [json.loads(b) for b in isi["berkas.jsonl"].splitlines()] == harap != []
    assert data["berkas_bukti"] == len(harap)
    assert isi["titik-periksa.txt"].decode() == data["segel"]


def test_harus_bita_yang_sama(folder: Path) -> None:
    """The same log, seal and key give the same bytes, to a file and to standard output."""
    _paket()
    _paket(ke="lagi.zip")
    assert (folder / "paket.zip").read_bytes() == (folder / "lagi.zip").read_bytes() == panggil(*EKSPOR).stdout_bytes


def test_sampai_segel_terdahulu(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under an older seal the bundle has exactly the events that it covers; no key is needed, and the list is not signed."""
    panggil("audit", "segel", "--ke", "lama.txt")
    lama = (folder / "lama.txt").read_text()
    dahulu = int(lama.splitlines()[1])
    assert panggil("unit", "tambah", "BARU", "Dinas Baru", "--oleh", ADMIN).exit_code == 0
    assert _paket(ke="baru.zip")["peristiwa"] > dahulu
    (folder / "kunci").unlink()
    data = _paket("--segel", "lama.txt")
    assert (data["peristiwa"], data["segel"]) == (dahulu, lama)
    assert _periksa("--terhadap", "lama.txt", capsys=capsys)[0] == 0
    with zipfile.ZipFile(folder / "paket.zip") as arsip:
        assert "\n\n" not in arsip.read("daftar-isi.txt").decode()
        assert "ditandatangani\n" not in arsip.read("BACA.txt").decode().split("daftar-isi.txt")[1]


@pytest.mark.parametrize(
    ("argumen", "kode"),
    [
        (("--unit", "JAHAT"), 2),
        (("--dari", "2025-01-01"), 2),
        (("--sampai", "2025-01-01"), 2),
        (("--sejak-nomor", "1"), 2),
        (("--sampai-nomor", "5"), 2),
        (("--bom",), 2),
        (("--segel", "tidak-ada.txt"), 2),
        (("--segel", "kunci.pub"), 2),
        (("--segel", "x", "--kunci-segel", "kunci"), 2),
        (("--kunci-segel", "tidak-ada"), 2),
    ],
)
def test_salah_pakai(folder: Path, argumen: tuple[str, ...], kode: int) -> None:
    """A part of the log cannot be checked against a seal and is refused; nothing is written."""
    galat(*EKSPOR, "--ke", "paket.zip", *argumen, kode=kode)
    assert not (folder / "paket.zip").exists()


def test_tanpa_kunci(folder: Path) -> None:
    """Without a sealing key there is no bundle; how to make one is said."""
    (folder / "kunci").unlink()
    assert galat(*EKSPOR, "--ke", "paket.zip", kode=2)[2] == "zi audit kunci-segel --buat"


def test_log_yang_rusak(folder: Path) -> None:
    """A log that an older seal contradicts, an event that is missing, a definition that is another: exit 7, and no bundle."""
    panggil("audit", "segel", "--ke", "lama.txt")
    _rusak("UPDATE definisi SET isi = ?", b"{}")
    galat(*EKSPOR, "--ke", "paket.zip", kode=7)
    _rusak("UPDATE peristiwa SET rantai = ? WHERE nomor = 3", "0" * 64)
    galat(*EKSPOR, "--ke", "paket.zip", "--segel", "lama.txt", kode=7)
    _rusak("DELETE FROM peristiwa WHERE nomor = 3")
    galat(*EKSPOR, "--ke", "paket.zip", kode=7)
    assert [f.name for f in folder.iterdir() if f.suffix == ".zip" or f.name.startswith(".zi-")] == []


def _bahan(banyak: int, **lain: Any) -> Bahan:  # noqa: ANN401 - fields
    def baca() -> Iterator[dict[str, Any]]:
        for i in range(1, banyak + 1):
            acak = "".join(hashlib.sha256(b"%d %d" % (i, k)).hexdigest() for k in range(50))
            yield baris(i, "BuktiDicatat", {"nama": TOKEN, "catatan": acak})

    tetap: dict[str, Any] = {"kunci_publik": (), "program": b"#", "baca": baca, "definisi": lambda _: None}
    return Bahan("binjai", lain.pop("ukuran", banyak), "segel\n", **{**tetap, **lain})


def test_data_pribadi_tetap_sandi() -> None:
    """A sealed text is in the bundle as it is stored: ciphertext."""
    paket = Paket(_bahan(3))
    with zipfile.ZipFile(io.BytesIO(b"".join(paket.potongan()))) as arsip:
        semua = [json.loads(json.loads(b)["isi"]) for b in arsip.read("peristiwa.jsonl").splitlines()]
    assert [satu["nama"] for satu in semua] == [TOKEN] * 3
    assert (paket.definisi, paket.tanpa_definisi) == (0, ["sha256:x"])


def test_peristiwa_kurang() -> None:
    """Fewer events than the seal covers are no bundle."""
    with pytest.raises(IntegritasRusak, match="hilang"):
        list(Paket(_bahan(3, ukuran=4)).potongan())


def test_harus_dialirkan() -> None:
    """The first events leave before the last are read: what comes out in one piece is small."""
    potongan = [len(satu) for satu in Paket(_bahan(400)).potongan()]
    assert len(potongan) > 10
    assert max(potongan) < 100_000
