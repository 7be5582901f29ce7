"""The evidence folder: files under the hash of their content (``ab/cdef…``), written once, never changed, never overwritten.

A file is copied and hashed in one pass into a temporary name, made durable, and linked to its final name; so a final
name always holds a whole file, whenever the machine stops, and a leftover temporary is never read.
What stands in the store folder is not trusted: the folder itself and everything below it is opened without following
links. The folders above it belong to whoever set the store up and may be links.
A file that is handed in may be reached through a link: what counts is the content, under the name that was given.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

from zi_workflow.domain.errors import Galat, IntegritasRusak, MasukanSalah, PenyimpananGagal, TidakDitemukan
from zi_workflow.domain.events import Berkas

BATAS_UKURAN: Final = 100 * 1024 * 1024
"""Bytes that one file may have, unless the settings say otherwise."""
UMUR_SEMENTARA: Final = 24 * 3600
"""Seconds after which an untouched temporary is nobody's any more."""

_POTONG: Final = 1 << 20
_AWALAN: Final = ".sementara-"
_SIDIK: Final = re.compile(r"[0-9a-f]{64}")
_NAMA_TERPANJANG: Final = 240
_EKOR_NAMA: Final = 20
_BACA: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_BARU: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_TAUTAN: Final = frozenset({errno.ELOOP, errno.ENOTDIR})
_PENUH: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DITOLAK: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_urut = count()


class GudangBerkas:
    """The files behind the evidence; nothing on disk is touched before a method is called. Safe for threads and processes."""

    def __init__(self, folder: Path, *, batas: int = BATAS_UKURAN) -> None:
        """Keep the folder (made by the first `simpan`) and the largest size of a file, in bytes."""
        self._folder = folder.absolute()
        self._batas = batas

    def simpan(self, jalan: Path) -> Berkas:
        """Store a file, durably, and return what the log keeps of it; the same content is stored once.

        Raises `MasukanSalah` for what is not a readable regular file within the limit, `PenyimpananGagal` where the
        store cannot be written, `IntegritasRusak` where other content or a link stands in its place.
        """
        with _masukan(jalan, self._batas) as sumber, _gagal_menulis(), self._akar(buat=True) as akar, _sementara(akar) as (nama, fd):
            _sapu(akar, os.fstat(fd).st_mtime)
            berkas = self._salin(sumber, jalan, fd)
            os.fchmod(fd, 0o400)
            os.fsync(fd)
            self._tempatkan(akar, nama, fd, berkas)
        return berkas

    def hitung(self, jalan: Path) -> Berkas:
        """Return what `simpan` would, storing nothing; raises `MasukanSalah` as it does."""
        with _masukan(jalan, self._batas) as sumber:
            return self._salin(sumber, jalan, None)

    def baca(self, sha256: str, *, teliti: bool = False) -> BinaryIO:
        """Open stored content; with ``teliti`` it is hashed first.

        Raises `TidakDitemukan` where there is none, `IntegritasRusak` where something else stands there, and
        `PenyimpananGagal` where it cannot be read.
        """
        try:
            berkas = os.fdopen(self._buka(sha256), "rb")
        except _Cacat as cacat:
            raise cacat.galat(sha256) from cacat
        if teliti:
            try:
                cacat_isi = _cacat_isi(berkas.fileno(), sha256)
                berkas.seek(0)
            except BaseException:
                berkas.close()
                raise
            if cacat_isi is not None:
                berkas.close()
                raise cacat_isi.galat(sha256)
        return berkas

    def periksa(self, berkas: Berkas) -> str | None:
        """Return in words what is wrong with the stored file, None where it is as recorded; raises nothing."""
        try:
            fd = self._buka(berkas.sha256)
        except _Cacat as cacat:
            return cacat.kata
        try:
            ukuran = os.fstat(fd).st_size
            if ukuran != berkas.ukuran:
                return f"ukurannya {ukuran} byte, tercatat {berkas.ukuran} byte"
            cacat_isi = _cacat_isi(fd, berkas.sha256)
        finally:
            os.close(fd)
        return None if cacat_isi is None else cacat_isi.kata

    def ada(self, sha256: str) -> bool:
        """Say whether a regular file stands under that hash; its content is not looked at."""
        try:
            os.close(self._buka(sha256))
        except _Cacat:
            return False
        return True

    @contextmanager
    def _akar(self, *, buat: bool = False) -> Iterator[int]:
        if buat:
            _buat_folder(self._folder)
        with _tertutup(os.open(self._folder, _FOLDER)) as fd:
            yield fd

    def _buka(self, sha256: str) -> int:
        """Return a descriptor of stored content; raises `_Cacat` unless it is a regular file, reached without links."""
        if not _SIDIK.fullmatch(sha256):
            raise _Cacat("sidiknya tidak sah", TidakDitemukan)
        try:
            with self._akar() as akar, _tertutup(os.open(sha256[:2], _FOLDER, dir_fd=akar)) as laci:
                fd = os.open(sha256[2:], _BACA | os.O_NOFOLLOW, dir_fd=laci)
        except OSError as galat:
            raise _cacat_buka(galat) from galat
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise _Cacat("bukan berkas biasa")
        return fd

    def _salin(self, sumber: int, jalan: Path, tujuan: int | None) -> Berkas:
        """Read the source to its end, hash it, and write it to ``tujuan`` where one is given."""
        sidik, ukuran = hashlib.sha256(), 0
        for potong in _potongan(sumber, jalan):
            ukuran += len(potong)
            if ukuran > self._batas:
                raise _terlalu_besar(jalan, ukuran, self._batas)
            sidik.update(potong)
            if tujuan is not None:
                _tulis(tujuan, potong)
        return Berkas(sidik.hexdigest(), ukuran, nama_aman(jalan))

    def _tempatkan(self, akar: int, nama: str, fd: int, berkas: Berkas) -> None:
        """Give the finished temporary its final name, durably; what stands there already must be the same."""
        laci, sisa = berkas.sha256[:2], berkas.sha256[2:]
        with suppress(FileExistsError):
            os.mkdir(laci, 0o700, dir_fd=akar)
        with _tertutup(os.open(laci, _FOLDER, dir_fd=akar)) as dalam:
            try:
                os.link(nama, sisa, src_dir_fd=akar, dst_dir_fd=dalam, follow_symlinks=False)
            except FileExistsError:
                kata = self.periksa(berkas)
            else:
                kata = None
                if not os.path.samestat(os.fstat(fd), os.stat(sisa, dir_fd=dalam, follow_symlinks=False)):
                    os.unlink(sisa, dir_fd=dalam)
                    kata = "ditukar selagi disimpan"
            if kata is not None:
                raise _Cacat(kata).galat(berkas.sha256)
            os.fsync(dalam)
        os.fsync(akar)


