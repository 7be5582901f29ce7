"""The shipped duties (tenggat.yaml): what they are, that they agree with the requirements, and what of the file may be left out."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from datetime import time
from pathlib import Path

import pytest

from tests.alat.aturan import ubahan
from tests.alat.dunia import definisi
from tests.loader.alat import NAMA_RUSAK, PEMUAT, asli, jejak, muat_teks, penolakan_rusak
from zi_workflow.domain.definition import AturanPengingat, Definisi, Kewajiban, Syarat
from zi_workflow.domain.duties import JENIS_TENGGAT, BatasTahunan, Berkala, TidakSebelum
from zi_workflow.domain.guards.waktu import Batas, Lama
from zi_workflow.loader.definisi import BERKAS

WAJIB_TENGGAT = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11")


PENOLAK = {"gagal", "pilihan", "nama_daftar", "nama", "salah_satu", "isian", "_isian_wajib", "_penanda", "_bukti_unit", "_langkah_usulan"}
"""Calls in the reader that may refuse something of their own."""


def _kewajiban(nama: str) -> Kewajiban:
    (satu,) = [k for k in definisi().kewajiban if k.id == nama]
    return satu


def _syarat(nama: str) -> Syarat:
    (satu,) = [s for s in definisi().syarat if s.id == nama]
    return satu


# --- what ships -------------------------------------------------------------------------------------------------------


def test_kewajiban_yang_dikirim() -> None:
    """All duties of a unit are there, in their order, and no kind of duty is kept for show."""
    assert tuple(k.id for k in definisi().kewajiban) == WAJIB_TENGGAT
    assert {type(k.jenis) for k in definisi().kewajiban} == set(JENIS_TENGGAT.values())


@pytest.mark.parametrize(
    ("nama", "ambang", "dasar"),
    [
        ("T1", "<= 31 Mei", "Perwali Binjai 3/2024 Pasal 14 ayat (3)"),
        ("T2", ">= 1 tahun", "Perwali Binjai 3/2024 Pasal 12 ayat (2) huruf e"),
        ("T3", "setiap 2 tahun", "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf c"),
        ("T4", "setiap 2 tahun", "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf d"),
        ("T5", "setiap 3 bulan", "Perwali Binjai 3/2024 Pasal 9 ayat (4)"),
        ("T6", "setiap 12 bulan", "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf b"),
        ("T7", "", "Perwali Binjai 3/2024 Pasal 8 ayat (6)"),
        ("T8", "dalam 60 hari", "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf e"),
        ("T9", ">= 2 tahun", "PermenPANRB 90/2021 Lampiran II Bab IV huruf C"),
        ("T10", "setiap 12 bulan", "Perwali Binjai 3/2024 Pasal 10 ayat (5) huruf d"),
        ("T11", "setiap 6 bulan", "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf a"),
    ],
)
def test_nilai_dan_dasarnya(nama: str, ambang: str, dasar: str) -> None:
    """Each duty has its value from the regulation's first day on, without a gap, and cites where it stands."""
    berlaku = _kewajiban(nama).berlaku
    assert [m.teks for m in berlaku] == [ambang] * len(berlaku)
    assert {m.dasar[0] for m in berlaku} == {dasar}
    assert (berlaku[0].sejak, berlaku[-1].sampai) == (definisi().sejak, None)


def test_batas_sama_dengan_syarat_pengusulan() -> None:
    """T1 is R22's date, period by period, with the same announcement and the same citations: reminder and refusal never differ."""
    t1, r22 = _kewajiban("T1"), _syarat("R22")
    assert isinstance(t1.jenis, BatasTahunan)
    assert isinstance(r22.jenis, Batas)
    assert [(m.sejak, m.sampai, m.ambang, m.dasar) for m in t1.berlaku] == [(m.sejak, m.sampai, m.ambang, m.dasar) for m in r22.berlaku]
    assert (t1.jenis.pengumuman, t1.jenis.dasar_pengumuman) == (r22.jenis.pengumuman, r22.jenis.dasar_pengumuman)
    assert (t1.jenis.langkah,) == r22.langkah
    assert t1.tahap == tuple(t for t in definisi().tahap if {"sasaran", "bangun"} == set(definisi().tahap[t].punya))
    assert set(t1.jenis.menunggu) == {k.id for k in definisi().kewajiban if isinstance(k.jenis, TidakSebelum)}


