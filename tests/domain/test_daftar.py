"""Figures from lists (domain/rosters.py, domain/tables.py): every row counted or named, exact, and no person in any message."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.domain.cells import Sel
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.rosters import (
    BENTUK,
    KEPATUHAN,
    RESPONS,
    STATUS,
    Kepatuhan,
    Survei,
    desimal_terpotong,
    hitung_kepatuhan,
    hitung_survei,
)
from zi_workflow.domain.tables import Baris, Tabel, kutip_judul, rata, teks_sel

RAHASIA = ("Melati Contoh", "198001012005011001", "1275010101800001")
UNIT = ("DISPORA", "Dinas Pemuda dan Olahraga")


def _tabel(judul: Sequence[str], *baris: Sequence[object], huruf: bool = False) -> Tabel:
    """Make a table whose rows begin at line 2; a cell is a value or a Sel."""
    isi = tuple(Baris(n, tuple(s if isinstance(s, Sel) else Sel(s) for s in b)) for n, b in enumerate(baris, 2))  # type: ignore[arg-type]
    return Tabel("daftar.csv", tuple(judul), isi, huruf=tuple("ABCDEFGHIJ"[: len(judul)]) if huruf else ())


def _galat(tabel: Tabel, unit: Sequence[str] = UNIT, nama_unit: str | None = None) -> MasukanSalah:
    with pytest.raises(MasukanSalah) as e:
        hitung_kepatuhan(tabel, unit, nama_unit)
    return _aman(e.value)


def _galat_survei(tabel: Tabel, skala: int = 4, minimal: int = 1) -> MasukanSalah:
    with pytest.raises(MasukanSalah) as e:
        hitung_survei(tabel, skala, minimal)
    return _aman(e.value)


def _aman(galat: MasukanSalah) -> MasukanSalah:
    """Check that the error is whole and names no person."""
    assert (galat.kode, galat.pesan.startswith("daftar.csv: ")) == (2, True)
    teks = f"{galat.pesan} {galat.sebab} {galat.lanjut}"
    assert galat.sebab
    assert galat.lanjut
    assert [r for r in RAHASIA if r in teks or r.casefold() in teks.casefold()] == []
    return galat


# --- compliance lists -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kata", STATUS)
@pytest.mark.parametrize("tulis", [str, str.upper, str.title, lambda k: f"  {k.replace(' ', '  ')} ", lambda k: k.replace(" ", "_")])
def test_setiap_status_yang_dikenal(kata: str, tulis: object) -> None:
    """Each known word counts as reported or not, however it is spaced and capitalised."""
    assert callable(tulis)
    hasil = hitung_kepatuhan(_tabel(["Status"], [tulis(kata)]), UNIT)
    assert (hasil.wajib, hasil.lapor, dict(hasil.status)) == (1, int(STATUS[kata]), {kata: 1})


def test_arti_status() -> None:
    """Late is reported; drafts, what is in process or incomplete is not (D23)."""
    assert {k for k in ("terlambat", "sudah lapor", "ya", "diumumkan lengkap", "terverifikasi lengkap") if STATUS[k]} == {
        "terlambat",
        "sudah lapor",
        "ya",
        "diumumkan lengkap",
        "terverifikasi lengkap",
    }
    assert not any(STATUS[k] for k in ("belum", "tidak", "draft", "proses", "diumumkan tidak lengkap", "terverifikasi tidak lengkap"))


def test_persentase_dan_yang_dibaca() -> None:
    """The percentage is exact; columns used and left aside are told, and rows that cannot be checked for doubles counted."""
    judul = ["No", "NIP", "Nama", "Status", "Status Lapor"]
    baris = [[str(n), f"19800101200501{n:04d}", "Melati Contoh", "PNS", "Sudah" if n < 3 else "Belum"] for n in range(1, 4)]
    baris.append(["4", "1,98001E+17", None, "PNS", "sudah lapor"])  # type: ignore[list-item]
    hasil = hitung_kepatuhan(_tabel(judul, *baris), UNIT)
    assert hasil == Kepatuhan(
        wajib=4,
        lapor=3,
        status={"sudah": 2, "belum": 1, "sudah lapor": 1},
        kolom_status="Status Lapor",
        kolom_unit=None,
        pengenal=("NIP", "Nama"),
        unit_lain=0,
        tanpa_pengenal=1,
        diabaikan=("No", "Status"),
    )
    assert hasil.persen == 75


def test_status_yang_tidak_dikenal_disebut_semuanya() -> None:
    """Unknown words, blanks, formulas without value, errors: each cell is named once, what was meant is said, nothing is echoed."""
    buruk = ["Sudh lapor", "Melati Contoh", None, "=1+1", Sel(rumus="A1"), Sel("#N/A", "A1", galat=True), True, Decimal(1), Sel("", "A1")]
    galat = _galat(_tabel(["Nama", "Status"], *(["Melati Contoh", b] for b in buruk), ["x", "Sudah"], huruf=True))
    pesan = galat.pesan.removeprefix("daftar.csv: ").split("; ")
    assert [p.split()[1] for p in pesan if p.startswith("sel ")] == [f"B{n}" for n in range(2, 11)]
    assert pesan[0] == "sel B2 status tidak dikenal (maksud Anda 'sudah lapor'?)"
    assert pesan[1] == pesan[3].replace("B5", "B3") == "sel B3 status tidak dikenal"
    assert pesan[2] == "sel B4 kosong"
    assert pesan[4].startswith("sel B6 berisi rumus tanpa hasil")
    assert "sel B7 berisi galat rumus" in pesan
    assert "sudah lapor" in galat.sebab


def test_terlalu_banyak_yang_salah_dipotong() -> None:
    """Of hundreds of bad cells the first are named, the rest counted."""
    galat = _galat(_tabel(["Status"], *(["apa"] for _ in range(100))))
    assert galat.pesan.count("baris ") == 40
    assert galat.pesan.endswith("; dan 60 lagi")
    assert "baris 2 kolom 'Status' status tidak dikenal" in galat.pesan


@pytest.mark.parametrize(
    ("judul", "satu", "dua"),
    [
        (["NIP", "Status"], "198001012005011001", "198001012005011001"),
        (["NIP", "Status"], "198001012005011001", "'19800101 200501 1 001"),
        (["NIK", "Status"], "1275010101800001", "1275.0101.0180.0001"),
        (["Nama", "Status"], "Melati Contoh", " melati  CONTOH"),
    ],
)
def test_orang_yang_sama_dua_kali(judul: list[str], satu: str, dua: str) -> None:
    """The same person twice is refused: both lines are named, the person is not."""
    galat = _galat(_tabel(judul, [satu, "Sudah"], ["lain", "Belum"], [dua, "Sudah"]))
    assert galat.pesan == f"daftar.csv: baris 2 dan baris 4 sama pada kolom '{judul[0]}'"


def test_nama_sama_dengan_nip_berbeda() -> None:
    """Two persons of one name are two persons where their NIP differs; a number that lost its digits tells nothing."""
    tabel = _tabel(["NIP", "Nama", "Status"], *([f"19800101200501{n:04d}", "Melati Contoh", "Sudah"] for n in (1, 2)))
    assert hitung_kepatuhan(tabel, UNIT).wajib == 2
    pudar = _tabel(["NIP", "Status"], *([Decimal(198001012005011000), "Sudah"] for _ in range(3)))
    assert (hitung_kepatuhan(pudar, UNIT).wajib, hitung_kepatuhan(pudar, UNIT).tanpa_pengenal) == (3, 3)


def test_hanya_baris_unit_itu() -> None:
    """Where the list covers several units, the unit's rows are counted, by its code or name; others are told, even a double."""
    judul = ["Perangkat Daerah", "NIP", "Status"]
    orang = "198001012005011001"
    baris: list[list[object]] = [
        ["dispora", orang, "Sudah"],
        ["DINAS  PEMUDA DAN OLAHRAGA", "x", "Belum"],
        ["RSUD", orang, "entah"],
        ["RSUD", orang, None],
    ]
    hasil = hitung_kepatuhan(_tabel(judul, *baris), UNIT)
    assert (hasil.wajib, hasil.lapor, hasil.unit_lain, hasil.kolom_unit) == (2, 1, 2, "Perangkat Daerah")


