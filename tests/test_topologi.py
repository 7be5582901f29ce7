"""The graph of stages and moves: one machine per definition, that knows what the definition says and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import definisi
from zi_workflow.domain.definition import Langkah, Tahap
from zi_workflow.domain.errors import TidakDitemukan
from zi_workflow.topology import Topologi

NAMA = "abcdef"


def _topologi() -> Topologi:
    return Topologi(definisi().tahap, definisi().langkah)


def _graf(tepi: Sequence[tuple[str, str]], akhir: str = "", tahap: str = NAMA) -> Topologi:
    """Build a small graph: stages are letters, ``a`` is the first."""
    langkah = {f"{d}-{k}-{i}": Langkah(f"M{i}", f"{d}-{k}-{i}", "u", (d,), k, "p", ("x",)) for i, (d, k) in enumerate(tepi)}
    return Topologi({t: Tahap(t, t.upper(), "u", awal=t == "a", akhir=t in akhir) for t in tahap}, langkah)


@pytest.mark.parametrize("tahap", list(definisi().tahap))
def test_langkah_mesin_sama_dengan_definisi(tahap: str) -> None:
    """The machine's moves are the definition's, stage by stage, in the definition's order."""
    assert _topologi().langkah_dari(tahap) == tuple(x.nama for x in definisi().langkah_dari(tahap))


def test_mesin_membawa_ke_tujuan() -> None:
    """Every transition of the machine goes where the definition says, and there is none besides."""
    mesin = _topologi().mesin()
    ada = {(t.source, pemicu, t.dest) for pemicu, e in mesin.events.items() for daftar in e.transitions.values() for t in daftar}
    assert ada == {(d, x.nama, x.ke) for x in definisi().langkah.values() if x.ke for d in x.dari}
    assert set(mesin.states) == set(definisi().tahap)
    assert mesin.initial == "terdaftar"


def test_satu_mesin() -> None:
    """The machine is built once, carries no model and makes no moves of its own."""
    topologi = _topologi()
    assert topologi.mesin() is topologi.mesin()
    assert topologi.mesin().models == []
    assert not any(p.startswith("to_") for p in topologi.mesin().events)


def test_tahap_tak_dikenal() -> None:
    """An unknown stage is said to be unknown, with a suggestion; the library alone would answer with nothing."""
    with pytest.raises(TidakDitemukan, match="Tahap 'penancangan' tidak dikenal") as tangkap:
        _topologi().langkah_dari("penancangan")
    assert tangkap.value.lanjut == "Maksud Anda: pencanangan?"
    assert "terdaftar, pencanangan" in tangkap.value.sebab
    with pytest.raises(TidakDitemukan) as tangkap:
        _topologi().langkah_dari("zzz")
    assert tangkap.value.lanjut == "Lihat: zi regulasi diagram"


def test_pembatalan_di_setiap_tahap_yang_disebutnya() -> None:
    """Undoing has no one target, so the machine does not know it; it is listed all the same."""
    assert "batalkan-langkah" not in _topologi().mesin().events
    assert "batalkan-langkah" in _topologi().langkah_dari("nonaktif")
    assert "batalkan-langkah" not in _topologi().langkah_dari("terdaftar")


def test_definisi_kami_tanpa_masalah() -> None:
    """Every stage can be reached, and the end from every stage."""
    assert _topologi().masalah() == {}


def test_masalah_disebut_per_tahap() -> None:
    """Unreachable, without exit, and running in circles are three different words."""
    assert _graf([("a", "b")], "b", "ab").masalah() == {}
    assert _graf([("a", "b")], "b", "abc").masalah() == {"c": "tahap yang dapat dicapai dari tahap awal"}
    assert list(_graf([("a", "b"), ("a", "c")], "c", "abc").masalah()) == ["b"]
    assert "langkah keluar" in _graf([("a", "b"), ("a", "c")], "c", "abc").masalah()["b"]
    assert "langkah keluar" in _graf([("a", "b"), ("a", "c"), ("b", "b")], "c", "abc").masalah()["b"]
    putar = _graf([("a", "b"), ("b", "c"), ("c", "b"), ("a", "d")], "d", "abcd").masalah()
    assert putar == dict.fromkeys("bc", "tahap yang dapat mencapai tahap akhir: d")
    assert _graf([("a", "b"), ("b", "a")], "", "ab").masalah() == {}


