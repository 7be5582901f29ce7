"""The time kinds by themselves: whole years since a day, the year's deadline, and the bounds of an act's date."""

from __future__ import annotations

from calendar import isleap
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import BERKAS, UNIT_UJI, Dunia, arsip, cabut, diterima, sampai, sampai_wbbm
from zi_workflow.domain.guards.ambang import HariBulan, LamaTahun
from zi_workflow.domain.guards.konteks import JENDELA, PENANDA, Konteks, mesin, tambah_tahun
from zi_workflow.domain.guards.waktu import Batas, Lama, Tanggal

MEI = HariBulan(31, 5)
BATAS = Batas("pengumuman_tpn", "tanda_terima", ("PermenPANRB 90/2021 Lampiran II Bab II", "PermenPANRB 5/2024 Lampiran II Bab II huruf A"))
SETAHUN = LamaTahun(1)


@cache
def _evaluasi() -> Dunia:
    """Return one world at evaluasi_tpi for tests that only look."""
    return sampai("evaluasi_tpi")


def _konteks(dunia: Dunia, pada: date, **ganti: Any) -> Konteks:  # noqa: ANN401 - any field of the context
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


# --- whole years ------------------------------------------------------------------------------------------------------


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 20))
def test_tambah_tahun_seperti_di_kalender(hari: date, tahun: int) -> None:
    """The same day of the month, except that 29 February becomes 28 February where there is none."""
    hasil = tambah_tahun(hari, tahun)
    assert hasil.year == hari.year + tahun
    if (hari.month, hari.day) == (2, 29) and not isleap(hasil.year):
        assert (hasil.month, hasil.day) == (2, 28)
    else:
        assert (hasil.month, hasil.day) == (hari.month, hari.day)


@given(st.dates(date(2024, 4, 10), date(2030, 12, 31)))
def test_lama_terpenuhi_tepat_sejak_genap(pada: date) -> None:
    """Met exactly from the day on which the year is full, and the gap in days leads to that day."""
    konteks = _konteks(_evaluasi(), pada)
    hasil = Lama("bangun", sasaran=True).periksa(konteks, SETAHUN)
    assert hasil.terpenuhi is (pada >= date(2025, 4, 10))
    if not hasil.terpenuhi:
        assert hasil.kurang is not None
        sisa = hasil.kurang[0]
        assert isinstance(sisa, int)
        assert pada + timedelta(days=sisa) == date(2025, 4, 10)


@pytest.mark.parametrize(
    ("tanpa", "terpenuhi", "temu", "kurang"), [("terpenuhi", True, "tidak ada", None), ("tidak", False, "belum dimulai", "1 tahun")]
)
def test_lama_tanpa_penanda(tanpa: str, *, terpenuhi: bool, temu: str, kurang: str | None) -> None:
    """What it means that there is no such day is the definition's choice, with or without a unit."""
    for unit in (sampai("penetapan").unit[UNIT_UJI], None):
        hasil = Lama("pencabutan", tanpa).periksa(_konteks(sampai("penetapan"), date(2024, 5, 1), unit=unit), SETAHUN)
        assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang), hasil.bukti) == (terpenuhi, temu, kurang, ())


def test_lama_sasaran_harus_sama_dengan_usulan() -> None:
    """The years of building count for the predikat that is built towards only."""
    for dunia, predikat, temu in (
        (sampai("evaluasi_tpi"), "WBBM", "sedang menuju WBK, bukan WBBM"),
        (sampai_wbbm("evaluasi_tpi"), "WBK", "sedang menuju WBBM, bukan WBK"),
        (sampai("pemantauan_predikat"), "WBBM", "tidak sedang membangun"),
    ):
        hasil = Lama("bangun", sasaran=True).periksa(_konteks(dunia, date(2030, 1, 1), predikat=predikat), SETAHUN)
        assert (hasil.terpenuhi, mesin(hasil.ditemukan)) == (False, temu)


