"""Reminders: which steps of which due dates are to be recorded on a day, given what was recorded before.

``sapu`` is pure: the same file, memory and day give the same events. A step is recorded at most once for (unit, duty,
due date, step), whatever the clock did; after an outage the newest step that was missed stands for all before it, and is
marked late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from zi_workflow.domain.calendar import tanggal_kata
from zi_workflow.domain.deadlines import DIPENUHI, Tenggat, perubahan_berikut, tenggat
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import PengingatDicabut, PengingatDipulihkan, PeristiwaTenggat, TenggatDiingatkan, TenggatTerlewat
from zi_workflow.domain.state import Instansi, Unit

LANGKAH_TERLAMBAT = "terlambat"
TAK_ADA = date.max
"""Nothing to look at until the file changes."""
TAHUN_LUPUT = 10
"""Years back for which deadlines that ended while nobody swept are still looked for."""


@dataclass(frozen=True, slots=True)
class Ingatan:
    """What was recorded for one due date: each step with the day that was swept then, which occurrence, who was told.

    ``dicabut``: its reminders were withdrawn since. Should it come back (a proposal withdrawn, a clock set back), what was
    recorded is not recorded again.
    """

    langkah: Mapping[str, date]
    kejadian: str
    akhir: date | None = None
    penerima: tuple[str, ...] = ()
    dicabut: bool = False

    def mencakup(self, hari: date, nama: str, pada: date) -> bool:
        """Say whether a step is done on the day ``pada``: recorded itself, or its day is not after one swept before.

        What was recorded under a clock that ran ahead of ``pada`` covers no other step.
        """
        return nama in self.langkah or any(hari <= disapu <= pada for disapu in self.langkah.values())


KunciIngatan = tuple[str, str, str]
"""Duty, plan item, due date (``Tenggat.kunci``)."""
Terbitan = tuple[PeristiwaTenggat, tuple[str, ...]]
"""An event with its citations."""


@dataclass(frozen=True, slots=True)
class HasilSapu:
    """What the sweep of one unit comes to: events to append (with their citations), and when to look again."""

    peristiwa: tuple[Terbitan, ...]
    berikut: date


def sapu(
    definisi: Definisi, unit: Unit, instansi: Instansi, ingatan: Mapping[KunciIngatan, Ingatan], pada: date, terakhir: date | None = None
) -> HasilSapu:
    """Return what is to be recorded for a unit on the day ``pada``.

    ``ingatan`` is what was recorded before, ``terakhir`` the latest day of any sweep before: where the clock went back,
    nothing is withdrawn that was true on that later day, nor what is true on this one.
    """
    semua = tenggat(definisi, unit, instansi, pada)
    nanti = max(pada, terakhir or pada)
    kelak = semua if nanti == pada else tenggat(definisi, unit, instansi, nanti)
    peristiwa: list[Terbitan] = []
    ingat = {kunci: i for kunci, i in ingatan.items() if not i.dicabut}
    for satu in _luput(definisi, unit, instansi, ingatan, pada, terakhir):
        peristiwa += _terbitkan(definisi, instansi, satu, ingatan.get(satu.kunci))
        dituju = tuple(penerima(definisi, instansi, satu, terlewat=True))
        ingat[satu.kunci] = Ingatan({LANGKAH_TERLAMBAT: pada}, satu.kejadian.kunci, satu.kejadian.akhir, dituju)
    hidup = {t.kunci for t in (*semua, *kelak) if t.terbuka} if ingat else ()
    peristiwa += [_cabut(unit, kunci, i, kelak, nanti) for kunci, i in ingat.items() if kunci not in hidup]
    berikut = perubahan_berikut(definisi, unit, pada) or TAK_ADA
    for kunci, satu in {t.kunci: t for t in semua if t.terbuka}.items():  # a plan's code used twice for one day is one due date
        lama = ingatan.get(kunci)
        peristiwa += _terbitkan(definisi, instansi, satu, lama) or _hidupkan(definisi, instansi, satu, lama)
        berikut = min(berikut, _berikut(definisi, satu))
    return HasilSapu(tuple(peristiwa), berikut)


def _luput(
    definisi: Definisi, unit: Unit, instansi: Instansi, ingatan: Mapping[KunciIngatan, Ingatan], pada: date, terakhir: date | None
) -> Iterator[Tenggat]:
    """Yield what was missed, and ended with its year, while nobody swept: that it was missed is recorded all the same."""
    hari = {i.akhir for i in ingatan.values() if i.akhir is not None and i.akhir < pada and not i.dicabut}
    if terakhir is not None:
        awal = max(terakhir.year, pada.year - TAHUN_LUPUT)
        hari |= {akhir for tahun in range(awal, pada.year) if (akhir := date(tahun, 12, 31)) >= unit.terdaftar}
    for satu in [t for akhir in sorted(hari) for t in tenggat(definisi, unit, instansi, akhir)]:
        lama = ingatan.get(satu.kunci)
        luput = LANGKAH_TERLAMBAT not in lama.langkah if lama is not None else terakhir is not None and terakhir <= satu.jatuh_tempo
        if luput and satu.terbuka and satu.kejadian.akhir == satu.pada and satu.sisa_hari <= 0:
            yield replace(satu, pada=pada)


def langkah(definisi: Definisi, satu: Tenggat) -> list[tuple[date, str]]:
    """Return the steps of a due date up to the missed one, by day: the definition's, and the last working day."""
    batas = satu.jatuh_tempo
    hasil = [(_geser(batas, -n), f"H-{n}") for n in _sebelum(definisi, satu)]
    return [*hasil, (_geser(batas, 1), LANGKAH_TERLAMBAT)]


