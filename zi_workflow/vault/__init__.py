"""The key store of personal data: one key per person, in a folder beside the register and never inside it.

Each register has a folder of its own in it, named by a random id that is kept in the register, so that two registers which share
a place never share a key. What is opened passes through `Brankas.buka`, what is written through `Brankas.segel`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zi_workflow.clock import acak
from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.domain.personal import DIHAPUS, RUSAK, TERBUKA, TERKUNCI, TERTUTUP, Pribadi
from zi_workflow.vault import files
from zi_workflow.vault.cipher import PANJANG, KunciOrang, kunci_dari
from zi_workflow.vault.files import Cacat

__all__ = ["Brankas", "Cacat"]

_PENGENAL: Final = re.compile(r"[0-9a-f]{32}")
_PENANDA: Final = "brankas.json"


class Brankas:
    """The keys of one register's people. Reading never raises; what cannot be opened says so in its place."""

    def __init__(self, folder: Path | None, pengenal: Callable[[], str | None]) -> None:
        """Keep the place (None: this machine has none) and how to learn the register's id; nothing is read yet."""
        self.akar = folder
        self._pengenal = pengenal
        self._siap: tuple[str, Path, bytes] | None = None
        self._kunci: dict[str, tuple[tuple[int, int, int], KunciOrang]] = {}

    def siapkan(self, pengenal: str) -> None:
        """Make the folder of a new register; raises `PenyimpananGagal` where it cannot be made."""
        if self.akar is not None:
            folder = self.akar / _sah(pengenal)
            isi = {"brankas": pengenal, "sidik": b64encode(acak(PANJANG)).decode(), "skema": 1}
            files.dijaga(folder, lambda: _siapkan(folder, json.dumps(isi).encode()))

    def tak_siap(self) -> str | None:
        """Say why nothing can be sealed on this machine; None where it can."""
        try:
            self._buka_folder()
        except Cacat as cacat:
            return cacat.sebab
        return None

    def segel(self, nilai: Pribadi, orang: str, *, kembali: bool = False, ditolak: bool = False) -> dict[str, Any]:
        """Return the token of a text, making the person's key where it has none yet.

        Somebody whose data were deleted gets a new key only with a new appointment (``kembali``); in what was refused (``ditolak``)
        his text is left out. Raises `MasukanSalah` for his text elsewhere, `PenyimpananGagal` where there is no usable key store.
        """
        try:
            brankas, folder, _ = self._buka_folder()
            kunci, hapus = self._kini(folder, orang)
            if kunci is None and hapus and not kembali:
                return _tanpa_isi(nilai, orang, ditolak=ditolak)
            kunci = kunci or self._baru(folder, orang)
        except Cacat as cacat:
            raise _tak_siap(cacat.sebab) from cacat
        return kunci.segel(brankas, nilai, tertutup=nilai.tertutup)

    def buka(self, token: Mapping[str, Any], sandi: str, *, paksa: bool = False) -> Pribadi:
        """Return the text behind a token (``sandi`` is how it is stored), or what is shown for it.

        One that is kept closed is opened only by ``paksa``, which belongs to the verb that may.
        """
        orang, tertutup = token.get("orang"), token.get("t") is True
        if not isinstance(orang, str):
            return Pribadi(RUSAK, "", sandi=sandi, keadaan=RUSAK)
        try:
            teks, keadaan = self._terbuka(orang, token, tertutup=tertutup and not paksa)
        except Cacat:
            teks, keadaan = "", TERKUNCI
        except ValueError:
            teks, keadaan = "", RUSAK
        return Pribadi(keadaan or teks, orang, sandi=sandi, keadaan=keadaan, tertutup=tertutup)

    def _terbuka(self, orang: str, token: Mapping[str, Any], *, tertutup: bool) -> tuple[str, str]:
        """Return a text and how it stands; raises `Cacat`, and `ValueError` for what its key did not seal."""
        if token.get("hapus") is True:
            return "", DIHAPUS
        brankas, folder, _ = self._buka_folder()
        kunci, hapus = self._kini(folder, orang)
        if token.get("k") in hapus:
            return "", DIHAPUS
        if kunci is None or kunci.id != token.get("k"):
            return "", TERKUNCI
        return ("", TERTUTUP) if tertutup else (kunci.buka(brankas, token), TERBUKA)

    def kunci_kini(self, orang: str) -> str | None:
        """Return the id of a person's key, None where he has none; raises `PenyimpananGagal` where this machine cannot tell."""
        try:
            kunci, _ = self._kini(self._buka_folder()[1], orang)
        except Cacat as cacat:
            raise _tak_siap(cacat.sebab) from cacat
        return None if kunci is None else kunci.id

    def musnahkan(self, orang: str, kunci_id: str) -> bool:
        """Destroy a key of a person for ever and leave its tombstone; safe to repeat. Return whether anything was left to do.

        The tombstone comes first: from then on the text is gone for every reader, and what remains of the key is finished off by
        the next run. Raises `PenyimpananGagal`.
        """
        try:
            folder = self._buka_folder()[1]
            lama = self._dihapus(folder, orang)
        except Cacat as cacat:
            raise _tak_siap(cacat.sebab) from cacat
        sisa = self.tersisa(orang, kunci_id)
        if sisa:
            isi = json.dumps({"k": sorted({*lama, kunci_id}), "orang": orang, "skema": 1}).encode()
            files.dijaga(folder, lambda: self._musnahkan(folder, orang, isi))
        return sisa

    def _musnahkan(self, folder: Path, orang: str, tanda: bytes) -> None:
        with files.bergiliran(folder):
            files.taruh(_jalan(folder, orang, "hapus"), tanda, timpa=True)
            if self._kini(folder, orang)[0] is None:  # not the key of a new appointment that came between
                files.musnahkan(_jalan(folder, orang, "kunci"))
        self._kunci.pop(orang, None)

    def tersisa(self, orang: str, kunci_id: str) -> bool:
        """Say whether a key that was to be destroyed, or its remains, is still here. Raises `PenyimpananGagal`."""
        try:
            folder = self._buka_folder()[1]
            isi = _isi_kunci(_jalan(folder, orang, "kunci"), orang)
            return kunci_id not in self._dihapus(folder, orang) or (isi is not None and isi[0] == kunci_id)
        except Cacat as cacat:
            if cacat.bekas:
                return True
            raise _tak_siap(cacat.sebab) from cacat

    def sidik(self, bahan: bytes) -> str:
        """Return a fingerprint that only holders of the key store can make, so that nobody guesses a name by it.

        Raises `PenyimpananGagal` where there is no usable key store.
        """
        try:
            rahasia = self._buka_folder()[2]
        except Cacat as cacat:
            raise _tak_siap(cacat.sebab) from cacat
        return "k1:" + hmac.new(rahasia, bahan, hashlib.sha256).hexdigest()

    def periksa(self) -> list[str]:
        """Return what is wrong with the files of the key store, each in a sentence; none where all is well."""
        try:
            folder = self._buka_folder()[1]
            return [f"{jalan.name}: {sebab}" for jalan in sorted(folder.glob("*.kunci")) if (sebab := _sebab(jalan)) is not None]
        except Cacat as cacat:
            return [cacat.sebab]

    def _buka_folder(self) -> tuple[str, Path, bytes]:
        """Return the register's id, its folder and its secret for fingerprints; raises `Cacat`."""
        if self._siap is None:
            pengenal = self._pengenal()
            if self.akar is None or pengenal is None:
                raise Cacat("tempat kunci belum disiapkan")
            if not _PENGENAL.fullmatch(pengenal):
                raise Cacat("pengenal tempat kunci dalam penyimpanan tidak sah")
            folder = self.akar / pengenal
            isi = files.baca(str(folder / _PENANDA))
            if isi is None:
                raise Cacat(f"folder kunci register ini tidak ada di mesin ini: {folder}")
            self._siap = pengenal, folder, _rahasia(_urai(isi), pengenal)
        return self._siap

    def _dihapus(self, folder: Path, orang: str) -> list[str]:
        """Return the ids of a person's keys that were destroyed."""
        isi = files.baca(str(_jalan(folder, orang, "hapus")))
        if isi is None:
            return []
        daftar = _urai(isi).get("k")
        if not isinstance(daftar, list):
            raise Cacat("tanda hapus tidak terbaca")
        return [str(satu) for satu in daftar]

    def _kini(self, folder: Path, orang: str) -> tuple[KunciOrang | None, list[str]]:
        """Return a person's key as it is on disk now (None where he has none, or only what is left of one), and the ids destroyed."""
        jalan, hapus = _jalan(folder, orang, "kunci"), self._dihapus(folder, orang)
        try:
            k = os.stat(jalan)  # noqa: PTH116 - asked at every text that is opened
            tanda = (k.st_ino, k.st_mtime_ns, k.st_ctime_ns)
            ingat = self._kunci.get(orang)
            if ingat is None or ingat[0] != tanda:
                isi = _isi_kunci(jalan, orang)
                ingat = None if isi is None else (tanda, kunci_dari(orang, *isi))
        except FileNotFoundError:
            ingat = None
        except Cacat as cacat:
            if not cacat.bekas:
                raise
            ingat = None
        if ingat is None or ingat[1].id in hapus:
            self._kunci.pop(orang, None)
            return None, hapus
        self._kunci[orang] = ingat
        return ingat[1], hapus

    def _baru(self, folder: Path, orang: str) -> KunciOrang:
        """Make a person's key; where another program was first, use that one."""
        jalan = _jalan(folder, orang, "kunci")
        isi = {"k": acak(8).hex(), "kunci": b64encode(acak(PANJANG)).decode(), "orang": orang, "skema": 1}

        def buat() -> None:
            with files.bergiliran(folder):
                if self._kini(folder, orang)[0] is None:  # then what is there is the remains of one destroyed
                    files.musnahkan(jalan)
                    files.taruh(jalan, json.dumps(isi).encode())

        files.dijaga(folder, buat)
        kunci, _ = self._kini(folder, orang)
        if kunci is None:
            raise Cacat("kunci yang baru dibuat langsung hilang")
        return kunci


