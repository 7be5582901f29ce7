"""One unit's way from an empty store to its WBK and to building for WBBM, by commands alone, most of them processes of their own.

Every act lies in the past, so the proposal of 2025 is recorded after its deadline: it needs the receipt as a file (D12).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA, jawaban_semua
from tests.cli.alat_cli import ZI, jalankan, panggil
from tests.cli.register import berkas_tersimpan, desimal, muat_sekali, periksa_daftar, periksa_jawaban, periksa_unit

BATAS, TANDA_TERIMA = "R22", "R23"
NOMOR_SURAT = "900/1/2025"


@dataclass
class Program:
    """The program with its own home, store and evidence folder; every call is a process."""

    rumah: Path
    basis: str

    def __call__(self, *argumen: str, kode: int = 0, oleh: str = ADMIN, proses: bool = True) -> dict[str, Any]:
        """Run with --json; return the one value on stdout, or on stderr where the run fails.

        ``proses``: as a process of its own; in this process where that would add nothing.
        """
        if proses:
            luar = jalankan(self.rumah, *argumen, "--json", program=ZI, env=self._env(oleh))
            dapat, stdout, stderr = luar.returncode, luar.stdout.decode(), luar.stderr.decode()
        else:
            dalam = panggil(*argumen, "--json", env=self._env(oleh))
            dapat, stdout, stderr = dalam.exit_code, dalam.stdout, dalam.stderr
        assert dapat == kode, (argumen, stderr)
        return _satu_nilai(stdout, stderr, kode)

    def tanya(self, *argumen: str, oleh: str = ADMIN) -> dict[str, Any]:
        """Ask in this process."""
        return self(*argumen, oleh=oleh, proses=False)

    def _env(self, oleh: str) -> dict[str, str]:
        return {"ZI_BASIS": self.basis, "ZI_BERKAS": str(self.bukti), "ZI_PELAKU": oleh, "XDG_DATA_HOME": str(self.rumah / "data")}

    @property
    def bukti(self) -> Path:
        """The evidence folder."""
        return self.rumah / "bukti"

    def tulis(self, *argumen: str, oleh: str = ADMIN, proses: bool = False) -> dict[str, Any]:
        """Write one thing; return its result."""
        (hasil,) = periksa_jawaban(self(*argumen, oleh=oleh, proses=proses))
        return hasil

    def maju(self, langkah: str, tanggal: str, *isi: str, oleh: str = ADMIN) -> dict[str, Any]:
        """Make a move that must be accepted; return its result."""
        hasil = self.tulis("maju", langkah, UNIT_UJI, "--tanggal", tanggal, *isi, oleh=oleh, proses=True)
        assert (hasil["perintah"], hasil["unit"]) == (langkah, UNIT_UJI)
        return hasil

    def terapkan(self, nama: str, butir: list[dict[str, Any]], kode: int = 0, *, proses: bool = True) -> dict[str, Any]:
        """Write a batch from a file of JSON, which is also YAML."""
        (self.rumah / nama).write_text(json.dumps(butir, ensure_ascii=False, indent=1))
        return self("terapkan", nama, kode=kode, proses=proses)

    def periksa(self, langkah: str, pada: str, *isi: str, oleh: str = ADMIN) -> dict[str, dict[str, Any]]:
        """Ask for a checklist; return its lines by id."""
        return periksa_daftar(self.tanya("periksa", UNIT_UJI, langkah, "--pada", pada, *isi, "--oleh", oleh), perintah=langkah)

    def peristiwa(self) -> int:
        """Return how many events there are."""
        jumlah: int = self.tanya("audit", "cari")["jumlah"]
        return jumlah


def _satu_nilai(stdout: str, stderr: str, kode: int) -> dict[str, Any]:
    isi, kosong = (stderr, stdout) if kode else (stdout, stderr)
    assert (kosong, isi.count("\n")) == ("", 1)
    data: dict[str, Any] = json.loads(isi)
    assert data["skema"] == 1
    return data


def catatan(jenis: str, tanggal: str, isi: Mapping[str, Any], unit: str | None = UNIT_UJI, oleh: str = ADMIN) -> dict[str, Any]:
    """Return a batch item that records evidence."""
    bagi = {} if unit is None else {"unit": unit}
    return {"perintah": "catat", "jenis": jenis, **bagi, "tanggal": tanggal, "oleh": oleh, "isi": dict(isi)}


def pembukaan() -> list[dict[str, Any]]:
    """Return the officials, the unit and the instansi's figures."""
    umum = {"sk": "800/2/2024", "sejak": "2024-02-19", "tanggal": "2024-02-20", "oleh": ADMIN}
    angka = [
        catatan(jenis, f"{tahun + 1}-03-02", {"tahun": tahun, **isi}, None)
        for tahun in (2023, 2024)
        for jenis, isi in (
            ("opini_bpk", {"opini": "WTP"}),
            ("sakip_instansi", {"peringkat": "BB"}),
            ("indeks_rb", {"peringkat": "B"}),
            ("spip", {"level": 3}),
        )
    ]
    return [
        {"perintah": "daftarkan-unit", "unit": UNIT_UJI, "nama": "Dinas Uji", "jenis": "dinas", "tanggal": "2024-03-01", "oleh": ADMIN},
        {"perintah": "angkat-pejabat", "nip": KEPALA, "nama": "Kepala Uji", "peran": "kepala_pd", "unit": UNIT_UJI, **umum},
        {"perintah": "angkat-pejabat", "nip": PENILAI, "nama": "Penilai Uji", "peran": "tpi", **umum},
        {"perintah": "angkat-pejabat", "nip": WALI_KOTA, "nama": "Wali Kota Uji", "peran": "wali_kota", **umum},
        catatan("keputusan_tpi", "2024-03-01", {"nomor": "188/10/2024", "anggota": [{"nip": PENILAI, "apip": True}]}, None),
        *angka,
    ]


