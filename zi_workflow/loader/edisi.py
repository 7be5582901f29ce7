"""The kind of record that holds editions of the instrument: it must have the fields that the engine reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zi_workflow.domain.definition import Isian, JenisBukti
from zi_workflow.domain.edition_record import PORTAL
from zi_workflow.domain.instrument import SUSUNAN
from zi_workflow.loader.simpul import Simpul

EDISI = "edisi"
_KOLOM = {nama: "teks" for isinya in PORTAL.values() for nama in isinya}
_SOAL = {"id": "teks", "skala": "teks", "uraian": "teks", "kriteria?": "teks", "pilihan?": [{"huruf": "teks", "uraian": "teks"}]}
_RUMUS = {"jenis": "teks", "uraian": "teks", "peran": [{"nama": "teks", "soal": ["teks"]}], "perlu": ["teks"], "soal": ["teks"]}
# Field -> type; [type]: list; {...}: object; "?" after the name: may be left out.
ISIAN_EDISI: Mapping[str, Any] = {
    EDISI: "teks",
    "tahun": "bulat",
    "judul": "teks",
    "sebutan": {nama: "teks" for komponen, aspek in SUSUNAN.items() for nama in (komponen, *aspek)},
    "area": ["teks"],
    "skala": [{"id": "teks", "jenis": "teks", "tertinggi?": "bulat", "pilihan?": [{"huruf": "teks", "pengali": "desimal"}]}],
    "indikator": [
        {
            "id": "teks",
            "nama": "teks",
            "bobot": "desimal",
            "aspek": "teks",
            "area?": "bulat",
            "soal": [{**_SOAL, "baris?": "bulat"}],
            "rumus?": [_RUMUS],
        }
    ],
    "portal?": {"lembar": "teks", **{p: {"jawaban": "teks", **{f"{k}?": "teks" for k in _KOLOM if k != "jawaban"}} for p in PORTAL}},
}


def periksa_edisi(peta: Mapping[str, Simpul], jenis: JenisBukti) -> None:
    """Refuse a kind of editions that belongs to a unit, is found by anything but its name, or lacks a field."""
    if jenis.lingkup != "instansi":
        peta["periksa"].gagal("'lingkup: instansi' di samping 'periksa: instrumen'", "Tambahkan 'lingkup: instansi'.")
    if jenis.kunci != (EDISI,):
        peta["periksa"].gagal(f"'kunci: [{EDISI}]' di samping 'periksa: instrumen'", f"Tulis 'kunci: [{EDISI}]'.")
    kurang = _kurang(jenis.isian, ISIAN_EDISI)
    if kurang is not None:
        peta["isian"].gagal(f"isian '{kurang}' yang dibaca dari edisi instrumen", f"Perbaiki atau tambahkan '{kurang}'.")


def _kurang(isian: Sequence[Isian], harap: Mapping[str, Any]) -> str | None:
    """Return the path of the first field that is missing, may be empty though it must not, or has another type."""
    ada = {i.nama: i for i in isian}
    for tulisan, tipe in harap.items():
        nama = tulisan.removesuffix("?")
        if nama not in ada or (not ada[nama].wajib and nama == tulisan):
            return nama
        dalam = _salah(ada[nama], tipe)
        if dalam is not None:
            return f"{nama}.{dalam}" if dalam else nama
    return None


def _salah(isian: Isian, tipe: Any) -> str | None:  # noqa: ANN401 - a type, a list of one, or a map of them
    """Return what is wrong with a field's type: the path inside it, the empty text for the field itself, None for nothing."""
    if isinstance(tipe, str):
        return None if isian.tipe == tipe else ""
    if isinstance(tipe, list):
        return _salah(isian.butir, tipe[0]) if isian.butir is not None else ""
    return _kurang(isian.isian, tipe)
