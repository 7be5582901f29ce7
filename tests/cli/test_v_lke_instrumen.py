"""``zi lke instrumen``: the year's master becomes an edition, once; editions are listed, shown and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, PENILAI, UNIT_UJI
from tests.cli.alat_cli import panggil
from tests.cli.register import berkas_tersimpan, galat, jawab, muat_sekali, periksa_jawaban, potret, register
from tests.lke.alat import instrumen
from tests.lke.alat_master import Peta, cari_soal, kecil, tanya
from tests.loader.kasus import salinan

IMPOR = ("lke", "instrumen", "impor", "master.json", "--tanggal", "2025-03-05")


@pytest.fixture(autouse=True)
def url(basis_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a register with one unit; the admin acts; the small master lies in the working folder."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    monkeypatch.setenv("ZI_BERKAS", str(tmp_path / "bukti"))
    monkeypatch.setenv("ZI_PELAKU", ADMIN)
    tulis(_ubahan(lambda _m: None))
    return register(basis_sqlite)


def tulis(master: Peta, nama: str = "master.json") -> Path:
    """Write a master as a file, its weights as JSON numbers."""
    berkas = Path(nama)
    berkas.write_text(json.dumps(master, default=float, indent=1), encoding="utf-8")
    return berkas


def _ubahan(ubah: Callable[[Peta], object]) -> Peta:
    master = {**kecil(), "tahun": 2025, "generated_at": "2025-03-04T10:00:00+07:00"}
    ubah(master)
    return master


# ---------------------------------------------------------------------------------------------------------------- impor


def test_impor_mencatat_edisi_dan_menyimpan_berkasnya(tmp_path: Path) -> None:
    """One event with the texts, the file kept as evidence, and the differences from the edition that was in force."""
    jawaban = jawab(*IMPOR)
    (hasil,) = periksa_jawaban(jawaban)
    assert (hasil["perintah"], hasil["unit"], hasil["sudah_tercatat"]) == ("instrumen_lke", None, False)
    assert (jawaban["edisi"], jawaban["dibanding"]) == ("2025@2025-03-04", "2026")
    assert {"soal_hilang", "skala", "teks", "rumus", "bobot"} <= {b["apa"] for b in jawaban["perbedaan"]}
    assert {"apa": "bobot", "id": "area_1", "dari": "8", "ke": "10", "uraian": None} in jawaban["perbedaan"]
    sidik = hashlib.sha256(Path("master.json").read_bytes()).hexdigest()
    assert [f"{sidik[:2]}/{sidik[2:]}"] == list(berkas_tersimpan(tmp_path / "bukti"))
    isi: dict[str, Any] = jawab("audit", "lihat", str(hasil["nomor"][0]))["isi"]
    assert [b["sha256"] for b in isi["berkas"]] == [sidik]
    soal = isi["isi"]["indikator"][0]["soal"][0]
    assert (soal["uraian"], soal["kriteria"]) == ("Pertanyaan karangan nomor 1", "Kriteria karangan 1\nbaris kedua")
    assert soal["pilihan"][0] == {"huruf": "A", "uraian": "Arti A soal 1"}


def test_impor_dua_kali_tidak_menulis(url: str, tmp_path: Path) -> None:
    """The same file again, on another day, and the same content in another file, write nothing: no event, no evidence."""
    (pertama,) = periksa_jawaban(jawab(*IMPOR))
    sebelum = potret(url, tmp_path / "bukti")
    Path("lain.json").write_text(json.dumps(_ubahan(lambda _m: None), default=float), encoding="utf-8")
    for nama, tanggal in (("master.json", "2025-03-05"), ("master.json", "2025-06-01"), ("lain.json", "2025-07-01")):
        jawaban = jawab("lke", "instrumen", "impor", nama, "--tanggal", tanggal)
        (hasil,) = periksa_jawaban(jawaban)
        assert (hasil["sudah_tercatat"], hasil["nomor"], jawaban["perbedaan"]) == (True, pertama["nomor"], [])
    assert potret(url, tmp_path / "bukti") == sebelum
    layar = panggil("lke", "instrumen", "impor", "master.json", "--tanggal", "2025-06-01").stdout
    assert f"sudah tercatat sebagai nomor {pertama['nomor'][0]}; tidak ada yang ditulis" in layar
    assert "Tidak ada perbedaan antara edisi 2025@2025-03-04 dan 2025@2025-03-04." in layar


def test_percobaan_menunjukkan_dan_tidak_menulis(url: str, tmp_path: Path) -> None:
    """A dry run shows the preview, kind by kind, in lines that fit, and keeps nothing."""
    sebelum = potret(url, tmp_path / "bukti")
    periksa_jawaban(jawab(*IMPOR, "--coba"), coba=True)
    layar = panggil(*IMPOR, "--coba").stdout
    assert layar.startswith("Perbedaan edisi 2025@2025-03-04 dari edisi 2026:\n")
    for judul in ("  Soal yang hilang: ", "  Teks yang berubah: 23 soal (", "  Bobot yang berubah: ", "    area_1: 8 menjadi 10\n"):
        assert judul in layar
    assert "pemenuhan.1.i: 0,5 menjadi 5\n" in layar
    assert "instrumen_lke akan diterima; tidak ada yang ditulis." in layar
    assert max(map(len, layar.splitlines())) <= 80
    assert potret(url, tmp_path / "bukti") == sebelum


def test_lke_memakai_edisi_yang_berlaku() -> None:
    """From the day of the record on, an assessment of that year is read by the edition, which it names; before, by the other."""
    jawab(*IMPOR)
    Path("isi.yaml").write_text("tahun: 2025\npenilai: tpi\njawaban: {1: A}\n", encoding="utf-8")
    catat = ("catat", "lke", UNIT_UJI, "--isi", "isi.yaml", "--oleh", PENILAI)
    (hasil,) = periksa_jawaban(jawab(*catat, "--tanggal", "2025-03-05"))
    isi: dict[str, Any] = jawab("audit", "lihat", str(hasil["nomor"][0]))["isi"]["isi"]
    assert isi["instrumen"] == "2025@2025-03-04"
    assert "'A' bukan salah satu dari Ya, Tidak" in galat(*catat, "--tanggal", "2025-03-04", kode=2)[0]


def test_master_rusak_disebut_semuanya(url: str, tmp_path: Path) -> None:
    """Every fault in one message, nothing written."""

    def ubah(master: Peta) -> None:
        cari_soal(master, 1)["jenis_jawaban"] = "ABX"
        cari_soal(master, 126)["bobot_maksimal"] = 6
        master["total_soal"] = 9

    tulis(_ubahan(ubah))
    sebelum = potret(url, tmp_path / "bukti")
    pesan, sebab, lanjut = galat(*IMPOR, kode=2)
    for bagian in ("soal 1: skala 'ABX'", "'I. BIROKRASI BERSIH': bobot 22.5", "total_soal 9, yang ada 23"):
        assert bagian in pesan
    assert "harus cocok seluruhnya" in sebab
    assert "Minta master yang benar" in lanjut
    assert potret(url, tmp_path / "bukti") == sebelum


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ("{", "bukan JSON yang sah"),
        ('{"tahun": 2025, "tahun": 2025}', "kunci 'tahun' ditulis dua kali"),
        ('{"tahun": NaN}', "NaN bukan bilangan"),
        ("[]", "bukan pasangan isian dan nilai"),
        ("{}", "master: 'tahun' harus bilangan bulat"),
        ('{"tahun": "²⁰²⁵"}', "master: 'tahun' harus bilangan bulat"),
    ],
)
def test_berkas_rusak_ditolak(isi: str, pesan: str) -> None:
    """What is no master at all is refused in three lines."""
    Path("master.json").write_text(isi, encoding="utf-8")
    assert pesan in galat(*IMPOR, kode=2)[0]


def test_berkas_harus_ada_dan_dapat_disimpan() -> None:
    """A missing file, and standard input, which cannot be kept as evidence."""
    assert "tidak dapat dibaca" in galat("lke", "instrumen", "impor", "tiada.json", kode=2)[0]
    assert "bukan masukan baku" in galat("lke", "instrumen", "impor", "-", kode=2, masukan="{}")[0]


def test_nama_yang_sudah_dipakai_ditolak_nama_lain_diterima() -> None:
    """The same name for other content is refused; --versi-instrumen and --judul make it an edition of its own."""
    jawab(*IMPOR)
    tulis(_ubahan(lambda m: cari_soal(m, 1).update(teks_pertanyaan="Pertanyaan yang diperbaiki")))
    pesan, _, lanjut = galat(*IMPOR, kode=2)
    assert pesan.startswith("Edisi instrumen '2025@2025-03-04' sudah ada: catatan nomor ")
    assert "--versi-instrumen" in lanjut
    jawaban = jawab(*IMPOR, "--versi-instrumen", "2025-perbaikan", "--judul", "Perbaikan")
    assert [(b["apa"], b["id"]) for b in jawaban["perbedaan"]] == [("teks", "1")]
    assert "dua kata" in galat(*IMPOR, "--versi-instrumen", "dua kata", kode=2)[0]
    (baru,) = [e for e in jawab("lke", "instrumen", "daftar")["edisi"] if e["edisi"] == "2025-perbaikan"]
    assert baru["judul"] == "Perbaikan"


def test_hanya_admin(tmp_path: Path) -> None:
    """Who is not the registrar is refused with the checklist, and the file is not kept."""
    hasil = panggil(*IMPOR, "--oleh", PENILAI, "--json")
    assert (hasil.exit_code, hasil.stdout) == (5, "")
    (daftar,) = json.loads(hasil.stderr)["penolakan"]
    assert [s["id"] for s in daftar["syarat"] if not s["terpenuhi"]] == ["R30"]
    assert berkas_tersimpan(tmp_path / "bukti") == {}
    assert len(jawab("lke", "instrumen", "daftar")["edisi"]) == 1


def test_rumus_dibawa_dari_edisi_yang_berlaku() -> None:
    """The next year's master finds the formulas in this year's edition, though the definition does not have them."""
    jawab(*IMPOR)
    tulis(_ubahan(lambda m: m.update(tahun=2026, generated_at="2026-02-01")))
    jawaban = jawab("lke", "instrumen", "impor", "master.json", "--tanggal", "2026-02-02")
    assert (jawaban["edisi"], jawaban["dibanding"], jawaban["perbedaan"]) == ("2026@2026-02-01", "2025@2025-03-04", [])


def test_definisi_tanpa_edisi(tmp_path: Path) -> None:
    """A definition without such a kind of record says what is missing."""
    folder = salinan(tmp_path)
    bukti = folder / "bukti.yaml"
    teks = bukti.read_text(encoding="utf-8")
    bukti.write_text(teks[: teks.index("  - id: instrumen_lke")], encoding="utf-8")
    pesan, sebab, _ = galat(*IMPOR, "--regulasi", str(folder), kode=12)
    assert pesan == "Definisi ini tidak mengenal edisi instrumen"
    assert "periksa: instrumen" in sebab


# --------------------------------------------------------------------------------------------------------------- daftar


def test_daftar_edisi() -> None:
    """The definition's own first, then the recorded ones with their number; as a table, as one JSON value, line by line."""
    (bawaan,) = jawab("lke", "instrumen", "daftar")["edisi"]
    assert bawaan == {
        "edisi": "2026",
        "judul": "Lembar Kerja Evaluasi Zona Integritas",
        "tahun": None,
        "sejak": "2024-02-19",
        "asal": "definisi",
        "nomor": None,
        "jumlah_soal": 127,
        "jumlah_dinilai": 113,
    }
    (hasil,) = periksa_jawaban(jawab(*IMPOR))
    baru = jawab("lke", "instrumen", "daftar")["edisi"][1]
    assert (baru["edisi"], baru["tahun"], baru["sejak"], baru["asal"]) == ("2025@2025-03-04", 2025, "2025-03-05", "master")
    assert (baru["nomor"], baru["jumlah_soal"], baru["jumlah_dinilai"]) == (hasil["nomor"][0], 23, 17)
    baris = [json.loads(b) for b in panggil("lke", "instrumen", "daftar", "--jsonl").stdout.splitlines()]
    assert [b["edisi"] for b in baris] == ["2026", "2025@2025-03-04"]
    layar = panggil("lke", "instrumen", "daftar").stdout
    assert "2025@2025-03-04" in layar
    assert max(map(len, layar.splitlines())) <= 80