def penetapan_dan_pembangunan() -> list[dict[str, Any]]:
    """Return what Pasal 7 and 8 ask, and the two moves."""
    kriteria = [
        catatan("penilaian_kriteria", "2024-04-01", {"kriteria": k, "terpenuhi": "ya", "alasan": "alasan uji"}, oleh=PENILAI)
        for k in ("layanan_utama", "risiko_tinggi", "dampak_luas")
    ]
    anggota = [{"nip": KEPALA, "nama": "Orang", "area": a, "unsur": "pejabat" if a < 4 else "pegawai"} for a in range(1, 7)]
    butir = {"kode": "A1", "area": 1, "kegiatan": "k", "indikator": "i", "target": "100.5", "satuan": "persen", "tenggat": "2024-12-31"}
    return [
        catatan("keputusan_penetapan", "2024-04-01", {"nomor": "188/20/2024", "rencana": "Rencana 2024"}),
        *kriteria,
        {"perintah": "maju", "langkah": "tetapkan", "unit": UNIT_UJI, "tanggal": "2024-04-02", "oleh": WALI_KOTA},
        catatan("identifikasi", "2024-04-03", {"layanan_utama": ["a"], "isu_strategis": ["b"], "risiko": ["c"]}),
        *(catatan("program", "2024-04-03", {"area": a, "nama": f"Program {a}"}) for a in range(1, 7)),
        catatan("tim_kerja", "2024-04-03", {"nomor_sk": "800/30/2024", "anggota": anggota}),
        catatan("rencana_aksi", "2024-04-03", {"butir": [{**butir, "penanggung_jawab": KEPALA}]}),
        {"perintah": "maju", "langkah": "mulai-bangun", "unit": [UNIT_UJI], "tanggal": "2024-04-10", "oleh": KEPALA, "isi": {}},
    ]


def pemantauan() -> list[dict[str, Any]]:
    """Return what stands between building and the evaluation, and the two moves."""
    maju = {"perintah": "maju", "unit": UNIT_UJI, "oleh": PENILAI}
    return [
        {**maju, "langkah": "mulai-pantau", "tanggal": "2024-06-10", "isi": {"jadwal_bulan": 3}},
        catatan("pemantauan", "2024-07-10", {"hasil": "berjalan"}, oleh=PENILAI),
        catatan("pendampingan", "2024-07-10", {"bentuk": "asistensi", "hasil": "dipahami"}, oleh=PENILAI),
        {**maju, "langkah": "mulai-evaluasi", "tanggal": "2025-04-20", "isi": {"evaluator": PENILAI}},
    ]


