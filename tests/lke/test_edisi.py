"""Editions in the register: recorded once, never changed; each assessment keeps its own, and is scored with it or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.alat.dunia import BERKAS, PENILAI, UNIT_UJI, Dunia, bekal_usulan, definisi, kosong, penghalang, sampai, temuan
from tests.lke.alat import instrumen, semua
from tests.lke.alat_master import Peta, cari, cari_soal, kecil, penuh, tanya
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.edition_record import desimal, instrumen_dari_isi, periksa_isi, portal_dari_isi
from zi_workflow.domain.editions import (
    daftar_edisi,
    instrumen_bagi,
    instrumen_catatan,
    instrumen_versi,
    lembaran_bagi,
    padanan_indeks,
    periksa_baru,
    pilih_instrumen,
    versi_dikenal,
)
from zi_workflow.domain.errors import DefinisiSalah, MasukanSalah
from zi_workflow.domain.guards.konteks import mesin
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.domain.layout import cocok
from zi_workflow.domain.master import isi_dari_master
from zi_workflow.domain.revisions import Beda, beda
from zi_workflow.domain.scoring import nilai
from zi_workflow.domain.state import Bukti

HARI = date.fromisoformat


def _isi(master: Peta | None = None, **ganti: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {**isi_dari_master(master or kecil(), instrumen()), **ganti}


def _dunia(*edisi: tuple[str, str, int]) -> Dunia:
    """Return a register with editions of the small master: name, day of the record, year."""
    dunia = kosong()
    for nama, tanggal, tahun in edisi:
        assert dunia.catat("instrumen_lke", tanggal, _isi(edisi=nama, tahun=tahun), None).diterima
    return dunia


def _bawaan(aturan: Definisi | None = None) -> Instrumen:
    hasil = (aturan or definisi()).instrumen
    assert hasil is not None
    return hasil


# -------------------------------------------------------------------------------------------------- which one is meant


@pytest.mark.parametrize(
    ("tahun", "tanggal", "harap"),
    [
        (2026, "2027-01-01", "2026"),
        (2027, "2026-12-31", "2026"),
        (2027, "2027-02-01", "a"),
        (2027, "2027-03-01", "b"),
        (2028, "2028-01-01", "b"),
        (2028, "2028-02-01", "d"),
        (2030, "2030-01-01", "d"),
    ],
)
def test_edisi_yang_berlaku(tahun: int, tanggal: str, harap: str) -> None:
    """The latest year not after the assessment's, then the later record, none from the future; else the definition's own."""
    dunia = _dunia(("a", "2027-02-01", 2027), ("c", "2028-02-01", 2028), ("b", "2027-03-01", 2027), ("d", "2028-02-01", 2028))
    hasil = instrumen_bagi(dunia.aturan, dunia.instansi, tahun, HARI(tanggal))
    assert hasil is not None
    assert hasil.versi == harap
    assert hasil.sejak <= HARI(tanggal)


def test_edisi_dikenal_menurut_nama() -> None:
    """Each edition has its own name; what nobody recorded is not known."""
    dunia = _dunia(("a", "2027-02-01", 2027))
    assert versi_dikenal(dunia.aturan, dunia.instansi) == ["2026", "a"]
    assert [b.isi["edisi"] for b in daftar_edisi(dunia.aturan, dunia.instansi)] == ["a"]
    assert instrumen_versi(dunia.aturan, dunia.instansi, "2026") is dunia.aturan.instrumen
    assert instrumen_versi(dunia.aturan, dunia.instansi, "b") is None
    sama = replace(dunia.aturan, instrumen=replace(_bawaan(), versi="a"))
    hasil = instrumen_versi(sama, dunia.instansi, "a")
    assert hasil is not None
    assert len(hasil.soal) == 23


def test_lke_menyebut_edisi_yang_dipakainya() -> None:
    """The engine writes the edition in force into the record; a later edition changes neither the record nor its reading."""
    dunia = kosong()
    dunia.catat("lke", "2027-01-10", {"tahun": 2027, "penilai": "tpi", "jawaban": {"88": 3}}, oleh=PENILAI)
    dunia.catat("instrumen_lke", "2027-02-01", _isi(edisi="a"), None)
    dunia.catat("lke", "2027-02-10", {"tahun": 2027, "penilai": "unit", "jawaban": {"1": "A"}})
    lama, baru = dunia.unit[UNIT_UJI].bukti["lke"]
    assert [b.isi["instrumen"] for b in (lama, baru)] == ["2026", "a"]
    assert instrumen_catatan(dunia.aturan, dunia.instansi, lama) is dunia.aturan.instrumen
    baca = instrumen_catatan(dunia.aturan, dunia.instansi, baru)
    assert baca is not None
    assert (baca.versi, baca.sejak) == ("a", HARI("2027-02-01"))


def test_lke_dibaca_dengan_skala_edisinya() -> None:
    """Question 1 is Ya/Tidak in the definition and A to C in the edition: each record is read by its own; either may be named."""
    dunia = _dunia(("a", "2027-02-01", 2027))
    isi = {"tahun": 2027, "penilai": "tpi", "jawaban": {"1": "Ya"}}
    with pytest.raises(MasukanSalah, match="'Ya' bukan salah satu dari A, B, C"):
        dunia.catat("lke", "2027-02-10", isi, oleh=PENILAI)
    assert dunia.catat("lke", "2027-02-10", {**isi, "instrumen": "2026"}, oleh=PENILAI).diterima
    assert dunia.catat("lke", "2027-01-10", {**isi, "instrumen": "a", "jawaban": {"1": "C"}}, oleh=PENILAI).diterima


@pytest.mark.parametrize(("nama", "lanjut"), [("2062", "Maksud Anda: 2026?"), ("xyz", "Kosongkan isian 'instrumen'")])
def test_edisi_asing_ditolak(nama: str, lanjut: str) -> None:
    """A record that names an edition that nobody knows is bad input, with what was probably meant."""
    with pytest.raises(MasukanSalah) as tangkap:
        kosong().catat("lke", "2027-02-10", {"tahun": 2027, "penilai": "tpi", "jawaban": {}, "instrumen": nama}, oleh=PENILAI)
    assert tangkap.value.pesan == f"Edisi instrumen '{nama}' tidak dikenal"
    assert tangkap.value.sebab == "Yang dikenal: 2026"
    assert tangkap.value.lanjut.startswith(lanjut)


def test_catatan_sebelum_ada_edisi() -> None:
    """A record that names no edition is from before there were any: the definition's own; without a year, the day's year counts."""
    dunia = _dunia(("a", "2027-02-01", 2027))
    dunia.catat("lke", "2027-02-10", {"tahun": 2027, "penilai": "tpi", "jawaban": {}}, oleh=PENILAI)
    (bukti,) = dunia.unit[UNIT_UJI].bukti["lke"]
    tanpa = replace(bukti, isi={k: v for k, v in bukti.isi.items() if k != "instrumen"})
    assert instrumen_catatan(dunia.aturan, dunia.instansi, tanpa) is dunia.aturan.instrumen
    hasil = pilih_instrumen(dunia.aturan, dunia.instansi, {}, HARI("2027-03-01"))
    assert hasil is not None
    assert hasil.versi == "a"


def test_definisi_tanpa_lke() -> None:
    """A definition that lost its instrument knows no edition, scores nothing, and takes none in: said, not crashed."""
    dunia = _dunia(("a", "2027-02-01", 2027))
    tanpa = replace(dunia.aturan, instrumen=None)
    assert instrumen_bagi(tanpa, dunia.instansi, 2027, HARI("2027-03-01")) is None
    assert instrumen_versi(tanpa, dunia.instansi, "a") is None
    assert versi_dikenal(tanpa, dunia.instansi) == ["a"]
    assert padanan_indeks(tanpa, _bawaan(), "125") is None
    with pytest.raises(DefinisiSalah, match="tidak memuat LKE"):
        periksa_baru(tanpa, dunia.instansi, _isi())
    dunia.aturan = tanpa
    assert dunia.catat("lke", "2027-03-01", {"tahun": 2027, "penilai": "tpi", "jawaban": {"apa": 1}}, oleh=PENILAI).diterima


# --------------------------------------------------------------------------------------------------------- recording


def test_hanya_admin_mencatat_edisi() -> None:
    """An edition is a fact of the instansi that only the registrar records."""
    putusan = kosong().catat("instrumen_lke", "2027-02-01", _isi(), None, PENILAI)
    assert penghalang(putusan.daftar) == {"R30"}


def test_edisi_yang_sama_tidak_ditulis_dua_kali() -> None:
    """The very same edition again, on another day, with another file, writes nothing and answers with its number."""
    dunia = _dunia(("a", "2027-02-01", 2027))
    panjang = len(dunia.log)
    putusan = dunia.catat("instrumen_lke", "2027-05-01", _isi(edisi="a"), None, berkas=(BERKAS,))
    assert (putusan.diterima, putusan.terbitan, putusan.sudah) == (True, (), panjang)
    assert len(dunia.log) == panjang


@pytest.mark.parametrize(("nama", "milik"), [("a", "catatan nomor [0-9]+, dengan isi lain$"), ("2026", "edisi bawaan definisi$")])
def test_nama_edisi_selamanya_satu_isi(nama: str, milik: str) -> None:
    """A name that already means something else is refused, the definition's own name included; another name is taken."""
    dunia = _dunia(("a", "2027-02-01", 2027))
    isi = _isi(edisi=nama, judul="Judul lain")
    with pytest.raises(MasukanSalah, match=f"Edisi instrumen '{nama}' sudah ada: ") as tangkap:
        dunia.catat("instrumen_lke", "2027-05-01", isi, None)
    assert re.search(milik, tangkap.value.pesan)
    assert dunia.catat("instrumen_lke", "2027-05-01", {**isi, "edisi": "lain"}, None).diterima