def test_unit_menurut_ejaan_daftar() -> None:
    """A list that spells the unit in its own way is read by that spelling; without it the near one is suggested."""
    tabel = _tabel(["OPD", "Status"], ["Dinas Pemuda & Olahraga", "Sudah"], ["RSUD", "Belum"])
    galat = _galat(tabel)
    assert "tidak ada baris bagi 'DISPORA' atau 'Dinas Pemuda dan Olahraga' pada kolom 'OPD'" in galat.pesan
    assert "2 unit. Yang mirip: 'Dinas Pemuda & Olahraga'." in galat.sebab
    assert "--nama-unit" in galat.lanjut
    assert "mirip" not in _galat(tabel, ["Qwxyz"]).sebab
    assert hitung_kepatuhan(tabel, UNIT, "dinas pemuda & olahraga").wajib == 1
    assert "tidak ada kolom unit" in _galat(_tabel(["Status"], ["Sudah"]), nama_unit="RSUD").pesan


def test_unit_yang_kosong() -> None:
    """Whose row it is must be said: a blank unit is refused by its line."""
    galat = _galat(_tabel(["Unit", "Status"], ["DISPORA", "Sudah"], [None, "Sudah"], [Sel("#REF!", "A1", galat=True), "Sudah"]))
    assert galat.pesan == "daftar.csv: baris 3 kolom 'Unit' kosong; baris 4 kolom 'Unit' berisi galat rumus"