def bekal_usulan(tanggal: str = "2025-05-02") -> list[dict[str, Any]]:
    """Return what Pasal 11 to 14 ask for a proposal of 2025, but for the receipt."""
    tahun = {"tahun": 2025}
    wbk = {**tahun, "predikat": "WBK"}
    kriteria = [
        catatan("penilaian_kriteria", tanggal, {"kriteria": k, "terpenuhi": "ya", "alasan": "alasan uji"}, oleh=PENILAI)
        for k in ("layanan_utama", "dampak_signifikan")
    ]
    return [
        catatan("lhe", tanggal, {**wbk, "nomor": "700/1", "simpulan": "memenuhi"}, oleh=PENILAI),
        catatan("penyampaian_wali_kota", tanggal, {**wbk, "nomor": "700/2", "rekomendasi": "layak"}, oleh=PENILAI),
        catatan("sptjm", tanggal, {**wbk, "nomor": "005/1", "penandatangan": KEPALA}),
        *kriteria,
        catatan("tindak_lanjut_pengawasan", tanggal, {"tahun": 2024, "temuan": 12, "selesai": 12}, oleh=PENILAI),
        catatan("lhkpn", tanggal, {"tahun": 2024, "wajib": 5, "lapor": 5}, oleh=PENILAI),
        catatan("lhkasn", tanggal, {"tahun": 2024, "wajib": 55, "lapor": 55}, oleh=PENILAI),
        catatan("sakip", tanggal, {"tahun": 2024, "peringkat": "BB"}, oleh=PENILAI),
    ]


def lke(rumah: Path) -> str:
    """Write TPI's answers to a file; return its name."""
    (rumah / "lke.json").write_text(json.dumps({"tahun": 2025, "penilai": "tpi", "jawaban": jawaban_semua()}))
    return "lke.json"


def tanda_terima(berkas: str | None) -> dict[str, Any]:
    """Return the receipt as a batch item, with its file where one is named."""
    butir = catatan("tanda_terima", "2025-05-20", {"nomor": "TT-1", "tahun": 2025, "predikat": "WBK", "sistem": "portalrb"})
    return butir if berkas is None else {**butir, "berkas": berkas}


USULAN = ("usulkan", "2025-05-20", "--predikat", "WBK", "--surat", NOMOR_SURAT)


def _sampai_evaluasi(zi: Program) -> None:
    """Open the store and bring the unit to its evaluation; every checklist on the way is asked for and answered."""
    assert zi("siapkan")["skema"] == 1
    pertama = zi.tulis("pejabat", "angkat", ADMIN, "Admin Uji", "--peran", "admin", "--sk", "800/1", "--sejak", "2024-02-19")
    assert pertama["nomor"] == [1]
    buka = periksa_jawaban(zi.terapkan("buka.json", pembukaan()))
    assert [n for h in buka for n in h["nomor"]] == list(range(2, 2 + len(buka)))
    _pencanangan(zi)
    hasil = periksa_jawaban(zi.terapkan("bangun.json", penetapan_dan_pembangunan()))
    assert [(h["perintah"], h["tahap"]) for h in hasil if h["perintah"] in {"tetapkan", "mulai-bangun"}] == [
        ("tetapkan", "penetapan"),
        ("mulai-bangun", "pembangunan"),
    ]
    assert periksa_jawaban(zi.terapkan("pantau.json", pemantauan(), proses=False))[-1]["tahap"] == "evaluasi_tpi"


def _pencanangan(zi: Program) -> None:
    """Pasal 6 by single records: options, hyphens for underscores, and a file of YAML."""
    catat = ("--tanggal", "2024-03-04")
    zi.tulis(
        "catat", "pakta-integritas", UNIT_UJI, "--jumlah-pegawai", "60", "--penandatangan", "58", "--pimpinan", "ya", *catat, oleh=KEPALA
    )
    zi.tulis("catat", "naskah_deklarasi", UNIT_UJI, "--penandatangan", KEPALA, *catat, oleh=KEPALA)
    zi.tulis("catat", "publikasi", UNIT_UJI, "--kanal", "Laman", "--alamat", "dinas.example", *catat, oleh=KEPALA)
    saksi = "".join(f"  - {{nama: Saksi {u}, unsur: {u}}}\n" for u in ("wali_kota", "inspektorat", "tim_pembangunan_zi", "dunia_usaha"))
    (zi.rumah / "piagam.yaml").write_text(f"penandatangan: {KEPALA}\nsaksi:\n{saksi}")
    kurang = zi.periksa("canangkan", "2024-03-11", oleh=KEPALA)
    assert {i for i, s in kurang.items() if not s["terpenuhi"]} >= {"R4.piagam", "R5"}
    zi.tulis("catat", "piagam", UNIT_UJI, "--isi", "piagam.yaml", *catat, oleh=KEPALA, proses=True)
    assert zi.maju("canangkan", "2024-03-11", oleh=KEPALA)["tahap"] == "pencanangan"


