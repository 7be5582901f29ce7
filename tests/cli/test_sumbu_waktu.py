"""``--per`` and ``--diketahui``: which days and instants are understood, what the answers say of them, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest

from tests.alat.aturan import ubahan
from tests.alat.dunia import UNIT_UJI
from tests.cli.alat_cli import panggil
from tests.cli.register import galat, jawab, muat_sekali, tiga_baris
from tests.property.alat_kehidupan import UNIT_ARSIP, UNIT_DUA, salin
from zi_workflow import bootstrap
from zi_workflow.cli import unit_bacaan
from zi_workflow.cli.akar import akar
from zi_workflow.cli.kerangka import Kelompok, Perintah
from zi_workflow.clock import akhir_hari

KINI = datetime(2026, 9, 30, 5, 30, tzinfo=UTC)
PERTANYAAN: tuple[tuple[str, ...], ...] = (
    ("unit", "lihat", UNIT_UJI),
    ("unit", "daftar"),
    ("periksa", UNIT_DUA),
    ("periksa", UNIT_UJI),
    ("lke", "nilai", UNIT_UJI, "--tahun", "2025"),
    ("lke", "jalan", UNIT_UJI, "--tahun", "2025", "--predikat", "WBK"),
    ("tenggat", "daftar", "--semua"),
    ("tenggat", "jelaskan", UNIT_ARSIP),
    ("tenggat", "prakiraan"),
    ("pengaduan", "daftar"),
    ("pengaduan", "lihat", "P-2"),
)
LIHAT = ("unit", "lihat", UNIT_UJI)


@pytest.fixture(scope="module")
def berkas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the story's file once; nothing is written to it."""
    jalan = tmp_path_factory.mktemp("sumbu") / "zi.db"
    salin(jalan).tutup()
    return jalan


