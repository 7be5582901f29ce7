"""``zi periksa``: the checklist of any move at any time, the same bytes each time, and nothing ever written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, UNIT_UJI, WALI_KOTA, bekal_usulan, definisi
from tests.cli.alat_cli import ZI, jalankan, lingkungan, panggil
from tests.cli.register import bangun, desimal, galat, jawab, muat_sekali, periksa_daftar, potret
from zi_workflow.domain.commands import DaftarkanUnit

JAHAT = "=1+1 [/x] \u202ekanan \x1b[31m"


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: a unit with all of a WBK proposal recorded, but too few points in one area, and one with a hostile name."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url, "evaluasi_tpi")
    try:
        bekal_usulan(dunia, 2025, "WBK", huruf="C")
        dunia.jalankan(DaftarkanUnit("JAHAT", JAHAT.replace("\x1b", ""), HARI("2025-05-02"), ADMIN))
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nobody acts, for nothing is written."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def _belum(daftar: dict[str, dict[str, object]]) -> set[str]:
    return {i for i, s in daftar.items() if not s["terpenuhi"] and s["akibat"] == "menolak"}


def test_setiap_langkah_di_setiap_waktu(url: str) -> None:
    """Every move of the definition has a checklist in the contract's shape, also where the stage does not have the move."""
    sebelum = potret(url)
    for nama, langkah in definisi().langkah.items():
        data = jawab("periksa", UNIT_UJI, nama, "--pada", "2025-05-20")
        syarat = periksa_daftar(data, perintah=nama)
        assert (data["pada"], data["tahap"]) == ("2025-05-20", "evaluasi_tpi")
        assert data["tersedia"] is ("evaluasi_tpi" in langkah.dari)
        assert "R29" in syarat
    assert potret(url) == sebelum


def test_angka_desimal_dan_bukti() -> None:
    """What is counted is a decimal string with what it needs and lacks, citing its records; the whole R20 is there."""
    syarat = periksa_daftar(jawab("periksa", UNIT_UJI, "usulkan", "--predikat", "WBK", "--pada", "2025-05-20"), perintah="usulkan")
    bagian = ["total", "pengungkit", *(f"area_{n}" for n in range(1, 7)), "bersih", "spak", "kinerja", "prima"]
    ada = {i for i in syarat if i.startswith("R20.")}
    assert ada <= {f"R20.{b}" for b in bagian}
    assert {"R20.total", "R20.pengungkit", "R20.area_1", "R20.area_6"} <= ada
    for satu in (syarat[i] for i in ada):
        assert satu["sifat"] == "dihitung"
        assert desimal(satu["ditemukan"])
        assert satu["bukti"]
        assert satu["dasar"]
        if not satu["terpenuhi"]:
            assert desimal(satu["kurang"])
            assert "lke" in satu["lanjut"] or satu["lanjut"]
    assert "R20.pengungkit" in _belum(syarat)


def test_tanpa_langkah_berarti_langkah_utama() -> None:
    """Without a move: the main one from the unit's stage, on today's date."""
    data = jawab("periksa", UNIT_UJI)
    assert (data["perintah"], data["tersedia"]) == ("usulkan", True)
    assert data["pada"] >= "2026-11-23"


def test_kode_keluar_hanya_bila_diminta() -> None:
    """The answer is on stdout and exit 0; with --kode-keluar 5 where something is unmet, still on stdout; 0 where nothing is."""
    argumen = ("periksa", UNIT_UJI, "usulkan", "--pada", "2025-05-20")
    assert jawab(*argumen) == jawab(*argumen, "--kode-keluar", kode=5)
    hasil = panggil(*argumen, "--kode-keluar")
    assert (hasil.exit_code, hasil.stderr) == (5, "")
    assert hasil.stdout.startswith(f"Daftar periksa: usulkan {UNIT_UJI}")
    Path("isi.yaml").write_text("alasan: digabung\nnomor: 188/5\n")
    isi = ("--isi", "isi.yaml", "--pada", "2025-05-20", "--kode-keluar")
    assert jawab("periksa", UNIT_UJI, "nonaktifkan", *isi)["terpenuhi"] is True


