"""The official master becomes the record of an edition; whatever does not fit is named, all in one go."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import definisi
from tests.lke.alat import instrumen, semua
from tests.lke.alat_master import KOLOM, Peta, cabang, cari, cari_soal, kecil, penuh, tanya
from tests.lke.test_sifat import _jawaban
from zi_workflow.domain.edition_record import instrumen_dari_isi, portal_dari_isi
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.domain.master import isi_dari_master
from zi_workflow.domain.scoring import KOMPONEN, nilai
from zi_workflow.loader.masukan import baca_isi_berkas

RESMI = Path(__file__).resolve().parents[3] / "shared" / "portalrb" / "master-soal-lke-zi-2026.json"


def _baca(master: object) -> Instrumen:
    return instrumen_dari_isi(isi_dari_master(master, instrumen()), instrumen())


def _tolak(master: object) -> str:
    """Return what is said of a master that must be refused."""
    with pytest.raises(MasukanSalah) as tangkap:
        isi_dari_master(master, instrumen())
    assert tangkap.value.pesan.startswith("Master instrumen tidak dapat dipakai: ")
    assert tangkap.value.lanjut.endswith("Tidak ada yang ditulis.")
    return tangkap.value.pesan


def test_master_kecil() -> None:
    """A master becomes a tree of indicators with names, weights, questions, formulas and PortalRB's rows."""
    isi = isi_dari_master(kecil(), instrumen())
    hasil = instrumen_dari_isi(isi, instrumen())
    assert (hasil.versi, hasil.judul) == ("2027@2027-03-04", "Lembar Kerja Evaluasi ZI 2027, master PortalRB 2027-03-04")
    assert (isi["tahun"], isi["dibuat"]) == (2027, "2027-03-04T10:00:00+07:00")
    assert [i.id for i in hasil.indikator][-6:] == [
        "reform.5.iii.a",
        "reform.5.iii.b",
        "reform.6.i",
        "bersih.spak",
        "bersih.kinerja",
        "prima.spkp",
    ]
    assert hasil.area == {1: "PERUBAHAN", 2: "TATA LAKSANA", 3: "PEGAWAI", 4: "AKUNTABEL", 5: "AWAS", 6: "LAYANAN"}
    assert [(k.nama, k.bobot) for k in hasil.komponen] == [("PENGUNGKIT", Fraction(60)), ("HASIL", Fraction(40))]
    assert [a.nama for k in hasil.komponen for a in k.aspek] == ["PEMENUHAN", "REFORM", "BIROKRASI BERSIH", "LAYANAN PRIMA"]
    assert hasil.bobot_area == dict.fromkeys(range(1, 7), Fraction(10))
    assert hasil.soal["1"].kriteria == "Kriteria karangan 1\nbaris kedua"
    assert hasil.soal["1"].pilihan == {h: f"Arti {h} soal 1" for h in "ABC"}
    assert {r: hasil.rumus[r] for r in ("113", "120")} == {r: instrumen().rumus[r] for r in ("113", "120")}
    portal = portal_dari_isi(isi)
    assert portal is not None
    assert portal.kolom == {"unit": {"jawaban": "K", "catatan": "L", "bukti_dukung": "M"}, "tpi": {"jawaban": "N", "catatan": "Q"}}
    assert portal.soal == {id_: int(id_) + 5 for id_ in hasil.soal}


def test_master_dari_instrumen_sendiri() -> None:
    """A master that asks what the shipped instrument asks gives its ids, weights, scales and formulas."""
    hasil = _baca(penuh(instrumen()))
    assert [(i.id, i.bobot) for i in hasil.indikator] == [(i.id, i.bobot) for i in instrumen().indikator]
    assert {s.id: (s.skala, s.uraian) for s in hasil.soal.values()} == {s.id: (s.skala, s.uraian) for s in instrumen().soal.values()}
    assert hasil.rumus == instrumen().rumus


def test_yang_boleh_tidak_ada() -> None:
    """Criteria, labels, lists that are empty, and PortalRB's rows may be left out; small letters and other spellings of scales count."""
    master = kecil()
    for id_ in (*range(1, 7), *range(11, 17), *range(113, 121), 125, 126, 127):
        soal = cari_soal(master, id_)
        for kunci in (*KOLOM, "excel_baris", "kriteria_nilai"):
            del soal[kunci]
        if not soal["skema_penilaian"]:
            soal["skema_penilaian"] = None
    cari_soal(master, 1)["skema_penilaian"][0]["label"] = ""
    cari_soal(master, 2)["kriteria_nilai"] = ""
    cari_soal(master, 113)["jenis_jawaban"] = "jumlah"
    cari_soal(master, 126)["jenis_jawaban"] = "abcde"
    del cari(master, "Indikator 1")["children"]
    isi = isi_dari_master(master, instrumen())
    hasil = instrumen_dari_isi(isi, instrumen())
    assert portal_dari_isi(isi) is None
    assert hasil.soal["1"].pilihan == {h: f"Arti {h} soal 1" for h in "BC"}
    assert {s.kriteria for s in hasil.soal.values()} == {""}


