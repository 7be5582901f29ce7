"""``zi koreksi``, ``zi tarik``, ``zi akui``: what is shown and asked, the mark on the unit, and the same in a batch."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.alat.brankas import salin_toko
from tests.alat.dunia import ADMIN, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA, sampai
from tests.alat.toko import toko
from tests.cli.alat_cli import panggil
from tests.cli.register import berkas_tersimpan, galat, galat_json, jawab, muat_sekali, potret, tiga_baris

KURANG = "jumlah_pegawai: 60\npenandatangan: 20\npimpinan: ya\n"
ALASAN = ("--alasan", "salah ketik")
HARI = "2026-03-03"


@cache
def _register() -> TemporaryDirectory[str]:
    """Make a register whose unit was declared: the pakta is a record, the declaration a move that relied on it."""
    folder = TemporaryDirectory()
    dunia = toko(f"sqlite:///{folder.name}/zi.db")
    try:
        sampai("pencanangan", dunia=dunia)
    finally:
        dunia.tutup()
    return folder


@pytest.fixture(autouse=True)
def basis(rumah: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a copy of the register, and the registrar who acts."""
    salin_toko(Path(_register().name) / "zi.db", rumah / "zi.db")
    (rumah / "isi.yaml").write_text(KURANG)
    url = f"sqlite:///{rumah / 'zi.db'}"
    monkeypatch.setenv("ZI_BASIS", url)
    monkeypatch.setenv("ZI_PELAKU", ADMIN)
    muat_sekali(monkeypatch)
    return url


def _nomor(jenis: str) -> int:
    """Return the number of the first event of a kind."""
    nomor: int = jawab("audit", "cari", "--jenis", jenis)["peristiwa"][0]["nomor"]
    return nomor


def _koreksi(*opsi: str, isi: str = "isi.yaml") -> dict[str, Any]:
    """Correct the pakta and return the one result."""
    (hasil,) = jawab("koreksi", str(_nomor("pakta_integritas")), "--isi", isi, *ALASAN, *opsi)["hasil"]
    assert isinstance(hasil, dict)
    return hasil


def test_bentuk_json() -> None:
    """The answer names the correction and each unit's review, with every decision then and now, and which requirement differs."""
    langkah = _nomor("canangkan")
    hasil = _koreksi()
    assert set(hasil) == {"perintah", "unit", "nomor", "sudah_tercatat", "versi", "tahap", "predikat", "peringatan", "tinjauan"}
    assert (hasil["perintah"], hasil["unit"], hasil["tahap"], hasil["sudah_tercatat"]) == ("koreksi", UNIT_UJI, "pencanangan", False)
    (tinjauan,) = hasil["tinjauan"]
    (putusan,) = tinjauan.pop("putusan")
    assert tinjauan == {"unit": UNIT_UJI, "nomor": hasil["nomor"][1]}
    (beda,) = putusan.pop("beda")
    assert putusan == {
        "nomor": langkah, "perintah": "canangkan", "tanggal": "2024-03-11", "diterima": True, "kini": False, "sama": False,
        "dibatalkan": None,
    }  # fmt: skip
    assert beda == {"id": "R2", "dulu": "terpenuhi, ditemukan 96.67", "kini": "tidak terpenuhi, ditemukan 33.33"}


def test_harus_di_layar_putusan_dan_cara_mengakui() -> None:
    """People read which decision would come out otherwise, by which requirement, that nothing is moved, and how to take note."""
    pakta, langkah = _nomor("pakta_integritas"), _nomor("canangkan")
    hasil = panggil("koreksi", str(pakta), "--isi", "isi.yaml", *ALASAN)
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    teks = " ".join(hasil.stdout.split())
    assert "1 putusan bersandar pada catatan ini; 1 akan diputus lain. Tidak ada yang dipindahkan." in teks
    assert f"nomor {langkah}, canangkan 11 Maret 2024: dahulu diterima, kini akan ditolak" in teks
    assert "- R2: terpenuhi, ditemukan 96,67, menjadi tidak terpenuhi, ditemukan 33,33" in teks
    nomor = _nomor("PutusanDitinjau")
    assert f'Unit ditandai sampai diakui: zi akui {nomor} --catatan "…"' in teks
    assert "Tidak ada putusan yang bersandar" in panggil("tarik", str(_nomor("opini_bpk")), "--alasan", "ganda").stdout


