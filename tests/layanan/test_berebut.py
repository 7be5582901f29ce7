"""Shared facts: no decision commits on a fact that changed under it. The log itself, decided again, is the witness."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA, bekal_pencanangan, bekal_usulan, definisi, kosong, sampai
from tests.alat.toko import Toko, toko
from tests.layanan.alat import GudangSela, Ulangan, canangkan, catat, pasang_unit, penolakan, periksa_utuh, serentak
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import AkhiriPejabat, AmbilLangkah, AngkatPejabat, Perintah, Tarik
from zi_workflow.domain.errors import Galat, Konflik
from zi_workflow.domain.events import LangkahDiambil
from zi_workflow.service import Layanan
from zi_workflow.session import Gudang
from zi_workflow.store import Store

BATAL = {"alasan": "salah unit", "nomor": "800/9"}
USUL = {"predikat": "WBK", "surat": "900/1/2025"}


def _lain(toko_uji: Toko, gudang: Gudang | None = None) -> Layanan:
    return Layanan(toko_uji.aturan, gudang or toko_uji.store, toko_uji.jam, lambda i: hari_di("Asia/Jakarta", i))


@contextmanager
def _terbuka(basis: str) -> Iterator[Toko]:
    satu = toko(basis)
    try:
        yield satu
    finally:
        satu.tutup()


def _beda(store: Store) -> list[str]:
    """Return the decisions of the log that come out otherwise on exactly the events before them."""
    return Ulangan(lambda _: definisi()).periksa(store.telusuri())


def _usulkan() -> AmbilLangkah:
    return AmbilLangkah("usulkan", UNIT_UJI, USUL, HARI("2025-05-20"), WALI_KOTA)


def _akhiri_kepala() -> AkhiriPejabat:
    return AkhiriPejabat(KEPALA, "kepala_pd", HARI("2024-03-10"), HARI("2024-03-10"), ADMIN, UNIT_UJI)


def _angkat_admin(nip: str = "199001012015011001") -> AngkatPejabat:
    return AngkatPejabat(nip, "Orang Lain", "tpi", "800/5/2024", HARI("2024-03-01"), HARI("2024-03-01"), ADMIN)


_TPN = catat("pengumuman_tpn", {"tahun": 2025, "batas": "2025-05-10", "nomor": "B/1"}, "2025-04-01", None)
_OPINI = catat("opini_bpk", {"tahun": 2024, "opini": "WDP"}, "2025-05-19", None)
_TPI = catat("keputusan_tpi", {"nomor": "188/11/2024", "anggota": [{"nip": PENILAI, "apip": "tidak"}]}, "2024-05-01", None)


# --- one step in between, at the worst moment ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fakta", "perintah", "tahap", "menghalangi"),
    [
        (_akhiri_kepala(), canangkan(), "terdaftar", "R30"),
        (_TPN, _usulkan(), "evaluasi_tpi", "R22"),
        (_OPINI, _usulkan(), "evaluasi_tpi", "R24.opini"),
    ],
)
def test_fakta_berubah_di_sela_keputusan(register: Toko, fakta: Perintah, perintah: Perintah, tahap: str, menghalangi: str) -> None:
    """Between load and append the fact on which the move stands is taken away: decided again, it is refused on the new fact."""
    sampai(tahap, dunia=register)
    if tahap == "terdaftar":
        bekal_pencanangan(register)
    else:
        bekal_usulan(register, 2025, "WBK")
    gudang = GudangSela(register.store, sebelum_tambah=lambda: _lain(register).jalankan([fakta]))
    jawaban = _lain(register, gudang).jalankan([perintah])
    assert gudang.tambahan == 2
    assert {t.id for d in jawaban.penolakan for t in d.penghalang} == {menghalangi}
    assert [p.perintah for p in penolakan(register.store)] == [getattr(perintah, "langkah", None)]
    assert register.layanan.unit(UNIT_UJI) == register.unit[UNIT_UJI]
    assert _beda(register.store) == []


def test_tpi_berubah_di_sela_pemantauan(register: Toko) -> None:
    """A new decree on the TPI between load and append is the one that the checklist of the monitoring cites."""
    sampai("pembangunan", dunia=register)
    gudang = GudangSela(register.store, sebelum_tambah=lambda: _lain(register).jalankan([_TPI]))
    perintah = AmbilLangkah("mulai-pantau", UNIT_UJI, {"jadwal_bulan": 3}, HARI("2024-06-10"), PENILAI)
    jawaban = _lain(register, gudang).jalankan([perintah])
    (r12,) = [t for t in jawaban.hasil[0].daftar.temuan if t.id == "R12.tpi"]
    assert r12.bukti == (register.store.telusuri(jenis="keputusan_tpi")[-1].nomor,)
    assert _beda(register.store) == []


def test_penolakan_pun_diputuskan_pada_fakta_terbaru(register: Toko) -> None:
    """A refusal is a fact too: what it lacked was recorded in between, so it is not written; the move is made."""
    kosong(dunia=register)
    gudang = GudangSela(register.store, sebelum_tambah=lambda: bekal_pencanangan(register))
    jawaban = _lain(register, gudang).jalankan([canangkan()])
    assert jawaban.diterima
    assert penolakan(register.store) == []


def test_kendali_tanpa_pembandingan_versi_ketahuan(register: Toko) -> None:
    """The control: a store that is not told what the decision read lets it through, and the log decided again shows it."""
    kosong(dunia=register)
    bekal_pencanangan(register)
    gudang = GudangSela(register.store, sebelum_tambah=lambda: _lain(register).jalankan([_akhiri_kepala()]), buta=True)
    assert _lain(register, gudang).jalankan([canangkan()]).diterima
    beda = _beda(register.store)
    assert beda
    assert all("LangkahDiambil" in satu for satu in beda)


def test_dua_program_pada_saat_yang_sama(basis: str) -> None:
    """One ends the head, one lets the head act, from two stores at the same instant: the log is always some order of the two."""
    with _terbuka(basis) as satu, _terbuka(basis) as dua:
        kosong(dunia=satu)
        for putaran in range(6):
            kode = f"DINAS{putaran}"
            pasang_unit(satu, kode)
            akhiri = AkhiriPejabat(KEPALA, "kepala_pd", HARI("2024-03-10"), HARI("2024-03-10"), ADMIN, kode)
            pasangan: list[tuple[Layanan, Perintah]] = [(satu.layanan, akhiri), (dua.layanan, canangkan(kode))]
            serentak(2, lambda ke, pasangan=pasangan: pasangan[ke][0].jalankan([pasangan[ke][1]]))  # type: ignore[misc]
        assert _beda(satu.store) == []


# --- many, for a while -----------------------------------------------------------------------------------------------


class _Pentas:
    """Writers that change a fact again and again while others decide on it; each has its own service, as a process would."""

    def __init__(self, utama: Toko) -> None:
        """Play on this register."""
        self.utama = utama
        self.selesai = threading.Event()
        self.percobaan = 0

    def tunggu_percobaan(self, banyak: int = 4) -> None:
        """Wait until that many attempts have ended since now, so that some of them lie wholly after the last change."""
        sampai_ke, batas = self.percobaan + banyak, time.monotonic() + 5
        while self.percobaan < sampai_ke and time.monotonic() < batas:
            time.sleep(0.001)

    def layanan(self) -> Layanan:
        """Return the service of one more program (its own memory of the facts)."""
        return _lain(self.utama)

    def main(self, pengubah: Callable[[Layanan], None], pemutus: list[Callable[[Layanan], None]]) -> None:
        """Let the changer run to its end, the deciders until then."""

        def ubah() -> None:
            try:
                pengubah(self.layanan())
            finally:
                self.selesai.set()

        def putus(kerja: Callable[[Layanan], None]) -> None:
            satu = self.layanan()
            while not self.selesai.is_set():
                kerja(satu)
                self.percobaan += 1

        serentak(1 + len(pemutus), lambda ke: ubah() if ke == 0 else putus(pemutus[ke - 1]))

    def nilai(self, langkah: str) -> None:
        """Check the whole log: intact, each decision the same on its prefix, and the race was one (both outcomes occurred)."""
        log = periksa_utuh(self.utama.store)
        assert Ulangan(lambda _: definisi()).periksa(log) == []
        diterima = [a for a in log if isinstance(a.peristiwa, LangkahDiambil) and a.peristiwa.langkah == langkah]
        ditolak = [p for p in penolakan(self.utama.store) if p.perintah == langkah]
        assert diterima
        assert ditolak


def _ulangi(layanan: Layanan, *perintah: Perintah) -> None:
    """Run a request until it is not in conflict."""
    while True:
        with suppress(Konflik):
            assert layanan.jalankan(perintah).diterima
            return


def test_pejabat_berganti_selagi_ia_bertindak(register: Toko) -> None:
    """A head is ended and appointed again, with a gap of a day each time, while that day's move is made and undone by others."""
    pentas = _Pentas(register)
    kosong(dunia=pentas.utama)
    bekal_pencanangan(pentas.utama)
    putaran, awal = 8, HARI("2024-03-11")
    hari = {"kini": awal}

    def ganti(layanan: Layanan) -> None:
        for i in range(putaran):
            celah = awal + timedelta(days=2 * i + 1)
            hari["kini"] = celah
            pentas.tunggu_percobaan()
            _ulangi(layanan, AkhiriPejabat(KEPALA, "kepala_pd", celah - timedelta(days=1), celah, ADMIN, UNIT_UJI))
            pentas.tunggu_percobaan()
            lusa = celah + timedelta(days=1)
            _ulangi(layanan, AngkatPejabat(KEPALA, "Orang", "kepala_pd", f"800/{i}", lusa, lusa, ADMIN, None, UNIT_UJI))

    def bertindak(layanan: Layanan) -> None:
        kapan = hari["kini"].isoformat()
        with suppress(Galat):
            layanan.jalankan([canangkan(UNIT_UJI, kapan)])
        with suppress(Galat):
            layanan.jalankan([AmbilLangkah("batalkan-langkah", UNIT_UJI, BATAL, hari["kini"], ADMIN)])

    pentas.main(ganti, [bertindak, bertindak])
    pentas.nilai("canangkan")


