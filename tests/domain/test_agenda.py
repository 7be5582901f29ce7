"""The agenda: what a calendar shows of a unit, whenever it was exported, and that the newest entry always wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, UNIT_UJI, Dunia, arsip, cabut, definisi, kosong, sampai, sampai_wbbm
from tests.alat.perbaikan import koreksi, putus, tarik
from zi_workflow.clock import hari_di
from zi_workflow.domain.agenda import Entri, agenda, uid
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.deadlines import tenggat
from zi_workflow.domain.decide import FAKTA, UNIT
from zi_workflow.domain.events import BuktiDicatat, BuktiDikoreksi, BuktiDitarik, Tercatat
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi

ARSIP = "KELURAHAN-A"
WBK_LAMA: Mapping[str, str] = {
    "tahap": "pemantauan_predikat",
    "predikat": "WBK",
    "sejak": "2023-12-01",
    "tanggal_predikat": "2023-12-01",
}


@dataclass
class Log:
    """A log with instants of its own: what decides due dates is recorded at noon UTC of its day, never before what came before it."""

    dunia: Dunia
    tercatat: list[Tercatat] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Give each event its instant."""
        kini = datetime.min.replace(tzinfo=UTC)
        for t in self.dunia.log:
            siang = datetime.combine(_hari(t), time(12), UTC)
            kini = max(kini, siang) if _menentukan(t) else kini
            self.tercatat.append(replace(t, waktu_catat=kini if _menentukan(t) else siang))

    def berkas(self, sampai_nomor: int, kode: str) -> tuple[list[Tercatat], Instansi]:
        """Return a unit's stream and the shared facts as they were after an event."""
        ada = [t for t in self.tercatat if t.nomor <= sampai_nomor]
        instansi = Instansi()
        for t in ada:
            if t.aliran.startswith(FAKTA):
                instansi = evolve_instansi(instansi, t)
        return [t for t in ada if t.aliran == f"{UNIT}/{kode}"], instansi

    def agenda(self, pada: str | date, nomor: int = 10**9, kode: str = UNIT_UJI) -> dict[str, Entri]:
        """Return the entries by UID as exported on a day, after an event."""
        hari = HARI(pada) if isinstance(pada, str) else pada
        peristiwa, instansi = self.berkas(nomor, kode)
        return {e.uid: e for e in agenda(self.dunia.aturan, instansi, peristiwa, hari, lambda i: i.date())}


def _menentukan(t: Tercatat) -> bool:
    """Say whether an event decides due dates: one of a unit's, or an announcement (the other facts are recorded years ahead)."""
    return t.aliran.startswith(f"{UNIT}/") or (
        isinstance(t.peristiwa, BuktiDicatat | BuktiDikoreksi | BuktiDitarik) and t.peristiwa.jenis == "pengumuman_tpn"
    )


def _hari(t: Tercatat) -> date:
    """Return the day on which an event was recorded: a correction is dated as its record."""
    return HARI(t.peristiwa.pada) if isinstance(t.peristiwa, BuktiDikoreksi | BuktiDitarik) else t.tanggal


def _satu(dunia: Dunia, awalan: str, pada: str, kode: str = UNIT_UJI) -> Entri:
    """Return the one entry whose UID begins with unit and ``awalan``."""
    (satu,) = [e for u, e in Log(dunia).agenda(pada, kode=kode).items() if u.startswith(f"{kode}.{awalan}")]
    return satu


def _ekspor(log: Log, akhir: date, kode: str = UNIT_UJI) -> Iterable[tuple[date, dict[str, Entri]]]:
    """Yield what is exported after every event, and on the 2nd of every third month between."""
    ada = [t for t in log.tercatat if _menentukan(t)]
    mulai = next(i for i, t in enumerate(ada) if t.aliran == f"{UNIT}/{kode}")
    for t, berikut in zip(ada[mulai:], [*ada[mulai + 1 :], None], strict=True):
        hari, batas = t.waktu_catat.date(), berikut.waktu_catat.date() if berikut else akhir
        while hari <= batas:
            yield hari, log.agenda(hari, t.nomor, kode)
            hari = (hari.replace(day=1) + timedelta(days=93)).replace(day=2)


