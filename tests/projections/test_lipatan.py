"""Each read model over hand-made events: what its rows and its questions answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from projections import SEMUA, bukti, daftar_periksa, papan, pejabat, riwayat
from tests.projections.rangkai import FAKTA, NIP, PEJABAT, Riwayat, aliran_unit
from zi_workflow import readmodel
from zi_workflow.domain.commands import DAFTARKAN
from zi_workflow.domain.events import (
    Berkas,
    BuktiDicatat,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PerintahDitolak,
    Peristiwa,
    PetaPolos,
    Tercatat,
    UnitDidaftarkan,
)
from zi_workflow.domain.state import Keadaan, Usulan

TERDAFTAR = Keadaan("terdaftar", date(2024, 3, 1))
CANANG = Keadaan("pencanangan", date(2024, 3, 11))
USUL = Keadaan("usulan_tpn", date(2025, 5, 20), None, "WBK", {}, Usulan(2025, "WBK", "700/1/2025"))
ARSIP = Keadaan("pemantauan_predikat", date(2023, 12, 5), "WBK")


class Buku:
    """A history that is folded into the read models event by event."""

    def __init__(self, koneksi: Connection) -> None:
        """Start with an empty log."""
        self.koneksi = koneksi
        self.riwayat = Riwayat()

    def tulis(self, aliran: str, peristiwa: Peristiwa, pada: str = "2024-03-01") -> Tercatat:
        """Append one event on a date, in a transaction of its own."""
        self.riwayat.sekarang = date.fromisoformat(pada)
        tercatat = self.riwayat.tambah(aliran, peristiwa)
        readmodel.terapkan(self.koneksi, SEMUA, [tercatat], lambda n: self.riwayat.log[n:])
        return tercatat

    def daftar(self, kode: str, keadaan: Keadaan = TERDAFTAR, awal: PetaPolos | None = None) -> Tercatat:
        """Register a unit."""
        return self.tulis(aliran_unit(kode), UnitDidaftarkan(kode, f"Dinas {kode}", "dinas", None, keadaan.polos(), awal))

    def maju(self, kode: str, langkah: str, hasil: Keadaan, **lain: Any) -> Tercatat:  # noqa: ANN401 - fields of the event
        """Make a move on the day on which its stage begins."""
        dari = self.riwayat.unit[kode].keadaan.tahap
        return self.tulis(aliran_unit(kode), LangkahDiambil(langkah, dari, hasil.tahap, {}, hasil.polos(), **lain), hasil.sejak.isoformat())

    def tolak(self, kode: str, perintah: str, hari: str) -> Tercatat:
        """Refuse a command."""
        syarat: tuple[PetaPolos, ...] = (
            {"id": "R1", "status": "tidak", "uraian": "Pakta"},
            {"id": "R2", "status": "tidak", "akibat": "memperingatkan"},
            {"id": "R30", "status": "terpenuhi"},
            {"id": "R24", "status": "dibebaskan"},
        )
        return self.tulis(f"binjai/zi-penolakan/{kode}", PerintahDitolak(perintah, {}, "2024-03-09", hari, syarat, "s"), hari)

    def satu(self, kode: str) -> dict[str, Any]:
        """Return a unit's row of the board."""
        baris = papan.satu(self.koneksi, "binjai", "zi", kode)
        assert baris is not None
        return baris


@pytest.fixture
def buku(koneksi: Connection) -> Buku:
    """Give an empty history on each engine."""
    return Buku(koneksi)


def test_papan_mengikuti_langkah(buku: Buku) -> None:
    """The row follows registration, record, move and the running proposal; its version is the stream's."""
    buku.daftar("RSUD")
    buku.tulis(aliran_unit("RSUD"), BuktiDicatat("piagam", {}))
    buku.maju("RSUD", "usulkan", USUL)
    assert buku.satu("RSUD") == {
        "instansi": "binjai", "alur": "zi", "kode": "RSUD", "nama": "Dinas RSUD", "jenis": "dinas", "afirmasi": None,
        "induk": None, "tahap": "usulan_tpn", "sejak": "2025-05-20", "predikat": None, "sasaran": "WBK",
        "usulan_tahun": 2025, "usulan_predikat": "WBK", "usulan_surat": "700/1/2025",
        "langkah_terakhir": "usulkan", "tanggal_langkah_terakhir": "2025-05-20", "terdaftar": "2024-03-01", "dari_arsip": False,
        "versi": 3, "nomor": 3, "jumlah_bukti": 1, "ditolak_nomor": None, "ditolak_perintah": None, "ditolak_hari": None, "tinjauan": "[]",
    }  # fmt: skip


