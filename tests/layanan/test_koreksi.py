"""Corrections through the service, on both engines: everything that relied on a record is listed, nothing is moved, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    WALI_KOTA,
    arsip,
    bekal_pencanangan,
    definisi,
    jawaban_semua,
    kosong,
    penghalang,
    sampai,
)
from tests.alat.toko import Toko, toko
from tests.layanan.alat import GudangSela, canangkan, isi_basis, periksa_utuh, serentak
from zi_workflow.answers import Jawaban
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import Akui, AmbilLangkah, Koreksi, Perintah, Tarik
from zi_workflow.domain.errors import Galat, Konflik, MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import (
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    LangkahDiambil,
    PerintahDitolak,
    PetaPolos,
    PutusanDitinjau,
)
from zi_workflow.domain.state import Unit
from zi_workflow.retrospect import ulangi
from zi_workflow.service import Layanan
from zi_workflow.session import Gudang
from zi_workflow.store import Naskah
from zi_workflow.sweep import Penyapu

PAKTA = {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": True}
KURANG = {**PAKTA, "penandatangan": 20}
TPI = {"nomor": "188/10/2024", "anggota": [{"nip": PENILAI, "apip": True}]}
BATAL = {"alasan": "salah unit", "nomor": "800/9"}
BANGUN = {"tahap": "pembangunan", "sasaran": "WBK", "sejak": "2024-01-02", "mulai_bangun": "2024-01-02"}
KINI = HARI("2026-03-03")
"""The story's facts are recorded on 2 March 2026; corrections are made the day after."""


def _lain(toko_uji: Toko, gudang: Gudang | None = None) -> Layanan:
    return Layanan(toko_uji.aturan, gudang or toko_uji.store, toko_uji.jam, lambda i: hari_di("Asia/Jakarta", i))


def _nomor(toko_uji: Toko, jenis: str, ke: int = -1) -> int:
    return [a.nomor for a in toko_uji.store.telusuri(jenis=jenis) if isinstance(a.peristiwa, BuktiDicatat)][ke]


def _koreksi(nomor: int, isi: Mapping[str, Any], oleh: str = ADMIN, hari: date = KINI) -> Koreksi:
    return Koreksi(nomor, isi, "salah ketik", hari, oleh)


def _tarik(nomor: int, oleh: str = ADMIN) -> Tarik:
    return Tarik(nomor, "tercatat pada unit yang salah", KINI, oleh)


def _jalan(toko_uji: Toko, *perintah: Perintah, **lain: Any) -> Jawaban:  # noqa: ANN401 - handed on
    toko_uji.jam.pada(KINI)
    return toko_uji.layanan.jalankan(perintah, **lain)


def _unit(toko_uji: Toko, kode: str = UNIT_UJI) -> Unit:
    unit = toko_uji.layanan.unit(kode)
    assert unit is not None
    return unit


def _putusan(jawaban: Jawaban) -> dict[str, list[tuple[str, bool, object]]]:
    """Return what a review lists, by unit: move, accepted then, accepted now."""
    return {t.kode: [(str(p["perintah"]), bool(p["diterima"]), p["kini"]) for p in t.putusan] for t in jawaban.hasil[0].tinjauan}


def _beda(toko_uji: Toko) -> list[str]:
    """Return every decision of the register that comes out otherwise now."""
    lampau = toko_uji.layanan.lampau()
    semua = [u for kode in (None, *toko_uji.layanan.berkas()) for u in ulangi(lampau, kode)]
    assert semua
    return [f"{u.amplop.nomor} {u.perintah}: {b}" for u in semua for b in u.beda]


@pytest.fixture
def siap(register: Toko) -> Toko:
    """Give a register whose unit has all that Pasal 6 asks."""
    kosong(dunia=register)
    bekal_pencanangan(register)
    return register


# --- what is listed, and what is not touched --------------------------------------------------------------------------