@pytest.mark.parametrize(
    ("jenis", "isi", "menghalangi"),
    [
        ("pengumuman_tpn", [{"batas": "2025-05-10"}, {"batas": "2025-06-10"}], "R22"),
        ("opini_bpk", [{"opini": "WDP"}, {"opini": "WTP"}], "R24.opini"),
    ],
)
def test_fakta_berganti_selagi_diusulkan(register: Toko, jenis: str, isi: list[dict[str, Any]], menghalangi: str) -> None:
    """TPN's deadline, or BPK's opinion, changes back and forth while the unit is proposed and the proposal undone by others."""
    pentas = _Pentas(register)
    sampai("evaluasi_tpi", dunia=pentas.utama)
    bekal_usulan(pentas.utama, 2025, "WBK")
    tahun = 2025 if jenis == "pengumuman_tpn" else 2024

    def ganti(layanan: Layanan) -> None:
        for i in range(12):
            nomor = {"nomor": f"B/{i}"} if jenis == "pengumuman_tpn" else {}
            _ulangi(layanan, catat(jenis, {"tahun": tahun, **isi[i % 2], **nomor}, "2025-05-19", None))
            pentas.tunggu_percobaan()

    def mengusulkan(layanan: Layanan) -> None:
        with suppress(Galat):
            if layanan.jalankan([_usulkan()]).diterima:
                _ulangi(layanan, AmbilLangkah("batalkan-langkah", UNIT_UJI, BATAL, HARI("2025-05-21"), ADMIN))

    pentas.main(ganti, [mengusulkan, mengusulkan])
    halangan = {str(s["id"]) for p in penolakan(pentas.utama.store) for s in p.syarat if p.perintah == "usulkan" and not s["terpenuhi"]}
    assert halangan == {menghalangi}
    pentas.nilai("usulkan")


def test_harus_meninjau_langkah_yang_menyela_koreksi_fakta(register: Toko) -> None:
    """A move that relies on a fact, made between the review of a correction and its append, is reviewed too."""
    sampai("pembangunan", dunia=register)
    (tpi,) = register.store.telusuri(jenis="keputusan_tpi")
    mulai = AmbilLangkah("mulai-pantau", UNIT_UJI, {"jadwal_bulan": 3}, HARI("2024-06-10"), PENILAI)
    gudang = GudangSela(register.store, sebelum_tambah=lambda: _lain(register).jalankan([mulai]))
    register.jam.pada(HARI("2024-06-10"))
    jawaban = _lain(register, gudang).jalankan([Tarik(tpi.nomor, "salah keputusan", HARI("2024-06-10"), ADMIN)])
    assert gudang.tambahan == 2
    ((satu,),) = [t.putusan for t in jawaban.hasil[0].tinjauan]
    assert (satu["perintah"], satu["diterima"], satu["kini"]) == ("mulai-pantau", True, False)
    unit = register.layanan.unit(UNIT_UJI)
    assert unit is not None
    assert (unit.keadaan.tahap, len(unit.tinjauan)) == ("pemantauan", 1)
    assert _beda(register.store) == []
