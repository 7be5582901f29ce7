"""Random sequences of commands against a real store, with the invariants of the register checked after every step."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from projections import SEMUA
from tests.alat.dunia import (
    ADMIN,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    WALI_KOTA,
    bekal_evaluasi,
    bekal_pembangunan,
    bekal_pencanangan,
    bekal_penetapan,
    bekal_predikat,
    bekal_usulan,
    kosong,
)
from tests.alat.toko import Toko, toko
from zi_workflow.domain.errors import Galat, LangkahTidakTersedia
from zi_workflow.domain.events import LangkahDiambil, LangkahDibatalkan
from zi_workflow.domain.state import lipat

LANGKAH = (
    "canangkan",
    "tetapkan",
    "mulai-bangun",
    "mulai-pantau",
    "mulai-evaluasi",
    "usulkan",
    "kembalikan",
    "tetapkan-predikat",
    "tidak-lulus",
    "tarik-usulan",
    "pantau-predikat",
    "bangun-wbbm",
    "hentikan-wbbm",
    "cabut",
    "tetapkan-ulang",
    "batalkan-langkah",
)
ISI: dict[str, dict[str, Any]] = {
    "mulai-pantau": {"jadwal_bulan": 3},
    "mulai-evaluasi": {"evaluator": PENILAI},
    "kembalikan": {"rekomendasi": ["lengkapi"]},
    "tidak-lulus": {"sebab": "tidak_memenuhi"},
    "tarik-usulan": {"alasan": "uji", "nomor": "1"},
    "hentikan-wbbm": {"alasan": "uji"},
    "batalkan-langkah": {"alasan": "uji", "nomor": "2"},
}


class Register(RuleBasedStateMachine):
    """One unit's life in random order; the clock only goes forward."""

    def __init__(self) -> None:
        """Make a throw-away store."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.toko: Toko = toko(f"sqlite:///{self.folder / 'zi.db'}")
        self.hari = date(2024, 3, 4)

    @initialize()
    def mulai(self) -> None:
        """Register the unit and its officials."""
        kosong(dunia=self.toko)

    @rule(hari=st.integers(1, 120))
    def waktu_berjalan(self, hari: int) -> None:
        """Let days pass, up to the end of 2029."""
        self.hari = min(self.hari + timedelta(days=hari), date(2029, 12, 31))

    @rule()
    def bekal(self) -> None:
        """Record what the unit's next moves ask for."""
        t, u = self.hari.isoformat(), self.toko
        tahap, keadaan = u.tahap(), u.unit[UNIT_UJI].keadaan
        if tahap == "terdaftar":
            bekal_pencanangan(u, t)
        elif tahap in ("pencanangan", "dicabut"):
            bekal_penetapan(u, t)
        elif tahap == "penetapan":
            bekal_pembangunan(u, t)
        elif tahap in ("pembangunan", "pemantauan"):
            bekal_evaluasi(u, t)
        elif tahap == "evaluasi_tpi" and keadaan.sasaran:
            bekal_usulan(u, self.hari.year, keadaan.sasaran, tanggal=t)
        elif tahap == "usulan_tpn" and keadaan.usulan:
            bekal_predikat(u, keadaan.usulan.tahun, keadaan.usulan.predikat, t)

    @rule()
    def bekal_pencabutan(self) -> None:
        """Record an event, TPI's recommendation and the decree."""
        t = self.hari.isoformat()
        self.toko.catat("kejadian", t, {"uraian": "uji", "indikator": "uji"})
        self.toko.catat("rekomendasi_pencabutan", t, {"nomor": "1", "alasan": "uji"}, oleh=PENILAI)
        self.toko.catat("keputusan_pencabutan", t, {"nomor": "2"})

    @rule(langkah=st.sampled_from(LANGKAH), oleh=st.sampled_from((None, None, None, ADMIN, KEPALA, PENILAI, WALI_KOTA)))
    def maju(self, langkah: str, oleh: str | None) -> None:
        """Try a move; only the definition's moves from this stage ever change it."""
        sebelum = self.toko.unit[UNIT_UJI]
        isi = dict(ISI.get(langkah, {}))
        if langkah == "tetapkan-predikat":
            usulan = sebelum.keadaan.usulan
            isi["predikat"] = usulan.predikat if usulan else "WBK"
        try:
            diterima = self.toko.maju(langkah, self.hari.isoformat(), isi, oleh=oleh).diterima
        except LangkahTidakTersedia:
            assert self.toko.layanan.unit(UNIT_UJI) == sebelum
            return
        sesudah = self.toko.unit[UNIT_UJI]
        if diterima:
            assert sebelum.keadaan.tahap in self.toko.aturan.langkah[langkah].dari
            assert sesudah.versi == sebelum.versi + 1
        else:
            assert sesudah == sebelum

    @rule(langkah=st.sampled_from(LANGKAH))
    def penolakan_yang_sama_sekali_sehari(self, langkah: str) -> None:
        """Write the same refusal of the same day once."""
        for kali in range(2):
            awal = len(self.toko.store.telusuri(jenis="PerintahDitolak"))
            try:
                diterima = self.toko.maju(langkah, self.hari.isoformat(), ISI.get(langkah, {"predikat": "WBK"}), oleh="X-BUKAN").diterima
            except Galat:
                return
            assert not diterima
            if kali:
                assert len(self.toko.store.telusuri(jenis="PerintahDitolak")) == awal

    @rule(hasil=st.text(min_size=1, max_size=20).filter(lambda s: s.strip() and s.isprintable()))
    def bukti_yang_sama_sekali(self, hasil: str) -> None:
        """Keep the same record once, and move nothing by it."""
        sebelum = self.toko.unit[UNIT_UJI].keadaan
        for _ in range(2):
            self.toko.catat("pemantauan", self.hari.isoformat(), {"hasil": hasil}, oleh=PENILAI)
        pertama, kedua = self.toko.jawaban[-2:]
        assert kedua.hasil[0].sudah
        assert kedua.hasil[0].nomor == pertama.hasil[0].nomor
        assert self.toko.unit[UNIT_UJI].keadaan == sebelum

    @rule()
    @precondition(lambda self: self.toko.unit[UNIT_UJI].lalu)
    def periksa_tidak_menulis(self) -> None:
        """Change nothing by asking for a checklist."""
        awal = _isi_toko(self.toko)
        self.toko.layanan.periksa(UNIT_UJI, "usulkan", {}, self.hari, None)
        assert _isi_toko(self.toko) == awal

    @invariant()
    def papan_sama_dengan_lipatan_log(self) -> None:
        """Compare the board's row with the fold of the log."""
        if UNIT_UJI not in self.toko.unit:
            return
        unit = lipat(self.toko.store.muat(self.toko.layanan.aliran.untuk("unit", UNIT_UJI)))
        assert unit is not None
        papan = next(p for p in SEMUA if p.nama == "papan").tabel
        with self.toko.store.engine.connect() as koneksi:
            baris = koneksi.execute(select(papan).where(papan.c.kode == UNIT_UJI)).mappings().one()
        k = unit.keadaan
        assert (baris["tahap"], baris["predikat"], baris["sasaran"], baris["versi"]) == (k.tahap, k.predikat, k.sasaran, unit.versi)

    @invariant()
    def langkah_hanya_menurut_definisi(self) -> None:
        """Follow the log: every move starts where the last ended and is the definition's; undoing restores."""
        if UNIT_UJI not in self.toko.unit:
            return
        tahap = "terdaftar"
        for t in self.toko.store.muat(self.toko.layanan.aliran.untuk("unit", UNIT_UJI)):
            p = t.peristiwa
            if isinstance(p, LangkahDiambil):
                aturan = self.toko.aturan.langkah[p.langkah]
                assert p.dari == tahap
                assert p.dari in aturan.dari
                assert p.ke == aturan.ke
            if isinstance(p, LangkahDiambil | LangkahDibatalkan):
                tahap = p.ke
        assert tahap == self.toko.tahap()

    def teardown(self) -> None:
        """Rebuild every read model and compare row by row; numbers have no gap."""
        try:
            sebelum = _isi_model(self.toko)
            self.toko.store.bangun_ulang()
            assert _isi_model(self.toko) == sebelum
            nomor = [a.nomor for a in self.toko.store.telusuri(batas=100_000)]
            assert nomor == list(range(1, len(nomor) + 1))
        finally:
            self.toko.tutup()
            shutil.rmtree(self.folder)


def _isi_model(toko_uji: Toko) -> dict[str, list[tuple[Any, ...]]]:
    with toko_uji.store.engine.connect() as koneksi:
        return {p.nama: sorted((tuple(b) for b in koneksi.execute(select(p.tabel))), key=repr) for p in SEMUA}


def _isi_toko(toko_uji: Toko) -> int:
    return len(toko_uji.store.telusuri(batas=100_000))


Register.TestCase.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
TestRegister = Register.TestCase
