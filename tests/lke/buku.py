"""The ministry's sheet, PortalRB's and ours as cells, made from the layout: scales, weights, answers, formulas and their values.

Formulas have the shapes of the ministry's workbook; what they show is calculated by ``hitung_buku``, not by the model under test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.alat.dunia import definisi
from tests.lke.hitung_buku import GalatRumus, Kalkulator
from zi_workflow.domain.cells import Lembar, Sel
from zi_workflow.domain.instrument import INDEKS, PILIHAN, Instrumen, Rumus, Soal
from zi_workflow.domain.layout import PERSEN, Lembaran, TataLetak
from zi_workflow.domain.reconcile import Rekonsiliasi, cocokkan
from zi_workflow.domain.scoring import nilai

DIJUMLAHKAN = "dijumlahkan"
"""The sum that is typed by hand is typed as it should be."""
_EXCEL = Context(prec=17)

Mentah = dict[str, object]


@cache
def lke() -> tuple[Instrumen, Lembaran]:
    """Return the instrument that ships and its layouts."""
    aturan = definisi()
    assert aturan.instrumen is not None
    assert aturan.lembaran is not None
    return aturan.instrumen, aturan.lembaran


def instrumen() -> Instrumen:
    """Return the instrument that ships."""
    return lke()[0]


def tata() -> TataLetak:
    """Return the layout of the ministry's sheet."""
    return lke()[1].kementerian


# ------------------------------------------------------------------------------------------------------------- answers


def penuh() -> dict[str, Any]:
    """Answer everything with the best there is; LHKPN and LHKASN alike."""
    return {s.id: _terbaik(s) for s in instrumen().soal.values()} | {"103": 0, "116": 18, "120": 18}


def _terbaik(soal: Soal) -> str | int:
    if soal.skala.jenis == PILIHAN:
        return max(soal.skala.nilai, key=lambda p: soal.skala.nilai[p])
    return str(soal.skala.tertinggi) if soal.skala.jenis == INDEKS else 6


def satu_jawaban(soal: Soal) -> st.SearchStrategy[str | int]:
    """Give any valid answer of a question."""
    if soal.skala.jenis == PILIHAN:
        return st.sampled_from(list(soal.skala.nilai))
    if soal.skala.jenis == INDEKS:
        return st.decimals(0, soal.skala.tertinggi, places=2).map(lambda n: format(n.normalize(), "f"))
    return st.integers(0, 40)


def jawaban_apa_saja() -> st.SearchStrategy[dict[str, Any]]:
    """Give sheets with any questions left out."""
    isi = st.fixed_dictionaries({s.id: satu_jawaban(s) for s in instrumen().soal.values()})
    buang = st.sets(st.sampled_from(list(instrumen().soal)), max_size=60)
    return st.builds(lambda semua, tanpa: {k: v for k, v in semua.items() if k not in tanpa}, isi, buang)


def sel_jawaban(soal: Soal, jawaban: object) -> object:
    """Return an answer as it is typed into a cell."""
    return jawaban if soal.skala.jenis == PILIHAN else Decimal(str(jawaban))


# ------------------------------------------------------------------------------------------------------------- the ministry's sheet


def mentah(jawaban: Mapping[str, object], *, skala_8: str = "Ya", diketik: object = DIJUMLAHKAN) -> Mentah:
    """Return the ministry's sheet as it is typed: scale cell J8 as it ships unless said, K185 the sum unless said."""
    letak = tata()
    hasil: Mentah = {f"J{b}": letak.tulisan[instrumen().soal[s].skala.id] for s, b in letak.soal.items()}
    hasil["J8"] = skala_8
    hasil |= {f"K{letak.soal[s]}": sel_jawaban(instrumen().soal[s], n) for s, n in jawaban.items()}
    hasil |= _bobot()
    hasil |= {f"L{b}": rumus for b, rumus in _rumus_nilai()}
    for kunci, baris in letak.rumus.items():
        rumus = instrumen().butir[kunci]
        assert isinstance(rumus, Rumus)
        hasil |= {f"J{baris.baris}": letak.tulisan[PERSEN], f"K{baris.baris}": _rumus_persen(rumus)}
        if baris.jumlah is not None:
            bagian = [f"K{letak.soal[s]}" for s in rumus.peran["penyebut"]]
            hasil |= {f"J{baris.jumlah}": "Jumlah", f"L{baris.jumlah}": rumus_soal(baris.jumlah)}
            hasil[f"K{baris.jumlah}"] = _bila_terisi(bagian, "+".join(bagian))
    hasil["K185"] = _jumlah_wajib(jawaban) if diketik == DIJUMLAHKAN else diketik
    return hasil


