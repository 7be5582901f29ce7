"""Personal data on the command line: sealed everywhere, shown while there is a key, gone once it is destroyed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.alat.brankas import salin_toko
from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, kosong
from tests.alat.toko import toko
from tests.cli.alat_cli import panggil
from zi_workflow.bootstrap import rakit
from zi_workflow.cli.pengaturan import baca_pengaturan
from zi_workflow.domain.commands import AngkatPejabat, AturKontak
from zi_workflow.domain.events import DataPribadiDihapus
from zi_workflow.session import Gudang
from zi_workflow.store.chain import periksa_aliran
from zi_workflow.vault import Brankas

NAMA = "Zuleyka Nasaruddinwati"
SAKSI = "Wirabuana Tertulis"
ALAMAT = "zuleyka.nasaruddinwati@contoh.invalid"
ORANG = "X-ZULEYKA"
HAPUS = ("--alasan", "permintaan yang bersangkutan", "--dasar", "surat 12/2026", "--oleh", ADMIN)


def _bangun(url: str) -> None:
    """Write a register with planted names: an official who left, a contact, witnesses, a refusal, a letter's address, a key."""
    dunia = toko(url)
    try:
        kosong(dunia=dunia)
        hari = HARI("2024-03-01")
        angkat = AngkatPejabat(ORANG, NAMA, "auditor", "7/2024", hari, hari, ADMIN, HARI("2024-06-30"))
        dunia.layanan.jalankan([angkat], kunci="k-angkat")
        dunia.jalankan(AturKontak(ORANG, "surel", hari, ADMIN, ALAMAT))
        dunia.jalankan(AngkatPejabat(ORANG, NAMA, "tpi", "8/2024", hari, hari, PENILAI))
        dunia.catat("piagam", "2024-03-05", {"penandatangan": KEPALA, "saksi": [{"nama": SAKSI, "unsur": "dunia_usaha"}]})
        anggota = [{"nip": ORANG, "nama": NAMA, "area": 1, "unsur": "pejabat"}]
        dunia.catat("tim_kerja", "2024-03-05", {"nomor_sk": "1", "anggota": anggota})
    finally:
        dunia.tutup()


@pytest.fixture(scope="module")
def asal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the register, written once."""
    berkas = tmp_path_factory.mktemp("pribadi") / "zi.db"
    _bangun(f"sqlite:///{berkas}")
    return berkas


@pytest.fixture
def basis(asal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of it, with its keys; ZI_BASIS names it."""
    tujuan = tmp_path / "zi.db"
    salin_toko(asal, tujuan)
    monkeypatch.setenv("ZI_BASIS", f"sqlite:///{tujuan}")
    return tujuan


def _json(*argumen: str, kode: int = 0) -> dict[str, Any]:
    hasil = panggil(*argumen, "--json")
    assert hasil.exit_code == kode, hasil.stderr
    data: dict[str, Any] = json.loads(hasil.stdout if kode == 0 else hasil.stderr)
    return data


def _hapus(siapa: str = ORANG, *lain: str, kode: int = 0) -> dict[str, Any]:
    siapa_opsi = ("--orang", siapa) if siapa.startswith("O-") else (siapa,)
    return _json("pejabat", "hapus-data", *siapa_opsi, *HAPUS, "--konfirmasi", siapa, *lain, kode=kode)


def _nama() -> list[str]:
    return [p["nama"] for p in _json("pejabat", "daftar", "--nip", ORANG)["pejabat"]]


def _di_berkas(basis: Path) -> list[str]:
    """Return the files of the store (the write-ahead log among them) that hold a planted text."""
    kata = [k.encode() for k in (NAMA, SAKSI, ALAMAT)]
    berkas = [f for f in basis.parent.rglob("*") if f.is_file()]
    assert basis in berkas
    return [f.name for f in berkas if any(k in f.read_bytes() for k in kata)]


