"""What every writing verb shares: run the commands, then show what was written, what would be, or why it was refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from zi_workflow.cli.alur import UTAMA, Alur
from zi_workflow.cli.bacaan import unit_tak_ada
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Ditolak, Konteks
from zi_workflow.cli.lembar import lembar, ringkas_peringatan
from zi_workflow.cli.pemakaian import ganti
from zi_workflow.cli.saran import saran
from zi_workflow.cli.tampilan import Gaya
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah, UnitTidakDitemukan

if TYPE_CHECKING:
    from datetime import date

    from zi_workflow.answers import Hasil, Jawaban
    from zi_workflow.domain.checklist import DaftarPeriksa
    from zi_workflow.domain.commands import Perintah
    from zi_workflow.domain.events import Berkas

    Lampiran: TypeAlias = Sequence[tuple[Path, Berkas]]

_DASAR_SEBAB = 3
_LEKUK = 4
_MENYENTUH = ("koreksi", "tarik")


def jalankan(konteks: Konteks, perintah: Sequence[Perintah], lampiran: Lampiran = (), alur: Alur = UTAMA) -> None:
    """Run commands, all or none, and give the answer; raises Ditolak with the checklists where they are refused.

    ``alur``: the workflow whose files the commands are about.
    """
    coba = konteks.penulisan.coba
    kode = [k for p in perintah if isinstance(k := getattr(p, "kode", None), str)]
    with saran_unit(konteks, alur, kode), _saran_tahap(perintah, alur):
        jawaban = kirim(konteks, perintah, lampiran)
    if not jawaban.diterima:
        raise ditolak(jawaban.penolakan, coba=coba, hari_ini=konteks.aplikasi().hari_ini(), alur=alur)
    konteks.keluarkan(jawaban.polos(), layar=partial(layar_jawaban, jawaban))


def kirim(konteks: Konteks, perintah: Sequence[Perintah], lampiran: Lampiran, *, berkas_batch: bool = False) -> Jawaban:
    """Send commands to the service; the evidence files that they name are kept only once nothing stops the commands."""
    penulisan = konteks.penulisan
    jalan = partial(konteks.aplikasi().layanan.jalankan, perintah, kunci=penulisan.kunci, versi=penulisan.versi, berkas_batch=berkas_batch)
    ada = False
    if lampiran and not penulisan.coba:
        uji = jalan(coba=True)
        if ada := uji.diterima and not uji.ulangan:
            _simpan(konteks, lampiran)
    jawaban = jalan(coba=penulisan.coba)
    if lampiran and not penulisan.coba and not ada and jawaban.diterima:
        _simpan(konteks, lampiran)
    return jawaban


def lampirkan(konteks: Konteks, nama: Sequence[str | Path]) -> Lampiran:
    """Hash evidence files, keeping none yet; raises MasukanSalah for what cannot be read."""
    gudang = konteks.aplikasi().berkas
    return [(Path(n), gudang.hitung(Path(n))) for n in nama]


def _simpan(konteks: Konteks, lampiran: Lampiran) -> None:
    for jalan, berkas in lampiran:
        if konteks.aplikasi().berkas.simpan(jalan) != berkas:
            raise MasukanSalah(
                f"Berkas {jalan} berubah selagi dibaca", "Isinya belum selesai ditulis.", "Tunggu sampai selesai, lalu ulangi."
            )


@contextmanager
def saran_unit(konteks: Konteks, alur: Alur = UTAMA, kode: Collection[str] = ()) -> Iterator[None]:
    """Where a unit, or one of the files ``kode`` of another workflow, is not known, add what was probably meant and how to type it."""
    try:
        yield
    except UnitTidakDitemukan as e:
        galat = unit_tak_ada(konteks, e.unit, "Pakai", alur if e.unit in kode else UTAMA)
        if galat.lanjut.startswith("Pakai "):
            galat.lanjut = ganti(konteks.sesi.argumen, e.unit, galat.lanjut.removeprefix("Pakai ")) or galat.lanjut
        raise galat from None


@contextmanager
def _saran_tahap(perintah: Sequence[Perintah], alur: Alur) -> Iterator[None]:
    """Where the stage does not have the move, say what it has, and which command shows what comes next."""
    from zi_workflow.domain.commands import AmbilLangkah

    try:
        yield
    except LangkahTidakTersedia as e:
        kode = [p.kode for p in perintah if isinstance(p, AmbilLangkah)]
        lanjut = f"{alur.perintah('periksa')} {kode[0]}" if len(kode) == 1 else alur.daftar
        raise LangkahTidakTersedia(e.pesan, f"{e.sebab}. {e.lanjut}", lanjut) from None


def langkah_tak_dikenal(konteks: Konteks, nama: str, kode: str | None, alur: Alur = UTAMA) -> LangkahTidakTersedia:
    """Return the error for a move that the definition does not have; ``kode`` is a registered unit, or None."""
    layanan = konteks.aplikasi().layanan
    definisi, unit = layanan.aturan(alur.id), layanan.unit(kode, alur.id) if kode is not None else None
    ada = [x.nama for x in definisi.langkah_dari(unit.keadaan.tahap)] if unit else list(definisi.langkah)
    mirip = saran(nama, definisi.langkah)
    maksud = f" Maksud Anda: {', '.join(mirip)}?" if mirip else ""
    tempat = f"dari tahap {unit.keadaan.tahap}" if unit else "yang ada"
    lanjut = ganti(konteks.sesi.argumen, nama, mirip[0]) if mirip else ""
    return LangkahTidakTersedia(
        f"Langkah '{nama[:60]}' tidak dikenal.{maksud}",
        f"Langkah {tempat}: {', '.join(ada) or 'tidak ada'}.",
        lanjut or (f"{alur.perintah('periksa')} {kode}" if unit else f"{alur.perintah('maju')} --help"),
    )


def ditolak(
    daftar: Sequence[DaftarPeriksa],
    *,
    coba: bool = False,
    awalan: str = "",
    lanjut: str = "",
    hari_ini: date | None = None,
    alur: Alur = UTAMA,
) -> Ditolak:
    """Return the refusal to raise: the checklists in full, then three lines that sum them up.

    ``lanjut``: what to type next, where it is not the check of the first refused unit; ``hari_ini``: the day for which
    that check needs no ``--pada``.
    """
    kurang = [t for d in daftar for t in d.penghalang]
    unit = ", ".join(d.unit for d in daftar if d.unit)
    semua = tuple(dict.fromkeys(d for t in kurang for d in t.dasar))
    sisa = f"; dan {len(semua) - _DASAR_SEBAB} dasar lain" if len(semua) > _DASAR_SEBAB else ""
    dasar = "; ".join(semua[:_DASAR_SEBAB]) + sisa
    percobaan = " (percobaan)" if coba else ""
    pesan = f"{awalan}{daftar[0].perintah}{f' {unit}' if unit else ''} ditolak{percobaan}: {len(kurang)} syarat belum terpenuhi"
    sebut = ", ".join(dict.fromkeys(t.id for t in kurang))
    lanjut = lanjut or _pemeriksaan(daftar[0], hari_ini, alur) or kurang[0].lanjut
    return Ditolak(
        pesan, f"{sebut} ({dasar})", lanjut, penolakan=[d.polos() for d in daftar], layar=partial(_layar_penolakan, list(daftar))
    )


def _pemeriksaan(daftar: DaftarPeriksa, hari_ini: date | None, alur: Alur) -> str:
    """Return the command that shows this checklist again, or nothing where there is none (only moves have one)."""
    if daftar.unit is None or daftar.tahap is None:
        return ""
    predikat = f" --predikat {daftar.predikat}" if daftar.predikat else ""
    pada = f" --pada {daftar.pada.isoformat()}" if hari_ini is not None and daftar.pada != hari_ini else ""
    return f"{alur.perintah('periksa')} {daftar.unit} {daftar.perintah}{predikat}{pada}"


def _layar_penolakan(daftar: Sequence[DaftarPeriksa], gaya: Gaya) -> str:
    return "\n".join(lembar(d, gaya) for d in daftar) + "\n"


def layar_jawaban(jawaban: Jawaban, gaya: Gaya) -> str:
    """Return the answer to accepted commands for people."""
    if jawaban.ulangan:
        nomor = [str(n) for h in (jawaban.tersimpan or {}).get("hasil", []) for n in h["nomor"]]
        sebut = ", ".join(nomor) or "-"
        return lipat(f"Sudah pernah diterima dengan kunci ini (peristiwa nomor {sebut}); tidak ada yang ditulis lagi.", gaya)
    baris = [_baris(h, gaya, coba=jawaban.coba) for h in jawaban.hasil]
    return "".join(baris)


def _baris(hasil: Hasil, gaya: Gaya, *, coba: bool) -> str:
    unit = f" {hasil.unit}" if hasil.unit else ""
    nomor = ", ".join(str(n) for n in hasil.nomor)
    if hasil.sudah:
        teks = f"{hasil.perintah}{unit}: sudah tercatat sebagai nomor {nomor}; tidak ada yang ditulis."
    elif coba:
        teks = f"Percobaan: {hasil.perintah}{unit} akan diterima; tidak ada yang ditulis."
    else:
        teks = f"{hasil.perintah}{unit} tercatat, nomor {nomor}."
    if hasil.tahap:
        predikat = f", predikat {hasil.predikat}" if hasil.predikat else ""
        teks += f" Tahap {hasil.tahap}{predikat}, versi {hasil.versi}."
    teks = lipat(teks, gaya, lanjut=_LEKUK) + ringkas_peringatan(hasil.daftar, gaya)
    if hasil.perintah not in _MENYENTUH or hasil.sudah:
        return teks
    from zi_workflow.cli.tinjauan_layar import layar_tinjauan

    return teks + layar_tinjauan(hasil.tinjauan, hasil.nomor[1:], gaya, nama=hasil.perintah)
