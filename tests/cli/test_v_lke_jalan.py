"""``zi lke jalan``: what is missing and the smallest ways to pass, for programs and for people; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from tests.alat.dunia import PENILAI, UNIT_UJI, bekal_usulan, definisi, jawaban_semua
from tests.cli.alat_cli import panggil
from tests.cli.register import bangun, desimal, galat, jawab, muat_sekali, potret
from tests.lke.alat_jalan import HARI, aturan, rakit
from zi_workflow.cli.lke_jalan import data_jalan
from zi_workflow.cli.lke_jalan_layar import atas, layar_jalan, paling_sedikit
from zi_workflow.cli.tampilan import Gaya, json_teks
from zi_workflow.domain.pathway import jalan

TANYA = ("lke", "jalan", UNIT_UJI, "--tahun", "2025", "--pada", "2025-05-20")
BANDING = re.compile(r"(>=|>) [0-9]+(\.[0-9]+)?( atau survei >= [0-9.]+)?")


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: all B with indices of 3.2 for 2025 and 2026, and for 2026 an internal survey that is high enough."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url, "evaluasi_tpi")
    try:
        bekal_usulan(dunia, 2025, "WBK", huruf="B", indeks="3.2")
        isi = {"tahun": 2026, "penilai": "tpi", "jawaban": jawaban_semua("B", "3.2")}
        dunia.catat("lke", "2026-05-02", isi, oleh=PENILAI)
        survei = {"tahun": 2026, "survei": "SPAK", "skor": "3.61", "responden": 45}
        dunia.catat("survei_internal", "2026-05-02", survei, oleh=PENILAI)
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nobody acts, for nothing is written."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def _gerbang(data: Mapping[str, Any]) -> dict[str, Any]:
    return {g["id"]: g for g in data["gerbang"]}


def test_jawaban_bagi_program(url: str) -> None:
    """Every number is a decimal string; each set says what to change, from what to what; the store stays as it was."""
    sebelum = potret(url)
    data = jawab(*TANYA, "--predikat", "WBBM", "--banyak", "2")
    assert potret(url) == sebelum
    assert [data[k] for k in ("unit", "tahun", "penilai", "predikat", "pada", "terpenuhi")] == [
        UNIT_UJI,
        2025,
        "tpi",
        "WBBM",
        "2025-05-20",
        False,
    ]
    for g in (*data["lulus"], *data["gerbang"]):
        assert desimal(g["ditemukan"])
        assert BANDING.fullmatch(g["dibutuhkan"])
        assert g["dasar"]
    for g in data["gerbang"]:
        assert desimal(g["kurang"])
        assert desimal(g["kurang_poin"])
        assert len(g["pilihan"]) == min(2, g["banyaknya"])
        assert (g["tidak_bisa"] is None) is bool(g["pilihan"])
        for p in g["pilihan"]:
            assert p["butir"] == len(p["perubahan"])
            assert all(desimal(u["tambahan"]) and u["dari"] == "B" and u["ke"] == "A" for u in p["perubahan"])
    area = _gerbang(data)["R21.area_4"]
    assert (area["ditemukan"], area["dibutuhkan"], area["kurang"], area["satuan"]) == ("74.86", ">= 75", "0.14", "persen")
    assert [p["perubahan"][0]["butir"] for p in area["pilihan"]] == ["46", "48"]
    assert (area["banyaknya"], area["lebih"]) == (8, False)


def test_indeks_dan_survei() -> None:
    """An index that is too low says which would do, exactly; an internal survey on file of that year stands in for it."""
    data = jawab(*TANYA, "--predikat", "WBBM")
    spak = _gerbang(data)["R21.spak"]
    assert (spak["dibutuhkan"], spak["tidak_bisa"], spak["survei"]) == (
        ">= 15.75 atau survei >= 3.60",
        "indeks",
        {"nama": "SPAK", "skor": None},
    )
    assert spak["indeks"]["soal"] == [
        {"soal": "125", "uraian": spak["indeks"]["soal"][0]["uraian"], "sekarang": "3.20", "perlu": ">= 3.60"}
    ]
    assert (spak["indeks"]["poin"], spak["indeks"]["jumlah"]) == (">= 1.75", ">= 0.40")
    assert {"R21.spak", "R21.prima"} <= set(data["sekaligus"]["belum_lulus"])
    tahun_depan = jawab("lke", "jalan", UNIT_UJI, "--tahun", "2026", "--pada", "2026-05-20", "--predikat", "WBBM")
    assert {g["id"]: g["survei"]["skor"] for g in tahun_depan["lulus"] if g["survei"]} == {"R21.spak": "3.61"}


def test_sekaligus_bagi_program() -> None:
    """The set for all gates at once comes with the scores that follow, on the right side of their thresholds."""
    satu = jawab(*TANYA, "--predikat", "WBBM")["sekaligus"]
    assert satu["butir"] == len(satu["perubahan"])
    assert set(satu["gerbang"]) | set(satu["belum_lulus"]) == set(satu["sesudah"])
    assert Fraction(satu["sesudah"]["R21.pengungkit"]) >= 48
    assert Fraction(satu["sesudah"]["R21.spak"]) < Fraction("15.75")


def test_bawaan_sasaran_unit_dan_hari_ini() -> None:
    """Without --predikat, what the unit builds towards; without --pada, today's thresholds."""
    data = jawab("lke", "jalan", UNIT_UJI, "--tahun", "2025")
    assert data["predikat"] == "WBK"
    assert data["pada"] >= "2026-11-23"
    assert [g["id"] for g in data["gerbang"]] == ["R20.bersih", "R20.spak"]
    assert (data["sekaligus"]["gerbang"], data["sekaligus"]["belum_lulus"]) == (["R20.bersih"], ["R20.spak"])


