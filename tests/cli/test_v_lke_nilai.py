"""``zi lke nilai`` and ``zi lke banding``: exact scores for programs and people, and two assessments side by side."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.alat.dunia import KEPALA, PENILAI, UNIT_UJI, jawaban_semua
from tests.cli.alat_cli import panggil
from tests.cli.register import bangun, desimal, galat, jawab, muat_sekali, potret
from tests.lke.alat import nilai_naif

TAHUN = ("--tahun", "2025")
ANGKA = ("pemenuhan", "reform", "pengungkit", "spak", "kinerja", "bersih", "prima", "hasil", "total")
UNIT: dict[str, Any] = {**jawaban_semua("A"), "2": "B"}
TPI: dict[str, Any] = {s: j for s, j in jawaban_semua("B", "3.60").items() if s not in {"40", "88"}}
LAMA: dict[str, Any] = jawaban_semua("C", "2")


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: a unit with both assessments of 2025 and TPI's of 2024."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url)
    try:
        for tahun, penilai, jawaban, oleh in ((2025, "unit", UNIT, KEPALA), (2025, "tpi", TPI, PENILAI), (2024, "tpi", LAMA, PENILAI)):
            dunia.catat("lke", f"{tahun}-04-01", {"tahun": tahun, "penilai": penilai, "jawaban": jawaban}, oleh=oleh)
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nothing is written to it."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def test_nilai_sesuai_dengan_hitungan_lain(url: str) -> None:
    """Every figure of the contract, to two decimals halves up, and exactly as fractions, equals a second scorer; nothing is written."""
    sebelum = potret(url)
    data = jawab("lke", "nilai", UNIT_UJI, *TAHUN)
    harap = nilai_naif(TPI)
    assert (data["unit"], data["tahun"], data["penilai"]) == (UNIT_UJI, 2025, "tpi")
    assert {n: Fraction(data["eksak"][n]) for n in ("pengungkit", "spak", "total")} == {
        n: harap[n] for n in ("pengungkit", "spak", "total")
    }
    assert all(desimal(data[n]) and desimal(data["sementara"][n]) for n in ANGKA)
    assert all(abs(Fraction(data[n]) - harap[n]) <= Fraction(1, 200) for n in ("pemenuhan", "reform", "total"))
    assert set(data["area"]) == {"1", "2", "3", "4", "5", "6"}
    assert set(data["area"]["1"]) == {"pemenuhan", "reform", "nilai", "persen"}
    assert abs(Fraction(data["area"]["4"]["persen"]) - harap["area_4"]) <= Fraction(1, 200)
    assert data["belum_dijawab"] == ["40", "88"]
    assert Fraction(data["sementara"]["total"]) > Fraction(data["total"])
    assert potret(url) == sebelum


def test_nilai_penilaian_mandiri() -> None:
    """--penilai unit shows the unit's own assessment."""
    data = jawab("lke", "nilai", UNIT_UJI, *TAHUN, "--penilai", "unit")
    assert (data["penilai"], data["total"], data["belum_dijawab"]) == ("unit", "99.88", [])


def test_pohon_dengan_batang_muat_80_kolom() -> None:
    """The tree goes down to the indicators, with bars and decimal commas, within 80 columns; what is missing is said."""
    layar = panggil("lke", "nilai", UNIT_UJI, *TAHUN).stdout
    assert all(len(b) <= 80 for b in layar.splitlines())
    assert "█" in layar
    assert "Whistle blowing system" in layar
    assert "2 soal belum mempunyai nilai dan dihitung 0 (tafsir D10): 40, 88." in layar
    ascii_ = panggil("lke", "nilai", UNIT_UJI, *TAHUN, env={"PYTHONIOENCODING": "ascii"})
    assert ascii_.exit_code == 0


@pytest.mark.parametrize(("argumen", "kode", "sebut"), [
    ((UNIT_UJI, "--tahun", "2023"), 3, "2024 oleh tpi, 2025 oleh tpi, 2025 oleh unit"),
    (("DISPOTA", *TAHUN), 3, UNIT_UJI),
    ((UNIT_UJI, "--tahun", "1900"), 2, "2000"),
])  # fmt: skip
def test_nilai_yang_tidak_ada(argumen: tuple[str, ...], kode: int, sebut: str) -> None:
    """No assessment: exit 3 with those on record; unknown unit: exit 3 with what was meant; a year out of range: exit 2."""
    assert sebut in " ".join(galat("lke", "nilai", *argumen, kode=kode))


def test_banding_unit_dengan_tpi(url: str) -> None:
    """The unit's assessment stands left, TPI's right; gaps come largest first and add up to the gap of the total."""
    sebelum = potret(url)
    data = jawab("lke", "banding", UNIT_UJI, *TAHUN)
    assert (data["kiri"]["penilai"], data["kanan"]["penilai"]) == ("unit", "tpi")
    celah = [abs(Fraction(c["selisih"])) for c in data["indikator"]]
    assert celah == sorted(celah, reverse=True)
    total = next(c for c in data["jumlah"] if c["id"] == "total")
    jumlah = sum(Fraction(c["selisih"]) for c in data["indikator"])
    assert abs(jumlah - Fraction(total["selisih"])) < Fraction(1, 4)
    assert {s["soal"] for s in data["soal"]} == {s for s in UNIT if UNIT[s] != TPI.get(s)}
    assert next(s for s in data["soal"] if s["soal"] == "40")["kanan"] is None
    assert potret(url) == sebelum


def test_banding_tahun_dengan_tahun() -> None:
    """Two years of the same assessor, the earlier one left, whichever was named first."""
    for tahun, dengan in (("2025", "2024"), ("2024", "2025")):
        data = jawab("lke", "banding", UNIT_UJI, "--tahun", tahun, "--dengan", dengan)
        assert [(data[s]["tahun"], data[s]["penilai"]) for s in ("kiri", "kanan")] == [(2024, "tpi"), (2025, "tpi")]
        assert Fraction(next(c for c in data["jumlah"] if c["id"] == "total")["selisih"]) > 0


def test_banding_bagi_orang() -> None:
    """The screen names both sides, cuts long lists and says how many are left; --semua shows them all; 80 columns suffice."""
    singkat = panggil("lke", "banding", UNIT_UJI, *TAHUN).stdout
    semua = panggil("lke", "banding", UNIT_UJI, *TAHUN, "--semua").stdout
    assert "unit 2025 dibandingkan tpi 2025" in singkat
    assert "indikator lain dengan celah lebih kecil (--semua)" in singkat
    assert "--semua" not in semua
    assert len(semua.splitlines()) > len(singkat.splitlines())
    assert all(len(b) <= 80 for b in semua.splitlines())
    (indeks,) = [b.split() for b in semua.splitlines() if b.startswith(" 125 ")]
    assert indeks[-1] == "3,60"


@pytest.mark.parametrize(("opsi", "sebut"), [(("--penilai", "tpi"), "--dengan"), (("--dengan", "2025"), "sama")])
def test_banding_yang_keliru(opsi: tuple[str, ...], sebut: str) -> None:
    """An assessor without another year, or the same year twice, is a mistake of usage."""
    assert sebut in galat("lke", "banding", UNIT_UJI, *TAHUN, *opsi, kode=2)[0]


def test_banding_tanpa_pasangan() -> None:
    """Where one side is missing, exit 3 says which."""
    assert "2024 oleh unit" in galat("lke", "banding", UNIT_UJI, "--tahun", "2024", kode=3)[0]
