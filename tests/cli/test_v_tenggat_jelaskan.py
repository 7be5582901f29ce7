"""``zi tenggat jelaskan``: the whole story of a due date, and why one does not run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.alat.dunia import HARI, KEPALA, PENILAI, PENILAI_LAIN, UNIT_UJI, arsip, cabut, definisi, kosong, sampai
from tests.alat.toko import Toko
from tests.cli.alat_cli import panggil
from tests.cli.register import bangun, galat, jawab, muat_sekali, potret
from zi_workflow.cli.tenggat_kata import alasan_tidak_berlaku, pemenuhan
from zi_workflow.domain.definition import Kewajiban
from zi_workflow.domain.duties import Penyelesaian
from zi_workflow.sweep import Penyapu

LAMA, DICABUT, TUNTAS = "KELURAHAN-A", "KELURAHAN-B", "KELURAHAN-C"
SEKDA = "196901011990031001"


def _sapu(dunia: Toko, *hari: str) -> None:
    """Sweep on these days, in order."""
    for satu in hari:
        dunia.jam.pada(HARI(satu))
        Penyapu(dunia.layanan, dunia.store).sapu(HARI(satu))


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: a unit on its way, an old WBK with a report and reminders, one revoked, one dissolved."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url, "pemantauan")
    try:
        wbk = {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2023-12-01", "tanggal_predikat": "2023-12-01"}
        for kode in (LAMA, DICABUT, TUNTAS):
            assert arsip(dunia, kode, wbk, "2024-06-12").diterima
        dunia.angkat(SEKDA, "sekda")
        dunia.catat("keputusan_predikat", "2024-06-13", {"nomor": "188/1/2023", "tahun": 2023, "predikat": "WBK"}, LAMA)
        assert cabut(dunia, "2024-08-05", DICABUT).diterima
        isi = {"alasan": "digabung", "nomor": "188/5"}
        assert dunia.maju("nonaktifkan", "2024-09-02", isi, TUNTAS).diterima
        _sapu(dunia, "2025-10-31", "2025-11-20", "2025-11-25")
        dunia.catat("laporan_berkala", "2025-11-26", {"nomor": "700/9", "simpulan": "masih_memenuhi"}, LAMA)
        _sapu(dunia, "2025-11-27", "2026-05-31")
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nobody acts, for nothing is written."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def _satu(unit: str, tenggat: str, pada: str, *lain: str) -> dict[str, Any]:
    data = jawab("tenggat", "jelaskan", unit, tenggat, "--pada", pada, *lain)
    (satu,) = data["kewajiban"]
    assert satu["id"] == tenggat
    hasil: dict[str, Any] = satu
    return hasil


def _rata(*argumen: str) -> str:
    """Return the letter as one line; each line of it fits on the screen."""
    hasil = panggil("tenggat", "jelaskan", *argumen)
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert max(map(len, hasil.stdout.splitlines())) <= 80
    return " ".join(hasil.stdout.split())


def test_setiap_kewajiban_unit_dan_tidak_ada_yang_ditulis(url: str) -> None:
    """Without a duty: each of the definition's, running or not with the reason; the unit's condition beside; nothing is written."""
    sebelum = potret(url)
    data = jawab("tenggat", "jelaskan", UNIT_UJI, "--pada", "2026-05-20")
    assert [k["id"] for k in data["kewajiban"]] == [k.id for k in definisi().kewajiban]
    assert (data["unit"], data["tahap"], data["predikat"], data["sasaran"], data["pada"]) == (
        UNIT_UJI,
        "pemantauan",
        None,
        "WBK",
        "2026-05-20",
    )
    for satu in data["kewajiban"]:
        assert satu["berlaku"] is (satu["alasan_tidak_berlaku"] is None)
        assert satu["berlaku"] or not satu["tenggat"]
        assert satu["pemenuhan"]
    assert {k["id"] for k in data["kewajiban"] if k["berlaku"]} == {"T1", "T2", "T5", "T7"}
    assert potret(url) == sebelum


def test_tanggal_hitungan_kutipan_dan_tafsir_dalam_kata() -> None:
    """The due date with its weekday, the arithmetic from the decree, the citation, the reading in words, what discharges it."""
    satu = _satu(LAMA, "T3", "2025-11-22")
    (tenggat,) = satu["tenggat"]
    assert tenggat["perhitungan"].endswith("+ 2 tahun (tafsir D17) = 1 Des 2025")
    assert tenggat["dasar"] == ["Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf c"]
    assert satu["bacaan"] == [{"id": "D17", "bacaan": definisi().tafsir["D17"].bacaan}]
    assert "laporan_berkala" in satu["pemenuhan"]
    assert "WBBM di dalam jendela" in satu["pemenuhan"]
    surat = _rata(LAMA, "T3", "--pada", "2025-11-22")
    assert "Senin, 1 Desember 2025 (9 hari lagi)" in surat
    assert "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf c" in surat
    assert f"D17: {definisi().tafsir['D17'].bacaan}" in surat
    assert f"zi catat laporan_berkala {LAMA}" in surat


def test_mengapa_tidak_digeser() -> None:
    """A due date on a Sunday that is Waisak: why it stays, and the last working day; an ordinary day says that it is one."""
    surat = _rata(UNIT_UJI, "T1", "--pada", "2026-05-20")
    assert "Minggu, 31 Mei 2026 (11 hari lagi)" in surat
    assert (
        "Minggu, Hari Raya Waisak. Tidak ada aturan yang menggeser jatuh tempo; hari kerja terakhir sebelumnya Jumat, 29 Mei 2026" in surat
    )
    assert surat.count("Jumat") == 1
    assert "Hari itu hari kerja." in _rata(LAMA, "T3", "--pada", "2025-11-22")


def test_tahun_di_luar_kalender_disebut() -> None:
    """Beyond the table of holidays it is said that only weekends are known."""
    assert "Hari libur 2031 belum ada di kalender; hanya akhir pekan yang diketahui." in _rata(UNIT_UJI, "T1", "--pada", "2031-05-02")


def test_riwayat_dan_siapa_yang_diingatkan() -> None:
    """What discharged earlier windows, with numbers; the roles that are reminded and who holds them that day, those above beside."""
    satu = _satu(LAMA, "T3", "2026-01-20")
    (lalu,) = satu["riwayat"]
    assert (lalu["jatuh_tempo"], lalu["dipenuhi"], lalu["oleh"]) == ("2025-12-01", "2025-11-26", "laporan_berkala 700/9")
    assert satu["diingatkan"] == [{"peran": "kepala_pd", "nip": [KEPALA]}, {"peran": "tpi", "nip": [PENILAI, PENILAI_LAIN]}]
    assert satu["bila_terlambat"] == [{"peran": "sekda", "nip": [SEKDA]}]
    assert satu["cadangan"] == []
    surat = _rata(LAMA, "T3", "--pada", "2026-01-20")
    nomor = lalu["bukti"][0]
    assert f"jatuh tempo 1 Des 2025: dipenuhi 26 Nov 2025 oleh laporan_berkala 700/9 (bukti nomor {nomor})" in surat
    assert f"bila terlambat juga sekda {SEKDA}" in surat


def test_tanpa_pemegang_peran_cadangan_diingatkan() -> None:
    """On a day when nobody holds the duty's roles, the fallback's holders are named."""
    satu = _satu(LAMA, "T3", "2024-01-15")
    assert (satu["diingatkan"][0]["nip"], satu["cadangan"]) == ([], [{"peran": "admin", "nip": []}])
    assert "tidak ada pemegang peran di atas, maka admin (tidak ada pemegang)" in _rata(LAMA, "T3", "--pada", "2024-01-15")


def test_pengingat_yang_tercatat_dan_langkah_berikutnya() -> None:
    """Reminders on record with their day, the step's own day where late, and whom they went to; then the steps still to come."""
    (tenggat,) = _satu(LAMA, "T3", "2025-11-25")["tenggat"]
    jejak = [(j["tanggal"], j["langkah"], j["seharusnya"]) for j in tenggat["pengingat"]]
    assert jejak == [("2025-10-31", "H-60", "2025-10-02"), ("2025-11-20", "H-14", "2025-11-17"), ("2025-11-25", "H-7", "2025-11-24")]
    assert {tuple(j["penerima"]) for j in tenggat["pengingat"]} == {(KEPALA, PENILAI, PENILAI_LAIN)}
    assert [b["langkah"] for b in tenggat["berikutnya"]] == ["H-1", "H-0", "terlambat"]
    surat = _rata(LAMA, "T3", "--pada", "2025-11-25")
    assert f"20 Nov 2025: H-14 (seharusnya 17 Nov 2025) kepada {KEPALA}, {PENILAI}" in surat
    assert "Berikutnya H-1 pada 30 Nov 2025, H-0 pada 1 Des 2025, terlambat pada 2 Des 2025" in surat