def test_pelaku_menentukan_wewenang() -> None:
    """Without --oleh it is shown whether anybody may act; with it, whether he may. ZI_PELAKU says nothing about it."""
    argumen = ("periksa", UNIT_UJI, "usulkan", "--pada", "2025-05-20")
    wewenang = [periksa_daftar(jawab(*argumen, *oleh))["R30"] for oleh in ((), ("--oleh", WALI_KOTA), ("--oleh", KEPALA))]
    assert [w["terpenuhi"] for w in wewenang] == [True, True, False]
    assert wewenang[2]["oleh"] == "admin"


def test_predikat_dari_opsi_dari_berkas_dan_per_unit() -> None:
    """The predikat may be typed, or stand in --isi for one or for several units; twice, or for another move, is a mistake."""
    argumen = ("periksa", UNIT_UJI, "usulkan", "--pada", "2025-05-20")
    Path("satu.yaml").write_text("predikat: WBBM\n")
    Path("banyak.yaml").write_text(f"predikat:\n  {UNIT_UJI}: WBBM\n  DINSOS: WBK\n")
    for isi in (("--predikat", "WBBM"), ("--isi", "satu.yaml"), ("--isi", "banyak.yaml")):
        data = jawab(*argumen, *isi)
        assert data["predikat"] == "WBBM"
        assert "R21.total" in periksa_daftar(data)
    assert jawab("periksa", UNIT_UJI, "--isi", "satu.yaml", "--pada", "2025-05-20")["predikat"] == "WBBM"
    assert jawab(*argumen)["predikat"] == "WBK"
    assert galat(*argumen, "--isi", "satu.yaml", "--predikat", "WBK", kode=2)[0] == "Predikat disebut dua kali"
    assert "tidak memakai predikat" in galat("periksa", UNIT_UJI, "kembalikan", "--predikat", "WBK", kode=2)[0]


@pytest.mark.parametrize(
    ("argumen", "kode", "kata", "lanjut"),
    [
        ((), 2, "'UNIT'", "zi periksa --help"),
        (("DISPOR",), 3, "Maksud Anda: DISPORA?", "zi periksa DISPORA"),
        (("dispora", "usulkan"), 3, "Maksud Anda: DISPORA?", "zi periksa DISPORA usulkan"),
        (("NIHIL",), 3, "'NIHIL' tidak ditemukan", "zi unit daftar"),
        (("\x1b[31m",), 3, "'\\x1b[31m' tidak ditemukan", "zi unit daftar"),
        (("x" * 100_000,), 3, "tidak ditemukan", "zi unit daftar"),
        ((UNIT_UJI, "usul"), 11, "Maksud Anda: usulkan?", "zi periksa DISPORA usulkan"),
        ((UNIT_UJI, "zzz"), 11, "'zzz' tidak dikenal", "zi periksa DISPORA"),
        ((UNIT_UJI, "usulkan", "lebih"), 2, "Argumen berlebih", ""),
        ((UNIT_UJI, "--pada", "2025-02-29"), 2, "Februari 2025 berakhir pada tanggal 28", ""),
        ((UNIT_UJI, "--pada", "20250520"), 2, "YYYY-MM-DD", ""),
        ((UNIT_UJI, "--oleh", ADMIN[:-1]), 2, "bukan NIP", ""),
        ((UNIT_UJI, "--predikat", "wbk"), 2, "Maksud Anda: WBK?", "zi periksa DISPORA --predikat WBK"),
        ((UNIT_UJI, "--kode"), 2, "'--kode'", ""),
        ((UNIT_UJI, "--coba"), 2, "'--coba'", ""),
    ],
    ids=lambda x: None if isinstance(x, int) else repr(x)[:40],
)
def test_salah_pakai(url: str, argumen: tuple[str, ...], kode: int, kata: str, lanjut: str) -> None:
    """Three lines, the right exit code, what was meant, and the line to type."""
    sebelum = potret(url)
    pesan, _, berikut = galat("periksa", *argumen, kode=kode)
    assert kata in pesan
    assert len(pesan) < 400
    assert berikut == lanjut or not lanjut
    assert potret(url) == sebelum


@pytest.mark.parametrize("langkah", ["usulkan", "canangkan", "nonaktifkan", "cabut"])
def test_muat_di_80_kolom_dan_sama_setiap_kali(langkah: str) -> None:
    """80 columns suffice, nothing is coloured for a pipe, and the same question gives the same bytes."""
    argumen = ("periksa", UNIT_UJI, langkah, "--pada", "2025-05-20")
    teks = panggil(*argumen).stdout
    assert max(map(len, teks.splitlines())) <= 80
    assert "\x1b" not in teks
    assert panggil(*argumen).stdout == teks
    assert panggil(*argumen, "--json").stdout == panggil(*argumen, "--json").stdout
    assert "20 Mei 2025" in teks


