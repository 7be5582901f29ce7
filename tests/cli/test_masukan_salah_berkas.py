"""Files that cannot be read, or read in two ways: each is refused in three lines, its line named, and nothing is changed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, UNIT_UJI
from tests.cli.alat_cli import panggil
from tests.cli.register import berkas_tersimpan, galat, jawab, muat_sekali, periksa_jawaban, potret, register, tiga_baris

PROGRAM = ("catat", "program", UNIT_UJI)
LENGKAP = (*PROGRAM, "--area", "1", "--nama", "Program")
BUTIR = '{"perintah": "catat", "jenis": "program", "unit": "DISPORA", "isi": {"area": 1, "nama": "x"}}'
DALAM = "[" * 100_000


@pytest.fixture(scope="module")
def isi_register(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, dict[str, Any]]:
    """Make one register for all of this, and note what is in it: nothing here may change it."""
    folder = tmp_path_factory.mktemp("register")
    url = register(f"sqlite:///{folder / 'zi.db'}")
    return url, folder / "bukti", potret(url, folder / "bukti")


@pytest.fixture(autouse=True)
def _tak_berubah(isi_register: tuple[str, Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Check that every table and the evidence folder are afterwards as they were, whatever the test did."""
    muat_sekali(monkeypatch)
    url, folder, semula = isi_register
    for nama, nilai in (("ZI_BASIS", url), ("ZI_BERKAS", str(folder)), ("ZI_PELAKU", ADMIN)):
        monkeypatch.setenv(nama, nilai)
    yield
    assert potret(url, folder) == semula


def _buat(nama: str) -> None:
    """Make what ``nama`` says: a pipe, a folder, a link to nothing, a link in circles, a file that is too large."""
    match nama:
        case "pipa":
            os.mkfifo(nama)
        case "folder":
            Path(nama).mkdir()
        case "putus" | "putar":
            Path(nama).symlink_to("nihil" if nama == "putus" else nama)
        case "besar":
            with Path(nama).open("wb") as berkas:
                berkas.truncate(20_000_000)


ASING = [
    ("pipa", "bukan berkas biasa"),
    ("folder", "Itu folder"),
    ("/dev/zero", "bukan berkas biasa"),
    ("/dev/tty", ""),
    ("nihil.yaml", "nihil.yaml"),
    ("putus", "Tidak ada berkas dengan nama itu."),
    ("putar", "Tautannya berputar."),
    ("x" * 300, "terlalu panjang"),
    ("berkas.yaml/di-dalam", "berkas.yaml/di-dalam"),
    ("", "Berkas"),
    ("\x1b[31mmerah", "\\x1b[31mmerah"),
]


@pytest.mark.parametrize(("nama", "kata"), [*ASING, ("besar", "Paling besar 16 MiB.")], ids=lambda x: repr(x)[:20])
def test_berkas_yang_bukan_berkas(nama: str, kata: str) -> None:
    """What is no readable file is refused at once, by --isi and in a batch's place, without waiting on it."""
    Path("berkas.yaml").write_text("area: 1\n")
    _buat(nama)
    mulai = time.monotonic()
    assert kata in " ".join(galat(*PROGRAM, "--isi", nama, kode=2))
    assert kata in " ".join(tiga_baris(panggil("terapkan", nama), 2))
    assert kata in " ".join(tiga_baris(panggil("periksa", UNIT_UJI, "--isi", nama), 2))
    assert time.monotonic() - mulai < 10


@pytest.mark.parametrize("nama", [n for n, _ in ASING if n], ids=lambda x: repr(x)[:20])
def test_bukti_yang_bukan_berkas(nama: str) -> None:
    """The same for evidence, by --berkas and in a batch; a second file that is good is not kept either."""
    Path("baik.pdf").write_bytes(b"baik")
    Path("berkas.yaml").write_text("area: 1\n")
    _buat(nama)
    pesan, _, lanjut = galat(*LENGKAP, "--berkas", "baik.pdf", "--berkas", nama, kode=2)
    assert lanjut
    if nama.isprintable():
        assert nama[:100] in pesan
    Path("butir.json").write_text(json.dumps([json.loads(BUTIR) | {"berkas": ["baik.pdf", nama]}]))
    assert tiga_baris(panggil("terapkan", "butir.json"), 2)[0].startswith("Butir ke-1")


