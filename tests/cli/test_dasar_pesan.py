"""The catalogue of click's texts: compiled from its source, complete for the installed click."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import string
from pathlib import Path
from types import ModuleType

import click
import pytest

from tests.cli.alat_cli import AKAR
from zi_workflow.cli import katalog

PO = Path(katalog.BERKAS).with_suffix(".po")
# Texts that no user of this program can bring about: mistakes of a programmer, and consoles of Windows.
TIDAK_TERJANGKAU = {
    "Windows error: {error}",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Invalid start character for option ({option})",
    "Unknown color {colour!r}",
    "Unknown standard stream '{name}'",
    "Choice({choices})",
}


@pytest.fixture(scope="module")
def kompilasi() -> ModuleType:
    """Give the script that compiles the catalogue."""
    rincian = importlib.util.spec_from_file_location("kompilasi_pesan", AKAR / "scripts" / "kompilasi_pesan.py")
    assert rincian is not None
    assert rincian.loader is not None
    modul = importlib.util.module_from_spec(rincian)
    rincian.loader.exec_module(modul)
    return modul


def _dari_click() -> list[tuple[str, ...]]:
    """Return the constant texts that the installed click hands to gettext: (id,) or (singular, plural)."""
    hasil = []
    for berkas in sorted(Path(str(click.__file__)).parent.glob("*.py")):
        for simpul in ast.walk(ast.parse(berkas.read_text(encoding="utf-8"))):
            if isinstance(simpul, ast.Call) and isinstance(simpul.func, ast.Name) and simpul.func.id in {"_", "gettext", "ngettext"}:
                argumen = simpul.args[: 2 if simpul.func.id == "ngettext" else 1]
                if all(isinstance(satu, ast.Constant) for satu in argumen):
                    hasil.append(tuple(str(ast.literal_eval(satu)) for satu in argumen))
    return hasil


def test_mo_sama_dengan_po_terkompilasi(kompilasi: ModuleType) -> None:
    """The shipped .mo is the shipped .po, compiled."""
    assert Path(katalog.BERKAS).read_bytes() == kompilasi.ke_mo(kompilasi.baca_po(PO.read_text(encoding="utf-8")))


def test_semua_teks_click_diterjemahkan_atau_tidak_terjangkau(kompilasi: ModuleType) -> None:
    """A new click with a new text fails here."""
    dipakai = _dari_click()
    assert len(dipakai) > 60
    ada = set(kompilasi.baca_po(PO.read_text(encoding="utf-8")))
    hilang = {satu for satu in dipakai if "\0".join(satu) not in ada and satu[0] not in TIDAK_TERJANGKAU}
    assert hilang == set()
    usang = ada - {"\0".join(satu) for satu in dipakai} - {"", "required"}
    assert usang == set()


def test_terjemahan_memakai_isian_yang_ada(kompilasi: ModuleType) -> None:
    """A translation has no field that the original does not fill."""
    for kunci, isi in kompilasi.baca_po(PO.read_text(encoding="utf-8")).items():
        isian = {nama for asal in kunci.split("\0") for _, nama, _, _ in string.Formatter().parse(asal) if nama}
        assert {nama for _, nama, _, _ in string.Formatter().parse(isi) if nama} <= isian, kunci


def test_po_salah_ditolak(kompilasi: ModuleType) -> None:
    """A line that is no message, and the same message twice, are errors."""
    with pytest.raises(ValueError, match="baris 2"):
        kompilasi.baca_po('msgid "a"\nmsgtr "b"\n')
    with pytest.raises(ValueError, match="dua kali"):
        kompilasi.baca_po('msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "c"\n')


def test_pasang_dua_kali_dan_domain_lain_tetap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Installing again changes nothing, other domains are not ours, and the environment is left alone."""
    monkeypatch.setenv("LANGUAGE", "de")
    katalog.pasang()
    fungsi = gettext.dgettext
    katalog.pasang()
    assert gettext.dgettext is fungsi
    assert gettext.gettext("Usage:") == "Pemakaian:"
    assert gettext.dgettext("lain", "Usage:") == "Usage:"
    assert gettext.dngettext("lain", "satu", "banyak", 2) == "banyak"


def test_jamak_memakai_satu_bentuk() -> None:
    """Indonesian has one form for any number."""
    katalog.pasang()
    for banyak in (1, 2, 5):
        teks = gettext.ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", banyak)
        assert teks.format(name="--x", nargs=banyak) == f"Opsi '--x' perlu {banyak} nilai."