def test_harus_setiap_putusan_yang_bersandar_disebut_dan_tidak_dipindahkan(siap: Toko) -> None:
    """A refusal, a move that was undone (said so), and the move that stands are decided again; the unit stays where it is, marked."""
    siap.maju("canangkan", "2024-03-11", oleh=WALI_KOTA)
    siap.maju("canangkan", "2024-03-11")
    siap.maju("batalkan-langkah", "2024-03-12", BATAL, oleh=ADMIN)
    siap.maju("canangkan", "2024-03-13")
    nomor, sebelum, isi_lama = _nomor(siap, "pakta_integritas"), _unit(siap), isi_basis(siap.store)["peristiwa"]
    jawaban = _jalan(siap, _koreksi(nomor, KURANG))
    assert _putusan(jawaban) == {UNIT_UJI: [("canangkan", False, False), ("canangkan", True, False), ("canangkan", True, False)]}
    (tinjauan,) = jawaban.hasil[0].tinjauan
    pembatalan = siap.store.telusuri(jenis="LangkahDibatalkan")[-1].nomor
    assert [p["dibatalkan"] for p in tinjauan.putusan] == [None, pembatalan, None]
    assert not any(p["sama"] for p in tinjauan.putusan)
    unit = _unit(siap)
    assert (unit.keadaan, unit.lalu, unit.versi) == (sebelum.keadaan, sebelum.lalu, sebelum.versi + 2)
    assert [t.nomor for t in unit.tinjauan] == [jawaban.hasil[0].nomor[1]]
    assert [b for b in isi_basis(siap.store)["peristiwa"] if b in isi_lama] == isi_lama
    (butir,) = jawaban.polos()["hasil"][0]["tinjauan"]
    assert (butir["unit"], butir["nomor"], butir["putusan"]) == (UNIT_UJI, unit.tinjauan[0].nomor, list(unit.tinjauan[0].putusan))
    assert _jalan(siap, Akui(unit.tinjauan[0].nomor, "dibahas", KINI, PENILAI)).diterima
    assert _unit(siap).tinjauan == ()
    periksa_utuh(siap.store)
    assert _beda(siap) == []


def test_harus_koreksi_fakta_instansi_meninjau_setiap_unit(register: Toko) -> None:
    """A fact of the instansi: every unit that relied on it gets its own review and mark, a refused one too; others none."""
    kosong(dunia=register)
    for kode in ("DINSOS", "DISHUB", "DISDIK"):
        arsip(register, kode, BANGUN)
    register.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": 3}, "DINSOS")
    register.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": 3}, "DISHUB", oleh=KEPALA)
    jawaban = _jalan(register, _tarik(_nomor(register, "keputusan_tpi")))
    assert _putusan(jawaban) == {"DINSOS": [("mulai-pantau", True, False)], "DISHUB": [("mulai-pantau", False, False)]}
    assert [len(_unit(register, k).tinjauan) for k in ("DINSOS", "DISHUB", "DISDIK", UNIT_UJI)] == [1, 1, 0, 0]
    assert (_unit(register, "DINSOS").keadaan.tahap, len(jawaban.hasil[0].nomor)) == ("pemantauan", 3)
    lain = register.store.lihat(_unit(register, "DISHUB").tinjauan[0].nomor)
    assert lain is not None
    assert isinstance(lain.peristiwa, PutusanDitinjau)
    periksa_utuh(register.store)
    assert _beda(register) == []


def test_harus_lewat_koreksi_sebelumnya_pun_disebut(siap: Toko) -> None:
    """What relied on the record before and after an earlier correction is listed by the next, whichever number names the record."""
    siap.maju("canangkan", "2024-03-11")
    nomor = _nomor(siap, "pakta_integritas")
    satu = _jalan(siap, _koreksi(nomor, {**PAKTA, "penandatangan": 57})).hasil[0].nomor[0]
    siap.maju("batalkan-langkah", "2026-03-03", BATAL, oleh=ADMIN)
    siap.maju("canangkan", "2026-03-03")
    for sebut in (nomor, satu):
        jawaban = _jalan(siap, _koreksi(sebut, KURANG), coba=True)
        assert [(a, b) for _, a, b in _putusan(jawaban)[UNIT_UJI]] == [(True, False), (True, False)]
    akhir = _jalan(siap, _tarik(satu))
    assert [(a, b) for _, a, b in _putusan(akhir)[UNIT_UJI]] == [(True, False), (True, False)]
    assert _beda(siap) == []


