"""``zi lke impor``: a file becomes one record, after a preview of what it changes and a reconciliation of its figures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from zi_workflow.cli.dasar import Konteks, opsi_ya, tanya_ya
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lke_bacaan import ambil_unit, bukti_lke, instrumen_untuk
from zi_workflow.cli.lke_layar import data_perubahan, data_rekonsiliasi, layar_impor
from zi_workflow.cli.lke_opsi import PENILAI, TAHUN, opsi_tahun
from zi_workflow.cli.tulis import ditolak, kirim, lampirkan, layar_jawaban
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.fields import teks_isi

if TYPE_CHECKING:
    from zi_workflow.answers import Jawaban
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.cli.tulis import Lampiran
    from zi_workflow.domain.cells import Buku
    from zi_workflow.domain.commands import Catat
    from zi_workflow.domain.events import Berkas
    from zi_workflow.domain.filing import Rencana
    from zi_workflow.domain.instrument import Instrumen
    from zi_workflow.domain.recognition import Terbaca
    from zi_workflow.domain.reconcile import Rekonsiliasi
    from zi_workflow.domain.scoring import Skor
    from zi_workflow.domain.state import Bukti, Unit

_STDIN = "-"


class PembacaBuku(Protocol):
    """Whoever can read a workbook."""

    def baca(self, jalan: Path) -> Buku:
        """Return the workbook's cells; raises MasukanSalah."""
        ...


@dataclass(frozen=True)
class Impor:
    """One file, read and compared, nothing written yet. ``lama``: the assessment on file; ``sama``: the file changes nothing."""

    unit: Unit
    tahun: int
    penilai: str
    instrumen: Instrumen
    terbaca: Terbaca
    rencana: Rencana
    lama: Bukti | None
    skor: Skor
    rekonsiliasi: Rekonsiliasi | None

    @property
    def sama(self) -> bool:
        """Say whether the record on file already says what the file says."""
        return self.lama is not None and not self.rencana.perubahan and not self.rencana.gugur and not self.edisi_lain

    @property
    def edisi_lain(self) -> bool:
        """Say whether the file takes the assessment to another edition of the instrument."""
        return self.lama is not None and teks_isi(self.lama.isi, "instrumen") not in ("", self.instrumen.versi)

    def perintah(self, konteks: Konteks, berkas: tuple[Berkas, ...]) -> Catat:
        """Return the command that files it."""
        from zi_workflow.domain.commands import Catat

        return Catat("lke", self.unit.kode, self.rencana.isi, konteks.tanggal(), konteks.oleh(), berkas)


def baca_impor(konteks: Konteks, pembaca: PembacaBuku, kode: str | None, jalan: Path, tahun: int | None, penilai: str | None) -> Impor:
    """Read a file and compare it with the record on file; what is not said is taken from the file's own marks.

    Raises MasukanSalah for what cannot be read or does not belong to that unit, year or assessor; TidakDitemukan for the unit.
    """
    from zi_workflow.domain.filing import rencanakan
    from zi_workflow.domain.recognition import KEMENTERIAN, TEMPLAT, kenali, tanda_buku
    from zi_workflow.domain.reconcile import cocokkan
    from zi_workflow.domain.scoring import nilai

    teks = _teks_json(jalan)
    buku = None if teks is not None else pembaca.baca(jalan)
    tanda = {} if buku is None else tanda_buku(buku)
    tahun, penilai = _tahun(tanda, tahun, jalan), _penilai(tanda, penilai, jalan)
    unit = ambil_unit(konteks, _kode(tanda, kode, jalan))
    lama = bukti_lke(unit, tahun, penilai)
    # A file that names no edition continues the assessment on record, which is scored with its own for ever.
    edisi = tanda.get("instrumen") or (None if lama is None else teks_isi(lama.isi, "instrumen")) or None
    instrumen, lembaran = instrumen_untuk(konteks, tahun, edisi)
    baca = partial(_json, teks or "", jalan, unit, tahun) if buku is None else partial(kenali, buku, lembaran=lembaran)
    terbaca = baca(instrumen=instrumen, penilai=penilai)
    rencana = rencanakan(instrumen, terbaca.peta, None if lama is None else lama.isi, tahun, penilai)
    jawaban, dinilai = (_peta(rencana, n) for n in ("jawaban", "dinilai"))
    if not jawaban:
        raise MasukanSalah(
            f"{jalan.name} tidak memuat satu jawaban pun",
            "Sel kosong berarti tidak dijawab; lembar kosong akan menghapus semua jawaban.",
            "Isi jawabannya, simpan, lalu ulangi. Tidak ada yang ditulis.",
        )
    skor = nilai(instrumen, jawaban, dinilai)
    banding = None
    if terbaca.bentuk in (KEMENTERIAN, TEMPLAT) and terbaca.lembar is not None:
        banding = cocokkan(terbaca.lembar, lembaran.kementerian, instrumen, skor, dinilai, templat=terbaca.bentuk == TEMPLAT)
    return Impor(unit, tahun, penilai, instrumen, terbaca, rencana, lama, skor, banding)


