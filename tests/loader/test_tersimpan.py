"""A definition is its content: kept under its hash, read back equal, the same whatever its layout."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.loader.alat import BINJAI, asli, muat_teks
from tests.loader.kasus import salinan
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import DefinisiSalah
from zi_workflow.loader.definisi import BERKAS, muat, muat_tersimpan


def _sidik(berkas: dict[str, str]) -> str:
    definisi = muat_teks(berkas)
    assert isinstance(definisi, Definisi)
    return definisi.sidik


def _semua() -> dict[str, str]:
    return {n: asli(n) for n in BERKAS}


def test_tersimpan_sama() -> None:
    """What the store keeps gives an equal definition with the same hash."""
    definisi = muat(BINJAI)
    kembali = muat_tersimpan(definisi.pohon)
    assert kembali == definisi
    assert kembali.sidik == definisi.sidik == "sha256:" + hashlib.sha256(definisi.pohon).hexdigest()


def test_pohon_adalah_json_teks() -> None:
    """The kept bytes are compact JSON of texts, lists and maps only: nothing in them is a matter of an engine."""
    pohon = muat(BINJAI).pohon
    isi = json.loads(pohon, parse_int=_tolak, parse_float=_tolak, parse_constant=_tolak)
    assert sorted(isi) == sorted(BERKAS)
    assert json.dumps(isi, ensure_ascii=False, separators=(",", ":")).encode() == pohon


def _tolak(nilai: str) -> object:
    raise AssertionError(nilai)


def test_dua_kali_muat_sama() -> None:
    """Loading is a function of the files."""
    assert muat(BINJAI) == muat(BINJAI)


@pytest.mark.parametrize("nama", BERKAS)
def test_catatan_dan_tata_letak_tidak_mengubah_sidik(nama: str) -> None:
    """Comments, blank lines and line ends are no part of the definition."""
    teks = re.sub(r"(?m)\s+#.*$", "", asli(nama))
    teks = re.sub(r"(?m)^#.*\n", "", teks)
    teks = "# catatan baru\n\n" + teks.replace("\n", "\n\n")
    assert teks != asli(nama)
    assert _sidik({**_semua(), nama: teks}) == muat(BINJAI).sidik
    assert _sidik({**_semua(), nama: asli(nama).replace("\n", "\r\n")}) == muat(BINJAI).sidik


def test_gaya_penulisan_tidak_mengubah_sidik() -> None:
    """Quotes, flow or block style, a byte order mark: the same definition."""
    blok = asli("regulasi.yaml").replace("peran_unit: [kepala_pd, unit_kerja]", "peran_unit:\n  - 'kepala_pd'\n  - \"unit_kerja\"")
    assert blok != asli("regulasi.yaml")
    assert _sidik({**_semua(), "regulasi.yaml": blok}) == muat(BINJAI).sidik


def test_tanda_urutan_bita_dan_crlf_di_berkas(tmp_path: Path) -> None:
    """Files saved by an office editor load as the same definition."""
    folder = salinan(tmp_path)
    for nama in BERKAS:
        isi = (folder / nama).read_bytes()
        (folder / nama).write_bytes(b"\xef\xbb\xbf" + isi.replace(b"\n", b"\r\n"))
    assert muat(folder) == muat(BINJAI)


@pytest.mark.parametrize(
    ("nama", "lama", "baru"),
    [
        ("syarat.yaml", '"> 50"', '"> 51"'),
        ("syarat.yaml", "2.50", "2.5"),
        ("tahap.yaml", "uraian: Mencanangkan", "uraian: mencanangkan"),
        ("norma.yaml", "a6c8436e", "a6c8436f"),
        ("lke.yaml", 'versi: "2026"', 'versi: "2027"'),
        ("cakupan.yaml", "asal unsur masyarakat", "unsur masyarakat"),
        ("regulasi.yaml", "instansi: binjai", "instansi: binjai-2"),
    ],
)
def test_nilai_mengubah_sidik(nama: str, lama: str, baru: str) -> None:
    """Any changed value is another definition, a trailing zero included: what was shown must be what was kept."""
    assert lama in asli(nama)
    assert _sidik({**_semua(), nama: asli(nama).replace(lama, baru, 1)}) != muat(BINJAI).sidik


def test_urutan_adalah_bagian_definisi() -> None:
    """The order of requirements is the order of the checklist, so it counts."""
    teks = asli("syarat.yaml")
    awal, r1, r2 = teks.index("  - id: R1\n"), teks.index("  - id: R2\n"), teks.index("  - id: R3\n")
    tukar = teks[:awal] + teks[r1:r2] + teks[awal:r1] + teks[r2:]
    assert _sidik({**_semua(), "syarat.yaml": tukar}) != muat(BINJAI).sidik


def test_tersimpan_diperiksa_lagi() -> None:
    """Kept bytes pass the same rules: a tree that breaks one is refused, by file and key, without a line."""
    isi = json.loads(muat(BINJAI).pohon)
    isi["tahap.yaml"]["langkah"][0]["pelaku"] = "siapa"
    with pytest.raises(DefinisiSalah, match=r"^tahap\.yaml, kunci 'langkah\[0\]\.pelaku': isinya 'siapa'$"):
        muat_tersimpan(json.dumps(isi).encode())


def test_nilai_yang_dimuat_tidak_dapat_diubah() -> None:
    """A definition is frozen."""
    with pytest.raises(AttributeError):
        muat(BINJAI).langkah["canangkan"].pelaku = "admin"  # type: ignore[misc]


def test_lke_boleh_tidak_ada(tmp_path: Path) -> None:
    """A definition without an LKE loads where nothing needs its scores."""
    folder = salinan(tmp_path)
    for nama in ("lke.yaml", "lembar.yaml"):
        (folder / nama).unlink()
    teks = (folder / "syarat.yaml").read_text(encoding="utf-8")
    butir = re.split(r"(?m)^(?=  - id: )", teks)
    sisa = "".join(b for b in butir if not re.search(r"jenis: (lengkap|skor)", b))
    (folder / "syarat.yaml").write_text(sisa, encoding="utf-8")
    bukti = (folder / "bukti.yaml").read_text(encoding="utf-8")
    (folder / "bukti.yaml").write_text(re.sub(r"    periksa: (lke|instrumen)\n", "", bukti), encoding="utf-8")
    cakupan = (folder / "cakupan.yaml").read_text(encoding="utf-8")
    (folder / "cakupan.yaml").write_text(re.sub(r"oleh: \[[^\]]*\bR(15|20|21)\b[^\]]*\]", "keterangan: dihapus", cakupan), encoding="utf-8")
    definisi = muat(folder)
    assert definisi.instrumen is None
    assert len(definisi.syarat) < len(muat(BINJAI).syarat)
