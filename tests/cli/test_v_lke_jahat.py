"""``zi lke impor`` under attack, as a program: one clear message, exit 2, nothing written; and what we export comes back the same."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.alat.dunia import KEPALA, PENILAI, UNIT_UJI
from tests.cli.alat_cli import ZI, jalankan, panggil
from tests.cli.register import galat, jawab, muat_sekali, potret, register
from tests.cli.test_v_lke_impor import IMPOR, JAWABAN, TPI, isian, tercatat
from zi_workflow.cli import lke_impor
from zi_workflow.workbook.ministry import tulis_kementerian

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a register with one unit and its officials, and name it in the environment."""
    muat_sekali(monkeypatch)
    alamat = register(f"sqlite:///{tmp_path / 'zi.db'}")
    monkeypatch.setenv("ZI_BASIS", alamat)
    return alamat


def _ubah(**sel: float | str | None) -> bytes:
    buku = openpyxl.load_workbook(BytesIO(tulis_kementerian(isian())))
    for rujukan, nilai in sel.items():
        buku["LKE ZI"][rujukan] = nilai
    return _simpan(buku)


def _simpan(buku: openpyxl.Workbook) -> bytes:
    hasil = BytesIO()
    buku.save(hasil)
    return hasil.getvalue()


def _lembar(ubah: Callable[[openpyxl.Workbook], object]) -> bytes:
    buku = openpyxl.load_workbook(BytesIO(tulis_kementerian(isian())))
    ubah(buku)
    return _simpan(buku)


def _bagian(nama: str, isi: bytes) -> bytes:
    """Return a template with one part added or replaced."""
    hasil = BytesIO()
    with zipfile.ZipFile(BytesIO(tulis_kementerian(isian()))) as lama, zipfile.ZipFile(hasil, "w", zipfile.ZIP_DEFLATED) as baru:
        for satu in (n for n in lama.namelist() if n != nama):
            baru.writestr(satu, lama.read(satu))
        baru.writestr(nama, isi)
    return hasil.getvalue()


def _xml(nama: str, lama: bytes, baru: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(tulis_kementerian(isian()))) as paket:
        isi = paket.read(nama)
    assert lama in isi
    return _bagian(nama, isi.replace(lama, baru, 1))


