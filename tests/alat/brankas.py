"""Key stores of tests: where the keys of a store on PostgreSQL are, and a codec that seals without a store."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zi_workflow.domain.personal import Pribadi
from zi_workflow.store.codec import KODEK


def kunci_uji(url: str) -> Path | None:
    """Return the folder of the keys of a test's store: None (beside the file) on SQLite, a folder of its own on PostgreSQL."""
    if url.startswith("sqlite"):
        return None
    return Path(tempfile.gettempdir()) / "zi-uji-kunci" / hashlib.sha256(url.encode()).hexdigest()[:24]


def salin_toko(asal: Path, tujuan: Path) -> None:
    """Copy a store that nobody has open, and its keys: without them names would be locked in the copy."""
    shutil.copyfile(asal, tujuan)
    shutil.copytree(asal.with_name(f"{asal.name}.kunci-data"), tujuan.with_name(f"{tujuan.name}.kunci-data"), dirs_exist_ok=True)


class BrankasUji:
    """Seals by turning a text around: enough where only the shape of what is stored matters."""

    def segel(self, nilai: Pribadi, orang: str, *, kembali: bool = False, ditolak: bool = False) -> dict[str, Any]:
        """Return a token."""
        return {"c": str(nilai)[::-1], "k": f"{kembali:d}{ditolak:d}", "orang": orang}

    def buka(self, token: Mapping[str, Any], sandi: str) -> Pribadi:
        """Return the text."""
        return Pribadi(token["c"][::-1], token["orang"], sandi=sandi)


KODEK_UJI = KODEK.dengan(BrankasUji())