def _sesuai(dunia: Dunia, entri: Mapping[str, Entri], unit: Unit, instansi: Instansi, pada: date) -> bool:
    """Say whether what is open in the agenda is exactly what is open in the file."""
    kini = tenggat(dunia.aturan, unit, instansi, pada)
    buka = {(t.id, t.kejadian.kunci, t.jatuh_tempo) for t in kini if t.terbuka or t.sifat == "tidak_sebelum"}
    return {(e.tenggat.id, e.tenggat.kejadian.kunci, e.tanggal) for e in entri.values() if e.terbuka} == buka


def _hidup() -> Dunia:
    """Return a unit's life up to WBBM, with an announcement, a move undone, a plan replaced, and a year that was missed."""
    dunia = sampai("pembangunan")
    dunia.maju("mulai-pantau", "2024-05-02", {"jadwal_bulan": 3})
    dunia.maju("batalkan-langkah", "2024-05-03", {"alasan": "salah tanggal", "nomor": "BA/1"}, oleh=ADMIN)
    _rencana(dunia, "2024-05-06", ("A1", "2025-01-31"), ("B/2", "2025-02-28"))
    dunia.catat("realisasi", "2025-01-20", {"kode": "A1", "capaian": "100"})
    dunia.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": 3})
    dunia.catat("pengumuman_tpn", "2026-02-02", {"tahun": 2026, "batas": "2026-05-22", "nomor": "B/9/TPN"}, None)
    dunia.catat("pemantauan", "2026-03-02", {"hasil": "berjalan"})
    return dunia


def _hidup_terkoreksi() -> Dunia:
    """Return a unit at building whose announcements and plan are corrected and retracted, in turn, back and forth."""
    dunia = sampai("pembangunan")
    dunia.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": 3})
    _rencana(dunia, "2024-07-01", ("A1", "2026-06-30"), ("B/2", "2026-07-31"))
    rencana = len(dunia.log)
    dunia.catat("pengumuman_tpn", "2026-02-02", {"tahun": 2026, "batas": "2026-06-22", "nomor": "B/9/TPN"}, None)
    pengumuman = len(dunia.log)
    butir: Any = dunia.unit[UNIT_UJI].bukti["rencana_aksi"][-1].isi["butir"]
    putus(dunia, koreksi(dunia, rencana, {"butir": [{**b, "tenggat": "2026-08-15"} for b in butir]}, "2026-02-10"))
    putus(dunia, koreksi(dunia, pengumuman, {"tahun": 2026, "batas": "2026-06-12", "nomor": "B/9/TPN"}, "2026-03-02"))
    putus(dunia, koreksi(dunia, pengumuman, {"tahun": 2027, "batas": "2027-06-12", "nomor": "B/9/TPN"}, "2026-03-05"))
    putus(dunia, koreksi(dunia, pengumuman, {"tahun": 2026, "batas": "2026-06-22", "nomor": "B/9/TPN"}, "2026-04-05"))
    putus(dunia, tarik(dunia, pengumuman, "2026-04-20"))
    dunia.catat("pengumuman_tpn", "2026-05-02", {"tahun": 2026, "batas": "2026-06-19", "nomor": "B/10/TPN"}, None)
    putus(dunia, tarik(dunia, len(dunia.log), "2026-05-20"))
    putus(dunia, tarik(dunia, rencana, "2026-06-01"))
    return dunia


def _rencana(dunia: Dunia, tanggal: str, *butir: tuple[str, str]) -> None:
    umum: dict[str, Any] = {"area": 1, "kegiatan": "k", "indikator": "i", "target": "100", "satuan": "persen"}
    isi = [{**umum, "kode": kode, "tenggat": batas, "penanggung_jawab": KEPALA} for kode, batas in butir]
    assert dunia.catat("rencana_aksi", tanggal, {"butir": isi}).diterima


@pytest.mark.parametrize(
    "hidup", [_hidup, _hidup_terkoreksi, lambda: sampai_wbbm("pemantauan_predikat")], ids=["membangun", "terkoreksi", "sampai-wbbm"]
)
def test_klien_yang_mengimpor_kapan_saja_melihat_yang_terakhir(hidup: Any) -> None:  # noqa: ANN401 - makes a world
    """However often and whenever a calendar takes a file in: no UID is lost, the newest entry has the highest SEQUENCE.

    Nothing that changed keeps its SEQUENCE, nothing that did not change gets another, and what is shown is what is open.
    """
    dunia = hidup()
    log = Log(dunia)
    klien: dict[str, Entri] = {}
    for hari, berkas in _ekspor(log, HARI("2029-03-02")):
        assert klien.keys() <= berkas.keys()
        for nama, baru in berkas.items():
            lama = klien.get(nama)
            if lama is not None:
                assert (lama.isi == baru.isi) is (lama.urutan == baru.urutan), (hari, nama)
            if lama is None or baru.urutan > lama.urutan:
                klien[nama] = baru
        assert {n: e.isi for n, e in klien.items()} == {n: e.isi for n, e in berkas.items()}
    assert len(klien) >= 9


