"""The evidence folder under attack, on a failing disk, and shared or left by processes: a whole file or none, and never another one."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zi_workflow.domain.errors import Galat, IntegritasRusak, PenyimpananGagal, TidakDitemukan
from zi_workflow.domain.events import Berkas
from zi_workflow.store import evidence
from zi_workflow.store.evidence import UMUR_SEMENTARA, GudangBerkas

ISI = b"pakta integritas\n" * 100
SIDIK = hashlib.sha256(ISI).hexdigest()


@pytest.fixture
def gudang(tmp_path: Path) -> GudangBerkas:
    """Give a store whose folder does not exist yet."""
    return GudangBerkas(tmp_path / "data" / "bukti")


@pytest.fixture
def pakta(tmp_path: Path) -> Path:
    """Give a file to hand in."""
    berkas = tmp_path / "pakta.pdf"
    berkas.write_bytes(ISI)
    return berkas


def _letak(tmp_path: Path, sha256: str = SIDIK) -> Path:
    return tmp_path / "data" / "bukti" / sha256[:2] / sha256[2:]


def _sisa(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "data" / "bukti").glob(".sementara-*"))


def _semua(tmp_path: Path) -> list[Path]:
    """Return every file of the store, temporaries included."""
    return sorted(f for f in (tmp_path / "data" / "bukti").rglob("*") if not f.is_dir())


# --- what stands in the store is not trusted -----------------------------------------------------------------------


def _rusak_isi(letak: Path) -> None:
    letak.chmod(0o600)
    letak.write_bytes(ISI[:-1] + b"!")


def _rusak_ukuran(letak: Path) -> None:
    letak.chmod(0o600)
    letak.write_bytes(ISI + b"!")


def _rusak_tautan(letak: Path) -> None:
    """Put a link to the very same content in its place."""
    lain = letak.with_name("lain")
    letak.rename(lain)
    letak.symlink_to(lain)


def _rusak_laci(letak: Path) -> None:
    """Put a link to the very same folder in the place of the folder."""
    lain = letak.parent.with_name("lain")
    letak.parent.rename(lain)
    letak.parent.symlink_to(lain)


def _rusak_akar(letak: Path) -> None:
    akar = letak.parent.parent
    lain = akar.with_name("lain")
    akar.rename(lain)
    akar.symlink_to(lain)


def _rusak_pipa(letak: Path) -> None:
    letak.unlink()
    os.mkfifo(letak)


def _rusak_folder(letak: Path) -> None:
    letak.unlink()
    letak.mkdir()


KERUSAKAN = [
    (_rusak_isi, "isinya berubah"),
    (_rusak_ukuran, f"ukurannya {len(ISI) + 1} byte, tercatat {len(ISI)} byte"),
    (_rusak_tautan, "diganti tautan"),
    (_rusak_laci, "diganti tautan"),
    (_rusak_akar, "diganti tautan"),
    (_rusak_pipa, "bukan berkas biasa"),
    (_rusak_folder, "bukan berkas biasa"),
]


@pytest.mark.parametrize(("rusak", "kata"), KERUSAKAN)
def test_kerusakan_ditemukan(gudang: GudangBerkas, pakta: Path, tmp_path: Path, rusak: Callable[[Path], None], kata: str) -> None:
    """Whatever was put in a file's place is found, is not read as evidence, and is not taken for the file when it comes again."""
    berkas = gudang.simpan(pakta)
    rusak(_letak(tmp_path))
    masalah = gudang.periksa(berkas)
    assert masalah is not None
    assert kata in masalah
    with pytest.raises(IntegritasRusak) as salah:
        gudang.baca(SIDIK, teliti=True)
    assert salah.value.kode == 7
    with pytest.raises(IntegritasRusak):
        gudang.simpan(pakta)
    assert _sisa(tmp_path) == []
    assert gudang.periksa(berkas) == masalah


