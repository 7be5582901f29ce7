"""The answers of a unit as PortalRB fetches them: JSON in the form of its API guide, section 3.3."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from zi_workflow.domain.instrument import Instrumen
from zi_workflow.workbook.content import TPI, UNIT, Penilaian, isi_jawaban, teks_dari

_KOSONG = Penilaian()


def tulis_json(kode: str, nama: str, tahun: int, instrumen: Instrumen, penilaian: Mapping[str, Penilaian]) -> bytes:
    """Return the document: every question in the instrument's order, null where nothing was answered or noted."""
    unit, tpi = (penilaian.get(p, _KOSONG) for p in (UNIT, TPI))
    jawaban = [
        {
            "soal_id": int(s) if s.isdecimal() else s,
            "jawaban_unit": _teks(isi_jawaban(instrumen, s, unit.jawaban)),
            "jawaban_tpi": _teks(isi_jawaban(instrumen, s, tpi.jawaban)),
            "catatan_unit": teks_dari(unit.catatan, s),
            "bukti_dukung_unit": teks_dari(unit.bukti_dukung, s),
            "catatan_tpi": teks_dari(tpi.catatan, s),
        }
        for s in instrumen.soal
    ]
    dokumen = {"unit_id": kode, "nama_unit": nama, "tahun": tahun, "answers": jawaban}
    return (json.dumps(dokumen, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _teks(nilai: str | int | Decimal | None) -> str | None:
    """Return an answer as the guide has it: text, numbers too."""
    return None if nilai is None else str(nilai)
