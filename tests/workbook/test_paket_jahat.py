"""Bad containers: what is no workbook, or none that may be opened, is named; each is refused before it can do harm."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.alat_paket import (
    BUKU,
    LEMBAR,
    OLE,
    OPC,
    RELASI,
    TIPE,
    baca,
    baca_satu,
    buku_baik,
    buku_xml,
    ditolak,
    paket,
    ubah_daftar,
)
from zi_workflow.workbook.sandbox import Pembaca

MIB = 1024 * 1024
_ACAK = hashlib.shake_256(b"acak").digest(300 * 1024)


def _utf16(nama: str) -> bytes:
    return nama.encode("utf-16-le") + b"\0\0"


def _tipe(nilai: str) -> bytes:
    return paket({"[Content_Types].xml": f'<Types xmlns="{TIPE}"><Override PartName="/{BUKU}" ContentType="{nilai}"/></Types>'})


def _relasi(jenis: str, sasaran: str, sisa: str = "") -> str:
    satu = f'<Relationship Id="rId1" Type="{RELASI}/{jenis}" Target="{sasaran}"{sisa}/>'
    return f'<Relationships xmlns="{OPC}">{satu}</Relationships>'


def _relasi_buku(jenis: str, sasaran: str = "worksheets/sheet1.xml", sisa: str = "") -> bytes:
    return paket({"xl/_rels/workbook.xml.rels": _relasi(jenis, sasaran, sisa)})


def _banyak_entri() -> bytes:
    return paket({f"xl/media/{n}": "" for n in range(1001)})


def _jumlah_besar() -> bytes:
    isi = paket({f"xl/media/{n}.png": _ACAK for n in "abc"})
    for huruf in "abc":
        isi = ubah_daftar(isi, f"xl/media/{huruf}.png", ukuran=30 * MIB)
    return isi


def _nama_ganda() -> bytes:
    return paket({"xl/SharedStrings.xml": "", "xl/sharedstrings.XML": ""})


def _tumpang_tindih() -> bytes:
    isi = paket({"xl/media/a.png": _ACAK, "xl/media/b.png": ""})
    return ubah_daftar(isi, "xl/media/b.png", mampat=len(_ACAK), ukuran=len(_ACAK))


def _lembar_bohong(ukuran: int) -> bytes:
    return ubah_daftar(paket({LEMBAR: b" " * 5 * 1000}), LEMBAR, ukuran=ukuran)


def _aliran_rusak() -> bytes:
    isi = bytearray(paket())
    awal = isi.index(LEMBAR.encode()) + len(LEMBAR)
    isi[awal : awal + 20] = b"\xff" * 20
    return bytes(isi)


KASUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "kosong": (lambda: b"", "kosong"),
    "csv": (lambda: b"soal;jawaban\r\n1;A\r\n", "CSV"),
    "html": (lambda: b"\xef\xbb\xbf\n<HTML><body><table></table></body></HTML>", "HTML"),
    "pdf": (lambda: b"%PDF-1.7\n", "PDF"),
    "xml_2003": (lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML Spreadsheet 2003"),
    "biner_asing": (lambda: b"\x1f\x8b\0\0\xff\xfe" * 9, "jenis lain"),
    "bukan_utf8": (lambda: b"caf\xe9\xff\xfe" * 9, "jenis lain"),
    "bersandi": (lambda: OLE + _utf16("Root Entry") + _utf16("EncryptionInfo") + _utf16("EncryptedPackage"), "kata sandi"),
    "xls": (lambda: OLE + _utf16("Root Entry") + _utf16("Workbook"), ".xls"),
    "xls_95": (lambda: OLE + _utf16("Root Entry") + _utf16("Book"), ".xls"),
    "doc": (lambda: OLE + _utf16("Root Entry") + _utf16("WordDocument"), "dokumen Office lama"),
    "terpotong": (lambda: paket()[:-200], "terpotong"),
    "terpotong_separuh": (lambda: paket()[:300], "terpotong"),
    "zip_kosong": (lambda: b"PK\x05\x06" + bytes(18), BUKU),
    "banyak_entri": (_banyak_entri, "terlalu banyak bagian"),
    "bom_rasio": (lambda: paket({LEMBAR: b" " * 20 * MIB}), "bom zip"),
    "bom_bagian_tak_terpakai": (lambda: paket({"xl/media/a.png": b"\0" * 20 * MIB}), "bom zip"),
    "bagian_besar": (lambda: ubah_daftar(paket({"xl/media/a.png": _ACAK}), "xl/media/a.png", ukuran=33 * MIB), "33 MiB"),
    "jumlah_besar": (_jumlah_besar, "90 MiB"),
    "ukuran_kurang": (lambda: _lembar_bohong(10), "bukan yang dinyatakan"),
    "ukuran_lebih": (lambda: _lembar_bohong(6000), "bukan yang dinyatakan"),
    "aliran_rusak": (_aliran_rusak, "tidak terbaca"),
    "tumpang_tindih": (_tumpang_tindih, "bertumpang tindih"),
    "nama_ganda": (_nama_ganda, "dua kali"),
    "nama_mutlak": (lambda: paket({"/etc/passwd": "x"}), "berbahaya"),
    "nama_naik": (lambda: paket({"xl/../../jahat": "x"}), "berbahaya"),
    "nama_windows": (lambda: paket({"xl\\jahat": "x"}), "berbahaya"),
    "nama_kendali": (lambda: paket({"../\x1b[31m\u202e": "x"}), "berbahaya"),
    "entri_bersandi": (lambda: ubah_daftar(paket(), LEMBAR, flags=1), "kata sandi"),
    "cara_asing": (lambda: paket(cara=zipfile.ZIP_LZMA), "dimampatkan"),
    "makro": (lambda: paket({"xl/vbaProject.bin": b"\0"}), "makro"),
    "makro_tipe": (lambda: _tipe("application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "makro"),
    "makro_tipe_tersamar": (lambda: _tipe("application/vnd.ms-excel.sheet.macro&#69;nabled.main+xml"), "makro"),
    "makro_lembar": (lambda: paket({"xl/macrosheets/sheet1.xml": ""}), "makro"),
    "makro_lembar_lain": (lambda: _relasi_buku("xlMacrosheet"), "makro"),
    "tautan": (lambda: paket({"xl/externalLinks/externalLink1.xml": ""}), "bertaut"),
    "tautan_relasi": (lambda: _relasi_buku("externalLink", "x/y.xml"), "bertaut"),
    "lembar_di_luar": (lambda: _relasi_buku("worksheet", "http://contoh.example/a.xml", ' TargetMode="External"'), "tidak ada di dalamnya"),
    "lembar_hilang": (lambda: paket({LEMBAR: None}), "tidak ada di dalamnya"),
    "lembar_tak_berelasi": (lambda: paket({BUKU: buku_xml('<sheets><sheet name="A"/></sheets>')}), "tidak ada di dalamnya"),
    "tanggal_1904": (lambda: paket({BUKU: buku_xml('<workbookPr date1904="1"/>')}), "1904"),
    "tanggal_1904_kata": (lambda: paket({BUKU: buku_xml('<workbookPr date1904="true"/>')}), "1904"),
    "tanpa_buku": (lambda: paket({BUKU: None}), BUKU),
    "dokumen_word": (lambda: paket({"_rels/.rels": None, BUKU: None, "word/document.xml": "<a/>"}), BUKU),
    "ods": (lambda: paket({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), ".ods"),
    "xlsb": (lambda: paket({BUKU: None, "xl/workbook.bin": b"\0"}), ".xlsb"),
    "banyak_lembar": (lambda: _lembar_sebanyak(61), "60 lembar"),
    "nama_lembar_ganda": (lambda: paket({BUKU: buku_xml('<sheet name="A" r:id="rId1"/><sheet name="a" r:id="rId1"/>')}), "dua kali"),
    "nama_lembar_kosong": (lambda: paket({BUKU: buku_xml('<sheet name="" r:id="rId1"/>')}), "kosong"),
    "nama_lembar_panjang": (lambda: paket({BUKU: buku_xml(f'<sheet name="{"a" * 101}" r:id="rId1"/>')}), "terlalu panjang"),
    "relasi_rusak": (lambda: paket({"_rels/.rels": "<Relationships"}), "bukan XML"),
    "pengodean_asing": (lambda: paket({BUKU: '<?xml version="1.0" encoding="bukan-ada"?><workbook/>'}), "pengodean"),
}


def _lembar_sebanyak(jumlah: int) -> bytes:
    return paket({BUKU: buku_xml("".join(f'<sheet name="L{n}" r:id="rId1"/>' for n in range(jumlah)))})


@pytest.mark.parametrize("nama", KASUS)
def test_wadah_yang_tidak_boleh_dibuka(nama: str, pembaca: Pembaca, tmp_path: Path) -> None:
    """Each bad container is refused with its own sentence, and the reader goes on."""
    buat, kata = KASUS[nama]
    berkas = tmp_path / "kiriman.xlsx"
    berkas.write_bytes(buat())
    salah = ditolak(pembaca, berkas)
    assert kata in f"{salah.pesan} {salah.sebab}"


def test_setiap_sebab_punya_kalimat_sendiri(pembaca: Pembaca, tmp_path: Path) -> None:
    """Kinds that a person mends in different ways are not told with the same words."""
    nama = ["kosong", "csv", "bersandi", "xls", "terpotong", "bom_rasio", "makro", "tautan", "tanggal_1904", "tanpa_buku", "ods", "xlsb"]
    berkas = tmp_path / "kiriman.xlsx"
    kalimat = set()
    for satu in nama:
        berkas.write_bytes(KASUS[satu][0]())
        salah = ditolak(pembaca, berkas)
        kalimat.add((salah.pesan, salah.sebab))
    assert len(kalimat) == len(nama)


def test_isi_yang_menentukan_bukan_nama(pembaca: Pembaca, tmp_path: Path) -> None:
    """A workbook is read under any name."""
    for nama in ("lke.bin", "lke", "lke.xls", "lembar\nkerja\x1b.csv"):
        (tmp_path / nama).write_bytes(buku_baik())
        assert list(pembaca.baca(tmp_path / nama).lembar) == ["Baik"]


def test_zip_di_dalam_zip_tidak_dibuka() -> None:
    """A bomb inside an embedded file is never inflated: parts that hold no cells are not read."""
    bom = io.BytesIO()
    with zipfile.ZipFile(bom, "w", zipfile.ZIP_DEFLATED) as berkas:
        berkas.writestr("a", b"\0" * 30 * MIB)
    lembar = baca_satu(paket({"xl/embeddings/bom.zip": bom.getvalue(), "xl/media/rusak.png": zlib.compress(b"x")}))
    assert list(lembar.sel) == ["A1"]


def test_enam_puluh_lembar_masih_dibaca() -> None:
    """As many sheets as the limit says are read, in their order."""
    assert list(baca(_lembar_sebanyak(60)).lembar) == [f"L{n}" for n in range(60)]


def test_lembar_bagan_dilewati() -> None:
    """A sheet that holds only a chart has no cells and is no sheet here."""
    relasi = "".join(
        f'<Relationship Id="rId{n}" Type="{RELASI}/{jenis}" Target="worksheets/sheet1.xml"/>'
        for n, jenis in ((1, "chartsheet"), (2, "worksheet"))
    )
    isi = {
        BUKU: buku_xml('<workbookPr date1904="0"/><sheet name="Bagan" r:id="rId1"/><sheet name="Isi" r:id="rId2"/>'),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{OPC}">{relasi}</Relationships>',
    }
    assert list(baca(paket(isi)).lembar) == ["Isi"]


def test_buku_di_tempat_lain_dan_nama_berhuruf_besar() -> None:
    """The list of sheets is where the package says, and names of parts do not mind their case."""
    pindah = {
        BUKU: None,
        "xl/_rels/workbook.xml.rels": None,
        "xl/Buku2.xml": buku_xml('<sheet name="Satu" r:id="rId1"/>'),
        "xl/_rels/Buku2.xml.rels": _relasi("worksheet", "/xl/Worksheets/SHEET1.xml"),
        "_rels/.rels": _relasi("officeDocument", "xl/Buku2.xml"),
    }
    assert list(baca_satu(paket(pindah)).sel) == ["A1"]
