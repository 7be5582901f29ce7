"""The forecast: which deadline each unit can lawfully make, why no earlier one, and the steps to it, at every stage and at the edges."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.alat.dunia import (
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    Dunia,
    arsip,
    bekal_evaluasi,
    bekal_pembangunan,
    bekal_penetapan,
    bekal_usulan,
    cabut,
    definisi,
    sampai,
    sampai_wbbm,
)
from zi_workflow.domain.definition import Definisi, Syarat
from zi_workflow.domain.forecast import LANGKAH, WAKTU, Prakiraan, Ruas, prakiraan
from zi_workflow.domain.guards.ambang import LamaTahun
from zi_workflow.domain.guards.waktu import Batas, Lama
from zi_workflow.domain.itinerary import rute


def ramal(dunia: Dunia, pada: str, predikat: str | None = None, kode: str = UNIT_UJI) -> Prakiraan:
    """Forecast the unit of a world."""
    return prakiraan(dunia.aturan, dunia.unit[kode], dunia.instansi, HARI(pada), predikat)


def nama(hasil: Prakiraan) -> list[str]:
    """Return the steps by name: moves by theirs, waits by their requirement."""
    return [r.nama if r.jenis == LANGKAH else r.id for r in hasil.langkah]


def langkah(hasil: Prakiraan, sebutan: str) -> Ruas:
    """Return the one step of that name."""
    (satu,) = [r for r in hasil.langkah if sebutan in (r.nama, r.id)]
    return satu


def sebab(hasil: Prakiraan) -> dict[int, list[str]]:
    """Return the lost years with the requirements that lose them."""
    return {m.tahun: [s.temuan.id for s in m.syarat] for m in hasil.mustahil}


def kurang(ruas: Ruas) -> set[str]:
    """Return the ids of what a step lacks."""
    return {t.id for t in ruas.kurang}


def data(hasil: Prakiraan) -> Any:  # noqa: ANN401 - JSON
    """Return the forecast as a program reads it."""
    return json.loads(json.dumps(hasil.polos()))


def sedang_membangun(sejak: str, tahap: str = "evaluasi_tpi") -> Dunia:
    """Return a world with a unit from the archive, ``LAMA``, that has been building since that day."""
    dunia = sampai("terdaftar")
    arsip(dunia, "LAMA", {"tahap": tahap, "sejak": sejak, "mulai_bangun": sejak}, max(sejak, "2024-03-01"))
    return dunia


@pytest.mark.parametrize(
    ("tahap", "pada", "batas", "jalan"),
    [
        ("terdaftar", "2024-03-05", "2025-05-31", ["canangkan", "tetapkan", "mulai-bangun", "mulai-pantau", "mulai-evaluasi"]),
        ("pencanangan", "2024-03-12", "2025-05-31", ["tetapkan", "mulai-bangun", "mulai-pantau", "mulai-evaluasi"]),
        ("penetapan", "2024-04-03", "2025-05-31", ["mulai-bangun", "mulai-pantau", "mulai-evaluasi"]),
        ("penetapan", "2024-06-01", "2026-05-31", ["mulai-bangun", "mulai-pantau", "mulai-evaluasi"]),
        ("pembangunan", "2024-06-01", "2025-05-31", ["mulai-pantau", "mulai-evaluasi"]),
        ("pemantauan", "2024-06-11", "2025-05-31", ["mulai-evaluasi"]),
        ("evaluasi_tpi", "2025-04-21", "2025-05-31", []),
        ("evaluasi_tpi", "2025-06-01", "2026-05-31", []),
    ],
)
def test_menuju_wbk_dari_setiap_tahap(tahap: str, pada: str, batas: str, jalan: list[str]) -> None:
    """From each stage exactly the moves that remain lead to the first 31 May that one year of building allows."""
    hasil = ramal(sampai(tahap), pada)
    assert (hasil.predikat, hasil.batas, hasil.tahap) == ("WBK", HARI(batas), tahap)
    assert [r.nama for r in hasil.langkah if r.jenis == LANGKAH] == [*jalan, "usulkan"]
    assert hasil.sisa_langkah == len(jalan) + 1
    assert hasil.sisa_hari == (HARI(batas) - HARI(pada)).days
    assert hasil.tahun == int(batas[:4])
    assert hasil.alasan == ""


@pytest.mark.parametrize(
    ("tahap", "pada", "batas", "jalan"),
    [
        ("predikat", "2025-12-05", "2027-05-31", ["pantau-predikat", "bangun-wbbm", "mulai-pantau", "mulai-evaluasi"]),
        ("pemantauan_predikat", "2026-01-06", "2027-05-31", ["bangun-wbbm", "mulai-pantau", "mulai-evaluasi"]),
        ("pemantauan_predikat", "2026-06-01", "2028-05-31", ["bangun-wbbm", "mulai-pantau", "mulai-evaluasi"]),
    ],
)
def test_pemegang_wbk_menuju_wbbm(tahap: str, pada: str, batas: str, jalan: list[str]) -> None:
    """A WBK unit is foreseen towards WBBM, whose year begins with bangun-wbbm, today at the earliest."""
    hasil = ramal(sampai(tahap), pada)
    assert (hasil.predikat, hasil.batas) == ("WBBM", HARI(batas))
    assert [r.nama for r in hasil.langkah if r.jenis == LANGKAH] == [*jalan, "usulkan"]
    mulai = langkah(hasil, "bangun-wbbm")
    assert mulai.paling_awal == HARI(pada)
    assert mulai.paling_lambat == HARI(batas).replace(year=HARI(batas).year - 1)
    assert "R19.setahun" in sebab(hasil)[int(pada[:4])]


def test_sedang_membangun_wbbm() -> None:
    """A unit that builds towards WBBM keeps its own year: what it did towards WBK counts for nothing."""
    hasil = ramal(sampai_wbbm("pembangunan"), "2026-03-01")
    assert (hasil.predikat, hasil.batas, hasil.paling_awal) == ("WBBM", HARI("2027-05-31"), HARI("2027-01-10"))
    assert hasil.kelonggaran == 141
    assert [(m.id, m.mulai, m.sampai, m.perkiraan) for m in hasil.masa] == [("T2", HARI("2026-01-10"), HARI("2027-01-10"), False)]
    assert hasil.masa[0].perhitungan == "pembangunan dimulai 10 Jan 2026 + 1 tahun (tafsir D2) = 10 Jan 2027"


def _nonaktif() -> Dunia:
    dunia = sampai("pembangunan")
    dunia.maju("nonaktifkan", "2024-06-01", {"alasan": "digabung", "nomor": "188/70"})
    return dunia


@pytest.mark.parametrize(
    ("buat", "predikat", "alasan"),
    [
        (lambda: sampai_wbbm("predikat"), None, "Sudah memegang WBBM, predikat tertinggi."),
        (lambda: sampai_wbbm("predikat"), "WBK", "Sudah memegang WBBM, predikat tertinggi."),
        (lambda: sampai_wbbm("pembangunan"), "WBK", "Sudah memegang WBK."),
        (lambda: sampai("usulan_tpn"), None, "WBK sudah diusulkan untuk tahun 2025; hasilnya belum dicatat."),
        (_nonaktif, None, "Unit nonaktif: tidak dapat diusulkan lagi."),
    ],
)
def test_tanpa_ramalan(buat: Callable[[], Dunia], predikat: str | None, alasan: str) -> None:
    """Where there is nothing to foresee there is no date, no step, and one sentence that says why."""
    hasil = ramal(buat(), "2028-01-01", predikat)
    assert hasil.alasan == alasan
    assert (hasil.batas, hasil.tahun, hasil.sisa_hari, hasil.kelonggaran, hasil.paling_awal) == (None, None, None, None, None)
    assert (hasil.langkah, hasil.mustahil, hasil.masa) == ((), (), ())


@pytest.mark.parametrize(
    ("mulai", "batas", "awal"),
    [
        ("2024-05-30", "2025-05-31", "2025-05-30"),
        ("2024-05-31", "2025-05-31", "2025-05-31"),
        ("2024-06-01", "2026-05-31", "2026-01-01"),
        ("2023-05-31", "2024-05-31", "2024-05-31"),
        ("2024-02-29", "2025-05-31", "2025-02-28"),
        ("2024-12-31", "2026-05-31", "2026-01-01"),
        ("2025-01-02", "2026-05-31", "2026-01-02"),
    ],
)
def test_hari_di_tepi_setahun(mulai: str, batas: str, awal: str) -> None:
    """Building since 31 May makes the next 31 May, since 1 June not; the window of a year opens on 1 January (D2, D15)."""
    hasil = ramal(sedang_membangun(mulai), max(mulai, "2024-03-01"), kode="LAMA")
    assert (hasil.batas, hasil.paling_awal) == (HARI(batas), HARI(awal))


def test_hari_terakhir_pada_hari_libur() -> None:
    """Where only Saturday 31 May itself is lawful, it stays the last day; the working day before it would be too early."""
    ketat = langkah(ramal(sedang_membangun("2024-05-31"), "2025-01-02", kode="LAMA"), "usulkan")
    assert (ketat.paling_awal, ketat.paling_lambat, ketat.kelonggaran) == (HARI("2025-05-31"), HARI("2025-05-31"), 0)
    longgar = langkah(ramal(sedang_membangun("2024-05-20"), "2025-01-02", kode="LAMA"), "usulkan")
    kerja = definisi().kalender.hari_kerja_terakhir(HARI("2025-05-31"))
    assert kerja < HARI("2025-05-31")
    assert (longgar.paling_awal, longgar.paling_lambat) == (HARI("2025-05-20"), kerja)


@pytest.mark.parametrize(
    ("umum", "diumumkan", "pada", "batas"),
    [
        (None, None, "2025-01-10", "2025-05-31"),
        ("2025-03-31", "2025-01-05", "2025-01-10", "2026-05-31"),
        ("2025-06-30", "2025-01-05", "2025-01-10", "2025-06-30"),
        ("2025-06-30", "2025-01-05", "2025-06-30", "2025-06-30"),
        ("2025-06-30", "2025-01-05", "2025-07-01", "2026-05-31"),
        ("2025-03-31", "2025-01-11", "2025-01-10", "2025-05-31"),
    ],
)
def test_batas_yang_diumumkan(umum: str | None, diumumkan: str | None, pada: str, batas: str) -> None:
    """An announced date decides, earlier or later; one that was not yet announced on the day of asking does not."""
    dunia = sampai("pemantauan")
    if umum and diumumkan:
        dunia.catat("pengumuman_tpn", diumumkan, {"tahun": 2025, "batas": umum, "nomor": "B/7"}, None)
    hasil = ramal(dunia, pada)
    assert hasil.batas == HARI(batas)
    for satu in hasil.mustahil:
        assert satu.batas == HARI(umum or "2025-05-31")


def test_batas_yang_sudah_lewat_menyebut_jendela_berikutnya() -> None:
    """After the deadline that year is lost by R22, with the day on which the next window opens, in order and with citations."""
    hasil = ramal(sampai("evaluasi_tpi"), "2025-06-02")
    (lewat,) = hasil.mustahil
    (syarat,) = lewat.syarat
    assert (lewat.tahun, lewat.batas, syarat.temuan.id, syarat.paling_cepat) == (2025, HARI("2025-05-31"), "R22", HARI("2026-01-01"))
    assert "Perwali Binjai 3/2024 Pasal 14 ayat (3)" in syarat.temuan.dasar
    assert nama(hasil) == ["R22", "usulkan"]
    assert hasil.paling_awal == HARI("2026-01-01")


def test_batas_lewat_dan_belum_setahun() -> None:
    """A passed deadline hides nothing else that would have stopped the unit."""
    hasil = ramal(sampai("pembangunan"), "2024-06-01")
    assert sebab(hasil) == {2024: ["R22", "R18.setahun"]}
    assert [s.paling_cepat for s in hasil.mustahil[0].syarat] == [HARI("2025-01-01"), HARI("2025-04-10")]


def test_sesudah_pencabutan_dua_tahun() -> None:
    """A revoked unit waits two years, and builds again for one of them; each lost year names what loses it."""
    dunia = sampai("pemantauan_predikat")
    cabut(dunia, "2026-02-01")
    hasil = ramal(dunia, "2026-02-02")
    assert (hasil.predikat, hasil.batas, hasil.paling_awal) == ("WBK", HARI("2028-05-31"), HARI("2028-02-01"))
    assert sebab(hasil) == {2026: ["R18.setahun", "R28"], 2027: ["R28"]}
    assert nama(hasil) == ["tetapkan-ulang", "mulai-bangun", "mulai-pantau", "mulai-evaluasi", "R18.setahun", "R28", "usulkan"]
    assert langkah(hasil, "R28").menentukan
    assert not langkah(hasil, "R18.setahun").menentukan
    assert langkah(hasil, "tetapkan-ulang").paling_lambat == HARI("2027-05-31")
    assert {(m.id, m.perkiraan) for m in hasil.masa} == {("T2", True), ("T9", False)}


def test_wbbm_lewat_wbk_lebih_dahulu() -> None:
    """WBBM asked of a unit without WBK leads through a WBK proposal first, and says what it does not count."""
    hasil = ramal(sampai("terdaftar"), "2024-03-05", "WBBM")
    assert (hasil.batas, hasil.paling_awal) == (HARI("2026-05-31"), HARI("2026-03-05"))
    assert [r.nama for r in hasil.langkah].count("usulkan") == 2
    assert hasil.alasan == "Didahului usulan WBK; lamanya penilaian atas usulan itu tidak diatur, di sini dihitung nol hari."
    assert sebab(hasil) == {2024: ["R19.setahun"], 2025: ["R19.setahun"]}


def test_wbbm_selagi_wbk_diusulkan() -> None:
    """A unit whose WBK proposal runs is foreseen towards WBBM as if it succeeded today."""
    hasil = ramal(sampai("usulan_tpn"), "2025-05-25", "WBBM")
    assert nama(hasil)[:3] == ["tetapkan-predikat", "pantau-predikat", "bangun-wbbm"]
    assert hasil.batas == HARI("2026-05-31")
    assert hasil.alasan.startswith("Didahului usulan WBK;")


def test_hanya_langkahnya_yang_tersisa() -> None:
    """With everything met only the move itself remains, lacking nothing; all requirements count as met."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    hasil = ramal(dunia, "2025-05-05")
    assert nama(hasil) == ["usulkan"]
    assert (hasil.langkah[0].kurang, hasil.kurang) == ((), 0)
    assert hasil.terpenuhi == hasil.jumlah > 0
    assert hasil.langkah[0].menentukan
    assert hasil.langkah[0].lanjut == f"zi maju usulkan {UNIT_UJI}"


