"""Pasal 15: the predikat is set by the Wali Kota on the Minister's recommendation (ayat 1, R26), and revoked (ayat 2–4, R27).

With it what TPN's result may say instead (tidak-lulus, R33) and the two ways out of a proposal that the register adds.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    Dunia,
    arsip,
    bekal_evaluasi,
    bekal_pencabutan,
    bekal_predikat,
    bekal_usulan,
    cabut,
    diterima,
    ditolak,
    penghalang,
    sampai,
    sampai_wbbm,
    temuan,
)
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah
from zi_workflow.domain.events import LangkahDiambil
from zi_workflow.domain.guards.konteks import mesin

PREDIKAT = {"predikat": "WBK"}


def _catat(dunia: Dunia, jenis: str, tanggal: str, **ganti: object) -> None:
    isi: dict[str, object] = {"nomor": f"{jenis}/1", "tahun": 2025, "predikat": "WBK", **ganti}
    if jenis == "hasil_tpn":
        isi.setdefault("hasil", "memenuhi")
    assert dunia.catat(jenis, tanggal, isi).diterima


def _r26(dunia: Dunia, pada: str = "2025-12-01", predikat: str = "WBK") -> tuple[str, str | None]:
    satu = temuan(dunia.periksa("tetapkan-predikat", pada, {"predikat": predikat}), "R26")
    return satu.status, mesin(satu.ditemukan)


# --- ayat (1): penetapan ----------------------------------------------------------------------------------------------


def test_ayat_1_penetapan_sesudah_rekomendasi_menteri() -> None:
    """Result, recommendation, decree: the predikat is held from the decree's date; both numbers are shown and kept (D13)."""
    dunia = sampai("usulan_tpn")
    _catat(dunia, "hasil_tpn", "2025-10-01")
    _catat(dunia, "rekomendasi_menteri", "2025-11-01")
    _catat(dunia, "keputusan_predikat", "2025-11-20")
    putusan = dunia.maju("tetapkan-predikat", "2025-12-01", PREDIKAT)
    satu = temuan(diterima(putusan), "R26")
    assert mesin(satu.ditemukan) == (
        "hasil_tpn hasil_tpn/1 tanggal 2025-10-01, rekomendasi_menteri rekomendasi_menteri/1 tanggal 2025-11-01, "
        "keputusan_predikat keputusan_predikat/1 tanggal 2025-11-20"
    )
    assert (satu.dasar, satu.tafsir) == (("Perwali Binjai 3/2024 Pasal 15 ayat (1)",), ("D13",))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran, keadaan.usulan) == ("predikat", "WBK", None, None)
    assert keadaan.penanda["predikat"] == HARI("2025-11-20")
    peristiwa = putusan.terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    (ringkas,) = [s for s in peristiwa.syarat if s["id"] == "R26"]
    assert "rekomendasi_menteri/1" in str(ringkas["ditemukan"])


@pytest.mark.parametrize("hilang", ["hasil_tpn", "rekomendasi_menteri", "keputusan_predikat"])
def test_ayat_1_setiap_mata_rangkaian_wajib(hilang: str) -> None:
    """A missing link refuses and is named."""
    dunia = sampai("usulan_tpn")
    for jenis in ("hasil_tpn", "rekomendasi_menteri", "keputusan_predikat"):
        if jenis != hilang:
            _catat(dunia, jenis, "2025-11-01")
    daftar = ditolak(dunia, "tetapkan-predikat", "2025-12-01", PREDIKAT)
    assert penghalang(daftar) == {"R26"}
    assert mesin(temuan(daftar, "R26").ditemukan) == f"{hilang} belum ada"
    assert mesin(temuan(daftar, "R26").kurang) == "1 hal"


@pytest.mark.parametrize(
    ("tanggal", "cela"),
    [
        (("2025-11-02", "2025-11-01", "2025-11-03"), "rekomendasi_menteri mendahului hasil_tpn"),
        (("2025-11-01", "2025-11-03", "2025-11-02"), "keputusan_predikat mendahului rekomendasi_menteri"),
        (
            ("2025-11-03", "2025-11-02", "2025-11-01"),
            "rekomendasi_menteri mendahului hasil_tpn; keputusan_predikat mendahului rekomendasi_menteri",
        ),
    ],
)
def test_ayat_1_urutan(tanggal: tuple[str, str, str], cela: str) -> None:
    """A decree before the recommendation, or a recommendation before the result, is no lawful order; every break is named."""
    dunia = sampai("usulan_tpn")
    for jenis, hari in zip(("hasil_tpn", "rekomendasi_menteri", "keputusan_predikat"), tanggal, strict=True):
        _catat(dunia, jenis, hari)
    assert _r26(dunia) == ("tidak", cela)


