"""The number kinds by themselves: thresholds as they are written, ratios, exact scores, scores that a survey may stand in for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import PENILAI, UNIT_UJI, Dunia, definisi, sampai
from tests.lke.alat import instrumen, semua
from zi_workflow.domain.calendar import BULAN
from zi_workflow.domain.guards.ambang import PEMBACA, Banding, BandingGanda, HariBulan, LamaTahun, Mutu
from zi_workflow.domain.guards.angka import Lengkap, Nilai, NilaiAtauSurvei, Rasio
from zi_workflow.domain.guards.konteks import Hasil, Konteks, angka, isian, mesin, tahun_isi
from zi_workflow.domain.scoring import KOMPONEN, nilai
from zi_workflow.domain.state import Bukti

PADA = date(2025, 5, 20)
WAKTU = datetime(2025, 5, 20, tzinfo=UTC)


def _konteks(dunia: Dunia, pada: date = PADA, **ganti: Any) -> Konteks:  # noqa: ANN401 - any field of the context
    isi: dict[str, Any] = {
        "definisi": dunia.aturan,
        "instansi": dunia.instansi,
        "perintah": "usulkan",
        "tanggal": pada,
        "hari_ini": pada,
        "oleh": None,
        "unit": dunia.unit.get(UNIT_UJI),
        "predikat": "WBK",
        "tahun": pada.year,
        "kode": UNIT_UJI,
    }
    return Konteks(**{**isi, **ganti})


@dataclass(frozen=True)
class _Skor:
    """A score of which only one component is asked for."""

    isi: Fraction

    def komponen(self, _nama: str) -> Fraction:
        """Return the one value."""
        return self.isi


def _dengan_skor(nilai_komponen: Fraction) -> Konteks:
    """Return a context whose TPI sheet has this value for every component."""
    konteks = _konteks(sampai("evaluasi_tpi"))
    bukti = Bukti(7, "lke", PADA, {"tahun": 2025, "penilai": "tpi"}, (), PENILAI, WAKTU)
    konteks.__dict__["skor"] = (bukti, _Skor(nilai_komponen))
    return konteks


# --- thresholds as written --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jenis", "teks", "harap"),
    [
        ("banding", ">= 40", Banding(">=", Decimal(40))),
        ("banding", "> 50", Banding(">", Decimal(50))),
        ("banding", "= 0", Banding("=", Decimal(0))),
        ("banding", "<= 18.25", Banding("<=", Decimal("18.25"))),
        ("banding", "< 0.000000001", Banding("<", Decimal("0.000000001"))),
        ("banding ganda", ">= 15.75 atau survei >= 3.60", BandingGanda(Banding(">=", Decimal("15.75")), Banding(">=", Decimal("3.60")))),
        ("mutu", ">= BB", Mutu(">=", "BB")),
        ("mutu", "= WTP", Mutu("=", "WTP")),
        ("mutu", ">= 3", Mutu(">=", "3")),
        ("lama", ">= 1 tahun", LamaTahun(1)),
        ("hari bulan", "<= 31 Mei", HariBulan(31, 5)),
        ("hari bulan", "<= 28 Februari", HariBulan(28, 2)),
        ("tanggal", ">= 2024-02-19", date(2024, 2, 19)),
        ("tanggal", ">= 2024-02-29", date(2024, 2, 29)),
    ],
)
def test_ambang_dibaca(jenis: str, teks: str, harap: object) -> None:
    """Each kind of threshold has one way of being written."""
    assert PEMBACA[jenis](teks) == harap


@pytest.mark.parametrize(
    ("jenis", "teks"),
    [
        *(
            ("banding", t)
            for t in ("40", ">=40", ">= 40 ", ">= -1", ">= 1e3", ">= 1,5", "=> 1", "≥ 40", ">= .5", ">= 5.", ">= nan", "", ">= ٤٠")
        ),
        *(("banding ganda", t) for t in (">= 15.75", ">= 15.75 atau >= 3.60", "> 15.75 atau survei >= 3.60", ">= 1 atau survei >= 36")),
        *(("mutu", t) for t in ("B", ">= b", ">= BBBBB", "> B", "<= B", ">= ")),
        *(("lama", t) for t in (">= 1", "> 1 tahun", ">= 1 bulan", ">= 100 tahun", ">= 1.5 tahun")),
        *(("hari bulan", t) for t in ("31 Mei", "<= 31 mei", "<= 31 May", "<= 31 April", "<= 29 Februari", "<= 0 Mei", "<= 31 Mai")),
        *(("tanggal", t) for t in ("2024-02-19", "> 2024-02-19", ">= 19-02-2024", ">= 2023-02-29", ">= 2024-13-01")),
    ],
)
def test_ambang_yang_salah_ditolak_dengan_contoh(jenis: str, teks: str) -> None:
    """Anything else is refused, in Indonesian, with an example of how it is written."""
    with pytest.raises(ValueError, match="misalnya"):
        PEMBACA[jenis](teks)


def test_hari_bulan_ada_di_setiap_tahun() -> None:
    """Every day of the months' names can be a deadline, except the one that not every year has."""
    jumlah = 0
    for nomor, bulan in enumerate(BULAN, 1):
        for hari in range(1, 32):
            try:
                batas = PEMBACA["hari bulan"](f"<= {hari} {bulan}")
            except ValueError:
                continue
            jumlah += 1
            assert [batas.pada(t) for t in (2023, 2024)] == [date(2023, nomor, hari), date(2024, nomor, hari)]
    assert jumlah == 365


