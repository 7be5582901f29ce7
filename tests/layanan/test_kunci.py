"""Repeating a request safely: idempotency keys, expected versions, dry runs, and races that are lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, PENILAI, UNIT_UJI, WALI_KOTA, bekal_pencanangan, bekal_penetapan, kosong
from tests.alat.toko import Toko
from tests.layanan.alat import (
    GudangSela,
    bekal_semua,
    canangkan,
    catat,
    isi_basis,
    pasang_unit,
    penolakan,
    periksa_utuh,
    serentak,
)
from zi_workflow.answers import Jawaban
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import AmbilLangkah
from zi_workflow.domain.errors import Konflik, MasukanSalah
from zi_workflow.domain.events import NOMOR_SEMENTARA
from zi_workflow.service import Layanan
from zi_workflow.session import Gudang

PAKTA = {"jumlah_pegawai": 60, "penandatangan": 60, "pimpinan": "ya"}


@pytest.fixture
def siap(register: Toko) -> Toko:
    """Give a register whose unit may be declared."""
    kosong(dunia=register)
    bekal_pencanangan(register)
    return register


def _lain(toko: Toko, gudang: Gudang | None = None) -> Layanan:
    """Return the service of another program on the same store."""
    return Layanan(toko.aturan, gudang or toko.store, toko.jam, lambda i: hari_di("Asia/Jakarta", i))


# --- keys ------------------------------------------------------------------------------------------------------------


def test_kunci_yang_sama_menjawab_sama_juga_sesudah_unit_maju(siap: Toko) -> None:
    """The second time brings the first answer, even when the unit has moved on since; nothing is written."""
    pertama = siap.layanan.jalankan([canangkan()], kunci="k-1")
    bekal_penetapan(siap)
    assert siap.maju("tetapkan", "2024-04-02", oleh=WALI_KOTA).diterima
    sebelum = isi_basis(siap.store)
    for layanan in (siap.layanan, _lain(siap)):
        kedua = layanan.jalankan([canangkan()], kunci="k-1")
        assert kedua.ulangan
        assert kedua.polos() == {**pertama.polos(), "ulangan": True}
    assert isi_basis(siap.store) == sebelum
    assert pertama.polos()["hasil"][0]["tahap"] == "pencanangan"


@pytest.mark.parametrize(
    "lain",
    [
        [canangkan(tanggal="2024-03-12")],
        [canangkan(oleh=ADMIN)],
        [canangkan(), canangkan("DINSOS")],
        [],
        [catat("pakta_integritas", PAKTA)],
        [AmbilLangkah("canangkan", UNIT_UJI, {"catatan": "x"}, HARI("2024-03-11"), canangkan().oleh)],
    ],
)
def test_kunci_yang_sama_dengan_isi_lain_adalah_konflik(siap: Toko, lain: list[Any]) -> None:
    """Other content under the same key is exit 6, and nothing is written."""
    siap.layanan.jalankan([canangkan()], kunci="k-1")
    sebelum = isi_basis(siap.store)
    with pytest.raises(Konflik, match="k-1") as galat:
        siap.layanan.jalankan(lain, kunci="k-1")
    assert galat.value.kode == 6
    assert isi_basis(siap.store) == sebelum


def test_permintaan_ditolak_tidak_mengikat_kunci(register: Toko) -> None:
    """A refusal answers for itself only: mended, the same request under the same key is accepted."""
    kosong(dunia=register)
    assert not register.layanan.jalankan([canangkan()], kunci="k-1").diterima
    bekal_pencanangan(register)
    jawaban = register.layanan.jalankan([canangkan()], kunci="k-1")
    assert jawaban.diterima
    assert not jawaban.ulangan
    assert register.store.telusuri()[-1].kunci == "k-1"


def test_kesalahan_tidak_mengikat_kunci(siap: Toko) -> None:
    """Nor does a mistake of the caller."""
    with pytest.raises(MasukanSalah):
        siap.layanan.jalankan([catat("pakta_integritas", {"asing": 1})], kunci="k-1")
    assert siap.layanan.jalankan([canangkan()], kunci="k-1").diterima


def test_catatan_yang_sudah_ada_juga_mengikat_kunci(siap: Toko) -> None:
    """A request that writes no event (it was on file already) keeps its answer under its key too."""
    isi = {"kanal": "Laman", "alamat": "dispora.example"}
    perintah = [catat("publikasi", isi, "2024-03-04")]
    pertama = siap.layanan.jalankan(perintah, kunci="k-1")
    assert pertama.hasil[0].sudah
    siap.layanan.jalankan([catat("publikasi", {**isi, "alamat": "lain.example"}, "2024-03-04")])
    kedua = siap.layanan.jalankan(perintah, kunci="k-1")
    assert kedua.polos() == {**pertama.polos(), "ulangan": True}


def test_kunci_yang_sama_dari_delapan_utas(siap: Toko) -> None:
    """Eight at once: one writes, and all get its answer; none hears of a conflict, nobody writes a refusal."""
    panjang = len(siap.store.telusuri())
    jawaban: list[Jawaban] = []
    serentak(8, lambda _: jawaban.append(_lain(siap).jalankan([canangkan()], kunci="k-1")))
    assert len(periksa_utuh(siap.store)) == panjang + 1
    assert [j.ulangan for j in jawaban].count(False) == 1
    polos = [{k: v for k, v in j.polos().items() if k != "ulangan"} for j in jawaban]
    assert all(json.dumps(p) == json.dumps(polos[0]) for p in polos)


@pytest.mark.parametrize("saat", ["sebelum_muat", "sesudah_kunci", "sebelum_tambah"])
@pytest.mark.parametrize("cara", ["sungguh", "percobaan"])
def test_kunci_dijawab_di_sela_permintaan(siap: Toko, saat: str, cara: str) -> None:
    """The same request is recorded by somebody else at whatever moment of this one: his answer is given."""
    pertama: list[Jawaban] = []
    coba = cara == "percobaan"

    def mendahului() -> None:
        pertama.append(_lain(siap).jalankan([canangkan()], kunci="k-1"))

    sela: dict[str, Any] = {saat: mendahului}
    jawaban = _lain(siap, GudangSela(siap.store, **sela)).jalankan([canangkan()], kunci="k-1", coba=coba)
    if coba and saat != "sebelum_muat":  # a dry run asks for the key last, and never appends
        assert not jawaban.ulangan
        return
    assert jawaban.polos() == {**pertama[0].polos(), "ulangan": True}
    assert penolakan(siap.store) == []


# --- expected versions -----------------------------------------------------------------------------------------------


def test_versi_yang_diharapkan(siap: Toko) -> None:
    """The right version goes through; an old or a future one is exit 6, and nothing is written."""
    versi = siap.unit[UNIT_UJI].versi
    sebelum = isi_basis(siap.store)
    for salah in (0, versi - 1, versi + 1):
        with pytest.raises(Konflik, match=f"pada versi {versi}, bukan {salah}"):
            siap.layanan.jalankan([canangkan()], versi=salah)
    assert isi_basis(siap.store) == sebelum
    jawaban = siap.layanan.jalankan([canangkan()], versi=versi)
    assert jawaban.hasil[0].versi == versi + 1


def test_versi_tidak_cocok_didahulukan_dari_penolakan(register: Toko) -> None:
    """What somebody else changed meanwhile is told before the rules are asked, so no refusal is written."""
    kosong(dunia=register)
    with pytest.raises(Konflik):
        register.layanan.jalankan([canangkan()], versi=7)
    assert penolakan(register.store) == []


def test_versi_bagi_beberapa_unit_atau_tanpa_unit(siap: Toko) -> None:
    """An expected version with several units, or with none, is wrong usage and never silently ignored."""
    pasang_unit(siap, "DINSOS")
    fakta = catat("opini_bpk", {"tahun": 2022, "opini": "WTP"}, kode=None)
    for perintah in ([canangkan(), canangkan("DINSOS")], [fakta]):
        with pytest.raises(MasukanSalah, match="versi"):
            siap.layanan.jalankan(perintah, versi=1)


def test_versi_dan_unit_berubah_di_sela(siap: Toko) -> None:
    """The unit moves on between load and append: the expected version is no longer there, exit 6."""
    versi = siap.unit[UNIT_UJI].versi
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: siap.catat("pakta_integritas", "2024-03-05", PAKTA))
    with pytest.raises(Konflik, match=f"versi {versi + 1}, bukan {versi}"):
        _lain(siap, gudang).jalankan([canangkan()], versi=versi)


def test_versi_tetap_dan_fakta_berubah_di_sela(siap: Toko) -> None:
    """Only the instansi's facts moved: the request is decided again and goes through, the unit being where it was expected."""
    versi = siap.unit[UNIT_UJI].versi
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: siap.catat("spip", "2024-03-05", {"tahun": 2022, "level": 3}, None))
    assert _lain(siap, gudang).jalankan([canangkan()], versi=versi).diterima
    assert gudang.tambahan == 2


