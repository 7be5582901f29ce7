"""Corrections in the pure core (domain/corrections.py): what replaces, what stays, who may, and what is asked of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.alat.dunia import (
    ADMIN,
    BERKAS,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    WALI_KOTA,
    Dunia,
    arsip,
    bekal_pencanangan,
    bekal_usulan,
    definisi,
    kosong,
    penghalang,
    sampai,
    temuan,
)
from tests.alat.perbaikan import ALASAN, akui, koreksi, nomor_bukti, putus, tarik, ulang_semua
from zi_workflow.domain.commands import nama_perintah
from zi_workflow.domain.corrections import Peninjauan
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan, UnitTidakDitemukan
from zi_workflow.domain.events import (
    Berkas,
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    LangkahDibatalkan,
    PeninjauanDiakui,
    PetaPolos,
    PutusanDitinjau,
    nomori_ulang,
)
from zi_workflow.domain.state import Usang, lipat

PAKTA = {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": True}
PAKTA_BARU = {"jumlah_pegawai": 60, "penandatangan": 20, "pimpinan": True}
LAIN = "199001012015011001"
PUTUSAN: PetaPolos = {
    "nomor": 30,
    "perintah": "canangkan",
    "tanggal": "2024-03-11",
    "diterima": True,
    "kini": False,
    "sama": False,
    "beda": [],
}


def _pencanangan() -> Dunia:
    dunia = kosong()
    bekal_pencanangan(dunia)
    return dunia


def _r2(dunia: Dunia, pada: str = "2024-03-11") -> tuple[str, tuple[int, ...]]:
    satu = temuan(dunia.periksa("canangkan", pada), "R2")
    return satu.status, satu.bukti


# --- what replaces, from which day, and what stays ------------------------------------------------------------------------


def test_harus_koreksi_menggantikan_sejak_hari_catatannya() -> None:
    """A correction made a month later says what the record said on its own day; the event carries that day, and its own as ``pada``."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    assert _r2(dunia) == ("terpenuhi", (nomor,))
    assert putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10")).diterima
    akhir = dunia.log[-1]
    assert akhir.tanggal == HARI("2024-03-04")
    assert akhir.peristiwa == BuktiDikoreksi("pakta_integritas", nomor, nomor, PAKTA_BARU, ALASAN, "2024-04-10", ())
    (bukti,) = dunia.unit[UNIT_UJI].bukti["pakta_integritas"]
    assert (bukti.isi, bukti.tanggal, bukti.nomor, bukti.asal, bukti.pertama) == (PAKTA_BARU, HARI("2024-03-04"), akhir.nomor, nomor, nomor)
    assert _r2(dunia) == ("tidak", (akhir.nomor,))


def test_harus_penarikan_menghapus_keberlakuan_bukan_jejaknya() -> None:
    """A retracted record counts on no day; its events are in the log, with the reason; it may be recorded again."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    sebelum = list(dunia.log)
    assert putus(dunia, tarik(dunia, nomor, "2024-04-10", alasan="unit yang salah")).diterima
    assert dunia.log[:-1] == sebelum
    assert dunia.log[-1].peristiwa == BuktiDitarik("pakta_integritas", nomor, nomor, "unit yang salah", "2024-04-10")
    assert dunia.log[-1].tanggal == HARI("2024-03-04")
    assert dunia.unit[UNIT_UJI].bukti["pakta_integritas"] == ()
    assert _r2(dunia) == ("tidak", ())
    assert dunia.catat("pakta_integritas", "2024-03-04", PAKTA).diterima
    assert _r2(dunia) == ("terpenuhi", (len(dunia.log),))


def test_koreksi_atas_koreksi_menyebut_yang_digantikannya() -> None:
    """Each correction names the contents that it replaces and the record's first event, whichever of its numbers was asked for."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10"))
    satu = len(dunia.log)
    putus(dunia, koreksi(dunia, nomor, PAKTA, "2024-04-11"))
    dua = len(dunia.log)
    putus(dunia, tarik(dunia, satu, "2024-04-12"))
    semua = [(p.bukti, p.menggantikan) for t in dunia.log if isinstance(p := t.peristiwa, BuktiDikoreksi | BuktiDitarik)]
    assert semua == [(nomor, nomor), (nomor, satu), (nomor, dua)]


