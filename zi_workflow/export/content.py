"""What a stored row says, for those who read an export: its content with sealed texts closed or opened, its times, its file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from zi_workflow.domain.decide import FAKTA, PEJABAT, PENOLAKAN
from zi_workflow.domain.personal import DIHAPUS, DISEGEL, TANDA, Pribadi
from zi_workflow.session import JADWAL, SURAT, TENGGAT

Baris: TypeAlias = Mapping[str, Any]
"""A row of the log with every column, as it is stored."""

_TANDA_BITA: Final = f'"{TANDA}"'.encode()
INSTANSI: Final = "instansi"
_SAMPING: Final = (PENOLAKAN, TENGGAT, JADWAL)


class Brankas(Protocol):
    """Opens sealed texts: a key store."""

    def buka(self, token: Mapping[str, Any], sandi: str) -> Pribadi:
        """Return the text behind a token, or the word that stands for one that cannot be opened."""
        ...


@dataclass(frozen=True)
class Pembuka:
    """What an export shows of sealed texts: ``dihapus`` where the key was destroyed; else ``disegel``, or (``terbuka``) the text.

    What is always kept closed (who complained) is not opened here.
    """

    brankas: Brankas
    terbuka: bool = False

    def buka(self, token: Mapping[str, Any]) -> str:
        """Return what is shown."""
        teks = self.brankas.buka(token, json.dumps(token, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
        tertutup = token.get("t") is True or not self.terbuka
        return DISEGEL if tertutup and teks.keadaan != DIHAPUS else str(teks)


def isi(baris: Baris, pembuka: Pembuka | None = None) -> dict[str, Any]:
    """Return a row's content; sealed texts as ``pembuka`` shows them, without one all read ``disegel``."""
    bita: bytes = baris["isi"]
    hasil: dict[str, Any] = json.loads(bita, object_hook=_pengganti(pembuka) if _TANDA_BITA in bita else None)
    return hasil


def _pengganti(pembuka: Pembuka | None) -> Callable[[dict[str, Any]], Any]:
    def ganti(objek: dict[str, Any]) -> Any:  # noqa: ANN401 - plain data, or the text in its place
        token = objek.get(TANDA)
        if len(objek) != 1 or not isinstance(token, dict):
            return objek
        return pembuka.buka(token) if pembuka else DISEGEL

    return ganti


def nama(baris: Baris) -> tuple[str, str]:
    """Return the name and the version of a row's event."""
    awal, _, versi = baris["jenis"].partition("@")
    return awal, versi


def berkas(baris: Baris) -> tuple[str, str] | None:
    """Return the workflow and the code of the file that an event concerns, None for one of the instansi's own."""
    alur, kode = baris["alur"], baris["kode"]
    if alur in (INSTANSI, SURAT) or alur.endswith(f"-{JADWAL}") or kode in (FAKTA, PEJABAT):
        return None
    for golongan in _SAMPING:
        alur = alur.removesuffix(f"-{golongan}")
    return alur, kode


@lru_cache(maxsize=4096)
def saat(tanggal: str, zona: ZoneInfo) -> str:
    """Return the first instant of a date in a zone, RFC 3339.

    An event has a date and no time of day. The offset is the zone's own; one with seconds (local mean time, before 1924 in
    Jakarta), which RFC 3339 cannot write, becomes UTC.
    """
    awal = datetime.fromisoformat(tanggal).replace(tzinfo=zona)
    selisih = awal.utcoffset() or timedelta()
    if selisih % timedelta(minutes=1):
        return awal.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return awal.isoformat()