def test_ayat_1_hari_yang_sama_masih_berurutan() -> None:
    """All three on one day are in order."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    assert _r26(dunia)[0] == "terpenuhi"


@pytest.mark.parametrize("hasil", ["tidak_memenuhi", "ditolak", "digugurkan"])
def test_ayat_1_hasil_tpn_harus_memenuhi(hasil: str) -> None:
    """Nothing but memenuhi carries a predikat; the newest result decides."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    _catat(dunia, "hasil_tpn", "2025-11-10", nomor="B/7", hasil=hasil)
    assert _r26(dunia) == ("tidak", f"hasil_tpn: hasil {hasil}, bukan memenuhi")


@pytest.mark.parametrize("jenis", ["hasil_tpn", "rekomendasi_menteri", "keputusan_predikat"])
@pytest.mark.parametrize("ganti", [{"predikat": "WBBM"}, {"tahun": 2024}])
def test_ayat_1_catatan_usulan_lain_tidak_dihitung(jenis: str, ganti: dict[str, object]) -> None:
    """Each link must be of the proposal's year and predikat."""
    dunia = sampai("usulan_tpn")
    for satu in ("hasil_tpn", "rekomendasi_menteri", "keputusan_predikat"):
        _catat(dunia, satu, "2025-11-10", **(ganti if satu == jenis else {}))
    assert _r26(dunia) == ("tidak", f"{jenis} belum ada")


def test_ayat_1_predikat_sama_dengan_yang_diusulkan() -> None:
    """A unit proposed for WBK cannot be given WBBM, whatever the records say."""
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    bekal_predikat(dunia, 2025, "WBBM", "2025-11-11")
    assert _r26(dunia, predikat="WBBM") == ("tidak", "predikat WBBM, sedangkan yang diusulkan WBK")
    assert penghalang(ditolak(dunia, "tetapkan-predikat", "2025-12-01", {"predikat": "WBBM"})) == {"R26"}
    with pytest.raises(MasukanSalah, match="'predikat'"):
        dunia.maju("tetapkan-predikat", "2025-12-01", {})


def test_ayat_1_hanya_sejak_pengusulan() -> None:
    """Records from before the proposal do not carry it: the same day does, the day before does not."""
    dunia = sampai("usulan_tpn")
    _catat(dunia, "hasil_tpn", "2025-05-19")
    assert _r26(dunia) == ("tidak", "hasil_tpn belum ada; rekomendasi_menteri belum ada; keputusan_predikat belum ada")
    bekal_predikat(dunia, 2025, "WBK", "2025-05-20")
    assert _r26(dunia)[0] == "terpenuhi"


def test_ayat_1_usulan_dari_arsip() -> None:
    """A unit that entered the register while proposed is decided on like any other."""
    dunia = sampai("terdaftar")
    arsip(dunia, "LAMA", {"tahap": "usulan_tpn", "sejak": "2023-05-30", "mulai_bangun": "2022-01-10"})
    isi = {"tahun": 2023, "predikat": "WBK"}
    dunia.catat("hasil_tpn", "2024-03-02", {**isi, "nomor": "B/1", "hasil": "memenuhi"}, "LAMA")
    dunia.catat("rekomendasi_menteri", "2024-03-03", {**isi, "nomor": "B/2"}, "LAMA")
    dunia.catat("keputusan_predikat", "2024-03-04", {**isi, "nomor": "188/1"}, "LAMA")
    diterima(dunia.maju("tetapkan-predikat", "2024-03-05", PREDIKAT, "LAMA"))
    assert dunia.unit["LAMA"].keadaan.predikat == "WBK"


