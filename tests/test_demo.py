"""The demonstration, checked from the store that ``zi demo`` leaves behind, and from what it prints."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from projections import SEMUA, daftar_periksa, papan, pejabat, riwayat
from zi_workflow.bootstrap import Aplikasi, rakit
from zi_workflow.cli.pengaturan import Pengaturan
from zi_workflow.domain.deadlines import Tenggat
from zi_workflow.domain.events import (
    Berkas,
    BuktiDicatat,
    BuktiDikoreksi,
    LangkahDiambil,
    LangkahDibatalkan,
    LangkahTenggat,
    PengingatDicabut,
    PerintahDitolak,
    TenggatTerlewat,
    UnitDidaftarkan,
)
from zi_workflow.store import Amplop

AKAR = Path(__file__).resolve().parents[1]
DAFTAR = AKAR / "workflows" / "binjai" / "perangkat-daerah.csv"
WIB = ZoneInfo("Asia/Jakarta")
TEMPAT = ("binjai", "zi")
AKHIR, PENJADWAL = date(2026, 11, 20), date(2026, 6, 29)
TERLAMBAT = {("BPKAD", "pemantauan"), ("DISDIK", "tanda_terima"), ("DISDIK", "surat_pengajuan"), ("DISDIK", "usulkan")}


def zi(rumah: Path, *argumen: str, **lingkungan: str) -> subprocess.CompletedProcess[str]:
    """Run ``zi`` as a program of its own, with nothing of the caller's settings."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("ZI_", "XDG_"))}
    env |= {"HOME": str(rumah), "PYTHONPATH": str(AKAR), "PYTHONIOENCODING": "utf-8", **lingkungan}
    return subprocess.run([sys.executable, "-m", "zi_workflow", *argumen], cwd=rumah, env=env, check=False, capture_output=True, text=True)


@dataclass(frozen=True)
class Peragaan:
    """One run: its folder, the application over its store, the whole log."""

    folder: Path
    keluaran: subprocess.CompletedProcess[str]
    app: Aplikasi
    log: tuple[Amplop, ...]

    def langkah(self, kode: str, nama: str) -> LangkahDiambil:
        """Return the only move of that name of a unit."""
        (satu,) = [p for a in self.log if a.kode == kode and isinstance(p := a.peristiwa, LangkahDiambil) and p.langkah == nama]
        return satu

    def tanggal(self, kode: str, pokok: str) -> list[date]:
        """Return the effective dates of a unit's records or moves of that name, in order of recording."""
        return [a.tanggal for a in self.log if (a.kode, a.pokok) == (kode, pokok) and not isinstance(a.peristiwa, PerintahDitolak)]

    def ditolak(self, kode: str) -> tuple[Amplop, PerintahDitolak]:
        """Return the only refusal of a unit."""
        (satu,) = [(a, p) for a in self.log if a.kode == kode and isinstance(p := a.peristiwa, PerintahDitolak)]
        return satu

    def satu(self, kode: str) -> Mapping[str, Any]:
        """Return the unit's row of the board."""
        with self.app.baca() as koneksi:
            baris = papan.satu(koneksi, *TEMPAT, kode)
        assert baris is not None
        return baris

    def riwayat(self, kode: str) -> list[dict[str, Any]]:
        """Return the unit's history."""
        with self.app.baca() as koneksi:
            return riwayat.unit(koneksi, *TEMPAT, kode)

    def syarat(self, kode: str, perintah: str) -> dict[str, dict[str, Any]]:
        """Return the lines of the unit's last checklist of that command, by id."""
        with self.app.baca() as koneksi:
            baris = daftar_periksa.terakhir(koneksi, *TEMPAT, kode, perintah)
        assert baris is not None
        return {s["id"]: s for s in baris["syarat"]}

    def bukti(self, jenis: str, kode: str = "fakta") -> list[tuple[Amplop, BuktiDicatat]]:
        """Return the records of a kind, oldest first (default: the instansi's)."""
        return [(a, p) for a in self.log if a.kode == kode and isinstance(p := a.peristiwa, BuktiDicatat) and p.jenis == jenis]


