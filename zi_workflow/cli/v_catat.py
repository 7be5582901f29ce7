"""``zi catat``: one sub-verb per kind of record, its options made from the definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli import daftar_sumber
from zi_workflow.cli import isian as bidang
from zi_workflow.cli.alur import UTAMA, Alur
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.kerangka import Kelompok, Perintah
from zi_workflow.cli.pemakaian import ganti
from zi_workflow.cli.saran import saran
from zi_workflow.cli.tulis import jalankan, lampirkan
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.cli.sesi import Sesi
    from zi_workflow.domain.definition import Isian, JenisBukti


class KelompokCatat(Kelompok):
    """The group whose sub-verbs are the kinds of record of a workflow's definition."""

    alur = UTAMA

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the kinds, in the order of the definition."""
        return list(bidang.definisi_awal(ctx, self.alur.id).bukti)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the sub-verb of a kind; hyphens may stand for underscores."""
        semua = bidang.definisi_awal(ctx, self.alur.id).bukti
        jenis = semua.get(cmd_name) or semua.get(cmd_name.replace("-", "_"))
        if jenis is None:
            raise _tak_dikenal(ctx.find_root().obj, cmd_name, semua, self.alur)
        return _perintah(jenis, self.alur)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the kinds with their one line."""
        with formatter.section("Jenis catatan"):
            formatter.write_dl([(b.id, b.uraian) for b in bidang.definisi_awal(ctx, self.alur.id).bukti.values()])


def _tak_dikenal(sesi: Sesi, nama: str, semua: Mapping[str, object], alur: Alur) -> MasukanSalah:
    mirip = saran(nama, semua)
    maksud = f" Maksud Anda: {', '.join(mirip)}?" if mirip else ""
    pesan = f"Jenis catatan '{nama[:60]}' tidak dikenal.{maksud}"
    lanjut = ganti(sesi.argumen, nama, mirip[0]) if mirip else ""
    return MasukanSalah(pesan, f"Yang ada: {', '.join(semua)}.", lanjut or f"{alur.perintah('catat')} --help")


def _perintah(jenis: JenisBukti, alur: Alur) -> Perintah:
    def catat(konteks: Konteks, berkas: Sequence[str], unit: str | None = None, **nilai: Any) -> None:  # noqa: ANN401 - the definition's fields
        from zi_workflow.domain.commands import Catat

        bidang.pakai_definisi(konteks)
        pilihan = daftar_sumber.ambil(jenis.sumber, nilai)
        isi, simpul = bidang.ambil(jenis.isian, nilai)
        oleh, tanggal = konteks.oleh(), konteks.tanggal()
        lampiran = lampirkan(konteks, tuple(dict.fromkeys((*berkas, *([pilihan.berkas] if pilihan else ())))))
        dihitung = daftar_sumber.hitung(konteks, jenis, str(unit), isi, pilihan) if pilihan else None
        satu = Catat(jenis.id, unit, {**isi, **(dihitung.isi if dihitung else {})}, tanggal, oleh, tuple(b for _, b in lampiran), alur.id)
        with bidang.sebut_baris(simpul):
            if dihitung is None:
                jalankan(konteks, [satu], lampiran, alur)
            else:
                daftar_sumber.jalankan_dihitung(konteks, satu, lampiran, dihitung)

    # A fact of the instansi takes no unit: one that is typed reaches the core, which says so.
    unit = (
        click.Argument(["unit"], metavar=alur.metavar) if jenis.lingkup == "unit" else click.Argument(["unit"], required=False, metavar="")
    )
    params: list[click.Parameter] = [unit]
    params += [
        *bidang.opsi(jenis.isian),
        *(daftar_sumber.opsi(jenis.sumber) if jenis.sumber else ()),
        click.Option(["--berkas"], multiple=True, metavar="FILE", help="Berkas bukti; boleh diulang."),
    ]
    catat.__click_params__ = list(reversed(params))  # type: ignore[attr-defined]
    dasar = "; ".join(jenis.dasar)
    lingkup = "" if jenis.lingkup == "unit" else " Dicatat bagi instansi, tanpa UNIT."
    return verba(jenis.id, f"{jenis.uraian} ({dasar}).{lingkup}", contoh=_contoh(jenis, alur), menulis=True)(catat)


def _contoh(jenis: JenisBukti, alur: Alur) -> str:
    unit = f" {alur.contoh}" if jenis.lingkup == "unit" else ""
    if all(bidang.dapat_diketik(i) for i in jenis.isian if i.wajib):
        isi = " ".join(f"--{i.nama} {_nilai_contoh(i)}" for i in jenis.isian if i.wajib)
    else:
        isi = "--isi isi.yaml"
    return f"{alur.perintah('catat')} {jenis.id}{unit} {isi} --oleh 198001012005011001"


def _nilai_contoh(isian: Isian) -> str:
    if isian.pilihan:
        return isian.pilihan[0]
    tetap = {"nip": "197505052000031002", "tanggal": "2026-05-31", "ya_tidak": "ya", "desimal": "3.60"}
    if isian.tipe == "bulat":
        return {"tahun": "2025", "area": "1"}.get(isian.nama, str(max(3, isian.minimal or 0)))
    return tetap.get(isian.tipe, '"800/1/2025"' if isian.nama.startswith("nomor") else '"uraian singkat"')


perintah = KelompokCatat(
    "catat",
    "Catat bukti dalam berkas unit, atau fakta instansi (tanpa UNIT). Isian bertingkat dibaca dari --isi FILE (YAML atau JSON).",
    contoh="zi catat publikasi DISDUKCAPIL --kanal Laman --alamat disdukcapil.example --oleh 198001012005011001",
    subcommand_metavar="JENIS [UNIT] [ISIAN]...",
)
