"""What the tests of exports share: a register with a whole life in it, rows that were never stored, a sealed text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.alat.dunia import ADMIN, HARI, sampai
from tests.alat.toko import toko
from zi_workflow.domain.commands import AturKontak, DaftarkanUnit
from zi_workflow.domain.personal import DIHAPUS, Pribadi
from zi_workflow.export.content import Pembuka
from zi_workflow.sweep import Penyapu

NAMA_JAHAT = "=1+1 [/x] \u202ekanan"
NIP = "198001012005011001"
TOKEN = {"$pribadi": {"orang": NIP, "n": "AAAA", "c": "BBBB"}}
TOKEN_HAPUS = {"$pribadi": {"orang": DIHAPUS, "n": "AAAA", "c": "BBBB", "t": True}}
TOKEN_TERTUTUP = {"$pribadi": {"orang": "O-1", "n": "AAAA", "c": "BBBB", "t": True}}


class Brankas:
    """A key store that opens everything it is asked to, but for the one whose key was destroyed."""

    def buka(self, token: Mapping[str, Any], sandi: str) -> Pribadi:
        """Say whose text it is; the token as text must be the token."""
        assert json.loads(sandi) == token
        if token["orang"] == DIHAPUS:
            return Pribadi(DIHAPUS, DIHAPUS, sandi=sandi, keadaan=DIHAPUS)
        return Pribadi(f"terbuka {token['orang']}", str(token["orang"]), sandi=sandi)


TERTUTUP, TERBUKA = Pembuka(Brankas()), Pembuka(Brankas(), terbuka=True)


def tulis(tujuan: Path) -> None:
    """Copy the register into an empty SQLite file."""
    tujuan.write_bytes(_berkas())


@cache
def _berkas() -> bytes:
    with TemporaryDirectory() as folder:
        _mainkan(f"sqlite:///{folder}/zi.db")
        return (Path(folder) / "zi.db").read_bytes()


def _mainkan(url: str) -> None:
    dunia = toko(url)
    try:
        sampai("predikat", dunia=dunia)
        dunia.maju("pantau-predikat", "2026-01-05")
        dunia.maju("batalkan-langkah", "2026-01-06", {"alasan": "salah unit", "nomor": "7/2026"}, oleh=ADMIN)
        dunia.maju("batalkan-langkah", "2026-01-07", {"alasan": "salah unit", "nomor": "8/2026"}, oleh=ADMIN)
        dunia.jalankan(DaftarkanUnit("JAHAT", NAMA_JAHAT, HARI("2026-12-03"), ADMIN))
        dunia.jalankan(AturKontak(ADMIN, "surel", HARI("2026-12-04"), ADMIN, "siti@contoh.invalid"))
        Penyapu(dunia.layanan, dunia.store).sapu(date(2026, 12, 5))
    finally:
        dunia.tutup()


def baris(nomor: int, jenis: str, isi: dict[str, Any], **lain: Any) -> dict[str, Any]:  # noqa: ANN401 - columns
    """Return a row as the store would give it; by default of the file of unit A."""
    amplop = {
        "instansi": "binjai",
        "alur": "zi",
        "kode": "A",
        "versi": nomor,
        "tanggal": "2026-05-20",
        "oleh": NIP,
        "pencatat": "sistem:uji",
    }
    amplop |= {"pokok": None, "kunci": None, "dibaca": "{}", "dasar": '["Pasal 6"]', "sidik_regulasi": "sha256:x", "rantai": "0" * 64}
    amplop |= {"waktu_catat": "2026-05-21T03:04:05.000000Z", "jam": "2026-05-21T03:04:05.000000Z", **lain}
    aliran = f"{amplop['instansi']}/{amplop['alur']}/{amplop['kode']}"
    return {**amplop, "nomor": nomor, "aliran": aliran, "jenis": f"{jenis}@1", "isi": json.dumps(isi).encode()}
