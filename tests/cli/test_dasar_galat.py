"""Every failure ends the same way: three lines or one JSON object on stderr, an empty stdout, the code of the contract."""

from __future__ import annotations

import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.alat_cli import NIP, UJI, jalankan, lingkungan, panggil
from tests.cli.perintah_uji import SANDI
from zi_workflow.cli.akar import akar
from zi_workflow.cli.rahasia import samarkan, sandi_url

URL = f"postgresql+psycopg://zi:{SANDI}@contoh.test/zi"


@pytest.mark.parametrize(("jenis", "kode"), [("konflik", 6), ("kosong", 2), ("ditolak", 5), ("berkas", 2), ("penuh", 8)])
def test_tiga_baris_dan_json_setara(jenis: str, kode: int) -> None:
    """Labels stand in order, each once at the start of a line; JSON says the same; stdout is empty."""
    layar, program = panggil("uji-galat", jenis), panggil("uji-galat", jenis, "--json")
    assert (layar.exit_code, layar.stdout) == (kode, "")
    assert (program.exit_code, program.stdout) == (kode, "")
    label = [baris.split(":")[0] for baris in layar.stderr.splitlines() if baris.startswith(("Galat: ", "Sebab: ", "Lanjut: "))]
    assert label == ["Galat", "Sebab", "Lanjut"]
    isi = json.loads(program.stderr)
    assert isi["skema"] == 1
    assert isi["galat"]["kode"] == kode
    assert set(isi["galat"]) == {"kode", "pesan", "sebab", "lanjut"}
    assert all(isi["galat"].values())
    assert program.stderr.count("\n") == 1


