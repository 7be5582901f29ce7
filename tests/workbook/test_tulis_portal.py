"""PortalRB's sheet: answers in the very cells that PortalRB reads, the questions beside them for people."""

from __future__ import annotations

from dataclasses import replace

from tests.lke.alat import semua
from tests.workbook.alat_tulis import JAHAT, buka, campuran, lke, mentah
from zi_workflow.domain.instrument import INDEKS
from zi_workflow.domain.layout import LembarPortal
from zi_workflow.workbook.content import Penilaian
from zi_workflow.workbook.portal import judul_baris, tulis_portal


def _portal() -> LembarPortal:
    portal = lke()[1].portal
    assert portal is not None
    return portal


def _tulis(nama: str = "Dinas Pemuda dan Olahraga", **penilaian: Penilaian) -> bytes:
    return tulis_portal("DISPORA", nama, 2026, lke()[0], _portal(), penilaian)


def test_kedua_penilai_di_kolomnya() -> None:
    """Each answer, note and reference stands in its assessor's column and the question's row; counts and indices are numbers."""
    unit, tpi = Penilaian(campuran(), {"2": "catatan unit"}, {"2": "map 2"}), Penilaian(semua("A"), {"2": "catatan TPI"})
    lembar = buka(_tulis(unit=unit, tpi=tpi))["Jawaban"]
    portal = _portal()
    for penilai, jawaban in (("unit", campuran()), ("tpi", semua("A"))):
        kolom = portal.kolom[penilai]["jawaban"]
        for soal in lke()[0].soal.values():
            harap = jawaban.get(soal.id)
            ada = lembar[f"{kolom}{portal.soal[soal.id]}"].value
            assert ada == (float(str(harap)) if soal.skala.jenis == INDEKS and harap is not None else harap), soal.id
    baris = portal.soal["2"]
    assert [lembar[f"{k}{baris}"].value for k in "KLMNQ"] == ["B", "catatan unit", "map 2", "A", "catatan TPI"]


def test_satu_penilai_saja() -> None:
    """Without an assessment of the unit its columns are empty below their heading."""
    lembar = buka(_tulis(tpi=Penilaian(semua("A"))))["Jawaban"]
    assert {lembar[f"{k}{b}"].value for k in "KLM" for b in _portal().soal.values()} == {None}
    assert lembar[f"N{_portal().soal['1']}"].value == "Ya"


def test_orang_dapat_membacanya() -> None:
    """The first row names the columns and the unit; each question has its number, text and scale; headings stand right above."""
    lembar = buka(_tulis(unit=Penilaian(semua("A"))))["Jawaban"]
    kepala = [lembar[f"{k}1"].value for k in "ABCKLMNQ"]
    assert "DISPORA Dinas Pemuda dan Olahraga, 2026" in kepala[1]
    assert all(kepala)
    for soal in lke()[0].soal.values():
        baris = _portal().soal[soal.id]
        assert [lembar[f"{k}{baris}"].value for k in "AB"] == [int(soal.id), soal.uraian]
    indikator = lke()[0].indikator[0]
    assert [lembar[f"B{b}"].value for b in range(2, 6)] == ["Pengungkit", "Pemenuhan", "1. Manajemen Perubahan", indikator.nama]


def test_judul_tidak_menempati_baris_soal() -> None:
    """No heading lies in a question's row; where the layout leaves too few rows, the outer headings give way; none without a free row."""
    portal, instrumen = _portal(), lke()[0]
    judul = judul_baris(instrumen, portal)
    assert not set(judul) & set(portal.soal.values())
    lega = {i.id: i.nama for i in instrumen.indikator if portal.soal[i.soal[0].id] - 1 not in portal.soal.values()}
    assert len(lega) == len(instrumen.indikator) - 1
    assert set(lega.values()) <= set(judul.values())
    rapat = replace(portal, soal={s: n for n, s in enumerate(instrumen.soal, 2)})
    assert judul_baris(instrumen, rapat) == {}


def test_teks_orang_tetap_teks() -> None:
    """Nasty texts and names are text in their cells, letter by letter; the sheet has no formula at all."""
    catatan = dict(zip(lke()[0].soal, JAHAT, strict=False))
    berkas = _tulis("=1+1 \u202ekanan", unit=Penilaian(semua("A"), catatan, catatan), tpi=Penilaian(semua("A"), catatan))
    sel = mentah(berkas, "Jawaban")
    for kolom in "LMQ":
        assert {s: sel[f"{kolom}{_portal().soal[s]}"] for s in catatan} == catatan
    assert not [r for r, isi in sel.items() if isinstance(isi, list)]
    assert "=1+1 \\u202ekanan" in str(sel["B1"])


def test_kolom_bacaan_menghindari_kolom_jawaban() -> None:
    """Where PortalRB reads column A, what people read moves on to the next free columns."""
    portal = replace(_portal(), kolom={"unit": {"jawaban": "A"}, "tpi": {"jawaban": "C"}})
    lembar = buka(tulis_portal("D", "N", 2026, lke()[0], portal, {"unit": Penilaian(semua("A")), "tpi": Penilaian(semua("B"))}))["Jawaban"]
    baris = portal.soal["2"]
    assert [lembar[f"{k}{baris}"].value for k in "ABCD"] == ["A", 2, "B", lke()[0].soal["2"].uraian]


def test_sama_persis_setiap_kali() -> None:
    """The same answers give the same bytes."""
    assert _tulis(unit=Penilaian(campuran())) == _tulis(unit=Penilaian(campuran()))
