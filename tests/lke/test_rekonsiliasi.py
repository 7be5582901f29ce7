"""Reconciliation: every figure of a workbook that is not ours is listed with its reason, and no other figure is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from tests.lke.buku import bandingkan, ganti, instrumen, jawaban_apa_saja, kementerian, lembar, mentah, penuh, tata
from zi_workflow.domain.cells import Lembar, Sel
from zi_workflow.domain.reconcile import TOLERANSI, Rekonsiliasi, Selisih, cocokkan, ringkas_alasan
from zi_workflow.domain.scoring import nilai
from zi_workflow.domain.sheetcells import GalatSel
from zi_workflow.domain.sheetmodel import ModelBuku

ANGKA = 68
"""Indicators, the group, areas, aspects and totals, both components on top."""


def _kode(satu: Selisih) -> list[tuple[str, tuple[str, ...]]]:
    return [(a.kode, a.sel) for a in satu.alasan]


def _beda(hasil: Rekonsiliasi) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    return {s.sel: _kode(s) for s in hasil.selisih}


def _banding(
    jawaban: Mapping[str, object], ubah: Mapping[str, object] | None = None, dinilai: Mapping[str, object] | None = None
) -> Rekonsiliasi:
    """Reconcile a calculated sheet whose scale cell J8 is mended."""
    return bandingkan(kementerian(jawaban, ubah, skala_8="Ya/Tidak"), jawaban, dinilai)


def _jalur(*sel: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return a chain of cells that each take their difference from the one before."""
    return {atas: [("turunan", (bawah,))] for bawah, atas in pairwise(sel)}


# ------------------------------------------------------------------------------------------------------ what is listed


def test_lembar_utuh_tanpa_selisih() -> None:
    """Where the workbook is right nothing is listed and every figure counted."""
    assert _banding(penuh()) == Rekonsiliasi(dihitung=True, sama=ANGKA, selisih=())


def test_lembar_kementerian_apa_adanya_kalah_oleh_sel_skala_j8() -> None:
    """The ministry's own sheet skips its first question; with "Tidak" there it shows too much, from the indicator up to the top."""
    jawaban = {**penuh(), "1": "Tidak"}
    hasil = bandingkan(kementerian(jawaban), jawaban)
    assert hasil.sama == ANGKA - 6
    assert _beda(hasil) == {
        "L7": [("skala", ("J8",))],
        **_jalur("L7", "L6", "L5", "L198", "L4"),
        "L208": [("turunan", ("L198",))],
    }
    indikator = next(s for s in hasil.selisih if s.sel == "L7")
    assert (indikator.id, indikator.buku, indikator.resmi, indikator.sementara) == (
        "pemenuhan.1.i",
        Fraction("0.5"),
        Fraction("0.25"),
        Fraction("0.25"),
    )
    assert indikator.alasan[0].kalimat == "sel skala J8 berisi 'Ya', bukan 'Ya/Tidak'; rumusnya melewati soal 1 (K8)"


def test_sel_skala_yang_tidak_mengubah_angka_tidak_disebut() -> None:
    """With "Ya" and "A" the skipped question changes nothing, so that nothing is listed."""
    assert bandingkan(kementerian(penuh()), penuh()).selisih == ()


def test_urutan_dan_judul() -> None:
    """What differs comes in the sheet's order, each with its id and name."""
    hasil = _banding({s: n for s, n in penuh().items() if s not in {"109", "125"}} | {"120": 9})
    nama = {i.id: i.nama for i in instrumen().indikator}
    assert [(s.sel, s.id, s.nama) for s in hasil.selisih] == [
        ("L4", "pengungkit", "Pengungkit (baris judul)"),
        ("L125", "reform", "Reform"),
        ("L167", "reform.5", instrumen().area[5]),
        ("L168", "reform.5.i", nama["reform.5.i"]),
        ("L175", "reform.5.iii", f"{nama['reform.5.iii.a']} dan {nama['reform.5.iii.b']}"),
        ("L198", "pengungkit", "Pengungkit"),
        ("L200", "hasil", "Hasil (baris judul)"),
        ("L201", "bersih", "Birokrasi yang bersih dan akuntabel"),
        ("L202", "bersih.spak", nama["bersih.spak"]),
        ("L206", "hasil", "Hasil"),
        ("L208", "total", "Total"),
    ]