def test_layar() -> None:
    """For people: 80 columns, decimal commas, what a question asks where it first comes up, and the way for all at the end."""
    hasil = panggil(*TANYA, "--predikat", "WBBM", "--banyak", "2")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    baris = hasil.stdout.splitlines()
    assert max(map(len, baris)) <= 80
    assert baris[0] == f"Jalan menuju WBBM: {UNIT_UJI}, LKE 2025 oleh TPI, ambang pada 20 Mei 2025"
    teks = " ".join(hasil.stdout.split())
    assert "Ditemukan 74,86% Dibutuhkan >= 75% Kurang 0,14% (0,01 poin)" in teks
    assert "Pilihan 1 (1 butir, 1 jenjang, menjadi 75,89%): soal 46: B -> A (" in teks
    assert "Masih ada 6 pilihan lain" in teks
    assert "Masih ada lebih dari 998 pilihan lain" in teks
    assert "Indeks soal 125 (sekarang 3,20) cukup bila >= 3,60" in teks
    assert "Atau catat survei internal SPAK >= 3,60." in teks
    assert "Semua gerbang sekaligus (R21.total, R21.pengungkit, R21.area_2," in teks
    assert "Tetap belum lulus: R21.bersih, R21.spak, R21.prima" in teks
    assert "Sudah lulus" in teks


@pytest.mark.parametrize(
    ("argumen", "kode", "kata"),
    [
        (("DISPOR", "--tahun", "2025"), 3, "DISPORA"),
        ((UNIT_UJI, "--tahun", "2024"), 3, "2024"),
        ((UNIT_UJI, "--tahun", "2025", "--penilai", "unit"), 3, "unit"),
        ((UNIT_UJI, "--tahun", "2025", "--pada", "2024-02-18"), 12, "2024-02-18"),
        ((UNIT_UJI, "--tahun", "2025", "--banyak", "0"), 2, "banyak"),
        ((UNIT_UJI, "--tahun", "2025", "--predikat", "WBX"), 2, "WBX"),
    ],
)
def test_salah(argumen: tuple[str, ...], kode: int, kata: str) -> None:
    """Mistakes are told in three lines, with what was wrong."""
    assert kata in " ".join(galat("lke", "jalan", *argumen, kode=kode))


# ------------------------------------------------------------------------------------------------- sentences, without a store

