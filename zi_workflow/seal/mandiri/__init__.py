"""The verifier that works without this package: one file, to be handed out with every bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PROGRAM: Final = Path(__file__).with_name("verifikasi_mandiri.py")
"""The file itself; nothing here imports it."""
