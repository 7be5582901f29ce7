"""Turns: which scheduler does a recurring work now, so that several on one database do not all do the same.

Only a matter of efficiency. Nothing is wrong where two hold a turn at once (a clock is off, a program was stopped past
its turn and goes on): what they write exists once because of its key, never because of a turn. A letter may then leave
twice, under the same id, as it may after a crash.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from zi_workflow.readmodel import ikatan
from zi_workflow.store.schema import giliran
from zi_workflow.store.statements import instan


@dataclass(frozen=True, slots=True)
class Giliran:
    """A turn: its holder until ``sampai`` (None: free), the last taking and release, what that run did, the next one planned."""

    nama: str
    pemegang: str | None
    sampai: datetime | None
    mulai: datetime | None
    selesai: datetime | None
    hasil: Mapping[str, Any] | None
    berikut: datetime | None


def ambil(koneksi: Connection, nama: str, pemegang: str, lama: timedelta, jam: Callable[[], datetime]) -> bool:
    """Take the turn for ``lama`` from now, or renew it; False while another holds it.

    The clock is read once the row is locked: read before a wait, it could not tell a turn just taken from one that a
    clock which has jumped back since left far in the future. Such a one is free: it would lock everybody out for as
    long as the jump. What is far is more than twice ``lama``, for the clocks of two machines never agree quite.
    """
    _sediakan(koneksi, nama)
    dulu = koneksi.execute(select(giliran).where(giliran.c.nama == nama).with_for_update()).one()
    kini = jam()
    if dulu.pemegang not in {None, pemegang} and instan(kini) < dulu.sampai <= instan(kini + 2 * lama):
        return False
    isi = {"pemegang": pemegang, "sampai": instan(kini + lama)}
    if dulu.pemegang != pemegang:
        isi["mulai"] = instan(kini)
    _ganti(koneksi, dulu, isi)
    return True


def lepas(
    koneksi: Connection,
    nama: str,
    pemegang: str,
    akhir: tuple[Mapping[str, Any] | None, datetime | None],
    jam: Callable[[], datetime],
) -> None:
    """Free the turn and keep how the run ended (what it did, when the next is planned); only its holder can."""
    hasil, berikut = akhir
    milik = select(giliran).where(giliran.c.nama == nama, giliran.c.pemegang == pemegang)
    dulu = koneksi.execute(milik.with_for_update()).one_or_none()
    if dulu is not None:
        isi = {
            "pemegang": None,
            "sampai": None,
            "selesai": instan(jam()),
            "hasil": None if hasil is None else json.dumps(dict(hasil), sort_keys=True),
            "berikut": None if berikut is None else instan(berikut),
        }
        _ganti(koneksi, dulu, isi)


def daftar(koneksi: Connection) -> list[Giliran]:
    """Return every turn, by name."""
    return [
        Giliran(
            baris.nama,
            baris.pemegang,
            _saat(baris.sampai),
            _saat(baris.mulai),
            _saat(baris.selesai),
            None if baris.hasil is None else json.loads(baris.hasil),
            _saat(baris.berikut),
        )
        for baris in koneksi.execute(select(giliran).order_by(giliran.c.nama))
    ]


def _ganti(koneksi: Connection, dulu: Row[Any], isi: Mapping[str, str | None]) -> None:
    """Write what changes of a locked row, and the checksum of the whole."""
    baru = {**dulu._mapping, **isi}  # noqa: SLF001 - the public name of a row as a mapping
    nilai = [baru[k.key] for k in giliran.columns if k.key != "ikatan"]
    koneksi.execute(update(giliran).where(giliran.c.nama == dulu.nama).values({**isi, "ikatan": ikatan(*nilai)}))


def _sediakan(koneksi: Connection, nama: str) -> None:
    """Make the row where there is none, whoever else is doing the same."""
    if koneksi.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sisip  # noqa: PLC0415 - only the engine in use is loaded
    else:
        from sqlalchemy.dialects.postgresql import insert as sisip  # type: ignore[assignment]  # noqa: PLC0415
    kosong = ikatan(nama, *[None] * (len(giliran.columns) - 2))
    koneksi.execute(sisip(giliran).values(nama=nama, ikatan=kosong).on_conflict_do_nothing())


def _saat(teks: str | None) -> datetime | None:
    return None if teks is None else datetime.fromisoformat(teks)
