"""Pasal 14: the national system's receipt (ayat 1–2, R23) and the deadline of 31 May (ayat 3, R22)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.alat.aturan import ubahan
from tests.alat.dunia import BERKAS, HARI, Dunia, bekal_usulan, lupakan, sampai, temuan
from tests.domain.tabel_tanggal import cari
from tests.domain.tabel_tanggal import dunia as alam
from zi_workflow.domain.checklist import Temuan
from zi_workflow.domain.decide import Putusan
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import LangkahDiambil
from zi_workflow.domain.guards.konteks import mesin

WBK = {"predikat": "WBK", "surat": "900/1"}
PERWALI = "Perwali Binjai 3/2024 Pasal 14 ayat (3)"
N90, N5 = "PermenPANRB 90/2021 Lampiran II Bab II", "PermenPANRB 5/2024 Lampiran II Bab II"


def _siap(*, berkas: bool = True) -> Dunia:
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    if not berkas:
        _terima(dunia, "2025-05-03")
    return dunia


def _terima(dunia: Dunia, tanggal: str, *, berkas: bool = False, **ganti: Any) -> Putusan:  # noqa: ANN401 - fields of the record
    isi = {"nomor": "TT-2", "tahun": 2025, "predikat": "WBK", "sistem": "portalrb", **ganti}
    return dunia.catat("tanda_terima", tanggal, isi, berkas=(BERKAS,) if berkas else (), dicatat=HARI(tanggal))


def _batas(dunia: Dunia, pada: str) -> Temuan:
    return temuan(dunia.periksa("usulkan", pada, WBK), "R22")


def _umumkan(dunia: Dunia, tanggal: str, batas: str, tahun: int = 2025, nomor: str = "B/5/TPN") -> None:
    assert dunia.catat("pengumuman_tpn", tanggal, {"tahun": tahun, "batas": batas, "nomor": nomor}, None).diterima


# --- ayat (1) dan (2): tanda terima -----------------------------------------------------------------------------------


def test_ayat_1_tanpa_tanda_terima_ditolak() -> None:
    """A proposal needs the number and date that the national system gave."""
    dunia = sampai("evaluasi_tpi")
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", WBK), "R23")
    assert (satu.status, satu.sifat, satu.oleh) == ("tidak", "dokumen", "admin")
    assert satu.dasar == ("Perwali Binjai 3/2024 Pasal 14 ayat (1)", "Perwali Binjai 3/2024 Pasal 14 ayat (2)")
    assert satu.lanjut == "zi catat tanda_terima DISPORA --nomor … --tahun 2025 --predikat WBK --sistem portalrb"


@pytest.mark.parametrize("sistem", ["pmpzi", "portalrb"])
def test_ayat_1_pmpzi_dan_penerusnya(sistem: str) -> None:
    """PMPZI of the regulation and PortalRB of today count alike; the answer shows number and date."""
    dunia = sampai("evaluasi_tpi")
    assert _terima(dunia, "2025-05-10", sistem=sistem).diterima
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", WBK), "R23")
    assert (satu.status, mesin(satu.ditemukan)) == ("terpenuhi", "nomor TT-2, tanggal 2025-05-10")


@pytest.mark.parametrize("ganti", [{"tahun": 2024}, {"tahun": 2026}, {"predikat": "WBBM"}])
def test_ayat_2_tanda_terima_tahun_atau_predikat_lain_tidak_berlaku(ganti: dict[str, Any]) -> None:
    """The receipt must be of this proposal: its year and its predikat."""
    dunia = sampai("evaluasi_tpi")
    _terima(dunia, "2025-05-10", **ganti)
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", WBK), "R23")
    assert satu.status == "tidak"
    assert (mesin(satu.ditemukan) or "").startswith("belum ada yang berlaku; 1 catatan di luar jendela 'tahun usulan'")


def test_ayat_1_tanda_terima_sesudah_pengajuan_belum_berlaku() -> None:
    """A receipt dated after the act was not there when the act was done."""
    dunia = sampai("evaluasi_tpi")
    _terima(dunia, "2025-05-21")
    assert temuan(dunia.periksa("usulkan", "2025-05-20", WBK), "R23").status == "tidak"
    assert temuan(dunia.periksa("usulkan", "2025-05-21", WBK), "R23").status == "terpenuhi"


# --- ayat (3): 31 Mei -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pada", ["2025-05-30", "2025-05-31"])
def test_ayat_3_sampai_31_mei_diterima(pada: str) -> None:
    """31 May itself is in time, though 31 May 2025 is a Saturday: nothing shifts the date (D14)."""
    dunia = _siap()
    satu = _batas(dunia, pada)
    assert (satu.status, mesin(satu.dibutuhkan), satu.tafsir) == ("terpenuhi", "<= 2025-05-31", ("D3", "D14", "D15"))
    assert (satu.sifat, satu.dasar) == ("waktu", (PERWALI, N5))
    putusan = dunia.maju("usulkan", pada, WBK)
    assert putusan.diterima
    peristiwa = putusan.terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert peristiwa.terlambat is None


def test_ayat_3_1_juni_ditolak_dengan_jendela_berikutnya() -> None:
    """1 June is a day late: refused for that alone, with the gap and the next window (D15)."""
    dunia = _siap()
    putusan = dunia.maju("usulkan", "2025-06-01", WBK)
    assert not putusan.diterima
    (satu,) = putusan.daftar.penghalang
    assert (satu.id, mesin(satu.ditemukan), mesin(satu.kurang)) == ("R22", "diajukan 2025-06-01, tanda terima 2025-05-02", "1 hari")
    assert satu.lanjut == "Jendela berikutnya: 1 Januari 2026 sampai 31 Mei 2026, atau batas yang diumumkan TPN untuk tahun 2026."
    assert dunia.tahap() == "evaluasi_tpi"


@pytest.mark.parametrize(("pada", "status"), [("2025-12-31", "tidak"), ("2026-01-01", "terpenuhi")])
def test_ayat_3_pergantian_tahun(pada: str, status: str) -> None:
    """A proposal's year is the year of its date: 31 December is after its deadline, 1 January opens the next window."""
    dunia = _siap()
    satu = _batas(dunia, pada)
    assert satu.status == status
    assert mesin(satu.dibutuhkan) == f"<= {pada[:4]}-05-31"


