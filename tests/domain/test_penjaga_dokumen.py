"""The kinds of requirement about documents (domain/guards/dokumen.py): grades on their scale, and chains of records."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.alat.dunia import HARI, UNIT_UJI, Dunia, bekal_predikat, diterima, ditolak, lupakan, penghalang, sampai, temuan
from zi_workflow.domain.definition import Syarat
from zi_workflow.domain.events import Polos
from zi_workflow.domain.guards.ambang import Mutu
from zi_workflow.domain.guards.dokumen import Dokumen, Mata, Rangkaian
from zi_workflow.domain.guards.konteks import Hasil, Konteks, mesin

PREDIKAT = {"predikat": "WBK"}
ISI: dict[str, Any] = {"tahun": 2025, "predikat": "WBK"}
RANGKAI = ("hasil_tpn", "rekomendasi_menteri", "keputusan_predikat")


@cache
def _konteks() -> Konteks:
    """Return the context of a proposal of 2025-05-20 with figures of the instansi on file."""
    dunia = sampai("evaluasi_tpi")
    return Konteks(
        dunia.aturan,
        dunia.instansi,
        "usulkan",
        HARI("2025-05-20"),
        HARI("2025-05-20"),
        None,
        dunia.unit[UNIT_UJI],
        predikat="WBK",
        tahun=2025,
    )


def _nilai(jenis: str, isian: str, nilai: Polos, ambang: Mutu) -> Hasil:
    konteks = _konteks()
    (satu, *_) = konteks.catatan(jenis, "tahun laporan")
    fakta = {**konteks.instansi.fakta, jenis: (replace(satu, isi={"tahun": 2024, isian: nilai}),)}
    return Dokumen(jenis, "tahun laporan", mutu=isian).periksa(replace(konteks, instansi=replace(konteks.instansi, fakta=fakta)), ambang)


@pytest.mark.parametrize(
    ("nilai", "ambang", "cukup"),
    [
        ("AA", ">= B", True),
        ("BB", ">= B", True),
        ("B", ">= B", True),
        ("CC", ">= B", False),
        ("D", ">= B", False),
        ("B", ">= BB", False),
        ("BB", "= BB", True),
        ("A", "= BB", False),
        ("E", ">= D", False),
        (None, ">= D", False),
    ],
)
def test_mutu_pada_skala_pilihan(nilai: str | None, ambang: str, cukup: bool) -> None:  # noqa: FBT001
    """Grades compare by their place on the field's scale, not by the alphabet; a grade off the scale is never enough."""
    tanda, mutu = ambang.split()
    hasil = _nilai("sakip_instansi", "peringkat", nilai, Mutu(tanda, mutu))
    assert hasil.terpenuhi is cukup
    assert (mesin(hasil.ditemukan), mesin(hasil.dibutuhkan)) == (f"{nilai or ''} (tahun 2024)", ambang)
    assert mesin(hasil.kurang) == (None if cukup else "catatan yang memenuhi")
    assert len(hasil.bukti) == 1


@pytest.mark.parametrize(
    ("nilai", "ambang", "cukup"),
    [
        (3, ">= 3", True),
        (4, ">= 3", True),
        (2, ">= 3", False),
        (3, "= 3", True),
        (4, "= 3", False),
        ("tiga", ">= 3", False),
        ("²", ">= 1", False),
    ],
)
def test_mutu_sebagai_level(nilai: Polos, ambang: str, cukup: bool) -> None:  # noqa: FBT001
    """Levels compare as numbers; what is no number is never enough."""
    tanda, mutu = ambang.split()
    assert _nilai("spip", "level", nilai, Mutu(tanda, mutu)).terpenuhi is cukup


def test_dokumen_tanpa_tahun_dan_nomor() -> None:
    """What a record has no year or number for is not invented."""
    konteks = _konteks()
    hasil = Dokumen("pemantauan", "selalu").periksa(konteks, None)
    assert (mesin(hasil.ditemukan), mesin(hasil.dibutuhkan)) == ("tanggal 2024-07-10", "catatan pemantauan")
    hasil = Dokumen("publikasi", "selalu", mutu="kanal").periksa(konteks, Mutu("=", "Laman"))
    assert (hasil.terpenuhi, mesin(hasil.ditemukan)) == (True, "Laman")


