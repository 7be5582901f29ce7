"""From the outbox to people: one digest per person and day, fixed before it leaves, every attempt on record, nothing held up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from projections import kotak_keluar, surat
from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, PENILAI_LAIN, UNIT_UJI, sampai
from tests.alat.toko import Toko
from zi_workflow.delivery import Pengantar
from zi_workflow.domain.commands import AturKontak
from zi_workflow.domain.events import PemberitahuanDicoba, PemberitahuanDisusun
from zi_workflow.domain.notices import ULANG
from zi_workflow.notify import HasilKirim, Kanal, Kiriman
from zi_workflow.sweep import Penyapu

PAGI = datetime(2024, 6, 10, 1, 0, tzinfo=UTC)
"""Monday, 8.00 WIB; T5 of the unit (building since 10 April) is due on 10 July 2024: H-30."""


class KanalPalsu(Kanal):
    """Channels that obey: what was handed over is kept, what is in ``mati`` fails."""

    def __init__(self) -> None:
        """Start with every channel alive."""
        super().__init__({}, Path("tidak-ada"))
        self.terkirim: list[Kiriman] = []
        self.mati: set[str] = set()
        self.sesudah: Callable[[], None] = lambda: None

    def kirim_semua(self, kiriman: Sequence[Kiriman], *, berhenti: Callable[[], bool]) -> Iterator[HasilKirim]:
        """Hand over one after the other."""
        for satu in kiriman:
            if berhenti():
                return
            hidup = satu.kanal not in self.mati
            if hidup:
                self.terkirim.append(satu)
            self.sesudah()
            yield HasilKirim(satu, hidup, "" if hidup else "tidak terjangkau")


class Kantor:
    """A register with one unit that builds, its sweep, its channels and a clock that a test moves."""

    def __init__(self, toko: Toko) -> None:
        """Bring the unit to building and stand on a Monday morning."""
        sampai("pembangunan", dunia=toko)
        self.toko = toko
        self.kanal = KanalPalsu()
        self.kini = PAGI
        self.penyapu = Penyapu(toko.layanan, toko.store)
        self.pengantar = Pengantar(toko.layanan, toko.store, self.kanal, lambda: self.kini)

    def sapu(self, hari: str) -> None:
        """Sweep a day."""
        self.penyapu.sapu(HARI(hari))

    def pada(self, teks: str) -> Kantor:
        """Set the clock, WIB."""
        self.kini = datetime.fromisoformat(teks).replace(tzinfo=UTC) - timedelta(hours=7)
        return self

    def peristiwa(self, jenis: str) -> list[object]:
        """Return the events of a kind, in order."""
        return [a.peristiwa for a in self.toko.store.telusuri(jenis=jenis)]


@pytest.fixture
def kantor(register: Toko) -> Kantor:
    """Give the office, once for each engine."""
    return Kantor(register)


def test_satu_surat_satu_orang_satu_hari(kantor: Kantor) -> None:
    """Each member of the TPI gets one letter with everything of the day; a second round sends nothing."""
    kantor.sapu("2024-06-10")
    hasil = kantor.pengantar.antar()
    assert (hasil.disusun, hasil.terkirim, hasil.gagal) == (2, 2, 0)
    assert {(k.surat.nip, k.kanal, k.alamat) for k in kantor.kanal.terkirim} == {
        (PENILAI, "berkas", PENILAI),
        (PENILAI_LAIN, "berkas", PENILAI_LAIN),
    }
    assert "T5 Pemantauan berkala oleh TPI selama membangun" in kantor.kanal.terkirim[0].surat.isi
    assert "Pasal 9 ayat (4)" in kantor.kanal.terkirim[0].surat.isi
    assert kantor.pengantar.antar().terkirim == 0
    assert len(kantor.peristiwa("PemberitahuanDicoba")) == 2


def test_kotak_keluar_terisi_dalam_transaksi_pengingatnya(kantor: Kantor) -> None:
    """After the sweep the outbox has a row for each person, before any delivery has looked."""
    kantor.sapu("2024-06-10")
    orang = kantor.toko.store.baca(lambda k: kotak_keluar.orang_menunggu(k, "binjai"))
    semua = [b for nip in orang for b in kantor.toko.store.baca(lambda k, nip=nip: kotak_keluar.menunggu(k, "binjai", nip))]  # type: ignore[misc]
    assert [(b["nip"], b["unit"], b["tenggat"], b["langkah"]) for b in semua] == [
        (nip, UNIT_UJI, "T5", "H-30") for nip in sorted((PENILAI, PENILAI_LAIN))
    ]


def test_kontak_menentukan_kanal_dan_satu_yang_mati_tidak_menahan_yang_lain(kantor: Kantor) -> None:
    """A person with two contacts gets the letter through both; the dead one is tried again later, alone, under the same id."""
    for kanal, alamat in (("surel", "penilai@contoh.invalid"), ("telegram", "12345")):
        kantor.toko.jalankan(AturKontak(PENILAI, kanal, HARI("2024-06-01"), ADMIN, alamat))
    kantor.kanal.mati = {"telegram"}
    kantor.sapu("2024-06-10")
    hasil = kantor.pengantar.antar()
    assert (hasil.disusun, hasil.terkirim, hasil.gagal) == (2, 2, 1)
    assert {k.kanal for k in kantor.kanal.terkirim} == {"surel", "berkas"}
    assert kantor.pengantar.antar().gagal == 0  # not yet
    kantor.kini += timedelta(minutes=ULANG[0])
    kantor.kanal.mati = set()
    assert kantor.pengantar.antar().terkirim == 1
    surel, telegram = (next(k for k in kantor.kanal.terkirim if k.kanal == n) for n in ("surel", "telegram"))
    assert (surel.surat, telegram.alamat) == (telegram.surat, "12345")
    dicoba = [p for p in kantor.peristiwa("PemberitahuanDicoba") if isinstance(p, PemberitahuanDicoba) and p.kanal == "telegram"]
    assert [(p.percobaan, p.hasil, p.sebab) for p in dicoba] == [(1, "gagal", "tidak terjangkau"), (2, "terkirim", "")]


def test_setelah_percobaan_terakhir_menyerah(kantor: Kantor) -> None:
    """A channel that stays dead is given up in the end, and says so."""
    kantor.kanal.mati = {"berkas"}
    kantor.sapu("2024-06-10")
    for tunggu in (*ULANG, 0):
        kantor.pengantar.antar(segera=True)
        kantor.kini += timedelta(minutes=tunggu)
    assert kantor.toko.store.baca(lambda k: surat.ringkas(k, "binjai")) == {"menyerah": 2}
    assert kantor.pengantar.antar(segera=True).gagal == 0


@pytest.mark.parametrize("saat", ["2024-06-10T06:59:59", "2024-06-10T18:00:00", "2024-06-15T09:00:00", "2024-06-17T09:00:00"])
def test_ditahan_di_luar_jam_dan_hari_kerja(kantor: Kantor, saat: str) -> None:
    """In the night, on Saturday and on Idul Adha letters wait; they leave on the next working morning, or at once where asked."""
    kantor.sapu("2024-06-10")
    assert kantor.pada(saat).pengantar.antar().tertahan
    assert kantor.kanal.terkirim == []
    assert kantor.pengantar.antar(segera=True).terkirim == 2


def test_surat_kedua_hari_itu_hanya_bila_mendesak(kantor: Kantor) -> None:
    """What comes after the day's digest waits for tomorrow's, unless it is urgent."""
    butir = [_butir("B1", "2024-06-24")]  # H-14
    kantor.toko.catat("rencana_aksi", "2024-06-04", {"butir": butir})
    kantor.sapu("2024-06-10")
    assert kantor.pengantar.antar().disusun == 3
    butir.append(_butir("B2", "2024-06-17"))  # H-7
    kantor.toko.catat("rencana_aksi", "2024-06-04", {"butir": butir})
    kantor.sapu("2024-06-10")
    assert kantor.pengantar.antar().disusun == 0
    butir.append(_butir("B3", "2024-06-10"))  # the day itself
    kantor.toko.catat("rencana_aksi", "2024-06-04", {"butir": butir})
    kantor.sapu("2024-06-10")
    assert kantor.pengantar.antar().disusun == 1
    kedua = kantor.kanal.terkirim[-1].surat
    assert (kedua.nip, kedua.isi.count("- DISPORA"), kedua.id[-2:]) == (KEPALA, 2, "-2")
    kantor.kini += timedelta(days=1)
    assert kantor.pengantar.antar().disusun == 0


def test_pengingat_yang_sudah_gugur_tidak_disurati(kantor: Kantor) -> None:
    """What was discharged before the letter was composed is not in it, and is marked as such."""
    kantor.sapu("2024-06-10")
    kantor.toko.catat("pemantauan", "2024-06-10", {"hasil": "berjalan"}, oleh=PENILAI)
    kantor.sapu("2024-06-10")
    assert kantor.pengantar.antar().disusun == 0
    assert kantor.kanal.terkirim == []
    disusun = [p for p in kantor.peristiwa("PemberitahuanDisusun") if isinstance(p, PemberitahuanDisusun)]
    assert [(p.pengingat, len(p.gugur), dict(p.kanal)) for p in disusun] == [((), 1, {}), ((), 1, {})]


def test_beberapa_langkah_satu_tenggat_disebut_sekali(kantor: Kantor) -> None:
    """After days on which no letter could leave, the newest step of a due date stands for those before it."""
    for hari in ("2024-06-10", "2024-06-26", "2024-07-03"):
        kantor.sapu(hari)
    kantor.pada("2024-07-03T08:00:00").pengantar.antar()
    surat_penilai = next(k.surat for k in kantor.kanal.terkirim if k.surat.nip == PENILAI)
    assert surat_penilai.isi.count("- DISPORA, T5") == 1
    assert "(7 hari lagi)" in surat_penilai.isi
    disusun = [p for p in kantor.peristiwa("PemberitahuanDisusun") if isinstance(p, PemberitahuanDisusun) and p.nip == PENILAI]
    assert [(len(p.pengingat), len(p.gugur)) for p in disusun] == [(1, 2)]


def test_eskalasi_kepada_sekda_bila_terlambat(kantor: Kantor) -> None:
    """Overdue: the sekda is told beside the TPI, once there is one."""
    kantor.toko.angkat("X-SEKDA", "sekda")
    kantor.sapu("2024-07-11")
    kantor.pada("2024-07-11T08:00:00").pengantar.antar()
    assert {k.surat.nip for k in kantor.kanal.terkirim} == {PENILAI, PENILAI_LAIN, "X-SEKDA"}
    assert kantor.kanal.terkirim[0].surat.judul == "Tenggat Zona Integritas: 1 terlambat"


def test_mati_di_antara_kirim_dan_catat_mengirim_surat_yang_sama(kantor: Kantor) -> None:
    """Sent but not recorded: the same letter leaves again under the same id and with the same words."""
    kantor.sapu("2024-06-10")

    def mati() -> None:
        raise KeyboardInterrupt

    kantor.kanal.sesudah = mati
    with pytest.raises(KeyboardInterrupt):
        kantor.pengantar.antar()
    (pertama,) = kantor.kanal.terkirim
    kantor.kanal.sesudah = lambda: None
    assert kantor.pengantar.antar().terkirim == 2
    assert kantor.kanal.terkirim.count(pertama) == 2
    assert len(kantor.peristiwa("PemberitahuanDicoba")) == 2


def test_dua_pengantar_menyusun_dan_mencatat_sekali(kantor: Kantor) -> None:
    """A second program that composes and sends in between leaves one digest, and one record of each attempt."""
    kantor.sapu("2024-06-10")
    lain = Pengantar(kantor.toko.layanan, kantor.toko.store, KanalPalsu(), lambda: kantor.kini)
    sudah = False

    def sela() -> None:
        nonlocal sudah
        if not sudah:
            sudah = True
            lain.antar()

    kantor.kanal.sesudah = sela
    kantor.pengantar.antar()
    assert len(kantor.peristiwa("PemberitahuanDisusun")) == 2
    assert len(kantor.peristiwa("PemberitahuanDicoba")) == 2


def test_disusun_sekali_meski_putaran_lain_menyela(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole round of another program after this one asked who waits, but before it composed: still one letter for each person."""
    kantor.sapu("2024-07-09")  # H-1: urgent, so that a second letter on the day would be allowed
    lain = Pengantar(kantor.toko.layanan, kantor.toko.store, KanalPalsu(), lambda: kantor.kini)
    asli, sudah = kotak_keluar.menunggu, False

    def sela(koneksi: Connection, instansi: str, nip: str) -> list[dict[str, Any]]:
        nonlocal sudah
        baris = asli(koneksi, instansi, nip)
        if not sudah:
            sudah = True
            lain.antar(segera=True)
        return baris

    monkeypatch.setattr(kotak_keluar, "menunggu", sela)
    kantor.pengantar.antar(segera=True)
    disusun = [p for p in kantor.peristiwa("PemberitahuanDisusun") if isinstance(p, PemberitahuanDisusun)]
    assert sorted(p.nip for p in disusun) == sorted({p.nip for p in disusun})
    assert len({n for p in disusun for n in [(p.nip, *p.pengingat)]}) == len(disusun)


