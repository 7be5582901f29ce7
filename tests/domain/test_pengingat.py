"""Reminders: every step once, outages caught up with one entry, what is no longer true withdrawn, and the right people told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA
from tests.domain.alat_pengingat import TAK_ADA, Sapuan, kata, langkah_harapan
from tests.domain.tabel_tanggal import dunia
from zi_workflow.domain.deadlines import tenggat
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import PengingatDicabut, TenggatDiingatkan, TenggatTerlewat
from zi_workflow.domain.reminders import langkah, penerima
from zi_workflow.domain.state import Instansi, Jabatan

BANGUN, WBK = "bangun 2024-01-10", "wbk 2024-09-03"
MENUJU = f"{WBK}, bangun-wbbm 2025-01-10"
USUL = "usul 2024-03-01 2025-05-20"
UMUM = f"{BANGUN}, umum 2025-05-05 2025 2025-06-16"


# --- every step, once -------------------------------------------------------------------------------------------------


def test_setiap_langkah_sekali_pada_harinya() -> None:
    """Swept daily for two years, an untouched file gives every step of every due date once, on the step's own day."""
    awal, akhir = "2025-01-10", "2027-01-09"
    satu = Sapuan(f"{MENUJU}, rencana 2025-01-10 A1:2025-06-29:1")
    satu.harian(awal, akhir)
    jatuh_tempo = [
        ("T1", "", "2026-05-31", "2026-05-29", "2026-12-31"),
        ("T3", "", "2026-09-03", "2026-09-03", akhir),
        ("T5", "", "2025-04-10", "2025-04-10", akhir),
        ("T6", "", "2025-09-03", "2025-09-03", akhir),
        ("T7", "A1", "2025-06-29", "2025-06-26", akhir),
        ("T10", "", "2025-09-03", "2025-09-03", akhir),
        ("T11", "", "2025-07-10", "2025-07-10", akhir),
    ]
    harap = {(t, b, j, nama): h for t, b, j, k, sampai in jatuh_tempo for nama, h in langkah_harapan(j, k, awal, sampai).items()}
    assert satu.entri == Counter(dict.fromkeys(harap, 1))
    assert {(p.tenggat, p.butir, p.jatuh_tempo, p.langkah): hari for hari, p in satu.catatan} == harap
    assert {p.seharusnya for _, p in satu.catatan} == {None}
    assert len(harap) > 120


def test_langkah_menurut_definisi_dan_hari_kerja() -> None:
    """90, 60, 30, 14, 7, 1, 0 days before; the last working day where the date is none; and the day after."""
    sabtu = {
        "H-90": "2025-03-02",
        "H-60": "2025-04-01",
        "H-30": "2025-05-01",
        "H-14": "2025-05-17",
        "H-7": "2025-05-24",
        "H-3": "2025-05-28",
        "H-1": "2025-05-30",
        "H-0": "2025-05-31",
        "terlambat": "2025-06-01",
    }
    assert _langkah(BANGUN, "T1", "2025-01-06") == list(sabtu.items())
    minggu = _langkah(BANGUN, "T1", "2026-01-05")
    assert ("H-2", "2026-05-29") in minggu
    assert len(minggu) == 9
    assert [n for n, _ in _langkah(BANGUN, "T1", "2027-01-04")] == ["H-90", "H-60", "H-30", "H-14", "H-7", "H-1", "H-0", "terlambat"]


def _langkah(berkas: str, nama: str, pada: str) -> list[tuple[str, str]]:
    satu = dunia(berkas)
    (t,) = [t for t in tenggat(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, HARI(pada)) if t.id == nama]
    return [(n, hari.isoformat()) for hari, n in langkah(satu.aturan, t)]


