"""Calendar files with hostile names: what was written is what is read, and a name never becomes anything but a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feed.alat_kalender import acara, buka, urai, vobjek
from zi_workflow.feed import susun

SUSUPAN = "X\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:palsu@contoh\r\nSUMMARY:Palsu\r\n"
PECAHAN = [
    SUSUPAN,
    SUSUPAN.replace("\r\n", "\n"),
    SUSUPAN.replace("\r\n", "\r"),
    "\x85BEGIN:VEVENT\x85",
    "\u2028BEGIN:VALARM\u2029",
    "\x0bBEGIN:VEVENT\x0c\x1c\x1d\x1e",
    "C:\\Nama\\n\\N\\,\\;\\\\",
    "\\",
    "\r",
    "\n",
    "\n ",
    "\r\n\t",
    "\t",
    " " * 80,
    ",;:=\"'^",
    ';VALUE=DATE:20000101"',
    "\u202eterbalik\u202c\u2066\u2069\u200f",
    "\ufeff\ufeffA\ufeff\u200b\u00ad",
    "\x00\ufeff",
    "👩‍👩‍👧‍👦🇮🇩",
    "\x00\x07\x1b[31m\x7f\x9b",
    "\ud800",
    "\ufffe\U0010ffff",
    "é" * 80,
    "a" * 73 + "\\",
    "%0D%0A%2C",
    "=\r\n=0D=0A;ENCODING=QUOTED-PRINTABLE:",
]
JAHAT = st.lists(st.sampled_from(PECAHAN) | st.text(max_size=90), max_size=6).map("".join)


def terbaca(teks: str) -> str:
    """Return what a reader should find: line breaks of every kind as one, no other control character, lone surrogate or byte order mark."""
    for putus in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        teks = teks.replace(putus, "\n")
    teks = "".join(huruf for huruf in teks if huruf in "\n\t" or unicodedata.category(huruf) not in {"Cc", "Cs"})
    while teks.startswith("\ufeff"):
        teks = teks[1:]
    return teks


def _pulang_pergi(nama: str, ringkas: str, uraian: str, kategori: tuple[str, ...]) -> None:
    isi = susun(nama, nama, [acara(ringkas=ringkas, uraian=uraian, kategori=kategori, alarm=(1,))])
    ketat = urai(isi)
    (satu,) = ketat.anak
    assert (ketat.teks("NAME"), ketat.teks("X-WR-TIMEZONE")) == (terbaca(nama), terbaca(nama))
    assert (satu.teks("SUMMARY"), satu.teks("DESCRIPTION")) == (terbaca(ringkas), terbaca(uraian))
    if kategori:
        assert buka(satu.sifat["CATEGORIES"].replace("\\,", "\0").replace(",", "\\n").replace("\0", "\\,")) == "\n".join(
            map(terbaca, kategori)
        )
    lain = vobjek(isi)
    assert (len(lain.vevent_list), lain.vevent.uid.value) == (1, acara().uid)
    assert [lain.contents[kunci][0].value for kunci in ("name", "x-wr-calname")] == [terbaca(nama)] * 2
    assert (lain.vevent.summary.value, lain.vevent.description.value) == (terbaca(ringkas), terbaca(uraian))
    assert lain.vevent.valarm.description.value == terbaca(ringkas)


@pytest.mark.parametrize("pecahan", PECAHAN, ids=ascii)
def test_setiap_pecahan_pulang_utuh(pecahan: str) -> None:
    """Each known trick, alone, repeated over several folds, and at every distance from a fold."""
    for jarak in range(12):
        _pulang_pergi(pecahan, "x" * (60 + jarak) + pecahan, pecahan * 3, ())
    _pulang_pergi(pecahan, pecahan * 40, pecahan, ("T1", "WBK " + terbaca(pecahan).replace("\n", " ")))


@given(nama=JAHAT, ringkas=JAHAT, uraian=JAHAT)
def test_teks_apa_pun_pulang_utuh(nama: str, ringkas: str, uraian: str) -> None:
    """Any text comes back from two parsers as it was, minus control characters, and adds no entry."""
    _pulang_pergi(nama, ringkas, uraian, ())


@given(st.sets(JAHAT.map(terbaca), max_size=5))
def test_uid_apa_pun_tetap_satu_acara(semua: set[str]) -> None:
    """Whatever the UIDs are made of, there are as many entries as UIDs, and each reader finds just these."""
    isi = susun("T", "Asia/Jakarta", [acara(uid) for uid in semua])
    assert [satu.teks("UID") for satu in urai(isi).anak] == sorted(semua)
    assert {satu.uid.value for satu in vobjek(isi).contents.get("vevent", [])} == semua


def test_pembaca_yang_memecah_baris_python_tidak_tertipu() -> None:
    """A reader that breaks lines wherever Python does still sees one entry: a name holds nothing that ends a line for it."""
    pemecah = "".join(chr(kode) for kode in range(0x110000) if len(f"a{chr(kode)}b".splitlines()) > 1)
    assert len(pemecah) == 10
    isi = susun("T", "Asia/Jakarta", [acara(ringkas="".join(f"{satu}BEGIN:VEVENT" for satu in pemecah))])
    assert isi.decode().splitlines().count("BEGIN:VEVENT") == 1