def test_gerbang_nilai_yang_gagal_dengan_selisihnya() -> None:
    """A score gate that fails stands with what was found, what is needed and the gap; those that pass are not listed."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK", huruf="C")
    ruas = langkah(ramal(dunia, "2025-05-05"), "usulkan")
    gerbang = {t.id: t.polos() for t in ruas.kurang}
    assert gerbang
    assert set(gerbang) <= {s.id for s in definisi().syarat if s.id.startswith("R20.")}
    satu = gerbang["R20.pengungkit"]
    assert satu["dibutuhkan"] == ">= 40"
    assert 0 < float(str(satu["kurang"])) < 40
    assert 0 < float(str(satu["ditemukan"])) < 40
    assert satu["dasar"]


def test_afirmasi_bukan_kekurangan() -> None:
    """What an affirmed unit is excused from is neither missing nor uncounted."""
    biasa, afirmasi = (ramal(sampai("evaluasi_tpi", jenis), "2027-01-05") for jenis in (None, "disdukcapil"))
    beda = kurang(langkah(biasa, "usulkan")) - kurang(langkah(afirmasi, "usulkan"))
    assert beda == {"R24.opini", "R24.sakip", "R24.indeks_rb", "R24.spip"}
    assert afirmasi.terpenuhi == biasa.terpenuhi + len(beda)
    assert afirmasi.batas == biasa.batas


def test_kekurangan_setiap_langkah() -> None:
    """Each remaining move lists the unmet part of its own checklist; monitoring and mentoring come before the evaluation."""
    dunia = sampai("pencanangan")
    kosong = ramal(dunia, "2024-03-20")
    assert kurang(langkah(kosong, "tetapkan")) == {"R6", "R7.layanan_utama", "R7.risiko_tinggi", "R7.dampak_luas"}
    assert {"R8", "R9", "R10.area", "R10.unsur", "R11"} == kurang(langkah(kosong, "mulai-bangun"))
    assert {"R13.pemantauan", "R13.pendampingan"} <= kurang(langkah(kosong, "mulai-evaluasi"))
    assert langkah(kosong, "mulai-evaluasi").paling_lambat == definisi().kalender.hari_kerja_terakhir(HARI("2025-05-31"))
    assert langkah(kosong, "mulai-bangun").paling_lambat == HARI("2024-05-31")
    assert langkah(kosong, "tetapkan").paling_lambat == HARI("2024-05-31")
    bekal_penetapan(dunia, "2024-03-18")
    bekal_pembangunan(dunia, "2024-03-18")
    bekal_evaluasi(dunia, "2024-03-18")
    lengkap = ramal(dunia, "2024-03-20")
    assert kurang(langkah(lengkap, "tetapkan")) == kurang(langkah(lengkap, "mulai-bangun")) == set()
    assert {"R13.pemantauan", "R13.pendampingan"} <= kurang(langkah(lengkap, "mulai-evaluasi"))  # they count since building began


def test_bukti_dari_langkah_yang_baru_diramalkan_tidak_disebut() -> None:
    """No number of an event is ever named that there is not."""
    semua = [t["bukti"] for r in data(ramal(sampai("terdaftar"), "2024-03-20", "WBBM"))["langkah"] for t in r["kurang"]]
    assert len(semua) > 40
    assert all(n > 0 for bukti in semua for n in bukti)


def test_yang_menentukan_dan_kelonggarannya() -> None:
    """What binds is the chain with the least slack: the year of building and what begins it, not what can follow at any time."""
    hasil = ramal(sampai("penetapan"), "2024-04-10")
    assert [n for n, r in zip(nama(hasil), hasil.langkah, strict=True) if r.menentukan] == ["mulai-bangun", "R18.setahun", "usulkan"]
    assert hasil.kelonggaran == langkah(hasil, "mulai-bangun").kelonggaran == 51
    assert langkah(hasil, "mulai-pantau").kelonggaran > 51
    tunggu = langkah(hasil, "R18.setahun")
    assert (tunggu.jenis, tunggu.oleh, tunggu.paling_awal) == (WAKTU, "", HARI("2025-04-10"))
    assert tunggu.keterangan == "sejak 2024-04-10, genap 1 tahun pada 2025-04-10"


def test_tahun_kabisat_tidak_melepas_ikatan() -> None:
    """A leap day between the beginning and the deadline does not make the beginning look free."""
    hasil = ramal(sampai("penetapan"), "2027-03-15")
    assert [r.menentukan for r in hasil.langkah if r.nama in ("mulai-bangun", "usulkan")] == [True, True]
    assert langkah(hasil, "mulai-bangun").paling_lambat == HARI("2027-05-31")


def test_sebelum_peraturan_berlaku() -> None:
    """Asked before the regulation, the steps begin with it."""
    hasil = ramal(sedang_membangun("2023-01-02"), "2024-01-10", kode="LAMA")
    assert (hasil.batas, hasil.paling_awal) == (HARI("2024-05-31"), HARI("2024-03-01"))
    awal = ramal(sedang_membangun("2023-01-02"), "2023-07-01", kode="LAMA")
    assert (awal.batas, sebab(awal)) == (HARI("2024-05-31"), {})


def test_masih_dapat_dicatat_terlambat() -> None:
    """A proposal in time whose receipt is attached can be recorded after the deadline (D12), if nothing at all is missing."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    hasil = ramal(dunia, "2025-06-10")
    assert (hasil.batas, hasil.sisa_hari, nama(hasil)) == (HARI("2025-05-31"), -10, ["usulkan"])
    assert "dicatat terlambat" in hasil.alasan
    assert dunia.maju("usulkan", "2025-05-31", {"predikat": "WBK"}, dicatat=HARI("2025-06-10")).diterima
    kurang_satu = sampai("evaluasi_tpi")
    bekal_usulan(kurang_satu, 2025, "WBK", huruf="C")
    assert ramal(kurang_satu, "2025-06-10").batas == HARI("2026-05-31")