def test_urutan_di_antara_catatan_sehari_tetap() -> None:
    """Of two records of one day the later counts; correcting the earlier one does not bring it to the front."""
    dunia = _pencanangan()
    satu = nomor_bukti(dunia, "pakta_integritas")
    dunia.catat("pakta_integritas", "2024-03-04", {**PAKTA, "penandatangan": 59})
    dua = len(dunia.log)
    putus(dunia, koreksi(dunia, satu, PAKTA_BARU, "2024-04-10"))
    assert _r2(dunia) == ("terpenuhi", (dua,))
    putus(dunia, tarik(dunia, dua, "2024-04-10"))
    assert _r2(dunia)[0] == "tidak"


def test_yang_terbaru_tetap_terbaru_sesudah_dikoreksi() -> None:
    """Correcting the record that counts leaves it the one that counts."""
    dunia = _pencanangan()
    satu = nomor_bukti(dunia, "pakta_integritas")
    dunia.catat("pakta_integritas", "2024-03-04", {**PAKTA, "penandatangan": 59})
    putus(dunia, koreksi(dunia, len(dunia.log), PAKTA_BARU, "2024-04-10"))
    assert _r2(dunia) == ("tidak", (len(dunia.log),))
    assert [b.pertama for b in dunia.unit[UNIT_UJI].bukti["pakta_integritas"]] == [satu, len(dunia.log) - 1]


def test_mencatat_lagi_yang_lama_sesudah_koreksi_adalah_catatan_baru() -> None:
    """The same record again is a repetition only of what counts now: after a correction the old words are a new record."""
    dunia = _pencanangan()
    putus(dunia, koreksi(dunia, nomor_bukti(dunia, "pakta_integritas"), PAKTA_BARU, "2024-04-10"))
    assert dunia.catat("pakta_integritas", "2024-03-04", PAKTA_BARU).sudah == len(dunia.log)
    assert dunia.catat("pakta_integritas", "2024-03-04", PAKTA).sudah is None


def test_berkas_tetap_diganti_atau_dilepas() -> None:
    """Without new files the old ones stay; others replace them, none lets go of them; each change is a correction."""
    dunia = sampai("usulan_tpn")
    nomor = nomor_bukti(dunia, "tanda_terima")
    (bukti,) = dunia.unit[UNIT_UJI].bukti["tanda_terima"]
    lain = Berkas("1" * 64, 5, "lain.pdf")
    for berkas, harap in ((None, (BERKAS,)), ((lain,), (lain,)), ((), ())):
        putusan = putus(dunia, koreksi(dunia, nomor, bukti.isi, "2025-06-02", berkas=berkas))
        assert (putusan.diterima, len(putusan.terbitan)) == (True, 0 if berkas is None else 1)
        assert dunia.unit[UNIT_UJI].bukti["tanda_terima"][0].berkas == harap


