"""``zi maju``: one sub-verb per move, for one unit or several at once, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli import isian as bidang
from zi_workflow.cli.alur import UTAMA, Alur
from zi_workflow.cli.bacaan import kode_unit
from zi_workflow.cli.dasar import Konteks, periksa_konfirmasi
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.kerangka import Kelompok, Perintah
from zi_workflow.cli.tulis import jalankan, langkah_tak_dikenal

if TYPE_CHECKING:
    from zi_workflow.domain.definition import Langkah


class KelompokMaju(Kelompok):
    """The group whose sub-verbs are the moves of a workflow's definition."""

    alur = UTAMA

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the moves, in the order of the definition."""
        return list(bidang.definisi_awal(ctx, self.alur.id).langkah)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the sub-verb of a move; an unknown move is exit 11, not a matter of usage."""
        semua = bidang.definisi_awal(ctx, self.alur.id).langkah
        langkah = semua.get(cmd_name)
        return _tak_dikenal(cmd_name, self.alur) if langkah is None else _perintah(langkah, self.alur)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the moves with their one line."""
        with formatter.section("Langkah"):
            semua = bidang.definisi_awal(ctx, self.alur.id).langkah.values()
            formatter.write_dl([(x.nama, f"{x.uraian} ({', '.join(x.dari)}).") for x in semua])


def _perintah(langkah: Langkah, alur: Alur) -> Perintah:
    def maju(konteks: Konteks, unit: Sequence[str], konfirmasi: str | None = None, **nilai: Any) -> None:  # noqa: ANN401 - the definition's fields
        from zi_workflow.batch import perintah_maju

        bidang.pakai_definisi(konteks)
        isi, simpul = bidang.ambil(langkah.isian, nilai)
        oleh, tanggal = konteks.oleh(), konteks.tanggal()
        if langkah.konfirmasi and not konteks.penulisan.coba:
            periksa_konfirmasi(konfirmasi, ",".join(unit))
        with bidang.sebut_baris(simpul):
            jalankan(konteks, perintah_maju(langkah.nama, unit, isi, tanggal, oleh, alur.id), alur=alur)

    params: list[click.Parameter] = [click.Argument(["unit"], nargs=-1, required=True, metavar=f"{alur.metavar}...")]
    params += bidang.opsi(langkah.isian)
    if langkah.konfirmasi:
        params.append(
            click.Option(["--konfirmasi"], metavar="KODE", help="Ulangi kode unit; wajib, karena tidak dapat dibatalkan begitu saja.")
        )
    maju.__click_params__ = list(reversed(params))  # type: ignore[attr-defined]
    bantuan = f"{langkah.uraian}. Dari tahap {', '.join(langkah.dari)}; pelaku {langkah.pelaku}; dasar {'; '.join(langkah.dasar)}."
    return verba(langkah.nama, bantuan, contoh=_contoh(langkah, alur), menulis=True)(maju)


def _contoh(langkah: Langkah, alur: Alur) -> str:
    contoh = {"bulat": "3", "nip": "198203032006042003", "teks": '"188/1/2026"', "daftar": '"lengkapi bukti"'}
    isi = "".join(
        f" --{i.nama} {i.pilihan[0] if i.pilihan else contoh[i.tipe]}" for i in langkah.isian if i.nama not in ("tahun", "pengganti")
    )
    konfirmasi = f" --konfirmasi {alur.contoh}" if langkah.konfirmasi else ""
    return f"{alur.perintah('maju')} {langkah.nama} {alur.contoh}{isi} --oleh 198001012005011001{konfirmasi}"


def _tak_dikenal(nama: str, alur: Alur) -> Perintah:
    """Return the verb that refuses an unknown move; whatever options follow it, a unit among them says which moves there are."""

    def tolak(konteks: Konteks, unit: Sequence[str]) -> None:
        bidang.pakai_definisi(konteks)
        ada = set(kode_unit(konteks, alur))
        kode = next((k for k in unit if k in ada), None)
        raise langkah_tak_dikenal(konteks, nama, kode, alur)

    tolak.__click_params__ = [click.Argument(["unit"], nargs=-1)]  # type: ignore[attr-defined]
    satu = verba(nama, "Langkah tidak dikenal.", contoh=f"{alur.perintah('maju')} --help", menulis=True)(tolak)
    satu.context_settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    satu.hidden = True
    return satu


perintah = KelompokMaju(
    "maju",
    "Ambil satu langkah. Langkah yang belum memenuhi syarat ditolak dengan daftar periksa lengkap;"
    " beberapa unit: semua atau tidak sama sekali.",
    contoh="zi maju canangkan DISDUKCAPIL --oleh 197505052000031002",
    subcommand_metavar="LANGKAH UNIT...",
)