def test_harus_nama_tidak_ada_di_berkas_mana_pun(basis: Path) -> None:
    """No planted name or address stands in the store, its log, its keys, or an export, before and after the deletion; the chain holds."""
    with closing(sqlite3.connect(basis)) as koneksi:
        koneksi.execute("PRAGMA journal_mode=WAL")
        koneksi.execute("CREATE TABLE penahan_wal (x)")
        assert _di_berkas(basis) == []
        assert _nama() == [NAMA]
        _hapus()
        assert (basis.parent / "zi.db-wal").exists()
        assert _di_berkas(basis) == []
    for argumen in (["audit", "ekspor", "csv"], ["audit", "cari", "--batas", "100", "--json"], ["pejabat", "daftar"]):
        hasil = panggil(*argumen)
        assert NAMA not in hasil.stdout + hasil.stderr
        assert ALAMAT not in hasil.stdout + hasil.stderr
    assert _rantai(basis) == []


def _rantai(basis: Path) -> list[Any]:
    with closing(sqlite3.connect(basis)) as koneksi:
        koneksi.row_factory = sqlite3.Row
        aliran = [b[0] for b in koneksi.execute("SELECT DISTINCT aliran FROM peristiwa")]
        baca = "SELECT * FROM peristiwa WHERE aliran = ? ORDER BY versi"
        return [m for a in aliran for m in periksa_aliran(a, [dict(b) for b in koneksi.execute(baca, (a,))])[1]]


def test_harus_bukti_tetap_sah_sesudah_dihapus(basis: Path) -> None:
    """Verification is as whole after the deletion as before, and the read models rebuilt say the same."""
    assert _json("audit", "verifikasi")["utuh"]
    _hapus()
    assert _json("audit", "verifikasi")["utuh"]
    sebelum = _tabel(basis)
    assert panggil("proyeksi", "bangun-ulang").exit_code == 0
    assert _tabel(basis) == sebelum
    assert (_nama(), _rantai(basis)) == (["dihapus"], [])


def _tabel(basis: Path) -> list[Any]:
    with closing(sqlite3.connect(basis)) as koneksi:
        return [koneksi.execute(f"SELECT * FROM {t} ORDER BY 1, 2, 3").fetchall() for t in ("pejabat", "surat", "bukti", "papan")]  # noqa: S608


@pytest.mark.usefixtures("basis")
def test_dihapus_di_setiap_bacaan_yang_lain_tetap() -> None:
    """Lists, contacts and events show the deleted as such; whoever was not deleted keeps the name."""
    assert _json("pejabat", "kontak", ORANG)["kontak"] == [{"kanal": "surel", "alamat": ALAMAT}]
    jawab = _hapus()
    assert (jawab["orang"], jawab["dimusnahkan"]) == (ORANG, True)
    assert _nama() == ["dihapus"]
    assert _json("pejabat", "kontak", ORANG)["kontak"] == []
    semua = _json("audit", "cari", "--batas", "100")["peristiwa"]
    diangkat = {p["isi"]["nama"] for p in semua if p["jenis"].startswith("PejabatDiangkat")}
    assert "dihapus" in diangkat
    assert "Admin Uji" in diangkat
    (akhir,) = [p for p in semua if p["jenis"].startswith("DataPribadiDihapus")]
    assert akhir["isi"]["orang"] == ORANG
    assert _json("audit", "lihat", str(akhir["nomor"]))["pribadi"] == []


def test_orang_tanpa_nip_menurut_id_peristiwanya(basis: Path) -> None:
    """The id of a witness stands with the event, and by it his name is deleted."""
    (piagam,) = _json("audit", "cari", "--jenis", "piagam")["peristiwa"]
    lihat = _json("audit", "lihat", str(piagam["nomor"]))
    assert lihat["isi"]["isi"]["saksi"][0]["nama"] == SAKSI
    (milik,) = lihat["pribadi"]
    assert (milik["jalan"], milik["keadaan"]) == ("isi.saksi[0].nama", "terbuka")
    _hapus(milik["orang"])
    (kini,) = _json("audit", "lihat", str(piagam["nomor"]))["pribadi"]
    assert (kini["orang"], kini["keadaan"]) == (milik["orang"], "dihapus")
    assert _nama() == [NAMA]
    assert basis.exists()


