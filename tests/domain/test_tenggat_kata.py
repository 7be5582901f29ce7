"""What a due date says of itself: arithmetic in words, citations, readings, the next step; and values dated as the law is."""

from __future__ import annotations

from dataclasses import replace
from datetime import MAXYEAR, date
from pathlib import Path

import pytest

from tests.alat.aturan import ubahan
from tests.alat.dunia import HARI, UNIT_UJI, Dunia, arsip, definisi, kosong, sampai
from tests.domain.tabel_tanggal import dunia
from zi_workflow.domain.asof import peristiwa_pada
from zi_workflow.domain.deadlines import Tenggat, perubahan_berikut, sidik_aturan, tenggat
from zi_workflow.domain.definition import Definisi, Masa
from zi_workflow.domain.duties import masa_pada
from zi_workflow.domain.events import PengingatDicabut
from zi_workflow.domain.guards.ambang import PEMBACA, Jarak
from zi_workflow.domain.reminders import TAK_ADA, Ingatan, sapu
from zi_workflow.domain.state import Instansi, Unit, lipat

BANGUN, WBK = "bangun 2024-01-10", "wbk 2024-09-03"
PERWALI = "Perwali Binjai 3/2024"
GESER = " dan tidak digeser, hari kerja terakhir "


def _satu(berkas: str, nama: str, pada: str, ke: int = -1) -> Tenggat:
    satu = dunia(berkas)
    return [t for t in tenggat(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, HARI(pada)) if t.id == nama][ke]


# --- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("berkas", "nama", "pada", "kata"),
    [
        (BANGUN, "T1", "2027-01-04", "31 Mei 2027, batas tetap setiap tahun"),
        (
            BANGUN,
            "T1",
            "2025-02-03",
            f"31 Mei 2025, batas tetap setiap tahun; hari itu Sabtu{GESER}Rabu 28 Mei 2025",
        ),
        (
            BANGUN,
            "T1",
            "2026-02-03",
            f"31 Mei 2026, batas tetap setiap tahun; hari itu Minggu, Hari Raya Waisak{GESER}Jumat 29 Mei 2026",
        ),
        (
            f"{BANGUN}, umum 2025-01-15 2025 2025-04-30",
            "T1",
            "2025-02-03",
            "Pengumuman TPN B/7 tanggal 15 Jan 2025: 30 Apr 2025 (batas tetap 31 Mei 2025; tafsir D21)",
        ),
        ("bangun 2024-02-29", "T2", "2024-03-01", "pembangunan dimulai 29 Feb 2024 + 1 tahun (tafsir D2) = 28 Feb 2025"),
        ("dicabut 2024-05-31", "T9", "2024-06-03", "keputusan pencabutan 31 Mei 2024 + 2 tahun = 31 Mei 2026"),
        (WBK, "T3", "2025-01-06", "predikat ditetapkan 3 Sep 2024 + 2 tahun (tafsir D17) = 3 Sep 2026"),
        ("jalan predikat", "T3", "2026-01-05", "Keputusan 188/90/2025 tanggal 10 Nov 2025 + 2 tahun (tafsir D17) = 10 Nov 2027"),
        (
            f"{WBK}, lapor 2026-08-03",
            "T3",
            "2026-08-04",
            "laporan_berkala 700/55 tanggal 3 Agu 2026 + 2 tahun (tafsir D17) = 3 Agu 2028",
        ),
        (
            "lapor-arsip 2020-01-10 2023-06-30",
            "T3",
            "2024-08-05",
            "laporan_berkala dari arsip tanggal 30 Jun 2023 + 2 tahun (tafsir D17) = 30 Jun 2025",
        ),
        (
            "usul-wbbm 2024-09-04 2026-05-20",
            "T3",
            "2026-09-07",
            "jendela yang berakhir 4 Sep 2026 (WBBM diusulkan 20 Mei 2026) + 2 tahun (tafsir D17) = 4 Sep 2028",
        ),
        ("bangun 2025-01-10, pantau 2025-03-10", "T5", "2025-03-11", "pemantauan tanggal 10 Mar 2025 + 3 bulan (tafsir D4) = 10 Jun 2025"),
        (
            f"{WBK}, bangun-wbbm 2025-01-10",
            "T11",
            "2025-02-03",
            "pembangunan WBBM dimulai 10 Jan 2025 + 6 bulan (tafsir D4b) = 10 Jul 2025",
        ),
    ],
)
def test_perhitungan_dengan_kata(berkas: str, nama: str, pada: str, kata: str) -> None:
    """Each date says how it was reckoned, from which decree, by which reading, and where it is no working day."""
    assert _satu(berkas, nama, pada).perhitungan == kata