def _soal(isi: dict[str, Any], indikator: int = 0, soal: int = 0) -> dict[str, Any]:
    hasil: dict[str, Any] = isi["indikator"][indikator]["soal"][soal]
    return hasil


def _rumus(isi: dict[str, Any]) -> dict[str, Any]:
    hasil: dict[str, Any] = next(i for i in isi["indikator"] if i["id"] == "reform.5.iii.a")["rumus"][0]
    return hasil


Ubah = Callable[[dict[str, Any]], object]
RUSAK: dict[str, tuple[Ubah, str]] = {
    "bobot": (lambda i: i["indikator"][0].update(bobot="5.5"), "bobot semua indikator 100.5, seharusnya 100"),
    "bobot nol": (lambda i: i["indikator"][0].update(bobot="0"), "indikator 'pemenuhan.1.i': bobot harus lebih dari 0"),
    "bobot negatif": (lambda i: i["indikator"][0].update(bobot="-5"), "bobot semua indikator 90, seharusnya 100"),
    "id tidak sesuai": (lambda i: i["indikator"][0].update(id="pemenuhan.2.i"), "'pemenuhan.2.i': id, aspek, dan area tidak sesuai"),
    "id hanya awalan": (lambda i: i["indikator"][0].update(id="pemenuhan.1."), "'pemenuhan.1.': id, aspek, dan area tidak sesuai"),
    "aspek asing": (lambda i: i["indikator"][0].update(aspek="jernih"), "id, aspek, dan area tidak sesuai"),
    "tanpa area": (lambda i: i["indikator"][0].pop("area"), "aspek pemenuhan tanpa area 1"),
    "area tujuh": (lambda i: i["indikator"][0].update(area=7, id="pemenuhan.7.i"), "id, aspek, dan area tidak sesuai"),
    "hasil berarea": (lambda i: i["indikator"][-1].update(area=1, id="prima.1.spkp"), "'prima.1.spkp': id, aspek, dan area tidak sesuai"),
    "indikator ganda": (lambda i: i["indikator"].append(deepcopy(i["indikator"][0])), "indikator 'pemenuhan.1.i' lebih dari sekali"),
    "tanpa kinerja": (lambda i: i["indikator"].pop(-2), "aspek bersih harus berisi bersih.spak"),
    "spak bukan indeks": (lambda i: _soal(i, -3).update(skala="ABC"), "aspek bersih harus berisi bersih.spak"),
    "prima dua indeks": (lambda i: i["indikator"][-1]["soal"].append({"id": "900", "skala": "INDEKS", "uraian": "x"}), "aspek prima harus"),
    "lima area": (lambda i: i["area"].pop(), "'area' harus berisi 6 nama area"),
    "soal_id": (lambda i: _soal(i).update(id="x"), "soal_id 'x' bukan bilangan 1 sampai 999999"),
    "soal_id ganda": (lambda i: _soal(i, 1).update(id="1"), "soal_id 1 lebih dari sekali"),
    "skala asing": (lambda i: _soal(i).update(skala="ABX"), "soal 1: skala 'ABX' tidak dikenal"),
    "tanpa soal": (lambda i: i["indikator"][0].update(soal=[]), "indikator 'pemenuhan.1.i': tidak ada soal yang dinilai"),
    "pilihan asing": (lambda i: _soal(i).update(pilihan=[{"huruf": "Z", "uraian": "x"}]), "soal 1: pilihannya bukan A, B, C"),
    "pilihan pada indeks": (lambda i: _soal(i, -1).update(pilihan=[{"huruf": "Z", "uraian": "x"}]), "pilihannya bukan milik skala itu"),
    "jenis rumus": (lambda i: _rumus(i).update(jenis="rata"), "'reform.5.iii.a': jenis rumus 'rata' atau perannya tidak dikenal"),
    "peran rumus": (lambda i: _rumus(i)["peran"].pop(), "jenis rumus 'rasio' atau perannya tidak dikenal"),
    "peran kosong": (lambda i: _rumus(i)["peran"][0].update(soal=[]), "soal rumus 'Kepatuhan LHKPN' tidak sesuai perannya"),
    "peran ganda": (lambda i: _rumus(i)["peran"][0].update(soal=["113"]), "soal rumus 'Kepatuhan LHKPN' tidak sesuai perannya"),
    "peran tanpa perlu": (lambda i: _rumus(i).update(perlu=["113"]), "soal rumus 'Kepatuhan LHKPN' tidak sesuai perannya"),
    "rumus kurang soal": (lambda i: _rumus(i).update(soal=["113", "114", "115"]), "harus masuk tepat satu rumus"),
    "rumus dengan soal asing": (lambda i: _rumus(i)["soal"].append("1"), "harus masuk tepat satu rumus"),
    "tanpa rumus": (lambda i: next(x for x in i["indikator"] if "rumus" in x).pop("rumus"), "harus masuk tepat satu rumus"),
    "skala diubah": (lambda i: i["skala"][1]["pilihan"][1].update(pengali="0.6"), "skala ABC berbeda dari skala yang dikenal"),
    "nama edisi": (lambda i: i.update(edisi="dua kata"), "versi 'dua kata' harus huruf, angka"),
    "baris tanpa portal": (lambda i: i.pop("portal"), "ada soal dengan 'baris', tetapi tidak ada 'portal'"),
    "soal tanpa baris": (lambda i: _soal(i).pop("baris"), "soal tanpa 'baris' di lembar PortalRB: 1"),
    "baris ganda": (lambda i: _soal(i).update(baris=7), "'baris' di lembar PortalRB harus berbeda"),
    "baris nol": (lambda i: _soal(i).update(baris=0), "'baris' di lembar PortalRB harus berbeda untuk setiap soal dan lebih dari 0"),
    "kolom sama": (lambda i: i["portal"]["tpi"].update(jawaban="K"), "kolom lembar PortalRB harus huruf A sampai ZZ yang berbeda-beda"),
    "kolom angka": (lambda i: i["portal"]["tpi"].update(jawaban="7"), "kolom lembar PortalRB harus huruf"),
}


