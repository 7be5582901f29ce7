"""``decide``: every command, accepted and refused, and every mistake of the caller; given files, when command, then events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

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
    diterima,
    ditolak,
    kosong,
    penghalang,
    sampai,
    sampai_wbbm,
    temuan,
)
from zi_workflow.domain.commands import AmbilLangkah, DaftarkanUnit
from zi_workflow.domain.decide import FAKTA, PENOLAKAN, UNIT, periksa, putuskan
from zi_workflow.domain.errors import Galat, Konflik, LangkahTidakTersedia, MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import (
    BuktiDicatat,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PerintahDitolak,
    UnitDidaftarkan,
)
from zi_workflow.domain.guards.konteks import mesin
from zi_workflow.domain.state import lipat, sidik_penolakan

HARI_INI = HARI("2024-03-04")


def _daftarkan(**ganti: Any) -> DaftarkanUnit:  # noqa: ANN401 - any field of the command
    isi: dict[str, Any] = {"kode": "BARU", "nama": "Unit Baru", "tanggal": HARI_INI, "oleh": ADMIN}
    return DaftarkanUnit(**{**isi, **ganti})


# --- purity -----------------------------------------------------------------------------------------------------------


def test_memutuskan_tidak_mengubah_berkas() -> None:
    """Deciding returns events and touches nothing: the same question twice gives the same answer, from the same files."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    unit, instansi = dunia.unit[UNIT_UJI], dunia.instansi
    perintah = AmbilLangkah("usulkan", UNIT_UJI, {"predikat": "WBK"}, HARI("2025-05-20"), WALI_KOTA)
    satu, dua = (putuskan(dunia.aturan, unit, instansi, perintah, HARI("2025-05-20")) for _ in range(2))
    assert satu == dua
    assert (dunia.unit[UNIT_UJI], dunia.instansi) == (unit, instansi)


def test_menanyakan_tidak_memutuskan() -> None:
    """``periksa`` answers at any stage and returns no events; the checklist says whether the stage has the move."""
    dunia = sampai("pencanangan")
    unit = dunia.unit[UNIT_UJI]
    daftar = periksa(dunia.aturan, unit, dunia.instansi, "usulkan", {}, HARI("2025-05-20"), HARI("2025-05-20"))
    assert (daftar.tersedia, daftar.tahap, daftar.unit, daftar.perintah, daftar.pada) == (
        False,
        "pencanangan",
        UNIT_UJI,
        "usulkan",
        date(2025, 5, 20),
    )
    assert dunia.periksa("tetapkan", "2024-04-02").tersedia
    assert dunia.unit[UNIT_UJI] is unit


# --- moves ------------------------------------------------------------------------------------------------------------


def test_langkah_diterima_membawa_keadaan_dan_ringkasan() -> None:
    """An accepted move is one event with the whole resulting condition, what each requirement found, and its legal basis."""
    dunia = sampai("terdaftar")
    bekal_pencanangan(dunia)
    putusan = dunia.maju("canangkan", "2024-03-11")
    (terbitan,) = putusan.terbitan
    peristiwa = terbitan.peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert (terbitan.golongan, terbitan.kode) == (UNIT, UNIT_UJI)
    assert (peristiwa.langkah, peristiwa.dari, peristiwa.ke, peristiwa.isi) == ("canangkan", "terdaftar", "pencanangan", {})
    assert peristiwa.hasil == dunia.unit[UNIT_UJI].keadaan.polos()
    assert [s["id"] for s in peristiwa.syarat] == [t.id for t in putusan.daftar.temuan]
    assert terbitan.dasar[0] == "Perwali Binjai 3/2024 Pasal 6"
    assert len(set(terbitan.dasar)) == len(terbitan.dasar)