def _peragaan(tmp: Path, *opsi: str) -> Iterator[Peragaan]:
    folder = tmp / "d"
    keluaran = zi(tmp, "demo", "--ke", str(folder), *opsi)
    assert keluaran.returncode == 0, keluaran.stderr
    app = rakit(Pengaturan(f"sqlite:///{folder / 'zi.db'}", f"{folder / 'zi.db'}.berkas"))
    yield Peragaan(folder, keluaran, app, tuple(app.store.telusuri()))
    app.tutup()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peragaan]:
    """Run it once for programs (--json)."""
    yield from _peragaan(tmp_path_factory.mktemp("json"), "--json")


@pytest.fixture(scope="module")
def layar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peragaan]:
    """Run it once for people."""
    yield from _peragaan(tmp_path_factory.mktemp("layar"))


# --- the whole ------------------------------------------------------------------------------------------------------


def test_tiga_puluh_unit_terdaftar_dengan_nama_aslinya(demo: Peragaan) -> None:
    """All organisations of the list are registered, with kind and afirmasi."""
    with DAFTAR.open(encoding="utf-8", newline="") as berkas:
        harap = {(b["kode"], b["nama"], b["jenis"], b["afirmasi"] or None) for b in csv.DictReader(berkas)}
    with demo.app.baca() as koneksi:
        ada = {(b["kode"], b["nama"], b["jenis"], b["afirmasi"]) for b in papan.daftar(koneksi, *TEMPAT)}
    assert len(harap) == 30
    assert ada == harap


def test_daftar_sama_dengan_sumbernya(bersama: Path) -> None:
    """The list that ships says what its source says."""
    assert DAFTAR.read_bytes() == (bersama / "data" / "perangkat-daerah-binjai.csv").read_bytes()


def test_setiap_tahap_ada_unitnya(demo: Peragaan) -> None:
    """At the end no stage of the definition is empty."""
    with demo.app.baca() as koneksi:
        ada = {b["tahap"] for b in papan.daftar(koneksi, *TEMPAT)}
    assert ada == set(demo.app.definisi.tahap)


def test_papan_sama_dengan_lipatan_berkas(demo: Peragaan) -> None:
    """The board that is shown is the fold of each unit's stream."""
    data = json.loads(demo.keluaran.stdout)
    for baris in data["papan"]:
        unit = demo.app.layanan.unit(baris["kode"])
        assert unit is not None
        k = unit.keadaan
        assert (baris["tahap"], baris["predikat"], baris["sasaran"], baris["sejak"]) == (
            k.tahap,
            k.predikat,
            k.sasaran,
            k.sejak.isoformat(),
        )


def test_semua_orang_karangan(demo: Peragaan) -> None:
    """Every official is called Contoh."""
    with demo.app.baca() as koneksi:
        nama = {p["nama"] for p in pejabat.daftar(koneksi, "binjai", buka=demo.app.store.teks)}
    assert len(nama) == 37
    assert [n for n in nama if not re.fullmatch(r"(Admin|Wali Kota|Sekda|Penilai|Pejabat) Contoh( \d+)?", n)] == []


def test_hanya_yang_diceritakan_dicatat_terlambat(demo: Peragaan) -> None:
    """Everything is recorded on its own day, except the few records that the story has come late; a correction bears its record's day."""
    asli = [a for a in demo.log if not isinstance(a.peristiwa, BuktiDikoreksi)]
    telat = {(a.kode, a.pokok or "") for a in asli if a.waktu_catat.astimezone(WIB).date() != a.tanggal}
    assert telat == TERLAMBAT


def test_waktu_catat_naik_dan_berjarak(demo: Peragaan) -> None:
    """The scripted clock moves on between requests: from 2024-02-19 to 2026-11, never back, some minutes apart."""
    waktu = sorted({a.waktu_catat for a in demo.log})
    assert [a.waktu_catat for a in demo.log] == sorted(a.waktu_catat for a in demo.log)
    assert (waktu[0].date().isoformat(), waktu[-1].date().isoformat()[:7]) == ("2024-02-19", "2026-11")
    assert min((b - a).total_seconds() for a, b in pairwise(waktu)) == 180


