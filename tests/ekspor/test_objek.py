"""Events to objects: which objects each kind of event touches, in which capacity, and what it says about them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ekspor.alat import NIP, baris
from zi_workflow.export.objects import Kaitan, Pemeta
from zi_workflow.export.spool import Laci

LAIN = "199002022015022002"
AWAL = {"tahap": "terdaftar", "sejak": "2024-03-01", "predikat": None, "sasaran": None, "usulan": None}
USULAN = {"tahun": 2025, "predikat": "WBK", "surat": "900/1"}


def _petakan(pemeta: Pemeta, jenis: str, isi: dict[str, Any], **lain: Any) -> Kaitan:  # noqa: ANN401 - columns
    return pemeta.petakan(baris(1, jenis, {}, **lain), isi)


def _objek(kaitan: Kaitan) -> dict[str, str]:
    return {objek.id: ", ".join(peran) for objek, peran in kaitan.objek.items()}


def _sifat(kaitan: Kaitan, id_objek: str) -> dict[str, str]:
    return {kunci: nilai for objek, kunci, nilai in kaitan.sifat if objek.id == id_objek}


def _hubungan(kaitan: Kaitan) -> set[tuple[str, str, str]]:
    return {(dari.id, ke.id, sebagai) for dari, ke, sebagai in kaitan.hubungan}


def _langkah(langkah: str, hasil: dict[str, Any]) -> dict[str, Any]:
    return {"langkah": langkah, "dari": "x", "ke": hasil["tahap"], "isi": {}, "hasil": hasil, "syarat": [], "pewaris": None}


def test_pendaftaran() -> None:
    """A registered unit has its name and where it stands; what is not known is not said."""
    isi = {"kode": "A", "nama": "Dinas A", "jenis": None, "afirmasi": "rsud", "keadaan": AWAL}
    kaitan = _petakan(Pemeta(), "UnitDidaftarkan", isi)
    assert _objek(kaitan) == {f"pejabat:{NIP}": "oleh", "unit:A": "berkas"}
    assert _sifat(kaitan, "unit:A") == {"kode": "A", "nama": "Dinas A", "afirmasi": "rsud", "tahap": "terdaftar"}


def test_usulan_berjalan_berakhir_dan_dibatalkan() -> None:
    """A proposal begins and ends with moves; undoing the end makes it run again, undoing the beginning ends it."""
    pemeta = Pemeta()
    _petakan(pemeta, "UnitDidaftarkan", {"nama": "A", "jenis": None, "afirmasi": None, "keadaan": AWAL})
    usulan = {**AWAL, "tahap": "usulan_tpn", "usulan": USULAN}
    predikat = {**AWAL, "tahap": "predikat", "predikat": "WBK"}
    mulai = _petakan(pemeta, "LangkahDiambil", _langkah("usulkan", usulan))
    assert _objek(mulai)["usulan:A:2025:WBK"] == "usulan"
    assert _sifat(mulai, "usulan:A:2025:WBK") == {
        "unit": "A", "tahun": "2025", "predikat": "WBK", "surat": "900/1", "status": "berjalan",
    }  # fmt: skip
    assert ("usulan:A:2025:WBK", "unit:A", "milik") in _hubungan(mulai)
    akhir = _petakan(pemeta, "LangkahDiambil", _langkah("tetapkan-predikat", predikat))
    assert _sifat(akhir, "usulan:A:2025:WBK")["status"] == "selesai"
    assert _sifat(akhir, "unit:A") == {"kode": "A", "tahap": "predikat", "predikat": "WBK"}
    batal = {"langkah": "x", "nomor_langkah": 1, "dari": "predikat", "ke": "usulan_tpn", "isi": {}, "syarat": []}
    lagi = _petakan(pemeta, "LangkahDibatalkan", batal)
    assert _sifat(lagi, "usulan:A:2025:WBK")["status"] == "berjalan"
    assert _sifat(lagi, "unit:A") == {"kode": "A", "tahap": "usulan_tpn", "predikat": "tidak ada"}
    gugur = _petakan(pemeta, "LangkahDibatalkan", batal)
    assert _sifat(gugur, "usulan:A:2025:WBK")["status"] == "selesai"
    assert _sifat(gugur, "unit:A")["tahap"] == "terdaftar"


def test_pembatalan_tanpa_awalnya() -> None:
    """Where the export begins after the move, what is known of its undoing is the stage."""
    isi = {"langkah": "x", "nomor_langkah": 1, "dari": "b", "ke": "a", "isi": {}, "syarat": []}
    assert _sifat(_petakan(Pemeta(), "LangkahDibatalkan", isi), "unit:A") == {"kode": "A", "tahap": "a"}


@pytest.mark.parametrize(
    ("jenis", "isi", "objek", "hubungan"),
    [
        (
            "lke",
            {"tahun": 2025, "penilai": "tpi", "jawaban": {"1": "A"}},
            {"lke:A:2025:tpi": "lke"},
            {("lke:A:2025:tpi", "unit:A", "milik")},
        ),
        ("lhe", {"nomor": "700/1", "tahun": 2025, "predikat": "WBK"}, {"lhe:A:700/1": "lhe"}, {("lhe:A:700/1", "unit:A", "milik")}),
        (
            "keputusan_predikat",
            {"nomor": "188/9", "tahun": 2025, "predikat": "WBK"},
            {"usulan:A:2025:WBK": "usulan", "keputusan:keputusan_predikat:188/9": "keputusan"},
            {
                ("usulan:A:2025:WBK", "unit:A", "milik"),
                ("keputusan:keputusan_predikat:188/9", "unit:A", "tentang"),
                ("keputusan:keputusan_predikat:188/9", "usulan:A:2025:WBK", "atas"),
            },
        ),
        (
            "keputusan_penetapan",
            {"nomor": "1/2024"},
            {"keputusan:keputusan_penetapan:1/2024": "keputusan"},
            {("keputusan:keputusan_penetapan:1/2024", "unit:A", "tentang")},
        ),
        ("keputusan_penetapan", {}, {}, set()),
        ("lhkpn", {"tahun": 2025, "wajib": 1}, {}, set()),
        ("naskah_deklarasi", {"penandatangan": LAIN}, {f"pejabat:{LAIN}": "penandatangan"}, set()),
        ("tim_kerja", {"anggota": [{"nip": LAIN}, {"nip": NIP}]}, {f"pejabat:{LAIN}": "anggota"}, set()),
        ("surat", {"nomor": LAIN, "nomor_sk": LAIN, "surat": LAIN}, {}, set()),
    ],
)
def test_catatan(jenis: str, isi: dict[str, Any], objek: dict[str, str], hubungan: set[tuple[str, str, str]]) -> None:
    """LKE, LHE, decrees, proposals and people are found in records; a document's number is nobody's NIP."""
    kaitan = _petakan(Pemeta(), "BuktiDicatat", {"jenis": jenis, "isi": isi, "berkas": []})
    peran = _objek(kaitan)
    assert (peran.pop(f"pejabat:{NIP}").split(", ")[0], peran.pop("unit:A")) == ("oleh", "berkas")
    assert peran == objek
    assert _hubungan(kaitan) == hubungan


def test_hasil_usulan() -> None:
    """TPN's result is an attribute of the proposal that it is about."""
    isi = {"jenis": "hasil_tpn", "isi": {"tahun": 2025, "predikat": "WBK", "hasil": "memenuhi"}}
    assert _sifat(_petakan(Pemeta(), "BuktiDikoreksi", isi), "usulan:A:2025:WBK")["hasil"] == "memenuhi"


