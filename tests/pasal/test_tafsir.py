"""The readings D1–D21 that the engine applies: what each decides, that it is shown as a reading, and that it can be changed as data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.alat.aturan import ubahan
from tests.alat.dunia import (
    HARI,
    PENILAI,
    UNIT_UJI,
    Dunia,
    arsip,
    bekal_pencanangan,
    bekal_predikat,
    bekal_usulan,
    cabut,
    definisi,
    diterima,
    lupakan,
    penghalang,
    sampai,
    sampai_wbbm,
    temuan,
)
from tests.alat.lembar import lembar
from tests.lke.alat import semua
from zi_workflow.domain.checklist import Temuan
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import LangkahDiambil
from zi_workflow.domain.guards.konteks import mesin

WBK = {"predikat": "WBK", "surat": "900/1"}
TOTAL_75 = 'dasar: [PERWALI3 Pasal 13 ayat (1) huruf a], ambang: ">= 75", tafsir: [D8, D10]}'


def _dengan(aturan: Definisi, dunia: Dunia) -> Dunia:
    """Let the same files be read under another definition."""
    dunia.aturan = aturan
    return dunia


def _siap(tahun: int = 2025) -> Dunia:
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, tahun, "WBK")
    return dunia


def _satu(dunia: Dunia, id_syarat: str, pada: str = "2025-05-20", predikat: str = "WBK") -> Temuan:
    return temuan(dunia.periksa("usulkan", pada, {"predikat": predikat}), id_syarat)


# --- D1 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("penandatangan", "status", "ditemukan"), [(30, "tidak", "50.00"), (31, "terpenuhi", "51.67"), (60, "terpenuhi", "100.00")]
)
def test_d1_sebagian_besar_berarti_lebih_dari_separuh(penandatangan: int, status: str, ditemukan: str) -> None:
    """'Sebagian besar' is more than 50 %: exactly half is not, and the number is shown as a reading."""
    dunia = sampai("terdaftar")
    bekal_pencanangan(dunia)
    dunia.catat("pakta_integritas", "2024-03-05", {"jumlah_pegawai": 60, "penandatangan": penandatangan, "pimpinan": "ya"})
    satu = temuan(dunia.periksa("canangkan", "2024-03-11"), "R2")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.dibutuhkan), satu.tafsir) == (status, ditemukan, "> 50", ("D1",))


def test_d1_dapat_diubah_tanpa_kode(tmp_path: Path) -> None:
    """Another number is another line of YAML."""
    dunia = sampai("terdaftar")
    bekal_pencanangan(dunia)
    aturan = ubahan(tmp_path, "syarat.yaml", ('ambang: "> 50"', 'ambang: ">= 97"'))
    satu = temuan(_dengan(aturan, dunia).periksa("canangkan", "2024-03-11"), "R2")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.kurang)) == ("tidak", "96.67", "0.33")


# --- D2 ---------------------------------------------------------------------------------------------------------------


def test_d2_satu_tahun_ditandai_sebagai_tafsir() -> None:
    """The year's beginning is not in the text: the line says D2."""
    assert _satu(_siap(), "R18.setahun").tafsir == ("D2",)
    assert _satu(sampai_wbbm("evaluasi_tpi"), "R19.setahun", "2027-05-20", "WBBM").tafsir == ("D2",)


@pytest.mark.parametrize(("pilihan", "genap"), [("langkah tetapkan", "2025-04-02"), ("langkah canangkan", "2025-03-11")])
def test_d2_pilihan_lain_untuk_wbk(tmp_path: Path, pilihan: str, genap: str) -> None:
    """The two alternatives count from tetapkan or canangkan, and name that move."""
    aturan = ubahan(tmp_path, "syarat.yaml", ("sejak: bangun\n    sasaran: ya", f"sejak: {pilihan}\n    sasaran: ya"))
    dunia = _dengan(aturan, _siap())
    satu = _satu(dunia, "R18.setahun", genap)
    assert satu.status == "terpenuhi"
    assert (mesin(satu.ditemukan) or "").endswith(f"genap 1 tahun pada {genap}")
    assert getattr(dunia.log[satu.bukti[0] - 1].peristiwa, "langkah", None) == pilihan.removeprefix("langkah ")
    sehari_sebelum = HARI(genap).replace(day=HARI(genap).day - 1).isoformat()
    assert _satu(dunia, "R18.setahun", sehari_sebelum).status == "tidak"