def test_tetap_sama_dan_sudah_dibatalkan() -> None:
    """A figure that changes without changing the outcome is shown as such; a move that was undone since says by which event."""
    batal = jawab("maju", "batalkan-langkah", UNIT_UJI, "--alasan", "x", "--nomor", "BA/1", "--tanggal", HARI)["hasil"][0]["nomor"][0]
    (Path.cwd() / "isi.yaml").write_text(KURANG.replace("20", "57"))
    teks = " ".join(panggil("koreksi", str(_nomor("pakta_integritas")), "--isi", "isi.yaml", *ALASAN).stdout.split())
    assert "1 putusan bersandar pada catatan ini; tidak ada yang akan diputus lain." in teks
    assert f"canangkan 11 Maret 2024 (sudah dibatalkan, nomor {batal}): dahulu diterima, kini tetap diterima" in teks
    assert "- R2: terpenuhi, ditemukan 96,67, menjadi terpenuhi, ditemukan 95" in teks
    saksi = [{"nama": "Saksi Satu", "unsur": "wali_kota"}, {"nama": "Saksi Dua", "unsur": "dunia_usaha"}]
    (Path.cwd() / "piagam.json").write_text(json.dumps({"penandatangan": KEPALA, "saksi": saksi}))
    teks = " ".join(panggil("koreksi", str(_nomor("piagam")), "--isi", "piagam.json", *ALASAN).stdout.split())
    assert "1 putusan bersandar pada catatan ini; tidak ada yang akan diputus lain, 1 dengan syarat lain." in teks
    assert "dahulu diterima, kini diterima, dengan syarat lain" in teks
    assert "- R4.inspektorat: terpenuhi, ditemukan inspektorat, menjadi tidak terpenuhi" in teks


def test_harus_tanda_tampak_sampai_diakui() -> None:
    """The mark is in the unit, in the list and in both JSONs until somebody takes note; then nowhere; a second time is an error."""
    assert jawab("unit", "lihat", UNIT_UJI)["tinjauan"] == []
    hasil = _koreksi()
    nomor = hasil["nomor"][1]
    lihat = jawab("unit", "lihat", UNIT_UJI)
    assert (lihat["tahap"], lihat["versi"]) == ("pencanangan", hasil["versi"])
    (tanda,) = lihat["tinjauan"]
    assert tanda == {
        "nomor": nomor,
        "jenis": "pakta_integritas",
        "bukti": _nomor("pakta_integritas"),
        "putusan": hasil["tinjauan"][0]["putusan"],
    }
    assert [u["tinjauan"] for u in jawab("unit", "daftar")["unit"]] == [[nomor]]
    assert "[putusan ditinjau]" in panggil("unit", "daftar").stdout
    layar = panggil("unit", "lihat", UNIT_UJI).stdout
    assert f"PUTUSAN DITINJAU (nomor {nomor})" in layar
    assert f"zi akui {nomor} --catatan" in layar
    (diakui,) = jawab("akui", str(nomor), "--catatan", "dibahas; tetap", "--oleh", PENILAI)["hasil"]
    assert (diakui["unit"], diakui["tahap"], "tinjauan" in diakui) == (UNIT_UJI, "pencanangan", False)
    assert jawab("unit", "lihat", UNIT_UJI)["tinjauan"] == []
    assert [u["tinjauan"] for u in jawab("unit", "daftar")["unit"]] == [[]]
    assert "DITINJAU" not in panggil("unit", "lihat", UNIT_UJI).stdout
    pesan, sebab, lanjut = galat("akui", str(nomor), "--catatan", "lagi", kode=3)
    assert f"tidak mempunyai peninjauan nomor {nomor}" in pesan
    assert "sudah diakui" in sebab
    assert lanjut == f"zi unit lihat {UNIT_UJI}"


