"""Officials: who is appointed by whom, when a role ends, and what a refusal of either keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, BERKAS, HARI, KEPALA, PENILAI, UNIT_UJI, definisi, diterima, kosong, penghalang
from zi_workflow.domain.commands import AkhiriPejabat, AngkatPejabat, Catat, DaftarkanUnit, Perintah
from zi_workflow.domain.decide import PEJABAT, putuskan
from zi_workflow.domain.errors import Konflik, MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import PejabatDiakhiri, PejabatDiangkat
from zi_workflow.domain.state import Instansi

HARI_INI = HARI("2024-03-04")


def _angkat(**ganti: Any) -> AngkatPejabat:  # noqa: ANN401 - any field of the command
    isi: dict[str, Any] = {
        "nip": KEPALA,
        "nama": "Orang",
        "peran": "auditor",
        "sk": "800/1",
        "sejak": HARI_INI,
        "tanggal": HARI_INI,
        "oleh": ADMIN,
    }
    return AngkatPejabat(**{**isi, **ganti})


def test_admin_pertama_diangkat_siapa_pun() -> None:
    """In an empty register anyone appoints the first admin, and nobody else before."""
    kosong_sekali = Instansi()
    putusan = putuskan(definisi(), None, kosong_sekali, _angkat(nip=ADMIN, peran="admin", oleh="siapa saja"), HARI_INI)
    assert putusan.diterima
    assert putusan.terbitan[0].peristiwa == PejabatDiangkat(ADMIN, "Orang", "admin", "800/1", "2024-03-04", None, None)
    assert (putusan.terbitan[0].golongan, putusan.terbitan[0].kode) == (PEJABAT, PEJABAT)
    assert [t.id for t in putusan.daftar.temuan] == ["R29.catatan"]
    assert not putuskan(definisi(), None, kosong_sekali, _angkat(peran="tpi"), HARI_INI).diterima
    masa_depan = _angkat(nip=ADMIN, peran="admin", tanggal=HARI("2024-03-05"))
    assert penghalang(putuskan(definisi(), None, kosong_sekali, masa_depan, HARI_INI).daftar) == {"R29.catatan"}


def test_selanjutnya_hanya_admin_yang_mengangkat() -> None:
    """From then on an admin appoints; a second admin too."""
    dunia = kosong()
    putusan = dunia.jalankan(_angkat(oleh=KEPALA))
    assert penghalang(putusan.daftar) == {"R30"}
    assert putusan.terbitan[0].kode == PEJABAT
    diterima(dunia.jalankan(_angkat()))
    assert not dunia.jalankan(_angkat(nip=PENILAI, peran="admin", oleh=KEPALA)).diterima
    diterima(dunia.jalankan(_angkat(nip=PENILAI, peran="admin")))


@pytest.mark.parametrize(
    ("ganti", "pesan"),
    [
        ({"nip": "123"}, "NIP"),
        ({"nama": ""}, "'nama'"),
        ({"sk": " "}, "'sk'"),
        ({"peran": "auditr"}, "Peran 'auditr' tidak dikenal"),
        ({"peran": "qqq"}, "Peran 'qqq' tidak dikenal"),
        ({"peran": "kepala_pd"}, "memerlukan unit"),
        ({"sampai": HARI("2024-03-03")}, "sebelum mulai"),
    ],
)
def test_angkat_masukan_salah(ganti: Mapping[str, Any], pesan: str) -> None:
    """Every field of an appointment within its bounds."""
    with pytest.raises(MasukanSalah, match=pesan) as galat:
        kosong().jalankan(_angkat(**ganti))
    if ganti.get("peran") == "auditr":
        assert galat.value.lanjut == "Maksud Anda: auditor?"
    if ganti.get("peran") == "qqq":
        assert galat.value.lanjut == "Pilih salah satunya."


def test_angkat_dua_kali_adalah_konflik() -> None:
    """The same role of the same person in the same unit does not begin while it runs; another unit's does."""
    dunia = kosong()
    diterima(dunia.jalankan(_angkat(sampai=HARI("2024-12-31"))))
    with pytest.raises(Konflik, match="sudah auditor"):
        dunia.jalankan(_angkat(sejak=HARI("2024-12-31")))
    diterima(dunia.jalankan(_angkat(sejak=HARI("2025-01-01"))))
    diterima(dunia.jalankan(_angkat(peran="kepala_pd", unit="LAIN")))


def test_akhiri_peran() -> None:
    """A role ends on its last day, with a reason; it cannot end again, nor before it began, nor for who does not hold it."""
    dunia = kosong()
    akhir = AkhiriPejabat(PENILAI, "tpi", HARI("2024-03-31"), HARI_INI, ADMIN, None, "mutasi")
    putusan = dunia.jalankan(akhir)
    assert putusan.terbitan[0].peristiwa == PejabatDiakhiri(PENILAI, "tpi", "2024-03-31", None, "mutasi")
    assert dunia.instansi.peran(PENILAI, HARI("2024-03-31"))
    assert not dunia.instansi.peran(PENILAI, HARI("2024-04-01"))
    with pytest.raises(TidakDitemukan, match="tidak memegang peran tpi"):
        dunia.jalankan(akhir)
    with pytest.raises(TidakDitemukan):
        dunia.akhiri(KEPALA, "tpi", "2024-03-31")
    with pytest.raises(TidakDitemukan):
        dunia.akhiri(KEPALA, "kepala_pd", "2024-03-31", "LAIN")
    with pytest.raises(MasukanSalah, match="mendahului pengangkatan"):
        dunia.jalankan(AkhiriPejabat(KEPALA, "kepala_pd", HARI("2024-02-18"), HARI_INI, ADMIN))


