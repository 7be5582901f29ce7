"""The complaints' workflow: its moves, what each asks, and how the unit's own file learns of them (P16(2)e)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from projections import papan
from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA
from tests.layanan.alat import GudangSela
from tests.pengaduan.alat import ALUR, TANPA_PREDIKAT, WBK_SEJAK, Register, definisi_aduan, terima
from zi_workflow.answers import Jawaban
from zi_workflow.clock import hari_di
from zi_workflow.domain.checklist import Temuan
from zi_workflow.domain.commands import AmbilLangkah, AngkatPejabat, Catat, DaftarkanUnit, Koreksi
from zi_workflow.domain.errors import Konflik, LangkahTidakTersedia, MasukanSalah, UnitTidakDitemukan
from zi_workflow.domain.events import BerkasTerkait
from zi_workflow.retrospect import ulangi
from zi_workflow.service import Layanan

P16 = "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf e"


def _kurang(jawaban: Jawaban) -> set[str]:
    return {t.id for d in jawaban.penolakan for t in d.penghalang}


# --- the definition --------------------------------------------------------------------------------------------------


def test_tahap_dan_langkah() -> None:
    """Six stages in their order, two of them ends; not proven only after clarification."""
    aturan = definisi_aduan()
    assert list(aturan.tahap) == ["diterima", "diidentifikasi", "diklarifikasi", "ditindaklanjuti", "selesai", "tidak_terbukti"]
    assert [t.id for t in aturan.tahap.values() if t.akhir] == ["selesai", "tidak_terbukti"]
    assert aturan.langkah["nyatakan-tidak-terbukti"].dari == ("diklarifikasi", "ditindaklanjuti")
    assert (aturan.induk, aturan.id, aturan.predikat) == ("zi", ALUR, ())


def test_setiap_langkah_dan_syarat_mengutip_dasarnya() -> None:
    """Every requirement of complaints proper cites the ayat, and TPI makes every move but the undoing."""
    aturan = definisi_aduan()
    assert all(P16 in m.dasar for s in aturan.syarat if s.id.startswith("P") for m in s.berlaku)
    assert {x.pelaku for x in aturan.langkah.values() if not x.efek.membatalkan} == {"tpi"}


# --- a life ----------------------------------------------------------------------------------------------------------


def test_satu_pengaduan_sampai_selesai(reg: Register) -> None:
    """From receipt to the end, each move on its own evidence; the unit's file knows where it stands after each."""
    reg.sampai("diterima")
    assert _terkait(reg) == ("diterima", None)
    reg.isi("P-1", "identifikasi")
    reg.langkah("P-1", "identifikasi", "2025-01-08")
    assert _terkait(reg) == ("diidentifikasi", None)
    reg.isi("P-1", "klarifikasi")
    reg.langkah("P-1", "klarifikasi", "2025-01-09")
    reg.isi("P-1", "tindak_lanjut", oleh=KEPALA)
    reg.langkah("P-1", "tindaklanjuti", "2025-01-10")
    reg.isi("P-1", "hasil")
    reg.langkah("P-1", "selesaikan", "2025-01-13")
    assert reg.aduan().keadaan.tahap == "selesai"
    assert _terkait(reg) == ("selesai", HARI("2025-01-13"))


def _terkait(reg: Register, kode: str = "P-1") -> tuple[str, object]:
    satu = reg.berkas_unit().terkait[ALUR, kode]
    return satu.tahap, satu.selesai


@pytest.mark.parametrize(
    ("tahap", "langkah", "kurang"),
    [
        ("diterima", "identifikasi", {"P2"}),
        ("diidentifikasi", "klarifikasi", {"P3"}),
        ("diklarifikasi", "tindaklanjuti", {"P4"}),
        ("diklarifikasi", "nyatakan-tidak-terbukti", {"P6"}),
        ("ditindaklanjuti", "selesaikan", {"P5"}),
    ],
)
def test_langkah_tanpa_buktinya_ditolak_dengan_dasar(reg: Register, tahap: str, langkah: str, kurang: set[str]) -> None:
    """Each move is refused without its record, citing P16(2)e; the complaint stays, and so does what the unit's file says."""
    reg.sampai(tahap)
    sebelum = reg.berkas_unit()
    jawaban = reg.langkah("P-1", langkah, "2025-01-20")
    assert _kurang(jawaban) == kurang
    assert all(P16 in t.dasar for d in jawaban.penolakan for t in d.penghalang)
    assert reg.aduan().keadaan.tahap == tahap
    assert reg.berkas_unit() == sebelum


