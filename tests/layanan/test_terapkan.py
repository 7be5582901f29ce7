"""``zi terapkan``: a file of writes is all or nothing, and a failure names the item and its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.alat.brankas import kunci_uji
from tests.alat.dunia import ADMIN, KEPALA, kosong
from tests.alat.toko import Toko
from tests.layanan.alat import isi_basis, periksa_utuh
from zi_workflow.cli.akar import akar
from zi_workflow.domain.events import BuktiDicatat, LangkahDiambil, UnitDidaftarkan

BATCH = f"""\
# Unit baru sampai pencanangan
- {{perintah: daftarkan-unit, unit: DINSOS, nama: Dinas Sosial, tanggal: 2024-03-01, oleh: "{ADMIN}"}}
- {{perintah: angkat-pejabat, nip: "{KEPALA}", nama: Kepala Uji, peran: kepala_pd, unit: DINSOS, sk: "800/3/2024", sejak: 2024-03-01,
   tanggal: 2024-03-01, oleh: "{ADMIN}"}}
- perintah: catat
  jenis: pakta_integritas
  unit: DINSOS
  tanggal: 2024-03-04
  oleh: "{KEPALA}"
  isi: {{jumlah_pegawai: 60, penandatangan: 58, pimpinan: ya}}
- {{perintah: catat, jenis: naskah_deklarasi, unit: DINSOS, tanggal: 2024-03-04, oleh: "{KEPALA}", isi: {{penandatangan: "{KEPALA}"}},
   berkas: naskah.pdf}}
- {{perintah: catat, jenis: publikasi, unit: DINSOS, tanggal: 2024-03-04, oleh: "{KEPALA}", isi: {{kanal: Laman, alamat: dinsos.example}}}}
- perintah: catat
  jenis: piagam
  unit: DINSOS
  tanggal: 2024-03-04
  oleh: "{KEPALA}"
  isi:
    penandatangan: "{KEPALA}"
    saksi:
      - {{nama: Saksi Satu, unsur: wali_kota}}
      - {{nama: Saksi Dua, unsur: inspektorat}}
      - {{nama: Saksi Tiga, unsur: tim_pembangunan_zi}}
      - {{nama: Saksi Empat, unsur: dunia_usaha}}