def test_lama_sejak_langkah_terakhir_dengan_nama_itu() -> None:
    """Counted from a move: the latest of that name that stands, by its event; an undone one does not stand."""
    dunia = sampai("penetapan")
    pada = date(2024, 4, 5)
    hasil = Lama("langkah tetapkan").periksa(_konteks(dunia, pada), SETAHUN)
    assert mesin(hasil.ditemukan) == "sejak 2024-04-02, genap 1 tahun pada 2025-04-02"
    assert getattr(dunia.log[hasil.bukti[0] - 1].peristiwa, "langkah", None) == "tetapkan"
    diterima(dunia.maju("batalkan-langkah", "2024-04-03", {"alasan": "a", "nomor": "1"}))
    hasil = Lama("langkah tetapkan").periksa(_konteks(dunia, pada), SETAHUN)
    assert (mesin(hasil.ditemukan), hasil.bukti) == ("belum dimulai", ())


def test_lama_menyebut_peristiwa_yang_menandai() -> None:
    """A marker is named by the move that set it, a marker from the archive by the registration, an inherited one by none."""
    dunia = sampai("pemantauan_predikat")
    arsip(dunia, "ARSIP", {"tahap": "dicabut", "sejak": "2023-05-01"})
    diterima(cabut(dunia, "2026-02-03"))
    pada, dua = date(2027, 5, 20), LamaTahun(2)
    lama = Lama("pencabutan", "terpenuhi")
    (nomor,) = lama.periksa(_konteks(dunia, pada), dua).bukti
    assert getattr(dunia.log[nomor - 1].peristiwa, "langkah", None) == "cabut"
    assert lama.periksa(_konteks(dunia, pada, unit=dunia.unit["ARSIP"]), dua).bukti == (dunia.unit["ARSIP"].nomor,)
    diterima(dunia.maju("nonaktifkan", "2026-03-01", {"alasan": "a", "nomor": "1", "pengganti": "ARSIP"}))
    hasil = lama.periksa(_konteks(dunia, pada, unit=dunia.unit["ARSIP"]), dua)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), hasil.bukti) == (False, "sejak 2026-02-03, genap 2 tahun pada 2028-02-03", ())


# --- the year's deadline ----------------------------------------------------------------------------------------------


def _terima(dunia: Dunia, tanggal: str, *, berkas: bool = False) -> None:
    isi = {"nomor": "TT", "tahun": 2025, "predikat": "WBK", "sistem": "pmpzi"}
    dunia.catat("tanda_terima", tanggal, isi, berkas=(BERKAS,) if berkas else ())


@given(st.dates(date(2025, 1, 1), date(2025, 12, 31)))
def test_batas_inklusif_sepanjang_tahun(pada: date) -> None:
    """Every day of the year is on its side of 31 May; the gap is the number of days late."""
    hasil = BATAS.periksa(_konteks(_evaluasi(), pada), MEI)
    assert hasil.terpenuhi is (pada <= date(2025, 5, 31))
    if not hasil.terpenuhi:
        assert hasil.kurang == ((pada - date(2025, 5, 31)).days, " hari")


def test_batas_tanpa_tanda_terima_hanya_tanggal_perbuatan() -> None:
    """Without a receipt the act's own date is measured; R23 asks for the receipt."""
    hasil = BATAS.periksa(_konteks(sampai("evaluasi_tpi"), date(2025, 5, 31)), MEI)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), hasil.bukti) == (True, "diajukan 2025-05-31", ())


def test_batas_dicatat_terlambat_tanpa_tanda_terima_sama_sekali() -> None:
    """Recorded late without any receipt: there is no file either."""
    hasil = BATAS.periksa(_konteks(sampai("evaluasi_tpi"), date(2025, 5, 20), hari_ini=date(2025, 6, 1)), MEI)
    assert not hasil.terpenuhi
    assert mesin(hasil.ditemukan) == "diajukan 2025-05-20, dicatat terlambat 2025-06-01, tanpa berkas tanda_terima"


def test_batas_berkas_dari_tanda_terima_yang_dipakai() -> None:
    """Only the file of the receipt that counts helps: a newer receipt without a file takes its place."""
    dunia = sampai("evaluasi_tpi")
    _terima(dunia, "2025-05-02", berkas=True)
    konteks = _konteks(dunia, date(2025, 5, 20), hari_ini=date(2025, 6, 1))
    assert BATAS.periksa(konteks, MEI).terpenuhi
    _terima(dunia, "2025-05-03")
    konteks = _konteks(dunia, date(2025, 5, 20), hari_ini=date(2025, 6, 1))
    assert not BATAS.periksa(konteks, MEI).terpenuhi