def test_ayat_1_hanya_wali_kota() -> None:
    """The act is the Wali Kota's: the head of the unit, TPI and the registrar are refused."""
    for nip in (KEPALA, PENILAI, ADMIN):
        dunia = sampai("usulan_tpn")
        bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
        assert penghalang(ditolak(dunia, "tetapkan-predikat", "2025-12-01", PREDIKAT, oleh=nip)) == {"R30"}


# --- tidak lulus (R33) ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sebab", ["tidak_memenuhi", "ditolak", "digugurkan"])
def test_ayat_1_tidak_lulus_menurut_hasil_tpn(sebab: str) -> None:
    """Each cause needs TPN's result that says so; the unit builds on, its target kept."""
    dunia = sampai("usulan_tpn")
    daftar = ditolak(dunia, "tidak-lulus", "2025-10-02", {"sebab": sebab})
    assert mesin(temuan(daftar, "R33").ditemukan) == "hasil_tpn belum ada"
    assert mesin(temuan(daftar, "R33").dibutuhkan) == f"hasil_tpn (hasil {sebab})"
    _catat(dunia, "hasil_tpn", "2025-10-01", hasil=sebab)
    satu = temuan(diterima(dunia.maju("tidak-lulus", "2025-10-02", {"sebab": sebab})), "R33")
    assert (satu.dasar, satu.lapisan) == (("PermenPANRB 90/2021 Lampiran II Bab III",), "nasional")
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran, keadaan.usulan) == ("pembangunan", None, "WBK", None)


@pytest.mark.parametrize("hasil", ["memenuhi", "ditolak"])
def test_ayat_1_tidak_lulus_dengan_sebab_lain_ditolak(hasil: str) -> None:
    """The cause must be the one that TPN gave."""
    dunia = sampai("usulan_tpn")
    _catat(dunia, "hasil_tpn", "2025-10-01", hasil=hasil)
    daftar = ditolak(dunia, "tidak-lulus", "2025-10-02", {"sebab": "digugurkan"})
    assert mesin(temuan(daftar, "R33").ditemukan) == f"hasil_tpn: hasil {hasil}, bukan digugurkan"


@pytest.mark.parametrize("ganti", [{"tahun": 2024}, {"predikat": "WBBM"}])
def test_ayat_1_tidak_lulus_hanya_hasil_usulan_ini(ganti: dict[str, object]) -> None:
    """A result for another year or predikat is none."""
    dunia = sampai("usulan_tpn")
    _catat(dunia, "hasil_tpn", "2025-10-01", hasil="ditolak", **ganti)
    assert mesin(temuan(ditolak(dunia, "tidak-lulus", "2025-10-02", {"sebab": "ditolak"}), "R33").ditemukan) == "hasil_tpn belum ada"


@pytest.mark.parametrize(("pada", "terpenuhi", "kurang"), [("2025-12-31", False, "1 hari"), ("2026-01-01", True, None)])
def test_ayat_1_tanpa_hasil_hanya_sejak_1_januari(pada: str, *, terpenuhi: bool, kurang: str | None) -> None:
    """No result is a result only once the proposal's year is over."""
    dunia = sampai("usulan_tpn")
    putusan = dunia.maju("tidak-lulus", pada, {"sebab": "tanpa_hasil"})
    satu = temuan(putusan.daftar, "R33")
    assert putusan.diterima is terpenuhi
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (f"tanggal {pada}", kurang)
    assert mesin(satu.dibutuhkan) == "tanggal tidak sebelum 1 Januari 2026 (usulan tahun 2025)"


@pytest.mark.parametrize("isi", [{}, {"sebab": "menyerah"}])
def test_ayat_1_sebab_di_luar_daftar_adalah_masukan_salah(isi: dict[str, str]) -> None:
    """The causes are closed."""
    with pytest.raises(MasukanSalah, match="'sebab'"):
        sampai("usulan_tpn").maju("tidak-lulus", "2025-10-02", isi)


def test_ayat_1_hasil_usulan_lama_tidak_menentukan_usulan_baru() -> None:
    """After a failed proposal, the new one waits for a result of its own."""
    dunia = sampai("usulan_tpn")
    _catat(dunia, "hasil_tpn", "2025-10-01", hasil="tidak_memenuhi")
    dunia.maju("tidak-lulus", "2025-10-02", {"sebab": "tidak_memenuhi"})
    dunia.maju("mulai-pantau", "2025-10-03", {"jadwal_bulan": 3})
    dunia.maju("mulai-evaluasi", "2026-02-01", {"evaluator": PENILAI})
    bekal_usulan(dunia, 2026, "WBK")
    diterima(dunia.maju("usulkan", "2026-05-20", {**PREDIKAT, "surat": "900/2"}))
    assert mesin(temuan(ditolak(dunia, "tidak-lulus", "2026-10-02", {"sebab": "tidak_memenuhi"}), "R33").ditemukan) == "hasil_tpn belum ada"


