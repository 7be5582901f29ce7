"""A private PostgreSQL for tests: one server in a temporary folder.

Nothing outside that folder is written, no port is opened (a unix socket serves), and only the process started here
is ever stopped.
"""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest

from tests.alat.biner import TUNGGU, Biner, PostgresTidakAda, jalankan, lingkungan

PANJANG_SOKET = 100
"""A unix socket's path holds at most 107 bytes; its name takes a few."""
CEPAT = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Settings for tests that never crash the server: what it acknowledged may be lost when it does not stop in order."""


def folder_sementara(awalan: str = "zi-uji-") -> Path:
    """Make a temporary folder, where possible one that the server's account can reach, on a path short enough for a socket."""
    akun_lain = os.geteuid() == 0
    for induk in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):  # noqa: S108 - mkdtemp makes the unguessable part
        pendek = len(os.fsencode(induk)) < PANJANG_SOKET - 40
        if induk.is_dir() and pendek and (not akun_lain or _terlintasi(induk)):
            folder = Path(tempfile.mkdtemp(prefix=awalan, dir=induk))
            if akun_lain:
                folder.chmod(0o711)
            return folder
    return Path(tempfile.mkdtemp(prefix=awalan))


@dataclass
class Peladen:
    """One server with its data in ``folder``/data. ``setelan``: settings as ``name=value``, CEPAT unless durability is tested."""

    biner: Biner
    folder: Path
    setelan: tuple[str, ...] = CEPAT
    proses: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def data(self) -> Path:
        """The data folder, which holds the socket too."""
        return self.folder / "data"

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the database ``postgres``."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.data}"

    def mulai(self) -> str:
        """Start the server, making its data first where there are none; return the URL.

        Raises:
            PostgresTidakAda: It did not come up; the message ends with its log.
        """
        catatan = self.folder / "postgres.log"
        if not (self.data / "PG_VERSION").exists():
            self._siapkan_data()
        pilihan = [p for s in ("listen_addresses=", "max_connections=200", "shared_buffers=64MB", *self.setelan) for p in ("-c", s)]
        perintah: list[str | Path] = [self.biner.folder / "postgres", "-D", self.data, "-k", self.data, *pilihan]
        with catatan.open("ab") as log:
            self.proses = subprocess.Popen(
                perintah, cwd=self.folder, env=lingkungan(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.biner.hak()
            )
        batas = time.monotonic() + TUNGGU
        while not self._siap():
            if self.proses.poll() is not None or time.monotonic() > batas:
                self.hentikan()
                pesan = f"PostgreSQL dari {self.biner.folder} tidak mau mulai: {catatan.read_text(errors='replace')[-600:]}"
                raise PostgresTidakAda(pesan)
            time.sleep(0.02)
        return self.url

    def hentikan(self, isyarat: int = signal.SIGINT) -> None:
        """Stop the server by ``isyarat`` (SIGINT: in order, SIGQUIT: at once, SIGKILL: as a crash); harmless when it does not run."""
        if self.proses is None:
            return
        for s in (isyarat, signal.SIGQUIT, signal.SIGKILL):
            if self.proses.poll() is None:
                self.proses.send_signal(s)
            try:
                self.proses.wait(15)
                break
            except subprocess.TimeoutExpired:
                continue
        self.proses = None

    def _siap(self) -> bool:
        """Say whether this very process (not one before it) has written that it takes connections."""
        try:
            baris = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return self.proses is not None and baris[:1] == [str(self.proses.pid)] and baris[-1].strip() == "ready"

    def _siapkan_data(self) -> None:
        self.data.mkdir(mode=0o700)
        if self.biner.akun is not None:
            orang = pwd.getpwnam(self.biner.akun)
            os.chown(self.data, orang.pw_uid, orang.pw_gid)
        pilihan = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        perintah: list[str | Path] = [self.biner.folder / "initdb", "-D", self.data, *pilihan]
        try:
            jalankan(perintah, self.biner, self.folder)
        except subprocess.SubprocessError as salah:
            keluaran = getattr(salah, "output", None) or b""
            pesan = f"initdb dari {self.biner.folder} gagal: {keluaran.decode(errors='replace')[-600:]}"
            raise PostgresTidakAda(pesan) from salah


def tanpa_postgres(sebab: str) -> NoReturn:
    """End the test that needs PostgreSQL: a failure in continuous integration, a skip that says why elsewhere."""
    pesan = f"PostgreSQL untuk uji tidak ada: {sebab}. Sebut satu dengan ZI_UJI_PG=postgresql+psycopg://…"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(pesan, pytrace=False)
    pytest.skip(pesan)


def _terlintasi(folder: Path) -> bool:
    return all(f.stat().st_mode & 0o001 for f in (folder, *folder.resolve().parents))
