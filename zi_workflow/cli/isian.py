"""Options made from the definition's typed fields, and how they and ``--isi FILE`` become one map of raw values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.saran import maksud_anda
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.domain.definition import Definisi, Isian

_HANYA_BERKAS = frozenset({"objek", "peta_soal"})
ISI = "isi_berkas"


def definisi_awal(ctx: click.Context) -> Definisi:
    """Return the definition that shapes a verb's options, found before the options are parsed."""
    from zi_workflow.bootstrap import folder_regulasi
    from zi_workflow.cli.pengaturan import baca_pengaturan
    from zi_workflow.loader.definisi import muat

    sesi = ctx.find_root().obj
    disebut = sesi.nilai("--regulasi") if sesi is not None and hasattr(sesi, "nilai") else None
    return muat(folder_regulasi(baca_pengaturan({"regulasi": disebut})))


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
    nama = [f"--{isian.nama}"]
    if "_" in isian.nama:
        nama.append(f"--{isian.nama.replace('_', '-')}")
    banyak = isian.tipe in ("daftar", "predikat_usulan")
    lain: dict[str, Any] = {"is_flag": False, "flag_value": "ya"} if isian.tipe == "ya_tidak" else {}
    return click.Option([*nama, _kunci(isian.nama)], multiple=banyak, metavar=_bentuk(isian), help=_bantuan(isian), **lain)


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


def ambil(isian: Sequence[Isian], nilai: dict[str, Any], *, pisah: bool = True) -> dict[str, Any]:
    """Take the fields out of ``nilai`` (options and ``--isi``) as raw values; a field given twice is refused.

    Raises MasukanSalah, also for a file that cannot be read.
    """
    hasil = _dari_berkas(nilai.pop(ISI, None))
    for satu in isian:
        diketik = nilai.pop(_kunci(satu.nama), None)
        if diketik is None or diketik == ():
            continue
        if satu.nama in hasil:
            raise MasukanSalah(
                f"Isian '{satu.nama}' disebut dua kali", "Sekali sebagai opsi, sekali di dalam --isi.", "Pakai salah satunya."
            )
        hasil[satu.nama] = (
            _predikat(diketik) if satu.tipe == "predikat_usulan" and pisah else list(diketik) if isinstance(diketik, tuple) else diketik
        )
    return hasil


def _dari_berkas(nama: str | None) -> dict[str, Any]:
    if nama is None:
        return {}
    from zi_workflow.loader.masukan import baca_isi_berkas

    return {k: s.polos() for k, s in baca_isi_berkas(nama).peta().items()}


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


def tak_dikenal(nama: str, semua: Mapping[str, object]) -> str:
    """Return the suggestion for a misspelt name, or the list of names."""
    return maksud_anda(nama, semua) or f"Yang ada: {', '.join(semua)}."
