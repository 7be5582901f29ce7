"""Writing a small file, for example a calendar: whole or not at all, readable by all, and a clear word about what is in the way."""

from __future__ import annotations

import errno
import multiprocessing
import multiprocessing.connection
import os
import resource
import stat
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from zi_workflow import files
from zi_workflow.domain.errors import Galat, MasukanSalah, PenyimpananGagal

tulis = partial(files.tulis, sebutan="Berkas kalender")
LAMA, BARU = b"BEGIN:VCALENDAR lama\r\n", b"BEGIN:VCALENDAR baru\r\n" * 400


@pytest.fixture
def lama(tmp_path: Path) -> Path:
    """Give a calendar file that was written before."""
    berkas = tmp_path / "tenggat.ics"
    berkas.write_bytes(LAMA)
    return berkas


def _mode(jalan: Path) -> int:
    return stat.S_IMODE(jalan.stat().st_mode)


def test_berkas_baru_dapat_dibaca_semua(tmp_path: Path) -> None:
    """A new file has the content and the mode 0644 even under a strict umask, and nothing stands beside it."""
    topeng = os.umask(0o077)
    try:
        tulis(tmp_path / "tenggat.ics", BARU)
    finally:
        os.umask(topeng)
    assert [(f.name, f.read_bytes(), _mode(f)) for f in tmp_path.iterdir()] == [("tenggat.ics", BARU, 0o644)]


