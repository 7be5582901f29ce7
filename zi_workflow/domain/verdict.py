"""What was decided: the events to append and the checklist; how a refusal becomes an event."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.errors import UnitTidakDitemukan
from zi_workflow.domain.events import PerintahDitolak, Peristiwa, PetaPolos
from zi_workflow.domain.personal import tanpa_pribadi
from zi_workflow.domain.state import Unit

UNIT = "unit"
PENOLAKAN = "penolakan"
FAKTA = "fakta"
PEJABAT = "pejabat"
INDUK = "induk"


@dataclass(frozen=True, slots=True)
class Terbitan:
    """An event and the stream it belongs to: ``golongan`` and the unit's code.

    ``golongan``: unit, penolakan, fakta, pejabat, or induk (a unit of the workflow whose files this one's are about). ``tanggal``:
    when it happened, where that is not the date of the command.
    """

    golongan: str
    kode: str
    peristiwa: Peristiwa
    dasar: tuple[str, ...] = ()
    tanggal: date | None = None


@dataclass(frozen=True, slots=True)
class Putusan:
    """What was decided: the events to append (those of a refusal, where not ``diterima``) and the checklist.

    ``sudah``: the number of the event that says the same already, where there is nothing to append.
    """

    diterima: bool
    terbitan: tuple[Terbitan, ...]
    daftar: DaftarPeriksa
    sudah: int | None = None


def tolak(daftar: DaftarPeriksa, kode: str, isi: PetaPolos, oleh: str, hari_ini: date) -> Putusan:
    """Return the refusal of a command: one event with the full checklist, recognisable when it comes again the same day.

    What it is recognised by leaves personal texts out: a hash of a name is as good as the name to whoever can guess it.
    """
    syarat = tuple(t.polos() for t in daftar.temuan)
    bahan = [daftar.perintah, kode, daftar.pada.isoformat(), oleh, tanpa_pribadi(isi), list(syarat)]
    sidik = hashlib.sha256(json.dumps(bahan, sort_keys=True).encode()).hexdigest()
    peristiwa = PerintahDitolak(daftar.perintah, isi, daftar.pada.isoformat(), hari_ini.isoformat(), syarat, sidik)
    dasar = tuple(dict.fromkeys(d for t in daftar.penghalang for d in t.dasar))
    return Putusan(False, (Terbitan(PENOLAKAN, kode, peristiwa, dasar),), daftar)


def gabung_dasar(sendiri: tuple[str, ...], daftar: DaftarPeriksa) -> tuple[str, ...]:
    """Return the citations of an accepted command: its own, then those of its requirements and waivers."""
    return tuple(dict.fromkeys((*sendiri, *(d for t in daftar.temuan for d in (*t.dasar, *t.pembebasan)))))


def harus_ada(unit: Unit | None, kode: str) -> Unit:
    """Return the unit; raises UnitTidakDitemukan where there is none."""
    if unit is None:
        raise UnitTidakDitemukan(kode)
    return unit