def test_yang_tidak_bersandar_tidak_disebut(siap: Toko) -> None:
    """Correcting a record that no decision relied on lists nothing and marks nobody."""
    nomor = _nomor(siap, "pakta_integritas")
    siap.catat("pakta_integritas", "2024-03-05", PAKTA)
    siap.maju("canangkan", "2024-03-11")
    jawaban = _jalan(siap, _koreksi(nomor, KURANG))
    assert (jawaban.hasil[0].tinjauan, len(jawaban.hasil[0].nomor), _unit(siap).tinjauan) == ((), 1, ())


def test_lke_dikoreksi_memeriksa_ulang_nilai(basis_sqlite: str) -> None:
    """An assessment corrected to worse answers: the proposal's score lines come out otherwise, with both figures; the unit stays."""
    dunia = toko(basis_sqlite)
    try:
        sampai("usulan_tpn", dunia=dunia)
        isi = dict(_unit(dunia).bukti["lke"][-1].isi)
        hasil = _jalan(dunia, _koreksi(_nomor(dunia, "lke"), {**isi, "jawaban": jawaban_semua("B", "2")}, PENILAI))
        assert _putusan(hasil) == {UNIT_UJI: [("usulkan", True, False)]}
        semua: Any = hasil.hasil[0].tinjauan[0].putusan[0]["beda"]
        beda = {b["id"]: (b["dulu"].partition(",")[0], b["kini"].partition(",")[0]) for b in semua}
        assert {k: beda[k] for k in ("R20.total", "R20.spak", "R20.prima", "R20.area_4")} == dict.fromkeys(
            ("R20.total", "R20.spak", "R20.prima"), ("terpenuhi", "tidak terpenuhi")
        ) | {"R20.area_4": ("terpenuhi", "terpenuhi")}
        assert _unit(dunia).keadaan.tahap == "usulan_tpn"
        assert _beda(dunia) == []
    finally:
        dunia.tutup()


# --- asked twice, tried, refused ----------------------------------------------------------------------------------------


def test_isi_yang_sama_dan_percobaan_tidak_menulis(siap: Toko) -> None:
    """The same contents write nothing; a trial shows the list and the coming version, and every table stays as it was."""
    siap.maju("canangkan", "2024-03-11")
    nomor, sebelum = _nomor(siap, "pakta_integritas"), isi_basis(siap.store)
    sama = _jalan(siap, _koreksi(nomor, PAKTA))
    assert (sama.hasil[0].sudah, sama.hasil[0].nomor, sama.hasil[0].tinjauan) == (True, (nomor,), ())
    coba = _jalan(siap, _koreksi(nomor, KURANG), coba=True)
    assert (coba.coba, coba.hasil[0].nomor) == (True, ())
    assert _putusan(coba) == {UNIT_UJI: [("canangkan", True, False)]}
    assert coba.polos()["hasil"][0]["tinjauan"][0]["nomor"] is None
    assert isi_basis(siap.store) == sebelum


def test_kunci_yang_sama_menjawab_sekali(siap: Toko) -> None:
    """The same key answers with the first result, the review and its numbers included; other words under it are a conflict."""
    siap.maju("canangkan", "2024-03-11")
    nomor = _nomor(siap, "pakta_integritas")
    satu = _jalan(siap, _koreksi(nomor, KURANG), kunci="K-1")
    sebelum = isi_basis(siap.store)
    dua = _jalan(siap, _koreksi(nomor, KURANG), kunci="K-1")
    assert (dua.ulangan, {**dua.polos(), "ulangan": False}) == (True, satu.polos())
    with pytest.raises(Konflik):
        _jalan(siap, _tarik(nomor), kunci="K-1")
    assert isi_basis(siap.store) == sebelum