@pytest.mark.usefixtures("basis")
def test_ditolak_selama_menjabat_dan_bagi_bukan_admin() -> None:
    """While a role runs, or by somebody who is no admin, it is refused with the checklist, and the key stays."""
    hasil = _hapus(KEPALA, kode=5)
    (kurang,) = [s for s in hasil["penolakan"][0]["syarat"] if not s["terpenuhi"]]
    assert (kurang["id"], kurang["tafsir"]) == ("data_pribadi.menjabat", ["D26"])
    assert kurang["lanjut"].startswith(f"zi pejabat akhiri {KEPALA} --peran kepala_pd")
    bukan = [*HAPUS[:-1], PENILAI]
    assert panggil("pejabat", "hapus-data", ORANG, *bukan, "--konfirmasi", ORANG).exit_code == 5
    assert _nama() == [NAMA]


@pytest.mark.usefixtures("basis")
@pytest.mark.parametrize(
    ("argumen", "kode", "kata"),
    [
        ((ORANG,), 2, "belum dikonfirmasi"),
        ((ORANG, "--konfirmasi", "X-LAIN"), 2, "bukan"),
        ((), 2, "Sebut satu orang"),
        ((ORANG, "--orang", "O-" + "A" * 20, "--konfirmasi", ORANG), 2, "Sebut satu orang"),
        (("--orang", "../luar", "--konfirmasi", "../luar"), 2, "tidak sah"),
        (("X-TIDAKADA", "--konfirmasi", "X-TIDAKADA"), 3, "Tidak ada data pribadi"),
    ],
)
def test_yang_salah_tidak_menghapus(argumen: tuple[str, ...], kode: int, kata: str) -> None:
    """Without the confirmation, for nobody, two, or somebody unknown, nothing happens."""
    hasil = panggil("pejabat", "hapus-data", *argumen, *HAPUS)
    assert hasil.exit_code == kode
    assert kata in hasil.stderr
    assert _nama() == [NAMA]


@pytest.mark.usefixtures("basis")
def test_percobaan_lalu_sungguhan_lalu_lagi() -> None:
    """A dry run destroys nothing; done twice it is recorded once."""
    hasil = panggil("pejabat", "hapus-data", ORANG, *HAPUS, "--coba", "--json")
    assert json.loads(hasil.stdout)["dimusnahkan"] is False
    assert _nama() == [NAMA]
    satu, dua = _hapus(), _hapus()
    assert satu["hasil"][0]["nomor"] == dua["hasil"][0]["nomor"]
    assert _json("audit", "cari", "--jenis", "DataPribadiDihapus")["jumlah"] == 1