def test_paling_cepat_tidak_berhari_kerja() -> None:
    """A not-before date on a weekend is no deadline: nothing is said of working days, nothing is open."""
    satu = _satu("dicabut 2024-02-29", "T9", "2024-03-01")
    assert (satu.sifat, satu.terbuka, satu.alasan_libur) == ("tidak_sebelum", False, "Sabtu")
    assert satu.perhitungan == "keputusan pencabutan 29 Feb 2024 + 2 tahun = 28 Feb 2026"
    assert (satu.kejadian.dipenuhi, _satu("dicabut 2024-02-29", "T9", "2026-02-28").kejadian.oleh) == (None, "waktu")


def test_dasar_dan_tafsir() -> None:
    """The citations are those of the value and of the announcement, none younger than it, and each reading is named once."""
    tetap = _satu(BANGUN, "T1", "2025-02-03")
    assert tetap.dasar == (f"{PERWALI} Pasal 14 ayat (3)", "PermenPANRB 5/2024 Lampiran II Bab II")
    assert (tetap.tafsir, tetap.kejadian.bukti) == (("D14",), ())
    umum = _satu(f"{BANGUN}, umum 2025-01-15 2025 2025-04-30", "T1", "2025-02-03")
    assert umum.dasar == (*tetap.dasar, "PermenPANRB 90/2021 Lampiran II Bab II", "PermenPANRB 5/2024 Lampiran II Bab II huruf A")
    assert (umum.tafsir, len(umum.kejadian.bukti)) == (("D14", "D21"), 1)
    lama = _satu("bangun 2023-01-10, umum 2024-03-04 2024 2024-06-28", "T1", "2024-03-05")
    assert lama.dasar == (f"{PERWALI} Pasal 14 ayat (3)", "PermenPANRB 90/2021 Lampiran II Bab II")
    assert _satu(WBK, "T3", "2025-01-06").dasar == (f"{PERWALI} Pasal 16 ayat (2) huruf c",)


def test_lanjut_bagi_unit_itu() -> None:
    """The next step names the unit; the id, the description and the due date's key are the duty's."""
    satu = _satu(BANGUN, "T1", "2025-02-03")
    assert (
        satu.lanjut
        == f"zi periksa {UNIT_UJI} usulkan, lalu: zi maju usulkan {UNIT_UJI}; sesudah lewat: zi tenggat prakiraan --unit {UNIT_UJI}"
    )
    assert (satu.id, satu.uraian, satu.kunci) == ("T1", "Mengusulkan kepada TPN", ("T1", "", "2025-05-31"))
    ganti = replace(satu, kewajiban=replace(satu.kewajiban, lanjut="{tahun} {unit} {butir}."))
    assert ganti.lanjut == f"2025 {UNIT_UJI} ."


def test_urutan_menurut_definisi() -> None:
    """Duties come in the order of the definition, though not-before dates are reckoned first."""
    satu = dunia(f"{WBK}, bangun-wbbm 2025-01-10")
    semua = tenggat(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, HARI("2025-02-03"))
    assert [t.id for t in semua] == ["T1", "T2", "T3", "T5", "T6", "T10", "T11"]


# --- dated values -----------------------------------------------------------------------------------------------------


def _dengan(berkas: str, aturan: Definisi, nama: str, pada: str) -> list[Tenggat]:
    satu = dunia(berkas)
    return [t for t in tenggat(aturan, satu.unit[UNIT_UJI], satu.instansi, HARI(pada)) if t.id == nama]


def test_nilai_yang_berlaku_pada_pangkalnya(tmp_path: Path) -> None:
    """Two years until the end of 2025, three from then on: each window runs by the value in force on the day it starts."""
    lama = "{sejak: 2024-02-19, dasar: [PERWALI3 Pasal 16 ayat (2) huruf c], ambang: setiap 2 tahun, tafsir: [D17]}"
    baru = (
        lama.replace("dasar", "sampai: 2025-12-31, dasar", 1)
        + "\n      - "
        + lama.replace("2024-02-19", "2026-01-01").replace("2 tahun", "3 tahun")
    )
    aturan = ubahan(tmp_path, "tenggat.yaml", (lama, baru))
    pangkal = {"2025-12-31": "2027-12-31", "2026-01-01": "2029-01-01", "2023-03-01": "2025-03-01"}
    for awal, batas in pangkal.items():
        (satu,) = _dengan(f"wbk {awal}", aturan, "T3", "2026-06-01")
        assert satu.jatuh_tempo == HARI(batas)
    dua = _dengan(f"{WBK}, lapor 2026-08-03", aturan, "T3", "2026-08-04")
    assert [t.jatuh_tempo.isoformat() for t in dua] == ["2026-09-03", "2029-08-03"]
    assert [t.kejadian.masa.teks for t in dua] == ["setiap 2 tahun", "setiap 3 tahun"]


