"""Moves of the register that the regulation does not name (M0, M14–M17) and what every move asks (R29, R30, R34, R35; Pasal 18)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    PENILAI_LAIN,
    UNIT_UJI,
    WALI_KOTA,
    Dunia,
    bekal_pencanangan,
    bekal_predikat,
    definisi,
    diterima,
    ditolak,
    kosong,
    penghalang,
    sampai,
    temuan,
)
from zi_workflow.domain.commands import AngkatPejabat, DaftarkanUnit
from zi_workflow.domain.errors import Konflik, LangkahTidakTersedia, MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import LangkahDiambil, LangkahDibatalkan, LaranganDiwariskan, UnitDidaftarkan
from zi_workflow.domain.guards.konteks import mesin

SURAT = {"alasan": "alasan uji", "nomor": "800/99"}
TAHAP = tuple(definisi().tahap)
DICABUT: dict[str, Any] = {"tahap": "dicabut", "sejak": "2024-01-15", "dasar": "arsip"}


def _daftar(dunia: Dunia, kode: str, tanggal: str = "2024-03-01", **lain: Any) -> None:  # noqa: ANN401 - fields of the command
    diterima(dunia.jalankan(DaftarkanUnit(kode, f"Unit {kode}", HARI(tanggal), ADMIN, **lain)))


def _warisan(dunia: Dunia, kode: str) -> str | None:
    hari = dunia.unit[kode].penanda("pencabutan")
    return hari.isoformat() if hari else None


# --- M0: registration ------------------------------------------------------------------------------------------------


def test_m0_unit_baru_terdaftar() -> None:
    """A new unit opens at terdaftar since its registration, holding nothing."""
    dunia = kosong("rsud")
    unit = dunia.unit[UNIT_UJI]
    assert (unit.keadaan.tahap, unit.keadaan.sejak, unit.terdaftar) == ("terdaftar", HARI("2024-03-01"), HARI("2024-03-01"))
    assert (unit.keadaan.predikat, unit.keadaan.sasaran, unit.keadaan.usulan, unit.afirmasi) == (None, None, None, "rsud")


def test_m0_dua_kali_adalah_konflik() -> None:
    """The same code is not registered twice."""
    with pytest.raises(Konflik, match="sudah terdaftar"):
        _daftar(kosong(), UNIT_UJI)


def test_m0_hanya_admin() -> None:
    """Anyone else is refused, with the role needed."""
    dunia = kosong()
    putusan = dunia.jalankan(DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), KEPALA))
    assert penghalang(putusan.daftar) == {"R30"}
    assert "DINSOS" not in dunia.unit


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        ({"nama": " "}, "nama"),
        ({"nama": "x" * 201}, "nama"),
        ({"jenis": "\x00"}, "jenis"),
        ({"afirmasi": "rsu"}, "afirmasi 'rsu' tidak dikenal"),
        ({"kode": "dinsos"}, "Kode unit"),
    ],
)
def test_m0_masukan_salah(ubah: dict[str, str], pesan: str) -> None:
    """Codes, names and kinds outside their range are bad input."""
    isi: dict[str, Any] = {"kode": "DINSOS", "nama": "Dinas Sosial", "tanggal": HARI("2024-03-01"), "oleh": ADMIN, **ubah}
    with pytest.raises(MasukanSalah, match=pesan):
        kosong().jalankan(DaftarkanUnit(**isi))


def test_m0_keadaan_awal_dari_arsip() -> None:
    """A unit that was already on its way opens where it stood; nothing is checked and the entry is kept as given."""
    dunia = kosong()
    awal = {"tahap": "pemantauan", "sejak": "2023-06-01", "mulai_bangun": "2023-01-10", "dasar": "Keputusan 188/1/2023"}
    _daftar(dunia, "DINSOS", keadaan_awal=awal)
    keadaan = dunia.unit["DINSOS"].keadaan
    assert (keadaan.tahap, keadaan.sasaran, keadaan.predikat, keadaan.sejak) == ("pemantauan", "WBK", None, HARI("2023-06-01"))
    assert keadaan.penanda == {"bangun": HARI("2023-01-10")}
    peristiwa = dunia.log[-1].peristiwa
    assert isinstance(peristiwa, UnitDidaftarkan)
    assert peristiwa.keadaan_awal == {**awal, "predikat": None, "sasaran": "WBK"}


def test_m0_keadaan_awal_menghitung_sejak_arsip() -> None:
    """The year of building counts from the archive's date (D2); the unit's own moves still come after its registration."""
    dunia = kosong()
    awal = {"tahap": "evaluasi_tpi", "sejak": "2024-02-01", "mulai_bangun": "2023-05-20", "dasar": "arsip"}
    _daftar(dunia, "DINSOS", keadaan_awal=awal)
    for hari, status in (("2024-05-19", "tidak"), ("2024-05-20", "terpenuhi")):
        assert temuan(dunia.periksa("usulkan", hari, {"predikat": "WBK"}, "DINSOS"), "R18.setahun").status == status
    satu = temuan(dunia.periksa("usulkan", "2024-02-29", kode="DINSOS"), "R29")
    assert mesin(satu.ditemukan) == "2024-02-29 mendahului langkah sebelumnya 2024-03-01"


def test_m0_tanpa_keadaan_awal_tahap_lain_tidak_tersedia() -> None:
    """A new unit has only the moves of terdaftar."""
    with pytest.raises(LangkahTidakTersedia) as e:
        kosong().maju("usulkan", "2024-05-20", {"predikat": "WBK"})
    assert e.value.lanjut == "Langkah dari tahap terdaftar: canangkan, nonaktifkan."


# --- M14: dissolved or merged ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tahap", [t for t in TAHAP if t not in ("dicabut", "nonaktif")])
def test_m14_dari_setiap_tahap(tahap: str) -> None:
    """From any stage the unit is deactivated: predikat, target and proposal end, and no move but the undo is left."""
    dunia = sampai(tahap)
    diterima(dunia.maju("nonaktifkan", "2026-06-01", SURAT))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran, keadaan.usulan) == ("nonaktif", None, None, None)
    with pytest.raises(LangkahTidakTersedia) as e:
        dunia.maju("nonaktifkan", "2026-06-02", SURAT)
    assert e.value.lanjut == "Langkah dari tahap nonaktif: batalkan-langkah."


def test_m14_pengganti_mewarisi_larangan() -> None:
    """The successor inherits the bar on re-proposal (R28), dated as it was; the evidence is an event in its own file."""
    dunia = kosong()
    _daftar(dunia, "LAMA", keadaan_awal=DICABUT)
    versi = dunia.unit[UNIT_UJI].versi
    diterima(dunia.maju("nonaktifkan", "2024-06-01", {**SURAT, "pengganti": UNIT_UJI}, "LAMA"))
    assert dunia.log[-1].peristiwa == LaranganDiwariskan("LAMA", "2024-01-15")
    assert dunia.unit[UNIT_UJI].versi == versi + 1
    assert (_warisan(dunia, UNIT_UJI), dunia.tahap()) == ("2024-01-15", "terdaftar")
    for hari, status in (("2026-01-14", "tidak"), ("2026-01-15", "terpenuhi")):
        assert temuan(dunia.periksa("usulkan", hari, {"predikat": "WBK"}), "R28").status == status


def test_m14_larangan_terakhir_yang_berlaku() -> None:
    """Of several bars, own and inherited, the latest one counts; undoing one merger leaves the others."""
    dunia = kosong()
    _daftar(dunia, "LAMA", keadaan_awal=DICABUT)
    _daftar(dunia, "LAIN", keadaan_awal={**DICABUT, "sejak": "2023-01-15"})
    _daftar(dunia, "BARU", keadaan_awal={**DICABUT, "sejak": "2022-01-15"})
    for kode in ("LAMA", "LAIN"):
        diterima(dunia.maju("nonaktifkan", "2024-06-01", {**SURAT, "pengganti": "BARU"}, kode))
    assert _warisan(dunia, "BARU") == "2024-01-15"
    diterima(dunia.maju("batalkan-langkah", "2024-06-02", SURAT, "LAMA"))
    assert _warisan(dunia, "BARU") == "2023-01-15"
    diterima(dunia.maju("batalkan-langkah", "2024-06-02", SURAT, "LAIN"))
    assert _warisan(dunia, "BARU") == "2022-01-15"


def test_m14_larangan_berantai() -> None:
    """An inherited bar is handed on when the successor is dissolved in its turn."""
    dunia = kosong()
    _daftar(dunia, "LAMA", keadaan_awal=DICABUT)
    _daftar(dunia, "ANTARA")
    diterima(dunia.maju("nonaktifkan", "2024-06-01", {**SURAT, "pengganti": "ANTARA"}, "LAMA"))
    diterima(dunia.maju("nonaktifkan", "2024-07-01", {**SURAT, "pengganti": UNIT_UJI}, "ANTARA"))
    assert _warisan(dunia, UNIT_UJI) == "2024-01-15"


def test_m14_tanpa_larangan_tidak_ada_yang_diwariskan() -> None:
    """A unit that was never revoked hands nothing on: the successor's file stays untouched."""
    dunia = kosong()
    _daftar(dunia, "LAMA")
    versi = dunia.unit[UNIT_UJI].versi
    diterima(dunia.maju("nonaktifkan", "2024-06-01", {**SURAT, "pengganti": UNIT_UJI}, "LAMA"))
    assert (dunia.unit[UNIT_UJI].versi, _warisan(dunia, UNIT_UJI)) == (versi, None)