def test_pejabat() -> None:
    """Roles come and go; the decree is an object that several appointments share; a sealed name is not said."""
    pemeta = Pemeta()
    isi = {"nip": LAIN, "nama": "disegel", "peran": "tpi", "sk": "800/1", "sejak": "2024-01-01", "sampai": None, "unit": "A"}
    angkat = _petakan(pemeta, "PejabatDiangkat", isi, alur="instansi", kode="pejabat")
    assert _objek(angkat) == {
        f"pejabat:{NIP}": "oleh", f"pejabat:{LAIN}": "diangkat", "unit:A": "tempat", "keputusan:sk_pejabat:800/1": "keputusan",
    }  # fmt: skip
    assert _sifat(angkat, f"pejabat:{LAIN}") == {"nip": LAIN, "peran": "tpi"}
    assert _hubungan(angkat) == {
        (f"pejabat:{LAIN}", "unit:A", "bertugas di"),
        (f"pejabat:{LAIN}", "keputusan:sk_pejabat:800/1", "diangkat dengan"),
    }
    lagi = _petakan(pemeta, "PejabatDiangkat", {**isi, "nama": "Siti", "peran": "admin", "unit": None}, alur="instansi", kode="pejabat")
    assert _sifat(lagi, f"pejabat:{LAIN}") == {"nip": LAIN, "nama": "Siti", "peran": "admin, tpi"}
    for peran, sisa in (("tpi", "admin"), ("admin", "tidak ada")):
        akhir = {"nip": LAIN, "peran": peran, "sampai": "2024-12-31", "unit": None, "alasan": None}
        diakhiri = _petakan(pemeta, "PejabatDiakhiri", akhir, alur="instansi", kode="pejabat")
        assert _sifat(diakhiri, f"pejabat:{LAIN}")["peran"] == sisa