def test_dua_kali_dijalankan_peristiwanya_sama(demo: Peragaan, layar: Peragaan) -> None:
    """Two runs write the same events, at the same instants; only the ciphertext of names, and so the hashes, are new each time."""
    dua = ([(a.nomor, a.jam, a.oleh, a.dasar, a.dibaca, a.peristiwa) for a in satu.log] for satu in (demo, layar))
    assert next(dua) == next(dua)


def test_berkas_bukti_utuh_dan_berlabel(demo: Peragaan) -> None:
    """Each receipt and archive entry has its file, unchanged in the evidence folder, and every file says that it is invented."""
    berkas: list[Berkas] = [b for a in demo.log if isinstance(p := a.peristiwa, BuktiDicatat | UnitDidaftarkan) for b in p.berkas]
    assert all(p.berkas for kode in ("DINKES", "PUTR", "RSUD") for _, p in demo.bukti("tanda_terima", kode))
    assert len(berkas) == 10
    for satu in berkas:
        assert demo.app.berkas.periksa(satu) is None
        with demo.app.berkas.baca(satu.sha256) as isi:
            assert isi.read().startswith(b"DATA PERAGAAN, REKAAN\n")


# --- the units ------------------------------------------------------------------------------------------------------


def test_disdukcapil_meraih_wbk_lalu_menuju_wbbm(demo: Peragaan) -> None:
    """Proposed in May 2025, awarded in December, monitored, and building towards WBBM with WBK in hand."""
    jejak = demo.riwayat("DISDUKCAPIL")
    assert [b["langkah"] for b in jejak[-4:]] == ["usulkan", "tetapkan-predikat", "pantau-predikat", "bangun-wbbm"]
    assert [b["tanggal"][:7] for b in jejak[-4:]] == ["2025-05", "2025-12", "2026-01", "2026-08"]
    satu = demo.satu("DISDUKCAPIL")
    assert (satu["tahap"], satu["predikat"], satu["sasaran"]) == ("pembangunan", "WBK", "WBBM")


def test_kepala_disdukcapil_berganti(demo: Peragaan) -> None:
    """One head's term has ended, a successor serves, and the later moves are the successor's."""
    with demo.app.baca() as koneksi:
        lama, baru = pejabat.daftar(koneksi, "binjai", peran="kepala_pd", unit="DISDUKCAPIL")
    assert (lama["sampai"], baru["sejak"], baru["sampai"]) == ("2025-08-29", "2025-09-01", None)
    oleh = {b["langkah"]: b["oleh"] for b in demo.riwayat("DISDUKCAPIL")}
    assert (oleh["mulai-bangun"], oleh["bangun-wbbm"]) == (lama["nip"], baru["nip"])


def test_dpmptsp_dari_arsip_meraih_wbbm(demo: Peragaan) -> None:
    """It entered with a WBK of 2022 and now holds WBBM."""
    satu = demo.satu("DPMPTSP")
    assert (satu["dari_arsip"], satu["predikat"], satu["tahap"]) == (True, "WBBM", "pemantauan_predikat")
    (awal,) = [p.keadaan_awal for a in demo.log if isinstance(p := a.peristiwa, UnitDidaftarkan) and p.kode == "DPMPTSP"]
    assert awal is not None
    assert (awal["predikat"], str(awal["tanggal_predikat"])[:4]) == ("WBK", "2022")


def test_satu_surat_untuk_wbk_dan_wbbm(demo: Peragaan) -> None:
    """Three units went to TPN in one letter of 2025, recorded at one instant, WBK and WBBM mixed."""
    hasil = {kode: demo.langkah(kode, "usulkan").hasil["usulan"] for kode in ("DISDUKCAPIL", "DPMPTSP", "DISKOPPERINDAG")}
    usulan = {kode: u for kode, u in hasil.items() if isinstance(u, dict)}
    assert {kode: u["predikat"] for kode, u in usulan.items()} == {"DISDUKCAPIL": "WBK", "DPMPTSP": "WBBM", "DISKOPPERINDAG": "WBK"}
    assert len({u["surat"] for u in usulan.values()}) == 1
    assert len({a.waktu_catat for a in demo.log if a.pokok == "usulkan" and a.tanggal == date(2025, 5, 20)}) == 1


