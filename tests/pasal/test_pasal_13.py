"""Pasal 13: score gates, WBK in ayat (1) (R20) and WBBM in ayat (2) (R21), each on both sides of its threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.alat.dunia import PENILAI, UNIT_UJI, Dunia, bekal_usulan, definisi, sampai, sampai_wbbm, temuan
from tests.alat.lembar import PENUH, lembar
from tests.lke.alat import semua
from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.definition import Syarat
from zi_workflow.domain.guards.ambang import Banding
from zi_workflow.domain.guards.konteks import mesin

GERBANG = ("total", "pengungkit", *(f"area_{n}" for n in range(1, 7)), "bersih", "spak", "kinerja", "prima")
SYARAT = {"WBK": "R20", "WBBM": "R21"}
TAHUN = {"WBK": 2025, "WBBM": 2027}
PASAL = {
    "WBK": dict.fromkeys(GERBANG, "Perwali Binjai 3/2024 Pasal 13 ayat (1) huruf "),
    "WBBM": dict.fromkeys(GERBANG, "Perwali Binjai 3/2024 Pasal 13 ayat (2) huruf "),
}
HURUF = {"total": "a", "pengungkit": "a", "bersih": "c", "spak": "c", "kinerja": "c", "prima": "d"}


def _dunia(predikat: str) -> Dunia:
    dunia = sampai("evaluasi_tpi") if predikat == "WBK" else sampai_wbbm("evaluasi_tpi")
    bekal_usulan(dunia, TAHUN[predikat], predikat)
    return dunia


def _usulkan(predikat: str, isi: Mapping[str, Any], survei: Mapping[str, str] | None = None) -> tuple[DaftarPeriksa, Dunia]:
    """Put this LKE (and these survey scores) on file and ask for the checklist of a proposal that meets everything else."""
    dunia, tahun = _dunia(predikat), TAHUN[predikat]
    lke = {"tahun": tahun, "penilai": "tpi", **isi}
    assert dunia.catat("lke", f"{tahun}-05-03", lke, oleh=PENILAI).diterima
    for jenis, skor in (survei or {}).items():
        dunia.catat("survei_internal", f"{tahun}-05-03", {"tahun": tahun, "survei": jenis, "skor": skor, "responden": 30}, oleh=PENILAI)
    return dunia.periksa("usulkan", f"{tahun}-05-20", {"predikat": predikat, "surat": "900/1"}), dunia


def _gagal(daftar: DaftarPeriksa) -> list[str]:
    return [t.id for t in daftar.penghalang]


# --- the gates as the regulation writes them --------------------------------------------------------------------------

BUNYI = {
    "WBK": {"total": ">= 75", "pengungkit": ">= 40", "bersih": ">= 18.25", "kinerja": ">= 2.50"},
    "WBBM": {"total": ">= 85", "pengungkit": ">= 48", "bersih": ">= 19.50", "kinerja": ">= 3.75"},
}
BUNYI["WBK"] |= {f"area_{n}": ">= 60" for n in range(1, 7)}
BUNYI["WBBM"] |= {f"area_{n}": ">= 75" for n in range(1, 7)}
BUNYI["WBK"] |= {"spak": ">= 15.75 atau survei >= 3.60", "prima": ">= 14.00 atau survei >= 3.20"}
BUNYI["WBBM"] |= {"spak": ">= 15.75 atau survei >= 3.60", "prima": ">= 15.75 atau survei >= 3.60"}


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize("komponen", GERBANG)
def test_ayat_1_dan_2_ambang_sebagaimana_bunyinya(predikat: str, komponen: str) -> None:
    """Each gate says the regulation's number and its ayat and huruf, and is computed."""
    daftar, _ = _usulkan(predikat, lembar())
    satu = temuan(daftar, f"{SYARAT[predikat]}.{komponen}")
    assert mesin(satu.dibutuhkan) == BUNYI[predikat][komponen]
    assert satu.dasar == (PASAL[predikat][komponen] + HURUF.get(komponen, "b"),)
    assert (satu.sifat, satu.lapisan, satu.akibat, satu.status) == ("dihitung", "kota", "menolak", "terpenuhi")


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_ayat_1_dan_2_semua_gerbang_diperiksa_tanpa_lke(predikat: str) -> None:
    """Without an LKE every gate is unmet, each with what is needed: nothing is skipped."""
    dunia = sampai("evaluasi_tpi") if predikat == "WBK" else sampai_wbbm("evaluasi_tpi")
    tahun = TAHUN[predikat]
    daftar = dunia.periksa("usulkan", f"{tahun}-05-20", {"predikat": predikat})
    milik = [t for t in daftar.temuan if t.id.startswith(SYARAT[predikat] + ".")]
    assert [t.id.split(".")[1] for t in milik] == list(GERBANG)
    assert {t.status for t in milik} == {"tidak"}
    for t in milik:
        assert t.kurang is not None
        assert f"tahun {tahun}" in (mesin(t.ditemukan) or "")


