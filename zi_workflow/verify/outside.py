"""The log against what was kept elsewhere: checkpoints (size and root of the tree), and a copy of the chain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.verify.findings import LOG, Kumpulan
from zi_workflow.verify.log import RingkasanLog


@dataclass(frozen=True, slots=True)
class Titik:
    """A checkpoint whose signature has been checked: where it came from, the size and the root of the tree then."""

    asal: str
    ukuran: int
    akar: bytes


@dataclass(frozen=True, slots=True)
class Pembanding:
    """What was kept elsewhere: checkpoints, and (nomor, rantai) of every event from the first on."""

    titik: tuple[Titik, ...] = ()
    salinan: Iterator[tuple[int, str]] | None = None

    def ukuran(self) -> list[int]:
        """Return the sizes at which the tree's root is wanted."""
        return [t.ukuran for t in self.titik]


def bandingkan(log: RingkasanLog, luar: Pembanding, kumpulan: Kumpulan) -> None:
    """Compare the log's roots with the checkpoints; what differs is named as narrowly as they allow."""
    sama = 0
    for titik in sorted(luar.titik, key=lambda t: t.ukuran):
        if titik.ukuran > log.jumlah:
            sisa = f"nomor {log.jumlah + 1} sampai {titik.ukuran}" if titik.ukuran > log.jumlah + 1 else f"nomor {titik.ukuran}"
            apa = f"{sisa} tidak ada, padahal tercakup {titik.asal}: ekor log dipotong, atau salinan lama dipulihkan"
            kumpulan.temukan(LOG, apa, log.jumlah + 1)
        elif titik.ukuran == 0 or log.akar_pada[titik.ukuran] == titik.akar:
            sama = titik.ukuran
        else:
            apa = f"di antara nomor {sama + 1} dan {titik.ukuran} sejarahnya ditulis ulang: akar pohonnya bukan akar pada {titik.asal}"
            kumpulan.temukan(LOG, apa, sama + 1)
            return


def baca_salinan(jalan: Path) -> Iterator[tuple[int, str]]:
    """Yield number and chain hash of each line of a JSONL export; raises `MasukanSalah` for a file or a line that is none."""
    try:
        with jalan.open(encoding="utf-8", errors="replace") as baris:
            for ke, satu in enumerate(baris, start=1):
                yield _urai(satu, f"{jalan} baris {ke}")
    except OSError as galat:
        raise MasukanSalah(f"Salinan {jalan} tidak dapat dibaca.", f"{galat.strerror}.", "Periksa letak dan haknya.") from galat


def _urai(baris: str, letak: str) -> tuple[int, str]:
    try:
        isi = json.loads(baris)
        nomor, rantai = isi["nomor"], isi["rantai"]
    except (ValueError, TypeError, KeyError):
        nomor, rantai = None, None
    if type(nomor) is int and isinstance(rantai, str):
        return nomor, rantai
    raise MasukanSalah(
        f"{letak} bukan peristiwa.",
        "Setiap baris adalah satu objek JSON dengan nomor dan rantai.",
        "Pakai peristiwa.jsonl dari paket `zi audit ekspor`, atau keluaran `zi audit cari --jsonl`.",
    )
