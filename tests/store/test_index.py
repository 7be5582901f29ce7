"""The index of the search: what it answers is what a plain look at every event answers, whatever is written meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, event, func, insert, select, update

from tests.store.bahan import CONTOH, CONTOH_TENGGAT, tambah, terbuka
from zi_workflow.domain.events import BuktiDicatat, LangkahDiambil, PerintahDitolak, Peristiwa
from zi_workflow.store import Amplop, Naskah, Store, index, lookup, terms
from zi_workflow.store.schema import indeks, peristiwa, ruas

HARI = date(2023, 11, 20)
NIP = ("198001012005011001", "197505052000032002", "X-WALIKOTA")
KODE = ("RSUD", "SAMSAT", "DINAS-A")
DASAR = (
    "Perwali Contoh Pasal 13",
    "Perwali Contoh Pasal 13 ayat (1) huruf a",
    "Perwali Contoh Pasal 130 ayat (1)",
    "Lain 5/2024 Lampiran II Bab II Tabel 5",
)
KATA = ("Rapat", "koordinasi", "100%", "É", "rapat-kerja", "=1+1", "<b>")


def _peristiwa(i: int) -> Peristiwa:
    if i % 3 == 0:
        return (*CONTOH, *CONTOH_TENGGAT)[i // 3 % len((*CONTOH, *CONTOH_TENGGAT))]
    if i % 7 == 0:
        return LangkahDiambil(("canangkan", "usulkan")[i % 2], "a", "b", {"surat": f"{i % 5}/S"}, {"tahap": "b"})
    if i % 11 == 0:
        return PerintahDitolak("canangkan", {"alasan": "Kurang"}, "2024-01-01", "2024-01-01", ({"id": "R1", "uraian": "rahasia"},), "s")
    return BuktiDicatat(("lhe", "kejadian")[i % 2], {"nomor": f"{i % 6}/X/2024", "uraian": " ".join(KATA[: i % len(KATA)])})


def _naskah(i: int, versi: dict[str, int]) -> Naskah:
    """Return the event number ``i``: which it is, whose, when and on what basis follow from the number alone."""
    aliran = f"binjai/zi/{KODE[i * 7 % 3]}"
    versi[aliran] = versi.get(aliran, 0) + 1
    hari = HARI + timedelta(days=i * 37 % 800)
    return Naskah(aliran, versi[aliran], _peristiwa(i), hari, NIP[i * 5 % 7 % 3], (DASAR[i % 4], DASAR[i % 3]), "sha256:0")


def _tulis(store: Store, dari: int, sampai: int, versi: dict[str, int]) -> None:
    """Append events in transactions of one to nineteen."""
    while dari <= sampai:
        akhir = min(sampai, dari + dari % 19)
        tambah(store, *[_naskah(i, versi) for i in range(dari, akhir + 1)])
        dari = akhir + 1


@pytest.fixture(autouse=True)
def kecil(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a segment have eight events, and thirty-two."""
    monkeypatch.setattr(index, "TINGKAT", (8, 32))


@pytest.fixture
def terisi(basis: str) -> Iterator[Store]:
    """Give a store of 150 events: four large segments, two small ones, and six events without any."""
    with terbuka(basis) as store:
        _tulis(store, 1, 150, {})
        yield store


# ------------------------------------------------------------------------------------------------------------- naive