# ---------------------------------------------------------------------------------------------------------------- lihat


def test_lihat_edisi() -> None:
    """The tree for people, and all of it with weights as decimal text for programs."""
    jawab(*IMPOR)
    layar = panggil("lke", "instrumen", "lihat", "2025@2025-03-04").stdout
    for bagian in ("PENGUNGKIT, PEMENUHAN: bobot 30\n", "  Area 5 AWAS: bobot 5\n", "reform.5.iii.b Laporan kedua: bobot 2", "22,5"):
        assert bagian in layar
    data = jawab("lke", "instrumen", "lihat", "2025@2025-03-04")
    assert (data["jumlah_soal"], data["area"]["1"]) == (23, "PERUBAHAN")
    assert data["skala"]["ABC"] == {"jenis": "pilihan", "tertinggi": None, "nilai": {"A": "1", "B": "0.5", "C": "0"}}
    (bersih,) = [a for k in data["komponen"] for a in k["aspek"] if a["id"] == "bersih"]
    assert (bersih["bobot"], [i["bobot"] for i in bersih["indikator"]]) == ("22.5", ["17.5", "5"])
    rumus = [r for k in data["komponen"] for a in k["aspek"] for i in a["indikator"] for r in i["rumus"]]
    assert rumus[0]["peran"] == {"pembilang": ["116"], "penyebut": ["113", "114", "115"]}


