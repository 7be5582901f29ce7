"""What changes from one edition of the instrument to another: questions, their ids, scales and texts, weights, formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from zi_workflow.domain.edition_record import desimal
from zi_workflow.domain.instrument import Instrumen, Rumus, Soal

SOAL_BARU, SOAL_HILANG, SOAL_ID = "soal_baru", "soal_hilang", "soal_id"
SKALA, PINDAH, TEKS, RUMUS, BOBOT = "skala", "pindah", "teks", "rumus", "bobot"


@dataclass(frozen=True, slots=True)
class Beda:
    """One difference. ``id``: of the question (in the new edition, the old one for what is gone) or of what has the weight."""

    apa: str
    id: str
    dari: str | None
    ke: str | None
    uraian: str = ""


def beda(lama: Instrumen, baru: Instrumen) -> tuple[Beda, ...]:
    """Return the differences: questions gone, new, renumbered, changed; then formulas; then weights."""
    pasangan = _pasangkan(lama, baru)
    hilang = [s for id_, s in lama.soal.items() if id_ not in pasangan.values()]
    return (
        *(Beda(SOAL_HILANG, s.id, s.id, None, s.uraian) for s in hilang),
        *(Beda(SOAL_BARU, s.id, None, s.id, s.uraian) for id_, s in baru.soal.items() if id_ not in pasangan),
        *_beda_soal(lama, baru, pasangan),
        *_beda_rumus(lama, baru, pasangan),
        *_beda_bobot(lama, baru),
    )


def _beda_soal(lama: Instrumen, baru: Instrumen, pasangan: Mapping[str, str]) -> Iterator[Beda]:
    tempat_lama, tempat_baru = _tempat(lama), _tempat(baru)
    for id_, id_lama in pasangan.items():
        satu, dulu = baru.soal[id_], lama.soal[id_lama]
        if id_ != id_lama:
            yield Beda(SOAL_ID, id_, id_lama, id_, satu.uraian)
        if satu.skala != dulu.skala:
            yield Beda(SKALA, id_, dulu.skala.id, satu.skala.id, satu.uraian)
        if tempat_baru[id_][0] != tempat_lama[id_lama][0]:
            yield Beda(PINDAH, id_, tempat_lama[id_lama][0], tempat_baru[id_][0], satu.uraian)
        if (satu.uraian, satu.kriteria, satu.pilihan) != (dulu.uraian, dulu.kriteria, dulu.pilihan):
            yield Beda(TEKS, id_, dulu.uraian, satu.uraian)


def _beda_rumus(lama: Instrumen, baru: Instrumen, pasangan: Mapping[str, str]) -> Iterator[Beda]:
    """Compare formulas over their old ids, so that a renumbered question is told once."""
    dulu = {tuple(r.ids): _tulis(r, {}) for r in lama.butir.values() if isinstance(r, Rumus)}
    kini = {tuple(pasangan.get(s, s) for s in r.ids): (r, _tulis(r, pasangan)) for r in baru.butir.values() if isinstance(r, Rumus)}
    for ids, tulisan in dulu.items():
        if ids not in kini:
            yield Beda(RUMUS, ids[0], tulisan, None)
    for ids, (rumus, tulisan) in kini.items():
        if dulu.get(ids) != tulisan:
            yield Beda(RUMUS, rumus.kunci, dulu.get(ids), _tulis(rumus, {}), rumus.uraian)


def _tulis(rumus: Rumus, pasangan: Mapping[str, str]) -> str:
    peran = ", ".join(f"{nama} {'+'.join(pasangan.get(s, s) for s in ids)}" for nama, ids in rumus.peran.items())
    return f"{rumus.jenis}: {peran}; perlu {', '.join(pasangan.get(s, s) for s in rumus.perlu)}"


def _beda_bobot(lama: Instrumen, baru: Instrumen) -> Iterator[Beda]:
    dulu, kini = _bobot(lama), _bobot(baru)
    for nama in dict.fromkeys((*dulu, *kini)):
        dari, ke = dulu.get(nama), kini.get(nama)
        if dari != ke:
            yield Beda(BOBOT, nama, None if dari is None else desimal(dari), None if ke is None else desimal(ke))


def _bobot(instrumen: Instrumen) -> dict[str, Fraction]:
    """Return the weights by name: aspects, areas over both aspects, indicators."""
    hasil = {a.id: a.bobot for k in instrumen.komponen for a in k.aspek}
    hasil |= {f"area_{n}": bobot for n, bobot in instrumen.bobot_area.items()}
    return hasil | {i.id: i.bobot for i in instrumen.indikator}


def _pasangkan(lama: Instrumen, baru: Instrumen) -> dict[str, str]:
    """Return which old question each new one continues: by a text that only it has, by its id, else by its place."""
    teks = {_rapi(s): s.id for s in lama.soal.values()}
    unik = {t for t, n in Counter(_rapi(s) for s in lama.soal.values()).items() if n == 1}
    unik &= {t for t, n in Counter(_rapi(s) for s in baru.soal.values()).items() if n == 1}
    hasil = {id_: teks[_rapi(s)] for id_, s in baru.soal.items() if _rapi(s) in unik}
    for id_ in baru.soal:
        if id_ not in hasil and id_ in lama.soal and id_ not in hasil.values():
            hasil[id_] = id_
    letak = {tempat: id_ for id_, tempat in _tempat(lama).items()}
    for id_, tempat in _tempat(baru).items():
        asal = letak.get(tempat)
        if id_ not in hasil and asal is not None and asal not in hasil.values():
            hasil[id_] = asal
    return {id_: hasil[id_] for id_ in baru.soal if id_ in hasil}


def _tempat(instrumen: Instrumen) -> dict[str, tuple[str, int]]:
    return {s.id: (i.id, n) for i in instrumen.indikator for n, s in enumerate(i.soal)}


def _rapi(soal: Soal) -> str:
    return " ".join(soal.uraian.casefold().split())
