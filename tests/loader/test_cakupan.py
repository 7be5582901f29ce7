"""Coverage of the regulation: every ayat of Pasal 5–17 and every lampiran is carried by something, or says why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.alat.dunia import definisi

# Pasal -> how many ayat (0: none), and the huruf of those ayat that are lists.
AYAT: Mapping[int, tuple[int, Mapping[int, str]]] = {
    5: (0, {0: "abcd"}),
    6: (6, {}),
    7: (2, {2: "abc"}),
    8: (6, {}),
    9: (5, {3: "abc"}),
    10: (6, {5: "abcd", 6: "ab"}),
    11: (4, {}),
    12: (3, {2: "abcdef", 3: "abcde"}),
    13: (2, {1: "abcd", 2: "abcd"}),
    14: (3, {2: "ab"}),
    15: (4, {}),
    16: (2, {2: "abcde"}),
    17: (2, {}),
}
LAMPIRAN = {"Lampiran I huruf A", "Lampiran I huruf B", "Lampiran II", "Lampiran III huruf A", "Lampiran III huruf B"}


def _tempat(ayat: Mapping[int, tuple[int, Mapping[int, str]]]) -> set[tuple[str, str]]:
    """Return (ayat, huruf) of everything there is; huruf is empty where an ayat is no list."""
    hasil: set[tuple[str, str]] = set()
    for pasal, (jumlah, huruf) in ayat.items():
        for n in range(1, jumlah + 1) if jumlah else [0]:
            nama = f"Pasal {pasal} ayat ({n})" if n else f"Pasal {pasal}"
            hasil |= {(nama, h) for h in huruf.get(n, "")} or {(nama, "")}
    return hasil


def _tercakup() -> set[tuple[str, str]]:
    pecah = (re.fullmatch(r"(Pasal \d+(?: ayat \(\d+\))?)(?: huruf ([a-z]))?", c.pasal) for c in definisi().cakupan)
    return {(p[1], p[2] or "") for p in pecah if p}


@pytest.mark.parametrize(("ayat", "huruf"), sorted(_tempat(AYAT)))
def test_setiap_ayat_tercakup(ayat: str, huruf: str) -> None:
    """An ayat stands in the coverage itself or with every one of its huruf."""
    assert {(ayat, ""), (ayat, huruf)} & _tercakup()


def test_tidak_ada_ayat_karangan() -> None:
    """The coverage names nothing that the regulation does not have, and breaks down an ayat wholly or not at all."""
    ada = _tempat(AYAT)
    assert {(a, h) for a, h in _tercakup() if h} <= ada
    assert {a for a, _ in _tercakup()} == {a for a, _ in ada}
    for ayat in {a for a, h in _tercakup() if h}:
        assert {h for a, h in _tercakup() if a == ayat} == {h for a, h in ada if a == ayat}, ayat


def test_setiap_lampiran_tercakup() -> None:
    """The forms and the table are there."""
    assert {c.pasal for c in definisi().cakupan if c.pasal.startswith("Lampiran")} == LAMPIRAN


def test_urutan_hukum() -> None:
    """The coverage follows the law's order, so that it can be read beside it."""
    urut = [tuple(int(n) for n in re.findall(r"\d+", c.pasal)) for c in definisi().cakupan if c.pasal.startswith("Pasal")]
    assert urut == sorted(urut)


def test_setiap_baris_berisi() -> None:
    """Each line names what carries the ayat, or says in words why nothing does, and what the ayat is about."""
    for c in definisi().cakupan:
        assert c.isi.strip()
        assert c.oleh or len(c.keterangan) > 20, c.pasal


def test_syarat_yang_memikul_mengutip_pasalnya() -> None:
    """What is said to carry a huruf of Pasal 12 or 13 (the criteria and gates) itself cites that place."""
    kutipan = {s.id: {d for m in s.berlaku for d in m.dasar} for s in definisi().syarat}
    for c in definisi().cakupan:
        if re.match(r"Pasal 1[23] ayat \(\d\) huruf", c.pasal):
            pemikul = [i for i in c.oleh if re.match(r"R(18|19|20|21)\.", i)]
            assert pemikul, c.pasal
            assert all(any(d.endswith(f"3/2024 {c.pasal}") for d in kutipan[i]) for i in pemikul), c.pasal


def test_setiap_syarat_kota_memikul_ayat() -> None:
    """No requirement of the city stands outside the coverage, but those on dates, actors and register moves."""
    disebut = {i for c in definisi().cakupan for i in c.oleh}
    luput = {s.id.split(".")[0] for s in definisi().syarat if s.lapisan == "kota" and not {s.id, s.id.split(".")[0]} & disebut}
    assert luput == {"R29", "R30", "R35"}


def test_daftar_ayat_sesuai_naskah(bersama: Path) -> None:
    """The table of this test says what the regulation's own text says, read by its headings."""
    naskah = (bersama / "regulasi" / "perwali-binjai-3-2024.txt").read_text(encoding="utf-8")
    assert _baca_naskah(naskah) == _tempat(AYAT)
    assert _baca_lampiran(naskah) == LAMPIRAN


def _baca_naskah(naskah: str) -> set[tuple[str, str]]:
    """Read Pasal, ayat and huruf from a text that repeats the first word of each page at the foot of the page before."""
    pasal, ayat = 0, ""
    semua: dict[str, set[str]] = {}
    for baris in naskah.splitlines():
        if judul := re.fullmatch(r"Pasal (\d+)", baris.strip()):
            pasal, ayat = int(judul[1]), f"Pasal {judul[1]}"
            if pasal in AYAT:
                semua.setdefault(ayat, set())
        elif pasal in AYAT and (nomor := re.match(r"- \((\d+)\) ", baris)):
            semua.pop(f"Pasal {pasal}", None)
            ayat = f"Pasal {pasal} ayat ({nomor[1]})"
            semua.setdefault(ayat, set())
        elif pasal in AYAT and (huruf := re.match(r"\s*- ([a-z])\. ", baris)):
            semua.setdefault(ayat, set()).add(huruf[1])
    return {(a, h) for a, huruf in semua.items() for h in huruf or {""}}


def _baca_lampiran(naskah: str) -> set[str]:
    lampiran, hasil = "", {}
    for baris in naskah.splitlines():
        if judul := re.fullmatch(r"LAMPIRAN ([IVX]+)", baris.strip()):
            lampiran = f"Lampiran {judul[1]}"
            hasil[lampiran] = set[str]()
        elif lampiran in ("Lampiran I", "Lampiran III") and (huruf := re.match(r"([A-Z])\. [A-Z]", baris)):
            hasil[lampiran].add(f"{lampiran} huruf {huruf[1]}")
    return {h for lamp, huruf in hasil.items() for h in huruf or {lamp}}
