"""``zi lke impor-folder``: a folder of workbooks, each its own record, to be gone on with after any stop."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import KEPALA, PENILAI, UNIT_UJI, definisi
from tests.cli.alat_cli import ZI, lingkungan, panggil
from tests.cli.register import galat, jawab, muat_sekali, potret, register
from tests.cli.test_v_lke_impor import JAWABAN, isian
from zi_workflow.cli.lke_folder import baca_nama
from zi_workflow.workbook.content import Penilaian
from zi_workflow.workbook.ministry import tulis_kementerian
from zi_workflow.workbook.portal import tulis_portal

OLEH = ("--oleh", PENILAI, "--tanggal", "2025-04-01")


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a register with one unit and its officials, and an empty folder for the workbooks."""
    muat_sekali(monkeypatch)
    alamat = register(f"sqlite:///{tmp_path / 'zi.db'}")
    monkeypatch.setenv("ZI_BASIS", alamat)
    (tmp_path / "buku").mkdir()
    return alamat


def tulis(nama: str, jawaban: dict[str, Any] | None = None, **lain: Any) -> None:  # noqa: ANN401 - fields of IsiLembar
    """Write a template into the folder."""
    jalan = Path("buku") / nama
    jalan.parent.mkdir(parents=True, exist_ok=True)
    jalan.write_bytes(tulis_kementerian(isian(jawaban, **lain)))


def lembar_portal(tpi: dict[str, Any], unit: dict[str, Any] | None = None) -> bytes:
    """Return PortalRB's sheet of this register's unit, which names no edition."""
    lembaran = definisi().lembaran
    assert lembaran is not None
    assert lembaran.portal is not None
    penilaian = {"tpi": Penilaian(tpi), "unit": Penilaian(unit or {})}
    return tulis_portal(UNIT_UJI, "Dinas Uji", 2025, isian().instrumen, lembaran.portal, penilaian)


def jumlah_lke(url: str) -> int:
    """Count the records of answers."""
    return sum(b[7] == "lke" for b in potret(url)["peristiwa"])


def test_semua_dicatat_dan_ulangan_melewati(url: str) -> None:
    """Templates say what they are; each becomes a record, and the second run writes nothing."""
    for tahun in (2023, 2024, 2025):
        tulis(f"{tahun}/lke.xlsx", tahun=tahun)
    tulis("unit.xlsx", penilai="unit")
    data = jawab("lke", "impor-folder", "buku", "--oleh", "198001012005011001", "--tanggal", "2025-04-01")
    assert data["jumlah"] == {"tercatat": 4, "sudah": 0, "akan_dicatat": 0, "gagal": 0}
    assert {(b["tahun"], b["penilai"], b["unit"]) for b in data["berkas"]} == {
        (2023, "tpi", UNIT_UJI),
        (2024, "tpi", UNIT_UJI),
        (2025, "tpi", UNIT_UJI),
        (2025, "unit", UNIT_UJI),
    }
    assert jumlah_lke(url) == 4
    sebelum = potret(url)
    assert jawab("lke", "impor-folder", "buku", "--oleh", "198001012005011001")["jumlah"]["sudah"] == 4
    assert potret(url) == sebelum


def test_isi_yang_sama_bagi_tahun_dan_penilai_lain_tetap_dicatat(url: str) -> None:
    """The very same bytes are on record only for their own year and assessor: those of another one are filed, then skipped."""
    isi = lembar_portal(JAWABAN, JAWABAN)
    for nama in ("2024", "2025"):
        for penilai in ("tpi", "unit"):
            (Path("buku") / f"{UNIT_UJI}_{nama}_{penilai}.xlsx").write_bytes(isi)
    perintah = ("lke", "impor-folder", "buku", "--oleh", "198001012005011001", "--tanggal", "2025-04-01")
    (Path("buku") / "baru").mkdir()
    assert jawab(*perintah)["jumlah"]["tercatat"] == 4
    (Path("buku") / "baru" / f"{UNIT_UJI}_2023_tpi.xlsx").write_bytes(isi)
    data = jawab(*perintah)
    assert (data["jumlah"]["tercatat"], data["jumlah"]["sudah"], jumlah_lke(url)) == (1, 4, 5)
    assert {(b["tahun"], b["penilai"]) for b in data["berkas"]} == {(t, p) for t in (2024, 2025) for p in ("tpi", "unit")} | {(2023, "tpi")}