def _semua_teks(nilai: object, nama: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(nilai, str):
        yield nama, nilai
    elif isinstance(nilai, Mapping):
        for k, v in nilai.items():
            yield from _semua_teks(v, k) if k not in {"syarat", "sidik", "sidik_isi"} else ()
    elif isinstance(nilai, list | tuple):
        for v in nilai:
            yield from _semua_teks(v, nama)


def _kata(teks: str) -> list[str]:
    return [k for k in re.split(r"[\W_]+", teks.casefold()) if k]


def _sebut(kutipan: str) -> str:
    """Return a citation as words between blanks."""
    return f" {' '.join(re.findall(r'[^ ()]+', kutipan.casefold()))} "


def _cocok(a: Amplop, s: Mapping[str, Any]) -> bool:
    """Say by a plain look at one event whether it passes the filters."""
    nama = a.jenis.split("@", maxsplit=1)[0]
    teks = list(_semua_teks(a.isi))
    kata = {k for _, t in teks for k in _kata(t)}
    dokumen = {" ".join(t.casefold().split()) for n, t in teks if n in {"nomor", "nomor_sk", "surat", "sk", "tanda_terima", "laporan"}}
    putusan = {"LangkahDiambil": "diterima", "LangkahDibatalkan": "diterima", "PerintahDitolak": "ditolak"}.get(nama)
    uji: dict[str, Callable[[Any], bool]] = {
        "unit": lambda v: a.kode == v,
        "oleh": lambda v: a.oleh == v,
        "jenis": lambda v: v in (nama, a.jenis, a.pokok),
        "langkah": lambda v: putusan is not None and a.pokok == v,
        "putusan": lambda v: putusan is not None and v in ("semua", putusan),
        "dari": lambda v: a.tanggal >= v,
        "sampai": lambda v: a.tanggal <= v,
        "masa": lambda v: any(a.oleh == nip and d <= a.tanggal <= (s or date.max) for nip, d, s in v),
        "pasal": lambda v: any(_sebut(v) in _sebut(d) for d in a.dasar),
        "dokumen": lambda v: v.casefold() in dokumen,
        "teks": lambda v: all(k in kata for k in _kata(v)),
    }
    return all(uji[k](v) for k, v in s.items())


@cache
def _semua(store: Store) -> list[Amplop]:
    """Return every event, read once."""
    return store.telusuri()


_hari = st.integers(-5, 810).map(lambda n: HARI + timedelta(days=n))
_masa = st.lists(st.tuples(st.sampled_from(NIP), _hari, st.none() | _hari), max_size=3)
_saringan = st.fixed_dictionaries(
    {},
    optional={
        "unit": st.sampled_from([*KODE, "DINAS"]),
        "oleh": st.sampled_from(NIP),
        "jenis": st.sampled_from(["BuktiDicatat", "BuktiDicatat@1", "lhe", "canangkan", "tpi", "Bukti"]),
        "langkah": st.sampled_from(["canangkan", "usulkan"]),
        "putusan": st.sampled_from(["diterima", "ditolak", "semua"]),
        "dari": _hari,
        "sampai": _hari,
        "masa": _masa,
        "pasal": st.sampled_from(
            ["Pasal 13", "pasal 13 ayat (1)", "Perwali Contoh Pasal 13", "Pasal 130", "Lampiran II Bab II", "Pasal 1"]
        ),
        "dokumen": st.sampled_from(["3/x/2024", "1/S", "1/LHE/2024", "800/1/2024", "1/L"]),
        "teks": st.sampled_from(["RAPAT", "rapat kerja", "100", "é", "rahasia", "kurang", "apa saja", "contoh"]),
    },
)
_bersama = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@_bersama
@given(saringan=_saringan, batas=st.integers(1, 200), kursor=st.integers(0, 151), terbaru=st.booleans())
def test_sama_dengan_saringan_polos(terisi: Store, saringan: dict[str, Any], batas: int, kursor: int, terbaru: bool) -> None:  # noqa: FBT001
    """Every mix of filters, from any cursor in both directions, finds what a plain filter over all events finds."""
    semua = _semua(terisi)
    lain = {"sebelum_nomor": kursor} if terbaru else {"setelah_nomor": kursor}
    hasil = terisi.telusuri(**saringan, **lain, batas=batas, terbaru=terbaru)
    harap = [a.nomor for a in semua if _cocok(a, saringan) and (a.nomor < kursor if terbaru else a.nomor > kursor)]
    assert [a.nomor for a in hasil] == (harap[::-1] if terbaru else harap)[:batas]


def test_harus_halaman_tidak_hilang_tidak_ganda_sambil_ditulis(basis: str) -> None:
    """Paging both ways while events are appended and segments merge neither loses nor repeats an event."""
    with terbuka(basis) as store:
        versi: dict[str, int] = {}
        _tulis(store, 1, 60, versi)
        ditulis, maju, mundur = 60, list[int](), list[int]()
        sebelum: int | None = None
        while True:
            halaman = store.telusuri(jenis="BuktiDicatat", setelah_nomor=maju[-1] if maju else 0, batas=4)
            balik = store.telusuri(jenis="BuktiDicatat", sebelum_nomor=sebelum, batas=4, terbaru=True)
            maju += [a.nomor for a in halaman]
            mundur += [a.nomor for a in balik]
            sebelum = mundur[-1] if mundur else 61
            if ditulis < 140:
                _tulis(store, ditulis + 1, ditulis + 10, versi)
                ditulis += 10
            elif not halaman and not balik:
                break
        semua = [a.nomor for a in store.telusuri() if a.jenis.startswith("BuktiDicatat@")]
        assert maju == semua
        assert mundur == [n for n in semua[::-1] if n <= 60]


def _isi(koneksi: Connection) -> list[tuple[Any, ...]]:
    kunci = (indeks.c.ukuran, indeks.c.ruas, indeks.c.istilah)
    return [tuple(b) for t in (ruas, indeks) for b in koneksi.execute(select(t).order_by(*(kunci if t is indeks else kunci[:0])))]


def test_bangun_ulang_sama_dengan_bertahap(terisi: Store) -> None:
    """Written bit by bit in any transactions, completed after a loss, or written anew, the index has the same rows."""
    with terisi.engine.connect() as k:
        assert sorted((b.ukuran, b.ruas) for b in k.execute(select(ruas))) == [(8, 16), (8, 17), (32, 0), (32, 1), (32, 2), (32, 3)]
        bertahap = sorted(_isi(k), key=repr)
        assert index.lengkap(k)
        terisi.bangun_ulang_indeks()
        assert sorted(_isi(k), key=repr) == bertahap
        k.execute(delete(indeks).where(indeks.c.ukuran == 32, indeks.c.ruas == 1))
        k.execute(delete(ruas).where(ruas.c.ukuran == 32, ruas.c.ruas == 1))
        k.execute(insert(ruas).values(ukuran=8, ruas=3, sidik="x"))
        assert not index.lengkap(k)
    assert terisi.siapkan()
    assert not terisi.siapkan()
    with terisi.engine.connect() as k:
        assert sorted(_isi(k), key=repr) == bertahap


def test_indeks_yang_hilang_hanya_lambat(terisi: Store) -> None:
    """Without its segments, or with some of them, a search finds the same events."""
    saringan: dict[str, Any] = {"unit": KODE[1], "teks": "rapat", "terbaru": True}
    harap = [a.nomor for a in terisi.telusuri(**saringan)]
    assert harap
    with terisi.engine.connect() as k:
        k.execute(delete(ruas).where(ruas.c.ukuran == 32, ruas.c.ruas.in_([0, 2])))
        assert [a.nomor for a in terisi.telusuri(**saringan)] == harap
        k.execute(delete(ruas))
        assert [a.nomor for a in terisi.telusuri(**saringan)] == harap


def test_indeks_yang_diubah_ketahuan_dan_tidak_menipu(terisi: Store) -> None:
    """A row that was changed, taken away or added is named by the check; an event that does not match is never shown."""
    with terisi.engine.connect() as k:
        assert index.periksa(k) == []
        satu = indeks.c.ukuran == 32, indeks.c.ruas == 0
        k.execute(update(indeks).where(*satu, indeks.c.istilah == "uRSUD").values(letak=b"\xff\xff\xff\xff"))
        k.execute(update(indeks).where(*satu, indeks.c.istilah == "uSAMSAT").values(letak=b"\xff\xff\x01"))
        k.execute(delete(indeks).where(indeks.c.ukuran == 32, indeks.c.ruas == 1, indeks.c.istilah == "uRSUD"))
        k.execute(insert(indeks).values(ukuran=8, ruas=3, istilah="x", letak=b""))
        k.execute(delete(ruas).where(ruas.c.ukuran == 8, ruas.c.ruas == 17))
        k.execute(insert(ruas).values(ukuran=32, ruas=9, sidik=""))
        assert index.periksa(k) == [
            ((8, 17), "ruas indeks tidak ada"),
            ((32, 9), "ruas indeks tidak semestinya ada"),
            ((32, 0), "isi ruas indeks berubah"),
            ((32, 1), "isi ruas indeks berubah"),
            ((32, 9), "isi ruas indeks berubah"),
            ((8, 3), "baris indeks tanpa ruas"),
            ((8, 17), "baris indeks tanpa ruas"),
        ]
        assert {a.kode for a in terisi.telusuri(unit="RSUD")} == {"RSUD"}
        assert {a.kode for a in terisi.telusuri(unit="SAMSAT")} == {"SAMSAT"}


def test_ruas_yang_digabung_saat_dibaca_diulang(terisi: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge between reading the list of segments and reading their rows is noticed, and the search begins again."""
    harap = [a.nomor for a in terisi.telusuri(oleh=NIP[0])]
    asli, sudah = lookup._tanyakan, list[int]()  # noqa: SLF001 - the moment between two readings

    def sela(koneksi: Connection, tanya: terms.Tanya, ukuran: int, semua: list[int]) -> list[int]:
        if not sudah and ukuran == 8:
            sudah.append(1)
            versi = {f"binjai/zi/{kode}": len(terisi.muat(f"binjai/zi/{kode}")) for kode in KODE}
            _tulis(terisi, 151, 160, versi)
        return asli(koneksi, tanya, ukuran, semua)

    monkeypatch.setattr(lookup, "_tanyakan", sela)
    assert [a.nomor for a in terisi.telusuri(oleh=NIP[0])] == harap
    assert sudah


def test_harus_halaman_pertama_tidak_membaca_seluruh_log(basis_sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first page reads as many events as it shows and those without a segment, however long the log; and always by an index.

    It asks once for every 64 large segments; where filters hardly meet, two events of a segment at most are looked at in vain.
    """
    dibaca: list[int] = []
    perintah: list[tuple[str, Any]] = []
    asli = terms.istilah

    def hitung(baris: Mapping[Any, Any]) -> set[str]:
        dibaca.append(baris["nomor"])
        return asli(baris)

    with terbuka(basis_sqlite) as store:
        _tulis(store, 1, 150, {})
        with store.engine.connect() as k:
            kolom = [c for c in peristiwa.c if c.name not in {"nomor", "versi"}]
            k.exec_driver_sql("BEGIN")
            for ke in range(1, 13):
                geser = select(peristiwa.c.nomor + 150 * ke, peristiwa.c.versi + 150 * ke, *kolom).where(peristiwa.c.nomor <= 150)
                k.execute(insert(peristiwa).from_select(["nomor", "versi", *[c.name for c in kolom]], geser))
            index.lengkapi(k)
            k.exec_driver_sql("COMMIT")
            assert k.execute(select(func.count()).select_from(peristiwa)).scalar() == 1950
        monkeypatch.setattr(lookup, "istilah", hitung)
        monkeypatch.setattr(terms, "istilah", hitung)
        event.listen(store.engine, "before_cursor_execute", lambda *a: perintah.append((a[2], a[3])))
        for saringan in (
            {"unit": KODE[0]},
            {"unit": KODE[0], "oleh": NIP[1], "dari": HARI + timedelta(days=100), "sampai": HARI + timedelta(days=500)},
            {"masa": [(NIP[0], HARI, None)], "pasal": "Pasal 13", "teks": "rapat"},
            {"jenis": "lhe", "langkah": "usulkan"},
            {"unit": KODE[0], "dokumen": "tidak ada"},
        ):
            dibaca.clear()
            perintah.clear()
            hasil = store.telusuri(**saringan, batas=20, terbaru=True)
            assert len(dibaca) <= 20 + len(hasil) + index.TINGKAT[0] + 2 * len(index.sepatutnya(1950))
            assert len(perintah) <= 8 + 6 * (1950 // index.TINGKAT[-1] // 64 + 4)
        semua = {sql for sql, _ in perintah if "peristiwa" in sql or "indeks" in sql}
        with store.engine.connect() as k:
            for sql, nilai in [p for p in perintah if p[0] in semua]:
                rencana = [str(b[3]) for b in k.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", nilai)]
                assert not [b for b in rencana if b.startswith("SCAN") and "USING" not in b], (sql, rencana)


def test_isi_yang_disegel_tidak_beristilah() -> None:
    """Nothing inside an object that is sealed for a person becomes a term, and neither does what the program wrote."""
    isi = {
        "nama": {"$pribadi": {"orang": "rahasia1", "isi": "rahasia2"}},
        "isi": {"uraian": "Terbuka", "saksi": [{"nama": {"$pribadi": ["rahasia3"]}, "unsur": "ketua"}]},
        "syarat": [{"uraian": "rahasia4"}],
        "sidik": "rahasia5",
    }
    baris = {"kode": "X", "oleh": NIP[0], "pencatat": "p", "jenis": "A@1", "pokok": None, "tanggal": "2024-01-01", "dasar": "[]"}
    hasil = terms.istilah({**baris, "nomor": 1, "isi": json.dumps(isi)})
    assert {t for t in hasil if t.startswith("w")} == {"wterbuka", "wketua"}
    assert not [t for t in hasil if "rahasia" in t]


def test_isi_yang_sangat_panjang_dibatasi() -> None:
    """One event has a bounded number of words, each of bounded length; its other terms are all there."""
    isi = {"isi": {"a": " ".join(f"k{i}" for i in range(9000)), "b": ["x" * 500] * 5, "c": "Akhir"}}
    baris = {"kode": "X", "oleh": NIP[0], "pencatat": "p", "jenis": "A@1", "pokok": None, "tanggal": "2024-01-01", "dasar": "[]"}
    hasil = terms.istilah({**baris, "nomor": 1, "isi": json.dumps({**isi, "z": "y" * 500})})
    assert len(hasil) < 9000 + 20
    assert "uX" in hasil
    panjang = terms.istilah({**baris, "nomor": 1, "isi": json.dumps({"b": "x" * 500})})
    assert f"w{'x' * terms.PANJANG_MAKS}" in panjang


@pytest.mark.parametrize(
    ("teks", "norma", "tempat"),
    [
        ("Perwali Binjai 3/2024 Pasal 13 ayat (1) huruf a", "perwali binjai 3/2024", ("pasal 13", "ayat 1", "huruf a")),
        ("pasal 13", "", ("pasal 13",)),
        ("P13(1)a", "", ("pasal 13", "ayat 1", "huruf a")),
        ("13 (1)", "", ("pasal 13", "ayat 1")),
        ("ps. 130", "", ("pasal 130",)),
        ("PermenPANRB 5/2024 Lampiran II Bab II Tabel 5", "permenpanrb 5/2024", ("lampiran ii", "bab ii", "tabel 5")),
        ("Lampiran", "", ("lampiran",)),
        ("Pasal 13 ayat", "", ("pasal 13",)),
        ("PermenPANRB 90/2021", "permenpanrb 90/2021", ()),
        ("", "", ()),
    ],
)
def test_kutipan(teks: str, norma: str, tempat: tuple[str, ...]) -> None:
    """Citations are read in full and in short; half a place is read as far as it goes."""
    assert terms.urai_kutipan(teks) == (norma, tempat)


@pytest.mark.parametrize("dari", [None, "2024-01-31", "2024-02-29", "2023-12-31"])
@pytest.mark.parametrize("sampai", [None, "2024-01-31", "2024-03-01", "2026-01-01", "2023-12-31"])
def test_rentang_tanggal(dari: str | None, sampai: str | None) -> None:
    """A period asked by days, months and years holds exactly its days."""
    awal, akhir = (date.fromisoformat(d) if d else None for d in (dari, sampai))
    tanya = terms.tanya_tanggal(awal, akhir)
    for n in range(0, 1100, 3):
        hari = date(2023, 6, 15) + timedelta(days=n)
        harap = (awal is None or awal <= hari) and (akhir is None or hari <= akhir)
        assert terms.cocok(tanya, {f"h{hari}", f"b{hari:%Y-%m}", f"y{hari:%Y}"}) == harap, hari