@pytest.mark.parametrize("nama", RUSAK)
def test_edisi_rusak_ditolak(nama: str) -> None:
    """Recorded by hand, an edition is checked like an import: one fault, and it is named; nothing is written."""
    dunia, (ubah, pesan) = kosong(), RUSAK[nama]
    isi = deepcopy(_isi())
    ubah(isi)
    panjang = len(dunia.log)
    with pytest.raises(MasukanSalah) as tangkap:
        dunia.catat("instrumen_lke", "2027-02-01", isi, None)
    assert pesan in tangkap.value.pesan
    assert tangkap.value.pesan.startswith("Edisi instrumen tidak sah: ")
    assert len(dunia.log) == panjang


def test_bentuk_yang_tidak_pernah_dibaca_definisi() -> None:
    """Shapes that the typed fields never let through are told, not crashed on."""
    with pytest.raises(MasukanSalah, match="aspek pemenuhan tanpa area 1"):
        instrumen_dari_isi({"indikator": "x", "area": 7, "skala": None}, instrumen())


def test_tanpa_portal_diterima() -> None:
    """PortalRB's rows may be missing altogether."""
    isi = deepcopy(_isi())
    del isi["portal"]
    for indikator in isi["indikator"]:
        for soal in indikator["soal"]:
            del soal["baris"]
    assert periksa_isi(isi, instrumen()).versi == "2027@2027-03-04"
    assert portal_dari_isi(isi) is None