def test_akhiri_peran_unit_di_beberapa_unit_harus_menyebut_unitnya() -> None:
    """A head of two units loses the one that is named; unnamed, the command is not clear enough. One unit needs no name."""
    dunia = kosong()
    diterima(dunia.angkat(KEPALA, "kepala_pd", "LAIN"))
    with pytest.raises(MasukanSalah, match="di beberapa unit") as galat:
        dunia.akhiri(KEPALA, "kepala_pd", "2024-03-31")
    assert galat.value.sebab == "Unitnya: DISPORA, LAIN."
    diterima(dunia.akhiri(KEPALA, "kepala_pd", "2024-03-31", "LAIN"))
    assert [j.unit for j in dunia.instansi.peran(KEPALA, HARI("2024-04-01"))] == [UNIT_UJI]
    diterima(dunia.akhiri(KEPALA, "kepala_pd", "2024-04-30"))
    assert dunia.instansi.peran(KEPALA, HARI("2024-05-01")) == ()


def test_akhiri_hanya_oleh_admin() -> None:
    """Ending a role is the registrar's act too."""
    dunia = kosong()
    putusan = dunia.jalankan(AkhiriPejabat(PENILAI, "tpi", HARI("2024-03-31"), HARI_INI, KEPALA))
    assert penghalang(putusan.daftar) == {"R30"}
    assert dunia.penolakan[-1].isi == {"nip": PENILAI, "peran": "tpi", "sampai": "2024-03-31"}


@pytest.mark.parametrize("sejak", ["2024-04-02", "2090-01-01"])
def test_admin_terakhir_tidak_diganti_admin_yang_belum_bertugas(sejak: str) -> None:
    """An admin whose term begins later than the day after leaves a gap in which nobody could appoint anyone."""
    dunia = kosong()
    diterima(dunia.jalankan(_angkat(nip=KEPALA, peran="admin", sejak=HARI(sejak))))
    with pytest.raises(MasukanSalah, match="admin terakhir"):
        dunia.akhiri(ADMIN, "admin", "2024-03-31")


def test_admin_menyerahkan_kepada_penerusnya() -> None:
    """An admin may go on the last day before another one begins."""
    dunia = kosong()
    diterima(dunia.jalankan(_angkat(nip=KEPALA, peran="admin", sejak=HARI("2024-04-01"))))
    diterima(dunia.akhiri(ADMIN, "admin", "2024-03-31"))
    assert [j.nip for j in dunia.instansi.pemegang("admin", HARI("2024-04-01"))] == [KEPALA]


@pytest.mark.parametrize(
    ("satu", "dua"),
    [
        (_angkat(oleh=KEPALA, peran="kepala_pd", unit="A"), _angkat(oleh=KEPALA, peran="kepala_pd", unit="B")),
        (_angkat(oleh=KEPALA, sk="800/1"), _angkat(oleh=KEPALA, sk="800/2")),
        (
            AkhiriPejabat(PENILAI, "tpi", HARI("2024-03-31"), HARI_INI, KEPALA),
            AkhiriPejabat(PENILAI, "tpi", HARI("2024-04-30"), HARI_INI, KEPALA),
        ),
        (
            DaftarkanUnit("LAIN", "Unit Lain", HARI_INI, KEPALA, "dinas"),
            DaftarkanUnit("LAIN", "Unit Lain", HARI_INI, KEPALA, "dinas", "rsud"),
        ),
        (
            Catat("keputusan_penetapan", UNIT_UJI, {"nomor": "1"}, HARI_INI, KEPALA),
            Catat("keputusan_penetapan", UNIT_UJI, {"nomor": "1"}, HARI_INI, KEPALA, (BERKAS,)),
        ),
    ],
)
def test_penolakan_memuat_seluruh_isi_perintah(satu: Perintah, dua: Perintah) -> None:
    """Two refused commands that differ in anything they said are two refusals; the same one twice is one."""
    dunia = kosong()
    for perintah in (satu, dua, satu):
        assert not dunia.jalankan(perintah).diterima
    pertama, kedua, lagi = (p.sidik for p in dunia.penolakan)
    assert (pertama == lagi, pertama == kedua) == (True, False)


def test_perpendek_masa_yang_sudah_punya_akhir() -> None:
    """A term with an end can end earlier, not later."""
    dunia = kosong()
    dunia.jalankan(_angkat(sampai=HARI("2024-12-31")))
    diterima(dunia.jalankan(AkhiriPejabat(KEPALA, "auditor", HARI("2024-06-30"), HARI_INI, ADMIN)))
    assert not [j for j in dunia.instansi.peran(KEPALA, HARI("2024-07-01")) if j.peran == "auditor"]
    with pytest.raises(TidakDitemukan):
        dunia.jalankan(AkhiriPejabat(KEPALA, "auditor", HARI("2024-12-31"), HARI_INI, ADMIN))