def test_langkah_hari_ini_yang_belum_dicatat_masih_berikutnya() -> None:
    """A step whose day is today and that no sweep recorded yet is the next one."""
    (tenggat,) = _satu(LAMA, "T3", "2025-11-24")["tenggat"]
    assert tenggat["berikutnya"][0] == {"langkah": "H-7", "tanggal": "2025-11-24"}


def test_pengingat_yang_dicabut_menyebut_sebabnya() -> None:
    """Of a discharged window the withdrawal is on record with its reason, beneath what was reminded of."""
    (lalu,) = _satu(LAMA, "T3", "2026-01-20")["riwayat"]
    assert [j["langkah"] for j in lalu["pengingat"]] == ["H-60", "H-14", "H-7", "dicabut"]
    assert lalu["pengingat"][-1]["keterangan"].startswith("dipenuhi 26 Nov 2025")
    assert lalu["berikutnya"] == []


def test_yang_terlambat_menyebut_dua_langkah_berikutnya() -> None:
    """What is overdue says for how many days, and the next two of the endless steps."""
    satu = _satu(UNIT_UJI, "T7", "2026-05-31", "--butir", "A1")
    (tenggat,) = satu["tenggat"]
    assert (tenggat["status"], tenggat["pengingat"][-1]["langkah"]) == ("terlambat", "terlambat+510")
    assert [b["langkah"] for b in tenggat["berikutnya"]] == ["terlambat+540", "terlambat+570"]
    surat = _rata(UNIT_UJI, "T7", "--butir", "A1", "--pada", "2026-05-31")
    assert "(TERLAMBAT 516 hari)" in surat
    assert "1 terlambat. Semua tenggat unit: zi tenggat daftar --unit DISPORA" in surat
    assert "(HARI INI)" in _rata(UNIT_UJI, "T1", "--pada", "2026-05-31")


