"""``zi lke jalan``: what it would take to pass the score gates of a predikat, gate by gate and all at once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.dasar import TANGGAL, Bilangan, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lke_bacaan import harus_lke
from zi_workflow.cli.lke_jalan_layar import atas, layar_jalan, paling_sedikit
from zi_workflow.cli.lke_opsi import opsi_penilai, opsi_tahun
from zi_workflow.domain.scoring import desimal_tegas

if TYPE_CHECKING:
    from zi_workflow.cli.lke_bacaan import LkeTersimpan
    from zi_workflow.domain.changes import Isi, Perubahan
    from zi_workflow.domain.gates import Gerbang, PerluIndeks, Survei
    from zi_workflow.domain.pathway import Jalan, JalanGerbang, Sekaligus


@verba(
    "jalan",
    "Tampilkan perbaikan jawaban terkecil agar setiap ambang yang gagal terlampaui, satu per satu dan semuanya sekaligus.",
    contoh="zi lke jalan DISDUKCAPIL --tahun 2026 --predikat WBK",
    berwaktu=True,
)
@click.argument("unit")
@opsi_tahun
@opsi_penilai
@click.option("--predikat", type=click.Choice(["WBK", "WBBM"]), help="Predikat yang dituju; bawaan sasaran unit.")
@click.option("--pada", type=TANGGAL, help="Tanggal yang menentukan ambang; bawaan --per, atau hari ini (WIB).")
@click.option("--banyak", type=Bilangan(1, 100), default=5, metavar="N", help="Paling banyak pilihan tiap ambang; bawaan 5.")
def jalan(konteks: Konteks, unit: str, tahun: int, penilai: str, predikat: str | None, pada: date | None, banyak: int) -> None:
    """Show the way to a predikat."""
    perintah_jalan(konteks, unit, tahun, penilai, predikat, pada, banyak)


def perintah_jalan(konteks: Konteks, unit: str, tahun: int, penilai: str, predikat: str | None, pada: date | None, banyak: int) -> None:
    """Answer what is missing for ``predikat`` (default: what the unit builds towards) by the gates in force on ``pada`` (today)."""
    from zi_workflow.domain.pathway import jalan as cari

    lke = harus_lke(konteks, unit, tahun, penilai)
    app = konteks.aplikasi()
    hari = pada or app.hari_ini()
    keadaan = lke.unit.keadaan
    tujuan = predikat or keadaan.sasaran or app.definisi.predikat_berikut(keadaan.predikat)
    survei = _survei(konteks, lke, tahun, tujuan, hari)
    hasil = cari(app.definisi, lke.instrumen, lke.jawaban, lke.dinilai, tujuan, hari, banyak, survei)
    kepala = (lke.unit.kode, tahun, penilai)
    konteks.keluarkan(data_jalan(*kepala, hasil), layar=partial(layar_jalan, *kepala, hasil))


def _survei(konteks: Konteks, lke: LkeTersimpan, tahun: int, predikat: str, hari: date) -> dict[str, Fraction]:
    """Return the internal surveys that the gates would accept in place of an index."""
    from zi_workflow.domain.gates import USULKAN, survei_tercatat
    from zi_workflow.domain.guards.konteks import Konteks as Tinjauan

    app = konteks.aplikasi()
    dasar = Tinjauan(app.definisi, app.layanan.instansi(), USULKAN, hari, app.hari_ini(), None, lke.unit, predikat=predikat, tahun=tahun)
    return survei_tercatat(dasar)


def data_jalan(unit: str, tahun: int, penilai: str, hasil: Jalan) -> dict[str, object]:
    """Return the answer for programs: scores, thresholds and gains as decimal strings."""
    return {
        "unit": unit,
        "tahun": tahun,
        "penilai": penilai,
        "predikat": hasil.predikat,
        "pada": hasil.tanggal,
        "terpenuhi": not hasil.gagal,
        "lulus": [_data_gerbang(g) for g in hasil.lulus],
        "gerbang": [_data_gagal(j) for j in hasil.gagal],
        "sekaligus": hasil.sekaligus and _data_sekaligus(hasil, hasil.sekaligus),
    }


def _data_gerbang(g: Gerbang) -> dict[str, object]:
    survei = g.survei
    return {
        "id": g.id,
        "uraian": g.uraian,
        "komponen": g.komponen,
        "dasar": g.dasar,
        "tafsir": g.tafsir,
        "satuan": g.satuan,
        "ditemukan": desimal_tegas(g.ditemukan, g.ambang.angka),
        "dibutuhkan": _dibutuhkan(g),
        "survei": survei and _data_survei(survei),
    }


def _data_survei(s: Survei) -> dict[str, object]:
    return {"nama": s.nama, "skor": None if s.skor is None else desimal_tegas(s.skor, s.ambang.angka)}


def _dibutuhkan(g: Gerbang) -> str:
    teks = f"{g.ambang.tanda} {g.ambang.angka:f}"
    return f"{teks} atau survei {g.survei.ambang.tanda} {g.survei.ambang.angka:f}" if g.survei else teks


def _data_gagal(j: JalanGerbang) -> dict[str, object]:
    return {
        **_data_gerbang(j.gerbang),
        "kurang": desimal_tegas(j.gerbang.kurang, 0),
        "kurang_poin": desimal_tegas(j.gerbang.poin_kurang, 0),
        "pilihan": [
            {
                "butir": len(p.perubahan),
                "jenjang": p.jenjang,
                "nilai_sesudah": desimal_tegas(p.nilai_sesudah, j.gerbang.ambang.angka),
                "perubahan": [_data_perubahan(u) for u in p.perubahan],
            }
            for p in j.pilihan
        ],
        "banyaknya": j.banyaknya,
        "lebih": j.lebih,
        "tidak_bisa": j.tidak_bisa,
        "indeks": j.indeks and _data_indeks(j.indeks),
    }


def _data_perubahan(u: Perubahan) -> dict[str, object]:
    return {
        "butir": u.butir,
        "soal": u.soal,
        "kosong": u.kosong,
        "uraian": u.uraian,
        "cara": u.cara,
        "dari": _data_isi(u.dari),
        "ke": _data_isi(u.ke),
        "jenjang": u.jenjang,
        "tambahan": desimal_tegas(u.tambahan, 0),
    }


def _data_isi(isi: Isi) -> str | int | None:
    return atas(isi) if isinstance(isi, Fraction) else isi


def _data_indeks(perlu: PerluIndeks) -> dict[str, object]:
    return {
        "poin": paling_sedikit(perlu.poin, ketat=perlu.ketat),
        "jumlah": paling_sedikit(perlu.jumlah, ketat=perlu.ketat),
        "soal": [
            {
                "soal": s.soal,
                "uraian": s.uraian,
                "sekarang": None if s.sekarang is None else atas(s.sekarang),
                "perlu": None if s.perlu is None else paling_sedikit(s.perlu, ketat=perlu.ketat),
            }
            for s in perlu.soal
        ],
    }


def _data_sekaligus(hasil: Jalan, satu: Sekaligus) -> dict[str, object]:
    ambang = {j.gerbang.id: j.gerbang.ambang.angka for j in hasil.gagal}
    return {
        "gerbang": satu.gerbang,
        "butir": len(satu.perubahan),
        "jenjang": satu.jenjang,
        "perubahan": [_data_perubahan(u) for u in satu.perubahan],
        "sesudah": {i: desimal_tegas(nilai, ambang[i]) for i, nilai in satu.sesudah.items()},
        "belum_lulus": satu.sisa,
    }
