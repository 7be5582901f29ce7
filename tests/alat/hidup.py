"""A register full of past decisions of every kind, written once and copied; and the hand that tampers with a copy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.alat.aturan import ubahan
from tests.alat.brankas import salin_toko
from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, WALI_KOTA, arsip, cabut
from tests.alat.toko import Toko, toko
from tests.layanan.alat import sampai_wbbm
from zi_workflow.domain.commands import (
    AkhiriPejabat,
    Akui,
    AmbilLangkah,
    AngkatPejabat,
    AturKontak,
    Catat,
    DaftarkanUnit,
    HapusData,
    Koreksi,
    Perintah,
    Tarik,
)
from zi_workflow.domain.definition import Definisi

PENERUS = "DINSOS"
BARU = "DISHUB"
BATAL = {"alasan": "salah unit", "nomor": "BA/1"}
PAKTA = {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": True}
AKHIR = HARI("2028-06-01")
ORANG = "199001012015011001"


def diamandemen(folder: Path) -> Definisi:
    """Return the definition under which more of the staff must sign."""
    return ubahan(
        folder, "syarat.yaml", ('dasar: [PERWALI3 Pasal 6 ayat (1)], ambang: "> 50"', 'dasar: [PERWALI3 Pasal 6 ayat (1)], ambang: "> 99"')
    )


def salin(tujuan: Path) -> str:
    """Write a copy of the register and its keys; return its URL."""
    salin_toko(Path(_folder().name) / "zi.db", tujuan)
    return f"sqlite:///{tujuan}"


@cache
def _folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory()
    dunia = toko(f"sqlite:///{folder.name}/zi.db")
    try:
        _hidup(dunia)
        dunia.layanan.definisi = diamandemen(Path(folder.name))
        _di_bawah_aturan_baru(dunia)
    finally:
        dunia.tutup()
    return folder


def _jalan(dunia: Toko, *perintah: Perintah, diterima: bool = True) -> tuple[int, ...]:
    """Run commands as one request; return the numbers of the last."""
    jawaban = dunia.layanan.jalankan(perintah)
    assert jawaban.diterima is diterima, jawaban.penolakan
    return jawaban.hasil[-1].nomor


def _hidup(dunia: Toko) -> None:
    """Live a unit's life to WBBM and its loss, dissolve it into a successor, and refuse something of every kind."""
    sampai_wbbm(dunia)
    dunia.jam.pada(AKHIR)
    cabut(dunia, "2028-03-01")
    dunia.maju("batalkan-langkah", "2028-03-02", BATAL, oleh=ADMIN)
    dunia.maju("cabut", "2028-03-03")
    arsip(dunia, PENERUS, {"tahap": "penetapan", "sejak": "2024-01-01"}, afirmasi="rsud")
    assert dunia.maju("nonaktifkan", "2028-03-04", {"alasan": "digabung", "nomor": "P/1", "pengganti": PENERUS}, oleh=ADMIN).diterima
    _tolak_semua(dunia)
    _jalan(dunia, AturKontak(KEPALA, "surel", AKHIR, KEPALA, "kepala@contoh.example"))
    _jalan(dunia, AturKontak(KEPALA, "surel", AKHIR, ADMIN))
    _jalan(dunia, AkhiriPejabat(PENILAI, "tpi", AKHIR, AKHIR, ADMIN, None, "pindah"))
    _hapus_data(dunia)
    _perbaiki(dunia)


def _hapus_data(dunia: Toko) -> None:
    """Appoint somebody and end the role; delete the person's data, refused while in office, and destroy the key."""
    _jalan(dunia, AngkatPejabat(ORANG, "Orang Lama", "auditor", "800/8/2024", HARI("2024-03-01"), AKHIR, ADMIN))
    brankas = dunia.store.brankas
    kunci = brankas.kunci_kini(ORANG)
    assert kunci is not None
    hapus = HapusData(ORANG, kunci, "permintaan yang bersangkutan", "UU 27/2022 Pasal 8", AKHIR, ADMIN)
    _jalan(dunia, hapus, diterima=False)
    _jalan(dunia, AkhiriPejabat(ORANG, "auditor", HARI("2025-03-01"), AKHIR, ADMIN))
    _jalan(dunia, hapus)
    assert brankas.musnahkan(ORANG, kunci)


def _tolak_semua(dunia: Toko) -> None:
    semua: tuple[Perintah, ...] = (
        DaftarkanUnit(
            "DISDIK", "Dinas Pendidikan", AKHIR, KEPALA, "dinas", None, {"tahap": "penetapan", "sejak": "2024-01-01", "dasar": "SK"}
        ),
        Catat("publikasi", PENERUS, {"kanal": "Laman", "alamat": "a.example"}, AKHIR, WALI_KOTA),
        Catat("opini_bpk", None, {"tahun": 2027, "opini": "WTP"}, AKHIR, KEPALA),
        AngkatPejabat(ORANG, "Orang", "tpi", "800/9", AKHIR, AKHIR, KEPALA),
        AkhiriPejabat(PENILAI, "tpi", AKHIR, AKHIR, KEPALA),
        AturKontak(KEPALA, "surel", AKHIR, PENILAI, "a@contoh.example"),
        AmbilLangkah("mulai-bangun", PENERUS, {}, AKHIR, KEPALA),
        AmbilLangkah("batalkan-langkah", UNIT_UJI, BATAL, AKHIR, KEPALA),
    )
    for satu in semua:
        _jalan(dunia, satu, diterima=False)