@pytest.mark.parametrize("hidup", [_hidup, _hidup_terkoreksi])
def test_yang_berlaku_adalah_yang_terbuka_pada_hari_itu(hidup: Callable[[], Dunia]) -> None:
    """After every event: the confirmed entries are the open due dates of the file, no more and no less."""
    dunia = hidup()
    log = Log(dunia)
    unit: Unit | None = None
    banyak = 0
    for t in log.tercatat:
        if t.aliran == f"{UNIT}/{UNIT_UJI}":
            unit = evolve(unit, t)
        if unit is not None:
            hari = t.waktu_catat.date()
            _, instansi = log.berkas(t.nomor, UNIT_UJI)
            assert _sesuai(dunia, log.agenda(hari, t.nomor), unit, instansi, hari), t
            banyak += 1
    assert banyak > 30


def test_uid_tetap_dan_menyebut_unit_kewajiban_kejadian() -> None:
    """The UID is made of the unit, the duty and what names the occurrence, at the instansi; another order of export keeps it."""
    uid_semua = set(Log(sampai("pemantauan_predikat")).agenda("2026-01-05"))
    assert {
        "DISPORA.T1.2025@zi.binjai",
        "DISPORA.T2.2024-04-10@zi.binjai",
        "DISPORA.T3.2025-11-10@zi.binjai",
        "DISPORA.T7.A1@zi.binjai",
    } <= uid_semua


def test_dipenuhi_dibatalkan_dengan_tanggalnya() -> None:
    """What was discharged says when, by what and how late; it rings no more, and its SEQUENCE is the discharging event's."""
    dunia = kosong()
    arsip(dunia, ARSIP, WBK_LAMA, "2025-03-03")
    sebelum = _satu(dunia, "T3.2023-12-01", "2025-11-01", ARSIP)
    assert (sebelum.terbuka, sebelum.ringkas) == (True, f"{ARSIP} T3: Laporan dua tahunan unit WBK")
    assert "Lanjut: zi catat laporan_berkala" in sebelum.uraian
    dunia.catat("laporan_berkala", "2025-12-04", {"nomor": "700/9", "simpulan": "masih_memenuhi"}, ARSIP)
    kini = Log(dunia).agenda("2026-01-02", kode=ARSIP)
    lama = kini[sebelum.uid]
    assert (lama.keadaan, lama.alarm, lama.urutan, lama.tanggal) == ("dipenuhi", (), 2 * len(dunia.log), sebelum.tanggal)
    assert lama.ringkas.endswith("(dipenuhi 4 Des 2025)")
    assert lama.uraian.endswith("Dipenuhi 4 Des 2025 (laporan_berkala 700/9), 3 hari terlambat.")
    baru = kini[f"{ARSIP}.T3.2025-12-04@zi.binjai"]
    assert (baru.terbuka, baru.tanggal, baru.urutan) == (True, HARI("2027-12-04"), lama.urutan)


def test_yang_sudah_dipenuhi_tetap_dipenuhi_sesudah_kewajibannya_berlalu() -> None:
    """A window discharged while building stays discharged, under its old SEQUENCE, when the unit is past that stage."""
    dunia = sampai("evaluasi_tpi")
    dulu = _satu(dunia, "T5.2024-04-10", "2025-04-20")
    kini = _satu(sampai("pemantauan_predikat"), "T5.2024-04-10", "2026-01-05")
    assert (dulu.keadaan, kini.isi, kini.urutan) == ("dipenuhi", dulu.isi, dulu.urutan)


def test_dipenuhi_tepat_waktu_tidak_disebut_terlambat() -> None:
    """A discharge in time says nothing of being late."""
    assert _satu(sampai("pemantauan_predikat"), "T1.2025", "2026-01-05").uraian.endswith("Dipenuhi 20 Mei 2025 (usulkan tahun 2025).")