def test_tanpa_baris_dan_kolom_rangkap() -> None:
    """A list without rows is no list; two columns of one meaning are not chosen between."""
    assert "tidak ada baris" in _galat(_tabel(["Status"])).pesan
    galat = _galat(_tabel(["Status Lapor", "STATUS LHKPN"], ["Sudah", "Belum"]))
    assert galat.pesan == "daftar.csv: kolom 'Status Lapor' dan 'STATUS LHKPN' sama artinya"


# --- survey responses -----------------------------------------------------------------------------------------------


def _soal(n: int, awalan: str = "U") -> list[str]:
    return [f"{awalan}{i}" for i in range(1, n + 1)]


@given(st.integers(1, 9).flatmap(lambda n: st.lists(st.lists(st.integers(1, 4), min_size=n, max_size=n), min_size=1, max_size=40)))
def test_indeks_sama_dengan_rata_rata_biasa(jawaban: list[list[int]]) -> None:
    """The index is the mean of the questions' means, as exact fractions, within 1 to 4."""
    hasil = hitung_survei(_tabel(_soal(len(jawaban[0])), *([str(j) for j in b] for b in jawaban)), 4, 1)
    kolom = [Fraction(sum(k), len(k)) for k in zip(*jawaban, strict=True)]
    assert hasil.indeks == sum(kolom) / len(kolom)
    assert list(hasil.rata.values()) == kolom
    assert (hasil.responden, hasil.tidak_lengkap) == (len(jawaban), 0)
    assert 1 <= hasil.indeks <= 4


@given(st.lists(st.integers(1, 6), min_size=1, max_size=30))
def test_skala_enam_dibawa_ke_empat(jawaban: list[int]) -> None:
    """Answers 1–6 are multiplied by 4/6: never above 4, and never above the other reading, which stretches 1–6 to 1–4 (D22)."""
    indeks = hitung_survei(_tabel(["U1"], *([Decimal(j)] for j in jawaban)), 6, 1).indeks
    rata_rata = Fraction(sum(jawaban), len(jawaban))
    assert indeks == rata_rata * 4 / 6
    assert indeks <= (rata_rata - 1) * 3 / 5 + 1 <= 4