@pytest.mark.parametrize(("terima", "kurang"), [("2025-05-25", None), ("2025-06-03", "3 hari")])
def test_batas_tanda_terima_sesudah_perbuatan_ikut_diukur(terima: str, kurang: str | None) -> None:
    """The receipt's date breaks the deadline too, although it lies after the act; within the deadline it does not."""
    dunia = sampai("evaluasi_tpi")
    _terima(dunia, terima)
    hasil = BATAS.periksa(_konteks(dunia, date(2025, 5, 20), hari_ini=date(2025, 6, 3 if kurang else 1)), MEI)
    assert mesin(hasil.ditemukan) is not None
    assert f"tanda terima {terima}" in (mesin(hasil.ditemukan) or "")
    assert mesin(hasil.kurang) == (kurang or "berkas tanda_terima")


def test_batas_tanda_terima_dari_hari_esok_tidak_terlihat() -> None:
    """A receipt dated after the day of recording is not there yet."""
    dunia = sampai("evaluasi_tpi")
    _terima(dunia, "2025-06-03")
    hasil = BATAS.periksa(_konteks(dunia, date(2025, 5, 20), hari_ini=date(2025, 5, 20)), MEI)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan)) == (True, "diajukan 2025-05-20")


@pytest.mark.parametrize(
    ("pada", "dasar"),
    [
        (date(2024, 6, 1), ("PermenPANRB 90/2021 Lampiran II Bab II",)),
        (date(2025, 6, 1), ("PermenPANRB 90/2021 Lampiran II Bab II", "PermenPANRB 5/2024 Lampiran II Bab II huruf A")),
    ],
)
def test_batas_mengutip_norma_yang_sudah_berlaku(pada: date, dasar: tuple[str, ...]) -> None:
    """An announcement is cited by the norms that were in force on the act's date."""
    dunia = sampai("evaluasi_tpi")
    isi = {"tahun": pada.year, "batas": f"{pada.year}-06-30", "nomor": "B/5"}
    dunia.catat("pengumuman_tpn", f"{pada.year}-05-01", isi, None)
    hasil = BATAS.periksa(_konteks(dunia, pada), MEI)
    assert (hasil.terpenuhi, hasil.dasar) == (True, dasar)


def test_batas_tanpa_norma_muda_mengutip_semua() -> None:
    """With no norm younger than the act, every citation stands."""
    dunia = sampai("evaluasi_tpi")
    dunia.catat("pengumuman_tpn", "2024-05-01", {"tahun": 2024, "batas": "2024-06-30", "nomor": "B/5"}, None)
    norma = {k: n for k, n in dunia.aturan.norma.items() if k != "N5"}
    konteks = _konteks(dunia, date(2024, 6, 1), definisi=replace(dunia.aturan, norma=norma))
    assert BATAS.periksa(konteks, MEI).dasar == BATAS.dasar_pengumuman


def test_batas_jendela_berikutnya() -> None:
    """Who is late is told when the next window opens and closes."""
    hasil = BATAS.periksa(_konteks(sampai("evaluasi_tpi"), date(2025, 12, 31)), MEI)
    assert hasil.lanjut == "Jendela berikutnya: 1 Januari 2026 sampai 31 Mei 2026, atau batas yang diumumkan TPN untuk tahun 2026."


def test_batas_pada_tahun_terakhir_kalender() -> None:
    """The last year that a date can have is answered like any other, not with a crash."""
    hasil = BATAS.periksa(_konteks(_evaluasi(), date(9999, 12, 31)), MEI)
    assert not hasil.terpenuhi
    assert "1 Januari 10000" in (hasil.lanjut or "")


# --- the act's date ---------------------------------------------------------------------------------------------------

SEJAK = date(2024, 2, 19)


@pytest.mark.parametrize(
    ("pada", "hari_ini", "temu", "kurang"),
    [
        (date(2024, 2, 19), date(2024, 2, 19), "2024-02-19", None),
        (date(2024, 2, 18), date(2024, 2, 19), "2024-02-18 mendahului berlakunya peraturan 2024-02-19", "1 hari"),
        (date(2024, 2, 20), date(2024, 2, 19), "2024-02-20 di masa depan", "1 hari"),
    ],
)
def test_tanggal_tanpa_langkah(pada: date, hari_ini: date, temu: str, kurang: str | None) -> None:
    """For commands that are no move the unit's history is no bound."""
    konteks = _konteks(sampai("pemantauan_predikat"), pada, hari_ini=hari_ini, langkah=None)
    hasil = Tanggal().periksa(konteks, SEJAK)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang)) == (kurang is None, temu, kurang)