ISI = [
    ("kunci ganda", "area: 1\nnama: x\narea: 2\n", "isi.yaml baris 3: kunci 'area' ditulis dua kali"),
    ("alias", "nama: &a x\narea: *a\n", "isi.yaml baris 1: memakai jangkar atau alias"),
    ("bom alias", "a: &a [x, x]\nb: &b [*a, *a]\n", "jangkar atau alias"),
    ("gabungan", "<<: {area: 1}\nnama: x\n", "'<<'"),
    ("tag", "area: !!python/object/apply:os.system [id]\n", "memakai tag"),
    ("dua dokumen", "area: 1\nnama: x\n---\narea: 2\n", "isi.yaml baris 3: ada lebih dari satu dokumen"),
    ("daftar", "- 1\n", "bukan pasangan isian dan nilai"),
    ("satu kata", "area 1\n", "bukan pasangan isian dan nilai"),
    ("kosong", "", "isi.yaml baris 1: kosong"),
    ("hanya keterangan", "# nanti\n", "kosong"),
    ("lekuk salah", "area: 1\n  nama: x\n", "isi.yaml baris 2: bukan YAML yang sah"),
    ("tab", "area:\n\t1\n", "bukan YAML yang sah"),
    ("kutip terbuka", 'area: 1\nnama: "x\n', "bukan YAML yang sah"),
    ("huruf kendali", "area: 1\nnama: a\x07b\n", "karakter kendali"),
    ("dalam", f"area: {DALAM}\n", "terlalu bertingkat"),
    ("baris isian", "area: 1\n\nnama: x\nsalah: y\n", "'salah' (baris 4) tidak dikenal"),
    ("nilai salah", "\n\narea: 9\nnama: x\n", "'area' (baris 3): 9 lebih dari 6"),
]
JSON = [
    ("kunci ganda", '{"area": 1, "nama": "x",\n "area": 2}', "kunci 'area' ditulis dua kali"),
    ("terpotong", '{"area": 1,\n "nama":', "isi.json baris 2: bukan JSON yang sah"),
    ("dua nilai", '{"area": 1, "nama": "x"}\n{"area": 2}', "isi.json baris 2: bukan JSON yang sah"),
    ("koma akhir", '{"area": 1, "nama": "x",}', "bukan JSON yang sah"),
    ("tak hingga", '{"area": Infinity, "nama": "x"}', "Infinity bukan bilangan"),
    ("dalam", DALAM, "terlalu bertingkat"),
    ("dalam dan sah", f'{{"area": {"[" * 500}{"]" * 500}}}', "terlalu bertingkat"),
    ("daftar", "[1]", "bukan pasangan isian dan nilai"),
    ("kosong", " \n", "bukan JSON yang sah"),
]


@pytest.mark.parametrize(("isi", "kata"), [(i, k) for _, i, k in ISI], ids=[n for n, _, _ in ISI])
def test_isi_yaml_yang_salah(isi: str, kata: str) -> None:
    """What YAML allows and a record must not is refused, and the line is named; from a file and from standard input."""
    Path("isi.yaml").write_text(isi)
    assert kata in " ".join(tiga_baris(panggil(*PROGRAM, "--isi", "isi.yaml"), 2))
    assert kata.replace("isi.yaml", "masukan baku") in " ".join(galat(*PROGRAM, "--isi", "-", kode=2, masukan=isi))


@pytest.mark.parametrize(("isi", "kata"), [(i, k) for _, i, k in JSON], ids=[n for n, _, _ in JSON])
def test_isi_json_yang_salah(isi: str, kata: str) -> None:
    """The same for JSON."""
    Path("isi.json").write_text(isi)
    assert kata in " ".join(galat(*PROGRAM, "--isi", "isi.json", kode=2))


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (b"area: 1\nnama: caf\xe9\n", "isi.yaml baris 2: bukan teks UTF-8"),
        ("area: 1\nnama: x\n".encode("utf-16"), "bukan teks UTF-8"),
        (b"\0" * 5000, "karakter kendali"),
    ],
    ids=["latin-1", "utf-16", "nol"],
)
def test_bita_yang_bukan_teks(isi: bytes, kata: str) -> None:
    """Bytes that are no UTF-8 are named by their line."""
    Path("isi.yaml").write_bytes(isi)
    for argumen in ((*PROGRAM, "--isi", "isi.yaml"), ("terapkan", "isi.yaml")):
        assert kata in " ".join(galat(*argumen, kode=2))


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("bom.yaml", b"\xef\xbb\xbfarea: 1\r\nnama: Program\r\n"),
        ("crlf.json", b'\xef\xbb\xbf{"area": 1,\r\n"nama": "Program"}\r\n'),
        ("tanpa-akhiran", b'{"area": "1", "nama": "Program"}'),
        ("tanpa-akhiran-yaml", b"nama: Program\narea: 1"),
    ],
)
def test_isi_yang_ditulis_lain_tetap_terbaca(nama: str, isi: bytes) -> None:
    """A BOM, line ends of Windows, and names without an ending change nothing; a dry run says what would be."""
    Path(nama).write_bytes(isi)
    (hasil,) = periksa_jawaban(jawab(*PROGRAM, "--isi", nama, "--coba"), coba=True)
    assert (hasil["perintah"], hasil["unit"]) == ("program", UNIT_UJI)