def test_m14_pengganti_yang_salah() -> None:
    """A successor must exist and be another unit."""
    dunia = kosong()
    with pytest.raises(MasukanSalah, match="unit itu sendiri"):
        dunia.maju("nonaktifkan", "2024-06-01", {**SURAT, "pengganti": UNIT_UJI})
    with pytest.raises(TidakDitemukan, match="'TIADA' tidak ditemukan"):
        dunia.maju("nonaktifkan", "2024-06-01", {**SURAT, "pengganti": "TIADA"})
    assert dunia.tahap() == "terdaftar"


# --- M15: undo -------------------------------------------------------------------------------------------------------


def test_m15_satu_langkah_dibatalkan() -> None:
    """The last move is undone by an event that names it; the condition before it is back, records stay."""
    dunia = sampai("penetapan")
    sebelum = sampai("pencanangan").unit[UNIT_UJI].keadaan
    nomor = dunia.unit[UNIT_UJI].lalu[-1].nomor
    diterima(dunia.maju("batalkan-langkah", "2024-04-05", SURAT))
    assert dunia.log[-1].peristiwa == LangkahDibatalkan(
        "tetapkan", nomor, "penetapan", "pencanangan", {**SURAT, "perintah": "batalkan-langkah"}, _ringkas(dunia)
    )
    assert dunia.unit[UNIT_UJI].keadaan == sebelum
    assert "keputusan_penetapan" in dunia.unit[UNIT_UJI].bukti
    assert any(isinstance(t.peristiwa, LangkahDiambil) and t.peristiwa.langkah == "tetapkan" for t in dunia.log)