def _geser(hari: date, banyak: int) -> date:
    """Add days, stopping at either end of the calendar: a plan may name any day that there is."""
    return date.fromordinal(min(max(hari.toordinal() + banyak, 1), date.max.toordinal()))


def _sebelum(definisi: Definisi, satu: Tenggat) -> tuple[int, ...]:
    """Return how many days before the due date its steps are, falling to 0."""
    umum, kerja = definisi.pengingat.sebelum, (satu.jatuh_tempo - satu.hari_kerja_terakhir).days
    return umum if kerja in umum else tuple(sorted((*umum, kerja), reverse=True))


def _lewat(definisi: Definisi, satu: Tenggat) -> tuple[date, str] | None:
    """Return the newest step up to the day of asking, None before the first."""
    batas, sisa = satu.jatuh_tempo, satu.sisa_hari
    if sisa >= 0:
        hari = next((n for n in reversed(_sebelum(definisi, satu)) if n >= sisa), None)
        return None if hari is None else (_geser(batas, -hari), f"H-{hari}")
    setiap = definisi.pengingat.terlambat_setiap
    lewat = -sisa // setiap * setiap
    return (_geser(batas, lewat), f"{LANGKAH_TERLAMBAT}+{lewat}") if lewat else (_geser(batas, 1), LANGKAH_TERLAMBAT)


def _berikut(definisi: Definisi, satu: Tenggat) -> date:
    """Return the day of the first step after the day of asking."""
    batas, sisa = satu.jatuh_tempo, satu.sisa_hari
    if sisa >= 0:
        return _geser(batas, -next((n for n in _sebelum(definisi, satu) if n < sisa), -1))
    setiap = definisi.pengingat.terlambat_setiap
    return _geser(batas, (-sisa // setiap + 1) * setiap)


def _terbitkan(definisi: Definisi, instansi: Instansi, satu: Tenggat, lama: Ingatan | None) -> list[Terbitan]:
    """Return the event of the newest step that is not covered; the first of an overdue duty always says that it was missed."""
    kini = _lewat(definisi, satu)
    if kini is None:
        return []
    hari, nama = kini
    terlewat = satu.pada > satu.jatuh_tempo
    if terlewat and (lama is None or LANGKAH_TERLAMBAT not in lama.langkah):
        hari, nama = langkah(definisi, satu)[-1]
    elif lama is not None and lama.mencakup(hari, nama, satu.pada):
        return []
    dituju = penerima(definisi, instansi, satu, terlewat=terlewat)
    kelas = TenggatTerlewat if terlewat else TenggatDiingatkan
    baru = kelas(
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
        tafsir=satu.tafsir,
        penerima=tuple(dituju),
        sebagai=dituju,
        akhir=satu.kejadian.akhir.isoformat() if satu.kejadian.akhir else None,
        seharusnya=hari.isoformat() if hari < satu.pada else None,
    )
    return [(baru, satu.dasar)]


def _hidupkan(definisi: Definisi, instansi: Instansi, satu: Tenggat, lama: Ingatan | None) -> list[Terbitan]:
    """Return the event by which reminders that had been withdrawn hold again."""
    if lama is None or not lama.dicabut:
        return []
    dituju = penerima(definisi, instansi, satu, terlewat=satu.sisa_hari < 0)
    kata = f"berlaku lagi: {satu.perhitungan}"
    kunci = satu.kunci
    return [(PengingatDipulihkan(*kunci, satu.kejadian.kunci, kata, tuple(dituju), satu.kejadian.bukti), satu.dasar)]


def penerima(definisi: Definisi, instansi: Instansi, satu: Tenggat, *, terlewat: bool) -> dict[str, str]:
    """Return who is told and in which role, by NIP: who holds the duty's roles (else the fallback's), and when overdue those above."""
    aturan = definisi.pengingat
    sendiri = _pemegang(definisi, instansi, satu.kewajiban.kepada, satu)
    atas = _pemegang(definisi, instansi, aturan.eskalasi, satu) if terlewat else {}
    dituju = sendiri or _pemegang(definisi, instansi, aturan.cadangan, satu)
    return dituju | {nip: peran for nip, peran in atas.items() if nip not in dituju}


def _pemegang(definisi: Definisi, instansi: Instansi, peran: Iterable[str], satu: Tenggat) -> dict[str, str]:
    semua: dict[str, str] = {}
    for nama in peran:
        for j in instansi.pemegang(nama, satu.pada, satu.unit if nama in definisi.peran_unit else None):
            semua.setdefault(j.nip, nama)
    return semua


def _padanan(semua: Iterable[Tenggat], kunci: KunciIngatan, ingat: Ingatan) -> Tenggat | None:
    """Return what a remembered due date has become: discharged, another day, another anchor (but not another year); else None."""
    milik = [t for t in semua if (t.id, t.kejadian.butir) == kunci[:2]]
    sama = [t for t in milik if t.kejadian.kunci == ingat.kejadian]
    lain = [t for t in milik if t.terbuka and ingat.akhir is None]
    return next((t for t in sama if t.kunci == kunci), next(iter([*sama, *lain]), None))


def _cabut(unit: Unit, kunci: KunciIngatan, ingat: Ingatan, semua: Iterable[Tenggat], pada: date) -> Terbitan:
    """Return the withdrawal of a due date that is no longer open, and why it is not."""
    sama = _padanan(semua, kunci, ingat)
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
        sebab, kata = "gugur", f"tidak lagi berlaku menurut berkas unit dan aturan sekarang (tahap {unit.keadaan.tahap})"
    dasar = sama.dasar if sama is not None else ()
    telah = () if sebab == "dipenuhi" else ingat.penerima
    bukti = sama.kejadian.bukti if sama is not None else ()
    return PengingatDicabut(*kunci, ingat.kejadian, sebab, kata, telah, bukti, pengganti), dasar