def test_batas_tahunan_menurut_tahunnya(tmp_path: Path) -> None:
    """An annual date that is amended holds for the years whose own date it covers, earlier ones keep theirs."""
    lama = '{sejak: 2024-07-15, dasar: [PERWALI3 Pasal 14 ayat (3), N5 Lampiran II Bab II], ambang: "<= 31 Mei", tafsir: [D14]}'
    baru = (
        lama.replace("dasar", "sampai: 2026-04-30, dasar", 1)
        + "\n      - "
        + lama.replace("2024-07-15", "2026-05-01").replace("31 Mei", "30 April")
    )
    aturan = ubahan(tmp_path, "tenggat.yaml", (lama, baru))
    for pada, batas in (("2025-01-06", "2025-05-31"), ("2026-01-05", "2026-05-31"), ("2027-01-04", "2027-04-30")):
        (satu,) = _dengan(BANGUN, aturan, "T1", pada)
        assert satu.jatuh_tempo == HARI(batas)
    lekas = ubahan(tmp_path, "tenggat.yaml", ("sampai: 2026-04-30", "sampai: 2026-04-29"), ("sejak: 2026-05-01", "sejak: 2026-04-30"))
    assert [t.jatuh_tempo for t in _dengan(BANGUN, lekas, "T1", "2026-01-05")] == [HARI("2026-04-30")]
    (dulu,) = _dengan("bangun 2020-01-10", aturan, "T1", "2023-01-09")
    assert (dulu.jatuh_tempo, dulu.kejadian.masa) == (HARI("2023-05-31"), aturan.kewajiban[0].berlaku[0])


def test_masa_pada_hari() -> None:
    """The newest period begun by the day; before all of them the first."""
    satu, dua = Masa(HARI("2024-02-19"), HARI("2025-12-31"), ()), Masa(HARI("2026-01-01"), None, ())
    kewajiban = replace(definisi().kewajiban[0], berlaku=(satu, dua))
    assert [masa_pada(kewajiban, HARI(h)) for h in ("2020-01-01", "2025-12-31", "2026-01-01")] == [satu, satu, dua]


@pytest.mark.parametrize(
    ("teks", "jarak", "kata", "hari"),
    [
        ("setiap 2 tahun", Jarak(2, "tahun"), "2 tahun", "2026-02-28"),
        ("setiap 6 bulan", Jarak(6, "bulan"), "6 bulan", "2024-08-29"),
        ("dalam 60 hari", Jarak(60, "hari"), "60 hari", "2024-04-29"),
        ("dalam 999 hari", Jarak(999, "hari"), "999 hari", "2026-11-24"),
    ],
)
def test_jarak(teks: str, jarak: Jarak, kata: str, hari: str) -> None:
    """A span is read, written and added as the calendar has it."""
    assert PEMBACA["jarak"](teks) == jarak
    assert (str(jarak), jarak.sesudah(HARI("2024-02-29"))) == (kata, HARI(hari))


@pytest.mark.parametrize(
    "teks", ["", "2 tahun", "setiap 0 bulan", "setiap 02 bulan", "setiap 1000 hari", "setiap 2 minggu", "Setiap 2 tahun"]
)
def test_jarak_lain_ditolak(teks: str) -> None:
    """Anything else is refused with an example."""
    with pytest.raises(ValueError, match=r"jarak waktu, misalnya 'setiap 3 bulan' atau 'dalam 60 hari'"):
        PEMBACA["jarak"](teks)


# --- files that must come to their end --------------------------------------------------------------------------------


def _aduan(berkas: str, pada: str) -> list[Tenggat]:
    return _dengan(berkas, definisi(), "T8", pada)