def test_pengumuman_memindahkan_entri_yang_sama() -> None:
    """An announced date moves the entry of that year under its old UID with a higher SEQUENCE, and says so with its citation."""
    dunia = sampai("evaluasi_tpi")
    dulu = _satu(dunia, "T1.2025", "2025-04-20")
    dunia.catat("pengumuman_tpn", "2025-04-22", {"tahun": 2025, "batas": "2025-05-23", "nomor": "B/7/TPN"}, None)
    kini = _satu(dunia, "T1.2025", "2025-04-22")
    assert (dulu.tanggal, kini.tanggal, kini.uid) == (HARI("2025-05-31"), HARI("2025-05-23"), dulu.uid)
    assert (kini.urutan, kini.diubah.date()) == (2 * len(dunia.log), HARI("2025-04-22"))
    assert "Pengumuman TPN B/7/TPN" in kini.uraian


def test_pengumuman_sebelum_unit_terdaftar_berlaku_sejak_awal() -> None:
    """A date announced before the unit was registered never appears as a move."""
    dunia = Dunia()
    kosong(dunia=dunia)
    dunia.catat("pengumuman_tpn", "2025-02-03", {"tahun": 2025, "batas": "2025-05-23", "nomor": "B/7/TPN"}, None)
    keadaan = {"tahap": "pembangunan", "sasaran": "WBK", "sejak": "2024-01-10", "mulai_bangun": "2024-01-10"}
    assert arsip(dunia, ARSIP, keadaan, "2025-03-03").diterima
    satu = _satu(dunia, "T1.2025", "2025-03-03", ARSIP)
    daftar = next(t for t in dunia.log if t.aliran == f"{UNIT}/{ARSIP}")
    assert (satu.tanggal, satu.urutan) == (HARI("2025-05-23"), 2 * daftar.nomor)


def test_langkah_dibatalkan_menggugurkan_lalu_kembali() -> None:
    """What an undone move brought is cancelled, whatever day is asked about from the move on; made again, the entry comes back."""
    mulai = sampai("pembangunan")
    mulai.maju("batalkan-langkah", "2024-05-02", {"alasan": "salah tanggal", "nomor": "BA/1"}, oleh=ADMIN)
    assert mulai.tahap() == "penetapan"
    for pada in ("2024-04-15", "2024-05-02", "2025-01-02"):
        satu = _satu(mulai, "T5.2024-04-10", pada)
        assert (satu.keadaan, satu.alarm, satu.ringkas.endswith("(gugur)")) == ("gugur", (), True)
        assert satu.uraian.endswith(f"Tidak lagi berlaku bagi {UNIT_UJI}.")
    assert _satu(mulai, "T1.2025", "2024-05-02").keadaan == "gugur"
    mulai.maju("mulai-bangun", "2024-05-03")
    assert mulai.maju("batalkan-langkah", "2024-05-04", {"alasan": "salah", "nomor": "BA/2"}, oleh=ADMIN).diterima
    assert mulai.maju("mulai-bangun", "2024-05-06").diterima
    semua = Log(mulai).agenda("2024-05-06")
    assert [semua[f"{UNIT_UJI}.T5.{a}@zi.binjai"].terbuka for a in ("2024-04-10", "2024-05-03", "2024-05-06")] == [False, False, True]


def test_pembatalan_atas_langkah_yang_belum_terjadi_tidak_ikut() -> None:
    """Asked about a day before the move, neither it nor its undoing is there; the registration always is."""
    dunia = sampai("pembangunan")
    dunia.maju("batalkan-langkah", "2024-05-02", {"alasan": "salah tanggal", "nomor": "BA/1"}, oleh=ADMIN)
    assert Log(dunia).agenda("2024-04-09") == {}
    assert Log(dunia).agenda("2024-01-01") == {}
    assert Log(sampai("pembangunan")).agenda("2024-04-10")


