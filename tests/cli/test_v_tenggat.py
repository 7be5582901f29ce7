"""``zi tenggat daftar``: what is open, in the contract's shape; exit 10 for scripts; a screen that thirty units fit on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, UNIT_UJI, arsip
from tests.alat.toko import toko
from tests.cli.alat_cli import panggil
from tests.cli.register import bangun, galat, jawab, muat_sekali, potret
from zi_workflow.cli.tenggat_bacaan import polos
from zi_workflow.domain.commands import DaftarkanUnit

KUNCI = {
    "id": str,
    "unit": str,
    "butir": str | None,
    "uraian": str,
    "sifat": str,
    "jatuh_tempo": str,
    "status": str,
    "sisa_hari": int,
    "hari_kerja_terakhir": str,
    "alasan_libur": str | None,
    "dasar": list,
    "tafsir": list,
    "perhitungan": str,
    "dipenuhi": str | None,
    "oleh": str | None,
    "bukti": list,
    "lanjut": str,
}
"""The fields of a due date (interface.md §4 and what was added) and their types."""
BANYAK = [f"KELURAHAN-{n:02}" for n in range(1, 29)]
JAHAT = "kegiatan [/x] \u202ekanan"


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: a unit that builds with a plan, twenty-eight that hold an old WBK, one only registered."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url, "pemantauan")
    try:
        umum: dict[str, Any] = {"area": 1, "indikator": "i", "target": "100", "satuan": "persen", "penanggung_jawab": KEPALA}
        butir = [
            {**umum, "kode": "A1", "kegiatan": "Menyusun SOP", "tenggat": "2026-05-29"},
            {**umum, "kode": "B 2", "kegiatan": JAHAT, "tenggat": "2026-05-31"},
        ]
        dunia.catat("rencana_aksi", "2024-06-11", {"butir": butir})
        keadaan = {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2023-12-01", "tanggal_predikat": "2023-12-01"}
        for kode in BANYAK:
            assert arsip(dunia, kode, keadaan, "2024-06-12").diterima
        dunia.jalankan(DaftarkanUnit("BARU", "Unit Baru", HARI("2024-06-12"), ADMIN))
        dunia.catat("laporan_berkala", "2025-11-20", {"nomor": "700/9", "simpulan": "masih_memenuhi"}, BANYAK[0])
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nobody acts, for nothing is written."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def _daftar(*argumen: str, kode: int = 0) -> list[dict[str, Any]]:
    """Return the due dates, each checked against the contract."""
    data = jawab("tenggat", "daftar", *argumen, kode=kode)
    assert set(data) == {"skema", "pada", "jumlah", "tenggat"}
    for satu in data["tenggat"]:
        assert set(satu) == set(KUNCI)
        assert [k for k, tipe in KUNCI.items() if not isinstance(satu[k], tipe)] == []
        assert satu["status"] in {"akan_datang", "jatuh_tempo", "terlambat", "dipenuhi"}
        assert date.fromisoformat(satu["hari_kerja_terakhir"]) <= date.fromisoformat(satu["jatuh_tempo"])
        assert satu["dasar"]
        assert all(type(n) is int for n in satu["bukti"])
    hasil: list[dict[str, Any]] = data["tenggat"]
    return hasil


def _nama(semua: Sequence[dict[str, Any]]) -> set[str]:
    return {f"{t['unit']} {t['id']}{' ' + t['butir'] if t['butir'] else ''} {t['jatuh_tempo'][:4]}" for t in semua}


def test_semua_unit_menurut_jatuh_tempo_unit_dan_nomor(url: str) -> None:
    """Without a filter: what is open in all units, by due date, unit and duty; nothing is written."""
    sebelum = potret(url)
    semua = _daftar("--pada", "2026-05-20")
    assert {t["unit"] for t in semua} == {UNIT_UJI, *BANYAK}
    nomor = [(t["jatuh_tempo"], t["unit"], int(t["id"][1:]), t["butir"] or "") for t in semua]
    assert nomor == sorted(nomor)
    assert {t["status"] for t in semua} == {"akan_datang", "terlambat"}
    assert potret(url) == sebelum


def test_isi_sama_dengan_inti(url: str) -> None:
    """Every due date is, field by field, what the core says of the day, and the day is said."""
    data = jawab("tenggat", "daftar", "--unit", UNIT_UJI, "--pada", "2026-05-20", "--semua")
    dunia = toko(url)
    try:
        inti = [json.dumps(polos(t), default=str) for t in dunia.layanan.tenggat(UNIT_UJI, HARI("2026-05-20"))]
    finally:
        dunia.tutup()
    assert data["pada"] == "2026-05-20"
    assert sorted(json.dumps(t) for t in data["tenggat"]) == sorted(inti)


@pytest.mark.parametrize(
    ("pada", "status", "sisa"),
    [("2026-05-30", "akan_datang", 1), ("2026-05-31", "jatuh_tempo", 0), ("2026-06-01", "terlambat", -1)],
)
def test_harus_31_mei_minggu_waisak_tidak_digeser(pada: str, status: str, sisa: int) -> None:
    """31 May 2026 is a Sunday and Waisak: the due date stays, the last working day before it is named, and why."""
    (t1,) = [t for t in _daftar("--unit", UNIT_UJI, "--tenggat", "T1", "--pada", pada) if t["jatuh_tempo"] == "2026-05-31"]
    assert (t1["status"], t1["sisa_hari"], t1["hari_kerja_terakhir"]) == (status, sisa, "2026-05-29")
    assert t1["alasan_libur"] == "Minggu, Hari Raya Waisak"
    assert "tidak digeser, hari kerja terakhir Jumat 29 Mei 2026" in t1["perhitungan"]


@pytest.mark.parametrize(
    ("pada", "tenggat", "kode"),
    [
        ("2026-05-28", "T7", 0),
        ("2026-05-29", "T7", 10),
        ("2026-06-01", "T7", 10),
        ("2025-04-09", "T2", 0),
        ("2025-04-10", "T2", 0),
        ("2026-05-31", "T1", 10),
        ("2026-05-30", "T1", 0),
    ],
)
def test_kode_keluar_10_adalah_jawaban(pada: str, tenggat: str, kode: int) -> None:
    """With --kode-keluar: 10 where something is due that day or overdue, never for a not-before day; the JSON stays on stdout."""
    argumen = ("--unit", UNIT_UJI, "--tenggat", tenggat, "--pada", pada)
    assert _daftar(*argumen) == _daftar(*argumen, "--kode-keluar", kode=kode)
    hasil = panggil("tenggat", "daftar", *argumen, "--kode-keluar")
    assert (hasil.exit_code, hasil.stderr, bool(hasil.stdout)) == (kode, "", True)


def test_tanggal_paling_cepat_bukan_batas() -> None:
    """A not-before day carries its sifat, is open until it comes and is never due or overdue; it counts by itself."""
    (t2,) = _daftar("--unit", UNIT_UJI, "--tenggat", "T2", "--pada", "2025-04-09")
    assert (t2["sifat"], t2["status"], t2["jatuh_tempo"]) == ("tidak_sebelum", "akan_datang", "2025-04-10")
    assert _daftar("--unit", UNIT_UJI, "--tenggat", "T2", "--pada", "2025-04-10") == []
    (lewat,) = _daftar("--unit", UNIT_UJI, "--tenggat", "T2", "--pada", "2025-04-11", "--semua")
    assert lewat["status"] == "dipenuhi"
    data = jawab("tenggat", "daftar", "--unit", UNIT_UJI, "--pada", "2025-04-09")
    assert data["jumlah"]["tidak_sebelum"] == 1
    assert sum(data["jumlah"].values()) == len(data["tenggat"])


def test_saringan() -> None:
    """--unit, --tenggat, --peran, --status, --sampai and --semua each keep what they name; several values of one add up."""
    pada = ("--pada", "2026-05-29")
    assert _nama(_daftar("--unit", UNIT_UJI, "--tenggat", "T1", "--tenggat", "T7", *pada)) == {
        f"{UNIT_UJI} T1 2026",
        f"{UNIT_UJI} T7 A1 2026",
        f"{UNIT_UJI} T7 B 2 2026",
    }
    assert {t["id"] for t in _daftar("--peran", "tpi", *pada)} == {"T1", "T3", "T5", "T6", "T10"}
    assert _nama(_daftar("--unit", UNIT_UJI, "--status", "jatuh_tempo", *pada)) == {f"{UNIT_UJI} T7 A1 2026"}
    dua = _daftar("--unit", UNIT_UJI, "--status", "jatuh_tempo", "--status", "terlambat", *pada)
    assert _nama(dua) == {f"{UNIT_UJI} T7 A1 2026", f"{UNIT_UJI} T5 2024"}
    sampai = _daftar("--unit", UNIT_UJI, "--sampai", "2026-05-30", *pada)
    assert _nama(sampai) == _nama(dua)


def test_yang_dipenuhi_hanya_bila_diminta() -> None:
    """What is discharged is left out, unless --semua or its status asks for it; then it says when, by what, and its numbers."""
    argumen = ("--unit", BANYAK[0], "--tenggat", "T3", "--pada", "2026-05-20")
    assert [t["status"] for t in _daftar(*argumen)] == ["akan_datang"]
    assert [t["status"] for t in _daftar(*argumen, "--semua")] == ["dipenuhi", "akan_datang"]
    (satu,) = _daftar(*argumen, "--status", "dipenuhi")
    assert (satu["jatuh_tempo"], satu["dipenuhi"], satu["oleh"]) == ("2025-12-01", "2025-11-20", "laporan_berkala 700/9")
    assert len(satu["bukti"]) == 1


def test_hari_yang_lalu_menurut_yang_sudah_terjadi_waktu_itu() -> None:
    """On an earlier day only what had happened by then counts: the report of November is not there in October."""
    (satu,) = _daftar("--unit", BANYAK[0], "--tenggat", "T3", "--pada", "2025-10-20")
    assert (satu["jatuh_tempo"], satu["status"]) == ("2025-12-01", "akan_datang")


def test_jsonl_satu_baris_satu_tenggat() -> None:
    """With --jsonl every due date is a line of its own, the same as in the list."""
    hasil = panggil("tenggat", "daftar", "--pada", "2026-05-20", "--jsonl")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    baris = [json.loads(b) for b in hasil.stdout.splitlines()]
    assert all(b.pop("skema") == 1 for b in baris)
    assert baris == _daftar("--pada", "2026-05-20")


def test_layar_muat_80_kolom_dan_yang_terlambat_lebih_dahulu() -> None:
    """Thirty units and a hundred lines: what is overdue first and said in words, no line wider than 80, counts and the next step last."""
    hasil = panggil("tenggat", "daftar", "--pada", "2026-05-29", "--semua")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    baris = hasil.stdout.splitlines()
    assert max(map(len, baris)) <= 80
    judul = [b for b in baris if b[:1].isupper() and b.endswith(")") and b.split(" (")[0].isupper()]
    assert [j.split(" (")[0] for j in judul] == [
        "TERLAMBAT",
        "JATUH TEMPO HARI INI",
        "DALAM 30 HARI",
        "SESUDAH 30 HARI",
        "SUDAH DIPENUHI",
        "PALING CEPAT DIUSULKAN",
    ]
    data = jawab("tenggat", "daftar", "--pada", "2026-05-29", "--semua")
    assert f"TERLAMBAT ({data['jumlah']['terlambat']})" in judul
    assert "T7: Butir rencana aksi." in baris[-4:]
    assert f"{data['jumlah']['terlambat']} terlambat, 1 jatuh tempo hari ini" in hasil.stdout
    assert baris[-1] == f"Penjelasan satu tenggat: zi tenggat jelaskan {UNIT_UJI} T5"


def test_layar_menyebut_hari_kerja_terakhir_dan_sisa_dalam_kata() -> None:
    """A due date on a holiday names the holiday and the last working day; days left and past are said; hostile text is escaped."""
    layar = panggil("tenggat", "daftar", "--unit", UNIT_UJI, "--pada", "2026-05-29").stdout
    rata = " ".join(layar.split())
    assert "hari kerja terakhir 29 Mei 2026)" in rata
    assert "hari ini" in rata
    assert "2 hari" in rata
    assert "\u202e" not in layar
    assert "[/x] \\u202ekanan" in rata
    satu = panggil("tenggat", "daftar", "--unit", UNIT_UJI, "--tenggat", "T7", "--sampai", "2026-05-31", "--pada", "2026-06-05").stdout
    assert satu.splitlines()[-1] == f"Penjelasan satu tenggat: zi tenggat jelaskan {UNIT_UJI} T7 --butir A1"
    assert "1 terlambat" not in satu
    assert "2 terlambat" in satu


def test_layar_tanpa_tenggat_mengatakannya() -> None:
    """Nothing open is said in a sentence, exit 0."""
    hasil = panggil("tenggat", "daftar", "--unit", "BARU", "--pada", "2026-05-20", "--kode-keluar")
    assert (hasil.exit_code, hasil.stdout) == (0, "Tidak ada tenggat yang cocok pada 20 Mei 2026.\n")


def test_layar_tanggal_paling_cepat_yang_sudah_tiba() -> None:
    """A not-before day that has come is shown as such, never as overdue."""
    layar = panggil("tenggat", "daftar", "--unit", UNIT_UJI, "--tenggat", "T2", "--semua", "--pada", "2026-05-20").stdout
    assert "sudah tiba" in layar
    assert "0 terlambat" in layar


def test_register_tanpa_unit(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store without units has no due dates, and that is no error."""
    monkeypatch.setenv("ZI_BASIS", f"sqlite:///{tmp_path_factory.mktemp('kosong') / 'zi.db'}")
    assert panggil("siapkan").exit_code == 0
    assert jawab("tenggat", "daftar", "--kode-keluar")["tenggat"] == []