def test_dinkes_ditolak_karena_seperseratus(demo: Peragaan) -> None:
    """Exactly one requirement stops it: 15.74 against 15.75, with an index of 3.598."""
    amplop, tolak = demo.ditolak("DINKES")
    (satu,) = [s for s in tolak.syarat if s["status"] == "tidak"]
    assert (satu["id"], satu["ditemukan"], satu["kurang"]) == ("R20.spak", "15.74", "0.01")
    assert str(satu["dibutuhkan"]).startswith(">= 15.75")
    (lke,) = [p for _, p in demo.bukti("lke", "DINKES") if p.isi["penilai"] == "tpi"]
    jawaban = lke.isi["jawaban"]
    assert isinstance(jawaban, dict)
    assert jawaban["125"] == "3.598"
    assert [a.kode for a in demo.log if a.waktu_catat == amplop.waktu_catat] == ["DINKES"], "the letter was refused as a whole"


def test_putr_terlambat_dan_diberi_tahu_jendela_berikutnya(demo: Peragaan) -> None:
    """On 2 June 2026 only the deadline stops it, and the answer names the next window."""
    amplop, tolak = demo.ditolak("PUTR")
    assert amplop.tanggal == date(2026, 6, 2)
    (satu,) = [s for s in tolak.syarat if s["status"] == "tidak"]
    assert (satu["id"], satu["dibutuhkan"], satu["kurang"]) == ("R22", "<= 2026-05-31", "2 hari")
    assert "1 Januari 2027" in str(satu["lanjut"])
    assert demo.satu("PUTR")["tahap"] == "evaluasi_tpi"


def test_rsud_dibebaskan_dari_spip(demo: Peragaan) -> None:
    """Under afirmasi it was proposed in May 2026 while SPIP stood at level 2 since April."""
    spip = demo.syarat("RSUD", "usulkan")["R24.spip"]
    assert (spip["status"], spip["ditemukan"]) == ("dibebaskan", "2 (tahun 2025)")
    catatan = [(a.tanggal.isoformat()[:7], p.isi["level"]) for a, p in demo.bukti("spip") if p.isi["tahun"] == 2025]
    assert catatan == [("2026-04", 2), ("2026-05", 3)]
    assert demo.tanggal("RSUD", "usulkan") == [date(2026, 5, 20)]
    assert demo.satu("RSUD")["tahap"] == "usulan_tpn"


def test_disdik_dicatat_terlambat_dengan_tanda_terima(demo: Peragaan) -> None:
    """An act before the deadline, recorded after it, with the receipt attached (D12); both dates are kept."""
    assert demo.langkah("DISDIK", "usulkan").terlambat == {"tanggal": "2026-05-26", "dicatat": "2026-06-04"}
    assert all(p.berkas for _, p in demo.bukti("tanda_terima", "DISDIK"))
    assert demo.satu("DISDIK")["tahap"] == "predikat"


def test_dinsos_dikembalikan_dengan_rekomendasi(demo: Peragaan) -> None:
    """The TPI's report said belum_memenuhi; the unit is building again, with recommendations."""
    assert demo.langkah("DINSOS", "kembalikan").isi["rekomendasi"]
    assert [p.isi["simpulan"] for _, p in demo.bukti("lhe", "DINSOS")] == ["belum_memenuhi"]
    assert demo.satu("DINSOS")["tahap"] == "pembangunan"


def test_diskopperindag_tidak_lulus_dan_membangun_lagi(demo: Peragaan) -> None:
    """TPN found against it in 2025."""
    gagal = demo.langkah("DISKOPPERINDAG", "tidak-lulus")
    assert (gagal.isi["sebab"], gagal.ke) == ("tidak_memenuhi", "pembangunan")
    assert demo.tanggal("DISKOPPERINDAG", "tidak-lulus")[0].year == 2025
    assert max(demo.tanggal("DISKOPPERINDAG", "pemantauan")) > date(2026, 8, 1)


