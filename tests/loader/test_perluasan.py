"""Amending the law is editing its file: one more requirement, stage, threshold or waiver is a change of one YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.alat.dunia import ADMIN, Dunia, sampai
from tests.loader.kasus import salinan
from zi_workflow.domain.commands import AngkatPejabat, DaftarkanUnit
from zi_workflow.domain.definition import Definisi
from zi_workflow.loader.definisi import muat
from zi_workflow.topology import Topologi

SYARAT = """
  - id: R90
    langkah: [canangkan]
    uraian: Pemerintah Daerah telah mencanangkan
    jenis: dokumen
    bukti: deklarasi_pemda
    jendela: selalu
    oleh: admin
    lanjut: "zi catat deklarasi_pemda --kanal … --alamat …"
    berlaku:
      - {sejak: 2024-02-19, dasar: [PERWALI3 Pasal 6 ayat (1)]}
"""
TAHAP = """
  - {id: istirahat, nama: Istirahat, uraian: pembangunan dijeda, punya: [sasaran, bangun]}
"""
LANGKAH = """
  - {id: M18, nama: jeda, uraian: Menjeda, dari: [pembangunan], ke: istirahat, pelaku: kepala_pd, dasar: [tafsir M17]}
  - {id: M19, nama: lanjutkan, uraian: Melanjutkan, dari: [istirahat], ke: pembangunan, pelaku: kepala_pd, dasar: [tafsir M17]}
  - {id: M20, nama: hentikan, uraian: Menghentikan, dari: [istirahat], ke: nonaktif, pelaku: admin, dasar: [tafsir M14]}