def test_isi_pengingat() -> None:
    """A reminder carries all that a letter needs: arithmetic, days left, last working day, next step, whom, until when."""
    satu = Sapuan(f"{BANGUN}, umum 2025-01-15 2025 2025-06-14")
    hasil = satu.coba("2025-05-15")
    ((p, dasar),) = [(p, d) for p, d in hasil.peristiwa if p.tenggat == "T1"]
    (umum,) = dunia(satu.berkas).instansi.fakta["pengumuman_tpn"]
    assert p == TenggatDiingatkan(
        tenggat="T1",
        butir="",
        kejadian="2025",
        jatuh_tempo="2025-06-14",
        langkah="H-30",
        sisa_hari=30,
        hari_kerja_terakhir="2025-06-13",
        uraian="Mengusulkan kepada TPN",
        perhitungan="Pengumuman TPN B/7 tanggal 15 Jan 2025: 14 Jun 2025 (batas tetap 31 Mei 2025; tafsir D21)"
        "; hari itu Sabtu dan tidak digeser, hari kerja terakhir Jumat 13 Jun 2025",
        lanjut=f"zi periksa {UNIT_UJI} usulkan, lalu: zi maju usulkan {UNIT_UJI}; sesudah lewat: zi tenggat prakiraan --unit {UNIT_UJI}",
        bukti=(umum.nomor,),
        tafsir=("D14", "D21"),
        penerima=(WALI_KOTA, KEPALA, PENILAI),
        sebagai={WALI_KOTA: "wali_kota", KEPALA: "kepala_pd", PENILAI: "tpi"},
        akhir="2025-12-31",
        seharusnya=None,
    )
    assert dasar[-1] == "PermenPANRB 5/2024 Lampiran II Bab II huruf A"
    lewat = next(p for p, _ in satu.coba("2025-06-20").peristiwa if p.tenggat == "T1")
    assert isinstance(lewat, TenggatTerlewat)
    assert (lewat.langkah, lewat.sisa_hari, lewat.seharusnya) == ("terlambat", -6, "2025-06-15")


def test_paling_cepat_tidak_diingatkan() -> None:
    """A not-before date is nothing to be reminded of: where there is nothing else, there is nothing to look at."""
    hasil = Sapuan("dicabut 2024-06-03").coba("2026-06-03")
    assert (hasil.peristiwa, hasil.berikut) == ((), TAK_ADA)


def test_kode_butir_yang_ganda_satu_pengingat() -> None:
    """A plan that uses one code twice for one day gives one reminder; for two days one each, and each ends by itself."""
    kembar = "bangun 2025-01-10, rencana 2025-01-10 A1:2025-06-30:1 A1:2025-06-30:2 A1:2025-09-30:3 A1:2025-04-30:1"
    satu = Sapuan(kembar)
    satu.harian("2025-03-03", "2025-07-04")
    assert {n for e, n in satu.entri.items() if e[0] == "T7"} == {1}
    assert {e[2] for e in satu.entri if e[0] == "T7"} == {"2025-06-30", "2025-09-30", "2025-04-30"}
    satu.sapu("2025-07-05", f"{kembar}, capai 2025-07-05 A1 2")
    cabut = [(p.jatuh_tempo, p.sebab, p.keterangan) for _, p in satu.cabutan if p.tenggat == "T7"]
    assert cabut == [
        ("2025-04-30", "dipenuhi", "dipenuhi 5 Jul 2025 (realisasi A1), 66 hari terlambat"),
        ("2025-06-30", "dipenuhi", "dipenuhi 5 Jul 2025 (realisasi A1), 5 hari terlambat"),
    ]