def test_dishub_dicabut_menurut_urutan(demo: Peragaan) -> None:
    """An old WBK is gone: event, recommendation, decree, then the revocation, all in 2025."""
    urutan = ("kejadian", "rekomendasi_pencabutan", "keputusan_pencabutan", "cabut")
    hari = [satu for nama in urutan for satu in demo.tanggal("DISHUB", nama)]
    assert len(hari) == 4
    assert hari == sorted(hari)
    assert {h.year for h in hari} == {2025}
    assert (demo.satu("DISHUB")["dari_arsip"], demo.satu("DISHUB")["predikat"]) == (True, None)


def test_disbud_digabung_ke_dispar(demo: Peragaan) -> None:
    """The dissolved unit names its successor."""
    assert demo.langkah("DISBUD", "nonaktifkan").isi["pengganti"] == "DISPAR"
    assert demo.satu("DISPAR")["tahap"] != "nonaktif"


def test_langkah_dlh_dibatalkan(demo: Peragaan) -> None:
    """One move was undone by an event with reason and number, and made again later."""
    (batal,) = [p for a in demo.log if isinstance(p := a.peristiwa, LangkahDibatalkan)]
    assert (batal.langkah, bool(batal.isi["alasan"]), bool(batal.isi["nomor"])) == ("mulai-pantau", True, True)
    tanda = [(b["tanggal"], b["dibatalkan"]) for b in demo.riwayat("DLH") if b["langkah"] == "mulai-pantau"]
    assert tanda == [("2024-09-02", True), ("2024-10-01", False)]


def test_bapenda_ditolak_lalu_diterima(demo: Peragaan) -> None:
    """With 24 of 60 signatures the declaration was refused (D1), with 58 it was made a month later."""
    amplop, tolak = demo.ditolak("BAPENDA")
    assert [s["id"] for s in tolak.syarat if s["status"] == "tidak" and s["akibat"] == "menolak"] == ["R2"]
    assert demo.tanggal("BAPENDA", "canangkan") == [date(2025, 3, 10)]
    assert amplop.tanggal == date(2025, 2, 10)


def test_batas_2025_diumumkan_tpn(demo: Peragaan) -> None:
    """TPN announced an earlier date for 2025, and the proposals of that year were measured by it."""
    ((amplop, umum),) = demo.bukti("pengumuman_tpn")
    assert (umum.isi["tahun"], umum.isi["batas"]) == (2025, "2025-05-23")
    batas = demo.syarat("DISDUKCAPIL", "usulkan")["R22"]
    assert amplop.nomor in batas["bukti"]
    assert "batas tetap 2025-05-31" in batas["dibutuhkan"]


# --- the deadlines --------------------------------------------------------------------------------------------------


def _terbuka(demo: Peragaan) -> list[Tenggat]:
    """Return every open due date on the story's last day."""
    with demo.app.baca() as koneksi:
        kode = papan.kode_semua(koneksi, *TEMPAT)
    return [t for satu in kode for t in demo.app.layanan.tenggat(satu, AKHIR) if t.terbuka]


def _tabel(app: Aplikasi) -> dict[str, set[tuple[str, ...]]]:
    """Return every read model, its rows as text."""
    with app.baca() as koneksi:
        return {p.nama: {tuple(map(repr, b)) for b in koneksi.execute(p.tabel.select())} for p in SEMUA}


def test_hanya_yang_dipilih_terlambat(demo: Peragaan) -> None:
    """Besides those who let 31 May go by, only the bad examples are overdue: two without monitoring, four with items, one survey."""
    lewat = [t for t in _terbuka(demo) if t.sisa_hari < 0]
    assert {(t.unit, t.id) for t in lewat if t.id != "T1"} == {
        ("BPKAD", "T5"),
        ("PERKIM", "T5"),
        ("BPKAD", "T7"),
        ("PERKIM", "T7"),
        ("DISPUSIP", "T7"),
        ("DISPAR", "T7"),
        ("BINJAI-TIMUR", "T6"),
    }
    assert {t.jatuh_tempo for t in lewat if t.id == "T1"} == {date(2026, 5, 31)}


def test_ada_yang_segera_jatuh_tempo(demo: Peragaan) -> None:
    """Within two weeks of the last day a report, a monitoring, a survey and a reported monitoring fall due."""
    segera = {(t.unit, t.id) for t in _terbuka(demo) if 0 <= t.sisa_hari <= 14}
    assert segera == {("BINJAI-TIMUR", "T3"), ("DINKES", "T5"), ("DISDUKCAPIL", "T6"), ("DPMPTSP", "T10")}