def test_keduanya_tetap_terlihat() -> None:
    """The record as it was and what replaced and retracted it are all in the trail, with reason and actor."""
    pakta = _nomor("pakta_integritas")
    _koreksi()
    jawab("tarik", str(pakta), "--alasan", "ganda", "--oleh", KEPALA)
    semua = {
        p["jenis"].partition("@")[0]: p for p in jawab("audit", "cari", "--unit", UNIT_UJI, "--jenis", "pakta_integritas")["peristiwa"]
    }
    assert {"BuktiDicatat", "BuktiDikoreksi", "BuktiDitarik"} <= set(semua)
    assert semua["BuktiDicatat"]["isi"]["isi"]["penandatangan"] == 58
    assert (semua["BuktiDikoreksi"]["isi"]["alasan"], semua["BuktiDikoreksi"]["oleh"]) == ("salah ketik", ADMIN)
    assert (semua["BuktiDitarik"]["isi"]["alasan"], semua["BuktiDitarik"]["oleh"]) == ("ganda", KEPALA)
    assert {p["tanggal"] for nama, p in semua.items() if nama.startswith("Bukti")} == {"2024-03-04"}


def test_harus_percobaan_menunjukkan_dan_tidak_menulis(basis: str) -> None:
    """A trial shows the list, on screen and as JSON without numbers, and leaves the store as it was."""
    sebelum = potret(basis)
    hasil = _koreksi("--coba")
    assert (hasil["nomor"], hasil["tinjauan"][0]["nomor"], len(hasil["tinjauan"][0]["putusan"])) == ([], None, 1)
    layar = panggil("tarik", str(_nomor("pakta_integritas")), "--alasan", "ganda", "--coba").stdout
    assert "Percobaan: tarik DISPORA akan diterima; tidak ada yang ditulis." in layar
    assert "dahulu diterima, kini akan ditolak" in layar
    assert "zi akui" not in layar
    assert potret(basis) == sebelum


def test_isi_sama_kunci_dan_versi(basis: str) -> None:
    """The same contents say so and write nothing; the same key answers again; another version than expected is a conflict."""
    satu = panggil("koreksi", str(_nomor("pakta_integritas")), "--isi", "isi.yaml", *ALASAN, "--kunci", "K", "--json")
    sebelum = potret(basis)
    lagi = json.loads(panggil("koreksi", str(_nomor("pakta_integritas")), "--isi", "isi.yaml", *ALASAN, "--kunci", "K", "--json").stdout)
    assert (lagi.pop("ulangan"), {**lagi, "ulangan": False}) == (True, json.loads(satu.stdout))
    sama = _koreksi()
    assert (sama["sudah_tercatat"], sama["tinjauan"]) == (True, [])
    versi = jawab("unit", "lihat", UNIT_UJI)["versi"]
    assert potret(basis) == sebelum
    nomor = str(_nomor("pakta_integritas"))
    assert f"versi {versi}, bukan 1" in galat("tarik", nomor, "--alasan", "x", "--versi", "1", kode=6)[0]
    assert jawab("tarik", nomor, "--alasan", "x", "--versi", str(versi))["hasil"][0]["versi"] == versi + 2


