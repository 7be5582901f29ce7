"""Reads untrusted workbooks: a child process with limits does it, the parent only takes its answer and always lives.

The parent opens the file, hands its bytes to the child, and bounds the time, length and shape of the answer. Whatever goes
wrong is one MasukanSalah that names the file; a child that misbehaved is ended, and the next workbook gets a new one.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from zi_workflow.domain.cells import Buku
from zi_workflow.domain.errors import ARTI_BUKA, MasukanSalah
from zi_workflow.workbook.reply import JawabanSalah, urai_jawaban

_MIB = 1024 * 1024
_PANJANG = 8
_POTONG = 256 * 1024
_TUNGGU_AKHIR = 1.0
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from zi_workflow.workbook.child import utama; utama()"
_LINGKUNGAN = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_SIMPAN = "Buka di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu ulangi."


@dataclass(frozen=True, slots=True)
class Batas:
    """What one workbook may cost: seconds on the wall, seconds of processor, bytes of memory, of the file, of the answer."""

    detik: float = 12.0
    prosesor: int = 10
    memori: int = 1024 * _MIB
    berkas: int = 20 * _MIB
    jawaban: int = 32 * _MIB


class Pembaca:
    """Owns one child process, started when first needed and used for many workbooks. Not to be shared between threads."""

    def __init__(self, batas: Batas | None = None, perintah: Sequence[str] | None = None) -> None:
        """Keep the limits; ``perintah`` starts another program in the child's place."""
        self.batas = batas or Batas()
        self._perintah = list(perintah) if perintah else _perintah(self.batas)
        self._anak: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Return itself; nothing is started yet."""
        return self

    def __exit__(self, _jenis: type[BaseException] | None, _salah: BaseException | None, _jejak: TracebackType | None) -> None:
        """End the child."""
        self.tutup()

    @property
    def pid(self) -> int | None:
        """The number of the child process, where there is one."""
        return None if self._anak is None else self._anak.pid

    def baca(self, jalan: Path) -> Buku:
        """Read one workbook. Raises MasukanSalah."""
        nama = _cetak(jalan.name or str(jalan))
        isi = _isi_berkas(jalan, nama, self.batas.berkas)
        try:
            return urai_jawaban(self._tanya(isi))
        except MasukanSalah as e:
            raise MasukanSalah(f"{nama}: {e.pesan}", e.sebab, e.lanjut) from None
        except MemoryError:
            self._hentikan()
            raise MasukanSalah(*_terlalu_berat(nama, f"Perlu memori lebih dari {self.batas.memori // _MIB} MiB.")) from None
        except TimeoutError:
            self._hentikan()
            raise MasukanSalah(*_terlalu_berat(nama, f"Belum selesai dibaca setelah {self.batas.detik:g} detik.")) from None
        except (EOFError, BrokenPipeError):
            raise self._berhenti(nama) from None
        except JawabanSalah:
            self._hentikan()
            raise MasukanSalah(
                f"{nama}: buku kerja ini tidak dapat dibaca", "Pembacanya memberi jawaban yang tidak sah.", _SIMPAN
            ) from None
        except BaseException:
            self._hentikan()  # interrupted: where the conversation stands is unknown
            raise

    def tutup(self) -> None:
        """End the child, which has nothing to lose."""
        self._hentikan()

    def _tanya(self, isi: bytes) -> bytes:
        tenggat = time.monotonic() + self.batas.detik
        return _tukar(self._hidup(), len(isi).to_bytes(_PANJANG, "big") + isi, tenggat, self.batas.jawaban)

    def _hidup(self) -> subprocess.Popen[bytes]:
        """Return the child, a new one where the last has ended."""
        if self._anak is not None and self._anak.poll() is not None:
            self._hentikan()
        if self._anak is None:
            try:
                self._anak = _mulai(self._perintah)
            except OSError as e:
                raise MasukanSalah(
                    "buku kerja ini belum dapat dibaca",
                    f"Proses pembaca tidak dapat dimulai: {e.strerror}.",
                    "Tutup program lain, lalu ulangi.",
                ) from None
        return self._anak

    def _hentikan(self) -> int | None:
        """Kill the child, wait until it is gone, close the pipes; return how it ended."""
        anak, self._anak = self._anak, None
        if anak is None:
            return None
        anak.kill()
        kode = anak.wait()
        for pipa in (anak.stdin, anak.stdout):
            if pipa is not None:
                pipa.close()
        return kode

    def _berhenti(self, nama: str) -> MasukanSalah:
        """Say why the child went away by itself."""
        assert self._anak is not None  # noqa: S101 - it was asked
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._anak.wait(_TUNGGU_AKHIR)
        kode = self._hentikan()
        if kode == -signal.SIGXCPU:
            return MasukanSalah(*_terlalu_berat(nama, f"Belum selesai dibaca setelah {self.batas.prosesor} detik prosesor."))
        return MasukanSalah(*_terlalu_berat(nama, f"Pembacanya berhenti mendadak (kode {kode})."))


def baca_buku(jalan: Path) -> Buku:
    """Read one workbook in a child of its own. Raises MasukanSalah."""
    with Pembaca() as pembaca:
        return pembaca.baca(jalan)


def _perintah(batas: Batas) -> list[str]:
    """Return what starts the child: isolated, without site packages, this program's own folder last on the path."""
    akar = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-I", "-S", "-c", _PROGRAM, akar, str(batas.memori), str(batas.prosesor)]