class _Cacat(Exception):
    """Something is wrong with a stored file: in words, and as the error to raise for it."""

    def __init__(self, kata: str, kelas: type[Galat] = IntegritasRusak) -> None:
        super().__init__(kata)
        self.kata = kata
        self._kelas = kelas

    def galat(self, sha256: str) -> Galat:
        return self._kelas(
            f"Berkas bukti {sha256[:64]}: {self.kata}.",
            "Setiap berkas disimpan di bawah sidik SHA-256 isinya dan tidak pernah diubah.",
            "Pulihkan berkas itu dari cadangan.",
        )


def _cacat_buka(galat: OSError) -> _Cacat:
    if galat.errno == errno.ENOENT:
        return _Cacat("hilang", TidakDitemukan)
    if galat.errno in _TAUTAN:
        return _Cacat("diganti tautan atau bukan berkas")
    if galat.errno == errno.ENXIO:
        return _Cacat("bukan berkas biasa")
    return _Cacat(f"tidak dapat dibaca ({galat.strerror})", PenyimpananGagal)


def _cacat_isi(fd: int, sha256: str) -> _Cacat | None:
    sidik = hashlib.sha256()
    try:
        while potong := os.read(fd, _POTONG):
            sidik.update(potong)
    except OSError as galat:
        return _cacat_buka(galat)
    return None if sidik.hexdigest() == sha256 else _Cacat("isinya berubah")


# --- the file that is handed in ------------------------------------------------------------------------------------


def nama_aman(jalan: Path) -> str:
    """Return the base name to keep: without separators, control and direction characters, at most 240 bytes."""
    nama = unicodedata.normalize("NFC", re.split(r"[/\\]", str(jalan))[-1])
    nama = "".join(k if k.isprintable() else "_" for k in nama).strip().lstrip(".")
    if len(nama.encode()) > _NAMA_TERPANJANG:
        ekor = nama[-_EKOR_NAMA:]
        nama = nama[:-_EKOR_NAMA].encode()[: _NAMA_TERPANJANG - len(ekor.encode())].decode(errors="ignore") + ekor
    return nama or "berkas"


@contextmanager
def _masukan(jalan: Path, batas: int) -> Iterator[int]:
    """Open the file to read; a named pipe or a device is refused before it is opened, and does not hang after it."""
    try:
        _periksa_masukan(jalan, jalan.stat(), batas)
        fd = os.open(jalan, _BACA)
    except (OSError, ValueError) as galat:
        raise _tak_terbaca(jalan, galat) from galat
    with _tertutup(fd):
        awal = os.fstat(fd)
        _periksa_masukan(jalan, awal, batas)
        yield fd