def test_kanal_mati_tidak_menghabiskan_giliran_kanal_lain(kantor: Kantor) -> None:
    """However many letters a dead channel has piled up, those of another are among the next to be tried."""
    kantor.toko.jalankan(AturKontak(PENILAI, "surel", HARI("2024-06-01"), ADMIN, "penilai@contoh.invalid"))
    kantor.kanal.mati = {"surel"}
    for hari in ("2024-06-10", "2024-06-26", "2024-07-03"):
        kantor.sapu(hari)
        kantor.pada(f"{hari}T08:00:00").pengantar.antar()
    baris = kantor.toko.store.baca(lambda k: surat.harus_dikirim(k, "binjai", "9999", batas=1))
    assert [b["kanal"] for b in baris] == ["surel"]
    kantor.toko.catat("rencana_aksi", "2024-06-04", {"butir": [_butir("B1", "2024-07-03")]})
    kantor.sapu("2024-07-03")
    kantor.kanal.mati = {"surel", "berkas"}
    kantor.pengantar.antar()
    baris = kantor.toko.store.baca(lambda k: surat.harus_dikirim(k, "binjai", "9999", batas=1))
    assert [b["kanal"] for b in baris] == ["berkas", "surel"]


def test_yang_dicabut_lalu_berlaku_lagi_tetap_disurati(kantor: Kantor) -> None:
    """Withdrawn and true again before the letter left: the reminder is in it, and no word of a withdrawal."""
    kantor.sapu("2024-06-10")
    kantor.toko.catat("rencana_aksi", "2024-06-04", {"butir": [_butir("B1", "2024-06-24")]})
    kantor.sapu("2024-06-10")
    kantor.toko.catat("rencana_aksi", "2024-06-05", {"butir": [_butir("B2", "2024-12-24")]})
    kantor.sapu("2024-06-10")
    kantor.toko.catat("rencana_aksi", "2024-06-06", {"butir": [_butir("B1", "2024-06-24")]})
    kantor.sapu("2024-06-10")
    assert len(kantor.peristiwa("PengingatDipulihkan")) == 1
    kantor.pengantar.antar()
    (kepala,) = [k.surat for k in kantor.kanal.terkirim if k.surat.nip == KEPALA]
    assert kepala.judul == "Tenggat Zona Integritas: 1 akan jatuh tempo"
    assert "T7" in kepala.isi