def test_papan_pembatalan_mengembalikan_keadaan(buku: Buku) -> None:
    """Undoing two moves one after the other brings back each condition before, and the version goes on."""
    buku.daftar("RSUD")
    a, b = buku.maju("RSUD", "canangkan", CANANG), buku.maju("RSUD", "usulkan", USUL)
    buku.tulis(aliran_unit("RSUD"), LangkahDibatalkan("usulkan", b.nomor, "usulan_tpn", "pencanangan", {"perintah": "batalkan-langkah"}))
    baris = buku.satu("RSUD")
    assert (baris["tahap"], baris["sejak"], baris["sasaran"], baris["usulan_tahun"]) == ("pencanangan", "2024-03-11", None, None)
    assert (baris["langkah_terakhir"], baris["tanggal_langkah_terakhir"], baris["versi"]) == ("canangkan", "2024-03-11", 4)
    buku.tulis(aliran_unit("RSUD"), LangkahDibatalkan("canangkan", a.nomor, "pencanangan", "terdaftar", {"perintah": "batalkan-langkah"}))
    baris = buku.satu("RSUD")
    assert (baris["tahap"], baris["sejak"], baris["langkah_terakhir"], baris["versi"]) == ("terdaftar", "2024-03-01", None, 5)


def test_papan_penolakan_tidak_mengubah_versi(buku: Buku) -> None:
    """The last refusal is shown; it neither moves the unit nor counts as a version, and an accepted move leaves it."""
    buku.daftar("RSUD")
    buku.tolak("RSUD", "canangkan", "2024-03-08")
    terakhir = buku.tolak("RSUD", "canangkan", "2024-03-09")
    baris = buku.satu("RSUD")
    assert (baris["ditolak_nomor"], baris["ditolak_perintah"], baris["ditolak_hari"]) == (terakhir.nomor, "canangkan", "2024-03-09")
    assert (baris["versi"], baris["nomor"], baris["tahap"]) == (1, 1, "terdaftar")
    buku.maju("RSUD", "canangkan", CANANG)
    assert buku.satu("RSUD")["ditolak_nomor"] == terakhir.nomor


def test_papan_tidak_memuat_yang_belum_terdaftar(buku: Buku) -> None:
    """A refused registration, facts and officials make no row."""
    buku.tolak("RSUD", DAFTARKAN, "2024-03-01")
    buku.tolak("pejabat", "angkat-pejabat", "2024-03-01")
    buku.tulis(FAKTA, BuktiDicatat("spip", {}))
    buku.tulis(PEJABAT, PejabatDiangkat(NIP[0], "Contoh", "admin", "800/1", "2024-01-01"))
    assert papan.daftar(buku.koneksi, "binjai", "zi") == []
    buku.daftar("RSUD")
    assert buku.satu("RSUD")["ditolak_nomor"] is None


def test_papan_larangan_menaikkan_versi(buku: Buku) -> None:
    """A bar handed over is an event of the successor's stream."""
    buku.daftar("RSUD")
    buku.tulis(aliran_unit("RSUD"), LaranganDiwariskan("LAMA", "2024-01-01"))
    assert (buku.satu("RSUD")["versi"], buku.satu("RSUD")["tahap"]) == (2, "terdaftar")


def test_papan_daftar_menyaring_dan_berurut(buku: Buku) -> None:
    """The list is in order of code whatever the order of registration, and filters by stage and predikat; flows stay apart."""
    for kode in ("SAMSAT", "BINJAI-KOTA", "BINJAI"):
        buku.daftar(kode)
    buku.daftar("RSUD", ARSIP, {"tahap": "pemantauan_predikat"})
    buku.tulis("binjai/pengaduan/P1", UnitDidaftarkan("P1", "Aduan", None, None, {"tahap": "diterima", "sejak": "2024-03-01"}))
    k = buku.koneksi
    assert [b["kode"] for b in papan.daftar(k, "binjai", "zi")] == ["BINJAI", "BINJAI-KOTA", "RSUD", "SAMSAT"]
    assert papan.kode_semua(k, "binjai", "zi") == ["BINJAI", "BINJAI-KOTA", "RSUD", "SAMSAT"]
    assert [(b["kode"], b["dari_arsip"]) for b in papan.daftar(k, "binjai", "zi", predikat="WBK")] == [("RSUD", True)]
    assert [b["kode"] for b in papan.daftar(k, "binjai", "zi", tahap="terdaftar")] == ["BINJAI", "BINJAI-KOTA", "SAMSAT"]
    assert papan.daftar(k, "binjai", "zi", tahap="terdaftar", predikat="WBK") == []
    assert papan.satu(k, "binjai", "zi", "TIDAK-ADA") is None
    assert papan.kode_semua(k, "binjai", "pengaduan") == ["P1"]


