"""``zi maju``: refusals with the whole checklist, several units at once, keys, versions, confirmations, and what the stage has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA, bekal_pencanangan, bekal_usulan
from tests.cli.alat_cli import ZI, jalankan, panggil
from tests.cli.register import bangun, galat, galat_json, jawab, muat_sekali, periksa_daftar, periksa_jawaban, periksa_unit, potret
from zi_workflow.domain.commands import AngkatPejabat, DaftarkanUnit

LAIN = "DINSOS"
BELUM = ("--nomor", "700/3", "--tahun", "2025", "--predikat", "WBK", "--simpulan", "belum_memenuhi", "--tanggal", "2025-05-01")
CANANGKAN = ("maju", "canangkan", UNIT_UJI, "--tanggal", "2024-03-11", "--oleh", KEPALA)


@pytest.fixture(autouse=True)
def url(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name an empty store and the admin; the tests fill it."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    monkeypatch.setenv("ZI_BERKAS", str(tmp_path / "bukti"))
    monkeypatch.setenv("ZI_PELAKU", ADMIN)
    return basis_sqlite


def _siap(url: str, tahap: str = "", *, bekal: bool = True, lain: bool = False) -> None:
    """Make the register: the unit at ``tahap`` (or registered), with all that its first move asks where ``bekal``."""
    dunia = bangun(url, *([tahap] if tahap else []))
    try:
        if bekal and not tahap:
            bekal_pencanangan(dunia)
        if lain:
            dunia.jalankan(DaftarkanUnit(LAIN, "Dinas Sosial", HARI("2024-03-01"), ADMIN))
            sejak = HARI("2024-02-20")
            dunia.jalankan(AngkatPejabat(KEPALA, "Kepala Uji", "kepala_pd", "800/3/2024", sejak, HARI("2024-03-01"), ADMIN, None, LAIN))
    finally:
        dunia.tutup()


def _penolakan() -> int:
    jumlah: int = jawab("audit", "cari", "--jenis", "PerintahDitolak")["jumlah"]
    return jumlah


# ------------------------------------------------------------------------------------------------------------- refusals


def test_ditolak_dengan_seluruh_daftar(url: str) -> None:
    """Exit 5 with every requirement, met or not; the unit's version stays, the refusal is one event however often it comes."""
    _siap(url, bekal=False)
    versi = jawab("unit", "lihat", UNIT_UJI)["versi"]
    data = [galat_json(panggil(*CANANGKAN, "--json"), 5) for _ in range(2)]
    assert data[0] == data[1]
    (daftar,) = data[0]["penolakan"]
    syarat = periksa_daftar(daftar, perintah="canangkan")
    assert {"R1", "R2", "R3", "R4.piagam", "R5", "R29", "R30"} <= set(syarat)
    assert (syarat["R30"]["terpenuhi"], syarat["R1"]["terpenuhi"]) == (True, False)
    assert data[0]["galat"]["lanjut"] == f"zi periksa {UNIT_UJI} canangkan --pada 2024-03-11"
    assert _penolakan() == 1
    assert jawab("unit", "lihat", UNIT_UJI)["versi"] == versi
    assert periksa_daftar(jawab(*data[0]["galat"]["lanjut"].split()[1:], "--oleh", KEPALA)) == syarat


def test_ditolak_bagi_orang(url: str) -> None:
    """People get the checklist on stderr and then the three lines; 80 columns suffice for the checklist."""
    _siap(url, bekal=False)
    hasil = panggil(*CANANGKAN)
    assert (hasil.exit_code, hasil.stdout) == (5, "")
    lembar, akhir = hasil.stderr.split("\nGalat: ")
    assert all(len(b) <= 80 for b in lembar.splitlines())
    assert lembar.startswith(f"Daftar periksa: canangkan {UNIT_UJI}, pada 11 Maret 2024\n")
    assert "Perwali Binjai 3/2024 Pasal 6 ayat (1)" in lembar
    assert akhir.splitlines()[0].startswith(f"canangkan {UNIT_UJI} ditolak: ")
    assert [b.split(":")[0] for b in akhir.splitlines()[1:]] == ["Sebab", "Lanjut"]


