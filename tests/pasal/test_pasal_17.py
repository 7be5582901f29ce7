"""Pasal 17: an award may be given to a unit with a predikat; the register notes it and attaches no consequence."""

from __future__ import annotations

import pytest

from tests.alat.dunia import ADMIN, KEPALA, PENILAI, UNIT_UJI, sampai, sampai_wbbm
from zi_workflow.domain.errors import MasukanSalah


@pytest.mark.parametrize("jalan", ["WBK", "WBBM"])
def test_ayat_1_penghargaan_dicatat(jalan: str) -> None:
    """An award is a record with a date and its citation; it changes nothing else."""
    dunia = {"WBK": sampai, "WBBM": sampai_wbbm}[jalan]("pemantauan_predikat")
    sebelum = dunia.unit[UNIT_UJI].keadaan
    putusan = dunia.catat("penghargaan", "2028-08-17", {"bentuk": "piagam dan dana pembinaan"})
    assert putusan.diterima
    assert putusan.terbitan[0].dasar == ("Perwali Binjai 3/2024 Pasal 17 ayat (1)",)
    assert dunia.unit[UNIT_UJI].keadaan == sebelum
    assert dunia.unit[UNIT_UJI].bukti["penghargaan"][-1].isi == {"bentuk": "piagam dan dana pembinaan"}


@pytest.mark.parametrize(("oleh", "boleh"), [(ADMIN, True), (KEPALA, False), (PENILAI, False)])
def test_ayat_1_hanya_pencatat_register(oleh: str, *, boleh: bool) -> None:
    """A unit does not award itself: only the registrar records it."""
    dunia = sampai("pemantauan_predikat")
    assert dunia.catat("penghargaan", "2026-08-17", {"bentuk": "piagam"}, oleh=oleh).diterima is boleh


def test_ayat_2_tanpa_kewajiban() -> None:
    """'Dapat' and 'sesuai kebijakan' put no requirement on any move, and a blank award is bad input."""
    dunia = sampai("pemantauan_predikat")
    assert not [s for s in dunia.aturan.syarat if any("Pasal 17" in d for m in s.berlaku for d in m.dasar)]
    with pytest.raises(MasukanSalah, match="'bentuk'"):
        dunia.catat("penghargaan", "2026-08-17", {"bentuk": " "})
