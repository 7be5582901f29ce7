"""``zi audit kunci-segel``, ``segel`` and ``bukti``: what they say and write, and what they refuse."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.alat_cli import panggil
from tests.cli.register import galat, jawab
from tests.segel.alat import b64, kisah, segel
from tests.store.bahan import terbuka
from zi_workflow.domain import merkle
from zi_workflow.seal.checkpoint import Bersegel, Checkpoint, buka, tandatangani
from zi_workflow.seal.keys import buat_kunci
from zi_workflow.seal.note import urai_pemeriksa
from zi_workflow.seal.places import lihat, simpan

KUNCI = Path(".config/zi/segel.kunci")


def _isi(nama: str = "segel.txt") -> Bersegel:
    return buka(Path(nama).read_bytes())


def _rahasia() -> str:
    return KUNCI.read_text().strip().split("+", 4)[4]


def _ubah(url: str, *perintah: str) -> None:
    """Change the database as its owner could, the triggers gone."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as basis:
        for (nama,) in basis.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            basis.execute(f"DROP TRIGGER {nama}")
        for satu in perintah:
            basis.execute(satu)


# ----------------------------------------------------------------------------------------------------------------- kunci


def test_kunci_dibuat_sekali(basis_sqlite: str) -> None:
    """--buat makes key and public key; it never overwrites; without a key there is a clear next step."""
    assert "--buat" in galat("audit", "kunci-segel", "--basis", basis_sqlite, kode=2)[2]
    assert "--buat" in galat("audit", "segel", "--basis", basis_sqlite, kode=2)[2]
    data = jawab("audit", "kunci-segel", "--buat", "--asal", "zi.contoh.example/log")
    assert (data["dibuat"], data["asal"], data["kunci_publik_lama"]) == (True, "zi.contoh.example/log", [])
    assert (Path(data["berkas"]).resolve(), KUNCI.stat().st_mode & 0o777) == (KUNCI.resolve(), 0o600)
    assert Path(f"{KUNCI}.pub").read_text() == data["kunci_publik"] + "\n"
    asli = KUNCI.read_bytes()
    assert "tidak ditimpa" in galat("audit", "kunci-segel", "--buat", kode=2)[1]
    assert KUNCI.read_bytes() == asli
    assert jawab("audit", "kunci-segel")["dibuat"] is False
    assert panggil("audit", "kunci-segel").stdout == data["kunci_publik"] + "\n"
    galat("audit", "kunci-segel", "--asal", "x", kode=2)


def test_kunci_rahasia_tidak_pernah_tampak(register: str) -> None:
    """The private key is in its file and nowhere else: not on a screen, not in the store, not in what is written."""
    keluar = [panggil("audit", "segel", "--ke", "segel.txt", *json_) for json_ in ((), ("--json",), ("--debug",))]
    keluar += [panggil("audit", "kunci-segel", "--json"), panggil("audit", "bukti", "1", "--json"), panggil("doktor", "--json")]
    KUNCI.chmod(0o644)
    keluar.append(panggil("audit", "segel", "--debug"))
    assert all(_rahasia() not in satu.output for satu in keluar)
    basis = Path(register.removeprefix("sqlite:///"))
    tempat = [f for f in Path().rglob("*") if f.is_file() and _rahasia().encode() in f.read_bytes()]
    assert (tempat, _rahasia().encode() in basis.read_bytes()) == ([KUNCI], False)


def test_ganti_kunci(register: str) -> None:  # noqa: ARG001 - the store and the first key
    """A new key seals on; seals of the old one stay valid by its public key, which stays known."""
    lama = segel("lama.txt")
    KUNCI.rename("kunci-lama")
    data = jawab("audit", "kunci-segel", "--buat")
    assert (data["asal"], data["kunci_publik_lama"]) == ("zi/binjai", [lama])
    baru = segel("baru.txt", "--terhadap", "lama.txt")
    assert (baru, len({baru, lama})) == (data["kunci_publik"], 2)
    for nama, kunci in (("lama.txt", lama), ("baru.txt", baru)):
        assert jawab("audit", "bukti", "3", "--terhadap", nama)["penanda"] == [kunci]
    galat("audit", "bukti", "3", "--terhadap", "lama.txt", "--kunci-publik", baru, kode=7)
    assert jawab("audit", "bukti", "3", "--terhadap", "lama.txt", "--kunci-publik", lama)["penanda"] == [lama]
    keduanya = jawab("audit", "segel", "--kunci-segel", str(KUNCI), "--kunci-segel", "kunci-lama")
    assert keduanya["kunci_publik"] == [baru, lama]
    for kunci in (baru, lama):
        assert len(buka(keduanya["segel"].encode(), [urai_pemeriksa(kunci)], wajib=True).penanda) == 1


