"""The read models inside the real store: written with their events, and the same after a rebuild."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from projections import SEMUA, papan, riwayat
from tests.alat.brankas import kunci_uji
from tests.projections.rangkai import KODE, NIP, PEJABAT, aliran_unit
from zi_workflow.domain.events import LangkahDiambil, LangkahDibatalkan, PejabatDiangkat, Peristiwa, UnitDidaftarkan
from zi_workflow.domain.state import Keadaan
from zi_workflow.store import Naskah, Store, buka

SIDIK = "sha256:" + "0" * 64
MULAI = Keadaan("terdaftar", date(2024, 3, 1))
LANJUT = Keadaan("pencanangan", date(2024, 3, 1))


def _tambah(store: Store, *isi: tuple[str, Peristiwa]) -> list[int]:
    """Append events in one transaction; return their numbers."""
    versi = store.versi([a for a, _ in isi])
    naskah = []
    for aliran, peristiwa in isi:
        versi[aliran] += 1
        naskah.append(Naskah(aliran, versi[aliran], peristiwa, date(2024, 3, 1), NIP[0], ("Pasal 6",), SIDIK))
    return [t.nomor for t in store.tambah(naskah, dibaca={}, definisi={SIDIK: b"{}"})]


def _isi(store: Store) -> list[list[dict[str, Any]]]:
    with store.engine.connect() as k:
        return [[dict(b) for b in k.execute(select(p.tabel).order_by(*p.tabel.primary_key.columns)).mappings()] for p in SEMUA]


def test_tertulis_bersama_peristiwanya(basis: str) -> None:
    """A registration, a move and its undo show at once, and a rebuild changes nothing."""
    store = buka(
        basis, jam=lambda: datetime(2024, 3, 1, tzinfo=UTC), pencatat="uji", proyeksi=SEMUA, buat=True, kunci_data=kunci_uji(basis)
    )
    store.siapkan()
    unit = [(aliran_unit(k), UnitDidaftarkan(k, f"Unit {k}", None, None, MULAI.polos())) for k in KODE]
    _tambah(store, (PEJABAT, PejabatDiangkat(NIP[0], "Contoh", "admin", "800/1", "2024-01-01")), *unit)
    langkah = LangkahDiambil("canangkan", "terdaftar", "pencanangan", {}, LANJUT.polos())
    nomor = _tambah(store, *[(aliran_unit(k), langkah) for k in KODE])
    batal = LangkahDibatalkan("canangkan", nomor[0], "pencanangan", "terdaftar", {"perintah": "batalkan-langkah"})
    _tambah(store, (aliran_unit(KODE[0]), batal))
    with store.engine.connect() as k:
        assert {b["kode"]: (b["tahap"], b["versi"]) for b in papan.daftar(k, "binjai", "zi")} == {
            KODE[0]: ("terdaftar", 3),
            KODE[1]: ("pencanangan", 2),
            KODE[2]: ("pencanangan", 2),
        }
        assert [b["dibatalkan"] for b in riwayat.unit(k, "binjai", "zi", KODE[0])] == [False, True, False]
    sebelum = _isi(store)
    assert store.bangun_ulang() == [p.nama for p in SEMUA]
    assert _isi(store) == sebelum
    store.tutup()
