"""The child process: its limits hold, and whatever becomes of it, the parent gets one clear refusal and goes on."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import resource
import signal
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

import pytest

from tests.workbook.alat_paket import LEMBAR, TEKS, baca, buku_baik, ditolak, lembar_xml, masih_hidup, paket, teks_bersama
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.sandbox import Batas, Pembaca, baca_buku

MIB = 1024 * 1024


@pytest.fixture
def baik(tmp_path: Path) -> Path:
    """Give a good workbook."""
    berkas = tmp_path / "baik.xlsx"
    berkas.write_bytes(buku_baik())
    return berkas


@pytest.fixture
def berat(tmp_path: Path) -> Path:
    """Give a workbook that is within every limit of size, and takes seconds to walk through: millions of empty cells."""
    berkas = tmp_path / "berat.xlsx"
    berkas.write_bytes(paket({LEMBAR: lembar_xml("<row>" + "<c/>" * 4_700_000 + "</row>")}, zipfile.ZIP_STORED))
    return berkas


def _pid(pembaca: Pembaca) -> int:
    """Return the number of the child, 0 where there is none."""
    return pembaca.pid or 0


def _mati(pid: int) -> None:
    """Wait until a process has ended, leaving it to its parent."""
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def _program(isi: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", isi]


def test_satu_proses_untuk_banyak_buku(baik: Path) -> None:
    """The child is started when first needed, serves every workbook, and is gone, reaped, at the end."""
    with Pembaca() as pembaca:
        assert _pid(pembaca) == 0
        buku = [pembaca.baca(baik) for _ in range(3)]
        pid = _pid(pembaca)
        pembaca.baca(baik)
        assert _pid(pembaca) == pid
    assert buku[0] == buku[1] == buku[2] == baca(buku_baik())
    assert _pid(pembaca) == 0
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    pembaca.tutup()


def test_satu_buku_saja(baik: Path) -> None:
    """One workbook is read without anything to close."""
    assert baca_buku(baik).lembar["Baik"].ambil("B", 2).nilai == "selamat"


def test_anak_dibatasi(baik: Path) -> None:
    """The limits are set by the time the child has read its first workbook."""
    with Pembaca() as pembaca:
        pembaca.baca(baik)
        pid = _pid(pembaca)
        batas = {
            apa: resource.prlimit(pid, apa)
            for apa in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NOFILE)
        }
        detik = resource.prlimit(pid, resource.RLIMIT_CPU)[0]
        assert os.getsid(pid) != os.getsid(0)
    assert batas == {
        resource.RLIMIT_AS: (1024 * MIB, 1024 * MIB),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (16, 16),
    }
    assert 10 < detik <= 12


def test_anak_tidak_mewarisi_apa_pun(baik: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the working folder nor PYTHONPATH puts code into the child, and settings that hold secrets stay behind."""
    jebakan = tmp_path / "jebakan"
    jebakan.mkdir()
    for nama in ("json.py", "zipfile.py", "zi_workflow.py", "sitecustomize.py"):
        (jebakan / nama).write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(jebakan)
    monkeypatch.setenv("PYTHONPATH", str(jebakan))
    monkeypatch.setenv("ZI_BASIS", "postgresql+psycopg://zi:rahasia@localhost/zi")
    with Pembaca() as pembaca:
        assert list(pembaca.baca(baik).lembar) == ["Baik"]
        assert b"rahasia" not in Path(f"/proc/{pembaca.pid}/environ").read_bytes()


def test_kehabisan_memori(tmp_path: Path) -> None:
    """A workbook that needs more memory than there is, is refused; the child that ran out is replaced."""
    berkas = tmp_path / "gemuk.xlsx"
    berkas.write_bytes(paket({TEKS: teks_bersama("".join(f"<si><t>{n:0190}</t></si>" for n in range(150_000)))}))
    with Pembaca(Batas(memori=48 * MIB)) as pembaca:
        masih_hidup(pembaca, tmp_path)
        pid = _pid(pembaca)
        salah = ditolak(pembaca, berkas)
        assert "48 MiB" in salah.sebab
        assert _pid(pembaca) != pid


def test_kehabisan_waktu_prosesor(berat: Path) -> None:
    """A workbook that keeps the processor busy is ended by the system after so many seconds."""
    with Pembaca(Batas(prosesor=0)) as pembaca:
        assert "detik prosesor" in ditolak(pembaca, berat).sebab


def test_kehabisan_waktu(baik: Path) -> None:
    """A workbook that is not read in time is given up, its child killed and reaped."""
    with Pembaca() as pembaca:
        pembaca.baca(baik)
        pid = _pid(pembaca)
        os.kill(pid, signal.SIGSTOP)  # the slowest reader there is
        pembaca.batas = Batas(detik=0.3)
        with pytest.raises(MasukanSalah, match=r"baik\.xlsx") as salah:
            pembaca.baca(baik)
        assert "0.3 detik" in salah.value.sebab
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        pembaca.batas = Batas()
        masih_hidup(pembaca, baik.parent)