def _jumlah_wajib(jawaban: Mapping[str, object]) -> object:
    bagian = [jawaban.get(s) for s in ("117", "118", "119")]
    return None if None in bagian else Decimal(sum(int(str(b)) for b in bagian))


def _bobot() -> Mentah:
    bobot = {tata().indikator[i.id]: i.bobot for i in instrumen().indikator}
    for kelompok in tata().kelompok:
        bobot[kelompok.baris] = sum((i.bobot for i in instrumen().indikator if i.id in kelompok.anggota), Fraction())
    for aspek in (a for k in instrumen().komponen for a in k.aspek):
        bobot[tata().aspek[aspek.id]] = aspek.bobot
        bobot |= {tata().bagian[f"{aspek.id}.{b.nomor}"]: b.bobot for b in aspek.bagian if b.nomor is not None}
    return {f"H{b}": Decimal(n.numerator) / Decimal(n.denominator) for b, n in bobot.items()}


def rumus_soal(baris: int) -> str:
    """Return the formula that values the answer of a row, as every row has it."""
    j, k = f"J{baris}", f"K{baris}"
    rumus = f'IF({j}="","","-")'
    for teks in ("Rupiah", "Jumlah"):
        rumus = f'IF({j}="{teks}",IF({k}="","Blm Diisi",""),{rumus})'
    rumus = f'IF({j}="%",IF({k}="","Blm Diisi",{k}),{rumus})'
    for tulisan in ("A=1,B=0.75,C=0.5,D=0.25,E=0", "A=1,B=0.67,C=0.33,D=0", "A=1,B=0.5,C=0", "Ya=1,Tidak=0"):
        pasang = [p.split("=") for p in tulisan.split(",")]
        isi = '"Blm Diisi"'
        for pilihan, angka in reversed(pasang):
            isi = f'IF({k}="{pilihan}",{angka},{isi})'
        rumus = f'IF({j}="{"/".join(p for p, _ in pasang)}",{isi},{rumus})'
    return f"={rumus}"


def _rumus_persen(rumus: Rumus) -> str:
    letak = tata().rumus[rumus.kunci]
    peran = {p: f"K{tata().soal[ids[0]]}" for p, ids in rumus.peran.items()}
    dilihat = [f"K{tata().soal[s]}" for s in letak.perlu]
    if letak.jumlah is not None:
        peran["penyebut"] = f"K{letak.jumlah}"
        dilihat = [peran["penyebut"], peran["pembilang"]]
    if rumus.jenis == "rasio":
        bagi = f"{peran['pembilang']}/{peran['penyebut']}"
        return _bila_terisi(dilihat, f"IF({bagi}>1,1,{bagi})")
    lalu, kini = peran["lalu"], peran["kini"]
    turun = f"({lalu}-{kini})/{lalu}"
    return _bila_terisi(dilihat, f"IF(AND({lalu}=0,{kini}=0),1,IF({turun}<0,0,{turun}))")


def _bila_terisi(sel: Iterable[str], hasil: str) -> str:
    kosong = ",".join(f'{s}=""' for s in sel)
    return f'=IF(OR({kosong}),"Blm Diisi",{hasil})'