def test_tahun_yang_lewat_tanpa_usulan_berakhir() -> None:
    """A year without a proposal is overdue until its end and then cancelled, without any event: SEQUENCE grows all the same."""
    dunia = sampai("pemantauan")
    log = Log(dunia)
    dulu = log.agenda("2025-12-31")[f"{UNIT_UJI}.T1.2025@zi.binjai"]
    kini = log.agenda("2026-01-01")[f"{UNIT_UJI}.T1.2025@zi.binjai"]
    assert (dulu.terbuka, kini.keadaan, kini.urutan, kini.diubah) == (
        True,
        "berakhir",
        2 * log.tercatat[-1].nomor,
        log.tercatat[-1].waktu_catat,
    )
    assert kini.urutan > dulu.urutan
    assert kini.ringkas.endswith("(berakhir tanpa dipenuhi)")
    assert kini.uraian.endswith("Tahun 2025 berakhir tanpa dipenuhi.")
    dunia.catat("pengumuman_tpn", "2025-05-02", {"tahun": 2025, "batas": "2025-05-23", "nomor": "B/7/TPN"}, None)
    pindah, habis = (Log(dunia).agenda(h)[f"{UNIT_UJI}.T1.2025@zi.binjai"] for h in ("2025-12-31", "2026-01-01"))
    assert (pindah.urutan, habis.urutan, habis.diubah) == (2 * len(dunia.log), 2 * len(dunia.log) + 1, pindah.diubah)
    jauh = log.agenda("2031-06-01")
    assert [jauh[f"{UNIT_UJI}.T1.{n}@zi.binjai"].terbuka for n in range(2025, 2033)] == [False] * 6 + [True] * 2


def test_pencabutan_menggugurkan_dan_memberi_tanggal_paling_cepat() -> None:
    """A revoked predikat takes its duties away and brings a not-before day, which rings no alarm and is no due date."""
    dunia = kosong()
    arsip(dunia, ARSIP, WBK_LAMA, "2025-03-03")
    assert cabut(dunia, "2025-06-02", ARSIP).diterima
    semua = Log(dunia).agenda("2028-01-03", kode=ARSIP)
    assert {e.tenggat.id: e.keadaan for e in semua.values()} == {"T3": "gugur", "T6": "gugur", "T10": "gugur", "T9": "terbuka"}
    paling_cepat = semua[f"{ARSIP}.T9.2025-06-02@zi.binjai"]
    assert (paling_cepat.tanggal, paling_cepat.alarm) == (HARI("2027-06-02"), ())
    assert "Paling cepat Rabu, 2 Jun 2027; ini bukan batas waktu." in paling_cepat.uraian


@pytest.mark.parametrize(
    ("tahun", "alarm"),
    [(2027, (30, 7, 1, 0)), (2025, (30, 7, 3, 1, 0)), (2026, (30, 7, 2, 1, 0))],
    ids=["senin", "sabtu-sesudah-libur", "minggu-waisak"],
)
def test_alarm_pada_hari_kerja_terakhir(tahun: int, alarm: tuple[int, ...]) -> None:
    """An open due date rings 30, 7, 1 and 0 days before, and on the last working day where the date itself is none."""
    log = Log(sampai("pemantauan"))
    assert log.agenda(date(tahun, 5, 2))[f"{UNIT_UJI}.T1.{tahun}@zi.binjai"].alarm == alarm


def test_butir_rencana_dipindah_dipenuhi_dan_berkode_sama() -> None:
    """A new plan moves an item under its UID; progress changes its text; two items of one code are two entries."""
    dunia = sampai("pembangunan")
    dulu = _satu(dunia, "T7", "2024-04-10")
    _rencana(dunia, "2024-05-06", ("A1", "2025-01-31"), ("A1", "2025-02-28"))
    kini = Log(dunia).agenda("2024-05-06")
    satu, dua = (kini[f"{UNIT_UJI}.T7.A1{akhir}@zi.binjai"] for akhir in ("", "~2"))
    assert (dulu.tanggal, satu.tanggal, dua.tanggal) == (HARI("2024-12-31"), HARI("2025-01-31"), HARI("2025-02-28"))
    assert satu.ringkas.startswith(f"{UNIT_UJI} T7 A1: ")
    dunia.catat("realisasi", "2024-06-03", {"kode": "A1", "capaian": "40"})
    maju = Log(dunia).agenda("2024-06-03")[satu.uid]
    assert maju.urutan > satu.urutan > dulu.urutan
    assert "40 dari 100 persen" in maju.uraian


