"""What the tests of complaints share: a register with a WBK unit, and short words that give commands of the second workflow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.alat.dunia import ADMIN, AKAR, HARI, PENILAI, UNIT_UJI, WALI_KOTA, arsip
from tests.alat.toko import Toko
from zi_workflow.answers import Jawaban
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import AmbilLangkah, AngkatPejabat, Catat, DaftarkanUnit, Perintah
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.state import Unit
from zi_workflow.loader.definisi import muat
from zi_workflow.service import Layanan

ALUR = "pengaduan"
MULAI = "2024-02-19"
WBK_SEJAK = "2024-09-03"
TANPA_PREDIKAT = "DINSOS"
RAHASIA = "Rahmania Pelapor Rekaan"
"""The name that nothing may ever show."""
ISI: Mapping[str, Mapping[str, Any]] = {
    "penerimaan": {"saluran": "surat", "uraian": "antrean dilewati"},
    "identifikasi": {"pokok": "antrean dilewati", "bentuk": "penyimpangan_prosedur"},
    "klarifikasi": {"pihak": "kepala loket", "hasil": "benar terjadi", "terbukti": "ya"},
    "tindak_lanjut": {"uraian": "nomor antrean dicetak"},
    "hasil": {"simpulan": "selesai", "uraian": "sudah diperbaiki", "disampaikan": "2025-02-03"},
}


@cache
def definisi_aduan() -> Definisi:
    """Return the second workflow as it ships."""
    return muat(AKAR / "workflows" / ALUR)


class Register(Toko):
    """A register in which UNIT_UJI holds WBK from the archive, and TANPA_PREDIKAT has just been opened."""

    def __init__(self, url: str) -> None:
        """Open the store and give the service both workflows."""
        super().__init__(url)
        self.layanan = Layanan(self.aturan, self.store, self.jam, lambda i: hari_di("Asia/Jakarta", i), lambda _: definisi_aduan())
        self.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1/2024", HARI(MULAI), HARI(MULAI), ADMIN))
        self.angkat(WALI_KOTA, "wali_kota")
        self.angkat(PENILAI, "tpi")
        wbk = {"tahap": "pemantauan_predikat", "sejak": WBK_SEJAK, "predikat": "WBK", "tanggal_predikat": WBK_SEJAK}
        arsip(self, UNIT_UJI, wbk, WBK_SEJAK)
        self.jalankan(DaftarkanUnit(TANPA_PREDIKAT, "Dinas Sosial", HARI(WBK_SEJAK), ADMIN))

    def kirim(self, *perintah: Perintah, **lain: Any) -> Jawaban:  # noqa: ANN401 - handed on
        """Send commands as one request, recorded on the latest of their days."""
        self.jam.pada(max(p.tanggal for p in perintah))
        return self.layanan.jalankan(perintah, **lain)

    def terima(self, kode: str = "", hari: str = "2025-01-06", unit: str = UNIT_UJI, oleh: str = PENILAI) -> Jawaban:
        """Open a complaint and record how it came."""
        return self.kirim(*terima(kode, hari, unit, oleh))

    def isi(self, kode: str, jenis: str, hari: str = "2025-01-07", oleh: str = PENILAI, **isi: Any) -> Jawaban:  # noqa: ANN401 - handed on
        """Record something in a complaint's file."""
        return self.kirim(Catat(jenis, kode, {**ISI.get(jenis, {}), **isi}, HARI(hari), oleh, alur=ALUR))

    def langkah(self, kode: str, nama: str, hari: str = "2025-01-08", oleh: str = PENILAI, **isi: Any) -> Jawaban:  # noqa: ANN401 - handed on
        """Move a complaint."""
        return self.kirim(AmbilLangkah(nama, kode, isi, HARI(hari), oleh, alur=ALUR))

    def sampai(self, tahap: str, kode: str = "P-1") -> None:
        """Bring a new complaint lawfully to a stage, one move a day from 8 January 2025 on."""
        assert self.terima(kode).diterima
        for i, (ke, jenis, nama) in enumerate(JALAN):
            if tahap == "diterima":
                return
            for satu in jenis:
                assert self.isi(kode, satu).diterima
            jawaban = self.langkah(kode, nama, f"2025-01-{8 + i:02d}")
            assert jawaban.diterima, jawaban.penolakan
            if ke == tahap:
                return

    def aduan(self, kode: str = "P-1") -> Unit:
        """Return a complaint's file."""
        berkas = self.layanan.unit(kode, ALUR)
        assert berkas is not None
        return berkas

    def berkas_unit(self, kode: str = UNIT_UJI) -> Unit:
        """Return a unit's file."""
        berkas = self.layanan.unit(kode)
        assert berkas is not None
        return berkas


JALAN = (
    ("diidentifikasi", ("identifikasi",), "identifikasi"),
    ("diklarifikasi", ("klarifikasi",), "klarifikasi"),
    ("ditindaklanjuti", ("tindak_lanjut",), "tindaklanjuti"),
    ("selesai", ("hasil",), "selesaikan"),
)


def terima(kode: str, hari: str, unit: str = UNIT_UJI, oleh: str = PENILAI) -> tuple[Perintah, ...]:
    """Return the commands that open a complaint."""
    return (
        DaftarkanUnit(kode, "Antrean dilewati", HARI(hari), oleh, induk=unit, alur=ALUR),
        Catat("penerimaan", kode, ISI["penerimaan"], HARI(hari), oleh, alur=ALUR),
    )


@contextmanager
def register(folder: Path) -> Iterator[Register]:
    """Give a register in ``folder``, closed afterwards."""
    satu = Register(f"sqlite:///{folder / 'zi.db'}")
    try:
        yield satu
    finally:
        satu.tutup()