def test_galat_buku_dan_kedua_angka_kami() -> None:
    """An error is shown as the workbook shows it; an indicator without any answer has no provisional value."""
    hasil = _banding({s: n for s, n in penuh().items() if s != "109"})
    per = {s.sel: s for s in hasil.selisih}
    assert (per["L168"].buku, per["L168"].resmi, per["L168"].sementara) == ("#DIV/0!", Fraction(0), None)
    assert (per["L208"].buku, per["L208"].resmi, per["L208"].sementara) == ("#DIV/0!", Fraction("97.5"), Fraction("97.5"))
    assert _kode(per["L168"]) == [("tanpa_jawaban", ("L168",))]
    assert {s for s, k in _beda(hasil).items() if k[0][0] == "turunan"} == {"L167", "L125", "L198", "L208", "L4"}


# ------------------------------------------------------------------------------------------------------ one test per reason


@pytest.mark.parametrize(
    ("jawaban", "ubah", "sel", "alasan", "kalimat"),
    [
        ({"2": None}, {}, "L7", ("kosong", ("K9",)), "soal 2 (K9) tidak dijawab; buku kerja mengeluarkannya dari rata-rata"),
        ({"88": None}, {}, "L127", ("kosong", ("K129",)), "K129 kosong; K128 dikeluarkan dari rata-rata"),
        ({"38": None}, {}, "L57", ("tanpa_jawaban", ("L57",)), "tidak ada jawaban yang terhitung di indikator L57; rata-ratanya #DIV/0!"),
        ({"127": None}, {}, "L205", ("indeks_kosong", ("K205",)), "K205 kosong; rumus buku kerja mengalikannya dan memberi #VALUE!"),
        ({"105": 0}, {}, "L159", ("pembagi_nol", ("K160",)), "K160 membagi dengan nol dan memberi #DIV/0!"),
        ({"114": None}, {}, "L176", ("sebagian", ("K180",)), "K180 kosong, maka K178 bukan angka dan K177 memberi #VALUE!"),
        (
            {"2": "C"},
            {"J9": "A-B-C"},
            "L7",
            ("skala", ("J9",)),
            "sel skala J9 berisi 'A-B-C', bukan 'A/B/C'; rumusnya melewati soal 2 (K9)",
        ),
        ({"88": 9}, {"J128": None}, "L127", ("skala", ("J128",)), "sel skala J128 kosong, bukan '%'; rumusnya melewati persentase (K128)"),
        (
            {"2": "C"},
            {"K9": "C "},
            "L7",
            ("spasi", ("K9",)),
            "K9 berisi 'C ', tidak persis salah satu pilihan (periksa spasi); rumus buku kerja melewatinya",
        ),
        (
            {"88": None},
            {"K129": " "},
            "L127",
            ("spasi", ("K129",)),
            "K129 berisi spasi atau teks, bukan angka; bagi rumus buku kerja sel itu tidak kosong",
        ),
        ({"127": None}, {"K205": " "}, "L205", ("spasi", ("K205",)), "K205 berisi spasi atau teks, bukan angka; rumusnya memberi #VALUE!"),
        (
            {},
            {"K185": Decimal(36)},
            "L183",
            ("wajib_diketik", ("K185",)),
            "jumlah wajib lapor K185 diketik 36, bukan dijumlahkan dari bagiannya (18)",
        ),
        ({}, {"K185": None}, "L183", ("wajib_diketik", ("K185",)), "jumlah wajib lapor K185 kosong, bukan dijumlahkan dari bagiannya (18)"),
        ({"111": None}, {}, "L170", ("perlu_lebih", ("K173",)), "K173 kosong; buku kerja memerlukannya, aturan D9 tidak"),
        ({}, {"L10": Decimal("0.9")}, "L10", ("diketik", ("L10",)), "L10 seharusnya rumus, isinya diketik 0,9"),
        ({}, {"L10": None}, "L10", ("diketik", ("L10",)), "L10 seharusnya rumus, isinya kosong"),
        ({}, {"K160": Decimal("0.4")}, "L159", ("diketik", ("K160",)), "K160 seharusnya rumus, isinya diketik 0,4"),
        ({}, {"L57": "=H57/2"}, "L57", ("rumus", ("L57",)), "rumus L57 diubah: H57/2"),
        ({}, {"L36": "=SUM(L37,L41,L45,L52,L57)"}, "L36", ("rumus", ("L36",)), "rumus L36 diubah: SUM(L37,L41,L45,L52,L57)"),
        ({}, {"L58": "=0.67"}, "L57", ("rumus", ("L58",)), "rumus L58 diubah: 0.67"),
        ({}, {"L175": "=L183"}, "L175", ("rumus", ("L175",)), "rumus L175 diubah: L183"),
        ({}, {"H57": Decimal(1)}, "L57", ("bobot", ("H57",)), "bobot H57 berisi 1, di instrumen 0,75"),
        ({}, {"H57": None}, "L57", ("bobot", ("H57",)), "bobot H57 kosong, di instrumen 0,75"),
    ],
)
def test_alasan_dengan_sel_dan_kalimatnya(
    jawaban: dict[str, object], ubah: dict[str, object], sel: str, alasan: tuple[str, tuple[str, ...]], kalimat: str
) -> None:
    """Each reason is told of its own cells, in its own words, on the lowest row that differs; rows that are right are not listed."""
    isi = {s: n for s, n in {**penuh(), **jawaban}.items() if n is not None}
    hasil = _banding(isi, ubah)
    (satu,) = [s for s in hasil.selisih if s.sel == sel]
    assert alasan in _kode(satu)
    assert kalimat in [a.kalimat for a in satu.alasan]
    assert {a.kode for a in satu.alasan} <= {alasan[0], "tanpa_jawaban"}
    asing = {a.kode for s in hasil.selisih if s.sel != sel for a in s.alasan} - {"turunan"}
    assert asing <= ({"kelompok"} if sel == "L183" else set())