@pytest.mark.parametrize(
    ("argumen", "kode", "kata", "lanjut"),
    [
        (("--unit", "DISPOR"), 3, "Maksud Anda: DISPORA?", "zi tenggat daftar --unit DISPORA"),
        (("--unit", ""), 3, "tidak ditemukan", "zi unit daftar"),
        (("--tenggat", "t1"), 3, "Maksud Anda: T1", "zi tenggat daftar --tenggat T1"),
        (("--tenggat", "T1", "--tenggat", "X99"), 3, "Tenggat 'X99' tidak dikenal", "zi tenggat daftar"),
        (("--peran", "tpii"), 2, "Maksud Anda: tpi?", "zi tenggat daftar --peran tpi"),
        (("--status", "telat"), 2, "telat", "zi tenggat daftar --status terlambat"),
        (("--pada", "2026-02-30"), 2, "Februari 2026 berakhir", "--help"),
        (("--sampai", "besok"), 2, "bukan tanggal", "--help"),
        (("--pada", "2200-01-01"), 2, "terlalu jauh", "lebih awal"),
        (("DISPORA",), 2, "DISPORA", "--help"),
    ],
)
def test_masukan_salah_dijelaskan(argumen: tuple[str, ...], kode: int, kata: str, lanjut: str) -> None:
    """A name that is not there, a day that does not exist: what happened, the value, the next step; the same for programs."""
    pesan, _, langkah = galat("tenggat", "daftar", *argumen, kode=kode)
    assert kata in pesan
    assert lanjut in langkah