def test_anak_dibunuh_di_tengah(baik: Path) -> None:
    """Killed while it reads, the child is replaced: one refusal, then business as usual."""
    with Pembaca() as pembaca:
        pembaca.baca(baik)
        pid = _pid(pembaca)
        os.kill(pid, signal.SIGSTOP)  # so that it is surely in the middle
        pemicu = threading.Timer(0.5, os.kill, (pid, signal.SIGKILL))
        pemicu.start()
        salah = ditolak(pembaca, baik)
        pemicu.join()
        assert "berhenti mendadak" in salah.sebab


def test_anak_mati_di_antara_dua_buku(baik: Path) -> None:
    """A child that died meanwhile is replaced without a word."""
    with Pembaca() as pembaca:
        pembaca.baca(baik)
        pid = _pid(pembaca)
        os.kill(pid, signal.SIGKILL)
        _mati(pid)
        assert list(pembaca.baca(baik).lembar) == ["Baik"]
        assert _pid(pembaca) != pid


@contextlib.contextmanager
def _sela(detik: float) -> Iterator[None]:
    """Interrupt the main thread once, as Ctrl-C would."""

    def hentikan(_nomor: int, _bingkai: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    lama = signal.signal(signal.SIGALRM, hentikan)
    signal.setitimer(signal.ITIMER_REAL, detik)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, lama)


def test_disela_orang(baik: Path) -> None:
    """Ctrl-C in the middle goes through, ends the child, and spoils no later answer."""
    with Pembaca() as pembaca:
        pembaca.baca(baik)
        pid = _pid(pembaca)
        os.kill(pid, signal.SIGSTOP)
        with _sela(0.2), pytest.raises(KeyboardInterrupt):
            pembaca.baca(baik)
        assert _pid(pembaca) == 0
        assert list(pembaca.baca(baik).lembar) == ["Baik"]


_TERIMA = "import sys; sys.stdin.buffer.read(8); k = sys.stdout.buffer; "
ANAK = {
    "sampah": (_TERIMA + "k.write(b'sampah dari anak'); k.flush(); sys.stdin.read()", "tidak sah"),
    "terlalu_panjang": (_TERIMA + "k.write((2**40).to_bytes(8, 'big')); k.flush(); sys.stdin.read()", "tidak sah"),
    "lebih_dari_yang_disebut": (_TERIMA + "k.write((1).to_bytes(8, 'big') + b'ab'); k.flush(); sys.stdin.read()", "tidak sah"),
    "banjir": (_TERIMA + "k.write((32 * 2**20).to_bytes(8, 'big'))\nwhile True: k.write(b'[' * 65536)", "tidak sah"),
    "menjawab_sebelum_ditanya": ("import sys; k = sys.stdout.buffer; k.write(bytes(8)); k.flush(); sys.stdin.read()", "tidak sah"),
    "langsung_pergi": ("", "berhenti mendadak"),
    "pergi_tanpa_jawaban": (_TERIMA + "sys.exit(7)", "kode 7"),
    "menutup_masukan": ("import os, time; os.close(0); time.sleep(60)", "berhenti mendadak"),
    "diam": ("import time; time.sleep(60)", "1 detik"),
    "jawaban_separuh": (_TERIMA + "k.write(bytes([0, 0, 0])); k.flush(); sys.stdin.buffer.read(); import time; time.sleep(60)", "1 detik"),
}


@pytest.mark.parametrize("nama", ANAK)
def test_anak_yang_berulah(nama: str, tmp_path: Path, pembaca: Pembaca) -> None:
    """Whatever the child says or does not say: one refusal, no child left, and a proper reader reads on."""
    isi, kata = ANAK[nama]
    berkas = tmp_path / "besar.xlsx"
    berkas.write_bytes(paket({"xl/media/a.png": os.urandom(3 * MIB)}, zipfile.ZIP_STORED))
    with Pembaca(Batas(detik=1.0 if "detik" in kata else 10.0), _program(isi)) as palsu:
        with pytest.raises(MasukanSalah) as salah:
            palsu.baca(berkas)
        assert _pid(palsu) == 0
    assert "besar.xlsx" in salah.value.pesan
    assert kata in salah.value.sebab
    assert salah.value.lanjut
    masih_hidup(pembaca, tmp_path)


def test_proses_tidak_dapat_dimulai(baik: Path) -> None:
    """Where no process can be started, that is said."""
    with Pembaca(perintah=[str(baik.parent / "tiada")]) as pembaca, pytest.raises(MasukanSalah, match=r"baik\.xlsx") as salah:
        pembaca.baca(baik)
    assert "tidak dapat dimulai" in salah.value.sebab


BARIS_SALAH: list[object] = [
    0,
    [],
    ["lain"],
    ["selesai", 1],
    ["tolak", "a", "b"],
    ["tolak", "a", "b", 3],
    ["tolak", "a", "b", " "],
    ["tolak", "a", "b", "c\x1b[31m"],
    ["tolak", "a", "b", "c" * 500],
]
LEMBAR_SALAH: list[object] = [
    ["sel", {"A1": 1}],
    ["lembar", "A"],
    ["lembar", 1, [], []],
    ["lembar", "A", ["x"], []],
    ["lembar", "A", [1.5], []],
    ["lembar", "A", [], [1]],
    ["lembar", "A", [], ["A1:B"]],
    ["lembar", "A", [], ["A1:B2:C3"]],
]
SEL_SALAH: list[object] = [
    {"A": 1},
    {"A1\n": 1},
    {"A1": {}},
    {"A1": [1]},
    {"A1": [1, 2, False]},
    {"A1": [[], None, False]},
    {"A1": [1, "f", 1]},
    [],
]