def test_harus_terputus_sesudah_dicatat_diselesaikan(basis: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between record and destruction: the name no longer shows as a fact, doktor names it, the same command finishes it."""

    def mati(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as sementara:
        sementara.setattr(Brankas, "musnahkan", mati)
        assert panggil("pejabat", "hapus-data", ORANG, *HAPUS, "--konfirmasi", ORANG).exit_code == 130
    assert _json("audit", "cari", "--jenis", "DataPribadiDihapus")["jumlah"] == 1
    doktor = panggil("doktor", "--json")
    assert doktor.exit_code == 8
    (masalah,) = [m for m in json.loads(doktor.stdout)["masalah"] if ORANG in m["apa"]]
    assert [ORANG in c for c in _json("audit", "verifikasi")["catatan"]] == [True]
    assert "kuncinya masih ada" in masalah["apa"]
    _hapus()
    assert _nama() == ["dihapus"]
    assert [m for m in _json("doktor")["masalah"] if ORANG in m["apa"]] == []
    assert basis.exists()


@pytest.mark.usefixtures("basis")
def test_diangkat_kembali_dengan_kunci_baru(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new appointment brings a new key, also over a destruction that was cut short; what was deleted stays deleted."""
    sk = ("--peran", "auditor", "--sk", "9/2025", "--sejak", "2025-01-02", "--oleh", ADMIN)
    with monkeypatch.context() as sementara:
        sementara.setattr(Brankas, "musnahkan", lambda *_: False)
        _hapus()
    anggota = {"nomor_sk": "2", "anggota": [{"nip": ORANG, "nama": NAMA, "area": 1, "unsur": "pejabat"}]}
    assert panggil("pejabat", "angkat", ORANG, "Nama Baru", *sk).exit_code == 0
    assert _nama() == ["dihapus", "Nama Baru"]
    hasil = panggil("catat", "tim_kerja", UNIT_UJI, "--isi", "-", "--oleh", ADMIN, masukan=json.dumps(anggota))
    assert hasil.exit_code == 0, hasil.stderr


@pytest.mark.usefixtures("basis")
def test_yang_dihapus_tidak_dicatat_lagi_tanpa_pengangkatan() -> None:
    """Recording the name anew is refused with the way on; written as deleted it is accepted."""
    _hapus()
    isi: dict[str, Any] = {"nomor_sk": "2", "anggota": [{"nip": ORANG, "nama": NAMA, "area": 1, "unsur": "pejabat"}]}
    perintah = ("catat", "tim_kerja", UNIT_UJI, "--isi", "-", "--oleh", ADMIN)
    hasil = panggil(*perintah, masukan=json.dumps(isi))
    assert hasil.exit_code == 2
    assert f"zi pejabat angkat {ORANG}" in hasil.stderr
    isi["anggota"][0]["nama"] = "dihapus"
    assert panggil(*perintah, masukan=json.dumps(isi)).exit_code == 0


def test_mesin_tanpa_kunci(basis: Path) -> None:
    """Without the keys names read as locked and doktor says so; nothing personal is written, everything else is."""
    shutil.move(f"{basis}.kunci-data", f"{basis}.lain")
    assert _nama() == ["terkunci"]
    assert any("terkunci di mesin ini" in m["apa"] for m in _json("doktor")["masalah"])
    angkat = ("pejabat", "angkat", "X-BARU", "Nama", "--peran", "auditor", "--sk", "1", "--sejak", "2024-03-01", "--oleh")
    baru = panggil(*angkat, ADMIN)
    assert baru.exit_code == 8
    assert "ZI_KUNCI_DATA" in baru.stderr
    assert panggil(*angkat, PENILAI).exit_code == 8
    assert (
        panggil("pejabat", "angkat", "X-BARU", "N", "--peran", "auditor", "--sk", "1", "--sejak", "2024-03-01", "--oleh", PENILAI).exit_code
        == 8
    )
    tambah = panggil("unit", "tambah", "DLH", "Dinas Lingkungan", "--oleh", ADMIN)
    assert tambah.exit_code == 0, tambah.stderr
    assert not Path(f"{basis}.kunci-data").exists()


def test_kunci_permintaan_tidak_menebak_nama(basis: Path) -> None:
    """The same request with the same key answers as before; another name under it is a conflict; the stored hash is a keyed one."""
    with closing(sqlite3.connect(basis)) as koneksi:
        assert [b[0][:3] for b in koneksi.execute("SELECT sidik FROM kunci")] == ["k1:"]
    sk = ("--peran", "auditor", "--sk", "1", "--sejak", "2024-03-01", "--oleh", ADMIN, "--kunci", "k-2")
    satu = _json("pejabat", "angkat", "X-BARU", "Nama", *sk)
    assert _json("pejabat", "angkat", "X-BARU", "Nama", *sk)["hasil"] == satu["hasil"]
    assert panggil("pejabat", "angkat", "X-BARU", "Nama Lain", *sk).exit_code == 6


def test_sudah_tercatat_juga_bagi_data_pribadi(basis: Path) -> None:
    """Recording the very same team again writes nothing: it is compared by its words, not its ciphertext."""
    app = rakit(baca_pengaturan({}))
    gudang: Gudang = app.store
    try:
        sebelum = len(app.store.telusuri())
        isi = {"nomor_sk": "1", "anggota": [{"nip": ORANG, "nama": NAMA, "area": 1, "unsur": "pejabat"}]}
        perintah = ("catat", "tim_kerja", UNIT_UJI, "--isi", "-", "--oleh", ADMIN, "--tanggal", "2024-03-05")
        assert panggil(*perintah, masukan=json.dumps(isi)).exit_code == 0
        assert len(app.store.telusuri()) == sebelum
        assert DataPribadiDihapus not in {type(a.peristiwa) for a in app.store.telusuri()}
        assert gudang.brankas is app.store.brankas
    finally:
        app.tutup()
    assert basis.exists()