# --- dry runs --------------------------------------------------------------------------------------------------------


def test_coba_tidak_mengubah_apa_pun(siap: Toko) -> None:
    """Accepted, refused, keyed, several, or in a batch: a dry run leaves every table as it was and shows no made-up numbers."""
    pasang_unit(siap, "DINSOS", bekal=False)
    sebelum = isi_basis(siap.store)
    diterima = siap.layanan.jalankan([catat("pakta_integritas", PAKTA), canangkan()], coba=True, kunci="k-1")
    assert (diterima.diterima, diterima.polos()["coba"]) == (True, True)
    assert [h.tahap for h in diterima.hasil] == ["terdaftar", "pencanangan"]
    assert all(n < NOMOR_SEMENTARA for h in diterima.hasil for n in (*h.nomor, *(b for t in h.daftar.temuan for b in t.bukti)))
    ditolak = siap.layanan.jalankan([canangkan(), canangkan("DINSOS")], coba=True)
    assert [d.unit for d in ditolak.penolakan] == ["DINSOS"]
    siap.layanan.jalankan([catat("pakta_integritas", PAKTA)], coba=True, berkas_batch=True)
    assert isi_basis(siap.store) == sebelum
    sungguh = siap.layanan.jalankan([canangkan()], kunci="k-1")
    assert not sungguh.ulangan


