"""Pasal 8: pembangunan unit kerja (M3; R8–R11)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.alat.dunia import (
    HARI,
    KEPALA,
    UNIT_UJI,
    WALI_KOTA,
    Dunia,
    bekal_pembangunan,
    diterima,
    ditolak,
    kosong,
    lupakan,
    penghalang,
    sampai,
    temuan,
)
from tests.domain.tabel_tanggal import cari
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.guards.konteks import mesin

AYAT = "Perwali Binjai 3/2024 Pasal 8 ayat"
SYARAT = {"identifikasi": {"R8"}, "program": {"R9"}, "tim_kerja": {"R10.area", "R10.unsur"}, "rencana_aksi": {"R11"}}
DASAR = {"R8": 1, "R9": 2, "R10.area": 5, "R10.unsur": 5, "R11": 6}
BUTIR = {
    "kode": "A1",
    "area": 1,
    "kegiatan": "k",
    "indikator": "i",
    "target": "100",
    "satuan": "persen",
    "tenggat": "2024-12-31",
    "penanggung_jawab": KEPALA,
}


def _siap() -> Dunia:
    dunia = sampai("penetapan")
    bekal_pembangunan(dunia)
    return dunia


def _tim(dunia: Dunia, *anggota: tuple[int, str], tanggal: str = "2024-04-04") -> int:
    """Record a newer team of (area, unsur) and return its number."""
    isi = [{"nip": KEPALA, "nama": f"Orang {a}", "area": a, "unsur": u} for a, u in anggota]
    diterima(dunia.catat("tim_kerja", tanggal, {"nomor_sk": "800/31/2024", "anggota": isi}))
    return dunia.log[-1].nomor


def test_pembangunan_lengkap() -> None:
    """With everything on file building begins towards WBK, and the day is marked."""
    dunia = _siap()
    daftar = diterima(dunia.maju("mulai-bangun", "2024-04-10"))
    assert all(t.status == "terpenuhi" for t in daftar.temuan)
    keadaan = dunia.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.sasaran, keadaan.penanda["bangun"]) == ("pembangunan", "WBK", HARI("2024-04-10"))


def test_tanpa_catatan_semua_syarat_disebut() -> None:
    """Five parts are unmet at once, each with its ayat."""
    daftar = ditolak(sampai("penetapan"), "mulai-bangun", "2024-04-10")
    assert {t.id: t.dasar[0] for t in daftar.penghalang} == {i: f"{AYAT} ({n})" for i, n in DASAR.items()}
    assert all(t.oleh == "kepala_pd" and t.bukti == () for t in daftar.penghalang)


@pytest.mark.parametrize("jenis", SYARAT)
def test_satu_catatan_tidak_ada(jenis: str) -> None:
    """Each missing record leaves exactly its own requirements unmet."""
    dunia = _siap()
    lupakan(dunia, jenis)
    assert penghalang(ditolak(dunia, "mulai-bangun", "2024-04-10")) == SYARAT[jenis]


@pytest.mark.parametrize(("tanggal", "berlaku"), [("2024-02-29", False), ("2024-03-01", True), ("2024-04-10", True), ("2024-04-11", False)])
def test_jendela_sejak_pendaftaran(tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """All four kinds count from the registration (2024-03-01) to the day of the act."""
    dunia = sampai("penetapan")
    bekal_pembangunan(dunia, tanggal)
    daftar = dunia.periksa("mulai-bangun", "2024-04-10")
    assert penghalang(daftar) == (set() if berlaku else set(DASAR))


@pytest.mark.parametrize("kosongnya", [("layanan_utama",), ("isu_strategis",), ("risiko",), ("layanan_utama", "isu_strategis", "risiko")])
def test_ayat_1_layanan_isu_dan_risiko(kosongnya: tuple[str, ...]) -> None:
    """An identification with an empty list is recorded, and refused with every empty list named."""
    dunia = _siap()
    isi: dict[str, Any] = {n: [] if n in kosongnya else ["x"] for n in ("layanan_utama", "isu_strategis", "risiko")}
    diterima(dunia.catat("identifikasi", "2024-04-04", isi))
    nomor = dunia.log[-1].nomor
    daftar = ditolak(dunia, "mulai-bangun", "2024-04-10")
    satu = temuan(daftar, "R8")
    assert penghalang(daftar) == {"R8"}
    assert (mesin(satu.ditemukan), satu.bukti) == ("kosong: " + ", ".join(kosongnya), (nomor,))
    assert mesin(satu.dibutuhkan) == "catatan identifikasi berisi layanan_utama, isu_strategis, risiko"


@pytest.mark.parametrize("area", range(1, 7))
def test_ayat_2_program_untuk_setiap_area(area: int) -> None:
    """Five areas are not six; the missing one is named, and the five records used are shown."""
    dunia = _siap()
    lupakan(dunia, "program")
    nomor = []
    for satu_area in range(1, 7):
        if satu_area != area:
            diterima(dunia.catat("program", "2024-04-03", {"area": satu_area, "nama": "Program"}))
            nomor.append(dunia.log[-1].nomor)
    daftar = ditolak(dunia, "mulai-bangun", "2024-04-10")
    satu = temuan(daftar, "R9")
    assert penghalang(daftar) == {"R9"}
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == (f"5 dari 6; belum ada area {area}", f"area {area}")
    assert satu.bukti == tuple(nomor)
    assert satu.dasar == (f"{AYAT} (2)", "Perwali Binjai 3/2024 Lampiran II")


def test_ayat_2_program_terbaru_per_area() -> None:
    """Of two programmes for one area the newer one is named as evidence."""
    dunia = _siap()
    lama = temuan(dunia.periksa("mulai-bangun", "2024-04-10"), "R9").bukti
    diterima(dunia.catat("program", "2024-04-02", {"area": 3, "nama": "Lebih tua"}))
    assert temuan(dunia.periksa("mulai-bangun", "2024-04-10"), "R9").bukti == lama
    diterima(dunia.catat("program", "2024-04-03", {"area": 3, "nama": "Lebih baru"}))
    assert temuan(dunia.periksa("mulai-bangun", "2024-04-10"), "R9").bukti == (*lama[:2], *lama[3:], dunia.log[-1].nomor)


@pytest.mark.parametrize("area", [0, 7, -1, "tujuh", "1.0", True, None])
def test_ayat_2_area_di_luar_enam_adalah_masukan_salah(area: object) -> None:
    """There is no seventh area."""
    with pytest.raises(MasukanSalah, match="'area'"):
        kosong().catat("program", "2024-03-04", {"area": area, "nama": "Program"})


@pytest.mark.parametrize("area", range(1, 7))
def test_ayat_5_tim_kerja_pada_setiap_area(area: int) -> None:
    """A team with nobody for one area is refused, naming the area."""
    dunia = _siap()
    nomor = _tim(dunia, *((a, "pejabat" if a % 2 else "pegawai") for a in range(1, 7) if a != area))
    daftar = ditolak(dunia, "mulai-bangun", "2024-04-10")
    satu = temuan(daftar, "R10.area")
    assert penghalang(daftar) == {"R10.area"}
    assert (mesin(satu.kurang), satu.bukti) == (f"area {area}", (nomor,))


@pytest.mark.parametrize(("unsur", "kurang"), [("pejabat", "pegawai"), ("pegawai", "pejabat")])
def test_ayat_5_tim_kerja_pejabat_dan_pegawai(unsur: str, kurang: str) -> None:
    """A team of officials only, or of staff only, is refused."""
    dunia = _siap()
    nomor = _tim(dunia, *((a, unsur) for a in range(1, 7)))
    daftar = ditolak(dunia, "mulai-bangun", "2024-04-10")
    satu = temuan(daftar, "R10.unsur")
    assert penghalang(daftar) == {"R10.unsur"}
    assert (mesin(satu.ditemukan), satu.bukti) == (f"1 dari 2; belum ada unsur {kurang}", (nomor,))


def test_ayat_5_tim_kerja_terbaru_saja() -> None:
    """Members of an older team do not fill the gaps of the newest one; an empty team is named as the record looked at."""
    dunia = _siap()
    _tim(dunia, (1, "pejabat"), (2, "pegawai"))
    assert mesin(temuan(dunia.periksa("mulai-bangun", "2024-04-10"), "R10.area").ditemukan) == "2 dari 6; belum ada area 3, 4, 5, 6"
    nomor = _tim(dunia)
    daftar = dunia.periksa("mulai-bangun", "2024-04-10")
    assert [temuan(daftar, i).bukti for i in ("R10.area", "R10.unsur")] == [(nomor,), (nomor,)]


def test_ayat_5_anggota_satu_orang_untuk_beberapa_area() -> None:
    """One person may stand for several areas: the regulation asks for somebody on each."""
    dunia = _siap()
    _tim(dunia, *((a, "pejabat" if a == 1 else "pegawai") for a in range(1, 7)))
    diterima(dunia.maju("mulai-bangun", "2024-04-10"))


@pytest.mark.parametrize("isian", [k for k in BUTIR if k != "kode"])
def test_ayat_6_butir_rencana_lengkap(isian: str) -> None:
    """An item without area, activity, indicator, numeric target, unit, due date or person in charge is bad input, item named."""
    butir = [BUTIR, {k: v for k, v in BUTIR.items() if k != isian}]
    with pytest.raises(MasukanSalah, match=rf"'butir\[2\]\.{isian}' wajib diisi"):
        kosong().catat("rencana_aksi", "2024-04-03", {"butir": butir})


@pytest.mark.parametrize(
    ("isian", "nilai"), [("target", "banyak"), ("target", "NaN"), ("tenggat", "2025-02-29"), ("area", 7), ("penanggung_jawab", "1980")]
)
def test_ayat_6_target_dan_tenggat_terukur(isian: str, nilai: object) -> None:
    """A target that is no number and a due date that does not exist are bad input."""
    with pytest.raises(MasukanSalah, match=rf"'butir\[1\]\.{isian}'"):
        kosong().catat("rencana_aksi", "2024-04-03", {"butir": [{**BUTIR, isian: nilai}]})


def test_ayat_6_rencana_tanpa_butir() -> None:
    """An empty plan is recorded and refused."""
    dunia = _siap()
    diterima(dunia.catat("rencana_aksi", "2024-04-04", {"butir": []}))
    nomor = dunia.log[-1].nomor
    daftar = ditolak(dunia, "mulai-bangun", "2024-04-10")
    satu = temuan(daftar, "R11")
    assert penghalang(daftar) == {"R11"}
    assert (mesin(satu.ditemukan), mesin(satu.kurang), satu.bukti) == ("tidak ada butir", "1 butir", (nomor,))
    assert mesin(satu.dibutuhkan) == "setiap butir berisi area, indikator, target, satuan, tenggat, penanggung_jawab"


def test_ayat_6_catatan_lama_dengan_butir_kurang() -> None:
    """Items that an older form of the record left incomplete are named one by one, also those without a kode."""
    dunia = _siap()
    unit = dunia.unit[UNIT_UJI]
    (rencana,) = unit.bukti["rencana_aksi"]
    isi: dict[str, Any] = {"butir": [{**BUTIR, "target": "", "satuan": None}, {**BUTIR, "kode": "A2"}, {"area": 1, "indikator": "i"}]}
    dunia.unit[UNIT_UJI] = replace(unit, bukti={**unit.bukti, "rencana_aksi": (replace(rencana, isi=isi),)})
    satu = temuan(ditolak(dunia, "mulai-bangun", "2024-04-10"), "R11")
    assert mesin(satu.ditemukan) == "butir A1: target, satuan; butir 3: target, satuan, tenggat, penanggung_jawab"
    assert mesin(satu.kurang) == "2 butir"


def test_ayat_6_beberapa_butir_lengkap() -> None:
    """The answer counts the items of the newest plan."""
    dunia = _siap()
    diterima(dunia.catat("rencana_aksi", "2024-04-04", {"butir": [BUTIR, {**BUTIR, "kode": "A2", "target": "0.5"}]}))
    assert mesin(temuan(dunia.periksa("mulai-bangun", "2024-04-10"), "R11").ditemukan) == "2 butir lengkap"


def test_pelaku_kepala_pd() -> None:
    """Building is begun by the head of the unit, not by the Wali Kota."""
    assert penghalang(ditolak(_siap(), "mulai-bangun", "2024-04-10", oleh=WALI_KOTA)) == {"R30"}


@pytest.mark.parametrize(
    ("capaian", "pada", "status"),
    [
        ("", "2024-12-30", "akan_datang"),
        ("99", "2024-12-31", "jatuh_tempo"),
        ("99", "2025-01-01", "terlambat"),
        ("100", "2025-01-01", "dipenuhi"),
    ],
)
def test_ayat_6_butir_rencana_bertenggat(capaian: str, pada: str, status: str) -> None:
    """Each item of the plan is due on its own day (T7), until its target is reached."""
    satu = cari("jalan pembangunan" + (f", capai 2024-12-02 A1 {capaian}" if capaian else ""), "T7/A1", pada)
    assert satu is not None
    assert (satu.jatuh_tempo.isoformat(), satu.status) == ("2024-12-31", status)
    assert satu.dasar == ("Perwali Binjai 3/2024 Pasal 8 ayat (6)",)