def test_harus_tanpa_wewenang_ditolak_dengan_daftar_periksa() -> None:
    """Without the role: exit 5, the whole checklist, in words and as JSON; written to the refusals of the unit."""
    nomor = str(_nomor("pakta_integritas"))
    data = galat_json(panggil("koreksi", nomor, "--isi", "isi.yaml", *ALASAN, "--oleh", WALI_KOTA, "--json"), 5)
    (daftar,) = data["penolakan"]
    assert {s["id"]: s["terpenuhi"] for s in daftar["syarat"]} == {"R29.catatan": True, "R30": False}
    hasil = panggil("tarik", nomor, "--alasan", "x", "--oleh", WALI_KOTA)
    assert hasil.exit_code == 5
    assert "Galat: tarik DISPORA ditolak: 1 syarat belum terpenuhi" in hasil.stderr
    semua = jawab("audit", "cari", "--unit", UNIT_UJI, "--jenis", "PerintahDitolak")["peristiwa"]
    assert [p["isi"]["perintah"] for p in semua] == ["koreksi", "tarik"]
    assert jawab("unit", "lihat", UNIT_UJI)["penolakan_terakhir"]["perintah"] == "tarik"


@pytest.mark.parametrize(
    ("argumen", "kode", "kata", "lanjut"),
    [
        (["koreksi", "99999", "--isi", "isi.yaml", *ALASAN], 3, "nomor 99999 tidak ada", "zi audit cari --jenis BuktiDicatat"),
        (["tarik", "99999", *ALASAN], 3, "nomor 99999 tidak ada", "zi audit cari --jenis BuktiDicatat"),
        (["tarik", "9" * 30, *ALASAN], 2, "NOMOR", "zi tarik --help"),
        (["tarik", "0", *ALASAN], 2, "NOMOR", "zi tarik --help"),
        (["tarik", "1", *ALASAN], 2, "bukan catatan bukti (PejabatDiangkat)", "zi audit lihat 1"),
        (["akui", "1", "--catatan", "x"], 2, "bukan peninjauan putusan", "zi audit cari --jenis PutusanDitinjau"),
        (["akui", "2", "--catatan", "x"], 2, "bukan peninjauan putusan", f"zi audit cari --jenis PutusanDitinjau --unit {UNIT_UJI}"),
        (["koreksi", "20", "--isi", "isi.yaml"], 2, "--alasan", "zi koreksi --help"),
        (["koreksi", "20", *ALASAN], 2, "--isi", "zi koreksi --help"),
        (["tarik", "20", "--alasan", " "], 2, "alasan", ""),
        (["akui", "20"], 2, "--catatan", "zi akui --help"),
        (["koreksi", "20", "--isi", "tidak-ada.yaml", *ALASAN], 2, "tidak-ada.yaml", ""),
        (["koreksi", "20", "--isi", "isi.yaml", *ALASAN, "--berkas", "isi.yaml", "--tanpa-berkas"], 2, "bertentangan", "Pilih salah"),
        (["tarik", "20", *ALASAN, "--tanggal", "2024-03-03"], 2, "mendahului catatannya", "Hapus --tanggal"),
    ],
)  # fmt: skip
def test_masukan_salah(basis: str, argumen: list[str], kode: int, kata: str, lanjut: str) -> None:
    """Each mistake is one clear message with the next command, and writes nothing."""
    sebelum = potret(basis)
    pesan, _, kelanjutan = galat(*argumen, kode=kode)
    assert kata in pesan
    assert kelanjutan.startswith(lanjut)
    assert potret(basis) == sebelum


def test_langkah_dibatalkan_bukan_ditarik() -> None:
    """A move is no record: what undoes it is named, ready to type."""
    _, sebab, lanjut = galat("tarik", str(_nomor("canangkan")), *ALASAN, kode=2)
    assert "langkah dibatalkan" in sebab
    assert lanjut == f"zi maju batalkan-langkah {UNIT_UJI} --alasan … --nomor …"