# --- ayat (2) dan (3): dapat dicabut ----------------------------------------------------------------------------------

MEMEGANG: dict[str, tuple[Callable[[], Dunia], str, str]] = {
    "predikat WBK": (lambda: sampai("predikat"), "2025-12-02", "WBK"),
    "pemantauan_predikat WBK": (lambda: sampai("pemantauan_predikat"), "2026-01-06", "WBK"),
    "pembangunan": (lambda: sampai_wbbm("pembangunan"), "2026-01-11", "WBK"),
    "pemantauan": (lambda: sampai_wbbm("pemantauan"), "2026-02-11", "WBK"),
    "evaluasi_tpi": (lambda: sampai_wbbm("evaluasi_tpi"), "2027-02-21", "WBK"),
    "usulan_tpn": (lambda: sampai_wbbm("usulan_tpn"), "2027-05-21", "WBK"),
    "predikat WBBM": (lambda: sampai_wbbm("predikat"), "2027-12-02", "WBBM"),
    "pemantauan_predikat WBBM": (lambda: sampai_wbbm("pemantauan_predikat"), "2028-01-06", "WBBM"),
}


@pytest.mark.parametrize("kapan", MEMEGANG)
def test_ayat_2_dan_3_dicabut_pada_setiap_tahap(kapan: str) -> None:
    """While a predikat is held it can be revoked at every stage: nothing is held, built towards or proposed afterwards (D18, D20)."""
    bangun, tanggal, predikat = MEMEGANG[kapan]
    dunia = bangun()
    assert dunia.unit[UNIT_UJI].keadaan.predikat == predikat
    daftar = diterima(cabut(dunia, tanggal))
    assert mesin(temuan(daftar, "R27.predikat").ditemukan) == f"memegang {predikat}"
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran, keadaan.usulan) == ("dicabut", None, None, None)
    assert keadaan.penanda["pencabutan"] == HARI(tanggal)


@pytest.mark.parametrize("tahap", ["pembangunan", "pemantauan", "evaluasi_tpi", "usulan_tpn"])
def test_ayat_2_tanpa_predikat_tidak_ada_yang_dicabut(tahap: str) -> None:
    """A unit that builds towards its first predikat has none to lose."""
    dunia = sampai(tahap)
    bekal_pencabutan(dunia, "2025-06-01", "2025-06-02", "2025-06-03")
    daftar = ditolak(dunia, "cabut", "2025-06-04")
    assert penghalang(daftar) == {"R27.predikat", "R27"}
    assert mesin(temuan(daftar, "R27.predikat").ditemukan) == "tidak memegang predikat"


@pytest.mark.parametrize("tahap", ["terdaftar", "pencanangan", "penetapan"])
def test_ayat_2_tahap_tanpa_predikat_tidak_punya_langkah_cabut(tahap: str) -> None:
    """Before building, the move does not exist."""
    with pytest.raises(LangkahTidakTersedia, match=f"berada pada tahap {tahap}"):
        sampai(tahap).maju("cabut", "2025-06-01")


def test_ayat_2_dapat_bukan_harus() -> None:
    """'Dapat dicabut' is discretion: an event on file moves nothing by itself."""
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2026-02-01", "2026-02-02", "2026-02-03")
    assert (dunia.tahap(), dunia.unit[UNIT_UJI].keadaan.predikat) == ("pemantauan_predikat", "WBK")


def test_ayat_3_wbbm_dicabut_tidak_menyisakan_wbk() -> None:
    """Revoking WBBM leaves nothing: the unit starts again at WBK (D20)."""
    dunia = sampai_wbbm("pemantauan_predikat")
    diterima(cabut(dunia, "2028-02-01"))
    assert dunia.unit[UNIT_UJI].keadaan.predikat is None
    assert [x.nama for x in dunia.aturan.langkah_dari(dunia.tahap())] == ["tetapkan-ulang", "nonaktifkan", "batalkan-langkah"]