# --- ayat (1) dan (2) huruf a: total dan pengungkit -------------------------------------------------------------------

PENGUNGKIT = {
    "WBK": ({1: "5", 3: "6.5", 4: "6.5", 5: "9", 6: "6"}, "40", "6.49", "39.99"),
    "WBBM": ({1: "6", 3: "8", 4: "7.5", 5: "12", 6: "7.5"}, "48", "7.99", "47.99"),
}


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_ayat_1_dan_2_huruf_a_pengungkit_minimal(predikat: str) -> None:
    """Exactly 40 (48) passes; 0.01 less, and a billionth less, fails on that gate alone, shown with its gap."""
    area, tepat, kurang, tampak = PENGUNGKIT[predikat]
    id_syarat = f"{SYARAT[predikat]}.pengungkit"
    daftar, _ = _usulkan(predikat, lembar(area))
    assert _gagal(daftar) == []
    assert mesin(temuan(daftar, id_syarat).ditemukan) == f"{tepat}.00"
    daftar, dunia = _usulkan(predikat, lembar({**area, 3: kurang}))
    satu = temuan(daftar, id_syarat)
    assert _gagal(daftar) == [id_syarat]
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (tampak, "0.01")
    assert not dunia.maju("usulkan", f"{TAHUN[predikat]}-05-20", {"predikat": predikat, "surat": "900/1"}).diterima
    hampir = str(Decimal(area[3]) - Decimal("0.000000001"))
    daftar, _ = _usulkan(predikat, lembar({**area, 3: hampir}))
    satu = temuan(daftar, id_syarat)
    assert _gagal(daftar) == [id_syarat]
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (f"{int(tepat) - 1}.999999999", "0.000000001")


TOTAL = {
    "WBK": ({1: "5", 3: "7", 4: "7", 5: "10.5", 6: "6.25"}, {"spak": "3.60", "kinerja": "C", "prima": "3.20"}, "75", "6.99", "74.99"),
    "WBBM": ({1: "6.5", 3: "8", 4: "8", 5: "12", 6: "8.25"}, {"spak": "3.60", "kinerja": "B", "prima": "3.60"}, "85", "7.99", "84.99"),
}


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_ayat_1_dan_2_huruf_a_total_minimal(predikat: str) -> None:
    """Exactly 75 (85) passes; 0.01 less, and a billionth less, fails on the total alone."""
    area, hasil, tepat, kurang, tampak = TOTAL[predikat]
    id_syarat = f"{SYARAT[predikat]}.total"
    daftar, dunia = _usulkan(predikat, lembar(area, **hasil))
    assert _gagal(daftar) == []
    assert mesin(temuan(daftar, id_syarat).ditemukan) == f"{tepat}.00"
    assert dunia.maju("usulkan", f"{TAHUN[predikat]}-05-20", {"predikat": predikat, "surat": "900/1"}).diterima
    daftar, _ = _usulkan(predikat, lembar({**area, 3: kurang}, **hasil))
    satu = temuan(daftar, id_syarat)
    assert _gagal(daftar) == [id_syarat]
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (tampak, "0.01")
    hampir = str(Decimal(area[3]) - Decimal("0.000000001"))
    daftar, _ = _usulkan(predikat, lembar({**area, 3: hampir}, **hasil))
    assert _gagal(daftar) == [id_syarat]
    assert mesin(temuan(daftar, id_syarat).ditemukan) == f"{int(tepat) - 1}.999999999"