def test_versi_yang_diharapkan(siap: Toko) -> None:
    """``versi`` is compared with that of the unit whose record it is; a fact of the instansi has no unit to compare."""
    nomor, versi = _nomor(siap, "pakta_integritas"), _unit(siap).versi
    with pytest.raises(Konflik, match=f"versi {versi}, bukan {versi - 1}"):
        _jalan(siap, _koreksi(nomor, KURANG), versi=versi - 1)
    assert _jalan(siap, _koreksi(nomor, KURANG), versi=versi).hasil[0].versi == versi + 1
    with pytest.raises(MasukanSalah, match="satu unit"):
        _jalan(siap, _tarik(_nomor(siap, "opini_bpk")), versi=1)


def test_harus_tanpa_peran_ditolak_dan_tertulis_sekali(siap: Toko) -> None:
    """An actor without the role is refused, in the stream of refusals; again the same day nothing more is written; the unit stays."""
    siap.maju("canangkan", "2024-03-11")
    nomor, unit = _nomor(siap, "pakta_integritas"), _unit(siap)
    for perintah in (_koreksi(nomor, KURANG, WALI_KOTA), _tarik(nomor, WALI_KOTA)):
        for _ in range(2):
            jawaban = _jalan(siap, perintah)
            assert [penghalang(d) for d in jawaban.penolakan] == [{"R30"}]
    assert [a.aliran for a in siap.store.telusuri(jenis="PerintahDitolak")] == [f"binjai/zi-penolakan/{UNIT_UJI}"] * 2
    assert not _jalan(siap, _tarik(_nomor(siap, "opini_bpk"), KEPALA)).diterima
    assert siap.store.telusuri(jenis="PerintahDitolak")[-1].aliran == "binjai/zi-penolakan/fakta"
    assert not _jalan(siap, Akui(_ditandai(siap), "x", KINI, WALI_KOTA)).diterima
    assert _unit(siap).versi == unit.versi + 2
    assert _beda(siap) == []


def _ditandai(toko_uji: Toko) -> int:
    """Correct the pakta and return the number of the review that waits."""
    return _jalan(toko_uji, _koreksi(_nomor(toko_uji, "pakta_integritas"), KURANG)).hasil[0].nomor[1]


def test_nomor_yang_bukan_catatan(siap: Toko) -> None:
    """Unknown numbers are not found; numbers of a registration, an official, a move, a refusal, a review say what they are instead."""
    siap.maju("canangkan", "2024-03-11", oleh=WALI_KOTA)
    siap.maju("canangkan", "2024-03-11")
    tinjauan = _ditandai(siap)
    log = {a.jenis.partition("@")[0]: a.nomor for a in siap.store.telusuri()}
    for perintah in (_koreksi(10**9, PAKTA), _tarik(2**53), Akui(10**9, "x", KINI, ADMIN)):
        with pytest.raises(TidakDitemukan, match="tidak ada"):
            _jalan(siap, perintah)
    for nama in ("UnitDidaftarkan", "PejabatDiangkat", "PerintahDitolak", "LangkahDiambil", "PutusanDitinjau"):
        with pytest.raises(MasukanSalah, match=f"bukan catatan bukti .{nama}.") as e:
            _jalan(siap, _tarik(log[nama]))
        assert ("batalkan-langkah" in e.value.lanjut) is (nama == "LangkahDiambil")
    for nomor in (_nomor(siap, "publikasi"), log["LangkahDiambil"], log["BuktiDikoreksi"]):
        with pytest.raises(MasukanSalah, match="bukan peninjauan"):
            _jalan(siap, Akui(nomor, "x", KINI, ADMIN))
    assert _jalan(siap, Akui(tinjauan, "x", KINI, ADMIN)).diterima
    with pytest.raises(TidakDitemukan, match="tidak mempunyai peninjauan"):
        _jalan(siap, Akui(tinjauan, "x", KINI, ADMIN))