def _ubah(ubah: Callable[[Syarat], Syarat | None]) -> Definisi:
    """Return the definition with its requirements changed or left out."""
    return replace(definisi(), syarat=tuple(baru for s in definisi().syarat if (baru := ubah(s)) is not None))


def _selama(tahun: int, *langkah: str) -> Callable[[Syarat], Syarat]:
    """Lengthen what lasts, and let it stand before other moves."""

    def ubah(s: Syarat) -> Syarat:
        if s.id != "R18.setahun":
            return s
        masa = tuple(replace(m, ambang=LamaTahun(tahun)) for m in s.berlaku)
        return replace(s, berlaku=masa, langkah=langkah or s.langkah, predikat=None if langkah else s.predikat)

    return ubah


def _dengan(dunia: Dunia, aturan: Definisi, pada: str, **ubah: Any) -> Prakiraan:  # noqa: ANN401 - fields of the unit
    return prakiraan(aturan, replace(dunia.unit[UNIT_UJI], **ubah), dunia.instansi, HARI(pada))


def test_tidak_ada_batas_dalam_jangkauan() -> None:
    """Where no deadline within reach can be made, every year is listed with its reason, and none is promised."""
    hasil = _dengan(sampai("pembangunan"), _ubah(_selama(12)), "2024-06-01")
    assert (hasil.batas, hasil.alasan) == (None, "Tidak ada batas sampai tahun 2030 yang dapat dicapai.")
    assert sorted(sebab(hasil)) == list(range(2024, 2031))
    assert all("R18.setahun" in ids for ids in sebab(hasil).values())
    assert hasil.mustahil[-1].syarat[0].paling_cepat == HARI("2036-04-10")