@pytest.mark.parametrize("bobot", ["100", "0.5", "17.5", "0.000000000001", "7.25"])
def test_bobot_ditulis_seperti_terbaca(bobot: str) -> None:
    """Weights are written as exact decimals, without needless zeros."""
    assert desimal(Fraction(bobot)) == bobot


# ------------------------------------------------------------------------------------------------- scores of the gates


def _siap(master: Peta, jawaban: dict[str, Any]) -> Dunia:
    """Return a unit before its proposal, with everything for it, whose assessment was made with an edition."""
    dunia = sampai("evaluasi_tpi")
    dunia.catat("instrumen_lke", "2025-04-25", _isi(master, edisi="2025@uji", tahun=2025), None)
    bekal_usulan(dunia, 2025, "WBK", tanggal="2025-04-22")
    dunia.catat("lke", "2025-05-02", {"tahun": 2025, "penilai": "tpi", "jawaban": jawaban}, oleh=PENILAI)
    return dunia


def _penuh_dengan_indeks_lain() -> tuple[Peta, dict[str, Any]]:
    """Return the shipped questions with the indices renumbered (125 is now a choice), and a complete set of answers."""
    master, jawaban = penuh(instrumen()), dict(semua())
    cari_soal(master, 125)["id"] = 525
    cari_soal(master, 126)["id"] = 125
    jawaban |= {"525": "3.60", "125": "A"}
    del jawaban["126"]
    return master, jawaban


