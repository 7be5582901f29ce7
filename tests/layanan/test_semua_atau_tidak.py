"""Several commands in one request: all or none, later ones seeing what earlier ones did, real numbers in what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, kosong, sampai
from tests.alat.toko import Toko
from tests.layanan.alat import (
    UNIT_DUA,
    UNIT_TIGA,
    bekal_semua,
    canangkan,
    catat,
    isi_basis,
    pasang_unit,
    penolakan,
    periksa_utuh,
)
from zi_workflow.answers import ItemGagal
from zi_workflow.domain.commands import AmbilLangkah, AngkatPejabat, DaftarkanUnit, Perintah
from zi_workflow.domain.errors import LangkahTidakTersedia, MasukanSalah, UnitTidakDitemukan
from zi_workflow.domain.events import NOMOR_SEMENTARA, BuktiDicatat, LangkahDiambil, PejabatDiangkat, PerintahDitolak

PAKTA = {"jumlah_pegawai": 60, "penandatangan": 60, "pimpinan": "ya"}


@pytest.fixture
def tiga(register: Toko) -> Toko:
    """Give three units that may be declared, the second lacking everything that Pasal 6 asks."""
    kosong(dunia=register)
    bekal_semua(register)
    pasang_unit(register, UNIT_DUA, bekal=False)
    pasang_unit(register, UNIT_TIGA)
    return register


def _tahap(toko: Toko) -> dict[str, tuple[str, int]]:
    unit = {k: toko.layanan.unit(k) for k in (UNIT_UJI, UNIT_DUA, UNIT_TIGA)}
    return {k: (u.keadaan.tahap, u.versi) for k, u in unit.items() if u}


def test_satu_ditolak_tidak_ada_yang_maju(tiga: Toko) -> None:
    """One of three is refused: none moves, versions stay, and only the refused one's refusal is written, in a stream of its own."""
    sebelum, panjang = _tahap(tiga), len(tiga.store.telusuri())
    jawaban = tiga.layanan.jalankan([canangkan(k) for k in (UNIT_UJI, UNIT_DUA, UNIT_TIGA)])
    assert [h.diterima for h in jawaban.hasil] == [True, False, True]
    assert not jawaban.diterima
    assert [d.unit for d in jawaban.penolakan] == [UNIT_DUA]
    assert _tahap(tiga) == sebelum
    baru = periksa_utuh(tiga.store)[panjang:]
    assert [(a.aliran, a.jenis) for a in baru] == [(f"binjai/zi-penolakan/{UNIT_DUA}", "PerintahDitolak@1")]


def test_dua_ditolak_dua_penolakan(tiga: Toko) -> None:
    """Each refused unit gets its refusal with its own whole checklist, in one transaction."""
    jawaban = tiga.layanan.jalankan([canangkan(UNIT_UJI, oleh=ADMIN), canangkan(UNIT_DUA), canangkan(UNIT_TIGA)])
    tercatat = {a.kode: a.peristiwa for a in tiga.store.telusuri(jenis="PerintahDitolak")}
    assert set(tercatat) == {UNIT_UJI, UNIT_DUA}
    for daftar in jawaban.penolakan:
        peristiwa = tercatat[daftar.unit or ""]
        assert isinstance(peristiwa, PerintahDitolak)
        assert list(peristiwa.syarat) == daftar.polos()["syarat"]


def test_semua_memenuhi_semua_maju(tiga: Toko) -> None:
    """All lawful: all move in one transaction, by consecutive numbers and one recorded time."""
    panjang = len(tiga.store.telusuri())
    jawaban = tiga.layanan.jalankan([canangkan(UNIT_UJI), canangkan(UNIT_TIGA)])
    baru = periksa_utuh(tiga.store)[panjang:]
    assert [h.nomor for h in jawaban.hasil] == [(a.nomor,) for a in baru] == [(panjang + 1,), (panjang + 2,)]
    assert len({a.waktu_catat for a in baru}) == 1
    assert {a.kode for a in baru} == {UNIT_UJI, UNIT_TIGA}