def test_bobot_soal_yang_sama_besar_diterima() -> None:
    """Weights of questions are allowed where they share the indicator's weight equally, as scoring does."""
    master = kecil()
    daun = cari(master, "Indikator 1")
    daun["soals"].append(tanya(7, instrumen().skala["ABC"]))
    master["total_soal"] += 1
    for soal in daun["soals"]:
        soal["bobot_maksimal"] = Decimal("2.5")
    assert len(_baca(master).soal) == 24
    daun["soals"][0]["bobot_maksimal"] = Decimal(3)
    assert "'i. Indikator 1': bobot soalnya tidak sama besar, atau tidak berjumlah 5" in _tolak(master)


def _ubah(cabang_: str, /, **isi: Any) -> Callable[[Peta], object]:  # noqa: ANN401 - any value of a key
    return lambda m: cari(m, cabang_).update(isi)


def _ubah_soal(id_: int, /, **isi: Any) -> Callable[[Peta], object]:  # noqa: ANN401 - any value of a key
    return lambda m: cari_soal(m, id_).update(isi)


def _hapus(nama: str, kunci: str) -> Callable[[Peta], object]:
    return lambda m: cari(m, nama).pop(kunci)


def _tambah_soal(nama: str, id_: int, skala: str, **isi: Any) -> Callable[[Peta], object]:  # noqa: ANN401 - any value of a key
    def ubah(master: Peta) -> None:
        cari(master, nama)["soals"].append({**tanya(id_, instrumen().skala[skala]), **isi})
        master["total_soal"] += 1

    return ubah


