"""Values that cannot be: by options, by --isi and in a batch, each is refused in three lines and nothing at all is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA
from tests.cli.alat_cli import panggil
from tests.cli.register import galat, galat_json, muat_sekali, periksa_daftar, potret, register, tiga_baris

PANJANG = "x" * 100_000
BESAR = "1" + "0" * 400
BAIK = {"perintah": "catat", "jenis": "publikasi", "unit": UNIT_UJI, "isi": {"kanal": "Laman", "alamat": "baik.example"}}


class Mentah(str):
    """A JSON value written as it is, whether it is JSON or not."""

    __slots__ = ()


@dataclass(frozen=True)
class Kasus:
    """A record that cannot be: ``isi`` by field, what must be said, and the exit code."""

    nama: str
    jenis: str
    isi: Mapping[str, Any]
    kata: str
    kode: int = 2
    unit: str | None = UNIT_UJI
    umum: Mapping[str, str] = field(default_factory=dict)
    hanya: tuple[str, ...] = ("opsi", "isi", "terapkan")


PAKTA = {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": "ya"}
PROGRAM = {"area": 1, "nama": "Program"}
IDENTIFIKASI = {"layanan_utama": ["a"], "isu_strategis": ["b"], "risiko": ["c"]}
NESTED = ("isi", "terapkan")
BUTIR = {"kode": "A", "area": 1, "kegiatan": "k", "indikator": "i", "target": "1", "satuan": "s", "tenggat": "2024-12-31"}
KASUS = [
    Kasus("unit tak dikenal", "program", PROGRAM, "Unit 'DISPORAA' tidak ditemukan. Maksud Anda: DISPORA?", 3, "DISPORAA"),
    Kasus("unit berupa jejak markup", "program", PROGRAM, "Unit '[/x]' tidak ditemukan", 3, "[/x]"),
    Kasus("tanggal mustahil", "program", PROGRAM, "2025-02-29", umum={"tanggal": "2025-02-29"}),
    Kasus("bulan ketiga belas", "program", PROGRAM, "2025-13-01", umum={"tanggal": "2025-13-01"}),
    Kasus("tanggal ala Indonesia", "program", PROGRAM, "YYYY-MM-DD", umum={"tanggal": "31-05-2026"}),
    Kasus("NIP 17 angka", "naskah_deklarasi", {"penandatangan": KEPALA[:-1]}, "18 angka"),
    Kasus("NIP huruf", "naskah_deklarasi", {"penandatangan": "X-a"}, "18 angka"),
    Kasus("pelaku 17 angka", "program", PROGRAM, "18 angka", umum={"oleh": ADMIN[:-1]}),
    Kasus("jumlah negatif", "pakta_integritas", {**PAKTA, "jumlah_pegawai": -1}, "'jumlah_pegawai'"),
    Kasus("tanda tangan negatif", "pakta_integritas", {**PAKTA, "penandatangan": -1}, "-1 kurang dari 0"),
    Kasus("tanda tangan melebihi pegawai", "pakta_integritas", {**PAKTA, "penandatangan": 61}, "61 melebihi 'jumlah_pegawai'"),
    Kasus("bukan ya atau tidak", "pakta_integritas", {**PAKTA, "pimpinan": "yes"}, "'yes' bukan ya atau tidak"),
    Kasus("area ketujuh", "program", {**PROGRAM, "area": 7}, "7 lebih dari 6"),
    Kasus("area nol", "program", {**PROGRAM, "area": 0}, "0 kurang dari 1"),
    Kasus("area pecahan", "program", {**PROGRAM, "area": "1.5"}, "bukan bilangan bulat"),
    Kasus("tanpa area", "program", {"nama": "Program"}, "'area' wajib diisi"),
    Kasus("teks kosong", "program", {**PROGRAM, "nama": "  "}, "'nama' wajib diisi"),
    Kasus("bukan bilangan", "realisasi", {"kode": "A1", "capaian": Mentah("NaN")}, "NaN"),
    Kasus("tak hingga", "realisasi", {"kode": "A1", "capaian": Mentah("-Infinity")}, "Infinity"),
    Kasus("sepuluh pangkat 400", "realisasi", {"kode": "A1", "capaian": Mentah(BESAR)}, "bukan bilangan desimal"),
    Kasus("1e400", "realisasi", {"kode": "A1", "capaian": Mentah("1e400")}, "bukan bilangan desimal"),
    Kasus("jumlah 10 pangkat 400", "pakta_integritas", {**PAKTA, "jumlah_pegawai": Mentah(BESAR)}, "bukan bilangan bulat"),
    Kasus("koma desimal", "realisasi", {"kode": "A1", "capaian": "1,5"}, "dengan titik"),
    Kasus("angka Arab", "pakta_integritas", {**PAKTA, "jumlah_pegawai": "٦٠"}, "bukan bilangan bulat"),
    Kasus("seratus ribu huruf", "program", {**PROGRAM, "nama": PANJANG}, "panjangnya 100000 huruf, paling banyak 500"),
    Kasus("huruf kendali", "program", {**PROGRAM, "nama": "merah \x1b[31m"}, "U+001B"),
    Kasus("huruf nol", "program", {**PROGRAM, "nama": "a\0b"}, "U+0000", hanya=NESTED),
    Kasus("setengah karakter", "program", {**PROGRAM, "nama": Mentah('"\\ud800"')}, "setengah karakter", hanya=NESTED),
    Kasus("pilihan tak dikenal", "penilaian_kriteria", {"kriteria": "layanan_utma", "terpenuhi": "ya", "alasan": "a"}, "'layanan_utama'?"),
    Kasus("tahun terlalu awal", "sakip", {"tahun": 1899, "peringkat": "BB"}, "1899 kurang dari"),
    Kasus("bulan di dalam butir", "rencana_aksi", {"butir": [{**BUTIR, "tenggat": "2025-02-29"}]}, "'butir[1].tenggat'", hanya=NESTED),
    Kasus("isian tak dikenal", "program", {**PROGRAM, "namaa": "x"}, "'nama'?", hanya=NESTED),
    Kasus("isian di dalam tak dikenal", "rencana_aksi", {"butir": [{**BUTIR, "kodee": 1}]}, "'kode'?", hanya=NESTED),
    Kasus("peta sebagai teks", "program", {**PROGRAM, "nama": {"a": 1}}, "harus berupa teks", hanya=NESTED),
    Kasus(
        "teks sebagai daftar", "identifikasi", {"layanan_utama": "satu", "isu_strategis": ["b"], "risiko": ["c"]}, "daftar", hanya=NESTED
    ),
    Kasus("jenis tak dikenal", "progam", PROGRAM, "Maksud Anda: program"),
    Kasus("fakta instansi dengan unit", "opini_bpk", {"tahun": 2025, "opini": "WTP"}, "tanpa unit"),
]


@pytest.fixture(scope="module")
def isi_register(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, dict[str, Any]]:
    """Make one register for all of this, and note what is in it: nothing here may change it."""
    folder = tmp_path_factory.mktemp("register")
    url = register(f"sqlite:///{folder / 'zi.db'}", "evaluasi_tpi")
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


def _json(nilai: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(nilai, Mentah):
        return str(nilai)
    if isinstance(nilai, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {_json(v)}" for k, v in nilai.items()) + "}"
    if isinstance(nilai, list):
        return "[" + ", ".join(map(_json, nilai)) + "]"
    return json.dumps(nilai)


def _argumen(kasus: Kasus, jalan: str) -> tuple[str, ...]:
    """Return the command line that hands the case in by one of the three ways, writing the file that it needs."""
    unit = () if kasus.unit is None else (kasus.unit,)
    umum = tuple(t for k, v in kasus.umum.items() for t in (f"--{k}", v))
    if jalan == "opsi":
        return ("catat", kasus.jenis, *unit, *(f"--{k}={v}" for k, v in kasus.isi.items()), *umum)
    if jalan == "isi":
        Path("isi.json").write_text(_json(dict(kasus.isi)), encoding="utf-8")
        return ("catat", kasus.jenis, *unit, "--isi", "isi.json", *umum)
    butir = {"perintah": "catat", "jenis": kasus.jenis, "unit": kasus.unit, **kasus.umum, "isi": dict(kasus.isi)}
    Path("butir.json").write_text(_json([BAIK, butir]), encoding="utf-8")
    return ("terapkan", "butir.json")


@pytest.mark.parametrize(("kasus", "jalan"), [(k, j) for k in KASUS for j in k.hanya], ids=lambda x: x if isinstance(x, str) else x.nama)
def test_catatan_yang_tidak_sah(kasus: Kasus, jalan: str) -> None:
    """Three lines that name the value, the right exit code, nothing on stdout, nothing written; the same for programs."""
    argumen = _argumen(kasus, jalan)
    # For programs once a case: what they are told does not depend on the way that the value came in.
    dua = jalan == kasus.hanya[-1]
    pesan, sebab, lanjut = galat(*argumen, kode=kasus.kode) if dua else tiga_baris(panggil(*argumen), kasus.kode)
    assert kasus.kata in f"{pesan} {sebab} {lanjut}"
    assert len(pesan) < 1000
    if jalan == "terapkan" and "NaN" not in pesan and "Infinity" not in pesan and "setengah" not in pesan:
        assert pesan.startswith("Butir ke-2")


GANDA = ("--predikat", f"{UNIT_UJI}=WBK", "--predikat", "X=WBK")


@pytest.mark.parametrize(
    ("argumen", "isi", "kode", "kata"),
    [
        (("usulkan", UNIT_UJI, "--predikat", "WBX"), {"predikat": "WBX"}, 2, "'WBX' bukan salah satu dari WBK, WBBM"),
        (("usulkan", UNIT_UJI, "--tahun", "1999"), {"tahun": 1999}, 2, "1999 kurang dari"),
        (("usulkan", UNIT_UJI, "--tahun", "2024", "--tanggal", "2025-05-20"), {"tahun": 2024}, 2, "D15"),
        (("usulkan", UNIT_UJI, "--predikat", "DISPORAA=WBK"), {"predikat": {"DISPORAA": "WBK"}}, 2, "DISPORA"),
        (
            ("usulkan", UNIT_UJI, "--predikat", f"{UNIT_UJI}=WBK", "--predikat", "X=WBK"),
            {"predikat": {UNIT_UJI: "WBK", "X": "WBK"}},
            2,
            "X",
        ),
        (("usulkan", "DISPOR"), {}, 3, "Maksud Anda: DISPORA?"),
        (("usulkan", "NIHIL", UNIT_UJI), {}, 3, "'NIHIL' tidak ditemukan"),
        (("kembalikan", UNIT_UJI), {}, 2, "'rekomendasi' wajib diisi"),
        (("kembalikan", UNIT_UJI, "--rekomendasi", "a\x07"), {"rekomendasi": ["a\x07"]}, 2, "U+0007"),
        (("kembalikan", UNIT_UJI, "--rekomendasi", PANJANG), {"rekomendasi": [PANJANG]}, 2, "100000 huruf"),
        (("usulkn", UNIT_UJI), {}, 11, "usulkan"),
        (("mulai-pantau", UNIT_UJI), {}, 11, "evaluasi_tpi"),
    ],
    ids=lambda x: "-".join(x)[:60] if isinstance(x, tuple) else "",
)
def test_langkah_yang_tidak_sah(argumen: tuple[str, ...], isi: dict[str, Any], kode: int, kata: str) -> None:
    """The same for moves: by options, by --isi, and in a batch behind a good item."""
    assert kata in " ".join(galat("maju", *argumen, "--oleh", WALI_KOTA, kode=kode))
    Path("isi.json").write_text(json.dumps(isi))
    unit = [a for a in argumen[1:] if a.isupper() and "=" not in a]
    hari = ("--tanggal", "2025-05-20")
    assert kata in " ".join(galat("maju", argumen[0], *unit, "--isi", "isi.json", *hari, "--oleh", WALI_KOTA, kode=kode))
    butir = {"perintah": "maju", "langkah": argumen[0], "unit": unit, "tanggal": "2025-05-20", "oleh": WALI_KOTA, "isi": isi}
    Path("butir.json").write_text(json.dumps([BAIK, butir]))
    pesan, *lain = galat("terapkan", "butir.json", kode=kode)
    assert pesan.startswith("Butir ke-2")
    assert kata in " ".join((pesan, *lain))


ANGKAT = {"perintah": "angkat-pejabat", "nip": KEPALA, "nama": "x", "peran": "tpi", "sk": "1", "sejak": "2024-02-20"}


@pytest.mark.parametrize(
    ("butir", "kata"),
    [
        (3, "isinya '3'"),
        ({"jenis": "program"}, "kunci 'perintah' belum ditulis"),
        ({**BAIK, "perintah": "catatt"}, "Maksud Anda: catat?"),
        ({**BAIK, "tangal": "2025-01-01"}, "Maksud Anda: tanggal?"),
        ({**BAIK, "isi": ["x"]}, "isinya daftar"),
        ({**BAIK, "berkas": "nihil.pdf"}, "nihil.pdf tidak ditemukan"),
        ({**BAIK, "berkas": "a\0b"}, "a"),
        ({"perintah": "maju", "langkah": "usulkan", "unit": []}, "satu unit atau lebih"),
        ({"perintah": "maju", "langkah": "usulkan", "unit": [UNIT_UJI, UNIT_UJI]}, "disebut lebih dari sekali"),
        ({"perintah": "maju", "langkah": "usulkan", "unit": {"a": 1}}, "isinya peta"),
        ({"perintah": "maju", "langkah": "usulkan"}, "'unit'"),
        ({"perintah": "daftarkan-unit", "unit": "ada spasi", "nama": "x"}, "'ada spasi' tidak sah"),
        ({"perintah": "daftarkan-unit", "unit": "BARU", "nama": "x", "afirmasi": "sekolahh"}, "Jenis afirmasi"),
        ({"perintah": "daftarkan-unit", "unit": "BARU", "nama": "x", "keadaan_awal": {"tahap": "predikatt"}}, "predikat"),
        ({**ANGKAT, "nip": "1"}, "18 angka"),
        (
            {"perintah": "angkat-pejabat", "nip": KEPALA, "nama": "x", "peran": "tpii", "sk": "1", "sejak": "2024-02-20"},
            "Maksud Anda: tpi?",
        ),
        ({**ANGKAT, "sejak": "2024-02-30"}, "2024-02-30"),
        ({"perintah": "akhiri-pejabat", "nip": PENILAI, "peran": "tpi", "sampai": "2023-02-29"}, "2023-02-29"),
    ],
)
def test_butir_yang_tidak_sah(butir: object, kata: str) -> None:
    """An item that is no command is named with its line; the good one before it is not written either."""
    Path("butir.yaml").write_text(f"- {json.dumps(BAIK)}\n- {json.dumps(butir)}\n")
    pesan, *lain = galat("terapkan", "butir.yaml", kode=2)
    assert pesan.startswith("Butir ke-2")
    assert "baris 2" in pesan
    assert kata in " ".join((pesan, *lain))


def test_program_yang_belum_lengkap_disimpan_lalu_langkahnya_ditolak(tmp_path: Path) -> None:
    """Programmes for five of the six areas are well-formed records; starting to build on them is refused, and area 6 is named."""
    url = register(f"sqlite:///{tmp_path / 'lima.db'}", "penetapan")
    dasar = ("--basis", url, "--tanggal", "2024-04-03")
    for area in range(1, 6):
        assert panggil("catat", "program", UNIT_UJI, "--area", str(area), "--nama", f"P{area}", *dasar).exit_code == 0
    sebelum = potret(url)
    hasil = panggil("maju", "mulai-bangun", UNIT_UJI, "--basis", url, "--tanggal", "2024-04-10", "--oleh", KEPALA, "--json")
    syarat = periksa_daftar(galat_json(hasil, 5)["penolakan"][0], perintah="mulai-bangun")
    assert (syarat["R9"]["terpenuhi"], syarat["R9"]["kurang"]) == (False, "area 6")
    sesudah = potret(url)
    assert len(sesudah["peristiwa"]) == len(sebelum["peristiwa"]) + 1