@pytest.mark.parametrize(
    ("nama", "isi", "kata"),
    [
        ("b.jsonl", f'{BUTIR}\n\n{{"perintah": "catat"\n', "b.jsonl baris 3: bukan JSON yang sah"),
        ("b.txt", f'{BUTIR}\n{{"perintah": "catat"\n', "b.txt baris 2: bukan JSON yang sah"),
        ("b.jsonl", f"{BUTIR}\n{BUTIR.replace('catat', 'catt')}\n", "Butir ke-2: b.jsonl baris 2"),
        ("b.jsonl", f"{BUTIR}\r\n{BUTIR.replace('1', '7')}\r\n", "Butir ke-2 (baris 2): Isian catatan program"),
        ("b.yaml", f"- {BUTIR}\n---\n- {BUTIR}\n", "baris 2: ada lebih dari satu dokumen"),
        ("b.yaml", BUTIR, "isinya peta"),
        ("b.json", f"[{BUTIR}", "b.json baris 1: bukan JSON yang sah"),
        ("b.json", BUTIR, "isinya peta"),
        ("b.yaml", "", "b.yaml tidak berisi perintah"),
        ("b.jsonl", "\n\n", "b.jsonl tidak berisi perintah"),
        ("b.json", "[]", "b.json tidak berisi perintah"),
        ("b.yaml", "nama: x\n", "isinya peta"),
        ("b.yaml", f"- {BUTIR}\n- perintah: catat\n  jenis: program\n  isi:\n    area: 7\n  unit: DISPORA\n", "'area' (baris 5): 7"),
        ("b.yaml", f"- {BUTIR}\n- perintah: catat\n  perintah: maju\n", "baris 3: kunci '[1].perintah' ditulis dua kali"),
        ("b.yaml", f"- &a {BUTIR}\n- *a\n", "jangkar atau alias"),
    ],
)
def test_berkas_perintah_yang_salah(nama: str, isi: str, kata: str) -> None:
    """A batch that cannot be read whole is not written at all, and the line is named."""
    Path(nama).write_text(isi)
    assert kata in " ".join(galat("terapkan", nama, kode=2))


def test_jsonl_memutus_baris_hanya_pada_ganti_baris() -> None:
    """Characters at which some programs break lines may stand in a text of JSONL."""
    butir = json.loads(BUTIR)
    butir["isi"]["nama"] = "a\u2028b\u2029c"
    isi = json.dumps(butir, ensure_ascii=False)
    assert len(periksa_jawaban(jawab("terapkan", "-", "--coba", masukan=f"{isi}\n{BUTIR}\n"), coba=True)) == 2


def test_bukti_yang_ditolak_tidak_tersimpan(isi_register: tuple[str, Path, dict[str, Any]]) -> None:
    """Evidence of a record that is refused, by mistake or by right, is not kept; nor is that of a dry run."""
    Path("sk.pdf").write_bytes(b"isi bukti")
    assert panggil(*PROGRAM, "--area", "7", "--nama", "x", "--berkas", "sk.pdf").exit_code == 2
    assert panggil(*LENGKAP, "--berkas", "sk.pdf", "--versi", "99").exit_code == 6
    assert panggil(*LENGKAP, "--berkas", "sk.pdf", "--coba").exit_code == 0
    assert panggil(*LENGKAP, "--berkas", "sk.pdf", "--coba", "--oleh", "X-SIAPA").exit_code == 5
    Path("b.json").write_text(json.dumps([json.loads(BUTIR) | {"berkas": "sk.pdf"}, {"perintah": "salah"}]))
    assert panggil("terapkan", "b.json").exit_code == 2
    assert not berkas_tersimpan(isi_register[1])