# --- outages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mati", "hidup", "entri"),
    [
        ("2025-05-01", "2025-05-16", []),
        ("2025-05-01", "2025-05-17", ["2025-05-17: 2025-05-31 H-14"]),
        ("2025-05-01", "2025-05-26", ["2025-05-26: 2025-05-31 H-7 (2025-05-24)"]),
        ("2025-05-01", "2025-05-31", ["2025-05-31: 2025-05-31 H-0"]),
        ("2025-05-01", "2025-06-01", ["2025-06-01: 2025-05-31 terlambat"]),
        ("2025-05-01", "2025-06-20", ["2025-06-20: 2025-05-31 terlambat (2025-06-01)"]),
        ("2025-05-31", "2025-08-15", ["2025-08-15: 2025-05-31 terlambat (2025-06-01)"]),
        ("2025-06-01", "2025-08-15", ["2025-08-15: 2025-05-31 terlambat+60 (2025-07-30)"]),
        ("2025-01-06", "2025-12-31", ["2025-12-31: 2025-05-31 terlambat (2025-06-01)"]),
        ("2025-05-01", "2026-01-01", ["2026-01-01: 2025-05-31 terlambat (2025-06-01)"]),
        ("2025-06-01", "2026-02-02", []),
        ("2025-01-06", "2026-02-02", ["2026-02-02: 2025-05-31 terlambat (2025-06-01)"]),
        (
            "2025-01-06",
            "2027-02-01",
            ["2027-02-01: 2025-05-31 terlambat (2025-06-01)", "2027-02-01: 2026-05-31 terlambat (2026-06-01)"],
        ),
    ],
)
def test_sesudah_mati_satu_catatan_tiap_tenggat(mati: str, hidup: str, entri: list[str]) -> None:
    """However long nobody swept: one entry for the due date, with the step's own day; that it was missed is never left out."""
    for lupa in (False, True):
        satu = Sapuan(BANGUN, lupa=lupa)
        satu.sapu(mati)
        satu.catatan.clear()
        satu.sapu(hidup)
        assert satu.milik("T1") == entri
        satu.sapu(hidup)
        assert satu.milik("T1") == entri


def test_tahun_yang_lewat_selagi_mati_dicatat_lalu_berakhir() -> None:
    """A year missed and ended during an outage is recorded as missed, then as ended; once."""
    satu = Sapuan(BANGUN)
    satu.sapu("2025-01-06")
    hasil = [p for p in satu.sapu("2026-02-02") if p.tenggat == "T1"]
    assert [type(p) for p in hasil] == [TenggatTerlewat, PengingatDicabut]
    assert isinstance(hasil[1], PengingatDicabut)
    assert (hasil[1].sebab, hasil[1].jatuh_tempo, hasil[1].penerima) == ("berakhir", "2025-05-31", (WALI_KOTA, KEPALA, PENILAI))
    assert [p for p in satu.sapu("2026-02-03") if p.tenggat == "T1"] == []


def test_tahun_yang_diusulkan_selagi_mati_tidak_terlewat() -> None:
    """A year that was proposed in time while nobody swept was not missed."""
    satu = Sapuan("usul 2024-03-01 2025-05-20, gagal 2025-11-10")
    satu.sapu("2025-01-06")
    satu.sapu("2026-02-02")
    assert satu.milik("T1") == []


def test_tanpa_sapuan_sebelumnya_tahun_lalu_tidak_dikejar() -> None:
    """Where nobody ever swept, only what is open is recorded: years before the first sweep are history."""
    satu = Sapuan(BANGUN)
    satu.sapu("2027-02-01")
    assert satu.milik("T1") == []


def test_batas_di_tahun_sesudahnya_berakhir_bersama_tahunnya() -> None:
    """A date announced beyond its own year ends with that year: it was never overdue, and nothing more is recorded of it."""
    satu = Sapuan(f"{BANGUN}, umum 2025-01-15 2025 2026-02-16")
    satu.sapu("2025-12-20")
    satu.catatan.clear()
    satu.sapu("2026-02-03")
    assert satu.milik("T1") == []
    assert [(p.jatuh_tempo, p.sebab) for _, p in satu.cabutan if p.tenggat == "T1"] == [("2026-02-16", "berakhir")]


def test_kewajiban_lain_tetap_satu_catatan() -> None:
    """A year of outage over six duties: one entry each, all marked late."""
    satu = Sapuan(MENUJU)
    satu.sapu("2025-01-10")
    satu.catatan.clear()
    satu.sapu("2026-03-09")
    assert [kata(h, p)[12:] for h, p in satu.catatan] == [
        "2026-05-31 H-90 (2026-03-02)",
        "2025-04-10 terlambat (2025-04-11)",
        "2025-09-03 terlambat (2025-09-04)",
        "2025-09-03 terlambat (2025-09-04)",
        "2025-07-10 terlambat (2025-07-11)",
    ]