def test_d2_pilihan_lain_tanpa_langkahnya_belum_dimulai(tmp_path: Path) -> None:
    """A unit from the archive never made that move here: under the alternative it has not begun."""
    aturan = ubahan(tmp_path, "syarat.yaml", ("sejak: bangun\n    sasaran: ya", "sejak: langkah tetapkan\n    sasaran: ya"))
    dunia = sampai("terdaftar")
    arsip(dunia, "LAMA", {"tahap": "evaluasi_tpi", "sejak": "2023-06-01", "mulai_bangun": "2023-01-01"})
    satu = temuan(_dengan(aturan, dunia).periksa("usulkan", "2025-05-20", {}, "LAMA"), "R18.setahun")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.kurang)) == ("tidak", "belum dimulai", "1 tahun")


# --- D3 ---------------------------------------------------------------------------------------------------------------


def test_d3_tanggal_perbuatan_menentukan_ambang(tmp_path: Path) -> None:
    """A threshold raised on 1 May 2025 binds an act of that day, not one of the day before, whenever either is recorded."""
    naik = f"      - {{sejak: 2024-02-19, sampai: 2025-04-30, {TOTAL_75}\n      - {{sejak: 2025-05-01, {TOTAL_75.replace('75', '99')}"
    aturan = ubahan(tmp_path, "syarat.yaml", (f"      - {{sejak: 2024-02-19, {TOTAL_75}", naik))
    dunia = _dengan(aturan, _siap())
    for hari in ("2025-04-21", "2025-05-03"):
        dunia.catat("lke", hari, {"tahun": 2025, "penilai": "tpi", **lembar({1: "6"})}, oleh=PENILAI)
    for pada, ambang, status in (("2025-04-30", ">= 75", "terpenuhi"), ("2025-05-01", ">= 99", "tidak"), ("2025-05-20", ">= 99", "tidak")):
        satu = _satu(dunia, "R20.total", pada)
        assert (mesin(satu.dibutuhkan), satu.status, mesin(satu.ditemukan)) == (ambang, status, "98.00"), pada


# --- D6 ---------------------------------------------------------------------------------------------------------------


def test_d6_yang_dibebaskan_hanya_lapisan_nasional() -> None:
    """R24 and R32, and nothing that Pasal 12 carries."""
    (bebas,) = definisi().pembebasan
    assert (bebas.id, bebas.syarat) == ("R25", ("R24", "R32"))
    milik = {s.id for s in definisi().syarat if bebas.membebaskan(s.id, "rsud", HARI("2025-05-20"))}
    assert milik == {"R24.opini", "R24.sakip", "R24.indeks_rb", "R24.spip", "R32.layanan_utama", "R32.dampak"}
    assert {s.lapisan for s in definisi().syarat if s.id in milik} == {"nasional"}


def test_d6_pilihan_lain_membebaskan_pasal_12_kecuali_wbk(tmp_path: Path) -> None:
    """The alternative waives R18 and R19 too, all but R19.wbk; the gates of Pasal 13 stay in either reading."""
    semua_selain_wbk = "[R24, R32, R18, R19.tlhp, R19.lhkpn, R19.lhkasn, R19.setahun, R19.sakip]"
    aturan = ubahan(tmp_path, "syarat.yaml", ("syarat: [R24, R32]", f"syarat: {semua_selain_wbk}"))
    dunia = _dengan(aturan, sampai("evaluasi_tpi", "rsud"))
    lupakan(dunia, "penilaian_kriteria")
    daftar = dunia.periksa("usulkan", "2025-04-20", {"predikat": "WBBM"})
    assert {"R19.wbk", *(f"R21.area_{n}" for n in range(1, 7))} <= penghalang(daftar)
    assert {t.id for t in daftar.temuan if t.status == "dibebaskan"} >= {"R19.tlhp", "R19.lhkpn", "R19.lhkasn", "R19.setahun", "R19.sakip"}
    daftar = dunia.periksa("usulkan", "2025-04-09", {"predikat": "WBK"})
    assert {t.id for t in daftar.temuan if t.status == "dibebaskan" and t.id.startswith("R18")} == {
        "R18.layanan_utama",
        "R18.dampak",
        "R18.tlhp",
        "R18.lhkpn",
        "R18.lhkasn",
        "R18.setahun",
        "R18.sakip",
    }