TABEL = """
pemenuhan 1 2  1y
reform 1 2     2d
pemenuhan 2 4  10/11 12/13 14>15!16 17+18/19
reform 2 1     3c
bersih spak 4  4#
bersih kinerja 2  5c
prima prima 3  6#
"""
ISI = {"1": "Ya", "2": "A", "3": "A", "5": "C", "10": 3, "11": 12, "12": 0, "13": 0, "14": 10, "17": 1, "18": 1, "19": 8, "4": "3"}


def _layar(*gerbang: tuple[str, str], jawaban: Mapping[str, object] = ISI, gaya: Gaya | None = None) -> str:
    hasil = jalan(aturan(*gerbang), rakit(TABEL), jawaban, {}, "WBK", HARI)
    assert json_teks(data_jalan("DISPORA", 2026, "unit", hasil)).startswith('{"skema": 1')
    return " ".join(layar_jalan("DISPORA", 2026, "unit", hasil, gaya or Gaya()).split())


def test_kalimat_setiap_cara() -> None:
    """A count from to, counts added up, counts to fill in, and a judged value: each is something that a person can do."""
    teks = _layar(("area_2", ">= 100"))
    assert "soal 10: 3 -> 12 (Rasio 10/11)" in teks
    assert "nilai TPI untuk soal 12 dan 13 paling sedikit 1,00 dengan alasan (Rasio 12/13)" in teks
    assert "isi soal 15 dan 16 sehingga persentase soal 14, 15 dan 16 paling sedikit 100% (Penurunan 14>15!16)" in teks
    assert "jumlah soal 17 dan 18: 2 -> 8" in teks
    assert "isi soal 12, lalu nilai TPI untuk soal 12 dan 13" in _layar(
        ("area_2", ">= 100"), jawaban={k: v for k, v in ISI.items() if k != "12"}
    )
    assert "soal 5: kosong -> B" in _layar(("kinerja", ">= 1"), jawaban={})


def test_kalimat_yang_tidak_dapat() -> None:
    """Why answers cannot mend a gate, in words; what has to be above is said as above."""
    assert "semua jawaban dan indeks tertinggi pun belum cukup" in _layar(("area_1", ">= 200"))
    assert "bukan batas paling sedikit" in _layar(("area_1", "<= 20"))
    teks = _layar(("hasil", "> 8"))
    terbaik = "Sesudah semua jawaban lain dibuat terbaik, masih perlu"
    assert f"{terbaik} lebih dari 3,00 poin dari indeks, yaitu lebih dari 3,6667 angka indeks." in teks
    assert "Indeks soal 6 (sekarang kosong) tidak cukup sendirian" in teks
    sendiri = _layar(("spak", "> 3.5"))
    assert "cukup bila > 3,50: " in sendiri
    assert "terbaik" not in sendiri
    assert "bersama semua jawaban terbaik itu: Soal" in _layar(("hasil", ">= 6.5"))


def test_satu_gerbang_tanpa_bagian_sekaligus() -> None:
    """One gate needs no set for all; with none failing it is said that all pass."""
    assert "sekaligus" not in _layar(("kinerja", ">= 1"))
    teks = _layar(("area_1", ">= 60"))
    assert "Semua gerbang nilai (1) sudah lulus." in teks
    assert "[v] Sudah lulus (1): G0.area_1 100,00%" in _layar(("area_1", ">= 60"), gaya=Gaya(pengodean="ascii"))


@pytest.mark.parametrize(
    ("nilai", "ketat", "tampak"),
    [
        ("3.6", False, ">= 3.60"),
        ("3.6", True, "> 3.60"),
        ("116/35", False, ">= 3.3143"),
        ("116/35", True, ">= 3.3143"),
        ("3.123456789012", False, ">= 3.123456789012"),
    ],
)
def test_yang_perlu_tidak_pernah_dikecilkan(nilai: str, ketat: bool, tampak: str) -> None:  # noqa: FBT001 - a row of the table
    """A number that cannot be written out is shown as the next higher one."""
    assert paling_sedikit(Fraction(nilai), ketat=ketat) == tampak
    assert Fraction(atas(Fraction(nilai))) >= Fraction(nilai)


def test_predikat_sesuai_definisi() -> None:
    """The predikat that the verb offers are those of the definition."""
    assert definisi().predikat == ("WBK", "WBBM")