def test_isian_perintah() -> None:
    """Fields of the command: blank text, empty lists, zero and nothing are not filled in; the filled ones are shown."""
    jenis = Dokumen(sumber="isi", isian=("a", "b"))
    semua: tuple[Polos, ...] = (None, "", [], 0)
    for kosong in semua:
        hasil = jenis.periksa(replace(_konteks(), isi={"a": kosong, "b": "x"}), None)
        assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.kurang)) == (False, "tidak diisi: a", "1 isian")
    hasil = jenis.periksa(replace(_konteks(), isi={"a": 3, "b": "x"}), None)
    assert (hasil.terpenuhi, mesin(hasil.ditemukan), mesin(hasil.dibutuhkan)) == (True, "a 3; b x", "isian a, b")
    assert jenis.periksa(replace(_konteks(), isi=None), None).terpenuhi is False


# --- chains (R26, R33) -----------------------------------------------------------------------------------------------


def _usulan(tanggal: str = "2025-11-10") -> Dunia:
    dunia = sampai("usulan_tpn")
    bekal_predikat(dunia, 2025, "WBK", tanggal)
    return dunia


def _syarat(id_syarat: str) -> Syarat:
    return next(s for s in _konteks().definisi.syarat if s.id == id_syarat)


def test_rangkaian_lengkap() -> None:
    """All links in order meet the chain; the answer shows each with number and date."""
    satu = temuan(diterima(_usulan().maju("tetapkan-predikat", "2025-12-01", PREDIKAT)), "R26")
    assert mesin(satu.ditemukan) == (
        "hasil_tpn B/1/TPN tanggal 2025-11-10, rekomendasi_menteri B/2/M tanggal 2025-11-10, "
        "keputusan_predikat 188/90/2025 tanggal 2025-11-10"
    )
    assert len(satu.bukti) == 3


@pytest.mark.parametrize("hilang", [*[(j,) for j in RANGKAI], RANGKAI])
def test_rangkaian_kurang_mata(hilang: tuple[str, ...]) -> None:
    """Every missing link is named."""
    dunia = _usulan()
    lupakan(dunia, *hilang)
    satu = temuan(ditolak(dunia, "tetapkan-predikat", "2025-12-01", PREDIKAT), "R26")
    assert (mesin(satu.ditemukan), mesin(satu.kurang)) == ("; ".join(f"{j} belum ada" for j in hilang), f"{len(hilang)} hal")
    assert len(satu.bukti) == 3 - len(hilang)


@pytest.mark.parametrize(("tanggal", "sah"), [("2025-11-09", False), ("2025-11-10", True)])
def test_rangkaian_menurut_urutan_tanggal(tanggal: str, sah: bool) -> None:  # noqa: FBT001
    """A link is not dated before the one that it follows; the same day is in order."""
    dunia = _usulan()
    lupakan(dunia, "keputusan_predikat")
    diterima(dunia.catat("keputusan_predikat", tanggal, {**ISI, "nomor": "188/91/2025"}))
    satu = temuan(dunia.periksa("tetapkan-predikat", "2025-12-01", PREDIKAT), "R26")
    assert (satu.status == "terpenuhi") is sah
    assert sah or mesin(satu.ditemukan) == "keputusan_predikat mendahului rekomendasi_menteri"


def test_rangkaian_urutan_melewati_mata_yang_hilang() -> None:
    """Where a link in the middle is missing, the order of the others is still checked."""
    dunia = _usulan()
    lupakan(dunia, "rekomendasi_menteri", "keputusan_predikat")
    diterima(dunia.catat("keputusan_predikat", "2025-11-09", {**ISI, "nomor": "188/91/2025"}))
    satu = temuan(dunia.periksa("tetapkan-predikat", "2025-12-01", PREDIKAT), "R26")
    assert mesin(satu.ditemukan) == "rekomendasi_menteri belum ada; keputusan_predikat mendahului hasil_tpn"