@pytest.mark.parametrize(
    ("ubah", "galat"),
    [
        ({"kode": "TIDAKADA"}, UnitTidakDitemukan),
        ({"langkah": "usulkan"}, LangkahTidakTersedia),
        ({"langkah": "canangkn"}, LangkahTidakTersedia),
        ({"isi": {"asing": "x"}}, MasukanSalah),
    ],
)
def test_kesalahan_satu_unit_tidak_menulis_apa_pun(tiga: Toko, ubah: dict[str, Any], galat: type[Exception]) -> None:
    """A mistake in the last command leaves everything as it was, the refusal of another command included."""
    sebelum = isi_basis(tiga.store)
    salah = {"langkah": "canangkan", "kode": UNIT_TIGA, "isi": {}, "tanggal": HARI("2024-03-11"), "oleh": KEPALA, **ubah}
    with pytest.raises(galat):
        tiga.layanan.jalankan([canangkan(UNIT_UJI), canangkan(UNIT_DUA), AmbilLangkah(**salah)])
    assert isi_basis(tiga.store) == sebelum


def test_usulan_bersama_satu_ditolak(register: Toko) -> None:
    """One letter that proposes two units: one has no LKE, so neither is proposed."""
    sampai("evaluasi_tpi", dunia=register)
    pasang_unit(register, UNIT_DUA)
    perintah = [
        AmbilLangkah("usulkan", k, {"predikat": {UNIT_UJI: "WBK", UNIT_DUA: "WBK"}, "surat": "9"}, HARI("2025-05-20"), KEPALA)
        for k in (UNIT_UJI, UNIT_DUA)
    ]
    with pytest.raises(LangkahTidakTersedia, match=UNIT_DUA):
        register.layanan.jalankan(perintah)
    assert register.layanan.unit(UNIT_UJI) == register.unit[UNIT_UJI]


# --- batches ---------------------------------------------------------------------------------------------------------


def _batch() -> list[Perintah]:
    """Return a file's worth of commands that open a unit, appoint its head, record what Pasal 6 asks, and declare it."""
    saksi = [{"nama": f"Saksi {u}", "unsur": u} for u in ("wali_kota", "inspektorat", "tim_pembangunan_zi", "dunia_usaha")]
    return [
        DaftarkanUnit(UNIT_DUA, "Dinas Sosial", HARI("2024-03-01"), ADMIN, "dinas"),
        AngkatPejabat(KEPALA, "Orang Kepala", "kepala_pd", "800/3/2024", HARI("2024-03-01"), HARI("2024-03-01"), ADMIN, None, UNIT_DUA),
        catat("pakta_integritas", PAKTA, kode=UNIT_DUA),
        catat("naskah_deklarasi", {"penandatangan": KEPALA}, kode=UNIT_DUA),
        catat("publikasi", {"kanal": "Laman", "alamat": "dinsos.example"}, kode=UNIT_DUA),
        catat("piagam", {"penandatangan": KEPALA, "saksi": saksi}, kode=UNIT_DUA),
        canangkan(UNIT_DUA),
    ]


def test_butir_melihat_butir_sebelumnya(register: Toko) -> None:
    """A move relies on records of its own batch, by a head appointed in it, and names them by their real numbers."""
    kosong(dunia=register)
    awal = len(register.store.telusuri())
    jawaban = register.layanan.jalankan(_batch(), berkas_batch=True)
    log = periksa_utuh(register.store)
    assert [h.nomor for h in jawaban.hasil] == [(n,) for n in range(awal + 1, awal + 8)]
    langkah = log[-1].peristiwa
    assert isinstance(langkah, LangkahDiambil)
    bukti = {str(s["id"]): s.get("bukti", []) for s in langkah.syarat}
    menurut_nomor = {a.nomor: a for a in log}
    harapan = {
        "R1": "pakta_integritas",
        "R2": "pakta_integritas",
        "R3": "publikasi",
        "R4.deklarasi": "naskah_deklarasi",
        "R5": "piagam",
        "R30": "kepala_pd",
    }
    for id_syarat, apa in harapan.items():
        dipakai = bukti[id_syarat]
        assert isinstance(dipakai, list)
        assert dipakai, id_syarat
        for n in dipakai:
            assert isinstance(n, int)
            rujukan = menurut_nomor[n].peristiwa
            assert isinstance(rujukan, BuktiDicatat | PejabatDiangkat)
            assert n > awal
            assert (rujukan.jenis if isinstance(rujukan, BuktiDicatat) else rujukan.peran) == apa
    temuan = {t.id: list(t.bukti) for t in jawaban.hasil[-1].daftar.temuan}
    assert {k: v for k, v in temuan.items() if v} == {k: v for k, v in bukti.items() if v}


