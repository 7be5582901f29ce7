"""What the tests of seals share: trees in memory, a store with a story that is sealed, Go's reader of notes and proofs."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from tests.cli.alat_cli import panggil
from tests.store.bahan import CONTOH, FAKTA, UNIT, naskah, tambah, terbuka
from zi_workflow.domain import merkle

PROGRAM = Path(__file__).with_name("pemeriksa.go")
AKAR = PROGRAM.parents[2]


def b64(isi: bytes) -> str:
    """Return base64."""
    return base64.b64encode(isi).decode()


def baca(banyak: int) -> Callable[[int, int], bytes]:
    """Return the reader of a tree of so many made-up leaves."""
    tingkat = [[merkle.daun(sha256(b"%d" % i).digest()) for i in range(banyak)]]
    while len(tingkat[-1]) > 1:
        atas = tingkat[-1]
        tingkat.append(merkle.naik(atas[: len(atas) // 2 * 2]))
    return lambda t, letak: tingkat[t][letak]


def kisah(url: str, banyak: int = 30, awal: int = 0) -> None:
    """Append ``banyak`` events in two streams, several to a transaction, to a store that has ``awal`` of them."""
    with terbuka(url) as store:
        for i in range(awal, awal + banyak, 10):
            versi = store.versi([UNIT, FAKTA])
            satu = [naskah(versi[UNIT] + k, CONTOH[k % len(CONTOH)]) for k in range(1, 8)]
            lain = [naskah(versi[FAKTA] + k, CONTOH[2], FAKTA) for k in range(1, 4)]
            tambah(store, *satu[:4], *lain, *satu[4:], dibaca={FAKTA: versi[FAKTA]} if i == awal else {})


def segel(ke: str | Path, *argumen: str) -> str:
    """Seal the store of the settings to a file; return the verifier key."""
    hasil = panggil("audit", "segel", "--ke", str(ke), *argumen, "--json")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    kunci: str = json.loads(hasil.stdout)["kunci_publik"][0]
    return kunci


class Go:
    """The program over golang.org/x/mod/sumdb, built from Go's own copy of that module."""

    def __init__(self, folder: Path) -> None:
        """Build it in an empty folder: nothing is fetched, nothing of it stays."""
        asal = importlib.util.find_spec("go")
        assert asal is not None
        assert asal.origin is not None
        akar = Path(asal.origin).parent
        for nama in ("note", "tlog"):
            shutil.copytree(akar / "src/cmd/vendor/golang.org/x/mod/sumdb" / nama, folder / "sumdb" / nama)
        (folder / "periksa").mkdir()
        shutil.copy(PROGRAM, folder / "periksa" / "main.go")
        (folder / "go.mod").write_text("module golang.org/x/mod\n\ngo 1.24\n")
        self._program = folder / "pemeriksa"
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GOROOT": str(akar),
            "GOCACHE": str(folder / "singgahan"),
            "GOPROXY": "off",
            "GOTOOLCHAIN": "local",
            "GOFLAGS": "-mod=mod",
            "GOTELEMETRY": "off",
            "CGO_ENABLED": "0",
        }
        perintah = [str(akar / "bin" / "go"), "build", "-ldflags=-w", "-gcflags=all=-N -l", "-o", str(self._program), "./periksa"]
        subprocess.run(perintah, cwd=folder, env=env, check=True, capture_output=True, timeout=300)

    def tanya(self, soal: Iterable[str]) -> list[bool]:
        """Return the answer to each question (see pemeriksa.go); a question that is not understood fails."""
        semua = list(soal)
        hasil = subprocess.run([self._program], input="\n".join(semua), capture_output=True, text=True, check=True, timeout=120)
        jawaban = hasil.stdout.splitlines()
        assert len(jawaban) == len(semua)
        assert not [s for s, j in zip(semua, jawaban, strict=True) if "salah tulis" in j]
        return [j == "ya" for j in jawaban]


def catatan(kunci: str, isi: str) -> str:
    """Return the question whether a note is signed by a key."""
    return f"catatan {kunci} {b64(isi.encode())}"


def cakupan(ukuran: int, akar: bytes, indeks: int, daun: bytes, jalur: Sequence[bytes]) -> str:
    """Return the question whether a leaf is in a tree."""
    return f"cakupan {ukuran} {b64(akar)} {indeks} {b64(daun)} {_jalur(jalur)}"


def tumbuh(ke: int, akar_ke: bytes, dari: int, akar_dari: bytes, jalur: Sequence[bytes]) -> str:
    """Return the question whether a tree grew from another."""
    return f"tumbuh {ke} {b64(akar_ke)} {dari} {b64(akar_dari)} {_jalur(jalur)}"


def _jalur(jalur: Sequence[bytes]) -> str:
    return ",".join(map(b64, jalur)) or "-"
