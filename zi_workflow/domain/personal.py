"""Text about a person: it reads like any text, and knows whose it is, so that it is never written down unsealed.

What is stored of it is a token (`Pribadi.sandi`): ciphertext under the key of that one person. Destroying the key takes the text
away everywhere at once and leaves every stored byte, and so every proof, as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

TERBUKA = ""
DIHAPUS = "dihapus"
TERKUNCI = "terkunci"
TERTUTUP = "tertutup"
RUSAK = "rusak"
DISEGEL = "disegel"
"""How a text stands: open, its key destroyed, its key not on this machine, kept closed by its kind, not what its key sealed,
and deliberately not opened. But for the first, these words are what is shown in its place."""

BIASA = "biasa"
TINGKAT = (BIASA, TERTUTUP)
"""How personal a field is: shown to whoever may see the register, or only to those whom a verb of its own lets see it."""

TANDA = "$pribadi"
"""The key of a stored token; nobody may bring an object with it from outside."""


class Pribadi(str):
    """A personal text: equal to, and used as, its words.

    ``orang`` is the id of the person, a NIP or what the store gave to somebody without one; empty until it is given. ``sandi`` is
    the stored token, None until it is stored. ``keadaan`` says whether these are the words themselves (`TERBUKA`) or what is shown
    for them; ``tertutup`` that they are never opened in passing.
    """

    __slots__ = ("keadaan", "orang", "sandi", "tertutup")
    keadaan: str
    orang: str
    sandi: str | None
    tertutup: bool

    def __new__(cls, teks: str, orang: str = "", *, sandi: str | None = None, keadaan: str = TERBUKA, tertutup: bool = False) -> Self:
        """Make it of its words (or of what stands for them)."""
        baru = super().__new__(cls, teks)
        baru.orang, baru.sandi, baru.keadaan, baru.tertutup = orang, sandi, keadaan, tertutup
        return baru

    def __deepcopy__(self, _: object) -> Pribadi:
        """Return itself: copying must not make plain text of it."""
        return self


def milik(teks: str, orang: str) -> Pribadi:
    """Return a text as that person's; one that comes from the log stays what it is there."""
    return teks if isinstance(teks, Pribadi) else Pribadi(teks, orang)


def terhapus(teks: str) -> str:
    """Return what is left of a text once its key is destroyed; a text that was never sealed stays."""
    return Pribadi(DIHAPUS, teks.orang, sandi=teks.sandi, keadaan=DIHAPUS) if isinstance(teks, Pribadi) else teks


def terbaca(nilai: str) -> bool:
    """Say whether these are a text's own words, not what is shown in their place."""
    return not isinstance(nilai, Pribadi) or nilai.keadaan == TERBUKA


def sandi_wajib(nilai: Pribadi) -> str:
    """Return a text's token; raises TypeError for one that would be written down unsealed, which is a bug."""
    if nilai.sandi is None:
        pesan = "a personal text that is not sealed"
        raise TypeError(pesan)
    return nilai.sandi


def pribadi_dalam(nilai: object, jalan: str = "") -> Iterator[tuple[str, Pribadi]]:
    """Yield the personal texts in plain data, each with where it stands (``isi.saksi[0].nama``)."""
    if isinstance(nilai, Pribadi):
        yield jalan, nilai
    elif isinstance(nilai, Mapping):
        for kunci, satu in nilai.items():
            yield from pribadi_dalam(satu, f"{jalan}.{kunci}" if jalan else str(kunci))
    elif isinstance(nilai, list | tuple):
        for i, satu in enumerate(nilai):
            yield from pribadi_dalam(satu, f"{jalan}[{i}]")


def tanpa_pribadi(nilai: Any, ganti: str = DISEGEL) -> Any:  # noqa: ANN401 - plain data of any shape, and the same shape back
    """Return plain data with ``ganti`` in the place of every personal text."""
    if isinstance(nilai, Pribadi):
        return ganti
    if isinstance(nilai, Mapping):
        return {kunci: tanpa_pribadi(satu, ganti) for kunci, satu in nilai.items()}
    if isinstance(nilai, list | tuple):
        return [tanpa_pribadi(satu, ganti) for satu in nilai]
    return nilai
