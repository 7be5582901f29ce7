"""Rules of the house: what holds for every file, whoever writes it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

AKAR = Path(__file__).resolve().parents[1]
PROGRAM = ("zi_workflow", "projections")
INDEKS_PAKET = [".".join(bagian) for bagian in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("deb", "debian", "org"))]
LETAK_MESIN = re.compile(rb"(?<![\w.])/(?:work|root|home/[A-Za-z][\w.-]*|Users/[A-Za-z][\w.-]*)/")
SKRIP = sorted(f.relative_to(AKAR).as_posix() for f in (*(AKAR / "scripts").iterdir(), AKAR / ".ci" / "run") if f.is_file())


def _modul(*folder: str) -> Iterator[Path]:
    for nama in folder:
        yield from sorted((AKAR / nama).rglob("*.py"))


def _berkas_repositori() -> list[Path]:
    """Return the files that git tracks or would track; in a copy without git, every file outside hidden folders."""
    git = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git where the machine has it
        cwd=AKAR,
        check=False,
        capture_output=True,
    )
    if git.returncode == 0 and git.stdout:
        semua = [AKAR / os.fsdecode(nama) for nama in git.stdout.split(b"\0") if nama]
        return [f for f in semua if f.is_file()]
    return [f for f in AKAR.rglob("*") if f.is_file() and not any(b.startswith(".") for b in f.relative_to(AKAR).parts[:-1])]


def _proyek() -> dict[str, Any]:
    return tomllib.loads((AKAR / "pyproject.toml").read_text(encoding="utf-8"))


def _nama_paket(kebutuhan: str) -> str:
    cocok = re.match(r"[A-Za-z0-9._-]+", kebutuhan)
    assert cocok, kebutuhan
    return re.sub(r"[-_.]+", "-", cocok.group()).lower()


def _kunci(nama: str) -> dict[str, tuple[str, int]]:
    """Return what a lock holds: name -> (version, number of hashes)."""
    isi = (AKAR / nama).read_text(encoding="utf-8").replace("\\\n", " ")
    baris = [b for b in isi.splitlines() if b.strip() and not b.lstrip().startswith("#")]
    pecah = (re.match(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)(.*)", b) for b in baris)
    return {_nama_paket(p[1]): (p[2], p[3].count("--hash=sha256:")) for p in pecah if p}


def _impor(jalur: Path) -> Iterator[str]:
    for simpul in ast.walk(ast.parse(jalur.read_bytes())):
        if isinstance(simpul, ast.Import):
            yield from (nama.name for nama in simpul.names)
        elif isinstance(simpul, ast.ImportFrom) and simpul.level == 0:
            yield simpul.module or ""


def test_setiap_modul_menerangkan_dirinya() -> None:
    """Every module begins with a docstring."""
    modul = list(_modul(*PROGRAM, "workflows", "tests"))
    assert AKAR / "zi_workflow" / "clock.py" in modul
    assert [str(f.relative_to(AKAR)) for f in modul if not ast.get_docstring(ast.parse(f.read_bytes()))] == []


@pytest.mark.parametrize(("folder", "terbanyak"), [(PROGRAM, 400), (("tests",), 650)], ids=["program", "uji"])
def test_tidak_ada_modul_yang_terlalu_panjang(folder: tuple[str, ...], terbanyak: int) -> None:
    """A module of more than 400 lines is two modules; a test file may be longer, for a pasal has one file however many ayat it has."""
    panjang = {str(f.relative_to(AKAR)): len(f.read_bytes().splitlines()) for f in _modul(*folder)}
    assert {nama: n for nama, n in panjang.items() if n > terbanyak} == {}


def test_inti_hanya_memakai_pustaka_baku() -> None:
    """The domain imports the standard library and itself, whatever else is installed."""
    asing = {
        f"{jalur.relative_to(AKAR)}: {nama}"
        for jalur in _modul("zi_workflow/domain")
        for nama in _impor(jalur)
        if nama.split(".")[0] not in sys.stdlib_module_names and not f"{nama}.".startswith("zi_workflow.domain.")
    }
    assert asing == set()


def test_setiap_modul_punya_lapisan() -> None:
    """Whatever stands at the top of zi_workflow has its place in the import direction."""
    kontrak = {k["id"]: k for k in _proyek()["tool"]["importlinter"]["contracts"]}
    berlapis = set(re.findall(r"zi_workflow\.(\w+)", " ".join(kontrak["arah"]["layers"])))
    isi = (AKAR / "zi_workflow").iterdir()
    ada = {f.stem for f in isi if f.suffix == ".py" or (f / "__init__.py").is_file()} - {"__init__", "__main__"}
    assert ada - berlapis == set()


@pytest.mark.parametrize("pola", [pytest.param(re.compile(re.escape(h).encode()), id=h) for h in INDEKS_PAKET])
def test_tidak_ada_alamat_indeks_paket(pola: re.Pattern[bytes]) -> None:
    """No file names the host of a package index: where packages come from is the machine's business."""
    assert [str(f.relative_to(AKAR)) for f in _berkas_repositori() if pola.search(f.read_bytes())] == []


