"""``zi catat``: options made from the definition, evidence by content, keys, versions, dry runs, and texts that are only data."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.alat.dunia import ADMIN, AKAR, KEPALA, PENILAI, UNIT_UJI, definisi
from tests.cli.alat_cli import ZI, jalankan, lingkungan, panggil
from tests.cli.register import berkas_tersimpan, galat, galat_json, jawab, muat_sekali, periksa_daftar, periksa_jawaban, potret, register

PROGRAM = ("catat", "program", UNIT_UJI, "--area", "1", "--nama", "Program satu", "--tanggal", "2024-04-03")
JAHAT = ("[/x] [bold]tebal", "=1+1", "kiri\u202ekanan", ":smile:", "'; DROP TABLE peristiwa; --", "$(id)", "-x", "--json")


@pytest.fixture(autouse=True)
def url(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a register with one unit just registered; the admin acts."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    monkeypatch.setenv("ZI_BERKAS", str(tmp_path / "bukti"))
    monkeypatch.setenv("ZI_PELAKU", ADMIN)
    return register(basis_sqlite)


def _peristiwa(nomor: int) -> dict[str, object]:
    isi: dict[str, object] = jawab("audit", "lihat", str(nomor))
    return isi


# ------------------------------------------------------------------------------------------------- options and files


def test_setiap_jenis_ada_dengan_contoh_yang_terbaca() -> None:
    """Every kind of the definition is a sub-verb with help of its own, and its example parses: only the unit is missing."""
    bantuan = panggil("catat", "--help").stdout
    for jenis in definisi().bukti.values():
        assert f"  {jenis.id} " in bantuan
    for nama in ("pakta_integritas", "opini_bpk", "survei_internal", "laporan_berkala"):
        satu = panggil("catat", nama, "--help").stdout
        contoh = next(b.strip() for b in satu.splitlines() if b.strip().startswith(f"zi catat {nama}"))
        hasil = panggil(*shlex.split(contoh)[1:], "--coba")
        assert hasil.exit_code == (0 if nama == "opini_bpk" else 3), hasil.stderr


def test_opsi_dalam_urutan_apa_pun() -> None:
    """Options may stand before the unit, be joined by '=', use either hyphen; '--' ends them."""
    jawaban = [
        jawab("catat", "pakta_integritas", "--pimpinan", "ya", "--penandatangan=58", UNIT_UJI, "--jumlah-pegawai", "60", "--coba"),
        jawab("catat", "pakta-integritas", "--coba", "--jumlah_pegawai=60", "--pimpinan", "--penandatangan", "58", UNIT_UJI),
    ]
    for satu in jawaban:
        periksa_jawaban(satu, coba=True)
    assert panggil("catat", "program", "--area", "1", "--nama", "x", "--coba", "--json", "--", UNIT_UJI).exit_code == 0
    assert galat("catat", "program", "--area", "1", "--", UNIT_UJI, "--nama", kode=2)[0] == "Argumen berlebih: --nama"


@pytest.mark.parametrize(
    ("argumen", "kata", "lanjut"),
    [
        (("catat", "progam", UNIT_UJI, "--area", "1"), "Maksud Anda: program", f"zi catat program {UNIT_UJI} --area 1"),
        (("catat", "prog", UNIT_UJI), "Maksud Anda: program", f"zi catat program {UNIT_UJI}"),
        (
            ("catat", "program", UNIT_UJI, "--are", "1", "--nama", "x"),
            "Maksud Anda: --area",
            f"zi catat program {UNIT_UJI} --area 1 --nama x",
        ),
        (("catat", "program", UNIT_UJI, "--berka", "x"), "Maksud Anda: --berkas", f"zi catat program {UNIT_UJI} --berkas x"),
        (("catat", "program", UNIT_UJI, "--ol", ADMIN), "--ol", ""),
        (("catat", "xyz"), "'xyz' tidak dikenal", "zi catat --help"),
        (("catat", "program"), "Argumen belum ditulis: 'UNIT'", "zi catat program --help"),
        ((*PROGRAM, "--area", "2"), "Isian 'area' disebut dua kali", "Sebut --area sekali saja."),
        ((*PROGRAM, "lebih"), "Argumen berlebih: lebih", ""),
        ((*PROGRAM, "--kunci", " "), "tidak boleh kosong", ""),
        ((*PROGRAM, "--kunci", "k" * 201), "paling panjang 200 huruf", ""),
        ((*PROGRAM, "--versi", "-1"), "-1 kurang dari 0", ""),
        ((*PROGRAM, "--versi", "9" * 20), "bukan bilangan bulat", ""),
    ],
)
def test_salah_ketik_disarankan_dan_tidak_menulis(url: str, argumen: tuple[str, ...], kata: str, lanjut: str) -> None:
    """A misspelt or shortened name does nothing; what was meant is said, and the next command is the whole line again."""
    sebelum = potret(url)
    pesan, _, berikut = galat(*argumen, kode=2)
    assert kata in pesan
    assert berikut == lanjut or not lanjut
    assert potret(url) == sebelum


def test_isian_dari_opsi_dan_berkas_digabung() -> None:
    """Fields may come partly from a file; the same field from both is refused, which of them is said."""
    Path("isi.yaml").write_text("nama: Dari berkas\n")
    (hasil,) = periksa_jawaban(jawab("catat", "program", UNIT_UJI, "--area", "2", "--isi", "isi.yaml", "--tanggal", "2024-04-03"))
    assert _peristiwa(hasil["nomor"][0])["isi"]["isi"] == {"area": 2, "nama": "Dari berkas"}  # type: ignore[index]
    pesan, sebab, lanjut = galat(*PROGRAM, "--isi", "isi.yaml", kode=2)
    assert (pesan, sebab) == ("Isian 'nama' disebut dua kali", "Sekali sebagai opsi, sekali di dalam --isi.")
    assert "--nama" in lanjut


def test_isi_dari_masukan_baku() -> None:
    """``-`` is standard input."""
    isi = "area: 3\nnama: Dari masukan\n"
    (hasil,) = periksa_jawaban(jawab("catat", "program", UNIT_UJI, "--isi", "-", "--tanggal", "2024-04-03", masukan=isi))
    assert hasil["versi"] == 2


def test_fakta_instansi_tanpa_unit() -> None:
    """A fact of the instansi has no unit, no version and no stage; one that names a unit is told so."""
    (hasil,) = periksa_jawaban(jawab("catat", "opini_bpk", "--tahun", "2025", "--opini", "WDP", "--tanggal", "2026-03-03"))
    assert (hasil["unit"], hasil["versi"], hasil["tahap"]) == (None, None, None)
    assert galat("catat", "opini_bpk", UNIT_UJI, "--tahun", "2025", "--opini", "WTP", kode=2)[0].endswith(
        "dicatat bagi instansi, tanpa unit"
    )


# ------------------------------------------------------------------------------------------------------ evidence files


def test_bukti_disimpan_menurut_isinya(tmp_path: Path) -> None:
    """Evidence is kept once by its content, with the name it came under; a dry run keeps nothing."""
    Path("SK \u202e[x].pdf").write_bytes(b"isi bukti")
    Path("sama.pdf").write_bytes(b"isi bukti")
    jawab(*PROGRAM, "--berkas", "sama.pdf", "--coba")
    assert not (tmp_path / "bukti").exists()
    (hasil,) = periksa_jawaban(jawab(*PROGRAM, "--berkas", "SK \u202e[x].pdf", "--berkas", "sama.pdf"))
    assert list(berkas_tersimpan(tmp_path / "bukti").values()) == [b"isi bukti"]
    berkas = _peristiwa(hasil["nomor"][0])["isi"]["berkas"]  # type: ignore[index]
    assert [b["ukuran"] for b in berkas] == [9, 9]
    assert berkas[1]["nama"] == "sama.pdf"
    assert "\u202e" not in berkas[0]["nama"]


def test_bukti_yang_ditukar_di_penyimpanan(url: str, tmp_path: Path) -> None:
    """Where something else stands in the place of that content, nothing is recorded: exit 7."""
    Path("sk.pdf").write_bytes(b"isi bukti")
    jawab(*PROGRAM, "--berkas", "sk.pdf")
    (nama,) = berkas_tersimpan(tmp_path / "bukti")
    rusak = tmp_path / "bukti" / nama
    rusak.chmod(0o600)
    rusak.write_bytes(b"isi lain!")
    sebelum = potret(url)
    galat(*PROGRAM[:-1], "2024-04-04", "--berkas", "sk.pdf", kode=7)
    assert potret(url) == sebelum


# ------------------------------------------------------------------------------------- keys, versions, who acts, dry runs


def test_kunci_diulang_menjawab_yang_pertama(url: str) -> None:
    """The same key and content answers with the first result, also after the unit moved on; other content is a conflict."""
    pertama = jawab(*PROGRAM, "--kunci", "k1")
    jawab("catat", "program", UNIT_UJI, "--area", "2", "--nama", "lain", "--tanggal", "2024-04-03")
    sebelum = potret(url)
    assert jawab(*PROGRAM, "--kunci", "k1") == {**pertama, "ulangan": True}
    teks = panggil(*PROGRAM, "--kunci", "k1").stdout
    assert max(map(len, teks.splitlines())) <= 80
    nomor = pertama["hasil"][0]["nomor"][0]
    assert " ".join(teks.split()) == f"Sudah pernah diterima dengan kunci ini (peristiwa nomor {nomor}); tidak ada yang ditulis lagi."
    pesan, _, lanjut = galat(*PROGRAM, "--nama", "lain", "--kunci", "k1", kode=2)
    assert "dua kali" in pesan
    pesan, _, lanjut = galat(*PROGRAM[:-1], "2024-04-05", "--kunci", "k1", kode=6)
    assert "k1" in pesan
    assert lanjut
    assert potret(url) == sebelum


def test_versi_yang_diharapkan(url: str) -> None:
    """``--versi`` is the unit's version before the write; another is a conflict that says both, and how to look."""
    sebelum = potret(url)
    pesan, _, lanjut = galat(*PROGRAM, "--versi", "7", kode=6)
    assert "versi 1, bukan 7" in pesan
    assert f"zi unit lihat {UNIT_UJI}" in lanjut
    assert potret(url) == sebelum
    (hasil,) = periksa_jawaban(jawab(*PROGRAM, "--versi", "1"))
    assert hasil["versi"] == 2
    galat("catat", "opini_bpk", "--tahun", "2025", "--opini", "WTP", "--versi", "1", kode=2)