RUSAK: dict[str, tuple[Callable[[Peta], object], str]] = {
    "tanpa data": (lambda m: m.pop("data"), "master: 'data' harus ada dan berupa daftar"),
    "data teks": (lambda m: m.update(data="A"), "master: 'data' harus ada dan berupa daftar"),
    "simpul bukan objek": (lambda m: m["data"].append(7), "data[2] dari master: harus berupa objek JSON"),
    "tahun": (lambda m: m.update(tahun=1999), "'tahun' harus bilangan bulat 2000 sampai 2100"),
    "tahun ya": (lambda m: m.update(tahun=True), "'tahun' harus bilangan bulat"),
    "tanpa waktu": (lambda m: m.pop("generated_at"), "master: 'generated_at' harus berupa teks"),
    "waktu aneh": (lambda m: m.update(generated_at="kemarin"), "'generated_at' 'kemarin' tidak diawali tanggal"),
    "total soal": (lambda m: m.update(total_soal=22), "master: total_soal 22, yang ada 23 soal"),
    "terlalu banyak soal": (
        lambda m: cari(m, "Indikator 1")["soals"].extend(tanya(n, instrumen().skala["ABC"]) for n in range(1000, 3000)),
        "master: 2023 soal, paling banyak 2000",
    ),
    "tanpa total soal": (lambda m: m.pop("total_soal"), "master: 'total_soal' harus bilangan bulat"),
    "tanpa nama": (_hapus("Indikator 1", "nama"), "dari '1. PERUBAHAN': 'nama' harus berupa teks"),
    "nama tanpa nomor": (_ubah("Indikator 1", nama="Indikator"), "'Indikator': nama tidak diawali nomor"),
    "tanpa bobot": (_hapus("Indikator 1", "bobot_maksimal"), "'i. Indikator 1': 'bobot_maksimal' harus bilangan desimal"),
    "bobot pecahan biner": (_ubah("Indikator 1", bobot_maksimal=5.0), "'bobot_maksimal' harus bilangan desimal"),
    "bobot ya": (_ubah("Indikator 1", bobot_maksimal=True), "'bobot_maksimal' harus bilangan desimal"),
    "bobot negatif": (_ubah("Indikator 1", bobot_maksimal=-5), "'bobot_maksimal' harus bilangan desimal"),
    "bobot nol": (_ubah("Indikator 1", bobot_maksimal=0), "'i. Indikator 1': bobot harus lebih dari 0"),
    "bobot indikator": (_ubah("Indikator 1", bobot_maksimal=Decimal("5.01")), "'1. PERUBAHAN': bobot 5, jumlah di bawahnya 5.01"),
    "bobot area": (_ubah("1. PERUBAHAN", bobot_maksimal=4), "'I. PEMENUHAN': bobot 30, jumlah di bawahnya 29"),
    "bobot aspek": (_ubah("PEMENUHAN", bobot_maksimal=31), "'A. PENGUNGKIT': bobot 60, jumlah di bawahnya 61"),
    "bobot komponen": (_ubah("HASIL", bobot_maksimal=41), "master: bobot 100, jumlah di bawahnya 101"),
    "bobot bertingkat": (_ubah("a. Laporan", bobot_maksimal=1), "'iii. Laporan harta': bobot 4, jumlah di bawahnya 3"),
    "bobot hasil": (_ubah_soal(126, bobot_maksimal=6), "'I. BIROKRASI BERSIH': bobot 22.5, jumlah di bawahnya 23.5"),
    "bobot soal hasil": (_ubah_soal(126, bobot_maksimal="lima"), "soal 126: 'bobot_maksimal' harus bilangan desimal"),
    "bobot soal": (_ubah_soal(1, bobot_maksimal=1), "bobot soalnya tidak sama besar, atau tidak berjumlah 5"),
    "soals bukan daftar": (_ubah("Indikator 1", soals="x"), "'i. Indikator 1': 'soals' harus berupa daftar"),
    "soal bukan objek": (_ubah("Indikator 1", soals=[None]), "soals[0] dari 'i. Indikator 1': harus berupa objek JSON"),
    "tanpa soal": (_ubah("Indikator 1", soals=[]), "'i. Indikator 1': tidak memuat soal"),
    "soal_id teks": (_ubah_soal(1, id="satu"), "soals[0] dari 'i. Indikator 1': 'id' harus bilangan bulat 1 sampai 999999"),
    "soal_id nol": (_ubah_soal(1, id=0), "'id' harus bilangan bulat 1 sampai 999999"),
    "soal_id ganda": (_ubah_soal(2, id=1), "soal 1: soal_id itu lebih dari sekali"),
    "tanpa pertanyaan": (_ubah_soal(1, teks_pertanyaan=" "), "soal 1: 'teks_pertanyaan' tidak boleh kosong"),
    "huruf kendali": (_ubah_soal(1, kriteria_nilai="a\x1bb"), "soal 1: 'kriteria_nilai' memuat karakter kendali U+001B"),
    "kriteria panjang": (_ubah_soal(1, kriteria_nilai="a" * 4001), "panjangnya 4001 huruf, paling banyak 4000"),
    "tanpa jenis": (_ubah_soal(1, jenis_jawaban=None), "soal 1: 'jenis_jawaban' harus berupa teks"),
    "skala asing": (
        _ubah_soal(1, jenis_jawaban="pilihan_ganda"),
        "soal 1: skala 'pilihan_ganda' (A 1, B 0.5, C 0) bukan skala yang dikenal",
    ),
    "pengali lain": (
        lambda m: cari_soal(m, 1)["skema_penilaian"][1].update(multiplier=Decimal("0.6")),
        "soal 1: skala 'ABC' (A 1, B 0.6, C 0) bukan skala yang dikenal",
    ),
    "indeks lain": (_ubah_soal(125, jenis_jawaban="0-5"), "soal 125: skala '0-5' (tanpa pilihan) bukan skala yang dikenal"),
    "jumlah berpilihan": (
        _ubah_soal(113, skema_penilaian=[{"key": "A", "label": "a", "multiplier": 1}]),
        "soal 113: skala 'Jumlah' (A 1) bukan skala yang dikenal",
    ),
    "skema bukan daftar": (_ubah_soal(1, skema_penilaian=7), "soal 1: 'skema_penilaian' harus berupa daftar"),
    "pilihan tanpa huruf": (lambda m: cari_soal(m, 1)["skema_penilaian"][0].pop("key"), "soal 1: 'key' harus satu kata"),
    "pilihan ganda": (lambda m: cari_soal(m, 1)["skema_penilaian"][1].update(key="A"), "soal 1: 'key' harus satu kata, berbeda"),
    "pilihan dua kata": (lambda m: cari_soal(m, 1)["skema_penilaian"][1].update(key="A B"), "soal 1: 'key' harus satu kata"),
    "pengali bukan angka": (
        lambda m: cari_soal(m, 1)["skema_penilaian"][1].update(multiplier="x"),
        "soal 1: 'multiplier' harus bilangan desimal",
    ),
    "jumlah tanpa rumus": (_tambah_soal("Indikator 1", 128, "JUMLAH"), "soal 128: jumlah yang rumusnya tidak dikenal"),
    "jumlah terpencar": (lambda m: _pindah(m, 116, "b. Laporan"), "soal 113: jumlah yang rumusnya tidak dikenal"),
    "komponen hilang": (lambda m: m["data"].pop(1), "master: tidak ada cabang HASIL"),
    "komponen asing": (_ubah("HASIL", nama="B. KELUARAN"), "'B. KELUARAN': tidak dikenal, atau lebih dari sekali, di master"),
    "komponen ganda": (_ubah("HASIL", nama="B. PENGUNGKIT"), "'B. PENGUNGKIT': tidak dikenal, atau lebih dari sekali"),
    "komponen bersoal": (_tambah_soal("PENGUNGKIT", 128, "ABC"), "'A. PENGUNGKIT': memuat soal langsung"),
    "area hilang": (lambda m: cari(m, "PEMENUHAN")["children"].pop(5), "'I. PEMENUHAN': tidak ada area 6"),
    "area ketujuh": (_ubah("6. LAYANAN", nama="7. LAYANAN"), "'7. LAYANAN': bukan area 1 sampai 6, atau lebih dari sekali, di pemenuhan"),
    "area ganda": (_ubah("6. LAYANAN", nama="5. LAYANAN"), "'5. LAYANAN': bukan area 1 sampai 6, atau lebih dari sekali"),
    "area bersoal": (_tambah_soal("1. PERUBAHAN", 128, "ABC"), "'1. PERUBAHAN': memuat soal langsung"),
    "indikator bersoal dan bercabang": (_tambah_soal("Laporan harta", 128, "ABC"), "'iii. Laporan harta': memuat soal langsung"),
    "indikator bernomor sama": (
        _ubah("Laporan harta", nama="i. Laporan harta", children=[], soals=[]),
        "nomornya sama dengan indikator lain",
    ),
    "hasil bercabang": (
        _ubah("BERSIH", children=[cabang("i. Cabang", 1)]),
        "'I. BIROKRASI BERSIH': memuat cabang, seharusnya soal langsung",
    ),
    "hasil tanpa indeks": (_ubah_soal(125, jenis_jawaban="?"), "'I. BIROKRASI BERSIH': tidak ada soal berjenis indeks"),
    "hasil tanpa tempat": (_tambah_soal("PRIMA", 128, "ABC"), "soal 128: tidak punya tempat di 'II. LAYANAN PRIMA'"),
    "hasil dua indeks": (_tambah_soal("BERSIH", 128, "INDEKS"), "soal 128: tidak punya tempat di 'I. BIROKRASI BERSIH'"),
    "tanpa baris": (_ubah_soal(1, excel_baris=None), "soal 1: tanpa baris di lembar PortalRB, sedangkan soal lain punya"),
    "baris ganda": (_ubah_soal(1, excel_baris=7), "baris 7 lembar PortalRB dipakai lebih dari satu soal"),
    "baris nol": (_ubah_soal(1, excel_baris=0), "soal 1: 'excel_baris' harus bilangan bulat 1 sampai"),
    "lembar lain": (_ubah_soal(1, excel_sheet="Lain"), "lembar atau kolom PortalRB tidak sama bagi semua soal"),
    "kolom lain": (_ubah_soal(1, excel_kolom_jawaban_unit="X"), "lembar atau kolom PortalRB tidak sama bagi semua soal"),
    "kolom bukan huruf": (_ubah_soal(1, excel_kolom_catatan_tpi="7"), "soal 1: 'excel_kolom_catatan_tpi' harus huruf kolom"),
    "tanpa kolom jawaban": (_ubah_soal(1, excel_kolom_jawaban_tpi=None), "soal 1: 'excel_kolom_jawaban_tpi' harus huruf kolom"),
}