def test_langkah_ditolak_membawa_seluruh_daftar() -> None:
    """A refusal is one event in a stream beside the unit's, with every line, and the citations of what stood in the way."""
    dunia = sampai("terdaftar")
    versi = dunia.unit[UNIT_UJI].versi
    putusan = dunia.maju("canangkan", "2024-03-11")
    (terbitan,) = putusan.terbitan
    peristiwa = terbitan.peristiwa
    assert isinstance(peristiwa, PerintahDitolak)
    assert (terbitan.golongan, terbitan.kode) == (PENOLAKAN, UNIT_UJI)
    assert (peristiwa.perintah, peristiwa.pada, peristiwa.hari) == ("canangkan", "2024-03-11", "2024-03-11")
    assert list(peristiwa.syarat) == [t.polos() for t in putusan.daftar.temuan]
    assert {s["terpenuhi"] for s in peristiwa.syarat} == {True, False}
    assert "tafsir R30" not in terbitan.dasar
    assert dunia.unit[UNIT_UJI].versi == versi


def test_penolakan_yang_sama_dikenali_pada_hari_yang_sama() -> None:
    """The same refusal has the same print; another date, actor, content or finding has another."""
    dunia = sampai("terdaftar")
    for _ in range(2):
        dunia.maju("canangkan", "2024-03-11")
    dunia.maju("canangkan", "2024-03-11", dicatat=HARI("2024-03-12"))
    dunia.maju("canangkan", "2024-03-12")
    dunia.maju("canangkan", "2024-03-11", oleh=PENILAI)
    dunia.catat("publikasi", "2024-03-05", {"kanal": "Laman", "alamat": "dispora.example"})
    dunia.maju("canangkan", "2024-03-11")
    sidik = [p.sidik for p in dunia.penolakan]
    assert sidik[0] == sidik[1]
    assert len({*sidik[2:], sidik[0]}) == 5
    tercatat = [t for t in dunia.log if isinstance(t.peristiwa, PerintahDitolak)]
    assert len(sidik_penolakan(tercatat)) == 5


def test_unit_yang_tidak_ada() -> None:
    """A move of a unit that was never registered."""
    with pytest.raises(TidakDitemukan, match="Unit 'HILANG' tidak ditemukan"):
        kosong().maju("canangkan", "2024-03-11", kode="HILANG")


@pytest.mark.parametrize(("nama", "saran"), [("canangkn", "Maksud Anda: canangkan? "), ("xyz", "")])
def test_langkah_yang_tidak_dikenal(nama: str, saran: str) -> None:
    """An unknown move: what was typed, the nearest name, and what the stage has."""
    dunia = kosong()
    for tanya in (lambda: dunia.maju(nama, "2024-03-11"), lambda: dunia.periksa(nama, "2024-03-11")):
        with pytest.raises(LangkahTidakTersedia, match=f"'{nama}' tidak dikenal") as galat:
            tanya()
        assert galat.value.kode == 11
        assert galat.value.lanjut == saran + "Langkah dari tahap terdaftar: canangkan, nonaktifkan."
    assert dunia.penolakan == []


def test_langkah_yang_tidak_tersedia_tidak_ditulis() -> None:
    """A known move that the stage does not have is a mistake of the caller: listed what is, nothing written."""
    dunia = sampai("terdaftar")
    panjang = len(dunia.log)
    with pytest.raises(LangkahTidakTersedia, match="Langkah usulkan tidak tersedia: DISPORA berada pada tahap terdaftar") as galat:
        dunia.maju("usulkan", "2025-05-20", {"predikat": "WBK"})
    assert "hanya dari tahap: evaluasi_tpi (Perwali Binjai 3/2024 Pasal 11" in galat.value.sebab
    assert galat.value.lanjut == "Langkah dari tahap terdaftar: canangkan, nonaktifkan."
    assert len(dunia.log) == panjang


