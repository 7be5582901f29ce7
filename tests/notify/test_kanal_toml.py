"""``kanal.toml``: read strictly, and whatever is wrong in it, no message shows what is in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.alat.penjaga import AKAR
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.notify import Kanal

RAHASIA = "SangatRahasia"
BAIK = f"""
[kanal]
surel = "mailtos://zi:{RAHASIA}@surel.contoh.invalid?to={{alamat}}"
telegram = "tgram://123456789:{RAHASIA}_{RAHASIA}/{{alamat}}"
"""


@pytest.fixture
def tulis(tmp_path: Path) -> Callable[[str], Path]:
    """Give a writer of the file, readable by its owner only."""

    def buat(isi: str) -> Path:
        jalan = tmp_path / "kanal.toml"
        jalan.write_bytes(isi.encode("utf-8", "surrogateescape"))
        jalan.chmod(0o600)
        return jalan

    return buat


def _ditolak(jalan: Path) -> MasukanSalah:
    with pytest.raises(MasukanSalah) as tertangkap:
        Kanal.baca(jalan, jalan.parent / "surat.jsonl")
    salah = tertangkap.value
    assert RAHASIA not in salah.pesan + salah.sebab + salah.lanjut + repr(salah.__context__)
    return salah


def test_tanpa_berkas_hanya_kanal_kering(tmp_path: Path) -> None:
    """No file, or one without channels, leaves the dry channel."""
    assert Kanal.baca(None, tmp_path / "s").nama == ("berkas",)


@pytest.mark.parametrize("isi", ["", "[kanal]\n", "\ufeff# kosong\n"])
def test_berkas_kosong_hanya_kanal_kering(tulis: Callable[[str], Path], tmp_path: Path, isi: str) -> None:
    """A file without channels is a good one."""
    assert Kanal.baca(tulis(isi), tmp_path / "s").nama == ("berkas",)


def test_berkas_baik_dibaca(tulis: Callable[[str], Path], tmp_path: Path, tersiar: Callable[[], str]) -> None:
    """The channels of a good file are known by name; neither their representation nor any log shows how they are opened."""
    kanal = Kanal.baca(tulis(BAIK), tmp_path / "s")
    assert kanal.nama == ("berkas", "surel", "telegram")
    assert RAHASIA not in repr(vars(kanal)) + tersiar()


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (f"[kanal]\nsurel = mailtos://{RAHASIA}\n", "baris 2: bukan TOML yang benar"),
        (f'[kanal]\nsurel = "{RAHASIA}', ": bukan TOML yang benar"),
        ("[" * 5000, ": bukan TOML yang benar"),
        (f"[kanal]\n# {RAHASIA}\n# \udcff\n", "baris 3: bukan teks UTF-8"),
        (f'surel = "json://{RAHASIA}/{{alamat}}"\n', ": bagian 'surel' tidak dikenal."),
        (f'[kanl]\nsurel = "json://{RAHASIA}/{{alamat}}"\n', ": bagian 'kanl' tidak dikenal. Maksud Anda: kanal?"),
        (f'"json://{RAHASIA}/{{alamat}}" = "surel"\n', ": bagian ke-1 tidak dikenal."),
        ("kanal = 3\n", ": 'kanal' bukan bagian"),
        ('[kanal]\nberkas = "json://h/{alamat}"\n', ": kanal 'berkas' sudah ada"),
        (f'[kanal]\nSurel = "json://{RAHASIA}/{{alamat}}"\n', ": nama kanal 'Surel' tidak sah"),
        (f'[kanal]\n"json://{RAHASIA}/{{alamat}}" = "surel"\n', ": nama kanal ke-1 tidak sah"),
        (f'[kanal]\n{"a" * 21} = "json://{RAHASIA}/{{alamat}}"\n', ": nama kanal ke-1 tidak sah"),
        ("[kanal]\nsurel = 3\n", ": isi kanal 'surel' bukan URL"),
        (f'[kanal]\nsurel = "{RAHASIA}/{{alamat}}"\n', ": isi kanal 'surel' bukan URL"),
        (f'[kanal]\nsurel = "{{alamat}}://{RAHASIA}"\n', ": isi kanal 'surel' bukan URL"),
        (f'[kanal]\nsurel = "mailtos://{RAHASIA}@h"\n', ": templat kanal 'surel' (mailtos://…) tidak memuat {alamat}"),
        (f'[kanal.surel]\nurl = "json://{RAHASIA}/{{alamat}}"\n', ": isi kanal 'surel' bukan URL"),
        (f"# {RAHASIA}\n" * 6000, "terlalu besar"),
    ],
)
def test_berkas_rusak_disebut_tanpa_isinya(tulis: Callable[[str], Path], isi: str, pesan: str) -> None:
    """Each way of getting the file wrong is told by place, with nothing of a template but its scheme."""
    assert _ditolak(tulis(isi)).pesan.endswith(pesan)


@pytest.mark.parametrize(
    "templat", [f"tidakada://{RAHASIA}/{{alamat}}", f"tgram://{RAHASIA}/{{alamat}}", f"mailto://{RAHASIA}?to={{alamat}}&from="]
)
def test_templat_yang_tidak_dikenal_pustaka(tulis: Callable[[str], Path], templat: str, tersiar: Callable[[], str]) -> None:
    """A template that the library cannot use is refused when the file is read, by its scheme alone."""
    salah = _ditolak(tulis(f'[kanal]\ncoba = "{templat}"\n'))
    assert salah.pesan == f"Templat kanal 'coba' ({templat.partition(':')[0]}://…) tidak dapat dipakai"
    assert RAHASIA not in tersiar()


def test_tanpa_apprise_berkas_tetap_dibaca(tulis: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the file is still read, so that what needs no channel goes on working."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert Kanal.baca(tulis(BAIK), tmp_path / "s").nama == ("berkas", "surel", "telegram")


@pytest.mark.parametrize("hak", [0o640, 0o604, 0o610, 0o666])
def test_berkas_yang_terbaca_orang_lain_ditolak(tulis: Callable[[str], Path], hak: int) -> None:
    """A file of secrets that others may read is refused with the command that mends it."""
    jalan = tulis(BAIK)
    jalan.chmod(hak)
    salah = _ditolak(jalan)
    assert salah.pesan.endswith(f"dapat dibaca orang lain (hak {hak:04o})")
    assert salah.lanjut == f"chmod 600 {jalan}"


def test_yang_bukan_berkas_ditolak(tmp_path: Path) -> None:
    """A name that leads nowhere, to a folder or to a pipe is a clear error, and nothing waits for a pipe."""
    os.mkfifo(tmp_path / "pipa", 0o600)
    assert _ditolak(tmp_path / "tidak-ada").sebab == "Tidak ada berkas dengan nama itu."
    assert _ditolak(tmp_path).pesan == f"{tmp_path} bukan berkas biasa"
    assert _ditolak(tmp_path / "pipa").pesan.endswith("bukan berkas biasa")
    assert _ditolak(Path("a\0b")).sebab == "Berkas itu tidak dapat dibuka."


def test_impor_tidak_memuat_apprise() -> None:
    """Importing the package and using the dry channel loads neither the library nor what it brings."""
    program = (
        "import sys; from pathlib import Path; from zi_workflow.notify import Kanal\n"
        "kanal = Kanal.baca(None, Path('s')); kanal.periksa('berkas', '1')\n"
        "raise SystemExit(sorted({'apprise', 'requests', 'urllib3'} & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=AKAR)
