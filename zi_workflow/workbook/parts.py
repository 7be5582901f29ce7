"""The parts of a workbook that lead to its sheets: content types, relations, the list of sheets, the shared texts."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.workbook.markup import BENAR, Atribut, Perekam, bernama, jalankan, lepas_lolos, pasang, pengurai, urai
from zi_workflow.workbook.package import Paket, rusak, sebut

LEMBAR_MAKS = 60
NAMA_MAKS = 100
TEKS_BERSAMA_MAKS = 200_000

_TIPE = "http://schemas.openxmlformats.org/package/2006/content-types "
_RELASI = "http://schemas.openxmlformats.org/package/2006/relationships "
_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


def _makro() -> MasukanSalah:
    return MasukanSalah(
        "Buku kerja ini memuat makro",
        "Buku kerja bermakro (.xlsm) tidak dibuka.",
        "Simpan ulang sebagai .xlsx tanpa makro (di Excel: File, Save As, Excel Workbook), lalu ulangi.",
    )


def _tautan() -> MasukanSalah:
    return MasukanSalah(
        "Buku kerja ini bertaut ke berkas lain",
        "Nilai yang diambil dari berkas lain tidak dapat dipercaya.",
        "Putuskan tautannya (di Excel: Data, Edit Links, Break Link), simpan, lalu ulangi.",
    )


@dataclass(frozen=True, slots=True)
class Relasi:
    """Where a relation leads: the last word of its type, and the part."""

    jenis: str
    bagian: str
    luar: bool


def relasi(paket: Paket, bagian: str) -> dict[str, Relasi]:
    """Return the relations of a part by their id ('' is the package itself); none where it has no list of them."""
    folder, nama = posixpath.split(bagian)
    daftar = posixpath.join(folder, "_rels", f"{nama}.rels")
    hasil: dict[str, Relasi] = {}

    def satu(a: Atribut) -> None:
        sasaran = a.get("Target", "")
        jenis = a.get("Type", "").rpartition("/")[2]
        hasil[a.get("Id", "")] = Relasi(
            jenis, posixpath.normpath(posixpath.join("/", folder, sasaran)).lstrip("/"), a.get("TargetMode") == "External"
        )

    if daftar in paket:
        urai(paket, daftar, {_RELASI + "Relationship": satu})
    return hasil


def bagian_buku(paket: Paket) -> str:
    """Return the part that lists the sheets; raises MasukanSalah for what is no .xlsx, or one with macros or links to other files."""
    _periksa_jenis(paket)
    pokok = next((r.bagian for r in relasi(paket, "").values() if r.jenis == "officeDocument" and not r.luar), "xl/workbook.xml")
    if pokok not in paket or not pokok.lower().startswith("xl/"):
        raise MasukanSalah(
            "Berkas ini bukan buku kerja .xlsx",
            "Zip ini tidak memuat xl/workbook.xml.",
            "Sebut buku kerja .xlsx; bila ini memang buku kerja, simpan ulang dari Excel atau LibreOffice.",
        )
    return pokok


def _periksa_jenis(paket: Paket) -> None:
    nama = paket.nama
    if "mimetype" in paket and b"".join(paket.alirkan("mimetype"))[:200].startswith(b"application/vnd.oasis.opendocument"):
        raise MasukanSalah("Berkas ini OpenDocument (.ods)", "Hanya .xlsx yang dibaca.", "Simpan ulang sebagai .xlsx, lalu ulangi.")
    if any(n.endswith("xl/workbook.bin") for n in nama):
        raise MasukanSalah("Berkas ini buku kerja biner (.xlsb)", "Hanya .xlsx yang dibaca.", "Simpan ulang sebagai .xlsx, lalu ulangi.")
    if any(n.endswith("vbaproject.bin") or n.startswith("xl/macrosheets/") for n in nama):
        raise _makro()
    if any(n.startswith("xl/externallinks/") for n in nama):
        raise _tautan()
    if "[content_types].xml" in paket:
        tipe = {_TIPE + unsur: _tolak_makro for unsur in ("Default", "Override")}
        urai(paket, "[Content_Types].xml", tipe)


def _tolak_makro(a: Atribut) -> None:
    if "macroenabled" in a.get("ContentType", "").lower():
        raise _makro()


@dataclass(frozen=True, slots=True)
class DaftarLembar:
    """The sheets in their order, name and part, and the part of the shared texts."""

    lembar: tuple[tuple[str, str], ...]
    teks: str | None


def daftar_lembar(paket: Paket) -> DaftarLembar:
    """Read the list of sheets. Raises MasukanSalah."""
    pokok = bagian_buku(paket)
    asal = relasi(paket, pokok)
    if any(r.jenis == "externalLink" for r in asal.values()):
        raise _tautan()
    lembar: dict[str, str] = {}

    def buku(a: Atribut) -> None:
        if a.get("date1904") in BENAR:
            raise MasukanSalah(
                "Buku kerja ini memakai sistem tanggal 1904",
                "Setiap tanggal di dalamnya bergeser empat tahun.",
                "Di Excel: File, Options, Advanced, hapus centang 'Use 1904 date system', periksa tanggalnya, simpan, lalu ulangi.",
            )

    def satu(a: Atribut) -> None:
        nama, tuju = a.get("name", ""), asal.get(next((a[i] for i in _ID if i in a), ""))
        if not nama or len(nama) > NAMA_MAKS or nama.casefold() in {n.casefold() for n in lembar}:
            raise rusak(f"Nama lembar {sebut(nama)} kosong, terlalu panjang, atau ada dua kali.")
        if len(lembar) == LEMBAR_MAKS:
            raise MasukanSalah(
                "Buku kerja ini terlalu banyak lembarnya", f"Paling banyak {LEMBAR_MAKS} lembar.", "Hapus lembar yang tidak perlu."
            )
        if tuju is None or tuju.luar or tuju.bagian not in paket:
            raise rusak(f"Isi lembar {sebut(nama)} tidak ada di dalamnya.")
        if "macrosheet" in tuju.jenis.lower():
            raise _makro()
        lembar[nama] = tuju.bagian if tuju.jenis == "worksheet" else ""

    urai(paket, pokok, bernama({"workbookPr": buku, "sheet": satu}))
    teks = next((r.bagian for r in asal.values() if r.jenis == "sharedStrings" and r.bagian in paket), None)
    return DaftarLembar(tuple((n, b) for n, b in lembar.items() if b), teks)


def teks_bersama(paket: Paket, nama: str) -> list[str]:
    """Read the shared texts: runs joined, phonetic guides left out. Raises MasukanSalah."""
    p = pengurai()
    hasil: list[str] = []
    rekam = Perekam(p)
    potong: list[str] = []
    bacaan = False

    def si(_a: Atribut) -> None:
        potong.clear()

    def si_tutup() -> None:
        if len(hasil) == TEKS_BERSAMA_MAKS:
            raise MasukanSalah(
                "Buku kerja ini terlalu banyak teksnya", f"Paling banyak {TEKS_BERSAMA_MAKS} teks.", "Hapus lembar yang tidak perlu."
            )
        hasil.append(lepas_lolos("".join(potong)))

    def t(_a: Atribut) -> None:
        rekam.mulai()

    def t_tutup() -> None:
        teks = rekam.ambil()
        if not bacaan:
            potong.append(teks)

    def rph(_a: Atribut) -> None:
        nonlocal bacaan
        bacaan = True

    def rph_tutup() -> None:
        nonlocal bacaan
        bacaan = False

    buka, tutup = {"si": si, "t": t, "rPh": rph}, {"si": si_tutup, "t": t_tutup, "rPh": rph_tutup}
    pasang(p, bernama(buka), bernama(tutup))
    jalankan(p, paket, nama)
    return hasil