def test_beberapa_koreksi_dalam_satu_permintaan(siap: Toko) -> None:
    """Within one request each sees the ones before it: the second names the first by its final number, and the last review sees all."""
    siap.maju("canangkan", "2024-03-11")
    pakta, publikasi = _nomor(siap, "pakta_integritas"), _nomor(siap, "publikasi")
    jawaban = _jalan(siap, _koreksi(pakta, {**PAKTA, "penandatangan": 57}), _koreksi(pakta, KURANG), _tarik(publikasi), _tarik(pakta))
    semua = [a for h in jawaban.hasil for n in h.nomor if (a := siap.store.lihat(n)) is not None]
    perbaikan = [(a.nomor, a.peristiwa.menggantikan) for a in semua if isinstance(a.peristiwa, BuktiDikoreksi | BuktiDitarik)]
    satu, dua = perbaikan[0][0], perbaikan[1][0]
    assert [m for _, m in perbaikan] == [pakta, satu, publikasi, dua]
    akhir: Any = jawaban.hasil[2].tinjauan[0].putusan[0]
    assert {b["id"] for b in akhir["beda"]} == {"R2", "R3"}
    assert [t.putusan[0]["kini"] for h in jawaban.hasil for t in h.tinjauan] == [True, False, False, False]
    assert len(_unit(siap).tinjauan) == 4
    periksa_utuh(siap.store)
    assert _beda(siap) == []


def test_permintaan_yang_sebagian_ditolak_tidak_mengoreksi(siap: Toko) -> None:
    """One correction of a request is refused: none is made, only the refusal is written."""
    pakta, publikasi = _nomor(siap, "pakta_integritas"), _nomor(siap, "publikasi")
    versi = _unit(siap).versi
    assert not _jalan(siap, _koreksi(pakta, KURANG), _tarik(publikasi, WALI_KOTA)).diterima
    assert _unit(siap).versi == versi
    assert [p.peristiwa.perintah for p in siap.store.telusuri(jenis="PerintahDitolak") if isinstance(p.peristiwa, PerintahDitolak)] == [
        "tarik"
    ]


# --- at once ------------------------------------------------------------------------------------------------------------


def test_harus_langkah_yang_menyela_ikut_ditinjau(siap: Toko) -> None:
    """Between the review and the append the unit moves on the old record: the correction is decided again, and lists the move."""
    nomor = _nomor(siap, "pakta_integritas")
    siap.jam.pada(KINI)
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: _lain(siap).jalankan([canangkan()]))
    jawaban = _lain(siap, gudang).jalankan([_koreksi(nomor, KURANG)])
    assert gudang.tambahan == 2
    assert _putusan(jawaban) == {UNIT_UJI: [("canangkan", True, False)]}
    assert _beda(siap) == []


def test_harus_penolakan_dan_unit_lain_yang_menyela_ikut_ditinjau(register: Toko) -> None:
    """Of a fact: a unit that nobody had heard of moves in between, another is refused; both are in the review."""
    kosong(dunia=register)
    for kode in ("DINSOS", "DISHUB"):
        arsip(register, kode, BANGUN)

    def sela() -> None:
        isi = {"jadwal_bulan": 3}
        assert _lain(register).jalankan([AmbilLangkah("mulai-pantau", "DINSOS", isi, HARI("2024-06-10"), PENILAI)]).diterima
        assert not _lain(register).jalankan([AmbilLangkah("mulai-pantau", "DISHUB", isi, HARI("2024-06-10"), KEPALA)]).diterima

    register.jam.pada(KINI)
    gudang = GudangSela(register.store, sebelum_tambah=sela)
    jawaban = _lain(register, gudang).jalankan([_tarik(_nomor(register, "keputusan_tpi"))])
    assert gudang.tambahan == 2
    assert _putusan(jawaban) == {"DINSOS": [("mulai-pantau", True, False)], "DISHUB": [("mulai-pantau", False, False)]}
    assert _beda(register) == []


def test_harus_koreksi_yang_menyela_mengubah_langkahnya(siap: Toko) -> None:
    """The other order: the correction comes first, and the move that was decided on the old record is decided again, and refused."""
    nomor = _nomor(siap, "pakta_integritas")
    siap.jam.pada(KINI)
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: _lain(siap).jalankan([_koreksi(nomor, KURANG)]))
    jawaban = _lain(siap, gudang).jalankan([canangkan()])
    assert {t.id for d in jawaban.penolakan for t in d.penghalang} == {"R2"}
    assert _unit(siap).tinjauan == ()
    assert _beda(siap) == []


