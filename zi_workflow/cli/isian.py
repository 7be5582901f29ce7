"""Options made from the definition's typed fields, and how they and ``--isi FILE`` become one map of raw values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from pathlib import Path

    from zi_workflow.cli.konteks import Konteks
    from zi_workflow.domain.definition import Definisi, Isian
    from zi_workflow.loader.pohon import Simpul

_HANYA_BERKAS = frozenset({"objek", "peta_soal"})
_BANYAK = frozenset({"daftar", "predikat_usulan"})
_AWAL_PESAN = ("Isian ", "Isi LKE ")
_SEBUTAN = re.compile(r"(?<!Anda )'([^'\s]+)'(?! bukan)|\b(jawaban|dinilai|catatan|bukti_dukung) soal '?([\w-]+)'?")
ISI = "isi_berkas"


def definisi_awal(ctx: click.Context, alur: str | None = None) -> Definisi:
    """Return the definition that shapes a verb's options, found before the options are parsed and loaded once a run.

    ``alur``: the one of another workflow.
    """
    from zi_workflow.bootstrap import folder_regulasi, muat_terkait
    from zi_workflow.cli.pengaturan import baca_pengaturan
    from zi_workflow.loader.definisi import muat

    akar = ctx.find_root()
    disebut = akar.obj.nilai("--regulasi") if hasattr(akar.obj, "nilai") else None
    folder = folder_regulasi(baca_pengaturan({"regulasi": disebut}))
    hasil: Definisi | None = akar.meta.get(_tanda(folder))
    if hasil is None:
        hasil = akar.meta[_tanda(folder)] = muat(folder)
    if alur is None:
        return hasil
    terkait: Definisi | None = akar.meta.get(_tanda(folder, alur))
    if terkait is None:
        terkait = akar.meta[_tanda(folder, alur)] = muat_terkait(hasil, folder, alur)
    return terkait


def pakai_definisi(konteks: Konteks) -> None:
    """Let the application use the definition that shaped the options, where the settings name the same folder."""
    from zi_workflow.bootstrap import folder_regulasi

    termuat = click.get_current_context().meta.get(_tanda(folder_regulasi(konteks.pengaturan)))
    if termuat is not None:
        konteks.aplikasi().definisi = termuat


def _tanda(folder: Path, alur: str = "") -> str:
    return f"zi.definisi {folder} {alur}"


def opsi(isian: Sequence[Isian]) -> list[click.Parameter]:
    """Return one option a field (``--jumlah_pegawai`` or ``--jumlah-pegawai``), and ``--isi FILE`` for all of them."""
    hasil: list[click.Parameter] = [_satu(i) for i in isian if dapat_diketik(i)]
    hasil.append(click.Option(["--isi", ISI], metavar="FILE", help="Isian dari berkas YAML atau JSON ('-' masukan baku)."))
    return hasil


def dapat_diketik(isian: Isian) -> bool:
    """Say whether a field can be typed as an option; nested ones come from a file."""
    butir = isian.butir
    return isian.tipe not in _HANYA_BERKAS and not (butir is not None and butir.tipe in {*_HANYA_BERKAS, "daftar"})


def _satu(isian: Isian) -> click.Option:
    """Return the option of a field; each may be typed many times, so that ``ambil`` can refuse what counts once."""
    nama = [f"--{isian.nama}"]
    if "_" in isian.nama:
        nama.append(f"--{isian.nama.replace('_', '-')}")
    lain: dict[str, Any] = {"is_flag": False, "flag_value": "ya"} if isian.tipe == "ya_tidak" else {}
    return click.Option([*nama, _kunci(isian.nama)], multiple=True, metavar=_bentuk(isian), help=_bantuan(isian), **lain)


def _kunci(nama: str) -> str:
    return f"isian_{nama}"


def _bentuk(isian: Isian) -> str:
    if isian.pilihan:
        return "|".join(isian.pilihan)
    tipe = isian.butir.tipe if isian.butir else isian.tipe
    return {"bulat": "N", "desimal": "N.N", "ya_tidak": "ya|tidak", "tanggal": "YYYY-MM-DD", "nip": "NIP"}.get(tipe, "TEKS")


def _bantuan(isian: Isian) -> str:
    teks = isian.uraian[:1].upper() + isian.uraian[1:] if isian.uraian else isian.nama.replace("_", " ").capitalize()
    if isian.tipe == "daftar":
        teks += "; boleh diulang"
    if isian.tipe == "predikat_usulan":
        teks += "; KODE=WBBM bagi satu unit"
    return teks + ("." if isian.wajib else " (boleh kosong).")


def ambil(isian: Sequence[Isian], nilai: dict[str, Any]) -> tuple[dict[str, Any], Simpul | None]:
    """Take the fields out of ``nilai`` (options and ``--isi``) as raw values, and the file's node where there is one.

    Raises MasukanSalah for a field given twice, and for a file that cannot be read.
    """
    from zi_workflow.loader.masukan import baca_isi_berkas

    berkas = nilai.pop(ISI, None)
    simpul = baca_isi_berkas(berkas) if berkas is not None else None
    hasil: dict[str, Any] = {k: s.polos() for k, s in simpul.peta().items()} if simpul is not None else {}
    for satu in isian:
        diketik = nilai.pop(_kunci(satu.nama), ())
        if diketik:
            _sekali(satu, diketik, hasil)
            hasil[satu.nama] = (
                _predikat(diketik) if satu.tipe == "predikat_usulan" else list(diketik) if satu.tipe == "daftar" else diketik[0]
            )
    return hasil, simpul


def _sekali(isian: Isian, diketik: Sequence[str], hasil: Mapping[str, Any]) -> None:
    if isian.nama in hasil:
        sebab, lanjut = "Sekali sebagai opsi, sekali di dalam --isi.", f"Hapus --{isian.nama}, atau hapus '{isian.nama}' dari berkas itu."
    elif len(diketik) > 1 and isian.tipe not in _BANYAK:
        sebab, lanjut = "Isian ini hanya satu nilai.", f"Sebut --{isian.nama} sekali saja."
    else:
        return
    raise MasukanSalah(f"Isian '{isian.nama}' disebut dua kali", sebab, lanjut)


@contextmanager
def sebut_baris(simpul: Simpul | None) -> Iterator[None]:
    """Where fields of this file are refused, name the file and the lines on which they stand."""
    try:
        yield
    except MasukanSalah as e:
        if simpul is not None and e.pesan.startswith(_AWAL_PESAN):
            e.pesan = f"{simpul.berkas}: {beri_baris(e.pesan, simpul)}"
        raise


def beri_baris(pesan: str, simpul: Simpul) -> str:
    """Return the message with the line beside each field of ``simpul`` that it names (list items count from 1).

    A map that stands on one line says nothing by its lines, and a JSON text of several lines has none.
    """
    baris = dict(_baris(simpul, ""))
    if len(set(baris.values())) == 1:
        return pesan

    def tambah(cocok: re.Match[str]) -> str:
        nomor = baris.get(cocok[1] or f"{cocok[2]}.{cocok[3]}")
        return f"{cocok[0]} (baris {nomor})" if nomor else cocok[0]

    return _SEBUTAN.sub(tambah, pesan)


def _baris(simpul: Simpul, jalur: str) -> Iterator[tuple[str, int]]:
    yield jalur, simpul.baris
    if isinstance(simpul.isi, dict):
        for kunci, anak in simpul.isi.items():
            yield from _baris(anak, f"{jalur}.{kunci}" if jalur else kunci)
    elif isinstance(simpul.isi, tuple):
        for i, anak in enumerate(simpul.isi, 1):
            yield from _baris(anak, f"{jalur}[{i}]")


def _predikat(diketik: Sequence[str]) -> str | dict[str, str]:
    berpasangan = [d for d in diketik if "=" in d]
    if not berpasangan:
        if len(diketik) > 1:
            raise MasukanSalah(
                "Predikat disebut lebih dari sekali", "Satu predikat, atau KODE=PREDIKAT bagi tiap unit.", "--predikat KODE=WBK"
            )
        return diketik[0]
    if len(berpasangan) != len(diketik):
        raise MasukanSalah("Predikat disebut dengan dua cara", "Semua KODE=PREDIKAT, atau satu predikat saja.", "--predikat KODE=WBK")
    hasil = dict(d.split("=", 1) for d in diketik)
    if len(hasil) != len(diketik):
        raise MasukanSalah("Predikat satu unit disebut dua kali", "Setiap unit hanya sekali.", "Hapus yang ganda.")
    return hasil
