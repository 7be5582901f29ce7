"""The queue: how many at once, in which order, and that one dead channel takes neither time nor letters from the others."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from zi_workflow.notify import Kiriman
from zi_workflow.notify.queue import Antrean

Pembuat = Callable[..., Kiriman]


def _jangan() -> bool:
    return False


def test_paling_banyak_delapan_dan_dua_per_kanal(kiriman: Pembuat) -> None:
    """Ten channels with ten letters each: never more than eight letters under way, never more than two of one channel."""
    kunci, sibuk, puncak = threading.Lock(), Counter[str](), Counter[str]()

    def antar(satu: Kiriman) -> str:
        with kunci:
            sibuk.update([satu.kanal, "semua"])
            for nama in (satu.kanal, "semua"):
                puncak[nama] = max(puncak[nama], sibuk[nama])
        threading.Event().wait(0.001)
        with kunci:
            sibuk.subtract([satu.kanal, "semua"])
        return ""

    semua = [kiriman(f"k{i % 10}", str(i)) for i in range(100)]
    hasil = list(Antrean(semua, antar, batas_detik=60, berhenti=_jangan).jalan())
    assert sorted(h.kiriman.alamat for h in hasil) == sorted(k.alamat for k in semua)
    assert all(h.terkirim for h in hasil)
    assert puncak.pop("semua") <= 8
    assert max(puncak.values()) <= 2


def test_berkas_ditulis_berurutan(kiriman: Pembuat) -> None:
    """Letters of the dry channel leave one after another, in their order."""
    datang: list[str] = []

    def antar(satu: Kiriman) -> str:
        datang.append(satu.alamat)
        return ""

    list(Antrean([kiriman("berkas", str(i)) for i in range(50)], antar, batas_detik=60, berhenti=_jangan).jalan())
    assert datang == [str(i) for i in range(50)]


def test_kanal_mati_dilepas_setelah_enam_batas(kiriman: Pembuat) -> None:
    """A channel in which nothing answers is given up for this round; what is left of it is not told, so it is sent again later."""
    lepas = threading.Event()

    def antar(satu: Kiriman) -> str:
        if satu.kanal == "mati":
            lepas.wait()
        return ""

    semua = [kiriman("mati", str(i)) for i in range(100)] + [kiriman("hidup", str(i)) for i in range(100)]
    try:
        hasil = Counter((h.kiriman.kanal, h.sebab) for h in Antrean(semua, antar, batas_detik=0.05, berhenti=_jangan).jalan())
    finally:
        lepas.set()
    mati = hasil.pop(("mati", "tidak menjawab dalam 0.05 detik"))
    assert mati in {6, 7}  # six limits, and perhaps the one that was under way beside the last
    assert sum(banyak for (kanal, _), banyak in hasil.items() if kanal == "hidup") == hasil.total() == 100


def test_jawaban_terlambat_tidak_dihitung_dua_kali(kiriman: Pembuat) -> None:
    """What answers after its time was told as failed; its late answer, which comes in before another letter's, is not told as well."""
    lepas = threading.Event()
    lambat: list[threading.Thread] = []

    def antar(satu: Kiriman) -> str:
        if satu.alamat == "penutup":
            lambat[0].join()
            return ""
        if satu.kanal == "a":
            lambat.append(threading.current_thread())
        lepas.wait()
        return ""

    semua = [kiriman("a", "lambat"), kiriman("berkas", "pembuka"), kiriman("berkas", "penutup")]
    hasil = []
    for satu in Antrean(semua, antar, batas_detik=0.2, berhenti=_jangan).jalan():
        lepas.set()
        hasil.append((satu.kiriman.alamat, satu.terkirim))
    assert ("lambat", False) in hasil
    assert sorted(alamat for alamat, _ in hasil) == ["lambat", "pembuka", "penutup"]


def test_gagal_cepat_tidak_melepas_kanal(kiriman: Pembuat) -> None:
    """A channel that refuses at once is asked for every letter."""
    hasil = list(Antrean([kiriman("a", str(i)) for i in range(100)], lambda _: "ditolak", batas_detik=60, berhenti=_jangan).jalan())
    assert [h.sebab for h in hasil] == ["ditolak"] * 100


def test_galat_pengantar_menjadi_sebab(kiriman: Pembuat, capfd: pytest.CaptureFixture[str]) -> None:
    """An exception where none is expected is told by its kind alone, and nowhere else."""

    def antar(_: Kiriman) -> str:
        raise LookupError("sangat rahasia")

    (hasil,) = Antrean([kiriman("a", "b")], antar, batas_detik=60, berhenti=_jangan).jalan()
    assert (hasil.terkirim, hasil.sebab) == (False, "kesalahan yang tidak terduga (LookupError)")
    assert capfd.readouterr() == ("", "")


def test_tanpa_utas_menjadi_sebab(kiriman: Pembuat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that has no thread left makes failed letters, not a broken round."""

    def penuh(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", penuh)
    hasil = list(Antrean([kiriman("a", str(i)) for i in range(3)], lambda _: "", batas_detik=60, berhenti=_jangan).jalan())
    assert [h.sebab for h in hasil] == ["sistem kehabisan utas"] * 3


def test_yang_sudah_berangkat_diberitahukan_saat_berhenti(kiriman: Pembuat) -> None:
    """Told to stop, the round still tells of what has left, for else it would leave once more; the rest stays unsent."""
    berangkat: list[str] = []
    diminta = threading.Event()

    def antar(satu: Kiriman) -> str:
        berangkat.append(satu.alamat)
        return ""

    hasil = []
    for satu in Antrean([kiriman("berkas", str(i)) for i in range(50)], antar, batas_detik=60, berhenti=diminta.is_set).jalan():
        hasil.append(satu.kiriman.alamat)
        diminta.set()
    assert 1 <= len(hasil) < 50
    assert hasil == berangkat[: len(hasil)]


def test_berhenti_sejak_awal_tidak_mengirim(kiriman: Pembuat) -> None:
    """A round that is stopped before it starts sends nothing."""
    berangkat: list[Kiriman] = []

    def antar(satu: Kiriman) -> str:
        berangkat.append(satu)
        return ""

    assert list(Antrean([kiriman("a", "b")], antar, batas_detik=60, berhenti=lambda: True).jalan()) == []
    assert berangkat == []


def test_utas_tidak_menahan_akhir_program(kiriman: Pembuat) -> None:
    """Letters are sent in daemon threads, which no program waits for at its end."""
    sifat: list[bool] = []

    def antar(_: Kiriman) -> str:
        sifat.append(threading.current_thread().daemon)
        return ""

    list(Antrean([kiriman("a", "b")], antar, batas_detik=60, berhenti=_jangan).jalan())
    assert sifat == [True]