def test_koreksi_dengan_isi_yang_sama_tidak_menulis() -> None:
    """Saying again what the record says writes nothing and answers with the number of the event that says it."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10"))
    panjang = len(dunia.log)
    putusan = putus(dunia, koreksi(dunia, nomor, {"pimpinan": "ya", "penandatangan": "20", "jumlah_pegawai": "60"}, "2024-04-11"))
    assert (putusan.diterima, putusan.terbitan, putusan.sudah, len(dunia.log)) == (True, (), panjang, panjang)


def test_lipatan_bertahap_sama_dengan_sekaligus() -> None:
    """Folded at once or event by event, a file with corrections, retractions and reviews is the same."""
    dunia = sampai("penetapan")
    pakta, publikasi = nomor_bukti(dunia, "pakta_integritas"), nomor_bukti(dunia, "publikasi")
    tinjauan = (Peninjauan(UNIT_UJI, (PUTUSAN,)),)
    putus(dunia, koreksi(dunia, pakta, PAKTA_BARU, "2024-04-10"), tinjauan)
    putus(dunia, tarik(dunia, publikasi, "2024-04-10"), tinjauan)
    dunia.catat("publikasi", "2024-04-11", {"kanal": "Laman", "alamat": "a.example"})
    putus(dunia, akui(dunia.unit[UNIT_UJI].tinjauan[0].nomor, "2024-04-12"))
    aliran = [t for t in dunia.log if t.aliran == f"unit/{UNIT_UJI}"]
    assert lipat(aliran) == dunia.unit[UNIT_UJI]
    tengah = lipat(aliran[:12])
    assert lipat(aliran[12:], tengah) == dunia.unit[UNIT_UJI]
    assert len(dunia.unit[UNIT_UJI].tinjauan) == 1


# --- facts of the instansi ------------------------------------------------------------------------------------------------


def test_fakta_instansi_dikoreksi_dan_ditarik() -> None:
    """A fact is corrected in its own stream; what it said before is kept with the event that ended it."""
    dunia = kosong()
    nomor = nomor_bukti(dunia, "opini_bpk")
    (lama,) = [b for b in dunia.instansi.fakta["opini_bpk"] if b.nomor == nomor]
    assert putus(dunia, koreksi(dunia, nomor, {"tahun": 2025, "opini": "WDP"}, "2026-04-10")).terbitan[0].golongan == "fakta"
    satu = dunia.log[-1]
    (baru,) = [b for b in dunia.instansi.fakta["opini_bpk"] if b.pertama == nomor]
    assert (baru.isi["opini"], baru.nomor, satu.aliran) == ("WDP", satu.nomor, "fakta/fakta")
    putus(dunia, tarik(dunia, nomor, "2026-04-11"))
    assert nomor not in {b.pertama for b in dunia.instansi.fakta["opini_bpk"]}
    assert len(dunia.instansi.fakta["opini_bpk"]) == 2
    assert dunia.instansi.usang == (Usang(lama, satu.nomor, satu.waktu_catat), Usang(baru, len(dunia.log), satu.waktu_catat))


def test_edisi_instrumen_tidak_pernah_dikoreksi() -> None:
    """An edition means the same for ever: it is neither corrected nor retracted, whoever asks."""
    dunia = kosong()
    jenis = next(j.id for j in definisi().bukti.values() if j.periksa == "instrumen")
    nomor = nomor_bukti(dunia, "spip")
    for perintah in (koreksi(dunia, nomor, {}, "2026-04-10"), tarik(dunia, nomor, "2026-04-10")):
        with pytest.raises(MasukanSalah, match="tidak dikoreksi dan tidak ditarik") as e:
            putus(dunia, replace(perintah, jenis=jenis))
        assert "zi lke instrumen" in e.value.lanjut


# --- what is demanded -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("alasan", ["", "   ", "a\x00b"])
def test_harus_ada_alasan(alasan: str) -> None:
    """A correction, a retraction and taking note without words are bad input."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10"), (Peninjauan(UNIT_UJI, (PUTUSAN,)),))
    for perintah in (
        koreksi(dunia, nomor, PAKTA, "2024-04-10", alasan=alasan),
        tarik(dunia, nomor, "2024-04-10", alasan=alasan),
        akui(len(dunia.log), "2024-04-10", catatan=alasan),
    ):
        with pytest.raises(MasukanSalah, match=r"alasan|catatan"):
            putus(dunia, perintah)


