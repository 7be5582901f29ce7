"""Addresses of persons: stored in events and read by everybody, so never a secret, and never more than one person."""

from __future__ import annotations

import re
from typing import Final

from zi_workflow.domain.errors import MasukanSalah

TERPANJANG: Final = 200
SUREL: Final = frozenset({"mailto", "mailtos"})
_WEB: Final = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
# Each of these would end a part of a URL, name a second recipient, or be decoded once more on the way.
_PEMISAH: Final = frozenset('%,;\\/?&<>"`{}|^()[]')
_POLA_SUREL: Final = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9!#$'*+=_~-]+(?:\.[A-Za-z0-9!#$'*+=_~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def periksa_alamat(kanal: str, skema: str, alamat: str) -> None:
    """Refuse what cannot be an address of a channel whose template starts with ``skema``; the address itself is never told.

    Raises MasukanSalah.
    """
    if "://" in alamat:
        raise MasukanSalah(
            f"Alamat {kanal} berupa URL, yang dapat memuat kata sandi atau token",
            "Alamat dicatat dalam peristiwa dan tidak boleh memuat rahasia; rahasia kanal ditulis dalam kanal.toml pada mesin pengirim.",
            "Tulis hanya alamat orangnya, misalnya alamat surel atau nomor.",
        )
    if salah := _salah(skema, alamat):
        raise MasukanSalah(f"Alamat {kanal} tidak sah", salah, "Perbaiki alamatnya.")


def _salah(skema: str, alamat: str) -> str:
    """Return the first rule that an address breaks, nothing where it breaks none."""
    terlarang = sorted(_PEMISAH & set(alamat))
    aturan = (
        (not alamat, "Alamat tidak boleh kosong."),
        (len(alamat) > TERPANJANG, f"Alamat paling panjang {TERPANJANG} huruf; ini {len(alamat)}."),
        (not alamat.isprintable() or " " in alamat, "Alamat tidak memuat spasi atau karakter kendali."),
        (bool(terlarang), f"Satu alamat untuk satu orang, tanpa tanda {' '.join(terlarang)}"),
        (not any(c.isalnum() for c in alamat), "Alamat memuat setidaknya satu huruf atau angka."),
        (skema in SUREL and not _POLA_SUREL.fullmatch(alamat), "Alamat surel berbentuk nama@domain, misalnya budi@contoh.go.id."),
        (skema in _WEB and "#" in alamat, "Alamat pada kanal ini tanpa tanda #"),
    )
    return next((sebab for melanggar, sebab in aturan if melanggar), "")