@pytest.mark.parametrize("ubah", [{"tahun": 2024}, {"predikat": "WBBM"}])
def test_rangkaian_milik_usulan_ini(ubah: dict[str, Any]) -> None:
    """Records of another year or predikat than the running proposal's do not count."""
    dunia = _usulan()
    lupakan(dunia, "rekomendasi_menteri")
    diterima(dunia.catat("rekomendasi_menteri", "2025-11-10", {**ISI, "nomor": "B/3/M", **ubah}))
    assert mesin(temuan(dunia.periksa("tetapkan-predikat", "2025-12-01", PREDIKAT), "R26").ditemukan) == "rekomendasi_menteri belum ada"


@pytest.mark.parametrize(("tanggal", "berlaku"), [("2025-05-19", False), ("2025-05-20", True), ("2025-12-01", True), ("2025-12-02", False)])
def test_rangkaian_jendela_sejak_usulan(tanggal: str, berlaku: bool) -> None:  # noqa: FBT001
    """Links count from the day of the proposal to the day of the act."""
    dunia = _usulan(tanggal)
    assert penghalang(dunia.periksa("tetapkan-predikat", "2025-12-01", PREDIKAT)) == (set() if berlaku else {"R26"})


def test_rangkaian_predikat_lain_dari_yang_diusulkan() -> None:
    """The predikat of the act must be the one proposed."""
    satu = temuan(ditolak(_usulan(), "tetapkan-predikat", "2025-12-01", {"predikat": "WBBM"}), "R26")
    assert mesin(satu.ditemukan) == "predikat WBBM, sedangkan yang diusulkan WBK"


@pytest.mark.parametrize("sebab", ["tidak_memenuhi", "ditolak", "digugurkan"])
def test_rangkaian_menurut_isi_perintah(sebab: str) -> None:
    """The last link says what the command says; another result is named against it."""
    dunia = sampai("usulan_tpn")
    assert mesin(temuan(dunia.periksa("tidak-lulus", "2025-12-01", {"sebab": sebab}), "R33").dibutuhkan) == f"hasil_tpn (hasil {sebab})"
    for hasil in ("memenuhi", sebab):
        diterima(dunia.catat("hasil_tpn", "2025-11-10", {**ISI, "nomor": "B/1/TPN", "hasil": hasil}))
        satu = temuan(dunia.periksa("tidak-lulus", "2025-12-01", {"sebab": sebab}), "R33")
        assert (satu.status == "terpenuhi") is (hasil == sebab)
        assert hasil == sebab or mesin(satu.ditemukan) == f"hasil_tpn: hasil memenuhi, bukan {sebab}"


@pytest.mark.parametrize(
    ("pada", "kurang"), [("2025-05-20", "226 hari"), ("2025-12-31", "1 hari"), ("2026-01-01", None), ("2027-06-01", None)]
)
def test_rangkaian_tanpa_hasil_sesudah_tahun_usulan(pada: str, kurang: str | None) -> None:
    """Without a result nothing is asked but the end of the proposal's year."""
    satu = temuan(sampai("usulan_tpn").periksa("tidak-lulus", pada, {"sebab": "tanpa_hasil"}), "R33")
    assert (satu.status == "terpenuhi", mesin(satu.kurang)) == (kurang is None, kurang)
    assert mesin(satu.dibutuhkan) == "tanggal tidak sebelum 1 Januari 2026 (usulan tahun 2025)"


def test_rangkaian_tanpa_usulan_berjalan() -> None:
    """Asked at another stage, the chain answers for the command's own year and predikat and does not break."""
    jenis = _syarat("R33").jenis
    for konteks in (_konteks(), replace(_konteks(), unit=None)):
        assert mesin(jenis.periksa(replace(konteks, isi={"sebab": "tanpa_hasil"}), None).dibutuhkan) == (
            "tanggal tidak sebelum 1 Januari 2026 (usulan tahun 2025)"
        )
        assert mesin(jenis.periksa(replace(konteks, isi={"sebab": "ditolak"}), None).ditemukan) == "hasil_tpn belum ada"
    satu = Rangkaian((Mata("identifikasi"),), "selalu", usulan=True).periksa(_konteks(), None)
    assert (satu.terpenuhi, mesin(satu.dibutuhkan)) == (True, "identifikasi")