def test_sudah_tercatat_tidak_ditulis_lagi(url: str) -> None:
    """The very same record on the same day is on file already, and said to be."""
    pertama = jawab(*PROGRAM)["hasil"][0]
    sebelum = potret(url)
    lagi = jawab(*PROGRAM)["hasil"][0]
    assert (lagi["sudah_tercatat"], lagi["nomor"], lagi["versi"]) == (True, pertama["nomor"], pertama["versi"])
    assert f"sudah tercatat sebagai nomor {pertama['nomor'][0]}" in panggil(*PROGRAM).stdout
    assert potret(url) == sebelum


def test_percobaan_menjawab_seperti_sungguhan_tanpa_menulis(url: str) -> None:
    """A dry run has the exit code of the real one, and leaves the store as it was."""
    sebelum = potret(url)
    (hasil,) = periksa_jawaban(jawab(*PROGRAM, "--coba"), coba=True)
    assert (hasil["nomor"], hasil["versi"]) == ([], 2)
    teks = panggil(*PROGRAM, "--coba").stdout
    assert max(map(len, teks.splitlines())) <= 80
    assert teks.startswith(f"Percobaan: program {UNIT_UJI} akan diterima; tidak ada yang ditulis.")
    tolak = galat_json(panggil(*PROGRAM, "--oleh", PENILAI, "--coba", "--json"), 5)
    assert "(percobaan)" in tolak["galat"]["pesan"]
    assert potret(url) == sebelum
    galat_json(panggil(*PROGRAM, "--oleh", PENILAI, "--json"), 5)
    assert len(potret(url)["peristiwa"]) == len(sebelum["peristiwa"]) + 1