def _ringkas(dunia: Dunia) -> tuple[Any, ...]:
    peristiwa = dunia.log[-1].peristiwa
    assert isinstance(peristiwa, LangkahDibatalkan)
    assert {s["id"] for s in peristiwa.syarat} == {"R29", "R30", "R35"}
    return peristiwa.syarat


def test_m15_beberapa_langkah_dibatalkan_berturut_turut() -> None:
    """Every move back to the registration is undone one by one; then there is nothing left to undo."""
    dunia = sampai("pemantauan_predikat")
    hari = HARI("2026-01-05")
    keadaan = [x.sebelum for x in dunia.unit[UNIT_UJI].lalu]
    for satu in reversed(keadaan):
        hari += timedelta(days=1)
        diterima(dunia.maju("batalkan-langkah", hari.isoformat(), SURAT))
        assert dunia.unit[UNIT_UJI].keadaan == satu
    assert (dunia.tahap(), dunia.unit[UNIT_UJI].lalu) == ("terdaftar", ())
    with pytest.raises(LangkahTidakTersedia):
        dunia.maju("batalkan-langkah", "2026-06-01", SURAT)


def test_m15_tanpa_langkah_tidak_ada_yang_dibatalkan() -> None:
    """A unit from the archive has a stage but no move of its own: the registration is not undone."""
    dunia = kosong()
    _daftar(dunia, "LAMA", keadaan_awal=DICABUT)
    with pytest.raises(LangkahTidakTersedia, match="Tidak ada langkah LAMA yang dapat dibatalkan") as e:
        dunia.maju("batalkan-langkah", "2024-06-01", SURAT, "LAMA")
    assert "tetapkan-ulang" in e.value.lanjut
    assert dunia.periksa("batalkan-langkah", "2024-06-01", SURAT, "LAMA").tersedia is False


