"""Decisions that relied on a corrected record, on the screen: how each came out then, and how it would now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.tampilan import Gaya, lokal, tanggal

if TYPE_CHECKING:
    from zi_workflow.domain.corrections import Peninjauan

_LEKUK = 2


def layar_tinjauan(tinjauan: Sequence[Peninjauan], nomor: Sequence[int], gaya: Gaya, *, nama: str) -> str:
    """Return what a correction touched; ``nomor``: the numbers of the reviews, none in a dry run; ``nama``: the command."""
    if not tinjauan:
        return lipat(f"Tidak ada putusan yang bersandar pada catatan ini; {nama} itu tidak menyentuh yang lain.", gaya)
    semua = [p for t in tinjauan for p in t.putusan]
    beda = sum(p["kini"] != p["diterima"] for p in semua)
    lain = sum(not p["sama"] for p in semua) - beda
    syarat = f", {lain} dengan syarat lain" if lain else ""
    kata = f"{len(semua)} putusan bersandar pada catatan ini; {beda or 'tidak ada yang'} akan diputus lain{syarat}."
    teks = lipat(f"{kata} Tidak ada yang dipindahkan.", gaya)
    for satu in tinjauan:
        teks += lipat(f"{satu.kode}:", gaya, lekuk=_LEKUK) + putusan(satu.putusan, gaya, lekuk=2 * _LEKUK)
    return teks + "".join(lipat(f'Unit ditandai sampai diakui: zi akui {n} --catatan "…"', gaya) for n in nomor)


def ditinjau(semua: Iterable[Mapping[str, Any]], gaya: Gaya) -> str:
    """Return the reviews of a file that nobody took note of yet, and how one does."""
    teks = ""
    for satu in semua:
        kepala = f"PUTUSAN DITINJAU (nomor {satu['nomor']}): catatan {satu['jenis']} nomor {satu['bukti']} dikoreksi atau ditarik."
        akhir = f'Diakui dengan: zi akui {satu["nomor"]} --catatan "…"'
        teks += "\n" + lipat(kepala, gaya) + putusan(satu["putusan"] or (), gaya, lekuk=2) + lipat(akhir, gaya)
    return teks


def putusan(semua: Iterable[Mapping[str, Any]], gaya: Gaya, *, lekuk: int = 0) -> str:
    """Return the decisions of a review, one by one, with the requirements that differ."""
    teks = ""
    for p in semua:
        dulu, kini = _kata(p["diterima"]), _kata(p["kini"])
        akhir = (
            f"kini tetap {kini}" if p["sama"] else f"kini akan {kini}" if p["kini"] != p["diterima"] else f"kini {kini}, dengan syarat lain"
        )
        batal = f" (sudah dibatalkan, nomor {p['dibatalkan']})" if p["dibatalkan"] is not None else ""
        kata = f"nomor {p['nomor']}, {p['perintah']} {tanggal(p['tanggal'])}{batal}: dahulu {dulu}, {akhir}"
        teks += lipat(kata, gaya, lekuk=lekuk, lanjut=lekuk + 2)
        for b in p["beda"]:
            nama = f"{b['id']}: " if b["id"] else ""
            lama = f"{lokal(b['dulu'])}, menjadi " if b["dulu"] else ""
            teks += lipat(f"- {nama}{lama}{lokal(b['kini'])}", gaya, lekuk=lekuk + 2, lanjut=lekuk + 4)
    return teks


def _kata(diterima: object) -> str:
    return "tidak dapat diputus" if diterima is None else "diterima" if diterima else "ditolak"
