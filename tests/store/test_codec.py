"""Events to bytes and back: canonical, complete, and nothing unknown is guessed."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any, get_args

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.store.bahan import CONTOH, CONTOH_KOREKSI, CONTOH_TENGGAT
from zi_workflow.domain import events
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.domain.events import Berkas, BuktiDicatat, Peristiwa
from zi_workflow.store.codec import BATAS_BULAT, DAFTAR, KODEK, Kodek, kanonik

_bulat = st.integers(min_value=1 - BATAS_BULAT, max_value=BATAS_BULAT - 1)
_teks = st.text(st.characters(codec="utf-8"))
_ascii = st.text(st.characters(max_codepoint=127), max_size=8)
_daun = st.none() | st.booleans() | _bulat | _teks
_polos = st.recursive(_daun, lambda d: st.lists(d, max_size=4) | st.dictionaries(_ascii, d, max_size=4), max_leaves=20)
_peta = st.dictionaries(_ascii, _polos, max_size=5)


@given(_polos)
def test_bentuk_kanonik_sama_dengan_rfc_8785(nilai: Any) -> None:  # noqa: ANN401
    """The bytes are what an independent implementation of RFC 8785 writes."""
    assert kanonik(nilai) == rfc8785.dumps(nilai)


@given(_peta, st.lists(st.builds(Berkas, _teks, _bulat, _teks), max_size=3))
def test_isi_apa_pun_kembali_sama(isi: dict[str, Any], berkas: list[Berkas]) -> None:
    """Whatever plain content a record has, it comes back equal, and encodes to the same bytes again."""
    peristiwa = BuktiDicatat("lhe", isi, tuple(berkas))
    jenis, baku = KODEK.kodekan(peristiwa)
    kembali = KODEK.dekode(jenis, baku)
    assert kembali == peristiwa
    assert KODEK.kodekan(kembali) == (jenis, baku)


@pytest.mark.parametrize("peristiwa", [*CONTOH, *CONTOH_KOREKSI, *CONTOH_TENGGAT], ids=lambda p: type(p).__name__)
def test_setiap_peristiwa_kembali_sama(peristiwa: Peristiwa) -> None:
    """Every event comes back equal, of the same types all through."""
    kembali = KODEK.dekode(*KODEK.kodekan(peristiwa))
    assert kembali == peristiwa
    assert [type(getattr(kembali, f.name)) for f in fields(peristiwa)] == [type(getattr(peristiwa, f.name)) for f in fields(peristiwa)]


def test_daftar_memuat_semua_peristiwa() -> None:
    """The registry has each event of the domain once, and the examples cover it."""
    kelas = set(get_args(events.Peristiwa))
    assert {k for k, _, _ in DAFTAR.values()} == kelas
    assert {type(p) for p in (*CONTOH, *CONTOH_KOREKSI, *CONTOH_TENGGAT)} == kelas


def test_nama_di_berkas_bukan_nama_modul() -> None:
    """What is stored names the event and its version, nothing of Python."""
    jenis, isi = KODEK.kodekan(CONTOH[3])
    assert jenis == "BuktiDicatat@1"
    assert json.loads(isi)["berkas"] == [{"nama": "piagam.pdf", "sha256": "b" * 64, "ukuran": 0}]
    assert b"zi_workflow" not in isi


@pytest.mark.parametrize("nilai", [1.5, {"a": [0.1]}, object(), {1: "a"}, {"a": {None: 1}}, b"x"])
def test_bukan_data_polos_adalah_kesalahan_program(nilai: object) -> None:
    """Fractions, objects and keys that are not text are refused as bugs."""
    with pytest.raises(TypeError):
        kanonik(nilai)


@pytest.mark.parametrize("nilai", [{"kunci é": 1}, [{"a": {"ü": 1}}], BATAS_BULAT, [-BATAS_BULAT], "\ud800", {"a": ["\udfff"]}])
def test_data_polos_di_luar_batas_adalah_kesalahan_masukan(nilai: object) -> None:
    """Keys beyond ASCII, numbers beyond 2^53 and text that is not Unicode come from people."""
    with pytest.raises(MasukanSalah):
        kanonik(nilai)


@pytest.mark.parametrize(
    "jenis", ["LangkahDiambil@2", "LangkahDiambil@0", "LangkahDiambil@x", "LangkahDiambil", "TakDikenal@1", "os.system@1", "@"]
)
def test_peristiwa_tak_dikenal_ditolak(jenis: str) -> None:
    """A name or version that this program does not know is refused as newer (exit 8)."""
    with pytest.raises(PenyimpananGagal, match="tidak dikenal") as galat:
        KODEK.dekode(jenis, b"{}")
    assert galat.value.kode == 8
    assert "lebih baru daripada program" in galat.value.sebab


@pytest.mark.parametrize(
    "isi", [b"", b"[]", b"{}", b"{", b'{"dari_unit":"A","pencabutan":"1","baru":2}', b'{"dari_unit":"A","pencabutan":"1"} ', b"\xff"]
)
def test_isi_yang_lain_bentuknya_ditolak(isi: bytes) -> None:
    """Missing, added or broken content is refused, never half read."""
    with pytest.raises(PenyimpananGagal):
        KODEK.dekode("LaranganDiwariskan@1", isi)


@dataclass(frozen=True, slots=True)
class _Larangan3:
    unit: str
    pencabutan: str
    catatan: str


def _baca(kodek: Kodek, versi: int, isi: bytes) -> object:
    return kodek.dekode(f"LaranganDiwariskan@{versi}", isi)


def test_versi_lama_dinaikkan_berurutan() -> None:
    """An old event is read through each upcaster in turn; without one of them it is refused."""
    daftar: dict[str, tuple[type[Any], int, str | None]] = {"LaranganDiwariskan": (_Larangan3, 3, None)}
    naik1 = {("LaranganDiwariskan", 1): lambda isi: {"unit": isi["dari_unit"], "pencabutan": isi["pencabutan"]}}
    naik2 = {("LaranganDiwariskan", 2): lambda isi: {**isi, "catatan": f"dari {isi['unit']}"}}
    lama = b'{"dari_unit":"A","pencabutan":"1"}'
    baru = Kodek(daftar, naik1 | naik2)
    assert _baca(baru, 1, lama) == _Larangan3("A", "1", "dari A")
    assert _baca(baru, 2, b'{"unit":"B","pencabutan":"2"}') == _Larangan3("B", "2", "dari B")
    with pytest.raises(PenyimpananGagal):
        Kodek(daftar, naik2).dekode("LaranganDiwariskan@1", lama)
