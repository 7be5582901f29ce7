#!/usr/bin/env python3
"""Check an export of the register, a seal and proofs without the register: this one file, Python, and ``cryptography``.

    python verifikasi_mandiri.py paket.zip --kunci-publik KUNCI
    python verifikasi_mandiri.py --peristiwa peristiwa.jsonl --segel segel.txt --kunci-publik KUNCI --terhadap segel-lama.txt
    python verifikasi_mandiri.py --bukti peristiwa-12.tlog-proof --kunci-publik KUNCI

What is checked: that every event still has the hash that the next event of its stream builds on; that these hashes, in order of
number, are the leaves of the tree whose root the seal names; that the seal is signed by the key; that the tree begins with every
older seal (--terhadap); in a bundle, that the list of evidence files and the definitions are those that the events name.
Take the key, and older seals, from somebody else than whoever hands you the export: a seal that comes with an export proves only
that both were made together.

Exit code 0: all holds. 7: something differs; the first such entry is named. 2: an input could not be used.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import reduce
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KOLOM = (
    "nomor", "instansi", "alur", "kode", "aliran", "versi", "jenis", "pokok", "tanggal", "waktu_catat", "jam", "oleh", "pencatat",
    "kunci", "dibaca", "dasar", "sidik_regulasi",
)  # fmt: skip
PERISTIWA, SEGEL, BERKAS = "peristiwa.jsonl", "titik-periksa.txt", "berkas.jsonl"  # what is looked for in a bundle, and definitions
TEMPLAT = b"zi/rantai/1\n"
BARIS_MAKS = 64 << 20  # bytes of one event
CATATAN_MAKS = 1 << 20  # bytes of a seal
BUKTI_MAKS = 2 * BARIS_MAKS
KEPALA_BUKTI = "c2sp.org/tlog-proof@v1"


class BedaError(Exception):
    """Something is not as it was sealed (exit code 7)."""


class MasukanError(Exception):
    """An input cannot be used (exit code 2)."""


Kunci = tuple[str, bytes, Ed25519PublicKey]


def daun(isi: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\0" + isi).digest()


def simpul(kiri: bytes, kanan: bytes) -> bytes:
    """Return the hash of an inner node."""
    return sha256(b"\1" + kiri + kanan).digest()


class Pohon:
    """The tree of the leaves so far: only the roots of its complete subtrees are kept, largest first."""

    def __init__(self) -> None:
        """Begin with no leaf."""
        self.ukuran = 0
        self.puncak: list[bytes] = []

    def tambah(self, sidik: bytes) -> None:
        """Take the next leaf's hash; two complete subtrees of one size become one."""
        sisa = self.ukuran
        while sisa & 1:
            sidik, sisa = simpul(self.puncak.pop(), sidik), sisa >> 1
        self.puncak.append(sidik)
        self.ukuran += 1

    def akar(self) -> bytes:
        """Return the root."""
        return reduce(lambda kanan, kiri: simpul(kiri, kanan), reversed(self.puncak)) if self.puncak else sha256(b"").digest()


def akar_cakupan(sidik: bytes, awal: int, akhir: int, indeks: int, jalur: list[bytes]) -> bytes:
    """Return the root over the leaves from ``awal`` to before ``akhir`` that a leaf's hash and its path lead to."""
    if (akhir - awal == 1) != (not jalur):
        raise BedaError("panjang jalur bukti tidak cocok dengan ukuran pohon")
    if not jalur:
        return sidik
    tengah = awal + (1 << ((akhir - awal - 1).bit_length() - 1))
    if indeks < tengah:
        return simpul(akar_cakupan(sidik, awal, tengah, indeks, jalur[:-1]), jalur[-1])
    return simpul(jalur[-1], akar_cakupan(sidik, tengah, akhir, indeks, jalur[:-1]))