def test_ayat_3_1_januari_memakai_bekal_tahun_itu() -> None:
    """On 1 January the deadline is met, but last year's papers are last year's: every yearly document is asked for again."""
    dunia = _siap()
    daftar = dunia.periksa("usulkan", "2026-01-01", WBK)
    assert {"R15", "R16", "R17", "R23", "R18.layanan_utama", "R18.dampak"} <= {t.id for t in daftar.penghalang}
    assert {"R18.tlhp", "R18.lhkpn", "R18.lhkasn", "R18.sakip"} & {t.id for t in daftar.penghalang} == {
        "R18.tlhp",
        "R18.lhkpn",
        "R18.lhkasn",
        "R18.sakip",
    }


@pytest.mark.parametrize("tahun", [2024, 2026])
def test_ayat_3_tahun_usulan_harus_tahun_tanggalnya(tahun: int) -> None:
    """A year that is not the act's is a mistake of the caller, before anything is checked (D15)."""
    dunia = _siap()
    with pytest.raises(MasukanSalah, match=f"Tahun usulan {tahun} tidak sama dengan tahun tanggal pengajuannya, 2025") as galat:
        dunia.maju("usulkan", "2025-05-20", {**WBK, "tahun": tahun})
    assert "D15" in galat.value.sebab
    assert dunia.penolakan == []
    assert dunia.maju("usulkan", "2025-05-20", {**WBK, "tahun": 2025}).diterima


# --- batas yang diumumkan TPN -----------------------------------------------------------------------------------------


def test_ayat_3_pengumuman_lebih_lambat_menentukan() -> None:
    """A later announced date lets a proposal of June pass; both dates and both norms are shown (D21)."""
    dunia = _siap()
    _umumkan(dunia, "2025-05-15", "2025-06-15")
    satu = _batas(dunia, "2025-06-15")
    assert satu.status == "terpenuhi"
    assert mesin(satu.dibutuhkan) == "<= 2025-06-15 (pengumuman TPN B/5/TPN; batas tetap 2025-05-31)"
    assert satu.tafsir == ("D3", "D14", "D15", "D21")
    assert satu.dasar == (PERWALI, N5, N90, f"{N5} huruf A")
    assert _batas(dunia, "2025-06-16").status == "tidak"
    assert dunia.maju("usulkan", "2025-06-15", WBK).diterima


def test_ayat_3_pengumuman_lebih_awal_menentukan() -> None:
    """An earlier announced date refuses what 31 May would have let through."""
    dunia = _siap()
    _umumkan(dunia, "2025-03-15", "2025-05-10")
    assert _batas(dunia, "2025-05-10").status == "terpenuhi"
    satu = _batas(dunia, "2025-05-11")
    assert (satu.status, mesin(satu.kurang)) == ("tidak", "1 hari")
    assert mesin(satu.dibutuhkan) == "<= 2025-05-10 (pengumuman TPN B/5/TPN; batas tetap 2025-05-31)"
    assert not dunia.maju("usulkan", "2025-05-20", WBK).diterima