def test_templat_yang_sudah_diganti_catatan_baru_dilewati(url: str) -> None:
    """A template filed before stays filed: running the folder again does not bring it back over a later correction."""
    tulis("lke.xlsx")
    jawab("lke", "impor-folder", "buku", *OLEH)
    Path("betul.xlsx").write_bytes(tulis_kementerian(isian({**JAWABAN, "6": "D"})))
    jawab("lke", "impor", UNIT_UJI, "betul.xlsx", "--tahun", "2025", "--penilai", "tpi", *OLEH)
    assert jawab("lke", "impor-folder", "buku", *OLEH)["jumlah"]["sudah"] == 1
    assert jumlah_lke(url) == 2


def test_unit_yang_tidak_terbaca_menyebut_cara_menamai(url: str) -> None:
    """A foreign workbook whose name is no code of a unit says how to name it: a folder has no UNIT to type."""
    (Path("buku") / "ENTAH_2025_tpi.xlsx").write_bytes(lembar_portal(JAWABAN))
    (berkas,) = json.loads(panggil("lke", "impor-folder", "buku", *OLEH, "--json").stdout)["berkas"]
    assert "KODE_2026_tpi.xlsx" in berkas["galat"]["lanjut"]
    assert jumlah_lke(url) == 0


def test_yang_gagal_disebut_dan_yang_lain_tetap_dicatat(url: str) -> None:
    """One bad workbook is named with its reason, the others are filed; the exit code says that something failed."""
    tulis("baik.xlsx")
    (Path("buku") / "rusak.xlsx").write_bytes(b"bukan buku kerja")
    tulis("TIADA_2025_tpi.xlsx", kode="TIADA")
    hasil = panggil("lke", "impor-folder", "buku", *OLEH, "--json")
    data = json.loads(hasil.stdout)
    assert (hasil.exit_code, data["jumlah"]["tercatat"], data["jumlah"]["gagal"]) == (2, 1, 2)
    gagal = {b["berkas"]: b["galat"]["pesan"] for b in data["berkas"] if b["status"] == "gagal"}
    assert set(gagal) == {"rusak.xlsx", "TIADA_2025_tpi.xlsx"}
    assert "TIADA" in gagal["TIADA_2025_tpi.xlsx"]
    layar = panggil("lke", "impor-folder", "buku", *OLEH)
    assert (layar.exit_code, "rusak.xlsx" in layar.stdout, "dilewati" in layar.stdout) == (2, True, True)
    assert all(len(b) <= 80 for b in layar.stdout.splitlines())
    assert jumlah_lke(url) == 1


def test_percobaan_tidak_menulis(url: str) -> None:
    """--coba reads and decides everything and leaves the store as it is."""
    tulis("lke.xlsx")
    sebelum = potret(url)
    assert jawab("lke", "impor-folder", "buku", *OLEH, "--coba")["jumlah"]["akan_dicatat"] == 1
    assert potret(url) == sebelum


def test_penolakan_menghentikan_seluruhnya(url: str) -> None:
    """An actor who may not is refused at the first file, with the checklist; no other file is tried."""
    tulis("a.xlsx")
    tulis("b.xlsx", tahun=2024)
    hasil = panggil("lke", "impor-folder", "buku", "--oleh", KEPALA, "--tanggal", "2025-04-01", "--json")
    assert (hasil.exit_code, hasil.stdout) == (5, "")
    assert len(json.loads(hasil.stderr)["penolakan"]) == 1
    assert jumlah_lke(url) == 0