def test_setiap_pasangan_tahap_dan_langkah() -> None:
    """Over all stages and moves: available exactly where the definition says so."""
    for tahap in (
        "terdaftar",
        "pencanangan",
        "penetapan",
        "pembangunan",
        "pemantauan",
        "evaluasi_tpi",
        "usulan_tpn",
        "predikat",
        "pemantauan_predikat",
    ):
        dunia = sampai(tahap)
        for langkah in definisi().langkah.values():
            daftar = dunia.periksa(langkah.nama, "2026-05-20")
            boleh = tahap in langkah.dari and not (langkah.efek.membatalkan and not dunia.unit[UNIT_UJI].lalu)
            assert daftar.tersedia is boleh, (tahap, langkah.nama)
            if not boleh:
                with pytest.raises(LangkahTidakTersedia):
                    dunia.maju(langkah.nama, "2026-05-20")


def test_isi_langkah_yang_tidak_dikenal_adalah_masukan_salah() -> None:
    """A field that the move does not have is named, with the nearest one."""
    with pytest.raises(MasukanSalah, match="'jadwal_buln' tidak dikenal; maksud Anda 'jadwal_bulan'"):
        sampai("pembangunan").maju("mulai-pantau", "2024-06-10", {"jadwal_buln": 3})


# --- proposals --------------------------------------------------------------------------------------------------------


def _usulan(isi: Mapping[str, Any], dunia: Dunia | None = None) -> Dunia:
    dunia = dunia or sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    diterima(dunia.maju("usulkan", "2025-05-20", isi))
    return dunia


@pytest.mark.parametrize(
    ("isi", "surat"),
    [
        ({"predikat": "WBK", "surat": "900/1"}, "900/1"),
        ({}, ""),
        ({"tahun": 2025}, ""),
        ({"predikat": {UNIT_UJI: "WBK", "LAIN": "WBBM"}, "tahun": "2025"}, ""),
    ],
)
def test_predikat_usulan_satu_atau_per_unit_atau_sasarannya(isi: Mapping[str, Any], surat: str) -> None:
    """Given once, per unit, or left to what the unit builds towards; the event keeps this unit's own and the year."""
    dunia = _usulan(isi)
    usulan = dunia.unit[UNIT_UJI].keadaan.usulan
    assert usulan is not None
    assert (usulan.predikat, usulan.tahun, usulan.surat) == ("WBK", 2025, surat)
    peristiwa = dunia.log[-1].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert (peristiwa.isi["predikat"], peristiwa.isi["tahun"]) == ("WBK", 2025)


def test_predikat_usulan_unit_tidak_disebut() -> None:
    """A letter that names other units only does not propose this one."""
    with pytest.raises(MasukanSalah, match="Predikat untuk DISPORA tidak disebut"):
        sampai("evaluasi_tpi").maju("usulkan", "2025-05-20", {"predikat": {"LAIN": "WBK"}})


@pytest.mark.parametrize("isi", [{"predikat": "WBX"}, {"predikat": {UNIT_UJI: "wbk"}}, {"tahun": 1999}, {"tahun": "20xx"}])
def test_isi_usulan_di_luar_batas(isi: Mapping[str, Any]) -> None:
    """A predikat that does not exist, a year that cannot be."""
    with pytest.raises(MasukanSalah):
        sampai("evaluasi_tpi").maju("usulkan", "2025-05-20", isi)


def test_predikat_usulan_tanpa_sasaran() -> None:
    """Where nothing says what is proposed, the caller must: a stage of evaluasi_tpi without a target is only made by hand."""
    dunia = sampai("evaluasi_tpi")
    unit = dunia.unit[UNIT_UJI]
    dunia.unit[UNIT_UJI] = type(unit)(
        unit.kode, unit.nama, None, None, unit.terdaftar, type(unit.keadaan)("evaluasi_tpi", unit.keadaan.sejak), unit.versi, unit.nomor
    )
    with pytest.raises(MasukanSalah, match="Predikat usulan DISPORA belum disebut") as galat:
        dunia.maju("usulkan", "2025-05-20")
    assert galat.value.lanjut == "Isi predikat: WBK atau WBBM."


