"""D9 and D10: every scale, every formula with its edges, unanswered questions and denominators of 0."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.lke.alat import instrumen, semua
from zi_workflow.domain.instrument import JUMLAH_MAKS
from zi_workflow.domain.scoring import nilai, nilai_butir

SKALA = {
    "1": {"Ya": "1", "Tidak": "0"},
    "2": {"A": "1", "B": "0.5", "C": "0"},
    "6": {"A": "1", "B": "0.67", "C": "0.33", "D": "0"},
    "14": {"A": "1", "B": "0.75", "C": "0.5", "D": "0.25", "E": "0"},
    "125": {"0": "0", "4": "1", "3.2": "0.8", "0.000000000004": "0.000000000001"},
}
BUKAN_JAWABAN: tuple[object, ...] = (
    None,
    "",
    "F",
    "a",
    "ya",
    " A",
    "A ",
    1.0,
    0.5,
    True,
    [],
    {},
    "-1",
    -1,
    "NaN",
    "Infinity",
    "1e3",
    "٣",
    10**400,
    "9" * 5000,
)


def _butir(kunci: str, jawaban: dict[str, object], dinilai: dict[str, object] | None = None) -> Fraction | None:
    return nilai_butir(instrumen().butir[kunci], jawaban, dinilai or {})


@pytest.mark.parametrize(("soal", "jawaban", "angka"), [(s, j, a) for s, isi in SKALA.items() for j, a in isi.items()])
def test_d9_skala(soal: str, jawaban: str, angka: str) -> None:
    """The multipliers are the two-decimal constants, an index is divided by 4."""
    assert _butir(soal, {soal: jawaban}) == Fraction(angka)


@pytest.mark.parametrize("soal", ["1", "2", "6", "14", "125"])
@pytest.mark.parametrize("jawaban", BUKAN_JAWABAN, ids=lambda j: repr(j)[:20] if not isinstance(j, int) else "bilangan")
def test_bukan_jawaban_dihitung_belum_dijawab(soal: str, jawaban: object) -> None:
    """What is not exactly an answer of the scale scores nothing."""
    assert _butir(soal, {soal: jawaban}) is None


def test_indeks_di_luar_0_sampai_4() -> None:
    """An index of 4.01 or 5 is no index; whole numbers may come as int."""
    assert [_butir("125", {"125": j}) for j in ("4.01", "5", 5, "4.000000000001")] == [None] * 4
    assert [_butir("125", {"125": j}) for j in (4, "4.0", 0)] == [1, 1, 0]


RASIO = [("88", "89", ["88"]), ("90", "91", ["90"]), ("105", "106", ["105"]), ("110", "112", ["110"]), ("122", "123", ["122"])]
RASIO += [("113", "116", ["113", "114", "115"]), ("117", "120", ["117", "118", "119"])]


@pytest.mark.parametrize(("kunci", "atas", "bawah"), RASIO)
def test_d9_rasio(kunci: str, atas: str, bawah: list[str]) -> None:
    """Part over whole, the whole being the sum of its parts, capped at 1; every count is needed."""
    isi: dict[str, object] = dict.fromkeys(bawah, 2)
    utuh = 2 * len(bawah)
    assert _butir(kunci, {**isi, atas: 0}) == 0
    assert _butir(kunci, {**isi, atas: 1}) == Fraction(1, utuh)
    assert _butir(kunci, {**isi, atas: utuh}) == 1
    assert _butir(kunci, {**isi, atas: utuh + 5}) == 1
    for kurang in (*bawah, atas):
        assert _butir(kunci, {k: v for k, v in {**isi, atas: 1}.items() if k != kurang}) is None
    assert _butir(kunci, {**dict.fromkeys(bawah, 0), atas: 0}) is None
    assert _butir(kunci, {**dict.fromkeys(bawah, 0), atas: 3}) is None


def test_d9_wajib_lapor_boleh_nol_sebagian() -> None:
    """Nobody in two of the three groups is still a denominator."""
    assert _butir("113", {"113": 1, "114": 0, "115": 0, "116": 1}) == 1


@pytest.mark.parametrize(
    ("lalu", "kini", "angka"),
    [(0, 0, "1"), (0, 2, None), (4, 0, "1"), (4, 3, "1/4"), (4, 4, "0"), (4, 9, "0"), (JUMLAH_MAKS, 1, f"{JUMLAH_MAKS - 1}/{JUMLAH_MAKS}")],
)
def test_d9_penurunan_pelanggaran(lalu: int, kini: int, angka: str | None) -> None:
    """Fewer cases than last year; 0 and 0 is 1, a rise from 0 has no official value."""
    assert _butir("102", {"102": lalu, "103": kini, "104": 0}) == (None if angka is None else Fraction(angka))


@pytest.mark.parametrize("kurang", ["102", "103", "104"])
def test_d9_ketiga_jumlah_pelanggaran_harus_terisi(kurang: str) -> None:
    """All three counts must be filled, the punished cases too, also for 0 and 0."""
    jawaban: dict[str, object] = {"102": 0, "103": 0, "104": 0}
    del jawaban[kurang]
    assert _butir("102", jawaban) is None
    assert kurang in nilai(instrumen(), jawaban, {}).belum_dijawab


def test_d9_aduan_berjalan_tidak_dihitung() -> None:
    """Complaints are finished over due; those under way are asked but change nothing, and the sheet is complete without."""
    jawaban = {k: v for k, v in semua().items() if k != "111"}
    skor = nilai(instrumen(), jawaban, {})
    assert skor.belum_dijawab == ()
    assert skor.total == 100


def test_d9_upaya_inovasi_rata_rata_dua() -> None:
    """Question 121 and the percentage of 122 and 123 weigh the same."""
    skor = nilai(instrumen(), {"121": "B", "122": 4, "123": 1}, {})
    assert skor.indikator["reform.6.i"].nilai == (Fraction("0.67") + Fraction("0.25")) / 2 * Fraction("2.5")


def test_d9_laporan_harta_kekayaan_terbagi_dua() -> None:
    """LHKPN and LHKASN carry one point each."""
    jawaban = {"113": 1, "114": 1, "115": 2, "116": 1, "117": 1, "118": 0, "119": 1, "120": 2}
    indikator = nilai(instrumen(), jawaban, {}).indikator
    assert (indikator["reform.5.iii.a"].nilai, indikator["reform.5.iii.b"].nilai) == (Fraction("0.25"), Fraction(1))


def test_d10_kosong() -> None:
    """An empty sheet is 0 everywhere, and every question is unanswered."""
    skor = nilai(instrumen(), {}, {})
    assert skor.total == skor.sementara.total == 0
    assert skor.belum_dijawab == tuple(instrumen().soal)
    assert all(n.sementara is None for n in skor.indikator.values())


def test_d10_belum_dijawab_bernilai_nol_dan_sementara_rata_rata() -> None:
    """One of three questions answered: a third officially, the whole weight provisionally; the gates read the official one."""
    skor = nilai(instrumen(), {"3": "Ya"}, {})
    assert (skor.indikator["pemenuhan.1.ii"].nilai, skor.indikator["pemenuhan.1.ii"].sementara) == (Fraction(1, 3), Fraction(1))
    assert (skor.area[1].pemenuhan, skor.sementara.area[1].pemenuhan) == (Fraction(1, 3), Fraction(1))
    assert (skor.komponen("area_1"), skor.sementara.komponen("area_1")) == (Fraction(100, 24), Fraction(100, 8))
    assert (skor.komponen("total"), skor.sementara.total) == (Fraction(1, 3), Fraction(1))
    assert "3" not in skor.belum_dijawab
    assert {"4", "5"} < set(skor.belum_dijawab)


def test_d10_jawaban_terburuk_tetap_jawaban() -> None:
    """C and Tidak are answers worth 0, not missing ones."""
    skor = nilai(instrumen(), {"1": "Tidak", "2": "C"}, {})
    assert skor.indikator["pemenuhan.1.i"].sementara == 0
    assert not {"1", "2"} & set(skor.belum_dijawab)


def test_d10_penyebut_nol() -> None:
    """Nothing registered: no official value, the counts stand among the unanswered, the average provisionally leaves it out."""
    skor = nilai(instrumen(), {**semua(), "122": 0, "123": 0}, {})
    assert skor.belum_dijawab == ("122", "123")
    assert (skor.total, skor.sementara.total) == (Fraction("98.75"), Fraction(100))


@pytest.mark.parametrize("kunci", ["122", "123"])
def test_d10_nilai_tpi_menggantikan_penyebut_nol(kunci: str) -> None:
    """A judged value under any soal_id of the formula gives it a value."""
    skor = nilai(instrumen(), {**semua(), "122": 0, "123": 0}, {kunci: {"nilai": "0.5", "alasan": "Belum ada layanan tercatat"}})
    assert skor.belum_dijawab == ()
    assert skor.total == skor.sementara.total == Fraction("99.375")


def test_d10_nilai_tpi_tidak_mengalahkan_hitungan() -> None:
    """Where the counts give a value, or are missing, or are 0 and 0 disciplinary cases, a judgement changes nothing."""
    dinilai: dict[str, object] = {"122": {"nilai": "1", "alasan": "x"}, "102": {"nilai": "0", "alasan": "x"}}
    assert _butir("122", {"122": 4, "123": 1}, dinilai) == Fraction(1, 4)
    assert _butir("122", {"122": 0}, dinilai) is None
    assert _butir("102", {"102": 0, "103": 0, "104": 0}, dinilai) == 1
    assert _butir("102", {"102": 0, "103": 1, "104": 0}, dinilai) == 0


@pytest.mark.parametrize("isi", [None, "0.5", {}, {"nilai": "2"}, {"nilai": 0.5}, {"nilai": "NaN"}, {"nilai": True}])
def test_penilaian_yang_tidak_terbaca_diabaikan(isi: object) -> None:
    """An unreadable judgement counts as not there."""
    assert _butir("122", {"122": 0, "123": 0}, {"122": isi}) is None


def test_soal_asing_diabaikan() -> None:
    """An id that the instrument does not have changes nothing."""
    assert nilai(instrumen(), {**semua(), "999": "A"}, {}) == nilai(instrumen(), semua(), {})
