"""``zi lke nilai``: the scores of one assessment, down to its indicators."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lke_bacaan import harus_lke
from zi_workflow.cli.lke_layar import angka
from zi_workflow.cli.lke_opsi import opsi_penilai, opsi_tahun
from zi_workflow.cli.tampilan import Gaya, desimal, tanggal
from zi_workflow.domain.scoring import KOMPONEN, bulatkan

if TYPE_CHECKING:
    from fractions import Fraction

    from zi_workflow.cli.lke_bacaan import LkeTersimpan
    from zi_workflow.domain.instrument import Indikator
    from zi_workflow.domain.scoring import Angka

_JUMLAH = tuple(n for n in KOMPONEN if not n.startswith("area_"))
_BATANG = 10
_NAMA = 44
_SOAL_MAKS = 12


@verba(
    "nilai",
    "Tampilkan nilai LKE: pohon sampai ke indikator, nilai resmi dan sementara.",
    contoh="zi lke nilai DISDUKCAPIL --tahun 2026",
    berwaktu=True,
)
@click.argument("unit")
@opsi_tahun
@opsi_penilai
def nilai(konteks: Konteks, unit: str, tahun: int, penilai: str) -> None:
    """Show the scores."""
    lke = harus_lke(konteks, unit, tahun, penilai)
    konteks.keluarkan(data_nilai(lke), layar=partial(layar_nilai, lke))


def data_nilai(lke: LkeTersimpan) -> dict[str, Any]:
    """Return the scores for programs: two decimals, halves up, and beside them the exact fractions."""
    isi = lke.bukti.isi
    return {
        "unit": lke.unit.kode,
        "tahun": isi["tahun"],
        "penilai": isi["penilai"],
        "nomor": lke.bukti.nomor,
        "tanggal": lke.bukti.tanggal,
        "instrumen": lke.instrumen.versi,
        **_angka(lke.skor),
        "sementara": _angka(lke.skor.sementara),
        "eksak": {n: str(getattr(lke.skor, n)) for n in _JUMLAH} | {f"area_{n}": str(a.nilai) for n, a in lke.skor.area.items()},
        "indikator": [_indikator(lke, i) for i in lke.instrumen.indikator],
        "belum_dijawab": list(lke.skor.belum_dijawab),
    }


def _angka(satu: Angka) -> dict[str, Any]:
    area = {
        str(n): {"pemenuhan": bulatkan(a.pemenuhan), "reform": bulatkan(a.reform), "nilai": bulatkan(a.nilai), "persen": bulatkan(a.persen)}
        for n, a in satu.area.items()
    }
    return {"area": area, **{n: bulatkan(getattr(satu, n)) for n in _JUMLAH}}


def _indikator(lke: LkeTersimpan, indikator: Indikator) -> dict[str, Any]:
    satu = lke.skor.indikator[indikator.id]
    return {
        "id": indikator.id,
        "nama": indikator.nama,
        "bobot": bulatkan(indikator.bobot),
        "nilai": bulatkan(satu.nilai),
        "sementara": None if satu.sementara is None else bulatkan(satu.sementara),
    }


def layar_nilai(lke: LkeTersimpan, gaya: Gaya) -> str:
    """Return the tree with bars, then what has no value yet."""
    isi, skor = lke.bukti.isi, lke.skor
    kepala = (
        f"LKE {lke.unit.kode} ({lke.unit.nama}) tahun {isi['tahun']}, penilai {isi['penilai']},"
        f" {tanggal(lke.bukti.tanggal)}, nomor {lke.bukti.nomor}, instrumen {lke.instrumen.versi}"
    )
    teks = lipat(kepala, gaya) + "\n" + "".join(_pohon(lke, gaya))
    if skor.belum_dijawab:
        contoh = ", ".join(skor.belum_dijawab[:_SOAL_MAKS]) + (" …" if len(skor.belum_dijawab) > _SOAL_MAKS else "")
        banyak = len(skor.belum_dijawab)
        teks += "\n" + lipat(f"{banyak} soal belum mempunyai nilai dan dihitung 0 (tafsir D10): {contoh}.", gaya)
        sementara = desimal(angka(skor.sementara.total))
        teks += lipat(f"Nilai sementara, hanya dari yang terjawab seperti di buku kerja kementerian: {sementara}.", gaya)
    return teks


def _pohon(lke: LkeTersimpan, gaya: Gaya) -> Iterator[str]:
    instrumen, skor = lke.instrumen, lke.skor
    yield _baris("TOTAL", 0, skor.total, sum(k.bobot for k in instrumen.komponen), gaya)  # type: ignore[arg-type] # a sum of fractions
    for komponen in instrumen.komponen:
        yield _baris(komponen.nama.upper(), 1, getattr(skor, komponen.id), komponen.bobot, gaya)
        for aspek in komponen.aspek:
            yield _baris(aspek.nama, 2, getattr(skor, aspek.id), aspek.bobot, gaya)
            for bagian in aspek.bagian:
                if bagian.nomor is not None:
                    area = skor.area[bagian.nomor]
                    yield _baris(f"{bagian.nomor}. {instrumen.area[bagian.nomor]}", 3, getattr(area, aspek.id), bagian.bobot, gaya)
                for satu in bagian.indikator:
                    yield _baris(satu.nama, 4, skor.indikator[satu.id].nilai, satu.bobot, gaya)
        yield "\n"
    yield "Area perubahan, pemenuhan dan reform bersama:\n"
    for nomor, area in skor.area.items():
        yield _baris(f"{nomor}. {instrumen.area[nomor]}", 1, area.nilai, instrumen.bobot_area[nomor], gaya)


def _baris(nama: str, dalam: int, nilai: Fraction, bobot: Fraction, gaya: Gaya) -> str:
    """Return one line: the name, a bar, points of weight, percent."""
    lebar = _NAMA - dalam
    teks = gaya.teks(nama)
    teks = teks if len(teks) <= lebar else teks[: lebar - 1] + ("…" if gaya.unicode else ".")
    isi = int(nilai / bobot * _BATANG)
    penuh, kosong = ("█", "░") if gaya.unicode else ("#", ".")
    batang = penuh * isi + kosong * (_BATANG - isi)
    angka_ = f"{desimal(bulatkan(nilai)):>6} / {desimal(bulatkan(bobot)):>6}"
    return f"{' ' * dalam}{teks:<{lebar}} {batang} {angka_} {desimal(bulatkan(nilai / bobot * 100)):>6} %\n"