@given(st.fractions(0, 4), st.integers(0, 4 * 10**12).map(lambda n: Fraction(n, 10**12)))
def test_pemotongan_tidak_melampaui_ambang(indeks: Fraction, ambang: Fraction) -> None:
    """Cut off at 12 decimals, an index meets a threshold of as many decimals exactly when the index itself does."""
    teks = desimal_terpotong(indeks)
    assert (Fraction(teks) >= ambang) is (indeks >= ambang)
    assert 0 <= indeks - Fraction(teks) < Fraction(1, 10**12)
    utuh, _, pecahan = teks.partition(".")
    assert (utuh.isdigit(), 2 <= len(pecahan) <= 12) == (True, True)


@pytest.mark.parametrize(
    ("nilai", "teks"),
    [
        (Fraction(18, 5), "3.60"),
        (Fraction(4), "4.00"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666666"),
        (Fraction(36 * 10**13 - 1, 10**14), "3.599999999999"),
        (Fraction(1, 8), "0.125"),
    ],
)
def test_desimal_terpotong(nilai: Fraction, teks: str) -> None:
    """At least two decimals, no zeros beyond, nothing rounded up."""
    assert desimal_terpotong(nilai) == teks


@pytest.mark.parametrize("judul", [["u1", "U2"], ["Unsur 1", "UNSUR 2"], ["P1", "p.2"], ["Q-1", "q_2"], ["U 1", "unsur 2"]])
def test_judul_pertanyaan(judul: list[str]) -> None:
    """Questions are known by letter or word and number; other columns are left aside and told."""
    hasil = hitung_survei(_tabel(["Nama", judul[1], judul[0], ""], ["Melati Contoh", "4", " 3 ", "x"]), 4, 1)
    assert hasil == Survei(Fraction(7, 2), 1, 0, {judul[0]: Fraction(3), judul[1]: Fraction(4)}, ("Nama",))


@pytest.mark.parametrize("judul", [["U1", "U3"], ["U2"], ["U1", "u1"], ["U1", "P2"], ["U1", "P1", "U2"], ["U1", "unsur 1"]])
def test_pertanyaan_yang_tidak_urut(judul: list[str]) -> None:
    """A question that is missing, doubled or of another survey would make another index: refused."""
    galat = _galat_survei(_tabel(judul, ["4"] * len(judul)))
    assert all(f"'{j}'" in galat.pesan for j in judul)


def test_responden_tidak_lengkap_dilewati() -> None:
    """Whoever left a question out is left out, and counted as such."""
    hasil = hitung_survei(_tabel(["U1", "U2"], ["4", "3"], ["1", None], [None, " "], [Decimal(2), Decimal("3.0")]), 4, 1)
    assert (hasil.responden, hasil.tidak_lengkap, hasil.indeks) == (2, 2, Fraction(3))


def test_jawaban_salah_disebut_semuanya() -> None:
    """Each answer beyond the scale is named by its cell; only what is a short number is repeated."""
    buruk: list[object] = ["5", "0", "3,5", Decimal("2.5"), Decimal("1E+300"), "Melati Contoh", "198001012005011001", True, "=1+1"]
    buruk += [Sel(rumus="B1"), Sel("#DIV/0!", "B1", galat=True), Decimal(-1), "03", "٣", Decimal("NaN")]
    galat = _galat_survei(_tabel(["U1", "U2"], *([b, None] for b in buruk), ["4", "4"], huruf=True))
    pesan = galat.pesan.removeprefix("daftar.csv: ").split("; ")
    assert [p.split(":")[0] for p in pesan if p.startswith("sel ")] == [f"sel A{n}" for n in range(2, 17)]
    for n, sebut in ((0, "'5'"), (1, "'0'"), (2, "'3,5'"), (3, "'2.5'"), (4, "isinya"), (5, "isinya"), (6, "isinya"), (7, "isinya")):
        assert pesan[n] == f"sel A{n + 2}: {sebut} bukan 1 sampai 4"
    assert "sel A11: berisi rumus tanpa hasil tersimpan" in galat.pesan
    assert "sel A12: berisi galat rumus" in galat.pesan
    assert galat.sebab.startswith("Setiap jawaban bilangan bulat 1 sampai 4")
    assert "bukan 1 sampai 6" in _galat_survei(_tabel(["U1"], ["7"]), 6).pesan


def test_rumus_dengan_hasil_terbaca() -> None:
    """A formula whose value was kept counts by that value."""
    assert hitung_survei(_tabel(["U1"], [Sel(Decimal(4), "A1+1")]), 4, 1).indeks == 4
    assert hitung_kepatuhan(_tabel(["Status"], [Sel("Sudah", "A1")]), UNIT).lapor == 1


@pytest.mark.parametrize(
    ("lengkap", "kurang", "rinci"), [(29, 0, "hanya 29 responden lengkap"), (29, 5, "(5 tidak lengkap dilewati)"), (0, 0, "hanya 0")]
)
def test_kurang_dari_tiga_puluh(lengkap: int, kurang: int, rinci: str) -> None:
    """Fewer complete respondents than the minimum is no survey result; exactly the minimum is."""
    tabel = _tabel(["U1"], *(["4"] for _ in range(lengkap)), *([None] for _ in range(kurang)))
    galat = _galat_survei(tabel, minimal=30)
    assert rinci in galat.pesan
    assert "paling sedikit 30" in galat.sebab
    assert hitung_survei(_tabel(["U1"], *(["4"] for _ in range(30))), 4, 30).responden == 30


# --- headers and cells ----------------------------------------------------------------------------------------------


def test_baris_judul_dikenali_dari_kolomnya() -> None:
    """A row is a header by the columns that it names: the status is needed, the others only make it surer."""
    nilai = BENTUK[KEPATUHAN].nilai
    assert [nilai(j) for j in (["Status"], ["No", "NIP", "Nama", "OPD", "STATUS_LAPOR"], ["NIP", "Nama"], [])] == [1, 4, 0, 0]
    assert [BENTUK[RESPONS].nilai(j) for j in (["U1", "Nama", "p2"], ["Nama"], ["U0", "U100", "UU1"])] == [2, 0, 0]


def test_tanpa_kolom_status() -> None:
    """The headers that there are are listed, and what was meant; a first row that may be a person is not repeated."""
    galat = _aman(BENTUK[KEPATUHAN].tanpa_judul("daftar.csv", [["Daftar"], ["No", "Nama", "Sttaus Lapor", *"abcdefghijkl"]]))
    assert galat.pesan == "daftar.csv: tidak ada kolom status di 20 baris pertama. Maksud Anda: status lapor?"
    assert "Judul yang ada: 'No', 'Nama', 'Sttaus Lapor', 'a'" in galat.sebab
    assert galat.sebab.endswith(", ….")
    galat = _aman(BENTUK[KEPATUHAN].tanpa_judul("daftar.csv", [list(RAHASIA), [*RAHASIA, "Sudah"]]))
    assert "Judul yang ada" not in galat.sebab
    assert "Maksud" not in galat.pesan
    galat = _aman(BENTUK[RESPONS].tanpa_judul("daftar.csv", [["Nama", "Pertanyaan 1"]]))
    assert galat.sebab == "Judul yang dicari: u1, unsur 1, p1, q1. Judul yang ada: 'Nama', 'Pertanyaan 1'."


def test_judul_panjang_dipendekkan() -> None:
    """Whole sentences as headers stay readable in messages, and words are compared without what writers vary."""
    assert kutip_judul("a" * 60) == f"'{'a' * 40}…'"
    assert rata("  Status__Lapor/LHKPN : ") == "status lapor lhkpn"
    assert [teks_sel(Sel(n)) for n in (None, True, Decimal("1.50"), " a ")] == ["", "", "1.50", "a"]