# --- what is no longer true -------------------------------------------------------------------------------------------


def _cabut(satu: Sapuan, nama: str) -> list[tuple[str, str, str, str | None]]:
    return [(p.jatuh_tempo, p.sebab, p.keterangan, p.pengganti) for _, p in satu.cabutan if p.tenggat == nama]


def test_pengumuman_memindahkan() -> None:
    """An announcement withdraws the reminders of the old date, names the new one, tells those who were told, and reminds anew."""
    satu = Sapuan(BANGUN)
    satu.harian("2025-04-28", "2025-05-04")
    satu.sapu("2025-05-05", UMUM)
    kini = "Pengumuman TPN B/7 tanggal 5 Mei 2025: 16 Jun 2025 (batas tetap 31 Mei 2025; tafsir D21)"
    assert _cabut(satu, "T1") == [("2025-05-31", "dipindah", f"jatuh tempo berubah: {kini}", "2025-06-16")]
    (cabut,) = [p for _, p in satu.cabutan]
    (umum,) = dunia(UMUM).instansi.fakta["pengumuman_tpn"]
    assert (cabut.penerima, cabut.bukti) == ((WALI_KOTA, KEPALA, PENILAI), (umum.nomor,))
    satu.harian("2025-05-06", "2025-06-18")
    assert satu.milik("T1")[1:] == [
        "2025-05-01: 2025-05-31 H-30",
        "2025-05-05: 2025-06-16 H-60 (2025-04-17)",
        "2025-05-17: 2025-06-16 H-30",
        "2025-06-02: 2025-06-16 H-14",
        "2025-06-09: 2025-06-16 H-7",
        "2025-06-15: 2025-06-16 H-1",
        "2025-06-16: 2025-06-16 H-0",
        "2025-06-17: 2025-06-16 terlambat",
    ]


def test_pengumuman_dikembalikan() -> None:
    """A date moved away and back again goes on where it was: no step of it is recorded twice."""
    kembali = f"{UMUM}, umum 2025-05-12 2025 2025-05-31"
    satu = Sapuan(BANGUN)
    satu.harian("2025-04-28", "2025-05-04")
    satu.sapu("2025-05-05", UMUM)
    satu.sapu("2025-05-12", kembali)
    satu.harian("2025-05-13", "2025-06-01")
    assert [(b[0], b[1], b[3]) for b in _cabut(satu, "T1")] == [
        ("2025-05-31", "dipindah", "2025-06-16"),
        ("2025-06-16", "dipindah", "2025-05-31"),
    ]
    assert max(satu.entri.values()) == 1
    milik = [e.split(": ")[1] for e in satu.milik("T1") if "2025-05-31" in e]
    assert milik[1:] == [f"2025-05-31 {n}" for n in ("H-30", "H-14", "H-7", "H-3", "H-1", "H-0", "terlambat")]


@pytest.mark.parametrize(("hari", "lambat"), [("2025-04-09", ""), ("2025-04-10", ""), ("2025-04-25", ", 15 hari terlambat")])
def test_dipenuhi_mencabut(hari: str, lambat: str) -> None:
    """What was done withdraws its reminders, says when, by what and how late, and tells nobody."""
    satu = Sapuan("bangun 2025-01-10")
    satu.sapu(min(hari, "2025-04-11"))
    dipantau = f"bangun 2025-01-10, pantau {hari}"
    satu.sapu(hari, dipantau)
    kata_hari = f"{int(hari[-2:])} Apr 2025"
    assert _cabut(satu, "T5") == [("2025-04-10", "dipenuhi", f"dipenuhi {kata_hari} (pemantauan){lambat}", None)]
    (cabut,) = [p for _, p in satu.cabutan if p.tenggat == "T5"]
    (bukti,) = dunia(dipantau).unit[UNIT_UJI].bukti["pemantauan"]
    assert (cabut.penerima, cabut.bukti) == ((), (bukti.nomor,))


