"""Events: provisional numbers give way to final ones, and nothing else changes."""

from __future__ import annotations

import pytest

from zi_workflow.domain.events import (
    NOMOR_SEMENTARA,
    BuktiDicatat,
    LangkahDiambil,
    LangkahDibatalkan,
    PerintahDitolak,
    Peristiwa,
    PetaPolos,
    nomori_ulang,
)

PETA = {NOMOR_SEMENTARA: 41, NOMOR_SEMENTARA + 1: 42}
LAMA: tuple[PetaPolos, ...] = ({"id": "R1", "bukti": [7, NOMOR_SEMENTARA]}, {"id": "R29"})
BARU: tuple[PetaPolos, ...] = ({"id": "R1", "bukti": [7, 41]}, {"id": "R29"})


@pytest.mark.parametrize(
    ("sebelum", "sesudah"),
    [
        (LangkahDiambil("x", "a", "b", {}, {}, LAMA), LangkahDiambil("x", "a", "b", {}, {}, BARU)),
        (LangkahDibatalkan("x", NOMOR_SEMENTARA + 1, "b", "a", {}, LAMA), LangkahDibatalkan("x", 42, "b", "a", {}, BARU)),
        (LangkahDibatalkan("x", 5, "b", "a", {}, LAMA), LangkahDibatalkan("x", 5, "b", "a", {}, BARU)),
        (PerintahDitolak("x", {}, "2025-01-01", "2025-01-02", LAMA, "s"), PerintahDitolak("x", {}, "2025-01-01", "2025-01-02", BARU, "s")),
        (BuktiDicatat("program", {"area": 1}), BuktiDicatat("program", {"area": 1})),
    ],
    ids=["langkah", "pembatalan", "pembatalan lama", "penolakan", "bukti"],
)
def test_nomor_sementara_diganti(sebelum: Peristiwa, sesudah: Peristiwa) -> None:
    """Numbers of the same batch become the recorded ones, wherever an event refers to them."""
    assert nomori_ulang(sebelum, PETA) == sesudah