def test_gerbang_dihitung_dengan_edisi_lke() -> None:
    """Completeness and every gate are those of the edition that the assessment names, to the last digit."""
    master, jawaban = _penuh_dengan_indeks_lain()
    dunia = _siap(master, jawaban)
    daftar = dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"})
    assert temuan(daftar, "R15").status == "terpenuhi"
    edisi = instrumen_versi(dunia.aturan, dunia.instansi, "2025@uji")
    assert edisi is not None
    skor = nilai(edisi, jawaban, {})
    assert mesin(temuan(daftar, "R20.total").ditemukan) == desimal(skor.total) == "98.25"
    assert temuan(daftar, "R20.spak").status == "terpenuhi"


def test_indeks_dibandingkan_dengan_soal_edisinya() -> None:
    """The survey on file is compared with the index question of the edition, wherever its number went."""
    master, jawaban = _penuh_dengan_indeks_lain()
    dunia = _siap(master, jawaban)
    for skor, banyak in (("3.60", 0), ("3.70", 1)):
        dunia.catat("survei_internal", "2025-05-03", {"tahun": 2025, "survei": "SPAK", "skor": skor, "responden": 40}, oleh=PENILAI)
        satu = temuan(dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"}), "R20.spak")
        assert len(satu.peringatan) == banyak
    edisi = instrumen_versi(dunia.aturan, dunia.instansi, "2025@uji")
    assert edisi is not None
    assert [padanan_indeks(dunia.aturan, edisi, s) for s in ("125", "127", "1", "999")] == ["525", "127", None, None]
    assert padanan_indeks(dunia.aturan, _bawaan(), "125") == "125"


def test_edisi_yang_hilang_dikatakan() -> None:
    """An assessment whose edition is not known any more is scored with no other one: the findings say so, and what to do."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK", tanggal="2025-05-02")
    dunia.aturan = replace(dunia.aturan, instrumen=replace(_bawaan(), versi="2099"))
    daftar = dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"})
    (lke,) = dunia.unit[UNIT_UJI].bukti["lke"]
    for id_ in ("R15", "R20.total", "R20.area_1", "R20.spak", "R20.prima"):
        satu = temuan(daftar, id_)
        assert satu.status == "tidak"
        assert mesin(satu.ditemukan) == f"LKE nomor {lke.nomor} dibuat dengan edisi instrumen 2026, yang tidak dikenal lagi"
        assert satu.bukti == (lke.nomor,)
        assert satu.lanjut == "zi lke instrumen daftar"


def test_edisi_yang_hilang_disebut_di_samping_survei() -> None:
    """Where a survey stands in, it still counts, and the assessment that could not be read is a warning."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK", tanggal="2025-05-02")
    dunia.catat("survei_internal", "2025-05-03", {"tahun": 2025, "survei": "SPAK", "skor": "3.80", "responden": 40}, oleh=PENILAI)
    dunia.aturan = replace(dunia.aturan, instrumen=replace(_bawaan(), versi="2099"))
    satu = temuan(dunia.periksa("usulkan", "2025-05-20", {"predikat": "WBK"}), "R20.spak")
    assert (satu.status, mesin(satu.ditemukan)) == ("terpenuhi", "survei 3.80")
    assert [mesin(p) for p in satu.peringatan] == [
        f"LKE nomor {_lke(dunia).nomor} dibuat dengan edisi instrumen 2026, yang tidak dikenal lagi"
    ]


