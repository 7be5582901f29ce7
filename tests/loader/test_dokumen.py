"""The reference for the legal department is complete, and its examples are definitions that load."""

from __future__ import annotations

import dataclasses
import re
from functools import cache

import pytest

from tests.loader.alat import AKAR, asli, muat_teks
from zi_workflow.domain.checklist import PLACEHOLDER
from zi_workflow.domain.commands import PERINTAH_TETAP
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import DefinisiSalah
from zi_workflow.domain.fields import TIPE
from zi_workflow.domain.guards import JENIS
from zi_workflow.domain.guards.ambang import PEMBACA
from zi_workflow.domain.guards.konteks import JENDELA, PENANDA
from zi_workflow.domain.scoring import KOMPONEN
from zi_workflow.loader.definisi import BERKAS, BERKAS_BERSAMA, susun
from zi_workflow.loader.gabung import gabung
from zi_workflow.loader.pohon import PohonPolos, Simpul, urai
from zi_workflow.loader.tahap import PUNYA

SENDIRI = ("regulasi.yaml", "tahap.yaml", "bukti.yaml", "syarat.yaml", "cakupan.yaml")
CONTOH = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


@cache
def _dokumen() -> str:
    return (AKAR / "docs" / "definisi.md").read_text(encoding="utf-8")


@cache
def _kata() -> frozenset[str]:
    """Return every name that stands between backticks, whole or as the key before a colon."""
    petik = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", _dokumen(), flags=re.DOTALL))
    return frozenset({*petik, *(p.split(":")[0] for p in petik)})


def _aduan(nama: str) -> str:
    return (AKAR / "workflows" / "pengaduan" / nama).read_text(encoding="utf-8")


def _kunci(polos: PohonPolos, dalam: int) -> set[str]:
    """Return the keys of the outer levels of a file."""
    if isinstance(polos, list):
        return {k for p in polos for k in _kunci(p, dalam)}
    if isinstance(polos, dict) and dalam:
        return {*polos, *(k for p in polos.values() for k in _kunci(p, dalam - 1))}
    return set()


@pytest.mark.parametrize("nama", BERKAS)
def test_setiap_berkas_diterangkan(nama: str) -> None:
    """Each file has a section of its own."""
    assert f"\n## `{nama}`\n" in _dokumen()


@pytest.mark.parametrize(("nama", "dalam"), [(n, 1 if n in ("regulasi.yaml", "lke.yaml") else 2) for n in BERKAS])
def test_setiap_kunci_diterangkan(nama: str, dalam: int) -> None:
    """Every key that a shipped file uses is named."""
    assert _kunci(urai(asli(nama), nama).polos(), dalam) - _kata() == set()


@pytest.mark.parametrize("nama", JENIS)
def test_setiap_jenis_diterangkan(nama: str) -> None:
    """Every kind of requirement has a paragraph that names all of its parameters, and an example."""
    awal = _dokumen().index(f"\n**`{nama}`** — ")
    alinea = _dokumen()[awal : _dokumen().index("```yaml", awal)]
    luput = [b.name for b in dataclasses.fields(JENIS[nama]) if not re.search(rf"`{b.name}(: \w+)?`", alinea)]  # type: ignore[arg-type]
    assert luput == []


def test_setiap_nama_tertutup_diterangkan() -> None:
    """Field types, windows, markers, what a stage has, components, placeholders, fixed commands."""
    area = {f"area_{n}" for n in range(2, 6)}
    nama = {*TIPE, *JENDELA, *PENANDA, *PUNYA, *(set(KOMPONEN) - area), *PERINTAH_TETAP, *(f"{{{p}}}" for p in PLACEHOLDER)}
    assert nama - _kata() == set()
    assert {"menandai", "membatalkan", "mewariskan", "buat", "hapus", "tetap", "menolak", "memperingatkan", "kota", "nasional"} <= _kata()


def test_setiap_bentuk_ambang_diterangkan() -> None:
    """Every notation of thresholds has an example in the table, and every example is read by one of them."""
    tabel = _dokumen()[_dokumen().index("### Ambang") : _dokumen().index("### Jenis")]
    contoh = re.findall(r'`"([^"]+)"`', tabel)
    terbaca = {c: {n for n, baca in PEMBACA.items() if _dapat(baca, c)} for c in contoh}
    assert all(terbaca.values())
    assert set().union(*terbaca.values()) == set(PEMBACA)


def _dapat(baca: object, teks: str) -> bool:
    assert callable(baca)
    try:
        baca(teks)
    except ValueError:
        return False
    return True


def _contoh() -> list[Simpul]:
    return [s for c in CONTOH.findall(_dokumen()) for s in urai(c, "definisi.md").daftar()]


def test_satu_contoh_setiap_jenis() -> None:
    """Examples: one of each kind, in the order of the text."""
    assert [s.peta()["jenis"].teks() for s in _contoh()] == re.findall(r"\n\*\*`(\w+)`\*\* — ", _dokumen())
    assert {s.peta()["jenis"].teks() for s in _contoh()} == set(JENIS)


def test_contoh_dapat_dimuat() -> None:
    """All examples, put among the shipped requirements, load."""
    butir = "".join("  " + b + "\n" for c in CONTOH.findall(_dokumen()) if "jenis: induk" not in c for b in c.splitlines())
    syarat = asli("syarat.yaml").replace("\nsyarat:\n", "\nsyarat:\n" + butir)
    definisi = muat_teks({n: syarat if n == "syarat.yaml" else asli(n) for n in BERKAS})
    assert isinstance(definisi, Definisi)
    assert [s.id for s in definisi.syarat[:17]] == [f"X{n}" for n in range(1, 18)]


def test_contoh_alur_berinduk_dapat_dimuat() -> None:
    """The example that only a workflow with a parent may have loads in one."""
    butir = "".join("  " + b + "\n" for c in CONTOH.findall(_dokumen()) if "jenis: induk" in c for b in c.splitlines())
    alur = {n: urai(_aduan(n), n) for n in SENDIRI}
    alur["syarat.yaml"] = urai(_aduan("syarat.yaml").replace("\nsyarat:\n", "\nsyarat:\n" + butir), "syarat.yaml")
    definisi = susun(gabung(alur, {n: urai(asli(n), n) for n in BERKAS_BERSAMA}))
    assert definisi.syarat[0].id == "X18"


def test_contoh_pesan_benar() -> None:
    """The refusal that the text shows is the one that is given."""
    syarat = asli("syarat.yaml").replace('"> 50"', '"lebih dari 50"')
    with pytest.raises(DefinisiSalah) as tangkap:
        muat_teks({n: syarat if n == "syarat.yaml" else asli(n) for n in BERKAS})
    galat, angka = tangkap.value, re.compile(r"\d+")
    tiga = f"Galat: {galat.pesan}\nSebab: {galat.sebab}\nLanjut: {galat.lanjut}\n"
    tampak = _dokumen().split("```text\n")[1].split("```")[0]
    assert angka.sub("N", tampak) == angka.sub("N", tiga)