def test_tidak_terbukti(reg: Register) -> None:
    """A complaint that clarification does not bear out cannot be followed up, only closed as not proven."""
    reg.sampai("diidentifikasi")
    reg.isi("P-1", "klarifikasi", terbukti="tidak")
    reg.langkah("P-1", "klarifikasi", "2025-01-09")
    assert _kurang(reg.langkah("P-1", "tindaklanjuti", "2025-01-10")) == {"P4", "P4.terbukti"}
    reg.isi("P-1", "hasil", simpulan="tidak_terbukti")
    assert reg.langkah("P-1", "nyatakan-tidak-terbukti", "2025-01-10").diterima
    assert _terkait(reg) == ("tidak_terbukti", HARI("2025-01-10"))
    with pytest.raises(LangkahTidakTersedia, match="tidak tersedia: P-1 berada pada tahap tidak_terbukti"):
        reg.langkah("P-1", "selesaikan", "2025-01-11")


def test_tidak_terbukti_tidak_tersedia_sebelum_klarifikasi(reg: Register) -> None:
    """Nothing is dismissed before it was identified and clarified (tafsir D24)."""
    reg.sampai("diidentifikasi")
    with pytest.raises(LangkahTidakTersedia, match="nyatakan-tidak-terbukti tidak tersedia"):
        reg.langkah("P-1", "nyatakan-tidak-terbukti", "2025-01-10")


def test_hanya_yang_berwenang(reg: Register) -> None:
    """TPI moves complaints; the unit's head records follow-up only; others may not even open one."""
    reg.sampai("diterima")
    reg.isi("P-1", "identifikasi")
    assert _kurang(reg.langkah("P-1", "identifikasi", oleh=KEPALA)) == {"R30"}
    assert _kurang(reg.isi("P-1", "klarifikasi", oleh=KEPALA)) == {"R30"}
    assert reg.isi("P-1", "tindak_lanjut", oleh=KEPALA).diterima
    assert _kurang(reg.terima("P-2", oleh=WALI_KOTA)) == {"R30"}


def test_kepala_unit_lain_tidak_berwenang(reg: Register) -> None:
    """The head of another unit may not record in the file of a complaint about this one."""
    lain = "197606062001031003"
    reg.angkat(lain, "kepala_pd", TANPA_PREDIKAT, sejak=WBK_SEJAK)
    reg.sampai("diterima")
    assert _kurang(reg.isi("P-1", "tindak_lanjut", oleh=lain)) == {"R30"}


def test_pembatalan_mengembalikan_berkas_unit(reg: Register) -> None:
    """Undoing the last move puts the complaint back, and what the unit's file says with it."""
    reg.sampai("selesai")
    jawaban = reg.langkah("P-1", "batalkan-langkah", "2025-01-15", ADMIN, alasan="keliru", nomor="700/9")
    assert jawaban.diterima
    assert (reg.aduan().keadaan.tahap, *_terkait(reg)) == ("ditindaklanjuti", "ditindaklanjuti", None)
    kabar = [a.peristiwa for a in reg.store.telusuri(jenis="BerkasTerkait") if isinstance(a.peristiwa, BerkasTerkait)]
    assert [k.pembatalan for k in kabar] == [False, False, False, False, False, True]
    dulu = reg.layanan.unit_pada(UNIT_UJI, HARI("2025-01-11"))
    assert dulu.terkait[ALUR, "P-1"].tahap == "ditindaklanjuti"
    assert dulu.terkait[ALUR, "P-1"].selesai is None


# --- the unit that it is about ---------------------------------------------------------------------------------------