def test_pengaduan_dan_unitnya() -> None:
    """A complaint is an object of its own, about its unit, whichever of the two files the event is in; its words are not told."""
    pemeta, buka = Pemeta(), {"kode": "P-1", "nama": "perihal", "jenis": None, "afirmasi": None, "induk": "A"}
    terima = _petakan(pemeta, "UnitDidaftarkan", {**buka, "keadaan": {"tahap": "diterima"}}, alur="pengaduan", kode="P-1")
    assert _objek(terima) == {f"pejabat:{NIP}": "oleh", "pengaduan:P-1": "berkas", "unit:A": "terkait"}
    assert _sifat(terima, "pengaduan:P-1") == {"kode": "P-1", "tahap": "diterima"}
    assert _hubungan(terima) == {("pengaduan:P-1", "unit:A", "tentang")}
    terkait = _petakan(pemeta, "BerkasTerkait", {"alur": "pengaduan", "kode": "P-1", "tahap": "selesai", "selesai": True})
    assert _objek(terkait)["pengaduan:P-1"] == "terkait"
    assert _hubungan(terkait) == {("pengaduan:P-1", "unit:A", "tentang")}


@pytest.mark.parametrize(
    ("jenis", "isi", "aliran", "objek"),
    [
        ("PerintahDitolak", {"perintah": "usulkan", "isi": {}, "syarat": [{"ditemukan": LAIN}]}, "zi-penolakan/A", {"unit:A": "berkas"}),
        (
            "TenggatDiingatkan",
            {"penerima": [LAIN], "sebagai": {LAIN: "tpi"}},
            "zi-tenggat/A",
            {"unit:A": "berkas", f"pejabat:{LAIN}": "penerima"},
        ),
        ("JadwalDisapu", {"unit": {"A": "2026-01-01", "B": "x"}}, "zi-jadwal/sapuan", {"unit:A": "disapu", "unit:B": "disapu"}),
        ("PemberitahuanDisusun", {"nip": LAIN, "kanal": {"surel": NIP}}, f"surat/{LAIN}", {f"pejabat:{LAIN}": "orang"}),
        ("BuktiDicatat", {"jenis": "opini_bpk", "isi": {}}, "instansi/fakta", {}),
        ("LaranganDiwariskan", {"dari_unit": "B", "pencabutan": None}, "zi/A", {"unit:A": "berkas", "unit:B": "pewaris dari"}),
        ("PristiwaKelak", {"apa": 1}, "zi/A", {"unit:A": "berkas"}),
    ],
)
def test_peristiwa_lain(jenis: str, isi: dict[str, Any], aliran: str, objek: dict[str, str]) -> None:
    """Every event touches who acted, and what its kind is about; one that is not known yet, its file."""
    alur, kode = aliran.split("/")
    kaitan = _petakan(Pemeta(), jenis, isi, alur=alur, kode=kode)
    assert _objek(kaitan) == {f"pejabat:{NIP}": "oleh", **objek}


def test_pewaris() -> None:
    """The unit that inherits a bar is touched by the move."""
    isi = {**_langkah("nonaktifkan", {**AWAL, "tahap": "nonaktif"}), "pewaris": "B"}
    assert _objek(_petakan(Pemeta(), "LangkahDiambil", isi))["unit:B"] == "pewaris"


def test_laci() -> None:
    """Records come back under their keys, both in the order in which they were put there."""
    with Laci() as laci:
        for i in range(300):
            laci.tambah(f"k{i % 7}", i, {"teks": "é\n"})
        semua = list(laci.semua())
    assert [kunci for kunci, _ in semua] == [f"k{i}" for i in range(7)]
    assert semua[3] == ("k3", [[i, {"teks": "é\n"}] for i in range(3, 300, 7)])
