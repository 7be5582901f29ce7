"""Evidence files that were changed, lost, swapped, linked: each is found, under the event that names it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifikasi.alat import buka_store, jalankan, nyatakan, periksa, tambah
from zi_workflow.domain.events import Berkas
from zi_workflow.store.evidence import GudangBerkas


class Panggung:
    """A store whose event 4 names one file and whose event 10 names another."""

    def __init__(self, folder: Path) -> None:
        """Write them."""
        self.url = f"sqlite:///{folder / 'zi.db'}"
        self.folder = folder / "bukti"
        gudang = GudangBerkas(self.folder)
        store = buka_store(self.url)
        self.berkas: list[Berkas] = []
        for ke in range(2):
            asal = folder / f"bukti {ke}.txt"
            asal.write_text(f"isi bukti {ke}")
            self.berkas.append(gudang.simpan(asal))
            tambah(store, 6, [self.berkas[ke]])
        store.tutup()

    def jalan(self, ke: int) -> Path:
        """Return where a file is stored."""
        sidik = self.berkas[ke].sha256
        return self.folder / sidik[:2] / sidik[2:]


@pytest.fixture
def panggung(tmp_path: Path) -> Panggung:
    """Give the store and its two files."""
    hasil = Panggung(tmp_path)
    assert periksa(hasil.url, hasil.folder).utuh
    return hasil


def _ubah(p: Panggung) -> None:
    p.jalan(0).chmod(0o600)
    p.jalan(0).write_text("isi bukti X")


def _perpanjang(p: Panggung) -> None:
    p.jalan(0).chmod(0o600)
    p.jalan(0).write_text("isi bukti 0 dan seterusnya")


def _tukar(p: Panggung) -> None:
    a, b = p.jalan(0), p.jalan(1)
    a.rename(p.folder / "t")
    b.rename(a)
    (p.folder / "t").rename(b)


def _tautan(p: Panggung) -> None:
    p.jalan(0).rename(p.folder.parent / "di-luar")
    p.jalan(0).symlink_to(p.folder.parent / "di-luar")


def _tautan_keras(p: Panggung) -> None:
    os.link(p.jalan(0), p.folder.parent / "nama-lain")


def _tautan_laci(p: Panggung) -> None:
    laci = p.jalan(0).parent
    laci.rename(p.folder.parent / "laci")
    laci.symlink_to(p.folder.parent / "laci", target_is_directory=True)


def _folder(p: Panggung) -> None:
    p.jalan(0).unlink()
    p.jalan(0).mkdir()


def _pipa(p: Panggung) -> None:
    p.jalan(0).unlink()
    os.mkfifo(p.jalan(0))


@pytest.mark.parametrize(
    ("rusak", "kata"),
    [
        (_ubah, "isinya berubah"),
        (_perpanjang, "ukurannya"),
        (lambda p: p.jalan(0).unlink(), "hilang"),
        (_tukar, "isinya berubah"),
        (_tautan, "tautan"),
        (_tautan_keras, "tautan keras"),
        (_tautan_laci, "tautan"),
        (_folder, "bukan berkas biasa"),
        (_pipa, "bukan berkas biasa"),
    ],
)
def test_harus_berkas_bukti_dirusak(panggung: Panggung, rusak: Callable[[Panggung], None], kata: str) -> None:
    """Each kind is found and told in words, with the number of the first event that names the file."""
    rusak(panggung)
    hasil = periksa(panggung.url, panggung.folder)
    assert {t.bagian for t in hasil.masalah} == {"berkas"}, nyatakan(hasil)
    assert (hasil.masalah[0].nomor, hasil.masalah[0].aliran) == (4, "binjai/zi/DINAS-A"), nyatakan(hasil)
    assert kata in hasil.masalah[0].apa


def test_harus_seluruh_folder_hilang(panggung: Panggung) -> None:
    """Without the folder every file is missing, each told once."""
    panggung.folder.rename(panggung.folder.parent / "dipindah")
    assert [t.nomor for t in periksa(panggung.url, panggung.folder).masalah] == [4, 7]


def test_yang_tidak_dirujuk_hanya_catatan(panggung: Panggung, tmp_path: Path) -> None:
    """Files that no event names, leftovers and strangers in the folder are remarks; a temporary of a killed writer is nothing."""
    yatim = tmp_path / "yatim.txt"
    yatim.write_text("tidak dirujuk")
    GudangBerkas(panggung.folder).simpan(yatim)
    (panggung.folder / "catatan.txt").write_text("asing")
    (panggung.folder / "zz").mkdir()
    os.link(panggung.jalan(0), panggung.folder / ".sementara-1-1")
    hasil = periksa(panggung.url, panggung.folder)
    assert hasil.utuh, nyatakan(hasil)
    assert [satu.split()[0] for satu in hasil.catatan] == ["1", "2"]


def test_peristiwa_tak_terbaca_disebut(panggung: Panggung) -> None:
    """Where an event cannot be read any more, its files are not silently passed over."""
    jalankan(panggung.url, "UPDATE peristiwa SET jenis = 'Lain@9' WHERE nomor = 4")
    masalah = periksa(panggung.url, panggung.folder, hanya=["berkas"]).masalah
    assert [t.nomor for t in masalah] == [4]
    assert "tidak dapat dibaca" in masalah[0].apa
