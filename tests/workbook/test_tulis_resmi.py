"""The official workbook, filled: answers and notes only; nothing else in it changes, and what is not it is refused."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.lke.alat import semua
from tests.workbook.alat_tulis import JAHAT, buka, campuran, isi, lke
from zi_workflow.domain.cells import urai_rujukan
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.instrument import INDEKS
from zi_workflow.workbook import official
from zi_workflow.workbook.content import Penilaian
from zi_workflow.workbook.fill import jawab
from zi_workflow.workbook.ministry import tulis_kementerian
from zi_workflow.workbook.official import sel_resmi, tulis_resmi
from zi_workflow.workbook.portal import tulis_portal

LEMBAR = "LKE ZI"


def _resmi(ubah: Callable[[Workbook], None] | None = None) -> bytes:
    """Make a small official workbook: a hidden sheet, scales, formulas over the answers, a comment, a second language of texts."""
    tata = lke()[1].kementerian
    buku = Workbook()
    lembar = buku.active
    assert lembar is not None
    lembar.title = LEMBAR
    buku.create_sheet("Utama").sheet_state = "hidden"
    buku["Utama"]["A1"] = "=SUM(1,2)"
    for soal in lke()[0].soal.values():
        baris = tata.soal[soal.id]
        buku[LEMBAR][f"G{baris}"] = f"Soal resmi {soal.id}"
        buku[LEMBAR][f"J{baris}"] = tata.tulisan[soal.skala.id].replace(" (", "\n(")
        buku[LEMBAR][f"L{baris}"] = f'=IF(K{baris}="","Blm",K{baris})'
    for rumus in tata.rumus.values():
        buku[LEMBAR][f"K{rumus.baris}"] = f'=IF(K{rumus.baris + 1}="","Blm",1)'
    buku[LEMBAR]["O8"] = "catatan lama"
    if ubah:
        ubah(buku)
    keluar = io.BytesIO()
    buku.save(keluar)
    return keluar.getvalue()


@pytest.fixture
def wadah(tmp_path: Path) -> Path:
    """Give the small official workbook as a file."""
    berkas = tmp_path / "resmi.xlsx"
    berkas.write_bytes(_resmi())
    return berkas


def _sel(berkas: bytes) -> dict[tuple[str, str], tuple[Any, str, str, bool]]:
    """Return all cells that say anything: value, type, number format, whether locked."""
    buku = buka(berkas)
    return {
        (n, s.coordinate): (s.value, s.data_type, s.number_format, s.protection.locked)
        for n in buku.sheetnames
        for baris in buku[n].iter_rows()
        for s in baris
        if s.value is not None
    }


def test_hanya_jawaban_dan_catatan_yang_berubah(wadah: Path) -> None:
    """Answers and notes are there; every other cell, the hidden sheet and its formulas are as they were; old notes are gone."""
    satu = isi(penilaian=Penilaian(campuran(), {"3": "Catatan tiga"}))
    hasil, hilang = tulis_resmi(satu, wadah)
    sebelum, sesudah = _sel(wadah.read_bytes()), _sel(hasil)
    tata = satu.tata_letak
    boleh = {(LEMBAR, f"{k}{b}") for k in "KO" for b in tata.soal.values()} | {(LEMBAR, f"K{tata.rumus['117'].jumlah}")}
    assert {k: v for k, v in sebelum.items() if k not in boleh} == {k: v for k, v in sesudah.items() if k not in boleh}
    assert hilang == []
    for soal in lke()[0].soal.values():
        harap = campuran().get(soal.id)
        ada = sesudah.get((LEMBAR, f"K{tata.soal[soal.id]}"), (None,))[0]
        assert ada == (float(str(harap)) if soal.skala.jenis == INDEKS and harap is not None else harap)
    assert {v[0] for k, v in sesudah.items() if k in boleh and k[1].startswith("O")} == {"Catatan tiga"}
    assert buka(hasil)["Utama"].sheet_state == "hidden"
    assert hasil == tulis_resmi(satu, wadah)[0]
    with zipfile.ZipFile(io.BytesIO(hasil)) as baru, zipfile.ZipFile(wadah) as lama:
        assert {i.date_time for i in baru.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert baru.read("docProps/core.xml") == lama.read("docProps/core.xml")


def test_jumlah_yang_diketik_ikut_diisi() -> None:
    """The sum that the ministry leaves to the hand is filled once all of its parts are there, and left empty before."""
    sel = f"K{lke()[1].kementerian.rumus['117'].jumlah}"
    assert sel_resmi(isi(penilaian=Penilaian(semua("A"))))[sel] == 18
    kurang = {s: j for s, j in semua("A").items() if s != "118"}
    assert sel_resmi(isi(penilaian=Penilaian(kurang)))[sel] is None


def test_teks_orang_tetap_teks(wadah: Path) -> None:
    """No note becomes a formula, however it begins; such a cell is marked as text for Excel, too."""
    jahat = [t for t in JAHAT if "\ufffe" not in t and "_x" not in t]
    catatan = dict(zip(lke()[0].soal, jahat, strict=False))
    hasil, _ = tulis_resmi(isi(penilaian=Penilaian({}, catatan)), wadah)
    lembar = buka(hasil)[LEMBAR]
    for soal, teks in catatan.items():
        sel = lembar[f"O{lke()[1].kementerian.soal[soal]}"]
        assert (sel.value, sel.data_type) == (teks, "s") or teks == "\ufeff\u200b"
        assert bool(sel.quotePrefix) is teks.startswith(("=", "+", "-", "@"))
    with zipfile.ZipFile(io.BytesIO(hasil)) as paket:
        utama = paket.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>1+1</f>" not in utama
    assert "<hyperlink" not in utama


def test_lolosan_dan_karakter_kendali() -> None:
    """What a reader would take for an escape is escaped itself; what XML cannot carry is spelled out."""
    kepala, hasil = jawab(json.dumps({"lembar": LEMBAR, "sel": {"O8": "a_x0041_x0042_", "O9": "b\x01\ufffe"}}).encode() + b"\n" + _resmi())
    lembar = buka(hasil)[LEMBAR]
    assert lembar["O8"].value == "a_x005F_x0041_x005F_x0042_"
    assert lembar["O9"].value == "b\\u0001\\ufffe"
    assert kepala == {"hilang": []}


def _pindah(buku: Workbook) -> None:
    buku[LEMBAR].insert_rows(20)


def _nama(buku: Workbook) -> None:
    buku[LEMBAR].title = "Lembar1"


def _gabung(buku: Workbook) -> None:
    buku[LEMBAR].merge_cells("K8:K9")


@pytest.mark.parametrize(
    ("ubah", "pesan"), [(_pindah, "Susunan lembar"), (_nama, "tidak dikenali"), (_gabung, "K9 pada lembar 'LKE ZI' digabung")]
)
def test_wadah_yang_lain_ditolak(tmp_path: Path, ubah: Callable[[Workbook], None], pesan: str) -> None:
    """A workbook with moved rows, another sheet or merged answer cells is refused with what is wrong."""
    berkas = tmp_path / "lain.xlsx"
    berkas.write_bytes(_resmi(ubah))
    with pytest.raises(MasukanSalah, match=pesan):
        tulis_resmi(isi(), berkas)


def test_buku_kerja_kita_bukan_wadah(tmp_path: Path) -> None:
    """Our own template and PortalRB's sheet are no official workbook."""
    portal = lke()[1].portal
    assert portal is not None
    for nama, berkas, pesan in (
        ("templat.xlsx", tulis_kementerian(isi()), "bukan buku kerja resmi"),
        ("portal.xlsx", tulis_portal("D", "N", 2026, lke()[0], portal, {}), "tidak dikenali"),
    ):
        (tmp_path / nama).write_bytes(berkas)
        with pytest.raises(MasukanSalah, match=pesan):
            tulis_resmi(isi(), tmp_path / nama)


