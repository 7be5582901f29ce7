"""``zi lke impor``: a file becomes one record, after saying what it changes; what cannot be read changes nothing."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.alat.dunia import KEPALA, PENILAI, UNIT_UJI, definisi, jawaban_semua
from tests.cli.alat_cli import AKAR, ZI, jalankan, lingkungan, panggil
from tests.cli.register import berkas_tersimpan, galat, jawab, muat_sekali, periksa_jawaban, potret, register
from tests.workbook.alat_tulis import isi as isi_lembar
from zi_workflow.workbook.content import IsiLembar, Penilaian
from zi_workflow.workbook.ministry import tulis_kementerian
from zi_workflow.workbook.portal import tulis_portal

RESMI = AKAR.parent / "shared" / "lke" / "lke-zi-kosong.xlsx"
JAWABAN = {**jawaban_semua("B", "3.6"), "2": "A"}
TPI = ("--tahun", "2025", "--penilai", "tpi", "--oleh", PENILAI, "--tanggal", "2025-04-01")
IMPOR = ("lke", "impor", UNIT_UJI)


@pytest.fixture(autouse=True)
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a register with one unit and its officials, and name it in the environment."""
    muat_sekali(monkeypatch)
    alamat = register(f"sqlite:///{tmp_path / 'zi.db'}")
    monkeypatch.setenv("ZI_BASIS", alamat)
    return alamat


def isian(jawaban: dict[str, Any] | None = None, **lain: Any) -> IsiLembar:  # noqa: ANN401 - fields of IsiLembar
    """Return the contents of a template of this register's unit."""
    peta = {n: lain.pop(n, {}) for n in ("catatan", "bukti_dukung", "dinilai")}
    penilaian = Penilaian(JAWABAN if jawaban is None else jawaban, **peta)
    return replace(isi_lembar("tpi", penilaian), **{"kode": UNIT_UJI, "nama": "Dinas Uji", "tahun": 2025, **lain})


def templat(nama: str = "lke.xlsx", jawaban: dict[str, Any] | None = None, **lain: Any) -> str:  # noqa: ANN401 - as above
    """Write a filled template; return its name."""
    Path(nama).write_bytes(tulis_kementerian(isian(jawaban, **lain)))
    return nama


def ubah(nama: str, **sel: float | str | None) -> str:
    """Type into cells of a workbook's main sheet, as a person would."""
    buku = openpyxl.load_workbook(nama)
    for rujukan, nilai in sel.items():
        buku["LKE ZI"][rujukan] = nilai
    buku.save(nama)
    return nama


def tercatat() -> dict[str, Any]:
    """Return the newest LKE on record."""
    semua = jawab("audit", "cari", "--unit", UNIT_UJI, "--jenis", "lke", "--batas", "100")["peristiwa"]
    isi: dict[str, Any] = max(semua, key=lambda p: p["nomor"])["isi"]["isi"]
    return isi


def test_templat_menjadi_satu_peristiwa_dengan_berkasnya(url: str, tmp_path: Path) -> None:
    """The answers, the note and the evidence become one record of the edition named; the workbook is kept as evidence."""
    sebelum = potret(url)["peristiwa"]
    data = jawab(*IMPOR, templat(catatan={"3": "=1+1 [/x]"}, bukti_dukung={"4": "map 4"}), *TPI)
    (hasil,) = data["hasil"]
    sesudah = potret(url, tmp_path / "zi.db.berkas")
    assert len(sesudah["peristiwa"]) == len(sebelum) + 1
    assert (hasil["perintah"], hasil["unit"], data["bentuk"], data["penilai"]) == ("lke", UNIT_UJI, "templat", "tpi")
    isi = tercatat()
    assert isi["jawaban"] == JAWABAN
    assert (isi["catatan"], isi["bukti_dukung"], isi["instrumen"]) == ({"3": "=1+1 [/x]"}, {"4": "map 4"}, definisi().instrumen.versi)  # type: ignore[union-attr] # it has one
    assert Path("lke.xlsx").read_bytes() in sesudah["berkas"].values()
    assert {b["soal"] for b in data["perubahan"]["butir"] if b["bidang"] == "jawaban"} == set(JAWABAN)