def test_berkas_hilang(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """A file that vanished is missing for every question, and is put back by handing it in again."""
    berkas = gudang.simpan(pakta)
    _letak(tmp_path).unlink()
    assert gudang.periksa(berkas) == "hilang"
    assert not gudang.ada(SIDIK)
    with pytest.raises(TidakDitemukan):
        gudang.baca(SIDIK)
    gudang.simpan(pakta)
    assert gudang.periksa(berkas) is None


def test_gudang_kosong(gudang: GudangBerkas) -> None:
    """A store without a folder has no file, and no question makes the folder."""
    assert gudang.periksa(Berkas(SIDIK, 1, "x")) == "hilang"
    assert not gudang.ada(SIDIK)
    with pytest.raises(TidakDitemukan):
        gudang.baca(SIDIK)


@pytest.mark.parametrize("sidik", ["", "ab", "../" * 21 + "x", SIDIK.upper(), SIDIK[:-1] + "/", SIDIK + "0", f"{SIDIK}\n"])
def test_sidik_yang_bukan_sidik(gudang: GudangBerkas, pakta: Path, sidik: str) -> None:
    """A hash from a tampered log cannot name another file."""
    gudang.simpan(pakta)
    assert gudang.periksa(Berkas(sidik, len(ISI), "x")) == "sidiknya tidak sah"
    assert not gudang.ada(sidik)
    with pytest.raises(TidakDitemukan):
        gudang.baca(sidik)


def test_folder_di_atas_gudang_boleh_tautan(tmp_path: Path, pakta: Path) -> None:
    """The folders above the store belong to whoever set it up."""
    (tmp_path / "diska").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "diska")
    gudang = GudangBerkas(tmp_path / "data" / "bukti")
    assert gudang.periksa(gudang.simpan(pakta)) is None