def test_kelompok() -> None:
    """LHKASN at half, LHKPN in full: the workbook's group shows full marks, and says whom it leaves out."""
    jawaban = {**penuh(), "120": 9}
    hasil = _banding(jawaban)
    assert _beda(hasil) == {
        "L175": [("kelompok", ("L175",))],
        **_jalur("L175", "L167", "L125", "L198", "L4"),
        "L208": [("turunan", ("L198",))],
    }
    assert next(s for s in hasil.selisih if s.sel == "L175").nama.count(" dan ") == 1


def test_wajib_diketik_dengan_benar() -> None:
    """The sum typed by hand as it should be is no fault."""
    assert _banding(penuh(), {"K185": Decimal(18)}).selisih == ()


def test_dinilai() -> None:
    """A value that TPI judged has no place in the workbook: said beside the division by zero."""
    jawaban = {**penuh(), "105": 0, "106": 0}
    dinilai = {"105": {"nilai": "0.5", "alasan": "Tidak ada sasaran"}}
    hasil = _banding(jawaban, None, dinilai)
    satu = next(s for s in hasil.selisih if s.sel == "L159")
    assert _kode(satu) == [("pembagi_nol", ("K160",)), ("dinilai", ("K161",))]
    assert satu.alasan[1].kalimat == "soal 105 dinilai TPI (tafsir D10); buku kerja tidak mempunyai tempatnya"
    assert satu.resmi == 1
    assert {k for s in hasil.selisih if s.sel != "L159" for k, _ in _kode(s)} == {"turunan"}


def test_satu_nilai_lama() -> None:
    """One value that was not recalculated is named; the rows above that are right are not."""
    hasil = bandingkan(ganti(kementerian(penuh()), L57=Sel(Decimal("0.5"), "AVERAGE(L58)*H57")), penuh())
    assert _beda(hasil) == {"L57": [("belum_dihitung", ("L57",))]}
    assert hasil.selisih[0].alasan[0].kalimat == "nilai tersimpan L57 lama; buku kerja belum dihitung ulang"
    tanpa = bandingkan(ganti(kementerian(penuh()), L57=Sel(None, "AVERAGE(L58)*H57")), penuh())
    assert (tanpa.selisih[0].buku, tanpa.selisih[0].alasan[0].kalimat) == (
        None,
        "nilai tersimpan L57 tidak ada; buku kerja belum dihitung ulang",
    )


def test_nilai_lama_seluruhnya() -> None:
    """Answers changed and nothing recalculated: whatever differs is said to be stale, and nothing else is blamed."""
    lama, baru = kementerian(penuh()), {**penuh(), "58": "Tidak", "38": "D"}
    hasil = bandingkan(ganti(lama, K86=Sel("Tidak"), K58=Sel("D")), baru)
    assert {k for s in hasil.selisih for k, _ in _kode(s)} == {"belum_dihitung", "turunan"}
    assert all(_kode(s)[0] == ("belum_dihitung", (s.sel,)) for s in hasil.selisih)


