"""The zip directory of an untrusted workbook, looked at before anything is inflated; then its parts, inflated within bounds.

Every refusal says what was found and what to do about it. Runs in the child process only (``child``).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from zi_workflow.domain.errors import MasukanSalah

_MIB = 1024 * 1024
ENTRI_MAKS = 1000
BAGIAN_MAKS = 32 * _MIB
JUMLAH_MAKS = 64 * _MIB
RASIO_MAKS = 200
_RASIO_MULAI = _MIB  # a small part may shrink as much as it likes
_POTONG = _MIB
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SANDI_ENTRI = 0x1 | 0x40 | 0x2000
_UNDUH = "Salin atau unduh ulang berkas itu; bila tetap, buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx."
_SIMPAN = "Buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu ulangi."
_BERLEBIHAN = "Simpan ulang sebagai .xlsx dari Excel atau LibreOffice; berkas yang sewajarnya jauh lebih kecil."


def rusak(sebab: str) -> MasukanSalah:
    """Return the refusal of a workbook that is damaged, or made by something other than a spreadsheet program."""
    return MasukanSalah("Buku kerja ini rusak", sebab, _UNDUH)


class Paket:
    """The parts of a workbook by name, whatever the case of the name."""

    def __init__(self, isi: bytes) -> None:
        """Look at the directory; raises MasukanSalah for what is no zip or no zip that one may open."""
        if not isi.startswith(_ZIP):
            raise _bukan_zip(isi)
        if isi.count(b"PK\x01\x02") > ENTRI_MAKS:  # before the directory becomes objects
            raise _terlalu_banyak()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(isi))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as e:
            raise rusak(f"Isinya terpotong: daftar isi zip tidak terbaca ({type(e).__name__}).") from None
        self._bagian = _periksa(self._zip.infolist(), len(isi))

    def __contains__(self, nama: str) -> bool:
        """Say whether there is such a part."""
        return nama.lower() in self._bagian

    @property
    def nama(self) -> list[str]:
        """The names of the parts, in small letters."""
        return list(self._bagian)

    def alirkan(self, nama: str) -> Iterator[bytes]:
        """Yield a part in pieces; raises MasukanSalah where it is not exactly what the directory says."""
        info = self._bagian[nama.lower()]
        sisa = info.file_size
        try:
            with self._zip.open(info) as aliran:
                while potong := aliran.read(_POTONG):
                    sisa -= len(potong)
                    yield potong
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as e:
            raise rusak(f"Bagian {sebut(nama)} tidak terbaca, atau ukurannya bukan yang dinyatakan ({type(e).__name__}).") from None
        if sisa:
            raise rusak(f"Ukuran bagian {sebut(nama)} bukan yang dinyatakan.")


def sebut(teks: str) -> str:
    """Return a stranger's text, short and printable, for a message."""
    aman = "".join(h if h.isprintable() else "?" for h in teks[:60])
    return f"'{aman}{'…' if len(teks) > 60 else ''}'"  # noqa: PLR2004 - as cut above