def test_tahun_berakhir() -> None:
    """The last day of the year ends what was not proposed; those who were told are told."""
    satu = Sapuan(BANGUN)
    satu.harian("2025-12-01", "2026-01-02")
    assert _cabut(satu, "T1") == [("2025-05-31", "berakhir", "tahun 2025 berakhir tanpa dipenuhi", None)]
    assert [h.isoformat() for h, _ in satu.cabutan] == ["2026-01-01"]


def test_tahap_berubah_menggugurkan() -> None:
    """A duty that no longer runs for the unit falls away."""
    satu = Sapuan(MENUJU)
    satu.sapu("2025-07-01")
    satu.sapu("2025-07-02", f"{MENUJU}, berhenti 2025-07-02")
    gugur = ("gugur", "tidak lagi berlaku menurut berkas unit dan aturan sekarang (tahap pemantauan_predikat)", None)
    assert _cabut(satu, "T11") == [("2025-07-10", *gugur)]
    assert _cabut(satu, "T5") == [("2025-04-10", *gugur)]
    assert _cabut(satu, "T6") == []


def test_butir_dihapus_dan_dipindah() -> None:
    """An item taken out of the plan falls away, one on another day moves."""
    rencana = "bangun 2025-01-10, rencana 2025-01-10 A1:2025-06-30:1 A2:2025-06-30:1"
    satu = Sapuan(rencana)
    satu.sapu("2025-06-02")
    satu.sapu("2025-06-03", f"{rencana}, rencana 2025-06-03 A2:2025-09-30:1")
    cabut = {p.butir: (p.sebab, p.pengganti) for _, p in satu.cabutan if p.tenggat == "T7"}
    assert cabut == {"A1": ("gugur", None), "A2": ("dipindah", "2025-09-30")}


def test_pangkal_dikoreksi_memindahkan() -> None:
    """Where the day that is counted from was corrected, the old due date is not 'fallen away' but moved, with the new arithmetic."""
    satu = Sapuan(f"{WBK}, bangun-wbbm 2025-01-10")
    satu.sapu("2025-03-11")
    ulang = f"{WBK}, bangun-wbbm 2025-01-10, batal 2025-03-12, bangun-wbbm 2025-03-12"
    satu.sapu("2025-03-12", ulang)
    kini = "jatuh tempo berubah: pembangunan WBBM dimulai 12 Mar 2025 + 6 bulan (tafsir D4b) = 12 Sep 2025"
    assert _cabut(satu, "T5")[0][1:] == (
        "dipindah",
        "jatuh tempo berubah: pembangunan dimulai 12 Mar 2025 + 3 bulan (tafsir D4) = 12 Jun 2025",
        "2025-06-12",
    )
    assert _cabut(satu, "T11") == []
    satu = Sapuan(f"{WBK}, bangun-wbbm 2025-01-10")
    satu.sapu("2025-04-14")
    satu.sapu("2025-04-15", ulang)
    assert _cabut(satu, "T11")[0][1:3] == ("dipindah", kini)


def test_usulan_lalu_ditarik_melanjutkan() -> None:
    """Proposed, the reminders end; withdrawn, they go on with the next step, and none is recorded twice."""
    satu = Sapuan("jalan evaluasi_tpi")
    satu.harian("2025-05-01", "2025-05-19")
    satu.sapu("2025-05-20", USUL)
    assert _cabut(satu, "T1") == [("2025-05-31", "dipenuhi", "dipenuhi 20 Mei 2025 (usulkan tahun 2025)", None)]
    satu.sapu("2025-05-25", f"{USUL}, tarik 2025-05-25")
    satu.harian("2025-05-26", "2025-06-01")
    milik = [e.split(" ", 2)[2] for e in satu.milik("T1")]
    assert milik == ["H-30", "H-14", "H-7 (2025-05-24)", "H-3", "H-1", "H-0", "terlambat"]


# --- whom -------------------------------------------------------------------------------------------------------------