# --- ayat (4): rangkaian pencabutan -----------------------------------------------------------------------------------


def _r27(dunia: Dunia, pada: str = "2026-03-01") -> tuple[str, str | None]:
    satu = temuan(dunia.periksa("cabut", pada), "R27")
    return satu.status, mesin(satu.ditemukan)


def test_ayat_4_kejadian_rekomendasi_keputusan_menurut_urutan() -> None:
    """Event, TPI's recommendation, decree: in that order, one after the other or on one day."""
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2026-02-01", "2026-02-02", "2026-02-03")
    assert _r27(dunia) == (
        "terpenuhi",
        "kejadian tanggal 2026-02-01, rekomendasi_pencabutan 700/90 tanggal 2026-02-02, keputusan_pencabutan 188/99 tanggal 2026-02-03",
    )
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2026-02-01", "2026-02-01", "2026-02-01")
    assert _r27(dunia)[0] == "terpenuhi"


@pytest.mark.parametrize(
    ("tanggal", "cela"),
    [
        (("2026-02-02", "2026-02-01", "2026-02-03"), "rekomendasi_pencabutan mendahului kejadian"),
        (("2026-02-01", "2026-02-03", "2026-02-02"), "keputusan_pencabutan mendahului rekomendasi_pencabutan"),
    ],
)
def test_ayat_4_urutan_yang_terbalik_ditolak(tanggal: tuple[str, str, str], cela: str) -> None:
    """A decree without TPI's recommendation before it is not based on one."""
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, *tanggal)
    assert _r27(dunia) == ("tidak", cela)
    assert penghalang(ditolak(dunia, "cabut", "2026-03-01")) == {"R27"}


@pytest.mark.parametrize("hilang", ["kejadian", "rekomendasi_pencabutan", "keputusan_pencabutan"])
def test_ayat_4_setiap_mata_rangkaian_wajib(hilang: str) -> None:
    """Each link is needed, and the missing one named."""
    dunia = sampai("pemantauan_predikat")
    isi = {
        "kejadian": {"uraian": "u", "indikator": "i"},
        "rekomendasi_pencabutan": {"nomor": "1", "alasan": "a"},
        "keputusan_pencabutan": {"nomor": "2"},
    }
    for jenis, satu in isi.items():
        if jenis != hilang:
            dunia.catat(jenis, "2026-02-01", satu)
    assert _r27(dunia) == ("tidak", f"{hilang} belum ada")


def test_ayat_4_hanya_catatan_sejak_predikat_itu() -> None:
    """What happened before the predikat (its decree: 10 November 2025) is not a reason to revoke it; that day is."""
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2025-11-09", "2026-02-02", "2026-02-03")
    assert _r27(dunia) == ("tidak", "kejadian belum ada")
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2025-11-10", "2026-02-02", "2026-02-03")
    assert _r27(dunia)[0] == "terpenuhi"


def test_ayat_4_pencabutan_lama_tidak_dipakai_untuk_wbbm() -> None:
    """Records from the time of WBK do not revoke the WBBM that came after."""
    dunia = sampai_wbbm("pemantauan_predikat")
    bekal_pencabutan(dunia, "2026-03-01", "2026-03-02", "2026-03-03")
    assert _r27(dunia, "2028-02-01")[0] == "tidak"