def _periksa(entri: list[zipfile.ZipInfo], ukuran: int) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by name; raises MasukanSalah for the first that one may not open."""
    if len(entri) > ENTRI_MAKS:
        raise _terlalu_banyak()
    hasil: dict[str, zipfile.ZipInfo] = {}
    for satu in entri:
        _periksa_nama(satu.orig_filename)
        nama = satu.filename.lower()
        if nama in hasil:
            raise rusak(f"Bagian {sebut(satu.filename)} ada dua kali.")
        hasil[nama] = satu
        _periksa_entri(satu)
    jumlah = sum(e.file_size for e in entri)
    if jumlah > JUMLAH_MAKS:
        raise _terlalu_besar(f"Seluruh isinya {jumlah // _MIB} MiB setelah dibuka; paling besar {JUMLAH_MAKS // _MIB} MiB.")
    if sum(e.compress_size for e in entri) > ukuran:
        raise rusak("Bagian-bagiannya bertumpang tindih.")
    return hasil


def _periksa_nama(nama: str) -> None:
    if nama.startswith("/") or "\\" in nama or ":" in nama or "\0" in nama or ".." in nama.split("/"):
        raise MasukanSalah(
            "Buku kerja ini memuat nama bagian yang berbahaya", f"Bagian {sebut(nama)} menunjuk ke luar buku kerja.", _SIMPAN
        )


def _periksa_entri(satu: zipfile.ZipInfo) -> None:
    nama = sebut(satu.filename)
    if satu.flag_bits & _SANDI_ENTRI:
        raise MasukanSalah(
            "Buku kerja ini bersandi", f"Bagian {nama} terkunci dengan kata sandi.", "Simpan ulang tanpa kata sandi, lalu ulangi."
        )
    if satu.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise MasukanSalah(
            "Buku kerja ini dimampatkan dengan cara yang tidak dikenal", f"Bagian {nama}, cara {satu.compress_type}.", _SIMPAN
        )
    if satu.file_size > BAGIAN_MAKS:
        raise _terlalu_besar(f"Bagian {nama} {satu.file_size // _MIB} MiB setelah dibuka; paling besar {BAGIAN_MAKS // _MIB} MiB.")
    if satu.file_size > _RASIO_MULAI and satu.file_size > RASIO_MAKS * satu.compress_size:
        raise _terlalu_besar(f"Bagian {nama} mengembang lebih dari {RASIO_MAKS} kali saat dibuka, seperti bom zip.")


def _terlalu_banyak() -> MasukanSalah:
    return MasukanSalah("Buku kerja ini terlalu banyak bagiannya", f"Paling banyak {ENTRI_MAKS} bagian di dalam zip.", _BERLEBIHAN)


def _terlalu_besar(sebab: str) -> MasukanSalah:
    return MasukanSalah("Buku kerja ini terlalu besar isinya", sebab, _BERLEBIHAN)


def _bukan_zip(isi: bytes) -> MasukanSalah:
    """Say what the file is instead."""
    if not isi:
        return MasukanSalah("Berkas ini kosong", "Tidak ada satu bita pun di dalamnya.", "Salin atau unduh ulang berkas itu, lalu ulangi.")
    if isi.startswith(_OLE):
        return _berkas_ole(isi)
    return _bukan(_isi_lain(isi))


def _isi_lain(isi: bytes) -> str:
    awal = isi[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if awal.startswith(b"%pdf"):
        return "PDF"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in awal:
        return "XML Spreadsheet 2003"
    if awal.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return "halaman HTML yang diberi nama lain"
    if b"\0" not in awal and _teks(isi):
        return "teks biasa atau CSV"
    return "berkas jenis lain, atau rusak pada awalnya"


def _bukan(apa: str) -> MasukanSalah:
    return MasukanSalah("Berkas ini bukan buku kerja .xlsx", f"Isinya {apa}.", _SIMPAN)


def _teks(isi: bytes) -> bool:
    try:
        isi.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _berkas_ole(isi: bytes) -> MasukanSalah:
    """Tell an encrypted workbook from an old one: both lie in the same kind of container."""
    if "EncryptedPackage".encode("utf-16-le") in isi:
        return MasukanSalah(
            "Buku kerja ini terkunci dengan kata sandi",
            "Isinya tersandi, sehingga tidak dapat dibaca.",
            "Buka dengan kata sandinya, hapus kata sandi itu (di Excel: File, Info, Protect Workbook), simpan, lalu ulangi.",
        )
    if any(nama.encode("utf-16-le") + b"\0\0" in isi for nama in ("Workbook", "Book")):
        return MasukanSalah("Berkas ini buku kerja lama (.xls)", "Hanya .xlsx yang dibaca.", "Simpan ulang sebagai .xlsx, lalu ulangi.")
    return _bukan("dokumen Office lama")
