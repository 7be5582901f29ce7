"""Appending and loading: order, versions, numbers, clock, keys; one transaction or nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from tests.store.bahan import CONTOH, FAKTA, OLEH, UNIT, Jam, naskah, tambah, terbuka
from zi_workflow.domain.errors import Konflik, MasukanSalah, PenyimpananGagal
from zi_workflow.domain.events import NOMOR_SEMENTARA, LangkahDiambil, LangkahDibatalkan, PerintahDitolak, PetaPolos, Tercatat
from zi_workflow.store import Kunci, Store, buka


def test_simpan_dan_muat_setiap_peristiwa(store: Store) -> None:
    """What an append returns is what loading returns, equal and in order."""
    tercatat = tambah(store, *[naskah(i, p) for i, p in enumerate(CONTOH, start=1)])
    assert [t.peristiwa for t in tercatat] == list(CONTOH)
    assert [(t.nomor, t.versi) for t in tercatat] == [(i, i) for i in range(1, len(CONTOH) + 1)]
    assert store.muat(UNIT) == tercatat
    assert repr(store.muat(UNIT)) == repr(tercatat)
    assert store.muat(UNIT, setelah=7) == tercatat[7:]
    assert store.muat("binjai/zi/KOSONG") == []


def test_amplop_membawa_semua(store: Store) -> None:
    """The envelope keeps who, when, by which key, having read what, on which grounds."""
    tambah(store, naskah(1, aliran=FAKTA))
    tambah(store, naskah(1, CONTOH[4]), dibaca={FAKTA: 1}, kunci=Kunci("kunci-1", "s"))
    amplop = store.lihat(2)
    assert amplop is not None
    assert (amplop.instansi, amplop.alur, amplop.kode, amplop.aliran) == ("binjai", "zi", "DINAS-CONTOH", UNIT)
    assert (amplop.jenis, amplop.pokok, amplop.pencatat, amplop.oleh) == ("LangkahDiambil@1", "canangkan", "akun-uji", OLEH)
    assert (amplop.kunci, amplop.dibaca, amplop.dasar) == ("kunci-1", {FAKTA: 1}, ("Perwali Contoh Pasal 6 ayat (1)",))
    assert amplop.jam == amplop.waktu_catat == datetime(2024, 3, 1, 2, 0, 2, tzinfo=UTC)
    assert amplop.peristiwa == CONTOH[4]
    assert amplop.isi["hasil"] == {"tahap": "pencanangan"}
    assert len(amplop.rantai) == 64
    assert store.lihat(3) is None


def test_versi_aliran(store: Store) -> None:
    """Versions of many streams at once; 0 where there is none; the order of asking is kept."""
    nama = [f"binjai/zi/U{i}" for i in range(120)]
    tambah(store, *[naskah(1, aliran=n) for n in nama[:70]])
    tambah(store, naskah(2, aliran=nama[3]))
    hasil = store.versi([*nama, nama[0]])
    assert list(hasil) == nama
    assert hasil == {n: 2 if i == 3 else int(i < 70) for i, n in enumerate(nama)}
    assert store.versi([]) == {}


@pytest.mark.parametrize("versi", [[1], [3], [4, 5], [2, 2], [2, 4]])
def test_versi_yang_salah_adalah_konflik(store: Store, versi: list[int]) -> None:
    """A version that is not the next one is a conflict, in the middle of a batch too, and nothing is written."""
    tambah(store, naskah(1))
    with pytest.raises(Konflik, match="DINAS-CONTOH") as galat:
        tambah(store, naskah(1, aliran=FAKTA), *[naskah(v) for v in versi])
    assert galat.value.kode == 6
    assert store.versi([UNIT, FAKTA]) == {UNIT: 1, FAKTA: 0}
    assert [t.nomor for t in tambah(store, naskah(2))] == [2]


def test_yang_dibaca_diperiksa_ulang(store: Store) -> None:
    """A decision that read a stream which has moved on since, or did not exist then, is a conflict."""
    tambah(store, naskah(1, aliran=FAKTA))
    tambah(store, naskah(1), dibaca={FAKTA: 1, UNIT: 0, "binjai/pejabat/semua": 0})
    tambah(store, naskah(2, aliran=FAKTA))
    for dibaca in ({FAKTA: 1}, {FAKTA: 3}, {FAKTA: 2, UNIT: 0}, {"binjai/pejabat/semua": 1}):
        with pytest.raises(Konflik):
            tambah(store, naskah(2), dibaca=dibaca)
    assert tambah(store, naskah(2), dibaca={FAKTA: 2, UNIT: 1})[0].nomor == 4


def test_nomor_sementara_diganti(store: Store) -> None:
    """Events of one batch refer to each other by provisional numbers, which become the real ones."""
    tambah(store, naskah(1))
    syarat: PetaPolos = {"id": "R1", "bukti": [1, NOMOR_SEMENTARA, NOMOR_SEMENTARA + 1]}
    langkah = LangkahDiambil("canangkan", "a", "b", {}, {}, (syarat,))
    batal = LangkahDibatalkan("canangkan", NOMOR_SEMENTARA + 1, "b", "a", {})
    tolak = PerintahDitolak("usulkan", {}, "p", "h", (syarat,), "s")
    tambah(store, naskah(2), naskah(3, langkah), naskah(4, batal), naskah(1, tolak, "binjai/penolakan/A"))
    _, _, kedua, ketiga = store.muat(UNIT)
    assert isinstance(kedua.peristiwa, LangkahDiambil)
    assert kedua.peristiwa.syarat[0]["bukti"] == [1, 2, 3]
    assert isinstance(ketiga.peristiwa, LangkahDibatalkan)
    assert ketiga.peristiwa.nomor_langkah == kedua.nomor == 3
    assert store.muat("binjai/penolakan/A")[0].peristiwa.syarat[0]["bukti"] == [1, 2, 3]  # type: ignore[union-attr]


def test_waktu_catat_tidak_pernah_mundur(basis: str) -> None:
    """When the clock jumps back, the recorded time stands still and the raw clock is kept beside it."""
    jam = Jam()
    with terbuka(basis, jam=jam) as store:
        tambah(store, naskah(1))
        maju = jam.kini
        jam.kini -= timedelta(days=400)
        tambah(store, naskah(2))
        mundur = jam.kini
        jam.kini = maju + timedelta(microseconds=1) - timedelta(seconds=1)
        tambah(store, naskah(3))
        amplop = store.telusuri()
    assert [a.waktu_catat for a in amplop] == [maju, maju, maju + timedelta(microseconds=1)]
    assert [a.jam for a in amplop] == [maju, mundur, maju + timedelta(microseconds=1)]


def test_jam_tanpa_zona_ditolak(basis: str) -> None:
    """A clock that does not say its zone is a bug."""
    with terbuka(basis, jam=lambda: datetime(2024, 1, 1)) as store, pytest.raises(ValueError, match="zone"):  # noqa: DTZ001
        tambah(store, naskah(1))


class _Jawaban:
    """Builds an answer and counts how often it was asked to."""

    def __init__(self) -> None:
        self.kali = 0

    def __call__(self, tercatat: Sequence[Tercatat]) -> bytes:
        self.kali += 1
        return b"nomor %d" % tercatat[-1].nomor if tercatat else b"kosong"


def test_kunci_yang_sama_menulis_sekali(store: Store) -> None:
    """The same key and content write once and give the first answer, whatever the versions are by now."""
    jawaban, kunci = _Jawaban(), Kunci("k1", "sidik-1")
    assert store.jawaban_kunci(kunci) is None
    pertama = tambah(store, naskah(1), naskah(2), kunci=kunci, jawaban=jawaban)
    tambah(store, naskah(3))
    assert tambah(store, naskah(1), naskah(2), kunci=kunci, jawaban=jawaban) == pertama
    assert (jawaban.kali, store.jawaban_kunci(kunci), store.versi([UNIT])[UNIT]) == (1, b"nomor 2", 3)
    assert tambah(store, naskah(4))[0].nomor == 4


def test_kunci_dengan_isi_lain_adalah_konflik(store: Store) -> None:
    """The same key with other content is a conflict, on asking and on writing."""
    tambah(store, naskah(1), kunci=Kunci("k1", "sidik-1"))
    with pytest.raises(Konflik, match="k1"):
        store.jawaban_kunci(Kunci("k1", "sidik-2"))
    with pytest.raises(Konflik, match="k1"):
        tambah(store, naskah(2), kunci=Kunci("k1", "sidik-2"))
    assert store.versi([UNIT]) == {UNIT: 1}


def test_kunci_tanpa_peristiwa_tetap_diingat(store: Store) -> None:
    """A request that writes no event still keeps its answer; without a key nothing happens at all."""
    jawaban, kunci = _Jawaban(), Kunci("k0", "s")
    assert tambah(store) == []
    assert tambah(store, kunci=kunci, jawaban=jawaban) == []
    assert tambah(store, kunci=kunci, jawaban=jawaban) == []
    assert (store.jawaban_kunci(kunci), jawaban.kali, tambah(store, naskah(1))[0].nomor) == (b"kosong", 1, 1)


def test_kunci_tidak_dipakai_oleh_yang_gagal(store: Store) -> None:
    """A write that fails leaves its key free."""
    kunci = Kunci("k1", "s")
    with pytest.raises(Konflik):
        tambah(store, naskah(2), kunci=kunci)
    assert store.jawaban_kunci(kunci) is None
    assert tambah(store, naskah(1), kunci=kunci)[0].nomor == 1


def test_definisi_disimpan_sekali(basis: str) -> None:
    """A definition that decided is kept under its hash, once, and read back to the byte."""
    with terbuka(basis) as satu, terbuka(basis) as dua:
        assert satu.definisi("sha256:a") is None
        for versi, store in enumerate((satu, satu, dua), start=1):
            tambah(store, naskah(versi), definisi={"sha256:a": b"isi\x00\xff"})
        assert dua.definisi("sha256:a") == b"isi\x00\xff"


def test_definisi_yang_gagal_tersimpan_tidak_dianggap_ada(store: Store) -> None:
    """A definition whose append failed is written by the next one."""
    with pytest.raises(Konflik):
        tambah(store, naskah(5), definisi={"sha256:a": b"x"})
    assert store.definisi("sha256:a") is None
    tambah(store, naskah(1), definisi={"sha256:a": b"x"})
    assert store.definisi("sha256:a") == b"x"


@pytest.mark.parametrize("aliran", ["medan/zi/A", "binjai", "binjai/zi", "binjai/zi/", "binjai//A", "binjaix/zi/A", ""])
def test_aliran_di_luar_instansi_ditolak(store: Store, aliran: str) -> None:
    """A stream of another instansi, or without three parts, is not written."""
    with pytest.raises(MasukanSalah):
        tambah(store, naskah(1, aliran=aliran))


def test_siapkan_aman_diulang(basis: str) -> None:
    """Preparing creates, says so, and then says that nothing changed; a second store sees the same."""
    with terbuka(basis) as store:
        tambah(store, naskah(1))
        assert store.siapkan() is False
    with terbuka(basis, siapkan=False) as lagi:
        assert lagi.siapkan() is False
        assert lagi.versi([UNIT]) == {UNIT: 1}


def test_belum_disiapkan(basis: str) -> None:
    """Without `siapkan` reading and writing both say what to do."""
    store = buka(basis, jam=Jam(), pencatat="x", proyeksi=(), buat=True)
    for kerja in (lambda: store.muat(UNIT), lambda: tambah(store, naskah(1)), store.telusuri):
        with pytest.raises(PenyimpananGagal) as galat:
            kerja()
        assert "zi siapkan" in galat.value.lanjut
    store.tutup()


def test_penyimpanan_milik_instansi_lain(store: Store, basis: str) -> None:
    """One store is one instansi's: another is refused at preparing and at writing."""
    assert store.versi([]) == {}
    with terbuka(basis, siapkan=False, instansi="medan") as lain:
        with pytest.raises(PenyimpananGagal, match="binjai"):
            lain.siapkan()
        with pytest.raises(PenyimpananGagal):
            tambah(lain, naskah(1, aliran="medan/zi/A"))