def test_harus_unit_berpredikat(reg: Register) -> None:
    """A complaint about a unit without a predikat is refused with the ayat; nothing of it is opened, the refusal is an event."""
    jawaban = reg.terima("P-1", unit=TANPA_PREDIKAT)
    (daftar,) = jawaban.penolakan[:1]
    (p1,) = [t for t in daftar.penghalang if t.id == "P1"]
    assert (p1.dasar, p1.ditemukan[0]) == ((P16,), f"{TANPA_PREDIKAT} tidak memegang predikat pada ")
    assert reg.layanan.unit("P-1", ALUR) is None
    assert reg.berkas_unit(TANPA_PREDIKAT).terkait == {}
    (ditolak,) = reg.store.telusuri(jenis="PerintahDitolak")
    assert (ditolak.alur, ditolak.kode, ditolak.isi["isi"]["induk"]) == ("pengaduan-penolakan", "P-1", TANPA_PREDIKAT)


def test_predikat_pada_tanggal_pengaduan(reg: Register) -> None:
    """What counts is what the unit held on the complaint's day, not what it holds when it is recorded."""
    sehari = HARI(WBK_SEJAK) - timedelta(days=1)
    assert "P1" in _kurang(reg.terima("P-1", sehari.isoformat()))
    assert reg.terima("P-2", WBK_SEJAK).diterima


def test_unit_harus_ada_dan_disebut(reg: Register) -> None:
    """An unknown unit is not found; none at all, or one where the workflow has no parent, is a mistake of the caller."""
    with pytest.raises(UnitTidakDitemukan):
        reg.terima("P-1", unit="TIADA")
    with pytest.raises(MasukanSalah, match="Unit yang bersangkutan belum disebut"):
        reg.kirim(DaftarkanUnit("P-1", "x", HARI("2025-01-06"), ADMIN, alur=ALUR))
    with pytest.raises(MasukanSalah, match="tidak menyangkut unit lain"):
        reg.kirim(DaftarkanUnit("DISHUB", "x", HARI("2025-01-06"), ADMIN, induk=UNIT_UJI))
    with pytest.raises(MasukanSalah, match="tidak mengenal keadaan awal"):
        reg.kirim(DaftarkanUnit("P-1", "x", HARI("2025-01-06"), ADMIN, keadaan_awal={"tahap": "selesai"}, induk=UNIT_UJI, alur=ALUR))


def test_kode_yang_sama_di_dua_alur(reg: Register) -> None:
    """A complaint may have a unit's code; neither shows in the other's lists, and their files do not mix."""
    assert reg.terima(UNIT_UJI).diterima
    with reg.store.engine.connect() as koneksi:
        assert papan.kode_semua(koneksi, "binjai", "zi") == sorted([UNIT_UJI, TANPA_PREDIKAT])
        (satu,) = papan.daftar(koneksi, "binjai", ALUR, induk=UNIT_UJI)
    assert (satu["kode"], satu["induk"], satu["tahap"]) == (UNIT_UJI, UNIT_UJI, "diterima")
    assert reg.berkas_unit().keadaan.tahap == "pemantauan_predikat"


def test_harus_daftar_periksa_unit_memperingatkan(reg: Register) -> None:
    """The checklist of the unit's next move warns of each open complaint, citing the ayat, and stops nothing; ended ones do not."""
    baris = _r36(reg)
    assert (baris.status, baris.ditemukan) == ("terpenuhi", ("tidak ada pengaduan maladministrasi",))
    reg.sampai("selesai", "P-1")
    baris = _r36(reg)
    assert (baris.status, baris.ditemukan[0]) == ("terpenuhi", "1 pengaduan maladministrasi, semua sudah selesai")
    for i in range(2, 9):
        reg.terima(f"P-{i}", f"2025-01-{10 + i}")
    baris = _r36(reg)
    assert (baris.status, baris.akibat, baris.dasar, len(baris.bukti)) == ("tidak", "memperingatkan", (P16,), 7)
    rinci = "P-2 (diterima), P-3 (diterima), P-4 (diterima), P-5 (diterima), P-6 (diterima), dan 2 lagi"
    assert baris.ditemukan == (f"7 pengaduan maladministrasi belum selesai: {rinci}",)
    assert _r36(reg, "2025-01-11").status == "terpenuhi"
    reg.jam.pada(HARI("2025-02-03"))
    assert reg.kirim(AmbilLangkah("bangun-wbbm", UNIT_UJI, {}, HARI("2025-02-03"), KEPALA)).diterima


