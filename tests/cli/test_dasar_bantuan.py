"""Help, its topics, and names that were misspelt (quality, command line, points 2-4)."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import click
import pytest

from tests.cli.alat_cli import ZI, jalankan, panggil
from zi_workflow.cli.akar import TABEL, akar
from zi_workflow.cli.bantuan import TOPIK
from zi_workflow.cli.sesi import Sesi


@pytest.mark.parametrize("argumen", [(), ("-h",), ("--help",), ("help",), ("bantuan",)])
def test_akar_memberi_bantuan_yang_sama(argumen: tuple[str, ...]) -> None:
    """Every way of asking shows every verb, on stdout, with success."""
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert hasil.stdout == panggil("--help").stdout
    assert all(f"  {nama} " in hasil.stdout for nama, *_ in TABEL)


@pytest.mark.parametrize("jalur", [("uji-daftar",), ("uji-kelompok",), ("uji-kelompok", "tambah"), ("bantuan",)])
def test_help_x_sama_dengan_x_help(jalur: tuple[str, ...]) -> None:
    """``zi help X`` says what ``zi X --help`` and ``zi X -h`` say."""
    dengan_opsi = panggil(*jalur, "--help")
    assert dengan_opsi.exit_code == 0
    assert "Pemakaian: zi " + " ".join(jalur) in dengan_opsi.stdout
    assert panggil(*jalur, "-h").stdout == dengan_opsi.stdout
    assert panggil("bantuan", *jalur).stdout == dengan_opsi.stdout


@pytest.mark.parametrize("topik", sorted(TOPIK))
def test_topik(topik: str) -> None:
    """A topic is shown, fits 80 columns, is plain ASCII, and has a JSON form."""
    hasil = panggil("help", topik)
    assert (hasil.exit_code, hasil.stdout) == (0, TOPIK[topik])
    assert hasil.stdout.isascii()
    assert max(map(len, hasil.stdout.splitlines())) <= 80
    assert json.loads(panggil("help", topik, "--json").stdout) == {"skema": 1, "nama": topik, "teks": TOPIK[topik]}


@pytest.mark.parametrize("kode", [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 130])
def test_topik_kode_keluar_lengkap(kode: int) -> None:
    """Each exit code of the contract is explained."""
    assert f"\n{kode:4}  " in TOPIK["kode-keluar"]


def test_bantuan_muat_80_kolom_dan_berisi_contoh() -> None:
    """Help fits 80 columns; the example stands on a line of its own."""
    for argumen in ((), ("uji-daftar",), ("uji-kelompok", "tambah")):
        teks = panggil("help", *argumen).stdout
        assert max(map(len, teks.splitlines())) <= 80
        assert "\nContoh:\n  zi " in teks


def test_tiap_perintah_yang_ada_sesuai_tabel() -> None:
    """Every verb whose module exists is a command under the name of the table, with help, and each leaf has an example."""
    ctx = click.Context(akar, info_name="zi", obj=Sesi([]))
    for nama, modul, _, _ in TABEL:
        if importlib.util.find_spec(modul) is None:
            continue
        satu = akar.get_command(ctx, nama)
        assert satu is not None
        assert satu.name == nama
        _periksa_bantuan(satu, click.Context(satu, info_name=nama, parent=ctx))


def _periksa_bantuan(satu: click.Command, ctx: click.Context) -> None:
    assert satu.help, ctx.command_path
    if isinstance(satu, click.Group):
        for nama in satu.list_commands(ctx):
            anak = satu.get_command(ctx, nama)
            assert anak is not None
            _periksa_bantuan(anak, click.Context(anak, info_name=nama, parent=ctx))
    else:
        assert "Contoh:\n  zi " in satu.get_help(ctx), ctx.command_path


@pytest.mark.parametrize(
    ("argumen", "maksud", "lanjut"),
    [
        (("uji-dafar",), "uji-daftar", "zi uji-daftar"),
        (("UJI_DAFTAR",), "uji-daftar", "zi uji-daftar"),
        (("help", "kode-kelua"), "kode-keluar", "zi help kode-keluar"),
        (("help", "uji-kelompok", "tamba"), "tambah", "zi help uji-kelompok tambah"),
        (("uji-kelompok", "tamba", "U1"), "tambah", "zi uji-kelompok tambah U1"),
        (("uji-kelompok", "tambah", "U1", "--kunc=a b"), "--kunci", "zi uji-kelompok tambah U1 '--kunci=a b'"),
        (("uji-daftar", "-json"), "--json", "zi uji-daftar --json"),
        (("uji-daftar", "--jenis", "laynan"), "layanan", "zi uji-daftar --jenis layanan"),
        (("uji-daftar", "--jenis=laynan"), "layanan", "zi uji-daftar --jenis=layanan"),
        (("--jsn", "uji-daftar"), "--json", "zi uji-daftar --json"),
    ],
)
def test_salah_tulis_dijawab_maksud_anda(argumen: tuple[str, ...], maksud: str, lanjut: str) -> None:
    """A misspelt name is refused with what was meant and the line to type; nothing else happens."""
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    galat, sebab, berikut = hasil.stderr.splitlines()
    assert galat.startswith("Galat: ")
    assert sebab.startswith("Sebab: ")
    assert f"Maksud Anda: {maksud}" in galat
    assert berikut == f"Lanjut: {lanjut}"


@pytest.mark.parametrize(
    "argumen",
    [
        ("uji-daf",),
        ("uji-kelompok", "tam", "U1"),
        ("uji-daftar", "--bany", "1"),
        ("uji-daftar", "--js"),
        ("--vers",),
        ("uji-daftar", "--jenis", "lay"),
    ],
)
def test_singkatan_tidak_diterima(argumen: tuple[str, ...]) -> None:
    """An unambiguous beginning of a name is not the name."""
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert "Maksud Anda: " in hasil.stderr


def test_nama_yang_jauh_tidak_diduga() -> None:
    """Where nothing is near, nothing is suggested."""
    hasil = panggil("qqqqqqq")
    assert hasil.exit_code == 2
    assert "Maksud" not in hasil.stderr
    assert hasil.stderr.splitlines()[2] == "Lanjut: zi --help"


def test_opsi_umum_di_depan_perintah_dijelaskan() -> None:
    """An option written before the verb is not unknown, it is misplaced; the line to type is complete."""
    hasil = panggil("--coba", "uji-tulis")
    assert hasil.exit_code == 2
    assert hasil.stderr.splitlines()[1:] == ["Sebab: Opsi --coba ditulis sesudah perintah.", "Lanjut: zi uji-tulis --coba"]


def test_kelompok_tanpa_anak_perintah() -> None:
    """A group by itself is wrong usage, with its sub-verbs named."""
    hasil = panggil("uji-kelompok")
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert hasil.stderr.splitlines()[1] == "Sebab: Pilihan: tambah."


@pytest.mark.parametrize("opsi", ["--version", "--versi-program"])
def test_versi_program(opsi: str, rumah: Path) -> None:
    """Both names print one line."""
    hasil = jalankan(rumah, opsi, program=ZI)
    assert (hasil.returncode, hasil.stderr) == (0, b"")
    assert hasil.stdout.split() == [b"zi", hasil.stdout.split()[1]]


@pytest.mark.parametrize(
    "argumen", [("uji-kelompok", "tambah"), ("uji-kelompok", "tambah", "A", "B"), ("uji-daftar", "--banyak"), ("uji-daftar", "--json=1")]
)
@pytest.mark.parametrize("bahasa", ["en_US.UTF-8", "de_DE.UTF-8", "C"])
def test_teks_click_berbahasa_indonesia(argumen: tuple[str, ...], bahasa: str, rumah: Path) -> None:
    """Click's own messages are Indonesian, whatever the user's language."""
    hasil = jalankan(rumah, *argumen, env={"LANG": bahasa, "LANGUAGE": "de:en"})
    assert hasil.returncode == 2
    assert not {b"Missing", b"Got", b"Usage:", b"Option", b"argument(", b"Error"} & set(hasil.stderr.split())
    assert b"Sebab: Pemakaian: zi " in hasil.stderr


def test_pelengkapan_menjawab_nama_perintah(rumah: Path) -> None:
    """Completion answers from the table, without importing a verb and without writing anything."""
    hasil = jalankan(rumah, program=ZI, env={"_ZI_COMPLETE": "bash_complete", "COMP_WORDS": "zi re", "COMP_CWORD": "1"})
    assert (hasil.returncode, hasil.stdout) == (0, b"plain,regulasi\n")
    assert list(rumah.iterdir()) == []