def test_m15_langkah_diulang_sesudah_dibatalkan() -> None:
    """After an undo the move can be made again, on its right date, from the standing move before it."""
    dunia = sampai("penetapan")
    diterima(dunia.maju("batalkan-langkah", "2024-05-01", SURAT))
    assert mesin(temuan(ditolak(dunia, "tetapkan", "2024-03-10"), "R29").kurang) == "1 hari"
    diterima(dunia.maju("tetapkan", "2024-04-02"))
    assert [x.langkah for x in dunia.unit[UNIT_UJI].lalu] == ["canangkan", "tetapkan"]


def test_m15_tanggalnya_tidak_mendahului_langkah_yang_dibatalkan() -> None:
    """The undo is an act of its own and is dated not before the move that it undoes."""
    daftar = ditolak(sampai("penetapan"), "batalkan-langkah", "2024-04-01", SURAT)
    assert penghalang(daftar) == {"R29"}


def test_m15_nonaktifkan_dibatalkan_dan_warisan_kembali() -> None:
    """Undoing a dissolution restores the unit and takes the bar back from the successor."""
    dunia = kosong()
    _daftar(dunia, "LAMA", keadaan_awal=DICABUT)
    sebelum = dunia.unit["LAMA"].keadaan
    diterima(dunia.maju("nonaktifkan", "2024-06-01", {**SURAT, "pengganti": UNIT_UJI}, "LAMA"))
    diterima(dunia.maju("batalkan-langkah", "2024-06-02", SURAT, "LAMA"))
    assert dunia.log[-1].peristiwa == LaranganDiwariskan("LAMA", None)
    assert (dunia.unit["LAMA"].keadaan, _warisan(dunia, "LAMA")) == (sebelum, "2024-01-15")
    assert _warisan(dunia, UNIT_UJI) is None
    diterima(dunia.maju("nonaktifkan", "2024-06-03", {**SURAT, "pengganti": UNIT_UJI}, "LAMA"))
    assert _warisan(dunia, UNIT_UJI) == "2024-01-15"


def test_m15_nonaktifkan_unit_wbk_dibatalkan() -> None:
    """Undoing a dissolution gives predikat and duties back."""
    dunia = sampai("pemantauan_predikat")
    sebelum = dunia.unit[UNIT_UJI].keadaan
    diterima(dunia.maju("nonaktifkan", "2026-02-01", SURAT))
    diterima(dunia.maju("batalkan-langkah", "2026-02-02", SURAT))
    assert dunia.unit[UNIT_UJI].keadaan == sebelum
    assert sebelum.predikat == "WBK"


# --- M16: the letter is withdrawn ------------------------------------------------------------------------------------


def test_m16_usulan_ditarik_lalu_diusulkan_lagi() -> None:
    """The Wali Kota withdraws the letter: back to evaluasi_tpi without a proposal, which may be made again that year."""
    dunia = sampai("usulan_tpn")
    diterima(dunia.maju("tarik-usulan", "2025-05-22", SURAT))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.usulan, keadaan.sasaran) == ("evaluasi_tpi", None, "WBK")
    assert keadaan.penanda["bangun"] == HARI("2024-04-10")
    diterima(dunia.maju("usulkan", "2025-05-30", {"predikat": "WBK", "surat": "900/2/2025"}))
    assert dunia.unit[UNIT_UJI].keadaan.penanda["usulan"] == HARI("2025-05-30")


def test_m16_pelaku_wali_kota_dan_hanya_dari_usulan() -> None:
    """Only the Wali Kota withdraws, and only a running proposal."""
    assert penghalang(ditolak(sampai("usulan_tpn"), "tarik-usulan", "2025-05-22", SURAT, oleh=ADMIN)) == {"R30"}
    for tahap in ("evaluasi_tpi", "predikat"):
        with pytest.raises(LangkahTidakTersedia):
            sampai(tahap).maju("tarik-usulan", "2026-05-22", SURAT)


# --- M17 and R34: towards WBBM and back ------------------------------------------------------------------------------