def test_lihat_satu_soal() -> None:
    """One question with what earns which answer; where the edition has no criteria, it is said where they are."""
    jawab(*IMPOR)
    layar = panggil("lke", "instrumen", "lihat", "2025@2025-03-04", "--soal", "1").stdout
    assert layar.splitlines() == [
        "Soal 1 (ABC): Pertanyaan karangan nomor 1",
        "  Kriteria karangan 1",
        "  baris kedua",
        *(f"  {h}: Arti {h} soal 1" for h in "ABC"),
    ]
    data = jawab("lke", "instrumen", "lihat", "2025@2025-03-04", "--soal", "1")["soal"]
    assert (data["id"], data["skala"], data["pilihan"]["B"]) == ("1", "ABC", "Arti B soal 1")
    assert "ada di edisi yang dimuat dari master resmi" in " ".join(
        panggil("lke", "instrumen", "lihat", "2026", "--soal", "1").stdout.split()
    )
    assert galat("lke", "instrumen", "lihat", "2026", "--soal", "999", kode=3)[0].startswith("Soal '999' tidak ada di edisi 2026.")


def test_edisi_tidak_dikenal() -> None:
    """A name that nobody recorded is not found, with what was probably meant."""
    pesan, sebab, lanjut = galat("lke", "instrumen", "lihat", "2062", kode=3)
    assert pesan == "Edisi instrumen '2062' tidak dikenal. Maksud Anda: 2026?"
    assert (sebab, lanjut) == ("Yang dikenal: 2026", "zi lke instrumen daftar")


