"""The key store on disk: one key per person, made once, destroyed for good; whatever is wrong with it is said, never guessed."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from zi_workflow.domain.errors import MasukanSalah, PenyimpananGagal
from zi_workflow.domain.personal import DIHAPUS, RUSAK, TERKUNCI, TERTUTUP, Pribadi
from zi_workflow.store.sealing import sandi
from zi_workflow.vault import Brankas
from zi_workflow.vault.files import musnahkan as timpa

ID = "0123456789abcdef" * 2
ORANG = "198001012005011001"


@pytest.fixture
def brankas(tmp_path: Path) -> Brankas:
    """Give the empty key store of a new register."""
    satu = Brankas(tmp_path / "kunci", lambda: ID)
    satu.siapkan(ID)
    return satu


def _lain(brankas: Brankas) -> Brankas:
    """Return the same key store as another program sees it."""
    return Brankas(brankas.akar, lambda: ID)


def _segel(brankas: Brankas, teks: str = "Siti Contoh", orang: str = ORANG, **lain: Any) -> dict[str, Any]:  # noqa: ANN401
    return brankas.segel(Pribadi(teks, orang, tertutup=lain.pop("tertutup", False)), orang, **lain)


def _buka(brankas: Brankas, token: dict[str, Any], *, paksa: bool = False) -> Pribadi:
    return brankas.buka(token, sandi(token), paksa=paksa)


def _berkas(brankas: Brankas, akhiran: str = "kunci") -> Path:
    assert brankas.akar is not None
    (satu,) = (brankas.akar / ID).glob(f"*.{akhiran}")
    return satu


@pytest.mark.parametrize("teks", ["A", "Ni Luh É Contoh", "a" * 4000, "\0\x80", "dihapus"])
def test_teks_kembali_sama_di_program_lain(brankas: Brankas, teks: str) -> None:
    """What is sealed is opened again by whoever has the keys, and nothing of it is in the token."""
    token = _segel(brankas, teks)
    hasil = _buka(_lain(brankas), token)
    assert (str(hasil), hasil.orang, hasil.keadaan, hasil.sandi) == (teks, ORANG, "", sandi(token))
    assert len(teks) < 6 or teks not in json.dumps(token, ensure_ascii=False)


def test_dua_kali_disegel_dua_sandi(brankas: Brankas) -> None:
    """Equal names give different ciphertext of the same length, so nobody compares or measures them."""
    satu, dua, pendek = _segel(brankas), _segel(brankas), _segel(brankas, "Al")
    assert satu["c"] != dua["c"]
    assert satu["n"] != dua["n"]
    assert len(satu["c"]) == len(pendek["c"])


def test_hanya_untuk_pemiliknya(brankas: Brankas) -> None:
    """Folder and files are their owner's alone, and hostile ids become no path."""
    assert brankas.akar is not None
    for orang in ("../../etc/passwd", "a/b\0c", "O-" + "A" * 500, ORANG):
        assert _buka(brankas, _segel(brankas, orang=orang)) == "Siti Contoh"
    folder = brankas.akar / ID
    assert {stat.S_IMODE(f.stat().st_mode) for f in (brankas.akar, folder)} == {0o700}
    assert {stat.S_IMODE(f.stat().st_mode) for f in folder.iterdir()} == {0o600}
    assert len(list(folder.glob("*.kunci"))) == 4
    assert [f.name for f in brankas.akar.parent.iterdir()] == ["kunci"]


def test_penulis_sekaligus_sepakat_satu_kunci(brankas: Brankas) -> None:
    """Writers who meet a new person at the same moment seal under one key."""
    semua = [_lain(brankas) for _ in range(8)]
    with ThreadPoolExecutor(8) as kolam:
        token = list(kolam.map(_segel, semua))
    assert len({t["k"] for t in token}) == 1
    assert {str(_buka(brankas, t)) for t in token} == {"Siti Contoh"}
    assert brankas.akar is not None
    assert list((brankas.akar / ID).glob(".*")) == []


def test_dimusnahkan_untuk_selamanya(brankas: Brankas) -> None:
    """Destroying a key closes every text of that person, for programs that had it in memory too; others are not touched."""
    token, lain = _segel(brankas), _segel(brankas, "Budi", "X-LAIN")
    kunci, pembaca = str(brankas.kunci_kini(ORANG)), _lain(brankas)
    assert _buka(pembaca, token) == "Siti Contoh"
    assert brankas.musnahkan(ORANG, kunci)
    assert not brankas.musnahkan(ORANG, kunci)
    assert not brankas.tersisa(ORANG, kunci)
    for satu in (brankas, pembaca, _lain(brankas)):
        assert (_buka(satu, token), _buka(satu, token).keadaan) == (DIHAPUS, DIHAPUS)
        assert _buka(satu, lain) == "Budi"
    assert brankas.kunci_kini(ORANG) is None