def _r36(reg: Register, pada: str = "2025-02-01") -> Temuan:
    daftar = reg.layanan.periksa(UNIT_UJI, "bangun-wbbm", {}, HARI(pada), None)
    assert daftar is not None
    (satu,) = [t for t in daftar.temuan if t.id == "R36"]
    return satu


def test_harus_tenggat_unit(reg: Register) -> None:
    """T8 runs for each complaint from its receipt, in the unit's own list, and ends with it."""
    reg.sampai("selesai", "P-1")
    reg.terima("P-2", "2025-01-20")
    t8 = [t for t in reg.layanan.tenggat(UNIT_UJI, HARI("2025-02-01")) if t.id == "T8"]
    assert [(t.kejadian.butir, t.status, t.jatuh_tempo.isoformat()) for t in t8] == [
        ("P-1", "dipenuhi", "2025-03-07"),
        ("P-2", "akan_datang", "2025-03-21"),
    ]
    assert t8[1].tafsir == ("D7",)


def test_penulis_unit_dan_pengaduan_saling_memeriksa(reg: Register) -> None:
    """What a complaint writes moves the unit's version on: who decided on the older file is told."""
    versi = reg.berkas_unit().versi
    reg.terima("P-1")
    with pytest.raises(Konflik, match=f"sekarang pada versi {versi + 1}, bukan {versi}"):
        reg.kirim(Catat("pemantauan", UNIT_UJI, {"hasil": "baik"}, HARI("2025-01-07"), PENILAI), versi=versi)
    with pytest.raises(Konflik, match=r"Pengaduan P-1 sekarang pada versi 2, bukan 1") as tangkap:
        reg.kirim(Catat("identifikasi", "P-1", {"pokok": "x", "bentuk": "lainnya"}, HARI("2025-01-07"), PENILAI, alur=ALUR), versi=1)
    assert tangkap.value.lanjut == "Lihat keadaannya: zi pengaduan lihat P-1"


# --- codes -----------------------------------------------------------------------------------------------------------


def test_kode_diberikan_berurutan_per_tahun(reg: Register) -> None:
    """Without a code the next one of the year is given, after the highest there is; two in one request get two."""
    assert reg.terima().hasil[0].unit == "P-2025-0001"
    reg.terima("P-2025-0041")
    reg.terima("P-2025-LAIN")
    assert reg.terima().hasil[0].unit == "P-2025-0042"
    assert reg.terima(hari="2024-12-30").hasil[0].unit == "P-2024-0001"
    jawaban = reg.kirim(*terima("", "2025-01-06"), *terima("", "2025-01-06"))
    assert [h.unit for h in jawaban.hasil] == ["P-2025-0043", "P-2025-0043", "P-2025-0044", "P-2025-0044"]


def test_harus_kode_tidak_ganda_dalam_perebutan(reg: Register) -> None:
    """Who loses the race for a code gets the next one; the unit's file knows both complaints."""
    sela = GudangSela(reg.store, sebelum_tambah=reg.terima)
    lain = Layanan(reg.aturan, sela, reg.jam, lambda i: hari_di("Asia/Jakarta", i), lambda _: definisi_aduan())
    assert lain.jalankan(terima("", "2025-01-06")).hasil[0].unit == "P-2025-0002"
    assert sorted(kode for _, kode in reg.berkas_unit().terkait) == ["P-2025-0001", "P-2025-0002"]


def test_kode_yang_diberikan_bertahan_pada_kunci(reg: Register) -> None:
    """The same request with the same key answers with the code that was given first."""
    satu = reg.kirim(*terima("", "2025-01-06"), kunci="k1")
    lagi = reg.kirim(*terima("", "2025-01-06"), kunci="k1")
    assert lagi.ulangan
    assert lagi.polos()["hasil"] == satu.polos()["hasil"]
    assert reg.store.aliran("binjai/pengaduan/") == ["binjai/pengaduan/P-2025-0001"]