def test_lembar_menyebut_semua_dan_memakai_koma() -> None:
    """People see each unmet requirement with what was found, what is needed, the gap, the citation, and who mends it how."""
    data = jawab("periksa", UNIT_UJI, "usulkan", "--pada", "2025-05-20")
    teks = panggil("periksa", UNIT_UJI, "usulkan", "--pada", "2025-05-20").stdout
    for satu in data["syarat"]:
        assert f" {satu['id']} " in teks
    pengungkit = periksa_daftar(data)["R20.pengungkit"]
    assert f"Ditemukan   {pengungkit['ditemukan'].replace('.', ',')}" in teks
    assert f"Kurang      {pengungkit['kurang'].replace('.', ',')}" in teks
    belum = len(_belum(periksa_daftar(data)))
    assert f"{belum} dari {len(data['syarat'])} syarat belum terpenuhi." in teks


def test_nama_unit_hanya_teks() -> None:
    """A hostile name is shown with its direction change written out."""
    teks = panggil("periksa", "JAHAT").stdout
    assert "=1+1 [/x] \\u202ekanan [31m" in " ".join(teks.split("\n")[:2])
    assert "\u202e" not in teks


def test_warna_hanya_bila_diminta() -> None:
    """NO_COLOR and a pipe give plain text; --warna=ya does not change the words."""
    argumen = ("periksa", UNIT_UJI, "usulkan", "--pada", "2025-05-20")
    polos = panggil(*argumen, env={"NO_COLOR": "1"}).stdout
    assert "\x1b" not in polos
    assert panggil(*argumen, "--warna=tidak").stdout == polos


def test_unit_nonaktif_tanpa_langkah_utama(tmp_path: Path) -> None:
    """Where the stage has no main move, that is the answer, and which moves there are."""
    url = f"sqlite:///{tmp_path / 'lain.db'}"
    bangun(url).tutup()
    umum = ("--basis", url, "--oleh", ADMIN, "--tanggal", "2024-05-05")
    jawab("maju", "nonaktifkan", UNIT_UJI, "--alasan", "digabung", "--nomor", "1", "--konfirmasi", UNIT_UJI, *umum)
    data = jawab("periksa", UNIT_UJI, "--basis", url, "--pada", "2024-06-01")
    harap = {"unit": UNIT_UJI, "perintah": None, "pada": "2024-06-01", "tahap": "nonaktif"}
    assert data == {"skema": 1, **harap, "terpenuhi": False, "syarat": []}
    teks = panggil("periksa", UNIT_UJI, "--basis", url).stdout
    assert teks == "Tidak ada langkah utama dari tahap nonaktif. Langkah lain: batalkan-langkah.\n"


def test_pembaca_yang_pergi_dan_lingkungan_ascii(url: str, tmp_path: Path) -> None:
    """``| head -1`` ends in silence; LANG=C with ASCII marks the lines in ASCII and does not crash."""
    env = lingkungan(tmp_path, ZI_BASIS=url, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    zi = subprocess.Popen([*ZI, "periksa", UNIT_UJI], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert zi.stdout is not None
    assert zi.stdout.readline().startswith(b"Daftar periksa: usulkan")
    zi.stdout.close()
    assert zi.stderr is not None
    assert zi.stderr.read() == b""
    zi.stderr.close()
    assert zi.wait(20) in {0, 141}
    hasil = jalankan(tmp_path, "periksa", UNIT_UJI, program=ZI, env={"ZI_BASIS": url, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert (hasil.returncode, hasil.stderr) == (0, b"")
    assert b"[x] R" in hasil.stdout
    assert max(map(len, hasil.stdout.decode("ascii").splitlines())) <= 80


def test_bantuan_menyebut_contoh_yang_berjalan() -> None:
    """The example of the help parses; only its unit is not in this register."""
    bantuan = panggil("periksa", "--help").stdout
    assert "zi periksa DISDUKCAPIL" in bantuan
    galat("periksa", "DISDUKCAPIL", kode=3)