def _periksa_masukan(jalan: Path, keadaan: os.stat_result, batas: int) -> None:
    if not stat.S_ISREG(keadaan.st_mode):
        apa = "folder" if stat.S_ISDIR(keadaan.st_mode) else "pipa, soket, atau perangkat"
        raise MasukanSalah(f"{_sebut(jalan)} bukan berkas biasa", f"Itu {apa}.", "Sebut satu berkas.")
    if keadaan.st_size > batas:
        raise _terlalu_besar(jalan, keadaan.st_size, batas)


def _potongan(sumber: int, jalan: Path) -> Iterator[bytes]:
    """Yield the source's content; raises `MasukanSalah` where it cannot be read or changes meanwhile."""
    awal = os.fstat(sumber)
    while True:
        try:
            potong = os.read(sumber, _POTONG)
        except OSError as galat:
            raise _tak_terbaca(jalan, galat) from galat
        if not potong:
            break
        yield potong
    akhir = os.fstat(sumber)
    if (awal.st_size, awal.st_mtime_ns) != (akhir.st_size, akhir.st_mtime_ns):
        raise MasukanSalah(
            f"Berkas {_sebut(jalan)} berubah selagi dibaca", "Isinya belum selesai ditulis.", "Tunggu sampai selesai, lalu ulangi."
        )


def _terlalu_besar(jalan: Path, ukuran: int, batas: int) -> MasukanSalah:
    return MasukanSalah(
        f"Berkas {_sebut(jalan)} terlalu besar",
        f"Sedikitnya {ukuran} byte; batasnya {batas} byte.",
        "Perkecil berkasnya, atau naikkan batas pada setelan.",
    )


def _tak_terbaca(jalan: Path, galat: OSError | ValueError) -> MasukanSalah:
    if isinstance(galat, FileNotFoundError):
        return MasukanSalah(f"Berkas {_sebut(jalan)} tidak ditemukan", "Tidak ada berkas dengan nama itu.", "Periksa letak dan namanya.")
    sebab = galat.strerror if isinstance(galat, OSError) else str(galat)
    return MasukanSalah(f"Berkas {_sebut(jalan)} tidak dapat dibaca", f"{sebab}.", "Periksa berkas dan hak bacanya.")


def _sebut(jalan: Path) -> str:
    return os.fsencode(jalan).decode("utf-8", "replace")


# --- the store's side ----------------------------------------------------------------------------------------------


@contextmanager
def _tertutup(fd: int) -> Iterator[int]:
    try:
        yield fd
    finally:
        os.close(fd)


@contextmanager
def _gagal_menulis() -> Iterator[None]:
    """Translate whatever the operating system refuses while the store is written."""
    try:
        yield
    except OSError as galat:
        if galat.errno in _TAUTAN:
            raise IntegritasRusak(
                "Folder bukti tidak wajar",
                "Folder itu, atau yang di dalamnya, adalah tautan atau bukan folder.",
                "Periksa folder bukti pada setelan.",
            ) from galat
        if galat.errno in _PENUH:
            pesan, lanjut = "Ruang penyimpanan berkas bukti penuh", "Kosongkan ruang pada diska, lalu ulangi."
        elif galat.errno in _DITOLAK:
            pesan, lanjut = "Folder bukti tidak dapat ditulis", "Periksa hak tulis dan sistem berkasnya, lalu ulangi."
        else:
            pesan, lanjut = "Berkas bukti gagal disimpan", "Periksa diska, lalu `zi doktor`."
        raise PenyimpananGagal(pesan, f"{galat.strerror}; tidak ada yang disimpan.", lanjut) from galat


def _buat_folder(folder: Path) -> None:
    """Make the store folder and those above it that are missing, each durable in the one above."""
    if os.path.lexists(folder):
        return
    _buat_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(0o700)
    with _tertutup(os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)) as atas:
        os.fsync(atas)


@contextmanager
def _sementara(akar: int) -> Iterator[tuple[str, int]]:
    """Make a temporary of our own in the store folder; it is gone afterwards unless the process is killed."""
    while True:
        nama = f"{_AWALAN}{os.getpid()}-{next(_urut)}"
        with suppress(FileExistsError):
            fd = os.open(nama, _BARU, 0o600, dir_fd=akar)
            break
    try:
        with _tertutup(fd):
            yield nama, fd
    finally:
        with suppress(OSError):
            os.unlink(nama, dir_fd=akar)


def _sapu(akar: int, kini: float) -> None:
    """Remove temporaries that were not touched for long before ``kini`` (seconds, by the clock of the file system)."""
    with suppress(OSError), os.scandir(akar) as isi:
        for satu in isi:
            with suppress(OSError):
                if satu.name.startswith(_AWALAN) and satu.stat(follow_symlinks=False).st_mtime < kini - UMUR_SEMENTARA:
                    os.unlink(satu.name, dir_fd=akar)


def _tulis(fd: int, isi: bytes) -> None:
    """Write all of it, however little each call takes."""
    sisa = memoryview(isi)
    while sisa:
        sisa = sisa[os.write(fd, sisa) :]