def test_tidak_ada_letak_di_satu_mesin() -> None:
    """No file names a folder that only one machine has."""
    letak = {str(f.relative_to(AKAR)): cocok[0] for f in _berkas_repositori() if (cocok := LETAK_MESIN.search(f.read_bytes()))}
    assert letak == {}


def test_pola_letak_mesin_mengenali_letak() -> None:
    """The pattern of the rule above finds what it should and leaves web addresses and relative paths alone."""
    assert LETAK_MESIN.search(b"cd /" + b"home/budi/zi")
    assert LETAK_MESIN.search(b'"/' + b'root/zi"')
    assert not LETAK_MESIN.search(b"https://contoh.go.id/work/zi dan ./root/zi")


def test_kunci_memuat_setiap_kebutuhan() -> None:
    """Every dependency of pyproject.toml is in the lock that installs it, the program's own not with the tools beside them."""
    proyek = _proyek()["project"]
    jalan, pengembang = _kunci("requirements.txt"), _kunci("requirements-dev.txt")
    pokok = {_nama_paket(k) for k in proyek["dependencies"]}
    tambahan = {_nama_paket(k) for kelompok in proyek["optional-dependencies"].values() for k in kelompok}
    dasar = {_nama_paket(k) for k in _proyek()["build-system"]["requires"]}
    assert (pokok | dasar) - jalan.keys() == set()
    assert (pokok | tambahan | dasar) - pengembang.keys() == set()
    assert tambahan & jalan.keys() == set()


def test_kedua_kunci_sepakat() -> None:
    """What the run lock has, the development lock has in the same version, so that one environment serves both."""
    jalan, pengembang = _kunci("requirements.txt"), _kunci("requirements-dev.txt")
    assert jalan
    assert {n: v for n, (v, _) in jalan.items()} == {n: pengembang[n][0] for n in jalan}


@pytest.mark.parametrize("nama", ["requirements.txt", "requirements-dev.txt"])
def test_kunci_bersidik(nama: str) -> None:
    """Every version in a lock is pinned by hashes."""
    isi = (AKAR / nama).read_text(encoding="utf-8")
    assert len(_kunci(nama)) == len(re.findall(r"^[A-Za-z0-9]", isi, re.MULTILINE))
    assert [n for n, (_, sidik) in _kunci(nama).items() if not sidik] == []


@pytest.mark.parametrize("nama", SKRIP)
def test_skrip_dapat_dijalankan(nama: str) -> None:
    """Every script parses, is strict about errors, and may be started; only the shared piece is sourced instead."""
    skrip = AKAR / nama
    awal = skrip.read_text(encoding="utf-8").splitlines()[0]
    if awal.endswith("bash") or "shell=bash" in awal:
        hasil = subprocess.run(["bash", "-n", str(skrip)], check=False, capture_output=True, text=True)  # noqa: S607 - as in their first lines
        assert hasil.stderr == ""
    if skrip.name.startswith("_"):
        assert not os.access(skrip, os.X_OK)
    else:
        assert awal.startswith("#!/usr/bin/env ")
        assert os.access(skrip, os.X_OK)