def test_riwayat_menandai_langkah_yang_dibatalkan(buku: Buku) -> None:
    """An undone move stays, marked with the undo that took it back; the rows are those of the contract."""
    buku.daftar("RSUD")
    buku.tulis(aliran_unit("RSUD"), BuktiDicatat("piagam", {}))
    maju = buku.maju("RSUD", "canangkan", CANANG, terlambat={"tanggal": "2024-03-11", "dicatat": "2024-03-12"})
    isi: PetaPolos = {"perintah": "batalkan-langkah"}
    batal = buku.tulis(aliran_unit("RSUD"), LangkahDibatalkan("canangkan", maju.nomor, "pencanangan", "terdaftar", isi), "2024-03-13")
    daftar, langkah, undo = riwayat.unit(buku.koneksi, "binjai", "zi", "RSUD")
    assert (daftar["langkah"], daftar["dari"], daftar["ke"], daftar["nomor"]) == (DAFTARKAN, None, "terdaftar", 1)
    assert langkah == {
        "nomor": 3, "instansi": "binjai", "alur": "zi", "kode": "RSUD", "versi": 3, "langkah": "canangkan", "dari": "terdaftar",
        "ke": "pencanangan", "tanggal": "2024-03-11", "waktu_catat": "2026-01-01T00:00:03.000000Z", "oleh": NIP[0], "dibatalkan": True,
        "nomor_pembatalan": batal.nomor, "nomor_langkah": None, "terlambat": {"dicatat": "2024-03-12", "tanggal": "2024-03-11"},
    }  # fmt: skip
    assert (undo["langkah"], undo["dari"], undo["ke"], undo["dibatalkan"]) == ("batalkan-langkah", "pencanangan", "terdaftar", False)
    assert (undo["nomor_langkah"], undo["terlambat"], undo["tanggal"]) == (maju.nomor, None, "2024-03-13")
    assert riwayat.unit(buku.koneksi, "binjai", "zi", "SAMSAT") == []


def test_daftar_periksa_yang_terakhir(buku: Buku) -> None:
    """Of each command the newest checklist stands: the full one of a refusal, then the short one of the move."""
    buku.daftar("RSUD")
    tolak = buku.tolak("RSUD", "canangkan", "2024-03-10")
    kolom = ("nomor", "pada", "terpenuhi", "ringkas", "jumlah_tidak")
    satu = daftar_periksa.terakhir(buku.koneksi, "binjai", "zi", "RSUD", "canangkan")
    assert satu is not None
    assert [satu[k] for k in kolom] == [tolak.nomor, "2024-03-09", False, False, 2]
    assert satu["syarat"][0] == {"id": "R1", "status": "tidak", "uraian": "Pakta"}
    maju = buku.maju("RSUD", "canangkan", CANANG, syarat=({"id": "R1", "status": "terpenuhi"},))
    satu = daftar_periksa.terakhir(buku.koneksi, "binjai", "zi", "RSUD", "canangkan")
    assert satu is not None
    assert [satu[k] for k in kolom] == [maju.nomor, "2024-03-11", True, True, 0]
    buku.tolak("RSUD", "tetapkan", "2024-03-12")
    assert [b["perintah"] for b in daftar_periksa.unit(buku.koneksi, "binjai", "zi", "RSUD")] == ["tetapkan", "canangkan"]
    assert daftar_periksa.terakhir(buku.koneksi, "binjai", "zi", "RSUD", "usulkan") is None


def _masa(buku: Buku, **saring: Any) -> list[tuple[str, str | None, str, str | None]]:  # noqa: ANN401 - the question's own filters
    return [(m["peran"], m["unit"], m["sejak"], m["sampai"]) for m in pejabat.daftar(buku.koneksi, "binjai", **saring)]


def test_pejabat_berakhir_seperti_di_domain(buku: Buku) -> None:
    """An end without a unit ends every running term of the role, never one that begins later or ended before."""
    for unit, sejak, sampai in [
        ("RSUD", "2024-01-01", None),
        ("SAMSAT", "2024-02-01", "2030-12-31"),
        ("SAMSAT", "2020-01-01", "2021-12-31"),
        ("RSUD", "2026-01-01", None),
    ]:
        buku.tulis(PEJABAT, PejabatDiangkat(NIP[0], "Contoh Satu", "kepala_pd", f"800/{sejak}", sejak, sampai, unit))
    buku.tulis(PEJABAT, PejabatDiangkat(NIP[1], "Contoh Dua", "kepala_pd", "800/9", "2024-01-01", None, "RSUD"))
    buku.tulis(PEJABAT, PejabatDiakhiri(NIP[0], "kepala_pd", "2025-06-30"))
    assert _masa(buku, nip=NIP[0]) == [
        ("kepala_pd", "RSUD", "2024-01-01", "2025-06-30"),
        ("kepala_pd", "RSUD", "2026-01-01", None),
        ("kepala_pd", "SAMSAT", "2020-01-01", "2021-12-31"),
        ("kepala_pd", "SAMSAT", "2024-02-01", "2025-06-30"),
    ]
    assert _masa(buku, nip=NIP[1]) == [("kepala_pd", "RSUD", "2024-01-01", None)]