def _pindah(master: Peta, id_: int, ke: str) -> None:
    soal = cari_soal(master, id_)
    cari(master, "a. Laporan")["soals"].remove(soal)
    cari(master, ke)["soals"].append(soal)


@pytest.mark.parametrize("nama", RUSAK)
def test_master_rusak_ditolak(nama: str) -> None:
    """One fault, and it is named with its place."""
    master = kecil()
    ubah, pesan = RUSAK[nama]
    ubah(master)
    assert pesan in _tolak(master)


@pytest.mark.parametrize("master", [None, [], "master", 7])
def test_bukan_master(master: object) -> None:
    """Anything but an object is refused, not a crash."""
    assert "master: harus berupa objek JSON" in _tolak(master)


def test_terlalu_bertingkat() -> None:
    """A tree without end is refused."""
    master = kecil()
    dalam = cabang("i. Paling dalam", 5)
    for _ in range(20):
        dalam = cabang("i. Lapis", 5, [dalam])
    cari(master, "1. PERUBAHAN")["children"] = [dalam]
    assert "'children' terlalu bertingkat" in _tolak(master)


def test_semua_masalah_disebut_sekaligus() -> None:
    """Several faults are told together, eight in full and the others counted; ids that cannot be read are not called doubles."""
    master = kecil()
    _ubah("Indikator 1", bobot_maksimal=4)(master)
    _ubah_soal(2, jenis_jawaban="ABX")(master)
    master["total_soal"] = 5
    pesan = _tolak(master)
    assert [p in pesan for p in ("jumlah di bawahnya 4", "skala 'ABX'", "total_soal 5")] == [True] * 3
    for n in range(1, 7):
        cari_soal(master, n)["id"] = "x"
    pesan = _tolak(master)
    assert pesan.count(";") == 7
    assert re.search(r" \(dan [1-9][0-9]* lagi\)$", pesan)
    assert "lebih dari sekali" not in pesan


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["data", "nama", "children", "soals", "id", "skema_penilaian"]), x),
    )
)
def test_apa_pun_dijawab_dengan_kalimat(isi: Any) -> None:  # noqa: ANN401 - any JSON
    """No JSON makes it crash, wherever it stands in the tree."""
    for master in (isi, {"data": isi}, {**kecil(), "data": [isi]}):
        with pytest.raises(MasukanSalah):
            isi_dari_master(master, instrumen())