@pytest.mark.parametrize(
    ("predikat", "area", "hasil", "total"),
    [
        ("WBK", PENGUNGKIT["WBK"][0], {"spak": "3.60", "kinerja": "C", "prima": "3.20"}, "72.25"),
        ("WBBM", PENGUNGKIT["WBBM"][0], {"spak": "3.60", "kinerja": "B", "prima": "3.60"}, "83.25"),
    ],
)
def test_ayat_1_dan_2_huruf_a_semua_minimum_belum_cukup(
    predikat: str, area: Mapping[int, str], hasil: Mapping[str, str], total: str
) -> None:
    """Meeting every sub-minimum exactly is not enough (D11): the total is a gate of its own."""
    daftar, _ = _usulkan(predikat, lembar(area, **hasil))
    assert _gagal(daftar) == [f"{SYARAT[predikat]}.total"]
    assert mesin(temuan(daftar, f"{SYARAT[predikat]}.total").ditemukan) == total


# --- ayat (1) dan (2) huruf b: setiap area ----------------------------------------------------------------------------

AREA = {
    "WBK": {1: ("4.8", "4.7992"), 3: ("6", "5.999"), 4: ("6", "5.999"), 5: ("9", "8.9985"), 6: ("6", "5.999")},
    "WBBM": {1: ("6", "5.9992"), 3: ("7.5", "7.499"), 4: ("7.5", "7.499"), 5: ("11.25", "11.2485"), 6: ("7.5", "7.499")},
}
"""Per area: the points at exactly 60 (75) % of its weight, and at 0.01 % less."""


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize("nomor", [1, 3, 4, 5, 6])
def test_ayat_1_dan_2_huruf_b_setiap_area_minimal(predikat: str, nomor: int) -> None:
    """Exactly 60 (75) % of the area's weight passes; 0.01 % less fails on that area alone, all else being full."""
    persen = {"WBK": 60, "WBBM": 75}[predikat]
    tepat, kurang = AREA[predikat][nomor]
    assert Fraction(tepat) / Fraction(PENUH[nomor]) == Fraction(persen, 100)
    id_syarat = f"{SYARAT[predikat]}.area_{nomor}"
    daftar, _ = _usulkan(predikat, lembar({nomor: tepat}))
    satu = temuan(daftar, id_syarat)
    assert _gagal(daftar) == []
    assert (mesin(satu.ditemukan), satu.satuan) == (f"{persen}.00", "persen")
    daftar, _ = _usulkan(predikat, lembar({nomor: kurang}))
    satu = temuan(daftar, id_syarat)
    assert _gagal(daftar) == [id_syarat]
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (f"{persen - 1}.99", "0.01")


@pytest.mark.parametrize(
    ("predikat", "poin", "lulus", "ditemukan"),
    [
        ("WBK", "4.195", False, "59.93"),
        ("WBK", "631/150", True, "60.10"),
        ("WBBM", "3149/600", False, "74.98"),
        ("WBBM", "5.25", True, "75.00"),
    ],
)
def test_ayat_1_dan_2_huruf_b_area_2_minimal(predikat: str, poin: str, *, lulus: bool, ditemukan: str) -> None:
    """Area 2 has no percentage: 60 % exactly cannot be answered; the nearest answers on either side pass and fail."""
    daftar, _ = _usulkan(predikat, lembar({2: poin}))
    id_syarat = f"{SYARAT[predikat]}.area_2"
    assert _gagal(daftar) == ([] if lulus else [id_syarat])
    assert mesin(temuan(daftar, id_syarat).ditemukan) == ditemukan