def _wbbm(tahap: str) -> Dunia:
    """Return a WBK unit that builds towards WBBM and stands at ``tahap``."""
    dunia = sampai("pemantauan_predikat")
    diterima(dunia.maju("bangun-wbbm", "2026-02-01"))
    if tahap != "pembangunan":
        diterima(dunia.maju("mulai-pantau", "2026-02-02", {"jadwal_bulan": 3}))
    if tahap == "evaluasi_tpi":
        diterima(dunia.catat("pemantauan", "2026-03-01", {"hasil": "x"}, oleh=PENILAI))
        diterima(dunia.catat("pendampingan", "2026-03-01", {"bentuk": "asistensi", "hasil": "x"}, oleh=PENILAI))
        diterima(dunia.maju("mulai-evaluasi", "2026-03-02", {"evaluator": PENILAI}))
    return dunia


@pytest.mark.parametrize("tahap", ["pembangunan", "pemantauan", "evaluasi_tpi"])
def test_m17_berhenti_menuju_wbbm_tetap_wbk(tahap: str) -> None:
    """From any stage of building the unit stops, keeps WBK, and may begin again with a new count of the year."""
    dunia = _wbbm(tahap)
    diterima(dunia.maju("hentikan-wbbm", "2026-03-05", {"alasan": "alasan uji"}))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran) == ("pemantauan_predikat", "WBK", None)
    diterima(dunia.maju("bangun-wbbm", "2026-04-01"))
    assert dunia.unit[UNIT_UJI].keadaan.penanda["bangun"] == HARI("2026-04-01")


@pytest.mark.parametrize("tahap", ["pembangunan", "pemantauan", "evaluasi_tpi"])
def test_m17_r34_unit_tanpa_wbk_tidak_dapat_berhenti(tahap: str) -> None:
    """A unit on its way to WBK has nothing to fall back on (R34)."""
    daftar = ditolak(sampai(tahap), "hentikan-wbbm", "2025-05-01", {"alasan": "alasan uji"})
    satu = temuan(daftar, "R34")
    assert penghalang(daftar) == {"R34"}
    assert (mesin(satu.ditemukan), mesin(satu.dibutuhkan), mesin(satu.kurang), satu.bukti) == (
        "tidak memegang predikat",
        "memegang WBK",
        "predikat",
        (),
    )
    assert satu.dasar == ("Perwali Binjai 3/2024 Pasal 12 ayat (3) huruf a",)


def test_m17_alasan_wajib_dan_pelaku_kepala_pd() -> None:
    """The head stops, with a reason."""
    with pytest.raises(MasukanSalah, match="'alasan' wajib diisi"):
        _wbbm("pembangunan").maju("hentikan-wbbm", "2026-03-05", {})
    assert penghalang(ditolak(_wbbm("pembangunan"), "hentikan-wbbm", "2026-03-05", {"alasan": "x"}, oleh=WALI_KOTA)) == {"R30"}


def test_r34_wbk_dari_langkah_atau_dari_arsip() -> None:
    """The predikat held is evidenced by the move that gave it, or by the registration that brought it from the archive."""
    dunia = sampai("pemantauan_predikat")
    pemberi = next(x.nomor for x in dunia.unit[UNIT_UJI].lalu if x.langkah == "tetapkan-predikat")
    satu = temuan(dunia.periksa("bangun-wbbm", "2026-02-01"), "R34")
    assert (mesin(satu.ditemukan), satu.bukti) == ("memegang WBK", (pemberi,))
    awal = {"tahap": "predikat", "predikat": "WBK", "sejak": "2023-12-01", "tanggal_predikat": "2023-12-01", "dasar": "arsip"}
    _daftar(dunia, "ARSIP", keadaan_awal=awal)
    assert temuan(dunia.periksa("bangun-wbbm", "2026-02-01", kode="ARSIP"), "R34").bukti == (dunia.unit["ARSIP"].nomor,)


def test_r34_unit_wbbm_tidak_membangun_lagi() -> None:
    """A unit that holds WBBM does not build towards it again."""
    dunia = kosong()
    awal = {"tahap": "pemantauan_predikat", "predikat": "WBBM", "sejak": "2024-01-01", "tanggal_predikat": "2023-12-01", "dasar": "a"}
    _daftar(dunia, "PUNCAK", keadaan_awal=awal)
    diterima(dunia.angkat(KEPALA, "kepala_pd", "PUNCAK"))
    satu = temuan(ditolak(dunia, "bangun-wbbm", "2024-06-01", kode="PUNCAK"), "R34")
    assert mesin(satu.ditemukan) == "memegang WBBM"


