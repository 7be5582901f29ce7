"""``zi regulasi``: the definition checked, what a pasal brings, every ayat carried, the diagram."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import AKAR, definisi
from tests.cli.alat_cli import panggil
from zi_workflow.cli.tampilan import Gaya
from zi_workflow.cli.telusur import cari
from zi_workflow.cli.tempat import di_dalam, urai
from zi_workflow.cli.v_regulasi import layar_bawaan

FOLDER = AKAR / "workflows" / "binjai"


def _json(*argumen: str) -> dict[str, Any]:
    hasil = panggil("regulasi", *argumen, "--json")
    assert hasil.exit_code == 0, hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stdout)
    assert data["skema"] == 1
    return data


def _id(data: dict[str, Any], bagian: str) -> list[str]:
    return [satu["id"] for satu in data[bagian]]


# ------------------------------------------------------------------------------------------------------------- periksa


def test_periksa_bawaan_dan_folder() -> None:
    """The definition that ships is valid; a folder that is named is the one that is checked; the hash identifies it."""
    data = _json("periksa")
    assert (data["sah"], data["id"], data["sidik"]) == (True, "zi", definisi().sidik)
    assert data["jumlah"]["langkah"] == 17
    assert data["jumlah"]["tahap"] == len(definisi().tahap)
    assert data["jumlah"]["tenggat"] == len(definisi().kewajiban) == 11
    assert data["kalender"]["tahun"] == [2024, 2025, 2026, 2027]
    assert data["kalender"]["hari_libur"] == sum(len(x) for x in definisi().kalender.libur.values())
    shutil.copytree(FOLDER, "salinan")
    assert _json("periksa", "salinan")["sidik"] == data["sidik"]
    assert _json("periksa", "--regulasi", "salinan")["folder"] == "salinan"
    layar = panggil("regulasi", "periksa").stdout
    assert data["sidik"] in layar
    assert "11 tenggat" in layar
    assert f"{data['kalender']['hari_libur']} hari, tabelnya sampai akhir 2027" in layar
    assert max(len(b) for b in layar.splitlines()) <= 80


def test_periksa_tanpa_kalender() -> None:
    """A definition without a table of holidays is valid, and says what is known then."""
    shutil.copytree(FOLDER, "salinan")
    (Path("salinan") / "kalender.yaml").unlink()
    assert _json("periksa", "salinan")["kalender"] == {"hari_libur": 0, "tahun": []}
    assert "hanya Sabtu dan Minggu yang dikenal" in " ".join(panggil("regulasi", "periksa", "salinan").stdout.split())


def test_periksa_definisi_buruk() -> None:
    """A broken definition is exit 12 with file and key, on stderr alone."""
    shutil.copytree(FOLDER, "salinan")
    berkas = Path("salinan") / "regulasi.yaml"
    berkas.write_text(berkas.read_text().replace("zona: Asia/Jakarta", "zonaa: Asia/Jakarta"))
    hasil = panggil("regulasi", "periksa", "salinan")
    assert (hasil.exit_code, hasil.stdout) == (12, "")
    assert "regulasi.yaml" in hasil.stderr
    assert "zona" in hasil.stderr
    assert json.loads(panggil("regulasi", "tampil", "13", "--regulasi", "salinan", "--json").stderr)["galat"]["kode"] == 12
    assert panggil("regulasi", "periksa", "tidak-ada").exit_code == 12


# -------------------------------------------------------------------------------------------------------------- tampil


@pytest.mark.parametrize(
    "ejaan", ["Pasal 13 ayat (1) huruf a", "13(1)a", "13 (1) a", "pasal 13 ayat 1 huruf a", "ps. 13/1/a", "PASAL 13(1) HURUF A"]
)
def test_tampil_ejaan(ejaan: str) -> None:
    """However an ayat is spelled, it brings its two gates, the move, and the readings that they rest on."""
    data = _json("tampil", ejaan)
    assert data["dicari"] == "Pasal 13 ayat (1) huruf a"
    assert _id(data, "syarat") == ["R20.total", "R20.pengungkit"]
    assert _id(data, "langkah") == ["M7"]
    assert {"D8", "D10"} <= set(_id(data, "tafsir"))
    assert [c["pasal"] for c in data["cakupan"]] == ["Pasal 13 ayat (1) huruf a"]


def test_tampil_pasal_dan_ayat() -> None:
    """A pasal brings all of its parts, an ayat only its own."""
    seluruh, ayat = _json("tampil", "13"), _json("tampil", "Pasal", "13", "ayat", "(1)")
    assert {s.split(".")[0] for s in _id(seluruh, "syarat")} == {"R20", "R21"}
    assert {s.split(".")[0] for s in _id(ayat, "syarat")} == {"R20"}
    assert len(_id(ayat, "syarat")) == len([s for s in definisi().syarat if s.id.startswith("R20.")])
    (total,) = [s for s in ayat["syarat"] if s["id"] == "R20.total"]
    assert total["berlaku"][0]["ambang"] == ">= 75"
    assert (total["predikat"], total["langkah"], total["akibat"]) == ("WBK", ["usulkan"], "menolak")
    layar = panggil("regulasi", "tampil", "13(1)c").stdout
    assert ">= 18,25" in layar
    assert "19 Februari 2024" in layar


@pytest.mark.parametrize(
    ("teks", "bagian", "ada"),
    [
        ("R20", "syarat", "R20.prima"),
        ("r20.pengungkit", "syarat", "R20.pengungkit"),
        ("R20 pengungkit", "syarat", "R20.pengungkit"),
        ("D2", "tafsir", "D2"),
        ("d2", "syarat", "R18.setahun"),
        ("M7", "langkah", "M7"),
        ("usulkan", "langkah", "M7"),
        ("M7", "syarat", "R22"),
        ("sptjm", "bukti", "sptjm"),
        ("sptjm", "syarat", "R17"),
        ("usulan-tpn", "tahap", "usulan_tpn"),
        ("R25", "pembebasan", "R25"),
        ("R24", "pembebasan", "R25"),
        ("T3", "tenggat", "T3"),
        ("t11", "tenggat", "T11"),
        ("T3", "tafsir", "D17"),
        ("M7", "tenggat", "T1"),
        ("D4", "tenggat", "T5"),
        ("laporan_berkala", "tenggat", "T4"),
        ("pengumuman_tpn", "tenggat", "T1"),
        ("pembangunan", "tenggat", "T7"),
        ("Pasal 14 ayat (3)", "tenggat", "T1"),
        ("Pasal 16", "tenggat", "T6"),
        ("N90 Lampiran II Bab IV", "tenggat", "T9"),
        ("N5 Lampiran II Bab II huruf A", "tenggat", "T1"),
        ("Lampiran III huruf B", "syarat", "R17"),
        ("lamp. 3 b", "bukti", "sptjm"),
        ("N5 Lampiran II Bab II", "syarat", "R24.opini"),
        ("PermenPANRB 90/2021 Lampiran II Bab IV", "syarat", "R28"),
        ("Perwali Binjai 3/2024 Pasal 18", "syarat", "R29"),
    ],
)
def test_tampil_id_dan_tempat(teks: str, bagian: str, ada: str) -> None:
    """Ids in either case, kinds, stages, annexes and other norms lead to what they bring."""
    data = _json("tampil", teks)
    assert ada in _id(data, bagian)


def test_tampil_ayat_hanya_tenggatnya_sendiri() -> None:
    """An ayat brings its own duty, a pasal those of all its parts, and a requirement's id none."""
    assert _id(_json("tampil", "16(2)c"), "tenggat") == ["T3"]
    assert _id(_json("tampil", "Pasal 16"), "tenggat") == ["T3", "T4", "T6", "T8", "T11"]
    assert _id(_json("tampil", "R20"), "tenggat") == []