def _usulkan(zi: Program) -> None:
    """Record an act of May 2025 today: refused without the receipt as a file, accepted with it (D12)."""
    zi.terapkan("usulan.json", bekal_usulan(), proses=False)
    zi.tulis("catat", "lke", UNIT_UJI, "--isi", lke(zi.rumah), "--tanggal", "2025-05-02", oleh=PENILAI)
    daftar = zi.periksa("usulkan", "2025-05-20", "--predikat", "WBK", oleh=WALI_KOTA)
    assert {i for i, s in daftar.items() if not s["terpenuhi"] and s["akibat"] == "menolak"} == {BATAS, TANDA_TERIMA}
    for nama in ("R20.pengungkit", "R20.total"):
        assert desimal(daftar[nama]["ditemukan"])
        assert daftar[nama]["dibutuhkan"].startswith(">= ")
        assert daftar[nama]["sifat"] == "dihitung"
    _tolak_usulan(zi, BATAS, TANDA_TERIMA)
    zi.tulis("catat", "tanda_terima", UNIT_UJI, *_isi_tanda_terima(), oleh=ADMIN)
    _tolak_usulan(zi, BATAS)
    (zi.rumah / "tanda terima.pdf").write_bytes(b"tanda terima uji")
    zi.tulis("catat", "tanda_terima", UNIT_UJI, *_isi_tanda_terima(), "--berkas", "tanda terima.pdf", proses=True)
    assert list(berkas_tersimpan(zi.bukti).values()) == [b"tanda terima uji"]
    assert zi.maju(*USULAN, oleh=WALI_KOTA)["tahap"] == "usulan_tpn"
    baris = periksa_unit(zi.tanya("unit", "lihat", UNIT_UJI))[-1]
    peristiwa = zi.tanya("audit", "cari", "--unit", UNIT_UJI, "--jenis", "LangkahDiambil")["peristiwa"][-1]
    assert (peristiwa["nomor"], peristiwa["tanggal"]) == (baris["nomor"], "2025-05-20")
    assert peristiwa["isi"]["terlambat"]["tanggal"] == "2025-05-20"
    assert peristiwa["isi"]["terlambat"]["dicatat"] >= "2026-11-23"


def _tolak_usulan(zi: Program, *kurang: str) -> None:
    """Refused, with the whole checklist; the unit's version stays."""
    versi = zi.tanya("unit", "lihat", UNIT_UJI)["versi"]
    tolak = galat_json_polos(zi("maju", USULAN[0], UNIT_UJI, "--tanggal", *USULAN[1:], kode=5, oleh=WALI_KOTA))
    (daftar,) = tolak["penolakan"]
    syarat = periksa_daftar(daftar, perintah="usulkan")
    assert [i for i, s in syarat.items() if not s["terpenuhi"] and s["akibat"] == "menolak"] == list(kurang)
    assert "D12" in syarat[BATAS]["tafsir"]
    assert "dicatat terlambat" in syarat[BATAS]["ditemukan"]
    assert tolak["galat"]["lanjut"] == f"zi periksa {UNIT_UJI} usulkan --predikat WBK --pada 2025-05-20"
    assert zi.tanya("unit", "lihat", UNIT_UJI)["versi"] == versi


def _isi_tanda_terima() -> list[str]:
    isi = ("--nomor", "TT-1", "--tahun", "2025", "--predikat", "WBK", "--sistem", "portalrb")
    return [*isi, "--tanggal", "2025-05-20"]


def _sampai_membangun_wbbm(zi: Program) -> None:
    """TPN's result, the decree, the predikat, its monitoring, and building for WBBM, which keeps the WBK."""
    umum = {"tahun": 2025, "predikat": "WBK"}
    hasil_tpn = {**umum, "nomor": "B/1/TPN", "hasil": "memenuhi"}
    lain = [catatan(j, "2025-11-10", {**umum, "nomor": "188/90/2025"}) for j in ("rekomendasi_menteri", "keputusan_predikat")]
    assert len(periksa_jawaban(zi.terapkan("tpn.json", [catatan("hasil_tpn", "2025-11-10", hasil_tpn), *lain], proses=False))) == 3
    hasil = zi.maju("tetapkan-predikat", "2025-12-01", "--predikat", "WBK", oleh=WALI_KOTA)
    assert (hasil["tahap"], hasil["predikat"]) == ("predikat", "WBK")
    assert zi.maju("pantau-predikat", "2026-01-05", oleh=PENILAI)["tahap"] == "pemantauan_predikat"
    utama = periksa_daftar(zi("periksa", UNIT_UJI, "--pada", "2026-01-10"), perintah="bangun-wbbm")
    assert all(s["terpenuhi"] for s in utama.values() if s["akibat"] == "menolak")
    hasil = zi.maju("bangun-wbbm", "2026-01-10", oleh=KEPALA)
    assert (hasil["tahap"], hasil["predikat"]) == ("pembangunan", "WBK")