def test_ayat_1_huruf_b_satu_area_lemah_tidak_ditutup_area_lain() -> None:
    """Full marks elsewhere do not lift an area below its minimum: total 93.9 and refused."""
    daftar, dunia = _usulkan("WBK", lembar({5: "8.9985"}))
    assert _gagal(daftar) == ["R20.area_5"]
    assert mesin(temuan(daftar, "R20.total").ditemukan) == "94.00"
    putusan = dunia.maju("usulkan", "2025-05-20", {"predikat": "WBK", "surat": "900/1"})
    assert not putusan.diterima
    assert putusan.terbitan[0].dasar == ("Perwali Binjai 3/2024 Pasal 13 ayat (1) huruf b",)


def test_ayat_2_huruf_b_area_akuntabilitas_74_86_bukan_75() -> None:
    """D11: an all-B sheet gives area AK 74.86 %; it fails 75, and shows 74.86 with the gap."""
    daftar, _ = _usulkan("WBBM", {"jawaban": semua("B")})
    satu = temuan(daftar, "R21.area_4")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.dibutuhkan), mesin(satu.kurang)) == ("tidak", "74.86", ">= 75", "0.14")


def test_ayat_1_dan_2_semua_b_lulus_wbk_gagal_wbbm() -> None:
    """D11: all B passes WBK on pengungkit and every area, and fails WBBM on pengungkit and four areas."""
    daftar, _ = _usulkan("WBK", {"jawaban": semua("B")})
    assert _gagal(daftar) == []
    assert mesin(temuan(daftar, "R20.pengungkit").ditemukan) == "43.61"
    persen = [mesin(temuan(daftar, f"R20.area_{n}").ditemukan) for n in range(1, 7)]
    assert persen == ["76.66", "61.55", "72.24", "74.86", "75.20", "71.78"]
    daftar, _ = _usulkan("WBBM", {"jawaban": semua("B")})
    assert _gagal(daftar) == ["R21.total", "R21.pengungkit", "R21.area_2", "R21.area_3", "R21.area_4", "R21.area_6"]


def test_ayat_1_huruf_b_pemenuhan_dan_reform_dibaca_bersama() -> None:
    """The minimum is read on both aspects together (D8): all of area 1's reform at 0 and pemenuhan full is 50 %."""
    nol = {"88": 6, "89": 0, "90": 6, "91": 0, "92": "E", "93": "D"}
    daftar, _ = _usulkan("WBK", {"jawaban": {**semua(), **nol}})
    assert mesin(temuan(daftar, "R20.area_1").ditemukan) == "50.00"
    daftar, _ = _usulkan("WBK", {"jawaban": {**semua(), **nol, "89": 3, "91": 1}})
    assert mesin(temuan(daftar, "R20.area_1").ditemukan) == "58.33"
    daftar, _ = _usulkan("WBK", {"jawaban": {**semua(), **nol, "89": 6}})
    assert mesin(temuan(daftar, "R20.area_1").ditemukan) == "62.50"


# --- ayat (1) dan (2) huruf c dan d: hasil ----------------------------------------------------------------------------