def test_ayat_3_pengumuman_menyebut_catatan_yang_dipakai() -> None:
    """The answer names the announcement and the receipt that it read."""
    dunia = _siap()
    _umumkan(dunia, "2025-05-15", "2025-06-15")
    jenis = [getattr(dunia.log[n - 1].peristiwa, "jenis", None) for n in _batas(dunia, "2025-05-20").bukti]
    assert jenis == ["pengumuman_tpn", "tanda_terima"]


def test_ayat_3_pengumuman_terbaru_menggantikan() -> None:
    """Of two announcements for a year the newer decides, from its own date on; one of another year never."""
    dunia = _siap()
    _umumkan(dunia, "2025-05-01", "2025-06-15")
    _umumkan(dunia, "2025-06-02", "2025-06-05", nomor="B/6/TPN")
    _umumkan(dunia, "2025-06-03", "2026-12-31", tahun=2026)
    assert _batas(dunia, "2025-06-01").status == "terpenuhi"
    assert mesin(_batas(dunia, "2025-06-01").dibutuhkan) == "<= 2025-06-15 (pengumuman TPN B/5/TPN; batas tetap 2025-05-31)"
    assert _batas(dunia, "2025-06-05").status == "terpenuhi"
    assert _batas(dunia, "2025-06-06").status == "tidak"


def test_ayat_3_pengumuman_sesudah_perbuatan_belum_berlaku() -> None:
    """What TPN announced on 10 June did not yet allow an act of 5 June."""
    dunia = _siap()
    _umumkan(dunia, "2025-06-10", "2025-06-30")
    assert _batas(dunia, "2025-06-05").status == "tidak"
    assert _batas(dunia, "2025-06-10").status == "terpenuhi"


# --- tanggal tanda terima ---------------------------------------------------------------------------------------------


def _terima_lambat(tanggal_terima: str) -> Dunia:
    """Return a unit with everything but a receipt in time; the only receipt bears ``tanggal_terima``."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    lupakan(dunia, "tanda_terima")
    _terima(dunia, tanggal_terima, berkas=True)
    return dunia


def test_ayat_3_tanda_terima_sesudah_batas_ditolak() -> None:
    """An act of 30 May with a receipt of 2 June: the receipt's date breaks the deadline too, and the answer shows both."""
    dunia = _terima_lambat("2025-06-02")
    putusan = dunia.maju("usulkan", "2025-05-30", WBK, dicatat=HARI("2025-06-03"))
    assert not putusan.diterima
    assert [t.id for t in putusan.daftar.penghalang] == ["R22", "R23"]
    satu = temuan(putusan.daftar, "R22")
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == ("diajukan 2025-05-30, tanda terima 2025-06-02", "2 hari")


def test_ayat_3_tanda_terima_tepat_31_mei() -> None:
    """A receipt of 31 May is in time, for an act of that day."""
    dunia = _terima_lambat("2025-05-31")
    assert dunia.maju("usulkan", "2025-05-31", WBK).diterima


def test_ayat_3_tanda_terima_kemudian_tidak_menggugurkan_yang_sah() -> None:
    """A second receipt, dated after the act and the deadline, does not undo the one that was in time."""
    dunia = _siap()
    _terima(dunia, "2025-06-02", berkas=True)
    putusan = dunia.maju("usulkan", "2025-05-20", WBK, dicatat=HARI("2025-06-03"))
    assert putusan.diterima
    assert "tanda terima 2025-05-02" in (mesin(temuan(putusan.daftar, "R22").ditemukan) or "")


# --- dicatat terlambat (D12) ------------------------------------------------------------------------------------------


def test_ayat_3_terlambat_menurut_batasnya_bukan_menurut_tafsir_yang_dikutip(tmp_path: Path) -> None:
    """A definition that cites D12 elsewhere does not make every act late: only the deadline's own check can."""
    aturan = ubahan(tmp_path, "syarat.yaml", ("tafsir: [D10]}", "tafsir: [D10, D12]}"))
    dunia = sampai("evaluasi_tpi", dunia=Dunia(aturan))
    bekal_usulan(dunia, 2025, "WBK")
    putusan = dunia.maju("usulkan", "2025-05-20", WBK)
    assert "D12" in temuan(putusan.daftar, "R15").tafsir
    peristiwa = putusan.terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert peristiwa.terlambat is None