def test_nama_relatif(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare name means the working folder."""
    monkeypatch.chdir(tmp_path)
    tulis(Path("tenggat.ics"), BARU)
    assert (tmp_path / "tenggat.ics").read_bytes() == BARU


def test_pengganti_datang_sekaligus(lama: Path) -> None:
    """Whoever had the old file open reads the old one to its end; the new one is another file, readable by all."""
    lama.chmod(0o600)
    with lama.open("rb") as pembaca:
        tulis(lama, BARU)
        assert pembaca.read() == LAMA
    assert (lama.read_bytes(), _mode(lama), list(lama.parent.iterdir())) == (BARU, 0o644, [lama])


def test_tautan_tetap_tautan(lama: Path, tmp_path: Path) -> None:
    """A link keeps leading to the file, and the file is what changes."""
    tautan = tmp_path / "publik.ics"
    tautan.symlink_to(lama.name)
    tulis(tautan, BARU)
    assert (tautan.is_symlink(), lama.read_bytes()) == (True, BARU)


@pytest.mark.parametrize("isi", [b"sedikit", BARU], ids=["sedikit", "banyak"])
def test_urutan_agar_tahan_listrik_padam(lama: Path, monkeypatch: pytest.MonkeyPatch, isi: bytes) -> None:
    """The content is on the disk before it takes the name, and the name before success is told."""
    jejak: list[str] = []
    asli, ganti = os.fsync, Path.replace

    def fsync(penanda: int) -> None:
        jejak.append("fsync folder" if stat.S_ISDIR(os.fstat(penanda).st_mode) else f"fsync {os.fstat(penanda).st_size}")
        asli(penanda)

    def replace(dari: Path, ke: Path) -> Path:
        jejak.append("ganti")
        return ganti(dari, ke)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    tulis(lama, isi)
    assert jejak == [f"fsync {len(isi)}", "ganti", "fsync folder"]


def _folder(tmp_path: Path) -> Path:
    return tmp_path


def _tanpa_folder(tmp_path: Path) -> Path:
    return tmp_path / "tidak-ada" / "tenggat.ics"


def _di_bawah_berkas(tmp_path: Path) -> Path:
    (tmp_path / "berkas").write_bytes(LAMA)
    return tmp_path / "berkas" / "tenggat.ics"


def _terlalu_panjang(tmp_path: Path) -> Path:
    return tmp_path / ("t" * 300)


def _berputar(tmp_path: Path) -> Path:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    return tmp_path / "a"


def _pipa(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipa")
    return tmp_path / "pipa"


def _tautan_buntu(tmp_path: Path) -> Path:
    (tmp_path / "buntu").symlink_to("tidak-ada/tenggat.ics")
    return tmp_path / "buntu"


def _nul(tmp_path: Path) -> Path:
    return tmp_path / "a\0b"


@pytest.mark.parametrize(
    ("buat", "sebab"),
    [
        (_folder, "Itu folder, bukan berkas."),
        (_tanpa_folder, "Foldernya tidak ada."),
        (_di_bawah_berkas, "Sebagian jalannya bukan folder."),
        (_terlalu_panjang, "Namanya terlalu panjang."),
        (_berputar, "Tautannya berputar."),
        (_pipa, "Itu bukan berkas biasa."),
        (_tautan_buntu, "Foldernya tidak ada."),
        (_nul, "Namanya tidak sah."),
    ],
)
def test_jalan_yang_salah(tmp_path: Path, buat: Callable[[Path], Path], sebab: str) -> None:
    """What another path would mend is the caller's mistake (exit 2), said with its reason and the next step; nothing is touched."""
    jalan = buat(tmp_path)
    ada = {f: f.lstat().st_mode for f in tmp_path.rglob("*")}
    with pytest.raises(MasukanSalah) as salah:
        tulis(jalan, BARU)
    assert (salah.value.kode, salah.value.sebab) == (2, sebab)
    assert str(jalan) in salah.value.pesan
    assert salah.value.lanjut
    assert {f: f.lstat().st_mode for f in tmp_path.rglob("*")} == ada


def test_perangkat_tidak_digantikan() -> None:
    """A device is never replaced by a file, even for root."""
    with pytest.raises(MasukanSalah, match="/dev/null"):
        tulis(Path("/dev/null"), BARU)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.fixture
def terlarang() -> Iterator[Path]:
    """Give a folder with a file that others may read and not change, where others can get to it."""
    with tempfile.TemporaryDirectory() as nama:
        folder = Path(nama)
        (folder / "tenggat.ics").write_bytes(LAMA)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def _sebagai_orang_lain(folder: Path, pipa: multiprocessing.connection.Connection) -> None:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    for nama in ("tenggat.ics", "baru.ics"):
        try:
            tulis(folder / nama, BARU)
        except Galat as galat:
            pipa.send((galat.kode, galat.sebab))


def test_tanpa_hak_tulis(terlarang: Path) -> None:
    """A folder that one may not write to is a matter of the path (exit 2), and the old file stays."""
    sini, sana = multiprocessing.Pipe()
    anak = multiprocessing.get_context("fork").Process(target=_sebagai_orang_lain, args=(terlarang, sana))
    anak.start()
    for _ in range(2):
        assert sini.poll(20)
        assert sini.recv() == (2, "Tidak ada hak tulis di folder itu.")
    anak.join()
    assert [(f.name, f.read_bytes()) for f in terlarang.iterdir()] == [("tenggat.ics", LAMA)]


@pytest.mark.parametrize(
    ("nomor", "sebab"),
    [
        (errno.ENOSPC, "Ruang disk habis."),
        (errno.EDQUOT, "Kuota disk habis."),
        (errno.EROFS, "Sistem berkas hanya dapat dibaca."),
        (errno.EIO, "Kesalahan perangkat penyimpanan."),
        (errno.EMFILE, os.strerror(errno.EMFILE)),
    ],
)
def test_tempat_yang_gagal(lama: Path, monkeypatch: pytest.MonkeyPatch, nomor: int, sebab: str) -> None:
    """A disk that is full or fails is the storage's (exit 8); the old file stays whole and no half of the new one is left."""

    def gagal(*_: object) -> None:
        raise OSError(nomor, os.strerror(nomor))

    monkeypatch.setattr(os, "fsync", gagal)
    with pytest.raises(PenyimpananGagal) as salah:
        tulis(lama, BARU)
    assert (salah.value.kode, salah.value.sebab, lama.name in salah.value.pesan) == (8, sebab, True)
    assert salah.value.lanjut
    assert [(f, f.read_bytes()) for f in lama.parent.iterdir()] == [(lama, LAMA)]


def test_batas_ukuran_yang_sungguh(lama: Path) -> None:
    """A write that the system itself cuts off in the middle leaves the old file and nothing else."""
    semula = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, semula[1]))
    try:
        with pytest.raises(PenyimpananGagal) as salah:
            tulis(lama, BARU)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, semula)
    assert salah.value.sebab == "Berkas terlalu besar untuk tempat itu."
    assert [(f, f.read_bytes()) for f in lama.parent.iterdir()] == [(lama, LAMA)]


@pytest.mark.parametrize("langkah", ["fsync", "fchmod"])
def test_dihentikan_di_tengah(lama: Path, monkeypatch: pytest.MonkeyPatch, langkah: str) -> None:
    """Ctrl-C in the middle stays Ctrl-C and leaves the old file and nothing else."""

    def henti(*_: Any) -> None:  # noqa: ANN401 - whatever the call is given
        raise KeyboardInterrupt

    monkeypatch.setattr(os, langkah, henti)
    with pytest.raises(KeyboardInterrupt):
        tulis(lama, BARU)
    assert [(f, f.read_bytes()) for f in lama.parent.iterdir()] == [(lama, LAMA)]


def test_tidak_ada_penanda_yang_tertinggal(lama: Path, tmp_path: Path) -> None:
    """Success and failure alike leave no descriptor open: a scheduler writes for months."""
    buka = Path("/proc/self/fd")
    sebelum = len(list(buka.iterdir()))
    for _ in range(5):
        tulis(lama, BARU)
        with pytest.raises(MasukanSalah):
            tulis(tmp_path / "tidak-ada" / "t.ics", BARU)
    assert len(list(buka.iterdir())) == sebelum
