"""No rule runs in replay: a definition that is amended later changes no past decision, and each keeps the hash of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.alat.aturan import ubahan
from tests.alat.dunia import (
    HARI,
    UNIT_UJI,
    WALI_KOTA,
    bekal_pencanangan,
    bekal_predikat,
    bekal_usulan,
    definisi,
    kosong,
    penghalang,
    sampai,
    temuan,
)
from tests.alat.toko import Toko
from tests.layanan.alat import Ulangan, canangkan, isi_basis, model, pasang_unit, periksa_utuh
from zi_workflow.domain.commands import AmbilLangkah
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.state import lipat
from zi_workflow.loader.definisi import muat_tersimpan
from zi_workflow.store import Store


@pytest.fixture
def ketat(tmp_path: Path) -> Definisi:
    """Give a definition in which nobody may be declared, proposed or given a predikat as before: thresholds out of reach, another actor."""
    folder = tmp_path / "ketat"
    folder.mkdir()
    ubahan(
        folder,
        "syarat.yaml",
        ('dasar: [PERWALI3 Pasal 13 ayat (1) huruf a], ambang: ">= 40"', 'dasar: [PERWALI3 Pasal 13 ayat (1) huruf a], ambang: ">= 60.01"'),
        ('dasar: [PERWALI3 Pasal 6 ayat (1)], ambang: "> 50"', 'dasar: [PERWALI3 Pasal 6 ayat (1)], ambang: "> 99"'),
    )
    return ubahan(folder, "tahap.yaml", ("pelaku: kepala_pd", "pelaku: wali_kota"))


def _definisi_tersimpan(store: Store, sidik: str) -> Definisi:
    pohon = store.definisi(sidik)
    assert pohon is not None
    return muat_tersimpan(pohon)


def _peristiwa(store: Store) -> list[tuple[object, ...]]:
    return isi_basis(store)["peristiwa"]


def test_keputusan_lama_tidak_berubah(register: Toko, basis: str, ketat: Definisi) -> None:
    """A lawful life stays what it was under a definition that would refuse all of it: file, log, chain, read models."""
    sampai("usulan_tpn", dunia=register)
    unit, log, tabel = register.layanan.unit(UNIT_UJI), _peristiwa(register.store), model(register.store)
    baru = Toko(basis, ketat)
    try:
        assert baru.layanan.unit(UNIT_UJI) == unit
        baru.store.bangun_ulang()
        assert model(baru.store) == tabel
        assert _peristiwa(baru.store) == log
        assert baru.aturan.sidik != register.aturan.sidik
    finally:
        baru.tutup()


def test_keputusan_baru_menurut_definisi_baru(register: Toko, basis: str, ketat: Definisi) -> None:
    """The amended definition decides from then on: what it forbids is refused or gone, what it leaves alone goes on."""
    sampai("evaluasi_tpi", dunia=register)
    lama = register.layanan.unit(UNIT_UJI)
    isi = {"predikat": "WBK", "surat": "9"}
    baru = Toko(basis, ketat)
    try:
        bekal_usulan(baru, 2025, "WBK")
        daftar = baru.layanan.periksa(UNIT_UJI, "usulkan", isi, HARI("2025-05-20"), WALI_KOTA)
        assert daftar is not None
        assert temuan(daftar, "R20.pengungkit").menghalangi
        menurut_lama = register.layanan.periksa(UNIT_UJI, "usulkan", isi, HARI("2025-05-20"), WALI_KOTA)
        assert menurut_lama is not None
        assert menurut_lama.terpenuhi
        assert not baru.layanan.jalankan([AmbilLangkah("usulkan", UNIT_UJI, isi, HARI("2025-05-20"), WALI_KOTA)]).diterima
        kini = baru.layanan.unit(UNIT_UJI)
        assert lama is not None
        assert kini is not None
        assert (kini.keadaan, kini.lalu) == (lama.keadaan, lama.lalu)
    finally:
        baru.tutup()


def test_setiap_keputusan_membawa_sidik_definisinya(register: Toko, basis: str, ketat: Definisi) -> None:
    """Old and new decisions each carry their own hash; both definitions are in the store, load again, and decide the log as it is."""
    kosong(dunia=register)
    bekal_pencanangan(register)
    register.maju("canangkan", "2024-03-11")
    batas = len(register.store.telusuri())
    baru = Toko(basis, ketat)
    try:
        baru.jam.pada(HARI("2026-03-03"))
        pasang_unit(baru, "DINSOS")
        (ditolak,) = baru.layanan.jalankan([canangkan("DINSOS")]).penolakan
        assert penghalang(ditolak) == {"R2", "R30"}
        register.layanan.jalankan([canangkan("DINSOS")])
        log = periksa_utuh(baru.store)
        sidik = [a.sidik_regulasi for a in log]
        assert sidik[:batas] == [definisi().sidik] * batas
        assert sidik[batas:] == [ketat.sidik] * (len(log) - batas - 1) + [definisi().sidik]
        for satu in (definisi(), ketat):
            tersimpan = _definisi_tersimpan(baru.store, satu.sidik)
            assert (tersimpan.sidik, tersimpan.pohon) == (satu.sidik, satu.pohon)
            assert tersimpan == satu
        kedua = {s: _definisi_tersimpan(baru.store, s) for s in set(sidik)}
        assert Ulangan(kedua.__getitem__).periksa(log) == []
    finally:
        baru.tutup()


def test_lipatan_tidak_melihat_definisi(register: Toko) -> None:
    """The file after a whole life is a function of the events alone: folding needs no definition, and gives what the service gives."""
    sampai("usulan_tpn", dunia=register)
    bekal_predikat(register, 2025, "WBK", "2025-11-10")
    register.maju("tetapkan-predikat", "2025-12-01", {"predikat": "WBK"})
    unit = lipat(register.store.muat(f"binjai/zi/{UNIT_UJI}"))
    assert unit == register.layanan.unit(UNIT_UJI)
    assert unit is not None
    assert unit.keadaan.predikat == "WBK"
