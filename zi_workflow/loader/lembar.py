"""Reading ``lembar.yaml``: where the questions of the LKE lie in the workbooks of the ministry and of PortalRB."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from zi_workflow.domain.instrument import Instrumen, Rumus
from zi_workflow.domain.layout import KOLOM, PERSEN, RINGKASAN, BarisRumus, Kelompok, Lembaran, LembarPortal, TataLetak
from zi_workflow.loader.simpul import Simpul

_HURUF = re.compile(r"[A-Z]{1,2}")
_BARIS = re.compile(r"[1-9][0-9]{0,4}")
_PENILAI = ("unit", "tpi")
_ISI = ("jawaban", "catatan", "bukti_dukung")


def baca_lembaran(simpul: Simpul, instrumen: Instrumen) -> Lembaran:
    """Read both layouts; each has a row for exactly what the instrument has. Raises DefinisiSalah."""
    peta = simpul.peta(("kementerian", "portal"))
    return Lembaran(_kementerian(peta["kementerian"], instrumen), _portal(peta["portal"], instrumen))


def _kementerian(simpul: Simpul, instrumen: Instrumen) -> TataLetak:
    peta = simpul.peta(("lembar", "kolom", "tulisan", "soal", "rumus", "indikator", "kelompok", "bagian", "aspek", "komponen", "ringkasan"))
    aspek = [a for k in instrumen.komponen for a in k.aspek]
    rumus = [k for k, b in instrumen.butir.items() if isinstance(b, Rumus)]
    bagian = [f"{a.id}.{b.nomor}" for a in aspek for b in a.bagian if b.nomor is not None]
    return TataLetak(
        lembar=peta["lembar"].teks(31),
        kolom={k: s.nama(_HURUF, "huruf kolom, misalnya K") for k, s in peta["kolom"].peta(KOLOM).items()},
        tulisan={k: s.teks(40) for k, s in peta["tulisan"].peta([*instrumen.skala, PERSEN]).items()},
        soal=_baris(peta["soal"], instrumen.soal),
        rumus={k: _rumus(s, instrumen) for k, s in peta["rumus"].peta(rumus).items()},
        indikator=_baris(peta["indikator"], [i.id for i in instrumen.indikator]),
        kelompok=tuple(_kelompok(s, [i.id for i in instrumen.indikator]) for s in peta["kelompok"].daftar()),
        bagian=_baris(peta["bagian"], bagian),
        aspek=_baris(peta["aspek"], [a.id for a in aspek]),
        komponen=_baris(peta["komponen"], [k.id for k in instrumen.komponen]),
        ringkasan=_baris(peta["ringkasan"], RINGKASAN),
    )


def _portal(simpul: Simpul, instrumen: Instrumen) -> LembarPortal:
    peta = simpul.peta(("lembar", "kolom", "soal"))
    kolom: dict[str, Mapping[str, str]] = {}
    for penilai, s in peta["kolom"].peta(_PENILAI).items():
        isi = s.peta(("jawaban",), [i for i in _ISI if i != "jawaban"])
        kolom[penilai] = {nama: k.nama(_HURUF, "huruf kolom, misalnya K") for nama, k in isi.items()}
    return LembarPortal(peta["lembar"].teks(31), kolom, _baris(peta["soal"], instrumen.soal))


def _baris(simpul: Simpul, wajib: Collection[str]) -> dict[str, int]:
    """Read rows by name; every name has one, and no two share it."""
    hasil: dict[str, int] = {}
    for nama, s in simpul.peta(wajib).items():
        baris = _satu_baris(s)
        if baris in hasil.values():
            s.gagal(f"baris yang belum dipakai; {baris} sudah", "Beri setiap nama barisnya sendiri.")
        hasil[nama] = baris
    return hasil


def _satu_baris(simpul: Simpul) -> int:
    return int(simpul.nama(_BARIS, "nomor baris, misalnya 57"))


def _rumus(simpul: Simpul, instrumen: Instrumen) -> BarisRumus:
    peta = simpul.peta(("baris", "perlu"), ("jumlah", "diketik"))
    return BarisRumus(
        _satu_baris(peta["baris"]),
        peta["perlu"].nama_daftar(instrumen.rumus, "soal berskala jumlah", wajib=True),
        _satu_baris(peta["jumlah"]) if "jumlah" in peta else None,
        peta["diketik"].ya_tidak() if "diketik" in peta else False,
    )


def _kelompok(simpul: Simpul, indikator: Collection[str]) -> Kelompok:
    peta = simpul.peta(("id", "baris", "anggota", "dihitung", "rumus"))
    anggota = peta["anggota"].nama_daftar(indikator, "indikator", wajib=True)
    dihitung = tuple(s.pilihan(anggota, "anggota kelompok ini") for s in peta["dihitung"].daftar())
    return Kelompok(peta["id"].teks(40), _satu_baris(peta["baris"]), anggota, dihitung, peta["rumus"].teks(200))