def test_ayat_4_predikat_dari_arsip_dapat_dicabut() -> None:
    """For a unit from the archive the window opens at keadaan_awal.tanggal_predikat."""
    dunia = sampai("terdaftar")
    arsip(dunia, "LAMA", {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2023-01-05", "tanggal_predikat": "2022-12-01"})
    bekal_pencabutan(dunia, "2024-03-02", "2024-03-03", "2024-03-04", "LAMA")
    diterima(dunia.maju("cabut", "2024-03-05", {}, "LAMA"))
    assert dunia.unit["LAMA"].keadaan.penanda["pencabutan"] == HARI("2024-03-04")


def test_ayat_4_keputusan_sesudah_perbuatan_tidak_menentukan_tanggalnya() -> None:
    """A decree dated after the act, recorded before it was typed in, does not become the day of the revocation."""
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2026-02-01", "2026-02-02", "2026-02-03")
    dunia.catat("keputusan_pencabutan", "2026-02-20", {"nomor": "188/100"})
    diterima(dunia.maju("cabut", "2026-02-10", dicatat=HARI("2026-03-01")))
    assert dunia.unit[UNIT_UJI].keadaan.penanda["pencabutan"] == HARI("2026-02-03")


def test_ayat_4_ditetapkan_wali_kota() -> None:
    """Revoking is the Wali Kota's act; TPI recommends and cannot revoke."""
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2026-02-01", "2026-02-02", "2026-02-03")
    assert penghalang(ditolak(dunia, "cabut", "2026-02-04", oleh=PENILAI)) == {"R30"}
    assert dunia.catat("rekomendasi_pencabutan", "2026-02-05", {"nomor": "1", "alasan": "a"}, oleh=KEPALA).diterima is False


def test_ayat_4_dicabut_lalu_ditetapkan_ulang_sampai_wbk_lagi() -> None:
    """After a revocation the way leads through penetapan again, with a decree of its own, and back to WBK."""
    dunia = sampai("pemantauan_predikat")
    diterima(cabut(dunia, "2026-02-03"))
    daftar = ditolak(dunia, "tetapkan-ulang", "2026-03-01")
    assert penghalang(daftar) == {"R6"}
    dunia.catat("keputusan_penetapan", "2026-02-28", {"nomor": "188/21", "rencana": "r"})
    diterima(dunia.maju("tetapkan-ulang", "2026-03-01"))
    diterima(dunia.maju("mulai-bangun", "2026-03-10"))
    dunia.maju("mulai-pantau", "2026-04-10", {"jadwal_bulan": 3})
    bekal_evaluasi(dunia, "2026-05-10")
    diterima(dunia.maju("mulai-evaluasi", "2028-01-10", {"evaluator": PENILAI}))
    for jenis, isi in (
        ("opini_bpk", {"opini": "WTP"}),
        ("sakip_instansi", {"peringkat": "BB"}),
        ("indeks_rb", {"peringkat": "B"}),
        ("spip", {"level": 3}),
    ):
        dunia.catat(jenis, "2028-03-02", {"tahun": 2027, **isi}, None)
    bekal_usulan(dunia, 2028, "WBK")
    diterima(dunia.maju("usulkan", "2028-05-20", {**PREDIKAT, "surat": "900/3"}))
    bekal_predikat(dunia, 2028, "WBK", "2028-11-10")
    diterima(dunia.maju("tetapkan-predikat", "2028-12-01", PREDIKAT))
    assert dunia.unit[UNIT_UJI].keadaan.penanda["predikat"] == HARI("2028-11-10")


def test_ayat_4_pencabutan_dibatalkan_mengembalikan_predikat() -> None:
    """Undoing a revocation (M15) restores what was held, built towards and marked; nothing is deleted."""
    dunia = sampai_wbbm("evaluasi_tpi")
    sebelum = dunia.unit[UNIT_UJI].keadaan
    diterima(cabut(dunia, "2027-03-01"))
    diterima(dunia.maju("batalkan-langkah", "2027-03-02", {"alasan": "putusan pengadilan", "nomor": "12/2027"}))
    assert dunia.unit[UNIT_UJI].keadaan == sebelum
    assert len(dunia.unit[UNIT_UJI].bukti["keputusan_pencabutan"]) == 1


# --- tarik-usulan -----------------------------------------------------------------------------------------------------


def test_ayat_1_usulan_ditarik_sebelum_diputus() -> None:
    """The letter is withdrawn: back to evaluasi_tpi with no proposal running; it may be made again while the window is open."""
    dunia = sampai("usulan_tpn")
    assert penghalang(ditolak(dunia, "tarik-usulan", "2025-05-22")) == {"R35"}
    diterima(dunia.maju("tarik-usulan", "2025-05-22", {"alasan": "data keliru", "nomor": "900/9"}))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.sasaran, keadaan.usulan) == ("evaluasi_tpi", "WBK", None)
    diterima(dunia.maju("usulkan", "2025-05-30", {**PREDIKAT, "surat": "900/10"}))
    usulan = dunia.unit[UNIT_UJI].keadaan.usulan
    assert usulan is not None
    assert usulan.surat == "900/10"