def test_tanggal_masa_depan_dan_mundur_disebut_bersama() -> None:
    """A date may be in the future of its recording and still before the previous move: both are named."""
    dunia = sampai("penetapan")
    langkah = dunia.aturan.langkah["mulai-bangun"]
    hasil = Tanggal().periksa(_konteks(dunia, date(2024, 3, 30), hari_ini=date(2024, 3, 29), langkah=langkah), SEJAK)
    assert mesin(hasil.ditemukan) == "2024-03-30 di masa depan; mendahului langkah sebelumnya 2024-04-02"
    assert mesin(hasil.kurang) == "3 hari"


def test_tanggal_hanya_masa_depan() -> None:
    """For records neither the regulation nor the unit's moves are bounds."""
    konteks = _konteks(sampai("penetapan"), date(1999, 1, 1), hari_ini=date(2025, 1, 1))
    hasil = Tanggal(hanya_masa_depan=True).periksa(konteks, SEJAK)
    assert (hasil.terpenuhi, mesin(hasil.dibutuhkan)) == (True, "tidak sesudah 2025-01-01")
    assert (
        not Tanggal(hanya_masa_depan=True)
        .periksa(_konteks(sampai("penetapan"), date(2025, 1, 2), hari_ini=date(2025, 1, 1)), None)
        .terpenuhi
    )


# --- windows ----------------------------------------------------------------------------------------------------------


def test_jendela_sejak_setiap_penanda() -> None:
    """A window since a marker includes that day and excludes the day before; without the marker it is empty."""
    dunia = sampai_wbbm("usulan_tpn")
    unit = dunia.unit[UNIT_UJI]
    for penanda in sorted(PENANDA):
        jendela = f"sejak {penanda}"
        assert jendela in JENDELA
        awal = unit.penanda(penanda)
        konteks = _konteks(dunia, date(2030, 1, 1))
        if awal is None:
            assert penanda == "pencabutan"
            assert konteks.catatan("publikasi", jendela) == ()
            continue
        uji = _dua_catatan(dunia, awal)
        assert [b.tanggal for b in uji.catatan("penghargaan", jendela)] == [awal], penanda


def _dua_catatan(dunia: Dunia, awal: date) -> Konteks:
    """Return a context whose file holds an award of ``awal`` and one of the day before."""
    for hari in (awal, awal - timedelta(days=1)):
        dunia.catat("penghargaan", hari.isoformat(), {"bentuk": "piagam"})
    unit = dunia.unit[UNIT_UJI]
    hanya = tuple(b for b in unit.bukti["penghargaan"] if b.tanggal in (awal, awal - timedelta(days=1)))
    return _konteks(dunia, date(2030, 1, 1), unit=replace(unit, bukti={"penghargaan": hanya}))


def test_jendela_tanpa_unit_kosong() -> None:
    """Without a unit only the instansi's records are there."""
    konteks = _konteks(sampai("evaluasi_tpi"), date(2025, 5, 20), unit=None)
    assert konteks.catatan("lke", "selalu") == ()
    assert konteks.catatan("lke", "sejak bangun") == ()
    assert konteks.terbaru("keputusan_tpi", "selalu") is not None
    assert mesin(konteks.tidak_ada("lke", "selalu")) == "belum ada"


def test_tidak_ada_menyebut_catatan_di_luar_jendela() -> None:
    """The instansi's records outside the window are counted too, with the date and year of the last."""
    konteks = _konteks(sampai("evaluasi_tpi"), date(2030, 5, 20))
    assert mesin(konteks.tidak_ada("spip", "tahun laporan")) == (
        "belum ada yang berlaku; 3 catatan di luar jendela 'tahun laporan', terakhir 2026-03-02 (tahun 2025)"
    )
    assert mesin(konteks.tidak_ada("publikasi", "sejak usulan")) == (
        "belum ada yang berlaku; 1 catatan di luar jendela 'sejak usulan', terakhir 2024-03-04"
    )