@pytest.fixture(autouse=True)
def cerita(berkas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name the store, and let the program believe that it is half past twelve WIB on 30 September 2026."""
    muat_sekali(monkeypatch)
    monkeypatch.setattr(bootstrap, "rakit", partial(bootstrap.rakit, jam=lambda: KINI))
    monkeypatch.setenv("ZI_BASIS", f"sqlite:///{berkas}")


def _bentuk(nilai: object) -> object:
    """Return the shape of an answer: the keys of its maps, all the way down."""
    if isinstance(nilai, Mapping):
        return {k: _bentuk(v) for k, v in nilai.items()}
    if isinstance(nilai, list):
        return [_bentuk(satu) for satu in nilai]
    return None


# --------------------------------------------------------------------------------------------------- what is answered


@pytest.mark.parametrize("tanya", PERTANYAAN, ids=" ".join)
def test_kini_ditanyakan_dengan_opsi_menjawab_yang_sama(tanya: tuple[str, ...]) -> None:
    """Asked of what is known by now, every question answers as without the option, and says so; of today in the same shape."""
    kini = jawab(*tanya)
    diketahui = jawab(*tanya, "--diketahui", "2026-09-30T12:30")
    assert diketahui.pop("diketahui") == "2026-09-30T05:30:00.000000Z"
    assert diketahui == kini
    hari_ini = jawab(*tanya, "--per", "2026-09-30")
    assert hari_ini.pop("per") == "2026-09-30"
    for satu in (hari_ini, kini):
        satu.pop("riwayat", None)  # without the moves that were undone, which a day never shows
    assert _bentuk(hari_ini) == _bentuk(kini)


def test_keduanya_bersama_dahulu_yang_diketahui_lalu_harinya() -> None:
    """A move recorded late belongs to its day, once it is known: the two options together tell what was not known yet."""
    assert jawab(*LIHAT, "--per", "2024-04-05")["tahap"] == "penetapan"
    data = jawab(*LIHAT, "--per", "2024-04-05", "--diketahui", "2024-04-11")
    assert (data["tahap"], data["per"], data["diketahui"]) == ("pencanangan", "2024-04-05", "2024-04-11T16:59:59.999999Z")
    assert jawab(*LIHAT, "--per", "2024-04-01", "--diketahui", "2024-04-12")["tahap"] == "pencanangan"


def test_langkah_yang_dibatalkan_terlihat_oleh_yang_belum_tahu() -> None:
    """An undone move is in no day's history; what was known before it was undone still has it."""
    assert jawab(*LIHAT, "--per", "2024-03-14")["tahap"] == "pencanangan"
    assert [r["nomor"] for r in jawab(*LIHAT, "--per", "2024-03-11")["riwayat"]] == [2]
    (_, langkah) = jawab(*LIHAT, "--per", "2024-03-11", "--diketahui", "2024-03-14")["riwayat"]
    assert (langkah["langkah"], langkah["dibatalkan"]) == ("canangkan", False)


def test_koreksi_dibaca_mundur_dan_tandanya_sejak_dibuat() -> None:
    """A corrected score shows on every day since its assessment, but only to who knew; the review's mark begins on its own day."""
    tanya = ("lke", "nilai", UNIT_UJI, "--tahun", "2025")
    baru, lama = jawab(*tanya, "--per", "2025-05-04"), jawab(*tanya, "--per", "2025-05-04", "--diketahui", "2025-05-08")
    assert baru["total"] != lama["total"]
    assert baru["nomor"] > lama["nomor"]
    assert jawab(*LIHAT, "--per", "2025-06-09")["tinjauan"] == []
    assert len(jawab(*LIHAT, "--per", "2025-06-10")["tinjauan"]) == 1
    assert jawab(*LIHAT, "--per", "2025-06-20")["tinjauan"] == []


def test_penolakan_terlihat_sejak_ia_diberikan() -> None:
    """A refusal of an act dated earlier shows from the day on which it was given."""
    assert jawab(*LIHAT, "--per", "2025-05-02")["penolakan_terakhir"] is None
    assert jawab(*LIHAT, "--per", "2025-05-03")["penolakan_terakhir"]["hari"] == "2025-05-03"


def test_larangan_warisan_menurut_hari_dan_pengetahuan() -> None:
    """The successor's bar counts from the second dissolution, for the first was undone; who knew only the first saw it then."""
    tanya = ("tenggat", "daftar", "--semua", "--unit", UNIT_DUA, "--tenggat", "T9")
    assert jawab(*tanya, "--per", "2026-05-01")["tenggat"] == []
    assert len(jawab(*tanya, "--per", "2026-05-02")["tenggat"]) == 1
    assert len(jawab(*tanya, "--diketahui", "2026-03-10")["tenggat"]) == 1
    assert jawab(*tanya, "--diketahui", "2026-03-21")["tenggat"] == []


def test_daftar_memuat_yang_terdaftar_pada_hari_itu() -> None:
    """Lists of units and of due dates leave out who was not registered then; nothing at all is an empty list, not an error."""
    assert [u["kode"] for u in jawab("unit", "daftar", "--per", "2024-07-31")["unit"]] == [UNIT_DUA, UNIT_UJI]
    assert [u["kode"] for u in jawab("unit", "daftar", "--diketahui", "2024-03-04")["unit"]] == [UNIT_UJI]
    assert {t["unit"] for t in jawab("tenggat", "daftar", "--semua", "--per", "2024-07-31")["tenggat"]} <= {UNIT_DUA, UNIT_UJI}
    assert [p["unit"] for p in jawab("tenggat", "prakiraan", "--diketahui", "2024-03-04")["prakiraan"]] == [UNIT_UJI]
    kosong = jawab("unit", "daftar", "--per", "2024-02-29")
    assert (kosong["jumlah"], kosong["unit"], kosong["per"]) == (0, [], "2024-02-29")
    assert jawab("tenggat", "daftar", "--per", "2024-02-29")["tenggat"] == []
    assert [u["kode"] for u in jawab("unit", "daftar", "--tahap", "pemantauan", "--per", "2024-07-01")["unit"]] == [UNIT_UJI]


def test_daftar_masa_lalu_dibaca_sebagian_demi_sebagian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list of the past is folded a few files at a time, with the same answer."""
    sekaligus = jawab("unit", "daftar", "--per", "2025-01-31")
    monkeypatch.setattr(unit_bacaan, "SEKALIGUS", 2)
    assert jawab("unit", "daftar", "--per", "2025-01-31") == sekaligus
    assert sekaligus["jumlah"] == 3


def test_pertanyaan_tentang_suatu_hari_diajukan_seolah_pada_hari_itu() -> None:
    """A checklist of a past day is not late for being asked today; --pada is another day of the act, seen from there."""
    batas = _syarat("periksa", UNIT_UJI, "usulkan", "--predikat", "WBK", "--per", "2025-05-18")["R22"]
    assert "dicatat terlambat" not in batas["ditemukan"]
    kini = _syarat("periksa", UNIT_UJI, "usulkan", "--predikat", "WBK", "--pada", "2025-05-18")["R22"]
    assert "dicatat terlambat" in kini["ditemukan"]
    depan = jawab("periksa", UNIT_UJI, "usulkan", "--predikat", "WBK", "--per", "2025-05-18", "--pada", "2025-05-19")
    assert depan["pada"] == "2025-05-19"
    assert "di masa depan" in {s["id"]: s for s in depan["syarat"]}["R29"]["ditemukan"]


def _syarat(*argumen: str) -> dict[str, dict[str, Any]]:
    return {s["id"]: s for s in jawab(*argumen)["syarat"]}


def test_hari_yang_akan_datang_boleh_ditanyakan() -> None:
    """A day to come shows what has happened, and due dates as they will stand then."""
    data = jawab(*LIHAT, "--per", "2027-12-31")
    assert (data["tahap"], data["per"]) == ("nonaktif", "2027-12-31")
    (tenggat,) = jawab("tenggat", "daftar", "--unit", UNIT_DUA, "--semua", "--tenggat", "T9", "--per", "2029-01-01")["tenggat"]
    assert tenggat["status"] == "dipenuhi"
    assert jawab("tenggat", "daftar", "--per", "2199-12-31")["pada"] == "2199-12-31"


# ----------------------------------------------------------------------------------------------- instants as they are typed


@pytest.mark.parametrize(
    ("ditulis", "utc"),
    [
        ("2025-06-30", "2025-06-30T16:59:59.999999Z"),
        ("2025-06-30T14:30", "2025-06-30T07:30:00.000000Z"),
        ("2025-06-30T14:30:15", "2025-06-30T07:30:15.000000Z"),
        ("2025-06-30T14:30:15.25", "2025-06-30T07:30:15.250000Z"),
        ("2025-06-30T14:30:15.000001+07:00", "2025-06-30T07:30:15.000001Z"),
        ("2025-06-30T07:30:15Z", "2025-06-30T07:30:15.000000Z"),
        ("2025-06-30T00:30-08:30", "2025-06-30T09:00:00.000000Z"),
        ("2025-07-01T04:59:59+12:00", "2025-06-30T16:59:59.000000Z"),
        ("2024-02-29T00:00", "2024-02-28T17:00:00.000000Z"),
        ("1900-01-01", "1900-01-01T16:52:47.999999Z"),
        ("2026-09-30", "2026-09-30T16:59:59.999999Z"),
        ("2026-09-30T23:59:59.999999", "2026-09-30T16:59:59.999999Z"),
    ],
)
def test_saat_dibaca_dalam_zona_definisi_kecuali_beroffset(ditulis: str, utc: str) -> None:
    """Without an offset it is the definition's wall clock, a day is read to its last microsecond; the answer repeats it in UTC."""
    assert jawab("unit", "daftar", "--diketahui", ditulis)["diketahui"] == utc


def test_saat_pencatatan_yang_disalin_dari_jawaban() -> None:
    """The instant that an answer shows of a record can be asked of as it stands, and the record is known at it."""
    (pertama, *_) = jawab(*LIHAT)["riwayat"]
    data = jawab(*LIHAT, "--diketahui", pertama["waktu_catat"])
    assert [r["nomor"] for r in data["riwayat"]] == [pertama["nomor"]]
    assert data["diketahui"] == pertama["waktu_catat"]


def test_zona_dengan_jam_musim_memakai_jamnya_pada_hari_itu(tmp_path: Path) -> None:
    """Another definition's zone counts, also where its clocks are changed: the last moment of a day is found in summer and winter."""
    ubahan(tmp_path, "regulasi.yaml", ("zona: Asia/Jakarta", "zona: Europe/Amsterdam"))
    regulasi = ("--regulasi", str(tmp_path / "binjai"))
    assert jawab("unit", "daftar", "--diketahui", "2025-07-01", *regulasi)["diketahui"] == "2025-07-01T21:59:59.999999Z"
    assert jawab("unit", "daftar", "--diketahui", "2025-12-01", *regulasi)["diketahui"] == "2025-12-01T22:59:59.999999Z"
    assert jawab("unit", "daftar", "--diketahui", "2025-10-26T02:30", *regulasi)["diketahui"] == "2025-10-26T00:30:00.000000Z"
    assert akhir_hari("Europe/Amsterdam", KINI.date()).isoformat() == "2026-09-30T23:59:59.999999+02:00"


@pytest.mark.parametrize(
    ("opsi", "nilai", "kata"),
    [
        ("--diketahui", "kemarin", "bukan saat"),
        ("--diketahui", "2025-05-31 14:30", "bukan saat"),
        ("--diketahui", "2025-05-31t14:30", "bukan saat"),
        ("--diketahui", "2025-05-31T14.30", "bukan saat"),
        ("--diketahui", "2025-05-31T14:30WIB", "bukan saat"),
        ("--diketahui", "2025-05-31T14:30+0700", "bukan saat"),
        ("--diketahui", "2025-05-31T14:30+07:60", "bukan saat"),
        ("--diketahui", "2025-05-31T14:30:00.1234567", "bukan saat"),
        ("--diketahui", "2025-05-31T", "bukan saat"),
        ("--diketahui", "31-05-2025", "bukan saat"),
        ("--diketahui", "", "bukan saat"),
        ("--diketahui", "2025-02-29", "Februari 2025 berakhir pada tanggal 28"),
        ("--diketahui", "2025-02-29T10:00", "Februari 2025 berakhir pada tanggal 28"),
        ("--diketahui", "2025-13-01T10:00", "bulan 13 tidak ada"),
        ("--diketahui", "2025-05-31T24:00", "jam atau selisih zona itu tidak ada"),
        ("--diketahui", "2025-05-31T14:60", "jam atau selisih zona itu tidak ada"),
        ("--diketahui", "2025-05-31T14:30+24:00", "jam atau selisih zona itu tidak ada"),
        ("--diketahui", "0001-01-01", "tahun paling awal 1900"),
        ("--per", "2025-06-31", "Juni 2025 berakhir pada tanggal 30"),
        ("--per", "2025-06-30T10:00", "bukan tanggal"),
        ("--per", "besok", "bukan tanggal"),
    ],
)
def test_yang_salah_tulis_ditolak_dengan_cara_menulisnya(opsi: str, nilai: str, kata: str) -> None:
    """Whatever is no day or no instant is wrong usage, named with what it is and how it is written."""
    pesan, _, _ = galat(*LIHAT, opsi, nilai, kode=2)
    assert kata in pesan


@pytest.mark.parametrize(
    ("opsi", "nilai"),
    [
        ("--per", "9999-12-31"),
        ("--per", "2200-01-01"),
        ("--diketahui", "9999-12-31T23:59:59-12:00"),
        ("--diketahui", "9999-12-31"),
        ("--diketahui", "2200-01-01"),
    ],
)
@pytest.mark.parametrize("tanya", [LIHAT, ("periksa", UNIT_UJI), ("tenggat", "daftar")], ids=" ".join)
def test_tahun_yang_terlalu_jauh(tanya: tuple[str, ...], opsi: str, nilai: str) -> None:
    """A year beyond what the calendar counts is wrong usage everywhere, never a bug."""
    pesan, sebab, _ = galat(*tanya, opsi, nilai, kode=2)
    assert pesan.startswith(f"{opsi} {nilai[:10]}")
    assert "terlalu jauh" in pesan
    assert "2199" in sebab


@pytest.mark.parametrize("nilai", ["2026-10-01", "2026-10-01T00:00", "2026-09-30T17:00Z", "2199-12-31T23:59"])
def test_yang_akan_diketahui_belum_ada(nilai: str) -> None:
    """What will be known on a day that has not come is refused, with what to ask instead."""
    pesan, sebab, lanjut = galat(*LIHAT, "--diketahui", nilai, kode=2)
    assert pesan.startswith("--diketahui ")
    assert pesan.endswith("WIB belum tiba")
    assert "30 September 2026" in sebab
    assert "--per" in lanjut


# -------------------------------------------------------------------------------------------------- units not there then


@pytest.mark.parametrize(
    "tanya",
    [
        ("unit", "lihat", UNIT_ARSIP),
        ("periksa", UNIT_ARSIP),
        ("lke", "nilai", UNIT_ARSIP, "--tahun", "2025"),
        ("lke", "banding", UNIT_ARSIP, "--tahun", "2025"),
        ("tenggat", "daftar", "--unit", UNIT_ARSIP),
        ("tenggat", "jelaskan", UNIT_ARSIP),
    ],
    ids=" ".join,
)
def test_unit_yang_belum_terdaftar_saat_itu(tanya: tuple[str, ...]) -> None:
    """A unit that is registered now and was not then is told so, with the day and the instant that were asked about."""
    pesan, sebab, lanjut = galat(*tanya, "--per", "2024-07-31", "--diketahui", "2026-09-30", kode=3)
    assert pesan == f"Unit {UNIT_ARSIP} belum terdaftar pada saat itu."
    assert sebab == "Keadaan per 31 Juli 2024, menurut yang diketahui register sampai 30 September 2026 23.59 WIB: tidak ada."
    assert lanjut == f"zi unit lihat {UNIT_ARSIP}"


def test_nama_salah_ketik_tetap_disarankan() -> None:
    """A misspelt unit is suggested as ever, with the options typed again."""
    pesan, _, lanjut = galat("periksa", "DISPORAA", "--per", "2025-01-01", kode=3)
    assert f"Maksud Anda: {UNIT_UJI}?" in pesan
    assert lanjut == f"zi periksa {UNIT_UJI} --per 2025-01-01"


def test_lke_yang_belum_ada_saat_itu() -> None:
    """An assessment made later is not there yet."""
    pesan, _, _ = galat("lke", "nilai", UNIT_UJI, "--tahun", "2025", "--per", "2025-05-03", kode=3)
    assert pesan == f"LKE {UNIT_UJI} tahun 2025 oleh tpi belum ada"


# ---------------------------------------------------------------------------------------------------------- for people


def test_layar_menyebut_apa_yang_ditanyakan() -> None:
    """The screen begins with the day and the instant asked about, and without the options says nothing of the kind."""
    hasil = panggil("unit", "daftar", "--per", "2025-01-31", "--diketahui", "2025-02-01T08:15")
    assert hasil.stdout.split("\n\n")[0].replace("\n", " ") == (
        "Keadaan per 31 Januari 2025, menurut yang diketahui register sampai 1 Februari 2025 08.15 WIB."
    )
    assert panggil("unit", "daftar", "--diketahui", "2025-01-31").stdout.startswith(
        "Menurut yang diketahui register sampai 31 Januari 2025 23.59 WIB.\n\n"
    )
    assert panggil("unit", "daftar").stdout.startswith("Kode")


def test_riwayat_menandai_yang_dicatat_sesudahnya() -> None:
    """A move recorded days after the act is marked with the days, on the screen and for programs; one of the same day is not."""
    riwayat = {r["nomor"]: r for r in jawab(*LIHAT)["riwayat"]}
    lambat = {r["langkah"]: r["selisih_hari"] for r in riwayat.values() if r["selisih_hari"]}
    assert lambat == {"canangkan": 8, "tetapkan": 10, "usulkan": 5, "nonaktifkan": 7}
    layar = " ".join(panggil(*LIHAT).stdout.split())
    assert "(dicatat 8 hari sesudahnya)" in layar
    assert "(dibatalkan; dicatat 7 hari sesudahnya)" in layar
    assert layar.count("sesudahnya)") == len(lambat)


def test_opsi_hanya_pada_perintah_baca_dan_contohnya_berjalan() -> None:
    """Exactly the verbs that can look back have the two options, none of them writes, and their examples are answered."""
    berwaktu = {jalan: satu for jalan, satu in _semua(akar) if any(p.name == "_per" for p in satu.params)}
    assert set(berwaktu) == {
        "unit daftar", "unit lihat", "periksa", "lke nilai", "lke banding", "lke jalan", "tenggat daftar", "tenggat jelaskan",
        "tenggat prakiraan",
        "pengaduan daftar", "pengaduan lihat", "pengaduan periksa",
    }  # fmt: skip
    for satu in berwaktu.values():
        assert not satu.menulis
        argumen = (satu.contoh or "").replace("DISDUKCAPIL", UNIT_UJI).replace("2026", "2025").split()[1:]
        assert panggil(*argumen, "--diketahui", "2026-05-03").exit_code in (0, 3)
    hasil = panggil("tenggat", "ics", "-", "--per", "2025-01-01")
    assert "Tidak ada opsi '--per'" in tiga_baris(hasil, 2)[0]


def _semua(kelompok: Kelompok, awalan: str = "") -> list[tuple[str, Perintah]]:
    ctx = click.Context(kelompok)
    hasil: list[tuple[str, Perintah]] = []
    for nama in kelompok.list_commands(ctx):
        satu = kelompok.get_command(ctx, nama)
        if isinstance(satu, click.Group):
            hasil += _semua(satu, f"{awalan}{nama} ")  # type: ignore[arg-type]
        elif isinstance(satu, Perintah):
            hasil.append((f"{awalan}{nama}", satu))
    return hasil


def test_jsonl_tetap_hanya_barisnya() -> None:
    """One value a line, the same as without the options: what was asked stands in the whole answer only."""
    baris = [json.loads(b) for b in panggil("unit", "daftar", "--jsonl", "--per", "2025-01-31").stdout.splitlines()]
    assert baris == [{"skema": 1, **u} for u in jawab("unit", "daftar", "--per", "2025-01-31")["unit"]]