def _mulai(perintah: list[str]) -> subprocess.Popen[bytes]:
    """Start the child in a session of its own (Ctrl-C is the parent's), with none of the settings that may hold secrets."""
    anak = subprocess.Popen(  # noqa: S603 - a fixed list, no shell
        perintah,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={n: os.environ[n] for n in _LINGKUNGAN if n in os.environ},
        start_new_session=True,
    )
    for pipa in (anak.stdin, anak.stdout):
        assert pipa is not None  # noqa: S101 - a pipe, as asked for
        os.set_blocking(pipa.fileno(), False)
    return anak


def _tukar(anak: subprocess.Popen[bytes], kirim: bytes, tenggat: float, maks: int) -> bytes:
    """Send a request and return the answer. Raises TimeoutError, EOFError or BrokenPipeError (the child went away), JawabanSalah."""
    assert anak.stdin is not None  # noqa: S101 - a pipe, as it was started
    assert anak.stdout is not None  # noqa: S101 - as above
    sisa, terima = memoryview(kirim), bytearray()
    with selectors.DefaultSelector() as pemilih:
        pemilih.register(anak.stdout, selectors.EVENT_READ)
        pemilih.register(anak.stdin, selectors.EVENT_WRITE)
        while not _lengkap(terima, maks):
            waktu = tenggat - time.monotonic()
            if waktu <= 0:
                raise TimeoutError
            for kunci, _ in pemilih.select(waktu):
                if kunci.fileobj is anak.stdin:
                    sisa = sisa[os.write(anak.stdin.fileno(), sisa[:_POTONG]) :]
                    if not sisa:
                        pemilih.unregister(anak.stdin)
                elif potong := os.read(anak.stdout.fileno(), _POTONG):
                    terima += potong
                else:
                    raise EOFError
    if sisa:
        raise JawabanSalah
    return bytes(terima[_PANJANG:])


def _lengkap(terima: bytearray, maks: int) -> bool:
    """Say whether the whole answer is there; raises JawabanSalah for one that is too long, or longer than it says."""
    if len(terima) < _PANJANG:
        return False
    panjang = int.from_bytes(terima[:_PANJANG], "big")
    if panjang > maks or len(terima) > _PANJANG + panjang:
        raise JawabanSalah
    return len(terima) == _PANJANG + panjang


def _terlalu_berat(nama: str, sebab: str) -> tuple[str, str, str]:
    return (
        f"{nama}: buku kerja ini terlalu berat untuk dibaca",
        sebab,
        "Hapus lembar yang tidak perlu, simpan ulang sebagai .xlsx, lalu ulangi.",
    )


def _cetak(nama: str) -> str:
    """Return a file's name as messages can show it."""
    return "".join(h if h.isprintable() else "?" for h in nama)


def _isi_berkas(jalan: Path, nama: str, maks: int) -> bytes:
    """Read a regular file; a pipe or device is not waited for. Raises MasukanSalah."""
    if str(jalan) == "-":
        raise MasukanSalah("Buku kerja tidak dibaca dari masukan baku", "Buku kerja dibaca dari berkas.", "Sebut nama berkas .xlsx.")
    try:
        penanda = os.open(jalan, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with os.fdopen(penanda, "rb", closefd=True) as berkas:
            if not stat.S_ISREG(os.fstat(penanda).st_mode):
                raise MasukanSalah(
                    f"{nama} bukan berkas biasa", "Buku kerja dibaca dari berkas, bukan folder atau pipa.", "Sebut berkas .xlsx."
                )
            isi = berkas.read(maks + 1)
    except (OSError, ValueError) as e:
        arti = ARTI_BUKA.get(getattr(e, "errno", 0) or 0) or getattr(e, "strerror", None) or "Namanya tidak sah."
        raise MasukanSalah(f"Berkas {nama} tidak dapat dibaca", arti, "Periksa letak, nama, dan hak baca berkas itu.") from None
    if len(isi) > maks:
        raise MasukanSalah(
            f"Berkas {nama} terlalu besar", f"Paling besar {maks // _MIB} MiB.", "Hapus gambar dan lembar yang tidak perlu, lalu simpan."
        )
    return isi
