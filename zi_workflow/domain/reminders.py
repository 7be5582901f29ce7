"""Reminders: which steps of which due dates are to be recorded on a day, given what was recorded before.

``sapu`` is pure: the same file, memory and day give the same events. A step is recorded at most once for (unit, duty,
due date, step); after an outage the newest step that was missed stands for all before it, and is marked late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zi_workflow.domain.calendar import tanggal_kata
from zi_workflow.domain.deadlines import DIPENUHI, Tenggat, perubahan_berikut, tenggat
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import PengingatDicabut, PeristiwaTenggat, TenggatDiingatkan, TenggatTerlewat
from zi_workflow.domain.state import Instansi, Unit

LANGKAH_TERLAMBAT = "terlambat"
TAK_ADA = date.max
"""Nothing to look at until the file changes."""


@dataclass(frozen=True, slots=True)
class Ingatan:
    """What was recorded for one due date: the day up to which its steps are covered, which occurrence, who was told."""

    tercakup: date
    kejadian: str
    akhir: date | None = None
    penerima: tuple[str, ...] = ()


KunciIngatan = tuple[str, str, str]
"""Duty, plan item, due date (``Tenggat.kunci``)."""


@dataclass(frozen=True, slots=True)
class HasilSapu:
    """What the sweep of one unit comes to: events to append (with their citations), and when to look again."""

    peristiwa: tuple[tuple[PeristiwaTenggat, tuple[str, ...]], ...]
    berikut: date


def sapu(
    definisi: Definisi, unit: Unit, instansi: Instansi, ingatan: Mapping[KunciIngatan, Ingatan], pada: date, terakhir: date | None = None
) -> HasilSapu:
    """Return what is to be recorded for a unit on the day ``pada``.

    ``ingatan`` is what was recorded before, ``terakhir`` the latest day of any sweep before: where the clock went back,
    nothing is withdrawn that was true on that later day.
    """
    semua = tenggat(definisi, unit, instansi, pada)
    terbuka = [t for t in semua if t.terbuka]
    peristiwa: list[tuple[PeristiwaTenggat, tuple[str, ...]]] = []
    nanti = max(pada, terakhir or pada)
    kelak = semua if nanti == pada else tenggat(definisi, unit, instansi, nanti)
    berlaku = {t.kunci for t in kelak if t.terbuka} if ingatan else ()
    for kunci, ingat in ingatan.items():
        if kunci not in berlaku:
            peristiwa.append(_cabut(unit, kunci, ingat, kelak, nanti))
    berikut = perubahan_berikut(definisi, unit, pada) or TAK_ADA
    for satu in terbuka:
        lama = ingatan.get(satu.kunci)
        baru = _terbitkan(definisi, instansi, satu, lama)
        if baru is not None:
            peristiwa.append((baru, satu.dasar))
        berikut = min(berikut, _berikut(definisi, satu, lama))
    return HasilSapu(tuple(peristiwa), berikut)


def langkah(definisi: Definisi, satu: Tenggat) -> list[tuple[date, str]]:
    """Return the steps of a due date up to the missed one, by day: the definition's, and the last working day."""
    batas = satu.jatuh_tempo
    hasil = [(batas - timedelta(days=n), f"H-{n}") for n in _sebelum(definisi, satu)]
    return [*hasil, (batas + timedelta(days=1), LANGKAH_TERLAMBAT)]


def _sebelum(definisi: Definisi, satu: Tenggat) -> tuple[int, ...]:
    """Return how many days before the due date its steps are, falling to 0."""
    umum, kerja = definisi.pengingat.sebelum, (satu.jatuh_tempo - satu.hari_kerja_terakhir).days
    return umum if kerja in umum else tuple(sorted((*umum, kerja), reverse=True))


def _lewat(definisi: Definisi, satu: Tenggat) -> tuple[date, str] | None:
    """Return the newest step up to the day of asking, None before the first."""
    batas, sisa = satu.jatuh_tempo, satu.sisa_hari
    if sisa >= 0:
        hari = next((n for n in reversed(_sebelum(definisi, satu)) if n >= sisa), None)
        return None if hari is None else (batas - timedelta(days=hari), f"H-{hari}")
    setiap = definisi.pengingat.terlambat_setiap
    lewat = -sisa // setiap * setiap
    return (batas + timedelta(days=lewat), f"{LANGKAH_TERLAMBAT}+{lewat}") if lewat else (batas + timedelta(days=1), LANGKAH_TERLAMBAT)


