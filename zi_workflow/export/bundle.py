"""The bundle: the log from its first event to a seal, with everything that an outsider needs to check it, as one ZIP.

Names are fixed and flat, times are fixed, and nothing depends on the clock: the same log, seal and keys give the same bytes.
Personal data stands in it as it is stored, sealed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any, Final, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zi_workflow.domain.errors import IntegritasRusak
from zi_workflow.export.content import Baris
from zi_workflow.store.raw import mentah
from zi_workflow.workbook.text import json_terang

PERISTIWA, SEGEL, KUNCI, PROGRAM = "peristiwa.jsonl", "titik-periksa.txt", "kunci-publik.txt", "verifikasi_mandiri.py"
BERKAS, DAFTAR, BACA = "berkas.jsonl", "daftar-isi.txt", "BACA.txt"
_BESAR: Final = frozenset({PERISTIWA, BERKAS})
"""Members that may grow beyond 4 GB."""
_SIDIK: Final = re.compile("sha256:([0-9a-f]{64})")
_WAKTU: Final = (1980, 1, 1, 0, 0, 0)
_HAK: Final = 0o644 << 16
_UNIX: Final = 3
_BERKAS: Final = {"nama", "sha256", "ukuran"}

_PETUNJUK: Final = """\
PAKET PERISTIWA REGISTER ZONA INTEGRITAS: {instansi}
Peristiwa nomor 1 sampai {ukuran}, persis seperti tersimpan.

ISI
  peristiwa.jsonl         satu baris satu peristiwa, urut nomor; teks "isi" adalah bita yang berada di bawah rantai
  titik-periksa.txt       segel: banyaknya peristiwa dan akar pohonnya, ditandatangani
  kunci-publik.txt        kunci publik penanda tangannya
  berkas.jsonl            sidik, ukuran, dan nama setiap berkas bukti, dan peristiwa yang menyebutnya
  definisi/SIDIK.json     definisi aturan yang memutuskan; nama berkasnya sidik isinya
  verifikasi_mandiri.py   pemeriksa; memerlukan Python 3.11 dan pustaka cryptography saja
  daftar-isi.txt          sidik setiap berkas di atas{tanda}

CARA MEMERIKSA
  1. Minta kunci publik, dan bila ada segel terdahulu, LANGSUNG dari penyimpannya. Jangan memakai yang ada dalam paket ini: paket
     yang dipalsukan membawa kunci dan segel palsunya sendiri. Begitu pula verifikasi_mandiri.py: ambillah dari sumber yang Anda
     percaya, atau bacalah dahulu; berkasnya pendek.
  2. pip install cryptography
  3. python verifikasi_mandiri.py paket.zip --kunci-publik KUNCI [--terhadap SEGEL-LAMA]
     Kode keluar 0: utuh. 7: ada yang berbeda, peristiwa pertama yang berbeda disebut. 2: masukannya tidak dapat dipakai.
  4. Berkas bukti: bandingkan sidiknya (sha256sum BERKAS) dengan berkas.jsonl, yang isinya berasal dari peristiwa.
  5. Isi paket: sha256sum -c daftar-isi.txt (baris kepala dan tanda tangannya boleh diperingatkan).

