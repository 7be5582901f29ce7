"""Options that the LKE verbs share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from zi_workflow.cli.dasar import Bilangan

_F = TypeVar("_F", bound=Callable[..., None])
PENILAI = ("unit", "tpi")
TAHUN = (2000, 2100)


def opsi_tahun(fungsi: _F) -> _F:
    """Add ``--tahun``: the year of the assessment."""
    return click.option("--tahun", type=Bilangan(*TAHUN), required=True, metavar="Y", help="Tahun LKE.")(fungsi)


def opsi_penilai(fungsi: _F) -> _F:
    """Add ``--penilai``: whose assessment, the TPI's where not said."""
    return click.option("--penilai", type=click.Choice(PENILAI), default="tpi", help="Penilaian siapa; bawaan tpi.")(fungsi)