def akar_tumbuh(lama: bytes, awal: int, akhir: int, dari: int, jalur: list[bytes]) -> tuple[bytes, bytes]:
    """Return the old and the new root that a consistency path leads to; ``lama`` is the old root, which it may leave out."""
    if len(jalur) != (awal > 0) if dari == akhir else not jalur:
        raise BedaError("panjang jalur bukti tidak cocok dengan ukuran pohon")
    if dari == akhir:
        return (jalur[0], jalur[0]) if awal else (lama, lama)
    tengah = awal + (1 << ((akhir - awal - 1).bit_length() - 1))
    if dari <= tengah:
        tua, muda = akar_tumbuh(lama, awal, tengah, dari, jalur[:-1])
        return tua, simpul(muda, jalur[-1])
    tua, muda = akar_tumbuh(lama, tengah, akhir, dari, jalur[:-1])
    return simpul(jalur[-1], tua), simpul(jalur[-1], muda)


def dari_base64(teks: str, apa: str) -> bytes:
    """Return the bytes of base64."""
    try:
        return base64.b64decode(teks, validate=True)
    except ValueError:
        raise MasukanError(f"{apa}: bukan base64") from None


def baca_kunci(teks: str) -> Kunci:
    """Return name, id and key (Ed25519) of a verifier key: ``name+id+base64``; the id is recomputed."""
    nama, _, sisa = teks.strip().partition("+")
    pengenal, _, kunci = sisa.partition("+")
    isi = dari_base64(kunci, "kunci publik")
    sidik = sha256(nama.encode() + b"\n" + isi).digest()[:4]
    if not nama or len(isi) != 33 or isi[:1] != b"\1" or sidik.hex() != pengenal:  # noqa: PLR2004 - type and key
        raise MasukanError("kunci publik: bentuknya bukan nama+pengenal+kunci Ed25519")
    return nama, sidik, Ed25519PublicKey.from_public_bytes(isi[1:])


class Segel:
    """A seal: so many events (``ukuran``) with this root (``akar``), signed by one of the keys."""

    def __init__(self, isi: bytes, kunci: list[Kunci], apa: str) -> None:
        """Read a seal and verify it; signatures of unknown keys are passed over, a wrong one of a known key is not."""
        self.apa = apa
        try:
            teks, _, tanda = isi.decode().rpartition("\n\n")
            self.asal, ukuran, akar, *_ = teks.split("\n")
        except ValueError:
            raise MasukanError(f"{apa}: bukan segel") from None
        if len(isi) > CATATAN_MAKS or not tanda.endswith("\n") or not re.fullmatch("0|[1-9][0-9]{0,18}", ukuran):
            raise MasukanError(f"{apa}: bukan segel")
        self.ukuran, self.akar = int(ukuran), dari_base64(akar, apa)
        sah = 0
        for baris in tanda[:-1].split("\n")[:100]:
            pemilik, _, isi_tanda = baris.removeprefix("\u2014 ").partition(" ")
            bita = dari_base64(isi_tanda, apa)
            for nama, sidik, publik in kunci:
                if (nama, sidik) == (pemilik, bita[:4]):
                    try:
                        publik.verify(bita[4:], f"{teks}\n".encode())
                    except InvalidSignature:
                        raise BedaError(f"{apa}: tanda tangannya bukan atas isi ini") from None
                    sah += 1
        if not sah:
            raise BedaError(f"{apa}: tidak ditandatangani kunci yang disebut")


