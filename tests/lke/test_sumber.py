"""Against the sources, where they are beside the repository: same ids, scales and weights, other words."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from difflib import SequenceMatcher
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.lke.alat import baris_tabel, instrumen
from zi_workflow.domain.instrument import Indikator


@pytest.fixture(scope="module")
def baris_csv(bersama: Path) -> list[dict[str, str]]:
    """Return the rows of the instrument's list of questions."""
    with (bersama / "lke" / "instrumen-2026.csv").open(encoding="utf-8-sig", newline="") as berkas:
        return list(csv.DictReader(berkas))


@pytest.fixture(scope="module")
def simpul_portal(bersama: Path) -> list[dict[str, Any]]:
    """Return every node of PortalRB's tree, parents first."""
    isi = json.loads((bersama / "portalrb" / "master-soal-lke-zi-2026.json").read_text(encoding="utf-8"), parse_float=Fraction)
    antre, hasil = list(isi["data"]), []
    while antre:
        satu = antre.pop(0)
        hasil.append(satu)
        antre = list(satu.get("children", [])) + antre
    return hasil


def _indikator(soal: str) -> Indikator:
    return next(i for i in instrumen().indikator if any(s.id == soal for s in i.soal))


def test_csv_soal_skala_bobot_sama(baris_csv: list[dict[str, str]]) -> None:
    """Line by line: id, order, scale, aspect, area, weight of the indicator."""
    assert [b["soal_id"] for b in baris_csv] == list(instrumen().soal)
    for baris in baris_csv:
        indikator = _indikator(baris["soal_id"])
        skala = {"0-4": "INDEKS", "JUMLAH": "JUMLAH"}.get(baris["jenis_jawaban"].upper(), baris["jenis_jawaban"])
        assert instrumen().soal[baris["soal_id"]].skala.id == skala
        assert indikator.bobot == Fraction(baris["bobot_indikator"])
        assert indikator.area == (int(baris["area"][0]) if baris["area"] else None)
        assert {"I. PEMENUHAN": "pemenuhan", "II. REFORM": "reform", "I. BIRO": "bersih", "II. PEL": "prima"}[
            _awal(baris["aspek"])
        ] == indikator.aspek


def _awal(aspek: str) -> str:
    return aspek if aspek in ("I. PEMENUHAN", "II. REFORM") else aspek[:7]


def test_csv_indikator_sama(baris_csv: list[dict[str, str]]) -> None:
    """The same questions belong together."""
    per: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for baris in baris_csv:
        tunggal = baris["soal_id"] if not baris["indikator"] else ""
        per[baris["aspek"], baris["area"], baris["indikator"], tunggal].append(baris["soal_id"])
    assert list(per.values()) == [[s.id for s in i.soal] for i in instrumen().indikator]


def test_csv_bagian_bobot_tiap_soal(baris_csv: list[dict[str, str]]) -> None:
    """The share of each scored question, as the list prints it to four decimals."""
    for baris in baris_csv:
        if baris["bobot_efektif_per_soal"] != "(input)":
            indikator = _indikator(baris["soal_id"])
            assert abs(indikator.bobot / len(indikator.butir) - Fraction(baris["bobot_efektif_per_soal"])) <= Fraction(1, 20000)


def test_portal_bobot_dan_pengali_sama(simpul_portal: list[dict[str, Any]]) -> None:
    """PortalRB's tree has the same weights on every level and the same multipliers."""
    bobot = {s["level"] + s["nama"]: Fraction(s["bobot_maksimal"]) for s in simpul_portal if s["level"] in ("komponen", "sub_komponen")}
    assert sorted(bobot.values()) == sorted(
        [*(k.bobot for k in instrumen().komponen), *(a.bobot for k in instrumen().komponen for a in k.aspek)]
    )
    area = [Fraction(s["bobot_maksimal"]) for s in simpul_portal if s["level"] == "area_perubahan"]
    assert area == [b.bobot for k in instrumen().komponen for a in k.aspek for b in a.bagian if b.nomor]
    soal = {str(s["id"]): s for simpul in simpul_portal for s in simpul.get("soals", [])}
    assert len(soal) == 127
    for id_, satu in soal.items():
        pengali = {p["key"]: Fraction(p["multiplier"]) for p in satu["skema_penilaian"]}
        assert pengali == instrumen().soal[id_].skala.nilai


def test_tabel_uji_sama_dengan_berkas() -> None:
    """The second scorer's table groups the items exactly as the file does."""
    assert [len(butir) for *_, butir in baris_tabel()] == [len(i.butir) for i in instrumen().indikator]


def test_uraian_ditulis_sendiri(baris_csv: list[dict[str, str]], bersama: Path) -> None:
    """No label is a question's text, and none is lifted from the regulation."""
    perwali = (bersama / "regulasi" / "perwali-binjai-3-2024.txt").read_text(encoding="utf-8").lower()
    for baris in baris_csv:
        sendiri, sumber = instrumen().soal[baris["soal_id"]].uraian.lower(), baris["pertanyaan"].lower()
        assert SequenceMatcher(None, sendiri, sumber, autojunk=False).ratio() < 0.75, (baris["soal_id"], sendiri)
        assert sendiri not in perwali