def test_kode_kosong_hanya_bagi_berkas_baru(reg: Register) -> None:
    """A record or a move must name its file, and a workflow that gives no codes must be told one."""
    with pytest.raises(MasukanSalah, match="Kode belum disebut"):
        reg.isi("", "identifikasi")
    with pytest.raises(MasukanSalah, match="Kode belum disebut"):
        reg.kirim(DaftarkanUnit("", "x", HARI("2025-01-06"), ADMIN))
    reg.terima("P-1")
    with pytest.raises(Konflik, match="Pengaduan P-1 sudah terdaftar") as tangkap:
        reg.terima("P-1")
    assert tangkap.value.lanjut == "Lihat: zi pengaduan lihat P-1"


# --- what is shared --------------------------------------------------------------------------------------------------


def test_alur_campuran_dalam_satu_permintaan(reg: Register) -> None:
    """One request may write in both workflows, all or nothing, each decided by its own definition, both of which are kept."""
    catat = Catat("pemantauan", UNIT_UJI, {"hasil": "baik"}, HARI("2025-01-06"), PENILAI)
    assert reg.kirim(*terima("P-1", "2025-01-06"), catat).diterima
    sidik = {a.alur: a.sidik_regulasi for a in reg.store.telusuri() if a.oleh == PENILAI}
    assert sidik["pengaduan"] == definisi_aduan().sidik
    assert all(reg.store.definisi(s) is not None for s in sidik.values())
    gagal = reg.kirim(*terima("P-2", "2025-01-06"), Catat("pemantauan", UNIT_UJI, {"hasil": "b"}, HARI("2025-01-06"), KEPALA))
    assert not gagal.diterima
    assert reg.layanan.unit("P-2", ALUR) is None


def test_alur_yang_tidak_dikenal(reg: Register) -> None:
    """A service that knows no other workflow says so."""
    sendiri = Layanan(reg.aturan, reg.store, reg.jam, lambda i: i.date())
    with pytest.raises(MasukanSalah, match="Alur 'pengaduan' tidak dikenal"):
        sendiri.jalankan(terima("P-1", "2025-01-06"))


def test_pejabat_milik_bersama(reg: Register) -> None:
    """Who was appointed in the register acts in both workflows."""
    baru = "198707072010012007"
    reg.kirim(AngkatPejabat(baru, "Penilai Baru", "tpi", "800/9", HARI("2025-01-02"), HARI("2025-01-02"), ADMIN))
    assert reg.terima("P-1", oleh=baru).diterima


def test_koreksi_catatan_pengaduan(reg: Register) -> None:
    """A record of a complaint is corrected like any other: by its own definition, and its decisions are reviewed."""
    reg.sampai("diidentifikasi")
    (nomor,) = [a.nomor for a in reg.store.telusuri(jenis="identifikasi") if a.jenis.startswith("BuktiDicatat")]
    isi = {"pokok": "antrean dilewati dua kali", "bentuk": "penyimpangan_prosedur"}
    jawaban = reg.kirim(Koreksi(nomor, isi, "salah ketik", HARI("2025-01-10"), PENILAI))
    assert jawaban.diterima
    assert reg.aduan().bukti["identifikasi"][0].isi == isi
    (tinjauan,) = reg.store.telusuri(jenis="PutusanDitinjau")
    assert (tinjauan.alur, tinjauan.kode) == (ALUR, "P-1")


def test_putusan_pengaduan_dapat_diulang(reg: Register) -> None:
    """Every decision of the second workflow comes out the same again, refused ones included."""
    reg.sampai("selesai")
    reg.langkah("P-1", "batalkan-langkah", "2025-01-15", ADMIN, alasan="keliru", nomor="700/9")
    reg.terima("P-2", unit=TANPA_PREDIKAT)
    semua = [u for kode in reg.layanan.berkas(ALUR) for u in ulangi(reg.layanan.lampau(ALUR), kode)]
    assert len(semua) >= 12
    assert [u.beda for u in semua if u.beda] == []
