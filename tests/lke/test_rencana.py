"""What filing an assessment would change: a file beside the record, what it cannot carry kept, what no longer stands dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from tests.lke.buku import instrumen, jawaban_apa_saja, penuh
from zi_workflow.domain.events import Polos
from zi_workflow.domain.filing import Perubahan, Rencana, rencanakan
from zi_workflow.domain.scoring import periksa_jawaban

NILAI: dict[str, Polos] = {"nilai": "0.50", "alasan": "Tidak ada aduan"}
NOL: dict[str, Polos] = {"110": 0, "111": 0, "112": 0}


def _rencana(peta: Mapping[str, Mapping[str, Polos]], lama: Mapping[str, Polos] | None = None, penilai: str = "tpi") -> Rencana:
    return rencanakan(instrumen(), peta, lama, 2026, penilai)


def _lama(**peta: Polos) -> dict[str, Polos]:
    return {"tahun": 2026, "penilai": "tpi", "instrumen": "2026", **peta}


def test_yang_pertama_kali_dicatat() -> None:
    """Without a record everything is new; maps without an entry are left out, answers are always there."""
    hasil = _rencana({"jawaban": {"2": "B", "1": "Ya"}, "catatan": {}})
    assert hasil.isi == {"tahun": 2026, "penilai": "tpi", "instrumen": "2026", "jawaban": {"2": "B", "1": "Ya"}}
    assert hasil.perubahan == (Perubahan("jawaban", "1", None, "Ya"), Perubahan("jawaban", "2", None, "B"))
    assert _rencana({"jawaban": {}}).isi["jawaban"] == {}


def test_sel_kosong_berarti_tidak_dijawab() -> None:
    """What the file leaves blank goes, and is shown as going; what it does not mention otherwise stays."""
    hasil = _rencana({"jawaban": {"1": "Ya"}}, _lama(jawaban={"1": "Ya", "2": "B"}))
    assert hasil.isi["jawaban"] == {"1": "Ya"}
    assert hasil.perubahan == (Perubahan("jawaban", "2", "B", None),)


def test_yang_tidak_termuat_dipertahankan() -> None:
    """Evidence and notes that the layout has no place for stay as they are; what it has a place for follows the file."""
    lama = _lama(jawaban={"1": "Ya"}, catatan={"1": "lama"}, bukti_dukung={"1": "https://contoh.test"})
    hasil = _rencana({"jawaban": {"1": "Ya"}, "catatan": {}}, lama)
    assert "catatan" not in hasil.isi
    assert hasil.isi["bukti_dukung"] == {"1": "https://contoh.test"}
    assert hasil.dipertahankan == ("bukti_dukung",)
    assert hasil.perubahan == (Perubahan("catatan", "1", "lama", None),)


@pytest.mark.parametrize(
    ("jawaban", "tetap"),
    [(NOL, True), ({"110": 4, "111": 1, "112": 1}, False), ({"110": 0, "112": 0}, True), ({"110": 0}, False), ({}, False)],
)
def test_nilai_tpi_bertahan_selama_masih_perlu(jawaban: dict[str, Polos], tetap: object) -> None:
    """A judged value stays while its counts are there and their denominator is 0; else it falls and is shown as falling."""
    hasil = _rencana({"jawaban": jawaban}, _lama(jawaban=NOL, dinilai={"110": NILAI}))
    if tetap:
        assert (hasil.isi["dinilai"], hasil.gugur, hasil.dipertahankan) == ({"110": NILAI}, (), ("dinilai",))
    else:
        assert "dinilai" not in hasil.isi
        assert (hasil.gugur, hasil.dipertahankan) == (("110",), ())
    assert (Perubahan("dinilai", "110", NILAI, None) in hasil.perubahan) is not tetap


def test_nilai_tpi_dari_berkas_menggantikan() -> None:
    """Where the file has a place for judged values it says everything about them."""
    lama = _lama(jawaban={**NOL, "105": 0, "106": 0}, dinilai={"110": NILAI, "105": {"nilai": "1", "alasan": "a"}})
    hasil = _rencana({"jawaban": {**NOL, "105": 0, "106": 0}, "dinilai": {"110": {"nilai": "0.5", "alasan": "Lain"}}}, lama)
    assert hasil.isi["dinilai"] == {"110": {"nilai": "0.5", "alasan": "Lain"}}
    assert [(p.soal, p.baru) for p in hasil.perubahan] == [("105", None), ("110", {"nilai": "0.5", "alasan": "Lain"})]
    assert (hasil.gugur, hasil.dipertahankan) == ((), ())


def test_nilai_tpi_di_bawah_nomor_soal_lain() -> None:
    """A judged value on record under another soal_id of the same percentage is the same entry."""
    lama = _lama(jawaban=NOL, dinilai={"112": NILAI})
    hasil = _rencana({"jawaban": NOL, "dinilai": {"110": {"nilai": "0.5", "alasan": "Tidak ada aduan"}}}, lama)
    assert (hasil.perubahan, hasil.isi["dinilai"]) == ((), {"110": NILAI})
    assert _rencana({"jawaban": NOL}, lama).perubahan == ()


def test_angka_yang_sama_dengan_digit_lain() -> None:
    """3.6 in a workbook is 3.60 on record: the record's digits stay, nothing changes. A note is kept to the letter."""
    lama = _lama(jawaban={**NOL, "125": "3.60", "1": "Ya", "88": 5}, dinilai={"110": NILAI}, catatan={"1": "2.10"})
    peta: dict[str, dict[str, Polos]] = {
        "jawaban": {**NOL, "125": "3.6", "1": "Ya", "88": 5},
        "dinilai": {"110": {"nilai": "0.5", "alasan": "Tidak ada aduan"}},
        "catatan": {"1": "2.1"},
    }
    hasil = _rencana(peta, lama)
    assert hasil.perubahan == (Perubahan("catatan", "1", "2.10", "2.1"),)
    assert hasil.isi["jawaban"] == lama["jawaban"]
    beda = _rencana({**peta, "jawaban": {**NOL, "125": "3.61", "1": "Ya", "88": "5"}, "catatan": {"1": "2.10"}}, lama)
    assert [(p.soal, p.lama, p.baru) for p in beda.perubahan] == [("88", 5, "5"), ("125", "3.60", "3.61")]


