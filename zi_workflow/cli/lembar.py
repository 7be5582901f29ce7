"""A checklist on the screen: what stops the move first, each with its citation, found, needed, gap and who mends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.tampilan import Gaya, tanda
from zi_workflow.cli.teks import desimal, tanggal

if TYPE_CHECKING:
    from zi_workflow.domain.checklist import DaftarPeriksa, Temuan
    from zi_workflow.domain.guards.konteks import Frasa

_LEKUK = 4
_LABEL = 12
_SEBUTAN = {"dihitung": "dihitung", "dinilai": "dinilai", "dokumen": "dokumen", "waktu": "waktu", "wewenang": "wewenang"}


def frasa(bagian: Frasa | None, satuan: str | None = None) -> str:
    """Write a phrase for people: decimal commas, Indonesian dates, and the unit where the phrase is a number."""
    if bagian is None:
        return ""
    teks = "".join(tanggal(b) if isinstance(b, date) else desimal(b) if isinstance(b, Decimal) else str(b) for b in bagian)
    return f"{teks}%" if satuan == "persen" and any(isinstance(b, Decimal) for b in bagian) else teks


def lembar(daftar: DaftarPeriksa, gaya: Gaya, nama: str | None = None) -> str:
    """Return the whole checklist: heading, verdict, obstacles in full, warnings, waivers, and what is met in one line each."""
    tidak = [t for t in daftar.temuan if t.menghalangi]
    ingat = [t for t in daftar.temuan if (t.status == "tidak" and not t.menghalangi) or t.peringatan]
    bebas = [t for t in daftar.temuan if t.status == "dibebaskan"]
    baik = [t for t in daftar.temuan if t.status == "terpenuhi"]
    bagian = [_kepala(daftar, gaya, nama), _putusan(daftar, len(tidak), gaya)]
    bagian += [_lengkap(t, "tidak", gaya) for t in tidak]
    bagian += _golongan("Dibebaskan", [_lengkap(t, "dibebaskan", gaya) for t in bebas])
    bagian += _golongan("Peringatan (tidak menghalangi)", [_lengkap(t, "memperingatkan", gaya) for t in ingat])
    bagian += _golongan(f"Terpenuhi ({len(baik)})", ["".join(_ringkas(t, gaya) for t in baik)] if baik else [])
    return "\n".join(bagian)


def _golongan(judul: str, isi: Sequence[str]) -> list[str]:
    return [f"{judul}\n", *isi] if isi else []


def _kepala(daftar: DaftarPeriksa, gaya: Gaya, nama: str | None) -> str:
    unit = f" {daftar.unit}" if daftar.unit else ""
    sebut = f" ({nama})" if nama else ""
    predikat = f", predikat {daftar.predikat}" if daftar.predikat else ""
    return lipat(f"Daftar periksa: {daftar.perintah}{unit}{sebut}, pada {tanggal(daftar.pada)}{predikat}", gaya)


def _putusan(daftar: DaftarPeriksa, kurang: int, gaya: Gaya) -> str:
    semua = len(daftar.temuan)
    teks = f"{kurang} dari {semua} syarat belum terpenuhi." if kurang else f"Tidak ada yang menghalangi ({semua} syarat diperiksa)."
    if not daftar.tersedia:
        teks += f" Langkah ini belum tersedia pada tahap {daftar.tahap}."
    return lipat(teks, gaya)


def _lengkap(temuan: Temuan, status: str, gaya: Gaya) -> str:
    baris = [_judul(temuan, status, gaya)]
    lapis = " (lapisan nasional)" if temuan.lapisan == "nasional" else ""
    isi: Iterable[tuple[str, str]] = (
        ("Ditemukan", frasa(temuan.ditemukan, temuan.satuan)),
        ("Dibutuhkan", frasa(temuan.dibutuhkan, temuan.satuan)),
        ("Kurang", frasa(temuan.kurang, temuan.satuan)),
        ("Dasar", "; ".join(temuan.dasar) + lapis),
        ("Tafsir", ", ".join(temuan.tafsir)),
        ("Dibebaskan", "; ".join(temuan.pembebasan)),
        ("Sifat", _SEBUTAN[temuan.sifat] if temuan.sifat == "dinilai" else ""),
        ("Bukti", ", ".join(f"nomor {n}" for n in temuan.bukti)),
        ("Perhatian", "; ".join(frasa(p) for p in temuan.peringatan)),
        ("Oleh", temuan.oleh if status != "dibebaskan" else ""),
        ("Lanjut", temuan.lanjut if status != "dibebaskan" else ""),
    )
    baris += [_butir(label, nilai, gaya) for label, nilai in isi if nilai]
    return "".join(baris)


def _judul(temuan: Temuan, status: str, gaya: Gaya) -> str:
    sel = tanda(status, gaya)
    return lipat(f"{sel.isi} {temuan.id}  {temuan.uraian}", gaya, lanjut=len(sel.isi) + 1)


def _butir(label: str, nilai: str, gaya: Gaya) -> str:
    return lipat(f"{' ' * _LEKUK}{label:<{_LABEL}}{gaya.teks(nilai)}", gaya, lanjut=_LEKUK + _LABEL)


def _ringkas(temuan: Temuan, gaya: Gaya) -> str:
    sel = tanda("terpenuhi", gaya)
    return lipat(f"{sel.isi} {temuan.id}  {temuan.uraian}: {frasa(temuan.ditemukan, temuan.satuan)}", gaya, lanjut=_LEKUK)


def ringkas_peringatan(daftar: DaftarPeriksa, gaya: Gaya) -> str:
    """Return the warnings of an accepted command, and what was waived, in a line each."""
    baris = []
    for t in daftar.temuan:
        if t.status == "dibebaskan":
            baris.append(f"{tanda('dibebaskan', gaya).isi} {t.id}  dibebaskan: {'; '.join(t.pembebasan)}")
        elif t.peringatan:
            baris.append(f"{tanda('memperingatkan', gaya).isi} {t.id}  {'; '.join(frasa(p) for p in t.peringatan)}")
        elif t.status == "tidak":
            baris.append(f"{tanda('memperingatkan', gaya).isi} {t.id}  {t.uraian}: {frasa(t.ditemukan, t.satuan)}")
    return "".join(lipat(b, gaya, lanjut=_LEKUK) for b in baris)
