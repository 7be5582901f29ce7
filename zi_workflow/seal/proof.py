"""Proofs as plain files that others' programs read: C2SP tlog-proof for one event, a witness's request for growth.

A consistency proof has the form of the request ``add-checkpoint`` (C2SP tlog-witness), so that a witness takes it as it is.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Final

KEPALA: Final = "c2sp.org/tlog-proof@v1"


def cakupan(indeks: int, jalur: Sequence[bytes], bahan: bytes, checkpoint: str) -> str:
    """Return the proof that a leaf is in the checkpoint's tree; ``bahan`` is what the leaf's hash was made from."""
    return "\n".join([KEPALA, f"extra {_base64(bahan)}", f"index {indeks}", *map(_base64, jalur), "", checkpoint])


def konsistensi(dari: int, jalur: Sequence[bytes], checkpoint: str) -> str:
    """Return the proof that the first ``dari`` leaves are the beginning of the checkpoint's tree."""
    return "\n".join([f"old {dari}", *map(_base64, jalur), "", checkpoint])


def _base64(isi: bytes) -> str:
    return base64.b64encode(isi).decode()