@lru_cache(maxsize=8192)
def _jalan(folder: Path, orang: str, akhiran: str) -> Path:
    """Return a person's file; whatever an id holds, it becomes no path."""
    return folder / f"{hashlib.sha256(orang.encode()).hexdigest()[:40]}.{akhiran}"


def _siapkan(folder: Path, isi: bytes) -> None:
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    files.taruh(folder / _PENANDA, isi)
    files.sinkron(folder.parent)


def _sah(pengenal: str) -> str:
    if not _PENGENAL.fullmatch(pengenal):
        msg = f"not an id of a key store: {pengenal!r}"
        raise ValueError(msg)
    return pengenal


def _urai(isi: bytes) -> dict[str, Any]:
    """Return a file's object; raises `Cacat` for anything else."""
    if not isi.strip(b"\0"):
        raise Cacat("kosong: bekas kunci yang dimusnahkan", bekas=True)
    try:
        hasil = json.loads(isi)
    except ValueError:
        raise Cacat("terpotong atau rusak") from None
    if not isinstance(hasil, dict) or hasil.get("skema") != 1:
        raise Cacat("bentuknya tidak dikenal program ini")
    return hasil


def _rahasia(isi: Mapping[str, Any], pengenal: str) -> bytes:
    if isi.get("brankas") != pengenal:
        raise Cacat("folder kunci ini milik register lain")
    return _biner(isi.get("sidik"))


