"""``zi tenggat ics``: a calendar that an independent parser takes, the same bytes each time, and a clear word where it fails."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import HARI, KEPALA, UNIT_UJI, arsip
from tests.alat.toko import toko
from tests.cli.alat_cli import ZI, jalankan, panggil
from tests.cli.register import bangun, galat, jawab, muat_sekali, potret
from tests.feed.alat_kalender import Bagian, urai, vobjek

LAMA = "KELURAHAN-A"
PADA = ("--pada", "2026-05-20")


@pytest.fixture(scope="module")
def register_tetap(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make one register: a unit that monitors, and one that holds an old WBK and has reported."""
    url = f"sqlite:///{tmp_path_factory.mktemp('register') / 'zi.db'}"
    dunia = bangun(url, "pemantauan")
    try:
        keadaan = {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2023-12-01", "tanggal_predikat": "2023-12-01"}
        assert arsip(dunia, LAMA, keadaan, "2024-06-12").diterima
        dunia.catat("laporan_berkala", "2025-11-20", {"nomor": "700/9", "simpulan": "masih_memenuhi"}, LAMA)
    finally:
        dunia.tutup()
    return url


@pytest.fixture(autouse=True)
def url(register_tetap: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the store; nobody acts, for nothing is written."""
    muat_sekali(monkeypatch)
    monkeypatch.setenv("ZI_BASIS", register_tetap)
    return register_tetap


def _kalender(*argumen: str) -> Bagian:
    """Return the calendar that is written to standard output; the count is on standard error."""
    hasil = panggil("tenggat", "ics", *argumen, *PADA)
    assert hasil.exit_code == 0, hasil.stderr
    kalender = urai(hasil.stdout_bytes)
    assert hasil.stderr.startswith(f"{len(kalender.anak)} entri: ")
    vobjek(hasil.stdout_bytes)
    return kalender


def _tampak(kalender: Bagian) -> set[str]:
    return {a.teks("UID") for a in kalender.anak if a.sifat["STATUS"] == "CONFIRMED"}


def test_harus_entri_berlaku_sama_dengan_daftar(url: str) -> None:
    """What the calendar confirms is what is open (and the not-before days); every entry is whole; nothing is written to the register."""
    sebelum = potret(url)
    kalender = _kalender()
    dunia = toko(url)
    try:
        buka = [t for kode in (UNIT_UJI, LAMA) for t in dunia.layanan.tenggat(kode, HARI("2026-05-20")) if t.terbuka or t.id == "T2"]
    finally:
        dunia.tutup()
    assert _tampak(kalender) == {f"{t.unit}.{t.id}.{t.kejadian.kunci}@zi.binjai" for t in buka}
    hari = {a.teks("UID"): a.sifat["DTSTART"] for a in kalender.anak}
    assert hari[f"{UNIT_UJI}.T1.2026@zi.binjai"] == "20260531"
    assert potret(url) == sebelum


def test_harus_hari_kerja_terakhir_diingatkan() -> None:
    """31 May 2026, Sunday and Waisak: an all-day entry on that day that also rings on Friday the 29th."""
    (satu,) = [a for a in _kalender("--unit", UNIT_UJI).anak if a.teks("UID") == f"{UNIT_UJI}.T1.2026@zi.binjai"]
    assert (satu.sifat["DTSTART"], satu.parameter["DTSTART"]) == ("20260531", "VALUE=DATE")
    assert [a.sifat["TRIGGER"] for a in satu.anak] == ["-P29DT17H", "-P6DT17H", "-P1DT17H", "-PT17H", "PT7H"]
    assert "hari kerja terakhir Jumat 29 Mei 2026" in satu.teks("DESCRIPTION")
    assert "Dasar: Perwali Binjai 3/2024 Pasal 14 ayat (3)" in satu.teks("DESCRIPTION")


def test_yang_dipenuhi_dibatalkan_dan_berakhir_disebut() -> None:
    """Discharged and ended entries are CANCELLED, say so, and ring nothing; a not-before day rings nothing either."""
    semua = {a.teks("UID"): a for a in urai(panggil("tenggat", "ics", "--pada", "2027-01-01").stdout_bytes).anak}
    lapor, usul, cepat = (semua[f"{u}@zi.binjai"] for u in (f"{LAMA}.T3.2023-12-01", f"{UNIT_UJI}.T1.2026", f"{UNIT_UJI}.T2.2024-04-10"))
    assert lapor.teks("SUMMARY").endswith("(dipenuhi 20 Nov 2025)")
    assert usul.teks("SUMMARY").endswith("(berakhir tanpa dipenuhi)")
    assert [a.sifat["STATUS"] for a in (lapor, usul, cepat)] == ["CANCELLED", "CANCELLED", "CONFIRMED"]
    assert [a.anak for a in (lapor, usul, cepat)] == [[], [], []]


def test_saringan_dan_nama_kalender() -> None:
    """--unit and --peran keep what they name, alone and together; the calendar's name says instansi, unit and role."""
    semua, unit, peran, keduanya = (_kalender(*a) for a in ((), ("--unit", LAMA), ("--peran", "tpi"), ("--unit", LAMA, "--peran", "tpi")))
    nama = [k.teks("X-WR-CALNAME") for k in (semua, unit, peran, keduanya)]
    assert nama == ["Tenggat ZI binjai", f"Tenggat ZI binjai · {LAMA}", "Tenggat ZI binjai · tpi", f"Tenggat ZI binjai · {LAMA} · tpi"]
    uid = [{a.teks("UID") for a in k.anak} for k in (semua, unit, peran, keduanya)]
    assert uid[1] == {u for u in uid[0] if u.startswith(LAMA)}
    assert {u.split(".")[1] for u in uid[2]} == {"T1", "T3", "T5", "T6", "T10"}
    assert uid[3] == uid[1] & uid[2]


def test_berkas_ditulis_dan_diterangkan() -> None:
    """A named file is written and replaced; the answer tells programs what is in it, and people what to do with it."""
    Path("t.ics").write_bytes(b"BEGIN:VCALENDAR lama")
    data = jawab("tenggat", "ics", "t.ics", *PADA)
    isi = Path("t.ics").read_bytes()
    kalender = urai(isi)
    batal = len(kalender.anak) - len(_tampak(kalender))
    assert data["tidak_dimuat"] == []
    assert {k: data[k] for k in ("berkas", "kalender", "pada", "jumlah", "berlaku", "batal", "ukuran", "sha256")} == {
        "berkas": "t.ics",
        "kalender": "Tenggat ZI binjai",
        "pada": "2026-05-20",
        "jumlah": len(kalender.anak),
        "berlaku": len(kalender.anak) - batal,
        "batal": batal,
        "ukuran": len(isi),
        "sha256": hashlib.sha256(isi).hexdigest(),
    }
    hasil = panggil("tenggat", "ics", "t.ics", *PADA)
    assert "ditulis ke t.ics." in hasil.stdout
    assert hasil.stderr.startswith(f"{len(kalender.anak)} entri: {data['berlaku']} berlaku, {batal} dibatalkan")
    assert Path("t.ics").read_bytes() == isi
    assert [f.name for f in Path().iterdir() if f.suffix != ".db"] == ["t.ics"]


def test_harus_byte_sama_di_zona_mana_pun(rumah: Path, url: str) -> None:
    """The same register gives the same bytes, whatever the zone of the process and whenever it is asked."""
    hasil = [
        jalankan(rumah, "tenggat", "ics", *PADA, program=ZI, env={"TZ": zona, "ZI_BASIS": url})
        for zona in ("UTC", "Asia/Jakarta", "America/New_York")
    ]
    assert [h.returncode for h in hasil] == [0, 0, 0], hasil[0].stderr
    assert len({h.stdout for h in hasil}) == 1
    assert hasil[0].stdout == panggil("tenggat", "ics", "-", *PADA).stdout_bytes


def test_unit_tanpa_tenggat_kalender_kosong(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing was ever due the calendar is there, empty, and that is said."""
    monkeypatch.setenv("ZI_BASIS", f"sqlite:///{tmp_path_factory.mktemp('kosong') / 'zi.db'}")
    assert panggil("siapkan").exit_code == 0
    hasil = panggil("tenggat", "ics")
    assert (hasil.exit_code, urai(hasil.stdout_bytes).anak) == (0, [])
    assert hasil.stderr == "0 entri: belum ada tenggat yang pernah tercatat bagi pilihan ini.\n"


def test_hari_terakhir_kalender_tidak_dimuat_dan_dikatakan(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan item on the last day that there is has no place in a calendar: the others are written, and it is named."""
    url = f"sqlite:///{tmp_path_factory.mktemp('ujung') / 'zi.db'}"
    dunia = bangun(url, "pembangunan")
    umum = {"area": 1, "kegiatan": "k", "indikator": "i", "target": "100", "satuan": "persen", "penanggung_jawab": KEPALA}
    butir = [{**umum, "kode": kode, "tenggat": hari} for kode, hari in (("A1", "9999-12-31"), ("A2", "0001-01-01"), ("A3", "9999-12-30"))]
    dunia.catat("rencana_aksi", "2024-04-20", {"butir": butir})
    dunia.tutup()
    monkeypatch.setenv("ZI_BASIS", url)
    data = jawab("tenggat", "ics", "t.ics", *PADA)
    assert data["tidak_dimuat"] == [f"{UNIT_UJI}.T7.A1@zi.binjai"]
    hasil = panggil("tenggat", "ics", *PADA)
    assert {a.teks("UID").split(".")[2] for a in urai(hasil.stdout_bytes).anak if ".T7." in a.teks("UID")} == {
        "A2@zi",
        "A3@zi",
    }
    assert hasil.stderr.startswith(f"Peringatan: {UNIT_UJI} T7 A1: Butir rencana aksi: k: 31 Desember 9999 tidak mempunyai hari")
    assert jawab("tenggat", "jelaskan", UNIT_UJI, "T7", *PADA)["kewajiban"][0]["tenggat"]


@pytest.mark.parametrize(
    ("berkas", "sebab"),
    [
        ("tidak-ada/t.ics", "Foldernya tidak ada."),
        ("folder", "Itu folder, bukan berkas."),
        ("lama.ics/t.ics", "Sebagian jalannya bukan folder."),
        ("/dev/full", "Itu bukan berkas biasa."),
        ("", "Itu folder, bukan berkas."),
        ("x" * 300 + ".ics", "Namanya terlalu panjang."),
    ],
)
def test_harus_ics_tak_dapat_ditulis_jelas(berkas: str, sebab: str) -> None:
    """A path that cannot be written: exit 2, the path, why, what to do; what was there is untouched and nothing is left behind."""
    Path("folder").mkdir()
    Path("lama.ics").write_bytes(b"lama")
    argumen = ("tenggat", "ics", *PADA, "--", berkas)
    hasil = panggil(*argumen)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    baris = hasil.stderr.splitlines()
    assert baris[0].startswith("Galat: Berkas kalender '")
    assert baris[1:] == [f"Sebab: {sebab}", "Lanjut: Sebut berkas lain, di folder yang ada dan dapat Anda tulisi."]
    data = json.loads(panggil("tenggat", "ics", *PADA, "--json", "--", berkas).stderr)
    assert (data["galat"]["kode"], data["galat"]["sebab"]) == (2, sebab)
    assert Path("lama.ics").read_bytes() == b"lama"
    assert sorted(f.name for f in Path().iterdir() if f.suffix != ".db") == ["folder", "lama.ics"]


@pytest.mark.parametrize(("nomor", "kode", "kata"), [(errno.ENOSPC, 8, "Ruang disk habis."), (errno.EACCES, 2, "Tidak ada hak tulis")])
def test_harus_disk_penuh_dan_hak_tulis_jelas(nomor: int, kode: int, kata: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is exit 8, a folder that may not be written to exit 2; the old file stays whole and nothing stands beside it."""
    Path("t.ics").write_bytes(b"BEGIN:VCALENDAR lama")

    def gagal(*_apa: Any, **_lain: Any) -> None:  # noqa: ANN401 - stands in for fsync
        raise OSError(nomor, os.strerror(nomor))

    with monkeypatch.context() as tambal:
        tambal.setattr("zi_workflow.files.os.fsync", gagal)
        pesan, sebab, _ = galat("tenggat", "ics", "t.ics", *PADA, kode=kode)
    assert "t.ics" in pesan
    assert kata in sebab
    assert [(f.name, f.read_bytes()) for f in Path().iterdir() if f.suffix != ".db"] == [("t.ics", b"BEGIN:VCALENDAR lama")]


@pytest.mark.parametrize(
    ("argumen", "kode", "kata", "lanjut"),
    [
        (("--unit", "DISPOR"), 3, "Maksud Anda: DISPORA?", "zi tenggat ics t.ics --unit DISPORA"),
        (("--peran", "tpii"), 2, "Maksud Anda: tpi?", "zi tenggat ics --peran tpi"),
        (("--pada", "2200-01-01"), 2, "terlalu jauh", "lebih awal"),
    ],
)
def test_masukan_salah_dijelaskan(argumen: tuple[str, ...], kode: int, kata: str, lanjut: str) -> None:
    """An unknown unit or role, a day too far: said as everywhere, and no file is touched."""
    pesan, _, langkah = galat("tenggat", "ics", "t.ics", *argumen, kode=kode)
    assert kata in pesan
    assert lanjut in langkah
    assert not Path("t.ics").exists()


def test_keluaran_baku_tidak_memuat_dua_hal() -> None:
    """The calendar and a JSON answer cannot both be on standard output."""
    hasil = panggil("tenggat", "ics", "--json", *PADA)
    assert (hasil.exit_code, hasil.stdout) == (2, "")
    assert json.loads(hasil.stderr)["galat"]["lanjut"].startswith("Sebut berkas tujuan: zi tenggat ics FILE --json")