def _perbaiki(dunia: Toko) -> None:
    """Correct, retract and take note, and be refused each."""
    pakta, publikasi = (dunia.store.telusuri(jenis=jenis)[0].nomor for jenis in ("pakta_integritas", "publikasi"))
    kurang = {**PAKTA, "penandatangan": 20}
    nomor = _jalan(dunia, Koreksi(pakta, kurang, "salah ketik", AKHIR, ADMIN))
    _jalan(dunia, Koreksi(pakta, {**PAKTA, "penandatangan": 57}, "salah hitung", AKHIR, ADMIN), Tarik(publikasi, "ganda", AKHIR, ADMIN))
    for satu in (
        Koreksi(pakta, kurang, "salah ketik", AKHIR, WALI_KOTA),
        Tarik(pakta, "ganda", AKHIR, WALI_KOTA),
        Akui(nomor[1], "dibahas", AKHIR, KEPALA),
    ):
        _jalan(dunia, satu, diterima=False)
    _jalan(dunia, Akui(nomor[1], "dibahas", AKHIR, ADMIN))


def _di_bawah_aturan_baru(dunia: Toko) -> None:
    """Register one more unit in one request with its records, and let the amended definition refuse and then accept its move."""
    saksi = [{"nama": f"Saksi {u}", "unsur": u} for u in ("wali_kota", "inspektorat", "tim_pembangunan_zi", "dunia_usaha")]
    _jalan(
        dunia,
        DaftarkanUnit(BARU, "Dinas Perhubungan", AKHIR, ADMIN),
        AngkatPejabat(KEPALA, "Orang", "kepala_pd", "800/7/2028", AKHIR, AKHIR, ADMIN, None, BARU),
        Catat("pakta_integritas", BARU, PAKTA, AKHIR, KEPALA),
        Catat("naskah_deklarasi", BARU, {"penandatangan": KEPALA}, AKHIR, KEPALA),
        Catat("publikasi", BARU, {"kanal": "Laman", "alamat": "a.example"}, AKHIR, KEPALA),
        Catat("piagam", BARU, {"penandatangan": KEPALA, "saksi": saksi}, AKHIR, KEPALA),
    )
    _jalan(dunia, AmbilLangkah("canangkan", BARU, {}, AKHIR, KEPALA), diterima=False)
    _jalan(dunia, Catat("pakta_integritas", BARU, {**PAKTA, "penandatangan": 60}, AKHIR, KEPALA))
    _jalan(dunia, AmbilLangkah("canangkan", BARU, {}, AKHIR, KEPALA))


def rusak(tujuan: Path, nomor: int, ubah: Callable[[dict[str, Any]], object], **kolom: str) -> None:
    """Change one event's content, and columns of its row, as the owner of the database can: with every trigger dropped."""
    with closing(sqlite3.connect(tujuan)) as basis, basis:
        _tanpa_penjaga(basis)
        ((isi,),) = basis.execute("SELECT isi FROM peristiwa WHERE nomor = ?", (nomor,))
        baru = json.loads(isi)
        ubah(baru)
        teks = json.dumps(baru, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        basis.execute("UPDATE peristiwa SET isi = ? WHERE nomor = ?", (teks, nomor))
        for nama, nilai in kolom.items():
            basis.execute(f"UPDATE peristiwa SET {nama} = ? WHERE nomor = ?", (nilai, nomor))  # noqa: S608 - a test's own column


def buang_definisi(tujuan: Path, sidik: str) -> None:
    """Delete a definition that decided something."""
    with closing(sqlite3.connect(tujuan)) as basis, basis:
        _tanpa_penjaga(basis)
        assert basis.execute("DELETE FROM definisi WHERE sidik = ?", (sidik,)).rowcount == 1


def ganti_definisi(tujuan: Path, sidik: str, isi: Callable[[bytes], bytes]) -> None:
    """Put another content under the hash of a definition that decided something."""
    with closing(sqlite3.connect(tujuan)) as basis, basis:
        _tanpa_penjaga(basis)
        ((lama,),) = basis.execute("SELECT isi FROM definisi WHERE sidik = ?", (sidik,)).fetchall()
        basis.execute("UPDATE definisi SET isi = ? WHERE sidik = ?", (isi(lama), sidik))


def _tanpa_penjaga(basis: sqlite3.Connection) -> None:
    for (nama,) in basis.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        basis.execute(f"DROP TRIGGER {nama}")
