"""What every writing verb shares: run the commands, then show what was written, what would be, or why it was refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zi_workflow.cli.bacaan import unit_tak_ada
from zi_workflow.cli.dasar import Ditolak, Konteks
from zi_workflow.cli.lembar import lembar, ringkas_peringatan
from zi_workflow.cli.tampilan import Gaya
from zi_workflow.domain.errors import UnitTidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.domain.checklist import DaftarPeriksa
    from zi_workflow.domain.commands import Perintah
    from zi_workflow.domain.events import Berkas
    from zi_workflow.service import Hasil, Jawaban

_DASAR_SEBAB = 3


def jalankan(konteks: Konteks, perintah: Sequence[Perintah]) -> None:
    """Run commands, all or none, and give the answer; raises Ditolak with the checklists where they are refused."""
    penulisan = konteks.penulisan
    layanan = konteks.aplikasi().layanan
    with saran_unit(konteks):
        jawaban = layanan.jalankan(perintah, coba=penulisan.coba, kunci=penulisan.kunci, versi=penulisan.versi)
    if not jawaban.diterima:
        raise ditolak(jawaban.penolakan, coba=penulisan.coba)
    konteks.keluarkan(jawaban.polos(), layar=partial(layar_jawaban, jawaban))


@contextmanager
def saran_unit(konteks: Konteks) -> Iterator[None]:
    """Add what was probably meant where a unit is not known."""
    try:
        yield
    except UnitTidakDitemukan as e:
        raise unit_tak_ada(konteks, e.unit, "Pakai") from None


def simpan_berkas(konteks: Konteks, nama: Sequence[str]) -> tuple[Berkas, ...]:
    """Keep evidence files by content (a dry run only hashes them); raises MasukanSalah for what cannot be read."""
    gudang = konteks.aplikasi().berkas
    simpan = gudang.hitung if konteks.penulisan.coba else gudang.simpan
    return tuple(simpan(Path(n)) for n in nama)


def ditolak(daftar: Sequence[DaftarPeriksa], *, coba: bool = False, awalan: str = "") -> Ditolak:
    """Return the refusal to raise: the checklists in full, then three lines that sum them up."""
    kurang = [t for d in daftar for t in d.penghalang]
    unit = ", ".join(d.unit for d in daftar if d.unit)
    semua = tuple(dict.fromkeys(d for t in kurang for d in t.dasar))
    sisa = f"; dan {len(semua) - _DASAR_SEBAB} dasar lain" if len(semua) > _DASAR_SEBAB else ""
    dasar = "; ".join(semua[:_DASAR_SEBAB]) + sisa
    percobaan = " (percobaan)" if coba else ""
    pesan = f"{awalan}{daftar[0].perintah}{f' {unit}' if unit else ''} ditolak{percobaan}: {len(kurang)} syarat belum terpenuhi"
    sebut = ", ".join(dict.fromkeys(t.id for t in kurang))
    lanjut = f"zi periksa {daftar[0].unit} {daftar[0].perintah}" if _dapat_diperiksa(daftar[0]) else kurang[0].lanjut
    return Ditolak(
        pesan, f"{sebut} ({dasar})", lanjut, penolakan=[d.polos() for d in daftar], layar=partial(_layar_penolakan, list(daftar))
    )


def _dapat_diperiksa(daftar: DaftarPeriksa) -> bool:
    return daftar.unit is not None and daftar.tahap is not None


def _layar_penolakan(daftar: Sequence[DaftarPeriksa], gaya: Gaya) -> str:
    return "\n".join(lembar(d, gaya) for d in daftar) + "\n"


def layar_jawaban(jawaban: Jawaban, gaya: Gaya) -> str:
    """Return the answer to accepted commands for people."""
    if jawaban.ulangan:
        nomor = [str(n) for h in (jawaban.tersimpan or {}).get("hasil", []) for n in h["nomor"]]
        return f"Sudah pernah diterima dengan kunci ini (peristiwa nomor {', '.join(nomor) or '-'}); tidak ada yang ditulis lagi.\n"
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
    return gaya.teks(teks) + "\n" + ringkas_peringatan(hasil.daftar, gaya)
