"""The loader refuses a broken instrument: one edit of the shipped file for each of its rules."""

from __future__ import annotations

from datetime import date

import pytest

from tests.lke.alat import BERKAS, instrumen
from zi_workflow.domain.errors import DefinisiSalah
from zi_workflow.loader.lke import baca_instrumen
from zi_workflow.loader.pohon import urai

SOAL_1 = "{id: 1, skala: YA_TIDAK, uraian: Tim pembangunan ZI unit sudah ada}"
RUMUS_1 = "{jenis: rasio, pembilang: [89], penyebut: [88], uraian: Perubahan konkret tiap agen}"
RUMUS_DISIPLIN = "{jenis: penurunan, lalu: [102], kini: [103], harus_terisi: [104], uraian: Penurunan pelanggaran disiplin}"
ADUAN = "tidak_dihitung: [111], "
SPKP = "          - id: spkp\n            nama: Persepsi kualitas pelayanan\n            bobot: 17.5\n            soal:\n"
SOAL_127 = "              - {id: 127, skala: INDEKS, uraian: Indeks kualitas pelayanan dari survei luar}\n"

RUSAK = {
    "kunci asing": ('versi: "2026"', 'versi: "2026"\nrevisi: 2', "revisi", "kunci yang dikenal"),
    "kunci hilang": ("sejak: 2024-02-19\n", "", "", "kunci 'sejak'"),
    "tanggal mustahil": ("sejak: 2024-02-19", "sejak: 2024-02-30", "sejak", "tanggal yang ada di kalender"),
    "tanpa dasar": ("dasar: [PERWALI3 Lampiran II]", "dasar: []", "dasar", "sedikitnya satu butir"),
    "banyak soal": ("jumlah_soal: 127", "jumlah_soal: 126", "jumlah_soal", "127, sebab sebanyak itulah soal"),
    "banyak butir": ("jumlah_dinilai: 113", "jumlah_dinilai: 127", "jumlah_dinilai", "113, sebab sebanyak itulah butir"),
    "jenis skala": ("{jenis: jumlah}", "{jenis: bilangan}", "skala.JUMLAH.jenis", "jenis skala: indeks, jumlah, pilihan"),
    "skala tanpa jenis": ("{jenis: jumlah}", "{}", "skala.JUMLAH", "kunci 'jenis'"),
    "skala kelebihan": ("{jenis: jumlah}", "{jenis: jumlah, tertinggi: 4}", "skala.JUMLAH.tertinggi", "kunci yang dikenal: jenis"),
    "skala pilihan tanpa nilai": ("{jenis: pilihan, nilai: {Ya: 1, Tidak: 0}}", "{jenis: pilihan}", "skala.YA_TIDAK", "kunci 'nilai'"),
    "indeks 0": ("tertinggi: 4", "tertinggi: 0", "skala.INDEKS.tertinggi", "1 sampai 9"),
    "indeks 10": ("tertinggi: 4", "tertinggi: 10", "skala.INDEKS.tertinggi", "1 sampai 9"),
    "pengali naik": ("{A: 1, B: 0.5, C: 0}", "{A: 1, B: 0.5, C: 0.5, D: 0}", "skala.ABC.nilai", "turun sampai 0"),
    "pengali kurang dari 1": ("{A: 1, B: 0.5, C: 0}", "{A: 0.9, B: 0.5, C: 0}", "skala.ABC.nilai", "dari 1 turun"),
    "pengali tidak sampai 0": ("{A: 1, B: 0.5, C: 0}", "{A: 1, B: 0.5}", "skala.ABC.nilai", "turun sampai 0"),
    "pengali kosong": ("{A: 1, B: 0.5, C: 0}", "{}", "skala.ABC.nilai", "dari 1 turun"),
    "pengali tunggal": ("{A: 1, B: 0.5, C: 0}", "{A: 1}", "skala.ABC.nilai", "turun sampai 0"),
    "pengali koma": ("B: 0.5, C: 0}", 'B: "0,5", C: 0}', "skala.ABC.nilai.B", "desimal dengan titik"),
    "area tanpa nama": ("  6: Peningkatan Kualitas Pelayanan Publik\n", "", "area", "kunci '6'"),
    "area ketujuh": (
        "  6: Peningkatan Kualitas",
        "  7: Ketujuh\n  6: Peningkatan Kualitas",
        "area.7",
        "kunci yang dikenal: 1, 2, 3, 4, 5, 6",
    ),
    "komponen asing": ("id: hasil", "id: keluaran", "komponen[1].id", "salah satu: hasil, pengungkit"),
    "komponen ganda": ("id: hasil", "id: pengungkit", "komponen[1].aspek[0].id", "salah satu: pemenuhan, reform"),
    "aspek asing": ("id: bersih", "id: jernih", "komponen[1].aspek[0].id", "salah satu: bersih, prima"),
    "aspek ganda": ("id: prima\n", "id: bersih\n", "komponen[1].aspek[1]", "'bersih' sudah ada"),
    "aspek tanpa indikator": (
        "        bobot: 17.5\n        indikator:",
        "        bobot: 17.5\n        area:",
        "komponen[1].aspek[1].area",
        "kunci yang dikenal",
    ),
    "aspek tanpa id": ("      - id: prima\n        nama:", "      - nama:", "komponen[1].aspek[1]", "kunci 'id'"),
    "area hilang dari aspek": ("          - nomor: 6\n", "          - nomor: 5\n", "komponen[0].aspek[0].area[5]", "'5' sudah ada"),
    "nomor area": (
        "          - nomor: 6\n",
        "          - nomor: 7\n",
        "komponen[0].aspek[0].area[5].nomor",
        "nomor area: 1, 2, 3, 4, 5, 6",
    ),
    "bobot indikator": (
        "nama: Tim kerja\n                bobot: 0.5",
        "nama: Tim kerja\n                bobot: 0.6",
        "komponen[0].aspek[0].area[0].bobot",
        "di bawahnya 4.1",
    ),
    "bobot area": ("bobot: 3.5\n", "bobot: 3.75\n", "komponen[0].aspek[0].area[1].bobot", "bobot 3.75; jumlah bobot di bawahnya 3.5"),
    "bobot aspek": (
        "nama: Pemenuhan\n        bobot: 30",
        "nama: Pemenuhan\n        bobot: 29",
        "komponen[0].aspek[0].bobot",
        "bobot 29; jumlah bobot di bawahnya 30",
    ),
    "bobot komponen": ("bobot: 60\n", "bobot: 61\n", "komponen[0].bobot", "bobot 61; jumlah bobot di bawahnya 60"),
    "bobot aspek hasil": (
        "nama: Pelayanan publik yang prima\n        bobot: 17.5",
        "nama: Prima\n        bobot: 18",
        "komponen[1].aspek[1].bobot",
        "bobot 18; jumlah",
    ),
    "bobot 0": (
        "nama: Tim kerja\n                bobot: 0.5",
        "nama: Tim kerja\n                bobot: 0",
        "indikator[0].bobot",
        "bobot lebih dari 0",
    ),
    "indikator ganda": (
        "- id: ii\n                nama: Rencana",
        "- id: i\n                nama: Rencana",
        "indikator[1]",
        "'pemenuhan.1.i' sudah ada",
    ),
    "indikator bernama hilang": ("- id: spak", "- id: ipak", "komponen", "indikator 'bersih.spak'"),
    "indikator kosong": (SPKP + SOAL_127, SPKP.rstrip("\n") + " []\n", "indikator[0].soal", "sedikitnya satu soal"),
    "soal ganda": ("{id: 2, skala: ABC", "{id: 1, skala: ABC", "soal[1].id", "1 sudah ada"),
    "soal ganda di tempat lain": ("{id: 127,", "{id: 1,", "soal[0].id", "1 sudah ada"),
    "soal 0": ("{id: 1,", "{id: 0,", "soal[0].id", "soal_id 1 sampai 9999"),
    "soal bukan bilangan": ("{id: 1,", "{id: 01,", "soal[0].id", "bilangan bulat"),
    "skala asing": (
        SOAL_1,
        SOAL_1.replace("YA_TIDAK", "YA_TDK"),
        "soal[0].skala",
        "skala yang ada: ABC, ABCD, ABCDE, INDEKS, JUMLAH, YA_TIDAK",
    ),
    "soal tanpa skala": (SOAL_1, SOAL_1.replace("skala: YA_TIDAK, ", ""), "soal[0]", "kunci 'skala'"),
    "soal tanpa uraian": (SOAL_1, "{id: 1, skala: YA_TIDAK, uraian: ''}", "soal[0].uraian", "teks 1 sampai 200 huruf"),
    "jumlah tanpa rumus": (SOAL_1, "{id: 1, skala: JUMLAH, uraian: x}", "indikator[0].soal", "rumus yang memakai soal 1"),
    "jenis rumus": (RUMUS_1, RUMUS_1.replace("rasio", "nisbah"), "rumus[0].jenis", "jenis rumus: penurunan, rasio"),
    "rumus tanpa jenis": (RUMUS_1, RUMUS_1.replace("jenis: rasio, ", ""), "rumus[0]", "kunci 'jenis'"),
    "peran hilang": (RUMUS_1, RUMUS_1.replace("penyebut: [88], ", ""), "rumus[0]", "kunci 'penyebut'"),
    "peran asing": (RUMUS_DISIPLIN, RUMUS_DISIPLIN.replace("lalu", "dulu"), "rumus[0].dulu", "kunci yang dikenal"),
    "peran kosong": (RUMUS_1, RUMUS_1.replace("[88]", "[]"), "rumus[0].penyebut", "sedikitnya satu soal_id"),
    "rumus soal asing": (RUMUS_1, RUMUS_1.replace("[88]", "[888]"), "rumus[0].penyebut[0]", "di indikator yang sama: 88, 89, 90, 91"),
    "rumus soal indikator lain": (RUMUS_1, RUMUS_1.replace("[88]", "[102]"), "rumus[0].penyebut[0]", "di indikator yang sama"),
    "rumus soal berhuruf": (
        "pembilang: [123]",
        "pembilang: [121]",
        "rumus[0].pembilang[0]",
        "berskala jumlah di indikator yang sama: 122, 123",
    ),
    "rumus dua kali soal": (RUMUS_1, RUMUS_1.replace("[88]", "[88, 89]"), "rumus[0].penyebut[1]", "89 sudah"),
    "dua rumus satu soal": ("pembilang: [91], penyebut: [90]", "pembilang: [91], penyebut: [88]", "rumus[1]", "88 sudah"),
    "jumlah tidak terpakai": (ADUAN, "", "indikator[1].soal", "rumus yang memakai soal 111"),
}