def test_belum_pernah_dihitung() -> None:
    """A workbook without any value was never calculated: there is nothing to compare."""
    hasil = bandingkan(lembar(mentah(penuh()), hitung=False), penuh())
    assert hasil == Rekonsiliasi(dihitung=False, sama=0, selisih=())


def test_tak_terjelaskan() -> None:
    """What no reason leads to is said to be unexplained: answers scored that are not those in the sheet."""
    hasil = bandingkan(kementerian(penuh()), {**penuh(), "38": "D"})
    assert _beda(hasil)["L57"] == [("tak_terjelaskan", ("L57",))]
    assert _beda(hasil)["L36"] == [("turunan", ("L57",))]


# ------------------------------------------------------------------------------------------------------ for any answers


@given(jawaban_apa_saja())
@settings(max_examples=60)
def test_setiap_selisih_beralasan_dan_yang_sama_tidak_disebut(jawaban: dict[str, Any]) -> None:
    """For any answers: listed is just what differs from the official figure, and each row has a reason of the workbook's own faults."""
    satu = kementerian(jawaban)
    hasil = bandingkan(satu, jawaban)
    skor = nilai(instrumen(), jawaban, {})
    resmi = {f"L{tata().indikator[i]}": n.nilai for i, n in skor.indikator.items()} | {"L208": skor.total, "L198": skor.pengungkit}
    per = {s.sel: s for s in hasil.selisih}
    assert hasil.sama + len(per) == ANGKA
    for sel, angka in resmi.items():
        isi = satu.sel[sel]
        sama = isinstance(isi.nilai, Decimal) and abs(Fraction(isi.nilai) - angka) <= TOLERANSI
        assert (sel in per) is not sama
    kode = {a.kode for s in hasil.selisih for a in s.alasan}
    assert kode.isdisjoint({"tak_terjelaskan", "belum_dihitung", "diketik", "rumus", "bobot", "dinilai", "spasi"})


@given(jawaban_apa_saja())
@settings(max_examples=30)
def test_model_yang_berbeda_selalu_disebut(jawaban: dict[str, Any]) -> None:
    """Each row whose model is not our official figure is listed, with a reason that is one."""
    satu = kementerian(jawaban)
    per = {s.sel: s for s in bandingkan(satu, jawaban).selisih}
    skor = nilai(instrumen(), jawaban, {})
    semua = ModelBuku(satu, tata(), instrumen()).baris
    for id_, baris in tata().indikator.items():
        model = semua[baris].nilai
        if isinstance(model, GalatSel) or model != skor.indikator[id_].nilai:
            assert {a.kode for a in per[f"L{baris}"].alasan} - {"tak_terjelaskan", "turunan"}, id_


# ------------------------------------------------------------------------------------------------------ our own workbook


def _templat(jawaban: Mapping[str, object], dinilai: Mapping[str, object] | None = None) -> Lembar:
    """Our workbook as far as reconciliation looks at it: formulas everywhere, each with our figure."""
    skor = nilai(instrumen(), jawaban, dinilai or {})
    asal = lembar(mentah(jawaban), hitung=False)
    angka = {f"L{tata().indikator[i]}": n.nilai for i, n in skor.indikator.items()}
    angka |= {f"L{b}": getattr(skor, n) for peta in (tata().aspek, tata().ringkasan, tata().komponen) for n, b in peta.items()}
    for nama, baris in tata().bagian.items():
        aspek, nomor = nama.split(".")
        angka[f"L{baris}"] = getattr(skor.area[int(nomor)], aspek)
    angka["L175"] = angka["L176"] + angka["L183"]
    sel = {r: Sel(Decimal(n.numerator) / Decimal(n.denominator), "RUMUS") for r, n in angka.items()}
    return ganti(asal, **sel)


def test_templat_yang_utuh() -> None:
    """Our formulas count unanswered as 0 and know judged values: nothing differs."""
    jawaban = {s: n for s, n in penuh().items() if s not in {"2", "38", "113"}} | {"105": 0, "106": 0}
    dinilai = {"105": {"nilai": "0.5", "alasan": "Tidak ada sasaran"}}
    assert bandingkan(_templat(jawaban, dinilai), jawaban, dinilai, templat=True) == Rekonsiliasi(dihitung=True, sama=ANGKA, selisih=())