def test_setiap_langkah_pengingat_sekali(demo: Peragaan) -> None:
    """No step of any due date is in the log twice, and none was recorded before its day."""
    langkah = [(a.kode, p.tenggat, p.butir, p.jatuh_tempo, p.langkah) for a in demo.log if isinstance(p := a.peristiwa, LangkahTenggat)]
    assert len(langkah) > 1000
    assert len(set(langkah)) == len(langkah)
    for a in demo.log:
        if isinstance(p := a.peristiwa, LangkahTenggat):
            assert p.sisa_hari == (date.fromisoformat(p.jatuh_tempo) - a.tanggal).days
            assert p.seharusnya is None or p.seharusnya < a.tanggal.isoformat()


def test_sejak_penjadwal_jalan_pengingat_tepat_waktu(demo: Peragaan) -> None:
    """By hand, on Mondays, reminders come late; from the scheduler's second day on none does."""
    semua = [(a.tanggal, p) for a in demo.log if isinstance(p := a.peristiwa, LangkahTenggat)]
    telat = [(hari, p) for hari, p in semua if p.seharusnya is not None]
    assert {hari.weekday() for hari, _ in telat if hari < PENJADWAL} == {0}
    assert [p.tenggat for hari, p in telat if hari > PENJADWAL] == ["T8"]  # received on its H-60, after that morning's sweep
    assert len([hari for hari, _ in semua if hari > PENJADWAL]) > 100


def test_pengingat_yang_dicabut_menyebut_sebabnya(demo: Peragaan) -> None:
    """Reminders were withdrawn for each of the four reasons; TPN's earlier date of 2025 moved 31 May to 23 May."""
    cabut = [(a, p) for a in demo.log if isinstance(p := a.peristiwa, PengingatDicabut)]
    assert {p.sebab for _, p in cabut} == {"dipenuhi", "dipindah", "berakhir", "gugur"}
    pindah = [(a.kode, a.tanggal, p) for a, p in cabut if p.sebab == "dipindah"]
    assert {p.tenggat for _, _, p in pindah} == {"T1"}
    assert {(hari, p.jatuh_tempo, p.pengganti) for _, hari, p in pindah} == {(date(2025, 3, 10), "2025-05-31", "2025-05-23")}
    assert {kode for kode, _, _ in pindah} == {"DINKES", "DISDUKCAPIL", "DISKOPPERINDAG", "DPMPTSP"}


def test_yang_terlewat_naik_ke_sekda(demo: Peragaan) -> None:
    """Every missed deadline is told to the sekda too."""
    with demo.app.baca() as koneksi:
        (sekda,) = [p["nip"] for p in pejabat.daftar(koneksi, "binjai", peran="sekda")]
    lewat = [p for a in demo.log if isinstance(p := a.peristiwa, TenggatTerlewat)]
    assert len(lewat) > 100
    assert [p for p in lewat if sekda not in p.penerima] == []


def test_sapuan_ulang_tidak_menulis(demo: Peragaan) -> None:
    """A second sweep on the last day has nothing left to write."""
    hasil = demo.app.penyapu.sapu(AKHIR)
    assert (hasil.dicatat, hasil.dicabut) == ([], [])
    assert demo.app.store.telusuri(batas=1, terbaru=True)[0].nomor == demo.log[-1].nomor


def test_model_baca_dibangun_ulang_sama(demo: Peragaan) -> None:
    """Every read model, rebuilt from the log, is what it was."""
    sebelum = _tabel(demo.app)
    demo.app.store.bangun_ulang()
    assert all(sebelum.values())
    assert _tabel(demo.app) == sebelum


