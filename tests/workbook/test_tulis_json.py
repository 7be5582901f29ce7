"""The answers as PortalRB fetches them: the form of its API guide, section 3.3."""

from __future__ import annotations

import json

from tests.workbook.alat_tulis import JAHAT, campuran, lke
from zi_workflow.workbook.api_json import tulis_json
from zi_workflow.workbook.content import Penilaian

KUNCI = ["soal_id", "jawaban_unit", "jawaban_tpi", "catatan_unit", "bukti_dukung_unit", "catatan_tpi"]


def _tulis(**penilaian: Penilaian) -> bytes:
    return tulis_json("DISPORA", "Dinas Pemuda dan Olahraga", 2026, lke()[0], penilaian)


def test_bentuk_panduan() -> None:
    """The document has exactly the fields of the guide; soal_id is a number, every answer text or null, every question is there once."""
    dokumen = json.loads(
        _tulis(unit=Penilaian(campuran(), {"1": "satu"}, {"1": "map 1"}), tpi=Penilaian({"1": "Ya", "88": 6}, {"2": "dua"}))
    )
    assert list(dokumen) == ["unit_id", "nama_unit", "tahun", "answers"]
    assert (dokumen["unit_id"], dokumen["nama_unit"], dokumen["tahun"]) == ("DISPORA", "Dinas Pemuda dan Olahraga", 2026)
    assert [j["soal_id"] for j in dokumen["answers"]] == [int(s) for s in lke()[0].soal]
    assert all(list(j) == KUNCI for j in dokumen["answers"])
    jawaban = {str(j["soal_id"]): j for j in dokumen["answers"]}
    assert {s: j["jawaban_unit"] for s, j in jawaban.items() if j["jawaban_unit"] is not None} == {s: str(j) for s, j in campuran().items()}
    assert list(jawaban["1"].values()) == [1, "Tidak", "Ya", "satu", "map 1", None]
    assert list(jawaban["2"].values()) == [2, "B", None, None, None, "dua"]
    assert jawaban["88"]["jawaban_tpi"] == "6"
    assert jawaban["125"]["jawaban_unit"] == "3.60"


def test_satu_penilai_saja() -> None:
    """Where one assessor has nothing on file, everything of theirs is null."""
    dokumen = json.loads(_tulis(tpi=Penilaian(campuran(), {"1": "x"}, {"1": "y"})))
    assert {j[k] for j in dokumen["answers"] for k in ("jawaban_unit", "catatan_unit", "bukti_dukung_unit")} == {None}
    assert dokumen["answers"][0]["catatan_tpi"] == "x"


def test_teks_utuh_dan_sama_setiap_kali() -> None:
    """Any text comes back letter by letter, in UTF-8 that people can read; the same answers give the same bytes."""
    catatan = dict(zip(lke()[0].soal, [*JAHAT, "é"], strict=False))
    berkas = _tulis(unit=Penilaian(catatan=catatan))
    ada = {str(j["soal_id"]): j["catatan_unit"] for j in json.loads(berkas)["answers"] if j["catatan_unit"]}
    assert ada == catatan
    assert "é".encode() in berkas
    assert berkas == _tulis(unit=Penilaian(catatan=catatan))