# --- R29: dates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tanggal", "dicatat", "temu", "kurang"),
    [
        ("2024-03-11", "2024-03-11", "2024-03-11", None),
        ("2024-03-01", "2024-03-11", "2024-03-01", None),
        ("2024-03-12", "2024-03-11", "2024-03-12 di masa depan", "1 hari"),
        ("2024-02-29", "2024-03-11", "2024-02-29 mendahului langkah sebelumnya 2024-03-01", "1 hari"),
        (
            "2024-02-18",
            "2024-03-11",
            "2024-02-18 mendahului berlakunya peraturan 2024-02-19; mendahului langkah sebelumnya 2024-03-01",
            "12 hari",
        ),
    ],
)
def test_r29_tanggal_efektif(tanggal: str, dicatat: str, temu: str, kurang: str | None) -> None:
    """Not in the future, not before 19 February 2024, not before the unit's previous move; every bound broken is named."""
    dunia = kosong()
    bekal_pencanangan(dunia, "2024-03-01")
    satu = temuan(dunia.maju("canangkan", tanggal, dicatat=HARI(dicatat)).daftar, "R29")
    assert (mesin(satu.ditemukan), mesin(satu.kurang), satu.sifat) == (temu, kurang, "waktu")
    assert (satu.status == "terpenuhi") is (kurang is None)
    assert satu.dasar == ("Perwali Binjai 3/2024 Pasal 18",)
    assert dunia.tahap() == ("pencanangan" if kurang is None else "terdaftar")


@pytest.mark.parametrize(("tanggal", "sah"), [("2024-02-18", False), ("2024-02-19", True), ("2024-03-02", False)])
def test_r29_pendaftaran(tanggal: str, sah: bool) -> None:  # noqa: FBT001
    """A unit is registered from 19 February 2024 to the day of recording; older history enters as keadaan_awal."""
    dunia = kosong()
    putusan = dunia.jalankan(DaftarkanUnit("DINSOS", "Dinas Sosial", HARI(tanggal), ADMIN), HARI("2024-03-01"))
    assert ("DINSOS" in dunia.unit) is sah
    assert (penghalang(putusan.daftar) == set()) is sah


@pytest.mark.parametrize(("tanggal", "sah"), [("2024-02-20", True), ("2024-03-12", True), ("2024-03-13", False)])
def test_r29_catatan_hanya_tidak_di_masa_depan(tanggal: str, sah: bool) -> None:  # noqa: FBT001
    """A record may be older than the unit's moves and registration, but not in the future."""
    dunia = sampai("pencanangan")
    putusan = dunia.catat("publikasi", tanggal, {"kanal": "Laman", "alamat": "x"}, dicatat=HARI("2024-03-12"))
    assert putusan.diterima is sah
    assert penghalang(putusan.daftar) == (set() if sah else {"R29.catatan"})


def test_r29_pengangkatan_tidak_di_masa_depan() -> None:
    """An appointment is not recorded before it is made, though its term may begin later."""
    dunia = kosong()
    perintah = AngkatPejabat(PENILAI, "Orang", "auditor", "800/3/2024", HARI("2024-12-01"), HARI("2024-03-02"), ADMIN)
    assert penghalang(dunia.jalankan(perintah, HARI("2024-03-01")).daftar) == {"R29.catatan"}
    diterima(dunia.jalankan(perintah, HARI("2024-03-02")))


# --- R30: who acts ---------------------------------------------------------------------------------------------------


def _temuan_r30(dunia: Dunia, oleh: str | None, pada: str = "2024-03-11") -> tuple[str, str | None]:
    satu = temuan(dunia.periksa("canangkan", pada, oleh=oleh), "R30")
    assert satu.sifat == "wewenang"
    return satu.status, mesin(satu.ditemukan)