def _jabat(*jabatan: tuple[str, str, str | None]) -> Instansi:
    mulai = HARI("2024-02-19")
    return Instansi(jabatan=tuple(Jabatan(nip, "Orang", peran, "800/1", mulai, None, unit, 1) for nip, peran, unit in jabatan))


def _penerima(instansi: Instansi, nama: str = "T1", aturan: Definisi | None = None, *, terlewat: bool = False) -> tuple[str, ...]:
    satu = dunia(MENUJU)
    t = next(t for t in tenggat(satu.aturan, satu.unit[UNIT_UJI], satu.instansi, HARI("2026-01-05")) if t.id == nama and t.terbuka)
    return tuple(penerima(aturan or satu.aturan, instansi, t, terlewat=terlewat))


def test_penerima_menurut_peran_dan_unit() -> None:
    """Who holds the duty's roles on that day: roles of a unit only for that unit; a person with two roles once."""
    instansi = _jabat(
        ("W", "wali_kota", None),
        ("S", "sekda", None),
        ("K", "kepala_pd", UNIT_UJI),
        ("K", "tpi", None),
        ("L", "kepala_pd", "DINSOS"),
        ("U", "unit_kerja", UNIT_UJI),
        ("A", "admin", None),
    )
    assert _penerima(instansi) == ("W", "S", "K")
    assert _penerima(instansi, "T6") == ("K", "U")
    assert _penerima(instansi, "T6", terlewat=True) == ("K", "U", "S")
    assert _penerima(instansi, terlewat=True) == ("W", "S", "K")


def test_penerima_menurut_hari() -> None:
    """Whose term ended before the day, or begins after it, is not told."""
    lama = replace(_jabat(("T", "tpi", None)).jabatan[0], sampai=HARI("2026-01-04"))
    baru = replace(lama, nip="B", sejak=HARI("2026-01-05"), sampai=None)
    esok = replace(lama, nip="E", sejak=HARI("2026-01-06"), sampai=None)
    assert _penerima(Instansi(jabatan=(lama, baru, esok)), "T10") == ("B",)


def test_penerima_cadangan_dan_eskalasi() -> None:
    """Where nobody holds the roles, the admin is told; when overdue the sekda beside them; where there is nobody, nobody."""
    assert _penerima(_jabat((ADMIN, "admin", None)), "T6") == (ADMIN,)
    assert _penerima(_jabat((ADMIN, "admin", None), ("S", "sekda", None)), "T6") == (ADMIN,)
    assert _penerima(_jabat((ADMIN, "admin", None), ("S", "sekda", None)), "T6", terlewat=True) == (ADMIN, "S")
    assert _penerima(_jabat(("L", "kepala_pd", "DINSOS"), (ADMIN, "admin", None)), "T6") == (ADMIN,)
    assert _penerima(_jabat(), "T6", terlewat=True) == ()
    aturan = dunia(MENUJU).aturan
    tanpa = replace(aturan, pengingat=replace(aturan.pengingat, eskalasi=(), cadangan=()))
    assert _penerima(_jabat((ADMIN, "admin", None), ("S", "sekda", None)), "T6", tanpa, terlewat=True) == ()


def test_terlewat_menyertakan_sekda() -> None:
    """In the sweep: up to the day itself the duty's roles, after it the sekda too; a withdrawal goes to those last told."""
    satu = Sapuan("bangun 2025-01-10, sekda 2025-01-10")
    satu.harian("2025-04-09", "2025-04-11")
    assert [(p.langkah, p.penerima) for _, p in satu.catatan if p.tenggat == "T5"] == [
        ("H-1", (PENILAI,)),
        ("H-0", (PENILAI,)),
        ("terlambat", (PENILAI, "X-SEKDA")),
    ]
    satu.sapu("2025-04-12", "bangun 2025-01-10, sekda 2025-01-10, nonaktif 2025-04-12")
    assert [(p.tenggat, p.sebab, p.penerima) for _, p in satu.cabutan] == [("T5", "gugur", (PENILAI, "X-SEKDA"))]
