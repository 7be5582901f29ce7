"""Did-you-mean: suggestions for misspelt names."""

from __future__ import annotations

from collections.abc import Iterable


def saran(salah: str, pilihan: Iterable[str], banyak: int = 3) -> list[str]:
    """Return the names in ``pilihan`` that ``salah`` probably meant, best first."""
    from difflib import get_close_matches

    semua = list(dict.fromkeys(pilihan))
    kunci = {_rata(satu): satu for satu in reversed(semua)}
    dicari = _rata(salah)
    hasil = [kunci[dicari]] if dicari in kunci else []
    hasil += [kunci[satu] for satu in get_close_matches(dicari, kunci, n=banyak, cutoff=0.6)]
    hasil += [satu for satu in semua if len(dicari.lstrip("-")) > 1 and _rata(satu).startswith(dicari)]
    return list(dict.fromkeys(hasil))[:banyak]


def maksud_anda(salah: str, pilihan: Iterable[str]) -> str:
    """Return the sentence ``Maksud Anda: …?`` or nothing where no name is near."""
    nama = saran(salah, pilihan)
    return f"Maksud Anda: {', '.join(nama)}?" if nama else ""


def _rata(teks: str) -> str:
    return teks.casefold().replace("_", "-")