def _jawaban(*baris: object) -> str:
    return "\n".join(b if isinstance(b, str) else json.dumps(b) for b in baris) + "\n"


JAWABAN_SALAH = {
    **{f"akhir_{n}": _jawaban(b) for n, b in enumerate(BARIS_SALAH)},
    **{f"lembar_{n}": _jawaban(b, ["selesai"]) for n, b in enumerate(LEMBAR_SALAH)},
    **{f"sel_{n}": _jawaban(["lembar", "A", [], []], ["sel", b], ["selesai"]) for n, b in enumerate(SEL_SALAH)},
    "kosong": "",
    "lembar_ganda": _jawaban(["lembar", "A", [], []], ["lembar", "A", [], []], ["selesai"]),
    "tanpa_akhir": _jawaban(["lembar", "A", [], []]),
    "nan": _jawaban(["lembar", "A", [], []], '["sel",{"A1":NaN}]', ["selesai"]),
    "angka_panjang": _jawaban(["lembar", "A", [], []], f'["sel",{{"A1":{"1" * 50}}}]', ["selesai"]),
    "pangkat_besar": _jawaban(["lembar", "A", [], []], '["sel",{"A1":1e99999}]', ["selesai"]),
    "pangkat_mustahil": _jawaban(["lembar", "A", [], []], '["sel",{"A1":1e9999999999999999999}]', ["selesai"]),
    "dalam": "[" * 200_000,
    "baris_panjang": _jawaban(["lembar", "A" * 3 * MIB, [], []], ["selesai"]),
    "banyak_baris": "\n" * 5000,
}


@pytest.mark.parametrize("nama", JAWABAN_SALAH)
def test_jawaban_yang_bukan_jawaban(nama: str, baik: Path) -> None:
    """An answer of the right length but another shape is not believed, in part or at all."""
    isi = JAWABAN_SALAH[nama].encode()
    sumber = baik.with_name("jawaban")
    sumber.write_bytes(len(isi).to_bytes(8, "big") + isi)
    program = _TERIMA + f"k.write(open({str(sumber)!r}, 'rb').read()); k.flush(); sys.stdin.read()"
    with Pembaca(perintah=_program(program)) as palsu, pytest.raises(MasukanSalah) as salah:
        palsu.baca(baik)
    assert "tidak sah" in salah.value.sebab


def test_jawaban_terpanjang_masih_muat(tmp_path: Path, pembaca: Pembaca) -> None:
    """A workbook with as much text as one may hold, in the costliest characters, comes through whole."""
    huruf = "_x0001_" * 4000 + "\U0001f600" * 20_000
    sel = '<row><c t="s"><v>0</v></c></row>'
    berkas = tmp_path / "penuh.xlsx"
    berkas.write_bytes(paket({LEMBAR: lembar_xml(sel * 170), TEKS: teks_bersama(f"<si><t>{huruf}</t></si>")}))
    lembar = pembaca.baca(berkas).lembar["Satu"]
    assert {s.nilai for s in lembar.sel.values()} == {"\x01" * 4000 + "\U0001f600" * 20_000}
    assert len(lembar.sel) == 170


def test_berkas_yang_tidak_dapat_dibuka(tmp_path: Path, pembaca: Pembaca, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no readable regular file is named, and not waited for."""
    (tmp_path / "folder.xlsx").mkdir()
    os.mkfifo(tmp_path / "pipa.xlsx")
    (tmp_path / "putar.xlsx").symlink_to("putar.xlsx")
    with (tmp_path / "besar.xlsx").open("wb") as besar:
        besar.truncate(20 * MIB + 1)
    harap = {
        "tiada.xlsx": "Tidak ada berkas",
        "folder.xlsx": "Itu folder",
        "pipa.xlsx": "bukan folder atau pipa",
        "putar.xlsx": "berputar",
        "besar.xlsx": "20 MiB",
        "n" * 300: "terlalu panjang",
        "nol\0.xlsx": "tidak sah",
    }
    for nama, kata in harap.items():
        assert kata in ditolak(pembaca, tmp_path / nama).sebab
    perangkat = Path(os.devnull)
    with pytest.raises(MasukanSalah, match="bukan berkas biasa"):
        pembaca.baca(perangkat)
    with pytest.raises(MasukanSalah, match="masukan baku"):
        pembaca.baca(Path("-"))

    def tertutup(*_apa: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "x")

    with monkeypatch.context() as pasang:
        pasang.setattr(os, "open", tertutup)
        with pytest.raises(MasukanSalah) as salah:
            pembaca.baca(tmp_path / "rahasia.xlsx")
    assert salah.value.sebab == "Tidak ada hak baca."
