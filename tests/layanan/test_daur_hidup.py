"""A unit's whole life through the service and the store, on both engines: WBK, WBBM, and back again in replay."""

from __future__ import annotations

from tests.alat.dunia import UNIT_UJI, definisi, sampai
from tests.alat.dunia import sampai_wbbm as sampai_wbbm_dunia
from tests.alat.toko import Toko
from tests.layanan.alat import Ulangan, periksa_utuh, sampai_wbbm
from zi_workflow.domain.events import LangkahDiambil

RIWAYAT_WBK = (
    "canangkan",
    "tetapkan",
    "mulai-bangun",
    "mulai-pantau",
    "mulai-evaluasi",
    "usulkan",
    "tetapkan-predikat",
    "pantau-predikat",
)
RIWAYAT_WBBM = ("bangun-wbbm", *RIWAYAT_WBK[3:])


def test_daur_wbk_dan_wbbm(register: Toko) -> None:
    """Every move from registration to the monitoring of a WBBM is written, in order; chain and read models agree."""
    sampai_wbbm(register)
    keadaan = register.unit[UNIT_UJI].keadaan
    assert (keadaan.tahap, keadaan.predikat, keadaan.sasaran) == ("pemantauan_predikat", "WBBM", None)
    log = periksa_utuh(register.store)
    langkah = tuple(a.peristiwa.langkah for a in log if isinstance(a.peristiwa, LangkahDiambil))
    assert langkah == RIWAYAT_WBK + RIWAYAT_WBBM
    assert {a.sidik_regulasi for a in log} == {definisi().sidik}


def test_sama_dengan_dunia_tanpa_penyimpanan(register: Toko) -> None:
    """The stored file is the file that the pure core alone arrives at, apart from when it was recorded."""
    sampai_wbbm(register)
    murni = sampai_wbbm_dunia("pemantauan_predikat").unit[UNIT_UJI]
    tersimpan = register.unit[UNIT_UJI]
    assert tersimpan.keadaan == murni.keadaan
    assert [(x.langkah, x.tanggal, x.sebelum) for x in tersimpan.lalu] == [(x.langkah, x.tanggal, x.sebelum) for x in murni.lalu]
    assert {k: [b.isi for b in v] for k, v in tersimpan.bukti.items()} == {k: [b.isi for b in v] for k, v in murni.bukti.items()}


def test_setiap_keputusan_dapat_diputuskan_ulang(register: Toko) -> None:
    """Decided again on the events before it, every event of a life comes out byte for byte as it was written."""
    sampai("pemantauan_predikat", dunia=register)
    register.maju("bangun-wbbm", "2026-01-10", oleh="X-BUKAN")
    log = register.store.telusuri()
    ulangan = Ulangan(lambda _: definisi())
    assert ulangan.periksa(log) == []
    assert ulangan.banyak == len(log)
