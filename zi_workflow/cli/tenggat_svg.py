"""Forecasts as a picture: one row for each unit on a common line of time. SVG without scripts, the same bytes for the same forecasts.

Everything is told twice, by colour and by shape or text. What is stored reaches the file as escaped text only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zi_workflow.cli.svg import judul, potong, teks
from zi_workflow.cli.teks import tanggal, tanggal_singkat

if TYPE_CHECKING:
    from zi_workflow.domain.outlook import Masa, Prakiraan

LEBAR = 1200
_KIRI, _KANAN = 262, 890
"""Where the line of time begins and ends."""
_ATAS, _BARIS = 126, 40
_LEGENDA = 26
_LABEL = 78
"""Room that a date above the line takes."""
_DAHULU, _SESUDAH = timedelta(days=370), timedelta(days=40)

_GAYA = """text{font-family:sans-serif;font-size:11px;fill:#222}
.judul{font-size:18px;font-weight:bold}
.kode{font-size:13px;font-weight:bold}
.kecil{fill:#555}
.alasan{font-style:italic;fill:#444}
.batas{fill:#8c1d18}
.kini{fill:#0b5394;font-weight:bold}
.tahun{fill:#777;font-size:12px}"""

_ARSIR = (
    '<pattern id="arsir" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2.5" height="6" fill="#6baed6"/></pattern>'
    f'<clipPath id="kolom"><rect x="0" y="0" width="{_KIRI - 8}" height="1000000"/></clipPath>'
)


def gambar(semua: Sequence[Prakiraan], pada: date) -> bytes:
    """Return the picture of all forecasts, in their order."""
    sumbu = _sumbu(semua, pada)
    bawah = _ATAS + _BARIS * max(len(semua), 1)
    tinggi = bawah + 3 * _LEGENDA + 26
    isi = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEBAR}" height="{tinggi}" viewBox="0 0 {LEBAR} {tinggi}" role="img">',
        f"<title>Prakiraan pengusulan pada {tanggal(pada)}</title>",
        f"<style>{_GAYA}</style><defs>{_ARSIR}</defs>",
        f'<rect width="{LEBAR}" height="{tinggi}" fill="#fff"/>',
        teks(16, 30, "Batas pengusulan paling awal yang dapat dicapai", "judul"),
        teks(16, 50, f"Prakiraan pada {tanggal(pada)}, {len(semua)} unit", "kecil"),
        *_latar(sumbu, bawah),
        *(_baris(p, ke, sumbu) for ke, p in enumerate(semua)),
        *_garis(semua, pada, sumbu, bawah),
        *(_tanda_baris(p, ke, sumbu) for ke, p in enumerate(semua)),
        *_legenda(semua, bawah + 22),
        "</svg>",
    ]
    return ("\n".join(isi) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Sumbu:
    """The line of time: its first and last day."""

    awal: date
    akhir: date

    def x(self, hari: date) -> float:
        """Return where a day stands; days outside stand at the ends."""
        dalam = min(max(hari, self.awal), self.akhir)
        return round(_KIRI + (_KANAN - _KIRI) * (dalam - self.awal).days / (self.akhir - self.awal).days, 1)

    def memuat(self, hari: date) -> bool:
        """Say whether the day is on the line."""
        return self.awal <= hari <= self.akhir


def _sumbu(semua: Sequence[Prakiraan], pada: date) -> _Sumbu:
    mulai = [m.mulai for p in semua for m in p.masa if m.sampai > pada]
    batas = [p.batas for p in semua if p.batas is not None]
    awal = max(min([pada, *mulai]), pada - _DAHULU) - timedelta(days=20)
    return _Sumbu(awal, max([pada + _DAHULU, *batas]) + _SESUDAH)


def _latar(sumbu: _Sumbu, bawah: int) -> Iterable[str]:
    """Draw the years as bands with their numbers."""
    for tahun in range(sumbu.awal.year, sumbu.akhir.year + 1):
        kiri, kanan = sumbu.x(date(tahun, 1, 1)), sumbu.x(date(tahun + 1, 1, 1))
        if tahun % 2:
            yield f'<rect x="{kiri}" y="{_ATAS}" width="{round(kanan - kiri, 1)}" height="{bawah - _ATAS}" fill="#f4f4f4"/>'
        if kanan - kiri > _LABEL / 2:
            yield teks((kiri + kanan) / 2, 72, str(tahun), "tahun", "middle")


def _garis(semua: Sequence[Prakiraan], pada: date, sumbu: _Sumbu, bawah: int) -> Iterable[str]:
    """Draw the deadlines and the day of asking, each with its date; dates that would touch stand on two levels."""
    batas = {p.batas for p in semua if p.batas} | {m.batas for p in semua for m in p.mustahil}
    ujung = [-_LABEL, -_LABEL]
    for hari in sorted(h for h in batas if sumbu.memuat(h)):
        x = sumbu.x(hari)
        tingkat = 0 if x - ujung[0] >= _LABEL else 1
        ujung[tingkat] = int(x)
        yield (
            f'<line x1="{x}" y1="{_ATAS - 6}" x2="{x}" y2="{bawah}" stroke="#8c1d18" stroke-width="1" stroke-dasharray="5 3"/>'
            + teks(x, 103 - 14 * tingkat, tanggal_singkat(hari), "batas", "middle")
        )
    x = sumbu.x(pada)
    yield f'<line x1="{x}" y1="{_ATAS - 6}" x2="{x}" y2="{bawah}" stroke="#0b5394" stroke-width="2"/>'
    yield teks(x, 117, f"pada {tanggal_singkat(pada)}", "kini", "middle")


def _baris(p: Prakiraan, ke: int, sumbu: _Sumbu) -> str:
    """Draw what stands beside the line of time: the unit, its answer, and the times that must pass."""
    y = _ATAS + _BARIS * ke
    isi = [
        f'<line x1="16" y1="{y + _BARIS}" x2="{LEBAR - 16}" y2="{y + _BARIS}" stroke="#ddd"/>',
        f'<g clip-path="url(#kolom)">{judul(f"{p.unit}: {p.nama}")}'
        + teks(16, y + 17, p.unit, "kode")
        + teks(16, y + 31, potong(p.nama, 34), "kecil")
        + "</g>",
    ]
    if p.batas is not None:
        isi.append(teks(_KANAN + 14, y + 17, f"{p.predikat} {tanggal(p.batas)}", "kode"))
        isi.append(teks(_KANAN + 14, y + 31, f"{p.sisa_langkah} langkah, {p.kurang} syarat kurang, sisa {p.sisa_hari} hari", "kecil"))
    isi += [_masa(m, sumbu, y + 7 + 14 * lajur) for lajur, m in enumerate(p.masa[:2]) if m.sampai > sumbu.awal]
    return "\n".join(isi)


def _masa(m: Masa, sumbu: _Sumbu, y: int) -> str:
    kiri, kanan = sumbu.x(m.mulai), sumbu.x(m.sampai)
    isi = 'fill="url(#arsir)" stroke-dasharray="4 2"' if m.perkiraan else 'fill="#9ecae1"'
    lebar = round(max(kanan - kiri, 2), 1)
    kotak = f'<g>{judul(m.perhitungan)}<rect x="{kiri}" y="{y}" width="{lebar}" height="12" {isi} stroke="#3182bd"/>'
    alas = f'<rect x="{round(kiri + 3, 1)}" y="{y + 1}" width="18" height="10" fill="#fff" opacity="0.85"/>' if m.perkiraan else ""
    return kotak + (alas + teks(kiri + 5, y + 10, m.id) if lebar > _LABEL / 3 else "") + "</g>"


def _tanda_baris(p: Prakiraan, ke: int, sumbu: _Sumbu) -> str:
    """Draw the marks on the line of time, or the words why there are none."""
    y = _ATAS + _BARIS * ke
    isi = [
        _silang(sumbu.x(m.batas), y + 13, f"{m.tahun} tidak dapat: {', '.join(s.temuan.id for s in m.syarat)}")
        for m in p.mustahil
        if sumbu.memuat(m.batas)
    ]
    if p.batas is None or p.paling_awal is None:
        lebar = min(6 * len(p.alasan) + 16, _KANAN - _KIRI - 8)
        kata = f'<g>{judul(p.alasan)}<rect x="{_KIRI + 4}" y="{y + 12}" width="{lebar}" height="16" fill="#fff"/>'
        return "\n".join([*isi, kata + teks(_KIRI + 8, y + 24, potong(p.alasan, 96), "alasan") + "</g>"])
    mulai = [r for r in p.langkah if r.oleh and r.paling_lambat < min(p.batas, p.hari_kerja_terakhir or p.batas)]
    isi += [_segitiga(sumbu.x(r.paling_lambat), y + 27, f"{r.nama} paling lambat {tanggal(r.paling_lambat)}") for r in mulai[-1:]]
    isi.append(_centang(sumbu.x(p.batas), y + 13, f"batas {tanggal(p.batas)}"))
    isi.append(_ketupat(sumbu.x(p.paling_awal), y + 13, f"paling awal {tanggal(p.paling_awal)}"))
    return "\n".join(isi)


def _legenda(semua: Sequence[Prakiraan], y: int) -> Iterable[str]:
    """Draw every sign once with its meaning, and the names of the times that must pass."""
    kotak = '<rect x="{x}" y="{y}" width="26" height="12" stroke="#3182bd" {isi}/>'
    tanda = (
        (kotak.format(x=16, y=y - 10, isi='fill="#9ecae1"'), "masa yang sedang atau sudah dilalui"),
        (kotak.format(x=306, y=y - 10, isi='fill="url(#arsir)" stroke-dasharray="4 2"'), "masa yang baru diperkirakan"),
        (_ketupat(609, y - 4, ""), "hari paling awal dapat diusulkan"),
        (_centang(899, y - 4, ""), "batas paling awal yang dapat dicapai"),
        (_silang(29, y + _LEGENDA - 4, ""), "batas yang tidak dapat dicapai"),
        (_segitiga(319, y + _LEGENDA - 4, ""), "hari terakhir suatu langkah"),
        (_contoh_garis(596, y + _LEGENDA - 4, 'stroke="#8c1d18" stroke-dasharray="5 3"'), "batas pengusulan (garis putus)"),
        (_contoh_garis(886, y + _LEGENDA - 4, 'stroke="#0b5394" stroke-width="2"'), "hari peramalan (garis utuh)"),
    )
    for ke, (lambang, arti) in enumerate(tanda):
        yield lambang + teks(50 + 290 * (ke % 4), y + _LEGENDA * (ke // 4), arti)
    nama = sorted({(m.id, m.uraian) for p in semua for m in p.masa})
    if nama:
        yield teks(16, y + 2 * _LEGENDA, "Masa: " + "; ".join(f"{i} {uraian}" for i, uraian in nama), "kecil")


def _contoh_garis(x: int, y: int, gaya: str) -> str:
    return f'<line x1="{x}" y1="{y}" x2="{x + 26}" y2="{y}" {gaya}/>'


def _ketupat(x: float, y: float, arti: str) -> str:
    bentuk = f'<path d="M{x} {y - 7}L{round(x + 6, 1)} {y}L{x} {y + 7}L{round(x - 6, 1)} {y}Z" fill="#f2a900" stroke="#5c4000"/>'
    return f"<g>{judul(arti)}{bentuk}</g>"


def _centang(x: float, y: float, arti: str) -> str:
    kail = f'<path d="M{round(x - 4, 1)} {y}l3 3l5 -6" fill="none" stroke="#fff" stroke-width="2"/>'
    return f'<g>{judul(arti)}<circle cx="{x}" cy="{y}" r="8" fill="#1b7837" stroke="#00441b"/>{kail}</g>'


def _silang(x: float, y: float, arti: str) -> str:
    garis = f"M{round(x - 5, 1)} {y - 5}l10 10m0 -10l-10 10"
    bentuk = f'<path d="{garis}" stroke="#fff" stroke-width="6"/><path d="{garis}" stroke="#b2182b" stroke-width="3"/>'
    return f"<g>{judul(arti)}{bentuk}</g>"


def _segitiga(x: float, y: float, arti: str) -> str:
    bentuk = f'<path d="M{round(x - 6, 1)} {y - 5}h12l-6 10Z" fill="#e66101" stroke="#7f3300"/>'
    return f"<g>{judul(arti)}{bentuk}</g>"