# --- D8 sampai D11 di daftar periksa ----------------------------------------------------------------------------------


def test_d8_area_dibaca_atas_kedua_aspek() -> None:
    """Area 4 with its reform wholly lost still has pemenuhan's half: 50 %, below 60; both aspects make the number."""
    dunia = _siap()
    nol = {"105": 6, "106": 0, "107": "D", "108": "D"}
    dunia.catat("lke", "2025-05-03", {"tahun": 2025, "penilai": "tpi", "jawaban": {**semua(), **nol}}, oleh=PENILAI)
    satu = _satu(dunia, "R20.area_4")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.kurang), satu.tafsir) == ("tidak", "50.00", "10.00", ("D8", "D10"))


def test_d9_skala_a_d_dua_desimal_bukan_sepertiga() -> None:
    """B of A–D is worth 0.67, not two thirds: area 2's reform i, alone at B, loses 0.33 × 0.5 points."""
    dunia = _siap()
    dunia.catat("lke", "2025-05-03", {"tahun": 2025, "penilai": "tpi", "jawaban": {**semua(), "94": "B"}}, oleh=PENILAI)
    assert mesin(_satu(dunia, "R20.pengungkit").ditemukan) == "59.84"


def test_d10_kosong_dihitung_nol_dan_tidak_diratakan() -> None:
    """An indicator with one question answered A and the rest empty is not full: the official score counts the empty ones as 0."""
    dunia = _siap()
    jawaban = {k: v for k, v in semua().items() if k not in ("2", "4", "5")}
    dunia.catat("lke", "2025-05-03", {"tahun": 2025, "penilai": "tpi", "jawaban": jawaban}, oleh=PENILAI)
    satu = _satu(dunia, "R20.area_1")
    assert mesin(satu.ditemukan) == "88.54"
    assert "D10" in satu.tafsir
    assert _satu(dunia, "R15").status == "tidak"


def test_d10_penyebut_nol_dihitung_setelah_dinilai_tpi() -> None:
    """No complaints to handle (0 due) is unanswered, so the sheet is incomplete, until TPI judges a value with a reason."""
    dunia = _siap()
    isi = {"tahun": 2025, "penilai": "tpi", "jawaban": {**semua(), "110": 0, "111": 0, "112": 0}}
    dunia.catat("lke", "2025-05-03", isi, oleh=PENILAI)
    assert mesin(_satu(dunia, "R20.area_5").ditemukan) == "80.00"
    assert _satu(dunia, "R15").status == "tidak"
    dinilai = {"112": {"nilai": "1", "alasan": "tidak ada pengaduan dan saluran terbuka"}}
    dunia.catat("lke", "2025-05-04", {**isi, "dinilai": dinilai}, oleh=PENILAI)
    assert mesin(_satu(dunia, "R20.area_5").ditemukan) == "100.00"
    assert _satu(dunia, "R15").status == "terpenuhi"


def test_d11_angka_74_86_tidak_dibulatkan_menjadi_75() -> None:
    """The fact that tests rely on, end to end: 74.86 fails 75 in a refused proposal, written as 74.86 in the event."""
    dunia = sampai_wbbm("evaluasi_tpi")
    bekal_usulan(dunia, 2027, "WBBM")
    dunia.catat("lke", "2027-05-03", {"tahun": 2027, "penilai": "tpi", "jawaban": semua("B")}, oleh=PENILAI)
    putusan = dunia.maju("usulkan", "2027-05-20", {"predikat": "WBBM", "surat": "900/1"})
    assert not putusan.diterima
    (ditolak,) = dunia.penolakan
    (satu,) = [s for s in ditolak.syarat if s["id"] == "R21.area_4"]
    assert (satu["ditemukan"], satu["dibutuhkan"], satu["kurang"], satu["terpenuhi"]) == ("74.86", ">= 75", "0.14", False)


# --- D12, D14, D15, D21: batas waktu ----------------------------------------------------------------------------------


def test_d12_dicatat_terlambat_hanya_dengan_berkas() -> None:
    """Late recording rests on the receipt's file, is marked, and says D12."""
    putusan = _siap().maju("usulkan", "2025-05-31", WBK, dicatat=HARI("2025-12-31"))
    assert "D12" in temuan(diterima(putusan), "R22").tafsir
    peristiwa = putusan.terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert peristiwa.terlambat == {"tanggal": "2025-05-31", "dicatat": "2025-12-31"}