def test_orang_yang_dihapus_kembali_hanya_dengan_pengangkatan(brankas: Brankas) -> None:
    """His text is refused, left out of a refusal, or written as deleted; a new appointment has a new key, the old stays gone."""
    token = _segel(brankas)
    brankas.musnahkan(ORANG, token["k"])
    with pytest.raises(MasukanSalah, match="sudah dihapus"):
        _segel(brankas)
    for kosong in (_segel(brankas, ditolak=True), _segel(brankas, DIHAPUS)):
        assert kosong == {"hapus": True, "orang": ORANG}
        assert _buka(brankas, kosong).keadaan == DIHAPUS
    baru = _segel(brankas, kembali=True)
    assert baru["k"] != token["k"]
    assert [str(_buka(_lain(brankas), t)) for t in (token, baru, _segel(brankas, "Lagi"))] == [DIHAPUS, "Siti Contoh", "Lagi"]
    assert not brankas.tersisa(ORANG, token["k"])
    brankas.musnahkan(ORANG, baru["k"])
    assert [str(_buka(brankas, t)) for t in (token, baru)] == [DIHAPUS, DIHAPUS]


@pytest.mark.parametrize("sampai", ["tanda", "timpa"])
def test_pemusnahan_yang_terputus_diselesaikan(brankas: Brankas, sampai: str) -> None:
    """Cut short after the tombstone, or after the overwriting, the text is gone already; the remains are named, then removed."""
    token = _segel(brankas)
    jalan = _berkas(brankas)
    isi = jalan.read_bytes()
    brankas.musnahkan(ORANG, token["k"])
    jalan.write_bytes(isi if sampai == "tanda" else bytes(len(isi)))
    jalan.chmod(0o600)
    lagi = _lain(brankas)
    assert _buka(lagi, token).keadaan == DIHAPUS
    assert lagi.kunci_kini(ORANG) is None
    assert lagi.tersisa(ORANG, token["k"])
    assert lagi.musnahkan(ORANG, token["k"])
    assert not jalan.exists()
    assert not lagi.tersisa(ORANG, token["k"])


@pytest.mark.parametrize("sampai", ["tanda", "timpa"])
def test_sisa_kunci_tidak_dipakai_lagi(brankas: Brankas, sampai: str) -> None:
    """A new appointment over the remains of a destroyed key makes a new one."""
    token = _segel(brankas)
    jalan = _berkas(brankas)
    isi = jalan.read_bytes()
    brankas.musnahkan(ORANG, token["k"])
    jalan.write_bytes(isi if sampai == "tanda" else bytes(len(isi)))
    jalan.chmod(0o600)
    baru = _segel(_lain(brankas), kembali=True)
    assert baru["k"] != token["k"]
    assert _buka(brankas, baru) == "Siti Contoh"


def test_kunci_ditimpa_sebelum_dilepas(tmp_path: Path) -> None:
    """What another name of the file still shows is zeros: the bytes themselves were overwritten."""
    satu, dua = tmp_path / "a", tmp_path / "b"
    satu.write_bytes(b"rahasia")
    dua.hardlink_to(satu)
    timpa(satu)
    timpa(satu)
    assert (satu.exists(), dua.read_bytes()) == (False, bytes(7))


def _hilang(f: Path) -> None:
    f.unlink()


def _terpotong(f: Path) -> None:
    f.write_bytes(f.read_bytes()[:40])


def _pendek(f: Path) -> None:
    f.write_text(json.dumps({**json.loads(f.read_text()), "kunci": "AAAA"}))


def _longgar(f: Path) -> None:
    f.chmod(0o644)


def _tautan(f: Path) -> None:
    asli = f.with_suffix(".asli")
    f.rename(asli)
    f.symlink_to(asli)


def _folder(f: Path) -> None:
    f.unlink()
    f.mkdir(mode=0o700)


def _besar(f: Path) -> None:
    f.write_bytes(b" " * 70000)


def _asing(f: Path) -> None:
    f.write_text('{"skema": 2}')


def _tertukar(f: Path) -> None:
    f.write_text(json.dumps({**json.loads(f.read_text()), "orang": "X-LAIN"}))


_RUSAK = {
    _terpotong: "terpotong",
    _pendek: "terpotong",
    _longgar: "0644",
    _tautan: "tautan",
    _folder: "bukan berkas biasa",
    _besar: "terlalu besar",
    _asing: "bentuknya tidak dikenal",
    _tertukar: "tertukar",
}


@pytest.mark.parametrize("ubah", [_hilang, *_RUSAK], ids=lambda f: f.__name__)
def test_kunci_yang_tidak_dapat_dipakai_tidak_menggagalkan_bacaan(brankas: Brankas, ubah: Any) -> None:  # noqa: ANN401
    """Reading shows that the text is locked; writing, and asking what is wrong, say why."""
    token = _segel(brankas)
    ubah(_berkas(brankas))
    lagi = _lain(brankas)
    assert (_buka(lagi, token), _buka(lagi, token).keadaan) == (TERKUNCI, TERKUNCI)
    assert [s.partition(": ")[2] for s in lagi.periksa() if _RUSAK.get(ubah, "") not in s] == []
    assert len(lagi.periksa()) == (ubah is not _hilang)
    if ubah is not _hilang:
        for kerja in (lambda: _segel(lagi), lambda: lagi.kunci_kini(ORANG), lambda: lagi.tersisa(ORANG, token["k"])):
            with pytest.raises(PenyimpananGagal) as galat:
                kerja()
            assert _RUSAK[ubah] in galat.value.sebab
            assert galat.value.kode == 8