def test_beberapa_tenggat_satu_kewajiban_masing_masing_lengkap() -> None:
    """An overdue year and the next stand beneath each other, what they share said once, what differs said for each."""
    satu = _satu(UNIT_UJI, "T1", "2024-06-20")
    assert [t["jatuh_tempo"] for t in satu["tenggat"]] == ["2025-05-31"]
    dua = _satu(UNIT_UJI, "T1", "2025-06-20")
    assert [t["jatuh_tempo"] for t in dua["tenggat"]] == ["2025-05-31", "2026-05-31"]
    surat = _rata(UNIT_UJI, "T1", "--pada", "2025-06-20")
    assert (surat.count("Jatuh tempo"), surat.count("Dasar"), surat.count("Tafsir")) == (2, 1, 1)


def test_kutipan_yang_berbeda_disebut_pada_masing_masing(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one year's date was announced, its citations and readings stand with it and not with the other."""
    url = f"sqlite:///{tmp_path_factory.mktemp('umum') / 'zi.db'}"
    dunia = bangun(url, "pemantauan")
    dunia.catat("pengumuman_tpn", "2025-04-22", {"tahun": 2025, "batas": "2025-05-23", "nomor": "B/7/TPN"}, None)
    dunia.tutup()
    monkeypatch.setenv("ZI_BASIS", url)
    surat = _rata(UNIT_UJI, "T1", "--pada", "2025-06-20")
    assert surat.count("Dasar") == 2
    assert "Tafsir D14, D21" in surat
    assert "Bukti nomor" in surat


def test_tanggal_yang_dipindah_menyebut_pengingat_lama_yang_dicabut(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a moved due date: what was reminded of for the old day, that it was withdrawn and why, and the steps of the new one."""
    url = f"sqlite:///{tmp_path_factory.mktemp('pindah') / 'zi.db'}"
    dunia = bangun(url, "pemantauan")
    _sapu(dunia, "2026-05-01")
    dunia.catat("pengumuman_tpn", "2026-05-02", {"tahun": 2026, "batas": "2026-06-12", "nomor": "B/7/TPN"}, None)
    _sapu(dunia, "2026-05-03")
    dunia.tutup()
    monkeypatch.setenv("ZI_BASIS", url)
    (tenggat,) = _satu(UNIT_UJI, "T1", "2026-05-03")["tenggat"]
    assert [(j["langkah"], j["jatuh_tempo"]) for j in tenggat["pengingat"]] == [
        ("H-30", "2026-05-31"),
        ("dicabut", "2026-05-31"),
        ("H-60", "2026-06-12"),
    ]
    assert tenggat["berikutnya"][0] == {"langkah": "H-30", "tanggal": "2026-05-13"}
    assert "3 Mei 2026: dicabut, jatuh tempo berubah: Pengumuman TPN B/7/TPN" in _rata(UNIT_UJI, "T1", "--pada", "2026-05-03")


def test_tanggal_paling_cepat_bukan_batas_waktu() -> None:
    """A not-before day says that it is no due date, reminds nobody, and later that it has come."""
    satu = _satu(UNIT_UJI, "T2", "2025-04-01")
    assert (satu["sifat"], satu["diingatkan"], satu["tenggat"][0]["berikutnya"]) == ("tidak_sebelum", [], [])
    assert "Paling cepat Kamis, 10 April 2025 (9 hari lagi; bukan batas waktu)" in _rata(UNIT_UJI, "T2", "--pada", "2025-04-01")
    assert "(sudah tiba)" in _rata(UNIT_UJI, "T2", "--pada", "2026-04-01")


@pytest.mark.parametrize(
    ("unit", "tenggat", "pada", "alasan"),
    [
        (UNIT_UJI, "T3", "2026-05-20", "berlaku bagi pemegang predikat WBK; unit tidak memegang predikat"),
        (LAMA, "T4", "2026-05-20", "berlaku bagi pemegang predikat WBBM; unit memegang WBK"),
        (LAMA, "T5", "2026-05-20", "berlaku pada tahap pembangunan, pemantauan atau evaluasi_tpi; unit pada tahap pemantauan_predikat"),
        (UNIT_UJI, "T9", "2026-05-20", "belum ada tanggal awalnya (keputusan pencabutan)"),
        (UNIT_UJI, "T1", "2024-03-20", "berlaku pada tahap"),
        (UNIT_UJI, "T11", "2026-05-20", "berlaku bagi unit yang menuju WBBM; unit menuju WBK"),
        (TUNTAS, "T3", "2026-05-20", "unit pada tahap akhir"),
    ],
)
def test_kewajiban_yang_tidak_berlaku_menyebut_sebabnya(unit: str, tenggat: str, pada: str, alasan: str) -> None:
    """A duty that does not run: what it asks for against what the unit has, on that day, exit 0."""
    satu = _satu(unit, tenggat, pada)
    assert satu["berlaku"] is False
    assert alasan in satu["alasan_tidak_berlaku"]
    assert alasan in _rata(unit, tenggat, "--pada", pada)


def test_unit_yang_belum_genap_setahun_menunggu(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit that has not built for a year: T1 says that both years come too early; without a plan T7 says so."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cabut') / 'zi.db'}"
    dunia = bangun(url)
    keadaan = {"tahap": "pembangunan", "sasaran": "WBK", "sejak": "2025-12-05", "mulai_bangun": "2025-12-01"}
    assert arsip(dunia, LAMA, keadaan, "2025-12-12").diterima
    dunia.tutup()
    monkeypatch.setenv("ZI_BASIS", url)
    assert _satu(LAMA, "T1", "2025-12-12")["alasan_tidak_berlaku"] == (
        "batas tahun ini dan tahun depan masih mendahului tanggal paling cepat (T2 atau T9)"
    )
    assert _satu(LAMA, "T7", "2025-12-12")["alasan_tidak_berlaku"] == "berkas unit belum memuat rencana_aksi"


def test_riwayat_kewajiban_yang_tidak_lagi_berlaku(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposal made stays the history of T1 after the unit has its predikat; a plan that is done says so."""
    url = f"sqlite:///{tmp_path_factory.mktemp('riwayat') / 'zi.db'}"
    dunia = bangun(url, "evaluasi_tpi")
    dunia.catat("realisasi", "2025-04-21", {"kode": "A1", "capaian": "100"})
    dunia.tutup()
    dua = f"sqlite:///{tmp_path_factory.mktemp('riwayat') / 'zi.db'}"
    bangun(dua, "predikat").tutup()
    monkeypatch.setenv("ZI_BASIS", url)
    t7 = _satu(UNIT_UJI, "T7", "2025-04-22")
    assert (t7["berlaku"], t7["tenggat"], len(t7["riwayat"])) == (True, [], 1)
    surat = _rata(UNIT_UJI, "T7", "--pada", "2025-04-22")
    assert "Sekarang tidak ada yang terbuka; semuanya sudah dipenuhi" in surat
    assert "A1, jatuh tempo 31 Des 2024: dipenuhi 21 Apr 2025 oleh realisasi A1, 111 hari terlambat" in surat
    monkeypatch.setenv("ZI_BASIS", dua)
    t1 = _satu(UNIT_UJI, "T1", "2025-12-20")
    assert (t1["berlaku"], [r["dipenuhi"] for r in t1["riwayat"]]) == (False, ["2025-05-20"])
    assert "dipenuhi 20 Mei 2025 oleh usulkan tahun 2025" in _rata(UNIT_UJI, "T1", "--pada", "2025-12-20")


def test_butir_tanpa_kewajiban_hanya_kewajiban_butir_itu() -> None:
    """--butir alone means the duty that has that item."""
    data = jawab("tenggat", "jelaskan", UNIT_UJI, "--butir", "A1", "--pada", "2026-05-20")
    assert [(k["id"], [t["butir"] for t in k["tenggat"]]) for k in data["kewajiban"]] == [("T7", ["A1"])]


def test_bawaan_hari_ini() -> None:
    """Without --pada it is today's letter."""
    assert date.fromisoformat(jawab("tenggat", "jelaskan", UNIT_UJI)["pada"]) > HARI("2026-05-31")


@pytest.mark.parametrize(
    ("argumen", "kode", "kata", "lanjut"),
    [
        ((), 2, "'UNIT'", "--help"),
        (("DISPOR",), 3, "Maksud Anda: DISPORA?", "zi tenggat jelaskan DISPORA"),
        ((UNIT_UJI, "t3"), 3, "Maksud Anda: T3?", "zi tenggat jelaskan DISPORA T3"),
        ((UNIT_UJI, "T99"), 3, "Tenggat 'T99' tidak dikenal", "zi tenggat"),
        ((UNIT_UJI, "T7", "--butir", "a1"), 3, "Maksud Anda: A1?", "zi tenggat jelaskan DISPORA T7 --butir A1"),
        ((UNIT_UJI, "T7", "--butir", "zzz"), 3, "Butir rencana 'zzz' tidak dikenal.", "zi tenggat jelaskan DISPORA"),
        ((UNIT_UJI, "T3", "--butir", "A1"), 3, "Butir rencana 'A1' tidak dikenal.", "zi tenggat jelaskan DISPORA"),
        ((UNIT_UJI, "--pada", "2200-01-01"), 2, "terlalu jauh", "lebih awal"),
    ],
)
def test_nama_yang_tidak_ada(argumen: tuple[str, ...], kode: int, kata: str, lanjut: str) -> None:
    """An unknown unit, duty or item: what was probably meant and the command line with it."""
    pesan, _, langkah = galat("tenggat", "jelaskan", *argumen, kode=kode)
    assert kata in pesan
    assert lanjut in langkah


# --- words ----------------------------------------------------------------------------------------------------------


def _penyelesaian() -> Kewajiban:
    """Return a duty of the kind that this definition does not use."""
    asal = definisi().kewajiban[0]
    return replace(asal, id="T8", jenis=Penyelesaian("pengaduan", "diterima"), tahap=(), predikat=(), sasaran=())


def test_kata_pemenuhan_setiap_jenis() -> None:
    """Each kind of duty says what discharges it, with the definition's own names."""
    kata = {k.id: pemenuhan(k) for k in definisi().kewajiban}
    assert kata["T1"] == "langkah usulkan untuk tahun itu, paling lambat pada hari itu"
    assert kata["T4"] == "catatan laporan_berkala, bertanggal sesudah awal jendela"
    assert kata["T10"] == "catatan pemantauan yang berisi laporan, bertanggal sesudah awal jendela"
    assert kata["T7"] == "catatan realisasi butir itu yang mencapai targetnya"
    assert kata["T9"].startswith("tidak ada yang harus dipenuhi")
    assert pemenuhan(_penyelesaian()) == "berkas alur pengaduan itu sampai pada tahap akhirnya"


def test_kata_alasan_gabungan_dan_jenis_lain() -> None:
    """Several reasons are all said; a kind without a beginning of its own says that it has not begun."""
    unit = sampai("pembangunan").unit[UNIT_UJI]
    t11 = next(k for k in definisi().kewajiban if k.id == "T11")
    alasan = alasan_tidak_berlaku(definisi(), t11, unit)
    assert alasan == (
        "berlaku bagi pemegang predikat WBK; unit tidak memegang predikat. Juga berlaku bagi unit yang menuju WBBM; unit menuju WBK"
    )
    assert (
        alasan_tidak_berlaku(definisi(), _penyelesaian(), kosong().unit[UNIT_UJI]) == "tidak ada berkas alur itu yang menyangkut unit ini"
    )