def test_d14_akhir_31_mei_di_zona_definisi() -> None:
    """31 May ends at 23:59:59 in Asia/Jakarta: 17:00 UTC of that day is already 1 June, and too late."""
    zona = ZoneInfo(definisi().zona)
    dalam, luar = (datetime(2025, 5, 31, 16, 59, 59, tzinfo=UTC), datetime(2025, 5, 31, 17, 0, 0, tzinfo=UTC))
    assert [i.astimezone(zona).date().isoformat() for i in (dalam, luar)] == ["2025-05-31", "2025-06-01"]
    assert _satu(_siap(), "R22", dalam.astimezone(zona).date().isoformat()).status == "terpenuhi"
    assert _satu(_siap(), "R22", luar.astimezone(zona).date().isoformat()).status == "tidak"


@pytest.mark.parametrize("tahun", [2025, 2026])
def test_d14_hari_libur_tidak_menggeser(tahun: int) -> None:
    """31 May 2025 is a Saturday, 31 May 2026 a Sunday and a holiday: the day after is late in both years."""
    dunia = _siap(tahun)
    assert _satu(dunia, "R22", f"{tahun}-05-31").status == "terpenuhi"
    assert _satu(dunia, "R22", f"{tahun}-06-01").status == "tidak"


def test_d15_tahun_usulan_adalah_tahun_tanggalnya() -> None:
    """Without a year given, the proposal bears that of its date; the line on the deadline says D15."""
    dunia = _siap()
    assert "D15" in temuan(diterima(dunia.maju("usulkan", "2025-05-20", WBK)), "R22").tafsir
    usulan = dunia.unit[UNIT_UJI].keadaan.usulan
    assert usulan is not None
    assert usulan.tahun == 2025


def test_d21_pengumuman_mengalahkan_tanggal_tetap() -> None:
    """The announced date decides and both are shown; without an announcement the reading is not mentioned."""
    dunia = _siap()
    assert "D21" not in _satu(dunia, "R22").tafsir
    dunia.catat("pengumuman_tpn", "2025-05-01", {"tahun": 2025, "batas": "2025-05-19", "nomor": "B/5"}, None)
    satu = _satu(dunia, "R22")
    assert satu.status == "tidak"
    assert "D21" in satu.tafsir
    assert {HARI("2025-05-19"), HARI("2025-05-31")} <= set(satu.dibutuhkan)


# --- D13, D16, D18, D19, D20 ------------------------------------------------------------------------------------------


def test_d13_wali_kota_menetapkan_dan_kedua_nomor_disimpan() -> None:
    """The move is the Wali Kota's; the Minister's letter and the decree both stand in the event by number."""
    assert definisi().langkah["tetapkan-predikat"].pelaku == "wali_kota"
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    peristiwa = dunia.maju("tetapkan-predikat", "2025-12-01", {"predikat": "WBK"}).terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    (r26,) = [s for s in peristiwa.syarat if s["id"] == "R26"]
    assert "rekomendasi_menteri B/2/M" in str(r26["ditemukan"])
    assert "keputusan_predikat 188/90/2025" in str(r26["ditemukan"])
    assert r26["tafsir"] == ["D13"]


@pytest.mark.parametrize(
    ("komponen", "survei", "soal", "skor", "peringatan"),
    [
        ("R20.spak", "SPAK", "spak", "3.70", ("indeks SPAK di LKE 3.80 berbeda dengan catatan survei 3.70",)),
        ("R20.spak", "SPAK", "spak", "3.80", ()),
        ("R20.spak", "SPAK", "spak", "3.8000", ()),
        ("R20.prima", "SPKP", "prima", "3.801", ("indeks SPKP di LKE 3.80 berbeda dengan catatan survei 3.801",)),
        ("R20.prima", "SPKP", "prima", "3.80", ()),
    ],
)
def test_d16_indeks_dan_survei_yang_berbeda_diperingatkan(
    komponen: str, survei: str, soal: str, skor: str, peringatan: tuple[str, ...]
) -> None:
    """Both scales are the same number; where the LKE and the survey on file disagree a warning says so, and does not stop."""
    dunia = _siap()
    dunia.catat(
        "lke",
        "2025-05-03",
        {"tahun": 2025, "penilai": "tpi", **(lembar(spak="3.80") if soal == "spak" else lembar(prima="3.80"))},
        oleh=PENILAI,
    )
    dunia.catat("survei_internal", "2025-05-03", {"tahun": 2025, "survei": survei, "skor": skor, "responden": 30}, oleh=PENILAI)
    satu = _satu(dunia, komponen)
    assert (satu.status, satu.tafsir) == ("terpenuhi", ("D16",))
    assert tuple(mesin(p) for p in satu.peringatan) == peringatan
    assert satu.polos().get("peringatan") == (list(peringatan) or None)
    assert len(satu.bukti) == 2


