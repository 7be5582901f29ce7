"""What reaches stdout and stderr: whole answers, any encoding, readers that leave, full disks (quality, points 1, 5, 7, 8, 14)."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.alat_cli import NIP, UJI, ZI, jalankan, lingkungan, panggil
from tests.cli.perintah_uji import NAMA


def test_json_tepat_satu_nilai() -> None:
    """One value, one line feed, scores as text, dates in ISO form; stderr is silent."""
    hasil = panggil("uji-daftar", "--json")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert hasil.stdout.count("\n") == 1
    isi = json.loads(hasil.stdout)
    assert next(iter(isi)) == "skema"
    assert [satu["nama"] for satu in isi["unit"]] == list(NAMA)
    assert {(satu["nilai"], satu["tanggal"]) for satu in isi["unit"]} == {("74.860", "2026-05-31")}


def test_jsonl_satu_nilai_per_baris() -> None:
    """Each line is an object of its own with its scheme."""
    hasil = panggil("uji-daftar", "--jsonl", "--banyak", "3")
    assert [json.loads(baris)["skema"] for baris in hasil.stdout.splitlines()] == [1, 1, 1]
    assert panggil("uji-daftar", "--jsonl", "--banyak", "0").stdout == ""


def test_pesan_hanya_untuk_orang() -> None:
    """A message is on stderr for people, and nowhere for programs."""
    assert panggil("uji-tulis", "--oleh", NIP).stderr == "sedang menulis\n"
    assert panggil("uji-tulis", "--oleh", NIP, "--json").stderr == ""


@pytest.mark.parametrize("kode", ["utf-8", "ascii", "latin-1"])
def test_nama_berbahaya_tampak_sebagai_teks(kode: str, rumah: Path) -> None:
    """Markup, emoji codes, formulas, escapes and overrides print as visible text, in 80 columns, in any encoding."""
    hasil = jalankan(rumah, "uji-daftar", env={"PYTHONIOENCODING": kode})
    assert (hasil.returncode, hasil.stderr) == (0, b"")
    teks = hasil.stdout.decode(kode)
    for bagian in ("[/x] [bold]tebal[/bold]", ":smile:", "=1+1", r"\x1b[31mmerah\x1b[0m", r"kiri\u202ekanan", "74,860", "31 Mei 2026"):
        assert bagian in teks
    assert not {"\x1b", "\u202e"} & set(teks)
    assert max(map(len, teks.splitlines())) <= 80
    assert ("[v]" in teks) is (kode != "utf-8")
    assert all(baris == baris.rstrip() for baris in teks.splitlines())


def test_locale_c_tidak_menggagalkan(rumah: Path) -> None:
    """Under LANG=C with nothing that mends it, tables, JSON and errors still come out as ASCII."""
    env = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for argumen, kode in (
        (("uji-daftar",), 0),
        (("uji-daftar", "--json"), 0),
        (("uji-galat", "konflik"), 6),
        (("--help",), 0),
        (("uji-gälat",), 2),
    ):
        hasil = jalankan(rumah, *argumen, env=env)
        assert hasil.returncode == kode
        assert (hasil.stdout + hasil.stderr).isascii()
        assert b"Traceback" not in hasil.stderr
    assert [satu["nama"] for satu in json.loads(jalankan(rumah, "uji-daftar", "--json", env=env).stdout)["unit"]] == list(NAMA)


def test_pengodean_ascii_memakai_lolosan(rumah: Path) -> None:
    """A letter that the stream cannot spell is written as an escape, on stderr and on stdout, and nothing is lost."""
    hasil = jalankan(rumah, "uji-g\u00e4lat", env={"PYTHONIOENCODING": "ascii"})
    assert (hasil.returncode, hasil.stderr.splitlines()[0][:43]) == (2, rb"Galat: Tidak ada perintah 'uji-g\xe4lat'. M")
    hasil = jalankan(rumah, "uji-kelompok", "tambah", "\u00e4\u2713", env={"PYTHONIOENCODING": "ascii", "ZI_PELAKU": NIP})
    assert (hasil.returncode, hasil.stdout) == (0, rb"\xe4\u2713" + b"\n")


def test_json_tidak_mengirim_huruf_kendali_ke_terminal() -> None:
    """Direction changers are spelled as JSON escapes: the same value, and a terminal is not led astray."""
    teks = panggil("uji-daftar", "--json").stdout
    assert r"kiri\u202ekanan" in teks
    assert "\u202e" not in teks


@pytest.mark.parametrize(
    "argumen",
    [("uji-daftar", "--banyak", "30000", "--jsonl"), ("uji-daftar", "--banyak", "30000", "--json"), ("--help",), ("help", "format")],
)
def test_pembaca_yang_pergi(argumen: tuple[str, ...], rumah: Path) -> None:
    """``| head -1``: quiet, and the code is the answer's."""
    with subprocess.Popen([*UJI, *argumen], env=lingkungan(rumah), cwd=rumah, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as proses:
        assert proses.stdout is not None
        assert proses.stderr is not None
        proses.stdout.read(1)
        proses.stdout.close()
        assert proses.stderr.read() == b""
        assert proses.wait(30) == 0


def test_pipa_tertutup_sejak_awal(rumah: Path) -> None:
    """A reader that was never there is as quiet; the code of an answer (7) is kept."""
    baca, tulis = os.pipe()
    os.close(baca)
    hasil = jalankan(rumah, "uji-kode", stdout=tulis)
    os.close(tulis)
    assert (hasil.returncode, hasil.stderr) == (7, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="tanpa /dev/full")
@pytest.mark.parametrize("argumen", [("uji-daftar",), ("uji-daftar", "--banyak", "5000"), ("--help",), ("--version",)])
def test_disk_penuh_satu_baris(argumen: tuple[str, ...], rumah: Path) -> None:
    """``> /dev/full`` is one line and code 8."""
    with Path("/dev/full").open("wb") as penuh:
        hasil = jalankan(rumah, *argumen, stdout=penuh)
    assert (hasil.returncode, hasil.stderr) == (8, b"Galat: Keluaran tidak dapat ditulis: ruang disk habis.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="tanpa /dev/full")
@pytest.mark.parametrize(("coba", "tersimpan"), [((), True), (("--coba",), False)])
def test_disk_penuh_sesudah_menulis(coba: tuple[str, ...], *, tersimpan: bool, rumah: Path) -> None:
    """After a write the line says that the write itself is kept; after a dry run it does not. Under --json it is JSON."""
    with Path("/dev/full").open("wb") as penuh:
        hasil = jalankan(rumah, "uji-tulis", "--oleh", NIP, "--json", *coba, stdout=penuh)
    galat = json.loads(hasil.stderr)["galat"]
    assert (hasil.returncode, galat["kode"]) == (8, 8)
    assert ("sudah tersimpan" in galat["pesan"]) is tersimpan


def test_aliran_tertutup(rumah: Path) -> None:
    """Stdout closed is one line and code 8; stderr closed or full changes nothing but the words."""

    def sh(perintah: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["/bin/sh", "-c", perintah, "sh", *UJI], env=lingkungan(rumah), cwd=rumah, capture_output=True, timeout=60, check=False
        )

    hasil = sh('"$@" uji-daftar >&-')
    assert (hasil.returncode, hasil.stderr) == (8, b"Galat: Keluaran tidak dapat ditulis: aliran keluaran tertutup.\n")
    assert sh('"$@" uji-galat konflik 2>&-').returncode == 6
    assert sh('"$@" uji-tulis --oleh X-ABC 2>/dev/full').returncode == 0


def _terminal(rumah: Path, *argumen: str, **env: str) -> bytes:
    """Run on a pseudo-terminal of 80 columns; return what it showed (stdout and stderr together)."""
    induk, anak = pty.openpty()
    proses = subprocess.Popen(
        [*UJI, *argumen],
        env=lingkungan(rumah, **{"TERM": "xterm", "COLUMNS": "80", **env}),
        cwd=rumah,
        stdin=anak,
        stdout=anak,
        stderr=anak,
    )
    os.close(anak)
    hasil = b""
    try:
        while bagian := os.read(induk, 65536):
            hasil += bagian
    except OSError:  # the other side is gone
        pass
    finally:
        proses.wait(30)
        os.close(induk)
    return hasil


def test_warna_hanya_di_terminal(rumah: Path) -> None:
    """Colour on a terminal; none with NO_COLOR, TERM=dumb, --warna=tidak, in a pipe, or in JSON."""
    assert b"\x1b[32m" in _terminal(rumah, "uji-daftar")
    assert b"\x1b" not in _terminal(rumah, "uji-daftar", NO_COLOR="1")
    assert b"\x1b" not in _terminal(rumah, "uji-daftar", TERM="dumb")
    assert b"\x1b" not in _terminal(rumah, "uji-daftar", ZI_WARNA="tidak")
    assert b"\x1b" not in _terminal(rumah, "uji-daftar", "--warna=tidak")
    assert b"\x1b" not in _terminal(rumah, "uji-daftar", "--json", "--warna=ya")
    assert b"\x1b[32m" in _terminal(rumah, "uji-daftar", "--warna=ya", NO_COLOR="1")
    assert b"\x1b" not in jalankan(rumah, "uji-daftar").stdout
    assert b"\x1b[32m" in jalankan(rumah, "uji-daftar", "--warna", "ya").stdout


def test_kemajuan(rumah: Path) -> None:
    """One line per ten percent in a pipe, one growing bar on a terminal, nothing for programs, never on stdout."""
    hasil = jalankan(rumah, "uji-maju")
    assert hasil.stderr.decode().splitlines() == [f"Memuat: {persen} %" for persen in range(10, 101, 10)]
    assert hasil.stdout == b"19900\n"
    assert jalankan(rumah, "uji-maju", "--json").stderr == b""
    layar = _terminal(rumah, "uji-maju")
    assert layar.count(b"\r\x4d") >= 100
    assert f"Memuat {'█' * 15}{'░' * 15} 50 % (100/200)".encode() in layar
    assert f"\rMemuat {'█' * 30} 100 % (200/200)".encode() in layar
    assert f"Memuat {'#' * 15}{'.' * 15} 50 % (100/200)".encode() in _terminal(rumah, "uji-maju", PYTHONIOENCODING="ascii")


@pytest.mark.parametrize("argumen", [("uji-daftar",), ("uji-daftar", "--json"), ("uji-kelompok", "--help")])
def test_keluaran_sama_bita_demi_bita(argumen: tuple[str, ...], rumah: Path) -> None:
    """The same command prints the same bytes, whatever the hash seed and the terminal's settings."""
    satu = jalankan(rumah, *argumen, env={"PYTHONHASHSEED": "1"})
    dua = jalankan(rumah, *argumen, env={"PYTHONHASHSEED": "2", "COLUMNS": "80", "TERM": "xterm-256color", "FORCE_COLOR": "1"})
    assert satu.stdout == dua.stdout


def test_json_pipa_ke_json_tool(rumah: Path) -> None:
    """``zi … --json | python -m json.tool`` works, as a program and as a module."""
    for program in (UJI, ZI):
        hasil = jalankan(rumah, "bantuan", "--json", program=program)
        alat = subprocess.run([sys.executable, "-m", "json.tool"], input=hasil.stdout, capture_output=True, timeout=60, check=False)
        assert (hasil.returncode, alat.returncode) == (0, 0)


def test_jawaban_dengan_kode_tetap_di_stdout() -> None:
    """An answer that is not plain success (7) is still an answer."""
    hasil = panggil("uji-kode", "--json")
    assert (hasil.exit_code, json.loads(hasil.stdout), hasil.stderr) == (7, {"skema": 1, "utuh": False}, "")