# -------------------------------------------------------------------------------------------------------------- banding


def test_banding_dua_edisi() -> None:
    """Every kind of difference in words, texts with both sides; the same differences for programs."""
    jawab(*IMPOR)

    def ubah(master: Peta) -> None:
        cari_soal(master, 1).update(id=99, excel_baris=104)
        cari_soal(master, 2).update(
            {k: v for k, v in tanya(2, instrumen().skala["ABCD"]).items() if k in ("jenis_jawaban", "skema_penilaian")}
        )
        cari_soal(master, 3).update(teks_pertanyaan="Bunyi yang lain")
        cari_soal(master, 4).update(kriteria_nilai="Kriteria lain")
        master.update(generated_at="2025-08-01")

    tulis(_ubahan(ubah), "baru.json")
    jawab("lke", "instrumen", "impor", "baru.json", "--tanggal", "2025-08-02")
    lama, baru = "2025@2025-03-04", "2025@2025-08-01"
    layar = panggil("lke", "instrumen", "banding", lama, baru).stdout
    for bagian in (
        f"Perbedaan edisi {baru} dari edisi {lama}:\n",
        "  Soal yang nomornya berubah: 1\n    1 menjadi 99 (Pertanyaan karangan nomor 1)\n",
        "  Skala yang berubah: 1\n    2: ABC menjadi ABCD (Pertanyaan karangan nomor 2)\n",
        "    3: 'Pertanyaan karangan nomor 3' menjadi 'Bunyi yang lain'\n",
        "    4: kriteria atau pilihannya\n",
    ):
        assert bagian in layar
    data = jawab("lke", "instrumen", "banding", lama, baru)
    assert (data["lama"], data["baru"]) == (lama, baru)
    assert [(b["apa"], b["id"]) for b in data["perbedaan"]] == [
        ("soal_id", "99"),
        ("skala", "2"),
        ("teks", "2"),
        ("teks", "3"),
        ("teks", "4"),
    ]
    assert panggil("lke", "instrumen", "banding", baru, baru).stdout == f"Tidak ada perbedaan antara edisi {baru} dan {baru}.\n"
    terbalik = panggil("lke", "instrumen", "banding", lama, "2026").stdout
    assert "  Soal baru: 104\n" in terbalik
    assert "pemenuhan.1.ii: tidak ada menjadi 1\n" in terbalik
    assert galat("lke", "instrumen", "banding", lama, "x", kode=3)[1] == f"Yang dikenal: 2026, {lama}, {baru}"


# ------------------------------------------------------------------------------------------------ the official master


def test_master_resmi(bersama: Path) -> None:
    """The official master is taken in whole: 127 questions of which 113 are scored, nothing but texts differing from lke.yaml."""
    resmi = bersama / "portalrb" / "master-soal-lke-zi-2026.json"
    jawaban = jawab("lke", "instrumen", "impor", str(resmi), "--tanggal", "2024-06-10")
    assert jawaban["edisi"] == "2026@2026-06-09"
    assert {b["apa"] for b in jawaban["perbedaan"]} == {"teks"}
    assert len(jawaban["perbedaan"]) == 127
    baru = jawab("lke", "instrumen", "daftar")["edisi"][1]
    assert (baru["jumlah_soal"], baru["jumlah_dinilai"]) == (127, 113)