@pytest.mark.parametrize(
    ("nama", "harap"),
    [
        ("DISPORA_2026_tpi.xlsx", ("DISPORA", 2026, "tpi")),
        ("dispora_2026.xlsx", ("DISPORA", 2026, None)),
        ("2026/tpi/DISPORA.xlsx", ("DISPORA", 2026, "tpi")),
        ("2024/DISPORA_2026_unit.xlsx", ("DISPORA", 2026, "unit")),
        ("BINJAI-KOTA_unit_2025.xlsx", ("BINJAI-KOTA", 2025, "unit")),
        ("A_B_2025.xlsx", ("A_B", 2025, None)),
        ("lke final.xlsx", (None, None, None)),
        ("DISPORA_1999_siapa.xlsx", (None, None, None)),
    ],
)
def test_nama_berkas(nama: str, harap: tuple[str | None, int | None, str | None]) -> None:
    """A name or its folders tell unit, year and assessor where they can; anything else tells nothing."""
    kode = {k.casefold(): k for k in ("DISPORA", "BINJAI-KOTA", "A_B")}
    assert tuple(baca_nama(Path(nama), kode)) == harap


def test_nama_atau_opsi_bagi_berkas_yang_tidak_menyebutnya(url: str) -> None:
    """JSON and foreign workbooks take unit, year and assessor from name and options; without them the file fails, nothing else."""
    butir = [{"soal_id": int(s), "jawaban_unit": None, "jawaban_tpi": str(j)} for s, j in JAWABAN.items()]
    isi = json.dumps({"unit_id": UNIT_UJI, "tahun": 2025, "answers": butir})
    (Path("buku") / f"{UNIT_UJI}.json").write_text(isi, encoding="utf-8")
    assert "--tahun" in json.loads(panggil("lke", "impor-folder", "buku", *OLEH, "--json").stdout)["berkas"][0]["galat"]["lanjut"]
    assert jawab("lke", "impor-folder", "buku", *OLEH, "--tahun", "2025", "--penilai", "tpi")["jumlah"]["tercatat"] == 1
    assert jumlah_lke(url) == 1


@pytest.mark.parametrize(
    ("argumen", "sebut"),
    [
        (("tiada",), "bukan folder"),
        (("buku",), "tidak memuat"),
        (("buku", "--kunci", "k"), "--kunci"),
        (("buku", "--versi", "1"), "--versi"),
    ],
)
def test_folder_yang_keliru(argumen: tuple[str, ...], sebut: str) -> None:
    """A missing or empty folder, and options that make no sense for many files, are mistakes of usage."""
    assert sebut in galat("lke", "impor-folder", *argumen, *OLEH, kode=2)[0]


def test_kemajuan_ditunjukkan_di_stderr() -> None:
    """Elsewhere than on a terminal, progress is a line per ten percent on stderr, and stdout holds the answer alone."""
    for tahun in range(2015, 2025):
        tulis(f"{tahun}.xlsx", tahun=tahun)
    hasil = panggil("lke", "impor-folder", "buku", *OLEH)
    assert [b for b in hasil.stderr.splitlines() if b.startswith("buku: ")] == [f"buku: {n} %" for n in range(10, 101, 10)]


def test_dihentikan_lalu_dilanjutkan(url: str, tmp_path: Path) -> None:
    """Stopped with Ctrl-C in the middle: 130, no child is left, what was filed stays; run again, every file is filed exactly once."""
    for n in range(30):
        tulis(f"{n}.xlsx", tahun=2000 + n)
    env = lingkungan(tmp_path, ZI_BASIS=url)
    argumen = ["lke", "impor-folder", "buku", *OLEH, "--proses", "2"]
    proses = subprocess.Popen([*ZI, *argumen], env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    batas = time.monotonic() + 50
    while jumlah_lke(url) < 3 and time.monotonic() < batas:
        time.sleep(0.05)
    anak = [p for p in Path("/proc").glob("[0-9]*") if _induk(p) == proses.pid]
    assert anak
    proses.send_signal(signal.SIGINT)
    keluar, _ = proses.communicate(timeout=30)
    assert (proses.returncode, keluar) == (130, b"")
    assert 3 <= jumlah_lke(url) < 30
    assert [p for p in anak if p.exists()] == []
    assert jawab("lke", "impor-folder", "buku", *OLEH)["jumlah"]["gagal"] == 0
    assert jumlah_lke(url) == 30


def _induk(proses: Path) -> int:
    """Return the parent of a process, 0 where it has gone."""
    try:
        return int((proses / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0