# ------------------------------------------------------------------------------------------------ the official master


@cache
def _isi_resmi() -> dict[str, Polos]:
    if not RESMI.exists():
        pytest.skip("folder ../shared tidak ada di samping repositori")
    return isi_dari_master(baca_isi_berkas(str(RESMI)).polos(), instrumen())


def test_resmi_sama_susunannya() -> None:
    """The official master of 2026: 127 questions, 113 scored; ids, scales, weights, formulas and rows are those that ship."""
    hasil = instrumen_dari_isi(_isi_resmi(), instrumen())
    assert (hasil.versi, len(hasil.soal), len(hasil.butir)) == ("2026@2026-06-09", 127, 113)
    assert [(i.id, i.bobot, [s.id for s in i.soal]) for i in hasil.indikator] == [
        (i.id, i.bobot, [s.id for s in i.soal]) for i in instrumen().indikator
    ]
    assert {s.id: s.skala for s in hasil.soal.values()} == {s.id: s.skala for s in instrumen().soal.values()}
    assert hasil.rumus == instrumen().rumus
    lembaran = definisi().lembaran
    assert lembaran is not None
    assert portal_dari_isi(_isi_resmi()) == lembaran.portal
    assert all(s.kriteria for s in hasil.soal.values())
    assert all(set(s.pilihan) == set(s.skala.nilai) for s in hasil.soal.values())


def test_resmi_angka_json_sama_dengan_teks() -> None:
    """Numbers that came as exact decimals give the same edition as numbers that came as text."""
    isi = _isi_resmi()
    mentah = json.loads(RESMI.read_text(encoding="utf-8"), parse_float=Decimal)
    assert isi_dari_master(mentah, instrumen()) == isi


@given(_jawaban())
def test_resmi_nilai_sama(jawaban: dict[str, Any]) -> None:
    """For any answers, complete or not, every score equals the built-in instrument's, and the same questions are missing."""
    resmi = nilai(instrumen_dari_isi(_isi_resmi(), instrumen()), jawaban, {})
    bawaan = nilai(instrumen(), jawaban, {})
    assert {n: resmi.komponen(n) for n in KOMPONEN} == {n: bawaan.komponen(n) for n in KOMPONEN}
    assert resmi.sementara == bawaan.sementara
    assert resmi.belum_dijawab == bawaan.belum_dijawab


def test_resmi_bobot_yang_diubah_ditolak() -> None:
    """One weight of the official master changed by a hundredth is found."""
    mentah = json.loads(RESMI.read_text(encoding="utf-8"), parse_float=Decimal) if RESMI.exists() else pytest.skip("tanpa ../shared")
    rusak = deepcopy(mentah)
    rusak["data"][0]["children"][0]["children"][0]["children"][0]["bobot_maksimal"] = Decimal("0.51")
    assert "jumlah di bawahnya 4.01" in _tolak(rusak)
    assert nilai(_baca(mentah), semua(), {}).total == 100