@pytest.mark.parametrize(
    ("tanda", "bawah", "sama", "atas"),
    [(">=", False, True, True), (">", False, False, True), ("=", False, True, False), ("<=", True, True, False), ("<", True, False, False)],
)
def test_banding_tepat_di_ambang(tanda: str, *, bawah: bool, sama: bool, atas: bool) -> None:
    """Each sign on both sides of the number and on it, by a hair that no float would see."""
    ambang, hair = Banding(tanda, Decimal("18.25")), Fraction(1, 10**30)
    hasil = [ambang.dipenuhi(Fraction("18.25") + beda) for beda in (-hair, Fraction(0), hair)]
    assert hasil == [bawah, sama, atas]


@given(st.fractions(-1000, 1000), st.decimals(-1000, 1000, places=4))
def test_kurang_adalah_jaraknya(nilai_acak: Fraction, ambang: Decimal) -> None:
    """The gap is the exact distance, and closing it meets the threshold."""
    banding = Banding(">=", ambang)
    kurang = banding.kurang(nilai_acak)
    assert kurang == abs(Fraction(ambang) - nilai_acak)
    assert banding.dipenuhi(nilai_acak) or banding.dipenuhi(nilai_acak + kurang)


# --- ratios -----------------------------------------------------------------------------------------------------------

LHKPN = Rasio("lhkpn", "tahun laporan", "lapor", "wajib", nihil=True)
SERATUS = Banding(">=", Decimal(100))


def _lapor(wajib: int, lapor: int, tahun: int = 2024) -> Dunia:
    dunia = sampai("terdaftar")
    dunia.catat("lhkpn", "2025-03-01", {"tahun": tahun, "wajib": wajib, "lapor": lapor}, oleh=PENILAI)
    return dunia


@pytest.mark.parametrize(("wajib", "lapor", "terpenuhi"), [(3, 3, True), (3, 2, False), (999_999_999, 999_999_998, False), (1, 0, False)])
def test_rasio_dihitung_tepat(wajib: int, lapor: int, *, terpenuhi: bool) -> None:
    """A percentage is a fraction, compared as one; what is shown never reaches what is missed."""
    hasil = LHKPN.periksa(_konteks(_lapor(wajib, lapor)), SERATUS)
    assert hasil.terpenuhi is terpenuhi
    assert (Decimal(mesin(hasil.ditemukan) or "") >= 100) is terpenuhi
    assert hasil.satuan == "persen"


def test_rasio_nihil_hanya_bila_diizinkan() -> None:
    """0 of 0 is met where the definition says so (D19); elsewhere it is unmet, and says what it lacks."""
    konteks = _konteks(_lapor(0, 0))
    hasil = LHKPN.periksa(konteks, SERATUS)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), hasil.tafsir, hasil.kurang) == (True, "nihil", ("D19",), None)
    hasil = Rasio("lhkpn", "tahun laporan", "lapor", "wajib").periksa(konteks, SERATUS)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), hasil.tafsir, mesin(hasil.kurang)) == (False, "nihil", (), "wajib lebih dari 0")
    assert hasil.bukti == LHKPN.periksa(konteks, SERATUS).bukti