def test_pembatalan_dalam_batch_menunjuk_langkah_sebenarnya(register: Toko) -> None:
    """Declared and undone in one batch: the undoing event names the real number of the move."""
    kosong(dunia=register)
    batal = AmbilLangkah("batalkan-langkah", UNIT_DUA, {"alasan": "salah unit", "nomor": "800/9"}, HARI("2024-03-12"), ADMIN)
    jawaban = register.layanan.jalankan([*_batch(), batal], berkas_batch=True)
    akhir = register.store.telusuri()[-1]
    assert getattr(akhir.peristiwa, "nomor_langkah", None) == akhir.nomor - 1 == jawaban.hasil[-2].nomor[0]
    unit = register.layanan.unit(UNIT_DUA)
    assert unit is not None
    assert (unit.keadaan.tahap, unit.lalu) == ("terdaftar", ())


def test_catatan_yang_sama_dua_kali_dalam_batch(register: Toko) -> None:
    """The second of two equal records is on file already, under the real number of the first."""
    kosong(dunia=register)
    jawaban = register.layanan.jalankan([catat("pakta_integritas", PAKTA), catat("pakta_integritas", PAKTA)], berkas_batch=True)
    satu, dua = jawaban.hasil
    assert (satu.sudah, dua.sudah) == (False, True)
    assert satu.nomor == dua.nomor == (len(register.store.telusuri()),)


def test_batch_ditolak_tidak_menulis_apa_pun(register: Toko) -> None:
    """A refused item names its place, and not even its refusal is written; nor does it show numbers that nothing has."""
    kosong(dunia=register)
    sebelum = isi_basis(register.store)
    batch = _batch()
    batch[-1] = canangkan(UNIT_DUA, oleh=PENILAI)
    with pytest.raises(ItemGagal) as gagal:
        register.layanan.jalankan(batch, berkas_batch=True)
    assert (gagal.value.urutan, gagal.value.kode) == (6, 5)
    assert gagal.value.daftar is not None
    assert {t.id for t in gagal.value.daftar.penghalang} == {"R30"}
    assert all(n < NOMOR_SEMENTARA for t in gagal.value.daftar.temuan for n in t.bukti)
    assert isi_basis(register.store) == sebelum


@pytest.mark.parametrize(
    ("salah", "kode"),
    [
        (catat("pakta_integritas", {"jumlah_pegawai": -1, "penandatangan": 1, "pimpinan": "ya"}, kode=UNIT_DUA), 2),
        (catat("pakta_integritas", PAKTA, kode="TIDAKADA"), 3),
        (DaftarkanUnit(UNIT_UJI, "Lagi", HARI("2024-03-01"), ADMIN), 6),
        (AmbilLangkah("tetapkan", UNIT_DUA, {}, HARI("2024-03-11"), KEPALA), 11),
    ],
)
def test_batch_salah_menyebut_butir_dan_tidak_menulis(register: Toko, salah: Perintah, kode: int) -> None:
    """An item that is a mistake ends the batch with its own code and place, and nothing is written."""
    kosong(dunia=register)
    sebelum = isi_basis(register.store)
    batch = _batch()
    with pytest.raises(ItemGagal) as gagal:
        register.layanan.jalankan([*batch[:3], salah, *batch[3:]], berkas_batch=True)
    assert (gagal.value.urutan, gagal.value.kode) == (3, kode)
    assert gagal.value.asal is not None
    assert isi_basis(register.store) == sebelum


def test_penolakan_tidak_menyebut_nomor_yang_tidak_tertulis(register: Toko) -> None:
    """A refused request of several commands: the refusal that is kept cites recorded events only, never what was not written."""
    kosong(dunia=register)
    jawaban = register.layanan.jalankan([catat("pakta_integritas", PAKTA), catat("publikasi", {"kanal": "L", "alamat": "a"}), canangkan()])
    assert not jawaban.diterima
    (satu,) = penolakan(register.store)
    log = {a.nomor: a for a in register.store.telusuri()}
    for syarat in satu.syarat:
        bukti = syarat["bukti"]
        assert isinstance(bukti, list)
        assert all(isinstance(n, int) and isinstance(log[n].peristiwa, BuktiDicatat | PejabatDiangkat) for n in bukti), syarat
    assert all(n < NOMOR_SEMENTARA for h in jawaban.hasil for n in (*h.nomor, *(b for t in h.daftar.temuan for b in t.bukti)))