def _tolak(teks: str) -> DefinisiSalah:
    with pytest.raises(DefinisiSalah) as salah:
        baca_instrumen(urai(teks, "lke.yaml"))
    return salah.value


@pytest.mark.parametrize("nama", RUSAK)
def test_berkas_rusak_ditolak(nama: str) -> None:
    """File and line, key, what was expected, next step."""
    lama, baru, kunci, harap = RUSAK[nama]
    teks = BERKAS.read_text(encoding="utf-8")
    assert lama in teks
    galat = _tolak(teks.replace(lama, baru, 1))
    assert galat.pesan.startswith("lke.yaml baris ")
    assert (f"{kunci}'" in galat.pesan) if kunci else ("kunci '" not in galat.pesan)
    assert harap in galat.sebab
    assert galat.lanjut


def _tanpa(awal: str, akhir: str) -> str:
    """Cut the shipped file from one text up to the next."""
    teks = BERKAS.read_text(encoding="utf-8")
    depan, sisa = teks.split(awal, 1)
    return depan + sisa[sisa.index(akhir) :]


def test_area_hilang_ditolak() -> None:
    """An aspect without one of the six areas."""
    galat = _tolak(_tanpa("          - nomor: 6\n", "      - id: reform"))
    assert "area 6 dalam aspek 'pemenuhan'" in galat.sebab
    assert "komponen[0].aspek[0].area'" in galat.pesan