def test_isi_koreksi_diperiksa_seperti_catatan() -> None:
    """The contents are read by the kind's typed fields, every one of them anew."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    with pytest.raises(MasukanSalah) as e:
        putus(dunia, koreksi(dunia, nomor, {"jumlah_pegawai": 60, "penandatangan": 61}, "2024-04-10"))
    assert "pimpinan" in e.value.pesan
    assert "penandatangan" in e.value.pesan


def test_harus_r29_dan_r30_memeriksa_koreksi() -> None:
    """A day in the future and an actor without the role are refusals with the whole checklist, which keep all that was asked."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    depan = putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10", oleh=KEPALA), dicatat=HARI("2024-04-09"))
    assert penghalang(depan.daftar) == {"R29.catatan"}
    asing = putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10", oleh=PENILAI, berkas=(BERKAS,)))
    assert penghalang(asing.daftar) == {"R30"}
    assert dunia.log[-1].aliran == f"penolakan/{UNIT_UJI}"
    isi = {"nomor": nomor, "bukti": nomor, "jenis": "pakta_integritas", "isi": PAKTA_BARU, "alasan": ALASAN, "berkas": [BERKAS.sha256]}
    assert (dunia.penolakan[-1].perintah, dunia.penolakan[-1].isi) == ("koreksi", isi)
    tolak = putus(dunia, tarik(dunia, nomor, "2024-04-10", oleh=WALI_KOTA))
    assert penghalang(tolak.daftar) == {"R30"}
    assert dunia.penolakan[-1].isi == {"nomor": nomor, "bukti": nomor, "jenis": "pakta_integritas", "alasan": ALASAN}
    assert dunia.unit[UNIT_UJI].bukti["pakta_integritas"][0].isi == PAKTA


def test_penolakan_atas_fakta_di_aliran_fakta() -> None:
    """A refused correction of a fact is in the refusals of the facts."""
    dunia = kosong()
    nomor = nomor_bukti(dunia, "opini_bpk")
    for perintah in (
        koreksi(dunia, nomor, {"tahun": 2025, "opini": "WDP"}, "2026-04-10", oleh=KEPALA),
        tarik(dunia, nomor, "2026-04-10", oleh=KEPALA),
    ):
        assert not putus(dunia, perintah).diterima
        assert dunia.log[-1].aliran == "penolakan/fakta"


def test_yang_boleh_mencatat_boleh_mengoreksi_di_unitnya_sendiri() -> None:
    """Who may record a kind may correct and retract it, in the own unit; so may the registrar, everywhere."""
    dunia = _pencanangan()
    arsip(dunia, "DINSOS", {"tahap": "penetapan", "sejak": "2024-01-01"})
    dunia.angkat(LAIN, "kepala_pd", "DINSOS")
    nomor = nomor_bukti(dunia, "pakta_integritas")
    assert not putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10", oleh=LAIN)).diterima
    assert putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10", oleh=KEPALA)).diterima
    assert putus(dunia, koreksi(dunia, nomor, PAKTA, "2024-04-10", oleh=ADMIN)).diterima
    assert putus(dunia, tarik(dunia, nomor, "2024-04-10", oleh=KEPALA)).diterima