def test_isi_yang_salah_menyebut_berkas_dan_isiannya() -> None:
    """A file with a field that is missing, one that is unknown, or none: named, from a file and from standard input."""
    nomor = str(_nomor("pakta_integritas"))
    pesan, *_ = tiga_baris(panggil("koreksi", nomor, "--isi", "-", *ALASAN, masukan='{"jumlah_pegawai": 60, "pimpinam": true}'), 2)
    assert "masukan baku" in pesan
    assert "'pimpinam' tidak dikenal; maksud Anda 'pimpinan'?" in pesan
    assert "'penandatangan' wajib diisi" in pesan


def test_berkas_bukti_diganti_dan_dilepas(rumah: Path) -> None:
    """New evidence is kept and replaces the old, in the trail too; --tanpa-berkas lets go of all; the old file stays kept."""
    (rumah / "scan.pdf").write_bytes(b"pakta yang benar")
    assert _koreksi("--berkas", "scan.pdf")["sudah_tercatat"] is False
    assert list(berkas_tersimpan(rumah / "zi.db.berkas").values()) == [b"pakta yang benar"]
    pakta = str(_nomor("pakta_integritas"))
    assert jawab("koreksi", pakta, "--isi", "isi.yaml", *ALASAN)["hasil"][0]["sudah_tercatat"] is True
    assert jawab("koreksi", pakta, "--isi", "isi.yaml", *ALASAN, "--tanpa-berkas")["hasil"][0]["sudah_tercatat"] is False
    isi = [p["isi"] for p in jawab("audit", "cari", "--jenis", "BuktiDikoreksi")["peristiwa"]]
    assert [[b["nama"] for b in i["berkas"]] for i in isi] == [["scan.pdf"], []]
    assert len(berkas_tersimpan(rumah / "zi.db.berkas")) == 1


def test_harus_terapkan_koreksi_tarik_akui(rumah: Path, basis: str) -> None:
    """The three in a batch of their own, all or none; mixed with other commands they are refused, and the item is named."""
    pakta, publikasi = _nomor("pakta_integritas"), _nomor("publikasi")
    isi = {"jumlah_pegawai": 60, "penandatangan": 20, "pimpinan": True}
    (rumah / "bukti.txt").write_bytes(b"bukti")
    batch: list[dict[str, Any]] = [
        {"perintah": "koreksi", "nomor": pakta, "isi": isi, "alasan": "salah ketik", "berkas": "bukti.txt"},
        {"perintah": "tarik", "nomor": publikasi, "alasan": "ganda", "oleh": KEPALA},
    ]
    (rumah / "satu.json").write_text(json.dumps(batch))
    satu, dua = jawab("terapkan", "satu.json")["hasil"]
    assert [satu["perintah"], dua["perintah"]] == ["koreksi", "tarik"]
    assert {b["id"] for b in dua["tinjauan"][0]["putusan"][0]["beda"]} == {"R2", "R3"}
    akui = [{"perintah": "akui", "nomor": h["nomor"][1], "catatan": "dibahas"} for h in (satu, dua)]
    (rumah / "akui.json").write_text(json.dumps(akui))
    assert len(jawab("terapkan", "akui.json")["hasil"]) == 2
    assert jawab("unit", "lihat", UNIT_UJI)["tinjauan"] == []
    sebelum = potret(basis)
    campur = [{"perintah": "catat", "jenis": "publikasi", "unit": UNIT_UJI, "isi": {"kanal": "Laman", "alamat": "a.example"}}, batch[0]]
    for i, salah in enumerate(([*batch, {"perintah": "tarik", "nomor": 99999, "alasan": "x"}], campur, akui)):
        (rumah / f"salah{i}.json").write_text(json.dumps(salah))
    galat("terapkan", "salah0.json", kode=3)
    pesan, _, lanjut = galat("terapkan", "salah1.json", kode=2)
    assert pesan.startswith("Butir ke-2")
    assert "tidak dicampur" in pesan
    assert lanjut == "Pisahkan menjadi dua berkas."
    assert galat("terapkan", "salah2.json", kode=3)[0].startswith("Butir ke-1")
    assert potret(basis) == sebelum