Yang terbukti: tidak satu pun peristiwa nomor 1 sampai {ukuran} diubah, disisipkan, dihapus, atau ditukar sejak segel itu. Bahwa tidak ada
peristiwa yang lebih baru, tidak terbukti dari paket ini; bandingkan dengan segel yang lebih baru.
Data pribadi tetap tersegel di dalam peristiwa; tanpa kuncinya tidak terbaca, dan buktinya tetap sah.
"""


@dataclass(frozen=True, slots=True)
class Bahan:
    """What goes in: ``baca`` gives the first ``ukuran`` rows of the log, as often as it is called; ``catatan`` is the seal over them.

    ``tandatangani`` turns the list of contents into a signed note; None where no sealing key is at hand.
    """

    instansi: str
    ukuran: int
    catatan: str
    kunci_publik: tuple[str, ...]
    program: bytes
    baca: Callable[[], Iterable[Baris]]
    definisi: Callable[[str], bytes | None]
    tandatangani: Callable[[str], str] | None = None


class Paket:
    """A bundle being written; what is in it is known when its last piece was taken."""

    def __init__(self, bahan: Bahan) -> None:
        """Begin; nothing is read yet."""
        self._bahan = bahan
        self._daftar: list[tuple[str, str]] = []
        self._sidik: dict[str, None] = {}
        self.berkas = 0
        self.tanpa_definisi: list[str] = []

    @property
    def definisi(self) -> int:
        """Return how many definitions are in it."""
        return len(self._sidik) - len(self.tanpa_definisi)

    def potongan(self) -> Iterator[bytes]:
        """Yield the file in pieces; raises IntegritasRusak where the log is not what the seal says it is."""
        arus = _Arus()
        with ZipFile(cast("IO[bytes]", arus), "w", ZIP_DEFLATED) as arsip:
            for nama, isi in self._anggota():
                sidik = sha256()
                with arsip.open(_kepala(nama), "w", force_zip64=nama in _BESAR) as anggota:
                    for satu in isi:
                        sidik.update(satu)
                        anggota.write(satu)
                        if arus:
                            yield arus.ambil()
                self._daftar.append((sidik.hexdigest(), nama))
        yield arus.ambil()

    def _anggota(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield the members in order; what a later one says may come from those before it."""
        bahan = self._bahan
        tanda = ", ditandatangani" if bahan.tandatangani else ""
        yield BACA, [_PETUNJUK.format(instansi=bahan.instansi, ukuran=bahan.ukuran, tanda=tanda).encode()]
        yield SEGEL, [bahan.catatan.encode()]
        yield KUNCI, [f"{satu}\n".encode() for satu in bahan.kunci_publik]
        yield PROGRAM, [bahan.program]
        yield PERISTIWA, self._peristiwa()
        yield BERKAS, self._berkas()
        for sidik in sorted(self._sidik):
            isi = bahan.definisi(sidik)
            if isi is None:
                self.tanpa_definisi.append(sidik)
            else:
                yield f"definisi/{_cocok(sidik, isi)}.json", [isi]
        yield DAFTAR, [self._daftar_isi().encode()]

    def _peristiwa(self) -> Iterator[bytes]:
        """Yield the events as they are stored."""
        banyak = 0
        for banyak, baris in enumerate(self._bahan.baca(), 1):  # noqa: B007 - counted for what follows
            self._sidik.setdefault(baris["sidik_regulasi"])
            yield mentah(baris)
        if banyak != self._bahan.ukuran:
            raise IntegritasRusak(
                "Paket tidak dapat dibuat: ada peristiwa yang hilang.",
                f"Segelnya atas {self._bahan.ukuran} peristiwa, terbaca {banyak}.",
                "zi audit verifikasi",
            )

    def _berkas(self) -> Iterator[bytes]:
        """Yield a line for every mention of an evidence file."""
        for baris in self._bahan.baca():
            if b'"sha256"' in baris["isi"]:
                for satu in _sebutan(json.loads(baris["isi"])):
                    self.berkas += 1
                    yield f"{json_terang({'nomor': baris['nomor'], 'aliran': baris['aliran'], **satu})}\n".encode()

    def _daftar_isi(self) -> str:
        """Return the list of everything before it, in the form of ``sha256sum``, as a note."""
        baris = "".join(f"{sidik}  {nama}\n" for sidik, nama in self._daftar)
        teks = f"zi/paket/1 {self._bahan.instansi} {self._bahan.ukuran}\n{baris}"
        return f"{teks}\n{self._bahan.tandatangani(teks)}" if self._bahan.tandatangani else teks


class _Arus:
    """What the archive is written to: it has no position, so that a file and a pipe get the same bytes."""

    def __init__(self) -> None:
        self._isi = bytearray()

    def __len__(self) -> int:
        return len(self._isi)

    def write(self, isi: bytes) -> int:
        """Take bytes."""
        self._isi += isi
        return len(isi)

    def flush(self) -> None:
        """Do nothing: what came in is taken out when it is wanted."""

    def ambil(self) -> bytes:
        """Return what came in since the last time."""
        isi = bytes(self._isi)
        self._isi.clear()
        return isi


def _kepala(nama: str) -> ZipInfo:
    """Return a member's header, without a clock and without a machine in it."""
    kepala = ZipInfo(nama, _WAKTU)
    kepala.compress_type, kepala.external_attr, kepala.create_system = ZIP_DEFLATED, _HAK, _UNIX
    return kepala


def _cocok(sidik: str, isi: bytes) -> str:
    """Return the hash of a definition in hex; raises IntegritasRusak where it is not the hash of these bytes."""
    cocok = _SIDIK.fullmatch(sidik)
    if cocok is None or cocok[1] != sha256(isi).hexdigest():
        raise IntegritasRusak(
            "Paket tidak dapat dibuat: sebuah definisi tersimpan berbeda dari sidiknya.", f"Sidiknya {sidik[:80]}.", "zi audit verifikasi"
        )
    return cocok[1]


def _sebutan(isi: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - plain data of any shape
    """Yield every evidence file that a content names."""
    if isinstance(isi, dict):
        if isi.keys() == _BERKAS:
            yield isi
        for satu in isi.values():
            yield from _sebutan(satu)
    elif isinstance(isi, list):
        for satu in isi:
            yield from _sebutan(satu)