def test_r30_pemegang_peran() -> None:
    """The holder of the role acts; the appointment is the evidence."""
    dunia = kosong()
    satu = temuan(dunia.periksa("canangkan", "2024-03-11", oleh=KEPALA), "R30")
    assert (satu.status, mesin(satu.ditemukan)) == ("terpenuhi", f"{KEPALA}: kepala_pd {UNIT_UJI}")
    assert [j.nip for j in dunia.instansi.jabatan if (j.nomor,) == satu.bukti] == [KEPALA]
    assert (satu.dasar, satu.kurang) == (("tafsir R30",), None)


def test_r30_kepala_unit_lain() -> None:
    """The head of another unit has no authority here, and a head of both has."""
    dunia = kosong()
    _daftar(dunia, "DINSOS")
    lain = "196501011990031009"
    diterima(dunia.angkat(lain, "kepala_pd", "DINSOS"))
    assert _temuan_r30(dunia, lain) == ("tidak", f"{lain}: kepala_pd DINSOS")
    diterima(dunia.angkat(lain, "kepala_pd", UNIT_UJI))
    assert _temuan_r30(dunia, lain) == ("terpenuhi", f"{lain}: kepala_pd {UNIT_UJI}")


def test_r30_masa_jabatan() -> None:
    """The first and the last day of the term count; before and after, the answer says since or until when."""
    dunia = kosong()
    baru = "197001011995031007"
    diterima(dunia.akhiri(KEPALA, "kepala_pd", "2024-03-10"))
    diterima(dunia.angkat(baru, "kepala_pd", UNIT_UJI, sejak="2024-03-11"))
    assert _temuan_r30(dunia, KEPALA, "2024-03-10")[0] == "terpenuhi"
    assert _temuan_r30(dunia, KEPALA) == ("tidak", f"{KEPALA}: kepala_pd sudah berakhir 2024-03-10")
    assert _temuan_r30(dunia, baru)[0] == "terpenuhi"
    assert _temuan_r30(dunia, baru, "2024-03-10") == ("tidak", f"{baru}: kepala_pd baru sejak 2024-03-11")


def test_r30_bukan_pejabat_dan_peran_lain() -> None:
    """Unknown people and holders of other roles are told apart; all roles held are shown."""
    dunia = kosong()
    assert _temuan_r30(dunia, "X-ASING") == ("tidak", "X-ASING: tidak terdaftar sebagai pejabat")
    diterima(dunia.angkat(PENILAI, "auditor"))
    assert _temuan_r30(dunia, PENILAI) == ("tidak", f"{PENILAI}: tpi, auditor")


def test_r30_tanpa_pelaku_menyebut_yang_dapat() -> None:
    """Asked without an actor, the checklist names who could act (three at most), or that nobody can."""
    dunia = kosong()
    assert _temuan_r30(dunia, None) == ("terpenuhi", f"dapat diambil oleh {KEPALA}")
    assert _temuan_r30(dunia, None, "2024-02-18") == ("tidak", "tidak ada pemegang peran itu")
    for n in range(3):
        diterima(dunia.angkat(f"19700101199503100{n}", "tpi"))
    satu = temuan(dunia.periksa("mulai-pantau", "2024-06-10"), "R30")
    assert mesin(satu.ditemukan) == f"dapat diambil oleh {PENILAI}, {PENILAI_LAIN}, 197001011995031000"
    assert len(satu.bukti) == 3


def test_r30_kepala_unit_lain_bukan_calon_pelaku() -> None:
    """Asked without an actor, heads of other units are not offered."""
    dunia = kosong()
    _daftar(dunia, "DINSOS")
    assert mesin(temuan(dunia.periksa("canangkan", "2024-03-11", kode="DINSOS"), "R30").ditemukan) == "tidak ada pemegang peran itu"


def test_r30_lke_unit_dan_tpi_oleh_yang_berbeda() -> None:
    """The unit records its self assessment, the TPI its own; neither records the other's."""
    dunia = sampai("evaluasi_tpi")
    for penilai, oleh, sah in (("unit", KEPALA, True), ("tpi", KEPALA, False), ("unit", PENILAI, False), ("tpi", PENILAI, True)):
        putusan = dunia.catat("lke", "2025-05-01", {"tahun": 2025, "penilai": penilai, "jawaban": {"1": "Ya"}}, oleh=oleh)
        assert penghalang(putusan.daftar) == (set() if sah else {"R30"})