def test_percobaan_sama_kode_keluarnya(url: str) -> None:
    """A dry run answers as the real one would, accepted or refused, and writes nothing."""
    _siap(url)
    sebelum = potret(url)
    (hasil,) = periksa_jawaban(jawab(*CANANGKAN, "--coba"), coba=True)
    assert (hasil["tahap"], hasil["nomor"]) == ("pencanangan", [])
    galat_json(panggil(*CANANGKAN[:-1], PENILAI, "--coba", "--json"), 5)
    assert galat("maju", "usulkan", UNIT_UJI, "--coba", kode=11)[0].startswith("Langkah usulkan tidak tersedia")
    assert potret(url) == sebelum
    (hasil,) = periksa_jawaban(jawab(*CANANGKAN))
    assert (hasil["tahap"], len(hasil["nomor"])) == ("pencanangan", 1)


def test_peringatan_diterima_tetap_terlihat(url: str) -> None:
    """What only warns does not stop the move, and is said beside the answer, for people and for programs."""
    _siap(url)
    Path("piagam.yaml").write_text(f"penandatangan: {KEPALA}\nsaksi: [{{nama: A, unsur: wali_kota}}, {{nama: B, unsur: dunia_usaha}}]\n")
    jawab("catat", "piagam", UNIT_UJI, "--isi", "piagam.yaml", "--tanggal", "2024-03-10")
    teks = panggil(*CANANGKAN, "--coba").stdout
    assert "! R4.inspektorat" in teks
    (hasil,) = periksa_jawaban(jawab(*CANANGKAN))
    assert {s["id"] for s in hasil["peringatan"]} >= {"R4.inspektorat", "R4.tim_zi"}
    assert all(s["akibat"] == "memperingatkan" for s in hasil["peringatan"])


# ----------------------------------------------------------------------------------------------------- unknown moves, stages


@pytest.mark.parametrize(
    ("argumen", "lanjut"),
    [
        (("canangkn", UNIT_UJI), f"zi maju canangkan {UNIT_UJI}"),
        (("canangkn", "--oleh", KEPALA, UNIT_UJI, "--coba"), f"zi maju canangkan --oleh {KEPALA} {UNIT_UJI} --coba"),
        (("canangkn", "--predikat", "WBK", UNIT_UJI), f"zi maju canangkan --predikat WBK {UNIT_UJI}"),
        (("CANANGKAN", UNIT_UJI), f"zi maju canangkan {UNIT_UJI}"),
        (("mulai_bangun", UNIT_UJI), f"zi maju mulai-bangun {UNIT_UJI}"),
        (("canang", UNIT_UJI), f"zi maju canangkan {UNIT_UJI}"),
        (("zzz", UNIT_UJI), f"zi periksa {UNIT_UJI}"),
        (("zzz",), "zi maju --help"),
        (("zzz", "NIHIL"), "zi maju --help"),
    ],
)
def test_langkah_tak_dikenal(url: str, argumen: tuple[str, ...], lanjut: str) -> None:
    """An unknown or shortened move is exit 11: what was meant, what the stage has, and the line to type; nothing is written."""
    _siap(url)
    sebelum = potret(url)
    pesan, sebab, berikut = galat("maju", *argumen, kode=11)
    assert pesan.startswith(f"Langkah '{argumen[0]}' tidak dikenal.")
    assert berikut == lanjut
    if UNIT_UJI in argumen:
        assert sebab == "Langkah dari tahap terdaftar: canangkan, nonaktifkan."
    assert potret(url) == sebelum


def test_langkah_yang_tidak_ada_di_tahap_itu(url: str) -> None:
    """Exit 11 says where the move is had, what this stage has, and the command that shows what comes next."""
    _siap(url, lain=True)
    pesan, sebab, lanjut = galat("maju", "tetapkan", UNIT_UJI, "--oleh", WALI_KOTA, kode=11)
    assert pesan == f"Langkah tetapkan tidak tersedia: {UNIT_UJI} berada pada tahap terdaftar"
    assert "tetapkan hanya dari tahap: pencanangan (Perwali Binjai 3/2024 Pasal 7)" in sebab
    assert "canangkan, nonaktifkan" in sebab
    assert lanjut == f"zi periksa {UNIT_UJI}"
    assert galat("maju", "tetapkan", UNIT_UJI, LAIN, "--oleh", WALI_KOTA, kode=11)[2] == "zi unit daftar"


