"""Workbooks made by hand, so that each can be wrong in one way, and how a refusal is looked at."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from zi_workflow.domain.cells import Buku, Lembar
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.child import jawab
from zi_workflow.workbook.reply import urai_jawaban
from zi_workflow.workbook.sandbox import Pembaca

SML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELASI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPC = "http://schemas.openxmlformats.org/package/2006/relationships"
TIPE = "http://schemas.openxmlformats.org/package/2006/content-types"
BUKU = "xl/workbook.xml"
LEMBAR = "xl/worksheets/sheet1.xml"
TEKS = "xl/sharedStrings.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
Bagian = Mapping[str, str | bytes | None]

_DASAR: Bagian = {
    "[Content_Types].xml": f'<Types xmlns="{TIPE}"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{OPC}"><Relationship Id="r" Type="{RELASI}/officeDocument" Target="/{BUKU}"/></Relationships>',
    BUKU: f'<workbook xmlns="{SML}" xmlns:r="{RELASI}"><sheets><sheet name="Satu" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{OPC}"><Relationship Id="rId1" Type="{RELASI}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELASI}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
    LEMBAR: f'<worksheet xmlns="{SML}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
}


def paket(ganti: Bagian | None = None, cara: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a workbook of one sheet, some of its parts replaced, added, or (None) left out."""
    wadah = io.BytesIO()
    with zipfile.ZipFile(wadah, "w", cara, compresslevel=1) as berkas:
        for nama, isi in {**_DASAR, **(ganti or {})}.items():
            if isi is not None:
                berkas.writestr(nama, isi)
    return wadah.getvalue()


def lembar_xml(baris: str, sesudah: str = "", awal: str = "") -> str:
    """Return the XML of a sheet from its rows."""
    return f'<?xml version="1.0"?>{awal}<worksheet xmlns="{SML}"><sheetData>{baris}</sheetData>{sesudah}</worksheet>'


def satu_lembar(baris: str, sesudah: str = "", awal: str = "") -> bytes:
    """Return a workbook whose only sheet has these rows."""
    return paket({LEMBAR: lembar_xml(baris, sesudah, awal)})


def teks_bersama(isi: str) -> str:
    """Return the XML of shared texts."""
    return f'<sst xmlns="{SML}">{isi}</sst>'


def buku_xml(isi: str) -> str:
    """Return the XML of a list of sheets, ``rId1`` being the only sheet there is."""
    return f'<workbook xmlns="{SML}" xmlns:r="{RELASI}">{isi}</workbook>'


def ubah_daftar(isi: bytes, nama: str, **nilai: int) -> bytes:
    """Return the zip with fields of one entry of its directory changed: flags, method, mampat, ukuran."""
    letak = {"flags": (8, "<H"), "method": (10, "<H"), "mampat": (20, "<I"), "ukuran": (24, "<I")}
    hasil = bytearray(isi)
    awal = isi.rindex(nama.encode()) - 46
    assert hasil[awal : awal + 4] == b"PK\x01\x02"
    for kunci, angka in nilai.items():
        geser, bentuk = letak[kunci]
        struct.pack_into(bentuk, hasil, awal + geser, angka)
    return bytes(hasil)


def buku_baik() -> bytes:
    """Return a workbook as people have it."""
    wadah = io.BytesIO()
    with xlsxwriter.Workbook(wadah, {"in_memory": True}) as buku:
        buku.add_worksheet("Baik").write_string("B2", "selamat")
    return wadah.getvalue()


def baca(isi: bytes) -> Buku:
    """Read a workbook as the child and the parent do, without a process between them."""
    return urai_jawaban(jawab(isi))


def baca_satu(isi: bytes) -> Lembar:
    """Read a workbook of one sheet."""
    (lembar,) = baca(isi).lembar.values()
    return lembar


def ditolak(pembaca: Pembaca, jalan: Path) -> MasukanSalah:
    """Return the refusal of a file: three lines to show, the file named; the same reader reads a good workbook afterwards."""
    with pytest.raises(MasukanSalah) as tertangkap:
        pembaca.baca(jalan)
    salah = tertangkap.value
    for kalimat in (salah.pesan, salah.sebab, salah.lanjut):
        assert kalimat.strip()
        assert kalimat.isprintable()
    assert "".join(h if h.isprintable() else "?" for h in jalan.name) in salah.pesan
    masih_hidup(pembaca, jalan.parent)
    return salah


def masih_hidup(pembaca: Pembaca, folder: Path) -> None:
    """See the reader read a good workbook."""
    baik = folder / "baik-adanya.xlsx"
    baik.write_bytes(buku_baik())
    assert pembaca.baca(baik).lembar["Baik"].ambil("B", 2).nilai == "selamat"
