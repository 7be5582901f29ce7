"""Forecasts on the screen: one row for each unit, and for a single unit the way to its deadline in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from zi_workflow.cli.blok import butir, lipat
from zi_workflow.cli.lembar import frasa
from zi_workflow.cli.tampilan import Gaya, Kolom, tabel, tanda
from zi_workflow.cli.teks import lokal, tanggal, tanggal_singkat
from zi_workflow.domain.calendar import NAMA_HARI

if TYPE_CHECKING:
    from zi_workflow.domain.checklist import Temuan
    from zi_workflow.domain.outlook import Mustahil, Prakiraan, Ruas

_WAKTU = "waktu"
_DALAM = 8
_LABEL = 12
_KOLOM = (
    Kolom("Unit", tetap=True),
    Kolom("Predikat", tetap=True),
    Kolom("Batas", tetap=True),
    Kolom("Sisa", kanan=True, tetap=True),
    Kolom("Menentukan"),
)


def layar(semua: Sequence[Prakiraan], pada: date, gaya: Gaya, *, rinci: bool) -> str:
    """Return the answer for people; ``rinci`` with the whole way of the one unit."""
    baris = [(p.unit, p.predikat, p.batas and tanggal_singkat(p.batas), _sisa(p), menentukan(p)) for p in semua]
    bagian = [
        lipat(f"Prakiraan pada {tanggal(pada)}: batas pengusulan paling awal yang dapat dicapai", gaya),
        tabel(_KOLOM, baris, gaya, kosong="Belum ada unit."),
    ]
    bagian += [_rinci(p, gaya) for p in semua] if rinci else [_ikhtisar(semua, pada, gaya)] if semua else []
    return "\n".join(bagian)


def _sisa(p: Prakiraan) -> str:
    return "" if p.sisa_hari is None else f"{p.sisa_hari} hari"


def menentukan(p: Prakiraan) -> str:
    """Return in one phrase what decides a unit's deadline: the waits that bind, the last day of a move, and how much is missing."""
    if p.batas is None:
        return p.alasan
    isi = [_tunggu(r, p) for r in p.langkah if r.jenis == _WAKTU and r.menentukan]
    awal = [r for r in p.langkah if r.jenis != _WAKTU and r.paling_lambat < min(p.batas, p.hari_kerja_terakhir or p.batas)]
    isi += [f"{r.nama} s.d. {tanggal_singkat(r.paling_lambat)}" for r in awal[-1:]]
    isi.append(f"{p.sisa_langkah} langkah, {f'{p.kurang} syarat' if p.kurang else 'tidak ada yang'} kurang")
    return "; ".join(isi)


def _tunggu(ruas: Ruas, p: Prakiraan) -> str:
    kata = "mulai" if ruas.paling_awal == p.paling_awal else "sampai"
    return f"{ruas.id} {kata} {tanggal_singkat(ruas.paling_awal)}"


def _ikhtisar(semua: Sequence[Prakiraan], pada: date, gaya: Gaya) -> str:
    """Return how many make this year's deadline, who does not and why, and where the way is shown."""
    dapat = sum(p.tahun == pada.year for p in semua)
    teks = lipat(f"Batas tahun {pada.year} dapat dicapai {dapat} dari {len(semua)} unit.", gaya)
    tidak: dict[str, list[str]] = {}
    for p in semua:
        for satu in (m for m in p.mustahil if m.tahun == pada.year):
            tidak.setdefault(", ".join(s.temuan.id for s in satu.syarat), []).append(p.unit)
    if tidak:
        teks += lipat(f"Tidak dapat lagi tahun {pada.year}, menurut syarat yang hanya dipenuhi oleh waktu:", gaya)
        teks += "".join(lipat(f"{sebab}: {', '.join(unit)}", gaya, lekuk=2, lanjut=4) for sebab, unit in tidak.items())
    return teks + lipat("Jalan satu unit selengkapnya: zi tenggat prakiraan --unit KODE", gaya)


def _rinci(p: Prakiraan, gaya: Gaya) -> str:
    bagian = [_kepala(p, gaya)]
    bagian += _golongan("Tahun yang tidak dapat dicapai", [_mustahil(m, gaya) for m in p.mustahil])
    bagian += _golongan("Jalan ke batas itu", [_ruas(ke, r, gaya) for ke, r in enumerate(p.langkah, start=1)])
    return "\n".join(bagian)


def _golongan(judul: str, isi: Sequence[str]) -> list[str]:
    return [f"{judul}\n", *isi] if isi else []