def test_berkas_yang_sama_dua_kali_tidak_menulis_apa_pun(url: str) -> None:
    """The second time, on another day too, the answer names the record on file and the store stays as it is."""
    (hasil,) = jawab(*IMPOR, templat(), *TPI)["hasil"]
    sebelum = potret(url)
    for hari in ("2025-04-01", "2025-06-30"):
        data = jawab(*IMPOR, "lke.xlsx", *TPI[:-1], hari)
        assert (data["hasil"], data["sudah_tercatat"], data["perubahan"]["butir"]) == ([], hasil["nomor"][0], [])
        layar = panggil(*IMPOR, "lke.xlsx", *TPI[:-1], hari)
        assert (layar.exit_code, "tidak ada yang ditulis" in layar.stdout) == (0, True)
    assert potret(url) == sebelum


def test_desimal_yang_sama_bukan_perubahan(url: str) -> None:
    """An index recorded as 3.60 is the 3.6 of the workbook: nothing is written."""
    Path("isi.json").write_text(json.dumps({"jawaban": {**JAWABAN, "125": "3.60", "127": "3.600"}}), encoding="utf-8")
    umum = ("--oleh", PENILAI, "--tanggal", "2025-04-01")
    jawab("catat", "lke", UNIT_UJI, "--tahun", "2025", "--penilai", "tpi", "--isi", "isi.json", *umum)
    sebelum = potret(url)
    assert jawab(*IMPOR, templat(), *TPI)["perubahan"]["butir"] == []
    assert potret(url) == sebelum


def test_perubahan_ditunjukkan_lebih_dahulu(url: str) -> None:
    """A second workbook lists what was and what will be, by question; --coba shows the same and writes nothing."""
    jawab(*IMPOR, templat(), *TPI)
    baru = {s: j for s, j in JAWABAN.items() if s != "9"} | {"6": "D", "125": "3.7"}
    nama = templat("baru.xlsx", baru, catatan={"6": "menurun"})
    sebelum = potret(url)
    data = jawab(*IMPOR, nama, *TPI, "--coba")
    butir = [(b["bidang"], b["soal"], b["lama"], b["baru"]) for b in data["perubahan"]["butir"]]
    harap = [("jawaban", "6", "B", "D"), ("jawaban", "9", "Ya", None), ("jawaban", "125", "3.6", "3.7"), ("catatan", "6", None, "menurun")]
    assert sorted(butir) == sorted(harap)
    periksa_jawaban({k: data[k] for k in ("skema", "coba", "ulangan", "hasil")}, coba=True)
    layar = panggil(*IMPOR, nama, *TPI, "--coba").stdout
    assert "3 jawaban, 1 catatan" in layar
    assert "(kosong)" in layar
    assert potret(url) == sebelum
    jawab(*IMPOR, nama, *TPI)
    assert tercatat()["jawaban"] == baru


def test_semua_sel_salah_disebut_sekaligus_dan_tidak_ada_yang_ditulis(url: str) -> None:
    """One go names every invalid cell, in the order of the sheet; nothing is written, no file kept."""
    nama = ubah(templat(), K57=None, K58="F", K9="Z", K130="0,5", K202="50%", K205=4.5, K133=-1)
    sebelum = potret(url)
    pesan, _, lanjut = galat(*IMPOR, nama, *TPI, kode=2)
    assert pesan.startswith("6 sel tidak dapat dibaca. Sel K9: 'Z' bukan A/B/C; Sel K58: 'F' bukan A/B/C/D; Sel K130: '0,5'")
    assert [s for s in ("K133", "K202: '50%'", "K205: 4,5") if f"Sel {s}" not in pesan] == []
    assert "Tidak ada yang ditulis" in lanjut
    assert potret(url) == sebelum
    assert not Path("zi.db.berkas").exists() or berkas_tersimpan(Path("zi.db.berkas")) == {}


