"""Refusals are facts: written once a day (WIB), with the checklist that ``periksa`` shows; acts recorded after their deadline."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, BERKAS, HARI, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA, bekal_pencanangan, definisi, kosong
from tests.alat.toko import Toko
from tests.layanan.alat import canangkan, catat, isi_basis, pasang_unit, penolakan, periksa_utuh, sampai_usulan_wbbm, serentak
from zi_workflow.domain.commands import AkhiriPejabat, AmbilLangkah, AngkatPejabat, DaftarkanUnit, Perintah
from zi_workflow.domain.events import LangkahDiambil

TT = {"nomor": "TT-2", "tahun": 2027, "predikat": "WBBM", "sistem": "portalrb"}


def _pukul(toko: Toko, saat: str) -> None:
    """Set the clock (UTC), forwards or backwards; the command that follows sees this second."""
    toko.jam.kini = datetime.fromisoformat(saat).replace(tzinfo=UTC)


def _banyak(toko: Toko) -> int:
    return len(toko.store.telusuri(jenis="PerintahDitolak"))


@pytest.mark.parametrize(
    "perintah",
    [
        canangkan(),
        catat("pakta_integritas", {"jumlah_pegawai": 6, "penandatangan": 5, "pimpinan": "ya"}, oleh="X-BUKAN"),
        catat("opini_bpk", {"tahun": 2022, "opini": "WTP"}, kode=None, oleh=KEPALA),
        DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), KEPALA),
        AngkatPejabat("199001012015011001", "Orang", "tpi", "800/9", HARI("2024-03-01"), HARI("2024-03-01"), KEPALA),
        AkhiriPejabat(PENILAI, "tpi", HARI("2024-03-01"), HARI("2024-03-01"), KEPALA),
    ],
)
def test_setiap_penolakan_adalah_peristiwa_sekali_sehari(register: Toko, perintah: Perintah) -> None:
    """Whatever is refused is written, in a stream of its own; again the same day it is answered the same and not written."""
    kosong(dunia=register)
    unit = register.layanan.unit(UNIT_UJI)
    jawaban = [register.layanan.jalankan([perintah]) for _ in range(3)]
    assert {j.diterima for j in jawaban} == {False}
    assert jawaban[0].penolakan == jawaban[1].penolakan == jawaban[2].penolakan
    (satu,) = register.store.telusuri(jenis="PerintahDitolak")
    assert satu.alur == "zi-penolakan"
    assert satu.dasar == tuple(dict.fromkeys(d for t in jawaban[0].penolakan[0].penghalang for d in t.dasar))
    assert register.layanan.unit(UNIT_UJI) == unit
    periksa_utuh(register.store)


def test_ditulis_lagi_pada_hari_berikut_menurut_wib(register: Toko) -> None:
    """The day turns at midnight in Jakarta: 16:59:58 UTC is the same day still, 17:00 UTC the next."""
    kosong(dunia=register)
    harapan = {
        "2026-05-05T03:00:00": 1,
        "2026-05-05T16:59:55": 1,
        "2026-05-05T17:00:01": 2,
        "2026-05-06T16:00:00": 2,
        "2026-05-07T01:00:00": 3,
    }
    for saat, banyak in harapan.items():
        _pukul(register, saat)
        assert not register.layanan.jalankan([canangkan()]).diterima
        assert _banyak(register) == banyak, saat
    assert [p.hari for p in penolakan(register.store)] == ["2026-05-05", "2026-05-06", "2026-05-07"]


def test_ditulis_lagi_bila_daftar_periksanya_lain(register: Toko) -> None:
    """The same day, but one requirement was met meanwhile, or another person or day asks: that is another refusal."""
    kosong(dunia=register)
    register.layanan.jalankan([canangkan()])
    register.catat("publikasi", "2024-03-04", {"kanal": "Laman", "alamat": "a.example"})
    for perintah in (canangkan(), canangkan(), canangkan(oleh=ADMIN), canangkan(tanggal="2024-03-12")):
        register.layanan.jalankan([perintah])
    semua = penolakan(register.store)
    assert len(semua) == 4
    assert len({p.sidik for p in semua}) == 4
    r3 = [next(s["terpenuhi"] for s in p.syarat if s["id"] == "R3") for p in semua]
    assert r3 == [False, True, True, True]


def test_penolakan_yang_sama_dari_delapan_utas(register: Toko) -> None:
    """Eight ask at once: one refusal, and everybody hears it."""
    kosong(dunia=register)
    jawaban: list[Any] = []
    serentak(8, lambda _: jawaban.append(register.layanan.jalankan([canangkan()]).diterima))
    assert jawaban == [False] * 8
    assert _banyak(register) == 1


def test_unit_lain_punya_penolakannya_sendiri(register: Toko) -> None:
    """Refusals of two units do not stand for each other."""
    kosong(dunia=register)
    pasang_unit(register, "DINSOS", bekal=False)
    for kode in (UNIT_UJI, "DINSOS", UNIT_UJI):
        register.layanan.jalankan([canangkan(kode)])
    assert [a.aliran for a in register.store.telusuri(jenis="PerintahDitolak")] == [
        "binjai/zi-penolakan/DISPORA",
        "binjai/zi-penolakan/DINSOS",
    ]


@pytest.mark.parametrize(
    ("langkah", "isi", "oleh", "tanggal"),
    [
        ("canangkan", {}, KEPALA, "2024-03-11"),
        ("canangkan", {}, "X-BUKAN", "2024-03-11"),
        ("canangkan", {}, KEPALA, "2024-02-01"),
        ("batalkan-langkah", {"alasan": "uji", "nomor": "1"}, KEPALA, "2024-03-11"),
    ],
)
def test_periksa_sama_dengan_penolakan_dan_tidak_menulis(
    register: Toko, langkah: str, isi: dict[str, Any], oleh: str, tanggal: str
) -> None:
    """``periksa`` answers with the very checklist that the refusal keeps, and leaves every table as it was."""
    kosong(dunia=register)
    if langkah == "batalkan-langkah":
        bekal_pencanangan(register)
        register.maju("canangkan", "2024-03-11")
    sebelum = isi_basis(register.store)
    daftar = register.layanan.periksa(UNIT_UJI, langkah, isi, HARI(tanggal), oleh)
    assert isi_basis(register.store) == sebelum
    assert daftar is not None
    jawaban = register.layanan.jalankan([AmbilLangkah(langkah, UNIT_UJI, isi, HARI(tanggal), oleh)])
    assert jawaban.penolakan == (daftar,)
    assert list(penolakan(register.store)[-1].syarat) == daftar.polos()["syarat"]


def test_periksa_usulan_sama_dengan_keputusannya(register: Toko) -> None:
    """For a proposal too, refused or accepted: what was shown is what is decided."""
    sampai_usulan_wbbm(register)
    for isi in ({"predikat": "WBK", "surat": "900/1"}, {"predikat": "WBBM", "surat": "900/1"}):
        perintah = AmbilLangkah("usulkan", UNIT_UJI, isi, HARI("2027-05-02"), WALI_KOTA)
        daftar = register.layanan.periksa(UNIT_UJI, "usulkan", isi, HARI("2027-05-02"), WALI_KOTA)
        jawaban = register.layanan.jalankan([perintah])
        assert jawaban.hasil[0].daftar == daftar
        assert jawaban.diterima == (isi["predikat"] == "WBBM")


# --- D12: recorded after the deadline --------------------------------------------------------------------------------


def _usulkan(tanggal: str = "2027-05-20") -> AmbilLangkah:
    return AmbilLangkah("usulkan", UNIT_UJI, {"predikat": "WBBM", "surat": "900/1/2027"}, HARI(tanggal), WALI_KOTA)


def _r22(toko: Toko) -> Any:  # noqa: ANN401 - a checklist's line
    jawaban = toko.layanan.jalankan([_usulkan()])
    (satu,) = [t for t in jawaban.hasil[0].daftar.temuan if t.id == "R22"]
    return jawaban.diterima, satu


def _terlambat(toko: Toko) -> Any:  # noqa: ANN401 - plain data
    akhir = toko.store.telusuri()[-1].peristiwa
    assert isinstance(akhir, LangkahDiambil)
    return akhir.terlambat


def test_d12_dicatat_sebelum_batas_tanpa_berkas(register: Toko) -> None:
    """Recorded in the last second of 31 May in Jakarta, a receipt without a file is enough; nothing is marked."""
    sampai_usulan_wbbm(register)
    register.catat("tanda_terima", "2027-05-03", TT)
    _pukul(register, "2027-05-31T16:59:57")
    diterima, r22 = _r22(register)
    assert (diterima, "D12" in r22.tafsir) == (True, False)
    assert _terlambat(register) is None


def test_d12_dicatat_sesudah_batas_perlu_berkas(register: Toko) -> None:
    """Two seconds into 1 June in Jakarta it is refused without the receipt as a file, and accepted and marked with it."""
    sampai_usulan_wbbm(register)
    register.catat("tanda_terima", "2027-05-03", TT)
    _pukul(register, "2027-05-31T17:00:01")
    diterima, r22 = _r22(register)
    assert not diterima
    assert "berkas tanda_terima" in str(r22.kurang)
    register.catat("tanda_terima", "2027-05-04", TT, berkas=(BERKAS,))
    diterima, r22 = _r22(register)
    assert diterima
    assert "D12" in r22.tafsir
    assert _terlambat(register) == {"tanggal": "2027-05-20", "dicatat": "2027-06-01"}


def test_d12_tanda_terima_sesudah_batas_tidak_menolong(register: Toko) -> None:
    """A receipt that is itself dated after the deadline does not make the act timely, file or not."""
    sampai_usulan_wbbm(register)
    _pukul(register, "2027-06-10T03:00:00")
    assert not register.layanan.jalankan([_usulkan("2027-06-01")]).diterima
    assert register.unit[UNIT_UJI].keadaan.tahap == "evaluasi_tpi"
    assert definisi().sidik == register.store.telusuri()[-1].sidik_regulasi