def test_dua_koreksi_sekaligus_tidak_ada_yang_hilang(siap: Toko) -> None:
    """Two correct the same record at once: the later one replaces the earlier one and names it; both are in the log."""
    nomor = _nomor(siap, "pakta_integritas")
    siap.jam.pada(KINI)
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: _lain(siap).jalankan([_koreksi(nomor, {**PAKTA, "penandatangan": 57})]))
    jawaban = _lain(siap, gudang).jalankan([_koreksi(nomor, KURANG)])
    satu, dua = (a for a in siap.store.telusuri(jenis="BuktiDikoreksi"))
    assert isinstance(dua.peristiwa, BuktiDikoreksi)
    assert (dua.nomor, dua.peristiwa.menggantikan) == (jawaban.hasil[0].nomor[0], satu.nomor)
    assert _unit(siap).bukti["pakta_integritas"][0].isi == KURANG
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: _lain(siap).jalankan([_tarik(nomor)]))
    with pytest.raises(TidakDitemukan, match="sudah ditarik"):
        _lain(siap, gudang).jalankan([_koreksi(nomor, PAKTA)])
    periksa_utuh(siap.store)


def test_koreksi_dan_langkah_dari_banyak_utas(siap: Toko) -> None:
    """Records are corrected to and fro while others move and undo: every order is lawful, and no move on a replaced record is unlisted."""
    nomor = _nomor(siap, "pakta_integritas")
    siap.jam.pada(KINI)

    def perbaiki(layanan: Layanan, ke: int) -> None:
        layanan.jalankan([_koreksi(nomor, KURANG if ke % 2 else {**PAKTA, "penandatangan": 50 + ke})])

    def bergerak(layanan: Layanan, _ke: int) -> None:
        layanan.jalankan([canangkan(tanggal=KINI.isoformat())])
        layanan.jalankan([AmbilLangkah("batalkan-langkah", UNIT_UJI, BATAL, KINI, ADMIN)])

    def main(ke: int) -> None:
        layanan = _lain(siap)
        for putaran in range(5):
            with suppress(Galat):
                (perbaiki if ke == 0 else bergerak)(layanan, putaran)

    serentak(3, main)
    log = periksa_utuh(siap.store)
    assert _beda(siap) == []
    ditinjau = {p["nomor"] for a in log if isinstance(a.peristiwa, PutusanDitinjau) for p in a.peristiwa.putusan}
    akhir = [a.nomor for a in log if isinstance(a.peristiwa, BuktiDikoreksi)][-1]
    assert {a.nomor for a in log if a.nomor < akhir and isinstance(a.peristiwa, LangkahDiambil)} <= ditinjau


# --- what follows: deadlines, and the day around midnight -----------------------------------------------------------------


def test_harus_koreksi_pengumuman_memindahkan_tenggat_dan_menyebut_sebabnya(register: Toko) -> None:
    """An announcement corrected, then retracted: T1 moves each time, and the sweep withdraws its reminders with the reason."""
    kosong(dunia=register)
    arsip(register, "DINSOS", BANGUN)
    register.catat("pengumuman_tpn", "2026-03-03", {"tahun": 2026, "batas": "2026-03-20", "nomor": "B/9/TPN"}, None)
    nomor, penyapu = _nomor(register, "pengumuman_tpn"), Penyapu(register.layanan, register.store)
    penyapu.sapu()
    sebab: list[str] = []
    for hari, perintah, harap in (
        (0, _koreksi(nomor, {"tahun": 2026, "batas": "2026-03-27", "nomor": "B/9/TPN"}), "2026-03-27"),
        (1, _koreksi(nomor, {"tahun": 2026, "batas": "2026-04-02", "nomor": "B/9/TPN"}), "2026-04-02"),
        (2, _tarik(nomor), "2026-05-31"),
    ):
        register.jam.pada(KINI + timedelta(days=hari))
        register.layanan.jalankan([perintah])
        (t1,) = [t for t in register.layanan.tenggat("DINSOS") if t.id == "T1" and t.kejadian.kunci == "2026"]
        assert t1.jatuh_tempo.isoformat() == harap
        hasil = penyapu.sapu()
        (dicabut,) = {(p.sebab, p.keterangan, p.pengganti) for _, p in hasil.dicabut if p.tenggat == "T1"}
        assert dicabut[::2] == ("dipindah", harap)
        sebab.append(dicabut[1])
        assert {p.jatuh_tempo for _, p in hasil.dicatat if p.tenggat == "T1"} == {harap}
    assert sebab[0].endswith("B/9/TPN tanggal 3 Mar 2026, sebagaimana dikoreksi: 27 Mar 2026 (batas tetap 31 Mei 2026; tafsir D21)")
    assert "31 Mei 2026, batas tetap setiap tahun (Pengumuman TPN B/9/TPN tanggal 3 Mar 2026, sebagaimana dikoreksi, ditarik)" in sebab[2]
    periksa_utuh(register.store)