def test_tertahan_di_langkah_antara() -> None:
    """A move on the way that time does not allow is the reason, although the proposal's own requirements would be met."""
    hasil = _dengan(sampai("pembangunan"), _ubah(_selama(12, "mulai-evaluasi")), "2026-01-10")
    assert hasil.batas is None
    assert set(map(tuple, sebab(hasil).values())) == {("R18.setahun",)}


def test_waktu_tidak_menolong() -> None:
    """Without a day on which building began no waiting helps, and no day is named."""
    dunia = sampai("evaluasi_tpi")
    keadaan = replace(dunia.unit[UNIT_UJI].keadaan, penanda={})
    hasil = _dengan(dunia, definisi(), "2025-05-01", keadaan=keadaan)
    assert hasil.batas is None
    assert {s.paling_cepat for m in hasil.mustahil for s in m.syarat if s.temuan.id == "R18.setahun"} == {None}


def test_urutan_langkah_disebut_bila_hanya_itu() -> None:
    """That an act would come before the move before it is the reason only where there is no other."""
    dunia = sampai("evaluasi_tpi")
    akhir = dunia.unit[UNIT_UJI].lalu[-1]
    hasil = _dengan(dunia, definisi(), "2025-05-01", lalu=(replace(akhir, tanggal=HARI("2025-07-01")),))
    assert sebab(hasil) == {2025: ["R29"]}
    assert hasil.batas == HARI("2026-05-31")