"""


def _ubah(folder: Path, nama: str, ganti: Mapping[str, str]) -> Definisi:
    """Load a copy of the shipped definition with one file changed."""
    berkas = salinan(folder) / nama
    teks = berkas.read_text(encoding="utf-8")
    for lama, baru in ganti.items():
        assert teks.count(lama) == 1, lama
        teks = teks.replace(lama, baru)
    berkas.write_text(teks, encoding="utf-8")
    return muat(berkas.parent)


def _dunia(aturan: Definisi) -> Dunia:
    dunia = Dunia(aturan)
    hari = date(2024, 3, 1)
    dunia.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1/2024", hari, hari, ADMIN))
    dunia.jalankan(DaftarkanUnit("DISPORA", "Dinas Pemuda dan Olahraga", hari, ADMIN))
    return dunia


def test_syarat_baru_adalah_satu_berkas(tmp_path: Path) -> None:
    """A requirement of a known kind, appended to syarat.yaml, stands in the checklist and is met by its record."""
    aturan = _ubah(tmp_path, "syarat.yaml", {"\n# Afirmasi: unit jenis tertentu": SYARAT + "\n# Afirmasi: unit jenis tertentu"})
    dunia = _dunia(aturan)
    baris = {t.id: t for t in dunia.periksa("canangkan", "2024-03-04").temuan}
    assert baris["R90"].status == "tidak"
    assert baris["R90"].dasar == ("Perwali Binjai 3/2024 Pasal 6 ayat (1)",)
    dunia.catat("deklarasi_pemda", "2024-03-02", {"kanal": "Laman", "alamat": "binjai.example"}, None)
    baris = {t.id: t for t in dunia.periksa("canangkan", "2024-03-04").temuan}
    assert baris["R90"].status == "terpenuhi"


def test_ambang_baru_adalah_satu_berkas(tmp_path: Path) -> None:
    """An amended threshold is one more dated period; earlier acts keep the earlier value."""
    lama = '      - {sejak: 2024-02-19, dasar: [PERWALI3 Pasal 6 ayat (1)], ambang: "> 50", tafsir: [D1]}\n'
    baru = lama.replace("sejak: 2024-02-19", "sejak: 2024-02-19, sampai: 2025-12-31")
    baru += lama.replace("2024-02-19", "2026-01-01").replace("> 50", ">= 75")
    (r2,) = [s for s in _ubah(tmp_path, "syarat.yaml", {lama: baru}).syarat if s.id == "R2"]
    assert [r2.pada(date.fromisoformat(h)).teks for h in ("2025-12-31", "2026-01-01")] == ["> 50", ">= 75"]


def test_tahap_baru_adalah_satu_berkas(tmp_path: Path) -> None:
    """A stage with its moves, added to tahap.yaml, is reachable and leaves again."""
    akhir = "\nlangkah:\n"
    aturan = _ubah(tmp_path, "tahap.yaml", {akhir: TAHAP + akhir + LANGKAH.lstrip("\n")})
    assert Topologi(aturan.tahap, aturan.langkah).langkah_dari("istirahat") == ("lanjutkan", "hentikan")
    assert "jeda" in [x.nama for x in aturan.langkah_dari("pembangunan")]


def test_pembebasan_boleh_berakhir(tmp_path: Path) -> None:
    """A waiver may end: from then on the requirement binds again."""
    lama = "- {sejak: 2024-07-15, dasar: [N5 Lampiran II Bab II huruf A], tafsir: [D6]}"
    aturan = _ubah(tmp_path, "syarat.yaml", {lama: lama.replace("2024-07-15", "2024-07-15, sampai: 2025-12-31")})
    (bebas,) = aturan.pembebasan
    assert bebas.membebaskan("R24.spip", "rsud", date(2025, 12, 31)) is not None
    assert bebas.membebaskan("R24.spip", "rsud", date(2026, 1, 1)) is None


def test_bacaan_lain_dapat_dipilih(tmp_path: Path) -> None:
    """The alternative of D2, counting from tetapkan, is one word in syarat.yaml, and it decides."""
    folder = salinan(tmp_path)
    berkas = folder / "syarat.yaml"
    teks = berkas.read_text(encoding="utf-8")
    berkas.write_text(
        teks.replace("    sejak: bangun\n    sasaran: ya\n", '    sejak: "langkah tetapkan"\n    sasaran: ya\n', 1), encoding="utf-8"
    )
    dunia = sampai("evaluasi_tpi")
    dunia.aturan = muat(folder)
    baris = {t.id: t for t in dunia.periksa("usulkan", "2025-04-05", {"predikat": "WBK"}).temuan}
    assert baris["R18.setahun"].status == "terpenuhi"
    assert baris["R18.setahun"].ditemukan[1] == date(2024, 4, 2)


def test_bentuk_lain_yang_sah(tmp_path: Path) -> None:
    """What is strict is not narrow: further archive fields, columns of free text, chains that need a record for every cause."""
    aturan = _ubah(
        tmp_path / "a",
        "regulasi.yaml",
        {"  dasar: {tipe: teks, maksimal: 500}": "  dasar: {tipe: teks}\n  kotak: {tipe: bulat, wajib: tidak}"},
    )
    assert [i.nama for i in aturan.keadaan_awal][-1] == "kotak"
    saksi = {"    kolom: unsur\n    boleh: [wali_kota]": "    kolom: nama\n    boleh: [Tokoh Contoh]"}
    assert _ubah(tmp_path / "b", "syarat.yaml", saksi).sidik != aturan.sidik
    folder = salinan(tmp_path / "c")
    for nama, lama, baru in (
        ("syarat.yaml", "    tanpa: tanpa_hasil\n", ""),
        ("tahap.yaml", "[tidak_memenuhi, ditolak, digugurkan, tanpa_hasil]", "[tidak_memenuhi, ditolak, digugurkan]"),
    ):
        teks = (folder / nama).read_text(encoding="utf-8")
        assert lama in teks
        (folder / nama).write_text(teks.replace(lama, baru), encoding="utf-8")
    (r33,) = [s for s in muat(folder).syarat if s.id == "R33"]
    assert getattr(r33.jenis, "tanpa", "") is None