@pytest.mark.parametrize("argumen", [("unit", "daftar"), ("siapkan",)])
def test_postgres_tanpa_psycopg(argumen: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL store without its driver is a storage that cannot be used, with how to get it; not a bug of the program."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    hasil = panggil(*argumen, "--basis", "postgresql://zi@contoh.test/zi")
    assert (hasil.exit_code, hasil.stdout) == (8, "")
    assert hasil.stderr.startswith("Galat: Pustaka psycopg belum terpasang")
    assert "Lanjut: pip install 'psycopg" in hasil.stderr


def test_isi_pesan_tidak_dapat_meniru_label() -> None:
    """Text with a line feed and an override is shown indented and escaped."""
    galat, sebab, tiruan, lanjut = panggil("uji-galat", "konflik").stderr.splitlines()
    assert galat == r"Galat: Bentrok \u202e."
    assert sebab == "Sebab: Versi 3, bukan 2."
    assert tiruan == "        Lanjut: tipuan"
    assert lanjut == "Lanjut: zi uji-galat lain"


def test_penolakan_membawa_daftar() -> None:
    """A refusal has its checklists beside the error, and on a screen before it."""
    isi = json.loads(panggil("uji-galat", "ditolak", "--json").stderr)
    assert isi["penolakan"] == [{"unit": "U1", "terpenuhi": False, "syarat": []}]
    assert list(isi) == ["skema", "galat", "penolakan"]
    assert panggil("uji-galat", "ditolak").stderr.startswith("lembar 80\nGalat: Ditolak.\n")


@pytest.mark.parametrize(
    "argumen",
    [
        ("--json", "uji-daftar"),
        ("uji-daftr", "--json"),
        ("uji-daftar", "--json", "--salah"),
        ("uji-daftar", "--jsonl", "--banyak", "x"),
        ("uji-kelompok", "tambah", "--json"),
    ],
)
def test_galat_urai_juga_json(argumen: tuple[str, ...]) -> None:
    """Also where the arguments could not be parsed, a program gets JSON."""
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert json.loads(hasil.stderr)["galat"]["kode"] == 2


def test_json_sesudah_tanda_akhir_bukan_opsi() -> None:
    """What follows ``--`` is a value."""
    assert panggil("uji-galat", "--", "--json").stdout == "jawaban yang tidak boleh tampak\n"
    hasil = panggil("uji-kelompok", "tambah", "A", "--", "--json")
    assert hasil.stderr.startswith("Galat: Argumen berlebih: --json\n")


@pytest.mark.parametrize(
    ("nilai", "sebab"),
    [
        ("2026-02-29", "Februari 2026 berakhir pada tanggal 28"),
        ("2026-04-31", "April 2026 berakhir pada tanggal 30"),
        ("2026-13-01", "bulan 13 tidak ada"),
        ("2026-00-10", "bulan 00 tidak ada"),
        ("2026-01-00", "berakhir pada tanggal 31"),
        ("0026-01-01", "tahun paling awal 1900"),
        ("31 Mei 2026", "tulis YYYY-MM-DD"),
        ("31-05-2026", "tulis YYYY-MM-DD"),
        ("2026-5-1", "tulis YYYY-MM-DD"),
        ("20260531", "tulis YYYY-MM-DD"),
        ("2026-05-31\n", "tulis YYYY-MM-DD"),
        ("\uff12\uff10\uff12\uff16-05-31", "tulis YYYY-MM-DD"),
    ],
)
def test_tanggal_ketat(nilai: str, sebab: str) -> None:
    """A date has one form, and one that does not exist is named."""
    hasil = panggil("uji-tulis", "--oleh", NIP, "--tanggal", nilai)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert sebab in hasil.stderr


@pytest.mark.parametrize(
    "opsi",
    [
        ("--versi", "-1"),
        ("--versi", "1_0"),
        ("--versi", "\uff11"),
        ("--versi", "1.0"),
        ("--kunci", ""),
        ("--kunci", " "),
        ("--kunci", "a\nb"),
        ("--kunci", "a" * 201),
        ("--oleh", "12345"),
        ("--oleh", "X-ab"),
        ("--oleh", NIP + "\n"),
    ],
)
def test_opsi_penulisan_ketat(opsi: tuple[str, str]) -> None:
    """Numbers, keys and officials are read exactly or not at all."""
    hasil = panggil("uji-tulis", "--oleh", NIP, *opsi)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert opsi[0] in hasil.stderr


def test_opsi_penulisan_sampai_ke_perintah() -> None:
    """The common options of a writing verb arrive with their types."""
    hasil = panggil("uji-tulis", "--tanggal", "2024-02-29", "--oleh", NIP, "--coba", "--kunci", "k 1", "--versi", "7", "--json")
    assert json.loads(hasil.stdout) == {"skema": 1, "tanggal": "2024-02-29", "coba": True, "kunci": "k 1", "versi": 7, "oleh": NIP}


def test_pelaku_dari_lingkungan_atau_ditanyakan() -> None:
    """ZI_PELAKU serves; without any, the error names both ways."""
    assert json.loads(panggil("uji-tulis", "--json", env={"ZI_PELAKU": NIP}).stdout)["oleh"] == NIP
    hasil = panggil("uji-tulis")
    assert hasil.exit_code == 2
    assert "--oleh NIP" in hasil.stderr
    assert "ZI_PELAKU" in hasil.stderr


@pytest.mark.parametrize("jenis", ["kutu", "dasar"])
def test_kutu_satu_baris_dan_laporan(jenis: str, rumah: Path) -> None:
    """A bug is one line with the place of a report that only its owner can read; no traceback on the screen."""
    hasil = panggil("uji-galat", jenis)
    assert (hasil.exit_code, hasil.stdout) == (1, "")
    assert hasil.stderr.count("\n") == 1
    laporan = Path(hasil.stderr.split("laporan: ")[1].strip())
    assert laporan.is_relative_to(rumah / ".local" / "state" / "zi")
    assert stat.S_IMODE(laporan.stat().st_mode) == 0o600
    assert "Traceback (most recent call last)" in laporan.read_text()


def test_laporan_ke_folder_keadaan_pengguna(rumah: Path) -> None:
    """XDG_STATE_HOME decides; a relative one is ignored; where no file can be made the line says so."""
    assert str(rumah / "keadaan") in panggil("uji-galat", "kutu", env={"XDG_STATE_HOME": str(rumah / "keadaan")}).stderr
    assert str(rumah / ".local") in panggil("uji-galat", "kutu", env={"XDG_STATE_HOME": "nisbi"}).stderr
    (rumah / "buntu").write_text("")
    hasil = panggil("uji-galat", "kutu", env={"XDG_STATE_HOME": str(rumah / "buntu")})
    assert hasil.exit_code == 1
    assert "laporan tidak dapat ditulis" in hasil.stderr


@pytest.mark.parametrize("cara", ["opsi", "lingkungan", "toml"])
def test_sandi_tidak_pernah_tampak(cara: str, rumah: Path) -> None:
    """Neither the screen, nor JSON, nor the report has the password, in a URL or by itself."""
    argumen, env = ["uji-galat", "kutu", "--debug"], {}
    if cara == "opsi":
        argumen += ["--basis", URL]
    elif cara == "lingkungan":
        env["ZI_BASIS"] = URL
    else:
        (rumah / "zi.toml").write_text(f'basis = "{URL}"\n')
    for mode in ([], ["--json"]):
        hasil = panggil(*argumen, *mode, env=env)
        assert "ValueError" in hasil.stderr
        assert "***" in hasil.stderr
        assert SANDI not in hasil.stderr
    laporan = list((rumah / ".local" / "state" / "zi").iterdir())
    assert len(laporan) == 2
    assert all(SANDI not in satu.read_text() for satu in laporan)


def test_sandi_tidak_tampak_dalam_saran() -> None:
    """The corrected command line hides the password, too."""
    hasil = panggil("uji-daftar", "--basis", URL, "--jsn")
    assert hasil.exit_code == 2
    assert SANDI not in hasil.stderr
    assert "***" in hasil.stderr


@pytest.mark.parametrize(
    ("teks", "harapan"),
    [
        ("postgresql://a:b@c/d", "postgresql://a:***@c/d"),
        ("x postgresql+psycopg://a:p@ss/w@c:5/d y", "x postgresql+psycopg://a:***@c:5/d y"),
        ("postgresql://:b@c", "postgresql://:***@c"),
        ("host=h password=rahasia user=u", "host=h password=*** user=u"),
        ("?user=a&password=b&x=1", "?user=a&password=***&x=1"),
        ("sqlite:////data/zi.db", "sqlite:////data/zi.db"),
        ("http://contoh.test:80/jalur", "http://contoh.test:80/jalur"),
    ],
)
def test_samarkan(teks: str, harapan: str) -> None:
    """Passwords go, the rest stays."""
    assert samarkan(teks) == harapan


def test_samarkan_sandi_yang_berdiri_sendiri() -> None:
    """A known password is hidden as typed and as decoded; one too short to be told from a word is not searched for."""
    rahasia = sandi_url("postgresql://a:pa%40ss%2Fword@c/d")
    assert rahasia == {"pa%40ss%2Fword", "pa@ss/word"}
    assert samarkan("pa@ss/word pa%40ss%2Fword lain", rahasia) == "*** *** lain"
    assert samarkan("zi", {"zi"}) == "zi"


def test_debug_menampilkan_jejak_pada_semua_galat() -> None:
    """With --debug the traceback is on the screen before the lines, and inside the JSON object for programs."""
    layar = panggil("uji-galat", "konflik", "--debug").stderr
    assert layar.startswith("Traceback")
    assert layar.splitlines()[-1] == "Lanjut: zi uji-galat lain"
    assert "\u202e" not in layar
    assert "Konflik" in json.loads(panggil("uji-galat", "konflik", "--debug", "--json").stderr)["galat"]["jejak"]
    assert "Traceback" not in panggil("uji-galat", "konflik").stderr


def test_dihentikan_diam() -> None:
    """KeyboardInterrupt: 130 and silence; JSON for programs."""
    hasil = panggil("uji-galat", "berhenti")
    assert (hasil.exit_code, hasil.stdout, hasil.stderr) == (130, "", "")
    assert json.loads(panggil("uji-galat", "berhenti", "--json").stderr)["galat"]["kode"] == 130


def test_ctrl_c_menghentikan_segera(rumah: Path) -> None:
    """A signal in the middle of the work ends it at once, without a traceback and without half an answer."""
    with subprocess.Popen(
        [*UJI, "uji-galat", "lambat"], env=lingkungan(rumah), cwd=rumah, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as proses:
        assert proses.stderr is not None
        assert proses.stderr.readline() == b"mulai\n"
        awal = time.monotonic()
        proses.send_signal(signal.SIGINT)
        keluaran, galat = proses.communicate(timeout=10)
        assert time.monotonic() - awal < 3  # a second on an idle machine; the work itself would take thirty
    assert (proses.returncode, keluaran, galat) == (130, b"", b"")


def _jawab(rumah: Path, jawaban: bytes) -> tuple[int, bytes]:
    """Answer the question of ``uji-tanya`` on a terminal; return the exit code and what the terminal showed."""
    induk, anak = pty.openpty()
    proses = subprocess.Popen(
        [*UJI, "uji-tanya", "--konfirmasi", "U1"],
        env=lingkungan(rumah),
        cwd=rumah,
        stdin=anak,
        stdout=anak,
        stderr=anak,
        start_new_session=True,
    )
    os.close(anak)
    tampak = b""
    while b"[y/t]: " not in tampak:
        tampak += os.read(induk, 1024)
    os.write(induk, jawaban)
    try:
        while bagian := os.read(induk, 1024):
            tampak += bagian
    except OSError:  # the other side is gone
        pass
    kode = proses.wait(30)
    os.close(induk)
    return kode, tampak


@pytest.mark.parametrize(
    ("jawaban", "kode", "kata"),
    [(b"y\n", 0, b"jadi"), (b"YA\n", 0, b"jadi"), (b"t\n", 130, b"Dibatalkan"), (b"\n", 130, b"Dibatalkan"), (b"\x04", 130, b"Dibatalkan")],
)
def test_pertanyaan_di_terminal(jawaban: bytes, kode: int, kata: bytes, rumah: Path) -> None:
    """Yes goes on; no, nothing and Ctrl-D are an interruption with one sentence."""
    hasil, tampak = _jawab(rumah, jawaban)
    assert hasil == kode
    assert kata in tampak


def test_pertanyaan_tanpa_terminal() -> None:
    """Without a terminal nobody is asked: the option that answers is named, and it answers."""
    hasil = panggil("uji-tanya", "--konfirmasi", "U1", masukan="y\n")
    assert hasil.exit_code == 2
    assert "--ya" in hasil.stderr
    assert panggil("uji-tanya", "--konfirmasi", "U1", "--ya").stdout == "jadi\n"


@pytest.mark.parametrize("konfirmasi", [(), ("--konfirmasi", "u1"), ("--konfirmasi", "")])
def test_konfirmasi_kode_wajib(konfirmasi: tuple[str, ...]) -> None:
    """``--ya`` does not replace the code that must be repeated."""
    hasil = panggil("uji-tanya", "--ya", *konfirmasi)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert "--konfirmasi U1" in hasil.stderr


def test_argumen_bukan_utf8(rumah: Path) -> None:
    """Bytes that are no text are named, not crashed on."""
    hasil = subprocess.run([*UJI, b"uji\xff\x1b"], env=lingkungan(rumah), cwd=rumah, capture_output=True, timeout=60, check=False)
    assert hasil.returncode == 2
    assert rb"uji\udcff\x1b" in hasil.stderr


def test_perintah_yang_belum_ada_adalah_galat_pemakaian(rumah: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb of the table whose module is missing is told as such, and an import that fails inside a module is a bug."""
    monkeypatch.setitem(akar.tabel, "tiada", ("tiada", "zi_workflow.cli.v_tiada", "perintah", "x"))
    hasil = panggil("tiada")
    assert (hasil.exit_code, hasil.stderr.splitlines()[0]) == (2, "Galat: Perintah 'tiada' belum tersedia pada versi ini.")
    (rumah / "modul_rusak_uji.py").write_text("import pustaka_yang_tidak_ada\n")
    monkeypatch.syspath_prepend(rumah)
    monkeypatch.setitem(akar.tabel, "rusak", ("rusak", "modul_rusak_uji", "perintah", "x"))
    assert panggil("rusak").exit_code == 1


def test_laporan_zi_tanpa_argumen_rahasia(rumah: Path) -> None:
    """The report names the command line that led to it."""
    hasil = jalankan(rumah, "uji-galat", "kutu", "--basis", URL)
    isi = Path(hasil.stderr.decode().split("laporan: ")[1].strip()).read_text()
    assert "perintah: zi uji-galat kutu --basis 'postgresql+psycopg://zi:***@contoh.test/zi'" in isi or "zi:***@contoh.test" in isi
    assert "\nwaktu: " in isi