def test_surat_ditulis_ke_berkas(demo: Peragaan) -> None:
    """Letters went to the file beside the store, each to one person; those with a contact have their own address on it."""
    surat = [json.loads(b) for b in (demo.folder / "zi.db.surat.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({s["id"] for s in surat}) == len(surat) == json.loads(demo.keluaran.stdout)["tenggat"]["sapuan"]["surat"]
    alamat = {s["nip"]: s["alamat"] for s in surat}
    assert {a for nip, a in alamat.items() if a != nip} == {"meja-penilai-1"}


def test_json_memuat_tenggat(demo: Peragaan) -> None:
    """For programs: what is overdue and what comes next in order of date, one in full with its reminders, and the sweeps' counts."""
    data = json.loads(demo.keluaran.stdout)["tenggat"]
    assert data["pada"] == AKHIR.isoformat()
    assert {t["status"] for t in data["terlambat"]} == {"terlambat"}
    assert {t["status"] for t in data["berikut"]} == {"akan_datang"}
    semua = [t["jatuh_tempo"] for t in (*data["terlambat"], *data["berikut"])]
    assert semua == sorted(semua)
    contoh = data["contoh"]
    assert (contoh["unit"], contoh["id"], contoh["jatuh_tempo"]) == ("BINJAI-TIMUR", "T3", "2026-11-28")
    assert [p["langkah"] for p in contoh["pengingat"]] == ["H-90", "H-60", "H-30", "H-14"]
    jenis = [type(a.peristiwa).__name__ for a in demo.log]
    hitung = tuple(jenis.count(n) for n in ("TenggatDiingatkan", "TenggatTerlewat", "PengingatDicabut"))
    assert tuple(data["sapuan"][k] for k in ("diingatkan", "terlewat", "dicabut")) == hitung


def test_layar_menerangkan_satu_tenggat(layar: Peragaan) -> None:
    """People read where a date comes from: its arithmetic, the pasal, the reading, the last working day."""
    teks = " ".join(layar.keluaran.stdout.split())
    assert "tanggal 28 Nov 2024 + 2 tahun (tafsir D17) = 28 Nov 2026" in teks
    assert "hari itu Sabtu dan tidak digeser, hari kerja terakhir Jumat 27 Nov 2026" in teks
    assert "Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf c" in teks
    assert "jatuh tempo berubah: Pengumuman TPN" in teks


# --- the answer -----------------------------------------------------------------------------------------------------


def test_json_satu_objek(demo: Peragaan) -> None:
    """``--json`` gives one object with everything that the screen shows, and nothing on stderr."""
    data = json.loads(demo.keluaran.stdout)
    assert {"skema", "papan", "daftar_periksa", "tenggat", "riwayat", "basis", "perintah"} <= data.keys()
    assert data["skema"] == 1
    assert data["basis"] == f"sqlite:///{demo.folder / 'zi.db'}"
    assert (data["daftar_periksa"]["unit"], data["daftar_periksa"]["terpenuhi"]) == ("DINKES", False)
    assert [b["langkah"] for b in data["riwayat"]] == [b["langkah"] for b in demo.riwayat("DISDUKCAPIL")]
    assert demo.keluaran.stderr == ""


def test_layar_muat_delapan_puluh_kolom(layar: Peragaan) -> None:
    """Every line fits, except those that hold the folder or a program's path, which must not be broken; all units are there."""
    teks = layar.keluaran.stdout
    assert teks.startswith("DATA PERAGAAN, REKAAN\n")
    panjang = [b for b in teks.splitlines() if len(b) > 80]
    assert [b for b in panjang if str(layar.folder) not in b and not b.endswith(" \\")] == []
    with layar.app.baca() as koneksi:
        assert [k for k in papan.kode_semua(koneksi, *TEMPAT) if f"  {k} " not in teks] == []
    assert "15,74" in teks
    assert "1 Desember 2025" in teks


def test_layar_tanpa_huruf_kendali(layar: Peragaan) -> None:
    """Neither stream has control characters but line feeds, though no colour was switched off."""
    semua = layar.keluaran.stdout + layar.keluaran.stderr
    assert [k for k in set(semua) if unicodedata.category(k) in {"Cc", "Cf", "Cs"} and k != "\n"] == []


def test_kemajuan_di_stderr(layar: Peragaan) -> None:
    """Where it is and how far it is, one line per ten percent."""
    assert str(layar.folder) in layar.keluaran.stderr
    assert layar.keluaran.stderr.count(" %\n") == 10


def test_perintah_berikutnya_dapat_disalin(layar: Peragaan, tmp_path: Path) -> None:
    """Every command runs as it is printed, with exit code 0 and something to say; the picture is written where one is."""
    perintah = re.findall(r"^(\S.*) \\\n  (--basis .*)$", layar.keluaran.stdout, re.MULTILINE)
    assert len(perintah) == 11
    for apa, di_mana in perintah:
        bagian = shlex.split(f"{apa} {di_mana}")
        argumen = bagian[bagian.index("zi_workflow") + 1 :] if "zi_workflow" in bagian else bagian[1:]
        hasil = zi(tmp_path, *argumen)
        assert (hasil.returncode, "Galat" in hasil.stderr) == (0, False), argumen
        assert any(kata in hasil.stdout for kata in ("PUTR", "DISDUKCAPIL", "DINKES", "BINJAI-TIMUR", "Sapuan", "Utuh")), argumen
    assert (tmp_path / "prakiraan.svg").read_text(encoding="utf-8").startswith("<")


# --- where it may be written ----------------------------------------------------------------------------------------


def test_folder_yang_berisi_ditolak(layar: Peragaan, tmp_path: Path) -> None:
    """A second run into the same folder is refused and changes nothing there."""
    sebelum = {f: f.stat().st_mtime_ns for f in layar.folder.rglob("*")}
    hasil = zi(tmp_path, "demo", "--ke", str(layar.folder))
    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert "tidak kosong" in hasil.stderr
    assert {f: f.stat().st_mtime_ns for f in layar.folder.rglob("*")} == sebelum


@pytest.mark.parametrize("nama", ["berkas.txt", "a?b", "a%20b"])
def test_ke_yang_tidak_dapat_dipakai(tmp_path: Path, nama: str) -> None:
    """A file, and names that a store URL would change, are wrong usage; nothing is made."""
    (tmp_path / "berkas.txt").write_text("isi")
    hasil = zi(tmp_path, "demo", "--ke", nama, "--json")
    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert json.loads(hasil.stderr)["galat"]["kode"] == 2
    assert [f.name for f in tmp_path.iterdir() if not f.name.startswith(".")] == ["berkas.txt"]


def test_basis_ditolak(tmp_path: Path) -> None:
    """A store that was named is never touched: ``--basis`` is refused, ZI_BASIS is not used."""
    hasil = zi(tmp_path, "demo", "--basis", f"sqlite:///{tmp_path / 'kantor.db'}")
    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert not (tmp_path / "kantor.db").exists()


def test_cerita_yang_melenceng_tidak_meninggalkan_apa_pun(tmp_path: Path) -> None:
    """Under other rules the story fails loudly at the scene that differs, and the half-made folder is gone."""
    aturan = tmp_path / "aturan"
    shutil.copytree(AKAR / "workflows" / "binjai", aturan)
    syarat = aturan / "syarat.yaml"
    teks = syarat.read_text(encoding="utf-8")
    assert teks.count('ambang: "> 50"') == 1
    syarat.write_text(teks.replace('ambang: "> 50"', 'ambang: "> 30"'), encoding="utf-8")
    hasil = zi(tmp_path, "demo", "--ke", str(tmp_path / "d"), "--regulasi", str(aturan))
    assert (hasil.returncode, hasil.stdout) == (2, "")
    assert "2025-02-10" in hasil.stderr
    assert not (tmp_path / "d").exists()


def test_jejak_peragaan_utuh_dan_koreksinya_meninggalkan_tanda(demo: Peragaan) -> None:
    """The store verifies, every decision comes out the same, and the proposal that relied on the corrected figure is shown."""
    jejak = json.loads(demo.keluaran.stdout)["audit"]
    assert (jejak["utuh"], jejak["peristiwa"], jejak["beda"]) == (True, len(demo.log), 0)
    assert jejak["putusan"] > 900
    (putusan,) = jejak["tinjauan"]["putusan"]
    assert (putusan["perintah"], putusan["diterima"], putusan["kini"]) == ("usulkan", True, False)
    assert [b["id"] for b in putusan["beda"]] == ["R18.lhkpn"]