@pytest.mark.parametrize(("predikat", "kinerja", "tampak"), [("WBK", "C", "18.25"), ("WBBM", "B", "19.50")])
def test_ayat_1_dan_2_huruf_c_bersih_minimal(predikat: str, kinerja: str, tampak: str) -> None:
    """SPAK and kinerja at their own minimum give exactly 18.25 (19.50); a hair less fails, even with a survey that passes SPAK."""
    id_syarat = f"{SYARAT[predikat]}.bersih"
    daftar, _ = _usulkan(predikat, lembar(spak="3.60", kinerja=kinerja))
    assert _gagal(daftar) == []
    assert mesin(temuan(daftar, id_syarat).ditemukan) == tampak
    daftar, _ = _usulkan(predikat, lembar(spak="3.5999", kinerja=kinerja), {"SPAK": "3.60"})
    satu = temuan(daftar, id_syarat)
    assert _gagal(daftar) == [id_syarat]
    assert mesin(satu.ditemukan) == f"{Decimal(tampak) - Decimal('0.0004375'):.4f}"


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize(
    ("indeks", "lulus", "ditemukan"), [("3.60", True, "15.75"), ("3.59", False, "15.71"), ("3.599999999999", False, None)]
)
def test_ayat_1_dan_2_huruf_c_spak_minimal(predikat: str, indeks: str, *, lulus: bool, ditemukan: str | None) -> None:
    """15.75, which is an index of exactly 3.60; a trillionth below fails on SPAK alone and does not show as 15.75."""
    id_syarat = f"{SYARAT[predikat]}.spak"
    daftar, _ = _usulkan(predikat, lembar(spak=indeks))
    assert _gagal(daftar) == ([] if lulus else [id_syarat])
    tampak = mesin(temuan(daftar, id_syarat).ditemukan)
    assert tampak == ditemukan if ditemukan else (tampak is not None and Decimal("15.7499") < Decimal(tampak) < Decimal("15.75"))


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize(("skor", "lulus"), [("3.60", True), ("3.5999", False)])
def test_ayat_1_dan_2_huruf_c_atau_skor_survei_3_60(predikat: str, skor: str, *, lulus: bool) -> None:
    """Where the LKE's SPAK falls short, a survey of that year with 3.60 meets the gate instead (D16)."""
    id_syarat = f"{SYARAT[predikat]}.spak"
    daftar, _ = _usulkan(predikat, lembar(spak="3.5"), {"SPAK": skor})
    satu = temuan(daftar, id_syarat)
    assert satu.status == ("terpenuhi" if lulus else "tidak")
    assert mesin(satu.ditemukan) == f"15.31 dan survei {skor}"
    assert satu.kurang is None if lulus else mesin(satu.kurang) == "0.44"


@pytest.mark.parametrize(
    ("predikat", "lulus", "gagal", "ditemukan"), [("WBK", "C", "D", ("2.50", "1.25")), ("WBBM", "B", "C", ("3.75", "2.50"))]
)
def test_ayat_1_dan_2_huruf_c_kinerja_minimal(predikat: str, lulus: str, gagal: str, ditemukan: tuple[str, str]) -> None:
    """Kinerja lebih baik is one answer: C (B) is exactly 2.50 (3.75); the next answer down fails on that gate alone."""
    id_syarat = f"{SYARAT[predikat]}.kinerja"
    for huruf, tampak, harap in ((lulus, ditemukan[0], []), (gagal, ditemukan[1], [id_syarat])):
        daftar, _ = _usulkan(predikat, lembar(kinerja=huruf))
        assert _gagal(daftar) == harap
        assert mesin(temuan(daftar, id_syarat).ditemukan) == tampak


@pytest.mark.parametrize(
    ("predikat", "indeks", "lulus", "ditemukan"),
    [("WBK", "3.20", True, "14.00"), ("WBK", "3.19", False, "13.96"), ("WBBM", "3.60", True, "15.75"), ("WBBM", "3.59", False, "15.71")],
)
def test_ayat_1_dan_2_huruf_d_prima_minimal(predikat: str, indeks: str, *, lulus: bool, ditemukan: str) -> None:
    """14.00 is an index of exactly 3.20 (15.75 of 3.60); 0.01 of the index less fails on that gate alone."""
    id_syarat = f"{SYARAT[predikat]}.prima"
    daftar, _ = _usulkan(predikat, lembar(prima=indeks))
    assert _gagal(daftar) == ([] if lulus else [id_syarat])
    assert mesin(temuan(daftar, id_syarat).ditemukan) == ditemukan