@pytest.mark.parametrize(
    ("ganti", "opsi", "sebut"),
    [
        ({"kode": "LAIN"}, TPI, "unit 'LAIN'"),
        ({"tahun": 2024}, TPI, "tahun '2024'"),
        ({"penilai": "unit"}, TPI, "penilai 'unit'"),
    ],
    ids=["unit", "tahun", "penilai"],
)
def test_templat_untuk_yang_lain_ditolak(url: str, ganti: dict[str, Any], opsi: tuple[str, ...], sebut: str) -> None:
    """A template of another unit, year or assessor is not filed under this one."""
    sebelum = potret(url)
    pesan, _, _ = galat(*IMPOR, templat(**ganti), *opsi, kode=2)
    assert sebut in pesan
    assert potret(url) == sebelum


def test_edisi_yang_tidak_dikenal_ditolak() -> None:
    """A template made with an edition that this register does not have is refused."""
    instrumen = replace(isian().instrumen, versi="2099@2099-01-01")
    assert "2099@2099-01-01" in galat(*IMPOR, templat(instrumen=instrumen), *TPI, kode=2)[0]


def test_lembar_portalrb_bagi_kedua_penilai() -> None:
    """PortalRB's sheet holds both assessments; each import takes its own columns."""
    satu, dua = Penilaian(JAWABAN, {"1": "dari unit"}, {"1": "map"}, {}), Penilaian({**JAWABAN, "2": "C"}, {"2": "dari TPI"}, {}, {})
    isi, lembaran = isian(), definisi().lembaran
    assert lembaran is not None
    assert lembaran.portal is not None
    Path("p.xlsx").write_bytes(tulis_portal(UNIT_UJI, "Unit", 2025, isi.instrumen, lembaran.portal, {"unit": satu, "tpi": dua}))
    for penilai, oleh, harap in (("unit", KEPALA, satu), ("tpi", PENILAI, dua)):
        opsi = ("--tahun", "2025", "--penilai", penilai, "--oleh", oleh, "--tanggal", "2025-04-01")
        data = jawab(*IMPOR, "p.xlsx", *opsi)
        assert (data["bentuk"], data["rekonsiliasi"]) == ("portalrb", None)
        assert (tercatat()["jawaban"], tercatat()["catatan"]) == (harap.jawaban, harap.catatan)


def test_json_dari_berkas_dan_dari_masukan_baku(url: str) -> None:
    """JSON in the API guide's form, from a file or standard input; for another unit or year it is refused."""
    jawaban = [{"soal_id": int(s), "jawaban_unit": None, "jawaban_tpi": str(j), "catatan_tpi": None} for s, j in JAWABAN.items()]
    isi = {"unit_id": UNIT_UJI, "nama_unit": "Unit", "tahun": 2025, "answers": jawaban}
    data = jawab(*IMPOR, "-", *TPI, masukan=json.dumps(isi))
    assert (data["bentuk"], tercatat()["jawaban"]) == ("json", JAWABAN)
    sebelum = potret(url)
    for ganti, sebut in (({"unit_id": "LAIN"}, "unit 'LAIN'"), ({"tahun": 2024}, "tahun '2024'")):
        Path("salah.json").write_text(json.dumps({**isi, **ganti}), encoding="utf-8")
        assert sebut in galat(*IMPOR, "salah.json", *TPI, kode=2)[0]
    jawaban[1]["jawaban_tpi"] = "F"
    jawaban[2]["soal_id"] = 9999
    Path("salah.json").write_text(json.dumps(isi), encoding="utf-8")
    pesan = galat(*IMPOR, "salah.json", *TPI, kode=2)[0]
    assert "soal 2: 'F' bukan A/B/C" in pesan
    assert "soal 9999" in pesan
    assert potret(url) == sebelum


