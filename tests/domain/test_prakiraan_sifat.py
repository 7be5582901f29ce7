"""What holds for any start and any day of asking: the forecast never promises what the enforcer refuses, nor refuses what it allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alat.dunia import HARI, UNIT_UJI, WALI_KOTA, Dunia, arsip, cabut, definisi, kosong, sampai
from zi_workflow.domain.commands import AmbilLangkah
from zi_workflow.domain.decide import periksa, putuskan
from zi_workflow.domain.forecast import Prakiraan, prakiraan
from zi_workflow.domain.guards.konteks import tambah_tahun
from zi_workflow.domain.itinerary import sesudah
from zi_workflow.domain.state import Unit

_SEHARI = timedelta(days=1)
_mulai = st.dates(HARI("2022-01-01"), HARI("2029-12-31"))
_tunda = st.integers(0, 900)


@cache
def _dunia() -> Dunia:
    dunia = kosong()
    arsip(dunia, "LAMA", {"tahap": "evaluasi_tpi", "sejak": "2023-01-02", "mulai_bangun": "2023-01-02"})
    return dunia


@cache
def _di_tahap(tahap: str) -> Dunia:
    return sampai(tahap)


def _membangun(mulai: date) -> Unit:
    """Return a unit from the archive that has been building since that day and stands before its proposal."""
    unit = _dunia().unit["LAMA"]
    return replace(unit, terdaftar=max(mulai, unit.terdaftar), keadaan=replace(unit.keadaan, sejak=mulai, penanda={"bangun": mulai}))


def _dicabut(tanggal: date) -> Unit:
    """Return a WBK unit that was revoked on that day."""
    dunia = _di_tahap("pemantauan_predikat")
    salinan = Dunia()
    salinan.unit, salinan.instansi = dict(dunia.unit), dunia.instansi
    cabut(salinan, tanggal.isoformat())
    return salinan.unit[UNIT_UJI]


def _mei(tahun: int) -> date:
    return date(tahun, 5, 31)


def _halangan_waktu(unit: Unit, hari: date) -> set[str]:
    """Return what of the proposal only time can cure, asked of the enforcer itself."""
    daftar = periksa(definisi(), unit, _dunia().instansi, "usulkan", {"predikat": "WBK"}, hari, hari)
    return {t.id for t in daftar.penghalang if t.sifat == "waktu"}


def _ditolak_putusan(unit: Unit, hari: date, dicatat: date) -> set[str]:
    perintah = AmbilLangkah("usulkan", unit.kode, {"predikat": "WBK"}, hari, WALI_KOTA)
    putusan = putuskan(definisi(), unit, _dunia().instansi, perintah, dicatat)
    return set() if putusan.diterima else {t.id for t in putusan.daftar.penghalang}


@given(_mulai, _tunda)
def test_batas_menurut_hitungan_sendiri(mulai: date, tunda: int) -> None:
    """The deadline is the first 31 May on or after both the day of asking and one year of building, by a calculation of its own."""
    unit = _membangun(mulai)
    pada = unit.terdaftar + timedelta(days=tunda)
    hasil = prakiraan(definisi(), unit, _dunia().instansi, pada)
    harap = next(t for t in range(pada.year, pada.year + 7) if _mei(t) >= max(pada, tambah_tahun(mulai, 1)))
    assert hasil.batas == _mei(harap)
    assert [m.tahun for m in hasil.mustahil] == list(range(pada.year, harap))


@given(_mulai, _tunda)
def test_janji_dan_penolakan_sama_dengan_penegak(mulai: date, tunda: int) -> None:
    """On the promised days nothing time-bound stops the proposal; on each lost deadline the named requirements refuse it."""
    unit = _membangun(mulai)
    pada = unit.terdaftar + timedelta(days=tunda)
    hasil = prakiraan(definisi(), unit, _dunia().instansi, pada)
    assert hasil.batas is not None
    assert hasil.paling_awal is not None
    assert not _halangan_waktu(unit, hasil.batas)
    assert not _halangan_waktu(unit, hasil.paling_awal)
    if hasil.paling_awal > pada:
        assert _halangan_waktu(unit, hasil.paling_awal - _SEHARI)
    assert _halangan_waktu(unit, hasil.batas + _SEHARI) == {"R22"}
    for lewat in hasil.mustahil:
        sebab = {s.temuan.id for s in lewat.syarat}
        assert sebab
        assert sebab <= _ditolak_putusan(unit, lewat.batas, max(lewat.batas, pada))


def _simulasi(unit: Unit, mulai: date, langkah: tuple[str, ...]) -> Unit:
    """Return the file with its moves made on one day."""
    for nama in langkah:
        unit = sesudah(definisi(), unit, definisi().langkah[nama], mulai)
    return unit


@given(st.dates(HARI("2024-04-03"), HARI("2031-12-31")))
def test_hari_terakhir_mulai_bangun(pada: date) -> None:
    """The last day to begin building is exactly the last one whose year is over by the deadline; a day later the year is lost."""
    unit = _di_tahap("penetapan").unit[UNIT_UJI]
    hasil = prakiraan(definisi(), unit, _dunia().instansi, pada)
    assert hasil.batas is not None
    (mulai,) = [r for r in hasil.langkah if r.nama == "mulai-bangun"]
    assert mulai.paling_awal == pada
    assert tambah_tahun(mulai.paling_lambat, 1) <= hasil.batas < tambah_tahun(mulai.paling_lambat + _SEHARI, 1)
    jalan = ("mulai-bangun", "mulai-pantau", "mulai-evaluasi")
    assert not _halangan_waktu(_simulasi(unit, mulai.paling_lambat, jalan), hasil.batas)
    assert _halangan_waktu(_simulasi(unit, mulai.paling_lambat + _SEHARI, jalan), hasil.batas)


@given(st.dates(HARI("2026-01-06"), HARI("2029-12-31")), st.integers(0, 500))
def test_sesudah_pencabutan(tanggal: date, tunda: int) -> None:
    """A revoked unit is never promised a day before two years from its revocation, nor before one year of building anew."""
    pada = tanggal + timedelta(days=tunda)
    hasil = prakiraan(definisi(), _dicabut(tanggal), _di_tahap("pemantauan_predikat").instansi, pada)
    paling_awal = max(tambah_tahun(tanggal, 2), tambah_tahun(pada, 1))
    harap = next(t for t in range(pada.year, pada.year + 7) if _mei(t) >= paling_awal)
    assert hasil.batas == _mei(harap)
    assert hasil.paling_awal == max(paling_awal, date(harap, 1, 1))


@settings(max_examples=30)
@given(st.sampled_from(["terdaftar", "pencanangan", "pembangunan", "pemantauan", "predikat"]), st.sampled_from(["WBK", "WBBM"]), _tunda)
def test_jadwal_konsisten(tahap: str, predikat: str, tunda: int) -> None:
    """Steps follow one another, end before the deadline, and the chain that binds has the least slack; asked twice, the same answer."""
    dunia = _di_tahap(tahap)
    pada = dunia.unit[UNIT_UJI].tanggal_terakhir + timedelta(days=tunda)

    def tanya() -> Prakiraan:
        return prakiraan(definisi(), dunia.unit[UNIT_UJI], dunia.instansi, pada, predikat)

    hasil = tanya()
    assert hasil == tanya()
    if hasil.batas is None:
        assert hasil.alasan
        return
    langkah = [r for r in hasil.langkah if r.jenis == "langkah"]
    assert [r.paling_awal for r in langkah] == sorted(r.paling_awal for r in langkah)
    assert all(pada <= r.paling_awal <= r.paling_lambat <= hasil.batas for r in hasil.langkah)
    assert any(r.menentukan for r in hasil.langkah)
    assert hasil.langkah[-1].nama == "usulkan"