def _peta(rencana: Rencana, nama: str) -> dict[str, Any]:
    isi = rencana.isi.get(nama)
    return isi if isinstance(isi, dict) else {}


def _teks_json(jalan: Path) -> str | None:
    """Return the text of a JSON file, None for anything else (what is no plain file is the workbook reader's to refuse)."""
    from zi_workflow.loader.masukan import baca_teks_masukan

    if not jalan.is_file():
        return None
    with jalan.open("rb") as berkas:
        awal = berkas.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    return baca_teks_masukan(str(jalan)) if awal[:1] in (b"{", b"[") else None


def _json(teks: str, jalan: Path, unit: Unit, tahun: int, instrumen: Instrumen, penilai: str) -> Terbaca:
    from zi_workflow.loader.jawaban import baca_jawaban_json

    terbaca, tanda = baca_jawaban_json(teks, jalan.name, instrumen, penilai)
    if tanda["unit"] != unit.kode:
        raise _lain(jalan, "unit", tanda["unit"], unit.kode)
    if tanda["tahun"] != str(tahun):
        raise _lain(jalan, "tahun", tanda["tahun"], str(tahun))
    return terbaca


def _kode(tanda: dict[str, str], kode: str | None, jalan: Path) -> str:
    ada = tanda.get("unit")
    if kode is None and ada is None:
        raise MasukanSalah(
            f"{jalan.name}: unitnya tidak dikenal dari nama berkasnya",
            "Buku kerja selain templat zi tidak menyebut unitnya, maka kodenya dibaca dari nama berkas.",
            "Ganti nama berkasnya, misalnya KODE_2026_tpi.xlsx; kode unit: zi unit daftar",
        )
    if kode is not None and ada is not None and ada != kode:
        raise _lain(jalan, "unit", ada, kode)
    return kode or str(ada)


def _tahun(tanda: dict[str, str], tahun: int | None, jalan: Path) -> int:
    ada = tanda.get("tahun", "")
    if tahun is None and not (ada.isascii() and ada.isdecimal() and TAHUN[0] <= int(ada[:5]) <= TAHUN[1]):
        raise MasukanSalah(f"{jalan.name}: tahunnya tidak disebut", "Buku kerja itu tidak menyebut tahunnya.", "Tambahkan --tahun Y.")
    if tahun is not None and ada and ada != str(tahun):
        raise _lain(jalan, "tahun", ada, str(tahun))
    return int(ada) if tahun is None else tahun


def _penilai(tanda: dict[str, str], penilai: str | None, jalan: Path) -> str:
    ada = tanda.get("penilai")
    if penilai is None and ada not in PENILAI:
        raise MasukanSalah(
            f"{jalan.name}: penilainya tidak disebut", "Penilaian mandiri unit dan penilaian TPI disimpan terpisah.", "Tambahkan --penilai."
        )
    if penilai is not None and ada is not None and ada != penilai:
        raise _lain(jalan, "penilai", ada, penilai)
    return penilai or str(ada)


def _lain(jalan: Path, apa: str, di_berkas: str, diminta: str) -> MasukanSalah:
    return MasukanSalah(
        f"{jalan.name} dibuat untuk {apa} '{di_berkas[:60]}', bukan '{diminta}'",
        "Jawaban satu berkas hanya bagi unit, tahun, dan penilai yang disebut di dalamnya.",
        f"Pakai berkas yang benar, atau sebut {apa} {di_berkas[:60]}.",
    )


