"""``zi regulasi``: check the definition, show what a pasal brings, its coverage, the diagram of stages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.blok import bagian, butir, lipat
from zi_workflow.cli.dasar import Kelompok, Konteks
from zi_workflow.cli.tampilan import Gaya, Kolom, lokal, tabel, tanggal
from zi_workflow.domain.errors import TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.cli.telusur import Bawaan
    from zi_workflow.domain.definition import Cakupan, Definisi, JenisBukti, Kewajiban, Langkah, Masa, Pembebasan, Syarat, Tafsir

TANPA_KALENDER = "belum ada tabelnya; hanya Sabtu dan Minggu yang dikenal"
_BANYAK = 12
"""Requirements that are shown in full; of more, a line each."""

perintah = Kelompok("regulasi", "Periksa dan tampilkan definisi aturan, pasal demi pasal.", contoh='zi regulasi tampil "Pasal 13 ayat (1)"')


@perintah.perintah("periksa", "Muat definisi dan laporkan isinya serta sidiknya.", contoh="zi regulasi periksa")
@click.argument("folder", required=False, metavar="[DIR]")
def periksa(konteks: Konteks, folder: str | None) -> None:
    """Load a definition; an invalid one is exit 12 with file, key, expected and next step."""
    from zi_workflow.bootstrap import folder_regulasi
    from zi_workflow.loader.definisi import muat

    tempat = Path(folder) if folder is not None else folder_regulasi(konteks.pengaturan)
    definisi = muat(tempat)
    jumlah = _jumlah(definisi)
    kepala = {k: getattr(definisi, k) for k in ("id", "instansi", "judul", "zona", "sejak", "sidik")}
    tahun = sorted(definisi.kalender.tahun)
    kalender = {"hari_libur": sum(map(len, definisi.kalender.libur.values())), "tahun": tahun}
    data = {"sah": True, "folder": str(tempat), **kepala, "jumlah": jumlah, "kalender": kalender}

    def layar(gaya: Gaya) -> str:
        isi = [("Folder", str(tempat)), ("Judul", definisi.judul), ("Instansi", definisi.instansi), ("Sejak", tanggal(definisi.sejak))]
        isi.append(("Isi", ", ".join(f"{n} {nama.replace('_', ' ')}" for nama, n in jumlah.items())))
        isi.append(("Hari libur", f"{kalender['hari_libur']} hari, tabelnya sampai akhir {tahun[-1]}" if tahun else TANPA_KALENDER))
        return (
            lipat(f"Definisi {definisi.id} sah.", gaya)
            + butir(isi, gaya)
            + lipat("Sidik", gaya, lekuk=4)
            + lipat(definisi.sidik, gaya, lekuk=6)
        )

    konteks.keluarkan(data, layar=layar)


def _jumlah(definisi: Definisi) -> dict[str, int]:
    nama = ("norma", "tafsir", "peran", "tahap", "langkah", "bukti", "syarat", "pembebasan", "cakupan")
    soal = len(definisi.instrumen.soal) if definisi.instrumen is not None else 0
    return {satu: len(getattr(definisi, satu)) for satu in nama} | {"tenggat": len(definisi.kewajiban), "soal_lke": soal}


@perintah.perintah(
    "tampil",
    "Tampilkan syarat, langkah, catatan, tenggat, dan tafsir yang dibawa suatu pasal atau id (R20, D2, M7, T3, sptjm).",
    contoh='zi regulasi tampil "Pasal 13 ayat (1)"',
)
@click.argument("pasal", nargs=-1, required=True)
def tampil(konteks: Konteks, pasal: tuple[str, ...]) -> None:
    """Show what a place in the law, or an id, brings."""
    from zi_workflow.cli.telusur import cari, usul

    teks = " ".join(pasal)
    definisi = konteks.aplikasi().definisi
    hasil = cari(definisi, teks)
    if hasil is None:
        mirip = usul(definisi, teks)
        maksud = f" Maksud Anda: {', '.join(mirip)}?" if mirip else ""
        raise TidakDitemukan(
            f"'{teks[:80]}' tidak membawa apa-apa dalam definisi ini.{maksud}",
            "Yang dapat ditampilkan: pasal, ayat, lampiran, dan id syarat, langkah, tenggat, tafsir, atau catatan.",
            f'zi regulasi tampil "{mirip[0]}"' if mirip else "zi regulasi cakupan",
        )
    konteks.keluarkan(_polos(hasil), layar=partial(layar_bawaan, hasil, definisi))


@perintah.perintah(
    "cakupan", "Setiap ayat Pasal 5 sampai 17 dan Lampiran, dan apa yang memikulnya.", contoh="zi regulasi cakupan", daftar=True
)
def cakupan(konteks: Konteks) -> None:
    """List what carries every ayat."""
    semua = konteks.aplikasi().definisi.cakupan
    baris = [_cakupan(c) for c in semua]
    isi = [(c.pasal, c.isi, "; ".join(x for x in (", ".join(c.oleh), c.keterangan) if x)) for c in semua]
    layar = partial(tabel, [Kolom("Pasal"), "Isi", "Dipikul oleh"], isi)
    konteks.keluarkan({"jumlah": len(baris), "cakupan": baris}, layar=layar, baris=baris)


@perintah.perintah("diagram", "Diagram tahap dan langkah sebagai teks Mermaid.", contoh="zi regulasi diagram --ke tahap.mmd")
@click.option("--ke", default="-", metavar="FILE", help="Berkas tujuan; bawaan '-', keluaran baku.")
def diagram(konteks: Konteks, ke: str) -> None:
    """Draw the stages."""
    from zi_workflow.cli.dasar import tulis_berkas

    teks = konteks.aplikasi().topologi.mermaid()
    if ke == "-":
        konteks.keluarkan({"bentuk": "mermaid", "diagram": teks}, layar=teks)
        return
    tulis_berkas(ke, teks.encode())
    konteks.keluarkan({"bentuk": "mermaid", "berkas": ke}, layar=partial(lipat, f"Diagram ditulis ke {ke}."))


# --------------------------------------------------------------------------------------------------------------- polos


def _polos(b: Bawaan) -> dict[str, Any]:
    return {
        "dicari": b.sebutan,
        "cakupan": [_cakupan(c) for c in b.cakupan],
        "syarat": [_syarat(s) for s in b.syarat],
        "pembebasan": [_pembebasan(p) for p in b.pembebasan],
        "tahap": [{"id": t.id, "nama": t.nama, "uraian": t.uraian} for t in b.tahap],
        "langkah": [{k: getattr(x, k) for k in ("id", "nama", "uraian", "dari", "ke", "pelaku", "dasar")} for x in b.langkah],
        "bukti": [_bukti(x) for x in b.bukti],
        "tenggat": [_kewajiban(k) for k in b.kewajiban],
        "tafsir": [{k: getattr(t, k) for k in ("id", "soal", "bacaan", "sejak", "dasar", "pilihan_lain")} for t in b.tafsir],
    }


def _cakupan(c: Cakupan) -> dict[str, Any]:
    return {"pasal": c.pasal, "isi": c.isi, "oleh": c.oleh, "keterangan": c.keterangan or None}


def _masa(m: Masa) -> dict[str, Any]:
    return {"sejak": m.sejak, "sampai": m.sampai, "ambang": m.teks or None, "dasar": m.dasar, "tafsir": m.tafsir}


def _syarat(s: Syarat) -> dict[str, Any]:
    isi = {k: getattr(s, k) for k in ("id", "uraian", "langkah", "predikat", "lapisan", "akibat", "oleh")}
    return {**isi, "sifat": s.jenis.SIFAT, "berlaku": [_masa(m) for m in s.berlaku]}


def _pembebasan(p: Pembebasan) -> dict[str, Any]:
    isi = {k: getattr(p, k) for k in ("id", "uraian", "afirmasi", "syarat")}
    return {**isi, "berlaku": [_masa(m) for m in p.berlaku]}


def _bukti(b: JenisBukti) -> dict[str, Any]:
    isian = [{"nama": i.nama, "tipe": i.tipe, "wajib": i.wajib, "pilihan": i.pilihan} for i in b.isian]
    return {**{k: getattr(b, k) for k in ("id", "uraian", "lingkup", "pencatat", "dasar")}, "isian": isian}


def _kewajiban(k: Kewajiban) -> dict[str, Any]:
    isi = {n: getattr(k, n) for n in ("tahap", "predikat", "sasaran", "kepada", "lanjut")}
    return {"id": k.id, "uraian": k.uraian, "jenis": _jenis(k), **isi, "berlaku": [_masa(m) for m in k.berlaku]}


def _jenis(k: Kewajiban) -> str:
    """Return the name that the definition gives to the kind of a duty."""
    from zi_workflow.domain.duties import JENIS_TENGGAT

    return next(nama for nama, kelas in JENIS_TENGGAT.items() if isinstance(k.jenis, kelas))


# --------------------------------------------------------------------------------------------------------------- layar


def layar_bawaan(b: Bawaan, definisi: Definisi, gaya: Gaya) -> str:
    """Return what was found, section by section."""
    blok = [
        bagian("Cakupan", (_teks_cakupan(c, gaya) for c in b.cakupan)),
        bagian("Syarat", _semua_syarat(b.syarat, definisi, gaya)),
        bagian("Pembebasan", (_teks_pembebasan(p, gaya) for p in b.pembebasan)),
        bagian("Tahap", (lipat(f"{t.id}  {t.nama}: {t.uraian}", gaya, lekuk=2, lanjut=4) for t in b.tahap)),
        bagian("Langkah", (_teks_langkah(x, definisi, gaya) for x in b.langkah)),
        bagian("Catatan", (_teks_bukti(x, gaya) for x in b.bukti)),
        bagian("Tenggat", (_teks_kewajiban(k, gaya) for k in b.kewajiban)),
        bagian("Tafsir", (_teks_tafsir(t, gaya) for t in b.tafsir)),
    ]
    return lipat(b.sebutan, gaya) + "\n" + "".join(blok).rstrip("\n") + "\n"


def _teks_cakupan(c: Cakupan, gaya: Gaya) -> str:
    isi = [("Dipikul", ", ".join(c.oleh)), ("Keterangan", c.keterangan)]
    return lipat(f"{c.pasal}: {c.isi}", gaya, lekuk=2, lanjut=4) + butir(isi, gaya)


def _teks_masa(m: Masa) -> str:
    akhir = f" sampai {tanggal(m.sampai)}" if m.sampai else ""
    dasar = "; ".join([*m.dasar, *(f"tafsir {t}" for t in m.tafsir)])
    return f"{lokal(m.teks)}{', ' if m.teks else ''}sejak {tanggal(m.sejak)}{akhir} ({dasar})"


def _semua_syarat(semua: Sequence[Syarat], definisi: Definisi, gaya: Gaya) -> list[str]:
    """Return requirements in full, or in a line each where there are many."""
    if len(semua) <= _BANYAK:
        return [_teks_syarat(s, definisi, gaya) for s in semua]
    baris = []
    for s in semua:
        ambang = lokal(s.berlaku[-1].teks)
        rinci = "; ".join(x for x in (s.predikat, ambang) if x)
        baris.append(lipat(f"{s.id}  {s.uraian}{f' ({rinci})' if rinci else ''}", gaya, lekuk=2, lanjut=4))
    return [*baris, lipat(f"Rincian satu syarat: zi regulasi tampil {semua[0].id}", gaya, lekuk=2)]


def _teks_syarat(s: Syarat, definisi: Definisi, gaya: Gaya) -> str:
    semua = set(definisi.langkah) <= set(s.langkah)
    langkah = "setiap langkah" if semua else ", ".join(s.langkah)
    isi = [("Langkah", f"{langkah}{f' ({s.predikat})' if s.predikat else ''}")]
    isi += [("Berlaku" if i == 0 else "", _teks_masa(m)) for i, m in enumerate(s.berlaku)]
    isi.append(("Sifat", f"{s.jenis.SIFAT}; lapisan {s.lapisan}; {s.akibat}; dipenuhi oleh {s.oleh}"))
    return lipat(f"{s.id}  {s.uraian}", gaya, lekuk=2, lanjut=4) + butir(isi, gaya)


def _teks_pembebasan(p: Pembebasan, gaya: Gaya) -> str:
    isi = [("Bagi", ", ".join(p.afirmasi)), ("Syarat", ", ".join(p.syarat)), *(("Berlaku", _teks_masa(m)) for m in p.berlaku)]
    return lipat(f"{p.id}  {p.uraian}", gaya, lekuk=2, lanjut=4) + butir(isi, gaya)


def _teks_langkah(x: Langkah, definisi: Definisi, gaya: Gaya) -> str:
    dari = "setiap tahap" if len(x.dari) > len(definisi.tahap) - 2 else ", ".join(x.dari)
    isi = [("Dari", dari), ("Ke", x.ke or "tahap sebelumnya"), ("Pelaku", x.pelaku), ("Dasar", "; ".join(x.dasar))]
    return lipat(f"{x.id}  {x.nama}: {x.uraian}", gaya, lekuk=2, lanjut=4) + butir(isi, gaya)


def _teks_bukti(b: JenisBukti, gaya: Gaya) -> str:
    isi = [("Isian", ", ".join(f"{i.nama}{'' if i.wajib else '?'}" for i in b.isian)), ("Pencatat", ", ".join((*b.pencatat, "admin")))]
    return lipat(f"{b.id}  {b.uraian}", gaya, lekuk=2, lanjut=4) + butir([*isi, ("Dasar", "; ".join(b.dasar))], gaya)


def _teks_kewajiban(k: Kewajiban, gaya: Gaya) -> str:
    from zi_workflow.cli.tenggat_kata import pemenuhan
    from zi_workflow.domain.duties import TIDAK_SEBELUM

    bagi = [f"tahap {', '.join(k.tahap)}" if k.tahap else "", f"pemegang {' dan '.join(k.predikat)}" if k.predikat else ""]
    bagi.append(f"menuju {', '.join(k.sasaran)}" if k.sasaran else "")
    isi = [("Bagi", "; ".join(x for x in bagi if x)), *(("Berlaku" if i == 0 else "", _teks_masa(m)) for i, m in enumerate(k.berlaku))]
    if k.jenis.SIFAT == TIDAK_SEBELUM:
        isi.append(("Sifat", "hari paling cepat, bukan batas waktu; tidak diingatkan"))
    else:
        isi += [("Dipenuhi", pemenuhan(k)), ("Diingatkan", ", ".join(k.kepada))]
    isi.append(("Lanjut", k.lanjut))
    return lipat(f"{k.id}  {k.uraian}", gaya, lekuk=2, lanjut=4) + butir(isi, gaya)


def _teks_tafsir(t: Tafsir, gaya: Gaya) -> str:
    isi = [("Bacaan", t.bacaan), ("Pilihan lain", "; ".join(t.pilihan_lain)), ("Dasar", "; ".join(t.dasar))]
    return lipat(f"{t.id}  {t.soal}", gaya, lekuk=2, lanjut=4) + butir(isi, gaya)