def test_pencabutan_hanya_bagi_yang_pernah_disurati(kantor: Kantor) -> None:
    """Who was told is told that it no longer holds, and that it holds again; who was not told hears nothing."""
    rencana = {"butir": [_butir("B1", "2024-06-24")]}
    kantor.toko.catat("rencana_aksi", "2024-06-04", rencana)
    kantor.sapu("2024-06-10")
    kantor.pengantar.antar()
    kantor.toko.catat("rencana_aksi", "2024-06-05", {"butir": [_butir("B2", "2024-12-24")]})
    kantor.sapu("2024-06-11")
    kantor.pada("2024-06-11T08:00:00").pengantar.antar()
    kantor.toko.catat("rencana_aksi", "2024-06-06", rencana)
    kantor.sapu("2024-06-12")
    kantor.pada("2024-06-12T08:00:00").pengantar.antar()
    judul = [k.surat.judul.split(": ")[1] for k in kantor.kanal.terkirim if k.surat.nip == KEPALA]
    assert judul == ["1 akan jatuh tempo", "1 tidak berlaku lagi", "1 berlaku lagi"]


def _butir(kode: str, tenggat: str) -> dict[str, object]:
    isi = {"area": 1, "kegiatan": "k", "indikator": "i", "target": "100", "satuan": "persen", "penanggung_jawab": KEPALA}
    return {"kode": kode, "tenggat": tenggat, **isi}