def test_langkah_kedua_dari_dua_orang_tidak_tersedia(url: str) -> None:
    """Who comes second with the same move finds the unit moved on: exit 11, nothing written."""
    _siap(url)
    jawab(*CANANGKAN)
    sebelum = potret(url)
    galat(*CANANGKAN, kode=11)
    assert potret(url) == sebelum


# ------------------------------------------------------------------------------------------------------- keys and versions


def test_kunci_setelah_unit_berpindah(url: str) -> None:
    """A key repeated after the unit moved on answers with the first result, not that the stage lacks the move."""
    _siap(url)
    pertama = jawab(*CANANGKAN, "--kunci", "surat-1")
    sebelum = potret(url)
    assert jawab(*CANANGKAN, "--kunci", "surat-1") == {**pertama, "ulangan": True}
    assert jawab(*CANANGKAN, "--kunci", "surat-1", "--coba") == {**pertama, "ulangan": True}
    pesan, _, _ = galat("maju", "canangkan", UNIT_UJI, "--tanggal", "2024-03-12", "--oleh", KEPALA, "--kunci", "surat-1", kode=6)
    assert "surat-1" in pesan
    assert potret(url) == sebelum


def test_kunci_penolakan_tidak_diingat(url: str) -> None:
    """A refusal uses up no key: once the unit is ready, the same key moves it."""
    _siap(url, bekal=False)
    galat_json(panggil(*CANANGKAN, "--kunci", "k", "--json"), 5)
    for jenis, isi in (
        ("pakta_integritas", {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": "ya"}),
        ("naskah_deklarasi", {"penandatangan": KEPALA}),
        ("publikasi", {"kanal": "Laman", "alamat": "x.example"}),
        ("piagam", {"penandatangan": KEPALA, "saksi": [{"nama": "A", "unsur": "wali_kota"}, {"nama": "B", "unsur": "dunia_usaha"}]}),
    ):
        jawab("catat", jenis, UNIT_UJI, "--isi", "-", "--tanggal", "2024-03-04", masukan=json.dumps(isi))
    assert jawab(*CANANGKAN, "--kunci", "k")["hasil"][0]["tahap"] == "pencanangan"


def test_versi_lain_adalah_konflik(url: str) -> None:
    """A version that is not the unit's is exit 6, before anything is judged; several units have no one version."""
    _siap(url, bekal=False, lain=True)
    sebelum = potret(url)
    pesan, sebab, lanjut = galat(*CANANGKAN, "--versi", "9", kode=6)
    assert pesan == f"Unit {UNIT_UJI} sekarang pada versi 1, bukan 9"
    assert sebab
    assert f"zi unit lihat {UNIT_UJI}" in lanjut
    assert "--versi berlaku bagi satu unit" in galat("maju", "canangkan", UNIT_UJI, LAIN, "--versi", "1", kode=2)[0]
    assert potret(url) == sebelum


# ----------------------------------------------------------------------------------------------------------- several units


def test_beberapa_unit_semua_atau_tidak(url: str) -> None:
    """One unit that is not ready holds all of them back, and only its refusal is written; a unit twice is no letter."""
    _siap(url, lain=True)
    data = galat_json(panggil("maju", "canangkan", UNIT_UJI, LAIN, *CANANGKAN[3:], "--json"), 5)
    assert [d["unit"] for d in data["penolakan"]] == [LAIN]
    assert data["galat"]["pesan"].startswith(f"canangkan {LAIN} ditolak")
    assert {jawab("unit", "lihat", u)["tahap"] for u in (UNIT_UJI, LAIN)} == {"terdaftar"}
    assert _penolakan() == 1
    data = galat_json(panggil("maju", "canangkan", UNIT_UJI, LAIN, *CANANGKAN[3:-1], PENILAI, "--json"), 5)
    assert [d["unit"] for d in data["penolakan"]] == [UNIT_UJI, LAIN]
    pesan, _, lanjut = galat("maju", "canangkan", UNIT_UJI, "DINSO", kode=3)
    assert "Maksud Anda: DINSOS, DISPORA?" in pesan
    assert lanjut == f"zi maju canangkan {UNIT_UJI} {LAIN}"
    assert "disebut lebih dari sekali" in galat("maju", "canangkan", UNIT_UJI, UNIT_UJI, kode=2)[0]


def test_predikat_per_unit(url: str) -> None:
    """``--predikat KODE=P`` names one predikat a unit; each is judged by its own, and a stranger or a double is a mistake."""
    _siap(url, "evaluasi_tpi", lain=True)
    usulkan = ("maju", "usulkan", UNIT_UJI, "--tanggal", "2025-05-20", "--oleh", WALI_KOTA, "--surat", "900/1/2025")
    for predikat in ("WBK", "WBBM"):
        (daftar,) = galat_json(panggil(*usulkan, "--predikat", f"{UNIT_UJI}={predikat}", "--json"), 5)["penolakan"]
        assert daftar["predikat"] == predikat
        syarat = periksa_daftar(daftar, perintah="usulkan")
        assert ("R20.total" in syarat, "R21.total" in syarat) == (predikat == "WBK", predikat == "WBBM")
    sebelum = potret(url)
    for tambahan, kata in (
        (("--predikat", f"{UNIT_UJI}=WBK", "--predikat", f"{LAIN}=WBK"), f"Predikat disebut bagi {LAIN}"),
        (("--predikat", f"{UNIT_UJI}=WBK", "--predikat", f"{UNIT_UJI}=WBBM"), "dua kali"),
        (("--predikat", f"{UNIT_UJI}=WBK", "--predikat", "WBBM"), "dua cara"),
        (("--predikat", "WBK", "--predikat", "WBBM"), "lebih dari sekali"),
        (("--predikat", "=WBK"), "Predikat disebut bagi"),
        (("--predikat", f"{UNIT_UJI}="), UNIT_UJI),
    ):
        assert kata in " ".join(galat(*usulkan, *tambahan, kode=2))
    assert potret(url) == sebelum


def test_predikat_yang_ditolak_menyebut_pemeriksaannya(url: str) -> None:
    """What to type after a refused proposal asks for the same predikat on the same day."""
    _siap(url, "evaluasi_tpi")
    umum = ("--predikat", "WBBM", "--tanggal", "2025-05-20", "--oleh", WALI_KOTA)
    data = galat_json(panggil("maju", "usulkan", UNIT_UJI, *umum, "--json"), 5)
    assert data["galat"]["lanjut"] == f"zi periksa {UNIT_UJI} usulkan --predikat WBBM --pada 2025-05-20"
    assert periksa_daftar(jawab(*data["galat"]["lanjut"].split()[1:], "--oleh", WALI_KOTA)) == periksa_daftar(data["penolakan"][0])


# --------------------------------------------------------------------------------------------------------- confirmations


@pytest.mark.parametrize(("langkah", "oleh"), [("nonaktifkan", ADMIN), ("cabut", WALI_KOTA)])
def test_yang_tidak_dapat_dibatalkan_perlu_konfirmasi(url: str, langkah: str, oleh: str) -> None:
    """Without the unit's code repeated nothing happens, whatever else is right; a dry run needs none."""
    _siap(url, "predikat", lain=True)
    sebelum = potret(url)
    umum = ("--tanggal", "2026-01-05", "--oleh", oleh)
    for konfirmasi in ((), ("--konfirmasi", "DISPOR"), ("--konfirmasi", "ya"), ("--konfirmasi", "")):
        _, sebab, lanjut = galat("maju", langkah, UNIT_UJI, *umum, *konfirmasi, kode=2)
        assert sebab == f"Kode yang harus diulang: {UNIT_UJI}."
        assert lanjut == f"Tambahkan --konfirmasi {UNIT_UJI}"
    assert galat("maju", langkah, UNIT_UJI, LAIN, *umum, "--konfirmasi", UNIT_UJI, kode=2)[2] == f"Tambahkan --konfirmasi {UNIT_UJI},{LAIN}"
    assert panggil("maju", langkah, UNIT_UJI, *umum, "--coba").exit_code == 5
    assert potret(url) == sebelum
    isi = ("--alasan", "digabung", "--nomor", "188/5") if langkah == "nonaktifkan" else ()
    hasil = panggil("maju", langkah, UNIT_UJI, *umum, *isi, "--konfirmasi", UNIT_UJI, "--json")
    assert hasil.exit_code == (0 if langkah == "nonaktifkan" else 5), hasil.stderr


# --------------------------------------------------------------------------------------------------------- what is written


def test_isi_langkah_dari_berkas_dan_riwayat(url: str) -> None:
    """A move's fields may come from a file; the history says who moved the unit from where to where, and when."""
    _siap(url, "evaluasi_tpi")
    jawab("catat", "lhe", UNIT_UJI, *BELUM)
    Path("isi.yaml").write_text("rekomendasi:\n  - lengkapi bukti\n  - '[/x] =1+1'\n")
    (hasil,) = periksa_jawaban(jawab("maju", "kembalikan", UNIT_UJI, "--isi", "isi.yaml", "--tanggal", "2025-05-01", "--oleh", PENILAI))
    assert (hasil["tahap"], hasil["predikat"]) == ("pembangunan", None)
    akhir = periksa_unit(jawab("unit", "lihat", UNIT_UJI))[-1]
    harap = {"nomor": hasil["nomor"][0], "langkah": "kembalikan", "dari": "evaluasi_tpi", "ke": "pembangunan", "tanggal": "2025-05-01"}
    assert {k: akhir[k] for k in harap} == harap
    assert akhir["oleh"] == PENILAI
    assert jawab("audit", "lihat", str(hasil["nomor"][0]))["isi"]["isi"]["rekomendasi"] == ["lengkapi bukti", "[/x] =1+1"]


def test_dua_kali_kembalikan_dengan_rekomendasi_berulang(url: str) -> None:
    """A list field is typed as often as it has items."""
    _siap(url, "evaluasi_tpi")
    jawab("catat", "lhe", UNIT_UJI, *BELUM)
    umum = ("--tanggal", "2025-05-01", "--oleh", PENILAI)
    (hasil,) = periksa_jawaban(jawab("maju", "kembalikan", UNIT_UJI, "--rekomendasi", "satu", *umum, "--rekomendasi", "dua"))
    assert jawab("audit", "lihat", str(hasil["nomor"][0]))["isi"]["isi"]["rekomendasi"] == ["satu", "dua"]


def test_usulan_lampau_tanpa_tanda_terima(url: str) -> None:
    """A proposal of last year that is typed today needs its receipt as a file (D12): the checklist says so and how."""
    dunia = bangun(url, "evaluasi_tpi")
    try:
        bekal_usulan(dunia, 2025, "WBK")
    finally:
        dunia.tutup()
    usulkan = ("maju", "usulkan", UNIT_UJI, "--predikat", "WBK", "--tanggal", "2025-05-20", "--oleh", WALI_KOTA)
    jawab(*usulkan, "--coba")
    umum = ("--nomor", "TT-2", "--tahun", "2025", "--predikat", "WBK", "--sistem", "portalrb", "--tanggal", "2025-05-03")
    jawab("catat", "tanda_terima", UNIT_UJI, *umum)
    syarat = periksa_daftar(galat_json(panggil(*usulkan, "--json"), 5)["penolakan"][0])
    assert [i for i, s in syarat.items() if not s["terpenuhi"] and s["akibat"] == "menolak"] == ["R22"]
    assert "--berkas" in syarat["R22"]["lanjut"]
    Path("tt.pdf").write_bytes(b"tanda terima")
    jawab("catat", "tanda_terima", UNIT_UJI, *umum[:-1], "2025-05-04", "--berkas", "tt.pdf")
    assert jawab(*usulkan)["hasil"][0]["tahap"] == "usulan_tpn"


# --------------------------------------------------------------------------------------------------------- as a process


def test_proses_menjawab_satu_nilai_dan_keluar_dengan_kodenya(url: str, tmp_path: Path) -> None:
    """As a process: 5 with JSON on stderr alone, 0 with one line on stdout alone, 11 in three lines."""
    _siap(url)
    env = {"ZI_BASIS": url}
    tolak = jalankan(tmp_path, *CANANGKAN[:-1], PENILAI, "--json", program=ZI, env=env)
    assert (tolak.returncode, tolak.stdout) == (5, b"")
    assert json.loads(tolak.stderr)["penolakan"][0]["unit"] == UNIT_UJI
    terima = jalankan(tmp_path, *CANANGKAN, "--json", program=ZI, env=env)
    assert (terima.returncode, terima.stderr, terima.stdout.count(b"\n")) == (0, b"", 1)
    periksa_jawaban(json.loads(terima.stdout))
    lagi = jalankan(tmp_path, *CANANGKAN, program=ZI, env=env)
    assert (lagi.returncode, lagi.stdout, lagi.stderr.count(b"\n")) == (11, b"", 3)