def test_kunci_log_lain_tidak_ikut(register: str) -> None:  # noqa: ARG001 - the store and its key
    """Keys of another name do not sign this log's seal beside its own."""
    buat_kunci(Path("lain"), "zi/lain")
    assert "nama log" in galat("audit", "segel", "--kunci-segel", str(KUNCI), "--kunci-segel", "lain", kode=2)[1]


# ----------------------------------------------------------------------------------------------------------------- segel


def test_segel_ke_layar_dan_berkas(register: str) -> None:
    """The screen and each file get the same note; the root is the store's; the same log gives the same seal."""
    hasil = panggil("audit", "segel", "--ke", "a.txt", "--ke", "b.txt", "--ke", "-")
    assert (hasil.exit_code, hasil.stdout) == (0, Path("a.txt").read_text())
    assert "30 peristiwa; tersimpan di 2 dari 2 tempat" in hasil.stderr
    assert (Path("b.txt").read_text(), Path("a.txt").stat().st_mode & 0o777) == (hasil.stdout, 0o644)
    data = jawab("audit", "segel", "--ke", "a.txt")
    assert set(data) == {"skema", "asal", "ukuran", "akar", "segel", "kunci_publik", "tempat"}
    assert (data["segel"], data["tempat"]) == (hasil.stdout, [{"berkas": "a.txt", "tersimpan": True, "sebab": None}])
    with terbuka(register, siapkan=False) as store:
        pohon = merkle.Pembangun()
        pohon.tambah([merkle.daun(bytes.fromhex(a.rantai)) for a in store.telusuri()])
    assert (data["ukuran"], data["akar"]) == (30, b64(pohon.akar()))
    assert not list(Path().glob(".zi-*"))