def test_uid_hanya_huruf_aman_dan_tidak_bertabrakan() -> None:
    """Whatever a plan item is called, its UID is of safe characters, and no two codes share one."""
    kode = ["A1", "a1", "A/1", "A.1", "A_1", "A_2f1", "A 1", "é", "日", "A1~2", "@zi", "🙂"]
    dunia = sampai("pembangunan")
    _rencana(dunia, "2024-05-06", *((k, "2025-01-31") for k in kode))
    nama = {u for u in Log(dunia).agenda("2024-05-06") if ".T7." in u}
    assert len(nama) == len(kode)
    aman = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@")
    assert all(set(u) <= aman and u.count("@") == 1 and u.count(".") == 3 for u in nama)


def test_uid_menyebut_butir_yang_bukan_kuncinya() -> None:
    """Where an item does not name its occurrence by itself, both stand in the UID."""
    satu = next(t for t in tenggat(definisi(), sampai("pembangunan").unit[UNIT_UJI], Instansi(), HARI("2024-05-06")) if t.id == "T7")
    lain = replace(satu, kejadian=replace(satu.kejadian, kunci="2024"))
    assert (uid(satu, "binjai"), uid(lain, "binjai")) == ("DISPORA.T7.A1@zi.binjai", "DISPORA.T7.2024.A1@zi.binjai")


def test_catatan_sesudah_hari_itu_tidak_ikut() -> None:
    """Asked about an earlier day, what is dated later does not count, and nothing of later numbers is in it."""
    dunia = sampai("pemantauan_predikat")
    log = Log(dunia)
    batas = max(t.nomor for t in log.tercatat if t.tanggal <= HARI("2025-05-10") and t.aliran == f"{UNIT}/{UNIT_UJI}")
    dulu = log.agenda("2025-05-10")
    assert {u: (e.isi, e.urutan) for u, e in dulu.items()} == {u: (e.isi, e.urutan) for u, e in log.agenda("2025-05-10", batas).items()}


def test_berkas_diimpor_sekaligus_tidak_mengarang_masa_lalu() -> None:
    """A history that was typed in on one day shows no years in which no calendar could have been exported."""
    dunia = sampai("pemantauan")
    peristiwa = [replace(t, waktu_catat=datetime(2026, 11, 20, 3, tzinfo=UTC)) for t in dunia.log if t.aliran == f"{UNIT}/{UNIT_UJI}"]
    semua = agenda(dunia.aturan, dunia.instansi, peristiwa, HARI("2026-11-20"), lambda i: i.date())
    assert [e.uid for e in semua if e.tenggat.id == "T1"] == [f"{UNIT_UJI}.T1.{n}@zi.binjai" for n in (2026, 2027)]
    dulu = agenda(dunia.aturan, dunia.instansi, peristiwa, HARI("2025-05-02"), lambda i: i.date())
    assert [(e.uid, e.keadaan) for e in dulu if e.tenggat.id == "T1"] == [(f"{UNIT_UJI}.T1.2025@zi.binjai", "terbuka")]


def test_hari_menurut_zona_yang_diberikan() -> None:
    """The day of an instant is the caller's: what is recorded at 18.00 UTC of 31 December is recorded in Jakarta's new year."""
    dunia = sampai("pemantauan")
    assert dunia.catat("pemantauan", "2025-12-30", {"hasil": "berjalan"}).diterima
    *awal, akhir = [t for t in Log(dunia).tercatat if t.aliran == f"{UNIT}/{UNIT_UJI}"]
    peristiwa = [*awal, replace(akhir, waktu_catat=datetime(2025, 12, 31, 18, tzinfo=UTC))]
    for zona, nomor in (("Asia/Jakarta", awal[-1].nomor), ("UTC", akhir.nomor)):
        semua = agenda(dunia.aturan, dunia.instansi, peristiwa, HARI("2026-01-02"), partial(hari_di, zona))
        (satu,) = [e for e in semua if e.uid == f"{UNIT_UJI}.T1.2025@zi.binjai"]
        assert (satu.keadaan, satu.urutan) == ("berakhir", 2 * nomor)


def test_aliran_kosong_dan_unit_tanpa_kewajiban() -> None:
    """No stream, or a unit that was only just registered: no entries, and no error."""
    dunia = kosong()
    dunia.jalankan(DaftarkanUnit("BARU", "Unit Baru", HARI("2025-03-03"), ADMIN))
    assert agenda(dunia.aturan, dunia.instansi, [], HARI("2026-01-01"), lambda i: i.date()) == []
    assert Log(dunia).agenda("2026-01-01", kode="BARU") == {}