def test_definisi_tanpa_batas_atau_tanpa_usulan() -> None:
    """A definition without a deadline, or without a way to a proposal, gives no date and says so."""
    dunia = sampai("evaluasi_tpi")
    tanpa_batas = _dengan(dunia, _ubah(lambda s: None if isinstance(s.jenis, Batas) else s), "2025-05-01")
    assert (tanpa_batas.batas, tanpa_batas.mustahil) == (None, ())
    assert tanpa_batas.alasan.startswith("Tidak ada batas")
    tanpa_keduanya = _ubah(lambda s: None if isinstance(s.jenis, Batas) else _selama(12)(s))
    buntu = _dengan(dunia, tanpa_keduanya, "2025-05-01")
    assert (buntu.batas, buntu.mustahil) == (None, ())
    tanpa_usulan = replace(definisi(), langkah={n: x for n, x in definisi().langkah.items() if n != "usulkan"})
    assert _dengan(dunia, tanpa_usulan, "2025-05-01").alasan == "Dari tahap evaluasi_tpi tidak ada jalan ke usulan WBK."


def test_rute_yang_tidak_ada_berhenti() -> None:
    """Looking for a way that there is not ends, although the stages lead round in a circle."""
    unit = sampai("pemantauan_predikat").unit[UNIT_UJI]
    assert [x.nama for x in rute(definisi(), unit, "WBBM", HARI("2026-01-10"))] == [
        "bangun-wbbm",
        "mulai-pantau",
        "mulai-evaluasi",
        "usulkan",
    ]
    assert rute(definisi(), unit, "WBK", HARI("2026-01-10")) == ()


