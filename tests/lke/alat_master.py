"""Masters in PortalRB's form, in our own words: a small one, and one that asks what the shipped instrument asks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.lke.alat import instrumen
from zi_workflow.domain.instrument import INDEKS, JUMLAH, Instrumen, Skala, Soal

Peta = dict[str, Any]
AREA = ("PERUBAHAN", "TATA LAKSANA", "PEGAWAI", "AKUNTABEL", "AWAS", "LAYANAN")
KOLOM = {
    "excel_sheet": "Jawaban",
    "excel_kolom_jawaban_unit": "K",
    "excel_kolom_jawaban_tpi": "N",
    "excel_kolom_catatan_unit": "L",
    "excel_kolom_bukti_dukung_unit": "M",
    "excel_kolom_catatan_tpi": "Q",
}


def angka(bobot: Fraction) -> Decimal:
    """Return a weight as JSON's numbers are read."""
    return Decimal(bobot.numerator) / Decimal(bobot.denominator)


def cabang(nama: str, bobot: int | str | Decimal, anak: list[Peta] | None = None, soal: list[Peta] | None = None) -> Peta:
    """Return a node of the tree."""
    return {"id": 1, "nama": nama, "level": "apa pun", "bobot_maksimal": Decimal(bobot), "children": anak or [], "soals": soal or []}


def tanya(id_: int, skala: Skala, bobot: int | str | Decimal = 0, uraian: str | None = None) -> Peta:
    """Return a question on a scale of the shipped instrument."""
    jenis = f"0-{skala.tertinggi}" if skala.jenis == INDEKS else "Jumlah" if skala.jenis == JUMLAH else skala.id
    return {
        "id": id_,
        "teks_pertanyaan": uraian or f"Pertanyaan karangan nomor {id_}",
        "kriteria_nilai": f"Kriteria karangan {id_}\r\nbaris kedua",
        "jenis_jawaban": jenis,
        "bobot_maksimal": Decimal(bobot),
        "skema_penilaian": [{"key": h, "label": f"Arti {h} soal {id_}", "multiplier": angka(n)} for h, n in skala.nilai.items()],
        "excel_baris": id_ + 5,
        **KOLOM,
    }


def kecil() -> Peta:
    """Return a master with one question in each area, LHKPN and LHKASN as in the shipped instrument, and the three of hasil."""
    skala = instrumen().skala
    dua = [
        cabang(f"{h}. Laporan {nama}", 2, soal=[tanya(n, skala["JUMLAH"]) for n in ids])
        for h, nama, ids in (("a", "pertama", range(113, 117)), ("b", "kedua", range(117, 121)))
    ]
    area = {
        aspek: [_area(n, dasar + n, dua if dasar and n == 5 else []) for n in range(1, 7)]
        for aspek, dasar in (("PEMENUHAN", 0), ("REFORM", 10))
    }
    hasil = [
        cabang("I. BIROKRASI BERSIH", "22.5", soal=[tanya(125, skala["INDEKS"], "17.5"), tanya(126, skala["ABCDE"], 5)]),
        cabang("II. LAYANAN PRIMA", "17.5", soal=[tanya(127, skala["INDEKS"], "17.5")]),
    ]
    pengungkit = [cabang(f"{'I' * (i + 1)}. {nama}", 30, isi) for i, (nama, isi) in enumerate(area.items())]
    return {
        "tahun": 2027,
        "total_soal": 23,
        "generated_at": "2027-03-04T10:00:00+07:00",
        "data": [cabang("A. PENGUNGKIT", 60, pengungkit), cabang("B. HASIL", 40, hasil)],
    }


def _area(nomor: int, soal: int, dua: list[Peta]) -> Peta:
    anak = [cabang(f"i. Indikator {soal}", 1 if dua else 5, soal=[tanya(soal, instrumen().skala["ABC"])])]
    if dua:
        anak.append(cabang("iii. Laporan harta", 4, dua))
    return cabang(f"{nomor}. {AREA[nomor - 1]}", 5, anak)


def penuh(asal: Instrumen) -> Peta:
    """Return a master that asks what ``asal`` asks, in its words."""
    hasil = [_komponen(asal, k.id) for k in asal.komponen]
    return {"tahun": 2026, "total_soal": len(asal.soal), "generated_at": "2026-01-02", "data": hasil}


def _komponen(asal: Instrumen, id_: str) -> Peta:
    (komponen,) = [k for k in asal.komponen if k.id == id_]
    aspek = []
    for satu in komponen.aspek:
        if id_ == "hasil":
            soal = [_soal(s, angka(i.bobot)) for b in satu.bagian for i in b.indikator for s in i.soal]
            aspek.append(cabang(f"I. {satu.id.upper()}", angka(satu.bobot), soal=soal))
            continue
        area = [cabang(f"{b.nomor}. {asal.area[b.nomor or 0]}", angka(b.bobot), _indikator(b.indikator)) for b in satu.bagian]
        aspek.append(cabang(f"I. {satu.id.upper()}", angka(satu.bobot), area))
    return cabang(f"A. {id_.upper()}", angka(komponen.bobot), aspek)


def _indikator(indikator: Any) -> list[Peta]:  # noqa: ANN401 - a tuple of Indikator
    """Return the indicators of an area; those named iii.a and iii.b stand under one branch iii."""
    hasil: dict[str, Peta] = {}
    for satu in indikator:
        urut, _, huruf = satu.id.split(".", 2)[2].partition(".")
        daun = cabang(f"{huruf or urut}. {satu.nama}", angka(satu.bobot), soal=[_soal(s) for s in satu.soal])
        if not huruf:
            hasil[urut] = daun
            continue
        atas = hasil.setdefault(urut, cabang(f"{urut}. Kelompok", 0))
        atas["children"].append(daun)
        atas["bobot_maksimal"] += angka(satu.bobot)
    return list(hasil.values())


def _soal(soal: Soal, bobot: Decimal = Decimal(0)) -> Peta:
    return tanya(int(soal.id), soal.skala, bobot, soal.uraian)


def cari(master: Peta, nama: str) -> Peta:
    """Return the first node whose name contains ``nama``."""
    antre: list[Peta] = list(master["data"])
    while antre:
        satu = antre.pop(0)
        if nama in satu["nama"]:
            return satu
        antre = [*satu["children"], *antre]
    raise AssertionError(nama)


def cari_soal(master: Peta, id_: int) -> Peta:
    """Return the question with that soal_id."""
    antre: list[Peta] = list(master["data"])
    while antre:
        satu = antre.pop(0)
        for soal in satu["soals"]:
            if soal["id"] == id_:
                ada: Peta = soal
                return ada
        antre += satu["children"]
    raise AssertionError(id_)