def test_pelaku_dari_opsi_lingkungan_dan_zi_toml(monkeypatch: pytest.MonkeyPatch) -> None:
    """--oleh goes before ZI_PELAKU, and that before zi.toml; nobody at all is said in three lines."""
    nomor = [jawab(*PROGRAM[:-1], "2024-04-03", "--oleh", KEPALA)["hasil"][0]["nomor"][0]]
    monkeypatch.delenv("ZI_PELAKU")
    pesan, _, lanjut = galat(*PROGRAM, kode=2)
    assert pesan == "Pelaku belum disebut."
    assert "--oleh NIP" in lanjut
    Path("zi.toml").write_text(f'pelaku = "{ADMIN}"\n')
    nomor.append(jawab(*PROGRAM[:-1], "2024-04-04")["hasil"][0]["nomor"][0])
    assert [_peristiwa(n)["oleh"] for n in nomor] == [KEPALA, ADMIN]


def test_tanpa_wewenang_ditolak_sekali(url: str) -> None:
    """An oleh without the role is a refusal (R30) with its checklist; the same refusal on the same day is one event."""
    awal = len(potret(url)["peristiwa"])
    for _ in range(2):
        data = galat_json(panggil(*PROGRAM, "--oleh", "X-SIAPA", "--json"), 5)
    syarat = periksa_daftar(data["penolakan"][0], perintah="catat")
    assert (syarat["R30"]["terpenuhi"], syarat["R30"]["sifat"]) == (False, "wewenang")
    assert "R30" in data["galat"]["sebab"]
    assert "--oleh" in data["galat"]["lanjut"]
    assert len(potret(url)["peristiwa"]) == awal + 1
    assert jawab("audit", "cari", "--jenis", "PerintahDitolak")["jumlah"] == 1
    assert jawab("unit", "lihat", UNIT_UJI)["versi"] == 1


