"""Running ``zi`` with the throw-away verbs, as a program of its own or in this process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.cli.perintah_uji import akar

AKAR = Path(__file__).resolve().parents[2]
UJI = [sys.executable, "-m", "tests.cli.perintah_uji"]
ZI = [sys.executable, "-m", "zi_workflow"]
NIP = "198001012005011001"


def lingkungan(rumah: Path, **lain: str) -> dict[str, str]:
    """Return an environment with an empty home and no settings of this machine's user."""
    bersih = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("ZI_", "XDG_", "LC_", "LANG", "PYTHON")) and k not in {"NO_COLOR", "COLUMNS"}
    }
    return {**bersih, "HOME": str(rumah), "LANG": "C.UTF-8", "PYTHONPATH": str(AKAR), **lain}


def jalankan(
    rumah: Path,
    *argumen: str,
    program: list[str] = UJI,
    env: Mapping[str, str] | None = None,
    **lain: Any,  # noqa: ANN401 - what subprocess.run takes
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in the folder ``rumah``, which is also its home."""
    lain = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **lain}
    return subprocess.run([*program, *argumen], env=lingkungan(rumah, **(env or {})), cwd=rumah, timeout=60, check=False, **lain)


def panggil(*argumen: str, env: Mapping[str, str | None] | None = None, masukan: str | None = None) -> Result:
    """Run in this process; stdout and stderr are kept apart."""
    return CliRunner().invoke(akar, list(argumen), env=env, input=masukan)