def test_putusan_sesudah_tengah_malam_diputus_ulang_pada_harinya(siap: Toko) -> None:
    """Decided a second before midnight and recorded a second after: decided again it is the same, and a review judges it on its own day."""
    siap.jam.kini = datetime(2026, 5, 5, 16, 59, 58, 500000, tzinfo=UTC)  # the next looks: 23:59:59.5 and 00:00:00.5 in Jakarta
    assert not siap.layanan.jalankan([canangkan(tanggal="2026-05-06")]).diterima
    akhir = siap.store.telusuri()[-1]
    assert isinstance(akhir.peristiwa, PerintahDitolak)
    assert (akhir.peristiwa.hari, hari_di("Asia/Jakarta", akhir.jam).isoformat()) == ("2026-05-05", "2026-05-06")
    assert _beda(siap) == []
    jawaban = siap.layanan.jalankan([_koreksi(_nomor(siap, "pakta_integritas"), {**PAKTA, "penandatangan": 57}, hari=HARI("2026-05-06"))])
    (putusan,) = jawaban.hasil[0].tinjauan[0].putusan
    assert (putusan["diterima"], putusan["kini"], putusan["sama"]) == (False, False, True)


def test_putusan_tanpa_definisinya_disebut_tidak_dapat_diputus(siap: Toko) -> None:
    """A decision whose definition is gone is listed all the same: it cannot be decided now, and why."""
    siap.maju("canangkan", "2024-03-11")
    siap.jam.pada(KINI)
    arsip_ = _TanpaDefinisi(siap.store)
    jawaban = _lain(siap, arsip_).jalankan([_koreksi(_nomor(siap, "pakta_integritas"), KURANG)])
    (putusan,) = jawaban.hasil[0].tinjauan[0].putusan
    assert (putusan["perintah"], putusan["kini"], putusan["sama"]) == ("canangkan", None, False)
    alasan: Any = putusan["beda"]
    assert "tidak tersimpan" in alasan[0]["kini"]


class _TanpaDefinisi:
    """A store that lost its definitions."""

    def __init__(self, asal: Gudang) -> None:
        """Stand before ``asal``."""
        self._asal = asal

    def definisi(self, sidik: str) -> None:
        """Have none."""

    def __getattr__(self, nama: str) -> Any:  # noqa: ANN401 - everything else is the store's
        """Return the store's own."""
        return getattr(self._asal, nama)


def test_penolakan_berkas_yang_tidak_terdaftar_tidak_ditandai(register: Toko) -> None:
    """A refused request about a unit that was never registered has no file to mark: the correction of what it relied on goes through."""
    kosong(dunia=register)
    nomor = _nomor(register, "opini_bpk")
    syarat: tuple[PetaPolos, ...] = ({"id": "R24.opini", "status": "tidak", "ditemukan": "WDP", "bukti": [nomor]},)
    ditolak = PerintahDitolak("daftarkan-unit", {"nama": "Tak Jadi"}, "2026-03-02", "2026-03-02", syarat, "0" * 64)
    naskah = Naskah("binjai/zi-penolakan/TAKJADI", 1, ditolak, HARI("2026-03-02"), ADMIN, (), definisi().sidik)
    register.store.tambah([naskah], dibaca={}, definisi={})
    jawaban = _jalan(register, _koreksi(nomor, {"tahun": 2025, "opini": "WDP"}))
    assert (jawaban.diterima, jawaban.hasil[0].tinjauan) == (True, ())