def test_soal_edisi_lain_gugur() -> None:
    """Questions that the edition in force does not have are not carried on; their going is shown last."""
    lama = _lama(jawaban={"900": "A", "2": "A"}, bukti_dukung={"901": "x", "1": "y"}, dinilai={"902": NILAI})
    hasil = _rencana({"jawaban": {"2": "B"}}, lama)
    assert hasil.isi["bukti_dukung"] == {"1": "y"}
    assert "dinilai" not in hasil.isi
    assert [(p.bidang, p.soal) for p in hasil.perubahan] == [
        ("jawaban", "2"),
        ("jawaban", "900"),
        ("dinilai", "902"),
        ("bukti_dukung", "901"),
    ]


def test_nilai_tpi_atas_soal_pilihan_tidak_dipertahankan() -> None:
    """A judged value of a question that is no percentage in this edition falls."""
    hasil = _rencana({"jawaban": {"1": "Ya"}}, _lama(jawaban={"1": "Ya"}, dinilai={"1": NILAI}))
    assert (hasil.gugur, "dinilai" in hasil.isi) == (("1",), False)


def test_urutan_perubahan() -> None:
    """Changes come map by map, in each by the instrument's order, whatever the order of the file."""
    peta: dict[str, dict[str, Polos]] = {
        "catatan": {"127": "z", "2": "a"},
        "jawaban": {"127": "4", "10": "A", "9": "Ya"},
        "bukti_dukung": {"1": "b"},
    }
    hasil = _rencana(peta)
    assert [(p.bidang, p.soal) for p in hasil.perubahan] == [
        ("jawaban", "9"), ("jawaban", "10"), ("jawaban", "127"), ("catatan", "2"), ("catatan", "127"), ("bukti_dukung", "1"),
    ]  # fmt: skip


def test_catatan_rusak_di_register_dianggap_tidak_ada() -> None:
    """A record whose map is no map has no entries."""
    assert _rencana({"jawaban": {}}, _lama(jawaban={}, catatan="x")).perubahan == ()


@pytest.mark.parametrize("penilai", ["unit", "tpi"])
@given(jawaban=jawaban_apa_saja())
def test_berkas_yang_sama_dua_kali_tidak_mengubah_apa_pun(penilai: str, jawaban: dict[str, Any]) -> None:
    """What was filed once and read again from the same file changes nothing, and is a record that may be filed."""
    peta: dict[str, dict[str, Polos]] = {"jawaban": jawaban, "catatan": {"1": "catatan"}}
    sekali = _rencana(peta, None, penilai)
    lagi = _rencana(peta, sekali.isi, penilai)
    assert (lagi.perubahan, lagi.isi, lagi.gugur) == ((), sekali.isi, ())
    assert periksa_jawaban(instrumen(), sekali.isi)["jawaban"] == jawaban


def test_lembar_penuh_terhadap_lembar_kosong() -> None:
    """A blank file over a full record takes all 127 answers away, and says so."""
    hasil = _rencana({"jawaban": {}}, _lama(jawaban=penuh()))
    assert len(hasil.perubahan) == 127
    assert all(p.baru is None for p in hasil.perubahan)