def test_komponen_hilang_ditolak() -> None:
    """An instrument without its results."""
    galat = _tolak(BERKAS.read_text(encoding="utf-8").split("  - id: hasil")[0])
    assert "'hasil' di daftar ini" in galat.sebab


def test_bobot_seluruhnya_100() -> None:
    """Components whose weights add up below, but not to 100."""
    teks = BERKAS.read_text(encoding="utf-8")
    for lama, baru in (
        ("bobot: 40\n", "bobot: 41\n"),
        ("bobot: 22.5\n", "bobot: 23.5\n"),
        ("bobot: 5\n            soal:\n              - {id: 126", "bobot: 6\n            soal:\n              - {id: 126"),
    ):
        assert teks.count(lama) == 1
        teks = teks.replace(lama, baru)
    galat = _tolak(teks)
    assert "bobot 100; jumlah bobot di bawahnya 101" in galat.sebab


def test_kepala_berkas() -> None:
    """Version, date in force, citations and readings are data of the file."""
    i = instrumen()
    assert (i.versi, i.sejak) == ("2026", date(2024, 2, 19))
    assert (i.dasar, i.tafsir) == (("PERWALI3 Lampiran II",), ("D8", "D9", "D10"))
    assert [k.id for k in i.komponen] == ["pengungkit", "hasil"]
    assert [a.id for k in i.komponen for a in k.aspek] == ["pemenuhan", "reform", "bersih", "prima"]


def test_satu_baris_satu_soal() -> None:
    """The file can be read beside the questions' list, line by line."""
    baris = [b.strip() for b in BERKAS.read_text(encoding="utf-8").splitlines()]
    soal = [b for b in baris if b.startswith("- {id:")]
    assert len(soal) == 127
    assert max(len(b) for b in baris) <= 140