def test_pustaka_peristiwa_dimuat_hanya_bila_perlu(basis_sqlite: str) -> None:
    """Opening and searching do not load the event library; loading a stream does."""
    with terbuka(basis_sqlite) as store:
        tambah(store, naskah(1))
    program = (
        "import sys; from datetime import datetime, UTC; from zi_workflow.store import buka\n"
        f"s = buka({basis_sqlite!r}, jam=lambda: datetime.now(UTC), pencatat='x', proyeksi=())\n"
        "assert len(s.telusuri()) == 1 and s.lihat(1) and s.versi(['binjai/zi/A'])\n"
        "assert not [m for m in sys.modules if m.startswith('eventsourcing')]\n"
        f"assert len(s.muat({UNIT!r})) == 1 and 'eventsourcing.application' in sys.modules; s.tutup()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_banyak_aliran_sekaligus_sama_dengan_satu_satu(store: Store) -> None:
    """Many streams loaded at once are what each gives alone, more than fit one statement; one that does not exist is empty."""
    aliran = [f"binjai/zi/UNIT-{n:03d}" for n in range(120)]
    for satu in aliran:
        tambah(store, *(naskah(v, aliran=satu) for v in (1, 2)))
    semua = store.muat_banyak([*aliran, "binjai/zi/TIDAK-ADA", aliran[0]])
    assert semua == {**{satu: store.muat(satu) for satu in aliran}, "binjai/zi/TIDAK-ADA": []}
    assert store.muat_banyak([]) == {}