def test_harus_penilaian_orang_lain_tidak_dialihkan_lewat_koreksi() -> None:
    """A unit cannot turn its own assessment into TPI's, nor TPI's into its own; TPI and the registrar may mend what is theirs."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    tpi = nomor_bukti(dunia, "lke")
    dari_tpi = dict(dunia.unit[UNIT_UJI].bukti["lke"][-1].isi)
    dunia.catat("lke", "2025-05-03", {**dari_tpi, "penilai": "unit"}, oleh=KEPALA)
    sendiri = nomor_bukti(dunia, "lke")
    assert penghalang(putus(dunia, koreksi(dunia, sendiri, {**dari_tpi, "penilai": "tpi"}, "2025-05-04", oleh=KEPALA)).daftar) == {"R30"}
    assert penghalang(putus(dunia, koreksi(dunia, tpi, {**dari_tpi, "penilai": "unit"}, "2025-05-04", oleh=KEPALA)).daftar) == {"R30"}
    assert penghalang(putus(dunia, koreksi(dunia, sendiri, {**dari_tpi, "penilai": "tpi"}, "2025-05-04", oleh=PENILAI)).daftar) == {"R30"}
    assert putus(
        dunia, koreksi(dunia, sendiri, {**dari_tpi, "penilai": "unit", "catatan": {"103": "x"}}, "2025-05-04", oleh=KEPALA)
    ).diterima
    assert putus(dunia, koreksi(dunia, tpi, {**dari_tpi, "catatan": {"103": "x"}}, "2025-05-04", oleh=PENILAI)).diterima
    assert putus(dunia, koreksi(dunia, sendiri, {**dari_tpi, "penilai": "tpi"}, "2025-05-04", oleh=ADMIN)).diterima


def test_lke_tetap_pada_edisinya() -> None:
    """A correction that names no edition is read and scored with the one that the assessment was made with."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    nomor = nomor_bukti(dunia, "lke")
    lama = dunia.unit[UNIT_UJI].bukti["lke"][-1].isi
    isi = {k: v for k, v in lama.items() if k != "instrumen"}
    baru = replace(dunia.aturan, instrumen=replace(dunia.aturan.instrumen, versi="2027"))  # type: ignore[type-var]
    dunia.aturan = baru
    with pytest.raises(MasukanSalah, match="tidak dikenal"):
        putus(dunia, koreksi(dunia, nomor, {**isi, "tahun": 2024}, "2025-05-04"))
    putus(dunia, koreksi(dunia, nomor, {**isi, "tahun": 2024, "instrumen": "2027"}, "2025-05-04"))
    assert dunia.unit[UNIT_UJI].bukti["lke"][-1].isi["instrumen"] == "2027"
    dunia.aturan = definisi()
    putus(dunia, koreksi(dunia, nomor, {**isi, "instrumen": lama["instrumen"]}, "2025-05-04"))
    assert dunia.unit[UNIT_UJI].bukti["lke"][-1].isi == lama


def test_tanggal_koreksi_tidak_mendahului_catatannya() -> None:
    """Nobody corrects or retracts a record before the day that it is about; on that day one may."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    for perintah in (koreksi(dunia, nomor, PAKTA_BARU, "2024-03-03"), tarik(dunia, nomor, "2024-03-03")):
        with pytest.raises(MasukanSalah, match="mendahului catatannya") as e:
            putus(dunia, perintah, dicatat=HARI("2024-04-10"))
        assert "2024-03-04" in e.value.sebab
    assert putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-03-04")).diterima


def test_catatan_yang_ditarik_tidak_dikoreksi_lagi() -> None:
    """After a retraction there is nothing to correct or retract: not found, and what to do instead."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    putus(dunia, tarik(dunia, nomor, "2024-04-10"))
    for perintah in (koreksi(dunia, nomor, PAKTA, "2024-04-11"), tarik(dunia, len(dunia.log), "2024-04-11")):
        with pytest.raises(TidakDitemukan, match="sudah ditarik") as e:
            putus(dunia, perintah)
        assert "zi catat pakta_integritas" in e.value.lanjut