def test_menanyakan_usulan_tanpa_isi_memakai_sasaran() -> None:
    """The checklist of a proposal is that of the predikat built towards, unless another is asked for."""
    assert sampai("pembangunan").periksa("usulkan", "2025-05-20").predikat == "WBK"
    assert sampai_wbbm("pembangunan").periksa("usulkan", "2027-05-20").predikat == "WBBM"
    assert sampai_wbbm("pembangunan").periksa("usulkan", "2027-05-20", {"predikat": "WBK"}).predikat == "WBK"
    assert sampai("usulan_tpn").periksa("tetapkan-predikat", "2026-02-01").predikat is None


def test_tahun_langkah_sesudah_usulan_adalah_tahun_usulan() -> None:
    """What follows a proposal is told with the proposal's year, also when it happens the year after."""
    satu = temuan(sampai("usulan_tpn").periksa("tidak-lulus", "2026-02-01", {"sebab": "ditolak"}), "R33")
    assert "--tahun 2025" in satu.lanjut


# --- undoing, dissolving ----------------------------------------------------------------------------------------------


def test_batalkan_langkah_mengembalikan_keadaan_sebelumnya() -> None:
    """Undoing names the undone event; the condition before it comes back whole, the undone move stands no more."""
    dunia = sampai("penetapan")
    sebelum = dunia.unit[UNIT_UJI].lalu[-1]
    assert penghalang(ditolak(dunia, "batalkan-langkah", "2024-04-03", {"alasan": "keliru"})) == {"R35"}
    putusan = dunia.maju("batalkan-langkah", "2024-04-03", {"alasan": "keliru", "nomor": "1/2024"})
    (terbitan,) = putusan.terbitan
    assert terbitan.peristiwa == LangkahDibatalkan(
        "tetapkan",
        sebelum.nomor,
        "penetapan",
        "pencanangan",
        {"alasan": "keliru", "nomor": "1/2024", "perintah": "batalkan-langkah"},
        tuple(t.ringkas() for t in putusan.daftar.temuan),
    )
    unit = dunia.unit[UNIT_UJI]
    assert unit.keadaan == sebelum.sebelum
    assert [x.langkah for x in unit.lalu] == ["canangkan"]


def test_batalkan_sampai_habis() -> None:
    """Move after move can be undone, back to the registration, and then no further."""
    dunia = sampai("predikat")
    for _ in range(7):
        diterima(dunia.maju("batalkan-langkah", "2026-01-01", {"alasan": "a", "nomor": "1"}))
    assert dunia.unit[UNIT_UJI].keadaan == sampai("terdaftar").unit[UNIT_UJI].keadaan
    with pytest.raises(LangkahTidakTersedia, match="berada pada tahap terdaftar"):
        dunia.maju("batalkan-langkah", "2026-01-01", {"alasan": "a", "nomor": "1"})
    arsip(dunia, "LAMA", {"tahap": "pembangunan", "sejak": "2023-01-02", "mulai_bangun": "2023-01-02"})
    with pytest.raises(LangkahTidakTersedia, match="Tidak ada langkah LAMA yang dapat dibatalkan"):
        dunia.maju("batalkan-langkah", "2026-01-01", {"alasan": "a", "nomor": "1"}, "LAMA")


def test_nonaktifkan_mengakhiri_predikat_dan_kewajiban() -> None:
    """A dissolved unit holds nothing and has no move left but being brought back."""
    dunia = sampai_wbbm("usulan_tpn")
    isi = {"alasan": "digabung", "nomor": "5/2027"}
    assert penghalang(ditolak(dunia, "nonaktifkan", "2027-06-01", {"alasan": "digabung"})) == {"R35"}
    putusan = dunia.maju("nonaktifkan", "2027-06-01", isi)
    diterima(putusan)
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran, keadaan.usulan) == ("nonaktif", None, None, None)
    assert len(putusan.terbitan) == 1
    assert [x.nama for x in definisi().langkah_dari("nonaktif")] == ["batalkan-langkah"]


