"""Events to bytes and back: names and versions by an explicit registry, content as canonical JSON (RFC 8785).

What is on disk is ``Nama@versi`` and plain JSON; no module path, no class. A change of a stored event is a new
version with an upcaster here; whatever this program does not know is refused, never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from json.scanner import make_scanner
from typing import Any, Final

from zi_workflow.domain import events
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.domain.events import Berkas, Peristiwa
from zi_workflow.domain.personal import TANDA, Pribadi, sandi_wajib
from zi_workflow.store.sealing import TANPA_BRANKAS, Penyegel, pembuka, segel

Isi = dict[str, Any]
Penaik = Callable[[Isi], Isi]
"""Upgrades the content of one version to the next."""

BATAS_BULAT: Final = 2**53
"""Whole numbers from here on are not exact in every JSON reader."""

DAFTAR: Final[Mapping[str, tuple[type[Any], int, str | None]]] = {
    "UnitDidaftarkan": (events.UnitDidaftarkan, 1, None),
    "BuktiDicatat": (events.BuktiDicatat, 1, "jenis"),
    "BuktiDikoreksi": (events.BuktiDikoreksi, 1, "jenis"),
    "BuktiDitarik": (events.BuktiDitarik, 1, "jenis"),
    "PutusanDitinjau": (events.PutusanDitinjau, 1, "jenis"),
    "PeninjauanDiakui": (events.PeninjauanDiakui, 1, None),
    "LangkahDiambil": (events.LangkahDiambil, 1, "langkah"),
    "LangkahDibatalkan": (events.LangkahDibatalkan, 1, "langkah"),
    "LaranganDiwariskan": (events.LaranganDiwariskan, 1, None),
    "BerkasTerkait": (events.BerkasTerkait, 1, "alur"),
    "PerintahDitolak": (events.PerintahDitolak, 1, "perintah"),
    "PejabatDiangkat": (events.PejabatDiangkat, 1, "peran"),
    "PejabatDiakhiri": (events.PejabatDiakhiri, 1, "peran"),
    "KontakDiatur": (events.KontakDiatur, 1, "kanal"),
    "DataPribadiDihapus": (events.DataPribadiDihapus, 1, None),
    "TenggatDiingatkan": (events.TenggatDiingatkan, 1, "tenggat"),
    "TenggatTerlewat": (events.TenggatTerlewat, 1, "tenggat"),
    "PengingatDicabut": (events.PengingatDicabut, 1, "tenggat"),
    "PengingatDipulihkan": (events.PengingatDipulihkan, 1, "tenggat"),
    "JadwalDisapu": (events.JadwalDisapu, 1, None),
    "PemberitahuanDisusun": (events.PemberitahuanDisusun, 1, None),
    "PemberitahuanDicoba": (events.PemberitahuanDicoba, 1, "hasil"),
}
"""Stored name -> class, current version, and the field that says what the event is about (``pokok``)."""

PENAIK: Final[Mapping[tuple[str, int], Penaik]] = {}
"""(name, version) -> upcaster to the next version."""

_sandi = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode
_pindai: Callable[[str, int], tuple[Any, int]] = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]
_SEMUA_TEKS = "".join
_POLOS = frozenset({str, bool, type(None)})
_KUNCI_TANDA: Final = f'"{TANDA}":'.encode()
"""How the key of a token stands in stored bytes; inside a text its quotation marks would be escaped."""


def polos(nilai: object, jalan: str = "$") -> Any:  # noqa: ANN401 - plain data has no narrower type
    """Return ``nilai`` as plain JSON data.

    Raises `MasukanSalah` for a key that is not ASCII or a number outside ±2^53, `TypeError` for anything that is
    not plain (a float, a date): the former comes from people, the latter from a bug.
    """
    jenis = type(nilai)
    if jenis in _POLOS:
        return nilai
    if jenis is int:
        return _bulat(nilai, jalan)  # type: ignore[arg-type]
    if jenis is dict or isinstance(nilai, Mapping):
        return {_kunci(k, jalan): polos(v, jalan) for k, v in nilai.items()}  # type: ignore[attr-defined]
    if isinstance(nilai, list | tuple):
        return [polos(v, jalan) for v in nilai]
    if jenis is Pribadi:
        return {TANDA: json.loads(sandi_wajib(nilai))}  # type: ignore[arg-type]
    if jenis is Berkas:
        return {"nama": nilai.nama, "sha256": nilai.sha256, "ukuran": _bulat(nilai.ukuran, jalan)}  # type: ignore[attr-defined]
    msg = f"{jalan}: {jenis.__name__} is not plain data"
    raise TypeError(msg)


def _bulat(nilai: int, jalan: str) -> int:
    if -BATAS_BULAT < nilai < BATAS_BULAT:
        return nilai
    raise MasukanSalah(f"Bilangan {nilai} terlalu besar.", f"{jalan}: batasnya 2^53.", "Tulis bilangan itu sebagai teks.")


def _kunci(kunci: object, jalan: str) -> str:
    if type(kunci) is not str:
        msg = f"{jalan}: key {kunci!r} is not text"
        raise TypeError(msg)
    if kunci == TANDA:
        raise MasukanSalah(f"Isian '{TANDA}' tidak boleh dipakai.", f"{jalan}: nama itu milik data yang disegel.", "Ganti nama isian itu.")
    if kunci.isascii():
        return kunci
    raise MasukanSalah(f"Nama kolom {kunci!r} tidak dapat disimpan.", f"{jalan}: nama kolom hanya huruf ASCII.", "Ganti nama kolom itu.")


def kanonik(nilai: object, jalan: str = "$") -> bytes:
    """Return the canonical bytes (RFC 8785) of plain data; raises as `polos` does, and for text that is not Unicode."""
    try:
        return _sandi(nilai if _jelas(nilai) else polos(nilai, jalan)).encode()
    except UnicodeEncodeError as galat:
        raise MasukanSalah("Teks berisi karakter yang bukan Unicode.", f"{jalan}: {galat.reason}.", "Perbaiki teks itu.") from galat


def _jelas(nilai: object) -> bool:
    """Say, quickly, that the encoder may take ``nilai`` as it is; where this is unsure, `polos` decides."""
    tumpuk = [nilai]
    while tumpuk:
        satu = tumpuk.pop()
        jenis = type(satu)
        if jenis in _POLOS:
            continue
        if jenis is dict:
            if TANDA in satu or not _SEMUA_TEKS(satu).isascii():  # type: ignore[operator,arg-type]
                return False
            tumpuk.extend(satu.values())  # type: ignore[attr-defined]
        elif jenis is list or jenis is tuple:
            tumpuk.extend(satu)  # type: ignore[arg-type]
        elif jenis is not int or not -BATAS_BULAT < satu < BATAS_BULAT:  # type: ignore[operator]
            return False
    return True


class Kodek:
    """The two directions, over one registry of events and one of upcasters, personal texts by one key store."""

    def __init__(
        self,
        daftar: Mapping[str, tuple[type[Any], int, str | None]] = DAFTAR,
        penaik: Mapping[tuple[str, int], Penaik] = PENAIK,
        brankas: Penyegel = TANPA_BRANKAS,
    ) -> None:
        """Index the registry by class and by stored name; nothing is read from disk."""
        self._daftar = daftar
        self._penaik = penaik
        self._brankas = brankas
        self._pembuka = json.JSONDecoder(object_hook=pembuka(brankas))
        self._nama = {
            kelas: (f"{nama}@{versi}", tuple(f.name for f in fields(kelas)), pokok) for nama, (kelas, versi, pokok) in daftar.items()
        }
        self._pembaca: dict[str, Callable[[Isi], Peristiwa]] = {}

    def dengan(self, brankas: Penyegel) -> Kodek:
        """Return the same codec over another key store."""
        return Kodek(self._daftar, self._penaik, brankas)

    def segel(self, peristiwa: Peristiwa) -> Peristiwa:
        """Return the event with every personal text sealed; the event itself where there is none.

        Raises as the key store does.
        """
        nama = self._nama[type(peristiwa)][1]
        return peristiwa if _jelas([getattr(peristiwa, n) for n in nama]) else segel(peristiwa, nama, self._brankas)

    def kodekan(self, peristiwa: Peristiwa) -> tuple[str, bytes]:
        """Return the stored name (``LangkahDiambil@1``) and the canonical bytes of an event, its personal texts being sealed."""
        jenis, nama, _ = self._nama[type(peristiwa)]
        return jenis, kanonik({n: getattr(peristiwa, n) for n in nama}, jenis)

    def isi(self, isi: bytes) -> Isi:
        """Return stored content as it is, before any upcasting, its personal texts opened. Raises `ValueError`."""
        return self._pembuka.decode(isi.decode()) if _KUNCI_TANDA in isi else json.loads(isi)  # type: ignore[no-any-return]

    def teks(self, tersimpan: str) -> str:
        """Return a text that was kept as JSON, opened where it is sealed; empty for anything else."""
        nilai = self._pembuka.decode(tersimpan)
        return nilai if isinstance(nilai, str) else ""

    def pokok(self, peristiwa: Peristiwa) -> str | None:
        """Return what the event is about (record kind, move, role), for searching; None where nothing is."""
        kolom = self._nama[type(peristiwa)][2]
        return None if kolom is None else getattr(peristiwa, kolom)

    def dekode(self, jenis: str, isi: bytes) -> Peristiwa:
        """Return the event behind stored bytes; raises `PenyimpananGagal` where this program does not know it."""
        pembaca = self._pembaca.get(jenis)
        if pembaca is None:
            pembaca = self._pembaca[jenis] = self._susun(jenis)
        try:
            teks = isi.decode()
            nilai, akhir = self._pembuka.raw_decode(teks) if _KUNCI_TANDA in isi else _pindai(teks, 0)
            if akhir == len(teks):
                return pembaca(nilai)
            galat: Exception = ValueError(f"{len(teks) - akhir} bytes after the content")
        except (TypeError, KeyError, ValueError, StopIteration, AttributeError) as sebab:
            galat = sebab
        raise _tak_terbaca(jenis, galat) from galat

    def _susun(self, jenis: str) -> Callable[[Isi], Peristiwa]:
        """Build the reader of one stored name: its upcasters in order, then the class."""
        nama, _, angka = jenis.rpartition("@")
        kelas, kini, _pokok = self._daftar.get(nama, (None, 0, None))
        versi = int(angka) if angka.isdecimal() else 0
        langkah = [self._penaik.get((nama, v)) for v in range(versi, kini)]
        if kelas is None or not 1 <= versi <= kini or None in langkah:
            raise PenyimpananGagal(
                f"Peristiwa {jenis} tidak dikenal program ini.",
                "Penyimpanan lebih baru daripada program.",
                "Pasang zi terbaru, lalu ulangi.",
            )
        bangun = _pembangun(kelas)
        if not langkah:
            return bangun

        def naik(isi: Isi) -> Peristiwa:
            for satu in langkah:
                isi = satu(isi)  # type: ignore[misc]
            return bangun(isi)

        return naik


def _tak_terbaca(jenis: str, galat: Exception) -> PenyimpananGagal:
    return PenyimpananGagal(
        f"Isi peristiwa {jenis} tidak dapat dibaca.",
        f"Bentuknya bukan bentuk {jenis} yang dikenal program ini ({galat}).",
        "Jalankan `zi doktor`, lalu pakai zi terbaru.",
    )


def _pembangun(kelas: type[Any]) -> Callable[[Isi], Peristiwa]:
    """Return a function that makes ``kelas`` of its decoded content (tuples and files are lists in JSON)."""
    tipe = {f.name: str(f.type) for f in fields(kelas)}
    daftar = tuple([nama for nama, satu in tipe.items() if satu.startswith("tuple[") and "Berkas" not in satu])
    berkas = tuple([nama for nama, satu in tipe.items() if "Berkas" in satu])

    def bangun(isi: Isi) -> Peristiwa:
        for nama in daftar:
            isi[nama] = tuple(isi[nama])
        for nama in berkas:
            isi[nama] = tuple([Berkas(b["sha256"], b["ukuran"], b["nama"]) for b in isi[nama]]) if isi[nama] else ()
        return kelas(**isi)  # type: ignore[no-any-return]

    return bangun


KODEK: Final = Kodek()
