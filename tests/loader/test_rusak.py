"""One deliberately broken definition per rule of the loader: each is refused with file, line, key, expected, next step."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.loader.alat import NAMA_RUSAK, PEMUAT, jejak, kunci_cocok, penolakan_rusak, rusak
from tests.loader.kasus import KASUS, TAK_TERBACA, Kasus
from zi_workflow.domain.errors import DefinisiSalah

MILIK_LAIN = {"jawaban.py", "lke.py", "masukan.py"}
"""Modules whose own refusals are tested elsewhere (tests/lke, tests of the inputs)."""


@pytest.mark.parametrize("nama", NAMA_RUSAK)
def test_berkas_rusak_ditolak(nama: str) -> None:
    """File and line, key, what was expected, next step: each as the broken file announces it, in three short lines."""
    kasus, galat = rusak(nama), penolakan_rusak(nama)
    assert galat.pesan.startswith((f"{kasus.nama} baris {kasus.baris}:", f"{kasus.nama} baris {kasus.baris},")), galat.pesan
    assert not kasus.kunci or kunci_cocok(kasus.kunci, galat.pesan), galat.pesan
    assert kasus.harap in galat.sebab
    assert galat.lanjut.startswith(kasus.lanjut), galat.lanjut
    assert galat.kode == 12
    for baris, maks in ((galat.pesan, 240), (galat.sebab, 600), (galat.lanjut, 240)):
        assert 0 < len(baris) <= maks
        assert baris.isprintable()


@pytest.mark.parametrize("nama", NAMA_RUSAK)
def test_berkas_rusak_menerangkan_dirinya(nama: str) -> None:
    """Each broken file says its rule in one line, and the message; it breaks one thing, near where it says."""
    kasus = rusak(nama)
    assert [b.split(":")[0] for b in kasus.kepala] == ["# Aturan", "# Pesan"]
    assert all(len(b) > 20 for b in kasus.kepala)


@pytest.mark.parametrize("kasus", [*(pytest.param(k, id=n) for n, k in KASUS.items()), *TAK_TERBACA])
def test_masukan_rusak_ditolak(kasus: Kasus, tmp_path: Path) -> None:
    """Folders, bytes, JSON and stored trees are refused in the same three lines."""
    with pytest.raises(DefinisiSalah) as tangkap:
        kasus.lakukan(tmp_path)
    assert kasus.pesan in tangkap.value.pesan
    assert kasus.sebab in tangkap.value.sebab
    assert kasus.lanjut in tangkap.value.lanjut


def _situs() -> set[tuple[str, int, int]]:
    """Return every place in the loader that refuses: calls of gagal and tolak, and raise statements."""
    hasil: set[tuple[str, int, int]] = set()
    for berkas in sorted(f for f in PEMUAT.glob("*.py") if f.name not in MILIK_LAIN):
        for s in ast.walk(ast.parse(berkas.read_bytes())):
            panggil = isinstance(s, ast.Call) and isinstance(s.func, ast.Attribute) and s.func.attr in ("gagal", "tolak")
            if (panggil or isinstance(s, ast.Raise)) and isinstance(s, ast.Call | ast.Raise):
                hasil.add((berkas.name, s.lineno, s.end_lineno or s.lineno))
    return hasil


def test_setiap_penolakan_punya_berkas_rusak(tmp_path: Path) -> None:
    """Every place in the loader that refuses is reached by a broken definition: no rule without its example."""
    lewat: set[tuple[str, int]] = set()
    for nama in NAMA_RUSAK:
        lewat |= jejak(penolakan_rusak(nama))
    for i, kasus in enumerate((*KASUS.values(), *TAK_TERBACA)):
        (folder := tmp_path / str(i)).mkdir()
        with pytest.raises(DefinisiSalah) as tangkap:
            kasus.lakukan(folder)
        lewat |= jejak(tangkap.value)
    luput = [f"{nama}:{awal}" for nama, awal, akhir in sorted(_situs()) if not any(n == nama and awal <= b <= akhir for n, b in lewat)]
    assert len(_situs()) > 70
    assert luput == []
