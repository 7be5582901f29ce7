"""Cells as plain data: what is empty, and how cells are named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.domain.cells import BARIS_MAKS, KOLOM_MAKS, SEL_KOSONG, Buku, Lembar, Sel, huruf_kolom, nomor_kolom, urai_rujukan


@pytest.mark.parametrize(
    ("sel", "kosong"),
    [
        (Sel(), True),
        (Sel(""), True),
        (Sel(" \n\u00a0"), True),
        (Sel("a"), False),
        (Sel(Decimal(0)), False),
        (Sel(nilai=False), False),
        (Sel(None, "A1"), False),
        (Sel("", ""), False),
    ],
)
def test_sel_kosong(sel: Sel, *, kosong: bool) -> None:
    """Nothing and blanks are empty; a zero, a FALSE and a formula without its value are not."""
    assert sel.kosong is kosong


def test_sel_yang_tidak_ada_kosong() -> None:
    """A sheet answers for every cell, and a workbook may have no sheets."""
    lembar = Lembar("LKE", {"K8": Sel("Ya")})
    assert lembar.ambil("K", 8) == Sel("Ya")
    assert lembar.ambil("K", 9) is SEL_KOSONG
    assert Buku().lembar == {}


@given(st.integers(1, KOLOM_MAKS), st.integers(1, BARIS_MAKS))
def test_rujukan_bolak_balik(kolom: int, baris: int) -> None:
    """Every cell of a sheet has one name, and the name leads back to it."""
    huruf = huruf_kolom(kolom)
    assert nomor_kolom(huruf) == kolom
    assert urai_rujukan(f"{huruf}{baris}") == (baris, kolom)


def test_rujukan_terakhir() -> None:
    """The corner of a sheet is XFD1048576."""
    assert urai_rujukan("XFD1048576") == (BARIS_MAKS, KOLOM_MAKS)


@pytest.mark.parametrize(
    "rujukan", ["", "A", "1", "A0", "a1", "$A$1", "A1 ", "A1\n", "A1:B2", "XFE1", "A1048577", "ABCD1", "A\u0661", "A12345678"]
)
def test_bukan_rujukan(rujukan: str) -> None:
    """What names no cell of a sheet is refused."""
    with pytest.raises(ValueError, match=r".*"):
        urai_rujukan(rujukan)