def _lke(dunia: Dunia) -> Bukti:
    return dunia.unit[UNIT_UJI].bukti["lke"][-1]


# ------------------------------------------------------------------------------------------------------------- layouts


def test_tata_letak_setiap_edisi() -> None:
    """The known workbook serves editions with its rows, others get one of their own; PortalRB's rows come with the edition."""
    dunia = _dunia(("a", "2027-02-01", 2027))
    dikenal = dunia.aturan.lembaran
    assert dikenal is not None
    assert lembaran_bagi(dunia.aturan, _bawaan(), dunia.instansi) == dikenal
    edisi = instrumen_versi(dunia.aturan, dunia.instansi, "a")
    assert edisi is not None
    hasil = lembaran_bagi(dunia.aturan, edisi, dunia.instansi)
    assert cocok(hasil.kementerian, edisi)
    assert hasil.kementerian.kolom == dikenal.kementerian.kolom
    assert hasil.portal is not None
    assert hasil.portal.soal["1"] == 6
    assert lembaran_bagi(dunia.aturan, edisi, kosong().instansi).portal is None
    tanpa_portal = replace(dunia.aturan, lembaran=replace(dikenal, portal=None))
    assert lembaran_bagi(tanpa_portal, _bawaan(), dunia.instansi).portal is None
    with pytest.raises(DefinisiSalah, match="tidak memuat tata letak"):
        lembaran_bagi(replace(dunia.aturan, lembaran=None), edisi, dunia.instansi)


# --------------------------------------------------------------------------------------------------------- differences


def _beda(ubah: Callable[[Peta], object]) -> list[tuple[str, str, str | None, str | None]]:
    """Return what differs between the small master and a changed one, the total of questions kept right."""
    master = kecil()
    ubah(master)
    master["total_soal"] = sum(1 for _ in _semua_soal(master["data"]))
    lama, baru = (instrumen_dari_isi(_isi(m), instrumen()) for m in (kecil(), master))
    return [(b.apa, b.id, b.dari, b.ke) for b in beda(lama, baru)]


def _semua_soal(cabang: list[Peta]) -> Any:  # noqa: ANN401 - a generator of questions
    for satu in cabang:
        yield from satu["soals"]
        yield from _semua_soal(satu["children"])


def _tukar(master: Peta) -> None:
    """Swap the numbers of questions 1 and 2, their texts staying in place."""
    satu, dua = cari_soal(master, 1), cari_soal(master, 2)
    satu["id"], dua["id"] = 2, 1
    satu["excel_baris"], dua["excel_baris"] = 7, 6


def _pindah(master: Peta) -> None:
    """Move question 2 to the indicator of question 1."""
    soal = cari_soal(master, 2)
    cari(master, "Indikator 1")["soals"].append(soal)
    cari(master, "Indikator 2")["soals"] = [tanya(7, instrumen().skala["ABC"])]


def _bobot(master: Peta) -> None:
    cari(master, "Indikator 15")["bobot_maksimal"] = Decimal(2)
    cari(master, "a. Laporan")["bobot_maksimal"] = Decimal(1)
    cari(master, "Laporan harta")["bobot_maksimal"] = Decimal(3)


def test_tidak_berbeda() -> None:
    """An edition does not differ from itself."""
    assert _beda(lambda _m: None) == []


