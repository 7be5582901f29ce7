"""Did-you-mean in one sentence, for every message that names what it does not know."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def mirip(teks: str, boleh: Collection[str]) -> str:
    """Return 'Maksud Anda: …?' for the nearest name, upper and lower case aside; empty where none is near."""
    kecil = {b.casefold(): b for b in boleh}
    dekat = get_close_matches(teks.casefold(), list(kecil), 1)
    return f"Maksud Anda: {kecil[dekat[0]]}?" if dekat else ""