def kanonik(nilai: object) -> bytes:
    """Return the canonical bytes (RFC 8785) of text, whole numbers and null under ASCII keys."""
    return json.dumps(nilai, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def urai(baris: bytes, nomor: int) -> dict[str, Any]:
    """Return the event of a line: exactly the known columns, each once and of its type, and only Unicode text."""
    try:
        pasangan: list[tuple[str, Any]] = json.loads(baris, object_pairs_hook=list)
        isi = dict(pasangan)
        if baris[:1] == b"{" and len(pasangan) == len(isi) and isi.keys() == {*KOLOM, "isi", "rantai"} and kanonik(isi):
            angka = [isi.pop("nomor"), isi.pop("versi")]
            teks = [v for k, v in isi.items() if v is not None or k not in ("pokok", "kunci")]
            if all(type(v) is int for v in angka) and all(type(v) is str for v in teks):
                return dict(pasangan)
    except (ValueError, TypeError, RecursionError):
        pass
    raise BedaError(f"peristiwa nomor {nomor}: barisnya bukan peristiwa yang utuh")


def sebutan(isi: object) -> Iterator[dict[str, Any]]:
    """Yield every evidence file that an event's content names."""
    if isinstance(isi, dict):
        if isi.keys() == {"nama", "sha256", "ukuran"}:
            yield isi
        isi = list(isi.values())
    for satu in isi if isinstance(isi, list) else []:
        yield from sebutan(satu)


def sebutan_cocok(daftar: IO[bytes], satu: dict[str, Any]) -> bool:
    """Say whether the next lines of the list of evidence files are exactly what an event names."""
    kepala = [("nomor", satu["nomor"]), ("aliran", satu["aliran"])]
    try:
        semua = [[*kepala, *sebut.items()] for sebut in sebutan(json.loads(satu["isi"]))]
        return all(json.loads(daftar.readline(BARIS_MAKS), object_pairs_hook=list) == harap for harap in semua)
    except (ValueError, RecursionError):
        return False


def periksa_peristiwa(berkas: IO[bytes], segel: list[Segel], daftar: IO[bytes] | None) -> tuple[int, set[str]]:
    """Check every event in turn, the tree at the size of each seal, and the list of evidence files where there is one.

    Return how many events there are and the definitions that decided. Only one line per stream is kept.
    """
    pohon, waktu, definisi = Pohon(), "", set[str]()
    ujung: dict[str, tuple[int, str]] = {}
    periksa_akar(segel, pohon)
    while baris := berkas.readline(BARIS_MAKS + 1):
        nomor = pohon.ukuran + 1
        satu = urai(baris, nomor)
        aliran = satu["aliran"]
        versi, sebelum = ujung.get(aliran) or (0, sha256(TEMPLAT + b"pangkal\n" + aliran.encode()).hexdigest())
        amplop = kanonik({k: satu[k] for k in KOLOM})
        bahan = b"%b%b\n%b\n%b" % (TEMPLAT, sebelum.encode(), amplop, satu["isi"].encode())
        for benar, apa in (
            (satu["nomor"] == nomor, f"nomornya {satu['nomor']}: ada yang hilang, ganda, atau tertukar"),
            (aliran == f"{satu['instansi']}/{satu['alur']}/{satu['kode']}", "nama alirannya tidak cocok"),
            (satu["versi"] == versi + 1, f"versinya {satu['versi']} sesudah {versi} dalam aliran itu"),
            (sha256(bahan).hexdigest() == satu["rantai"], "rantainya tidak cocok dengan isinya atau dengan peristiwa sebelumnya"),
            (satu["waktu_catat"] >= waktu, "waktu catatnya mundur"),
        ):
            if not benar:
                raise BedaError(f"peristiwa nomor {nomor}: {apa}")
        ujung[aliran], waktu = (satu["versi"], satu["rantai"]), satu["waktu_catat"]
        definisi.add(satu["sidik_regulasi"])
        pohon.tambah(daun(bytes.fromhex(satu["rantai"])))
        periksa_akar(segel, pohon)
        if daftar is not None and '"sha256"' in satu["isi"] and not sebutan_cocok(daftar, satu):
            raise BedaError(f"{BERKAS}: bukan persis yang disebut peristiwa nomor {nomor}")
    if daftar is not None and daftar.read(1):
        raise BedaError(f"{BERKAS}: memuat berkas yang tidak disebut peristiwa mana pun")
    for lain in segel:
        if lain.ukuran > pohon.ukuran:
            raise BedaError(f"{lain.apa}: mencakup {lain.ukuran} peristiwa; nomor {pohon.ukuran + 1} dan seterusnya tidak ada")
    return pohon.ukuran, definisi


def periksa_akar(segel: list[Segel], pohon: Pohon) -> None:
    """Compare the tree with the seals of its present size."""
    for satu in segel:
        if satu.ukuran == pohon.ukuran and satu.akar != pohon.akar():
            raise BedaError(f"{satu.apa}: akarnya berbeda; sedikitnya satu dari peristiwa 1 sampai {satu.ukuran} bukan yang disegel")


def periksa_bukti(isi: bytes, kunci: list[Kunci], lama: list[Segel], apa: str) -> str:
    """Check a proof file: that an event is under a seal, or that the log grew from an older seal; return what it proves."""
    kepala, _, catatan = isi.partition(b"\n\n")
    bentuk = re.fullmatch(rf"(?:{re.escape(KEPALA_BUKTI)}\nextra (\S+)\nindex|old) ([0-9]{{1,19}})((?:\n\S+)*)".encode(), kepala)
    if bentuk is None:
        raise MasukanError(f"{apa}: bukan bukti")
    segel, angka = Segel(catatan, kunci, f"{apa}, segelnya"), int(bentuk[2])
    jalur = [dari_base64(b.decode("latin-1"), apa) for b in bentuk[3].split()]
    if any(len(satu) != len(segel.akar) for satu in jalur):
        raise MasukanError(f"{apa}: jalurnya bukan sidik 32 bita")
    if bentuk[1] is None:
        return _tumbuh(angka, jalur, segel, lama, apa)
    bahan = dari_base64(bentuk[1].decode("latin-1"), apa)
    if angka >= segel.ukuran or akar_cakupan(daun(sha256(bahan).digest()), 0, segel.ukuran, angka, jalur) != segel.akar:
        raise BedaError(f"{apa}: jalurnya tidak menuju akar segel")
    return f"peristiwa nomor {angka + 1} tercakup dalam segel atas {segel.ukuran} peristiwa"


def _tumbuh(dari: int, jalur: list[bytes], segel: Segel, lama: list[Segel], apa: str) -> str:
    """Check a consistency proof against each older seal of its size."""
    cocok = [satu for satu in lama if satu.ukuran == dari]
    if not cocok:
        raise MasukanError(f"{apa}: sebut segel lama atas {dari} peristiwa dengan --terhadap")
    for satu in cocok:
        tetap = not jalur and satu.akar == Pohon().akar() if dari == 0 else dari <= segel.ukuran
        if not tetap or (dari and akar_tumbuh(satu.akar, 0, segel.ukuran, dari, jalur) != (satu.akar, segel.akar)):
            raise BedaError(f"{apa}: log bukan kelanjutan dari {satu.apa}")
    return f"{dari} peristiwa yang dulu disegel adalah awal dari {segel.ukuran} peristiwa yang kini disegel"


@contextmanager
def buka(paket: str | None, nama: str, letak: str | None = None, *, wajib: bool = True) -> Iterator[IO[bytes] | None]:
    """Open a file that was named, else the one with this name in the bundle (a folder or a ZIP; nothing is unpacked)."""
    if letak is not None or paket is None or Path(paket).is_dir():
        jalan = Path(letak) if letak is not None else Path(paket) / nama if paket is not None else None
        with jalan.open("rb") if jalan is not None and (wajib or jalan.exists()) else nullcontext() as berkas:
            yield berkas
        return
    with zipfile.ZipFile(paket) as arsip:
        banyak = arsip.namelist().count(nama)
        if banyak > 1 or (wajib and not banyak):
            raise MasukanError(f"{paket}: {nama} tidak ada, atau ada lebih dari satu")
        with arsip.open(nama) if banyak else nullcontext() as berkas:
            yield berkas


def periksa_definisi(paket: str, semua: set[str]) -> list[str]:
    """Check each definition in the bundle against the hash by which events name it; return what is to be said."""
    hasil = []
    for sidik in sorted(semua):
        nama = f"definisi/{sidik.removeprefix('sha256:')}.json"
        with buka(paket, nama, wajib=False) if re.fullmatch("sha256:[0-9a-f]{64}", sidik) else nullcontext() as berkas:
            if berkas is None:
                hasil.append(f"PERHATIAN: definisi {sidik} tidak ada dalam paket")
            elif f"sha256:{file_digest(berkas, 'sha256').hexdigest()}" != sidik:  # type: ignore[arg-type] # both kinds can
                raise BedaError(f"{nama}: isinya bukan definisi yang memutuskan")
    return hasil


def baca(letak: str, maks: int) -> bytes:
    """Return the content of a file that is not larger than ``maks``."""
    with Path(letak).open("rb") as berkas:
        isi = berkas.read(maks + 1)
    if len(isi) > maks:
        raise MasukanError(f"{letak}: lebih dari {maks} bita")
    return isi


def jalankan(pilihan: argparse.Namespace) -> list[str]:
    """Check everything that was named; return what holds."""
    baris = [b for satu in pilihan.kunci_publik for b in ([satu] if "+" in satu else baca(satu, CATATAN_MAKS).decode().splitlines())]
    kunci = [baca_kunci(b) for b in baris if b.strip()]
    lama = [Segel(baca(satu, CATATAN_MAKS), kunci, satu) for satu in pilihan.terhadap]
    hasil = [f"{satu}: {periksa_bukti(baca(satu, BUKTI_MAKS), kunci, lama, satu)}" for satu in pilihan.bukti]
    with buka(pilihan.paket, SEGEL, pilihan.segel) as berkas:
        segel = [] if berkas is None else [Segel(berkas.read(CATATAN_MAKS + 1), kunci, "segel paket")]
    paket = pilihan.paket if pilihan.peristiwa is None else None
    with buka(paket, PERISTIWA, pilihan.peristiwa) as berkas, buka(paket, BERKAS, wajib=False) as daftar:
        if berkas is not None:
            semua = [*segel, *lama]
            banyak, definisi = periksa_peristiwa(berkas, semua, daftar)
            hasil.append(f"{banyak} peristiwa: rantai setiap aliran dan pohon utuh, cocok dengan {len(semua)} segel")
            hasil += [] if paket is None else periksa_definisi(paket, definisi)
            tersegel = max((s.ukuran for s in semua), default=0)
            if tersegel < banyak:
                hasil.append(f"PERHATIAN: peristiwa {tersegel + 1} sampai {banyak} belum tercakup segel mana pun")
    hasil = hasil or [f"{satu.apa}: segel atas {satu.ukuran} peristiwa, tanda tangannya sah" for satu in [*segel, *lama]]
    if not hasil:
        raise MasukanError("belum disebut apa yang diperiksa; lihat --help")
    return hasil


def main() -> int:
    """Run the program; return the exit code."""
    opsi = argparse.ArgumentParser(description="Periksa ekspor, segel, dan bukti zi tanpa penyimpanannya.", allow_abbrev=False)
    opsi.add_argument("paket", nargs="?", help="paket ekspor: folder atau ZIP")
    opsi.add_argument("--kunci-publik", action="append", required=True, help="kunci publik, atau berkasnya; jangan dari paketnya")
    opsi.add_argument("--peristiwa", help="berkas peristiwa.jsonl, bila bukan dalam paket")
    opsi.add_argument("--segel", help="berkas segel, bila bukan dalam paket")
    opsi.add_argument("--terhadap", action="append", default=[], help="segel lama yang disimpan di tempat lain")
    opsi.add_argument("--bukti", action="append", default=[], help="berkas bukti dari zi audit bukti")
    try:
        kalimat, kode = "\n".join([*jalankan(opsi.parse_args()), "UTUH"]), 0
    except BedaError as beda:
        kalimat, kode = f"BERBEDA: {beda}", 7
    except (MasukanError, OSError, UnicodeError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as salah:
        kalimat, kode = f"Masukan tidak dapat dipakai: {salah}", 2
    keluar = sys.stderr if kode else sys.stdout
    keluar.write("".join(h if h.isprintable() or h == "\n" else f"\\u{ord(h):04x}" for h in kalimat) + "\n")
    return kode


if __name__ == "__main__":
    sys.exit(main())