@pytest.mark.parametrize(("nama", "syarat"), [("T2", "R18.setahun"), ("T2", "R19.setahun"), ("T9", "R28")])
def test_paling_cepat_sama_dengan_syaratnya(nama: str, syarat: str) -> None:
    """T2 and T9 wait as long as the requirements that guard the proposal, since the same marker."""
    tenggat, penjaga = _kewajiban(nama), _syarat(syarat)
    assert isinstance(tenggat.jenis, TidakSebelum)
    assert isinstance(penjaga.jenis, Lama)
    assert tenggat.jenis.sejak == penjaga.jenis.sejak
    for masa in penjaga.berlaku:
        assert {m.ambang for m in tenggat.berlaku if m.mencakup(masa.sejak)} == {masa.ambang}
    assert {t for m in penjaga.berlaku for t in m.tafsir} == {t for m in tenggat.berlaku for t in m.tafsir}


def test_laporan_wbbm_tidak_mengenal_usulan() -> None:
    """T3 is discharged by a proposal too, T4 by reports alone; but for that they are the same duty."""
    t3, t4 = _kewajiban("T3").jenis, _kewajiban("T4").jenis
    assert isinstance(t3, Berkala)
    assert isinstance(t4, Berkala)
    assert (t3.usulan, t3.langkah, t4.usulan, t4.langkah) == ("WBBM", "usulkan", None, None)
    sama = [f.name for f in fields(Berkala) if f.name not in ("usulan", "langkah")]
    assert [getattr(t3, n) for n in sama] == [getattr(t4, n) for n in sama]


def test_aturan_pengingat() -> None:
    """Days before, every thirty days after, at seven, on working days; the sekda when overdue, the admin where nobody else is."""
    assert definisi().pengingat == AturanPengingat(
        (90, 60, 30, 14, 7, 1, 0), 30, ("sekda",), ("admin",), time(7), time(7), time(18), hari_kerja=True
    )


# --- what may be left out ---------------------------------------------------------------------------------------------


def test_tanpa_berkas_tenggat() -> None:
    """A definition may know no duties at all; then nothing in it may be carried by one, and reminders are as by default."""
    berkas = {n: asli(n) for n in BERKAS if n != "tenggat.yaml"}
    berkas["cakupan.yaml"] = re.sub(r"\bT[0-9]+\b", "M1", re.sub(r", T[0-9]+\b|\bT[0-9]+, ", "", berkas["cakupan.yaml"]))
    hasil = muat_teks(berkas)
    assert isinstance(hasil, Definisi)
    assert (hasil.kewajiban, hasil.pengingat) == ((), AturanPengingat())


def test_eskalasi_dan_cadangan_boleh_kosong(tmp_path: Path) -> None:
    """Nobody above and nobody instead: both may be left out, or empty."""
    eskalasi = "  eskalasi: [sekda]                    # turut diberi tahu bila terlambat\n"
    cadangan = "  cadangan: [admin]                    # diberi tahu bila tidak seorang pun memegang peran di 'kepada'\n"
    hilang = ubahan(tmp_path / "hilang", "tenggat.yaml", (eskalasi, ""), (cadangan, ""))
    kosong = ubahan(tmp_path / "kosong", "tenggat.yaml", ("eskalasi: [sekda]", "eskalasi: []"), ("cadangan: [admin]", "cadangan: []"))
    for aturan in (hilang, kosong):
        assert (aturan.pengingat.eskalasi, aturan.pengingat.cadangan) == ((), ())


def test_hanya_hari_jatuh_tempo(tmp_path: Path) -> None:
    """The day itself is the least that must be reminded of; a year before is the most."""
    assert ubahan(tmp_path / "a", "tenggat.yaml", ("[90, 60, 30, 14, 7, 1, 0]", "[0]")).pengingat.sebelum == (0,)
    assert ubahan(tmp_path / "b", "tenggat.yaml", ("[90, 60,", "[366, 60,")).pengingat.sebelum[:2] == (366, 60)
    assert ubahan(tmp_path / "c", "tenggat.yaml", ('sapu: "07:00"', 'sapu: "23:59"')).pengingat.sapu == time(23, 59)


def test_setiap_penolakan_berkas_tenggat_punya_berkas_rusak() -> None:
    """Every place in the reader of this file that refuses is reached by one of its own broken files."""
    milik = [n for n in NAMA_RUSAK if n.startswith("tenggat/")]
    lewat = {baris for n in milik for nama, baris in jejak(penolakan_rusak(n)) if nama == "tenggat.py"}
    panggilan = [s for s in ast.walk(ast.parse((PEMUAT / "tenggat.py").read_bytes())) if isinstance(s, ast.Call)]
    situs = [s.lineno for s in panggilan if (s.func.attr if isinstance(s.func, ast.Attribute) else getattr(s.func, "id", "")) in PENOLAK]
    assert len(situs) >= 35
    assert [n for n in situs if n not in lewat] == []
