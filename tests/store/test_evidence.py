"""The evidence folder: what is stored is what was handed in, and what may be handed in."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Berkas
from zi_workflow.store.evidence import GudangBerkas, nama_aman

ISI = b"pakta integritas\n" * 100
SIDIK = hashlib.sha256(ISI).hexdigest()


@pytest.fixture
def gudang(tmp_path: Path) -> GudangBerkas:
    """Give a store whose folder does not exist yet."""
    return GudangBerkas(tmp_path / "data" / "bukti")


@pytest.fixture
def pakta(tmp_path: Path) -> Path:
    """Give a file to hand in."""
    berkas = tmp_path / "pakta.pdf"
    berkas.write_bytes(ISI)
    return berkas


def _letak(tmp_path: Path, sha256: str = SIDIK) -> Path:
    return tmp_path / "data" / "bukti" / sha256[:2] / sha256[2:]


def _semua(tmp_path: Path) -> list[Path]:
    """Return every file of the store, temporaries included."""
    return sorted(f for f in (tmp_path / "data" / "bukti").rglob("*") if not f.is_dir())


# --- storing and reading -------------------------------------------------------------------------------------------


def test_simpan_lalu_baca(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """Content comes back byte for byte, under its hash; file and folders are for their owner alone, the file read-only."""
    berkas = gudang.simpan(pakta)
    assert berkas == Berkas(SIDIK, len(ISI), "pakta.pdf")
    with gudang.baca(SIDIK) as f, gudang.baca(SIDIK, teliti=True) as g:
        assert f.read() == g.read() == ISI
    letak = _letak(tmp_path)
    assert stat.S_IMODE(letak.stat().st_mode) == 0o400
    assert {stat.S_IMODE(f.stat().st_mode) for f in (letak.parent, letak.parent.parent)} == {0o700}
    assert _semua(tmp_path) == [letak]
    assert gudang.ada(SIDIK)
    assert gudang.periksa(berkas) is None


def test_isi_yang_sama_disimpan_sekali(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """The same content under another name is the same file; the stored one is not written again."""
    gudang.simpan(pakta)
    sebelum = _letak(tmp_path).stat()
    lain = pakta.rename(tmp_path / "salinan.pdf")
    assert gudang.simpan(lain) == Berkas(SIDIK, len(ISI), "salinan.pdf")
    sesudah = _letak(tmp_path).stat()
    assert (sesudah.st_ino, sesudah.st_mtime_ns) == (sebelum.st_ino, sebelum.st_mtime_ns)
    assert _semua(tmp_path) == [_letak(tmp_path)]


def test_hitung_tidak_menyimpan(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """A dry run gives the same answer and leaves no folder behind."""
    assert gudang.hitung(pakta) == Berkas(SIDIK, len(ISI), "pakta.pdf")
    assert not (tmp_path / "data").exists()
    assert gudang.simpan(pakta) == gudang.hitung(pakta)


@pytest.mark.parametrize("isi", [b"", b"x", bytes(range(256)) * 10_000])
def test_berbagai_ukuran(gudang: GudangBerkas, tmp_path: Path, isi: bytes) -> None:
    """Empty files and files longer than one piece of the copy are stored alike."""
    berkas = tmp_path / "isi"
    berkas.write_bytes(isi)
    hasil = gudang.simpan(berkas)
    assert (hasil.sha256, hasil.ukuran) == (hashlib.sha256(isi).hexdigest(), len(isi))
    with gudang.baca(hasil.sha256) as f:
        assert f.read() == isi


def test_tulisan_pendek(gudang: GudangBerkas, pakta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operating system that takes seven bytes at a time still gets all of them."""
    asli = os.write
    monkeypatch.setattr(os, "write", lambda fd, isi: asli(fd, bytes(isi[:7])))
    assert gudang.periksa(gudang.simpan(pakta)) is None