def test_berkas_yang_bukan_buku_kerja_ditolak(tmp_path: Path) -> None:
    """What is no workbook is refused by the reader before openpyxl sees it; a missing file is named."""
    (tmp_path / "teks.xlsx").write_text("bukan,buku,kerja", encoding="utf-8")
    for nama in ("teks.xlsx", "hilang.xlsx"):
        with pytest.raises(MasukanSalah, match=nama):
            tulis_resmi(isi(), tmp_path / nama)


def test_yang_tidak_terbawa_disebut(wadah: Path) -> None:
    """A part that openpyxl cannot keep (a picture that nothing it knows refers to) is named, not lost silently."""
    with zipfile.ZipFile(wadah, "a") as paket:
        paket.writestr("xl/media/gambar1.png", b"bukan gambar")
    assert tulis_resmi(isi(), wadah)[1] == ["xl/media/gambar1.png"]


@pytest.mark.parametrize(
    "program", ["bytearray(2 * 1024 ** 3)", "open('x', 'wb').write(bytes(300 * 1024 ** 2))", "import time; time.sleep(60)"]
)
def test_proses_anak_yang_gagal_adalah_galat_yang_jelas(wadah: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A child that wants more memory, disk or time than it gets is told as one error; the parent lives."""
    batas = "import os, sys; os.chdir(os.environ['TMPDIR']); sys.path += sys.argv[3:]; from zi_workflow.workbook import fill; "
    monkeypatch.setattr(official, "_PROGRAM", f"{batas}fill._batasi(int(sys.argv[1]), 5); {program}")
    monkeypatch.setattr(official, "DETIK", 1)
    with pytest.raises(MasukanSalah, match="tidak dapat diisi"):
        tulis_resmi(isi(), wadah)


def test_isi_yang_tidak_terbaca_ditolak_di_dalam_anak() -> None:
    """Damage that only openpyxl notices is a refusal with words, not a traceback."""
    keluar = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_resmi())) as lama, zipfile.ZipFile(keluar, "w") as baru:
        for nama in lama.namelist():
            baru.writestr(nama, b"<bukan" if nama == "xl/styles.xml" else lama.read(nama))
    with pytest.raises(MasukanSalah, match="rusak"):
        jawab(json.dumps({"lembar": LEMBAR, "sel": {}}).encode() + b"\n" + keluar.getvalue())


def test_program_anak_menolak_dengan_kata() -> None:
    """The child answers a refusal as three sentences, with exit code 0."""
    perintah = [sys.executable, "-I", "-S", "-c", official._PROGRAM, str(official.MEMORI), "20", *official._jalur()]  # noqa: SLF001 - what the parent starts
    hasil = subprocess.run(perintah, input=b'{"lembar": "x", "sel": {}}\nbukan zip', capture_output=True, check=True)
    assert len(json.loads(hasil.stdout)["tolak"]) == 3


def test_buku_kerja_kementerian(bersama: Path) -> None:
    """The ministry's own blank takes every answer and note; all else in it, values and formulas, is unchanged."""
    asal = bersama / "lke" / "lke-zi-kosong.xlsx"
    catatan = dict.fromkeys(lke()[0].soal, "=ada")
    satu = isi(penilaian=Penilaian(semua("B"), catatan))
    hasil, hilang = tulis_resmi(satu, asal)
    sebelum, sesudah = _sel(asal.read_bytes()), _sel(hasil)
    beda = {k for k in sebelum.keys() | sesudah.keys() if sebelum.get(k) != sesudah.get(k)}
    tata = satu.tata_letak
    harap = {(LEMBAR, f"{k}{b}") for k in "KO" for b in tata.soal.values()} | {(LEMBAR, f"K{tata.rumus['117'].jumlah}")}
    assert beda == harap
    assert hilang == []
    lama, baru = (openpyxl.load_workbook(io.BytesIO(b)) for b in (asal.read_bytes(), hasil))
    for nama in lama.sheetnames:
        assert baru[nama].sheet_state == lama[nama].sheet_state
        assert baru[nama].merged_cells.ranges == lama[nama].merged_cells.ranges
        assert {k: v.width for k, v in baru[nama].column_dimensions.items()} == {
            k: v.width for k, v in lama[nama].column_dimensions.items()
        }
    assert all(urai_rujukan(sel)[1] in {11, 15} for _, sel in beda)
