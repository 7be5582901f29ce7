"""``zi pengaduan``: the verbs of the second workflow, their JSON, their refusals, and that a reporter's name is nowhere."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.alat.brankas import salin_toko
from tests.alat.dunia import ADMIN, KEPALA, PENILAI, UNIT_UJI
from tests.cli.alat_cli import panggil
from tests.cli.conftest import rumah
from tests.cli.register import galat, galat_json, jawab, muat_sekali, periksa_jawaban
from tests.pengaduan.alat import RAHASIA, TANPA_PREDIKAT, Register

__all__ = ["rumah"]
HARI = ("--tanggal", "2025-01-06", "--oleh", PENILAI)
TERIMA = ("pengaduan", "terima", "--unit", UNIT_UJI, "--perihal", "Antrean dilewati", "--saluran", "surat", *HARI)


@pytest.fixture(scope="module")
def asal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a register with a WBK unit, made once."""
    berkas = tmp_path_factory.mktemp("aduan") / "zi.db"
    satu = Register(f"sqlite:///{berkas}")
    satu.tutup()
    return berkas


@pytest.fixture
def basis(asal: Path, rumah: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of it, which the verbs use."""
    muat_sekali(monkeypatch)
    salin_toko(asal, rumah / "zi.db")
    monkeypatch.setenv("ZI_BASIS", f"sqlite:///{rumah / 'zi.db'}")
    monkeypatch.setenv("ZI_BERKAS", str(rumah / "berkas"))
    return rumah


def _ditolak(*argumen: str) -> tuple[str, str, str]:
    """Run a verb that must be refused; return the three lines."""
    satu = galat_json(panggil(*argumen, "--json"), 5)["galat"]
    return satu["pesan"], satu["sebab"], satu["lanjut"]


@pytest.mark.usefixtures("basis")
def test_terima_lalu_daftar_dan_lihat() -> None:
    """Received without a code: the next one is given; the list says by when, the file what is in it."""
    hasil = periksa_jawaban(jawab(*TERIMA, "--nomor-laporan", "7/1"))
    assert [(h["perintah"], h["unit"], h["tahap"]) for h in hasil] == [
        ("daftarkan-unit", "P-2025-0001", "diterima"),
        ("penerimaan", "P-2025-0001", "diterima"),
    ]
    (satu,) = jawab("pengaduan", "daftar", "--per", "2025-02-01")["pengaduan"]
    assert satu == {
        "kode": "P-2025-0001", "tahap": "diterima", "sejak": "2025-01-06", "unit": UNIT_UJI, "perihal": "Antrean dilewati",
        "diterima": "2025-01-06", "selesai": False, "jatuh_tempo": "2025-03-07", "sisa_hari": 34, "tinjauan": [],
    }  # fmt: skip
    berkas = jawab("pengaduan", "lihat", "P-2025-0001")
    assert [(c["jenis"], c["isi"]) for c in berkas["catatan"]] == [("penerimaan", {"saluran": "surat", "nomor_laporan": "7/1"})]
    assert (berkas["pelapor_tercatat"], berkas["versi"], len(berkas["riwayat"])) == (False, 2, 1)
    layar = panggil("pengaduan", "lihat", "P-2025-0001").stdout
    assert "tidak tercatat" in layar
    assert "7 Maret 2025" in layar


@pytest.mark.usefixtures("basis")
def test_catat_maju_periksa_sampai_selesai() -> None:
    """The same verbs as for units, one after the other, to the end; what ended has no days left."""
    jawab(*TERIMA)
    kode = "P-2025-0001"
    daftar = jawab("pengaduan", "periksa", kode, "--pada", "2025-01-07")
    assert (daftar["perintah"], daftar["terpenuhi"]) == ("identifikasi", False)
    assert panggil("pengaduan", "periksa", kode, "--pada", "2025-01-07", "--kode-keluar").exit_code == 5
    for jenis, isi in (
        ("identifikasi", ("--pokok", "antrean", "--bentuk", "lainnya")),
        ("klarifikasi", ("--pihak", "loket", "--hasil", "benar", "--terbukti")),
        ("tindak_lanjut", ("--uraian", "diperbaiki")),
        ("hasil", ("--simpulan", "selesai", "--uraian", "beres")),
    ):
        jawab("pengaduan", "catat", jenis, kode, *isi, *HARI)
    for langkah in ("identifikasi", "klarifikasi", "tindaklanjuti", "selesaikan"):
        (satu,) = periksa_jawaban(jawab("pengaduan", "maju", langkah, kode, *HARI))
    assert (satu["tahap"], [p["id"] for p in satu["peringatan"]]) == ("selesai", ["P5.disampaikan"])
    assert jawab("pengaduan", "daftar", "--terbuka")["jumlah"] == 0
    (akhir,) = jawab("pengaduan", "daftar", "--tahap", "selesai")["pengaduan"]
    assert (akhir["selesai"], akhir["sisa_hari"]) == (True, None)
    assert "selesai" in panggil("pengaduan", "daftar").stdout
    assert "Tidak ada langkah utama" in panggil("pengaduan", "periksa", kode).stdout


@pytest.mark.usefixtures("basis")
def test_penolakan_dan_kekeliruan_menyebut_perintah_pengaduan() -> None:
    """Refusals and mistakes name the verbs of complaints, the near code, and the ayat."""
    pesan, sebab, _ = _ditolak("pengaduan", "terima", "--unit", TANPA_PREDIKAT, "--perihal", "x", "--saluran", "surat", *HARI)
    assert pesan == "daftarkan-unit P-2025-0001 ditolak: 1 syarat belum terpenuhi"
    assert sebab == "P1 (Perwali Binjai 3/2024 Pasal 16 ayat (2) huruf e)"
    pesan, _, lanjut = galat("pengaduan", "terima", "--unit", "DISPOR", "--perihal", "x", "--saluran", "surat", *HARI, kode=3)
    assert pesan.startswith(f"Unit 'DISPOR' tidak ditemukan. Maksud Anda: {UNIT_UJI}")
    assert f"--unit {UNIT_UJI}" in lanjut
    jawab(*TERIMA)
    assert _ditolak("pengaduan", "maju", "identifikasi", "P-2025-0001", *HARI)[2].startswith("zi pengaduan periksa P-2025-0001")
    assert galat("pengaduan", "maju", "selesaikan", "P-2025-0001", *HARI, kode=11)[2] == "zi pengaduan periksa P-2025-0001"
    assert galat("pengaduan", "maju", "identifkasi", "P-2025-0001", *HARI, kode=11)[0].endswith("Maksud Anda: identifikasi?")
    pesan, _, lanjut = galat("pengaduan", "lihat", "P-2025-001", kode=3)
    assert (pesan, lanjut) == ("Pengaduan 'P-2025-001' tidak ditemukan. Maksud Anda: P-2025-0001?", "zi pengaduan lihat P-2025-0001")
    assert galat("pengaduan", "catat", "identifikas", "P-2025-0001", *HARI, kode=2)[0].endswith("Maksud Anda: identifikasi?")
    assert galat("pengaduan", "daftar", "--tahap", "selesi", kode=2)[2] == "zi pengaduan daftar --tahap selesai"
    assert galat("pengaduan", "daftar", "--unit", "DISPOR", kode=3)[2] == f"zi pengaduan daftar --unit {UNIT_UJI}"
    assert galat(*TERIMA, "--pelapor-kontak", "0812", kode=2)[0] == "--pelapor-kontak tanpa --pelapor-nama"


@pytest.mark.usefixtures("basis")
def test_kunci_dan_percobaan() -> None:
    """A dry run writes nothing; the same key answers with the code that was given first."""
    jawab(*TERIMA, "--coba")
    assert jawab("pengaduan", "daftar")["jumlah"] == 0
    satu = jawab(*TERIMA, "--kunci", "k1")
    lagi = jawab(*TERIMA, "--kunci", "k1")
    assert (lagi["ulangan"], lagi["hasil"]) == (True, satu["hasil"])
    assert jawab("pengaduan", "daftar")["jumlah"] == 1


@pytest.mark.usefixtures("basis")
def test_harus_pelapor_tidak_pernah_tampak() -> None:
    """The reporter's name and contact are in no list, file, checklist, deadline or error, in no form of answer."""
    kode, kontak = "P-2025-0001", "0812-3456-7890"
    masuk = panggil(*TERIMA, "--pelapor-nama", RAHASIA, "--pelapor-kontak", kontak, "--json")
    assert masuk.exit_code == 0
    hasil = [masuk]
    for bentuk in ((), ("--json",)):
        hasil += [
            panggil(*argumen, *bentuk)
            for argumen in (
                ("pengaduan", "daftar"),
                ("pengaduan", "lihat", kode),
                ("pengaduan", "periksa", kode),
                ("pengaduan", "maju", "identifikasi", kode, *HARI),
                ("pengaduan", "terima", kode, "--unit", UNIT_UJI, "--perihal", "x", "--saluran", "surat", *HARI),
                ("unit", "daftar"),
                ("unit", "lihat", UNIT_UJI),
                ("periksa", UNIT_UJI),
                ("tenggat", "daftar", "--pada", "2025-02-01"),
                ("tenggat", "jelaskan", UNIT_UJI, "T8"),
                ("pengaduan", "buka-pelapor", kode, "--alasan", "ingin tahu", "--oleh", KEPALA),
                ("pengaduan", "buka-pelapor", kode, "--alasan", "coba dahulu", "--coba", *HARI),
            )
        ]
    hasil.append(panggil("pengaduan", "daftar", "--jsonl"))
    for satu in hasil:
        for kata in (RAHASIA, "Rahmania", kontak):
            assert kata not in satu.stdout + satu.stderr


def test_harus_pelapor_tersegel_di_penyimpanan(basis: Path) -> None:
    """No byte of the store, and no export or trail, holds the reporter's name or contact; the verb that may opens them."""
    kontak = "0812-3456-7890"
    jawab(*TERIMA, "--pelapor-nama", RAHASIA, "--pelapor-kontak", kontak, "--kunci", "k1")
    panggil("pengaduan", "catat", "pelapor", "P-2025-0001", "--nama", RAHASIA, "--oleh", KEPALA)
    keluaran = [panggil("audit", "lihat", str(n)).stdout + panggil("audit", "lihat", str(n), "--json").stdout for n in range(1, 14)]
    keluaran += [panggil("audit", "cari", "--teks", "Rahmania").stdout, panggil("audit", "cari", "--jsonl").stdout]
    isi = b"".join(f.read_bytes() for f in sorted(basis.glob("zi.db*")) if f.is_file())
    for kata in (RAHASIA, "Rahmania", kontak):
        assert kata.encode() not in isi
        assert all(kata not in teks for teks in keluaran)
    (orang,) = jawab("pengaduan", "buka-pelapor", "P-2025-0001", "--alasan", "klarifikasi", *HARI)["pelapor"]
    assert orang == {"nama": RAHASIA, "kontak": kontak}


@pytest.mark.usefixtures("basis")
def test_harus_pembukaan_pelapor_dicatat() -> None:
    """Who may look, looks with a reason that is on record before anything is shown; who may not is refused and sees nothing."""
    kode = "P-2025-0001"
    jawab(*TERIMA, "--pelapor-nama", RAHASIA)
    pesan, sebab, _ = _ditolak("pengaduan", "buka-pelapor", kode, "--alasan", "ingin tahu", "--oleh", KEPALA)
    assert (pesan.startswith(f"catat {kode} ditolak"), sebab) == (True, "R30 (tafsir R30)")
    data = jawab("pengaduan", "buka-pelapor", kode, "--alasan", "klarifikasi lanjutan", *HARI)
    assert [p["nama"] for p in data["pelapor"]] == [RAHASIA]
    (catatan,) = [c for c in jawab("pengaduan", "lihat", kode)["catatan"] if c["jenis"] == "pembukaan_identitas"]
    assert (catatan["oleh"], catatan["isi"]) == (PENILAI, {"alasan": "klarifikasi lanjutan"})
    assert RAHASIA in panggil("pengaduan", "buka-pelapor", kode, "--alasan", "lagi", *HARI).stdout
    jawab(*TERIMA)
    assert "tidak memuat identitas" in panggil("pengaduan", "buka-pelapor", "P-2025-0002", "--alasan", "x", *HARI).stdout


def test_terapkan_menyebut_alur(basis: Path) -> None:
    """One batch file may write complaints and units, all or nothing; an unknown workflow is named with its item."""
    berkas = basis / "isi.yaml"
    berkas.write_text(
        f"""- {{perintah: daftarkan-unit, alur: pengaduan, unit: P-9, nama: Antrean, induk: {UNIT_UJI}, tanggal: 2025-01-06}}
- {{perintah: catat, alur: pengaduan, unit: P-9, jenis: penerimaan, isi: {{saluran: surat}}, tanggal: 2025-01-06}}
- {{perintah: catat, alur: pengaduan, unit: P-9, jenis: identifikasi, isi: {{pokok: x, bentuk: lainnya}}, tanggal: 2025-01-06}}
- {{perintah: maju, alur: pengaduan, unit: P-9, langkah: identifikasi, tanggal: 2025-01-07}}
- {{perintah: catat, unit: {UNIT_UJI}, jenis: pemantauan, isi: {{hasil: baik}}, tanggal: 2025-01-07}}
""",
        encoding="utf-8",
    )
    hasil = jawab("terapkan", str(berkas), "--oleh", PENILAI)["hasil"]
    assert [h["tahap"] for h in hasil] == ["diterima", "diterima", "diterima", "diidentifikasi", "pemantauan_predikat"]
    berkas.write_text("- {perintah: maju, alur: aduan, unit: P-9, langkah: identifikasi}\n", encoding="utf-8")
    pesan, sebab, _ = galat("terapkan", str(berkas), "--oleh", PENILAI, kode=2)
    assert pesan == "Butir ke-1 (baris 1): Alur 'aduan' tidak dikenal"
    assert sebab == "Yang dikenal: zi, pengaduan."


@pytest.mark.usefixtures("basis")
def test_sapuan_mengingatkan_pengaduan() -> None:
    """The sweep reminds of a complaint like of any due date of the unit, once, and takes it back when it ends."""
    jawab(*TERIMA)
    satu = [d for d in jawab("jadwal", "sapu", "--pada", "2025-03-08")["dicatat"] if d["tenggat"] == "T8"]
    assert [(d["unit"], d["jatuh_tempo"], d["langkah"]) for d in satu] == [(UNIT_UJI, "2025-03-07", "terlambat")]
    assert jawab("jadwal", "sapu", "--pada", "2025-03-08")["dicatat"] == []


@pytest.mark.usefixtures("basis")
def test_audit_ulang_memuat_pengaduan() -> None:
    """Replay goes over the complaints too, all of them or one by its code."""
    jawab(*TERIMA)
    _ditolak("pengaduan", "maju", "identifikasi", "P-2025-0001", *HARI)
    semua = jawab("audit", "ulang")
    assert (semua["beda"], semua["putusan"] > 5) == ([], True)
    assert jawab("audit", "ulang", "P-2025-0001")["putusan"] == 3
    assert galat("audit", "ulang", "P-2025-01", kode=3)[1].endswith("unit terdaftar.")


def test_definisi_sendiri_tanpa_alur_pengaduan(basis: Path) -> None:
    """With a definition of one's own the complaints' folder must stand beside it, and be what it says it is."""
    sendiri = basis / "aturan" / "binjai"
    akar = Path(__file__).resolve().parents[2] / "workflows"
    shutil.copytree(akar / "binjai", sendiri)
    pilih = ("--regulasi", str(sendiri))
    assert "pengaduan tidak ada" in galat("pengaduan", "daftar", *pilih, kode=12)[0]
    lain = sendiri.parent / "pengaduan"
    shutil.copytree(akar / "pengaduan", lain)
    assert jawab("pengaduan", "daftar", *pilih)["jumlah"] == 0
    salah = shutil.copytree(sendiri.parent, basis / "lain") / "pengaduan" / "regulasi.yaml"
    salah.write_text(salah.read_text(encoding="utf-8").replace("id: pengaduan", "id: aduan"), encoding="utf-8")
    pesan, sebab, _ = galat("pengaduan", "daftar", "--regulasi", str(basis / "lain" / "binjai"), kode=12)
    assert pesan.endswith("bukan alur pengaduan dari zi")
    assert sebab == "Isinya alur aduan, induk zi."


@pytest.mark.usefixtures("basis")
def test_jejak_menerima_kode_pengaduan() -> None:
    """The trail is searched and exported by a complaint's code like by a unit's; a misspelt one is still told."""
    jawab(*TERIMA)
    assert jawab("audit", "cari", "--unit", "P-2025-0001")["jumlah"] == 2
    assert jawab("audit", "cari", "--unit", "P-2025-0001", "--jenis", "hasil")["jumlah"] == 0
    assert galat("audit", "cari", "--unit", "P-2025-01", kode=3)[0].startswith("Unit 'P-2025-01' tidak ditemukan")
    hasil = panggil("audit", "ekspor", "--format", "csv", "--unit", "P-2025-0001")
    assert (hasil.exit_code, "P-2025-0001" in hasil.stdout) == (0, True), hasil.stderr


@pytest.mark.usefixtures("basis")
def test_definisi_berinduk_tidak_berdiri_sendiri() -> None:
    """The complaints' definition may be checked and shown by itself; a register is not kept by it."""
    folder = str(Path(__file__).resolve().parents[2] / "workflows" / "pengaduan")
    assert jawab("regulasi", "periksa", "--regulasi", folder)["id"] == "pengaduan"
    pesan, sebab, _ = galat("tenggat", "prakiraan", "--regulasi", folder, kode=2)
    assert (pesan, "menyangkut berkas alur zi" in sebab) == ("Definisi pengaduan tidak berdiri sendiri", True)


@pytest.mark.usefixtures("basis")
def test_lihat_seperti_dahulu() -> None:
    """The list and one file may be asked of an earlier day."""
    jawab(*TERIMA)
    assert jawab("pengaduan", "daftar", "--per", "2025-01-05")["jumlah"] == 0
    assert "belum terdaftar pada saat itu" in galat("pengaduan", "lihat", "P-2025-0001", "--per", "2025-01-05", kode=3)[0]
    assert jawab("pengaduan", "lihat", "P-2025-0001", "--per", "2025-01-06")["tahap"] == "diterima"
    baris = panggil("pengaduan", "daftar", "--jsonl").stdout.splitlines()
    assert [json.loads(b)["kode"] for b in baris] == ["P-2025-0001"]
    assert ADMIN not in panggil("pengaduan", "lihat", "P-2025-0001").stdout


@pytest.mark.usefixtures("basis")
def test_harus_koreksi_catatan_pengaduan_menandai_berkasnya() -> None:
    """A record of a complaint is corrected like any other: its move is reviewed, its file marked in lihat and daftar until akui."""
    jawab(*TERIMA)
    kode, oleh = "P-2025-0001", ("--oleh", PENILAI, "--tanggal", "2025-01-07")
    (catatan,) = jawab("pengaduan", "catat", "identifikasi", kode, "--pokok", "antrean", "--bentuk", "lainnya", *oleh)["hasil"]
    jawab("pengaduan", "maju", "identifikasi", kode, *oleh)
    nomor = str(catatan["nomor"][0])
    (hasil,) = jawab("tarik", nomor, "--alasan", "salah berkas", *oleh)["hasil"]
    (tinjauan,) = hasil["tinjauan"]
    assert (hasil["unit"], tinjauan["unit"], [(p["diterima"], p["kini"]) for p in tinjauan["putusan"]]) == (kode, kode, [(True, False)])
    (satu,) = jawab("pengaduan", "lihat", kode)["tinjauan"]
    assert (satu["nomor"], satu["putusan"]) == (tinjauan["nomor"], tinjauan["putusan"])
    assert [b["tinjauan"] for b in jawab("pengaduan", "daftar")["pengaduan"]] == [[tinjauan["nomor"]]]
    assert f"zi akui {tinjauan['nomor']} --catatan" in panggil("pengaduan", "lihat", kode).stdout
    assert "[putusan" in panggil("pengaduan", "daftar").stdout
    assert jawab("unit", "lihat", UNIT_UJI)["tinjauan"] == []
    jawab("akui", str(tinjauan["nomor"]), "--catatan", "dibahas", *oleh)
    assert jawab("pengaduan", "lihat", kode)["tinjauan"] == []
    assert jawab("audit", "ulang", kode)["beda"] == []