def test_nonaktifkan_dengan_pengganti_mewariskan_larangan() -> None:
    """A bar is written into the successor's own stream; undoing takes it back there."""
    dunia = kosong()
    arsip(dunia, "LAMA", {"tahap": "dicabut", "sejak": "2023-06-01"})
    isi = {"alasan": "digabung", "nomor": "5/2024", "pengganti": UNIT_UJI}
    putusan = dunia.maju("nonaktifkan", "2024-05-01", isi, "LAMA")
    assert [(t.golongan, t.kode) for t in putusan.terbitan] == [(UNIT, "LAMA"), (UNIT, UNIT_UJI)]
    assert putusan.terbitan[1].peristiwa == LaranganDiwariskan("LAMA", "2023-06-01")
    assert dunia.unit[UNIT_UJI].warisan == {"LAMA": HARI("2023-06-01")}
    putusan = dunia.maju("batalkan-langkah", "2024-05-02", {"alasan": "a", "nomor": "1"}, "LAMA")
    assert putusan.terbitan[1].peristiwa == LaranganDiwariskan("LAMA", None)
    assert dunia.unit[UNIT_UJI].warisan == {}


# --- registration -----------------------------------------------------------------------------------------------------


def test_daftarkan_unit_baru() -> None:
    """A new file opens at the first stage, on its day, with its files."""
    dunia = kosong()
    putusan = dunia.jalankan(_daftarkan(jenis="dinas", afirmasi="ptsp", berkas=(BERKAS,)))
    peristiwa = putusan.terbitan[0].peristiwa
    assert isinstance(peristiwa, UnitDidaftarkan)
    assert (peristiwa.kode, peristiwa.jenis, peristiwa.afirmasi, peristiwa.keadaan_awal, peristiwa.berkas) == (
        "BARU",
        "dinas",
        "ptsp",
        None,
        (BERKAS,),
    )
    assert (dunia.tahap("BARU"), dunia.unit["BARU"].terdaftar) == ("terdaftar", HARI_INI)


@pytest.mark.parametrize(
    ("afirmasi", "lanjut"), [("kelurahan", "Kosongkan bila unit bukan unit afirmasi."), ("samsatt", "Maksud Anda: samsat?")]
)
def test_daftarkan_dengan_afirmasi_yang_tidak_dikenal(afirmasi: str, lanjut: str) -> None:
    """A kind that does not exist is bad input."""
    with pytest.raises(MasukanSalah) as galat:
        kosong().jalankan(_daftarkan(afirmasi=afirmasi))
    assert galat.value.lanjut == lanjut


def test_daftarkan_dua_kali_adalah_konflik() -> None:
    """One code, one file."""
    with pytest.raises(Konflik, match=f"Unit {UNIT_UJI} sudah terdaftar"):
        kosong().jalankan(_daftarkan(kode=UNIT_UJI))


@pytest.mark.parametrize(
    "ganti", [{"kode": "baru"}, {"kode": ""}, {"kode": "A" * 31}, {"kode": "-A"}, {"nama": "  "}, {"nama": "x" * 201}, {"jenis": "y" * 61}]
)
def test_daftarkan_masukan_salah(ganti: Mapping[str, str]) -> None:
    """Codes, names and kinds within their bounds."""
    with pytest.raises(MasukanSalah):
        kosong().jalankan(_daftarkan(**ganti))


def test_daftarkan_tanpa_wewenang_ditolak() -> None:
    """Only the registrar opens files: a refusal in the stream of that code."""
    dunia = kosong()
    putusan = dunia.jalankan(_daftarkan(oleh=KEPALA))
    assert penghalang(putusan.daftar) == {"R30"}
    assert (putusan.terbitan[0].golongan, putusan.terbitan[0].kode) == (PENOLAKAN, "BARU")
    assert "BARU" not in dunia.unit


# --- records ----------------------------------------------------------------------------------------------------------

PUBLIKASI = {"kanal": "Laman", "alamat": "dispora.example"}