def test_tampil_tenggat_lengkap() -> None:
    """A duty says its kind by the definition's word, whom it concerns, who is reminded, what to do, and its dated values."""
    (satu,) = _json("tampil", "T3")["tenggat"]
    assert satu["jenis"] == "berkala"
    assert (satu["tahap"], satu["predikat"], satu["sasaran"], satu["kepada"]) == ([], ["WBK"], [], ["kepala_pd", "tpi"])
    assert satu["lanjut"].startswith("zi catat laporan_berkala {unit}")
    assert [(m["sejak"], m["ambang"], m["tafsir"]) for m in satu["berlaku"]] == [("2024-02-19", "setiap 2 tahun", ["D17"])]
    jenis = {k.id: _json("tampil", k.id)["tenggat"][0]["jenis"] for k in definisi().kewajiban}
    lain = {"T1": "batas_tahunan", "T2": "tidak_sebelum", "T7": "butir", "T8": "penyelesaian", "T9": "tidak_sebelum"}
    assert jenis == dict.fromkeys(jenis, "berkala") | lain


def test_tampil_tenggat_di_layar() -> None:
    """People read whom it concerns, what discharges it and who is reminded; of a not-before date that it is no deadline."""
    layar = " ".join(panggil("regulasi", "tampil", "T11").stdout.split())
    assert "Bagi tahap pembangunan, pemantauan, evaluasi_tpi; pemegang WBK; menuju WBBM" in layar
    assert "setiap 6 bulan, sejak 19 Februari 2024" in layar
    assert "Dipenuhi catatan pendampingan" in layar
    assert "Diingatkan tpi" in layar
    paling_cepat = panggil("regulasi", "tampil", "T2").stdout
    assert "bukan batas waktu; tidak diingatkan" in paling_cepat
    assert "Diingatkan" not in paling_cepat


def test_tampil_norma_membatasi() -> None:
    """A norm that is named leaves out what only the city's regulation carries."""
    data = _json("tampil", "N90 Lampiran II Bab IV")
    assert _id(data, "syarat") == ["R28"]
    assert data["cakupan"] == []


