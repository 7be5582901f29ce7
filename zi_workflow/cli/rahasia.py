"""Secrets never reach a screen, a report or a log: passwords in URLs and in connection strings."""

from __future__ import annotations

import re
from collections.abc import Iterable

BINTANG = "***"
_DI_URL = re.compile(r"""(://[^\s:/@'"]*:)[^\s'"]*@""")
_DI_PARAMETER = re.compile(r"""(?i)\b(password|passwd|pwd|sslpassword|sandi|token)(\s*=\s*)('[^']*'|"[^"]*"|[^\s&;,'")]+)""")
_TERPENDEK = 4


def samarkan(teks: str, rahasia: Iterable[str] = ()) -> str:
    """Return ``teks`` with passwords replaced by ``***``: those of URLs, ``password=…``, and each literal in ``rahasia``."""
    teks = _DI_PARAMETER.sub(rf"\1\2{BINTANG}", _DI_URL.sub(rf"\1{BINTANG}@", teks))
    for satu in sorted(rahasia, key=len, reverse=True):
        if len(satu) >= _TERPENDEK:
            teks = teks.replace(satu, BINTANG)
    return teks


def sandi_url(url: str) -> set[str]:
    """Return the password in ``url`` as typed and as decoded (nothing where there is none)."""
    from urllib.parse import unquote

    cocok = re.search(r"://[^\s:/@]*:(.*)@", url)
    kunci = [satu[3] for satu in _DI_PARAMETER.finditer(url)]
    mentah = [cocok[1]] if cocok else []
    return {bentuk for satu in mentah + kunci for bentuk in (satu, unquote(satu)) if bentuk}