- {{perintah: maju, langkah: canangkan, unit: [DINSOS], tanggal: 2024-03-11, oleh: "{KEPALA}", isi: {{}}}}
"""
BARIS = {1: 2, 2: 3, 3: 5, 4: 11, 5: 13, 6: 14, 7: 26}
"""Item -> the line on which it begins."""


class Meja:
    """A register, and ``zi terapkan`` on it in a folder of its own."""

    def __init__(self, toko: Toko, basis: str, folder: Path) -> None:
        """Prepare the register and the evidence that the batch names."""
        self.toko, self.basis, self.folder = toko, basis, folder
        kosong(dunia=toko)
        (folder / "naskah.pdf").write_bytes(b"naskah deklarasi uji")

    def terapkan(self, isi: str, *opsi: str, nama: str = "batch.yaml") -> Result:
        """Write the file and run it."""
        berkas = self.folder / nama
        berkas.write_text(isi, encoding="utf-8")
        env = {"ZI_BASIS": self.basis, "ZI_BERKAS": str(self.folder / "bukti"), "HOME": str(self.folder), "ZI_PELAKU": None}
        env["ZI_KUNCI_DATA"] = None if (kunci := kunci_uji(self.basis)) is None else str(kunci)
        return CliRunner().invoke(akar, ["terapkan", str(berkas), *opsi], env=env)

    def bukti(self) -> int:
        """Return how many evidence files are kept."""
        return sum(1 for f in (self.folder / "bukti").rglob("*") if f.is_file()) if (self.folder / "bukti").exists() else 0


@pytest.fixture
def meja(register: Toko, basis: str, tmp_path: Path) -> Meja:
    """Give a register to apply files to."""
    return Meja(register, basis, tmp_path)


def test_semua_diterapkan_sekali(meja: Meja) -> None:
    """Seven items, one transaction, evidence kept; the same file under the same key again writes nothing."""
    awal = len(meja.toko.store.telusuri())
    hasil = [meja.terapkan(BATCH, "--kunci", "k-1", "--json") for _ in range(2)]
    assert [h.exit_code for h in hasil] == [0, 0], hasil[0].stderr
    log = periksa_utuh(meja.toko.store)[awal:]
    assert [len(log), len({a.waktu_catat for a in log}), {a.kunci for a in log}] == [7, 1, {"k-1"}]
    assert isinstance(log[0].peristiwa, UnitDidaftarkan)
    assert isinstance(log[-1].peristiwa, LangkahDiambil)
    assert any(isinstance(a.peristiwa, BuktiDicatat) and a.peristiwa.berkas for a in log)
    assert meja.bukti() >= 1
    satu, dua = (json.loads(h.stdout) for h in hasil)
    assert [n for h in satu["hasil"] for n in h["nomor"]] == [a.nomor for a in log]
    assert (dua["hasil"], dua["ulangan"]) == (satu["hasil"], True)


@pytest.mark.parametrize(
    ("lama", "baru", "butir", "kode"),
    [
        ("penandatangan: 58", "penandatangan: -58", 3, 2),
        ("jenis: publikasi", "jenis: publikasih", 5, 2),
        ("kanal: Laman", "kanall: Laman", 5, 2),
        ("sejak: 2024-03-01", "sejak: 2024-03-32", 2, 2),
        ("berkas: naskah.pdf", "berkas: tiada.pdf", 4, 2),
        ("perintah: maju", "perintah: majuu", 7, 2),
        ("jenis: piagam\n  unit: DINSOS", "jenis: piagam\n  unit: DINSOSS", 6, 3),
        ("unit: [DINSOS]", "unit: [DINSOS, DINAS]", 7, 3),
        ("unit: [DINSOS]", "unit: [DINSOS, DINSOS]", 7, 2),
        ("unit: DINSOS, nama: Dinas Sosial", "unit: DISPORA, nama: Dinas Sosial", 1, 6),
        ("langkah: canangkan", "langkah: tetapkan", 7, 11),
        ("jumlah_pegawai: 60", "jumlah_pegawai: 600", 7, 5),
        ("unsur: wali_kota", "unsur: dunia_usaha", 7, 5),
        ("unit: [DINSOS]", "unit: [DINSOS, DISPORA]", 7, 5),
    ],
)
def test_satu_butir_gagal_semua_batal(meja: Meja, lama: str, baru: str, butir: int, kode: int) -> None:
    """Whatever is wrong with one item, its number and line are named, tried or meant; every table stays as it was, refusals included."""
    assert lama in BATCH
    sebelum = isi_basis(meja.toko.store)
    for coba in (("--coba",), ()):
        hasil = meja.terapkan(BATCH.replace(lama, baru, 1), *coba)
        assert hasil.exit_code == kode, hasil.stderr
        assert hasil.stdout == ""
        assert f"Galat: Butir ke-{butir}" in hasil.stderr
        assert f"baris {BARIS[butir]}" in hasil.stderr
    assert isi_basis(meja.toko.store) == sebelum


def test_jsonl_menyebut_baris(meja: Meja) -> None:
    """One item a line: the line of the item is the line of the file, blank lines counted."""
    isi = {"perintah": "catat", "jenis": "spip", "tanggal": "2024-03-04", "oleh": ADMIN, "isi": {"tahun": 2022, "level": 3}}
    baris = [json.dumps(isi), "", json.dumps({**isi, "isi": {"tahun": 2021, "level": 9}})]
    hasil = meja.terapkan("\n".join(baris) + "\n", nama="batch.jsonl")
    assert hasil.exit_code == 2
    assert "Butir ke-2" in hasil.stderr
    assert "baris 3" in hasil.stderr


def test_bukti_batch_gagal_tanpa_peristiwa(meja: Meja) -> None:
    """Evidence of a batch that failed may lie about, but no event names it; mended, the same file goes through."""
    awal = len(meja.toko.store.telusuri())
    assert meja.terapkan(BATCH.replace("jumlah_pegawai: 60", "jumlah_pegawai: 600")).exit_code == 5
    assert len(meja.toko.store.telusuri()) == awal
    assert meja.terapkan(BATCH).exit_code == 0
    assert len(periksa_utuh(meja.toko.store)) == awal + 7