@pytest.mark.parametrize(
    ("teks", "lanjut"),
    [
        ("Pasal 13 ayat (7)", 'zi regulasi tampil "Pasal 13 ayat (1) huruf a"'),
        ("R200", 'zi regulasi tampil "R20"'),
        ("T33", 'zi regulasi tampil "T3"'),
        ("Pasal 4", None),
        ("[/x]\x1b[31m", "zi regulasi cakupan"),
        ("13(1)a dan lagi", None),
    ],
)
def test_tampil_tidak_ada(teks: str, lanjut: str | None) -> None:
    """What brings nothing is exit 3 with the nearest that does."""
    hasil = panggil("regulasi", "tampil", teks)
    assert (hasil.exit_code, hasil.stdout) == (3, "")
    baris = hasil.stderr.splitlines()
    assert baris[2].startswith("Lanjut: zi regulasi ")
    assert lanjut is None or baris[2] == f"Lanjut: {lanjut}"
    assert "\x1b" not in hasil.stderr


def test_setiap_nama_dapat_ditampilkan() -> None:
    """Every line of coverage, requirement, move, duty, reading, kind and stage can be asked for and shows at most 80 columns."""
    aturan = definisi()
    nama = [c.pasal for c in aturan.cakupan] + [s.id for s in aturan.syarat] + [x.id for x in aturan.langkah.values()]
    nama += [k.id for k in aturan.kewajiban]
    for satu in dict.fromkeys([*nama, *aturan.tafsir, *aturan.bukti, *aturan.tahap]):
        hasil = cari(aturan, satu)
        assert hasil is not None, satu
        layar = layar_bawaan(hasil, aturan, Gaya())
        assert layar.startswith(f"{satu}\n")
        assert max(len(b) for b in layar.splitlines()) <= 80, satu


def test_cakupan_membawa_yang_memikul() -> None:
    """Whatever carries an ayat is among what that ayat brings."""
    aturan = definisi()
    for c in aturan.cakupan:
        hasil = cari(aturan, c.pasal)
        assert hasil is not None
        ada = {x.id for x in hasil.syarat} | {x.id for x in hasil.langkah} | {x.id for x in hasil.bukti}
        ada |= {x.id for x in hasil.tafsir} | {x.id for x in hasil.tahap} | {x.id for x in hasil.kewajiban}
        assert set(c.oleh) <= ada | {i.split(".")[0] for i in ada}, c.pasal


def test_tempat() -> None:
    """Places are read from the widest part to the narrowest, and what is no place is none."""
    assert urai("12(2)e") == ("pasal 12", "ayat 2", "huruf e")
    assert urai("Pasal 1 angka 6") == ("pasal 1", "angka 6")
    assert urai("Lampiran II Bab II Tabel 5") == ("lampiran ii", "bab ii", "tabel 5")
    assert [urai(x) for x in ("", "ayat 3", "Pasal", "lampiran 99", "13 1 a b", "tiga belas", "Pasal ١٣")] == [None] * 7
    assert di_dalam(("pasal 13", "ayat 1"), ("pasal 13",))
    assert di_dalam(("lampiran ii", "bab iv"), ("lampiran",))
    assert not di_dalam(("pasal 13",), ("pasal 13", "ayat 1"))


# --------------------------------------------------------------------------------------------------- cakupan, diagram


def test_cakupan() -> None:
    """Every line of coverage stands, in order, with what carries it; the table fits."""
    data = _json("cakupan")
    assert [c["pasal"] for c in data["cakupan"]] == [c.pasal for c in definisi().cakupan]
    assert {c["pasal"].split()[1] for c in data["cakupan"] if c["pasal"].startswith("Pasal")} == {str(n) for n in range(5, 18)}
    assert all(c["oleh"] or c["keterangan"] for c in data["cakupan"])
    assert len(panggil("regulasi", "cakupan", "--jsonl").stdout.splitlines()) == data["jumlah"]
    assert max(len(b) for b in panggil("regulasi", "cakupan").stdout.splitlines()) <= 80


def test_diagram() -> None:
    """Mermaid text on stdout, in JSON, or in a file; every move is in it."""
    teks = panggil("regulasi", "diagram").stdout
    assert teks.startswith("stateDiagram-v2\n")
    assert all(f"{x.id} {x.nama}" in teks for x in definisi().langkah.values() if x.ke is not None)
    assert panggil("regulasi", "diagram", "--ke", "-").stdout == teks
    assert _json("diagram")["diagram"] == teks
    assert panggil("regulasi", "diagram", "--ke", "tahap.mmd").stdout == "Diagram ditulis ke tahap.mmd.\n"
    assert Path("tahap.mmd").read_text() == teks
    assert panggil("regulasi", "diagram", "--ke", "tidak/ada.mmd").exit_code == 2