def test_jenis_yang_tidak_dikenal_definisi() -> None:
    """A record of a kind that the definition no longer has cannot be corrected under it."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    dunia.aturan = replace(definisi(), bukti={k: v for k, v in definisi().bukti.items() if k != "pakta_integritas"})
    with pytest.raises(MasukanSalah, match="tidak dikenal"):
        putus(dunia, tarik(dunia, nomor, "2024-04-10"))


# --- the review and its mark ----------------------------------------------------------------------------------------------


def test_peninjauan_menandai_unit_dan_tidak_memindahkan() -> None:
    """The review is an event of each unit concerned, dated the day of the correction; stage and predikat stay; none for no decision."""
    dunia = sampai("pencanangan")
    arsip(dunia, "DINSOS", {"tahap": "penetapan", "sejak": "2024-01-01"})
    nomor = nomor_bukti(dunia, "pakta_integritas")
    keadaan, versi = dunia.unit[UNIT_UJI].keadaan, dunia.unit[UNIT_UJI].versi
    tinjauan = (Peninjauan(UNIT_UJI, (PUTUSAN,)), Peninjauan("DINSOS", ()))
    putusan = putus(dunia, koreksi(dunia, nomor, PAKTA_BARU, "2024-04-10"), tinjauan)
    assert [(t.golongan, t.kode, type(t.peristiwa)) for t in putusan.terbitan] == [
        ("unit", UNIT_UJI, BuktiDikoreksi),
        ("unit", UNIT_UJI, PutusanDitinjau),
    ]
    assert dunia.log[-1].tanggal == HARI("2024-04-10")
    (tanda,) = dunia.unit[UNIT_UJI].tinjauan
    assert (tanda.nomor, tanda.bukti, tanda.jenis, tanda.tanggal, tanda.putusan) == (
        len(dunia.log), nomor, "pakta_integritas", HARI("2024-04-10"), (PUTUSAN,),
    )  # fmt: skip
    assert (dunia.unit[UNIT_UJI].keadaan, dunia.unit[UNIT_UJI].versi) == (keadaan, versi + 2)
    assert dunia.unit["DINSOS"].tinjauan == ()


def test_akui_menghapus_tanda_yang_disebut_saja() -> None:
    """Taking note removes the one mark that is named; the note is kept; a second time there is nothing to take note of."""
    dunia = sampai("pencanangan")
    nomor = nomor_bukti(dunia, "pakta_integritas")
    for isi in (PAKTA_BARU, PAKTA):
        putus(dunia, koreksi(dunia, nomor, isi, "2024-04-10"), (Peninjauan(UNIT_UJI, (PUTUSAN,)),))
    satu, dua = (t.nomor for t in dunia.unit[UNIT_UJI].tinjauan)
    putusan = putus(dunia, akui(satu, "2024-04-10", oleh=PENILAI, catatan="tetap"))
    assert putusan.terbitan[0].peristiwa == PeninjauanDiakui(satu, "tetap")
    assert [t.nomor for t in dunia.unit[UNIT_UJI].tinjauan] == [dua]
    with pytest.raises(TidakDitemukan, match=f"nomor {satu}") as e:
        putus(dunia, akui(satu, "2024-04-10"))
    assert f"nomor {dua}" in e.value.sebab
    putus(dunia, akui(dua, "2024-04-10"))
    with pytest.raises(TidakDitemukan) as e:
        putus(dunia, akui(dua, "2024-04-10"))
    assert "sudah diakui" in e.value.sebab


def test_akui_meminta_peran_dan_tanggal() -> None:
    """Only the roles that the definition names take note, not before the review; a unit that is not there is named."""
    dunia = sampai("pencanangan")
    putus(dunia, koreksi(dunia, nomor_bukti(dunia, "pakta_integritas"), PAKTA_BARU, "2024-04-10"), (Peninjauan(UNIT_UJI, (PUTUSAN,)),))
    nomor = len(dunia.log)
    assert penghalang(putus(dunia, akui(nomor, "2024-04-10", oleh=KEPALA)).daftar) == {"R30"}
    assert (dunia.penolakan[-1].perintah, dunia.penolakan[-1].isi) == ("akui", {"nomor": nomor, "catatan": "dibahas"})
    assert len(dunia.unit[UNIT_UJI].tinjauan) == 1
    with pytest.raises(MasukanSalah, match="mendahului peninjauannya"):
        putus(dunia, akui(nomor, "2024-04-09"))
    with pytest.raises(UnitTidakDitemukan):
        putus(dunia, akui(nomor, "2024-04-10", kode="TIDAK-ADA"))
    with pytest.raises(UnitTidakDitemukan):
        putus(dunia, replace(akui(nomor, "2024-04-10"), kode=None))


# --- small things ---------------------------------------------------------------------------------------------------------


def test_nama_perintah() -> None:
    """Commands of corrections have the names of their verbs."""
    dunia = _pencanangan()
    nomor = nomor_bukti(dunia, "pakta_integritas")
    semua = (koreksi(dunia, nomor, {}, "2024-04-10"), tarik(dunia, nomor, "2024-04-10"), akui(nomor, "2024-04-10"))
    assert [nama_perintah(p) for p in semua] == ["koreksi", "tarik", "akui"]


def test_nomor_sementara_diganti_dalam_koreksi() -> None:
    """Within a batch a correction may replace one that has no number yet: its reference is rewritten, everything else stays."""
    peta = {2**52: 41}
    koreksi_ = BuktiDikoreksi("sptjm", 7, 2**52, {}, "a", "2025-01-01")
    assert nomori_ulang(koreksi_, peta) == replace(koreksi_, menggantikan=41)
    tarik_ = BuktiDitarik("sptjm", 7, 7, "a", "2025-01-01")
    assert nomori_ulang(tarik_, peta) == tarik_
    tinjau = PutusanDitinjau("sptjm", 7, 2**52, (PUTUSAN,))
    assert nomori_ulang(tinjau, peta) == replace(tinjau, menggantikan=41)
    assert nomori_ulang(PeninjauanDiakui(9, "a"), peta) == PeninjauanDiakui(9, "a")
    batal = LangkahDibatalkan("x", 2**52, "a", "b", {}, ({"bukti": [2**52, 3]}, {"bukti": "-"}))
    assert nomori_ulang(batal, peta) == replace(batal, nomor_langkah=41, syarat=({"bukti": [41, 3]}, {"bukti": "-"}))


def test_koreksi_atas_catatan_tanpa_jenis_lain() -> None:
    """Corrections of one kind leave every other kind's records alone."""
    dunia = _pencanangan()
    lain = {k: v for k, v in dunia.unit[UNIT_UJI].bukti.items() if k != "pakta_integritas"}
    putus(dunia, koreksi(dunia, nomor_bukti(dunia, "pakta_integritas"), PAKTA_BARU, "2024-04-10"))
    assert {k: v for k, v in dunia.unit[UNIT_UJI].bukti.items() if k != "pakta_integritas"} == lain
    assert all(isinstance(t.peristiwa, BuktiDicatat) for t in dunia.log[-5:-1])


