"""CSV for spreadsheets: no cell is a formula, nothing invisible is in any, and what stood there can be read back."""

from __future__ import annotations

import csv
import unicodedata
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.workbook.csvfile import asal, baris, sel

_PEMICU = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize(
    ("nilai", "tertulis"),
    [
        (None, ""),
        (17, "17"),
        ("Dinas Contoh", "Dinas Contoh"),
        ("=1+1", "'=1+1"),
        ("+62", "'+62"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\\u0009=1"),
        ("  =1", "'  =1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("a\nb", "a\\u000ab"),
        ("kanan\u202ekiri", "kanan\\u202ekiri"),
        ("\x1b[31m", "\\u001b[31m"),
        ("\ud800", "\\ud800"),
    ],
)
def test_sel(nilai: object, tertulis: str) -> None:
    """A formula gets an apostrophe, an apostrophe too; what is invisible or turns the text around is spelled out."""
    assert sel(nilai) == tertulis


@given(st.lists(st.text(), min_size=1, max_size=4), st.sampled_from(",;"))
def test_harus_aman_rumus(semua: list[str], pemisah: str) -> None:
    """Whatever is written, a reader of CSV gets the same cells back, and none of them begins like a formula."""
    tertulis = baris(semua, pemisah)
    assert tertulis.endswith(b"\r\n")
    ((*balik,),) = csv.reader(StringIO(tertulis.decode(), newline=""), delimiter=pemisah, strict=True)
    assert balik == [sel(satu) for satu in semua]
    assert not [satu for satu in balik if satu.lstrip().startswith(tuple(_PEMICU))]
    assert not [huruf for satu in balik for huruf in satu if unicodedata.category(huruf) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}]


@given(st.text(alphabet="=+-@'abc 12"))
def test_bolak_balik(teks: str) -> None:
    """The apostrophe that was put in front is the one that is taken away."""
    assert asal(sel(teks)) == teks