def test_pejabat_berakhir_di_satu_unit(buku: Buku) -> None:
    """An end that names a unit leaves the others; an end of nobody's role makes no row."""
    for unit in (None, "RSUD", "SAMSAT"):
        buku.tulis(PEJABAT, PejabatDiangkat(NIP[0], "Contoh", "tpi", "800/1", "2024-01-01", None, unit))
    buku.tulis(PEJABAT, PejabatDiakhiri(NIP[0], "tpi", "2024-06-30", "RSUD"))
    buku.tulis(PEJABAT, PejabatDiakhiri(NIP[1], "admin", "2024-06-30"))
    assert [(unit, sampai) for _, unit, _, sampai in _masa(buku)] == [(None, None), ("RSUD", "2024-06-30"), ("SAMSAT", None)]
    assert _masa(buku, unit="SAMSAT") == [("tpi", "SAMSAT", "2024-01-01", None)]
    assert len(_masa(buku, pada=date(2024, 6, 30))) == 3
    assert len(_masa(buku, pada=date(2024, 7, 1), peran="tpi")) == 2
    assert _masa(buku, pada=date(2023, 12, 31)) == []
    assert _masa(buku, peran="admin") == []


def test_bukti_unit_dan_instansi(buku: Buku) -> None:
    """Records of a unit and of the instansi are kept apart, oldest first, with the number of their files."""
    buku.daftar("RSUD")
    berkas = (Berkas("0" * 64, 3, "a.pdf"), Berkas("1" * 64, 4, "b.pdf"))
    buku.tulis(aliran_unit("RSUD"), BuktiDicatat("piagam", {}, berkas), "2024-03-02")
    buku.tulis(FAKTA, BuktiDicatat("spip", {}), "2024-03-03")
    buku.tulis(aliran_unit("RSUD"), BuktiDicatat("lhe", {}), "2024-03-01")
    k = buku.koneksi
    semua = bukti.unit(k, "binjai", "zi", "RSUD")
    assert semua[0] == {
        "nomor": 2, "instansi": "binjai", "alur": "zi", "unit": "RSUD", "jenis": "piagam", "tanggal": "2024-03-02",
        "waktu_catat": "2026-01-01T00:00:02.000000Z", "oleh": NIP[0], "jumlah_berkas": 2, "dikoreksi": None, "ditarik": None,
    }  # fmt: skip
    assert [b["nomor"] for b in semua] == [2, 4]
    assert [b["nomor"] for b in bukti.unit(k, "binjai", "zi", "RSUD", "lhe")] == [4]
    assert [(b["nomor"], b["unit"], b["alur"]) for b in bukti.fakta(k, "binjai")] == [(3, "", "instansi")]
    assert bukti.fakta(k, "binjai", "opini_bpk") == []


def test_log_yang_bolong_tidak_menghentikan_tampilan(buku: Buku) -> None:
    """Events whose beginning is missing, or an undo with nothing to undo, leave no row and raise nothing: the chain tells."""
    pertama = buku.daftar("RSUD")
    undo = LangkahDibatalkan("canangkan", 99, "pencanangan", "terdaftar", {})
    log = [replace(pertama, nomor=2, versi=2, peristiwa=undo)]
    log.append(replace(pertama, nomor=3, versi=5, peristiwa=BuktiDicatat("lhe", {}), aliran=aliran_unit("SAMSAT")))
    readmodel.terapkan(buku.koneksi, SEMUA, log, lambda _: ())
    assert [(b["kode"], b["tahap"], b["versi"]) for b in papan.daftar(buku.koneksi, "binjai", "zi")] == [("RSUD", "terdaftar", 2)]
    assert [b["nomor"] for b in riwayat.unit(buku.koneksi, "binjai", "zi", "RSUD")] == [1, 2]


def test_semua_proyeksi_bernama_lain() -> None:
    """Each projection has its own name and table, the same word for both."""
    nama = ["papan", "riwayat", "daftar_periksa", "pejabat", "bukti", "jadwal", "sapuan", "sandaran", "kotak_keluar", "surat"]
    assert [p.nama for p in SEMUA] == [p.tabel.name for p in SEMUA] == nama
