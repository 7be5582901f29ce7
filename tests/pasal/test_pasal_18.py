"""Pasal 18: in force since 19 February 2024; R29 keeps every act's date inside its bounds."""

from __future__ import annotations

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    UNIT_UJI,
    arsip,
    bekal_pencanangan,
    bekal_penetapan,
    diterima,
    ditolak,
    kosong,
    penghalang,
    sampai,
    temuan,
)
from zi_workflow.domain.commands import AngkatPejabat, DaftarkanUnit
from zi_workflow.domain.guards.konteks import mesin

DASAR = ("Perwali Binjai 3/2024 Pasal 18",)


@pytest.mark.parametrize(("tanggal", "boleh"), [("2024-02-18", False), ("2024-02-19", True)])
def test_berlaku_sejak_19_februari_2024(tanggal: str, *, boleh: bool) -> None:
    """Nothing is registered under the regulation before its day; that day itself counts."""
    dunia = kosong()
    putusan = dunia.jalankan(DaftarkanUnit("BARU", "Unit Baru", HARI(tanggal), ADMIN), HARI("2024-03-01"))
    satu = temuan(putusan.daftar, "R29")
    assert (satu.status == "terpenuhi") is boleh
    assert (satu.dasar, satu.sifat, satu.tafsir) == (DASAR, "waktu", ("D3",))
    if not boleh:
        assert mesin(satu.ditemukan) == "2024-02-18 mendahului berlakunya peraturan 2024-02-19"
        assert mesin(satu.kurang) == "1 hari"
        assert penghalang(putusan.daftar) >= {"R29"}


def test_perbuatan_sebelum_berlaku_tetap_mendapat_daftar_periksa_lengkap() -> None:
    """An act before every period is refused with the whole checklist, each line saying that no value is in force yet."""
    dunia = kosong()
    bekal_pencanangan(dunia)
    daftar = dunia.periksa("canangkan", "2024-02-18", oleh=KEPALA)
    assert [t.id for t in daftar.temuan] == [s.id for s in dunia.aturan.syarat_untuk("canangkan", None)]
    satu = temuan(daftar, "R1")
    assert (satu.status, mesin(satu.ditemukan)) == ("tidak", "tidak ada nilai yang berlaku pada 2024-02-18")
    assert mesin(satu.dibutuhkan) == "Nilai pertama berlaku sejak 2024-02-19"
    assert {"R29", "R30"} <= penghalang(daftar)
    assert mesin(temuan(daftar, "R30").ditemukan) == f"{KEPALA}: kepala_pd baru sejak 2024-02-19"


@pytest.mark.parametrize(("dicatat", "boleh"), [("2024-03-10", False), ("2024-03-11", True)])
def test_perbuatan_di_masa_depan_ditolak(dicatat: str, *, boleh: bool) -> None:
    """An act dated tomorrow has not been done."""
    dunia = sampai("terdaftar")
    bekal_pencanangan(dunia)
    putusan = dunia.maju("canangkan", "2024-03-11", dicatat=HARI(dicatat))
    assert putusan.diterima is boleh
    if not boleh:
        satu = temuan(putusan.daftar, "R29")
        assert (mesin(satu.ditemukan), mesin(satu.kurang)) == ("2024-03-11 di masa depan", "1 hari")
        assert "tidak sesudah 2024-03-10" in (mesin(satu.dibutuhkan) or "")


@pytest.mark.parametrize(("tanggal", "boleh"), [("2024-03-10", False), ("2024-03-11", True)])
def test_tidak_mendahului_langkah_sebelumnya(tanggal: str, *, boleh: bool) -> None:
    """A move is not dated before the unit's previous one (11 March); the same day is allowed."""
    dunia = sampai("pencanangan")
    bekal_penetapan(dunia, "2024-03-11")
    putusan = dunia.maju("tetapkan", tanggal, dicatat=HARI("2024-05-01"))
    assert putusan.diterima is boleh
    if not boleh:
        satu = temuan(putusan.daftar, "R29")
        assert mesin(satu.ditemukan) == "2024-03-10 mendahului langkah sebelumnya 2024-03-11"


def test_langkah_pertama_tidak_mendahului_pendaftaran() -> None:
    """The registration (1 March 2024) is the bound of the first move."""
    dunia = sampai("terdaftar")
    bekal_pencanangan(dunia, "2024-02-20")
    daftar = ditolak(dunia, "canangkan", "2024-02-29", dicatat=HARI("2024-05-01"))
    assert mesin(temuan(daftar, "R29").ditemukan) == "2024-02-29 mendahului langkah sebelumnya 2024-03-01"


def test_semua_cela_tanggal_disebut_sekaligus() -> None:
    """A date that breaks two bounds is told both, with the larger gap."""
    dunia = sampai("pencanangan")
    satu = temuan(dunia.periksa("tetapkan", "2024-02-10"), "R29")
    assert mesin(satu.ditemukan) == "2024-02-10 mendahului berlakunya peraturan 2024-02-19; mendahului langkah sebelumnya 2024-03-11"
    assert mesin(satu.kurang) == "30 hari"


@pytest.mark.parametrize(("dicatat", "boleh"), [("2024-03-03", False), ("2024-03-04", True)])
def test_catatan_hanya_tidak_di_masa_depan(dicatat: str, *, boleh: bool) -> None:
    """A record may be older than anything, but not of a day to come (R29.catatan)."""
    dunia = kosong()
    isi = {"kanal": "Laman", "alamat": "dispora.example"}
    assert dunia.catat("publikasi", "2024-03-04", isi, dicatat=HARI(dicatat)).diterima is boleh


def test_catatan_boleh_lebih_tua_dari_peraturan_bila_pelakunya_berwenang() -> None:
    """For records the regulation's own date is no bound: only the future is, and the recorder's role on that day (R30)."""
    dunia = kosong()
    isi = {"kanal": "Laman", "alamat": "dispora.example"}
    putusan = dunia.catat("publikasi", "2023-12-01", isi, dicatat=HARI("2024-03-04"))
    assert [t.id for t in putusan.daftar.temuan] == ["R29.catatan", "R30"]
    assert penghalang(putusan.daftar) == {"R30"}
    sejak = HARI("2023-01-01")
    diterima(dunia.jalankan(AngkatPejabat(KEPALA, "Orang Lama", "unit_kerja", "800/9", sejak, HARI("2024-03-04"), ADMIN, None, UNIT_UJI)))
    assert dunia.catat("publikasi", "2023-12-01", isi, oleh=KEPALA, dicatat=HARI("2024-03-04")).diterima


def test_sejarah_lama_masuk_sebagai_keadaan_awal() -> None:
    """What was done before the regulation enters with the registration, unchecked and marked as from the archive."""
    dunia = kosong()
    putusan = arsip(dunia, "LAMA", {"tahap": "pembangunan", "sejak": "2019-01-02", "mulai_bangun": "2019-01-02"})
    assert putusan.diterima
    assert {t.id for t in putusan.daftar.temuan} == {"R29", "R30"}
    assert dunia.unit["LAMA"].keadaan.penanda["bangun"] == HARI("2019-01-02")
    diterima(dunia.maju("mulai-pantau", "2024-03-02", {"jadwal_bulan": 3}, "LAMA"))