def test_lamanya_dari_definisi() -> None:
    """The year of building is the definition's dated value, not the machine's."""
    assert any(isinstance(s.jenis, Lama) for s in definisi().syarat)
    hasil = _dengan(sampai("pembangunan"), _ubah(_selama(3)), "2024-06-01")
    assert (hasil.batas, hasil.paling_awal) == (HARI("2027-05-31"), HARI("2027-04-10"))


def test_bentuk_data() -> None:
    """As plain data: ISO dates, counts, and for each missing line the shape of a checklist with its last day."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK", huruf="C")
    polos = data(ramal(dunia, "2025-05-05"))
    assert (polos["unit"], polos["predikat"], polos["pada"], polos["batas"]) == (UNIT_UJI, "WBK", "2025-05-05", "2025-05-31")
    assert (polos["tahun"], polos["sisa_hari"], polos["alasan"], polos["mustahil"]) == (2025, 26, "", [])
    (ruas,) = polos["langkah"]
    assert ruas["oleh"] == "wali_kota"
    for satu in ruas["kurang"]:
        assert satu["paling_lambat"] == ruas["paling_lambat"] == "2025-05-28"
        assert satu["dasar"]
    lama = data(ramal(sampai("pembangunan"), "2024-06-01"))
    (mustahil,) = lama["mustahil"]
    assert mustahil["batas"] == "2024-05-31"
    assert {s["id"]: s["paling_cepat"] for s in mustahil["syarat"]} == {
        "R22": "2025-01-01",
        "R18.setahun": "2025-04-10",
    }
    assert lama["masa"][0]["mulai"] == "2024-04-10"


def test_bukan_pelaku_lain() -> None:
    """The forecast asks who can act on that day: without a Wali Kota in office, that is one more thing missing, and no lost year."""
    dunia = sampai("evaluasi_tpi")
    dunia.akhiri("X-WALIKOTA", "wali_kota", "2025-05-20")
    hasil = ramal(dunia, "2025-05-21")
    assert hasil.batas == HARI("2025-05-31")
    assert "R30" in kurang(langkah(hasil, "usulkan"))
    assert {KEPALA, PENILAI}.isdisjoint(hasil.alasan.split())


def test_hari_dalam_urutan() -> None:
    """No step may begin before the one before it, and none ends before it may begin."""
    for tahap in ("terdaftar", "penetapan", "pemantauan", "predikat"):
        hasil = ramal(sampai(tahap), "2026-01-10", "WBBM")
        hari: list[date] = [r.paling_awal for r in hasil.langkah if r.jenis == LANGKAH]
        assert hari == sorted(hari)
        assert all(r.kelonggaran >= 0 for r in hasil.langkah)
