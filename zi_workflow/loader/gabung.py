"""Several definitions over the same texts: ``bersama`` names the folder beside whose texts, readings and roles are used.

What is shared becomes part of the definition before it is read, so that the hash covers it and the store keeps it whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from zi_workflow.loader.simpul import Simpul

KUNCI = "bersama"
_FOLDER = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_DARI_KEPALA = ("instansi", "zona", "sejak", "peran", "peran_unit", "peninjau", "data_pribadi")


def nama_bersama(kepala: Simpul) -> str | None:
    """Return the name of the folder that a definition shares texts with, None where it has its own."""
    peta = kepala.peta()
    return peta[KUNCI].nama(_FOLDER, "nama folder di samping folder ini, misalnya binjai") if KUNCI in peta else None


def gabung(sendiri: Mapping[str, Simpul], bersama: Mapping[str, Simpul]) -> dict[str, Simpul]:
    """Return the files of a definition with what it takes from the shared one; what it writes itself counts."""
    kepala, asal = sendiri["regulasi.yaml"], bersama["regulasi.yaml"].peta()
    milik = {k: s for k, s in kepala.peta().items() if k != KUNCI}
    diambil = {k: asal[k] for k in _DARI_KEPALA if k in asal and k not in milik}
    return {**bersama, **sendiri, "regulasi.yaml": replace(kepala, isi={**milik, **diambil})}
