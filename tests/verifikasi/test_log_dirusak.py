"""Tampering with the log by the database's owner, who can put the triggers aside: found, and the first bad entry named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifikasi.alat import OLEH, buat, dikembalikan, hitung_ulang, jalankan, nyatakan, pemilik, periksa, titik
from zi_workflow.store.schema import peristiwa
from zi_workflow.verify import Pembanding
from zi_workflow.verify.outside import Titik


@pytest.fixture
def url(basis: str) -> str:
    """Give a store with sixty events on each engine."""
    buat(basis)
    return basis


def _salin(nomor: int, **ganti: str) -> str:
    """Return the statement that inserts a copy of event 20 as another."""
    kolom = ["instansi", "alur", "kode", "aliran", "jenis", "pokok", "tanggal", "waktu_catat", "jam", "oleh", "pencatat", "kunci", "dibaca"]
    kolom += ["dasar", "sidik_regulasi", "isi", "rantai"]
    nilai = [ganti.get(k, k) for k in kolom]
    versi = ganti.get("versi", "versi + 1000")
    return (
        f"INSERT INTO peristiwa (nomor, versi, {', '.join(kolom)}) "  # noqa: S608 - own names
        f"SELECT {nomor}, {versi}, {', '.join(nilai)} FROM peristiwa WHERE nomor = 20"
    )


_TUKAR = [
    "UPDATE peristiwa SET nomor = -20 WHERE nomor = 20",
    "UPDATE peristiwa SET nomor = 20 WHERE nomor = 25",
    "UPDATE peristiwa SET nomor = 25 WHERE nomor = -20",
]
_TUKAR_ISI = [
    "CREATE TABLE tukar AS SELECT isi FROM peristiwa WHERE nomor = 20",
    "UPDATE peristiwa SET isi = (SELECT isi FROM peristiwa WHERE nomor = 26) WHERE nomor = 20",
    "UPDATE peristiwa SET isi = (SELECT isi FROM tukar) WHERE nomor = 26",
    "DROP TABLE tukar",
]
PERUSAKAN = {
    "ubah isi": (["UPDATE peristiwa SET isi = (SELECT isi FROM peristiwa WHERE nomor = 31) WHERE nomor = 20"], 20),
    "ubah pelaku": (["UPDATE peristiwa SET oleh = '199901012020011001' WHERE nomor = 20"], 20),
    "ubah tanggal": (["UPDATE peristiwa SET tanggal = '2026-02-01' WHERE nomor = 20"], 20),
    "ubah waktu catat": (["UPDATE peristiwa SET waktu_catat = '2026-03-01T02:00:01.000000Z' WHERE nomor = 20"], 20),
    "ubah kunci": (["UPDATE peristiwa SET kunci = NULL WHERE nomor = 8"], 8),
    "ubah dasar": (["UPDATE peristiwa SET dasar = '[]' WHERE nomor = 20"], 20),
    "ubah rantai": (["UPDATE peristiwa SET rantai = 'bukan sidik' WHERE nomor = 20"], 20),
    "hapus": (["DELETE FROM peristiwa WHERE nomor = 20"], 20),
    "hapus yang pertama": (["DELETE FROM peristiwa WHERE nomor = 1"], 1),
    "hapus yang terakhir": (["DELETE FROM peristiwa WHERE nomor = 60"], 60),
    "hapus satu aliran": (["DELETE FROM peristiwa WHERE kode = 'DINAS-B'"], 2),
    "hapus semua": (["DELETE FROM peristiwa"], 1),
    "sisip di ujung": ([_salin(61)], 61),
    "sisip di depan": ([_salin(0)], 0),
    "sisip nomor negatif": ([_salin(-5)], -5),
    "tukar nomor": (_TUKAR, 20),
    "tukar isi": (_TUKAR_ISI, 20),
    "nomori ulang": (["UPDATE peristiwa SET nomor = nomor + 100 WHERE nomor >= 20"], 20),
    "nomori ulang sesudah hapus": (
        [
            "DELETE FROM peristiwa WHERE nomor = 20",
            *[f"UPDATE peristiwa SET nomor = {n - 1} WHERE nomor = {n}" for n in range(21, 61)],  # noqa: S608 - two numbers
        ],
        20,
    ),
    "pindah aliran": (["UPDATE peristiwa SET aliran = 'binjai/zi/LAIN', kode = 'LAIN', versi = 1 WHERE nomor = 20"], 20),
}


def _rusakkan(url: str, nama: str) -> None:
    perintah, nomor = PERUSAKAN[nama]
    jalankan(url, *perintah)
    hasil = periksa(url)
    assert not hasil.utuh, nama
    assert hasil.masalah[0].nomor == nomor, (nama, nyatakan(hasil))


@pytest.mark.parametrize("nama", PERUSAKAN)
def test_harus_perusakan_ditemukan_dan_yang_pertama_disebut(basis_sqlite: str, nama: str) -> None:
    """Edit, delete, insert, swap, renumber: found, and the first finding names the first bad entry."""
    buat(basis_sqlite)
    _rusakkan(basis_sqlite, nama)


def test_harus_perusakan_ditemukan_postgresql(basis_postgres: str) -> None:
    """The same on PostgreSQL, each in its turn; put back, the store is whole again."""
    buat(basis_postgres)
    for nama in PERUSAKAN:
        with dikembalikan(basis_postgres):
            _rusakkan(basis_postgres, nama)
    assert periksa(basis_postgres).utuh


def test_harus_sidik_satu_peristiwa_dihitung_ulang(url: str) -> None:
    """Rehashing the changed event alone only moves the break to the next of its stream."""
    sebelum = _rantai(url)
    hitung_ulang(url, 20, {"oleh": OLEH[::-1]})
    with pemilik(url) as koneksi:
        for nomor, rantai in sebelum[20:]:
            koneksi.execute(peristiwa.update().where(peristiwa.c.nomor == nomor).values(rantai=rantai))
    assert [t.nomor for t in periksa(url, hanya=["log"]).masalah] == [23]


def _seluruh_rantai(url: str) -> None:
    hitung_ulang(url, 20, {"oleh": "199901012020011001"})


def _ekor(url: str) -> None:
    """Cut the tail, with head and read models as they were then, so that nothing inside tells."""
    jalankan(url, "DELETE FROM peristiwa WHERE nomor > 50", "UPDATE kepala SET nomor = 50", "UPDATE posisi SET nomor = 50")
    jalankan(url, "UPDATE kepala SET waktu = (SELECT waktu_catat FROM peristiwa WHERE nomor = 50)")


@pytest.mark.parametrize(("rusak", "nomor"), [(_seluruh_rantai, 1), (_ekor, 51)])
def test_harus_yang_hanya_ketahuan_dari_luar(url: str, rusak: Callable[[str], None], nomor: int) -> None:
    """A whole chain rehashed, the tail cut off: the log by itself is consistent, and differs from a checkpoint kept elsewhere."""
    segel = titik(url)
    rusak(url)
    assert periksa(url, hanya=["log", "bentuk"]).utuh
    hasil = periksa(url, luar=Pembanding((segel,)))
    assert not hasil.utuh
    assert hasil.masalah[0].nomor == nomor, nyatakan(hasil)


def test_harus_salinan_lama_yang_dipulihkan(basis_sqlite: str) -> None:
    """An old copy put back verifies by itself and not against the checkpoint."""
    berkas = Path(basis_sqlite.removeprefix("sqlite:///"))
    buat(basis_sqlite, 40)
    lama = berkas.read_bytes()
    buat(basis_sqlite)
    segel = titik(basis_sqlite)
    for sisa in berkas.parent.glob("zi.db-*"):
        sisa.unlink()
    berkas.write_bytes(lama)
    assert periksa(basis_sqlite).utuh
    hasil = periksa(basis_sqlite, luar=Pembanding((segel,)))
    assert [t.nomor for t in hasil.masalah] == [41], nyatakan(hasil)
    assert "41 sampai 60" in hasil.masalah[0].apa


def test_harus_beberapa_segel_mempersempit_letak(basis_sqlite: str) -> None:
    """With checkpoints of several sizes the rewriting is placed between the last that agrees and the first that does not."""
    buat(basis_sqlite)
    sidik = periksa(basis_sqlite, hanya=["log"], luar=Pembanding(tuple(Titik("x", n, b"") for n in (10, 19, 25)))).log.akar_pada
    semua = tuple(Titik("segel", n, akar) for n, akar in sidik.items())
    assert periksa(basis_sqlite, luar=Pembanding(semua)).utuh
    _seluruh_rantai(basis_sqlite)
    hasil = periksa(basis_sqlite, hanya=["log"], luar=Pembanding(semua))
    assert [t.nomor for t in hasil.masalah] == [20], nyatakan(hasil)
    assert "20 dan 25" in hasil.masalah[0].apa


def test_harus_salinan_rantai_menyebut_yang_pertama(basis_sqlite: str) -> None:
    """Against a copy of the chain kept elsewhere the first rewritten event is named exactly."""
    buat(basis_sqlite)
    rantai = _rantai(basis_sqlite)
    assert periksa(basis_sqlite, luar=Pembanding(salinan=iter(rantai))).utuh
    _seluruh_rantai(basis_sqlite)
    hasil = periksa(basis_sqlite, hanya=["log"], luar=Pembanding(salinan=iter(rantai)))
    assert [t.nomor for t in hasil.masalah] == [20], nyatakan(hasil)
    _ekor(basis_sqlite)
    hasil = periksa(basis_sqlite, hanya=["log"], luar=Pembanding(salinan=iter([*_rantai(basis_sqlite), (51, "a" * 64)])))
    assert [t.nomor for t in hasil.masalah] == [51], nyatakan(hasil)


def _rantai(url: str) -> list[tuple[int, str]]:
    from sqlalchemy import create_engine, text  # noqa: PLC0415 - this one look past the program

    mesin = create_engine(url)
    with mesin.connect() as koneksi:
        hasil = [(b.nomor, b.rantai) for b in koneksi.execute(text("SELECT nomor, rantai FROM peristiwa ORDER BY nomor"))]
    mesin.dispose()
    return hasil


@pytest.mark.parametrize(
    "perintah",
    [
        "UPDATE simpul SET sidik = rantai FROM peristiwa WHERE peristiwa.nomor = 1",
        "DELETE FROM simpul",
        "INSERT INTO simpul VALUES (8, 9, 'a')",
        "UPDATE simpul SET letak = 5",
    ],
)
def test_harus_simpul_pohon_dirusak(basis: str, perintah: str) -> None:
    """A node of the tree that was changed, deleted, added or moved is found."""
    buat(basis, 300)
    assert periksa(basis).utuh
    jalankan(basis, perintah)
    assert [t.bagian for t in periksa(basis).masalah][:1] == ["log"]


def test_harus_rantai_dihitung_ulang_tanpa_pohon(basis_sqlite: str) -> None:
    """Who rehashes a chain and forgets the tree is found without anything from outside, as a range of 256 events."""
    buat(basis_sqlite, 300)
    hitung_ulang(basis_sqlite, 20, {"oleh": "199901012020011001"}, pohon=False)
    hasil = periksa(basis_sqlite)
    assert hasil.masalah[0].nomor == 1
    assert "1 sampai 256" in hasil.masalah[0].apa