def _kepala(p: Prakiraan, gaya: Gaya) -> str:
    teks = lipat(f"{p.unit} ({p.nama}), tahap {p.tahap}, menuju {p.predikat}", gaya)
    if p.batas is not None and p.paling_awal is not None and p.hari_kerja_terakhir is not None:
        teks += butir(
            [
                ("Batas", f"{_hari(p.batas)}, {p.sisa_hari} hari lagi" if p.batas >= p.pada else f"{_hari(p.batas)}, sudah lewat"),
                ("Hari kerja", f"terakhir {_hari(p.hari_kerja_terakhir)}" if p.hari_kerja_terakhir != p.batas else ""),
                ("Paling awal", f"{_hari(p.paling_awal)}, kelonggaran {p.kelonggaran} hari"),
                ("Syarat usulan", f"{p.terpenuhi} dari {p.jumlah} terpenuhi pada batas itu menurut berkas sekarang"),
                *((m.id, f"{m.perhitungan}{' (perkiraan)' if m.perkiraan else ''}") for m in p.masa),
            ],
            gaya,
        )
    return teks + (butir([("Catatan", p.alasan)], gaya) if p.alasan else "")


def _hari(hari: date) -> str:
    return f"{NAMA_HARI[hari.weekday()]} {tanggal(hari)}"


def _mustahil(satu: Mustahil, gaya: Gaya) -> str:
    teks = lipat(f"{tanda('tidak', gaya).isi} {satu.tahun}, batas {tanggal(satu.batas)}", gaya)
    for sebab in satu.syarat:
        t = sebab.temuan
        cepat = "" if sebab.paling_cepat is None else tanggal(sebab.paling_cepat)
        teks += lipat(f"{t.id}  {t.uraian}", gaya, lekuk=4, lanjut=6)
        teks += _dalam([("Ditemukan", frasa(t.ditemukan)), ("Dibutuhkan", frasa(t.dibutuhkan)), ("Baru dapat", cepat), *_kutipan(t)], gaya)
    return teks


def _ruas(ke: int, r: Ruas, gaya: Gaya) -> str:
    sebutan = f"{r.id} menunggu waktu" if r.jenis == _WAKTU else f"{r.nama} ({r.id})"
    teks = lipat(f"{ke}. {sebutan}: {r.uraian}{' [menentukan]' if r.menentukan else ''}", gaya, lanjut=4)
    kerja = f" (hari kerja terakhir {tanggal(r.hari_kerja_terakhir)})" if r.paling_awal <= r.hari_kerja_terakhir < r.paling_lambat else ""
    isi = [
        ("Oleh", r.oleh),
        ("Ditemukan", lokal(r.keterangan)),
        ("Paling awal", tanggal(r.paling_awal)),
        ("Paling lambat", f"{tanggal(r.paling_lambat)}{kerja}, kelonggaran {r.kelonggaran} hari"),
        ("Dasar", "; ".join(r.dasar)),
        ("Tafsir", ", ".join(r.tafsir)),
        ("Lanjut", r.lanjut),
    ]
    return teks + butir(isi, gaya) + "".join(_kurang(t, r.paling_lambat, gaya) for t in r.kurang)


def _kurang(t: Temuan, lambat: date, gaya: Gaya) -> str:
    isi = [
        ("Ditemukan", frasa(t.ditemukan, t.satuan)),
        ("Dibutuhkan", frasa(t.dibutuhkan, t.satuan)),
        ("Kurang", frasa(t.kurang, t.satuan)),
        ("Oleh", f"{t.oleh}, paling lambat {tanggal(lambat)}"),
        *_kutipan(t),
        ("Lanjut", t.lanjut),
    ]
    return lipat(f"{tanda('tidak', gaya).isi} {t.id}  {t.uraian}", gaya, lekuk=4, lanjut=6) + _dalam(isi, gaya)


def _kutipan(t: Temuan) -> list[tuple[str, str]]:
    lapis = " (lapisan nasional)" if t.lapisan == "nasional" else ""
    return [("Dasar", "; ".join(t.dasar) + lapis), ("Tafsir", ", ".join(t.tafsir))]


def _dalam(isi: Iterable[tuple[str, str]], gaya: Gaya) -> str:
    return "".join(lipat(f"{label:<{_LABEL}}{nilai}", gaya, lekuk=_DALAM, lanjut=_DALAM + _LABEL) for label, nilai in isi if nilai)
