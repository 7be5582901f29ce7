"""``zi audit ulang``: clean where nothing was touched, exit 7 and by name where something was, on screen and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.alat.dunia import UNIT_UJI, definisi
from tests.alat.hidup import BARU, buang_definisi, rusak, salin
from tests.cli.alat_cli import panggil
from tests.cli.register import galat, jawab, muat_sekali, potret


@pytest.fixture(autouse=True)
def berkas(rumah: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of a register full of past decisions."""
    monkeypatch.setenv("ZI_BASIS", salin(rumah / "zi.db"))
    muat_sekali(monkeypatch)
    return rumah / "zi.db"


def _nomor(*saringan: str) -> int:
    nomor: int = jawab("audit", "cari", *saringan)["peristiwa"][0]["nomor"]
    return nomor


def test_harus_register_yang_utuh_tidak_berbeda(berkas: Path) -> None:
    """The whole register, and one unit of it: every decision the same, exit 0, nothing written; on screen how many."""
    sebelum = potret(f"sqlite:///{berkas}")
    data = jawab("audit", "ulang")
    assert list(data) == ["skema", "unit", "putusan", "sama", "beda"]
    assert (data["unit"], data["beda"], data["putusan"]) == (None, [], data["sama"])
    satu = jawab("audit", "ulang", UNIT_UJI)
    assert (satu["unit"], satu["beda"]) == (UNIT_UJI, [])
    assert 0 < satu["putusan"] < data["putusan"]
    hasil = panggil("audit", "ulang")
    assert hasil.exit_code == 0
    assert hasil.stdout == f"{data['putusan']} putusan diulang dengan 2 definisi: {data['putusan']} sama, 0 berbeda.\n"
    assert potret(f"sqlite:///{berkas}") == sebelum


def test_harus_yang_diubah_disebut_dengan_kode_keluar_7(berkas: Path) -> None:
    """A figure changed in the database: the move that it no longer carries is named, with the requirement, then and now; exit 7."""
    pakta, langkah = _nomor("--unit", UNIT_UJI, "--jenis", "pakta_integritas"), _nomor("--unit", UNIT_UJI, "--jenis", "canangkan")
    rusak(berkas, pakta, lambda isi: isi["isi"].update(penandatangan=20))
    data = jawab("audit", "ulang", UNIT_UJI, kode=7)
    beda = {b["nomor"]: b for b in data["beda"]}
    assert data["sama"] == data["putusan"] - len(beda)
    assert {k: beda[langkah][k] for k in ("unit", "perintah", "tanggal", "sidik_regulasi")} == {
        "unit": UNIT_UJI, "perintah": "canangkan", "tanggal": "2024-03-11", "sidik_regulasi": definisi().sidik,
    }  # fmt: skip
    assert beda[langkah]["apa"][0] == "dahulu diterima (LangkahDiambil), kini ditolak"
    hasil = panggil("audit", "ulang")
    assert hasil.exit_code == 7
    assert f"nomor {langkah}, canangkan {UNIT_UJI}, 11 Maret 2024:" in hasil.stdout
    assert "syarat R2: terpenuhi, ditemukan 96.67 menjadi tidak terpenuhi" in " ".join(hasil.stdout.split())
    assert hasil.stdout.splitlines()[-1] == f"Lihat satu putusan: zi audit lihat {min(beda)}"
    assert jawab("audit", "ulang", BARU)["beda"] == []


def test_harus_fakta_instansi_dan_pejabat_ikut_diulang(berkas: Path) -> None:
    """Without a unit also what was decided about facts and officials; a difference there has no unit."""
    nomor = _nomor("--jenis", "tpi")
    rusak(berkas, nomor, lambda _: None, oleh="X-BUKAN")
    beda = {b["nomor"]: b for b in jawab("audit", "ulang", kode=7)["beda"]}
    assert beda[nomor]["unit"] is None
    assert f"nomor {nomor}, angkat-pejabat, " in panggil("audit", "ulang").stdout
    assert jawab("audit", "ulang", BARU)["beda"] == []


def test_harus_definisi_yang_tidak_tersimpan_disebut(berkas: Path) -> None:
    """Without the definition that decided, each of its decisions says which one is missing."""
    sidik = jawab("audit", "cari", "--unit", BARU)["peristiwa"][0]["sidik_regulasi"]
    buang_definisi(berkas, sidik)
    data = jawab("audit", "ulang", BARU, kode=7)
    assert (data["sama"], {tuple(b["apa"]) for b in data["beda"]}) == (0, {(f"Definisi {sidik} tidak tersimpan",)})


def test_isi_jahat_tampak_sebagai_teks(berkas: Path) -> None:
    """What was written into the database is shown with its control characters escaped, and is never markup."""
    nomor = _nomor("--unit", UNIT_UJI, "--jenis", "canangkan")
    rusak(berkas, nomor, lambda isi: isi.update(ke="[/x]\x1b[31m\u202e"))
    hasil = panggil("audit", "ulang", UNIT_UJI)
    assert hasil.exit_code == 7
    assert "[/x]" in hasil.stdout
    assert all(h.isprintable() or h == "\n" for h in hasil.stdout)
    assert "\x1b" in json.dumps(jawab("audit", "ulang", UNIT_UJI, kode=7)["beda"][0]["apa"]).encode().decode("unicode_escape")


def test_unit_yang_tidak_ada() -> None:
    """A unit that is not there is not found, with what was probably meant."""
    pesan, _, lanjut = galat("audit", "ulang", "DISPRA", kode=3)
    assert f"Maksud Anda: {UNIT_UJI}?" in pesan
    assert lanjut == f"zi audit ulang {UNIT_UJI}"
