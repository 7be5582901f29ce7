"""Contacts: who may set them, what an address may be, and what the file of officials says afterwards."""

from __future__ import annotations

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, Dunia, kosong
from zi_workflow.domain.commands import AturKontak
from zi_workflow.domain.decide import Putusan
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import KontakDiatur


def _atur(dunia: Dunia, nip: str, kanal: str, alamat: str | None, oleh: str = ADMIN) -> Putusan:
    return dunia.jalankan(AturKontak(nip, kanal, HARI("2024-03-05"), oleh, alamat))


def test_admin_bagi_siapa_pun_dan_pejabat_bagi_dirinya() -> None:
    """An admin sets anybody's contact, an official his own; a later address replaces the earlier one of that channel."""
    dunia = kosong()
    assert _atur(dunia, PENILAI, "surel", "penilai@contoh.invalid").diterima
    assert _atur(dunia, PENILAI, "telegram", "12345", oleh=PENILAI).diterima
    putusan = _atur(dunia, PENILAI, "surel", "lain@contoh.invalid", oleh=PENILAI)
    assert putusan.terbitan[0].peristiwa == KontakDiatur(PENILAI, "surel", "lain@contoh.invalid")
    assert dunia.instansi.kontak == {PENILAI: {"surel": "lain@contoh.invalid", "telegram": "12345"}}


def test_orang_lain_ditolak_dengan_daftar() -> None:
    """Somebody else, not an admin, is refused for want of the role (R30), and nothing changes; the refusal says what was asked."""
    dunia = kosong()
    putusan = _atur(dunia, PENILAI, "surel", "penilai@contoh.invalid", oleh=KEPALA)
    assert not putusan.diterima
    assert [t.id for t in putusan.daftar.penghalang] == ["R30"]
    assert dunia.instansi.kontak == {}
    assert dunia.penolakan[-1].isi == {"nip": PENILAI, "kanal": "surel", "alamat": "penilai@contoh.invalid"}


def test_hapus_kontak_yang_ada() -> None:
    """A contact is taken away; what is not there cannot be."""
    dunia = kosong()
    _atur(dunia, PENILAI, "surel", "penilai@contoh.invalid")
    assert _atur(dunia, PENILAI, "surel", None).diterima
    assert dunia.instansi.kontak == {PENILAI: {}}
    with pytest.raises(TidakDitemukan, match="tidak mempunyai kontak surel"):
        _atur(dunia, PENILAI, "surel", None)


def test_hanya_pejabat_yang_mempunyai_kontak() -> None:
    """Somebody who never held a role has no contact."""
    with pytest.raises(TidakDitemukan, match="bukan pejabat"):
        _atur(kosong(), "199001012020011001", "surel", "a@contoh.invalid")


@pytest.mark.parametrize("kanal", ["", "Surel", "surel!", "a" * 21, "1surel", "../x"])
def test_nama_kanal_yang_tidak_sah(kanal: str) -> None:
    """A channel's name is a short plain word."""
    with pytest.raises(MasukanSalah, match="Nama kanal"):
        _atur(kosong(), PENILAI, kanal, "a@contoh.invalid")


@pytest.mark.parametrize("alamat", ["", "dua kata", "a\nb", "x" * 201, "a\x1b[31m", "a\x7f"])
def test_alamat_yang_tidak_sah(alamat: str) -> None:
    """Addresses have no spaces and no control characters, and an end."""
    with pytest.raises(MasukanSalah, match="tidak sah"):
        _atur(kosong(), PENILAI, "surel", alamat)


def test_url_ditolak_tanpa_diulang() -> None:
    """A whole URL, which may carry a password, is refused and not repeated in the message."""
    with pytest.raises(MasukanSalah) as tangkap:
        _atur(kosong(), PENILAI, "surel", "mailto://orang:RAHASIA123@contoh.invalid")
    teks = f"{tangkap.value.pesan} {tangkap.value.sebab} {tangkap.value.lanjut}"
    assert "rahasia" in teks
    assert "RAHASIA123" not in teks