def _biner(teks: object) -> bytes:
    try:
        isi = b64decode(teks if isinstance(teks, str) else "", validate=True)
    except ValueError:
        isi = b""
    if len(isi) != PANJANG:
        raise Cacat("kuncinya terpotong atau rusak")
    return isi


def _isi_kunci(jalan: Path, orang: str) -> tuple[str, bytes] | None:
    """Return id and secret of a key file, None where there is none; raises `Cacat`, also for one that is another person's."""
    isi = files.baca(str(jalan))
    if isi is None:
        return None
    objek = _urai(isi)
    if objek.get("orang") != orang:
        raise Cacat("berisi kunci orang lain: tertukar")
    return str(objek.get("k")), _biner(objek.get("kunci"))


def _sebab(jalan: Path) -> str | None:
    """Say what is wrong with a key file, None where nothing is."""
    try:
        isi = files.baca(str(jalan))
        objek = {} if isi is None else _urai(isi)
        orang = objek.get("orang")
        if isi is not None and (not isinstance(orang, str) or _jalan(jalan.parent, orang, "kunci") != jalan):
            return "berisi kunci orang lain: tertukar"
        if isi is not None:
            _biner(objek.get("kunci"))
    except Cacat as cacat:
        return cacat.sebab
    return None


def _tanpa_isi(nilai: Pribadi, orang: str, *, ditolak: bool) -> dict[str, Any]:
    """Return the token of somebody whose data were deleted: it holds nothing. Raises `MasukanSalah` where it would hide a text."""
    if not ditolak and nilai != DIHAPUS:
        raise MasukanSalah(
            f"Data pribadi {orang} sudah dihapus, jadi namanya atau alamatnya tidak disimpan lagi",
            "Kunci datanya dimusnahkan atas keputusan yang tercatat.",
            f"Tulis '{DIHAPUS}' di tempatnya; atau, bila ia bertugas lagi, angkat dahulu: zi pejabat angkat {orang} …",
        )
    return {"hapus": True, "orang": orang}


def _tak_siap(sebab: str) -> PenyimpananGagal:
    return PenyimpananGagal(
        "Data pribadi tidak dapat disegel di mesin ini; tidak ada yang ditulis.",
        f"Tempat kunci data pribadi: {sebab}.",
        "Tunjuk folder kunci yang benar dengan ZI_KUNCI_DATA, lalu periksa dengan: zi doktor",
    )