@pytest.mark.parametrize(
    ("ubah", "harap"),
    [
        (
            lambda m: cari(m, "Indikator 1")["soals"].append(tanya(7, instrumen().skala["ABC"])),
            [("soal_baru", "7", None, "7")],
        ),
        (
            lambda m: cari(m, "Indikator 1").update(soals=[tanya(7, instrumen().skala["ABC"], uraian="Sama sekali lain")]),
            [("soal_id", "7", "1", "7"), ("teks", "7", "Pertanyaan karangan nomor 1", "Sama sekali lain")],
        ),
        (
            lambda m: cari_soal(m, 1).update(id=99),
            [("soal_id", "99", "1", "99")],
        ),
        (_tukar, [("soal_id", "2", "1", "2"), ("soal_id", "1", "2", "1")]),
        (
            lambda m: cari(m, "Indikator 1").update(soals=[{**cari_soal(m, 1), **_jenis("ABCD")}]),
            [("skala", "1", "ABC", "ABCD"), ("teks", "1", "Pertanyaan karangan nomor 1", "Pertanyaan karangan nomor 1")],
        ),
        (
            lambda m: cari_soal(m, 1).update(kriteria_nilai="Kriteria lain"),
            [("teks", "1", "Pertanyaan karangan nomor 1", "Pertanyaan karangan nomor 1")],
        ),
        (
            _pindah,
            [("soal_baru", "7", None, "7"), ("pindah", "2", "pemenuhan.2.i", "pemenuhan.1.i")],
        ),
        (
            _bobot,
            [("bobot", "reform.5.i", "1", "2"), ("bobot", "reform.5.iii.a", "2", "1")],
        ),
        (
            lambda m: (
                cari(m, "6. LAYANAN").update(bobot_maksimal=4),
                cari(m, "Indikator 6").update(bobot_maksimal=4),
                cari(m, "1. PERUBAHAN").update(bobot_maksimal=6),
                cari(m, "Indikator 1").update(bobot_maksimal=6),
            ),
            [
                ("bobot", "area_1", "10", "11"),
                ("bobot", "area_6", "10", "9"),
                ("bobot", "pemenuhan.1.i", "5", "6"),
                ("bobot", "pemenuhan.6.i", "5", "4"),
            ],
        ),
        (
            lambda m: cari(m, "Indikator 1").update(nama="ii. Indikator 1"),
            [
                ("pindah", "1", "pemenuhan.1.i", "pemenuhan.1.ii"),
                ("bobot", "pemenuhan.1.i", "5", None),
                ("bobot", "pemenuhan.1.ii", None, "5"),
            ],
        ),
    ],
)
def test_perbedaan(ubah: Callable[[Peta], object], harap: list[tuple[str, str, str | None, str | None]]) -> None:
    """Each kind of difference is told once, with both sides."""
    assert _beda(ubah) == harap


def _jenis(id_: str) -> Peta:
    baru = tanya(1, instrumen().skala[id_])
    return {k: baru[k] for k in ("jenis_jawaban", "skema_penilaian")}


def test_soal_hilang_dan_rumus_berubah() -> None:
    """Against the shipped instrument the small master lost most questions and six formulas; a changed formula is told too."""
    baru = instrumen_dari_isi(_isi(), instrumen())
    hasil = beda(instrumen(), baru)
    hilang = [b for b in hasil if b.apa == "soal_hilang"]
    assert {b.id for b in hilang} == set(instrumen().soal) - set(baru.soal)
    assert [b.id for b in hasil if b.apa == "rumus"] == ["88", "90", "102", "105", "110", "122"]
    isi = deepcopy(_isi())
    rumus = _rumus(isi)
    rumus["peran"][1]["soal"] = ["113", "114"]
    assert beda(baru, instrumen_dari_isi(isi, instrumen())) == (
        Beda(
            "rumus",
            "113",
            "rasio: pembilang 116, penyebut 113+114+115; perlu 113, 114, 115, 116",
            "rasio: pembilang 116, penyebut 113+114; perlu 113, 114, 115, 116",
            "Kepatuhan LHKPN",
        ),
    )


def test_nomor_rumus_yang_berubah_disebut_sekali() -> None:
    """A counted question with a new number is told as that, not as another formula."""
    baru = deepcopy(_isi())
    indikator = next(i for i in baru["indikator"] if i["id"] == "reform.5.iii.a")
    baru["indikator"][baru["indikator"].index(indikator)] = json.loads(json.dumps(indikator).replace('"116"', '"516"'))
    hasil = beda(instrumen_dari_isi(_isi(), instrumen()), instrumen_dari_isi(baru, instrumen()))
    assert [(b.apa, b.id, b.dari) for b in hasil] == [("soal_id", "516", "116")]
