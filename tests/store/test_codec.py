"""Events to bytes and back: canonical, complete, and nothing unknown is guessed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import Any, get_args

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.brankas import KODEK_UJI
from tests.store.bahan import CONTOH, CONTOH_KOREKSI, CONTOH_TENGGAT, OLEH
from zi_workflow.domain import events
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.domain.events import Berkas, BuktiDicatat, PejabatDiangkat, Peristiwa
from zi_workflow.domain.personal import TANDA, Pribadi, pribadi_dalam
from zi_workflow.readmodel import simpan_teks
from zi_workflow.store.codec import BATAS_BULAT, DAFTAR, KODEK, Kodek, kanonik
from zi_workflow.store.sealing import TERTAHAN

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


@pytest.mark.parametrize("isi", [{"a": {TANDA: {}}}, {TANDA: "x"}, {"a": [{"b": {TANDA: {"orang": "X"}}}]}])
def test_sandi_tidak_dapat_diselundupkan(isi: dict[str, Any]) -> None:
    """Nobody brings an object that would be read as a sealed text; the same words as a text or a longer key are fine."""
    with pytest.raises(MasukanSalah, match="tidak boleh dipakai"):
        KODEK.kodekan(KODEK.segel(BuktiDicatat("lhe", isi)))
    aman = BuktiDicatat("lhe", {"a": f'{{"{TANDA}":{{}}}}', f"{TANDA}x": {"b": TANDA}})
    assert KODEK.dekode(*KODEK.kodekan(aman)) == aman


def test_teks_pribadi_tersimpan_sebagai_sandi() -> None:
    """A personal text is stored as its token and read as the text; unsealed it cannot be stored at all."""
    peristiwa = PejabatDiangkat(OLEH, Pribadi("Siti Contoh", OLEH), "tpi", "1", "2024-01-01")
    with pytest.raises(TypeError, match="not sealed"):
        KODEK.kodekan(peristiwa)
    tersegel = KODEK_UJI.segel(peristiwa)
    jenis, isi = KODEK_UJI.kodekan(tersegel)
    assert json.loads(isi)["nama"] == {TANDA: {"c": "hotnoC itiS", "k": "10", "orang": OLEH}}
    kembali = KODEK_UJI.dekode(jenis, isi)
    assert kembali == tersegel == peristiwa
    assert KODEK_UJI.segel(kembali) is kembali
    assert KODEK_UJI.kodekan(kembali) == (jenis, isi)


def test_orang_tanpa_nip_satu_tiap_objek() -> None:
    """Texts of one object are of one new person, of another object of another; the rest of an event is left as it is."""
    saksi: list[Any] = [{"nama": Pribadi("A"), "alamat": Pribadi("B"), "lain": [1]}, {"nama": Pribadi("C")}, {"unsur": "x"}]
    isi: dict[str, Any] = {"saksi": saksi, "n": [Pribadi("D"), Pribadi("E")], "t": ["x"]}
    tersegel = KODEK_UJI.segel(BuktiDicatat("piagam", isi, (Berkas("a" * 64, 1, "b"),)))
    assert tersegel == BuktiDicatat("piagam", isi, (Berkas("a" * 64, 1, "b"),))
    assert isinstance(tersegel, BuktiDicatat)
    orang = {jalan: p.orang for jalan, p in pribadi_dalam(tersegel.isi)}
    assert orang["saksi[0].nama"] == orang["saksi[0].alamat"]
    assert len(set(orang.values())) == 4
    assert all(re.fullmatch("O-[0-9A-F]{20}", satu) for satu in orang.values())
    hasil: dict[str, Any] = dict(tersegel.isi)
    assert hasil["t"] is isi["t"]
    assert hasil["saksi"][2] is saksi[2]


def test_tanpa_tempat_kunci_tetap_terbaca() -> None:
    """Without a key store texts read as locked, for exports as sealed; the token is carried on, and nothing new can be sealed."""
    jenis, isi = KODEK_UJI.kodekan(KODEK_UJI.segel(PejabatDiangkat(OLEH, Pribadi("Siti", OLEH), "tpi", "1", "2024-01-01")))
    for kodek, kata in ((KODEK, "terkunci"), (KODEK.dengan(TERTAHAN), "disegel")):
        peristiwa = kodek.dekode(jenis, isi)
        assert isinstance(peristiwa, PejabatDiangkat)
        assert (peristiwa.nama, kodek.isi(isi)["nama"]) == (kata, kata)
        assert kodek.kodekan(peristiwa) == (jenis, isi)
        with pytest.raises(PenyimpananGagal, match="tidak dapat disegel"):
            kodek.segel(PejabatDiangkat(OLEH, Pribadi("Siti", OLEH), "tpi", "1", "2024-01-01"))


def test_teks_tampilan_dibuka_dari_json() -> None:
    """What a read model keeps opens to its text, plain or sealed, and a plain text never passes for a token."""
    sandi = f'{{"{TANDA}":{{"c":"itiS","k":"00","orang":"X"}}}}'
    assert KODEK_UJI.teks(sandi) == "Siti"
    assert KODEK_UJI.teks(simpan_teks(Pribadi("Siti", "X", sandi=json.dumps({"c": "itiS", "k": "00", "orang": "X"})))) == "Siti"
    assert KODEK_UJI.teks(simpan_teks(sandi)) == sandi
    assert KODEK_UJI.teks("[1]") == ""