@pytest.mark.parametrize(
    ("predikat", "skor", "lulus"), [("WBK", "3.20", True), ("WBK", "3.19", False), ("WBBM", "3.60", True), ("WBBM", "3.59", False)]
)
def test_ayat_1_dan_2_huruf_d_atau_skor_survei(predikat: str, skor: str, *, lulus: bool) -> None:
    """A survey of the services (SPKP) of that year meets the gate where the LKE's index does not."""
    daftar, _ = _usulkan(predikat, lembar(prima="3"), {"SPKP": skor})
    assert temuan(daftar, f"{SYARAT[predikat]}.prima").status == ("terpenuhi" if lulus else "tidak")


def test_ayat_1_huruf_d_survei_lain_tidak_dihitung() -> None:
    """Neither a survey of corruption nor an SKM stands in for the services survey, nor a survey of another year."""
    dunia = _dunia("WBK")
    dunia.catat("lke", "2025-05-03", {"tahun": 2025, "penilai": "tpi", **lembar(prima="3")}, oleh=PENILAI)
    for survei, tahun in (("SPAK", 2025), ("SKM", 2025), ("SPKP", 2024)):
        dunia.catat("survei_internal", "2025-05-03", {"tahun": tahun, "survei": survei, "skor": "4", "responden": 90}, oleh=PENILAI)
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"}), "R20.prima")
    assert (satu.status, mesin(satu.ditemukan)) == ("tidak", "13.13")


# --- nothing passes by rounding ---------------------------------------------------------------------------------------


def _gerbang_banding() -> list[tuple[str, str]]:
    return [(p, k) for p in SYARAT for k in GERBANG if k not in ("spak", "prima")]


