"""A unit's timeline as a picture: a lane for each kind of event on a common line of time. SVG without scripts, the same bytes each time.

A filled mark stands where a thing happened; where it was recorded on another day, a dotted line leads to a hollow mark on that day.
Every kind has its own lane and shape, so that nothing rests on colour. What is stored reaches the file as escaped text only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zi_workflow.cli.linimasa_bacaan import CATATAN, KOREKSI, LAIN, LANGKAH, PEMBATALAN, PENDAFTARAN, PENOLAKAN, TENGGAT, Titik
from zi_workflow.cli.linimasa_layar import isi
from zi_workflow.cli.svg import judul, potong, teks, xml
from zi_workflow.cli.teks import BULAN, tanggal

LEBAR: Final = 1200
_KIRI, _KANAN = 150, 1170
_ATAS: Final = 92
_LAJUR: Final = 54
_LAJUR_LANGKAH: Final = 126
"""The lane of moves is higher: each move has its name over it, on one of five levels."""
_TINGKAT: Final = 5
_HURUF: Final = 6.3
"""Room for a letter, estimated generously."""
_RAPAT: Final = 9
"""Marks of a lane that are nearer than this are drawn as one, with their number."""
_URUTAN: Final = (
    (LANGKAH, "Langkah"), (PEMBATALAN, "Pembatalan"), (PENOLAKAN, "Penolakan"), (CATATAN, "Catatan"), (KOREKSI, "Koreksi"),
    (TENGGAT, "Tenggat"), (LAIN, "Lainnya"),
)  # fmt: skip
_WARNA: Final = {
    LANGKAH: "#1b7837", PEMBATALAN: "#762a83", PENOLAKAN: "#b2182b", CATATAN: "#2166ac", KOREKSI: "#b35806", TENGGAT: "#8c6d00",
    LAIN: "#555",
}  # fmt: skip
_BENTUK: Final = {
    LANGKAH: "M{a} {t}L{k} {y}L{a} {b}Z",
    PEMBATALAN: "M{k} {t}L{a} {y}L{k} {b}Z",
    PENOLAKAN: "M{a} {t}L{x} {c}L{k} {t}L{d} {y}L{k} {b}L{x} {e}L{a} {b}L{f} {y}Z",
    CATATAN: "M{a} {t}H{k}V{b}H{a}Z",
    KOREKSI: "M{x} {t}L{k} {y}L{x} {b}L{a} {y}Z",
    TENGGAT: "M{x} {t}L{k} {b}H{a}Z",
    LAIN: "M{a} {y}H{k}",
}
_GAYA: Final = """text{font-family:sans-serif;font-size:11px;fill:#222}
.judul{font-size:18px;font-weight:bold}
.lajur{font-size:13px;font-weight:bold}
.kecil{fill:#555}
.nama{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
.tahun{fill:#555;font-size:13px}"""


@dataclass(frozen=True, slots=True)
class _Sumbu:
    awal: date
    akhir: date

    def x(self, hari: date) -> float:
        """Return where a day stands."""
        return round(_KIRI + (_KANAN - _KIRI) * (hari - self.awal).days / (self.akhir - self.awal).days, 1)


def gambar(kode: str, nama: str, semua: Sequence[Titik]) -> bytes:
    """Return the picture of a timeline."""
    lajur = _lajur(semua)
    sumbu = _sumbu(semua)
    letak, y = [], _ATAS
    for golongan, sebut, milik in lajur:
        letak.append((golongan, sebut, milik, y))
        y += _LAJUR_LANGKAH if golongan == LANGKAH else _LAJUR
    tinggi = y + 74
    bagian = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEBAR}" height="{tinggi}" viewBox="0 0 {LEBAR} {tinggi}" role="img">',
        f"<title>{xml(f'Linimasa {kode}, {nama}')}</title>",
        f"<style>{_GAYA}</style>",
        f'<rect width="{LEBAR}" height="{tinggi}" fill="#fff"/>',
        teks(16, 28, potong(f"Linimasa {kode}, {nama}", 100), "judul"),
        teks(16, 48, _rentang(semua), "kecil"),
        *_latar(sumbu, y),
        *(satu for golongan, sebut, milik, atas in letak for satu in _gambar_lajur(golongan, sebut, milik, sumbu, atas)),
        *_legenda(y + 26),
        "</svg>",
    ]
    return ("\n".join(bagian) + "\n").encode()


def _lajur(semua: Sequence[Titik]) -> list[tuple[str, str, list[Titik]]]:
    """Return the lanes that have something, each with its events; the registration stands among the moves."""
    milik: dict[str, list[Titik]] = {golongan: [] for golongan, _ in _URUTAN}
    for t in semua:
        milik[LANGKAH if t.golongan == PENDAFTARAN else t.golongan].append(t)
    return [(golongan, sebut, milik[golongan]) for golongan, sebut in _URUTAN if milik[golongan]]


def _rentang(semua: Sequence[Titik]) -> str:
    if not semua:
        return "Tidak ada peristiwa pada rentang itu."
    lambat = sum(1 for t in semua if t.selisih_hari)
    return f"{len(semua)} peristiwa, {tanggal(semua[0].tanggal)} sampai {tanggal(semua[-1].tanggal)}; {lambat} dicatat sesudah harinya"


def _sumbu(semua: Sequence[Titik]) -> _Sumbu:
    hari = [h for t in semua for h in (t.tanggal, t.dicatat)] or [date(2024, 1, 1)]
    sela = timedelta(days=max(5, (max(hari) - min(hari)).days // 40))
    return _Sumbu(min(hari) - sela, max(hari) + sela)


def _latar(sumbu: _Sumbu, bawah: int) -> Iterator[str]:
    """Draw the years as bands, or the months where the whole is short."""
    for ke, (mulai, akhir, nama) in enumerate(_petak(sumbu)):
        kiri, kanan = sumbu.x(max(mulai, sumbu.awal)), sumbu.x(min(akhir, sumbu.akhir))
        if ke % 2:
            yield f'<rect x="{kiri}" y="{_ATAS - 10}" width="{round(kanan - kiri, 1)}" height="{bawah - _ATAS + 10}" fill="#f3f3f3"/>'
        if kanan - kiri > 7 * len(nama):
            yield teks((kiri + kanan) / 2, _ATAS - 18, nama, "tahun", "middle")


def _petak(sumbu: _Sumbu) -> Iterator[tuple[date, date, str]]:
    panjang = (sumbu.akhir - sumbu.awal).days
    bulanan = panjang <= 550  # noqa: PLR2004 - a year and a half
    mulai = sumbu.awal.replace(day=1) if bulanan else date(sumbu.awal.year, 1, 1)
    while mulai < sumbu.akhir:
        akhir = (mulai + timedelta(days=32)).replace(day=1) if bulanan else date(mulai.year + 1, 1, 1)
        yield mulai, akhir, f"{BULAN[mulai.month - 1][:3]} {mulai.year}" if bulanan else str(mulai.year)
        mulai = akhir


def _gambar_lajur(golongan: str, sebut: str, semua: Sequence[Titik], sumbu: _Sumbu, atas: int) -> Iterator[str]:
    tinggi = _LAJUR_LANGKAH if golongan == LANGKAH else _LAJUR
    y = atas + tinggi - 26
    yield f'<line x1="16" y1="{atas + tinggi - 2}" x2="{LEBAR - 16}" y2="{atas + tinggi - 2}" stroke="#ddd"/>'
    yield teks(16, y + 4, sebut, "lajur")
    yield teks(16, y + 18, f"{len(semua)} peristiwa", "kecil")
    for t in semua:
        if t.dicatat != t.tanggal:
            yield _catatan(sumbu.x(t.tanggal), sumbu.x(t.dicatat), y, t)
    for kelompok in _kelompok(semua, sumbu):
        yield _tanda(golongan, sumbu.x(kelompok[0].tanggal), y, kelompok)
    if golongan == LANGKAH:
        yield from _nama(semua, sumbu, y)


def _kelompok(semua: Sequence[Titik], sumbu: _Sumbu) -> Iterator[list[Titik]]:
    """Yield the events whose marks would cover each other together."""
    kini: list[Titik] = []
    for t in semua:
        if kini and sumbu.x(t.tanggal) - sumbu.x(kini[0].tanggal) >= _RAPAT:
            yield kini
            kini = []
        kini.append(t)
    if kini:
        yield kini


def _tanda(golongan: str, x: float, y: float, semua: Sequence[Titik]) -> str:
    titik = {"x": x, "y": y, "a": x - 6, "k": x + 6, "t": y - 6, "b": y + 6, "c": y - 3, "d": x + 3, "e": y + 3, "f": x - 3}
    garis = _BENTUK[golongan].format(**{k: round(v, 1) for k, v in titik.items()})
    batal = ' fill-opacity="0.25" stroke-dasharray="2 2"' if all(t.dibatalkan_oleh or t.diganti_oleh for t in semua) else ""
    bentuk = f'<path d="{garis}" fill="{_WARNA[golongan]}" stroke="{_WARNA[golongan]}" stroke-width="1.5"{batal}/>'
    banyak = teks(x, y - 10, f"{len(semua)}", "kecil", "middle") if len(semua) > 1 and golongan != LANGKAH else ""
    kata = "\n".join(f"{tanggal(t.tanggal)}: {isi(t)} (nomor {t.nomor})" for t in semua[:20])
    return f"<g>{judul(kata)}{bentuk}{banyak}</g>"


def _catatan(x: float, ke: float, y: float, t: Titik) -> str:
    """Draw the way from the day of an event to the day on which it was recorded, on the level below the marks."""
    garis = f'<path d="M{x} {y + 6}L{x} {y + 14}L{ke} {y + 14}" fill="none" stroke="#777" stroke-dasharray="2 3"/>'
    bulat = f'<circle cx="{ke}" cy="{y + 14}" r="3.5" fill="#fff" stroke="#444"/>'
    return f"<g>{judul(f'nomor {t.nomor}, dicatat {tanggal(t.dicatat)}')}{garis}{bulat}</g>"


def _nama(semua: Sequence[Titik], sumbu: _Sumbu, y: float) -> Iterator[str]:
    """Write the moves' names over their marks, each on the lowest level that is free; where none is, only pointing shows it."""
    ujung = [-float(LEBAR)] * _TINGKAT
    for t in semua:
        x = sumbu.x(t.tanggal)
        nama = potong(f"{t.sebutan.removeprefix('langkah ')} {t.tanggal.day} {BULAN[t.tanggal.month - 1][:3]}", 40)
        tulis = min(x - 4, LEBAR - 16 - _HURUF * len(nama))
        tingkat = next((i for i, u in enumerate(ujung) if tulis >= u), None)
        if tingkat is None:
            continue
        ujung[tingkat] = tulis + _HURUF * len(nama) + 6
        dasar = y - 14 - 16 * tingkat
        yield f'<line x1="{x}" y1="{dasar + 3}" x2="{x}" y2="{y - 7}" stroke="#bbb"/>'
        yield teks(tulis, dasar, nama, "nama")


def _legenda(y: int) -> Iterable[str]:
    """Say what the marks mean."""
    kotak = '<path d="M{x} {a}h12v12h-12Z" fill="{w}" stroke="{w}"{lain}/>'
    pucat = ' fill-opacity="0.25" stroke-dasharray="2 2"'
    yield kotak.format(x=20, a=y - 10, w=_WARNA[CATATAN], lain="")
    yield teks(42, y, "tanda penuh: hari kejadiannya; tiap golongan lajur dan bentuk sendiri")
    yield f'<circle cx="466" cy="{y - 4}" r="3.5" fill="#fff" stroke="#444"/>'
    yield teks(478, y, "lingkaran kosong: hari dicatat, bila berbeda")
    yield kotak.format(x=744, a=y - 10, w=_WARNA[CATATAN], lain=pucat)
    yield teks(766, y, "pucat, bergaris putus: dibatalkan atau diganti kemudian")
    yield teks(16, y + 24, "Angka di atas tanda: sekian peristiwa berdekatan. Tunjuk sebuah tanda untuk melihat isinya.", "kecil")
