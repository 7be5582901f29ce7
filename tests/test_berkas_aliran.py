"""Writing a file that comes in pieces: nobody sees it before its last byte, and nobody's file is taken away."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from zi_workflow import files
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal

alirkan = partial(files.alirkan, sebutan="Ekspor")


def _isi(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()}


def test_baru_tampak_sesudah_lengkap(tmp_path: Path) -> None:
    """While the pieces come there is no such file; then it is whole, its owner's alone."""
    tujuan = tmp_path / "x"

    def potongan() -> Iterator[bytes]:
        for i in range(3):
            assert not tujuan.exists()
            yield b"%d" % i

    alirkan(tujuan, potongan(), timpa=False)
    assert _isi(tmp_path) == {"x": b"012"}
    assert stat.S_IMODE(tujuan.stat().st_mode) == 0o600


def test_yang_muncul_sementara_itu(tmp_path: Path) -> None:
    """A file that somebody makes under that name meanwhile stays; ours goes."""
    tujuan = tmp_path / "x"

    def potongan() -> Iterator[bytes]:
        yield b"kita"
        tujuan.write_bytes(b"orang lain")

    with pytest.raises(FileExistsError):
        alirkan(tujuan, potongan(), timpa=False)
    assert _isi(tmp_path) == {"x": b"orang lain"}


@pytest.mark.parametrize("ada", [False, True])
def test_tanpa_tautan_keras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ada: bool) -> None:  # noqa: FBT001 - a parameter
    """On a file system without hard links the rule is the same."""

    def tolak(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    def potongan() -> Iterator[bytes]:
        yield b"kita"
        if ada:
            (tmp_path / "x").write_bytes(b"orang lain")

    monkeypatch.setattr(os, "link", tolak)
    if ada:
        with pytest.raises(FileExistsError):
            alirkan(tmp_path / "x", potongan(), timpa=False)
    else:
        alirkan(tmp_path / "x", potongan(), timpa=False)
    assert _isi(tmp_path) == {"x": b"orang lain" if ada else b"kita"}


def test_timpa_lewat_tautan(tmp_path: Path) -> None:
    """Replacing through a link replaces what it leads to, which keeps its permissions; the link stays."""
    lama, tautan = tmp_path / "lama", tmp_path / "tautan"
    lama.write_bytes(b"lama")
    lama.chmod(0o644)
    tautan.symlink_to("lama")
    alirkan(tautan, [b"baru"], timpa=True)
    assert (tautan.is_symlink(), lama.read_bytes(), stat.S_IMODE(lama.stat().st_mode)) == (True, b"baru", 0o644)
    alirkan(tmp_path / "lain", [b"baru"], timpa=True)
    assert stat.S_IMODE((tmp_path / "lain").stat().st_mode) == 0o600


def test_perangkat(tmp_path: Path) -> None:
    """What is no file is written to, not replaced."""
    alirkan(Path(os.devnull), [b"x"], timpa=True)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)  # noqa: PTH116 - a device
    with pytest.raises(PenyimpananGagal, match="Ekspor"):
        alirkan(Path("/dev/full"), [b"x"], timpa=True)
    for nama, timpa in ((tmp_path, True), (tmp_path, False), (Path(), False)):
        with pytest.raises(MasukanSalah, match="Ekspor"):
            alirkan(nama, [b"x"], timpa=timpa)


def test_pemberi_yang_gagal(tmp_path: Path) -> None:
    """Where the pieces cannot be had, or the disk is full, nothing is left; the giver's own error passes through."""

    def putus(galat: Exception) -> Iterator[bytes]:
        yield b"x"
        raise galat

    with pytest.raises(KeyError):
        alirkan(tmp_path / "x", putus(KeyError()), timpa=False)
    with pytest.raises(PenyimpananGagal) as gagal:
        alirkan(tmp_path / "x", putus(OSError(errno.ENOSPC, "penuh")), timpa=False)
    assert gagal.value.sebab == "Ruang disk habis."
    assert _isi(tmp_path) == {}