def test_yang_tidak_bertempat_dipertahankan() -> None:
    """A layout without evidence and judged values leaves those on record as they are, and says so."""
    nol = {**JAWABAN, "110": 0, "111": 0, "112": 0}
    dinilai = {"110": {"nilai": "0.5", "alasan": "tidak ada aduan"}}
    jawab(*IMPOR, templat(jawaban=nol, bukti_dukung={"4": "map 4"}, dinilai=dinilai), *TPI)
    ke_json({**nol, "2": "C"})
    data = jawab(*IMPOR, "tpi.json", *TPI)
    assert set(data["perubahan"]["dipertahankan"]) == {"bukti_dukung", "dinilai"}
    assert (tercatat()["bukti_dukung"], tercatat()["dinilai"]) == ({"4": "map 4"}, dinilai)
    ke_json({**nol, "2": "C", "110": 5, "111": 5, "112": 5})
    assert jawab(*IMPOR, "tpi.json", *TPI)["perubahan"]["nilai_tpi_gugur"] == ["110"]
    assert "dinilai" not in tercatat()


def ke_json(jawaban: dict[str, Any]) -> None:
    """Write TPI's answers in the API guide's form."""
    butir = [{"soal_id": int(s), "jawaban_unit": None, "jawaban_tpi": str(j)} for s, j in jawaban.items()]
    Path("tpi.json").write_text(json.dumps({"unit_id": UNIT_UJI, "tahun": 2025, "answers": butir}), encoding="utf-8")


def test_pelaku_yang_tidak_berwenang_ditolak_dengan_daftar_periksa(url: str) -> None:
    """TPI's assessment is not recorded by the head of the unit: exit 5 with the checklist, no file kept."""
    hasil = panggil(*IMPOR, templat(), *TPI[:4], "--oleh", KEPALA, "--tanggal", "2025-04-01", "--json")
    assert (hasil.exit_code, hasil.stdout) == (5, "")
    assert json.loads(hasil.stderr)["penolakan"][0]["syarat"]
    assert all(b[6] != "lke" for b in potret(url)["peristiwa"])


@pytest.mark.parametrize("argumen", [(*IMPOR, "tiada.xlsx", *TPI), ("lke", "impor", "TIADA", "lke.xlsx", *TPI)], ids=["berkas", "unit"])
def test_berkas_atau_unit_yang_tidak_ada(url: str, argumen: tuple[str, ...]) -> None:
    """A missing file is exit 2, an unknown unit exit 3; nothing is written."""
    Path("lke.xlsx").write_bytes(tulis_kementerian(isian(kode="TIADA")))
    sebelum = potret(url)
    galat(*argumen, kode=2 if "tiada.xlsx" in argumen else 3)
    assert potret(url) == sebelum


@pytest.mark.skipif(not RESMI.is_file(), reason="buku kerja kementerian hanya ada bersama ../shared")
def test_buku_kerja_kementerian_apa_adanya() -> None:
    """The ministry's own workbook, filled with answers, is recognised; without totals it says that it was never calculated."""
    buku = openpyxl.load_workbook(RESMI)
    for soal, baris in isian().tata_letak.soal.items():
        buku["LKE ZI"][f"K{baris}"] = float(JAWABAN[soal]) if soal in {"125", "127"} else JAWABAN[soal]
    buku.save("resmi.xlsx")
    data = jawab(*IMPOR, "resmi.xlsx", *TPI)
    assert (data["bentuk"], data["rekonsiliasi"]) == ("kementerian", {"dihitung": False, "sama": 0, "selisih": []})
    assert tercatat()["jawaban"] == JAWABAN


def test_templat_dicocokkan_dengan_hitungan() -> None:
    """A template that nobody touched shows our own figures, all of them."""
    data = jawab(*IMPOR, templat(), *TPI, "--coba")["rekonsiliasi"]
    assert (data["dihitung"], data["sama"], data["selisih"]) == (True, 68, [])