def test_kunci_lain_atau_sandi_yang_diubah_adalah_kerusakan(brankas: Brankas) -> None:
    """A key that did not seal it, a changed ciphertext, another person's or register's token: shown as broken, never as text."""
    token, lain = _segel(brankas), _segel(brankas, "Budi", "X-LAIN")
    ubahan: list[dict[str, Any]] = [
        {**token, "c": token["c"][:-8] + ("AAAA" if token["c"][-8:-4] != "AAAA" else "BBBB") + token["c"][-4:]},
        {**token, "n": lain["n"]},
        {**token, "c": lain["c"], "n": lain["n"]},
        {**token, "t": True},
        {**token, "c": 5},
        {"orang": ORANG, "k": token["k"]},
        {"k": token["k"]},
    ]
    for satu in ubahan:
        assert _buka(brankas, satu, paksa=True).keadaan == RUSAK
    objek = json.loads(_berkas_milik(brankas, ORANG).read_text())
    objek["kunci"] = json.loads(_berkas_milik(brankas, "X-LAIN").read_text())["kunci"]
    _berkas_milik(brankas, ORANG).write_text(json.dumps(objek))
    assert _buka(_lain(brankas), token).keadaan == RUSAK


def _berkas_milik(brankas: Brankas, orang: str) -> Path:
    assert brankas.akar is not None
    return next(f for f in (brankas.akar / ID).glob("*.kunci") if json.loads(f.read_text())["orang"] == orang)


def test_yang_tertutup_hanya_dibuka_oleh_yang_berhak(brankas: Brankas) -> None:
    """A closed text is opened only when asked for by force, and shows as deleted once its key is gone."""
    token = _segel(brankas, tertutup=True)
    assert token["t"] is True
    assert (_buka(brankas, token), _buka(brankas, token).keadaan) == (TERTUTUP, TERTUTUP)
    assert _buka(brankas, token, paksa=True) == "Siti Contoh"
    brankas.musnahkan(ORANG, token["k"])
    assert _buka(brankas, token, paksa=True).keadaan == DIHAPUS


def test_mesin_tanpa_folder_kunci(brankas: Brankas, tmp_path: Path) -> None:
    """On a machine without the register's keys everything is locked, and nothing personal can be written; no folder appears."""
    token = _segel(brankas)
    jauh = tmp_path / "jauh"
    for tanpa in (Brankas(None, lambda: ID), Brankas(jauh, lambda: ID), Brankas(jauh, lambda: None), Brankas(jauh, lambda: "../x")):
        assert _buka(tanpa, token).keadaan == TERKUNCI
        assert tanpa.tak_siap()
        assert tanpa.periksa() == [tanpa.tak_siap()]
        for kerja in (_segel, lambda b: b.sidik(b"x"), lambda b: b.kunci_kini(ORANG), lambda b: b.musnahkan(ORANG, "a")):
            with pytest.raises(PenyimpananGagal):
                kerja(tanpa)
    assert not jauh.exists()
    assert brankas.tak_siap() is None


def test_folder_register_lain_ditolak(brankas: Brankas) -> None:
    """A folder that was moved under another register's id is recognised."""
    assert brankas.akar is not None
    lain = "f" * 32
    (brankas.akar / ID).rename(brankas.akar / lain)
    assert "register lain" in str(Brankas(brankas.akar, lambda: lain).tak_siap())


def test_tempat_yang_tidak_dapat_ditulis(tmp_path: Path) -> None:
    """A place that cannot be made is a clear error; an id that is none is a bug."""
    (tmp_path / "berkas").write_text("")
    brankas = Brankas(tmp_path / "berkas" / "kunci", lambda: ID)
    with pytest.raises(PenyimpananGagal, match="tidak ada yang ditulis") as galat:
        brankas.siapkan(ID)
    assert "ZI_KUNCI_DATA" in galat.value.lanjut
    with pytest.raises(ValueError, match="not an id"):
        Brankas(tmp_path, lambda: ID).siapkan("../luar")


def test_sidik_hanya_dari_pemegang_kunci(brankas: Brankas, tmp_path: Path) -> None:
    """The same request has the same fingerprint for every holder of the keys, and another in another register."""
    assert brankas.sidik(b"a") == _lain(brankas).sidik(b"a") != brankas.sidik(b"b")
    lain = Brankas(tmp_path / "lain", lambda: ID)
    lain.siapkan(ID)
    assert lain.sidik(b"a") != brankas.sidik(b"a")
