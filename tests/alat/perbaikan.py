"""Corrections in tests: short words over ``Dunia``, and its whole log decided again on exactly the events before each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.alat.dunia import ADMIN, HARI, UNIT_UJI, Dunia
from zi_workflow.domain.commands import Akui, Koreksi, Perintah, Tarik
from zi_workflow.domain.corrections import Peninjauan
from zi_workflow.domain.decide import Putusan, putuskan
from zi_workflow.domain.events import Berkas, BuktiDicatat, BuktiDikoreksi, BuktiDitarik, Peristiwa, Tercatat
from zi_workflow.domain.replay import Saksi, ulang
from zi_workflow.domain.retrace import PUTUSAN
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi

ALASAN = "salah ketik"


def nomor_bukti(dunia: Dunia, jenis: str, ke: int = -1) -> int:
    """Return the first number of a record of that kind (default: the newest)."""
    return [t.nomor for t in dunia.log if isinstance(t.peristiwa, BuktiDicatat) and t.peristiwa.jenis == jenis][ke]


def _asal(dunia: Dunia, nomor: int) -> tuple[str, int, str | None]:
    """Return kind, first number and unit (None: of the instansi) of the record that an event is about."""
    t = dunia.log[nomor - 1]
    assert isinstance(t.peristiwa, BuktiDicatat | BuktiDikoreksi | BuktiDitarik)
    asal = nomor if isinstance(t.peristiwa, BuktiDicatat) else t.peristiwa.bukti
    golongan, kode = t.aliran.split("/")
    return t.peristiwa.jenis, asal, kode if golongan == "unit" else None


def koreksi(
    dunia: Dunia,
    nomor: int,
    isi: Mapping[str, Any],
    tanggal: str,
    *,
    alasan: str = ALASAN,
    oleh: str = ADMIN,
    berkas: tuple[Berkas, ...] | None = None,
) -> Koreksi:
    """Return the command that corrects a record, as the service hands it to the core."""
    jenis, bukti, kode = _asal(dunia, nomor)
    return Koreksi(nomor, isi, alasan, HARI(tanggal), oleh, berkas, kode, jenis, bukti)


def tarik(dunia: Dunia, nomor: int, tanggal: str, *, alasan: str = ALASAN, oleh: str = ADMIN) -> Tarik:
    """Return the command that retracts a record."""
    jenis, bukti, kode = _asal(dunia, nomor)
    return Tarik(nomor, alasan, HARI(tanggal), oleh, kode, jenis, bukti)


def akui(nomor: int, tanggal: str, *, oleh: str = ADMIN, kode: str = UNIT_UJI, catatan: str = "dibahas") -> Akui:
    """Return the command that takes note of a review."""
    return Akui(nomor, catatan, HARI(tanggal), oleh, kode)


def putus(dunia: Dunia, perintah: Perintah, tinjauan: Sequence[Peninjauan] = (), dicatat: date | None = None) -> Putusan:
    """Decide a correction with the review that the service would bring, and fold it."""
    hari = dicatat or perintah.tanggal
    kode = getattr(perintah, "kode", None)
    putusan = putuskan(dunia.aturan, dunia.unit.get(kode or ""), dunia.instansi, perintah, hari, dunia.unit, tinjauan)
    dunia.terapkan(perintah, putusan, hari)
    return putusan


def sebelum(dunia: Dunia, nomor: int, log: Sequence[Tercatat] | None = None) -> tuple[dict[str, Unit], Instansi]:
    """Return every file as it was before an event, folded from the log."""
    unit: dict[str, Unit] = {}
    instansi = Instansi()
    for t in dunia.log if log is None else log:
        golongan, kode = t.aliran.split("/")
        if t.nomor >= nomor or golongan == "penolakan":
            continue
        if golongan == "unit":
            unit[kode] = evolve(unit.get(kode), t)
        else:
            instansi = evolve_instansi(instansi, t)
    return unit, instansi


def saksi(dunia: Dunia, nomor: int, log: Sequence[Tercatat] | None = None) -> Saksi:
    """Return what a decision saw."""
    unit, instansi = sebelum(dunia, nomor, log)
    return Saksi(dunia.aturan, unit.get(kode_unit(dunia, nomor) or ""), instansi, unit, dunia.dicatat[nomor - 1])


def kode_unit(dunia: Dunia, nomor: int) -> str | None:
    """Return the unit whose file an event is about, None for the instansi's."""
    kode = dunia.log[nomor - 1].aliran.split("/")[1]
    return None if kode in ("fakta", "pejabat") else kode


def ulang_satu(dunia: Dunia, nomor: int, peristiwa: Peristiwa | None = None) -> tuple[str, ...]:
    """Decide one decision again (as if the log said ``peristiwa`` of it); return the differences."""
    t = dunia.log[nomor - 1]
    t = t if peristiwa is None else Tercatat(peristiwa, t.nomor, t.versi, t.tanggal, t.oleh, t.waktu_catat, t.aliran)
    return ulang(saksi(dunia, nomor), t, dunia.dasar[nomor - 1], kode_unit(dunia, nomor))


def ulang_semua(dunia: Dunia) -> tuple[int, list[str]]:
    """Decide the whole log again, each decision on the events before it; return how many, and every difference."""
    unit: dict[str, Unit] = {}
    instansi = Instansi()
    banyak, beda = 0, []
    for t, dasar, hari in zip(dunia.log, dunia.dasar, dunia.dicatat, strict=True):
        golongan, kode = t.aliran.split("/")
        if isinstance(t.peristiwa, PUTUSAN):
            milik = kode_unit(dunia, t.nomor)
            dulu = Saksi(dunia.aturan, unit.get(milik or ""), instansi, dict(unit), hari)
            banyak += 1
            beda += [f"{t.nomor} {type(t.peristiwa).__name__}: {b}" for b in ulang(dulu, t, dasar, milik)]
        if golongan == "unit":
            unit[kode] = evolve(unit.get(kode), t)
        elif golongan != "penolakan":
            instansi = evolve_instansi(instansi, t)
    return banyak, beda
