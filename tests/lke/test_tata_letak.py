"""Where the questions lie: facts of the two workbooks, and a workbook laid out for an edition that none is known for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.alat.dunia import definisi
from tests.lke.alat import instrumen
from tests.lke.alat_master import kecil
from zi_workflow.domain.edition_record import instrumen_dari_isi
from zi_workflow.domain.instrument import Instrumen, Rumus
from zi_workflow.domain.layout import AWAL, PERSEN, BarisRumus, Kelompok, Lembaran, TataLetak, cocok, susun
from zi_workflow.domain.master import isi_dari_master


def _lembaran() -> Lembaran:
    hasil = definisi().lembaran
    assert hasil is not None
    return hasil


def _kecil() -> Instrumen:
    return instrumen_dari_isi(isi_dari_master(kecil(), instrumen()), instrumen())


def _semua_baris(tata: TataLetak) -> list[int]:
    """Return every row that the layout hands out, sums of denominators included."""
    peta = (tata.soal, tata.indikator, tata.bagian, tata.aspek, tata.komponen, tata.ringkasan)
    rumus = [b for r in tata.rumus.values() for b in (r.baris, r.jumlah) if b is not None]
    return [*(b for p in peta for b in p.values()), *rumus, *(k.baris for k in tata.kelompok)]


def test_fakta_lembar_kementerian() -> None:
    """Single facts of the ministry's sheet: the first and last answer, the percentage rows, the group row, the totals."""
    tata = _lembaran().kementerian
    assert (tata.lembar, tata.kolom["jawaban"], tata.soal["1"], tata.soal["127"]) == ("LKE ZI", "K", 8, 205)
    assert tata.rumus["113"] == BarisRumus(177, ("113", "114", "115", "116"), 178)
    assert tata.rumus["117"] == BarisRumus(184, ("117", "118", "119", "120"), 185, diketik=True)
    assert tata.rumus["88"] == BarisRumus(128, ("88", "89"))
    assert tata.kelompok == (
        Kelompok("reform.5.iii", 175, ("reform.5.iii.a", "reform.5.iii.b"), ("reform.5.iii.a",) * 2, "AVERAGE(L176:L179)*H175"),
    )
    assert tata.ringkasan == {"pengungkit": 198, "hasil": 206, "total": 208}


def test_fakta_lembar_portal() -> None:
    """Single facts of PortalRB's sheet: columns of both assessors, the first and last row."""
    portal = _lembaran().portal
    assert portal is not None
    assert portal.lembar == "Jawaban"
    assert portal.kolom == {"unit": {"jawaban": "K", "catatan": "L", "bukti_dukung": "M"}, "tpi": {"jawaban": "N", "catatan": "Q"}}
    assert (portal.soal["1"], portal.soal["127"], len(set(portal.soal.values()))) == (6, 202, 127)


def test_tata_letak_bawaan_lengkap() -> None:
    """The shipped layout fits the shipped instrument, and no two things share a row but a question that is its own indicator."""
    tata = _lembaran().kementerian
    assert cocok(tata, instrumen())
    sendiri = [i.id for i in instrumen().indikator if i.area is None]
    assert [tata.indikator[i] for i in sendiri] == [tata.soal[s] for s in ("125", "126", "127")]
    baris = _semua_baris(replace(tata, indikator={k: b for k, b in tata.indikator.items() if k not in sendiri}))
    assert len(set(baris)) == len(baris)


@pytest.mark.parametrize("asal", [instrumen, _kecil], ids=["bawaan", "kecil"])
def test_susun_menempatkan_semua_sekali(asal: object) -> None:
    """A layout made for an instrument has one row for everything in it, from row 4 on, and the same columns."""
    assert callable(asal)
    satu: Instrumen = asal()
    tata = susun(satu, _lembaran().kementerian)
    assert cocok(tata, satu)
    baris = _semua_baris(tata)
    assert len(set(baris)) == len(baris)
    assert min(baris) == AWAL
    assert list(tata.soal.values()) == sorted(tata.soal.values())
    assert tata.kolom == _lembaran().kementerian.kolom
    assert set(tata.bagian) == {f"{a}.{n}" for a in ("pemenuhan", "reform") for n in range(1, 7)}
    assert (set(tata.aspek), set(tata.komponen)) == ({"pemenuhan", "reform", "bersih", "prima"}, {"pengungkit", "hasil"})
    assert tata.ringkasan["total"] == max(baris)


def test_susun_menaruh_rumus_di_atas_jumlahnya() -> None:
    """A percentage row stands right above the counts that it reads, and needs what the formula needs."""
    tata = susun(instrumen(), _lembaran().kementerian)
    for kunci, letak in tata.rumus.items():
        rumus = instrumen().butir[kunci]
        assert isinstance(rumus, Rumus)
        assert [tata.soal[s] for s in rumus.ids] == [letak.baris + n for n in range(1, len(rumus.ids) + 1)]
        assert letak.perlu == rumus.perlu


def test_susun_menulis_skala_yang_dikenal_dan_yang_tidak() -> None:
    """A scale is written as the known workbook writes it; others by their choices, or by what kind of number they are."""
    tata = _lembaran().kementerian
    assert susun(instrumen(), tata).tulisan == tata.tulisan
    polos = susun(instrumen(), replace(tata, tulisan={PERSEN: "%"})).tulisan
    assert polos == {
        "YA_TIDAK": "Ya/Tidak",
        "ABC": "A/B/C",
        "ABCD": "A/B/C/D",
        "ABCDE": "A/B/C/D/E",
        "INDEKS": "Nilai",
        "JUMLAH": "Jumlah",
        PERSEN: "%",
    }


def test_tidak_cocok_bila_ada_yang_lain() -> None:
    """A question, formula or indicator more or less, and the layout is not for that instrument."""
    tata = _lembaran().kementerian
    assert not cocok(tata, _kecil())
    kurang = (
        replace(tata, soal={k: b for k, b in tata.soal.items() if k != "1"}),
        replace(tata, rumus={k: r for k, r in tata.rumus.items() if k != "88"}),
        replace(tata, indikator={**tata.indikator, "reform.7.i": 999}),
    )
    assert [cocok(satu, instrumen()) for satu in kurang] == [False, False, False]