def test_rasio_tanpa_catatan() -> None:
    """No record at all is not nihil."""
    hasil = LHKPN.periksa(_konteks(sampai("terdaftar")), SERATUS)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang), hasil.bukti) == (False, "belum ada", "catatan lhkpn", ())
    hasil = LHKPN.periksa(_konteks(_lapor(3, 3, 2023)), SERATUS)
    assert mesin(hasil.ditemukan) == "belum ada yang berlaku; 1 catatan di luar jendela 'tahun laporan', terakhir 2025-03-01 (tahun 2023)"


def test_rasio_tanpa_unit() -> None:
    """Where there is no unit, there are no records."""
    assert not LHKPN.periksa(_konteks(sampai("terdaftar"), unit=None), SERATUS).terpenuhi


# --- scores -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("komponen", KOMPONEN)
@pytest.mark.parametrize("beda", [Fraction(0), Fraction("-0.01"), Fraction(-1, 10**25), Fraction(-1, 3), Fraction("0.01")])
def test_nilai_dua_sisi_ambang(komponen: str, beda: Fraction) -> None:
    """On, below and above the threshold, for every component: shown on the side on which it is."""
    ambang = Banding(">=", Decimal("18.25"))
    hasil = Nilai(komponen).periksa(_dengan_skor(Fraction("18.25") + beda), ambang)
    assert hasil.terpenuhi is (beda >= 0)
    assert (Decimal(mesin(hasil.ditemukan) or "") >= ambang.angka) is (beda >= 0)
    assert (hasil.kurang is None) is (beda >= 0)
    assert hasil.bukti == (7,)
    assert hasil.satuan == ("persen" if komponen.startswith("area_") else None)


@pytest.mark.parametrize("komponen", KOMPONEN)
def test_nilai_membaca_komponennya_sendiri(komponen: str) -> None:
    """A gate reads exactly the component it names, from a real sheet."""
    dunia = sampai("evaluasi_tpi")
    jawaban = semua("B")
    dunia.catat("lke", "2025-05-02", {"tahun": 2025, "penilai": "tpi", "jawaban": jawaban}, oleh=PENILAI)
    tepat = nilai(instrumen(), jawaban, {}).komponen(komponen)
    konteks = _konteks(dunia)
    assert konteks.skor is not None
    assert konteks.skor[1].komponen(komponen) == tepat
    ribu = int(tepat * 1000)
    assert Nilai(komponen).periksa(konteks, Banding(">=", Decimal(ribu) / 1000)).terpenuhi
    assert not Nilai(komponen).periksa(konteks, Banding(">=", Decimal(ribu + 1) / 1000)).terpenuhi


def test_nilai_tanpa_lke() -> None:
    """Without a sheet the whole threshold is missing."""
    hasil = Nilai("area_4").periksa(_konteks(sampai("evaluasi_tpi")), Banding(">=", Decimal(60)))
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang), hasil.satuan) == (
        False,
        "belum ada LKE tpi tahun 2025",
        "60",
        "persen",
    )


GANDA = BandingGanda(Banding(">=", Decimal("15.75")), Banding(">=", Decimal("3.60")))
SPAK = NilaiAtauSurvei("spak", "SPAK", "125")


def _survei(dunia: Dunia, skor: str, tanggal: str = "2025-05-02") -> None:
    dunia.catat("survei_internal", tanggal, {"tahun": 2025, "survei": "SPAK", "skor": skor, "responden": 40}, oleh=PENILAI)


def _ganda(lke: str | None, survei: str | None) -> Hasil:
    dunia = sampai("evaluasi_tpi")
    if lke is not None:
        dunia.catat("lke", "2025-05-02", {"tahun": 2025, "penilai": "tpi", "jawaban": {"125": lke}}, oleh=PENILAI)
    if survei is not None:
        _survei(dunia, survei)
    return SPAK.periksa(_konteks(dunia), GANDA)


@pytest.mark.parametrize(
    ("lke", "survei", "terpenuhi", "ditemukan", "kurang"),
    [
        (None, None, False, "belum ada LKE tpi maupun survei SPAK tahun 2025", "15.75"),
        ("3.60", None, True, "15.75", None),
        ("3.59", None, False, "15.71", "0.04"),
        (None, "3.60", True, "survei 3.60", None),
        (None, "3.59", False, "survei 3.59", "15.75"),
        ("3.60", "3.59", True, "15.75 dan survei 3.59", None),
        ("3.59", "3.60", True, "15.71 dan survei 3.60", None),
        ("3.59", "3.59", False, "15.71 dan survei 3.59", "0.04"),
    ],
)
def test_nilai_atau_survei_tabel_kebenaran(
    lke: str | None, survei: str | None, *, terpenuhi: bool, ditemukan: str, kurang: str | None
) -> None:
    """Either is enough, whichever is missing or short."""
    hasil = _ganda(lke, survei)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang)) == (terpenuhi, ditemukan, kurang)
    assert len(hasil.bukti) == (lke is not None) + (survei is not None)
    assert bool(hasil.peringatan) is (lke is not None and survei is not None and lke != survei)


