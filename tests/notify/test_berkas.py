"""The dry channel: whole lines under any number of writers, nothing through a link, and a reason where it cannot write."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from tests.alat.penjaga import AKAR
from zi_workflow.notify import Kanal, Kiriman
from zi_workflow.notify.dry import KotakBerkas

Pembuat = Callable[..., Kiriman]

_PENULIS = """
import sys
from pathlib import Path
from zi_workflow.notify import Kiriman, Surat
from zi_workflow.notify.dry import KotakBerkas
kotak = KotakBerkas(Path(sys.argv[1]))
for i in range(50):
    assert kotak.tambah(Kiriman(Surat(f"{sys.argv[2]}-{i}", "X", "judul", "isi\\n" * 2000), "berkas", "X")) == ""
"""


def _baris(berkas: Path) -> list[dict[str, str]]:
    return [json.loads(b) for b in berkas.read_text("utf-8").split("\n")[:-1]]


def test_satu_baris_per_surat(tmp_path: Path, kiriman: Pembuat) -> None:
    """A letter is one line of JSON in UTF-8 with all of it, in a file that only its owner reads."""
    berkas = tmp_path / "surat.jsonl"
    kanal = Kanal({}, berkas)
    satu = kiriman("berkas", "X-UJI", judul="Tenggat – é")
    assert kanal.kirim(satu).terkirim
    assert kanal.kirim(satu).terkirim
    surat = satu.surat
    assert _baris(berkas) == [{"id": surat.id, "nip": surat.nip, "alamat": "X-UJI", "judul": surat.judul, "isi": surat.isi}] * 2
    assert "é" in berkas.read_text("utf-8")
    assert stat.S_IMODE(berkas.stat().st_mode) == 0o600


def test_empat_utas_dan_empat_program_menulis_baris_utuh(tmp_path: Path, kiriman: Pembuat) -> None:
    """Four threads and four programs append long letters at once: each line is whole and there once."""
    berkas = tmp_path / "surat.jsonl"
    kotak = KotakBerkas(berkas)
    proses = [subprocess.Popen([sys.executable, "-c", _PENULIS, str(berkas), f"p{i}"], cwd=AKAR) for i in range(4)]

    def tulis(nama: str) -> None:
        for i in range(50):
            kotak.tambah(kiriman("berkas", "X", nomor=f"{nama}-{i}"))

    utas = [threading.Thread(target=tulis, args=(f"u{i}",)) for i in range(4)]
    for benang in utas:
        benang.start()
    for benang in utas:
        benang.join()
    assert [p.wait() for p in proses] == [0] * 4
    assert sorted(b["id"] for b in _baris(berkas)) == sorted(f"{n}{i}-{k}" for n in "pu" for i in range(4) for k in range(50))


def test_baris_terputus_tidak_merusak_yang_berikut(tmp_path: Path, kiriman: Pembuat) -> None:
    """After a machine died in the middle of a line, the next letter still stands on a line of its own."""
    berkas = tmp_path / "surat.jsonl"
    berkas.write_text('{"id": "terpu')
    assert KotakBerkas(berkas).tambah(kiriman("berkas", "X", nomor="baru")) == ""
    putus, baru, sisa = berkas.read_text().split("\n")
    assert (putus, json.loads(baru)["id"], sisa) == ('{"id": "terpu', "baru", "")


@pytest.mark.parametrize("gagal", ["write", "fsync"])
def test_disk_penuh_tidak_meninggalkan_potongan(tmp_path: Path, kiriman: Pembuat, monkeypatch: pytest.MonkeyPatch, gagal: str) -> None:
    """A letter that the disk does not take is a failure, and nothing of it stays in the file."""
    berkas = tmp_path / "surat.jsonl"
    kotak = KotakBerkas(berkas)
    assert kotak.tambah(kiriman("berkas", "X")) == ""
    semula = berkas.read_bytes()
    asli: Callable[[int, bytes], int] = os.write

    def penuh(penanda: int, bita: bytes = b"") -> NoReturn:
        asli(penanda, bita[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, gagal, penuh)
    assert kotak.tambah(kiriman("berkas", "X")) == f"berkas surat {berkas} tidak dapat ditulis: ruang disk habis"
    assert berkas.read_bytes() == semula


def test_tulisan_sebagian_disambung(tmp_path: Path, kiriman: Pembuat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that takes only some bytes is continued until the line is whole."""
    asli: Callable[[int, bytes], int] = os.write
    monkeypatch.setattr(os, "write", lambda penanda, bita: asli(penanda, bita[:7]))
    assert KotakBerkas(tmp_path / "s").tambah(kiriman("berkas", "X", nomor="utuh")) == ""
    assert _baris(tmp_path / "s")[0]["id"] == "utuh"


def test_tautan_ditolak(tmp_path: Path, kiriman: Pembuat) -> None:
    """A link in the file's place is not followed; what it leads to stays as it was."""
    sasaran = tmp_path / "sasaran"
    sasaran.write_text("tetap")
    berkas = tmp_path / "surat.jsonl"
    berkas.symlink_to(sasaran)
    hasil = Kanal({}, berkas).kirim(kiriman("berkas", "X"))
    assert (hasil.terkirim, hasil.sebab.rpartition(": ")[2]) == (False, "itu tautan, dan surat tidak ditulis melalui tautan")
    assert sasaran.read_text() == "tetap"


def test_tempat_yang_tidak_dapat_ditulis(tmp_path: Path, kiriman: Pembuat, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder, a folder, a pipe, a name that cannot be, no permission: each is a failed letter with its reason."""
    (tmp_path / "berkas").touch()
    os.mkfifo(tmp_path / "pipa")
    tempat = {
        tmp_path / "tidak" / "ada": "foldernya tidak ada",
        tmp_path: "itu folder, bukan berkas",
        tmp_path / "berkas" / "s": "sebagian jalannya bukan folder",
        tmp_path / "pipa": "itu bukan berkas biasa",
        tmp_path / ("n" * 300): "namanya terlalu panjang",
        Path("a\0b"): "namanya tidak sah",
    }
    for jalan, sebab in tempat.items():
        assert KotakBerkas(jalan).tambah(kiriman("berkas", "X")).endswith(f"tidak dapat ditulis: {sebab}")

    def tolak(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", tolak)
    assert Kanal({}, tmp_path / "s").kirim(kiriman("berkas", "X")).sebab.endswith("tidak dapat ditulis: tidak ada hak tulis")