def test_semua_koreksi_diputus_ulang_sama() -> None:
    """A file with corrections of every sort, accepted and refused, comes out the same when each decision is taken again."""
    dunia = sampai("penetapan")
    pakta, publikasi = nomor_bukti(dunia, "pakta_integritas"), nomor_bukti(dunia, "publikasi")
    tinjauan = (Peninjauan(UNIT_UJI, (PUTUSAN,)),)
    putus(dunia, koreksi(dunia, pakta, PAKTA_BARU, "2024-04-10", oleh=KEPALA), tinjauan)
    putus(dunia, koreksi(dunia, pakta, PAKTA, "2024-04-11", berkas=(BERKAS,)))
    putus(dunia, tarik(dunia, publikasi, "2024-04-10"), tinjauan)
    for perintah in (
        koreksi(dunia, pakta, PAKTA_BARU, "2024-04-11", oleh=PENILAI, berkas=(BERKAS,)),
        koreksi(dunia, pakta, PAKTA_BARU, "2024-04-11", oleh=PENILAI),
        tarik(dunia, pakta, "2024-04-11", oleh=WALI_KOTA),
        akui(len(dunia.log), "2024-04-11", oleh=KEPALA),
        akui(len(dunia.log), "2024-04-11"),
        koreksi(dunia, nomor_bukti(dunia, "opini_bpk"), {"tahun": 2025, "opini": "TW"}, "2026-03-05"),
        tarik(dunia, nomor_bukti(dunia, "spip"), "2026-03-05", oleh=KEPALA),
    ):
        putus(dunia, perintah)
    banyak, beda = ulang_semua(dunia)
    assert beda == []
    assert banyak == sum(not isinstance(t.peristiwa, PutusanDitinjau) for t in dunia.log)