@pytest.mark.parametrize(("predikat", "komponen"), _gerbang_banding())
@pytest.mark.parametrize(("beda", "lulus"), [("0", True), ("-0.01", False), ("-0.000000000001", False), ("-1/3", False), ("0.01", True)])
def test_ayat_1_dan_2_tidak_ada_yang_lulus_karena_pembulatan(
    predikat: str, komponen: str, beda: str, *, lulus: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each gate, with the score set beside its threshold: what is shown stands on the same side as what is."""
    ambang = _ambang(predikat, komponen)
    nilai = Fraction(ambang.angka) + Fraction(beda)
    dunia = _dunia(predikat)
    daftar = _dengan_nilai(dunia, predikat, komponen, nilai, monkeypatch)
    satu = temuan(daftar, f"{SYARAT[predikat]}.{komponen}")
    tampak = Decimal(mesin(satu.ditemukan) or "")
    assert satu.status == ("terpenuhi" if lulus else "tidak")
    assert (tampak >= ambang.angka) is lulus
    assert (satu.kurang is None) is lulus
    assert lulus or Decimal(mesin(satu.kurang) or "") > 0


def _ambang(predikat: str, komponen: str) -> Banding:
    (syarat,) = [s for s in definisi().syarat if s.id == f"{SYARAT[predikat]}.{komponen}"]
    ambang = syarat.berlaku[0].ambang
    assert isinstance(ambang, Banding)
    return ambang


def _dengan_nilai(dunia: Dunia, predikat: str, komponen: str, nilai: Fraction, monkeypatch: pytest.MonkeyPatch) -> DaftarPeriksa:
    """Ask with this one component read as ``nilai``, at the border where requirements read scores."""
    from zi_workflow.domain import scoring  # noqa: PLC0415 - patched here only

    monkeypatch.setattr(scoring.Skor, "komponen", lambda _diri, nama: nilai if nama == komponen else Fraction(100))
    return dunia.periksa("usulkan", f"{TAHUN[predikat]}-05-20", {"predikat": predikat})


# --- which LKE counts -------------------------------------------------------------------------------------------------


def test_ayat_1_hanya_lke_tpi_tahun_usulan() -> None:
    """The unit's own assessment and sheets of other years decide nothing; the newest TPI sheet of the year does."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    buruk = {"jawaban": semua("B"), "tahun": 2025, "penilai": "unit"}
    dunia.catat("lke", "2025-05-04", buruk)
    dunia.catat("lke", "2025-05-04", {**buruk, "tahun": 2024, "penilai": "tpi"}, oleh=PENILAI)
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"}), "R20.pengungkit")
    (nomor,) = satu.bukti
    assert mesin(satu.ditemukan) != "43.61"
    dunia.catat("lke", "2025-05-05", {**buruk, "penilai": "tpi"}, oleh=PENILAI)
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"}), "R20.pengungkit")
    assert mesin(satu.ditemukan) == "43.61"
    assert satu.bukti != (nomor,)


def test_ayat_1_pertanyaan_kosong_dihitung_nol_dan_tidak_lengkap() -> None:
    """Unanswered counts as 0 for every gate (D10) and makes the sheet incomplete (R15): the average over answered ones passes nothing."""
    jawaban = {k: v for k, v in semua().items() if k not in ("125", "127")}
    daftar, _ = _usulkan("WBK", {"jawaban": jawaban})
    assert _gagal(daftar) == ["R15", "R20.total", "R20.bersih", "R20.spak", "R20.prima"]
    assert mesin(temuan(daftar, "R15").ditemukan) == "2 soal belum terjawab: 125, 127"
    assert mesin(temuan(daftar, "R20.spak").ditemukan) == "0.00"


def test_ayat_1_lembar_kosong_menyebut_delapan_soal_pertama() -> None:
    """An empty sheet names eight questions and the number of the rest."""
    daftar, _ = _usulkan("WBK", {"jawaban": {}})
    satu = temuan(daftar, "R15")
    assert mesin(satu.ditemukan) == "127 soal belum terjawab: 1, 2, 3, 4, 5, 6, 7, 8 …"
    assert mesin(satu.kurang) == "127 soal"


def test_ayat_1_tanpa_instrumen_tidak_ada_yang_lulus() -> None:
    """A definition without an instrument scores nothing: the gates are unmet, not skipped."""
    dunia = _dunia("WBK")
    dunia.aturan = replace(dunia.aturan, instrumen=None)
    daftar = dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"})
    assert {f"R20.{k}" for k in GERBANG} | {"R15"} <= set(_gagal(daftar))


@dataclass(frozen=True)
class _Jalur:
    predikat: str
    sebelum: str


@pytest.mark.parametrize("jalur", [_Jalur("WBK", "evaluasi_tpi"), _Jalur("WBBM", "evaluasi_tpi")], ids=lambda j: j.predikat)
def test_ayat_1_dan_2_gerbang_milik_predikat_yang_diusulkan(jalur: _Jalur) -> None:
    """A WBK proposal is never measured by WBBM's numbers, nor a WBBM proposal by WBK's."""
    daftar, dunia = _usulkan(jalur.predikat, lembar())
    lain = {"WBK": "R21", "WBBM": "R20"}[jalur.predikat]
    assert not [t for t in daftar.temuan if t.id.startswith(lain)]
    assert dunia.unit[UNIT_UJI].keadaan.tahap == jalur.sebelum


def test_ayat_1_dan_2_setiap_gerbang_punya_satu_syarat() -> None:
    """The definition carries exactly the 12 gates of each ayat, all refusing, none waivable."""
    for predikat, syarat in SYARAT.items():
        milik: list[Syarat] = [s for s in definisi().syarat if s.id.startswith(syarat + ".")]
        assert [s.id.split(".")[1] for s in milik] == list(GERBANG)
        assert {(s.predikat, s.akibat) for s in milik} == {(predikat, "menolak")}