def galat_json_polos(data: dict[str, Any]) -> dict[str, Any]:
    """Check a refusal's JSON; return it."""
    assert set(data) == {"skema", "galat", "penolakan"}
    assert data["galat"]["kode"] == 5
    return data


def test_dari_siapkan_sampai_membangun_wbbm(tmp_path: Path, basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way on SQLite; what is shown at the end is what was done."""
    muat_sekali(monkeypatch)
    zi = Program(tmp_path, basis_sqlite)
    _sampai_evaluasi(zi)
    _usulkan(zi)
    _sampai_membangun_wbbm(zi)
    unit = zi.tanya("unit", "lihat", UNIT_UJI)
    riwayat = periksa_unit(unit)
    assert (unit["tahap"], unit["predikat"], unit["sasaran"], unit["sejak"]) == ("pembangunan", "WBK", "WBBM", "2026-01-10")
    langkah = ["canangkan", "tetapkan", "mulai-bangun", "mulai-pantau", "mulai-evaluasi", "usulkan"]
    assert [r["langkah"] for r in riwayat] == ["daftarkan-unit", *langkah, "tetapkan-predikat", "pantau-predikat", "bangun-wbbm"]
    assert [(r["dari"], r["ke"]) for r in riwayat][1:3] == [("terdaftar", "pencanangan"), ("pencanangan", "penetapan")]
    assert [r["nomor"] for r in riwayat] == sorted(r["nomor"] for r in riwayat)
    tolak = zi.tanya("audit", "cari", "--jenis", "PerintahDitolak")
    assert [p["isi"]["perintah"] for p in tolak["peristiwa"]] == ["usulkan", "usulkan"]


def test_satu_berkas_sampai_predikat(tmp_path: Path, basis: str) -> None:
    """The whole way as one batch: without the receipt's file nothing at all is written, with it everything is (both engines)."""
    zi = Program(tmp_path, basis)
    zi("siapkan")
    zi.tulis("pejabat", "angkat", ADMIN, "Admin Uji", "--peran", "admin", "--sk", "800/1", "--sejak", "2024-02-19")
    semua = [*pembukaan(), *pencanangan(), *penetapan_dan_pembangunan(), *pemantauan(), *bekal_usulan()]
    semua.append(catatan("lke", "2025-05-02", json.loads((tmp_path / lke(tmp_path)).read_text()), oleh=PENILAI))
    isi = {"predikat": {UNIT_UJI: "WBK"}, "surat": NOMOR_SURAT}
    usul = {"perintah": "maju", "langkah": "usulkan", "unit": UNIT_UJI, "tanggal": "2025-05-20", "oleh": WALI_KOTA, "isi": isi}
    tolak = galat_json_polos(zi.terapkan("semua.json", [*semua, tanda_terima(None), usul], kode=5))
    assert tolak["galat"]["pesan"].startswith(f"Butir ke-{len(semua) + 2}: usulkan {UNIT_UJI} ditolak")
    syarat = periksa_daftar(tolak["penolakan"][0], perintah="usulkan")
    assert [i for i, s in syarat.items() if not s["terpenuhi"] and s["akibat"] == "menolak"] == [BATAS]
    assert (zi.peristiwa(), zi.bukti.exists()) == (1, False)
    (tmp_path / "tt.pdf").write_bytes(b"tanda terima uji")
    hasil = periksa_jawaban(zi.terapkan("semua.json", [*semua, tanda_terima("tt.pdf"), usul]))
    assert (hasil[-1]["perintah"], hasil[-1]["tahap"]) == ("usulkan", "usulan_tpn")
    assert zi.peristiwa() == 1 + len(semua) + 2
    assert list(berkas_tersimpan(zi.bukti).values()) == [b"tanda terima uji"]


def pencanangan() -> list[dict[str, Any]]:
    """Return what Pasal 6 asks, and the move."""
    hari = "2024-03-04"
    saksi = [{"nama": f"Saksi {u}", "unsur": u} for u in ("wali_kota", "inspektorat", "tim_pembangunan_zi", "dunia_usaha")]
    return [
        catatan("pakta_integritas", hari, {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": True}),
        catatan("naskah_deklarasi", hari, {"penandatangan": KEPALA}),
        catatan("publikasi", hari, {"kanal": "Laman", "alamat": "dinas.example"}),
        catatan("piagam", hari, {"penandatangan": KEPALA, "saksi": saksi}),
        {"perintah": "maju", "langkah": "canangkan", "unit": UNIT_UJI, "tanggal": "2024-03-11", "oleh": KEPALA},
    ]