def test_ayat_3_dicatat_sesudah_batas_dengan_berkas_tanda_terima() -> None:
    """An act of 20 May recorded on 4 June is accepted because the receipt's file is there, and is marked with both dates."""
    dunia = _siap()
    putusan = dunia.maju("usulkan", "2025-05-20", WBK, dicatat=HARI("2025-06-04"))
    assert putusan.diterima
    peristiwa = putusan.terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert peristiwa.terlambat == {"tanggal": "2025-05-20", "dicatat": "2025-06-04"}
    satu = temuan(putusan.daftar, "R22")
    assert satu.tafsir == ("D3", "D14", "D15", "D12")
    assert (mesin(satu.ditemukan) or "").endswith(", dicatat terlambat 2025-06-04")
    (ringkas,) = [s for s in peristiwa.syarat if s["id"] == "R22"]
    assert ringkas["tafsir"] == ["D3", "D14", "D15", "D12"]


def test_ayat_3_dicatat_sesudah_batas_tanpa_berkas_ditolak() -> None:
    """Without the file the same act is refused, and told which file is missing."""
    dunia = _siap(berkas=False)
    assert temuan(dunia.periksa("usulkan", "2025-05-20", WBK), "R22").status == "terpenuhi"
    putusan = dunia.maju("usulkan", "2025-05-20", WBK, dicatat=HARI("2025-06-01"))
    (satu,) = putusan.daftar.penghalang
    assert (satu.id, mesin(satu.kurang)) == ("R22", "berkas tanda_terima")
    assert (mesin(satu.ditemukan) or "").endswith(", dicatat terlambat 2025-06-01, tanpa berkas tanda_terima")
    assert (mesin(satu.dibutuhkan) or "").endswith(", dengan berkas tanda_terima karena dicatat sesudah batas")
    assert satu.lanjut == "Lampirkan berkasnya: zi catat tanda_terima DISPORA … --berkas FILE"


@pytest.mark.parametrize(
    ("dicatat", "terlambat"), [("2025-05-31", None), ("2025-06-01", {"tanggal": "2025-05-20", "dicatat": "2025-06-01"})]
)
def test_ayat_3_dicatat_pada_hari_batas_belum_terlambat(dicatat: str, terlambat: dict[str, str] | None) -> None:
    """Recording on 31 May is not late; on 1 June it is."""
    peristiwa = _siap().maju("usulkan", "2025-05-20", WBK, dicatat=HARI(dicatat)).terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert peristiwa.terlambat == terlambat


def test_ayat_3_dicatat_terlambat_diukur_dari_batas_yang_diumumkan() -> None:
    """With a later announced date, recording in June is not late."""
    dunia = _siap(berkas=False)
    _umumkan(dunia, "2025-05-15", "2025-06-15")
    peristiwa = dunia.maju("usulkan", "2025-05-20", WBK, dicatat=HARI("2025-06-15")).terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert peristiwa.terlambat is None


def test_ayat_3_perbuatan_lewat_batas_tidak_disembuhkan_berkas() -> None:
    """The file heals late recording only, never a late act."""
    dunia = _siap()
    putusan = dunia.maju("usulkan", "2025-06-02", WBK, dicatat=HARI("2025-06-02"))
    assert [t.id for t in putusan.daftar.penghalang] == ["R22"]


def test_ayat_3_sebelum_n5_mengutip_n90() -> None:
    """Before 15 July 2024 the national text is N90; an announcement then does not cite a norm that did not exist yet."""
    dunia = sampai("evaluasi_tpi")
    _umumkan(dunia, "2024-05-01", "2024-06-30", tahun=2024)
    satu = _batas(dunia, "2024-06-30")
    assert (satu.status, satu.dasar) == ("terpenuhi", (PERWALI, N90))
    assert satu.tafsir == ("D3", "D14", "D15", "D21")
    assert date(2024, 6, 30) in satu.dibutuhkan


@pytest.mark.parametrize(
    "umum", ["", ", umum 2025-04-22 2025 2025-05-12", ", umum 2025-04-22 2025 2025-06-16", ", umum 2025-06-02 2025 2025-06-16"]
)
def test_ayat_3_tenggat_sama_dengan_penolakan(umum: str) -> None:
    """The due date that is shown and reminded of (T1) is the last day on which R22 lets a proposal pass, also an announced one."""
    satu = cari(f"jalan evaluasi_tpi{umum}", "T1", "2025-06-02")
    assert satu is not None
    dunia = alam(f"jalan evaluasi_tpi{umum}")
    for hari, status in ((satu.jatuh_tempo, "terpenuhi"), (satu.jatuh_tempo + timedelta(days=1), "tidak")):
        assert temuan(dunia.periksa("usulkan", hari.isoformat(), WBK), "R22").status == status
    assert satu.dasar[:2] == (PERWALI, N5)