def _berikut(definisi: Definisi, satu: Tenggat, lama: Ingatan | None) -> date:
    """Return the day of the first step that is neither past nor covered."""
    batas, sejak = satu.jatuh_tempo, satu.pada
    if lama is not None and lama.tercakup > sejak:
        sejak = lama.tercakup
    sisa = (batas - sejak).days
    if sisa >= 0:
        return batas - timedelta(days=next((n for n in _sebelum(definisi, satu) if n < sisa), -1))
    setiap = definisi.pengingat.terlambat_setiap
    return batas + timedelta(days=(-sisa // setiap + 1) * setiap)


def _terbitkan(definisi: Definisi, instansi: Instansi, satu: Tenggat, lama: Ingatan | None) -> TenggatDiingatkan | TenggatTerlewat | None:
    """Return the event of the newest step that is not covered; the first of an overdue duty always says that it was missed."""
    kini = _lewat(definisi, satu)
    if kini is None or (lama is not None and kini[0] <= lama.tercakup):
        return None
    hari, nama = kini
    terlewat = satu.pada > satu.jatuh_tempo
    if terlewat and (lama is None or lama.tercakup <= satu.jatuh_tempo):
        hari, nama = langkah(definisi, satu)[-1]
    kelas = TenggatTerlewat if terlewat else TenggatDiingatkan
    return kelas(
        tenggat=satu.id,
        butir=satu.kejadian.butir,
        kejadian=satu.kejadian.kunci,
        jatuh_tempo=satu.jatuh_tempo.isoformat(),
        langkah=nama,
        sisa_hari=satu.sisa_hari,
        hari_kerja_terakhir=satu.hari_kerja_terakhir.isoformat(),
        uraian=satu.uraian,
        perhitungan=satu.perhitungan,
        lanjut=satu.lanjut,
        bukti=satu.kejadian.bukti,
        penerima=penerima(definisi, instansi, satu, terlewat=terlewat),
        akhir=satu.kejadian.akhir.isoformat() if satu.kejadian.akhir else None,
        seharusnya=hari.isoformat() if hari < satu.pada else None,
    )


def penerima(definisi: Definisi, instansi: Instansi, satu: Tenggat, *, terlewat: bool) -> tuple[str, ...]:
    """Return who is told, by NIP: who holds the duty's roles (else the fallback's), and when overdue those above them."""
    aturan = definisi.pengingat
    sendiri = _pemegang(definisi, instansi, satu.kewajiban.kepada, satu)
    atas = _pemegang(definisi, instansi, aturan.eskalasi, satu) if terlewat else []
    return tuple(dict.fromkeys([*(sendiri or _pemegang(definisi, instansi, aturan.cadangan, satu)), *atas]))


def _pemegang(definisi: Definisi, instansi: Instansi, peran: Iterable[str], satu: Tenggat) -> list[str]:
    return [j.nip for nama in peran for j in instansi.pemegang(nama, satu.pada, satu.unit if nama in definisi.peran_unit else None)]


def _cabut(
    unit: Unit, kunci: KunciIngatan, ingat: Ingatan, semua: Iterable[Tenggat], pada: date
) -> tuple[PengingatDicabut, tuple[str, ...]]:
    """Return the withdrawal of a due date that is no longer open, and why it is not."""
    sama = next((t for t in semua if (t.id, t.kejadian.butir, t.kejadian.kunci) == (kunci[0], kunci[1], ingat.kejadian)), None)
    pengganti: str | None = None
    if sama is not None and sama.status == DIPENUHI:
        hari = sama.kejadian.dipenuhi or pada
        lambat = (hari - sama.jatuh_tempo).days
        sebab, kata = (
            "dipenuhi",
            f"dipenuhi {tanggal_kata(hari)} ({sama.kejadian.oleh})" + (f", {lambat} hari terlambat" if lambat > 0 else ""),
        )
    elif sama is not None:
        sebab, kata, pengganti = "dipindah", f"jatuh tempo berubah: {sama.perhitungan}", sama.jatuh_tempo.isoformat()
    elif ingat.akhir is not None and pada > ingat.akhir:
        sebab, kata = "berakhir", f"tahun {ingat.kejadian} berakhir tanpa dipenuhi"
    else:
        sebab, kata = "gugur", f"tidak lagi berlaku bagi unit pada tahap {unit.keadaan.tahap}"
    dasar = sama.dasar if sama is not None else ()
    telah = () if sebab == "dipenuhi" else ingat.penerima
    return PengingatDicabut(kunci[0], kunci[1], kunci[2], sebab, kata, telah, sama.kejadian.bukti if sama else (), pengganti), dasar