def test_catat_ke_berkas_unit_dan_instansi() -> None:
    """A unit's record goes to the unit's stream, the instansi's to the facts; each with its citations and files."""
    dunia = kosong()
    putusan = dunia.catat("publikasi", "2024-03-04", PUBLIKASI, berkas=(BERKAS,))
    assert putusan.terbitan[0].peristiwa == BuktiDicatat("publikasi", PUBLIKASI, (BERKAS,))
    assert (putusan.terbitan[0].golongan, putusan.terbitan[0].kode) == (UNIT, UNIT_UJI)
    assert putusan.terbitan[0].dasar == ("Perwali Binjai 3/2024 Pasal 6 ayat (3)",)
    putusan = dunia.catat("deklarasi_pemda", "2024-03-04", {"kanal": "Laman", "alamat": "binjai.example"}, None)
    assert (putusan.terbitan[0].golongan, putusan.terbitan[0].kode) == (FAKTA, FAKTA)
    assert len(dunia.instansi.fakta["deklarasi_pemda"]) == 1


def test_catat_yang_sama_pada_hari_yang_sama_tidak_menulis_lagi() -> None:
    """The same record again writes nothing and names the first; another day, content, person or file is a new record."""
    dunia = kosong()
    dunia.catat("publikasi", "2024-03-04", PUBLIKASI)
    ulang = dunia.catat("publikasi", "2024-03-04", PUBLIKASI)
    assert (ulang.diterima, ulang.terbitan, ulang.sudah) == (True, (), dunia.unit[UNIT_UJI].bukti["publikasi"][0].nomor)
    dunia.catat("publikasi", "2024-03-05", PUBLIKASI)
    dunia.catat("publikasi", "2024-03-05", {**PUBLIKASI, "kanal": "Koran"})
    dunia.catat("publikasi", "2024-03-05", {**PUBLIKASI, "kanal": "Koran"}, berkas=(BERKAS,))
    dunia.catat("publikasi", "2024-03-05", {**PUBLIKASI, "kanal": "Koran"}, oleh=KEPALA, berkas=(BERKAS,))
    assert len(dunia.unit[UNIT_UJI].bukti["publikasi"]) == 5


def test_catat_kembali_ke_isi_lama_adalah_catatan_baru() -> None:
    """A, then B, then A again: the last is a record of its own, since it changes what counts."""
    dunia = kosong()
    for lapor in (5, 4, 5):
        assert dunia.catat("lhkpn", "2024-03-04", {"tahun": 2023, "wajib": 5, "lapor": lapor}, oleh=PENILAI).terbitan
    assert [b.isi["lapor"] for b in dunia.unit[UNIT_UJI].bukti["lhkpn"]] == [5, 4, 5]


@pytest.mark.parametrize(
    ("jenis", "kode", "pesan"), [("publikasi", None, "memerlukan unit"), ("spip", UNIT_UJI, "dicatat bagi instansi, tanpa unit")]
)
def test_catat_di_berkas_yang_salah(jenis: str, kode: str | None, pesan: str) -> None:
    """A unit's record needs a unit, the instansi's takes none."""
    with pytest.raises(MasukanSalah, match=pesan):
        kosong().catat(jenis, "2024-03-04", PUBLIKASI, kode)


def test_catat_untuk_unit_yang_tidak_ada() -> None:
    """Nothing is recorded for a unit that was never registered."""
    with pytest.raises(TidakDitemukan, match="'HILANG'"):
        kosong().catat("publikasi", "2024-03-04", PUBLIKASI, "HILANG")


@pytest.mark.parametrize(("jenis", "lanjut"), [("publikas", "Maksud Anda: publikasi?"), ("zzz", "Lihat: zi catat --help")])
def test_catat_jenis_yang_tidak_dikenal(jenis: str, lanjut: str) -> None:
    """A misspelt kind is a mistake of the caller, with the nearest one."""
    with pytest.raises(Galat, match=f"Jenis catatan '{jenis}' tidak dikenal") as galat:
        kosong().catat(jenis, "2024-03-04", {})
    assert galat.value.lanjut == lanjut


