"""The pure parts that complaints added, without a store: what the kinds find where a file or a parent is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.alat.dunia import ADMIN, HARI, UNIT_UJI, Dunia, definisi, sampai
from tests.pengaduan.alat import ALUR, definisi_aduan
from zi_workflow.domain.asof import peristiwa_pada
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.decide import putuskan
from zi_workflow.domain.errors import UnitTidakDitemukan
from zi_workflow.domain.events import BerkasTerkait
from zi_workflow.domain.guards.konteks import Konteks
from zi_workflow.domain.guards.terkait import Induk, Tuntas
from zi_workflow.domain.state import Instansi

HARI_INI = HARI("2026-02-02")


def _konteks(dunia: Dunia | None, hari: date = HARI_INI) -> Konteks:
    induk = dunia.unit[UNIT_UJI] if dunia else None
    return Konteks(definisi(), Instansi(), "daftarkan-unit", hari, hari, None, unit=induk, induk=induk)


def test_induk_belum_disebut() -> None:
    """Without a parent the requirement is not met, and says so."""
    hasil = Induk().periksa(_konteks(None), None)
    assert (hasil.terpenuhi, hasil.ditemukan, hasil.bukti) == (False, ("unit yang bersangkutan belum disebut",), ())


def test_induk_menunjuk_langkah_yang_memberi_predikat() -> None:
    """The finding names the move by which the unit stood so on the day, or its registration."""
    dunia = sampai("pemantauan_predikat")
    hasil = Induk().periksa(_konteks(dunia), None)
    assert (hasil.terpenuhi, hasil.ditemukan) == (True, (f"{UNIT_UJI} memegang WBK",))
    assert hasil.bukti == (dunia.unit[UNIT_UJI].lalu[-1].nomor,)
    assert not Induk().periksa(_konteks(dunia, HARI("2025-01-06")), None).terpenuhi


def test_tuntas_tanpa_berkas() -> None:
    """A command that concerns no file has nothing open."""
    assert Tuntas(ALUR).periksa(_konteks(None), None).ditemukan == ("tidak ada pengaduan maladministrasi",)


def test_induk_tidak_ditemukan_oleh_inti() -> None:
    """The core itself refuses a parent that was not handed to it."""
    perintah = DaftarkanUnit("P-1", "Antrean", HARI_INI, ADMIN, induk="TIADA", alur=ALUR)
    with pytest.raises(UnitTidakDitemukan):
        putuskan(definisi_aduan(), None, Instansi(), perintah, HARI_INI)


def test_kabar_dua_berkas_tidak_tertukar() -> None:
    """Undoing a move of one complaint leaves what another told, on any day."""
    dunia = sampai("pemantauan_predikat")
    asal = dunia.log[-1]
    kabar = [
        BerkasTerkait(ALUR, "P-1", "diterima", "2026-01-05", "2026-01-05", selesai=False),
        BerkasTerkait(ALUR, "P-2", "diterima", "2026-01-06", "2026-01-06", selesai=False),
        BerkasTerkait(ALUR, "P-1", "selesai", "2026-01-05", "2026-01-07", selesai=True),
        BerkasTerkait(ALUR, "P-1", "diterima", "2026-01-05", "2026-01-05", selesai=False, pembatalan=True),
    ]

    semua = [replace(asal, peristiwa=p, nomor=900 + i, tanggal=HARI(p.sejak)) for i, p in enumerate(kabar)]
    assert [t.nomor for t in peristiwa_pada(semua, HARI_INI)] == [900, 901]


@pytest.mark.parametrize(
    ("verba", "zi", "aduan"), [("lihat", "zi unit lihat", "zi pengaduan lihat"), ("maju", "zi maju", "zi pengaduan maju")]
)
def test_perintah_menurut_alur(verba: str, zi: str, aduan: str) -> None:
    """Messages name the command of the workflow whose file they are about."""
    assert (definisi().perintah(verba), definisi_aduan().perintah(verba)) == (zi, aduan)
