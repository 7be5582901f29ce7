"""Score gates: what each rests on, what it lacks, and what only the indices of surveys can bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.alat.dunia import HARI as TANGGAL
from tests.alat.dunia import PENILAI, UNIT_UJI, definisi, kosong
from tests.lke.alat import instrumen, semua
from tests.lke.alat_jalan import HARI, aturan, rakit
from zi_workflow.domain.changes import PENENTU
from zi_workflow.domain.formulas import RUMUS
from zi_workflow.domain.gates import Gerbang, memuat, perlu_indeks, survei_tercatat
from zi_workflow.domain.guards.konteks import Konteks
from zi_workflow.domain.pathway import JalanGerbang, jalan
from zi_workflow.domain.scoring import KOMPONEN, nilai

KECIL = """
pemenuhan 1 2  1c
reform 1 2     2c
pemenuhan 2 2  3c
reform 2 2     7c
bersih spak 4  4#
bersih kinerja 2  5c
prima prima 4  6#
"""
C = {"1": "C", "2": "C", "3": "C", "7": "C", "5": "C"}


def _gagal(jawaban: Mapping[str, Any], *gerbang: tuple[str, str], survei: Mapping[str, Fraction] | None = None) -> list[JalanGerbang]:
    return list(jalan(aturan(*gerbang), rakit(KECIL), jawaban, {}, "WBK", HARI, survei=survei).gagal)


@pytest.mark.parametrize("komponen", KOMPONEN)
def test_memuat_sama_dengan_penilaian(komponen: str) -> None:
    """The indicators that are said to count in a component add up to the component, for every name that a gate may use."""
    skor = nilai(instrumen(), semua("B"), {})
    jumlah = sum((skor.indikator[i.id].nilai for i in instrumen().indikator if memuat(komponen, i)), Fraction())
    harap = skor.area[int(komponen[-1])].nilai if komponen.startswith("area_") else skor.komponen(komponen)
    assert jumlah == harap


def test_setiap_rumus_tahu_penentunya() -> None:
    """Each kind of formula says which count moves it and what it is divided by."""
    assert {jenis: set(peran) for jenis, peran in PENENTU.items()} == {jenis: set(r.peran) for jenis, r in RUMUS.items()}


def test_gerbang_area_dalam_persen() -> None:
    """An area is written in percent of its weight; the shortfall is known in percent and in points."""
    (j,) = _gagal({**C, "1": "B"}, ("area_1", ">= 60"))
    g = j.gerbang
    assert [g.ditemukan, g.kurang, g.poin_kurang] == [25, 35, Fraction("1.4")]
    assert g.satuan == "persen"
    assert (g.dasar, g.tafsir) == (("Dasar uji",), ("D8",))
    assert g.sesudah(Fraction("1.4")) == 60


def test_lebih_dari_perlu_lebih() -> None:
    """With >, reaching the threshold is not enough: nothing is missing, and still an answer has to be better."""
    lulus = jalan(aturan(("kinerja", ">= 1")), rakit(KECIL), {**C, "5": "B"}, {}, "WBK", HARI)
    assert (lulus.gagal, lulus.sekaligus) == ((), None)
    (j,) = _gagal({**C, "5": "B"}, ("kinerja", "> 1"))
    assert j.gerbang.kurang == 0
    assert j.gerbang.satuan is None
    assert [(u.dari, u.ke) for p in j.pilihan for u in p.perubahan] == [("B", "A")]


@pytest.mark.parametrize("tanda", ["<=", "<", "="])
def test_ambang_yang_bukan_paling_sedikit(tanda: str) -> None:
    """A threshold that a higher score does not come to meet is shown as such."""
    (j,) = _gagal({**C, "5": "A"}, ("kinerja", f"{tanda} 1"))
    assert (j.tidak_bisa, j.pilihan, j.indeks) == ("tanda", (), None)


def test_perbaikan_yang_melewati_batas_atas_disebut() -> None:
    """A gate that passes now and would not afterwards is named beside the set for all."""
    hasil = jalan(aturan(("kinerja", ">= 2"), ("total", "<= 1")), rakit(KECIL), C, {}, "WBK", HARI)
    assert hasil.sekaligus is not None
    assert (hasil.sekaligus.gerbang, hasil.sekaligus.sisa) == (("G0.kinerja",), ("G1.total",))


def test_bersilang_yang_lebih_sempit_tidak_ikut() -> None:
    """Pemenuhan crosses the areas: one of them is left out of the set for all, and named where it still fails."""
    hasil = jalan(aturan(("area_1", ">= 60"), ("pemenuhan", ">= 4")), rakit(KECIL), C, {}, "WBK", HARI)
    assert hasil.sekaligus is not None
    assert hasil.sekaligus.gerbang == ("G0.area_1",)
    assert hasil.sekaligus.sisa == ("G1.pemenuhan",)


# ---------------------------------------------------------------------------------------------------------------- indices


def test_spak_perlu_indeks_3_60() -> None:
    """15.75 of 17.5 points need an index of 3.60 exactly, or an internal survey of 3.60; answers do not help."""
    hasil = jalan(definisi(), instrumen(), {**semua(), "125": "3.2"}, {}, "WBBM", HARI)
    spak = {j.gerbang.id: j for j in hasil.gagal}["R21.spak"]
    assert spak.tidak_bisa == "indeks"
    assert spak.indeks is not None
    assert [(s.soal, s.sekarang, s.perlu) for s in spak.indeks.soal] == [("125", Fraction("3.2"), Fraction("3.6"))]
    assert (spak.indeks.poin, spak.indeks.jumlah, spak.indeks.ketat) == (Fraction("1.75"), Fraction("0.4"), False)
    assert spak.gerbang.survei is not None
    assert (spak.gerbang.survei.nama, str(spak.gerbang.survei.ambang.angka), spak.gerbang.survei.skor) == ("SPAK", "3.60", None)


def test_survei_internal_menggantikan_indeks() -> None:
    """A survey on file that is high enough passes the gate; one that is not, does not."""
    gerbang = ("spak", ">= 3 atau survei >= 3.6")
    assert [j.tidak_bisa for j in _gagal({**C, "4": "2"}, gerbang, survei={"SPAK": Fraction("3.59")})] == ["indeks"]
    assert _gagal({**C, "4": "2"}, gerbang, survei={"SPAK": Fraction("3.6")}) == []
    assert _gagal({**C, "4": "3"}, gerbang, survei={"SPAK": Fraction(1)}) == []


def test_jawaban_terbaik_pun_kurang() -> None:
    """What the best answers leave open is owed by the indices together, however it is shared; alone each may do or not."""
    (j,) = _gagal({**C, "4": "1"}, ("hasil", ">= 8"))
    assert (j.tidak_bisa, j.pilihan) == ("indeks", ())
    assert j.indeks is not None
    assert [j.indeks.poin, j.indeks.jumlah] == [5, 5]
    assert [(s.sekarang, s.perlu) for s in j.indeks.soal] == [(1, None), (None, None)]
    (j,) = _gagal({**C, "4": "3", "6": "1"}, ("hasil", ">= 8"))
    assert j.indeks is not None
    assert [s.perlu for s in j.indeks.soal] == [None, 3]


def test_jawaban_cukup_bila_indeks_cukup() -> None:
    """A gate that mixes answers and indices is mended by answers where they can."""
    (j,) = _gagal({**C, "4": "3"}, ("bersih", ">= 4"))
    assert (j.tidak_bisa, j.indeks) == (None, None)
    assert [(u.butir, u.ke) for p in j.pilihan for u in p.perubahan] == [("5", "B")]


@pytest.mark.parametrize(
    ("jawaban", "gerbang"),
    [({}, ("area_1", ">= 100.1")), ({"4": "4"}, ("spak", ">= 4.1")), ({}, ("spak", "> 4")), ({}, ("total", "> 18"))],
)
def test_tidak_dapat_dicapai(jawaban: Mapping[str, Any], gerbang: tuple[str, str]) -> None:
    """Where even full marks and full indices are not enough, it is said so."""
    (j,) = _gagal(jawaban, gerbang)
    assert (j.tidak_bisa, j.indeks, j.pilihan) == ("bobot", None, ())


def test_lebih_dari_pada_indeks() -> None:
    """With >, an index has to lie above; one that would have to lie above the highest does not do alone."""
    kecil = rakit(KECIL)
    perlu = perlu_indeks(kecil, {"4": "3", "6": "3"}, "hasil", Fraction(1), ketat=True)
    assert perlu is not None
    assert [s.perlu for s in perlu.soal] == [None, None]
    assert perlu.ketat
    assert perlu.jumlah == 1
    perlu = perlu_indeks(kecil, {"4": "2"}, "spak", Fraction(1), ketat=True)
    assert perlu is not None
    assert [s.perlu for s in perlu.soal] == [3]


def test_poin_indeks_paling_sedikit_dari_yang_paling_berat() -> None:
    """The least index points in all come first from the index of the greatest weight."""
    berat = rakit(KECIL.replace("prima prima 4", "prima prima 8"))
    perlu = perlu_indeks(berat, {"6": "2"}, "hasil", Fraction(5), ketat=False)
    assert perlu is not None
    assert perlu.jumlah == 2 + 1


def test_survei_tercatat_seperti_penjaganya() -> None:
    """Surveys are taken as the gate itself takes them: of that year, by name, the newest, not dated after the day."""
    dunia = kosong()
    for tanggal, survei, skor, tahun in (
        ("2025-03-01", "SPAK", "3.50", 2025),
        ("2025-04-01", "SPAK", "3.70", 2025),
        ("2025-06-01", "SPAK", "3.90", 2025),
        ("2025-04-01", "SKM", "3.00", 2025),
        ("2024-04-01", "SPKP", "3.80", 2024),
    ):
        dunia.catat("survei_internal", tanggal, {"tahun": tahun, "survei": survei, "skor": skor, "responden": 40}, oleh=PENILAI)
    konteks = Konteks(
        definisi(),
        dunia.instansi,
        "usulkan",
        TANGGAL("2025-05-20"),
        TANGGAL("2025-05-20"),
        None,
        dunia.unit[UNIT_UJI],
        predikat="WBK",
        tahun=2025,
    )
    assert survei_tercatat(konteks) == {"SPAK": Fraction("3.7")}
    assert survei_tercatat(replace(konteks, tahun=2024)) == {"SPKP": Fraction("3.8")}


def test_gerbang_dari_definisi() -> None:
    """The gates are the score requirements of the proposal, in the definition's order, with the threshold of the day."""
    hasil = jalan(definisi(), instrumen(), {}, {}, "WBK", HARI)
    gerbang: list[Gerbang] = [j.gerbang for j in hasil.gagal]
    assert [g.id for g in gerbang] == [
        f"R20.{k}" for k in ("total", "pengungkit", *(f"area_{n}" for n in range(1, 7)), "bersih", "spak", "kinerja", "prima")
    ]
    assert [str(g.ambang.angka) for g in gerbang] == ["75", "40", *["60"] * 6, "18.25", "15.75", "2.50", "14.00"]