JAHAT: dict[str, tuple[Callable[[], bytes], str]] = {
    "bom-zip": (lambda: _bagian("xl/media/x.bin", b"\0" * 80_000_000), "besar"),
    "sel-xfd1048576": (lambda: _ubah(XFD1048576="x"), "XFD1048576"),
    "tautan-luar": (lambda: _bagian("xl/externalLinks/externalLink1.xml", b"<x/>"), "tautan"),
    "makro": (lambda: _bagian("xl/vbaProject.bin", b"makro"), "makro"),
    "terkunci": (lambda: OLE + "EncryptedPackage".encode("utf-16le"), "sandi"),
    "xls-lama": (lambda: OLE, ".xls"),
    "tanggal-1904": (lambda: _xml("xl/workbook.xml", b"<workbookPr ", b'<workbookPr date1904="1" '), "1904"),
    "desimal-koma": (lambda: _ubah(K202="0,5"), "Sel K202: '0,5'"),
    "persen": (lambda: _ubah(K130="50%"), "Sel K130: '50%'"),
    "sel-gabungan": (lambda: _lembar(lambda b: b["LKE ZI"].merge_cells("K8:K9")), "Sel K8: terisi, padahal digabung"),
    "baris-tersembunyi": (lambda: _lembar(lambda b: setattr(b["LKE ZI"].row_dimensions[9], "hidden", True)), "Sel K9: terisi, padahal"),
    "rumus-tanpa-nilai": (lambda: _ubah(K9='=IF(1=1,"A","B")'), "Sel K9: berisi rumus yang belum dihitung"),
    "lembar-salah": (lambda: _lembar(lambda b: setattr(b["LKE ZI"], "title", "Lembar1")), "tidak dikenali"),
    "bukan-zip": (lambda: b"PK\x03\x04" + b"\0" * 64, ""),
    "teks": (lambda: b"soal,jawaban\n1,A\n", ""),
    "kosong": (lambda: b"", ""),
    "doctype": (lambda: _bagian("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'), ""),
}


@pytest.mark.parametrize("nama", JAHAT)
def test_setiap_buku_kerja_jahat_satu_pesan(nama: str, rumah: Path, url: str) -> None:
    """Each attack is one clear message with exit 2, within the time; the store stays as it was."""
    buat, sebut = JAHAT[nama]
    Path("jahat.xlsx").write_bytes(buat())
    sebelum = potret(url)
    hasil = jalankan(rumah, *IMPOR, "jahat.xlsx", *TPI, program=ZI, env={"ZI_BASIS": url})
    galat_ = hasil.stderr.decode().splitlines()
    assert (hasil.returncode, hasil.stdout) == (2, b""), hasil.stderr
    assert [b.split(":")[0] for b in galat_] == ["Galat", "Sebab", "Lanjut"], hasil.stderr
    assert sebut in "\n".join(galat_)
    assert potret(url) == sebelum


def test_bukan_berkas_biasa_tidak_ditunggu(rumah: Path, url: str) -> None:
    """A pipe under the name of a workbook is refused, not waited for; so are a folder and a name that is not there."""
    os.mkfifo("pipa.xlsx")
    Path("folder.xlsx").mkdir()
    for nama in ("pipa.xlsx", "folder.xlsx", "tiada.xlsx"):
        hasil = jalankan(rumah, *IMPOR, nama, *TPI, program=ZI, env={"ZI_BASIS": url})
        assert (hasil.returncode, hasil.stdout) == (2, b""), hasil.stderr


def test_berkas_yang_berubah_selagi_dibaca_tidak_dicatat(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept as evidence is what was read: a file that changes in between is refused."""
    asli = lke_impor.baca_impor

    def lalu_ubah(*isi: object) -> object:
        hasil = asli(*isi)  # type: ignore[arg-type] # whatever the verb hands over
        with Path("lke.xlsx").open("ab") as berkas:
            berkas.write(b"lain")
        return hasil

    Path("lke.xlsx").write_bytes(tulis_kementerian(isian()))
    monkeypatch.setattr(lke_impor, "baca_impor", lalu_ubah)
    sebelum = potret(url)
    assert "berubah" in galat_sekali(*IMPOR, "lke.xlsx", *TPI)
    assert potret(url) == sebelum


def galat_sekali(*argumen: str) -> str:
    """Run once in this process; return what was said of the mistake."""
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    return hasil.stderr


@pytest.mark.parametrize("bentuk", ["kementerian", "portalrb", "json"])
def test_ekspor_lalu_impor_memberi_jawaban_yang_sama(bentuk: str, url: str) -> None:
    """Each export, filed again, changes nothing; filed for an empty year's twin it gives the very same answers."""
    Path("lke.xlsx").write_bytes(tulis_kementerian(isian(catatan={"3": "=1+1"})))
    jawab(*IMPOR, "lke.xlsx", *TPI)
    Path("unit.xlsx").write_bytes(tulis_kementerian(isian({**JAWABAN, "2": "C"}, penilai="unit")))
    jawab(*IMPOR, "unit.xlsx", "--tahun", "2025", "--penilai", "unit", "--oleh", KEPALA, "--tanggal", "2025-04-01")
    nama = "keluar.json" if bentuk == "json" else "keluar.xlsx"
    jawab("lke", "ekspor", UNIT_UJI, "--tahun", "2025", "--ke", nama, "--bentuk", bentuk)
    sebelum = potret(url)
    assert jawab(*IMPOR, nama, *TPI)["perubahan"]["butir"] == []
    assert potret(url) == sebelum
    jawab("catat", "lke", UNIT_UJI, "--tahun", "2025", "--penilai", "tpi", "--isi", _isi(), "--oleh", PENILAI, "--tanggal", "2025-05-01")
    jawab(*IMPOR, nama, *TPI[:-1], "2025-05-02")
    assert (tercatat()["jawaban"], tercatat()["catatan"]) == (JAWABAN, {"3": "=1+1"})


def _isi() -> str:
    Path("isi.json").write_text('{"jawaban": {"1": "Tidak"}}', encoding="utf-8")
    return "isi.json"


def test_galat_sama_bagi_orang_dan_program() -> None:
    """The message about bad cells is the same on the screen and in JSON."""
    Path("jahat.xlsx").write_bytes(_ubah(K9="F"))
    assert "Sel K9: 'F' bukan A/B/C" in galat(*IMPOR, "jahat.xlsx", *TPI, kode=2)[0]