def test_log_kosong(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log without events can be sealed, and every later one grew from it."""
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    panggil("siapkan")
    panggil("audit", "kunci-segel", "--buat")
    segel("kosong.txt")
    assert _isi("kosong.txt").checkpoint == Checkpoint("zi/binjai", 0, merkle.KOSONG)
    galat("audit", "bukti", "1", kode=3)
    kisah(basis_sqlite)
    data = jawab("audit", "bukti", "--sejak", "kosong.txt")
    assert (data["jalur"], data["dari"]["ukuran"], data["ke"]["ukuran"]) == ([], 0, 30)


def test_tempat_segel_yang_gagal_tidak_menahan_yang_lain(register: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Configured places are written beside --ke; one that fails is named, exit code 8, and the others got theirs."""
    Path("asing.txt").write_text("daftar belanja")
    (Path("folder")).mkdir()
    tempat = ["satu.txt", "tidak-ada/x.txt", "asing.txt", "folder", "dua.txt"]
    monkeypatch.setenv("ZI_SEGEL", os.pathsep.join(tempat))
    hasil = panggil("audit", "segel", "--json")
    data = json.loads(hasil.stdout)
    assert (hasil.exit_code, [t["tersimpan"] for t in data["tempat"]]) == (8, [True, False, False, False, True])
    assert [t["berkas"] for t in data["tempat"] if t["sebab"]] == tempat[1:4]
    assert Path("satu.txt").read_text() == Path("dua.txt").read_text() == data["segel"]
    assert Path("asing.txt").read_text() == "daftar belanja"
    orang = panggil("audit", "segel")
    assert (orang.exit_code, orang.stdout) == (8, data["segel"])
    assert all(t in orang.stderr for t in tempat[1:4])
    assert "2 dari 5 tempat" in orang.stderr
    kisah(register, 10, 30)
    panggil("audit", "segel")
    assert _isi("satu.txt").checkpoint.ukuran == 40


def test_ke_berkas_lain_ditolak_sebelum_ada_yang_ditulis(register: str) -> None:  # noqa: ARG001 - the store
    """--ke never overwrites what is no seal of this log, and then nothing is written anywhere."""
    Path("asing.txt").write_text("x")
    assert "bukan segel log ini" in galat("audit", "segel", "--ke", "baru.txt", "--ke", "asing.txt", kode=2)[1]
    lain = buat_kunci(Path("lain"), "zi/lain")
    Path("lain.txt").write_text(tandatangani(Checkpoint("zi/lain", 1, bytes(32)), [lain]))
    assert "log lain" in galat("audit", "segel", "--ke", "lain.txt", kode=2)[1]
    assert "log lain" in galat("audit", "segel", "--terhadap", "lain.txt", "--kunci-publik", lain.pemeriksa.teks, kode=2)[0]
    assert not Path("baru.txt").exists()


@pytest.mark.parametrize("cara", ["ke", "tempat", "terhadap"])
def test_harus_segel_menolak_salinan_lama_dan_isi_lain(register: str, monkeypatch: pytest.MonkeyPatch, cara: str) -> None:
    """No seal over fewer events or another history than the last: exit code 7, and the last stays where it is."""
    berkas = Path(register.removeprefix("sqlite:///"))
    shutil.copy(berkas, "cadangan.db")
    kisah(register, 10, 30)
    segel("segel.txt")
    asli = Path("segel.txt").read_bytes()
    argumen = {"ke": ["--ke", "segel.txt"], "tempat": [], "terhadap": ["--terhadap", "segel.txt", "--ke", "baru.txt"]}[cara]
    if cara == "tempat":
        monkeypatch.setenv("ZI_SEGEL", "segel.txt")
    for nama, kata in (("cadangan.db", "lebih pendek"), ("lain.db", "berbeda")):
        if nama == "lain.db":
            kisah(f"sqlite:///{Path(nama).absolute()}", 40)
        berkas.with_name(f"{berkas.name}-wal").unlink(missing_ok=True)
        shutil.copy(nama, berkas)
        if nama == "lain.db":
            _ubah(register, "UPDATE peristiwa SET rantai = replace(rantai, 'a', 'b') WHERE nomor = 3")
        assert kata in galat("audit", "segel", *argumen, kode=7)[0]
    assert (Path("segel.txt").read_bytes(), Path("baru.txt").exists()) == (asli, False)


def test_segel_lama_yang_diubah(register: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - the store
    """An older seal with a wrong signature is evidence (exit 7), in a place it is left as it is (exit 8)."""
    segel("segel.txt")
    palsu = Path("segel.txt").read_text().replace("\n30\n", "\n29\n")
    Path("segel.txt").write_text(palsu)
    assert "bukan atas isi ini" in galat("audit", "segel", "--terhadap", "segel.txt", kode=7)[1]
    monkeypatch.setenv("ZI_SEGEL", "segel.txt")
    assert panggil("audit", "segel").exit_code == 8
    assert Path("segel.txt").read_text() == palsu


def test_segel_yang_lebih_baru_tidak_diganti() -> None:
    """Whoever sealed fewer events while another sealed more does not put the place back."""
    kunci = buat_kunci(Path("kunci"), "zi/binjai")
    lama, baru = Checkpoint("zi/binjai", 3, bytes(32)), Checkpoint("zi/binjai", 4, bytes(32))
    tempat = lihat("segel.txt", "zi/binjai", [kunci.pemeriksa])
    for satu in (baru, lama):
        assert simpan(tempat, satu, tandatangani(satu, [kunci])) is None
    assert _isi().checkpoint == baru


def test_pengaturan_dari_berkas(register: str, tmp_path: Path) -> None:  # noqa: ARG001 - the store and its key
    """Paths in zi.toml are seen from its folder: the key's, and each of the places."""
    KUNCI.rename("kunci-kita")
    Path(f"{KUNCI}.pub").rename("kunci-kita.pub")
    Path("zi.toml").write_text('kunci_segel = "kunci-kita"\nsegel = "a.txt:sub/b.txt"\n')
    Path("sub").mkdir()
    assert panggil("audit", "segel").exit_code == 0
    assert _isi("a.txt") == _isi("sub/b.txt")
    assert jawab("audit", "kunci-segel")["berkas"] == str(tmp_path / "kunci-kita")
    Path("zi.toml").write_text('segel = ""\n')
    galat("audit", "segel", kode=2)


# ----------------------------------------------------------------------------------------------------------------- bukti


def test_bukti_tanpa_segel(register: str) -> None:  # noqa: ARG001 - the store
    """Without a seal the proof leads to the log as it is now, and says that nobody signed that."""
    hasil = panggil("audit", "bukti", "7")
    assert (hasil.exit_code, "belum disegel" in hasil.stderr) == (0, True)
    data = jawab("audit", "bukti", "7")
    assert (data["segel"], data["penanda"], data["bukti"]) == (None, [], hasil.stdout.rstrip("\n") + "\n\n")
    assert set(data) == {
        "skema", "nomor", "indeks", "ukuran", "daun", "jalur", "akar", "asal", "rantai", "bahan", "bukti", "segel", "penanda",
    }  # fmt: skip


def test_bukti_ke_segel_terbaru(register: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest seal of the configured places that covers the event is what the proof leads to."""
    segel("lama.txt")
    kisah(register, 10, 30)
    segel("baru.txt")
    Path("rusak.txt").write_text("x")
    kisah(register, 10, 40)
    monkeypatch.setenv("ZI_SEGEL", os.pathsep.join(["lama.txt", "baru.txt", "rusak.txt", "tidak-ada.txt"]))
    assert jawab("audit", "bukti", "7")["segel"] == Path("baru.txt").read_text()
    assert jawab("audit", "bukti", "45")["segel"] is None
    assert jawab("audit", "bukti", "--sejak", "lama.txt")["segel"] == Path("baru.txt").read_text()
    masuk = Path("lama.txt").read_text()
    dari_stdin = jawab("audit", "bukti", "--sejak", "-", masukan=masuk)
    assert (dari_stdin["dari"]["ukuran"], dari_stdin["ke"]["ukuran"]) == (30, 40)


def test_bukti_salah_pakai(register: str) -> None:
    """One question at a time, about what is there, towards a seal that covers it."""
    segel("lama.txt")
    kisah(register, 10, 30)
    segel("baru.txt")
    Path("rusak.txt").write_text("x")
    galat("audit", "bukti", kode=2)
    galat("audit", "bukti", "1", "--sejak", "lama.txt", kode=2)
    galat("audit", "bukti", "--sejak", "-", "--terhadap", "-", kode=2)
    galat("audit", "bukti", "99", kode=3)
    assert "hanya mencakup 30" in galat("audit", "bukti", "31", "--terhadap", "lama.txt", kode=2)[0]
    assert "hanya mencakup 30" in galat("audit", "bukti", "--sejak", "baru.txt", "--terhadap", "lama.txt", kode=2)[0]
    for nama in ("rusak.txt", "tidak-ada.txt", "."):
        galat("audit", "bukti", "1", "--terhadap", nama, kode=2)
    for kunci in ("a+00000000+AAAA", "tidak-ada", "kosong.pub"):
        Path("kosong.pub").write_text("\n")
        galat("audit", "bukti", "1", "--terhadap", "lama.txt", "--kunci-publik", kunci, kode=2)


def test_tanpa_kunci_publik_tanda_tangan_tidak_diperiksa(register: str) -> None:  # noqa: ARG001 - the store
    """Where no key is known the contents are compared all the same, and it is said what was not checked."""
    segel("segel.txt")
    Path(f"{KUNCI}.pub").unlink()
    hasil = panggil("audit", "bukti", "1", "--terhadap", "segel.txt")
    assert (hasil.exit_code, "tidak diperiksa" in hasil.stderr) == (0, True)
    assert jawab("audit", "bukti", "1", "--terhadap", "segel.txt")["penanda"] == []
    assert jawab("audit", "bukti", "1")["asal"] == "zi/binjai"


@pytest.mark.parametrize(
    ("perintah", "kata"),
    [
        ("UPDATE peristiwa SET oleh = 'X-LAIN' WHERE nomor = 7", "nomor 7 berbeda"),
        ("UPDATE peristiwa SET isi = X'7bff7d' WHERE nomor = 7", "nomor 7 berbeda"),
        ("UPDATE peristiwa SET rantai = 'zz' WHERE nomor = 3", "nomor 3 tidak ada"),
        ("DELETE FROM peristiwa WHERE nomor = 7", "nomor 7 tidak ada"),
        ("DELETE FROM peristiwa WHERE nomor > 25", "kepala log menyebut 30"),
    ],
)
def test_bukti_atas_yang_diubah(register: str, perintah: str, kata: str) -> None:
    """No proof is given for what differs from what was recorded or sealed: exit code 7, and where."""
    segel("segel.txt")
    _ubah(register, perintah)
    assert kata in galat("audit", "bukti", "7", "--terhadap", "segel.txt", kode=7)[0]