@given(st.lists(st.tuples(st.sampled_from(NAMA), st.sampled_from(NAMA)), max_size=14), st.sets(st.sampled_from("bcdef")))
def test_masalah_sama_dengan_hitungan_lain(tepi: list[tuple[str, str]], akhir: set[str]) -> None:
    """A second reckoning, by closing the relation step by step, finds the same stages."""
    jangkau = {(t, t) for t in NAMA} | set(tepi)
    for _ in NAMA:
        jangkau |= {(a, d) for a, b in jangkau for c, d in tepi if b == c}
    luar = {t for t in NAMA if ("a", t) not in jangkau}
    henti = {t for t in NAMA if t not in akhir and not any(d == t and k != t for d, k in tepi)}
    jebak = {t for t in NAMA if akhir and not any((t, a) in jangkau for a in akhir)}
    assert set(_graf(tepi, "".join(akhir)).masalah()) == luar | henti | jebak


def test_mermaid_memuat_semuanya() -> None:
    """The diagram is text that names every stage, every move, the entry and the end."""
    teks = _topologi().mermaid()
    assert teks.startswith("stateDiagram-v2\n")
    for tahap in definisi().tahap.values():
        assert f'state "{tahap.nama}" as {tahap.id}\n' in teks
    for langkah in definisi().langkah.values():
        assert f"{langkah.id} {langkah.nama}" in teks
        for dari in langkah.dari if langkah.ke else ():
            assert f"  {dari} --> {langkah.ke}: {langkah.id} {langkah.nama}\n" in teks
    assert "  [*] --> terdaftar: daftarkan-unit\n" in teks
    assert "  nonaktif --> [*]\n" in teks


def test_mermaid_hanya_baris_yang_dikenal() -> None:
    """Every line is of a form that Mermaid reads, and the text is the same each time."""
    tepi = r"  (\w+|\[\*\]) --> (\w+|\[\*\])(: [\w -]+)?"
    bentuk = rf'stateDiagram-v2|  direction LR|  state "[^"]+" as \w+|{tepi}|  note right of \w+|    M\d+ [^;#]+|  end note'
    for baris in _topologi().mermaid().splitlines():
        assert re.fullmatch(bentuk, baris), baris
    assert _topologi().mermaid() == _topologi().mermaid()


def test_mermaid_nama_bertanda_kutip() -> None:
    """A name cannot break out of its quotes or start a line of its own."""
    tahap = {"a": Tahap("a", 'Tahap "satu"\n  a --> b #1', "u", awal=True, akhir=True)}
    assert '  state "Tahap #quot;satu#quot; a --> b #35;1" as a\n' in Topologi(tahap, {}).mermaid()


def test_mesin_dimuat_ketika_dipakai() -> None:
    """Loading a definition, and drawing it, does not import the library; asking for moves does."""
    program = (
        "import sys; from pathlib import Path; from zi_workflow.loader.definisi import muat; from zi_workflow.topology import Topologi\n"
        "d = muat(Path('workflows/binjai')); t = Topologi(d.tahap, d.langkah); t.mermaid(); t.masalah()\n"
        "print('transitions' in sys.modules); t.langkah_dari('terdaftar'); print('transitions' in sys.modules)"
    )
    akar = Path(__file__).resolve().parents[1]
    hasil = subprocess.run([sys.executable, "-c", program], cwd=akar, check=True, capture_output=True, text=True)
    assert hasil.stdout.split() == ["False", "True"]