def test_nilai_atau_survei_indeks_kosong_tidak_diperingatkan() -> None:
    """A sheet without the index cannot disagree with the survey."""
    dunia = sampai("evaluasi_tpi")
    dunia.catat("lke", "2025-05-02", {"tahun": 2025, "penilai": "tpi", "jawaban": {}}, oleh=PENILAI)
    _survei(dunia, "3.60")
    hasil = SPAK.periksa(_konteks(dunia), GANDA)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), hasil.peringatan) == (True, "0.00 dan survei 3.60", ())


def test_nilai_atau_survei_yang_terbaru() -> None:
    """The newest survey of the year decides; one dated after the act does not yet."""
    dunia = sampai("evaluasi_tpi")
    _survei(dunia, "3.59", "2025-05-03")
    _survei(dunia, "3.99", "2025-05-02")
    assert not SPAK.periksa(_konteks(dunia), GANDA).terpenuhi
    _survei(dunia, "3.60", "2025-05-21")
    assert not SPAK.periksa(_konteks(dunia), GANDA).terpenuhi
    assert SPAK.periksa(_konteks(dunia, date(2025, 5, 21)), GANDA).terpenuhi


# --- completeness -----------------------------------------------------------------------------------------------------


def test_lengkap_menyebut_yang_belum() -> None:
    """None, some, and none missing; nine missing questions are named up to the eighth."""
    dunia = sampai("evaluasi_tpi")
    hasil = Lengkap("tpi").periksa(_konteks(dunia), None)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang)) == (False, "belum ada", "LKE tahun 2025")
    for hari, hilang, temu in (
        (2, 9, "9 soal belum terjawab: 1, 2, 3, 4, 5, 6, 7, 8 …"),
        (3, 8, "8 soal belum terjawab: 1, 2, 3, 4, 5, 6, 7, 8"),
    ):
        jawaban = {k: v for k, v in semua().items() if int(k) > hilang}
        dunia.catat("lke", f"2025-05-{hari:02}", {"tahun": 2025, "penilai": "tpi", "jawaban": jawaban}, oleh=PENILAI)
        hasil = Lengkap("tpi").periksa(_konteks(dunia), None)
        assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang)) == (False, temu, f"{hilang} soal")
    dunia.catat("lke", "2025-05-04", {"tahun": 2025, "penilai": "tpi", "jawaban": semua()}, oleh=PENILAI)
    hasil = Lengkap("tpi").periksa(_konteks(dunia), None)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan)) == (True, "lengkap, tanggal 2025-05-04")


# --- reading of records -----------------------------------------------------------------------------------------------


def test_isian_catatan_yang_tidak_ada_atau_bukan_angka() -> None:
    """A field that is missing, or not what it should be, reads as 0 or empty and never raises."""
    bukti = Bukti(1, "lhkpn", PADA, {"wajib": True, "lapor": "5", "tahun": "2025", "kosong": None}, (), PENILAI, WAKTU)
    assert [angka(bukti, n) for n in ("wajib", "lapor", "tidak_ada")] == [0, 0, 0]
    assert [isian(bukti, n) for n in ("kosong", "tidak_ada", "lapor")] == ["", "", "5"]
    assert tahun_isi(bukti) == 0


def test_mesin_menulis_angka_dan_tanggal_untuk_program() -> None:
    """Decimal points, ISO dates, no exponents; nothing stays nothing."""
    assert mesin(None) is None
    assert mesin(("a ", Decimal("1E+2"), " b ", Decimal("0.10"), " ", date(2025, 5, 31), " ", 7)) == "a 100 b 0.10 2025-05-31 7"


def test_definisi_tidak_mengenal_pecahan_biner() -> None:
    """No threshold in the definition is a float."""
    for syarat in definisi().syarat:
        for masa in syarat.berlaku:
            if isinstance(masa.ambang, Banding):
                assert isinstance(masa.ambang.angka, Decimal)
