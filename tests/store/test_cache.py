"""Streams kept in memory: the same answers as without, and never a stale or endless one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.bahan import UNIT, Jam, naskah, tambah, terbuka
from zi_workflow.domain.events import Tercatat
from zi_workflow.store import buka
from zi_workflow.store.cache import Ingatan

_KERJA = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["tulis", "baca", "pulihkan"]), st.integers(0, 4)), max_size=40)


def _satu(versi: int, nomor: int) -> Tercatat:
    n = naskah(versi)
    return Tercatat(n.peristiwa, nomor, versi, n.tanggal, n.oleh, Jam()(), UNIT)


@given(_KERJA, st.sampled_from([0, 1, 5, 1000]))
def test_jawaban_sama_dengan_log(kerja: list[tuple[str, str, int]], batas: int) -> None:
    """Whatever is appended, asked, or rolled back to a backup in between, the answer is the log's, and little is kept."""
    log: dict[str, list[Tercatat]] = {a: [] for a in "abc"}
    ingatan, nomor = Ingatan(batas), 0
    for aliran, apa, angka in kerja:
        if apa == "tulis":
            nomor += 1
            log[aliran].append(_satu(len(log[aliran]) + 1, nomor))
        elif apa == "pulihkan":
            log[aliran] = log[aliran][: -1 - angka]
        assert ingatan.muat(aliran, angka, lambda a, v: log[a][v:]) == log[aliran][angka:]
        assert sum(len(s) for s in ingatan._aliran.values()) == ingatan._banyak <= batas  # noqa: SLF001


def test_hanya_yang_baru_dibaca(basis: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second load reads the last known event and what came after it, also when another program wrote it."""
    with terbuka(basis) as lain:
        tambah(lain, *[naskah(v) for v in range(1, 6)])
        store = buka(basis, jam=Jam(), pencatat="x", proyeksi=(), ingatan=100)
        try:
            dibaca: list[int] = []
            asli = store._aplikasi.muat  # noqa: SLF001 - watched

            def tonton(aliran: str, setelah: int) -> list[Tercatat]:
                dibaca.append(setelah)
                return asli(aliran, setelah)

            monkeypatch.setattr(store._aplikasi, "muat", tonton)  # noqa: SLF001
            assert store.muat(UNIT) == lain.muat(UNIT)
            tambah(lain, naskah(6))
            assert store.muat(UNIT) == lain.muat(UNIT)
            assert store.muat(UNIT, 4) == lain.muat(UNIT, 4)
            assert dibaca == [0, 4, 5]
            store.muat(UNIT).clear()
            assert len(store.muat(UNIT)) == 6
        finally:
            store.tutup()