def test_laci_tautan_tidak_diikuti_saat_menyimpan(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """A link planted where the next file's folder would be does not lead the file out of the store."""
    luar = tmp_path / "luar"
    luar.mkdir()
    _letak(tmp_path).parent.parent.mkdir(parents=True)
    _letak(tmp_path).parent.symlink_to(luar)
    with pytest.raises(IntegritasRusak):
        gudang.simpan(pakta)
    assert list(luar.iterdir()) == []
    assert _sisa(tmp_path) == []


def test_sementara_ditukar(gudang: GudangBerkas, pakta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary that somebody swaps before it gets its name does not become evidence."""
    asli = os.link

    def tukar(asal: str, tujuan: str, **opsi: Any) -> None:  # noqa: ANN401 - hands the options on
        palsu = tmp_path / "data" / "bukti" / asal
        palsu.unlink()
        palsu.write_bytes(b"palsu")
        asli(asal, tujuan, **opsi)

    monkeypatch.setattr(os, "link", tukar)
    with pytest.raises(IntegritasRusak, match="ditukar"):
        gudang.simpan(pakta)
    assert _semua(tmp_path) == []


# --- storage that fails --------------------------------------------------------------------------------------------


def _gagal(nomor: int) -> Callable[..., Any]:
    def panggil(*_isi: Any, **_opsi: Any) -> Any:  # noqa: ANN401 - stands in for any of the calls
        raise OSError(nomor, os.strerror(nomor))

    return panggil


@pytest.mark.parametrize("panggilan", ["write", "fchmod", "fsync", "link", "mkdir"])
@pytest.mark.parametrize(
    ("nomor", "kata"),
    [(errno.ENOSPC, "penuh"), (errno.EDQUOT, "penuh"), (errno.EROFS, "tidak dapat ditulis"), (errno.EIO, "gagal disimpan")],
)
def test_setiap_panggilan_gagal(
    gudang: GudangBerkas, pakta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, panggilan: str, nomor: int, kata: str
) -> None:
    """A full, read-only or broken disk is one clear error at whichever call; nothing half written is left, older files stay."""
    lama = tmp_path / "lama"
    lama.write_bytes(b"lama")
    berkas = gudang.simpan(lama)
    with monkeypatch.context() as ganti:
        ganti.setattr(os, panggilan, _gagal(nomor))
        with pytest.raises(PenyimpananGagal) as salah:
            gudang.simpan(pakta)
    assert kata in salah.value.pesan
    assert salah.value.kode == 8
    assert _sisa(tmp_path) == []
    assert gudang.periksa(berkas) is None
    assert gudang.periksa(gudang.simpan(pakta)) is None


def test_tidak_terbaca_bukan_hilang(gudang: GudangBerkas, pakta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails while a file is checked is said so, and stops nothing else."""
    berkas = gudang.simpan(pakta)
    monkeypatch.setattr(os, "read", _gagal(errno.EIO))
    assert "tidak dapat dibaca" in str(gudang.periksa(berkas))
    with pytest.raises(PenyimpananGagal):
        gudang.baca(SIDIK, teliti=True)


def _anak(naskah: str, *isi: Path) -> subprocess.Popen[bytes]:
    awal = "import os, sys, time\nfrom pathlib import Path\nfrom zi_workflow.store.evidence import GudangBerkas\n"
    akar = Path(evidence.__file__).resolve().parents[2]
    return subprocess.Popen([sys.executable, "-c", awal + naskah, *map(str, isi)], cwd=akar, stdout=subprocess.PIPE)


def test_batas_ukuran_sistem_operasi(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """A real limit of the operating system in the middle of a copy ends in the same clear error."""
    naskah = """
import resource
from zi_workflow.domain.errors import PenyimpananGagal
resource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))
try:
    GudangBerkas(Path(sys.argv[1])).simpan(Path(sys.argv[2]))
except PenyimpananGagal as salah:
    print(salah.pesan)
"""
    with _anak(naskah, tmp_path / "data" / "bukti", pakta) as anak:
        keluaran, _ = anak.communicate(timeout=60)
    assert b"penuh" in keluaran
    assert _semua(tmp_path) == []
    assert not gudang.ada(SIDIK)


# --- several processes, and killed ones ----------------------------------------------------------------------------


def test_empat_proses_isi_yang_sama(gudang: GudangBerkas, tmp_path: Path) -> None:
    """Four processes that store the same files at once all succeed, and each file is there once."""
    masukan = tmp_path / "masukan"
    masukan.mkdir()
    for i in range(20):
        (masukan / f"{i}.bin").write_bytes(bytes([i]) * 50_000)
    naskah = """
gudang = GudangBerkas(Path(sys.argv[1]))
while not Path(sys.argv[3]).exists():
    time.sleep(0.001)
print(sorted((gudang.simpan(f).sha256, f.name) for f in Path(sys.argv[2]).iterdir()))
"""
    mulai = tmp_path / "mulai"
    anak = [_anak(naskah, tmp_path / "data" / "bukti", masukan, mulai) for _ in range(4)]
    mulai.touch()
    hasil = {satu.communicate(timeout=120)[0] for satu in anak}
    assert [satu.returncode for satu in anak] == [0, 0, 0, 0]
    assert len(hasil) == 1
    assert len(_semua(tmp_path)) == 20
    for f in masukan.iterdir():
        assert gudang.periksa(gudang.hitung(f)) is None


@pytest.mark.parametrize(("panggilan", "jadi"), [("write", False), ("fsync", False), ("link", False), ("unlink", True)])
def test_kill_9_di_tengah(gudang: GudangBerkas, pakta: Path, tmp_path: Path, *, panggilan: str, jadi: bool) -> None:
    """A process killed at any call leaves either no file or the whole one; its leftover is ignored and swept when old."""
    naskah = f"""
asli = os.{panggilan}
def berhenti(*isi, **opsi):
    if {panggilan!r} == "write":
        asli(isi[0], bytes(isi[1][:100]))
    print("siap", flush=True)
    time.sleep(600)
gudang = GudangBerkas(Path(sys.argv[1]))
os.makedirs(sys.argv[1], exist_ok=True)
os.{panggilan} = berhenti
gudang.simpan(Path(sys.argv[2]))
"""
    with _anak(naskah, tmp_path / "data" / "bukti", pakta) as anak:
        assert anak.stdout is not None
        assert anak.stdout.readline() == b"siap\n"
        anak.send_signal(signal.SIGKILL)
    assert gudang.ada(SIDIK) is jadi
    (sisa,) = _sisa(tmp_path)
    berkas = gudang.simpan(pakta)
    assert gudang.periksa(berkas) is None
    assert _sisa(tmp_path) == [sisa]
    tua = time.time() - UMUR_SEMENTARA - 60
    os.utime(sisa, (tua, tua))
    gudang.simpan(pakta)
    assert _sisa(tmp_path) == []
    assert gudang.periksa(berkas) is None


def test_sapu_hanya_sementara(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """Old evidence and foreign files are never swept."""
    gudang.simpan(pakta)
    asing = tmp_path / "data" / "bukti" / "BACA-SAYA"
    asing.touch()
    for f in (asing, _letak(tmp_path)):
        os.utime(f, (0, 0))
    gudang.simpan(pakta)
    assert _semua(tmp_path) == sorted([asing, _letak(tmp_path)])


def test_pembatalan_di_tengah(gudang: GudangBerkas, pakta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt in the middle of the copy leaves nothing behind."""

    def potong(*_isi: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", potong)
    with pytest.raises(KeyboardInterrupt):
        gudang.simpan(pakta)
    assert _semua(tmp_path) == []


def test_tidak_membocorkan_deskriptor(gudang: GudangBerkas, pakta: Path, tmp_path: Path) -> None:
    """Neither success nor failure leaves a descriptor open."""
    fd = Path("/proc/self/fd")
    if not fd.exists():
        pytest.skip("tanpa /proc")
    sebelum = len(list(fd.iterdir()))
    berkas = gudang.simpan(pakta)
    _rusak_isi(_letak(tmp_path))
    for kerja in (lambda: gudang.simpan(pakta), lambda: gudang.baca(SIDIK, teliti=True), lambda: gudang.simpan(tmp_path)):
        with pytest.raises(Galat):
            kerja()
    gudang.periksa(berkas)
    gudang.ada(SIDIK)
    assert len(list(fd.iterdir())) == sebelum
