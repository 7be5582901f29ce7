"""What the tests of the service share: a second unit, a store that steps in between, dumps, and the log decided again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import MetaData, select

from projections import SEMUA
from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    bekal_evaluasi,
    bekal_pembangunan,
    bekal_pencanangan,
    bekal_penetapan,
    bekal_predikat,
    bekal_usulan,
    sampai,
)
from tests.alat.toko import Toko
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import AmbilLangkah, Catat, DaftarkanUnit
from zi_workflow.domain.decide import FAKTA, PEJABAT, PENOLAKAN, UNIT
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import JadwalDisapu, LangkahTenggat, PengingatDicabut, PengingatDipulihkan, PerintahDitolak, Tercatat
from zi_workflow.domain.replay import Saksi, ulang
from zi_workflow.domain.retrace import PUTUSAN
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi
from zi_workflow.session import Gudang
from zi_workflow.store import Amplop, Kunci, Naskah, Store
from zi_workflow.store.chain import periksa_aliran
from zi_workflow.store.schema import peristiwa

UNIT_DUA = "DINSOS"
UNIT_TIGA = "DISHUB"


# --- files -----------------------------------------------------------------------------------------------------------


def pasang_unit(toko: Toko, kode: str, *, bekal: bool = True, tanggal: str = "2024-03-01") -> None:
    """Register one more unit under KEPALA, with all that Pasal 6 asks where ``bekal``."""
    assert toko.jalankan(DaftarkanUnit(kode, f"Dinas {kode}", HARI(tanggal), ADMIN, "dinas")).diterima
    assert toko.angkat(KEPALA, "kepala_pd", kode).diterima
    if bekal:
        bekal_pencanangan_untuk(toko, kode)


def bekal_pencanangan_untuk(toko: Toko, kode: str, tanggal: str = "2024-03-04") -> None:
    """Record all that Pasal 6 asks, for a unit by name."""
    saksi = [{"nama": f"Saksi {u}", "unsur": u} for u in ("wali_kota", "inspektorat", "tim_pembangunan_zi", "dunia_usaha")]
    for jenis, isi in (
        ("pakta_integritas", {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": "ya"}),
        ("naskah_deklarasi", {"penandatangan": KEPALA}),
        ("publikasi", {"kanal": "Laman", "alamat": "contoh.example"}),
        ("piagam", {"penandatangan": KEPALA, "saksi": saksi}),
    ):
        toko.catat(jenis, tanggal, isi, kode)


def sampai_usulan_wbbm(toko: Toko) -> None:
    """Bring the unit to the desk of its WBBM proposal of 2027, everything recorded but not yet proposed; the clock is at 2 May 2027."""
    sampai("pemantauan_predikat", dunia=toko)
    for jenis, isi in (
        ("opini_bpk", {"tahun": 2026, "opini": "WTP"}),
        ("sakip_instansi", {"tahun": 2026, "peringkat": "BB"}),
        ("indeks_rb", {"tahun": 2026, "peringkat": "B"}),
        ("spip", {"tahun": 2026, "level": 3}),
    ):
        toko.catat(jenis, "2027-03-02", isi, None)
    toko.maju("bangun-wbbm", "2026-01-10")
    toko.maju("mulai-pantau", "2026-02-10", {"jadwal_bulan": 3})
    bekal_evaluasi(toko, "2026-05-10")
    toko.maju("mulai-evaluasi", "2027-02-20", {"evaluator": PENILAI})
    bekal_usulan(toko, 2027, "WBBM")
    assert toko.tahap() == "evaluasi_tpi"


def sampai_wbbm(toko: Toko) -> None:
    """Live the unit's whole life up to the monitoring of its WBBM."""
    sampai_usulan_wbbm(toko)
    toko.maju("usulkan", "2027-05-20", {"predikat": "WBBM", "surat": "900/1/2027"})
    bekal_predikat(toko, 2027, "WBBM", "2027-11-10")
    toko.maju("tetapkan-predikat", "2027-12-01", {"predikat": "WBBM"})
    toko.maju("pantau-predikat", "2028-01-05")


def bekal_semua(toko: Toko) -> None:
    """Record what the moves of the first stages ask, of the unit that ``kosong`` made."""
    bekal_pencanangan(toko)
    bekal_penetapan(toko)
    bekal_pembangunan(toko)


def canangkan(kode: str = UNIT_UJI, tanggal: str = "2024-03-11", oleh: str = KEPALA) -> AmbilLangkah:
    """Return the command of the first move."""
    return AmbilLangkah("canangkan", kode, {}, HARI(tanggal), oleh)


def catat(jenis: str, isi: Mapping[str, Any], tanggal: str = "2024-03-05", kode: str | None = UNIT_UJI, oleh: str = ADMIN) -> Catat:
    """Return the command of a record."""
    return Catat(jenis, kode, isi, HARI(tanggal), oleh)


# --- what is in the store --------------------------------------------------------------------------------------------