def test_urutan_yang_tahan_padam(gudang: GudangBerkas, pakta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content is durable before it has its name, and the name before the call returns; also where another wrote it."""
    jejak: list[str] = []

    def rekam(nama: str, asli: Callable[..., Any]) -> Callable[..., Any]:
        def panggil(*isi: Any, **opsi: Any) -> Any:  # noqa: ANN401 - stands in for any of the calls
            jejak.append(f"{nama}-folder" if nama == "fsync" and stat.S_ISDIR(os.fstat(isi[0]).st_mode) else nama)
            return asli(*isi, **opsi)

        return panggil

    gudang.simpan(pakta.with_name(pakta.name))
    for nama in ("fsync", "link", "write"):
        monkeypatch.setattr(os, nama, rekam(nama, getattr(os, nama)))
    gudang.simpan(pakta)
    assert jejak == ["write", "fsync", "link", "fsync-folder", "fsync-folder"]


def test_folder_baru_ikut_tahan_padam(gudang: GudangBerkas, pakta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each folder that the first file makes is made durable in the folder above it."""
    asli, tahan = os.fsync, set()

    def rekam(fd: int) -> None:
        tahan.add(os.fstat(fd).st_ino)
        asli(fd)

    monkeypatch.setattr(os, "fsync", rekam)
    gudang.simpan(pakta)
    folder = [tmp_path, tmp_path / "data", tmp_path / "data" / "bukti", _letak(tmp_path).parent]
    assert {f.stat().st_ino for f in folder} <= tahan


# --- what is handed in ---------------------------------------------------------------------------------------------


def test_tautan_masukan_diikuti(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """A link that is handed in gives the content behind it, under the link's name; the store holds a file."""
    tautan = tmp_path / "tautan.pdf"
    tautan.symlink_to(pakta)
    assert gudang.simpan(tautan) == Berkas(SIDIK, len(ISI), "tautan.pdf")
    assert not _letak(tmp_path).is_symlink()


def _pipa(folder: Path) -> Path:
    os.mkfifo(folder / "pipa")
    return folder / "pipa"


def _tautan_pipa(folder: Path) -> Path:
    (folder / "ke-pipa").symlink_to(_pipa(folder))
    return folder / "ke-pipa"


def _putus(folder: Path) -> Path:
    (folder / "putus").symlink_to(folder / "tidak-ada")
    return folder / "putus"


def _lingkar(folder: Path) -> Path:
    (folder / "lingkar").symlink_to(folder / "lingkar")
    return folder / "lingkar"


@pytest.mark.parametrize(
    ("buat", "kata"),
    [
        (lambda f: f / "tidak-ada.pdf", "tidak-ada.pdf tidak ditemukan"),
        (lambda f: f, "bukan berkas biasa"),
        (lambda _: Path(os.devnull), "/dev/null bukan berkas biasa"),
        (lambda f: f / "pakta.pdf" / "isi", "tidak dapat dibaca"),
        (lambda f: f / ("x" * 300), "tidak dapat dibaca"),
        (lambda _: Path("a\0b"), "tidak dapat dibaca"),
        (_pipa, "pipa bukan berkas biasa"),
        (_tautan_pipa, "bukan berkas biasa"),
        (_putus, "tidak ditemukan"),
        (_lingkar, "tidak dapat dibaca"),
    ],
)
def test_masukan_yang_ditolak(gudang: GudangBerkas, pakta: Path, buat: Callable[[Path], Path], kata: str) -> None:
    """What is not a readable regular file is the caller's mistake, named, and leaves nothing in the store."""
    jalan = buat(pakta.parent)
    for kerja in (gudang.simpan, gudang.hitung):
        with pytest.raises(MasukanSalah) as salah:
            kerja(jalan)
        assert kata in salah.value.pesan
        assert salah.value.kode == 2
    assert not gudang.ada(SIDIK)


@pytest.mark.skipif(os.geteuid() == 0, reason="root membaca semua berkas")
def test_masukan_tanpa_hak_baca(gudang: GudangBerkas, pakta: Path) -> None:
    """A file that may not be read is the caller's mistake."""
    pakta.chmod(0)
    with pytest.raises(MasukanSalah, match=r"pakta\.pdf tidak dapat dibaca"):
        gudang.simpan(pakta)


def test_masukan_gagal_dibaca(gudang: GudangBerkas, pakta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input on a bad disk is named as the input, not as the store."""

    def rusak(_fd: int, _banyak: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "read", rusak)
    with pytest.raises(MasukanSalah, match=r"pakta\.pdf tidak dapat dibaca"):
        gudang.simpan(pakta)
    assert _semua(tmp_path) == []


def test_batas_ukuran(tmp_path: Path, pakta: Path) -> None:
    """A file of exactly the limit is taken, one byte more is not."""
    assert GudangBerkas(tmp_path / "data" / "bukti", batas=len(ISI)).simpan(pakta).ukuran == len(ISI)
    with pytest.raises(MasukanSalah, match=r"pakta\.pdf terlalu besar"):
        GudangBerkas(tmp_path / "lain", batas=len(ISI) - 1).simpan(pakta)


def test_batas_berlaku_bagi_yang_terbaca(tmp_path: Path) -> None:
    """A file that claims to be empty and is not (as those of the kernel are) is still held to the limit."""
    jalan = Path("/proc/self/maps")
    if not jalan.exists() or jalan.stat().st_size:
        pytest.skip("tanpa /proc")
    with pytest.raises(MasukanSalah, match="terlalu besar"):
        GudangBerkas(tmp_path / "data" / "bukti", batas=100).simpan(jalan)
    assert _semua(tmp_path) == []


def test_masukan_berubah_selagi_dibaca(gudang: GudangBerkas, pakta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that still grows while it is copied is not evidence yet."""
    asli = os.read

    def baca(fd: int, banyak: int) -> bytes:
        hasil = asli(fd, banyak)
        if not hasil:
            with pakta.open("ab") as f:
                f.write(b"tambahan")
        return hasil

    monkeypatch.setattr(os, "read", baca)
    with pytest.raises(MasukanSalah, match="berubah selagi dibaca"):
        gudang.simpan(pakta)
    assert _semua(tmp_path) == []


@pytest.mark.parametrize(
    ("jalan", "nama"),
    [
        ("/tmp/laporan akhir.pdf", "laporan akhir.pdf"),  # noqa: S108 - only a name
        ("a/b\\c:\\d.pdf", "d.pdf"),
        ("../..", "berkas"),
        (".bashrc", "bashrc"),
        ("a\nb\x1b[31m.pdf", "a_b_[31m.pdf"),
        ("fdp\u202eexe.txt", "fdp_exe.txt"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        (os.fsdecode(b"bukti\xff.pdf"), "bukti_.pdf"),
    ],
)
def test_nama_aman(jalan: str, nama: str) -> None:
    """The name that the log keeps is a plain base name, whatever the path was."""
    assert nama_aman(Path(jalan)) == nama


def test_nama_panjang_dipotong_di_tengah() -> None:
    """A long name keeps its extension and fits any file system; half a character is not left over."""
    hasil = nama_aman(Path("é" * 200 + ".tar.gz"))
    assert hasil.endswith("é.tar.gz")
    assert 230 < len(hasil.encode()) <= 240