def test_d16_salah_satu_cukup_tanpa_lke() -> None:
    """A survey alone meets the gate's own words; what the LKE must show besides is another gate."""
    dunia = sampai("evaluasi_tpi")
    dunia.catat("survei_internal", "2025-05-03", {"tahun": 2025, "survei": "SPAK", "skor": "3.60", "responden": 30}, oleh=PENILAI)
    satu = _satu(dunia, "R20.spak")
    assert (satu.status, mesin(satu.ditemukan)) == ("terpenuhi", "survei 3.60")
    satu = _satu(dunia, "R20.prima")
    assert mesin(satu.ditemukan) == "belum ada LKE tpi maupun survei SPKP tahun 2025"


def test_d18_dicabut_ketika_membangun_menuju_wbbm() -> None:
    """WBK is lost and the building towards WBBM is left; the earlier events stay on file."""
    dunia = sampai_wbbm("evaluasi_tpi")
    panjang, lalu = len(dunia.log), dunia.unit[UNIT_UJI].lalu
    diterima(cabut(dunia, "2027-03-01"))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran) == ("dicabut", None, None)
    assert dunia.unit[UNIT_UJI].lalu[: len(lalu)] == lalu
    assert len(dunia.log) == panjang + 4


def test_d19_nihil_hanya_untuk_rasio_pasal_12() -> None:
    """0 of 0 is met for R18 and R19, and only there: of 0 staff no majority can have signed."""
    nihil = {s.id for s in definisi().syarat if getattr(s.jenis, "nihil", False)}
    assert nihil == {f"R1{n}.{b}" for n in (8, 9) for b in ("tlhp", "lhkpn", "lhkasn")}


def test_d20_sesudah_wbbm_dicabut_mulai_lagi_dari_wbk() -> None:
    """After WBBM is revoked the next building is towards WBK."""
    dunia = sampai_wbbm("pemantauan_predikat")
    diterima(cabut(dunia, "2028-02-01"))
    dunia.catat("keputusan_penetapan", "2028-03-01", {"nomor": "188/21", "rencana": "r"})
    diterima(dunia.maju("tetapkan-ulang", "2028-03-02"))
    diterima(dunia.maju("mulai-bangun", "2028-03-10"))
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.predikat, keadaan.sasaran) == (None, "WBK")
    assert _satu(dunia, "R19.wbk", "2030-03-20", "WBBM").status == "tidak"


# --- readings in general ----------------------------------------------------------------------------------------------


def test_setiap_tafsir_d1_sampai_d21_ada_dengan_dasarnya() -> None:
    """All readings are data: an id, the open point, the reading, a date and a citation."""
    wajib = {f"D{n}" for n in range(1, 22)} | {"D4b"}
    assert wajib <= set(definisi().tafsir)
    for satu in definisi().tafsir.values():
        assert satu.soal
        assert satu.bacaan
        assert satu.dasar
        assert satu.sejak >= HARI("2024-02-19")


def test_tafsir_tidak_pernah_disebut_pasal() -> None:
    """A reading is shown in its own place of a line, never among the citations of the law (register's own moves aside)."""
    for predikat, dunia in (("WBK", _siap()), ("WBBM", sampai_wbbm("evaluasi_tpi"))):
        pada = {"WBK": "2025-05-20", "WBBM": "2027-05-20"}[predikat]
        for satu in dunia.periksa("usulkan", pada, {"predikat": predikat}).temuan:
            assert not set(satu.tafsir) & set(satu.dasar)
            assert all(d.startswith(("Perwali ", "PermenPANRB ")) or satu.id == "R30" for d in satu.dasar)