def isi_basis(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of the store, in an order of its own."""
    tabel = MetaData()
    with store.engine.connect() as koneksi:
        tabel.reflect(koneksi)
        return {nama: sorted((tuple(b) for b in koneksi.execute(select(t))), key=repr) for nama, t in tabel.tables.items()}


def model(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every read model."""
    with store.engine.connect() as koneksi:
        return {p.nama: sorted((tuple(b) for b in koneksi.execute(select(p.tabel))), key=repr) for p in SEMUA}


def periksa_utuh(store: Store) -> list[Amplop]:
    """Check numbers, versions, time, chains, and that read models equal their rebuild; return the log."""
    log = store.telusuri()
    assert [a.nomor for a in log] == list(range(1, len(log) + 1))
    assert [a.waktu_catat for a in log] == sorted(a.waktu_catat for a in log)
    versi: dict[str, list[int]] = {}
    for a in log:
        versi.setdefault(a.aliran, []).append(a.versi)
    assert all(v == list(range(1, len(v) + 1)) for v in versi.values())
    with store.engine.connect() as koneksi:
        for aliran in versi:
            baris = koneksi.execute(peristiwa.select().where(peristiwa.c.aliran == aliran).order_by(peristiwa.c.versi)).mappings()
            assert periksa_aliran(aliran, [dict(b) for b in baris])[1] == []
    sebelum = model(store)
    store.bangun_ulang()
    assert model(store) == sebelum
    return log


def penolakan(store: Store) -> list[PerintahDitolak]:
    """Return the refusals in the order in which they were written."""
    return [a.peristiwa for a in store.telusuri(jenis="PerintahDitolak") if isinstance(a.peristiwa, PerintahDitolak)]


# --- the log, decided again ------------------------------------------------------------------------------------------


@dataclass
class Ulangan:
    """Decides every event of a log again, on exactly the events before it; the folds are the test's own."""

    definisi: Callable[[str], Definisi]
    unit: dict[str, Unit] = field(default_factory=dict)
    instansi: Instansi = field(default_factory=Instansi)
    banyak: int = 0

    def periksa(self, log: Sequence[Amplop]) -> list[str]:
        """Return where a decision would come out otherwise; nothing where each commits as if it were alone."""
        return [keluhan for a in log for keluhan in self._satu(a)]

    def _satu(self, amplop: Amplop) -> list[str]:
        keluhan = self._putuskan(amplop) if isinstance(amplop.peristiwa, PUTUSAN) else []
        golongan, kode = amplop.alur, amplop.kode
        if golongan == "instansi":
            self.instansi = evolve_instansi(self.instansi, amplop)
        elif not isinstance(amplop.peristiwa, PerintahDitolak | LangkahTenggat | PengingatDicabut | PengingatDipulihkan | JadwalDisapu):
            self.unit[kode] = evolve(self.unit.get(kode), amplop)
        return keluhan

    def _putuskan(self, amplop: Amplop) -> list[str]:
        self.banyak += 1
        kode = None if amplop.kode in (FAKTA, PEJABAT) else amplop.kode
        hari = hari_di("Asia/Jakarta", amplop.jam)
        saksi = Saksi(self.definisi(amplop.sidik_regulasi), self.unit.get(kode or ""), self.instansi, self.unit, hari)
        return [f"{amplop.nomor} {amplop.jenis} {amplop.kode}: {b}" for b in ulang(saksi, amplop, amplop.dasar, kode)]


# --- races -----------------------------------------------------------------------------------------------------------


class GudangSela:
    """A store in front of which something else happens, once at the first such call.

    It happens before loading (``sebelum_muat``), after a key was looked up (``sesudah_kunci``), or before the append
    (``sebelum_tambah``). ``buta``: the versions that a decision read are not handed on, as if nobody compared them.
    """

    def __init__(
        self,
        asal: Gudang,
        *,
        sebelum_tambah: Callable[[], object] | None = None,
        sebelum_muat: Callable[[], object] | None = None,
        sesudah_kunci: Callable[[], object] | None = None,
        buta: bool = False,
    ) -> None:
        """Stand before ``asal``."""
        self.asal = asal
        self.sebelum_tambah = sebelum_tambah
        self.sebelum_muat = sebelum_muat
        self.sesudah_kunci = sesudah_kunci
        self.buta = buta
        self.tambahan = 0
        self.brankas = asal.brankas

    def muat(self, aliran: str, setelah: int = 0) -> list[Tercatat]:
        """Load, after what steps in."""
        if self.sebelum_muat is not None:
            kerja, self.sebelum_muat = self.sebelum_muat, None
            kerja()
        return self.asal.muat(aliran, setelah)

    def tambah(self, naskah: Sequence[Naskah], *, dibaca: Mapping[str, int], **lain: Any) -> list[Tercatat]:  # noqa: ANN401 - handed on
        """Append, after what steps in."""
        self.tambahan += 1
        if self.sebelum_tambah is not None:
            kerja, self.sebelum_tambah = self.sebelum_tambah, None
            kerja()
        return self.asal.tambah(naskah, dibaca={} if self.buta else dibaca, **lain)

    def __getattr__(self, nama: str) -> Any:  # noqa: ANN401 - whatever the store has
        """Hand on everything else."""
        return getattr(self.asal, nama)

    def jawaban_kunci(self, kunci: Kunci) -> bytes | None:
        """Return the answer kept with a key, before what steps in."""
        jawaban = self.asal.jawaban_kunci(kunci)
        if self.sesudah_kunci is not None:
            kerja, self.sesudah_kunci = self.sesudah_kunci, None
            kerja()
        return jawaban


def serentak(banyak: int, kerja: Callable[[int], object]) -> None:
    """Run the work in threads that start together; the first error is the test's."""
    pintu = threading.Barrier(banyak)
    galat: list[BaseException] = []

    def satu(ke: int) -> None:
        try:
            pintu.wait()
            kerja(ke)
        except BaseException as salah:  # noqa: BLE001 - raised below
            galat.append(salah)

    utas = [threading.Thread(target=satu, args=(ke,)) for ke in range(banyak)]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    if galat:
        raise galat[0]


__all__ = [
    "PENOLAKAN",
    "UNIT",
    "UNIT_DUA",
    "UNIT_TIGA",
    "GudangSela",
    "Ulangan",
    "bekal_semua",
    "canangkan",
    "catat",
    "isi_basis",
    "model",
    "pasang_unit",
    "penolakan",
    "periksa_utuh",
    "sampai_usulan_wbbm",
    "sampai_wbbm",
    "serentak",
]
