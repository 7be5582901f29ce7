"""The log as CloudEvents 1.0 (JSON event format), one event a line.

``time`` is when it happened: an event has a date, so its first instant in the definition's zone; the date itself is in the
extension ``tanggal``. ``recordedtime`` (a documented extension) is when it was recorded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from zi_workflow.export.content import Baris, Pembuka, isi, nama, saat
from zi_workflow.workbook.text import json_terang

SPECVERSION: Final = "1.0"
_DATA: Final = ("nomor", "aliran", "versi", "jenis", "pokok", "oleh", "pencatat", "kunci", "jam", "sidik_regulasi", "rantai")
_LEBAR_URUT: Final = 16


def cloudevents(semua: Iterable[Baris], zona: ZoneInfo, pembuka: Pembuka | None = None, *, sumber: str | None = None) -> Iterator[bytes]:
    """Yield a line per event; ``sumber`` is a URI that names the register (by default ``/zi/INSTANSI``)."""
    for satu in semua:
        yield f"{json_terang(acara(satu, zona, pembuka, sumber=sumber))}\n".encode()


def acara(baris: Baris, zona: ZoneInfo, pembuka: Pembuka | None = None, *, sumber: str | None = None) -> dict[str, Any]:
    """Return one event's CloudEvent."""
    jenis, versi = nama(baris)
    return {
        "specversion": SPECVERSION,
        "id": str(baris["nomor"]),
        "source": sumber or f"/zi/{quote(baris['instansi'])}",
        "type": f"zi.{jenis}.v{versi}",
        "subject": quote(f"{baris['alur']}/{baris['kode']}"),
        "time": saat(baris["tanggal"], zona),
        "recordedtime": baris["waktu_catat"],
        "tanggal": baris["tanggal"],
        "sequence": f"{baris['nomor']:0{_LEBAR_URUT}d}",
        "datacontenttype": "application/json",
        "data": {
            **{kunci: baris[kunci] for kunci in _DATA},
            "dibaca": json.loads(baris["dibaca"]),
            "dasar": json.loads(baris["dasar"]),
            "isi": isi(baris, pembuka),
        },
    }