def test_catat_tanpa_wewenang_ditolak() -> None:
    """Who may not record is refused, in the unit's or the instansi's refusals, with what was tried."""
    dunia = kosong()
    putusan = dunia.catat("sptjm", "2025-05-02", {"tahun": 2025, "predikat": "WBK", "penandatangan": KEPALA}, oleh=PENILAI)
    assert penghalang(putusan.daftar) == {"R30"}
    assert mesin(temuan(putusan.daftar, "R30").dibutuhkan) == "kepala_pd atau admin"
    assert (putusan.terbitan[0].kode, dunia.penolakan[-1].isi["jenis"]) == (UNIT_UJI, "sptjm")
    putusan = dunia.catat("spip", "2025-05-02", {"tahun": 2024, "level": 3}, None, PENILAI)
    assert (putusan.diterima, putusan.terbitan[0].kode) == (False, FAKTA)


@pytest.mark.parametrize(
    ("penilai", "oleh", "boleh"),
    [("tpi", PENILAI, True), ("unit", PENILAI, False), ("unit", KEPALA, True), ("tpi", KEPALA, False), ("tpi", ADMIN, True)],
)
def test_catat_lke_menurut_penilainya(penilai: str, oleh: str, *, boleh: bool) -> None:
    """TPI records TPI's sheet and the unit its own: nobody grades themselves as the assessor."""
    dunia = kosong()
    putusan = dunia.catat("lke", "2025-05-02", {"tahun": 2025, "penilai": penilai, "jawaban": {"1": "Ya"}}, oleh=oleh)
    assert putusan.diterima is boleh


def test_catat_lke_dibaca_oleh_instrumennya() -> None:
    """Answers are read by their scale: counts become numbers, a wrong letter is named; nothing is written."""
    dunia = kosong()
    isi = {"tahun": 2025, "penilai": "tpi", "jawaban": {"1": "Ya", "88": "6", "125": "3.60"}}
    dunia.catat("lke", "2025-05-02", isi, oleh=PENILAI)
    assert dunia.unit[UNIT_UJI].bukti["lke"][0].isi["jawaban"] == {"1": "Ya", "88": 6, "125": "3.60"}
    with pytest.raises(MasukanSalah, match="jawaban soal '1'"):
        dunia.catat("lke", "2025-05-03", {**isi, "jawaban": {"1": "F"}}, oleh=PENILAI)


# --- events are plain data --------------------------------------------------------------------------------------------


def test_setiap_peristiwa_adalah_data_polos() -> None:
    """Over a whole life and its refusals: only text, whole numbers, yes/no, lists and maps reach an event."""
    dunia = sampai_wbbm("pemantauan_predikat")
    dunia.maju("bangun-wbbm", "2028-02-01")
    for tercatat in dunia.log:
        for nama in getattr(type(tercatat.peristiwa), "__slots__", ()):
            _polos(getattr(tercatat.peristiwa, nama), f"{type(tercatat.peristiwa).__name__}.{nama}")


def _polos(nilai: object, jalur: str) -> None:
    if isinstance(nilai, Mapping):
        for kunci, satu in nilai.items():
            assert isinstance(kunci, str), jalur
            _polos(satu, f"{jalur}.{kunci}")
    elif isinstance(nilai, list | tuple):
        for satu in nilai:
            _polos(satu, jalur)
    else:
        assert nilai is None or isinstance(nilai, str | bool | int) or nilai == BERKAS, f"{jalur}: {nilai!r}"


def test_lipatan_ulang_sama_dengan_keadaan_berjalan() -> None:
    """The unit's file is the fold of its events, whole or from any point on."""
    dunia = sampai_wbbm("pemantauan_predikat")
    aliran = [t for t in dunia.log if t.aliran == f"{UNIT}/{UNIT_UJI}"]
    assert lipat(aliran) == dunia.unit[UNIT_UJI]
    for potong in range(0, len(aliran), 7):
        assert lipat(aliran[potong:], lipat(aliran[:potong])) == dunia.unit[UNIT_UJI]