def _rumus_nilai() -> Iterator[tuple[int, str]]:
    letak = tata()
    for soal, baris in letak.soal.items():
        kali = f"*H{baris}" if baris in letak.indikator.values() else ""
        indeks = instrumen().soal[soal].skala.jenis == INDEKS
        yield baris, f'=IF(K{baris}="","Blm Diisi",K{baris}/4){kali}' if indeks else f"{rumus_soal(baris)}{kali}"
    yield from ((b.baris, rumus_soal(b.baris)) for b in letak.rumus.values())
    yield 90, rumus_soal(90)
    for indikator in instrumen().indikator:
        baris = letak.indikator[indikator.id]
        isi = [letak.soal[s.id] for s in indikator.soal]
        if baris not in isi:
            yield baris, f"=AVERAGE(L{baris + 1}{f':L{max(isi)}' if max(isi) > baris + 1 else ''})*H{baris}"
    yield from ((k.baris, f"={k.rumus}") for k in letak.kelompok)
    yield from _rumus_jumlah()


def _rumus_jumlah() -> Iterator[tuple[int, str]]:
    """Yield the sums; the ministry's sheet adds reform before pemenuhan, and repeats both components on top."""
    letak = tata()
    kelompok = {a: k.baris for k in letak.kelompok for a in k.anggota}
    for aspek in (a for k in instrumen().komponen for a in k.aspek):
        bagian = {b.nomor: [kelompok.get(i.id, letak.indikator[i.id]) for i in b.indikator] for b in aspek.bagian}
        for nomor, isi in bagian.items():
            if nomor is not None:
                yield letak.bagian[f"{aspek.id}.{nomor}"], _sum(isi)
        yield letak.aspek[aspek.id], _sum(bagian[None] if None in bagian else [letak.bagian[f"{aspek.id}.{n}"] for n in bagian])
    yield 198, "=SUM(L125,L5)"
    yield 206, "=SUM(L201,L204)"
    yield 208, "=SUM(L198,L206)"
    yield 4, "=L198"
    yield 200, "=L206"


def _sum(baris: Iterable[int]) -> str:
    return f"=SUM({','.join(f'L{b}' for b in dict.fromkeys(baris))})"


# ------------------------------------------------------------------------------------------------------------- cells and sheets


def lembar(isi: Mapping[str, object], *, nama: str = "LKE ZI", hitung: bool = True) -> Lembar:
    """Make a sheet of raw cells; ``hitung`` says whether formulas carry their values."""
    kalkulator = Kalkulator(isi)
    return Lembar(nama, {r: _sel(n, kalkulator.tampil(r) if hitung else None) for r, n in isi.items() if n is not None})


def _sel(isi: object, hasil: object) -> Sel:
    if not (isinstance(isi, str) and isi.startswith("=")):
        assert isinstance(isi, str | Decimal | bool)
        return Sel(isi)
    if isinstance(hasil, GalatRumus):
        return Sel(str(hasil), isi[1:], galat=True)
    if isinstance(hasil, Fraction):
        return Sel(_EXCEL.divide(Decimal(hasil.numerator), Decimal(hasil.denominator)), isi[1:])
    assert hasil is None or isinstance(hasil, str | bool)
    return Sel(hasil, isi[1:])


def ganti(asal: Lembar, **sel: Sel) -> Lembar:
    """Put other cells into a finished sheet; nothing is calculated again."""
    return Lembar(asal.nama, {**asal.sel, **sel}, asal.tersembunyi, asal.gabungan)


def kementerian(
    jawaban: Mapping[str, object], ubah: Mapping[str, object] | None = None, *, skala_8: str = "Ya", diketik: object = DIJUMLAHKAN
) -> Lembar:
    """Make the ministry's sheet with these answers, other raw cells put over it, everything calculated."""
    return lembar({**mentah(jawaban, skala_8=skala_8, diketik=diketik), **(ubah or {})})


def bandingkan(
    satu: Lembar, jawaban: Mapping[str, object], dinilai: Mapping[str, object] | None = None, *, templat: bool = False
) -> Rekonsiliasi:
    """Reconcile a sheet with the scores of these answers."""
    skor = nilai(instrumen(), jawaban, dinilai or {})
    return cocokkan(satu, tata(), instrumen(), skor, dinilai or {}, templat=templat)