def test_penyelesaian_dalam_enam_puluh_hari() -> None:
    """Each complaint about the unit is an item of its own: sixty days from the day it came, with the arithmetic in words."""
    dua = f"{WBK}, aduan 2025-01-07 P-2, aduan 2025-01-06 P-1, aduan 2025-02-03 P-1 selesai 2025-01-06"
    satu, lain = _aduan(dua, "2025-02-03")
    assert (satu.kejadian.butir, satu.status, satu.kejadian.oleh, satu.jatuh_tempo) == (
        "P-1",
        "dipenuhi",
        "tahap selesai",
        HARI("2025-03-07"),
    )
    assert (lain.kejadian.butir, lain.status, lain.uraian) == (
        "P-2", "akan_datang", "Penyelesaian pengaduan maladministrasi: tahap diterima",
    )  # fmt: skip
    assert satu.perhitungan == "pengaduan diterima 6 Jan 2025 + 60 hari (tafsir D7) = 7 Mar 2025"
    assert lain.lanjut == "zi pengaduan periksa P-2"
    assert [t.kejadian.butir for t in _aduan(dua, "2025-01-06")] == ["P-1"]
    assert _aduan(WBK, "2025-02-03") == []


def test_penyelesaian_berhenti_di_tahap_akhir() -> None:
    """A unit that was dissolved owes nothing more; its complaints keep their own files."""
    assert _aduan(f"{WBK}, aduan 2025-01-06 P-1, nonaktif 2025-02-03", "2025-02-03") == []


def test_penyelesaian_mencabut_pengingat() -> None:
    """A complaint that ends takes its reminders back as discharged, so many days late."""
    ingat = {("T8", "P-1", "2025-03-07"): Ingatan({"terlambat": HARI("2025-03-08")}, "P-1")}
    satu = dunia(f"{WBK}, aduan 2025-01-06 P-1, aduan 2025-03-10 P-1 tidak_terbukti 2025-01-06")
    hasil = sapu(definisi(), satu.unit[UNIT_UJI], satu.instansi, ingat, HARI("2025-03-10"))
    (cabut,) = [p for p, _ in hasil.peristiwa if isinstance(p, PengingatDicabut)]
    assert (cabut.tenggat, cabut.butir, cabut.sebab) == ("T8", "P-1", "dipenuhi")
    assert cabut.keterangan == "dipenuhi 10 Mar 2025 (tahap tidak_terbukti), 3 hari terlambat"


# --- what a duty runs for ---------------------------------------------------------------------------------------------


def test_larangan_hanya_bagi_yang_menuju_wbk() -> None:
    """A bar counts for who builds towards the predikat that R28 guards, or has it ahead, and not for who builds beyond it."""
    aturan = definisi()
    assert [t.id for t in _dengan("dicabut 2024-06-03", aturan, "T9", "2024-07-01")] == ["T9"]
    assert [t.id for t in _dengan("dicabut 2024-06-01, ulang 2024-07-01", aturan, "T9", "2024-08-01")] == ["T9"]
    penerus = dunia(f"{WBK}, bangun-wbbm 2025-01-10").unit[UNIT_UJI]
    penerus = replace(penerus, warisan={"LAMA": HARI("2025-06-02")})
    semua = tenggat(aturan, penerus, Instansi(), HARI("2026-01-05"))
    assert [(t.id, t.jatuh_tempo.isoformat()) for t in semua if t.id in ("T1", "T9")] == [("T1", "2026-05-31")]


def test_tahunan_tanpa_tahap_berjalan_di_semua_tahap(tmp_path: Path) -> None:
    """A duty that names no stages runs at all of them, and a new year is a new look everywhere."""
    saring = "    tahap: [pembangunan, pemantauan, evaluasi_tpi]\n    kepada: [wali_kota"
    aturan = ubahan(tmp_path, "tenggat.yaml", (saring, "    kepada: [wali_kota"))
    assert [t.jatuh_tempo for t in _dengan(WBK, aturan, "T1", "2025-01-06")] == [HARI("2025-05-31")]
    unit = dunia(WBK).unit[UNIT_UJI]
    assert perubahan_berikut(aturan, unit, HARI("2025-01-06")) == HARI("2026-01-01")
    assert perubahan_berikut(definisi(), unit, HARI("2025-01-06")) is None
    assert perubahan_berikut(definisi(), dunia(BANGUN).unit[UNIT_UJI], HARI("2025-12-31")) == HARI("2026-01-01")


@pytest.mark.parametrize(
    "tahap", ["terdaftar", "pencanangan", "penetapan", "pembangunan", "pemantauan", "evaluasi_tpi", "usulan_tpn", "predikat"]
)
@pytest.mark.parametrize("pada", [date.min, HARI("2024-02-29"), HARI("2027-06-01"), date(MAXYEAR, 1, 1), date.max])
def test_tidak_pernah_galat(tahap: str, pada: date) -> None:
    """At every stage and on every day of the calendar there is an answer, and a day to look again that is not past."""
    satu = dunia(f"jalan {tahap}")
    unit = satu.unit[UNIT_UJI]
    semua = tenggat(satu.aturan, unit, satu.instansi, pada)
    assert all(t.pada == pada for t in semua)
    assert pada < sapu(satu.aturan, unit, satu.instansi, {}, pada).berikut or pada.year == MAXYEAR