def test_nilai_yang_basi_di_templat_disebut() -> None:
    """An answer changed by a program that does not calculate leaves old figures: each is named, and how they should be."""
    asal, hasil = BytesIO(tulis_kementerian(isian())), BytesIO()
    with zipfile.ZipFile(asal) as lama, zipfile.ZipFile(hasil, "w") as baru:
        for nama in lama.namelist():
            bagian = lama.read(nama)
            huruf_b = re.search(rb'<c r="K12"[^>]*t="s"><v>([0-9]+)</v>', bagian)
            if huruf_b is not None:
                bagian = re.sub(rb'(<c r="K9"[^>]*t="s"><v>)[0-9]+(</v>)', rb"\g<1>" + huruf_b[1] + rb"\2", bagian)
            baru.writestr(nama, bagian)
    Path("basi.xlsx").write_bytes(hasil.getvalue())
    data = jawab(*IMPOR, "basi.xlsx", *TPI)
    selisih = {s["sel"]: s for s in data["rekonsiliasi"]["selisih"]}
    assert set(selisih) == {"L4", "L5", "L6", "L7", "L198", "L208"}
    assert (selisih["L7"]["buku"], selisih["L7"]["resmi"]) == ("0.500000", "0.375000")
    assert {s: {a["kode"] for a in isi["alasan"]} for s, isi in selisih.items()} == {
        s: {"belum_dihitung" if s == "L7" else "turunan"} for s in selisih
    }
    assert tercatat()["jawaban"]["2"] == "B"


@pytest.fixture
def terminal(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run the program on a pseudo terminal and answer its question."""

    def jalan(jawaban: str, *argumen: str) -> tuple[int, str]:
        utama, anak = pty.openpty()
        env = lingkungan(tmp_path, ZI_BASIS=f"sqlite:///{tmp_path / 'zi.db'}")
        proses = subprocess.Popen([*ZI, *argumen], stdin=anak, stdout=subprocess.PIPE, stderr=anak, env=env, cwd=tmp_path)
        os.close(anak)
        os.write(utama, jawaban.encode())
        keluar, _ = proses.communicate(timeout=60)
        layar = b""
        try:
            while bagian := os.read(utama, 65536):
                layar += bagian
        except OSError:
            pass
        os.close(utama)
        return proses.returncode, (keluar + layar).decode()

    return jalan


@pytest.mark.skipif(sys.platform == "win32", reason="terminal semu hanya ada di POSIX")
def test_di_terminal_ditanya_dahulu(url: str, terminal: Callable[..., tuple[int, str]]) -> None:
    """On a terminal the preview comes first and no answer but yes writes; --ya does not ask."""
    templat()
    sebelum = potret(url)
    kode, layar = terminal("t\n", *IMPOR, "lke.xlsx", *TPI)
    assert (kode, "Catat LKE" in layar, "Yang berubah" in layar) == (130, True, True)
    assert potret(url) == sebelum
    assert terminal("y\n", *IMPOR, "lke.xlsx", *TPI)[0] == 0
    assert tercatat()["jawaban"] == JAWABAN
    templat(jawaban={**JAWABAN, "6": "A"})
    kode, layar = terminal("", *IMPOR, "lke.xlsx", *TPI, "--ya")
    assert (kode, "[y/t]" in layar) == (0, False)


def test_induk_tetap_hidup_bila_buku_kerja_jahat(rumah: Path, url: str) -> None:
    """A broken archive under the name of a workbook: three lines, exit 2, nothing written."""
    Path("jahat.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    sebelum = potret(url)
    hasil = jalankan(rumah, *IMPOR, "jahat.xlsx", *TPI, program=ZI, env={"ZI_BASIS": url})
    assert (hasil.returncode, hasil.stdout) == (2, b"")
    assert [b.split(b":")[0] for b in hasil.stderr.splitlines()] == [b"Galat", b"Sebab", b"Lanjut"]
    assert potret(url) == sebelum


def test_pelaku_wajib_disebut() -> None:
    """Without an actor nothing is read, let alone written."""
    assert "Pelaku" in galat(*IMPOR, templat(), "--tahun", "2025", "--penilai", "tpi", kode=2)[0]