# --- races -----------------------------------------------------------------------------------------------------------


class _SelaluKalah(GudangSela):
    """A store that says of every append that somebody else wrote first."""

    def tambah(self, *_: Any, **__: Any) -> list[Any]:  # noqa: ANN401 - whatever is handed on
        """Lose."""
        self.tambahan += 1
        raise Konflik("Data sudah diubah pihak lain.", "versi 9", "Ulangi.")


def test_kalah_dua_kali_adalah_konflik(siap: Toko) -> None:
    """A lost race is retried once from the start; lost again it is exit 6, with three lines."""
    gudang = _SelaluKalah(siap.store)
    with pytest.raises(Konflik) as galat:
        _lain(siap, gudang).jalankan([canangkan()])
    assert gudang.tambahan == 2
    assert galat.value.kode == 6
    assert all((galat.value.pesan, galat.value.sebab, galat.value.lanjut))
    assert galat.value.__cause__ is None


def test_kalah_sekali_diputuskan_ulang(siap: Toko) -> None:
    """The second attempt decides on the file as it is then: the record that came between is the one relied on."""
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: siap.catat("pakta_integritas", "2024-03-05", PAKTA))
    jawaban = _lain(siap, gudang).jalankan([canangkan()])
    assert gudang.tambahan == 2
    (r2,) = [t for t in jawaban.hasil[0].daftar.temuan if t.id == "R2"]
    assert r2.bukti == (siap.jawaban[-1].hasil[0].nomor)


def test_kalah_dari_langkah_yang_sama(siap: Toko) -> None:
    """Somebody else makes the very move first: the loser hears that the stage no longer has it, and nothing is written."""
    panjang = len(siap.store.telusuri())
    gudang = GudangSela(siap.store, sebelum_tambah=lambda: _lain(siap).jalankan([canangkan()]))
    with pytest.raises(Exception, match="berada pada tahap pencanangan") as galat:
        _lain(siap, gudang).jalankan([canangkan()])
    assert getattr(galat.value, "kode", None) == 11
    assert len(periksa_utuh(siap.store)) == panjang + 1


def test_satu_layanan_dari_delapan_utas(register: Toko) -> None:
    """Threads share one service: the facts it keeps in memory never hold a record twice, and nothing is written twice."""
    kosong(dunia=register)
    bekal_semua(register)
    for i in range(12):
        _lain(register).jalankan([catat("spip", {"tahun": 2000 + i, "level": 3}, kode=None)])
        serentak(8, lambda _: register.layanan.periksa(UNIT_UJI, "canangkan", {}, None, None))
    tahun = [b.isi["tahun"] for b in register.layanan._sesi().instansi.fakta["spip"]]  # noqa: SLF001 - what it keeps in memory
    assert len(tahun) == len(set(tahun))
    serentak(8, lambda ke: register.layanan.jalankan([catat("pemantauan", {"hasil": f"utas {ke}"}, oleh=PENILAI)]) if ke < 2 else None)
    periksa_utuh(register.store)
