"""Whatever somebody does to the files by hand, the loader answers with a definition or with DefinisiSalah, nothing else."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import ADMIN, PENILAI, UNIT_UJI, sampai
from tests.loader.alat import asli, muat_teks
from zi_workflow.domain.decide import periksa
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import DefinisiSalah, Galat
from zi_workflow.domain.events import Polos
from zi_workflow.domain.state import Instansi, Unit
from zi_workflow.loader.definisi import BERKAS, muat_tersimpan
from zi_workflow.topology import Topologi

HARI = date(2026, 5, 20)
KOSONG: dict[str, Polos] = {}
ISI: dict[str, Polos] = {
    "predikat": "WBK",
    "sebab": "ditolak",
    "evaluator": PENILAI,
    "alasan": "uji",
    "nomor": "1",
    "rekomendasi": ["uji"],
    "jadwal_bulan": 3,
}
PENGGANTI = (
    *(
        "",
        "~",
        "no",
        "010",
        "-1",
        "0",
        "1e400",
        "NaN",
        "ya",
        "tidak",
        "[]",
        "{}",
        "[a]",
        "{a: b}",
        "x" * 5000,
        "'",
        '"',
        "- ",
        "? ",
        "*a",
        "&a",
    ),
    *(
        "!!int 3",
        "2024-02-30",
        "1900-01-01",
        "9999-12-31",
        "WBK",
        "WBBM",
        "semua",
        "admin",
        "tanggal",
        "sejak usulan",
        "tahun laporan",
        "isi",
    ),
    *(
        "langkah canangkan",
        ">= 3",
        "= B",
        "> 50",
        ">= 1 tahun",
        "<= 31 Mei",
        ">= 15.75 atau survei >= 3.60",
        "dokumen",
        "rangkaian",
        "lke",
        "pilihan",
    ),
    *(
        "daftar",
        "objek",
        "bulat",
        "teks",
        "tafsir D6",
        "PERWALI3 Pasal 1",
        "\u0000",
        "\u202e",
        "\ufeff",
        "\ud7ff",
        "😀",
        "{unit}",
        "{",
        "}",
        "\t",
        "\n",
    ),
)


@st.composite
def _mutasi(draw: st.DrawFn) -> dict[str, str]:
    """Return the shipped files after one to three small accidents."""
    berkas = {n: asli(n) for n in BERKAS}
    for _ in range(draw(st.integers(1, 3))):
        nama = draw(st.sampled_from(BERKAS))
        berkas[nama] = draw(st.sampled_from(_CARA))(draw, berkas[nama])
    return berkas


def _hapus_baris(draw: st.DrawFn, teks: str) -> str:
    baris = teks.split("\n")
    awal = draw(st.integers(0, len(baris) - 1))
    del baris[awal : awal + draw(st.integers(1, 4))]
    return "\n".join(baris)


def _tukar_baris(draw: st.DrawFn, teks: str) -> str:
    baris = teks.split("\n")
    i, j = (draw(st.integers(0, len(baris) - 1)) for _ in range(2))
    baris[i], baris[j] = baris[j], baris[i]
    return "\n".join(baris)


def _gandakan_baris(draw: st.DrawFn, teks: str) -> str:
    baris = teks.split("\n")
    awal = draw(st.integers(0, len(baris) - 1))
    akhir = awal + draw(st.integers(1, 16))
    return "\n".join([*baris[:akhir], *baris[awal:akhir], *baris[akhir:]])


def _ganti_nilai(draw: st.DrawFn, teks: str) -> str:
    nilai = list(re.finditer(r"(?<=: )[^\n,{}\[\]]+|(?<=[\[,] )[^\n,{}\[\]]+|\"[^\"\n]*\"", teks))
    if not nilai:
        return teks
    pilih = nilai[draw(st.integers(0, len(nilai) - 1))]
    return teks[: pilih.start()] + draw(st.sampled_from(PENGGANTI)) + teks[pilih.end() :]


def _tukar_nilai(draw: st.DrawFn, teks: str) -> str:
    """Put a value of the file in another value's place: the type may fit, the meaning not."""
    nilai = list(re.finditer(r"(?<=: )[^\n{}\[\]]+|(?<=\[)[^\n{}\[\]]+(?=\])", teks))
    if not nilai:
        return teks
    ini, itu = (nilai[draw(st.integers(0, len(nilai) - 1))] for _ in range(2))
    return teks[: ini.start()] + itu[0] + teks[ini.end() :]


def _ganti_kunci(draw: st.DrawFn, teks: str) -> str:
    kunci = list(re.finditer(r"[a-z_]+(?=:)", teks))
    if not kunci:
        return teks
    ini, itu = (kunci[draw(st.integers(0, len(kunci) - 1))] for _ in range(2))
    return teks[: ini.start()] + itu[0] + teks[ini.end() :]


def _geser(draw: st.DrawFn, teks: str) -> str:
    baris = teks.split("\n")
    i = draw(st.integers(0, len(baris) - 1))
    baris[i] = draw(st.sampled_from([" " + baris[i], baris[i][1:], "  " + baris[i], baris[i].lstrip(), "\t" + baris[i]]))
    return "\n".join(baris)


def _potong(draw: st.DrawFn, teks: str) -> str:
    awal = draw(st.integers(0, len(teks)))
    return teks[:awal] + draw(st.sampled_from(PENGGANTI)) + teks[awal + draw(st.integers(0, 60)) :]


_CARA = (_hapus_baris, _tukar_baris, _gandakan_baris, _ganti_nilai, _ganti_nilai, _tukar_nilai, _tukar_nilai, _ganti_kunci, _geser, _potong)


@given(_mutasi())
def test_kecelakaan_tangan(berkas: dict[str, str]) -> None:
    """A mutated definition loads, round-trips and has a sound graph; or it is refused as DefinisiSalah, in three lines."""
    try:
        definisi = muat_teks(berkas)
    except DefinisiSalah as e:
        definisi = None
        bagian = (e.pesan, e.sebab, e.lanjut)
    else:
        bagian = ("a.yaml", "b", "c")
    assert all(bagian)
    assert ".yaml" in bagian[0]
    if definisi is not None:
        assert isinstance(definisi, Definisi)
        assert muat_tersimpan(definisi.pohon) == definisi
        assert Topologi(definisi.tahap, definisi.langkah).masalah() == {}
        _tanyai(definisi)


def _tanyai(definisi: Definisi) -> None:
    """Ask for the checklist of every move: what loads can be asked, whoever wrote it."""
    for unit, instansi in _berkas_unit():
        for langkah in definisi.langkah:
            for isi in (KOSONG, ISI):
                with suppress(Galat):
                    periksa(definisi, unit, instansi, langkah, dict(isi), HARI, HARI, ADMIN)


@cache
def _berkas_unit() -> tuple[tuple[Unit, Instansi], ...]:
    dunia = [sampai(t) for t in ("evaluasi_tpi", "pemantauan_predikat")]
    return tuple((d.unit[UNIT_UJI], d.instansi) for d in dunia)