@contextmanager
def _di_tempat(nama: str) -> Iterator[Path]:
    """Give a file of that name; standard input is kept in a temporary folder meanwhile."""
    if nama != _STDIN:
        yield Path(nama)
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="zi-") as folder:
        jalan = Path(folder) / "masukan-baku"
        jalan.write_bytes(sys.stdin.buffer.read())
        yield jalan


@verba(
    "impor",
    "Catat jawaban LKE dari satu berkas: templat zi, buku kerja kementerian, lembar PortalRB, atau JSON. Bentuknya dikenali sendiri."
    " Perubahan dan selisih angkanya ditunjukkan lebih dahulu; satu sel yang salah membatalkan semuanya.",
    contoh="zi lke impor DISDUKCAPIL lke.xlsx --tahun 2026 --penilai tpi --oleh 198203032006042003",
    menulis=True,
)
@click.argument("unit")
@click.argument("berkas", metavar="BERKAS")
@opsi_tahun
@click.option("--penilai", type=click.Choice(PENILAI), required=True, help="Penilaian siapa yang dicatat.")
@opsi_ya
def impor(konteks: Konteks, unit: str, berkas: str, tahun: int, penilai: str, ya: bool) -> None:
    """File the answers of one workbook."""
    from zi_workflow.workbook.sandbox import Pembaca

    konteks.oleh()
    with _di_tempat(berkas) as jalan, Pembaca() as pembaca:
        lampiran = lampirkan(konteks, [jalan])  # before it is read: what is filed must be what was read
        hasil = baca_impor(konteks, pembaca, unit, jalan, tahun, penilai)
        if hasil.sama:
            konteks.keluarkan(data_impor(hasil, None), layar=partial(_layar, hasil, None))
            return
        ditanya = _tanya(konteks, hasil, ya=ya)
        jawaban = catat_impor(konteks, hasil, lampiran)
    sudah_tampak = ditanya and sys.stdout.isatty()
    konteks.keluarkan(
        data_impor(hasil, jawaban), layar=partial(layar_jawaban, jawaban) if sudah_tampak else partial(_layar, hasil, jawaban)
    )


def _tanya(konteks: Konteks, hasil: Impor, *, ya: bool) -> bool:
    """Show what would change and ask, on a terminal; elsewhere the command itself is the answer. Return whether it was asked."""
    if ya or konteks.penulisan.coba or konteks.mode != "layar" or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    konteks.pesan(layar_impor(hasil, replace(konteks.gaya, warna=False)))
    tanya_ya(f"Catat LKE {hasil.unit.kode} {hasil.tahun} ({hasil.penilai})?", ya=False)
    return True


def catat_impor(konteks: Konteks, hasil: Impor, lampiran: Lampiran) -> Jawaban:
    """Write the record and keep its file, hashed before it was read.

    Raises Ditolak where the actor may not, Konflik where somebody else was first, MasukanSalah where the file changed meanwhile.
    """
    jawaban = kirim(konteks, [hasil.perintah(konteks, tuple(b for _, b in lampiran))], lampiran)
    if not jawaban.diterima:
        raise ditolak(jawaban.penolakan, coba=konteks.penulisan.coba, hari_ini=konteks.aplikasi().hari_ini())
    return jawaban


def data_impor(hasil: Impor, jawaban: Jawaban | None) -> dict[str, Any]:
    """Return the answer for programs: that of a writing verb, and what the file held."""
    if jawaban is None:
        polos: dict[str, Any] = {"coba": False, "ulangan": False, "hasil": [], "sudah_tercatat": hasil.lama and hasil.lama.nomor}
    else:
        polos = {**jawaban.polos(), "sudah_tercatat": None}
    return {
        **polos,
        "unit": hasil.unit.kode,
        "tahun": hasil.tahun,
        "penilai": hasil.penilai,
        "instrumen": hasil.instrumen.versi,
        "bentuk": hasil.terbaca.bentuk,
        "perubahan": data_perubahan(hasil),
        "rekonsiliasi": data_rekonsiliasi(hasil.rekonsiliasi),
    }


def _layar(hasil: Impor, jawaban: Jawaban | None, gaya: Gaya) -> str:
    if jawaban is None:
        nomor = hasil.lama.nomor if hasil.lama else 0
        akhir = f"\nTidak ada yang berubah: sudah tercatat sebagai nomor {nomor}; tidak ada yang ditulis.\n"
    else:
        akhir = "\n" + layar_jawaban(jawaban, gaya)
    return layar_impor(hasil, gaya) + akhir