# ----------------------------------------------------------------------------------------------------- storage, settings


def test_kode_keluar_penyimpanan_dan_definisi(tmp_path: Path) -> None:
    """A store that is not there is exit 8 and is not made; a definition that is not there is exit 12."""
    nihil = tmp_path / "nihil.db"
    pesan, _, lanjut = galat(*PROGRAM, "--basis", f"sqlite:///{nihil}", kode=8)
    assert "zi siapkan" in lanjut
    assert not nihil.exists()
    assert "tidak ada" in galat(*PROGRAM, "--regulasi", str(tmp_path / "nihil"), kode=12)[0]
    assert pesan == "Penyimpanan belum ada."
    galat(*PROGRAM, "--basis", "bukan url", kode=2)


# -------------------------------------------------------------------------------------------------- as a process of its own


@pytest.mark.parametrize("teks", JAHAT)
def test_teks_hanya_data(teks: str) -> None:
    """Markup, formulas, direction changes and option-like words are stored as typed and shown harmless."""
    (hasil,) = periksa_jawaban(jawab("catat", "program", UNIT_UJI, "--area", "1", f"--nama={teks}", "--tanggal", "2024-04-03"))
    assert _peristiwa(hasil["nomor"][0])["isi"]["isi"]["nama"] == teks  # type: ignore[index]
    layar = panggil("audit", "lihat", str(hasil["nomor"][0])).stdout
    assert teks.replace("\u202e", "\\u202e") in layar
    assert "\u202e" not in layar


def test_keluaran_di_lingkungan_yang_sulit(url: str, tmp_path: Path) -> None:
    """ASCII and LANG=C do not crash, stdout is quiet when its reader leaves, and a full device is one line and exit 8."""
    env = {"ZI_BASIS": url, "ZI_PELAKU": ADMIN}
    miskin = jalankan(
        tmp_path,
        *PROGRAM[:4],
        "1",
        "--nama",
        "caf\u00e9 \u2713",
        "--json",
        program=ZI,
        env=env,
    )
    assert miskin.returncode == 0, miskin.stderr
    assert json.loads(miskin.stdout.decode("ascii"))["hasil"][0]["unit"] == UNIT_UJI
    with Path("/dev/full").open("wb") as penuh:
        hasil = jalankan(tmp_path, "periksa", UNIT_UJI, program=ZI, env=env, stdout=penuh)
    assert (hasil.returncode, hasil.stderr.count(b"\n")) == (8, 1)
    assert hasil.stderr.startswith(b"Galat: Keluaran tidak dapat ditulis")


def test_ctrl_c_saat_menunggu_masukan(url: str, tmp_path: Path) -> None:
    """Interrupted while it waits for standard input: 130 within a second, silent, nothing written."""
    sebelum = potret(url)
    env = lingkungan(tmp_path, ZI_BASIS=url, ZI_PELAKU=ADMIN)
    proses = subprocess.Popen(
        [*ZI, "catat", "program", UNIT_UJI, "--isi", "-"],
        env=env,
        cwd=AKAR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    _tunggu_membaca(proses.pid)
    mulai = time.monotonic()
    proses.send_signal(signal.SIGINT)
    keluar, salah = proses.communicate(timeout=20)
    assert time.monotonic() - mulai < 5
    assert (proses.returncode, keluar, salah) == (130, b"", b"")
    assert potret(url) == sebelum


def _tunggu_membaca(pid: int) -> None:
    """Wait until the process sleeps in a read of its standard input."""
    batas = time.monotonic() + 20
    while time.monotonic() < batas:
        with open(f"/proc/{pid}/syscall") as f:  # noqa: PTH123
            if f.read().split()[:2] == ["0", "0x0"]:
                return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("tidak pernah menunggu masukan")