@pytest.mark.parametrize(("batas", "pada"), [("0001-01-01", "2025-02-03"), ("9999-12-31", "2025-02-03"), ("9999-12-31", "9999-12-31")])
def test_butir_di_ujung_kalender(batas: str, pada: str) -> None:
    """A plan may name the first or the last day that there is; the sweep of that unit still comes to an end."""
    satu = dunia(f"bangun 2025-01-10, rencana 2025-01-10 A1:{batas}:1")
    hasil = sapu(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, {}, HARI(pada))
    langkah = [getattr(p, "langkah", "") for p, _ in hasil.peristiwa if p.tenggat == "T7"]
    assert langkah == ([] if pada < "9999" < batas else ["terlambat"] if batas < pada else ["H-0"])
    assert HARI(pada) < hasil.berikut <= TAK_ADA or pada == TAK_ADA.isoformat()


# --- as it was, and what else decides ---------------------------------------------------------------------------------


def _berkas_pada(satu: Dunia, pada: str) -> Unit:
    semua = [t for t in satu.log if t.aliran == f"unit/{UNIT_UJI}"]
    unit = lipat(peristiwa_pada(semua, HARI(pada)))
    assert unit is not None
    return unit


def test_berkas_pada_suatu_hari() -> None:
    """A file as of a day has what had happened by then; before its registration it is as it was opened."""
    satu = sampai("usulan_tpn")
    tahap = {
        "2024-02-20": "terdaftar",
        "2024-03-11": "pencanangan",
        "2024-04-09": "penetapan",
        "2024-04-10": "pembangunan",
        "2025-05-20": "usulan_tpn",
    }
    assert {hari: _berkas_pada(satu, hari).keadaan.tahap for hari in tahap} == tahap
    assert _berkas_pada(satu, "2024-04-02").bukti.keys() == {
        "pakta_integritas",
        "naskah_deklarasi",
        "publikasi",
        "piagam",
        "keputusan_penetapan",
        "penilaian_kriteria",
    }


def test_langkah_yang_dibatalkan_tidak_pernah_terjadi() -> None:
    """A move that was undone, whenever that was, never happened on any day."""
    satu = sampai("usulan_tpn")
    assert satu.maju("batalkan-langkah", "2025-05-25", {"alasan": "keliru", "nomor": "900/9"}).diterima
    assert {_berkas_pada(satu, h).keadaan.tahap for h in ("2025-05-19", "2025-05-20", "2025-05-24", "2025-05-25", "2025-06-02")} == {
        "evaluasi_tpi"
    }
    assert satu.maju("usulkan", "2025-05-26", {"predikat": "WBK", "surat": "900/2/2025"}).diterima
    assert [_berkas_pada(satu, h).keadaan.tahap for h in ("2025-05-25", "2025-05-26")] == ["evaluasi_tpi", "usulan_tpn"]


def test_sidik_aturan_menurut_definisi_dan_pengumuman(tmp_path: Path) -> None:
    """What decides dates beside the file: the definition and the dates announced, and nothing else of the instansi."""
    polos, lain = kosong(), kosong()
    lain.catat("spip", "2027-03-02", {"tahun": 2026, "level": 3}, None)
    awal = sidik_aturan(definisi(), polos.instansi)
    assert sidik_aturan(definisi(), lain.instansi) == awal
    lain.catat("pengumuman_tpn", "2027-03-02", {"tahun": 2027, "batas": "2027-06-15", "nomor": "B/7"}, None)
    assert sidik_aturan(definisi(), lain.instansi) != awal
    assert sidik_aturan(ubahan(tmp_path, "tenggat.yaml", ("[90, 60, 30", "[91, 60, 30")), polos.instansi) != awal


def test_arsip_sebelum_hari_pendaftaran() -> None:
    """A file from the archive keeps the dates that it brought, older than the register itself."""
    satu = kosong()
    arsip(satu, "LAMA", {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2022-01-05", "tanggal_predikat": "2022-01-05"})
    semua = tenggat(satu.aturan, satu.unit["LAMA"], satu.instansi, HARI("2024-03-01"))
    assert {t.id: t.jatuh_tempo.isoformat() for t in semua} == {"T3": "2024-01-05", "T6": "2023-01-05", "T10": "2023-01-05"}