@pytest.mark.parametrize(
    ("ganti_sel", "alasan"),
    [
        ({"L57": Sel(Decimal(2))}, [("diketik", ("L57",))]),
        ({"L58": Sel(Decimal(2)), "L57": Sel(Decimal("1.5"), "RUMUS")}, [("diketik", ("L58",))]),
        ({"H57": Sel(Decimal(2)), "L57": Sel(Decimal(2), "RUMUS")}, [("bobot", ("H57",))]),
        ({"L57": Sel(Decimal("0.5"), "RUMUS")}, [("belum_dihitung", ("L57",))]),
    ],
)
def test_templat_yang_ditimpa(ganti_sel: dict[str, Sel], alasan: list[tuple[str, tuple[str, ...]]]) -> None:
    """A locked cell that somebody typed over is named; sums that follow it take their difference from it."""
    asal = _templat(penuh())
    isi = ganti_sel["L57"].nilai
    assert isinstance(isi, Decimal)
    naik = isi - Decimal("0.75")
    sel = {r: replace(asal.sel[r], nilai=Decimal(str(asal.sel[r].nilai)) + naik) for r in ("L36", "L5", "L198", "L4", "L208")}
    hasil = bandingkan(ganti(asal, **sel, **ganti_sel), penuh(), templat=True)
    assert _beda(hasil) == {"L57": alasan, **_jalur("L57", "L36", "L5", "L198", "L4"), "L208": [("turunan", ("L198",))]}


def test_templat_persentase_dan_jumlah_yang_diketik() -> None:
    """A percentage or a sum typed over in our workbook is named by its own cell; a stale value may come from another formula."""
    asal = _templat(penuh())
    hasil = bandingkan(ganti(asal, K128=Sel(Decimal("0.5")), L127=Sel(Decimal("1.5"), "RUMUS")), penuh(), templat=True)
    assert _beda(hasil) == {"L127": [("diketik", ("K128",))]}
    assert _beda(bandingkan(ganti(asal, L36=Sel(Decimal(4))), penuh(), templat=True)) == {"L36": [("diketik", ("L36",))]}
    lama = bandingkan(ganti(asal, L57=Sel(Decimal(0), "RUMUS")), penuh(), templat=True).selisih
    assert "nilai tersimpan L57 lama; buku kerja belum dihitung ulang, atau rumusnya diubah" in [a.kalimat for s in lama for a in s.alasan]


# ------------------------------------------------------------------------------------------------------ crafted sheets


@pytest.mark.parametrize(
    ("sel", "tampil"),
    [
        (Sel(Decimal("1E+308")), "1E+308"),
        (Sel(Decimal("-5E+200"), "X"), "-5E+200"),
        (Sel("x" * 32_000), "x" * 40 + "…"),
        (Sel("#" + "N" * 32_000, galat=True), "#" + "N" * 39 + "…"),
        (Sel(nilai=True), "TRUE"),
        (Sel(Decimal("12.5")), Fraction("12.5")),
    ],
)
def test_angka_buku_tidak_memenuhi_layar(sel: Sel, tampil: str | Fraction) -> None:
    """What a crafted total holds is shown by its beginning; a sane number stays a number."""
    hasil = bandingkan(ganti(kementerian(penuh()), L208=sel), penuh())
    (satu,) = hasil.selisih
    assert satu.buku == tampil
    assert len(satu.alasan[0].kalimat) < 100


def test_baris_komponen_di_atas_dibandingkan_bila_ada() -> None:
    """The figures on top of the sheet are compared like all others; a sheet without them is compared without them."""
    assert _beda(_banding(penuh(), {"L4": Decimal(48)})) == {"L4": [("diketik", ("L4",))]}
    assert _banding(penuh(), {"L4": None, "L200": None}).sama == ANGKA - 2


def test_ringkas_alasan() -> None:
    """Reasons are counted, the most frequent first, rows that only inherit a difference left out."""
    jawaban = {s: n for s, n in penuh().items() if s not in {"2", "5", "127"}}
    assert list(ringkas_alasan(_banding(jawaban).selisih).items()) == [("kosong", 2), ("indeks_kosong", 1)]
    assert ringkas_alasan(()) == {}


def test_penilaian_lain_tanpa_sel_yang_dinilai() -> None:
    """A judged value is no reason for the rows that it is not on."""
    dinilai = {"105": {"nilai": "0.5", "alasan": "Tidak ada sasaran"}}
    jawaban = {**penuh(), "105": 0, "106": 0, "2": "C"}
    skor = nilai(instrumen(), jawaban, dinilai)
    hasil = cocokkan(kementerian(jawaban), tata(), instrumen(), skor, dinilai)
    assert [s.sel for s in hasil.selisih for a in s.alasan if a.kode == "dinilai"] == ["L159"]