# --- R35: reason and number ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("langkah", "tahap", "oleh"),
    [("nonaktifkan", "penetapan", "admin"), ("batalkan-langkah", "penetapan", "admin"), ("tarik-usulan", "usulan_tpn", "wali_kota")],
)
@pytest.mark.parametrize(
    ("isi", "kurang"),
    [
        ({}, "alasan, nomor"),
        ({"alasan": "x"}, "nomor"),
        ({"nomor": "800/1"}, "alasan"),
        ({"alasan": "  ", "nomor": ""}, "alasan, nomor"),
        (SURAT, None),
    ],
)
def test_r35_alasan_dan_nomor(langkah: str, tahap: str, oleh: str, isi: dict[str, str], kurang: str | None) -> None:
    """Both the reason and the number of the decree or letter are required; what is missing is named, and who fills it in."""
    dunia = sampai(tahap)
    if kurang is None:
        daftar = diterima(dunia.maju(langkah, "2026-06-01", isi))
        assert mesin(temuan(daftar, "R35").ditemukan) == "alasan alasan uji; nomor 800/99"
        return
    daftar = ditolak(dunia, langkah, "2026-06-01", isi)
    satu = temuan(daftar, "R35")
    assert penghalang(daftar) == {"R35"}
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (f"tidak diisi: {kurang}", f"{len(kurang.split(', '))} isian")
    assert (satu.oleh, satu.dasar, mesin(satu.dibutuhkan)) == (oleh, ("tafsir R35",), "isian alasan, nomor")


# --- availability, and that nothing moves by itself ------------------------------------------------------------------


@pytest.mark.parametrize("tahap", [t for t in TAHAP if t not in ("dicabut", "nonaktif")])
@pytest.mark.parametrize("langkah", list(definisi().langkah))
def test_setiap_langkah_hanya_dari_tahapnya(tahap: str, langkah: str) -> None:
    """A move that the stage does not have is no refusal but an error (11) that lists what there is; nothing is written."""
    dunia = sampai(tahap)
    aturan = dunia.aturan.langkah[langkah]
    ada = tahap in aturan.dari
    assert dunia.periksa(langkah, "2026-06-01").tersedia is ada
    if ada:
        return
    panjang = len(dunia.log)
    with pytest.raises(LangkahTidakTersedia, match=f"berada pada tahap {tahap}") as e:
        dunia.maju(langkah, "2026-06-01", {})
    assert e.value.kode == 11
    assert e.value.lanjut == f"Langkah dari tahap {tahap}: {', '.join(x.nama for x in dunia.aturan.langkah_dari(tahap))}."
    assert len(dunia.log) == panjang


def test_langkah_tidak_dikenal() -> None:
    """An unknown move is an error with a suggestion."""
    with pytest.raises(LangkahTidakTersedia, match="Langkah 'canangkn' tidak dikenal") as e:
        kosong().maju("canangkn", "2024-03-11")
    assert e.value.lanjut.startswith("Maksud Anda: canangkan? ")


def test_unit_tidak_ditemukan() -> None:
    """A move for a unit that was never registered is an error (3)."""
    with pytest.raises(TidakDitemukan, match="'TIADA'"):
        kosong().maju("canangkan", "2024-03-11", kode="TIADA")


@pytest.mark.parametrize("tahap", [t for t in TAHAP if t not in ("dicabut", "nonaktif")])
def test_mesin_tidak_pernah_memindahkan_unit(tahap: str) -> None:
    """Recording everything that the next moves ask, results and decrees included, changes no condition."""
    dunia = sampai(tahap)
    keadaan = dunia.unit[UNIT_UJI].keadaan
    bekal_predikat(dunia, 2025, "WBK", "2026-05-01")
    diterima(dunia.catat("kejadian", "2026-05-01", {"uraian": "x", "indikator": "y"}))
    diterima(dunia.catat("rekomendasi_pencabutan", "2026-05-01", {"nomor": "1", "alasan": "x"}))
    diterima(dunia.catat("keputusan_pencabutan", "2026-05-01", {"nomor": "1"}))
    diterima(dunia.catat("lhe", "2026-05-01", {"nomor": "1", "tahun": 2026, "predikat": "WBK", "simpulan": "belum_memenuhi"}))
    assert dunia.unit[UNIT_UJI].keadaan == keadaan
